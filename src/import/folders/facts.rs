//! What the keys of front matter say: each is a fact that pressmark knows, or
//! goes on as a field of its own, or is dropped for a reason that is told.
//!
//! Keys that hold an e-mail address or the like are dropped, at any depth.

use super::data::{Data, Table};
use super::dates;
use super::rules::{Place, Rules};
use crate::date::Date;
use crate::import::piece::{About, Facts, Image, Note, Term};
use crate::json::{Map, Value};

/// The keys that only the theme or the generator needs.
const WORKS: &[&str] = &[
    "layout",
    "type",
    "template",
    "page_template",
    "outputs",
    "markup",
    "cascade",
    "toc",
    "comments",
    "comment",
    "nocomments",
    "hidetitle",
    "sitemap",
    "sidebar",
    "eleventyNavigation",
    "eleventyExcludeFromCollections",
    "eleventyComputed",
    "eleventyImport",
    "templateEngineOverride",
    "pagination",
    "permalinkBypassOutputDir",
    "in_search_index",
    "insert_anchor_links",
    "sort_by",
    "paginate_by",
    "generate_feeds",
    "linktitle",
    "menu",
    "menus",
    "url_source",
    "render_with_liquid",
    "excerpt_separator",
    "hidden",
    "published_at_time",
    "disableNunjucks",
    "mathjax",
    "katex",
    "has_math",
];

/// Words in keys that hold what is private.
const PRIVATE: &[&str] = &[
    "email",
    "e-mail",
    "e_mail",
    "mail",
    "phone",
    "telephone",
    "password",
    "ip",
    "ip_address",
];

/// Words in keys whose values may say how to reach somebody.
const CONTACT: &[&str] = &[
    "contact",
    "contacts",
    "contacto",
    "phone",
    "phones",
    "telephone",
    "telefono",
    "teléfono",
    "tel",
    "mobile",
    "cell",
    "fax",
    "whatsapp",
    "email",
    "mail",
];

/// The keys of a lead image.
const IMAGES: &[&str] = &[
    "image",
    "cover",
    "featured_image",
    "featuredImage",
    "featured-image",
    "feature_image",
    "lead_image",
    "hero",
    "heroImage",
    "hero_image",
    "banner",
    "cover_image",
    "coverImage",
    "previewimage",
    "thumbnail",
    "thumb",
    "og_image",
    "images",
];

/// What keys say.
pub(super) struct Read {
    /// The facts.
    pub(super) facts: Facts,
    /// The names that the piece is filed under.
    pub(super) terms: Vec<Term>,
    /// What an editor should know.
    pub(super) notes: Vec<Note>,
}

/// Reads the keys that the rules left.
pub(super) fn read(keys: &Table, place: &Place, rules: &dyn Rules) -> Read {
    let mut reader = Reader { keys: keys.clone(), notes: place.notes.clone() };
    let mut facts = Facts::default();
    reader.words(&mut facts);
    reader.dates(&mut facts, place);
    facts.language =
        reader.text(&["lang", "language", "locale"]).or_else(|| place.language.clone());
    facts.byline = reader.people();
    facts.image = reader.image();
    reader.origin(&mut facts);
    let terms = reader.terms(place, rules);
    reader.works();
    facts.extra = reader.extra();
    Read { facts, terms, notes: reader.notes }
}

/// Reads keys, which are taken out one by one.
struct Reader {
    /// The keys that are left.
    keys: Table,
    /// What an editor should know.
    notes: Vec<Note>,
}

impl Reader {
    /// Takes the first of some keys that holds a text.
    fn text(&mut self, names: &[&str]) -> Option<String> {
        let name = names.iter().find(|name| self.keys.scalar(name).is_some())?;
        self.keys.take(name)?.scalar().map(str::to_owned)
    }

    /// Tells something of the piece as a whole.
    fn note(&mut self, about: About, text: String) {
        self.notes.push(Note { about, text, line: 0, rule: None });
    }

