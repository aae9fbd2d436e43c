#!/usr/bin/env python3
"""Measures what pressmark's search costs, on an archive of made-up articles, beside Pagefind's.

    python3 measure.py -n ARTICLES [-r ROUNDS] [--pagefind PROGRAM] [--program PROGRAM] [...]

Prints a Markdown table of two columns:

  building    the site with `search = "native"` and with "off", from nothing: processor seconds
              (user and system), seconds from start to exit, and the most memory; for Pagefind,
              a run of its program over the pages of the articles
  the index   its files, their bytes as they are and each zipped with gzip, and both for each
              byte of the articles' text: titles, summaries and bodies
  publishing  the bytes and files of the index that are new or changed when the newest article is
              added, and when one is added at each of so many random dates
  a reader    what headless Chromium asks for with an empty cache until ten results of a query are
              shown, and until twenty are: requests and bytes, the page and its style sheet apart;
              and how long it takes from a key to its results when all files are there

These can be added:

  -r ROUNDS           build so often, and give medians (3)
  --inserts NUMBER    how many random dates (20)
  --queries WORDS...  the queries of the reader
  --type WORDS...     what is typed, letter by letter
  --program PROGRAM   the pressmark to measure (target/release/pressmark of the repository)
  --pagefind PROGRAM  Pagefind's own program, such as pagefind_extended; left out if not named
  --sqlite            measure an index of SQLite's FTS5 too; it holds the texts as well
  --without PART      leave a part out: building, publishing or reader
  --dir FOLDER        where the archive is made, such as a folder on a RAM disk
  --seed SEED         make another archive of the same kind

Needs Linux and Python 3.11; for the reader Node, Chromium, and `npm ci` in tests/tools. A megabyte
is a million bytes. Memory below what this program takes itself (some 25 MB) cannot be seen.
"""

import argparse
import collections
import gzip
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from systems import article_pages, run

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
ARCHIVE = HERE.parent / "compare" / "archive.py"

CONFIG = 'search = "{search}"\ntitle = "Press archive"\nbase_url = "https://press.example.org"\n'

QUERIES = ["strike", "hospital hearing", "city council rent"]
TYPED = ["strike", "hospital", "harvest", "library", "rent strike"]

Build = collections.namedtuple("Build", "processor wall memory")


# Running programs.


def measured(command, folder):
    """Runs a program, and gives what it took."""
    os.sync()
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace")[-2000:]
            raise SystemExit(f"`{' '.join(map(str, command))}` failed in {folder}:\n{said}")
    return Build(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024)


def medians(builds):
    """Gives the median of each figure of some builds."""
    return Build(*map(statistics.median, zip(*builds)))


