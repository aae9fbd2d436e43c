//! The file of the cache: a log of records, each a key and a value.
//!
//! The log is read at the start of a build and appended to during it, both by
//! many threads. It may be cut off or damaged anywhere, be of another version,
//! or be gone: what is not known to be good is ignored, and the build makes it
//! again. So nothing here waits for the disk, and a power cut may cost the log.
//! And nothing is locked: of two runs that append to one log at the same time,
//! one spoils what the other appends, and the next run finds that out.
//!
//! What the keys and values mean, which of two records with the same key counts
//! and when a log is compacted is decided elsewhere.
//!
//! # The file
//!
//! | bytes | what they are |
//! |---|---|
//! | 18 | `pressmark cache 1` and the end of the line |
//! | 16 | the identity: what the log must have been written for to be of use |
//! | the rest | blocks, one after the other |
//!
//! A block is written at once and counts as a whole or not at all. It holds up
//! to 256 KiB of records, or one record that is bigger:
//!
//! | bytes | what they are |
//! |---|---|
//! | 16 | the checksum of the block |
//! | 4 | the length of the records |
//! | the rest | records, one after the other |
//!
//! | bytes of a record | what they are |
//! |---|---|
//! | 4 | the length of the key |
//! | 4 | the length of the value |
//! | as many | the key, in UTF-8 |
//! | as many | the value |
//!
//! Lengths are in bytes, the lowest byte first. The checksum is the first half
//! of the BLAKE3 hash of the block as it is with its *salt* in the place of the
//! checksum: the identity, mixed with the place of the block in the file. So a
//! block of another log, or from another place of this one, is no block here.

use std::fs::{self, File};
use std::io::{self, Read};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::hash::Digest;

/// The first line, with the version of the format.
const MAGIC: &[u8] = b"pressmark cache 1\n";
/// How many bytes a checksum has.
const CHECKSUM: usize = 16;
/// How many bytes stand before the records of a block.
const HEAD: usize = CHECKSUM + 4;
/// How many bytes stand before the key of a record.
const RECORD_HEAD: usize = 8;
/// How many bytes of records a block holds, unless it holds one record.
const BLOCK: usize = 256 << 10;
/// The most bytes that a record can have.
const LARGEST_RECORD: usize = 1 << 30;

/// What the log is for: a log with another identity is of no use.
pub(super) type Identity = [u8; 16];

/// A key and its value.
pub(super) type Record<'a> = (&'a str, &'a [u8]);

/// How a log was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// There was none, or an empty file.
    New,
    /// It was whole, as far as the lengths of its blocks tell.
    Good,
    /// It was of another kind, version or identity, and was begun anew.
    Foreign,
    /// Its end made no sense and was cut off.
    Damaged,
}

/// A log that is open for reading and appending.
#[derive(Debug)]
pub(super) struct Log {
    /// Where the file stands.
    path: PathBuf,
    /// What the log is for.
    identity: Identity,
    /// The file.
    file: Store,
    /// The blocks that were found.
    found: Vec<Place>,
    /// Whether one of them turned out to be damaged.
    has_damage: AtomicBool,
    /// What this run appends.
    tail: Mutex<Tail>,
}

