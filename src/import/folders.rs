//! Reads folders of Markdown that were made for a generator of sites: Hugo,
//! Jekyll, Zola, Eleventy, Hexo, Pelican, Nikola; and the JSON that Ghost
//! exports.
//!
//! It decides which files are pieces, what their keys say, at which address
//! each of them stood, and what the tags of their texts become. It opens no
//! file: who calls it implements [`Files`].
//!
//! Addresses have two forms. If the address of the site is known, pages and
//! files are named by `https://host/path/`; if not, by `source:///` and the
//! path of their file in the folder. The texts, [`Outline::addresses`] and
//! [`Asset::addresses`] use the same forms, and these hold the second form in
//! either case. Redirects are paths from the root of the host on, the path of
//! `base_url` or `baseurl` among them.
//!
//! Every file of the folder is told once: as a piece, as skipped or lost, or in
//! [`FolderSource::files`].

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::date::{Moment, Zone};
use crate::import::piece::{
    About, Body, Item, Note, Origin, Outline, Piece, Refused, Skipped, Sort, Source,
    Visibility,
};
use crate::json::Value;

mod body;
mod data;
mod dates;
mod eleventy;
mod facts;
mod front_matter;
mod generator;
pub mod ghost;
mod hexo;
mod hugo;
mod jekyll;
mod links;
mod nikola;
mod paths;
mod pelican;
mod permalinks;
mod python;
mod rules;
mod settings;
mod shortcodes;
mod tags;
#[cfg(test)]
mod tests;
mod yaml;
mod zola;

pub use generator::{ALL as GENERATORS, Generator};
pub use rules::Files;

use data::{Data, Table};
use front_matter::Front;
use links::{Base, From, Links};
use rules::{Class, Place, Rules, Settings, Site};
use yaml::Fault;

/// What a caller says of a folder.
pub struct Options {
    /// The generator, if it is not to be found out.
    pub from: Option<Generator>,
    /// The address of the site, if the settings do not say it.
    pub address: Option<String>,
    /// The moment of the import.
    pub now: Moment,
    /// The zone in which dates without an offset count.
    pub zone: Zone,
    /// Whether each piece's file is kept as it is, unless its keys hold what is
    /// private.
    pub keep_source: bool,
}

/// A file that is no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its path in the folder.
    pub path: String,
    /// The addresses by which texts may name it.
    pub addresses: Vec<String>,
    /// Whether a text or a key of those read so far names it.
    pub is_named: bool,
}

/// A folder as a source of pieces.
pub struct FolderSource {
    /// The folder, as it was given.
    folder: Arc<str>,
    /// The files and what is known of the site.
    site: Rc<Site>,
    /// The generator.
    generator: Generator,
    /// Its rules.
    rules: Box<dyn Rules>,
    /// What is known of all files.
    index: Index,
    /// What an editor should know of the folder as a whole.
    notes: Vec<Note>,
    /// Whether each piece's file is kept.
    keeps_source: bool,
}

/// What is known of all files.
#[derive(Default)]
struct Index {
    /// The pages, and what is left out, in the order of their paths.
    entries: Vec<Entry>,
    /// Where links lead.
    links: Links,
    /// The files that are no pages, and their addresses below the site's.
    files: Vec<(String, String)>,
}

/// One file that is told.
struct Entry {
    /// Its path.
    path: String,
    /// What becomes of it.
    state: State,
}

/// What becomes of a file.
enum State {
    /// It is a piece.
    Piece(Box<Known>),
    /// It is left out.
    Skipped(String, String),
    /// It cannot be read.
    Lost(Fault),
}

/// What is known of a piece before it is read.
struct Known {
    /// Its outline.
    outline: Outline,
    /// Its address below the site's.
    address: Option<String>,
    /// What its translations have in common with it.
    group: Option<String>,
    /// The key of the piece that it is a translation of.
    translation_of: Option<String>,
}

/// A file in its parts.
struct Loaded {
    /// The keys that the rules left.
    keys: Table,
    /// Where it stood.
    place: Place,
    /// What the keys say.
    read: facts::Read,
    /// The text.
    body: String,
    /// The line at which the text begins.
    line: u64,
    /// Whether its encoding was guessed.
    is_guess: bool,
    /// Whether its keys hold what is private.
    is_private: bool,
}

