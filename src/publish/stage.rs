//! A build's files on their way to the output.
//!
//! The stage decides for each file whether it must be written, and it decides
//! the moment of the commit. The steps of a commit are made by `changes` and
//! taken by `journal`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::Diagnostic;
use crate::parallel;
use crate::publish::changes::{Changes, Given};
use crate::publish::journal::{Journal, Refused, Watch};
use crate::publish::staging::{self, Staging};
use crate::publish::survey::{Claim, Found, Kind, Survey};
use crate::publish::{Published, Same, Unknown, compare, fault, manifest, paths};
use crate::source::Stamp;

/// The files of one build, staged beside the output.
///
/// Files are added by many threads at once. Nothing of the output changes
/// before [`Stage::commit`]; a stage that is dropped leaves no trace.
#[derive(Debug)]
pub struct Stage {
    /// The output folder, which is no link.
    output: PathBuf,
    /// What becomes of files that are not ours.
    unknown: Unknown,
    /// What becomes of files that are as they should be.
    same: Same,
    /// The staging folder, held by this run.
    staging: Staging,
    /// Where staged files stand.
    files: PathBuf,
    /// What stood in the output when the stage was opened.
    survey: Survey,
    /// The paths of staged files at which nothing stood.
    fresh: Mutex<BTreeSet<Box<str>>>,
    /// Whether a file could not be staged, so that nothing may be committed.
    has_failed: AtomicBool,
}

impl Stage {
    /// Opens a stage for an output folder, which may be missing. A commit that
    /// an earlier run decided is finished first.
    pub fn open(
        output: &Path,
        unknown: Unknown,
        same: Same,
    ) -> Result<Self, Vec<Diagnostic>> {
        Self::open_one(output, unknown, same).map_err(|fault| vec![fault])
    }

    /// Opens a stage; there is one thing at a time that can be wrong.
    fn open_one(output: &Path, unknown: Unknown, same: Same) -> Result<Self, Diagnostic> {
        let output = resolve(output)?;
        let staging = Staging::hold(&output)?;
        let survey = recover(&staging, &output).and_then(|()| {
            let survey = Survey::take(&output, unknown)?;
            let files = staging.files();
            fs::create_dir(&files).map_err(|error| {
                fault::failed("cannot make the staging folder", &files, &error)
            })?;
            Ok(survey)
        });
        match survey {
            Ok(survey) => Ok(Self {
                output,
                unknown,
                same,
                files: staging.files(),
                staging,
                survey,
                fresh: Mutex::default(),
                has_failed: AtomicBool::new(false),
            }),
            Err(fault) => {
                staging.end();
                Err(fault)
            }
        }
    }

