//! The elements of an export as values, whatever prefix their names have and
//! whichever of their tags are missing.
//!
//! It decides what a name means by its prefix or its namespace, and which text
//! an element holds. An export is flat: only a few elements hold others.
//! Whatever else looks like a tag inside is text.

use crate::dom;
use crate::import::wordpress::reader::split_name;
use crate::import::wordpress::scan::{Next, Tag, Token, Tokens};
use crate::xml;

/// Whose name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// A name of RSS, or one without a prefix.
    Plain,
    /// `wp:`.
    WordPress,
    /// `content:`.
    Content,
    /// `excerpt:`.
    Excerpt,
    /// `dc:`.
    DublinCore,
    /// A name of some other format.
    Other,
}

/// Which prefixes an export uses.
#[derive(Clone, Debug, Default)]
pub(super) struct Spaces {
    /// Prefixes that are not the usual ones.
    own: Vec<(String, Space)>,
    /// Whether a namespace of WordPress was declared.
    pub has_wordpress: bool,
}

impl Spaces {
    /// Learns the prefixes that a tag declares.
    pub(super) fn learn(&mut self, tag: &str) {
        if !tag.contains("xmlns") {
            return;
        }
        for (name, uri) in xml::read::attributes(inside(tag), &named) {
            let Some(prefix) = name.strip_prefix("xmlns:") else { continue };
            let space = space_of_uri(&uri);
            self.has_wordpress |= space == Space::WordPress;
            if usual(prefix).is_none() && space != Space::Other && self.own.len() < 100 {
                self.own.push((prefix.to_owned(), space));
            }
        }
    }

    /// Whose name it is, and its local part.
    pub(super) fn resolve<'n>(&self, name: &'n str) -> (Space, &'n str) {
        let Some((prefix, local)) = name.split_once(':') else {
            return (Space::Plain, name);
        };
        let own = self.own.iter().rev().find(|(own, _)| own == prefix);
        let space = usual(prefix).or(own.map(|(_, space)| *space));
        (space.unwrap_or(Space::Other), local)
    }
}

/// What a usual prefix means, whatever it was declared to be.
fn usual(prefix: &str) -> Option<Space> {
    match prefix {
        "wp" => Some(Space::WordPress),
        "content" => Some(Space::Content),
        "excerpt" => Some(Space::Excerpt),
        "dc" => Some(Space::DublinCore),
        _ => None,
    }
}

/// Whose namespace this is.
fn space_of_uri(uri: &str) -> Space {
    if uri.contains("wordpress.org/export/") {
        let is_excerpt = uri.trim_end_matches('/').ends_with("/excerpt");
        if is_excerpt { Space::Excerpt } else { Space::WordPress }
    } else if uri.contains("purl.org/rss/1.0/modules/content") {
        Space::Content
    } else if uri.contains("purl.org/dc/") {
        Space::DublinCore
    } else {
        Space::Other
    }
}

/// What a reference of HTML means; XML does not know these.
pub(super) fn named(name: &str) -> Option<String> {
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let written = format!("&{name};");
    let read = dom::text_of(&dom::parse_fragment(&written));
    (read != written).then_some(read)
}

/// A tag without the marks around it.
fn inside(tag: &str) -> &str {
    let tag = tag.strip_prefix('<').unwrap_or(tag);
    let tag = tag.strip_suffix('>').unwrap_or(tag);
    tag.strip_suffix('/').unwrap_or(tag)
}

/// An element.
#[derive(Clone, Debug)]
pub(super) struct Element<'t> {
    /// Its name as written.
    pub name: &'t str,
    /// Whose name it is.
    pub space: Space,
    /// Its local name.
    pub local: &'t str,
    /// What stands in its tag.
    tag: &'t str,
    /// Its text, resolved.
    pub text: String,
    /// Whether its text stands in a CDATA section.
    pub has_data: bool,
    /// The white space behind a CDATA section, which counts only if another
    /// follows.
    pending: &'t str,
    /// What it holds, if it is one that holds others.
    pub children: Vec<Self>,
}

