//! Makes links between the pages of the site, and checks those that bodies
//! hold.
//!
//! A link in a body names a file under `content/`, as in
//! `../2018/march.md#quotes`, or an address of the site; here it becomes what
//! the page needs: a path from the root, a relative path, or a whole address
//! for a feed. A link that leads nowhere is a fault.

use std::sync::Arc;

use crate::address::{Address, decode};
use crate::archive::Archive;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::markdown::{LinkUse, Target};
use crate::plan::{Entry, ListOf, Plan, What, why_withheld};
use crate::source::{self, Folder};

/// How links are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// From the root of the host: `/archive/about/`.
    Rooted,
    /// From the page: `../about/index.html`.
    Relative,
    /// Whole: `https://example.org/archive/about/`.
    Whole,
}

/// Writes links from one page.
#[derive(Clone, Copy, Debug)]
pub struct Linker<'a> {
    /// The settings, for where the site stands.
    config: &'a Config,
    /// The page that the links stand on.
    page: &'a Address,
    /// How they are written.
    form: Form,
}

impl<'a> Linker<'a> {
    /// Links from a page to others of the site.
    pub fn new(config: &'a Config, page: &'a Address) -> Self {
        let form = if config.relative_links { Form::Relative } else { Form::Rooted };
        Self { config, page, form }
    }

    /// Whole addresses, for texts that are read elsewhere.
    pub fn whole(config: &'a Config, page: &'a Address) -> Self {
        Self { config, page, form: Form::Whole }
    }

    /// Links from a page that can be shown at any address, such as the page
    /// for addresses that lead nowhere.
    pub fn anywhere(config: &'a Config, page: &'a Address) -> Self {
        Self { config, page, form: Form::Rooted }
    }

    /// The link to an address.
    pub fn href(&self, to: &Address) -> String {
        match self.form {
            Form::Rooted => [self.config.base_url.path.as_str(), &to.encoded()].concat(),
            Form::Relative => to.relative_from(self.page),
            Form::Whole => whole(self.config, to),
        }
    }

    /// What leads from the page to the root of the site; put before a path
    /// that does not begin with `/`, it makes a link.
    pub fn root(&self) -> String {
        match self.form {
            Form::Rooted => format!("{}/", self.config.base_url.path),
            Form::Relative => "../".repeat(self.page.as_str().matches('/').count() - 1),
            Form::Whole => format!("{}/", self.config.base_url.full),
        }
    }

    /// A path to put behind [`Linker::root`].
    pub fn from_root(&self, to: &Address) -> String {
        let path = to.encoded();
        let path = path.trim_start_matches('/');
        if self.form == Form::Relative && to.is_page() {
            format!("{path}index.html")
        } else {
            path.to_owned()
        }
    }
}

/// The whole address of a page, as feeds and search engines want it.
pub fn whole(config: &Config, to: &Address) -> String {
    [config.base_url.full.as_str(), &to.encoded()].concat()
}

/// A heading that a link wants another page to have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// The file whose page should have it.
    pub file: Arc<str>,
    /// The heading's id.
    pub anchor: String,
    /// Where the link stands.
    pub place: Place,
}

/// What a link leads to: the file, if the page is made from one, and its
/// address.
type Found = (Option<Arc<str>>, Address);

/// Why a link leads nowhere, and what to do.
type NotFound = (String, String);

/// Resolves the links of one file.
pub struct Resolver<'a> {
    /// The plan.
    plan: &'a Plan,
    /// The archive, for files that are left out.
    archive: &'a Archive,
    /// The site's folder, for the sizes of pictures.
    folder: &'a Folder,
    /// How links are written.
    linker: Linker<'a>,
    /// The file that the links stand in.
    file: Arc<str>,
    /// Links that lead nowhere.
    pub faults: Diagnostics,
    /// Headings that links want.
    pub wanted: Vec<Wanted>,
    /// The links that depend on what else the site has: where each leads, as
    /// written, and whether it is an image.
    pub uses: Vec<(Box<str>, bool)>,
}

