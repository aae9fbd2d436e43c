//! Rule 9: who wrote a piece, in one of its first or last lines.
//!
//! Only the word before the name is stripped (`By`, `Por`, `Texto`); the names
//! stay as printed. What has not the shape of a name is no byline, whatever
//! stands before it.

use crate::import::text::dates::{self, Found};
use crate::import::text::names;
use crate::import::text::print;
use crate::import::text::reading::{DatePlace, ENOUGH, PRIVATE, Reading, Role};
use crate::import::text::words::{
    CITIES, OUTLET, fold, fold_word, is_capitals, length, masked, without_contact,
};

/// How many of the first and of the last lines may be a byline.
const FIRST: usize = 8;
/// See [`FIRST`].
const LAST: usize = 6;

/// What stands before the names, folded; the longer ones first.
const LEADS: &[&str] = &[
    "words and photos by",
    "story and photos by",
    "texto y fotos de",
    "texto y fotos por",
    "texto y fotos",
    "written by",
    "reported by",
    "report by",
    "story by",
    "words by",
    "text by",
    "escrito por",
    "texto por",
    "texto de",
    "redactado por",
    "nota de",
    "by",
    "por",
    "texto",
];

/// What stands before the names of those who took the pictures.
const PICTURES: &[&str] = &[
    "photos by",
    "photo by",
    "photographs by",
    "photography by",
    "photos",
    "photo",
    "fotos de",
    "fotos por",
    "foto de",
    "foto por",
    "fotos",
    "foto",
    "fotografias de",
    "fotografia de",
    "fotografias",
    "fotografia",
    "video by",
    "illustration by",
];

/// What says that nobody in particular wrote it.
const NOBODY: &[&str] = &[
    "redaccion",
    "la redaccion",
    "staff",
    "staff report",
    "staff reports",
    "from staff reports",
    "staff writer",
    "staff writers",
    "news staff",
    "wire reports",
    "staff and wire reports",
    "agencias",
    "redaccion central",
];

/// A line that says who wrote a piece.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Byline {
    /// The names, as printed.
    pub authors: Vec<String>,
    /// The outlet that stands behind them.
    pub outlet: Option<String>,
    /// The date in the line.
    pub date: Option<Found>,
    /// The page in the line.
    pub page: Option<String>,
    /// How sure it is, in percent.
    pub sure: u8,
}

/// Reads a line that begins as a byline does.
pub(super) fn parse(text: &str, month_first: Option<bool>) -> Option<Byline> {
    let text = text.trim().trim_start_matches(['—', '–', '-', '*', '_', '•', '~', ' ']);
    let text = text.trim_end_matches(['*', '_', ' ']);
    if length(text) >= 140 {
        return None;
    }
    let rest = lead(text, LEADS)?;
    let mut byline = read(rest, month_first)?;
    // A byline has fewer than 90 characters, without its date and page.
    let is_short = length(text) < 90 || byline.date.is_some() || byline.page.is_some();
    // In Spanish, `por` begins many phrases.
    if text.starts_with("por ") {
        byline.sure = byline.sure.saturating_sub(8);
    }
    is_short.then_some(byline)
}

/// What follows one of some words at the beginning of a text.
fn lead<'t>(text: &'t str, leads: &[&str]) -> Option<&'t str> {
    leads.iter().find_map(|lead| {
        // Folding keeps the number of characters of these words.
        let end =
            text.char_indices().nth(length(lead)).map_or(text.len(), |(end, _)| end);
        let (start, rest) = text.split_at_checked(end)?;
        let is_lead = fold(start) == **lead && rest.starts_with([' ', ':', '\t']);
        is_lead.then(|| rest.trim_start_matches([':', ' ', '\t']).trim())
    })
}

