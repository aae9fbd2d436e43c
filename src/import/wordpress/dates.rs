//! Reads the dates of an export.
//!
//! It decides what offset a local time has: that between the two times that
//! WordPress writes, because an export names no time zone. It knows no clock.

use crate::date::Date;

/// The seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// A day and a time by some clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Clock {
    /// The year, the month and the day.
    day: [i64; 3],
    /// The hour, the minute and the second.
    time: [i64; 3],
}

/// A date, and what is to be said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dated {
    /// The date.
    pub date: Option<Date>,
    /// What is in doubt, as phrases.
    pub doubts: Vec<String>,
}

/// The date of a local time and the same time in GMT, as WordPress writes them;
/// with what `pubDate` says in case of need.
pub(super) fn dated(local: &str, gmt: &str, published: &str) -> Dated {
    let mut doubts = Vec::new();
    let (clock, instant) = (Clock::read(local), Clock::read(gmt));
    let date = match (clock, instant) {
        (Some(clock), Some(instant)) => {
            let offset = clock.seconds() - instant.seconds();
            if offset % 900 == 0 && offset.abs() <= 14 * 3600 {
                clock.date(Some(offset / 60))
            } else {
                doubts.push(format!(
                    "the local time {local} and {gmt} in GMT are no time zone apart"
                ));
                clock.date(None)
            }
        }
        (Some(clock), None) => clock.date(None),
        (None, Some(instant)) => {
            doubts.push(format!("the date is that in GMT, because `{local}` is none"));
            instant.date(Some(0))
        }
        (None, None) => mail_date(published).inspect(|_| {
            doubts
                .push(format!("the date is that of pubDate, because `{local}` is none"));
        }),
    };
    if let Some(date) = date {
        if date.to_string().starts_with("1970-01-01") {
            doubts.push(format!("{date} is what is written for an unknown date"));
        }
    } else if !local.trim().is_empty() {
        doubts.push(format!("`{local}` is no date"));
    }
    Dated { date, doubts }
}

/// When a text was changed, if that was more than a day after its date.
pub(super) fn updated(local: &str, gmt: &str, date: Option<Date>) -> Option<Date> {
    let date = date?;
    let changed = dated(local, gmt, "").date?;
    let first = Clock::read(&date.to_string().replace('T', " "))?;
    let last = Clock::read(local).or_else(|| Clock::read(gmt))?;
    (last.seconds() - first.seconds() > DAY).then_some(changed)
}

/// The date of a header as in mail: `Mon, 16 Jun 2008 21:47:17 +0000`.
pub(super) fn mail_date(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let words = match words.first() {
        Some(first) if first.ends_with(',') => words.get(1..)?,
        _ => words.as_slice(),
    };
    let [day, month, year, time, zone] = words else { return None };
    if year.len() != 4 {
        return None;
    }
    let names = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
        "dec",
    ];
    let month = month.to_ascii_lowercase();
    let month = names.iter().position(|name| month.starts_with(name))? + 1;
    let clock = Clock::read(&format!("{year}-{month:02}-{day:0>2} {time}"))?;
    clock.date(mail_offset(zone))
}

/// An offset as in mail, in minutes.
fn mail_offset(zone: &str) -> Option<i64> {
    if matches!(zone, "GMT" | "UTC" | "UT" | "Z") {
        return Some(0);
    }
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let number: i64 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    let minutes = number / 100 * 60 + number % 100;
    (minutes <= 14 * 60).then_some(sign * minutes)
}

impl Clock {
    /// Reads `2019-10-11 09:30:15`; what is zero or no date is none.
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, "00:00:00"));
        let time = time.get(..8).unwrap_or(time);
        let day = numbers(day, '-')?;
        let time = numbers(time, ':').or_else(|| numbers(&format!("{time}:00"), ':'))?;
        let clock = Self { day, time };
        let is_time = time.iter().zip([23, 59, 60]).all(|(n, most)| *n <= most);
        let is_sane = is_time && day.first().is_some_and(|year| *year >= 1000);
        clock.date(None).filter(|_| is_sane).map(|_| clock)
    }

    /// The seconds since some day long ago.
    fn seconds(self) -> i64 {
        let ([year, month, day], [hour, minute, second]) = (self.day, self.time);
        // Years are counted from March, so that a leap day is the last day.
        let (year, month) =
            if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let days =
            year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day;
        days * DAY + hour * 3600 + minute * 60 + second
    }

    /// The date with an offset in minutes.
    fn date(self, offset: Option<i64>) -> Option<Date> {
        let ([year, month, day], [hour, minute, second]) = (self.day, self.time);
        let offset = offset.map_or(String::new(), |offset| {
            let sign = if offset < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
        });
        Date::parse(&format!(
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{offset}"
        ))
        .ok()
    }
}

