//! What stands in the output before a build, and what the build wants of it.
//!
//! The survey is taken once, from the listings of folders alone: no file is
//! opened but the list of ours, and no link is followed. While files are
//! staged, each entry remembers whether the site claims its path.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::diagnostic::Diagnostic;
use crate::parallel;
use crate::publish::{Unknown, fault, manifest, paths};

/// What kind of entry was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A regular file.
    File,
    /// A folder that was listed.
    Folder,
    /// A link, a pipe or another thing that can be removed but not compared.
    Other,
    /// An entry that is left alone in every case: a folder that cannot be
    /// listed, or a name that no list or journal could hold.
    Closed,
}

/// What the site wants of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Claim {
    /// Nothing so far.
    Free,
    /// A staged file is to take its place.
    Staged,
    /// It has the right bytes already.
    Same,
}

/// An entry of the output.
#[derive(Debug)]
pub(super) struct Found {
    /// The path from the output, with `/` between the parts. Where the name is
    /// not a path of ours it ends in a NUL, so that it equals no such path.
    pub(super) path: Box<str>,
    /// What kind of entry it is.
    pub(super) kind: Kind,
    /// Whether it is a regular file that the list of ours names.
    pub(super) is_ours: bool,
    /// The [`Claim`] on it.
    claim: AtomicU8,
}

impl Found {
    /// An entry that nobody claims.
    fn new(path: Box<str>, kind: Kind) -> Self {
        Self { path, kind, is_ours: false, claim: AtomicU8::new(Claim::Free as u8) }
    }

    /// Claims the path for a staged file; false if it was claimed before.
    pub(super) fn take(&self) -> bool {
        let (free, staged) = (Claim::Free as u8, Claim::Staged as u8);
        self.claim
            .compare_exchange(free, staged, Ordering::Relaxed, Ordering::Relaxed)
            .is_ok()
    }

    /// Notes that the claimed file has the right bytes already.
    pub(super) fn keep(&self) {
        self.claim.store(Claim::Same as u8, Ordering::Relaxed);
    }

    /// The claim on it.
    pub(super) fn claim(&self) -> Claim {
        match self.claim.load(Ordering::Relaxed) {
            claim if claim == Claim::Staged as u8 => Claim::Staged,
            claim if claim == Claim::Same as u8 => Claim::Same,
            _ => Claim::Free,
        }
    }

    /// The path as people know it.
    pub(super) fn shown(&self) -> &str {
        self.path.trim_end_matches('\0')
    }

    /// Whether it is neither ours nor a folder.
    pub(super) fn is_unknown(&self) -> bool {
        !self.is_ours && self.kind != Kind::Folder
    }

    /// Whether it stands at or below a dot entry at the top of the output.
    pub(super) fn is_hidden(&self) -> bool {
        self.path.starts_with('.')
    }
}

/// The entries of an output.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Every entry but those of other programs, sorted by path.
    pub(super) entries: Vec<Found>,
    /// Whether the output is missing or holds nothing at all.
    pub(super) is_vacant: bool,
}

