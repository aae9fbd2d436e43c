//! What the keys of front matter say.

use super::*;
use crate::json::{Value, json};

/// A piece of Hugo with these keys.
fn with(keys: &str) -> Piece {
    let page = format!("---\ntitle: A\ndate: 2019-10-11\n{keys}\n---\nx");
    let files = [
        ("hugo.toml", "baseURL = 'https://example.org'"),
        ("static/img/a.jpg", ""),
        ("content/posts/a.md", page.as_str()),
    ];
    one(&files, "content/posts/a.md")
}

#[test]
fn who_wrote_it_may_be_written_in_many_ways() {
    for (keys, names) in [
        ("author: Ana Reyes", vec!["Ana Reyes"]),
        ("authors: [Ana Reyes, Bo Li]", vec!["Ana Reyes", "Bo Li"]),
        ("author: {name: Ana Reyes, email: ana@example.org}", vec!["Ana Reyes"]),
        ("authors:\n- name: Ana Reyes\n  url: /x\n- Bo Li", vec!["Ana Reyes", "Bo Li"]),
        ("author: Ana Reyes <ana@example.org>", vec!["Ana Reyes"]),
        ("author: ana@example.org", vec![]),
        ("byline: By the Desk\nauthor: Bo Li", vec!["By the Desk", "Bo Li"]),
        ("author: ''", vec![]),
    ] {
        let piece = with(keys);
        assert_eq!(piece.facts.byline, names, "{keys}");
        assert!(
            !format!("{:?}{:?}", piece.facts, piece.notes).contains("@example.org"),
            "{keys}"
        );
    }
}

#[test]
fn the_lead_image_may_be_a_text_or_a_table() {
    for (keys, expected) in [
        ("image: /img/a.jpg", ["https://example.org/img/a.jpg", "", ""]),
        ("image: img/a.jpg", ["https://example.org/img/a.jpg", "", ""]),
        (
            "cover:\n  image: /img/a.jpg\n  alt: Marchers\n  caption: At nine",
            ["https://example.org/img/a.jpg", "Marchers", "At nine"],
        ),
        (
            "featured_image: /img/a.jpg\nfeatured_image_alt: Marchers\nfeatured_image_caption: At nine",
            ["https://example.org/img/a.jpg", "Marchers", "At nine"],
        ),
        (
            "image: /img/a.jpg\nimage_alt: Marchers",
            ["https://example.org/img/a.jpg", "Marchers", ""],
        ),
        ("images: [/img/a.jpg, /img/b.jpg]", ["https://example.org/img/a.jpg", "", ""]),
        (
            "header:\n  overlay_image: /img/a.jpg\n  caption: At nine",
            ["https://example.org/img/a.jpg", "", "At nine"],
        ),
        ("image: https://example.net/x.png", ["https://example.net/x.png", "", ""]),
    ] {
        let image = with(keys).facts.image.unwrap_or_else(|| panic!("{keys}"));
        assert_eq!(
            [
                image.src.as_str(),
                image.alt.as_str(),
                image.caption.as_deref().unwrap_or_default()
            ],
            expected,
            "{keys}"
        );
    }
    assert_eq!(with("image: true").facts.image, None);
}

#[test]
fn each_key_has_its_place() {
    let piece = with(
        "subtitle: Under\nkicker: Above\ndescription: In short\nlastmod: 2019-10-12\nlicense: CC0\nsource: The Herald\ncanonicalURL: https://example.net/first\nlang: en-US\ndateline: ATLANTA\ncredit: The Desk",
    );
    let facts = piece.facts;
    assert_eq!(facts.deck.as_deref(), Some("Under"));
    assert_eq!(facts.kicker.as_deref(), Some("Above"));
    assert_eq!(facts.summary.as_deref(), Some("In short"));
    assert_eq!(facts.updated.unwrap().to_string(), "2019-10-12");
    assert_eq!(facts.rights.as_deref(), Some("CC0"));
    assert_eq!(facts.publication.as_deref(), Some("The Herald"));
    assert_eq!(facts.original_url.as_deref(), Some("https://example.net/first"));
    assert_eq!(facts.language.as_deref(), Some("en-US"));
    assert_eq!(facts.dateline.as_deref(), Some("ATLANTA"));
    assert_eq!(facts.credit.as_deref(), Some("The Desk"));
    assert!(facts.extra.is_empty(), "{:?}", facts.extra);
}

#[test]
fn what_nobody_knows_goes_on_as_extra() {
    let piece = with(
        "weight: 5\nlayout: wide\nnested:\n  a: [1, two]\n  phone: 555-0100\ncontact_mail: a@example.org\nemail: b@example.org\ntwo: 'x'",
    );
    assert_eq!(
        Value::Object(piece.facts.extra.clone()),
        json!({"weight": 5, "nested": {"a": [1, "two"]}, "two": "x"})
    );
    let told = notes(&piece, About::Decision).join("\n");
    assert!(
        told.contains("`layout`")
            && told.contains("`phone`")
            && told.contains("`contact_mail`")
            && told.contains("`email`"),
        "{told}"
    );
    assert!(!told.contains("@example.org"));
}

#[test]
fn a_second_text_of_one_kind_is_not_lost() {
    let piece = with("description: One\nsummary: Two\nsubtitle: Three\ndeck: Four");
    assert_eq!(piece.facts.summary.as_deref(), Some("Two"));
    assert_eq!(piece.facts.deck.as_deref(), Some("Four"));
    assert_eq!(
        Value::Object(piece.facts.extra.clone()),
        json!({"description": "One", "subtitle": "Three"})
    );
}

#[test]
fn a_date_that_cannot_be_read_is_told_and_kept() {
    let files = [
        ("hugo.toml", ""),
        ("content/posts/a.md", "---\ntitle: A\ndate: some day\n---\nx"),
    ];
    let piece = one(&files, "content/posts/a.md");
    assert_eq!(piece.facts.date, None);
    assert_eq!(piece.facts.extra["date"], "some day");
    assert_eq!(
        notes(&piece, About::Date),
        ["0: the key `date` is no date that can be read: some day", "0: has no date"]
    );
}

#[test]
fn what_is_held_has_no_address_of_its_own() {
    let piece = with("draft: true");
    assert_eq!(piece.visibility, Visibility::Held("draft".to_owned()));
    assert_eq!(piece.origin.status, "draft");
    assert!(piece.facts.redirects.is_empty() && piece.facts.original_url.is_none());
}

#[test]
fn the_original_is_kept_unless_it_holds_what_is_private() {
    assert!(with("").kept.is_some());
    assert!(with("email: a@example.org").kept.is_none());
    assert!(with("author: Ana <a@example.org>").kept.is_none());
}
