//! What templates see of the days of a month.

use serde::Serialize;

use crate::date::{Date, days_in};
use crate::plan::DateKey;
use crate::view::Viewer;

/// The first whole year of the Gregorian calendar.
const FIRST_YEAR: i16 = 1583;

/// A month of a calendar.
#[derive(Clone, Debug, Serialize)]
pub struct MonthView {
    /// Its name in the page's language, with its year.
    pub title: String,
    /// Its name alone.
    pub name: String,
    /// Its page, from this page; none if it has no works.
    pub href: Option<String>,
    /// How many works it has.
    pub n_works: usize,
    /// Its weeks.
    pub weeks: Vec<WeekView>,
}

/// A week of a month in a calendar.
#[derive(Clone, Debug, Serialize)]
pub struct WeekView {
    /// Its seven days; one of another month is empty.
    pub days: Vec<DayView>,
}

/// A day of a calendar.
#[derive(Clone, Debug, Serialize)]
pub struct DayView {
    /// Its number in the month; empty for a day of another month.
    pub number: String,
    /// The whole day in words, if it has a page.
    pub title: Option<String>,
    /// Its page, from this page; none if it has no works.
    pub href: Option<String>,
    /// How many works it has.
    pub n_works: usize,
}

/// A day of the week.
#[derive(Clone, Debug, Serialize)]
pub struct WeekdayView {
    /// Its short name.
    pub short: String,
    /// Its name.
    pub name: String,
}

impl Viewer<'_> {
    /// The days of the week, that which a week begins with first.
    pub(super) fn weekdays(&self) -> Vec<WeekdayView> {
        let first = self.locale().first_weekday();
        let weekday = |n| {
            let [short, name] = self.locale().weekday((first + n) % 7);
            WeekdayView { short, name }
        };
        (0..7).map(weekday).collect()
    }

    /// The calendar of a month, or of each month of a year; none for a day, and none
    /// for years whose days had other names.
    pub(super) fn calendar(&self, key: DateKey) -> Vec<MonthView> {
        if key.year < FIRST_YEAR {
            return Vec::new();
        }
        match (key.month, key.day) {
            (None, _) => (1..=12).map(|month| self.month(key.year, month)).collect(),
            (Some(month), None) => vec![self.month(key.year, month)],
            _ => Vec::new(),
        }
    }

    /// The calendar of a month.
    fn month(&self, year: i16, month: u8) -> MonthView {
        let key = DateKey { year, month: Some(month), day: None };
        let empty =
            || DayView { number: String::new(), title: None, href: None, n_works: 0 };
        let first_day = Date::from_parts(year, Some(month), Some(1));
        let weekday = first_day.map_or(0, |day| day.weekday());
        let n_before = (weekday + 7 - self.locale().first_weekday()) % 7;
        let mut days: Vec<DayView> = (0..n_before).map(|_| empty()).collect();
        days.extend(
            (1..=days_in(year, month))
                .map(|day| self.day(DateKey { day: Some(day), ..key }, day)),
        );
        while !days.len().is_multiple_of(7) {
            days.push(empty());
        }
        MonthView {
            title: self.period_title(key),
            name: self.locale().month_name(month),
            href: self.date_href(key),
            n_works: self.plan.dates.range(key).len(),
            weeks: days.chunks(7).map(|days| WeekView { days: days.to_vec() }).collect(),
        }
    }

    /// A day of a calendar.
    fn day(&self, key: DateKey, day: u8) -> DayView {
        let href = self.date_href(key);
        DayView {
            number: self.locale().number(i64::from(day)),
            title: href.is_some().then(|| self.period_title(key)),
            href,
            n_works: self.plan.dates.range(key).len(),
        }
    }
}
