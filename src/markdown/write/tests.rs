//! Tests.

use std::fmt::Write as _;

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};

use super::*;
use crate::dom::{Element, parse_fragment};
use crate::sanitize::{Token, Tokens, attribute_allowed, element_allowed};

mod cases;

/// How many random trees and texts are written.
const N_RANDOM: u32 = 400;

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

/// Elements for random texts.
const PARTS: &[&str] = &["p", "b", "em", "h2", "li", "br", "u", "a", "td", "blockquote"];

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

/// The tags of HTML in a Markdown text that no article may hold, or that carry
/// what they may not.
fn forbidden(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for event in Parser::new_ext(text, crate::markdown::syntax()) {
        let (Event::Html(html) | Event::InlineHtml(html)) = event else { continue };
        for token in Tokens::new(&html) {
            let Token::Tag(tag) = token else { continue };
            if !element_allowed(&tag.name) {
                found.push(tag.name.clone());
            }
            let names = tag.attributes.iter().map(|attribute| &attribute.name);
            let wrong = names.filter(|name| !attribute_allowed(&tag.name, name));
            found.extend(wrong.map(|name| format!("{} {name}", tag.name)));
        }
    }
    found
}

/// The events of a text that are not text, with or without smart punctuation.
fn structure(text: &str, is_smart: bool) -> String {
    let mut syntax = crate::markdown::syntax();
    syntax.set(Options::ENABLE_SMART_PUNCTUATION, is_smart);
    let mut out = String::new();
    for event in Parser::new_ext(text, syntax) {
        if !matches!(event, Event::Text(_)) {
            let _ = writeln!(out, "{event:?}");
        }
    }
    out
}

/// Writes a tree and tells what does not hold.
fn faults(nodes: &[Node]) -> Vec<String> {
    let written = write(nodes);
    let mut faults = forbidden(&written.text);
    let seen = count_seen(nodes);
    if written.n_seen != seen + written.n_added {
        faults.push(format!("{} of {seen} characters come back", written.n_seen));
    }
    // What did not come back says why.
    let is_unexpected = |raw: &&String| raw.contains(':');
    faults.extend(written.raw_blocks.iter().filter(is_unexpected).cloned());
    if structure(&written.text, true) != structure(&written.text, false) {
        faults.push("smart punctuation changes the structure".to_owned());
    }
    let blocks = read::read(nodes).blocks;
    if written.text.is_empty() != blocks.is_empty() {
        faults.push("text of nothing, or nothing of text".to_owned());
    }
    if !faults.is_empty() {
        faults.push(written.text);
    }
    faults
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(N_RANDOM))]

    #[test]
    fn nothing_of_a_tree_is_lost(nodes in some_tree()) {
        prop_assert_eq!(faults(&nodes), Vec::<String>::new());
    }

    #[test]
    fn nothing_of_a_text_is_lost(
        parts in prop::collection::vec((some_text(), prop::sample::select(PARTS)), 1..6),
    ) {
        let mut html = String::new();
        for (text, name) in parts {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let href = if name == "a" { " href=x" } else { "" };
            let _ = write!(html, "<{name}{href}>{text}</{name}>{text}");
        }
        prop_assert_eq!(faults(&parse_fragment(&html)), Vec::<String>::new());
    }

    #[test]
    fn any_html_is_written(html in "[<>a-d/!'\"= &;*_`#|~:\\[\\]()\\\\\n-]{0,60}") {
        prop_assert_eq!(faults(&parse_fragment(&html)), Vec::<String>::new());
    }
}

#[test]
fn characters_are_counted_as_a_reader_sees_them() {
    for (html, n_seen, n_added) in [
        ("<p>a b</p>", 2, 0),
        ("<p>a &amp; b ... \"c\"</p>", 9, 0),
        ("<pre>a\n b</pre>", 2, 0),
        ("<img src=a.jpg alt=none>", 0, 0),
        ("<figure><img src=a.jpg alt=none><figcaption>abc</figcaption></figure>", 3, 0),
        ("<table><tr><td>a</td><td>&lt;</td></tr></table>", 2, 0),
        ("<a href=/x title=none>abc</a>", 3, 0),
        ("<iframe src=https://a.example title='a b'></iframe>c", 3, 2),
        ("<iframe src=https://a.example></iframe>", 17, 17),
        ("a<script>none</script><noscript>none</noscript>", 1, 0),
    ] {
        let written = write(&parse_fragment(html));
        assert_eq!((written.n_seen, written.n_added), (n_seen, n_added), "{html}");
    }
}

