//! What of the archive the search index is made of, and where its files go.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::address::Address;
use crate::archive::{Name, Term, TermId, Version, Work, WorkId};
use crate::cache::{Cache, MadeBlock};
use crate::config::{LanguageId, SearchMode, TaxonomyId};
use crate::content::article::{Kind, State};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::hash::FixedMap;
use crate::json;
use crate::markdown;
use crate::parallel;
use crate::plan::{DateKey, has_page};
use crate::publish::{self, Stage};
use crate::render::Site;
use crate::render::draft::Hasher;
use crate::search::{
    self, BlockFacts, Card, Documents, Facet, Field, Language, Output, Root, Stopped,
    Texts, Value, date_number,
};
use crate::source::Stamp;
use crate::view::language_name;

/// Writes the index of a site, if it has one, into the stage. What did not change
/// since an earlier build stays.
pub(super) fn run(
    site: &Site<'_>,
    stage: &Stage,
    cache: Option<&Cache>,
    known: &FixedMap<String, (usize, MadeBlock)>,
    faults: &mut Diagnostics,
) {
    if site.config.search != SearchMode::Native {
        return;
    }
    let output = ToStage { stage, cache, known, files: Mutex::default() };
    if let Err(stopped) = write(site, &output) {
        faults.extend(told(stopped));
    }
}

/// Writes the index of a site.
pub(super) fn write(site: &Site<'_>, output: &dyn Output) -> Result<Root, Stopped> {
    let press = Press::new(site);
    search::write(&press, press.root(), output)
}

/// What the index of a site is made of.
pub fn documents<'a>(site: &'a Site<'a>) -> impl Documents + 'a {
    Press::new(site)
}

/// Why there is no index, as faults.
pub(super) fn told(stopped: Stopped) -> Vec<Diagnostic> {
    match stopped {
        Stopped::Faults(faults) => faults,
        Stopped::Scratch(error) => {
            let message =
                format!("the search index cannot be sorted on the disk: {error}");
            let fault = Diagnostic::error(Code::OutputFailed, message);
            vec![fault.hint("make room beside the output folder, and build again")]
        }
    }
}

/// A document: a version of a work.
#[derive(Clone, Copy)]
struct Piece {
    /// The work.
    work: WorkId,
    /// Which of its versions.
    version: u32,
}

/// The archive as documents.
struct Press<'a> {
    /// The site.
    site: &'a Site<'a>,
    /// The documents, in the order of their numbers.
    pieces: Vec<Piece>,
    /// The fingerprint of each term that has a page: what the index says of it.
    terms: Vec<Vec<u64>>,
    /// The name of each kind, in the order of [`Kind::WORDS`].
    kinds: Vec<json::Value>,
}

impl<'a> Press<'a> {
    /// The documents of a site.
    fn new(site: &'a Site<'a>) -> Self {
        let archive = site.archive;
        let mut pieces = Vec::with_capacity(archive.n_listed);
        for work in archive.listed().into_iter().rev() {
            // The original is the newest of its versions.
            let versions = &archive.work(work).versions;
            for (n, version) in versions.iter().enumerate().rev() {
                if version.is_listed() {
                    pieces.push(Piece {
                        work,
                        version: u32::try_from(n).unwrap_or_default(),
                    });
                }
            }
        }
        let terms = archive
            .taxonomies
            .iter()
            .map(|terms| terms.terms.iter().map(|term| hash_term(term, site)).collect());
        let kinds = Kind::WORDS.iter().map(|(word, _)| {
            let key = format!("kind-{word}");
            let names = site.locales.iter();
            let names = names.map(|locale| locale.text(&key, &[]).unwrap_or_default());
            by_language(names.collect(), site)
        });
        Self { site, pieces, terms: terms.collect(), kinds: kinds.collect() }
    }

    /// A document's work and version.
    fn piece(&self, document: u32) -> (&'a Work, &'a Version) {
        let piece = self.pieces[document as usize];
        let work = self.site.archive.work(piece.work);
        (work, &work.versions[piece.version as usize])
    }

    /// The root of the index, without what is found out by writing it.
    fn root(&self) -> Root {
        let site = self.site;
        let path =
            |address: &Address| address.as_str().trim_start_matches('/').to_owned();
        let languages = site.config.language_ids().map(|id| Language {
            tag: site.config.language_of(id).tag.to_string(),
            root: path(site.config.root(id)),
            name: self.language_name(id),
        });
        let taxonomies = site.config.taxonomies.iter().map(|taxonomy| Facet {
            name: taxonomy.name.to_string(),
            path: format!("{}/", taxonomy.name),
        });
        let plain = |name: &str| Facet { name: name.to_owned(), path: String::new() };
        let (years, undated) = self.years_and_undated();
        Root {
            format: search::FORMAT,
            documents: self.count(),
            undated,
            words: 0,
            languages: languages.collect(),
            facets: taxonomies.chain(["kind", "language"].map(plain)).collect(),
            years,
            blocks: Vec::new(),
        }
    }

