//! What an importer hands over: pieces as their source has them, without a
//! decision about files.
//!
//! A source is read twice. The first time it tells the outline of each piece,
//! so that links between pieces can be resolved; the second time it tells the
//! pieces themselves, one by one, so that none has to be kept.

use std::sync::Arc;

use crate::date::Date;
use crate::dom::Node;
use crate::import::account::Account;
use crate::json::{Map, Value};

/// Where pieces come from.
pub trait Source {
    /// What the source is called in provenance: `WordPress`, `HTML`, `text`.
    fn system(&self) -> &'static str;

    /// Tells the outlines of all pieces, in the order in which `read` tells
    /// the pieces.
    fn survey(&mut self, tell: &mut dyn FnMut(Outline)) -> Result<(), Refused>;

    /// Tells all items: each is a piece, or skipped, or lost.
    fn read(&mut self, tell: &mut dyn FnMut(Item)) -> Result<(), Refused>;

    /// What is to be said of the source as a whole once it was read: sentences,
    /// for the head of the report.
    fn remarks(&self) -> Vec<String> {
        Vec::new()
    }

    /// The hosts of the source's own site once it was surveyed, in small letters
    /// and without `www.`.
    fn hosts(&self) -> Vec<String> {
        Vec::new()
    }

    /// The paths at which names had pages once the source was surveyed, from the
    /// site's root.
    fn archives(&self) -> Vec<(String, Term)> {
        Vec::new()
    }
}

/// Why a source cannot be imported at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The file, as it was given.
    pub file: Arc<str>,
    /// What is wrong, as a phrase.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// What must be known of a piece before any other is read.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The key of the piece; see [`Origin::key`].
    pub key: String,
    /// Whether it is an article or a page.
    pub sort: Sort,
    /// What is to become of it.
    pub visibility: Visibility,
    /// Its title, for a name of its file.
    pub title: String,
    /// What its source calls it in addresses, decoded; empty if it has none.
    pub slug: String,
    /// Its date as far as it is known.
    pub date: Option<Date>,
    /// Its language, if the source says so: a BCP 47 tag.
    pub language: Option<String>,
    /// The key of the page that it stands below, for pages.
    pub parent: Option<String>,
    /// The key of the piece that it is a translation of.
    pub translation_of: Option<String>,
    /// All whole addresses by which another piece may link to it.
    pub addresses: Vec<String>,
}

/// One thing in the source.
#[derive(Debug)]
pub enum Item {
    /// A piece.
    Piece(Box<Piece>),
    /// What is left out, and why.
    Skipped(Skipped),
    /// A picture or another file of the source's library, and its address.
    File(Skipped, String),
    /// What could not be read.
    Lost(Skipped),
}

/// Something in the source that is not made a piece.
#[derive(Clone, Debug)]
pub struct Skipped {
    /// Where it comes from.
    pub origin: Origin,
    /// Its title, if it has one.
    pub title: String,
    /// Why, as a phrase: `is in the trash`.
    pub reason: String,
}

/// Where something comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// What it is known by in every run, unique in its source: a GUID, a path,
    /// an address.
    pub key: String,
    /// What the source calls such things: `post`, `page`, `attachment`.
    pub kind: String,
    /// What the source says of its state: `publish`, `draft`; empty if it says nothing.
    pub status: String,
    /// The file that it stands in, as given.
    pub file: Arc<str>,
    /// The line in the file at which it begins, from 1; 0 if that says nothing.
    pub line: u64,
}

/// Whether a piece is an article or a standalone page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// An article.
    #[default]
    Article,
    /// A standalone page.
    Page,
}

/// What is to become of a piece.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// It is public at the source.
    #[default]
    Public,
    /// It is not public at the source, in the words of the source or of an
    /// editor: `draft`, `private`, `password`, `embargoed until 2027-01-02`.
    Held(String),
}

