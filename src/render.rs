//! Renders the entries of the plan into the stage.
//!
//! For each entry what goes into it is gathered first; if an earlier build made
//! the same of the same, and its file still stands in the output, the file
//! stays. Everything else is rendered, one by one, in parallel, and nothing of a
//! page is kept once it is staged. A body is read again here; if its file is not
//! what it was when the archive was made, that is a fault, never a mix.

mod anchors;
mod body;
mod draft;
mod feeds;
mod items;
mod machine;
mod proof;
mod search;

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::archive::Archive;
use crate::cache::{Cache, Fingerprint, Links, Made, Outputs};
use crate::citation::Styles;
use crate::config::{Config, LanguageId};
use crate::content::{BodyText, Text};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::hash::Digest;
use crate::links::{Linker, Resolver, Wanted};
use crate::locale::Locale;
use crate::markdown::{self, LinkUse, Target, Words};
use crate::parallel;
use crate::plan::{Entry, ListOf, Part, Plan, What};
use crate::publish::Stage;
use crate::source::{Folder, Stamp};
use crate::templates::{Shared, Templates};
use crate::theme;
use crate::view::{Extra, Extras, Viewer, sites};

use body::Bodies;
use draft::Draft;
use feeds::FeedDraft;
use items::Items;
use machine::SitemapDraft;

pub use proof::{Proofs, proofread};
pub use search::{Filled, Shelf, documents};

/// Everything that pages are rendered from.
pub struct Site<'a> {
    /// The folder of the site.
    pub folder: &'a Folder,
    /// The archive.
    pub archive: &'a Archive,
    /// The plan.
    pub plan: &'a Plan,
    /// The settings.
    pub config: &'a Config,
    /// The words of each language, in the order of [`Config::languages`].
    pub locales: &'a [Locale],
    /// The templates.
    pub templates: &'a Templates,
    /// The day of the build.
    pub today: Date,
    /// Whether somebody is still writing: a text is shown as it is now, not refused
    /// because it has changed.
    pub is_preview: bool,
}

impl<'a> Site<'a> {
    /// The body of a file, to be shown.
    fn read_body(&self, file: &Arc<str>, text: Text) -> Result<BodyText, Diagnostic> {
        if self.is_preview {
            text.read_body_now(self.folder, file)
        } else {
            text.read_body(self.folder, file)
        }
    }

    /// Resolves the links of a file.
    fn resolver(&'a self, linker: Linker<'a>, file: &Arc<str>) -> Resolver<'a> {
        Resolver::new((self.plan, self.archive, self.folder), linker, file)
    }

    /// The views for an entry, with links of this form.
    fn viewer(&'a self, entry: &'a Entry, linker: Linker<'a>) -> Viewer<'a> {
        Viewer {
            archive: self.archive,
            plan: self.plan,
            config: self.config,
            locales: self.locales,
            entry,
            linker,
            today: self.today,
            extras: Extras::default(),
        }
    }
}

/// What bringing one entry to the output found out.
#[derive(Default)]
struct Outcome {
    /// The faults.
    faults: Diagnostics,
    /// Headings that links want.
    wanted: Vec<Wanted>,
    /// The links of its texts that depend on other pages.
    links: Vec<Links>,
    /// Why it was made again, or not, if that was asked for.
    reason: Option<Reason>,
    /// What was made, if it is to be remembered once the headings are found that
    /// its links want.
    made: Option<Made>,
}

/// Why something was made again, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It stayed as it was: nothing that goes into it has changed.
    Same,
    /// Nothing is known of it from an earlier build.
    Unknown,
    /// Everything was to be made again.
    Asked,
    /// It is made in every build.
    Always,
    /// It is the search index, of which blocks are kept.
    Index,
    /// These things that go into it have changed.
    Changed(Vec<&'static str>),
    /// Its file in the output is not the one that was written.
    Replaced,
    /// It has something to report.
    Faulty,
}

/// What earlier builds know, and what is to be found out about it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Earlier<'a> {
    /// The cache, if there is one.
    pub cache: Option<&'a Cache>,
    /// The hash of all templates and words.
    pub templates: u64,
    /// The hash of all settings and flags.
    pub settings: u64,
    /// Whether everything is to be made again.
    pub is_clean: bool,
    /// The place among the entries of what is to be explained.
    pub explained: Option<usize>,
}

