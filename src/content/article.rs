//! The front matter of an article, key by key.
//!
//! What a translation takes over from its original is decided by
//! [`Facts::inherit`]; who stands behind a name is decided in `archive`.

use std::mem;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::address::{Address, check_part};
use crate::config::{Config, TaxonomyId};
use crate::content::front_matter::{self, Translation, read_translation};
use crate::content::{SourceFile, Text, read_redirects, summarize};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::json;
use crate::names::{Interner, NameId};
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
#[derive(Debug, Serialize, Deserialize)]
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
    pub redirects: Box<[Spanned<Address>]>,
    /// The names that it mentions.
    pub mentions: Mentions,
    /// What its keys say besides.
    pub facts: Facts,
}

/// The names in the front matter of an article, without space around them. A
/// translation takes over what it does not set.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Mentions {
    /// Who wrote it, as printed.
    pub byline: Option<Box<[Spanned<NameId>]>>,
    /// What it is about: for each taxonomy that it sets, the names.
    pub topics: Vec<(TaxonomyId, Box<[Spanned<NameId>]>)>,
    /// Our reading of the dateline's place.
    pub dateline_place: Option<Spanned<NameId>>,
}

/// What the keys of an article say. A translation takes over what it does not
/// set, so no key has its default put in.
///
/// An archive keeps the facts of all its articles in memory, and most articles
/// set few of their keys: those that not every article has stand in a list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The headline; none only if it is to be taken over.
    pub title: Option<Box<str>>,
    /// The day of publication, with its place in the file.
    pub date: Option<Spanned<Date>>,
    /// What sort of piece it is.
    pub kind: Option<Kind>,
    /// Whether it is not ready.
    pub draft: Option<bool>,
    /// Whether it is shown in part or not at all.
    pub status: Option<Box<Status>>,
    /// What else its keys say, in the order in which they are read, no key
    /// twice.
    details: Box<[Detail]>,
}

