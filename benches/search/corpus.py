#!/usr/bin/env python3
"""Makes a pressmark site out of a clone of a freely licensed news site, to measure search on.

    git clone https://github.com/GSA/digitalgov.gov CLONE
    python3 corpus.py digitalgov CLONE FOLDER

    git clone https://github.com/MovimientoLibre/plataforma.web CLONE
    python3 corpus.py movimientolibre CLONE FOLDER

Writes FOLDER/config.toml, and an article to FOLDER/content/YEAR/ for each post: its title, date,
summary, bylines and tags, and its text as plain Markdown. Links become their words; pictures, HTML
and the calls of other programs' templates are left out, so that every system indexes the same.

  digitalgov       news of Digital.gov, English, 2012 to 2025; CC0 1.0, in the public domain
  movimientolibre  articles and notes of Movimiento Libre, Spanish, 2007 to 2020; GNU GPL 3

The posts are read from the commit for which `queries.toml` was judged, whatever the work tree
holds. The texts are fetched for measuring only; nothing of them is kept in this repository.
"""

import argparse
import collections
import html
import json
import pathlib
import re
import subprocess
import sys

Source = collections.namedtuple("Source", "title language commit folders names post")
Post = collections.namedtuple("Post", "slug date title deck byline tags body")


# Reading a clone.


def git(clone, *words, sent=None):
    """Runs git on a clone, with or without a work tree, and gives what it prints."""
    folder = ["-C", str(clone)]
    return subprocess.run(
        ["git", *folder, *words], input=sent, capture_output=True, check=True
    ).stdout


def files(clone, commit, folders):
    """Gives the path and the text of each Markdown file in these folders, in order."""
    listed = git(clone, "ls-tree", "-r", "-z", "--name-only", commit, "--", *folders).decode()
    paths = sorted(path for path in listed.split("\0") if path.endswith(".md"))
    asked = "".join(f"{commit}:{path}\n" for path in paths)
    answer = git(clone, "cat-file", "--batch", sent=asked.encode())
    start = 0
    for path in paths:
        head = answer.index(b"\n", start)
        end = head + 1 + int(answer[start:head].split()[-1])
        yield path, answer[head + 1 : end].decode()
        start = end + 1


def yaml(text):
    """Reads the little of YAML that the posts use: texts and lists of texts."""
    values = {}
    key = None
    for line in text.splitlines():
        found = re.match(r"([A-Za-z_]+):\s*(.*)", line)
        if found:
            key = found[1]
            values[key] = [] if found[2].startswith("[") else scalar(found[2])
        elif re.match(r"\s*- ", line) and key:
            if not isinstance(values[key], list):
                values[key] = []
            values[key].append(scalar(line.split("- ", 1)[1]))
        elif line.startswith(" ") and key and isinstance(values[key], str):
            values[key] = f"{values[key]} {scalar(line)}".strip()
    return values


def scalar(text):
    """Reads a text of YAML with or without quotation marks; `|` and `>` begin one on more lines."""
    text = re.sub(r"\s+#.*", "", text) if text[:1] not in "\"'" else text
    text = text.strip()
    if re.fullmatch(r"[|>][+-]?", text):
        return ""
    if text[:1] == "'" and text[-1:] == "'":
        text = text[1:-1].replace("''", "'")
    elif text[:1] == '"' and text[-1:] == '"':
        text = text[1:-1].replace('\\"', '"')
    return text


