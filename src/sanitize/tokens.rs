//! Cuts raw HTML into tags and what stands between them.
//!
//! It knows as much of HTML as it takes to say where a tag begins and ends
//! and what it carries. It makes no tree and corrects nothing.

use std::ops::Range;

/// The elements whose content is not HTML, up to their end tag.
const RAW_TEXT: &[&str] =
    &["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"];

/// A part of raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// Text between tags.
    Text(Range<usize>),
    /// A comment, a document type or the like; whether it is closed.
    Comment(Range<usize>, bool),
    /// A tag.
    Tag(Tag),
    /// What an element holds whose content is not HTML.
    RawText(Range<usize>),
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The element's name, in lower case.
    pub name: String,
    /// Whether it is an end tag.
    pub closing: bool,
    /// Whether its `>` was found.
    pub complete: bool,
    /// What it carries.
    pub attributes: Vec<Attribute>,
    /// Where it stands.
    pub range: Range<usize>,
}

impl Tag {
    /// Whether what follows it is not HTML.
    pub fn holds_raw_text(&self) -> bool {
        !self.closing && RAW_TEXT.contains(&self.name.as_str())
    }
}

/// An attribute of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name, in lower case.
    pub name: String,
    /// Its value as written, without quotes; empty if it has none.
    pub value: Range<usize>,
    /// Where it stands, name and value.
    pub range: Range<usize>,
}

/// Cuts raw HTML into tokens.
pub struct Tokens<'a> {
    /// The HTML.
    html: &'a str,
    /// How far it is read.
    at: usize,
    /// The element whose content is not HTML and comes next.
    raw: Option<String>,
}

impl<'a> Tokens<'a> {
    /// The tokens of some HTML.
    pub fn new(html: &'a str) -> Self {
        Self { html, at: 0, raw: None }
    }

    /// The byte at an offset.
    fn byte(&self, at: usize) -> Option<u8> {
        self.html.as_bytes().get(at).copied()
    }

    /// The offset of the first byte from one on for which this holds, or the
    /// end.
    fn find_byte(&self, from: usize, until: impl Fn(u8) -> bool) -> usize {
        let bytes = self.html.as_bytes().get(from..).unwrap_or_default();
        bytes
            .iter()
            .position(|byte| until(*byte))
            .map_or(self.html.len(), |found| from + found)
    }

    /// The text from an offset on.
    fn rest(&self, from: usize) -> &'a str {
        self.html.get(from..).unwrap_or_default()
    }

    /// Whether a tag, a comment or the like begins at a `<`.
    fn opens_markup(&self, at: usize) -> bool {
        match self.byte(at + 1) {
            Some(b'!' | b'?') => true,
            Some(b'/') => {
                self.byte(at + 2).is_some_and(|byte| byte.is_ascii_alphabetic())
            }
            Some(byte) => byte.is_ascii_alphabetic(),
            None => false,
        }
    }

    /// Text up to the next tag.
    fn text(&mut self) -> Token {
        let start = self.at;
        let mut at = start;
        while at < self.html.len()
            && !(self.byte(at) == Some(b'<') && self.opens_markup(at))
        {
            at = self.find_byte(at + 1, |byte| byte == b'<');
        }
        self.at = at;
        Token::Text(start..at)
    }

    /// A comment, a document type or the like.
    fn comment(&mut self) -> Token {
        let start = self.at;
        let rest = self.rest(start);
        let found = if rest.starts_with("<!-->") || rest.starts_with("<!--->") {
            rest.find('>').map(|found| found + 1)
        } else if rest.starts_with("<!--") {
            let content = rest.get(4..).unwrap_or_default();
            content.find("-->").map(|found| found + 7)
        } else {
            rest.find('>').map(|found| found + 1)
        };
        self.at = found.map_or(self.html.len(), |length| start + length);
        Token::Comment(start..self.at, found.is_some())
    }

    /// What stands up to the end tag of an element.
    fn raw_text(&mut self, name: &str) -> Token {
        let start = self.at;
        let mut at = start;
        loop {
            let Some(found) = self.rest(at).find("</") else {
                self.at = self.html.len();
                return Token::RawText(start..self.at);
            };
            let end = at + found;
            let named = self.html.get(end + 2..end + 2 + name.len());
            if named.is_some_and(|named| named.eq_ignore_ascii_case(name)) {
                self.at = end;
                return Token::RawText(start..end);
            }
            at = end + 2;
        }
    }

    /// A tag.
    fn tag(&mut self) -> Token {
        let start = self.at;
        let closing = self.byte(start + 1) == Some(b'/');
        let name_start = start + 1 + usize::from(closing);
        let mut at = self
            .find_byte(name_start, |byte| is_space(byte) || matches!(byte, b'/' | b'>'));
        let name = self.html.get(name_start..at).unwrap_or_default().to_ascii_lowercase();
        let mut attributes = Vec::new();
        let complete = loop {
            at = self.find_byte(at, |byte| !is_space(byte) && byte != b'/');
            match self.byte(at) {
                None => break false,
                Some(b'>') => break true,
                Some(_) => {
                    let found = self.attribute(at);
                    at = found.range.end;
                    attributes.push(found);
                }
            }
        };
        self.at = if complete { at + 1 } else { self.html.len() };
        let tag = Tag { name, closing, complete, attributes, range: start..self.at };
        if tag.complete && tag.holds_raw_text() {
            self.raw = Some(tag.name.clone());
        }
        Token::Tag(tag)
    }

    /// An attribute.
    fn attribute(&self, start: usize) -> Attribute {
        // A name may begin with an equals sign; nothing else may hold one.
        let name_end = self.find_byte(start + 1, |byte| {
            is_space(byte) || matches!(byte, b'/' | b'>' | b'=')
        });
        let name =
            self.html.get(start..name_end).unwrap_or_default().to_ascii_lowercase();
        let sign = self.find_byte(name_end, |byte| !is_space(byte));
        if self.byte(sign) != Some(b'=') {
            return Attribute { name, value: name_end..name_end, range: start..name_end };
        }
        let value = self.find_byte(sign + 1, |byte| !is_space(byte));
        if let Some(quote @ (b'"' | b'\'')) = self.byte(value) {
            let end = self.find_byte(value + 1, |byte| byte == quote);
            let behind = (end + 1).min(self.html.len());
            return Attribute { name, value: value + 1..end, range: start..behind };
        }
        let end = self.find_byte(value, |byte| is_space(byte) || byte == b'>');
        Attribute { name, value: value..end, range: start..end }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if self.at >= self.html.len() {
            return None;
        }
        if let Some(name) = self.raw.take() {
            return Some(self.raw_text(&name));
        }
        if self.byte(self.at) != Some(b'<') || !self.opens_markup(self.at) {
            return Some(self.text());
        }
        let is_comment = matches!(self.byte(self.at + 1), Some(b'!' | b'?'));
        Some(if is_comment { self.comment() } else { self.tag() })
    }
}

