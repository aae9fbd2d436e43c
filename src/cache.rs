//! What earlier builds read and wrote, so that a build does only what changed.
//!
//! The cache stands in `.pressmark/` beside the settings and may be deleted at
//! any time: a build without it gives the same bytes. There is one for each
//! output and set of flags, so that a preview with drafts never reaches the
//! site. One that no build has used for thirty days is removed by the next build
//! for another output or with other flags. It holds two logs:
//!
//! | file | key | value |
//! |---|---|---|
//! | `sources` | the path of a Markdown file | its [`Stamp`] and what was read of it |
//! | `outputs` | an address | the [`Fingerprint`] of what stands there, the stamp of its file, and the links of its text |
//! | `outputs` | the name of a block of the search index | what the index says of it, and the stamps of its files |
//! | `lock` | | held by the build that is at work |
//!
//! # When it is believed
//!
//! - A source is as it was if its stamp is: length, times and number on the
//!   disk. A file that changed in the same moment in which it was read could
//!   have the stamp and other bytes; so a stamp counts only if it is older than
//!   the beginning of the build that took it, by the clock of the disk.
//! - An output is as it was if its fingerprint and the stamp of its file are.
//!   That is looked at for every page in every build.
//! - What has a fault or a warning is not remembered, so that it is said again.
//! - What another program, another version or other settings wrote is not
//!   looked at, and neither is anything whose checksum is wrong.

#![expect(
    clippy::disallowed_methods,
    reason = "the cache has a folder of its own, which nothing else reads or writes"
)]

mod fingerprint;
mod kept;
mod log;

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::content::{Item, Memory, Seen};
use crate::hash::{self, Digest, FixedMap, Index};
use crate::names::Interner;
use crate::parallel;
use crate::plan::Plan;
use crate::search::BlockFacts;
use crate::source::{Folder, Stamp};

pub use fingerprint::Fingerprint;
pub use kept::{Kept, Warm};
use log::{Log, State};

/// The folder of the cache, beside the settings.
pub const FOLDER: &str = ".pressmark";

/// The key under which the log of outputs keeps what templates asked for.
const ASSETS: &str = "assets";

/// The key under which it keeps that a build before came to no end, so that the
/// pages it wrote down last do not count.
const VOID: &str = "void";

/// What the key of a block of the search index begins with. No address begins so.
const BLOCK: &str = "search ";

/// How long a cache is kept that no build uses, in nanoseconds: thirty days.
const KEPT: i64 = 30 * 24 * 60 * 60 * 1_000_000_000;

/// What keeps the caches out of version control: a pattern for all files.
const IGNORED: &[u8] = b"*\n";

/// By how much a log may outgrow what is of use in it, in bytes.
const SLACK: u64 = 1 << 20;

/// What a cache belongs to.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The program that wrote it.
    pub program: String,
    /// The output and the flags.
    pub output: String,
    /// The settings on which the reading of a source depends.
    pub reading: String,
}

/// The cache of a build, held by this run.
#[derive(Debug)]
pub struct Cache {
    /// Its folder.
    folder: PathBuf,
    /// What was read of sources.
    sources: Part,
    /// What stands in the output.
    outputs: Part,
    /// The blocks that the search index has now.
    blocks: Mutex<BTreeSet<String>>,
    /// When this build began, by the clock of the disk, in nanoseconds since
    /// 1970.
    began: i64,
    /// The lock, held as long as this value lives.
    _lock: File,
}

/// One of the two logs.
#[derive(Debug)]
struct Part {
    /// The file.
    path: PathBuf,
    /// What it was written for.
    identity: [u8; 16],
    /// The log in it.
    log: Log,
    /// How it was found.
    state: State,
    /// How many bytes of what was found are of use.
    useful: AtomicU64,
    /// How many bytes were added.
    added: AtomicU64,
}

/// Why there is no cache.
#[derive(Debug)]
pub enum Refused {
    /// Another build for the same output is at work.
    Busy,
    /// The folder cannot be written; a build goes on without.
    Unwritable(io::Error),
}

/// What is known of something in the output.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Made {
    /// What it was made of.
    pub fingerprint: Fingerprint,
    /// The state of its file.
    pub stamp: Stamp,
    /// The links of its text that depend on other pages.
    pub links: Vec<Links>,
}

/// The links of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    /// The file that they stand in.
    pub file: Box<str>,
    /// Each link: where it leads, as written, and whether it is an image.
    pub uses: Vec<(Box<str>, bool)>,
}

