//! A page laid out flat: its elements, its texts and its lines, each with a
//! number, so that rules can speak of them and every text has one fate.
//!
//! It decides what is text of the page at all, and where a line ends. What
//! becomes of a line is decided by the rules; that what they decide balances
//! follows from there being one fate for each text.

use std::ops::Range;

use crate::dom::{Element, Node, parse_fragment};
use crate::import::account::Account;
use crate::import::html::furniture::weight;

/// Elements whose content is no text at all.
const SILENT: &[&str] = &["head", "script", "style", "template", "title"];

/// Elements whose text stands in for what a browser could not show, or labels a
/// drawing. It is counted and dropped, under the name of the element.
const FALLBACKS: &[&str] = &[
    "noscript", "iframe", "noframes", "noembed", "object", "applet", "svg", "canvas",
    "audio", "video", "frameset",
];

/// Elements of which the parser gives the content as one text with its markup.
const RAW: &[&str] = &["iframe", "noframes", "noembed"];

/// How much running text there is at least in a `noscript` that is kept: some
/// pages have all of their article in one.
const KEPT_PROSE: usize = 200;

/// Elements that do not break a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "cite", "code", "data",
    "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "picture", "source", "amp-img",
];

/// What becomes of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// It stays where it is.
    #[default]
    Open,
    /// It went into a field.
    Moved(&'static str),
    /// It was dropped for a reason.
    Dropped(&'static str),
}

/// Whether the text of an element is for readers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Voice {
    /// It is.
    #[default]
    Text,
    /// It stands in for something; the reason for which it is dropped.
    Fallback(&'static str),
    /// It is no text.
    Silent,
}

/// An element in the order of the document.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its classes, its id and its role in lower case, each between spaces.
    pub marks: String,
    /// Its attributes.
    pub attributes: Vec<(String, String)>,
    /// The element that it stands in; itself if it stands in none.
    pub parent: usize,
    /// The number after the last element in it.
    pub end: usize,
    /// The texts in it.
    pub texts: Range<usize>,
    /// Whether its text is for readers.
    voice: Voice,
}

impl Part {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether it has this class, id or role.
    pub fn is_marked(&self, mark: &str) -> bool {
        self.marks.split(' ').any(|own| own == mark)
    }
}

/// A text of the page.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its characters.
    pub text: String,
    /// The element that it stands in.
    pub element: usize,
    /// What becomes of it.
    pub fate: Fate,
    /// Whether it stands in for something that a browser could not show.
    is_fallback: bool,
}

/// Texts between two breaks.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its words with single spaces between them; never empty.
    pub text: String,
    /// Its texts.
    pub texts: Range<usize>,
    /// The innermost element around all of it that is no inline element.
    pub element: usize,
    /// How many of its characters stand in links.
    pub linked: usize,
}

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    /// The tree that it was made of.
    pub nodes: Vec<Node>,
    /// Its elements.
    pub parts: Vec<Part>,
    /// Its texts.
    pub texts: Vec<Text>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// For each element whether it was taken out as a whole.
    pub gone: Vec<bool>,
}

impl Page {
    /// Lays a tree out.
    pub fn new(nodes: Vec<Node>) -> Self {
        let mut laying = Laying::default();
        laying.walk(&nodes, &Around::default());
        laying.break_line();
        let Laying { parts, texts, lines, .. } = laying;
        let gone = vec![false; parts.len()];
        Self { nodes, parts, texts, lines, gone }
    }

    /// Whether `inner` is `outer` or stands in it.
    pub fn is_within(&self, inner: usize, outer: usize) -> bool {
        self.parts.get(outer).is_some_and(|part| (outer..part.end).contains(&inner))
    }

    /// The elements around one, itself first, the outermost last.
    pub fn around(&self, element: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = (element < self.parts.len()).then_some(element);
        std::iter::from_fn(move || {
            let own = next?;
            let parent = self.parts.get(own).map_or(own, |part| part.parent);
            next = (parent != own).then_some(parent);
            Some(own)
        })
    }

