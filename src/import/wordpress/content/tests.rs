//! Tests of the whole conversion: text in, HTML out, and the account.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{
    Choice, Choices, Context, Converted, autop, convert, languages, mend_mojibake,
};
use crate::dom::{self, Node};
use crate::import::account;
use crate::import::piece::About;
use crate::import::wordpress::library::{Attachment, Library};

/// A library of some attachments and shared blocks.
struct Shelf {
    /// The attachments.
    attachments: Vec<Attachment>,
    /// The shared blocks.
    shared: BTreeMap<u64, &'static str>,
}

impl Library for Shelf {
    fn attachment(&self, id: u64) -> Option<Attachment> {
        self.attachments.iter().find(|own| own.id == id).cloned()
    }

    fn attachments_of(&self, post: u64) -> Vec<Attachment> {
        let mut own: Vec<Attachment> =
            self.attachments.iter().filter(|own| own.parent == post).cloned().collect();
        own.sort_by_key(|own| (own.menu_order, own.id));
        own
    }

    fn shared_block(&self, id: u64) -> Option<String> {
        self.shared.get(&id).map(|raw| (*raw).to_owned())
    }
}

/// An attachment of post 7.
fn attachment(id: u64, place: i64, file: &str, caption: &str) -> Attachment {
    Attachment {
        id,
        parent: 7,
        menu_order: place,
        url: format!("https://news.example/files/{file}"),
        title: format!("Title {id}"),
        alt: format!("Alt {id}"),
        caption: caption.to_owned(),
        ..Attachment::default()
    }
}

/// The library of the tests.
fn shelf() -> Shelf {
    Shelf {
        attachments: vec![
            attachment(11, 2, "march.jpg", "The <em>march</em>"),
            attachment(12, 1, "square.png", ""),
            attachment(13, 3, "report.pdf", "A report"),
            attachment(14, 4, "talk.mp3", ""),
            attachment(15, 5, "film.mp4", ""),
        ],
        shared: BTreeMap::from([
            (1, "<!-- wp:paragraph --><p>Shared words.</p><!-- /wp:paragraph -->"),
            (2, "<p>Round</p><!-- wp:block {\"ref\":2} /-->"),
        ]),
    }
}

/// Footnotes as posts hold them.
const FOOTNOTES: &str = r#"[{"content":"See the <em>minutes</em>.","id":"f-1"}]"#;

/// Converts a text with the library of the tests; the account must balance.
fn converted(raw: &str, choices: &Choices) -> Converted {
    let shelf = shelf();
    let context = Context { post: 7, library: &shelf, footnotes: FOOTNOTES, choices };
    let converted = convert(raw, &context);
    let mut account = converted.account.clone();
    account.body += account::count(&dom::text_of(&converted.nodes));
    assert_eq!(account.missing(), 0, "{raw:?}: {account:?}\n{}", html(&converted.nodes));
    converted
}

/// The HTML of a text.
fn html_of(raw: &str) -> String {
    html(&converted(raw, &Choices::default()).nodes)
}

/// Writes a tree, so that tests can be read.
fn html(nodes: &[Node]) -> String {
    let mut out = String::new();
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Comment(_) => panic!("comments are dropped"),
            Node::Element(element) => {
                assert!(!element.name.starts_with("x-"), "{}", element.name);
                out.push('<');
                out.push_str(&element.name);
                for (name, value) in &element.attributes {
                    assert!(name != "x-pm" && name != "style", "{name}");
                    out.push_str(&format!(" {name}=\"{value}\""));
                }
                out.push('>');
                if !["br", "img", "hr", "source"].contains(&element.name.as_str()) {
                    out.push_str(&html(&element.children));
                    out.push_str(&format!("</{}>", element.name));
                }
            }
        }
    }
    out
}

/// Compares what becomes of each text with what should.
fn check(cases: &[(&str, &str)]) {
    for (raw, expected) in cases {
        let mut found = html_of(raw);
        // White space between blocks says nothing.
        for gap in ["\n\n", "\n "] {
            found = found.replace(gap, "\n");
        }
        assert_eq!(&found.replace(">\n<", "><"), expected, "{raw:?}");
    }
}

