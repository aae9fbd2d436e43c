//! Decides which pages and files the site has and where each one stands.
//!
//! Everything before this module asks what was published; everything behind it
//! asks what bytes go into a file. The answer in between is a [`Plan`]: one
//! [`Entry`] for each address, in the order of addresses, and no address used
//! twice.
//!
//! Nothing here reads a file, a clock or a template.

mod claims;
mod dates;
mod lists;
mod redirects;
mod terms;
mod timeline;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::address::Address;
use crate::archive::{Archive, Term, TermId, Withheld, Work, WorkId};
use crate::config::{Config, FeedText, LanguageId, Output, SearchMode, TaxonomyId};
use crate::content::SourceFile;
use crate::content::article::State;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::hash::{FixedMap, Index};
use crate::locale::Locale;
use crate::parallel;

use dates::narrow;
pub use dates::{DateKey, DateSlice, Dates};
pub use lists::{ListOf, Part, UNDATED, Works};
pub use redirects::Redirect;
pub use terms::{LetterPage, TaxonomyPages, has_page};
pub use timeline::{Stretch, Timeline};

use terms::TermPages;

/// The list of the site's own files, which `publish` writes.
pub const MANIFEST: &str = "/manifest.txt";
/// The root of the search index, beside which its other files stand.
pub const SEARCH_INDEX: &str = "/search/index.js";
/// The style sheet for highlighted code.
pub const HIGHLIGHT: &str = "/highlight.css";
/// How many addresses one sitemap may hold (sitemaps.org).
pub const SITEMAP_LIMIT: usize = 50_000;

/// The whole site before it is rendered.
#[derive(Debug)]
pub struct Plan {
    /// What stands at each address, in the order of addresses.
    pub entries: Vec<Entry>,
    /// Finds entries by their addresses.
    by_address: Index,
    /// The address of each file under `content/` that is published.
    by_source: BySource,
    /// Where terms have their pages.
    terms: TermPages,
    /// The entries of each sitemap, the first to the last.
    sitemaps: Vec<Range<u32>>,
    /// The first file of an article with each name, whatever its folder; made
    /// when the first broken link asks for it.
    by_name: OnceLock<FixedMap<Box<str>, Arc<str>>>,
    /// The days, months and years with works.
    pub dates: Dates,
    /// The works on lists that have no date.
    pub undated: Range<u32>,
    /// Addresses of old and where they lead, in the order of addresses.
    pub redirects: Vec<Redirect>,
    /// The span of the archive, for small pictures.
    pub timeline: Timeline,
}

/// The path of the standalone page that holds the list of all corrections.
pub const CORRECTIONS: &str = "corrections";

/// Something that stands at an address.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it stands.
    pub address: Address,
    /// The language of the part of the site that it belongs to.
    pub language: LanguageId,
    /// What it is.
    pub what: What,
}

/// What can stand at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A version of a work: its index among the work's versions.
    Article(WorkId, usize),
    /// A standalone page: its group and its index among the versions.
    Page(usize, usize),
    /// The list of all corrections, where no standalone page holds it.
    Corrections,
    /// A page of a list of works; the home page is the first of all works.
    List(ListOf, Part),
    /// The index of a taxonomy; of one that is divided by letters, the front page
    /// or the page at a place among those of letters.
    Taxonomy(TaxonomyId, Option<u32>),
    /// A page about the archive as a whole.
    Overview(Overview),
    /// The titles of all works of a year, on one page.
    Titles(i16),
    /// The page for addresses that lead nowhere.
    NotFound,
    /// A page that leads on to another address; an index into
    /// [`Plan::redirects`].
    Redirect(usize),
    /// The feed of a list.
    Feed(ListOf),
    /// A sitemap: its number, 0 for the only one or the index.
    Sitemap(usize),
    /// `robots.txt`.
    Robots,
    /// `_redirects`.
    RedirectsFile,
    /// The style sheet for highlighted code.
    Highlight,
    /// A file of the theme, by its path from the site's root.
    ThemeFile(&'static str),
    /// A file that is published as it is, by its path from the site's folder.
    File(Arc<str>),
    /// The root of the search index, written with all of the index.
    SearchIndex,
    /// The list of the site's own files, written by `publish`.
    Manifest,
}

