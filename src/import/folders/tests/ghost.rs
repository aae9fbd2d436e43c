//! Exports of Ghost.

use super::*;
use crate::dom;
use crate::import::folders::ghost::{GhostSource, is_export};
use crate::import::piece::{Outline, Refused, Sort};
use crate::json::{self, Value, json};

/// An export of posts.
fn export(posts: &Value) -> Vec<u8> {
    let data = json!({
        "posts": posts,
        "tags": [
            {"id": "t1", "name": "City", "slug": "city"},
            {"id": "t2", "name": "#internal", "slug": "hash-internal"},
            {"id": "t3", "name": "March", "slug": "march"}
        ],
        "posts_tags": [
            {"post_id": "p", "tag_id": "t3", "sort_order": 2},
            {"post_id": "p", "tag_id": "t2", "sort_order": 1},
            {"post_id": "p", "tag_id": "t1", "sort_order": 0}
        ],
        "users": [
            {"id": "u1", "name": "Ana Reyes", "email": "ana@example.org", "slug": "ana"},
            {"id": "u2", "name": "Bo Li", "email": "bo@example.org"}
        ],
        "posts_authors": [
            {"post_id": "p", "author_id": "u2", "sort_order": 1},
            {"post_id": "p", "author_id": "u1", "sort_order": 0}
        ]
    });
    json!({"db": [{"meta": {"exported_on": 1, "version": "5.0.0"}, "data": data}]})
        .to_string()
        .into_bytes()
}

/// A post with more keys.
fn post(more: &Value) -> Value {
    let mut post = json!({
        "id": "p", "uuid": "u-1", "title": "A", "slug": "a", "status": "published", "visibility": "public",
        "type": "post", "published_at": "2019-10-11T13:30:00.000Z", "html": "<p>Words.</p>"
    });
    for (key, value) in more.as_object().unwrap() {
        post[key] = value.clone();
    }
    post
}

/// The pieces of an export.
fn read(bytes: &[u8], address: Option<&str>) -> Result<Vec<Item>, Refused> {
    let mut source = GhostSource::new("export.json", bytes, address, now())?;
    let mut all = Vec::new();
    source.read(&mut |item| all.push(item))?;
    Ok(all)
}

/// The only piece of an export with one post.
fn piece(more: &Value) -> Piece {
    let items = read(&export(&json!([post(more)])), Some("https://example.org")).unwrap();
    match items.into_iter().next() {
        Some(Item::Piece(piece)) => *piece,
        other => panic!("{other:?}"),
    }
}

/// The tree of a piece as HTML without attributes but addresses.
fn html(piece: &Piece) -> String {
    fn push(nodes: &[dom::Node], out: &mut String) {
        for node in nodes {
            match node {
                dom::Node::Text(text) => out.push_str(text),
                dom::Node::Comment(text) => out.push_str(&format!("<!--{text}-->")),
                dom::Node::Element(own) => {
                    let address = own
                        .attribute("href")
                        .or(own.attribute("src"))
                        .map(|own| format!(" {own}"));
                    out.push_str(&format!(
                        "<{}{}>",
                        own.name,
                        address.unwrap_or_default()
                    ));
                    push(&own.children, out);
                    out.push_str(&format!("</{}>", own.name));
                }
            }
        }
    }
    let Body::Html(nodes) = &piece.body else { panic!() };
    let mut out = String::new();
    push(nodes, &mut out);
    out
}

#[test]
fn a_post_has_its_facts_and_no_addresses_of_people() {
    let piece = piece(&json!({
        "feature_image": "__GHOST_URL__/content/images/a.jpg", "feature_image_alt": "M",
        "feature_image_caption": "At <b>nine</b>", "custom_excerpt": "In short", "codeinjection_head": "<script>1</script>",
        "updated_at": "2019-10-12T00:00:00.000Z", "featured": 1, "email_subject": "x"
    }));
    let facts = &piece.facts;
    assert_eq!(facts.byline, ["Ana Reyes", "Bo Li"]);
    assert_eq!(facts.date.unwrap().to_string(), "2019-10-11T13:30:00Z");
    assert_eq!(facts.summary.as_deref(), Some("In short"));
    assert_eq!(facts.original_url.as_deref(), Some("https://example.org/a/"));
    assert_eq!(facts.redirects, ["/a/"]);
    let image = facts.image.as_ref().unwrap();
    assert_eq!(
        (image.src.as_str(), image.alt.as_str(), image.caption.as_deref()),
        ("https://example.org/content/images/a.jpg", "M", Some("At nine"))
    );
    let terms: Vec<_> = piece
        .terms
        .iter()
        .map(|term| format!("{}/{}/{}", term.domain, term.name, term.slug))
        .collect();
    assert_eq!(terms, ["primary_tag/City/city", "tag/March/march"]);
    assert_eq!(
        notes(&piece, About::Decision),
        ["0: the code that was injected (codeinjection_head) is left out"]
    );
    assert_eq!(Value::Object(facts.extra.clone()), json!({"featured": 1}));
    assert!(!format!("{piece:?}").contains('@'));
}

