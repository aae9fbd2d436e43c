//! What the tags and links of texts become.

use super::*;

/// The text of a page of a generator, in a folder with a few other files.
fn read(generator: &str, body: &str) -> Piece {
    let page = format!("---\ntitle: A title\ndate: 2019-10-11\nslug: a\n---\n{body}\n");
    let other = "---\ntitle: B\ndate: 2019-10-12\n---\nx";
    let (settings, own, beside, picture) = match generator {
        "hugo" => (
            ("hugo.toml", "baseURL = 'https://example.org/s/'"),
            "content/posts/a.md",
            "content/posts/b.md",
            "static/img/p.jpg",
        ),
        "zola" => (
            ("config.toml", "base_url = 'https://example.org/s'"),
            "content/posts/a.md",
            "content/posts/b.md",
            "static/img/p.jpg",
        ),
        "eleventy" => ((".eleventy.js", "x"), "posts/a.md", "posts/b.md", "img/p.jpg"),
        _ => (
            ("_config.yml", "url: https://example.org\nbaseurl: /s"),
            "_posts/2019-10-11-a.md",
            "_posts/2019-10-12-b.md",
            "img/p.jpg",
        ),
    };
    one(&[settings, (own, &page), (beside, other), (picture, "")], own)
}

/// Checks what texts become.
fn check(generator: &str, cases: &[(&str, &str)]) {
    for (body, expected) in cases {
        let piece = read(generator, body);
        assert_eq!(text(&piece), *expected, "{body}");
        assert_eq!(piece.account.missing(), 0, "{body}: {:?}", piece.account);
    }
}

#[test]
fn shortcodes_of_hugo_are_read() {
    check(
        "hugo",
        &[
            ("{{< youtube abc_1 >}}", "<https://www.youtube.com/watch?v=abc_1>"),
            (
                "{{< youtube id=\"abc\" autoplay=\"true\" >}}",
                "<https://www.youtube.com/watch?v=abc>",
            ),
            ("{{< vimeo 146022717 >}}", "<https://vimeo.com/146022717>"),
            ("{{< tweet user=\"desk\" id=\"12\" >}}", "<https://x.com/desk/status/12>"),
            ("{{< x user=\"desk\" id=\"12\" >}}", "<https://x.com/desk/status/12>"),
            ("{{< gist desk 12ab >}}", "<https://gist.github.com/desk/12ab>"),
            ("{{< instagram BWN >}}", "<https://www.instagram.com/p/BWN/>"),
            ("{{< qr text=\"https://example.org\" />}}", "<https://example.org>"),
            (
                "{{< figure src=\"/img/p.jpg\" alt=\"Marchers\" caption=\"At \\\"nine\\\"\" >}}",
                "![Marchers](https://example.org/s/img/p.jpg \"At \\\"nine\\\"\")",
            ),
            (
                "{{< figure src=\"/img/p.jpg\" title=\"T\" attr=\"Ana Reyes\" link=\"/posts/b/\" >}}",
                "[![](https://example.org/s/img/p.jpg \"T Ana Reyes\")](https://example.org/s/posts/b/)",
            ),
            ("[b]({{< ref \"b.md\" >}})", "[b](https://example.org/s/posts/b/)"),
            (
                "[b]({{< relref \"/posts/b.md#part\" >}})",
                "[b](https://example.org/s/posts/b/#part)",
            ),
            ("[b]({{% ref b %}})", "[b](https://example.org/s/posts/b/)"),
            (
                "{{< highlight go \"linenos=table\" >}}\nx := 1\n{{< /highlight >}}",
                "```go\nx := 1\n```",
            ),
            (
                "{{< details summary=\"More & more\" >}}\n**in**\n{{< /details >}}",
                "<details>\n<summary>More &amp; more</summary>\n\n\n**in**\n\n\n</details>",
            ),
            ("{{</* youtube abc */>}}", "{{< youtube abc >}}"),
            (
                "```\n{{</* youtube abc */>}} {{< youtube abc >}}\n```",
                "```\n{{< youtube abc >}} {{< youtube abc >}}\n```",
            ),
            ("`{{< youtube abc >}}`", "`{{< youtube abc >}}`"),
            ("{{< unclosed", "{{< unclosed"),
            ("{{< strange >}}in{{< /strange >}}", "{{< strange >}}in{{< /strange >}}"),
        ],
    );
}