    /// Stages a file. The path is relative to the output, with `/` between its
    /// parts. The stamp is that of the file as it will stand in the output.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<Stamp, Diagnostic> {
        self.noted(not_the_list(path).and_then(|()| self.put_bytes(path, bytes)))
    }

    /// Stages a copy of a file, however large it is.
    pub fn copy(&self, path: &str, from: &Path) -> Result<Stamp, Diagnostic> {
        self.noted(not_the_list(path).and_then(|()| self.put_copy(path, from)))
    }

    /// Whether the file that stands in the output is the one that this stamp was taken
    /// of, and may stay.
    pub fn has(&self, path: &str, stamp: &Stamp) -> bool {
        self.unchanged(path, stamp).is_some()
    }

    /// Keeps the file that stands in the output, if it is the one that this stamp
    /// was taken of; says whether it is. One that is not is still to be staged.
    pub fn keep(&self, path: &str, stamp: &Stamp) -> Result<bool, Diagnostic> {
        let Some(found) = self.unchanged(path, stamp) else { return Ok(false) };
        if !found.take() {
            return self.noted(Err(fault::twice(&self.output.join(path))));
        }
        found.keep();
        Ok(true)
    }

    /// The file of ours that stands in the output, if it may stay and is the one that
    /// this stamp was taken of.
    fn unchanged(&self, path: &str, stamp: &Stamp) -> Option<&Found> {
        let found = self.survey.find(path).filter(|found| {
            self.same == Same::Keep && found.is_ours && found.kind == Kind::File
        })?;
        let there = fs::symlink_metadata(self.output.join(path)).ok()?;
        (written(&there) == *stamp).then_some(found)
    }

    /// Makes an empty file on the disk of the output, for the time of the work: it has
    /// no name and is gone when it is closed.
    pub fn scratch(&self) -> io::Result<File> {
        tempfile::tempfile_in(self.staging.folder())
    }

    /// Makes the output what has been staged: all of it, or nothing.
    pub fn commit(self) -> Result<Published, Vec<Diagnostic>> {
        self.commit_watched(&mut || {})
    }

    /// Commits, and tells `watch` of every moment at which a run may die.
    pub(super) fn commit_watched(
        &self,
        watch: Watch<'_>,
    ) -> Result<Published, Vec<Diagnostic>> {
        if self.has_failed.load(Ordering::Relaxed) {
            return Err(vec![fault::incomplete(&self.output)]);
        }
        self.put_list().map_err(|fault| vec![fault])?;
        let fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        self.check_still_fresh(&fresh)?;
        let changes = Changes::find(Given {
            survey: &self.survey,
            fresh: &fresh,
            unknown: self.unknown,
            output: &self.output,
        })?;
        if changes.is_nothing() {
            return Ok(changes.published);
        }
        let done = if self.survey.is_vacant && self.staging.is_beside {
            self.move_whole(watch)
        } else {
            self.move_steps(&changes.journal(), watch)
        };
        done.map(|()| changes.published).map_err(|fault| vec![fault])
    }

    /// Remembers that a file could not be staged.
    fn noted<T>(&self, put: Result<T, Diagnostic>) -> Result<T, Diagnostic> {
        if put.is_err() {
            self.has_failed.store(true, Ordering::Relaxed);
        }
        put
    }

    /// Stages bytes.
    fn put_bytes(&self, path: &str, bytes: &[u8]) -> Result<Stamp, Diagnostic> {
        let length = bytes.len() as u64;
        self.put(
            path,
            |target| compare::has_content(target, length, bytes),
            |mut staged| staged.write_all(bytes),
        )
    }

    /// Stages a copy of a file. The copy gets the usual permissions of a new
    /// file, so that a private source is readable once it is published.
    fn put_copy(&self, path: &str, from: &Path) -> Result<Stamp, Diagnostic> {
        let unreadable = |error: io::Error| fault::unreadable(from, &error);
        let source = File::open(from).map_err(unreadable)?;
        let length = source.metadata().map_err(unreadable)?.len();
        self.put(
            path,
            |target| compare::has_content(target, length, &source),
            |mut staged| {
                (&source).rewind()?;
                io::copy(&mut &source, &mut staged).map(drop)
            },
        )
    }

    /// Stages a file, unless the output has it already.
    fn put(
        &self,
        path: &str,
        is_content_of: impl FnOnce(&Path) -> io::Result<bool>,
        fill: impl FnOnce(&File) -> io::Result<()>,
    ) -> Result<Stamp, Diagnostic> {
        if let Some(why) = paths::objection(path) {
            return Err(fault::bad_path(path, why));
        }
        let target = self.output.join(path);
        let found = self.claim(path, &target)?;
        // A file that cannot be read is replaced like one that differs.
        if let Some(found) = found
            && self.same == Same::Keep
            && found.kind == Kind::File
            && is_content_of(&target).unwrap_or(false)
            && let Ok(there) = fs::symlink_metadata(&target)
        {
            found.keep();
            return Ok(written(&there));
        }
        let put = || {
            let staged = self.make(path)?;
            fill(&staged)?;
            Ok(written(&staged.metadata()?))
        };
        put().map_err(|error| fault::failed("cannot write a file", &target, &error))
    }

    /// Claims a path for a file, and returns what stands there.
    fn claim(&self, path: &str, target: &Path) -> Result<Option<&Found>, Diagnostic> {
        let found = self.survey.find(path);
        if let Some(in_question) = found.or_else(|| self.survey.obstacle(path)) {
            self.admit(in_question)?;
        }
        let is_first = if let Some(found) = found {
            found.take()
        } else {
            let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
            fresh.insert(path.into())
        };
        if is_first { Ok(found) } else { Err(fault::twice(target)) }
    }

    /// Checks that an entry of the output may give way to a file of the site.
    fn admit(&self, found: &Found) -> Result<(), Diagnostic> {
        let may_go = match found.kind {
            // What stands in the folder is looked at when all claims are known.
            Kind::Folder => true,
            Kind::Closed => false,
            Kind::File | Kind::Other => found.is_ours || self.unknown != Unknown::Refuse,
        };
        if may_go {
            Ok(())
        } else {
            Err(fault::in_the_way(&self.output.join(found.shown())))
        }
    }

    /// Makes an empty staged file, and the folder for it.
    fn make(&self, path: &str) -> io::Result<File> {
        let is_page = path.ends_with("/index.html");
        let path = self.files.join(path);
        // Most pages have a folder of their own, which is not there yet.
        if is_page && fs::create_dir(paths::parent(&path)).is_ok() {
            return File::create_new(&path);
        }
        match File::create_new(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(paths::parent(&path))?;
                File::create_new(&path)
            }
            made => made,
        }
    }

    /// Stages the list of files.
    fn put_list(&self) -> Result<(), Diagnostic> {
        let text = {
            let fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
            let is_claimed = |found: &&Found| found.claim() != Claim::Free;
            let kept = self.survey.entries.iter().filter(is_claimed);
            let mut listed: Vec<&str> = kept
                .map(|found| &*found.path)
                .chain(fresh.iter().map(|p| &**p))
                .collect();
            listed.sort_unstable();
            manifest::write(&listed)
        };
        self.put_bytes(manifest::PATH, text.as_bytes()).map(drop)
    }

    /// Checks that nobody put a file where nothing stood when the stage was
    /// opened; a build can take long.
    fn check_still_fresh(
        &self,
        fresh: &BTreeSet<Box<str>>,
    ) -> Result<(), Vec<Diagnostic>> {
        // Into an output that was vacant, the one rename fails by itself.
        if self.survey.is_vacant || self.unknown != Unknown::Refuse {
            return Ok(());
        }
        let targets: Vec<_> =
            fresh.iter().map(|path| self.output.join(&**path)).collect();
        let is_taken = |target: &PathBuf| {
            fs::symlink_metadata(target).is_ok_and(|found| !found.is_dir())
        };
        let taken = parallel::map(&targets, is_taken);
        let faults: Vec<_> = (targets.iter().zip(taken))
            .filter(|(_, is_taken)| *is_taken)
            .map(|(target, _)| fault::in_the_way(target))
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// Commits into an output that is missing or empty, by one rename.
    fn move_whole(&self, watch: Watch<'_>) -> Result<(), Diagnostic> {
        let cannot = |error: io::Error| {
            fault::failed("cannot put the output folder in place", &self.output, &error)
        };
        let files = self.staging.files();
        if let Ok(found) = fs::metadata(&self.output) {
            fs::set_permissions(&files, found.permissions()).map_err(cannot)?;
        }
        watch();
        self.staging.sync_disk().map_err(cannot)?;
        if cfg!(windows) {
            // There a folder is not moved over an empty one.
            drop(fs::remove_dir(&self.output));
        }
        watch();
        fs::rename(&files, &self.output).map_err(cannot)?;
        watch();
        staging::sync_folder(paths::parent(&self.output)).map_err(cannot)
    }

    /// Commits step by step, with a journal.
    fn move_steps(&self, journal: &Journal, watch: Watch<'_>) -> Result<(), Diagnostic> {
        journal.check_folders(&self.output)?;
        self.decide(journal, watch).map_err(|error| {
            fault::failed("cannot write the journal", &self.staging.journal(), &error)
        })?;
        finish(&self.staging, &self.output, journal, watch)
    }

    /// Brings the stage and the journal to the disk. If that fails, the output
    /// stays as it is.
    fn decide(&self, journal: &Journal, watch: Watch<'_>) -> io::Result<()> {
        let (new, decided) = (self.staging.new_journal(), self.staging.journal());
        watch();
        fs::write(&new, journal.text())?;
        watch();
        self.staging.sync_disk()?;
        fs::rename(&new, &decided)?;
        watch();
        staging::sync_folder(self.staging.folder()).or_else(|error| {
            fs::remove_file(&decided)?;
            Err(error)
        })
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.staging.end();
    }
}

