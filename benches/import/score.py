#!/usr/bin/env python3
"""Scores an import: what of real WordPress exports arrives, piece by piece.

    python3 score.py [--program PROGRAM] [FILE|FOLDER ...]

Runs `PROGRAM import wordpress FILE` for each export in an empty site, reads the export itself, and
compares each published post and page with the file that was written. Without a FILE the exports of
the folder that the environment variable PRESSMARK_EXPORTS names are taken.

A piece is lossless if all thirteen checks pass: title; local day; instant; authors; names of
categories; names of tags; address at the source; each paragraph as one block; no raw shortcode and
no block comment; pictures; links; players; captions.

  --program PROGRAM   the pressmark to score (target/release/pressmark of the repository)
  --arguments WORDS   more arguments of the import, such as "--media uploads"
  --failures NUMBER   list so many of the pieces that are not lossless, and why (0)
  --only CHECK        list failures of one check only
  --files             print a line for each export
  --together          the exports are parts of one
  --json              print all figures as JSON
  --keep FOLDER       keep what was written, a folder for each export
  --jobs NUMBER       score so many exports at once (1)
  --limit SECONDS     give an import up after so long (300)
  --self-test         break a good import in many ways, and check that each is noticed

Needs Linux, Python 3.11 with requirements.txt, and Node with `npm install` in this folder.
"""

import argparse
import collections
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import shlex
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
try:
    import checks
    import page as pages
    import run
    import truth as truths
    import written
    import wxr
except ModuleNotFoundError as error:
    sys.exit(f"{error}; install what {HERE / 'requirements.txt'} names")

REPOSITORY = HERE.parent.parent
STRUCTURE = ("td", "pre", "li", "em", "figcaption", "iframe")
SETTINGS = """title = "An import"
base_url = "https://archive.example.org"
language = {language}
languages = {languages}
"""


@dataclasses.dataclass
class Score:
    """The figures of an export."""

    name: str
    seconds: float = 0.0
    megabytes: float = 0.0
    code: int = 0
    message: str = ""
    finished: bool = False
    items: int = 0
    published: int = 0
    counts: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    dangers: dict = dataclasses.field(default_factory=dict)
    failures: list = dataclasses.field(default_factory=list)


def languages_of(export):
    """The languages of a site for an export: those that it speaks of."""
    channel = export.channels[0].get("language")[:2].lower() if export.channels else ""
    found = {channel if re.fullmatch("[a-z]{2}", channel) else "en"}
    for item in export.items:
        found |= {
            one.attribute("nicename")[:2]
            for one in item.all("category")
            if one.attribute("domain") == "language"
        }
        found |= set(truths.languages(item.raw("content:encoded")) or ())
    default = channel if channel in found else "en"
    return default, sorted({one for one in found if re.fullmatch("[a-z]{2}", one)} | {default})


def score(task):
    """Imports an export and scores what was written."""
    name, files, options = task
    export = truths.Export([wxr.read(file) for file in files])
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(options.keep) / name if options.keep else pathlib.Path(folder)
        root.mkdir(parents=True, exist_ok=True)
        default, languages = languages_of(export)
        settings = SETTINGS.format(language=json.dumps(default), languages=json.dumps(languages))
        (root / "config.toml").write_text(settings, "utf-8")
        command = [
            options.program,
            "import",
            "wordpress",
            *map(str, files),
            "--config",
            str(root / "config.toml"),
        ]
        outcome = run.measured([*command, *shlex.split(options.arguments)], root, options.limit)
        return compare(name, export, written.Site(root), outcome)