def note(text):
    """Says what is being done, to somebody who waits."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


# The archive.


def make_archive(folder, options):
    """Makes the site, and takes the newest article and some others out of it, to be added later."""
    left_out = options.inserts + 1
    number = str(options.articles + left_out)
    run(
        [sys.executable, "-B", str(ARCHIVE), number, str(folder), "--seed", str(options.seed)], HERE
    )
    by_date = sorted(
        folder.glob("content/*/*.md"), key=lambda path: (path.parent.name, path.stem[-7:])
    )
    chosen = random.Random(options.seed).sample(by_date[:-1], options.inserts)
    aside = folder.parent / "aside"
    for path in [by_date[-1], *chosen]:
        place = aside / path.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.rename(place)
    to_add = [path.relative_to(folder) for path in [by_date[-1], *chosen]]
    return aside, to_add[0], to_add[1:]


def configure(site, search):
    """Writes the settings of the site."""
    (site / "config.toml").write_text(CONFIG.format(search=search), encoding="utf-8")


def text_bytes(site):
    """Adds up the bytes of the titles, summaries and bodies of the articles."""
    total = 0
    for path in site.glob("content/*/*.md"):
        _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
        parts = re.findall(r'(?m)^(?:title|summary) = "(.*)"$', front)
        total += sum(len(part.encode()) for part in [*parts, body])
    return total


# The index.


def contents(folder):
    """Gives the files of an index: the size and a hash of each."""
    found = {}
    for path in sorted(folder.rglob("*")):
        # The page of the search belongs to the theme.
        if path.is_file() and path.suffix != ".html":
            data = path.read_bytes()
            found[path.relative_to(folder)] = (len(data), hashlib.sha256(data).digest())
    return found


def zipped(folder, files):
    """Adds up the bytes of files that are zipped one by one, or are already."""
    return sum(len(gzip.compress((folder / path).read_bytes())) for path in files)


def changed(before, after):
    """Gives how many files of `after` are not the same in `before`, and their bytes."""
    new = [size for path, (size, mark) in after.items() if before.get(path) != (size, mark)]
    return len(new), sum(new)


# What is measured of one kind of search.


class Native:
    """The search of pressmark."""

    client = "pressmark"

    def __init__(self, site, options):
        """Takes the site."""
        self.site, self.options = site, options
        self.folder = site / "public"
        self.bundle = self.folder / "search"

    def build(self):
        """Builds the site from nothing."""
        clear(self.site)
        return measured([self.options.program, "build"], self.site)

    def update(self):
        """Builds the site after a change."""
        run([self.options.program, "build"], self.site)


class Pagefind:
    """Pagefind, over the pages of the articles that pressmark has built."""

    client = "pagefind"

    def __init__(self, site, work, options):
        """Takes the site."""
        self.site, self.options = site, options
        self.folder = work / "pagefind"
        self.bundle = self.folder / "pagefind"

    def build(self):
        """Makes the index from nothing."""
        shutil.rmtree(self.folder, ignore_errors=True)
        article_pages(self.site / "public", self.folder)
        return measured([self.options.pagefind, "--site", str(self.folder)], self.folder)

    def update(self):
        """Makes the index after a change."""
        run([self.options.program, "build"], self.site)
        self.build()


def clear(site):
    """Takes away what earlier builds left."""
    for name in ["public", ".pressmark", ".public.pressmark"]:
        shutil.rmtree(site / name, ignore_errors=True)


def building(native, options):
    """Builds the site with and without its search in turn, and gives the medians."""
    builds = {"off": [], "native": []}
    for turn in range(options.rounds):
        for search, figures in builds.items():
            note(f"building with search {search}, {turn + 1} of {options.rounds}")
            configure(native.site, search)
            figures.append(native.build())
    return medians(builds["off"]), medians(builds["native"])


def rewritten(search, aside, articles):
    """Gives how many files and bytes of the index change for each article that is added alone."""
    before = contents(search.bundle)
    figures = []
    for path in articles:
        note(f"adding {path}")
        shutil.copy(aside / path, search.site / path)
        search.update()
        figures.append(changed(before, contents(search.bundle)))
        (search.site / path).unlink()
    search.update()
    if changed(before, contents(search.bundle)) != (0, 0):
        raise SystemExit("measure.py: the same articles have given another index")
    return figures


def reader(search, options):
    """Asks a browser what queries and keys cost."""
    command = ["node", str(HERE / "client.mjs")]
    rest = [search.client, str(search.folder)]
    note("asking in a browser")
    costs = json.loads(run([*command, "load", *rest, *options.queries], HERE))
    keys = json.loads(run([*command, "type", *rest, *options.type], HERE))
    return costs, keys


def sqlite(site, work):
    """Makes an index of SQLite's FTS5 in a process of its own, and gives its figures and size."""
    base = work / "articles.sqlite"
    script = (
        "import pathlib, sys; sys.path.insert(0, sys.argv[1]); from systems import Fts5;"
        "Fts5().index(pathlib.Path(sys.argv[2]), None, sys.argv[3])"
    )
    took = measured([sys.executable, "-B", "-c", script, str(HERE), str(site), str(base)], work)
    return took, base.stat().st_size


# The table.


def megabytes(size):
    """Writes a number of bytes."""
    return f"{size / 1e6:,.2f} MB" if size >= 1e5 else f"{size / 1e3:,.1f} KB"


def index_rows(search, text):
    """Gives the rows about the size of an index."""
    files = contents(search.bundle)
    raw, packed = sum(size for size, _ in files.values()), zipped(search.bundle, files)
    return [
        ("index: files", f"{len(files):,}"),
        ("index: bytes", megabytes(raw)),
        ("index: bytes, zipped", megabytes(packed)),
        ("index: bytes for a byte of text", f"{raw / text:.3f}"),
        ("index: bytes for a byte of text, zipped", f"{packed / text:.3f}"),
    ]


