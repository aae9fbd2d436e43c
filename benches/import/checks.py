"""The thirteen checks of a published piece, and the counters that must be zero."""

import collections
import datetime
import html
import re
import urllib.parse

import page as pages
import truth as truths

CHECKS = (
    "title",
    "day",
    "instant",
    "authors",
    "categories",
    "tags",
    "permalink",
    "paragraphs",
    "raw marks",
    "pictures",
    "links",
    "embeds",
    "captions",
)
METADATA = CHECKS[:7]
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
# What looks like an address of e-mail and is the name of a picture for a fine screen.
NO_EMAIL = re.compile(r"\.(png|jpe?g|gif|webp|svg|css|js)$", re.I)
IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:]*")
MARK = re.compile(r"<!--\s*/?wp:")


def match(items, site):
    """Finds the file of each item: by number, GUID, address, then title and day."""
    by = collections.defaultdict(list)
    for file in site.files:
        for sort in ("id", "guid", "original_url", "url"):
            if (value := file.fact(sort)) not in (None, ""):
                by["url" if sort == "original_url" else sort, str(value)].append(file)
        by["title", str(file.front.get("title")), str(file.moment() or "")[:10]].append(file)
    taken, found = set(), []
    for item in items:
        keys = (
            ("id", item.id),
            ("guid", item.guid),
            ("url", item.link),
            ("title", item.title, item.local[:10]),
        )
        choice = next((by[key] for key in keys if any(key[1:2]) and by.get(key)), [])
        choice = [file for file in choice if file.path not in taken]
        best = max(choice, key=lambda file: likeness(item, file), default=None)
        if best:
            taken.add(best.path)
        found.append(best)
    return found


def likeness(item, file):
    """How much of an item's words stand in a file; an equal title counts too."""
    ours, theirs = item.page.words(), file.page.words()
    share = sum((ours & theirs).values()) / max(1, sum(ours.values()), sum(theirs.values()))
    return share + (file.front.get("title") == item.title) + file.is_public() * (not item.hidden)


def moment(text):
    """A date of WordPress."""
    return datetime.datetime.fromisoformat(text) if text else None


def check(item, file, export, site):
    """What of an item is right in its file: check -> what is wrong, empty if nothing is."""
    return {
        "title": check_title(item, file),
        "day": check_day(item, file),
        "instant": check_instant(item, file),
        "authors": check_authors(item, file),
        "categories": missing(item.categories, file.names()),
        "tags": missing(item.tags, file.names()),
        "permalink": check_permalink(item, file),
        "paragraphs": check_paragraphs(item, file),
        "raw marks": check_marks(item, file),
        "pictures": check_pictures(item, file),
        "links": check_links(item, file, export, site),
        "embeds": check_embeds(item, file),
        "captions": missing(item.page.captions, file.page.captions + file.page.blocks),
    }


def missing(wanted, found):
    """What of a list is not in another, each counted."""
    lost = collections.Counter(wanted) - collections.Counter(found)
    return list(lost.elements())


def check_title(item, file):
    """The title is exact; what has none may be given one."""
    title = " ".join(str(file.front.get("title", "")).split())
    return [] if title == item.title or not item.title else [f"{item.title!r} is {title!r}"]


def check_day(item, file):
    """The day is that which the readers saw."""
    there, true = file.moment(), moment(item.local)
    if not true:
        return []
    return [] if there and there.date() == true.date() else [f"{item.local} is {there}"]


def check_instant(item, file):
    """The instant is right, or the local time is kept where the instant is not known."""
    there, local, gmt = file.moment(), moment(item.local), moment(item.gmt)
    if not local:
        return []
    if not there:
        return [f"{item.local} is missing"]
    if there.replace(tzinfo=None) != local:
        return [f"{item.local} is {there}"]
    offset = local - gmt if gmt else None
    usable = (
        offset is not None
        and abs(offset) <= datetime.timedelta(hours=14)
        and not offset.seconds % 900
    )
    if usable and there.utcoffset() != offset:
        return [f"{item.local} with {offset} is {there}"]
    return []


def check_authors(item, file):
    """The names of who wrote it, in their order."""
    if any(EMAIL.fullmatch(name) for name in item.names):
        return []
    there = file.fact("byline") or file.fact("account_byline") or []
    if there != item.names and file.fact("account_byline") == item.names:
        return []
    return [] if list(there) == item.names else [f"{item.names} is {there}"]


def check_permalink(item, file):
    """The address at the source is kept."""
    if not item.link:
        return []
    kept = [html.unescape(str(file.fact(key))) for key in ("original_url", "url")]
    path = urllib.parse.unquote(urllib.parse.urlsplit(item.link).path)
    redirects = [urllib.parse.unquote(str(old)) for old in file.front.get("redirects", [])]
    if path.rstrip("/") == file.address().rstrip("/"):
        return []
    if html.unescape(item.link) in kept or (
        path.strip("/") and path.rstrip("/") in [r.rstrip("/") for r in redirects]
    ):
        return []
    return [f"{item.link} is {kept[0]}"]


