//! Tables of HTML and the Markdown that is written for it.

use crate::dom::parse_fragment;
use crate::markdown::write::write;

/// Checks that each HTML is written as this Markdown.
fn check(cases: &[(&str, &str)]) {
    for (html, expected) in cases {
        assert_eq!(write(&parse_fragment(html)).text, *expected, "{html}");
    }
}

#[test]
fn paragraphs_and_white_space() {
    check(&[
        ("", ""),
        ("<p></p>", ""),
        ("<p>&nbsp;</p><p> </p><p><br></p>", ""),
        ("  a\n\n b\t c ", "a b c\n"),
        ("<p>a</p><p>b</p>", "a\n\nb\n"),
        ("a<p>b</p>c", "a\n\nb\n\nc\n"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc\n"),
        ("<p>a&nbsp;b&nbsp;&nbsp;c</p>", "a\u{a0}b\u{a0}\u{a0}c\n"),
        ("<p>&nbsp;a&nbsp;</p>", "&nbsp;a&nbsp;\n"),
        ("<p>a\u{200b}b\u{ad}c</p>", "a\u{200b}b\u{ad}c\n"),
        ("<p>    four spaces</p>", "four spaces\n"),
        ("<p>a<!-- x -->b</p>", "ab\n"),
        ("<p>a<wbr>b</p>", "a<wbr>b\n"),
        ("<p>a<script>x()</script>b<style>y</style></p>", "ab\n"),
        ("<center><font size=2>a</font></center>", "a\n"),
        ("<o:p>a</o:p>", "a\n"),
        ("<p><p>a</p>b</p>", "a\n\nb\n"),
    ]);
}

#[test]
fn line_breaks_are_kept() {
    check(&[
        ("<p>a<br>b</p>", "a\\\nb\n"),
        ("<p>a<br />\nb<br />\nc</p>", "a\\\nb\\\nc\n"),
        ("<p>a<br><br>b</p>", "a\\\n\\\nb\n"),
        ("<p>a<br><br><br>b</p>", "a\\\n\\\n\\\nb\n"),
        ("<p><br>a</p>", "<br>a\n"),
        ("<p>a<br></p>", "a<br>\n"),
        ("<p><br><br>a<br><br></p>", "<br>\\\na<br><br>\n"),
        ("<h2>a<br>b</h2>", "## a<br>b\n"),
        ("<p><b>a<br>b</b></p>", "**a\\\nb**\n"),
        ("<p><b><br>a<br></b>b</p>", "<br>**a**\\\nb\n"),
        ("<blockquote><p>a<br>b</p></blockquote>", "> a\\\n> b\n"),
        ("<ul><li>a<br>b</li></ul>", "- a\\\n  b\n"),
        ("<p>a <br> b</p>", "a\\\nb\n"),
        ("<p><a href='/x'>a<br>b</a></p>", "[a\\\nb](/x)\n"),
    ]);
}

#[test]
fn emphasis_comes_out_right() {
    check(&[
        ("<p><b>bold </b>text</p>", "**bold** text\n"),
        ("<p>a<b> bold</b> text</p>", "a **bold** text\n"),
        ("<p>a <b> b </b> c</p>", "a **b** c\n"),
        ("<p><em>a</em>b</p>", "*a*b\n"),
        ("<p>a<em>b</em>c</p>", "a*b*c\n"),
        ("<p><b><i>a</i></b></p>", "**_a_**\n"),
        ("<p><b>a <i>b</i></b></p>", "**a _b_**\n"),
        ("<p><b><i>a</i> b</b></p>", "**_a_ b**\n"),
        ("<p><b><i>a</i>b</b></p>", "**<em>a</em>b**\n"),
        ("<p><b>a<i>b</i>c</b></p>", "**a*b*c**\n"),
        ("<p><b>a<b>b</b>c</b></p>", "**abc**\n"),
        ("<p><b>a</b><b>b</b></p>", "**ab**\n"),
        ("<p><b>a</b> <b>b</b></p>", "**a** **b**\n"),
        ("<p><b>a</b><i>b</i></p>", "**a**_b_\n"),
        ("<p><b></b>a<i> </i>b</p>", "a b\n"),
        ("<b><p>a</p><p>b</p></b>", "**a**\n\n**b**\n"),
        ("<p>x<b>(a)</b>y</p>", "x<strong>(a)</strong>y\n"),
        ("<p><b>a:</b>b</p>", "<strong>a:</strong>b\n"),
        ("<p>“<b>a</b>”</p>", "“**a**”\n"),
        ("<p><b>“a”</b> b</p>", "**“a”** b\n"),
        ("<p>word<b>“a”</b>b</p>", "word<strong>“a”</strong>b\n"),
        ("<p><s>a</s> <strike>b</strike> <del>c</del></p>", "~~a~~ ~~b~~ ~~c~~\n"),
        (
            "<p>a<del>b</del>c <del datetime=\"2019-10-11\">d</del></p>",
            "a~~b~~c <del datetime=\"2019-10-11\">d</del>\n",
        ),
        ("<p><i>*</i></p>", "*\\**\n"),
        ("<p><b>&nbsp;a</b></p>", "<strong>\u{a0}a</strong>\n"),
        ("<p><strong><a href='/x'>a</a></strong></p>", "**[a](/x)**\n"),
        ("<p><a href='/x'><strong>a</strong></a></p>", "[**a**](/x)\n"),
        ("<p><i>a</i><i>b</i><b>c</b></p>", "*ab*__c__\n"),
    ]);
}

#[test]
fn only_what_would_be_a_mark_is_escaped() {
    check(&[
        ("<p>a * b</p>", "a * b\n"),
        ("<p>* a</p>", "\\* a\n"),
        ("<p>*a* b</p>", "\\*a\\* b\n"),
        ("<p>5* and 6*</p>", "5\\* and 6\\*\n"),
        ("<p>*Correction</p>", "*Correction\n"),
        ("<p>snake_case_name _a_</p>", "snake_case_name \\_a\\_\n"),
        ("<p>a_b</p>", "a_b\n"),
        ("<p>[sic] and [here]</p>", "[sic] and [here]\n"),
        ("<p>[a](b)</p>", "[a\\](b)\n"),
        ("<p>[a]: b</p>", "[a\\]: b\n"),
        ("<p>[a][b]</p>", "[a\\][b]\n"),
        ("<p>[^1] [^1]: x</p>", "\\[^1] \\[^1\\]: x\n"),
        ("<p>a &lt; b &lt;c&gt; &lt;/d&gt;</p>", "a < b \\<c> \\</d>\n"),
        ("<p>AT&amp;T &amp;amp; &amp;#39; &amp;x</p>", "AT&T \\&amp; \\&#39; &x\n"),
        ("<p>`a` ``</p>", "\\`a\\` \\`\\`\n"),
        ("<p>C:\\Temp\\* \\ a\\</p>", "C:\\Temp\\\\* \\ a\\\\\n"),
        ("<p># a</p>", "\\# a\n"),
        ("<p>#a</p>", "#a\n"),
        ("<p>###</p>", "\\###\n"),
        ("<p># # #</p>", "\\# # #\n"),
        ("<p>-30-</p>", "-30-\n"),
        ("<p>---</p>", "\\---\n"),
        ("<p>- - -</p>", "\\- - -\n"),
        ("<p>***</p>", "\\*\\*\\*\n"),
        ("<p>* * *</p>", "\\* * *\n"),
        ("<p>_ _ _</p>", "\\_ _ _\n"),
        ("<p>===</p>", "\\===\n"),
        ("<p>a<br>===</p>", "a\\\n\\===\n"),
        ("<p>a<br>---</p>", "a\\\n\\---\n"),
        ("<p>&gt; a</p>", "\\> a\n"),
        ("<p>+ a</p>", "\\+ a\n"),
        ("<p>+1 a</p>", "+1 a\n"),
        ("<p>- a</p>", "\\- a\n"),
        ("<p>-5 a</p>", "-5 a\n"),
        ("<p>1. a</p>", "1\\. a\n"),
        ("<p>1) a</p>", "1\\) a\n"),
        ("<p>1.5 a</p>", "1.5 a\n"),
        ("<p>1998. a</p>", "1998\\. a\n"),
        ("<p>1234567890. a</p>", "1234567890. a\n"),
        ("<p>a 1. b</p>", "a 1. b\n"),
        ("<p>a</p><p>: b</p>", "a\n\n\\: b\n"),
        ("<p>~a~ ~~~</p>", "\\~a\\~ \\~\\~\\~\n"),
        ("<p>~5 km</p>", "~5 km\n"),
        ("<p>a | b<br>--|--</p>", "a | b\\\n\\--|--\n"),
        ("<p>|---|</p>", "\\|---|\n"),
        ("<p>a | b</p>", "a | b\n"),
        ("<p>a!<a href='/x'>b</a></p>", "a\\![b](/x)\n"),
        ("<p>![a](b)</p>", "![a\\](b)\n"),
        ("<p>\"a\" -- 'b' ...</p>", "\"a\" -- 'b' ...\n"),
        (
            "<p>https://example.org/a_b_c www.example.org</p>",
            "https://example.org/a_b_c www.example.org\n",
        ),
        ("<p>&lt;!-- a --&gt;</p>", "\\<!-- a -->\n"),
        ("<p>$5 and $6, 10% ^ {x}</p>", "$5 and $6, 10% ^ {x}\n"),
        ("<p>+++</p>", "+++\n"),
        ("<p>a ~ b</p>", "a ~ b\n"),
    ]);
}

#[test]
fn headings() {
    check(&[
        (
            "<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h5>e</h5><h6>f</h6>",
            "# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f\n",
        ),
        ("<h2></h2>", ""),
        ("<h2>a #</h2>", "## a \\#\n"),
        ("<h2>a ###</h2>", "## a ##\\#\n"),
        ("<h2>C#</h2>", "## C#\n"),
        ("<h2>a {#b}</h2>", "## a {#b&#125;\n"),
        ("<h2># a</h2>", "## # a\n"),
        ("<h2>1. a</h2>", "## 1. a\n"),
        ("<h2 id=\"b\">a</h2>", "## a\n"),
        ("<p><a href=\"#b\">x</a></p><h2 id=\"b\">a</h2>", "[x](#b)\n\n## a {#b}\n"),
        (
            "<p><a href=\"#b c\">x</a></p><h2 id=\"b c\">a</h2>",
            "[x](<#b c>)\n\n## <a id=\"b c\"></a>a\n",
        ),
        ("<h2><p>a</p><p>b</p></h2>", "## a\n\n## b\n"),
        ("<h2><b>a</b></h2>", "## **a**\n"),
        ("<h2>a<br></h2>", "## a<br>\n"),
    ]);
}

#[test]
fn places_that_links_lead_to_keep_their_names() {
    check(&[
        ("<a href=\"#n\">x</a><p id=\"n\">a</p>", "[x](#n)\n\n<a id=\"n\"></a>a\n"),
        ("<a href=\"#n\">x</a><a name=\"n\"></a>a", "[x](#n)<a id=\"n\"></a>a\n"),
        (
            "<p>a<sup id=\"r\"><a href=\"#n\">1</a></sup></p><ol><li id=\"n\">b <a href=\"#r\">↩</a></li></ol>",
            "a<a id=\"r\"></a><sup>[1](#n)</sup>\n\n1. <a id=\"n\"></a>b [↩](#r)\n",
        ),
        ("<p id=\"m\">a</p>", "a\n"),
        ("<a href=\"#n\">x</a><hr id=\"n\">", "[x](#n)\n\n<a id=\"n\"></a>\n\n---\n"),
        (
            "<a href=\"#n\">x</a><table id=\"n\"><tr><td>a</td></tr></table>",
            "[x](#n)\n\n<table>\n<tr><td><a id=\"n\"></a>a</td></tr>\n</table>\n",
        ),
        ("<a href=\"#n\">x</a><div id=\"n\"></div>", "[x](#n)\n\n<a id=\"n\"></a>\n"),
    ]);
}

#[test]
fn links() {
    check(&[
        ("<a href=\"/x\">a</a>", "[a](/x)\n"),
        ("<a href=\" /x \" title=\"a &quot;b&quot;\">c</a>", "[c](/x \"a \\\"b\\\"\")\n"),
        ("<a href=\"a b\">c</a>", "[c](<a b>)\n"),
        ("<a href=\"a(b)\">c</a>", "[c](a(b))\n"),
        ("<a href=\"a(b\">c</a>", "[c](<a(b>)\n"),
        ("<a href=\"a)b\">c</a>", "[c](<a)b>)\n"),
        ("<a href=\"&lt;a&gt;\">c</a>", "[c](<\\<a\\>>)\n"),
        ("<a href=\"a\\*b&amp;amp;c\">d</a>", "[d](a\\\\*b\\&amp;c)\n"),
        (
            "<a href=\"https://example.org/?a=1&amp;b=2\">https://example.org/?a=1&amp;b=2</a>",
            "<https://example.org/?a=1&b=2>\n",
        ),
        (
            "<a href=\"https://example.org/\">https://example.org</a>",
            "[https://example.org](https://example.org/)\n",
        ),
        (
            "<a href=\"mailto:a@example.org\">a@example.org</a>",
            "[a@example.org](mailto:a@example.org)\n",
        ),
        ("<a href=\"\">a</a>", "a\n"),
        ("<a>b</a>", "b\n"),
        ("<a href=\"/x\"></a>b", "b\n"),
        ("<a href=\"javascript:x()\">a</a>", "a\n"),
        ("<a href=\"/x\">[a] b]</a>", "[\\[a\\] b\\]](/x)\n"),
        ("<a href=\"/x\">^a</a>", "[\\^a](/x)\n"),
        ("[<a href=\"/x\">a</a>]", "[[a](/x)]\n"),
        ("<a href=\"/x\">a</a>(b)", "[a](/x)(b)\n"),
        ("<a href=\"/x\"><img src=\"a.jpg\" alt=\"b\"></a>", "[![b](a.jpg)](/x)\n"),
        ("<a href=\"/x\"> a </a>b", "[a](/x) b\n"),
        ("<a href=\"/x\"><p>a</p><p>b</p></a>", "[a](/x)\n\n[b](/x)\n"),
        ("<a href=\"/x\"><h2>a</h2></a>", "## [a](/x)\n"),
        ("<a href=\"/x\">a<code>b]</code></a>", "[a`b]`](/x)\n"),
    ]);
}

#[test]
fn lists() {
    check(&[
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b\n"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b\n"),
        ("<ol start=\"7\"><li>a</li></ol>", "7. a\n"),
        ("<ol start=\"0\"><li>a</li></ol>", "0. a\n"),
        ("<ol start=\"-2\"><li>a</li></ol>", "<ol start=\"-2\">\n<li>a</li>\n</ol>\n"),
        ("<ol type=\"a\"><li>a</li></ol>", "<ol type=\"a\">\n<li>a</li>\n</ol>\n"),
        ("<ol type=\"1\"><li>a</li></ol>", "1. a\n"),
        ("<ol reversed><li>a</li></ol>", "<ol reversed>\n<li>a</li>\n</ol>\n"),
        ("<ol><li value=\"5\">a</li></ol>", "<ol>\n<li value=\"5\">a</li>\n</ol>\n"),
        (
            "<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ul>",
            "- a\n  - b\n    1. c\n- d\n",
        ),
        ("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n\n- b\n"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b\n"),
        ("<ul><li>a<ol start=\"3\"><li>b</li></ol></li></ul>", "- a\n\n  3. b\n"),
        (
            "<ul><li>a</li></ul><ul><li>b</li></ul><ul><li>c</li></ul>",
            "- a\n\n* b\n\n- c\n",
        ),
        ("<ol><li>a</li></ol><ol><li>b</li></ol>", "1. a\n\n1) b\n"),
        ("<ul><li></li><li>a</li></ul>", "-\n- a\n"),
        ("<ul></ul>", ""),
        ("<ul>a<li>b</li>c<ul><li>d</li></ul></ul>", "- a\n\n- b\n\n  c\n\n  - d\n"),
        ("<li>a</li>", "- a\n"),
        ("<ul><li><ul><li>a</li></ul></li></ul>", "- - a\n"),
        ("<ul><li><hr></li></ul>", "- ___\n"),
        ("<ul><li><pre>a\n\nb</pre></li></ul>", "- ```\n  a\n\n  b\n  ```\n"),
        ("<ul><li><blockquote>a</blockquote></li></ul>", "- > a\n"),
        ("<ul><li>[ ] a</li><li>[x] b</li></ul>", "- \\[ ] a\n- \\[x] b\n"),
        (
            "<ul><li># a</li><li>- b</li><li>1. c</li></ul>",
            "- \\# a\n- \\- b\n- 1\\. c\n",
        ),
        ("<ul><li><h3>a</h3>b</li></ul>", "- ### a\n\n  b\n"),
        (
            "<ol><li>a</li><li>b</li><li>c</li><li>d</li><li>e</li><li>f</li><li>g</li><li>h</li><li>i</li><li>j<ul><li>k</li></ul></li></ol>",
            "1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n7. g\n8. h\n9. i\n10. j\n    - k\n",
        ),
    ]);
}

#[test]
fn quotes() {
    check(&[
        ("<blockquote>a</blockquote>", "> a\n"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n"),
        ("<blockquote><blockquote>a</blockquote></blockquote>", "> > a\n"),
        ("<blockquote>a</blockquote><blockquote>b</blockquote>", "> a\n\n> b\n"),
        ("<blockquote><ul><li>a</li></ul></blockquote>", "> - a\n"),
        ("<blockquote>[!NOTE]</blockquote>", "> \\[!NOTE]\n"),
        ("<blockquote></blockquote>", ""),
        ("<blockquote><p>a</p><cite>b</cite></blockquote>", "> a\n>\n> <cite>b</cite>\n"),
        ("<figure><blockquote><p>a</p></blockquote></figure>", "> a\n"),
    ]);
}

#[test]
fn code() {
    check(&[
        ("<pre>a</pre>", "```\na\n```\n"),
        ("<pre><code>a\n  b\n\n\tc\n</code></pre>", "```\na\n  b\n\n\tc\n```\n"),
        ("<pre>\n\na\n\n</pre>", "```\n\na\n\n```\n"),
        ("<pre>```\na\n```</pre>", "````\n```\na\n```\n````\n"),
        ("<pre class=\"language-rust\">a</pre>", "```rust\na\n```\n"),
        ("<pre><code class=\"lang-c++\">a</code></pre>", "```c++\na\n```\n"),
        ("<pre class=\"brush: php; notranslate\">a</pre>", "```php\na\n```\n"),
        ("<pre>a<br>b</pre>", "```\na\nb\n```\n"),
        ("<pre>a <b>b</b>\n\n c</pre>", "<pre>a <strong>b</strong>&#10;&#10; c</pre>\n"),
        ("<pre>&lt;a&gt; &amp;amp; *b*</pre>", "```\n<a> &amp; *b*\n```\n"),
        ("<pre> </pre>", ""),
        ("<blockquote><pre>a\n\nb</pre></blockquote>", "> ```\n> a\n>\n> b\n> ```\n"),
        ("<p>a <code>b</code></p>", "a `b`\n"),
        ("<code>`a`</code>", "`` `a` ``\n"),
        ("<code>a``b</code>", "```a``b```\n"),
        ("<code> a  b </code>", "`a b`\n"),
        ("<code>a</code><code>b</code>", "`ab`\n"),
        ("<code>&lt;br&gt; *a* &amp;amp;</code>", "`<br> *a* &amp;`\n"),
        ("<code>a<b>b</b></code>", "<code>a**b**</code>\n"),
        ("<tt>a</tt>", "`a`\n"),
        ("<code></code>a", "a\n"),
        ("<code>a<br>b</code>", "<code>a\\\nb</code>\n"),
    ]);
}

#[test]
fn tables() {
    check(&[
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>",
            "| a | b |\n| --- | --- |\n| c | d |\n",
        ),
        (
            "<table><thead><tr><td>a</td></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
            "| a |\n| --- |\n| b |\n",
        ),
        (
            "<table><tr><td>a</td><td>b</td></tr></table>",
            "<table>\n<tr><td>a</td><td>b</td></tr>\n</table>\n",
        ),
        (
            "<table><tr><th>a|b</th></tr><tr><td><code>c|d</code></td></tr></table>",
            "| a\\|b |\n| --- |\n| `c\\|d` |\n",
        ),
        (
            "<table><tr><th>a</th></tr><tr><td>b<br>c</td></tr></table>",
            "| a |\n| --- |\n| b<br>c |\n",
        ),
        (
            "<table><tr><th>a</th></tr><tr><td><p>b</p></td></tr></table>",
            "| a |\n| --- |\n| b |\n",
        ),
        (
            "<table><tr><th>a</th></tr><tr><td><p>b</p><p>c</p></td></tr></table>",
            "<table>\n<tr><th>a</th></tr>\n<tr><td><p>b</p>\n<p>c</p></td></tr>\n</table>\n",
        ),
        (
            "<table><tr><th colspan=\"2\">a</th></tr><tr><td>b</td><td>c</td></tr></table>",
            "<table>\n<tr><th colspan=\"2\">a</th></tr>\n<tr><td>b</td><td>c</td></tr>\n</table>\n",
        ),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td></tr></table>",
            "<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>c</td></tr>\n</table>\n",
        ),
        (
            "<table><tr><th>a</th></tr><tr><td></td></tr></table>",
            "| a |\n| --- |\n|  |\n",
        ),
        (
            "<table><tr><th>a</th></tr><tr><th>b</th></tr></table>",
            "<table>\n<tr><th>a</th></tr>\n<tr><th>b</th></tr>\n</table>\n",
        ),
    ]);
}

