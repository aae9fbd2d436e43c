//! Finds out who is meant by a name: one term however it is spelled.
//!
//! Records come first: their names, aliases and former names lead to their
//! term. Names without a record are one term if they fold to the same letters
//! (see [`locale::fold`]); the spelling that most articles use is shown.
//! Which terms get a page is part of it; where the page stands is not.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::address::Address;
use crate::archive::{Work, WorkId, place_of, work_id};
use crate::config::{BYLINES, Config, LanguageId, ORGANIZATIONS, PEOPLE, PLACES};
use crate::config::{TaxonomyId, TermPages};
use crate::content::article::State;
use crate::content::front_matter::Translation;
use crate::content::record::{FormerName, RecordFacts};
use crate::content::{Article, Record, SourceFile, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::hash::FixedMap;
use crate::locale;
use crate::slug::slugify;
use crate::suggest;
use crate::toml_reader::Spanned;

/// Which term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId {
    /// Its taxonomy.
    pub taxonomy: TaxonomyId,
    /// Its place among the taxonomy's terms.
    pub index: u32,
}

/// The terms of one taxonomy.
#[derive(Debug, Default)]
pub struct Terms {
    /// The terms: those with records in the order of their files, then the
    /// others in the order of their folded names.
    pub terms: Vec<Term>,
}

/// One organization, person, place or subject.
#[derive(Debug)]
pub struct Term {
    /// Its part of its address.
    pub slug: Box<str>,
    /// The name that is shown where its record has no other in that language.
    pub name: Box<str>,
    /// The name by language, if the record is that of a term in another
    /// taxonomy, as it is for a byline.
    pub names: Vec<(LanguageId, Box<str>)>,
    /// Its record in each language, the original first; empty without one.
    pub records: Vec<TermRecord>,
    /// Other spellings and names, whose addresses lead to its page.
    pub other_names: Vec<Box<str>>,
    /// What it is a part of.
    pub parent: Option<TermId>,
    /// What is a part of it.
    pub parts: Vec<TermId>,
    /// The works on lists that name it, newest first.
    pub works: Vec<WorkId>,
    /// Whether it has a page.
    pub has_page: bool,
    /// Where it comes from: its record, or the first article that names it.
    pub origin: Place,
}

/// The record of a term in one language.
#[derive(Debug)]
pub struct TermRecord {
    /// Its file.
    pub file: SourceFile,
    /// The text of the file as it was read.
    pub text: Text,
    /// What it says of its language.
    pub translation: Translation,
    /// The preferred name.
    pub name: Box<str>,
    /// Other names of the same.
    pub aliases: Vec<Box<str>>,
    /// Names that it had once.
    pub former_names: Vec<FormerName>,
    /// The text for lists.
    pub summary: Box<str>,
    /// What its keys say besides.
    pub facts: RecordFacts,
    /// Its addresses of old.
    pub redirects: Vec<Spanned<Address>>,
}

impl Term {
    /// The record in a language, else the original; none without a record.
    pub fn record(&self, language: LanguageId) -> Option<&TermRecord> {
        self.records
            .iter()
            .find(|record| record.file.language == language)
            .or_else(|| self.records.first())
    }

    /// The name to be shown in a language.
    pub fn name_in(&self, language: LanguageId) -> &str {
        let own = self.names.iter().find(|(of, _)| *of == language);
        let record = || self.record(language).map(|record| &record.name);
        own.map(|(_, name)| name).or_else(record).unwrap_or(&self.name)
    }
}

/// A name in the front matter of an article, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A term.
    Term(TermId),
    /// A name that has no page and no term, as it was written.
    Plain(Box<str>),
}

/// A name in a byline.
#[derive(Clone, Debug)]
pub struct BylineName {
    /// As printed.
    pub printed: Box<str>,
    /// Who it is.
    pub term: Option<TermId>,
}