    /// The lines that stand in an element.
    pub fn lines_of(&self, element: usize) -> Range<usize> {
        let Some(part) = self.parts.get(element) else { return 0..0 };
        let first =
            self.lines.partition_point(|line| line.texts.start < part.texts.start);
        let last = self.lines.partition_point(|line| line.texts.start < part.texts.end);
        first..last.max(first)
    }

    /// Whether nothing was decided of a line yet.
    pub fn is_open(&self, line: usize) -> bool {
        let texts = self.lines.get(line).map(|line| line.texts.clone());
        let texts = texts.and_then(|texts| self.texts.get(texts)).unwrap_or_default();
        texts.iter().any(|text| text.fate == Fate::Open && !text.text.trim().is_empty())
    }

    /// The text of the page that an element holds, with single spaces.
    pub fn text_of(&self, element: usize) -> String {
        let texts = self.parts.get(element).map(|part| part.texts.clone());
        let texts = texts.and_then(|texts| self.texts.get(texts)).unwrap_or_default();
        let texts = texts.iter().filter(|text| !text.is_fallback);
        let whole: String = texts.map(|text| text.text.as_str()).collect();
        plain(&whole)
    }

    /// Decides of all texts of an element of which nothing was decided yet,
    /// and takes the element out.
    pub fn remove(&mut self, element: usize, fate: Fate) {
        let Some(part) = self.parts.get(element) else { return };
        let (end, texts) = (part.end, part.texts.clone());
        self.decide(texts, fate);
        for gone in self.gone.get_mut(element..end).unwrap_or_default() {
            *gone = true;
        }
    }

    /// Decides of a line.
    pub fn remove_line(&mut self, line: usize, fate: Fate) {
        if let Some(texts) = self.lines.get(line).map(|line| line.texts.clone()) {
            self.decide(texts, fate);
        }
    }

    /// Decides of some texts of which nothing was decided yet.
    pub fn decide(&mut self, texts: Range<usize>, fate: Fate) {
        for text in self.texts.get_mut(texts).unwrap_or_default() {
            if text.fate == Fate::Open {
                text.fate = fate;
            }
        }
    }

    /// The account of the page, without what stays.
    pub fn account(&self) -> Account {
        let mut account = Account::default();
        for text in &self.texts {
            account.read(&text.text);
            match text.fate {
                Fate::Open => {}
                Fate::Moved(place) => account.move_to(place, &text.text),
                Fate::Dropped(reason) => account.drop(reason, &text.text),
            }
        }
        account
    }

    /// What is left of the content of an element.
    pub fn rest_of(&self, element: usize) -> Vec<Node> {
        let mut rest = Rest { page: self, part: 0, text: 0, root: element };
        rest.walk(&self.nodes, Place::default())
    }
}

/// What stands around a node while a tree is laid out.
#[derive(Clone, Copy, Default)]
struct Around {
    /// The element.
    part: usize,
    /// The innermost element that is no inline element.
    block: usize,
    /// Whether it is in a link.
    is_link: bool,
    /// Whether it is in a `noscript` that is kept.
    is_opened: bool,
    /// Whether its text is for readers.
    voice: Voice,
}

/// A tree that is being laid out.
#[derive(Default)]
struct Laying {
    /// The elements so far.
    parts: Vec<Part>,
    /// The texts so far.
    texts: Vec<Text>,
    /// The lines so far.
    lines: Vec<Line>,
    /// The first text of the line that is open.
    start: usize,
    /// The characters of the open line that stand in links.
    linked: usize,
    /// The innermost block around each text of the open line.
    block: Option<usize>,
}

impl Laying {
    /// Lays some nodes out.
    fn walk(&mut self, nodes: &[Node], around: &Around) {
        for node in nodes {
            match node {
                Node::Text(text) => self.push(text, around),
                Node::Element(element) => self.enter(element, around),
                Node::Comment(_) => {}
            }
        }
    }

