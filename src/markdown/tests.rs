//! Bodies in, HTML out.

use std::sync::Arc;

use super::*;
use crate::diagnostic::{Code, Severity};

/// English words.
fn words() -> Words {
    Words {
        footnotes: "Footnotes".to_owned(),
        back: "Back to reference {n}".to_owned(),
        table_region: "Table".to_owned(),
        code_block: "Code".to_owned(),
        tasks: ["open", "done"].map(str::to_owned),
        alerts: ["Note", "Tip", "Important", "Warning", "Caution"].map(str::to_owned),
    }
}

/// A simple id: letters in lower case, hyphens for spaces, nothing else.
fn id(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// How a test renders.
struct Render {
    /// The quotation marks.
    quotes: [&'static str; 4],
    /// What becomes of raw HTML.
    html: RawHtml,
}

/// English, sanitized.
const PLAIN: Render = Render {
    quotes: ["\u{201c}", "\u{201d}", "\u{2018}", "\u{2019}"],
    html: RawHtml::Sanitized,
};

/// English, trusted.
const TRUSTED: Render = Render { html: RawHtml::Trusted, ..PLAIN };

impl Render {
    /// Renders a text that begins 100 bytes into its file.
    fn full(&self, text: &str) -> Rendered {
        self.with(text, &mut |_| Target::AsIs)
    }

    /// Renders with links.
    fn with(&self, text: &str, link: &mut dyn FnMut(&LinkUse<'_>) -> Target) -> Rendered {
        let words = words();
        let options = Options {
            quotes: self.quotes,
            words: &words,
            heading_id: id,
            html: self.html,
            highlight: true,
        };
        render(&Body { file: &Arc::from("a.md"), offset: 100, text }, &options, link)
    }

    /// The HTML.
    fn html(&self, text: &str) -> String {
        self.full(text).html
    }

    /// The faults as `severity[code] start..end: message`.
    fn faults(&self, text: &str) -> Vec<String> {
        let made = self.full(text);
        let shown = |fault: &crate::diagnostic::Diagnostic| {
            let span = fault.places[0].span.unwrap();
            let (severity, code) = (fault.severity.as_str(), fault.code);
            let (start, end) = (span.start - 100, span.end - 100);
            format!("{severity}[{code}] {start}..{end}: {}", fault.message)
        };
        made.faults.sorted().into_iter().map(shown).collect()
    }
}

/// The HTML of a text.
fn html(text: &str) -> String {
    PLAIN.html(text)
}

#[test]
fn paragraphs_and_marks() {
    assert_eq!(
        html("a *b* **c** ~~d~~ `e<`  \nf\ng & <"),
        "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e&lt;</code><br>\nf\ng &amp; &lt;</p>\n"
    );
}

#[test]
fn lists_quotes_and_rules() {
    assert_eq!(
        html("- a\n  - b\n\n3. c\n\n> d\n\n---"),
        "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n<ol start=\"3\">\n<li>c</li>\n</ol>\n\
         <blockquote>\n<p>d</p>\n</blockquote>\n<hr>\n"
    );
}

#[test]
fn task_lists_and_definitions() {
    assert_eq!(
        html("- [x] a\n- [ ] b"),
        "<ul>\n<li><input class=\"task\" type=\"checkbox\" disabled checked aria-label=\"done\"> a</li>\n\
         <li><input class=\"task\" type=\"checkbox\" disabled aria-label=\"open\"> b</li>\n</ul>\n"
    );
    assert_eq!(html("a\n: b"), "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n");
}

#[test]
fn tables_are_regions_with_classes() {
    assert_eq!(
        html("|a|b|c|\n|:-|:-:|-:|\n|1|2|3|"),
        "<section class=\"table\" tabindex=\"0\" aria-label=\"Table\">\n<table>\n\
         <thead>\n<tr><th scope=\"col\" class=\"align-left\">a</th>\
         <th scope=\"col\" class=\"align-center\">b</th>\
         <th scope=\"col\" class=\"align-right\">c</th></tr>\n</thead>\n<tbody>\n\
         <tr><td class=\"align-left\">1</td><td class=\"align-center\">2</td>\
         <td class=\"align-right\">3</td></tr>\n</tbody>\n</table>\n</section>\n"
    );
}

#[test]
fn alerts_have_titles() {
    assert_eq!(
        html("> [!WARNING]\n> a"),
        "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">Warning</p>\n\
         <p>a</p>\n</div>\n"
    );
}

#[test]
fn headings_keep_their_level_without_a_first() {
    assert_eq!(
        html("## A b\n\n### *C*"),
        "<h2 id=\"a-b\">A b</h2>\n<h3 id=\"c\"><em>C</em></h3>\n"
    );
}

#[test]
fn headings_move_down_below_the_title() {
    let made = PLAIN.full("## A\n\n# B\n\n###### C");
    assert_eq!(
        made.html,
        "<h3 id=\"a\">A</h3>\n<h2 id=\"b\">B</h2>\n<h6 id=\"c\">C</h6>\n"
    );
    let levels: Vec<_> = made.headings.iter().map(|heading| heading.level).collect();
    assert_eq!(levels, [3, 2, 6]);
}

#[test]
fn ids_are_not_given_twice() {
    let text = "## A\n\n## A\n\n## B {#a .x}\n\n## !\n\n## fn-1\n\n## pm-content\n\n## A-2\n\nx <b id=\"c\">y</b>\n\n## C";
    let made = PLAIN.full(text);
    let mut ids: Vec<_> =
        made.headings.iter().map(|heading| heading.id.clone()).collect();
    assert_eq!(
        ids,
        [
            "a-2",
            "a-3",
            "a",
            "section",
            "section-fn-1",
            "section-pm-content",
            "a-2-2",
            "c-2"
        ]
    );
    ids.push("c".to_owned());
    ids.sort();
    assert_eq!(anchors(text, id), ids);
}

#[test]
fn ids_do_not_depend_on_quotes() {
    let german =
        Render { quotes: ["\u{201e}", "\u{201c}", "\u{201a}", "\u{2018}"], ..PLAIN };
    let made = german.full("## \"A\" ![b](c) `d`[^1] 'e'\n\n[^1]: f");
    assert_eq!(made.headings[0].text, "\u{201e}A\u{201c} b d \u{201a}e\u{2018}");
    assert_eq!(
        anchors("## \"A\" ![b](c) `d`[^1] 'e'\n\n[^1]: f", id),
        [made.headings[0].id.clone()]
    );
}

#[test]
fn quotes_are_those_of_the_language() {
    let german =
        Render { quotes: ["\u{201e}", "\u{201c}", "\u{201a}", "\u{2018}"], ..PLAIN };
    assert_eq!(
        german.html("\"a 'b' c\" it's workers' '90s -- --- ... \u{201d} \\\""),
        "<p>\u{201e}a \u{201a}b\u{2018} c\u{201c} it\u{2019}s workers\u{2019} \u{2019}90s \
         \u{2013} \u{2014} \u{2026} \u{201d} \"</p>\n"
    );
}

#[test]
fn footnotes_are_numbered_by_use() {
    assert_eq!(
        html("a[^x] b[^y] c[^x] d[^none]\n\n[^y]: Y\n\n[^x]: X\n\n    z\n\n[^unused]: U"),
        "<p>a<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup> \
         b<sup class=\"footnote-ref\"><a href=\"#fn-2\" id=\"fnref-2\" role=\"doc-noteref\">2</a></sup> \
         c<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1-2\" role=\"doc-noteref\">1</a></sup> \
         d[^none]</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n\
         <li id=\"fn-1\">\n<p>X</p>\n<p>z \
         <a href=\"#fnref-1\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">\u{21a9}\u{fe0e}</a> \
         <a href=\"#fnref-1-2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to reference 1-2\">\u{21a9}\u{fe0e}<sup>2</sup></a></p>\n</li>\n\
         <li id=\"fn-2\">\n<p>Y \
         <a href=\"#fnref-2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to reference 2\">\u{21a9}\u{fe0e}</a></p>\n</li>\n\
         <li id=\"fn-3\">\n<p>U</p>\n</li>\n</ol>\n</section>\n"
    );
}

#[test]
fn footnote_before_its_use_and_in_a_quote_is_found() {
    let made = html("[^A]: first\n\n> [^b]: second\n\nx[^B] y[^a]");
    assert!(made.contains("<li id=\"fn-1\">\n<p>second "), "{made}");
    assert!(made.contains("<li id=\"fn-2\">\n<p>first "), "{made}");
}

#[test]
fn heading_in_a_footnote_has_an_id() {
    let made = html("## a\n\nb[^1]\n\n[^1]:\n    ## c\n\n## d");
    assert!(made.starts_with("<h2 id=\"a\">a</h2>\n"), "{made}");
    assert!(made.contains("<h2 id=\"d\">d</h2>\n<section"), "{made}");
    assert!(made.contains("<h2 id=\"c\">c</h2>\n"), "{made}");
}

#[test]
fn image_alone_with_a_title_is_a_figure() {
    assert_eq!(
        html("![a \"b\"](c.jpg \"D & e\")"),
        "<figure>\n<img src=\"c.jpg\" alt=\"a \u{201c}b\u{201d}\" loading=\"lazy\">\n\
         <figcaption>D &amp; e</figcaption>\n</figure>\n"
    );
    assert_eq!(html("![a](b)"), "<p><img src=\"b\" alt=\"a\" loading=\"lazy\"></p>\n");
    assert_eq!(
        html("![a](b \"c\") d"),
        "<p><img src=\"b\" alt=\"a\" title=\"c\" loading=\"lazy\"> d</p>\n"
    );
    assert_eq!(html("![a](b \"c\")\n![d](e \"f\")").matches("<figure>").count(), 0);
}

#[test]
fn image_without_words_is_told() {
    assert_eq!(
        PLAIN.faults("x ![](a.jpg)"),
        ["warning[missing-alt] 2..12: the image has no text for those who cannot see it"]
    );
}

#[test]
fn image_with_marks_in_its_words_keeps_the_words() {
    assert_eq!(
        html("![a *b* [c](d) ![e](f) `g`](h)"),
        "<p><img src=\"h\" alt=\"a b c e g\" loading=\"lazy\"></p>\n"
    );
}

#[test]
fn links_are_asked_for_with_their_place() {
    let mut seen = Vec::new();
    let text = "[a](b.md#c \"t\") ![d](e.jpg) [f][g] <https://h.example> <i@j.example> [k](refused)\n\n[g]: l";
    let made = PLAIN.with(text, &mut |link| {
        let range = link.span.start as usize - 100..link.span.end as usize - 100;
        seen.push((
            link.destination.to_owned(),
            link.is_image,
            text.get(range).unwrap().to_owned(),
        ));
        match link.destination {
            "b.md#c" => Target::Address("/b/?x=1&y#c".to_owned()),
            "refused" => Target::Refused,
            _ => Target::AsIs,
        }
    });
    let seen: Vec<_> =
        seen.iter().map(|(to, image, at)| (to.as_str(), *image, at.as_str())).collect();
    assert_eq!(
        seen,
        [
            ("b.md#c", false, "b.md#c"),
            ("e.jpg", true, "e.jpg"),
            ("l", false, "[f][g]"),
            ("https://h.example", false, "https://h.example"),
            ("mailto:i@j.example", false, "i@j.example"),
            ("refused", false, "refused"),
        ]
    );
    assert_eq!(
        made.html,
        "<p><a href=\"/b/?x=1&amp;y#c\" title=\"t\">a</a> <img src=\"e.jpg\" alt=\"d\" loading=\"lazy\"> \
         <a href=\"l\">f</a> <a href=\"https://h.example\">https://h.example</a> \
         <a href=\"mailto:i@j.example\">i@j.example</a> k</p>\n"
    );
}

#[test]
fn refused_image_leaves_its_words() {
    let made = PLAIN.with("![a <b>](c \"d\")", &mut |_| Target::Refused);
    assert_eq!(made.html, "<p>a </p>\n");
}

#[test]
fn addresses_are_encoded() {
    assert_eq!(
        html("[a](<b c\"é%20.md>)"),
        "<p><a href=\"b%20c%22%C3%A9%20.md\">a</a></p>\n"
    );
}

#[test]
fn addresses_that_run_scripts_are_refused_everywhere() {
    for render in [PLAIN, TRUSTED] {
        for text in [
            "[a](javascript:x)",
            "[a](JavaScript:x)",
            "[a](java&#x0A;script:x)",
            "[a](&#1;javascript:x)",
            "[a](<java\tscript:x>)",
            "[a]\n\n[a]: vbscript:x",
            "<javascript:x>",
            "![a](javascript:x)",
            "![a](data:image/svg+xml,x)",
            "[a](data:image/png;base64,x)",
            "x <a href=\"javascript:x\">a</a>",
            "<a href=' java&#10;script:x'>a</a>",
            "<div>\n<img alt=a src=data:text/html,x>\n</div>",
            "x <img alt=a srcset=\"a 1x, javascript:x 2x\">",
        ] {
            let mut asked = 0;
            let made = render.with(text, &mut |_| {
                asked += 1;
                Target::AsIs
            });
            assert_eq!(asked, 0, "{text}");
            assert!(
                !made.html.contains("href=") && !made.html.contains("src"),
                "{}",
                made.html
            );
            assert_eq!(made.faults.count(Severity::Error), 1, "{text}");
            assert_eq!(made.faults.sorted()[0].code, Code::UnsafeAddress);
        }
    }
    assert!(
        html("![a](data:image/png;base64,x)").contains("src=\"data:image/png;base64,x\"")
    );
    assert!(
        html("<img alt=a src=\"data:image/png;base64,x\">")
            .contains("src=\"data:image/png")
    );
}

#[test]
fn refused_address_is_placed() {
    assert_eq!(
        PLAIN.faults("[a](javascript:x)\n\n> <p>\n> <a href=\"javascript:y\">"),
        [
            "error[unsafe-address] 4..16: the address `javascript:x` can run a script",
            "error[unsafe-address] 30..49: the address `javascript:y` can run a script",
        ]
    );
}

#[test]
fn raw_html_on_the_list_stays() {
    let text = "<details open>\n<summary>a</summary>\n\n*b*\n\n</details>\n\nc <abbr title=\"d\">e</abbr>";
    let expected = "<details open=\"\">\n<summary>a</summary>\n<p><em>b</em></p>\n</details>\n<p>c <abbr title=\"d\">e</abbr></p>\n";
    assert_eq!(html(text), expected);
    assert!(PLAIN.faults(text).is_empty());
}

#[test]
fn raw_html_off_the_list_is_named_once() {
    let text = "<div onclick=\"x\" style='y'>\n<font color=\"red\">a</font> <font>b</font>\n</div>\n\n<p style=z>c</p>";
    assert_eq!(html(text), "<div>\na b\n</div>\n<p>c</p>");
    assert_eq!(
        PLAIN.faults(text),
        [
            "warning[unsafe-html] 5..16: the attribute `onclick` is taken out of the page",
            "warning[unsafe-html] 17..26: the attribute `style` is taken out of the page",
            "warning[unsafe-html] 28..46: the element `<font>` is taken out of the page",
        ]
    );
}

#[test]
fn scripts_are_taken_out_with_their_content() {
    assert_eq!(html("a <script>alert(*1*)</script> b"), "<p>a  b</p>\n");
    assert_eq!(html("<script>\nx\n\ny\n</script>\n\na"), "\n<p>a</p>\n");
    assert_eq!(html("a *b <script> c* d"), "<p>a <em>b </em> d</p>\n");
    assert_eq!(html("a <svg/>b <svg><path/>c</svg>d"), "<p>a b d</p>\n");
    assert_eq!(html("<svg>\na <b>\n\nb"), "<p>b</p>\n");
    assert_eq!(html("<noscript>a</noscript>"), "<p>a</p>\n");
    assert_eq!(html("a <title> b\n\nc"), "<p>a </p>\n<p>c</p>\n");
    assert_eq!(
        html("<iframe src=\"https://example.org\"></iframe>\n\na"),
        "\n<p>a</p>\n"
    );
}

#[test]
fn trusted_html_stays_as_it_is() {
    let text = "<script>\nx < 1\n</script>\n\na <font color=red>b</font><!-- c -->";
    assert_eq!(
        TRUSTED.html(text),
        "<script>\nx < 1\n</script>\n<p>a <font color=red>b</font><!-- c --></p>\n"
    );
    assert!(TRUSTED.faults(text).is_empty());
}

#[test]
fn own_markup_survives_the_sanitizer() {
    let body = "## A\n\n|a|\n|-:|\n|b|\n\n- [x] c[^1]\n\n```rust\nfn d() {}\n```\n\n> [!TIP]\n> e\n\n\
                ![f](g.jpg \"h\")\n\n[i](signal:j) ~~k~~\n\n[^1]: l\n\n";
    let plain = html(body);
    let cleaned = html(&format!("{body}<i></i>"));
    let names = [
        "<section class=\"table\" tabindex=\"0\"",
        "<section class=\"code\" tabindex=\"0\"",
        "tabindex=\"0\"",
        "aria-label=\"Table\"",
        "class=\"align-right\"",
        "scope=\"col\"",
        "id=\"fn-1\"",
        "id=\"fnref-1\"",
        "role=\"doc-noteref\"",
        "role=\"doc-endnotes\"",
        "role=\"doc-backlink\"",
        "class=\"language-rust\"",
        "hl-source",
        "alert-tip",
        "<figure>",
        "loading=\"lazy\"",
        "<figcaption>",
        "href=\"signal:j\"",
        "<del>",
        "id=\"a\"",
        "type=\"checkbox\"",
        "checked",
        "disabled",
    ];
    for name in names {
        assert_eq!(
            plain.matches(name).count(),
            cleaned.matches(name).count(),
            "{name}: {cleaned}"
        );
        assert!(plain.contains(name), "{name}");
    }
}

#[test]
fn comments_are_left_out_and_cost_nothing() {
    assert_eq!(html("<!-- a -->\n\nb <!-- c -->d"), "\n<p>b d</p>\n");
    // The sanitizer would write this character another way.
    assert_eq!(html("<!-- a -->\n\n\u{a0}b"), "\n<p>\u{a0}b</p>\n");
}

#[test]
fn html_that_is_not_closed_does_not_swallow_the_page() {
    assert_eq!(html("<div title=\"a\n\nb c"), "&lt;div title=\"a\n<p>b c</p>\n");
    assert_eq!(html("<!-- a\n\nb"), "&lt;!-- a\n\nb");
}

#[test]
fn known_code_is_highlighted() {
    let made = PLAIN.full("```rust,ignore\nlet a = \"<\";\n```");
    assert!(made.has_code);
    assert!(made.html.starts_with(
        "<section class=\"code\" tabindex=\"0\" aria-label=\"Code\"><pre><code class=\"language-rust\"><span class=\"hl-source hl-rust\">"
    ), "{}", made.html);
    assert!(made.html.contains("&lt;"));
    assert!(made.html.ends_with("</span></code></pre></section>\n"), "{}", made.html);
    assert_eq!(made.html.matches("<span").count(), made.html.matches("</span>").count());
}

#[test]
fn other_code_is_plain() {
    for (text, class) in [
        ("```\na < b\n```", ""),
        ("    a < b", ""),
        ("```nonesuch\na < b\n```", " class=\"language-nonesuch\""),
        ("```text\na < b\n```", " class=\"language-text\""),
    ] {
        let made = PLAIN.full(text);
        assert!(!made.has_code, "{text}");
        assert!(made.html.contains(&format!("<code{class}>a &lt; b")), "{}", made.html);
    }
}

#[test]
fn style_sheet_has_light_and_dark_colours() {
    let css = highlight_css();
    let (light, dark) = css.split_once("@media (prefers-color-scheme: dark) {").unwrap();
    for sheet in [light, dark] {
        assert!(sheet.contains(".code {") && sheet.contains(".hl-comment"), "{css}");
    }
    assert!(!css.contains("style="));
    assert_eq!(css.matches('{').count(), css.matches('}').count());
}

#[test]
fn nothing_carries_a_style() {
    assert!(!html("|a|\n|:-:|\n|b|\n\n<p style=\"c\">d</p>").contains("style"));
}

#[test]
fn summary_is_the_first_paragraph() {
    let text = "# A\n\n![b](c)\n\n<div>x</div>\n\n```\nd\n```\n\n- e\n\n|f|\n|-|\n|g|\n\n\
                > [!NOTE]\n> \"H\" *i*[^1]   j\n> `k` [l][m] -- n's\n\no\n\n[^1]: p\n\n[m]: q";
    assert_eq!(summary(text, 100), "\"H\" i j k l \u{2013} n\u{2019}s");
}

#[test]
fn summary_is_cut_at_a_word() {
    assert_eq!(summary("one two three", 13), "one two three");
    assert_eq!(summary("one two three", 12), "one two\u{2026}");
    assert_eq!(summary("one two, three", 9), "one two\u{2026}");
    assert_eq!(summary("one two three", 8), "one two\u{2026}");
    assert_eq!(summary("onetwothree", 5), "onet\u{2026}");
    assert_eq!(summary("日本語の文章", 4), "日本語\u{2026}");
    assert_eq!(summary("one", 0), "");
    assert_eq!(summary("", 9), "");
    assert_eq!(summary("# a", 9), "");
}

#[test]
fn summary_is_found_far_down() {
    let far = format!(
        "{}\n\nthe [text][a] [b]\n\n{}\n\n[a]: b",
        "# h\n\n".repeat(5000),
        "x\n\n".repeat(5000)
    );
    assert_eq!(summary(&far, 50), "the text [b]");
    let code = format!("```\n{}```\n\nend", "a\n\n".repeat(5000));
    assert_eq!(summary(&code, 50), "end");
}

/// Bodies made to break what reads them.
fn hostile() -> Vec<String> {
    let n = 10_000;
    vec![
        ">".repeat(n),
        format!("{}a", "> ".repeat(n)),
        "a".repeat(5_000_000),
        "[".repeat(100_000),
        "![".repeat(n),
        format!("{}a{}", "![".repeat(n), "](b)".repeat(n)),
        format!("{}a", "- ".repeat(n)),
        (0..300).map(|depth| "  ".repeat(depth) + "- a\n").collect(),
        format!("{}a{}", "*a ".repeat(n), " a*".repeat(n)),
        format!("{}a{}", "**".repeat(n), "**".repeat(n)),
        "`a``".repeat(n),
        "<b>".repeat(n),
        "<b id=x><p>".repeat(n),
        "<div>\n\n".repeat(n),
        "</div>\n\n".repeat(n),
        "<div></span>".repeat(n),
        format!("<b {}>", "a ".repeat(n)),
        "<title>".repeat(n),
        "<!--".repeat(n),
        "a <!--".repeat(n),
        "<a href=\"".repeat(n),
        "[^1]".repeat(n) + "\n\n[^1]: a",
        "[^1]: a[^1]\n\n".repeat(n),
        (0..n).map(|i| "[^".to_owned() + &i.to_string() + "]: a\n\n").collect(),
        "# a\n\n".repeat(n),
        "|".repeat(n),
        format!("{}\n{}\n", "|a".repeat(1000), "|-".repeat(1000)) + &"|\n".repeat(1000),
        "\"'".repeat(n),
        "'a ".repeat(n),
        "<script>*a ".repeat(n),
        "&#0;\0\u{feff}\u{202e}".repeat(n),
        "a\n: ".repeat(n),
        format!("```rust\n{}\n```", "(".repeat(4000)),
        format!("```rust\n{}\n```", "(\n".repeat(4000)),
        format!("```{}\n```", "x".repeat(n)),
        "[a](b \"c\")".repeat(n),
        "[a]: b\n".repeat(n),
        "\r\n\r> \r".repeat(n),
        "<svg><td>".repeat(n),
    ]
}

#[test]
fn hostile_bodies_are_rendered() {
    for text in hostile() {
        let start: String = text.chars().take(20).collect();
        for render in [PLAIN, TRUSTED] {
            let made = render.full(&text);
            let deepest = made.html.split('<').scan(0_i32, |depth, part| {
                if part.starts_with("blockquote")
                    || part.starts_with("ul")
                    || part.starts_with("em")
                {
                    *depth += 1;
                } else if part.starts_with("/blockquote")
                    || part.starts_with("/ul")
                    || part.starts_with("/em")
                {
                    *depth -= 1;
                }
                Some(*depth)
            });
            assert!(deepest.max().unwrap_or_default() <= 100, "{start}");
        }
        let _ = anchors(&text, id);
        assert!(summary(&text, 280).chars().count() <= 280, "{start}");
    }
}

#[test]
fn html_that_is_too_deep_is_shown_as_text() {
    let faults = PLAIN.faults(&"<b>".repeat(300));
    assert_eq!(
        faults,
        [
            "warning[unsafe-html] 768..771: more than 256 HTML elements stand open in each other"
        ]
    );
    assert!(html(&"<b>".repeat(300)).contains("&lt;b&gt;"));
}

/// Pieces of text that mean something to somebody who reads bodies.
const PIECES: &[&str] = &[
    "a",
    " ",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "\r\n",
    "é",
    "\0",
    "*",
    "**",
    "_",
    "`",
    "```rust\n",
    "~~",
    "> ",
    "> [!NOTE]\n",
    "- ",
    "1. ",
    "- [ ] ",
    "# ",
    "{#a}",
    "|",
    "|-|\n",
    ": ",
    "[",
    "]",
    "(",
    ")",
    "![",
    "[^1]",
    "[^1]: ",
    "[a]: ",
    "<",
    ">",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<p>",
    "<svg>",
    "</svg>",
    "<script>",
    "</script>",
    "<script",
    "<!--",
    "-->",
    "<a href=",
    "<img src=",
    "\"",
    "'",
    "=",
    "/",
    "javascript:x",
    "data:",
    "&#x0A;",
    "&lt;",
    "\\",
    " onclick=x ",
    " style=x ",
    "<title>",
    "<template>",
    "<td>",
    "<table>",
    "<style>",
    "<math>",
    "<mi>",
    "<noscript>",
    "<select>",
    "<li>",
    "<iframe>",
    "...",
    "--",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(512))]

    #[test]
    fn no_body_gets_a_script_onto_a_page(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)
    ) {
        let text = pieces.concat();
        let made = PLAIN.full(&text);
        for token in crate::sanitize::Tokens::new(&made.html) {
            let crate::sanitize::Token::Tag(tag) = token else { continue };
            proptest::prop_assert!(crate::sanitize::element_allowed(&tag.name), "{}", made.html);
            for attribute in &tag.attributes {
                let value = made.html.get(attribute.value.clone()).unwrap();
                let value = crate::sanitize::decode_references(value);
                proptest::prop_assert!(
                    crate::sanitize::attribute_allowed(&tag.name, &attribute.name)
                        && !crate::sanitize::attribute_refused(&tag.name, &attribute.name, &value),
                    "{}", made.html
                );
            }
        }
        let anchors = anchors(&text, id);
        for heading in &made.headings {
            proptest::prop_assert!(anchors.binary_search(&heading.id).is_ok());
        }
        let _ = TRUSTED.full(&text);
        proptest::prop_assert!(summary(&text, 20).chars().count() <= 20);
    }
}
