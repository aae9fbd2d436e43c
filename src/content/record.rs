//! The front matter of an authority record: the preferred name of a term, its
//! other names, and facts.

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::config::{Config, PEOPLE, PLACES, TaxonomyId};
use crate::content::front_matter::{self, Translation, read_translation};
use crate::content::{SourceFile, Text, read_redirects, summarize};
use crate::date::Date;
use crate::diagnostic::{Diagnostics, Span};
use crate::json;
use crate::locale::Tag;
use crate::toml_reader::{Reader, Spanned};

/// The keys of every record's front matter.
pub const KEYS: &[&str] = &[
    "name",
    "name_language",
    "aliases",
    "former_names",
    "kind",
    "part_of",
    "founded",
    "dissolved",
    "website",
    "same_as",
    "sort_name",
    "summary",
    "language",
    "translation_of",
    "translator",
    "machine_translated",
    "redirects",
    "extra",
];

/// The further keys of a person's record.
pub const PERSON_KEYS: &[&str] = &["family", "given", "role", "visibility"];

/// The further keys of a place's record.
pub const PLACE_KEYS: &[&str] = &["latitude", "longitude"];

/// An authority record as its file has it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    /// The file.
    pub file: SourceFile,
    /// Its text as it was read.
    pub text: Text,
    /// The line that opens its front matter.
    pub opening: Span,
    /// The taxonomy that it belongs to.
    pub taxonomy: TaxonomyId,
    /// What it says of its language.
    pub translation: Translation,
    /// Its text for lists: the key `summary`, else its first paragraph.
    pub summary: Box<str>,
    /// Its addresses of old.
    pub redirects: Box<[Spanned<Address>]>,
    /// The preferred name; none if it may take it over from its original.
    pub name: Option<Spanned<String>>,
    /// Other names of the same.
    pub aliases: Vec<Spanned<String>>,
    /// Names that it had once.
    pub former_names: Vec<FormerName>,
    /// What its keys say besides.
    pub facts: RecordFacts,
}

/// A name that an organization, a person or a place had once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FormerName {
    /// The name.
    pub name: Spanned<String>,
    /// Until when.
    pub until: Option<Date>,
}

/// Facts of a record; a translation takes over what it does not set.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RecordFacts {
    /// What it is, in the site's own words: `agency`, `company`.
    pub kind: Option<Box<str>>,
    /// The language of the preferred name, if it is not that of the file.
    pub name_language: Option<Tag>,
    /// The name of what it is a part of, in the same taxonomy.
    pub part_of: Option<Spanned<String>>,
    /// Since when it exists.
    pub founded: Option<Date>,
    /// Until when it existed.
    pub dissolved: Option<Date>,
    /// Its own site.
    pub website: Option<Box<str>>,
    /// The same in Wikidata, VIAF, ROR and others.
    pub same_as: Option<Vec<Box<str>>>,
    /// The name under which it is sorted.
    pub sort_name: Option<Box<str>>,
    /// A person's family name.
    pub family: Option<Box<str>>,
    /// A person's given names.
    pub given: Option<Box<str>>,
    /// A person's office or work.
    pub role: Option<Box<str>>,
    /// Whether a person is to have no page.
    pub is_private: Option<bool>,
    /// A place's latitude in degrees, north positive (WGS 84).
    pub latitude: Option<f64>,
    /// A place's longitude in degrees, east positive (WGS 84).
    pub longitude: Option<f64>,
    /// The site's own fields.
    pub extra: Option<json::Free>,
}

impl RecordFacts {
    /// Takes over from the original what a translation does not set.
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
            kind part_of founded dissolved website same_as sort_name family given role
            is_private latitude longitude extra
        }
    }
}

