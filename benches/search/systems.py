"""The systems whose answers and sizes are compared: pressmark, SQLite's FTS5, Pagefind and grep.

Each is a class with two methods. `index` makes whatever it needs of a site that pressmark has
built; `ask` gives, for each query, the files of the first articles that it finds, best first. A
file is named as in `queries.toml`: its path below the site's `content/`.
"""

import collections
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tomllib

from corpus import line, plain

HERE = pathlib.Path(__file__).resolve().parent

# What an article is found by, and how much each part weighs in SQLite; pressmark's weights too.
FIELDS = {"title": 6, "deck": 2, "names": 3, "body": 1}
NAMES = ["byline", "tags", "organizations", "people", "places"]

TOKENIZERS = {
    "en": "porter unicode61 remove_diacritics 2",
    "es": "unicode61 remove_diacritics 2",
}

# The folders of content/ that hold records of terms and pages, not articles.
NO_ARTICLES = {"organizations", "people", "places", "tags", "pages"}

ARTICLE_PAGE = re.compile(rb'<body class="[^"]*\barticle\b[^"]*">')

Article = collections.namedtuple("Article", "file language address title deck names body")


# Articles.


def articles(site):
    """Reads the articles of a site, translations among them."""
    config = tomllib.loads((site / "config.toml").read_text(encoding="utf-8"))
    languages = config.get("languages", [])
    content = site / "content"
    for path in sorted(content.rglob("*.md")):
        file = path.relative_to(content)
        if file.parts[0] in NO_ARTICLES:
            continue
        stem, _, tag = file.stem.partition(".")
        values, body = read(path)
        language = tag if tag in languages else config.get("language", "en")
        # A translation has the date and the names of its original.
        if language == tag:
            values = {**read(path.with_name(f"{stem}.md"))[0], **values}
        front = "" if language == config.get("language", "en") else f"/{language}"
        address = f"{front}/{str(values['date']).replace('-', '/')}/{stem}/"
        names = " | ".join(name for key in NAMES for name in values.get(key, []))
        title, deck = line(values["title"]), values.get("deck", "")
        yield Article(str(file), language, address, title, deck, names, body)


def read(path):
    """Parts a file into its front matter and its text without links and HTML."""
    _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return tomllib.loads(front), plain(body)


# The systems.


class Pressmark:
    """The search of pressmark, through its command."""

    name = "pressmark"

    def __init__(self, program):
        """Takes the program; the rest is in the built site."""
        self.program = program
        self.site = None

    def index(self, site, _work):
        """Builds the site with its search."""
        config = site / "config.toml"
        settings = config.read_text(encoding="utf-8")
        if "search" not in tomllib.loads(settings):
            config.write_text(f'search = "native"\n{settings}', encoding="utf-8")
        run([self.program, "build"], site)
        self.site = site

    def ask(self, queries, limit):
        """Asks for the articles of each query's language."""
        return [
            self.answer(f"{query['words']} lang:{query['language']}", limit) for query in queries
        ]

    def answer(self, words, limit):
        """Asks one query. This is the one place that knows the command."""
        options = ["--format", "json", "--limit", str(limit), "--output", "public"]
        said = run([self.program, "search", words, *options], self.site)
        return [hit["file"].removeprefix("content/") for hit in json.loads(said)["hits"]]


