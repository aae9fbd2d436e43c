//! Finds out who is meant by a name: one term however it is spelled.
//!
//! Records come first: their names, aliases and former names lead to their
//! term. Names without a record are one term if they fold to the same letters
//! (see [`locale::fold`]); the spelling that most articles use is shown.
//! Which terms get a page is part of it; where the page stands is not.

mod records;
mod spellings;
mod wholes;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::archive::term::{BylineName, Name, Term, TermId, Terms};
use crate::archive::{Work, place_of, work_id};
use crate::config::{BYLINES, Config, ORGANIZATIONS, PEOPLE, PLACES};
use crate::config::{TaxonomyId, TermPages};
use crate::content::article::State;
use crate::content::{Article, Record};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::hash::FixedMap;
use crate::locale;
use crate::slug::slugify;
use crate::suggest;
use crate::toml_reader::Spanned;

use records::{check_records, term_records};
use spellings::{Spellings, slug_fault};

/// Leads from names to terms.
pub(super) struct Resolver<'c> {
    /// The site's settings.
    config: &'c Config,
    /// The terms of each taxonomy.
    taxonomies: Vec<Vec<Term>>,
    /// For each taxonomy, the term of each folded name.
    names: Vec<FixedMap<Box<str>, u32>>,
}

impl<'c> Resolver<'c> {
    /// Makes the terms out of the records and of the names in the articles,
    /// and reports names that two records claim, names that need a record,
    /// and hierarchies that go in circles.
    pub(super) fn new(
        records: Vec<Vec<Record>>,
        articles: &[Vec<Article>],
        config: &'c Config,
        faults: &mut Diagnostics,
    ) -> Self {
        let n = config.taxonomies.len();
        let mut resolver = Self {
            config,
            taxonomies: (0..n).map(|_| Vec::new()).collect(),
            names: (0..n).map(|_| FixedMap::default()).collect(),
        };
        for group in records {
            resolver.add_record(group, faults);
        }
        resolver.link_parts(faults);
        for (taxonomy, name) in config.topics() {
            let mut spellings = Spellings::default();
            for group in articles {
                resolver.collect(taxonomy, name, group, &mut spellings);
            }
            resolver.add_spellings(taxonomy, spellings, faults);
        }
        resolver.add_bylines(articles, faults);
        resolver
    }

    /// Adds the term of a record in its languages.
    fn add_record(&mut self, group: Vec<Record>, faults: &mut Diagnostics) {
        let Some(original) = group.first() else { return };
        let taxonomy = original.taxonomy;
        let path = Arc::clone(&original.file.path);
        let name: Box<str> = original.name.as_ref().map_or("", |name| &name.value).into();
        let slug = slugify(&original.file.stem);
        if slug.is_empty() {
            faults.push(slug_fault(&original.file.stem, Place::file(Arc::clone(&path))));
        }
        let index = self.next_index(taxonomy);
        let mut other_names = Vec::new();
        let mut claims = Vec::new();
        for record in &group {
            let former = record.former_names.iter().map(|former| &former.name);
            for name in record.name.iter().chain(&record.aliases).chain(former) {
                claims.push((name.clone(), Arc::clone(&record.file.path)));
                other_names.push(name.value.as_str().into());
            }
        }
        let is_private = group.iter().any(|record| record.facts.is_private == Some(true));
        let pages = self.config.taxonomy_of(taxonomy).pages;
        let term = Term {
            slug: slug.into(),
            records: term_records(group, &name),
            names: Vec::new(),
            name,
            other_names,
            parent: None,
            parts: Vec::new(),
            works: Vec::new(),
            has_page: pages != TermPages::None && !is_private,
            origin: Place::file(path),
        };
        check_records(&term, faults);
        for (name, file) in claims {
            self.claim(TermId { taxonomy, index }, &name, &file, faults);
        }
        self.taxonomies[usize::from(taxonomy.0)].push(term);
    }

    /// Lets a name lead to a term, unless it leads to another one already.
    fn claim(
        &mut self,
        TermId { taxonomy, index }: TermId,
        name: &Spanned<String>,
        file: &Arc<str>,
        faults: &mut Diagnostics,
    ) {
        let folded = locale::fold(&name.value);
        let other =
            *self.names[usize::from(taxonomy.0)].entry(folded.into()).or_insert(index);
        if other == index {
            return;
        }
        let first =
            self.taxonomies[usize::from(taxonomy.0)][other as usize].origin.clone();
        faults.push(
            Diagnostic::error(
                Code::NameTaken,
                format!("two records claim the name `{}`", name.value),
            )
            .at(Place::span(Arc::clone(file), name.span).labeled("second claim"))
            .at(first.labeled("first claim"))
            .note("an article that uses this name could mean either")
            .hint("take the name out of one of the two records"),
        );
    }

