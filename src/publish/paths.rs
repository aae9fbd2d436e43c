//! Which paths a file of a site can have below the output.
//!
//! Nothing here touches the disk.

use std::path::Path;

use crate::address;

/// The staging folder of an output that is a mount of its own.
pub(super) const INNER_STAGING: &str = ".pressmark";

/// Whether an entry at the top of the output belongs to another program, or is
/// the staging folder.
pub(super) fn is_foreign(name: &str) -> bool {
    address::is_unpublished(name)
}

/// Why no file of a site can have this path; none if it stays within the output
/// and fits on a line.
pub(super) fn objection(path: &str) -> Option<&'static str> {
    let first = path.split('/').next().unwrap_or_default();
    if path.split('/').any(str::is_empty) {
        Some("a part of the path is empty")
    } else if path.split('/').any(|part| part == "." || part == "..") {
        Some("the path leads out of the output folder")
    } else if !path.split('/').all(can_be_a_part) {
        Some("the path has a character that not every system can store")
    } else if is_foreign(first) {
        Some("that folder belongs to another program")
    } else {
        None
    }
}

/// Whether a name can be a part of a path: it fits on a line of a list, and is
/// one name on every system.
pub(super) fn can_be_a_part(name: &str) -> bool {
    let is_bad = |c: char| c.is_control() || c == '\\' || (cfg!(windows) && c == ':');
    !name.contains(is_bad)
}

/// The folder that a path stands in.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}
