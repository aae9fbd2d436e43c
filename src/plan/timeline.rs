//! The span of an archive, divided into stretches of equal length.

use std::ops::Range;

use crate::archive::WorkId;
use crate::plan::dates::{DateKey, Dates};
use crate::plan::lists::Works;

/// How many years, or else decades, one picture shows.
const MOST_BARS: i16 = 120;

/// A stretch of time with its works, which stand together in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first year or month.
    pub key: DateKey,
    /// How many months it lasts.
    pub n_months: usize,
    /// Its works among all works on lists.
    pub works: Range<u32>,
}

/// Stretches of time one after the other, without a gap, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline(pub Vec<Stretch>);

impl Timeline {
    /// The months between two years of an archive, in stretches of so many.
    fn of_months(dates: &Dates, (first, last): (i16, i16), step: usize) -> Self {
        let mut stretches = Vec::new();
        let months =
            (first..=last).flat_map(|year| (1..=12).map(move |month| (year, month)));
        let months: Vec<(i16, u8)> = months.collect();
        for part in months.chunks(step) {
            let Some((year, month)) = part.first().copied() else { continue };
            let key = DateKey { year, month: (step < 12).then_some(month), day: None };
            let end = part.last().map_or((year, month), |last| *last);
            let newer = dates.n_after(end);
            let with_newer = dates.n_from((year, month));
            let works = newer..with_newer;
            stretches.push(Stretch { key, n_months: part.len(), works });
        }
        Self(stretches)
    }

    /// Every year from the first to the last; every decade or century if there are
    /// more than a picture can hold.
    pub fn of_years(dates: &Dates) -> Self {
        let Some((first, last)) = dates.span() else { return Self::default() };
        let fits = |step: &i16| (last - first) / step < MOST_BARS;
        let step = [1, 10].into_iter().find(fits).unwrap_or(100);
        let months = usize::from(step.unsigned_abs()) * 12;
        Self::of_months(dates, (first - first % step, last), months)
    }

    /// Every month from the first with works to the last. Works of which only the
    /// year is known are in none of them.
    pub fn of_each_month(dates: &Dates) -> Self {
        let months = dates.months();
        let Some((first, last)) = months.last().zip(months.first()) else {
            return Self::default();
        };
        let number = |key: DateKey| (key.year, key.month);
        let years = first.key.year..=last.key.year;
        let all = years.flat_map(|year| (1..=12).map(move |month| (year, Some(month))));
        let between =
            all.filter(|at| (number(first.key)..=number(last.key)).contains(at));
        let stretches = between.map(|(year, month)| {
            let key = DateKey { year, month, day: None };
            Stretch { key, n_months: 1, works: dates.range(key) }
        });
        Self(stretches.collect())
    }

    /// All years of the archive in twelve stretches, so few that a picture beside a
    /// name can show them: as many months each as there are years. A page holds five
    /// hundred such pictures, and one stretch more would cost it half a kilobyte.
    pub fn small(dates: &Dates) -> Self {
        let Some((first, last)) = dates.span() else { return Self::default() };
        let n_years = usize::from(last.abs_diff(first)) + 1;
        Self::of_months(dates, (first, last), n_years)
    }

    /// How long each stretch is: `month`, `year`, `decade` or `century`.
    pub fn precision(&self) -> &'static str {
        match self.0.first().map_or(0, |stretch| stretch.n_months) {
            0..12 => "month",
            12 => "year",
            13..=120 => "decade",
            _ => "century",
        }
    }

    /// How many of some works fall into each stretch.
    pub fn counts(&self, works: &Works<'_>) -> Vec<usize> {
        self.0.iter().map(|stretch| works.n_within(&stretch.works)).collect()
    }
}

impl Dates {
    /// The first and the last year with works.
    pub fn span(&self) -> Option<(i16, i16)> {
        let years = self.years();
        Some((years.last()?.key.year, years.first()?.key.year))
    }

    /// How many works are newer than a month.
    fn n_after(&self, (year, month): (i16, u8)) -> u32 {
        let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        self.n_from((year, month))
    }

