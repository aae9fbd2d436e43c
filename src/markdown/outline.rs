//! Decides the headings of a body: their words, levels and ids.
//!
//! Rendering a body and listing its anchors both go through here, so that a
//! link to a heading is checked against the very ids that are written.

use std::collections::{BTreeMap, BTreeSet};

use crate::markdown::Heading;
use crate::sanitize::{Token, Tokens, decode_references};

/// How the ids of footnotes and of the theme's own parts begin.
const RESERVED: &[&str] = &["fn-", "fnref-", "pm-"];

/// The deepest level of a heading.
const DEEPEST: u8 = 6;

/// The id of a heading that leaves nothing for one.
const NAMELESS: &str = "section";

/// The headings of a body, as they are read.
pub(super) struct Outline {
    /// Makes an id of a heading's words.
    heading_id: fn(&str) -> String,
    /// The headings that are closed.
    closed: Vec<Raw>,
    /// The heading that is being read.
    open: Option<Raw>,
    /// Ids that raw HTML sets.
    reserved: BTreeSet<String>,
}

/// A heading as written.
struct Raw {
    /// Its level as written.
    level: u8,
    /// The id that its author gave it.
    own: Option<String>,
    /// Its words, from which the id is made. The quotation marks in them do
    /// not depend on the language.
    plain: String,
    /// Its words as shown.
    shown: String,
}

impl Outline {
    /// No headings.
    pub(super) fn new(heading_id: fn(&str) -> String) -> Self {
        Self { heading_id, closed: Vec::new(), open: None, reserved: BTreeSet::new() }
    }

    /// A heading begins.
    pub(super) fn open(&mut self, level: u8, own: Option<&str>) {
        let own = own.filter(|id| !id.is_empty()).map(str::to_owned);
        self.open = Some(Raw { level, own, plain: String::new(), shown: String::new() });
    }

    /// Adds words to the heading that is being read, if any: as they are read
    /// in every language, and as they are shown.
    pub(super) fn words(&mut self, plain: &str, shown: &str) {
        if let Some(heading) = &mut self.open {
            heading.plain.push_str(plain);
            heading.shown.push_str(shown);
        }
    }

    /// The heading that is being read ends.
    pub(super) fn close(&mut self) {
        self.closed.extend(self.open.take());
    }

    /// How many headings are closed.
    pub(super) fn count(&self) -> usize {
        self.closed.len()
    }

    /// Keeps the ids that raw HTML sets from being given to headings.
    pub(super) fn reserve_all(&mut self, html: &str) {
        for token in Tokens::new(html) {
            let Token::Tag(tag) = token else { continue };
            for attribute in tag.attributes.iter().filter(|found| found.name == "id") {
                let id = decode_references(
                    html.get(attribute.value.clone()).unwrap_or_default(),
                );
                if !id.is_empty() {
                    self.reserved.insert(id);
                }
            }
        }
    }

    /// The headings as they stand on the page.
    pub(super) fn finish(self) -> Vec<Heading> {
        self.into_parts().0
    }

    /// All ids, sorted.
    pub(super) fn anchors(self) -> Vec<String> {
        let (headings, mut ids) = self.into_parts();
        ids.extend(headings.into_iter().map(|heading| heading.id));
        ids.into_iter().collect()
    }

    /// The headings as they stand on the page, and the ids that raw HTML sets.
    ///
    /// Ids that authors gave are given first, so that a heading that happens
    /// to have the same words does not take one away.
    fn into_parts(self) -> (Vec<Heading>, BTreeSet<String>) {
        let down = u8::from(self.closed.iter().any(|heading| heading.level == 1));
        let mut ids = Ids { taken: self.reserved.clone(), next: BTreeMap::new() };
        let own: Vec<_> = self
            .closed
            .iter()
            .map(|heading| heading.own.as_deref().map(|own| ids.claim(own)))
            .collect();
        let mut headings = Vec::with_capacity(self.closed.len());
        for (heading, own) in self.closed.into_iter().zip(own) {
            let text = heading.shown.split_whitespace().collect::<Vec<_>>().join(" ");
            let plain = heading.plain.split_whitespace().collect::<Vec<_>>().join(" ");
            let id = own.unwrap_or_else(|| ids.claim(&(self.heading_id)(&plain)));
            let level = heading.level.saturating_add(down).min(DEEPEST);
            headings.push(Heading { level, id, text });
        }
        (headings, self.reserved)
    }
}

/// The ids of one page.
struct Ids {
    /// Those that are given.
    taken: BTreeSet<String>,
    /// The number to try next for an id that was wanted more than once.
    next: BTreeMap<String, usize>,
}

impl Ids {
    /// Gives an id, with a number behind it if it is taken.
    fn claim(&mut self, wanted: &str) -> String {
        let wanted = match wanted {
            "" => NAMELESS.to_owned(),
            // The footnotes' ids begin like this.
            id if RESERVED.iter().any(|start| id.starts_with(start)) => {
                format!("{NAMELESS}-{id}")
            }
            id => id.to_owned(),
        };
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let next = self.next.entry(wanted.clone()).or_insert(2);
        loop {
            let numbered = format!("{wanted}-{next}");
            *next += 1;
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}
