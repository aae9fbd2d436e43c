//! Dates as precise as they are known, and the time zone that gives a moment
//! to each of them.
//!
//! A press archive knows some of its days to the minute and others only by
//! their year. [`Date`] keeps what was written and never makes it more exact;
//! where a format demands a whole date and time, the first possible one is
//! given. The forms are those of the Extended Date/Time Format (EDTF, ISO
//! 8601-2, level 1), as far as one date goes: spans of time, seasons and open
//! digits are not read.
//!
//! Nothing here reads a clock: the moment of a build comes in as a value. How
//! a date is put into words is decided by the languages, not here.

use std::fmt::{self, Write as _};
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use serde::{Deserialize, Serialize};

/// A date as precise as it is known: a year, a month of it, a day, or a day
/// with a time.
///
/// The order is that of the first possible day, and of two dates with the same
/// first day the vaguer one is older: `1973` < `1973-01` < `1973-01-01` <
/// `1973-01-01T00:00`. Times are compared by the clock as it was written. The
/// offset, and whether a date is in doubt, only break ties, so that two dates
/// are equal in this order exactly if they are equal.
///
/// Invariant: the year is one of 0 to 9999, there is a month if there is a day
/// and a day if there is a time, and all of them exist in the calendar. The
/// order of the fields is the order of dates.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Date {
    /// The year.
    year: i16,
    /// The month, from 1.
    month: Option<u8>,
    /// The day of the month, from 1.
    day: Option<u8>,
    /// The time of day.
    time: Option<Time>,
    /// Whether the time was written with its seconds.
    has_seconds: bool,
    /// How sure the date is.
    doubt: Doubt,
}

/// A time of day as it was written.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Time {
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
    /// The second, 0 to 59, and 0 if none was written.
    pub second: u8,
    /// By how many minutes the clock is ahead of UTC, if that was written.
    pub offset_minutes: Option<i16>,
}

/// How sure a date is, by the mark at its end. Of two dates that differ in
/// nothing else the less sure one is the older, as the vaguer one is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
enum Doubt {
    /// `%`: an estimate from a source in doubt.
    Both,
    /// `~`: the date is an estimate.
    Approximate,
    /// `?`: the source is in doubt.
    Uncertain,
    /// No mark: as sure as the source.
    None,
}

/// Why a text is not a date, as the end of a sentence that begins with the
/// text: "`2019-02-30` is not a date: February 2019 has 28 days".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError(String);

/// A time zone of the IANA list, the same on every machine.
#[derive(Clone, Debug)]
pub struct Zone {
    /// The name as the list spells it.
    name: String,
    /// Its rules.
    rules: TimeZone,
}

/// The moment of a build: a day as a whole, or a second.
///
/// The order is that of time; a day stands where it begins in the zone that it
/// was read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The seconds since 1970 began in UTC.
    second: i64,
    /// The day, if the moment is a whole one.
    whole_day: Option<Date>,
}

