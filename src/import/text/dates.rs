//! Dates and times as they are written in English and Spanish text.
//!
//! It finds what is written and says what is in doubt; which of the dates of a
//! piece is its day is decided elsewhere. `10/11/2019` is read only if
//! somebody says which number is the month, or one of them cannot be.

use std::ops::Range;

use crate::date::Date;
use crate::import::text::words::fold;

/// A date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it stands.
    pub range: Range<usize>,
    /// The year, if it is written.
    pub year: Option<i16>,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, if it is written.
    pub day: Option<u8>,
    /// The day of the week that is written: 0 for Monday.
    pub weekday: Option<u8>,
    /// Whether day and month could be the other way round.
    pub is_ambiguous: bool,
}

impl Found {
    /// The date, if its year is written and nothing is in doubt.
    pub fn date(&self) -> Option<Date> {
        self.in_year(self.year?)
    }

    /// The date in a year, unless it is in doubt or there is no such day.
    pub fn in_year(&self, year: i16) -> Option<Date> {
        if self.is_ambiguous {
            return None;
        }
        Date::from_parts(year, Some(self.month), self.day)
    }
}

/// What a part of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// One other character.
    Mark,
}

/// A part of a text.
#[derive(Clone, Debug)]
struct Token<'t> {
    /// What it is.
    kind: Kind,
    /// Its text.
    text: &'t str,
    /// Where it begins.
    start: usize,
}

/// The parts of a text, without its spaces.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let kind = |c: char| {
        if c.is_alphabetic() {
            Kind::Word
        } else if c.is_ascii_digit() {
            Kind::Number
        } else {
            Kind::Mark
        }
    };
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let own = kind(c);
        let rest = text.get(at..).unwrap_or_default();
        let end = match own {
            Kind::Mark => c.len_utf8(),
            _ => rest.find(|c| kind(c) != own).unwrap_or(rest.len()),
        };
        if !c.is_whitespace() {
            let text = rest.get(..end).unwrap_or_default();
            tokens.push(Token { kind: own, text, start: at });
        }
        at += end;
    }
    tokens
}

/// The dates in a text, in their order; none overlaps another. `month_first`
/// says how two small numbers are read.
pub fn find(text: &str, month_first: Option<bool>) -> Vec<Found> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let cursor = Cursor { tokens: &tokens, at };
        match numeric(cursor, month_first).or_else(|| written(cursor)) {
            Some((date, next)) => {
                found.push(date);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// A place among the parts of a text.
#[derive(Clone, Copy)]
struct Cursor<'t> {
    /// The parts.
    tokens: &'t [Token<'t>],
    /// The next of them.
    at: usize,
}

impl<'t> Cursor<'t> {
    /// The next part.
    fn peek(self) -> Option<&'t Token<'t>> {
        self.tokens.get(self.at)
    }

    /// The next part, if it is a word; what follows it.
    fn word(self) -> Option<(&'t str, Self)> {
        let token = self.peek().filter(|token| token.kind == Kind::Word)?;
        Some((token.text, self.next()))
    }

    /// The next part, if it is a number of at most so many digits.
    fn number(self, digits: usize) -> Option<(u16, Self)> {
        let token = self.peek().filter(|token| token.kind == Kind::Number)?;
        if token.text.len() > digits {
            return None;
        }
        Some((token.text.parse().ok()?, self.next()))
    }

    /// What follows the next part.
    fn next(self) -> Self {
        Self { at: self.at + 1, ..self }
    }

    /// What follows a mark, if that is next; else the same place.
    fn skip(self, marks: &[&str]) -> Self {
        match self.peek() {
            Some(token) if marks.contains(&token.text) => self.next(),
            _ => self,
        }
    }

    /// What follows one of these words, if that is next, in any case.
    fn skip_word(self, words: &[&str]) -> Self {
        match self.word() {
            Some((word, next)) if words.contains(&fold(word).as_str()) => next,
            _ => self,
        }
    }

    /// A date that begins at `first` and ends before this place.
    fn found(self, first: Self, mut date: Found) -> (Found, usize) {
        let start = first.peek().map_or(0, |token| token.start);
        let last = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        let end = last.map_or(start, |token| token.start + token.text.len());
        date.range = start..end;
        (date, self.at)
    }
}

