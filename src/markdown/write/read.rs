//! Reads a tree of HTML into blocks and runs.
//!
//! Elements without a meaning for the text are unwrapped; what players of
//! services showed becomes a link to it.

use std::collections::BTreeSet;

use crate::dom::{Element, Node, count};
use crate::markdown::write::model::{Block, Image, Mark, Span, Spans, is_captioned};
use crate::markdown::write::names;
use crate::markdown::write::run::{self, Run, one_line};
use crate::sanitize::address_refused;

mod figure;
mod list;
mod pre;
mod table;

/// What was read.
pub(super) struct Read {
    /// The blocks.
    pub(super) blocks: Vec<Block>,
    /// How many visible characters are in it that are no text of the tree.
    pub(super) n_added: u64,
}

/// Reads a tree.
pub(super) fn read(nodes: &[Node]) -> Read {
    let mut linked = BTreeSet::new();
    find_linked(nodes, &mut linked);
    let mut reader = Reader {
        run: Run::default(),
        linked,
        languages: Vec::new(),
        directions: Vec::new(),
        n_added: 0,
        n_items: 0,
    };
    let mut blocks = Vec::new();
    reader.nodes(nodes, &mut blocks);
    reader.flush(&mut blocks);
    reader.write_anchors(&mut blocks);
    Read { blocks, n_added: reader.n_added }
}

/// Finds the names of places that links in a tree lead to.
fn find_linked<'t>(nodes: &'t [Node], linked: &mut BTreeSet<&'t str>) {
    for element in nodes.iter().filter_map(Node::as_element) {
        if let Some(id) =
            element.attribute("href").and_then(|address| address.trim().strip_prefix('#'))
            && !id.is_empty()
        {
            linked.insert(id);
        }
        find_linked(&element.children, linked);
    }
}

/// Reads a tree.
struct Reader<'t> {
    /// The run that is being gathered.
    run: Run,
    /// The names of places that links lead to and that are not given yet.
    linked: BTreeSet<&'t str>,
    /// The languages of the elements that are open, where they say one.
    languages: Vec<String>,
    /// The directions of the elements that are open, where they say one.
    directions: Vec<String>,
    /// How many visible characters are no text of the tree.
    n_added: u64,
    /// How many items stand open in each other.
    n_items: usize,
}

