#!/usr/bin/env python3
"""Measures the import of large WordPress exports.

    python3 measure.py [--program PROGRAM] [--megabytes 100 600] [--dir FOLDER] [--arguments WORDS]

For each size an export is made by big.py and imported into an empty site. Prints a Markdown table:
items, seconds, the most memory, files written and their bytes, and whether the account balances.

  --program PROGRAM  the pressmark to measure (target/release/pressmark of the repository)
  --dir FOLDER       where the exports and sites are made; 3 bytes of room for each of the export
  --arguments WORDS  more arguments of the import, such as "--dry-run"
  --limit SECONDS    give an import up after so long (600)

Needs Linux and Python 3.11. A megabyte is a million bytes.
"""

import argparse
import json
import pathlib
import shlex
import tempfile

import big
import run

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
SETTINGS = 'title = "An import"\nbase_url = "https://archive.example.org"\n'


def measure(options, megabytes):
    """A row of the table for a size."""
    with tempfile.TemporaryDirectory(dir=options.dir) as folder:
        root = pathlib.Path(folder)
        items = big.write(root / "export.xml", megabytes)
        site = root / "site"
        site.mkdir()
        (site / "config.toml").write_text(SETTINGS, "utf-8")
        command = [
            options.program,
            "import",
            "wordpress",
            str(root / "export.xml"),
            "--config",
            str(site / "config.toml"),
        ]
        outcome = run.measured([*command, *shlex.split(options.arguments)], site, options.limit)
        sizes = [path.stat().st_size for path in site.rglob("*.md")]
        return [
            f"{megabytes:g}",
            f"{items:,}",
            str(outcome["code"]),
            f"{outcome['seconds']:.1f}",
            f"{outcome['megabytes']:.0f}",
            f"{len(sizes):,}",
            f"{sum(sizes) / 1e6:.0f}",
            account(site, items),
        ]


def account(site, items):
    """What the report says of the account, and whether it names as many items as there are."""
    reports = [json.loads(path.read_text("utf-8")) for path in site.glob("imports/*/report.json")]
    if not reports:
        return "no report"
    told = sum(len(report.get("items", [])) for report in reports)
    balances = all(report.get("balances") is True for report in reports)
    return ("balances" if balances else "does not balance") + (
        "" if told == items else f", but names {told:,} items"
    )


def main():
    """Measures what is asked for."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--program", default=str(REPOSITORY / "target/release/pressmark"))
    parser.add_argument("--megabytes", type=float, nargs="+", default=[100, 600])
    parser.add_argument("--dir", default=None)
    parser.add_argument("--arguments", default="")
    parser.add_argument("--limit", type=int, default=600)
    options = parser.parse_args()
    options.program = str(pathlib.Path(options.program).resolve())
    print("| MB | items | exit | seconds | most memory, MiB | files | MB written | account |")
    print("|---:|---:|---:|---:|---:|---:|---:|---|")
    for megabytes in options.megabytes:
        print("| " + " | ".join(measure(options, megabytes)) + " |", flush=True)


if __name__ == "__main__":
    main()