    /// How many documents each month of each year has, and how many have no date.
    fn years_and_undated(&self) -> (Vec<Vec<u32>>, u32) {
        let mut years: Vec<Vec<u32>> = Vec::new();
        let mut undated = 0;
        for document in 0..self.count() {
            let Some(date) = self.piece(document).0.original().facts.date() else {
                undated += 1;
                continue;
            };
            let key = DateKey::of(date);
            let year = u32::try_from(key.year).unwrap_or_default();
            if years.last().is_none_or(|last| last[0] != year) {
                years.push(std::iter::once(year).chain([0; 13]).collect());
            }
            if let Some(last) = years.last_mut() {
                last[1 + usize::from(key.month.unwrap_or_default())] += 1;
            }
        }
        (years, undated)
    }

    /// The taxonomy of a facet; none of the facets that are no taxonomy.
    fn taxonomy(&self, facet: usize) -> Option<TaxonomyId> {
        self.site.config.taxonomy_ids().nth(facet)
    }

    /// The name of a kind.
    fn kind(&self, kind: Kind) -> Option<&json::Value> {
        let place = Kind::WORDS.iter().position(|(_, other)| *other == kind)?;
        self.kinds.get(place)
    }

    /// The terms with pages that a version names, but for who wrote it.
    fn topics(&self, version: &Version) -> impl Iterator<Item = TermId> {
        let names = version.topics.iter().chain(&version.dateline_place);
        let terms = names.filter_map(Name::term);
        terms.filter(|id| has_page(self.site.archive.term(*id)))
    }

    /// The terms with pages of those who wrote a version.
    fn authors(&self, version: &Version) -> impl Iterator<Item = TermId> {
        let terms = version.byline.iter().filter_map(|name| name.term);
        terms.filter(|id| has_page(self.site.archive.term(*id)))
    }

    /// The names of those who wrote a version, as printed.
    fn byline(&self, version: &Version) -> String {
        let names = version.byline.iter();
        let names: Vec<_> =
            names.map(|name| self.site.archive.names.text(name.printed)).collect();
        names.join(", ")
    }

    /// The names of a term that are searched, in the site's languages.
    fn names(&self, id: TermId) -> (Vec<String>, Vec<String>) {
        names_of(self.site.archive.term(id), self.site)
    }
}

/// Whether no more of a version than title and summary may be shown.
fn is_restricted(version: &Version) -> bool {
    version.facts.state().is_some_and(State::hides_text)
}

/// The name of a term in each of the site's languages, and its other names.
fn names_of(term: &Term, site: &Site<'_>) -> (Vec<String>, Vec<String>) {
    let languages = site.config.language_ids();
    let names: Vec<String> =
        languages.map(|language| term.name_in(language).to_owned()).collect();
    let mut others: Vec<String> = Vec::new();
    let of_term = term.other_names.iter().map(ToString::to_string);
    let of_records = term.records.iter().flat_map(|record| {
        let aliases = record.aliases.iter().map(ToString::to_string);
        aliases.chain(record.former_names.iter().map(|former| former.name.value.clone()))
    });
    for name in of_term.chain(of_records) {
        if !names.contains(&name) && !others.contains(&name) {
            others.push(name);
        }
    }
    (names, others)
}

/// The fingerprint of what the index says of a term.
fn hash_term(term: &Term, site: &Site<'_>) -> u64 {
    if !has_page(term) {
        return 0;
    }
    let mut hasher = Hasher::default();
    hasher.add(&(&term.slug, names_of(term, site)));
    hasher.finish()
}