def check_paragraphs(item, file):
    """Each block of the truth stands as one block."""
    left = collections.Counter(file.page.blocks)
    lost = []
    for block in item.page.blocks:
        parts = item.page.apart.get(block)
        forms = [[block]] + (
            [[" ".join(parts)] if parts else [], parts] if parts is not None else []
        )
        form = next((form for form in forms if not collections.Counter(form) - left), None)
        if form is None:
            lost.append(block)
        left -= collections.Counter(form or [])
    return lost


def check_marks(item, file):
    """No known shortcode and no comment of a block is left, but where the text shows one."""
    lost = collections.Counter(m[0] for m in truths.KNOWN.finditer(file.page.text))
    lost -= collections.Counter(m[0] for m in truths.KNOWN.finditer(item.page.text))
    extra = len(MARK.findall(file.body)) - len(MARK.findall(item.page.text))
    return list(lost.elements()) + ["<!-- wp:"] * max(0, extra)


def check_pictures(item, file):
    """Each picture is there."""
    there = list(file.page.pictures)
    image = file.front.get("image") or (file.front.get("extra") or {}).get("image")
    if isinstance(image, dict):
        there.append(pages.picture(str(image.get("src", ""))))
    # A picture that stands twice may be shown once.
    return sorted(set(item.page.pictures) - set(there))


def check_links(item, file, export, site):
    """Each link is there, to the same address or to the file of what it leads to."""
    there = {spelled(link["href"], item.link) for link in file.page.links}
    pictures = set(file.page.pictures)
    lost = []
    for link in item.page.links:
        address = link["href"]
        if is_no_link(link, pictures) or spelled(address, item.link) in there:
            continue
        if not leads_home(link, item, file, export, site):
            lost.append(address)
    return lost


def is_no_link(link, pictures):
    """Whether a link need not be kept: a script, a footnote's mark, a picture's own file."""
    address = link["href"].strip()
    if address.lower().startswith(("javascript:", "data:")) or address in (
        "#",
        "http://",
        "https://",
    ):
        return True
    if address.startswith("#"):
        return bool(link["fn"]) or "fn" in link["class"] or "footnote" in address or "fn" in address
    shown = [one for one in link["pictures"] if one in pictures]
    alone = shown and not pages.plain(link["text"])
    return bool(alone) and (
        pages.picture(address) in shown or "attachment" in address or pages.picture(address) == ""
    )


def spelled(address, base):
    """An address in one spelling; a relative one is made whole."""
    address = html.unescape(address.strip())
    if base and not address.startswith("#"):
        try:
            address = urllib.parse.urljoin(base, address)
        except ValueError:
            pass
    scheme, found, rest = address.partition("://")
    address = (("http" if scheme == "https" else scheme) + found + rest) if found else address
    return urllib.parse.unquote(address).rstrip("/")


def leads_home(link, item, file, export, site):
    """Whether a link to another item of the export leads to that item's file."""
    target = export.ours(urllib.parse.urljoin(item.link, link["href"]))
    if target is None:
        return False
    aims = file.aims(site)
    return target.get("wp:post_id") in aims or target.get("guid") in aims


def check_embeds(item, file):
    """The address of each player stands in the text."""
    there = file.page.players
    lost = []
    for address in [*item.embeds, *item.page.players]:
        known = pages.player(address) if "/" in address else address
        if known in there or address in there or known and known in file.body or not known:
            continue
        lost.append(address)
    return lost


def internal_links(items, files, export, site):
    """The links between pieces: how many are rewritten or listed, and those that are neither."""
    count = collections.Counter()
    lost = []
    listed = {spelled(address, "") for address in site.listed_links}
    for item, file in zip(items, files):
        for link in item.page.links if file else []:
            try:
                address = urllib.parse.urljoin(item.link, html.unescape(link["href"].strip()))
            except ValueError:
                continue
            if (
                truths.host(address) not in export.hosts
                or link["href"].startswith("#")
                or is_upload(address)
            ):
                continue
            target = export.ours(address)
            known = target is not None and export.is_public(target)
            count["known" if known else "broken"] += 1
            done = (
                leads_home(link, item, file, export, site)
                if known
                else spelled(address, "") in listed
            )
            done = (
                done
                or not known
                and (spelled(link["href"], "") in listed or leads_to_file(address, file, export))
            )
            count["rewritten" if known else "listed"] += done
            lost += [] if done else [(file.path, address)]
    return count, lost


def leads_to_file(address, file, export):
    """Whether a link to the page of a file of the media library leads to that file."""
    attachment = export.attachment_pages.get(truths.key_of(address))
    if attachment is None:
        return False
    name = pages.picture(truths.address_of(attachment))
    return any(pages.picture(link["href"]) == name for link in file.page.links)


