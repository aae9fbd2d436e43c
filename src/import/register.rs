//! What earlier runs of an import wrote, so that the next one overwrites no
//! edit and gives every piece the place that it has.
//!
//! The register is a text of lines: the SHA-256 of a file as it was written,
//! its path from the site's folder, and the key of its piece, divided by tabs.
//! A line is added before its file is written; the last line of a key holds. So
//! a file that is not as the register says was changed by a person.

use crate::hash::{FixedMap, FixedSet, of};

/// The first line of a register.
const HEAD: &str =
    "# What the import wrote: SHA-256, file, key. Keep it with the archive.\n";

/// What stands in a register.
#[derive(Debug, Default)]
pub(super) struct Register {
    /// The entries, by the hash of their key.
    entries: FixedMap<u64, Entry>,
    /// The files, by the hashes of their paths.
    files: FixedSet<u64>,
}

/// What an earlier run wrote for a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The file, as a path from the site's folder.
    pub(super) file: Box<str>,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub(super) sha256: Box<str>,
}

impl Register {
    /// Reads a register; lines that are none are passed over.
    pub(super) fn read(text: &str) -> Self {
        let mut entries = FixedMap::default();
        let mut files = FixedSet::default();
        for line in text.lines() {
            let mut parts = line.splitn(3, '\t');
            if let (Some(sha256), Some(file), Some(key)) =
                (parts.next(), parts.next(), parts.next())
            {
                let entry = Entry { file: file.into(), sha256: sha256.into() };
                files.insert(of(file));
                entries.insert(of(key), entry);
            }
        }
        Self { entries, files }
    }

    /// What was written for a key.
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(&of(key))
    }

    /// Whether a file was written by an earlier run.
    pub(super) fn has_file(&self, file: &str) -> bool {
        self.files.contains(&of(file))
    }

    /// Whether nothing was written yet.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// The line of an entry, with the head of the register if it is the first.
pub(super) fn line(is_first: bool, sha256: &str, file: &str, key: &str) -> String {
    let head = if is_first { HEAD } else { "" };
    let key = key.replace(['\n', '\r', '\t'], " ");
    format!("{head}{sha256}\t{file}\t{key}\n")
}

/// The key of the piece of a file, as the last line with this sum has it.
pub(super) fn key_of<'t>(text: &'t str, sha256: &str, file: &str) -> Option<&'t str> {
    text.lines().rev().find_map(|line| {
        let rest = line.strip_prefix(sha256)?.strip_prefix('\t')?;
        rest.strip_prefix(file)?.strip_prefix('\t')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_of_a_key_holds() {
        let text = [
            line(true, "aa", "content/2019/a.md", "k1"),
            line(false, "bb", "content/2019/b.md", "k2"),
            line(false, "cc", "held/2019/a.md", "k1"),
        ];
        let register = Register::read(&text.concat());
        assert_eq!(
            register.get("k1"),
            Some(&Entry { file: "held/2019/a.md".into(), sha256: "cc".into() })
        );
        assert_eq!(register.get("k2").unwrap().file.as_ref(), "content/2019/b.md");
        assert_eq!(register.get("k3"), None);
    }

    #[test]
    fn a_line_that_was_cut_off_is_passed_over() {
        let text = format!("{}abc\tcontent", line(true, "aa", "content/a.md", "k"));
        assert_eq!(Register::read(&text).entries.len(), 1);
    }
}
