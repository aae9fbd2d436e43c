//! How a list of works is divided into pages whose addresses stay.
//!
//! Older pages are counted from the oldest work, so that page 1 is sealed once
//! it is full and an address keeps its articles. The front page shows what is
//! not sealed: the newest remainder and one full page.

use std::ops::Range;

use crate::address::Address;
use crate::archive::{TermId, WorkId};
use crate::plan::dates::{DateKey, narrow};

/// The name of the page that lists works without a date.
pub const UNDATED: &str = "undated";

/// What a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListOf {
    /// All works on lists: the home page.
    All,
    /// The works of a year, a month or a day.
    Date(DateKey),
    /// The works without a date.
    Undated,
    /// The works that name a term.
    Term(TermId),
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its number, counted from the oldest; none for the front page.
    pub number: Option<u32>,
    /// The works that it shows, counted from the newest.
    pub range: Range<u32>,
    /// How many numbered pages the list has.
    pub n_numbered: u32,
}

impl Part {
    /// Where the page stands, given where the list begins.
    pub fn address(&self, base: &Address) -> Address {
        numbered(base, self.number)
    }

    /// The page with older works, given where the list begins.
    pub fn older(&self, base: &Address) -> Option<Address> {
        let number = match self.number {
            None => self.n_numbered,
            Some(number) => number - 1,
        };
        (number > 0).then(|| numbered(base, Some(number)))
    }

    /// The page with newer works, given where the list begins.
    pub fn newer(&self, base: &Address) -> Option<Address> {
        let number = self.number?;
        Some(numbered(base, (number < self.n_numbered).then_some(number + 1)))
    }
}

/// Where a page of a list stands.
fn numbered(base: &Address, number: Option<u32>) -> Address {
    match number {
        None => base.clone(),
        Some(number) => base.page("page").page(&number.to_string()),
    }
}

/// Divides a list into pages, the front page first.
pub(super) fn parts(length: usize, per_page: usize) -> Vec<Part> {
    let full = length / per_page;
    let n_numbered = narrow(full.saturating_sub(1));
    let sealed = full.saturating_sub(1) * per_page;
    let mut parts =
        vec![Part { number: None, range: 0..narrow(length - sealed), n_numbered }];
    for number in 1..=n_numbered {
        let oldest = number as usize * per_page;
        let range = narrow(length - oldest)..narrow(length - oldest + per_page);
        parts.push(Part { number: Some(number), range, n_numbered });
    }
    parts
}

/// The works of a list, newest first.
#[derive(Clone, Debug)]
pub enum Works<'a> {
    /// Works that stand together in the archive.
    Range(Range<u32>),
    /// Works from here and there.
    Listed(&'a [WorkId]),
}

impl Works<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Range(range) => range.len(),
            Self::Listed(works) => works.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The one at a place, counted from the newest.
    pub fn get(&self, at: usize) -> Option<WorkId> {
        match self {
            Self::Range(range) => {
                let at = range.start + narrow(at);
                range.contains(&at).then_some(WorkId(at))
            }
            Self::Listed(works) => works.get(at).copied(),
        }
    }

    /// Some of them, counted from the newest.
    pub fn slice(&self, range: &Range<u32>) -> Vec<WorkId> {
        let length = range.len();
        match self {
            Self::Range(all) => {
                (all.start + range.start..all.end).take(length).map(WorkId).collect()
            }
            Self::Listed(works) => {
                works.iter().skip(range.start as usize).take(length).copied().collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ranges of the pages of a list with three works to a page.
    fn ranges(length: usize) -> Vec<(Option<u32>, Range<u32>)> {
        parts(length, 3).into_iter().map(|part| (part.number, part.range)).collect()
    }

    #[test]
    fn a_short_list_has_one_page() {
        assert_eq!(ranges(0), [(None, 0..0)]);
        assert_eq!(ranges(2), [(None, 0..2)]);
        assert_eq!(ranges(5), [(None, 0..5)]);
    }

    #[test]
    fn older_pages_are_counted_from_the_oldest() {
        assert_eq!(ranges(6), [(None, 0..3), (Some(1), 3..6)]);
        assert_eq!(ranges(8), [(None, 0..5), (Some(1), 5..8)]);
        assert_eq!(ranges(9), [(None, 0..3), (Some(1), 6..9), (Some(2), 3..6)]);
    }

    #[test]
    fn every_work_stands_on_one_page() {
        for length in 0..40 {
            let mut shown: Vec<u32> =
                parts(length, 7).into_iter().flat_map(|part| part.range).collect();
            shown.sort_unstable();
            assert!(shown.into_iter().eq(0..narrow(length)), "{length} works");
        }
    }
}
