"""The scorer's own test: a good import scores full marks, and each of many faults is noticed."""

import json
import pathlib
import sys
import tempfile

import score
import truth as truths
import written
import wxr

EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="c" xmlns:excerpt="e" xmlns:dc="d" xmlns:wp="w"><channel>
<title>Ferry Lane News</title><link>https://ferry.example</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://ferry.example</wp:base_blog_url>
<wp:author><wp:author_login>odell7</wp:author_login><wp:author_email>odell@ferry.example</wp:author_email>
<wp:author_display_name><![CDATA[Iris Odell]]></wp:author_display_name></wp:author>
<item><title><![CDATA[Ferry "Lena" returns]]></title><link>https://ferry.example/news/ferry-returns/</link>
<dc:creator>odell7</dc:creator><guid isPermaLink="false">https://ferry.example/?p=11</guid>
<content:encoded><![CDATA[The ferry came back at noon.
Forty people stood on the quay.

<em>Lena</em> had been away since May; see <a href="https://ferry.example/about/">who we are</a> and
<a href="https://ferry.example/gone/">the old list</a>.

[caption id="attachment_12" align="alignnone" width="300"]<img src="https://ferry.example/wp-content/uploads/lena-300x200.jpg" alt="The Lena" /> Lena at the quay[/caption]

<pre>north  10:15
south  11:45</pre>

<table><tr><td>adults</td><td>3.20</td></tr></table>

<ul><li>bring a coat</li><li>bring a child</li></ul>

[youtube https://www.youtube.com/watch?v=abcdefghijk]

[gallery ids="12,13"]]]></content:encoded>
<wp:post_id>11</wp:post_id><wp:post_date>2014-06-01 00:30:00</wp:post_date>
<wp:post_date_gmt>2014-05-31 22:30:00</wp:post_date_gmt><wp:post_name>ferry-returns</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="harbour-quay"><![CDATA[Harbour & Quay]]></category>
<category domain="post_tag" nicename="the-lena"><![CDATA[The Lena]]></category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>12</wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_author>Troll</wp:comment_author><wp:comment_author_email>troll@post.example</wp:comment_author_email>
<wp:comment_author_IP>203.0.113.44</wp:comment_author_IP><wp:comment_approved>0</wp:comment_approved>
<wp:comment_content><![CDATA[Nobody ever asked for this boat and nobody ever will again]]></wp:comment_content></wp:comment>
</item>
<item><title>About</title><link>https://ferry.example/about/</link><dc:creator>kbrandt</dc:creator>
<guid>https://ferry.example/?page_id=2</guid><content:encoded><![CDATA[We write about one ferry.]]></content:encoded>
<wp:post_id>2</wp:post_id><wp:post_date>2013-01-02 10:00:00</wp:post_date>
<wp:post_date_gmt>2013-01-02 09:00:00</wp:post_date_gmt><wp:post_name>about</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>
<item><title>Wages</title><link>https://ferry.example/?p=14</link><dc:creator>odell7</dc:creator>
<guid>https://ferry.example/?p=14</guid>
<content:encoded><![CDATA[The crew has not been paid since the end of the winter timetable.]]></content:encoded>
<wp:post_id>14</wp:post_id><wp:post_date>2014-07-01 10:00:00</wp:post_date>
<wp:post_date_gmt>2014-07-01 08:00:00</wp:post_date_gmt><wp:post_name>wages</wp:post_name>
<wp:status>private</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>lena</title><guid>https://ferry.example/wp-content/uploads/lena.jpg</guid><wp:post_id>12</wp:post_id>
<wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>
<wp:attachment_url>https://ferry.example/wp-content/uploads/lena.jpg</wp:attachment_url></item>
<item><title>quay</title><guid>https://ferry.example/wp-content/uploads/quay.jpg</guid><wp:post_id>13</wp:post_id>
<wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>
<wp:attachment_url>https://ferry.example/wp-content/uploads/quay.jpg</wp:attachment_url></item>
</channel></rss>
"""
POST, PAGE, PRIVATE = (
    "content/2014/ferry-returns.md",
    "content/pages/about.md",
    "held/2014/wages.md",
)
FILES = {
    POST: """+++
title = 'Ferry "Lena" returns'
date = 2014-06-01T00:30:00+02:00
byline = ["Iris Odell"]
tags = ["Harbour & Quay", "The Lena"]
image = { src = "https://ferry.example/wp-content/uploads/lena.jpg", alt = "The Lena" }
original_url = "https://ferry.example/news/ferry-returns/"

[provenance]
id = 11
guid = "https://ferry.example/?p=11"
+++

The ferry came back at noon.\\
Forty people stood on the quay.

*Lena* had been away since May; see [who we are](../pages/about.md) and\\
[the old list](https://ferry.example/gone/).

![The Lena](https://ferry.example/wp-content/uploads/lena-300x200.jpg "Lena at the quay")

```
north  10:15
south  11:45
```

<table><tr><td>adults</td><td>3.20</td></tr></table>

- bring a coat
- bring a child

<https://www.youtube.com/watch?v=abcdefghijk>

![](https://ferry.example/wp-content/uploads/lena.jpg)

![](https://ferry.example/wp-content/uploads/quay.jpg)
""",
    PAGE: """+++
title = "About"

[extra]
date = 2013-01-02T10:00:00+01:00
original_url = "https://ferry.example/about/"
provenance = { id = 2, guid = "https://ferry.example/?page_id=2" }
+++

We write about one ferry.
""",
    PRIVATE: """+++
title = "Wages"
date = 2014-07-01T10:00:00+02:00
draft = true

[provenance]
id = 14
guid = "https://ferry.example/?p=14"
+++

The crew has not been paid since the end of the winter timetable.
""",
    "imports/ferry.example/links.csv": "from_file,old,new,state\n"
    f"{POST},https://ferry.example/gone/,,nowhere\n",
    "imports/ferry.example/report.json": json.dumps(
        {
            "balances": True,
            "items": [
                {
                    "kind": "post",
                    "status": "publish",
                    "title": "",
                    "outcome": "written",
                    "path": POST,
                },
                {
                    "kind": "page",
                    "status": "publish",
                    "title": "",
                    "outcome": "written",
                    "path": PAGE,
                },
                {
                    "kind": "post",
                    "status": "private",
                    "title": "",
                    "outcome": "written",
                    "path": PRIVATE,
                    "held": "private",
                },
                {
                    "kind": "attachment",
                    "status": "inherit",
                    "title": "",
                    "outcome": "skipped",
                    "reason": "is a file",
                },
                {
                    "kind": "attachment",
                    "status": "inherit",
                    "title": "",
                    "outcome": "skipped",
                    "reason": "is a file",
                },
            ],
        }
    ),
}
REPORT = "imports/ferry.example/report.json"
# What is broken, in which file, what is put in which place, and what must notice it.
FAULTS = [
    ("a paragraph is dropped", POST, "*Lena* had been away since May; see", "See", "paragraphs"),
    ("two paragraphs run together", POST, "quay.\n\n*Lena*", "quay. *Lena*", "paragraphs"),
    ("a line break is lost", POST, "noon.\\\n", "noon.\n", "lines"),
    ("a word is lost", POST, "Forty people", "People", "words both"),
    (
        "words are added",
        POST,
        "quay.\n\n*Lena*",
        "quay.\n\nSpam words that nobody wrote.\n\n*Lena*",
        "words there",
    ),
    ("emphasis is lost", POST, "*Lena*", "Lena", "em both"),
    ("a cell of a table is lost", POST, "<td>3.20</td>", "", "paragraphs"),
    ("a listing becomes a paragraph", POST, "```", "", "pre both"),
    (
        "a list becomes lines",
        POST,
        "- bring a coat\n- bring a child",
        "bring a coat\n\nbring a child",
        "li both",
    ),
    ("the title is escaped twice", POST, '"Lena" returns', "&quot;Lena&quot; returns", "title"),
    ("the day is that of UTC", POST, "2014-06-01T00:30:00+02:00", "2014-05-31T22:30:00Z", "day"),
    ("the offset is lost", POST, "00:30:00+02:00", "00:30:00", "instant"),
    ("a login stands for the name", POST, '["Iris Odell"]', '["odell7"]', "authors"),
    (
        "a login stands for a name that the export does not have",
        PAGE,
        "[extra]",
        '[extra]\nbyline = ["kbrandt"]',
        "authors",
    ),
    ("a slug stands for a category", POST, "Harbour & Quay", "harbour-quay", "categories"),
    ("a slug stands for a tag", POST, '"The Lena"]', '"the-lena"]', "tags"),
    (
        "the old address is lost",
        POST,
        'original_url = "https://ferry.example/news/ferry-returns/"',
        "",
        "permalink",
    ),
    ("a shortcode stays", POST, "*Lena*", '[gallery ids="12"]\n\n*Lena*', "raw marks"),
    (
        "the comment of a block stays",
        POST,
        "*Lena*",
        "<!-- wp:paragraph -->\n\n*Lena*",
        "raw marks",
    ),
    (
        "a picture is lost",
        POST,
        "![](https://ferry.example/wp-content/uploads/quay.jpg)",
        "",
        "pictures",
    ),
    (
        "a gallery is lost",
        POST,
        "![](https://ferry.example/wp-content/uploads/quay.jpg)",
        "",
        "galleries",
    ),
    (
        "a link is lost",
        POST,
        "[the old list](https://ferry.example/gone/)",
        "the old list",
        "links",
    ),
    ("a player is lost", POST, "<https://www.youtube.com/watch?v=abcdefghijk>", "", "embeds"),
    ("a caption is lost", POST, ' "Lena at the quay"', "", "captions"),
    ("the lead image is lost", POST, "image = {", "picture = {", "leads"),
    (
        "a link between pieces is not rewritten",
        POST,
        "../pages/about.md",
        "https://ferry.example/about/",
        "links rewritten",
    ),
    (
        "a link that leads nowhere is not listed",
        "imports/ferry.example/links.csv",
        "https://ferry.example/gone/",
        "",
        "links listed",
    ),
    ("a page is not found", PAGE, "", None, "missing"),
    ("a private post loses its mark", PRIVATE, "draft = true\n", "", "drafts unmarked"),
    (
        "a private post is published",
        POST,
        "*Lena*",
        "The crew has not been paid since the end of the winter.\n\n*Lena*",
        "hidden published",
    ),
    (
        "an unapproved comment is published",
        POST,
        "*Lena*",
        "Nobody ever asked for this boat and nobody ever will.\n\n*Lena*",
        "comments published",
    ),
    (
        "an e-mail address is written",
        PAGE,
        "[extra]",
        '[extra]\nmail = "odell@ferry.example"',
        "e-mails",
    ),
    ("an IP address is written", REPORT, '"items": [', '"ip": "203.0.113.44", "items": [', "IPs"),
    ("two items share a file", REPORT, PAGE, POST, "files overwritten"),
    ("a written file is not there", REPORT, PAGE, "content/pages/none.md", "files overwritten"),
    (
        "an item is not in the report",
        REPORT,
        '"kind": "page"',
        '"kind": "other"',
        "items unaccounted",
    ),
    (
        "front matter is broken",
        PRIVATE,
        'title = "Wages"',
        'title = "Wages',
        "invalid front matter",
    ),
    (
        "an account does not balance",
        REPORT,
        '"balances": true',
        '"balances": false',
        "failures with exit 0",
    ),
    (
        "a lost item is no failure",
        REPORT,
        '"outcome": "skipped"',
        '"outcome": "lost"',
        "failures with exit 0",
    ),
]


def scored(changes):
    """Scores the good import with some files changed; a file that is None is not written."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        export = root / "export.xml"
        export.write_text(EXPORT, "utf-8")
        for name, text in {**FILES, **changes}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is not None:
                path.write_text(text, "utf-8")
        read = truths.Export([wxr.read(export)])
        export.unlink()
        return score.compare(
            "test",
            read,
            written.Site(root),
            {"code": 0, "message": "", "seconds": 0.0, "megabytes": 0.0},
        )


def noticed(good, bad, by):
    """Whether a fault shows in a figure, a check, or a counter."""
    if by in bad.dangers:
        return bool(bad.dangers[by])
    if any(name == by for _, _, name, _ in bad.failures):
        return True
    key = {"lines": "lines both"}.get(by, by)
    if key == "words there":
        return bad.counts[key] > good.counts[key]
    return key in good.counts and bad.counts[key] < good.counts[key]


def main():
    """Runs the test; the exit code."""
    good = scored({})
    wrong = [f"the good import: {path}: {name}: {lost}" for path, _, name, lost in good.failures]
    wrong += [f"the good import: {name}: {found}" for name, found in good.dangers.items() if found]
    if good.counts["lossless"] != 2 or not good.finished:
        wrong.append(f"the good import scores {good.counts['lossless']} of 2")
    for what, name, old, new, by in FAULTS:
        text = FILES[name]
        if old not in text:
            wrong.append(f"{what}: the good import has no {old!r}")
            continue
        if not noticed(good, scored({name: None if new is None else text.replace(old, new)}), by):
            wrong.append(f"{what}: not noticed by {by!r}")
    print(
        "\n".join(wrong)
        or f"a good import scores full marks; {len(FAULTS)} faults of {len(FAULTS)} are noticed"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
