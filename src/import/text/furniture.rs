//! Rule 2: lines that belong to the page or to a form, not to the piece.
//!
//! Two different lines of the lists are proof; one alone is asked about. At
//! the beginning and at the end of a piece every listed line counts, inside it
//! only those that stand in no story. Comments of readers are dropped if
//! they are few; much text below their heading may be the story, and stays.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::import::text::reading::{Reading, Role};
use crate::import::text::words::{beginning, entries, length, masked};
use crate::import::text::{boilerplate, byline, contact};

/// How the account calls comments of readers.
const COMMENTS: &str = "comments of readers";

/// How long a line is that may be a paragraph of the story.
const PARAGRAPH: usize = 60;

/// How much text in paragraphs is not cut without asking.
const STORY: usize = 200;

/// How many lines of any words may follow a line that announces such.
const FOLLOWERS: usize = 8;

/// What a list says of a line.
#[derive(Clone, Copy)]
struct Listed {
    /// What the line belongs to.
    section: &'static str,
    /// Whether it stands in no story.
    is_certain: bool,
    /// Whether lines of any words may follow it.
    is_opening: bool,
}

/// The lists.
struct Lists {
    /// Whole lines.
    exact: BTreeMap<&'static str, Listed>,
    /// Beginnings of lines.
    beginnings: BTreeMap<&'static str, Listed>,
}

/// The lists of both languages.
static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let (mut exact, mut beginnings) = (BTreeMap::new(), BTreeMap::new());
    let (mut section, mut is_opening) = ("", false);
    for line in entries(include_str!("furniture.txt")) {
        if let Some(name) = line.strip_prefix('[') {
            is_opening = name.ends_with('+');
            section = name.trim_end_matches(['+', ']']);
            continue;
        }
        let words = line.strip_prefix('!').unwrap_or(line);
        let listed = Listed { section, is_certain: words != line, is_opening };
        match words.strip_suffix('*') {
            Some(words) => beginnings.insert(words.trim_end_matches('\''), listed),
            None => exact.insert(words, listed),
        };
    }
    Lists { exact, beginnings }
});

/// What the lists say of a folded line.
fn listed(folded: &str) -> Option<Listed> {
    if folded.is_empty() {
        return None;
    }
    if let Some(listed) = LISTS.exact.get(folded) {
        return Some(*listed);
    }
    // The list's beginning that could fit stands right before the line; those
    // that are a beginning of that one stand before it.
    let before = LISTS.beginnings.range(..=folded).rev().take(12);
    before
        .filter(|(words, _)| folded.starts_with(**words))
        .map(|(_, listed)| *listed)
        .next()
        .or_else(|| links(folded))
}

/// Whether a line that only begins with one to three listed words is a
/// sentence of its own: `Posted in the window of the mill was …`.
fn is_sentence(reading: &Reading<'_, '_>, at: usize) -> bool {
    let (text, folded) = (reading.text(at), reading.folded(at));
    if length(text) < PARAGRAPH || LISTS.exact.contains_key(folded) {
        return false;
    }
    let before = LISTS.beginnings.range(..=folded).rev().take(12);
    let words = before.map(|(words, _)| *words).find(|words| folded.starts_with(words));
    let is_loose = words.is_some_and(|words| {
        words.split_whitespace().count() <= 3
            && !["cookies", "©", "(c)"].iter().any(|mark| words.contains(mark))
    });
    let ends = text.trim_end_matches(['”', '"', '»', '’', ')']);
    is_loose && ends.ends_with(['.', '?', '!', '…'])
}

/// What a line of links to other pieces is: `← Older`, `Next →`.
fn links(folded: &str) -> Option<Listed> {
    let is_arrow = |c: char| matches!(c, '←' | '→' | '«' | '»' | '‹' | '›');
    let is_link = (folded.starts_with(['←', '‹'])
        || folded.ends_with(['→', '›'])
        || folded.starts_with("« ") && !folded.contains('»')
        || folded.ends_with(" »") && !folded.contains('«'))
        && folded.chars().filter(|&c| is_arrow(c)).count() <= 2
        && length(folded) < 120;
    let listed = Listed { section: "navigation", is_certain: true, is_opening: false };
    is_link.then_some(listed)
}

