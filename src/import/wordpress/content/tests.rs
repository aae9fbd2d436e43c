//! Tests of the whole conversion: text in, HTML out, and the account.

use std::collections::BTreeMap;

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

#[test]
fn classic_text_gets_its_paragraphs() {
    check(CLASSIC_TEXT_GETS_ITS_PARAGRAPHS);
}

/// Cases of `classic_text_gets_its_paragraphs`.
const CLASSIC_TEXT_GETS_ITS_PARAGRAPHS: &[(&str, &str)] = &[
    ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
    ("One\ntwo", "<p>One<br>\ntwo</p>"),
    ("One\r\ntwo", "<p>One<br>\ntwo</p>"),
    ("<b>Bold</b>\n\nNext", "<p><b>Bold</b></p><p>Next</p>"),
    ("&nbsp;\n\nText", "<p>Text</p>"),
    ("<p>&nbsp;</p><p>A</p>", "<p>A</p>"),
    ("A\n\n<p></p>\n\nB", "<p>A</p><p>B</p>"),
    ("<h2></h2>Text", "<p>Text</p>"),
    ("A<br><br>B", "<p>A</p><p>B</p>"),
    ("a & b &lt;c&gt;", "<p>a & b <c></p>"),
    ("1 < 2", "<p>1 < 2</p>"),
    ("Text <b", "<p>Text <b</p>"),
    ("Text <!-- unclosed", "<p>Text <!-- unclosed</p>"),
    ("A<![endif]-->B", "<p>AB</p>"),
];

#[test]
fn blocks_pass_on_what_they_hold() {
    check(BLOCKS_PASS_ON_WHAT_THEY_HOLD);
}

