//! Splits the bytes of an export into tags, text and CDATA sections, whatever
//! is wrong with them.
//!
//! It decides where a section of CDATA ends: only before the end tag of its
//! element, before another section, or before what can only be the export's
//! own markup, because old exports hold `]]>` as text. What the tags mean is
//! not decided here.

use std::ops::Range;

use memchr::{memchr, memmem};

/// What begins a CDATA section.
const DATA: &[u8] = b"<![CDATA[";

/// What ends a CDATA section.
const DATA_END: &[u8] = b"]]>";

/// How often a section that is not closed is looked for before the file is
/// taken as it stands; this keeps hostile files from being slow.
const PATIENCE: u32 = 256;

/// What can stand behind a section of CDATA in an export and in no post.
const OWN_MARKUP: &[&[u8]] = &[
    b"</item",
    b"</channel",
    b"</rss",
    b"</wp:",
    b"</content:",
    b"</excerpt:",
    b"</dc:",
    b"<wp:",
    b"<content:",
    b"<excerpt:",
    b"<dc:",
    b"<category ",
    b"<item>",
    b"<guid ",
    b"<pubDate>",
];

/// One part of an export, by where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Text between tags, not resolved.
    Text(Range<usize>),
    /// The beginning of an element.
    Open(Tag),
    /// The end of an element, by its name.
    Close(Range<usize>),
    /// What a CDATA section holds.
    Data(Range<usize>),
    /// A comment, an instruction or a document type.
    Other,
    /// A `<` that begins nothing.
    Stray(Range<usize>),
}

/// The beginning of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Where its name stands.
    pub name: Range<usize>,
    /// Where all of it stands.
    pub range: Range<usize>,
    /// Whether it is the end of the element too.
    pub is_empty: bool,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A part.
    Token(Token),
    /// The end of the bytes.
    End,
    /// Nothing that could be told without more bytes.
    More,
}

/// The parts of some bytes, one after the other.
pub(super) struct Tokens<'b> {
    /// The bytes.
    bytes: &'b [u8],
    /// Where the next part begins.
    at: usize,
    /// Whether no bytes follow these.
    is_last: bool,
    /// The name of the element that was begun last, if it was not ended.
    open: Range<usize>,
    /// Where the next `]]>` stands, if that was looked for; the length of the
    /// bytes if there is none.
    data_end: Option<usize>,
    /// Finds `]]>`.
    finder: memmem::Finder<'static>,
    /// What need not be looked for again.
    known: Known,
}

/// What is known of bytes that are read on from another place, so that nothing
/// is looked for in vain again and again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// Whether no comment ends any more.
    no_comment_ends: bool,
    /// Whether no instruction ends any more.
    no_instruction_ends: bool,
    /// How many sections that are not closed will still be looked for.
    patience: u32,
}

impl Default for Known {
    fn default() -> Self {
        Self { no_comment_ends: false, no_instruction_ends: false, patience: PATIENCE }
    }
}

impl<'b> Tokens<'b> {
    /// The parts of these bytes from a place on.
    pub(super) fn new(bytes: &'b [u8], at: usize, is_last: bool) -> Self {
        let known = Known::default();
        let finder = memmem::Finder::new(DATA_END);
        Self { bytes, at, is_last, open: 0..0, data_end: None, finder, known }
    }

    /// The same with what is known already.
    pub(super) fn knowing(self, known: Known) -> Self {
        Self { known, ..self }
    }

    /// What is known now.
    pub(super) fn known(&self) -> Known {
        self.known
    }

