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
fn pages_that_their_keys_hide_are_held() {
    for (keys, expected) in [
        ("password: secret", Some("password")),
        ("password: 1234", Some("password")),
        ("password: ''", None),
        ("password:", None),
        ("hidden: true", Some("hidden")),
        ("hidden: yes", Some("hidden")),
        ("hidden: false", None),
        ("status: hidden", Some("hidden")),
        ("status: Hidden", Some("hidden")),
        ("status: published", None),
        ("hidden: true\npassword: secret", Some("password")),
        ("draft: true\npassword: secret", Some("draft")),
    ] {
        let piece = with(keys);
        let held = expected.map(|why| Visibility::Held(why.to_owned()));
        assert_eq!(piece.visibility, held.unwrap_or(Visibility::Public), "{keys}");
        let said = format!("{:?}{:?}", piece.facts, piece.notes);
        assert!(!said.contains("secret") && !said.contains("1234"), "{keys}: {said}");
    }
}

#[test]
fn every_generator_holds_what_has_a_password() {
    for (settings, config, path) in [
        ("hugo.toml", "", "content/posts/a.md"),
        ("_config.yml", "", "_posts/2019-10-11-a.md"),
        (".eleventy.js", "", "posts/a.md"),
        ("config.toml", "base_url = 'https://example.org'\n[markdown]", "content/a.md"),
        ("_config.yml", "", "source/_posts/a.md"),
    ] {
        for (key, why) in [("password: x", "password"), ("hidden: true", "hidden")] {
            let page = format!("---\ntitle: A\ndate: 2019-10-11\n{key}\n---\nhi\n");
            let piece = one(&[(settings, config), (path, page.as_str())], path);
            let held = Visibility::Held(why.to_owned());
            assert_eq!(piece.visibility, held, "{path} {key}");
        }
    }
    let page = "+++\ntitle = 'A'\n[extra]\npassword = 'x'\n+++\nhi\n";
    let config = "base_url = 'https://example.org'\n[markdown]";
    let piece = one(&[("config.toml", config), ("content/a.md", page)], "content/a.md");
    assert_eq!(piece.visibility, Visibility::Held("password".to_owned()));
}

#[test]
fn how_to_reach_somebody_is_private() {
    for (keys, is_private) in [
        ("contact: Ana Reyes, 555-010-0199", true),
        ("contact: (555) 010 0199", true),
        ("contact: Ana Reyes <ana@example.org>", true),
        ("contact: 'Write to ana@example.org.'", true),
        ("press_contact: +1 555.010.0199", true),
        ("pressContact: 555-0100", true),
        ("tel: 5550100", true),
        ("contact: {name: Ana Reyes, number: 555-0100}", true),
        ("contacts: [Ana Reyes, 555-0100]", true),
        ("contact: {desk: [{line: 555-0100}]}", true),
        ("mobile-number: 555 0100", true),
        ("contact: Ana Reyes", false),
        ("contact: Room 12, since 2019", false),
        ("contact: 2019-10-11", false),
        ("isbn: 555-010-0199", false),
        ("telling: 555-0100", false),
    ] {
        let piece = with(keys);
        let said = format!("{:?}{:?}", piece.facts, piece.notes);
        let shows = said.contains("0100") || said.contains("0199") || said.contains('@');
        assert!(!(is_private && shows), "{keys}: {said}");
        let told = notes(&piece, About::Decision).join("\n").contains("private");
        assert_eq!(told, is_private, "{keys}: {said}");
    }
}

/// The original of a piece of Hugo with these keys, if it is asked for.
fn kept(keys: &str, keep_source: bool) -> Option<String> {
    let page = format!("---\ntitle: A\ndate: 2019-10-11\n{keys}\n---\nx");
    let files = [("hugo.toml", ""), ("content/posts/a.md", page.as_str())];
    let options = Options { keep_source, ..options() };
    let mut source =
        FolderSource::new("site", Box::new(memory(&files)), options).unwrap();
    let (_, bytes) = items(&mut source).into_iter().find_map(|item| match item {
        Item::Piece(piece) => piece.kept,
        _ => None,
    })?;
    Some(String::from_utf8(bytes).unwrap())
}

#[test]
fn the_original_is_kept_if_that_is_asked_and_nothing_private_is_in_it() {
    assert_eq!(kept("weight: 5", false), None);
    for (keys, is_kept) in [
        ("weight: 5", true),
        ("draft: true", true),
        // Words in a note do not decide.
        ("private: no\ntheme: e-mail", true),
        ("email: a@example.org", false),
        ("author: Ana <a@example.org>", false),
        ("author: {name: Ana, email: a@example.org}", false),
        ("authors: [{name: Ana, phone: 555-0100}]", false),
        ("contact: Ana, 555-0100", false),
        ("deep: {deeper: [{mail: a@example.org}]}", false),
        ("description: Write to a@example.org now.", false),
        ("password: secret", false),
        ("draft: true\nemail: a@example.org", false),
        ("draft: true\nauthor: Ana <a@example.org>", false),
    ] {
        let kept = kept(keys, true);
        assert_eq!(kept.is_some(), is_kept, "{keys}");
        assert!(kept.is_none_or(|text| text.contains(keys)), "{keys}");
    }
}
