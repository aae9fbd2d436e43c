//! Writes citations as JSON for the Citation Style Language.

use super::{Author, Cited, date_parts, filled, tidy};
use crate::date::Date;
use crate::json::{Map, Value, json};

/// Cites an article: a list that it is the only item of.
pub(super) fn cite(cited: &Cited<'_>) -> String {
    let mut item = Map::new();
    put(&mut item, "id", Some(cited.url));
    put(&mut item, "type", Some("article-newspaper"));
    put(&mut item, "title", Some(cited.title));
    for (key, names) in [("author", cited.authors), ("translator", cited.translators)] {
        if !names.is_empty() {
            item.insert(key.to_owned(), names.iter().map(name).collect());
        }
    }
    if let Some(date) = &cited.date {
        item.insert("issued".to_owned(), issued(date));
    }
    for (key, text) in [
        ("container-title", Some(cited.container())),
        ("publisher", Some(cited.publisher)),
        ("publisher-place", cited.place),
        ("edition", cited.edition),
        ("section", cited.section),
        ("page", cited.page),
        ("source", cited.via()),
        ("URL", Some(cited.url)),
        ("language", Some(cited.language.as_str())),
        ("abstract", Some(cited.summary)),
    ] {
        put(&mut item, key, text);
    }
    format!("{:#}\n", Value::Array(vec![Value::Object(item)]))
}

/// Puts a text into an object, if it says something.
fn put(item: &mut Map<String, Value>, key: &str, text: Option<&str>) {
    if let Some(text) = filled(text) {
        item.insert(key.to_owned(), Value::from(tidy(text)));
    }
}

/// A name in its parts, or as a whole.
fn name(author: &Author<'_>) -> Value {
    match *author {
        Author::Group(name) | Author::Printed(name) => json!({ "literal": tidy(name) }),
        Author::Person { family, given } => {
            let mut parts = Map::new();
            put(&mut parts, "family", Some(family));
            put(&mut parts, "given", Some(given));
            Value::Object(parts)
        }
    }
}

/// A date: it is as exact as it has parts.
fn issued(date: &Date) -> Value {
    let parts: Vec<_> = date_parts(*date).collect();
    if date.is_uncertain() || date.is_approximate() {
        json!({ "date-parts": [parts], "circa": true })
    } else {
        json!({ "date-parts": [parts] })
    }
}