/// Whether a byte parts the words of a tag.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

/// The value of an attribute with its character references resolved, as far
/// as they matter in an address.
pub fn decode_references(value: &str) -> String {
    let mut decoded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, behind)) = rest.split_once('&') {
        decoded.push_str(before);
        let (c, length) = reference(behind).unwrap_or(('&', 0));
        decoded.push(c);
        rest = behind.get(length..).unwrap_or_default();
    }
    decoded.push_str(rest);
    decoded
}

/// The character that a reference stands for and the length of the reference,
/// without its `&`.
fn reference(text: &str) -> Option<(char, usize)> {
    const NAMED: &[(&str, char)] = &[
        ("amp;", '&'),
        ("colon;", ':'),
        ("Tab;", '\t'),
        ("NewLine;", '\n'),
        ("nbsp;", '\u{a0}'),
        ("shy;", '\u{ad}'),
        ("sol;", '/'),
        ("quot;", '"'),
        ("apos;", '\''),
        ("lt;", '<'),
        ("gt;", '>'),
    ];
    if let Some((name, c)) = NAMED.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((*c, name.len()));
    }
    let digits = text.strip_prefix('#')?;
    let (digits, radix, before) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 2),
        None => (digits, 10, 1),
    };
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let number = digits.get(..length).filter(|number| !number.is_empty())?;
    let number = u32::from_str_radix(number, radix).unwrap_or(u32::MAX);
    let semicolon = usize::from(digits.as_bytes().get(length) == Some(&b';'));
    let c = char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER);
    Some((c, before + length + semicolon))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the tags, each with its attributes.
    fn tags(html: &str) -> Vec<String> {
        let mut found = Vec::new();
        for token in Tokens::new(html) {
            if let Token::Tag(tag) = token {
                let mut words =
                    vec![format!("{}{}", if tag.closing { "/" } else { "" }, tag.name)];
                for attribute in &tag.attributes {
                    let value = html.get(attribute.value.clone()).unwrap();
                    words.push(format!("{}={value}", attribute.name));
                }
                found.push(words.join(" "));
            }
        }
        found
    }

    #[test]
    fn attributes_are_read_in_all_their_forms() {
        assert_eq!(
            tags("<A HREF=x b='y >' c = \"z\" d/><br/></a>"),
            ["a href=x b=y > c=z d=", "br", "/a"]
        );
    }

    #[test]
    fn what_is_not_html_is_passed_over() {
        assert_eq!(
            tags("1 < 2 <3 <!-- <b> --> <script>'<i>'</SCRIPT><u>"),
            ["script", "/script", "u"]
        );
    }

    #[test]
    fn a_tag_without_an_end_is_told() {
        let tokens: Vec<_> = Tokens::new("a<b c=\"d>").collect();
        assert!(matches!(tokens.last(), Some(Token::Tag(tag)) if !tag.complete));
    }

    #[test]
    fn tokens_cover_the_whole_text() {
        for html in [
            "<a b=c>é<!doctype x><?php y",
            "<title>x",
            "</",
            "<",
            "<a =",
            "<a b=",
            "<é>",
            "<!--",
        ] {
            let mut at = 0;
            for token in Tokens::new(html) {
                let range = match token {
                    Token::Text(range)
                    | Token::Comment(range, _)
                    | Token::RawText(range) => range,
                    Token::Tag(tag) => tag.range,
                };
                assert_eq!(range.start, at, "{html}");
                assert!(range.end > at, "{html}");
                at = range.end;
            }
            assert_eq!(at, html.len(), "{html}");
        }
    }

    #[test]
    fn references_are_resolved() {
        assert_eq!(
            decode_references("java&#x0A;script&colon;&#97&amp;&x&"),
            "java\nscript:a&&x&"
        );
        assert_eq!(decode_references("&#xfffffffffff;&#;"), "\u{fffd}&#;");
    }
}
