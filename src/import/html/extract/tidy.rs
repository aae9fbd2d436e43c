//! Puts the tree of an article in order: layout tables and fonts are no
//! structure, two line breaks are the end of a paragraph, a bold line alone is
//! a heading, and links and pictures lead somewhere from everywhere.
//!
//! No character of text is added or taken away here.

use url::Url;

use crate::dom::{Element, Node, text_of};
use crate::import::html::address;
use crate::import::html::extract::Links;
use crate::import::html::page::plain;

/// Elements that stand in a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em",
    "i", "img", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "br",
];

/// Puts the nodes of an article in order.
pub(super) fn tidy(nodes: Vec<Node>, links: &Links<'_>) -> Vec<Node> {
    let nodes = flat(nodes, links);
    let mut nodes = paragraphs(nodes);
    if !has_heading(&nodes) {
        headings(&mut nodes);
    }
    nodes
}

/// Takes fonts, layout tables and the like away around their content, and makes
/// links whole.
fn flat(nodes: Vec<Node>, links: &Links<'_>) -> Vec<Node> {
    let mut flattened = Vec::new();
    for node in nodes {
        let Node::Element(mut element) = node else {
            if !matches!(node, Node::Comment(_)) {
                flattened.push(node);
            }
            continue;
        };
        whole_links(&mut element, links);
        if is_tracker(&element) {
            continue;
        }
        let is_layout = element.name == "table" && is_layout(&element);
        if is_layout {
            let cells = cells(element.children);
            flattened.extend(
                cells
                    .into_iter()
                    .map(|children| Node::element("div", flat(children, links))),
            );
            continue;
        }
        element.children = flat(element.children, links);
        match element.name.as_str() {
            "font" | "blink" | "nobr" | "basefont" | "label" => {
                flattened.extend(element.children);
            }
            "center" | "form" | "fieldset" | "section" | "article" | "main"
            | "header" | "layer" => {
                "div".clone_into(&mut element.name);
                flattened.push(Node::Element(element));
            }
            "amp-img" => {
                "img".clone_into(&mut element.name);
                flattened.push(Node::Element(element));
            }
            _ => flattened.push(Node::Element(element)),
        }
    }
    flattened
}

/// Whether an element is a picture that shows nothing.
fn is_tracker(element: &Element) -> bool {
    let is_one = |name: &str| matches!(element.attribute(name), Some("0" | "1"));
    let source = element.attribute("src").unwrap_or_default();
    let is_spacer = ["spacer.gif", "pixel.gif", "clear.gif", "blank.gif"]
        .iter()
        .any(|name| source.ends_with(name));
    element.name == "img"
        && (is_one("width") && is_one("height") || is_spacer || source.is_empty())
}

/// Whether a table only lays its content out.
fn is_layout(table: &Element) -> bool {
    if table.attribute("role") == Some("presentation") {
        return true;
    }
    let mut shape = TableShape::default();
    shape.measure(&table.children);
    let is_data = shape.has_heads || shape.rows >= 2 && shape.cells >= shape.rows * 2;
    !is_data || shape.longest > 400 || shape.has_blocks
}

/// What a table is made of.
#[derive(Default)]
struct TableShape {
    /// Its rows.
    rows: usize,
    /// Its cells.
    cells: usize,
    /// The characters of its longest cell.
    longest: usize,
    /// Whether it has head cells.
    has_heads: bool,
    /// Whether its cells hold other tables, or several paragraphs.
    has_blocks: bool,
}

impl TableShape {
    /// Measures the content of a table.
    fn measure(&mut self, nodes: &[Node]) {
        for element in nodes.iter().filter_map(Node::as_element) {
            match element.name.as_str() {
                "tr" => {
                    self.rows += 1;
                    self.measure(&element.children);
                }
                "td" | "th" => {
                    self.cells += 1;
                    self.has_heads |= element.name == "th";
                    self.longest =
                        self.longest.max(text_of(&element.children).chars().count());
                    let blocks = element.children.iter().filter_map(Node::as_element);
                    let blocks = blocks.filter(|own| {
                        matches!(own.name.as_str(), "p" | "table" | "div" | "center")
                    });
                    self.has_blocks |= blocks.count() >= 2;
                }
                _ => self.measure(&element.children),
            }
        }
    }
}

/// The contents of the cells of a table, and of its caption.
fn cells(nodes: Vec<Node>) -> Vec<Vec<Node>> {
    let mut found = Vec::new();
    for node in nodes {
        match node {
            Node::Element(element)
                if matches!(element.name.as_str(), "td" | "th" | "caption") =>
            {
                found.push(element.children);
            }
            Node::Element(element) => found.extend(cells(element.children)),
            Node::Text(text) if !text.trim().is_empty() => {
                found.push(vec![Node::Text(text)]);
            }
            Node::Text(_) | Node::Comment(_) => {}
        }
    }
    found
}

/// Makes the addresses of an element whole.
fn whole_links(element: &mut Element, links: &Links<'_>) {
    if matches!(element.name.as_str(), "img" | "amp-img") {
        let late = ["data-src", "data-lazy-src", "data-original", "data-orig-file"];
        let late =
            late.iter().find_map(|name| element.attribute(name)).map(str::to_owned);
        if let Some(late) = late {
            element.set_attribute("src", late);
        }
        element
            .attributes
            .retain(|(name, _)| !matches!(name.as_str(), "srcset" | "sizes"));
    }
    for name in ["href", "src", "poster"] {
        let whole = element.attribute(name).and_then(|address| whole(address, links));
        if let Some(whole) = whole {
            element.set_attribute(name, whole);
        }
    }
}

