//! Goes through one file of an export and hands over what stands in it.
//!
//! It decides what an export is and what is none. What the parts mean is for
//! those who are handed them.

use std::io;

use crate::import::piece::{About, Note};
use crate::import::wordpress::Site;
use crate::import::wordpress::dates::mail_date;
use crate::import::wordpress::element::{Element, Space, Spaces, is_wordpress};
use crate::import::wordpress::item::Record;
use crate::import::wordpress::mend;
use crate::import::wordpress::meta::plain;
use crate::import::wordpress::reader::{Chunk, Cut, Ending, Reader};
use crate::import::wordpress::terms::language_tag;

/// What is found in a file.
pub(super) enum Found<'f> {
    /// What the file says of its site, told again when more is known. It comes
    /// before the first item.
    Site(Site),
    /// An author or a term.
    Channel(Element<'f>),
    /// An item.
    Item(Box<Read<'f>>),
    /// An item that cannot be read, the line at which it begins, and why.
    Lost(u64, &'static str),
}

/// An item that was read.
pub(super) struct Read<'f> {
    /// Its values.
    pub record: Record,
    /// Its elements.
    pub element: &'f Element<'f>,
    /// Its bytes.
    pub bytes: &'f [u8],
    /// The line at which it begins.
    pub line: u64,
    /// Whether the file ends within it.
    pub is_cut: bool,
    /// What was done to read it.
    pub notes: Vec<Note>,
}

/// What is known of a file at its end.
#[derive(Debug, Default)]
pub(super) struct Ended {
    /// Whether anything in it is of WordPress.
    pub has_wordpress: bool,
    /// Whether it is empty.
    is_blank: bool,
    /// The name of its first element.
    root: String,
    /// How many items it has.
    items: u64,
    /// What should be known of it.
    pub notes: Vec<Note>,
}

impl Ended {
    /// Why the file is refused, and what to do. `is_any` is whether any file
    /// that was given is an export of WordPress.
    pub(super) fn refusal(&self, is_any: bool) -> Option<(&'static str, &'static str)> {
        const EXPORT: &str =
            "give the file that WordPress makes under Tools, Export, All content";
        if self.is_blank {
            return Some(("is empty", EXPORT));
        }
        if self.has_wordpress {
            return None;
        }
        let root = self.root.to_ascii_lowercase();
        match root.as_str() {
            "" => Some(("is no XML", EXPORT)),
            "html" | "head" | "body" | "div" | "p" => Some((
                "is a web page, perhaps a message that the export failed",
                "open it in a browser to see what it says, then make the export again",
            )),
            "rss" | "rdf:rdf" if self.items > 0 || !is_any => Some((
                "is a feed (RSS), but no export of WordPress",
                "a feed holds only the last texts; give the file that WordPress makes under Tools, Export",
            )),
            "rss" | "rdf:rdf" => None,
            "feed" => Some((
                "is a feed (Atom), but no export of WordPress",
                "a feed holds only the last texts; give the file that WordPress makes under Tools, Export",
            )),
            _ => Some(("is no export of WordPress", EXPORT)),
        }
    }
}

/// Goes through a file.
pub(super) struct Walk<'r> {
    /// What cuts the file into elements.
    reader: Reader<'r>,
    /// Which prefixes the file uses.
    spaces: Spaces,
    /// What the file says of its site: first of all by its own elements.
    site: Site,
    /// The addresses that the channel names, the best first.
    bases: [String; 3],
    /// Whether the site was told.
    is_told: bool,
    /// Whether there is an element `channel`.
    has_channel: bool,
    /// What is known so far.
    ended: Ended,
}

impl<'r> Walk<'r> {
    /// Goes through what a source has.
    pub(super) fn new(source: &'r mut dyn io::Read) -> Self {
        Self {
            reader: Reader::new(source),
            spaces: Spaces::default(),
            site: Site::default(),
            bases: Default::default(),
            is_told: false,
            has_channel: false,
            ended: Ended::default(),
        }
    }