impl FolderSource {
    /// A folder with these files.
    pub fn new(
        folder: &str,
        files: Box<dyn Files>,
        options: Options,
    ) -> Result<Self, Refused> {
        let folder: Arc<str> = folder.into();
        let keeps_source = options.keep_source;
        let paths: BTreeSet<String> = files.list().into_iter().collect();
        let settings = Settings::default();
        let mut site =
            Site { files, paths, now: options.now, zone: options.zone, settings };
        let (generator, why) = match options.from {
            Some(own) => (own, "as asked".to_owned()),
            None => generator::find(&site, &folder)?,
        };
        let table = settings_of(generator, &site);
        let base = learn(generator, &table, &mut site, options.address.as_deref());
        let text = format!("read as a folder of {}: {why}", generator.name());
        let mut notes = vec![Note { about: About::Decision, text, line: 0, rule: None }];
        notes.extend(notes_of(&site, &base));
        let site = Rc::new(site);
        let rules = rules_of(generator, &site, table);
        let index = Index { links: Links::new(base), ..Index::default() };
        let mut own = Self { folder, site, generator, rules, index, notes, keeps_source };
        own.build();
        Ok(own)
    }

    /// Which generator the folder is for.
    pub fn generator(&self) -> Generator {
        self.generator
    }

    /// What an editor should know of the folder as a whole.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The files that are no pages. Which of them are named is known when all
    /// pieces are read.
    pub fn files(&self) -> Vec<Asset> {
        let named = self.index.links.named();
        let asset = |(path, address): &(String, String)| {
            let mut addresses = vec![links::source_key(path)];
            addresses.extend(self.index.links.base.whole(address));
            addresses.reverse();
            Asset { is_named: named.contains(path), path: path.clone(), addresses }
        };
        self.index.files.iter().map(asset).collect()
    }

    /// Looks at every file once.
    fn build(&mut self) {
        let mut beside = Vec::new();
        let site = Rc::clone(&self.site);
        for path in &site.paths {
            let state = match self.rules.class(path) {
                Class::Content => self.survey_page(path),
                Class::File(address) => {
                    self.index.files.push((path.clone(), address));
                    continue;
                }
                Class::Beside => {
                    beside.push(path.clone());
                    continue;
                }
                Class::Works(why) | Class::Refused(why) => {
                    State::Skipped(String::new(), why.to_owned())
                }
            };
            self.index.entries.push(Entry { path: path.clone(), state });
        }
        for path in beside {
            let address = self.beside(&path);
            self.index.files.push((path, address));
        }
        self.index.files.sort();
        for (path, address) in &self.index.files {
            self.index.links.file(path, address);
        }
        self.relate();
    }

    /// Looks at a page for the first time.
    fn survey_page(&mut self, path: &str) -> State {
        let loaded = match self.load(path) {
            Ok(loaded) => loaded,
            Err(fault) => return State::Lost(fault),
        };
        let Loaded { place, read, .. } = loaded;
        let title = read.facts.title;
        if let Some(why) = place.skip {
            return State::Skipped(title, why);
        }
        let links = &mut self.index.links;
        links.page(path, place.address.as_deref(), &place.slug);
        let mut addresses: Vec<String> = Vec::new();
        let whole = place.address.iter().chain(&place.aliases);
        addresses.extend(whole.filter_map(|address| links.base.whole(address)));
        addresses.push(links::source_key(path));
        for alias in &place.aliases {
            links.alias(path, alias);
        }
        let outline = Outline {
            key: path.to_owned(),
            sort: place.sort,
            visibility: place.held.map_or(Visibility::Public, Visibility::Held),
            title,
            slug: place.slug,
            date: read.facts.date,
            language: read.facts.language,
            parent: None,
            translation_of: None,
            addresses,
        };
        let (address, group) = (place.address, place.group);
        State::Piece(Box::new(Known { outline, address, group, translation_of: None }))
    }

    /// The address of a file that stands beside a page.
    fn beside(&self, path: &str) -> String {
        let mut folder = paths::parent(path);
        while !folder.is_empty() {
            let owners = [
                format!("{folder}/index.md"),
                format!("{folder}/index.html"),
                format!("{folder}/_index.md"),
                format!("{folder}.md"),
            ];
            let address =
                owners.iter().find_map(|owner| self.known(owner)?.address.as_deref());
            if let Some(address) = address {
                let rest = paths::below(path, folder).unwrap_or_default();
                let address =
                    if address.ends_with('/') { address } else { paths::parent(address) };
                return paths::rooted(&format!("{address}/{rest}"));
            }
            folder = paths::parent(folder);
        }
        let inner = paths::below(path, self.rules.root()).unwrap_or(path);
        format!("/{inner}")
    }