/// Finishes a commit that an earlier run decided, if there is one, whatever
/// becomes of this run.
pub fn finish_earlier(output: &Path) -> Result<(), Diagnostic> {
    if !staging::is_unfinished(output) {
        return Ok(());
    }
    let output = resolve(output)?;
    let staging = Staging::hold(&output)?;
    let done = recover(&staging, &output);
    staging.end();
    done
}

/// Finishes what an earlier run decided, or discards what it staged.
fn recover(staging: &Staging, output: &Path) -> Result<(), Diagnostic> {
    let path = staging.journal();
    match fs::read(&path) {
        Ok(bytes) => {
            let journal = String::from_utf8(bytes).ok().and_then(Journal::read);
            let journal =
                journal.ok_or_else(|| fault::bad_journal(&path, staging.folder()))?;
            finish(staging, output, &journal, &mut || {})?;
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => {
            return Err(fault::failed("cannot read the journal", &path, &error));
        }
    }
    staging.discard().map_err(|error| {
        let what = "cannot remove what an interrupted build left";
        fault::failed(what, staging.folder(), &error)
    })
}

/// Takes the steps of a journal and removes it.
fn finish(
    staging: &Staging,
    output: &Path,
    journal: &Journal,
    watch: Watch<'_>,
) -> Result<(), Diagnostic> {
    let removed = |error| {
        let (what, path) = ("cannot close the journal", staging.journal());
        interrupted(&Refused { what, path, error })
    };
    journal
        .roll_forward(&staging.files(), output, watch)
        .map_err(|refused| interrupted(&refused))?;
    watch();
    staging.sync_disk().map_err(removed)?;
    fs::remove_file(staging.journal()).map_err(removed)?;
    watch();
    Ok(())
}

/// What the system refused in the middle of a commit.
fn interrupted(refused: &Refused) -> Diagnostic {
    fault::failed(refused.what, &refused.path, &refused.error)
        .note("the output holds files of two builds; the next build finishes the work")
}

/// The output folder without links and without a name that says nothing.
fn resolve(output: &Path) -> Result<PathBuf, Diagnostic> {
    let cannot = |error| fault::failed("cannot find the output folder", output, &error);
    // Without a slash at the end, which would lead through a link.
    let output: &Path = &output.components().collect::<PathBuf>();
    let found = match fs::symlink_metadata(output) {
        Ok(found) => Some(found),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(cannot(error)),
    };
    // A path such as `..` has no name of its own.
    let is_named = output.file_name().is_some();
    let resolved: PathBuf = match found {
        Some(found) if found.is_symlink() || !is_named => {
            match fs::canonicalize(output) {
                Ok(resolved) => resolved,
                Err(error) => return Err(cannot(error)),
            }
        }
        None if !is_named => {
            return Err(fault::bad_output(output, "there is no such folder"));
        }
        _ => output.to_path_buf(),
    };
    match fs::metadata(&resolved) {
        Ok(found) if !found.is_dir() => {
            Err(fault::bad_output(output, "it is a file, not a folder"))
        }
        _ if resolved.file_name().is_none() => {
            Err(fault::bad_output(output, "it is the root of the disk"))
        }
        _ => Ok(resolved),
    }
}

/// The stamp of a file that was written. Moving it to its place changes when
/// anything of it was changed, and nothing else.
fn written(there: &fs::Metadata) -> Stamp {
    Stamp { changed: 0, ..Stamp::of(there) }
}

/// Checks that a file of the site is not at the path of the list of files.
fn not_the_list(path: &str) -> Result<(), Diagnostic> {
    if path == manifest::PATH {
        return Err(fault::bad_path(path, "that is where the list of files stands"));
    }
    Ok(())
}
