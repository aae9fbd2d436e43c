//! Makes a tree of HTML of the content of a WordPress post.
//!
//! The text of a post is neither HTML nor plain text: classic posts have no
//! paragraphs, newer ones are made of blocks, and both hold shortcodes. Here
//! it becomes what its readers saw, as far as the export holds it, with an
//! account of every character. Which posts there are, and where pictures and
//! links lead, is decided elsewhere.
//!
//! The steps: `prepare` cuts the text into parts, `blocks` joins them to HTML
//! with the help of `autop`, `expand` puts HTML in the places of shortcodes,
//! `canonical` writes it for the parser, and `cleanup` makes the tree. An `img`
//! of which the attachment is known has its number in `data-attachment`.

mod autop;
mod blocks;
mod canonical;
mod cleanup;
mod encoding;
mod expand;
mod languages;
mod markup;
mod media;
mod prepare;
mod registry;
mod shortcodes;
#[cfg(test)]
mod tests;
mod work;

use std::collections::BTreeMap;

use crate::dom::{self, Node};
use crate::import::account::Account;
use crate::import::piece::{About, Note};
use crate::import::wordpress::library::Library;

pub use autop::autop;
pub use encoding::mend_mojibake;
pub use languages::languages;

use prepare::OWN;
use work::Work;

/// What the text of a post is converted with.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The number of the post.
    pub post: u64,
    /// The rest of the export.
    pub library: &'a dyn Library,
    /// The footnotes of the post as JSON, or nothing.
    pub footnotes: &'a str,
    /// What an editor chose.
    pub choices: &'a Choices,
}

/// What an editor chose for a conversion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// What becomes of shortcodes of some names.
    pub shortcodes: BTreeMap<String, Choice>,
}

/// What becomes of a shortcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It stays as it stands.
    Keep,
    /// It goes, with the text in it.
    Drop,
    /// It goes, and the text in it stays.
    Text,
}

/// The content of a post as HTML.
#[derive(Debug, Default)]
pub struct Converted {
    /// The tree.
    pub nodes: Vec<Node>,
    /// The text before the mark of WordPress for the end of a teaser, if there
    /// is such a mark and text before it.
    pub summary: Option<String>,
    /// Whether there is such a mark.
    pub more: bool,
    /// Where the characters went, apart from those in the tree.
    pub account: Account,
    /// What an editor should know.
    pub notes: Vec<Note>,
}

/// Converts the text of a post.
pub fn convert(raw: &str, context: &Context<'_>) -> Converted {
    let mut work = Work::new(context);
    work.account.read = prepare::count(raw, context.choices);
    note_mojibake(raw, &mut work);
    let pieces =
        prepare::prepare(raw, context.choices, &mut work.found, &mut work.account);
    let mut html = blocks::join(pieces, &mut work);
    if !work.has_footnotes && html.contains("data-fn=") {
        blocks::push_footnotes(&mut work, &mut html);
    }
    let html = expand::expand(&html, &mut work);
    let html = canonical::canonical(&html);
    let mut nodes = cleanup::clean(dom::parse_fragment(&html), &mut work);
    cleanup::append_codes(&mut nodes, &mut work);
    let mut teaser = String::new();
    let more = has_teaser(&nodes, &mut teaser);
    let teaser = teaser.split_whitespace().collect::<Vec<_>>().join(" ");
    let nodes = place_pages(nodes);
    Converted {
        nodes,
        summary: Some(teaser).filter(|teaser| more && !teaser.is_empty()),
        more,
        account: work.account,
        notes: work.notes,
    }
}

/// Notes text that was encoded wrongly; it stays as it is.
fn note_mojibake(raw: &str, work: &mut Work<'_>) {
    if let Some((count, first)) = encoding::wrong(raw) {
        let text = format!("{count} characters look wrongly encoded, first {first:?}");
        work.note(About::Encoding, text);
    }
}

/// Whether the mark of a teaser's end stands in nodes; `teaser` takes the text
/// before it.
fn has_teaser(nodes: &[Node], teaser: &mut String) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(text) => {
            teaser.push_str(text);
            false
        }
        Node::Comment(_) => false,
        Node::Element(element) => {
            let is_line =
                matches!(element.name.as_str(), "p" | "br" | "li" | "td" | "div")
                    || element.name.starts_with('h');
            teaser.push_str(if is_line { " " } else { "" });
            element.attribute(OWN) == Some("more")
                || has_teaser(&element.children, teaser)
        }
    })
}

/// Takes our marks out; where a page began, the next element gets its anchor.
fn place_pages(nodes: Vec<Node>) -> Vec<Node> {
    let mut places = Places { pages: 1, waiting: None };
    places.place(nodes)
}

/// Where pages of a post begin.
struct Places {
    /// How many pages there were so far.
    pages: usize,
    /// The anchor that waits for an element.
    waiting: Option<String>,
}

impl Places {
    /// Takes our marks out of nodes.
    fn place(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes {
            let Node::Element(mut element) = node else {
                out.push(node);
                continue;
            };
            match element.attribute(OWN) {
                Some("page") => {
                    self.pages += 1;
                    self.waiting = Some(format!("page-{}", self.pages));
                }
                Some(_) => {}
                None => {
                    if element.attribute("id").is_none()
                        && let Some(anchor) = self.waiting.take()
                    {
                        element.set_attribute("id", anchor);
                    }
                    let was_empty = element.children.is_empty();
                    element.children = self.place(element.children);
                    // A paragraph may have held nothing but a mark.
                    if was_empty || !element.children.is_empty() {
                        out.push(Node::Element(element));
                    }
                }
            }
        }
        out
    }
}