impl<'t> Element<'t> {
    /// Reads an element that was cut out. Tags that are missing or do not
    /// match do no harm.
    pub(super) fn read(text: &'t str, spaces: &Spaces) -> Option<Self> {
        let mut builder = Builder { text, spaces: spaces.clone(), open: Vec::new() };
        let mut tokens = Tokens::new(text.as_bytes(), 0, true);
        let mut root = None;
        while let Next::Token(token) = tokens.next() {
            if let Some(done) = builder.take(token, tokens.at()) {
                root.get_or_insert(done);
            }
        }
        while !builder.open.is_empty() {
            if let Some(done) = builder.close() {
                root.get_or_insert(done);
            }
        }
        root
    }

    /// An attribute of its tag.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let read = xml::read::attributes(self.tag, &named);
        read.into_iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// Its text without the white space around it.
    pub(super) fn value(&self) -> &str {
        self.text.trim()
    }

    /// Whether it is an element of WordPress of this name; names without a
    /// prefix are taken for it too.
    pub(super) fn is(&self, local: &str) -> bool {
        self.local == local && matches!(self.space, Space::WordPress | Space::Plain)
    }

    /// The first child of WordPress of this name.
    pub(super) fn child(&self, local: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.is(local))
    }

    /// The value of the first child of this name; empty if there is none.
    pub(super) fn value_of(&self, local: &str) -> &str {
        self.child(local).map(Self::value).unwrap_or_default()
    }

    /// Writes the element as well-formed XML. `keeps` decides which elements
    /// stay, and what their text is.
    pub(super) fn write(
        &self,
        out: &mut String,
        keeps: &dyn Fn(&Self) -> Option<String>,
    ) {
        let Some(text) = keeps(self) else { return };
        out.push('<');
        out.push_str(self.name);
        for (name, value) in xml::read::attributes(self.tag, &named) {
            out.push_str(&format!(" {name}=\"{}\"", xml::escaped(&value)));
        }
        out.push('>');
        if self.has_data {
            out.push_str("<![CDATA[");
            out.push_str(&text.replace("]]>", "]]]]><![CDATA[>"));
            out.push_str("]]>");
        } else {
            out.push_str(&xml::escaped(&text));
        }
        if !self.children.is_empty() {
            out.push('\n');
        }
        for child in &self.children {
            child.write(out, keeps);
        }
        out.push_str(&format!("</{}>\n", self.name));
    }

    /// Whether it holds other elements.
    fn is_container(&self) -> bool {
        is_container(self.space, self.local)
    }

    /// Adds text that stands between tags.
    fn push_text(&mut self, text: &'t str) {
        if self.has_data && text.trim().is_empty() {
            self.pending = text;
        } else {
            self.text.push_str(&xml::read::resolved(text, &named));
        }
    }

    /// Adds what a CDATA section holds.
    fn push_data(&mut self, data: &str) {
        if !self.has_data && self.text.trim().is_empty() {
            self.text.clear();
        }
        if !self.pending.contains('\n') {
            self.text.push_str(self.pending);
        }
        self.pending = "";
        self.has_data = true;
        self.text.push_str(data);
    }

    /// Takes out the one space that a browser's viewer puts before and behind
    /// a text.
    fn finish(&mut self) {
        let inner = self.text.strip_prefix(' ').and_then(|text| text.strip_suffix(' '));
        if self.has_data
            && let Some(inner) = inner
        {
            self.text = inner.to_owned();
        }
    }
}

/// Whether an element holds others.
fn is_container(space: Space, local: &str) -> bool {
    match space {
        Space::Plain => {
            matches!(local, "item" | "comment" | "postmeta" | "commentmeta" | "termmeta")
        }
        Space::WordPress => matches!(
            local,
            "comment"
                | "postmeta"
                | "commentmeta"
                | "termmeta"
                | "author"
                | "category"
                | "tag"
                | "term"
        ),
        _ => false,
    }
}

/// Whether an element begins anew wherever it stands: the end tag of what it
/// stands in is missing.
fn is_own(space: Space, local: &str) -> bool {
    match space {
        Space::WordPress => true,
        Space::Content | Space::Excerpt => local == "encoded",
        Space::DublinCore => local == "creator",
        Space::Plain => matches!(local, "item" | "pubDate" | "guid"),
        Space::Other => false,
    }
}

/// How deep elements stand in each other in any export, and a few more.
const DEEPEST: usize = 8;

