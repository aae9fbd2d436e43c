//! Finds the files that are one piece in several languages.
//!
//! `NAME.es.md` belongs to `NAME.md`; `translation_of` names the original of a
//! file that is called otherwise. The original is the file that names no
//! other. What a translation takes over from it is decided in `content`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::LanguageId;
use crate::content::front_matter::Translation;
use crate::content::{Article, Page, Record, SourceFile};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::hash::FixedMap;
use crate::source;
use crate::suggest;

/// A file that may be a translation of another.
pub(super) trait Translated {
    /// The file.
    fn file(&self) -> &SourceFile;
    /// What it says of its language.
    fn translation(&self) -> &Translation;
    /// The key that it must have if it is no translation, unless it has it.
    fn missing(&self) -> Option<(&'static str, Span)>;
}

impl Translated for Article {
    fn file(&self) -> &SourceFile {
        &self.file
    }

    fn translation(&self) -> &Translation {
        &self.translation
    }

    fn missing(&self) -> Option<(&'static str, Span)> {
        self.facts.title.is_none().then_some(("title", self.opening))
    }
}

impl Translated for Page {
    fn file(&self) -> &SourceFile {
        &self.file
    }

    fn translation(&self) -> &Translation {
        &self.translation
    }

    fn missing(&self) -> Option<(&'static str, Span)> {
        (self.title.is_none() && !self.is_home()).then_some(("title", self.opening))
    }
}

impl Translated for Record {
    fn file(&self) -> &SourceFile {
        &self.file
    }

    fn translation(&self) -> &Translation {
        &self.translation
    }

    fn missing(&self) -> Option<(&'static str, Span)> {
        self.name.is_none().then_some(("name", self.opening))
    }
}

/// Groups files into pieces, in the order of the first file of each. In each
/// group the original is first and the translations follow in the order of the
/// site's languages.
pub(super) fn group<T: Translated>(
    items: Vec<T>,
    faults: &mut Diagnostics,
) -> Vec<Vec<T>> {
    let places = group_places(&items, faults);
    let n_groups = places.iter().max().map_or(0, |last| last + 1);
    // Most pieces are one file; a vector that grows by itself makes room for
    // four.
    let mut groups: Vec<Vec<T>> = Vec::with_capacity(n_groups);
    groups.resize_with(n_groups, Vec::new);
    for (item, place) in items.into_iter().zip(places) {
        groups[place].reserve_exact(1);
        groups[place].push(item);
    }
    for group in groups.iter_mut().filter(|group| group.len() > 1) {
        group.sort_by_key(|item| {
            let is_translation = item.translation().translation_of.is_some();
            (is_translation, item.file().has_suffix, item.file().language)
        });
    }
    for group in &mut groups {
        check(group, faults);
    }
    groups
}

/// For each file, the place of the piece that it belongs to, counted by where
/// each piece comes first.
fn group_places<T: Translated>(items: &[T], faults: &mut Diagnostics) -> Vec<usize> {
    let is_named = items.iter().any(|item| item.translation().translation_of.is_some());
    let by_path: BTreeMap<&str, &T> = if is_named {
        items.iter().map(|item| (&*item.file().path, item)).collect()
    } else {
        BTreeMap::new()
    };
    let mut by_key: FixedMap<&str, usize> = FixedMap::default();
    let mut places = Vec::with_capacity(items.len());
    for item in items {
        let original = original(item, &by_path, faults).unwrap_or_else(|fault| {
            faults.push(fault);
            item
        });
        let next = by_key.len();
        places.push(*by_key.entry(original.file().key()).or_insert(next));
    }
    places
}

/// The file that `translation_of` names, else the file itself.
fn original<'a, T: Translated>(
    item: &'a T,
    by_path: &BTreeMap<&str, &'a T>,
    faults: &Diagnostics,
) -> Result<&'a T, Diagnostic> {
    let Some(written) = &item.translation().translation_of else { return Ok(item) };
    let place = Place::span(Arc::clone(&item.file().path), written.span);
    let path = source::join(&item.file().path, &written.value);
    let Some(found) = by_path.get(path.as_str()) else {
        let fault = Diagnostic::error(
            Code::BrokenLink,
            format!(
                "`translation_of` names `{}`, which is no file of this kind",
                written.value
            ),
        )
        .at(place);
        let n_before = faults.n_of(Code::BrokenLink);
        let known = by_path.keys().copied();
        let near = suggest::nearest_for_the_first(n_before, &path, known);
        return Err(match near {
            Some(near) => {
                fault.hint(format!("write its path from here; there is `{near}`"))
            }
            None => fault.hint("write the original's path from this file's folder"),
        });
    };
    if found.translation().translation_of.is_some() {
        return Err(Diagnostic::error(
            Code::TranslationClash,
            format!("`{}` is itself a translation", written.value),
        )
        .at(place)
        .hint("name the original of both"));
    }
    Ok(found)
}

/// Reports two files of one language, and takes the later ones out; reports a
/// group whose original lacks what translations take over.
fn check<T: Translated>(group: &mut Vec<T>, faults: &mut Diagnostics) {
    if group.len() > 1 {
        check_languages(group, faults);
    }
    let Some(original) = group.first() else { return };
    if let Some((key, opening)) = original.missing()
        && original.file().may_inherit(original.translation())
    {
        faults.push(
            Diagnostic::error(
                Code::MissingKey,
                format!("this file has no `{key}` and no original to take it from"),
            )
            .at(Place::span(Arc::clone(&original.file().path), opening))
            .hint(format!(
                "add `{key} = \"…\"`, or name the original with `translation_of`"
            )),
        );
    }
}

/// Reports two files of one language, and takes the later ones out.
fn check_languages<T: Translated>(group: &mut Vec<T>, faults: &mut Diagnostics) {
    let mut first_of: BTreeMap<LanguageId, Arc<str>> = BTreeMap::new();
    group.retain(|item| {
        let file = item.file();
        let first =
            first_of.entry(file.language).or_insert_with(|| Arc::clone(&file.path));
        let is_first = *first == file.path;
        if !is_first {
            faults.push(clash(&file.path, first));
        }
        is_first
    });
}

/// Reports two files that are one piece in one language.
fn clash(second: &Arc<str>, first: &Arc<str>) -> Diagnostic {
    Diagnostic::error(
        Code::TranslationClash,
        "two files are the same piece in the same language",
    )
    .at(Place::file(Arc::clone(second)).labeled("second"))
    .at(Place::file(Arc::clone(first)).labeled("first"))
    .hint("set `language` in one of the two, or rename one")
}
