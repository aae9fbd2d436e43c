//! Reads Lexical, the format of texts since Ghost 5, as HTML.

use super::{Cards, card, word};
use crate::import::folders::body::escaped;
use crate::json::{self, Map, Value};

/// How deep nodes are read; what stands deeper is only text.
const DEPTH: usize = 100;

/// The elements of the formats of a text, by their bits.
const FORMATS: [(i64, &str); 7] = [
    (1, "strong"),
    (2, "em"),
    (4, "s"),
    (8, "u"),
    (16, "code"),
    (32, "sub"),
    (64, "sup"),
];

/// Reads a text.
pub(super) fn html(source: &str, cards: &mut Cards) -> String {
    let Ok(value) = json::parse(source) else {
        cards.is_broken = true;
        return String::new();
    };
    let mut out = String::new();
    let root = value.get("root").and_then(Value::as_object);
    children(root, &mut out, cards, 0);
    out
}

/// Reads the nodes in a node.
fn children(
    node: Option<&Map<String, Value>>,
    out: &mut String,
    cards: &mut Cards,
    depth: usize,
) {
    let nodes = node.and_then(|node| node.get("children")?.as_array());
    for child in nodes.into_iter().flatten().filter_map(Value::as_object) {
        self::node(child, out, cards, depth + 1);
    }
}

/// Reads a node.
fn node(own: &Map<String, Value>, out: &mut String, cards: &mut Cards, depth: usize) {
    let kind = word(own, "type");
    let element = match kind.as_str() {
        _ if depth > DEPTH => "span",
        "paragraph" => "p",
        "heading" | "extended-heading" => heading(own),
        "quote" | "extended-quote" | "aside" => "blockquote",
        "list" if word(own, "listType") == "number" || word(own, "tag") == "ol" => "ol",
        "list" => "ul",
        "listitem" => "li",
        "text" | "extended-text" => return text(own, out),
        "linebreak" => return out.push_str("<br>"),
        "link" | "autolink" | "at-link" => {
            out.push_str(&format!("<a href=\"{}\">", escaped(&word(own, "url"))));
            children(Some(own), out, cards, depth);
            return out.push_str("</a>");
        }
        "root" => return children(Some(own), out, cards, depth),
        kind => {
            let made = card(kind, own, cards);
            out.push_str(&made);
            return children(Some(own), out, cards, depth);
        }
    };
    out.push_str(&format!("<{element}>"));
    children(Some(own), out, cards, depth);
    out.push_str(&format!("</{element}>"));
}

/// The element of a heading.
fn heading(own: &Map<String, Value>) -> &'static str {
    match word(own, "tag").as_str() {
        "h1" => "h1",
        "h3" => "h3",
        "h4" => "h4",
        "h5" => "h5",
        "h6" => "h6",
        _ => "h2",
    }
}

/// Reads a run of text with its formats.
fn text(own: &Map<String, Value>, out: &mut String) {
    let bits = own.get("format").and_then(Value::as_i64).unwrap_or(0);
    let formats: Vec<&str> = FORMATS
        .iter()
        .filter(|(bit, _)| bits & bit != 0)
        .map(|(_, name)| *name)
        .collect();
    for name in &formats {
        out.push_str(&format!("<{name}>"));
    }
    out.push_str(&escaped(&word(own, "text")));
    for name in formats.iter().rev() {
        out.push_str(&format!("</{name}>"));
    }
}