/// Puts elements together.
struct Builder<'t> {
    /// The text.
    text: &'t str,
    /// Which prefixes are used.
    spaces: Spaces,
    /// The elements that are open, the outermost first. There are never more
    /// than a few.
    open: Vec<Element<'t>>,
}

impl<'t> Builder<'t> {
    /// Takes the next part, which ends at `end`; gives the outermost element
    /// once it is closed.
    fn take(&mut self, token: Token, end: usize) -> Option<Element<'t>> {
        let text = self.text;
        let part = |range| text.get(range).unwrap_or_default();
        match token {
            Token::Text(range) | Token::Stray(range) => self.add_text(part(range)),
            Token::Data(range) => {
                if let Some(open) =
                    self.open.last_mut().filter(|open| !open.is_container())
                {
                    open.push_data(part(range));
                }
            }
            Token::Open(tag) => return self.open_tag(tag),
            Token::Close(name) => {
                let start = name.start.saturating_sub(2);
                return self.close_tag(part(name), part(start..end));
            }
            Token::Other => {}
        }
        None
    }

    /// Adds text to the element that is open.
    fn add_text(&mut self, text: &'t str) {
        if let Some(open) = self.open.last_mut().filter(|open| !open.is_container()) {
            open.push_text(text);
        }
    }

    /// The beginning of an element.
    fn open_tag(&mut self, tag: Tag) -> Option<Element<'t>> {
        let written = self.text.get(tag.range).unwrap_or_default();
        let name = self.text.get(tag.name).unwrap_or_default();
        self.spaces.learn(written);
        let (space, local) = self.spaces.resolve(name);
        let is_inside = self.open.last().is_some_and(|open| !open.is_container());
        if is_inside && !is_own(space, local) {
            // Markup of a text that nobody escaped.
            if let Some(open) = self.open.last_mut() {
                open.text.push_str(written);
            }
            return None;
        }
        if is_inside {
            self.close();
        }
        // What stands deeper stands beside.
        while self.open.len() >= DEEPEST {
            self.close();
        }
        let (text, pending) = (String::new(), "");
        self.open.push(Element {
            name,
            space,
            local,
            tag: inside(written),
            text,
            has_data: false,
            pending,
            children: Vec::new(),
        });
        if tag.is_empty { self.close() } else { None }
    }

    /// The end of an element.
    fn close_tag(&mut self, name: &str, written: &str) -> Option<Element<'t>> {
        let found = self.open.iter().rposition(|open| open.name == name);
        let Some(depth) = found else {
            let (space, local) = self.spaces.resolve(name);
            let last = self.open.last_mut().filter(|open| !open.is_container());
            if last.is_some() && is_own(space, local) {
                // A mistyped end tag.
                return self.close();
            }
            if let Some(open) = last {
                open.text.push_str(written);
            }
            return None;
        };
        let mut closed = None;
        while self.open.len() > depth {
            closed = self.close();
        }
        closed
    }

    /// Closes the innermost element; gives it if it is the outermost too.
    fn close(&mut self) -> Option<Element<'t>> {
        let mut done = self.open.pop()?;
        done.finish();
        match self.open.last_mut() {
            Some(parent) => {
                parent.children.push(done);
                None
            }
            None => Some(done),
        }
    }
}

