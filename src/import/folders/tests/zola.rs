//! Sites of Zola. The addresses are those that its documentation gives.

use super::*;
use crate::import::piece::Sort;

/// The settings.
const SETTINGS: &str = "base_url = \"https://example.org/z\"\ndefault_language = \"en\"\n[markdown]\n[languages.es]\n";

/// A page.
fn page(more: &str) -> String {
    format!("+++\ntitle = \"A\"\n{more}\n+++\nWords.\n")
}

#[test]
fn pages_stood_where_zola_puts_them() {
    for (path, keys, place) in [
        ("blog/Hello World.md", "", "/z/blog/hello-world/"),
        ("blog/2018-10-10-march.md", "", "/z/blog/march/"),
        ("blog/2018-10-10_march.md", "", "/z/blog/march/"),
        ("blog/2018-10-10T10:00:00Z-march.md", "", "/z/blog/march/"),
        ("blog/2018-10-10-bundle/index.md", "", "/z/blog/bundle/"),
        ("blog/a.md", "slug = \"Élan Vital\"", "/z/blog/elan-vital/"),
        ("blog/a.md", "path = \"some/where\"", "/z/some/where/"),
        ("blog/a.es.md", "", "/z/es/blog/a/"),
        ("blog/a.fr.md", "", "/z/blog/a-fr/"),
        ("blog/bundle/index.es.md", "", "/z/es/blog/bundle/"),
        ("about.md", "", "/z/about/"),
        ("blog/_index.md", "", "/z/blog/"),
        ("blog/_index.es.md", "", "/z/es/blog/"),
        (
            "blog/a.md",
            "aliases = [\"old/one\", \"/two.html\"]",
            "/z/blog/a/ /z/old/one/ /z/two.html",
        ),
        ("blog/a.md", "draft = true", "[draft]"),
        ("blog/a.md", "render = false", "[not rendered]"),
        ("blog/a.md", "date = 2030-01-01", "/z/blog/a/"),
    ] {
        let path = format!("content/{path}");
        check_places(
            &[("config.toml", SETTINGS), (&path, &page(keys))],
            &[(&path, place)],
        );
    }
}

#[test]
fn parts_of_paths_follow_the_settings() {
    for (how, place) in
        [("on", "/blog/a-b-c/"), ("safe", "/blog/A_b+ç/"), ("off", "/blog/A b+ç/")]
    {
        let settings =
            format!("base_url = 'https://example.org'\n[slugify]\npaths = '{how}'\n");
        check_places(
            &[("config.toml", &settings), ("content/blog/A b+ç.md", &page(""))],
            &[("content/blog/A b+ç.md", place)],
        );
    }
}

#[test]
fn tables_of_taxonomies_and_extra_are_read() {
    let keys = "date = 2019-10-11T09:30:00-04:00\nupdated = 2019-10-12\nauthors = [\"Ana Reyes\", \"Bo Li\"]\n[taxonomies]\ntags = [\"A B\", \"c\"]\nplaces = [\"Atlanta\"]\n[extra]\nsubtitle = \"Under\"\nrating = 5\n[extra.deep]\nemail = \"a@example.org\"\nkept = true\n";
    let piece = one(
        &[("config.toml", SETTINGS), ("content/blog/a.md", &page(keys))],
        "content/blog/a.md",
    );
    assert_eq!(piece.facts.date.unwrap().to_string(), "2019-10-11T09:30:00-04:00");
    assert_eq!(piece.facts.updated.unwrap().to_string(), "2019-10-12");
    assert_eq!(piece.facts.byline, ["Ana Reyes", "Bo Li"]);
    assert_eq!(piece.facts.deck.as_deref(), Some("Under"));
    assert_eq!(
        crate::json::Value::Object(piece.facts.extra.clone()),
        crate::json::json!({"rating": 5, "deep": {"kept": true}})
    );
    let terms: Vec<_> = piece
        .terms
        .iter()
        .map(|term| format!("{}/{}/{}", term.domain, term.name, term.slug))
        .collect();
    assert_eq!(terms, ["tags/A B/a-b", "tags/c/c", "places/Atlanta/atlanta"]);
}

#[test]
fn a_date_in_the_name_counts_if_no_key_says_one() {
    for (keys, date) in [("", "2018-10-10"), ("date = 2019-01-02", "2019-01-02")] {
        let path = "content/blog/2018-10-10-march.md";
        let piece = one(&[("config.toml", SETTINGS), (path, &page(keys))], path);
        assert_eq!(piece.facts.date.unwrap().to_string(), date);
    }
}

#[test]
fn links_between_pages_are_made_whole() {
    let body = "+++\ntitle = \"A\"\n+++\n[b](@/blog/b.md#part) [c](@/blog/none.md) ![p](pic.jpg) ![s](/s.jpg)\n";
    let files = [
        ("config.toml", SETTINGS),
        ("content/blog/a/index.md", body),
        ("content/blog/a/pic.jpg", ""),
        ("content/blog/b.md", "+++\ntitle = \"B\"\n+++\n"),
        ("static/s.jpg", ""),
    ];
    let piece = one(&files, "content/blog/a/index.md");
    assert_eq!(
        text(&piece),
        "[b](https://example.org/z/blog/b/#part) [c](@/blog/none.md) ![p](https://example.org/z/blog/a/pic.jpg) ![s](https://example.org/z/s.jpg)"
    );
    assert_eq!(
        notes(&piece, About::Link),
        ["0: the link @/blog/none.md leads to nothing in the folder"]
    );
    assert_eq!(piece.sort, Sort::Article);
}

#[test]
fn a_section_without_words_is_no_piece() {
    let files = [
        ("config.toml", SETTINGS),
        ("content/blog/_index.md", "+++\nsort_by = \"date\"\n+++\n"),
    ];
    assert!(left_out(&files).contains_key("content/blog/_index.md"));
}
