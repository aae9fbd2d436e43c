"""What a page of HTML says: its blocks of text, links, pictures, captions, addresses of players.

The truth and the Markdown that was written are both made HTML and read by this, so that the same
rules hold for both. HTML is read by html5lib, Markdown by markdown-it-py: neither is pressmark's.
"""

import collections
import re
import urllib.parse

import html5lib
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

BLOCKS = set(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary
table tbody td tfoot th thead tr ul video audio iframe object""".split()
)
UNSEEN = {
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "title",
    "textarea",
    "select",
    "option",
}
COUNTED = {"td": "td", "th": "td", "pre": "pre", "li": "li", "em": "em", "i": "em"}
PLAYERS = {
    "iframe": "src",
    "embed": "src",
    "object": "data",
    "video": "src",
    "audio": "src",
    "source": "src",
}
# The pictures of a gallery are no list, and verse is no listing.
COUNTED_OTHERWISE = re.compile("blocks-gallery-item|wp-block-verse")
# Marks around an address that may stand alone or in its line; only the truth has them.
EMBED, EMBED_END = "\ue000", "\ue001"
ADDRESS = re.compile(r"https?://[^\s<>\"'\])]+")

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
MARKDOWN.use(footnote_plugin).use(deflist_plugin)


def leave_out_attributes(state):
    """Takes `{#id}` from the ends of headings, unless it is escaped."""
    for before, token in zip(state.tokens, state.tokens[1:]):
        if before.type == "heading_open":
            token.content = re.sub(r"\s*(?<!\\)\{[#.][^{}]*\}$", "", token.content)


MARKDOWN.core.ruler.after("block", "heading_attributes", leave_out_attributes)


def plain(text):
    """Folds a text to what is compared: small letters and digits, and single spaces."""
    text = re.sub(r"[^\w\s]|_", "", text.lower())
    return " ".join(text.split())


def words(text):
    """The words of a text that are compared."""
    return plain(text).split()


def picture(address):
    """What a picture is known by: its file's name without size, query and ending."""
    if address.startswith("data:"):
        return address[:60]
    path = urllib.parse.unquote(re.sub(r"[?#].*", "", address.strip()))
    name = path.rstrip("/").rsplit("/", 1)[-1].lower()
    stem = re.sub(r"\.(jpe?g|png|gif|webp|svg|avif|bmp|tiff?)$", "", name)
    return re.sub(r"(-\d+x\d+|-scaled|-rotated)+$", "", stem)


def player(address):
    """What a video, a recording or another page's player is known by."""
    address = urllib.parse.unquote(address.strip()).replace("&amp;", "&")
    if match := re.search(
        r"(?:youtu\.be/|youtube(?:-nocookie)?\.com/(?:.*[?&]v=|v/|embed/|shorts/))([\w-]{6,})",
        address,
    ):
        return "youtube " + match[1]
    if match := re.search(r"vimeo\.com/(?:.*clip_id=|video/|.*/)?(\d+)", address):
        return "vimeo " + match[1]
    parts = urllib.parse.urlsplit(address if "//" in address else "//" + address)
    return (re.sub(r"^www\.", "", parts.netloc.lower()) + parts.path.rstrip("/")).strip()


class Page:
    """What was found on a page."""

    def __init__(self):
        self.blocks, self.lines, self.captions = [], [], []
        self.links, self.pictures = [], []
        self.players, self.counts = set(), collections.Counter()
        self.text = ""
        # Blocks with an address that may stand apart: the texts before and after it.
        self.apart = {}

    def words(self):
        """How often each word stands in the blocks and captions."""
        return collections.Counter(w for text in self.blocks + self.captions for w in text.split())


class Walk:
    """A walk over a tree of HTML that gathers a page."""

    def __init__(self):
        self.page, self.buffer, self.links = Page(), [], []
        # How many listings the walk is in.
        self.listings = 0

    def flush(self, caption=False):
        """Ends a block of text."""
        text = "".join(self.buffer)
        self.buffer = []
        self.page.text += text + "\n"
        block = plain(text.replace("\v", " "))
        if block and caption:
            self.page.captions.append(block)
        elif block:
            self.page.blocks.append(block)
            lines = [part for part in text.split("\v") if EMBED not in part]
            self.page.lines += [line for part in lines if (line := plain(part))]
            if EMBED in text:
                parts = re.split(f"{EMBED}.*?{EMBED_END}", text.replace("\v", " "))
                self.page.apart[block] = [part for one in parts if (part := plain(one))]

    def text(self, text):
        """Takes text; in a listing the end of a line is a break."""
        if text and self.listings:
            text = text.replace("\n", "\v")
        if text:
            self.buffer.append(text)
            for link in self.links:
                link["text"] += text

    def visit(self, node, caption=False):
        """Visits an element and what is in it."""
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or tag in UNSEEN:
            return
        self.notice(node, tag)
        is_block = tag in BLOCKS
        caption = caption or tag == "figcaption"
        if is_block:
            self.flush(caption and tag != "figcaption")
        if tag == "br":
            self.text("\v")
        opened = self.open_link(node, tag)
        self.listings += tag == "pre"
        self.text(node.text if tag not in ("iframe", "object", "video", "audio") else "")
        for child in node:
            self.visit(child, caption)
            self.text(child.tail)
        self.listings -= tag == "pre"
        if opened:
            self.links.remove(opened)
        if is_block:
            self.flush(caption)

    def notice(self, node, tag):
        """Notes pictures, players and what is counted."""
        if tag in COUNTED and not COUNTED_OTHERWISE.search(node.get("class", "")):
            self.page.counts[COUNTED[tag]] += 1
        if tag in PLAYERS and (address := node.get(PLAYERS[tag], "").strip()):
            self.page.players.add(player(address))
            if tag == "iframe":
                self.page.counts["iframe"] += 1
        if tag == "param" and node.get("name", "").lower() in ("movie", "src"):
            self.page.players.add(player(node.get("value", "")))
        if (
            tag == "img"
            and node.get("src")
            and (node.get("width"), node.get("height")) != ("1", "1")
        ):
            self.page.pictures.append(picture(node.get("src")))
            for link in self.links:
                link["pictures"].append(picture(node.get("src")))

    def open_link(self, node, tag):
        """Begins a link."""
        address = (node.get("href") or "").strip() if tag == "a" else ""
        if not address:
            return None
        link = {
            "href": address,
            "text": "",
            "pictures": [],
            "class": node.get("class", ""),
            "fn": node.get("data-fn"),
        }
        self.links.append(link)
        self.page.links.append(link)
        return link


def read_html(text, titles_are_captions=False):
    """Reads a fragment of HTML."""
    tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    walk = Walk()
    body = tree.find("body")
    walk.visit(body if body is not None else tree)
    walk.flush()
    for figure in tree.iter("figure"):
        caption = figure.find("figcaption")
        is_single = figure.find(".//img") is not None and figure.find(".//figure") is None
        if is_single and caption is not None and plain("".join(caption.itertext())):
            walk.page.counts["figcaption"] += 1
    if titles_are_captions:
        mark_captions(walk.page, tree)
    return walk.page


def mark_captions(page, tree):
    """In Markdown, the title of a picture alone in its paragraph is its caption."""
    for block in tree.iter("p"):
        images = list(block.iter("img"))
        alone = not "".join(block.itertext()).strip() and len(images) == 1
        if alone and plain(images[0].get("title") or ""):
            page.captions.append(plain(images[0].get("title")))
            page.counts["figcaption"] += 1


def read_markdown(text):
    """Reads Markdown, and the addresses that stand in it as text."""
    page = read_html(MARKDOWN.render(text), titles_are_captions=True)
    page.players |= {player(address) for address in ADDRESS.findall(text)}
    page.players |= {player(link["href"]) for link in page.links}
    return page