#[test]
fn tables_that_say_more_or_less_than_cells() {
    check(&[
        (
            "<table><caption>a</caption><tr><th>b</th></tr><tr><td>c</td></tr></table>",
            "<table>\n<caption>a</caption>\n<tr><th>b</th></tr>\n<tr><td>c</td></tr>\n</table>\n",
        ),
        ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", "a\n\nb\n"),
        (
            "<table><tr><td><table><tr><td>a</td></tr></table></td><td>b</td></tr></table>",
            "<table>\n<tr><td>a</td></tr>\n</table>\n\nb\n",
        ),
        ("<table><tr><td></td></tr></table>", ""),
        (
            "<table><tr><th># a</th></tr><tr><td>- b</td></tr></table>",
            "| # a |\n| --- |\n| - b |\n",
        ),
        (
            "<table><tr><th>a</th></tr><tr><td><a href=\"b|c\">d</a></td></tr></table>",
            "| a |\n| --- |\n| [d](b\\|c) |\n",
        ),
        (
            "<figure><table><tr><th>a</th></tr><tr><td>b</td></tr></table><figcaption>c</figcaption></figure>",
            "<figure>\n<table>\n<tr><th>a</th></tr>\n<tr><td>b</td></tr>\n</table>\n<figcaption>c</figcaption>\n</figure>\n",
        ),
    ]);
}

