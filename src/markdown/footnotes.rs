//! Numbers footnotes and writes them at the end of a body.
//!
//! A footnote has the number of its first use. One that is never used comes
//! last, so that nothing an author wrote is lost.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::markdown::Words;
use crate::markdown::piece::{Piece, push_attribute};

/// The footnotes of a body.
#[derive(Default)]
pub(super) struct Footnotes {
    /// The number of each label, from 1 on.
    numbers: BTreeMap<String, usize>,
    /// How often each number is used.
    uses: Vec<usize>,
    /// What each number says.
    texts: Vec<Option<Piece>>,
    /// Footnotes whose label had one already.
    doubles: Vec<Piece>,
    /// Labels that were given a text before they were used.
    waiting: BTreeMap<String, (usize, Piece)>,
}

impl Footnotes {
    /// Uses a footnote; gives its number, and which use of it this is.
    pub(super) fn refer(&mut self, label: &str) -> (usize, usize) {
        let label = folded(label);
        let known = self.numbers.get(&label).copied();
        let number = known.unwrap_or_else(|| {
            let text = self.waiting.remove(&label).map(|(_, text)| text);
            self.add(label, text)
        });
        match self.uses.get_mut(number - 1) {
            Some(uses) => {
                *uses += 1;
                (number, *uses)
            }
            None => (number, 1),
        }
    }

    /// Gives the next number to a label.
    fn add(&mut self, label: String, text: Option<Piece>) -> usize {
        self.uses.push(0);
        self.texts.push(text);
        let number = self.texts.len();
        self.numbers.insert(label, number);
        number
    }

    /// Keeps the text of a footnote.
    pub(super) fn define(&mut self, label: &str, text: Piece) {
        let label = folded(label);
        let order = self.waiting.len();
        match self.numbers.get(&label).and_then(|number| self.texts.get_mut(number - 1)) {
            Some(slot @ None) => *slot = Some(text),
            Some(Some(_)) => self.doubles.push(text),
            None if self.waiting.contains_key(&label) => self.doubles.push(text),
            None => {
                self.waiting.insert(label, (order, text));
            }
        }
    }

    /// Writes all footnotes, if there are any, behind a body.
    pub(super) fn write(mut self, words: &Words, out: &mut Piece) {
        let mut unused: Vec<_> =
            std::mem::take(&mut self.waiting).into_values().collect();
        unused.sort_by_key(|(order, _)| *order);
        let unused = unused.into_iter().map(|(_, text)| text).chain(self.doubles);
        for text in unused {
            self.uses.push(0);
            self.texts.push(Some(text));
        }
        if self.texts.is_empty() {
            return;
        }
        out.push("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        push_attribute(&mut out.html, &words.footnotes);
        out.push("\">\n<ol>\n");
        for (index, (text, uses)) in self.texts.into_iter().zip(self.uses).enumerate() {
            let number = index + 1;
            let _ = writeln!(out.html, "<li id=\"fn-{number}\">");
            let mut text = text.unwrap_or_default();
            let end = if text.html.ends_with("</p>\n") {
                text.html.truncate(text.html.len() - 5);
                "</p>\n"
            } else {
                ""
            };
            out.append(text);
            push_links_back(&mut out.html, number, uses, &words.back);
            out.push(end);
            out.push("</li>\n");
        }
        out.push("</ol>\n</section>\n");
    }
}

/// Writes the links from a footnote to where it is used.
fn push_links_back(out: &mut String, number: usize, uses: usize, words: &str) {
    for nth in 1..=uses {
        let name = if nth < 2 { number.to_string() } else { format!("{number}-{nth}") };
        let label = words.replace("{n}", &name);
        let _ = write!(
            out,
            " <a href=\"#{}\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"",
            reference_id(number, nth)
        );
        push_attribute(out, &label);
        out.push_str("\">\u{21a9}\u{fe0e}");
        if nth > 1 {
            let _ = write!(out, "<sup>{nth}</sup>");
        }
        out.push_str("</a>");
    }
}

/// The mark in the text where a footnote is used.
pub(super) fn mark(number: usize, nth: usize) -> String {
    format!(
        "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{}\" \
         role=\"doc-noteref\">{number}</a></sup>",
        reference_id(number, nth)
    )
}

/// The id of a use of a footnote.
fn reference_id(number: usize, nth: usize) -> String {
    if nth < 2 { format!("fnref-{number}") } else { format!("fnref-{number}-{nth}") }
}

/// A label in the form in which labels are compared.
fn folded(label: &str) -> String {
    label.to_lowercase().to_uppercase().to_lowercase()
}
