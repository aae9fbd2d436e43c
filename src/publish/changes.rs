//! Which steps lead from the output as it stands to the site as it is staged.
//!
//! Nothing here touches the disk: the survey says what is there and what the
//! site claims of it.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::publish::journal::{Journal, Step};
use crate::publish::survey::{Claim, Found, Kind, Survey};
use crate::publish::{Published, Unknown, fault, manifest};

/// What the steps follow from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'a> {
    /// What stands in the output, and the claims on it.
    pub(super) survey: &'a Survey,
    /// The paths of staged files at which nothing was found.
    pub(super) fresh: &'a BTreeSet<Box<str>>,
    /// What becomes of files that are not ours.
    pub(super) unknown: Unknown,
    /// The output folder, to name it in faults.
    pub(super) output: &'a Path,
}

/// What a commit is to do, in the order in which it does it.
#[derive(Debug, Default)]
pub(super) struct Changes<'a> {
    /// Files that are no longer published, that are to be removed as unknown, or
    /// that stand in the way.
    removed: BTreeSet<&'a str>,
    /// Folders that held one of those, or that stand in the way.
    emptied: BTreeSet<&'a str>,
    /// Staged files, the list of files last.
    moves: Vec<&'a str>,
    /// What the commit comes to.
    pub(super) published: Published,
}

impl<'a> Changes<'a> {
    /// Compares what stands in the output with what is staged.
    pub(super) fn find(given: Given<'a>) -> Result<Self, Vec<Diagnostic>> {
        let mut changes = Self::default();
        let mut faults = Vec::new();
        for path in given.fresh {
            match given.survey.obstacle(path) {
                Some(found) if found.claim() != Claim::Free => {
                    faults.push(fault::twice(&given.output.join(&**path)));
                }
                Some(found) => {
                    changes.removed.insert(&found.path);
                }
                None => {}
            }
        }
        let is_turned =
            |found: &&Found| found.kind == Kind::Folder && found.claim() == Claim::Staged;
        for folder in given.survey.entries.iter().filter(is_turned) {
            changes.clear(folder, given, &mut faults);
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        changes.add_moves(given);
        changes.add_removed(given);
        Ok(changes)
    }

    /// Clears a folder that is to become a file.
    fn clear(
        &mut self,
        folder: &'a Found,
        given: Given<'a>,
        faults: &mut Vec<Diagnostic>,
    ) {
        self.emptied.insert(&folder.path);
        for found in given.survey.below(&folder.path) {
            let path = || given.output.join(found.shown());
            if found.claim() != Claim::Free {
                faults.push(fault::twice(&path()));
            } else if found.kind == Kind::Folder {
                self.emptied.insert(&found.path);
            } else if found.is_ours || is_to_be_removed(found, given.unknown) {
                self.removed.insert(&found.path);
            } else {
                let folder = given.output.join(&*folder.path);
                faults.push(fault::in_a_folder_in_the_way(&path(), &folder));
            }
        }
    }

    /// Lists what is moved in, and counts what is kept.
    fn add_moves(&mut self, given: Given<'a>) {
        self.moves.extend(given.fresh.iter().map(|path| &**path));
        for found in &given.survey.entries {
            match found.claim() {
                Claim::Free => {}
                Claim::Same => self.published.unchanged += 1,
                Claim::Staged => self.moves.push(&found.path),
            }
        }
        self.published.written = self.moves.len();
        self.moves.sort_unstable_by_key(|path| (*path == manifest::PATH, *path));
    }

    /// Lists what is removed, and counts what is left alone.
    fn add_removed(&mut self, given: Given<'a>) {
        for found in &given.survey.entries {
            if found.claim() != Claim::Free || found.kind == Kind::Folder {
                continue;
            }
            if found.is_ours || is_to_be_removed(found, given.unknown) {
                self.removed.insert(&found.path);
            } else if matches!(found.kind, Kind::File | Kind::Closed)
                && !self.removed.contains(&*found.path)
            {
                self.published.left_alone += 1;
            }
        }
        self.published.removed = self.removed.len();
        for path in &self.removed {
            let mut path = *path;
            while let Some((folder, _)) = path.rsplit_once('/')
                && self.emptied.insert(folder)
            {
                path = folder;
            }
        }
    }

    /// The commit as a journal.
    ///
    /// What goes goes first. On a disk that takes `A` and `a` for one name, the
    /// stale `A` would otherwise take the new `a` with it.
    pub(super) fn journal(&self) -> Journal {
        // In reverse order a folder comes after the folders that it holds.
        let emptied = self.emptied.iter().rev();
        Journal::write(
            (self.removed.iter().map(|path| Step::Remove(path)))
                .chain(emptied.map(|path| Step::RemoveFolder(path)))
                .chain(self.moves.iter().map(|path| Step::Move(path))),
        )
    }

    /// Whether the output is already what the site is.
    pub(super) fn is_nothing(&self) -> bool {
        self.moves.is_empty() && self.removed.is_empty()
    }
}

/// Whether an entry that is not ours goes with `--remove-unknown`.
fn is_to_be_removed(found: &Found, unknown: Unknown) -> bool {
    unknown == Unknown::Remove
        && found.is_unknown()
        && found.kind != Kind::Closed
        && !found.is_hidden()
}
