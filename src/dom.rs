//! HTML as a tree of our own: what was parsed, corrected as a browser corrects
//! it, and cut loose from the parser.
//!
//! A tree is never deeper than [`DEPTH`] elements, so that who walks it may
//! recurse. What an element means is for those who read the tree. This is the
//! door to `dom_query`.

pub mod readable;
mod shallow;

use dom_query::{Document, NodeData, NodeRef};

use shallow::shallow;

/// How deep elements stand in each other at most; what stands deeper is put
/// into the element at this depth.
pub const DEPTH: usize = 200;

/// A node of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, with its references resolved.
    Text(String),
    /// A comment, without its marks.
    Comment(String),
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name, in lower case.
    pub name: String,
    /// Its attributes in their order: names in lower case, values with their
    /// references resolved.
    pub attributes: Vec<(String, String)>,
    /// What it holds.
    pub children: Vec<Node>,
}

impl Node {
    /// Some text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// An element without attributes.
    pub fn element(name: &str, children: Vec<Self>) -> Self {
        Self::Element(Element::new(name, &[], children))
    }

    /// The element that this is, if it is one.
    pub fn as_element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) | Self::Comment(_) => None,
        }
    }
}

impl Element {
    /// An element.
    pub fn new(name: &str, attributes: &[(&str, &str)], children: Vec<Node>) -> Self {
        let owned = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
        Self {
            name: name.to_owned(),
            attributes: attributes.iter().map(owned).collect(),
            children,
        }
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// Sets an attribute, in the place of its value so far.
    pub fn set_attribute(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.attributes.iter_mut().find(|(own, _)| own == name) {
            Some((_, old)) => *old = value,
            None => self.attributes.push((name.to_owned(), value)),
        }
    }

    /// Whether one of the words of its `class` is this.
    pub fn has_class(&self, class: &str) -> bool {
        let classes = self.attribute("class").unwrap_or_default();
        classes.split_ascii_whitespace().any(|own| own == class)
    }
}

/// Parses what can stand in the body of a page.
pub fn parse_fragment(html: &str) -> Vec<Node> {
    let document = Document::fragment(shallow(html).as_ref());
    // The parser puts a fragment into an `html` element of its own.
    let nodes = children(&document.root(), 0);
    match <[Node; 1]>::try_from(nodes) {
        Ok([Node::Element(html)]) if html.name == "html" => html.children,
        Ok([node]) => vec![node],
        Err(nodes) => nodes,
    }
}

/// Parses a whole page; the nodes are its document type, comments and `html`.
pub fn parse_document(html: &str) -> Vec<Node> {
    children(&Document::from(shallow(html).as_ref()).root(), 0)
}

/// The children of a node of the parser.
fn children(node: &NodeRef<'_>, depth: usize) -> Vec<Node> {
    let mut nodes = Vec::new();
    if depth > DEPTH {
        // Everything that stands deeper becomes its text.
        let text = node.text().to_string();
        if !text.is_empty() {
            nodes.push(Node::Text(text));
        }
        return nodes;
    }
    for child in node.children_it(false) {
        if child.is_text() {
            nodes.push(Node::Text(child.text().to_string()));
        } else if child.is_comment() {
            let text = child.query(|node| match &node.data {
                NodeData::Comment { contents } => contents.to_string(),
                _ => String::new(),
            });
            nodes.push(Node::Comment(text.unwrap_or_default()));
        } else if child.is_element() {
            let name = child.node_name().unwrap_or_default().to_string();
            let attributes = child.attrs();
            let attributes = attributes
                .iter()
                .map(|own| (own.name.local.to_string(), own.value.to_string()))
                .collect();
            let children = children(&child, depth + 1);
            nodes.push(Node::Element(Element { name, attributes, children }));
        }
    }
    nodes
}

/// All text of some nodes, as it stands.
pub fn text_of(nodes: &[Node]) -> String {
    let mut text = String::new();
    push_text(nodes, &mut text);
    text
}

/// Puts the text of some nodes behind what `out` holds.
fn push_text(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(element) => push_text(&element.children, out),
            Node::Comment(_) => {}
        }
    }
}

/// How many characters of a text count: those that can be seen.
pub fn count(text: &str) -> u64 {
    if text.is_ascii() {
        return text.bytes().filter(u8::is_ascii_graphic).count() as u64;
    }
    text.chars().filter(|&c| is_seen(c)).count() as u64
}