impl Survey {
    /// Looks at an output, and refuses one that is not ours.
    pub(super) fn take(output: &Path, unknown: Unknown) -> Result<Self, Diagnostic> {
        let cannot =
            |error| fault::failed("cannot list the output folder", output, &error);
        let mut is_vacant = true;
        let mut entries = Vec::new();
        match list(output, "") {
            Ok(found) => {
                is_vacant = found.is_empty();
                entries = found;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(cannot(error)),
        }
        entries.retain(|found| !paths::is_foreign(&found.path));
        let listed = read_list(output, &entries)?;
        let ours = listed.as_deref().and_then(manifest::read);
        if ours.is_none()
            && unknown == Unknown::Refuse
            && let Some(found) = entries
                .iter()
                .filter(|found| !found.is_hidden())
                .min_by_key(|found| &found.path)
        {
            return Err(fault::never_ours(output, found.shown()));
        }
        descend(output, &mut entries).map_err(cannot)?;
        parallel::sort_by(&mut entries, |a, b| a.path.cmp(&b.path));
        let mut survey = Self { entries, is_vacant };
        if let Some(ours) = ours {
            ours.for_each(|path| survey.own(path));
            survey.own(manifest::PATH);
        }
        if survey.is_folder_of_a_site() {
            Err(fault::sources(output))
        } else {
            Ok(survey)
        }
    }

    /// Marks a file as ours.
    fn own(&mut self, path: &str) {
        if let Some(found) =
            self.index(path).and_then(|index| self.entries.get_mut(index))
        {
            found.is_ours = found.kind == Kind::File;
        }
    }

    /// Where a path stands among the entries.
    fn index(&self, path: &str) -> Option<usize> {
        self.entries.binary_search_by(|found| found.path.as_ref().cmp(path)).ok()
    }

    /// The entry at a path.
    pub(super) fn find(&self, path: &str) -> Option<&Found> {
        self.index(path).and_then(|index| self.entries.get(index))
    }

    /// The entry that keeps a path from being made, since it is no folder
    /// although the path goes through it. The path itself was not found.
    pub(super) fn obstacle(&self, path: &str) -> Option<&Found> {
        let mut path = path;
        while let Some((folder, _)) = path.rsplit_once('/') {
            if let Some(found) = self.find(folder) {
                return (found.kind != Kind::Folder).then_some(found);
            }
            path = folder;
        }
        None
    }

    /// The entries below a folder, in order.
    pub(super) fn below(&self, folder: &str) -> impl DoubleEndedIterator<Item = &Found> {
        let prefix = format!("{folder}/");
        let start = self.entries.partition_point(|found| *found.path < *prefix);
        let rest = self.entries.get(start..).unwrap_or_default();
        let length = rest.partition_point(|found| found.path.starts_with(&prefix));
        rest.get(..length).unwrap_or_default().iter()
    }

    /// Whether sources of a site stand here.
    fn is_folder_of_a_site(&self) -> bool {
        let is = |path, kind| {
            self.find(path).is_some_and(|found| found.kind == kind && !found.is_ours)
        };
        is("config.toml", Kind::File) && is("content", Kind::Folder)
    }
}

/// Adds everything below the folders among the entries, level by level.
fn descend(output: &Path, entries: &mut Vec<Found>) -> io::Result<()> {
    let mut begin = 0;
    while begin < entries.len() {
        let end = entries.len();
        let level = entries.get(begin..end).unwrap_or_default();
        let lists = parallel::map(level, |found| match found.kind {
            Kind::Folder => list(&output.join(&*found.path), &found.path),
            _ => Ok(Vec::new()),
        });
        for (index, listed) in (begin..end).zip(lists) {
            match listed {
                Ok(found) => entries.extend(found),
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                    if let Some(found) = entries.get_mut(index) {
                        found.kind = Kind::Closed;
                    }
                }
                Err(error) => return Err(error),
            }
        }
        begin = end;
    }
    Ok(())
}

/// The entries of one folder, whose path from the output is `under`.
fn list(folder: &Path, under: &str) -> io::Result<Vec<Found>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let path = |name: &str| match under {
            "" => name.into(),
            _ => format!("{under}/{name}").into_boxed_str(),
        };
        entries.push(match name.to_str().filter(|name| paths::can_be_a_part(name)) {
            Some(name) => Found::new(path(name), kind(&entry)?),
            None => {
                Found::new(path(&format!("{}\0", name.to_string_lossy())), Kind::Closed)
            }
        });
    }
    Ok(entries)
}

/// The kind of an entry, without following a link.
fn kind(entry: &fs::DirEntry) -> io::Result<Kind> {
    let kind = entry.file_type()?;
    Ok(if kind.is_file() {
        Kind::File
    } else if kind.is_dir() {
        Kind::Folder
    } else {
        Kind::Other
    })
}

/// The text of the list of files, if a regular file stands in its place.
fn read_list(output: &Path, top: &[Found]) -> Result<Option<String>, Diagnostic> {
    let is_list =
        |found: &Found| found.kind == Kind::File && *found.path == *manifest::PATH;
    if !top.iter().any(is_list) {
        return Ok(None);
    }
    let path = output.join(manifest::PATH);
    match fs::read(&path) {
        Ok(bytes) => Ok(String::from_utf8(bytes).ok()),
        Err(error) => {
            Err(fault::failed("cannot read the list of published files", &path, &error))
        }
    }
}
