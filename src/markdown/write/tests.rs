//! Tests.

use proptest::prelude::*;

use super::*;
use crate::dom::{Element, parse_fragment};

/// Names of elements for random trees.
const NAMES: &[&str] = &[
    "p",
    "p",
    "p",
    "div",
    "b",
    "strong",
    "em",
    "i",
    "a",
    "a",
    "br",
    "br",
    "img",
    "ul",
    "ol",
    "li",
    "li",
    "blockquote",
    "pre",
    "code",
    "table",
    "tr",
    "td",
    "th",
    "h2",
    "h4",
    "hr",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "sup",
    "u",
    "s",
    "del",
    "span",
    "iframe",
    "script",
    "details",
    "summary",
    "section",
    "caption",
    "thead",
    "video",
    "font",
];

/// Words for random texts.
const WORDS: &[&str] = &[
    "a",
    "word",
    " ",
    "  ",
    "\n",
    "\t",
    "*",
    "**",
    "_",
    "__",
    "`",
    "``",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "&",
    "&amp;",
    "#",
    "##",
    "###",
    "-",
    "--",
    "---",
    "+",
    "1.",
    "2)",
    "=",
    "===",
    "|",
    "|--",
    "--|--",
    ":",
    ": ",
    "~",
    "~~",
    "~~~",
    "!",
    "![",
    "[^1]",
    "[^1]:",
    "[x]",
    "[ ]",
    "[!NOTE]",
    "{#id}",
    "}",
    "\\",
    "\u{a0}",
    "\u{200b}",
    "\u{3000}",
    "\u{2028}",
    "é",
    "“",
    "…",
    "https://example.org/",
    "www.example.org",
    "<b>",
    "<div>",
    "<!--",
    "-->",
    "$",
    "$$",
    "'",
    "\"",
    "...",
    "\u{1}",
    "\r",
    "\u{85}",
    "🙂",
    "<br>",
    "+++",
    "\u{fe0f}",
    "x",
    ".",
    "^",
];

/// A random text.
fn some_text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 0..7)
        .prop_map(|words| words.concat())
}

/// A random tree.
fn some_tree() -> impl Strategy<Value = Vec<Node>> {
    let attribute = prop::sample::select(
        &[
            ("href", "https://example.org/"),
            ("href", "a b(c"),
            ("href", "#x"),
            ("id", "x"),
            ("id", "y z"),
            ("src", "a.jpg"),
            ("src", "a|b c.jpg"),
            ("alt", "a [b] *c*"),
            ("alt", "x\n\ny"),
            ("title", "a \"b\" & c"),
            ("lang", "es"),
            ("dir", "rtl"),
            ("colspan", "2"),
            ("start", "7"),
            ("type", "a"),
            ("class", "language-rust"),
            ("href", "javascript:x"),
            ("value", "3"),
            ("reversed", ""),
        ][..],
    );
    let attributes = prop::collection::vec(attribute, 0..3);
    let leaf = some_text().prop_map(Node::Text);
    let node = leaf.prop_recursive(6, 60, 6, move |inner| {
        (
            prop::sample::select(NAMES),
            attributes.clone(),
            prop::collection::vec(inner, 0..6),
        )
            .prop_map(|(name, attributes, children)| {
                let mut element = Element::new(name, &[], children);
                for (name, value) in attributes {
                    element.set_attribute(name, value);
                }
                Node::Element(element)
            })
    });
    prop::collection::vec(node, 0..5)
}

/// Writes a tree and finds what does not hold.
fn fault(nodes: &[Node]) -> Option<String> {
    let written = write(nodes);
    let seen = count_seen(nodes);
    if written.n_seen != seen + written.n_added {
        return Some(format!(
            "{seen} characters, {} come back: {written:#?}",
            written.n_seen
        ));
    }
    let read = read::read(nodes);
    let comes_back =
        (0..3_usize.pow(0)).any(|_| !read.blocks.is_empty() || written.text.is_empty());
    (!comes_back).then(|| "text of nothing".to_owned())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(std::option_env!("CASES").map_or(300, |n| n.parse().unwrap())))]

    #[test]
    fn nothing_of_a_tree_is_lost(nodes in some_tree()) {
        prop_assert_eq!(fault(&nodes), None);
        let written = write(&nodes);
        prop_assert!(!written.raw_blocks.iter().any(|raw| raw.contains(':')), "{written:#?}");
    }

    #[test]
    fn nothing_of_a_text_is_lost(parts in prop::collection::vec((some_text(), prop::sample::select(&["p", "b", "em", "h2", "li", "br", "u", "a", "td", "blockquote"][..])), 1..6)) {
        let html: String = parts.iter().map(|(text, name)| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let href = if *name == "a" { " href=x" } else { "" };
            format!("<{name}{href}>{text}</{name}>{text}")
        }).collect();
        let nodes = parse_fragment(&html);
        prop_assert_eq!(fault(&nodes), None);
        let written = write(&nodes);
        prop_assert!(!written.raw_blocks.iter().any(|raw| raw.contains(':')), "{written:#?}");
    }
}