    /// What is known of a piece.
    fn known(&self, path: &str) -> Option<&Known> {
        let entries = &self.index.entries;
        let at = entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()?;
        match &entries.get(at)?.state {
            State::Piece(known) => Some(known),
            _ => None,
        }
    }

    /// Finds which pages are translations of which, and which stand below which.
    fn relate(&mut self) {
        let default = self.site.settings.language.clone();
        let mut originals: BTreeMap<String, (String, Option<String>)> = BTreeMap::new();
        let mut pages: BTreeMap<String, String> = BTreeMap::new();
        for known in self.index.entries.iter().filter_map(Entry::known) {
            let own = (known.outline.key.clone(), known.outline.language.clone());
            if let (Sort::Page, Some(address)) = (known.outline.sort, &known.address) {
                pages.entry(address.clone()).or_insert_with(|| own.0.clone());
            }
            let Some(group) = &known.group else { continue };
            let is_default = default.is_some() && own.1 == default;
            match originals.get(group) {
                Some((_, language)) if !is_default || *language == default => {}
                _ => drop(originals.insert(group.clone(), own)),
            }
        }
        for entry in &mut self.index.entries {
            let State::Piece(known) = &mut entry.state else { continue };
            let original = known.group.as_ref().and_then(|group| originals.get(group));
            let original = original.filter(|(key, language)| {
                *key != known.outline.key && *language != known.outline.language
            });
            known.translation_of = original.map(|(key, _)| key.clone());
            if known.outline.sort == Sort::Page {
                let address =
                    known.address.as_deref().unwrap_or_default().trim_end_matches('/');
                let above = format!("{}/", paths::parent(address));
                known.outline.parent =
                    pages.get(&above).filter(|_| above != "/").cloned();
            }
        }
    }

    /// Reads a file in its parts.
    fn load(&self, path: &str) -> Result<Loaded, Fault> {
        let bytes =
            self.site.files.read(path).ok_or_else(|| Fault::new(0, "cannot be read"))?;
        let (text, is_guess) = rules::decode(&bytes);
        let Front { mut keys, body, line, .. } = self.rules.front(path, &text)?;
        let (is_private, held) = (facts::holds_private(&keys), facts::held(&keys));
        let mut place = self.rules.place(path, &mut keys, &body);
        place.held = place.held.or_else(|| held.map(str::to_owned));
        let read = facts::read(&keys, &place, &*self.rules);
        let mut loaded = Loaded { keys, place, read, body, line, is_guess, is_private };
        let title =
            loaded.read.facts.title.is_empty().then(|| heading(&loaded.body)).flatten();
        if let Some((title, ..)) = title {
            loaded.read.facts.title = title;
        }
        Ok(loaded)
    }

    /// Makes a piece of a file.
    fn piece(&self, path: &str, known: &Known) -> Result<Piece, Fault> {
        let loaded = self.load(path)?;
        let from = From {
            path,
            address: known.address.as_deref(),
            dialect: self.rules.dialect(),
            root: self.rules.root(),
        };
        let context = shortcodes::Context {
            from,
            links: &self.index.links,
            keys: &loaded.keys,
            line: loaded.line,
        };
        let Loaded { place, read, body: source, is_guess, is_private, .. } = &loaded;
        let mut piece = Piece {
            notes: read.notes.clone(),
            terms: read.terms.clone(),
            ..Piece::default()
        };
        piece.facts = read.facts.clone();
        let titled =
            loaded.keys.scalar("title").or_else(|| loaded.keys.scalar("headline"));
        let (source, moved) = match heading(source).filter(|_| titled.is_none()) {
            Some((_, range)) => (
                source.get(range.end..).unwrap_or_default(),
                source.get(range).unwrap_or_default(),
            ),
            None => (source.as_str(), ""),
        };
        read_body(source, &context, &mut piece);
        piece.account.read(moved);
        piece.account.move_to("title", moved);
        if *is_guess {
            let text = "is not UTF-8 and was read as Windows-1252".to_owned();
            piece.notes.push(Note { about: About::Encoding, text, line: 0, rule: None });
        }
        self.placed(&mut piece, place, known, from);
        if self.keeps_source && !is_private {
            let ending = if paths::ending(path) == "md" { "md" } else { "txt" };
            piece.kept = self.site.files.read(path).map(|bytes| (ending, bytes));
        }
        Ok(piece)
    }