    /// Lays a text out.
    fn push(&mut self, text: &str, around: &Around) {
        let element = around.part;
        let (text, fate) = match around.voice {
            Voice::Silent => return,
            Voice::Fallback(reason) => {
                let name = self.parts.get(element).map_or("", |part| part.name.as_str());
                let is_raw = RAW.contains(&name) && text.contains('<');
                let text = if is_raw { words(text) } else { text.to_owned() };
                (text, Fate::Dropped(reason))
            }
            Voice::Text => {
                if around.is_link {
                    self.linked += plain(text).chars().count();
                }
                if self.block.is_none() && !text.trim().is_empty() {
                    self.block = Some(around.block);
                }
                (text.to_owned(), Fate::Open)
            }
        };
        self.texts.push(Text { text, element, fate, is_fallback: fate != Fate::Open });
    }

    /// Lays an element out.
    fn enter(&mut self, element: &Element, around: &Around) {
        let own = self.parts.len();
        let is_block = !INLINE.contains(&element.name.as_str());
        if is_block {
            self.break_line();
        }
        let parent = if own == 0 { 0 } else { around.part };
        let first = self.texts.len();
        let voice = voice(element, around);
        self.parts.push(Part {
            name: element.name.clone(),
            marks: marks(element),
            attributes: element.attributes.clone(),
            parent,
            end: own + 1,
            texts: first..first,
            voice,
        });
        let is_opened = element.name == "noscript" && voice == Voice::Text;
        let inner = Around {
            part: own,
            block: if is_block { own } else { around.block },
            is_link: around.is_link || element.name == "a",
            is_opened: around.is_opened || is_opened,
            voice,
        };
        self.walk(&element.children, &inner);
        if is_block {
            self.break_line();
        }
        let (end, last) = (self.parts.len(), self.texts.len());
        if let Some(part) = self.parts.get_mut(own) {
            part.end = end;
            part.texts = first..last;
        }
    }

    /// Ends the line that is open.
    fn break_line(&mut self) {
        let texts = self.start..self.texts.len();
        let own = self.texts.get(texts.clone()).unwrap_or_default();
        let text: String = own.iter().map(|text| text.text.as_str()).collect();
        let text = plain(&text);
        if let (false, Some(element)) = (text.is_empty(), self.block) {
            self.lines.push(Line {
                text,
                texts: texts.clone(),
                element,
                linked: self.linked,
            });
        }
        self.start = texts.end;
        self.linked = 0;
        self.block = None;
    }
}

/// Whether the text of an element is for readers.
fn voice(element: &Element, around: &Around) -> Voice {
    let name = element.name.as_str();
    if SILENT.contains(&name) {
        return Voice::Silent;
    }
    let Some(reason) = FALLBACKS.iter().find(|own| **own == name) else {
        return around.voice;
    };
    let is_kept = name == "noscript"
        && (around.is_opened || prose(&element.children) >= KEPT_PROSE);
    match around.voice {
        Voice::Text if !is_kept => Voice::Fallback(reason),
        voice => voice,
    }
}

/// How much running text some nodes hold.
fn prose(nodes: &[Node]) -> usize {
    let mut laying = Laying::default();
    laying.walk(nodes, &Around { is_opened: true, ..Around::default() });
    laying.break_line();
    laying.lines.iter().map(weight).sum()
}

/// The words of a text that has its markup in it.
fn words(html: &str) -> String {
    /// Puts the words of some nodes behind others.
    fn push(nodes: &[Node], out: &mut String) {
        for node in nodes {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) if !SILENT.contains(&element.name.as_str()) => {
                    push(&element.children, out);
                }
                Node::Element(_) | Node::Comment(_) => {}
            }
        }
    }
    let mut out = String::new();
    push(&parse_fragment(html), &mut out);
    out
}

/// The classes, the id and the role of an element.
fn marks(element: &Element) -> String {
    let mut marks = String::from(" ");
    for name in ["class", "id", "role", "itemprop"] {
        for word in element.attribute(name).unwrap_or_default().split_whitespace() {
            marks.push_str(&word.to_lowercase());
            marks.push(' ');
        }
    }
    marks
}

