//! What the fuzz targets have in common: how bytes become files, and what must
//! hold of every piece that an importer hands over.

pub mod pages;

use std::fmt::Debug;

use pressmark::dom::{Element, Node, is_seen, parse_fragment};
use pressmark::import::account::count;
use pressmark::import::piece::{Body, Item, Outline, Piece, Refused, Source};
use pressmark::markdown;
use pulldown_cmark::{Event, Options, Parser, Tag, html};

/// What stands before the name of a file in an input with several files.
const FILE: &str = "=== ";

/// All that a source tells.
#[derive(Debug, Default)]
pub struct Told {
    /// The outlines.
    pub outlines: Vec<Outline>,
    /// The items.
    pub items: Vec<Item>,
}

/// Has a source tell everything, and checks what must hold of any source: the
/// outlines are those of the pieces, and what is left out has a reason.
pub fn told(source: &mut dyn Source) -> Result<Told, Refused> {
    let mut told = Told::default();
    source.survey(&mut |outline| told.outlines.push(outline))?;
    source.read(&mut |item| told.items.push(item))?;
    let outlines: Vec<_> = told.outlines.iter().map(|outline| &outline.key).collect();
    let pieces: Vec<_> = told.pieces().map(|piece| &piece.origin.key).collect();
    assert_eq!(outlines, pieces, "the outlines are not those of the pieces");
    for item in &told.items {
        if let Item::Skipped(own) | Item::File(own, _) | Item::Lost(own) = item {
            assert!(!own.reason.is_empty(), "{own:?}");
        }
    }
    Ok(told)
}

impl Told {
    /// The pieces.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.items.iter().filter_map(|item| match item {
            Item::Piece(piece) => Some(&**piece),
            _ => None,
        })
    }

    /// Checks the account of each piece.
    pub fn check(&self) {
        self.pieces().for_each(check_piece);
    }
}

/// Checks that two runs tell the same.
pub fn check_same(first: &dyn Debug, second: &dyn Debug) {
    let (first, second) = (format!("{first:?}"), format!("{second:?}"));
    assert!(first == second, "two runs differ:\n{first}\n{second}");
}

/// Closes the account of a piece as the import does, and checks that it balances.
pub fn check_piece(piece: &Piece) {
    let mut account = piece.account.clone();
    match &piece.body {
        Body::Markdown(text) => {
            assert_eq!(account.body, count(text), "{account:?}\n{text}");
        }
        Body::Html(nodes) => {
            assert_eq!(account.body, 0, "an open account has no body: {account:?}");
            let written = check_written(nodes);
            account.body = written.n_seen;
            *account.added.entry("labels".to_owned()).or_default() += written.n_added;
        }
    }
    assert_eq!(account.missing(), 0, "{account:?}\n{:?}", piece.body);
}

/// Writes a tree, and checks that all its text comes back.
pub fn check_written(nodes: &[Node]) -> markdown::Written {
    let written = markdown::write(nodes);
    let seen = markdown::count_seen(nodes);
    assert_eq!(written.n_seen, seen + written.n_added, "{nodes:?}\n{}", written.text);
    let unexpected = written.raw_blocks.iter().find(|raw| raw.contains(':'));
    assert_eq!(unexpected, None, "{nodes:?}\n{}", written.text);
    let page = rendered(&written.text);
    let shown = visible(&page);
    assert_eq!(
        shown.chars().count() as u64,
        written.n_seen,
        "{nodes:?}\n{}\n{shown}",
        written.text
    );
    written
}

/// The sign before the title of a picture that was written as Markdown.
const TITLE: char = '\u{1}';

/// Markdown as a tree, read by the parser alone.
pub fn rendered(text: &str) -> Vec<Node> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    let events = Parser::new_ext(text, options).map(|event| match event {
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            let title = format!("{TITLE}{title}").into();
            Event::Start(Tag::Image { link_type, dest_url, title, id })
        }
        other => other,
    });
    let mut page = String::new();
    html::push_html(&mut page, events);
    parse_fragment(&page)
}

/// The characters of some nodes that a reader sees: their texts, and the titles
/// of pictures that stand alone, which are their captions.
fn visible(nodes: &[Node]) -> String {
    let mut text = String::new();
    push_visible(nodes, &mut text);
    text
}

