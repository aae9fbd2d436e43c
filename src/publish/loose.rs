//! Writes files that are no part of a built site: those that an import makes.
//!
//! A file appears whole or not at all, with the folders above it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::publish::paths;

/// A file that is being written and takes its place when it is done.
pub struct Draft {
    /// The file beside its place.
    staged: BufWriter<NamedTempFile>,
    /// Its place.
    path: PathBuf,
}

impl Draft {
    /// Begins a file.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let folder = paths::parent(path);
        fs::create_dir_all(folder)?;
        let mut builder = tempfile::Builder::new();
        // As readable as any new file: the system takes away what it must.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let staged = builder.prefix(".pressmark-").tempfile_in(folder)?;
        Ok(Self { staged: BufWriter::new(staged), path: path.to_owned() })
    }

    /// Puts the file in its place, also if one stands there.
    pub fn finish(self) -> io::Result<()> {
        let staged = self.staged.into_inner().map_err(io::IntoInnerError::into_error)?;
        staged.persist(&self.path).map(drop).map_err(|error| error.error)
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.staged.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.staged.flush()
    }
}

/// Writes a file whole, also if one stands there.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut draft = Draft::begin(path)?;
    draft.write_all(bytes)?;
    draft.finish()
}

/// Writes a file where none stands. If the program is killed meanwhile, the file can
/// be left empty.
pub fn put_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let open = || OpenOptions::new().write(true).create_new(true).open(path);
    let file = match open() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(paths::parent(path))?;
            open()
        }
        other => other,
    };
    file?.write_all(bytes)
}

/// Adds bytes to the end of a file.
pub fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(paths::parent(path))?;
    OpenOptions::new().create(true).append(true).open(path)?.write_all(bytes)
}

/// Copies a file to a place where none stands; whether none did.
pub fn copy_new(from: &Path, to: &Path) -> io::Result<bool> {
    if fs::symlink_metadata(to).is_ok() {
        return Ok(false);
    }
    let mut draft = Draft::begin(to)?;
    io::copy(&mut File::open(from)?, &mut draft)?;
    draft.finish().map(|()| true)
}

/// Removes a file.
pub fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}
