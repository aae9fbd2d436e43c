//! The command `init`: starts an archive.
//!
//! It writes a `config.toml` that explains itself, one article, one page, one
//! record and a `.gitignore`, and never touches a file that is there already.

#![expect(
    clippy::disallowed_methods,
    reason = "`init` and `new` write into the site's folder"
)]

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};

/// The settings of a new archive.
const CONFIG: &str = include_str!("init/config.toml");
/// The first article.
const ARTICLE: &str = include_str!("init/article.md");
/// A page on the archive.
const ABOUT: &str = include_str!("init/about.md");
/// The record of the publisher.
const RECORD: &str = include_str!("init/record.md");
/// What a repository should not keep.
const GITIGNORE: &str = "/public/\n/.public.pressmark/\n/.pressmark/\n/held/\n";

/// Starts an archive in a folder, which is made if it is not there. Returns
/// the files written, as paths from that folder.
pub fn init(folder: &Path, today: Date, faults: &mut Diagnostics) -> Vec<String> {
    let year = today.year();
    let files = [
        ("config.toml".to_owned(), CONFIG.to_owned()),
        (format!("content/{year}/first-article.md"), dated(ARTICLE, today)),
        ("content/pages/about.md".to_owned(), ABOUT.to_owned()),
        ("content/organizations/our-newsroom.md".to_owned(), RECORD.to_owned()),
        (".gitignore".to_owned(), GITIGNORE.to_owned()),
    ];
    for (path, _) in &files {
        if folder.join(path).symlink_metadata().is_ok() {
            faults.push(exists(&folder.join(path)));
        }
    }
    if faults.has_errors() {
        return Vec::new();
    }
    let mut written = Vec::new();
    for (path, text) in files {
        match write_new(&folder.join(&path), &text) {
            Ok(()) => written.push(path),
            Err(fault) => {
                faults.push(fault);
                break;
            }
        }
    }
    written
}

/// A text with today's date in it.
fn dated(text: &str, today: Date) -> String {
    text.replace("{today}", &today.to_string())
}

/// Writes a file that must not be there yet, with the folders above it.
pub fn write_new(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let failed = |path: PathBuf| {
        move |error: io::Error| match error.kind() {
            io::ErrorKind::AlreadyExists => exists(&path),
            _ => Diagnostic::error(Code::OutputFailed, "this cannot be written")
                .at(Place::file(path.display().to_string()))
                .note(format!("the system says: {error}"))
                .hint("look at the folder's permissions and the disk's space"),
        }
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed(folder.to_owned()))?;
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(failed(path.to_owned()))?;
    file.write_all(text.as_bytes()).map_err(failed(path.to_owned()))
}

/// Reports a file that is there already.
fn exists(path: &Path) -> Diagnostic {
    Diagnostic::error(Code::FileExists, "this is there already, and stays as it is")
        .at(Place::file(path.display().to_string()))
        .hint("choose another name or an empty folder")
}