impl Reader<'_> {
    /// Reads nodes.
    fn nodes(&mut self, nodes: &[Node], out: &mut Vec<Block>) {
        for node in nodes {
            match node {
                Node::Text(text) => self.run.text(text),
                Node::Element(element) => self.element(element, out),
                Node::Comment(_) => {}
            }
        }
    }

    /// Reads an element.
    fn element(&mut self, element: &Element, out: &mut Vec<Block>) {
        let name = element.name.as_str();
        match name {
            "br" | "wbr" | "img" | "image" => {
                match name {
                    "br" => self.run.line_break(),
                    "wbr" => self.run.raw("<wbr>".to_owned()),
                    _ => self.image(element),
                }
                // No parser puts anything into these.
                self.nodes(&element.children, out);
            }
            "iframe" | "object" | "embed" | "applet" => self.player(element, out),
            "audio" | "video" => self.medium(element, out),
            _ if names::is_hidden(name) => {}
            _ if names::is_block(name) => {
                self.flush(out);
                self.block(element, out);
                self.flush(out);
            }
            _ => {
                self.note_place(element);
                self.inline(element, out);
            }
        }
    }

    /// Reads an element within a line.
    fn inline(&mut self, element: &Element, out: &mut Vec<Block>) {
        let mark = match element.name.as_str() {
            "b" | "strong" => Some(Mark::Strong),
            "i" | "em" => Some(Mark::Emphasis),
            "s" | "strike" => Some(Mark::Strike),
            "del" if names::attributes(element, &[]).is_empty() => Some(Mark::Strike),
            "a" => link(element),
            "code" | "tt" if pre::is_code(&element.children) => {
                self.run.code(&pre::text_of(&element.children));
                return;
            }
            "del" => Some(html_mark(element)),
            "code" | "tt" => {
                Some(Mark::Html { name: "code".to_owned(), tag: "<code>".to_owned() })
            }
            name if names::is_kept(name) => Some(html_mark(element)),
            _ => self.tongue(element).map(|attributes| Mark::Html {
                name: "span".to_owned(),
                tag: format!("<span{attributes}>"),
            }),
        };
        match mark {
            Some(mark) => self.marked(mark, element, out),
            None => self.nodes(&element.children, out),
        }
    }

    /// Reads what stands in a mark.
    fn marked(&mut self, mark: Mark, element: &Element, out: &mut Vec<Block>) {
        self.run.open(mark);
        self.nodes(&element.children, out);
        self.run.close();
    }

    /// Reads an element that stands by itself.
    fn block(&mut self, element: &Element, out: &mut Vec<Block>) {
        let tongue = self.tongue(element);
        self.note_tongue(element, true);
        let mut inner = Vec::new();
        let target = if tongue.is_some() { &mut inner } else { &mut *out };
        self.plain_block(element, target);
        self.flush(target);
        self.note_tongue(element, false);
        if let Some(attributes) = tongue.filter(|_| !inner.is_empty()) {
            let open = format!("<div{attributes}>");
            out.push(Block::Wrapped { open, blocks: inner, close: "</div>" });
        }
    }

    /// Reads an element that stands by itself, whatever its language.
    fn plain_block(&mut self, element: &Element, out: &mut Vec<Block>) {
        let name = element.name.as_str();
        if !matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            self.note_place(element);
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element, out),
            "blockquote" => {
                let blocks = self.inside(&element.children);
                if !blocks.is_empty() {
                    self.push(Block::Quote(blocks), out);
                }
            }
            "ul" | "menu" | "dir" | "ol" => self.list(element, out),
            "li" => self.stray_item(element, out),
            "dl" => self.definitions(element, out),
            "pre" | "listing" | "xmp" | "plaintext" => self.pre(element, out),
            "hr" => {
                self.push(Block::Rule, out);
                self.nodes(&element.children, out);
            }
            "table" => self.table(element, out),
            "figure" => self.figure(element, out),
            "details" => self.details(element, out),
            _ => self.nodes(&element.children, out),
        }
    }

    /// The blocks that some nodes are. What was gathered before must have been
    /// put somewhere.
    fn inside(&mut self, nodes: &[Node]) -> Vec<Block> {
        let mut blocks = Vec::new();
        self.nodes(nodes, &mut blocks);
        self.flush(&mut blocks);
        blocks
    }

    /// The blocks that an element holds, in an element of HTML if it has a
    /// language of its own.
    fn content(&mut self, element: &Element) -> Vec<Block> {
        let mut blocks = Vec::new();
        let tongue = self.tongue(element);
        self.note_tongue(element, true);
        self.note_place(element);
        self.nodes(&element.children, &mut blocks);
        self.flush(&mut blocks);
        self.note_tongue(element, false);
        match tongue.filter(|_| !blocks.is_empty()) {
            Some(attributes) => {
                let open = format!("<div{attributes}>");
                vec![Block::Wrapped { open, blocks, close: "</div>" }]
            }
            None => blocks,
        }
    }

    /// The blocks that an item of a list or of definitions holds.
    fn item_content(&mut self, element: &Element) -> Vec<Block> {
        self.n_items += 1;
        let blocks = self.content(element);
        self.n_items -= 1;
        blocks
    }

    /// Makes a paragraph of what was gathered.
    fn flush(&mut self, out: &mut Vec<Block>) {
        if !self.run.is_empty()
            && let Some(spans) = self.run.take()
        {
            out.push(Block::Paragraph(spans));
        }
    }

    /// Adds a block that has no place for names.
    fn push(&mut self, block: Block, out: &mut Vec<Block>) {
        self.write_anchors(out);
        out.push(block);
    }

    /// Writes the names of this place as a paragraph.
    fn write_anchors(&mut self, out: &mut Vec<Block>) {
        let anchors = self.run.take_anchors();
        if !anchors.is_empty() {
            let spans = anchors.iter().map(|id| Span::Raw(run::anchor(id))).collect();
            out.push(Block::Paragraph(spans));
        }
    }

    /// The name of an element, if a link leads there and no other has it.
    fn place(&mut self, element: &Element) -> Option<String> {
        let own = [element.attribute("id"), element.attribute("name")];
        let is_link = element.name == "a";
        let mut names = own.into_iter().take(1 + usize::from(is_link)).flatten();
        names.find(|id| self.linked.remove(*id)).map(str::to_owned)
    }

    /// Notes the name of an element for the next text.
    fn note_place(&mut self, element: &Element) {
        if let Some(id) = self.place(element) {
            self.run.anchor(&id);
        }
    }

    /// The attributes for the language and direction of an element, if they
    /// are not those of its surroundings.
    fn tongue(&self, element: &Element) -> Option<String> {
        let is_new = |name: &str, open: &[String]| {
            let value = element.attribute(name).unwrap_or_default();
            match (open.last(), name) {
                (Some(last), _) => !last.eq_ignore_ascii_case(value),
                (None, "dir") => value != "ltr",
                (None, _) => true,
            }
        };
        let mut only = Element::new("div", &[], Vec::new());
        for (name, open) in [("lang", &self.languages), ("dir", &self.directions)] {
            if let Some(value) = element.attribute(name).filter(|_| is_new(name, open)) {
                only.set_attribute(name, value);
            }
        }
        Some(names::attributes(&only, &[])).filter(|found| !found.is_empty())
    }

    /// Notes that an element with a language or direction begins or ends.
    fn note_tongue(&mut self, element: &Element, begins: bool) {
        for (name, open) in [("lang", &mut self.languages), ("dir", &mut self.directions)]
        {
            if let Some(value) = element.attribute(name) {
                if begins {
                    open.push(value.to_owned());
                } else {
                    open.pop();
                }
            }
        }
    }

    /// Reads a heading. What cannot stand in a heading stands behind it.
    fn heading(&mut self, element: &Element, out: &mut Vec<Block>) {
        let level =
            element.name.as_bytes().get(1).map_or(1, |digit| digit.saturating_sub(b'0'));
        let mut id = self.place(element).unwrap_or_default();
        for block in self.inside(&element.children) {
            match block {
                Block::Paragraph(spans) if !is_captioned(&spans) => {
                    let id = std::mem::take(&mut id);
                    out.push(Block::Heading { level, id, spans });
                }
                block => out.push(block),
            }
        }
        if !id.is_empty() {
            self.run.anchor(&id);
        }
    }

    /// Reads what can be opened.
    fn details(&mut self, element: &Element, out: &mut Vec<Block>) {
        let mut open = names::start_tag(element);
        let mut summary = Vec::new();
        let mut blocks = Vec::new();
        for node in &element.children {
            match node.as_element() {
                Some(child) if child.name == "summary" && summary.is_empty() => {
                    self.flush(&mut blocks);
                    summary = self.inside(&child.children);
                }
                _ => self.nodes(std::slice::from_ref(node), &mut blocks),
            }
        }
        self.flush(&mut blocks);
        if let Some(first) = summary.first() {
            open.push_str("<summary>");
            super::html::push_summary(&mut open, first);
            open.push_str("</summary>");
            blocks.splice(0..0, summary.drain(1..));
        }
        if summary.is_empty() && blocks.is_empty() {
            return;
        }
        self.push(Block::Wrapped { open, blocks, close: "</details>" }, out);
    }

    /// Reads a picture.
    fn image(&mut self, element: &Element) {
        self.note_place(element);
        if let Some(image) = image(element) {
            self.run.image(image);
        }
    }

    /// Reads a player of a service: a link to what it showed, and then what
    /// stands in its place where it cannot be shown.
    fn player(&mut self, element: &Element, out: &mut Vec<Block>) {
        self.note_place(element);
        self.flush(out);
        if let Some(address) = player_address(element) {
            let title = one_line(element.attribute("title").unwrap_or_default());
            let label = if title.is_empty() { address.clone() } else { title };
            self.n_added += count(&label);
            let mark = std::rc::Rc::new(Mark::Link { address, title: String::new() });
            let spans =
                vec![Span::Open(mark.clone()), Span::Text(label), Span::Close(mark)];
            self.push(Block::Paragraph(spans), out);
        }
        if element.name != "iframe" {
            for child in &element.children {
                match child {
                    // The player within a player shows the same.
                    Node::Element(child) if child.name == "embed" => {
                        self.nodes(&child.children, out);
                    }
                    _ => self.nodes(std::slice::from_ref(child), out),
                }
            }
            self.flush(out);
        }
    }

    /// Reads a film or a sound.
    fn medium(&mut self, element: &Element, out: &mut Vec<Block>) {
        self.note_place(element);
        let sources: String = element
            .children
            .iter()
            .filter_map(Node::as_element)
            .filter(|child| matches!(child.name.as_str(), "source" | "track"))
            .map(names::start_tag)
            .filter(|tag| tag.contains(" src="))
            .collect();
        let tag = names::start_tag(element);
        if sources.is_empty() && !tag.contains(" src=") {
            self.nodes(&element.children, out);
            return;
        }
        let tag = if tag.contains(" controls") {
            tag
        } else {
            tag.replacen('>', " controls>", usize::from(tag.ends_with('>')))
        };
        self.run.raw(format!("{tag}{sources}</{}>", element.name));
        self.nodes(&element.children, out);
    }
}