/// Cases of `blocks_pass_on_what_they_hold`.
const BLOCKS_PASS_ON_WHAT_THEY_HOLD: &[(&str, &str)] = &[
    (
        "<!-- wp:paragraph -->\n<p>One\nline</p>\n<!-- /wp:paragraph -->",
        "<p>One\nline</p>",
    ),
    (
        "<!-- wp:heading --><h2 class=\"wp-block-heading\" id=\"a\">H</h2><!-- /wp:heading -->",
        "<h2 id=\"a\">H</h2>",
    ),
    (
        "<!-- wp:list --><ul><!-- wp:list-item --><li>a</li><!-- /wp:list-item --></ul><!-- /wp:list -->",
        "<ul><li>a</li></ul>",
    ),
    (
        "<!-- wp:quote --><blockquote class=\"wp-block-quote\"><p>Q</p><cite>Ana</cite></blockquote><!-- /wp:quote -->",
        "<blockquote><p>Q</p><p><cite>Ana</cite></p></blockquote>",
    ),
    (
        "<!-- wp:pullquote --><figure class=\"wp-block-pullquote\"><blockquote><p>Q</p></blockquote></figure><!-- /wp:pullquote -->",
        "<blockquote><p>Q</p></blockquote>",
    ),
    (
        "<!-- wp:table --><figure class=\"wp-block-table\"><table><tbody><tr><td colspan=\"2\" style=\"x\">a</td></tr></tbody></table><figcaption>Votes</figcaption></figure><!-- /wp:table -->",
        "<table><tbody><tr><td colspan=\"2\">a</td></tr></tbody></table><p>Votes</p>",
    ),
    (
        "<!-- wp:code --><pre class=\"wp-block-code\"><code>a &lt; b</code></pre><!-- /wp:code -->",
        "<pre><code>a < b</code></pre>",
    ),
    (
        "<!-- wp:verse --><pre class=\"wp-block-verse\">One\n  two</pre><!-- /wp:verse -->",
        "<p>One<br>\u{a0}\u{a0}two</p>",
    ),
    (
        "<!-- wp:preformatted --><pre class=\"wp-block-preformatted\">a\nb</pre><!-- /wp:preformatted -->",
        "<pre>a\nb</pre>",
    ),
    (
        "<!-- wp:image {\"id\":11} --><figure class=\"wp-block-image\"><img src=\"m.jpg\" alt=\"\" class=\"wp-image-11\"/><figcaption>Cap</figcaption></figure><!-- /wp:image -->",
        "<figure><img src=\"m.jpg\" alt=\"Alt 11\" data-attachment=\"11\"><figcaption>Cap</figcaption></figure>",
    ),
    (
        "<!-- wp:gallery --><figure class=\"wp-block-gallery\"><!-- wp:image --><figure class=\"wp-block-image\"><img src=\"a.jpg\" alt=\"A\"></figure><!-- /wp:image --><figcaption>All</figcaption></figure><!-- /wp:gallery -->",
        "<figure><img src=\"a.jpg\" alt=\"A\"></figure><p>All</p>",
    ),
    (
        "<!-- wp:gallery --><ul class=\"wp-block-gallery\"><li class=\"blocks-gallery-item\"><figure><img src=\"a.jpg\" alt=\"A\"></figure></li></ul><!-- /wp:gallery -->",
        "<figure><img src=\"a.jpg\" alt=\"A\"></figure>",
    ),
    (
        "<!-- wp:media-text --><div class=\"wp-block-media-text\"><figure><img src=\"a.jpg\" alt=\"A\"></figure><div><p>Text</p></div></div><!-- /wp:media-text -->",
        "<figure><img src=\"a.jpg\" alt=\"A\"></figure><p>Text</p>",
    ),
    (
        "<!-- wp:file --><div class=\"wp-block-file\"><a href=\"r.pdf\">Report</a><a href=\"r.pdf\" class=\"wp-block-file__button\" download>Download</a></div><!-- /wp:file -->",
        "<p><a href=\"r.pdf\">Report</a></p>",
    ),
    (
        "<!-- wp:audio --><figure class=\"wp-block-audio\"><audio controls src=\"t.mp3\"></audio><figcaption>Talk</figcaption></figure><!-- /wp:audio -->",
        "<figure><audio controls=\"\" src=\"t.mp3\"></audio><figcaption>Talk</figcaption></figure>",
    ),
    (
        "<!-- wp:cover --><div class=\"wp-block-cover\" style=\"background-image:url(c.jpg)\"><p>Over it</p></div><!-- /wp:cover -->",
        "<p><img src=\"c.jpg\" alt=\"\"></p><p>Over it</p>",
    ),
    (
        "<!-- wp:columns --><div class=\"wp-block-columns\"><!-- wp:column --><div class=\"wp-block-column\"><p>L</p></div><!-- /wp:column --></div><!-- /wp:columns -->",
        "<p>L</p>",
    ),
    (
        "<!-- wp:buttons --><div class=\"wp-block-buttons\"><!-- wp:button --><div class=\"wp-block-button\"><a class=\"wp-block-button__link\" href=\"/x\">Go</a></div><!-- /wp:button --></div><!-- /wp:buttons -->",
        "<p><a href=\"/x\">Go</a></p>",
    ),
    (
        "<!-- wp:details --><details class=\"wp-block-details\"><summary>More</summary><p>Text</p></details><!-- /wp:details -->",
        "<details><summary>More</summary><p>Text</p></details>",
    ),
    ("<!-- wp:html --><p>Raw</p><!-- /wp:html -->", "<p>Raw</p>"),
    (
        "<!-- wp:embed {\"url\":\"https://v.example/1\"} --><figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\nhttps://v.example/1\n</div><figcaption>Film</figcaption></figure><!-- /wp:embed -->",
        "<p><a href=\"https://v.example/1\">https://v.example/1</a></p><p>Film</p>",
    ),
    (
        "<!-- wp:core-embed/vimeo {\"url\":\"https://v.example/2\"} /-->",
        "<p><a href=\"https://v.example/2\">https://v.example/2</a></p>",
    ),
    (
        "<!-- wp:separator --><hr class=\"wp-block-separator\"/><!-- /wp:separator -->",
        "<hr>",
    ),
    (
        "<!-- wp:spacer --><div style=\"height:9px\"></div><!-- /wp:spacer --><p>A</p>",
        "<p>A</p>",
    ),
    (
        "<!-- wp:shortcode -->[gallery ids=\"12\"]<!-- /wp:shortcode -->",
        "<figure><img src=\"https://news.example/files/square.png\" alt=\"Alt 12\" data-attachment=\"12\"></figure>",
    ),
    ("<!-- wp:block {\"ref\":1} /-->", "<p>Shared words.</p>"),
    ("<!-- wp:block {\"ref\":2} /-->", "<p>Round</p>"),
    (
        "<p>A<sup data-fn=\"f-1\" class=\"fn\"><a href=\"#f-1\" id=\"f-1-link\">1</a></sup></p><!-- wp:footnotes /-->",
        "<p>A<sup><a href=\"#f-1\" id=\"f-1-link\">1</a></sup></p><ol><li id=\"f-1\">See the <em>minutes</em>.</li></ol>",
    ),
    (
        "<p>A<sup data-fn=\"f-1\"><a href=\"#f-1\">1</a></sup></p>",
        "<p>A<sup><a href=\"#f-1\">1</a></sup></p><ol><li id=\"f-1\">See the <em>minutes</em>.</li></ol>",
    ),
    (
        "Free\ntext<!-- wp:paragraph --><p>B</p><!-- /wp:paragraph -->",
        "<p>Free<br>\ntext</p><p>B</p>",
    ),
    ("<!-- wp:freeform -->One\n\nTwo<!-- /wp:freeform -->", "<p>One</p><p>Two</p>"),
    ("<!-- wp:paragraph --><p>Never ended</p>", "<p>Never ended</p>"),
    (
        "<!-- /wp:paragraph --><p>A</p><!-- wp:heading --><h2>B</h2><!-- /wp:heading -->",
        "<p>A</p><h2>B</h2>",
    ),
    (
        "<!-- wp:syntaxhighlighter/code {\"language\":\"php\"} --><pre class=\"wp-block-syntaxhighlighter-code\">echo 1;</pre><!-- /wp:syntaxhighlighter/code -->",
        "<pre><code class=\"language-php\">echo 1;</code></pre>",
    ),
    (
        "<!-- wp:nextpage --><!--nextpage--><!-- /wp:nextpage --><p>Second</p>",
        "<p id=\"page-2\">Second</p>",
    ),
];

#[test]
fn blocks_that_hold_nothing_go_or_give_their_text() {
    check(BLOCKS_THAT_HOLD_NOTHING_GO_OR_GIVE_THEIR_TEXT);
}

