//! Rule 8: where and when a piece was filed.
//!
//! A dateline at the beginning of a paragraph stays there and is copied; one
//! in a line of its own is moved. Of what parts it from the text, a run of
//! dots counts as printed; dashes do not.

use crate::import::text::dates::{self, Found};
use crate::import::text::names;
use crate::import::text::reading::{DatePlace, ENOUGH, Reading, Role};
use crate::import::text::words::{
    CITIES, NOT_PLACES, REGIONS, fold, is_capitals, length,
};

/// How far into a line a dateline may reach, in bytes.
const WINDOW: usize = 200;

/// A dateline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// As printed.
    pub printed: String,
    /// The place as printed.
    pub place: String,
    /// The date in it.
    pub date: Option<Found>,
    /// How sure it is, in percent.
    pub sure: u8,
}

/// What parts a dateline from the text.
struct Separator {
    /// Where the dateline ends.
    start: usize,
    /// Where the text begins.
    end: usize,
    /// Whether it is a run of dots.
    is_dots: bool,
    /// Whether it is only the full stop behind a date.
    is_stop: bool,
}

/// Reads the dateline that a paragraph begins with.
pub(super) fn parse(text: &str, month_first: Option<bool>) -> Option<Dateline> {
    let end =
        text.char_indices().map(|(at, _)| at).take_while(|at| *at <= WINDOW).last()?;
    let window = if text.len() <= WINDOW { text } else { text.get(..end)? };
    let mut best: Option<Dateline> = None;
    for separator in separators(window) {
        let rest = text.get(separator.end..).unwrap_or_default().trim_start();
        let is_begun = rest.starts_with(|c: char| {
            c.is_uppercase() || c.is_numeric() || "“\"«¿¡‘'[(".contains(c)
        });
        let left = window.get(..separator.start).unwrap_or_default();
        let Some(read) = left_side(left, month_first).filter(|_| is_begun) else {
            continue;
        };
        if separator.is_stop && (read.date.is_none() || read.sure < 80) {
            continue;
        }
        let printed =
            if separator.is_dots { window.get(..separator.end) } else { Some(left) };
        let printed =
            printed.unwrap_or_default().trim().trim_end_matches(['/', ';', ' ']);
        let printed =
            if separator.is_dots { printed } else { without_stop(printed) }.to_owned();
        let dateline = Dateline { printed, ..read };
        if best.as_ref().is_none_or(|best| dateline.sure > best.sure) {
            best = Some(dateline);
        }
    }
    best
}

impl Separator {
    /// A sign at a place of the text.
    fn new(start: usize, length: usize) -> Self {
        Self { start, end: start + length, is_dots: false, is_stop: false }
    }
}

/// The places at which a dateline may end, in their order.
fn separators(text: &str) -> Vec<Separator> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let before = text.get(..at).unwrap_or_default();
        let same = |set: &[char]| rest.find(|c| !set.contains(&c)).unwrap_or(rest.len());
        let mut length = c.len_utf8();
        match c {
            '—' | '–' | '―' => {
                found.push(Separator::new(at, length));
            }
            '-' => {
                length = same(&['-']);
                let is_spaced = before.ends_with(' ')
                    && rest.get(length..).is_some_and(|r| r.starts_with(' '));
                if length >= 2 || is_spaced || before.ends_with('.') {
                    found.push(Separator::new(at, length));
                }
            }
            '.' | '…' => {
                length = same(&['.', '…']);
                let run = rest.get(..length).unwrap_or_default();
                let dots: usize = run.chars().map(|c| if c == '…' { 3 } else { 1 }).sum();
                let is_dots = dots >= 3;
                let is_stop = dots == 1 && before.ends_with(|c: char| c.is_ascii_digit());
                if is_dots || is_stop {
                    let mark = Separator::new(at, length);
                    found.push(Separator { is_dots, is_stop, ..mark });
                }
            }
            '/' if before.matches('/').count() >= 2 => {
                found.push(Separator::new(at, 1));
            }
            _ => {}
        }
        at += length;
        if found.len() >= 8 {
            break;
        }
    }
    found
}

