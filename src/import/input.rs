//! What is given on the command line, as parts that can be read more than once:
//! plain files, gzip files, and each export inside a zip file.
//!
//! It decides what a file is, by its first bytes, and refuses archives inside
//! archives. Nothing is ever held as a whole, so a file that grows without end
//! when it is unpacked does no harm. Who opens files hands in a way to do it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use crate::hash::Sha256;
use crate::import::piece::Refused;

/// Bytes that can be read from any place.
pub trait Bytes: Read + Seek {}

impl<T: Read + Seek> Bytes for T {}

/// A way to open files.
pub trait Open {
    /// Opens a file at its beginning.
    fn open(&self, file: &str) -> io::Result<Box<dyn Bytes>>;
}

/// What is given for the standard input.
pub const STANDARD: &str = "-";

/// A scratch file with what came through the standard input. It can be opened
/// again and again.
pub struct Scratch(File);

impl Scratch {
    /// Copies a stream into a file that nobody else uses.
    pub fn fill(from: &mut dyn Read, mut file: File) -> io::Result<Self> {
        io::copy(from, &mut file)?;
        file.flush()?;
        Ok(Self(file))
    }

    /// Opens what was copied at its beginning.
    pub fn open(&self) -> io::Result<Box<dyn Bytes>> {
        let mut file = self.0.try_clone()?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Box::new(file))
    }
}

/// A file that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The file, as it was given.
    pub name: Arc<str>,
    /// How many bytes it has.
    pub size: u64,
    /// The SHA-256 sum of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// A part that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is called in messages: the file, and what stands inside it.
    pub name: Arc<str>,
    /// The place of its file among those that were given.
    pub given: usize,
    /// How it is read.
    packing: Packing,
}

/// How a part is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    /// It is the file as it stands.
    Plain,
    /// It is compressed.
    Gzip,
    /// It has this place in a zip file.
    Zip(usize),
}

/// All that was given.
pub struct Input<'o> {
    /// Opens files.
    open: &'o dyn Open,
    /// The files.
    pub given: Vec<Given>,
    /// The parts, in the order in which they are read.
    pub parts: Vec<Part>,
}

impl<'o> Input<'o> {
    /// Looks at files: what they are, how big, and what their sums are.
    pub fn of(open: &'o dyn Open, files: &[&str]) -> Result<Self, Refused> {
        let mut input = Self { open, given: Vec::new(), parts: Vec::new() };
        for file in files {
            let name: Arc<str> = Arc::from(*file);
            let sum = input.sum(&name).map_err(|error| unreadable(&name, &error))?;
            let parts = input.parts_of(&name)?;
            input.given.push(sum);
            input.parts.extend(parts);
        }
        Ok(input)
    }

    /// How many bytes the files have together.
    pub fn size(&self) -> u64 {
        self.given.iter().map(|given| given.size).sum()
    }

    /// Opens a part and hands its bytes to `read`. `tell` is told how many bytes
    /// of the file were read, each time that some were.
    pub fn read<T>(
        &self,
        part: &Part,
        tell: &dyn Fn(u64),
        read: impl FnOnce(&mut dyn Read) -> T,
    ) -> Result<T, Refused> {
        let Some(given) = self.given.get(part.given) else {
            let error = io::Error::from(io::ErrorKind::NotFound);
            return Err(unreadable(&part.name, &error));
        };
        let file = self.open.open(&given.name);
        let file = file.map_err(|error| unreadable(&part.name, &error))?;
        let mut file = Counted { inner: file, tell };
        match part.packing {
            Packing::Plain => Ok(read(&mut file)),
            Packing::Gzip => Ok(read(&mut MultiGzDecoder::new(io::BufReader::new(file)))),
            Packing::Zip(place) => {
                let broken =
                    |error: zip::result::ZipError| broken_zip(&part.name, &error);
                let mut archive = ZipArchive::new(file).map_err(broken)?;
                let mut entry = archive.by_index(place).map_err(broken)?;
                Ok(read(&mut entry))
            }
        }
    }