    /// Where the next part begins.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The next part.
    pub(super) fn next(&mut self) -> Next {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            return if self.is_last { Next::End } else { Next::More };
        }
        match memchr(b'<', rest) {
            Some(0) => self.markup(rest),
            Some(length) => self.take(length, Token::Text),
            None if self.is_last => self.take(rest.len(), Token::Text),
            None => Next::More,
        }
    }

    /// A part of this length.
    fn take(&mut self, length: usize, token: impl FnOnce(Range<usize>) -> Token) -> Next {
        let start = self.at;
        self.at += length;
        Next::Token(token(start..self.at))
    }

    /// What begins with the `<` at the beginning of `rest`.
    fn markup(&mut self, rest: &'b [u8]) -> Next {
        let is_cut = |mark: &[u8]| {
            rest.len() < mark.len() && mark.starts_with(rest) && !self.is_last
        };
        if is_cut(DATA) || is_cut(b"<!--") || is_cut(b"<?") || is_cut(b"</") {
            return Next::More;
        }
        if rest.starts_with(DATA) {
            return self.data();
        }
        match rest.get(1).copied() {
            Some(b'!') if rest.starts_with(b"<!--") => self.comment(rest),
            Some(b'!') if is_doctype(rest) => self.doctype(rest),
            Some(b'?') => self.instruction(rest),
            Some(b'/') => self.close(rest),
            Some(first) if is_name_start(first) => self.tag(rest),
            _ => self.take(1, Token::Stray),
        }
    }

    /// A comment.
    fn comment(&mut self, rest: &[u8]) -> Next {
        let found =
            (!self.known.no_comment_ends).then(|| memmem::find(rest, b"-->")).flatten();
        match found {
            Some(end) => self.take(end + 3, |_| Token::Other),
            None if self.is_last => {
                self.known.no_comment_ends = true;
                self.take(1, Token::Stray)
            }
            None => Next::More,
        }
    }

    /// An instruction.
    fn instruction(&mut self, rest: &[u8]) -> Next {
        let found = (!self.known.no_instruction_ends)
            .then(|| memmem::find(rest, b"?>"))
            .flatten();
        match found {
            Some(end) => self.take(end + 2, |_| Token::Other),
            None if self.is_last => {
                self.known.no_instruction_ends = true;
                self.take(1, Token::Stray)
            }
            None => Next::More,
        }
    }

    /// A document type. What it declares is not read, so an end of its
    /// declarations is enough.
    fn doctype(&mut self, rest: &[u8]) -> Next {
        match memchr(b'>', rest) {
            Some(end) => self.take(end + 1, |_| Token::Other),
            None if self.is_last => self.take(1, Token::Stray),
            None => Next::More,
        }
    }

    /// The end of an element.
    fn close(&mut self, rest: &[u8]) -> Next {
        let name = name_length(rest.get(2..).unwrap_or_default());
        match memchr::memchr2(b'>', b'<', rest.get(2..).unwrap_or_default()) {
            Some(end) if name > 0 && rest.get(2 + end) == Some(&b'>') => {
                let start = self.at + 2;
                self.open = 0..0;
                self.take(end + 3, |_| Token::Close(start..start + name))
            }
            None if !self.is_last => Next::More,
            _ => self.take(1, Token::Stray),
        }
    }

    /// The beginning of an element.
    fn tag(&mut self, rest: &[u8]) -> Next {
        let Some(end) = tag_end(rest) else {
            let is_cut = memchr(b'<', rest.get(1..).unwrap_or_default()).is_none();
            return if is_cut && !self.is_last {
                Next::More
            } else {
                self.take(1, Token::Stray)
            };
        };
        let name =
            self.at + 1..self.at + 1 + name_length(rest.get(1..).unwrap_or_default());
        let is_empty = rest.get(end - 1) == Some(&b'/') && end > 1;
        self.open = if is_empty { 0..0 } else { name.clone() };
        self.take(end + 1, |range| Token::Open(Tag { name, range, is_empty }))
    }

    /// A CDATA section.
    fn data(&mut self) -> Next {
        let start = self.at + DATA.len();
        let name = self.bytes.get(self.open.clone()).unwrap_or_default();
        let closing = [b"</", name].concat();
        let mut refused = None::<usize>;
        loop {
            let from = refused.map_or(start, |at| at + DATA_END.len());
            let end = match self.next_data_end(from) {
                Some(end) => end,
                None if self.is_last => self.bytes.len(),
                None => return Next::More,
            };
            let between = self.bytes.get(from..end).unwrap_or_default();
            if let Some(last) = refused
                && is_left(between, &closing, name)
            {
                // Text stands behind the section, as XML allows.
                return self.take_data(start..last, last + DATA_END.len());
            }
            if end == self.bytes.len() {
                return match refused {
                    Some(last) => self.take_data(start..last, last + DATA_END.len()),
                    None => self.take_closed(start, end, &closing),
                };
            }
            match self.behind(end + DATA_END.len(), &closing) {
                Behind::Unknown => return Next::More,
                Behind::Text if !name.is_empty() => refused = Some(end),
                Behind::Section | Behind::Text => {
                    return self.take_data(start..end, end + DATA_END.len());
                }
                Behind::Markup => return self.take_closed(start, end, &closing),
            }
        }
    }

    /// Where the next `]]>` from a place on stands.
    fn next_data_end(&mut self, from: usize) -> Option<usize> {
        let known = self.data_end.filter(|&at| at >= from);
        let found = known.unwrap_or_else(|| {
            let rest = self.bytes.get(from..).unwrap_or_default();
            self.finder.find(rest).map_or(self.bytes.len(), |at| from + at)
        });
        self.data_end = Some(found);
        (found < self.bytes.len()).then_some(found)
    }

    /// What stands behind a `]]>`.
    fn behind(&self, at: usize, closing: &[u8]) -> Behind {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let rest = rest.trim_ascii_start();
        let is = |mark: &&[u8]| rest.starts_with(mark);
        if is(&DATA) {
            Behind::Section
        } else if OWN_MARKUP.iter().any(is) || closes(rest, closing) {
            Behind::Markup
        } else if rest.len() <= closing.len().max(DATA.len()) + 1 {
            if self.is_last && rest.is_empty() {
                Behind::Markup
            } else if self.is_last {
                Behind::Text
            } else {
                Behind::Unknown
            }
        } else {
            Behind::Text
        }
    }

    /// A section that ends at `end`, unless it is one that was never closed
    /// and reaches into what follows it.
    fn take_closed(&mut self, start: usize, end: usize, closing: &[u8]) -> Next {
        let inner = self.bytes.get(start..end).unwrap_or_default();
        let missed = (self.known.patience > 0 && closing.len() > 2)
            .then(|| missed_end(inner, closing))
            .flatten();
        if let Some(length) = missed {
            self.known.patience -= 1;
            return self.take_data(start..start + length, start + length);
        }
        let behind = if end == self.bytes.len() { end } else { end + DATA_END.len() };
        self.take_data(start..end, behind)
    }

    /// A section that holds this; the next part begins at `next`.
    fn take_data(&mut self, inner: Range<usize>, next: usize) -> Next {
        self.at = next;
        Next::Token(Token::Data(inner))
    }
}

