//! Sites of Hugo. The addresses were compared with those of Hugo 0.168.

use super::*;
use crate::import::piece::Sort;

/// The settings.
const SETTINGS: &str = r#"
baseURL = "https://example.org/sub/"
defaultContentLanguage = "en"
timeZone = "America/New_York"
[languages.en]
weight = 1
[languages.es]
weight = 2
[permalinks]
news = "/:year/:month/:slug/"
op = "/o/:sections/:title/"
wire = "/:section/:slugorfilename"
opp = "/:2006/:Jan/:monthname/:weekday/:yearday/:filename/"
[taxonomies]
tag = "tags"
desk = "desks"
"#;

/// A page with a title, a date and more keys.
fn page(title: &str, more: &str) -> String {
    format!(
        "---\ntitle: \"{title}\"\ndate: 2019-10-11T09:30:00-04:00\n{more}\n---\nWords.\n"
    )
}

/// A site of these pages.
fn site(pages: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    let mut files = vec![("hugo.toml".to_owned(), SETTINGS.to_owned())];
    files.extend(
        pages
            .iter()
            .map(|(path, title, more)| (format!("content/{path}"), page(title, more))),
    );
    files
}

/// Borrows files.
fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

/// Pages, and where Hugo puts them.
const PLACES: &[(&str, &str, &str, &str)] = &[
    ("posts/Big Name_x.md", "Hello World", "", "/sub/posts/big-name_x/"),
    ("posts/a.es.md", "Hola", "", "/sub/es/posts/a/"),
    (
        "posts/a.md",
        "A",
        "aliases: [old, /older/, /o.html, ../up, \"./same/x\"]",
        "/sub/posts/a/ /sub/posts/old/ /sub/older/ /sub/o.html /sub/up/ /sub/posts/same/x/",
    ),
    ("posts/bundle/index.md", "Bu", "slug: \"My Slug! é\"", "/sub/posts/my-slug-é/"),
    ("posts/Sub/c.md", "C", "url: /x/y.html", "/sub/x/y.html"),
    ("posts/Sub/d.md", "C", "url: rel/y", "/sub/rel/y/"),
    ("posts/e.es.md", "C", "url: rel/z", "/sub/es/rel/z/"),
    (
        "posts/f.es.md",
        "C",
        "url: /root/z\naliases: [aa, /bb/]",
        "/sub/root/z/ /sub/root/aa/ /sub/es/bb/",
    ),
    (
        "news/t.md",
        "The Big: Story, é & more (2)",
        "",
        "/sub/2019/10/the-big-story-é-more-2/",
    ),
    ("news/s.md", "T", "slug: Sl-Ug", "/sub/2019/10/sl-ug/"),
    ("op/x/y/z.md", "It's “Quoted” 50% off", "", "/sub/o/op/x/y/its-quoted-50-off/"),
    ("wire/w.md", "W", "", "/sub/wire/w/"),
    ("opp/2019-01-02-w.md", "W", "", "/sub/2019/oct/october/5/284/2019-01-02-w/"),
    ("posts/2019-01-02-w.md", "W", "", "/sub/posts/2019-01-02-w/"),
    ("posts/ünï C++ #1 a.b.md", "W", "", "/sub/posts/ünï-c++-#1-a.b/"),
    ("about.md", "About", "", "/sub/about/"),
    ("Folder/_index.md", "F", "", "/sub/folder/"),
    ("posts/draft.md", "D", "draft: true", "[draft]"),
    ("posts/old.md", "D", "expiryDate: 2020-01-01", "[expired on 2020-01-01]"),
    ("posts/soon.md", "D", "publishDate: 2027-01-02", "[future: 2027-01-02]"),
    ("posts/never.md", "D", "build:\n  render: never", "[not rendered]"),
    ("posts/headless/index.md", "D", "headless: true", "[not rendered]"),
];

