//! What templates see of a term and of a taxonomy.

use std::cmp::Reverse;
use std::ops::Range;

use serde::Serialize;

use crate::archive::{Name, Term, TermId};
use crate::config::{PLACES, TaxonomyId};
use crate::hash::FixedMap;
use crate::json;
use crate::locale::Arg;
use crate::plan::{LetterPage, ListOf, TaxonomyPages};
use crate::view::chart::share;
use crate::view::{
    CoverageView, DateView, DatedLinkView, Extra, LinkView, MapView, NameView, ShareView,
    TermLinkView, Viewer,
};

/// How many terms of a taxonomy are shown as named together with another at most.
const MOST_COMPANIONS: usize = 10;

/// How many terms the front page of an index shows that is divided by letters.
const MOST_TOP: usize = 50;

/// A term: one organization, person, place or subject.
#[derive(Clone, Debug, Serialize)]
pub struct TermView {
    /// The preferred name.
    pub name: String,
    /// The BCP 47 tag of the name's language, if it is known not to be the page's.
    pub language: Option<String>,
    /// The taxonomy's name: `organizations`.
    pub taxonomy: String,
    /// The taxonomy's title in the page's language.
    pub taxonomy_title: String,
    /// How many works name it.
    pub n_works: usize,
    /// Whether it has a record.
    pub is_recorded: bool,
    /// The record's text as HTML.
    pub body: String,
    /// The BCP 47 tag of this text's language, if it is not the page's.
    pub body_language: Option<String>,
    /// The record's text for lists.
    pub summary: String,
    /// Other names of the same.
    pub aliases: Vec<String>,
    /// Names that it had once.
    pub former_names: Vec<FormerNameView>,
    /// What it is, in the site's own words.
    pub kind: Option<String>,
    /// A person's office or work.
    pub role: Option<String>,
    /// What it is a part of.
    pub part_of: Option<NameView>,
    /// What is a part of it; on the front page only.
    pub parts: Vec<TermLinkView>,
    /// Since when it exists.
    pub founded: Option<DateView>,
    /// Until when it existed.
    pub dissolved: Option<DateView>,
    /// Its own site.
    pub website: Option<String>,
    /// The same in Wikidata, VIAF, ROR and others.
    pub same_as: Vec<String>,
    /// A place's latitude in degrees.
    pub latitude: Option<f64>,
    /// A place's longitude in degrees.
    pub longitude: Option<f64>,
    /// Who translated the record.
    pub translator: Vec<String>,
    /// Whether a machine translated it.
    pub machine_translated: bool,
    /// The first work with a date that names it.
    pub first: Option<DatedLinkView>,
    /// The last work with a date that names it.
    pub last: Option<DatedLinkView>,
    /// How its works spread over the span of the archive; on the front page only.
    pub coverage: Option<CoverageView>,
    /// What is named together with it, by taxonomy; on the front page only.
    pub companions: Vec<CompanionsView>,
    /// Of a byline, the person or organization whose it is, if they have a record.
    pub author: Option<NameView>,
    /// The site's own fields.
    pub extra: json::Value,
}

/// The terms of a taxonomy that are named together with another term.
#[derive(Clone, Debug, Serialize)]
pub struct CompanionsView {
    /// The taxonomy's name: `organizations`.
    pub taxonomy: String,
    /// The taxonomy's title in the page's language.
    pub title: String,
    /// The terms, most works first; shares are of the works of the other term.
    pub names: Vec<ShareView>,
}

/// A name that a term had once.
#[derive(Clone, Debug, Serialize)]
pub struct FormerNameView {
    /// The name.
    pub name: String,
    /// Until when.
    pub until: Option<DateView>,
}

/// The index of a taxonomy.
#[derive(Clone, Debug, Serialize)]
pub struct TaxonomyView {
    /// Its name: `organizations`.
    pub name: String,
    /// Its title in the page's language.
    pub title: String,
    /// How many terms have a page.
    pub n_terms: usize,
    /// The first letters of its terms, each with its place.
    pub letters: Vec<LetterView>,
    /// Its terms by their first letter, in the order of the page's language; those
    /// of one letter if it is divided by letters, and none on its front page then.
    pub groups: Vec<TermGroupView>,
    /// The terms that most works name, on the front page of an index that is divided
    /// by letters.
    pub top: Vec<TermLinkView>,
    /// The places that works name or were filed from, on the front page of the index
    /// of places.
    pub map: Option<MapView>,
    /// The page before, of an index that is divided by letters.
    pub previous: Option<LinkView>,
    /// The page after, of an index that is divided by letters.
    pub next: Option<LinkView>,
}