/// What stands behind a `]]>`.
enum Behind {
    /// Another section: they are one text.
    Section,
    /// Markup of the export.
    Markup,
    /// Something else: the `]]>` may be text.
    Text,
    /// That cannot be told without more bytes.
    Unknown,
}

/// Whether an element is left in this text that stands behind a refused `]]>`.
fn is_left(between: &[u8], closing: &[u8], name: &[u8]) -> bool {
    let Some(at) = find_closing(between, closing) else { return false };
    let opening = [b"<", name].concat();
    memmem::find(between.get(..at).unwrap_or_default(), &opening).is_none()
}

/// How much of a section belongs to it, if its `]]>` is missing: an end tag of
/// its element stands in it with markup of the export behind it, or a whole
/// new item begins in it.
fn missed_end(inner: &[u8], closing: &[u8]) -> Option<usize> {
    // Most sections hold no markup at all.
    memchr(b'<', inner)?;
    let opening = [b"<", closing.get(2..).unwrap_or_default()].concat();
    if let Some(at) = find_closing(inner, closing) {
        let before = inner.get(..at).unwrap_or_default();
        let rest = inner.get(at..).unwrap_or_default();
        let behind = memchr(b'>', rest).and_then(|end| rest.get(end + 1..));
        let behind = behind.unwrap_or_default().trim_ascii_start();
        let is_markup = OWN_MARKUP.iter().any(|mark| behind.starts_with(mark));
        return (is_markup && memmem::find(before, &opening).is_none()).then_some(at);
    }
    let again = memmem::find_iter(inner, &opening).find(|&at| {
        let rest = inner.get(at..).unwrap_or_default();
        let end = memchr(b'>', rest.get(..rest.len().min(256)).unwrap_or_default());
        let behind = end.and_then(|end| rest.get(end + 1..)).unwrap_or_default();
        behind.trim_ascii_start().starts_with(DATA)
    })?;
    memmem::rfind(inner.get(..again).unwrap_or_default(), b"<item>")
}

