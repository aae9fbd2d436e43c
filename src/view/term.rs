//! What templates see of a term and of a taxonomy.

use serde::Serialize;

use crate::archive::{Term, TermId};
use crate::config::TaxonomyId;
use crate::json;
use crate::parallel;
use crate::view::{DateView, NameView, TermLinkView, Viewer};

/// A term: one organization, person, place or subject.
#[derive(Clone, Debug, Serialize)]
pub struct TermView {
    /// The preferred name.
    pub name: String,
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
    /// What is a part of it.
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
    /// The site's own fields.
    pub extra: json::Value,
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
    /// Its terms by their first letter, in the order of the page's language.
    pub groups: Vec<TermGroupView>,
}

/// The terms of one letter.
#[derive(Clone, Debug, Serialize)]
pub struct TermGroupView {
    /// The letter.
    pub initial: String,
    /// The terms.
    pub terms: Vec<TermLinkView>,
}

impl Viewer<'_> {
    /// The view of a term, without its text.
    pub fn term(&self, id: TermId) -> TermView {
        let term = self.archive.term(id);
        let record = term.record(self.language());
        let translation = record.map(|record| &record.translation);
        let facts = record.map(|record| record.facts.clone()).unwrap_or_default();
        let text = |text: Option<Box<str>>| text.map(String::from);
        TermView {
            name: term.name_in(self.language()).to_owned(),
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
            parts: self.parts(term),
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

    /// The terms of a taxonomy that have pages, each with the name under which
    /// it is sorted, in no order.
    pub fn taxonomy_links(&self, taxonomy: TaxonomyId) -> Vec<(String, TermLinkView)> {
        let terms = &self.archive.taxonomies[usize::from(taxonomy.0)].terms;
        let link = |(index, term): (u32, &Term)| {
            let link = self.term_link(TermId { taxonomy, index })?;
            Some((self.sort_name(term), link))
        };
        (0..).zip(terms).filter_map(link).collect()
    }

    /// The view of the index of a taxonomy.
    pub fn taxonomy(&self, taxonomy: TaxonomyId) -> TaxonomyView {
        let mut links = self.taxonomy_links(taxonomy);
        parallel::sort_by(&mut links, |(a, a_link), (b, b_link)| {
            self.locale().compare(a, b).then_with(|| a_link.href.cmp(&b_link.href))
        });
        let n_terms = links.len();
        let mut groups: Vec<TermGroupView> = Vec::new();
        for (name, link) in links {
            let initial = self.locale().initial(&name);
            match groups.last_mut() {
                Some(group) if group.initial == initial => group.terms.push(link),
                _ => groups.push(TermGroupView { initial, terms: vec![link] }),
            }
        }
        TaxonomyView {
            name: self.taxonomy_name(taxonomy),
            title: self.taxonomy_title(taxonomy),
            n_terms,
            groups,
        }
    }

    /// The name under which a term is sorted.
    fn sort_name(&self, term: &Term) -> String {
        let record = term.record(self.language());
        let facts = record.map(|record| &record.facts);
        let sort_name = facts.and_then(|facts| {
            let family = || {
                let given = facts.given.as_deref().unwrap_or_default();
                facts.family.as_ref().map(|family| format!("{family}, {given}"))
            };
            facts.sort_name.as_ref().map(ToString::to_string).or_else(family)
        });
        sort_name.unwrap_or_else(|| term.name_in(self.language()).to_owned())
    }
}
