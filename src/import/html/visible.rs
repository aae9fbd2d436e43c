//! What is printed in a page about itself: bylines, dates, the page of the
//! paper and datelines, in English and Spanish.
//!
//! It reads one line at a time and says what the line is, if the whole line is
//! that. Where lines are looked at, and what wins over what, is decided by
//! those who ask.

pub mod dates;
pub mod names;

use crate::date::Date;
use dates::Order;

/// What a printed line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// The people who wrote it.
    pub people: Vec<String>,
    /// The organization, staff or desk that is named in place of people.
    pub organization: Option<String>,
    /// The day.
    pub date: Option<Date>,
    /// The day of a change.
    pub updated: Option<Date>,
    /// The page of the paper.
    pub page: Option<String>,
}

/// Words before a byline; with a colon behind them if the second says so.
const LABELS: &[(&str, bool)] = &[
    ("written by", false),
    ("reported by", false),
    ("story by", false),
    ("posted by", false),
    ("published by", false),
    ("words by", false),
    ("text by", false),
    ("article by", false),
    ("submitted by", false),
    ("op-ed by", false),
    ("opinion by", false),
    ("by", false),
    ("escrito por", false),
    ("publicado por", false),
    ("enviado por", false),
    ("texto de", false),
    ("texto", true),
    ("text", true),
    ("author", true),
    ("authors", true),
    ("autor", true),
    ("autora", true),
    ("autores", true),
    ("writer", true),
    ("por", false),
];

/// Words before a date.
const DATE_LABELS: &[&str] = &[
    "published on",
    "posted on",
    "submitted on",
    "created on",
    "published",
    "posted",
    "originally published",
    "first published",
    "date",
    "issue of",
    "on",
    "publicado el",
    "publicado",
    "fecha",
    "el",
    "edición del",
];

/// Words before the date of a change.
const UPDATE_LABELS: &[&str] = &[
    "last updated on",
    "last updated",
    "last modified",
    "updated on",
    "updated",
    "modified",
    "actualizado el",
    "actualizado",
    "última actualización",
];

/// Words of lists that a line of its own about a piece may have beside a byline
/// or a date.
const BESIDES: &[&str] = &[
    "comment",
    "comentario",
    "filed under",
    "in ",
    "en ",
    "section",
    "category",
    "tags",
    "min read",
    "minute read",
    "views",
    "print",
    "email",
    "share",
    "staff",
    "news",
    "opinion",
    "local",
    "special to",
    "issue",
    "vol",
    "edition",
    "leave a",
    "edit",
    "permalink",
    "no ",
];

/// Reads a line that may be a byline, a date or a page, or several of them.
///
/// `is_marked` says that the page itself calls the line a byline, so that a
/// name needs no label.
pub fn read(line: &str, order: Order, is_marked: bool) -> Option<Printed> {
    if line.chars().count() > 160 {
        return None;
    }
    let mut printed = Printed::default();
    let mut others = 0;
    let segments: Vec<_> = segments(line);
    for (at, segment) in segments.iter().enumerate() {
        let is_named = is_marked || (segments.len() > 1 && at == 0);
        if !read_segment(segment, order, is_named, &mut printed) {
            let lower = segment.to_lowercase();
            let is_beside = BESIDES.iter().any(|word| lower.contains(word));
            if segment.chars().count() > 40 || !(is_beside || names::is_role(segment)) {
                return None;
            }
            others += 1;
        }
    }
    let has_day = printed.date.is_some() || printed.updated.is_some();
    let has_writer = !printed.people.is_empty() || printed.organization.is_some();
    let found = usize::from(has_day)
        + usize::from(has_writer)
        + usize::from(printed.page.is_some());
    (found > 0 && others <= found + 1).then_some(printed)
}

