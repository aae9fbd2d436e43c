//! Where links and pictures of a text lead: each that leads to a page or file
//! of the folder is made whole.
//!
//! If the address of the site is known, what is whole is `https://host/path/`;
//! if not, it is `source:///` and the path of the file in the folder. A
//! destination that nothing in the folder answers to is made whole by the
//! address of its page and told as a note.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::paths::{self, Slug};
use super::rules::Dialect;
use crate::address::decode_lossy;

/// The address of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Base {
    /// The scheme and the host, if they are known: `https://example.org`.
    pub(super) origin: Option<String>,
    /// The path of its root without a slash at its end.
    pub(super) path: String,
}

/// What is known of all pages and files.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// The address of the site.
    pub(super) base: Base,
    /// The address of each page and file below the site's, by its path.
    places: BTreeMap<String, Option<String>>,
    /// The paths by addresses.
    addresses: BTreeMap<String, String>,
    /// The paths of pages by what they may be called.
    names: BTreeMap<String, String>,
    /// Which paths are files, not pages.
    files: BTreeSet<String>,
    /// The files that something names.
    named: RefCell<BTreeSet<String>>,
}

/// The page that a link stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct From<'p> {
    /// The path of its file.
    pub(super) path: &'p str,
    /// Its address below the site's.
    pub(super) address: Option<&'p str>,
    /// Which tags its text has.
    pub(super) dialect: Dialect,
    /// The folder of the texts.
    pub(super) root: &'p str,
}

/// What a form of one generator leads to, if anything answers to it.
struct Special(Option<String>);

/// Where a destination leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// It stays as it is.
    AsIs,
    /// To this, which is known.
    Known(String),
    /// To this, to which nothing in the folder answers.
    Unknown(String),
}

impl Base {
    /// Reads the address of a site, and the path that the settings may name
    /// apart from it.
    pub(super) fn new(address: Option<&str>, path: Option<&str>) -> Self {
        let url = address.and_then(|address| Url::parse(address.trim()).ok());
        let url =
            url.filter(|url| url.has_host() && matches!(url.scheme(), "http" | "https"));
        let of_url = url.as_ref().map(|url| url.path().trim_end_matches('/').to_owned());
        let of_path = address.filter(|address| address.starts_with('/'));
        let own = path.or(of_path).map(|path| format!("/{}", path.trim_matches('/')));
        let own = own.map(|path| path.trim_end_matches('/').to_owned());
        Self {
            origin: url.map(|url| url.origin().ascii_serialization()),
            path: own.filter(|own| !own.is_empty()).or(of_url).unwrap_or_default(),
        }
    }

    /// An address below the site's as a whole one, if the site's is known.
    pub(super) fn whole(&self, address: &str) -> Option<String> {
        let whole = format!("{}{}{address}", self.origin.as_deref()?, self.path);
        Some(Url::parse(&whole).map_or(whole, String::from))
    }
}

/// What a file of the folder is called if the site's address is not known.
pub(super) fn source_key(path: &str) -> String {
    let whole = format!("source:///{}", path.trim_start_matches('/'));
    // A hash or question mark of a name is not one of the address.
    let whole = whole.replace('%', "%25").replace('#', "%23").replace('?', "%3F");
    Url::parse(&whole).map_or(whole, String::from)
}

impl Links {
    /// Links of a site.
    pub(super) fn new(base: Base) -> Self {
        Self { base, ..Self::default() }
    }

    /// Takes in a page.
    pub(super) fn page(&mut self, path: &str, address: Option<&str>, slug: &str) {
        for name in [paths::name(path), paths::stem(path), slug] {
            if name != "index"
                && !name.starts_with("index.")
                && !name.starts_with("_index")
            {
                self.names.entry(name.to_owned()).or_insert_with(|| path.to_owned());
            }
        }
        self.place(path, address);
    }

    /// Takes in a file.
    pub(super) fn file(&mut self, path: &str, address: &str) {
        self.files.insert(path.to_owned());
        self.place(path, Some(address));
    }

    /// Takes in a place.
    fn place(&mut self, path: &str, address: Option<&str>) {
        if let Some(address) = address {
            self.addresses.entry(bare(address)).or_insert_with(|| path.to_owned());
        }
        self.places.insert(path.to_owned(), address.map(str::to_owned));
    }

    /// Takes in another address of a page.
    pub(super) fn alias(&mut self, path: &str, address: &str) {
        self.addresses.entry(bare(address)).or_insert_with(|| path.to_owned());
    }

    /// The form in which texts name a page or file.
    pub(super) fn whole(&self, path: &str) -> String {
        let address = self.places.get(path).and_then(Option::as_deref);
        let whole = address.and_then(|address| self.base.whole(address));
        whole.unwrap_or_else(|| source_key(path))
    }

    /// The files that something named so far.
    pub(super) fn named(&self) -> BTreeSet<String> {
        self.named.borrow().clone()
    }

    /// The whole form of a path that is there; a file is named by it.
    fn known(&self, path: &str) -> Option<String> {
        let _ = self.places.get(path)?;
        if self.files.contains(path) {
            self.named.borrow_mut().insert(path.to_owned());
        }
        Some(self.whole(path))
    }

    /// The whole form of an address below the site's that something has.
    fn at_address(&self, address: &str) -> Option<String> {
        self.known(self.addresses.get(&bare(address))?)
    }

