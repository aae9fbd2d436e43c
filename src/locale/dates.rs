//! Decides how days, months and times of day are written in a language.
//!
//! Everything is Gregorian, also for years before the calendar existed, and
//! nothing is converted to another zone. Whether a date is doubtful, and how a
//! day and a time are joined, is said in the language's texts, not here.

use icu::calendar::Gregorian;
use icu::calendar::week::WeekInformation;
use icu::datetime::fieldsets::{E, M, MD, T, Y, YM, YMD};
use icu::datetime::input::{Date as Day, Time as Clock};
use icu::datetime::options::TimePrecision;
use icu::datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};

use super::tag::Tag;

/// A formatter of days, as precise as `F` says.
type Formatter<F> = FixedCalendarDateTimeFormatter<Gregorian, F>;

/// The formatters of one language. Each is none if there is no data for it,
/// and then the form of ISO 8601 takes its place.
pub(super) struct Calendar {
    /// Day, month and year.
    day: Option<Formatter<YMD>>,
    /// Month and year.
    month: Option<Formatter<YM>>,
    /// The name of a month.
    month_name: Option<Formatter<M>>,
    /// The short name of a month.
    short_month_name: Option<Formatter<M>>,
    /// The year.
    year: Option<Formatter<Y>>,
    /// Hour and minute.
    time: Option<NoCalendarFormatter<T>>,
    /// Day and month.
    anniversary: Option<Formatter<MD>>,
    /// The name of a day of the week, short and long.
    weekdays: [Option<Formatter<E>>; 2],
    /// The day that a week begins with: 0 for Monday.
    first_weekday: u8,
}

impl Calendar {
    /// The calendar of a language.
    pub(super) fn new(tag: &Tag) -> Self {
        let language = tag.identifier();
        let mut calendar = Self {
            day: Formatter::try_new((&language).into(), YMD::long()).ok(),
            month: Formatter::try_new((&language).into(), YM::long()).ok(),
            month_name: Formatter::try_new((&language).into(), M::long()).ok(),
            short_month_name: Formatter::try_new((&language).into(), M::medium()).ok(),
            year: Formatter::try_new((&language).into(), Y::long()).ok(),
            time: NoCalendarFormatter::try_new(
                (&language).into(),
                T::short().with_time_precision(TimePrecision::Minute),
            )
            .ok(),
            anniversary: Formatter::try_new((&language).into(), MD::long()).ok(),
            weekdays: [E::short(), E::long()]
                .map(|length| Formatter::try_new((&language).into(), length).ok()),
            first_weekday: WeekInformation::try_new((&language).into())
                .map_or(0, |week| week.first_weekday as u8 - 1),
        };
        // A language without data of its own is served from the root of all
        // languages, whose months are called `M01` to `M12`.
        if calendar.month_name(3) == "M03" {
            calendar.day = None;
            calendar.month = None;
            calendar.month_name = None;
            calendar.short_month_name = None;
            calendar.year = None;
            calendar.anniversary = None;
            calendar.weekdays = [None, None];
        }
        calendar
    }

    /// A day, such as `October 11, 2019`.
    pub(super) fn day(&self, year: i16, month: u8, day: u8) -> String {
        match (&self.day, date(year, month, day)) {
            (Some(formatter), Some(date)) => formatter.format(&date).to_string(),
            _ => format!("{}-{month:02}-{day:02}", figures(year)),
        }
    }

    /// A month of a year, such as `October 2019`.
    pub(super) fn month(&self, year: i16, month: u8) -> String {
        match (&self.month, date(year, month, 1)) {
            (Some(formatter), Some(date)) => formatter.format(&date).to_string(),
            _ => format!("{}-{month:02}", figures(year)),
        }
    }

    /// The name of a month by itself, such as `October`.
    pub(super) fn month_name(&self, month: u8) -> String {
        match (&self.month_name, date(2000, month, 1)) {
            (Some(formatter), Some(date)) => formatter.format(&date).to_string(),
            _ => format!("{month:02}"),
        }
    }

    /// A day of every year, such as `October 11`.
    pub(super) fn anniversary(&self, month: u8, day: u8) -> String {
        // The year 2000 has every day that a year can have.
        match (&self.anniversary, date(2000, month, day)) {
            (Some(formatter), Some(date)) => formatter.format(&date).to_string(),
            _ => format!("{month:02}-{day:02}"),
        }
    }

    /// The name of a day of the week, 0 for Monday: short and long.
    pub(super) fn weekday(&self, weekday: u8) -> [String; 2] {
        // The third day of the year 2000 was a Monday.
        let day = date(2000, 1, 3 + weekday % 7);
        self.weekdays.each_ref().map(|formatter| match (formatter, day) {
            (Some(formatter), Some(day)) => formatter.format(&day).to_string(),
            _ => (weekday + 1).to_string(),
        })
    }

    /// The day that a week begins with: 0 for Monday.
    pub(super) fn first_weekday(&self) -> u8 {
        self.first_weekday
    }

    /// The short name of a month by itself, such as `Oct`.
    pub(super) fn short_month_name(&self, month: u8) -> String {
        match (&self.short_month_name, date(2000, month, 1)) {
            (Some(formatter), Some(date)) => formatter.format(&date).to_string(),
            _ => format!("{month:02}"),
        }
    }

    /// A year, with its era where the number alone would mislead.
    pub(super) fn year(&self, year: i16) -> String {
        match (&self.year, date(year, 1, 1)) {
            (Some(formatter), Some(date)) => formatter.format(&date).to_string(),
            _ => figures(year),
        }
    }

    /// Hour and minute, such as `9:30 AM`.
    pub(super) fn time(&self, hour: u8, minute: u8) -> String {
        match (&self.time, Clock::try_new(hour, minute, 0, 0)) {
            (Some(formatter), Ok(time)) => formatter.format(&time).to_string(),
            _ => format!("{hour:02}:{minute:02}"),
        }
    }
}

/// A year in at least four figures.
fn figures(year: i16) -> String {
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}", year.unsigned_abs())
}

/// A Gregorian day, if there is one.
fn date(year: i16, month: u8, day: u8) -> Option<Day<Gregorian>> {
    Day::try_new_gregorian(i32::from(year), month, day).ok()
}
