//! The settings of a site, read from `config.toml` and checked.
//!
//! Every key is in [`KEYS`] with its default; `docs/configuration.md` explains
//! each, and a test holds the two together.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::address::{Address, Permalink};
use crate::date::Zone;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::json;
use crate::locale::Tag;
use crate::slug::slugify;
use crate::toml_reader::{Document, Reader, Spanned};

/// A key of `config.toml`.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The table that it stands in; empty for the top of the file.
    pub table: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What holds if it is not set, as it would be written.
    pub default: &'static str,
}

/// A row of [`KEYS`].
const fn key(table: &'static str, name: &'static str, default: &'static str) -> Key {
    Key { table, name, default }
}

/// Every key of `config.toml`, by table.
pub const KEYS: &[Key] = &[
    key("", "title", "required"),
    key("", "base_url", "required"),
    key("", "description", "\"\""),
    key("", "language", "\"en\""),
    key("", "languages", "[language]"),
    key("", "rights", "none"),
    key("", "time_zone", "\"UTC\""),
    key("", "permalink", "\"/{year}/{month}/{day}/{slug}/\""),
    key("", "relative_links", "false"),
    key("", "html", "\"sanitized\""),
    key("", "search", "\"native\""),
    key("", "publisher", "none"),
    key("", "pagination", "none"),
    key("", "feeds", "none"),
    key("", "outputs", "none"),
    key("", "taxonomies", "none"),
    key("", "translations", "none"),
    key("", "theme", "none"),
    key("", "extra", "none"),
    key("publisher", "name", "title"),
    key("publisher", "url", "none"),
    key("publisher", "email", "none"),
    key("publisher", "place", "none"),
    key("pagination", "per_page", "50"),
    key("feeds", "site", "true"),
    key("feeds", "terms", "true"),
    key("feeds", "entries", "20"),
    key("feeds", "terms_full_text", "false"),
    key("outputs", "dates", "true"),
    key("outputs", "corrections", "true"),
    key("outputs", "browse", "true"),
    key("outputs", "years", "true"),
    key("outputs", "statistics", "true"),
    key("outputs", "not_found", "true"),
    key("outputs", "redirects", "true"),
    key("outputs", "redirects_file", "false"),
    key("outputs", "sitemap", "true"),
    key("outputs", "robots", "true"),
    key("outputs", "highlight", "true"),
    key("outputs", "theme_files", "true"),
    key("taxonomies.NAME", "title", "the name"),
    key("taxonomies.NAME", "titles", "none"),
    key("taxonomies.NAME", "pages", "\"all\""),
    key("taxonomies.NAME", "closed", "false"),
    key("translations.LANGUAGE", "title", "title"),
    key("translations.LANGUAGE", "description", "description"),
    key("theme", "table_of_contents", "3"),
];

/// The names of the keys of a table.
pub fn keys_of(table: &str) -> Vec<&'static str> {
    KEYS.iter().filter(|key| key.table == table).map(|key| key.name).collect()
}

/// Which of the site's languages, as an index into [`Config::languages`]. The
/// default language is the first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct LanguageId(pub u8);

impl LanguageId {
    /// The site's default language.
    pub const DEFAULT: Self = Self(0);
}

/// Which taxonomy, as an index into [`Config::taxonomies`].
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct TaxonomyId(pub u8);

/// The number of languages that a site can have at most.
const MOST_LANGUAGES: usize = 64;

/// The settings of a site.
#[derive(Debug)]
pub struct Config {
    /// The file that they were read from, for messages.
    pub file: Arc<str>,
    /// Where the site will stand.
    pub base_url: BaseUrl,
    /// The languages of the site, the default one first.
    pub languages: Vec<Language>,
    /// Who publishes the archive.
    pub publisher: Publisher,
    /// The rights statement of articles that have none of their own: a licence
    /// or rightsstatements.org address, or a text.
    pub rights: Option<String>,
    /// The time zone of dates and times that are written without one.
    pub zone: Zone,
    /// How the addresses of articles are made.
    pub permalink: Permalink,
    /// Whether links are written relative to their page, so that the site
    /// works in any folder and without a web server.
    pub relative_links: bool,
    /// What is made of HTML in a body.
    pub html: HtmlPolicy,
    /// How readers search the site.
    pub search: SearchMode,
    /// The number of articles on a full page of a list.
    pub per_page: usize,
    /// The ways of grouping articles, `bylines` last.
    pub taxonomies: Vec<Taxonomy>,
    /// What feeds are written.
    pub feeds: Feeds,
    /// What else is written.
    pub outputs: Vec<Output>,
    /// The settings of the theme, as templates see them.
    pub theme: json::Value,
    /// The site's own settings, as templates see them.
    pub extra: json::Value,
}

