//! Merges the runs of a block.

use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::ops::Range;

use crate::search::Stopped;
use crate::search::run::{Entry, Reader};
use crate::search::scratch::Scratch;

/// Hands every form of some runs to `take`, in order, with all that the runs say of
/// it. The runs stand in the scratch, in the order of their documents.
pub(super) fn merge(
    runs: &[Range<u64>],
    scratch: &mut Scratch<'_>,
    take: &mut dyn FnMut(&Entry) -> Result<(), Stopped>,
) -> Result<(), Stopped> {
    let mut readers = BinaryHeap::with_capacity(runs.len());
    for (n, range) in runs.iter().enumerate() {
        let mut reader = Reader::new(n, range.clone());
        if reader.advance(scratch)? {
            readers.push(reader);
        }
    }
    let mut merged = Entry::default();
    while let Some(mut next) = readers.peek_mut() {
        let entry = &next.entry;
        if merged.count > 0 && (merged.stem != entry.stem || merged.form != entry.form) {
            take(&merged)?;
            merged.count = 0;
        }
        if merged.count == 0 {
            merged.begin(&entry.stem, &entry.form);
        }
        merged.append(entry);
        if !next.advance(scratch)? {
            PeekMut::pop(next);
        }
    }
    if merged.count > 0 {
        take(&merged)?;
    }
    Ok(())
}
