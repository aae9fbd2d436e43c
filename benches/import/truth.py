"""What each post of an export says: the truth that the written files are held against.

Bodies of the classic editor go through `@wordpress/autop`; those of the block editor are read by
the grammar of block comments. Shortcodes follow the rules below, which are the scorer's own. What a
site would have shown with its plugins running may differ.
"""

import collections
import dataclasses
import datetime
import functools
import html
import json
import pathlib
import re
import subprocess
import urllib.parse

import page as pages

HERE = pathlib.Path(__file__).resolve().parent
HIDDEN_KINDS = ("private", "pending", "future", "draft", "auto-draft", "trash", "inherit")

CODE = "sourcecode|source|code|cc|php|python|css|html|xml|bash|shell|javascript|js|jscript|sql|ruby|java|perl|c|cpp|csharp|diff|plain|text|yaml"
EMBEDS = (
    "youtube vimeo soundcloud slideshare dailymotion googlemaps ted wpvideo videopress tweet twitter instagram "
    "gist scribd kickstarter spotify bandcamp flickr audio video playlist embed facebook polldaddy"
).split()
DROPPED = "contact-form contact-form-7 contact-field gravityform ninja_form mc4wp_form toc".split()
WRAPPERS = (
    r"(?:vc|et_pb|fusion|av)_\w+|row|column|one_half|one_third|two_third|one_half_last|one_third_last|dropcap|highlight|"
    r"quote|pullquote|button|tabs?|tabgroup|accordion|toggle"
)
KNOWN = re.compile(
    r"\[/?(?:wp_caption|caption|gallery|%s|%s|%s)\b[^\[\]]*\]"
    % ("|".join(EMBEDS), "|".join(DROPPED), "sourcecode|(?:vc|et_pb|fusion)_\\w+")
)
BLOCK = re.compile(
    r"<!--\s+(/)?wp:((?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*)\s+(\{(?:(?!\}\s+/?-->).)*\}\s+)?(/)?-->",
    re.S,
)
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s\]"'=]+))|"([^"]*)"|(\S+)""")
# The label of the button that downloads a file; it may be left out.
BUTTON = re.compile(r"""(<a\s[^>]*wp-block-file__button[^>]*>)(.*?)(</a>)""", re.S)
BARE = re.compile(r"^[ \t]*(https?://[^\s<>\"]+)[ \t]*$", re.M)
# Brackets that are text and no shortcode.
OPEN, CLOSE = "\ue002", "\ue003"


@dataclasses.dataclass
class Item:
    """What is true of an item."""

    id: str
    guid: str
    link: str
    kind: str
    status: str
    hidden: str
    title: str
    local: str
    gmt: str
    names: list
    categories: list
    tags: list
    language: str = ""
    page: pages.Page = None
    galleries: list = dataclasses.field(default_factory=list)
    missing_galleries: int = 0
    lead: str = ""
    lead_missing: bool = False
    embeds: list = dataclasses.field(default_factory=list)


@functools.cache
def autop_process():
    """The program that puts texts into paragraphs."""
    return subprocess.Popen(
        ["node", str(HERE / "autop.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def autop(text):
    """Puts a text of the classic editor into paragraphs."""
    if not text.strip():
        return ""
    process = autop_process()
    process.stdin.write(json.dumps(text) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def languages(text):
    """Splits a text of qTranslate; None if it is in one language."""
    parts = re.split(r"\[:([a-z]{2})?\]|<!--:([a-z]{2})?-->|\{:([a-z]{2})?\}", text)
    found, shared = {}, ""
    for at in range(1, len(parts), 4):
        name, body = parts[at] or parts[at + 1] or parts[at + 2], parts[at + 3]
        if name:
            found[name] = found.get(name, "") + body
        else:
            shared += body
    if not found:
        return None
    return {
        name: parts[0] + body + (shared if shared.strip() else "") for name, body in found.items()
    }


def attributes(text):
    """The attributes of a shortcode: named ones, and those without a name by their place."""
    text = (
        text.strip()
        .replace("”", '"')
        .replace("“", '"')
        .replace("″", '"')
        .replace("&#8221;", '"')
        .replace("&#8243;", '"')
    )
    named, plain = {}, []
    for match in ATTRIBUTE.finditer(text):
        if match[1]:
            named[match[1].lower()] = html.unescape(
                next(v for v in match.groups()[1:4] if v is not None)
            )
        else:
            plain.append(html.unescape(match[5] or match[6] or ""))
    return named, plain


class Converter:
    """Makes HTML of a post's body."""

    def __init__(self, export, item):
        self.export, self.item = export, item
        self.embeds, self.galleries, self.missing = [], [], 0

    def convert(self, raw):
        """Makes HTML of a body."""
        raw = raw.replace("\r\n", "\n")
        raw = re.sub(
            r"\[(\[[\w-]+[^\[\]]*\](?:[^\[\]]*\[/[\w-]+\])?)\]",
            lambda m: m[1].replace("[", OPEN).replace("]", CLOSE),
            raw,
        )
        raw = re.sub(rf"\[({CODE})\b([^\]]*)\](.*?)\[/\1\]", self.code, raw, flags=re.S)
        body = self.blocks(raw, 0) if "<!-- wp:" in raw else autop(BARE.sub(self.bare, raw))
        body = BUTTON.sub(rf"\1{pages.EMBED}\2{pages.EMBED_END}\3", self.shortcodes(body))
        return body.replace(OPEN, "[").replace(CLOSE, "]")

    def code(self, match):
        """A listing."""
        text = html.escape(html.unescape(match[3].strip("\n")), quote=False)
        return f"\n\n<pre>{text.replace('[', OPEN).replace(']', CLOSE)}</pre>\n\n"

    def bare(self, match):
        """An address on a line of its own."""
        self.embed(match[1])
        return f"{pages.EMBED}{match[1]}{pages.EMBED_END}"

    def embed(self, address):
        """Notes the address of a player."""
        if address.strip():
            self.embeds.append(address.strip())
        return ""

    def blocks(self, raw, depth):
        """Reads the blocks of a body."""
        out, stack, at = [], [], 0
        for match in BLOCK.finditer(raw):
            out.append(self.inner(raw[at : match.start()], stack))
            at = match.end()
            name = match[2].removeprefix("core/")
            if match[1]:
                if name in stack:
                    del stack[len(stack) - 1 - stack[::-1].index(name) :]
            else:
                out.append(self.opened(name, match[3], bool(match[4]), depth))
                if not match[4]:
                    stack.append(name)
        out.append(self.inner(raw[at:], stack))
        return "\n".join(out)

    def inner(self, text, stack):
        """The HTML between two block comments."""
        if not stack or stack[-1] in ("freeform", "classic", "shortcode"):
            return autop(BARE.sub(self.bare, text))
        if stack[-1].startswith(("embed", "core-embed/")):
            return BARE.sub(lambda m: self.embed(m[1]), text)
        return text

    def opened(self, name, attrs, closed, depth):
        """What a block shows by its attributes alone."""
        try:
            attrs = json.loads(attrs or "{}")
        except ValueError:
            attrs = {}
        if name == "block" and attrs.get("ref") and depth < 5:
            shared = self.export.shared.get(str(attrs["ref"]))
            return self.blocks(shared, depth + 1) if shared else ""
        if name.startswith(("embed", "core-embed/")) and closed and attrs.get("url"):
            return self.embed(attrs["url"])
        if name == "footnotes":
            try:
                notes = json.loads(self.item.metas().get("footnotes") or "[]")
            except ValueError:
                notes = []
            return (
                "<ol>" + "".join(f"<li>{note.get('content', '')}</li>" for note in notes) + "</ol>"
            )
        return ""

    def shortcodes(self, body):
        """Expands the shortcodes of a body of HTML."""
        body = re.sub(
            r"\[((?:wp_)?caption)\b([^\]]*)\](.*?)\[/\1\]", self.caption, body, flags=re.S
        )
        body = re.sub(r"\[gallery\b([^\]]*)\]", self.gallery, body)
        body = re.sub(
            rf"\[({'|'.join(EMBEDS)})\b(=?[^\]]*)\](?:([^\[\]]*)\[/\1\])?", self.played, body
        )
        for name in DROPPED:
            body = re.sub(rf"\[{name}\b[^\]]*\](?:.*?\[/{name}\])?", "", body, flags=re.S)
        return re.sub(rf"\[/?(?:{WRAPPERS})\b[^\]]*\]", "", body)

    def caption(self, match):
        """A picture with its caption."""
        named, _ = attributes(match[2])
        parts = re.match(
            r"\s*(?:<p>|<br ?/?>)*\s*((?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?)(.*)",
            match[3],
            re.S,
        )
        if not parts:
            return match[3] + (f"<p>{named['caption']}</p>" if named.get("caption") else "")
        text = re.sub(r"^(?:\s|<br ?/?>|</p>)+|(?:\s|<br ?/?>|<p>)+$", "", parts[2]) or named.get(
            "caption", ""
        )
        return f"<figure>{parts[1]}<figcaption>{text}</figcaption></figure>"

    def gallery(self, match):
        """The pictures of a gallery."""
        named, _ = attributes(match[1])
        listed = re.findall(r"\d+", named.get("ids") or named.get("include") or "")
        left_out = set(re.findall(r"\d+", named.get("exclude", "")))
        if listed:
            found = [self.export.attachments.get(one) for one in listed]
        else:
            found = self.export.children.get(named.get("id") or self.item.get("wp:post_id"), [])
        whole = [
            one
            for one in found
            if one and is_picture(one) and one.get("wp:post_id") not in left_out
        ]
        if not whole or len(whole) < len(
            [one for one in found if not one or is_picture(one)]
        ) - len(left_out):
            self.missing += 1
        else:
            self.galleries.append([pages.picture(address_of(one)) for one in whole])
        return "".join(figure(one) for one in whole)

    def played(self, match):
        """A player."""
        named, plain = attributes(match[2].lstrip("= "))
        between = re.sub(r"<[^>]*>", "", match[3] or "").strip()
        keys = "src url mp3 mp4 m4a ogg oga ogv wav webm flv m4v id v".split()
        value = (
            next((named[key] for key in keys if named.get(key)), "")
            or between
            or (plain[0] if plain else "")
        )
        value = value.split("|")[0].strip()
        if match[1] == "youtube" and value and "/" not in value:
            value = "https://www.youtube.com/watch?v=" + value.split("&")[0]
        if match[1] == "vimeo" and value.isdigit():
            value = "https://vimeo.com/" + value
        return self.embed(re.sub(r"<[^>]*>", "", value))


def is_picture(attachment):
    """Whether an attachment is a picture."""
    return re.search(
        r"\.(jpe?g|png|gif|webp|svg|avif|bmp|tiff?)$", address_of(attachment).split("?")[0], re.I
    )


def address_of(attachment):
    """Where the file of an attachment is."""
    return attachment.get("wp:attachment_url") or attachment.get("guid")


def figure(attachment):
    """A picture of a gallery."""
    caption = attachment.raw("excerpt:encoded").strip()
    caption = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="{html.escape(address_of(attachment))}">{caption}</figure>'


class Export:
    """An export, and what is true of its items."""

    def __init__(self, parts):
        self.channels = parts
        # A feed has items too; without an element of WordPress's it is no export.
        self.items = [
            item for channel in parts if is_export(channel) for item in channel.all("item")
        ]
        self.authors = {
            author.get("wp:author_login").lower(): shown_name(author)
            for channel in parts
            for author in channel.all("wp:author")
        }
        self.attachments = {
            item.get("wp:post_id"): item for item in self.items if self.kind(item) == "attachment"
        }
        self.children = collections.defaultdict(list)
        for item in self.attachments.values():
            self.children[item.get("wp:post_parent")].append(item)
        for found in self.children.values():
            found.sort(
                key=lambda one: (number(one.get("wp:menu_order")), number(one.get("wp:post_id")))
            )
        self.shared = {
            item.get("wp:post_id"): item.raw("content:encoded")
            for item in self.items
            if self.kind(item) == "wp_block"
        }
        self.hosts = {
            host(channel.get(name)) for channel in parts for name in ("link", "wp:base_blog_url")
        } - {""}

    def kind(self, item):
        """What an item is; one that does not say is a post."""
        return item.get("wp:post_type") or "post"

    def truths(self):
        """What is true of the posts and pages: the public ones and the hidden ones."""
        return [
            truth
            for item in self.items
            if self.kind(item) in ("post", "page")
            for truth in self.truth(item)
        ]

    def truth(self, item):
        """What is true of an item: one truth for each of its languages."""
        raw, title = item.raw("content:encoded"), item.get("title")
        split = languages(raw) or languages(title)
        if not split:
            return [self.single(item, raw, title, "")]
        titles, bodies = languages(title) or {}, languages(raw) or {}
        return [
            self.single(
                item, bodies.get(name, raw), titles.get(name, title if not titles else ""), name
            )
            for name in split
        ]

    def single(self, item, raw, title, language):
        """What is true of an item in one language."""
        found = Item(
            id=item.get("wp:post_id"),
            guid=item.get("guid"),
            link=item.get("link"),
            kind=self.kind(item),
            status=item.get("wp:status") or "unknown",
            hidden="",
            title=text_of(title),
            local=date(item.get("wp:post_date")),
            gmt=date(item.get("wp:post_date_gmt")),
            names=self.names(item),
            categories=terms(item, "category", ""),
            tags=terms(item, "post_tag", "tag"),
            language=language,
        )
        found.hidden = (
            "password"
            if item.raw("wp:post_password").strip()
            else "" if self.is_public(item) else found.status
        )
        converter = Converter(self, item)
        found.page = pages.read_html(converter.convert(raw))
        found.embeds, found.galleries, found.missing_galleries = (
            converter.embeds,
            converter.galleries,
            converter.missing,
        )
        lead = item.metas().get("_thumbnail_id", "").strip()
        if lead and lead in self.attachments:
            found.lead = pages.picture(address_of(self.attachments[lead]))
        found.lead_missing = bool(lead) and lead not in self.attachments and lead != "0"
        return found

    def is_public(self, item):
        """Whether a site shows an item to everyone."""
        return item.get("wp:status") == "publish" and not item.raw("wp:post_password").strip()

    def names(self, item):
        """Who wrote an item: co-authors, else the account's name.

        A login is no name: where the export has nothing else, no name is right.
        """
        login = item.get("dc:creator")
        coauthors = [
            one
            for one in item.all("category")
            if one.attribute("domain") == "author" and (one.attribute("nicename") or one.text)
        ]
        names = [self.coauthor(one, login) for one in coauthors] or [self.shown(login)]
        return [name for name in dict.fromkeys(names) if name]

    def shown(self, login):
        """The name by which an account is shown; empty if the export has only its login."""
        return self.authors.get(login.lower(), "")

    def coauthor(self, label, creator):
        """The name of a co-author; empty if the export has only a login."""
        slug, name = label.attribute("nicename") or "", label.text.strip()
        short = slug.removeprefix("cap-")
        known = text_of(self.guests.get(slug) or "") or self.shown(name) or self.shown(short)
        if known or name.lower() in {creator.lower(), *self.authors}:
            return known
        # Co-Authors Plus names its terms by the login; their slugs begin with `cap-`.
        if slug.startswith("cap-"):
            is_login = len(name.split()) == 1 and letters(name) == letters(short)
        else:
            is_login = name == slug
        return "" if is_login else text_of(name)

    @functools.cached_property
    def guests(self):
        """The names of guest authors, by what their terms are called."""
        guests = [item for item in self.items if self.kind(item) == "guest-author"]
        return {
            item.get("wp:post_name"): item.metas().get("cap-display_name") or item.get("title")
            for item in guests
        }

    def ours(self, address):
        """The item that an address leads to, if it is one of this export's."""
        return self.addresses.get(key_of(address))

    @functools.cached_property
    def addresses(self):
        """The posts and pages by their addresses."""
        found = {}
        for item in self.items:
            if self.kind(item) not in ("post", "page"):
                continue
            link = item.get("link")
            for own in sorted(self.hosts | {host(link)}):
                for query in ("?p=", "?page_id="):
                    found.setdefault(f"{own}/{query}{item.get('wp:post_id')}", item)
            if link:
                found.setdefault(key_of(link), item)
        return found

    @functools.cached_property
    def attachment_pages(self):
        """The files of the media library by the addresses of their pages."""
        return {key_of(item.get("link")): item for item in self.attachments.values()}


def is_export(channel):
    """Whether a file is an export of WordPress."""
    elements = [*channel.children, *(one for item in channel.all("item") for one in item.children)]
    return any(element.name.startswith("wp:") for element in elements)


def host(address):
    """The host of an address, without `www.`."""
    return urllib.parse.urlsplit(address).netloc.lower().removeprefix("www.")


def key_of(address):
    """What two spellings of an address have in common."""
    parts = urllib.parse.urlsplit(html.unescape(address.strip()))
    query = re.search(r"(?:^|&)((?:p|page_id)=\d+)", parts.query)
    path = urllib.parse.unquote(parts.path).rstrip("/").lower()
    return host(address) + (f"/?{query[1]}" if query and path in ("", "/index.php") else path)


def number(text):
    """A number; 0 if it is none."""
    return int(text) if re.fullmatch(r"-?\d{1,18}", text) else 0


def text_of(markup):
    """The text of a title or a name."""
    if "<" in markup:
        tree = pages.html5lib.parseFragment(
            markup, treebuilder="etree", namespaceHTMLElements=False
        )
        markup = "".join(tree.itertext())
    return " ".join(html.unescape(markup).split())


def shown_name(author):
    """The name of an author of the channel; empty if there is only a login."""
    full = [author.get("wp:author_first_name"), author.get("wp:author_last_name")]
    return text_of(author.get("wp:author_display_name")) or text_of(" ".join(full))


def letters(name):
    """The letters and digits of a login, which is all that a slug keeps of it."""
    return [c for c in name.lower() if c.isalnum()]


def terms(item, *domains):
    """The names that an item is filed under."""
    found = [(one.attribute("domain"), text_of(one.text)) for one in item.all("category")]
    named = {name for domain, name in found if domain}
    names = [
        name
        for domain, name in found
        if domain in domains and name and (domain or name not in named)
    ]
    return list(dict.fromkeys(names))


def date(text):
    """A date of WordPress; empty if it is none."""
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M:%S").isoformat(" ")
    except ValueError:
        return ""
