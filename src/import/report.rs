//! The report of an import: what became of every item and of every character.
//!
//! Items are written down as they come and never kept: a report of a hundred
//! thousand needs no more memory than one of ten. `report.json` has everything;
//! `report.html` is made for reading and shows the first of each sort. The form of
//! the JSON is in docs/import.md.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

use crate::hash::{FixedSet, of};
use crate::import::account::Account;
use crate::import::links::State;
use crate::import::names::Proposal;
use crate::import::piece::{About, Note, Origin};
use crate::json::{self, Value, json};

mod page;

/// How many things of one sort the page shows.
const MOST_SHOWN: usize = 200;

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Its file was written.
    Written,
    /// Its file is as an earlier run wrote it.
    Unchanged,
    /// Its file was written anew, as nobody had changed it.
    Updated,
    /// Its file was changed, moved or taken away by a person, and stays so.
    Kept,
    /// It is left out, for a reason.
    Skipped,
    /// It could not be read or written.
    Lost,
}

impl Outcome {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Unchanged => "unchanged",
            Self::Updated => "updated",
            Self::Kept => "kept",
            Self::Skipped => "skipped",
            Self::Lost => "lost",
        }
    }
}

impl About {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Shortcode => "shortcode",
            Self::Block => "block",
            Self::Media => "media",
            Self::Link => "link",
            Self::Date => "date",
            Self::Encoding => "encoding",
            Self::Question => "question",
            Self::Decision => "decision",
        }
    }
}

/// What became of one item.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Where it comes from.
    pub(super) origin: &'a Origin,
    /// Its title.
    pub(super) title: &'a str,
    /// What became of it.
    pub(super) outcome: Outcome,
    /// Its file, if it has one.
    pub(super) file: Option<&'a str>,
    /// Why it is held back, if it is.
    pub(super) held: Option<&'a str>,
    /// Why it was skipped, kept or lost.
    pub(super) reason: Option<&'a str>,
    /// The account of its text.
    pub(super) account: Option<&'a Account>,
    /// What an editor should know.
    pub(super) notes: &'a [Note],
    /// The names that its text holds.
    pub(super) proposals: &'a [Proposal],
}

/// A report as far as the import is.
pub struct Report {
    /// The items as JSON, one a line.
    items: File,
    /// What the source is called.
    pub system: &'static str,
    /// The name of the import.
    pub name: String,
    /// How many items had each fate, by sort and status.
    pub fates: BTreeMap<(String, String, Outcome), u64>,
    /// How many items came in.
    pub n_items: u64,
    /// How many of them are pieces.
    n_pieces: u64,
    /// How many pieces are held back.
    pub n_held: u64,
    /// The account of all text.
    pub account: Account,
    /// How many pieces' accounts do not balance.
    pub n_unbalanced: u64,
    /// How many notes there are of each sort.
    pub n_notes: BTreeMap<About, u64>,
    /// The first notes of each sort: the file or key, and the words.
    shown: BTreeMap<About, Vec<(String, String)>>,
    /// The first of the items that were lost: where, and why.
    pub lost: Vec<(String, String)>,
    /// The first of the pieces: their files and titles.
    pieces: Vec<(String, String)>,
    /// How many outlines were told that no piece followed.
    pub n_untold: u64,
    /// Why items were skipped, and how many for each reason.
    pub reasons: BTreeMap<String, u64>,
    /// What became of links and pictures.
    pub links: BTreeMap<(bool, State), u64>,
    /// How many pieces hold each name.
    pub proposals: BTreeMap<Proposal, u64>,
    /// What a build says of the files, in words, and how many errors and warnings.
    pub build: Option<(Vec<String>, usize, usize)>,
    /// What is to be said of the source as a whole.
    pub remarks: Vec<String>,
    /// The files that this run wrote or found as an earlier one wrote them, by the
    /// hashes of their paths.
    ours: FixedSet<u64>,
}