/// A page about the archive as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overview {
    /// The way to everything: by date and by name.
    Browse,
    /// Every year, month by month.
    Years,
    /// The archive in figures.
    Statistics,
    /// The search.
    Search,
}

impl Overview {
    /// Every page about the archive as a whole.
    pub const ALL: [Self; 4] =
        [Self::Browse, Self::Years, Self::Statistics, Self::Search];

    /// Whether a site has it, unless a page of its own takes its place.
    fn is_written(self, config: &Config) -> bool {
        match self {
            Self::Browse => config.writes(Output::Browse),
            Self::Years => config.writes(Output::Years),
            Self::Statistics => config.writes(Output::Statistics),
            Self::Search => config.search != SearchMode::Off,
        }
    }

    /// Its path below the root of a language, which is also the name of its kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::Browse => "browse",
            Self::Years => "years",
            Self::Statistics => "statistics",
            Self::Search => "search",
        }
    }

    /// The key of its title among the words of the theme.
    pub fn title_key(self) -> String {
        format!("overview-{}", self.name())
    }
}

impl What {
    /// Whether it is a page for readers that search engines may list.
    pub fn is_indexed(&self, archive: &Archive) -> bool {
        match self {
            Self::Article(work, index) => {
                archive.work(*work).versions[*index].is_listed()
            }
            Self::Page(..)
            | Self::List(..)
            | Self::Taxonomy(..)
            | Self::Overview(_)
            | Self::Titles(_)
            | Self::Corrections => true,
            Self::NotFound
            | Self::Redirect(_)
            | Self::Feed(_)
            | Self::Sitemap(_)
            | Self::Robots
            | Self::RedirectsFile
            | Self::Highlight
            | Self::ThemeFile(_)
            | Self::File(_)
            | Self::SearchIndex
            | Self::Manifest => false,
        }
    }
}

/// What is planned from besides the archive.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// The files under `static/`, as paths from the site's folder.
    pub static_files: &'a [Arc<str>],
    /// The files of the theme, as paths from the site's root.
    pub theme_files: &'a [&'static str],
}

/// Plans the site and reports addresses that cannot be. `locales` are the words of
/// its languages, for the order of names.
pub fn draw_up(
    archive: &Archive,
    (config, locales): (&Config, &[Locale]),
    files: Files<'_>,
    faults: &mut Diagnostics,
) -> Plan {
    let mut planner = Planner::new(archive, config, locales);
    for language in config.language_ids() {
        planner.add_lists(language);
        planner.add_taxonomies(language);
        if config.writes(Output::NotFound) {
            let address = config.root(language).file("404.html");
            planner.add(address.expect("`404.html` is a name"), language, What::NotFound);
        }
    }
    planner.add_articles();
    planner.add_pages();
    planner.add_corrections();
    planner.add_overviews();
    planner.add_assets(faults);
    planner.add_files(files, faults);
    planner.add_machine_files();
    planner.finish(faults)
}

/// A plan in the making.
struct Planner<'a> {
    /// The archive.
    archive: &'a Archive,
    /// The settings.
    config: &'a Config,
    /// The words of each language.
    locales: &'a [Locale],
    /// What was planned so far, in any order.
    entries: Vec<Entry>,
    /// The address of each published file under `content/`.
    by_source: BySource,
    /// Where terms have their pages.
    terms: TermPages,
    /// The days, months and years with works.
    dates: Dates,
    /// The works on lists that have no date.
    undated: Range<u32>,
}

