//! Finds the first paragraph of a body and makes plain text of it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::markdown::events;
use crate::markdown::quotes::Quotes;

/// How much of a body is read first, in bytes.
const FIRST: usize = 4096;

/// The first paragraph of a body as plain text, cut at a word to at most
/// `limit` characters. Lists, tables, code, footnotes and pictures are passed
/// over.
///
/// Paragraphs mostly stand near the beginning, so a part of the body is read
/// first, and more only as long as that is not enough.
pub fn summary(text: &str, limit: usize) -> String {
    let mut length = FIRST;
    loop {
        let part = beginning(text, length);
        match first_paragraph(part, limit) {
            Found::Paragraph(words, range) => {
                let source = part.get(range.clone()).unwrap_or_default();
                // What a bracket means can depend on the end of the body.
                let is_sure = range.end < part.len() && !source.contains('[');
                if is_sure || part.len() == text.len() {
                    return cut(&words, limit);
                }
                length = if source.contains('[') {
                    text.len()
                } else {
                    length.saturating_mul(4)
                };
            }
            Found::Nothing if part.len() == text.len() => return String::new(),
            Found::Nothing => length = length.saturating_mul(4),
        }
    }
}

/// What a part of a body holds.
enum Found {
    /// A paragraph with its words and where it stands.
    Paragraph(String, Range<usize>),
    /// No paragraph with any words.
    Nothing,
}

/// A beginning of a text that ends behind an empty line, or all of it.
fn beginning(text: &str, length: usize) -> &str {
    let rest = text.as_bytes().get(length..).unwrap_or_default();
    let is_end = |pair: &[u8]| pair == b"\n\n" || pair == b"\n\r";
    match rest.windows(2).position(is_end) {
        Some(found) => text.get(..length + found + 1).unwrap_or(text),
        None => text,
    }
}

/// The first paragraph that has words; of its words no more than it takes to
/// cut them.
fn first_paragraph(text: &str, limit: usize) -> Found {
    let mut quotes = Quotes::new(["\"", "\"", "'", "'"]);
    let mut skipped = 0_usize;
    let mut open: Option<Range<usize>> = None;
    let mut words = Words::default();
    for (event, range) in events(text) {
        match event {
            Event::Start(tag) if skipped > 0 || is_passed_over(&tag) => skipped += 1,
            Event::End(_) if skipped > 0 => skipped -= 1,
            _ if skipped > 0 => {}
            Event::Start(Tag::Paragraph) => open = Some(range),
            Event::End(TagEnd::Paragraph) => {
                if let Some(range) = open.take().filter(|_| words.count > 0) {
                    return Found::Paragraph(words.text, range);
                }
                quotes.reset();
            }
            _ if open.is_none() => {}
            Event::Text(piece) => words.push(quotes.shown(&piece, text, &range), limit),
            Event::Code(piece) => words.push(&piece, limit),
            Event::SoftBreak | Event::HardBreak => words.push(" ", limit),
            _ => {}
        }
        if words.count > limit
            && let Some(range) = open.take()
        {
            return Found::Paragraph(words.text, range);
        }
    }
    Found::Nothing
}

/// Words with single spaces between them.
#[derive(Default)]
struct Words {
    /// The words.
    text: String,
    /// How many characters they have.
    count: usize,
    /// Whether a space comes before the next character.
    is_parted: bool,
}

impl Words {
    /// Adds a text, until there is more than `limit` characters.
    fn push(&mut self, text: &str, limit: usize) {
        for c in text.chars() {
            if self.count > limit {
                return;
            }
            if c.is_whitespace() {
                self.is_parted = self.count > 0;
                continue;
            }
            if std::mem::take(&mut self.is_parted) {
                self.text.push(' ');
                self.count += 1;
            }
            self.text.push(c);
            self.count += 1;
        }
    }
}

/// Whether what stands in this is no running text.
fn is_passed_over(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::Table(_)
            | Tag::Image { .. }
    )
}

/// A text cut at a word to at most `limit` characters.
fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let Some(room) = limit.checked_sub(1) else { return String::new() };
    let end = text.char_indices().nth(room).map_or(text.len(), |(at, _)| at);
    let kept = text.get(..end).unwrap_or_default();
    let is_whole = text.get(end..).is_some_and(|rest| rest.starts_with(' '));
    let kept = match kept.rsplit_once(' ') {
        Some((words, _)) if !is_whole => words,
        _ => kept,
    };
    let is_loose = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '\u{2013}' | '\u{2014}')
    };
    format!("{}\u{2026}", kept.trim_end_matches(is_loose))
}
