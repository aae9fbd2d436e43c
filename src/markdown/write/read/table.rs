//! Reads tables.

use crate::dom::{Element, Node};
use crate::markdown::write::model::{Block, Item, Table};
use crate::markdown::write::names;
use crate::markdown::write::read::Reader;

impl Reader<'_> {
    /// Reads a table; one that only arranges a page is unwrapped.
    pub(super) fn table(&mut self, element: &Element, out: &mut Vec<Block>) {
        let mut table = Table::default();
        let mut outside = Vec::new();
        self.rows(element, false, &mut table, &mut outside);
        self.flush(&mut outside);
        self.write_anchors(out);
        out.append(&mut outside);
        if table.rows.iter().flatten().all(|cell| cell.blocks.is_empty()) {
            out.append(&mut table.caption);
        } else if is_arrangement(element, &table) {
            out.append(&mut table.caption);
            let cells = table.rows.into_iter().flatten();
            out.extend(cells.flat_map(|cell| cell.blocks));
        } else {
            out.push(Block::Table(table));
        }
    }

    /// Reads the rows of a table or of a part of it.
    fn rows(
        &mut self,
        element: &Element,
        is_head: bool,
        table: &mut Table,
        outside: &mut Vec<Block>,
    ) {
        for node in &element.children {
            let Node::Element(child) = node else {
                self.nodes(std::slice::from_ref(node), outside);
                continue;
            };
            match child.name.as_str() {
                "thead" => self.rows(child, true, table, outside),
                "tbody" | "tfoot" => self.rows(child, false, table, outside),
                "caption" => {
                    self.flush(outside);
                    let caption = self.content(child);
                    table.caption.extend(caption);
                }
                "tr" => {
                    self.flush(outside);
                    let row = self.row(child, is_head, outside);
                    if !row.is_empty() {
                        table.rows.push(row);
                    }
                }
                "col" | "colgroup" => {}
                _ => self.element(child, outside),
            }
        }
    }

    /// Reads a row.
    fn row(
        &mut self,
        element: &Element,
        is_head: bool,
        outside: &mut Vec<Block>,
    ) -> Vec<Item> {
        let mut row = Vec::new();
        self.note_place(element);
        for node in &element.children {
            match node.as_element() {
                Some(cell) if matches!(cell.name.as_str(), "td" | "th") => {
                    self.flush(outside);
                    row.push(self.cell(cell, is_head));
                }
                _ => self.nodes(std::slice::from_ref(node), outside),
            }
        }
        row
    }

    /// Reads a cell.
    fn cell(&mut self, element: &Element, is_head: bool) -> Item {
        self.note_place(element);
        let tongue = self.tongue(element).unwrap_or_default();
        self.note_tongue(element, true);
        let blocks = self.inside(&element.children);
        self.note_tongue(element, false);
        let mut attributes = names::attributes(
            element,
            &["lang", "dir", "scope", "title", "width", "height"],
        );
        attributes.push_str(&tongue);
        Item { attributes, is_head: is_head || element.name == "th", blocks }
    }
}

/// Whether a table says nothing but where things stand.
fn is_arrangement(element: &Element, table: &Table) -> bool {
    let role = element.attribute("role").unwrap_or_default();
    let is_single = matches!(table.rows.as_slice(), [row] if row.len() == 1);
    let mut cells = table.rows.iter().flatten();
    matches!(role, "presentation" | "none")
        || is_single && table.rows.iter().flatten().any(|cell| cell.line().is_none())
        || cells
            .any(|cell| cell.blocks.iter().any(|block| matches!(block, Block::Table(_))))
}
