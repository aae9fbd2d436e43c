"""Reads WordPress exports tolerantly, with nothing of pressmark: the scorer's own eyes.

It keeps a whole file in memory and forgives what it can: the end of a CDATA section counts only
before the end tag of its element or before the next section, namespaces are not looked at, values
may be padded, and what is cut off at the end is left out.
"""

import dataclasses
import re

CONTAINERS = {
    "rss",
    "channel",
    "item",
    "wp:comment",
    "wp:commentmeta",
    "wp:postmeta",
    "wp:author",
    "wp:category",
    "wp:tag",
    "wp:term",
    "wp:termmeta",
    "image",
}
TAG = re.compile(
    r"<(/?)([A-Za-z][\w.-]*(?::[\w.-]+)?)((?:\s[^<>]*)?)>|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>]*>",
    re.S,
)
SECTION = re.compile(r"\s*<!\[CDATA\[")
# What XML cannot hold.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
XML_ENTITY = re.compile(r"&(#x?[0-9a-fA-F]+|amp|lt|gt|quot|apos|[A-Za-z]\w*);")
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
ZERO_DATE = re.compile(r"^(0000|-0001)")


@dataclasses.dataclass
class Element:
    """An element of the export: its own text, or the elements within it."""

    name: str
    attributes: str = ""
    text: str = ""
    children: list = dataclasses.field(default_factory=list)
    line: int = 0

    def all(self, name):
        """The children of a name."""
        return [child for child in self.children if child.name == name]

    def get(self, name, default=""):
        """The text of the first child of a name, without space around it."""
        for child in self.children:
            if child.name == name:
                return child.text.strip()
        return default

    def raw(self, name):
        """The text of the first child of a name, as it is."""
        for child in self.children:
            if child.name == name:
                return child.text
        return ""

    def attribute(self, name):
        """The value of an attribute."""
        match = re.search(rf"""\b{name}\s*=\s*("([^"]*)"|'([^']*)')""", self.attributes)
        return decode_entities((match[2] or match[3] or "")) if match else ""

    def metas(self):
        """The post's metas, by key; the first of each counts."""
        found = {}
        for meta in self.all("wp:postmeta"):
            found.setdefault(meta.get("wp:meta_key"), meta.raw("wp:meta_value"))
        return found


def decode_entities(text):
    """Decodes the entities of XML, and leaves those that XML does not know."""

    def one(match):
        name = match[1]
        if name.startswith("#"):
            number = int(name[2:], 16) if name[1:2] in "xX" else int(name[1:])
            return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
        return NAMED.get(name, match[0])

    try:
        return XML_ENTITY.sub(one, text)
    except ValueError:
        return text


def decode(data):
    """Decodes the bytes of an export; bytes that are no UTF-8 are taken for cp1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    declared = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([\w-]+)", data)
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        try:
            return data.decode(declared[1].decode())
        except (LookupError, UnicodeDecodeError):
            pass
    text = data.decode("utf-8-sig", "surrogateescape")
    return re.sub(
        "[\udc80-\udcff]", lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1252", "replace"), text
    )


class Reader:
    """Reads elements one after another."""

    def __init__(self, text):
        self.text = text
        self.at = 0
        self.line, self.counted = 1, 0

    def line_at(self, at):
        """The line of a place; places are asked for in order."""
        self.line += self.text.count("\n", self.counted, at)
        self.counted = at
        return self.line

    def channel(self):
        """Reads the whole file into one element."""
        root = Element("channel")
        self.fill(root, None)
        return root

    def fill(self, parent, closing):
        """Reads what stands within an element; whether its end tag was found."""
        while match := TAG.search(self.text, self.at):
            self.at = match.end()
            if match[2] is None:
                continue
            if match[1]:
                if match[2] == closing:
                    return True
                if closing is not None and match[2] in CONTAINERS:
                    self.at = match.start()
                    return False
                continue
            if match[2] == "item" and closing is not None:
                self.at = match.start()
                return False
            self.one(parent, match)
        return False

    def one(self, parent, match):
        """Reads an element whose start tag was found."""
        name, attributes = match[2], match[3]
        if name in ("rss", "channel"):
            return
        element = Element(name, attributes)
        if attributes.endswith("/"):
            parent.children.append(element)
        elif name in CONTAINERS:
            element.line = self.line_at(match.start()) if name == "item" else 0
            if self.fill(element, name):
                parent.children.append(element)
        elif self.leaf(element):
            parent.children.append(element)

    def leaf(self, element):
        """Reads the text of an element; whether it is whole."""
        name = re.escape(element.name)
        section = SECTION.match(self.text, self.at)
        if section:
            end = re.compile(rf"\]\]>\s*</{name}\s*>").search(self.text, section.end())
            if not end:
                self.at = len(self.text)
                return False
            element.text = self.text[section.end() : end.start()]
            element.text = element.text.replace("]]]]><![CDATA[>", "]]>").replace(
                "]]><![CDATA[", ""
            )
            if section[0].startswith(("\n", "\r")):
                element.text = re.sub("^ | $", "", element.text)
        else:
            end = re.compile(rf"</{name}\s*>").search(self.text, self.at)
            if not end:
                self.at = len(self.text)
                return False
            element.text = decode_entities(self.text[self.at : end.start()])
        element.text = CONTROL.sub("", element.text)
        self.at = end.end()
        return True


def read(path):
    """Reads an export."""
    return Reader(decode(path.read_bytes()).replace("\r\n", "\n")).channel()
