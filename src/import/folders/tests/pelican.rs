//! Sites of Pelican. The addresses were compared with those of Pelican 4.12.

use super::*;
use crate::import::piece::Sort;

/// The settings.
const SETTINGS: &str = "AUTHOR = 'Desk'\nSITENAME = 'X'\nSITEURL = 'https://example.org'\nPATH = \"content\"\nTIMEZONE = 'America/New_York'\nDEFAULT_LANG = 'en'\nLINKS = (('a', 'b'),)\n";

#[test]
fn pages_stood_where_pelican_puts_them() {
    for (path, page, place) in [
        (
            "a.md",
            "Title: Hello, Wörld & \"More\" — it's C++\nDate: 2019-10-11 09:30\n\nhi\n",
            "/hello-world-more-its-c.html",
        ),
        (
            "News/b.md",
            "Title: B\nDate: 2019-10-11T09:30-07:00\nSlug: b-Slug\n\nhi\n",
            "/b-Slug.html",
        ),
        (
            "News/b-es.md",
            "Title: Be\nDate: 2019-10-11\nSlug: b-Slug\nLang: es\n\nhi\n",
            "/b-Slug-es.html",
        ),
        ("pages/about.md", "Title: About\n\nhi\n", "/pages/about.html"),
        ("d.md", "Title: D\nDate: 2019-10-11\nStatus: draft\n\nhi\n", "[draft]"),
        (
            "h.md",
            "Title: H\nDate: 2019-10-11\nStatus: hidden\nURL: x/y.html\nSave_as: x/y.html\n\nhi\n",
            "[hidden]",
        ),
        (
            "u.md",
            "Title: H\nDate: 2019-10-11\nURL: x/y.html\nSave_as: x/y.html\n\nhi\n",
            "/x/y.html",
        ),
        ("2018-01-02-file.md", "Title: Fi_le A.B\n\nhi\n", "/fi_le-ab.html"),
        ("nodate.md", "Title: N\n\nhi\n", "[has no date, so that Pelican left it out]"),
        (
            "notitle.md",
            "Date: 2019-01-01\n\nhi\n",
            "[has no title, so that Pelican left it out]",
        ),
        ("yaml.md", "---\ntitle: Y\ndate: 2019-01-01\nslug: y y\n---\nhi\n", "/y y.html"),
    ] {
        let path = format!("content/{path}");
        check_places(&[("pelicanconf.py", SETTINGS), (&path, page)], &[(&path, place)]);
    }
}

#[test]
fn patterns_of_the_settings_are_filled() {
    let page =
        "Title: The March\nDate: 2019-10-11\nCategory: City News\nLang: es\n\nhi\n";
    for (setting, place) in [
        (
            "ARTICLE_LANG_URL = '{lang}/{date:%Y}/{date:%m}/{slug}/'",
            "/es/2019/10/the-march/",
        ),
        ("ARTICLE_LANG_URL = '{category}/{slug}.html'", "/city-news/the-march.html"),
        (
            "ARTICLE_LANG_SAVE_AS = '{date:%Y}/{date:%b}/{slug}/index.html'",
            "/2019/Oct/the-march/",
        ),
        ("DEFAULT_LANG = 'es'\nARTICLE_URL = 'posts/{slug}'", "/posts/the-march"),
        ("SLUGIFY_SOURCE = 'basename'", "/a-es.html"),
    ] {
        let settings = format!("{SETTINGS}{setting}\n");
        check_places(
            &[("pelicanconf.py", &settings), ("content/a.md", page)],
            &[("content/a.md", place)],
        );
    }
}