/// What is known of a block of the search index.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MadeBlock {
    /// What the root of the index says of it.
    pub facts: BlockFacts,
    /// How many words the texts of its documents have.
    pub words: u64,
    /// Its files, as paths from the root of the site, each with its state.
    pub files: Vec<(String, Stamp)>,
}

/// What is known of the output.
#[derive(Debug, Default)]
pub struct Outputs {
    /// What is known of each entry of the plan, in their order.
    pub made: Vec<Option<Box<Made>>>,
    /// The files of the site that templates asked for, as paths from its root.
    pub assets: BTreeSet<String>,
    /// What is known of the blocks of the search index, by their names, each with the
    /// length of its record.
    pub blocks: FixedMap<String, (usize, MadeBlock)>,
}

impl Part {
    /// Opens a log for something that is named in words.
    fn open(path: PathBuf, identity: &str, is_anew: bool) -> io::Result<Self> {
        if is_anew {
            drop(fs::remove_file(&path));
        }
        let identity = Digest::of(identity.as_bytes()).bytes();
        let (log, state) = Log::open(&path, identity)?;
        let (useful, added) = (AtomicU64::new(0), AtomicU64::new(0));
        Ok(Self { path, identity, log, state, useful, added })
    }

    /// What `read` makes of each record, in the order in which they were
    /// written but for those of one block that threads wrote at once.
    fn read<T: Send>(
        &self,
        read: impl Fn(&str, &[u8]) -> Option<T> + Sync + Send,
    ) -> Vec<T> {
        let blocks: Vec<_> = (0..self.log.blocks()).collect();
        let read = parallel::map(&blocks, |block| -> Vec<_> {
            self.log.read(*block).map_or_else(Vec::new, |records| {
                let records = records.iter();
                records.filter_map(|(key, value)| read(key, value)).collect()
            })
        });
        read.into_iter().flatten().collect()
    }

    /// Adds a record.
    fn append(&self, key: &str, value: &[u8]) {
        self.added.fetch_add((key.len() + value.len()) as u64, Ordering::Relaxed);
        self.log.append(key, value);
    }

    /// Ends the log. If most of it is of no use, what `keep` says is of use is
    /// written anew; `keep` is made when it is wanted, from the log as it is.
    fn finish<K: FnMut(&str, &[u8]) -> bool>(
        self,
        keep: impl FnOnce(&Self) -> K,
    ) -> io::Result<()> {
        let useful = self.useful.into_inner().max(self.added.into_inner());
        let has_damage = self.log.has_damage();
        let length = self.log.finish()?;
        if length <= 2 * useful + SLACK && !has_damage {
            return Ok(());
        }
        let (log, state) = Log::open(&self.path, self.identity)?;
        let (useful, added) = (AtomicU64::new(0), AtomicU64::new(0));
        let part = Self { log, state, useful, added, ..self };
        let keep = keep(&part);
        part.log.compact(keep).map(drop)
    }
}

impl Cache {
    /// Opens the cache of a site, in the folder that its settings stand in.
    /// With `is_anew` nothing that is known counts.
    pub fn open(
        site: &Path,
        identity: &Identity,
        is_anew: bool,
    ) -> Result<Self, Refused> {
        let name = Digest::of(identity.output.as_bytes()).hex();
        let folder = site.join(FOLDER).join(name.get(..16).unwrap_or(&name));
        fs::create_dir_all(&folder).map_err(Refused::Unwritable)?;
        // Without it a cache could be committed, which harms nothing here.
        let ignore = File::create_new(site.join(FOLDER).join(".gitignore"));
        drop(ignore.and_then(|mut file| file.write_all(IGNORED)));
        let (lock, began) = hold(&folder.join("lock"))?;
        let program = &identity.program;
        let reading = format!("{program}\n{}", identity.reading);
        let part = |file, identity: &str| {
            Part::open(folder.join(file), identity, is_anew).map_err(Refused::Unwritable)
        };
        Ok(Self {
            sources: part("sources", &reading)?,
            outputs: part("outputs", program)?,
            folder,
            blocks: Mutex::default(),
            began,
            _lock: lock,
        })
    }

