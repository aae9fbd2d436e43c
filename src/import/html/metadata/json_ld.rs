//! Reads the JSON-LD of a page: the article in it, wherever it stands.

use crate::json::Value;

use super::{Metadata, push_new};

/// How deep values are looked into.
const DEPTH: usize = 8;

/// Reads all values of a page into its metadata.
pub(super) fn read(values: &[Value], metadata: &mut Metadata) {
    let mut things = Vec::new();
    for value in values {
        flatten(value, 0, &mut things);
    }
    for thing in &things {
        metadata.types.extend(types(thing));
    }
    let article =
        things.iter().find(|thing| types(thing).iter().any(|kind| is_article(kind)));
    let Some(article) = article else { return };
    let text = |name: &str| article.get(name).and_then(text_of);
    metadata.headline = text("headline").or_else(|| text("name"));
    metadata.deck = text("alternativeHeadline");
    metadata.summary = text("description").or_else(|| text("abstract"));
    metadata.language = text("inLanguage");
    metadata.rights = text("license").or_else(|| text("copyrightNotice"));
    metadata.publication = ["publisher", "isPartOf"]
        .iter()
        .filter_map(|name| article.get(*name))
        .find_map(|own| named(resolve(own, &things)));
    metadata.is_paid = article.get("isAccessibleForFree").is_some_and(is_false);
    metadata.image = article.get("image").and_then(|image| address(image, &things));
    for (name, is_published) in
        [("datePublished", true), ("dateCreated", true), ("dateModified", false)]
    {
        match text(name) {
            Some(date) if is_published => {
                metadata.add_published(&date, "JSON-LD datePublished");
            }
            Some(date) => metadata.add_modified(&date, "JSON-LD dateModified"),
            None => {}
        }
    }
    for name in ["author", "creator"] {
        if let (Some(author), true) = (article.get(name), metadata.authors.is_empty()) {
            authors(author, &things, metadata, 0);
        }
    }
    lists(article, metadata);
}

/// Reads the sections and keywords of an article.
fn lists(article: &Value, metadata: &mut Metadata) {
    let each = |name: &str| {
        let mut found = Vec::new();
        match article.get(name) {
            Some(Value::Array(values)) => found.extend(values.iter().filter_map(text_of)),
            Some(value) => found.extend(text_of(value)),
            None => {}
        }
        found
    };
    for section in each("articleSection") {
        push_new(&mut metadata.sections, &section);
    }
    for keywords in each("keywords") {
        for keyword in keywords.split([',', ';']) {
            push_new(&mut metadata.tags, keyword);
        }
    }
}

/// Puts a value and what stands in its lists and graphs behind others.
fn flatten<'a>(value: &'a Value, depth: usize, things: &mut Vec<&'a Value>) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(values) => {
            for value in values {
                flatten(value, depth + 1, things);
            }
        }
        Value::Object(object) => {
            things.push(value);
            for name in ["@graph", "mainEntity", "hasPart", "liveBlogUpdate"] {
                if let Some(inner) = object.get(name) {
                    // The entries of a live blog are articles, and the blog comes before them.
                    flatten(inner, depth + 1, things);
                }
            }
        }
        _ => {}
    }
}

/// The types of a thing.
fn types(thing: &Value) -> Vec<String> {
    let name = |value: &Value| {
        value
            .as_str()
            .map(|kind| kind.rsplit(['/', ':']).next().unwrap_or(kind).to_owned())
    };
    match thing.get("@type") {
        Some(Value::Array(values)) => values.iter().filter_map(name).collect(),
        Some(value) => name(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Whether a type is one of articles.
pub(super) fn is_article(kind: &str) -> bool {
    kind.ends_with("Article")
        || matches!(kind, "BlogPosting" | "LiveBlogPosting" | "Report")
}

/// The thing that a value names by its `@id`, or the value.
fn resolve<'a>(value: &'a Value, things: &[&'a Value]) -> &'a Value {
    let is_reference = value.as_object().is_some_and(|object| object.len() == 1);
    let id = value.get("@id").and_then(Value::as_str).filter(|_| is_reference);
    let target = id.and_then(|id| {
        things.iter().find(|thing| {
            let is_more = thing.as_object().is_some_and(|object| object.len() > 1);
            is_more && thing.get("@id").and_then(Value::as_str) == Some(id)
        })
    });
    target.copied().unwrap_or(value)
}

/// Adds authors: a text, a thing or a list of them.
fn authors(value: &Value, things: &[&Value], metadata: &mut Metadata, depth: usize) {
    if depth > DEPTH {
        return;
    }
    match resolve(value, things) {
        Value::Array(values) => {
            for value in values {
                authors(value, things, metadata, depth + 1);
            }
        }
        Value::String(name) => metadata.add_author(super::without_by(name), false),
        thing => {
            let kinds = types(thing);
            let is_organization = kinds.iter().any(|kind| kind.contains("Organization"));
            match thing.get("name") {
                Some(Value::Array(names)) => {
                    for name in names.iter().filter_map(Value::as_str) {
                        metadata.add_author(super::without_by(name), is_organization);
                    }
                }
                Some(Value::String(name)) => {
                    metadata.add_author(super::without_by(name), is_organization);
                }
                _ => {}
            }
        }
    }
}

/// The text of a value, if it has one.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Object(object) => {
            let own = ["name", "@value", "url", "alternateName"]
                .iter()
                .find_map(|name| object.get(*name).and_then(Value::as_str));
            own?.to_owned()
        }
        Value::Array(values) => values.first().and_then(Value::as_str)?.to_owned(),
        _ => return None,
    };
    // Some programs escape the text once too often.
    let text = if text.contains('&') { unescape(&text) } else { text };
    let text = crate::import::html::page::plain(&text);
    (!text.is_empty()).then_some(text)
}

/// A text whose references are resolved.
fn unescape(text: &str) -> String {
    let safe = text.replace('<', "&lt;");
    crate::dom::text_of(&crate::dom::parse_fragment(&safe))
}

/// The name of a thing.
fn named(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => values.first().and_then(text_of),
        Value::Object(object) => object.get("name").and_then(text_of),
        _ => text_of(value),
    }
}

/// The address of an image: a text, a thing or a list of them.
fn address(value: &Value, things: &[&Value]) -> Option<String> {
    let value = match value {
        Value::Array(values) => values.first()?,
        other => other,
    };
    match resolve(value, things) {
        Value::String(address) => Some(address.clone()),
        thing => ["url", "contentUrl"]
            .iter()
            .find_map(|name| thing.get(*name).and_then(Value::as_str))
            .map(str::to_owned),
    }
}

/// Whether a value says no, in one of the ways that are usual.
fn is_false(value: &Value) -> bool {
    match value {
        Value::Bool(own) => !own,
        Value::String(own) => own.eq_ignore_ascii_case("false"),
        _ => false,
    }
}
