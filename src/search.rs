//! The search index of an archive: small files of which a reader loads the few
//! that a query needs.
//!
//! `docs/search-format.md` says what is in each file. The documents are numbered
//! in the order of their dates and divided into blocks by their number alone, so
//! that a new article changes little of the index, and what an archive looked like
//! before never shows. Each block is made by itself: the words of its documents
//! are gathered (`gather`) a thousand documents at a time, which gives sorted runs;
//! these are merged (`merge`) and cut into files (`block`). Of a block that is made
//! of the same as before nothing is read.
//!
//! This module knows nothing of an archive: [`Documents`] gives it what is to be
//! indexed, and an [`Output`] takes the files.

mod block;
mod field;
mod gather;
mod key;
mod merge;
mod number;
mod query;
mod reader;
mod root;
mod run;
mod scratch;
mod seek;
mod stem;
#[cfg(test)]
mod tests;
mod word;

use std::fs::File;
use std::io;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::hash::Hasher;
use crate::json;
use crate::parallel;

use block::Job;
pub use field::{Field, Texts};
pub use reader::{Reader, Source};
pub use root::{BlockFacts, Facet, Language, Root};
pub use seek::{Hit, Hits, Order};
use stem::Stems;

/// The folder of the index, as a path from the root of the site.
pub const FOLDER: &str = "search";
/// The root of the index, as a path from the root of the site.
pub const ROOT: &str = "search/index.js";

/// The version of the format.
pub const FORMAT: u32 = 1;
/// What is made of a text, beside the format: another number makes every block anew.
const REVISION: u32 = 1;
/// How many documents the smallest full block has.
const UNIT: u32 = 512;
/// How many documents a file of cards has.
const CARDS: u32 = 25;
/// The positions below this one are those of the title.
const TITLE_LENGTH: u32 = 100;

/// What is to be indexed. Documents are numbered in the order of their dates.
pub trait Documents: Sync {
    /// How many there are.
    fn count(&self) -> u32;
    /// The fingerprint of all that the index says of one.
    fn digest(&self, document: u32) -> u64;
    /// The language of one, as a place among those of the site.
    fn language(&self, document: u32) -> usize;
    /// The texts of one that are searched.
    fn texts(&self, document: u32) -> Result<Texts, Diagnostic>;
    /// What is shown of one.
    fn card(&self, document: u32) -> Card;
    /// The date of one as a number: see [`date_number`].
    fn date(&self, document: u32) -> u32;
    /// The values that one has of a facet, each once.
    fn values(&self, document: u32, facet: usize) -> Vec<u32>;
    /// A value of a facet.
    fn value(&self, facet: usize, value: u32) -> Value;
}

/// Where the files of an index go.
pub trait Output: Sync {
    /// Takes a file, at a path from the root of the site.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic>;
    /// Makes an empty file for the time of the work, which vanishes by itself.
    fn scratch(&self) -> io::Result<File>;
    /// What is known of a block of this name, if all its files are in their places.
    fn known(&self, block: &str) -> Option<BlockFacts>;
    /// Takes note of a block that was made.
    fn made(&self, block: &BlockFacts);
}

/// What is shown of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "WrittenCard", into = "WrittenCard")]
pub struct Card {
    /// Its page, as a path from the root of the site.
    pub path: String,
    /// Its headline.
    pub title: String,
    /// Its date in the Extended Date/Time Format, as exact as it is known; empty if
    /// nothing is known.
    pub date: String,
    /// Who wrote it, as printed; several with commas between them.
    pub byline: String,
    /// What sort of piece it is; empty if that is not said.
    pub kind: String,
    /// Its language, as a place among those of the site.
    pub language: usize,
    /// Its text for lists.
    pub summary: String,
    /// The file that it is made from, below `content/`.
    pub file: String,
}

/// A card as its file has it.
type WrittenCard = (String, String, String, String, String, usize, String, String);

impl From<WrittenCard> for Card {
    fn from(written: WrittenCard) -> Self {
        let (path, title, date, byline, kind, language, summary, file) = written;
        Self { path, title, date, byline, kind, language, summary, file }
    }
}

impl From<Card> for WrittenCard {
    fn from(card: Card) -> Self {
        let Card { path, title, date, byline, kind, language, summary, file } = card;
        (path, title, date, byline, kind, language, summary, file)
    }
}