impl Log {
    /// Opens the log at a path, or begins it; the folder must be there.
    ///
    /// Only the heads of blocks are read. What stands behind the last that
    /// makes sense is cut off.
    pub(super) fn open(path: &Path, identity: Identity) -> io::Result<(Self, State)> {
        if fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) {
            return Err(io::Error::other("there is a link or a folder in its place"));
        }
        // A compaction that was killed leaves a file which nobody needs.
        drop(fs::remove_file(path_of_new(path)));
        let mut options = File::options();
        let file =
            options.read(true).write(true).create(true).truncate(false).open(path)?;
        let length = file.metadata()?.len();
        let (header, mut there) = (header(identity), Vec::new());
        (&file).take(header.len() as u64).read_to_end(&mut there)?;
        let file = Store::new(file);
        if there != header {
            let state = if there.is_empty() {
                State::New
            } else if header.starts_with(&there) {
                State::Damaged
            } else {
                State::Foreign
            };
            return Ok((Self::begin(path, identity, file)?, state));
        }
        let (found, end) = file.find_blocks(header.len() as u64, length)?;
        let state = if end < length { State::Damaged } else { State::Good };
        if end < length {
            file.cut(end)?;
        }
        Ok((Self::over(path, identity, file, found, end), state))
    }

    /// Empties a file and begins a log in it.
    fn begin(path: &Path, identity: Identity, file: Store) -> io::Result<Self> {
        let header = header(identity);
        file.cut(0)?;
        file.write(&header, 0)?;
        Ok(Self::over(path, identity, file, Vec::new(), header.len() as u64))
    }

    /// The log in a file with these blocks and this end.
    fn over(
        path: &Path,
        identity: Identity,
        file: Store,
        found: Vec<Place>,
        end: u64,
    ) -> Self {
        Self {
            path: path.to_owned(),
            identity,
            file,
            found,
            has_damage: AtomicBool::new(false),
            tail: Mutex::new(Tail { end, ..Tail::default() }),
        }
    }

    /// How many blocks were found; those that this run appends do not count.
    pub(super) fn blocks(&self) -> usize {
        self.found.len()
    }

    /// Reads a block that was found, by its number from 0.
    ///
    /// `None` if it is damaged or the disk does not give it, which is remembered,
    /// or if there is none of that number.
    pub(super) fn read(&self, block: usize) -> Option<Records> {
        let place = self.found.get(block)?;
        let records = self.read_at(*place).unwrap_or_default();
        if records.is_none() {
            self.has_damage.store(true, Ordering::Relaxed);
        }
        records
    }

    /// Whether a block that was read is damaged, so that the log should be
    /// compacted.
    pub(super) fn has_damage(&self) -> bool {
        self.has_damage.load(Ordering::Relaxed)
    }

    /// Appends a record. Those of one thread keep their order.
    ///
    /// It may be written only when the log is finished. Nothing happens if a
    /// record could not be written before, which [`Log::finish`] tells, or if
    /// this one is above 1 GiB: then it is not kept.
    pub(super) fn append(&self, key: &str, value: &[u8]) {
        let full = self.tail().push(key, value);
        if let Some((place, block)) = full {
            self.write(place, block);
        }
    }

    /// Writes what has not been written, and returns the length of the file.
    ///
    /// An error of any [`Log::append`] is returned here; what was appended
    /// before it may be lost too.
    pub(super) fn finish(self) -> io::Result<u64> {
        self.flush()
    }

    /// Finishes the log, writes it anew with those records only for which
    /// `keep` says so, and returns the length of the file.
    ///
    /// The records are asked for in order, those that this run appended last.
    /// Damaged blocks are left out. The new log replaces the old one when it is
    /// whole; if that fails, the old one stays.
    pub(super) fn compact(
        self,
        keep: impl FnMut(&str, &[u8]) -> bool,
    ) -> io::Result<u64> {
        self.flush()?;
        let (path, new) = (self.path.clone(), path_of_new(&self.path));
        let copied = self.copy_to(&new, keep);
        // Some systems do not replace a file that is open.
        drop(self);
        let done = copied.and_then(|length| fs::rename(&new, &path).map(|()| length));
        if done.is_err() {
            drop(fs::remove_file(&new));
        }
        done
    }

    /// Writes the records to keep to a new log, and returns its length.
    fn copy_to(
        &self,
        new: &Path,
        mut keep: impl FnMut(&str, &[u8]) -> bool,
    ) -> io::Result<u64> {
        let file = File::options().read(true).write(true).create_new(true).open(new)?;
        let copy = Self::begin(new, self.identity, Store::new(file))?;
        let written = mem::take(&mut self.tail().written);
        for place in self.found.iter().chain(&written) {
            let Some(records) = self.read_at(*place)? else { continue };
            for (key, value) in records.iter() {
                if keep(key, value) {
                    copy.append(key, value);
                }
            }
        }
        copy.finish()
    }

    /// The records of the block at a place; `None` if it is damaged.
    fn read_at(&self, place: Place) -> io::Result<Option<Records>> {
        let mut block = vec![0; place.length];
        match self.file.read(&mut block, place.start) {
            Ok(()) => Ok(Records::open(block, self.salt(place))),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Seals a block and writes it to its place; an error is remembered.
    fn write(&self, place: Place, mut block: Vec<u8>) {
        seal(&mut block, self.salt(place));
        if let Err(error) = self.file.write(&block, place.start) {
            self.tail().error.get_or_insert(error);
        }
    }

    /// Writes the last block, and returns the length of the file.
    fn flush(&self) -> io::Result<u64> {
        let last = self.tail().close();
        if let Some((place, block)) = last {
            self.write(place, block);
        }
        let mut tail = self.tail();
        tail.error.take().map_or(Ok(tail.end), Err)
    }

    /// What goes into the checksum of the block at a place besides the block.
    fn salt(&self, place: Place) -> [u8; CHECKSUM] {
        let mut salt = self.identity;
        for (byte, of_place) in salt.iter_mut().zip(place.start.to_le_bytes()) {
            *byte ^= of_place;
        }
        salt
    }

    /// What this run appends, for one thread at a time.
    fn tail(&self) -> MutexGuard<'_, Tail> {
        self.tail.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a block stands in the file.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Where it begins.
    start: u64,
    /// How many bytes it has, its head included.
    length: usize,
}

/// What a run appends to a log.
#[derive(Debug, Default)]
struct Tail {
    /// The block that is being filled, with room for its head; or nothing.
    block: Vec<u8>,
    /// Where that block will stand: behind all others.
    end: u64,
    /// The blocks that were filled before.
    written: Vec<Place>,
    /// The first error.
    error: Option<io::Error>,
}

impl Tail {
    /// Adds a record, and returns the block before it if that was full.
    fn push(&mut self, key: &str, value: &[u8]) -> Option<(Place, Vec<u8>)> {
        let length = RECORD_HEAD.checked_add(key.len())?.checked_add(value.len())?;
        if self.error.is_some() || length > LARGEST_RECORD {
            return None;
        }
        let is_full = self.block.len() + length > HEAD + BLOCK;
        let full = if is_full { self.close() } else { None };
        if self.block.is_empty() {
            self.block.reserve(HEAD + BLOCK.max(length));
            self.block.extend([0; HEAD]);
        }
        self.block.extend(stored_length(key.len()));
        self.block.extend(stored_length(value.len()));
        self.block.extend_from_slice(key.as_bytes());
        self.block.extend_from_slice(value);
        full
    }

    /// Takes the block that is being filled, unless it is empty or an earlier
    /// one could not be written, and gives it its place.
    fn close(&mut self) -> Option<(Place, Vec<u8>)> {
        if self.block.is_empty() || self.error.is_some() {
            return None;
        }
        let block = mem::take(&mut self.block);
        let place = Place { start: self.end, length: block.len() };
        self.end += block.len() as u64;
        self.written.push(place);
        Some((place, block))
    }
}

/// The records of a block that is known to be good.
#[derive(Debug)]
pub(super) struct Records {
    /// The block.
    ///
    /// Invariant: behind the head stand whole records with keys in UTF-8.
    block: Vec<u8>,
}

impl Records {
    /// Checks a block; `None` if it is damaged.
    fn open(mut block: Vec<u8>, salt: [u8; CHECKSUM]) -> Option<Self> {
        let checksum = mem::replace(block.first_chunk_mut()?, salt);
        if Digest::of(&block).bytes() != checksum {
            return None;
        }
        let mut rest = block.get(HEAD..)?;
        while !rest.is_empty() {
            (_, rest) = split_record(rest)?;
        }
        Some(Self { block })
    }

    /// The keys and values in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Record<'_>> {
        let mut rest = self.block.get(HEAD..).unwrap_or_default();
        std::iter::from_fn(move || {
            let (record, behind) = split_record(rest)?;
            rest = behind;
            Some(record)
        })
    }
}

