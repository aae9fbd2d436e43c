//! Cuts the text of a post into what is markup, what is text, what is code,
//! and where blocks begin and end; and writes the markup so that every later
//! step reads the same of it.
//!
//! What counts as text that came in is decided here, for the whole conversion.
//! What shortcodes and blocks mean is decided elsewhere.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::import::account::{self, Account};
use crate::import::wordpress::content::Choices;
use crate::import::wordpress::content::blocks::{self, Mark};
use crate::import::wordpress::content::markup::{self, Part, Parts, Tag};
use crate::import::wordpress::content::shortcodes::{self, CODE_LANGUAGES, CODE_NAMES};

/// The attribute that says what one of our own elements stands for.
pub(super) const OWN: &str = "x-pm";

/// What separates two texts that must not be read together.
pub(super) const SEAM: &str = "<!--x-->";

/// A piece of a prepared text.
#[derive(Debug)]
pub(super) enum Piece {
    /// HTML.
    Html(String),
    /// The beginning or end of a block.
    Block(Mark),
}

/// A program text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Code {
    /// Its language; empty if none is named.
    pub(super) language: String,
    /// The text.
    pub(super) text: String,
}

/// What the preparation fills beside its pieces.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The program texts, in whose places marks stand.
    pub(super) codes: Vec<Code>,
    /// How many hidden characters were taken out.
    pub(super) hidden: usize,
}

/// A part of the text of a post.
enum Source<'a> {
    /// A part of HTML.
    Html(Part<'a>),
    /// A shortcode with a program text: its name, its tags, and the text.
    Code(&'a str, [&'a str; 2], &'a str),
    /// The beginning or end of a block.
    Block(Mark),
}

/// Counts the characters of a text of a post that can be seen.
pub(super) fn count(raw: &str, choices: &Choices) -> u64 {
    let (mut text, mut raws) = (String::new(), 0);
    walk(&sane(raw), choices, |source| match source {
        Source::Html(Part::Text(own)) => text.push_str(&without_hidden(own, &mut 0)),
        Source::Html(Part::Raw(_, own)) => raws += account::count(own),
        Source::Html(_) | Source::Block(_) => text.push('\n'),
        Source::Code(_, [open, close], code) => {
            text.push_str(&format!("\n{open}\n{close}\n"));
            raws += account::count(&unescape_code(code));
        }
    });
    raws + account::count(&markup::resolve(&text))
}

/// Prepares the text of a post.
pub(super) fn prepare(
    raw: &str,
    choices: &Choices,
    found: &mut Found,
    account: &mut Account,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut html = String::with_capacity(raw.len());
    walk(&sane(raw), choices, |source| match source {
        Source::Html(part) => push(part, &mut html, found, account),
        Source::Code(name, tags, code) => {
            push_code(name, tags, code, &mut html, found);
            let reason = format!("shortcode [{name}]");
            for tag in tags {
                account.drop(&reason, &markup::resolve(tag));
            }
        }
        Source::Block(mark) => {
            if !html.is_empty() {
                pieces.push(Piece::Html(std::mem::take(&mut html)));
            }
            pieces.push(Piece::Block(mark));
        }
    });
    if !html.is_empty() {
        pieces.push(Piece::Html(html));
    }
    pieces
}

/// A text without the characters that stand for something here. They are none
/// of any text.
fn sane(raw: &str) -> Cow<'_, str> {
    let ours = |c: char| ('\u{fdd0}'..='\u{fdef}').contains(&c);
    if raw.contains(ours) {
        Cow::Owned(raw.replace(ours, "\u{fffd}"))
    } else {
        Cow::Borrowed(raw)
    }
}

/// Tells the parts of the text of a post.
fn walk<'a>(raw: &'a str, choices: &Choices, mut tell: impl FnMut(Source<'a>)) {
    let mut parts = Parts::new(raw);
    let mut gone = BTreeSet::new();
    let mut no_more_json = false;
    while let Some(part) = parts.next() {
        match part {
            Part::Comment(comment) => {
                let begin = parts.position() - comment.len();
                let rest = raw.get(begin..).unwrap_or_default();
                match blocks::mark_at(rest, &mut no_more_json) {
                    Some((mark, length)) => {
                        parts.skip_to(begin + length);
                        tell(Source::Block(mark));
                    }
                    None => tell(Source::Html(Part::Comment(comment))),
                }
            }
            Part::Text(text) => {
                let begin = parts.position() - text.len();
                match code_in(raw, begin, text, choices, &mut gone) {
                    Some((before, code, end)) => {
                        tell(Source::Html(Part::Text(before)));
                        tell(code);
                        parts.skip_to(end);
                    }
                    None => tell(Source::Html(Part::Text(text))),
                }
            }
            part => tell(Source::Html(part)),
        }
    }
}