/// What all pages of a site are made with: found out once, of the whole of it.
pub struct Kit {
    /// The view of the site in each language.
    shared: Vec<SharedSite>,
    /// The words that a body needs, in each language.
    words: Vec<Words>,
    /// The works on lists, as lists show them; found out when they are asked for.
    items: OnceLock<Items>,
    /// What templates show of what takes time to make.
    extras: Extras,
    /// The styles of citations in each language, made when the first is cited.
    styles: Vec<OnceLock<Styles>>,
}

impl Kit {
    /// What the pages of this site are made with.
    pub fn new(site: &Site<'_>) -> Self {
        let files = site.plan.entries.iter().filter(|entry| !entry.address.is_page());
        let files = files.map(|entry| entry.address.output_path()).collect();
        site.templates.set_files(files);
        let views = sites(site.archive, site.plan, site.config, site.locales);
        let shared = views
            .iter()
            .map(|view| SharedSite { view: Shared::new(view), hash: draft::hash(view) });
        Self {
            shared: shared.collect(),
            words: site.locales.iter().map(body::words).collect(),
            items: OnceLock::new(),
            extras: extras(site.templates),
            styles: site.locales.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// The styles of citations in a language.
    fn styles(&self, site: &Site<'_>, language: LanguageId) -> &Styles {
        let styles = &self.styles[usize::from(language.0)];
        styles.get_or_init(|| Styles::new(&site.config.language_of(language).tag))
    }

    /// The works on lists, as lists show them. All threads find them out together,
    /// so none may ask first in the midst of other work: it would take up another
    /// piece of that meanwhile, ask again, and wait for itself.
    fn items(&self, site: &Site<'_>) -> &Items {
        self.items.get_or_init(|| Items::new(site))
    }
}

/// What templates show of what takes time to make.
fn extras(templates: &Templates) -> Extras {
    let mut pages = theme::template_names();
    pages.retain(|name| !name.starts_with("parts/"));
    let mentioned = |words| pages.iter().any(|page| templates.mention(page, words));
    let named = [
        ("head.metas", Extra::Head),
        ("head.structured", Extra::Head),
        ("article.citations", Extra::Citations),
        ("article.related", Extra::Related),
        ("article.neighbors", Extra::Related),
        ("term.companions", Extra::Companions),
    ];
    let shown = named.into_iter().filter(|(words, _)| mentioned(words));
    shown.fold(Extras::default(), |extras, (_, extra)| extras.with(extra))
}

/// The view of the site in a language, as all its pages share it.
struct SharedSite {
    /// The view.
    view: Shared,
    /// The hash of what it says.
    hash: u64,
}

/// Brings all entries to the stage: those that changed are made, the others
/// kept. `tick` is called after each. Says why one entry was made again or not,
/// if that was asked for.
pub fn run(
    site: &Site<'_>,
    stage: &Stage,
    earlier: Earlier<'_>,
    tick: &(dyn Fn() + Sync),
    faults: &mut Diagnostics,
) -> Option<Reason> {
    let kit = Kit::new(site);
    let mut known = earlier.cache.map(|cache| cache.outputs(site.plan));
    let known = known.get_or_insert_default();
    let known_assets = std::mem::take(&mut known.assets);
    let known_blocks = std::mem::take(&mut known.blocks);
    // A file that a template asked for must still be there; if it is not, what
    // templates ask for is found out again.
    let mut asked = known_assets.clone();
    let mut unknown = if earlier.is_clean { Reason::Asked } else { Reason::Unknown };
    if asked.iter().any(|path| !site.templates.has_file(path)) {
        *known = Outputs::default();
        asked.clear();
        unknown = Reason::Changed(vec!["a file that a template asks for is gone"]);
    }
    let maker = Maker { site, kit: &kit };
    let items = kit.items(site);
    let renderer = Renderer { maker, items, known, unknown, earlier, stage };
    let mut wanted = Vec::new();
    let mut waiting = Vec::new();
    let mut reason = None;
    for (entry, outcome) in renderer.all(tick) {
        faults.append(outcome.faults);
        wanted.extend(outcome.wanted);
        reason = reason.or(outcome.reason);
        waiting.extend(outcome.made.map(|made| (&entry.address, made)));
    }
    anchors::check(site, wanted, faults);
    faults.dedup();
    if !faults.has_errors() {
        search::run(site, stage, earlier.cache, &known_blocks, faults);
    }
    if let Some(cache) = earlier.cache.filter(|_| !faults.has_errors()) {
        for (address, made) in &waiting {
            cache.remember(address, made);
        }
        asked.extend(site.templates.asked_files());
        cache.remember_assets(&asked, &known_assets);
    }
    reason
}

/// Makes pages and files, on any thread.
#[derive(Clone, Copy)]
struct Maker<'a> {
    /// What pages are rendered from.
    site: &'a Site<'a>,
    /// What they are made with.
    kit: &'a Kit,
}

impl<'r> Maker<'r> {
    /// Makes HTML of bodies.
    fn bodies(&self) -> Bodies<'r> {
        Bodies { site: self.site, words: &self.kit.words }
    }