/// Takes the first record off; `None` if there is no whole one.
fn split_record(bytes: &[u8]) -> Option<(Record<'_>, &[u8])> {
    let (key, bytes) = split_length(bytes)?;
    let (value, bytes) = split_length(bytes)?;
    let (key, bytes) = bytes.split_at_checked(usize::try_from(key).ok()?)?;
    let (value, bytes) = bytes.split_at_checked(usize::try_from(value).ok()?)?;
    Some(((str::from_utf8(key).ok()?, value), bytes))
}

/// Takes a length off; `None` if there are too few bytes.
fn split_length(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (length, bytes) = bytes.split_first_chunk()?;
    Some((u64::from(u32::from_le_bytes(*length)), bytes))
}

/// A length as it is stored.
fn stored_length(length: usize) -> [u8; 4] {
    u32::try_from(length).expect("a record is at most 1 GiB").to_le_bytes()
}

/// Writes the head of a block, for which there is room.
fn seal(block: &mut [u8], salt: [u8; CHECKSUM]) {
    let (head, records) =
        block.split_first_chunk_mut::<HEAD>().expect("a block begins with its head");
    let (checksum, length) = head.split_at_mut(CHECKSUM);
    checksum.copy_from_slice(&salt);
    length.copy_from_slice(&stored_length(records.len()));
    let digest = Digest::of(block).bytes();
    block.split_at_mut(CHECKSUM).0.copy_from_slice(&digest);
}