/// Where an end tag stands in a text.
fn find_closing(text: &[u8], closing: &[u8]) -> Option<usize> {
    memmem::find_iter(text, closing)
        .find(|&at| closes(text.get(at..).unwrap_or_default(), closing))
}

/// Whether a text begins with an end tag; `closing` is `</` and its name.
fn closes(text: &[u8], closing: &[u8]) -> bool {
    let behind = text.strip_prefix(closing).and_then(|rest| rest.first());
    closing.len() > 2 && behind.is_some_and(|c| *c == b'>' || c.is_ascii_whitespace())
}

/// Whether a document type begins here.
fn is_doctype(text: &[u8]) -> bool {
    text.get(2..9).is_some_and(|word| word.eq_ignore_ascii_case(b"DOCTYPE"))
}

/// Where a tag ends: at the first `>` that no quotes are around. A tag whose
/// quotes do not match ends at its first `>`. No tag holds a `<`.
fn tag_end(tag: &[u8]) -> Option<usize> {
    let mut quote = None;
    let mut first = None;
    for (at, &c) in tag.iter().enumerate().skip(1) {
        match (c, quote) {
            (b'<', _) => return first,
            (b'>', None) => return Some(at),
            (b'>', Some(_)) => first = first.or(Some(at)),
            (b'"' | b'\'', None) => quote = Some(c),
            (_, Some(open)) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// How long the name at the beginning of a text is.
fn name_length(text: &[u8]) -> usize {
    let is_end =
        |c: &u8| c.is_ascii_whitespace() || matches!(c, b'/' | b'>' | b'<' | b'=');
    text.iter().position(is_end).unwrap_or(text.len())
}

/// Whether a name can begin with this.
fn is_name_start(c: u8) -> bool {
    c.is_ascii_alphabetic() || c == b'_' || c >= 0x80
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The parts as text, one a line.
    fn told(text: &str) -> String {
        let bytes = text.as_bytes();
        let mut tokens = Tokens::new(bytes, 0, true);
        let mut lines = Vec::new();
        let part =
            |range: Range<usize>| String::from_utf8_lossy(&bytes[range]).into_owned();
        loop {
            match tokens.next() {
                Next::Token(Token::Text(range)) => {
                    lines.push(format!("text {}", part(range)));
                }
                Next::Token(Token::Open(tag)) => {
                    lines.push(format!("open {}", part(tag.name)));
                }
                Next::Token(Token::Close(name)) => {
                    lines.push(format!("close {}", part(name)));
                }
                Next::Token(Token::Data(range)) => {
                    lines.push(format!("data {}", part(range)));
                }
                Next::Token(Token::Other) => lines.push("other".to_owned()),
                Next::Token(Token::Stray(_)) => lines.push("stray".to_owned()),
                Next::End => return lines.join("|"),
                Next::More => panic!("there are no more bytes"),
            }
        }
    }

    #[test]
    fn a_section_ends_before_its_end_tag() {
        for (text, expected) in [
            ("<a><![CDATA[x]]></a>", "open a|data x|close a"),
            ("<a><![CDATA[x ]]> y]]></a>", "open a|data x ]]> y|close a"),
            ("<a><![CDATA[]]>]]></a>", "open a|data ]]>|close a"),
            ("<a><![CDATA[<s>// ]]></s> z]]></a>", "open a|data <s>// ]]></s> z|close a"),
            ("<a><![CDATA[x]]>\n</a>", "open a|data x|text \n|close a"),
            ("<a><![CDATA[x]]]]><![CDATA[>y]]></a>", "open a|data x]]|data >y|close a"),
            (
                "<a><![CDATA[p <![CDATA[ q ]]> r]]></a>",
                "open a|data p <![CDATA[ q ]]> r|close a",
            ),
            ("<a><![CDATA[<a>x</a>]]></a>", "open a|data <a>x</a>|close a"),
            ("<a><![CDATA[x]]> tail</a>", "open a|data x|text  tail|close a"),
            ("<a><![CDATA[x]]></b><wp:c>", "open a|data x|close b|open wp:c"),
            ("<a><![CDATA[x]]></item>", "open a|data x|close item"),
            (
                "<a><![CDATA[x]]>\n<wp:c>1</wp:c>",
                "open a|data x|text \n|open wp:c|text 1|close wp:c",
            ),
            ("<a><![CDATA[x", "open a|data x"),
            ("<a><![CDATA[x]]", "open a|data x]]"),
            ("<a/><![CDATA[x]]>y", "open a|data x|text y"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn a_section_that_is_not_closed_does_not_reach_into_the_next_element() {
        for (text, expected) in [
            (
                "<a><![CDATA[x</a>\n<wp:b><![CDATA[y]]></wp:b><a><![CDATA[z]]></a>",
                "open a|data x|close a|text \n|open wp:b|data y|close wp:b|open a|data z|close a",
            ),
            (
                "<a><![CDATA[x <item><a><![CDATA[z]]></a></item>",
                "open a|data x |open item|open a|data z|close a|close item",
            ),
            (
                "<a><![CDATA[see <a>1</a><wp:b> and more]]></a>",
                "open a|data see <a>1</a><wp:b> and more|close a",
            ),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn tags_are_told_whatever_is_wrong_with_them() {
        for (text, expected) in [
            ("<a b=\"x > y\">t</a >", "open a|text t|close a"),
            ("<a b=\"x>t</a>", "open a|text t|close a"),
            ("1 < 2 <b", "text 1 |stray|text  2 |stray|text b"),
            ("<>&</>", "stray|text >&|stray|text />"),
            ("<!-- a <b> -->c", "other|text c"),
            ("<!-- a <b>", "stray|text !-- a |open b"),
            ("<?xml version='1.0'?><!DOCTYPE a>", "other|other"),
            ("<?php", "stray|text ?php"),
            ("<!x>", "stray|text !x>"),
            ("<a/><b />", "open a|open b"),
            ("</a", "stray|text /a"),
            ("<é>x</é>", "open é|text x|close é"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_told_too_early(
            text in "(<a>|</a>|<!\\[CDATA\\[|\\]\\]>|<wp:b>|<item>|</item>|<!--|-->|[ x<>&\"'/?!\n])*",
            cut in 0_usize..200,
        ) {
            let bytes = text.as_bytes();
            let part = &bytes[..cut.min(bytes.len())];
            let mut early = Tokens::new(part, 0, false);
            let mut whole = Tokens::new(bytes, 0, true);
            while let Next::Token(token) = early.next() {
                let other = whole.next();
                // A section that lacks its end may turn out so only later.
                if let Token::Data(_) = token { if other != Next::Token(token) { break; } }
                else { prop_assert_eq!(Next::Token(token), other); }
            }
        }

        #[test]
        fn telling_ends_and_goes_on(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut tokens = Tokens::new(&bytes, 0, true);
            let mut last = 0;
            while tokens.next() != Next::End {
                prop_assert!(tokens.at() > last);
                last = tokens.at();
            }
            prop_assert_eq!(last, bytes.len());
        }
    }
}
