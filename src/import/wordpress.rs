//! Reads WordPress exports (WXR, the WordPress eXtended RSS) of any version.
//!
//! An export is read three times: for what its items need of each other, for
//! their outlines, and for the pieces. Nothing of it is held but what `survey`
//! keeps. What an item becomes is decided in `fate`, what it says in `facts`,
//! and what its text is in `content`.

pub mod comments;
pub mod content;
mod dates;
mod element;
mod facts;
mod fate;
mod item;
mod kept;
pub mod library;
mod mend;
mod meta;
mod reader;
mod scan;
mod survey;
mod terms;
mod walk;

use std::cell::Cell;
use std::io::{self, Read as _};
use std::sync::Arc;

use crate::date::Date;
use crate::import::input::{Input, Part};
use crate::import::piece::{
    About, Item, Note, Origin, Outline, Refused, Skipped, Source, Term, Visibility,
};

use self::comments::{Comments, Counts};
use self::content::Choices;
use self::facts::Subject;
use self::fate::Fate;
use self::library::Library as _;
use self::reader::{Chunk, Reader};
use self::survey::{Index, Keyed, Keys};
use self::walk::{Found, Read, Walk};

/// How much of an export is looked at to find out whose it is, in bytes.
const BEGINNING: u64 = 64 * 1024;

/// How often the files are read; a progress is complete once as many bytes were
/// read as the files have, this many times.
pub const PASSES: u64 = 3;

/// What can be chosen.
#[derive(Clone, Default)]
pub struct Options<'o> {
    /// What is done with comments.
    pub comments: Comments,
    /// Whether the source of each item is kept.
    pub keep_source: bool,
    /// What is done with shortcodes.
    pub choices: Choices,
    /// Words that are put into texts.
    pub words: Words,
    /// Who is told how many bytes were read so far.
    pub progress: Option<&'o dyn Fn(u64)>,
}

/// Words that are put into texts, in the language of the archive.
#[derive(Clone, Debug)]
pub struct Words {
    /// The heading above the comments.
    pub comments: String,
}

impl Default for Words {
    fn default() -> Self {
        Self { comments: "Comments".to_owned() }
    }
}

/// What an export says of its site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The address of the site.
    pub base: String,
    /// Its title.
    pub title: String,
    /// Its language: a BCP 47 tag.
    pub language: Option<String>,
    /// When the export was made.
    pub exported: Option<Date>,
}

impl Site {
    /// The path of the site on its host, without a slash at its end.
    fn folder(&self) -> String {
        let path = facts::path_of(&self.base).unwrap_or_default();
        path.trim_end_matches('/').to_owned()
    }
}

/// What should be known of a file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The file, as given.
    pub file: Arc<str>,
    /// What was found.
    pub note: Note,
}

/// A WordPress export of one or more files.
pub struct WordPress<'o> {
    /// The files.
    input: Input<'o>,
    /// What was chosen.
    options: Options<'o>,
    /// What is known of all of it.
    index: Index,
    /// The sites, one for each part.
    sites: Vec<Site>,
    /// What was found in the files.
    remarks: Vec<Remark>,
    /// How many comments were read.
    counts: Counts,
    /// How many bytes were read.
    read: Cell<u64>,
    /// Whether the survey was made.
    is_surveyed: bool,
}

impl<'o> WordPress<'o> {
    /// The export in these files.
    pub fn new(input: Input<'o>, options: Options<'o>) -> Self {
        Self {
            input,
            options,
            index: Index::default(),
            sites: Vec::new(),
            remarks: Vec::new(),
            counts: Counts::default(),
            read: Cell::new(0),
            is_surveyed: false,
        }
    }