/// Where a site will stand: an address without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// The whole address: `https://example.org/archive`.
    pub full: String,
    /// Its path, which every link begins with: `/archive`, or empty.
    pub path: String,
}

impl BaseUrl {
    /// Checks an address; the error is a phrase that says what is wrong.
    pub fn parse(written: &str) -> Result<Self, &'static str> {
        let full = written.trim_end_matches('/');
        let rest = full
            .strip_prefix("https://")
            .or_else(|| full.strip_prefix("http://"))
            .ok_or("does not begin with `https://` or `http://`")?;
        let (host, path) = match rest.split_once('/') {
            Some((host, path)) => (host, format!("/{path}")),
            None => (rest, String::new()),
        };
        if host.is_empty() {
            return Err("names no host");
        }
        if full.contains(['?', '#', '"', '<', '>', '\\', '`'])
            || full.chars().any(|c| c.is_whitespace() || c.is_control())
        {
            return Err("is not the plain address of a folder");
        }
        Ok(Self { full: full.to_owned(), path })
    }
}

/// A language of the site and what the site is called in it.
#[derive(Debug)]
pub struct Language {
    /// Its BCP 47 tag.
    pub tag: Tag,
    /// Where the site in this language begins.
    pub root: Address,
    /// The site's title in it.
    pub title: String,
    /// What the archive is, in a sentence.
    pub description: String,
}

/// Who publishes the archive.
#[derive(Debug)]
pub struct Publisher {
    /// The name of the newsroom, library or organization.
    pub name: String,
    /// Its own site.
    pub url: Option<String>,
    /// An address for letters to it.
    pub email: Option<String>,
    /// Where it is.
    pub place: Option<String>,
}

/// What is made of HTML in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HtmlPolicy {
    /// It passes through an allow-list.
    Sanitized,
    /// It is written as it is.
    Trusted,
}

/// Names that mean something else, in addresses or in the search.
const TAKEN: &[&str] =
    &["after", "before", "from", "page", "pages", "q", "sort", "until", "year"];

/// The values of `html`.
const HTML: &[(&str, HtmlPolicy)] =
    &[("sanitized", HtmlPolicy::Sanitized), ("trusted", HtmlPolicy::Trusted)];

/// The values of `search`.
const SEARCH: &[(&str, SearchMode)] = &[
    ("native", SearchMode::Native),
    ("pagefind", SearchMode::Pagefind),
    ("off", SearchMode::Off),
];

/// How readers search a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchMode {
    /// Through the index that a build writes.
    Native,
    /// Through Pagefind, which is run over the site afterwards.
    Pagefind,
    /// Not at all.
    Off,
}

/// A way of grouping articles.
#[derive(Debug)]
pub struct Taxonomy {
    /// Its name: a key of front matter, a folder of records, an address.
    pub name: Arc<str>,
    /// Its title by language, if it is not one of those that the theme knows.
    pub titles: Vec<(String, String)>,
    /// Which of its names have a page.
    pub pages: TermPages,
    /// Whether a name without a record is an error.
    pub closed: bool,
}

/// Which names of a taxonomy have a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermPages {
    /// Every name.
    All,
    /// The names that have a record.
    Recorded,
    /// None of them.
    None,
}

/// The name of the built-in taxonomy of those who wrote the articles.
pub const BYLINES: &str = "bylines";
/// The name of the built-in taxonomy of people, whose records bylines use.
pub const PEOPLE: &str = "people";
/// The name of the built-in taxonomy of organizations.
pub const ORGANIZATIONS: &str = "organizations";
/// The name of the built-in taxonomy of places.
pub const PLACES: &str = "places";
/// The name of the built-in taxonomy of subjects.
pub const TAGS: &str = "tags";

/// The taxonomies that every site has, with the pages of each.
const BUILT_IN: &[(&str, TermPages)] = &[
    (ORGANIZATIONS, TermPages::All),
    (PEOPLE, TermPages::Recorded),
    (PLACES, TermPages::All),
    (TAGS, TermPages::All),
];