impl Report {
    /// An empty report; `items` is an empty file for what need not be in memory.
    pub(super) fn new(items: File, system: &'static str, name: &str) -> Self {
        Self {
            items,
            system,
            name: name.to_owned(),
            fates: BTreeMap::new(),
            n_items: 0,
            n_pieces: 0,
            n_held: 0,
            account: Account::default(),
            n_unbalanced: 0,
            n_notes: BTreeMap::new(),
            shown: BTreeMap::new(),
            lost: Vec::new(),
            pieces: Vec::new(),
            n_untold: 0,
            reasons: BTreeMap::new(),
            links: BTreeMap::new(),
            proposals: BTreeMap::new(),
            build: None,
            remarks: Vec::new(),
            ours: FixedSet::default(),
        }
    }

    /// Whether a file is as an import wrote it.
    pub(super) fn wrote(&self, file: &str) -> bool {
        self.ours.contains(&of(file))
    }

    /// Writes down what became of an item.
    pub(super) fn add(&mut self, line: &Line<'_>) -> io::Result<()> {
        let separator: &[u8] = if self.n_items == 0 { b"" } else { b",\n" };
        self.n_items += 1;
        let origin = line.origin;
        let fate = (origin.kind.clone(), origin.status.clone(), line.outcome);
        *self.fates.entry(fate).or_default() += 1;
        let place = line.file.map_or_else(|| place_of(origin), str::to_owned);
        if line.outcome != Outcome::Kept
            && let Some(file) = line.file
        {
            self.ours.insert(of(file));
        }
        if let Some(file) = line.file.filter(|_| self.pieces.len() < MOST_SHOWN) {
            let words = format!("{} ({})", line.title, line.outcome.as_str());
            self.pieces.push((file.to_owned(), words));
        }
        if let Some(reason) = line.reason {
            match line.outcome {
                Outcome::Skipped => {
                    *self.reasons.entry(reason.to_owned()).or_default() += 1;
                }
                _ if self.lost.len() < MOST_SHOWN => {
                    self.lost.push((place.clone(), reason.to_owned()));
                }
                _ => {}
            }
        }
        self.n_pieces += u64::from(line.account.is_some());
        self.n_held += u64::from(line.held.is_some());
        if let Some(account) = line.account {
            self.account.take(account);
            self.n_unbalanced += u64::from(account.missing() != 0);
        }
        for note in line.notes {
            *self.n_notes.entry(note.about).or_default() += 1;
            let shown = self.shown.entry(note.about).or_default();
            if shown.len() < MOST_SHOWN {
                shown.push((place.clone(), words_of(note)));
            }
        }
        for proposal in line.proposals {
            *self.proposals.entry(proposal.clone()).or_default() += 1;
        }
        let mut bytes = separator.to_vec();
        json::push(&mut bytes, &value_of(line));
        self.items.write_all(&bytes)
    }

    /// How many items had a fate.
    pub fn n_of(&self, outcome: Outcome) -> u64 {
        let of_it = self.fates.iter().filter(|((_, _, own), _)| *own == outcome);
        of_it.map(|(_, n)| n).sum()
    }

    /// How many pieces there are, whatever became of their files.
    pub fn n_pieces(&self) -> u64 {
        self.n_pieces
    }

    /// Whether every item and every character is accounted for.
    pub fn balances(&self) -> bool {
        self.n_unbalanced == 0 && self.n_untold == 0
    }

    /// How many things of the source are not in the archive: items that were lost,
    /// and losses within pieces.
    pub fn n_losses(&self) -> u64 {
        self.n_of(Outcome::Lost) + self.n_notes.get(&About::Loss).copied().unwrap_or(0)
    }

    /// Writes the whole report as JSON.
    pub(super) fn write_json(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let head = json!({ "system": self.system, "name": self.name });
        let head = head.to_string();
        out.write_all(head.trim_end_matches('}').as_bytes())?;
        out.write_all(b",\"items\":[\n")?;
        self.items.seek(SeekFrom::Start(0))?;
        io::copy(&mut self.items, out)?;
        out.write_all(b"\n],")?;
        let totals = self.totals().to_string();
        out.write_all(totals.trim_start_matches('{').as_bytes())?;
        out.write_all(b"\n")
    }