def compare(name, export, site, outcome):
    """Compares what was written with what is true."""
    items = export.truths()
    files = checks.match(items, site)
    found = Score(
        name,
        outcome["seconds"],
        outcome["megabytes"],
        outcome["code"],
        outcome["message"][-300:],
        items=len(export.items),
        published=sum(not item.hidden for item in items),
    )
    balanced = bool(site.reports) and all(report.get("balances") is True for report in site.reports)
    refused = outcome["code"] == 1 and outcome["message"] and not found.published
    found.finished = outcome["code"] in (0, 3) and balanced or bool(refused)
    for item, file in zip(items, files):
        if not item.hidden:
            piece(found, item, file, export, site)
    count, lost = checks.internal_links(items, files, export, site)
    found.counts.update({f"links {key}": n for key, n in count.items()})
    found.failures += [
        (path, item_path, "internal links", [address])
        for path, address in lost
        for item_path in [""]
    ]
    found.dangers = checks.safety(export, items, files, site, outcome)
    return found


def piece(found, item, file, export, site):
    """Scores a published piece."""
    if file is None or not file.is_public():
        found.failures.append((item.link or item.title, item.title, "missing", ["no public file"]))
        measure(found, item, None)
        return
    found.counts["found"] += 1
    wrong = {name: lost for name, lost in checks.check(item, file, export, site).items() if lost}
    for name in checks.CHECKS:
        found.counts[name] += name not in wrong
    found.counts["lossless"] += not wrong
    found.counts["content"] += not set(wrong) - set(checks.METADATA)
    found.counts["metadata"] += not set(wrong) & set(checks.METADATA)
    found.failures += [(file.path, item.title, name, lost) for name, lost in wrong.items()]
    measure(found, item, file)
    pictures = set(file.page.pictures)
    found.counts["galleries"] += sum(set(gallery) <= pictures for gallery in item.galleries)
    image = file.fact("image")
    lead = pages.picture(str(image.get("src", ""))) if isinstance(image, dict) else ""
    found.counts["leads"] += bool(item.lead) and lead == item.lead


def measure(found, item, file):
    """Counts what of a piece there is, and what of it is found."""
    there = file.page if file else pages.Page()
    words = item.page.words()
    both = sum((words & there.words()).values())
    lines = collections.Counter(item.page.lines) & collections.Counter(there.lines)
    lost = len(checks.check_paragraphs(item, file)) if file else len(item.page.blocks)
    found.counts.update(
        {
            "words of": sum(words.values()),
            "words both": both,
            "words there": sum(there.words().values()),
            "lines of": len(item.page.lines),
            "lines both": sum(lines.values()),
            "blocks of": len(item.page.blocks),
            "blocks both": len(item.page.blocks) - lost,
            "captions of": len(item.page.captions),
            "captions both": len(item.page.captions)
            - len(checks.missing(item.page.captions, there.captions + there.blocks)),
            "galleries of": len(item.galleries),
            "galleries unresolvable": item.missing_galleries,
            "leads of": bool(item.lead),
            "leads unresolvable": item.lead_missing,
            "found only words": both if file else 0,
        }
    )
    if file:
        found.counts.update(
            {
                "found blocks of": len(item.page.blocks),
                "found blocks both": len(item.page.blocks) - lost,
                "found lines of": len(item.page.lines),
                "found lines both": sum(lines.values()),
                "found words of": sum(words.values()),
            }
        )
    for sort in STRUCTURE:
        true = item.page.counts[sort]
        reached = (
            len([p for p in item.page.players if p in there.players])
            if sort == "iframe"
            else there.counts[sort]
        )
        true = len(item.page.players) if sort == "iframe" else true
        found.counts[f"{sort} of"] += true
        found.counts[f"{sort} both"] += min(true, reached)


def tasks(options):
    """The exports to score, with a name for each."""
    given = options.files or (
        [os.environ["PRESSMARK_EXPORTS"]] if os.environ.get("PRESSMARK_EXPORTS") else []
    )
    if not given:
        sys.exit("name an export or a folder of exports, or set PRESSMARK_EXPORTS")
    files = []
    for one in map(pathlib.Path, given):
        files += sorted(one.rglob("*.xml")) if one.is_dir() else [one]
    if options.together:
        return [(files[0].stem, [file.resolve() for file in files], options)]
    return [(file.stem, [file.resolve()], options) for file in files]