/// Reads what stands before the text: place, region, outlet, date.
fn left_side(left: &str, month_first: Option<bool>) -> Option<Dateline> {
    let left = left.trim().trim_matches(['*', '_']).trim();
    if left.is_empty() || length(left) > 120 {
        return None;
    }
    let (mut rest, has_outlet) = without_outlet(left);
    let date = dates::find(&rest, month_first).into_iter().next_back();
    if let Some(date) = &date {
        // What is cut out must not join what stands around it.
        rest.replace_range(date.range.clone(), ";");
    }
    let segments: Vec<&str> = rest
        .split([',', ';', '/', '|'])
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" — "))
        .flat_map(|part| part.split(" - "))
        .map(|part| without_stop(part.trim().trim_end_matches(':')))
        .filter(|part| !part.is_empty())
        .collect();
    let (city, others) = segments.split_first()?;
    if !is_town(city) || others.len() > 4 {
        return None;
    }
    let mut place = vec![*city];
    let mut has_region = false;
    let mut is_wire = false;
    for part in others {
        if is_region(part) {
            place.push(part);
            has_region = true;
        } else if CITIES.contains(fold(part).as_str()) && date.is_some() {
            place.push(part);
        } else if names::outlet(part).is_some()
            || NOT_PLACES.contains(fold(part).as_str()) && is_capitals(part)
        {
            is_wire = true;
        } else if dates::weekday_alone(part).is_none() && !is_time(part) {
            return None;
        }
    }
    let beside = match (&date, has_outlet || is_wire) {
        (Some(_), _) => Beside::Date,
        (None, true) => Beside::Outlet,
        (None, false) => Beside::Nothing,
    };
    let sure = sure(city, has_region, beside)?;
    Some(Dateline { printed: left.to_owned(), place: place.join(", "), date, sure })
}

/// A text without a full stop at its end, unless that belongs to an
/// abbreviation: `Ga.`, `D.C.`.
fn without_stop(text: &str) -> &str {
    let text = text.trim();
    let Some(without) = text.strip_suffix('.') else { return text };
    let last = without.rsplit([' ', ',']).next().unwrap_or_default();
    let is_short = last.contains('.') || length(last) <= 5 && is_region(last);
    if is_short { text } else { without.trim_end_matches('.') }
}

/// A text without the outlet in brackets: `ATLANTA (AP)`.
fn without_outlet(text: &str) -> (String, bool) {
    if let Some((before, rest)) = text.split_once('(')
        && let Some((inner, after)) = rest.split_once(')')
        && !inner.is_empty()
        && length(inner) <= 40
        && inner.starts_with(|c: char| c.is_uppercase())
        && !before.trim().is_empty()
    {
        return (format!("{};{after}", before.trim_end()), true);
    }
    (text.to_owned(), false)
}

/// Whether a text is a time of day.
fn is_time(text: &str) -> bool {
    length(text) < 20 && dates::time(text).is_some()
}

/// Whether a text is a state or a country.
fn is_region(text: &str) -> bool {
    let folded = fold(text).replace('.', "");
    text.starts_with(char::is_uppercase) && REGIONS.contains(folded.trim())
}

/// Whether a text has the shape of the name of a town, and is none of the
/// labels, outlets and abbreviations that are printed in its place.
fn is_town(text: &str) -> bool {
    let folded = fold(text);
    let folded = folded.trim_end_matches('.');
    let words: Vec<&str> = text.split(' ').collect();
    let is_small = |word: &str| {
        matches!(
            word,
            "de" | "del"
                | "la"
                | "las"
                | "los"
                | "el"
                | "of"
                | "the"
                | "al"
                | "y"
                | "en"
                | "do"
                | "da"
                | "upon"
        )
    };
    let is_word = |word: &&str| {
        let is_shaped = word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.' | '–'));
        is_shaped || is_small(word)
    };
    (1..=5).contains(&words.len())
        && words.first().is_some_and(|word| word.starts_with(char::is_uppercase))
        && words.iter().all(is_word)
        && length(text) >= 3
        && !NOT_PLACES.contains(folded)
        && !folded.split(' ').any(|word| {
            matches!(
                word,
                "advisory" | "release" | "alert" | "update" | "comunicado" | "boletin"
            )
        })
        && dates::weekday_alone(text).is_none()
}

