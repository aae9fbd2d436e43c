//! Makes a text of a generator one that pressmark reads: tags first, then
//! where links and pictures lead.
//!
//! The account counts the text as it stands in the file: what is taken out is
//! dropped and what stands in its place is added, each under the name of the
//! change, so that what is left over is the body to the character. Of HTML only
//! the text counts: what came in is counted in the file as it was parsed, with
//! a mark in the place of each tag, and never by what became of it.

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
    let (edits, mut notes) = shortcodes::edits(source, &[], context);
    let edits = apart(source, edits);
    let mut account = read_html(source, &edits);
    let text = apply(source, edits, &mut Account::default());
    let mut tree = dom::parse_fragment(&text);
    account.body = count(&dom::text_of(&tree));
    notes.extend(strays(&mut account, context.line));
    // What stands in the body is counted by who writes it.
    account.body = 0;
    mute(&mut tree, &mut account);
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
    Done { body: tree, account, notes }
}

/// Elements whose text is none for readers, or stands in for what a browser
/// could not show.
const MUTE: &[&str] = &[
    "script", "style", "template", "title", "head", "svg", "iframe", "noscript",
    "noembed", "noframes", "frameset", "datalist", "map",
];

/// How many characters there are at least in a `noscript` that is text.
const KEPT_TEXT: u64 = 200;

/// Takes the text out that is none for readers, and counts it by the names of
/// its elements.
fn mute(tree: &mut [Node], account: &mut Account) {
    for node in tree {
        let Node::Element(element) = node else { continue };
        let is_text = || count(&dom::text_of(&element.children)) >= KEPT_TEXT;
        if element.name == "noscript" && is_text() {
            "div".clone_into(&mut element.name);
        }
        if MUTE.contains(&element.name.as_str()) {
            account.drop(&element.name, &dom::text_of(&element.children));
            element.children.clear();
        } else {
            mute(&mut element.children, account);
        }
    }
}

/// The marks around the number of a change. No text has them: they are no
/// characters.
const MARKS: [char; 2] = ['\u{fdd0}', '\u{fdd1}'];

/// Counts the text of HTML in which some changes are to be made: what came in,
/// and what the changes drop and add. A change in an attribute is none of text.
fn read_html(source: &str, edits: &[Edit]) -> Account {
    let mut marked = String::with_capacity(source.len());
    let mut at = 0;
    for (n, edit) in edits.iter().enumerate() {
        let before = source.get(at..edit.range.start).unwrap_or_default();
        marked.push_str(&before.replace(MARKS, "?"));
        marked.push_str(&format!("{}{n}{}", MARKS[0], MARKS[1]));
        at = edit.range.end;
    }
    marked.push_str(&source.get(at..).unwrap_or_default().replace(MARKS, "?"));
    let mut account = Account::default();
    count_marked(&dom::parse_fragment(&marked), false, &mut |part, is_raw| match part {
        Part::Text(text) => account.read(text),
        Part::Change(n) => {
            let Some(edit) = edits.get(n) else { return };
            let old = source.get(edit.range.clone()).unwrap_or_default();
            account.read(old);
            account.drop(&edit.reason, old);
            let new = if is_raw {
                edit.with.clone()
            } else {
                dom::text_of(&dom::parse_fragment(&edit.with))
            };
            account.add(&edit.reason, &new);
        }
    });
    account
}

/// A part of a text with marks.
enum Part<'a> {
    /// Text.
    Text(&'a str),
    /// The number of a change.
    Change(usize),
}

