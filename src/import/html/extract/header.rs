//! The lines around the text of an article that tell of it: byline, date,
//! page, the line above the headline and the one under it.
//!
//! Lines whose elements have names for that are read anywhere around the
//! article; all others only between the headline and the text, in the first
//! lines of the text and in its last ones.

use std::ops::Range;

use crate::date::Date;
use crate::import::html::furniture::weight;
use crate::import::html::page::{Fate, Page};
use crate::import::html::visible::dates::{self, Order};
use crate::import::html::visible::{self, Printed, names};

/// What is printed around an article.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// The people of its byline.
    pub(super) people: Vec<String>,
    /// What is named in place of people.
    pub(super) organization: Option<String>,
    /// The day.
    pub(super) date: Option<Date>,
    /// The day of a change.
    pub(super) updated: Option<Date>,
    /// The page of the paper.
    pub(super) page: Option<String>,
    /// The line above the headline.
    pub(super) kicker: Option<String>,
    /// The line under the headline.
    pub(super) deck: Option<String>,
    /// Sections that are printed.
    pub(super) sections: Vec<String>,
}

/// How many lines before the headline belong to it at most.
const LINES_BEFORE: usize = 5;

/// How many lines between the headline and the text are read at most.
const LINES_AFTER: usize = 16;

/// How many lines at the end of the text are read.
const LINES_AT_END: usize = 6;

/// Parts of names of elements that hold bylines.
const BYLINES: &[&str] =
    &["byline", "author", "vcard", "by-line", "writer", "autor", "contributors", "firma"];

/// Parts of names of elements that hold dates and the like.
const METAS: &[&str] = &[
    "meta",
    "date",
    "posted",
    "published",
    "fecha",
    "timestamp",
    "submitted",
    "dateline",
    "details",
    "pubdate",
    "time",
];

/// Parts of names of elements that hold the line above the headline.
const KICKERS: &[&str] =
    &["kicker", "eyebrow", "overline", "topper", "supertitle", "antetitulo", "volanta"];

/// Parts of names of elements that hold the section.
const SECTIONS: &[&str] = &[
    "entry-category",
    "post-category",
    "category",
    "section-label",
    "cat-links",
    "section-name",
];

/// Parts of names of elements that hold the line under the headline.
const DECKS: &[&str] = &[
    "deck",
    "dek",
    "subtitle",
    "sub-title",
    "subhead",
    "subheadline",
    "subheading",
    "standfirst",
    "bajada",
    "sumario",
    "entradilla",
    "strapline",
    "summary",
    "excerpt",
    "description",
];

/// Reads what is printed around the article in an element.
pub(super) fn read(
    page: &mut Page,
    root: usize,
    title: Option<usize>,
    order: Order,
) -> Header {
    let mut header = Header::default();
    let zone = Zone::of(page, root, title);
    for at in zone.before.clone() {
        read_named(page, at, &zone, &mut header);
    }
    for at in zone.lines.clone() {
        read_marked(page, at, &zone, order, &mut header);
    }
    let mut last_writer = None;
    for at in zone.before.clone() {
        if !page.is_open(at) {
            continue;
        }
        let is_near = last_writer.is_some_and(|last: usize| at - last <= 2);
        let is_writer = read_line(page, at, order, (&mut header, is_near));
        if is_writer {
            last_writer = Some(at);
        }
    }
    deck_by_place(page, &zone, &mut header);
    read_end(page, &zone, order, &mut header);
    drop_details(page, &zone);
    header
}

/// Where lines are looked at.
struct Zone {
    /// The lines around the article.
    lines: Range<usize>,
    /// The lines from shortly before the headline into the text.
    before: Range<usize>,
    /// The line at which the text begins.
    text: usize,
    /// The lines of the text.
    body: Range<usize>,
    /// The line of the headline.
    title: Option<usize>,
}