/// What stands behind a town and its region.
#[derive(Clone, Copy)]
enum Beside {
    /// A date.
    Date,
    /// An outlet.
    Outlet,
    /// Neither.
    Nothing,
}

/// How sure it is that a town before a separator is a dateline.
fn sure(city: &str, has_region: bool, beside: Beside) -> Option<u8> {
    let is_known = CITIES.contains(fold(city).as_str());
    let is_capitals = is_capitals(city);
    Some(match (is_capitals, has_region, beside) {
        (true, true, _) | (_, true, Beside::Date) => 95,
        (true, false, Beside::Date) => 93,
        (true, false, Beside::Outlet) => 90,
        (false, true, _) => 85,
        (false, false, Beside::Date) => 75 + if is_known { 15 } else { 0 },
        (false, false, Beside::Outlet) if is_known => 85,
        (false, false, Beside::Outlet) => 65,
        (true, false, Beside::Nothing) if is_known => 90,
        // Short words in capitals are abbreviations as often as towns.
        (true, false, Beside::Nothing) if length(city) >= 7 => 72,
        (true, false, Beside::Nothing) => 45,
        (false, false, Beside::Nothing) => return is_known.then_some(45),
    })
}

/// Reads a dateline in a line of its own.
pub(super) fn alone(text: &str, month_first: Option<bool>) -> Option<Dateline> {
    let text = text.trim();
    if length(text) >= 90 {
        return None;
    }
    let is_end = |c: char| matches!(c, '-' | '–' | '—' | '.' | '…' | ' ' | ':');
    let inner = text.trim_end_matches(is_end);
    // A point may belong to an abbreviation: `Ga.`.
    let inner = if text.ends_with('.') && !text.ends_with("..") { text } else { inner };
    let mut read = left_side(inner, month_first)?;
    let has_date = read.date.is_some();
    if !has_date && (read.sure < 80 || !read.place.contains(',')) {
        return None;
    }
    // Without a date it may be an address or a headline of one place.
    read.sure = if has_date { read.sure.max(80) } else { 65 };
    text.clone_into(&mut read.printed);
    Some(read)
}

/// Finds a dateline in a line of its own, above or below the headline.
pub(super) fn find_alone(reading: &mut Reading<'_, '_>) {
    for at in reading.head(12) {
        let text = reading.text(at);
        if reading.is_paragraph(at) {
            continue;
        }
        let Some(dateline) = alone(text, reading.options.month_first) else { continue };
        if reading.open().all(|other| other <= at) {
            continue;
        }
        reading.set(at, Role::Moved("dateline"));
        take(reading, at, dateline);
        return;
    }
}

/// Finds the dateline at the beginning of one of the first paragraphs.
pub(super) fn find_in_text(reading: &mut Reading<'_, '_>) {
    if reading.found.facts.dateline.is_some() {
        return;
    }
    for at in reading.open().take(4).collect::<Vec<_>>() {
        let text = reading.text(at);
        if length(text) < 60 {
            continue;
        }
        let Some(dateline) = parse(text, reading.options.month_first) else { continue };
        if dateline.sure < ENOUGH {
            let text = format!("is `{}` a dateline?", dateline.printed);
            reading.ask(at, ("dateline", dateline.sure), text);
            return;
        }
        take(reading, at, dateline);
        return;
    }
}