/// The mark of an element that stays HTML.
fn html_mark(element: &Element) -> Mark {
    Mark::Html { name: element.name.clone(), tag: names::start_tag(element) }
}

/// The mark of a link, if it leads somewhere.
fn link(element: &Element) -> Option<Mark> {
    let address = address(element.attribute("href")?)?;
    let title = one_line(element.attribute("title").unwrap_or_default());
    Some(Mark::Link { address, title })
}

/// An address without what browsers leave out of it, if it may be written.
fn address(address: &str) -> Option<String> {
    let is_space = |c: char| c.is_ascii_whitespace() || c.is_ascii_control();
    let address = address.trim_matches(is_space);
    let address: String = address.chars().filter(|c| !c.is_ascii_control()).collect();
    let is_wanted = !address.is_empty() && !address_refused(&address, false);
    is_wanted.then_some(address)
}

/// The picture that an element is, if its address is known.
fn image(element: &Element) -> Option<Image> {
    let names = ["src", "data-src", "data-lazy-src", "data-original"];
    let all = names.into_iter().filter_map(|name| element.attribute(name));
    let is_held = |found: &&str| found.trim_start().starts_with("data:");
    let mut others =
        all.clone().filter(|found| !found.trim().is_empty() && !is_held(found));
    let found = others.next().or_else(|| {
        all.clone().find(|found| is_held(found) && !address_refused(found, true))
    })?;
    let is_space = |c: char| c.is_ascii_whitespace() || c.is_ascii_control();
    let address: String =
        found.trim_matches(is_space).chars().filter(|c| !c.is_ascii_control()).collect();
    let is_wanted = !address.is_empty() && !address_refused(&address, true);
    is_wanted.then(|| Image {
        address,
        alt: one_line(element.attribute("alt").unwrap_or_default()),
        caption: String::new(),
    })
}

/// The address of what a player shows.
fn player_address(element: &Element) -> Option<String> {
    let own = ["src", "data", "data-src", "data-lazy-src"];
    let own = own.into_iter().filter_map(|name| element.attribute(name));
    let inner = element.children.iter().filter_map(Node::as_element);
    let inner = inner.filter_map(|child| match child.name.as_str() {
        "embed" => child.attribute("src"),
        "param" => child
            .attribute("name")
            .filter(|name| {
                ["movie", "src", "url"]
                    .iter()
                    .any(|known| name.eq_ignore_ascii_case(known))
            })
            .and_then(|_| child.attribute("value")),
        _ => None,
    });
    let mut found = own.chain(inner).filter(|found| !found.trim().starts_with("about:"));
    let address = found.find_map(address)?;
    match address.strip_prefix("//") {
        Some(rest) => Some(format!("https://{rest}")),
        None => Some(address),
    }
}

/// The run that some blocks are, line by line.
fn joined(blocks: &[Block]) -> Option<Spans> {
    let mut spans = Spans::new();
    for block in blocks {
        let Block::Paragraph(more) = block else { return None };
        if !spans.is_empty() {
            spans.push(Span::Break);
        }
        spans.extend(more.iter().cloned());
    }
    Some(spans)
}
