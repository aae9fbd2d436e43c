#!/usr/bin/env python3
"""Measures how well search finds what it should: nDCG@10 over the judged queries.

    python3 ndcg.py [--digitalgov SITE] [--movimientolibre SITE] [--pagefind PROGRAM] [...]
    python3 ndcg.py --pool 15 [...]

SITE is a site that `corpus.py` made; the sample archive of the repository is always there. Queries
over a site that is not named are left out. Prints a Markdown table for each system: the mean for
each corpus and each kind of query, from 0 to 1.

  --program PROGRAM   the pressmark to ask (target/release/pressmark of the repository)
  --pagefind PROGRAM  Pagefind's own program, such as pagefind_extended; left out if not named
  --without SYSTEM    leave a system out, such as `pressmark`, to measure the others alone
  --each              print each query's figures too, the worst of pressmark's first
  --pool N            print, for judging, what each system has among its first N, with excerpts

nDCG@10: the gain of an article is 2^grade - 1, so 3 for one that is about what was asked for and 1
for one that touches on it; the gain at rank r is divided by log2(r + 1), the first ten are added,
and the sum is divided by that of the best possible order. An article without a judgment has none.
"""

import argparse
import collections
import math
import pathlib
import re
import statistics
import sys
import tempfile
import tomllib

from systems import Fts5, Grep, Pagefind, Pressmark, articles, copy_site, parts, run

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
CORPORA = ["sample", "digitalgov", "movimientolibre"]


# Judgments.


def queries():
    """Reads the judged queries."""
    return tomllib.loads((HERE / "queries.toml").read_text(encoding="utf-8"))["query"]


def grades(query):
    """Gives the grade of each judged article of a query."""
    touched = dict.fromkeys(query.get("touches", []), 1)
    return {**touched, **dict.fromkeys(query["about"], 2)}


def ndcg(found, graded, depth=10):
    """Gives the normalized discounted cumulated gain of the first articles found."""

    def gain(some):
        return sum(
            (2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(some[:depth])
        )

    best = gain(sorted(graded.values(), reverse=True))
    return gain([graded.get(file, 0) for file in found]) / best


# Asking.


def answers(options, work):
    """Asks each system each query, and gives its answers by system and query."""
    asked = collections.defaultdict(list)
    limit = options.pool or 10
    for corpus, site in sites(options).items():
        own = [query for query in queries() if query["corpus"] == corpus]
        place = copy_site(site, work / corpus)
        check(own, place)
        run([options.program, "build"], place)
        for system in systems(options):
            note(f"{corpus}: {system.name}")
            system.index(place, work / f"{corpus}-{system.name}")
            for query, found in zip(own, system.ask(own, limit)):
                asked[system.name].append((query, found))
    note("")
    return asked


def sites(options):
    """Gives the sites that were named, and the sample archive."""
    named = {
        "sample": REPOSITORY,
        "digitalgov": options.digitalgov,
        "movimientolibre": options.movimientolibre,
    }
    return {corpus: site for corpus, site in named.items() if site}


def systems(options):
    """Makes the systems that are to be asked."""
    every = [Pressmark(options.program), Fts5()]
    if options.pagefind:
        every.append(Pagefind(options.pagefind))
    if options.pool:
        every.append(Grep())
    return [system for system in every if system.name not in options.without]


def check(own, site):
    """Stops if a judged article is not there: then the site is another than was judged."""
    there = {piece.file for piece in articles(site)}
    gone = {file for query in own for file in grades(query)} - there
    if gone:
        sys.exit(f"ndcg.py: not in {site}: {', '.join(sorted(gone))}")


def note(text):
    """Says what is being done, to somebody who waits."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


# Printing.


def tables(asked, options):
    """Prints the means by corpus and by kind."""
    scores = {
        system: [(query, ndcg(found, grades(query))) for query, found in pairs]
        for system, pairs in asked.items()
    }
    for heading in ("corpus", "kind"):
        table(heading, scores)
    if options.each:
        each(list(scores), scores)


def table(key, scores):
    """Prints one table, a row for each group of queries with the same value of a key."""
    print(f"| {key.capitalize()} | queries | {' | '.join(scores)} |")
    print(f"|---|---:|{'---:|' * len(scores)}")
    every = [query[key] for query, _ in next(iter(scores.values()))]
    for group in [*dict.fromkeys(every), None]:
        means = []
        for pairs in scores.values():
            own = [score for query, score in pairs if group in (query[key], None)]
            means.append(f"{statistics.mean(own):.3f}")
        print(f"| {group or 'all'} | {len(own)} | {' | '.join(means)} |")
    print()


def each(names, scores):
    """Prints each query, the worst of the first system first."""
    print(f"| Query | corpus | kind | {' | '.join(names)} |")
    print(f"|---|---|---|{'---:|' * len(names)}")
    for index in sorted(range(len(scores[names[0]])), key=lambda index: scores[names[0]][index][1]):
        query = scores[names[0]][index][0]
        own = " | ".join(f"{scores[name][index][1]:.2f}" for name in names)
        print(f"| {query['words']} | {query['corpus']} | {query['kind']} | {own} |")


def pool(asked, options):
    """Prints what the systems found for each query, for a judge to read."""
    pieces = {
        c: {piece.file: piece for piece in articles(site)} for c, site in sites(options).items()
    }
    for row in zip(*asked.values()):
        query = row[0][0]
        print(f"\n## {query['words']} [{query['corpus']}, {query['language']}, {query['kind']}]")
        ranks = collections.defaultdict(dict)
        for system, (_, found) in zip(asked, row):
            for place, file in enumerate(found, 1):
                ranks[file][system] = place
        graded = grades(query)
        for file, places in sorted(ranks.items(), key=lambda item: min(item[1].values())):
            piece = pieces[query["corpus"]][file]
            where = ", ".join(f"{system} {place}" for system, place in places.items())
            print(f"- {graded.get(file, 0)} {file} ({where})\n    {piece.title} | {piece.deck}")
            print(f"    {excerpts(piece, query)}")


def excerpts(piece, query):
    """Gives the beginning of an article, and what stands around the words of a query in it."""
    body = " ".join(piece.body.split())
    stems = "|".join(re.escape(word[: max(4, len(word) - 2)]) for word in parts(query["words"]))
    hits = [hit.start() for hit in re.finditer(rf"(?i)\b(?:{stems})", body)]
    around = " … ".join(body[max(0, hit - 60) : hit + 80] for hit in hits[:3])
    return f"({len(hits)} in {len(body.split())} words) {body[:150]} … {around}"


def main():
    """Does what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--digitalgov", type=pathlib.Path)
    parser.add_argument("--movimientolibre", type=pathlib.Path)
    parser.add_argument("--program", default=REPOSITORY / "target/release/pressmark")
    parser.add_argument("--pagefind")
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--each", action="store_true")
    parser.add_argument("--pool", type=int)
    options = parser.parse_args()
    options.program = pathlib.Path(options.program).resolve()
    options.pagefind = options.pagefind and pathlib.Path(options.pagefind).resolve()
    with tempfile.TemporaryDirectory(prefix="pressmark-search-") as work:
        asked = answers(options, pathlib.Path(work))
    if options.pool:
        pool(asked, options)
    else:
        tables(asked, options)


if __name__ == "__main__":
    main()