    /// What is known of the entries of a plan.
    pub fn outputs(&self, plan: &Plan) -> Outputs {
        let mut outputs = Outputs::default();
        if self.outputs.log.blocks() == 0 {
            return outputs;
        }
        outputs.made.resize_with(plan.entries.len(), || None);
        let known = self.outputs.read(|address, value| {
            if address == ASSETS {
                return postcard::from_bytes(value).ok().map(Known::Assets);
            }
            if address == VOID {
                return Some(Known::Void);
            }
            if let Some(block) = address.strip_prefix(BLOCK) {
                let made = postcard::from_bytes(value).ok()?;
                return Some(Known::Block(block.to_owned(), value.len(), Box::new(made)));
            }
            let place = plan.place_at(address)?;
            let made = postcard::from_bytes(value).ok()?;
            Some(Known::Made(place, address.len() + value.len(), Box::new(made)))
        });
        let mut useful = 0;
        // What was written last is right. Pages count only if what templates asked
        // for was written behind them: the build that made them came to its end.
        let mut pending: Vec<(usize, usize, Box<Made>)> = Vec::new();
        for known in known {
            match known {
                Known::Assets(assets) => {
                    outputs.assets = assets;
                    for (place, length, made) in pending.drain(..) {
                        let earlier = outputs.made[place].replace(made);
                        useful += if earlier.is_some() { 0 } else { length };
                    }
                }
                Known::Made(place, length, made) => pending.push((place, length, made)),
                // The files of a block say by themselves whether they are all there.
                Known::Block(name, length, made) => {
                    outputs.blocks.insert(name, (length, *made));
                }
                Known::Void => pending.clear(),
            }
        }
        if !pending.is_empty() {
            self.outputs.append(VOID, b"");
        }
        self.outputs.useful.store(useful as u64, Ordering::Relaxed);
        outputs
    }

    /// Takes note of what was made for an address.
    pub fn remember(&self, address: &Address, made: &Made) {
        if let Ok(value) = postcard::to_allocvec(made) {
            self.outputs.append(address.as_str(), &value);
        }
    }

    /// Takes note of a block of the search index.
    pub fn remember_block(&self, made: &MadeBlock) {
        if let Ok(value) = postcard::to_allocvec(made) {
            let name = &made.facts.name;
            self.outputs.append(&format!("{BLOCK}{name}"), &value);
            let mut kept = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
            kept.insert(name.clone());
        }
    }

    /// Takes note of a block that the search index has still, with the length of its
    /// record.
    pub fn keep_block(&self, name: &str, length: usize) {
        self.outputs.useful.fetch_add(length as u64, Ordering::Relaxed);
        let mut kept = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(name.to_owned());
    }

    /// Takes note of the files of the site that templates ask for, behind all that
    /// a build made; nothing of that counts before. Not needed if nothing was made
    /// and they ask for what is `known`.
    pub fn remember_assets(&self, asked: &BTreeSet<String>, known: &BTreeSet<String>) {
        if asked == known && self.outputs.added.load(Ordering::Relaxed) == 0 {
            return;
        }
        if let Ok(value) = postcard::to_allocvec(asked) {
            self.outputs.append(ASSETS, &value);
        }
    }

    /// Whether a file with this stamp is older than this build, so that it cannot
    /// have changed since the stamp was taken without getting another one.
    pub fn is_settled(&self, stamp: &Stamp) -> bool {
        stamp.is_older_than(self.began)
    }

    /// What a person should know of the cache, in words; nothing if all is well.
    pub fn note(&self) -> Option<&'static str> {
        let parts = [&self.sources, &self.outputs];
        if parts.iter().any(|part| part.log.has_damage() || part.state == State::Damaged)
        {
            Some("a part of the cache was damaged and was not used")
        } else if self.outputs.state == State::Foreign {
            Some("the cache of another version of pressmark was not used")
        } else {
            None
        }
    }

    /// Ends the cache of a build whose output is in place. An error harms nothing:
    /// the next build then does more than it must.
    pub fn finish(self, folder: &Folder, plan: &Plan) -> io::Result<()> {
        remove_unused(&self.folder, self.began);
        let sources = self.sources.finish(|_| {
            |path: &str, value: &[u8]| match postcard::take_from_bytes::<Stamp>(value) {
                Ok((stamp, _)) => folder.stamp(path) == Some(stamp),
                Err(_) => false,
            }
        });
        let blocks = self.blocks.into_inner().unwrap_or_else(PoisonError::into_inner);
        let outputs = self.outputs.finish(|part| {
            let records = part.read(|key, value| Some((hash::of(key), hash::of(value))));
            let last: FixedMap<_, _> = records.into_iter().collect();
            move |key: &str, value: &[u8]| {
                let is_last = last.get(&hash::of(key)) == Some(&hash::of(value));
                let is_block =
                    key.strip_prefix(BLOCK).is_some_and(|name| blocks.contains(name));
                let is_own =
                    || [ASSETS, VOID].contains(&key) || plan.place_at(key).is_some();
                is_last && (is_block || is_own())
            }
        });
        sources.and(outputs)
    }
}