/// A term without a record while terms are being found.
struct Unrecorded {
    /// The term so far.
    term: Term,
    /// The folded name under which terms without a record are sorted.
    folded: Box<str>,
}

/// How many steps of `part_of` may lead from a term to the top.
const MOST_STEPS: usize = 30;

/// What is known of the wholes above a term.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    /// Nothing yet.
    Unseen,
    /// The term has this place on the chain that is being followed.
    OnChain(usize),
    /// So many steps lead from the term to the top.
    Steps(usize),
    /// The chain leads into a circle.
    Endless,
}

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

    /// Links each record with what it is a part of.
    fn link_parts(&mut self, faults: &mut Diagnostics) {
        for taxonomy in self.config.taxonomy_ids() {
            for index in 0..self.next_index(taxonomy) {
                let child = TermId { taxonomy, index };
                let term = self.term(child);
                let Some(record) = term.records.first() else { continue };
                let Some(written) = record.facts.part_of.clone() else { continue };
                let file = Arc::clone(&record.file.path);
                match self.find(taxonomy, &written.value) {
                    Some(parent) => {
                        self.term_mut(child).parent = Some(parent);
                        self.term_mut(parent).parts.push(child);
                    }
                    None => self.unknown_name(taxonomy, &written, &file, faults),
                }
            }
            self.check_chains(taxonomy, faults);
        }
    }

    /// Reports each circle of parts once, at its first record, and the first
    /// record of each chain of parts that is too far below its top.
    fn check_chains(&self, taxonomy: TaxonomyId, faults: &mut Diagnostics) {
        let mut known = vec![Above::Unseen; self.next_index(taxonomy) as usize];
        for index in 0..self.next_index(taxonomy) {
            let mut chain = Vec::new();
            let end = self.climb(TermId { taxonomy, index }, &mut known, &mut chain);
            if let Above::OnChain(from) = end {
                faults.push(self.loop_fault(chain.get(from..).unwrap_or_default()));
            }
            for (n, id) in chain.iter().rev().enumerate() {
                let Above::Steps(steps) = end else {
                    known[id.index as usize] = Above::Endless;
                    continue;
                };
                known[id.index as usize] = Above::Steps(steps + n);
                if steps + n == MOST_STEPS + 1 {
                    faults.push(self.chain_fault(*id));
                }
            }
        }
    }

    /// Follows `part_of` from a term to the first that is known already, and
    /// says what is above the last term of the chain. Each term is on one chain
    /// only.
    fn climb(
        &self,
        start: TermId,
        known: &mut [Above],
        chain: &mut Vec<TermId>,
    ) -> Above {
        let mut at = Some(start);
        while let Some(id) = at {
            match known[id.index as usize] {
                Above::Unseen => {}
                Above::Steps(steps) => return Above::Steps(steps + 1),
                end => return end,
            }
            known[id.index as usize] = Above::OnChain(chain.len());
            chain.push(id);
            at = self.term(id).parent;
        }
        Above::Steps(0)
    }

    /// Reports a chain of parts that is too long, at the first term that is too
    /// far below its top.
    fn chain_fault(&self, id: TermId) -> Diagnostic {
        let term = self.term(id);
        let message = format!(
            "the chain of `part_of` above `{}` has more than {MOST_STEPS} steps",
            term.name
        );
        let fault = Diagnostic::error(Code::BadValue, message)
            .hint("name a nearer whole, or take `part_of` out");
        let Some(record) = term.records.first() else { return fault };
        match &record.facts.part_of {
            Some(written) => fault.at(place_of(&record.file.path, written.span)),
            None => fault,
        }
    }

    /// Reports a circle of parts.
    fn loop_fault(&self, circle: &[TermId]) -> Diagnostic {
        let names: Vec<_> =
            circle.iter().map(|id| format!("`{}`", self.term(*id).name)).collect();
        let message = match names.as_slice() {
            [one] => format!("{one} is a part of itself"),
            names => format!("{} are parts of each other", names.join(", ")),
        };
        let mut fault = Diagnostic::error(Code::PartOfLoop, message);
        for id in circle {
            if let Some(record) = self.term(*id).records.first()
                && let Some(written) = &record.facts.part_of
            {
                fault = fault.at(place_of(&record.file.path, written.span));
            }
        }
        fault.hint("take `part_of` out of one of these records")
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
        let near = (faults.n_of(Code::UnknownName) < suggest::ENOUGH)
            .then(|| suggest::nearest(&name.value, known))
            .flatten();
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

/// The record of a term in each of its languages.
fn term_records(group: Vec<Record>, name: &str) -> Vec<TermRecord> {
    let first = group.first();
    let inherited = first.map(|original| original.facts.clone()).unwrap_or_default();
    let aliases = first.map(|original| original.aliases.clone()).unwrap_or_default();
    let former_names =
        first.map(|original| original.former_names.clone()).unwrap_or_default();
    group
        .into_iter()
        .map(|record| {
            let mut facts = record.facts;
            facts.inherit(&inherited);
            TermRecord {
                file: record.file,
                text: record.text,
                translation: record.translation,
                name: record.name.map_or_else(|| name.into(), |name| name.value.into()),
                aliases: or_inherited(record.aliases, &aliases)
                    .into_iter()
                    .map(|alias| alias.value.into())
                    .collect(),
                former_names: or_inherited(record.former_names, &former_names),
                summary: record.summary,
                facts,
                redirects: record.redirects,
            }
        })
        .collect()
}

/// Reports what the records of a term say that can have no effect.
fn check_records(term: &Term, faults: &mut Diagnostics) {
    let whole = term.records.first().and_then(|record| record.facts.part_of.as_ref());
    for record in &term.records {
        let part_of = record.facts.part_of.as_ref();
        if let Some(written) = part_of.filter(|written| {
            whole.is_none_or(|whole| {
                locale::fold(&whole.value) != locale::fold(&written.value)
            })
        }) {
            faults.push(
                Diagnostic::error(
                    Code::BadValue,
                    "a translation cannot be a part of something else",
                )
                .at(place_of(&record.file.path, written.span))
                .hint("set `part_of` in the original only"),
            );
        }
        if let Some(address) = record.redirects.first().filter(|_| !term.has_page) {
            faults.push(
                Diagnostic::error(
                    Code::BadValue,
                    "the redirects of a record without a page lead nowhere",
                )
                .at(place_of(&record.file.path, address.span))
                .hint("take `redirects` out, or give the term a page"),
            );
        }
    }
}

/// A list of a translation, else that of the original.
fn or_inherited<T: Clone>(own: Vec<T>, inherited: &[T]) -> Vec<T> {
    if own.is_empty() { inherited.to_vec() } else { own }
}

/// Names without a record as articles spell them.
#[derive(Default)]
struct Spellings {
    /// The uses of each folded name.
    by_folded: BTreeMap<String, Uses>,
}

/// The uses of one folded name.
#[derive(Default)]
struct Uses {
    /// How often each spelling is used.
    counts: BTreeMap<String, usize>,
    /// Every use.
    places: Vec<(Spanned<String>, Arc<str>)>,
}

impl Spellings {
    /// Counts one use of a name.
    fn add(&mut self, name: &Spanned<String>, file: &Arc<str>) {
        let uses = self.by_folded.entry(locale::fold(&name.value)).or_default();
        let shown = name.value.split_whitespace().collect::<Vec<_>>().join(" ");
        *uses.counts.entry(shown).or_default() += 1;
        uses.places.push((name.clone(), Arc::clone(file)));
    }

    /// Makes a term of each folded name.
    fn into_terms(self, faults: &mut Diagnostics) -> Vec<Unrecorded> {
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
fn slug_fault(name: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::SlugEmpty,
        format!("the name `{name}` leaves nothing for an address"),
    )
    .at(place)
    .hint("write a record for it: its file's name becomes the address")
}
