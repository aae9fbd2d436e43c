//! Links and pictures of imported pieces: each leads to a piece of the archive,
//! to a file of the archive, or where it led before.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use crate::dom::{Element, Node};
use crate::hash::{FixedMap, of};
use crate::import::cut::Cut;
use crate::import::media::{Found, Media};
use crate::import::piece::{About, Body, Image, Note};
use crate::import::places::{Place, Places};
use crate::markdown::{self, Mention};

/// Attributes that lead somewhere: the element, the attribute, and whether it
/// is a picture or recording.
const LEADING: &[(&str, &str, bool)] = &[
    ("a", "href", false),
    ("img", "src", true),
    ("audio", "src", true),
    ("video", "src", true),
    ("video", "poster", true),
    ("source", "src", true),
    ("track", "src", true),
    ("iframe", "src", false),
    ("embed", "src", false),
    ("object", "data", false),
];

/// The schemes that an address may have beside those of the web.
const SCHEMES: &[&str] = &["mailto", "tel", "sms", "geo", "ftp", "data"];

/// What became of a link or picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It leads to the piece in the archive.
    Rewritten,
    /// It leads to a piece that is held back, and stays as it was.
    Held,
    /// It leads to the source's own site, where nothing was imported from.
    Missing,
    /// It is a file that is at hand, and is copied into the archive if a public
    /// piece shows it.
    Copied,
    /// It is a file of the source's library that is at hand.
    AtHand,
    /// It is a file that is not at hand, and stays where it was.
    Remote,
    /// It led nowhere and was taken off its words.
    Dropped,
}

impl State {
    /// The word for it in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rewritten => "rewritten",
            Self::Held => "held",
            Self::Missing => "missing",
            Self::Copied => "copied",
            Self::AtHand => "at hand",
            Self::Remote => "not at hand",
            Self::Dropped => "dropped",
        }
    }
}

/// A link or picture of a piece and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Followed {
    /// Where it led.
    pub(super) old: String,
    /// Where it leads now; empty if it is as it was.
    pub(super) new: String,
    /// What became of it.
    pub(super) state: State,
    /// Whether it is a file of the media library, a picture or a recording.
    pub(super) is_media: bool,
}

/// What links of any piece are resolved with.
pub(super) struct World<'a> {
    /// The places of all pieces.
    pub(super) places: &'a Places,
    /// The files that are at hand.
    pub(super) media: &'a Media,
    /// What an earlier run had to cut.
    pub(super) cut: &'a Cut,
    /// The hosts of the source's own site, folded.
    pub(super) hosts: &'a [String],
}

/// Resolves the links of one piece.
pub(super) struct Guide<'a> {
    /// What links are resolved with.
    world: &'a World<'a>,
    /// The file of the piece, as it stands when the piece is public.
    file: &'a str,
    /// The address against which relative links are read.
    base: Option<Url>,
    /// What was decided of each link, by its old address.
    known: FixedMap<u64, Step>,
    /// What became of each link, in order.
    pub(super) followed: Vec<Followed>,
    /// The files that it shows or offers.
    pub(super) wanted: BTreeSet<Found>,
}

/// What to write for a link.
#[derive(Clone)]
enum Step {
    /// This address.
    To(String),
    /// It stays as it is.
    Stays,
    /// Nothing: only its words.
    Nothing,
}

impl<'a> Guide<'a> {
    /// A guide for the piece of a file.
    pub(super) fn new(
        world: &'a World<'a>,
        file: &'a str,
        address: Option<&str>,
    ) -> Self {
        let base = address.and_then(|address| Url::parse(address).ok());
        Self {
            world,
            file,
            base,
            known: FixedMap::default(),
            followed: Vec::new(),
            wanted: BTreeSet::new(),
        }
    }

    /// Rewrites the links of a body.
    pub(super) fn rewrite(&mut self, body: &mut Body) {
        match body {
            Body::Html(nodes) => self.rewrite_nodes(nodes),
            Body::Markdown(text) => *text = self.rewrite_markdown(text),
        }
    }

    /// Rewrites the address of a lead image; it is taken away if it leads nowhere.
    pub(super) fn rewrite_image(&mut self, image: &mut Option<Image>) {
        if let Some(own) = image {
            match self.step(&own.src, true) {
                Step::To(address) => own.src = address,
                Step::Stays => {}
                Step::Nothing => *image = None,
            }
        }
    }