/// Removes the caches beside one of which no build has made use for long. What
/// is not a cache stays, and so does one that cannot be removed.
fn remove_unused(used: &Path, now: i64) {
    let Ok(found) = fs::read_dir(used.parent().unwrap_or(used)) else { return };
    for entry in found.flatten() {
        let is_cache = |name: &str| {
            name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        let path = entry.path();
        if path == used || !entry.file_name().to_str().is_some_and(is_cache) {
            continue;
        }
        // Every build writes to the lock.
        let Ok(lock) = File::options().write(true).open(path.join("lock")) else {
            continue;
        };
        let used_last = lock.metadata().map(|found| Stamp::of(&found).modified);
        if used_last.is_ok_and(|last| last < now - KEPT) && lock.try_lock().is_ok() {
            drop(fs::remove_dir_all(&path));
        }
    }
}

/// A record of the log of outputs.
enum Known {
    /// The files that templates asked for.
    Assets(BTreeSet<String>),
    /// What was made for the entry at a place, and the length of the record.
    Made(usize, usize, Box<Made>),
    /// The name of a block of the search index, the length of the record, and what
    /// was made.
    Block(String, usize, Box<MadeBlock>),
    /// The build before came to no end.
    Void,
}

impl Memory for Cache {
    fn recall(&self, files: &[Seen<'_>], names: &Interner) -> Vec<Option<Item>> {
        let mut index = Index::with_capacity(files.len());
        let path = |place: u32| &**files[place as usize].path;
        for place in (0..).take(files.len()) {
            index.insert(place, path);
        }
        let recalled = self.sources.read(|key, value| {
            let place = index.find(key, path)?;
            let (stamp, rest) = postcard::take_from_bytes::<Stamp>(value).ok()?;
            let seen = files[place as usize];
            if seen.stamp != Some(stamp) {
                return None;
            }
            let item = read_item(rest, seen, names)?;
            self.sources
                .useful
                .fetch_add((key.len() + value.len()) as u64, Ordering::Relaxed);
            Some((place, item))
        });
        let mut items: Vec<_> = files.iter().map(|_| None).collect();
        for (place, item) in recalled {
            items[place as usize] = Some(item);
        }
        items
    }

    fn remember(&self, file: Seen<'_>, item: &mut Item, names: &Interner) {
        // A file that changed since this build began may change again within
        // the same tick of the disk's clock.
        let Some(stamp) = file.stamp.filter(|stamp| self.is_settled(stamp)) else {
            return;
        };
        let value = postcard::to_allocvec(&stamp).ok();
        if let Some(value) = value.and_then(|value| write_item(value, item, names)) {
            self.sources.append(file.path, &value);
        }
    }
}

/// Writes what was read of a file, behind other bytes; [`read_item`] reads it.
fn write_item(bytes: Vec<u8>, item: &mut Item, names: &Interner) -> Option<Vec<u8>> {
    let words: Vec<Box<str>> = item.mentions().map_or_else(Vec::new, |mentions| {
        let each = mentions.each();
        each.map(|name| names.with(name.value, |word| word.into())).collect()
    });
    let bytes = postcard::to_extend(&words, bytes).ok()?;
    postcard::to_extend(&*item, bytes).ok()
}

/// What was read of a file, with its names numbered as in this run.
fn read_item(bytes: &[u8], seen: Seen<'_>, names: &Interner) -> Option<Item> {
    let (words, rest) = postcard::take_from_bytes::<Vec<&str>>(bytes).ok()?;
    let mut item: Item = postcard::from_bytes(rest).ok()?;
    item.file().path = Arc::clone(seen.path);
    let mut words = words.into_iter();
    if let Some(mentions) = item.mentions() {
        for name in mentions.each() {
            name.value = names.intern(words.next()?);
        }
    }
    words.next().is_none().then_some(item)
}

/// Takes the lock of a cache, and says what time the disk's clock shows.
fn hold(path: &Path) -> Result<(File, i64), Refused> {
    if fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) {
        let error = io::Error::other("there is a link or a folder in place of the lock");
        return Err(Refused::Unwritable(error));
    }
    let mut options = File::options();
    let options = options.create(true).truncate(false).write(true);
    let mut lock = options.open(path).map_err(Refused::Unwritable)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(Refused::Busy),
        // On a file system without locks two runs are not kept apart; what one
        // spoils of the other's cache is found by its checksums.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
        }
        Err(TryLockError::Error(error)) => return Err(Refused::Unwritable(error)),
    }
    let began = lock
        .set_len(0)
        .and_then(|()| lock.write_all(b"pressmark\n"))
        .and_then(|()| lock.metadata())
        .map_err(Refused::Unwritable)?;
    Ok((lock, Stamp::of(&began).modified))
}