    /// The index of the next term of a taxonomy.
    fn next_index(&self, taxonomy: TaxonomyId) -> u32 {
        let n = self.taxonomies[usize::from(taxonomy.0)].len();
        u32::try_from(n).expect("a taxonomy has fewer than 2^32 terms")
    }

    /// The term that a name leads to.
    fn find(&self, taxonomy: TaxonomyId, name: &str) -> Option<TermId> {
        let index =
            *self.names[usize::from(taxonomy.0)].get(locale::fold(name).as_str())?;
        Some(TermId { taxonomy, index })
    }

    /// Collects the names without a record that a group of articles uses, each
    /// once for the group.
    fn collect(
        &self,
        taxonomy: TaxonomyId,
        taxonomy_name: &str,
        group: &[Article],
        spellings: &mut Spellings,
    ) {
        let mut previous: Option<&[Spanned<String>]> = None;
        for article in group.iter().filter(|article| !is_withdrawn(article)) {
            let names = article.facts.names.iter().find(|(id, _)| *id == taxonomy);
            let Some((_, names)) = names else { continue };
            // What a translation took over stands in another file.
            if previous.is_none_or(|previous| previous != names.as_slice()) {
                for name in names {
                    if self.find(taxonomy, &name.value).is_none() {
                        spellings.add(name, &article.file.path);
                    }
                }
            }
            previous = Some(names);
        }
        if taxonomy_name == PLACES {
            self.collect_datelines(taxonomy, group, spellings);
        }
    }

    /// Collects the places of datelines, which are places like any other.
    fn collect_datelines(
        &self,
        places: TaxonomyId,
        group: &[Article],
        spellings: &mut Spellings,
    ) {
        if let Some(article) = group.first().filter(|article| !is_withdrawn(article))
            && let Some(name) = &article.facts.dateline_place
            && self.find(places, &name.value).is_none()
        {
            spellings.add(name, &article.file.path);
        }
    }

    /// Adds the terms of names without a record.
    fn add_spellings(
        &mut self,
        taxonomy: TaxonomyId,
        spellings: Spellings,
        faults: &mut Diagnostics,
    ) {
        let settings = self.config.taxonomy_of(taxonomy);
        if settings.closed {
            // The faults that are shown first are those that get a suggestion.
            let mut uses: Vec<_> =
                spellings.by_folded.values().flat_map(|uses| &uses.places).collect();
            uses.sort_by_key(|(name, file)| (file, name.span));
            for (name, file) in uses {
                self.unknown_name(taxonomy, name, file, faults);
            }
            return;
        }
        if settings.pages != TermPages::All {
            return;
        }
        for found in spellings.into_terms(faults) {
            let index = self.next_index(taxonomy);
            self.names[usize::from(taxonomy.0)].insert(found.folded, index);
            self.taxonomies[usize::from(taxonomy.0)].push(found.term);
        }
    }

    /// Adds the terms of the taxonomy of bylines. A name of a person's or an
    /// organization's record is shown as that record has it.
    fn add_bylines(&mut self, articles: &[Vec<Article>], faults: &mut Diagnostics) {
        let Some(bylines) = self.config.taxonomy(BYLINES) else { return };
        let mut spellings = Spellings::default();
        let mut recorded: BTreeMap<TermId, Place> = BTreeMap::new();
        for group in articles {
            let mut previous: Option<&[Spanned<String>]> = None;
            for article in group.iter().filter(|article| !is_withdrawn(article)) {
                let Some(names) = &article.facts.byline else { continue };
                if previous.is_none_or(|previous| previous != names.as_slice()) {
                    for name in names {
                        let place =
                            Place::span(Arc::clone(&article.file.path), name.span);
                        match self.find_author(&name.value) {
                            Some(id) => drop(recorded.entry(id).or_insert(place)),
                            None => spellings.add(name, &article.file.path),
                        }
                    }
                }
                previous = Some(names);
            }
        }
        for (author, origin) in recorded {
            self.add_author(bylines, author, origin);
        }
        self.add_spellings(bylines, spellings, faults);
    }

    /// The record that a name in a byline is of: a person's, else an
    /// organization's.
    fn find_author(&self, name: &str) -> Option<TermId> {
        [PEOPLE, ORGANIZATIONS].iter().find_map(|taxonomy| {
            let id = self.find(self.config.taxonomy(taxonomy)?, name)?;
            (!self.term(id).records.is_empty()).then_some(id)
        })
    }

