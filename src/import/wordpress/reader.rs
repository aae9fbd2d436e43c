//! Cuts an export into the elements of its channel, one at a time, so that
//! memory does not grow with the file.
//!
//! It decides where an item begins and ends, also in a file that breaks off or
//! lacks end tags, and in which of the encodings that are no superset of ASCII
//! the file is written. What an element holds is read elsewhere.

use std::io::{ErrorKind, Read};
use std::ops::Range;

use encoding_rs::{Decoder, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr_iter, memmem};

use super::scan::{Known, Next, Tag, Token, Tokens};

/// How many bytes are read at once.
const CHUNK: usize = 256 * 1024;

/// The longest element that is read, in bytes.
pub(super) const LONGEST: usize = 64 * 1024 * 1024;

/// The elements of a channel that are told as wholes, by their local names;
/// all others are entered.
const WHOLES: &[&str] = &[
    "item",
    "author",
    "category",
    "tag",
    "term",
    "title",
    "link",
    "description",
    "pubDate",
    "language",
    "generator",
    "wxr_version",
    "base_site_url",
    "base_blog_url",
    "image",
    "cloud",
    "site",
];

/// What ends an item that has no end tag.
const OUTER: &[&[u8]] = &[b"channel", b"rss", b"RDF"];

/// A part of an export.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Chunk<'b> {
    /// The tag of an element that others stand in, such as `rss`.
    Outer(&'b [u8]),
    /// A whole element of the channel.
    Element(Cut<'b>),
    /// An element that is longer than what is read: its name and the line at
    /// which it begins.
    TooLong(String, u64),
}

/// An element that was cut out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cut<'b> {
    /// Its name as written.
    pub name: String,
    /// Its bytes, with its tags.
    pub bytes: &'b [u8],
    /// The line at which it begins, from 1.
    pub line: u64,
    /// How it ends.
    pub ending: Ending,
}

/// How an element ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// With its end tag.
    Tag,
    /// With the beginning of what comes next.
    Next,
    /// With the file.
    File,
}

/// Reads an export.
pub(super) struct Reader<'r> {
    /// Where the bytes come from.
    source: &'r mut dyn Read,
    /// What makes UTF-8 of the bytes, if that is done for the file as a whole.
    decoder: Option<Decoder>,
    /// The encoding that the file says it is in, if each element is to be
    /// decoded by itself.
    pub declared: Option<&'static Encoding>,
    /// What was read and not told yet.
    buffer: Vec<u8>,
    /// Where in the buffer the next part begins.
    at: usize,
    /// The line at which the next part begins, from 1.
    line: u64,
    /// Whether the source has no more bytes.
    is_last: bool,
    /// Why the source has no more bytes, if that is no proper end.
    pub broken: Option<String>,
    /// The longest element that is read.
    longest: usize,
    /// What is known of the buffer.
    known: Known,
    /// The name of the first element, and whether the end of one of the outer
    /// elements was seen.
    pub outline: (Option<String>, bool),
}

impl<'r> Reader<'r> {
    /// Reads from a source.
    pub(super) fn new(source: &'r mut dyn Read) -> Self {
        Self::with_longest(source, LONGEST)
    }

    /// Reads from a source; elements of more bytes are not told.
    pub(super) fn with_longest(source: &'r mut dyn Read, longest: usize) -> Self {
        let mut reader = Self {
            source,
            decoder: None,
            declared: None,
            buffer: Vec::new(),
            at: 0,
            line: 1,
            is_last: false,
            broken: None,
            longest,
            known: Known::default(),
            outline: (None, false),
        };
        reader.begin();
        reader
    }

    /// The line at which the next part begins.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Whether there was nothing in the file but white space.
    pub(super) fn is_blank(&self) -> bool {
        self.outline.0.is_none() && self.buffer.trim_ascii().is_empty()
    }