    /// The sums of the report.
    fn totals(&self) -> Value {
        let fates = self.fates.iter().map(|((kind, status, outcome), n)| {
            json!({ "kind": kind, "status": status, "outcome": outcome.as_str(), "items": n })
        });
        let fates: Vec<_> = fates.collect();
        let notes: json::Map<_, _> = self
            .n_notes
            .iter()
            .map(|(about, n)| (about.as_str().to_owned(), Value::from(*n)))
            .collect();
        let links: Vec<_> = self
            .links
            .iter()
            .map(|((is_media, state), n)| {
                json!({ "media": is_media, "state": state.as_str(), "links": n })
            })
            .collect();
        let proposals: Vec<_> = self
            .proposals
            .iter()
            .map(|(own, n)| {
                json!({ "taxonomy": own.taxonomy, "name": own.name, "record": own.has_record, "pieces": n })
            })
            .collect();
        let build = self.build.as_ref().map(|(words, n_errors, n_warnings)| {
            json!({ "errors": n_errors, "warnings": n_warnings, "said": words })
        });
        json!({
            "totals": {
                "items": self.n_items,
                "fates": fates,
                "held": self.n_held,
                "account": account_of(&self.account),
                "unbalanced": self.n_unbalanced,
                "notes": notes,
                "losses": self.n_losses(),
                "links": links,
            },
            "skipped": self.reasons,
            "proposals": proposals,
            "remarks": self.remarks,
            "build": build,
            "balances": self.balances(),
        })
    }
}

/// An item as JSON.
fn value_of(line: &Line<'_>) -> Value {
    let origin = line.origin;
    let mut item = json!({
        "key": origin.key,
        "kind": origin.kind,
        "status": origin.status,
        "title": line.title,
        "file": &*origin.file,
        "line": origin.line,
        "outcome": line.outcome.as_str(),
    });
    let Some(fields) = item.as_object_mut() else { return item };
    let mut set = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            fields.insert(key.to_owned(), value);
        }
    };
    set("path", line.file.map(Value::from));
    set("held", line.held.map(Value::from));
    set("reason", line.reason.map(Value::from));
    set("account", line.account.map(account_of));
    let notes: Vec<_> = line.notes.iter().map(note_of).collect();
    set("notes", (!notes.is_empty()).then(|| notes.into()));
    let proposals = line.proposals.iter().map(|own| {
        json!({ "taxonomy": own.taxonomy, "name": own.name, "record": own.has_record })
    });
    let proposals: Vec<_> = proposals.collect();
    set("proposals", (!proposals.is_empty()).then(|| proposals.into()));
    item
}

/// A note as JSON.
fn note_of(note: &Note) -> Value {
    match note.rule {
        Some((rule, confidence)) => json!({
            "about": note.about.as_str(), "text": note.text, "line": note.line,
            "rule": rule, "confidence": confidence,
        }),
        None => {
            json!({ "about": note.about.as_str(), "text": note.text, "line": note.line })
        }
    }
}

/// An account as JSON.
fn account_of(account: &Account) -> Value {
    json!({
        "read": account.read,
        "added": account.added,
        "body": account.body,
        "moved": account.moved,
        "dropped": account.dropped,
        "missing": account.missing(),
    })
}

/// Where an item stands in its source.
fn place_of(origin: &Origin) -> String {
    match origin.line {
        0 => origin.file.to_string(),
        line => format!("{}:{line}", origin.file),
    }
}

/// A note in words.
fn words_of(note: &Note) -> String {
    let mut words = note.text.clone();
    if note.line > 0 {
        words = format!("line {}: {words}", note.line);
    }
    if let Some((rule, confidence)) = note.rule {
        words += &format!(" ({rule}, {confidence} %)");
    }
    words
}
