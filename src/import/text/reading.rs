//! The lines of one piece while the rules go over them: what each line is, what
//! was found, and what an editor should know.
//!
//! The rules stand in the other files of this folder. Each gives lines their
//! role; a line whose role nobody took stays in the body.

use std::collections::BTreeMap;

use crate::import::piece::{About, Facts, Note, Visibility};
use crate::import::text::dates::{self, Found};
use crate::import::text::words::{
    fold_line, is_blank, is_long, length, masked, private_parts,
};
use crate::import::text::{Line, Options};
use crate::json::Value;

/// What is sure enough to be done without asking, in percent.
pub(super) const ENOUGH: u8 = 60;

/// How the account calls telephone numbers and addresses in a line whose rest
/// is moved.
pub(super) const PRIVATE: &str = "number or address, private";

/// What a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// Text of the body.
    #[default]
    Body,
    /// It says something that a field has now, or that is kept elsewhere; the
    /// word is for the account.
    Moved(&'static str),
    /// It belongs to a page or a form, not to the piece; the word is for the
    /// account.
    Dropped(&'static str),
}

/// What the rules found.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    /// What the keys will say.
    pub(super) facts: Facts,
    /// Whether it may be published.
    pub(super) visibility: Visibility,
    /// The role of each line.
    pub(super) roles: Vec<Role>,
    /// The parts of moved lines that are dropped, by the line's place among
    /// all, each with the word for the account.
    pub(super) parts: BTreeMap<usize, Vec<(&'static str, String)>>,
    /// What was decided, and what is in doubt.
    pub(super) notes: Vec<Note>,
}

/// A line with what the rules compare.
pub(super) struct Entry<'t> {
    /// Its text without spaces around it.
    pub(super) text: &'t str,
    /// Its text as the lists have it; empty for long lines.
    pub(super) folded: String,
    /// Its place in the source.
    pub(super) number: u64,
    /// Whether an empty line stands before it.
    pub(super) is_parted: bool,
}

/// Where a date stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DatePlace {
    /// In a line of its own above the text.
    Header,
    /// In the dateline.
    Dateline,
    /// In the line of the byline.
    Byline,
}

/// A piece that is being read.
pub(super) struct Reading<'t, 'o> {
    /// The lines that are not empty.
    pub(super) lines: Vec<Entry<'t>>,
    /// The role of each of them.
    roles: Vec<Role>,
    /// The place of each of them among all lines.
    places: Vec<usize>,
    /// What was found.
    pub(super) found: Findings,
    /// The dates of the piece, with their lines.
    pub(super) dates: Vec<(DatePlace, usize, Found)>,
    /// What the caller wants.
    pub(super) options: &'o Options,
}

impl<'t, 'o> Reading<'t, 'o> {
    /// The lines of a piece, none of which has a role yet.
    pub(super) fn new(lines: &[Line<'t>], options: &'o Options) -> Self {
        let (mut entries, mut places) = (Vec::new(), Vec::new());
        let mut is_parted = false;
        for (place, line) in lines.iter().enumerate() {
            if is_blank(line.text) {
                is_parted = true;
                continue;
            }
            let text = line.text.trim();
            let folded = fold_line(text);
            entries.push(Entry { text, folded, number: line.number, is_parted });
            places.push(place);
            is_parted = false;
        }
        let roles = vec![Role::Body; entries.len()];
        let all = vec![Role::Body; lines.len()];
        let found = Findings { roles: all, ..Findings::default() };
        Self { lines: entries, roles, places, found, dates: Vec::new(), options }
    }

    /// What was found, with the roles of all lines.
    pub(super) fn finish(mut self) -> Findings {
        for (place, role) in self.places.iter().zip(&self.roles) {
            if let Some(slot) = self.found.roles.get_mut(*place) {
                *slot = *role;
            }
        }
        self.found
    }

    /// The text of a line; empty if there is none.
    pub(super) fn text(&self, at: usize) -> &'t str {
        self.lines.get(at).map_or("", |line| line.text)
    }