/// A date of numbers alone.
fn numeric(first: Cursor<'_>, month_first: Option<bool>) -> Option<(Found, usize)> {
    let before = first.at.checked_sub(1).and_then(|last| first.tokens.get(last));
    if before.is_some_and(|token| matches!(token.text, "/" | "$" | "#")) {
        return None;
    }
    let (a, cursor) = first.number(4)?;
    let mark = cursor.peek()?.text;
    if !matches!(mark, "/" | "-" | ".") {
        return None;
    }
    let (b, cursor) = cursor.next().number(2)?;
    if cursor.peek()?.text != mark {
        return None;
    }
    let (c, cursor) = cursor.next().number(4)?;
    let written = |at: usize| first.tokens.get(first.at + at).map_or(0, |t| t.text.len());
    let date = match (written(0), written(4)) {
        (4, 1 | 2) => of_numbers(a, b, c, false)?,
        (1 | 2, 4) => small_numbers(a, b, c, month_first)?,
        (1 | 2, 2) if mark != "." => small_numbers(a, b, 2000 + c, month_first)?,
        _ => return None,
    };
    Some(cursor.found(first, date))
}

/// A date whose day and month are two small numbers in either order.
fn small_numbers(a: u16, b: u16, year: u16, month_first: Option<bool>) -> Option<Found> {
    match (a > 12, b > 12, month_first) {
        (true, true, _) => None,
        (true, false, _) | (false, false, Some(false)) => of_numbers(year, b, a, false),
        (false, true, _) | (false, false, Some(true)) => of_numbers(year, a, b, false),
        (false, false, None) => of_numbers(year, a, b, a != b),
    }
}

/// A date of three numbers, if there is such a day.
fn of_numbers(year: u16, month: u16, day: u16, is_ambiguous: bool) -> Option<Found> {
    let year = i16::try_from(year).ok().filter(|year| (1500..=2199).contains(year))?;
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    Date::from_parts(year, Some(month), Some(day))?;
    Some(Found {
        range: 0..0,
        year: Some(year),
        month,
        day: Some(day),
        weekday: None,
        is_ambiguous,
    })
}

/// A date with the name of its month.
fn written(first: Cursor<'_>) -> Option<(Found, usize)> {
    let (weekday, cursor) = match first.word().and_then(|(word, next)| {
        let day = weekday(word, next.peek().map(|token| token.text))?;
        Some((day, next.skip(&["."]).skip(&[","]).skip_word(&["the"])))
    }) {
        Some((day, next)) => (Some(day), next),
        None => (None, first),
    };
    let (month, day, cursor) = month_and_day(cursor).or_else(|| day_and_month(cursor))?;
    let (year, cursor) = match year(cursor) {
        Some((year, next)) => (Some(year), next),
        None => (None, cursor),
    };
    // A month alone is no date.
    if day.is_none() && year.is_none() {
        return None;
    }
    Date::from_parts(year.unwrap_or(2000), Some(month), day)?;
    let date = Found { range: 0..0, year, month, day, weekday, is_ambiguous: false };
    Some(cursor.found(first, date))
}

/// `October 11th` or, before a year, `October`.
fn month_and_day(cursor: Cursor<'_>) -> Option<(u8, Option<u8>, Cursor<'_>)> {
    let (word, next) = cursor.word()?;
    let month = month(word)?;
    if is_verb(word) {
        return None;
    }
    let next = skip_point(word, next);
    if let Some((day, after)) = next.number(2)
        && (1..=31).contains(&day)
    {
        let after = after.skip_word(&["st", "nd", "rd", "th"]);
        return Some((month, u8::try_from(day).ok(), after));
    }
    year(next)?;
    Some((month, None, next))
}

/// `11 October`, `11 de octubre`, `the 11th of October`, `1º de mayo`.
fn day_and_month(cursor: Cursor<'_>) -> Option<(u8, Option<u8>, Cursor<'_>)> {
    let (day, next) = match cursor.word() {
        Some((word, next)) if matches!(fold(word).as_str(), "primero" | "primer") => {
            (1, next)
        }
        Some(_) => return None,
        None => {
            let (day, next) = cursor.number(2)?;
            let ordinals = ["st", "nd", "rd", "th", "ro", "er", "o", "º"];
            (day, next.skip(&["º", "°"]).skip_word(&ordinals))
        }
    };
    let of = next.skip_word(&["de", "of"]);
    let (word, after) = of.skip(&["-"]).word()?;
    let month = month(word)?;
    let is_spanish = of.at > next.at;
    if !is_spanish && is_verb(word) {
        return None;
    }
    let day = u8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    Some((month, Some(day), skip_point(word, after)))
}

/// A year as it stands behind a month.
fn year(cursor: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    let cursor = cursor.skip(&[","]).skip(&["-"]).skip_word(&["de", "del"]);
    let cursor = cursor.skip_word(&["ano"]);
    let token = cursor.peek().filter(|token| token.text.len() == 4)?;
    let (year, next) = cursor.number(4)?;
    let year = i16::try_from(year).ok().filter(|year| (1500..=2199).contains(year))?;
    (token.kind == Kind::Number).then_some((year, next))
}