    /// The next part.
    pub(super) fn next(&mut self) -> Option<Chunk<'_>> {
        loop {
            match self.step() {
                Step::End => return None,
                Step::Fill => self.fill(),
                Step::Outer(range) => {
                    self.pass(range.end);
                    return Some(Chunk::Outer(
                        self.buffer.get(range).unwrap_or_default(),
                    ));
                }
                Step::TooLong(tag) => {
                    let (name, line) = (self.name(&tag.name), self.line);
                    self.skip(&name);
                    return Some(Chunk::TooLong(name, line));
                }
                Step::Element(tag, end, ending) => {
                    let (name, line) = (self.name(&tag.name), self.line);
                    self.pass(end);
                    if end - tag.range.start > self.longest {
                        return Some(Chunk::TooLong(name, line));
                    }
                    let bytes = self.buffer.get(tag.range.start..end).unwrap_or_default();
                    return Some(Chunk::Element(Cut { name, bytes, line, ending }));
                }
            }
        }
    }

    /// Looks for the next part in the buffer.
    fn step(&mut self) -> Step {
        let is_full = self.buffer.len() - self.at >= self.longest;
        let is_last = self.is_last || is_full;
        let mut tokens = Tokens::new(&self.buffer, self.at, is_last).knowing(self.known);
        let mut passed = self.at;
        let step = loop {
            match tokens.next() {
                Next::End if self.is_last => {
                    passed = tokens.at();
                    break Step::End;
                }
                Next::End | Next::More => break Step::Fill,
                Next::Token(Token::Open(tag)) => {
                    let name = self.buffer.get(tag.name.clone()).unwrap_or_default();
                    self.outline.0.get_or_insert_with(|| lossy(name));
                    let (_, local) = split_name(name);
                    if !WHOLES.iter().any(|whole| whole.as_bytes() == local) {
                        break Step::Outer(tag.range);
                    }
                    passed = tag.range.start;
                    break self.element(&mut tokens, tag, is_full);
                }
                Next::Token(Token::Close(name)) => {
                    let name = self.buffer.get(name).unwrap_or_default();
                    self.outline.1 |= OUTER.contains(&split_name(name).1);
                }
                Next::Token(_) => {}
            }
            passed = tokens.at();
        };
        let known = tokens.known();
        self.known = known;
        self.pass(passed);
        step
    }

    /// Looks for the end of an element.
    fn element(&self, tokens: &mut Tokens<'_>, tag: Tag, is_full: bool) -> Step {
        if tag.is_empty {
            let end = tag.range.end;
            return Step::Element(tag, end, Ending::Tag);
        }
        let own = self.buffer.get(tag.name.clone()).unwrap_or_default();
        loop {
            let before = tokens.at();
            let ending = match tokens.next() {
                Next::More => return Step::Fill,
                Next::End if is_full && !self.is_last => return Step::TooLong(tag),
                Next::End => Ending::File,
                Next::Token(Token::Close(name)) => {
                    let name = self.buffer.get(name).unwrap_or_default();
                    if name == own {
                        return Step::Element(tag, tokens.at(), Ending::Tag);
                    }
                    if name != b"item" && !OUTER.contains(&split_name(name).1) {
                        continue;
                    }
                    Ending::Next
                }
                Next::Token(Token::Open(other))
                    if self.buffer.get(other.name.clone()) == Some(b"item") =>
                {
                    Ending::Next
                }
                Next::Token(_) => continue,
            };
            let end = if ending == Ending::File { tokens.at() } else { before };
            return Step::Element(tag, end, ending);
        }
    }

    /// A name in the buffer.
    fn name(&self, range: &Range<usize>) -> String {
        lossy(self.buffer.get(range.clone()).unwrap_or_default())
    }

    /// Goes on to a place in the buffer.
    fn pass(&mut self, end: usize) {
        let passed = self.buffer.get(self.at..end).unwrap_or_default();
        self.line += memchr_iter(b'\n', passed).count() as u64;
        self.at = end.max(self.at);
    }

    /// Goes on behind an element that is too long.
    fn skip(&mut self, name: &str) {
        let closing = format!("</{name}>");
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            let ends = memmem::find_iter(rest, closing.as_bytes());
            let found = ends.map(|at| at + closing.len()).find(|&end| {
                let behind = rest.get(end..).unwrap_or_default().trim_ascii_start();
                let is_own = [&b"<item"[..], b"</channel", b"<!--", b"<wp:"]
                    .iter()
                    .any(|mark| behind.starts_with(mark));
                is_own || behind.is_empty() || name != "item"
            });
            let kept = rest.len().saturating_sub(closing.len());
            let end =
                self.at + found.unwrap_or(if self.is_last { rest.len() } else { kept });
            self.pass(end);
            if found.is_some() || self.is_last {
                return;
            }
            self.fill();
        }
    }

    /// Reads the beginning of the file and finds its encoding.
    fn begin(&mut self) {
        self.fill();
        let begins = |mark: &[u8]| self.buffer.starts_with(mark);
        let (encoding, mark) = if begins(b"\xff\xfe") {
            (Some(UTF_16LE), 2)
        } else if begins(b"\xfe\xff") {
            (Some(UTF_16BE), 2)
        } else if begins(b"<\0?\0") || begins(b"<\0!\0") || begins(b"<\0r\0") {
            (Some(UTF_16LE), 0)
        } else if begins(b"\0<\0?") || begins(b"\0<\0!") || begins(b"\0<\0r") {
            (Some(UTF_16BE), 0)
        } else {
            (None, if begins(b"\xef\xbb\xbf") { 3 } else { 0 })
        };
        let declared = encoding.or_else(|| declared(&self.buffer));
        match declared {
            Some(own) if encoding.is_some() || own == ISO_2022_JP => {
                self.decoder = Some(own.new_decoder_without_bom_handling());
                let raw = self.buffer.split_off(mark);
                self.buffer.clear();
                self.push(&raw);
            }
            Some(own) if own != UTF_8 && own.is_ascii_compatible() => {
                self.declared = Some(own);
            }
            _ => self.at = mark,
        }
    }

    /// Reads more bytes: as many as there are already, so that looking through
    /// them again is paid for.
    fn fill(&mut self) {
        self.buffer.drain(..self.at);
        self.at = 0;
        self.known = Known::default();
        let goal = self.buffer.len() + self.buffer.len().max(CHUNK);
        while self.buffer.len() < goal && !self.is_last {
            if let Some(read) = self.read_some() {
                self.is_last |= read.is_empty();
                self.push(&read);
            }
        }
    }

    /// Reads some bytes; none at the end. A source that cannot be read ends
    /// there.
    fn read_some(&mut self) -> Option<Vec<u8>> {
        let mut raw = vec![0; CHUNK];
        match self.source.read(&mut raw) {
            Ok(n) => raw.truncate(n),
            Err(error) if error.kind() == ErrorKind::Interrupted => return None,
            Err(error) => {
                self.broken = Some(error.to_string());
                raw.clear();
            }
        }
        Some(raw)
    }

    /// Puts bytes behind the buffer, as UTF-8 if the file as a whole is decoded.
    fn push(&mut self, raw: &[u8]) {
        let Some(decoder) = &mut self.decoder else {
            self.buffer.extend_from_slice(raw);
            return;
        };
        let mut rest = raw;
        let mut text = vec![0; CHUNK];
        loop {
            let (result, read, written, _) =
                decoder.decode_to_utf8(rest, &mut text, self.is_last);
            self.buffer.extend_from_slice(text.get(..written).unwrap_or_default());
            rest = rest.get(read..).unwrap_or_default();
            if result == encoding_rs::CoderResult::InputEmpty {
                break;
            }
        }
        if self.is_last {
            // A decoder that was told the end must not be used again.
            self.decoder = None;
        }
    }
}