/// Whether a character can be seen.
pub fn is_seen(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree in short: elements with what they hold in brackets, and texts.
    fn short(nodes: &[Node]) -> String {
        let parts = nodes.iter().map(|node| match node {
            Node::Text(text) => format!("{text:?}"),
            Node::Comment(text) => format!("<!{text}>"),
            Node::Element(element) => {
                let attributes: String = element
                    .attributes
                    .iter()
                    .map(|(name, value)| format!(" {name}={value}"))
                    .collect::<Vec<_>>()
                    .concat();
                format!("{}{attributes}[{}]", element.name, short(&element.children))
            }
        });
        parts.collect::<Vec<_>>().join(" ")
    }

    /// How deep elements stand in each other.
    fn depth(nodes: &[Node]) -> usize {
        let elements = nodes.iter().filter_map(Node::as_element);
        elements.map(|element| 1 + depth(&element.children)).max().unwrap_or(0)
    }

    #[test]
    fn a_fragment_is_corrected_as_browsers_do() {
        for (html, expected) in [
            ("", ""),
            ("a", "\"a\""),
            ("a<p>b", "\"a\" p[\"b\"]"),
            ("<p>a<p>b</p>c", "p[\"a\"] p[\"b\"] \"c\""),
            ("<p>a<div>b</div>c</p>", "p[\"a\"] div[\"b\"] \"c\" p[]"),
            ("<b>a<i>b</b>c</i>", "b[\"a\" i[\"b\"]] i[\"c\"]"),
            ("<b><p>a</b>b</p>", "b[] p[b[\"a\"] \"b\"]"),
            ("<ul><li>a<li>b</ul>", "ul[li[\"a\"] li[\"b\"]]"),
            ("<table><tr><td>a</table>", "table[tbody[tr[td[\"a\"]]]]"),
            ("<table>a<tr><td>b</table>", "\"a\" table[tbody[tr[td[\"b\"]]]]"),
            ("<td>a</td>", "\"a\""),
            ("<html><body><p>a</body></html>", "p[\"a\"]"),
            ("<A HREF='x&amp;y' href=z>a</A>", "a href=x&y[\"a\"]"),
            ("a &amp; &lt;b&gt; x&eacute;", "\"a & <b> xé\""),
            ("a<!--b-->c", "\"a\" <!b> \"c\""),
            ("<br/>a<hr>", "br[] \"a\" hr[]"),
            ("<pre>\n a\n</pre>", "pre[\" a\\n\"]"),
            ("<script>a<b</script>c", "script[\"a<b\"] \"c\""),
            ("<iframe><p>a</iframe>", "iframe[\"<p>a\"]"),
            (
                "<svg><path d='x'/><title>a</title></svg>b",
                "svg[path d=x[] title[\"a\"]] \"b\"",
            ),
            ("<svg><p>a</svg>", "svg[] p[\"a\"]"),
            ("<p", ""),
            ("a < b", "\"a < b\""),
        ] {
            assert_eq!(short(&parse_fragment(html)), expected, "{html}");
        }
    }

    #[test]
    fn what_a_template_holds_is_no_text_of_the_page() {
        let nodes = parse_fragment("a<template><p>b</p></template>c");
        assert!(short(&nodes).starts_with("\"a\" template["), "{}", short(&nodes));
        assert!(short(&nodes).ends_with("] \"c\""), "{}", short(&nodes));
    }

    #[test]
    fn a_page_has_its_document_type_and_head_left_in_place() {
        let nodes = parse_document("<!DOCTYPE html><title>a</title><p>b");
        assert_eq!(short(&nodes), "html[head[title[\"a\"]] body[p[\"b\"]]]");
    }

    #[test]
    fn deep_trees_are_cut_and_keep_their_text() {
        for start in
            ["<div>", "<b>", "<span>a", "<blockquote>a", "<div/>", "<svg><g>", "<font>"]
        {
            let html = format!("{}end", start.repeat(100_000));
            let nodes = parse_fragment(&html);
            assert!(depth(&nodes) <= DEPTH + 1, "{start}: {}", depth(&nodes));
            let text = text_of(&nodes);
            assert!(text.ends_with("end"), "{start}");
            assert_eq!(text.matches('a').count(), html.matches(">a").count(), "{start}");
        }
    }

    #[test]
    fn deep_pages_are_cut_too() {
        let nodes = parse_document(&"<div>".repeat(100_000));
        assert!(depth(&nodes) <= DEPTH + 1);
    }

    #[test]
    fn a_class_is_one_of_the_words() {
        let element = Element::new("p", &[("class", "a  b-c")], Vec::new());
        assert!(element.has_class("a") && element.has_class("b-c"));
        assert!(!element.has_class("b") && !element.has_class(""));
    }

    #[test]
    fn only_what_can_be_seen_counts() {
        assert_eq!(count("a \u{a0}\u{200b}b\u{ad}\n\u{feff}é…"), 4);
        assert_eq!(count("\u{1}\u{202e}\u{fe0f}"), 0);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_parsed(html in "[<>a-dp/!'\"= &;\\-]{0,80}") {
            let nodes = parse_fragment(&html);
            proptest::prop_assert!(depth(&nodes) <= DEPTH + 1);
            let _ = parse_document(&html);
        }
    }
}