#[test]
fn definitions() {
    check(&[
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n: b\n"),
        (
            "<dl><dt>a</dt><dd>b</dd><dd>c</dd><dt>d</dt><dd>e</dd></dl>",
            "a\n: b\n: c\n\nd\n: e\n",
        ),
        (
            "<dl><dt>a</dt><dt>b</dt><dd>c</dd></dl>",
            "<dl>\n<dt>a</dt>\n<dt>b</dt>\n<dd>c</dd>\n</dl>\n",
        ),
        ("<dl><dt>a</dt><dd><p>b</p><p>c</p></dd></dl>", "a\n: b\n\n  c\n"),
        ("<dl><dd>a</dd></dl>", "<dl>\n<dd>a</dd>\n</dl>\n"),
        ("<dl><dt>a</dt></dl>", "<dl>\n<dt>a</dt>\n</dl>\n"),
        (
            "<dl><dt>a</dt><dd>b</dd></dl><dl><dt>c</dt><dd>d</dd></dl>",
            "a\n: b\n\nc\n: d\n",
        ),
        ("<p>x</p><dl><dt>a</dt><dd>b</dd></dl><p>y</p>", "x\n\na\n: b\n\ny\n"),
        ("<dl><div><dt>a</dt><dd>b</dd></div></dl>", "a\n: b\n"),
    ]);
}

