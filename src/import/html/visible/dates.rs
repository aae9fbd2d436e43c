//! Dates as they are printed, in English and Spanish.
//!
//! `10/11/2019` has two meanings; it is only read if one of them is impossible
//! or the order of day and month is known. Times of day are passed over, as
//! nothing says of which place they are.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::date::Date;

/// In which order numbers stand for day and month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Nobody knows.
    #[default]
    Unknown,
    /// The day comes first.
    DayFirst,
}

/// The months, in English and Spanish, by their first letters.
const MONTHS: &[(&str, u8)] = &[
    ("jan", 1),
    ("ene", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("abr", 4),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("ago", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("dic", 12),
];

/// The pattern of a month's name.
const MONTH: &str = r"(?<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|setiembre|octubre|noviembre|diciembre|ene|abr|ago|dic)\b\.?";

/// The pattern of a weekday's name and what follows it.
const WEEKDAY: &str = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+|(?:lunes|martes|miércoles|miercoles|jueves|viernes|sábado|sabado|domingo),?\s+)?";

/// The forms of a date, the more telling ones first.
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let forms = [
        format!(
            r"{WEEKDAY}{MONTH}\s+(?<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?:de(?:l)?\s+)?(?<y>\d{{4}})\b"
        ),
        format!(
            r"{WEEKDAY}(?:el\s+)?(?<d>\d{{1,2}})(?:st|nd|rd|th|º|°|ro)?\.?,?\s+(?:of\s+|de\s+)?{MONTH},?\s+(?:del?\s+)?(?<y>\d{{4}})\b"
        ),
        r"\b(?<y>\d{4})-(?<n>\d{2})-(?<d>\d{2})\b".to_owned(),
        r"\b(?<a>\d{1,2})[/.](?<b>\d{1,2})[/.](?<y>\d{4})\b".to_owned(),
        format!(r"{MONTH},?\s+(?:de\s+)?(?<y>\d{{4}})\b"),
    ];
    let read = |form: &String| {
        Regex::new(&format!("(?i){form}")).expect("the forms of dates are well formed")
    };
    forms.iter().map(read).collect()
});

/// The pattern of a time of day behind a date.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?i)^[\s,;@-]*(?:at\s+|a\s+las\s+)?(?:\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?\s?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)?\s*(?:hrs?\.?|h\b)?\s*(?:[A-Z]{2,4}T|UTC|GMT)?[\s.,]*$";
    Regex::new(pattern).expect("the pattern of times is well formed")
});

/// The pattern of a weekday at the end of a text.
static WEEKDAY_END: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?i)[\s,;(]*(?:\b(?:on|el|del)\s*)?$";
    Regex::new(pattern).expect("the pattern of ends is well formed")
});

/// The date that a text is as a whole, with a weekday and a time or without.
pub fn whole(text: &str, order: Order) -> Option<Date> {
    let text =
        text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']', '.', ',']);
    let (at, end, date) = find(text, order)?;
    let before = text.get(..at)?;
    let after = text.get(end..)?;
    let has_time_before = TIME.is_match(before);
    ((before.trim().is_empty() || has_time_before) && TIME.is_match(after))
        .then_some(date)
}

/// Takes a date off the end of a text.
pub fn split_end(text: &str, order: Order) -> (&str, Option<Date>) {
    let Some((at, end, date)) = find(text, order) else { return (text, None) };
    let (Some(before), Some(after)) = (text.get(..at), text.get(end..)) else {
        return (text, None);
    };
    if !TIME.is_match(after.trim_end_matches([')', '.'])) {
        return (text, None);
    }
    let cut = WEEKDAY_END.find(before).map_or(before.len(), |found| found.start());
    (before.get(..cut).unwrap_or(before), Some(date))
}

/// The first date in a text and where it stands.
pub fn find(text: &str, order: Order) -> Option<(usize, usize, Date)> {
    FORMS.iter().find_map(|form| {
        let found = form.captures(text)?;
        let date = read(&found, order)?;
        let whole = found.get(0)?;
        Some((whole.start(), whole.end(), date))
    })
}

/// The date of a form.
fn read(found: &Captures<'_>, order: Order) -> Option<Date> {
    let number = |name| found.name(name).and_then(|own| own.as_str().parse::<u8>().ok());
    let year: i16 = found.name("y")?.as_str().parse().ok()?;
    if !(1700..=2200).contains(&year) {
        return None;
    }
    if let (Some(a), Some(b)) = (number("a"), number("b")) {
        return match (a > 12, b > 12) {
            (true, false) => Date::from_parts(year, Some(b), Some(a)),
            (false, true) => Date::from_parts(year, Some(a), Some(b)),
            (false, false) if a == b || order == Order::DayFirst => {
                Date::from_parts(year, Some(b), Some(a))
            }
            _ => None,
        };
    }
    let month = match found.name("m") {
        Some(name) => month(name.as_str())?,
        None => number("n")?,
    };
    Date::from_parts(year, Some(month), number("d"))
}

/// The number of a month.
fn month(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    MONTHS.iter().find(|(start, _)| name.starts_with(start)).map(|(_, month)| *month)
}

/// The day that the path of an address names: `/2006/09/22/`.
pub fn in_path(path: &str) -> Option<Date> {
    static PATH: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"(?:^|/)(?<y>(?:19|20)\d{2})[/-](?<m>\d{1,2})(?:[/-](?<d>\d{1,2}))?(?:/|-|_|$)";
        Regex::new(pattern).expect("the pattern of paths is well formed")
    });
    let found = PATH.captures(path)?;
    let number = |name| found.name(name).and_then(|own| own.as_str().parse::<u8>().ok());
    let year = found.name("y")?.as_str().parse().ok()?;
    Date::from_parts(year, number("m"), number("d"))
}