def is_upload(address):
    """Whether an address is one of a file of the media library."""
    return (
        "/wp-content/" in address
        or ".files.wordpress.com" in address
        or re.search(r"\.(jpe?g|png|gif|pdf|mp3)$", address)
    )


def shingles(text):
    """The first runs of eight words of a text, to find it elsewhere."""
    found = pages.words(text)
    if 4 <= len(found) < 8:
        return [" ".join(found)]
    return [" ".join(found[at : at + 8]) for at in range(0, max(0, len(found) - 7), 8)][:6]


def safety(export, items, files, site, outcome):
    """The counters that must be zero: counter -> what was found."""
    published = "\n".join(pages.plain(file.page.text) for file in site.files if file.is_public())
    texts = {id(item): " ".join(item.page.blocks + item.page.captions) for item in items}
    own = "\n".join(texts[id(item)] for item in items if not item.hidden)
    paths = [
        entry["path"]
        for entry in site.entries
        if entry.get("path") and entry.get("outcome") == "written"
    ]
    return {
        "hidden published": hidden_published(items, files, site, published, own),
        "drafts unmarked": [
            file.path
            for item, file in zip(items, files)
            if item.hidden and file and file.front.get("draft") is not True
        ],
        "comments published": comments_published(export, site, "\n".join(texts.values())),
        "e-mails": private(export, site, EMAIL, lambda one: not NO_EMAIL.search(one)),
        "IPs": private_ips(export, site),
        "files overwritten": sorted(p for p, n in collections.Counter(paths).items() if n > 1)
        + [p for p in set(paths) if not (site.root / p).is_file()],
        "items unaccounted": unaccounted(export, site),
        "invalid front matter": site.invalid,
        "failures with exit 0": failures(site, outcome),
    }


def hidden_published(items, files, site, published, own):
    """The hidden items that a build would publish, by their file or by their words."""
    found = []
    for item, file in zip(items, files):
        if not item.hidden:
            continue
        leaked = [
            run
            for run in shingles(" ".join(item.page.blocks))
            if run in published and run not in own
        ]
        if file and file.is_public() or leaked:
            found.append(f"{item.status} {item.title!r}")
    return found


def comments_published(export, site, own):
    """The comments that are not approved, and the editors' notes, whose words stand in any file."""
    written = "\n".join(pages.plain(file.page.text) for file in site.files)
    found = []
    for item in export.items:
        for comment in item.all("wp:comment"):
            words = shingles(comment.raw("wp:comment_content"))
            shown = (
                comment.get("wp:comment_approved") == "1"
                and comment.get("wp:comment_type") != "note"
            )
            if not shown and any(run in written and run not in own for run in words):
                found.append(words[0])
    return found


def public_text(export):
    """All text that a site shows of its pieces: bodies, excerpts, titles, footnotes."""
    texts = []
    for item in export.items:
        texts += [
            item.raw("content:encoded"),
            item.raw("excerpt:encoded"),
            item.get("title"),
            item.get("link"),
            item.get("guid"),
            item.metas().get("footnotes", ""),
            item.get("wp:attachment_url"),
        ]
        texts += [one.text for one in item.all("category")]
    return "\n".join(texts)


def private(export, site, pattern, is_one):
    """What of a pattern is written that no public text of the export holds."""
    text = html.unescape(public_text(export))
    floor = {one.lower() for one in pattern.findall(text + urllib.parse.unquote(text))}
    found = set()
    for path, content in site.everything():
        found |= {
            f"{one} in {path}"
            for one in pattern.findall(content)
            if is_one(one) and one.lower() not in floor
        }
    return sorted(found)


def private_ips(export, site):
    """The addresses of commenters' machines that are written."""
    text = public_text(export)
    known = {
        comment.get("wp:comment_author_IP")
        for item in export.items
        for comment in item.all("wp:comment")
    }
    known = {one for one in known if len(one) > 6 and one not in text}
    return sorted(
        f"{one} in {path}"
        for path, content in site.everything()
        for one in known & set(IP.findall(content))
    )


def unaccounted(export, site):
    """The items of the export that the report does not name."""
    told = collections.Counter(entry.get("kind") or "post" for entry in site.entries)
    true = collections.Counter(export.kind(item) for item in export.items)
    return [f"{n} of the kind {kind}" for kind, n in (true - told).items()]


def failures(site, outcome):
    """Why an exit code of 0 does not tell the truth."""
    if outcome["code"] != 0:
        return []
    wrong = [] if site.reports else ["no report"]
    wrong += [
        "the account does not balance"
        for report in site.reports
        if report.get("balances") is not True
    ]
    return wrong + [
        f"lost: {entry.get('title')}" for entry in site.entries if entry.get("outcome") == "lost"
    ]