#[test]
fn liquid_of_jekyll_is_read() {
    check(
        "jekyll",
        &[
            ("{% youtube abc %}", "<https://www.youtube.com/watch?v=abc>"),
            (
                "{% include youtube.html id=\"abc\" %}",
                "<https://www.youtube.com/watch?v=abc>",
            ),
            (
                "{% include video id=\"abc\" provider=\"youtube\" %}",
                "<https://www.youtube.com/watch?v=abc>",
            ),
            (
                "{% include figure.html src=\"/img/p.jpg\" alt=\"M\" caption=\"At nine\" %}",
                "![M](https://example.org/s/img/p.jpg \"At nine\")",
            ),
            (
                "{% include figure image_path=\"/img/p.jpg\" alt=\"M\" %}",
                "![M](https://example.org/s/img/p.jpg)",
            ),
            (
                "![p]({{ site.baseurl }}/img/p.jpg)",
                "![p](https://example.org/s/img/p.jpg)",
            ),
            (
                "![p]({{ site.url }}{{ site.baseurl }}/img/p.jpg)",
                "![p](https://example.org/s/img/p.jpg)",
            ),
            (
                "![p]({{ \"/img/p.jpg\" | relative_url }})",
                "![p](https://example.org/s/img/p.jpg)",
            ),
            (
                "![p]({{ '/img/p.jpg' | absolute_url }})",
                "![p](https://example.org/s/img/p.jpg)",
            ),
            (
                "![p]({{ '/img/p.jpg' | prepend: site.baseurl }})",
                "![p](https://example.org/s/img/p.jpg)",
            ),
            (
                "<img alt=\"x\" src=\"{{ site.baseurl }}/img/p.jpg\">",
                "<img alt=\"x\" src=\"https://example.org/s/img/p.jpg\">",
            ),
            (
                "[b]({% post_url 2019-10-12-b %})",
                "[b](https://example.org/s/2019/10/12/b.html)",
            ),
            (
                "[b]({% link _posts/2019-10-12-b.md %})",
                "[b](https://example.org/s/2019/10/12/b.html)",
            ),
            (
                "[b]({{ site.baseurl }}{% link _posts/2019-10-12-b.md %})",
                "[b](https://example.org/s/2019/10/12/b.html)",
            ),
        ],
    );
}

#[test]
fn code_comments_and_attributes_of_jekyll_are_read() {
    check(
        "jekyll",
        &[
            ("{{ page.title }}", "A title"),
            ("a{% comment %} hidden {% endcomment %}b", "ab"),
            ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
            (
                "{% highlight ruby linenos %}\nputs '{{ x }}'\n{% endhighlight %}",
                "```ruby\nputs '{{ x }}'\n```",
            ),
            ("```\n{% raw %}\n{{ x }}\n{% endraw %}\n```", "```\n\n{{ x }}\n\n```"),
            ("Words\n{: .lead}\n\nMore", "Words\n\n\nMore"),
            (
                "![p](/img/p.jpg){: .right width=\"3\"}",
                "![p](https://example.org/s/img/p.jpg)",
            ),
            ("* TOC\n{:toc}\n\nWords", "Words"),
            ("`{: .x}` and :smile: and $x$", "`{: .x}` and :smile: and $x$"),
            (
                "One\n\n<!--more-->\n\nTwo[^1]\n\n[^1]: Note",
                "One\n\n<!--more-->\n\nTwo[^1]\n\n[^1]: Note",
            ),
            ("{{ site.data.x | sort }}", "{{ site.data.x | sort }}"),
            ("{% for x in y %}z{% endfor %}", "{% for x in y %}z{% endfor %}"),
        ],
    );
}

#[test]
fn shortcodes_of_zola_are_read() {
    check(
        "zola",
        &[
            ("{{ youtube(id=\"abc\") }}", "<https://www.youtube.com/watch?v=abc>"),
            ("{{ vimeo(id=\"12\", class=\"x\") }}", "<https://vimeo.com/12>"),
            (
                "{{ gist(url=\"https://gist.github.com/a/b\") }}",
                "{{ gist(url=\"https://gist.github.com/a/b\") }}",
            ),
            (
                "{{ figure(src=\"/img/p.jpg\", alt=\"M\", caption=\"At nine\") }}",
                "![M](https://example.org/s/img/p.jpg \"At nine\")",
            ),
            (
                "{% quote(author=\"Ana\") %}\nWe march.\n{% end %}",
                "> We march.\n>\n> — Ana",
            ),
            ("{{/* youtube(id=\"abc\") */}}", "{{ youtube(id=\"abc\") }}"),
            ("[b](@/posts/b.md)", "[b](https://example.org/s/posts/b/)"),
            ("{{ strange(x=1) }}", "{{ strange(x=1) }}"),
        ],
    );
}

