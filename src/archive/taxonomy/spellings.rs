//! Counts how articles spell names that have no record, and makes terms of
//! them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::archive::term::Term;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::locale;
use crate::slug::slugify;
use crate::toml_reader::Spanned;

/// A term without a record while terms are being found.
pub(super) struct Unrecorded {
    /// The term so far.
    pub(super) term: Term,
    /// The folded name under which terms without a record are sorted.
    pub(super) folded: Box<str>,
}

/// Names without a record as articles spell them.
#[derive(Default)]
pub(super) struct Spellings {
    /// The uses of each folded name.
    pub(super) by_folded: BTreeMap<String, Uses>,
}

/// The uses of one folded name.
#[derive(Default)]
pub(super) struct Uses {
    /// How often each spelling is used.
    counts: BTreeMap<String, usize>,
    /// Every use.
    pub(super) places: Vec<(Spanned<String>, Arc<str>)>,
}

impl Spellings {
    /// Counts one use of a name.
    pub(super) fn add(&mut self, name: &Spanned<String>, file: &Arc<str>) {
        let uses = self.by_folded.entry(locale::fold(&name.value)).or_default();
        let shown = name.value.split_whitespace().collect::<Vec<_>>().join(" ");
        *uses.counts.entry(shown).or_default() += 1;
        uses.places.push((name.clone(), Arc::clone(file)));
    }

    /// Makes a term of each folded name.
    pub(super) fn into_terms(self, faults: &mut Diagnostics) -> Vec<Unrecorded> {
        let mut found = Vec::with_capacity(self.by_folded.len());
        for (folded, uses) in self.by_folded {
            let shown =
                uses.counts.iter().max_by_key(|(name, count)| (**count, Reverse(*name)));
            let name: Box<str> = shown.map_or("", |(name, _)| name).into();
            let first = uses.places.first();
            let origin = first.map_or_else(
                || Place::file(""),
                |(name, file)| Place::span(Arc::clone(file), name.span),
            );
            let slug = slugify(&name);
            if slug.is_empty() {
                faults.push(slug_fault(&name, origin));
                continue;
            }
            let term = Term {
                slug: slug.into(),
                name,
                names: Vec::new(),
                records: Vec::new(),
                other_names: uses
                    .counts
                    .into_keys()
                    .map(String::into_boxed_str)
                    .collect(),
                parent: None,
                parts: Vec::new(),
                works: Vec::new(),
                has_page: true,
                origin,
            };
            found.push(Unrecorded { term, folded: folded.into() });
        }
        found
    }
}

/// Reports a name that leaves nothing for an address.
pub(super) fn slug_fault(name: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::SlugEmpty,
        format!("the name `{name}` leaves nothing for an address"),
    )
    .at(place)
    .hint("write a record for it: its file's name becomes the address")
}