/// Cases of `blocks_that_hold_nothing_go_or_give_their_text`.
const BLOCKS_THAT_HOLD_NOTHING_GO_OR_GIVE_THEIR_TEXT: &[(&str, &str)] = &[
    ("<!-- wp:latest-posts /--><p>A</p>", "<p>A</p>"),
    (
        "<!-- wp:query --><div><h2>Posts</h2><!-- wp:post-title /-->\
         <!-- wp:query-no-results --><p>No posts.</p><!-- /wp:query-no-results --></div>\
         <!-- /wp:query --><p>A</p>",
        "<h2>Posts</h2><p>A</p>",
    ),
    ("<!-- wp:query --><p>Kept</p>", "<p>Kept</p>"),
    (
        "<!-- wp:plug/card {\"content\":\"Some \\u003cem\\u003ewords\\u003c/em\\u003e here\",\"color\":\"red\"} /-->",
        "<p>Some <em>words</em> here</p>",
    ),
    (
        "<!-- wp:plug/card {\"title\":\"Big news\",\"items\":[{\"text\":\"First thing\"}]} /-->",
        "<h3>Big news</h3><p>First thing</p>",
    ),
    (
        "<!-- wp:plug/card {\"id\":\"a1\",\"style\":\"margin:1px\"} /--><p>A</p>",
        "<p>A</p>",
    ),
    (
        "<!-- wp:jetpack/contact-form --><div><!-- wp:jetpack/field-name {\"label\":\"Your name\"} /--><p>Send</p></div><!-- /wp:jetpack/contact-form --><p>A</p>",
        "<p>A</p>",
    ),
    ("<!-- wp:block {\"ref\":9} /--><p>A</p>", "<p>A</p>"),
];

#[test]
fn captions_become_figures() {
    check(CAPTIONS_BECOME_FIGURES);
}

/// Cases of `captions_become_figures`.
const CAPTIONS_BECOME_FIGURES: &[(&str, &str)] = &[
    (
        "[caption id=\"attachment_11\" width=\"300\"]<a href=\"b\"><img class=\"wp-image-11\" src=\"m.jpg\" alt=\"M\" /></a> The crowd[/caption]",
        "<figure><a href=\"b\"><img src=\"m.jpg\" alt=\"M\" data-attachment=\"11\"></a><figcaption>The crowd</figcaption></figure>",
    ),
    (
        "[caption width=\"300\" caption=\"The crowd\"]<img src=\"m.jpg\" alt=\"M\" />[/caption]",
        "<figure><img src=\"m.jpg\" alt=\"M\"><figcaption>The crowd</figcaption></figure>",
    ),
    (
        "[wp_caption caption='It is <em>here</em>']<img src=\"m.jpg\" alt=\"\">[/wp_caption]",
        "<figure><img src=\"m.jpg\" alt=\"\"><figcaption>It is <em>here</em></figcaption></figure>",
    ),
    (
        "[caption]<img src=\"m.jpg\" alt=\"M\" />\nOne\ntwo[/caption]\n\nAfter",
        "<figure><img src=\"m.jpg\" alt=\"M\"><figcaption>One<br>\ntwo</figcaption></figure><p>After</p>",
    ),
    (
        "Before [caption id=”a” caption=”Curly words”]<img src=\"m.jpg\" alt=\"M\">[/caption]",
        "<p>Before </p><figure><img src=\"m.jpg\" alt=\"M\"><figcaption>Curly words</figcaption></figure>",
    ),
    (
        "[caption caption=&quot;Quoted words&quot;]<img src=\"m.jpg\" alt=\"M\">[/caption]",
        "<figure><img src=\"m.jpg\" alt=\"M\"><figcaption>Quoted words</figcaption></figure>",
    ),
    (
        "[caption id=\"a\"]<img src=\"m.jpg\" alt=\"M\">",
        "<p><img src=\"m.jpg\" alt=\"M\"></p>",
    ),
    ("[[caption]words[/caption]]", "<p>[caption]words[/caption]</p>"),
    (
        "<a title=\"[caption]\" href=\"b\">x</a>",
        "<p><a title=\"[caption]\" href=\"b\">x</a></p>",
    ),
    ("Text [caption] text", "<p>Text [caption] text</p>"),
    (
        "[caption caption=\"with <a href=\"c\">link</a>\"]<img src=\"m.jpg\" alt=\"M\">[/caption]",
        "<figure><img src=\"m.jpg\" alt=\"M\"><figcaption>with <a href=\"c\">link</a></figcaption></figure>",
    ),
];

#[test]
fn galleries_show_their_pictures() {
    check(GALLERIES_SHOW_THEIR_PICTURES);
}

/// Cases of `galleries_show_their_pictures`.
const GALLERIES_SHOW_THEIR_PICTURES: &[(&str, &str)] = &[
    (
        "[gallery]",
        "<figure><img src=\"https://news.example/files/square.png\" alt=\"Alt 12\" data-attachment=\"12\"></figure><figure><img src=\"https://news.example/files/march.jpg\" alt=\"Alt 11\" data-attachment=\"11\"><figcaption>The <em>march</em></figcaption></figure>",
    ),
    (
        "[gallery ids=\"11,12\"]",
        "<figure><img src=\"https://news.example/files/march.jpg\" alt=\"Alt 11\" data-attachment=\"11\"><figcaption>The <em>march</em></figcaption></figure><figure><img src=\"https://news.example/files/square.png\" alt=\"Alt 12\" data-attachment=\"12\"></figure>",
    ),
    (
        "[gallery include=\"12\" columns=\"2\"]",
        "<figure><img src=\"https://news.example/files/square.png\" alt=\"Alt 12\" data-attachment=\"12\"></figure>",
    ),
    (
        "[gallery exclude=\"12\"]",
        "<figure><img src=\"https://news.example/files/march.jpg\" alt=\"Alt 11\" data-attachment=\"11\"><figcaption>The <em>march</em></figcaption></figure>",
    ),
    (
        "[gallery orderby=\"title\" order=\"DESC\"]",
        "<figure><img src=\"https://news.example/files/square.png\" alt=\"Alt 12\" data-attachment=\"12\"></figure><figure><img src=\"https://news.example/files/march.jpg\" alt=\"Alt 11\" data-attachment=\"11\"><figcaption>The <em>march</em></figcaption></figure>",
    ),
    (
        "[gallery ids=\"11,99\"]",
        "<figure><img src=\"https://news.example/files/march.jpg\" alt=\"Alt 11\" data-attachment=\"11\"><figcaption>The <em>march</em></figcaption></figure>",
    ),
    ("[gallery id=\"8\"]", ""),
    (
        "[gallery ids=”12″]",
        "<figure><img src=\"https://news.example/files/square.png\" alt=\"Alt 12\" data-attachment=\"12\"></figure>",
    ),
    (
        "[playlist]",
        "<figure><audio controls=\"\" src=\"https://news.example/files/talk.mp3\"></audio><figcaption>Title 14</figcaption></figure>",
    ),
    ("[playlist ids=\"99\"]", ""),
    ("[[gallery]]", "<p>[gallery]</p>"),
    (
        "One [gallery ids=12] two",
        "<p>One \n</p><figure><img src=\"https://news.example/files/square.png\" alt=\"Alt 12\" data-attachment=\"12\"></figure><p>two</p>",
    ),
];

