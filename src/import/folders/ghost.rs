//! Reads the JSON that Ghost exports: posts and pages with their tags and
//! authors.
//!
//! The text of a piece is its HTML if the export has it, else what its cards
//! are made of: Lexical or Mobiledoc. What only members or who paid could read
//! is held. E-mail addresses of authors and members are never read. Code that
//! was injected is left out and told.
//!
//! Addresses are `/slug/`; `__GHOST_URL__` stands for the address of the site,
//! and is `source://` if nobody says it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::dates;
use super::facts::without_mail;
use super::links::Base;
use crate::date::{Moment, Zone};
use crate::dom::{self, Node};
use crate::import::account::{Account, count};
use crate::import::piece::{
    About, Body, Facts, Image, Item, Note, Origin, Outline, Piece, Refused, Skipped,
    Sort, Source, Term, Visibility,
};
use crate::json::{self, Map, Value};
use crate::markdown;

mod lexical;
mod mobiledoc;

/// What stands for the address of the site in an export.
const GHOST_URL: &str = "__GHOST_URL__";

/// Keys that have a place of their own or say nothing of the piece.
const USED: &[&str] = &[
    "id",
    "uuid",
    "title",
    "slug",
    "mobiledoc",
    "lexical",
    "html",
    "plaintext",
    "comment_id",
    "feature_image",
    "feature_image_alt",
    "feature_image_caption",
    "status",
    "visibility",
    "type",
    "page",
    "locale",
    "language",
    "created_at",
    "updated_at",
    "published_at",
    "created_by",
    "updated_by",
    "published_by",
    "author_id",
    "custom_excerpt",
    "codeinjection_head",
    "codeinjection_foot",
    "custom_template",
    "canonical_url",
    "email_recipient_filter",
    "newsletter_id",
    "show_title_and_feature_image",
    "email_only",
    "email_subject",
    "og_image",
    "twitter_image",
    "frontmatter",
    "tags",
    "authors",
    "author",
    "primary_tag",
    "primary_author",
    "image",
    "amp",
    "reading_time",
    "send_email_when_published",
    "tiers",
];

/// An export of Ghost.
pub struct GhostSource {
    /// The file, as it was given.
    file: Arc<str>,
    /// The address of the site.
    base: Base,
    /// The posts and pages.
    posts: Vec<Map<String, Value>>,
    /// The tags by their numbers: name and slug.
    tags: BTreeMap<String, (String, String)>,
    /// The names of the authors by their numbers.
    authors: BTreeMap<String, String>,
    /// The tags of each post, in their order.
    tagged: BTreeMap<String, Vec<String>>,
    /// The authors of each post, in their order.
    written: BTreeMap<String, Vec<String>>,
    /// The moment of the import.
    now: Moment,
}

/// Whether a file is an export of Ghost.
pub fn is_export(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let head: Vec<u8> =
        head.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let begins = [&b"{\"db\":["[..], &b"{\"meta\":{\"exported_on\""[..]];
    begins.iter().any(|begin| head.starts_with(begin))
}