/// Declares the keys that not every article has, each with its type.
macro_rules! details {
    ($($(#[doc = $doc:literal])+ $name:ident: $variant:ident($type:ty),)+) => {
        /// What one key of an article says.
        #[derive(Clone, Debug, Serialize, Deserialize)]
        enum Detail {
            $($(#[doc = $doc])+ $variant($type),)+
        }

        impl Facts {
            $($(#[doc = $doc])+
            pub fn $name(&self) -> Option<&$type> {
                self.details.iter().find_map(|detail| match detail {
                    Detail::$variant(value) => Some(value),
                    _ => None,
                })
            })+
        }
    };
}

details! {
    /// The line above the headline.
    kicker: Kicker(Box<str>),
    /// The line under the headline.
    deck: Deck(Box<str>),
    /// The last change of substance.
    updated: Updated(Date),
    /// Where and when it was filed, as printed.
    dateline: Dateline(Box<str>),
    /// Our reading of the dateline's day.
    dateline_date: DatelineDate(Date),
    /// Where it first appeared.
    publication: Publication(Box<str>),
    /// The edition that it appeared in.
    edition: Edition(Box<str>),
    /// The section of the paper.
    print_section: PrintSection(Box<str>),
    /// The page of the paper.
    print_page: PrintPage(Box<str>),
    /// Where it stood on the web.
    original_url: OriginalUrl(Box<str>),
    /// Captures of it in web archives.
    archived: Archived(Box<[Box<str>]>),
    /// How the text came here.
    provenance: Provenance(json::Free),
    /// Its licence or rights statement.
    rights: Rights(Box<str>),
    /// Who is to be thanked.
    credit: Credit(Box<str>),
    /// What a reader may want to know first.
    content_notes: ContentNotes(Box<[Box<str>]>),
    /// What was corrected.
    corrections: Corrections(Box<[Correction]>),
    /// The lead image.
    image: Image(Box<Image>),
    /// The slug, where the file's name is not to be it.
    slug: Slug(Box<Spanned<String>>),
    /// When it may be published.
    embargo: Embargo(Date),
    /// The site's own fields.
    extra: Extra(json::Free),
}

/// Declares a closed list of words with its enum.
macro_rules! words {
    ($(#[doc = $top:literal])+ $name:ident { $(#[doc = $doc:literal] $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $top])+
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
        )]
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

impl CorrectionKind {
    /// Whether a reader must know it before the text.
    pub fn is_material(self) -> bool {
        matches!(self, Self::Correction | Self::Retraction)
    }
}

impl State {
    /// Whether the text is not shown.
    pub fn hides_text(self) -> bool {
        matches!(self, Self::Restricted | Self::Withdrawn)
    }
}

/// A note on what was changed in an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// When it was changed.
    pub date: Date,
    /// What the change does.
    pub kind: CorrectionKind,
    /// What was wrong and what is right.
    pub text: Box<str>,
}

/// A lead image.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Status {
    /// How much of it is shown.
    pub state: State,
    /// Since when.
    pub date: Option<Date>,
    /// Why, in words for the public.
    pub reason: Option<Box<str>>,
}

impl Mentions {
    /// Takes over from the original what a translation does not set.
    pub fn inherit(&mut self, original: &Self) {
        if self.byline.is_none() {
            self.byline.clone_from(&original.byline);
        }
        self.dateline_place = self.dateline_place.or(original.dateline_place);
        for (taxonomy, names) in &original.topics {
            if !self.topics.iter().any(|(own, _)| own == taxonomy) {
                self.topics.push((*taxonomy, names.clone()));
            }
        }
        self.topics.sort_by_key(|(taxonomy, _)| *taxonomy);
    }

    /// Every name, in an order that depends on nothing but the article.
    pub fn each(&mut self) -> impl Iterator<Item = &mut Spanned<NameId>> {
        let topics = self.topics.iter_mut().flat_map(|(_, names)| names);
        self.byline.iter_mut().flatten().chain(topics).chain(&mut self.dateline_place)
    }
}

impl Facts {
    /// Takes over from the original what a translation does not set.
    ///
    /// The words above and under the headline are in the original's language,
    /// so a translation that has none goes without.
    pub fn inherit(&mut self, original: &Self) {
        if self.title.is_none() {
            self.title.clone_from(&original.title);
        }
        self.date = self.date.or(original.date);
        self.kind = self.kind.or(original.kind);
        self.draft = self.draft.or(original.draft);
        // What is kept back in the original is kept back in every language.
        if self.state() < original.state() {
            self.status.clone_from(&original.status);
        }
        let is_set = |theirs: &Detail| {
            let mut own = self.details.iter();
            own.any(|own| mem::discriminant(own) == mem::discriminant(theirs))
        };
        let is_taken =
            |theirs: &&Detail| !matches!(theirs, Detail::Kicker(_) | Detail::Deck(_));
        let missing = original.details.iter().filter(is_taken);
        let missing: Vec<_> = missing.filter(|theirs| !is_set(theirs)).cloned().collect();
        if !missing.is_empty() {
            let own = mem::take(&mut self.details);
            self.details = own.into_iter().chain(missing).collect();
        }
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
    names: &Interner,
    faults: &mut Diagnostics,
) -> Option<Article> {
    let at = file.clone();
    front_matter::read(
        &at,
        text,
        "front matter of an article",
        faults,
        |reader, opening, kept| {
            let topics = config.topics();
            let mut known = KEYS.to_vec();
            known.extend(topics.iter().map(|(_, name)| *name));
            reader.only(&known);
            let translation = read_translation(reader, &mut file, config);
            let mentions = read_mentions(reader, &topics, names);
            let facts = read_facts(reader);
            if facts.title.is_none()
                && !reader.has("title")
                && !file.may_inherit(&translation)
            {
                reader.missing("title", opening, "add the headline: `title = \"…\"`");
            }
            let summary = reader.filled_text("summary").map(|summary| summary.value);
            Article {
                has_own_summary: summary.is_some(),
                summary: summary.unwrap_or_else(|| summarize(text, kept.body)).into(),
                redirects: read_redirects(reader).into(),
                text: kept,
                file,
                opening,
                translation,
                mentions,
                facts,
            }
        },
    )
}

/// Reads the names that an article mentions.
fn read_mentions(
    reader: &mut Reader<'_>,
    topics: &[(TaxonomyId, &str)],
    names: &Interner,
) -> Mentions {
    let intern = |name: Spanned<String>| Spanned {
        value: names.intern(name.value.trim()),
        span: name.span,
    };
    let mut list = |key| {
        let texts: Vec<_> = reader.texts(key)?;
        Some(texts.into_iter().map(intern).collect())
    };
    let byline = list("byline");
    let topics = topics.iter().filter_map(|(id, name)| Some((*id, list(name)?)));
    Mentions {
        byline,
        topics: topics.collect(),
        dateline_place: reader.filled_text("dateline_place").map(intern),
    }
}

/// Reads the other keys that a translation can take over.
fn read_facts(reader: &mut Reader<'_>) -> Facts {
    let title = reader.filled_text("title").map(|text| text.value.trim().into());
    let (date, updated) = read_dates(reader);
    let mut details = Vec::new();
    details.extend(updated.map(Detail::Updated));
    read_words(reader, &mut details);
    let day = reader.date("dateline_date").map(|date| date.value);
    details.extend(day.map(Detail::DatelineDate));
    details.extend(reader.day("embargo").map(|date| Detail::Embargo(date.value)));
    details.extend(reader.url("original_url").map(Detail::OriginalUrl));
    let archived = reader.urls("archived");
    details.extend(archived.map(|urls| Detail::Archived(urls.into())));
    details.extend(read_provenance(reader).map(|table| Detail::Provenance(table.into())));
    let notes = reader.texts("content_notes");
    details.extend(notes.map(|notes| {
        Detail::ContentNotes(notes.into_iter().map(|note| note.value.into()).collect())
    }));
    let corrections = reader.tables("corrections", "a correction", read_correction);
    details.extend(corrections.map(|list| Detail::Corrections(list.into())));
    let image = reader.table("image", "`image`").and_then(read_image);
    details.extend(image.map(|image| Detail::Image(Box::new(image))));
    details.extend(read_slug(reader).map(|slug| Detail::Slug(Box::new(slug))));
    details.extend(reader.free_table("extra").map(|table| Detail::Extra(table.into())));
    let status = reader.table("status", "`status`").and_then(read_status);
    Facts {
        title,
        date,
        kind: reader.choice("kind", Kind::WORDS),
        draft: reader.flag("draft"),
        status: status.map(Box::new),
        details: details.into(),
    }
}

/// Reads the keys that hold plain words and that not every article has.
fn read_words(reader: &mut Reader<'_>, details: &mut Vec<Detail>) {
    let mut words = |key, detail: fn(Box<str>) -> Detail| {
        let text = reader.filled_text(key);
        details.extend(text.map(|text| detail(text.value.trim().into())));
    };
    words("kicker", Detail::Kicker);
    words("deck", Detail::Deck);
    words("dateline", Detail::Dateline);
    words("publication", Detail::Publication);
    words("edition", Detail::Edition);
    words("print_section", Detail::PrintSection);
    words("print_page", Detail::PrintPage);
    words("rights", Detail::Rights);
    words("credit", Detail::Credit);
}

/// Reads the day of publication and that of the last change, and compares them.
fn read_dates(reader: &mut Reader<'_>) -> (Option<Spanned<Date>>, Option<Date>) {
    let date = reader.date("date");
    let updated = reader.date("updated");
    if let (Some(date), Some(updated)) = (&date, &updated)
        && updated.value.ends_before(&date.value)
    {
        let message = format!(
            "it was updated on {}, before its date {}",
            updated.value, date.value
        );
        reader.bad_value(updated.span, message, "correct one of the two dates");
    }
    (date, updated.map(|date| date.value))
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
