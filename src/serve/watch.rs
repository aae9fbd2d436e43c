//! Notices what changes in the site's folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{
    Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher,
};

use crate::diagnostic::Diagnostics;
use crate::parallel;
use crate::source::{CONTENT, Folder, STATIC, Stamp, TEMPLATES};

/// How long nothing must have changed before what changed is looked at. Programs
/// save a file in several steps, which lie closer together.
const QUIET: Duration = Duration::from_millis(8);
/// The same after many changes, such as those of a checkout, whose files follow
/// each other more slowly.
const QUIET_AFTER_MANY: Duration = Duration::from_millis(150);
/// How many paths are many.
const MANY: usize = 20;
/// How long changes without end are waited for.
const MOST: Duration = Duration::from_secs(30);
/// How long it is from one look over a folder to the next, where the system does
/// not tell of changes.
const POLL: Duration = Duration::from_millis(500);

/// What has changed, as far as is known.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// The paths of files and folders, and whether another file or folder may stand
    /// there now.
    pub(super) paths: BTreeMap<PathBuf, bool>,
    /// Whether anything else may have changed too.
    pub(super) is_unsure: bool,
}

/// Watches a site's folder as long as it lives.
pub(super) struct Watch {
    /// The watcher; none if the folder is looked over again and again.
    watcher: Option<RecommendedWatcher>,
    /// The site's folder.
    root: PathBuf,
    /// Its number on its disk.
    number: Option<u64>,
}

impl Watch {
    /// Begins to watch.
    pub(super) fn begin(root: &Path, signals: &Sender<Changes>) -> notify::Result<Self> {
        let signals = signals.clone();
        let send = move |event| {
            let changes = Changes::of(event);
            if !changes.is_empty() {
                // Nobody listens any more when the program ends.
                drop(signals.send(changes));
            }
        };
        let watcher = RecommendedWatcher::new(send, Config::default())?;
        let mut watch =
            Self { watcher: Some(watcher), root: root.to_owned(), number: number(root) };
        watch.look_into("", RecursiveMode::NonRecursive)?;
        for folder in [CONTENT, STATIC, TEMPLATES] {
            watch.look_into(folder, RecursiveMode::Recursive)?;
        }
        Ok(watch)
    }

    /// Looks a site over again and again, as is needed on disks of a network, which
    /// do not tell of changes. `others` are the files beside the folders.
    pub(super) fn poll(
        root: &Path,
        others: [String; 2],
        signals: &Sender<Changes>,
    ) -> Self {
        let (folder, signals) = (root.to_owned(), signals.clone());
        // Before the site is read, so that no change is missed.
        let mut known = stamps(&folder, &others);
        // It ends with the program.
        drop(thread::spawn(move || {
            loop {
                thread::sleep(POLL);
                let now = stamps(&folder, &others);
                let changes = differences(&folder, &known, &now);
                known = now;
                if !changes.is_empty() && signals.send(changes).is_err() {
                    return;
                }
            }
        }));
        Self { watcher: None, root: root.to_owned(), number: None }
    }

    /// Whether another folder stands in the place of the one that is watched.
    pub(super) fn is_lost(&mut self) -> bool {
        let now = number(&self.root);
        // Where there is none now, each that comes is another.
        self.number = self.number.filter(|_| now.is_some());
        self.watcher.is_some() && now.is_some() && now != self.number
    }

    /// Watches folders again that were made anew or put in place of others.
    pub(super) fn follow(&mut self, changes: &Changes) {
        if changes.paths.get(&self.root) == Some(&true) {
            // It was removed, and the number may be given to another.
            self.number = None;
        }
        for folder in [CONTENT, STATIC, TEMPLATES] {
            let path = self.root.join(folder);
            if let (Some(watcher), true) =
                (&mut self.watcher, changes.paths.get(&path) == Some(&true))
            {
                drop(watcher.unwatch(&path));
                // A folder that is gone again says so by another change.
                drop(self.look_into(folder, RecursiveMode::Recursive));
            }
        }
    }

    /// Watches a folder of the site, if it is there.
    fn look_into(&mut self, folder: &str, mode: RecursiveMode) -> notify::Result<()> {
        let path = self.root.join(folder);
        match &mut self.watcher {
            Some(watcher) if path.is_dir() => watcher.watch(&path, mode),
            _ => Ok(()),
        }
    }
}

/// The number of a folder on its disk; none if there is no folder.
fn number(folder: &Path) -> Option<u64> {
    folder.metadata().ok().map(|found| Stamp::of(&found).number)
}

/// The files of a site, each with the state in which it stands.
type Stamps = BTreeMap<Arc<str>, Option<Stamp>>;