class Fts5:
    """SQLite's full-text index: a table for each language, ranked by BM25 of weighted columns."""

    name = "FTS5"

    def __init__(self):
        """Begins with an empty database in memory."""
        self.base = sqlite3.connect(":memory:")

    def index(self, site, _work, file=":memory:"):
        """Puts the articles into tables; in `file`, a database of their own."""
        self.base = sqlite3.connect(file)
        for language, tokenizer in TOKENIZERS.items():
            columns = ", ".join(["file unindexed", *FIELDS])
            self.base.execute(
                f'create virtual table {language} using fts5({columns}, tokenize="{tokenizer}")'
            )
        for piece in articles(site):
            row = (piece.file, piece.title, piece.deck, piece.names, piece.body)
            self.base.execute(f"insert into {piece.language} values (?, ?, ?, ?, ?)", row)
        self.base.commit()

    def ask(self, queries, limit):
        """Asks for all words, and for some of them if no article has all."""
        return [self.answer(query, limit) for query in queries]

    def answer(self, query, limit):
        """Asks one query."""
        words = parts(query["words"])
        table, weights = query["language"], ", ".join(["0", *map(str, FIELDS.values())])
        for joint in (" AND ", " OR "):
            match = joint.join(f'"{word}"' for word in words)
            order = f"order by bm25({table}, {weights}) limit ?"
            select = f"select file from {table} where {table} match ? {order}"
            found = [file for (file,) in self.base.execute(select, (match, limit))]
            if found:
                return found
        return []


class Pagefind:
    """Pagefind's own program and its client in a browser, over the pages of the articles."""

    name = "Pagefind"

    def __init__(self, program):
        """Takes the program."""
        self.program = program
        self.folder = None
        self.files = {}

    def index(self, site, work):
        """Indexes the text of the articles' pages, and of no others."""
        self.folder = work
        self.files = {piece.address: piece.file for piece in articles(site)}
        article_pages(site / "public", work)
        run([self.program, "--site", str(work)], work)

    def ask(self, queries, limit):
        """Asks all queries in one browser."""
        sent = json.dumps({"queries": queries, "limit": limit})
        said = run(["node", str(HERE / "client.mjs"), "ask", str(self.folder)], self.folder, sent)
        return [[self.files[address] for address in found] for found in json.loads(said)]


class Grep:
    """Counts how often an article has the words; only to find more articles to judge."""

    name = "grep"

    def __init__(self):
        """Begins with nothing."""
        self.texts = []

    def index(self, site, _work):
        """Keeps the texts."""
        for piece in articles(site):
            text = " ".join([piece.title, piece.deck, piece.names, piece.body]).lower()
            self.texts.append((piece.file, piece.language, text))

    def ask(self, queries, limit):
        """Looks for the words as they are, or else their beginnings."""
        return [self.answer(query, limit) for query in queries]

    def answer(self, query, limit):
        """Asks one query."""
        words = [word.lower() for word in parts(query["words"])]
        texts = [text for text in self.texts if text[1] == query["language"]]
        for needles in (words, [word[:5] for word in words]):
            counted = [(min(text.count(word) for word in needles), file) for file, _, text in texts]
            found = sorted(
                (pair for pair in counted if pair[0]), key=lambda pair: (-pair[0], pair[1])
            )
            if found:
                return [file for _, file in found[:limit]]
        return []


# What the systems share.


def parts(words):
    """Parts a query into its words and its phrases."""
    return [phrase or word for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', words)]


def article_pages(public, folder):
    """Copies the pages of articles; the theme marks in them what Pagefind is to index."""
    for path in sorted(public.rglob("index.html")):
        page = path.read_bytes()
        if not ARTICLE_PAGE.search(page):
            continue
        place = folder / path.relative_to(public)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(page)


def run(command, folder, sent=None):
    """Runs a program, and gives what it prints."""
    done = subprocess.run(
        command, cwd=folder, input=sent, capture_output=True, text=True, check=False
    )
    if done.returncode:
        line = " ".join(map(str, command))
        raise SystemExit(f"`{line}` failed in {folder}:\n{(done.stderr + done.stdout)[-2000:]}")
    return done.stdout


def copy_site(site, folder):
    """Copies the sources of a site, so that nothing is written beside the original."""
    leave = shutil.ignore_patterns(
        "public", ".pressmark", ".git", "target", "node_modules", "benches"
    )
    return pathlib.Path(shutil.copytree(site, folder, ignore=leave))
