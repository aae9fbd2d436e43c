//! The front matter of a standalone page.

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::config::Config;
use crate::content::front_matter::{self, Translation, read_translation};
use crate::content::{SourceFile, Text, read_redirects, summarize};
use crate::date::Date;
use crate::diagnostic::{Diagnostics, Span};
use crate::json;
use crate::toml_reader::Spanned;

/// The keys of a page's front matter.
pub const KEYS: &[&str] = &[
    "title",
    "summary",
    "updated",
    "language",
    "translation_of",
    "translator",
    "machine_translated",
    "redirects",
    "draft",
    "extra",
];

/// A standalone page as its file has it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Page {
    /// The file.
    pub file: SourceFile,
    /// Its text as it was read.
    pub text: Text,
    /// The line that opens its front matter.
    pub opening: Span,
    /// What it says of its language.
    pub translation: Translation,
    /// Its title; none if it may take it over from its original.
    pub title: Option<Box<str>>,
    /// The key `summary`, else its first paragraph.
    pub summary: Box<str>,
    /// The last change of substance.
    pub updated: Option<Date>,
    /// Its addresses of old.
    pub redirects: Box<[Spanned<Address>]>,
    /// Whether it is not ready.
    pub draft: Option<bool>,
    /// The site's own fields.
    pub extra: Option<json::Free>,
}

/// The key of the page that introduces the home page.
const HOME: &str = "content/pages/index";

impl Page {
    /// Takes over from the original what a translation does not set.
    pub fn inherit(&mut self, original: &Self) {
        self.title = self.title.take().or_else(|| original.title.clone());
        self.updated = self.updated.or(original.updated);
        self.draft = self.draft.or(original.draft);
        self.extra = self.extra.take().or_else(|| original.extra.clone());
    }

    /// Whether it introduces the home page, which bears the title of the site.
    pub fn is_home(&self) -> bool {
        is_home(&self.file)
    }
}

/// Whether a file introduces the home page.
fn is_home(file: &SourceFile) -> bool {
    file.key() == HOME
}

/// Reads a page's front matter and looks at its body.
pub fn read(
    mut file: SourceFile,
    text: &str,
    config: &Config,
    faults: &mut Diagnostics,
) -> Option<Page> {
    let at = file.clone();
    front_matter::read(
        &at,
        text,
        "front matter of a page",
        faults,
        |reader, opening, kept| {
            reader.only(KEYS);
            let translation = read_translation(reader, &mut file, config);
            let title =
                reader.filled_text("title").map(|title| title.value.trim().into());
            if !reader.has("title") && !file.may_inherit(&translation) && !is_home(&file)
            {
                reader.missing("title", opening, "add its title: `title = \"…\"`");
            }
            let summary = reader.filled_text("summary").map(|summary| summary.value);
            let updated = reader.date("updated").map(|date| date.value);
            let redirects = read_redirects(reader).into();
            let draft = reader.flag("draft");
            let extra = reader.free_table("extra").map(json::Free::from);
            let summary = summary.unwrap_or_else(|| summarize(text, kept.body)).into();
            Page {
                file,
                text: kept,
                opening,
                translation,
                title,
                summary,
                updated,
                redirects,
                draft,
                extra,
            }
        },
    )
}