#[test]
fn figures_and_pictures() {
    check(&[
        ("<img src=\"a.jpg\" alt=\"b\">", "![b](a.jpg)\n"),
        (
            "<img src=\"a.jpg\" alt=\"[b] *c* &quot;d&quot;\" title=\"e\">",
            "![\\[b\\] \\*c\\* \"d\"](a.jpg)\n",
        ),
        ("<img src=\"a b.jpg\" alt=\"\">", "![](<a b.jpg>)\n"),
        ("<img alt=\"a\">", ""),
        (
            "<img src=\"data:image/gif;base64,R0\" data-src=\"a.jpg\" alt=\"b\">",
            "![b](a.jpg)\n",
        ),
        ("<p>a <img src=\"b.jpg\" alt=\"c\"> d</p>", "a ![c](b.jpg) d\n"),
        ("<figure><img src=\"a.jpg\" alt=\"b\"></figure>", "![b](a.jpg)\n"),
        (
            "<figure><img src=\"a.jpg\" alt=\"b\"><figcaption>c &quot;d&quot;</figcaption></figure>",
            "![b](a.jpg \"c \\\"d\\\"\")\n",
        ),
        (
            "<figure><img src=\"a.jpg\" alt=\"b\"><figcaption>c <a href=\"/d\">e</a></figcaption></figure>",
            "<figure>\n<img src=\"a.jpg\" alt=\"b\">\n<figcaption>c <a href=\"/d\">e</a></figcaption>\n</figure>\n",
        ),
        (
            "<figure><a href=\"/x\"><img src=\"a.jpg\" alt=\"b\"></a><figcaption>c</figcaption></figure>",
            "<figure>\n<a href=\"/x\"><img src=\"a.jpg\" alt=\"b\"></a>\n<figcaption>c</figcaption>\n</figure>\n",
        ),
        (
            "<figure><img src=\"a.jpg\" alt=\"b\"><img src=\"c.jpg\" alt=\"d\"><figcaption>e</figcaption></figure>",
            "<figure>\n<img src=\"a.jpg\" alt=\"b\"><img src=\"c.jpg\" alt=\"d\">\n<figcaption>e</figcaption>\n</figure>\n",
        ),
        (
            "<figure><figure><img src=\"a.jpg\" alt=\"b\"></figure><figure><img src=\"c.jpg\" alt=\"d\"><figcaption>e</figcaption></figure></figure>",
            "![b](a.jpg)\n\n![d](c.jpg \"e\")\n",
        ),
        (
            "<figure><ul><li><figure><img src=\"a.jpg\" alt=\"b\"></figure></li><li><figure><img src=\"c.jpg\" alt=\"d\"></figure></li></ul></figure>",
            "![b](a.jpg)\n\n![d](c.jpg)\n",
        ),
        (
            "<figure><figure><img src=\"a.jpg\" alt=\"b\"></figure><figcaption>c</figcaption></figure>",
            "![b](a.jpg \"c\")\n",
        ),
        ("<figure><figcaption>a</figcaption></figure>", "a\n"),
        (
            "<ul><li><figure><img src=\"a.jpg\" alt=\"b\"><figcaption>c</figcaption></figure></li></ul>",
            "- <figure>\n  <img src=\"a.jpg\" alt=\"b\">\n  <figcaption>c</figcaption>\n  </figure>\n",
        ),
    ]);
}

