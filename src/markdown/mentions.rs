//! Where code and the destinations of links stand in the source of a text, for
//! who changes a text and leaves it Markdown.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use crate::sanitize::{Token, Tokens, decode_references};

/// Where a link or picture leads, as it stands in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The place of the destination.
    pub range: Range<usize>,
    /// The destination, with escapes resolved.
    pub destination: String,
    /// Whether it is that of a picture or a recording.
    pub is_media: bool,
    /// Whether it stands in an attribute of HTML.
    pub is_html: bool,
}

/// Where code stands: spans, and blocks with their fences.
pub fn code_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (event, range) in super::events(text) {
        if matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))) {
            ranges.push(range);
        }
    }
    ranges.sort_by_key(|range| range.start);
    ranges
}

/// The destinations of all links, pictures and definitions, in the order of
/// the source. A link that names a definition is told once, at that place.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut all = Vec::new();
    let parser = Parser::new_ext(text, super::syntax());
    for (_, definition) in parser.reference_definitions().iter() {
        let start = behind_label(text, &definition.span);
        all.extend(find(text, start, &definition.dest));
    }
    let mut html = None;
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, .. }) => {
                all.extend(inline(text, range, &dest_url));
            }
            Event::Start(Tag::Image {
                link_type: LinkType::Inline, dest_url, ..
            }) => {
                let found = inline(text, range, &dest_url);
                all.extend(found.map(|found| Mention { is_media: true, ..found }));
            }
            Event::Start(Tag::HtmlBlock) => html = Some(range),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(range) = html.take() {
                    push_html(text, range, &mut all);
                }
            }
            Event::InlineHtml(_) => push_html(text, range, &mut all),
            _ => {}
        }
    }
    all.sort_by_key(|mention| mention.range.start);
    all.dedup_by_key(|mention| mention.range.start);
    all
}

/// The part of a definition behind its label.
fn behind_label(text: &str, span: &Range<usize>) -> Range<usize> {
    let source = text.get(span.clone()).unwrap_or_default();
    let at = source.find("]:").map_or(0, |at| at + 2);
    span.start + at..span.end
}

/// The destination of a link that is written in one piece: what stands behind
/// the last `](` that it can be.
fn inline(text: &str, range: Range<usize>, destination: &str) -> Option<Mention> {
    let source = text.get(range.clone()).unwrap_or_default();
    if destination.is_empty() {
        return None;
    }
    // A link in a picture's title cannot be; the last place that fits is it.
    let mut from = source.len();
    while let Some(at) = source.get(..from).and_then(|head| head.rfind("](")) {
        let part = range.start + at + 2..range.end;
        if let Some(found) = find(text, part, destination) {
            return Some(found);
        }
        from = at;
        if source.len() - from > 8192 {
            return None;
        }
    }
    None
}

/// Finds a destination at the beginning of a part of the source.
fn find(text: &str, part: Range<usize>, destination: &str) -> Option<Mention> {
    let source = text.get(part.clone())?;
    let blank = source.len() - source.trim_start().len();
    let source = source.get(blank..)?;
    let (inner, length) = if let Some(rest) = source.strip_prefix('<') {
        let inner = rest.get(..rest.find('>')?)?;
        (inner, inner.len() + 2)
    } else {
        let inner = bare(source);
        (inner, inner.len())
    };
    let is_it = plain(inner) == plain(destination);
    let start = part.start + blank;
    is_it.then(|| Mention {
        range: start..start + length,
        destination: destination.to_owned(),
        is_media: false,
        is_html: false,
    })
}

/// A destination without brackets: up to a blank, or a parenthesis that it did
/// not open.
fn bare(source: &str) -> &str {
    let (mut depth, mut escaped) = (0_u32, false);
    for (at, c) in source.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return source.get(..at).unwrap_or_default(),
            ')' => depth -= 1,
            c if c.is_whitespace() || c.is_control() => {
                return source.get(..at).unwrap_or_default();
            }
            _ => {}
        }
    }
    source
}

/// A destination without escapes, for comparing; references of HTML are not
/// looked into.
fn plain(text: &str) -> String {
    let text = text.replace("&amp;", "&");
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation) {
            continue;
        }
        out.push(c);
    }
    out
}

/// The addresses in the tags of raw HTML.
fn push_html(text: &str, range: Range<usize>, all: &mut Vec<Mention>) {
    let source = text.get(range.clone()).unwrap_or_default();
    for token in Tokens::new(source) {
        let Token::Tag(tag) = token else { continue };
        for attribute in tag.attributes {
            let is_media = match attribute.name.as_str() {
                "href" => false,
                "src" | "poster" => true,
                _ => continue,
            };
            let value = source.get(attribute.value.clone()).unwrap_or_default();
            if !value.is_empty() {
                all.push(Mention {
                    range: range.start + attribute.value.start
                        ..range.start + attribute.value.end,
                    destination: decode_references(value),
                    is_media,
                    is_html: true,
                });
            }
        }
    }
}
