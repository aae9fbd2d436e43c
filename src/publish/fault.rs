//! The words for what can go wrong with the output.
//!
//! Nothing here touches the disk.

use std::io;
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::publish::paths;

/// What the system refused to do with a file or folder of the output.
pub(super) fn failed(what: &str, path: &Path, error: &io::Error) -> Diagnostic {
    let fault = Diagnostic::error(Code::OutputFailed, what).at(place(path));
    system_says(fault, path, error)
}

/// A file of the site that cannot be read while it is copied.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::Unreadable, "cannot read a file that is to be published")
        .at(place(path))
        .note(format!("the system says: {error}"))
}

/// Adds the system's words, and a hint where they leave one to give.
fn system_says(fault: Diagnostic, path: &Path, error: &io::Error) -> Diagnostic {
    let fault = fault.note(format!("the system says: {error}"));
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            fault.hint("free some space on the disk and build again")
        }
        io::ErrorKind::PermissionDenied => {
            let folder = paths::parent(path).display();
            fault.hint(format!("make the folder `{folder}` writable for you"))
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            fault.hint("build into a folder on a disk that can be written")
        }
        io::ErrorKind::InvalidFilename => {
            fault.hint("give the page a shorter `slug`, or the file a shorter name")
        }
        _ => fault,
    }
}

/// A path that no file of a site may have, and why.
pub(super) fn bad_path(path: &str, why: &str) -> Diagnostic {
    Diagnostic::error(Code::OutputFailed, format!("cannot publish `{path}`: {why}"))
}

/// A file in the place of an export that no export wrote.
pub(super) fn not_an_export(path: &Path) -> Diagnostic {
    let message = "a file that pressmark did not write stands where the export would go";
    Diagnostic::error(Code::OutputNotOurs, message)
        .at(place(path))
        .hint("move it away, or give the export another name")
}

/// Two files of one build at the same path, or one inside the other.
pub(super) fn twice(path: &Path) -> Diagnostic {
    Diagnostic::error(Code::OutputFailed, "two files of the site claim one path")
        .at(place(path))
        .note("nothing was published; the addresses of the site contradict each other")
}

/// An output folder full of files, none of which pressmark is known to have
/// written; `example` is one of them.
pub(super) fn never_ours(output: &Path, example: &str) -> Diagnostic {
    Diagnostic::error(
        Code::OutputNotOurs,
        format!("the output folder holds files that pressmark did not write, such as `{example}`"),
    )
    .at(place(output))
    .note("it has no `manifest.txt` of an earlier build, so nothing in it was touched")
    .hint("choose another folder, or empty this one")
    .hint("use `--adopt` to build into it and keep the files that no page replaces")
    .hint("use `--remove-unknown` to remove everything in it that is not of this site")
}

/// An unknown file that stands where a file of the site must go.
pub(super) fn in_the_way(path: &Path) -> Diagnostic {
    Diagnostic::error(
        Code::OutputNotOurs,
        "a file that pressmark did not write stands where the site has a page or file",
    )
    .at(place(path))
    .hint("move it out of the output folder")
    .hint("use `--adopt` to overwrite it")
    .hint("use `--remove-unknown` to remove it and all others that are not of this site")
}

/// An unknown file in a folder that must become a file.
pub(super) fn in_a_folder_in_the_way(path: &Path, folder: &Path) -> Diagnostic {
    let (shown, folder) = (path.display(), folder.display());
    Diagnostic::error(
        Code::OutputNotOurs,
        format!(
            "a file that pressmark did not write keeps `{folder}` from becoming a file"
        ),
    )
    .at(place(path))
    .hint(format!("move `{shown}` out of the output folder"))
}

/// A site's own folder given as the output, which would be cleared.
pub(super) fn sources(output: &Path) -> Diagnostic {
    Diagnostic::error(Code::OutputNotOurs, "the output folder is the folder of a site")
        .at(place(output))
        .note("it holds `config.toml` and `content`, which a build must never remove")
        .hint("choose another output folder")
}

/// An output that another run is writing.
pub fn busy(output: &Path) -> Diagnostic {
    let shown = output.display();
    Diagnostic::error(
        Code::OutputFailed,
        format!("another build is writing to `{shown}`"),
    )
    .at(place(output))
    .hint("wait until it is done and build again")
}

/// An output path that names no folder that could be written.
pub(super) fn bad_output(output: &Path, why: &str) -> Diagnostic {
    let shown = output.display();
    Diagnostic::error(Code::OutputFailed, format!("cannot build into `{shown}`: {why}"))
        .at(place(output))
        .hint("choose another output folder")
}

/// A journal that cannot be understood.
pub(super) fn bad_journal(journal: &Path, staging: &Path) -> Diagnostic {
    let shown = staging.display();
    Diagnostic::error(
        Code::OutputFailed,
        "the journal of an interrupted build is damaged",
    )
    .at(place(journal))
    .note("the output may hold files of two builds")
    .hint(format!("remove the folder `{shown}`, then build with `--adopt`"))
}

/// A commit asked for although a file could not be staged.
pub(super) fn incomplete(output: &Path) -> Diagnostic {
    Diagnostic::error(Code::OutputFailed, "not every file of the site could be written")
        .at(place(output))
        .note("nothing was published; the output is as it was")
}

/// A path as the place of a fault.
fn place(path: &Path) -> Place {
    Place::file(path.display().to_string())
}