impl GhostSource {
    /// Reads an export; `address` is that of the site, if it is known.
    pub fn new(
        file: &str,
        bytes: &[u8],
        address: Option<&str>,
        now: Moment,
    ) -> Result<Self, Refused> {
        let file: Arc<str> = file.into();
        let refused = |message: String| Refused {
            file: Arc::clone(&file),
            message,
            hint: "export it anew in Ghost: Settings, Import/Export, Export".to_owned(),
        };
        let text = String::from_utf8_lossy(bytes);
        let mut value = json::parse(text.trim_start_matches('\u{feff}'))
            .map_err(|fault| refused(format!("is no JSON: {fault}")))?;
        let db = value.get_mut("db").and_then(|db| db.get_mut(0)).map(Value::take);
        let mut db = db.unwrap_or(value);
        let mut data = db.get_mut("data").map_or(Value::Null, Value::take);
        let posts = list(&mut data, "posts");
        if posts.is_empty()
            && data.get("posts").is_none()
            && data.get("settings").is_none()
        {
            return Err(refused("is not an export of Ghost: it has no posts".to_owned()));
        }
        let pair = |map: &Map<String, Value>| {
            Some((id(map.get("id")?)?, (word(map, "name"), word(map, "slug"))))
        };
        let tags = list(&mut data, "tags").iter().filter_map(pair).collect();
        let users = list(&mut data, "users");
        let authors = users.iter().filter_map(|map| {
            Some((id(map.get("id")?)?, without_mail(&word(map, "name"))))
        });
        let authors = authors.collect();
        let tagged = related(&mut data, "posts_tags", "tag_id");
        let written = related(&mut data, "posts_authors", "author_id");
        Ok(Self {
            file,
            base: Base::new(address, None),
            posts,
            tags,
            authors,
            tagged,
            written,
            now,
        })
    }

    /// The key of a post.
    fn key(post: &Map<String, Value>) -> String {
        let kind = if sort(post) == Sort::Page { "page" } else { "post" };
        let own = post.get("uuid").and_then(Value::as_str).map(str::to_owned);
        let own =
            own.or_else(|| id(post.get("id")?)).unwrap_or_else(|| word(post, "slug"));
        format!("{kind}:{own}")
    }

    /// The path of a post.
    fn path(post: &Map<String, Value>) -> String {
        let path = format!("/{}/", word(post, "slug").trim_matches('/'));
        if path == "//" { "/".to_owned() } else { path }
    }

    /// A text with the address of the site in the place of what stands for it.
    fn resolved(&self, text: &str) -> String {
        let site = match &self.base.origin {
            Some(origin) => format!("{origin}{}", self.base.path),
            None => "source://".to_owned(),
        };
        text.replace(GHOST_URL, &site)
    }

    /// The whole form of a path.
    fn whole(&self, path: &str) -> String {
        self.base.whole(path).unwrap_or_else(|| format!("source://{path}"))
    }

    /// What is to become of a post.
    fn visibility(&self, post: &Map<String, Value>) -> Visibility {
        let status = word(post, "status");
        let visibility = word(post, "visibility");
        let date = dates::parse(&word(post, "published_at"));
        match (status.as_str(), visibility.as_str()) {
            ("published" | "", "public" | "") => match date {
                Some(date) if date.is_after(self.now, &Zone::utc()) => {
                    Visibility::Held(format!("future: {}", date.html_datetime()))
                }
                _ => Visibility::Public,
            },
            ("published" | "", seen) => Visibility::Held(format!("only for {seen}")),
            ("sent", _) => Visibility::Held("sent by e-mail only".to_owned()),
            (status, _) => Visibility::Held(status.to_owned()),
        }
    }

    /// The outline of a post.
    fn outline(&self, post: &Map<String, Value>) -> Outline {
        let path = Self::path(post);
        let mut addresses = vec![self.whole(&path)];
        if self.base.origin.is_some() {
            addresses.push(format!("source://{path}"));
        }
        Outline {
            key: Self::key(post),
            sort: sort(post),
            visibility: self.visibility(post),
            title: word(post, "title"),
            slug: word(post, "slug"),
            date: dates::parse(&word(post, "published_at")),
            language: some(post, "locale").or_else(|| some(post, "language")),
            parent: None,
            translation_of: None,
            addresses,
        }
    }

