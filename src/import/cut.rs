//! What a build refused of earlier runs and was cut from their files: links to places
//! in pages that do not have them, and old paths that the site has. The next run cuts
//! them at once, so that it writes the same bytes.
//!
//! They stand in `cut.tsv`: the file, and the destination or path, divided by a tab.

use crate::hash::{FixedSet, of};

/// The list.
#[derive(Debug, Default)]
pub(super) struct Cut(FixedSet<u64>);

impl Cut {
    /// Reads a list.
    pub(super) fn read(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.split_once('\t'));
        Self(lines.map(|line| of(&line)).collect())
    }

    /// Whether something was cut from a file.
    pub(super) fn has(&self, file: &str, what: &str) -> bool {
        self.0.contains(&of(&(file, what)))
    }
}