impl Zone {
    /// The zone of an article.
    fn of(page: &Page, root: usize, title: Option<usize>) -> Self {
        let body = page.lines_of(root);
        let title = title.filter(|&line| line < body.end);
        let outer = outer(page, root, title);
        let lines = page.lines_of(outer);
        // The article of a page that names none may begin far before its root.
        let anchor = title.unwrap_or(body.start);
        let first = anchor.saturating_sub(LINES_BEFORE).max(lines.start.min(body.start));
        let start = title.map_or(body.start, |line| line.max(body.start));
        let is_prose = |at: &usize| {
            page.is_open(*at)
                && page.lines.get(*at).is_some_and(|line| weight(line) >= 60)
        };
        let text = (start..body.end).find(is_prose).unwrap_or(body.end);
        let last = (text + 1).min(body.end).min(anchor + LINES_AFTER).max(first);
        Self { lines, before: first..last, text, body, title }
    }
}

/// The innermost element around the root and the headline; without a headline,
/// the element around the root that is named for articles, or its parent.
fn outer(page: &Page, root: usize, title: Option<usize>) -> usize {
    let line = title.and_then(|line| page.lines.get(line)).map(|line| line.element);
    let is_around = |at: &usize| match line {
        Some(line) => page.is_within(line, *at),
        None => page.parts.get(*at).is_some_and(|part| {
            matches!(part.name.as_str(), "article" | "main" | "body")
                || part.is_marked("hentry")
        }),
    };
    let around = page.around(root).find(is_around).unwrap_or(root);
    // The details of an article may stand beside an element of headline and text.
    let is_article = |at: &usize| {
        page.parts.get(*at).is_some_and(|part| {
            part.name == "article" || part.is_marked("hentry") || part.is_marked("post")
        })
    };
    page.around(around).take(4).find(is_article).unwrap_or(around)
}

/// Whether an element around a line, up to the article, has a name that holds
/// one of some words.
fn is_named(page: &Page, line: usize, words: &[&str]) -> bool {
    let Some(line) = page.lines.get(line) else { return false };
    let inner = page.texts.get(line.texts.clone()).unwrap_or_default();
    let inner = inner.iter().find(|text| !text.text.trim().is_empty());
    let inner = inner.map_or(line.element, |text| text.element);
    for at in page.around(inner).take(5) {
        let Some(part) = page.parts.get(at) else { continue };
        if matches!(part.name.as_str(), "article" | "main" | "body" | "table")
            || part.is_marked("hentry")
        {
            return false;
        }
        // An element with many lines is named for more than this line.
        let is_small = page.lines_of(at).len() <= 8;
        if is_small && words.iter().any(|word| is_called(&part.marks, word)) {
            return true;
        }
    }
    false
}

/// Whether a word stands in names, alone or between hyphens.
fn is_called(marks: &str, word: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic());
    marks.match_indices(word).any(|(at, _)| {
        let before = marks.get(..at).and_then(|before| before.chars().next_back());
        let after = marks.get(at + word.len()..).and_then(|after| after.chars().next());
        is_edge(before) && is_edge(after)
    })
}

/// Whether a line stands in what belongs to somebody else.
fn is_foreign(page: &Page, line: usize) -> bool {
    let Some(line) = page.lines.get(line) else { return true };
    page.around(line.element).any(|at| {
        page.parts.get(at).is_some_and(|part| {
            matches!(part.name.as_str(), "blockquote" | "figure" | "figcaption")
                || part.name != "body"
                    && part.name != "html"
                    && ["comment", "comments", "related", "sidebar", "caption"]
                        .iter()
                        .any(|word| is_called(&part.marks, word))
        })
    })
}

/// Reads the lines above and under the headline, by their names.
fn read_named(page: &mut Page, at: usize, zone: &Zone, header: &mut Header) {
    if !page.is_open(at) || at > zone.text {
        return;
    }
    let Some(text) = page.lines.get(at).map(|line| line.text.clone()) else { return };
    let words = text.split_whitespace().count();
    if header.kicker.is_none() && words <= 12 && is_named(page, at, KICKERS) {
        page.remove_line(at, Fate::Moved("kicker"));
        header.kicker = Some(text);
    } else if words <= 5 && is_named(page, at, SECTIONS) {
        page.remove_line(at, Fate::Moved("terms"));
        header.sections.extend(text.split(',').map(|name| name.trim().to_owned()));
    } else if header.deck.is_none()
        && words <= 70
        && zone.title.is_some_and(|title| at > title)
        && is_named(page, at, DECKS)
        && (at < zone.text
            || !zone.body.contains(&at)
            || zone.body.contains(&at) && words <= 45)
    {
        page.remove_line(at, Fate::Moved("deck"));
        header.deck = Some(text);
    }
}

