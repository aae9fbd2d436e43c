//! Reads figures: pictures and other things with captions.

use crate::dom::{Element, Node};
use crate::markdown::write::model::{Block, Span};
use crate::markdown::write::read::{Reader, joined};

impl Reader<'_> {
    /// Reads a figure.
    pub(super) fn figure(&mut self, element: &Element, out: &mut Vec<Block>) {
        if is_gallery(element) {
            self.gallery(element, out);
            return;
        }
        let mut blocks = Vec::new();
        let mut captions = Vec::new();
        self.figure_parts(&element.children, &mut blocks, &mut captions);
        self.flush(&mut blocks);
        self.captioned(blocks, captions, out);
    }

    /// Adds blocks with their captions.
    fn captioned(
        &mut self,
        mut blocks: Vec<Block>,
        mut captions: Vec<Block>,
        out: &mut Vec<Block>,
    ) {
        self.write_anchors(out);
        // In an item a picture can have no paragraph of its own.
        if self.n_items == 0
            && let [Block::Paragraph(shown)] = blocks.as_mut_slice()
            && let [Span::Image(image)] = shown.as_mut_slice()
            && let [Block::Paragraph(caption)] = captions.as_slice()
            && let [Span::Text(caption)] = caption.as_slice()
        {
            image.caption.clone_from(caption);
            out.append(&mut blocks);
            return;
        }
        let caption = joined(&captions).unwrap_or_default();
        if !blocks.is_empty() && !caption.is_empty() {
            out.push(Block::Figure { blocks, caption });
        } else {
            out.append(&mut blocks);
            out.append(&mut captions);
        }
    }

    /// Reads what a figure shows, and its captions, apart from each other.
    fn figure_parts(
        &mut self,
        nodes: &[Node],
        blocks: &mut Vec<Block>,
        captions: &mut Vec<Block>,
    ) {
        for node in nodes {
            match node.as_element() {
                Some(child) if child.name == "figcaption" => {
                    self.flush(blocks);
                    let caption = self.content(child);
                    captions.extend(caption);
                }
                _ => self.nodes(std::slice::from_ref(node), blocks),
            }
        }
    }

    /// Reads a figure of figures: one after the other, together only if there
    /// is a caption of all.
    fn gallery(&mut self, element: &Element, out: &mut Vec<Block>) {
        let mut blocks = Vec::new();
        let mut captions = Vec::new();
        for node in &element.children {
            match node.as_element() {
                Some(list) if matches!(list.name.as_str(), "ul" | "ol") => {
                    self.flush(&mut blocks);
                    self.gallery_list(list, &mut blocks);
                }
                Some(child) if child.name == "figcaption" => {
                    self.flush(&mut blocks);
                    let caption = self.content(child);
                    captions.extend(caption);
                }
                _ => self.nodes(std::slice::from_ref(node), &mut blocks),
            }
        }
        self.flush(&mut blocks);
        self.captioned(blocks, captions, out);
    }

    /// Reads the items of a gallery, one after the other.
    fn gallery_list(&mut self, list: &Element, out: &mut Vec<Block>) {
        for node in &list.children {
            match node.as_element() {
                Some(item) if item.name == "li" => {
                    self.flush(out);
                    let item = self.content(item);
                    out.extend(item);
                }
                _ => self.nodes(std::slice::from_ref(node), out),
            }
        }
        self.flush(out);
    }
}

/// Whether a figure holds figures, by themselves or in a list.
fn is_gallery(element: &Element) -> bool {
    let is =
        |node: &Node, name: &str| node.as_element().is_some_and(|own| own.name == name);
    element.children.iter().filter_map(Node::as_element).any(|child| {
        child.name == "figure"
            || matches!(child.name.as_str(), "ul" | "ol")
                && child.children.iter().filter_map(Node::as_element).any(|item| {
                    item.name == "li" && item.children.iter().any(|own| is(own, "figure"))
                })
    })
}
