"""Reads what an import wrote: the files with their front matter, the report, the lists."""

import csv
import dataclasses
import datetime
import json
import pathlib
import posixpath
import re
import tomllib
import urllib.parse

import page as pages

FRONT = re.compile(r"\A\+\+\+[ \t]*\n(.*?)\n?\+\+\+[ \t]*(?:\n|\Z)", re.S)
NAMES_ARE_ELSEWHERE = {"byline", "redirects", "archived", "translator", "content_notes"}


@dataclasses.dataclass
class File:
    """A file of Markdown that was written."""

    path: str
    front: dict
    body: str
    page: pages.Page
    known_aims: set | None = None

    def fact(self, key):
        """What a key says, wherever it stands: pages have fewer keys, and keep others in `extra`."""
        extra = self.front.get("extra", {})
        for table in (
            self.front,
            extra,
            self.front.get("provenance", {}),
            extra.get("provenance", {}),
        ):
            if isinstance(table, dict) and key in table:
                return table[key]
        return None

    def names(self):
        """All names that the file is filed under, in whichever taxonomy."""
        found = []
        for table in (self.front, self.front.get("extra", {})):
            for key, value in table.items():
                if key not in NAMES_ARE_ELSEWHERE and isinstance(value, list):
                    found += [name for name in value if isinstance(name, str)]
                elif key in ("taxonomies", "terms") and isinstance(value, dict):
                    found += [
                        name
                        for names in value.values()
                        if isinstance(names, list)
                        for name in names
                    ]
        return found

    def moment(self):
        """The date: local day and time, and the offset if it is known."""
        value = self.fact("date")
        if isinstance(value, str):
            try:
                value = datetime.datetime.fromisoformat(value)
            except ValueError:
                return None
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return datetime.datetime(value.year, value.month, value.day)
        return value

    def is_public(self):
        """Whether a build would publish it."""
        return self.path.startswith("content/") and self.front.get("draft") is not True

    def address(self):
        """Where a build puts it, by the default settings."""
        name = re.sub(r"(\.[a-z]{2,3})?\.md$", "", self.path)
        if name.startswith("content/pages/"):
            return name.removeprefix("content/pages") + "/"
        slug = self.front.get("slug") or posixpath.basename(name)
        there = self.moment()
        return f"/{there:%Y/%m/%d}/{slug}/" if there else f"/undated/{slug}/"

    def aims(self, site):
        """The numbers and GUIDs of the pieces whose files its links name."""
        if self.known_aims is None:
            paths = {self.target(urllib.parse.unquote(link["href"])) for link in self.page.links}
            files = [site.by_path[path] for path in paths if path in site.by_path]
            self.known_aims = {str(file.fact(key)) for file in files for key in ("id", "guid")}
        return self.known_aims

    def target(self, address):
        """The path of the file that a relative link leads to."""
        path = re.sub(r"[?#].*", "", address)
        return (
            posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path)) if path else ""
        )


class Site:
    """What an import wrote."""

    def __init__(self, root):
        self.root = root = pathlib.Path(root)
        self.files, self.invalid = [], []
        for folder in ("content", "held"):
            for path in sorted((root / folder).rglob("*.md")):
                self.add(path)
        reports = sorted(root.glob("imports/*/report.json"))
        self.reports = [json.loads(path.read_text("utf-8")) for path in reports]
        self.entries = [entry for report in self.reports for entry in report.get("items", [])]
        self.listed_links = self.table("links.csv", ("old", "address"))
        self.listed_media = self.table("media.csv", ("address",))
        self.by_path = {file.path: file for file in self.files}

    def add(self, path):
        """Reads a file."""
        name = path.relative_to(self.root).as_posix()
        text = path.read_bytes().decode("utf-8", "replace")
        match = FRONT.match(text)
        try:
            front = tomllib.loads(match[1]) if match else None
        except tomllib.TOMLDecodeError:
            front = None
        if front is None:
            self.invalid.append(name)
            front = {}
        body = text[match.end() :] if match else text
        self.files.append(File(name, front, body, pages.read_markdown(body)))

    def table(self, name, columns):
        """The values of a column of a list, under the first of its possible names that is there."""
        found = []
        for path in sorted(self.root.glob(f"imports/*/{name}")):
            with path.open(encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(lines):
                    found += [row[column] for column in columns if row.get(column)][:1]
        return found

    def everything(self):
        """The text of each file that was written, the settings apart."""
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and path != self.root / "config.toml":
                yield path.relative_to(self.root).as_posix(), path.read_bytes().decode(
                    "utf-8", "replace"
                )
