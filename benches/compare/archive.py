#!/usr/bin/env python3
"""Makes a press archive of made-up articles, as large as you like.

    python3 archive.py NUMBER FOLDER [--layout pressmark|hugo] [--seed SEED] [--pool SIZE]

Writes NUMBER articles to FOLDER/content/YEAR/, oldest first. Each has front matter and about
720 words of Markdown. Organizations, tags and bylines are drawn as they are in real archives:
a few names stand in very many articles, and most stand in few.

The same NUMBER, SEED and SIZE give the same articles with either layout, on every machine.

  --layout  whose keys the front matter has: those of pressmark or those of Hugo
  --seed    another number gives another archive of the same kind
  --pool    writes only SIZE different bodies and gives each article one of them; a million
            articles are then made in minutes
"""

import argparse
import datetime
import itertools
import json
import os
import random
import sys

FIRST_DAY = datetime.date(1998, 1, 1)
LAST_DAY = datetime.date(2024, 12, 31)

WORDS_OF_A_BODY = 720
VOCABULARY = 6000

# The names of a small archive, and one more for so many articles of a large one.
LEAST_ORGANIZATIONS, ARTICLES_TO_AN_ORGANIZATION = 100, 40
LEAST_TAGS, ARTICLES_TO_A_TAG = 50, 200
LEAST_BYLINES, ARTICLES_TO_A_BYLINE = 30, 400

# Words of English, the most common first; made words follow them in the vocabulary.
ENGLISH = """
the of and to a in that for was on with as it by at from they had were said not but this have
who be their are an or which its been one would more after when all there two about no new than
will city people before out time over years into her his other last first only workers could
some union year council three also meeting where company under most until both against now tenants
between every second members school week since vote public office street law while how did court
contract number night rent morning wages county board because does still without during neighbors
letter answer strike hospital hearing judge paper water library bridge station clinic harvest
""".split()

STARTS = "b br c ch d dr f g gr h j k l m n p pr qu r s st t tr v w".split()
VOWELS = "a e i o u".split()
ENDS = ["", "", "", "l", "n", "r"]

GIVEN_NAMES = """
Abel Ada Amina Beatriz Carlos Clara Dolores Edith Emil Esther Fatima Felix Grace Hana Ibrahim Inés
Iris Jonas José Julia Karim Lena Lucía Marta Milan Nadia Noor Oscar Paula Rosa Ruth Sam Sofía Tomás
Vera Zoë
""".split()
TOPICS = """
courts elections schools rent wages strikes health water transit housing parks farms prisons
police migration budgets libraries land energy music
""".split()
KINDS = """
Alliance; Association; Bakers’ Union; Board of Health; Bus Riders’ League; City Council; Coalition;
Cooperative; County Court; Credit Union; Department of Labor; Foundation; Free Clinic; Mill Company;
Nurses’ Association; School Board; Tenants’ League; Transit Authority; University; Workers’ Center
""".strip().replace("\n", " ").split("; ")
PLACES = """
Atlanta; Athens; Savannah; Macon; Augusta; Dalton; Mérida; Oaxaca; San José; Querétaro; Detroit;
New Orleans; Zürich; Kraków; Montréal; San Juan
""".strip().replace("\n", " ").split("; ")


class Draw:
    """Draws from a list by a law like Zipf's: the earlier something stands, the more often."""

    def __init__(self, chance, choices, flat):
        """Weighs each choice by one over its rank; a larger `flat` makes the first ones rarer."""
        self.chance = chance
        self.choices = choices
        # Only divisions and sums, so that the weights are the same on every machine.
        weights = (1 / (rank + flat) for rank in range(1, len(choices) + 1))
        self.sums = list(itertools.accumulate(weights))

    def some(self, number):
        """Draws so many, some of them maybe twice."""
        return self.chance.choices(self.choices, cum_weights=self.sums, k=number)

    def one(self):
        """Draws one."""
        return self.some(1)[0]

    def different(self, least, most):
        """Draws between `least` and `most` that are all different."""
        number = between(self.chance, least, most)
        drawn = dict.fromkeys(self.some(number))
        while len(drawn) < number:
            drawn[self.one()] = None
        return list(drawn)


