//! Sites of Jekyll. The addresses are those that its documentation gives.

use super::*;

/// A post.
const POST: &str = "---\ntitle: A\n---\nx";

/// The settings, a style of addresses among them.
fn settings(style: &str) -> String {
    format!(
        "url: https://example.org\nbaseurl: /blog\npermalink: {style}\ntimezone: America/New_York\ncollections:\n  staff:\n    output: true\n  quiet: {{}}\n"
    )
}

#[test]
fn posts_stood_where_the_style_puts_them() {
    let path = "news/City/_posts/2019-10-11-Hello World_x.md";
    let post = "---\ntitle: A\ncategories: [Op Ed, news]\n---\nx";
    for (style, place) in [
        ("date", "/blog/news/city/op ed/2019/10/11/Hello-World_x.html"),
        ("pretty", "/blog/news/city/op ed/2019/10/11/Hello-World_x/"),
        ("ordinal", "/blog/news/city/op ed/2019/284/Hello-World_x.html"),
        ("weekdate", "/blog/news/city/op ed/2019/W41/Fri/Hello-World_x.html"),
        ("none", "/blog/news/city/op ed/Hello-World_x.html"),
        ("/:slugified_categories/:slug", "/blog/news/city/op-ed/hello-world-x"),
        (
            "/b/:short_year/:i_month/:i_day/:name.html",
            "/blog/b/19/10/11/hello-world-x.html",
        ),
        (
            "/:year/:long_month/:short_month/:title/",
            "/blog/2019/October/Oct/Hello-World_x/",
        ),
    ] {
        check_places(
            &[("_config.yml", &settings(style)), (path, post)],
            &[(path, place)],
        );
    }
}

#[test]
fn a_post_may_say_its_own_address() {
    for (keys, place) in [
        ("permalink: /own/:year/:title/", "/blog/own/2019/a/"),
        ("permalink: /own.html", "/blog/own.html"),
        ("permalink: pretty", "/blog/2019/10/11/a/"),
        ("slug: other", "/blog/2019/10/11/other.html"),
        ("date: 2020-01-02 03:04:05 -0500", "/blog/2020/01/02/a.html"),
        ("date: 2020-01-02 23:30:00 -0800", "/blog/2020/01/03/a.html"),
        ("date: 2020-01-02 23:30:00", "/blog/2020/01/02/a.html"),
        ("category: News", "/blog/news/2019/10/11/a.html"),
        ("categories: One Two", "/blog/one/two/2019/10/11/a.html"),
        (
            "redirect_from:\n  - /old/\n  - /older.html",
            "/blog/2019/10/11/a.html /blog/old/ /blog/older.html",
        ),
        ("redirect_from: /one", "/blog/2019/10/11/a.html /blog/one"),
        ("published: false", "[published: false]"),
        ("date: 2027-01-02", "[future: 2027-01-02]"),
    ] {
        let post = format!("---\ntitle: A\n{keys}\n---\nx");
        check_places(
            &[("_config.yml", &settings("date")), ("_posts/2019-10-11-a.md", &post)],
            &[("_posts/2019-10-11-a.md", place)],
        );
    }
}

#[test]
fn pages_follow_the_style_too() {
    for (style, page, about, staff) in [
        ("date", "/blog/docs/a b.html", "/blog/about/", "/blog/staff/ana.html"),
        ("pretty", "/blog/docs/a b/", "/blog/about/", "/blog/staff/ana/"),
        ("/x/:title/", "/blog/docs/a b/", "/blog/about/", "/blog/staff/ana/"),
        ("/x/:title", "/blog/docs/a b", "/blog/about/", "/blog/staff/ana"),
    ] {
        let settings = settings(style);
        let files = [
            ("_config.yml", settings.as_str()),
            ("docs/a b.md", POST),
            ("about/index.md", POST),
            ("_staff/ana.md", POST),
            ("_quiet/x.md", POST),
        ];
        check_places(
            &files,
            &[
                ("docs/a b.md", page),
                ("about/index.md", about),
                ("_staff/ana.md", staff),
                ("_quiet/x.md", "[its collection has no pages]"),
            ],
        );
    }
}