    /// A line as the lists have it.
    pub(super) fn folded(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", |line| &line.folded)
    }

    /// Whether an empty line stands before a line.
    pub(super) fn is_parted(&self, at: usize) -> bool {
        self.lines.get(at).is_none_or(|line| line.is_parted)
    }

    /// Whether a line has no role yet.
    pub(super) fn is_open(&self, at: usize) -> bool {
        self.roles.get(at) == Some(&Role::Body)
    }

    /// The role of a line.
    pub(super) fn role(&self, at: usize) -> Role {
        self.roles.get(at).copied().unwrap_or_default()
    }

    /// Gives a line its role.
    pub(super) fn set(&mut self, at: usize, role: Role) {
        if let Some(slot) = self.roles.get_mut(at) {
            *slot = role;
        }
    }

    /// Drops a part of a line whose rest is moved.
    pub(super) fn drop_part(&mut self, at: usize, reason: &'static str, part: &str) {
        if let Some(&place) = self.places.get(at) {
            let parts = self.found.parts.entry(place).or_default();
            parts.push((reason, part.to_owned()));
        }
    }

    /// Moves a line into a list of provenance, without the numbers and
    /// addresses of people in it.
    pub(super) fn keep(&mut self, at: usize, key: &str, word: &'static str) {
        let text = self.text(at);
        self.set(at, Role::Moved(word));
        for part in private_parts(text) {
            self.drop_part(at, PRIVATE, &part);
        }
        let provenance = &mut self.found.facts.provenance;
        let list =
            provenance.entry(key.to_owned()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(Value::String(masked(text)));
        }
    }

    /// The lines without a role, from the first on.
    pub(super) fn open(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.open_from(0)
    }

    /// The lines without a role from a line on.
    pub(super) fn open_from(
        &self,
        at: usize,
    ) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (at..self.lines.len()).filter(|&at| self.is_open(at))
    }

    /// The first lines without a role that can be headings and labels: up to
    /// the second long one, and no more than `limit`.
    pub(super) fn head(&self, limit: usize) -> Vec<usize> {
        let mut long = 0;
        let mut head = Vec::new();
        for at in self.open().take(limit) {
            long += usize::from(self.is_paragraph(at));
            if long > 1 {
                break;
            }
            head.push(at);
        }
        head
    }

    /// The last lines without a role, the last first.
    pub(super) fn tail(&self, limit: usize) -> Vec<usize> {
        self.open().rev().take(limit).collect()
    }

    /// Whether a line is running text.
    pub(super) fn is_paragraph(&self, at: usize) -> bool {
        let text = self.text(at);
        let ends = text.trim_end_matches(['”', '"', '»', '\'', '’', ')']);
        is_long(text) || length(text) >= 80 && ends.ends_with(['.', '?', '!', ':', '…'])
    }

    /// The dates in the beginning of a line.
    pub(super) fn dates_in(&self, at: usize) -> Vec<Found> {
        let text = self.text(at);
        let end = text.char_indices().nth(240).map_or(text.len(), |(end, _)| end);
        dates::find(text.get(..end).unwrap_or_default(), self.options.month_first)
    }

    /// Notes what a rule decided.
    pub(super) fn decide(&mut self, at: usize, rule: (&'static str, u8), text: String) {
        self.note(About::Decision, at, rule, text);
    }

    /// Notes what an editor should decide.
    pub(super) fn ask(&mut self, at: usize, rule: (&'static str, u8), text: String) {
        self.note(About::Question, at, rule, text);
    }

    /// Notes something about a line.
    pub(super) fn note(
        &mut self,
        about: About,
        at: usize,
        rule: (&'static str, u8),
        text: String,
    ) {
        let line = self.lines.get(at).map_or(0, |line| line.number);
        self.found.notes.push(Note { about, text, line, rule: Some(rule) });
    }
}
