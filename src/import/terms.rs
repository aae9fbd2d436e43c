//! The table that says what becomes of the names under which a source files
//! its pieces: an editor changes it and runs the import again.
//!
//! It is `terms.toml`. Each name of the source has an entry, with how many
//! pieces have it; `to` is a taxonomy of the site, `kind`, or empty to leave
//! the name out, and `as` is the name in the archive. What an editor wrote
//! stays; names that are new to the source are added.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{BYLINES, Config, TAGS};
use crate::content::article::Kind;
use crate::diagnostic::{Diagnostics, Span};
use crate::import::piece::Term;
use crate::slug::slugify;
use crate::toml_reader::{Document, Spanned, quote};

/// What stands above the entries.
const HEAD: &str = "# What becomes of the names of the source. Change `to` and `as`, and run the import again.\n\
    # `to` is a taxonomy of the site, \"kind\" (then `as` is one of the kinds of\n\
    # docs/content.md), or \"\" to leave the name out. `as` is the name in the archive.\n";

/// The target that is no taxonomy but the key `kind`.
const KIND: &str = "kind";

/// The table.
#[derive(Debug, Default)]
pub(super) struct Mapping {
    /// The entries, by the sort of name and the name.
    entries: BTreeMap<(String, String), Entry>,
}

/// What becomes of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What the source calls it in addresses.
    slug: String,
    /// Where it goes: a taxonomy, `kind`, or nowhere.
    to: String,
    /// The name in the archive.
    name: String,
    /// How many pieces have it in this run.
    n_pieces: u64,
}

/// What the names of a piece become.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Filed {
    /// For each taxonomy, the names; none twice.
    pub(super) names: Vec<(String, Vec<String>)>,
    /// The sort of piece.
    pub(super) kind: Option<&'static str>,
    /// The names that are left out.
    pub(super) left_out: Vec<String>,
}

impl Mapping {
    /// Reads a table as an editor left it.
    pub(super) fn read(
        file: &Arc<str>,
        text: &str,
        config: &Config,
        faults: &mut Diagnostics,
    ) -> Self {
        let document = Document::parse(file, text, 0, faults);
        let mut reader = document.reader("the table of names", faults);
        reader.only(&["terms"]);
        let nothing = || Spanned { value: String::new(), span: Span::default() };
        let read = reader.tables("terms", "an entry", |mut entry| {
            entry.only(&["domain", "name", "slug", "pieces", "to", "as"]);
            let domain = entry.text("domain")?.value;
            let name = entry.text("name")?.value;
            let slug = entry.text("slug").map(|slug| slug.value).unwrap_or_default();
            let to = entry.text("to").unwrap_or_else(nothing);
            let known = to.value.is_empty()
                || to.value == KIND
                || config.taxonomies.iter().any(|own| *own.name == *to.value);
            if !known {
                let message = format!("`{}` is no taxonomy of the site", to.value);
                let hint =
                    "write one that `taxonomies` in config.toml lists, or add it there";
                entry.bad_value(to.span, message, hint);
            }
            let own = entry.text("as").unwrap_or_else(nothing);
            if to.value == KIND && kind_of(&own.value).is_none() {
                let message = format!("`{}` is no kind of piece", own.value);
                entry.bad_value(
                    own.span,
                    message,
                    "write one of the kinds of docs/content.md",
                );
            }
            let new = if own.value.trim().is_empty() { name.clone() } else { own.value };
            Some(((domain, name), Entry { slug, to: to.value, name: new, n_pieces: 0 }))
        });
        Self { entries: read.into_iter().flatten().collect() }
    }

    /// The entry of a name, which is made if there is none.
    pub(super) fn know(&mut self, term: &Term, config: &Config) -> &mut Entry {
        let key = (term.domain.clone(), term.name.clone());
        self.entries.entry(key).or_insert_with(|| Entry {
            slug: term.slug.clone(),
            to: target(&term.domain, config),
            name: term.name.clone(),
            n_pieces: 0,
        })
    }

    /// Files a piece under the names of its source.
    pub(super) fn file(&mut self, terms: &[Term], config: &Config) -> Filed {
        let mut filed = Filed::default();
        for term in terms {
            let entry = self.know(term, config);
            entry.n_pieces += 1;
            match entry.to.as_str() {
                _ if slugify(&entry.name).is_empty() => {
                    filed.left_out.push(term.name.clone());
                }
                "" => filed.left_out.push(term.name.clone()),
                KIND => filed.kind = filed.kind.or(kind_of(&entry.name)),
                taxonomy => put(&mut filed.names, taxonomy, &entry.name),
            }
        }
        filed
    }

    /// The taxonomy and the name that a name of the source became, if it became
    /// one.
    pub(super) fn target_of(&self, term: &Term) -> Option<(&str, &str)> {
        let entry = self.entries.get(&(term.domain.clone(), term.name.clone()))?;
        let is_name = !matches!(entry.to.as_str(), "" | KIND);
        is_name.then_some((&entry.to, &entry.name))
    }

    /// The text of the table.
    pub(super) fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for ((domain, name), entry) in &self.entries {
            text += &format!(
                "\n[[terms]]\ndomain = {}\nname = {}\nslug = {}\npieces = {}\nto = {}\nas = {}\n",
                quote(domain),
                quote(name),
                quote(&entry.slug),
                entry.n_pieces,
                quote(&entry.to),
                quote(&entry.name)
            );
        }
        text
    }
}

/// Adds a name to those of a taxonomy.
fn put(names: &mut Vec<(String, Vec<String>)>, taxonomy: &str, name: &str) {
    let name = name.trim();
    if name.is_empty() {
        return;
    }
    match names.iter_mut().find(|(own, _)| own == taxonomy) {
        Some((_, list)) if list.iter().any(|own| own == name) => {}
        Some((_, list)) => list.push(name.to_owned()),
        None => names.push((taxonomy.to_owned(), vec![name.to_owned()])),
    }
}

/// Where names of a sort go unless an editor says otherwise: to the taxonomy of
/// that name, else to the tags.
fn target(domain: &str, config: &Config) -> String {
    let domain = domain.to_lowercase();
    let domain = domain.strip_prefix("post_").unwrap_or(&domain);
    let plurals = [
        domain.to_owned(),
        format!("{domain}s"),
        format!("{}ies", domain.strip_suffix('y').unwrap_or(domain)),
    ];
    let open =
        || config.taxonomies.iter().filter(|own| *own.name != *BYLINES && !own.closed);
    let of_that_name = open().find(|own| plurals.iter().any(|name| **name == *own.name));
    let tags = || open().find(|own| *own.name == *TAGS);
    of_that_name.or_else(tags).map_or_else(String::new, |own| own.name.to_string())
}

/// A sort of piece by its word.
fn kind_of(word: &str) -> Option<&'static str> {
    Kind::WORDS.iter().map(|(known, _)| *known).find(|known| *known == word)
}
