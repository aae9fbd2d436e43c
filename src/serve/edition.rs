//! The site as it stands at one moment, in memory: every page of it can be made
//! when somebody asks for it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::address::{Address, decode};
use crate::archive::{Archive, Version, Withheld, WorkId};
use crate::cache::Kept;
use crate::config::Config;
use crate::content::Text;
use crate::date::Moment;
use crate::diagnostic::Diagnostic;
use crate::links::Linker;
use crate::locale::Locale;
use crate::plan::{Entry, Plan, SEARCH_INDEX, What};
use crate::publish;
use crate::render::{Content, Filled, Kit, Shelf, Site, one};
use crate::search;
use crate::source::Folder;
use crate::templates::Templates;

/// The site as it stands at one moment.
pub(super) struct Edition {
    /// The site's folder.
    pub(super) folder: Arc<Folder>,
    /// The settings, with the address of the preview.
    pub(super) config: Arc<Config>,
    /// What was read of the files, also of those that are left out.
    pub(super) kept: Arc<Kept>,
    /// The archive.
    pub(super) archive: Archive,
    /// The plan.
    pub(super) plan: Plan,
    /// The templates.
    pub(super) templates: Templates,
    /// The words of each language.
    pub(super) locales: Arc<Vec<Locale>>,
    /// What pages are made with.
    pub(super) kit: Kit,
    /// The moment for which it was made.
    pub(super) now: Moment,
    /// The search index, which editions share as far as it is the same.
    pub(super) shelf: Arc<Shelf>,
    /// The index of this edition, made when somebody searches.
    pub(super) index: Mutex<Option<Arc<Filled>>>,
}

/// What a host would answer to a request.
pub(super) enum Answer {
    /// A page or file that was made, with its path from the root of the site.
    Made(String, Vec<u8>),
    /// A page with its path from the root of the site, and why it is not published
    /// yet.
    Unpublished(String, Vec<u8>, String),
    /// A file of the site's folder.
    File(PathBuf),
    /// It stands elsewhere: the address, from the root of the host.
    Moved(String),
    /// Nothing stands there; the page that says so, if the site has one.
    Missing(Option<Vec<u8>>),
    /// The request is refused, for this reason.
    Refused(&'static str),
    /// The page at this path cannot be made.
    Faulty(String, Box<Diagnostic>),
}

impl Edition {
    /// What pages are rendered from.
    pub(super) fn site(&self) -> Site<'_> {
        Site {
            folder: &self.folder,
            archive: &self.archive,
            plan: &self.plan,
            config: &self.config,
            locales: &self.locales,
            templates: &self.templates,
            today: self.now.day_in(&self.config.zone),
            is_preview: true,
        }
    }

    /// Whether a file is that of an article without a status, so that it is shown in
    /// full.
    pub(super) fn shows_all_of(&self, file: &str) -> bool {
        self.article(file).is_some_and(|(work, index)| {
            // It may have taken over a status from its original.
            self.archive.work(work).versions[index].facts.status.is_none()
        })
    }

    /// Puts a new text into the place of an article's, which is shown in full.
    pub(super) fn put(&mut self, file: &str, text: Text, summary: &str) {
        if let Some((work, index)) = self.article(file) {
            let version = &mut self.archive.works[work.0 as usize].versions[index];
            version.text = text;
            version.summary = summary.into();
            self.index = Mutex::default();
        }
    }

    /// The work of a file, and which of its versions the file is.
    fn article(&self, file: &str) -> Option<(WorkId, usize)> {
        let address = self.plan.address_of(file)?;
        match self.plan.at(address)?.what {
            What::Article(work, index) => Some((work, index)),
            _ => None,
        }
    }

    /// What a host would answer to a request for a path, in percent form.
    pub(super) fn answer(&self, path: &str) -> Answer {
        let path = match read_path(path) {
            Ok(path) => path,
            Err(why) => return Answer::Refused(why),
        };
        let base = &self.config.base_url.path;
        let Some(path) = path.strip_prefix(&*decode(base).unwrap_or_default()) else {
            // Where the site stands below the root of its host, the root leads to it.
            return if path == "/" {
                Answer::Moved(format!("{base}/"))
            } else {
                Answer::Missing(None)
            };
        };
        if path.is_empty() {
            return Answer::Moved(format!("{base}/"));
        }
        let page = path.strip_suffix("index.html").filter(|page| page.ends_with('/'));
        let path = page.unwrap_or(path);
        let folder = format!("{path}/");
        let old = self.plan.redirect(path).or_else(|| self.plan.redirect(&folder));
        if let Some(to) = old {
            return Answer::Moved(self.href(to));
        }
        if let Some(place) = self.plan.place_at(path) {
            return self.entry(&self.plan.entries[place]);
        }
        match self.plan.place_at(&folder) {
            Some(place) => Answer::Moved(self.href(&self.plan.entries[place].address)),
            None => self.indexed(path).unwrap_or_else(|| self.missing(path)),
        }
    }

    /// The search index, which is made when it is first wanted.
    fn index(&self) -> Result<Arc<Filled>, Box<Diagnostic>> {
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(filled) = &*index {
            return Ok(Arc::clone(filled));
        }
        let filled = Arc::new(self.shelf.fill(&self.site())?);
        *index = Some(Arc::clone(&filled));
        Ok(filled)
    }