    /// The files.
    pub fn input(&self) -> &Input<'o> {
        &self.input
    }

    /// The sites of the parts, once the survey was made.
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }

    /// How many comments were read, once the pieces were.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The hosts of the sites, in small letters and without `www.`, and those
    /// that hold the files of sites of wordpress.com. Services that pass on the
    /// pictures of any site are not among them.
    pub fn own_hosts(&self) -> Vec<String> {
        let mut hosts: Vec<String> = Vec::new();
        for site in &self.sites {
            let rest = site.base.split_once("://").map_or("", |(_, rest)| rest);
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let host = host.rsplit('@').next().unwrap_or_default();
            let host = match host.rsplit_once(':') {
                Some((host, port)) if port.bytes().all(|c| c.is_ascii_digit()) => host,
                _ => host,
            };
            let host = host.to_lowercase();
            let host = host.strip_prefix("www.").unwrap_or(&host);
            let name = host.strip_suffix(".wordpress.com");
            let files = name.map(|name| format!("{name}.files.wordpress.com"));
            for host in [Some(host.to_owned()), files].into_iter().flatten() {
                if !host.is_empty() && !hosts.contains(&host) {
                    hosts.push(host);
                }
            }
        }
        hosts
    }

    /// Reads all parts and hands over what is found in them, each with the
    /// place of its part.
    fn walk(
        &self,
        tell: &mut dyn FnMut(usize, &Part, Found<'_>),
    ) -> Result<Vec<walk::Ended>, Refused> {
        let mut ended = Vec::new();
        for (n, part) in self.input.parts.iter().enumerate() {
            let progress = |bytes: u64| {
                self.read.set(self.read.get() + bytes);
                if let Some(told) = self.options.progress {
                    told(self.read.get());
                }
            };
            let read = |source: &mut dyn io::Read| {
                Walk::new(source).run(&mut |found| tell(n, part, found))
            };
            ended.push(self.input.read(part, &progress, read)?);
        }
        Ok(ended)
    }

    /// The first reading: what items need of each other.
    fn index(&mut self) -> Result<(), Refused> {
        let mut index = Index::default();
        let mut sites = vec![Site::default(); self.input.parts.len()];
        let mut keys = Keys::default();
        let ended = self.walk(&mut |n, _, found| match found {
            Found::Site(site) => {
                if let Some(own) = sites.get_mut(n) {
                    *own = site;
                }
            }
            Found::Channel(element) => index.add_channel(&element),
            Found::Item(item) => {
                let base =
                    sites.get(n).map(|site| site.base.as_str()).unwrap_or_default();
                if item.is_cut {
                    return;
                }
                let record = &item.record;
                let keyed =
                    keys.key(record, base, u32::try_from(n).unwrap_or(0), item.line);
                let (Keyed::First(key) | Keyed::Other(key)) = keyed else { return };
                index.add_item(record, &key);
                if let Fate::Piece(..) = fate::fate(record, true)
                    && let Some(group) = group_of(record)
                {
                    index.add_group(&group, &key);
                }
            }
            Found::Lost(..) => {}
        })?;
        index.close();
        let is_any = ended.iter().any(|ended| ended.has_wordpress);
        for (part, ended) in self.input.parts.iter().zip(ended) {
            if let Some((message, hint)) = ended.refusal(is_any) {
                let file = Arc::clone(&part.name);
                return Err(Refused {
                    file,
                    message: message.to_owned(),
                    hint: hint.to_owned(),
                });
            }
            let remark = |note| Remark { file: Arc::clone(&part.name), note };
            self.remarks.extend(ended.notes.into_iter().map(remark));
        }
        (self.index, self.sites, self.is_surveyed) = (index, sites, true);
        Ok(())
    }

    /// Where an item comes from.
    fn origin(part: &Part, item: &Read<'_>, key: &str) -> Origin {
        Origin {
            key: key.to_owned(),
            kind: item.record.kind().to_owned(),
            status: item.record.status.clone(),
            file: Arc::clone(&part.name),
            line: item.line,
        }
    }

    /// What is told of an item when the pieces are read.
    fn items(
        &self,
        n: usize,
        part: &Part,
        item: &Read<'_>,
        keys: &mut Keys,
    ) -> Vec<Item> {
        let site = self.sites.get(n).cloned().unwrap_or_default();
        let record = &item.record;
        let title = meta::plain(&record.title);
        if item.is_cut {
            let origin = Self::origin(part, item, &format!("{n}:{}", item.line));
            let reason = "is cut off by the end of the file".to_owned();
            return vec![Item::Lost(Skipped { origin, title, reason })];
        }
        let skip = |key: &str, reason: String, title: String| {
            vec![Item::Skipped(Skipped {
                origin: Self::origin(part, item, key),
                title,
                reason,
            })]
        };
        let keyed =
            keys.key(record, &site.base, u32::try_from(n).unwrap_or(0), item.line);
        let mut notes = item.notes.clone();
        let key = match keyed {
            Keyed::Again(key, reason) => return skip(&key, reason.to_owned(), title),
            Keyed::First(key) => key,
            Keyed::Other(key) => {
                let text = "another item has the same GUID and other contents".to_owned();
                notes.push(question(text, item.line));
                key
            }
        };
        let origin = Self::origin(part, item, &key);
        match fate::fate(record, self.index.says_states) {
            Fate::Skipped(reason) => {
                let skipped = Skipped { origin, title, reason };
                vec![match self.index.attachment(record.id) {
                    Some(file) if record.kind() == "attachment" => {
                        Item::File(skipped, file.url)
                    }
                    _ => Item::Skipped(skipped),
                }]
            }
            Fate::Piece(sort, visibility) => {
                if record.status.is_empty() && visibility == Visibility::Public {
                    let text = "the export does not say whether this was public";
                    notes.push(question(text.to_owned(), 0));
                }
                let index = &self.index;
                let subject =
                    Subject { record, key: &key, sort, visibility, site: &site, index };
                self.pieces(&subject, (part, item), (origin, notes))
            }
        }
    }

    /// The pieces of an item.
    fn pieces(
        &self,
        subject: &Subject<'_>,
        (part, item): (&Part, &Read<'_>),
        (origin, notes): (Origin, Vec<Note>),
    ) -> Vec<Item> {
        let given = self.input.given.get(part.given);
        let source = facts::Source {
            origin,
            bytes: item.bytes,
            element: item.element,
            notes,
            sum: given.map(|given| given.sha256.as_str()).unwrap_or_default(),
        };
        let pieces = subject.pieces(&source, &self.options);
        pieces.into_iter().map(|piece| Item::Piece(Box::new(piece))).collect()
    }
}

/// Something that only an editor can answer.
fn question(text: String, line: u64) -> Note {
    Note { about: About::Question, text, line, rule: None }
}

/// What an item has in common with its translations.
fn group_of(record: &item::Record) -> Option<String> {
    let label = record.labels.iter().find(|label| label.domain == "post_translations")?;
    Some(terms::decoded(&label.slug))
}

impl Source for WordPress<'_> {
    fn system(&self) -> &'static str {
        "WordPress"
    }

    fn survey(&mut self, tell: &mut dyn FnMut(Outline)) -> Result<(), Refused> {
        self.index()?;
        let mut keys = Keys::default();
        self.walk(&mut |n, _, found| {
            let Found::Item(item) = found else { return };
            let Some(site) = self.sites.get(n).filter(|_| !item.is_cut) else { return };
            let record = &item.record;
            let keyed =
                keys.key(record, &site.base, u32::try_from(n).unwrap_or(0), item.line);
            let (Keyed::First(key) | Keyed::Other(key)) = keyed else { return };
            let Fate::Piece(sort, visibility) =
                fate::fate(record, self.index.says_states)
            else {
                return;
            };
            let (key, index) = (key.as_str(), &self.index);
            let subject = Subject { record, key, sort, visibility, site, index };
            subject.outlines().into_iter().for_each(&mut *tell);
        })?;
        Ok(())
    }

    fn read(&mut self, tell: &mut dyn FnMut(Item)) -> Result<(), Refused> {
        if !self.is_surveyed {
            self.index()?;
        }
        let mut keys = Keys::default();
        let mut counts = Counts::default();
        self.walk(&mut |n, part, found| match found {
            Found::Item(item) => {
                counts.add(comments::counts(&item.record.comments));
                self.items(n, part, &item, &mut keys).into_iter().for_each(&mut *tell);
            }
            Found::Lost(line, reason) => tell(Item::Lost(Skipped {
                origin: Origin {
                    key: format!("{n}:{line}"),
                    file: Arc::clone(&part.name),
                    line,
                    ..Origin::default()
                },
                title: String::new(),
                reason: reason.to_owned(),
            })),
            Found::Site(_) | Found::Channel(_) => {}
        })?;
        self.counts = counts;
        Ok(())
    }

    fn remarks(&self) -> Vec<String> {
        let remarks = self.remarks.iter();
        let remarks =
            remarks.map(|remark| format!("{}: {}", remark.file, remark.note.text));
        let mut remarks: Vec<_> = remarks.collect();
        if self.counts.sum() > 0 {
            let fate = match self.options.comments {
                Comments::None => "none of them is in the archive",
                Comments::Approved => "those that were approved stand below their pieces",
            };
            remarks.push(format!("Comments: {}; {fate}.", self.counts.phrase()));
        }
        remarks
    }

    fn hosts(&self) -> Vec<String> {
        self.own_hosts()
    }

    fn archives(&self) -> Vec<(String, Term)> {
        let folder = self.sites.first().map(Site::folder).unwrap_or_default();
        self.index.archives(&folder)
    }
}

