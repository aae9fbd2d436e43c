//! What templates see of the works around a work: those beside it in time, and
//! those that share rare names with it.

use std::cmp::Reverse;

use serde::Serialize;

use crate::archive::{Name, Term, TermId, Version, WorkId};
use crate::config::ORGANIZATIONS;
use crate::view::{DateView, Extra, LinkView, NameView, Viewer};

/// How many works of each name are looked at on either side of a work in time, so
/// that it costs the same in an archive of any size.
const WINDOW: usize = 8;

/// How many related works are shown.
const MOST_RELATED: usize = 5;

/// How many names that two works share are shown.
const MOST_SHARED: usize = 5;

/// How many ways organizations lead on from a work at most.
const MOST_NEIGHBORS: usize = 6;

/// An article with its day.
#[derive(Clone, Debug, Serialize)]
pub struct DatedLinkView {
    /// The article.
    pub article: LinkView,
    /// The day of publication.
    pub date: Option<DateView>,
}

/// An article that shares names with another.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedView {
    /// The article.
    pub article: LinkView,
    /// The day of publication.
    pub date: Option<DateView>,
    /// The names that both have, the rarest first.
    pub shared: Vec<NameView>,
}

/// The articles beside another among those of an organization, or of several for
/// which they are the same.
#[derive(Clone, Debug, Serialize)]
pub struct NeighborsView {
    /// The organizations.
    pub names: Vec<NameView>,
    /// The next one into the past.
    pub older: Option<LinkView>,
    /// The next one into the present.
    pub newer: Option<LinkView>,
}

/// The works on either side of one in a list.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Beside {
    /// The next one into the past.
    older: Option<WorkId>,
    /// The next one into the present.
    newer: Option<WorkId>,
}

/// A work that shares a name with another: which name, and how much that weighs.
#[derive(Clone, Copy)]
struct Hint {
    /// The work.
    work: WorkId,
    /// The name.
    name: TermId,
    /// The rarer the name, the more.
    weight: usize,
}

impl<'a> Viewer<'a> {
    /// A work with its day.
    pub(super) fn dated_link(&self, id: WorkId) -> DatedLinkView {
        let work = self.archive.work(id);
        DatedLinkView {
            article: self.version_link(self.shown(work)),
            date: work.original().facts.date().map(|date| self.date(date)),
        }
    }

    /// The names that a version has a page for.
    pub(super) fn paged_topics(
        &self,
        version: &Version,
    ) -> impl Iterator<Item = (TermId, &'a Term)> {
        let ids = version.topics.iter().filter_map(Name::term);
        ids.filter(|id| self.plan.term_address(*id, self.language()).is_some())
            .map(|id| (id, self.archive.term(id)))
    }

    /// The works beside one among those of each organization that it names.
    pub(super) fn neighbors(&self, id: WorkId, version: &Version) -> Vec<NeighborsView> {
        if !self.extras.has(Extra::Related) {
            return Vec::new();
        }
        let organizations = self.config.taxonomy(ORGANIZATIONS);
        let mut found: Vec<(Beside, Vec<NameView>)> = Vec::new();
        let topics = self.paged_topics(version);
        for (name, term) in topics.filter(|(id, _)| Some(id.taxonomy) == organizations) {
            let Ok(at) = term.works.binary_search(&id) else { continue };
            let beside = Beside {
                newer: at.checked_sub(1).and_then(|at| term.works.get(at)).copied(),
                older: term.works.get(at + 1).copied(),
            };
            if let Some((_, names)) = found.iter_mut().find(|(other, _)| *other == beside)
            {
                names.push(self.term_name(name));
            } else if found.len() < MOST_NEIGHBORS {
                found.push((beside, vec![self.term_name(name)]));
            }
        }
        let link = |id: WorkId| self.version_link(self.shown(self.archive.work(id)));
        let found = found.into_iter().filter(|(beside, _)| *beside != Beside::default());
        let view = |(beside, names): (Beside, _)| NeighborsView {
            names,
            older: beside.older.map(link),
            newer: beside.newer.map(link),
        };
        found.map(view).collect()
    }

    /// The works that share the rarest names with one.
    pub(super) fn related(&self, id: WorkId, version: &Version) -> Vec<RelatedView> {
        if !self.extras.has(Extra::Related) {
            return Vec::new();
        }
        let mut hints: Vec<Hint> = Vec::new();
        for (name, term) in self.paged_topics(version) {
            let works = &term.works;
            let Ok(at) = works.binary_search(&id) else { continue };
            // A name that half of the archive has tells nothing.
            if works.len() * 2 > self.archive.n_listed && self.archive.n_listed > 4 {
                continue;
            }
            let weight = 1_000_000 / (works.len() * 100).isqrt();
            let near = at.saturating_sub(WINDOW)..(at + WINDOW + 1).min(works.len());
            let others = works[near].iter().copied().filter(|other| *other != id);
            hints.extend(others.map(|work| Hint { work, name, weight }));
        }
        // The rarest names of each work come first.
        hints.sort_by_key(|hint| (hint.work, Reverse(hint.weight), hint.name));
        let mut found: Vec<&[Hint]> = hints.chunk_by(|a, b| a.work == b.work).collect();
        found.sort_by_key(|hints| {
            let weight: usize = hints.iter().map(|hint| hint.weight).sum();
            let work = hints.first().map_or(id, |hint| hint.work);
            (Reverse(weight), work.0.abs_diff(id.0), work)
        });
        let found = found.into_iter().filter_map(|hints| {
            let work = hints.first()?.work;
            self.archive.work(work).shows_names().then(|| {
                let DatedLinkView { article, date } = self.dated_link(work);
                let rarest = hints.iter().take(MOST_SHARED);
                let shared = rarest.map(|hint| self.term_name(hint.name)).collect();
                RelatedView { article, date, shared }
            })
        });
        found.take(MOST_RELATED).collect()
    }
}
