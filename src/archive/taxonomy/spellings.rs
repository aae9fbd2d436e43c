//! Counts how articles spell names that have no record, and makes terms of
//! them.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::archive::taxonomy::folds::FoldId;
use crate::archive::term::Term;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::hash::FixedMap;
use crate::locale;
use crate::names::{NameId, Names};
use crate::slug::slugify;
use crate::toml_reader::Spanned;

/// A term without a record while terms are being found.
pub(super) struct Unrecorded {
    /// The term so far.
    pub(super) term: Term,
    /// The folded name that leads to it.
    pub(super) fold: FoldId,
}

/// Names without a record as articles spell them.
#[derive(Default)]
pub(super) struct Spellings {
    /// The place of the uses of each folded name.
    by_fold: FixedMap<FoldId, u32>,
    /// The uses of each folded name, by where it came first.
    uses: Vec<Uses>,
}

/// The uses of one folded name.
struct Uses {
    /// The folded name.
    fold: FoldId,
    /// How often each spelling is used.
    counts: Vec<(NameId, usize)>,
    /// The file and the place of the first use.
    first: (Arc<str>, Span),
}

impl Spellings {
    /// Counts one use of a name.
    pub(super) fn add(&mut self, fold: FoldId, name: Spanned<NameId>, file: &Arc<str>) {
        let next = u32::try_from(self.uses.len()).expect("fewer than 2^32 names");
        let at = *self.by_fold.entry(fold).or_insert(next);
        if at == next {
            let first = (Arc::clone(file), name.span);
            self.uses.push(Uses { fold, counts: Vec::with_capacity(1), first });
        }
        let counts = &mut self.uses[at as usize].counts;
        match counts.iter_mut().find(|(spelling, _)| *spelling == name.value) {
            Some((_, count)) => *count += 1,
            None => counts.push((name.value, 1)),
        }
    }

    /// Makes a term of each folded name, in the order of these names.
    pub(super) fn into_terms(
        self,
        names: &Names,
        faults: &mut Diagnostics,
    ) -> Vec<Unrecorded> {
        let mut sorted: Vec<_> =
            self.uses.into_iter().map(|uses| uses.sorted(names)).collect();
        sorted.sort_unstable_by(|(a, ..), (b, ..)| a.cmp(b));
        let mut found = Vec::with_capacity(sorted.len());
        for (_, spellings, uses) in sorted {
            let shown =
                spellings.iter().max_by_key(|(name, count)| (*count, Reverse(name)));
            let name: Box<str> = shown.map_or("", |(name, _)| name).into();
            let (file, span) = uses.first;
            let origin = Place::span(file, span);
            let slug = slugify(&name);
            if slug.is_empty() {
                faults.push(slug_fault(&name, origin));
                continue;
            }
            let other_names =
                spellings.into_iter().map(|(name, _)| name.into_boxed_str()).collect();
            let term = Term {
                slug: slug.into(),
                name,
                names: Vec::new(),
                author: None,
                records: Vec::new(),
                other_names,
                parent: None,
                parts: Vec::new(),
                works: Vec::new(),
                has_page: true,
                origin,
            };
            found.push(Unrecorded { term, fold: uses.fold });
        }
        found
    }
}

impl Uses {
    /// The folded name, its spellings with single spaces in the order of the
    /// alphabet, each with how often it is used, and the uses themselves.
    fn sorted(self, names: &Names) -> (String, Vec<(String, usize)>, Self) {
        let shown = |id| {
            let words: Vec<_> = names.text(id).split_whitespace().collect();
            words.join(" ")
        };
        let mut counted: Vec<(String, usize)> =
            self.counts.iter().map(|(id, count)| (shown(*id), *count)).collect();
        counted.sort_unstable();
        let mut spellings: Vec<(String, usize)> = Vec::with_capacity(counted.len());
        for (name, count) in counted {
            match spellings.last_mut() {
                Some((last, sum)) if *last == name => *sum += count,
                _ => spellings.push((name, count)),
            }
        }
        let folded = spellings.first().map(|(name, _)| locale::fold(name));
        (folded.unwrap_or_default(), spellings, self)
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
