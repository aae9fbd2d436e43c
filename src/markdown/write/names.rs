//! What the elements of HTML are to a text, and which attributes say
//! something of it.

use crate::dom::Element;
use crate::sanitize::{attribute_allowed, attribute_refused};

/// The elements that hold no text for readers.
const HIDDEN: &[&str] = &[
    "area", "base", "basefont", "bgsound", "datalist", "frame", "frameset", "head",
    "input", "link", "map", "meta", "noembed", "noframes", "noscript", "param", "script",
    "source", "style", "svg", "template", "title", "track",
];

/// The elements within a line that Markdown does not know and that stay HTML.
const KEPT: &[&str] = &[
    "abbr", "bdi", "bdo", "cite", "data", "dfn", "ins", "kbd", "mark", "q", "rp", "rt",
    "ruby", "samp", "small", "sub", "sup", "time", "u", "var",
];

/// The elements that stand by themselves.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "marquee",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "xmp",
];

/// The attributes that say something of a text, where an element may carry
/// them.
const TELLING: &[&str] = &[
    "abbr", "cite", "colspan", "controls", "datetime", "dir", "height", "kind", "label",
    "lang", "open", "poster", "reversed", "rowspan", "scope", "src", "srclang", "title",
    "type", "value", "width",
];

/// Whether an element holds no text for readers.
pub(super) fn is_hidden(name: &str) -> bool {
    HIDDEN.binary_search(&name).is_ok()
}

/// Whether an element within a line stays HTML.
pub(super) fn is_kept(name: &str) -> bool {
    KEPT.binary_search(&name).is_ok()
}

/// Whether an element stands by itself.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
}

/// The start tag of an element with the attributes that say something of its
/// text.
pub(super) fn start_tag(element: &Element) -> String {
    format!("<{}{}>", element.name, attributes(element, &[]))
}

/// The attributes of an element that say something of its text, but for some;
/// each with a space before it.
pub(super) fn attributes(element: &Element, without: &[&str]) -> String {
    let mut out = String::new();
    for (name, value) in &element.attributes {
        let name = name.as_str();
        if TELLING.contains(&name)
            && !without.contains(&name)
            && attribute_allowed(&element.name, name)
            && !attribute_refused(&element.name, name, value)
            && !says_nothing(name, value)
        {
            out.push(' ');
            out.push_str(name);
            if !(value.is_empty() && matches!(name, "controls" | "open" | "reversed")) {
                out.push_str("=\"");
                super::html::push_value(&mut out, value);
                out.push('"');
            }
        }
    }
    out
}

/// Whether a value is what holds without it.
fn says_nothing(name: &str, value: &str) -> bool {
    match name {
        "colspan" | "rowspan" => value.trim() == "1",
        "lang" | "title" | "abbr" | "src" | "poster" | "cite" | "scope" => {
            value.trim().is_empty()
        }
        "dir" => !matches!(value.trim(), "rtl" | "ltr" | "auto"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        for list in [HIDDEN, KEPT, BLOCKS, TELLING] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
