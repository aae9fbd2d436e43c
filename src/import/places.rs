//! Where each piece goes: the path of its file, and whether links can lead to
//! it.
//!
//! Paths are decided for all pieces before any is written, from their outlines
//! alone, in the order of the source. A piece that an earlier run wrote keeps
//! its path. No two pieces share a path or an address, also where disks do not
//! tell capital letters.

use std::collections::BTreeSet;

use crate::address::{Address, PermalinkParts};
use crate::config::{Config, LanguageId};
use crate::content::path_in;
use crate::date::Date;
use crate::hash::{FixedMap, FixedSet, of};
use crate::import::book::Book;
use crate::import::piece::{Outline, Sort, Visibility};
use crate::import::register::Register;
use crate::slug::{for_title, from_stem, is_device, slugify};

/// The folder beside `content/` for what is not public; no build reads it.
pub(super) const HELD: &str = "held";

/// The longest stem of a file's name, in bytes: with a number behind it, it is
/// not cut in an address.
const LONGEST_STEM: usize = 80;

/// The longest folder of a page below others, in bytes.
const LONGEST_FOLDER: usize = 200;

/// Where all pieces of an import go.
#[derive(Default)]
pub(super) struct Places {
    /// The places, in the order in which the source tells the pieces.
    list: Vec<Place>,
    /// The place of each key, by its hash.
    by_key: FixedMap<u64, u32>,
    /// The paths and addresses that are taken, by their hashes.
    taken: FixedSet<u64>,
    /// The files that stand in the site, by the hashes of their paths.
    present: FixedSet<u64>,
    /// The last number that was given to a stem, by the hash of its path.
    numbers: FixedMap<u64, u32>,
    /// How often each key was told, by its hash.
    keys: FixedMap<u64, u32>,
    /// Pages below others, which get their places when those have them.
    waiting: Vec<(u32, Outline)>,
    /// The addresses by which pieces link to each other.
    book: Book,
}

/// Where a piece goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The file, as a path from the site's folder, as it stands when the piece
    /// is public: under `content/`.
    pub(super) file: Box<str>,
    /// Whether it is held back, so that its file stands under `held/`.
    pub(super) is_held: bool,
    /// Which of the pieces of its name it is; only the first has the name alone.
    pub(super) number: u32,
    /// Whether its file was moved or taken away by a person.
    pub(super) is_gone: bool,
    /// The language of its file.
    pub(super) language: LanguageId,
    /// The hash of the address of its page; 0 if it has none.
    address: u64,
}

impl Place {
    /// A place for a piece of which no outline was told.
    pub(super) fn nowhere() -> Self {
        Self {
            file: "content/undated/untold.md".into(),
            is_held: true,
            number: 2,
            is_gone: false,
            language: LanguageId::DEFAULT,
            address: 0,
        }
    }

    /// The path at which the file is written.
    pub(super) fn written(&self) -> String {
        match self.file.strip_prefix("content/") {
            Some(rest) if self.is_held => format!("{HELD}/{rest}"),
            _ => self.file.to_string(),
        }
    }

    /// Whether its page stands at this address.
    pub(super) fn is_at(&self, address: &Address) -> bool {
        self.address == of(address.case_key().to_lowercase().as_str())
    }
}

impl Places {
    /// Takes a path or an address, unless it is taken.
    fn take(&mut self, what: &str) -> bool {
        self.taken.insert(of(what.to_lowercase().as_str()))
    }

    /// Takes note of a file that an earlier run wrote and that is there.
    pub(super) fn find_there(&mut self, file: &str) {
        self.present.insert(of(file));
    }

    /// Takes note of a file that stands in the site already.
    pub(super) fn occupy(&mut self, file: &str, config: &Config) {
        self.take(&key_of(file, config));
    }

    /// Takes an address for a redirect or a page of the site; whether it was free.
    pub(super) fn reserve(&mut self, address: &Address) -> bool {
        self.take(&address.case_key())
    }

    /// Takes note of the next piece, and decides its place unless that depends on
    /// another's.
    pub(super) fn add(
        &mut self,
        mut outline: Outline,
        config: &Config,
        register: &Register,
    ) {
        outline.key = unique(outline.key, &mut self.keys);
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.book.add(&outline.addresses, number);
        self.by_key.entry(of(outline.key.as_str())).or_insert(number);
        if outline.parent.is_some() || outline.translation_of.is_some() {
            self.list.push(Place::nowhere());
            self.waiting.push((number, outline));
        } else {
            let place = self.place(&outline, config, register);
            self.list.push(place);
        }
    }