    /// Makes a piece of a post.
    fn piece(&self, post: &Map<String, Value>) -> Piece {
        let outline = self.outline(post);
        let mut piece = Piece {
            sort: outline.sort,
            visibility: outline.visibility,
            ..Piece::default()
        };
        piece.origin = Origin {
            key: outline.key,
            kind: if outline.sort == Sort::Page { "page" } else { "post" }.to_owned(),
            status: word(post, "status"),
            file: Arc::clone(&self.file),
            line: 0,
        };
        piece.facts = self.facts(post, &mut piece.notes);
        if piece.visibility == Visibility::Public {
            let path = Self::path(post);
            piece.facts.original_url =
                piece.facts.original_url.take().or_else(|| self.base.whole(&path));
            piece.facts.redirects.push(format!("{}{path}", self.base.path));
        }
        piece.terms = self.terms(post);
        self.body(post, &mut piece);
        for key in ["codeinjection_head", "codeinjection_foot"] {
            if some(post, key).is_some() {
                note(
                    &mut piece.notes,
                    About::Decision,
                    format!("the code that was injected ({key}) is left out"),
                );
            }
        }
        piece
    }

    /// What the keys of a post say.
    fn facts(&self, post: &Map<String, Value>, notes: &mut Vec<Note>) -> Facts {
        let mut facts = Facts { title: word(post, "title"), ..Facts::default() };
        facts.date = dates::parse(&word(post, "published_at"));
        facts.updated = dates::parse(&word(post, "updated_at"))
            .filter(|own| Some(*own) != facts.date);
        facts.summary =
            some(post, "custom_excerpt").or_else(|| some(post, "meta_description"));
        facts.language = some(post, "locale").or_else(|| some(post, "language"));
        facts.original_url = some(post, "canonical_url").map(|own| self.resolved(&own));
        facts.byline = self.byline(post);
        let src = some(post, "feature_image").or_else(|| some(post, "image"));
        facts.image = src.map(|src| Image {
            src: self.resolved(&src),
            alt: word(post, "feature_image_alt"),
            caption: some(post, "feature_image_caption").map(|html| plain(&html)),
            credit: None,
        });
        for key in ["uuid", "id"] {
            if let Some(own) = post.get(key).and_then(id) {
                facts.provenance.insert(
                    if key == "id" { "id" } else { "guid" }.to_owned(),
                    Value::String(own),
                );
            }
        }
        if facts.date.is_none() && sort(post) == Sort::Article {
            note(notes, About::Date, "has no day of publication".to_owned());
        }
        for (key, value) in post {
            let says = match value {
                Value::Bool(flag) => *flag,
                Value::Number(number) => number.as_i64() != Some(0),
                Value::String(text) => {
                    !text.is_empty() && facts.summary.as_ref() != Some(text)
                }
                _ => false,
            };
            if says && !USED.contains(&key.as_str()) && !key.contains("email") {
                facts.extra.insert(key.clone(), value.clone());
            }
        }
        facts
    }

    /// Who wrote a post.
    fn byline(&self, post: &Map<String, Value>) -> Vec<String> {
        let number = post.get("id").and_then(id).unwrap_or_default();
        let mut names: Vec<String> = Vec::new();
        let own = self.written.get(&number).into_iter().flatten();
        names.extend(own.filter_map(|author| self.authors.get(author).cloned()));
        if names.is_empty() {
            let single =
                post.get("author_id").or_else(|| post.get("author")).and_then(id);
            names.extend(single.and_then(|author| self.authors.get(&author).cloned()));
        }
        let told = post.get("authors").and_then(Value::as_array).into_iter().flatten();
        if names.is_empty() {
            names.extend(
                told.filter_map(|author| {
                    Some(without_mail(author.get("name")?.as_str()?))
                }),
            );
        }
        names.retain(|name| !name.is_empty());
        names
    }

