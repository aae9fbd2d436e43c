//! Reads the small parts of XML that are not well formed as a whole: the
//! attributes of a tag, and the references in a text.
//!
//! What is wrong is passed over or stays as it is written, so nothing here
//! fails. Where tags begin and end is for the caller.

use std::borrow::Cow;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart};

/// The attributes of a tag, without the marks around it, in their order: names
/// as written, values with their references resolved. `named` resolves
/// references that XML does not know.
pub fn attributes(
    tag: &str,
    named: &dyn Fn(&str) -> Option<String>,
) -> Vec<(String, String)> {
    let length = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
    let tag = BytesStart::from_content(tag, length);
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    let read = attributes.flatten().map(|attribute| {
        let value = resolved(&attribute.value, named).into_owned();
        (attribute.key.as_ref().to_owned(), value)
    });
    read.collect()
}

/// A text with its references resolved. `named` resolves those that XML does
/// not know; what it does not know either stays as it is written, and so does
/// an `&` that begins no reference.
pub fn resolved<'t>(
    text: &'t str,
    named: &dyn Fn(&str) -> Option<String>,
) -> Cow<'t, str> {
    let Some((before, mut rest)) = text.split_once('&') else { return text.into() };
    let mut out = String::with_capacity(text.len());
    out.push_str(before);
    loop {
        match reference(rest, named) {
            Some((value, behind)) => {
                out.push_str(&value);
                rest = behind;
            }
            None => out.push('&'),
        }
        let Some((text, behind)) = rest.split_once('&') else {
            out.push_str(rest);
            return out.into();
        };
        out.push_str(text);
        rest = behind;
    }
}

/// How long the name of a reference can be.
const LONGEST: usize = 40;

/// What the reference at the beginning of a text means, and the text behind
/// it. The `&` is not part of the text.
fn reference<'t>(
    text: &'t str,
    named: &dyn Fn(&str) -> Option<String>,
) -> Option<(String, &'t str)> {
    let is_part = |c: &char| c.is_ascii_alphanumeric() || *c == '#';
    let length = text.chars().take(LONGEST).take_while(is_part).count();
    let (name, rest) = text.split_at_checked(length)?;
    let rest = rest.strip_prefix(';').filter(|_| !name.is_empty())?;
    let value = match BytesRef::new(name).resolve_char_ref() {
        Ok(Some(c)) => c.to_string(),
        Ok(None) => match resolve_predefined_entity(name) {
            Some(value) => value.to_owned(),
            None => named(name)?,
        },
        Err(_) => return None,
    };
    Some((value, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Knows one reference.
    fn named(name: &str) -> Option<String> {
        (name == "nbsp").then(|| "\u{a0}".to_owned())
    }

    #[test]
    fn references_are_resolved_and_the_rest_stays() {
        for (text, expected) in [
            ("plain", "plain"),
            ("a &amp; b", "a & b"),
            ("&lt;p&gt;&quot;&apos;", "<p>\"'"),
            ("&#65;&#x42;", "AB"),
            ("AT&T; R&D & co &", "AT&T; R&D & co &"),
            ("a&nbsp;b&bogus;", "a\u{a0}b&bogus;"),
            ("&#xD800;&#0;&#;", "&#xD800;&#0;&#;"),
            ("&&amp;&", "&&&"),
            ("&amp;lt;", "&lt;"),
        ] {
            assert_eq!(resolved(text, &named), expected, "{text}");
        }
    }

    #[test]
    fn attributes_are_read_as_far_as_they_can_be() {
        for (tag, expected) in [
            (
                "category domain=\"post_tag\" nicename='a&amp;b'",
                "domain=post_tag nicename=a&b",
            ),
            ("a", ""),
            ("a b=\"1\" b=\"2\"", "b=1 b=2"),
            ("a xmlns:wp = \"http://x\"", "xmlns:wp=http://x"),
            ("a b=\"<x>\"", "b=<x>"),
        ] {
            let read = attributes(tag, &named);
            let read: Vec<_> = read.iter().map(|(n, v)| format!("{n}={v}")).collect();
            assert_eq!(read.join(" "), expected, "{tag}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "[&;#xa-c0-9é<>=\"' /]*") {
            resolved(&text, &named);
            attributes(&text, &named);
        }
    }
}
