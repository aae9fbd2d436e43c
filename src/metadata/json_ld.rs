//! Describes articles in the vocabulary of schema.org, as JSON that can stand
//! inside a `script` element.

use super::{Byline, Class, Described, Image, Site, Thing, Version, is_address};
use crate::citation::{Author, filled, tidy};
use crate::date::Date;
use crate::json::{Map, Value, json};

/// An object of the vocabulary that is being made.
struct Object(Map<String, Value>);

impl Object {
    /// An object of a class.
    fn new(class: &str) -> Self {
        let mut object = Self(Map::new());
        object.text("@type", Some(class));
        object
    }

    /// Says something in words, unless there are none.
    fn text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = filled(text) {
            self.value(key, Value::from(tidy(text)));
        }
    }

    /// Says several things, one without a list around it, unless there are
    /// none.
    fn list(&mut self, key: &str, mut values: Vec<Value>) {
        match values.len() {
            0 => {}
            1 => self.value(key, values.remove(0)),
            _ => self.value(key, Value::Array(values)),
        }
    }

    /// Says something of any shape.
    fn value(&mut self, key: &str, value: Value) {
        self.0.insert(key.to_owned(), value);
    }

    /// The object as a value.
    fn done(self) -> Value {
        Value::Object(self.0)
    }
}

/// The article as JSON-LD.
pub fn news_article(article: &Described<'_>) -> String {
    let mut object = Object(Map::new());
    object.text("@context", Some("https://schema.org"));
    object.text("@type", Some(class(article.kind)));
    object.text("@id", Some(&format!("{}#article", article.url)));
    object.value(
        "mainEntityOfPage",
        json!({ "@type": "WebPage", "@id": tidy(article.url) }),
    );
    object.text("url", Some(article.url));
    object.text("headline", Some(article.title));
    object.text("alternativeHeadline", article.deck);
    object.text("description", Some(article.summary));
    object.text("genre", article.genre);
    object.text("inLanguage", Some(article.language.as_str()));
    say_dates(&mut object, article);
    object.list("author", article.authors.iter().map(author).collect());
    object.list("translator", article.translators.iter().map(author).collect());
    object.value("publisher", publisher(&article.site));
    say_print(&mut object, article);
    say_topics(&mut object, article);
    say_rights(&mut object, article);
    object.list("image", article.image.iter().map(image).collect());
    object
        .list("translationOfWork", article.translation_of.iter().map(version).collect());
    object.list("workTranslation", article.translations.iter().map(version).collect());
    object.value("isAccessibleForFree", Value::Bool(article.is_whole));
    script(&object.done())
}

/// The way from the home page to a page as JSON-LD, given the name and the
/// whole address of each step; empty if there is no step.
pub fn breadcrumbs(steps: &[(&str, &str)]) -> String {
    if steps.is_empty() {
        return String::new();
    }
    let step = |(position, (name, url)): (usize, &(&str, &str))| {
        let mut item = Object::new("ListItem");
        item.value("position", Value::from(position));
        item.text("name", Some(name));
        item.text("item", Some(url));
        item.done()
    };
    let mut list = Object(Map::new());
    list.text("@context", Some("https://schema.org"));
    list.text("@type", Some("BreadcrumbList"));
    list.value("itemListElement", (1..).zip(steps).map(step).collect());
    script(&list.done())
}

/// A value as JSON in which nothing ends a `script` element or is read as
/// HTML.
fn script(value: &Value) -> String {
    let json = value.to_string();
    let mut script = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                script.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => script.push(c),
        }
    }
    script
}

/// What schema.org calls a sort of piece. What comes from a press office is
/// no sort of its own there; its genre says what it is.
fn class(kind: &str) -> &'static str {
    match kind {
        "opinion" | "letter" => "OpinionNewsArticle",
        "feature" | "interview" | "photo-essay" => "ReportageNewsArticle",
        _ => "NewsArticle",
    }
}

/// Says when the article was published, changed and corrected.
fn say_dates(object: &mut Object, article: &Described<'_>) {
    let zone = article.site.zone;
    // A date in doubt would be told as if it were sure.
    let published = article.print.published.filter(Date::is_sure);
    let published = published.map(|date| date.w3c(zone));
    object.text("datePublished", published.as_deref());
    let modified = article.print.modified.map(|date| date.w3c(zone));
    object.text("dateModified", modified.as_deref());
    let corrections = article.corrections.iter().map(|correction| {
        let mut comment = Object::new("CorrectionComment");
        comment.text("text", Some(correction.text));
        comment.text("datePublished", Some(&correction.date.w3c(zone)));
        comment.done()
    });
    object.list("correction", corrections.collect());
}