impl<'a> Planner<'a> {
    /// An empty plan.
    fn new(archive: &'a Archive, config: &'a Config, locales: &'a [Locale]) -> Self {
        let (mut dates, undated) = dates::slices(archive);
        dates.have_pages = config.writes(Output::Dates);
        // A vector that grows by itself takes twice what it needs.
        let n_versions = archive.works.iter().map(|work| work.versions.len()).sum();
        Self {
            archive,
            config,
            locales,
            entries: Vec::with_capacity(n_versions + n_versions / 4),
            by_source: BySource::with_capacity(n_versions),
            terms: TermPages::default(),
            dates,
            undated,
        }
    }

    /// Adds one entry.
    fn add(&mut self, address: Address, language: LanguageId, what: What) {
        self.entries.push(Entry { address, language, what });
    }

    /// Adds the pages of a list, front page first.
    fn add_list(
        &mut self,
        base: &Address,
        language: LanguageId,
        of: ListOf,
        length: usize,
    ) {
        for part in lists::parts(length, self.config.per_page) {
            self.add(part.address(base), language, What::List(of, part));
        }
    }

    /// Adds the home page, the date pages, and the site's feed.
    fn add_lists(&mut self, language: LanguageId) {
        let config = self.config;
        let root = config.root(language);
        self.add_list(root, language, ListOf::All, self.archive.n_listed);
        if self.config.feeds.site {
            self.add(feed_address(root), language, What::Feed(ListOf::All));
        }
        let with_pages = Some(self.dates.clone()).filter(|dates| dates.have_pages);
        for slice in with_pages.iter().flat_map(Dates::iter) {
            let base = slice.key.address(root);
            self.add_list(&base, language, ListOf::Date(slice.key), slice.range.len());
        }
        if !self.undated.is_empty() && self.config.writes(Output::Dates) {
            let length = self.undated.len();
            self.add_list(&root.page(UNDATED), language, ListOf::Undated, length);
        }
    }

    /// Adds the index of each taxonomy and the pages and feeds of its terms.
    fn add_taxonomies(&mut self, language: LanguageId) {
        let mut all = Vec::new();
        let given = (self.archive, self.config, &self.locales[usize::from(language.0)]);
        for taxonomy in self.config.taxonomy_ids() {
            let pages = TaxonomyPages::new(taxonomy, language, given);
            if let Some(index) = &pages.index {
                self.add(index.clone(), language, What::Taxonomy(taxonomy, None));
            }
            for (n, page) in (0..).zip(&pages.pages) {
                let what = What::Taxonomy(taxonomy, Some(n));
                self.add(page.address.clone(), language, what);
            }
            let terms = &self.archive.taxonomies[usize::from(taxonomy.0)].terms;
            for ((index, term), address) in (0..).zip(terms).zip(&pages.terms) {
                if let Some(address) = address {
                    self.add_term(address, language, TermId { taxonomy, index }, term);
                }
            }
            all.push(pages);
        }
        self.terms.0.push(all);
    }

    /// Adds the pages and the feed of a term.
    fn add_term(
        &mut self,
        base: &Address,
        language: LanguageId,
        id: TermId,
        term: &Term,
    ) {
        self.add_list(base, language, ListOf::Term(id), term.works.len());
        if self.config.feeds.terms.is_some() {
            self.add(feed_address(base), language, What::Feed(ListOf::Term(id)));
        }
        for record in &term.records {
            if record.file.language == language {
                self.by_source.insert(Arc::clone(&record.file.path), base.clone());
            }
        }
    }

    /// Adds the page of each version of each work.
    fn add_articles(&mut self) {
        for (n, work) in (0..).zip(&self.archive.works) {
            for (index, version) in work.versions.iter().enumerate() {
                let file = &version.file;
                self.by_source.insert(Arc::clone(&file.path), version.address.clone());
                let what = What::Article(WorkId(n), index);
                self.add(version.address.clone(), file.language, what);
            }
        }
    }

