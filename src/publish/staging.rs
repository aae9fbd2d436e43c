//! The staging folder: where it stands, who holds it, and its end.
//!
//! This is the door to `rustix`, for the sync of a whole file system. What is
//! staged, and whether a journal is due, is decided elsewhere.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::publish::{fault, paths};

/// The name of a complete journal.
const JOURNAL: &str = "journal";
/// How often the lock is asked for, if runs that end remove it under our hands.
const LOCK_ATTEMPTS: usize = 100;

/// The staging folder of an output, held by this run.
#[derive(Debug)]
pub(super) struct Staging {
    /// The folder itself.
    folder: PathBuf,
    /// Whether it stands beside the output, so that it can become the output.
    pub(super) is_beside: bool,
    /// The folders above the output that this run made, the outermost first.
    made: Vec<PathBuf>,
    /// The lock, held as long as this value lives.
    _lock: File,
}

impl Staging {
    /// Takes hold of the staging folder of an output.
    pub(super) fn hold(output: &Path) -> Result<Self, Diagnostic> {
        let above = paths::parent(output);
        let made = make_folders(above)
            .map_err(|error| fault::failed("cannot make a folder", above, &error))?;
        let is_beside = !is_mount(output, above);
        let [beside, inside] = places(output);
        let folder = if is_beside { beside } else { inside };
        match take_lock(&folder) {
            Ok(Some(lock)) => Ok(Self { folder, is_beside, made, _lock: lock }),
            Ok(None) => Err(fault::busy(output)),
            Err(error) => {
                remove_folders(&made);
                Err(fault::failed("cannot make the staging folder", &folder, &error))
            }
        }
    }

    /// The folder itself.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where staged files stand.
    pub(super) fn files(&self) -> PathBuf {
        self.folder.join("files")
    }

    /// The journal of a commit that is decided.
    pub(super) fn journal(&self) -> PathBuf {
        self.folder.join(JOURNAL)
    }

    /// A journal that is being written.
    pub(super) fn new_journal(&self) -> PathBuf {
        self.folder.join("journal.new")
    }

    /// Removes what is staged, and a journal that is not complete.
    pub(super) fn discard(&self) -> io::Result<()> {
        if_there(fs::remove_file(self.new_journal()))?;
        if_there(fs::remove_dir_all(self.files()))
    }

    /// Ends the stage: discards what is staged and removes the folder, and the
    /// folders above that were made for it and are of no use. Nothing is done
    /// while a journal stands, and what cannot be removed is left to the next
    /// run.
    pub(super) fn end(&self) {
        let journal = fs::symlink_metadata(self.journal());
        let is_undecided =
            journal.is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
        if !is_undecided || self.discard().is_err() {
            return;
        }
        // The lock goes last of the files, while it is held: whoever makes the
        // next one finds a folder without a stage.
        if fs::remove_file(self.folder.join("lock")).is_ok() {
            drop(fs::remove_dir(&self.folder));
            remove_folders(&self.made);
        }
    }

    /// Waits until everything written to the file system is on the disk.
    pub(super) fn sync_disk(&self) -> io::Result<()> {
        sync_disk(&self.folder)
    }
}

/// Where the staging folder of an output can stand: beside it and inside it.
fn places(output: &Path) -> [PathBuf; 2] {
    let mut hidden = OsString::from(".");
    hidden.push(output.file_name().unwrap_or_default());
    hidden.push(".pressmark");
    [paths::parent(output).join(hidden), output.join(paths::INNER_STAGING)]
}

/// Whether a commit into this output was decided and is not complete, so that
/// the next run will finish it.
pub fn is_unfinished(output: &Path) -> bool {
    let output = output.canonicalize().unwrap_or_else(|_| output.to_owned());
    places(&output).iter().any(|folder| folder.join(JOURNAL).exists())
}

/// Asks the system whether files may be made in a folder and taken out of it.
#[cfg(unix)]
pub(super) fn may_change(folder: &Path) -> io::Result<()> {
    let wanted = rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK;
    Ok(rustix::fs::access(folder, wanted)?)
}

/// Other systems are not asked.
#[cfg(not(unix))]
pub(super) fn may_change(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Waits until the entries of a folder are on the disk.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Other systems do not open folders; there a power cut is not provided for.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Waits until everything written to the file system of a folder is on the disk.
#[cfg(target_os = "linux")]
fn sync_disk(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// Waits until everything written to any file system is on the disk.
#[cfg(all(unix, not(target_os = "linux")))]
fn sync_disk(_folder: &Path) -> io::Result<()> {
    rustix::fs::sync();
    Ok(())
}

/// Does nothing; here a power cut is not provided for.
#[cfg(not(unix))]
fn sync_disk(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes a folder and those above it, and says which are new.
fn make_folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let is_missing = |path: &&Path| *path != Path::new("") && !path.exists();
    let mut missing: Vec<_> =
        folder.ancestors().take_while(is_missing).map(Path::to_path_buf).collect();
    missing.reverse();
    fs::create_dir_all(folder)?;
    Ok(missing)
}

/// Removes folders that are empty, the innermost first.
fn remove_folders(made: &[PathBuf]) {
    for folder in made.iter().rev() {
        drop(fs::remove_dir(folder));
    }
}

/// Whether nothing can be moved into the output from the folder above it.
fn is_mount(output: &Path, above: &Path) -> bool {
    // The system compares the mounts before it looks for the file, and there is
    // no such file: nothing is ever moved.
    let probe = ".pressmark-probe-of-the-mount";
    match fs::rename(above.join(probe), output.join(probe)) {
        Err(error) => error.kind() == io::ErrorKind::CrossesDevices,
        Ok(()) => false,
    }
}

/// Makes the folder and takes its lock; none if another run holds it.
fn take_lock(folder: &Path) -> io::Result<Option<File>> {
    let path = folder.join("lock");
    for _ in 0..LOCK_ATTEMPTS {
        make_staging(folder)?;
        let mut options = File::options();
        let lock = match options.create(true).truncate(false).write(true).open(&path) {
            Ok(lock) => lock,
            // The run that held it removed the folder in between.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            // On a file system without locks two runs are not kept apart.
            Err(TryLockError::Error(error))
                if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
        if is_still_at(&lock, &path) {
            return Ok(Some(lock));
        }
    }
    Ok(None)
}

/// Makes the staging folder, which must not be a link.
fn make_staging(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            match fs::symlink_metadata(folder) {
                Ok(found) if !found.is_dir() => Err(io::ErrorKind::NotADirectory.into()),
                _ => Ok(()),
            }
        }
        made => made,
    }
}

/// Whether an open file is the one at this path, not one removed since.
#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Whether something stands at this path; a locked file is not removed here.
#[cfg(not(unix))]
fn is_still_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

/// Takes it for done that something which is not there was not removed.
fn if_there(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}
