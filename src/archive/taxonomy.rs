//! Finds out who is meant by a name: one term however it is spelled.
//!
//! Records come first: their names, aliases and former names lead to their
//! term. Names without a record are one term if they fold to the same letters
//! (see [`crate::locale::fold`]); the spelling that most articles use is shown.
//! Which terms get a page is part of it; where the page stands is not.

mod folds;
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
use crate::content::{Article, Mentions, Record};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::hash::FixedMap;
use crate::names::{NameId, Names};
use crate::slug::slugify;
use crate::suggest;
use crate::toml_reader::Spanned;

use folds::{FoldId, Folds};
use records::{check_records, term_records};
use spellings::{Spellings, slug_fault};

/// The names that an article mentions under one key.
type Mentioned<'a> = &'a [Spanned<NameId>];

/// Leads from names to terms.
pub(super) struct Resolver<'c> {
    /// The site's settings.
    config: &'c Config,
    /// The names that articles mention.
    names: &'c Names,
    /// The folded forms of all names.
    folds: Folds,
    /// The terms of each taxonomy.
    taxonomies: Vec<Vec<Term>>,
    /// For each taxonomy, the term of each folded name.
    by_fold: Vec<FixedMap<FoldId, u32>>,
}

impl<'c> Resolver<'c> {
    /// Makes the terms out of the records and of the names in the articles,
    /// and reports names that two records claim, names that need a record,
    /// and hierarchies that go in circles.
    pub(super) fn new(
        records: Vec<Vec<Record>>,
        articles: &[Vec<Article>],
        names: &'c Names,
        config: &'c Config,
        faults: &mut Diagnostics,
    ) -> Self {
        let n = config.taxonomies.len();
        let mut resolver = Self {
            config,
            names,
            folds: Folds::new(names),
            taxonomies: (0..n).map(|_| Vec::new()).collect(),
            by_fold: (0..n).map(|_| FixedMap::default()).collect(),
        };
        for group in records {
            resolver.add_record(group, faults);
        }
        resolver.link_parts(faults);
        for (taxonomy, name) in config.topics() {
            let uses = articles.iter().flat_map(|group| {
                topics(group, taxonomy).chain(dateline(group).filter(|_| name == PLACES))
            });
            resolver.add_unrecorded(taxonomy, uses, faults);
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
        let slug = slugify(original.file.stem());
        if slug.is_empty() {
            faults.push(slug_fault(original.file.stem(), Place::file(Arc::clone(&path))));
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
            records: term_records(group, &name, self.config),
            names: Vec::new(),
            author: None,
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
        let fold = self.folds.fold(&name.value);
        let other = *self.by_fold[usize::from(taxonomy.0)].entry(fold).or_insert(index);
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

    /// The term that a name in a record leads to.
    fn find(&self, taxonomy: TaxonomyId, name: &str) -> Option<TermId> {
        self.find_fold(taxonomy, self.folds.find(name)?)
    }

    /// The term that a name in an article leads to.
    fn find_name(&self, taxonomy: TaxonomyId, name: NameId) -> Option<TermId> {
        self.find_fold(taxonomy, self.folds.of(name))
    }

    /// The term that a folded name leads to.
    fn find_fold(&self, taxonomy: TaxonomyId, fold: FoldId) -> Option<TermId> {
        let index = *self.by_fold[usize::from(taxonomy.0)].get(&fold)?;
        Some(TermId { taxonomy, index })
    }

    /// Adds the terms of names without a record, or reports each of them where
    /// a record is needed.
    fn add_unrecorded<'a>(
        &mut self,
        taxonomy: TaxonomyId,
        uses: impl Iterator<Item = (&'a Arc<str>, Mentioned<'a>)>,
        faults: &mut Diagnostics,
    ) {
        let settings = self.config.taxonomy_of(taxonomy);
        let uses =
            uses.flat_map(|(file, names)| names.iter().map(move |name| (file, *name)));
        let unrecorded =
            uses.filter(|(_, name)| self.find_name(taxonomy, name.value).is_none());
        if settings.closed {
            // The faults that are shown first are those that get a suggestion.
            let mut unrecorded: Vec<_> = unrecorded.collect();
            unrecorded.sort_by_key(|(file, name)| (*file, name.span));
            for (file, name) in unrecorded {
                let written = self.names.text(name.value);
                self.unknown_name(taxonomy, (written, name.span), file, faults);
            }
        } else if settings.pages == TermPages::All {
            let mut spellings = Spellings::default();
            for (file, name) in unrecorded {
                spellings.add(self.folds.of(name.value), name, file);
            }
            for found in spellings.into_terms(self.names, faults) {
                let index = self.next_index(taxonomy);
                self.by_fold[usize::from(taxonomy.0)].insert(found.fold, index);
                self.taxonomies[usize::from(taxonomy.0)].push(found.term);
            }
        }
    }

    /// Adds the terms of the taxonomy of bylines. A name of a person's or an
    /// organization's record is shown as that record has it.
    fn add_bylines(&mut self, articles: &[Vec<Article>], faults: &mut Diagnostics) {
        let Some(bylines) = self.config.taxonomy(BYLINES) else { return };
        let uses = || {
            let of_group = |group| changes(group, |mentions| mentions.byline.as_deref());
            articles.iter().flat_map(move |group: &Vec<Article>| of_group(group))
        };
        let mut recorded: BTreeMap<TermId, Place> = BTreeMap::new();
        for (file, names) in uses() {
            for name in names {
                if let Some(id) = self.find_author(name.value) {
                    let place = || Place::span(Arc::clone(file), name.span);
                    recorded.entry(id).or_insert_with(place);
                }
            }
        }
        for (author, origin) in recorded {
            self.add_author(bylines, author, origin);
        }
        self.add_unrecorded(bylines, uses(), faults);
    }

    /// The record that a name in a byline is of: a person's, else an
    /// organization's.
    fn find_author(&self, name: NameId) -> Option<TermId> {
        [PEOPLE, ORGANIZATIONS].iter().find_map(|taxonomy| {
            let id = self.find_name(self.config.taxonomy(taxonomy)?, name)?;
            (!self.term(id).records.is_empty()).then_some(id)
        })
    }

    /// Adds the byline of somebody who has a record.
    fn add_author(&mut self, bylines: TaxonomyId, id: TermId, origin: Place) {
        let index = self.next_index(bylines);
        let author = self.term(id);
        let pages = self.config.taxonomy_of(bylines).pages;
        let term = Term {
            slug: author.slug.clone(),
            name: author.name.clone(),
            names: author
                .records
                .iter()
                .map(|record| (record.file.language, record.name.clone()))
                .collect(),
            author: Some(id),
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
            self.by_fold[bylines].insert(self.folds.fold(name), index);
        }
        self.taxonomies[bylines].push(term);
    }

    /// Reports a name that has no record where it needs one.
    fn unknown_name(
        &self,
        taxonomy: TaxonomyId,
        (name, span): (&str, Span),
        file: &Arc<str>,
        faults: &mut Diagnostics,
    ) {
        let settings = self.config.taxonomy_of(taxonomy);
        let terms = &self.taxonomies[usize::from(taxonomy.0)];
        let known =
            terms.iter().flat_map(|term| term.other_names.iter().map(|name| &**name));
        let fault = Diagnostic::error(
            Code::UnknownName,
            format!("`{name}` is the name of no record in `{}`", settings.name),
        )
        .at(place_of(file, span));
        let n_before = faults.n_of(Code::UnknownName);
        let near = suggest::nearest_for_the_first(n_before, name, known);
        faults.push(match near {
            Some(near) => fault.hint(format!("write `{near}`, if that is what you mean")),
            None => fault.hint(format!(
                "write a record: `content/{}/{}.md` with `name = \"{name}\"`",
                settings.name,
                slugify(name),
            )),
        });
    }

    /// What an article is about, each term once.
    pub(super) fn topics(&self, mentions: &Mentions) -> Box<[Name]> {
        let n = mentions.topics.iter().map(|(_, names)| names.len()).sum();
        let mut resolved: Vec<Name> = Vec::with_capacity(n);
        for (taxonomy, names) in &mentions.topics {
            for name in names {
                let name = self.name(*taxonomy, name.value);
                if !resolved.contains(&name) {
                    resolved.push(name);
                }
            }
        }
        resolved.into()
    }

    /// A name in one taxonomy.
    fn name(&self, taxonomy: TaxonomyId, name: NameId) -> Name {
        // A name that has no page stays as it was written: a record may know
        // another name of somebody who is not to be found.
        match self.find_name(taxonomy, name) {
            Some(id) if self.term(id).has_page => {
                Name::Term { taxonomy, index: id.index }
            }
            _ => Name::Plain { taxonomy, name },
        }
    }

    /// The names of a byline.
    pub(super) fn byline(&self, mentions: &Mentions) -> Box<[BylineName]> {
        let bylines = self.config.taxonomy(BYLINES);
        let names = mentions.byline.iter().flatten();
        let resolved = names.map(|name| BylineName {
            printed: name.value,
            term: bylines.and_then(|bylines| self.find_name(bylines, name.value)),
        });
        resolved.collect()
    }

    /// The place of the dateline.
    pub(super) fn place(&self, mentions: &Mentions) -> Option<Name> {
        let name = mentions.dateline_place.as_ref()?.value;
        Some(self.name(self.config.taxonomy(PLACES)?, name))
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
        for term in self.taxonomies.iter_mut().flatten() {
            term.works.shrink_to_fit();
        }
        self.taxonomies.into_iter().map(|terms| Terms { terms }).collect()
    }
}

/// Whether nothing of an article may be told, not even a name in it.
fn is_withdrawn(article: &Article) -> bool {
    article.facts.state() == Some(State::Withdrawn)
}

/// The names that the articles of a group mention, without those of withdrawn
/// articles and without what a translation took over: that stands in another
/// file.
fn changes<'a>(
    group: &'a [Article],
    names: impl Fn(&'a Mentions) -> Option<Mentioned<'a>>,
) -> impl Iterator<Item = (&'a Arc<str>, Mentioned<'a>)> {
    let mut previous: Option<Mentioned<'a>> = None;
    let shown = group.iter().filter(|article| !is_withdrawn(article));
    shown.filter_map(move |article| {
        let names = names(&article.mentions);
        let is_new = names.is_some() && names != previous;
        previous = names.or(previous);
        is_new.then_some((&article.file.path, names?))
    })
}

/// The names that the articles of a group mention in one taxonomy.
fn topics(
    group: &[Article],
    taxonomy: TaxonomyId,
) -> impl Iterator<Item = (&Arc<str>, Mentioned<'_>)> {
    changes(group, move |mentions| {
        let names = mentions.topics.iter().find(|(id, _)| *id == taxonomy)?;
        Some(&*names.1)
    })
}

/// The place of a dateline, which is a place like any other.
fn dateline(group: &[Article]) -> impl Iterator<Item = (&Arc<str>, Mentioned<'_>)> {
    let original = group.iter().take(1).filter(|article| !is_withdrawn(article));
    original.filter_map(|article| {
        let name = article.mentions.dateline_place.as_ref()?;
        Some((&article.file.path, std::slice::from_ref(name)))
    })
}

/// The terms that any version of a work on lists names, each once. What a restricted
/// version names is not told, and so it is on no list of a name.
fn terms_of(work: &Work) -> Vec<TermId> {
    let mut terms: Vec<TermId> = Vec::new();
    for version in work.versions.iter().filter(|version| version.shows_names()) {
        terms.extend(version.byline.iter().filter_map(|name| name.term));
        terms.extend(version.topics.iter().filter_map(Name::term));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}