#[test]
fn headers_are_read_with_their_names() {
    let page = "Title: A\nDate: 2019-10-11\nModified: 2019-10-12 08:00\nTags: a, b; c\nAuthors: Reyes, Ana; Bo Li\nSummary: One line\n    and another\nStrange_Key: 7\n\nWords: these are.\n";
    let piece = one(
        &[("pelicanconf.py", SETTINGS), ("content/News/a.md", page)],
        "content/News/a.md",
    );
    assert_eq!(piece.facts.byline, ["Reyes, Ana", "Bo Li"]);
    assert_eq!(piece.facts.summary.as_deref(), Some("One line and another"));
    assert_eq!(piece.facts.updated.unwrap().to_string(), "2019-10-12T08:00");
    assert_eq!(piece.facts.extra["strange_key"], "7");
    assert_eq!(text(&piece), "Words: these are.");
    let terms: Vec<_> =
        piece.terms.iter().map(|term| format!("{}/{}", term.domain, term.name)).collect();
    assert_eq!(terms, ["category/News", "tags/a, b", "tags/c"]);
}

#[test]
fn an_article_without_an_author_is_by_that_of_the_settings() {
    let piece = one(
        &[
            ("pelicanconf.py", SETTINGS),
            ("content/a.md", "Title: A\nDate: 2019-10-11\n\nx"),
        ],
        "content/a.md",
    );
    assert_eq!(piece.facts.byline, ["Desk"]);
}

#[test]
fn links_in_braces_are_made_whole() {
    let page = "Title: A\nDate: 2019-10-11\n\n[b](%7Bfilename%7DNews/b.md) [b]({filename}/News/b.md#x) ![p]({static}/images/p.jpg) [t]({tag}Left Turn) [t]({category}News) [i]({index}) ![q]({attach}q.png) [n]({filename}none.md)\n";
    let files = [
        ("pelicanconf.py", SETTINGS),
        ("content/a.md", page),
        ("content/News/b.md", "Title: B\nDate: 2019-10-11\n\nx"),
        ("content/images/p.jpg", ""),
        ("content/q.png", ""),
        ("content/old.rst", "A\n=\n"),
        ("content/pages/about.md", "Title: About\n\nx"),
        ("Makefile", ""),
    ];
    let piece = one(&files, "content/a.md");
    let expected = "[b](https://example.org/b.html) [b](https://example.org/b.html#x) ![p](https://example.org/images/p.jpg) [t]({tag}Left Turn) [t](https://example.org/category/news.html) [i](https://example.org/) ![q](https://example.org/q.png) [n]({filename}none.md)";
    assert_eq!(text(&piece), expected);
    assert_eq!(notes(&piece, About::Link).len(), 1);
    assert_eq!(
        left_out(&files)["content/old.rst"],
        "0:is reStructuredText; turn it into Markdown first"
    );
    assert_eq!(one(&files, "content/pages/about.md").sort, Sort::Page);
    let mut source = open(&files);
    assert_eq!(items(&mut source).len() + source.files().len(), files.len());
}

#[test]
fn translations_have_the_same_slug() {
    let files = [
        ("pelicanconf.py", SETTINGS),
        ("content/b-es.md", "Title: Be\nDate: 2019-10-11\nSlug: b\nLang: es\n\nhi\n"),
        ("content/b.md", "Title: B\nDate: 2019-10-11\nSlug: b\n\nhi\n"),
    ];
    let piece = one(&files, "content/b-es.md");
    assert_eq!(piece.facts.translation_of.as_deref(), Some("content/b.md"));
    assert_eq!(piece.facts.language.as_deref(), Some("es"));
}

#[test]
fn settings_are_read_without_running_them() {
    let text = "A = 'x' 'y'\nB = [1, \"two\", ('three',), None]  # a note\nC = {'k': r'\\d', \"l\": True}\nD = os.path.join('a')\nE = ('one')\n  F = 1\nG == 2\nH = \"\"\"long\ntext\"\"\"\nI = [\n  'a', # b\n  'c',\n]\nJ = 'don\\'t'\nK = [x for x in y]\nA = 'last'\n";
    let table = super::super::python::settings(text);
    let told = crate::json::Value::Object(table.to_json());
    let expected = crate::json::json!({
        "A": "last", "B": [1, "two", ["three"], null], "C": {"k": "\\d", "l": true}, "E": "one",
        "H": "long\ntext", "I": ["a", "c"], "J": "don't"
    });
    assert_eq!(told, expected);
}
