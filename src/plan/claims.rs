//! Checks that no address is claimed twice, on any disk.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::archive::Archive;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::hash::{self, FixedMap};
use crate::parallel;
use crate::plan::{Entry, ListOf, Redirect, What};

/// Reports every pair of entries that cannot both stand on a disk. The
/// entries are in the order of their addresses.
pub(super) fn check(
    entries: &[Entry],
    redirects: &[Redirect],
    archive: &Archive,
    config: &Config,
    faults: &mut Diagnostics,
) {
    let claims = Claims { redirects, archive, config };
    for pair in entries.windows(2) {
        let [first, second] = pair else { continue };
        if first.address == second.address {
            faults.push(claims.taken(first, second));
        }
    }
    claims.check_case(entries, faults);
    claims.check_folders(entries, faults);
}

/// What the claims are described with.
struct Claims<'a> {
    /// The redirects of the plan.
    redirects: &'a [Redirect],
    /// The archive.
    archive: &'a Archive,
    /// The settings.
    config: &'a Config,
}

impl Claims<'_> {
    /// Reports two claims on one address.
    fn taken(&self, first: &Entry, second: &Entry) -> Diagnostic {
        let (first, second) = self.ranked(first, second);
        let (kind, place) = self.claimant(first);
        let (other_kind, other_place) = self.claimant(second);
        let who = if kind == other_kind {
            format!("two {}", kind.plural)
        } else {
            format!("{} and {}", kind.one, other_kind.one)
        };
        Diagnostic::error(Code::AddressTaken, format!("{who} claim {}", first.address))
            .at(other_place.labeled("second claim"))
            .at(place.labeled("first claim"))
            .hint(other_kind.hint)
    }

    /// Reports addresses that a disk without case cannot tell apart.
    fn check_case(&self, entries: &[Entry], faults: &mut Diagnostics) {
        let mut hashed: Vec<_> =
            parallel::map(entries, |entry| hash::of(&entry.address.case_key()))
                .into_iter()
                .zip(0_u32..)
                .collect();
        parallel::sort_by_key(&mut hashed, |pair| *pair);
        for pair in hashed.windows(2) {
            let [(hash, first), (other, second)] = *pair else { continue };
            if hash != other {
                continue;
            }
            let (first, second) = (&entries[first as usize], &entries[second as usize]);
            if first.address.case_key() != second.address.case_key()
                || first.address == second.address
            {
                continue;
            }
            // A page and the `index.html` of its folder are one file.
            if first.address.output_path() == second.address.output_path() {
                faults.push(self.taken(first, second));
                continue;
            }
            let (first, second) = self.ranked(first, second);
            let (kind, place) = self.claimant(second);
            faults.push(
                Diagnostic::error(
                    Code::AddressCase,
                    format!(
                        "{} and {} differ only by case",
                        first.address, second.address
                    ),
                )
                .at(place.labeled("second claim"))
                .at(self.claimant(first).1.labeled("first claim"))
                .note("the disks of Windows and macOS would store one of the two")
                .hint(kind.hint),
            );
        }
    }

    /// Reports a file that stands where another address needs a folder.
    fn check_folders(&self, entries: &[Entry], faults: &mut Diagnostics) {
        let files: FixedMap<String, &Entry> = entries
            .iter()
            .filter(|entry| !entry.address.is_page())
            .map(|entry| (entry.address.case_key(), entry))
            .collect();
        let in_the_way = |(): &mut (), entry: &Entry| {
            let path = entry.address.case_key();
            let mut folders =
                path.match_indices('/').filter_map(|(at, _)| path.get(..at));
            let file = folders.find_map(|folder| files.get(folder).copied())?;
            Some((file.address.clone(), file.clone(), entry.clone()))
        };
        let found = parallel::filter_map_with(entries, || (), in_the_way);
        let mut reported = BTreeSet::new();
        for (address, file, entry) in found {
            if reported.insert(address) {
                faults.push(self.in_the_way(&file, &entry));
            }
        }
    }

    /// Reports a file and a folder of one name.
    fn in_the_way(&self, file: &Entry, entry: &Entry) -> Diagnostic {
        let (kind, place) = self.claimant(file);
        Diagnostic::error(
            Code::AddressTaken,
            format!(
                "{} is a file, and {} needs a folder there",
                file.address, entry.address
            ),
        )
        .at(place.labeled("the file"))
        .at(self.claimant(entry).1.labeled("what needs the folder"))
        .hint(kind.hint)
    }

    /// Two entries with the one to keep first: what was asked for least
    /// explicitly is to be mended, and among equals the later path.
    fn ranked<'e>(&self, a: &'e Entry, b: &'e Entry) -> (&'e Entry, &'e Entry) {
        let rank = |entry: &Entry| {
            let (kind, place) = self.claimant(entry);
            (kind.rank, place)
        };
        if rank(a) <= rank(b) { (a, b) } else { (b, a) }
    }

    /// Who claims an address, and where that is written.
    fn claimant(&self, entry: &Entry) -> (&'static Kind, Place) {
        let built_in = || Place::file(Arc::clone(&self.config.file));
        match &entry.what {
            What::Article(work, index) => {
                let version = &self.archive.work(*work).versions[*index];
                let file = Arc::clone(&version.file.path);
                let place = match version.facts.slug() {
                    Some(slug) if !version.file.has_suffix => {
                        Place::span(file, slug.span)
                    }
                    _ => Place::file(file),
                };
                (&ARTICLE, place)
            }
            What::Page(group, index) => {
                let page = &self.archive.pages[*group].versions[*index];
                (&PAGE, Place::file(Arc::clone(&page.file.path)))
            }
            What::List(ListOf::Term(id), _) | What::Feed(ListOf::Term(id)) => {
                (&TERM, self.archive.term(*id).origin.clone())
            }
            What::Redirect(n) => (&REDIRECT, self.redirects[*n].origin.clone()),
            What::File(file) => (&FILE, Place::file(Arc::clone(file))),
            What::Overview(_) | What::Titles(_) => (&OVERVIEW, built_in()),
            What::Taxonomy(..) => (&INDEX, built_in()),
            What::List(..) | What::Feed(_) | What::Corrections => (&LIST, built_in()),
            What::NotFound
            | What::Sitemap(_)
            | What::Robots
            | What::RedirectsFile
            | What::Highlight
            | What::ThemeFile(_)
            | What::SearchIndex
            | What::Manifest => (&MACHINE, built_in()),
        }
    }
}