    /// The page that a reference of a tag names: a path, a name or a slug.
    pub(super) fn reference(&self, name: &str, from: From<'_>) -> Option<String> {
        let (name, tail) = split_tail(name);
        let folder = paths::parent(from.path);
        let mut bases = [
            paths::join(from.root, name),
            paths::join(folder, name),
            paths::join("", name),
        ];
        if name.starts_with('/') {
            bases.swap(0, 2);
        }
        let endings = ["", ".md", ".markdown", "/index.md", "/_index.md"];
        let by_path =
            bases.iter().flat_map(|base| endings.map(|end| format!("{base}{end}")));
        let found = by_path.into_iter().find_map(|path| self.known(&path));
        let found = found.or_else(|| self.known(self.names.get(paths::name(name))?))?;
        Some(format!("{found}{tail}"))
    }

    /// Where a destination leads.
    pub(super) fn lead(&self, destination: &str, from: From<'_>) -> Lead {
        let (path, tail) = split_tail(destination.trim());
        if path.is_empty() {
            return Lead::AsIs;
        }
        if let Some(Special(found)) = self.special(path, from) {
            return match found {
                Some(whole) => Lead::Known(format!("{whole}{tail}")),
                None => Lead::Unknown(destination.to_owned()),
            };
        }
        if is_whole(path) {
            self.note_own(path);
            return Lead::AsIs;
        }
        let decoded = decode_lossy(path).into_owned();
        match self.local(&decoded, from) {
            Ok(whole) => Lead::Known(format!("{whole}{tail}")),
            Err(address) => {
                let whole =
                    self.base.whole(&address).unwrap_or_else(|| source_key(&address));
                Lead::Unknown(format!("{whole}{tail}"))
            }
        }
    }

    /// What a path of this site leads to; the error is the address that it has
    /// below the site's.
    fn local(&self, path: &str, from: From<'_>) -> Result<String, String> {
        if path.starts_with('/') {
            let below = path.strip_prefix(self.base.path.as_str());
            let below = below.filter(|rest| rest.starts_with('/')).unwrap_or(path);
            let found = self.at_address(below).or_else(|| {
                self.known(&paths::join(from.root, below))
                    .or_else(|| self.known(&paths::join("", below)))
            });
            return found.ok_or_else(|| paths::rooted(below));
        }
        if let Some(found) = self.known(&paths::join(paths::parent(from.path), path)) {
            return Ok(found);
        }
        let address = from.address.unwrap_or("/");
        let folder =
            if address.ends_with('/') { address } else { paths::parent(address) };
        let slash = if path.ends_with('/') { "/" } else { "" };
        let joined = paths::rooted(&format!("{}{slash}", paths::join(folder, path)));
        self.at_address(&joined).ok_or(joined)
    }

    /// What the forms of single generators lead to; nothing if
    /// the destination has none of these forms.
    fn special(&self, path: &str, from: From<'_>) -> Option<Special> {
        if let Some(inner) =
            path.strip_prefix("@/").filter(|_| from.dialect == Dialect::Zola)
        {
            return Some(Special(self.known(&paths::join("content", inner))));
        }
        if let Some(rest) =
            path.strip_prefix("link://").filter(|_| from.dialect == Dialect::Nikola)
        {
            let (kind, name) = rest.split_once('/').unwrap_or((rest, ""));
            return Some(Special(match kind {
                "filename" | "slug" => self.reference(name, from),
                _ => None,
            }));
        }
        if from.dialect != Dialect::Pelican {
            return None;
        }
        let path = path.replace("%7B", "{").replace("%7D", "}");
        let (kind, name) = match path.strip_prefix('{') {
            Some(rest) => rest.split_once('}')?,
            None => path.strip_prefix('|')?.split_once('|')?,
        };
        let slug = paths::slug(name, Slug::Pelican);
        Some(Special(match kind {
            "filename" | "static" | "attach" => {
                let name = decode_lossy(name);
                let folder = if name.starts_with('/') {
                    from.root
                } else {
                    paths::parent(from.path)
                };
                self.known(&paths::join(folder, &name))
            }
            "tag" | "category" | "author" => {
                self.base.whole(&format!("/{kind}/{slug}.html"))
            }
            "index" => self.base.whole("/"),
            _ => None,
        }))
    }

    /// Remembers a file that is named by a whole address of this site.
    fn note_own(&self, destination: &str) {
        let Some(origin) = self.base.origin.as_deref() else { return };
        let host = |text: &str| text.split_once("://").map(|(_, rest)| rest.to_owned());
        let (Some(own), Some(other)) = (host(origin), host(destination)) else { return };
        if let Some(path) = other.strip_prefix(&format!("{own}{}", self.base.path)) {
            let path = decode_lossy(path);
            drop(self.at_address(&path));
        }
    }
}

/// Whether a destination names a scheme or a host.
fn is_whole(path: &str) -> bool {
    let scheme = path.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = scheme.is_some_and(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    });
    is_scheme || path.starts_with("//")
}

/// A destination without its query and fragment, and these.
fn split_tail(destination: &str) -> (&str, &str) {
    let at = destination.find(['#', '?']).unwrap_or(destination.len());
    destination.split_at_checked(at).unwrap_or((destination, ""))
}

/// An address in the form in which two are compared: decoded, without a slash or
/// an `index.html` at its end.
fn bare(address: &str) -> String {
    let decoded = decode_lossy(address).into_owned();
    let decoded = paths::without_index(&decoded);
    let decoded = decoded.strip_suffix(".html").unwrap_or(decoded);
    format!("/{}", decoded.trim_matches('/'))
}