/// Words with single spaces between them. A space that does not break counts
/// as a space.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.extend(word.chars().filter(|&c| c == '\u{200d}' || !is_unseen(c)));
    }
    plain.trim().to_owned()
}

/// Whether a character is a mark without a width.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Where a node stands while the rest of a page is gathered.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Whether it stands in the element that is asked for.
    is_inside: bool,
    /// Whether its text was for readers.
    voice: Voice,
}

/// The gathering of what is left.
struct Rest<'a> {
    /// The page.
    page: &'a Page,
    /// The number of the next element.
    part: usize,
    /// The number of the next text.
    text: usize,
    /// The element that is asked for.
    root: usize,
}

impl Rest<'_> {
    /// What is left of some nodes.
    fn walk(&mut self, nodes: &[Node], place: Place) -> Vec<Node> {
        let mut rest = Vec::new();
        for node in nodes {
            match node {
                Node::Text(text) if place.voice != Voice::Silent => {
                    let fate = self.page.texts.get(self.text).map(|text| text.fate);
                    self.text += 1;
                    if place.is_inside && fate == Some(Fate::Open) {
                        rest.push(Node::Text(text.clone()));
                    }
                }
                Node::Element(element) => self.enter(element, place, &mut rest),
                Node::Text(_) | Node::Comment(_) => {}
            }
        }
        rest
    }

    /// What is left of an element.
    fn enter(&mut self, element: &Element, place: Place, rest: &mut Vec<Node>) {
        let own = self.part;
        self.part += 1;
        let voice = self.page.parts.get(own).map_or(place.voice, |part| part.voice);
        let is_inside = place.is_inside || own == self.root;
        let children = self.walk(&element.children, Place { is_inside, voice });
        if own == self.root {
            rest.extend(children);
            return;
        }
        if !place.is_inside {
            rest.extend(children);
            return;
        }
        let is_mute = voice != Voice::Text;
        if is_mute && !matches!(element.name.as_str(), "iframe" | "audio" | "video") {
            return;
        }
        let is_gone = self.page.gone.get(own).copied().unwrap_or_default();
        if is_gone {
            // Only what was decided otherwise before is left in it, and that
            // is no element.
            rest.extend(children);
            return;
        }
        let had_text = self.page.parts.get(own).is_some_and(|part| {
            let texts = self.page.texts.get(part.texts.clone()).unwrap_or_default();
            texts.iter().any(|text| text.fate != Fate::Open)
        });
        if had_text && is_hollow(&children) {
            return;
        }
        let is_opened = element.name == "noscript";
        let name = if is_opened { "div".to_owned() } else { element.name.clone() };
        let attributes = element.attributes.clone();
        rest.push(Node::Element(Element { name, attributes, children }));
    }
}