impl Documents for Press<'_> {
    fn count(&self) -> u32 {
        u32::try_from(self.pieces.len()).expect("a site has fewer than 2^32 articles")
    }

    fn digest(&self, document: u32) -> u64 {
        let (_, version) = self.piece(document);
        let mut hasher = Hasher::default();
        let facts = &version.facts;
        hasher.add(&(self.card(document), self.date(document), is_restricted(version)));
        if !is_restricted(version) {
            hasher.add(&(facts.kicker(), facts.deck(), version.has_own_summary));
            hasher.add(&version.text.digest.bytes());
            // A translation may have taken it over.
            let image =
                facts.image().map(|image| (&image.alt, &image.caption, &image.credit));
            hasher.add(&image);
            hasher.add(&facts.kind.map(|kind| self.kind(kind)));
            for id in self.topics(version).chain(self.authors(version)) {
                let term = self.terms[usize::from(id.taxonomy.0)][id.index as usize];
                hasher.add(&(id.taxonomy.0, term));
            }
        }
        hasher.finish()
    }

    fn language(&self, document: u32) -> usize {
        usize::from(self.piece(document).1.file.language.0)
    }

    fn texts(&self, document: u32) -> Result<Texts, Diagnostic> {
        let (_, version) = self.piece(document);
        let mut texts = Texts::default();
        texts.add(Field::Title, version.title());
        if is_restricted(version) {
            texts.add(Field::Deck, &version.summary);
            return Ok(texts);
        }
        let facts = &version.facts;
        for line in [facts.kicker(), facts.deck()].into_iter().flatten() {
            texts.add(Field::Deck, line);
        }
        let body = self.site.read_body(&version.file.path, version.text)?;
        let blocks = markdown::blocks(&body.text);
        if version.has_own_summary {
            texts.add(Field::Deck, &version.summary);
        }
        for name in &version.byline {
            texts.add(Field::Byline, self.site.archive.names.text(name.printed));
        }
        for id in self.topics(version).chain(self.authors(version)) {
            let (mut names, others) = self.names(id);
            names.sort_unstable();
            names.dedup();
            for name in names.iter().chain(&others) {
                texts.add(Field::Name, name);
            }
        }
        if let Some(image) = facts.image() {
            let words = [Some(&image.alt), image.caption.as_ref(), image.credit.as_ref()];
            for text in words.into_iter().flatten() {
                texts.add(Field::Text, text);
            }
        }
        for block in &blocks {
            texts.add(Field::Text, block);
        }
        Ok(texts)
    }

    fn card(&self, document: u32) -> Card {
        let (work, version) = self.piece(document);
        let (facts, file) = (&version.facts, &version.file);
        let is_whole = !is_restricted(version);
        let path = file.path.strip_prefix("content/").unwrap_or(&file.path);
        let date = work.original().facts.date();
        Card {
            path: version.address.as_str().trim_start_matches('/').to_owned(),
            title: version.title().to_owned(),
            date: date.map(|date| date.edtf_day()).unwrap_or_default(),
            byline: if is_whole { self.byline(version) } else { String::new() },
            kind: facts.kind.map(Kind::as_str).unwrap_or_default().to_owned(),
            language: usize::from(file.language.0),
            summary: version.summary.to_string(),
            file: if is_whole { path.to_owned() } else { String::new() },
        }
    }

    fn date(&self, document: u32) -> u32 {
        let date = self.piece(document).0.original().facts.date();
        date.map_or(0, |date| date_number(date.year(), date.month(), date.day()))
    }

    fn values(&self, document: u32, facet: usize) -> Vec<u32> {
        let (_, version) = self.piece(document);
        let Some(taxonomy) = self.taxonomy(facet) else {
            let is_kind = facet == self.site.config.taxonomies.len();
            let kind =
                |kind: Kind| Kind::WORDS.iter().position(|(_, other)| *other == kind);
            return if is_kind {
                let place = version.facts.kind.and_then(kind);
                place.and_then(|place| u32::try_from(place).ok()).into_iter().collect()
            } else {
                vec![u32::from(version.file.language.0)]
            };
        };
        if is_restricted(version) {
            return Vec::new();
        }
        let terms = self.topics(version).chain(self.authors(version));
        let mut values: Vec<_> =
            terms.filter(|id| id.taxonomy == taxonomy).map(|id| id.index).collect();
        values.sort_unstable();
        values.dedup();
        values
    }

    fn value(&self, facet: usize, value: u32) -> Value {
        let config = self.site.config;
        let Some(taxonomy) = self.taxonomy(facet) else {
            if facet == config.taxonomies.len() {
                let path = Kind::WORDS[value as usize].0.to_owned();
                let name = self.kinds[value as usize].clone();
                return Value { path, name, others: Vec::new() };
            }
            let id = LanguageId(u8::try_from(value).unwrap_or_default());
            let path = config.language_of(id).tag.to_string();
            return Value {
                path,
                name: self.language_name(id).into(),
                others: Vec::new(),
            };
        };
        let id = TermId { taxonomy, index: value };
        let (names, others) = self.names(id);
        let path = format!("{}/", self.site.archive.term(id).slug);
        Value { path, name: by_language(names, self.site), others }
    }
}

impl Press<'_> {
    /// The name of a language in itself.
    fn language_name(&self, id: LanguageId) -> String {
        let site = self.site;
        language_name(&site.locales[usize::from(id.0)], site.config, id)
    }
}