/// Reads a record's front matter and looks at its body.
pub fn read(
    mut file: SourceFile,
    taxonomy: TaxonomyId,
    text: &str,
    config: &Config,
    faults: &mut Diagnostics,
) -> Option<Record> {
    let at = file.clone();
    front_matter::read(
        &at,
        text,
        "front matter of a record",
        faults,
        |reader, opening, kept| {
            let mut known = KEYS.to_vec();
            match &*config.taxonomy_of(taxonomy).name {
                PEOPLE => known.extend(PERSON_KEYS),
                PLACES => known.extend(PLACE_KEYS),
                _ => {}
            }
            reader.only(&known);
            let translation = read_translation(reader, &mut file, config);
            let name = reader.filled_text("name").as_ref().map(trimmed);
            if !reader.has("name") && !file.may_inherit(&translation) {
                reader.missing(
                    "name",
                    opening,
                    "add the name to be shown: `name = \"…\"`",
                );
            }
            let aliases = reader.texts("aliases").unwrap_or_default();
            let former_names =
                reader.tables("former_names", "a former name", read_former_name);
            let facts = read_facts(reader);
            let summary = reader.filled_text("summary").map(|summary| summary.value);
            let summary = summary.unwrap_or_else(|| summarize(text, kept.body)).into();
            Record {
                redirects: read_redirects(reader).into(),
                aliases: aliases.iter().map(trimmed).collect(),
                former_names: former_names.unwrap_or_default(),
                text: kept,
                file,
                opening,
                taxonomy,
                translation,
                summary,
                name,
                facts,
            }
        },
    )
}

/// A name without space around it.
fn trimmed(name: &Spanned<String>) -> Spanned<String> {
    Spanned { value: name.value.trim().to_owned(), span: name.span }
}

/// Reads one former name.
fn read_former_name(mut reader: Reader<'_>) -> Option<FormerName> {
    reader.only(&["name", "until"]);
    let span = reader.table_span();
    let until = reader.date("until").map(|date| date.value);
    if !reader.has("name") {
        reader.missing("name", span, "write `{ name = \"…\", until = \"1998\" }`");
    }
    Some(FormerName { name: trimmed(&reader.filled_text("name")?), until })
}

/// Reads the facts of a record.
fn read_facts(reader: &mut Reader<'_>) -> RecordFacts {
    let mut words = |key| reader.filled_text(key).map(|text| text.value.trim().into());
    let mut facts = RecordFacts {
        kind: words("kind"),
        sort_name: words("sort_name"),
        family: words("family"),
        given: words("given"),
        role: words("role"),
        ..RecordFacts::default()
    };
    facts.part_of = reader.filled_text("part_of").as_ref().map(trimmed);
    facts.name_language = read_language(reader, "name_language");
    facts.founded = reader.date("founded").map(|date| date.value);
    facts.dissolved = reader.date("dissolved").map(|date| date.value);
    facts.website = reader.url("website");
    facts.same_as = reader.urls("same_as");
    facts.is_private =
        reader.choice("visibility", &[("public", false), ("private", true)]);
    facts.latitude = read_degrees(reader, "latitude", 90.0);
    facts.longitude = read_degrees(reader, "longitude", 180.0);
    facts.extra = reader.free_table("extra").map(json::Free::from);
    facts
}

/// Reads the tag of a language, which need not be one of the site's.
fn read_language(reader: &mut Reader<'_>, key: &str) -> Option<Tag> {
    let written = reader.filled_text(key)?;
    let tag = Tag::parse(&written.value);
    if tag.is_none() {
        reader.bad_value(
            written.span,
            format!("`{}` is not the tag of a language", written.value),
            "write a BCP 47 tag such as `\"es\"`",
        );
    }
    tag
}

/// Reads a coordinate in degrees.
fn read_degrees(reader: &mut Reader<'_>, key: &str, most: f64) -> Option<f64> {
    let degrees = reader.decimal(key)?;
    if degrees.value.abs() <= most {
        return Some(degrees.value);
    }
    reader.bad_value(
        degrees.span,
        format!("`{key}` must be from -{most} to {most}"),
        "write it in degrees with decimals; south and west are negative",
    );
    None
}
