//! The order of the archive: newest first, and the same on every machine.

use std::cmp::{Ordering, Reverse};

use crate::archive::Work;
use crate::parallel;

/// Sorts works: those on lists before the others, newest first, those without
/// a date last, and ties by address.
pub(super) fn sort(works: &mut [Work]) {
    parallel::sort_by(works, |a, b| {
        let rank =
            |work: &Work| (!work.is_listed(), Reverse(work.original().facts.date()));
        // `None` is less than any date, so the reverse puts it last.
        rank(a).cmp(&rank(b)).then_with(|| by_address(a, b))
    });
}

/// Compares the addresses of two works.
fn by_address(a: &Work, b: &Work) -> Ordering {
    a.original().address.cmp(&b.original().address)
}
