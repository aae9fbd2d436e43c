//! Makes a text of a generator one that pressmark reads: tags first, then
//! where links and pictures lead.
//!
//! The account counts the text as it stands in the file: what is taken out is
//! dropped and what stands in its place is added, each under the name of the
//! change, so that what is left over is the body to the character.

use std::ops::Range;

use super::links::{From, Lead, Links};
use super::rules::Dialect;
use super::shortcodes::{self, Context};
use crate::dom::{self, Node};
use crate::import::account::{Account, count};
use crate::import::piece::{About, Note};
use crate::markdown::{self, Mention};

/// A change of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// What goes.
    pub(super) range: Range<usize>,
    /// What comes.
    pub(super) with: String,
    /// What the change is called in the account.
    pub(super) reason: String,
}

/// A text that is done.
pub(super) struct Done<T> {
    /// The text.
    pub(super) body: T,
    /// Where its characters went.
    pub(super) account: Account,
    /// What an editor should know.
    pub(super) notes: Vec<Note>,
}

impl<T> Done<T> {
    /// The same with another form of the text.
    pub(super) fn map<U>(self, make: impl FnOnce(T) -> U) -> Done<U> {
        Done { body: make(self.body), account: self.account, notes: self.notes }
    }
}

/// Reads a text of Markdown.
pub(super) fn markdown(source: &str, context: &Context<'_>) -> Done<String> {
    let mut account = Account::default();
    account.read(source);
    let code = markdown::code_ranges(source);
    let (mut edits, mut notes) = shortcodes::edits(source, &code, context);
    if context.from.dialect == Dialect::Jekyll {
        kramdown(source, &code, &mut edits);
    }
    let text = apply(source, edits, &mut account);
    let (edits, links) = link_edits(&text, context);
    notes.extend(links);
    let text = apply(&text, edits, &mut account);
    let body = text.trim_matches(['\n', ' ', '\t']).to_owned();
    account.body = count(&body);
    if text.contains("$$") || text.contains("\\(") {
        let text = "has mathematics, which stays as text".to_owned();
        notes.push(Note { about: About::Block, text, line: context.line, rule: None });
    }
    Done { body, account, notes }
}

/// Reads a text of HTML.
pub(super) fn html(source: &str, context: &Context<'_>) -> Done<Vec<Node>> {
    let mut whole = Account::default();
    let (edits, mut notes) = shortcodes::edits(source, &[], context);
    let mut tags = Account::default();
    let text = apply(source, edits, &mut tags);
    let mut tree = dom::parse_fragment(&text);
    let (links, from) = (context.links, context.from);
    each_address(
        &mut tree,
        &mut |address, found| {
            let lead = links.lead(address, from);
            if let Lead::Unknown(to) = &lead {
                found.push(unknown(to));
            }
            match lead {
                Lead::AsIs => None,
                Lead::Known(to) | Lead::Unknown(to) => Some(to),
            }
        },
        &mut notes,
    );
    // What came in is what is there, less what tags became, and the tags.
    let sum = |side: &std::collections::BTreeMap<String, u64>| side.values().sum::<u64>();
    let there = count(&dom::text_of(&tree));
    tags.added.clear();
    whole.read = there + sum(&tags.dropped);
    whole.dropped = tags.dropped;
    Done { body: tree, account: whole, notes }
}

/// The note on a link that leads to nothing in the folder.
fn unknown(whole: &str) -> Note {
    let text = format!("the link {whole} leads to nothing in the folder");
    Note { about: About::Link, text, line: 0, rule: None }
}

/// Asks for each address of some nodes what it becomes.
fn each_address(
    tree: &mut [Node],
    ask: &mut dyn FnMut(&str, &mut Vec<Note>) -> Option<String>,
    notes: &mut Vec<Note>,
) {
    for node in tree {
        let Node::Element(element) = node else { continue };
        let names: &[&str] = match element.name.as_str() {
            "a" | "area" | "link" => &["href"],
            "img" | "audio" | "source" | "video" | "iframe" | "embed" | "track" => {
                &["src", "poster"]
            }
            _ => &[],
        };
        for name in names {
            let new = element.attribute(name).and_then(|address| ask(address, notes));
            if let Some(new) = new {
                element.set_attribute(name, new);
            }
        }
        each_address(&mut element.children, ask, notes);
    }
}