    /// The names that a post is filed under; the first is its main one.
    fn terms(&self, post: &Map<String, Value>) -> Vec<Term> {
        let number = post.get("id").and_then(id).unwrap_or_default();
        let own = self.tagged.get(&number).into_iter().flatten();
        let mut all: Vec<(String, String)> =
            own.filter_map(|tag| self.tags.get(tag).cloned()).collect();
        let told = post.get("tags").and_then(Value::as_array).into_iter().flatten();
        if all.is_empty() {
            all.extend(
                told.filter_map(|tag| tag.as_object())
                    .map(|tag| (word(tag, "name"), word(tag, "slug"))),
            );
        }
        // A name that begins with `#` is for the editors alone.
        all.retain(|(name, _)| !name.is_empty() && !name.starts_with('#'));
        let mut terms = Vec::new();
        for (at, (name, slug)) in all.into_iter().enumerate() {
            let domain = if at == 0 { "primary_tag" } else { "tag" }.to_owned();
            terms.push(Term { domain, name, slug });
        }
        terms
    }

    /// Reads the text of a post.
    fn body(&self, post: &Map<String, Value>, piece: &mut Piece) {
        let mut cards = Cards::default();
        let html =
            match (some(post, "html"), some(post, "lexical"), some(post, "mobiledoc")) {
                (Some(html), ..) => html,
                (_, Some(lexical), _) => lexical::html(&lexical, &mut cards),
                (.., Some(mobiledoc)) => mobiledoc::html(&mobiledoc, &mut cards),
                _ => String::new(),
            };
        let html = self.resolved(&html);
        if html.contains("<!--members-only-->") && piece.visibility == Visibility::Public
        {
            piece.visibility = Visibility::Held("a part is only for members".to_owned());
        }
        for text in cards.unknown {
            note(&mut piece.notes, About::Block, text);
        }
        if cards.is_broken {
            note(
                &mut piece.notes,
                About::Loss,
                "its text is no JSON that can be read".to_owned(),
            );
        }
        let nodes = dom::parse_fragment(&html);
        piece.account = account_of(&nodes);
        piece.account.read += cards.dropped;
        if cards.dropped > 0 {
            piece
                .account
                .dropped
                .insert("cards that are not text for readers".to_owned(), cards.dropped);
        }
        piece.body = Body::Html(nodes);
    }
}

impl Source for GhostSource {
    fn system(&self) -> &'static str {
        "Ghost"
    }

    fn survey(&mut self, tell: &mut dyn FnMut(Outline)) -> Result<(), Refused> {
        for post in self.posts.iter().filter(|post| skip(post).is_none()) {
            tell(self.outline(post));
        }
        Ok(())
    }

    fn read(&mut self, tell: &mut dyn FnMut(Item)) -> Result<(), Refused> {
        for post in &self.posts {
            tell(match skip(post) {
                None => Item::Piece(Box::new(self.piece(post))),
                Some(reason) => {
                    let origin = Origin {
                        key: Self::key(post),
                        kind: "post".to_owned(),
                        status: word(post, "status"),
                        file: Arc::clone(&self.file),
                        line: 0,
                    };
                    Item::Skipped(Skipped { origin, title: word(post, "title"), reason })
                }
            });
        }
        Ok(())
    }
}

/// What was found in the cards of a text.
#[derive(Debug, Default)]
struct Cards {
    /// What an editor should know.
    unknown: Vec<String>,
    /// How many characters were dropped.
    dropped: u64,
    /// Whether the text could not be read at all.
    is_broken: bool,
}

/// Why a post is no piece.
fn skip(post: &Map<String, Value>) -> Option<String> {
    let is_empty = ["title", "html", "lexical", "mobiledoc"]
        .iter()
        .all(|key| some(post, key).is_none());
    is_empty.then(|| "has neither a title nor a text".to_owned())
}

/// Whether a post is an article or a page.
fn sort(post: &Map<String, Value>) -> Sort {
    let is_flag = post
        .get("page")
        .is_some_and(|page| page == &Value::Bool(true) || page.as_i64() == Some(1));
    if word(post, "type") == "page" || is_flag { Sort::Page } else { Sort::Article }
}

/// Tells something of a post.
fn note(notes: &mut Vec<Note>, about: About, text: String) {
    notes.push(Note { about, text, line: 0, rule: None });
}

