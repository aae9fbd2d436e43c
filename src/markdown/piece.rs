//! A part of a page in the making, and how texts are written into it.

use std::fmt::Write as _;

use crate::markdown::Heading;

/// A part of the page, but for the tags of its headings.
#[derive(Default)]
pub(super) struct Piece {
    /// The HTML.
    pub(super) html: String,
    /// Where the tags of headings belong.
    joints: Vec<Joint>,
}

/// Where a tag of a heading belongs.
struct Joint {
    /// The offset in the HTML.
    at: usize,
    /// Which heading it is.
    heading: usize,
    /// Whether it is its end tag.
    closing: bool,
}

impl Piece {
    /// An empty piece with room for this many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { html: String::with_capacity(bytes), joints: Vec::new() }
    }

    /// Adds HTML.
    pub(super) fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Adds another piece.
    pub(super) fn append(&mut self, other: Self) {
        let before = self.html.len();
        self.joints.extend(
            other
                .joints
                .into_iter()
                .map(|joint| Joint { at: joint.at + before, ..joint }),
        );
        self.html.push_str(&other.html);
    }

    /// Adds a tag of a heading.
    pub(super) fn joint(&mut self, heading: usize, closing: bool) {
        self.joints.push(Joint { at: self.html.len(), heading, closing });
    }

    /// The HTML with the tags of its headings.
    pub(super) fn joined(self, headings: &[Heading]) -> String {
        if self.joints.is_empty() {
            return self.html;
        }
        let mut out = String::with_capacity(self.html.len() + self.joints.len() * 24);
        let mut at = 0;
        for joint in &self.joints {
            out.push_str(self.html.get(at..joint.at).unwrap_or_default());
            at = joint.at;
            let Some(heading) = headings.get(joint.heading) else { continue };
            if joint.closing {
                let _ = writeln!(out, "</h{}>", heading.level);
            } else {
                let _ = write!(out, "<h{} id=\"", heading.level);
                push_attribute(&mut out, &heading.id);
                out.push_str("\">");
            }
        }
        out.push_str(self.html.get(at..).unwrap_or_default());
        out
    }
}

/// Writes a text.
pub(super) fn push_text(out: &mut String, text: &str) {
    push_escaped(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'\0' => Some("\u{fffd}"),
        _ => None,
    });
}

/// Writes the value of an attribute that stands in double quotes.
pub(super) fn push_attribute(out: &mut String, text: &str) {
    push_escaped(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\0' => Some("\u{fffd}"),
        _ => None,
    });
}

/// Writes a text with some characters replaced. All of them are ASCII, so that
/// no other character has a byte like theirs.
fn push_escaped(
    out: &mut String,
    text: &str,
    escape: impl Fn(u8) -> Option<&'static str>,
) {
    let mut rest = text;
    while let Some((at, escaped)) =
        rest.bytes().enumerate().find_map(|(at, byte)| Some((at, escape(byte)?)))
    {
        out.push_str(rest.get(..at).unwrap_or_default());
        out.push_str(escaped);
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    out.push_str(rest);
}
