//! Reads lists and definitions.

use crate::dom::{Element, Node};
use crate::markdown::write::model::{Block, Definition, Item, List};
use crate::markdown::write::names;
use crate::markdown::write::read::Reader;

impl Reader<'_> {
    /// Reads a list. What stands in it outside its items belongs to the item
    /// before it.
    pub(super) fn list(&mut self, element: &Element, out: &mut Vec<Block>) {
        let mut list = start(element);
        for node in &element.children {
            let item = node.as_element().filter(|child| child.name == "li");
            if let Some(child) = item {
                self.flush_into(&mut list);
                list.is_loose |= holds_paragraph(child);
                let item = self.item(child);
                list.items.push(item);
                continue;
            }
            let mut blocks = Vec::new();
            self.nodes(std::slice::from_ref(node), &mut blocks);
            add(&mut list, blocks);
        }
        self.flush_into(&mut list);
        if list.items.iter().any(|item| !item.blocks.is_empty()) {
            self.push(Block::List(list), out);
        }
    }

    /// Puts what was gathered into the last item of a list.
    fn flush_into(&mut self, list: &mut List) {
        let mut blocks = Vec::new();
        self.flush(&mut blocks);
        add(list, blocks);
    }

    /// Reads an item.
    fn item(&mut self, element: &Element) -> Item {
        let value = element.attribute("value").unwrap_or_default().trim();
        let attributes = match value.parse::<u64>() {
            Ok(value) => format!(" value=\"{value}\""),
            Err(_) => String::new(),
        };
        Item { attributes, is_head: false, blocks: self.item_content(element) }
    }

    /// Reads an item that stands outside a list; several of them are one.
    pub(super) fn stray_item(&mut self, element: &Element, out: &mut Vec<Block>) {
        let blocks = self.item_content(element);
        if blocks.is_empty() {
            return;
        }
        let is_loose = holds_paragraph(element);
        let item = Item { blocks, ..Item::default() };
        let list = List { is_loose, items: vec![item], ..List::default() };
        self.push(Block::List(list), out);
    }

    /// Reads terms and what they mean.
    pub(super) fn definitions(&mut self, element: &Element, out: &mut Vec<Block>) {
        let mut parts = Vec::new();
        self.parts(element, &mut parts);
        if parts.is_empty() {
            return;
        }
        self.write_anchors(out);
        match out.last_mut() {
            // Nothing can part two of them in Markdown.
            Some(Block::Definitions(before)) => before.extend(parts),
            _ => out.push(Block::Definitions(parts)),
        }
    }

    /// Reads the terms and what they mean of an element.
    fn parts(&mut self, element: &Element, parts: &mut Vec<Definition>) {
        for node in &element.children {
            let (is_term, blocks) = match node {
                Node::Element(child) if matches!(child.name.as_str(), "dt" | "dd") => {
                    self.flush_part(parts);
                    (child.name == "dt", self.item_content(child))
                }
                Node::Element(child) if child.name == "div" => {
                    self.flush_part(parts);
                    self.parts(child, parts);
                    continue;
                }
                _ => {
                    let mut blocks = Vec::new();
                    self.nodes(std::slice::from_ref(node), &mut blocks);
                    (false, blocks)
                }
            };
            if !blocks.is_empty() {
                parts.push(Definition { is_term, blocks });
            }
        }
        self.flush_part(parts);
    }

    /// Makes a meaning of what was gathered outside of one.
    fn flush_part(&mut self, parts: &mut Vec<Definition>) {
        let mut blocks = Vec::new();
        self.flush(&mut blocks);
        if !blocks.is_empty() {
            parts.push(Definition { is_term: false, blocks });
        }
    }
}

/// A list without items.
fn start(element: &Element) -> List {
    if element.name != "ol" {
        return List::default();
    }
    let start = element.attribute("start").unwrap_or_default().trim();
    let mut attributes = names::attributes(element, &["type", "lang", "dir", "title"]);
    let kind = element.attribute("type").unwrap_or_default().trim();
    if matches!(kind, "a" | "A" | "i" | "I") {
        attributes.push_str(&format!(" type=\"{kind}\""));
    }
    let number = start.parse::<i64>().unwrap_or(1);
    let start = u64::try_from(number).unwrap_or_else(|_| {
        attributes.push_str(&format!(" start=\"{number}\""));
        1
    });
    List { start: Some(start), attributes, ..List::default() }
}

/// Adds blocks to the last item of a list.
fn add(list: &mut List, blocks: Vec<Block>) {
    if blocks.is_empty() {
        return;
    }
    match list.items.last_mut() {
        Some(item) => item.blocks.extend(blocks),
        None => list.items.push(Item { blocks, ..Item::default() }),
    }
}

/// Whether an item holds a paragraph by itself.
fn holds_paragraph(element: &Element) -> bool {
    let mut children = element.children.iter().filter_map(Node::as_element);
    children.any(|child| child.name == "p")
}
