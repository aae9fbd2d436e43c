//! Writes the front matter of an imported piece, in the keys of
//! docs/content.md and in their order.

use crate::import::piece::{Facts, Sort};
use crate::toml_writer::Table;

/// What is decided of a piece beyond what its source says.
#[derive(Debug, Default)]
pub(super) struct Decided {
    /// Whether it is held back.
    pub(super) is_held: bool,
    /// Its language, if its file's name does not say it and it is one of the
    /// site's.
    pub(super) language: Option<String>,
    /// The path of the piece that it is a translation of, from its own folder.
    pub(super) translation_of: Option<String>,
    /// For each taxonomy, the names.
    pub(super) names: Vec<(String, Vec<String>)>,
    /// The paths at which it stood and does not stand now.
    pub(super) redirects: Vec<String>,
}

/// The text of a file's front matter, with its two fences. What a page has no key
/// for is kept among its own fields.
pub(super) fn write(sort: Sort, facts: &Facts, decided: &Decided) -> String {
    let mut keys = Table::default();
    keys.text("title", &facts.title);
    match sort {
        Sort::Article => {
            keys.date("date", facts.date.as_ref());
            common_keys(&mut keys, facts);
            article_keys(&mut keys, facts, decided);
            language_keys(&mut keys, decided);
        }
        Sort::Page => {
            common_keys(&mut keys, facts);
            language_keys(&mut keys, decided);
        }
    }
    keys.texts("redirects", decided.redirects.iter().map(String::as_str));
    if decided.is_held {
        keys.flag("draft", true);
    }
    let mut extra = Table::default();
    extra.object(&facts.extra);
    let mut provenance = Table::default();
    provenance.object(&facts.provenance);
    match sort {
        Sort::Article => {
            keys.date("embargo", facts.embargo.as_ref());
            keys.table("provenance", provenance);
        }
        Sort::Page => {
            extra.date("date", facts.date.as_ref());
            extra.date("embargo", facts.embargo.as_ref());
            article_keys(&mut extra, facts, decided);
            extra.table("provenance", provenance);
        }
    }
    keys.table("extra", extra);
    format!("+++\n{}+++\n", keys.finish())
}

/// Sets the keys that only articles have.
fn article_keys(keys: &mut Table, facts: &Facts, decided: &Decided) {
    keys.filled_text("kicker", facts.kicker.as_deref());
    keys.filled_text("deck", facts.deck.as_deref());
    keys.texts("byline", facts.byline.iter().map(String::as_str));
    keys.filled_text("dateline", facts.dateline.as_deref());
    keys.filled_text("dateline_place", facts.dateline_place.as_deref());
    keys.date("dateline_date", facts.dateline_date.as_ref());
    keys.filled_text("publication", facts.publication.as_deref());
    keys.filled_text("print_page", facts.print_page.as_deref());
    keys.filled_text("original_url", facts.original_url.as_deref());
    keys.filled_text("kind", facts.kind);
    for (taxonomy, names) in &decided.names {
        keys.texts(taxonomy, names.iter().map(String::as_str));
    }
    keys.filled_text("rights", facts.rights.as_deref());
    keys.filled_text("credit", facts.credit.as_deref());
    if let Some(image) = &facts.image {
        let mut table = Table::default();
        table.text("src", &image.src);
        table.text("alt", &image.alt);
        table.filled_text("caption", image.caption.as_deref());
        table.filled_text("credit", image.credit.as_deref());
        keys.table("image", table);
    }
}

/// Sets the keys that articles and pages have.
fn common_keys(keys: &mut Table, facts: &Facts) {
    keys.date("updated", facts.updated.as_ref());
    keys.filled_text("summary", facts.summary.as_deref());
}

/// Sets the keys on language and translation.
fn language_keys(keys: &mut Table, decided: &Decided) {
    keys.filled_text("language", decided.language.as_deref());
    keys.filled_text("translation_of", decided.translation_of.as_deref());
}
