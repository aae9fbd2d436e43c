//! Reads the comments that begin and end blocks, and joins the blocks of a
//! post to one HTML text.
//!
//! The HTML that a block holds is what it shows, so it passes through. Decided
//! here is what becomes of blocks that hold none: those that pages make anew,
//! blocks that several posts share, footnotes, and blocks of plugins that keep
//! their text in attributes. What the HTML means is for those who read it.

use std::collections::BTreeMap;

use crate::import::piece::About;
use crate::import::wordpress::content::autop::autop;
use crate::import::wordpress::content::markup;
use crate::import::wordpress::content::prepare::{OWN, Piece, SEAM};
use crate::import::wordpress::content::work::Work;
use crate::json::{self, Map, Value};

/// The beginning or end of a block.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    /// Its name with its namespace: `core/paragraph`.
    pub(super) name: String,
    /// Its attributes; empty if there are none, or if they cannot be read.
    pub(super) attributes: Map<String, Value>,
    /// What it does.
    pub(super) way: Way,
}

/// What a mark of a block does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It begins a block.
    Opens,
    /// It ends one.
    Closes,
    /// It is a block that holds nothing.
    Whole,
}

/// How many shared blocks are put into one post at most.
const MOST_SHARED: usize = 100;

/// Blocks of WordPress whose content each page makes anew, also where they
/// hold something.
const MADE_ANEW: [&str; 11] = [
    "archives",
    "calendar",
    "categories",
    "latest-comments",
    "latest-posts",
    "navigation",
    "post-comments",
    "query-no-results",
    "rss",
    "search",
    "social-links",
];

/// Reads the mark that a text begins with, and says how long it is.
/// `no_more_json` keeps that no attributes end any more.
pub(super) fn mark_at(text: &str, no_more_json: &mut bool) -> Option<(Mark, usize)> {
    let rest = after_space(text.strip_prefix("<!--")?)?;
    let (closes, rest) = match rest.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let (name, rest) = read_name(rest.strip_prefix("wp:")?)?;
    let mut rest = after_space(rest)?;
    let mut attributes = Map::new();
    if rest.starts_with('{') {
        if *no_more_json {
            return None;
        }
        let Some(length) = json_length(rest) else {
            *no_more_json = true;
            return None;
        };
        if let Some(Ok(Value::Object(read))) = rest.get(..length).map(json::parse) {
            attributes = read;
        }
        rest = after_space(rest.get(length..)?)?;
    }
    let (whole, rest) = match rest.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let rest = rest.strip_prefix("-->")?;
    let way = match (whole, closes) {
        (true, _) => Way::Whole,
        (false, true) => Way::Closes,
        (false, false) => Way::Opens,
    };
    Some((Mark { name, attributes, way }, text.len() - rest.len()))
}

/// What follows white space, if there is some.
fn after_space(text: &str) -> Option<&str> {
    let rest = text.trim_start();
    (rest.len() < text.len()).then_some(rest)
}

/// Reads the name of a block; without a namespace it is one of WordPress.
fn read_name(text: &str) -> Option<(String, &str)> {
    let word = |text: &str| {
        let ends =
            |c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c));
        let length = text.find(ends).unwrap_or(text.len());
        text.starts_with(|c: char| c.is_ascii_lowercase()).then_some(length)
    };
    let first = word(text)?;
    let (name, rest) = (text.get(..first)?, text.get(first..)?);
    let Some(second) = rest.strip_prefix('/') else {
        return Some((format!("core/{name}"), rest));
    };
    let length = word(second)?;
    Some((format!("{name}/{}", second.get(..length)?), second.get(length..)?))
}

/// How long the attributes are that a text begins with: they end where a brace
/// stands before the end of the comment.
fn json_length(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        // The end of a comment is rarer than a brace.
        let close = at + text.get(at..)?.find("-->")?;
        let before = text.get(..close)?;
        let before = before.strip_suffix('/').unwrap_or(before);
        let inside = before.trim_end();
        if inside.len() < before.len() && inside.ends_with('}') {
            return Some(inside.len());
        }
        at = close + 3;
    }
}

/// Whether a text has blocks.
pub(super) fn has_blocks(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| matches!(piece, Piece::Block(_)))
}

/// Joins the pieces of a post to one HTML text.
pub(super) fn join(pieces: Vec<Piece>, work: &mut Work<'_>) -> String {
    if !has_blocks(&pieces) {
        let html: Vec<String> = pieces.into_iter().filter_map(html_of).collect();
        return autop(&html.concat());
    }
    let mut blocks = Blocks::default();
    for piece in &pieces {
        if let Piece::Block(Mark { name, way: Way::Closes, .. }) = piece {
            *blocks.to_close.entry(name.clone()).or_default() += 1;
        }
    }
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Html(html) => push_html(&html, blocks.open.last(), work, &mut out),
            Piece::Block(mark) => blocks.push_mark(&mark, work, &mut out),
        }
    }
    out
}

