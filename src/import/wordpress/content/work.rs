//! What the steps of a conversion share: the account, the notes, and what was
//! put aside.

use std::collections::BTreeSet;

use crate::import::account::Account;
use crate::import::piece::{About, Note};
use crate::import::wordpress::content::Context;
use crate::import::wordpress::content::markup::{self, Part, Parts};
use crate::import::wordpress::content::prepare::{self, Found, OWN, Piece};

/// The conversion of one post as far as it is.
pub(super) struct Work<'a> {
    /// What it is converted with.
    pub(super) context: &'a Context<'a>,
    /// Where the characters went.
    pub(super) account: Account,
    /// What an editor should know.
    pub(super) notes: Vec<Note>,
    /// The notes that are told once.
    told: BTreeSet<(About, String)>,
    /// What the preparation found.
    pub(super) found: Found,
    /// Which program texts have come to their place.
    pub(super) placed: BTreeSet<usize>,
    /// The shared blocks that are being put in, the outermost first.
    pub(super) shared: Vec<u64>,
    /// How many shared blocks were put in.
    pub(super) shared_so_far: usize,
    /// Whether the footnotes have their place.
    pub(super) has_footnotes: bool,
}

impl<'a> Work<'a> {
    /// Begins a conversion.
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Self {
            context,
            account: Account::default(),
            notes: Vec::new(),
            told: BTreeSet::new(),
            found: Found::default(),
            placed: BTreeSet::new(),
            shared: Vec::new(),
            shared_so_far: 0,
            has_footnotes: false,
        }
    }

    /// Notes something, once.
    pub(super) fn note(&mut self, about: About, text: String) {
        if self.told.insert((about, text.clone())) {
            self.note_each(about, text);
        }
    }

    /// Notes something each time.
    pub(super) fn note_each(&mut self, about: About, text: String) {
        self.notes.push(Note { about, text, line: 0, rule: None });
    }

    /// Counts the text of prepared HTML as dropped.
    pub(super) fn drop_html(&mut self, reason: &str, html: &str) {
        self.account.drop(reason, &markup::plain(html));
        for part in Parts::new(html) {
            if let Part::Open(tag) = part
                && let Some(number) = tag.attribute(OWN).and_then(|n| n.parse().ok())
                && let Some(code) = self.found.codes.get(number)
                && self.placed.insert(number)
            {
                self.account.drop(reason, &code.text);
            }
        }
    }

    /// Prepares HTML that did not come in with the text, and counts it.
    pub(super) fn added_html(&mut self, what: &str, raw: &str) -> String {
        let pieces = self.prepare_added(what, raw);
        let html = pieces.into_iter().filter_map(|piece| match piece {
            Piece::Html(html) => Some(html),
            Piece::Block(_) => None,
        });
        html.collect()
    }

    /// Prepares a text of pieces that did not come in with the text of the
    /// post, and counts it.
    pub(super) fn prepare_added(&mut self, what: &str, raw: &str) -> Vec<Piece> {
        let choices = self.context.choices;
        let count = prepare::count(raw, choices);
        if count > 0 {
            *self.account.added.entry(what.to_owned()).or_default() += count;
        }
        prepare::prepare(raw, choices, &mut self.found, &mut self.account)
    }

    /// HTML for plain text that did not come in with the text.
    pub(super) fn added_text(&mut self, what: &str, text: &str) -> String {
        self.account.add(what, text);
        markup::escape(text).replace('[', "&#91;").replace(']', "&#93;")
    }

    /// A paragraph with a link to an address, which is its text, too.
    pub(super) fn link_paragraph(&mut self, address: &str) -> String {
        let address = address.trim();
        let label = self.added_text("address of an embed", address);
        format!("\n<p><a href=\"{label}\">{label}</a></p>\n")
    }
}