    /// Reads what is words.
    fn words(&mut self, facts: &mut Facts) {
        facts.title = self.text(&["title", "headline"]).unwrap_or_default();
        facts.kicker = self.text(&["kicker", "overline", "eyebrow"]);
        facts.deck = self.text(&[
            "deck",
            "subtitle",
            "subhead",
            "subheading",
            "dek",
            "standfirst",
        ]);
        facts.summary = self.text(&["summary", "description", "excerpt", "abstract"]);
        facts.dateline = self.text(&["dateline"]);
        facts.credit = self.text(&["credit", "credits"]);
        facts.rights = self.text(&["rights", "license", "licence", "copyright"]);
        facts.publication = self.text(&["publication", "publisher", "outlet"]);
    }

    /// Takes the first of some keys that holds a date; what is no date is told
    /// and stays.
    fn date(&mut self, names: &[&str]) -> Option<Date> {
        for name in names {
            let Some(text) = self.keys.scalar(name).map(str::to_owned) else { continue };
            match dates::parse(&text) {
                Some(date) => {
                    drop(self.keys.take(name));
                    return Some(date);
                }
                None => self.note(
                    About::Date,
                    format!("the key `{name}` is no date that can be read: {text}"),
                ),
            }
        }
        None
    }

    /// Reads the dates.
    fn dates(&mut self, facts: &mut Facts, place: &Place) {
        let written = self.date(&["date"]);
        let publish = self.date(&[
            "publishDate",
            "pubDate",
            "published",
            "published_at",
            "publish_date",
            "created",
            "created_at",
        ]);
        facts.date = written.or(publish).or(place.date);
        if let (Some(_), Some(publish)) = (written, publish) {
            self.keys.put("publish_date", Data::Plain(publish.html_datetime()));
        }
        let updated = self.date(&[
            "lastmod",
            "updated",
            "modified",
            "last_modified_at",
            "updatedDate",
            "dateModified",
            "last-modified",
        ]);
        facts.updated = updated.filter(|updated| Some(*updated) != facts.date);
        if let Some(expiry) = self.date(&["expiryDate", "unpublishDate"]) {
            self.note(
                About::Decision,
                format!("was to be shown until {}", expiry.html_datetime()),
            );
        }
        if facts.date.is_none() && place.sort == crate::import::piece::Sort::Article {
            self.note(About::Date, "has no date".to_owned());
        }
    }

    /// Reads who wrote it.
    fn people(&mut self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for key in ["byline", "authors", "author", "writers", "writer"] {
            let Some(data) = self.keys.take(key) else { continue };
            for item in data.items() {
                let name = match item {
                    Data::Table(table) => ["name", "display_name", "title"]
                        .iter()
                        .find_map(|key| table.scalar(key)),
                    other => other.scalar(),
                };
                let Some(name) = name else { continue };
                let plain = without_mail(name);
                if plain.len() < name.len() {
                    self.note(
                        About::Decision,
                        "the e-mail address of an author is dropped".to_owned(),
                    );
                }
                if !plain.is_empty() && !names.contains(&plain) {
                    names.push(plain);
                }
                if let Data::Table(table) = item {
                    let rest: Vec<_> = table
                        .iter()
                        .map(|(key, _)| key)
                        .filter(|key| *key != "name")
                        .collect();
                    if !rest.is_empty() {
                        self.note(
                            About::Decision,
                            format!(
                                "of the author {name} only the name is kept, not: {}",
                                rest.join(", ")
                            ),
                        );
                    }
                }
            }
        }
        names
    }

    /// Reads the lead image.
    fn image(&mut self) -> Option<Image> {
        if let Some(Data::Table(mut header)) = self.keys.take("header") {
            for key in ["image", "overlay_image", "teaser"] {
                let is_free = self.keys.get("image").is_none();
                if let Some(image) = header.get(key).cloned().filter(|_| is_free) {
                    drop(header.take(key));
                    self.keys.put("image", image);
                }
            }
            if let Some(caption) = header.take("caption") {
                self.keys.put("image_caption", caption);
            }
            if !header.is_empty() {
                self.keys.put("header", Data::Table(header));
            }
        }
        let name = IMAGES.iter().find(|name| {
            self.keys.get(name).is_some_and(|data| image_of(data).is_some())
        })?;
        let data = self.keys.take(name)?;
        let mut image = image_of(&data)?;
        if let Data::List(items) = &data {
            let rest: Vec<Data> = items.iter().skip(1).cloned().collect();
            if !rest.is_empty() {
                self.keys.put(name, Data::List(rest));
            }
        }
        let of = |key: &str| ["_", "", "-"].map(|mark| format!("{name}{mark}{key}"));
        let mut more = |key: &str| {
            let own = of(key);
            let mut all: Vec<&str> = own.iter().map(String::as_str).collect();
            let common = [format!("image_{key}"), format!("image{key}")];
            all.extend(common.iter().map(String::as_str));
            self.text(&all)
        };
        if let Some(alt) = more("alt") {
            image.alt = alt;
        }
        image.caption = image.caption.or_else(|| more("caption"));
        image.credit = image.credit.or_else(|| more("credit"));
        Some(image)
    }

