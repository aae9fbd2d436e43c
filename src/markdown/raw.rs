//! Decides what raw HTML in a body is let through, and names what is not.
//!
//! Here each piece of raw HTML is seen by itself, where its place in the file
//! is known. What must be taken out of the tree of elements is taken out of
//! the finished body by [`crate::sanitize`].

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::markdown::piece::{push_attribute, push_text};
use crate::markdown::{Body, LinkUse, RawHtml, Target, links};
use crate::sanitize::{self, Attribute, Tag, Token, Tokens, decode_references};

/// How deep elements of raw HTML may stand in each other. What browsers do
/// with deeper ones differs, and it takes them long.
const DEEPEST: usize = 256;

/// How many attributes a tag may carry.
const MOST_ATTRIBUTES: usize = 64;

/// The elements without an end tag.
const EMPTY: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
];

/// The elements whose end tag may be left out.
const OPEN_ENDED: &[&str] = &["dd", "dt", "li", "p"];

/// The attributes that lead to a page or a file, by element.
const LINKS: &[(&str, &str)] = &[
    ("a", "href"),
    ("area", "href"),
    ("audio", "src"),
    ("img", "src"),
    ("source", "src"),
    ("track", "src"),
    ("video", "poster"),
    ("video", "src"),
];

/// What says where a link leads.
type Resolve<'r> = &'r mut dyn FnMut(&LinkUse<'_>) -> Target;

/// A piece of raw HTML with where it stands in the body.
#[derive(Default)]
pub(super) struct Source {
    /// The HTML.
    html: String,
    /// Where each line of it begins, in the HTML and in the body.
    lines: Vec<(usize, usize)>,
}

impl Source {
    /// Adds a line that stands at this range of the body.
    pub(super) fn push(&mut self, html: &str, range: &Range<usize>) {
        self.lines.push((self.html.len(), range.start));
        self.html.push_str(html);
    }

    /// The HTML.
    pub(super) fn html(&self) -> &str {
        &self.html
    }

    /// A part of the HTML.
    fn part(&self, range: Range<usize>) -> &str {
        self.html.get(range).unwrap_or_default()
    }

    /// Where a range of the HTML stands in the body.
    fn in_body(&self, range: &Range<usize>) -> Range<usize> {
        let line = self.lines.partition_point(|(at, _)| *at <= range.start);
        let last = line.checked_sub(1).and_then(|last| self.lines.get(last));
        let (at, start) = last.copied().unwrap_or_default();
        let line_end = self.lines.get(line).map_or(self.html.len(), |(next, _)| *next);
        let end = range.end.min(line_end);
        start + (range.start - at)..start + end.saturating_sub(at)
    }
}

/// What raw HTML has to pass.
pub(super) struct Gate<'a> {
    /// The body.
    body: &'a Body<'a>,
    /// What becomes of raw HTML.
    policy: RawHtml,
    /// The elements that are open.
    open: Vec<String>,
    /// Whether too many were.
    is_too_deep: bool,
    /// The elements and attributes that were named already.
    named: BTreeSet<String>,
    /// Whether there is any raw HTML that must be cleaned.
    pub(super) is_used: bool,
    /// The schemes of its addresses.
    pub(super) schemes: BTreeSet<String>,
    /// What is wrong with it.
    pub(super) faults: Diagnostics,
}

impl<'a> Gate<'a> {
    /// A gate for the raw HTML of a body.
    pub(super) fn new(body: &'a Body<'a>, policy: RawHtml) -> Self {
        Self {
            body,
            policy,
            open: Vec::new(),
            is_too_deep: false,
            named: BTreeSet::new(),
            is_used: false,
            schemes: BTreeSet::new(),
            faults: Diagnostics::new(),
        }
    }

    /// What to write for a piece of raw HTML. Its links are resolved like
    /// those of Markdown.
    pub(super) fn pass(&mut self, source: &Source, resolve: Resolve<'_>) -> String {
        let mut out = String::with_capacity(source.html.len());
        let mut hidden: Option<String> = None;
        for token in Tokens::new(&source.html) {
            if let Some(name) = &hidden {
                if matches!(&token, Token::Tag(tag) if tag.closing && tag.name == *name) {
                    hidden = None;
                }
                continue;
            }
            match token {
                Token::Text(range) => out.push_str(source.part(range)),
                // What is not closed would swallow the rest of the page.
                Token::Comment(range, false) => push_text(&mut out, source.part(range)),
                Token::Comment(range, true) | Token::RawText(range) => {
                    if self.policy == RawHtml::Trusted {
                        out.push_str(source.part(range));
                    }
                }
                Token::Tag(tag) => {
                    self.tag(source, &tag, &mut out, resolve);
                    hidden = Some(tag)
                        .filter(|tag| self.hides(source, tag))
                        .map(|tag| tag.name);
                }
            }
        }
        out
    }

    /// The element whose content must not be shown, if a piece of raw HTML is
    /// one of its tags, and whether it is its end tag.
    pub(super) fn edge(&self, source: &Source) -> Option<(String, bool)> {
        match Tokens::new(&source.html).next() {
            Some(Token::Tag(tag)) if self.hides(source, &tag) => Some((tag.name, false)),
            Some(Token::Tag(tag)) if tag.closing => Some((tag.name, true)),
            _ => None,
        }
    }