/// What feeds are written.
#[derive(Debug)]
pub struct Feeds {
    /// Whether there is a feed of the whole site.
    pub site: bool,
    /// What the feed of each term holds, if there is one.
    pub terms: Option<FeedText>,
    /// The number of newest articles in a feed.
    pub entries: usize,
}

/// How much of an article a feed holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedText {
    /// Its summary.
    Summary,
    /// All of it.
    Full,
}

/// Something that a build writes unless it is switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// A page for each year, month and day with articles.
    Dates,
    /// The list of all corrections.
    Corrections,
    /// The way to everything, at `browse/`.
    Browse,
    /// Every year, month by month, at `years/`.
    Years,
    /// The archive in figures, at `statistics/`.
    Statistics,
    /// `404.html`.
    NotFound,
    /// A page at each old address that leads to the new one.
    Redirects,
    /// `_redirects`, which some hosts read.
    RedirectsFile,
    /// `sitemap.xml`.
    Sitemap,
    /// `robots.txt`.
    Robots,
    /// Colours for code, and the style sheets with them.
    Highlight,
    /// The files of the theme: style sheets and pictures.
    ThemeFiles,
}

/// Every output with its key and whether it is written by default.
const OUTPUTS: &[(&str, Output, bool)] = &[
    ("dates", Output::Dates, true),
    ("corrections", Output::Corrections, true),
    ("browse", Output::Browse, true),
    ("years", Output::Years, true),
    ("statistics", Output::Statistics, true),
    ("not_found", Output::NotFound, true),
    ("redirects", Output::Redirects, true),
    ("redirects_file", Output::RedirectsFile, false),
    ("sitemap", Output::Sitemap, true),
    ("robots", Output::Robots, true),
    ("highlight", Output::Highlight, true),
    ("theme_files", Output::ThemeFiles, true),
];

impl Config {
    /// Reads `config.toml`, reports its faults, and puts in the defaults. The
    /// keys that every article has are `reserved`: no taxonomy can have their
    /// names.
    pub fn read(
        file: &Arc<str>,
        text: &str,
        reserved: &[&str],
        faults: &mut Diagnostics,
    ) -> Self {
        let (text, offset) = match text.strip_prefix('\u{feff}') {
            Some(rest) => (rest, '\u{feff}'.len_utf8()),
            None => (text, 0),
        };
        let document = Document::parse(file, text, offset, faults);
        let mut reader = document.reader("config.toml", faults);
        reader.only(&keys_of(""));
        let title = required(
            &mut reader,
            "title",
            "add a line such as `title = \"Our archive\"`",
        );
        let base_url = read_base_url(&mut reader);
        let languages = read_languages(&mut reader, &title);
        let taxonomies = read_taxonomies(&mut reader, &languages, reserved);
        let per_page = match reader.table("pagination", "`[pagination]`") {
            Some(mut table) => {
                table.only(&keys_of("pagination"));
                table.number("per_page", 1..10_001)
            }
            None => None,
        };
        Self {
            file: Arc::clone(file),
            base_url,
            languages,
            publisher: read_publisher(&mut reader, &title),
            rights: reader.filled_text("rights").map(|rights| rights.value),
            zone: read_zone(&mut reader),
            permalink: read_permalink(&mut reader),
            relative_links: reader.flag("relative_links").unwrap_or(false),
            html: reader.choice("html", HTML).unwrap_or(HtmlPolicy::Sanitized),
            search: reader.choice("search", SEARCH).unwrap_or(SearchMode::Native),
            per_page: per_page.unwrap_or(50),
            taxonomies,
            feeds: read_feeds(&mut reader),
            outputs: read_outputs(&mut reader),
            theme: read_theme(&mut reader),
            extra: reader.free_table("extra").unwrap_or_default(),
        }
    }

    /// Whether this is written.
    pub fn writes(&self, output: Output) -> bool {
        self.outputs.contains(&output)
    }

    /// The language of this tag, if it is one of the site's.
    pub fn language(&self, tag: &str) -> Option<LanguageId> {
        let at =
            self.languages.iter().position(|language| language.tag.as_str() == tag)?;
        Some(language_id(at))
    }

    /// The site's languages in order.
    pub fn language_ids(&self) -> impl Iterator<Item = LanguageId> + use<> {
        (0..self.languages.len()).map(language_id)
    }

