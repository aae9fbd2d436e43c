//! Cuts the merged words of a block into files.
//!
//! A file is cut where it is full, between two stems. A form whose group came into
//! another file than its own letters would lead to must be noted there too, and
//! where the files begin is known only at the end: so words wait in a spool until
//! all are cut.

use std::mem;
use std::ops::Range;

use crate::json;
use crate::search::block::Job;
use crate::search::block::facets::{Found, names};
use crate::search::run::Entry;
use crate::search::scratch::Scratch;
use crate::search::{Stopped, json_of, key, number};

/// How many common words a block has at most.
const MOST_COMMON: usize = 12_000;
/// In a block of more documents than this, a word that stands in one of them is not
/// common.
const SMALL: u32 = 64;

/// How large a word file is to be, in bytes, in a block of so many documents. A query
/// takes a file of each block; with this rule those of all blocks weigh least for
/// their number.
fn file_size(documents: u32) -> usize {
    let size = 450 * u64::from(documents).isqrt();
    usize::try_from(size).unwrap_or(usize::MAX).clamp(4 << 10, 48 << 10)
}

/// The forms of a stem, as JSON that lacks its last bracket.
struct Group {
    /// The stem.
    stem: String,
    /// The JSON.
    json: String,
}

/// A form with a stem, whose group is in another file than the form would be.
type Elsewhere = (String, String);

/// Cuts words into files.
pub(super) struct Cutter<'a> {
    /// The block.
    job: &'a Job<'a>,
    /// How large a file is to be, in bytes.
    target: usize,
    /// The groups of the present file.
    groups: Vec<Group>,
    /// How many bytes these have.
    size: usize,
    /// The positions of the present file.
    positions: Vec<String>,
    /// The forms of the present file that sort behind their stems.
    behind: Vec<Elsewhere>,
    /// The forms whose group is in another file.
    elsewhere: Vec<Elsewhere>,
    /// The first key of each file.
    bounds: Vec<String>,
    /// The words of files that are full.
    spool: Scratch<'a>,
    /// Where each file stands in the spool.
    spooled: Vec<Range<u64>>,
    /// The forms, each with the number of documents that it stands in.
    common: Vec<(String, u32)>,
}

impl<'a> Cutter<'a> {
    /// No files yet.
    pub(super) fn new(job: &'a Job<'a>, spool: Scratch<'a>) -> Self {
        Self {
            job,
            target: file_size(job.n_documents()),
            groups: Vec::new(),
            size: 0,
            positions: Vec::new(),
            behind: Vec::new(),
            elsewhere: Vec::new(),
            bounds: vec![String::new()],
            spool,
            spooled: Vec::new(),
            common: Vec::new(),
        }
    }

    /// Takes the next form.
    pub(super) fn take(&mut self, entry: &Entry) -> Result<(), Stopped> {
        if self.groups.last().is_none_or(|group| group.stem != entry.stem) {
            if self.size >= self.target {
                self.close(Some(&entry.stem))?;
            }
            let stem = entry.stem.clone();
            self.groups.push(Group { json: format!("[\"{stem}\""), stem });
        }
        let form = if entry.stem == entry.form { "" } else { &entry.form };
        let mut first = String::new();
        number::push(&mut first, entry.first);
        // Neither words nor numbers hold anything that JSON would escape.
        let added = format!(",\"{form}\",\"{first}{}\"", entry.postings);
        self.size += added.len();
        if let Some(group) = self.groups.last_mut() {
            group.json.push_str(&added);
        }
        self.positions.push(entry.positions.clone());
        self.note(entry);
        self.common.push((entry.form.clone(), entry.count));
        Ok(())
    }

    /// Takes note of a form that may belong to another file than its stem.
    fn note(&mut self, entry: &Entry) {
        let bound = self.bounds.last().map_or("", String::as_str);
        let pair = || (entry.form.clone(), entry.stem.clone());
        if key::compare(&entry.form, bound).is_lt() {
            self.elsewhere.push(pair());
        } else if key::compare(&entry.form, &entry.stem).is_gt() {
            self.behind.push(pair());
        }
    }

    /// Closes the present file; the next one begins with the group of a stem.
    fn close(&mut self, next: Option<&str>) -> Result<(), Stopped> {
        let groups = mem::take(&mut self.groups);
        let last = groups.last().map_or("", |group| group.stem.as_str());
        let bound = next.map(|next| key::separator(last, next));
        let is_later = |form: &str| {
            bound.as_ref().is_some_and(|bound| key::compare(form, bound).is_ge())
        };
        let behind = mem::take(&mut self.behind);
        self.elsewhere.extend(behind.into_iter().filter(|(form, _)| is_later(form)));
        self.bounds.extend(bound);
        let mut bytes = Vec::with_capacity(self.size * 2);
        for group in groups {
            bytes.extend_from_slice(
                format!("{}\n{}]\n", group.stem, group.json).as_bytes(),
            );
        }
        self.spooled.push(self.spool.add(&bytes)?);
        self.size = 0;
        let mut json = Vec::new();
        json::push(&mut json, &mem::take(&mut self.positions));
        Ok(self.job.put(&format!("p{}", self.spooled.len() - 1), &json)?)
    }