    /// Decides the places that depend on others'. Nothing is added after it.
    pub(super) fn close(&mut self, config: &Config, register: &Register) {
        self.book.close();
        let mut waiting = std::mem::take(&mut self.waiting);
        while !waiting.is_empty() {
            let open: BTreeSet<u32> = waiting.iter().map(|(number, _)| *number).collect();
            let waits = |key: Option<&String>| {
                key.and_then(|key| self.by_key.get(&of(key.as_str())))
                    .is_some_and(|number| open.contains(number))
            };
            let (later, mut now): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|(_, outline)| {
                    waits(outline.parent.as_ref())
                        || waits(outline.translation_of.as_ref())
                });
            waiting = later;
            if now.is_empty() {
                // They wait for each other.
                now = std::mem::take(&mut waiting);
            }
            for (number, outline) in now {
                let place = self.place(&outline, config, register);
                if let Some(own) = self.list.get_mut(number as usize) {
                    *own = place;
                }
            }
        }
    }

    /// Decides the place of a piece.
    fn place(
        &mut self,
        outline: &Outline,
        config: &Config,
        register: &Register,
    ) -> Place {
        let language = outline.language.as_deref().and_then(|tag| config.language(tag));
        let language = language.unwrap_or(LanguageId::DEFAULT);
        let is_held = outline.visibility != Visibility::Public;
        let is_page = outline.sort == Sort::Page;
        // What became of another sort at the source needs another place.
        let before = register.get(&outline.key).filter(|entry| {
            let below = entry.file.split_once('/').map_or("", |(_, below)| below);
            below.starts_with("pages/") == is_page
        });
        let place = match before {
            Some(entry) => {
                let is_gone = !self.present.contains(&of(&*entry.file));
                let place = self.as_before(&entry.file, outline, (config, language));
                Place { is_gone, ..place }
            }
            None => self.anew(outline, language, config),
        };
        Place { is_held, ..place }
    }

    /// The place that an earlier run gave.
    fn as_before(
        &mut self,
        file: &str,
        outline: &Outline,
        (config, language): (&Config, LanguageId),
    ) -> Place {
        let file: Box<str> = match file.strip_prefix("held/") {
            Some(rest) => format!("content/{rest}").into(),
            None => file.into(),
        };
        let path = key_of(&file, config);
        self.take(&path);
        let address = address_of(&path, outline.sort, outline.date, (config, language));
        let address = self.take_address(address);
        Place { file, is_held: false, number: 1, is_gone: false, language, address }
    }

    /// Takes the address of a page; its hash.
    fn take_address(&mut self, address: Option<Address>) -> u64 {
        let Some(address) = address.map(|address| address.case_key()) else { return 0 };
        self.take(&address);
        of(address.to_lowercase().as_str())
    }

    /// A place of its own.
    fn anew(
        &mut self,
        outline: &Outline,
        language: LanguageId,
        config: &Config,
    ) -> Place {
        let folder = self.folder_of(outline);
        let stem = stem_of(outline);
        if let Some(place) = self.beside_original(outline, language, config) {
            return place;
        }
        let numbered = of(format!("{folder}/{stem}").as_str());
        let mut n = self.numbers.get(&numbered).copied().unwrap_or(0);
        loop {
            let stem = if n == 0 { stem.clone() } else { format!("{stem}-{}", n + 1) };
            let path = format!("{folder}/{stem}");
            let address =
                address_of(&path, outline.sort, outline.date, (config, language));
            n += 1;
            self.numbers.insert(numbered, n);
            // A translation may stand beside its original; two pieces of one
            // name must not look like translations of each other.
            if self.is_free(&path, address.as_ref()) {
                self.take(&path);
                let address = self.take_address(address);
                let file = path_in(&path, language, config).as_ref().into();
                let number = n;
                return Place {
                    file,
                    is_held: false,
                    number,
                    is_gone: false,
                    language,
                    address,
                };
            }
        }
    }

    /// The place of a translation that is called like its original: beside it.
    fn beside_original(
        &mut self,
        outline: &Outline,
        language: LanguageId,
        config: &Config,
    ) -> Option<Place> {
        let original = self.at(self.number_of(outline.translation_of.as_ref()?)?)?;
        let path = key_of(&original.file, config);
        let is_called_like_it = path.rsplit('/').next()? == stem_of(outline);
        if original.language == language || !is_called_like_it {
            return None;
        }
        let file: Box<str> = path_in(&path, language, config).as_ref().into();
        if !self.take(&format!("{file} as a translation")) {
            return None;
        }
        let address = address_of(&path, outline.sort, outline.date, (config, language));
        let address = self.take_address(address);
        Some(Place { file, is_held: false, number: 1, is_gone: false, language, address })
    }

    /// Whether a path and the address of its page are free.
    fn is_free(&self, path: &str, address: Option<&Address>) -> bool {
        let is_taken =
            |what: &str| self.taken.contains(&of(what.to_lowercase().as_str()));
        !is_taken(path) && !address.is_some_and(|address| is_taken(&address.case_key()))
    }

    /// The folder of a piece: the year of an article, the parent of a page.
    fn folder_of(&self, outline: &Outline) -> String {
        match (outline.sort, &outline.parent) {
            (Sort::Page, Some(parent)) => {
                let parent = self.by_key.get(&of(parent.as_str()));
                let parent = parent.and_then(|&at| self.list.get(at as usize));
                let above = parent.filter(|place| place.language == LanguageId::DEFAULT);
                let above = above.and_then(|place| place.file.strip_suffix(".md"));
                let above = above.filter(|above| {
                    above.starts_with("content/pages/") && above.len() < LONGEST_FOLDER
                });
                above.unwrap_or("content/pages").to_owned()
            }
            (Sort::Page, None) => "content/pages".to_owned(),
            (Sort::Article, _) => match &outline.date {
                Some(date) => format!("content/{}", date.year()),
                None => "content/undated".to_owned(),
            },
        }
    }

    /// The place of the piece that the source tells as this number.
    pub(super) fn at(&self, number: usize) -> Option<&Place> {
        self.list.get(number)
    }

    /// Whether a piece was told whose key has this hash.
    pub(super) fn has_key(&self, hash: u64) -> bool {
        self.by_key.contains_key(&hash)
    }

    /// Whether the piece of a key was told as this number.
    pub(super) fn is_key_at(&self, key: &str, number: usize) -> bool {
        self.by_key.get(&of(key)).is_some_and(|&at| at as usize == number)
    }

    /// The number of the piece of a key.
    pub(super) fn number_of(&self, key: &str) -> Option<usize> {
        self.by_key.get(&of(key)).map(|&at| at as usize)
    }

    /// The place that an address of the source leads to.
    pub(super) fn find(&self, address: &str) -> Option<&Place> {
        self.book.find(address).and_then(|number| self.at(number as usize))
    }
}