    /// Gathers what something is made of.
    fn prepare(&self, entry: &'r Entry, outcome: &mut Outcome) -> Making<'r> {
        let site = self.site;
        let bytes = |text: String| Making::Bytes(Cow::Owned(text.into_bytes()));
        match &entry.what {
            What::ThemeFile(path) => {
                let file = theme::FILES.iter().find(|file| file.path == *path);
                Making::Bytes(Cow::Borrowed(file.map_or(&[][..], |file| file.bytes)))
            }
            What::Highlight => {
                Making::Bytes(Cow::Borrowed(markdown::highlight_css().as_bytes()))
            }
            What::Robots => bytes(machine::robots(site)),
            What::RedirectsFile => bytes(machine::redirects(site)),
            What::Sitemap(part) => Making::Sitemap(SitemapDraft::new(site, *part)),
            What::Feed(of) => {
                Making::Feed(Box::new(FeedDraft::new(site, &self.bodies(), entry, *of)))
            }
            What::File(file) => Making::Copy(site.folder.path(file)),
            What::SearchIndex => Making::Bytes(Cow::Borrowed(&[])),
            What::Article(..)
            | What::Page(..)
            | What::List(..)
            | What::Taxonomy(..)
            | What::Overview(_)
            | What::Titles(_)
            | What::Corrections
            | What::Redirect(_)
            | What::NotFound
            | What::Manifest => Making::Page(Box::new(Draft::new(*self, entry, outcome))),
        }
    }

    /// Makes something that is no copy of a file.
    fn fill(
        &self,
        making: Making<'_>,
        buffer: &mut Vec<u8>,
        outcome: &mut Outcome,
    ) -> Result<(), Diagnostic> {
        buffer.clear();
        match making {
            Making::Copy(_) => {}
            Making::Bytes(bytes) => buffer.extend_from_slice(&bytes),
            Making::Page(draft) => draft.make(self, buffer, outcome)?,
            Making::Feed(feed) => {
                outcome.links = feed.make(self.site, &self.bodies(), buffer)?;
            }
            Making::Sitemap(sitemap) => {
                let items = self.kit.items(self.site);
                buffer.extend_from_slice(&sitemap.make(self.site, items));
            }
        }
        Ok(())
    }
}

/// What stands at an entry.
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// What is in this file.
    File(PathBuf),
}

/// Makes what stands at one entry. Of what is wrong only what keeps it from being
/// made is told; [`proofread`] tells the rest.
pub fn one(site: &Site<'_>, kit: &Kit, entry: &Entry) -> Result<Content, Diagnostic> {
    let maker = Maker { site, kit };
    let mut outcome = Outcome::default();
    match maker.prepare(entry, &mut outcome) {
        Making::Copy(path) => Ok(Content::File(path)),
        making => {
            let mut bytes = Vec::new();
            maker.fill(making, &mut bytes, &mut outcome)?;
            Ok(Content::Bytes(bytes))
        }
    }
}

/// Brings entries to the stage, on any thread.
struct Renderer<'a> {
    /// Makes them.
    maker: Maker<'a>,
    /// The works on lists, as lists show them.
    items: &'a Items,
    /// What earlier builds made.
    known: &'a Outputs,
    /// Why something of which nothing is known is made.
    unknown: Reason,
    /// The cache, and what goes into every fingerprint.
    earlier: Earlier<'a>,
    /// Where files go.
    stage: &'a Stage,
}