    /// How many works are of a month or newer. A work of which only the year is
    /// known counts to its first month.
    fn n_from(&self, (year, month): (i16, u8)) -> u32 {
        let years = self.years();
        let at = years.partition_point(|slice| slice.key.year > year);
        let Some(slice) = years.get(at).filter(|slice| slice.key.year == year) else {
            // The years before it are newer, all of them.
            return at.checked_sub(1).map_or(0, |newer| years[newer].range.end);
        };
        if month == 1 {
            return slice.range.end;
        }
        let parts = self.parts(slice.key);
        let newer = parts.iter().take_while(|part| part.key.month >= Some(month)).last();
        newer.map_or(slice.range.start, |part| part.range.end)
    }
}

impl Works<'_> {
    /// How many of them are in a range of the archive.
    pub fn n_within(&self, range: &Range<u32>) -> usize {
        match self {
            Self::Range(own) => {
                let (start, end) = (own.start.max(range.start), own.end.min(range.end));
                end.saturating_sub(start) as usize
            }
            Self::Listed(works) => {
                let before = |limit: u32| works.partition_point(|work| work.0 < limit);
                before(range.end) - before(range.start)
            }
        }
    }

    /// The newest and the oldest of those whose date is known. Works without a date
    /// are the oldest of a list.
    pub fn dated_ends(&self, dates: &Dates) -> Option<(WorkId, WorkId)> {
        let n_dated = self.n_within(&(0..dates.years().last()?.range.end));
        let oldest = self.get(n_dated.checked_sub(1)?)?;
        Some((self.get(0)?, oldest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::WorkId;

    /// The dates of works, newest first.
    fn dates(written: &[&str]) -> Dates {
        let mut dates = Dates::default();
        for (n, date) in (0..).zip(written) {
            dates.add(n, DateKey::of(crate::date::Date::parse(date).unwrap()));
        }
        dates
    }

    #[test]
    fn years_without_works_are_stretches_too() {
        let dates = dates(&["2003-05-01", "2003", "2001-12-31", "2001-01-01"]);
        let timeline = Timeline::of_years(&dates);
        let works: Vec<_> = timeline
            .0
            .iter()
            .map(|stretch| (stretch.key.year, stretch.works.clone()))
            .collect();
        assert_eq!(works, [(2001, 2..4), (2002, 2..2), (2003, 0..2)]);
        assert_eq!(timeline.counts(&Works::Range(0..4)), [2, 0, 2]);
        assert_eq!(timeline.counts(&Works::Listed(&[WorkId(1), WorkId(3)])), [1, 0, 1]);
    }

    #[test]
    fn months_begin_and_end_with_works() {
        let dates = dates(&["2003-03-01", "2003-01-31", "2003", "2002-11-30"]);
        let timeline = Timeline::of_each_month(&dates);
        assert_eq!(timeline.counts(&Works::Range(0..4)), [1, 0, 1, 0, 1]);
    }

    #[test]
    fn a_stretch_ends_where_the_next_begins() {
        // Three years: quarters.
        let dates = dates(&[
            "2003-12-31",
            "2003-04-01",
            "2003-03",
            "2003",
            "2001-07-01",
            "2001-06-30",
        ]);
        let counts = Timeline::small(&dates).counts(&Works::Range(0..6));
        // The one of which only the year is known counts to its first month.
        assert_eq!(counts, [0, 1, 1, 0, 0, 0, 0, 0, 2, 1, 0, 1]);
        let decades = Timeline::of_months(&dates, (2000, 2003), 120);
        assert_eq!(decades.counts(&Works::Range(0..6)), [6]);
    }

    #[test]
    fn a_small_picture_holds_any_span() {
        for last in ["0001", "0003", "0009", "0040", "1000", "9999"] {
            let dates = dates(&[last, "0001-02-03"]);
            let timeline = Timeline::small(&dates);
            assert_eq!(timeline.0.len(), 12, "{last}");
            let counts = timeline.counts(&Works::Range(0..2));
            assert_eq!(counts.into_iter().sum::<usize>(), 2, "{last}");
        }
    }
}