#[test]
fn pages_stood_where_hugo_puts_them() {
    let pages: Vec<_> =
        PLACES.iter().map(|(path, title, more, _)| (*path, *title, *more)).collect();
    let files = site(&pages);
    let places: Vec<_> = PLACES
        .iter()
        .map(|(path, .., place)| (format!("content/{path}"), *place))
        .collect();
    let places: Vec<_> =
        places.iter().map(|(path, place)| (path.as_str(), *place)).collect();
    check_places(&borrowed(&files), &places);
}

#[test]
fn addresses_may_end_in_html() {
    let files = [
        ("config.yaml", "baseURL: https://example.org/\nuglyURLs: true\n"),
        ("content/posts/a.md", "---\ntitle: A\n---\nx"),
        ("content/posts/_index.md", "---\ntitle: P\n---\nAll of them."),
    ];
    check_places(
        &files,
        &[
            ("content/posts/a.md", "/posts/a.html"),
            ("content/posts/_index.md", "/posts/"),
        ],
    );
}

#[test]
fn what_is_in_a_bundle_is_no_page() {
    let files = site(&[
        ("posts/b/index.md", "B", ""),
        ("posts/b/inner/i.md", "I", ""),
        ("posts/b/more.md", "M", ""),
    ]);
    let out = left_out(&borrowed(&files));
    for path in ["content/posts/b/inner/i.md", "content/posts/b/more.md"] {
        assert_eq!(
            out[path], "0:belongs to the page of its folder, and was no page",
            "{path}"
        );
    }
    assert_eq!(out["hugo.toml"], "0:is a part of Hugo's settings or theme");
}

#[test]
fn a_section_without_words_is_no_piece() {
    let files =
        [("hugo.toml", ""), ("content/posts/_index.md", "+++\ntitle = 'Posts'\n+++\n")];
    assert_eq!(
        left_out(&files)["content/posts/_index.md"],
        "0:is the list of a section, without a text of its own"
    );
}

#[test]
fn a_section_hands_keys_down() {
    let files = [
        (
            "hugo.toml",
            "baseURL = 'https://example.org'\n[[cascade]]\nrights = 'CC0'\n[cascade.target]\npath = '/posts/**'",
        ),
        (
            "content/posts/_index.md",
            "---\ntitle: P\ncascade:\n  author: Desk\n  draft: true\n---\n",
        ),
        ("content/posts/a.md", "---\ntitle: A\ndraft: false\n---\nx"),
        ("content/posts/b.md", "---\ntitle: B\nauthor: Own Name\n---\nx"),
        ("content/other/c.md", "---\ntitle: C\n---\nx"),
    ];
    let pieces = pieces(&files);
    assert_eq!(pieces["content/posts/a.md"].facts.byline, ["Desk"]);
    assert_eq!(pieces["content/posts/a.md"].facts.rights.as_deref(), Some("CC0"));
    assert_eq!(pieces["content/posts/a.md"].visibility, Visibility::Public);
    assert_eq!(pieces["content/posts/b.md"].facts.byline, ["Own Name"]);
    assert_eq!(
        pieces["content/posts/b.md"].visibility,
        Visibility::Held("draft".to_owned())
    );
    assert_eq!(pieces["content/other/c.md"].facts.rights, None);
}

#[test]
fn translations_know_their_original() {
    let files = site(&[
        ("posts/a.md", "A", ""),
        ("posts/a.es.md", "Á", ""),
        ("posts/b.es.md", "B", ""),
    ]);
    let pieces = pieces(&borrowed(&files));
    let spanish = &pieces["content/posts/a.es.md"];
    assert_eq!(spanish.facts.translation_of.as_deref(), Some("content/posts/a.md"));
    assert_eq!(spanish.facts.language.as_deref(), Some("es"));
    assert_eq!(pieces["content/posts/a.md"].facts.translation_of, None);
    assert_eq!(pieces["content/posts/b.es.md"].facts.translation_of, None);
}