/// A name in each language of the site: one text if they are all the same.
fn by_language(names: Vec<String>, site: &Site<'_>) -> json::Value {
    if names.windows(2).all(|pair| pair[0] == pair[1]) {
        return names.into_iter().next().unwrap_or_default().into();
    }
    let tags = site.config.languages.iter().map(|language| language.tag.to_string());
    let names = tags.zip(names.into_iter().map(json::Value::from));
    json::Value::Object(names.collect())
}

/// An output that is the stage of a build.
struct ToStage<'a> {
    /// The stage.
    stage: &'a Stage,
    /// The cache, if there is one.
    cache: Option<&'a Cache>,
    /// What earlier builds made.
    known: &'a FixedMap<String, (usize, MadeBlock)>,
    /// The files that were written since the last block was made.
    files: Mutex<Vec<(String, Stamp)>>,
}

impl ToStage<'_> {
    /// The files that were written since the last time.
    fn files(&self) -> Vec<(String, Stamp)> {
        std::mem::take(&mut *lock(&self.files))
    }

    /// Keeps the files of a block, if they all are as they were.
    fn keep(&self, made: &MadeBlock) -> bool {
        let is_there = |(path, stamp): &(String, Stamp)| self.stage.has(path, stamp);
        if !made.files.iter().all(is_there) {
            return false;
        }
        let kept =
            parallel::map(&made.files, |(path, stamp)| self.stage.keep(path, stamp));
        kept.into_iter().all(|kept| matches!(kept, Ok(true)))
    }
}

impl Output for ToStage<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let stamp = self.stage.write(path, bytes)?;
        lock(&self.files).push((path.to_owned(), stamp));
        Ok(())
    }

    fn scratch(&self) -> io::Result<File> {
        self.stage.scratch()
    }

    fn known(&self, block: &str) -> Option<BlockFacts> {
        let (length, made) = self.known.get(block).filter(|(_, made)| self.keep(made))?;
        if let Some(cache) = self.cache {
            cache.keep_block(block, *length);
        }
        Some(BlockFacts { words: made.words, ..made.facts.clone() })
    }

    fn made(&self, block: &BlockFacts) {
        let files = self.files();
        if let Some(cache) = self.cache {
            let made = MadeBlock { facts: block.clone(), words: block.words, files };
            cache.remember_block(&made);
        }
    }
}

/// An index that was made in memory.
pub struct Filled {
    /// The root of the index.
    pub root: Arc<[u8]>,
    /// The paths of all other files of it.
    pub paths: Vec<String>,
}

/// An index in memory, for a site that is looked at while it is written. Blocks are
/// kept from one state of the site to the next.
#[derive(Default)]
pub struct Shelf {
    /// What is known of each block.
    blocks: Mutex<FixedMap<String, BlockFacts>>,
    /// The files by their paths from the root of the site.
    files: Mutex<BTreeMap<String, Arc<[u8]>>>,
    /// The blocks of the index that was made last: somebody may still be reading it. It
    /// is held while another is made.
    last: Mutex<Vec<String>>,
}

impl Shelf {
    /// Makes the index of a site, and throws away what is of no use for it or for the
    /// one before.
    pub fn fill(&self, site: &Site<'_>) -> Result<Filled, Box<Diagnostic>> {
        let mut last = lock(&self.last);
        let root = write(site, self).map_err(|stopped| {
            let fault = told(stopped).into_iter().next();
            let nothing = || Diagnostic::error(Code::OutputFailed, "there is no index");
            Box::new(fault.unwrap_or_else(nothing))
        })?;
        let names: Vec<_> = root.blocks.into_iter().map(|block| block.name).collect();
        let is_used = |name: &str| names.iter().chain(&*last).any(|used| used == name);
        lock(&self.blocks).retain(|name, _| is_used(name));
        let mut files = lock(&self.files);
        files.retain(|path, _| {
            path.split('/').nth(1).is_some_and(is_used) || path == search::ROOT
        });
        *last = names;
        let is_own = |path: &&String| last.iter().any(|name| path.contains(name));
        let paths = files.keys().filter(is_own).cloned().collect();
        let root = files.get(search::ROOT).map(Arc::clone).unwrap_or_default();
        Ok(Filled { root, paths })
    }

    /// A file of the index.
    pub fn file(&self, path: &str) -> Option<Arc<[u8]>> {
        lock(&self.files).get(path).map(Arc::clone)
    }
}

/// What a lock holds, also if a thread broke off while it held it.
fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Output for Shelf {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        lock(&self.files).insert(path.to_owned(), bytes.into());
        Ok(())
    }

    fn scratch(&self) -> io::Result<File> {
        publish::scratch()
    }

    fn known(&self, block: &str) -> Option<BlockFacts> {
        lock(&self.blocks).get(block).cloned()
    }

    fn made(&self, block: &BlockFacts) {
        lock(&self.blocks).insert(block.name.clone(), block.clone());
    }
}