/// The files of a site, and beside them others.
fn stamps(root: &Path, others: &[String; 2]) -> Stamps {
    let Ok(folder) = Folder::open(root) else { return Stamps::new() };
    // What is wrong with them is found by the desk.
    let sources = folder.scan(&mut Diagnostics::new());
    let others = others.iter().map(|file| Arc::from(file.as_str()));
    let files = [sources.content, sources.static_files, sources.templates];
    let files: Vec<Arc<str>> = files.into_iter().flatten().chain(others).collect();
    let stamps = parallel::map(&files, |file| folder.stamp(file));
    files.into_iter().zip(stamps).collect()
}

/// What is not as it was.
fn differences(root: &Path, known: &Stamps, now: &Stamps) -> Changes {
    let changed = now.iter().filter(|(file, stamp)| known.get(*file) != Some(stamp));
    let gone = known.iter().filter(|(file, _)| !now.contains_key(*file));
    let paths = changed.chain(gone).map(|(file, _)| (root.join(&**file), true));
    Changes { paths: paths.collect(), is_unsure: false }
}

/// Whether a watcher failed because the system watches no more files for one user.
pub(super) fn is_exhausted(error: &notify::Error) -> bool {
    matches!(error.kind, ErrorKind::MaxFilesWatch)
}

/// Waits for changes, and for their end by a clock; `None` when nobody watches any
/// more.
pub(super) fn wait(
    signals: &Receiver<Changes>,
    running: fn() -> Duration,
) -> Option<Changes> {
    let mut changes = signals.recv().ok()?;
    let begun = running();
    while running().saturating_sub(begun) < MOST {
        let is_many = changes.paths.len() > MANY;
        let quiet = if is_many { QUIET_AFTER_MANY } else { QUIET };
        match signals.recv_timeout(quiet) {
            Ok(more) => changes.add(more),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    Some(changes)
}

impl Changes {
    /// Anything may have changed.
    pub(super) fn unsure() -> Self {
        Self { is_unsure: true, ..Self::default() }
    }

    /// What a watcher tells.
    fn of(event: notify::Result<Event>) -> Self {
        let Ok(event) = event else {
            return Self::unsure();
        };
        let is_moved = match event.kind {
            // To read a file is no change.
            EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write) => {
                return Self::default();
            }
            EventKind::Access(_) => false,
            EventKind::Modify(kind) => matches!(kind, ModifyKind::Name(_)),
            _ => true,
        };
        let is_unsure = event.need_rescan();
        let paths = event.paths.into_iter().map(|path| (path, is_moved)).collect();
        Self { paths, is_unsure }
    }

    /// Whether nothing has changed.
    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.is_unsure
    }

    /// Adds other changes.
    pub(super) fn add(&mut self, others: Self) {
        self.is_unsure |= others.is_unsure;
        for (path, is_moved) in others.paths {
            *self.paths.entry(path).or_default() |= is_moved;
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make and remove files")]
mod tests {
    use std::fs;
    use std::sync::mpsc::channel;

    use notify::event::{CreateKind, Flag};

    use super::*;

    #[test]
    fn changes_that_follow_each_other_are_one() {
        let (send, signals) = channel();
        for n in 0..20_000 {
            let event = Event::new(EventKind::Create(CreateKind::File));
            let event = event.add_path(PathBuf::from(n.to_string()));
            send.send(Changes::of(Ok(event))).unwrap();
        }
        let wait = || wait(&signals, || Duration::ZERO);
        let changes = wait().unwrap();
        assert_eq!(changes.paths.len(), 20_000);
        assert!(!changes.is_unsure);
        let event = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        send.send(Changes::of(Ok(event))).unwrap();
        assert!(wait().unwrap().is_unsure);
        drop(send);
        assert!(wait().is_none());
    }

    #[test]
    fn that_a_file_was_read_is_no_change() {
        for kind in [
            AccessKind::Open(AccessMode::Any),
            AccessKind::Close(AccessMode::Read),
            AccessKind::Read,
        ] {
            let event = Event::new(EventKind::Access(kind)).add_path(PathBuf::from("a"));
            assert!(Changes::of(Ok(event)).is_empty(), "{kind:?}");
        }
    }

    #[test]
    fn files_that_changed_came_and_went_are_told_apart_from_others() {
        let site = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| {
            let path = site.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        for file in ["content/a.md", "content/b.md", "content/c.md", "config.toml"] {
            write(file, "1");
        }
        let others = ["config.toml".to_owned(), "register.txt".to_owned()];
        let known = stamps(site.path(), &others);
        assert!(
            differences(site.path(), &known, &stamps(site.path(), &others)).is_empty()
        );
        write("content/a.md", "22");
        write("content/new/d.md", "1");
        write("register.txt", "1");
        fs::remove_file(site.path().join("content/c.md")).unwrap();
        let changes = differences(site.path(), &known, &stamps(site.path(), &others));
        let found: Vec<_> = changes.paths.keys().collect();
        let expected =
            ["content/a.md", "content/c.md", "content/new/d.md", "register.txt"];
        let expected: Vec<_> = expected.map(|file| site.path().join(file)).into();
        assert_eq!(found, expected.iter().collect::<Vec<_>>());
    }
}