#[test]
fn players_become_links() {
    check(&[
        (
            "<iframe src=\"https://video.example/1\"></iframe>",
            "<https://video.example/1>\n",
        ),
        (
            "<p>a<iframe src=\"//video.example/1\" title=\"The march\"></iframe>b</p>",
            "a\n\n[The march](https://video.example/1)\n\nb\n",
        ),
        (
            "<object><param name=\"movie\" value=\"http://video.example/1.swf\"><embed src=\"http://video.example/1.swf\"></object>",
            "<http://video.example/1.swf>\n",
        ),
        ("<embed src=\"/1.swf\">", "[/1.swf](/1.swf)\n"),
        ("<iframe></iframe>a", "a\n"),
        ("<iframe src=\"javascript:x\"></iframe>", ""),
        (
            "<video src=\"a.mp4\" poster=\"b.jpg\"></video>",
            "<video src=\"a.mp4\" poster=\"b.jpg\" controls></video>\n",
        ),
        (
            "<audio controls><source src=\"a.mp3\" type=\"audio/mpeg\">b</audio>",
            "<audio controls><source src=\"a.mp3\" type=\"audio/mpeg\"></audio>b\n",
        ),
        (
            "<figure><iframe src=\"https://video.example/1\"></iframe><figcaption>a</figcaption></figure>",
            "<figure>\n<p><a href=\"https://video.example/1\">https://video.example/1</a></p>\n<figcaption>a</figcaption>\n</figure>\n",
        ),
    ]);
}

