//! Work on many things at once, with results in the order of the things.

use std::cmp::Ordering;

use rayon::prelude::*;

/// Applies `work` to each item, on as many threads as there are, and returns
/// the results in the order of the items.
pub fn map<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync + Send,
) -> Vec<R> {
    items.par_iter().map(work).collect()
}

/// Applies `work` to each item, which it may keep, and returns the results in
/// the order of the items.
pub fn map_owned<T: Send, R: Send>(
    items: Vec<T>,
    work: impl Fn(T) -> R + Sync + Send,
) -> Vec<R> {
    items.into_par_iter().map(work).collect()
}

/// Applies `work` to each item with a state of the thread's own, such as a
/// buffer that is used again, and throws away what is `None`.
pub fn filter_map_with<T: Sync, S: Send, R: Send>(
    items: &[T],
    state: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, &T) -> Option<R> + Sync + Send,
) -> Vec<R> {
    items.par_iter().map_init(state, work).flatten_iter().collect()
}

/// Sorts in parallel. Equal items stay in their order.
pub fn sort_by_key<T: Send, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K + Sync) {
    items.par_sort_by_key(key);
}

/// Sorts in parallel. Equal items stay in their order.
pub fn sort_by<T: Send>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering + Sync) {
    items.par_sort_by(compare);
}