/// The HTML of a piece.
fn html_of(piece: Piece) -> Option<String> {
    match piece {
        Piece::Html(html) => Some(html),
        Piece::Block(_) => None,
    }
}

/// A block that has begun.
struct Open {
    /// Its name.
    name: String,
    /// The block with which what it holds is left out, if it is.
    left_out: Option<String>,
}

/// The blocks around a place.
#[derive(Default)]
struct Blocks {
    /// Those that have begun and not ended, the outermost first.
    open: Vec<Open>,
    /// How many of each name are in `open`.
    begun: BTreeMap<String, usize>,
    /// How many ends of each name are still to come.
    to_close: BTreeMap<String, usize>,
}

impl Blocks {
    /// Does what the mark of a block asks for.
    fn push_mark(&mut self, mark: &Mark, work: &mut Work<'_>, out: &mut String) {
        let left_out = self.open.last().and_then(|block| block.left_out.clone());
        match mark.way {
            Way::Closes => self.close(&mark.name, out),
            Way::Whole if left_out.is_some() => {}
            Way::Whole => push_whole(mark, work, out),
            Way::Opens => {
                // What never ends is not left out: it would take all with it.
                let ends = self.to_close.get(&mark.name).is_some_and(|n| *n > 0);
                let made_anew = ends && (is_made_anew(&mark.name) || is_form(&mark.name));
                if left_out.is_none() && made_anew {
                    note_left_out(&mark.name, work);
                } else if left_out.is_none() && !mark.name.starts_with("core") {
                    push_foreign(mark, work, out);
                }
                let own = made_anew.then(|| short(&mark.name).to_owned());
                *self.begun.entry(mark.name.clone()).or_default() += 1;
                self.open
                    .push(Open { name: mark.name.clone(), left_out: left_out.or(own) });
            }
        }
    }

    /// Ends the innermost block of a name, and those in it that did not end.
    fn close(&mut self, name: &str, out: &mut String) {
        out.push_str(SEAM);
        if let Some(n) = self.to_close.get_mut(name) {
            *n = n.saturating_sub(1);
        }
        if self.begun.get(name).is_none_or(|n| *n == 0) {
            return;
        }
        while let Some(block) = self.open.pop() {
            if let Some(n) = self.begun.get_mut(&block.name) {
                *n = n.saturating_sub(1);
            }
            if block.name == name {
                return;
            }
        }
    }
}

/// Puts HTML that stands in a block, or between blocks, behind the rest.
fn push_html(html: &str, block: Option<&Open>, work: &mut Work<'_>, out: &mut String) {
    match block {
        Some(Open { left_out: Some(name), .. }) => {
            work.drop_html(&format!("block {name}"), html);
        }
        None => out.push_str(&autop(html)),
        Some(block) => match block.name.as_str() {
            "core/freeform" | "core/classic" | "core/shortcode" => {
                out.push_str(&autop(html));
            }
            _ => out.push_str(html),
        },
    }
}

/// The name of a block without the namespace of WordPress itself.
fn short(name: &str) -> &str {
    name.strip_prefix("core/").unwrap_or(name)
}

/// Whether a block of WordPress is made anew by each page.
fn is_made_anew(name: &str) -> bool {
    name.strip_prefix("core/").is_some_and(|name| MADE_ANEW.contains(&name))
}

/// Whether a block is a form for readers.
fn is_form(name: &str) -> bool {
    ["contact-form", "/forms", "gravityforms/", "wpforms/", "ninja-forms/", "mailpoet/"]
        .iter()
        .any(|part| name.contains(part))
        || name.starts_with("jetpack/field-")
        || name == "jetpack/subscriptions"
}

/// Notes that a block is left out.
fn note_left_out(name: &str, work: &mut Work<'_>) {
    let text =
        format!("the block {} is made anew by each page and is left out", short(name));
    work.note(About::Block, text);
}

/// Notes a block of a plugin that begins; its HTML is kept.
fn push_foreign(mark: &Mark, work: &mut Work<'_>, out: &mut String) {
    if mark.name == "syntaxhighlighter/code" {
        let language = text_attribute(mark, "language").unwrap_or_default();
        if !language.is_empty() && markup::is_name(language) {
            // The language belongs to the text that comes next.
            out.push_str(&format!(
                "<span {OWN}=\"language\" title=\"{language}\"></span>"
            ));
        }
        return;
    }
    let text = format!("the block {} is not known; the text in it is kept", mark.name);
    work.note(About::Block, text);
}

/// An attribute that is a text.
fn text_attribute<'a>(mark: &'a Mark, name: &str) -> Option<&'a str> {
    mark.attributes.get(name).and_then(Value::as_str)
}

