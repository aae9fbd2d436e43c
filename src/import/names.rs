//! Proposes the organizations, people and places that a text names.
//!
//! Two things are proposed: names that lead to a record of the archive, and
//! names that stand beside their abbreviation, as in `Georgia Latino Alliance
//! for Human Rights (GLAHR)`. A proposal is for an editor to take; nothing is
//! added unasked.

use std::collections::BTreeMap;

use regex::Regex;

use crate::config::{Config, ORGANIZATIONS, PEOPLE, PLACES};
use crate::content::{self, Record};
use crate::diagnostic::Diagnostics;
use crate::source::Folder;

/// How many words of a name may be small: `for`, `of the`, `y de la`.
const SMALL: &[&str] = &[
    "and", "de", "del", "e", "en", "for", "in", "la", "las", "los", "of", "on", "para",
    "por", "the", "to", "y", "&",
];

/// A name that a text holds and that could be one of its keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proposal {
    /// The taxonomy that it belongs to.
    pub taxonomy: &'static str,
    /// The name: that of the record, if there is one.
    pub name: String,
    /// Whether a record of the archive has it.
    pub has_record: bool,
}

/// Finds names in texts.
pub(super) struct Names {
    /// Any spelling of a name with a record.
    spellings: Option<Regex>,
    /// What each spelling leads to.
    known: BTreeMap<String, (&'static str, String)>,
    /// An abbreviation in brackets.
    abbreviation: Option<Regex>,
}

impl Names {
    /// Reads the records of a site. What is wrong with one of them is for a build
    /// to say.
    pub(super) fn read(folder: &Folder, config: &Config) -> Self {
        let mut known = BTreeMap::new();
        let mut unsaid = Diagnostics::new();
        for taxonomy in [PLACES, PEOPLE, ORGANIZATIONS] {
            if !config.taxonomies.iter().any(|own| *own.name == *taxonomy) {
                continue;
            }
            let records = content::read_records(folder, taxonomy, config, &mut unsaid);
            for record in records.iter().filter(|own| own.facts.is_private != Some(true))
            {
                learn(record, taxonomy, &mut known);
            }
        }
        Self::new(known)
    }

    /// Finds these spellings, and names beside their abbreviations.
    fn new(known: BTreeMap<String, (&'static str, String)>) -> Self {
        // The longest spelling that fits is meant.
        let mut spellings: Vec<_> =
            known.keys().map(|name| regex::escape(name)).collect();
        spellings.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let pattern = spellings.join("|");
        let spellings =
            (!pattern.is_empty()).then(|| Regex::new(&pattern).ok()).flatten();
        let abbreviation = Regex::new(r"\(\s*(\p{Lu}[\p{Lu}\p{N}&.]{1,11})\s*\)").ok();
        Self { spellings, known, abbreviation }
    }

    /// The names that a text holds, in the order of the alphabet, none twice.
    pub(super) fn find(&self, text: &str) -> Vec<Proposal> {
        let mut found = Vec::new();
        let spellings =
            self.spellings.iter().flat_map(|spellings| spellings.find_iter(text));
        for spelling in spellings.filter(|found| is_whole_word(text, found.range())) {
            if let Some((taxonomy, name)) = self.known.get(spelling.as_str()) {
                found.push(Proposal { taxonomy, name: name.clone(), has_record: true });
            }
        }
        let abbreviations =
            self.abbreviation.iter().flat_map(|own| own.captures_iter(text));
        for capture in abbreviations {
            let (Some(whole), Some(short)) = (capture.get(0), capture.get(1)) else {
                continue;
            };
            let before = text.get(..whole.start()).unwrap_or_default();
            let Some(name) = long_form(before, short.as_str()) else { continue };
            if !self.known.contains_key(&name) && !self.known.contains_key(short.as_str())
            {
                found.push(Proposal { taxonomy: ORGANIZATIONS, name, has_record: false });
            }
        }
        found.sort();
        found.dedup();
        found
    }
}

/// Takes note of the spellings of a record's name.
fn learn(
    record: &Record,
    taxonomy: &'static str,
    known: &mut BTreeMap<String, (&'static str, String)>,
) {
    let Some(name) = &record.name else { return };
    let former = record.former_names.iter().map(|former| &former.name);
    for spelling in record.name.iter().chain(&record.aliases).chain(former) {
        if spelling.value.chars().count() > 1 {
            known.insert(spelling.value.clone(), (taxonomy, name.value.clone()));
        }
    }
}

/// Whether what stands in a range is not a part of a longer word.
fn is_whole_word(text: &str, range: std::ops::Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|text| text.chars().next_back());
    let after = text.get(range.end..).and_then(|text| text.chars().next());
    !before.is_some_and(char::is_alphanumeric)
        && !after.is_some_and(char::is_alphanumeric)
}

/// The name at the end of a text whose words begin with the letters of an
/// abbreviation.
fn long_form(before: &str, short: &str) -> Option<String> {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let before = before.trim_end().trim_end_matches(['"', '\u{201d}', '\'', '\u{2019}']);
    let sentence = before.rsplit(['.', ';', ':', '!', '?', '\n', '(', ')']).next()?;
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let mut open = letters.as_slice();
    let mut start = words.len();
    while let Some((&letter, rest)) = open.split_last() {
        start = start.checked_sub(1)?;
        let word =
            words.get(start)?.trim_start_matches(['"', '\u{201c}', '\'', '\u{2018}']);
        let first = word.chars().next()?;
        let is_small = SMALL.contains(&word.to_lowercase().as_str());
        if first.to_uppercase().eq(letter.to_uppercase())
            && !(is_small && first.is_lowercase())
        {
            open = rest;
        } else if !is_small {
            return None;
        }
    }
    let name = words.get(start..)?.join(" ");
    let name = name.trim_matches(['"', ',', '\u{201c}', '\u{2018}']);
    let has_capitals = name.chars().filter(|c| c.is_uppercase()).count() >= 2;
    (has_capitals && name.contains(' ')).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_beside_its_abbreviation_is_proposed() {
        let names = Names::new(BTreeMap::new());
        for (text, name) in [
            (
                "said the Rivertown Alliance for Fair Housing (RAFH) today",
                "Rivertown Alliance for Fair Housing",
            ),
            ("the Harbor Workers Union (HWU) marched", "Harbor Workers Union"),
            (
                "de la Alianza de Vecinos del Río (AVR), dijo",
                "Alianza de Vecinos del Río",
            ),
        ] {
            let found = names.find(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].name, name);
            assert!(!found[0].has_record);
        }
        for text in ["it rose (BUT not much)", "we met (ABC)", "the end. Harbor (HWU)"] {
            assert_eq!(names.find(text), [], "{text}");
        }
    }

    #[test]
    fn a_spelling_leads_to_the_name_of_its_record() {
        let union = (ORGANIZATIONS, "Harbor Workers Union".to_owned());
        let known = [("Harbor Workers Union", &union), ("HWU", &union)];
        let known = known.map(|(spelling, union)| (spelling.to_owned(), union.clone()));
        let names = Names::new(BTreeMap::from(known));
        let found = names.find("The HWU and the Harbor Workers Union (HWU), not SHWUX.");
        assert_eq!(found.len(), 1);
        assert!(found[0].has_record);
    }
}
