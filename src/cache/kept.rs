//! What a process that reads a site again and again keeps of its files.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::cache::{Cache, read_item, write_item};
use crate::content::{Article, Item, Memory, Seen, Text};
use crate::hash::FixedMap;
use crate::names::Interner;
use crate::parallel;
use crate::source::{Folder, Stamp};

/// What was read of files, in memory. A file that was not [forgotten](Kept::forget)
/// is not even looked at.
#[derive(Debug, Default)]
pub struct Kept {
    /// What is known of each file: its stamp, and what was read.
    files: RwLock<FixedMap<Arc<str>, Known>>,
    /// What was read since, which counts once it is settled.
    fresh: Mutex<Vec<(Arc<str>, Known)>>,
}

/// The stamp of a file, and what was read of it.
type Known = (Stamp, Box<[u8]>);

impl Kept {
    /// Forgets a file that may have changed.
    pub fn forget(&self, file: &str) {
        self.files.write().unwrap_or_else(PoisonError::into_inner).remove(file);
    }

    /// Forgets every file whose stamp is not that of the file any more, and those
    /// that are gone.
    pub fn check(&self, folder: &Folder) {
        let mut files = self.files.write().unwrap_or_else(PoisonError::into_inner);
        files.retain(|file, (stamp, _)| folder.stamp(file) == Some(*stamp));
    }

    /// Forgets everything, because files mean something else now.
    pub fn clear(&self) {
        self.files.write().unwrap_or_else(PoisonError::into_inner).clear();
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Lets what was read count from now on.
    pub fn settle(&self) {
        let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        let mut files = self.files.write().unwrap_or_else(PoisonError::into_inner);
        files.extend(fresh.drain(..));
    }

    /// Takes note of an article that was read again. If it says what it said but for
    /// its text and its summary, which is mostly taken from the text, that is
    /// handed out; else the file is forgotten.
    pub fn renew(
        &self,
        file: &Arc<str>,
        stamp: Stamp,
        article: Article,
        names: &Interner,
    ) -> Option<(Text, Box<str>)> {
        let before = self.item(file, names);
        self.forget(file);
        let Some(Item::Article(mut before)) = before else { return None };
        let said = (article.text, article.summary.clone());
        (before.text, before.summary) = said.clone();
        let before = write_item(Vec::new(), &mut Item::Article(before), names)?;
        let now = write_item(Vec::new(), &mut Item::Article(Box::new(article)), names)?;
        if before != now {
            return None;
        }
        let mut files = self.files.write().unwrap_or_else(PoisonError::into_inner);
        files.insert(Arc::clone(file), (stamp, now.into()));
        Some(said)
    }

    /// What was read of a file; `None` if nothing is known of it.
    pub fn item(&self, file: &Arc<str>, names: &Interner) -> Option<Item> {
        let files = self.files.read().unwrap_or_else(PoisonError::into_inner);
        let (stamp, bytes) = files.get(file)?;
        read_item(bytes, Seen { path: file, stamp: Some(*stamp) }, names)
    }
}

impl Memory for Kept {
    fn stamp(&self, folder: &Folder, file: &Arc<str>) -> Option<Stamp> {
        let files = self.files.read().unwrap_or_else(PoisonError::into_inner);
        let known = files.get(file).map(|(stamp, _)| *stamp);
        known.or_else(|| folder.stamp(file))
    }

    fn recall(&self, files: &[Seen<'_>], names: &Interner) -> Vec<Option<Item>> {
        let known = self.files.read().unwrap_or_else(PoisonError::into_inner);
        parallel::map(files, |file| {
            let (stamp, bytes) = known.get(file.path)?;
            if file.stamp != Some(*stamp) {
                return None;
            }
            read_item(bytes, *file, names)
        })
    }

    fn remember(&self, file: Seen<'_>, item: &mut Item, names: &Interner) {
        let Some(stamp) = file.stamp else { return };
        let Some(bytes) = write_item(Vec::new(), item, names) else { return };
        let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        fresh.push((Arc::clone(file.path), (stamp, bytes.into())));
    }
}

/// A memory that begins with what a cache on the disk knows, and tells it what it
/// did not.
pub struct Warm<'a> {
    /// The cache.
    pub cache: &'a Cache,
    /// What is kept in memory.
    pub kept: &'a Kept,
}

impl Memory for Warm<'_> {
    fn recall(&self, files: &[Seen<'_>], names: &Interner) -> Vec<Option<Item>> {
        let mut recalled = self.cache.recall(files, names);
        for (file, item) in files.iter().zip(&mut recalled) {
            if let Some(item) = item {
                self.kept.remember(*file, item, names);
            }
        }
        recalled
    }

    fn remember(&self, file: Seen<'_>, item: &mut Item, names: &Interner) {
        Memory::remember(self.cache, file, item, names);
        self.kept.remember(file, item, names);
    }
}