    /// The file of the search index at a path; none if there is no such file.
    fn indexed(&self, path: &str) -> Option<Answer> {
        let path = path.trim_start_matches('/');
        let bytes = if path == search::ROOT {
            match self.index() {
                Ok(index) => Arc::clone(&index.root),
                Err(fault) => return Some(Answer::Faulty(path.to_owned(), fault)),
            }
        } else {
            self.shelf.file(path)?
        };
        Some(Answer::Made(path.to_owned(), bytes.to_vec()))
    }

    /// The link to an address, from the root of the host.
    pub(super) fn href(&self, to: &Address) -> String {
        Linker::anywhere(&self.config, to).href(to)
    }

    /// The address of the page that a file is made into.
    pub(super) fn page_of(&self, file: &str) -> Option<String> {
        self.plan.address_of(file).map(|address| self.href(address))
    }

    /// What stands at an entry.
    fn entry(&self, entry: &Entry) -> Answer {
        let path = entry.address.output_path();
        if let (What::SearchIndex, Some(answer)) = (&entry.what, self.indexed(&path)) {
            return answer;
        }
        if entry.what == What::Manifest {
            let others =
                self.plan.entries.iter().filter(|other| other.what != entry.what);
            let mut files: Vec<_> =
                others.map(|other| other.address.output_path()).collect();
            if self.plan.place_at(SEARCH_INDEX).is_some()
                && let Ok(index) = self.index()
            {
                files.extend(index.paths.iter().cloned());
            }
            return Answer::Made(path, publish::list_of(files).into_bytes());
        }
        match one(&self.site(), &self.kit, entry) {
            Ok(Content::File(file)) => match self.folder.file_within(&file) {
                Some(file) => Answer::File(file),
                None => Answer::Missing(None),
            },
            Ok(Content::Bytes(bytes)) => match self.why_unpublished(entry) {
                Some(why) => Answer::Unpublished(path, bytes, why),
                None => Answer::Made(path, bytes),
            },
            Err(fault) => Answer::Faulty(path, Box::new(fault)),
        }
    }

    /// The answer where nothing stands. As on most hosts, it is the page of the
    /// nearest folder that has one.
    fn missing(&self, path: &str) -> Answer {
        let mut folder = path;
        let found = loop {
            let Some((above, _)) = folder.rsplit_once('/') else { break None };
            if let Some(place) = self.plan.place_at(&format!("{above}/404.html")) {
                break Some(place);
            }
            folder = above;
        };
        let Some(place) = found else { return Answer::Missing(None) };
        let entry = &self.plan.entries[place];
        match one(&self.site(), &self.kit, entry) {
            Ok(Content::Bytes(bytes)) => Answer::Missing(Some(bytes)),
            Ok(Content::File(_)) => Answer::Missing(None),
            Err(fault) => Answer::Faulty(entry.address.output_path(), Box::new(fault)),
        }
    }

    /// Why a page is not published yet, in words; none if it is.
    fn why_unpublished(&self, entry: &Entry) -> Option<String> {
        match &entry.what {
            What::Article(work, index) => {
                self.why_held(&self.archive.work(*work).versions[*index])
            }
            What::Page(group, index) => {
                let page = &self.archive.pages[*group].versions[*index];
                (page.draft == Some(true)).then(|| DRAFT.to_owned())
            }
            _ => None,
        }
    }

    /// Why an article is not published yet, in words; none if it is.
    pub(super) fn why_held(&self, version: &Version) -> Option<String> {
        if version.facts.draft == Some(true) {
            return Some(DRAFT.to_owned());
        }
        let embargo = version.facts.embargo()?;
        let is_held = embargo.holds_back(self.now, &self.config.zone);
        is_held.then(|| format!("embargo until {embargo}"))
    }
}

/// Why a draft is not published.
pub(super) const DRAFT: &str = "draft";

/// Why something is left out, in a word.
pub(super) fn why(withheld: Withheld) -> &'static str {
    match withheld {
        Withheld::Draft => DRAFT,
        Withheld::Embargo => "embargo",
    }
}

/// Reads the path of a request; the error says why it is refused. No address of a
/// site holds any of what is refused here, so nothing is lost.
fn read_path(path: &str) -> Result<String, &'static str> {
    let lower = path.to_ascii_lowercase();
    if lower.contains("%2f") || lower.contains("%5c") || path.contains('\\') {
        return Err("the path holds a slash in disguise");
    }
    let decoded = decode(path).ok_or("the path is not UTF-8 text in percent form")?;
    if decoded.chars().any(char::is_control) {
        return Err("the path holds a control character");
    }
    if decoded.split('/').any(|part| part == ".." || part == ".") {
        return Err("the path leads out of its folder");
    }
    Ok(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_hide_something_are_refused() {
        for path in [
            "/../config.toml",
            "/a/..",
            "/%2e%2e/config.toml",
            "/a/%2E./b",
            "/..%2fconfig.toml",
            "/a%5c..%5cb",
            "/a\\b",
            "/a%00.html",
            "/a%0a",
            "/%ff",
            "/./a",
        ] {
            assert!(read_path(path).is_err(), "{path}");
        }
        for (path, read) in [
            ("/", "/"),
            ("/caf%C3%A9/", "/caf\u{e9}/"),
            ("/a..b/...c", "/a..b/...c"),
            ("/photo%201.jpg", "/photo 1.jpg"),
        ] {
            assert_eq!(read_path(path).as_deref(), Ok(read));
        }
    }
}
