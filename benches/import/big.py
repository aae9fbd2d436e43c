#!/usr/bin/env python3
"""Makes a WordPress export of made-up posts, as large as you like.

    python3 big.py OUT.xml --megabytes NUMBER [--seed SEED]

One item in five is a picture. Of the posts, half are of the classic editor and half are made of
blocks; they have terms, lead images, captions, galleries, links to one another, and comments with
addresses that must not come out. Numbers, slugs and dates are unique. The file is written piece by
piece; the same NUMBER and SEED give the same file on every machine.
"""

import argparse
import datetime
import random

BASE = "https://ferry.example"
FIRST = datetime.datetime(2001, 1, 1, 6, 0)
WORDS = """
the of and to a in that for was on with as it by at from they had were said not but this have who be
their are an or which its been one would more after when all there two about no new than will city
people ferry harbour quay crew tide council ticket winter rope engine island captain morning repair
fare passenger storm timetable union wage bridge market school letter meeting office water night
""".split()
TERMS = [
    "Harbour & Quay",
    "Fares",
    "The Crew",
    "Weather",
    "Council",
    "Letters",
    "Repairs",
    "Island life",
]
TAGS = [
    "tide",
    "winter",
    "rope",
    "engine",
    "captain",
    "storm",
    "timetable",
    "union",
    "market",
    "school",
]
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/"
>
<channel>
	<title>Ferry Lane News</title>
	<link>https://ferry.example</link>
	<language>en-US</language>
	<wp:wxr_version>1.2</wp:wxr_version>
	<wp:base_site_url>https://ferry.example</wp:base_site_url>
	<wp:base_blog_url>https://ferry.example</wp:base_blog_url>
"""


class Writer:
    """Writes the items of an export, one by one."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.sentences = [self.sentence() for _ in range(4000)]

    def sentence(self):
        """A sentence of made-up text."""
        words = self.random.choices(WORDS, k=self.random.randint(6, 24))
        return " ".join(words).capitalize() + self.random.choice(
            [".", ".", ".", "?", "; that is * all."]
        )

    def text(self, least, most):
        """A few sentences."""
        return " ".join(self.random.choices(self.sentences, k=self.random.randint(least, most)))

    def item(self, number):
        """An item: every fifth is a picture."""
        return self.picture(number) if number % 5 == 0 else self.post(number)

    def picture(self, number):
        """A picture, uploaded to the post before it."""
        address = f"{BASE}/wp-content/uploads/{date(number)[:4]}/{number}.jpg"
        caption = self.text(1, 1) if number % 10 == 0 else ""
        return (
            self.start(
                number,
                f"picture {number}",
                f"{BASE}/?attachment_id={number}",
                "",
                caption,
                "inherit",
                "attachment",
            )
            + f"\t\t<wp:post_parent>{number - 1}</wp:post_parent>\n\t\t<wp:attachment_url>{address}</wp:attachment_url>\n"
            + meta("_wp_attachment_image_alt", f"What picture {number} shows")
            + "\t</item>\n"
        )

    def post(self, number):
        """A post: mostly public, some drafts, private, or with a password."""
        status = {3: "draft", 7: "private"}.get(number % 50, "publish")
        paragraphs = [self.text(2, 6) for _ in range(self.random.randint(3, 14))]
        paragraphs[
            0
        ] += (
            f' See <a href="{address_of(self.other(number))}">what was said</a>, and <em>this</em>.'
        )
        body = self.classic(number, paragraphs) if number % 2 else self.blocks(number, paragraphs)
        title = f"{self.random.choice(self.sentences)[:50].strip(' .')} {number}"
        out = self.start(number, title, address_of(number), body, "", status, "post")
        out += f"\t\t<wp:post_password>{'rope' if number % 100 == 13 else ''}</wp:post_password>\n"
        out += f'\t\t<category domain="category" nicename="c{number % 8}"><![CDATA[{TERMS[number % 8]}]]></category>\n'
        out += f'\t\t<category domain="post_tag" nicename="t{number % 10}"><![CDATA[{TAGS[number % 10]}]]></category>\n'
        if number % 5 == 4:
            out += meta("_thumbnail_id", str(number + 1))
        out += "".join(
            self.comment(number, which) for which in range(self.random.choice([0, 0, 0, 1, 2, 5]))
        )
        return out + meta("_edit_last", "1") + "\t</item>\n"

    def other(self, number):
        """The number of another post."""
        other = self.random.randint(1, max(1, number - 1))
        return other + (other % 5 == 0)

    def classic(self, number, paragraphs):
        """A body of the classic editor."""
        paragraphs[1] = paragraphs[1].replace(". ", ".\n", 1)
        picture = f"{BASE}/wp-content/uploads/{date(number)[:4]}/{number}-300x200.jpg"
        paragraphs.insert(
            2,
            f'[caption id="attachment_{number}" width="300"]<img src="{picture}" alt="" /> {self.text(1, 1)}[/caption]',
        )
        if number % 5 == 4:
            paragraphs.append("[gallery]")
        return "\n\n".join(paragraphs)

    def blocks(self, number, paragraphs):
        """A body of blocks."""
        out = [
            f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->" for text in paragraphs
        ]
        out.insert(
            1,
            f'<!-- wp:heading -->\n<h2 class="wp-block-heading">{self.text(1, 1)}</h2>\n<!-- /wp:heading -->',
        )
        cells = "".join(
            f"<tr><td>{self.random.choice(WORDS)}</td><td>{n}.20</td></tr>" for n in range(3)
        )
        out.append(
            f'<!-- wp:table -->\n<figure class="wp-block-table"><table><tbody>{cells}</tbody></table></figure>\n<!-- /wp:table -->'
        )
        out.append('<!-- wp:latest-posts {"postsToShow":3} /-->')
        return "\n\n".join(out)

    def comment(self, number, which):
        """A comment, approved or not, with what must not come out."""
        approved = self.random.choice(["1", "1", "0", "trash"])
        return (
            f"\t\t<wp:comment>\n\t\t\t<wp:comment_id>{number * 10 + which}</wp:comment_id>\n"
            f"\t\t\t<wp:comment_author><![CDATA[Reader {number}]]></wp:comment_author>\n"
            f"\t\t\t<wp:comment_author_email>reader{number}@example.org</wp:comment_author_email>\n"
            f"\t\t\t<wp:comment_author_IP>203.0.113.{number % 250}</wp:comment_author_IP>\n"
            f"\t\t\t<wp:comment_date>{date(number)}</wp:comment_date>\n"
            f"\t\t\t<wp:comment_content><![CDATA[{self.text(1, 3)}]]></wp:comment_content>\n"
            f"\t\t\t<wp:comment_approved>{approved}</wp:comment_approved>\n"
            "\t\t\t<wp:comment_type>comment</wp:comment_type>\n\t\t</wp:comment>\n"
        )

    def start(self, number, title, link, body, excerpt, status, kind):
        """The first elements of an item."""
        return (
            f"\t<item>\n\t\t<title><![CDATA[{title}]]></title>\n\t\t<link>{link}</link>\n"
            f"\t\t<dc:creator><![CDATA[writer{number % 12}]]></dc:creator>\n"
            f'\t\t<guid isPermaLink="false">{BASE}/?p={number}</guid>\n\t\t<description></description>\n'
            f"\t\t<content:encoded><![CDATA[{body}]]></content:encoded>\n"
            f"\t\t<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>\n\t\t<wp:post_id>{number}</wp:post_id>\n"
            f"\t\t<wp:post_date><![CDATA[{date(number)}]]></wp:post_date>\n"
            f"\t\t<wp:post_date_gmt><![CDATA[{date(number, 5)}]]></wp:post_date_gmt>\n"
            f"\t\t<wp:post_name><![CDATA[{slug(number)}]]></wp:post_name>\n"
            f"\t\t<wp:status><![CDATA[{status}]]></wp:status>\n\t\t<wp:menu_order>0</wp:menu_order>\n"
            f"\t\t<wp:post_type><![CDATA[{kind}]]></wp:post_type>\n"
        )


