//! Reads the site's folder, and nothing else does.
//!
//! A [`Folder`] lists the files of a site and hands out their bytes. What they
//! mean is decided in `content`. No file is skipped in silence: what is
//! neither listed nor litter is a fault.

#![expect(
    clippy::disallowed_methods,
    reason = "this is the module that reads the site's folder"
)]

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::parallel;

/// The largest text file that is read, in bytes: one gibibyte.
pub const LARGEST_TEXT: u64 = 1 << 30;

/// The folder of articles, pages and records.
pub const CONTENT: &str = "content";
/// The folder of files that are published as they are.
pub const STATIC: &str = "static";
/// The folder of the site's own templates.
pub const TEMPLATES: &str = "templates";

/// The folder that a site lives in.
#[derive(Debug)]
pub struct Folder {
    /// The folder as it was named.
    root: PathBuf,
    /// The folder without links in its path.
    real_root: PathBuf,
}

/// The files of a site, as paths from its folder in the order of the alphabet.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The files under `content/`.
    pub content: Vec<Arc<str>>,
    /// The files under `static/`.
    pub static_files: Vec<Arc<str>>,
    /// The files under `templates/`.
    pub templates: Vec<Arc<str>>,
    /// How many files that editors and systems leave behind were left out.
    pub litter: usize,
}

/// The state in which a file stands on the disk. A file whose stamp is the same
/// has not been written since, unless somebody set its clocks back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// How long it is, in bytes.
    pub length: u64,
    /// When its bytes were last changed, in nanoseconds since 1970.
    pub modified: i64,
    /// When anything of it was last changed, in nanoseconds since 1970; 0 where
    /// the system does not know.
    pub changed: i64,
    /// Its number on its disk; 0 where disks have none.
    pub number: u64,
}

impl Stamp {
    /// The stamp of a file that the system was asked about.
    #[cfg(unix)]
    pub fn of(found: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let moment = |seconds: i64, rest: i64| {
            seconds.saturating_mul(1_000_000_000).saturating_add(rest)
        };
        Self {
            length: found.len(),
            modified: moment(found.mtime(), found.mtime_nsec()),
            changed: moment(found.ctime(), found.ctime_nsec()),
            number: found.ino(),
        }
    }

    /// The stamp of a file that the system was asked about.
    #[cfg(not(unix))]
    pub fn of(found: &Metadata) -> Self {
        let since = found.modified().ok().and_then(|modified| {
            modified.duration_since(std::time::SystemTime::UNIX_EPOCH).ok()
        });
        let modified = since.and_then(|since| i64::try_from(since.as_nanos()).ok());
        Self {
            length: found.len(),
            modified: modified.unwrap_or_default(),
            changed: 0,
            number: 0,
        }
    }

    /// Whether the file was last changed before this moment, in nanoseconds
    /// since 1970 by the clock of its disk.
    pub fn is_older_than(&self, moment: i64) -> bool {
        self.modified < moment && self.changed < moment
    }
}

impl Folder {
    /// A site's folder; the error is the system's.
    pub fn open(root: &Path) -> io::Result<Self> {
        let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        Ok(Self { root: root.to_owned(), real_root: root.canonicalize()? })
    }

    /// The path on disk of a file of the site.
    pub fn path(&self, file: &str) -> PathBuf {
        self.root.join(file)
    }

    /// Whether writing a site to this folder would mix it with what it is
    /// made from: it is the site's folder, stands above it, or is one of those
    /// that are read.
    pub fn would_mix(&self, output: &Path) -> bool {
        let Some(output) = real(output) else { return false };
        let read = [CONTENT, STATIC, TEMPLATES];
        self.real_root.starts_with(&output)
            || read.iter().any(|folder| {
                let folder = self.real_root.join(folder);
                let folder = folder.canonicalize().unwrap_or(folder);
                output.starts_with(folder)
            })
    }