/// Reads what stands behind `By`.
fn read(rest: &str, month_first: Option<bool>) -> Option<Byline> {
    let mut byline = Byline::default();
    let mut people = rest;
    if let Some((before, page)) = print::split_page(rest) {
        byline.page = Some(page.to_owned());
        people = before;
    }
    if let Some(date) = dates::find(people, month_first).into_iter().next_back()
        && people
            .get(date.range.end..)
            .is_some_and(|rest| rest.trim_matches([' ', '|', '.', ')']).is_empty())
    {
        people = people.get(..date.range.start).unwrap_or_default();
        byline.date = Some(date);
    }
    let people = people.trim_matches(['|', ',', ' ', '(', '·', '•', '–', '—', '-', '/']);
    let mut parts = people
        .split(['|', '•', '·', '/'])
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" — "))
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let first = parts.next()?;
    let nobody = nobody(first);
    if nobody {
        byline.sure = 85;
    } else {
        authors(first, &mut byline)?;
    }
    for part in parts {
        if names::outlet(part).is_some() && byline.outlet.is_none() {
            byline.outlet = Some(part.to_owned());
        } else if !is_addition(part) && names::person(part).is_none() {
            return None;
        }
    }
    Some(byline)
}

/// Whether a text says that nobody in particular wrote the piece.
fn nobody(text: &str) -> bool {
    let folded = fold(text);
    let folded = folded.trim_end_matches(['.', ':']);
    NOBODY.contains(&folded)
}

/// Reads names, and what stands behind them after commas.
fn authors(text: &str, byline: &mut Byline) -> Option<()> {
    let text = strip_stop(text);
    let mut sure = 100;
    for (at, part) in text.split(',').map(str::trim).enumerate() {
        for part in conjunctions(part) {
            let part = part.trim();
            if part.is_empty() {
                continue;
            }
            let own = author(part, byline);
            match own {
                Some(own) if at == 0 || own > 80 || byline.authors.len() > 1 => {
                    sure = sure.min(own);
                }
                Some(_) => {
                    // A doubtful name behind a comma may be a town or a firm.
                    byline.authors.pop();
                }
                None if at > 0 && is_addition(part) => {
                    if names::outlet(part).is_some() && byline.outlet.is_none() {
                        byline.outlet = Some(part.to_owned());
                    }
                }
                None => return None,
            }
        }
    }
    byline.sure = sure;
    (!byline.authors.is_empty()).then_some(())
}

/// The parts of a text between `and`, `y` and `&`; a name of an organization
/// stays whole.
fn conjunctions(text: &str) -> Vec<&str> {
    if names::organization(text).is_some() && !has_two_people(text) {
        return vec![text];
    }
    let mut parts = vec![text];
    for joint in [" and ", " y ", " & ", " e ", " AND ", " Y ", " with ", " con "] {
        parts = parts.into_iter().flat_map(|part| part.split(joint)).collect();
    }
    let start = |part| lead(part, &["and", "y"]).unwrap_or(part);
    parts.into_iter().map(start).collect()
}

/// Whether both sides of the first `and` are names of people.
fn has_two_people(text: &str) -> bool {
    [" and ", " y ", " & "].iter().any(|joint| {
        text.split_once(joint).is_some_and(|(a, b)| {
            names::person(a).is_some() && names::person(b).is_some()
        })
    })
}

/// Takes over a name, without the role that may stand behind it; tells how
/// sure it is.
fn author(text: &str, byline: &mut Byline) -> Option<u8> {
    let text = text.trim_matches(['"', '“', '”']);
    if let Some(sure) = with_role(text, byline) {
        return Some(sure);
    }
    if names::outlet(text).is_some() && !is_likely_person(text) {
        return None;
    }
    if let Some(sure) = names::organization(text).filter(|_| !is_likely_person(text)) {
        byline.authors.push(text.to_owned());
        return Some(sure);
    }
    let sure = names::person(text)?;
    byline.authors.push(text.to_owned());
    Some(sure)
}

/// Takes over a name with its role behind it and no mark between them: `Jane
/// Doe Staff Writer`, `Jane Doe of the Riverbend Courier`.
fn with_role(text: &str, byline: &mut Byline) -> Option<u8> {
    let words: Vec<&str> = text.split(' ').collect();
    (2..words.len()).rev().find_map(|n| {
        let (name, rest) = (words.get(..n)?.join(" "), words.get(n..)?.join(" "));
        let sure = names::person(&name).filter(|_| names::outlet(&name).is_none())?;
        let outlet = ["of ", "for ", "de ", "para "]
            .iter()
            .find_map(|word| rest.strip_prefix(word));
        if let Some(outlet) = outlet.filter(|outlet| names::outlet(outlet).is_some()) {
            byline.outlet = Some(outlet.to_owned());
        } else if !is_role_alone(&rest) {
            return None;
        }
        byline.authors.push(name);
        Some(sure)
    })
}

