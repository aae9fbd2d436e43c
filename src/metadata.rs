//! Makes what the head of a page tells machines: reference managers, search
//! engines and the sites where a link is shared.
//!
//! It decides which tags there are, in which order, and how names are written
//! in them. Several readers take the first of two tags that say the same, and
//! others guess where they should read, so the order and some odd signs are
//! deliberate; the reason stands beside each.
//!
//! Everything comes in as plain values. How a tag becomes HTML is decided by
//! templates, and what a page may tell by the caller: what is held back must
//! not be handed in.

mod json_ld;

use std::borrow::Cow;

use serde::Serialize;

use crate::citation::{Author, as_text, filled, tidy};
use crate::date::{Date, Zone};
use crate::locale::Tag;

pub use json_ld::{breadcrumbs, news_article};

/// A `meta` element of a head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meta<'a> {
    /// The attribute that holds its key.
    pub attribute: Attribute,
    /// What it tells.
    pub key: &'static str,
    /// What it says, as plain text on one line.
    pub content: Cow<'a, str>,
}

/// The attribute that holds the key of a `meta` element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Attribute {
    /// `name`, of HTML itself.
    Name,
    /// `property`, of Open Graph.
    Property,
}

/// An article as its page describes it.
///
/// Optional texts that are empty count as absent.
#[derive(Clone, Debug, Serialize)]
pub struct Described<'a> {
    /// The headline as plain text.
    pub title: &'a str,
    /// The line under the headline.
    pub deck: Option<&'a str>,
    /// What it says, in a few sentences; it may be empty.
    pub summary: &'a str,
    /// What sort of piece it is, by the word of its front matter.
    pub kind: &'a str,
    /// The same in words, for sorts that the vocabularies do not know.
    pub genre: Option<&'a str>,
    /// The whole address of its page.
    pub url: &'a str,
    /// The language that it is written in.
    #[serde(serialize_with = "as_text")]
    pub language: &'a Tag,
    /// Who wrote it, in the order of the byline.
    pub authors: &'a [Byline<'a>],
    /// Who translated it.
    pub translators: &'a [Byline<'a>],
    /// When and where it was printed.
    pub print: Print<'a>,
    /// What it is about.
    pub topics: Topics<'a>,
    /// Its rights and its origin.
    pub rights: Rights<'a>,
    /// The archive that its page is a part of.
    pub site: Site<'a>,
    /// Its lead image.
    pub image: Option<Image<'a>>,
    /// What was corrected, the newest first or last as the page shows it.
    pub corrections: &'a [Correction<'a>],
    /// The article that it is a translation of.
    pub translation_of: Option<Version<'a>>,
    /// Its translations.
    pub translations: &'a [Version<'a>],
    /// Whether its whole text is on the page.
    pub is_whole: bool,
}

/// When and where an article was published.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Print<'a> {
    /// When it was published, as exactly as that is known.
    pub published: Option<Date>,
    /// When it changed last.
    pub modified: Option<Date>,
    /// Where it first appeared; none if that is the archive itself.
    pub publication: Option<&'a str>,
    /// Where that is published.
    pub place: Option<&'a str>,
    /// Which edition of its day it stood in.
    pub edition: Option<&'a str>,
    /// The section of the paper.
    pub section: Option<&'a str>,
    /// The page of the paper, or several.
    pub page: Option<&'a str>,
    /// Where and when it was filed, as printed.
    pub dateline: Option<&'a str>,
}

/// Somebody who wrote or translated an article.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Byline<'a> {
    /// Their name in its parts.
    pub author: Author<'a>,
    /// Their name as the page shows it.
    pub name: &'a str,
    /// The whole address of a page about them.
    pub url: Option<&'a str>,
    /// Addresses of the same person or group elsewhere.
    pub same_as: &'a [&'a str],
}

/// What an article is about.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Topics<'a> {
    /// Its tags, as words.
    pub tags: &'a [&'a str],
    /// What it is about in the first place.
    pub about: &'a [Thing<'a>],
    /// What else it names.
    pub mentions: &'a [Thing<'a>],
    /// The places that it is about.
    pub places: &'a [Thing<'a>],
    /// The place that it was filed from.
    pub filed_from: Option<Thing<'a>>,
}

/// Something with a name.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Thing<'a> {
    /// What it is.
    pub class: Class,
    /// Its name.
    pub name: &'a str,
    /// The whole address of a page about it.
    pub url: Option<&'a str>,
    /// Addresses of the same thing elsewhere.
    pub same_as: &'a [&'a str],
}