    /// Adds the standalone pages. The words of the home page have no page of
    /// their own; links to them lead to it.
    fn add_pages(&mut self) {
        for (n, group) in self.archive.pages.iter().enumerate() {
            for (index, page) in group.versions.iter().enumerate() {
                let root = self.config.root(page.file.language).clone();
                let address = if group.path.is_empty() {
                    root
                } else {
                    let address =
                        group.path.split('/').fold(root, |at, part| at.page(part));
                    self.add(address.clone(), page.file.language, What::Page(n, index));
                    address
                };
                self.by_source.insert(Arc::clone(&page.file.path), address);
            }
        }
    }

    /// Adds the list of all corrections in each language, unless there is
    /// nothing to list or a standalone page of that name to hold the list.
    fn add_corrections(&mut self) {
        if !self.config.writes(Output::Corrections)
            || !self.archive.works.iter().any(Work::shows_corrections)
        {
            return;
        }
        self.add_unless_own(CORRECTIONS, &What::Corrections);
    }

    /// Adds a page of the theme in each language in which the site has no standalone
    /// page of that name.
    fn add_unless_own(&mut self, name: &str, what: &What) {
        let own = self.archive.pages.iter().find(|own| *own.path == *name);
        for language in self.config.language_ids() {
            if own.is_none_or(|own| own.version(language).is_none()) {
                self.add(self.config.root(language).page(name), language, what.clone());
            }
        }
    }

    /// Adds the pages about the archive as a whole in each language, unless a
    /// standalone page of the site's own has the name.
    fn add_overviews(&mut self) {
        for overview in Overview::ALL {
            if overview.is_written(self.config) {
                self.add_unless_own(overview.name(), &What::Overview(overview));
            }
        }
        if !self.config.writes(Output::Years) {
            return;
        }
        let years: Vec<_> =
            self.dates.years().iter().map(|slice| slice.key.year).collect();
        for language in self.config.language_ids() {
            for year in &years {
                let address = titles_address(self.config.root(language), *year);
                self.add(address, language, What::Titles(*year));
            }
        }
    }

    /// Adds the files beside an `index.md` under the address of its page.
    fn add_assets(&mut self, faults: &mut Diagnostics) {
        let owners = self.owners();
        for asset in &self.archive.assets {
            // An owner that is held back or withdrawn keeps its files back.
            let owner = owners.get(&*asset.owner);
            let Some((owner, language)) = owner else { continue };
            match owner.file(&asset.inner) {
                Ok(address) => {
                    self.by_source.insert(Arc::clone(&asset.path), address.clone());
                    self.add(address, *language, What::File(Arc::clone(&asset.path)));
                }
                Err(fault) => faults.push(unsafe_file(&asset.path, &fault.to_string())),
            }
        }
    }

    /// The page that each `index.md` makes, by its key: that of the original.
    fn owners(&self) -> FixedMap<Box<str>, (Address, LanguageId)> {
        let mut owners = FixedMap::default();
        if self.archive.assets.is_empty() {
            return owners;
        }
        let mut add = |file: &SourceFile, address: Address, language| {
            owners.entry(file.key().into()).or_insert((address, language));
        };
        for work in &self.archive.works {
            for version in work.versions.iter().filter(|version| version.file.is_index())
            {
                if !matches!(
                    version.facts.state(),
                    Some(State::Withdrawn | State::Restricted)
                ) {
                    add(&version.file, version.address.clone(), version.file.language);
                }
            }
        }
        for page in self.archive.pages.iter().flat_map(|group| &group.versions) {
            if page.file.is_index()
                && let Some(address) = self.by_source.get(&page.file.path)
            {
                add(&page.file, address.clone(), page.file.language);
            }
        }
        for term in self.archive.taxonomies.iter().flat_map(|terms| &terms.terms) {
            for record in term.records.iter().filter(|record| record.file.is_index()) {
                if let Some(address) = self.by_source.get(&record.file.path) {
                    add(&record.file, address.clone(), record.file.language);
                }
            }
        }
        owners
    }