#[test]
fn recordings_and_sites_become_players_and_links() {
    check(RECORDINGS_AND_SITES_BECOME_PLAYERS_AND_LINKS);
}

/// Cases of `recordings_and_sites_become_players_and_links`.
const RECORDINGS_AND_SITES_BECOME_PLAYERS_AND_LINKS: &[(&str, &str)] = &[
    (
        "[audio src=\"https://a.example/t.mp3\"]",
        "<p><audio controls=\"\" src=\"https://a.example/t.mp3\"></audio></p>",
    ),
    (
        "[audio https://a.example/t.mp3|titles=Talk]",
        "<p><audio controls=\"\" src=\"https://a.example/t.mp3\"></audio></p>",
    ),
    (
        "[audio mp3=\"t.mp3\"][/audio]",
        "<p><audio controls=\"\" src=\"t.mp3\"></audio></p>",
    ),
    (
        "[audio]",
        "<p><audio controls=\"\" src=\"https://news.example/files/talk.mp3\"></audio></p>",
    ),
    (
        "[video width=\"640\" mp4=\"f.mp4\"][/video]",
        "<p><video controls=\"\" src=\"f.mp4\"></video></p>",
    ),
    (
        "[video src=\"https://v.example/old.wmv\"]",
        "<p><a href=\"https://v.example/old.wmv\">https://v.example/old.wmv</a></p>",
    ),
    ("Watch [video] now", "<p>Watch [video] now</p>"),
    (
        "[youtube=http://www.youtube.com/watch?v=abcDEF12345&w=320&h=240]",
        "<p><a href=\"https://www.youtube.com/watch?v=abcDEF12345\">https://www.youtube.com/watch?v=abcDEF12345</a></p>",
    ),
    (
        "[youtube]abcDEF12345[/youtube]",
        "<p><a href=\"https://www.youtube.com/watch?v=abcDEF12345\">https://www.youtube.com/watch?v=abcDEF12345</a></p>",
    ),
    (
        "[youtube https://youtu.be/abcDEF12345]",
        "<p><a href=\"https://www.youtube.com/watch?v=abcDEF12345\">https://www.youtube.com/watch?v=abcDEF12345</a></p>",
    ),
    (
        "[youtube id=\"abcDEF12345\"]",
        "<p><a href=\"https://www.youtube.com/watch?v=abcDEF12345\">https://www.youtube.com/watch?v=abcDEF12345</a></p>",
    ),
    (
        "[vimeo 12345]",
        "<p><a href=\"https://vimeo.com/12345\">https://vimeo.com/12345</a></p>",
    ),
    (
        "[vimeo http://vimeo.com/12345]",
        "<p><a href=\"http://vimeo.com/12345\">http://vimeo.com/12345</a></p>",
    ),
    (
        "[dailymotion id=x1y2z]",
        "<p><a href=\"https://www.dailymotion.com/video/x1y2z\">https://www.dailymotion.com/video/x1y2z</a></p>",
    ),
    (
        "[soundcloud url=\"https://api.soundcloud.com/tracks/1\" params=\"a=b\"]",
        "<p><a href=\"https://api.soundcloud.com/tracks/1\">https://api.soundcloud.com/tracks/1</a></p>",
    ),
    (
        "[slideshare id=5342235&doc=camp-1&w=640]",
        "<p><a href=\"https://www.slideshare.net/slideshow/embed_code/5342235\">https://www.slideshare.net/slideshow/embed_code/5342235</a></p>",
    ),
    (
        "[googlemaps https://maps.example/?q=a&amp;z=1]",
        "<p><a href=\"https://maps.example/?q=a&z=1\">https://maps.example/?q=a&z=1</a></p>",
    ),
    (
        "[ted id=55]",
        "<p><a href=\"https://www.ted.com/talks/55\">https://www.ted.com/talks/55</a></p>",
    ),
    (
        "[wpvideo aBcDe]",
        "<p><a href=\"https://videopress.com/v/aBcDe\">https://videopress.com/v/aBcDe</a></p>",
    ),
    (
        "[tweet https://twitter.com/a/status/1]",
        "<p><a href=\"https://twitter.com/a/status/1\">https://twitter.com/a/status/1</a></p>",
    ),
    (
        "[instagram url=https://instagram.example/p/1]",
        "<p><a href=\"https://instagram.example/p/1\">https://instagram.example/p/1</a></p>",
    ),
    (
        "[gist]https://gist.github.com/a/1[/gist]",
        "<p><a href=\"https://gist.github.com/a/1\">https://gist.github.com/a/1</a></p>",
    ),
    (
        "[scribd id=9 key=k]",
        "<p><a href=\"https://www.scribd.com/doc/9\">https://www.scribd.com/doc/9</a></p>",
    ),
    (
        "[spotify spotify:track:abc]",
        "<p><a href=\"https://open.spotify.com/track/abc\">https://open.spotify.com/track/abc</a></p>",
    ),
    (
        "[bandcamp album=77]",
        "<p><a href=\"https://bandcamp.com/EmbeddedPlayer/album=77\">https://bandcamp.com/EmbeddedPlayer/album=77</a></p>",
    ),
    ("[polldaddy poll=5]", "<p><a href=\"https://poll.fm/5\">https://poll.fm/5</a></p>"),
    (
        "[embed width=\"5\"]https://v.example/1[/embed]",
        "<p><a href=\"https://v.example/1\">https://v.example/1</a></p>",
    ),
    ("[embed]just words[/embed]", "<p>just words</p>"),
    (
        "[iframe src=\"https://m.example/\"]",
        "<p><a href=\"https://m.example/\">https://m.example/</a></p>",
    ),
];