/// Puts the characters of some nodes that a reader sees behind a text.
fn push_visible(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.extend(text.chars().filter(|&c| is_seen(c))),
            Node::Element(element) if element.name == "iframe" => {}
            Node::Element(element) => {
                let title = picture(element).and_then(|own| own.attribute("title"));
                if let Some(title) = title.and_then(|title| title.strip_prefix(TITLE)) {
                    out.extend(title.chars().filter(|&c| is_seen(c)));
                }
                push_visible(&element.children, out);
            }
            Node::Comment(_) => {}
        }
    }
}

/// The picture that stands alone in a paragraph, or alone in its only link.
fn picture(element: &Element) -> Option<&Element> {
    let only =
        |element: &Element| matches!(element.children.as_slice(), [Node::Element(_)]);
    if element.name != "p" || !only(element) {
        return None;
    }
    let inner = element.children.first().and_then(Node::as_element)?;
    let inner = if inner.name == "a" && only(inner) {
        inner.children.first().and_then(Node::as_element)?
    } else {
        inner
    };
    (inner.name == "img").then_some(inner)
}

/// Takes the last byte of an input, which says how the rest is read.
pub fn flags(data: &[u8]) -> (u8, &[u8]) {
    data.split_last().map_or((0, data), |(last, rest)| (*last, rest))
}

/// The files of an input: each begins behind a line `=== NAME`; what stands before
/// the first of these lines is the file `first`. No two have the same name.
pub fn files(data: &[u8], first: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![(first.to_owned(), Vec::new())];
    for line in data.split_inclusive(|&byte| byte == b'\n') {
        let name =
            std::str::from_utf8(line).ok().and_then(|line| line.strip_prefix(FILE));
        match name.map(path) {
            Some(name) if files.iter().all(|(own, _)| *own != name) => {
                files.push((name, Vec::new()));
            }
            _ => {
                if let Some((_, bytes)) = files.last_mut() {
                    bytes.extend_from_slice(line);
                }
            }
        }
    }
    if files.len() > 1 && files[0].1.is_empty() {
        files.remove(0);
    }
    files
}

/// A name as a folder can hold it: no part of it is empty or leads upwards.
fn path(name: &str) -> String {
    let name = name.trim().replace(['\0', '\\'], "");
    let parts = name.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    let name = parts.collect::<Vec<_>>().join("/");
    if name.is_empty() { "x".to_owned() } else { name }
}

/// The names of elements for [`tree`].
const NAMES: &[&str] = &[
    "p",
    "div",
    "b",
    "em",
    "a",
    "br",
    "img",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "table",
    "tr",
    "td",
    "th",
    "h2",
    "h4",
    "hr",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "sup",
    "u",
    "s",
    "span",
    "iframe",
    "script",
    "details",
    "summary",
    "section",
    "caption",
    "thead",
    "video",
    "x-y",
];

/// The attributes of elements for [`tree`]; their values are taken from the input.
const ATTRIBUTES: &[&str] = &[
    "href", "src", "alt", "title", "id", "lang", "start", "type", "class", "colspan",
    "value", "reversed",
];

/// A tree that no parser put in order: a byte above 127 opens an element, or gives
/// it an attribute, or closes it; all others are text.
pub fn tree(data: &[u8]) -> Vec<Node> {
    let mut open = vec![Element::default()];
    let mut attribute = None;
    let mut text = String::new();
    for &byte in data {
        if byte < 0x80 {
            text.push(char::from(byte));
            continue;
        }
        let (last, said) = (open.len() - 1, std::mem::take(&mut text));
        match attribute.take() {
            Some(name) => open[last].set_attribute(name, said),
            None if said.is_empty() => {}
            None => open[last].children.push(Node::Text(said)),
        }
        match usize::from(byte - 0x80) {
            n if n < NAMES.len() && open.len() < 100 => {
                open.push(Element::new(NAMES[n], &[], Vec::new()));
            }
            n if n < 64 && open.len() > 1 => {
                let element = open.pop().unwrap_or_default();
                open[last - 1].children.push(Node::Element(element));
            }
            n => attribute = ATTRIBUTES.get(n % 16).copied(),
        }
    }
    if attribute.is_none() && !text.is_empty() {
        open.last_mut()
            .unwrap_or(&mut Element::default())
            .children
            .push(Node::Text(text));
    }
    while open.len() > 1 {
        let element = open.pop().unwrap_or_default();
        let above = open.len() - 1;
        open[above].children.push(Node::Element(element));
    }
    open.pop().unwrap_or_default().children
}