def publishing_rows(newest, inserted):
    """Gives the rows about what changes when articles are added."""
    rows = [("rewritten for the newest article", f"{megabytes(newest[1])}, {newest[0]} files")]
    if inserted:
        sizes = [size for _, size in inserted]
        counts = [count for count, _ in inserted]
        middle = f"{megabytes(statistics.median(sizes))}, {statistics.median(counts):g} files"
        rows.append((f"rewritten at {len(sizes)} random dates, median", middle))
        rows.append(("the same, worst", f"{megabytes(max(sizes))}, {max(counts)} files"))
    return rows


def downloaded(answers):
    """Writes how much a reader downloads."""
    return f"{answers['bytes'] / 1e3:,.1f} KB in {answers['requests']} requests"


def reader_rows(costs, keys):
    """Gives the rows about what a reader downloads and waits for."""
    rows = []
    for query in costs:
        for number in ("ten", "twenty"):
            took = query[number]
            said = f"{downloaded(took['search'])}, {took['milliseconds']:.0f} ms"
            rows.append((f"`{query['word']}`, {number} results", said))
        rows.append((f"`{query['word']}`, page and style sheet", downloaded(took["page"])))
    keyed = f"{statistics.median(keys):.0f} ms, {max(keys):.0f} ms"
    rows.append((f"from a key to its results, {len(keys)} keys: median, worst", keyed))
    return rows


def build_rows(took):
    """Gives the rows about a build."""
    return [
        ("processor time", f"{took.processor:.2f} s"),
        ("from start to exit", f"{took.wall:.2f} s"),
        ("most memory", megabytes(took.memory)),
    ]


def added_rows(off, native):
    """Gives the rows about a build with search, beside the one without."""
    rows = []
    for (what, alone), (_, said) in zip(build_rows(off), build_rows(native)):
        rows.append((f"site without search: {what}", alone))
        rows.append((f"site with search: {what}", said))
    differences = [now - then for now, then in zip(native, off)]
    return [*rows, *[(f"search: {what}", said) for what, said in build_rows(Build(*differences))]]


def table(columns):
    """Prints the rows of each column beside each other."""
    names = list(dict.fromkeys(what for rows in columns.values() for what, _ in rows))
    print(f"| | {' | '.join(columns)} |")
    print(f"|---|{'---:|' * len(columns)}")
    for what in names:
        print(f"| {what} | {' | '.join(dict(rows).get(what, '') for rows in columns.values())} |")


def measure(work, options):
    """Measures all, and prints it."""
    site = work / "site"
    note("making the archive")
    aside, newest, others = make_archive(site, options)
    text = text_bytes(site)
    native = Native(site, options)
    columns = {"pressmark": []}
    if "building" not in options.without:
        columns["pressmark"] += added_rows(*building(native, options))
    else:
        configure(site, "native")
        native.build()
    searches = {"pressmark": (native, others)}
    if options.pagefind:
        pagefind = Pagefind(site, work, options)
        columns["Pagefind"] = [
            (f"search: {what}", said) for what, said in build_rows(pagefind.build())
        ]
        searches["Pagefind"] = (pagefind, [])
    for name, (search, inserts) in searches.items():
        columns[name] += index_rows(search, text)
        if "reader" not in options.without:
            columns[name] += reader_rows(*reader(search, options))
        if "publishing" not in options.without:
            first, *rest = rewritten(search, aside, [newest, *inserts])
            columns[name] += publishing_rows(first, rest)
    if options.sqlite:
        took, size = sqlite(site, work)
        built = [(f"search: {what}", said) for what, said in build_rows(took)]
        columns["SQLite, FTS5"] = [*built, ("index: bytes", megabytes(size))]
    note("")
    print(f"{options.articles:,} articles, {megabytes(text)} of text\n")
    table(columns)


def main():
    """Does what the command line says."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=layout)
    parser.add_argument("-n", "--articles", type=int, required=True)
    parser.add_argument("-r", "--rounds", type=int, default=3)
    parser.add_argument("--inserts", type=int, default=20)
    parser.add_argument("--queries", nargs="+", default=QUERIES)
    parser.add_argument("--type", nargs="+", default=TYPED)
    parser.add_argument("--program", default=REPOSITORY / "target/release/pressmark")
    parser.add_argument("--pagefind")
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--dir")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.program = pathlib.Path(options.program).resolve()
    options.pagefind = options.pagefind and pathlib.Path(options.pagefind).resolve()
    with tempfile.TemporaryDirectory(prefix="pressmark-search-", dir=options.dir) as work:
        measure(pathlib.Path(work).resolve(), options)


if __name__ == "__main__":
    main()