#[test]
fn a_language_may_have_a_folder() {
    let files = [
        (
            "hugo.toml",
            "baseURL='https://example.org'\n[languages.en]\ncontentDir='content/en'\n[languages.es]\ncontentDir='content/es'",
        ),
        ("content/en/posts/a.md", "---\ntitle: A\n---\nx"),
        ("content/es/posts/a.md", "---\ntitle: A\n---\nx"),
    ];
    check_places(
        &files,
        &[
            ("content/en/posts/a.md", "/posts/a/"),
            ("content/es/posts/a.md", "/es/posts/a/"),
        ],
    );
    assert_eq!(
        one(&files, "content/es/posts/a.md").facts.translation_of.as_deref(),
        Some("content/en/posts/a.md")
    );
}

#[test]
fn names_of_every_taxonomy_are_kept_with_their_domain() {
    let files = site(&[("posts/a.md", "A", "tags: [2019, yes, Left Turn]\ndesks: City")]);
    let piece = one(&borrowed(&files), "content/posts/a.md");
    let terms: Vec<_> = piece
        .terms
        .iter()
        .map(|term| (term.domain.as_str(), term.name.as_str(), term.slug.as_str()))
        .collect();
    assert_eq!(
        terms,
        [
            ("tags", "2019", "2019"),
            ("tags", "yes", "yes"),
            ("tags", "Left Turn", "left-turn"),
            ("desks", "City", "city")
        ]
    );
}

#[test]
fn pages_of_the_top_are_pages_and_those_of_sections_articles() {
    let files = site(&[
        ("about.md", "A", ""),
        ("posts/a.md", "A", ""),
        ("contact/index.md", "C", ""),
    ]);
    let pieces = pieces(&borrowed(&files));
    for (path, sort) in [
        ("about.md", Sort::Page),
        ("posts/a.md", Sort::Article),
        ("contact/index.md", Sort::Page),
    ] {
        assert_eq!(pieces[&format!("content/{path}")].sort, sort, "{path}");
    }
}

#[test]
fn a_date_may_be_in_the_name_of_the_file() {
    let files = [
        (
            "hugo.toml",
            "baseURL='https://example.org'\n[frontmatter]\ndate=[':filename', ':default']",
        ),
        ("content/posts/2019-10-11-march.md", "---\ntitle: A\n---\nx"),
    ];
    let piece = one(&files, "content/posts/2019-10-11-march.md");
    assert_eq!(piece.facts.date.unwrap().to_string(), "2019-10-11");
    assert_eq!(piece.facts.redirects, ["/posts/march/"]);
}

#[test]
fn files_beside_a_page_have_its_address() {
    let files = [
        ("hugo.toml", "baseURL='https://example.org/sub/'"),
        (
            "content/posts/b/index.md",
            "---\ntitle: B\nimage: a.jpg\n---\n![x](pics/b.jpg) ![y](/img/c.jpg)",
        ),
        ("content/posts/b/a.jpg", ""),
        ("content/posts/b/pics/b.jpg", ""),
        ("static/img/c.jpg", ""),
        ("static/unused.pdf", ""),
    ];
    let mut source = open(&files);
    let told = items(&mut source);
    let Some(Item::Piece(piece)) =
        told.into_iter().find(|item| matches!(item, Item::Piece(_)))
    else {
        panic!()
    };
    assert_eq!(
        piece.facts.image.as_ref().unwrap().src,
        "https://example.org/sub/posts/b/a.jpg"
    );
    assert_eq!(
        text(&piece),
        "![x](https://example.org/sub/posts/b/pics/b.jpg) ![y](https://example.org/sub/img/c.jpg)"
    );
    let assets: Vec<_> =
        source.files().into_iter().map(|own| (own.path, own.is_named)).collect();
    let expected = [
        ("content/posts/b/a.jpg", true),
        ("content/posts/b/pics/b.jpg", true),
        ("static/img/c.jpg", true),
        ("static/unused.pdf", false),
    ];
    assert_eq!(assets, expected.map(|(path, named)| (path.to_owned(), named)));
}