    /// Writes all files, and gives the first key of each.
    pub(super) fn finish(
        mut self,
        facets: &[Vec<Found>],
    ) -> Result<Vec<String>, Stopped> {
        self.close(None)?;
        self.put_common()?;
        let names = names(self.job.root, facets);
        let mut elsewhere = mem::take(&mut self.elsewhere);
        elsewhere.sort_by(|a, b| {
            key::compare(&a.0, &b.0).then_with(|| key::compare(&a.1, &b.1))
        });
        let (mut names, mut elsewhere) = (names.as_slice(), elsewhere.as_slice());
        let mut text = Vec::new();
        for n in 0..self.spooled.len() {
            let next = self.bounds.get(n + 1).map(String::as_str);
            let is_here =
                |word: &str| next.is_none_or(|next| key::compare(word, next).is_lt());
            let (own, rest) =
                names.split_at(names.partition_point(|(word, _)| is_here(word)));
            names = rest;
            let noted = elsewhere.partition_point(|(form, _)| is_here(form));
            let (noted, rest) = elsewhere.split_at(noted);
            elsewhere = rest;
            text.clear();
            self.spool.read(self.spooled[n].clone(), &mut text)?;
            let groups = String::from_utf8_lossy(&text);
            let mut json = words(&groups, noted).into_bytes();
            json.push(b',');
            let own: Vec<_> = own.iter().map(with_word).collect();
            json.extend_from_slice(&json_of(&own));
            json.push(b']');
            self.job.put(&format!("w{n}"), &json)?;
        }
        Ok(self.bounds)
    }

    /// Writes the common words.
    fn put_common(&mut self) -> Result<(), Stopped> {
        let mut common = mem::take(&mut self.common);
        // A form can have several stems.
        common.sort_by(|a, b| key::compare(&a.0, &b.0));
        common.dedup_by(|later, first| {
            let is_same = later.0 == first.0;
            first.1 += if is_same { later.1 } else { 0 };
            is_same
        });
        let least = if self.job.n_documents() > SMALL { 2 } else { 1 };
        common.retain(|(_, count)| *count >= least);
        if common.len() > MOST_COMMON {
            common.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| key::compare(&a.0, &b.0)));
            common.truncate(MOST_COMMON);
            common.sort_by(|a, b| key::compare(&a.0, &b.0));
        }
        let words: Vec<&str> = common.iter().map(|(word, _)| word.as_str()).collect();
        let counts: String = common
            .iter()
            .map(|(_, count)| {
                number::sign(u8::try_from(count.ilog2()).unwrap_or_default())
            })
            .collect();
        Ok(self.job.put("v", &json_of(&(words.join("\n"), counts)))?)
    }
}

/// The groups of a file and the forms that are noted there, in the order of all keys,
/// as JSON of which the list of names and a bracket are missing.
fn words(groups: &str, mut noted: &[Elsewhere]) -> String {
    let mut json = String::with_capacity(groups.len());
    json.push_str("[[");
    let add = |json: &mut String, item: &str| {
        if !json.ends_with('[') {
            json.push(',');
        }
        json.push_str(item);
    };
    let mut note = |json: &mut String, stem: Option<&str>| {
        let is_before = |(form, _): &Elsewhere| {
            stem.is_none_or(|stem| key::compare(form, stem).is_lt())
        };
        let (here, rest) = noted.split_at(noted.partition_point(is_before));
        noted = rest;
        for pairs in here.chunk_by(|a, b| a.0 == b.0) {
            let stems: Vec<_> =
                pairs.iter().map(|(_, stem)| format!("\"{stem}\"")).collect();
            add(json, &format!("[\"{}\",[{}]]", pairs[0].0, stems.join(",")));
        }
    };
    let mut lines = groups.lines();
    while let (Some(stem), Some(group)) = (lines.next(), lines.next()) {
        note(&mut json, Some(stem));
        add(&mut json, group);
    }
    note(&mut json, None);
    json.push(']');
    json
}

/// The terms of a word as the file of words has them.
fn with_word((word, terms): &(String, Vec<json::Value>)) -> Vec<json::Value> {
    let word = json::Value::from(word.as_str());
    std::iter::once(word).chain(terms.iter().cloned()).collect()
}