def plain(text):
    """Takes pictures, HTML and calls of templates out of Markdown, and makes links their words."""
    text = re.sub(r"(?s)<!--.*?-->|<(script|style|iframe)\b.*?</\1>", "", text)
    text = re.sub(r"(?s)\]\(\s*\{\{.*?\}\}[^)]*\)", "](/)", text)
    text = re.sub(r"(?s)\{\{.*?\}\}|\{%.*?%\}|\{#[^}]*\}", "", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)", r"\1", text)
    text = re.sub(r"(?s)</?[A-Za-z][^<>]*>", " ", text)
    text = html.unescape(text).replace("<", "&lt;")
    # Words that the site checks as links or footnotes, and that are none.
    text = re.sub(r"[\[\]]", "", text)
    return re.sub(r"\n\s*\n\s*", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip()


def slug(name):
    """Makes the name of a file one that stays as it is in addresses: plain, and not too long."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower())[:80].strip("-")


def line(text):
    """Makes a title or a summary one line of plain text."""
    return " ".join(html.unescape(plain(html.unescape(text))).split())


# The posts of each source.


def front_matter(text):
    """Parts a file of Hugo's into its values, between lines of three hyphens, and its text."""
    found = re.match(r"(?s)---\n(.*?)\n---\n?(.*)", text.lstrip("\ufeff"))
    return (yaml(found[1]), found[2]) if found else ({}, text)


def digitalgov_names(clone, commit):
    """Gives the name of each author of Digital.gov by the name of their folder."""
    records = files(clone, commit, ["content/authors"])
    read = ((pathlib.PurePath(path).parent.name, front_matter(text)[0]) for path, text in records)
    return {key: values.get("display_name") for key, values in read}


def digitalgov_post(path, text, names):
    """Reads a post of Digital.gov."""
    values, body = front_matter(text)
    if not values.get("title") or not values.get("date") or values.get("draft") == "true":
        return None
    if values.get("redirectto"):
        return None
    byline = [
        names.get(key) or key.replace("-", " ").title() for key in values.get("authors") or []
    ]
    topics = [topic.replace("-", " ").capitalize() for topic in values.get("topics") or []]
    name, date = pathlib.PurePath(path).stem[11:], values["date"][:10]
    return Post(slug(name), date, values["title"], values.get("summary", ""), byline, topics, body)


def no_names(_clone, _commit):
    """Gives no names, for a source whose posts are not signed."""
    return {}


def movimientolibre_post(path, text, _names):
    """Reads an article of Movimiento Libre: Pelican's, with lines of keys and values at the top."""
    head, body = text.split("\n\n", 1)
    values = dict(re.findall(r"(?m)^(\w+):\s*(.*)$", head))
    tags = [tag.strip() for tag in values.get("Tags", "").split(",") if tag.strip()]
    name = slug(pathlib.PurePath(path).stem)
    return Post(
        name, values["Date"][:10], values["Title"], values.get("Summary", ""), [], tags, body
    )


SOURCES = {
    "digitalgov": Source(
        "Digital.gov news",
        "en",
        "4979583206d90ff1707b097454a9b169ca9e95e4",
        ["content/news"],
        digitalgov_names,
        digitalgov_post,
    ),
    "movimientolibre": Source(
        "Movimiento Libre",
        "es",
        "a55a11499b53bdf1b34e01dfc214536736f4b613",
        ["content/articulos", "content/apuntes"],
        no_names,
        movimientolibre_post,
    ),
}


# Writing a site.


def toml(value):
    """Writes a text or a list of texts as TOML; JSON's way to write them is one of TOML's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "")


def article(post):
    """Writes a post as a file of pressmark."""
    lines = [f"title = {toml(line(post.title))}", f"date = {post.date}"]
    # A summary that the text begins with would count twice.
    deck = line(post.deck)
    if deck and deck[:40] not in line(post.body[:2000]):
        lines.append(f"deck = {toml(deck)}")
    for key, names in [("byline", post.byline), ("tags", post.tags)]:
        if names:
            lines.append(f"{key} = {toml(list(dict.fromkeys(names)))}")
    return "+++\n" + "\n".join(lines) + "\n+++\n\n" + plain(post.body) + "\n"


def make(source, clone, folder):
    """Writes the site, and gives the number of its articles."""
    config = [
        ("title", source.title),
        ("base_url", "https://press.example"),
        ("language", source.language),
    ]
    folder.mkdir(parents=True)
    settings = "".join(f"{key} = {toml(value)}\n" for key, value in config)
    (folder / "config.toml").write_text(settings, encoding="utf-8")
    names = source.names(clone, source.commit)
    made = set()
    for path, text in files(clone, source.commit, source.folders):
        post = source.post(path, text, names)
        place = folder / "content" / post.date[:4] / f"{post.slug}.md" if post else None
        # A post without a text only points elsewhere. Of two with one name, the first stays.
        if post is None or not plain(post.body) or place in made:
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(article(post), encoding="utf-8")
        made.add(place)
    return len(made)


def main():
    """Does what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("source", choices=SOURCES)
    parser.add_argument("clone", type=pathlib.Path, help="a clone of its repository")
    parser.add_argument("folder", type=pathlib.Path, help="where the site is made; not yet there")
    options = parser.parse_args()
    if options.folder.exists():
        sys.exit(f"corpus.py: {options.folder} is there already")
    try:
        number = make(SOURCES[options.source], options.clone, options.folder)
    except subprocess.CalledProcessError as fault:
        sys.exit(f"corpus.py: {' '.join(fault.cmd)}: {fault.stderr.decode().strip()}")
    print(f"{number} articles in {options.folder}")


if __name__ == "__main__":
    main()