/// A whole address in place of a relative one; `None` if it cannot be made
/// whole.
pub(super) fn whole(address: &str, links: &Links<'_>) -> Option<String> {
    let address = address.trim();
    if address.starts_with('#') || address.starts_with("data:") {
        return None;
    }
    if let Ok(url) = Url::parse(address) {
        return Some(url.to_string());
    }
    // A file at hand is meant before a page of the web.
    if let Some(file) = links.file
        && let Ok(own) = address::file(file).join(address)
    {
        let name = address::name_of(&own);
        if let Some(target) = links.batch.files.get(&name) {
            let mut target = Url::parse(target).ok()?;
            target.set_fragment(own.fragment());
            return Some(target.to_string());
        }
    }
    links.address.base.join(address).ok().map(|url| url.to_string())
}

/// Makes paragraphs of lines that stand in no paragraph.
fn paragraphs(nodes: Vec<Node>) -> Vec<Node> {
    let mut done = Vec::new();
    let mut line: Vec<Node> = Vec::new();
    for node in nodes {
        if is_inline(&node) {
            line.push(node);
            continue;
        }
        end_lines(std::mem::take(&mut line), &mut done);
        match node {
            Node::Element(mut element) => {
                if matches!(
                    element.name.as_str(),
                    "div" | "td" | "blockquote" | "section"
                ) {
                    element.children = paragraphs(element.children);
                    done.push(Node::Element(element));
                } else if element.name == "p" {
                    split_paragraph(element, &mut done);
                } else {
                    done.push(Node::Element(element));
                }
            }
            other => done.push(other),
        }
    }
    end_lines(line, &mut done);
    done
}

/// Whether a node stands in a line.
fn is_inline(node: &Node) -> bool {
    match node {
        Node::Text(_) | Node::Comment(_) => true,
        Node::Element(element) => {
            INLINE.contains(&element.name.as_str())
                && element.children.iter().all(is_inline)
        }
    }
}

/// A paragraph, or several if there are two line breaks in it.
fn split_paragraph(element: Element, done: &mut Vec<Node>) {
    if !element.children.iter().all(is_inline) {
        done.push(Node::Element(element));
        return;
    }
    let Element { name, attributes, children } = element;
    for children in split_at_breaks(children) {
        let (name, attributes) = (name.clone(), attributes.clone());
        done.push(Node::Element(Element { name, attributes, children }));
    }
}

/// Puts lines behind what is done, as paragraphs.
fn end_lines(line: Vec<Node>, done: &mut Vec<Node>) {
    for children in split_at_breaks(line) {
        done.push(Node::element("p", children));
    }
}

/// Splits a line where two breaks follow each other, and leaves out what is
/// empty.
fn split_at_breaks(nodes: Vec<Node>) -> Vec<Vec<Node>> {
    let is_break = |node: &Node| node.as_element().is_some_and(|own| own.name == "br");
    let is_blank =
        |node: &Node| matches!(node, Node::Text(text) if text.trim().is_empty());
    let mut parts: Vec<Vec<Node>> = vec![Vec::new()];
    let mut breaks: Vec<Node> = Vec::new();
    for node in nodes {
        if is_break(&node) || (is_blank(&node) && !breaks.is_empty()) {
            breaks.push(node);
            continue;
        }
        let count = breaks.iter().filter(|own| is_break(own)).count();
        if count >= 2 {
            parts.push(Vec::new());
            breaks.clear();
        }
        if let Some(part) = parts.last_mut() {
            part.append(&mut breaks);
            part.push(node);
        }
    }
    let is_empty = |part: &Vec<Node>| {
        part.iter().all(|node| {
            is_break(node) || matches!(node, Node::Text(text) if text.trim().is_empty())
        })
    };
    parts.retain(|part| !is_empty(part));
    parts
}

/// Whether there is a heading somewhere.
fn has_heading(nodes: &[Node]) -> bool {
    nodes.iter().filter_map(Node::as_element).any(|element| {
        matches!(element.name.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
            || has_heading(&element.children)
    })
}

/// Makes headings of paragraphs that are one bold line before running text.
fn headings(nodes: &mut [Node]) {
    let mut is_followed = false;
    for node in nodes.iter_mut().rev() {
        let Node::Element(element) = node else { continue };
        let chars = plain(&text_of(&element.children)).chars().count();
        if element.name == "div" {
            headings(&mut element.children);
        } else if element.name == "p" && is_followed && is_bold_line(element) {
            "h3".clone_into(&mut element.name);
        }
        if chars > 0 {
            is_followed = chars >= 60;
        }
    }
}

/// Whether a paragraph is one short bold line that is no sentence.
fn is_bold_line(paragraph: &Element) -> bool {
    let text = plain(&text_of(&paragraph.children));
    let chars = text.chars().count();
    let mut inner = paragraph
        .children
        .iter()
        .filter(|node| !matches!(node, Node::Text(text) if text.trim().is_empty()));
    let is_bold = match (inner.next(), inner.next()) {
        (Some(Node::Element(own)), None) => matches!(own.name.as_str(), "b" | "strong"),
        _ => false,
    };
    is_bold
        && (3..=80).contains(&chars)
        && !text.ends_with(['.', ',', ';', ':', '”', '"', '!'])
}
