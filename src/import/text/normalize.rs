//! Rule 1: lines with one kind of line end and one kind of space, without what
//! cannot be seen.
//!
//! Quotes, dashes and the spacing between words stay as they are. Text that
//! was read in the wrong encoding is reported here and mended in `mojibake`.

use std::collections::BTreeMap;

use crate::import::account::{self, Account};
use crate::import::piece::{About, Note};
use crate::import::text::mojibake;

/// A line of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// Its text, without spaces around it.
    pub text: String,
    /// Its place in the source, from 1.
    pub number: u64,
}

/// The lines of a text; what was changed is counted and noted.
pub(super) fn lines(
    text: &str,
    is_mended: bool,
    account: &mut Account,
    notes: &mut Vec<Note>,
) -> Vec<Source> {
    account.read(text);
    let mended = mojibake::mend(text, is_mended, notes);
    balance(account, text, &mended, "text in a wrong encoding");
    let mut removed = BTreeMap::new();
    let mut lines = Vec::new();
    for (at, line) in split(&mended).enumerate() {
        let number = u64::try_from(at + 1).unwrap_or(u64::MAX);
        let clean = clean(line, number, &mut removed);
        let composed = compose(&clean);
        balance(account, &clean, &composed, "accents that were joined to their letters");
        lines.push(Source { text: composed, number });
    }
    for (what, (n, line)) in removed {
        notes.push(Note {
            about: About::Decision,
            text: format!("{n} characters that cannot be seen are left out: {what}"),
            line,
            rule: Some(("spaces", 100)),
        });
    }
    lines
}

/// Counts by how much a text became shorter or longer.
fn balance(account: &mut Account, before: &str, after: &str, what: &str) {
    let (before, after) = (account::count(before), account::count(after));
    let side = if before > after { &mut account.dropped } else { &mut account.added };
    if before != after {
        *side.entry(what.to_owned()).or_default() += before.abs_diff(after);
    }
}

/// Splits a text at every kind of line end.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let is_end = |c| {
        matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    // What stands between a carriage return and its line feed is no line.
    let mut last = '\n';
    text.split_inclusive(is_end).filter_map(move |line| {
        let end = line.chars().next_back().unwrap_or_default();
        let is_second_half = line == "\n" && last == '\r';
        last = end;
        (!is_second_half).then(|| line.trim_end_matches(is_end))
    })
}

/// A line without what cannot be seen, with plain spaces.
fn clean(
    line: &str,
    number: u64,
    removed: &mut BTreeMap<&'static str, (u64, u64)>,
) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        let what = match c {
            '\t' | '\u{fe00}'..='\u{fe0f}' => None,
            '\u{200d}' if out.ends_with(|last| last >= '\u{2190}') => None,
            '\u{ad}' => Some("soft hyphens"),
            '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{200e}'
            | '\u{200f}' => Some("marks of direction"),
            _ if c.is_control() => Some("control characters"),
            _ if !c.is_whitespace() && !account::is_seen(c) => {
                Some("characters without width")
            }
            _ => None,
        };
        match what {
            Some(what) => removed.entry(what).or_insert((0, number)).0 += 1,
            None if c.is_whitespace() => out.push(' '),
            None => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// Letters with the accents of Latin script, and what they are made of: the
/// letters behind each accent, and behind those the composed ones.
const ACCENTS: [(char, &str, &str); 8] = [
    ('\u{300}', "AEIOUaeiouNn", "ÀÈÌÒÙàèìòùǸǹ"),
    ('\u{301}', "AEIOUYaeiouyCcNnSsZz", "ÁÉÍÓÚÝáéíóúýĆćŃńŚśŹź"),
    ('\u{302}', "AEIOUaeiou", "ÂÊÎÔÛâêîôû"),
    ('\u{303}', "ANOano", "ÃÑÕãñõ"),
    ('\u{308}', "AEIOUaeiouy", "ÄËÏÖÜäëïöüÿ"),
    ('\u{30a}', "AaUu", "ÅåŮů"),
    ('\u{327}', "CcSs", "ÇçŞş"),
    ('\u{30c}', "CcEeNnRrSsZz", "ČčĚěŇňŘřŠšŽž"),
];

/// A text whose accents are parts of their letters.
fn compose(text: &str) -> String {
    if !text.chars().any(|c| matches!(c, '\u{300}'..='\u{36f}')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let composed = ACCENTS.iter().find(|(accent, ..)| *accent == c).and_then(
            |(_, letters, composed)| {
                let at = letters.chars().position(|letter| out.ends_with(letter))?;
                composed.chars().nth(at)
            },
        );
        match composed {
            Some(letter) => {
                out.pop();
                out.push(letter);
            }
            None => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a text, without mending.
    fn read(text: &str) -> (Vec<String>, Account, Vec<Note>) {
        let (mut account, mut notes) = (Account::default(), Vec::new());
        let lines = lines(text, false, &mut account, &mut notes);
        (lines.into_iter().map(|line| line.text).collect(), account, notes)
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        for text in
            ["a\nb\n\nc", "a\r\nb\r\n\r\nc\r\n", "a\rb\r\rc", "a\u{2028}b\u{b}\u{c}c"]
        {
            assert_eq!(read(text).0, ["a", "b", "", "c"], "{text:?}");
        }
        assert_eq!(read("").0, [""; 0]);
    }

    #[test]
    fn spaces_are_plain_and_what_cannot_be_seen_is_reported() {
        let (lines, _, notes) = read("\u{feff}a\u{a0}b  c\u{200b}\u{202e}d\te\0 “q” — …");
        assert_eq!(lines, ["a b  cd e “q” — …"]);
        assert_eq!(notes.len(), 3);
        assert!(notes.iter().all(|note| note.text.starts_with(['1', '2'])));
    }

    #[test]
    fn accents_are_joined_and_counted() {
        let (lines, account, _) = read("Leo\u{301}n, man\u{303}ana, x\u{301}");
        assert_eq!(lines, ["León, mañana, x\u{301}"]);
        assert_eq!(account.read, account::count(&lines[0]) + 2);
        assert_eq!(account.dropped.values().sum::<u64>(), 2);
    }

    #[test]
    fn a_joined_picture_stays_joined() {
        assert_eq!(read("👩\u{200d}🌾 ✌\u{fe0f}").0, ["👩\u{200d}🌾 ✌\u{fe0f}"]);
    }
}