#[test]
fn code_stays_as_it_is() {
    check(CODE_STAYS_AS_IT_IS);
}

/// Cases of `code_stays_as_it_is`.
const CODE_STAYS_AS_IT_IS: &[(&str, &str)] = &[
    (
        "[sourcecode language=\"php\"]\n<?php echo \"<b>\";\n\n?>\n[/sourcecode]",
        "<pre><code class=\"language-php\"><?php echo \"<b>\";\n?></code></pre>",
    ),
    (
        "[code lang=\"js\"]a &amp;&amp; b &lt; c[/code]",
        "<pre><code class=\"language-js\">a && b < c</code></pre>",
    ),
    (
        "[python]\nprint [gallery]\n[/python]",
        "<pre><code class=\"language-python\">print [gallery]</code></pre>",
    ),
    ("Use [code]x[/code] here", "<p>Use <code>x</code> here</p>"),
    ("[code]never ended", "<p>[code]never ended</p>"),
    ("[[code]]", "<p>[[code]]</p>"),
    ("[highlight]bright[/highlight]", "<p>bright</p>"),
    (
        "<pre class=\"brush: ruby\">a\n\nb</pre>",
        "<pre><code class=\"language-ruby\">a\nb</code></pre>",
    ),
    (
        "<pre><code class=\"language-css x\">a</code></pre>",
        "<pre><code class=\"language-css\">a</code></pre>",
    ),
    (
        "[cc lang=\"bash\"]ls &copy;[/cc]",
        "<pre><code class=\"language-bash\">ls &copy;</code></pre>",
    ),
];

#[test]
fn other_shortcodes_give_their_text() {
    check(OTHER_SHORTCODES_GIVE_THEIR_TEXT);
}

/// Cases of `other_shortcodes_give_their_text`.
const OTHER_SHORTCODES_GIVE_THEIR_TEXT: &[(&str, &str)] = &[
    ("[contact-form-7 id=\"1\"]Text", "<p>Text</p>"),
    ("[contact-form]<p>Name</p>[/contact-form]\n\nA", "<p>A</p>"),
    ("[vc_row][vc_column width=\"1/2\"]Inside[/vc_column][/vc_row]", "<p>Inside</p>"),
    ("[et_pb_text admin_label=\"Text\"]<p>Inside</p>[/et_pb_text]", "<p>Inside</p>"),
    ("[vc_custom_heading text=\"Big words\"]", "<h3>Big words</h3>"),
    (
        "[et_pb_image src=\"https://i.example/a.png\" alt=\"A\"]",
        "<figure><img src=\"https://i.example/a.png\" alt=\"A\"></figure>",
    ),
    ("[one_half]L[/one_half][one_half_last]R[/one_half_last]", "<p>LR</p>"),
    ("[dropcap]T[/dropcap]he", "<p>The</p>"),
    (
        "[pullquote author=\"Ana\"]Words[/pullquote]",
        "<blockquote><p><cite>Ana</cite>\nWords</p></blockquote>",
    ),
    ("[button link=\"/x\"]Go[/button]", "<p><a href=\"/x\">Go</a></p>"),
    (
        "[tabs][tab title=\"First part\"]Text[/tab][/tabs]",
        "<h3>First part</h3><p>Text</p>",
    ),
    ("[toc]Text", "<p>Text</p>"),
    ("[divider style=\"a\"]", "<hr>"),
    ("A[ref]See there[/ref].", "<p>A (See there).</p>"),
    ("[private]Secret[/private]Open", "<p>Open</p>"),
    ("[table id=3 /]Text", "<p>Text</p>"),
];

#[test]
fn brackets_of_editors_are_text() {
    check(BRACKETS_OF_EDITORS_ARE_TEXT);
}

