//! Sites of Nikola. The addresses were compared with those of Nikola 8.3.3.

use super::*;
use crate::import::piece::Sort;

/// The settings.
const SETTINGS: &str = "BLOG_TITLE = 'X'\nSITE_URL = \"https://example.org/\"\nDEFAULT_LANG = \"en\"\nTRANSLATIONS = {\"es\": \"./es\",\n    DEFAULT_LANG: \"\",\n}\nPOSTS = (\n    (\"posts/*.rst\", \"posts\", \"post.tmpl\"),\n    (\"posts/*.md\", \"posts\", \"post.tmpl\"),\n)\nPAGES = (\n    (\"pages/*.md\", \"pages\", \"page.tmpl\"),\n)\n";

#[test]
fn pages_stood_where_nikola_puts_them() {
    for (path, page, place) in [
        (
            "posts/Hello.md",
            "<!--\n.. title: Hello\n.. slug: my-slug\n.. date: 2019-10-11 09:30:00 UTC-04:00\n.. tags: a, b\n.. category: News\n-->\n\nhi\n",
            "/posts/my-slug/",
        ),
        (
            "posts/noslug x.md",
            ".. title: Hello\n.. date: 2019-10-11 09:30:00\n\nhi\n",
            "/posts/noslug-x/",
        ),
        (
            "posts/yaml.md",
            "---\ntitle: Y\ndate: 2019-10-11\ntags: [a, b]\n---\nhi\n",
            "/posts/yaml/",
        ),
        (
            "posts/toml.md",
            "+++\ntitle = \"Y\"\nslug = \"Tö ml\"\ndate = \"2019-10-11\"\n+++\nhi\n",
            "/posts/Tö ml/",
        ),
        (
            "posts/sub/in.md",
            ".. title: In\n.. slug: in\n.. date: 2019-10-11\n.. pretty_url: False\n\nhi\n",
            "/posts/sub/in.html",
        ),
        (
            "posts/Hello.es.md",
            ".. title: Hola\n.. slug: hola\n.. date: 2019-10-11\n\nhi\n",
            "/es/posts/hola/",
        ),
        (
            "posts/priv.md",
            ".. title: P\n.. date: 2019-10-11\n.. status: private\n\nhi\n",
            "[private]",
        ),
        (
            "posts/fut.md",
            ".. title: P\n.. date: 2029-10-11\n\nhi\n",
            "[future: 2029-10-11]",
        ),
        (
            "posts/dr.md",
            ".. title: P\n.. date: 2019-10-11\n.. tags: draft\n\nhi\n",
            "[draft]",
        ),
        (
            "pages/about.md",
            ".. title: A\n.. slug: about\n.. date: 2019-10-11\n\nhi\n",
            "/pages/about/",
        ),
        (
            "pages/index.md",
            ".. title: A\n.. slug: index\n.. date: 2019-10-11\n\nhi\n",
            "/pages/",
        ),
    ] {
        check_places(&[("conf.py", SETTINGS), (path, page)], &[(path, place)]);
    }
}

#[test]
fn metadata_may_stand_in_a_file_of_its_own() {
    let files = [
        ("conf.py", SETTINGS),
        ("posts/two.md", "hi\n"),
        (
            "posts/two.meta",
            ".. title: Two\n.. slug: two-2\n.. date: 2019-10-11 09:30 UTC+02:00\n.. author: Ana Reyes\n",
        ),
        ("posts/old.rst", "x"),
        ("files/a.pdf", ""),
        ("images/b.jpg", ""),
        ("themes/x/a.css", ""),
        ("posts/pic.png", ""),
        ("pages/p.txt", "x"),
        ("listings/a.py", ""),
        ("pages/about.md", ".. title: A\n\nhi"),
        ("output/x.html", ""),
    ];
    let piece = one(&files, "posts/two.md");
    assert_eq!(piece.facts.title, "Two");
    assert_eq!(piece.facts.date.unwrap().to_string(), "2019-10-11T09:30+02:00");
    assert_eq!(piece.facts.redirects, ["/posts/two-2/"]);
    assert_eq!(one(&files, "pages/about.md").sort, Sort::Page);
    let mut source = open(&files);
    assert_eq!(items(&mut source).len() + source.files().len(), files.len());
    let named: Vec<_> = source
        .files()
        .into_iter()
        .map(|own| own.addresses.first().cloned().unwrap())
        .collect();
    assert_eq!(
        named,
        [
            "https://example.org/a.pdf",
            "https://example.org/images/b.jpg",
            "https://example.org/posts/pic.png"
        ]
    );
}

#[test]
fn shortcodes_and_links_are_read() {
    let page = ".. title: A\n.. date: 2019-10-11\n\n{{% youtube abc %}} {{% media url=https://example.net/v %}} {{% doc %}}two-2{{% /doc %}} [b](link://filename/posts/b.md) ![p](/images/b.jpg) {{% chart Bar %}}\n";
    let files = [
        ("conf.py", SETTINGS),
        ("posts/a.md", page),
        ("posts/b.md", ".. title: B\n.. slug: two-2\n.. date: 2019-10-11\n\nx"),
        ("images/b.jpg", ""),
    ];
    let piece = one(&files, "posts/a.md");
    assert_eq!(
        text(&piece),
        "<https://www.youtube.com/watch?v=abc> <https://example.net/v> [two-2](https://example.org/posts/two-2/) [b](https://example.org/posts/two-2/) ![p](https://example.org/images/b.jpg) {{% chart Bar %}}"
    );
    assert_eq!(
        notes(&piece, About::Shortcode),
        ["4: the tag {{% chart Bar %}} is unknown and stays as text"]
    );
}

#[test]
fn translations_know_their_original() {
    let files = [
        ("conf.py", SETTINGS),
        ("posts/a.es.md", ".. title: Á\n.. date: 2019-10-11\n\nx"),
        ("posts/a.md", ".. title: A\n.. date: 2019-10-11\n\nx"),
    ];
    assert_eq!(
        one(&files, "posts/a.es.md").facts.translation_of.as_deref(),
        Some("posts/a.md")
    );
    assert_eq!(one(&files, "posts/a.md").facts.translation_of, None);
}
