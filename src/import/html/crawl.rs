//! Finds the pages among the files that are to be imported: saved pages,
//! mirrors of sites, and web archives.
//!
//! It does not look into pages. What is no page is counted by what it is, so
//! that every file is accounted for.

mod http;
mod wacz;
mod warc;

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::sync::Arc;

use crate::import::piece::{Origin, Skipped};

/// How many bytes a page has at most; what is larger is no text for readers.
pub const MOST_BYTES: u64 = 32 << 20;

/// What can be read from anywhere in it.
pub trait Input: Read + Seek {}

impl<T: Read + Seek> Input for T {}

/// The files that are to be imported.
pub trait Files {
    /// Their names in the order of reading, with `/` between folders.
    fn names(&self) -> Vec<String>;

    /// Opens one of them; the error is a phrase.
    fn open(&self, name: &str) -> Result<Box<dyn Input + '_>, String>;
}

/// A page as it was saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawPage {
    /// What it is known by: the name of its file, or its address in an archive.
    pub key: String,
    /// The file that it stands in.
    pub file: Arc<str>,
    /// The name of its file, if it has one of its own.
    pub name: Option<String>,
    /// The address that it was fetched from.
    pub url: Option<String>,
    /// The charset that its server gave.
    pub charset: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Why its end may be missing, if it may.
    pub truncated: Option<String>,
}

/// What is found among files.
#[derive(Debug)]
pub enum Found {
    /// A page.
    Page(RawPage),
    /// An address that leads to another one.
    Redirect {
        /// The address.
        from: String,
        /// The address that it leads to.
        to: String,
    },
    /// Something that is no page.
    Skipped(Skipped),
    /// Something that cannot be read.
    Lost(Skipped),
}

/// Endings of files that are no pages, and what they are.
const NO_PAGES: &[(&str, &[&str])] = &[
    (
        "pictures",
        &[
            "jpg", "jpeg", "png", "gif", "webp", "svg", "ico", "bmp", "tif", "tiff",
            "avif", "heic",
        ],
    ),
    ("style sheets and scripts", &["css", "js", "mjs", "map", "json", "wasm"]),
    ("fonts", &["woff", "woff2", "ttf", "otf", "eot"]),
    (
        "recordings",
        &[
            "mp3", "mp4", "m4a", "ogg", "ogv", "wav", "webm", "mov", "avi", "flv", "swf",
            "wmv", "rm", "ram",
        ],
    ),
    (
        "documents",
        &[
            "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "rtf", "zip",
            "gz", "epub", "csv",
        ],
    ),
    (
        "feeds and other data",
        &[
            "xml", "rss", "atom", "rdf", "txt", "log", "md", "cdx", "cdxj", "lst", "ics",
            "vcf", "db",
        ],
    ),
];

/// Finds all pages.
pub fn walk(files: &dyn Files, tell: &mut dyn FnMut(Found)) {
    let mut tally = Tally::default();
    for name in files.names() {
        match files.open(&name) {
            Ok(mut input) => walk_file(&name, &mut *input, &mut tally, tell),
            Err(message) => tell(Found::Lost(skipped(&name, &name, message))),
        }
    }
    tally.tell("files", &Arc::from("."), tell);
}

/// Finds the pages of one file.
fn walk_file(
    name: &str,
    input: &mut dyn Input,
    tally: &mut Tally,
    tell: &mut dyn FnMut(Found),
) {
    let lower = name.to_lowercase();
    let file: Arc<str> = Arc::from(name);
    if lower.ends_with(".warc") || lower.ends_with(".warc.gz") {
        return warc::read(input, &file, tell);
    }
    if lower.ends_with(".wacz") {
        return wacz::read(input, &file, tell);
    }
    if lower.ends_with(".mht")
        || lower.ends_with(".mhtml")
        || lower.ends_with(".webarchive")
    {
        let reason =
            "is a page in one file with its pictures; save it as HTML".to_owned();
        return tell(Found::Lost(skipped(name, name, reason)));
    }
    if let Some(what) = what_is(&lower) {
        return tally.count(&format!("are {what}"));
    }
    let mut bytes = Vec::new();
    if let Err(error) = input.take(MOST_BYTES + 1).read_to_end(&mut bytes) {
        return tell(Found::Lost(skipped(
            name,
            name,
            format!("cannot be read: {error}"),
        )));
    }
    if bytes.len() as u64 > MOST_BYTES {
        return tell(Found::Lost(skipped(
            name,
            name,
            "is larger than 32 MiB".to_owned(),
        )));
    }
    if !is_page(&bytes) {
        return tally.count("are no pages");
    }
    if is_part_of_saved(name) {
        let reason = "is a frame of a saved page".to_owned();
        return tell(Found::Skipped(skipped(name, name, reason)));
    }
    let key = name.to_owned();
    let name = Some(key.clone());
    tell(Found::Page(RawPage { key, file, name, bytes, ..RawPage::default() }));
}

/// What a file is by its ending, if it is no page.
fn what_is(lower: &str) -> Option<&'static str> {
    let file = lower.rsplit('/').next().unwrap_or(lower);
    if matches!(file, ".ds_store" | "thumbs.db" | "robots.txt") {
        return Some("feeds and other data");
    }
    let ending = file.rsplit_once('.').map(|(_, ending)| ending)?;
    let found = NO_PAGES.iter().find(|(_, endings)| endings.contains(&ending));
    found.map(|(what, _)| *what)
}

/// Whether a file lies in the folder that browsers make for a saved page.
fn is_part_of_saved(name: &str) -> bool {
    let mut folders = name.rsplit('/').skip(1);
    folders.any(|folder| {
        ["_files", "_fichiers", "_archivos", "-Dateien"]
            .iter()
            .any(|end| folder.ends_with(end))
    })
}

/// Whether bytes look like a page.
fn is_page(bytes: &[u8]) -> bool {
    let start: Vec<u8> = bytes
        .iter()
        .take(4096)
        .filter(|&&byte| byte != 0)
        .map(u8::to_ascii_lowercase)
        .collect();
    let marks: [&[u8]; 10] = [
        b"<html",
        b"<!doctype html",
        b"<head",
        b"<body",
        b"<title",
        b"<p>",
        b"<p ",
        b"<div",
        b"<table",
        b"<h1",
    ];
    let is_feed = [&b"<rss"[..], b"<feed", b"<rdf:rdf", b"<urlset", b"<svg"]
        .iter()
        .any(|mark| start.windows(mark.len()).take(300).any(|own| own == *mark));
    !is_feed && marks.iter().any(|mark| start.windows(mark.len()).any(|own| own == *mark))
}

/// Something that is no page.
fn skipped(key: &str, file: &str, reason: String) -> Skipped {
    let (key, kind, file) = (key.to_owned(), "page".to_owned(), Arc::from(file));
    let origin = Origin { key, kind, file, ..Origin::default() };
    Skipped { origin, title: String::new(), reason }
}

/// What is counted and not listed one by one.
#[derive(Debug, Default)]
struct Tally(BTreeMap<String, u64>);

impl Tally {
    /// Counts something under what it is.
    fn count(&mut self, what: &str) {
        *self.0.entry(what.to_owned()).or_default() += 1;
    }

    /// Tells what was counted.
    fn tell(self, unit: &str, file: &Arc<str>, tell: &mut dyn FnMut(Found)) {
        for (what, n) in self.0 {
            let mut skipped = skipped(&format!("{file}#{what}"), file, what);
            unit.clone_into(&mut skipped.origin.kind);
            skipped.title = format!("{n} {unit}");
            tell(Found::Skipped(skipped));
        }
    }
}

#[cfg(test)]
mod tests;