def between(chance, least, most):
    """Draws a whole number from `least` to `most`."""
    return least + int(chance.random() * (most - least + 1))


def pick(chance, choices):
    """Draws one of a list, each as likely as the next."""
    return choices[int(chance.random() * len(choices))]


def made_word(chance, syllables):
    """Makes a word up."""
    parts = (pick(chance, part) for _ in range(syllables) for part in (STARTS, VOWELS, ENDS))
    return "".join(parts)


def different_names(make, number):
    """Makes names up until there are so many different ones."""
    names = {}
    while len(names) < number:
        names[make()] = None
    return list(names)


class Names:
    """The organizations, tags and bylines that the articles draw from."""

    def __init__(self, chance, articles):
        """Makes as many names up as an archive of this size has."""

        def proper_name():
            """Makes a proper name up."""
            return made_word(chance, between(chance, 2, 3)).capitalize()

        def organization():
            """Makes the name of an organization up."""
            return f"{proper_name()} {pick(chance, KINDS)}"

        def tag():
            """Makes a tag up."""
            return f"{pick(chance, TOPICS)} in {proper_name()}"

        def byline():
            """Makes the name of an author up."""
            return f"{pick(chance, GIVEN_NAMES)} {proper_name()}"

        organizations = max(LEAST_ORGANIZATIONS, articles // ARTICLES_TO_AN_ORGANIZATION)
        tags = max(LEAST_TAGS, articles // ARTICLES_TO_A_TAG) - len(TOPICS)
        bylines = max(LEAST_BYLINES, articles // ARTICLES_TO_A_BYLINE)
        self.organizations = Draw(chance, different_names(organization, organizations), 4)
        self.tags = Draw(chance, TOPICS + different_names(tag, tags), 4)
        self.bylines = Draw(chance, different_names(byline, bylines), 12)


class Prose:
    """Writes sentences, paragraphs and whole bodies of made-up text."""

    def __init__(self, chance, names):
        """Makes the vocabulary up."""
        self.chance = chance
        self.names = names
        made = different_names(lambda: made_word(chance, between(chance, 1, 3)), VOCABULARY)
        self.words = Draw(chance, ENGLISH + made, 2)

    def phrase(self, least, most):
        """Draws between `least` and `most` words."""
        return self.words.some(between(self.chance, least, most))

    def plain_sentence(self, least, most):
        """Writes a sentence without any marks in it."""
        words = self.phrase(least, most)
        return words[0].capitalize() + " " + " ".join(words[1:]) + "."

    def headline(self):
        """Writes the title of an article."""
        return " ".join(word.capitalize() for word in self.phrase(4, 9))

    def sentence(self):
        """Writes a sentence, often with emphasis, a link, a comma or somebody who says it."""
        words = self.phrase(7, 26)
        middle = len(words) // 2
        what = self.chance.random()
        if what < 0.06:
            words[middle] = f"**{words[middle]}**"
        elif what < 0.14:
            words[middle] = f"*{words[middle]}*"
        elif what < 0.20:
            address = f"https://www.example.com/{words[1]}/{words[-1]}"
            words[-1] = f"[{words[-1]}]({address})"
        elif what < 0.50:
            words[middle] += ","
        elif what < 0.56:
            words[middle] += "’s"
        words[0] = words[0].capitalize()
        text = " ".join(words)
        if self.chance.random() < 0.14:
            return f"“{text},” said {self.names.bylines.one()}."
        return text + "."

    def block(self):
        """Writes a paragraph, a quotation or a list, some below a heading of their own."""
        sentences = [self.sentence() for _ in range(between(self.chance, 2, 5))]
        what = self.chance.random()
        if what < 0.07:
            return "\n".join("- " + sentence for sentence in sentences)
        if what < 0.14:
            return "> " + " ".join(sentences)
        text = " ".join(sentences)
        if what < 0.26:
            return "## " + " ".join(self.phrase(3, 7)).capitalize() + "\n\n" + text
        return text

    def body(self):
        """Writes the body of an article."""
        blocks = []
        # The last block goes beyond the number by half of its words, on an average.
        left = WORDS_OF_A_BODY - 30
        while left > 0:
            blocks.append(self.block())
            left -= len(blocks[-1].split())
        return "\n\n".join(blocks) + "\n"


def text(value):
    """Writes a text, or a list of texts, as TOML, which here is the same as JSON."""
    return json.dumps(value, ensure_ascii=False)


def front_matter(chance, names, prose, day, bylines_key):
    """Writes the front matter of an article, and gives it with the title."""
    title = prose.headline()
    lines = [
        "+++",
        f"title = {text(title)}",
        f"date = {day.isoformat()}",
        f"{bylines_key} = {text(names.bylines.different(1, 2))}",
        f"dateline = {text(pick(chance, PLACES))}",
        f"summary = {text(prose.plain_sentence(12, 24))}",
        f"tags = {text(names.tags.different(2, 5))}",
        f"organizations = {text(names.organizations.different(1, 6))}",
        "+++",
    ]
    return "\n".join(lines) + "\n\n", title


def articles(number, seed, pool, bylines_key):
    """Gives the articles one after the other: the year, the name of the file, and its bytes."""
    chance = random.Random(seed)
    names = Names(chance, number)
    prose = Prose(chance, names)
    bodies = [prose.body().encode() for _ in range(pool)]
    days = (LAST_DAY - FIRST_DAY).days + 1
    for index in range(number):
        day = FIRST_DAY + datetime.timedelta(days=index * days // number)
        head, title = front_matter(chance, names, prose, day, bylines_key)
        body = pick(chance, bodies) if bodies else prose.body().encode()
        slug = "-".join(title.lower().split()[:4])
        yield day.year, f"{slug}-{index:07}.md", head.encode() + body


def write_archive(folder, number, layout, seed, pool):
    """Writes the archive to the disk, and gives the number of bytes."""
    content = os.path.join(folder, "content")
    if os.path.isdir(content) and os.listdir(content):
        raise FileExistsError(f"{content} is not empty; name another folder, or remove it")
    bylines_key = {"pressmark": "byline", "hugo": "bylines"}[layout]
    total = 0
    year_folder = last_year = None
    for year, name, data in articles(number, seed, pool, bylines_key):
        if year != last_year:
            last_year, year_folder = year, os.path.join(content, str(year))
            os.makedirs(year_folder)
        with open(os.path.join(year_folder, name), "wb") as file:
            file.write(data)
        total += len(data)
    return total


def whole_number(least):
    """Gives a reader for a whole number on the command line that is not less than `least`."""

    def read(word):
        """Reads the number."""
        number = int(word)
        if number < least:
            raise argparse.ArgumentTypeError(f"{number} is less than {least}")
        return number

    # The name by which a message calls what is not a number at all.
    read.__name__ = "whole number"
    return read


def main():
    """Reads the command line and writes the archive."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=layout)
    parser.add_argument("number", type=whole_number(1), metavar="NUMBER")
    parser.add_argument("folder", metavar="FOLDER")
    parser.add_argument("--layout", choices=["pressmark", "hugo"], default="pressmark")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pool", type=whole_number(0), default=0, metavar="SIZE")
    options = parser.parse_args()
    try:
        total = write_archive(
            options.folder, options.number, options.layout, options.seed, options.pool
        )
    except OSError as fault:
        sys.exit(f"archive.py: {fault}")
    print(f"{options.number:,} articles, {total / 1e6:,.1f} MB, in {options.folder}")


if __name__ == "__main__":
    main()
