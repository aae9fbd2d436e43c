//! What templates see of the archive in figures.

use std::cmp::Reverse;

use serde::Serialize;

use crate::archive::{Name, Term, TermId, Version, Work};
use crate::config::{LanguageId, ORGANIZATIONS, TaxonomyId};
use crate::content::article::Kind;
use crate::plan::{Timeline, has_page};
use crate::view::chart::share;
use crate::view::{
    CoverageView, DateView, MapView, NameView, ShareView, Viewer, language_name,
};

/// How many years an archive spans at most to be drawn by months too.
const MOST_MONTHLY_YEARS: usize = 40;

/// How many names of a taxonomy are ranked.
const MOST_RANKED: usize = 10;

/// How many organizations are drawn with the pairs that they make.
const MOST_NODES: usize = 20;

/// How many pairs are drawn.
const MOST_PAIRS: usize = 40;

/// The archive in figures.
#[derive(Clone, Debug, Serialize)]
pub struct StatisticsView {
    /// How many works are on lists.
    pub n_works: usize,
    /// The oldest day of publication, as it is known.
    pub first: Option<DateView>,
    /// The newest day of publication.
    pub last: Option<DateView>,
    /// The works over the years; of a short archive over the months.
    pub coverage: Option<CoverageView>,
    /// The works over the months, if the years are drawn and not too many.
    pub months: Option<CoverageView>,
    /// The works by what sort of piece they are.
    pub kinds: Vec<ShareView>,
    /// The works by the languages that they can be read in.
    pub languages: Vec<ShareView>,
    /// The names that most works have, by taxonomy.
    pub rankings: Vec<RankingView>,
    /// The organizations that are named together.
    pub pairs: Option<PairsView>,
    /// How much is known of the works.
    pub completeness: Vec<ShareView>,
    /// The places that works name or were filed from.
    pub map: Option<MapView>,
}

/// The names of a taxonomy that most works have.
#[derive(Clone, Debug, Serialize)]
pub struct RankingView {
    /// The taxonomy's name: `organizations`.
    pub name: String,
    /// The taxonomy's title in the page's language.
    pub title: String,
    /// Its index, from this page.
    pub href: String,
    /// How many terms have a page.
    pub n_terms: usize,
    /// The names, most works first.
    pub top: Vec<ShareView>,
}

/// Organizations that are named together: names one below the other, and arcs
/// between them in a picture that is 10 units high for each name.
#[derive(Clone, Debug, Serialize)]
pub struct PairsView {
    /// The organizations, most works first.
    pub nodes: Vec<NodeView>,
    /// The pairs that are drawn, most works first.
    pub pairs: Vec<PairView>,
    /// How many pairs these organizations make, drawn or not.
    pub n_pairs: usize,
    /// How high the picture is.
    pub height: usize,
    /// How wide the picture is.
    pub width: usize,
}

/// An organization in the picture of pairs.
#[derive(Clone, Debug, Serialize)]
pub struct NodeView {
    /// Its name.
    pub name: NameView,
    /// How high its middle stands in the picture.
    pub y: usize,
}

/// Two organizations that works name together.
#[derive(Clone, Debug, Serialize)]
pub struct PairView {
    /// One of them.
    pub first: NameView,
    /// The other.
    pub second: NameView,
    /// How many works name both.
    pub n_works: usize,
    /// How wide its arc is: 1 to 5.
    pub weight: usize,
    /// The arc as the path of an SVG picture.
    pub path: String,
}

