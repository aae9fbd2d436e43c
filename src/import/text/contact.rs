//! Rule 5: blocks that say whom to call. They are private: they are dropped, and
//! the notes have them without numbers and addresses.

use crate::import::text::reading::{Reading, Role};
use crate::import::text::words::{has_email, has_phone, is_long, length, masked};
use crate::import::text::{byline, names};

/// How the account calls such a block.
const PRIVATE: &str = "contact block, private";

/// How many short lines may follow the first.
const LINES: usize = 6;

/// How many of the last lines may be blocks.
const TAIL: usize = 40;

/// The words that a block begins with.
const LABELS: &[&str] = &[
    "contact",
    "contacts",
    "contact person",
    "contact information",
    "contact info",
    "media contact",
    "media contacts",
    "press contact",
    "press contacts",
    "contact for media",
    "for more information",
    "for more information contact",
    "for more information, contact",
    "for further information",
    "for further information contact",
    "for further information, contact",
    "for media inquiries",
    "media inquiries",
    "press inquiries",
    "for interviews",
    "for interviews contact",
    "contacto",
    "contactos",
    "contacto de prensa",
    "contactos de prensa",
    "contacto para prensa",
    "contacto para medios",
    "contacto para la prensa",
    "contacto de medios",
    "contactar a",
    "contactar",
    "para mas informacion",
    "mas informacion",
    "informacion de contacto",
    "para entrevistas",
    "persona de contacto",
    "informes",
    "prensa",
    "media",
];

/// Whether a folded line begins a block: a label alone, or one with a colon.
pub(super) fn is_label(folded: &str) -> bool {
    label(folded).is_some()
}

/// What follows the label that a folded line begins with.
fn label(folded: &str) -> Option<&str> {
    let folded = folded.trim_start_matches(['*', '-', '–', '—', '[', '(', ' ']);
    if LABELS.contains(&folded) {
        return Some("");
    }
    let (name, rest) = folded.split_once(':')?;
    LABELS.contains(&name.trim()).then_some(rest)
}

/// Whether a line has a telephone number or an address.
fn is_reachable(text: &str) -> bool {
    has_phone(text) || has_email(text)
}

/// Whether a line can stand in a block: short, with a way to reach somebody, a
/// name, a role or an organization.
fn is_part(text: &str) -> bool {
    if length(text) > 90 || is_long(text) || byline::is_byline(text, None) {
        return false;
    }
    let first =
        text.split([',', '|', '(', ':', '–', '—', '/']).next().unwrap_or(text).trim();
    is_reachable(text)
        || is_address(text)
        || names::person(first).is_some()
        || names::organization(text).is_some()
        || names::outlet(first).is_some()
        || names::is_role(text) && !text.ends_with('.') && text.split(' ').count() <= 6
}

/// Whether a line is a web address or a handle.
fn is_address(text: &str) -> bool {
    let word = text.trim().trim_start_matches(['•', '-', ' ']);
    let is_web =
        ["http://", "https://", "www."].iter().any(|start| word.starts_with(start));
    !word.contains(' ') && (is_web || word.starts_with('@'))
}

/// Gives the blocks above and below the text their roles.
pub(super) fn find(reading: &mut Reading<'_, '_>) {
    let open: Vec<usize> = reading.open().collect();
    let first =
        open.iter().position(|&at| reading.is_paragraph(at)).unwrap_or(open.len());
    let last = open.iter().rposition(|&at| reading.is_paragraph(at)).unwrap_or(0);
    let mut i = 0;
    while let Some(&at) = open.get(i) {
        let is_outside = i < first.min(25) || i > last && i + TAIL >= open.len();
        let is_label = label(reading.folded(at)).is_some();
        let length = if is_outside || is_label { block(reading, &open, i) } else { 0 };
        if length > 0 && is_outside {
            take(reading, open.get(i..i + length).unwrap_or_default());
        } else if length > 0 {
            let text = format!("is `{}` private?", masked(reading.text(at)));
            reading.ask(at, ("contact", 50), text);
        }
        i += length.max(1);
    }
}

/// How many of the open lines from one on make a block; 0 if none does.
fn block(reading: &Reading<'_, '_>, open: &[usize], i: usize) -> usize {
    let line = |i: usize| open.get(i).map(|&at| (at, reading.text(at)));
    let Some((at, text)) = line(i) else { return 0 };
    let Some(rest) = label(reading.folded(at)) else {
        return unlabelled(reading, open, i);
    };
    if is_long(text) || !(rest.is_empty() || is_reachable(text) || length(text) < 90) {
        return 0;
    }
    let mut n = 1;
    let mut is_found = is_reachable(text);
    while n <= LINES
        && let Some((at, text)) = line(i + n)
    {
        // A name alone behind an empty line may be the headline or the writer.
        let is_end = reading.is_parted(at) && is_found && !is_reachable(text);
        if is_end || !is_part(text) {
            break;
        }
        is_found |= is_reachable(text);
        n += 1;
    }
    if is_found { trimmed(reading, open, i, n) } else { 0 }
}

/// A block ends with its last line that can be used.
fn trimmed(reading: &Reading<'_, '_>, open: &[usize], i: usize, n: usize) -> usize {
    let text = |i: usize| open.get(i).map_or("", |&at| reading.text(at));
    let is_last =
        |n: &usize| is_reachable(text(i + n - 1)) || is_address(text(i + n - 1));
    (1..=n).rev().find(is_last).unwrap_or(n)
}

/// How many lines make a block without a label: at least two short lines, with
/// a name or a role and a number or an address.
fn unlabelled(reading: &Reading<'_, '_>, open: &[usize], i: usize) -> usize {
    let mut n = 0;
    let (mut reachable, mut named) = (0, false);
    while n <= LINES
        && let Some(&at) = open.get(i + n)
    {
        let text = reading.text(at);
        if n > 0 && reading.is_parted(at)
            || !is_part(text)
            || label(reading.folded(at)).is_some()
        {
            break;
        }
        reachable += usize::from(is_reachable(text));
        named |= !is_reachable(text) || text.contains(',') || text.contains(':');
        n += 1;
    }
    if n < 2 || reachable == 0 || !named { 0 } else { trimmed(reading, open, i, n) }
}

/// Drops the lines of a block.
fn take(reading: &mut Reading<'_, '_>, lines: &[usize]) {
    let Some(&first) = lines.first() else { return };
    let words: Vec<String> = lines.iter().map(|&at| masked(reading.text(at))).collect();
    for &at in lines {
        reading.set(at, Role::Dropped(PRIVATE));
    }
    let sure = if label(reading.folded(first)).is_some() { 95 } else { 75 };
    let text = format!("the contact block is left out: {}", words.join(" / "));
    reading.decide(first, ("contact", sure), text);
}