/// The objects of a list.
fn list(data: &mut Value, key: &str) -> Vec<Map<String, Value>> {
    let Some(Value::Array(items)) = data.get_mut(key).map(Value::take) else {
        return Vec::new();
    };
    items
        .into_iter()
        .filter_map(|item| match item {
            Value::Object(map) => Some(map),
            _ => None,
        })
        .collect()
}

/// What belongs to each post by a table between the two, in its order.
fn related(data: &mut Value, table: &str, key: &str) -> BTreeMap<String, Vec<String>> {
    let mut rows: Vec<(i64, String, String)> = list(data, table)
        .iter()
        .filter_map(|row| {
            let order = row.get("sort_order").and_then(Value::as_i64).unwrap_or(0);
            Some((order, id(row.get("post_id")?)?, id(row.get(key)?)?))
        })
        .collect();
    rows.sort_by_key(|(order, ..)| *order);
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, post, other) in rows {
        all.entry(post).or_default().push(other);
    }
    all
}

/// A number or a word as an id.
fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The text of a key; empty if there is none.
fn word(map: &Map<String, Value>, key: &str) -> String {
    map.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The text of a key, unless it is empty.
fn some(map: &Map<String, Value>, key: &str) -> Option<String> {
    Some(word(map, key)).filter(|text| !text.trim().is_empty())
}

/// The words of a piece of HTML.
fn plain(html: &str) -> String {
    let text = dom::text_of(&dom::parse_fragment(html));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A card as HTML, what both of Ghost's formats have in common.
fn card(kind: &str, own: &Map<String, Value>, cards: &mut Cards) -> String {
    let text = |key: &str| word(own, key);
    let escaped = |key: &str| super::body::escaped(&word(own, key));
    match kind {
        "image" => figure(&picture(own), &text("caption")),
        "gallery" => {
            let images =
                own.get("images").and_then(Value::as_array).into_iter().flatten();
            let images: String =
                images.filter_map(Value::as_object).map(picture).collect();
            figure(&images, &text("caption"))
        }
        "html" => text("html"),
        "markdown" | "card-markdown" => markdown(&text("markdown")),
        "code" | "codeblock" => code(own),
        "bookmark" => bookmark(own),
        "embed" => match escaped("url") {
            url if url.is_empty() => text("html"),
            url => {
                figure(&format!("<p><a href=\"{url}\">{url}</a></p>"), &text("caption"))
            }
        },
        "callout" => format!(
            "<aside><p>{} {}</p></aside>",
            escaped("calloutEmoji"),
            text("calloutText")
        ),
        "toggle" => format!(
            "<details><summary>{}</summary>{}</details>",
            text("heading"),
            text("content")
        ),
        "button" => format!(
            "<p><a href=\"{}\">{}</a></p>",
            escaped("buttonUrl"),
            escaped("buttonText")
        ),
        "audio" | "video" => figure(
            &format!("<{kind} src=\"{}\" controls></{kind}>", escaped("src")),
            &text(if kind == "audio" { "title" } else { "caption" }),
        ),
        "file" => file(own),
        "header" | "call-to-action" | "product" | "signup" => banner(kind, own, cards),
        "hr" | "horizontalrule" | "divider" => "<hr>".to_owned(),
        "paywall" => "<!--members-only-->".to_owned(),
        "soft-return" => "<br>".to_owned(),
        other => left_out(other, own, cards),
    }
}

/// A card that is not text for readers, or that nobody knows.
fn left_out(kind: &str, own: &Map<String, Value>, cards: &mut Cards) -> String {
    if matches!(kind, "email" | "email-cta") {
        cards.dropped += count(&plain(&word(own, "html")));
        cards.unknown.push("a card for e-mails only is left out".to_owned());
    } else {
        cards.dropped += own.values().filter_map(Value::as_str).map(count).sum::<u64>();
        cards.unknown.push(format!("the card `{kind}` is unknown and left out"));
    }
    String::new()
}

/// A card of code.
fn code(own: &Map<String, Value>) -> String {
    let language = super::body::escaped(&word(own, "language"));
    let class = match language.as_str() {
        "" => String::new(),
        language => format!(" class=\"language-{language}\""),
    };
    let code = super::body::escaped(&word(own, "code"));
    figure(&format!("<pre><code{class}>{code}</code></pre>"), &word(own, "caption"))
}

/// A card that leads to another page.
fn bookmark(own: &Map<String, Value>) -> String {
    let url = word(own, "url");
    let about = own.get("metadata").and_then(Value::as_object);
    let title =
        about.and_then(|about| some(about, "title")).unwrap_or_else(|| url.clone());
    let (url, title) = (super::body::escaped(&url), super::body::escaped(&title));
    figure(&format!("<p><a href=\"{url}\">{title}</a></p>"), &word(own, "caption"))
}

/// A card that leads to a file.
fn file(own: &Map<String, Value>) -> String {
    let first = |one: &str, other: &str| {
        let text = some(own, one).unwrap_or_else(|| word(own, other));
        super::body::escaped(&text)
    };
    let (title, source) = (first("fileTitle", "fileName"), first("src", "fileSrc"));
    let caption = super::body::escaped(&word(own, "fileCaption"));
    format!("<p><a href=\"{source}\">{title}</a> {caption}</p>")
}

/// A card that is made of a headline, words and a button.
fn banner(kind: &str, own: &Map<String, Value>, cards: &mut Cards) -> String {
    let text =
        |keys: &[&str]| keys.iter().find_map(|key| some(own, key)).unwrap_or_default();
    let head = text(&["header", "heading", "productTitle"]);
    let words = text(&[
        "subheader",
        "subheading",
        "productDescription",
        "textValue",
        "description",
    ]);
    if kind == "signup" {
        cards.unknown.push("a form to sign up is left out".to_owned());
        cards.dropped += count(&plain(&head)) + count(&plain(&words));
        return String::new();
    }
    let button = match (
        text(&["buttonText", "productButton"]),
        text(&["buttonUrl", "productUrl"]),
    ) {
        (words, url) if words.is_empty() || url.is_empty() => String::new(),
        (words, url) => format!(
            "<p><a href=\"{}\">{}</a></p>",
            super::body::escaped(&url),
            super::body::escaped(&words)
        ),
    };
    let head = if head.is_empty() { head } else { format!("<h2>{head}</h2>") };
    let words = if words.is_empty() { words } else { format!("<p>{words}</p>") };
    format!("{head}{words}{button}")
}

/// A picture of a card.
fn picture(own: &Map<String, Value>) -> String {
    let attribute = |key: &str| super::body::escaped(&word(own, key));
    let image =
        format!("<img src=\"{}\" alt=\"{}\">", attribute("src"), attribute("alt"));
    match attribute("href") {
        href if href.is_empty() => image,
        href => format!("<a href=\"{href}\">{image}</a>"),
    }
}

/// A figure; without a caption, only what it shows.
fn figure(shown: &str, caption: &str) -> String {
    let caption = if caption.trim().is_empty() {
        String::new()
    } else {
        format!("<figcaption>{caption}</figcaption>")
    };
    format!("<figure>{shown}{caption}</figure>")
}

/// Markdown of a card as HTML.
fn markdown(text: &str) -> String {
    markdown::simple_html(text)
}

/// The account of a tree: what its readers see stays, and the rest is dropped.
fn account_of(tree: &[Node]) -> Account {
    let read = count(&dom::text_of(tree));
    let mut account = Account { read, ..Account::default() };
    let n_hidden = read.saturating_sub(markdown::count_seen(tree));
    if n_hidden > 0 {
        account.dropped.insert("what a page does not show".to_owned(), n_hidden);
    }
    account
}