    /// What a path on the disk is to the site: the path of a file or folder from
    /// the site's folder, if it is one that a scan would list or look into.
    pub fn listed(&self, path: &Path) -> Option<String> {
        let path = path
            .strip_prefix(&self.real_root)
            .or_else(|_| path.strip_prefix(&self.root))
            .ok()?;
        let path = with_slashes(path.to_str()?);
        let mut parts = path.split('/');
        let is_litter = match parts.next()? {
            CONTENT | TEMPLATES => is_litter,
            STATIC => is_system_litter,
            _ => return None,
        };
        (!parts.any(is_litter)).then_some(path)
    }

    /// The path on disk of a file of the site, if what stands there is a file
    /// within the site's folder, also behind links.
    pub fn file_within(&self, path: &Path) -> Option<PathBuf> {
        self.within(path).filter(|real| real.is_file())
    }

    /// The site's folder without links in its path.
    pub fn real_root(&self) -> &Path {
        &self.real_root
    }

    /// Lists the files of the site.
    pub fn scan(&self, faults: &mut Diagnostics) -> Sources {
        let mut sources = Sources::default();
        let (content, litter) = self.list(CONTENT, is_litter, faults);
        sources.litter += litter;
        sources.content = content;
        let (static_files, litter) = self.list(STATIC, is_system_litter, faults);
        sources.litter += litter;
        sources.static_files = static_files;
        let (templates, litter) = self.list(TEMPLATES, is_litter, faults);
        sources.litter += litter;
        sources.templates = templates;
        if self.path(CONTENT).symlink_metadata().is_err() {
            faults.push(
                Diagnostic::error(Code::Unreadable, "there is no folder `content` here")
                    .at(Place::file(CONTENT))
                    .hint("put the articles there, or start an archive with `pressmark init`"),
            );
        }
        sources
    }

    /// Lists the files of one folder under `content/`; none if it is not there.
    pub fn scan_content(&self, folder: &str, faults: &mut Diagnostics) -> Vec<Arc<str>> {
        self.list(&format!("{CONTENT}/{folder}"), is_litter, faults).0
    }

    /// Lists the files of one folder and counts its litter.
    fn list(
        &self,
        folder: &str,
        is_litter: fn(&str) -> bool,
        faults: &mut Diagnostics,
    ) -> (Vec<Arc<str>>, usize) {
        let mut files = Vec::new();
        let mut litter = 0;
        let top = self.root.join(folder);
        if top.symlink_metadata().is_err() {
            return (files, litter);
        }
        if top.is_file() {
            let message = format!("`{folder}` is a file, and has to be a folder");
            faults.push(
                Diagnostic::error(Code::Unreadable, message)
                    .at(Place::file(folder))
                    .hint("move the file elsewhere"),
            );
            return (files, litter);
        }
        let mut walk = WalkDir::new(&top).follow_links(true).into_iter();
        while let Some(found) = walk.next() {
            match found {
                Ok(entry) => {
                    let name = entry.file_name().to_string_lossy();
                    let is_folder = entry.file_type().is_dir();
                    if entry.depth() > 0 && is_litter(&name) {
                        litter += 1;
                        if is_folder {
                            walk.skip_current_dir();
                        }
                    } else {
                        match self.check(&entry) {
                            Ok(Some(file)) => files.push(file),
                            Ok(None) => {}
                            Err(fault) => {
                                faults.push(fault);
                                if is_folder {
                                    walk.skip_current_dir();
                                }
                            }
                        }
                    }
                }
                Err(error) => faults.push(self.walk_fault(folder, &error)),
            }
        }
        parallel::sort_by(&mut files, Ord::cmp);
        (files, litter)
    }

    /// The path of a file from the site's folder; none for a folder.
    fn check(&self, entry: &DirEntry) -> Result<Option<Arc<str>>, Diagnostic> {
        let path = self.relative(entry.path());
        let Some(clean) = path.to_str().filter(|path| !path.chars().any(is_unsafe))
        else {
            let shown: String = path.to_string_lossy().escape_debug().collect();
            return Err(Diagnostic::error(
                Code::AddressUnsafe,
                "the file's name is not plain UTF-8 text",
            )
            .at(Place::file(shown))
            .hint("rename it with letters, digits and hyphens"));
        };
        if entry.path_is_symlink() {
            self.check_link(entry.path(), clean)?;
        }
        let kind = entry.file_type();
        if kind.is_dir() {
            return Ok(None);
        }
        if !kind.is_file() {
            return Err(Diagnostic::error(
                Code::Unreadable,
                "this is no file but a device or a pipe",
            )
            .at(Place::file(clean))
            .hint("move it out of the site's folder"));
        }
        Ok(Some(Arc::from(with_slashes(clean))))
    }