impl<'a> Resolver<'a> {
    /// A resolver for the links of one file.
    pub fn new(
        (plan, archive, folder): (&'a Plan, &'a Archive, &'a Folder),
        linker: Linker<'a>,
        file: &Arc<str>,
    ) -> Self {
        Self {
            plan,
            archive,
            folder,
            linker,
            file: Arc::clone(file),
            faults: Diagnostics::new(),
            wanted: Vec::new(),
            uses: Vec::new(),
        }
    }

    /// What to write for a link.
    pub fn resolve(&mut self, link: &LinkUse<'_>) -> Target {
        let written = self.own_path(link.destination).unwrap_or(link.destination);
        let is_elsewhere = has_scheme(written) || written.starts_with("//");
        // Of the site's own host there may be a page at another time.
        let base = self.linker.config.base_url.full.as_str();
        if !is_elsewhere || link.destination.starts_with(base) {
            self.uses.push((link.destination.into(), link.is_image));
        }
        if is_elsewhere {
            return Target::AsIs;
        }
        let (path, anchor) = match written.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (written, None),
        };
        let (path, query) = match path.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (path, None),
        };
        if path.is_empty() && query.is_none() {
            return self.within(anchor, link);
        }
        let found = decode(path).ok_or_else(|| broken("is not UTF-8", "write it anew"));
        match found.and_then(|path| self.find(&path)) {
            Ok((_, address)) if link.is_image && address.is_page() => {
                self.broken(
                    written,
                    link.span,
                    "is a page, not a picture",
                    "name a file",
                );
                Target::Refused
            }
            Ok((file, address)) => {
                let mut href = self.linker.href(&address);
                if let Some(query) = query {
                    href = format!("{href}?{query}");
                }
                if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) {
                    self.want(file, anchor, link.span);
                    href = format!("{href}#{anchor}");
                }
                match self.picture_size(link, &address) {
                    Some(size) => Target::Picture(href, size),
                    None => Target::Address(href),
                }
            }
            Err((reason, hint)) => {
                self.broken(written, link.span, &reason, &hint);
                Target::Refused
            }
        }
    }

    /// How wide and high the picture at an address is, in pixels.
    fn picture_size(
        &self,
        link: &LinkUse<'_>,
        address: &Address,
    ) -> Option<(usize, usize)> {
        match &self.plan.at(address)?.what {
            What::File(file) if link.is_image => self.folder.picture_size(file),
            _ => None,
        }
    }

    /// The path of a whole address that is a page or a file of this site. The
    /// same host may serve more, which is not ours to judge.
    fn own_path<'l>(&self, destination: &'l str) -> Option<&'l str> {
        let base = &self.linker.config.base_url.full;
        let rest = destination.strip_prefix(base.as_str())?;
        let path = rest.split(['#', '?']).next().and_then(decode)?;
        let address = Address::parse(&path).ok()?;
        self.plan.at(&address).map(|_| rest)
    }

    /// A link to a place on its own page.
    fn within(&mut self, anchor: Option<&str>, link: &LinkUse<'_>) -> Target {
        match anchor {
            Some("" | "top") => Target::AsIs,
            Some(anchor) => {
                let file = Arc::clone(&self.file);
                self.want(Some(file), anchor, link.span);
                match self.linker.form {
                    Form::Whole => Target::Address(format!(
                        "{}#{anchor}",
                        self.linker.href(self.linker.page)
                    )),
                    _ => Target::AsIs,
                }
            }
            None => {
                let (reason, hint) = broken("is empty", "write where it leads");
                self.broken(link.destination, link.span, &reason, &hint);
                Target::Refused
            }
        }
    }

    /// Remembers a heading that must be there. Pages that are not made from a
    /// file have headings that only their template knows; what an anchor means
    /// in a file that is no page, such as `#page=3`, is its reader's to say.
    fn want(&mut self, file: Option<Arc<str>>, anchor: &str, span: Span) {
        if let Some(file) = file.filter(|file| file.ends_with(".md")) {
            self.wanted.push(Wanted {
                file,
                anchor: decode(anchor).unwrap_or_default(),
                place: Place::span(Arc::clone(&self.file), span),
            });
        }
    }

    /// The file and the address that a path leads to.
    fn find(&self, path: &str) -> Result<Found, NotFound> {
        if let Some(rest) = path.strip_prefix('/')
            && !rest.to_lowercase().ends_with(".md")
        {
            return self.find_address(path);
        }
        let file = source::join(&self.file, path);
        match self.plan.address_of(&file) {
            Some(address) => Ok((Some(Arc::from(file)), address.clone())),
            None => Err(self.no_file(&file)),
        }
    }

    /// What stands at an address of the site.
    fn find_address(&self, path: &str) -> Result<Found, NotFound> {
        let lost = || {
            broken(
                "leads to no page of the site",
                "link to the file, as in `../2018/march.md`",
            )
        };
        let address = Address::parse(path).map_err(|_| lost())?;
        if let Some(entry) = self.plan.at(&address) {
            return Ok((self.file_of(entry), address));
        }
        let with_slash = Address::parse(&format!("{path}/")).ok();
        if with_slash.is_some_and(|address| self.plan.at(&address).is_some()) {
            return Err(broken(
                "leads to no page of the site",
                &format!("write `{path}/`"),
            ));
        }
        Err(lost())
    }

    /// The file under `content/` that a page is made from.
    fn file_of(&self, entry: &Entry) -> Option<Arc<str>> {
        let archive = self.archive;
        let path = match &entry.what {
            What::Article(work, index) => &archive.work(*work).versions[*index].file.path,
            What::Page(group, index) => &archive.pages[*group].versions[*index].file.path,
            What::List(ListOf::Term(id), _) => {
                &archive.term(*id).record(entry.language)?.file.path
            }
            _ => return None,
        };
        Some(Arc::clone(path))
    }

    /// Why a file has no address, and what to do.
    fn no_file(&self, file: &str) -> NotFound {
        if let Some(why) = why_withheld(self.archive, file) {
            return broken(
                &format!("leads to `{file}`, which {why} and not on the site"),
                "take the link out until it is published",
            );
        }
        let hint = match self.plan.file_named(file, self.archive) {
            Some(twin) => format!("there is `{twin}`; write its path from here"),
            None => "write the path of a file from this file's folder".to_owned(),
        };
        (format!("leads to `{file}`, which the site does not have"), hint)
    }

    /// Reports a link that leads nowhere.
    fn broken(&mut self, written: &str, span: Span, reason: &str, hint: &str) {
        let message = if written.is_empty() {
            format!("the link {reason}")
        } else {
            format!("the link `{written}` {reason}")
        };
        self.faults.push(
            Diagnostic::error(Code::BrokenLink, message)
                .at(Place::span(Arc::clone(&self.file), span))
                .hint(hint),
        );
    }
}

/// A reason and a way out.
fn broken(reason: &str, hint: &str) -> NotFound {
    (reason.to_owned(), hint.to_owned())
}

/// Whether a destination begins with a scheme, such as `mailto:`.
fn has_scheme(written: &str) -> bool {
    let Some((scheme, _)) = written.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}