#[test]
fn a_picture_with_a_caption_in_a_heading_stands_behind_it() {
    let figure = "<figure><img src=a.jpg><figcaption>b</figcaption></figure>";
    for (html, expected) in [
        (format!("<h2>{figure}</h2>"), "![](a.jpg \"b\")\n"),
        (format!("<h2>a{figure}</h2>"), "## a\n\n![](a.jpg \"b\")\n"),
    ] {
        assert_eq!(write(&parse_fragment(&html)).text, expected, "{html}");
    }
}

#[test]
fn blocks_that_stay_html_are_named() {
    for (html, expected) in [
        ("<p>a</p>", &[][..]),
        ("<table><tr><td>a</td></tr></table><pre><b>a</b></pre>", &["table", "pre"]),
        ("<blockquote><ol type=a><li>a</li></ol></blockquote>", &["ol"]),
        ("<dl><dd>a</dd></dl>", &["dl"]),
    ] {
        assert_eq!(write(&parse_fragment(html)).raw_blocks, expected, "{html}");
    }
}

#[test]
fn a_block_that_does_not_come_back_gives_way_with_its_neighbours() {
    let mut forms = [Form::Plain, Form::Plain, Form::Careful, Form::Plain, Form::Plain];
    let trace = |told: &str| Trace {
        told: told.to_owned(),
        starts: vec![0, 1, 2, 3, 4],
        n_seen: 0,
    };
    give_way(&mut forms, &trace("abcde"), &trace("abxde"));
    let expected = [Form::Plain, Form::Careful, Form::Html, Form::Careful, Form::Plain];
    assert_eq!(forms, expected);
}

#[test]
fn a_block_in_every_form_is_checked() {
    let blocks = read::read(&parse_fragment("<p>*a* <b>b</b></p>")).blocks;
    for (form, expected) in [
        (Form::Plain, "\\*a\\* **b**\n"),
        (Form::Careful, "\\*a\\* <strong>b</strong>\n"),
        (Form::Html, "<p>*a* <strong>b</strong></p>\n"),
    ] {
        let text = compose(&blocks, &[form]).0;
        assert_eq!(text, expected);
        assert_eq!(trace::of_text(&text).told, wanted(&blocks, &[form]).told);
    }
}

#[test]
fn a_trace_tells_what_was_changed() {
    let blocks =
        read::read(&parse_fragment("<p>a <b>b</b> <a href=/x>c</a><br>d</p>")).blocks;
    let wanted = wanted(&blocks, &[Form::Plain]).told;
    assert_eq!(trace::of_text("a **b** [c](/x)\\\nd\n").told, wanted);
    for other in [
        "a *b* [c](/x)\\\nd\n",
        "a **b** [c](/y)\\\nd\n",
        "a **b** [c](/x)\nd\n",
        "a **b** [c](/x)\n\nd\n",
        "> a **b** [c](/x)\\\nd\n",
        "a **b** ![c](/x)\\\nd\n",
        "A **b** [c](/x)\\\nd\n",
        "a **b** [c](/x)<br>d<u></u>\n",
    ] {
        assert_ne!(trace::of_text(other).told, wanted, "{other}");
    }
}

#[test]
fn deep_trees_are_written() {
    for name in ["blockquote", "div", "b", "u", "ul", "li", "table", "figure", "details"]
    {
        let mut nodes = vec![Node::text("a")];
        for _ in 0..crate::dom::DEPTH {
            nodes = vec![Node::element(name, nodes)];
        }
        let written = write(&nodes);
        assert_eq!(written.n_seen, 1, "{name}");
    }
}