/// Finds the first shortcode with a program text that begins in a text: what
/// stands before it, it, and where it ends.
fn code_in<'a>(
    raw: &'a str,
    begin: usize,
    text: &'a str,
    choices: &Choices,
    gone: &mut BTreeSet<&'a str>,
) -> Option<(&'a str, Source<'a>, usize)> {
    let mut at = 0;
    loop {
        let start = at + text.get(at..)?.find('[')?;
        at = start + 1;
        let inside = text.get(at..)?;
        let length = inside.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        let name = inside.get(..length.unwrap_or(inside.len()))?;
        let known = CODE_NAMES.contains(&name) || CODE_LANGUAGES.contains(&name);
        let escaped = text.get(..start)?.ends_with('[');
        if !known
            || escaped
            || gone.contains(name)
            || choices.shortcodes.contains_key(name)
        {
            continue;
        }
        let Some(end) = inside.find([']', '[']) else { continue };
        let tag = text.get(start..at + end + 1)?;
        if !tag.ends_with(']') || (name == "highlight" && !tag.contains("lang")) {
            continue;
        }
        let body_at = begin + at + end + 1;
        let close = format!("[/{name}]");
        let Some(length) = raw.get(body_at..)?.find(&close) else {
            gone.insert(name);
            continue;
        };
        let body = raw.get(body_at..body_at + length)?;
        let end = body_at + length + close.len();
        let close = raw.get(body_at + length..end)?;
        return Some((text.get(..start)?, Source::Code(name, [tag, close], body), end));
    }
}

/// Resolves the references in a program text that stand for characters of
/// markup, and no others.
fn unescape_code(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let known = [
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&amp;", '&'),
            ("&quot;", '"'),
            ("&#39;", '\''),
            ("&#039;", '\''),
            ("&#91;", '['),
            ("&#93;", ']'),
        ];
        let found = known.into_iter().find(|(name, _)| rest.starts_with(name));
        let (length, c) = found.map_or((1, '&'), |(name, c)| (name.len(), c));
        out.push(c);
        rest = rest.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out.replace("\r\n", "\n").replace('\r', "\n")
}

/// Keeps a program text, and puts a mark in its place.
fn push_code(
    name: &str,
    tags: [&str; 2],
    code: &str,
    html: &mut String,
    found: &mut Found,
) {
    let attributes = shortcodes::attributes(tags[0].trim_matches(['[', ']']));
    let named = ["language", "lang", "l"].iter().find_map(|key| attributes.named(key));
    let language = match named {
        Some(named) => named.to_owned(),
        None if CODE_LANGUAGES.contains(&name) => name.to_owned(),
        None => String::new(),
    };
    let language = language.trim().to_ascii_lowercase();
    let language = match language.as_str() {
        "plain" | "text" | "plaintext" => String::new(),
        named
            if named.chars().all(|c| c.is_ascii_alphanumeric() || "-+#_".contains(c)) =>
        {
            language
        }
        _ => String::new(),
    };
    let text = unescape_code(code);
    let number = found.codes.len();
    // A line of code in the middle of a sentence stays there.
    let alone = html.is_empty() || html.ends_with('\n') || html.ends_with('>');
    let element = if alone || text.contains('\n') { "pre" } else { "code" };
    let text = text.trim_start_matches('\n').trim_end().to_owned();
    found.codes.push(Code { language, text });
    html.push_str(&format!("<{element} {OWN}=\"{number}\"></{element}>"));
}

/// Writes a part of HTML so that it is read the same everywhere.
fn push(part: Part<'_>, html: &mut String, found: &mut Found, account: &mut Account) {
    match part {
        Part::Text(text) => {
            markup::push_text(&without_hidden(text, &mut found.hidden), html);
        }
        Part::Open(mut tag) if is_sane(&tag) => {
            tag.attributes.retain(|(name, _)| name != OWN);
            tag.write(html);
        }
        Part::Close(name) if markup::is_name(name) => {
            html.push_str(&format!("</{name}>"));
        }
        Part::Raw(name, text) => account.drop(name, text),
        Part::Comment(comment) => push_comment(comment, html),
        Part::Open(_) | Part::Close(_) => html.push_str(SEAM),
    }
}

/// Whether a tag may go on: it has a plain name that is not one of ours.
fn is_sane(tag: &Tag) -> bool {
    markup::is_name(&tag.name) && !tag.name.starts_with(OWN)
}

/// Puts a mark in the place of a comment that says something.
fn push_comment(comment: &str, html: &mut String) {
    let inside = comment.trim_start_matches("<!--").trim_end_matches("-->").trim();
    if inside == "nextpage" {
        html.push_str(&format!("\n\n<div {OWN}=\"page\"></div>\n\n"));
    } else if inside == "more" || inside.starts_with("more ") {
        html.push_str(&format!("<span {OWN}=\"more\"></span>"));
    } else {
        html.push_str(SEAM);
    }
}

/// A text without characters that nobody sees and that change how others are
/// read.
pub(super) fn without_hidden(text: &str, hidden: &mut usize) -> String {
    // In UTF-8 all of them begin with one of two bytes.
    if !text.bytes().any(|byte| matches!(byte, 0 | 0xe2 | 0xef)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        // Joiners are letters' business in many scripts, and in emoji.
        let joins = matches!(c, '\u{200c}' | '\u{200d}')
            && !before.is_ascii()
            && chars.peek().is_some_and(|next| !next.is_ascii());
        if is_hidden(c) && !joins {
            *hidden += 1;
        } else if c != '\0' {
            out.push(c);
            before = c;
        }
    }
    out
}

/// Whether a character is there only to hide something.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