/// Reads a line whose element is named for bylines or dates.
fn read_marked(
    page: &mut Page,
    at: usize,
    zone: &Zone,
    order: Order,
    header: &mut Header,
) {
    let is_inside = at > zone.text && at + LINES_AT_END < zone.body.end;
    if is_inside || !page.is_open(at) || is_foreign(page, at) {
        return;
    }
    let Some(text) = page.lines.get(at).map(|line| line.text.clone()) else { return };
    if text.chars().count() > 200 {
        return;
    }
    let is_byline = is_named(page, at, BYLINES);
    if !is_byline && !is_named(page, at, METAS) {
        return;
    }
    let found =
        visible::read(&text, order, is_byline).or_else(|| loose(&text, order, is_byline));
    let mut found = found.unwrap_or_default();
    if found.people.is_empty() && found.organization.is_none() {
        inner_names(page, at, &mut found);
    }
    if found == Printed::default() {
        return;
    }
    // What follows the text belongs to it only if nothing was found before it.
    let is_late =
        at >= zone.body.end && (header.date.is_some() || !header.people.is_empty());
    if !is_late {
        page.remove_line(at, Fate::Moved(place(&found)));
        merge(header, found, is_byline);
    }
}

/// The names in elements inside a line that are named for authors.
fn inner_names(page: &Page, line: usize, found: &mut Printed) {
    let Some(texts) = page.lines.get(line).map(|line| line.texts.clone()) else { return };
    for at in texts {
        let Some(text) = page.texts.get(at) else { continue };
        let is_author = page.around(text.element).take(3).any(|own| {
            page.parts.get(own).is_some_and(|part| {
                let rel = part.attribute("rel").unwrap_or_default();
                let is_inline = matches!(
                    part.name.as_str(),
                    "a" | "span" | "b" | "strong" | "cite" | "em"
                );
                is_inline
                    && (rel.contains("author")
                        || ["author", "fn", "byline", "username"]
                            .iter()
                            .any(|word| is_called(&part.marks, word)))
            })
        });
        if !is_author {
            continue;
        }
        let name = text.text.trim();
        let name = ["By ", "by ", "Por ", "por "]
            .iter()
            .find_map(|by| name.strip_prefix(by))
            .unwrap_or(name);
        match names::read(name) {
            names::Read::People(people) => {
                for person in people
                    .into_iter()
                    .filter(|own| !found.people.contains(own))
                    .collect::<Vec<_>>()
                {
                    found.people.push(person);
                }
            }
            names::Read::Organization(own) => {
                found.organization.get_or_insert(own);
            }
            names::Read::Other => {}
        }
    }
}

/// Reads a line of details of which only the date, or names before it, can be
/// made out: `By Ana Ruiz May 3, 2011 4 Comments`.
fn loose(text: &str, order: Order, is_byline: bool) -> Option<Printed> {
    let (start, end, date) = dates::find(text, order)?;
    let (before, after) = (text.get(..start)?.trim(), text.get(end..)?.trim());
    if before.chars().count() > 80 || after.chars().count() > 60 {
        return None;
    }
    let before = before.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let is_update = before.to_lowercase().ends_with("updated")
        || before.to_lowercase().ends_with("actualizado");
    let mut found = visible::read(before, order, is_byline)
        .or_else(|| {
            let rest = after.trim_start_matches(|c: char| !c.is_alphabetic());
            visible::read(rest, order, false)
        })
        .unwrap_or_default();
    if is_update {
        found.updated = Some(date);
    } else {
        found.date.get_or_insert(date);
    }
    Some(found)
}