/// How many bytes the block has that begins like this, if it makes sense and
/// there is room for it.
///
/// A block that holds more than a block should must be one record, so it takes
/// two wrong lengths that fit together to ask for much memory.
fn block_length(beginning: &[u8; HEAD + RECORD_HEAD], room: u64) -> Option<usize> {
    let (_, bytes) = beginning.split_first_chunk::<CHECKSUM>()?;
    let (length, bytes) = split_length(bytes)?;
    let (key, bytes) = split_length(bytes)?;
    let (value, _) = split_length(bytes)?;
    let first_record = RECORD_HEAD as u64 + key + value;
    let is_plausible = first_record == length && length <= LARGEST_RECORD as u64
        || first_record < length && length <= BLOCK as u64;
    let length = HEAD as u64 + length;
    if is_plausible && length <= room { usize::try_from(length).ok() } else { None }
}

/// What stands before the blocks.
fn header(identity: Identity) -> Vec<u8> {
    [MAGIC, &identity].concat()
}

/// Where a log is written anew that stands at this path.
fn path_of_new(path: &Path) -> PathBuf {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    new.into()
}

/// A file that is read and written at any place by many threads.
#[derive(Debug)]
struct Store {
    /// The file.
    file: File,
    /// Held by the thread that moves the one cursor of the file.
    #[cfg(not(unix))]
    cursor: Mutex<()>,
}

impl Store {
    /// Makes a store of a file.
    fn new(file: File) -> Self {
        Self {
            file,
            #[cfg(not(unix))]
            cursor: Mutex::default(),
        }
    }

