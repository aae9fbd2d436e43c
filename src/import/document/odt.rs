//! Reads the `content.xml` of `.odt`.

use std::collections::BTreeMap;

use crate::dom::{DEPTH, Element, Node, text_of};
use crate::import::document::{Document, Item, block, heading, lists};
use crate::xml::events::{self, Part};

/// Elements whose text is no part of the document, and what it is.
const ASIDE: &[(&str, &str)] = &[
    ("text:tracked-changes", "deleted text"),
    ("office:annotation", "comments on the text"),
    ("svg:title", "words for a picture"),
    ("svg:desc", "words for a picture"),
    ("office:forms", "forms"),
    ("text:sequence-decls", "settings"),
];

/// Reads a document.
pub(super) fn read(xml: &str) -> Result<Document, String> {
    let tree = tree(xml).map_err(|error| format!("cannot be read as .odt: {error}"))?;
    let mut reading = Reading::default();
    collect_styles(&tree, &mut reading.styles);
    let body = find(&tree, "office:text").ok_or("has no text inside")?;
    reading.blocks(&body.children);
    let notes = std::mem::take(&mut reading.notes);
    for note in notes {
        reading.push(note);
    }
    Ok(reading.document)
}

/// A document as a tree. Elements that stand too deep become parts of those
/// around them.
fn tree(xml: &str) -> Result<Vec<Node>, String> {
    let mut stack = vec![Element::default()];
    // How many elements are open below the deepest that is kept.
    let mut flat = 0_usize;
    events::read(xml, &mut |part| match part {
        Part::Open(_) if stack.len() > DEPTH => flat += 1,
        Part::Open(tag) => stack.push(Element {
            name: tag.name,
            attributes: tag.attributes,
            children: Vec::new(),
        }),
        Part::Close if flat > 0 => flat -= 1,
        Part::Close if stack.len() > 1 => {
            if let (Some(own), Some(outer)) = (stack.pop(), stack.last_mut()) {
                outer.children.push(Node::Element(own));
            }
        }
        Part::Close => {}
        Part::Text(text) => {
            if let Some(own) = stack.last_mut() {
                own.children.push(Node::Text(text));
            }
        }
    })?;
    Ok(stack.into_iter().next().unwrap_or_default().children)
}

/// The first element of a name.
fn find<'n>(nodes: &'n [Node], name: &str) -> Option<&'n Element> {
    nodes.iter().filter_map(Node::as_element).find_map(|own| {
        if own.name == name { Some(own) } else { find(&own.children, name) }
    })
}

/// What a style says of text.
#[derive(Clone, Copy, Default)]
struct Style {
    /// Whether it is bold.
    is_bold: bool,
    /// Whether it is italic.
    is_italic: bool,
}

/// Finds what the styles of a document say.
fn collect_styles(nodes: &[Node], styles: &mut BTreeMap<String, Style>) {
    for own in nodes.iter().filter_map(Node::as_element) {
        if own.name == "style:style" {
            let name = own.attribute("style:name").unwrap_or_default();
            let text = find(&own.children, "style:text-properties");
            let has = |key, value: &str| {
                text.and_then(|text| text.attribute(key)).is_some_and(|own| own == value)
            };
            let style = Style {
                is_bold: has("fo:font-weight", "bold"),
                is_italic: has("fo:font-style", "italic"),
            };
            styles.insert(name.to_owned(), style);
        } else if own.name != "office:text" {
            collect_styles(&own.children, styles);
        }
    }
}

/// A document that is being read.
#[derive(Default)]
struct Reading {
    /// What was read.
    document: Document,
    /// What the styles say.
    styles: BTreeMap<String, Style>,
    /// The notes, which stand at the end.
    notes: Vec<Node>,
}

impl Reading {
    /// Takes over blocks.
    fn blocks(&mut self, nodes: &[Node]) {
        for own in nodes.iter().filter_map(Node::as_element) {
            match own.name.as_str() {
                "text:p" => {
                    let children = self.inline(&own.children);
                    self.push(Node::element("p", children));
                }
                "text:h" => {
                    let level = own
                        .attribute("text:outline-level")
                        .and_then(|level| level.parse().ok());
                    let children = self.inline(&own.children);
                    self.push(Node::element(heading(level.unwrap_or(1)), children));
                }
                "text:list" => {
                    let mut items = Vec::new();
                    self.items(own, 0, &mut items);
                    for list in lists(items) {
                        self.push(list);
                    }
                }
                "table:table" => {
                    let node = self.table(own);
                    self.push(node);
                }
                name => {
                    if !self.aside(name, own) {
                        self.blocks(&own.children);
                    }
                }
            }
        }
    }

    /// Takes over a block, unless it has no words.
    fn push(&mut self, node: Node) {
        let block = block(node);
        if !block.text.trim().is_empty() {
            self.document.blocks.push(block);
        }
    }

    /// Keeps text aside that is no part of the document; tells whether it is
    /// such.
    fn aside(&mut self, name: &str, own: &Element) -> bool {
        let found = ASIDE.iter().find(|(aside, _)| *aside == name);
        if let Some((_, what)) = found {
            self.document.dropped.push((what, text_of(&own.children)));
        }
        found.is_some()
    }

