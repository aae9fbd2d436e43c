//! The folder or zip file with the pictures and files that pieces show.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use crate::publish::{self, Draft};
use crate::source;

/// Where files are at hand.
#[derive(Debug)]
pub(super) enum Uploads {
    /// A folder.
    Folder(PathBuf),
    /// A zip file.
    Zip(PathBuf),
}

impl Uploads {
    /// What stands at a path.
    pub(super) fn at(path: &Path) -> Self {
        if path.is_dir() {
            Self::Folder(path.to_owned())
        } else {
            Self::Zip(path.to_owned())
        }
    }

    /// The files, as paths with `/` between their parts; of what cannot be read,
    /// nothing.
    pub(super) fn list(&self) -> Vec<String> {
        match self {
            Self::Folder(folder) => source::list(folder),
            Self::Zip(file) => {
                let archive = open(file);
                let names = archive.iter().flat_map(ZipArchive::file_names).flatten();
                let names = names.filter(|name| !name.ends_with('/'));
                let mut names: Vec<_> = names.map(Cow::into_owned).collect();
                names.sort_unstable();
                names
            }
        }
    }

    /// Copies a file to a place where none stands; whether none did.
    pub(super) fn copy(&self, file: &str, to: &Path) -> io::Result<bool> {
        match self {
            Self::Folder(folder) => publish::copy_new(&folder.join(file), to),
            Self::Zip(archive) => {
                if to.symlink_metadata().is_ok() {
                    return Ok(false);
                }
                let mut archive = open(archive)?;
                let mut entry = archive.by_name(file).map_err(io::Error::other)?;
                let mut draft = Draft::begin(to)?;
                io::copy(&mut entry, &mut draft)?;
                draft.finish().map(|()| true)
            }
        }
    }

    /// The bytes of a file.
    pub(super) fn read(&self, file: &str) -> io::Result<Vec<u8>> {
        match self {
            Self::Folder(folder) => source::read_any(&folder.join(file)),
            Self::Zip(archive) => {
                let mut archive = open(archive)?;
                let mut entry = archive.by_name(file).map_err(io::Error::other)?;
                let mut bytes = Vec::new();
                entry.read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

/// Opens a zip file.
fn open(path: &Path) -> io::Result<ZipArchive<File>> {
    ZipArchive::new(source::open_any(path)?).map_err(io::Error::other)
}