/// Whether a text looks more like a person than like a firm: it begins with a
/// given name.
fn is_likely_person(text: &str) -> bool {
    names::person(text).is_some_and(|sure| sure >= 85)
}

/// Whether a text is nothing but a role.
fn is_role_alone(text: &str) -> bool {
    let mut words = text.split(' ').map(fold_word);
    words.all(|word| {
        names::is_role_word(&word)
            || OUTLET.contains(word.as_str())
            || matches!(word.as_str(), "of" | "the" | "de" | "to" | "for" | "la" | "el")
    })
}

/// Whether a text can stand behind a name: a role, an outlet, a town, an
/// organization.
fn is_addition(text: &str) -> bool {
    let words = text.split(' ').count();
    let is_town = CITIES.contains(fold(text).as_str())
        || words <= 3 && text.split(' ').all(|word| word.starts_with(char::is_uppercase));
    words <= 9
        && !text.ends_with('.')
        && (names::is_role(text)
            || names::outlet(text).is_some()
            || names::organization(text).is_some()
            || is_town
            || fold(text).starts_with("special to")
            || fold(text).starts_with("especial para"))
}

/// A text without the full stop of a sentence at its end; that of `Jr.` or of
/// an initial stays.
fn strip_stop(text: &str) -> &str {
    let Some(without) = text.strip_suffix('.') else { return text };
    let last = fold_word(without.rsplit(' ').next().unwrap_or_default());
    let is_short =
        length(&last) <= 1 || matches!(last.as_str(), "jr" | "sr" | "phd" | "md" | "esq");
    if is_short { text } else { without }
}

/// A name with its outlet and no word before it: `— Jane Doe, The Courier`.
fn signature(text: &str) -> Option<Byline> {
    let is_marked = text.starts_with(['—', '–']) || text.starts_with("--");
    let inner = text.trim_start_matches(['—', '–', '-', ' ']).trim_end();
    let (name, outlet) = match inner.split_once([',', '|']) {
        Some((name, outlet)) => (name.trim(), Some(outlet.trim())),
        None => (inner, None),
    };
    let sure = names::person(name)?;
    let outlet = outlet.filter(|outlet| names::outlet(outlet).is_some());
    let (sure, fits) = match outlet {
        Some(_) => (sure.max(75), length(inner) < 90),
        None => (sure, is_marked && length(inner) < 60 && !inner.contains(',')),
    };
    fits.then(|| Byline {
        authors: vec![name.to_owned()],
        outlet: outlet.map(str::to_owned),
        sure,
        ..Byline::default()
    })
}

/// Finds the byline, and credits of pictures beside it.
pub(super) fn find(reading: &mut Reading<'_, '_>) {
    let first = reading.head(FIRST);
    let last: Vec<usize> =
        reading.tail(LAST).into_iter().filter(|at| !first.contains(at)).collect();
    for &at in first.iter().chain(&last) {
        pictures(reading, at);
    }
    let mut is_found = false;
    for (&at, is_first) in
        first.iter().map(|at| (at, true)).chain(last.iter().map(|at| (at, false)))
    {
        let (text, private) = without_contact(reading.text(at));
        let unnamed = nobody(text).then(|| Byline { sure: 75, ..Byline::default() });
        let parsed = parse(text, reading.options.month_first)
            .or(unnamed)
            .or_else(|| signature(text).filter(|_| !is_first));
        let Some(byline) = parsed.filter(|_| reading.is_open(at)) else { continue };
        if is_found && !is_same_or_more(reading, &byline) {
            continue;
        }
        if byline.sure < ENOUGH {
            reading.ask(
                at,
                ("byline", byline.sure),
                format!("is `{}` a byline?", masked(text)),
            );
            continue;
        }
        take(reading, at, byline);
        drop_contact(reading, at, private);
        is_found = true;
    }
    if !is_found {
        bare(reading, &first);
    }
}