/// What was found in the buffer.
enum Step {
    /// The end.
    End,
    /// Nothing yet.
    Fill,
    /// The tag of an outer element.
    Outer(Range<usize>),
    /// An element, its end and how it ends.
    Element(Tag, usize, Ending),
    /// An element that is too long.
    TooLong(Tag),
}

/// The prefix of a name, empty if it has none, and its local part.
pub(super) fn split_name(name: &[u8]) -> (&[u8], &[u8]) {
    match name.iter().position(|&c| c == b':') {
        Some(at) => {
            (name.get(..at).unwrap_or_default(), name.get(at + 1..).unwrap_or_default())
        }
        None => (b"", name),
    }
}

/// Some bytes as text.
fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The encoding that a file says it is in.
fn declared(start: &[u8]) -> Option<&'static Encoding> {
    let start = start.get(..start.len().min(1024)).unwrap_or_default();
    let at = memmem::find(start, b"<?xml")?;
    let rest = start.get(at..)?;
    let rest = rest.get(..memmem::find(rest, b"?>")?)?;
    let rest = rest.get(memmem::find(rest, b"encoding")? + 8..)?.trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let (&quote, rest) = rest.split_first()?;
    let label = rest.split(|&c| c == quote).next()?;
    Encoding::for_label(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts as text.
    fn told(bytes: &[u8], longest: usize) -> Vec<String> {
        let mut source = bytes;
        let mut reader = Reader::with_longest(&mut source, longest);
        let mut lines = Vec::new();
        while let Some(chunk) = reader.next() {
            lines.push(match chunk {
                Chunk::Outer(tag) => lossy(tag),
                Chunk::Element(cut) => {
                    format!(
                        "{}:{} {:?} {}",
                        cut.line,
                        cut.name,
                        cut.ending,
                        lossy(cut.bytes)
                    )
                }
                Chunk::TooLong(name, line) => format!("{line}:{name} too long"),
            });
        }
        lines
    }

    #[test]
    fn items_are_cut_out_with_their_lines() {
        let text = "\u{feff}\n<?xml version='1.0'?>\n<!-- <item> -->\n<rss><channel>\n<title>T</title>\
            \n<item><title>A</title></item>\n\n<item>\n<b><![CDATA[</item>]]></b></item></channel></rss>";
        assert_eq!(
            told(text.as_bytes(), LONGEST),
            [
                "<rss>",
                "<channel>",
                "5:title Tag <title>T</title>",
                "6:item Tag <item><title>A</title></item>",
                "8:item Tag <item>\n<b><![CDATA[</item>]]></b></item>",
            ]
        );
    }

    #[test]
    fn what_lacks_its_end_tag_ends_where_the_next_begins() {
        for (text, expected) in [
            (
                "<item>a<item>b</item>",
                vec!["1:item Next <item>a", "1:item Tag <item>b</item>"],
            ),
            ("<item>a</channel>", vec!["1:item Next <item>a"]),
            ("<item>a", vec!["1:item File <item>a"]),
            ("<item>a<", vec!["1:item File <item>a<"]),
            (
                "<item/><item></item>",
                vec!["1:item Tag <item/>", "1:item Tag <item></item>"],
            ),
            (
                "<link>a<item>b</item>",
                vec!["1:link Next <link>a", "1:item Tag <item>b</item>"],
            ),
            ("<item><b><![CDATA[x", vec!["1:item File <item><b><![CDATA[x"]),
            ("", vec![]),
            ("text & < more", vec![]),
        ] {
            assert_eq!(told(text.as_bytes(), LONGEST), expected, "{text}");
        }
    }

    #[test]
    fn an_element_that_is_too_long_costs_only_itself() {
        for length in [3000, 900_000] {
            let long = "x".repeat(length);
            let text = format!(
                "<rss>\n<item><a><![CDATA[{long}</item> ]]></a></item>\n\
                <item>b</item><wp:term>{long}</wp:term><item>c</item>"
            );
            assert_eq!(
                told(text.as_bytes(), 1000),
                [
                    "<rss>",
                    "2:item too long",
                    "3:item Tag <item>b</item>",
                    "3:wp:term too long",
                    "3:item Tag <item>c</item>"
                ]
            );
        }
    }

    #[test]
    fn other_encodings_are_read() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><item>é</item>";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&b"\xff\xfe"[..], &little].concat();
        for bytes in [&little, &big, &marked] {
            assert_eq!(told(bytes, LONGEST), ["1:item Tag <item>é</item>"]);
        }
        // A file that only says so is read as it is.
        assert_eq!(told(text.as_bytes(), LONGEST), ["1:item Tag <item>é</item>"]);
        let mut source =
            &b"<?xml version='1.0' encoding='iso-8859-1' ?><item>\xe9</item>"[..];
        assert_eq!(Reader::new(&mut source).declared, Some(encoding_rs::WINDOWS_1252));
    }

    #[test]
    fn parts_that_stand_across_two_reads_are_whole() {
        let item =
            format!("<item><a><![CDATA[{}]]></a></item>\n", "y ]]> z ".repeat(40_000));
        let text = item.repeat(5);
        let told = told(text.as_bytes(), LONGEST);
        assert_eq!(told.len(), 5);
        let last = told.last().unwrap();
        assert!(
            last.starts_with("5:item Tag <item><a>") && last.ends_with("</a></item>")
        );
    }
}
