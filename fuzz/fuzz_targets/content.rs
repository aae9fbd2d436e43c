//! The readers of shortcodes and blocks: the account of a text balances, and
//! what is made of it can be written.
//!
//! An input is the text of a post, and behind NULs a block that posts share, the
//! footnotes as JSON, and the caption of the attachments.

#![no_main]

use std::fmt::Debug;

use libfuzzer_sys::fuzz_target;
use pressmark::import::piece::{Body, Piece};
use pressmark::import::wordpress::content::{
    Choice, Choices, Context, Converted, autop, convert, languages, mend_mojibake,
};
use pressmark::import::wordpress::library::{Attachment, Library};
use pressmark_fuzz::{check_piece, check_same};

/// The rest of an export.
struct Shelf<'t> {
    /// The content of the shared blocks.
    shared: &'t str,
    /// The caption of the attachments.
    caption: &'t str,
}

impl Library for Shelf<'_> {
    fn attachment(&self, id: u64) -> Option<Attachment> {
        let ending =
            ["jpg", "png", "pdf", "mp3", "mp4"].get(usize::try_from(id).ok()? % 8)?;
        Some(Attachment {
            id,
            parent: 7,
            url: format!("https://news.example/files/f{id}.{ending}"),
            link: format!("https://news.example/f{id}/"),
            title: format!("Title {id}"),
            alt: format!("Alt {id}"),
            caption: self.caption.to_owned(),
            ..Attachment::default()
        })
    }

    fn attachments_of(&self, post: u64) -> Vec<Attachment> {
        let own = if post == 7 { 8..14 } else { 0..0 };
        own.filter_map(|id| self.attachment(id)).collect()
    }

    fn shared_block(&self, id: u64) -> Option<String> {
        (id < 3).then(|| self.shared.to_owned())
    }
}

/// Checks what was made of a text.
fn check(converted: Converted) {
    assert!(converted.more || converted.summary.is_none());
    let (body, account) = (Body::Html(converted.nodes), converted.account);
    check_piece(&Piece { body, account, ..Piece::default() });
}

/// What the readers of parts tell.
fn parts(raw: &str) -> impl Debug {
    (autop(raw), languages(raw), mend_mojibake(raw))
}

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let mut texts = text.split('\0');
    let mut next = || texts.next().unwrap_or_default();
    let (raw, shared, footnotes, caption) = (next(), next(), next(), next());
    let shelf = Shelf { shared, caption };
    let mut choices = Choices::default();
    for chosen in [false, true] {
        if chosen {
            let own = [
                ("gallery", Choice::Drop),
                ("caption", Choice::Text),
                ("x", Choice::Drop),
            ];
            choices.shortcodes =
                own.map(|(name, choice)| (name.to_owned(), choice)).into();
            choices.shortcodes.insert("embed".to_owned(), Choice::Keep);
        }
        let context = Context { post: 7, library: &shelf, footnotes, choices: &choices };
        let converted = convert(raw, &context);
        check_same(&converted, &convert(raw, &context));
        check(converted);
    }
    check_same(&parts(raw), &parts(raw));
});