/// Whether nothing that can be seen is left.
fn is_hollow(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Text(text) => text.trim().is_empty(),
        Node::Comment(_) => true,
        Node::Element(element) => match element.name.as_str() {
            "img" | "amp-img" | "iframe" | "video" | "audio" | "embed" | "td" | "th" => {
                false
            }
            _ => is_hollow(&element.children),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{parse_document, text_of};
    use crate::import::account::count;

    /// A page of some HTML.
    fn page(html: &str) -> Page {
        Page::new(parse_document(html))
    }

    #[test]
    fn lines_end_at_blocks_and_breaks() {
        let cases: &[(&str, &[&str])] = &[
            ("<p>One <b>two</b></p><p>three", &["One two", "three"]),
            ("a<br>b<br><br>c", &["a", "b", "c"]),
            ("<table><tr><td>x<td>y</table>", &["x", "y"]),
            ("<div>before<p>in</p>after</div>", &["before", "in", "after"]),
            ("<script>no</script><style>no</style>yes", &["yes"]),
            ("a\u{a0}b\u{200b}c", &["a bc"]),
        ];
        for (html, lines) in cases {
            let page = page(html);
            let found: Vec<_> =
                page.lines.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(&found, lines, "{html}");
        }
    }

    #[test]
    fn text_that_stands_in_for_something_is_counted_and_dropped() {
        let cases = [
            ("<p>a</p><noscript>Turn it <b>on</b>.</noscript>", "noscript", 9),
            ("<object data=x><p>No film.</p></object>", "object", 7),
            ("<object><style>no</style>Yes<template>no</template></object>", "object", 3),
            ("<video src=x>No film.</video>", "video", 7),
            ("<iframe src=x><p>No map.</p></iframe>", "iframe", 6),
            ("<svg><title>no</title><text>Rain</text></svg>", "svg", 4),
            ("<p>a</p><noscript>One <object>two</object></noscript>", "noscript", 6),
            (
                "<frameset><frame src=a><noframes><p>No <i>frames</i>.</p></noframes></frameset>",
                "frameset",
                9,
            ),
        ];
        for (html, reason, n) in cases {
            let page = page(html);
            let account = page.account();
            assert_eq!(account.dropped.get(reason), Some(&n), "{html}");
            assert_eq!(account.dropped.len(), 1, "{html}");
            assert!(!page.text_of(0).contains(['.', 'R']), "{html}");
            let rest = text_of(&page.rest_of(0));
            assert_eq!(account.read, n + count(&rest), "{html}");
        }
    }

    #[test]
    fn a_noscript_with_running_text_is_part_of_the_page() {
        let text =
            "The board voted on Monday, after a long debate, to keep the library open. ";
        for (n, is_kept) in [(1, false), (3, true)] {
            let prose = format!("<p>{}</p>", text.repeat(n));
            let inner = format!("<noscript>{prose}</noscript>");
            for html in [inner.clone(), format!("<noscript>{inner}</noscript>")] {
                let page = page(&format!("<body><p>x</p>{html}"));
                assert_eq!(page.lines.len(), if is_kept { 2 } else { 1 }, "{html}");
                let rest = page.rest_of(0);
                assert_eq!(text_of(&rest).contains("library"), is_kept, "{html}");
                assert!(!format!("{rest:?}").contains("noscript"), "{html}");
                let dropped = page.account().dropped.contains_key("noscript");
                assert_eq!(dropped, !is_kept, "{html}");
            }
        }
    }

    #[test]
    fn what_is_removed_is_counted_and_not_in_the_rest() {
        let mut page = page("<body><p>Keep <i>this</i>.</p><div><p>not this</p></div>");
        let div = page.parts.iter().position(|part| part.name == "div").unwrap();
        let body = page.parts.iter().position(|part| part.name == "body").unwrap();
        page.remove(div, Fate::Dropped("aside"));
        let rest = page.rest_of(body);
        assert_eq!(text_of(&rest), "Keep this.");
        let mut account = page.account();
        account.body = count(&text_of(&rest));
        assert_eq!(account.missing(), 0);
        assert_eq!(account.dropped["aside"], 7);
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_removed_the_account_balances(
            html in "(<(div|p|b|td|table|br|a|form|li|/p|/div|script|noscript|/noscript|object|/object|iframe|/iframe|svg|/svg|style|/style)>|[a-z ]{1,5}){0,40}",
            choices in proptest::collection::vec(0usize..60, 0..6),
            root in 0usize..60,
        ) {
            let mut page = page(&html);
            let root = root % page.parts.len();
            for choice in choices {
                page.remove(choice, Fate::Dropped("test"));
            }
            let texts = page.parts[root].texts.clone();
            page.decide(0..texts.start, Fate::Dropped("before"));
            page.decide(texts.end..page.texts.len(), Fate::Dropped("after"));
            let mut account = page.account();
            account.body = count(&text_of(&page.rest_of(root)));
            proptest::prop_assert_eq!(account.missing(), 0);
        }
    }
}