    /// Rewrites the links of a tree.
    fn rewrite_nodes(&mut self, nodes: &mut Vec<Node>) {
        let mut at = 0;
        while let Some(node) = nodes.get_mut(at) {
            at += 1;
            let Node::Element(element) = node else { continue };
            self.rewrite_nodes(&mut element.children);
            if self.rewrite_element(element) {
                continue;
            }
            // The words stay where a link cannot.
            let children = std::mem::take(&mut element.children);
            let n_children = children.len();
            nodes.splice(at - 1..at, children);
            at = at - 1 + n_children;
        }
    }

    /// Rewrites the addresses of an element; whether it may stay.
    fn rewrite_element(&mut self, element: &mut Element) -> bool {
        element.attributes.retain(|(name, _)| name != "srcset" && name != "sizes");
        for &(name, attribute, is_media) in LEADING {
            if element.name != name {
                continue;
            }
            let Some(written) = element.attribute(attribute) else { continue };
            match self.step(written, is_media) {
                Step::To(address) => element.set_attribute(attribute, address),
                Step::Stays => {}
                // Only the address that an element is made for costs it.
                Step::Nothing if attribute == "poster" => {
                    element.attributes.retain(|(name, _)| name != attribute);
                }
                Step::Nothing => return false,
            }
        }
        true
    }