    /// Adds the site's own files, and those of the theme that they do not
    /// replace.
    fn add_files(&mut self, files: Files<'_>, faults: &mut Diagnostics) {
        let mut own = std::collections::BTreeSet::new();
        for file in files.static_files {
            let path = file.strip_prefix("static").unwrap_or(file);
            match Address::parse(path) {
                Ok(address) => {
                    own.insert(path);
                    self.add(address, LanguageId::DEFAULT, What::File(Arc::clone(file)));
                }
                Err(fault) => faults.push(unsafe_file(file, &fault.to_string())),
            }
        }
        for file in files.theme_files.iter().filter(|file| !own.contains(**file)) {
            let address =
                Address::parse(file).expect("the theme's files have plain names");
            self.add(address, LanguageId::DEFAULT, What::ThemeFile(file));
        }
        if self.config.writes(Output::Highlight) && !own.contains(HIGHLIGHT) {
            self.add_file(HIGHLIGHT, What::Highlight);
        }
    }

    /// Adds what is written for machines, once for the whole site.
    fn add_machine_files(&mut self) {
        self.add_file(MANIFEST, What::Manifest);
        if self.config.search == SearchMode::Native {
            self.add_file(SEARCH_INDEX, What::SearchIndex);
        }
        if self.config.writes(Output::Robots) {
            self.add_file("/robots.txt", What::Robots);
        }
        if self.config.writes(Output::RedirectsFile) {
            self.add_file("/_redirects", What::RedirectsFile);
        }
        if self.config.writes(Output::Sitemap) {
            self.add_file("/sitemap.xml", What::Sitemap(0));
            let indexed =
                self.entries.iter().filter(|entry| entry.what.is_indexed(self.archive));
            let n = indexed.count().div_ceil(SITEMAP_LIMIT);
            for part in (1..=n).filter(|_| n > 1) {
                self.add_file(&format!("/sitemap-{part}.xml"), What::Sitemap(part));
            }
        }
    }

    /// Adds a file of a plain name.
    fn add_file(&mut self, path: &str, what: What) {
        let address = Address::parse(path).expect("the name is plain");
        self.add(address, LanguageId::DEFAULT, what);
    }

    /// Adds the redirects and checks that no address is claimed twice.
    fn finish(mut self, faults: &mut Diagnostics) -> Plan {
        self.sort();
        let is_wanted = [Output::Redirects, Output::RedirectsFile]
            .map(|output| self.config.writes(output));
        let redirects = if is_wanted.contains(&true) {
            redirects::collect(&self)
        } else {
            Vec::new()
        };
        if self.config.writes(Output::Redirects) {
            for (n, redirect) in redirects.iter().enumerate() {
                self.add(redirect.from.clone(), redirect.language, What::Redirect(n));
            }
            self.sort();
        }
        claims::check(&self.entries, &redirects, self.archive, self.config, faults);
        let mut entries = self.entries;
        entries.dedup_by(|later, first| later.address == first.address);
        entries.shrink_to_fit();
        let mut by_address = Index::with_capacity(entries.len());
        for n in 0..narrow(entries.len()) {
            by_address.insert(n, |at| entries[at as usize].address.as_str());
        }
        Plan {
            sitemaps: sitemaps(&entries, self.archive),
            entries,
            by_address,
            by_source: self.by_source,
            terms: self.terms,
            by_name: OnceLock::new(),
            timeline: Timeline::small(&self.dates),
            dates: self.dates,
            undated: self.undated,
            redirects,
        }
    }

    /// Brings what was planned so far into the order of addresses.
    fn sort(&mut self) {
        parallel::sort_by(&mut self.entries, |a, b| a.address.cmp(&b.address));
    }

    /// Whether something that was planned stands at an address. What was
    /// planned is in the order of addresses.
    fn is_taken(&self, address: &Address) -> bool {
        self.entries.binary_search_by(|entry| entry.address.cmp(address)).is_ok()
    }
}

/// The address of each published file under `content/`.
#[derive(Debug)]
struct BySource {
    /// The files with their addresses, in any order.
    files: Vec<(Arc<str>, Address)>,
    /// Finds them by their paths.
    index: Index,
}

