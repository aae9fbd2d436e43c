//! Which names are the same but for case, spaces and such: each different name
//! of the archive is folded once.

use crate::hash::FixedMap;
use crate::locale;
use crate::names::{NameId, Names};
use crate::parallel;

/// What names have in common that are the same when folded (see
/// [`locale::fold`]). Numbers are compared for equality, never for order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct FoldId(u32);

/// The folded forms of names.
pub(super) struct Folds {
    /// The folded form of each name, by the name's index.
    of_name: Vec<FoldId>,
    /// The number of each folded form.
    by_text: FixedMap<Box<str>, FoldId>,
}

impl Folds {
    /// Folds the names of an archive.
    pub(super) fn new(names: &Names) -> Self {
        let mut folds = Self {
            of_name: vec![FoldId(u32::MAX); names.bound()],
            by_text: FixedMap::default(),
        };
        let ids: Vec<_> = names.ids().collect();
        let folded = parallel::map(&ids, |id| locale::fold(names.text(*id)));
        for (id, text) in ids.into_iter().zip(folded) {
            folds.of_name[id.index()] = folds.number(text);
        }
        folds
    }

    /// The folded form of a name in an article.
    pub(super) fn of(&self, name: NameId) -> FoldId {
        self.of_name[name.index()]
    }

    /// The folded form of a name in a record.
    pub(super) fn fold(&mut self, name: &str) -> FoldId {
        self.number(locale::fold(name))
    }

    /// The folded form of a name, if any article or record has one like it.
    pub(super) fn find(&self, name: &str) -> Option<FoldId> {
        self.by_text.get(locale::fold(name).as_str()).copied()
    }

    /// The number of a folded form.
    fn number(&mut self, text: String) -> FoldId {
        let next = u32::try_from(self.by_text.len()).expect("fewer than 2^32 names");
        *self.by_text.entry(text.into()).or_insert(FoldId(next))
    }
}
