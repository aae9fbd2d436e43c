//! Reads code and preformatted text.

use std::rc::Rc;

use crate::dom::{Element, Node, is_seen};
use crate::markdown::write::model::{Block, Mark, Span, Spans};
use crate::markdown::write::names;
use crate::markdown::write::read::{Reader, image, link};
use crate::markdown::write::run::is_lost;

/// The longest name of a language.
const LONGEST: usize = 40;

/// The elements that say nothing of the code that they hold.
const PLAIN: &[&str] = &["code", "div", "font", "p", "samp", "span", "tt"];

impl Reader<'_> {
    /// Reads preformatted text: code if there are no marks in it.
    pub(super) fn pre(&mut self, element: &Element, out: &mut Vec<Block>) {
        if is_plain(&element.children) {
            let mut text = text_of(&element.children);
            if text.ends_with('\n') {
                text.pop();
            }
            if text.chars().any(is_seen) {
                let language = language(element);
                self.push(Block::Code { language, text }, out);
            }
            return;
        }
        let mut spans = Spans::new();
        gather(&element.children, &mut spans);
        let shows = |span: &Span| match span {
            Span::Text(text) => text.chars().any(is_seen),
            span => matches!(span, Span::Image(_)),
        };
        if spans.iter().any(shows) {
            self.push(Block::Preformatted(spans), out);
        }
    }
}

/// Whether nodes hold nothing but text on one line.
pub(super) fn is_code(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Element(element) => {
            matches!(element.name.as_str(), "span" | "code" | "tt" | "font")
                && is_code(&element.children)
        }
        Node::Text(_) | Node::Comment(_) => true,
    })
}

/// Whether nodes hold nothing but text and line breaks.
fn is_plain(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Element(element) => {
            let name = element.name.as_str();
            name == "br"
                || names::is_hidden(name)
                || PLAIN.contains(&name) && is_plain(&element.children)
        }
        Node::Text(_) | Node::Comment(_) => true,
    })
}

/// The text of nodes as it stands.
pub(super) fn text_of(nodes: &[Node]) -> String {
    let mut text = String::new();
    push_text_of(nodes, &mut text);
    text
}

/// Adds the text of nodes.
fn push_text_of(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => push_exactly(out, text),
            Node::Element(element) if names::is_hidden(&element.name) => {}
            Node::Element(element) => {
                if element.name == "br" {
                    out.push('\n');
                }
                push_text_of(&element.children, out);
                if matches!(element.name.as_str(), "div" | "p") && !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            Node::Comment(_) => {}
        }
    }
}

/// Adds text with one kind of line end and without what has no place in a
/// text.
fn push_exactly(out: &mut String, text: &str) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\u{b}' | '\u{c}' => out.push(' '),
            c if is_lost(c) => {}
            c => out.push(c),
        }
    }
}

/// Gathers a run whose white space counts.
fn gather(nodes: &[Node], spans: &mut Spans) {
    for node in nodes {
        match node {
            Node::Text(text) => push(spans, text),
            Node::Element(element) => gather_element(element, spans),
            Node::Comment(_) => {}
        }
    }
}

/// Gathers what an element holds.
fn gather_element(element: &Element, spans: &mut Spans) {
    let mark = match element.name.as_str() {
        "br" => {
            push(spans, "\n");
            None
        }
        "img" => {
            spans.extend(image(element).map(Span::Image));
            None
        }
        name if names::is_hidden(name) || name == "iframe" => return,
        "b" | "strong" => Some(Mark::Strong),
        "i" | "em" => Some(Mark::Emphasis),
        "s" | "strike" | "del" => Some(Mark::Strike),
        "a" => link(element),
        name if names::is_kept(name) => Some(super::html_mark(element)),
        _ => None,
    };
    let Some(mark) = mark.map(Rc::new) else {
        gather(&element.children, spans);
        if names::is_block(&element.name) {
            push(spans, "\n");
        }
        return;
    };
    spans.push(Span::Open(mark.clone()));
    gather(&element.children, spans);
    spans.push(Span::Close(mark));
}

/// Adds text to a run whose white space counts.
fn push(spans: &mut Spans, text: &str) {
    if let Some(Span::Text(before)) = spans.last_mut() {
        push_exactly(before, text);
        return;
    }
    let mut own = String::new();
    push_exactly(&mut own, text);
    if !own.is_empty() {
        spans.push(Span::Text(own));
    }
}

/// The language that the classes of code name; may be empty.
fn language(element: &Element) -> String {
    let inner = element.children.iter().filter_map(Node::as_element);
    let inner = inner.filter(|child| child.name == "code");
    let all = std::iter::once(element).chain(inner);
    let mut names = all.filter_map(|own| class_language(own.attribute("class")?));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_+#.".contains(c);
    let fits = |name: &&str| {
        !name.is_empty() && name.len() <= LONGEST && name.chars().all(is_plain)
    };
    names.find(fits).unwrap_or_default().to_ascii_lowercase()
}

/// The language that classes name.
fn class_language(class: &str) -> Option<&str> {
    let mut words = class.split_ascii_whitespace();
    while let Some(word) = words.next() {
        for start in ["language-", "lang-", "highlight-source-"] {
            if let Some(name) = word.strip_prefix(start) {
                return Some(name);
            }
        }
        if let Some(name) = word.strip_prefix("brush:") {
            let name = if name.is_empty() { words.next()? } else { name };
            return Some(name.trim_end_matches(';'));
        }
    }
    None
}
