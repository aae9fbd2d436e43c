//! Reads `.docx`. This is the door to `undoc`.

use undoc::model::RevisionType;
use undoc::{Block as Part, Cell, HeadingLevel, ListType, Paragraph, Table, TextRun};

use crate::dom::{Element, Node};
use crate::import::document::{Document, Item, block, heading, lists};

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Document, String> {
    let source = undoc::parse_bytes(bytes)
        .map_err(|error| format!("cannot be read as .docx: {error}"))?;
    let mut reading = Reading::default();
    for section in source.sections {
        for (paragraphs, what) in
            [(section.header, "head of the page"), (section.footer, "foot of the page")]
        {
            let texts = paragraphs.unwrap_or_default();
            let texts = texts.iter().map(Paragraph::plain_text);
            let text = texts.collect::<Vec<_>>().join("\n");
            if !text.trim().is_empty() {
                reading.document.dropped.push((what, text));
            }
        }
        for part in section.content {
            reading.part(part);
        }
        reading.end_list();
    }
    Ok(reading.document)
}

/// A document that is being read.
#[derive(Default)]
struct Reading {
    /// What was read.
    document: Document,
    /// The items of the list that goes on.
    items: Vec<Item>,
}

impl Reading {
    /// Takes over a part.
    fn part(&mut self, part: Part) {
        match part {
            Part::Paragraph(own) if is_item(&own) => {
                let info = own.list_info.clone().unwrap_or_default();
                let list = if info.list_type == ListType::Numbered { "ol" } else { "ul" };
                let children = self.runs(&own);
                self.items.push(Item { level: usize::from(info.level), list, children });
            }
            Part::Paragraph(own) => {
                self.end_list();
                let name = match own.heading {
                    HeadingLevel::None => "p",
                    level => heading(level.level()),
                };
                let children = self.runs(&own);
                self.push(Node::element(name, children));
            }
            Part::Table(table) => {
                self.end_list();
                let node = self.table(&table, 0);
                self.push(node);
            }
            Part::Note { label, content } => {
                self.end_list();
                let mut children = vec![mark(&label), Node::text(" ")];
                for (at, own) in content.iter().enumerate() {
                    if at > 0 {
                        children.push(Node::element("br", Vec::new()));
                    }
                    children.extend(self.runs(own));
                }
                self.push(Node::element("p", children));
            }
            Part::Image { alt_text, .. } => self.picture(alt_text.as_deref()),
            Part::PageBreak | Part::SectionBreak => {}
        }
    }

    /// Ends the list that goes on.
    fn end_list(&mut self) {
        for list in lists(std::mem::take(&mut self.items)) {
            self.push(list);
        }
    }

    /// Takes over a block, unless it has no words.
    fn push(&mut self, node: Node) {
        let block = block(node);
        if !block.text.trim().is_empty() {
            self.document.blocks.push(block);
        }
    }

    /// Counts a picture; the words that stand for it are no text.
    fn picture(&mut self, words: Option<&str>) {
        self.document.pictures += 1;
        if let Some(words) = words {
            self.document.dropped.push(("words for a picture", words.to_owned()));
        }
    }

    /// The text of a paragraph.
    fn runs(&mut self, paragraph: &Paragraph) -> Vec<Node> {
        for image in &paragraph.images {
            self.picture(image.alt_text.as_deref());
        }
        let mut nodes = Vec::new();
        for run in &paragraph.runs {
            if run.revision == RevisionType::Deleted {
                self.document.dropped.push(("deleted text", run.text.clone()));
                continue;
            }
            if !run.text.is_empty() {
                nodes.push(styled(run));
            }
            if let Some(label) = &run.note {
                nodes.push(mark(label));
            }
            if run.line_break {
                nodes.push(Node::element("br", Vec::new()));
            }
        }
        nodes
    }

    /// A table.
    fn table(&mut self, table: &Table, depth: usize) -> Node {
        let rows = table.rows.iter().map(|row| {
            let cells = row.cells.iter().map(|cell| {
                let name = if cell.is_header || row.is_header { "th" } else { "td" };
                self.cell(name, cell, depth)
            });
            Node::element("tr", cells.collect())
        });
        let rows = rows.collect();
        Node::element("table", rows)
    }

    /// A cell of a table.
    fn cell(&mut self, name: &str, cell: &Cell, depth: usize) -> Node {
        let mut children = Vec::new();
        for (at, paragraph) in cell.content.iter().enumerate() {
            if at > 0 {
                children.push(Node::element("br", Vec::new()));
            }
            children.extend(self.runs(paragraph));
        }
        if depth < 20 {
            children.extend(
                cell.nested_tables.iter().map(|table| self.table(table, depth + 1)),
            );
        }
        let mut element = Element::new(name, &[], children);
        for (attribute, span) in [("colspan", cell.col_span), ("rowspan", cell.row_span)]
        {
            if span > 1 {
                element.set_attribute(attribute, span.to_string());
            }
        }
        Node::Element(element)
    }
}

/// Whether a paragraph is an item of a list.
fn is_item(paragraph: &Paragraph) -> bool {
    paragraph.list_info.as_ref().is_some_and(|info| info.list_type != ListType::None)
        && paragraph.heading == HeadingLevel::None
}

/// The mark of a note.
fn mark(label: &str) -> Node {
    Node::element("sup", vec![Node::text(label)])
}

/// A run with its emphasis and its link.
fn styled(run: &TextRun) -> Node {
    let mut node = Node::text(run.text.clone());
    let style = &run.style;
    for (is_set, name) in [
        (style.superscript, "sup"),
        (style.subscript, "sub"),
        (style.strikethrough, "s"),
        (style.italic, "em"),
        (style.bold, "strong"),
    ] {
        if is_set && !run.text.trim().is_empty() {
            node = Node::element(name, vec![node]);
        }
    }
    match &run.hyperlink {
        Some(address) => {
            Node::Element(Element::new("a", &[("href", address)], vec![node]))
        }
        None => node,
    }
}