    /// Reads where it stood first.
    fn origin(&mut self, facts: &mut Facts) {
        for key in [
            "original_url",
            "originalURL",
            "canonicalURL",
            "canonical_url",
            "canonicalUrl",
            "canonical",
            "source_url",
            "source",
            "link",
        ] {
            let Some(text) = self.keys.scalar(key).map(str::to_owned) else { continue };
            let is_address = text.starts_with("https://") || text.starts_with("http://");
            if is_address && facts.original_url.is_none() {
                facts.original_url = Some(text);
                drop(self.keys.take(key));
            } else if key == "source" && !is_address && facts.publication.is_none() {
                facts.publication = Some(text);
                drop(self.keys.take(key));
            }
        }
    }

    /// Reads the names that it is filed under.
    fn terms(&mut self, place: &Place, rules: &dyn Rules) -> Vec<Term> {
        let mut terms = place.terms.clone();
        let mut domains = rules.taxonomies();
        domains.extend(["tag", "category"].map(str::to_owned));
        for domain in domains {
            let Some(data) = self.keys.take(&domain) else { continue };
            let names = match &data {
                Data::List(_) => data.scalars(),
                other => {
                    let text = other.scalar().unwrap_or_default();
                    text.split(',')
                        .map(|name| name.trim().to_owned())
                        .filter(|name| !name.is_empty())
                        .collect()
                }
            };
            if let Data::Table(table) = data {
                self.keys.put(&domain, Data::Table(table));
                continue;
            }
            for name in names {
                let slug = rules.term_slug(&name);
                let term = Term { domain: domain.clone(), name, slug };
                if !terms.contains(&term) {
                    terms.push(term);
                }
            }
        }
        terms
    }

    /// Drops the keys that only the generator needs.
    fn works(&mut self) {
        let mut dropped = Vec::new();
        for key in WORKS {
            if self.keys.take(key).is_some_and(|data| !data.is_empty()) {
                dropped.push(format!("`{key}`"));
            }
        }
        if !dropped.is_empty() {
            let text = format!(
                "dropped the keys that only the generator or its theme needs: {}",
                dropped.join(", ")
            );
            self.note(About::Decision, text);
        }
    }

    /// What is left, without what is private.
    fn extra(&mut self) -> Map<String, Value> {
        let mut dropped = Vec::new();
        let all = std::mem::take(&mut self.keys);
        let mut map = Map::new();
        for (key, data) in all.iter() {
            if data.is_empty() {
                continue;
            }
            if let Some(value) = public(key, data, false, &mut dropped) {
                map.entry(key.to_owned()).or_insert(value);
            }
        }
        if !dropped.is_empty() {
            let text = format!(
                "dropped the keys that hold what is private: {}",
                dropped.join(", ")
            );
            self.note(About::Decision, text);
        }
        map
    }
}

/// Why a piece with these keys was not public, whatever its generator makes of
/// them: themes and plugins hide pages by these keys too.
pub(super) fn held(keys: &Table) -> Option<&'static str> {
    let extra = keys.get("extra").and_then(Data::table);
    for keys in std::iter::once(keys).chain(extra) {
        let is_hidden = keys.get("hidden").and_then(Data::flag) == Some(true);
        let status = keys.scalar("status").unwrap_or_default();
        if keys.get("password").is_some_and(|password| !password.is_empty()) {
            return Some("password");
        }
        if is_hidden || status.eq_ignore_ascii_case("hidden") {
            return Some("hidden");
        }
    }
    None
}

/// Whether keys hold what is private, at any depth.
pub(super) fn holds_private(keys: &Table) -> bool {
    let mut dropped = Vec::new();
    for (key, data) in keys.iter().filter(|(_, data)| !data.is_empty()) {
        let names_mail = data.scalars().iter().any(|text| holds_mail(text));
        if names_mail || public(key, data, false, &mut dropped).is_none() {
            return true;
        }
    }
    !dropped.is_empty()
}

