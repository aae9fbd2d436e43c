//! Bytes that are needed again later, in memory as long as they are few.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

/// Makes an empty file that vanishes by itself.
pub(super) type Make<'a> = &'a (dyn Fn() -> io::Result<File> + Sync);

/// Bytes that are written one after the other and read back in parts.
pub(super) struct Scratch<'a> {
    /// The bytes, as long as they are in memory.
    memory: Vec<u8>,
    /// The file that they went to when they became too many.
    file: Option<File>,
    /// How many there are.
    length: u64,
    /// How many may stay in memory.
    limit: usize,
    /// Makes the file.
    make: Make<'a>,
}

impl<'a> Scratch<'a> {
    /// No bytes; so many may stay in memory.
    pub(super) fn new(limit: usize, make: Make<'a>) -> Self {
        Self { memory: Vec::new(), file: None, length: 0, limit, make }
    }

    /// Adds bytes, and says where they stand.
    pub(super) fn add(&mut self, bytes: &[u8]) -> io::Result<Range<u64>> {
        if self.file.is_none() && self.memory.len() + bytes.len() > self.limit {
            let mut file = (self.make)()?;
            file.write_all(&self.memory)?;
            self.memory = Vec::new();
            self.file = Some(file);
        }
        match &mut self.file {
            Some(file) => {
                file.seek(SeekFrom::End(0))?;
                file.write_all(bytes)?;
            }
            None => self.memory.extend_from_slice(bytes),
        }
        let start = self.length;
        self.length += bytes.len() as u64;
        Ok(start..self.length)
    }

    /// Reads bytes that were added, behind what the buffer holds.
    pub(super) fn read(
        &mut self,
        range: Range<u64>,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            file.seek(SeekFrom::Start(range.start))?;
            let length = range.end - range.start;
            let n = Read::by_ref(file).take(length).read_to_end(out)?;
            return if n as u64 == length {
                Ok(())
            } else {
                Err(io::ErrorKind::UnexpectedEof.into())
            };
        }
        let place = |offset| usize::try_from(offset).unwrap_or(usize::MAX);
        let bytes = self.memory.get(place(range.start)..place(range.end));
        out.extend_from_slice(bytes.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_back_from_memory_and_from_a_file() {
        let make = || tempfile::tempfile();
        let mut scratch = Scratch::new(10, &make);
        let read = |scratch: &mut Scratch<'_>, range| {
            let mut out = b"> ".to_vec();
            scratch.read(range, &mut out).map(|()| String::from_utf8(out).unwrap())
        };
        let first = scratch.add(b"12345").unwrap();
        assert!(scratch.file.is_none());
        assert_eq!(read(&mut scratch, first.clone()).unwrap(), "> 12345");
        let second = scratch.add(b"abcdefgh").unwrap();
        assert!(scratch.file.is_some());
        assert_eq!(read(&mut scratch, first).unwrap(), "> 12345");
        assert_eq!(read(&mut scratch, second).unwrap(), "> abcdefgh");
        let third = scratch.add(b"z").unwrap();
        assert_eq!(read(&mut scratch, third).unwrap(), "> z");
        assert!(read(&mut scratch, 10..20).is_err());
    }
}
