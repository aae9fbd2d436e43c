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
    // Almost no text has one of these, and almost none that has one has a NUL.
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return push_text(out, &text.replace('\0', "\u{fffd}"));
    }
    let mut written = 0;
    for at in memchr::memchr3_iter(b'&', b'<', b'>', text.as_bytes()) {
        out.push_str(text.get(written..at).unwrap_or_default());
        out.push_str(match text.as_bytes().get(at) {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            _ => "&gt;",
        });
        written = at + 1;
    }
    out.push_str(text.get(written..).unwrap_or_default());
}

/// Writes the value of an attribute that stands in double quotes.
pub(super) fn push_attribute(out: &mut String, text: &str) {
    let mut parts = text.split('"');
    push_text(out, parts.next().unwrap_or_default());
    for part in parts {
        out.push_str("&quot;");
        push_text(out, part);
    }
}