#[test]
fn what_not_everybody_could_read_is_held() {
    for (more, visibility) in [
        (json!({}), Visibility::Public),
        (json!({"status": "draft"}), Visibility::Held("draft".to_owned())),
        (json!({"status": "scheduled"}), Visibility::Held("scheduled".to_owned())),
        (json!({"status": "sent"}), Visibility::Held("sent by e-mail only".to_owned())),
        (
            json!({"visibility": "members"}),
            Visibility::Held("only for members".to_owned()),
        ),
        (json!({"visibility": "paid"}), Visibility::Held("only for paid".to_owned())),
        (json!({"visibility": "tiers"}), Visibility::Held("only for tiers".to_owned())),
        (
            json!({"published_at": "2030-01-01T00:00:00.000Z"}),
            Visibility::Held("future: 2030-01-01T00:00:00Z".to_owned()),
        ),
        (
            json!({"html": "<p>a</p><!--members-only--><p>b</p>"}),
            Visibility::Held("a part is only for members".to_owned()),
        ),
    ] {
        let piece = piece(&more);
        assert_eq!(piece.visibility, visibility, "{more}");
        assert_eq!(piece.facts.redirects.is_empty(), piece.facts.original_url.is_none());
    }
}

/// Checks what nodes of Lexical become.
fn check_lexical(cases: &[(Value, &str)]) {
    for (node, expected) in cases {
        let lexical = json!({"root": {"type": "root", "children": [node]}}).to_string();
        let piece = piece(&json!({"html": null, "lexical": lexical}));
        assert_eq!(html(&piece), *expected, "{node}");
        assert_eq!(
            piece.account.read,
            crate::import::account::count(&{
                let Body::Html(nodes) = &piece.body else { panic!() };
                dom::text_of(nodes)
            }) + piece.account.dropped.values().sum::<u64>()
        );
        assert_eq!(expected.is_empty(), notes(&piece, About::Block).len() == 1, "{node}");
    }
}

#[test]
fn texts_of_lexical_become_html() {
    let text = |text: &str, format: i64| json!({"type": "extended-text", "text": text, "format": format});
    check_lexical(&[
        (
            json!({"type": "paragraph", "children": [text("a", 0), text("b", 3), {"type": "linebreak"}, text("c", 16)]}),
            "<p>a<strong><em>b</em></strong><br></br><code>c</code></p>",
        ),
        (
            json!({"type": "extended-heading", "tag": "h3", "children": [text("H", 0)]}),
            "<h3>H</h3>",
        ),
        (
            json!({"type": "list", "listType": "number", "children": [{"type": "listitem", "children": [text("1", 0)]}]}),
            "<ol><li>1</li></ol>",
        ),
        (
            json!({"type": "paragraph", "children": [{"type": "link", "url": "__GHOST_URL__/b/", "children": [text("b", 0)]}]}),
            "<p><a https://example.org/b/>b</a></p>",
        ),
        (
            json!({"type": "extended-quote", "children": [text("q < r", 0)]}),
            "<blockquote>q < r</blockquote>",
        ),
    ]);
}

#[test]
fn cards_of_lexical_become_html() {
    check_lexical(&[
        (
            json!({"type": "image", "src": "a.jpg", "alt": "M", "caption": "At <b>nine</b>"}),
            "<figure><img a.jpg></img><figcaption>At <b>nine</b></figcaption></figure>",
        ),
        (
            json!({"type": "gallery", "images": [{"src": "a.jpg"}, {"src": "b.jpg"}]}),
            "<figure><img a.jpg></img><img b.jpg></img></figure>",
        ),
        (
            json!({"type": "bookmark", "url": "https://example.net", "metadata": {"title": "T"}}),
            "<figure><p><a https://example.net>T</a></p></figure>",
        ),
        (
            json!({"type": "embed", "url": "https://example.net/v", "html": "<iframe></iframe>"}),
            "<figure><p><a https://example.net/v>https://example.net/v</a></p></figure>",
        ),
        (json!({"type": "html", "html": "<p>raw</p>"}), "<p>raw</p>"),
        (
            json!({"type": "markdown", "markdown": "# H\n\n*a* [b](c) ![d](e)"}),
            "<h1>H</h1><p><em>a</em> <a c>b</a> <img e></img></p>",
        ),
        (
            json!({"type": "codeblock", "code": "a < b", "language": "js"}),
            "<figure><pre><code>a < b</code></pre></figure>",
        ),
        (
            json!({"type": "callout", "calloutText": "<b>x</b>", "calloutEmoji": "!"}),
            "<aside><p>! <b>x</b></p></aside>",
        ),
        (
            json!({"type": "toggle", "heading": "H", "content": "<p>c</p>"}),
            "<details><summary>H</summary><p>c</p></details>",
        ),
        (
            json!({"type": "button", "buttonText": "Go", "buttonUrl": "/x"}),
            "<p><a /x>Go</a></p>",
        ),
    ]);
}