/// Puts a block that holds nothing behind the rest.
fn push_whole(mark: &Mark, work: &mut Work<'_>, out: &mut String) {
    match mark.name.as_str() {
        "core/block" => push_shared(mark, work, out),
        "core/footnotes" => push_footnotes(work, out),
        "core/separator" => out.push_str("<hr>"),
        "core/more" => out.push_str(&format!("<span {OWN}=\"more\"></span>")),
        "core/nextpage" => out.push_str(&format!("<div {OWN}=\"page\"></div>")),
        "core/spacer" | "core/paragraph" | "core/freeform" | "core/group"
        | "core/column" | "core/shortcode" | "core/html" | "core/missing" => {}
        name if name == "core/embed" || name.starts_with("core-embed/") => {
            match text_attribute(mark, "url") {
                Some(url) => out.push_str(&work.link_paragraph(url)),
                None => note_left_out(name, work),
            }
        }
        name if name.starts_with("core/") || is_form(name) => note_left_out(name, work),
        name => {
            let mut kept = String::new();
            for (key, value) in &mark.attributes {
                push_prose(key, value, work, &mut kept);
            }
            let what = if kept.is_empty() {
                "holds no text and is left out"
            } else {
                "is not known; the text in it is kept"
            };
            work.note(About::Block, format!("the block {name} {what}"));
            out.push_str(&kept);
        }
    }
}

/// Puts in the content of a block that several posts share.
fn push_shared(mark: &Mark, work: &mut Work<'_>, out: &mut String) {
    let number = mark.attributes.get("ref").and_then(Value::as_u64).unwrap_or_default();
    let shared = work.context.library.shared_block(number);
    let is_inside_itself = work.shared.contains(&number);
    let Some(raw) =
        shared.filter(|_| !is_inside_itself && work.shared_so_far < MOST_SHARED)
    else {
        let text = if is_inside_itself {
            format!("the shared block {number} holds itself and is left out there")
        } else {
            format!("the shared block {number} is not in the export")
        };
        work.note(About::Loss, text);
        return;
    };
    work.shared_so_far += 1;
    work.shared.push(number);
    let pieces = work.prepare_added("shared block", &raw);
    let html = join(pieces, work);
    work.shared.pop();
    out.push_str(&html);
}

/// Puts in the footnotes, each with the anchor that its mark leads to.
pub(super) fn push_footnotes(work: &mut Work<'_>, out: &mut String) {
    let Some(Value::Array(notes)) = json::parse(work.context.footnotes).ok() else {
        return;
    };
    work.has_footnotes = true;
    out.push_str("<ol>");
    for note in &notes {
        let text =
            |name: &str| note.get(name).and_then(Value::as_str).unwrap_or_default();
        out.push_str(&format!("<li id=\"{}\">", markup::escape(text("id"))));
        let content = text("content").to_owned();
        out.push_str(&work.added_html("footnotes", &content));
        out.push_str("</li>");
    }
    out.push_str("</ol>");
}

/// Names of attributes that hold text for readers.
const TEXTS: [&str; 18] = [
    "answer",
    "body",
    "caption",
    "citation",
    "content",
    "description",
    "excerpt",
    "heading",
    "html",
    "label",
    "message",
    "paragraph",
    "question",
    "quote",
    "subheading",
    "subtitle",
    "text",
    "title",
];

/// Puts in the texts for readers that stand in an attribute.
fn push_prose(key: &str, value: &Value, work: &mut Work<'_>, out: &mut String) {
    match value {
        Value::String(text) if is_prose(key, text) => {
            let heading = ["title", "heading", "question"].contains(&key);
            let element = if heading { "h3" } else { "p" };
            let html = work.added_html("text of a block's attributes", text);
            // What has paragraphs of its own needs none.
            if html.contains("<p") {
                out.push_str(&html);
            } else {
                out.push_str(&format!("<{element}>{html}</{element}>\n"));
            }
        }
        Value::Array(values) => {
            for value in values {
                push_prose(key, value, work, out);
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                push_prose(key, value, work, out);
            }
        }
        _ => {}
    }
}

/// Whether an attribute holds text for readers, not a setting.
fn is_prose(key: &str, text: &str) -> bool {
    let plain = markup::plain(text);
    let words = plain.split_whitespace().count();
    let letters = plain.chars().filter(|c| c.is_alphabetic()).count();
    let is_address =
        words == 1 && (plain.contains("://") || plain.starts_with(['/', '#']));
    let is_setting = plain.contains(['{', '}', '=']) || plain.contains("px");
    let known = TEXTS.contains(&key);
    letters > 1
        && !is_address
        && ((known && (words > 1 || !is_setting)) || (words >= 6 && !is_setting))
}