/// Tells the parts of the text of some nodes, and whether each stands where
/// markup is text.
fn count_marked(nodes: &[Node], is_raw: bool, tell: &mut dyn FnMut(Part<'_>, bool)) {
    for node in nodes {
        match node {
            Node::Comment(_) => {}
            Node::Element(element) => {
                let is_raw = is_raw || RAW.contains(&element.name.as_str());
                count_marked(&element.children, is_raw, tell);
            }
            Node::Text(text) => {
                for part in text.split_inclusive(MARKS[1]) {
                    let (text, mark) = part.split_once(MARKS[0]).unwrap_or((part, ""));
                    tell(Part::Text(text), is_raw);
                    if let Ok(n) = mark.trim_end_matches(MARKS[1]).parse() {
                        tell(Part::Change(n), is_raw);
                    }
                }
            }
        }
    }
}

/// Elements in which markup is text.
const RAW: &[&str] = &[
    "script",
    "style",
    "textarea",
    "title",
    "iframe",
    "noframes",
    "noembed",
    "xmp",
    "plaintext",
];

/// Enters text that is seen or hidden because a tag became markup, as when it
/// ends an attribute too early, and tells of it.
fn strays(account: &mut Account, line: u64) -> Option<Note> {
    let missing = account.missing();
    let (side, place, about) = match missing {
        0 => return None,
        1.. => (&mut account.dropped, "hidden", About::Loss),
        _ => (&mut account.added, "shown", About::Question),
    };
    let reason = format!("{place} by the markup of a tag");
    *side.entry(reason).or_default() += missing.unsigned_abs();
    let n = missing.unsigned_abs();
    let text = format!("the markup that tags became has {place} {n} characters of text");
    Some(Note { about, text, line, rule: None })
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

/// Changes in their order, without those that stand in another.
fn apart(text: &str, mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut at = 0;
    edits.retain(|edit| {
        let is_apart = edit.range.start >= at && text.get(edit.range.clone()).is_some();
        if is_apart {
            at = edit.range.end;
        }
        is_apart
    });
    edits
}

/// Makes changes, of which none may stand in another; those that do are left
/// out.
fn apply(text: &str, edits: Vec<Edit>, account: &mut Account) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in apart(text, edits) {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Changes of some HTML: words that stand in it once, and what they become.
    fn changes(source: &str, words: &[(&str, &str)]) -> Vec<Edit> {
        let edit = |(old, new): &(&str, &str)| {
            let start = source.find(old).unwrap();
            let (range, with) = (start..start + old.len(), (*new).to_owned());
            Edit { range, with, reason: "tag".to_owned() }
        };
        apart(source, words.iter().map(edit).collect())
    }

    #[test]
    fn html_is_counted_as_it_came_in() {
        for (source, words, [read, dropped, added]) in [
            ("<p>a b</p>", &[][..], [2, 0, 0]),
            ("<p>a [x] b</p>", &[("[x]", "")], [5, 3, 0]),
            ("<p>a [x] b</p>", &[("[x]", "<b>yes</b>")], [5, 3, 3]),
            ("<a href='[x]'>a</a>", &[("[x]", "/long/path")], [1, 0, 0]),
            ("<p [x]>a</p><!-- [y] -->", &[("[x]", "id=b"), ("[y]", "c")], [1, 0, 0]),
            ("[x]a[y]", &[("[x]", "<pre><code>"), ("[y]", "</code></pre>")], [7, 6, 0]),
            ("<textarea>[x]</textarea>", &[("[x]", "<b>")], [3, 3, 3]),
            ("<table>[x]<tr><td>a</table>", &[("[x]", "<i>b</i>")], [4, 3, 1]),
            ("[x [y]] a", &[("[x [y]]", "b"), ("[y]", "c")], [7, 6, 1]),
            ("\u{fdd0}0\u{fdd1} [x]", &[("[x]", "")], [6, 3, 0]),
        ] {
            let edits = changes(source, words);
            let mut account = read_html(source, &edits);
            let of = |side: &std::collections::BTreeMap<String, u64>| {
                side.get("tag").copied().unwrap_or_default()
            };
            let found = [account.read, of(&account.dropped), of(&account.added)];
            assert_eq!(found, [read, dropped, added], "{source}");
            let done = apply(source, edits, &mut Account::default());
            account.body = count(&dom::text_of(&dom::parse_fragment(&done)));
            assert_eq!(account.missing(), 0, "{source} {done}");
        }
    }

    #[test]
    fn text_that_the_markup_of_a_tag_hides_or_shows_is_told() {
        for (source, words, expected) in [
            ("a [x] bcd", ("[x]", "<!--"), Some((About::Loss, "hidden 3 characters"))),
            (
                "<a href=\"[x]\">a</a>",
                ("[x]", "\">bc"),
                Some((About::Question, "shown 4")),
            ),
            ("a [x] bcd", ("[x]", "<b>"), None),
        ] {
            let edits = changes(source, &[words]);
            let mut account = read_html(source, &edits);
            let done = apply(source, edits, &mut Account::default());
            account.body = count(&dom::text_of(&dom::parse_fragment(&done)));
            let note = strays(&mut account, 1);
            let found = note.as_ref().map(|note| (note.about, note.text.as_str()));
            assert_eq!(found.map(|own| own.0), expected.map(|own| own.0), "{source}");
            let (_, words) = expected.unwrap_or((About::Loss, ""));
            assert!(found.is_none_or(|own| own.1.contains(words)), "{source}: {found:?}");
            assert_eq!(account.missing(), 0, "{source}");
        }
    }
}