impl Viewer<'_> {
    /// The archive in figures.
    pub fn statistics(&self) -> StatisticsView {
        let works = self.listed_works();
        let coverage = self.coverage(&self.all_works());
        let is_yearly =
            coverage.as_ref().is_some_and(|coverage| coverage.precision != "month");
        let dates = &self.plan.dates;
        let n_years = dates.span().map_or(0, |(first, last)| last.abs_diff(first) + 1);
        let is_drawn = is_yearly && usize::from(n_years) <= MOST_MONTHLY_YEARS;
        let (first, last) = self.span();
        StatisticsView {
            n_works: works.len(),
            first,
            last,
            months: is_drawn
                .then(|| {
                    let months = Timeline::of_each_month(dates);
                    self.drawn(&months, &self.all_works())
                })
                .flatten(),
            coverage,
            kinds: self.kinds(works),
            languages: self.languages(works),
            rankings: self
                .config
                .taxonomy_ids()
                .filter_map(|taxonomy| self.ranking(taxonomy))
                .collect(),
            pairs: self.pairs(works),
            completeness: self.completeness(works),
            map: self.map(),
        }
    }

    /// The works on lists.
    pub(in crate::view) fn listed_works(&self) -> &[Work] {
        &self.archive.works[..self.archive.n_listed]
    }

    /// The oldest and the newest day of publication.
    pub(in crate::view) fn span(&self) -> (Option<DateView>, Option<DateView>) {
        let works = self.listed_works();
        let n_dated = self.plan.dates.years().last().map_or(0, |year| year.range.end);
        let date = |work: Option<&Work>| {
            // The time of day says nothing here.
            let date = work?.original().facts.date()?;
            Some(self.linked_date(date.without_time()))
        };
        let oldest = (n_dated as usize).checked_sub(1).and_then(|at| works.get(at));
        (date(oldest), date(works.first().filter(|_| n_dated > 0)))
    }

    /// The works by what sort of piece they are, most first.
    fn kinds(&self, works: &[Work]) -> Vec<ShareView> {
        let mut counts: Vec<(usize, Kind)> =
            Kind::WORDS.iter().map(|(_, kind)| (0, *kind)).collect();
        // Of a text that is not shown, nothing is told.
        let told = works.iter().filter(|work| work.shows_names());
        for own in told.filter_map(|work| work.original().facts.kind) {
            counts.iter_mut().filter(|(_, kind)| *kind == own).for_each(|one| one.0 += 1);
        }
        counts.sort_by_key(|(n, _)| Reverse(*n));
        let counts = counts.into_iter().filter(|(n, _)| *n > 0);
        counts
            .map(|(n, kind)| {
                let title = self.text(&format!("kind-{}", kind.as_str()), &[]);
                part(title, n, works.len())
            })
            .collect()
    }

    /// The works by the languages that they can be read in.
    fn languages(&self, works: &[Work]) -> Vec<ShareView> {
        let counted = self.config.language_ids().map(|language: LanguageId| {
            let is_in =
                |work: &&Work| work.version(language).is_some_and(Version::shows_names);
            let n = works.iter().filter(is_in).count();
            let name = language_name(self.locale_of(language), self.config, language);
            ShareView {
                language: self.other_language(language),
                ..part(name, n, works.len())
            }
        });
        counted.collect()
    }

    /// The names of a taxonomy that most works have.
    fn ranking(&self, taxonomy: TaxonomyId) -> Option<RankingView> {
        let ranked = self.ranked(taxonomy);
        let top = ranked.first().map_or(0, |(n, _)| *n);
        let href = self.plan.taxonomy_address(taxonomy, self.language())?;
        let view = |(n, id): &(usize, TermId)| {
            let NameView { name, href, language } = self.term_name(*id);
            ShareView { title: name, href, language, n_works: *n, share: share(*n, top) }
        };
        Some(RankingView {
            name: self.taxonomy_name(taxonomy),
            title: self.taxonomy_title(taxonomy),
            href: self.linker.href(href),
            n_terms: ranked.len(),
            top: ranked
                .iter()
                .filter(|(n, _)| *n > 0)
                .take(MOST_RANKED)
                .map(view)
                .collect(),
        })
    }

    /// The terms of a taxonomy that have pages, most works first.
    pub(in crate::view) fn ranked(&self, taxonomy: TaxonomyId) -> Vec<(usize, TermId)> {
        let terms = &self.archive.taxonomies[usize::from(taxonomy.0)].terms;
        let with_pages = (0..).zip(terms).filter(|(_, term)| has_page(term));
        let mut ranked: Vec<(usize, u32, &Term)> =
            with_pages.map(|(index, term)| (term.works.len(), index, term)).collect();
        ranked.sort_by(|(a, _, a_term), (b, _, b_term)| {
            b.cmp(a).then_with(|| a_term.slug.cmp(&b_term.slug))
        });
        let id = |(n, index, _)| (n, TermId { taxonomy, index });
        ranked.into_iter().map(id).collect()
    }

    /// The organizations that are named together; none if no work names two.
    fn pairs(&self, works: &[Work]) -> Option<PairsView> {
        let taxonomy = self.config.taxonomy(ORGANIZATIONS)?;
        let ranked = self.ranked(taxonomy);
        let nodes: Vec<TermId> =
            ranked.into_iter().take(MOST_NODES).map(|(_, id)| id).collect();
        let mut counts = vec![vec![0_usize; nodes.len()]; nodes.len()];
        for work in works.iter().filter(|work| work.is_telling()) {
            let named = work.original().topics.iter().filter_map(Name::term);
            let mut here: Vec<usize> = named
                .filter_map(|id| nodes.iter().position(|node| *node == id))
                .collect();
            here.sort_unstable();
            here.dedup();
            for (n, first) in here.iter().enumerate() {
                here[n + 1..].iter().for_each(|second| counts[*first][*second] += 1);
            }
        }
        let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
        for (first, row) in counts.iter().enumerate() {
            let of_row = row.iter().enumerate().filter(|(_, n)| **n > 0);
            pairs.extend(of_row.map(|(second, n)| (*n, first, second)));
        }
        pairs.sort_by_key(|(n, first, second)| (Reverse(*n), *first, *second));
        let n_pairs = pairs.len();
        // Of many, those that one work makes are a matter of chance.
        if n_pairs > MOST_PAIRS && pairs.iter().any(|(n, ..)| *n > 1) {
            pairs.retain(|(n, ..)| *n > 1);
        }
        pairs.truncate(MOST_PAIRS);
        self.drawn_pairs(&nodes, &pairs, n_pairs)
    }

    /// The picture of pairs, of the organizations that have one.
    fn drawn_pairs(
        &self,
        nodes: &[TermId],
        pairs: &[(usize, usize, usize)],
        n_pairs: usize,
    ) -> Option<PairsView> {
        let most = pairs.first()?.0;
        let is_drawn =
            |node: &usize| pairs.iter().any(|(_, a, b)| a == node || b == node);
        let drawn: Vec<usize> = (0..nodes.len()).filter(is_drawn).collect();
        let y = |node: usize| {
            let at = drawn.iter().position(|drawn| *drawn == node).unwrap_or_default();
            at * 10 + 5
        };
        let view = |(n, first, second): &(usize, usize, usize)| {
            let (from, to) = (y(*first), y(*second));
            // Half an ellipse, as wide as a quarter of its height.
            let (down, across) = ((to - from).div_ceil(2), (to - from).div_ceil(4));
            PairView {
                first: self.term_name(nodes[*first]),
                second: self.term_name(nodes[*second]),
                n_works: *n,
                weight: (n * 5).div_ceil(most),
                path: format!("M0 {from}A{across} {down} 0 0 1 0 {to}"),
            }
        };
        Some(PairsView {
            nodes: drawn
                .iter()
                .map(|node| NodeView { name: self.term_name(nodes[*node]), y: y(*node) })
                .collect(),
            pairs: pairs.iter().map(view).collect(),
            n_pairs,
            height: drawn.len() * 10,
            width: drawn.len() * 10 / 4 + 2,
        })
    }

    /// How much is known of the works.
    fn completeness(&self, works: &[Work]) -> Vec<ShareView> {
        /// What may be known of a work, with the key of its words.
        type Known = (&'static str, fn(&Version) -> bool);
        const KNOWN: &[Known] = &[
            ("known-day", |one| {
                one.facts.date().is_some_and(|date| date.day().is_some())
            }),
            ("known-byline", |one| !one.byline.is_empty()),
            ("known-dateline", |one| one.facts.dateline().is_some()),
            ("known-publication", |one| one.facts.publication().is_some()),
            ("known-original", |one| one.facts.original_url().is_some()),
            ("known-archived", |one| one.facts.archived().is_some()),
            ("known-provenance", |one| one.facts.provenance().is_some()),
        ];
        // Of a text that is not shown, nothing is told.
        let told = works.iter().filter(|work| work.shows_names());
        let told: Vec<&Version> = told.map(Work::original).collect();
        let known = KNOWN.iter().map(|(key, is_known)| {
            let n = told.iter().filter(|version| is_known(version)).count();
            part(self.text(key, &[]), n, told.len())
        });
        known.collect()
    }
}

/// A part of the works, without a page.
fn part(title: String, n_works: usize, whole: usize) -> ShareView {
    ShareView { title, href: None, language: None, n_works, share: share(n_works, whole) }
}