/// Parts of texts, from which hostile ones are made.
const PARTS: &[&str] = &[
    "word ",
    "more text",
    "\n",
    "\n\n",
    " ",
    "é",
    "&amp;",
    "&am",
    "p;",
    "&lt;b&gt;",
    "&",
    ";",
    "<",
    ">",
    "<p>",
    "</p>",
    "<p",
    "<div>",
    "</div>",
    "<div class=\"wp-caption\">",
    "<b>",
    "</b>",
    "<i",
    "<a href=\"https://a.example/\">",
    "</a>",
    "<br>",
    "<br />",
    "<img src=\"a.jpg\" alt=\"x\">",
    "<img width=1 height=1 src=p.gif>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</tr>",
    "</table>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<noscript>",
    "</noscript>",
    "<textarea>",
    "</textarea>",
    "<title>",
    "</title>",
    "<select>",
    "<option>",
    "</select>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mi>",
    "</math>",
    "<template>",
    "</template>",
    "<plaintext>",
    "<frameset>",
    "<body>",
    "</body>",
    "</html>",
    "<iframe src=\"https://v.example/1\">",
    "</iframe>",
    "<object data=\"f.swf\">",
    "<param name=movie value=\"m.swf\">",
    "</object>",
    "<embed src=\"e.swf\">",
    "<figure>",
    "<figcaption>",
    "</figcaption>",
    "</figure>",
    "<h2>",
    "</h2>",
    "<!-- c -->",
    "<!--more-->",
    "<!--nextpage-->",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE html>",
    "<?php",
    "?>",
    "<o:p>",
    "</o:p>",
    "<x-pm-frame src=q>",
    "x-pm=\"0\"",
    "<span x-pm=\"more\">",
    "<span style=\"font-weight:bold\">",
    "</span>",
    "<font color=red>",
    "</font>",
    "<dl class=\"gallery-item\">",
    "<dt>",
    "<dd>",
    "</dl>",
    "<summary>",
    "<details>",
    "[caption id=\"a\" caption=\"Words <em>here</em>\"]",
    "[caption]",
    "[/caption]",
    "[gallery]",
    "[gallery ids=\"11,99\"]",
    "[[gallery]]",
    "[[caption]",
    "[/caption]]",
    "[code]",
    "[/code]",
    "[sourcecode language=\"php\"]",
    "[/sourcecode]",
    "[youtube]",
    "[youtube=abcdefgh]",
    "[/youtube]",
    "[embed]",
    "[/embed]",
    "https://v.example/w",
    "[audio src=\"a.mp3\"]",
    "[/audio]",
    "[video]",
    "[quote]",
    "[/quote]",
    "[button link=\"/x\"]",
    "[/button]",
    "[ref]",
    "[/ref]",
    "[vc_row title=\"Big words\"]",
    "[/vc_row]",
    "[private]",
    "[/private]",
    "[contact-form]",
    "[/contact-form]",
    "[unknown a=\"b\"]",
    "[/unknown]",
    "[sic]",
    "[",
    "]",
    "[/",
    "\"",
    "'",
    "=",
    "<!-- wp:paragraph -->",
    "<!-- /wp:paragraph -->",
    "<!-- wp:query -->",
    "<!-- /wp:query -->",
    "<!-- wp:block {\"ref\":1} /-->",
    "<!-- wp:block {\"ref\":2} /-->",
    "<!-- wp:footnotes /-->",
    "<!-- wp:a/b {\"content\":\"Some prose [gallery] here\"} /-->",
    "<!-- wp:freeform -->",
    "<!-- /wp:freeform -->",
    "<!-- wp:shortcode -->",
    "<!-- /wp:shortcode -->",
    "<!-- wp:x {",
    "<sup data-fn=\"f-1\">",
    "\u{200b}",
    "\u{202e}",
    "\u{fdd1}",
    "\u{fdd3}0\u{fdd3}",
    "\0",
    "\u{a0}",
    "Ã©",
    "\r\n",
    "\u{1}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn the_account_balances_whatever_the_text(
        parts in prop::collection::vec(prop::sample::select(PARTS), 0..24),
    ) {
        let raw = parts.concat();
        let found = converted(&raw, &Choices::default());
        let holds_ours = html(&found.nodes).contains('\u{fdd1}');
        prop_assert!(!holds_ours);
    }
}
