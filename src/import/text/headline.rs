//! Rule 6: the headline, what stands below it, and the lines that repeat it.
//!
//! A headline keeps its capitals. A piece that begins with running text, or
//! with a greeting, has none.

use crate::import::text::names;
use crate::import::text::print::is_rule;
use crate::import::text::reading::{Reading, Role};
use crate::import::text::words::{fold, fold_line, is_capitals, length};

/// How many lines may stand between two titles that are the same.
const NEAR: usize = 12;

/// What parts a title from the name of the site.
const PARTS: &[&str] = &[" | ", " - ", " – ", " — ", " » ", " « ", " :: ", " · "];

/// Finds the headline and what belongs to it.
pub(super) fn find(reading: &mut Reading<'_, '_>) {
    let Some(first) = reading.open().next() else { return };
    if reading.found.facts.title.is_empty() {
        let first = site(reading, first);
        let Some(used) = title(reading, first) else { return };
        repeated(reading, used);
        deck(reading, used);
    } else {
        // The subject of an e-mail is the title.
        repeated(reading, first.saturating_sub(1));
    }
}

/// Takes the name of the site above a title that stands there more than once;
/// tells where the title is.
fn site(reading: &mut Reading<'_, '_>, first: usize) -> usize {
    let near = first + NEAR;
    let ends_path = |title: &str| {
        (0..near)
            .map(|at| reading.folded(at))
            .filter(|line| line.len() > title.len())
            .any(|line| {
                let before = line.strip_suffix(title).unwrap_or_default().trim_end();
                before.ends_with(['>', '»', '›', '/'])
            })
    };
    let open: Vec<usize> = reading.open_from(first).take(NEAR).collect();
    let found = open.iter().take(4).position(|&at| {
        let title = reading.folded(at);
        let again =
            open.iter().filter(|&&other| other > at && reading.folded(other) == title);
        length(title) >= 10 && (again.count() > 0 || ends_path(title))
    });
    let above = open.get(..found.unwrap_or(0)).unwrap_or_default();
    let is_name = |&at: &usize| length(reading.text(at)) < 60 && !is_text(reading, at);
    if !above.iter().all(is_name) {
        return first;
    }
    for &at in above {
        let text = reading.text(at);
        let is_outlet = names::outlet(text).is_some();
        if reading.found.facts.publication.is_none() && is_outlet {
            reading.found.facts.publication = Some(text.to_owned());
            reading.set(at, Role::Moved("publication"));
        } else {
            reading.set(at, Role::Dropped("name of the site"));
        }
        reading.decide(at, ("headline", 75), format!("`{text}` is the name of the site"));
    }
    open.get(above.len()).copied().unwrap_or(first)
}

/// Takes over the title; tells its last line.
fn title(reading: &mut Reading<'_, '_>, first: usize) -> Option<usize> {
    let text = reading.text(first);
    if is_greeting(reading.folded(first)) {
        if reading.found.facts.kind.is_none() {
            reading.found.facts.kind = Some("letter");
        }
        reading.ask(
            first,
            ("headline", 20),
            "what is the title of this letter?".to_owned(),
        );
        return None;
    }
    let is_alone = reading.open_from(first + 1).next().is_none();
    if is_alone || is_text(reading, first) || is_rule(text) {
        reading.ask(
            first,
            ("headline", 20),
            "what is the title? The text begins without one".to_owned(),
        );
        return None;
    }
    let (mut title, mut sure) = (text.to_owned(), 90);
    let mut last = first;
    // A headline in capitals may take several lines.
    while let Some(next) =
        reading.open_from(last + 1).next().filter(|next| *next == last + 1)
    {
        let more = reading.text(next);
        let is_same = is_capitals(&title)
            && is_capitals(more)
            && !reading.is_parted(next)
            && length(&title) + length(more) < 200
            && !is_text(reading, next)
            && names::person(more).is_none_or(|sure| sure < 85);
        if !is_same {
            break;
        }
        title = format!("{title} {more}");
        last = next;
        sure = 80;
    }
    if let Some(short) = without_site(reading, first, &title) {
        let end = short.len();
        let site = title.split_off(end);
        if reading.text(last).ends_with(&site) {
            reading.drop_part(last, "name of the site", &site);
        }
        sure = 90;
    }
    let title = title.trim_matches(['*', '_']).trim().to_owned();
    for at in first..=last {
        reading.set(at, Role::Moved("title"));
    }
    reading.decide(first, ("headline", sure), format!("the title is `{title}`"));
    reading.found.facts.title = title;
    Some(last)
}

