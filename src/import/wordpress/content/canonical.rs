//! Writes HTML with those elements only that may stand in a tree of text.
//!
//! Elements of programs and machines become our own or are left out, so that
//! the parser that comes next loses no text: text in forms, frames, drawings
//! and other foreign parts stays text. What the elements mean is decided in
//! `cleanup`.

use std::collections::BTreeMap;

use crate::import::wordpress::content::markup::{self, Part, Parts, Tag};
use crate::import::wordpress::content::prepare::SEAM;

/// The element that stands for something of another site.
pub(super) const FRAME: &str = "x-pm-frame";

/// The element that stands for what is shown where no scripts run.
pub(super) const NO_SCRIPT: &str = "x-pm-noscript";

/// Elements that stay what they are.
const KEPT: [&str; 66] = [
    "a",
    "abbr",
    "address",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "u",
    "ul",
];

/// Others that stay.
const KEPT_TOO: [&str; 4] = ["var", "video", "wbr", "data"];

/// Elements that have a name of today.
const RENAMED: [(&str, &str); 22] = [
    ("acronym", "abbr"),
    ("article", "div"),
    ("aside", "div"),
    ("center", "div"),
    ("dialog", "div"),
    ("dir", "ul"),
    ("fieldset", "div"),
    ("footer", "div"),
    ("form", "div"),
    ("header", "div"),
    ("hgroup", "div"),
    ("legend", "p"),
    ("listing", "pre"),
    ("main", "div"),
    ("menu", "ul"),
    ("nav", "div"),
    ("noscript", NO_SCRIPT),
    ("section", "div"),
    ("strike", "s"),
    ("tt", "code"),
    ("xmp", "pre"),
    ("optgroup", "div"),
];

/// Elements that end by themselves where the next one begins, and those that
/// hold nothing: of these the parser never has many open.
const SHORT: [&str; 31] = [
    "a", "br", "caption", "col", "colgroup", "dd", "dt", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "img", "li", "p", "rp", "rt", "source", "tbody", "td", "tfoot", "th",
    "thead", "tr", "track", "wbr", FRAME, "html", "body",
];

/// Elements that the parser begins anew in each paragraph until they end.
const FORMATS: [&str; 8] = ["b", "code", "em", "font", "i", "s", "small", "strong"];

/// How many elements are open at once at most.
const MOST_OPEN: usize = 200;

/// How many of [`FORMATS`] are open at once at most, because the parser
/// repeats them.
const MOST_FORMATS: usize = 25;

/// Writes HTML so that the parser loses nothing of it.
pub(super) fn canonical(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut open = Open::default();
    for part in Parts::new(html) {
        match part {
            Part::Text(text) => markup::push_text(text, &mut out),
            Part::Open(tag) => push_open(tag, &mut open, &mut out),
            Part::Close(name) => {
                push_close(&name.to_ascii_lowercase(), &mut open, &mut out);
            }
            Part::Comment(_) | Part::Raw(..) => out.push_str(SEAM),
        }
    }
    out
}

/// The elements that are open. What would be too deep is left out, so that a
/// hostile text costs no more than another.
#[derive(Default)]
struct Open {
    /// Their names, the outermost first.
    names: Vec<&'static str>,
    /// How many of them are [`FORMATS`].
    formats: usize,
    /// How many of each name were left out and have not ended.
    left_out: BTreeMap<&'static str, usize>,
    /// The address of the frame that came last, until its element ends.
    frame: String,
}

impl Open {
    /// Whether an element may begin.
    fn begin(&mut self, name: &'static str) -> bool {
        if SHORT.contains(&name) {
            return true;
        }
        let is_format = FORMATS.contains(&name);
        if self.names.len() >= MOST_OPEN || (is_format && self.formats >= MOST_FORMATS) {
            *self.left_out.entry(name).or_default() += 1;
            return false;
        }
        self.formats += usize::from(is_format);
        self.names.push(name);
        true
    }

    /// Whether the end of an element is to be written.
    fn end(&mut self, name: &'static str) -> bool {
        if let Some(n) = self.left_out.get_mut(name).filter(|n| **n > 0) {
            *n -= 1;
            return false;
        }
        if let Some(place) = self.names.iter().rposition(|own| *own == name) {
            // What formats stays open when what stands around it ends.
            self.formats -= usize::from(FORMATS.contains(&name));
            self.names.remove(place);
        }
        true
    }
}

/// What an element is called from now on; nothing if it is left out.
fn name_of(name: &str) -> Option<&'static str> {
    let renamed = RENAMED.iter().find(|(own, _)| *own == name).map(|(_, new)| *new);
    let kept = || KEPT.iter().chain(&KEPT_TOO).find(|own| **own == name).copied();
    renamed.or_else(kept)
}

/// Writes the beginning of an element.
fn push_open(mut tag: Tag, open: &mut Open, out: &mut String) {
    if let Some(name) = name_of(&tag.name) {
        if !open.begin(name) {
            out.push_str(SEAM);
            return;
        }
        name.clone_into(&mut tag.spelled);
        tag.write(out);
        return;
    }
    let sources: &[&str] = match tag.name.as_str() {
        "iframe" | "frame" => &["src", "data-src", "data-lazy-src", "data-litespeed-src"],
        "object" => &["data"],
        "param" => &["value"],
        "embed" | "script" => &["src"],
        _ => &[],
    };
    let is_movie = tag.name != "param"
        || tag.attribute("name").is_some_and(|name| {
            ["movie", "src", "url", "filename"]
                .contains(&name.to_ascii_lowercase().as_str())
        });
    let mut addresses = sources.iter().filter_map(|name| tag.attribute(name));
    let address =
        addresses.find(|address| !address.is_empty() && *address != "about:blank");
    let address = address.filter(|_| is_movie).map(str::trim);
    let address = match tag.name.as_str() {
        "script" => address.and_then(gist),
        _ => address.map(str::to_owned),
    };
    if let Some(address) = address.filter(|address| *address != open.frame) {
        open.frame.clone_from(&address);
        let mut own =
            Tag { name: FRAME.into(), spelled: FRAME.into(), attributes: Vec::new() };
        own.attributes.push(("src".into(), address));
        own.write(out);
        out.push_str(&format!("</{FRAME}>"));
    }
    out.push_str(SEAM);
}

/// The page of the texts that a script of GitHub shows.
fn gist(address: &str) -> Option<String> {
    let rest = address.split_once("//gist.github.com/")?.1;
    let path = rest.split(['?', '#']).next()?;
    Some(format!("https://gist.github.com/{}", path.strip_suffix(".js").unwrap_or(path)))
}

/// Writes the end of an element.
fn push_close(name: &str, open: &mut Open, out: &mut String) {
    if name == "object" || name == "iframe" {
        open.frame.clear();
    }
    match name_of(name).filter(|name| open.end(name)) {
        Some(name) => out.push_str(&format!("</{name}>")),
        None => out.push_str(SEAM),
    }
}