    /// A language by its number.
    pub fn language_of(&self, id: LanguageId) -> &Language {
        &self.languages[usize::from(id.0)]
    }

    /// Where the site in a language begins.
    pub fn root(&self, id: LanguageId) -> &Address {
        &self.language_of(id).root
    }

    /// The taxonomy of this name.
    pub fn taxonomy(&self, name: &str) -> Option<TaxonomyId> {
        let at = self.taxonomies.iter().position(|taxonomy| &*taxonomy.name == name)?;
        Some(taxonomy_id(at))
    }

    /// The taxonomies in order.
    pub fn taxonomy_ids(&self) -> impl Iterator<Item = TaxonomyId> + use<> {
        (0..self.taxonomies.len()).map(taxonomy_id)
    }

    /// The taxonomies that an article's front matter has keys for: all but
    /// `bylines`, which the key `byline` feeds.
    pub fn topics(&self) -> Vec<(TaxonomyId, &str)> {
        self.taxonomy_ids()
            .map(|id| (id, &*self.taxonomy_of(id).name))
            .filter(|(_, name)| *name != BYLINES)
            .collect()
    }

    /// A taxonomy by its number.
    pub fn taxonomy_of(&self, id: TaxonomyId) -> &Taxonomy {
        &self.taxonomies[usize::from(id.0)]
    }
}

/// The number of the language at this index.
fn language_id(index: usize) -> LanguageId {
    LanguageId(u8::try_from(index).expect("`read_tags` allows 64 languages"))
}

/// The number of the taxonomy at this index.
fn taxonomy_id(index: usize) -> TaxonomyId {
    TaxonomyId(u8::try_from(index).expect("`read_taxonomies` allows 64 taxonomies"))
}

/// A text that must be there.
fn required(reader: &mut Reader<'_>, key: &str, hint: &str) -> String {
    if let Some(text) = reader.filled_text(key) {
        text.value
    } else {
        if !reader.has(key) {
            reader.missing(key, Span::default(), hint);
        }
        String::new()
    }
}

/// Reads where the site will stand.
fn read_base_url(reader: &mut Reader<'_>) -> BaseUrl {
    let none = BaseUrl { full: String::new(), path: String::new() };
    let Some(written) = reader.filled_text("base_url") else {
        if !reader.has("base_url") {
            reader.missing(
                "base_url",
                Span::default(),
                "add the address that the site will have: `base_url = \"https://example.org\"`",
            );
        }
        return none;
    };
    BaseUrl::parse(&written.value).unwrap_or_else(|fault| {
        reader.bad_value(
            written.span,
            format!("`{}` {fault}", written.value),
            "write the address that the site will have, such as `https://example.org/archive`",
        );
        none
    })
}

/// Reads the languages and what the site is called in each.
fn read_languages(reader: &mut Reader<'_>, title: &str) -> Vec<Language> {
    let description =
        reader.text("description").map(|text| text.value).unwrap_or_default();
    let tags = read_tags(reader);
    let translations = read_translations(reader, &tags);
    tags.into_iter()
        .enumerate()
        .map(|(n, tag)| {
            let found = translations.iter().find(|(other, ..)| *other == tag);
            let (own_title, own_description) = match found {
                Some((_, title, description)) => (title.clone(), description.clone()),
                None => (None, None),
            };
            Language {
                root: if n == 0 {
                    Address::root()
                } else {
                    Address::root().page(&tag.as_str().to_lowercase())
                },
                tag,
                title: own_title.unwrap_or_else(|| title.to_owned()),
                description: own_description.unwrap_or_else(|| description.clone()),
            }
        })
        .collect()
}

/// Reads the tags of the languages, the default one first.
fn read_tags(reader: &mut Reader<'_>) -> Vec<Tag> {
    let default = reader.text("language");
    let listed = reader.texts("languages").unwrap_or_default();
    let first = match &default {
        Some(written) => read_tag(reader, written),
        None => None,
    };
    let is_known = first.is_some() || !reader.has("language");
    let first = first.unwrap_or_else(|| Tag::parse("en").expect("`en` is a tag"));
    let mut tags = Vec::new();
    for written in &listed {
        let Some(tag) = read_tag(reader, written) else { continue };
        if tags.contains(&tag) {
            let message = format!("`languages` names `{tag}` twice");
            reader.bad_value(written.span, message, "take it out once");
        } else if tags.len() == MOST_LANGUAGES {
            let message = format!("`languages` names more than {MOST_LANGUAGES}");
            reader.bad_value(written.span, message, "take some of them out");
            break;
        } else {
            tags.push(tag);
        }
    }
    if let Some(written) = listed.first()
        && is_known
        && !tags.contains(&first)
    {
        reader.bad_value(
            written.span,
            format!("`languages` does not name the default language `{first}`"),
            "add it to the list, or set `language` to one of the list",
        );
    }
    tags.retain(|tag| *tag != first);
    tags.truncate(MOST_LANGUAGES - 1);
    tags.insert(0, first);
    tags
}