/// The months of both languages, each with its short forms.
const MONTHS: [[&[&str]; 2]; 12] = [
    [&["january", "jan"], &["enero", "ene"]],
    [&["february", "feb"], &["febrero", "feb"]],
    [&["march", "mar"], &["marzo", "mar"]],
    [&["april", "apr"], &["abril", "abr"]],
    [&["may"], &["mayo", "may"]],
    [&["june", "jun"], &["junio", "jun"]],
    [&["july", "jul"], &["julio", "jul"]],
    [&["august", "aug"], &["agosto", "ago"]],
    [&["september", "sept", "sep"], &["septiembre", "setiembre", "sept", "sep", "set"]],
    [&["october", "oct"], &["octubre", "oct"]],
    [&["november", "nov"], &["noviembre", "nov"]],
    [&["december", "dec"], &["diciembre", "dic"]],
];

/// The month that a word names in either language.
fn month(word: &str) -> Option<u8> {
    let word = fold(word);
    let found = MONTHS
        .iter()
        .position(|forms| forms.iter().any(|forms| forms.contains(&word.as_str())))?;
    u8::try_from(found + 1).ok()
}

/// Whether a word that could be a month is a verb in running English.
fn is_verb(word: &str) -> bool {
    matches!(word, "may" | "march")
}

/// What follows the point behind the short form of a month.
fn skip_point<'t>(word: &str, cursor: Cursor<'t>) -> Cursor<'t> {
    let is_short = word.chars().count() <= 4
        && !matches!(fold(word).as_str(), "may" | "mayo" | "june" | "july");
    if is_short { cursor.skip(&["."]) } else { cursor }
}

/// The days of the week in both languages, the short forms behind them.
const WEEKDAYS: [[&str; 3]; 7] = [
    ["monday", "lunes", "mon"],
    ["tuesday", "martes", "tue tues"],
    ["wednesday", "miercoles", "wed"],
    ["thursday", "jueves", "thu thur thurs"],
    ["friday", "viernes", "fri"],
    ["saturday", "sabado", "sat"],
    ["sunday", "domingo", "sun"],
];

/// The day of the week that a word names; a short form is followed by a mark.
fn weekday(word: &str, next: Option<&str>) -> Option<u8> {
    let word = fold(word);
    let is_marked = matches!(next, Some("." | ","));
    let found = WEEKDAYS.iter().position(|[english, spanish, short]| {
        word == *english
            || word == *spanish
            || is_marked && short.split(' ').any(|s| s == word)
    })?;
    u8::try_from(found).ok()
}

/// The day of the week that a whole text names.
pub fn weekday_alone(text: &str) -> Option<u8> {
    weekday(text.trim().trim_end_matches(['.', ',']), Some(","))
}

/// The name of a day of the week in English: 0 is Monday.
pub fn weekday_name(day: u8) -> &'static str {
    let names =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    names.get(usize::from(day)).copied().unwrap_or_default()
}

/// A time of day in a text: hour and minute, and where it stands.
pub fn time(text: &str) -> Option<(u8, u8, Range<usize>)> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| {
        let first = Cursor { tokens: &tokens, at };
        let (hour, cursor) = first.number(2)?;
        let (minute, cursor, is_clock) = match cursor.peek() {
            Some(mark) if mark.text == ":" => {
                let minutes =
                    cursor.next().peek().filter(|token| token.text.len() == 2)?;
                let (minute, next) = cursor.next().number(2)?;
                let has_seconds = next.peek().is_some_and(|mark| mark.text == ":");
                let next = match next.next().number(2) {
                    Some((_, after)) if has_seconds => after,
                    _ => next,
                };
                (minute, next, !minutes.text.is_empty())
            }
            _ => (0, cursor, false),
        };
        let (half, cursor) = half(cursor);
        let hour = match (half, hour) {
            (Some(half), 1..=12) => hour % 12 + half,
            (None, 0..=23) if is_clock => hour,
            _ => return None,
        };
        let minute = u8::try_from(minute).ok().filter(|minute| *minute < 60)?;
        let (found, _) = cursor.found(
            first,
            Found {
                range: 0..0,
                year: None,
                month: 1,
                day: None,
                weekday: None,
                is_ambiguous: false,
            },
        );
        Some((u8::try_from(hour).ok()?, minute, found.range))
    })
}