/// Something that can be made, and what it is made of.
enum Making<'r> {
    /// A page.
    Page(Box<Draft<'r>>),
    /// A feed.
    Feed(Box<FeedDraft<'r>>),
    /// A sitemap.
    Sitemap(SitemapDraft<'r>),
    /// Bytes that are there already.
    Bytes(Cow<'r, [u8]>),
    /// A copy of a file.
    Copy(PathBuf),
}

impl<'r> Renderer<'r> {
    /// Brings all entries to the stage, and gives the outcomes that tell
    /// something.
    fn all(&self, tick: &(dyn Fn() + Sync)) -> Vec<(&'r Entry, Outcome)> {
        let entries = &self.maker.site.plan.entries;
        let mut order: Vec<u32> = (0..).zip(entries).map(|(n, _)| n).collect();
        // What takes longest comes first, so that no thread is left alone with it.
        order.sort_by_key(|n| {
            let what = &entries[*n as usize].what;
            !matches!(
                what,
                What::Sitemap(_)
                    | What::Taxonomy(..)
                    | What::Overview(_)
                    | What::RedirectsFile
            )
        });
        parallel::filter_map_with(&order, Vec::new, |buffer, n| {
            let entry = &entries[*n as usize];
            let outcome = self.entry(*n as usize, entry, buffer);
            tick();
            let is_told = !outcome.faults.is_empty() || !outcome.wanted.is_empty();
            (is_told || outcome.reason.is_some()).then_some((entry, outcome))
        })
    }

    /// Brings one entry to the stage.
    fn entry(&self, n: usize, entry: &'r Entry, buffer: &mut Vec<u8>) -> Outcome {
        let mut outcome = Outcome::default();
        if matches!(entry.what, What::Manifest | What::SearchIndex) {
            // These are written by themselves, when all others are.
            let is_index = entry.what == What::SearchIndex;
            let reason = if is_index { Reason::Index } else { Reason::Always };
            outcome.reason = self.is_explained(n).then_some(reason);
        } else if let Err(fault) = self.bring(n, entry, buffer, &mut outcome) {
            outcome.faults.push(fault);
        }
        outcome
    }

    /// Whether it was asked why the entry at this place was made again or not.
    fn is_explained(&self, n: usize) -> bool {
        self.earlier.explained == Some(n)
    }

    /// Keeps what stands at an entry if it is what would be made, else makes it.
    fn bring(
        &self,
        n: usize,
        entry: &'r Entry,
        buffer: &mut Vec<u8>,
        outcome: &mut Outcome,
    ) -> Result<(), Diagnostic> {
        let path = entry.address.output_path();
        let making = self.maker.prepare(entry, outcome);
        let mut fingerprint = self.fingerprint(entry, &making);
        let known = self.known.made.get(n).and_then(Option::as_deref);
        let reason = match known {
            _ if !outcome.faults.is_empty() => Reason::Faulty,
            None => self.unknown.clone(),
            Some(known) => {
                fingerprint.links = hash_links(self.maker.site, entry, &known.links);
                let changes = known.fingerprint.changes_to(&fingerprint);
                if !changes.is_empty() {
                    Reason::Changed(changes)
                } else if self.stage.keep(&path, &known.stamp)? {
                    Reason::Same
                } else {
                    Reason::Replaced
                }
            }
        };
        let is_explained = self.is_explained(n);
        if reason == Reason::Same {
            outcome.reason = is_explained.then_some(reason);
            return Ok(());
        }
        // A file that has just changed may change again with the same stamp.
        let is_settled = |cache: &&Cache| match &entry.what {
            What::File(file) => {
                let stamp = self.maker.site.folder.stamp(file);
                stamp.is_some_and(|stamp| cache.is_settled(&stamp))
            }
            _ => true,
        };
        let cache = self.earlier.cache.filter(is_settled);
        let stamp = self.make(&path, making, buffer, outcome)?;
        let links = std::mem::take(&mut outcome.links);
        let is_faulty = !outcome.faults.is_empty();
        outcome.reason =
            is_explained.then_some(if is_faulty { Reason::Faulty } else { reason });
        if let Some(cache) = cache.filter(|_| !is_faulty) {
            fingerprint.links = hash_links(self.maker.site, entry, &links);
            let made = Made { fingerprint, stamp, links };
            if outcome.wanted.is_empty() {
                cache.remember(&entry.address, &made);
            } else {
                outcome.made = Some(made);
            }
        }
        Ok(())
    }

    /// What something is made of, but for where its links lead.
    fn fingerprint(&self, entry: &Entry, making: &Making<'_>) -> Fingerprint {
        let common = self.common(entry.language);
        match making {
            Making::Page(draft) => draft.fingerprint(self),
            Making::Feed(feed) => {
                Fingerprint { page: feed.hash(), text: feed.hash_texts(), ..common }
            }
            Making::Sitemap(sitemap) => {
                Fingerprint { page: sitemap.hash(self.maker.site, self.items), ..common }
            }
            Making::Bytes(bytes) => {
                Fingerprint { text: Digest::of(bytes).short(), ..Fingerprint::default() }
            }
            // A copy depends on nothing but the file.
            Making::Copy(_) => match &entry.what {
                What::File(file) => {
                    let text = draft::hash(&self.maker.site.folder.stamp(file));
                    Fingerprint { text, ..Fingerprint::default() }
                }
                _ => Fingerprint::default(),
            },
        }
    }

    /// Makes something and stages it.
    fn make(
        &self,
        path: &str,
        making: Making<'_>,
        buffer: &mut Vec<u8>,
        outcome: &mut Outcome,
    ) -> Result<Stamp, Diagnostic> {
        match making {
            Making::Copy(from) => self.stage.copy(path, &from),
            making => {
                self.maker.fill(making, buffer, outcome)?;
                self.stage.write(path, buffer)
            }
        }
    }

    /// What goes into every page of a language.
    fn common(&self, language: LanguageId) -> Fingerprint {
        let site = self.maker.kit.shared[usize::from(language.0)].hash;
        Fingerprint {
            templates: self.earlier.templates,
            settings: self.earlier.settings ^ site,
            ..Fingerprint::default()
        }
    }

    /// The hash of what a page of a list shows of its works.
    fn hash_list(&self, viewer: &Viewer<'_>, of: ListOf, part: &Part) -> u64 {
        let works = self.maker.site.plan.works(of, self.maker.site.archive);
        let language = viewer.language();
        let slice = works.slice(&part.range);
        let numbers = [works.len() as u64, part.number.map_or(0, u64::from)];
        let items = slice.iter().map(|work| self.items.hash(language, *work));
        let numbers = numbers.into_iter().chain([u64::from(part.n_numbered)]);
        let bytes: Vec<u8> = numbers.chain(items).flat_map(u64::to_le_bytes).collect();
        Digest::of(&bytes).short()
    }
}

/// The hash of where links lead, and of the texts that hold the headings
/// that they want; 0 if there are none.
fn hash_links(site: &Site<'_>, entry: &Entry, links: &[Links]) -> u64 {
    if links.is_empty() {
        return 0;
    }
    let mut bytes = Vec::new();
    for text in links {
        let file: Arc<str> = Arc::from(&*text.file);
        let linker = match &entry.what {
            What::Feed(_) => Linker::whole(site.config, &entry.address),
            _ => Linker::new(site.config, &entry.address),
        };
        let mut resolver = site.resolver(linker, &file);
        for (destination, is_image) in &text.uses {
            let span = Span::default();
            let link = LinkUse { destination, is_image: *is_image, span };
            match resolver.resolve(&link) {
                Target::Address(href) => bytes.extend(href.bytes()),
                Target::Picture(href, (width, height)) => {
                    bytes.extend(href.bytes());
                    bytes
                        .extend([width, height].into_iter().flat_map(usize::to_le_bytes));
                }
                Target::AsIs => bytes.push(1),
                Target::Refused => bytes.push(2),
            }
            bytes.push(0);
        }
        for wanted in resolver.wanted {
            let shown = anchors::shown(site, &wanted.file);
            bytes.extend(shown.unwrap_or_default().digest.bytes());
        }
    }
    Digest::of(&bytes).short()
}