/// What a thing with a name is, in the words of schema.org.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Class {
    /// Anything.
    Thing,
    /// A person.
    Person,
    /// An organization.
    Organization,
    /// A place.
    Place,
}

/// The rights in an article, and where it comes from.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Rights<'a> {
    /// A licence or a statement of rights: an address, or words.
    pub rights: Option<&'a str>,
    /// Whom to credit, in words.
    pub credit: Option<&'a str>,
    /// Where it stood online first.
    pub original_url: Option<&'a str>,
    /// The addresses of captures of it.
    pub archived: &'a [&'a str],
}

/// The archive that a page is a part of.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Site<'a> {
    /// Its title.
    pub title: &'a str,
    /// The whole address of its home page.
    pub url: &'a str,
    /// Who publishes it.
    pub publisher: &'a str,
    /// The whole address of the publisher's own site.
    pub publisher_url: Option<&'a str>,
    /// The zone of times that were written without one.
    #[serde(skip)]
    pub zone: &'a Zone,
}

/// A picture.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Image<'a> {
    /// Its whole address.
    pub url: &'a str,
    /// What it shows, for those who cannot see it.
    pub alt: &'a str,
    /// What is written under it.
    pub caption: Option<&'a str>,
    /// Whom to credit for it.
    pub credit: Option<&'a str>,
}

/// Something that was corrected.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Correction<'a> {
    /// When.
    pub date: Date,
    /// What, in words.
    pub text: &'a str,
}

/// The same article in another language.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Version<'a> {
    /// The whole address of its page.
    pub url: &'a str,
    /// Its headline.
    pub title: &'a str,
    /// Its language.
    #[serde(serialize_with = "as_text")]
    pub language: &'a Tag,
}

/// A page that is no article.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Page<'a> {
    /// Its title as plain text.
    pub title: &'a str,
    /// What it is about; it may be empty.
    pub description: &'a str,
    /// Its whole address.
    pub url: &'a str,
    /// The title of the site.
    pub site: &'a str,
    /// The language of its words.
    #[serde(serialize_with = "as_text")]
    pub language: &'a Tag,
}

/// A head that is being made.
struct Head<'a>(Vec<Meta<'a>>);

impl Attribute {
    /// The attribute as HTML writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Property => "property",
        }
    }
}

impl<'a> Described<'a> {
    /// Where it first appeared, else the archive.
    fn container(&self) -> &'a str {
        filled(self.print.publication).unwrap_or(self.site.title)
    }
}

impl<'a> Head<'a> {
    /// Adds a tag with a `name`, unless it would be empty.
    fn name(&mut self, key: &'static str, content: impl Into<Option<&'a str>>) {
        self.add(Attribute::Name, key, content.into());
    }

    /// Adds a tag with a `property`, unless it would be empty.
    fn property(&mut self, key: &'static str, content: impl Into<Option<&'a str>>) {
        self.add(Attribute::Property, key, content.into());
    }

    /// Adds a tag, unless it would be empty.
    fn add(&mut self, attribute: Attribute, key: &'static str, content: Option<&'a str>) {
        if let Some(content) = filled(content) {
            self.0.push(Meta { attribute, key, content: tidy(content) });
        }
    }

    /// Adds a tag of words that were made for it.
    fn made(&mut self, attribute: Attribute, key: &'static str, content: String) {
        self.0.push(Meta { attribute, key, content: Cow::Owned(content) });
    }
}

/// The tags of an article's page, in their order.
pub fn describe<'a>(article: &Described<'a>) -> Vec<Meta<'a>> {
    let mut head = Head(Vec::with_capacity(48));
    // The first type counts, and of all types only these two together are a
    // newspaper article: without them it would be taken for a web page or,
    // because of `citation_title`, for an article in a journal.
    head.name("DC.type", "newspaperArticle");
    head.property("og:type", "article");
    describe_shared(&mut head, article);
    describe_cited(&mut head, article);
    describe_archived(&mut head, article);
    head.0
}

/// The tags of a page that is no article.
pub fn describe_page<'a>(page: &Page<'a>) -> Vec<Meta<'a>> {
    let mut head = Head(Vec::with_capacity(8));
    head.name("description", page.description);
    head.property("og:type", "website");
    head.property("og:title", page.title);
    head.property("og:url", page.url);
    head.property("og:site_name", page.site);
    head.property("og:description", page.description);
    head.made(Attribute::Property, "og:locale", underscored(page.language));
    head.name("twitter:card", "summary");
    head.0
}