impl BySource {
    /// No files, with room for so many.
    fn with_capacity(capacity: usize) -> Self {
        let files = Vec::with_capacity(capacity);
        Self { files, index: Index::with_capacity(capacity) }
    }

    /// Adds a file.
    fn insert(&mut self, file: Arc<str>, address: Address) {
        let place = narrow(self.files.len());
        self.files.push((file, address));
        self.index.insert(place, |at| &*self.files[at as usize].0);
    }

    /// The address of a file.
    fn get(&self, file: &str) -> Option<&Address> {
        let place = self.index.find(file, |at| &*self.files[at as usize].0)?;
        Some(&self.files[place as usize].1)
    }
}

/// Divides the entries so that each part has no more pages for search engines
/// than a sitemap can hold.
fn sitemaps(entries: &[Entry], archive: &Archive) -> Vec<Range<u32>> {
    let mut parts = Vec::new();
    let (mut start, mut n_indexed) = (0, 0);
    for (n, entry) in (0..).zip(entries) {
        if !entry.what.is_indexed(archive) {
            continue;
        }
        if n_indexed == SITEMAP_LIMIT {
            parts.push(start..n);
            (start, n_indexed) = (n, 0);
        }
        n_indexed += 1;
    }
    parts.push(start..narrow(entries.len()));
    parts
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Where the feed of the list at an address stands.
fn feed_address(list: &Address) -> Address {
    list.file("feed.xml").expect("`feed.xml` is a name")
}

/// Where the titles of a year stand, below the root of a language.
fn titles_address(root: &Address, year: i16) -> Address {
    root.page(Overview::Years.name()).page(&format!("{year:04}"))
}

/// Reports a file whose name cannot stand in an address.
fn unsafe_file(file: &Arc<str>, fault: &str) -> Diagnostic {
    Diagnostic::error(Code::AddressUnsafe, format!("the file's path {fault}"))
        .at(Place::file(Arc::clone(file)))
        .hint("rename it with letters, digits, hyphens and a full stop before its ending")
}

impl Plan {
    /// What stands at an address.
    pub fn at(&self, address: &Address) -> Option<&Entry> {
        self.place_at(address.as_str()).map(|place| &self.entries[place])
    }

    /// The place of an address, as a path from the site's root, among the
    /// entries, if something stands there.
    pub fn place_at(&self, address: &str) -> Option<usize> {
        let known_by = |at: u32| self.entries[at as usize].address.as_str();
        self.by_address.find(address, known_by).map(|place| place as usize)
    }

    /// Where an address of old leads.
    pub fn redirect(&self, from: &str) -> Option<&Address> {
        let found = self
            .redirects
            .binary_search_by(|redirect| redirect.from.as_str().cmp(from))
            .ok()?;
        self.redirects.get(found).map(|redirect| &redirect.to)
    }

    /// The entries of each sitemap.
    pub fn sitemaps(&self) -> impl ExactSizeIterator<Item = &[Entry]> {
        let entries =
            |part: &Range<u32>| &self.entries[part.start as usize..part.end as usize];
        self.sitemaps.iter().map(entries)
    }

    /// The address that a file under `content/` is published at.
    pub fn address_of(&self, file: &str) -> Option<&Address> {
        self.by_source.get(file)
    }

    /// The file of an article that is called like this one, in whatever folder:
    /// that of the first work, where there are several.
    pub fn file_named(&self, path: &str, archive: &Archive) -> Option<&Arc<str>> {
        let by_name = self.by_name.get_or_init(|| {
            let mut by_name = FixedMap::default();
            for version in archive.works.iter().flat_map(|work| &work.versions) {
                let file = &version.file.path;
                by_name.entry(file_name(file).into()).or_insert_with(|| Arc::clone(file));
            }
            by_name
        });
        by_name.get(file_name(path))
    }

    /// The address of a term's page, if it has one.
    pub fn term_address(&self, id: TermId, language: LanguageId) -> Option<&Address> {
        self.terms.term(id, language)
    }

    /// The address of a taxonomy's index, if it has one.
    pub fn taxonomy_address(
        &self,
        taxonomy: TaxonomyId,
        language: LanguageId,
    ) -> Option<&Address> {
        self.terms.of(taxonomy, language).index.as_ref()
    }

    /// Where a taxonomy and its terms have their pages.
    pub fn taxonomy_pages(
        &self,
        taxonomy: TaxonomyId,
        language: LanguageId,
    ) -> &TaxonomyPages {
        self.terms.of(taxonomy, language)
    }

    /// The address of a page about the archive as a whole, if it has one.
    pub fn overview_address(
        &self,
        overview: Overview,
        language: LanguageId,
        config: &Config,
    ) -> Option<Address> {
        let address = config.root(language).page(overview.name());
        let entry = self.at(&address)?;
        matches!(entry.what, What::Overview(_) | What::Page(..)).then_some(address)
    }

    /// The address of the titles of a year, if there is such a page.
    pub fn titles_address(
        &self,
        year: i16,
        language: LanguageId,
        config: &Config,
    ) -> Option<Address> {
        let address = titles_address(config.root(language), year);
        (self.at(&address)?.what == What::Titles(year)).then_some(address)
    }

    /// The address of a date's page, if there is one.
    pub fn date_address(
        &self,
        key: DateKey,
        language: LanguageId,
        config: &Config,
    ) -> Option<Address> {
        if !self.dates.have_pages || !self.dates.has(key) {
            return None;
        }
        Some(key.address(config.root(language)))
    }

    /// The address of the feed of a list, if there is one.
    pub fn feed_address(&self, list: &Address) -> Option<Address> {
        let address = feed_address(list);
        self.at(&address).is_some().then_some(address)
    }

    /// The works of a list, newest first.
    pub fn works<'a>(&self, of: ListOf, archive: &'a Archive) -> Works<'a> {
        match of {
            ListOf::All => Works::Range(0..narrow(archive.n_listed)),
            ListOf::Date(key) => Works::Range(self.dates.range(key)),
            ListOf::Undated => Works::Range(self.undated.clone()),
            ListOf::Term(id) => Works::Listed(&archive.term(id).works),
        }
    }

    /// Reports each address of the register that the site would lose.
    pub fn check_register(&self, file: &Arc<str>, text: &str, faults: &mut Diagnostics) {
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let written = line.trim().trim_start_matches('\u{feff}');
            if written.is_empty() || written.starts_with('#') || self.keeps(written) {
                continue;
            }
            let skipped = line.len() - line.trim_start().len();
            let span = start + skipped..start + skipped + line.trim().len();
            faults.push(
                Diagnostic::error(
                    Code::RegisterLost,
                    format!("{written} was published once and would be lost"),
                )
                .at(Place::span(Arc::clone(file), span))
                .note("somebody may have cited it")
                .hint(
                    "add it to the `redirects` of what took its place, or bring the article \
                     back with `status = { state = \"withdrawn\" }`",
                ),
            );
        }
    }

    /// Whether something stands at an address of the register.
    fn keeps(&self, written: &str) -> bool {
        let path = crate::address::decode(written).unwrap_or_default();
        Address::parse(&path).is_ok_and(|address| {
            self.at(&address).is_some()
                || self.redirects.binary_search_by(|one| one.from.cmp(&address)).is_ok()
        })
    }
}

/// Why a file that a link names is not on the site, as a phrase.
pub fn why_withheld(archive: &Archive, file: &str) -> Option<&'static str> {
    archive.withheld.get(file).map(|why| match why {
        Withheld::Draft => "is a draft",
        Withheld::Embargo => "is under embargo",
    })
}

/// How much of each article the feed of a list holds.
pub fn feed_text(of: ListOf, config: &Config) -> FeedText {
    match of {
        ListOf::Term(_) => config.feeds.terms.unwrap_or(FeedText::Summary),
        _ => FeedText::Full,
    }
}
