//! The front matter of an article, key by key.
//!
//! What a translation takes over from its original is decided by
//! [`Facts::inherit`]; who stands behind a name is decided in `archive`.

use std::sync::Arc;

use crate::address::{Address, check_part};
use crate::config::{Config, TaxonomyId};
use crate::content::front_matter::{self, Translation, read_translation};
use crate::content::{SourceFile, Text, read_redirects, summarize};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::json;
use crate::slug::slugify;
use crate::toml_reader::{Reader, Spanned};

/// The keys of an article's front matter, apart from the taxonomies.
pub const KEYS: &[&str] = &[
    "title",
    "date",
    "updated",
    "kicker",
    "deck",
    "summary",
    "byline",
    "dateline",
    "dateline_place",
    "dateline_date",
    "publication",
    "edition",
    "print_section",
    "print_page",
    "original_url",
    "archived",
    "provenance",
    "kind",
    "language",
    "translation_of",
    "translator",
    "machine_translated",
    "rights",
    "credit",
    "content_notes",
    "corrections",
    "image",
    "slug",
    "redirects",
    "draft",
    "embargo",
    "status",
    "extra",
];

/// An article as its file has it.
#[derive(Debug)]
pub struct Article {
    /// The file.
    pub file: SourceFile,
    /// Its text as it was read.
    pub text: Text,
    /// The line that opens its front matter.
    pub opening: Span,
    /// What it says of its language.
    pub translation: Translation,
    /// Its text for lists and feeds: the key `summary`, else its first
    /// paragraph.
    pub summary: Box<str>,
    /// Whether the summary is a key, not taken from the text.
    pub has_own_summary: bool,
    /// Its addresses of old.
    pub redirects: Vec<Spanned<Address>>,
    /// What its keys say.
    pub facts: Facts,
}

/// What the keys of an article say; a translation takes over what it does not
/// set itself.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The headline as published.
    pub title: Option<Box<str>>,
    /// The day of publication.
    pub date: Option<Spanned<Date>>,
    /// The last change of substance.
    pub updated: Option<Date>,
    /// The line above the headline; never taken over by a translation.
    pub kicker: Option<Box<str>>,
    /// The line under the headline; never taken over by a translation.
    pub deck: Option<Box<str>>,
    /// Who wrote it, as printed.
    pub byline: Option<Vec<Spanned<String>>>,
    /// Where and when it was filed, as printed.
    pub dateline: Option<Box<str>>,
    /// Our reading of the dateline's place.
    pub dateline_place: Option<Spanned<String>>,
    /// Our reading of the dateline's day.
    pub dateline_date: Option<Date>,
    /// Where it first appeared.
    pub publication: Option<Box<str>>,
    /// The edition that it appeared in.
    pub edition: Option<Box<str>>,
    /// The section of the paper.
    pub print_section: Option<Box<str>>,
    /// The page of the paper.
    pub print_page: Option<Box<str>>,
    /// Where it stood on the web.
    pub original_url: Option<Box<str>>,
    /// Captures of it in web archives.
    pub archived: Option<Vec<Box<str>>>,
    /// How the text came here.
    pub provenance: Option<json::Value>,
    /// What sort of piece it is.
    pub kind: Option<Kind>,
    /// What it is about: for each taxonomy that it sets, the names.
    pub names: Vec<(TaxonomyId, Vec<Spanned<String>>)>,
    /// Its licence or rights statement.
    pub rights: Option<Box<str>>,
    /// Who is to be thanked.
    pub credit: Option<Box<str>>,
    /// What a reader may want to know first.
    pub content_notes: Option<Vec<Box<str>>>,
    /// What was corrected.
    pub corrections: Option<Vec<Correction>>,
    /// The lead image.
    pub image: Option<Image>,
    /// The slug, where the file's name is not to be it.
    pub slug: Option<Spanned<String>>,
    /// Whether it is not ready.
    pub draft: Option<bool>,
    /// When it may be published.
    pub embargo: Option<Date>,
    /// Whether it is shown in part or not at all.
    pub status: Option<Status>,
    /// The site's own fields.
    pub extra: Option<json::Value>,
}

