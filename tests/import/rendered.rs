//! What a reader gets of Markdown: its blocks, pictures, captions and links.
//! Made without the program's own renderer.

use pressmark::dom::{Element, Node, parse_fragment, text_of};
use pulldown_cmark::{Options, Parser, html};

/// What is in a body.
#[derive(Default)]
pub(super) struct Rendered {
    /// The texts of all blocks outside of figures, in order.
    pub(super) blocks: Vec<String>,
    /// The names of all pictures, in order.
    pub(super) pictures: Vec<String>,
    /// The captions of figures.
    pub(super) captions: Vec<String>,
    /// Where links lead.
    pub(super) links: Vec<String>,
}

/// Elements that hold a text of their own.
const BLOCKS: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "td",
    "th",
    "dt",
    "dd",
    "blockquote",
    "div",
    "section",
    "details",
    "summary",
    "caption",
    "pre",
    "ul",
    "ol",
    "table",
    "figure",
    "hr",
    "tbody",
    "thead",
    "tr",
    "dl",
    "figcaption",
];

impl Rendered {
    /// Renders a body.
    pub(super) fn new(body: &str) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_HEADING_ATTRIBUTES;
        let mut page = String::new();
        html::push_html(&mut page, Parser::new_ext(body, options));
        let mut rendered = Self::default();
        rendered.read(&parse_fragment(&page));
        rendered
    }

    /// Reads nodes: blocks, and between them text that stands in a block.
    fn read(&mut self, nodes: &[Node]) {
        let mut line = String::new();
        for node in nodes {
            match node {
                Node::Element(element) if is_figure(element) => {
                    self.end(&mut line);
                    self.figure(element);
                }
                Node::Element(element) if BLOCKS.contains(&element.name.as_str()) => {
                    self.end(&mut line);
                    self.block(element);
                }
                Node::Element(element) => self.inline(element, &mut line),
                Node::Text(text) => line.push_str(text),
                Node::Comment(_) => {}
            }
        }
        self.end(&mut line);
    }

    /// Ends a line of text.
    fn end(&mut self, line: &mut String) {
        let text = folded(&std::mem::take(line));
        if !text.is_empty() {
            self.blocks.push(text);
        }
    }

    /// Reads a block.
    fn block(&mut self, element: &Element) {
        if element.name == "pre" {
            let text = text_of(&element.children);
            self.blocks.push(text.trim_end_matches('\n').to_owned());
        } else {
            self.read(&element.children);
        }
    }

    /// Reads an element within a line.
    fn inline(&mut self, element: &Element, line: &mut String) {
        match element.name.as_str() {
            "br" => line.push('\u{1}'),
            "img" => {
                self.pictures.push(picture(element.attribute("src").unwrap_or_default()));
            }
            _ => {}
        }
        if let Some(href) = element.attribute("href") {
            self.links.push(href.to_owned());
        }
        for node in &element.children {
            match node {
                Node::Text(text) => line.push_str(text),
                Node::Element(element) => self.inline(element, line),
                Node::Comment(_) => {}
            }
        }
    }

    /// Reads a figure: its pictures and its caption.
    fn figure(&mut self, element: &Element) {
        let mut unread = String::new();
        for node in &element.children {
            let Node::Element(child) = node else { continue };
            if child.name == "figcaption" {
                self.captions.push(folded(&text_of(&child.children)));
            } else {
                if let Some(title) =
                    child.attribute("title").filter(|_| child.name == "img")
                {
                    self.captions.push(folded(title));
                }
                self.inline(child, &mut unread);
            }
        }
    }
}

/// Whether an element is a figure: `figure`, or a paragraph of one picture,
/// which may be a link.
fn is_figure(element: &Element) -> bool {
    let picture = |element: &Element| {
        let mut own = element.children.iter().filter(|node| !is_space(node));
        let only = own.next().and_then(Node::as_element);
        only.filter(|_| own.next().is_none()).cloned()
    };
    match element.name.as_str() {
        "figure" => true,
        "p" => picture(element).is_some_and(|only| {
            only.name == "img"
                || (only.name == "a"
                    && picture(&only).is_some_and(|own| own.name == "img"))
        }),
        _ => false,
    }
}

/// Whether a node is white space.
fn is_space(node: &Node) -> bool {
    matches!(node, Node::Text(text) if text.trim().is_empty())
}

/// A text with its white space folded, hard breaks as line ends, quotation marks
/// straight.
fn folded(text: &str) -> String {
    let lines = text.split('\u{1}').map(|line| {
        line.split(|c: char| c.is_whitespace())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    text.replace(['\u{2018}', '\u{2019}'], "'")
        .replace(['\u{201c}', '\u{201d}'], "\"")
        .replace('\u{2026}', "...")
        .trim()
        .to_owned()
}

/// The name of a picture: without folder, size and query.
pub(super) fn picture(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((stem, end)) = name.rsplit_once('.') else { return name.to_owned() };
    let size = stem.rsplit_once('-').filter(|(_, size)| {
        size.split_once('x').is_some_and(|(w, h)| {
            [w, h].iter().all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        })
    });
    format!("{}.{end}", size.map_or(stem, |(full, _)| full))
}