    /// Says where a piece comes from and where it stood.
    fn placed(&self, piece: &mut Piece, place: &Place, known: &Known, from: From<'_>) {
        let base = &self.index.links.base;
        let is_page = known.outline.sort == Sort::Page;
        let status = match &known.outline.visibility {
            Visibility::Held(why) => why.clone(),
            Visibility::Public => String::new(),
        };
        piece.origin = Origin {
            key: from.path.to_owned(),
            kind: if is_page { "page" } else { "post" }.to_owned(),
            status,
            file: from.path.into(),
            line: 1,
        };
        piece.sort = known.outline.sort;
        piece.visibility = known.outline.visibility.clone();
        piece.facts.translation_of.clone_from(&known.translation_of);
        if let Some(image) = &mut piece.facts.image {
            image.src = self.image(&image.src, from);
        }
        if known.outline.visibility != Visibility::Public {
            return;
        }
        let whole = place.address.as_deref().and_then(|address| base.whole(address));
        if let Some(whole) = &whole {
            piece.facts.provenance.insert("url".to_owned(), Value::String(whole.clone()));
        }
        piece.facts.original_url = piece.facts.original_url.take().or(whole);
        for address in place.address.iter().chain(&place.aliases) {
            let path = format!("{}{address}", base.path);
            if !piece.facts.redirects.contains(&path) && path != "/" {
                piece.facts.redirects.push(path);
            }
        }
    }

    /// The whole form of a lead image, which themes look for at the root too.
    fn image(&self, src: &str, from: From<'_>) -> String {
        let links = &self.index.links;
        match links.lead(src, from) {
            links::Lead::AsIs => src.to_owned(),
            links::Lead::Known(whole) => whole,
            links::Lead::Unknown(_) => {
                body::address(&format!("/{}", src.trim_start_matches('/')), links, from)
            }
        }
    }

    /// The folder, as it was given.
    pub fn folder(&self) -> &Arc<str> {
        &self.folder
    }
}

impl Entry {
    /// What is known of it, if it is a piece.
    fn known(&self) -> Option<&Known> {
        match &self.state {
            State::Piece(known) => Some(known),
            _ => None,
        }
    }
}

impl Source for FolderSource {
    fn system(&self) -> &'static str {
        self.generator.name()
    }

    fn survey(&mut self, tell: &mut dyn FnMut(Outline)) -> Result<(), Refused> {
        for known in self.index.entries.iter().filter_map(Entry::known) {
            tell(known.outline.clone());
        }
        Ok(())
    }

    fn read(&mut self, tell: &mut dyn FnMut(Item)) -> Result<(), Refused> {
        for entry in &self.index.entries {
            tell(match &entry.state {
                State::Piece(known) => match self.piece(&entry.path, known) {
                    Ok(piece) => Item::Piece(Box::new(piece)),
                    Err(fault) => {
                        Item::Lost(skipped(&entry.path, "", fault.message, fault.line))
                    }
                },
                State::Skipped(title, why) => {
                    Item::Skipped(skipped(&entry.path, title, why.clone(), 0))
                }
                State::Lost(fault) => {
                    let reason =
                        format!("its front matter cannot be read: {}", fault.message);
                    Item::Lost(skipped(&entry.path, "", reason, fault.line))
                }
            });
        }
        Ok(())
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks: Vec<_> =
            self.notes.iter().map(|note| note.text.clone()).collect();
        let files = self.files();
        if !files.is_empty() {
            let named = files.iter().filter(|file| file.is_named).count();
            remarks.push(format!(
                "Files that are no pages: {}; texts and keys name {named} of them.",
                files.len()
            ));
        }
        remarks
    }

    fn hosts(&self) -> Vec<String> {
        let origin = self.index.links.base.origin.as_deref().unwrap_or_default();
        let host = origin.split_once("://").map(|(_, host)| host.to_lowercase());
        host.map(|host| host.trim_start_matches("www.").to_owned()).into_iter().collect()
    }
}