impl Date {
    /// Reads a date: `1973`, `1973-05`, `2019-10-11`, or a day with a time as
    /// in `2019-10-11T09:30:15-04:00`, each with or without a `?`, `~` or `%`
    /// at its end.
    ///
    /// The time may follow a `T`, a `t` or a space; its seconds and its offset
    /// may be left out. Fractions of a second are dropped, a leap second is
    /// read as the one before it, and `-00:00` is read as `Z`. White space
    /// around the whole is ignored.
    ///
    /// The error is the end of a sentence that begins with the text.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let text = text.trim();
        let (text, doubt) = split_doubt(text)?;
        let (day_text, time_text) = match text.split_once(['T', 't', ' ']) {
            Some((day, time)) => (day, Some(time)),
            None => (text, None),
        };
        if day_text.is_empty() && time_text.is_some() {
            return Err(DateError::new(UNREADABLE));
        }
        let date = Self { doubt, ..read_day(day_text)? };
        let Some(time_text) = time_text else { return Ok(date) };
        if date.day.is_none() {
            if !time_text.starts_with(|first: char| first.is_ascii_digit()) {
                return Err(DateError::new(UNREADABLE));
            }
            return Err(DateError::new("has a time, but no day"));
        }
        let (time, has_seconds) = read_time(time_text)?;
        Ok(Self { time: Some(time), has_seconds, ..date })
    }

    /// Checks that the date is a day, with or without a time, and certain.
    ///
    /// The error is the end of a sentence that begins with the date.
    pub fn check_day(&self) -> Result<(), DateError> {
        match (self.month, self.day, self.doubt) {
            (None, ..) => Err(DateError::new(
                "is only a year; a whole day is needed, such as `2026-01-31`",
            )),
            (_, None, _) => Err(DateError::new(
                "is only a month; a whole day is needed, such as `2026-01-31`",
            )),
            (.., Doubt::None) => Ok(()),
            _ => Err(DateError::new(
                "has a mark of doubt; a day that is certain is needed",
            )),
        }
    }

    /// A date of its parts; `None` if there is no such date, or a day without
    /// its month.
    pub fn from_parts(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        if !(0..=9999).contains(&year) {
            return None;
        }
        match (month, day) {
            (None, Some(_)) => return None,
            (Some(month), _) if !(1..=12).contains(&month) => return None,
            (Some(month), Some(day)) if !(1..=days_in(year, month)).contains(&day) => {
                return None;
            }
            _ => {}
        }
        let (time, has_seconds, doubt) = (None, false, Doubt::None);
        Some(Self { year, month, day, time, has_seconds, doubt })
    }

    /// The same date without its time of day.
    #[must_use]
    pub fn without_time(&self) -> Self {
        Self { time: None, has_seconds: false, ..*self }
    }

    /// The year.
    pub fn year(&self) -> i16 {
        self.year
    }

    /// The month, from 1, if it is known.
    pub fn month(&self) -> Option<u8> {
        self.month
    }

    /// The day of the month, from 1, if it is known.
    pub fn day(&self) -> Option<u8> {
        self.day
    }

    /// The time of day as written, if there is one.
    pub fn time(&self) -> Option<Time> {
        self.time
    }

    /// Whether its source is in doubt: `?` or `%`.
    pub fn is_uncertain(&self) -> bool {
        matches!(self.doubt, Doubt::Uncertain | Doubt::Both)
    }

    /// Whether it is an estimate: `~` or `%`.
    pub fn is_approximate(&self) -> bool {
        matches!(self.doubt, Doubt::Approximate | Doubt::Both)
    }

    /// Whether neither its source is in doubt nor the date an estimate.
    pub fn is_sure(&self) -> bool {
        self.doubt == Doubt::None
    }

    /// Whether its last possible moment lies before the first possible one of
    /// the other date.
    ///
    /// Days and clocks are compared as they were written, without their
    /// offsets. A date without a time may be any moment of its day, a time
    /// without seconds any second of its minute.
    pub fn ends_before(&self, other: &Self) -> bool {
        self.last_second() < other.first_second()
    }

    /// Whether its first possible moment in the zone is later than `now`.
    ///
    /// If `now` is a whole day, only days are compared: whatever is dated that
    /// day, at any hour, is not after it.
    ///
    /// A time with an offset falls on the day that it is in the zone; all
    /// others fall on the day that was written.
    pub fn is_after(&self, now: Moment, zone: &Zone) -> bool {
        let Some(today) = now.whole_day else {
            return self.instant(zone).0 > now.second;
        };
        let day = match self.time {
            Some(Time { offset_minutes: Some(_), .. }) => {
                zone.day_of(self.instant(zone).0)
            }
            _ => self.first_day(),
        };
        day > today.first_day()
    }

    /// Whether an embargo until this moment still holds at `now`.
    ///
    /// A build for a whole day stands at its beginning, so that nothing appears
    /// before its hour.
    pub fn holds_back(&self, now: Moment, zone: &Zone) -> bool {
        self.instant(zone).0 > now.second
    }

    /// The value of the `datetime` attribute of an HTML `time` element.
    ///
    /// There is no mark of doubt in it, as HTML has none. HTML begins with the
    /// year 1; the year before it is written as `0000` all the same.
    pub fn html_datetime(&self) -> String {
        Self { doubt: Doubt::None, ..*self }.to_string()
    }

    /// The date in the Extended Date/Time Format.
    ///
    /// A time has its seconds there, even if they were not written. The format
    /// has no time in doubt, so a date in doubt is given by its day alone.
    pub fn edtf(&self) -> String {
        match self.doubt {
            Doubt::None => Self { has_seconds: true, ..*self }.to_string(),
            _ => Self { time: None, ..*self }.to_string(),
        }
    }

    /// The day of the date in the Extended Date/Time Format, as far as it is known,
    /// with the mark of its doubt.
    pub fn edtf_day(&self) -> String {
        Self { time: None, ..*self }.to_string()
    }

    /// The date as RFC 3339 has it and Atom demands it: a day and a time with
    /// its offset.
    ///
    /// What is not known is the first possible: January, the first day, the
    /// beginning of the day. A date without an offset gets the one that the
    /// zone has at that time. A time that the clocks skip is moved on by what
    /// they skip, and of a time that they strike twice the first is meant.
    pub fn rfc3339(&self, zone: &Zone) -> String {
        let (second, offset) = self.instant(zone);
        let (day, second) = split_seconds(second.saturating_add(i64::from(offset)));
        let minutes = i16::try_from(offset / 60).unwrap_or(0);
        let time = Time { offset_minutes: Some(minutes), ..time_of(second) };
        Self { time: Some(time), has_seconds: true, ..day }.to_string()
    }

    /// The date in the W3C's profile of ISO 8601, as sitemaps want it: only as
    /// much as is known, and a time always with its offset.
    pub fn w3c(&self, zone: &Zone) -> String {
        match self.time {
            Some(_) => self.rfc3339(zone),
            None => self.html_datetime(),
        }
    }

    /// The first day that it may be, without time and doubt.
    fn first_day(&self) -> Self {
        Self {
            month: self.month.or(Some(1)),
            day: self.day.or(Some(1)),
            time: None,
            has_seconds: false,
            doubt: Doubt::None,
            ..*self
        }
    }

    /// The day of the week of its first possible day: 0 for Monday.
    pub fn weekday(&self) -> u8 {
        // The year 0 began on a Saturday.
        let days = (self.day_number() + 5).rem_euclid(7);
        u8::try_from(days).expect("a week has seven days")
    }

    /// How many days lie between the beginning of the year 0 and its first
    /// possible day.
    fn day_number(&self) -> i64 {
        let month = self.month.unwrap_or(1);
        let months: i64 =
            (1..month).map(|month| i64::from(days_in(self.year, month))).sum();
        days_before_year(i64::from(self.year)) + months + i64::from(self.day.unwrap_or(1))
            - 1
    }

    /// Its first possible second by the clock as written, counted from the
    /// beginning of 1970 by that clock.
    fn first_second(&self) -> i64 {
        let clock = self.time.map_or(0, Time::second_of_day);
        (self.day_number() - EPOCH) * DAY + clock
    }

    /// Its last possible second by the clock as written, counted likewise.
    fn last_second(&self) -> i64 {
        let length = match (self.month, self.day, self.time) {
            (_, _, Some(_)) if self.has_seconds => 1,
            (_, _, Some(_)) => 60,
            (_, Some(_), None) => DAY,
            (Some(month), None, None) => i64::from(days_in(self.year, month)) * DAY,
            (None, ..) => {
                let year = i64::from(self.year);
                (days_before_year(year + 1) - days_before_year(year)) * DAY
            }
        };
        self.first_second() + length - 1
    }

    /// Its first possible second since 1970 began in UTC, and the offset in
    /// seconds that holds then: the written one, or that of the zone.
    fn instant(&self, zone: &Zone) -> (i64, i32) {
        match self.time.and_then(|time| time.offset_minutes) {
            Some(minutes) => {
                let offset = i32::from(minutes) * 60;
                (self.first_second() - i64::from(offset), offset)
            }
            None => zone.resolve(self),
        }
    }
}