/// Gives the lines that are no part of the piece their roles.
pub(super) fn find(reading: &mut Reading<'_, '_>) {
    let comments = comments(reading);
    let matches: Vec<Option<Listed>> = (0..reading.lines.len())
        .map(|at| {
            let listed = listed(reading.folded(at))?;
            (reading.is_open(at) && !is_sentence(reading, at)).then_some(listed)
        })
        .collect();
    let distinct: BTreeSet<&str> = matches
        .iter()
        .enumerate()
        .filter(|(_, listed)| listed.is_some())
        .map(|(at, _)| reading.folded(at))
        .collect();
    let distinct = distinct.len();
    let is_proof = distinct >= 2 || comments;
    let tail = tail_start(reading, &matches);
    let head = head_end(reading, &matches);
    let mut cut = Vec::new();
    let mut doubtful = None;
    for (at, listed) in matches.iter().enumerate() {
        let Some(listed) = listed else { continue };
        if !listed.is_certain && at >= head && at < tail {
            continue;
        }
        if is_proof {
            cut.push((at, listed.section));
        } else if doubtful.is_none() {
            doubtful = Some((at, listed.section));
        }
    }
    for &(at, section) in &cut {
        reading.set(at, Role::Dropped(section));
    }
    let followers =
        if is_proof { followers(reading, &matches, tail) } else { Vec::new() };
    for &(at, section) in &followers {
        reading.set(at, Role::Dropped(section));
    }
    cut.extend(followers);
    cut.sort_unstable();
    tell(reading, &cut, distinct);
    if let Some((at, section)) = doubtful {
        let text = format!(
            "`{}` may belong to the page ({section}) and stays",
            reading.text(at)
        );
        reading.ask(at, ("furniture", 50), text);
    }
}