/// A sort of claimant, in words.
#[derive(PartialEq)]
struct Kind {
    /// One of them.
    one: &'static str,
    /// Several of them.
    plural: &'static str,
    /// How to give it another address.
    hint: &'static str,
    /// Which of two is to be mended: the one of the higher rank.
    rank: u8,
}

/// What the site always has.
const MACHINE: Kind = Kind {
    one: "a file that every site has",
    plural: "files that every site has",
    hint: "rename the other file",
    rank: 0,
};

/// A list of articles.
const LIST: Kind = Kind {
    one: "a list of articles",
    plural: "lists of articles",
    hint: "rename the other file or change `permalink`",
    rank: 1,
};

/// The index of a taxonomy.
const INDEX: Kind = Kind {
    one: "the index of a taxonomy",
    plural: "indexes of taxonomies",
    hint: "rename the other one, or give the taxonomy another name in config.toml",
    rank: 1,
};

/// A page about the archive as a whole.
const OVERVIEW: Kind = Kind {
    one: "a page about the whole archive",
    plural: "pages about the whole archive",
    hint: "rename the other one, or leave this page out under `[outputs]` in config.toml",
    rank: 1,
};

/// An article.
const ARTICLE: Kind = Kind {
    one: "an article",
    plural: "articles",
    hint: "give one of them another `slug`",
    rank: 2,
};

/// A standalone page.
const PAGE: Kind =
    Kind { one: "a page", plural: "pages", hint: "rename the page's file", rank: 3 };

/// A term.
const TERM: Kind = Kind {
    one: "a term",
    plural: "terms",
    hint: "write a record for one of them: its file's name becomes the address",
    rank: 4,
};

/// A file that is published as it is.
const FILE: Kind =
    Kind { one: "a file", plural: "files", hint: "rename the file", rank: 5 };

/// An address of old.
const REDIRECT: Kind = Kind {
    one: "a redirect",
    plural: "redirects",
    hint: "take the address out of `redirects`",
    rank: 6,
};
