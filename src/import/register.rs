//! What earlier runs of an import wrote, so that the next one overwrites no
//! edit and gives every piece the place that it has.
//!
//! The register is a text of lines: the SHA-256 of a file as it was written,
//! its path from the site's folder, and the key of its piece, divided by tabs.
//! Lines are added before their files are written, and a line `# done` when they are;
//! the last line of a key holds. So a file that is not as the register says was
//! changed by a person, unless its line stands behind the last `# done`: then the
//! program may have been killed before it was written.

use crate::hash::{FixedMap, FixedSet, Sha256, of};

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
    /// Whether it may not have been written.
    pub(super) is_unsure: bool,
    /// The SHA-256 of what stood there before, if it is unsure.
    before: Option<Box<str>>,
}

impl Entry {
    /// Whether these bytes are what a run wrote, or began to write of a text.
    pub(super) fn wrote(&self, bytes: &[u8], text: &str) -> bool {
        let sha256 = Sha256::of(bytes);
        let was_before = self.before.as_deref() == Some(sha256.as_str());
        *self.sha256 == *sha256
            || (self.is_unsure && (was_before || text.as_bytes().starts_with(bytes)))
    }
}

/// The line behind those whose files are written.
pub(super) const DONE: &str = "# done\n";

impl Register {
    /// Reads a register; lines that are none are passed over.
    pub(super) fn read(text: &str) -> Self {
        let mut entries: FixedMap<u64, Entry> = FixedMap::default();
        let mut files = FixedSet::default();
        let mut unsure: Vec<u64> = Vec::new();
        for line in text.lines() {
            if line == DONE.trim_end() {
                for key in unsure.drain(..) {
                    if let Some(entry) = entries.get_mut(&key) {
                        *entry =
                            Entry { is_unsure: false, before: None, ..entry.clone() };
                    }
                }
            }
            let mut parts = line.splitn(3, '\t');
            if let (Some(sha256), Some(file), Some(key)) =
                (parts.next(), parts.next(), parts.next())
            {
                files.insert(of(file));
                let known = entries.get(&of(key));
                let before = known.map(|known| known.sha256.clone());
                let (file, sha256) = (file.into(), sha256.into());
                unsure.push(of(key));
                entries.insert(of(key), Entry { file, sha256, is_unsure: true, before });
            }
        }
        Self { entries, files }
    }

    /// What was written for a key.
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(&of(folded(key).as_str()))
    }

    /// Whether a file was written by an earlier run.
    pub(super) fn has_file(&self, file: &str) -> bool {
        self.files.contains(&of(file))
    }

    /// The files of pieces whose keys were not told, in the order of the alphabet.
    pub(super) fn untold(&self, is_told: impl Fn(u64) -> bool) -> Vec<&str> {
        let untold = self.entries.iter().filter(|(key, _)| !is_told(**key));
        let mut files: Vec<_> = untold.map(|(_, entry)| &*entry.file).collect();
        files.sort_unstable();
        files
    }

    /// Whether nothing was written yet.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// The line of an entry, with the head of the register if it is the first.
pub(super) fn line(is_first: bool, sha256: &str, file: &str, key: &str) -> String {
    let head = if is_first { HEAD } else { "" };
    format!("{head}{sha256}\t{file}\t{}\n", folded(key))
}

/// A key as it stands in the register: in one line.
fn folded(key: &str) -> String {
    key.replace(['\n', '\r', '\t'], " ")
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
            register.get("k1").map(|own| (&*own.file, &*own.sha256)),
            Some(("held/2019/a.md", "cc"))
        );
        assert_eq!(register.get("k2").unwrap().file.as_ref(), "content/2019/b.md");
        assert_eq!(register.get("k3"), None);
    }

    #[test]
    fn what_was_not_finished_is_unsure() {
        let text = |end: &str| {
            let lines = [
                line(true, &Sha256::of(b"old"), "content/a.md", "a key\nof two lines"),
                DONE.to_owned(),
                line(false, &Sha256::of(b"new"), "content/a.md", "a key\nof two lines"),
                end.to_owned(),
            ];
            Register::read(&lines.concat()).get("a key\nof two lines").unwrap().clone()
        };
        let killed = text("");
        assert!(killed.is_unsure);
        for bytes in [&b"old"[..], b"new", b"", b"newe"] {
            assert!(killed.wrote(bytes, "newest"), "{bytes:?}");
        }
        assert!(!killed.wrote(b"mine", "newest"));
        let done = text(DONE);
        assert!(
            !done.is_unsure
                && done.wrote(b"new", "newest")
                && !done.wrote(b"old", "newest")
        );
    }

    #[test]
    fn a_line_that_was_cut_off_is_passed_over() {
        let text = format!("{}abc\tcontent", line(true, "aa", "content/a.md", "k"));
        assert_eq!(Register::read(&text).entries.len(), 1);
    }
}