    /// Checks that a link stays within the site's folder.
    fn check_link(&self, path: &Path, shown: &str) -> Result<(), Diagnostic> {
        match self.within(path) {
            Some(_) => Ok(()),
            None => Err(outside(&with_slashes(shown))),
        }
    }

    /// A path without links in it, if it is within the site's folder.
    fn within(&self, path: &Path) -> Option<PathBuf> {
        path.canonicalize().ok().filter(|real| real.starts_with(&self.real_root))
    }

    /// What the walk could not read.
    fn walk_fault(&self, folder: &str, error: &walkdir::Error) -> Diagnostic {
        let path =
            error.path().map(|path| self.relative(path).to_string_lossy().into_owned());
        let place = Place::file(path.unwrap_or_else(|| folder.to_owned()));
        if error.loop_ancestor().is_some() {
            return Diagnostic::error(
                Code::OutsideLink,
                "the link leads back to a folder above it",
            )
            .at(place)
            .hint("remove the link");
        }
        match error.io_error() {
            Some(error) => unreadable(error).at(place),
            None => Diagnostic::error(Code::Unreadable, "this cannot be read").at(place),
        }
    }

    /// A path from the site's folder.
    fn relative<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    /// How wide and high a picture is, in pixels; none if it is no picture of a form
    /// that browsers know by pixels.
    pub fn picture_size(&self, file: &str) -> Option<(usize, usize)> {
        let size = imagesize::size(self.path(file)).ok()?;
        Some((size.width, size.height))
    }

    /// The state in which a file stands on the disk; none if the system does not
    /// tell it.
    pub fn stamp(&self, file: &str) -> Option<Stamp> {
        self.path(file).metadata().ok().map(|found| Stamp::of(&found))
    }

    /// The bytes of a file that was this long when it was last looked at.
    fn read(&self, file: &Arc<str>, length: u64) -> Result<Vec<u8>, Diagnostic> {
        if length > LARGEST_TEXT {
            return Err(too_large(file));
        }
        let fault =
            |error: &io::Error| unreadable(error).at(Place::file(Arc::clone(file)));
        let mut handle = File::open(self.path(file)).map_err(|error| fault(&error))?;
        let length = usize::try_from(length).unwrap_or_default();
        // One byte of room more than the file has tells that it has no more, so
        // that a file as long as it was is read in one call.
        let mut bytes = vec![0; length + 1];
        let n_read = loop {
            match handle.read(&mut bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read.map_err(|error| fault(&error))?,
            }
        };
        bytes.truncate(n_read);
        if n_read != length {
            let mut rest = handle.take(LARGEST_TEXT + 1 - n_read as u64);
            rest.read_to_end(&mut bytes).map_err(|error| fault(&error))?;
        }
        if bytes.len() as u64 > LARGEST_TEXT {
            return Err(too_large(file));
        }
        Ok(bytes)
    }

    /// The text of a file, which must be UTF-8.
    pub fn read_text(&self, file: &Arc<str>) -> Result<String, Diagnostic> {
        let length = self.stamp(file).map_or(0, |stamp| stamp.length);
        self.read_text_of(file, length)
    }

    /// The text of a file that was this long when it was last looked at. It
    /// must be UTF-8.
    pub fn read_text_of(
        &self,
        file: &Arc<str>,
        length: u64,
    ) -> Result<String, Diagnostic> {
        String::from_utf8(self.read(file, length)?).map_err(|error| {
            let good = error.utf8_error().valid_up_to();
            Diagnostic::error(Code::NotUtf8, "the file is not UTF-8 text")
                .at(Place::span(Arc::clone(file), good..good + 1))
                .note("it may have been saved as Windows-1252 or Latin-1")
                .hint("save it again with the encoding UTF-8")
        })
    }
}

