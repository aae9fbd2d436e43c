//! What pages and files need to know of each work in order to know whether they
//! changed: found out once for each work, however many lists show it.

use crate::archive::{Version, WorkId};
use crate::config::LanguageId;
use crate::date::Date;
use crate::links::Linker;
use crate::parallel;
use crate::plan::{Entry, What};
use crate::render::{Site, draft};

/// The works on lists, as lists in each language show them.
pub(super) struct Items(Vec<Vec<Item>>);

/// A work as lists in one language show it.
struct Item {
    /// The hash of what they show.
    hash: u64,
    /// When it changed last.
    changed: Option<Date>,
}

impl Items {
    /// Looks at each work on lists.
    pub(super) fn new(site: &Site<'_>) -> Self {
        let works = site.archive.listed();
        let items = |language| {
            let Some(home) = site.plan.at(site.config.root(language)) else {
                return Vec::new();
            };
            // The address of a work is the same from wherever it is linked.
            let viewer = site.viewer(home, Linker::new(site.config, &home.address));
            parallel::map(&works, |work| Item {
                hash: draft::hash(&viewer.item(*work)),
                changed: changed(site.archive.work(*work).shown(language)),
            })
        };
        Self(site.config.language_ids().map(items).collect())
    }

    /// The hash of what lists in a language show of a work.
    pub(super) fn hash(&self, language: LanguageId, work: WorkId) -> u64 {
        self.0[usize::from(language.0)][work.0 as usize].hash
    }

    /// When what a page shows changed last; for a list, the newest change of its
    /// works.
    pub(super) fn last_change(&self, site: &Site<'_>, entry: &Entry) -> Option<Date> {
        match &entry.what {
            What::Article(work, index) => {
                changed(&site.archive.work(*work).versions[*index])
            }
            What::Page(group, index) => {
                site.archive.pages[*group].versions[*index].updated
            }
            What::List(of, part) => {
                let works = site.plan.works(*of, site.archive).slice(&part.range);
                let items = &self.0[usize::from(entry.language.0)];
                works.into_iter().filter_map(|work| items[work.0 as usize].changed).max()
            }
            _ => None,
        }
    }
}

/// The newest of an article's date, its last change and its corrections.
pub(super) fn changed(version: &Version) -> Option<Date> {
    let facts = &version.facts;
    let corrections =
        facts.corrections().into_iter().flatten().map(|correction| correction.date);
    facts.date().into_iter().chain(facts.updated().copied()).chain(corrections).max()
}
