//! Finds where the destinations of links and pictures stand in a body, for who
//! wants to write others there.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use crate::markdown::syntax;
use crate::sanitize::{Token, Tokens, decode_references};

/// A destination in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// Where it stands in the body.
    pub range: Range<usize>,
    /// Where it leads, with escapes and references resolved.
    pub address: String,
    /// Whether it is that of a picture or recording.
    pub is_media: bool,
    /// Whether it stands in HTML.
    pub in_html: bool,
}

/// The destinations of a body, in its order, none twice.
pub fn destinations(text: &str) -> Vec<Destination> {
    let parser = Parser::new_ext(text, syntax());
    let mut found = Vec::new();
    for (_, definition) in parser.reference_definitions().iter() {
        push_within(text, definition.span.clone(), &definition.dest, false, &mut found);
    }
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. })
                if is_direct(link_type) =>
            {
                push_within(text, range, &dest_url, false, &mut found);
            }
            Event::Start(Tag::Image { link_type, dest_url, .. })
                if is_direct(link_type) =>
            {
                push_within(text, range, &dest_url, true, &mut found);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                push_html(&html, range.start, &mut found);
            }
            _ => {}
        }
    }
    found.sort_by_key(|destination| destination.range.start);
    found.dedup_by_key(|destination| destination.range.start);
    found
}

/// Whether the destination stands in the link itself.
fn is_direct(kind: LinkType) -> bool {
    matches!(kind, LinkType::Inline | LinkType::Autolink)
}

/// Adds the last place in a range where an address stands as it is.
fn push_within(
    text: &str,
    range: Range<usize>,
    address: &str,
    is_media: bool,
    found: &mut Vec<Destination>,
) {
    let source = text.get(range.clone()).unwrap_or_default();
    let at = source.rfind(address).filter(|_| !address.is_empty());
    if let Some(at) = at {
        let start = range.start + at;
        found.push(Destination {
            range: start..start + address.len(),
            address: address.to_owned(),
            is_media,
            in_html: false,
        });
    }
}

/// Adds the addresses in tags.
fn push_html(html: &str, offset: usize, found: &mut Vec<Destination>) {
    for token in Tokens::new(html) {
        let Token::Tag(tag) = token else { continue };
        for attribute in tag.attributes {
            let is_media = match attribute.name.as_str() {
                "href" => false,
                "src" | "poster" => true,
                _ => continue,
            };
            let value = html.get(attribute.value.clone()).unwrap_or_default();
            found.push(Destination {
                range: offset + attribute.value.start..offset + attribute.value.end,
                address: decode_references(value).to_string(),
                is_media,
                in_html: true,
            });
        }
    }
}