/// Makes changes, of which none may stand in another; those that do are left
/// out.
fn apply(text: &str, mut edits: Vec<Edit>, account: &mut Account) -> String {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let (Some(before), Some(old)) =
            (text.get(at..edit.range.start), text.get(edit.range.clone()))
        else {
            continue;
        };
        out.push_str(before);
        out.push_str(&edit.with);
        account.drop(&edit.reason, old);
        account.add(&edit.reason, &edit.with);
        at = edit.range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Takes the attributes and tables of contents of kramdown out.
fn kramdown(text: &str, code: &[Range<usize>], edits: &mut Vec<Edit>) {
    let taken: Vec<Range<usize>> = edits.iter().map(|edit| edit.range.clone()).collect();
    let mut at = 0;
    let mut list = None;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        let start = at + line.find("{:").unwrap_or(0);
        let is_whole = bare.starts_with("{:") && bare.ends_with('}');
        if bare.contains("{:toc}") || bare.contains("{: toc }") {
            let from = list.take().unwrap_or(at);
            let range = from..at + line.trim_end_matches('\n').len();
            push_free(range, "kramdown table of contents", (code, &taken), edits);
        } else if is_attributes(text.get(start..at + line.trim_end().len()), is_whole) {
            let range = start..at + line.trim_end().len();
            push_free(range, "kramdown attributes", (code, &taken), edits);
        }
        list =
            bare.starts_with(['*', '-', '1']).then_some(at).filter(|_| bare.len() < 40);
        at += line.len();
    }
}

/// Whether the end of a line is a list of attributes, alone or behind words.
fn is_attributes(tail: Option<&str>, is_whole: bool) -> bool {
    tail.is_some_and(|tail| {
        tail.starts_with("{:")
            && tail.ends_with('}')
            && !tail.contains("}}")
            && (is_whole || tail.matches('}').count() == 1)
    })
}

/// Takes a range out, unless code or another change stands there.
fn push_free(
    range: Range<usize>,
    reason: &str,
    (code, taken): (&[Range<usize>], &[Range<usize>]),
    edits: &mut Vec<Edit>,
) {
    let hits = |all: &[Range<usize>]| {
        let before = all.partition_point(|own| own.start < range.end);
        before
            .checked_sub(1)
            .and_then(|last| all.get(last))
            .is_some_and(|own| own.end > range.start)
    };
    if !hits(code) && !hits(taken) {
        edits.push(Edit { range, with: String::new(), reason: reason.to_owned() });
    }
}

/// The changes of a text's links and pictures.
fn link_edits(text: &str, context: &Context<'_>) -> (Vec<Edit>, Vec<Note>) {
    let (links, from) = (context.links, context.from);
    let (mut edits, mut notes) = (Vec::new(), Vec::new());
    for mention in markdown::mentions(text) {
        let Mention { range, destination, is_html, .. } = mention;
        let whole = match links.lead(&destination, from) {
            Lead::AsIs => continue,
            Lead::Known(whole) => whole,
            Lead::Unknown(whole) => {
                notes.push(unknown(&whole));
                whole
            }
        };
        let with = if is_html { escaped(&whole) } else { bracketed(&whole) };
        edits.push(Edit { range, with, reason: "address made whole".to_owned() });
    }
    (edits, notes)
}

/// A destination as Markdown can hold it without brackets.
fn bracketed(address: &str) -> String {
    address
        .replace(' ', "%20")
        .replace('(', "%28")
        .replace(')', "%29")
        .replace('<', "%3C")
        .replace('>', "%3E")
}

/// A text for an attribute or an element.
pub(super) fn escaped(text: &str) -> String {
    crate::xml::escaped(text).into_owned()
}

/// What a page's links are read with: for a caller that has only one address.
pub(super) fn address(address: &str, links: &Links, from: From<'_>) -> String {
    match links.lead(address, from) {
        Lead::AsIs => address.to_owned(),
        Lead::Known(whole) | Lead::Unknown(whole) => whole,
    }
}
