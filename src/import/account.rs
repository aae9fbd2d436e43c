//! The account of a piece's text: every character that came in is in the
//! body, was moved, or was dropped for a reason.
//!
//! Characters are counted without white space and without what cannot be
//! seen. What came in and what stands in the body at the end are counted
//! apart from each other, by those who read and who write; that they balance
//! is the check.

use std::collections::BTreeMap;

pub use crate::dom::{count, is_seen};

/// Where the characters of a text went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// How many came in.
    pub read: u64,
    /// How many stand in the body.
    pub body: u64,
    /// How many were put into the body that did not come in with the text, and
    /// what they are: `caption of the attachment`.
    pub added: BTreeMap<String, u64>,
    /// How many went elsewhere, and where: `byline`, `deck`.
    pub moved: BTreeMap<String, u64>,
    /// How many were dropped, and why: `comment form`, `shortcode [gallery]`.
    pub dropped: BTreeMap<String, u64>,
}

impl Account {
    /// Counts the text that came in.
    pub fn read(&mut self, text: &str) {
        self.read += count(text);
    }

    /// Counts text of the body that did not come in.
    pub fn add(&mut self, what: &str, text: &str) {
        enter(&mut self.added, what, text);
    }

    /// Counts text that went elsewhere.
    pub fn move_to(&mut self, place: &str, text: &str) {
        enter(&mut self.moved, place, text);
    }

    /// Counts text that was dropped.
    pub fn drop(&mut self, reason: &str, text: &str) {
        enter(&mut self.dropped, reason, text);
    }

    /// Adds what another account counted.
    pub fn take(&mut self, other: &Self) {
        self.read += other.read;
        self.body += other.body;
        for (own, others) in [
            (&mut self.added, &other.added),
            (&mut self.moved, &other.moved),
            (&mut self.dropped, &other.dropped),
        ] {
            for (what, n) in others {
                *own.entry(what.clone()).or_default() += n;
            }
        }
    }

    /// How many characters more came in than are accounted for; less than zero
    /// if there are more in the body than came in.
    pub fn missing(&self) -> i64 {
        let sum = |side: &BTreeMap<String, u64>| side.values().sum::<u64>();
        let came = self.read + sum(&self.added);
        let went = self.body + sum(&self.moved) + sum(&self.dropped);
        i64::try_from(came).unwrap_or(i64::MAX) - i64::try_from(went).unwrap_or(i64::MAX)
    }
}

/// Counts a text under a name, unless there is nothing to count.
fn enter(side: &mut BTreeMap<String, u64>, what: &str, text: &str) {
    let n = count(text);
    if n > 0 {
        *side.entry(what.to_owned()).or_default() += n;
    }
}