/// What two files of one piece share: the path without language and ending.
fn key_of(file: &str, config: &Config) -> String {
    let file = match file.strip_prefix("held/") {
        Some(rest) => format!("content/{rest}"),
        None => file.to_owned(),
    };
    let stem = file.strip_suffix(".md").unwrap_or(&file);
    let tag = config.languages.iter().skip(1).find_map(|language| {
        stem.strip_suffix(language.tag.as_str()).and_then(|stem| stem.strip_suffix('.'))
    });
    tag.unwrap_or(stem).to_lowercase()
}

/// The stem of a piece's file: what the source calls it in addresses, else its
/// title.
fn stem_of(outline: &Outline) -> String {
    let last = outline.slug.trim_matches('/').rsplit('/').next().unwrap_or_default();
    let stem = match slugify(last) {
        empty if empty.is_empty() => for_title(&outline.title),
        stem => stem,
    };
    let stem = shortened(&stem);
    match stem.as_str() {
        "" => match outline.sort {
            Sort::Article => "untitled".to_owned(),
            Sort::Page => "page".to_owned(),
        },
        // A file of that name would make everything in its folder its own.
        "index" => "index-1".to_owned(),
        // A page of that name would stand where a year does.
        year if outline.sort == Sort::Page && is_year(year) => format!("page-{year}"),
        device if is_device(device) => format!("{device}-1"),
        // A date at the beginning would be taken off, and a tag at the end for
        // a language.
        _ => stem.replace('.', "-"),
    }
}

/// Whether a name is that of a year.
fn is_year(name: &str) -> bool {
    name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// A key that no other piece has: one that is told again gets a number.
pub(super) fn unique(key: String, told: &mut FixedMap<u64, u32>) -> String {
    let n = told.entry(of(key.as_str())).or_insert(0);
    *n += 1;
    if *n == 1 { key } else { format!("{key}#{n}") }
}

/// A stem that is not too long, cut at a hyphen if there is one.
fn shortened(stem: &str) -> String {
    if stem.len() <= LONGEST_STEM {
        return stem.to_owned();
    }
    let end = (0..=LONGEST_STEM).rev().find(|&at| stem.is_char_boundary(at));
    let head = stem.get(..end.unwrap_or(0)).unwrap_or_default();
    let cut = head.rsplit_once('-').map(|(head, _)| head).filter(|head| !head.is_empty());
    cut.unwrap_or(head).trim_end_matches('-').to_owned()
}

/// The address at which the page of a piece stands, from its path without
/// language and ending.
fn address_of(
    path: &str,
    sort: Sort,
    date: Option<Date>,
    (config, language): (&Config, LanguageId),
) -> Option<Address> {
    let language = config.language_of(language);
    match sort {
        Sort::Page => {
            let name = path.strip_prefix("content/pages/")?;
            Address::parse(&format!("{}{name}/", language.root.as_str())).ok()
        }
        Sort::Article => {
            let stem = path.rsplit('/').next()?;
            let parts = PermalinkParts {
                year: date.map(|date| date.year()),
                month: date.and_then(|date| date.month()),
                day: date.and_then(|date| date.day()),
                slug: &slugify(from_stem(stem)),
                language: language.tag.as_str(),
                kind: None,
            };
            let root = if config.permalink.names_language() {
                Address::root()
            } else {
                language.root.clone()
            };
            config.permalink.fill(&root, &parts).ok()
        }
    }
}

/// The address at which the page of a piece stands once it is public.
pub(super) fn address(
    place: &Place,
    sort: Sort,
    date: Option<Date>,
    config: &Config,
) -> Option<Address> {
    address_of(&key_of(&place.file, config), sort, date, (config, place.language))
}
