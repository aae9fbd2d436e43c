//! What holds for every folder, whatever stands in it.

use proptest::prelude::*;

use super::*;
use crate::import::account::count;
use crate::import::folders::ghost::GhostSource;
use crate::import::folders::rules::Dialect;
use crate::import::folders::{
    Generator, front_matter, generator, paths, python, tags, yaml,
};

/// Pieces of texts that mean something to some generator.
const PARTS: &[&str] = &[
    "---\n",
    "+++\n",
    ";;;\n",
    "{",
    "}",
    "{{<",
    ">}}",
    "{{%",
    "%}}",
    "{%",
    "%}",
    "{{",
    "}}",
    "title: A\n",
    "title = 'A'\n",
    "date: 2019-10-11\n",
    "permalink: /:year/:title/\n",
    "slug: é/x\n",
    "url: ../x\n",
    "aliases: [a, /b]\n",
    "tags: [a, 2019]\n",
    ".. title: A\n",
    ".. date: 2019\n",
    "Title: A\n",
    "\n\n",
    " ",
    "x",
    "[b](b.md)",
    "![p](/img/p.jpg \"t\")",
    "`",
    "```\n",
    "raw",
    "endraw",
    " highlight js ",
    " endhighlight ",
    " /highlight ",
    " ref \"b.md\" ",
    " post_url b ",
    "youtube abc",
    "(id=\"",
    "\")",
    "<img src=\"",
    "'",
    "\"",
    "{: .x}",
    "{:toc}",
    "* ",
    "/*",
    "*/",
    "&",
    "<a href=x>",
    "[x]: b.md\n",
    "[b][x]",
    "({filename}b.md)",
    "é",
    "\u{200b}",
    "- [a]\n",
    "k: &a [*a]\n",
    "image: img/p.jpg\n",
    "author: {name: A, email: a@example.org}\n",
    "draft: true\n",
    "<!--",
    "-->",
    "$$",
    "# H\n",
    "|",
    "@/b.md",
    "end",
    "details",
];

/// A text of such pieces.
fn any_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![9 => proptest::sample::select(PARTS).prop_map(str::to_owned), 1 => ".{0,3}"];
    proptest::collection::vec(part, 0..30).prop_map(|parts| parts.concat())
}

/// Paths of files of all generators.
const PATHS: &[&str] = &[
    "content/posts/a.md",
    "content/posts/b/index.md",
    "content/posts/b/p.jpg",
    "content/_index.md",
    "content/posts/a.es.md",
    "_posts/2019-10-11-a.md",
    "_drafts/x.md",
    "_posts/2019-10-11-h.html",
    "source/_posts/a.md",
    "source/_posts/a/p.jpg",
    "source/x/index.md",
    "posts/a.md",
    "posts/posts.json",
    "posts/a.meta",
    "pages/x.md",
    "about.md",
    "static/img/p.jpg",
    "img/p.jpg",
    "index.html",
    "x.rst",
    "b.md",
    "_config.yml",
    "config.toml",
    "conf.py",
    "pelicanconf.py",
    ".eleventy.js",
    "hugo.toml",
    "_data/site.json",
];

proptest! {
    #[test]
    fn every_file_is_told_once_and_every_text_balances(
        which in 0..generator::ALL.len(),
        files in proptest::collection::btree_map(proptest::sample::select(PATHS), any_text(), 0..12),
        address in proptest::option::of("https://example\\.org(/[a-z]{1,3})?"),
    ) {
        let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let options = Options { from: Some(generator::ALL[which]), address, ..options() };
        let mut source = FolderSource::new("site", Box::new(memory(&files)), options).unwrap();
        let mut outlines = Vec::new();
        source.survey(&mut |outline| outlines.push(outline.key)).unwrap();
        let all = items(&mut source);
        let mut told: Vec<String> = source.files().into_iter().map(|own| own.path).collect();
        let mut keys = Vec::new();
        for item in all {
            match item {
                Item::Piece(piece) => {
                    let mut account = piece.account.clone();
                    match &piece.body {
                        Body::Markdown(text) => prop_assert_eq!(account.body, count(text)),
                        Body::Html(tree) => account.body = markdown::count_seen(tree),
                    }
                    prop_assert_eq!(account.missing(), 0, "{:?}", account);
                    prop_assert!(piece.facts.redirects.iter().all(|path| path.starts_with('/')));
                    let said = format!("{:?}{:?}", piece.facts, piece.notes);
                    prop_assert!(!piece.facts.byline.iter().any(|name| name.contains('@')), "{}", said);
                    keys.push(piece.origin.key.clone());
                    told.push(piece.origin.key);
                }
                Item::Skipped(own) | Item::File(own, _) | Item::Lost(own) => {
                    prop_assert!(!own.reason.is_empty());
                    told.push(own.origin.key);
                }
            }
        }
        prop_assert_eq!(keys, outlines);
        told.sort();
        let expected: Vec<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        prop_assert_eq!(told, expected);
    }

    #[test]
    fn two_readings_tell_the_same(text in any_text()) {
        let files = [("hugo.toml", "baseURL = 'https://example.org'"), ("content/posts/a.md", text.as_str()), ("content/posts/b.md", "x")];
        let mut source = open(&files);
        prop_assert_eq!(format!("{:?}", items(&mut source)), format!("{:?}", items(&mut source)));
    }

    #[test]
    fn readers_take_any_text(text in prop_oneof![any_text(), "\\PC{0,60}"]) {
        drop((yaml::value(&text), front_matter::fenced(&text), front_matter::hexo(&text)));
        drop((front_matter::headers(&text), front_matter::nikola(&text)));
        drop(python::settings(&text));
        let _ = super::super::dates::parse(&text);
        drop(GhostSource::new("x", text.as_bytes(), None, now()));
        let _ = paths::matches(&text, "content/a.md");
        for dialect in [Dialect::Hugo, Dialect::Jekyll, Dialect::Zola, Dialect::Hexo, Dialect::Nikola] {
            let mut end = 0;
            for tag in tags::find(&text, dialect) {
                prop_assert!(tag.range.start >= end && text.get(tag.range.clone()).is_some());
                end = tag.range.end;
            }
        }
    }

    #[test]
    fn destinations_stand_where_they_are_told(text in any_text()) {
        for mention in markdown::mentions(&text) {
            prop_assert!(text.get(mention.range).is_some());
        }
    }
}

#[test]
fn reading_takes_time_in_proportion_to_the_text() {
    let unit = "{{< a \"b\" {% x {{ y [a](b [c]( `d <img src=\" {% raw ";
    for part in [
        "{{<",
        "{%",
        "[a](",
        "<a href=\"",
        "{{< x >}}",
        "{: .x}\n",
        "* TOC\n",
        "`",
        "](",
        "=\"",
        unit,
    ] {
        let text = format!("---\ntitle: A\n---\n{}", part.repeat(40_000 / part.len()));
        for own in [Generator::Hugo, Generator::Jekyll] {
            let path = if own == Generator::Hugo {
                "content/posts/a.md"
            } else {
                "_posts/2019-10-11-a.md"
            };
            let options = Options { from: Some(own), ..options() };
            let mut source =
                FolderSource::new("site", Box::new(memory(&[(path, &text)])), options)
                    .unwrap();
            assert_eq!(items(&mut source).len(), 1, "{part}");
        }
    }
}