/// Cases of `brackets_of_editors_are_text`.
const BRACKETS_OF_EDITORS_ARE_TEXT: &[(&str, &str)] = &[
    ("[note that he left] [Note: gone]", "<p>[note that he left] [Note: gone]</p>"),
    (
        "[video no longer available] [audio removed]",
        "<p>[video no longer available] [audio removed]</p>",
    ),
    ("[clear the hall] [gallery of names]", "<p>[clear the hall] [gallery of names]</p>"),
    ("[link broken] [table omitted]", "<p>[link broken] [table omitted]</p>"),
    ("[vimeo link] [twitter feed]", "<p>[vimeo link] [twitter feed]</p>"),
    (
        "[member of the council] [quote from Ana]",
        "<p>[member of the council] [quote from Ana]</p>",
    ),
    ("[Gallery] [CAPTION a=\"b\"]", "<p>[Gallery] [CAPTION a=\"b\"]</p>"),
    ("He [sic] said", "<p>He [sic] said</p>"),
    ("[here] [the] [done] [this]", "<p>[here] [the] [done] [this]</p>"),
    ("[…] [1] [ ]", "<p>[…] [1] [ ]</p>"),
    ("[quote] [video] [highlight]", "<p>[quote] [video] [highlight]</p>"),
    ("[Editor's note: gone]", "<p>[Editor's note: gone]</p>"),
    ("[unknown a=\"b\"]", "<p>[unknown a=\"b\"]</p>"),
    ("[spot]inside[/spot]", "<p>[spot]inside[/spot]</p>"),
    ("[a [b [c", "<p>[a [b [c</p>"),
    ("[/end]", "<p>[/end]</p>"),
];

#[test]
fn frames_and_addresses_become_links() {
    check(FRAMES_AND_ADDRESSES_BECOME_LINKS);
}

/// Cases of `frames_and_addresses_become_links`.
const FRAMES_AND_ADDRESSES_BECOME_LINKS: &[(&str, &str)] = &[
    (
        "https://v.example/1",
        "<p><a href=\"https://v.example/1\">https://v.example/1</a></p>",
    ),
    (
        "One\nhttps://v.example/1\ntwo",
        "<p>One<br><a href=\"https://v.example/1\">https://v.example/1</a><br>\ntwo</p>",
    ),
    ("See https://v.example/1 now", "<p>See https://v.example/1 now</p>"),
    (
        "<iframe src=\"//v.example/e/1\" width=\"5\"></iframe>",
        "<p><a href=\"https://v.example/e/1\">https://v.example/e/1</a></p>",
    ),
    ("<iframe src=\"a\">No frames</iframe>", "<p><a href=\"a\">a</a>No frames</p>"),
    (
        "<object data=\"f.swf\"><param name=\"movie\" value=\"f.swf\"><embed src=\"f.swf\">No Flash</object>",
        "<p><a href=\"f.swf\">f.swf</a>No Flash</p>",
    ),
    (
        "<script src=\"https://gist.github.com/ana/12.js\"></script>",
        "<p><a href=\"https://gist.github.com/ana/12\">https://gist.github.com/ana/12</a></p>",
    ),
    ("<script>let a = 1;</script>Text", "<p>Text</p>"),
    ("<style>p{}</style>Text", "<p>Text</p>"),
    ("<noscript>None</noscript>Text", "<p>Text</p>"),
    (
        "<blockquote class=\"twitter-tweet\"><p lang=\"en\">Words</p>&mdash; Ana <a href=\"https://twitter.com/a/status/1\">May 1</a></blockquote><script async src=\"https://platform.twitter.com/widgets.js\"></script>",
        "<blockquote><p lang=\"en\">Words</p><p>— Ana <a href=\"https://twitter.com/a/status/1\">May 1</a></p></blockquote>",
    ),
    (
        "<blockquote class=\"instagram-media\" data-instgrm-permalink=\"https://i.example/p/1\">Words</blockquote>",
        "<blockquote><p>Words</p><p><a href=\"https://i.example/p/1\">https://i.example/p/1</a></p></blockquote>",
    ),
];

#[test]
fn dirt_is_cleaned() {
    check(DIRT_IS_CLEANED);
}

/// Cases of `dirt_is_cleaned`.
const DIRT_IS_CLEANED: &[(&str, &str)] = &[
    (
        "<p class=\"MsoNormal\" style=\"mso-x:1\">A<o:p></o:p> <st1:place>B</st1:place></p>",
        "<p>A B</p>",
    ),
    ("<span style=\"font-weight: bold\">A</span>", "<p><strong>A</strong></p>"),
    ("<span style=\"font-style:italic;color:red\">A</span>", "<p><em>A</em></p>"),
    ("<font color=\"red\">A</font>", "<p>A</p>"),
    ("<span lang=\"es\">A</span>", "<p><span lang=\"es\">A</span></p>"),
    ("<b style=\"font-weight:normal\">A</b>", "<p>A</p>"),
    ("<strong></strong>A", "<p>A</p>"),
    ("<a name=\"top\"></a>A", "<p><a id=\"top\"></a>A</p>"),
    ("<a href=\"javascript:x()\">A</a>", "<p>A</p>"),
    ("<img src=\"p.gif\" width=\"1\" height=\"1\">A", "<p>A</p>"),
    (
        "<img src=\"a.jpg\" class=\"wp-image-11 alignleft\" width=\"9\">",
        "<p><img src=\"a.jpg\" alt=\"Alt 11\" data-attachment=\"11\"></p>",
    ),
    (
        "<img src=\"data:x\" data-src=\"a.jpg\" alt=\"A\">",
        "<p><img src=\"a.jpg\" alt=\"A\"></p>",
    ),
    ("<img class=\"emoji\" alt=\"☺\" src=\"e.png\">", "<p>☺</p>"),
    ("A\u{200b}B\u{202e}C", "<p>ABC</p>"),
    ("<div><div>A</div>B</div>", "<p>A</p><p>B</p>"),
    ("<center>A</center><center>B</center>", "<p>A</p><p>B</p>"),
    ("<section><h2>A</h2>B</section>", "<h2>A</h2><p>B</p>"),
    ("<strike>A</strike><tt>B</tt>", "<p><s>A</s><code>B</code></p>"),
    (
        "<div class=\"wp-caption\"><img src=\"a.jpg\" alt=\"A\"><p class=\"wp-caption-text\">Cap</p></div>",
        "<figure><img src=\"a.jpg\" alt=\"A\"><figcaption>Cap</figcaption></figure>",
    ),
    (
        "<dl class=\"gallery-item\"><dt><img src=\"a.jpg\" alt=\"A\"></dt><dd>Cap</dd></dl>",
        "<figure><img src=\"a.jpg\" alt=\"A\"><figcaption>Cap</figcaption></figure>",
    ),
    ("<textarea>A <b>B</b></textarea>", "<p>A <b>B</b></p>"),
    (
        "<ol start=\"3\" class=\"x\"><li value=\"4\">A</li></ol>",
        "<ol start=\"3\"><li value=\"4\">A</li></ol>",
    ),
    (
        "<time datetime=\"2001-01-01\" class=\"x\">A</time>",
        "<p><time datetime=\"2001-01-01\">A</time></p>",
    ),
    ("<form><label>A</label><input></form>", "<p>A</p>"),
];

