//! Decides what is written for links and images.
//!
//! Addresses that run scripts are refused here, before anybody else is asked;
//! everything else is the caller's to resolve.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::LinkType;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::markdown::{Body, LinkUse, Target};
use crate::sanitize;

/// The longest part of an address that a message shows, in characters.
const SHOWN: usize = 60;

/// A link or image as written.
pub(super) struct Written<'a> {
    /// How it is written.
    pub(super) kind: LinkType,
    /// Where it leads.
    pub(super) destination: &'a str,
    /// Whether it is an image.
    pub(super) is_image: bool,
    /// Where it stands in the body.
    pub(super) range: Range<usize>,
}

/// The address to write for a link, ready for an attribute but for escapes, and
/// the size of a picture; nothing if only its words are to be shown.
pub(super) fn address(
    body: &Body<'_>,
    link: &Written<'_>,
    resolve: &mut dyn FnMut(&LinkUse<'_>) -> Target,
    faults: &mut Diagnostics,
) -> Option<(String, Option<(usize, usize)>)> {
    let span = Span::from(place(body.text, link)).shifted(body.offset);
    let mail;
    let destination = if link.kind == LinkType::Email {
        mail = format!("mailto:{}", link.destination);
        &mail
    } else {
        link.destination
    };
    if sanitize::address_refused(destination, link.is_image) {
        faults.push(refused(destination, Place::span(body.file.clone(), span)));
        return None;
    }
    match resolve(&LinkUse { destination, is_image: link.is_image, span }) {
        Target::Address(address) => Some((address, None)),
        Target::Picture(address, size) => Some((address, Some(size))),
        Target::AsIs => Some((encoded(destination), None)),
        Target::Refused => None,
    }
}

/// The fault of an address that runs a script.
pub(super) fn refused(address: &str, place: Place) -> Diagnostic {
    let mut shown: String =
        address.chars().filter(|c| !c.is_control()).take(SHOWN + 1).collect();
    if shown.chars().count() > SHOWN {
        shown.pop();
        shown.push('\u{2026}');
    }
    Diagnostic::error(
        Code::UnsafeAddress,
        format!("the address `{shown}` can run a script"),
    )
    .at(place)
    .note("it would run in the browser of whoever reads the page")
    .hint("take the address out, or write where it should lead")
}

/// Where the destination of a link stands, or all of the link.
fn place(text: &str, link: &Written<'_>) -> Range<usize> {
    let direct =
        matches!(link.kind, LinkType::Inline | LinkType::Autolink | LinkType::Email);
    let found = text
        .get(link.range.clone())
        .filter(|_| direct && !link.destination.is_empty())
        .and_then(|source| source.rfind(link.destination));
    match found {
        Some(at) => {
            let start = link.range.start + at;
            start..start + link.destination.len()
        }
        None => link.range.clone(),
    }
}

/// A destination with the bytes encoded that no address can have.
fn encoded(destination: &str) -> String {
    let mut out = String::with_capacity(destination.len());
    for c in destination.chars() {
        if c.is_ascii_graphic()
            && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
        {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