/// Drops the ways to reach the writer at the end of a byline.
fn drop_contact(reading: &mut Reading<'_, '_>, at: usize, private: &str) {
    if private.chars().any(char::is_alphanumeric) {
        reading.drop_part(at, PRIVATE, private);
        let text = format!("`{}` is left out of the byline", masked(private.trim()));
        reading.decide(at, ("contact", 90), text);
    }
}

/// Whether a line is a byline, whatever stands at its end.
pub(super) fn is_byline(text: &str, month_first: Option<bool>) -> bool {
    parse(without_contact(text).0, month_first).is_some_and(|own| own.sure >= ENOUGH)
}

/// Whether a second byline names the same people, or the first named nobody.
fn is_same_or_more(reading: &Reading<'_, '_>, byline: &Byline) -> bool {
    let own = &reading.found.facts.byline;
    own.is_empty()
        || byline.authors.iter().all(|name| own.iter().any(|own| fold(own) == fold(name)))
}

/// A name alone right below the headline.
fn bare(reading: &mut Reading<'_, '_>, first: &[usize]) {
    for pair in first.windows(2) {
        let &[before, at] = pair else { continue };
        let text = reading.text(at);
        // What stands above is the headline, not a name or a label.
        let is_below = reading.is_open(before)
            && names::person(reading.text(before)).is_none()
            && before == *first.first().unwrap_or(&before);
        let sure = names::person(text)
            .filter(|sure| *sure >= 88 && is_below && text.split(' ').count() <= 4);
        let Some(sure) = sure else { continue };
        let byline = Byline {
            authors: vec![text.to_owned()],
            sure: sure.min(70),
            ..Byline::default()
        };
        take(reading, at, byline);
        return;
    }
}

/// Takes over a byline.
fn take(reading: &mut Reading<'_, '_>, at: usize, byline: Byline) {
    reading.set(at, Role::Moved("byline"));
    let facts = &mut reading.found.facts;
    for name in byline.authors {
        if !facts.byline.iter().any(|own| fold(own) == fold(&name)) {
            facts.byline.push(name);
        }
    }
    if facts.publication.is_none() {
        facts.publication = byline.outlet;
    }
    let names = facts.byline.join("`, `");
    let text = if names.is_empty() {
        format!("`{}` names no person", masked(reading.text(at)))
    } else {
        format!("the byline is `{names}`")
    };
    reading.decide(at, ("byline", byline.sure), text);
    if let Some(page) = byline.page {
        print::set_page(reading, at, &page);
    }
    if let Some(date) = byline.date {
        reading.dates.push((DatePlace::Byline, at, date));
    }
}

/// Takes over who took the pictures.
fn pictures(reading: &mut Reading<'_, '_>, at: usize) {
    let text = reading.text(at);
    let Some(rest) = lead(text.trim_start_matches(['—', '–', '-', '*', ' ']), PICTURES)
    else {
        return;
    };
    let people = rest.split(['/', '|', ',']).next().unwrap_or(rest).trim();
    let is_name = conjunctions(strip_stop(people)).iter().all(|name| {
        names::person(name).is_some()
            || names::organization(name).is_some()
            || is_capitals(name)
    });
    if length(text) < 90
        && is_name
        && reading.is_open(at)
        && reading.found.facts.credit.is_none()
    {
        reading.found.facts.credit = Some(text.to_owned());
        reading.set(at, Role::Moved("credit"));
        reading.decide(at, ("credit", 85), format!("the credit is `{text}`"));
    }
}