    /// Rewrites the links of Markdown.
    fn rewrite_markdown(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for Mention { range, destination, is_media, is_html } in markdown::mentions(text)
        {
            let new = match self.step(&destination, is_media) {
                Step::To(new) if is_html => markdown::escape(&new),
                Step::To(new) => in_brackets(&new),
                // The source's own addresses mean nothing here.
                Step::Nothing => "#".to_owned(),
                Step::Stays => continue,
            };
            out.push_str(text.get(at..range.start).unwrap_or_default());
            out.push_str(&new);
            at = range.end;
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out
    }

    /// Where a link leads now.
    fn step(&mut self, written: &str, is_media: bool) -> Step {
        let written = written.trim();
        if written.starts_with('#') {
            return Step::Stays;
        }
        let key = of(&(written, is_media));
        if let Some(step) = self.known.get(&key) {
            return step.clone();
        }
        let (step, state) = self.resolve(written, is_media);
        if let Some(state) = state {
            let new = match &step {
                Step::To(new) => new.clone(),
                Step::Stays | Step::Nothing => String::new(),
            };
            let old = written.to_owned();
            self.followed.push(Followed { old, new, state, is_media });
        }
        self.known.insert(key, step.clone());
        step
    }

    /// Decides where a link leads.
    fn resolve(&mut self, written: &str, is_media: bool) -> (Step, Option<State>) {
        let parsed = match (&self.base, Url::parse(written)) {
            (_, Ok(url)) => Some(url),
            (Some(base), Err(_)) => base.join(written).ok(),
            (None, Err(_)) => None,
        };
        let Some(url) = parsed else { return (Step::Nothing, Some(State::Dropped)) };
        let is_web = matches!(url.scheme(), "http" | "https" | "source" | "file");
        if !is_web {
            let step =
                if SCHEMES.contains(&url.scheme()) { Step::Stays } else { Step::Nothing };
            let state = matches!(step, Step::Nothing).then_some(State::Dropped);
            return (step, state);
        }
        let place = self.world.places.find(url.as_str());
        if let Some(place) = place.filter(|_| !is_media) {
            return self.to_piece(place, &url, written);
        }
        let is_own = self.is_own(&url);
        if let Some(found) = self.world.media.find(&url).filter(|_| is_own) {
            let address = found.address();
            self.wanted.insert(found);
            return (Step::To(address), Some(State::Copied));
        }
        let state = match (is_media, is_own) {
            (true, _) => Some(State::Remote),
            (false, true) => Some(State::Missing),
            (false, false) => None,
        };
        if is_local(&url) {
            return (Step::Nothing, Some(State::Dropped));
        }
        // An address that was whole stays as it was written.
        let is_whole = written.contains("://");
        let step = if is_whole { Step::Stays } else { Step::To(url.to_string()) };
        (step, state)
    }

    /// A link to another piece.
    fn to_piece(&self, place: &Place, url: &Url, written: &str) -> (Step, Option<State>) {
        if place.is_gone || place.is_held {
            let state = Some(if place.is_gone { State::Missing } else { State::Held });
            let step = match url.scheme() {
                _ if is_local(url) => return (Step::Nothing, state),
                _ if written.contains("://") => Step::Stays,
                _ => Step::To(url.to_string()),
            };
            return (step, state);
        }
        let mut path = relative(self.file, &place.file);
        // What stands below a piece on its old page is not there.
        if let Some(anchor) = url.fragment().filter(|anchor| is_kept(anchor)) {
            let whole = format!("{path}#{anchor}");
            if !self.world.cut.has(self.file, &whole) {
                path = whole;
            }
        }
        (Step::To(path), Some(State::Rewritten))
    }

    /// Whether an address is one of the source's own site.
    fn is_own(&self, url: &Url) -> bool {
        if is_local(url) {
            return true;
        }
        let mut host = bare_host(url);
        // The picture services of WordPress have the host in their paths.
        if matches!(host, "i0.wp.com" | "i1.wp.com" | "i2.wp.com" | "i3.wp.com") {
            host =
                url.path().trim_start_matches('/').split('/').next().unwrap_or_default();
            host = host.strip_prefix("www.").unwrap_or(host);
        }
        let is_of_base = self.base.as_ref().is_some_and(|base| bare_host(base) == host);
        is_of_base || self.world.hosts.iter().any(|own| own == host)
    }
}

/// The host of an address without `www.`.
fn bare_host(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// Whether an address is one in the folder of the source, which means nothing
/// elsewhere.
fn is_local(url: &Url) -> bool {
    matches!(url.scheme(), "source" | "file")
}

/// Whether an anchor can be one of the text itself.
fn is_kept(anchor: &str) -> bool {
    let others =
        ["comment", "respond", "more-", "disqus_thread", "top", "content", "primary"];
    !anchor.is_empty() && !others.iter().any(|other| anchor.starts_with(other))
}

/// The path from the folder of one file to another, with the characters encoded
/// that end a link's destination.
pub(super) fn relative(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let mut path = "../".repeat(from.len() - shared);
    path.push_str(&to.get(shared..).unwrap_or_default().join("/"));
    path.replace('%', "%25").replace(' ', "%20").replace('#', "%23").replace('?', "%3F")
}

/// A destination of Markdown, in angle brackets if it needs them.
fn in_brackets(address: &str) -> String {
    let is_plain = |c: char| !c.is_whitespace() && !matches!(c, '(' | ')' | '<' | '>');
    if address.chars().all(is_plain) {
        return address.to_owned();
    }
    format!("<{}>", address.replace('<', "%3C").replace('>', "%3E").replace('\n', "%0A"))
}

/// What an editor should know of the links of a piece.
pub(super) fn notes(followed: &[Followed]) -> Vec<Note> {
    let mut by_state: BTreeMap<State, Vec<&str>> = BTreeMap::new();
    for link in followed {
        by_state.entry(link.state).or_default().push(&link.old);
    }
    let note = |about, text| Note { about, text, line: 0, rule: None };
    let mut notes = Vec::new();
    for (state, links) in by_state {
        let what = match state {
            State::Rewritten | State::Copied | State::AtHand => continue,
            State::Held => "leads to a piece that is held back",
            State::Missing => {
                "leads to a page or file of the old site that was not imported"
            }
            State::Remote => "is a file that is not at hand, and stays where it was",
            State::Dropped => "led nowhere and was taken off its words",
        };
        let about = if state == State::Remote { About::Media } else { About::Link };
        notes.extend(links.iter().map(|link| note(about, format!("`{link}` {what}"))));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_from_one_file_to_another() {
        for (from, to, path) in [
            ("content/2019/a.md", "content/2019/b.md", "b.md"),
            ("content/2019/a.md", "content/2018/b.md", "../2018/b.md"),
            ("content/pages/a.md", "content/2018/b c.md", "../2018/b%20c.md"),
            ("content/pages/x/a.md", "content/pages/y.md", "../y.md"),
        ] {
            assert_eq!(relative(from, to), path);
        }
    }
}