/// `a.m.`, `PM`, `p. m.`: the hours that it adds.
fn half(cursor: Cursor<'_>) -> (Option<u16>, Cursor<'_>) {
    let Some((word, next)) = cursor.word() else { return (None, cursor) };
    match fold(word).as_str() {
        "am" => (Some(0), next),
        "pm" => (Some(12), next),
        letter @ ("a" | "p") => {
            let hours = if letter == "a" { 0 } else { 12 };
            match next.skip(&["."]).word() {
                Some((m, after)) if fold(m) == "m" => (Some(hours), after.skip(&["."])),
                _ => (None, cursor),
            }
        }
        _ => (None, cursor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dates of a text, each as its text, its day and its weekday.
    fn found(text: &str) -> Vec<String> {
        let found = find(text, None).into_iter().map(|date| {
            let day = date.day.map_or("--".to_owned(), |day| format!("{day:02}"));
            let year = date.year.map_or("----".to_owned(), |year| year.to_string());
            let weekday = date.weekday.map(weekday_name).unwrap_or_default();
            let doubt = if date.is_ambiguous { "?" } else { "" };
            format!(
                "{}={year}-{:02}-{day}{doubt} {weekday}",
                text.get(date.range.clone()).unwrap(),
                date.month
            )
        });
        found.map(|text| text.trim_end().to_owned()).collect()
    }

    #[test]
    fn dates_are_read_in_both_languages() {
        for (text, date) in [
            ("Friday, October 11, 2019", "2019-10-11 Friday"),
            ("Fri., Oct. 11, 2019", "2019-10-11 Friday"),
            ("Oct. 11, 2019", "2019-10-11"),
            ("OCTOBER 11 2019", "2019-10-11"),
            ("October 11th, 2019", "2019-10-11"),
            ("11 October 2019", "2019-10-11"),
            ("the 11th of October 2019", "2019-10-11"),
            ("viernes 11 de octubre de 2019", "2019-10-11 Friday"),
            ("Viernes, 11 de Octubre del 2019", "2019-10-11 Friday"),
            ("11 de octubre, 2019", "2019-10-11"),
            ("1º de mayo de 2018", "2018-05-01"),
            ("1ro. de mayo", ""),
            ("primero de mayo del año 2018", "2018-05-01"),
            ("octubre 11 de 2019", "2019-10-11"),
            ("11-oct-2019", "2019-10-11"),
            ("11 de octubre", "-----10-11"),
            ("Oct. 11", "-----10-11"),
            ("sábado 3 de mayo", "-----05-03 Saturday"),
            ("October 2019", "2019-10---"),
            ("2019-10-11", "2019-10-11"),
            ("2019/10/11", "2019-10-11"),
            ("10/31/2019", "2019-10-31"),
            ("31/10/2019", "2019-10-31"),
            ("31.10.2019", "2019-10-31"),
            ("10/10/2019", "2019-10-10"),
            ("10/11/2019", "2019-10-11?"),
            ("10/31/19", "2019-10-31"),
        ] {
            let all = found(text).concat();
            let read = all.split_once('=').map_or("", |(_, date)| date);
            assert_eq!(read, date, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_passed_over() {
        for text in [
            "we may 10 times march",
            "on may 5 she may",
            "February 30, 2019",
            "31/31/2019",
            "1.2.3",
            "555-01-42",
            "May",
            "10/11",
            "the 45 of October",
            "12 % of the company",
            "24/7/365",
            "room 3-4-12",
        ] {
            assert!(
                found(text).iter().all(|date| text.contains("12") && date.contains('?')),
                "{text} {:?}",
                found(text)
            );
        }
    }

    #[test]
    fn several_dates_stand_in_a_text() {
        let text = "from May 3 to May 5, 2018, and again on lunes 7 de mayo.";
        assert_eq!(
            found(text),
            [
                "May 3=-----05-03",
                "May 5, 2018=2018-05-05",
                "lunes 7 de mayo=-----05-07 Monday"
            ]
        );
    }

    #[test]
    fn two_small_numbers_are_read_as_somebody_says() {
        let read = |month_first| find("10/11/2019", Some(month_first))[0].date().unwrap();
        assert_eq!(read(true).edtf_day(), "2019-10-11");
        assert_eq!(read(false).edtf_day(), "2019-11-10");
        assert_eq!(find("10/11/2019", None)[0].date(), None);
    }

    #[test]
    fn times_are_read() {
        for (text, time_of) in [
            ("at 12:01 a.m. on", Some((0, 1))),
            ("9 AM", Some((9, 0))),
            ("12 p. m.", Some((12, 0))),
            ("13:09 PDT", Some((13, 9))),
            ("7:30pm", Some((19, 30))),
            ("19:30:15", Some((19, 30))),
            ("25:00", None),
            ("page 7", None),
            ("11 people", None),
            ("3:5", None),
        ] {
            assert_eq!(
                time(text).map(|(hour, minute, _)| (hour, minute)),
                time_of,
                "{text}"
            );
        }
    }
}
