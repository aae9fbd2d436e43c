//! Reads dates in the forms that generators take, with their offset as it was
//! written.
//!
//! A zone that is only named is not computed with; which clock an address goes
//! by is decided by each generator's rules.

use crate::date::{Date, Moment, Zone};

/// The names of the months by their first three letters.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The names of the days.
pub(super) const DAY_NAMES: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Reads a date.
pub(super) fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(date) = Date::parse(text) {
        return Some(date);
    }
    let (head, tail) = text.split_once([' ', 'T', ',']).unwrap_or((text, ""));
    let tail = tail.split([' ', ',']).filter(|word| !word.is_empty());
    let words: Vec<&str> = std::iter::once(head).chain(tail).take(8).collect();
    let (day, rest) = day_of(&words).or_else(|| in_words(text))?;
    let clock = rest.join(" ");
    let whole = match clock_of(&clock) {
        Some(clock) => format!("{day}T{clock}"),
        None => day,
    };
    Date::parse(&whole).ok()
}

/// A day in numbers at the beginning: `2019-1-5`, `2019/01/05`, `20190105`.
fn day_of<'w>(words: &[&'w str]) -> Option<(String, Vec<&'w str>)> {
    let (first, rest) = words.split_first()?;
    let mut parts: Vec<&str> = first.split(['-', '/', '.']).collect();
    if let [whole] = parts.as_slice() {
        let whole = *whole;
        if whole.len() == 8 {
            parts = vec![whole.get(..4)?, whole.get(4..6)?, whole.get(6..)?];
        }
    }
    let [year, month, day] = parts.as_slice() else { return None };
    let number = |part: &str, most: usize| {
        let fits =
            (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse::<u16>().ok()).flatten()
    };
    let (year, month, day) = match year.len() {
        4 => (number(year, 4)?, number(month, 2)?, number(day, 2)?),
        _ => return None,
    };
    Some((format!("{year:04}-{month:02}-{day:02}"), rest.to_vec()))
}

/// A day in English words: `11 October 2019`, `Fri, Oct 11, 2019`.
fn in_words(text: &str) -> Option<(String, Vec<&str>)> {
    let words = text.split([' ', ',']).filter(|word| !word.is_empty()).take(9);
    let (mut day, mut month, mut year, mut rest) = (None, None, None, Vec::new());
    for word in words {
        let letters = word.get(..3).map(str::to_lowercase).unwrap_or_default();
        let number = word
            .trim_end_matches("st")
            .trim_end_matches("nd")
            .trim_end_matches("rd")
            .trim_end_matches("th")
            .parse::<u16>();
        match (MONTHS.iter().position(|name| *name == letters), number) {
            (Some(at), _) if month.is_none() => month = Some(at + 1),
            (_, Ok(number)) if day.is_none() && (1..=31).contains(&number) => {
                day = Some(number);
            }
            (_, Ok(number)) if year.is_none() && word.len() == 4 => year = Some(number),
            _ if year.is_some() => rest.push(word),
            _ => {}
        }
    }
    Some((format!("{:04}-{:02}-{:02}", year?, month?, day?), rest))
}

/// A clock with its offset, as a date has it.
fn clock_of(text: &str) -> Option<String> {
    let mut words = text.split(' ').filter(|word| !word.is_empty());
    let first = words.next()?;
    let at = first.find(['+', '-', 'Z', 'z']).unwrap_or(first.len());
    let (time, tail) = first.split_at_checked(at)?;
    let mut clock = Vec::new();
    for part in time.split('.').next()?.split(':') {
        clock.push(format!("{:02}", part.parse::<u8>().ok()?));
    }
    if clock.len() < 2 {
        clock.push("00".to_owned());
    }
    let mut clock = clock.join(":");
    let mut zone = tail.to_owned();
    for word in words {
        match word.to_ascii_lowercase().as_str() {
            "pm" => clock = afternoon(&clock)?,
            "am" if clock.starts_with("12") => clock.replace_range(..2, "00"),
            _ if zone.is_empty() => zone.push_str(word),
            _ => {}
        }
    }
    clock.push_str(&offset_of(&zone).unwrap_or_default());
    Some(clock)
}

/// A clock of the afternoon, by 24 hours.
fn afternoon(clock: &str) -> Option<String> {
    let hour = clock.get(..2)?.parse::<u8>().ok()?;
    let hour = if hour < 12 { hour + 12 } else { hour };
    Some(format!("{hour:02}{}", clock.get(2..)?))
}

/// An offset such as `-0400`, `UTC-04:00` or `GMT`, as a date has it.
fn offset_of(zone: &str) -> Option<String> {
    let bare = zone.trim_start_matches("UTC").trim_start_matches("GMT");
    if bare.is_empty() || bare.eq_ignore_ascii_case("z") {
        return (!zone.is_empty()).then(|| "Z".to_owned());
    }
    let sign = bare.chars().next().filter(|sign| matches!(sign, '+' | '-'))?;
    let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        1 => Some(format!("{sign}0{digits}:00")),
        2 => Some(format!("{sign}{digits}:00")),
        4 => Some(format!("{sign}{}:{}", digits.get(..2)?, digits.get(2..)?)),
        _ => None,
    }
}

/// The day and time that a clock in a zone shows at a date that has an offset;
/// other dates as they are written.
pub(super) fn in_zone(date: &Date, zone: &Zone) -> Date {
    match date.time() {
        Some(time) if time.offset_minutes.is_some() => {
            let second = Moment::of(*date, zone);
            second.day_in(zone)
        }
        _ => *date,
    }
}

/// Which day of its year a date is, from 1.
pub(super) fn day_of_year(date: &Date) -> u16 {
    let month = date.month().unwrap_or(1);
    let days =
        (1..month).map(|month| u16::from(crate::date::days_in(date.year(), month)));
    days.sum::<u16>() + u16::from(date.day().unwrap_or(1))
}

/// The week of a date by ISO 8601.
pub(super) fn week(date: &Date) -> u16 {
    let weekday = u16::from(date.weekday()) + 1;
    let number = (day_of_year(date) + 10 - weekday) / 7;
    let (year, long) = (date.year(), |year: i16| {
        let first =
            Date::from_parts(year, Some(1), Some(1)).map_or(0, |date| date.weekday());
        let is_leap = crate::date::days_in(year, 2) == 29;
        first == 3 || (first == 2 && is_leap)
    });
    match number {
        0 if long(year - 1) => 53,
        0 => 52,
        53 if !long(year) => 1,
        number => number,
    }
}
