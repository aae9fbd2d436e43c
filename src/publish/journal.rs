//! The steps of a commit, as they are written down and as they are taken.
//!
//! A journal is text: a header, one step a line, and a last line that counts
//! the steps. A commit takes the steps from that text, so a run that finishes
//! the commit of another does just what that one would have done.
//!
//! | line | step |
//! |---|---|
//! | `- a/b.html` | remove the file |
//! | `/ a` | remove the folder if it is empty |
//! | `+ a` | move the staged file in |

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::publish::{fault, paths, staging};

/// The first line.
const HEADER: &str = "pressmark journal 1";

/// What is called before each step, at every moment at which a run may die.
pub(super) type Watch<'a> = &'a mut dyn FnMut();

/// A step that the system refused.
#[derive(Debug)]
pub(super) struct Refused {
    /// What was to be done, as a message.
    pub(super) what: &'static str,
    /// The file or folder in question.
    pub(super) path: PathBuf,
    /// What the system says.
    pub(super) error: io::Error,
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// Removes a file or link.
    Remove(&'a str),
    /// Removes a folder if it is empty.
    RemoveFolder(&'a str),
    /// Moves a staged file over what stands at its path.
    Move(&'a str),
}

/// A list of steps, whole and in order.
#[derive(Debug)]
pub(super) struct Journal {
    /// The text, header and last line included.
    text: String,
}

impl Journal {
    /// Writes down steps.
    pub(super) fn write<'a>(steps: impl Iterator<Item = Step<'a>>) -> Self {
        let mut text = format!("{HEADER}\n");
        let mut n_steps = 0_usize;
        for step in steps {
            let (sign, path) = match step {
                Step::Remove(path) => ("- ", path),
                Step::RemoveFolder(path) => ("/ ", path),
                Step::Move(path) => ("+ ", path),
            };
            text.push_str(sign);
            text.push_str(path);
            text.push('\n');
            n_steps += 1;
        }
        text.push_str("end ");
        text.push_str(&n_steps.to_string());
        text.push('\n');
        Self { text }
    }

    /// Reads a journal; `None` unless it is whole and stays in the output.
    pub(super) fn read(text: String) -> Option<Self> {
        let body = text.strip_prefix(HEADER)?.strip_prefix('\n')?.strip_suffix('\n')?;
        let mut n_steps = 0_usize;
        let mut lines = body.split('\n').peekable();
        while let Some(line) = lines.next() {
            if lines.peek().is_none() {
                let is_whole = line.strip_prefix("end ")?.parse() == Ok(n_steps);
                return is_whole.then_some(Self { text });
            }
            let (Step::Remove(path) | Step::RemoveFolder(path) | Step::Move(path)) =
                step(line)?;
            if paths::objection(path).is_some() {
                return None;
            }
            n_steps += 1;
        }
        None
    }

    /// The text as it is stored.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The steps in order.
    fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        self.text.split('\n').filter_map(step)
    }

    /// Checks that every folder of the output in which a step will be taken may
    /// be changed, so that no commit is decided that cannot be carried out.
    pub(super) fn check_folders(&self, output: &Path) -> Result<(), Diagnostic> {
        let mut checked = BTreeSet::new();
        for step in self.steps() {
            let (Step::Remove(path) | Step::RemoveFolder(path) | Step::Move(path)) = step;
            let mut folder = output.join(path);
            // A folder that is not there yet is made in the nearest that is.
            while folder.pop() && folder.starts_with(output) && !folder.is_dir() {}
            if checked.contains(&folder) {
                continue;
            }
            staging::may_change(&folder).map_err(|error| {
                fault::failed("cannot change the files in a folder", &folder, &error)
            })?;
            checked.insert(folder);
        }
        Ok(())
    }

    /// Takes the steps that have not been taken.
    pub(super) fn roll_forward(
        &self,
        staged: &Path,
        output: &Path,
        watch: Watch<'_>,
    ) -> Result<(), Refused> {
        for step in self.steps() {
            watch();
            let (what, path, done) = match step {
                Step::Remove(path) => {
                    let path = output.join(path);
                    let done = remove(&path);
                    ("cannot remove a file that is no longer published", path, done)
                }
                Step::RemoveFolder(path) => {
                    // A folder that is not empty is still in use, and one that
                    // cannot be removed does no harm.
                    drop(fs::remove_dir(output.join(path)));
                    continue;
                }
                Step::Move(path) => {
                    let (from, to) = (staged.join(path), output.join(path));
                    let done = move_in(&from, &to);
                    ("cannot move a file into the output folder", to, done)
                }
            };
            done.map_err(|error| Refused { what, path, error })?;
        }
        Ok(())
    }
}

/// The step on a line; none on the first and the last line.
fn step(line: &str) -> Option<Step<'_>> {
    match line.split_once(' ')? {
        ("-", path) => Some(Step::Remove(path)),
        ("/", path) => Some(Step::RemoveFolder(path)),
        ("+", path) => Some(Step::Move(path)),
        _ => None,
    }
}

/// Removes a file or link, unless it is gone or a folder has taken its place.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Ok(()) => Ok(()),
        Err(error) if is_gone(&error) => Ok(()),
        Err(_) if fs::symlink_metadata(path).is_ok_and(|found| found.is_dir()) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Moves a staged file to its place, unless it has been moved.
fn move_in(from: &Path, to: &Path) -> io::Result<()> {
    let first = match fs::rename(from, to) {
        Ok(()) => return Ok(()),
        Err(error) if is_gone(&error) => error,
        Err(error) => return Err(error),
    };
    match fs::symlink_metadata(from) {
        Ok(_) => {}
        // It has been moved. If it is gone from its place too, somebody removed
        // it there, and the next build writes it again.
        Err(error) if is_gone(&error) => return Ok(()),
        Err(error) => return Err(error),
    }
    let folder = to.parent().ok_or(first)?;
    fs::create_dir_all(folder)?;
    fs::rename(from, to)
}

/// Whether an error says that nothing stands at the path.
fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_is_read_as_it_was_written() {
        let steps = [Step::Remove("a/b c"), Step::RemoveFolder("a"), Step::Move("end 1")];
        let text = Journal::write(steps.into_iter()).text;
        assert_eq!(text, "pressmark journal 1\n- a/b c\n/ a\n+ end 1\nend 3\n");
        let journal = Journal::read(text).unwrap();
        assert_eq!(journal.steps().collect::<Vec<_>>(), steps);
    }

    #[test]
    fn no_beginning_of_a_journal_is_a_journal() {
        let steps = [Step::Remove("a"), Step::Move("b/c"), Step::Move("end 2")];
        let text = Journal::write(steps.into_iter()).text;
        for end in 0..text.len() {
            assert!(
                Journal::read(text.get(..end).unwrap().to_owned()).is_none(),
                "{end}"
            );
        }
    }

    #[test]
    fn a_journal_that_leads_out_is_refused() {
        for path in ["../a", "/etc/a", "a/../../b", "", ".git/config"] {
            let text = Journal::write([Step::Remove(path)].into_iter()).text;
            assert!(Journal::read(text).is_none(), "{path}");
        }
    }
}
