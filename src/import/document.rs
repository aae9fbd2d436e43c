//! Reads office documents, `.docx` and `.odt`, as blocks of text.
//!
//! Headings, lists, tables, links, emphasis and notes come through; pictures,
//! colours and places on the page do not. What the text means is decided in
//! `text`, which is handed each block with its words.

mod docx;
mod odt;

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::dom::{Element, Node};

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its words, with line ends where it has them.
    pub text: String,
    /// The block itself.
    pub node: Node,
}

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its blocks in their order.
    pub blocks: Vec<Block>,
    /// Text that is no part of it, and what that is: `deleted text`.
    pub dropped: Vec<(&'static str, String)>,
    /// How many pictures it has.
    pub pictures: usize,
}

/// What a file in a zip is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML text.
    Docx,
    /// The text of the Open Document Format.
    Odt,
}

/// No part of a document may be larger than this.
const LARGEST: u64 = 64 << 20;

/// Which sort of document some bytes are, if they are one.
pub fn format(bytes: &[u8]) -> Option<Format> {
    if !bytes.starts_with(b"PK") {
        return None;
    }
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("word/document.xml") {
        Some(Format::Docx)
    } else if has("content.xml") {
        Some(Format::Odt)
    } else {
        None
    }
}

/// Reads a document; the error says what is wrong, as a phrase.
pub fn read(bytes: &[u8], format: Format) -> Result<Document, String> {
    match format {
        Format::Docx => {
            // The parser reads what it likes; what is too large is refused first.
            check_sizes(bytes)?;
            docx::read(bytes)
        }
        Format::Odt => odt::read(&part(bytes, "content.xml")?),
    }
}

/// Refuses archives whose parts say that they are too large.
fn check_sizes(bytes: &[u8]) -> Result<(), String> {
    let error = |error: zip::result::ZipError| format!("cannot be unpacked: {error}");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(error)?;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(error)?;
        if part.size() > LARGEST {
            return Err("is too large when it is unpacked".to_owned());
        }
    }
    Ok(())
}

/// A part of an archive as text.
fn part(bytes: &[u8], name: &str) -> Result<String, String> {
    let error = |error: zip::result::ZipError| format!("cannot be unpacked: {error}");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(error)?;
    let file = archive.by_name(name).map_err(error)?;
    let mut text = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut text)
        .map_err(|error| format!("cannot be unpacked: {error}"))?;
    if text.len() as u64 > LARGEST {
        return Err("is too large when it is unpacked".to_owned());
    }
    String::from_utf8(text).map_err(|_| "is not in UTF-8 inside".to_owned())
}

/// A block of a node.
fn block(node: Node) -> Block {
    let mut text = String::new();
    push_words(std::slice::from_ref(&node), &mut text);
    Block { text: text.trim_matches('\n').to_owned(), node }
}

/// Puts the words of some nodes behind a text, each block in lines of its own.
fn push_words(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => {
                out.extend(text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
            }
            Node::Element(own) if own.name == "br" => out.push('\n'),
            Node::Element(own) => {
                push_words(&own.children, out);
                let is_line = matches!(
                    own.name.as_str(),
                    "li" | "tr" | "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
                );
                if is_line && !out.ends_with('\n') {
                    out.push('\n');
                } else if own.name == "td" || own.name == "th" {
                    out.push(' ');
                }
            }
            Node::Comment(_) => {}
        }
    }
}

/// An item of a list with its level, from 0.
struct Item {
    /// How deep it stands.
    level: usize,
    /// The name of its list: `ul` or `ol`.
    list: &'static str,
    /// What it holds.
    children: Vec<Node>,
}

/// Makes lists of items that follow each other: one for each run of one kind
/// at the outermost level.
fn lists(items: Vec<Item>) -> Vec<Node> {
    let mut done: Vec<Node> = Vec::new();
    // The lists that are open, the outermost first.
    let mut open: Vec<Element> = Vec::new();
    for item in items {
        let level = item.level.min(8);
        while open.len() > level + 1
            || open.len() == level + 1
                && open.last().is_some_and(|list| list.name != item.list)
        {
            close(&mut open, &mut done);
        }
        while open.len() <= level {
            open.push(Element::new(item.list, &[], Vec::new()));
        }
        if let Some(list) = open.last_mut() {
            list.children.push(Node::element("li", item.children));
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut done);
    }
    done
}

/// Ends the innermost list: it belongs to the last item of the list around it.
fn close(open: &mut Vec<Element>, done: &mut Vec<Node>) {
    let Some(list) = open.pop() else { return };
    let list = Node::Element(list);
    match open.last_mut() {
        None => done.push(list),
        Some(outer) => match outer.children.last_mut() {
            Some(Node::Element(item)) => item.children.push(list),
            _ => outer.children.push(Node::element("li", vec![list])),
        },
    }
}

/// The name of a heading of a level; the title of the page is the first.
fn heading(level: u8) -> &'static str {
    match level {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

#[cfg(test)]
mod tests;