#[test]
fn teasers_and_pages_leave_anchors() {
    check(TEASERS_AND_PAGES_LEAVE_ANCHORS);
}

/// Cases of `teasers_and_pages_leave_anchors`.
const TEASERS_AND_PAGES_LEAVE_ANCHORS: &[(&str, &str)] = &[
    ("A\n\n<!--more-->\n\nB", "<p>A</p><p>B</p>"),
    ("A<!--more Read on-->B", "<p>AB</p>"),
    (
        "A\n<!--nextpage-->\nB\n<!--nextpage-->\nC",
        "<p>A</p><p id=\"page-2\">B</p><p id=\"page-3\">C</p>",
    ),
    ("A<!-- note -->B", "<p>AB</p>"),
];

#[test]
fn paragraphs_are_those_of_wordpress() {
    let facts = include_str!("../../../../tests/import/autop.json");
    let facts: Vec<[String; 2]> =
        crate::json::from_value(crate::json::parse(facts).unwrap()).unwrap();
    assert!(facts.len() > 120);
    for [raw, expected] in facts {
        assert_eq!(autop(&raw), expected, "{raw:?}");
    }
}

#[test]
fn notes_say_what_an_editor_should_know() {
    let cases: &[(&str, About, &str)] = &[
        (
            "[foo a=\"b\"] [foo c=\"d\"]",
            About::Shortcode,
            "the shortcode [foo] is unknown and stays as text",
        ),
        (
            "<!-- wp:rss /--><!-- wp:rss /-->",
            About::Block,
            "the block rss is made anew by each page and is left out",
        ),
        (
            "[gallery ids=\"98,11,99\"]",
            About::Media,
            "the gallery [gallery] shows attachments that are not in the export: 98, 99",
        ),
        (
            "<!-- wp:block {\"ref\":5} /-->",
            About::Loss,
            "the shared block 5 is not in the export",
        ),
        ("a\u{200b}b", About::Encoding, "1 hidden characters were taken out"),
        (
            "It was cafÃ© time",
            About::Encoding,
            "1 characters look wrongly encoded, first \"Ã©\"",
        ),
        (
            "[members]x[/members]",
            About::Loss,
            "the shortcode [members] holds what only members could read and is left out",
        ),
        (
            "<!-- wp:kadence/row --><p>A</p><!-- /wp:kadence/row -->",
            About::Block,
            "the block kadence/row is not known; the text in it is kept",
        ),
    ];
    for (raw, about, text) in cases {
        let notes = converted(raw, &Choices::default()).notes;
        let told: Vec<_> =
            notes.iter().map(|note| (note.about, note.text.as_str())).collect();
        assert_eq!(told, [(*about, *text)], "{raw:?}");
    }
}

#[test]
fn each_gallery_without_pictures_is_noted() {
    let notes =
        converted("[gallery ids=\"99\"]\n\n[gallery ids=\"99\"]", &Choices::default())
            .notes;
    assert_eq!(notes.len(), 2);
}

#[test]
fn an_editor_may_choose_what_becomes_of_a_shortcode() {
    let raw = "A [foo]in[/foo] [gallery ids=\"12\"] B";
    let cases = [
        ("foo", Choice::Drop, "<p>A  [gal"),
        ("foo", Choice::Text, "<p>A in [gal"),
        ("foo", Choice::Keep, "<p>A [foo]in[/foo] [gal"),
    ];
    for (name, choice, expected) in cases {
        let shortcodes =
            BTreeMap::from([(name.to_owned(), choice), ("gallery".into(), Choice::Keep)]);
        let found = html(&converted(raw, &Choices { shortcodes }).nodes);
        assert!(found.starts_with(expected), "{found}");
        assert!(found.ends_with("[gallery ids=\"12\"] B</p>"), "{found}");
    }
    let shortcodes = BTreeMap::from([("code".to_owned(), Choice::Drop)]);
    let found = html(&converted("A [code]b[/code]", &Choices { shortcodes }).nodes);
    assert_eq!(found, "<p>A </p>");
}

#[test]
fn the_account_says_where_characters_went() {
    let raw = "Text<script>abc</script> [gallery ids=\"11\"] [youtube 123456]";
    let account = converted(raw, &Choices::default()).account;
    assert_eq!(account.dropped.get("script"), Some(&3));
    assert_eq!(account.dropped.get("shortcode [gallery]"), Some(&17));
    assert_eq!(account.dropped.get("shortcode [youtube]"), Some(&15));
    assert_eq!(account.added.get("caption of the attachment"), Some(&8));
    assert_eq!(account.added.get("address of an embed"), Some(&38));
    assert_eq!((account.read, account.body), (39, 0));
}

