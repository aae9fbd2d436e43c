//! Which years, months and days have works.

use std::ops::Range;

use crate::address::Address;
use crate::archive::{Archive, WorkId};
use crate::date::Date;

/// A count as lists have them.
pub(super) fn narrow(count: usize) -> u32 {
    u32::try_from(count).expect("an archive has fewer than 2^32 works")
}

/// A year, a month or a day. The order is that of time, with a year before its
/// months and a month before its days.
///
/// Invariant: there is a month if there is a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateKey {
    /// The year.
    pub year: i16,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The day of the month, from 1.
    pub day: Option<u8>,
}

/// The works of a year, a month or a day, which stand together in the archive.
#[derive(Clone, Debug)]
pub struct DateSlice {
    /// Which year, month or day.
    pub key: DateKey,
    /// Its works among all works on lists.
    pub range: Range<u32>,
}

impl DateKey {
    /// The year of a date, and its month and day if they are known.
    pub fn of(date: Date) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }

    /// Where its page stands below the root of a language.
    pub fn address(&self, root: &Address) -> Address {
        let mut address = root.page(&format!("{:04}", self.year));
        for part in [self.month, self.day].into_iter().flatten() {
            address = address.page(&format!("{part:02}"));
        }
        address
    }

    /// What it is a part of: the month of a day, the year of a month.
    pub fn parent(&self) -> Option<Self> {
        match (self.month, self.day) {
            (Some(_), Some(_)) => Some(Self { day: None, ..*self }),
            (Some(_), None) => Some(Self { month: None, ..*self }),
            _ => None,
        }
    }

    /// How exact it is: 1 for a year, 2 for a month, 3 for a day.
    pub fn precision(&self) -> usize {
        1 + usize::from(self.month.is_some()) + usize::from(self.day.is_some())
    }
}

/// Every year, month and day with works.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    /// The years, the months and the days, each newest first.
    levels: [Vec<DateSlice>; 3],
    /// Whether each of them has a page.
    pub have_pages: bool,
}

impl Dates {
    /// Adds the next older work.
    pub(super) fn add(&mut self, work: u32, day: DateKey) {
        let month = DateKey { day: None, ..day };
        let year = DateKey { month: None, ..month };
        for (level, key) in [year, month, day].into_iter().enumerate() {
            if key.precision() != level + 1 {
                continue;
            }
            match self.levels[level].last_mut() {
                Some(slice) if slice.key == key => slice.range.end = work + 1,
                _ => self.levels[level].push(DateSlice { key, range: work..work + 1 }),
            }
        }
    }

    /// Years, months and days, one after the other.
    pub fn iter(&self) -> impl Iterator<Item = &DateSlice> {
        self.levels.iter().flatten()
    }

    /// The years, newest first.
    pub fn years(&self) -> &[DateSlice] {
        &self.levels[0]
    }

    /// The months, newest first.
    pub fn months(&self) -> &[DateSlice] {
        &self.levels[1]
    }

    /// The year of a work on lists; none if it is not known.
    pub fn year_of(&self, work: WorkId) -> Option<i16> {
        let years = self.years();
        let at = years.partition_point(|slice| slice.range.end <= work.0);
        years.get(at).map(|slice| slice.key.year)
    }

    /// The slices of one precision.
    fn level(&self, key: DateKey) -> &[DateSlice] {
        &self.levels[key.precision() - 1]
    }

    /// Where a date stands in its level.
    fn position(&self, key: DateKey) -> Option<usize> {
        self.level(key).binary_search_by(|slice| key.cmp(&slice.key)).ok()
    }

    /// Whether a date has works.
    pub fn has(&self, key: DateKey) -> bool {
        self.position(key).is_some()
    }

    /// The works of a date; none if it has none.
    pub fn range(&self, key: DateKey) -> Range<u32> {
        self.position(key).map_or(0..0, |at| self.level(key)[at].range.clone())
    }

    /// The next date of the same precision with works, into the past.
    pub fn older(&self, key: DateKey) -> Option<DateKey> {
        let at = self.position(key)?;
        self.level(key).get(at + 1).map(|slice| slice.key)
    }

    /// The next date of the same precision with works, into the present.
    pub fn newer(&self, key: DateKey) -> Option<DateKey> {
        let at = self.position(key)?;
        self.level(key).get(at.checked_sub(1)?).map(|slice| slice.key)
    }

    /// The months of a year or the days of a month, newest first.
    pub fn parts(&self, key: DateKey) -> &[DateSlice] {
        let Some(level) = self.levels.get(key.precision()) else { return &[] };
        let start = level.partition_point(|slice| slice.key.parent() > Some(key));
        let length = level
            .get(start..)
            .unwrap_or_default()
            .partition_point(|slice| slice.key.parent() == Some(key));
        level.get(start..start + length).unwrap_or_default()
    }
}

/// Finds every year, month and day with works, and the works without a date.
pub(super) fn slices(archive: &Archive) -> (Dates, Range<u32>) {
    let mut dates = Dates::default();
    let listed = archive.works.iter().take(archive.n_listed);
    let mut n_dated = 0;
    for (n, work) in (0..).zip(listed) {
        let Some(date) = work.original().facts.date() else { break };
        n_dated = n + 1;
        dates.add(n, DateKey::of(date));
    }
    (dates, n_dated..narrow(archive.n_listed))
}
