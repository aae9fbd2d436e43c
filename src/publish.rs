//! Brings the files of a site to the disk: all of them, or none.
//!
//! This is the one module that writes the output folder. It knows files and
//! bytes; which pages there are and what they say is decided elsewhere.
//!
//! # What holds
//!
//! - While anything is an error, the output stays as it was.
//! - If the machine or the process dies at any moment, the next run finishes
//!   the commit or discards it.
//! - A reader of the output finds each file whole, old or new.
//! - A file that pressmark did not write is never removed or overwritten,
//!   unless `--adopt` or `--remove-unknown` says so.
//! - No link below the output is followed, for reading or for writing.
//!
//! # The output
//!
//! `manifest.txt` at the top of the output lists the files that are ours: a
//! header line, then one path a line, sorted, with `/` between the parts. It
//! does not list itself. What is not listed is *unknown*; [`Unknown`] says what
//! becomes of it. `.git`, `.hg` and `.svn` at the top are never looked into.
//! Other unknown entries at the top whose names begin with a dot are never
//! removed, and a folder that holds nothing else counts as empty. A name that is
//! not UTF-8 or has control characters is left alone in every case.
//!
//! # The staging folder
//!
//! For an output `public` it is `.public.pressmark` beside it, on the same file
//! system. If the output is a mount of its own, so that nothing can be moved
//! into it from beside, it is `.pressmark` inside the output.
//!
//! | entry | what it is |
//! |---|---|
//! | `lock` | held by the run that is at work; only that run touches the others |
//! | `files/` | the files that are new or changed, at their later paths |
//! | `journal.new` | a journal that is being written; worth nothing |
//! | `journal` | a complete journal: the commit is decided |
//!
//! # The commit
//!
//! 1. Every file is compared with the one in the output; those that differ are
//!    written to `files/`, the new list of files last.
//! 2. `journal.new` is written: each step on a line, in order.
//! 3. The file system is synced, so that all this survives a power cut.
//! 4. `journal.new` is renamed to `journal`, and the staging folder synced. This
//!    is the moment at which the commit is decided.
//! 5. The steps are taken: files that are stale or in the way are removed, then
//!    the folders that this left empty, then the staged files are moved in. The
//!    list of files comes last.
//! 6. The file system is synced again; `journal` and the folder are removed.
//!
//! A run that finds `journal` begins at 5. Each step can be taken twice: a staged
//! file that is gone has been moved, a stale file that is gone has been removed.
//! A run that finds no `journal` discards what is staged. Into an output that is
//! missing or empty the commit is steps 1 and 3, then one rename of `files/`.

#![expect(clippy::disallowed_methods, reason = "only `publish` writes the output")]

mod paths;

mod fault;
mod loose;

mod compare;
mod manifest;
mod survey;

mod staging;
mod journal;

mod changes;
mod stage;

#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::diagnostic::Diagnostic;

pub use fault::busy;
pub use loose::{Draft, append, copy_new, put, put_new, remove};
pub use stage::{Stage, finish_earlier};
pub use staging::is_unfinished;

/// Makes an empty file in the system's folder for such, which is gone when it is
/// closed: for work that has no output.
pub fn scratch() -> io::Result<File> {
    tempfile::tempfile()
}

/// Writes a file that is no part of a site: `write` writes another one beside it, which
/// then takes its place. A file that stands there gives way only if it `is_ours` by
/// its first hundred bytes.
pub fn replace<T>(
    file: &Path,
    is_ours: fn(&[u8]) -> bool,
    write: &dyn Fn(&Path) -> Result<T, Box<Diagnostic>>,
) -> Result<T, Box<Diagnostic>> {
    let cannot =
        |error: &io::Error| Box::new(fault::failed("cannot write a file", file, error));
    if fs::symlink_metadata(file).is_ok() {
        let mut beginning = Vec::new();
        let read = File::open(file)
            .and_then(|there| there.take(100).read_to_end(&mut beginning));
        if read.is_err() || !is_ours(&beginning) {
            return Err(Box::new(fault::not_an_export(file)));
        }
    }
    let mut builder = tempfile::Builder::new();
    // As readable as any new file: the system takes away what it must.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let staged = builder
        .prefix(".pressmark-")
        .tempfile_in(paths::parent(file))
        .map_err(|error| cannot(&error))?;
    let filled = write(staged.path())?;
    staged.persist(file).map_err(|error| cannot(&error.error))?;
    Ok(filled)
}

/// The text of the list of files, for these paths from the output.
pub fn list_of(mut paths: Vec<String>) -> String {
    paths.sort_unstable();
    let paths: Vec<_> = paths.iter().map(String::as_str).collect();
    manifest::write(&paths)
}

/// What becomes of files in the output that pressmark did not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// They are left alone. One that stands where a page must go is an error,
    /// and so is a folder of files that has never been an output.
    Refuse,
    /// Those that stand where a page must go are overwritten, others left alone.
    Adopt,
    /// They are removed.
    Remove,
}

/// What becomes of files in the output that have the right bytes already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Same {
    /// They stay as they are, with their dates.
    Keep,
    /// They are written anew.
    Rewrite,
}

/// What a commit did, in files; the list of files counts as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// How many are new or have new bytes.
    pub written: usize,
    /// How many had the right bytes already.
    pub unchanged: usize,
    /// How many were removed.
    pub removed: usize,
    /// How many are not ours and were left as they are.
    pub left_alone: usize,
}
