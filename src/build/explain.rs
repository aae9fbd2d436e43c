//! What `--explain` is asked about, and what there is to say.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::address::{Address, decode};
use crate::plan::{Plan, SEARCH_INDEX, What, why_withheld};
use crate::render::{Reason, Site};
use crate::source;

/// What a build has to say of the page or file that it was asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// It stands at this address, and this is why it was made again or not.
    Made(Address, Reason),
    /// It is a file that is kept back, and this is why, as a phrase.
    Withheld(String, &'static str),
    /// There is nothing of this name.
    Nothing(String),
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (address, reason) = match self {
            Self::Made(address, reason) => (address, reason),
            Self::Withheld(file, why) => {
                return write!(f, "{file} {why}, so no page was made from it");
            }
            Self::Nothing(written) => {
                return write!(
                    f,
                    "nothing of the site is called `{written}`; name an address such as \
                     `/2019/rally/`, a file under `content/` or `static/`, or a file of \
                     the output"
                );
            }
        };
        match reason {
            Reason::Same => {
                write!(
                    f,
                    "{address} stayed as it was: nothing that goes into it has changed"
                )
            }
            Reason::Unknown => {
                write!(
                    f,
                    "{address} was made again: no earlier build is known to have made it"
                )
            }
            Reason::Asked => {
                write!(f, "{address} was made again: `--clean` makes everything again")
            }
            Reason::Always => write!(
                f,
                "{address} is put together in every build, of the names of all files"
            ),
            Reason::Index => write!(
                f,
                "{address} is put together in every build; a block of the search index is \
                 made again if an article in it has changed, or one came before it"
            ),
            Reason::Changed(what) => {
                write!(
                    f,
                    "{address} was made again: this has changed: {}",
                    what.join("; ")
                )
            }
            Reason::Replaced => write!(
                f,
                "{address} was made again: its file in the output is missing, or is not the \
                 one that was written"
            ),
            Reason::Faulty => write!(
                f,
                "{address} was made again: it has a warning, which is said each time"
            ),
        }
    }
}

/// What a name given to `--explain` means.
pub(super) enum Subject {
    /// The entry of the plan at this place.
    Entry(usize),
    /// What can be said of it at once.
    Settled(Explanation),
}

impl Subject {
    /// The place of the entry, if it is one.
    pub(super) fn place(&self) -> Option<usize> {
        match self {
            Self::Entry(place) => Some(*place),
            Self::Settled(_) => None,
        }
    }

    /// What there is to say, with what a build found out about the entry.
    pub(super) fn explain(
        self,
        plan: &Plan,
        reason: Option<Reason>,
    ) -> Option<Explanation> {
        match self {
            Self::Entry(place) => {
                let address = plan.entries[place].address.clone();
                Some(Explanation::Made(address, reason?))
            }
            Self::Settled(explanation) => Some(explanation),
        }
    }
}

/// Finds what is named by an address, with or without the host, by a file that it
/// is made from, or by its file in the output. The path of a file may begin at the
/// current folder, the site's folder or the output.
pub(super) fn find(site: &Site<'_>, output: &Path, written: &str) -> Subject {
    if let Some(place) = find_address(site, written) {
        return Subject::Entry(place);
    }
    let output = source::real(output).unwrap_or_else(|| output.to_owned());
    let root = source::real(&site.folder.path("")).unwrap_or_default();
    for base in [Path::new(""), &root, &output] {
        let Some(path) = source::real(&plain(&base.join(written))) else { continue };
        let below = |folder: &Path| {
            let path = path.strip_prefix(folder).ok()?.to_str()?;
            Some(path.replace(std::path::MAIN_SEPARATOR, "/"))
        };
        // An output may stand in the site's folder.
        if let Some(file) = below(&output) {
            if let Some(place) = find_address(site, &format!("/{file}")) {
                return Subject::Entry(place);
            }
        } else if let Some(file) = below(&root) {
            if let Some(place) = find_source(site, &file) {
                return Subject::Entry(place);
            }
            if let Some(why) = why_withheld(site.archive, &file) {
                return Subject::Settled(Explanation::Withheld(file, why));
            }
        }
    }
    Subject::Settled(Explanation::Nothing(written.to_owned()))
}

/// The place of what stands at an address. It may be in percent form, and name
/// the file of a page.
fn find_address(site: &Site<'_>, written: &str) -> Option<usize> {
    let base = &site.config.base_url;
    let whole = written.strip_prefix(base.full.as_str());
    let rooted = whole.unwrap_or(written);
    let path = if rooted.is_empty() && whole.is_some() { "/" } else { rooted };
    if !path.starts_with('/') {
        return None;
    }
    let below = path.strip_prefix(base.path.as_str()).filter(|_| !base.path.is_empty());
    below.and_then(|path| place_of(site, path)).or_else(|| place_of(site, path))
}

/// The place of what stands at a path from the site's root, in percent form.
fn place_of(site: &Site<'_>, path: &str) -> Option<usize> {
    let path = decode(path)?;
    let path = match path.strip_suffix("/index.html") {
        Some(folder) => format!("{folder}/"),
        None => path,
    };
    let plan = site.plan;
    let index = || {
        // The other files of the index are made with its root.
        let is_file = path.starts_with("/search/") && path.ends_with(".js");
        is_file.then(|| plan.place_at(SEARCH_INDEX))?
    };
    plan.place_at(&path).or_else(|| plan.place_at(&format!("{path}/"))).or_else(index)
}

/// The place of what a file of the site is made to.
fn find_source(site: &Site<'_>, file: &str) -> Option<usize> {
    let plan = site.plan;
    if let Some(address) = plan.address_of(file) {
        return plan.place_at(address.as_str());
    }
    let is_copy = |what: &What| matches!(what, What::File(source) if **source == *file);
    plan.entries.iter().position(|entry| is_copy(&entry.what))
}

/// A path without `.` and `..` in it, as far as it can be told without looking.
fn plain(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            _ => plain.push(part),
        }
    }
    plain
}
