//! Writes HTML with those elements only that may stand in a tree of text.
//!
//! Elements of programs and machines become our own or are left out, so that
//! the parser that comes next loses no text: text in forms, frames, drawings
//! and other foreign parts stays text. What the elements mean is decided in
//! `cleanup`.

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

/// Writes HTML so that the parser loses nothing of it.
pub(super) fn canonical(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for part in Parts::new(html) {
        match part {
            Part::Text(text) => markup::push_text(text, &mut out),
            Part::Open(tag) => push_open(tag, &mut out),
            Part::Close(name) => push_close(&name.to_ascii_lowercase(), &mut out),
            Part::Comment(_) | Part::Raw(..) => out.push_str(SEAM),
        }
    }
    out
}

/// What an element is called from now on; nothing if it is left out.
fn name_of(name: &str) -> Option<&'static str> {
    let renamed = RENAMED.iter().find(|(own, _)| *own == name).map(|(_, new)| *new);
    let kept = || KEPT.iter().chain(&KEPT_TOO).find(|own| **own == name).copied();
    renamed.or_else(kept)
}

/// Writes the beginning of an element.
fn push_open(mut tag: Tag, out: &mut String) {
    if let Some(name) = name_of(&tag.name) {
        name.clone_into(&mut tag.spelled);
        tag.write(out);
        return;
    }
    let sources: &[&str] = match tag.name.as_str() {
        "iframe" | "frame" => &["src", "data-src", "data-lazy-src", "data-litespeed-src"],
        "embed" => &["src"],
        "object" => &["data"],
        "param" => &["value"],
        "script" => &["src"],
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
    if let Some(address) = address {
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
fn push_close(name: &str, out: &mut String) {
    match name_of(name) {
        Some(name) => out.push_str(&format!("</{name}>")),
        None => out.push_str(SEAM),
    }
}