/// Reads one language tag.
fn read_tag(reader: &mut Reader<'_>, written: &Spanned<String>) -> Option<Tag> {
    let tag = Tag::parse(&written.value);
    if tag.is_none() {
        reader.bad_value(
            written.span,
            format!("`{}` is not the tag of a language", written.value),
            "write a BCP 47 tag such as `en`, `es` or `pt-BR`",
        );
    }
    tag
}

/// Reads what the site is called in its other languages.
fn read_translations(
    reader: &mut Reader<'_>,
    tags: &[Tag],
) -> Vec<(Tag, Option<String>, Option<String>)> {
    let Some(mut table) = reader.table("translations", "`[translations]`") else {
        return Vec::new();
    };
    let known: Vec<_> = tags.iter().map(Tag::as_str).collect();
    table.only(&known);
    let mut translations = Vec::new();
    for tag in tags {
        if let Some(mut language) =
            table.table(tag.as_str(), "a table of `[translations]`")
        {
            language.only(&keys_of("translations.LANGUAGE"));
            let title = language.filled_text("title").map(|text| text.value);
            let description = language.text("description").map(|text| text.value);
            translations.push((tag.clone(), title, description));
        }
    }
    translations
}

/// Reads who publishes the archive.
fn read_publisher(reader: &mut Reader<'_>, title: &str) -> Publisher {
    let mut publisher =
        Publisher { name: title.to_owned(), url: None, email: None, place: None };
    if let Some(mut table) = reader.table("publisher", "`[publisher]`") {
        table.only(&keys_of("publisher"));
        if let Some(name) = table.filled_text("name") {
            publisher.name = name.value;
        }
        publisher.url = table.url("url").map(String::from);
        publisher.email = read_email(&mut table);
        publisher.place = table.filled_text("place").map(|place| place.value);
    }
    publisher
}

/// Reads the address for letters. Only what could never be one is refused.
fn read_email(reader: &mut Reader<'_>) -> Option<String> {
    let email = reader.filled_text("email")?;
    let written = email.value.trim();
    let is_address = written
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        && !written.contains(|c: char| {
            c.is_whitespace() || c.is_control() || "<>\"".contains(c)
        });
    if is_address {
        return Some(written.to_owned());
    }
    reader.bad_value(
        email.span,
        format!("`{written}` is not an e-mail address"),
        "write the address alone, such as `desk@example.org`",
    );
    None
}

/// Reads the time zone.
fn read_zone(reader: &mut Reader<'_>) -> Zone {
    let Some(written) = reader.filled_text("time_zone") else { return Zone::utc() };
    Zone::named(&written.value).unwrap_or_else(|| {
        reader.bad_value(
            written.span,
            format!("`{}` is not the name of a time zone", written.value),
            "write a name of the IANA list, such as `America/New_York`",
        );
        Zone::utc()
    })
}

/// Reads the permalink pattern.
fn read_permalink(reader: &mut Reader<'_>) -> Permalink {
    let default = Permalink::parse("/{year}/{month}/{day}/{slug}/");
    let default = default.expect("the default pattern is one");
    let Some(written) = reader.filled_text("permalink") else { return default };
    Permalink::parse(&written.value).unwrap_or_else(|fault| {
        reader.bad_value(
            written.span,
            format!("the pattern `{}` {fault}", written.value),
            "write a pattern such as `/{year}/{month}/{day}/{slug}/`",
        );
        default
    })
}