#[test]
fn what_stands_before_the_mark_is_the_summary() {
    let cases = [
        ("One\n\ntwo\n\n<!--more-->\n\nThree", true, Some("One two")),
        ("<!--more-->One", true, None),
        ("One", false, None),
        (
            "<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph --><!-- wp:more --><!--more--><!-- /wp:more --><p>B</p>",
            true,
            Some("One"),
        ),
    ];
    for (raw, more, summary) in cases {
        let found = converted(raw, &Choices::default());
        assert_eq!((found.more, found.summary.as_deref()), (more, summary), "{raw:?}");
    }
}

#[test]
fn languages_are_parted() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("[:en]Strike[:es]Huelga[:]", &[("en", "Strike"), ("es", "Huelga")]),
        (
            "<!--:en-->Strike<!--:--><!--:es-->Huelga<!--:-->",
            &[("en", "Strike"), ("es", "Huelga")],
        ),
        ("A: [:en]one[:fr]un[:] (2)", &[("en", "A: one (2)"), ("fr", "A: un (2)")]),
        ("{:pt-br}Greve{:}", &[("pt-br", "Greve")]),
        ("[:en]a[:]b[:en]c[:]", &[("en", "abc")]),
    ];
    for (text, expected) in cases {
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, text)| ((*name).into(), (*text).into()))
            .collect();
        assert_eq!(languages(text), Some(expected), "{text:?}");
    }
    for text in ["Strike", "[sic]", "[:)] a smile", "<!--more-->", "[:", "[:]", "{: a}"] {
        assert_eq!(languages(text), None, "{text:?}");
    }
}

#[test]
fn mojibake_is_mended_only_where_it_is() {
    let cases = [
        ("cafÃ©", Some("café")),
        ("itâ€™s", Some("it’s")),
        ("café Ã±", Some("café ñ")),
        ("â€œAâ€\u{9d}", Some("“A”")),
        ("café", None),
        ("plain", None),
        ("SÃO PAULO", None),
    ];
    for (text, expected) in cases {
        assert_eq!(mend_mojibake(text).as_deref(), expected, "{text:?}");
    }
}

#[test]
fn hostile_texts_take_no_longer_than_others() {
    let parts = [
        "[a ",
        "<p",
        "<!-- wp:a {",
        "<!--",
        "<div>",
        "<b>",
        "[caption]",
        "[[",
        "<a href=\"",
        "[code]",
    ];
    for part in parts {
        let raw = part.repeat(20_000);
        let shelf = shelf();
        let choices = Choices::default();
        let context =
            Context { post: 7, library: &shelf, footnotes: "", choices: &choices };
        let found = convert(&raw, &context);
        // With a step that is quadratic this takes minutes.
        let mut account = found.account;
        account.body += account::count(&dom::text_of(&found.nodes));
        assert_eq!(account.missing(), 0, "{part}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        drop(autop(&text));
        drop(languages(&text));
        drop(mend_mojibake(&text));
        let found = converted(&text, &Choices::default());
        prop_assert_eq!(found.account.body, 0);
    }
}

#[test]
fn marks_of_blocks_are_read_as_wordpress_reads_them() {
    use super::blocks::{Way, mark_at};
    type Read = (&'static str, &'static str, Way, usize);
    let cases: &[(&str, Option<Read>)] = &[
        ("<!-- wp:a -->x", Some(("core/a", "{}", Way::Opens, 13))),
        ("<!-- /wp:a -->", Some(("core/a", "{}", Way::Closes, 14))),
        ("<!-- wp:a /-->b", Some(("core/a", "{}", Way::Whole, 14))),
        ("<!-- /wp:a /-->", Some(("core/a", "{}", Way::Whole, 15))),
        ("<!-- wp:k/a-b_1 -->", Some(("k/a-b_1", "{}", Way::Opens, 19))),
        ("<!-- wp:a {\"x\":1} /-->", Some(("core/a", "{\"x\":1}", Way::Whole, 22))),
        ("<!-- wp:a {x:1} /-->", Some(("core/a", "{}", Way::Whole, 20))),
        (
            "<!-- wp:a {\"x\":\"-->\"} /-->b",
            Some(("core/a", "{\"x\":\"-->\"}", Way::Whole, 26)),
        ),
        ("<!--   wp:a\n{\"x\":\n2}\n/-->", Some(("core/a", "{\"x\":2}", Way::Whole, 25))),
        ("<!-- /wp:a {} -->", Some(("core/a", "{}", Way::Closes, 17))),
        ("<!-- wp:a {\"x\":1 /-->", None),
        ("<!-- wp:a {}/-->", None),
        ("<!-- wp:a{} /-->", None),
        ("<!--wp:a-->", None),
        ("<!-- wp:A -->", None),
        ("<!-- wp: -->", None),
        ("<!-- wp:a", None),
    ];
    for (text, expected) in cases {
        let found = mark_at(text, &mut false);
        let found = found.map(|(mark, length)| {
            let attributes = crate::json::Value::Object(mark.attributes).to_string();
            (mark.name, attributes, mark.way, length)
        });
        let expected = expected.map(|(name, attributes, way, length)| {
            (name.to_owned(), attributes.to_owned(), way, length)
        });
        assert_eq!(found, expected, "{text:?}");
    }
}
