//! Whether a file has certain bytes already.
//!
//! Sizes are compared first; bytes are read in chunks, so that a film takes no
//! more memory than a page.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// How many bytes are compared at a time.
const CHUNK: u64 = 64 * 1024;

/// Whether the file at `path` has just these bytes.
pub(super) fn has_content(
    path: &Path,
    length: u64,
    expected: impl Read,
) -> io::Result<bool> {
    let found = File::open(path)?;
    if found.metadata()?.len() != length {
        return Ok(false);
    }
    let (mut found, mut expected) = (found, expected);
    // One byte more than the file has, so that a short file ends at once.
    let size = usize::try_from(CHUNK.min(length + 1)).unwrap_or(1);
    let (mut left, mut right) = (vec![0; size], vec![0; size]);
    loop {
        let n_left = fill(&mut found, &mut left)?;
        let n_right = fill(&mut expected, &mut right)?;
        if left.get(..n_left) != right.get(..n_right) {
            return Ok(false);
        }
        if n_left < size {
            return Ok(true);
        }
    }
}

/// Reads until the buffer is full or the source is at its end.
fn fill(source: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match source.read(rest) {
            Ok(0) => break,
            Ok(n_read) => filled += n_read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn bytes_are_compared_up_to_the_last_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let is_same =
            |bytes: &[u8]| has_content(&path, bytes.len() as u64, bytes).unwrap();
        for size in [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000] {
            let mut bytes = vec![b'x'; size];
            fs::write(&path, &bytes).unwrap();
            assert!(is_same(&bytes), "{size}");
            bytes.push(b'x');
            assert!(!is_same(&bytes), "{size}");
            bytes.pop();
            if let Some(last) = bytes.last_mut() {
                *last = b'y';
                assert!(!is_same(&bytes), "{size}");
            }
        }
    }

    #[test]
    fn a_source_that_is_not_as_long_as_it_said_differs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "abc").unwrap();
        assert!(!has_content(&path, 3, &b"ab"[..]).unwrap());
        assert!(!has_content(&path, 3, &b"abcd"[..]).unwrap());
    }
}