/// Whether a name of the channel is that of WordPress, for a file that declares
/// no namespace.
pub(super) fn is_wordpress(name: &str) -> bool {
    split_name(name.as_bytes()).0 == b"wp"
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// An element in one line: `name[text](children)`.
    fn shown(element: &Element<'_>) -> String {
        let children: Vec<_> = element.children.iter().map(shown).collect();
        if children.is_empty() {
            format!("{}[{}]", element.name, element.text)
        } else {
            format!("{}({})", element.name, children.join(" "))
        }
    }

    fn read(text: &str) -> String {
        let spaces = Spaces::default();
        Element::read(text, &spaces).map(|element| shown(&element)).unwrap_or_default()
    }

    #[test]
    fn values_are_read_whatever_stands_around_them() {
        for (text, expected) in [
            ("<item><title>A &amp; B</title></item>", "item(title[A & B])"),
            (
                "<item><title>caf&eacute; &bogus; R&D</title></item>",
                "item(title[café &bogus; R&D])",
            ),
            (
                "<item><wp:status>\n<![CDATA[ draft ]]>\n</wp:status></item>",
                "item(wp:status[draft])",
            ),
            (
                "<item><content:encoded><![CDATA[a ]]]]><![CDATA[> b]]></content:encoded></item>",
                "item(content:encoded[a ]]> b])",
            ),
            (
                "<item><content:encoded><![CDATA[ a\n]]></content:encoded></item>",
                "item(content:encoded[ a\n])",
            ),
            (
                "<item><title>A <b>bold</b> <br/>one</title></item>",
                "item(title[A <b>bold</b> <br/>one])",
            ),
            ("<item><title>1 < 2</title></item>", "item(title[1 < 2])"),
            (
                "<item><wp:post_id>5<wp:status>publish</wp:status></item>",
                "item(wp:post_id[5] wp:status[publish])",
            ),
            (
                "<item><wp:post_id>5</wp:id><title>x</title></item>",
                "item(wp:post_id[5] title[x])",
            ),
            (
                "<item><wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>v</wp:meta_value></wp:postmeta></item>",
                "item(wp:postmeta(wp:meta_key[k] wp:meta_value[v]))",
            ),
            (
                "<item><wp:comment><wp:comment_id>1</wp:comment_id>",
                "item(wp:comment(wp:comment_id[1]))",
            ),
            ("<item><link/><title/></item>", "item(link[] title[])"),
            ("<item>", "item[]"),
            ("", ""),
            ("text", ""),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_prefix_is_what_its_namespace_is() {
        let mut spaces = Spaces::default();
        spaces.learn(
            "<rss xmlns:w=\"http://wordpress.org/export/1.0/\" xmlns:e='http://wordpress.org/export/1.1/excerpt/' \
             xmlns:c=\"http://purl.org/rss/1.0/modules/content/\" xmlns:x=\"http://example.org/\">",
        );
        assert!(spaces.has_wordpress);
        for (name, space) in [
            ("w:post_id", Space::WordPress),
            ("e:encoded", Space::Excerpt),
            ("c:encoded", Space::Content),
            ("wp:post_id", Space::WordPress),
            ("x:post_id", Space::Other),
            ("media:title", Space::Other),
            ("title", Space::Plain),
        ] {
            assert_eq!(spaces.resolve(name).0, space, "{name}");
        }
        let mut spaces = Spaces::default();
        spaces.learn("<rss xmlns:wp=\"http://example.org/elsewhere/\">");
        assert_eq!(spaces.resolve("wp:post_id").0, Space::WordPress);
        assert!(!spaces.has_wordpress);
    }

    #[test]
    fn what_is_written_is_well_formed() {
        let text = "<item><title>R&D</title><wp:a><![CDATA[x ]]> y]]></wp:a><category domain='a\"b'>c</category></item>";
        let spaces = Spaces::default();
        let element = Element::read(text, &spaces).unwrap();
        let mut out = String::new();
        element.write(&mut out, &|element| {
            (element.name != "title").then(|| element.text.clone())
        });
        assert_eq!(
            out,
            "<item>\n<wp:a><![CDATA[x ]]]]><![CDATA[> y]]></wp:a>\n\
             <category domain=\"a&quot;b\">c</category>\n</item>\n"
        );
        assert_eq!(read(&out), "item(wp:a[x ]]> y] category[c])");
    }

    #[test]
    fn elements_never_stand_deep() {
        let text = format!("<item>{}", "<wp:comment></wp:x>".repeat(50_000));
        assert_eq!(read(&text).matches("wp:comment").count(), 50_000);
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_stays_flat(
            text in "(<item>|</item>|<wp:comment>|<wp:commentmeta>|<wp:a>|</wp:a>|<b x='1'>|</b>|<!\\[CDATA\\[|\\]\\]>|[ x&;\n<>])*"
        ) {
            let spaces = Spaces::default();
            if let Some(element) = Element::read(&text, &spaces) {
                let mut out = String::new();
                element.write(&mut out, &|element| Some(element.text.clone()));
                prop_assert!(Element::read(&out, &spaces).is_some());
            }
        }
    }
}
