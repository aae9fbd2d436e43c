//! Rule 12: lines that stand in many files of one source are proposed as
//! furniture.
//!
//! Nothing is cut by this: an editor approves the list, and `read` is handed
//! what was approved.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::text::boilerplate;
use crate::import::text::words::length;

/// In how many files a line must stand, at least.
const FILES: usize = 10;

/// How many files there are for each in which it must stand.
const SHARE: usize = 20;

/// Counts in how many files of a source each line stands.
#[derive(Clone, Debug, Default)]
pub struct Repeated {
    /// How many files were counted.
    files: usize,
    /// The lines, each with its files.
    lines: BTreeMap<String, usize>,
}

impl Repeated {
    /// Counts the lines of one file, each once.
    pub fn add(&mut self, text: &str) {
        self.files += 1;
        let lines: BTreeSet<&str> =
            text.lines().map(str::trim).filter(|line| is_counted(line)).collect();
        for line in lines {
            match self.lines.get_mut(line) {
                Some(n) => *n += 1,
                None => {
                    self.lines.insert(line.to_owned(), 1);
                }
            }
        }
    }

    /// The lines that stand in at least ten files and in at least one of
    /// twenty, with the number of their files, the most frequent first.
    pub fn proposals(&self) -> Vec<(String, usize)> {
        let is_frequent = |n: usize| n >= FILES && n * SHARE >= self.files;
        let mut found: Vec<(String, usize)> = self
            .lines
            .iter()
            .filter(|&(_, &n)| is_frequent(n))
            .map(|(line, &n)| (line.clone(), n))
            .collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        found
    }
}

/// Whether a line can be furniture: not empty, not a long paragraph, not the
/// mark at the end of releases, which has a meaning of its own.
fn is_counted(line: &str) -> bool {
    !line.is_empty() && length(line) <= 300 && boilerplate::mark(line).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_many_files_are_proposed() {
        let mut repeated = Repeated::default();
        for n in 0..40 {
            let rare = if n < 9 { "Nine times" } else { "" };
            let often = if n < 12 { "Printed in Riverbend" } else { "" };
            repeated.add(&format!(
                "Home | News\nStory {n}\n{rare}\n{often}\n###\nHome | News\n"
            ));
        }
        assert_eq!(
            repeated.proposals(),
            [("Home | News".to_owned(), 40), ("Printed in Riverbend".to_owned(), 12)]
        );
        assert!(Repeated::default().proposals().is_empty());
    }

    #[test]
    fn in_a_large_source_one_file_of_twenty_is_needed() {
        let mut repeated = Repeated::default();
        for n in 0..400 {
            repeated.add(if n < 19 {
                "Nineteen"
            } else if n < 39 {
                "Twenty"
            } else {
                ""
            });
        }
        assert_eq!(repeated.proposals(), [("Twenty".to_owned(), 20)]);
    }
}