#[test]
fn cards_of_files_and_banners_become_html_and_others_are_left_out() {
    check_lexical(&[
        (
            json!({"type": "audio", "src": "a.mp3", "title": "T"}),
            "<figure><audio a.mp3></audio><figcaption>T</figcaption></figure>",
        ),
        (
            json!({"type": "video", "src": "a.mp4", "caption": "C"}),
            "<figure><video a.mp4></video><figcaption>C</figcaption></figure>",
        ),
        (
            json!({"type": "file", "src": "a.pdf", "fileTitle": "T", "fileCaption": "C"}),
            "<p><a a.pdf>T</a> C</p>",
        ),
        (
            json!({"type": "header", "header": "H", "subheader": "S"}),
            "<h2>H</h2><p>S</p>",
        ),
        (json!({"type": "horizontalrule"}), "<hr></hr>"),
        (json!({"type": "strange", "x": "abc"}), ""),
        (json!({"type": "signup", "header": "Join"}), ""),
        (json!({"type": "email", "html": "<p>Hi</p>"}), ""),
    ]);
}

#[test]
fn sections_of_mobiledoc_become_html() {
    let mobiledoc = json!({
        "version": "0.3.1",
        "markups": [["strong"], ["a", ["href", "https://example.net"]]],
        "atoms": [["soft-return", "", {}]],
        "cards": [["image", {"src": "a.jpg", "caption": "C"}], ["hr", {}], ["card-markdown", {"markdown": "**m**"}]],
        "sections": [
            [1, "p", [[0, [], 0, "a "], [0, [0, 1], 1, "b"], [0, [], 1, " c"], [1, [], 0, 0], [0, [], 0, "d"]]],
            [1, "h2", [[0, [], 0, "H"]]],
            [3, "ul", [[[0, [], 0, "one"]], [[0, [], 0, "two"]]]],
            [10, 0], [10, 1], [10, 2], [10, 9]
        ]
    });
    let piece = piece(&json!({"html": "", "mobiledoc": mobiledoc.to_string()}));
    assert_eq!(
        html(&piece),
        "<p>a <strong><a https://example.net>b</a> c</strong><br></br>d</p><h2>H</h2><ul><li>one</li><li>two</li></ul><figure><img a.jpg></img><figcaption>C</figcaption></figure><hr></hr><p><strong>m</strong></p>"
    );
}

#[test]
fn pages_and_posts_of_every_version_are_told() {
    let posts = json!([post(&json!({})), post(&json!({"id": "q", "uuid": "u-2", "slug": "about", "type": "page"})), post(&json!({"id": 3, "uuid": null, "page": 1, "type": null})), {"id": "x", "status": "draft"}]);
    for bytes in [export(&posts), {
        let whole = export(&posts);
        let whole = json::parse(&String::from_utf8_lossy(&whole)).unwrap();
        whole["db"][0].to_string().into_bytes()
    }] {
        let mut source = GhostSource::new("e.json", &bytes, None, now()).unwrap();
        let mut outlines: Vec<Outline> = Vec::new();
        source.survey(&mut |outline| outlines.push(outline)).unwrap();
        let told: Vec<_> = outlines
            .iter()
            .map(|own| (own.key.as_str(), own.sort, own.addresses.join(" ")))
            .collect();
        assert_eq!(
            told,
            [
                ("post:u-1", Sort::Article, "source:///a/".to_owned()),
                ("page:u-2", Sort::Page, "source:///about/".to_owned()),
                ("page:3", Sort::Page, "source:///a/".to_owned()),
            ]
        );
        let items = read(&bytes, None).unwrap();
        assert_eq!(items.len(), 4);
        assert!(
            matches!(items.last(), Some(Item::Skipped(own)) if own.reason == "has neither a title nor a text")
        );
    }
}

#[test]
fn what_is_no_export_is_refused() {
    for bytes in [&b"x"[..], b"{}", b"[]", b"{\"posts\": []}"] {
        assert!(read(bytes, None).is_err(), "{bytes:?}");
        assert!(!is_export(bytes));
    }
    assert!(is_export(&export(&json!([]))));
}

#[test]
fn scripts_in_a_text_are_dropped() {
    for html in ["<p>Words.</p>", "<p>Words.</p><script>abc</script>", "<svg>a</svg>"] {
        let piece = piece(&json!({"html": html}));
        assert_eq!(missing(&piece), 0, "{html}: {:?}", piece.account);
    }
}