/// How many items begin in what a source has, whatever they are. Nothing of them
/// is read, so that who reads them can be held to this number.
pub fn count_items(source: &mut dyn io::Read) -> u64 {
    let mut reader = Reader::new(source);
    let mut n_items = 0;
    while let Some(chunk) = reader.next() {
        let is_item = match &chunk {
            Chunk::Element(cut) => cut.name == "item",
            Chunk::TooLong(name, _) => name == "item",
            Chunk::Outer(_) => false,
        };
        n_items += u64::from(is_item);
    }
    n_items
}

/// The host of the site that an export is of, as far as its beginning tells.
pub fn host(input: &Input<'_>) -> Option<String> {
    let part = input.parts.first()?;
    let mut start = Vec::new();
    let read = |source: &mut dyn io::Read| source.take(BEGINNING).read_to_end(&mut start);
    input.read(part, &|_| (), read).ok()?.ok()?;
    let start = String::from_utf8_lossy(&start);
    let value = |element: &str| {
        let (_, behind) = start.split_once(&format!("<{element}>"))?;
        let behind = behind.trim_start().trim_start_matches("<![CDATA[");
        let (_, rest) = behind.split_once("://")?;
        let host = rest.split(['/', '<', ']', ':', '?']).next()?.trim();
        (!host.is_empty()).then(|| host.trim_start_matches("www.").to_owned())
    };
    value("wp:base_blog_url").or_else(|| value("link"))
}

#[cfg(test)]
mod tests;