    /// Fills `bytes` with those that stand at a place.
    #[cfg(unix)]
    fn read(&self, bytes: &mut [u8], start: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, bytes, start)
    }

    /// Writes bytes to a place.
    #[cfg(unix)]
    fn write(&self, bytes: &[u8], start: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::write_all_at(&self.file, bytes, start)
    }

    /// Fills `bytes` with those that stand at a place.
    #[cfg(not(unix))]
    fn read(&self, bytes: &mut [u8], start: u64) -> io::Result<()> {
        use std::io::Seek;
        let _held = self.cursor.lock().unwrap_or_else(PoisonError::into_inner);
        (&self.file).seek(io::SeekFrom::Start(start))?;
        (&self.file).read_exact(bytes)
    }

    /// Writes bytes to a place.
    #[cfg(not(unix))]
    fn write(&self, bytes: &[u8], start: u64) -> io::Result<()> {
        use std::io::{Seek, Write};
        let _held = self.cursor.lock().unwrap_or_else(PoisonError::into_inner);
        (&self.file).seek(io::SeekFrom::Start(start))?;
        (&self.file).write_all(bytes)
    }

    /// Cuts off what stands behind a place.
    fn cut(&self, end: u64) -> io::Result<()> {
        self.file.set_len(end)
    }

    /// The blocks from a place on, up to the first that makes no sense, and
    /// where the last of them ends.
    fn find_blocks(&self, mut start: u64, end: u64) -> io::Result<(Vec<Place>, u64)> {
        let mut blocks = Vec::new();
        let mut beginning = [0; HEAD + RECORD_HEAD];
        while end.saturating_sub(start) >= beginning.len() as u64 {
            self.read(&mut beginning, start)?;
            let Some(length) = block_length(&beginning, end - start) else { break };
            blocks.push(Place { start, length });
            start += length as u64;
        }
        Ok((blocks, start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::collections::{BTreeMap, BTreeSet};

    use tempfile::TempDir;

    /// A record of its own.
    type Owned = (String, Vec<u8>);

    /// The identity of most logs here.
    const IDENTITY: Identity = *b"an identity here";

    /// A folder and the path of a log in it.
    fn place() -> (TempDir, PathBuf) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("log");
        (folder, path)
    }

    /// Opens a log.
    fn open(path: &Path) -> (Log, State) {
        Log::open(path, IDENTITY).unwrap()
    }

    /// Puts a file in the place of what is there. One that is emptied and filled
    /// instead would have some systems wait for the disk.
    fn put(path: &Path, bytes: impl AsRef<[u8]>) {
        drop(fs::remove_file(path));
        fs::write(path, bytes).unwrap();
    }

    /// Opens a log, appends records and finishes it.
    fn append(path: &Path, records: &[Owned]) -> State {
        let (log, state) = open(path);
        for (key, value) in records {
            log.append(key, value);
        }
        let length = log.finish().unwrap();
        assert_eq!(length, fs::metadata(path).unwrap().len());
        state
    }

    /// The records of every block that was found; none of one that is damaged.
    fn read_all(log: &Log) -> Vec<Owned> {
        let mut all = Vec::new();
        for block in 0..log.blocks() {
            let Some(records) = log.read(block) else { continue };
            all.extend(
                records.iter().map(|(key, value)| (key.to_owned(), value.to_owned())),
            );
        }
        all
    }

    /// The records of a log, which is good.
    fn records(path: &Path) -> Vec<Owned> {
        let (log, state) = open(path);
        assert_eq!(state, State::Good);
        let all = read_all(&log);
        assert!(!log.has_damage());
        all
    }

    /// A record with a value of some length.
    fn record(number: usize, length: usize) -> Owned {
        (
            format!("clé {number}"),
            (0_u8..=250).cycle().skip(number).take(length).collect(),
        )
    }

    /// Writes a small log of four blocks and returns its records.
    fn small(path: &Path) -> Vec<Owned> {
        let all: Vec<_> = (0..8).map(|number| record(number, number * 3)).collect();
        for pair in all.chunks(2) {
            append(path, pair);
        }
        all
    }

    /// The bytes of a log with one block of these bytes of records, rightly sealed.
    fn sealed(records: &[u8]) -> Vec<u8> {
        let (_folder, path) = place();
        let (log, _) = open(&path);
        let mut bytes = header(IDENTITY);
        let mut block = [[0; HEAD].as_slice(), records].concat();
        let place = Place { start: bytes.len() as u64, length: block.len() };
        seal(&mut block, log.salt(place));
        bytes.extend(block);
        bytes
    }

    #[test]
    fn records_come_back_as_they_were_written_and_in_order() {
        let (_folder, path) = place();
        let all: Vec<_> = (0..3000).map(|number| record(number, number % 700)).collect();
        let mut states = Vec::new();
        for some in all.chunks(1100) {
            states.push(append(&path, some));
        }
        assert_eq!(states, [State::New, State::Good, State::Good]);
        assert!(open(&path).0.blocks() > 4);
        assert_eq!(records(&path), all);
        // Nothing but records was ever written.
        let bytes: usize =
            all.iter().map(|(key, value)| 8 + key.len() + value.len()).sum();
        let others = fs::metadata(&path).unwrap().len() - bytes as u64;
        assert_eq!(others, (34 + 20 * open(&path).0.blocks()) as u64);
    }

    #[test]
    fn an_empty_log_is_good() {
        let (_folder, path) = place();
        assert_eq!(append(&path, &[]), State::New);
        assert_eq!(fs::read(&path).unwrap(), b"pressmark cache 1\nan identity here");
        assert_eq!(records(&path), []);
        assert!(open(&path).0.read(0).is_none());
    }

    #[test]
    fn an_empty_key_and_an_empty_value_are_kept() {
        let (_folder, path) = place();
        let all = [(String::new(), Vec::new()), (String::new(), vec![0])];
        append(&path, &all);
        assert_eq!(records(&path), all);
    }

    #[test]
    fn a_record_can_be_larger_than_a_block() {
        let (_folder, path) = place();
        let sizes = [1, BLOCK, 3 * BLOCK, 2, BLOCK - RECORD_HEAD - 6, BLOCK - 14 + 1, 3];
        let all: Vec<_> =
            sizes.into_iter().enumerate().map(|(at, size)| record(at, size)).collect();
        append(&path, &all);
        assert_eq!(records(&path), all);
        assert_eq!(open(&path).0.blocks(), 7);
    }

    #[test]
    fn many_threads_append_and_nothing_is_lost() {
        let (_folder, path) = place();
        append(&path, &[record(0, 10)]);
        let (log, _) = open(&path);
        std::thread::scope(|scope| {
            for thread in 1..=8 {
                let log = &log;
                scope.spawn(move || {
                    for number in 0..300 {
                        let (key, value) = record(thread * 1000 + number, number * 7);
                        log.append(&key, &value);
                        assert!(log.read(0).is_some());
                    }
                });
            }
        });
        log.finish().unwrap();
        let all = records(&path);
        assert_eq!(all.len(), 1 + 8 * 300);
        for thread in 1..=8 {
            let is_of = |(key, _): &&Owned| key.starts_with(&format!("clé {thread}"));
            let own: Vec<_> = all.iter().filter(is_of).cloned().collect();
            let appended: Vec<_> = (0..300)
                .map(|number| record(thread * 1000 + number, number * 7))
                .collect();
            assert_eq!(own, appended);
        }
    }

    #[test]
    fn many_threads_read_the_same_as_one() {
        let (_folder, path) = place();
        let all: Vec<_> = (0..1000).map(|number| record(number, 3000)).collect();
        append(&path, &all);
        let (log, _) = open(&path);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert!(read_all(&log) == all));
            }
        });
        assert!(!log.has_damage());
    }

    #[test]
    fn a_log_cut_off_anywhere_gives_its_first_records() {
        let (_folder, path) = place();
        let all = small(&path);
        let bytes = fs::read(&path).unwrap();
        let mut lengths = BTreeMap::new();
        for end in 0..bytes.len() {
            put(&path, &bytes[..end]);
            let (log, state) = open(&path);
            let rest = read_all(&log);
            assert!(all.starts_with(&rest), "{end}");
            assert!(!log.has_damage(), "{end}");
            *lengths.entry(rest.len()).or_insert(0) += 1;
            match state {
                State::New => assert_eq!(end, 0),
                State::Good => assert!(end >= 34, "{end}"),
                State::Damaged => assert!(end > 0, "{end}"),
                State::Foreign => panic!("{end}"),
            }
            drop(log);
            assert_eq!(append(&path, &[record(9, 9)]), State::Good, "{end}");
            assert_eq!(records(&path), [&rest[..], &[record(9, 9)]].concat(), "{end}");
        }
        assert_eq!(lengths.keys().copied().collect::<Vec<_>>(), [0, 2, 4, 6]);
    }

    #[test]
    fn a_log_with_one_wrong_byte_gives_no_wrong_record() {
        let (_folder, path) = place();
        let all = small(&path);
        let bytes = fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            for flip in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
                let mut wrong = bytes.clone();
                wrong[at] ^= flip;
                put(&path, &wrong);
                let (log, state) = open(&path);
                let rest = read_all(&log);
                assert!(rest.iter().all(|record| all.contains(record)), "{at} {flip}");
                assert!(rest.len() < all.len(), "{at} {flip}");
                assert!(state != State::Good || log.has_damage(), "{at} {flip}");
                assert_eq!(state == State::Foreign, at < 34, "{at} {flip}");
                log.append("later", b"");
                if flip == 255 {
                    log.compact(|_, _| true).unwrap();
                } else {
                    log.finish().unwrap();
                }
                let (log, state) = open(&path);
                let later = [rest, vec![("later".to_owned(), Vec::new())]].concat();
                assert_eq!((state, read_all(&log)), (State::Good, later), "{at} {flip}");
                assert!(flip != 255 || !log.has_damage(), "{at}");
            }
        }
    }

    #[test]
    fn what_is_appended_after_damage_is_read_back() {
        let (_folder, path) = place();
        let all = small(&path);
        let mut bytes = fs::read(&path).unwrap();
        // A byte of a value in the third block.
        let at = bytes.windows(6).position(|six| six == "clé 5".as_bytes()).unwrap() + 6;
        bytes[at] ^= 1;
        // The last block is cut off.
        bytes.pop();
        put(&path, &bytes);
        assert_eq!(append(&path, &[record(8, 100)]), State::Damaged);
        let (log, state) = open(&path);
        assert_eq!(state, State::Good);
        let rest = [&all[..4], &[record(8, 100)]].concat();
        assert_eq!(read_all(&log), rest);
        assert!(log.has_damage());
        log.compact(|_, _| true).unwrap();
        assert_eq!(records(&path), rest);
    }

    #[test]
    fn noise_behind_the_header_is_no_record() {
        let (_folder, path) = place();
        for seed in 0_u32..200 {
            let mut bytes = header(IDENTITY);
            let mut digest = Digest::of(&seed.to_le_bytes()).bytes();
            for _ in 0..40 {
                // Small numbers are taken for lengths more often.
                bytes.extend(digest.map(|byte| if byte < 200 { byte & 1 } else { byte }));
                digest = Digest::of(&digest).bytes();
            }
            put(&path, &bytes);
            assert_eq!(read_all(&open(&path).0), [], "{seed}");
        }
    }

    #[test]
    fn zeros_at_the_end_are_cut_off() {
        let (_folder, path) = place();
        let all = small(&path);
        let length = fs::metadata(&path).unwrap().len();
        File::options().write(true).open(&path).unwrap().set_len(10_000).unwrap();
        assert_eq!(open(&path).1, State::Damaged);
        assert_eq!(fs::metadata(&path).unwrap().len(), length);
        assert_eq!(records(&path), all);
    }

    #[test]
    fn another_identity_or_version_begins_anew() {
        let (_folder, path) = place();
        small(&path);
        let (log, state) = Log::open(&path, *b"another identity").unwrap();
        assert_eq!((state, log.blocks()), (State::Foreign, 0));
        log.append("a", b"b");
        log.finish().unwrap();
        assert_eq!(append(&path, &[]), State::Foreign);
        assert_eq!(records(&path), []);
        for other in ["pressmark cache 2\nan identity here", "p\n", "\0", "# A text.\n"] {
            put(&path, other);
            assert_eq!(append(&path, &[record(1, 1)]), State::Foreign, "{other}");
            assert_eq!(records(&path), [record(1, 1)], "{other}");
        }
    }

    #[test]
    fn a_block_of_another_log_or_place_is_damaged() {
        let (_folder, path) = place();
        append(&path, &[record(1, 20)]);
        let bytes = fs::read(&path).unwrap();
        put(&path, [&bytes, &bytes[34..]].concat());
        let (log, state) = open(&path);
        assert_eq!((state, log.blocks()), (State::Good, 2));
        assert_eq!(read_all(&log), [record(1, 20)]);
        assert!(log.has_damage());
        let other = [&header([0; 16])[..], &bytes[34..]].concat();
        put(&path, other);
        let (log, state) = Log::open(&path, [0; 16]).unwrap();
        assert_eq!((state, log.blocks()), (State::Good, 1));
        assert_eq!(read_all(&log), []);
        assert!(log.has_damage());
    }

    #[test]
    fn a_wrong_length_asks_for_no_memory() {
        let (_folder, path) = place();
        small(&path);
        let bytes = fs::read(&path).unwrap();
        // In turn the lengths of the first block, its first key and its value.
        for at in [50, 54, 58] {
            let mut wrong = bytes.clone();
            wrong[at..at + 4].fill(0xff);
            put(&path, &wrong);
            let (log, state) = open(&path);
            assert_eq!((state, log.blocks()), (State::Damaged, 0), "{at}");
        }
        // There is room for what the length of the block says.
        let mut wrong = bytes.clone();
        wrong[50..54].copy_from_slice(&(900_u32 << 20).to_le_bytes());
        put(&path, &wrong);
        File::options().write(true).open(&path).unwrap().set_len(1 << 30).unwrap();
        let (log, state) = open(&path);
        assert_eq!((state, log.blocks()), (State::Damaged, 0));
    }

    #[test]
    fn a_sealed_block_is_checked_all_the_same() {
        let (_folder, path) = place();
        let good = [1, 0, 0, 0, 1, 0, 0, 0, b'k', b'v'];
        put(&path, sealed(&good));
        assert_eq!(records(&path), [("k".to_owned(), b"v".to_vec())]);
        let huge = [&good[..], &[0xff; 8]].concat();
        let short = [&good[..], &[1, 0, 0, 0, 1, 0, 0, 0, b'k']].concat();
        let odd = [&good[..], &[0]].concat();
        let not_utf8 = [1, 0, 0, 0, 1, 0, 0, 0, 0xff, b'v'].to_vec();
        for records in [huge, short, odd, not_utf8] {
            put(&path, sealed(&records));
            let (log, state) = open(&path);
            assert_eq!((state, log.blocks()), (State::Good, 1), "{records:?}");
            assert!(log.read(0).is_none(), "{records:?}");
            assert!(log.has_damage(), "{records:?}");
        }
    }

    #[test]
    fn two_runs_at_the_same_time_make_no_wrong_record() {
        let (_folder, path) = place();
        let of = |run: usize| (0..400).map(move |at| record(run * 1000 + at, at * 11));
        append(&path, &of(0).collect::<Vec<_>>());
        let (one, _) = open(&path);
        let (two, _) = open(&path);
        for ((key, value), (other, longer)) in of(1).zip(of(2)) {
            one.append(&key, &value);
            two.append(&other, &longer[..longer.len() / 2]);
        }
        two.finish().unwrap();
        one.finish().unwrap();
        let all = read_all(&open(&path).0);
        assert!(all.starts_with(&of(0).collect::<Vec<_>>()));
        let halves = of(2).map(|(key, value)| (key, value[..value.len() / 2].to_owned()));
        let appended: BTreeSet<_> = of(1).zip(halves).flat_map(<[_; 2]>::from).collect();
        assert!(all.iter().skip(400).all(|record| appended.contains(record)));
    }

    #[test]
    fn a_log_that_is_cut_off_while_it_is_open_is_damaged() {
        let (_folder, path) = place();
        small(&path);
        let (log, _) = open(&path);
        File::options().write(true).open(&path).unwrap().set_len(100).unwrap();
        assert!(log.read(log.blocks() - 1).is_none());
        assert!(log.has_damage());
    }

    #[test]
    fn a_compaction_keeps_just_what_is_asked_for() {
        let (folder, path) = place();
        let all: Vec<_> = (0..2000).map(|number| record(number, 600)).collect();
        append(&path, &all[..1500]);
        let (log, _) = open(&path);
        for (key, value) in &all[1500..] {
            log.append(key, value);
        }
        let (mut asked, mut n) = (Vec::new(), 0);
        let keep = |key: &str, value: &[u8]| {
            asked.push((key.to_owned(), value.to_owned()));
            n += 1;
            n % 3 == 0
        };
        let length = log.compact(keep).unwrap();
        assert!(asked == all);
        assert_eq!(length, fs::metadata(&path).unwrap().len());
        let kept: Vec<_> = all.iter().skip(2).step_by(3).cloned().collect();
        assert!(records(&path) == kept);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let length = open(&path).0.compact(|_, _| false).unwrap();
        assert_eq!(length, 34);
        assert_eq!(records(&path), []);
    }

    #[test]
    fn a_compaction_that_was_killed_loses_nothing() {
        let (folder, path) = place();
        let all = small(&path);
        let bytes = fs::read(&path).unwrap();
        let new = path_of_new(&path);
        for end in [0, 20, 34, 90, bytes.len()] {
            put(&new, &bytes[..end]);
            assert_eq!(records(&path), all);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
            put(&new, &bytes[..end]);
            let (log, _) = open(&path);
            log.compact(|_, _| true).unwrap();
            assert_eq!(records(&path), all);
        }
    }

    #[test]
    fn a_compaction_that_fails_leaves_the_log_as_it_was() {
        let (_folder, path) = place();
        let all = small(&path);
        fs::create_dir(path_of_new(&path)).unwrap();
        let (log, _) = open(&path);
        log.append("later", b"");
        assert!(log.compact(|_, _| false).is_err());
        assert_eq!(
            records(&path),
            [all, vec![("later".to_owned(), Vec::new())]].concat()
        );
    }

    #[test]
    fn an_error_while_appending_is_told_at_the_end() {
        let (_folder, path) = place();
        let all = small(&path);
        let (mut log, _) = open(&path);
        log.file = Store::new(File::open(&path).unwrap());
        for number in 0..3 {
            let (key, value) = record(number, BLOCK);
            log.append(&key, &value);
        }
        assert!(log.finish().is_err());
        assert_eq!(records(&path), all);
        let (mut log, _) = open(&path);
        log.file = Store::new(File::open(&path).unwrap());
        log.append("a", b"b");
        assert!(log.compact(|_, _| true).is_err());
        assert_eq!(records(&path), all);
    }

    #[test]
    fn what_is_no_file_is_left_alone() {
        let (folder, path) = place();
        fs::create_dir(&path).unwrap();
        assert!(Log::open(&path, IDENTITY).is_err());
        assert!(path.is_dir());
        let missing = folder.path().join("missing").join("log");
        assert!(Log::open(&missing, IDENTITY).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let (folder, path) = place();
        let text = folder.path().join("text");
        fs::write(&text, "mine").unwrap();
        std::os::unix::fs::symlink(&text, &path).unwrap();
        assert!(Log::open(&path, IDENTITY).is_err());
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink(&text, path_of_new(&path)).unwrap();
        let (log, _) = open(&path);
        log.append("a", b"b");
        log.compact(|_, _| true).unwrap();
        assert_eq!(fs::read_to_string(&text).unwrap(), "mine");
    }
}