    /// Whether what follows a tag must not be shown, up to its end tag.
    fn hides(&self, source: &Source, tag: &Tag) -> bool {
        let is_empty =
            source.part(tag.range.clone()).ends_with("/>") && !tag.holds_raw_text();
        self.policy == RawHtml::Sanitized
            && tag.complete
            && !tag.closing
            && !is_empty
            && sanitize::goes_with_content(&tag.name)
    }

    /// Lets a tag through as far as it may.
    fn tag(
        &mut self,
        source: &Source,
        tag: &Tag,
        out: &mut String,
        resolve: Resolve<'_>,
    ) {
        if tag.complete
            && self.policy == RawHtml::Sanitized
            && !sanitize::element_allowed(&tag.name)
        {
            if !tag.closing {
                self.taken_out(
                    source,
                    &tag.range,
                    &format!("the element `<{}>`", tag.name),
                );
            }
            return;
        }
        let is_whole = tag.complete && tag.attributes.len() <= MOST_ATTRIBUTES;
        if !is_whole || !self.counts(source, tag) {
            push_text(out, source.part(tag.range.clone()));
            return;
        }
        self.is_used = true;
        let mut at = tag.range.start;
        for attribute in &tag.attributes {
            let target = if self.keeps(source, tag, attribute) {
                self.target(source, tag, attribute, resolve)
            } else {
                Target::Refused
            };
            if matches!(target, Target::AsIs) {
                continue;
            }
            out.push_str(source.part(at..attribute.range.start));
            at = attribute.range.end;
            if let Target::Address(address) | Target::Picture(address, _) = target {
                out.push_str(&attribute.name);
                out.push_str("=\"");
                push_attribute(out, &address);
                out.push('"');
            }
        }
        out.push_str(source.part(at..tag.range.end));
    }

    /// Whether an attribute of an element stays. One that will be taken out
    /// later is only named.
    fn keeps(&mut self, source: &Source, tag: &Tag, attribute: &Attribute) -> bool {
        let value = decode_references(source.part(attribute.value.clone()));
        if sanitize::attribute_refused(&tag.name, &attribute.name, &value) {
            let place = self.place(source, &attribute.range);
            self.faults.push(links::refused(&value, place));
            return false;
        }
        let is_allowed = sanitize::attribute_allowed(&tag.name, &attribute.name);
        if self.policy == RawHtml::Sanitized && !is_allowed {
            self.taken_out(
                source,
                &attribute.range,
                &format!("the attribute `{}`", attribute.name),
            );
        }
        if matches!(attribute.name.as_str(), "href" | "src")
            && let Some((scheme, _)) = sanitize::scheme_of(&value)
        {
            self.schemes.insert(scheme);
        }
        true
    }

    /// What to write for an attribute that leads somewhere.
    fn target(
        &self,
        source: &Source,
        tag: &Tag,
        attribute: &Attribute,
        resolve: Resolve<'_>,
    ) -> Target {
        let name = attribute.name.as_str();
        if !LINKS.contains(&(tag.name.as_str(), name)) {
            return Target::AsIs;
        }
        let value = decode_references(source.part(attribute.value.clone()));
        let range = source.in_body(&attribute.value);
        resolve(&LinkUse {
            destination: value.trim(),
            is_image: tag.name == "img",
            span: Span::from(range).shifted(self.body.offset),
        })
    }

    /// Counts how deep elements stand in each other; not if that is too deep.
    ///
    /// An end tag counts only where its element was the last to be opened, so
    /// that the count is never less than what a browser will find.
    fn counts(&mut self, source: &Source, tag: &Tag) -> bool {
        if self.is_too_deep || self.policy == RawHtml::Trusted {
            return !self.is_too_deep;
        }
        let name = tag.name.as_str();
        if EMPTY.contains(&name) || OPEN_ENDED.contains(&name) {
            return true;
        }
        if tag.closing {
            if self.open.last().is_some_and(|last| last == name) {
                self.open.pop();
            }
            return true;
        }
        self.open.push(tag.name.clone());
        self.is_too_deep = self.open.len() > DEEPEST;
        if self.is_too_deep {
            let place = self.place(source, &tag.range);
            let message =
                format!("more than {DEEPEST} HTML elements stand open in each other");
            self.faults.push(
                Diagnostic::warning(Code::UnsafeHtml, message)
                    .at(place)
                    .note("from here on the HTML is shown as text")
                    .hint("close the elements that are open"),
            );
        }
        !self.is_too_deep
    }

    /// Names what is taken out, once.
    fn taken_out(&mut self, source: &Source, range: &Range<usize>, what: &str) {
        if !self.named.insert(what.to_owned()) {
            return;
        }
        let place = self.place(source, range);
        self.faults.push(
            Diagnostic::warning(
                Code::UnsafeHtml,
                format!("{what} is taken out of the page"),
            )
            .at(place)
            .note("it is not on the list of HTML that an article may hold")
            .hint("write it in Markdown, or set `html = \"trusted\"` in config.toml"),
        );
    }

    /// The place of a range of raw HTML.
    fn place(&self, source: &Source, range: &Range<usize>) -> Place {
        let span = Span::from(source.in_body(range)).shifted(self.body.offset);
        Place::span(self.body.file.clone(), span)
    }
}