/// What is told of a file that is no piece.
fn skipped(path: &str, title: &str, reason: String, line: u64) -> Skipped {
    let origin = Origin {
        key: path.to_owned(),
        kind: "file".to_owned(),
        status: String::new(),
        file: path.into(),
        line,
    };
    Skipped { origin, title: title.to_owned(), reason }
}

/// Reads the text of a piece.
fn read_body(source: &str, context: &shortcodes::Context<'_>, piece: &mut Piece) {
    let done = match paths::ending(context.from.path).as_str() {
        "html" | "htm" => body::html(source, context).map(Body::Html),
        _ => body::markdown(source, context).map(Body::Markdown),
    };
    piece.body = done.body;
    piece.account.take(&done.account);
    piece.notes.extend(done.notes);
}

/// A heading of the first level at the beginning of a text: its words, and
/// where it stands.
fn heading(text: &str) -> Option<(String, std::ops::Range<usize>)> {
    let start = text.len() - text.trim_start_matches(['\n', ' ']).len();
    let line = text.get(start..)?.split_inclusive('\n').next()?;
    let words = line.strip_prefix("# ")?.trim().trim_end_matches('#').trim();
    let is_plain = !words.is_empty() && !words.contains(['[', '`', '*', '<', '{', '_']);
    is_plain.then(|| (words.to_owned(), 0..start + line.len()))
}

/// Reads the settings of a generator.
fn settings_of(generator: Generator, site: &Site) -> Table {
    match generator {
        Generator::Hugo => hugo::settings_of(site),
        Generator::Jekyll => jekyll::settings_of(site),
        Generator::Zola => zola::settings_of(site),
        Generator::Eleventy => eleventy::settings_of(site),
        Generator::Hexo => hexo::settings_of(site),
        Generator::Pelican => pelican::settings_of(site),
        Generator::Nikola => nikola::settings_of(site),
    }
}

/// The rules of a generator.
fn rules_of(generator: Generator, site: &Rc<Site>, table: Table) -> Box<dyn Rules> {
    let site = Rc::clone(site);
    match generator {
        Generator::Hugo => Box::new(hugo::Hugo::new(site, table)),
        Generator::Jekyll => Box::new(jekyll::Jekyll::new(site, table)),
        Generator::Zola => Box::new(zola::Zola::new(site, table)),
        Generator::Eleventy => Box::new(eleventy::Eleventy::new(site, &table)),
        Generator::Hexo => Box::new(hexo::Hexo::new(site, table)),
        Generator::Pelican => Box::new(pelican::Pelican::new(site, table)),
        Generator::Nikola => Box::new(nikola::Nikola::new(site, table)),
    }
}

/// Takes over what the settings say of the site, and gives its address.
fn learn(
    generator: Generator,
    table: &Table,
    site: &mut Site,
    asked: Option<&str>,
) -> Base {
    let [address, path, zone, language] = match generator {
        Generator::Hugo => ["baseURL", "", "timeZone", "defaultContentLanguage"],
        Generator::Jekyll => ["url", "baseurl", "timezone", "lang"],
        Generator::Zola => ["base_url", "", "", "default_language"],
        Generator::Eleventy => ["url", "pathPrefix", "", ""],
        Generator::Hexo => ["url", "root", "timezone", "language"],
        Generator::Pelican => ["SITEURL", "", "TIMEZONE", "DEFAULT_LANG"],
        Generator::Nikola => ["SITE_URL", "", "TIMEZONE", "DEFAULT_LANG"],
    }
    .map(|key| table.get(key).and_then(Data::scalar));
    site.set_zone(zone);
    let fallback = matches!(generator, Generator::Hugo | Generator::Zola).then_some("en");
    site.settings.language = language.or(fallback).map(str::to_owned);
    site.settings.address = asked.or(address).map(str::to_owned);
    Base::new(asked.or(address), path.filter(|_| asked.is_none()))
}

/// What an editor should know of a site.
fn notes_of(site: &Site, base: &Base) -> Vec<Note> {
    let mut texts = site.settings.notes.clone();
    if let Some(zone) = &site.settings.zone {
        texts.push(format!("dates without an offset are of the zone {zone}"));
    }
    match &base.origin {
        Some(origin) => texts.push(format!("the site stood at {origin}{}/", base.path)),
        None => texts
            .push("the settings do not say at which address the site stood".to_owned()),
    }
    let note = |text| Note { about: About::Decision, text, line: 0, rule: None };
    texts.into_iter().map(note).collect()
}
