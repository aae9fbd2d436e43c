"""Makes an archive of made-up articles, for tests of a large site.

    python3 corpus.py FOLDER NUMBER

The folder gets config.toml and content/. The same number gives the same bytes
on every machine.
"""

import datetime
import random
import sys
from pathlib import Path

CONFIG = """\
title = "The Made Archive"
description = "Made-up articles, for tests."
base_url = "https://made.example"
language = "en"
languages = ["en", "es"]

[publisher]
name = "The Made Archive"
"""

GIVEN = "Ada Bea Carlos Dolores Emil Fatima Grete Hugo Inés Jana Karl Lucía Mary Noor Olga Pavel Rosa Søren".split()
FAMILY = "Abel Bauer Castillo Dvořák Ek Flynn García Hahn Ibsen Jones Köhler López Müller Núñez Ortiz Peña".split()
TOWNS = "Ashby Brookton Córdoba Dunmore Easton Fairview Granada Holm Ixtapa Jena Kent Linden Milton Norwood".split()
BODIES = ["Weavers' Union", "Tenants’ League", "Bus Riders & Drivers", "Free Clinic", "School Board", "Mill Company"]
TAGS = ["Strikes", "Rent", "Schools", "Elections", "Health", "Courts", "C++", "Día de Muertos", "Buses", "Water"]
DOINGS = ["march for", "vote on", "refuse", "win", "debate", "lose", "sign", "ask for", "question", "celebrate"]
THINGS = ["the eight-hour day", "lower fares", "a new clinic", "the lease", "a second reading", "clean water"]
SENTENCES = [
    "The meeting began at six and ended long after the last bus.",
    "Nobody who spoke wanted to wait until spring.",
    "“We have read the contract,” one of them said, “and we know what is not in it.”",
    "The company’s answer came *by telegram*, and it was short.",
    "A list of names hung on the door; by noon it had **212** of them.",
    "Prices had gone up by 4 % since May, and wages had not.",
    "The council took note, which is what councils do.",
    "Children carried the first banner, and the rain spared it.",
]


def draw(chance, names, most):
    """Draws up to `most` different names, at least one."""
    return chance.sample(names, chance.randint(1, most))


def listed(names):
    """Writes a list as TOML."""
    return "[" + ", ".join('"' + name.replace('"', '\\"') + '"' for name in names) + "]"


def front_matter(chance, day, title):
    """Writes the front matter of an article."""
    people = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    organizations = [f"{town} {body}" for town in TOWNS for body in BODIES]
    # Of some articles only the month or the year is known.
    date = chance.choice([day.isoformat()] * 18 + [f'"{day:%Y-%m}"', f'"{day:%Y}"'])
    lines = [
        f'title = "{title}"',
        f"date = {date}",
        f"byline = {listed(draw(chance, people, 2))}",
        f"tags = {listed(draw(chance, TAGS, 3))}",
        f"organizations = {listed(draw(chance, organizations, 3))}",
        f"people = {listed(draw(chance, people, 4))}",
        f"places = {listed(draw(chance, TOWNS, 2))}",
    ]
    if chance.random() < 0.05:
        lines.append(
            'corrections = [{ date = 2020-02-03, kind = "correction", text = "The number of names was 212, not 221." }]'
        )
    return "+++\n" + "\n".join(lines) + "\n+++\n"


def paragraph(chance):
    """Writes a paragraph of some sentences."""
    return " ".join(chance.choices(SENTENCES, k=chance.randint(3, 6)))


def body(chance, earlier):
    """Writes the text of an article, with links to earlier ones."""
    parts = [paragraph(chance) for _ in range(chance.randint(2, 5))]
    parts += ["## The vote", paragraph(chance)]
    for file in chance.sample(earlier, min(len(earlier), 2)):
        anchor = chance.choice(["", "#the-vote"])
        parts.append(f"It had been [told before](../{file}{anchor}), and was not settled.")
    if chance.random() < 0.1:
        parts.append("| Side | Votes |\n|---|--:|\n| For | 141 |\n| Against | 47 |")
    if chance.random() < 0.1:
        parts.append("The rest is hearsay.[^1]\n\n[^1]: So the secretary wrote.")
    if chance.random() < 0.1:
        parts.append("> We came to be counted, and we were counted.")
    return "\n" + "\n\n".join(parts) + "\n"


def main(folder, number):
    """Writes the archive."""
    chance = random.Random(1912)
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    first = datetime.date(1965, 1, 4)
    earlier = []
    for index in range(number):
        day = first + datetime.timedelta(days=index * 20000 // number)
        title = f"{chance.choice(TOWNS)}: {chance.choice(FAMILY)} and others {chance.choice(DOINGS)} {chance.choice(THINGS)}"
        file = f"{day:%Y}/report-{index:05}.md"
        path = folder / "content" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(front_matter(chance, day, title) + body(chance, earlier[-200:]), encoding="utf-8")
        # Every fiftieth article has a translation beside it.
        if index % 50 == 0:
            spanish = '+++\ntitle = "Informe de prueba"\n+++\n\nLa reunión empezó a las seis.\n\n## La votación\n\nFue larga.\n'
            path.with_suffix(".es.md").write_text(spanish, encoding="utf-8")
        earlier.append(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