/// Reads a line that has no name for what it is.
fn read_line(
    page: &mut Page,
    at: usize,
    order: Order,
    into: (&mut Header, bool),
) -> bool {
    let (header, is_near) = into;
    if is_foreign(page, at) {
        return false;
    }
    let Some(text) = page.lines.get(at).map(|line| line.text.clone()) else {
        return false;
    };
    if is_near && names::is_role(&text) {
        page.remove_line(at, Fate::Moved("byline"));
        return true;
    }
    let Some(found) = visible::read(&text, order, false) else { return false };
    let has_writer = !found.people.is_empty() || found.organization.is_some();
    let had_writer = !header.people.is_empty() || header.organization.is_some();
    if has_writer && had_writer && !is_near {
        let is_repeated = found.people.iter().all(|own| header.people.contains(own));
        if !is_repeated {
            return false;
        }
    }
    page.remove_line(at, Fate::Moved(place(&found)));
    merge(header, found, is_near);
    has_writer
}

/// Where the text of a line goes.
fn place(found: &Printed) -> &'static str {
    if !found.people.is_empty() || found.organization.is_some() {
        "byline"
    } else if found.page.is_some() && found.date.is_none() {
        "print page"
    } else {
        "date"
    }
}

/// Puts what a line says to what was found before.
fn merge(header: &mut Header, found: Printed, adds: bool) {
    if header.people.is_empty() || adds {
        for person in found.people {
            let is_new = header
                .people
                .iter()
                .all(|own| own.to_lowercase() != person.to_lowercase());
            if is_new {
                header.people.push(person);
            }
        }
    }
    header.organization = header.organization.take().or(found.organization);
    header.date = header.date.or(found.date);
    header.updated = header.updated.or(found.updated);
    header.page = header.page.take().or(found.page);
}

/// A heading between the headline and the text is the line under the headline;
/// so is one paragraph there that stands outside the text.
fn deck_by_place(page: &mut Page, zone: &Zone, header: &mut Header) {
    let Some(title) = zone.title.filter(|_| header.deck.is_none()) else { return };
    for at in title + 1..=zone.text.min(title + 4) {
        if !page.is_open(at) || is_foreign(page, at) {
            continue;
        }
        let Some(line) = page.lines.get(at) else { return };
        let words = line.text.split_whitespace().count();
        let is_heading = page.around(line.element).take(2).any(|own| {
            page.parts
                .get(own)
                .is_some_and(|part| matches!(part.name.as_str(), "h2" | "h3" | "h4"))
        });
        let is_outside = !zone.body.contains(&at) && weight(line) > 0;
        if (is_heading && at < zone.text || is_outside)
            && (4..=70).contains(&words)
            && line.linked == 0
        {
            header.deck = Some(line.text.clone());
            page.remove_line(at, Fate::Moved("deck"));
        }
        return;
    }
}

/// Reads a byline in the last lines of the text, if none was found before it.
fn read_end(page: &mut Page, zone: &Zone, order: Order, header: &mut Header) {
    let first = zone.body.end.saturating_sub(LINES_AT_END).max(zone.text + 1);
    let open: Vec<_> = (first..zone.body.end).filter(|&at| page.is_open(at)).collect();
    for at in open {
        let Some(text) = page.lines.get(at).map(|line| line.text.clone()) else {
            continue;
        };
        if text.chars().count() > 120 || is_foreign(page, at) {
            continue;
        }
        let bare = text.trim_start_matches(['—', '–', '-', ' ', '―']);
        let has_dash = bare.len() < text.len() || is_named(page, at, BYLINES);
        let Some(found) = visible::read(bare, order, has_dash) else { continue };
        let has_writer = !found.people.is_empty() || found.organization.is_some();
        let is_new =
            has_writer && header.people.is_empty() && header.organization.is_none()
                || !has_writer && header.date.is_none() && found.date.is_some()
                || !has_writer && header.page.is_none() && found.page.is_some()
                || !has_writer && header.updated.is_none() && found.updated.is_some();
        if is_new {
            page.remove_line(at, Fate::Moved(place(&found)));
            merge(header, found, false);
        }
    }
}

/// Drops what is left of the lines of details before the text.
fn drop_details(page: &mut Page, zone: &Zone) {
    for at in zone.before.start..zone.text {
        let is_detail = page.is_open(at)
            && page.lines.get(at).is_some_and(|line| line.text.chars().count() <= 60)
            && (is_named(page, at, BYLINES) || is_named(page, at, METAS));
        if is_detail && !is_foreign(page, at) {
            page.remove_line(at, Fate::Dropped("details of the page"));
        }
    }
}
