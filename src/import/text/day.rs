//! Rule 7: the day of a piece, from the dates that stand in it.
//!
//! A date above the text counts first, then that of the dateline, then that
//! beside the byline. Where they differ, or where the day of the week does not
//! fit, nothing is changed: the editor is told.

use crate::date::Date;
use crate::import::piece::About;
use crate::import::text::dates::{self, Found, weekday_name};
use crate::import::text::reading::{DatePlace, Reading, Role};
use crate::import::text::words::{beginning, fold, length};

/// Words beside a date in a line of its own, folded.
const BESIDE: &[&str] = &[
    "date",
    "fecha",
    "published",
    "posted",
    "on",
    "publicado",
    "publicada",
    "el",
    "released",
    "release",
    "for",
    "posted on",
    "issued",
    "at",
    "a",
    "las",
    "la",
    "hora",
    "dated",
    "am",
    "pm",
    "a.m",
    "p.m",
    "m",
    "p",
    "est",
    "edt",
    "et",
    "cst",
    "cdt",
    "ct",
    "mst",
    "mdt",
    "mt",
    "pst",
    "pdt",
    "pt",
    "gmt",
    "utc",
    "hrs",
    "h",
    "by",
    "admin",
    "online",
    "de",
    "del",
    "dia",
    "first",
    "updated",
    "last",
    "actualizado",
    "modified",
];

/// Finds dates in lines of their own above the text.
pub(super) fn find(reading: &mut Reading<'_, '_>) {
    for at in reading.head(12) {
        let text = reading.text(at);
        if length(text) > 100 {
            continue;
        }
        let found = reading.dates_in(at);
        let (Some(date), true) = (found.first().cloned(), found.len() <= 2) else {
            continue;
        };
        if !is_date_line(text, &found) {
            continue;
        }
        reading.set(at, Role::Moved("date"));
        let folded = reading.folded(at).to_owned();
        let is_update = ["updated", "last updated", "last modified", "actualizado"];
        if is_update.iter().any(|word| folded.starts_with(word)) {
            update(reading, at, &date);
            continue;
        }
        reading.dates.push((DatePlace::Header, at, date));
        if let [_, second] = found.as_slice()
            && folded.contains("updated")
        {
            update(reading, at, second);
        }
    }
}

/// Takes over the date of a change.
fn update(reading: &mut Reading<'_, '_>, at: usize, date: &Found) {
    if let Some(date) = date.date() {
        reading.found.facts.updated = Some(date);
        reading.decide(at, ("date", 85), format!("it was changed on {}", date.edtf()));
    }
}

/// Whether a line says nothing but a date.
fn is_date_line(text: &str, found: &[Found]) -> bool {
    let mut rest = text.to_owned();
    for date in found.iter().rev() {
        rest.replace_range(date.range.clone(), " ");
    }
    if let Some((_, _, range)) = dates::time(&rest) {
        rest.replace_range(range, " ");
    }
    let rest = fold(&rest);
    let mut words = rest
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty());
    words.all(|word| {
        BESIDE.contains(&word)
            || word.len() == 4 && is_offset(word)
            || dates::weekday_alone(word).is_some()
    })
}

/// Whether a word is the offset of a zone: `0400`.
fn is_offset(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit()) && word.starts_with(['0', '1'])
}

/// Decides on the day of the piece.
pub(super) fn decide(reading: &mut Reading<'_, '_>) {
    let mut all = std::mem::take(&mut reading.dates);
    all.sort_by_key(|&(place, at, _)| (place, at));
    let known = all.iter().find_map(|(_, _, found)| found.date());
    let mut days = Vec::new();
    for (place, at, found) in &all {
        let date = found.date().or_else(|| guess_year(found, known));
        if let Some(date) = date {
            check(reading, *at, found, date);
            days.push((*place, *at, date, found.year.is_none()));
        } else {
            doubt(reading, *at, found);
        }
    }
    for &(place, at, date, is_guessed) in &days {
        if place == DatePlace::Dateline && reading.found.facts.dateline_date.is_none() {
            reading.found.facts.dateline_date = Some(date);
            let sure = if is_guessed { 65 } else { 95 };
            reading.decide(
                at,
                ("dateline", sure),
                format!("the day of the dateline is {}", date.edtf()),
            );
        }
    }
    let Some(&(place, at, date, is_guessed)) = days.first() else {
        if all.is_empty() {
            reading.note(About::Date, 0, ("date", 0), "no date was found".to_owned());
        }
        return;
    };
    reading.found.facts.date = Some(date);
    let source = match place {
        DatePlace::Header => "a line above the text",
        DatePlace::Dateline => "the dateline",
        DatePlace::Byline => "the line of the byline",
    };
    let sure = if is_guessed { 65 } else { 90 };
    reading.decide(
        at,
        ("date", sure),
        format!("the date is {}, from {source}", date.edtf()),
    );
    for &(_, at, other, _) in days.iter().skip(1) {
        if other != date {
            let text = format!(
                "two dates differ: {} is used, {} is not",
                date.edtf(),
                other.edtf()
            );
            reading.note(About::Date, at, ("date", 70), text);
        }
    }
    if date > reading.options.today {
        let text = format!("the date {} is still to come", date.edtf());
        reading.note(About::Date, at, ("date", 60), text);
    }
}

/// A date without its year, in the year that brings it next to a known day.
fn guess_year(found: &Found, known: Option<Date>) -> Option<Date> {
    if found.year.is_some() {
        return None;
    }
    let known = known?;
    let day = |date: &Date| {
        let parts =
            (i32::from(date.year()), date.month().unwrap_or(1), date.day().unwrap_or(1));
        parts.0 * 372 + i32::from(parts.1) * 31 + i32::from(parts.2)
    };
    let near = [known.year(), known.year() - 1, known.year() + 1];
    near.iter()
        .filter_map(|year| found.in_year(*year))
        .min_by_key(|date| (day(date) - day(&known)).abs())
}

/// Tells of a day of the week that does not fit.
fn check(reading: &mut Reading<'_, '_>, at: usize, found: &Found, date: Date) {
    let Some(weekday) = found
        .weekday
        .filter(|weekday| date.day().is_some() && *weekday != date.weekday())
    else {
        return;
    };
    let text = format!(
        "{} was a {}, but the text says {}",
        date.edtf(),
        weekday_name(date.weekday()),
        weekday_name(weekday)
    );
    reading.note(About::Date, at, ("weekday", 60), text);
}

/// Tells of a date that cannot be read for sure.
fn doubt(reading: &mut Reading<'_, '_>, at: usize, found: &Found) {
    let line = format!("`{}`", beginning(&reading.text(at).replace('`', "'")));
    let text = if found.is_ambiguous {
        format!("a date of two small numbers in {line}: which is the month?")
    } else {
        let year = reading.options.today.year();
        let fits = found.weekday.and_then(|weekday| {
            (0..7).map(|back| year - back).find(|year| {
                found.in_year(*year).is_some_and(|date| {
                    date.weekday() == weekday && date <= reading.options.today
                })
            })
        });
        let hint = fits
            .map_or(String::new(), |year| format!("; the day of the week fits {year}"));
        format!("a date without its year in {line}{hint}")
    };
    reading.note(About::Date, at, ("date", 40), text);
    // A line that cannot be understood must not be lost: it stays in the text.
    if reading.role(at) == Role::Moved("date") {
        reading.set(at, Role::Body);
    }
}