/// Notes what was cut, one note for each run of one section.
fn tell(reading: &mut Reading<'_, '_>, cut: &[(usize, &'static str)], distinct: usize) {
    let sure = if distinct > 3 { 99 } else { 90 };
    for run in cut.chunk_by(|a, b| a.1 == b.1 && a.0 + 1 == b.0) {
        let Some(&(first, section)) = run.first() else { continue };
        let lines: Vec<_> = run.iter().map(|&(at, _)| masked(reading.text(at))).collect();
        let text = format!("the {section} is cut: {}", lines.join(" / "));
        reading.decide(first, ("furniture", sure), text);
    }
}

/// Where the end of the page begins: below it stand listed lines and few
/// others.
fn tail_start(reading: &Reading<'_, '_>, matches: &[Option<Listed>]) -> usize {
    let (mut start, mut others) = (matches.len(), 0);
    for (at, listed) in matches.iter().enumerate().rev() {
        if listed.is_some() {
            start = at;
            others = 0;
        } else if reading.is_open(at) {
            others += 1;
            if others > FOLLOWERS || reading.is_paragraph(at) {
                break;
            }
        }
    }
    start
}

/// Where the beginning of the page ends.
fn head_end(reading: &Reading<'_, '_>, matches: &[Option<Listed>]) -> usize {
    let mut end = 0;
    for (at, listed) in matches.iter().enumerate().take(25) {
        if listed.is_some() {
            end = at + 1;
        } else if reading.is_paragraph(at) {
            break;
        }
    }
    end
}

/// The short lines that follow an announcement at the end of the page: titles
/// of other pieces, dates, sections.
fn followers(
    reading: &Reading<'_, '_>,
    matches: &[Option<Listed>],
    tail: usize,
) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    let mut open: Option<(&'static str, usize)> = None;
    for (at, listed) in matches.iter().enumerate().skip(tail) {
        match listed {
            Some(listed) => open = listed.is_opening.then_some((listed.section, 0)),
            None if !reading.is_open(at) => {}
            None => {
                let Some((section, count)) = open.as_mut() else { continue };
                if *count >= FOLLOWERS || is_protected(reading, at) {
                    open = None;
                    continue;
                }
                *count += 1;
                found.push((at, *section));
            }
        }
    }
    found
}

/// Whether a line among furniture is none: it says who wrote the piece, how to
/// reach them, or that it ends; or it is running text.
fn is_protected(reading: &Reading<'_, '_>, at: usize) -> bool {
    let text = reading.text(at);
    let ends = text.trim_end_matches(['”', '"', '»', '’', ')']);
    reading.is_paragraph(at)
        || length(text) >= PARAGRAPH && ends.ends_with(['.', '!', '…'])
        || byline::is_byline(text, reading.options.month_first)
        || byline::parse(text, reading.options.month_first).is_some()
        || contact::is_label(reading.folded(at))
        || boilerplate::mark(text).is_some()
}

/// Drops the comments of readers; tells whether there are any.
fn comments(reading: &mut Reading<'_, '_>) -> bool {
    let n = reading.lines.len();
    let Some(start) = (1..n).find(|&at| is_comments_heading(reading.folded(at))) else {
        return false;
    };
    let end = (start + 1..n)
        .find(|&at| {
            listed(reading.folded(at)).is_some_and(|listed| {
                listed.section == "comment form" && listed.is_certain
            })
        })
        .unwrap_or(n);
    if !(start..end).any(|at| is_signature(reading.folded(at))) {
        return false;
    }
    let end = comments_end(reading, start, end);
    let sizes: Vec<usize> = (start + 1..end)
        .filter(|&at| reading.is_open(at))
        .map(|at| length(reading.text(at)))
        .filter(|&size| size >= PARAGRAPH)
        .collect();
    if sizes.len() >= 2 && sizes.iter().sum::<usize>() >= STORY {
        reading.set(start, Role::Dropped(COMMENTS));
        let text = format!(
            "is the text after `{}` comments of readers? It stays in the text",
            beginning(&masked(reading.text(start)))
        );
        reading.ask(start, ("comments", 45), text);
        return false;
    }
    let cut: Vec<usize> = (start..end).filter(|&at| reading.is_open(at)).collect();
    for &at in &cut {
        reading.set(at, Role::Dropped(COMMENTS));
    }
    let words: Vec<String> = cut.iter().map(|&at| masked(reading.text(at))).collect();
    let text = format!(
        "{} lines of readers' comments are left out: {}",
        cut.len(),
        words.join(" / ")
    );
    reading.decide(start, ("comments", 90), text);
    true
}

/// Where the comments below a heading end: before the first paragraph that
/// stands in no comment, and the short lines above it. A comment begins with
/// the name of a reader and ends with the link to reply.
fn comments_end(reading: &Reading<'_, '_>, start: usize, end: usize) -> usize {
    let mut last = start + 1;
    let mut is_inside = false;
    for at in start + 1..end {
        let folded = reading.folded(at);
        if is_signature(folded) {
            is_inside = true;
        } else if matches!(folded, "reply" | "responder") {
            is_inside = false;
            last = at + 1;
        } else if !is_inside && length(reading.text(at)) >= PARAGRAPH {
            return last;
        }
        if is_inside {
            last = at + 1;
        }
    }
    end
}

/// Whether a folded line names the reader whose comment follows: `ana says`.
fn is_signature(folded: &str) -> bool {
    let verbs = [" says", " dice", " said", " dijo"];
    length(folded) < PARAGRAPH && verbs.iter().any(|verb| folded.ends_with(verb))
}

/// Whether a line announces comments: `3 thoughts on “…”`, `2 comentarios`.
fn is_comments_heading(folded: &str) -> bool {
    let mut words = folded.split(' ');
    let first = words.next().unwrap_or_default();
    let is_count = first.chars().all(|c| c.is_ascii_digit()) && !first.is_empty()
        || matches!(first, "one" | "un" | "una");
    let what = words.next().unwrap_or_default();
    let is_heading = matches!(
        what,
        "thoughts"
            | "thought"
            | "comments"
            | "comment"
            | "responses"
            | "response"
            | "replies"
            | "comentarios"
            | "comentario"
            | "respuestas"
            | "respuesta"
            | "pensamientos"
    );
    is_count
        && is_heading
        && words
            .next()
            .is_none_or(|word| matches!(word, "on" | "to" | "en" | "a" | "sobre"))
}