/// A value of a facet.
#[derive(Clone, Debug)]
pub struct Value {
    /// The path of its page below the index of the facet, or its key.
    pub path: String,
    /// Its name: a text, or an object of texts by language.
    pub name: json::Value,
    /// Its other names.
    pub others: Vec<String>,
}

/// Why an index was not written.
#[derive(Debug)]
pub enum Stopped {
    /// A document cannot be read, or a file not written.
    Faults(Vec<Diagnostic>),
    /// The scratch cannot be used.
    Scratch(io::Error),
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Scratch(error)
    }
}

impl From<Diagnostic> for Stopped {
    fn from(fault: Diagnostic) -> Self {
        Self::Faults(vec![fault])
    }
}

/// A date as the index has it: 0 if nothing is known of it.
pub fn date_number(year: i16, month: Option<u8>, day: Option<u8>) -> u32 {
    let year = u32::try_from(year).unwrap_or_default();
    year * 416
        + u32::from(month.unwrap_or_default()) * 32
        + u32::from(day.unwrap_or_default())
}

/// The blocks that so many documents are divided into.
fn blocks(count: u32) -> Vec<Range<u32>> {
    let (full, rest) = (count / UNIT, count % UNIT);
    let sizes =
        (0..u32::BITS).rev().filter(|bit| full >> bit & 1 == 1).map(|bit| UNIT << bit);
    let mut start = 0;
    let blocks = sizes.chain(Some(rest).filter(|rest| *rest > 0)).map(|size| {
        start += size;
        start - size..start
    });
    blocks.collect()
}

/// Writes the index. What is the same in every document of an archive, and when
/// they are of, is in `root`; its blocks and words are found out here.
pub fn write(
    documents: &dyn Documents,
    mut root: Root,
    output: &dyn Output,
) -> Result<Root, Stopped> {
    let tags = root.languages.iter().map(|language| language.tag.as_str());
    let stems: Vec<_> = tags.map(Stems::new).collect();
    for range in blocks(documents.count()) {
        let name = name(documents, &root, range.clone());
        let facts = if let Some(known) = output.known(&name) {
            known
        } else {
            let job = Job { name, range, documents, stems: &stems, output, root: &root };
            let made = job.write()?;
            output.made(&made);
            made
        };
        root.words += facts.words;
        root.blocks.push(facts);
    }
    output.put(ROOT, &file("index", &json_of(&root)))?;
    Ok(root)
}

/// The name of a block: the fingerprint of all that it is made of.
fn name(documents: &dyn Documents, root: &Root, range: Range<u32>) -> String {
    let numbers: Vec<u32> = range.collect();
    let digests = parallel::map(&numbers, |document| documents.digest(*document));
    let mut hasher = Hasher::default();
    let mut given = Vec::new();
    json::push(&mut given, &(FORMAT, REVISION, &root.languages, &root.facets));
    hasher.add(&given);
    for digest in digests {
        hasher.add(&digest.to_le_bytes());
    }
    let mut name = hasher.finish().hex();
    name.truncate(16);
    name
}

/// A file of the index.
fn file(key: &str, json: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(json.len() + key.len() + 16);
    for part in [b"pm(\"", key.as_bytes(), b"\",", json, b");\n"] {
        file.extend_from_slice(part);
    }
    file
}

/// JSON that can stand in a script of any kind.
fn json_of<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    json::push(&mut bytes, value);
    escape(&bytes)
}

/// Escapes what could end a script or a line of one.
fn escape(json: &[u8]) -> Vec<u8> {
    let is_odd = |bytes: &[u8]| match bytes {
        [b'<', ..] => Some((1, "\\u003c")),
        [0xe2, 0x80, 0xa8, ..] => Some((3, "\\u2028")),
        [0xe2, 0x80, 0xa9, ..] => Some((3, "\\u2029")),
        _ => None,
    };
    let mut escaped = Vec::with_capacity(json.len());
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        let odd = if matches!(byte, b'<' | 0xe2) { is_odd(&json[at..]) } else { None };
        if let Some((length, text)) = odd {
            escaped.extend_from_slice(text.as_bytes());
            at += length;
        } else {
            escaped.push(*byte);
            at += 1;
        }
    }
    escaped
}
