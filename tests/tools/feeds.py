"""Reads Atom feeds as a feed reader does, and says what a reader would miss.

    python feeds.py FEED...
"""

import sys

import feedparser


def faults_of(path):
    """Yields what is wrong with one feed."""
    with open(path, "rb") as file:
        feed = feedparser.parse(file.read())
    if feed.bozo:
        yield f"cannot be read cleanly: {feed.bozo_exception}"
    if feed.version != "atom10":
        yield f"is read as {feed.version or 'no feed'}, not as Atom 1.0"
    for key in ("id", "title", "updated_parsed"):
        if not feed.feed.get(key):
            yield f"has no {key}"
    seen = set()
    for number, entry in enumerate(feed.entries, 1):
        for key in ("id", "title", "link", "updated_parsed"):
            if not entry.get(key):
                yield f"entry {number} has no {key}"
        if entry.get("id") in seen:
            yield f"entry {number} has the id of another: {entry.id}"
        seen.add(entry.get("id"))


def main():
    """Reports the faults of every feed, and fails if there are any."""
    faults = [f"{path}: {fault}" for path in sys.argv[1:] for fault in faults_of(path)]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