/// Says where the article stands: in a paper, and in the archive.
fn say_print(object: &mut Object, article: &Described<'_>) {
    let print = &article.print;
    object.text("articleSection", print.section);
    object.text("dateline", print.dateline);
    object.text("printSection", print.section);
    object.text("printPage", print.page);
    object.text("printEdition", print.edition);
    let paper = filled(print.publication).map(|name| {
        let mut paper = Object::new("Newspaper");
        paper.text("name", Some(name));
        paper.done()
    });
    let mut site = Object::new("WebSite");
    site.text("@id", Some(article.site.url));
    site.text("name", Some(article.site.title));
    site.text("url", Some(article.site.url));
    object.list("isPartOf", paper.into_iter().chain([site.done()]).collect());
}

/// Says what the article is about.
fn say_topics(object: &mut Object, article: &Described<'_>) {
    let topics = &article.topics;
    let tags = topics.tags.iter().map(|tag| Value::from(tidy(tag)));
    object.list("keywords", tags.collect());
    for (key, things) in [
        ("about", topics.about),
        ("mentions", topics.mentions),
        ("spatialCoverage", topics.places),
    ] {
        object.list(key, things.iter().map(thing).collect());
    }
    object.list("locationCreated", topics.filed_from.iter().map(thing).collect());
}

/// Says who holds the rights in the article, and where it comes from.
fn say_rights(object: &mut Object, article: &Described<'_>) {
    let rights = &article.rights;
    let is_license = filled(rights.rights).is_some_and(is_address);
    object.text(if is_license { "license" } else { "copyrightNotice" }, rights.rights);
    object.text("creditText", rights.credit);
    object.text("isBasedOn", rights.original_url);
    let captures = rights.archived.iter().map(|url| Value::from(tidy(url)));
    object.list("archivedAt", captures.collect());
}

/// Somebody who wrote something. Only a name that is known to be a group's
/// makes an organization.
fn author(byline: &Byline<'_>) -> Value {
    let mut object = match byline.author {
        Author::Group(_) => Object::new("Organization"),
        Author::Person { .. } | Author::Printed(_) => Object::new("Person"),
    };
    object.text("name", Some(byline.name));
    if let Author::Person { family, given } = byline.author {
        object.text("familyName", Some(family));
        object.text("givenName", Some(given));
    }
    object.text("url", byline.url);
    object.list("sameAs", addresses(byline.same_as));
    object.done()
}

/// Something with a name.
fn thing(thing: &Thing<'_>) -> Value {
    let mut object = Object::new(match thing.class {
        Class::Thing => "Thing",
        Class::Person => "Person",
        Class::Organization => "Organization",
        Class::Place => "Place",
    });
    object.text("name", Some(thing.name));
    object.text("url", thing.url);
    object.list("sameAs", addresses(thing.same_as));
    object.done()
}

/// A list of addresses.
fn addresses(urls: &[&str]) -> Vec<Value> {
    urls.iter().map(|url| Value::from(tidy(url))).collect()
}

/// Who publishes the archive.
fn publisher(site: &Site<'_>) -> Value {
    let mut object = Object::new("Organization");
    object.text("name", filled(Some(site.publisher)).or(Some(site.title)));
    object.text("url", site.publisher_url.or(Some(site.url)));
    object.done()
}

/// A picture.
fn image(image: &Image<'_>) -> Value {
    let mut object = Object::new("ImageObject");
    object.text("url", Some(image.url));
    object.text("caption", image.caption);
    object.text("description", Some(image.alt));
    object.text("creditText", image.credit);
    object.done()
}

/// The article in another language.
fn version(version: &Version<'_>) -> Value {
    let mut object = Object::new("NewsArticle");
    object.text("@id", Some(&format!("{}#article", version.url)));
    object.text("url", Some(version.url));
    object.text("headline", Some(version.title));
    object.text("inLanguage", Some(version.language.as_str()));
    object.done()
}
