//! Words in order with where they stand, of documents that stand together.
//!
//! A run is made of each thousand documents; those of a block are merged. An entry
//! is written so that merging is putting texts one behind the other: only the
//! distance to the first document depends on what comes before.

use std::cmp::Ordering;
use std::io;
use std::ops::Range;

use crate::search::scratch::Scratch;
use crate::search::{key, number};

/// How much of a run is read at once, in bytes.
const PAGE: u64 = 1 << 16;

/// A form with where it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// Its stem.
    pub(super) stem: String,
    /// The form.
    pub(super) form: String,
    /// The first document, counted from the first of the block.
    pub(super) first: u32,
    /// The last one.
    pub(super) last: u32,
    /// In how many documents it stands.
    pub(super) count: u32,
    /// The postings without the distance to the first document.
    pub(super) postings: String,
    /// The positions.
    pub(super) positions: String,
}

impl Entry {
    /// Becomes an entry of a form that stands nowhere yet.
    pub(super) fn begin(&mut self, stem: &str, form: &str) {
        for (text, new) in [(&mut self.stem, stem), (&mut self.form, form)] {
            text.clear();
            text.push_str(new);
        }
        self.count = 0;
        self.postings.clear();
        self.positions.clear();
    }

    /// Adds the next document, with the sign of how much the form matters there.
    pub(super) fn document(&mut self, document: u32, sign: u8) {
        if self.count == 0 {
            self.first = document;
        } else {
            number::push(&mut self.postings, document - self.last - 1);
        }
        self.postings.push(number::sign(sign));
        self.last = document;
        self.count += 1;
    }

    /// Adds what later documents say of the same form.
    pub(super) fn append(&mut self, later: &Self) {
        if self.count == 0 {
            self.first = later.first;
        } else {
            number::push(&mut self.postings, later.first - self.last - 1);
        }
        self.postings.push_str(&later.postings);
        self.positions.push_str(&later.positions);
        self.last = later.last;
        self.count += later.count;
    }
}

/// Entries in the order of stems and forms, as bytes.
#[derive(Default)]
pub(super) struct Run {
    /// The bytes.
    pub(super) bytes: Vec<u8>,
    /// The stem of the entry before.
    stem: String,
}

impl Run {
    /// Adds the next entry.
    pub(super) fn add(&mut self, entry: &Entry) {
        let mut body =
            Vec::with_capacity(entry.postings.len() + entry.positions.len() + 32);
        push_text(&mut body, &self.stem, &entry.stem);
        push_text(&mut body, &entry.stem, &entry.form);
        for number in [entry.first, entry.last, entry.count] {
            push_number(&mut body, number as usize);
        }
        push_text(&mut body, "", &entry.postings);
        body.extend_from_slice(entry.positions.as_bytes());
        push_number(&mut self.bytes, body.len());
        self.bytes.extend_from_slice(&body);
        self.stem.clone_from(&entry.stem);
    }
}

/// Writes a number in groups of seven bits.
fn push_number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            out.push(low & 0x7f);
            return;
        }
        out.push(low | 0x80);
    }
}

/// Writes a text as what it shares with another and its rest.
fn push_text(out: &mut Vec<u8>, before: &str, text: &str) {
    let is_same = |(a, b): &(char, char)| a == b;
    let shared = before.chars().zip(text.chars()).take_while(is_same);
    let shared: usize = shared.map(|(c, _)| c.len_utf8()).sum();
    push_number(out, shared);
    push_number(out, text.len() - shared);
    out.extend_from_slice(text.as_bytes().get(shared..).unwrap_or_default());
}

/// Takes what [`push_number`] wrote off the front of some bytes.
fn take_number(bytes: &mut &[u8]) -> Option<usize> {
    let (mut number, mut shift) = (0_usize, 0);
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if *byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

/// Takes what [`push_text`] wrote off the front of some bytes. `text` is the other
/// text and becomes this one.
fn take_text(bytes: &mut &[u8], text: &mut String) -> Option<()> {
    let (shared, length) = (take_number(bytes)?, take_number(bytes)?);
    let (rest, behind) = bytes.split_at_checked(length)?;
    *bytes = behind;
    text.truncate(shared);
    text.push_str(std::str::from_utf8(rest).ok()?);
    Some(())
}

/// Reads a run that stands in a scratch.
pub(super) struct Reader {
    /// What is not read from the scratch yet.
    left: Range<u64>,
    /// What was read from it.
    buffer: Vec<u8>,
    /// How much of that is used up.
    used: usize,
    /// The present entry.
    pub(super) entry: Entry,
    /// Which run it is; runs are numbered by their documents.
    number: usize,
}

impl Reader {
    /// Reads the run of a number at a place of the scratch.
    pub(super) fn new(number: usize, range: Range<u64>) -> Self {
        Self { left: range, buffer: Vec::new(), used: 0, entry: Entry::default(), number }
    }

    /// Goes on to the next entry; says whether there is one.
    pub(super) fn advance(&mut self, scratch: &mut Scratch<'_>) -> io::Result<bool> {
        // The length of an entry takes ten bytes at most.
        self.ensure(10, scratch)?;
        let mut bytes = self.buffer.get(self.used..).unwrap_or_default();
        let had = bytes.len();
        let Some(length) = take_number(&mut bytes) else { return Ok(false) };
        self.used += had - bytes.len();
        self.ensure(length, scratch)?;
        let whole = self.buffer.get(self.used..self.used + length);
        self.used += length;
        let read = whole.and_then(|body| read_entry(body, &mut self.entry));
        read.map(|()| true).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    /// Reads until so many bytes are there, or all that are left.
    fn ensure(&mut self, length: usize, scratch: &mut Scratch<'_>) -> io::Result<()> {
        if self.buffer.len() - self.used >= length || self.left.is_empty() {
            return Ok(());
        }
        self.buffer.drain(..self.used);
        self.used = 0;
        while self.buffer.len() < length && !self.left.is_empty() {
            let end = self.left.end.min(self.left.start + PAGE);
            scratch.read(self.left.start..end, &mut self.buffer)?;
            self.left.start = end;
        }
        Ok(())
    }
}

/// Reads an entry; the texts in `entry` are those of the entry before.
fn read_entry(mut body: &[u8], entry: &mut Entry) -> Option<()> {
    let bytes = &mut body;
    take_text(bytes, &mut entry.stem)?;
    entry.form.clone_from(&entry.stem);
    take_text(bytes, &mut entry.form)?;
    for number in [&mut entry.first, &mut entry.last, &mut entry.count] {
        *number = u32::try_from(take_number(bytes)?).ok()?;
    }
    entry.postings.clear();
    take_text(bytes, &mut entry.postings)?;
    entry.positions.clear();
    entry.positions.push_str(std::str::from_utf8(bytes).ok()?);
    Some(())
}

impl Ord for Reader {
    /// The reverse of the order of entries, so that the greatest is the next.
    fn cmp(&self, other: &Self) -> Ordering {
        key::compare(&other.entry.stem, &self.entry.stem)
            .then_with(|| key::compare(&other.entry.form, &self.entry.form))
            .then_with(|| other.number.cmp(&self.number))
    }
}

impl PartialOrd for Reader {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Reader {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Reader {}