/// Three numbers of at most four digits with a mark between them.
fn numbers(text: &str, mark: char) -> Option<[i64; 3]> {
    let mut numbers = text.split(mark).map(|part| {
        let is_number =
            (1..=4).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_digit());
        part.parse::<i64>().ok().filter(|_| is_number)
    });
    let read = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some(read)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The date as text, and how many doubts there are.
    fn read(local: &str, gmt: &str, published: &str) -> (String, usize) {
        let read = dated(local, gmt, published);
        (read.date.map(|date| date.to_string()).unwrap_or_default(), read.doubts.len())
    }

    #[test]
    fn the_offset_is_what_lies_between_the_two_times() {
        for (local, gmt, expected, doubts) in [
            (
                "2019-10-11 09:30:15",
                "2019-10-11 07:30:15",
                "2019-10-11T09:30:15+02:00",
                0,
            ),
            (
                "2010-08-08 05:00:39",
                "2010-08-08 12:00:39",
                "2010-08-08T05:00:39-07:00",
                0,
            ),
            (
                "2019-12-31 23:00:00",
                "2020-01-01 04:30:00",
                "2019-12-31T23:00:00-05:30",
                0,
            ),
            (
                "2020-03-01 00:15:00",
                "2020-02-29 18:30:00",
                "2020-03-01T00:15:00+05:45",
                0,
            ),
            ("2019-10-11 09:30:15", "2019-10-11 09:30:15", "2019-10-11T09:30:15Z", 0),
            ("2019-10-11 09:30:15", "0000-00-00 00:00:00", "2019-10-11T09:30:15", 0),
            ("2019-10-11 09:30:15", "", "2019-10-11T09:30:15", 0),
            ("2019-10-11 09:30:15", "2019-10-11 09:20:15", "2019-10-11T09:30:15", 1),
            ("2019-10-11 09:30:15", "2017-10-11 09:30:15", "2019-10-11T09:30:15", 1),
            ("0000-00-00 00:00:00", "2019-10-11 09:30:15", "2019-10-11T09:30:15Z", 1),
            ("2019-10-11", "", "2019-10-11T00:00:00", 0),
            ("2019-10-11T09:30:15", "", "2019-10-11T09:30:15", 0),
            ("1970-01-01 00:00:00", "", "1970-01-01T00:00:00", 1),
            ("2019-02-30 00:00:00", "", "", 1),
            ("-0001-11-30 00:00:00", "", "", 1),
            ("", "", "", 0),
        ] {
            assert_eq!(
                read(local, gmt, ""),
                (expected.to_owned(), doubts),
                "{local} {gmt}"
            );
        }
    }

    #[test]
    fn the_date_of_the_feed_is_a_last_resort() {
        for (published, expected) in [
            ("Mon, 16 Jun 2008 21:47:17 +0000", "2008-06-16T21:47:17Z"),
            ("6 June 2008 01:47:17 -0430", "2008-06-06T01:47:17-04:30"),
            ("Mon, 16 Jun 2008 21:47:17 EST", "2008-06-16T21:47:17"),
            ("Mon, 16 Jun 20081 21:47:17 +0000", ""),
            ("Mon, 30 Nov -0001 00:00:00 +0000", ""),
            ("Mon, 16 Foo 2008 21:47:17 +0000", ""),
        ] {
            assert_eq!(read("", "", published).0, expected, "{published}");
        }
        assert_eq!(
            read("2010-01-02 00:00:00", "", "Mon, 16 Jun 2008 21:47:17 +0000").0,
            "2010-01-02T00:00:00"
        );
    }

    #[test]
    fn a_change_counts_if_it_comes_more_than_a_day_later() {
        let date = Date::parse("2019-10-11T09:30:00").ok();
        for (changed, expected) in [
            ("2019-10-11 10:00:00", None),
            ("2019-10-12 09:30:00", None),
            ("2019-10-12 09:30:01", Some("2019-10-12T09:30:01")),
            ("2019-01-01 00:00:00", None),
            ("", None),
        ] {
            let read = updated(changed, "", date).map(|date| date.to_string());
            assert_eq!(read.as_deref(), expected, "{changed}");
        }
    }

    proptest! {
        #[test]
        fn dates_never_panic(local in "[-0-9 :T]{0,22}", gmt in "\\PC{0,20}", mail in "\\PC{0,30}") {
            let read = dated(&local, &gmt, &mail);
            updated(&gmt, &local, read.date);
        }
    }
}