    /// Adds the byline of somebody who has a record.
    fn add_author(&mut self, bylines: TaxonomyId, author: TermId, origin: Place) {
        let index = self.next_index(bylines);
        let author = self.term(author);
        let pages = self.config.taxonomy_of(bylines).pages;
        let term = Term {
            slug: author.slug.clone(),
            name: author.name.clone(),
            names: author
                .records
                .iter()
                .map(|record| (record.file.language, record.name.clone()))
                .collect(),
            records: Vec::new(),
            other_names: author.other_names.clone(),
            parent: None,
            parts: Vec::new(),
            works: Vec::new(),
            has_page: author.has_page && pages != TermPages::None,
            origin,
        };
        let bylines = usize::from(bylines.0);
        for name in &term.other_names {
            self.names[bylines].insert(locale::fold(name).into(), index);
        }
        self.taxonomies[bylines].push(term);
    }

    /// Reports a name that has no record where it needs one.
    fn unknown_name(
        &self,
        taxonomy: TaxonomyId,
        name: &Spanned<String>,
        file: &Arc<str>,
        faults: &mut Diagnostics,
    ) {
        let settings = self.config.taxonomy_of(taxonomy);
        let terms = &self.taxonomies[usize::from(taxonomy.0)];
        let known =
            terms.iter().flat_map(|term| term.other_names.iter().map(|name| &**name));
        let fault = Diagnostic::error(
            Code::UnknownName,
            format!("`{}` is the name of no record in `{}`", name.value, settings.name),
        )
        .at(place_of(file, name.span));
        let n_before = faults.n_of(Code::UnknownName);
        let near = suggest::nearest_for_the_first(n_before, &name.value, known);
        faults.push(match near {
            Some(near) => fault.hint(format!("write `{near}`, if that is what you mean")),
            None => fault.hint(format!(
                "write a record: `content/{}/{}.md` with `name = \"{}\"`",
                settings.name,
                slugify(&name.value),
                name.value
            )),
        });
    }

    /// The names of an article in one taxonomy, each term once.
    pub(super) fn names(
        &self,
        taxonomy: TaxonomyId,
        names: &[Spanned<String>],
    ) -> Vec<Name> {
        let mut resolved: Vec<Name> = Vec::with_capacity(names.len());
        for name in names {
            let name = self.name(taxonomy, &name.value);
            if !resolved.contains(&name) {
                resolved.push(name);
            }
        }
        resolved
    }

    /// A name in one taxonomy.
    fn name(&self, taxonomy: TaxonomyId, name: &str) -> Name {
        // A name that has no page stays as it was written: a record may know
        // another name of somebody who is not to be found.
        match self.find(taxonomy, name) {
            Some(id) if self.term(id).has_page => Name::Term(id),
            _ => Name::Plain(name.trim().into()),
        }
    }

    /// A name in a byline.
    pub(super) fn byline(&self, name: &Spanned<String>) -> BylineName {
        let bylines = self.config.taxonomy(BYLINES);
        BylineName {
            printed: name.value.trim().into(),
            term: bylines.and_then(|bylines| self.find(bylines, &name.value)),
        }
    }

    /// The place of a dateline.
    pub(super) fn place(&self, name: &Spanned<String>) -> Name {
        match self.config.taxonomy(PLACES) {
            Some(places) => self.name(places, &name.value),
            None => Name::Plain(name.value.trim().into()),
        }
    }

    /// A term by its number.
    fn term(&self, id: TermId) -> &Term {
        &self.taxonomies[usize::from(id.taxonomy.0)][id.index as usize]
    }

    /// A term by its number, to be changed.
    fn term_mut(&mut self, id: TermId) -> &mut Term {
        &mut self.taxonomies[usize::from(id.taxonomy.0)][id.index as usize]
    }

    /// The terms with the works that name them.
    pub(super) fn finish(mut self, works: &[Work], n_listed: usize) -> Vec<Terms> {
        for (n, work) in works.iter().take(n_listed).enumerate() {
            for id in terms_of(work) {
                self.term_mut(id).works.push(work_id(n));
            }
        }
        self.taxonomies.into_iter().map(|terms| Terms { terms }).collect()
    }
}

/// Whether nothing of an article may be told, not even a name in it.
fn is_withdrawn(article: &Article) -> bool {
    article.facts.state() == Some(State::Withdrawn)
}

/// The terms that any version of a work on lists names, each once.
fn terms_of(work: &Work) -> Vec<TermId> {
    let mut terms: Vec<TermId> = Vec::new();
    for version in work.versions.iter().filter(|version| version.is_listed()) {
        terms.extend(version.byline.iter().filter_map(|name| name.term));
        let names = version.names.iter().flat_map(|(_, names)| names);
        terms.extend(names.filter_map(|name| match name {
            Name::Term(id) => Some(*id),
            Name::Plain(_) => None,
        }));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}