#[test]
fn every_file_is_told_in_one_way() {
    let files = [
        ("_config.yml", "exclude: [scripts]\n"),
        ("_posts/2019-10-11-a.markdown", POST),
        ("_posts/2019-1-2-b.html", "---\ntitle: B\n---\n<p>One</p>"),
        ("_drafts/c.md", POST),
        ("_layouts/post.html", ""),
        ("_includes/figure.html", ""),
        ("_data/authors.yml", ""),
        ("_sass/a.scss", ""),
        ("scripts/x.md", POST),
        ("README.md", "No front matter."),
        ("index.html", "---\n---\n{% for post in site.posts %}{% endfor %}"),
        ("img/a.jpg", ""),
        ("Gemfile", ""),
    ];
    let mut source = open(&files);
    let n = items(&mut source).len() + source.files().len();
    assert_eq!(n, files.len());
    let out = left_out(&files);
    for path in [
        "_config.yml",
        "_layouts/post.html",
        "_includes/figure.html",
        "_data/authors.yml",
        "_sass/a.scss",
        "scripts/x.md",
        "Gemfile",
        "index.html",
    ] {
        assert!(out.contains_key(path), "{path}");
    }
    let named: Vec<_> = source.files().into_iter().map(|own| own.path).collect();
    assert_eq!(named, ["README.md", "img/a.jpg"]);
    assert_eq!(
        one(&files, "_drafts/c.md").visibility,
        Visibility::Held("draft".to_owned())
    );
    let html = one(&files, "_posts/2019-1-2-b.html");
    assert_eq!(html.facts.date.unwrap().to_string(), "2019-01-02");
    assert!(
        matches!(&html.body, Body::Html(nodes) if crate::dom::text_of(nodes) == "One")
    );
}

#[test]
fn defaults_of_the_settings_are_keys() {
    let settings = "defaults:\n  - scope: {path: '', type: posts}\n    values: {author: Desk, permalink: '/d/:title/'}\n  - scope: {path: 'news'}\n    values: {author: News Desk}\n";
    let files = [
        ("_config.yml", settings),
        ("_posts/2019-10-11-a.md", POST),
        ("news/_posts/2019-10-11-b.md", POST),
        ("_posts/2019-10-11-c.md", "---\ntitle: C\nauthor: Ana Reyes\n---\nx"),
        ("about.md", POST),
    ];
    let pieces = pieces(&files);
    for (path, byline, place) in [
        ("_posts/2019-10-11-a.md", "Desk", "/d/a/"),
        ("news/_posts/2019-10-11-b.md", "News Desk", "/d/b/"),
        ("_posts/2019-10-11-c.md", "Ana Reyes", "/d/c/"),
        ("about.md", "", "/about.html"),
    ] {
        assert_eq!(pieces[path].facts.byline.join(""), byline, "{path}");
        assert_eq!(pieces[path].facts.redirects, [place], "{path}");
    }
}

#[test]
fn a_post_without_a_title_has_that_of_its_name() {
    let files =
        [("_config.yml", ""), ("_posts/2019-10-11-the-big-march.md", "---\n---\nx")];
    assert_eq!(
        one(&files, "_posts/2019-10-11-the-big-march.md").facts.title,
        "The Big March"
    );
}

#[test]
fn tags_may_be_a_list_or_words() {
    for (keys, names) in [
        ("tags: [a b, 2019, yes]", vec!["a b", "2019", "yes"]),
        ("tags: a b", vec!["a", "b"]),
        ("tag: a b", vec!["a b"]),
    ] {
        let post = format!("---\ntitle: A\n{keys}\n---\nx");
        let piece = one(
            &[("_config.yml", ""), ("_posts/2019-10-11-a.md", &post)],
            "_posts/2019-10-11-a.md",
        );
        let told: Vec<_> = piece.terms.iter().map(|term| term.name.as_str()).collect();
        assert_eq!(told, names, "{keys}");
    }
}