/// A path without links in it, also if its end does not exist yet.
pub fn real(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let known =
        path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let (above, real) = known?;
    Some(real.join(path.strip_prefix(above).ok()?))
}

/// Reads a text file of a site that was built, by its path from the root.
pub fn read_published(folder: &Path, path: &str) -> io::Result<String> {
    std::fs::read_to_string(folder.join(path))
}

/// The bytes of any file.
pub fn read_any(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
}

/// Opens any file.
pub fn open_any(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// The files below a folder, as paths from it with `/` between their parts, in the
/// order of the alphabet; of what cannot be read, nothing.
pub fn list(folder: &Path) -> Vec<String> {
    list_all(folder).0
}

/// The files below a folder, as [`list`] has them, and what of it was passed over: links,
/// names that are not UTF-8, folders that cannot be read, each with why.
pub fn list_all(folder: &Path) -> (Vec<String>, Vec<(String, &'static str)>) {
    let (mut files, mut passed) = (Vec::new(), Vec::new());
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(folder);
                if path != folder {
                    passed.push((path.to_string_lossy().into_owned(), "cannot be read"));
                }
                continue;
            }
        };
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let shown = || below.to_string_lossy().into_owned();
        match below.to_str() {
            _ if entry.file_type().is_dir() => {}
            None => passed.push((shown(), "has a name that is not UTF-8")),
            Some(_) if entry.path_is_symlink() => passed.push((shown(), "is a link")),
            Some(path) => files.push(with_slashes(path)),
        }
    }
    (files, passed)
}

/// What the system says of a file that cannot be read, in our words.
pub fn unreadable(error: &io::Error) -> Diagnostic {
    let (message, hint) = match error.kind() {
        io::ErrorKind::NotFound => {
            ("this leads nowhere", "remove it, or put back what it names")
        }
        io::ErrorKind::PermissionDenied => (
            "this cannot be read: permission denied",
            "let your user read it, with `chmod` or in its properties",
        ),
        _ => ("this cannot be read", "look at the disk, or copy the file anew"),
    };
    let found = Diagnostic::error(Code::Unreadable, message).hint(hint);
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => found,
        _ => found.note(format!("the system says: {error}")),
    }
}

/// Reports a link that leads out of the site's folder.
pub fn outside(file: &str) -> Diagnostic {
    Diagnostic::error(Code::OutsideLink, "the link leads out of the site's folder")
        .at(Place::file(file))
        .note("what it leads to would be published, and is not here on another machine")
        .hint("copy the file or folder to this place")
}

/// Reports a text that is too large to be read.
fn too_large(file: &Arc<str>) -> Diagnostic {
    Diagnostic::error(Code::Unreadable, "the file is larger than one gibibyte")
        .at(Place::file(Arc::clone(file)))
        .hint("divide it into several")
}

/// A path that stands in a file, as a path from the site's folder. One that
/// begins with `/` is read from `content/`.
pub fn join(file: &str, written: &str) -> String {
    let mut parts: Vec<&str> = match written.strip_prefix('/') {
        Some(_) => vec![CONTENT],
        None => file.split('/').collect(),
    };
    if !written.starts_with('/') {
        parts.pop();
    }
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A path with `/` between its parts on every system.
fn with_slashes(path: &str) -> String {
    if std::path::MAIN_SEPARATOR == '/' {
        path.to_owned()
    } else {
        path.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// Whether a character must not stand in a file's name here.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether editors or systems leave files of this name behind.
fn is_litter(name: &str) -> bool {
    name.starts_with('.')
        || (name.starts_with('#') && name.ends_with('#'))
        || is_system_litter(name)
}

/// The same for `static/`, where names such as `.well-known` are meant.
fn is_system_litter(name: &str) -> bool {
    name.ends_with('~')
        || name.starts_with("._")
        || Path::new(name).extension().is_some_and(|end| end == "swp" || end == "swo")
        || matches!(
            name,
            ".DS_Store"
                | "Thumbs.db"
                | "desktop.ini"
                | ".git"
                | ".gitkeep"
                | ".gitignore"
        )
}