def date(number, hours=0):
    """The date of an item, so many hours later."""
    return (FIRST + datetime.timedelta(minutes=97 * number, hours=hours)).isoformat(" ")


def slug(number):
    """What an item is called in addresses."""
    return f"{WORDS[number % len(WORDS)]}-{WORDS[number // 7 % len(WORDS)]}-{number}"


def address_of(number):
    """Where a post stood."""
    return f"{BASE}/{date(number)[:4]}/{date(number)[5:7]}/{slug(number)}/"


def meta(key, value):
    """A meta of a post."""
    return (
        f"\t\t<wp:postmeta>\n\t\t\t<wp:meta_key><![CDATA[{key}]]></wp:meta_key>\n"
        f"\t\t\t<wp:meta_value><![CDATA[{value}]]></wp:meta_value>\n\t\t</wp:postmeta>\n"
    )


def author(number):
    """An account."""
    return (
        f"\t<wp:author><wp:author_login>writer{number}</wp:author_login>"
        f"<wp:author_email>writer{number}@example.org</wp:author_email>"
        f"<wp:author_display_name><![CDATA[Writer of the Quay No. {number}]]></wp:author_display_name></wp:author>\n"
    )


def write(path, megabytes, seed=1):
    """Writes an export of at least so many megabytes; how many items it has."""
    writer, size, number = Writer(seed), 0, 0
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        size += out.write(HEAD + "".join(map(author, range(12))))
        while size < megabytes * 1_000_000:
            number += 1
            size += out.write(writer.item(number))
        out.write("</channel>\n</rss>\n")
    return number


def main():
    """Makes what is asked for."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("out")
    parser.add_argument("--megabytes", type=float, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"{write(options.out, options.megabytes, options.seed):,} items")


if __name__ == "__main__":
    main()