#[test]
fn other_elements_stay_html() {
    check(&[
        ("<p>H<sub>2</sub>O<sup>1</sup></p>", "H<sub>2</sub>O<sup>1</sup>\n"),
        (
            "<p><u>a *b*</u> <mark>c</mark> <kbd>d</kbd></p>",
            "<u>a \\*b\\*</u> <mark>c</mark> <kbd>d</kbd>\n",
        ),
        (
            "<p><abbr title=\"a|b\" onclick=\"x\">c</abbr></p>",
            "<abbr title=\"a&#124;b\">c</abbr>\n",
        ),
        (
            "<p><q>a</q> <small class=\"x\" style=\"y\">b</small> <time datetime=\"2019-10-11\">c</time></p>",
            "<q>a</q> <small>b</small> <time datetime=\"2019-10-11\">c</time>\n",
        ),
        ("<p><u></u>a<u> b </u>c</p>", "a <u>b</u> c\n"),
        (
            "<details><summary>a <b>b</b></summary><p>c</p></details>",
            "<details><summary>a <strong>b</strong></summary>\n\nc\n\n</details>\n",
        ),
        ("<details open><p>c</p></details>", "<details open>\n\nc\n\n</details>\n"),
        ("<p lang=\"es\">a</p>", "<div lang=\"es\">\n\na\n\n</div>\n"),
        (
            "<div lang=\"es\"><p>a</p><p>b</p></div>",
            "<div lang=\"es\">\n\na\n\nb\n\n</div>\n",
        ),
        ("<p>a <span lang=\"es\">b</span></p>", "a <span lang=\"es\">b</span>\n"),
        (
            "<div lang=\"es\"><p lang=\"es\">a</p></div>",
            "<div lang=\"es\">\n\na\n\n</div>\n",
        ),
        ("<p dir=\"ltr\">a</p>", "a\n"),
        ("<p dir=\"rtl\">a</p>", "<div dir=\"rtl\">\n\na\n\n</div>\n"),
        ("<ul><li lang=\"es\">a</li></ul>", "- <div lang=\"es\">\n\n  a\n\n  </div>\n"),
        ("<p><ruby>a<rt>b</rt></ruby></p>", "<ruby>a<rt>b</rt></ruby>\n"),
        ("<u><p>a</p><p>b</p></u>", "<u>a</u>\n\n<u>b</u>\n"),
        ("<p>a<hr>b", "a\n\n---\n\nb\n"),
        ("<p><span class=\"x\">a</span></p>", "a\n"),
        ("<blink>a</blink>", "a\n"),
    ]);
}
