//! What the rules of a generator have in common: what a file of its folder is,
//! which keys it has, and at which address its page stood.

use std::collections::BTreeSet;

use super::data::Table;
use super::front_matter::Front;
use super::paths;
use super::yaml::Fault;
use crate::date::{Date, Moment, Zone};
use crate::import::piece::{Note, Sort, Term};

/// The files of a folder; who implements it opens them.
pub trait Files {
    /// The paths of all files from the folder on, with `/` between their
    /// parts, in any order.
    fn list(&self) -> Vec<String>;

    /// What a file holds; nothing if it cannot be read.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
}

/// What a file of the folder is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A page, if its front matter can be read.
    Content,
    /// A file that was published as it is, with its address below the site's.
    File(String),
    /// A file that was published beside the page of its folder.
    Beside,
    /// A part of the generator's own works, and what part, as a phrase.
    Works(&'static str),
    /// What cannot be read here, and why, as a phrase.
    Refused(&'static str),
}

/// Where a page stood, and what else its generator's rules say of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// Its address below the site's, from `/` on; nothing if it had none.
    pub(super) address: Option<String>,
    /// Addresses that led to it.
    pub(super) aliases: Vec<String>,
    /// Whether it is an article or a page.
    pub(super) sort: Sort,
    /// What it is called in addresses.
    pub(super) slug: String,
    /// Its language, if the rules say so.
    pub(super) language: Option<String>,
    /// Why it was not public, if it was not.
    pub(super) held: Option<String>,
    /// Why it is not a piece, if it is none.
    pub(super) skip: Option<String>,
    /// What all translations of it have in common.
    pub(super) group: Option<String>,
    /// A date that its file's name says.
    pub(super) date: Option<Date>,
    /// Names that the folder files it under.
    pub(super) terms: Vec<Term>,
    /// What an editor should know.
    pub(super) notes: Vec<Note>,
}

/// Which tags stand in the texts of a generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `{{< name >}}` and `{{% name %}}`.
    Hugo,
    /// Liquid with the tags of Jekyll.
    Jekyll,
    /// `{{ name(key=value) }}` and `{% name() %}…{% end %}`.
    Zola,
    /// Liquid or Nunjucks.
    Eleventy,
    /// The tag plugins of Hexo.
    Hexo,
    /// Braces in links: `{filename}a.md`.
    Pelican,
    /// `{{% name %}}`.
    Nikola,
}

/// The rules of one generator for one folder.
pub(super) trait Rules {
    /// What a file is.
    fn class(&self, path: &str) -> Class;

    /// The keys of a file, those that it takes over among them, and its text.
    fn front(&self, path: &str, text: &str) -> Result<Front, Fault>;

    /// Where a page stood. Keys that say nothing else are taken out.
    fn place(&self, path: &str, keys: &mut Table, body: &str) -> Place;

    /// Which tags stand in its texts.
    fn dialect(&self) -> Dialect;

    /// The keys that file a page under names.
    fn taxonomies(&self) -> Vec<String> {
        ["tags", "categories", "series", "topics", "keywords"].map(str::to_owned).to_vec()
    }

    /// A name as a part of the address of its list; empty if it had none.
    fn term_slug(&self, name: &str) -> String {
        paths::slug(name, paths::Slug::Ascii)
    }

    /// The folder of the texts.
    fn root(&self) -> &str;
}

/// The folder and what is known of its site.
pub(super) struct Site {
    /// The files.
    pub(super) files: Box<dyn Files>,
    /// The paths of all files.
    pub(super) paths: BTreeSet<String>,
    /// The moment of the import.
    pub(super) now: Moment,
    /// The zone in which dates without an offset count.
    pub(super) zone: Zone,
    /// What the settings say, once they are read.
    pub(super) settings: Settings,
}

/// What the settings of a site say.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    /// The address of the site, as written.
    pub(super) address: Option<String>,
    /// The name of its zone, as written.
    pub(super) zone: Option<String>,
    /// Its language.
    pub(super) language: Option<String>,
    /// What an editor should know.
    pub(super) notes: Vec<String>,
}

impl Site {
    /// The text of a file; nothing if there is none.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        if !self.paths.contains(path) {
            return None;
        }
        let bytes = self.files.read(path)?;
        Some(decode(&bytes).0)
    }

    /// The first of some files that is there, with its text.
    pub(super) fn first<'p>(&self, paths: &[&'p str]) -> Option<(&'p str, String)> {
        paths.iter().find_map(|path| Some((*path, self.text(path)?)))
    }

    /// Takes over the zone of the settings.
    pub(super) fn set_zone(&mut self, name: Option<&str>) {
        self.settings.zone = name.map(str::to_owned);
        match name.and_then(Zone::named) {
            Some(zone) => self.zone = zone,
            None if name.is_some() => {
                self.settings
                    .notes
                    .push("the zone of the settings is not known".to_owned());
            }
            None => {}
        }
    }

    /// Whether a date is later than the import.
    pub(super) fn is_future(&self, date: &Date) -> bool {
        date.is_after(self.now, &self.zone)
    }
}

/// The text of a file without a mark of byte order, with plain line ends, and
/// whether its encoding was guessed.
pub(super) fn decode(bytes: &[u8]) -> (String, bool) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (text, is_guess) = if let Ok(text) = std::str::from_utf8(bytes) {
        (text.to_owned(), false)
    } else {
        let (text, ..) = encoding_rs::WINDOWS_1252.decode(bytes);
        (text.into_owned(), true)
    };
    (text.replace("\r\n", "\n").replace('\r', "\n"), is_guess)
}

/// Why a page is held, if its date lies ahead.
pub(super) fn future(site: &Site, date: Option<&Date>) -> Option<String> {
    let date = date.filter(|date| site.is_future(date))?;
    Some(format!("future: {}", date.html_datetime()))
}

/// Whether a file is one of Markdown.
pub(super) fn is_markdown(path: &str) -> bool {
    let endings = ["md", "markdown", "mdown", "mkdn", "mkd", "mdx"];
    endings.contains(&paths::ending(path).as_str())
}

/// Why files of some other markup are refused.
pub(super) fn other_markup(path: &str) -> Option<&'static str> {
    match paths::ending(path).as_str() {
        "rst" => Some("is reStructuredText; turn it into Markdown first"),
        "org" => Some("is Org mode; turn it into Markdown first"),
        "adoc" | "asciidoc" | "asc" => Some("is AsciiDoc; turn it into Markdown first"),
        "textile" => Some("is Textile; turn it into Markdown first"),
        "ipynb" => Some("is a notebook; turn it into Markdown first"),
        "pandoc" | "pdc" => Some("is Pandoc Markdown; rename it to `.md` first"),
        "html" | "htm" => Some("is HTML; `pressmark import html` reads it"),
        _ => None,
    }
}