/// Whether a line is running text rather than a headline.
fn is_text(reading: &Reading<'_, '_>, at: usize) -> bool {
    let text = reading.text(at);
    let ends = text.trim_end_matches(['”', '"', '»', ')']).ends_with('.');
    // A long headline has no full stop; a short one may have one.
    length(text) > 200
        || ends && length(text) >= 80
        || length(text) > 120 && text.contains(". ")
        || text.starts_with(char::is_lowercase)
}

/// Whether a folded line greets the reader of a letter.
pub(super) fn is_greeting(folded: &str) -> bool {
    let starts = [
        "to the editor",
        "dear editor",
        "dear ",
        "to whom it may concern",
        "senor director",
        "senora directora",
        "sr. director",
        "sra. directora",
        "estimado",
        "estimada",
        "al director",
        "a la directora",
        "to the editors",
    ];
    length(folded) < 60 && starts.iter().any(|start| folded.starts_with(start))
}

/// A title without the name of its site, if the same title stands below
/// without it.
fn without_site<'t>(
    reading: &Reading<'_, '_>,
    first: usize,
    title: &'t str,
) -> Option<&'t str> {
    let short = PARTS
        .iter()
        .filter_map(|part| title.rfind(part))
        .filter_map(|at| title.get(..at));
    let below: Vec<&str> =
        reading.open_from(first + 1).take(NEAR).map(|at| reading.folded(at)).collect();
    short.into_iter().find(|short| below.contains(&fold_line(short).as_str()))
}

/// Drops the lines that only repeat the title, with or without the name of the
/// site or the way to the page.
fn repeated(reading: &mut Reading<'_, '_>, last: usize) {
    let title = fold_line(&reading.found.facts.title);
    if length(&title) < 3 {
        return;
    }
    let near: Vec<usize> = reading.open_from(last).take(NEAR).collect();
    for at in near {
        if reading.is_paragraph(at) && length(reading.text(at)) > length(&title) + 60 {
            return;
        }
        let folded = reading.folded(at);
        let is_site = folded.strip_prefix(title.as_str()).is_some_and(|rest| {
            PARTS.iter().any(|part| rest.starts_with(part)) && length(rest) < 60
        });
        let is_path = folded
            .strip_suffix(title.as_str())
            .is_some_and(|before| before.trim_end().ends_with(['>', '»', '/', '›', '|']));
        if folded == title || is_site || is_path {
            reading.set(at, Role::Dropped("repeated headline"));
            let text = format!("`{}` repeats the title", reading.text(at));
            reading.decide(at, ("headline", 95), text);
        }
    }
}

/// Finds the line under the title.
fn deck(reading: &mut Reading<'_, '_>, last: usize) {
    let mut below = reading.open_from(last + 1);
    let (Some(at), Some(next)) = (below.next(), below.next()) else { return };
    drop(below);
    let text = reading.text(at);
    let is_marked = text.starts_with(['*', '■', '▪', '●'])
        && !is_rule(text)
        && text.matches('*').count() <= 2;
    let ends = text.trim_end_matches(['”', '"', '»', '’', ')', '*']);
    let is_open = !ends.ends_with(['.', '?', '!', ':', ',', ';', '…']);
    let words = text.split_whitespace().count();
    // Text must follow, and the line must not be a part of a list or a verse.
    let is_followed = length(reading.text(next)) >= 60 || reading.is_paragraph(next);
    let is_near =
        reading.lines.get(last + 1..at).is_some_and(|between| between.len() <= 3);
    let is_deck = (4..=25).contains(&words)
        && is_open
        && is_followed
        && is_near
        && !text.starts_with(['•', '-', '–', '—', '“', '"', '«', '#'])
        && !is_greeting(reading.folded(at))
        && names::person(text).is_none()
        && !fold(text).starts_with("by ");
    let is_marked_deck = is_marked && is_followed && words <= 25;
    if !(is_deck || is_marked_deck) {
        return;
    }
    let deck = text.trim_matches(['*', '■', '▪', '●', ' ']).to_owned();
    reading.set(at, Role::Moved("deck"));
    reading.decide(
        at,
        ("deck", if is_marked { 85 } else { 70 }),
        format!("the line under the title is `{deck}`"),
    );
    reading.found.facts.deck = Some(deck);
}