/// A value without what is private in it; nothing if all of it is. In a table
/// of contacts, each key may say how to reach somebody.
fn public(
    key: &str,
    data: &Data,
    is_contact: bool,
    dropped: &mut Vec<String>,
) -> Option<Value> {
    let is_contact = is_contact || is_contact_key(key);
    let is_private = PRIVATE.contains(&key.to_lowercase().as_str());
    let reaches = |text: &str| holds_mail(text) || is_contact && holds_phone(text);
    if is_private || data.scalar().is_some_and(reaches) {
        dropped.push(format!("`{key}`"));
        return None;
    }
    match data {
        Data::List(items) => {
            let kept =
                items.iter().filter_map(|item| public(key, item, is_contact, dropped));
            Some(Value::Array(kept.collect()))
        }
        Data::Table(table) => {
            let mut map = Map::new();
            for (key, data) in table.iter() {
                if let Some(value) = public(key, data, is_contact, dropped) {
                    map.entry(key.to_owned()).or_insert(value);
                }
            }
            Some(Value::Object(map))
        }
        other => Some(other.to_json()),
    }
}

/// Whether one of the words of a key is one for ways to reach somebody:
/// `press_contact`, `contactPhone`.
fn is_contact_key(key: &str) -> bool {
    let mut words = String::new();
    let mut was_small = false;
    for c in key.chars() {
        if c.is_uppercase() && was_small {
            words.push(' ');
        }
        was_small = c.is_lowercase();
        if c.is_alphabetic() {
            words.extend(c.to_lowercase());
        } else {
            words.push(' ');
        }
    }
    words.split(' ').any(|word| CONTACT.contains(&word))
}

/// Whether an e-mail address stands somewhere in a text.
fn holds_mail(text: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || "<>()[],;:\"'".contains(c);
    text.split(ends).any(|word| is_mail(word.trim_end_matches('.')))
}

/// Whether a telephone number stands somewhere in a text: seven digits or more
/// in groups, which are no date.
fn holds_phone(text: &str) -> bool {
    let is_part = |c: char| {
        c.is_ascii_digit() || " -./()+\u{a0}\u{2010}\u{2011}\u{2013}".contains(c)
    };
    let runs = text.split(|c| !is_part(c));
    runs.map(str::trim).any(|run| {
        let n_digits = run.chars().filter(char::is_ascii_digit).count();
        n_digits >= 7 && dates::parse(run).is_none()
    })
}

/// Whether a text is an e-mail address and nothing else.
fn is_mail(text: &str) -> bool {
    let text = text.trim().trim_start_matches("mailto:");
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.contains('@')
            && !text.contains([' ', '/', ':'])
    })
}

/// A name without an e-mail address behind it or in its place.
pub(super) fn without_mail(name: &str) -> String {
    let words = name
        .split_whitespace()
        .filter(|word| !is_mail(word.trim_matches(['<', '>', '(', ')', ','])));
    words.collect::<Vec<_>>().join(" ")
}

/// The image that a value is.
fn image_of(data: &Data) -> Option<Image> {
    let mut image = Image::default();
    match data {
        Data::List(items) => return image_of(items.first()?),
        Data::Table(table) => {
            let first = |names: &[&str]| {
                names.iter().find_map(|name| table.scalar(name)).map(str::to_owned)
            };
            image.src = first(&[
                "src",
                "url",
                "image",
                "path",
                "file",
                "filename",
                "feature",
                "relative_path",
            ])?;
            image.alt = first(&["alt", "alternative"]).unwrap_or_default();
            image.caption = first(&["caption", "title", "description"]);
            image.credit = first(&["credit", "attribution", "photographer", "creator"]);
        }
        other => {
            let src = other.scalar().filter(|src| is_picture(src))?;
            src.clone_into(&mut image.src);
        }
    }
    Some(image)
}

/// Whether a text can be the address of a picture; `true` is none.
fn is_picture(text: &str) -> bool {
    text.contains(['/', '.']) && !text.contains(' ')
        || text.contains("://")
        || text.rsplit_once('.').is_some_and(|(_, end)| end.len() <= 4 && end.len() >= 3)
}