/// A letter of an index.
#[derive(Clone, Debug, Serialize)]
pub struct LetterView {
    /// The letter; `#` for digits and signs.
    pub initial: String,
    /// Where its terms stand: on this page or another.
    pub href: String,
    /// How many terms it has.
    pub n_terms: usize,
    /// Whether this page has its terms and those of no other letter.
    pub is_current: bool,
}

/// The terms of one letter.
#[derive(Clone, Debug, Serialize)]
pub struct TermGroupView {
    /// The letter.
    pub initial: String,
    /// Its anchor on the page.
    pub id: String,
    /// The terms.
    pub terms: Vec<TermLinkView>,
}

impl Viewer<'_> {
    /// The view of a term, without its text.
    ///
    /// What takes a look at each of its works is left out but on the front page.
    pub fn term(&self, id: TermId, is_front: bool) -> TermView {
        let term = self.archive.term(id);
        let record = term.record(self.language());
        let translation = record.map(|record| &record.translation);
        let facts = record.map(|record| record.facts.clone()).unwrap_or_default();
        let text = |text: Option<Box<str>>| text.map(String::from);
        let works = self.plan.works(ListOf::Term(id), self.archive);
        let ends = works.dated_ends(&self.plan.dates);
        TermView {
            name: term.name_in(self.language()).to_owned(),
            language: self.name_language(term),
            taxonomy: self.taxonomy_name(id.taxonomy),
            taxonomy_title: self.taxonomy_title(id.taxonomy),
            n_works: term.works.len(),
            is_recorded: record.is_some(),
            body: String::new(),
            body_language: record
                .and_then(|record| self.other_language(record.file.language)),
            summary: record.map(|record| record.summary.to_string()).unwrap_or_default(),
            aliases: record
                .iter()
                .flat_map(|record| &record.aliases)
                .filter(|alias| ***alias != *term.name_in(self.language()))
                .map(ToString::to_string)
                .collect(),
            former_names: self.former_names(term),
            kind: text(facts.kind),
            role: text(facts.role),
            part_of: term.parent.map(|parent| self.term_name(parent)),
            parts: if is_front { self.parts(term) } else { Vec::new() },
            founded: facts.founded.map(|date| self.date(date)),
            dissolved: facts.dissolved.map(|date| self.date(date)),
            website: text(facts.website),
            same_as: facts
                .same_as
                .unwrap_or_default()
                .into_iter()
                .map(String::from)
                .collect(),
            latitude: facts.latitude,
            longitude: facts.longitude,
            first: ends.map(|(_, oldest)| self.dated_link(oldest)),
            last: ends.map(|(newest, _)| self.dated_link(newest)),
            coverage: if is_front { self.coverage(&works) } else { None },
            companions: if is_front && self.extras.has(Extra::Companions) {
                self.companions(id, term)
            } else {
                Vec::new()
            },
            author: term.author.map(|author| self.term_name(author)),
            translator: translation
                .iter()
                .flat_map(|translation| &translation.translator)
                .map(ToString::to_string)
                .collect(),
            machine_translated: translation
                .is_some_and(|translation| translation.machine_translated),
            extra: facts.extra.map(|extra| (*extra).clone()).unwrap_or_default(),
        }
    }

    /// The names that a term had once.
    fn former_names(&self, term: &Term) -> Vec<FormerNameView> {
        let Some(record) = term.record(self.language()) else { return Vec::new() };
        record
            .former_names
            .iter()
            .map(|former| FormerNameView {
                name: former.name.value.clone(),
                until: former.until.map(|date| self.date(date)),
            })
            .collect()
    }

    /// What is a part of a term, in the order of the page's language.
    fn parts(&self, term: &Term) -> Vec<TermLinkView> {
        let mut parts: Vec<_> =
            term.parts.iter().filter_map(|part| self.term_link(*part)).collect();
        parts.sort_by(|a, b| {
            let names = self.locale().compare(&a.name, &b.name);
            names.then_with(|| a.href.cmp(&b.href))
        });
        parts
    }

    /// What is named together with a term, by taxonomy, most works first.
    fn companions(&self, own: TermId, term: &Term) -> Vec<CompanionsView> {
        let mut counts: FixedMap<TermId, usize> = FixedMap::default();
        let works = term.works.iter().map(|work| self.archive.work(*work));
        for work in works.filter(|work| work.is_telling()) {
            for id in work.original().topics.iter().filter_map(Name::term) {
                *counts.entry(id).or_default() += 1;
            }
        }
        let mut counts: Vec<(TermId, usize)> = counts.into_iter().collect();
        counts.retain(|(id, _)| {
            *id != own && self.plan.term_address(*id, self.language()).is_some()
        });
        counts.sort_unstable_by_key(|(id, n)| (id.taxonomy, Reverse(*n), id.index));
        let by_taxonomy = counts.chunk_by(|(a, _), (b, _)| a.taxonomy == b.taxonomy);
        let of_all = term.works.len();
        let view = |(id, n): &(TermId, usize)| {
            let NameView { name, href, language } = self.term_name(*id);
            ShareView {
                title: name,
                href,
                language,
                n_works: *n,
                share: share(*n, of_all),
            }
        };
        by_taxonomy
            .filter_map(|names| Some((names.first()?.0.taxonomy, names)))
            .map(|(taxonomy, names)| CompanionsView {
                taxonomy: self.taxonomy_name(taxonomy),
                title: self.taxonomy_title(taxonomy),
                names: names.iter().take(MOST_COMPANIONS).map(view).collect(),
            })
            .collect()
    }

    /// Some terms of a taxonomy, as places in the order of the page's language.
    fn terms_at(&self, taxonomy: TaxonomyId, range: Range<usize>) -> Vec<TermLinkView> {
        let order = &self.plan.taxonomy_pages(taxonomy, self.language()).order;
        let ids = order[range].iter().map(|index| TermId { taxonomy, index: *index });
        ids.filter_map(|id| self.term_link(id)).collect()
    }

    /// The view of the index of a taxonomy; of one that is divided by letters, of
    /// the page at a place among those of letters, or of the front page.
    pub fn taxonomy(&self, taxonomy: TaxonomyId, page: Option<u32>) -> TaxonomyView {
        let pages = self.plan.taxonomy_pages(taxonomy, self.language());
        let at = page.map(|page| page as usize);
        let current = at.and_then(|at| pages.pages.get(at));
        let is_divided = !pages.pages.is_empty();
        let group = |(letter, range): (usize, Range<usize>)| TermGroupView {
            initial: pages.letters[letter].0.clone(),
            id: letter_id(letter),
            terms: self.terms_at(taxonomy, range),
        };
        let shown: Vec<(usize, Range<usize>)> = match current {
            Some(page) => vec![(page.letter, page.range.clone())],
            None if is_divided => Vec::new(),
            None => {
                let letters = pages.letters.iter().enumerate();
                letters.map(|(n, (_, range))| (n, range.clone())).collect()
            }
        };
        let top = if is_divided && current.is_none() {
            self.ranked(taxonomy)
        } else {
            Vec::new()
        };
        let top = top.into_iter().filter(|(n, _)| *n > 0).take(MOST_TOP);
        let step =
            |at: Option<usize>| Some(self.letter_link(pages.pages.get(at?)?, pages));
        TaxonomyView {
            name: self.taxonomy_name(taxonomy),
            title: self.taxonomy_title(taxonomy),
            n_terms: pages.order.len(),
            letters: self.letters(pages, current),
            groups: shown.into_iter().map(group).collect(),
            top: top.filter_map(|(_, id)| self.term_link(id)).collect(),
            map: if page.is_none() && self.taxonomy_name(taxonomy) == PLACES {
                self.map()
            } else {
                None
            },
            previous: step(at.and_then(|at| at.checked_sub(1))),
            next: step(at.map(|at| at + 1)),
        }
    }

    /// The letters of an index.
    fn letters(
        &self,
        pages: &TaxonomyPages,
        current: Option<&LetterPage>,
    ) -> Vec<LetterView> {
        let letter = |(n, (initial, range)): (usize, &(String, Range<usize>))| {
            let page = pages.pages.iter().find(|page| page.letter == n);
            LetterView {
                initial: initial.clone(),
                href: page.map_or_else(
                    || format!("#{}", letter_id(n)),
                    |page| self.linker.href(&page.address),
                ),
                n_terms: range.len(),
                is_current: current.is_some_and(|current| current.letter == n),
            }
        };
        pages.letters.iter().enumerate().map(letter).collect()
    }

    /// The title of a page of an index with names of one letter: the letter, and
    /// its number if the letter has several.
    pub fn letter_title(&self, page: &LetterPage, pages: &TaxonomyPages) -> String {
        let initial = pages.letters[page.letter].0.clone();
        if page.n_numbered == 1 {
            return initial;
        }
        let number = |n: usize| Arg::Number(i64::try_from(n).unwrap_or(i64::MAX));
        let args = [("page", number(page.number)), ("pages", number(page.n_numbered))];
        format!("{initial} – {}", self.text("page-of", &args))
    }

    /// The link to a page of an index with names of one letter.
    fn letter_link(&self, page: &LetterPage, pages: &TaxonomyPages) -> LinkView {
        let title = self.letter_title(page, pages);
        LinkView::new(title, self.linker.href(&page.address))
    }
}

/// The anchor of a letter.
fn letter_id(letter: usize) -> String {
    format!("pm-letter-{}", letter + 1)
}