/// Takes over a dateline.
fn take(reading: &mut Reading<'_, '_>, at: usize, dateline: Dateline) {
    let text =
        format!("the dateline is `{}`, the place `{}`", dateline.printed, dateline.place);
    reading.decide(at, ("dateline", dateline.sure), text);
    let facts = &mut reading.found.facts;
    facts.dateline = Some(dateline.printed);
    facts.dateline_place = Some(dateline.place);
    if let Some(date) = dateline.date {
        reading.dates.push((DatePlace::Dateline, at, date));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The printed dateline and the place.
    fn read(text: &str) -> Option<(String, String, u8)> {
        parse(text, None).map(|found| (found.printed, found.place, found.sure))
    }

    #[test]
    fn datelines_are_read() {
        for (text, printed, place) in [
            (
                "Atlanta, Friday, October 11, 2019 …..A diverse group",
                "Atlanta, Friday, October 11, 2019 …..",
                "Atlanta",
            ),
            ("ATLANTA — Hundreds", "ATLANTA", "ATLANTA"),
            ("RIVERBEND, Ga. (AP) — Hundreds", "RIVERBEND, Ga. (AP)", "RIVERBEND, Ga."),
            (
                "RALEIGH, NC / ACCESSWIRE / December 5, 2023 / The firm",
                "RALEIGH, NC / ACCESSWIRE / December 5, 2023",
                "RALEIGH, NC",
            ),
            (
                "Riverbend, Georgia – May 3, 2018 – Hundreds",
                "Riverbend, Georgia – May 3, 2018",
                "Riverbend, Georgia",
            ),
            (
                "Managua, Nicaragua; viernes 11 de octubre del 2019. Unas cien",
                "Managua, Nicaragua; viernes 11 de octubre del 2019",
                "Managua, Nicaragua",
            ),
            ("MANAGUA.- Unas cien", "MANAGUA", "MANAGUA"),
            ("New York, NY… The union", "New York, NY…", "New York, NY"),
            (
                "San José de los Remates, Nicaragua. – “Sí”, dijo",
                "San José de los Remates, Nicaragua",
                "San José de los Remates, Nicaragua",
            ),
            ("WASHINGTON, D.C. -- The court", "WASHINGTON, D.C.", "WASHINGTON, D.C."),
            (
                "Dallas–Fort Worth (AP) — The",
                "Dallas–Fort Worth (AP)",
                "Dallas–Fort Worth",
            ),
            ("LA PAZ, 3 de mayo de 2018 – La", "LA PAZ, 3 de mayo de 2018", "LA PAZ"),
        ] {
            let (own, own_place, sure) = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((own.as_str(), own_place.as_str()), (printed, place), "{text}");
            assert!(sure >= ENOUGH, "{text} {sure}");
        }
    }

    #[test]
    fn what_only_looks_so_is_none() {
        for text in [
            "MEDIA ADVISORY – Tenants will march",
            "NPR - The court heard",
            "ESPN -- The team",
            "API – The interface",
            "Tenants Win – Company Leaves Town",
            "A march – the third this week – passed the mill",
            "The march... It was long",
            "UPDATE — The march is off",
            "In Atlanta, on October 11, 2019 … Many came",
            "WATCH: The march — Live",
            "He came home in 2019. Then he left",
        ] {
            assert!(read(text).is_none_or(|(_, _, sure)| sure < ENOUGH), "{text}");
        }
    }

    #[test]
    fn a_line_of_its_own_has_a_date_or_a_region() {
        for (line, is_one) in [
            ("ATLANTA – October 11, 2019", true),
            ("Managua, viernes 11 de octubre de 2019", true),
            ("Riverbend, Georgia", true),
            ("October 11, 2019, Riverbend", true),
            ("Riverbend", false),
            ("October 11, 2019", false),
            ("Tenants March, Company Leaves", false),
        ] {
            assert_eq!(alone(line, None).is_some(), is_one, "{line}");
        }
    }
}