impl fmt::Display for Date {
    /// Writes the date as it is read: without seconds if it had none, and with
    /// the mark of its doubt.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        if let Some(time) = self.time {
            write!(f, "T{:02}:{:02}", time.hour, time.minute)?;
            if self.has_seconds {
                write!(f, ":{:02}", time.second)?;
            }
            match time.offset_minutes {
                None => {}
                Some(0) => f.write_char('Z')?,
                Some(minutes) => {
                    let sign = if minutes < 0 { '-' } else { '+' };
                    let minutes = minutes.unsigned_abs();
                    write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)?;
                }
            }
        }
        match self.doubt {
            Doubt::None => Ok(()),
            Doubt::Uncertain => f.write_char('?'),
            Doubt::Approximate => f.write_char('~'),
            Doubt::Both => f.write_char('%'),
        }
    }
}

impl Time {
    /// How many seconds of the day have passed by its clock.
    fn second_of_day(self) -> i64 {
        (i64::from(self.hour) * 60 + i64::from(self.minute)) * 60 + i64::from(self.second)
    }
}

impl DateError {
    /// An error of what follows the text in a sentence.
    fn new(phrase: impl Into<String>) -> Self {
        Self(phrase.into())
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DateError {}

impl Zone {
    /// The zone of a name of the IANA list, such as `America/New_York` or
    /// `UTC`; `None` if the list has no such name. Upper and lower case are
    /// the same here.
    pub fn named(name: &str) -> Option<Self> {
        let rules = TimeZone::get(name).ok().filter(|rules| !rules.is_unknown())?;
        let name = rules.iana_name()?.to_owned();
        Some(Self { name, rules })
    }

    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self { name: "UTC".to_owned(), rules: TimeZone::UTC }
    }

    /// Its name as the IANA list spells it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first possible second of a date by the clocks of the zone, since
    /// 1970 began in UTC, and the offset that holds then.
    fn resolve(&self, date: &Date) -> (i64, i32) {
        let local = date.first_second();
        let first = date.first_day();
        let (month, day) = (first.month.unwrap_or(1), first.day.unwrap_or(1));
        let clock = time_of(local.rem_euclid(DAY));
        let [month, day, hour, minute, second] =
            [month, day, clock.hour, clock.minute, clock.second].map(u8::cast_signed);
        let Ok(civil) = DateTime::new(first.year, month, day, hour, minute, second, 0)
        else {
            return (local, 0);
        };
        // A skipped time is counted by the clock before the gap, and shown by
        // the one after it.
        let (counted, shown) = match self.rules.to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Gap { before, after } => (before, after),
            AmbiguousOffset::Unambiguous { offset: before }
            | AmbiguousOffset::Fold { before, .. } => (before, before),
        };
        (local - i64::from(counted.seconds()), shown.seconds())
    }

    /// The day that a second since 1970 is a part of by the clocks of the zone.
    fn day_of(&self, second: i64) -> Date {
        let [first, last] = [Timestamp::MIN, Timestamp::MAX].map(Timestamp::as_second);
        let near = Timestamp::from_second(second.clamp(first, last)).unwrap_or_default();
        let offset = self.rules.to_offset(near).seconds();
        split_seconds(second.saturating_add(i64::from(offset))).0
    }
}

impl Moment {
    /// The moment of a date: a whole day, or a day with a time; a time without
    /// an offset is one of the zone. A date that is known less well counts as
    /// the first day that it can be.
    pub fn of(date: Date, zone: &Zone) -> Self {
        let whole_day = date.time.is_none().then(|| date.first_day());
        Self { second: date.instant(zone).0, whole_day }
    }

    /// The moment that a system's clock showed.
    pub fn from_system(time: SystemTime) -> Self {
        let second = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            Err(error) => {
                let until = error.duration();
                let part = i64::from(until.subsec_nanos() > 0);
                let seconds = i64::try_from(until.as_secs()).unwrap_or(i64::MAX);
                (-seconds).saturating_sub(part)
            }
        };
        Self { second, whole_day: None }
    }

    /// The day of the moment in the zone. A whole day is the same in every
    /// zone.
    pub fn day_in(self, zone: &Zone) -> Date {
        self.whole_day.unwrap_or_else(|| zone.day_of(self.second))
    }
}