#[test]
fn destinations_are_made_whole_wherever_they_stand() {
    check(
        "hugo",
        &[
            ("[b](b.md)", "[b](https://example.org/s/posts/b/)"),
            ("[b](<b.md> \"t\")", "[b](https://example.org/s/posts/b/ \"t\")"),
            ("[b](../b/)", "[b](https://example.org/s/posts/b/)"),
            (
                "[b][x]\n\n[x]: b.md \"t\"",
                "[b][x]\n\n[x]: https://example.org/s/posts/b/ \"t\"",
            ),
            ("[b](/s/posts/b/?x=1#y)", "[b](https://example.org/s/posts/b/?x=1#y)"),
            (
                "[![p](/img/p.jpg)](b.md)",
                "[![p](https://example.org/s/img/p.jpg)](https://example.org/s/posts/b/)",
            ),
            ("<a href='b.md'>b</a>", "<a href='https://example.org/s/posts/b/'>b</a>"),
            (
                "<p>don't <img src=\"/img/p.jpg\"></p>",
                "<p>don't <img src=\"https://example.org/s/img/p.jpg\"></p>",
            ),
            (
                "[m](mailto:x@example.net) [o](https://example.net/b.md) [h](#part) <https://example.net>",
                "[m](mailto:x@example.net) [o](https://example.net/b.md) [h](#part) <https://example.net>",
            ),
            ("`[b](b.md)`", "`[b](b.md)`"),
            ("    [b](b.md)", "[b](b.md)"),
            ("[b](a\\(1\\).md)", "[b](https://example.org/s/posts/a/a%281%29.md)"),
            ("[e]()", "[e]()"),
        ],
    );
}

#[test]
fn rare_white_space_parts_values_too() {
    for gap in ['\u{a0}', '\u{b}', '\u{2003}', '\u{c}'] {
        let body = format!("{{{{< youtube id=\"abc\"{gap}x{gap}= y >}}}}");
        let piece = read("hugo", &body);
        assert_eq!(text(&piece), "<https://www.youtube.com/watch?v=abc>", "{gap:?}");
    }
}

#[test]
fn what_leads_nowhere_is_told() {
    let piece =
        read("hugo", "[n](none.md) ![n](/img/none.jpg) [r]({{< ref \"gone.md\" >}})");
    assert_eq!(
        notes(&piece, About::Link),
        [
            "6: the tag {{< ref \"gone.md\" >}} names what is not in the folder and stays as text",
            "0: the link https://example.org/s/posts/a/none.md leads to nothing in the folder",
            "0: the link https://example.org/s/img/none.jpg leads to nothing in the folder",
        ]
    );
}

#[test]
fn unknown_tags_are_told_with_their_lines() {
    let piece =
        read("hugo", "One\n\n{{< strange 1 >}}\n\nTwo {{% odd %}} {{< strange 2 >}}");
    assert_eq!(
        notes(&piece, About::Shortcode),
        [
            "8: the tag {{< strange 1 >}} is unknown and stays as text",
            "10: the tag {{% odd %}} is unknown and stays as text",
            "10: the tag {{< strange 2 >}} is unknown and stays as text",
        ]
    );
}

#[test]
fn mathematics_stays_and_is_told() {
    let piece = read("eleventy", "$$x^2$$");
    assert_eq!(text(&piece), "$$x^2$$");
    assert_eq!(notes(&piece, About::Block), ["6: has mathematics, which stays as text"]);
}

#[test]
fn old_encodings_are_read_and_told() {
    let mut files = memory(&[("hugo.toml", "")]);
    files.0.insert(
        "content/posts/a.md".to_owned(),
        b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nCaf\xe9\r\n".to_vec(),
    );
    let mut source = FolderSource::new("site", Box::new(files), options()).unwrap();
    let piece = items(&mut source).into_iter().find_map(|item| match item {
        Item::Piece(piece) => Some(piece),
        _ => None,
    });
    assert!(piece.is_none() || text(&piece.unwrap()).contains("Caf"));
}

#[test]
fn the_text_of_html_is_counted_in_the_file() {
    for (body, read, dropped) in [
        ("<p>Hi there</p>", 7, 0),
        ("<a href='{{ site.baseurl }}/b'>B</a>", 1, 0),
        ("<p>a{% comment %}no{% endcomment %}b</p>", 29, 27),
        ("<p>a{% strange %}b</p>", 13, 0),
        ("<p>a</p><script>var b;</script><style>c{}</style>", 9, 8),
        ("<noscript>Turn it on.</noscript><iframe src=x><p>d</iframe>a", 14, 13),
    ] {
        let page = format!("---\ntitle: A\n---\n{body}\n");
        let path = "_posts/2019-10-11-h.html";
        let files = [("_config.yml", "url: https://example.org"), (path, page.as_str())];
        let piece = one(&files, path);
        let mut account = piece.account.clone();
        assert_eq!((account.read, account.body), (read, 0), "{body}");
        assert_eq!(account.dropped.values().sum::<u64>(), dropped, "{body}");
        let Body::Html(tree) = &piece.body else { panic!("is Markdown") };
        account.body = markdown::count_seen(tree);
        assert_eq!(account.missing(), 0, "{body}: {account:?}");
    }
}

#[test]
fn an_article_in_a_noscript_of_a_folder_is_text() {
    let body = format!("<noscript><p>{}</p></noscript>", "march ".repeat(50));
    let page = format!("---\ntitle: A\n---\n{body}\n");
    let path = "_posts/2019-10-11-h.html";
    let piece = one(&[("_config.yml", ""), (path, page.as_str())], path);
    let Body::Html(tree) = &piece.body else { panic!("is Markdown") };
    assert_eq!(markdown::write(tree).n_seen, 250);
    assert!(piece.account.dropped.is_empty());
}
