//! The list of files that are ours, as it stands in the output.
//!
//! The list only ever marks files that were found in the output; a line that
//! names anything else is without effect, so a list that somebody changed
//! cannot lead out of the folder.

/// Where the list stands in the output.
pub(super) const PATH: &str = "manifest.txt";

/// The first line, by which a list of ours is known.
const HEADER: &str = "pressmark manifest 1";

/// The list for these paths, which are sorted.
pub(super) fn write(paths: &[&str]) -> String {
    let length: usize = paths.iter().map(|path| path.len() + 1).sum();
    let mut text = String::with_capacity(HEADER.len() + 1 + length);
    text.push_str(HEADER);
    text.push('\n');
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// The paths of a list; `None` if this is no list of ours.
pub(super) fn read(text: &str) -> Option<impl Iterator<Item = &str>> {
    let mut lines = text.split('\n');
    (lines.next()? == HEADER).then(|| lines.filter(|line| !line.is_empty()))
}