    /// Hands over all that is found.
    pub(super) fn run(mut self, tell: &mut dyn FnMut(Found<'_>)) -> Ended {
        loop {
            let declared = self.reader.declared;
            let Some(chunk) = self.reader.next() else { break };
            match chunk {
                Chunk::Outer(tag) => {
                    let tag = String::from_utf8_lossy(tag);
                    self.has_channel |=
                        tag.trim_start_matches('<').starts_with("channel");
                    self.spaces.learn(&tag);
                }
                Chunk::TooLong(name, line) => {
                    if name == "item" {
                        self.ended.items += 1;
                        tell(Found::Lost(line, "is larger than 64 MiB"));
                    } else {
                        let text = format!("the element {name} is larger than 64 MiB");
                        let note = Note { about: About::Loss, text, line, rule: None };
                        self.ended.notes.push(note);
                    }
                }
                Chunk::Element(cut) => {
                    let is_item = cut.name == "item";
                    let mut notes = Vec::new();
                    let text = mend::text_of(cut.bytes, declared, cut.line, &mut notes);
                    let state = State {
                        spaces: &self.spaces,
                        site: &mut self.site,
                        bases: &mut self.bases,
                        is_told: &mut self.is_told,
                        ended: &mut self.ended,
                    };
                    if is_item {
                        state.item(&cut, &text, notes, tell);
                    } else {
                        state.channel(&text, notes, tell);
                    }
                }
            }
        }
        self.end()
    }

    /// What is known at the end.
    fn end(mut self) -> Ended {
        self.ended.has_wordpress |= self.spaces.has_wordpress;
        self.ended.is_blank = self.reader.is_blank();
        let line = self.reader.line();
        let (root, is_closed) = std::mem::take(&mut self.reader.outline);
        self.ended.root = root.unwrap_or_default();
        let broken = self.reader.broken.take();
        let text = match broken {
            Some(error) => Some(format!("the file breaks off: {error}")),
            None if !is_closed => {
                Some("the file ends before its last end tag".to_owned())
            }
            None => None,
        };
        if let Some(text) = text {
            self.ended.notes.push(Note { about: About::Loss, text, line, rule: None });
        }
        let odd = [
            (self.ended.items == 0, "the file holds no items"),
            (!self.has_channel, "the file has no element `channel`"),
        ];
        for (_, text) in odd.into_iter().filter(|(is_odd, _)| *is_odd) {
            let (about, text) = (About::Question, text.to_owned());
            self.ended.notes.push(Note { about, text, line: 0, rule: None });
        }
        self.ended
    }
}

/// What changes while a file is read, apart from the reader itself.
struct State<'s> {
    /// Which prefixes the file uses.
    spaces: &'s Spaces,
    /// What the file says of its site.
    site: &'s mut Site,
    /// The addresses that the channel names.
    bases: &'s mut [String; 3],
    /// Whether the site was told.
    is_told: &'s mut bool,
    /// What is known so far.
    ended: &'s mut Ended,
}

impl State<'_> {
    /// Hands over an item.
    fn item(
        self,
        cut: &Cut<'_>,
        text: &str,
        mut notes: Vec<Note>,
        tell: &mut dyn FnMut(Found<'_>),
    ) {
        self.ended.items += 1;
        if !std::mem::replace(self.is_told, true) {
            tell(Found::Site(self.site.clone()));
        }
        let Some(element) = Element::read(text, self.spaces) else {
            tell(Found::Lost(cut.line, "cannot be read"));
            return;
        };
        if cut.ending == Ending::Next {
            let text = "the end of the item is missing; more of it may be".to_owned();
            notes.push(Note { about: About::Loss, text, line: cut.line, rule: None });
        }
        self.ended.has_wordpress |=
            element.children.iter().any(|child| child.space == Space::WordPress);
        tell(Found::Item(Box::new(Read {
            record: Record::of(&element),
            element: &element,
            bytes: cut.bytes,
            line: cut.line,
            is_cut: cut.ending == Ending::File,
            notes,
        })));
    }

    /// Takes an element of the channel.
    fn channel(self, text: &str, notes: Vec<Note>, tell: &mut dyn FnMut(Found<'_>)) {
        self.ended.notes.extend(notes);
        let Some(element) = Element::read(text, self.spaces) else { return };
        self.ended.has_wordpress |=
            element.space == Space::WordPress || is_wordpress(element.name);
        let value = element.value();
        let keep = |own: &mut String, value: String| {
            if own.is_empty() {
                *own = value;
            }
        };
        let [blog, link, site] = &mut *self.bases;
        match (element.space, element.local) {
            (Space::WordPress, "author" | "category" | "tag" | "term") => {
                tell(Found::Channel(element));
                return;
            }
            (Space::Plain, "title") => keep(&mut self.site.title, plain(value)),
            (Space::Plain, "link") => keep(link, value.to_owned()),
            (Space::Plain, "language") if self.site.language.is_none() => {
                self.site.language = language_tag(value);
            }
            (Space::Plain, "pubDate") if self.site.exported.is_none() => {
                self.site.exported = mail_date(value);
            }
            (Space::WordPress | Space::Plain, "base_blog_url") => {
                keep(blog, value.to_owned());
            }
            (Space::WordPress | Space::Plain, "base_site_url") => {
                keep(site, value.to_owned());
            }
            _ => return,
        }
        let best = self.bases.iter().find(|base| !base.is_empty());
        self.site.base = best.cloned().unwrap_or_default();
        *self.is_told = false;
        if self.ended.items == 0 {
            tell(Found::Site(self.site.clone()));
        }
    }
}
