//! Reads XML that somebody else wrote, as a row of beginnings, texts and ends.
//!
//! What is not well formed ends the row with an error. What an element means
//! is for those who read the row.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// An element begins.
    Open(Tag),
    /// The element that was begun last ends.
    Close,
    /// Some text, with its references resolved.
    Text(String),
}

/// The beginning of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name, with its prefix as it is written.
    pub name: String,
    /// Its attributes in their order.
    pub attributes: Vec<(String, String)>,
}

/// Tells the parts of a document one by one; the error says what is wrong.
pub fn read(text: &str, tell: &mut dyn FnMut(Part)) -> Result<(), String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => {
                depth += 1;
                tell(Part::Open(tag(&start)));
            }
            Event::Empty(start) => {
                tell(Part::Open(tag(&start)));
                tell(Part::Close);
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                tell(Part::Close);
            }
            Event::Text(text) => tell(Part::Text(text.to_string())),
            Event::CData(text) => tell(Part::Text(text.to_string())),
            Event::GeneralRef(name) => tell(Part::Text(reference(&name))),
            Event::Eof if depth > 0 => return Err("the document breaks off".to_owned()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// An element's name with its attributes; attributes that cannot be read are
/// left out.
fn tag(start: &BytesStart<'_>) -> Tag {
    let attributes = start.attributes().flatten().filter_map(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).ok()?;
        Some((attribute.key.as_ref().to_owned(), value.into_owned()))
    });
    Tag { name: start.name().as_ref().to_owned(), attributes: attributes.collect() }
}

/// The text of a reference; one that is not known stays as it is written.
fn reference(name: &BytesRef<'_>) -> String {
    match name.resolve_char_ref() {
        Ok(Some(c)) => c.to_string(),
        _ => resolve_predefined_entity(name)
            .map_or_else(|| format!("&{};", &**name), str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a document in short.
    fn parts(text: &str) -> Result<String, String> {
        let mut all = String::new();
        read(text, &mut |part| match part {
            Part::Open(tag) => all += &format!("<{}{:?}>", tag.name, tag.attributes),
            Part::Close => all += "</>",
            Part::Text(text) => all += &text,
        })?;
        Ok(all)
    }

    #[test]
    fn a_document_is_told_part_by_part() {
        assert_eq!(
            parts("<?xml version=\"1.0\"?><a:b c=\"1 &amp; 2\">x &lt; &#233; &nope;<d/><![CDATA[<]]></a:b>").unwrap(),
            "<a:b[(\"c\", \"1 & 2\")]>x < é &nope;<d[]></><</>"
        );
    }

    #[test]
    fn what_is_not_well_formed_is_an_error() {
        for text in ["<a>", "<a></b>", "<a"] {
            assert!(parts(text).is_err(), "{text}");
        }
    }
}