    /// The size and the sum of a file.
    fn sum(&self, name: &Arc<str>) -> io::Result<Given> {
        let mut file = self.open.open(name)?;
        let (mut sum, mut size) = (Sha256::default(), 0);
        let mut buffer = vec![0; 128 * 1024];
        loop {
            let n = match file.read(&mut buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if n == 0 {
                return Ok(Given { name: Arc::clone(name), size, sha256: sum.hex() });
            }
            sum.add(buffer.get(..n).unwrap_or_default());
            size += n as u64;
        }
    }

    /// The parts of a file.
    fn parts_of(&self, name: &Arc<str>) -> Result<Vec<Part>, Refused> {
        let given = self.given.len();
        let mut file = self.open.open(name).map_err(|error| unreadable(name, &error))?;
        let start = beginning(&mut file).map_err(|error| unreadable(name, &error))?;
        let part = |packing| vec![Part { name: Arc::clone(name), given, packing }];
        match sort_of(&start) {
            Sort::Other => Ok(part(Packing::Plain)),
            Sort::Tar => Err(nested(name, "is a tar archive")),
            Sort::Zip => {
                file.rewind().map_err(|error| unreadable(name, &error))?;
                zip_parts(file, name, given)
            }
            Sort::Gzip => {
                file.rewind().map_err(|error| unreadable(name, &error))?;
                // Bytes that cannot be unpacked are told when they are read.
                let inner = beginning(&mut MultiGzDecoder::new(io::BufReader::new(file)));
                match sort_of(&inner.unwrap_or_default()) {
                    Sort::Other => Ok(part(Packing::Gzip)),
                    Sort::Tar => Err(nested(name, "holds a tar archive")),
                    Sort::Zip | Sort::Gzip => Err(nested(name, "holds another archive")),
                }
            }
        }
    }
}

/// The exports in a zip file, by their names.
fn zip_parts(
    file: Box<dyn Bytes>,
    name: &Arc<str>,
    given: usize,
) -> Result<Vec<Part>, Refused> {
    let broken = |error: zip::result::ZipError| broken_zip(name, &error);
    let mut archive = ZipArchive::new(file).map_err(broken)?;
    let mut found = Vec::new();
    for place in 0..archive.len() {
        let Some(Ok(inner)) = archive.name_for_index(place) else { continue };
        let inner = inner.into_owned();
        let lower = inner.to_ascii_lowercase();
        if lower.starts_with("__macosx/") || lower.ends_with('/') {
            continue;
        }
        if [".zip", ".gz", ".tgz", ".tar"].iter().any(|ending| lower.ends_with(ending)) {
            return Err(nested(name, &format!("holds the archive {inner}")));
        }
        if lower.ends_with(".xml") || lower.ends_with(".wxr") {
            let is_nested = archive
                .by_index(place)
                .map_err(broken)
                .map(|mut entry| beginning(&mut entry).unwrap_or_default())
                .map(|start| sort_of(&start) != Sort::Other)?;
            if is_nested {
                return Err(nested(name, &format!("holds the archive {inner}")));
            }
            found.push((inner, place));
        }
    }
    found.sort();
    if found.is_empty() {
        return Err(Refused {
            file: Arc::clone(name),
            message: "holds no .xml file".to_owned(),
            hint: "give the export that WordPress made: Tools, Export, All content"
                .to_owned(),
        });
    }
    let part = |(inner, place): (String, usize)| Part {
        name: Arc::from(format!("{name}/{inner}")),
        given,
        packing: Packing::Zip(place),
    };
    Ok(found.into_iter().map(part).collect())
}

/// What a file is by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// A zip file.
    Zip,
    /// A gzip file.
    Gzip,
    /// A tar archive.
    Tar,
    /// Neither.
    Other,
}

/// What bytes are that begin like this.
fn sort_of(start: &[u8]) -> Sort {
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        Sort::Zip
    } else if start.starts_with(b"\x1f\x8b") {
        Sort::Gzip
    } else if start.get(257..262) == Some(b"ustar") {
        Sort::Tar
    } else {
        Sort::Other
    }
}

/// The first bytes of a stream.
fn beginning(from: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    from.take(300).read_to_end(&mut start)?;
    Ok(start)
}

/// Tells how many bytes are read.
struct Counted<'t> {
    /// What is read.
    inner: Box<dyn Bytes>,
    /// Who is told.
    tell: &'t dyn Fn(u64),
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        (self.tell)(n as u64);
        Ok(n)
    }
}

impl Seek for Counted<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// A file that cannot be read.
fn unreadable(file: &Arc<str>, error: &io::Error) -> Refused {
    Refused {
        file: Arc::clone(file),
        message: format!("cannot be read: {error}"),
        hint: "check the name and who may read the file".to_owned(),
    }
}

/// A zip file that cannot be read.
fn broken_zip(file: &Arc<str>, error: &zip::result::ZipError) -> Refused {
    Refused {
        file: Arc::clone(file),
        message: format!("is a zip file that cannot be unpacked: {error}"),
        hint: "download it again, or unpack it with another program and give the files"
            .to_owned(),
    }
}