/// The seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// How many days lie between the beginnings of the years 0 and 1970.
const EPOCH: i64 = days_before_year(1970);

/// What is said of a text that is no date of any kind.
const UNREADABLE: &str = "is not a date that can be read";

/// The names of the months in English, for messages and for what reads English.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How many days a month has; 31 for a month that there is not.
pub fn days_in(year: i16, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// How many days lie between the beginnings of the year 0 and of a later one.
const fn days_before_year(year: i64) -> i64 {
    // Each term counts the years before this one, the year 0 among them, that
    // a number divides.
    let leap_years = (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
    year * 365 + leap_years
}

/// The day and the second of the day for a count of seconds from the beginning
/// of 1970, both by the same clock.
///
/// What lies outside the years 0 to 9999 is moved to the nearest day in them.
fn split_seconds(second: i64) -> (Date, i64) {
    let last = days_before_year(10_000) - 1;
    let number = (second.div_euclid(DAY) + EPOCH).clamp(0, last);
    // 400 years have 146,097 days, so this is the year or one next to it.
    let mut year = number * 400 / 146_097;
    while days_before_year(year) > number {
        year -= 1;
    }
    while days_before_year(year + 1) <= number {
        year += 1;
    }
    let mut left = number - days_before_year(year);
    let year = i16::try_from(year).unwrap_or(9999);
    let mut month = 1;
    while month < 12 && left >= i64::from(days_in(year, month)) {
        left -= i64::from(days_in(year, month));
        month += 1;
    }
    let day = u8::try_from(left + 1).unwrap_or(1);
    let date = Date {
        year,
        month: Some(month),
        day: Some(day),
        time: None,
        has_seconds: false,
        doubt: Doubt::None,
    };
    (date, second.rem_euclid(DAY))
}

/// The time of a second of the day, without an offset.
fn time_of(second: i64) -> Time {
    let part = |number: i64| u8::try_from(number).unwrap_or(0);
    Time {
        hour: part(second / 3600),
        minute: part(second / 60 % 60),
        second: part(second % 60),
        offset_minutes: None,
    }
}

/// Takes the mark of doubt off the end of a text.
fn split_doubt(text: &str) -> Result<(&str, Doubt), DateError> {
    const MARKS: [char; 3] = ['?', '~', '%'];
    let (rest, doubt) = match text.char_indices().next_back() {
        Some((at, '?')) => (text.get(..at), Doubt::Uncertain),
        Some((at, '~')) => (text.get(..at), Doubt::Approximate),
        Some((at, '%')) => (text.get(..at), Doubt::Both),
        _ => (Some(text), Doubt::None),
    };
    let rest = rest.unwrap_or_default();
    if rest.ends_with(MARKS) {
        let phrase = "has more than one mark; `%` alone says that it is both `?` and `~`";
        return Err(DateError::new(phrase));
    }
    if rest.contains(MARKS) {
        return Err(DateError::new(
            "has a mark inside; `?`, `~` and `%` stand at the end",
        ));
    }
    Ok((rest, doubt))
}

/// Reads a year, a month or a day.
fn read_day(text: &str) -> Result<Date, DateError> {
    let mut parts = text.splitn(4, '-');
    let year =
        parts.next().and_then(|part| digits(part, 4)).ok_or_else(|| unreadable(text))?;
    let year = i16::try_from(year).map_err(|_| unreadable(text))?;
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return Err(unreadable(text));
    }
    let two = |part: Option<&str>| match part {
        Some(part) => digits(part, 2)
            .and_then(|number| u8::try_from(number).ok())
            .map(Some)
            .ok_or_else(|| unreadable(text)),
        None => Ok(None),
    };
    let (month, day) = (two(month)?, two(day)?);
    Date::from_parts(year, month, day).ok_or_else(|| impossible(year, month, day))
}

/// Says why there is no such date.
fn impossible(year: i16, month: Option<u8>, day: Option<u8>) -> DateError {
    let month = month.unwrap_or(0);
    let name = month.checked_sub(1).and_then(|index| MONTHS.get(usize::from(index)));
    DateError(match (name, day) {
        (None, _) => format!("has a month {month:02}; months go from 01 to 12"),
        (Some(_), Some(0)) => "has a day 00; days begin with 01".to_owned(),
        (Some(name), _) => {
            let days = days_in(year, month);
            format!("is not a date: {name} {year:04} has {days} days")
        }
    })
}

/// Says what may be wrong with a text that does not have the form of a date.
fn unreadable(text: &str) -> DateError {
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = text.split(['-', '/', '.', '–', '—', '‑', '−']);
    let (year, others) = (parts.next().unwrap_or_default(), parts);
    let is_dashed = text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    let n_numbers = others.filter(is_number).count();
    let phrase = if text.is_empty() {
        "is not a date: nothing is written"
    } else if has_open_digits(text) {
        "has open digits; write the parts that are known, such as `1973` or `1973-05`, \
         or an estimate such as `1970~`"
    } else if text.split_once('/').is_some_and(|(a, b)| is_whole(a) && is_whole(b)) {
        "is a span of time; write one date"
    } else if digits(year, 4).is_some() && !is_dashed && n_numbers == 2 {
        "needs plain hyphens between year, month and day, as in `2019-10-11`"
    } else if digits(text, 8).is_some() || digits(text, 6).is_some() {
        "needs hyphens between its parts, as in `2019-10-11`"
    } else if digits(year, 4).is_some() && is_dashed && (1..=2).contains(&n_numbers) {
        "needs two digits for the month and for the day, as in `2019-01-05`"
    } else if is_dashed && !year.is_empty() && n_numbers <= 2 {
        "needs a year of four digits in front, as in `2019-10-11`"
    } else {
        UNREADABLE
    };
    DateError::new(phrase)
}

/// Whether a text is a year with digits left open, as in `197X` or `19uu-05`.
fn has_open_digits(text: &str) -> bool {
    let is_open = |byte: u8| matches!(byte, b'X' | b'x' | b'U' | b'u');
    text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().any(is_open)
        && text.bytes().all(|byte| is_open(byte) || byte == b'-' || byte.is_ascii_digit())
}

/// Whether a text has the form of a year, a month or a day.
fn is_whole(text: &str) -> bool {
    let mut parts = text.splitn(4, '-');
    parts.next().is_some_and(|year| digits(year, 4).is_some())
        && parts.all(|part| digits(part, 2).is_some())
}

/// The number that a text of exactly so many digits is.
fn digits(text: &str, n_digits: usize) -> Option<u32> {
    let is_number =
        text.len() == n_digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// Reads a time, and whether it has its seconds.
fn read_time(text: &str) -> Result<(Time, bool), DateError> {
    let fault = || {
        let phrase = "has a time that cannot be read; write it as in `2019-10-11T09:30` or \
                      `2019-10-11T09:30:15-04:00`";
        DateError::new(phrase)
    };
    let end = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, offset) = text.split_at_checked(end).ok_or_else(fault)?;
    let clock = without_fraction(clock).ok_or_else(fault)?;
    let mut parts = clock.splitn(3, ':').map(|part| digits(part, 2).ok_or_else(fault));
    let hour = parts.next().ok_or_else(fault)??;
    let minute = parts.next().ok_or_else(fault)??;
    let second = parts.next().transpose()?;
    let hour = up_to(23, hour, "an hour", "hours")?;
    let minute = up_to(59, minute, "a minute", "minutes")?;
    // The 60 is for leap seconds.
    let last_second = if second == Some(60) { 60 } else { 59 };
    let second = second.map(|number| up_to(last_second, number, "a second", "seconds"));
    let second = second.transpose()?;
    let offset_minutes = match offset {
        "" => None,
        "Z" | "z" => Some(0),
        _ => Some(read_offset(offset).ok_or_else(fault)??),
    };
    let time = Time { hour, minute, second: second.unwrap_or(0).min(59), offset_minutes };
    Ok((time, second.is_some()))
}

/// A part of a time, which may not be more than `last`.
fn up_to(last: u8, number: u32, one: &str, many: &str) -> Result<u8, DateError> {
    let part = u8::try_from(number).ok().filter(|part| *part <= last);
    part.ok_or_else(|| {
        DateError(format!("has {one} {number:02}; {many} go from 00 to {last:02}"))
    })
}

/// A clock without fractions of a second; `None` if something else stands
/// behind its point.
fn without_fraction(clock: &str) -> Option<&str> {
    let Some((whole, fraction)) = clock.split_once(['.', ',']) else {
        return Some(clock);
    };
    let is_number =
        !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && whole.split(':').count() == 3).then_some(whole)
}

