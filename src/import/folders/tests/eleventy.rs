//! Sites of Eleventy. The addresses were compared with those of Eleventy 3.1.8.

use super::*;

/// The settings.
const SETTINGS: &str = "module.exports = function (config) {\n  config.addPassthroughCopy(\"img\");\n  return { dir: { input: \".\" }, pathPrefix: \"/p/\" };\n};\n";

/// A page.
const PAGE: &str = "---\ntitle: A B\n---\nhi\n";

#[test]
fn pages_stood_where_eleventy_puts_them() {
    let year = "---\ntitle: A B\ndate: 2019-10-11\npermalink: \"/{{ page.date | date: '%Y' }}/{{ title | slugify }}/\"\n---\nhi\n";
    let slug = "---\ntitle: É lan B.C\npermalink: \"/q/{{ title | slugify }}-{{ page.fileSlug }}.html\"\n---\nhi\n";
    for (path, page, place) in [
        ("posts/2020-01-02-my-file.md", PAGE, "/p/posts/2020-01-02-my-file/"),
        ("posts/posts.md", PAGE, "/p/posts/"),
        ("posts/x.md", PAGE, "/p/posts/x/"),
        ("posts/sub/sub.md", PAGE, "/p/posts/sub/"),
        ("posts/Big Name.md", PAGE, "/p/posts/Big Name/"),
        ("README.md", PAGE, "/p/README/"),
        ("posts/2021-03-04-fold/index.md", PAGE, "/p/posts/2021-03-04-fold/"),
        ("posts/p1.md", year, "/p/2019/a-b/"),
        ("posts/2022-02-02-p2.md", slug, "/p/q/e-lan-b-c-p2.html"),
        ("posts/p3.md", "---\npermalink: rel/x/\n---\nhi", "/p/rel/x/"),
        ("posts/p4.md", "---\npermalink: /a/index.html\n---\nhi", "/p/a/"),
        ("posts/p5.md", "---\npermalink: false\n---\nhi", "[permalink: false]"),
        ("posts/p6.md", "---\ndraft: true\n---\nhi", "[draft]"),
        ("posts/p7.md", "---json\n{\"permalink\": \"/j/\"}\n---\nhi", "/p/j/"),
        ("posts/p8.md", "---\nredirect_from: [/old]\n---\nhi", "/p/posts/p8/ /p/old/"),
    ] {
        check_places(&[(".eleventy.js", SETTINGS), (path, page)], &[(path, place)]);
    }
}

#[test]
fn data_of_folders_are_handed_down() {
    let files = [
        (".eleventy.js", SETTINGS),
        ("_data/metadata.json", "{\"url\": \"https://example.org\"}"),
        (
            "blog/blog.json",
            "{\"tags\": [\"posts\", \"city\"], \"layout\": \"post.njk\", \"permalink\": \"/b/{{ page.fileSlug }}/\"}",
        ),
        (
            "blog/deep/deep.11tydata.json",
            "{\"author\": \"Desk\", \"date\": \"Last Modified\"}",
        ),
        ("blog/2019-10-11-a.md", "---\ntitle: A\ntags: [march, 2019]\n---\nx"),
        ("blog/deep/b.md", "---\ntitle: B\n---\nx"),
        ("blog/deep/c.md", "---\ntitle: C\nauthor: Own\ndate: 2019-10-11\n---\nx"),
        ("blog/deep/c.11tydata.json", "{\"subtitle\": \"Under\"}"),
        ("blog/deep/c.11tydata.js", "module.exports = {};"),
        ("_includes/post.njk", ""),
        ("feed.njk", ""),
        ("img/a.jpg", ""),
        ("other.txt", ""),
    ];
    let pieces = pieces(&files);
    let a = &pieces["blog/2019-10-11-a.md"];
    let names: Vec<_> = a.terms.iter().map(|term| term.name.as_str()).collect();
    assert_eq!(names, ["city", "march", "2019"]);
    assert_eq!(a.facts.original_url.as_deref(), Some("https://example.org/p/b/a/"));
    assert_eq!(a.facts.date.unwrap().to_string(), "2019-10-11");
    let b = &pieces["blog/deep/b.md"];
    assert_eq!((b.facts.byline.join(""), b.facts.date), ("Desk".to_owned(), None));
    let c = &pieces["blog/deep/c.md"];
    assert_eq!(c.facts.byline, ["Own"]);
    assert_eq!(c.facts.deck.as_deref(), Some("Under"));
    assert_eq!(
        notes(c, About::Question),
        ["0: the data file blog/deep/c.11tydata.js is a program and was not run"]
    );
    let mut source = open(&files);
    assert_eq!(items(&mut source).len() + source.files().len(), files.len());
}

#[test]
fn a_permalink_that_is_a_program_is_told() {
    let page = "---\ntitle: A\npermalink: \"/{% if x %}a{% endif %}/\"\n---\nx";
    let piece = one(&[(".eleventy.js", SETTINGS), ("a.md", page)], "a.md");
    assert_eq!(piece.facts.redirects, ["/p/a/"]);
    assert_eq!(
        notes(&piece, About::Question),
        [
            "0: the permalink is a program and was not run; the address is that of the path"
        ]
    );
}

#[test]
fn the_folder_of_the_sources_is_not_in_addresses() {
    let files = [
        ("eleventy.config.js", "export default { dir: { input: 'src' } }"),
        ("src/posts/a.md", PAGE),
        ("notes.md", PAGE),
    ];
    check_places(&files, &[("src/posts/a.md", "/posts/a/")]);
    assert!(left_out(&files).contains_key("notes.md"));
}

#[test]
fn a_heading_is_the_title_of_a_page_without_one() {
    let piece =
        one(&[(".eleventy.js", SETTINGS), ("a.md", "\n# The March\n\nWords.\n")], "a.md");
    assert_eq!(piece.facts.title, "The March");
    assert_eq!(text(&piece), "Words.");
    assert_eq!(piece.account.moved["title"], 9);
    assert_eq!(piece.account.missing(), 0);
}
