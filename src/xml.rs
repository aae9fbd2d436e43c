//! Writes XML: well formed whatever the words in it are.
//!
//! It decides how text and values are escaped, which characters an XML
//! document cannot hold at all, and how elements are indented. It does not
//! know what a document means; feeds and sitemaps are made elsewhere. What was
//! written by others is read by [`read`].

pub mod events;
pub mod read;

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An attribute: its name and its value, not escaped.
pub type Attribute<'a> = (&'a str, &'a str);

/// A document that is being written.
///
/// Elements stand on lines of their own, indented by two spaces. Nothing is
/// added inside an element that holds text.
pub struct Xml {
    /// Turns elements and text into bytes.
    writer: Writer<Vec<u8>>,
    /// The names of the elements that are open, the outermost first.
    open: Vec<&'static str>,
}

impl Default for Xml {
    fn default() -> Self {
        Self::new()
    }
}

impl Xml {
    /// A document that holds only the XML declaration.
    pub fn new() -> Self {
        let writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        let mut document = Self { writer, open: Vec::new() };
        document.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        document
    }

    /// Begins an element that holds other elements.
    pub fn open(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.write(Event::Start(tag(name, attributes)));
        self.open.push(name);
    }

    /// Ends the element that was begun last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.write(Event::End(BytesEnd::new(name)));
        }
    }

    /// Writes an element that holds text.
    pub fn text(&mut self, name: &'static str, attributes: &[Attribute<'_>], text: &str) {
        let text = allowed(text);
        self.write(Event::Start(tag(name, attributes)));
        self.write(Event::Text(BytesText::from_escaped(partial_escape(text.as_ref()))));
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// Writes an element that holds nothing.
    pub fn empty(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.write(Event::Empty(tag(name, attributes)));
    }

    /// Ends the elements that are still open and gives the document, which
    /// ends in a line break.
    pub fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        let mut bytes = self.writer.into_inner();
        bytes.push(b'\n');
        bytes
    }

    /// Writes one piece of the document.
    fn write(&mut self, event: Event<'_>) {
        // Writing to memory cannot fail, so there is no error to pass on.
        drop(self.writer.write_event(event));
    }
}

/// An element's name with its attributes.
fn tag<'a>(name: &'a str, attributes: &[Attribute<'_>]) -> BytesStart<'a> {
    let mut tag = BytesStart::new(name);
    for (key, value) in attributes {
        tag.push_attribute((*key, allowed(value).as_ref()));
    }
    tag
}

/// The text without the characters that an XML 1.0 document cannot hold, not
/// even escaped.
fn allowed(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| is_allowed(*c)).collect())
    }
}

/// Whether an XML 1.0 document can hold a character.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// A text as it is written between tags, or in an attribute in double quotes.
pub fn escaped(text: &str) -> Cow<'_, str> {
    quick_xml::escape::escape(text)
}

/// Reads a document back, so that tests of what was written do not depend on
/// how it was escaped.
#[cfg(test)]
pub(crate) mod test {
    use quick_xml::Reader;
    use quick_xml::XmlVersion;
    use quick_xml::escape::resolve_predefined_entity;
    use quick_xml::events::{BytesStart, Event};

    /// The elements of a document in their order, one a line: how deep, the
    /// name, the attributes and the text, all as a reader understands them.
    pub(crate) fn outline(document: &[u8]) -> String {
        let text = std::str::from_utf8(document).unwrap();
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        let (mut depth, mut lines) = (0, Vec::<String>::new());
        // The text since the last tag, if that was the beginning of an element.
        let mut inside = None::<String>;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => {
                    lines.push(line(depth, &tag));
                    depth += 1;
                    inside = Some(String::new());
                }
                Event::Empty(tag) => {
                    lines.push(line(depth, &tag));
                    inside = None;
                }
                Event::End(_) => {
                    depth -= 1;
                    let text = inside.take().filter(|text| !text.trim().is_empty());
                    lines.last_mut().unwrap().extend(text);
                }
                Event::Text(text) => match &mut inside {
                    Some(inside) => inside.push_str(&text),
                    None => assert!(text.trim().is_empty(), "{text:?} is indentation"),
                },
                Event::GeneralRef(name) => {
                    let read = match name.resolve_char_ref().unwrap() {
                        Some(c) => c.to_string(),
                        None => resolve_predefined_entity(&name).unwrap().to_owned(),
                    };
                    inside.as_mut().unwrap().push_str(&read);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "every element is closed");
        lines.join("\n")
    }

    /// An element with its attributes, before its text.
    fn line(depth: usize, tag: &BytesStart<'_>) -> String {
        let attributes = tag.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = attribute.normalized_value(XmlVersion::Explicit1_0).unwrap();
            format!(" {}=[{value}]", attribute.key.as_ref())
        });
        let attributes: String = attributes.collect();
        format!("{}{}{attributes}: ", "  ".repeat(depth), tag.name().as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::test::outline;
    use super::*;

    #[test]
    fn elements_stand_on_lines_of_their_own() {
        let mut xml = Xml::new();
        xml.open("feed", &[("xml:lang", "en")]);
        xml.text("title", &[], "Morning");
        xml.open("author", &[]);
        xml.text("name", &[], "");
        xml.close();
        xml.empty("link", &[("rel", "self")]);
        xml.close();
        assert_eq!(
            String::from_utf8(xml.finish()).unwrap(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <feed xml:lang=\"en\">\n  <title>Morning</title>\n  <author>\n    \
             <name></name>\n  </author>\n  <link rel=\"self\"/>\n</feed>\n"
        );
    }

    #[test]
    fn what_looks_like_markup_is_escaped() {
        let hostile = "a <b> & \"c\" 'd' ]]> <!-- \r\n\t é";
        let mut xml = Xml::new();
        xml.text("t", &[("v", hostile)], hostile);
        let bytes = xml.finish();
        assert_eq!(outline(&bytes), format!("t v=[{hostile}]: {hostile}"));
        let written = String::from_utf8(bytes).unwrap();
        assert!(!written.contains("]]>") && !written.contains("<b>"));
    }

    #[test]
    fn characters_that_xml_cannot_hold_are_left_out() {
        let mut xml = Xml::new();
        xml.text("t", &[("v", "a\0b\u{b}c\u{ffff}")], "x\u{1b}[31m\u{fffe}y\u{1f600}");
        assert_eq!(outline(&xml.finish()), "t v=[abc]: x[31my\u{1f600}");
    }

    #[test]
    fn what_is_open_is_closed_at_the_end() {
        let mut xml = Xml::default();
        xml.open("a", &[]);
        xml.open("b", &[]);
        assert_eq!(outline(&xml.finish()), "a: \n  b: ");
        let mut xml = Xml::new();
        xml.close();
        xml.empty("a", &[]);
        assert_eq!(outline(&xml.finish()), "a: ");
    }

    #[test]
    fn a_line_break_inside_text_is_kept_as_it_is() {
        let mut xml = Xml::new();
        xml.open("a", &[]);
        xml.text("b", &[], "\n  one\n\n two ");
        let written = String::from_utf8(xml.finish()).unwrap();
        assert!(written.contains("<b>\n  one\n\n two </b>"));
    }
}