    /// The items of a list and of the lists inside it.
    fn items(&mut self, list: &Element, level: usize, items: &mut Vec<Item>) {
        for item in list.children.iter().filter_map(Node::as_element) {
            let mut children = Vec::new();
            let mut is_begun = false;
            for part in item.children.iter().filter_map(Node::as_element) {
                if part.name == "text:list" {
                    if !children.is_empty() || !is_begun {
                        let children = std::mem::take(&mut children);
                        items.push(Item { level, list: "ul", children });
                        is_begun = true;
                    }
                    self.items(part, level + 1, items);
                    continue;
                }
                if !children.is_empty() {
                    children.push(Node::element("br", Vec::new()));
                }
                children.extend(self.inline(&part.children));
            }
            if !children.is_empty() {
                items.push(Item { level, list: "ul", children });
            }
        }
    }

    /// A table.
    fn table(&mut self, table: &Element) -> Node {
        let mut rows = Vec::new();
        self.rows(table, "td", &mut rows);
        Node::element("table", rows)
    }

    /// The rows of a table or of a part of it.
    fn rows(&mut self, part: &Element, cell: &str, rows: &mut Vec<Node>) {
        for own in part.children.iter().filter_map(Node::as_element) {
            match own.name.as_str() {
                "table:table-header-rows" => self.rows(own, "th", rows),
                "table:table-rows" | "table:table-row-group" => {
                    self.rows(own, cell, rows);
                }
                "table:table-row" => {
                    let cells = own.children.iter().filter_map(Node::as_element);
                    let cells: Vec<Node> = cells
                        .filter(|cell| cell.name == "table:table-cell")
                        .map(|own| Node::element(cell, self.cell(&own.children)))
                        .collect();
                    rows.push(Node::element("tr", cells));
                }
                _ => {}
            }
        }
    }

    /// What a cell holds: its paragraphs with breaks between them.
    fn cell(&mut self, nodes: &[Node]) -> Vec<Node> {
        let mut children = Vec::new();
        for own in nodes.iter().filter_map(Node::as_element) {
            if !children.is_empty() {
                children.push(Node::element("br", Vec::new()));
            }
            children.extend(self.inline(&own.children));
        }
        children
    }

    /// Running text.
    fn inline(&mut self, nodes: &[Node]) -> Vec<Node> {
        let mut out = Vec::new();
        for node in nodes {
            match node {
                Node::Text(text) => {
                    out.push(Node::text(text.replace(['\n', '\r', '\t'], " ")));
                }
                Node::Comment(_) => {}
                Node::Element(own) => self.inline_element(own, &mut out),
            }
        }
        out
    }

    /// An element of running text.
    fn inline_element(&mut self, own: &Element, out: &mut Vec<Node>) {
        match own.name.as_str() {
            "text:s" => {
                let count =
                    own.attribute("text:c").and_then(|count| count.parse::<usize>().ok());
                out.push(Node::text(" ".repeat(count.unwrap_or(1).min(100))));
            }
            "text:tab" => out.push(Node::text(" ")),
            "text:line-break" => out.push(Node::element("br", Vec::new())),
            "text:a" => {
                let children = self.inline(&own.children);
                let address = own.attribute("xlink:href").unwrap_or_default();
                out.push(Node::Element(Element::new(
                    "a",
                    &[("href", address)],
                    children,
                )));
            }
            "text:span" => self.span(own, out),
            "text:note" => self.note(own, out),
            "draw:image" => self.document.pictures += 1,
            name => {
                if !self.aside(name, own) {
                    out.extend(self.inline(&own.children));
                    let is_block = name == "text:p" || name == "text:h";
                    if is_block {
                        out.push(Node::element("br", Vec::new()));
                    }
                }
            }
        }
    }

    /// Text with a style.
    fn span(&mut self, own: &Element, out: &mut Vec<Node>) {
        let mut children = self.inline(&own.children);
        let name = own.attribute("text:style-name").unwrap_or_default();
        let mut style = self.styles.get(name).copied().unwrap_or_default();
        style.is_bold |= name == "Strong_20_Emphasis";
        style.is_italic |= name == "Emphasis";
        if !text_of(&children).trim().is_empty() {
            for (is_set, name) in [(style.is_italic, "em"), (style.is_bold, "strong")] {
                if is_set {
                    children = vec![Node::element(name, children)];
                }
            }
        }
        out.extend(children);
    }

    /// A note: its mark stays, its text goes to the end.
    fn note(&mut self, own: &Element, out: &mut Vec<Node>) {
        let citation = find(&own.children, "text:note-citation");
        let label =
            citation.map(|citation| text_of(&citation.children)).unwrap_or_default();
        let mark = Node::element("sup", vec![Node::text(label)]);
        out.push(mark.clone());
        if let Some(body) = find(&own.children, "text:note-body") {
            let mut children = vec![mark, Node::text(" ")];
            children.extend(self.cell(&body.children));
            self.notes.push(Node::element("p", children));
        }
    }
}
