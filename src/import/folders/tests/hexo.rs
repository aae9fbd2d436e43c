//! Sites of Hexo. The addresses were compared with those of Hexo 8.

use super::*;

/// The settings.
const SETTINGS: &str = "url: https://example.org/blog\nroot: /blog/\npermalink: :year/:month/:day/:title/\nnew_post_name: :year-:month-:day-:title.md\ntimezone: America/New_York\n";

#[test]
fn posts_stood_where_hexo_puts_them() {
    for (path, keys, place) in [
        ("_posts/2019-10-11-Hello-World.md", "", "/blog/2019/10/11/Hello-World/"),
        (
            "_posts/plain Name.md",
            "date: 2019-10-11 23:30:00",
            "/blog/2019/10/11/plain-Name/",
        ),
        ("_posts/utc.md", "date: 2019-10-12T02:30:00Z", "/blog/2019/10/12/utc/"),
        ("_posts/off.md", "date: 2019-10-11T23:30:00-07:00", "/blog/2019/10/12/off/"),
        ("_posts/day.md", "date: 2019-10-11", "/blog/2019/10/11/day/"),
        (
            "_posts/sub/inner.md",
            "date: 2019-10-11 10:00:00",
            "/blog/2019/10/11/sub-inner/",
        ),
        (
            "_posts/perm.md",
            "date: 2019-10-11\npermalink: custom/path",
            "/blog/custom/path",
        ),
        (
            "_posts/perm2.md",
            "date: 2019-10-11\npermalink: /custom/:year/:title.html",
            "/blog/custom/:year/:title.html",
        ),
        (
            "_posts/slug.md",
            "date: 2019-10-11\nslug: Other Slug",
            "/blog/2019/10/11/slug/",
        ),
        (
            "_posts/alias.md",
            "date: 2019-10-11\nalias: [old/x.html, /old/y]",
            "/blog/2019/10/11/alias/ /blog/old/x.html /blog/old/y",
        ),
        ("_posts/unpub.md", "published: false", "[published: false]"),
        ("_drafts/d.md", "", "[draft]"),
        ("about/index.md", "", "/blog/about/"),
        ("other.md", "", "/blog/other.html"),
        ("foo/bar.md", "permalink: zip/", "/blog/zip/"),
    ] {
        let path = format!("source/{path}");
        let page = format!("---\ntitle: Hello\n{keys}\n---\nhi\n");
        check_places(
            &[("_config.yml", SETTINGS), ("source/_posts/z.md", "x"), (&path, &page)],
            &[(&path, place)],
        );
    }
}

#[test]
fn patterns_may_name_categories_and_titles() {
    let settings = "permalink: :category/:title/:name/:post_title/:i_month.html\nnew_post_name: :year-:month-:day-:title.md\n";
    for (path, keys, place) in [
        (
            "2019-10-11-Hello-World.md",
            "title: Hello",
            "/uncategorized/Hello-World/Hello-World/Hello/10.html",
        ),
        (
            "alias.md",
            "title: p\ndate: 2019-10-11\ncategories: [A B, C]",
            "/A-B/C/alias/alias/p/10.html",
        ),
        (
            "sub/inner.md",
            "title: p\ndate: 2019-10-11",
            "/uncategorized/sub-inner/inner/p/10.html",
        ),
    ] {
        let path = format!("source/_posts/{path}");
        let page = format!("---\n{keys}\n---\nhi\n");
        check_places(&[("_config.yml", settings), (&path, &page)], &[(&path, place)]);
    }
}

#[test]
fn front_matter_may_lack_its_first_fence_or_be_json() {
    for page in [
        "title: One\ntags: [a]\n---\nWords.\n",
        "title: One\ntags:\n- a\n---\n\nWords.",
        ";;;\n\"title\": \"One\", \"tags\": [\"a\"]\n;;;\nWords.",
    ] {
        let piece = one(
            &[("_config.yml", SETTINGS), ("source/_posts/a.md", page)],
            "source/_posts/a.md",
        );
        assert_eq!(
            (piece.facts.title.as_str(), text(&piece), piece.terms.len()),
            ("One", "Words.", 1),
            "{page}"
        );
    }
}

#[test]
fn tag_plugins_become_markdown() {
    let body = "{% asset_img pic.jpg 300 200 \"A title\" %}\n\n{% post_link other %} {% post_link other \"its words\" %}\n\n{% codeblock lang:js %}\nlet a = '{{ x }}';\n{% endcodeblock %}\n\n{% youtube abc %}\n\n{% blockquote Ana Reyes %}\nWe march.\n{% endblockquote %}\n\n{% raw %}{{ kept }}{% endraw %} {% strange 1 %}\n";
    let page = format!("---\ntitle: A\ndate: 2019-10-11\n---\n{body}");
    let files = [
        ("_config.yml", SETTINGS),
        ("source/_posts/a.md", page.as_str()),
        ("source/_posts/a/pic.jpg", ""),
        ("source/_posts/other.md", "---\ntitle: O\ndate: 2019-10-12\n---\nx"),
        ("source/img/b.jpg", ""),
        ("source/CNAME", ""),
        ("themes/x/_config.yml", ""),
        ("scaffolds/post.md", ""),
    ];
    let piece = one(&files, "source/_posts/a.md");
    let expected = "![A title](https://example.org/blog/2019/10/11/a/pic.jpg)\n\n\
        [other](https://example.org/blog/2019/10/12/other/) [its words](https://example.org/blog/2019/10/12/other/)\n\n\
        \n```js\nlet a = '{{ x }}';\n```\n\n\n\
        <https://www.youtube.com/watch?v=abc>\n\n\n> We march.\n>\n> — Ana Reyes\n\n\n\
        {{ kept }} {% strange 1 %}";
    assert_eq!(text(&piece), expected);
    assert_eq!(
        notes(&piece, About::Shortcode),
        ["19: the tag {% strange 1 %} is unknown and stays as text"]
    );
    assert_eq!(piece.account.missing(), 0);
    let mut source = open(&files);
    assert_eq!(items(&mut source).len() + source.files().len(), files.len());
}

#[test]
fn categories_are_lines_or_a_list_of_lines() {
    for (keys, names) in [
        ("categories: News", vec!["News"]),
        ("categories: [News, City]", vec!["News", "City"]),
        ("categories:\n- [News, City]\n- [Left]", vec!["News", "City", "Left"]),
        ("tags: [2020, no]", vec!["2020", "no"]),
    ] {
        let page = format!("---\ntitle: A\n{keys}\n---\nx");
        let piece = one(
            &[("_config.yml", SETTINGS), ("source/_posts/a.md", &page)],
            "source/_posts/a.md",
        );
        let told: Vec<_> = piece.terms.iter().map(|term| term.name.as_str()).collect();
        assert_eq!(told, names, "{keys}");
    }
}