/// An archive in an archive.
fn nested(file: &Arc<str>, what: &str) -> Refused {
    Refused {
        file: Arc::clone(file),
        message: what.to_owned(),
        hint: "unpack it and give the .xml files inside".to_owned(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    /// Files in memory.
    #[derive(Default)]
    pub(crate) struct Files(pub(crate) BTreeMap<String, Vec<u8>>);

    impl Open for Files {
        fn open(&self, file: &str) -> io::Result<Box<dyn Bytes>> {
            let found = self.0.get(file).cloned();
            let found = found.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
            Ok(Box::new(io::Cursor::new(found)))
        }
    }

    /// One file in memory.
    pub(crate) fn file(name: &str, bytes: &[u8]) -> Files {
        Files([(name.to_owned(), bytes.to_vec())].into())
    }

    /// Bytes as gzip.
    pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// Files as zip.
    pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// The parts of a file with what they hold, read twice.
    fn told(bytes: &[u8]) -> Result<Vec<(String, String)>, String> {
        let files = file("a.bin", bytes);
        let input = Input::of(&files, &["a.bin"]).map_err(|refused| refused.message)?;
        let read = |part: &Part| {
            let mut text = String::new();
            let read = |from: &mut dyn Read| from.read_to_string(&mut text).unwrap();
            input.read(part, &|_| {}, read).unwrap();
            text
        };
        let parts = input.parts.iter();
        Ok(parts
            .map(|part| {
                assert_eq!(read(part), read(part));
                (part.name.to_string(), read(part))
            })
            .collect())
    }

    #[test]
    fn the_first_bytes_decide_what_a_file_is() {
        let one = |text: &str| Ok(vec![("a.bin".to_owned(), text.to_owned())]);
        assert_eq!(told(b"<rss>"), one("<rss>"));
        assert_eq!(told(b""), one(""));
        assert_eq!(told(&gzip(b"<rss>")), one("<rss>"));
        assert_eq!(told(&[gzip(b"<r"), gzip(b"ss>")].concat()), one("<rss>"));
        let packed = zip(&[
            ("b/2.XML", b"two"),
            ("1.xml", b"one"),
            ("__MACOSX/1.xml", b"no"),
            ("c.txt", b"no"),
        ]);
        assert_eq!(
            told(&packed),
            Ok(vec![
                ("a.bin/1.xml".to_owned(), "one".to_owned()),
                ("a.bin/b/2.XML".to_owned(), "two".to_owned())
            ])
        );
    }

    #[test]
    fn archives_in_archives_are_refused() {
        let tar = [vec![b'a'; 257], b"ustar\x0000".to_vec()].concat();
        for (bytes, message) in [
            (gzip(&gzip(b"a")), "holds another archive"),
            (gzip(&zip(&[("a.xml", b"a")])), "holds another archive"),
            (gzip(&tar), "holds a tar archive"),
            (tar.clone(), "is a tar archive"),
            (zip(&[("in.zip", b"a")]), "holds the archive in.zip"),
            (zip(&[("in.xml", &gzip(b"a"))]), "holds the archive in.xml"),
            (zip(&[("in.txt", b"a")]), "holds no .xml file"),
        ] {
            assert_eq!(told(&bytes), Err(message.to_owned()));
        }
        assert!(
            told(b"PK\x03\x04 broken").unwrap_err().starts_with("is a zip file that")
        );
    }

    #[test]
    fn the_standard_input_can_be_read_twice() {
        let mut stream = &b"<rss>"[..];
        let scratch = Scratch::fill(&mut stream, tempfile::tempfile().unwrap()).unwrap();
        for _ in 0..2 {
            let mut text = String::new();
            scratch.open().unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, "<rss>");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let files = Files::default();
        let Err(refused) = Input::of(&files, &["x.xml"]) else {
            panic!("it is not there")
        };
        assert_eq!(refused.file.as_ref(), "x.xml");
        assert!(refused.message.starts_with("cannot be read"));
    }

    #[test]
    fn sums_and_sizes_are_those_of_the_files_as_given() {
        let files = file("a.xml", b"abc");
        let input = Input::of(&files, &["a.xml", "a.xml"]).unwrap();
        assert_eq!(input.size(), 6);
        assert!(input.given[1].sha256.starts_with("ba7816bf"));
        let told = std::cell::Cell::new(0);
        let read = |from: &mut dyn Read| io::copy(from, &mut io::sink()).unwrap();
        input.read(&input.parts[1], &|n| told.set(told.get() + n), read).unwrap();
        assert_eq!(told.get(), 3);
    }
}