/// Adds the tags that a site reads where the page's link is shared.
fn describe_shared<'a>(head: &mut Head<'a>, article: &Described<'a>) {
    head.name("description", article.summary);
    // Reference managers take it for the name of the publication.
    head.property("og:site_name", article.container());
    head.property("og:title", article.title);
    head.property("og:description", article.summary);
    head.property("og:url", article.url);
    head.made(Attribute::Property, "og:locale", underscored(article.language));
    for version in article.translation_of.iter().chain(article.translations) {
        let locale = underscored(version.language);
        head.made(Attribute::Property, "og:locale:alternate", locale);
    }
    if let Some(image) = &article.image {
        head.property("og:image", image.url);
        head.property("og:image:alt", image.alt);
    }
    head.name("twitter:card", "summary");
    let zone = article.site.zone;
    for (key, date) in [
        ("article:published_time", article.print.published),
        ("article:modified_time", article.print.modified),
    ] {
        // A date in doubt would be told as if it were sure.
        if let Some(date) = date.filter(Date::is_sure) {
            head.made(Attribute::Property, key, date.w3c(zone));
        }
    }
    head.property("article:section", article.print.section);
    for tag in article.topics.tags {
        head.property("article:tag", *tag);
    }
}

/// Adds the tags that reference managers read. `citation_journal_title` is
/// not among them: it would make a journal of any newspaper.
fn describe_cited<'a>(head: &mut Head<'a>, article: &Described<'a>) {
    let print = &article.print;
    head.name("citation_title", article.title);
    for byline in article.authors {
        head.made(Attribute::Name, "citation_author", unsplit(&byline.author));
    }
    if let Some(date) = &print.published {
        // A time of day would become a part of the date that is cited.
        let day = date.html_datetime();
        let day = day.split('T').next().unwrap_or_default().replace('-', "/");
        head.made(Attribute::Name, "citation_publication_date", day);
    }
    head.name("citation_language", article.language.as_str());
    head.name("citation_firstpage", print.page);
    head.name("citation_abstract", article.summary);
    head.name("eprints.place_of_pub", print.place);
    head.name("prism.edition", print.edition);
    head.name("DC.rights", article.rights.rights);
}

/// Adds the tags of the Dublin Core.
fn describe_archived<'a>(head: &mut Head<'a>, article: &Described<'a>) {
    head.name("DCTERMS.title", article.title);
    for byline in article.authors {
        head.made(Attribute::Name, "DCTERMS.creator", inverted(&byline.author));
    }
    for byline in article.translators {
        head.made(Attribute::Name, "DCTERMS.contributor", inverted(&byline.author));
    }
    head.name("DCTERMS.publisher", article.site.publisher);
    head.name("DCTERMS.language", article.language.as_str());
    for (key, date) in [
        ("DCTERMS.issued", article.print.published),
        ("DCTERMS.modified", article.print.modified),
    ] {
        if let Some(date) = date {
            // The one place in a head that can say how sure a date is.
            head.made(Attribute::Name, key, date.edtf());
        }
    }
    head.name("DCTERMS.isPartOf", article.container());
    if article.container() != article.site.title {
        head.name("DCTERMS.isPartOf", article.site.title);
    }
    // `DC.coverage` would be taken for a place on a shelf.
    for place in article.topics.places {
        head.name("DCTERMS.spatial", place.name);
    }
    head.name("DCTERMS.license", article.rights.rights.filter(|text| is_address(text)));
    // `DCTERMS.source` would be taken for the name of the publication.
    head.name("DCTERMS.isVersionOf", article.rights.original_url);
}

/// A name as reference managers read it without splitting it.
///
/// Of a single name that has two words on both sides of a comma they make two
/// people, unless something says that the list ends behind it. A name without
/// a comma is split before its last word, unless a comma ends it.
fn unsplit(author: &Author<'_>) -> String {
    match author {
        Author::Person { given, .. } if filled(Some(given)).is_some() => {
            format!("{};", inverted(author))
        }
        _ => format!("{},", inverted(author).replace([',', ';'], "")),
    }
}

/// A name with the family name first, where that is known.
fn inverted(author: &Author<'_>) -> String {
    match *author {
        Author::Person { family, given } => match filled(Some(given)) {
            Some(given) => format!("{}, {}", tidy(family), tidy(given)),
            None => tidy(family).into_owned(),
        },
        Author::Group(name) | Author::Printed(name) => tidy(name).into_owned(),
    }
}

/// A language as Open Graph writes it.
fn underscored(language: &Tag) -> String {
    language.as_str().replace('-', "_")
}

/// Whether a text is an address on the web.
fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

#[cfg(test)]
mod tests;