/// One piece.
#[derive(Debug, Default)]
pub struct Piece {
    /// Where it comes from.
    pub origin: Origin,
    /// Whether it is an article or a page.
    pub sort: Sort,
    /// What is to become of it.
    pub visibility: Visibility,
    /// What its keys will say.
    pub facts: Facts,
    /// The names that the source files it under.
    pub terms: Vec<Term>,
    /// Its text.
    pub body: Body,
    /// Its source without private data, if it is to be kept: an ending for
    /// its file's name and the bytes.
    pub kept: Option<(&'static str, Vec<u8>)>,
    /// Where the characters of its text went so far. What stands in `body` is
    /// counted by who writes it, not here.
    pub account: Account,
    /// What an editor should know.
    pub notes: Vec<Note>,
}

/// What the keys of a piece will say; see docs/content.md.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The headline; empty if it has none.
    pub title: String,
    /// The line above the headline.
    pub kicker: Option<String>,
    /// The line under the headline.
    pub deck: Option<String>,
    /// For lists and feeds.
    pub summary: Option<String>,
    /// The day of publication as its readers saw it, with time and offset if
    /// these are known.
    pub date: Option<Date>,
    /// The last change of substance.
    pub updated: Option<Date>,
    /// Who wrote it, as printed.
    pub byline: Vec<String>,
    /// Where and when it was filed, as printed.
    pub dateline: Option<String>,
    /// Our reading of its place.
    pub dateline_place: Option<String>,
    /// Our reading of its day.
    pub dateline_date: Option<Date>,
    /// Where it first appeared.
    pub publication: Option<String>,
    /// The page of the paper.
    pub print_page: Option<String>,
    /// What sort of piece it is: one of the words of docs/content.md.
    pub kind: Option<&'static str>,
    /// Its language: a BCP 47 tag.
    pub language: Option<String>,
    /// The key of the piece that it is a translation of.
    pub translation_of: Option<String>,
    /// Who is to be thanked.
    pub credit: Option<String>,
    /// Its licence or rights statement.
    pub rights: Option<String>,
    /// When it may be published.
    pub embargo: Option<Date>,
    /// The lead image.
    pub image: Option<Image>,
    /// Where it stood on the web.
    pub original_url: Option<String>,
    /// The paths, from the site's root, at which it stood before; with a query
    /// if it had one.
    pub redirects: Vec<String>,
    /// What provenance says beside the name of the system and the hashes:
    /// `id`, `guid`, `url`, `end_mark`.
    pub provenance: Map<String, Value>,
    /// Fields of its own.
    pub extra: Map<String, Value>,
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// Its address in the source.
    pub src: String,
    /// What it shows, for who does not see it; empty if nobody said.
    pub alt: String,
    /// What is printed below it.
    pub caption: Option<String>,
    /// Whose picture it is.
    pub credit: Option<String>,
}

/// A name that the source files a piece under.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// What the source calls the sort of name: `category`, `post_tag`.
    pub domain: String,
    /// The name.
    pub name: String,
    /// What it is called in addresses, decoded; empty if it has no address.
    pub slug: String,
}

/// The text of a piece. Links and pictures lead where they led in the source.
#[derive(Debug)]
pub enum Body {
    /// A tree of HTML, from which everything was taken out that is not text
    /// for readers.
    Html(Vec<Node>),
    /// Markdown as pressmark reads it.
    Markdown(String),
}

impl Default for Body {
    fn default() -> Self {
        Self::Html(Vec::new())
    }
}

/// Something that an editor should know of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub about: About,
    /// What was found, in a phrase that names it: `the shortcode [foo] is
    /// unknown and stays as text`.
    pub text: String,
    /// The line in the source, from 1; 0 if that says nothing.
    pub line: u64,
    /// The rule that decided, and how sure it is in percent, if a rule did.
    pub rule: Option<(&'static str, u8)>,
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// Something of the source is not in the archive: exit code 3.
    Loss,
    /// A shortcode or template tag that is not known, and stays as text.
    Shortcode,
    /// A block that is made anew by each page of its own system, or that is
    /// not known.
    Block,
    /// A picture or file that is not at hand.
    Media,
    /// A link that leads nowhere.
    Link,
    /// A date or weekday in doubt.
    Date,
    /// Text that was encoded wrongly before it was exported.
    Encoding,
    /// What the source cannot say, and an editor should.
    Question,
    /// What a rule decided.
    Decision,
}