/// The minutes of an offset such as `-04:00` or `-04`; `None` if it does not
/// have that form.
fn read_offset(text: &str) -> Option<Result<i16, DateError>> {
    let (sign, clock) = text.split_at_checked(1)?;
    let (hours, minutes) = clock.split_once(':').unwrap_or((clock, "00"));
    let hours = i16::try_from(digits(hours, 2)?).ok()?;
    let minutes = i16::try_from(digits(minutes, 2)?).ok()?;
    if hours > 23 || minutes > 59 {
        let phrase =
            "has an offset that is not possible; offsets go from -23:59 to +23:59";
        return Some(Err(DateError::new(phrase)));
    }
    let offset = hours * 60 + minutes;
    Some(Ok(if sign == "-" { -offset } else { offset }))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{Date, Moment, Zone, days_before_year, split_seconds};

    /// The date of a text that is one.
    fn date(text: &str) -> Date {
        Date::parse(text).unwrap_or_else(|error| panic!("`{text}` {error}"))
    }

    /// What is wrong with a text that is not a date.
    fn fault(text: &str) -> String {
        match Date::parse(text) {
            Ok(date) => panic!("`{text}` is read as {date}"),
            Err(error) => format!("`{text}` {error}"),
        }
    }

    /// A zone whose name is on the list.
    fn zone(name: &str) -> Zone {
        Zone::named(name).unwrap_or_else(|| panic!("no zone {name}"))
    }

    /// The moment of a text, in New York.
    fn moment(text: &str) -> Moment {
        Moment::of(date(text), &zone("America/New_York"))
    }

    /// Every form that a date can have, in the order of dates.
    const IN_ORDER: &[&str] = &[
        "0000",
        "0000-01-01",
        "0001",
        "1972-12-31T23:59:59",
        "1973%",
        "1973~",
        "1973?",
        "1973",
        "1973-01~",
        "1973-01",
        "1973-01-01?",
        "1973-01-01",
        "1973-01-01T00:00",
        "1973-01-01T00:00:00",
        "1973-01-01T00:00-05:00",
        "1973-01-01T00:00Z",
        "1973-01-01T00:00:00Z",
        "1973-01-01T00:00+05:30",
        "1973-01-01T00:00:01",
        "1973-01-01T09:30",
        "1973-01-01T23:59:59+23:59%",
        "1973-01-02",
        "1973-02",
        "1974",
        "9999-12-31T23:59:59",
    ];

    #[test]
    fn every_form_is_written_as_it_is_read() {
        for text in IN_ORDER {
            assert_eq!(date(text).to_string(), *text);
        }
    }

    #[test]
    fn the_vaguer_of_two_dates_is_the_older_one() {
        for (n, a) in IN_ORDER.iter().enumerate() {
            for (m, b) in IN_ORDER.iter().enumerate() {
                assert_eq!(date(a).cmp(&date(b)), n.cmp(&m), "{a} and {b}");
                assert_eq!(date(a) == date(b), n == m, "{a} and {b}");
            }
        }
    }

    #[test]
    fn a_date_is_small() {
        assert!((8..=16).contains(&size_of::<Date>()), "{}", size_of::<Date>());
    }

    #[test]
    fn a_time_can_be_written_in_other_ways() {
        for (text, plain) in [
            ("2019-10-11 09:30", "2019-10-11T09:30"),
            ("2019-10-11t09:30:15z", "2019-10-11T09:30:15Z"),
            ("2019-10-11T09:30:15.999999999-04:00", "2019-10-11T09:30:15-04:00"),
            ("2019-10-11T09:30:15,5", "2019-10-11T09:30:15"),
            ("2019-10-11T09:30-04", "2019-10-11T09:30-04:00"),
            ("2019-10-11T09:30-00:00", "2019-10-11T09:30Z"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
            (" 1973-05~ ", "1973-05~"),
        ] {
            assert_eq!(date(text).to_string(), plain);
        }
    }

    #[test]
    fn the_parts_are_those_that_were_written() {
        let exact = date("2019-10-11T09:30:15-04:30");
        let time = exact.time().unwrap();
        assert_eq!(
            (exact.year(), exact.month(), exact.day()),
            (2019, Some(10), Some(11))
        );
        assert_eq!((time.hour, time.minute, time.second), (9, 30, 15));
        assert_eq!(time.offset_minutes, Some(-270));
        let vague = date("1973-05");
        assert_eq!((vague.year(), vague.month(), vague.day()), (1973, Some(5), None));
        assert_eq!(vague.time(), None);
    }

    #[test]
    fn marks_of_doubt_are_told_apart() {
        let doubt = |text| (date(text).is_uncertain(), date(text).is_approximate());
        assert_eq!(doubt("1973"), (false, false));
        assert_eq!(doubt("1973?"), (true, false));
        assert_eq!(doubt("1973-05~"), (false, true));
        assert_eq!(doubt("2019-10-11%"), (true, true));
    }

    #[test]
    fn parts_make_a_date_only_if_there_is_one() {
        assert_eq!(Date::from_parts(1973, Some(5), None), Some(date("1973-05")));
        assert_eq!(Date::from_parts(2020, Some(2), Some(29)), Some(date("2020-02-29")));
        for (year, month, day) in [
            (-1, None, None),
            (10_000, None, None),
            (1973, None, Some(1)),
            (1973, Some(0), None),
            (1973, Some(13), Some(1)),
            (1973, Some(1), Some(0)),
            (1900, Some(2), Some(29)),
        ] {
            assert_eq!(Date::from_parts(year, month, day), None);
        }
    }

    #[test]
    fn an_impossible_date_is_refused_with_the_reason() {
        for message in [
            "`2019-02-30` is not a date: February 2019 has 28 days",
            "`2019-02-29` is not a date: February 2019 has 28 days",
            "`1900-02-29` is not a date: February 1900 has 28 days",
            "`2020-02-30` is not a date: February 2020 has 29 days",
            "`2019-04-31` is not a date: April 2019 has 30 days",
            "`2019-12-32~` is not a date: December 2019 has 31 days",
            "`2019-04-00` has a day 00; days begin with 01",
            "`2019-13` has a month 13; months go from 01 to 12",
            "`2019-00-01` has a month 00; months go from 01 to 12",
            "`2019-10-11T25:00` has an hour 25; hours go from 00 to 23",
            "`2019-10-11T24:00` has an hour 24; hours go from 00 to 23",
            "`2019-10-11T09:60` has a minute 60; minutes go from 00 to 59",
            "`2019-10-11T09:30:61` has a second 61; seconds go from 00 to 59",
            "`2019-10-11T09:30+24:00` has an offset that is not possible; \
             offsets go from -23:59 to +23:59",
            "`1973-05T09:30` has a time, but no day",
        ] {
            let text = message.split('`').nth(1).unwrap();
            assert_eq!(fault(text), message);
        }
    }

    #[test]
    fn a_text_of_another_form_is_refused_with_advice() {
        for (text, advice) in [
            ("", "nothing is written"),
            ("19XX", "has open digits"),
            ("197u-05", "has open digits"),
            ("1973/1975", "is a span of time"),
            ("2019/10/11", "plain hyphens"),
            ("2019–10–11", "plain hyphens"),
            ("20191011", "needs hyphens"),
            ("2019-1-5", "two digits"),
            ("19-10-11", "four digits"),
            ("12019-10-11", "four digits"),
            ("1973?~", "more than one mark"),
            ("1973?-05", "has a mark inside"),
            ("~", "nothing is written"),
            ("October 11, 2019", "can be read"),
            ("1973 or later", "can be read"),
            ("Tuesday", "can be read"),
            ("-0044", "can be read"),
            ("2019-10-11-12", "can be read"),
            ("２０１９", "can be read"),
            ("2019-+1-01", "can be read"),
            ("2019-10-11T", "has a time that cannot be read"),
            ("2019-10-11T9:30", "has a time that cannot be read"),
            ("2019-10-11T09", "has a time that cannot be read"),
            ("2019-10-11T09:30:15:20", "has a time that cannot be read"),
            ("2019-10-11T09:30.5", "has a time that cannot be read"),
            ("2019-10-11T09:30:15.", "has a time that cannot be read"),
            ("2019-10-11T09:30-4:00", "has a time that cannot be read"),
            ("2019-10-11T09:30 -04:00", "has a time that cannot be read"),
            ("2019-10-11T09:30Zulu", "has a time that cannot be read"),
        ] {
            let message = fault(text);
            assert!(message.contains(advice), "{message}");
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic() {
        let alphabet: Vec<char> = "0012399-:TZ+.?~%/X é–日".chars().collect();
        let mut state = 1_u64;
        for _ in 0..200_000 {
            let mut text = String::new();
            for _ in 0..state >> 60 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let index = usize::try_from(state >> 40).unwrap() % alphabet.len();
                text.push(alphabet[index]);
            }
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            if let Ok(found) = Date::parse(&text) {
                assert_eq!(Date::parse(&found.to_string()), Ok(found), "{text}");
                assert_eq!(date(&found.edtf()).first_day(), found.first_day(), "{text}");
            }
        }
    }

    #[test]
    fn html_gets_no_marks_and_edtf_no_doubtful_times() {
        for (text, html, edtf) in [
            ("1973%", "1973", "1973%"),
            ("0033-05", "0033-05", "0033-05"),
            ("2019-10-11~", "2019-10-11", "2019-10-11~"),
            ("2019-10-11 09:30", "2019-10-11T09:30", "2019-10-11T09:30:00"),
            (
                "2019-10-11T09:30-04:00",
                "2019-10-11T09:30-04:00",
                "2019-10-11T09:30:00-04:00",
            ),
            ("2019-10-11T09:30:15Z", "2019-10-11T09:30:15Z", "2019-10-11T09:30:15Z"),
            ("2019-10-11T09:30?", "2019-10-11T09:30", "2019-10-11?"),
        ] {
            assert_eq!(date(text).html_datetime(), html);
            assert_eq!(date(text).edtf(), edtf);
        }
    }

    #[test]
    fn a_date_ends_before_another_only_if_it_must() {
        let before = |a: &str, b: &str| date(a).ends_before(&date(b));
        for (a, b) in [
            ("1972", "1973"),
            ("1973-01", "1973-02-01"),
            ("2020-02", "2020-03"),
            ("2019-10-10", "2019-10-11T00:00"),
            ("2019-10-10T23:59", "2019-10-11"),
            ("2019-10-11T09:30", "2019-10-11T09:31"),
            ("2019-10-11T09:30:00", "2019-10-11T09:30:01"),
        ] {
            assert!(before(a, b), "{a} ends before {b}");
            assert!(!before(b, a), "{b} does not end before {a}");
        }
        for (a, b) in [
            ("1973", "1973-05-04"),
            ("1973-05", "1973-05-31"),
            ("2019-10-11", "2019-10-11T23:59"),
            ("2019-10-11T09:30", "2019-10-11"),
            ("2019-10-11T09:30", "2019-10-11T09:30:30"),
            ("2019-10-11", "2019-10-11?"),
        ] {
            assert!(!before(a, b), "{a} does not end before {b}");
            assert!(!before(b, a), "{b} does not end before {a}");
        }
    }

    #[test]
    fn a_build_for_a_day_sees_the_whole_day() {
        let new_york = zone("America/New_York");
        let is_after = |text, now| date(text).is_after(moment(now), &new_york);
        let day = "2026-01-31";
        assert!(!is_after("2026-01-31", day));
        assert!(!is_after("2026-01-31T09:00", day));
        assert!(!is_after("2026-01-31T23:59:59", day));
        assert!(is_after("2026-02-01", day));
        assert!(is_after("2026-02", day));
        assert!(!is_after("2026-01", day));
        assert!(!is_after("2026", day));
        assert!(is_after("2027~", day));
        // The evening of the 31st in New York, and the first minute after it.
        assert!(!is_after("2026-02-01T04:59Z", day));
        assert!(is_after("2026-02-01T05:00Z", day));
    }

    #[test]
    fn a_build_for_a_moment_sees_the_clock() {
        let new_york = zone("America/New_York");
        let is_after = |text, now| date(text).is_after(moment(now), &new_york);
        assert!(is_after("2026-01-31T09:00", "2026-01-31T08:59:59"));
        assert!(!is_after("2026-01-31T09:00", "2026-01-31T09:00"));
        assert!(is_after("2026-01-31T09:00", "2026-01-31T13:59Z"));
        assert!(!is_after("2026-01-31T09:00", "2026-01-31T14:00Z"));
        assert!(!is_after("2026-01-31", "2026-01-31T00:00"));
        assert!(is_after("2026-01-31", "2026-01-30T23:59:59"));
        assert!(is_after("2026", "2026-01-01T04:59:59Z"));
        assert!(!is_after("2026", "2026-01-01T05:00:00Z"));
    }

    #[test]
    fn feeds_get_the_offset_of_the_season() {
        let new_york = zone("America/New_York");
        for (text, full) in [
            ("1973", "1973-01-01T00:00:00-05:00"),
            ("1973-06~", "1973-06-01T00:00:00-04:00"),
            ("2019-10-11", "2019-10-11T00:00:00-04:00"),
            ("2019-10-11T09:30", "2019-10-11T09:30:00-04:00"),
            ("2019-12-11T09:30:15", "2019-12-11T09:30:15-05:00"),
            ("2019-10-11T09:30+02:00", "2019-10-11T09:30:00+02:00"),
            ("2019-10-11T09:30Z", "2019-10-11T09:30:00Z"),
            ("2019-10-11T23:30-11:00?", "2019-10-11T23:30:00-11:00"),
            // Skipped and struck twice.
            ("2024-03-10T02:30", "2024-03-10T03:30:00-04:00"),
            ("2024-11-03T01:30", "2024-11-03T01:30:00-04:00"),
            // Before railways had zones, New York was 4:56:02 behind.
            ("1850-01-01", "1850-01-01T00:00:00-04:56"),
            ("2100-07-01", "2100-07-01T00:00:00-04:00"),
            ("0000", "0000-01-01T00:00:00-04:56"),
            ("9999-12-31T23:59:59", "9999-12-31T23:59:59-05:00"),
        ] {
            assert_eq!(date(text).rfc3339(&new_york), full);
        }
        assert_eq!(date("1973").rfc3339(&Zone::utc()), "1973-01-01T00:00:00Z");
        assert_eq!(
            date("2011-12-30").rfc3339(&zone("Pacific/Apia")),
            "2011-12-31T00:00:00+14:00"
        );
    }

    #[test]
    fn sitemaps_get_no_more_than_is_known() {
        let berlin = zone("Europe/Berlin");
        for (text, known) in [
            ("1973?", "1973"),
            ("1973-05", "1973-05"),
            ("2019-10-11~", "2019-10-11"),
            ("2019-10-11T09:30", "2019-10-11T09:30:00+02:00"),
            ("2019-10-11T09:30-04:00", "2019-10-11T09:30:00-04:00"),
        ] {
            assert_eq!(date(text).w3c(&berlin), known);
        }
    }

    #[test]
    fn a_zone_is_known_by_the_name_on_the_list() {
        assert_eq!(zone("America/New_York").name(), "America/New_York");
        assert_eq!(zone("america/new_york").name(), "America/New_York");
        assert_eq!(zone("utc").name(), "UTC");
        assert_eq!(Zone::utc().name(), "UTC");
        for name in
            ["", "Moon/Tranquility", "EST5EDT,M3.2.0,M11.1.0", "Etc/Unknown", "+02:00"]
        {
            assert!(Zone::named(name).is_none(), "{name}");
        }
    }

    #[test]
    fn a_day_is_known_to_the_day() {
        let fault = |text| date(text).check_day().unwrap_err().to_string();
        assert!(fault("1973").starts_with("is only a year"));
        assert!(fault("1973-05").starts_with("is only a month"));
        assert!(fault("1973-05-04~").starts_with("has a mark of doubt"));
        assert_eq!(date("1973-05-04").check_day(), Ok(()));
        assert_eq!(date("1973-05-04T09:00").check_day(), Ok(()));
    }

    #[test]
    fn a_moment_has_the_day_of_the_zone() {
        let (new_york, tokyo) = (zone("America/New_York"), zone("Asia/Tokyo"));
        let evening = moment("2026-01-31T20:00");
        assert_eq!(evening.day_in(&new_york), date("2026-01-31"));
        assert_eq!(evening.day_in(&tokyo), date("2026-02-01"));
        assert_eq!(moment("2026-01-31").day_in(&tokyo), date("2026-01-31"));
        assert!(moment("2026-01-31") < evening);
    }

    #[test]
    fn a_system_clock_gives_a_moment_at_any_time() {
        let day = |time| Moment::from_system(time).day_in(&Zone::utc()).to_string();
        let epoch = SystemTime::UNIX_EPOCH;
        assert_eq!(day(epoch), "1970-01-01");
        assert_eq!(day(epoch - Duration::from_nanos(1)), "1969-12-31");
        assert_eq!(day(epoch + Duration::from_hours(264_384)), "2000-02-29");
        assert_eq!(day(epoch + Duration::from_secs(1 << 40)), "9999-12-31");
        assert_eq!(day(epoch - Duration::from_secs(1 << 40)), "0000-01-01");
    }

    #[test]
    fn every_day_has_its_number() {
        let mut last = None;
        for number in 0..days_before_year(10_000) {
            let (day, _) = split_seconds((number - super::EPOCH) * super::DAY);
            assert_eq!(day.day_number(), number);
            assert!(Some(day) > last);
            last = Some(day);
        }
        assert_eq!(last, Some(date("9999-12-31")));
    }
}