/// Finds the name at the end of a letter.
pub(super) fn letter(reading: &mut Reading<'_, '_>) {
    if reading.found.facts.kind != Some("letter")
        || !reading.found.facts.byline.is_empty()
    {
        return;
    }
    let last: Vec<usize> =
        reading.tail(4).into_iter().take_while(|&at| !reading.is_paragraph(at)).collect();
    let mut best: Option<(u8, usize, &str)> = None;
    for at in last {
        let text = reading.text(at);
        let name = text.trim_start_matches(['—', '–', '-', ' ']);
        let name = name.split(',').next().unwrap_or_default().trim();
        let sure =
            names::person(name).filter(|_| length(text) < 80 && !text.ends_with('.'));
        // The town stands below the name.
        if let Some(sure) = sure
            && best.is_none_or(|(best, ..)| sure >= best)
        {
            best = Some((sure, at, name));
        }
    }
    if let Some((sure, at, name)) = best {
        let authors = vec![name.to_owned()];
        take(reading, at, Byline { authors, sure: sure.min(80), ..Byline::default() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_read() {
        for (text, names) in [
            ("by Gloria Tatum", "Gloria Tatum"),
            ("By: Ana Vega.", "Ana Vega"),
            ("BY ANA VEGA", "ANA VEGA"),
            ("By Ana Vega and Tom Reyes", "Ana Vega|Tom Reyes"),
            ("By Ana Vega, Tom Reyes and Lucy O'Dell", "Ana Vega|Tom Reyes|Lucy O'Dell"),
            ("By Ana Vega, Tom Reyes, and Lucy O'Dell", "Ana Vega|Tom Reyes|Lucy O'Dell"),
            ("By Ana Vega, Staff Writer", "Ana Vega"),
            ("By Ana Vega Staff Writer", "Ana Vega"),
            ("By Ana Vega | May 3, 2006 | Page 7", "Ana Vega"),
            ("Por María de la Cruz", "María de la Cruz"),
            ("por José Peña y Luz Arce", "José Peña|Luz Arce"),
            ("Texto: Luz Arce", "Luz Arce"),
            ("Por la Coordinación Nacional", "la Coordinación Nacional"),
            ("By the Mill Tenants Association", "the Mill Tenants Association"),
            ("By Abby Byrne", "Abby Byrne"),
            ("By Students for Clean Water", "Students for Clean Water"),
            ("By Martin Vega Jr.", "Martin Vega Jr."),
            ("— By Ana Vega", "Ana Vega"),
            ("Written by Ana Vega", "Ana Vega"),
            ("By Ana Vega, The Riverbend Courier", "Ana Vega"),
            ("By Ana Vega of the Riverbend Courier", "Ana Vega"),
            ("By Ana Vega, Special to the Courier", "Ana Vega"),
            ("Por Redacción", ""),
        ] {
            let byline = parse(text, None).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(byline.authors.join("|"), names, "{text}");
            assert!(byline.sure >= ENOUGH, "{text}");
        }
    }

    #[test]
    fn phrases_are_no_bylines() {
        for text in [
            "By Falsifying Records, the Company Hid the Leak",
            "By Falsifying Records",
            "BY INTENTIONALLY MISLEADING THE PUBLIC",
            "By the Numbers",
            "By Popular Demand",
            "By Any Means Necessary",
            "Por La Paz",
            "Por ahora",
            "Por fin, Libres",
            "By Monday",
            "Byron Vega",
            "By",
            "Bystanders Saw It",
            "By Ana Vega said that she would never, ever leave the house on the hill above the mill again.",
            "Texto",
        ] {
            assert_eq!(parse(text, None), None, "{text}");
        }
    }

    #[test]
    fn outlets_dates_and_pages_are_split_off() {
        let byline =
            parse("By Ana Vega, The Riverbend Courier | May 3, 2006 | Page A7", None)
                .unwrap();
        assert_eq!(byline.outlet.as_deref(), Some("The Riverbend Courier"));
        assert_eq!(byline.page.as_deref(), Some("A7"));
        assert_eq!(byline.date.unwrap().date().unwrap().edtf_day(), "2006-05-03");
    }

    #[test]
    fn a_name_with_its_outlet_signs_a_piece() {
        assert!(signature("Ana Vega, The Riverbend Courier").is_some());
        assert!(signature("— Ana Vega").is_some());
        assert!(signature("Ana Vega").is_none());
        assert!(signature("Ana Vega, a nurse, lives here").is_none());
    }
}