/// Reads the taxonomies: those that every site has and the site's own.
fn read_taxonomies(
    reader: &mut Reader<'_>,
    languages: &[Language],
    reserved: &[&str],
) -> Vec<Taxonomy> {
    let languages: Vec<_> =
        languages.iter().map(|language| language.tag.as_str()).collect();
    let built_in = |(name, pages): &(&str, TermPages)| Taxonomy {
        name: Arc::from(*name),
        titles: Vec::new(),
        pages: *pages,
        closed: false,
    };
    let mut taxonomies: Vec<_> = BUILT_IN.iter().map(built_in).collect();
    let mut bylines = built_in(&(BYLINES, TermPages::All));
    if let Some(mut table) = reader.table("taxonomies", "`[taxonomies]`") {
        for name in table.keys() {
            if name.value != slugify(&name.value)
                || TAKEN.contains(&name.value.as_str())
                || reserved.contains(&name.value.as_str())
                || taxonomies.len() > 60
            {
                table.bad_value(
                    name.span,
                    format!("`{}` cannot name a taxonomy", name.value),
                    "use small letters, digits and hyphens, and no key that every article has",
                );
                continue;
            }
            let at = taxonomies.iter().position(|taxonomy| *taxonomy.name == *name.value);
            let taxonomy = match at {
                _ if name.value == BYLINES => &mut bylines,
                Some(at) => &mut taxonomies[at],
                None => {
                    taxonomies.push(built_in(&(name.value.as_str(), TermPages::All)));
                    taxonomies.last_mut().expect("one was added")
                }
            };
            if let Some(settings) = table.table(&name.value, "a table of `[taxonomies]`")
            {
                read_taxonomy(settings, &languages, taxonomy);
            }
        }
    }
    taxonomies.push(bylines);
    taxonomies
}

/// Reads the settings of one taxonomy.
fn read_taxonomy(mut settings: Reader<'_>, languages: &[&str], taxonomy: &mut Taxonomy) {
    settings.only(&keys_of("taxonomies.NAME"));
    if let Some(title) = settings.filled_text("title") {
        taxonomy.titles.push((String::new(), title.value));
    }
    if let Some(mut titles) = settings.table("titles", "`titles`") {
        titles.only(languages);
        for language in languages {
            if let Some(title) = titles.filled_text(language) {
                taxonomy.titles.push(((*language).to_owned(), title.value));
            }
        }
    }
    let pages = settings.choice(
        "pages",
        &[
            ("all", TermPages::All),
            ("recorded", TermPages::Recorded),
            ("none", TermPages::None),
        ],
    );
    taxonomy.pages = pages.unwrap_or(taxonomy.pages);
    taxonomy.closed = settings.flag("closed").unwrap_or(false);
}

/// Reads what feeds are written.
fn read_feeds(reader: &mut Reader<'_>) -> Feeds {
    let mut feeds = Feeds { site: true, terms: Some(FeedText::Summary), entries: 20 };
    if let Some(mut table) = reader.table("feeds", "`[feeds]`") {
        table.only(&keys_of("feeds"));
        feeds.site = table.flag("site").unwrap_or(true);
        let full = table.flag("terms_full_text").unwrap_or(false);
        let text = if full { FeedText::Full } else { FeedText::Summary };
        feeds.terms = table.flag("terms").unwrap_or(true).then_some(text);
        feeds.entries = table.number("entries", 1..1001).unwrap_or(20);
    }
    feeds
}

/// Reads what else is written.
fn read_outputs(reader: &mut Reader<'_>) -> Vec<Output> {
    let mut table = reader.table("outputs", "`[outputs]`");
    if let Some(table) = &mut table {
        table.only(&keys_of("outputs"));
    }
    let mut is_written = |key: &str, default: bool| {
        table.as_mut().and_then(|table| table.flag(key)).unwrap_or(default)
    };
    OUTPUTS
        .iter()
        .filter(|(key, _, default)| is_written(key, *default))
        .map(|(_, output, _)| *output)
        .collect()
}

/// Reads the settings of the theme.
fn read_theme(reader: &mut Reader<'_>) -> json::Value {
    let mut headings = None;
    if let Some(mut table) = reader.table("theme", "`[theme]`") {
        table.only(&keys_of("theme"));
        headings = table.number("table_of_contents", 0..1001);
    }
    json::json!({ "table_of_contents": headings.unwrap_or(3) })
}

/// Reports that a site has no `config.toml`.
pub fn missing(file: &str) -> Diagnostic {
    Diagnostic::error(Code::ConfigMissing, format!("there is no `{file}` here"))
        .at(Place::file(file))
        .hint("go to the site's folder, name the file with `--config`, or start one with `pressmark init`")
}