/// Declares a closed list of words with its enum.
macro_rules! words {
    ($(#[doc = $top:literal])+ $name:ident { $(#[doc = $doc:literal] $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $top])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $(#[doc = $doc] $variant,)+
        }

        impl $name {
            /// Every word with its meaning.
            pub const WORDS: &[(&str, Self)] = &[$(($word, Self::$variant)),+];

            /// The word that front matter uses.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

words! {
    /// What sort of piece an article is.
    Kind {
        /// A report of what happened.
        News = "news",
        /// A text handed to the press.
        PressRelease = "press-release",
        /// A notice of what is to come, for the press.
        Advisory = "advisory",
        /// A position taken in public.
        Statement = "statement",
        /// A view of its author's own.
        Opinion = "opinion",
        /// Questions and answers.
        Interview = "interview",
        /// A longer piece that is not news of the day.
        Feature = "feature",
        /// A story told in photographs.
        PhotoEssay = "photo-essay",
        /// A letter to the editor.
        Letter = "letter",
    }
}

words! {
    /// How much of an article is shown; a later one is stricter.
    State {
        /// The page, but in no list, feed, search or sitemap.
        NoIndex = "noindex",
        /// Title and summary only.
        Restricted = "restricted",
        /// A notice without the text.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What a correction does.
    CorrectionKind {
        /// It mends what was wrong.
        Correction = "correction",
        /// It says more clearly what was meant.
        Clarification = "clarification",
        /// It adds what became known later.
        Update = "update",
        /// It is a word of the editors on the piece.
        EditorsNote = "editors-note",
        /// It takes the piece back.
        Retraction = "retraction",
    }
}

impl State {
    /// Whether the text is not shown.
    pub fn hides_text(self) -> bool {
        matches!(self, Self::Restricted | Self::Withdrawn)
    }
}

/// A note on what was changed in an article.
#[derive(Clone, Debug)]
pub struct Correction {
    /// When it was changed.
    pub date: Date,
    /// What the change does.
    pub kind: CorrectionKind,
    /// What was wrong and what is right.
    pub text: Box<str>,
}

/// A lead image.
#[derive(Clone, Debug)]
pub struct Image {
    /// The file that names it, from which `src` leads.
    pub file: Arc<str>,
    /// The picture, as a link from that file.
    pub src: Spanned<String>,
    /// What it shows, for those who cannot see it.
    pub alt: Box<str>,
    /// The words under it.
    pub caption: Option<Box<str>>,
    /// Who made it.
    pub credit: Option<Box<str>>,
}

/// Why an article is shown in part or not at all.
#[derive(Clone, Debug)]
pub struct Status {
    /// How much of it is shown.
    pub state: State,
    /// Since when.
    pub date: Option<Date>,
    /// Why, in words for the public.
    pub reason: Option<Box<str>>,
}

impl Facts {
    /// Takes over from the original what a translation does not set.
    ///
    /// The words above and under the headline are in the original's language,
    /// so a translation that has none goes without.
    pub fn inherit(&mut self, original: &Self) {
        /// Fills each field that is not set.
        macro_rules! fill {
            ($($field:ident)+) => {
                $(if self.$field.is_none() {
                    self.$field.clone_from(&original.$field);
                })+
            };
        }
        fill! {
            title date updated byline dateline dateline_place dateline_date publication
            edition print_section print_page original_url archived provenance kind rights
            credit content_notes corrections image slug draft embargo extra
        }
        // What is kept back in the original is kept back in every language.
        if self.state() < original.state() {
            self.status.clone_from(&original.status);
        }
        for (taxonomy, names) in &original.names {
            if !self.names.iter().any(|(own, _)| own == taxonomy) {
                self.names.push((*taxonomy, names.clone()));
            }
        }
        self.names.sort_by_key(|(taxonomy, _)| *taxonomy);
    }

    /// The day of publication, without its place in the file.
    pub fn date(&self) -> Option<Date> {
        self.date.as_ref().map(|date| date.value)
    }

    /// How much of the article is shown; none if all of it.
    pub fn state(&self) -> Option<State> {
        self.status.as_ref().map(|status| status.state)
    }
}

/// Reads an article's front matter and looks at its body.
pub fn read(
    mut file: SourceFile,
    text: &str,
    config: &Config,
    faults: &mut Diagnostics,
) -> Option<Article> {
    let at = file.clone();
    let read = front_matter::read(
        &at,
        text,
        "front matter of an article",
        faults,
        |reader, opening, text| {
            let topics = config.topics();
            let mut known = KEYS.to_vec();
            known.extend(topics.iter().map(|(_, name)| *name));
            reader.only(&known);
            let translation = read_translation(reader, &mut file, config);
            let facts = read_facts(reader, &topics);
            if facts.title.is_none()
                && !reader.has("title")
                && !file.may_inherit(&translation)
            {
                reader.missing("title", opening, "add the headline: `title = \"…\"`");
            }
            let summary = reader.filled_text("summary").map(|summary| summary.value);
            let redirects = read_redirects(reader);
            (text, opening, translation, summary, redirects, facts)
        },
    );
    let (kept, opening, translation, summary, redirects, facts) = read?;
    let has_own_summary = summary.is_some();
    let summary = summary.unwrap_or_else(|| summarize(text, kept.body)).into();
    Some(Article {
        file,
        text: kept,
        opening,
        translation,
        summary,
        has_own_summary,
        redirects,
        facts,
    })
}

/// Reads the keys that a translation can take over.
fn read_facts(reader: &mut Reader<'_>, topics: &[(TaxonomyId, &str)]) -> Facts {
    let mut facts = Facts::default();
    read_words(reader, &mut facts);
    read_dates(reader, &mut facts);
    facts.byline = reader.texts("byline");
    facts.original_url = reader.url("original_url");
    facts.archived = reader.urls("archived");
    facts.kind = reader.choice("kind", Kind::WORDS);
    facts.provenance = read_provenance(reader);
    for (taxonomy, name) in topics {
        if let Some(names) = reader.texts(name) {
            facts.names.push((*taxonomy, names));
        }
    }
    facts.content_notes = reader
        .texts("content_notes")
        .map(|notes| notes.into_iter().map(|note| note.value.into()).collect());
    facts.corrections = reader.tables("corrections", "a correction", read_correction);
    facts.image = reader.table("image", "`image`").and_then(read_image);
    facts.slug = read_slug(reader);
    facts.draft = reader.flag("draft");
    facts.status = reader.table("status", "`status`").and_then(read_status);
    facts.extra = reader.free_table("extra");
    facts
}

/// Reads the keys that hold plain words.
fn read_words(reader: &mut Reader<'_>, facts: &mut Facts) {
    let mut words = |key| reader.filled_text(key).map(|text| text.value.trim().into());
    facts.title = words("title");
    facts.kicker = words("kicker");
    facts.deck = words("deck");
    facts.dateline = words("dateline");
    facts.publication = words("publication");
    facts.edition = words("edition");
    facts.print_section = words("print_section");
    facts.print_page = words("print_page");
    facts.rights = words("rights");
    facts.credit = words("credit");
    facts.dateline_place = reader.filled_text("dateline_place");
}

/// Reads the keys that hold dates, and compares them with one another.
fn read_dates(reader: &mut Reader<'_>, facts: &mut Facts) {
    facts.date = reader.date("date");
    facts.dateline_date = reader.date("dateline_date").map(|date| date.value);
    facts.embargo = reader.day("embargo").map(|date| date.value);
    let updated = reader.date("updated");
    if let (Some(date), Some(updated)) = (&facts.date, &updated)
        && updated.value.ends_before(&date.value)
    {
        let message = format!(
            "it was updated on {}, before its date {}",
            updated.value, date.value
        );
        reader.bad_value(updated.span, message, "correct one of the two dates");
    }
    facts.updated = updated.map(|date| date.value);
}

/// Reads how the text came here. The table is shown to readers as it is, so
/// its keys are free.
fn read_provenance(reader: &mut Reader<'_>) -> Option<json::Value> {
    reader.free_table("provenance").filter(|table| *table != json::json!({}))
}

/// Reads one correction.
fn read_correction(mut reader: Reader<'_>) -> Option<Correction> {
    reader.only(&["date", "kind", "text"]);
    let span = reader.table_span();
    let date = reader.date("date");
    let text = reader.filled_text("text");
    let kind = reader.choice("kind", CorrectionKind::WORDS);
    for key in ["date", "text"] {
        if !reader.has(key) {
            reader.missing(key, span, "say when and what was corrected");
        }
    }
    Some(Correction {
        date: date?.value,
        kind: kind.unwrap_or(CorrectionKind::Correction),
        text: text?.value.into(),
    })
}

/// Reads the lead image.
fn read_image(mut reader: Reader<'_>) -> Option<Image> {
    reader.only(&["src", "alt", "caption", "credit"]);
    let span = reader.table_span();
    let src = reader.filled_text("src");
    if !reader.has("src") {
        reader.missing("src", span, "name the picture: `src = \"photo.jpg\"`");
    }
    let src = src.filter(|src| {
        let is_good = is_picture(&src.value);
        if !is_good {
            let file = Arc::clone(reader.file());
            reader.faults().push(
                Diagnostic::error(
                    Code::UnsafeAddress,
                    format!("`{}` is not the address of a picture", src.value),
                )
                .at(Place::span(file, src.span))
                .hint("name a file beside the article, or an address that begins with `https://`"),
            );
        }
        is_good
    });
    let alt = reader.text("alt").map(|alt| alt.value).unwrap_or_default();
    if alt.trim().is_empty() {
        let file = Arc::clone(reader.file());
        reader.faults().push(
            Diagnostic::error(
                Code::MissingAlt,
                "the lead image has no text for those who cannot see it",
            )
            .at(Place::span(file, span))
            .hint("say what it shows: `alt = \"Marchers on the steps of the Capitol\"`"),
        );
    }
    Some(Image {
        file: Arc::clone(reader.file()),
        src: src?,
        alt: alt.into(),
        caption: reader.filled_text("caption").map(|text| text.value.into()),
        credit: reader.filled_text("credit").map(|text| text.value.into()),
    })
}

/// Whether a picture can be had from an address: a path, or a place on the web.
fn is_picture(src: &str) -> bool {
    let scheme =
        src.split_once(':').map(|(scheme, _)| scheme.trim().to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https") | None => true,
        // A colon behind a slash is a part of a path.
        Some(other) => other.contains('/'),
    }
}

/// Reads how much of the article is shown.
fn read_status(mut reader: Reader<'_>) -> Option<Status> {
    reader.only(&["state", "date", "reason"]);
    let span = reader.table_span();
    if !reader.has("state") {
        reader.missing(
            "state",
            span,
            "write `state = \"noindex\"`, `\"restricted\"` or `\"withdrawn\"`",
        );
    }
    let state = reader.choice("state", State::WORDS);
    let date = reader.date("date").map(|date| date.value);
    let reason = reader.filled_text("reason").map(|text| text.value.into());
    Some(Status { state: state?, date, reason })
}

/// Reads the slug, which must be one that every host and disk can hold.
fn read_slug(reader: &mut Reader<'_>) -> Option<Spanned<String>> {
    let slug = reader.filled_text("slug")?;
    let is_slug = check_part(&slug.value).is_ok()
        && !slug.value.contains(|c: char| c.is_whitespace() || "/#?%&'".contains(c))
        && slug.value == slug.value.to_lowercase();
    if !is_slug {
        let offer = slugify(&slug.value);
        let hint = if offer.is_empty() {
            "use small letters, digits and hyphens".to_owned()
        } else {
            format!("write `slug = \"{offer}\"`")
        };
        reader.bad_value(
            slug.span,
            format!("`{}` cannot stand in an address", slug.value),
            &hint,
        );
        return None;
    }
    Some(slug)
}