/// The parts of a line between bars and dots.
fn segments(line: &str) -> Vec<&str> {
    line.split(['|', '•', '·', '¦'])
        .flat_map(|part| part.split(" // "))
        .flat_map(|part| part.split(" — "))
        .flat_map(|part| part.split(" – "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// Reads a part of a line; says whether it is one of the things looked for.
fn read_segment(
    segment: &str,
    order: Order,
    is_named: bool,
    printed: &mut Printed,
) -> bool {
    let segment =
        segment.trim_matches(|c: char| c == '*' || c == '_' || c == '~' || c == ' ');
    if let Some(page) = read_page(segment) {
        printed.page = Some(page);
        return true;
    }
    if let Some(rest) = after_label(segment, UPDATE_LABELS)
        && let Some(date) = dates::whole(rest, order)
    {
        printed.updated = Some(date);
        return true;
    }
    if let Some(date) = read_date(segment, order) {
        printed.date.get_or_insert(date);
        return true;
    }
    if let Some(rest) = byline_rest(segment) {
        return read_names(rest, order, true, printed);
    }
    // "Posted on May 3, 2011 by Jane Doe" has its byline behind its date.
    for label in [" by ", " By ", " por ", " Por "] {
        if let Some((date, names)) = segment.split_once(label)
            && let Some(date) = read_date(date, order)
            && read_names(names, order, true, printed)
        {
            printed.date.get_or_insert(date);
            return true;
        }
    }
    is_named && read_names(segment, order, false, printed)
}

/// What follows the label of a byline.
fn byline_rest(segment: &str) -> Option<&str> {
    for &(label, needs_colon) in LABELS {
        let Some(head) = segment.get(..label.len()) else { continue };
        if head.to_lowercase() != label {
            continue;
        }
        let rest = segment.get(label.len()..)?;
        let (rest, has_colon) = match rest.trim_start().strip_prefix(':') {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let is_apart = has_colon || rest.starts_with(char::is_whitespace);
        if is_apart && (has_colon || !needs_colon) {
            return Some(rest.trim());
        }
    }
    None
}

/// Reads the names of a byline with what may follow them: a role, a date.
fn read_names(
    rest: &str,
    order: Order,
    is_labelled: bool,
    printed: &mut Printed,
) -> bool {
    let (names_text, date) = dates::split_end(rest, order);
    let names_text = names_text
        .trim_end_matches(" on")
        .trim_end_matches(" el")
        .trim_matches(|c: char| {
            c.is_whitespace() || c == ',' || c == '.' && !is_initial(names_text)
        });
    match names::read(names_text) {
        names::Read::People(people) => {
            printed.people.extend(people);
        }
        names::Read::Organization(name) if is_labelled => {
            printed.organization.get_or_insert(name);
        }
        _ => return false,
    }
    if let Some(date) = date {
        printed.date.get_or_insert(date);
    }
    true
}

/// Whether a text ends in an abbreviation, as in `Jr.` or `B.`.
fn is_initial(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    last.ends_with('.') && last.chars().count() <= 3
}

/// The date that a whole segment is, with a label before it or without.
fn read_date(segment: &str, order: Order) -> Option<Date> {
    let rest = after_label(segment, DATE_LABELS).unwrap_or(segment);
    dates::whole(rest, order)
}

/// What follows one of some labels, and a colon.
fn after_label<'a>(segment: &'a str, labels: &[&str]) -> Option<&'a str> {
    labels.iter().find_map(|label| {
        let head = segment.get(..label.len())?;
        let rest = segment.get(label.len()..)?;
        let is_apart = rest.starts_with([' ', ':']);
        (head.to_lowercase() == **label && is_apart)
            .then(|| rest.trim_start_matches([' ', ':']))
    })
}

/// The page of the paper that a segment names: `Page A7`, `Pág. 12`.
fn read_page(segment: &str) -> Option<String> {
    let (label, number) = segment.rsplit_once(' ')?;
    let label = label.trim_end_matches('.').to_lowercase();
    let is_label = matches!(
        label.as_str(),
        "page" | "p" | "pg" | "página" | "pagina" | "pág" | "pag"
    );
    let is_number = number.chars().count() <= 5
        && number.chars().any(|c| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    (is_label && is_number).then(|| number.to_owned())
}

/// A dateline at the start of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// As printed, without the separator.
    pub printed: String,
    /// The place.
    pub place: String,
    /// The day.
    pub date: Option<Date>,
}

/// Separators between a dateline and its text, the longer ones first.
const SEPARATORS: &[&str] = &[
    " — ", " – ", " ― ", " -- ", "--", "—", "―", ".-", ".–", " – ", "–", "…..", ".....",
    "....", "…", " - ", ": ",
];

/// Words that stand where a place would and are none.
const NO_PLACES: &[&str] = &[
    "media advisory",
    "press release",
    "news release",
    "update",
    "updated",
    "breaking",
    "npr",
    "espn",
    "api",
    "cnn",
    "ap",
    "reuters",
    "upi",
    "nota",
    "opinion",
    "editorial",
    "correction",
    "note",
    "editor's note",
    "advisory",
    "comunicado",
    "boletín",
    "photo",
    "video",
    "warning",
    "alert",
    "q",
    "a",
    "faq",
];

/// Reads the dateline of a paragraph.
pub fn dateline(paragraph: &str, order: Order) -> Option<Dateline> {
    if paragraph.chars().count() < 60 {
        return None;
    }
    let window_end =
        paragraph.char_indices().nth(90).map_or(paragraph.len(), |(at, _)| at);
    let window = paragraph.get(..window_end)?;
    let mut ends: Vec<_> = SEPARATORS
        .iter()
        .filter(|mark| **mark != ": ")
        .filter_map(|mark| window.find(mark).map(|at| (at, *mark)))
        .collect();
    // Of several separators at one place the longest is meant.
    ends.sort_by_key(|(at, mark)| (*at, std::cmp::Reverse(mark.len())));
    for (at, mark) in ends.into_iter().take(3) {
        let head = window.get(..at)?.trim();
        let after =
            paragraph.get(at + mark.len()..)?.trim_start_matches(['.', '…', ' ', '-']);
        let is_start = after.chars().next().is_some_and(|c| {
            c.is_uppercase()
                || c.is_ascii_digit()
                || matches!(c, '"' | '“' | '«' | '‘' | '\'' | '¡' | '¿')
        });
        if is_start && let Some(found) = read_dateline(head, order) {
            return Some(found);
        }
    }
    None
}

/// Reads what stands before the separator of a dateline.
fn read_dateline(head: &str, order: Order) -> Option<Dateline> {
    let lower = head.to_lowercase();
    if head.is_empty()
        || NO_PLACES.contains(&lower.as_str())
        || head.contains(['?', '!', '|'])
    {
        return None;
    }
    let (rest, date) = dates::split_end(head, order);
    let rest = rest.trim_end_matches([',', ' ', ';']);
    let (rest, has_agency) = without_agency(rest);
    let place = rest.trim().trim_end_matches(',').trim();
    let parts: Vec<_> = place.split(',').map(str::trim).collect();
    let is_capital = |part: &&str| {
        part.chars().any(char::is_alphabetic) && !part.chars().any(char::is_lowercase)
    };
    let city = *parts.first()?;
    let has_state =
        parts.len() == 2 && parts.get(1).is_some_and(|state| names::is_region(state));
    let is_sure = is_capital(&city) || has_state || date.is_some() || has_agency;
    let is_place = parts.len() <= 3 && names::is_place(city) && !names::is_weekday(city);
    (is_sure && is_place && city.chars().count() <= 40).then(|| Dateline {
        printed: head.to_owned(),
        place: place.to_owned(),
        date: date.filter(|date| date.day().is_some()),
    })
}

/// A text without an agency in parentheses at its end.
fn without_agency(text: &str) -> (&str, bool) {
    match text.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) {
        Some((before, agency)) if agency.chars().count() < 25 => {
            (before.trim_end(), true)
        }
        _ => (text, false),
    }
}

#[cfg(test)]
mod tests;