def share(found, of):
    """A share in percent."""
    return f"{100 * found / of:.1f} %" if of else "–"


def table(scores):
    """Prints one table over all exports."""
    total = sum((one.counts for one in scores), collections.Counter())
    published = sum(one.published for one in scores)
    rows = [
        ("exports finished", f"{sum(one.finished for one in scores)} of {len(scores)}"),
        ("items", f"{sum(one.items for one in scores)}"),
        ("published pieces found", f"{total['found']} of {published}"),
        (
            "lossless pieces (13 checks)",
            f"{share(total['lossless'], published)} ({total['lossless']})",
        ),
        ("content all right (6 checks)", share(total["content"], published)),
        ("metadata all right (7 checks)", share(total["metadata"], published)),
    ]
    rows += [("– " + name, share(total[name], published)) for name in checks.CHECKS]
    rows += [
        (
            "paragraphs exact, of those found",
            share(total["found blocks both"], total["found blocks of"]),
        ),
        ("lines exact, of those found", share(total["found lines both"], total["found lines of"])),
        ("paragraphs exact, of all", share(total["blocks both"], total["blocks of"])),
        (
            "word recall / precision",
            f"{share(total['words both'], total['words of'])} / "
            f"{share(total['words both'], total['words there'])}",
        ),
    ]
    rows += [(sort, f"{total[sort + ' both']} of {total[sort + ' of']}") for sort in STRUCTURE]
    rows += [
        ("captions", f"{total['captions both']} of {total['captions of']}"),
        (
            "galleries",
            f"{total['galleries']} of {total['galleries of']}, {total['galleries unresolvable']} cannot be resolved",
        ),
        (
            "lead images",
            f"{total['leads']} of {total['leads of']}, {total['leads unresolvable']} cannot be resolved",
        ),
        ("links between pieces rewritten", f"{total['links rewritten']} of {total['links known']}"),
        ("links that lead nowhere, listed", f"{total['links listed']} of {total['links broken']}"),
    ]
    for name in scores[0].dangers if scores else ():
        rows.append((name, str(sum(len(one.dangers[name]) for one in scores))))
    rows += [
        ("seconds", f"{sum(one.seconds for one in scores):.1f}"),
        ("most memory, MiB", f"{max((one.megabytes for one in scores), default=0):.0f}"),
    ]
    print("| measure | |\n|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")


def details(scores, options):
    """Prints what went wrong, and where."""
    for one in scores:
        if options.files_too or not one.finished:
            print(
                f"\n{one.name}: exit {one.code}, {one.counts['found']} of {one.published} found, "
                f"{one.counts['lossless']} lossless, {one.seconds:.2f} s, {one.megabytes:.0f} MiB"
                + ("" if one.finished else f"; not finished: {one.message}")
            )
        for name, found in one.dangers.items():
            for what in found[: max(3, options.failures)]:
                print(f"{one.name}: {name}: {what}")
    left = options.failures
    for one in scores:
        for path, title, name, lost in one.failures:
            if left > 0 and options.only in ("", name):
                left -= 1
                print(
                    f"{one.name}: {path}: {name}: "
                    + "; ".join(str(part)[:160] for part in lost[:3])
                    + (f" and {len(lost) - 3} more" if len(lost) > 3 else "")
                )


def main():
    """Scores what is asked for."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--program", default=str(REPOSITORY / "target/release/pressmark"))
    parser.add_argument("--arguments", default="")
    parser.add_argument("--failures", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--files", dest="files_too", action="store_true")
    parser.add_argument("--together", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", default="")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    if options.self_test:
        import selftest

        sys.exit(selftest.main())
    options.program = str(pathlib.Path(options.program).resolve())
    work = tasks(options)
    if options.jobs > 1:
        with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
            scores = list(pool.map(score, work))
    else:
        scores = [score(task) for task in work]
    if options.json:
        print(json.dumps([vars(one) for one in scores], ensure_ascii=False, indent=1))
        return
    table(scores)
    details(scores, options)


if __name__ == "__main__":
    main()
