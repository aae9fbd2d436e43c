//! What the tags of a text become: Markdown, or a link, or they stay as text
//! and are told.
//!
//! Tags in code stay as they are, but for those that only keep others from
//! being run. A tag that is known by name in several generators is read in one
//! way in all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::body::Edit;
use super::data::Table;
use super::links::{From, Links};
use super::rules::Dialect;
use super::tags::{self, Arguments, Tag};
use crate::import::piece::{About, Note};

/// What the tags of one text are read with.
pub(super) struct Context<'c> {
    /// The page.
    pub(super) from: From<'c>,
    /// All pages and files.
    pub(super) links: &'c Links,
    /// The keys of the page.
    pub(super) keys: &'c Table,
    /// The line at which the text begins in its file.
    pub(super) line: u64,
}

/// What a tag becomes.
enum Outcome {
    /// This text.
    Text(String),
    /// This text, in the place of the tag, what it holds, and its end.
    Whole(String),
    /// These two texts, in the places of the tag and of its end.
    Around(String, String),
    /// It stays.
    Unknown,
    /// It stays, and what it names is not there.
    Missing,
}

/// Reads all tags of a text; `code` tells where code stands.
pub(super) fn edits(
    text: &str,
    code: &[Range<usize>],
    context: &Context<'_>,
) -> (Vec<Edit>, Vec<Note>) {
    let dialect = context.from.dialect;
    let tags = tags::find(text, dialect);
    let ends = ends_of(&tags);
    let mut reader = Reader { text, code, context, edits: Vec::new(), notes: Vec::new() };
    let mut lines = Lines { text, at: 0, line: context.line };
    let mut closed: BTreeSet<usize> = BTreeSet::new();
    let mut at = 0;
    while let Some(tag) = tags.get(at) {
        let end = ends.get(at).copied().flatten();
        let line = lines.line_of(tag.range.start);
        at = match end.filter(|end| tags.get(*end).is_some()) {
            _ if closed.contains(&at) => at + 1,
            end => match reader.tag(tag, end.and_then(|end| tags.get(end)), line) {
                // What it holds is done with.
                Done::Whole => end.unwrap_or(at) + 1,
                Done::Around => {
                    closed.extend(end);
                    at + 1
                }
                Done::One => at + 1,
            },
        };
    }
    (reader.edits, reader.notes)
}

/// For each tag the one that closes it: the next of its name that is an end.
fn ends_of(tags: &[Tag]) -> Vec<Option<usize>> {
    let mut next: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unnamed = None;
    let mut ends = vec![None; tags.len()];
    for (at, tag) in tags.iter().enumerate().rev() {
        if tag.is_end {
            next.insert(&tag.name, at);
            if tag.name.is_empty() {
                unnamed = Some(at);
            }
        } else if let Some(end) = ends.get_mut(at) {
            *end = next
                .get(tag.name.as_str())
                .copied()
                .filter(|_| !tag.name.is_empty())
                .or(unnamed);
        }
    }
    ends
}

/// Counts lines on the way through a text.
struct Lines<'t> {
    /// The text.
    text: &'t str,
    /// How far it is counted.
    at: usize,
    /// The line there.
    line: u64,
}

impl Lines<'_> {
    /// The line of a place, which is not before the one asked last.
    fn line_of(&mut self, at: usize) -> u64 {
        let between = self.text.get(self.at..at).unwrap_or_default();
        let n = between.matches('\n').count();
        self.line += u64::try_from(n).unwrap_or(0);
        self.at = self.at.max(at);
        self.line
    }
}

/// How far a tag reached.
enum Done {
    /// Over the tag alone.
    One,
    /// Over the tag and its end.
    Around,
    /// Over all up to its end.
    Whole,
}

/// Reads the tags of one text.
struct Reader<'r> {
    /// The text.
    text: &'r str,
    /// Where code stands.
    code: &'r [Range<usize>],
    /// What the tags are read with.
    context: &'r Context<'r>,
    /// What is to be changed.
    edits: Vec<Edit>,
    /// What an editor should know.
    notes: Vec<Note>,
}

impl Reader<'_> {
    /// Whether a place stands in code.
    fn is_code(&self, at: usize) -> bool {
        let before = self.code.partition_point(|range| range.start <= at);
        before
            .checked_sub(1)
            .and_then(|last| self.code.get(last))
            .is_some_and(|range| at < range.end)
    }

    /// Reads a tag with the one that closes it.
    fn tag(&mut self, tag: &Tag, end: Option<&Tag>, line: u64) -> Done {
        let in_code = self.is_code(tag.range.start);
        if tag.is_escaped {
            let source = self.text.get(tag.range.clone()).unwrap_or_default();
            let plain = source.replacen("/*", "", 1);
            let plain =
                plain.rsplit_once("*/").map_or(plain.clone(), |(a, b)| format!("{a}{b}"));
            self.edit(tag.range.clone(), plain, "mark of a shortcode that is not run");
            return Done::One;
        }
        if let (true, Some(end)) = (matches!(tag.name.as_str(), "raw" | "verbatim"), end)
        {
            self.edit(tag.range.clone(), String::new(), "template tag raw");
            self.edit(end.range.clone(), String::new(), "template tag raw");
            return Done::Whole;
        }
        if in_code {
            return Done::One;
        }
        let inner = end.and_then(|end| self.text.get(tag.range.end..end.range.start));
        let label = if tag.name.is_empty() {
            "template expression".to_owned()
        } else {
            format!("shortcode {}", tag.name)
        };
        match self.outcome(tag, inner) {
            Outcome::Text(new) => {
                self.edit(tag.range.clone(), new, &label);
                Done::One
            }
            Outcome::Whole(new) => {
                let to = end.map_or(tag.range.end, |end| end.range.end);
                self.edit(tag.range.start..to, new, &label);
                Done::Whole
            }
            Outcome::Around(before, after) => {
                self.edit(tag.range.clone(), before, &label);
                if let Some(end) = end {
                    self.edit(end.range.clone(), after, &label);
                }
                Done::Around
            }
            outcome => {
                let source = self.text.get(tag.range.clone()).unwrap_or_default();
                let shown: String = source.chars().take(80).collect();
                let (about, why) = match outcome {
                    Outcome::Missing => (About::Link, "names what is not in the folder"),
                    _ => (About::Shortcode, "is unknown"),
                };
                if !tag.is_end {
                    let text = format!("the tag {shown} {why} and stays as text");
                    self.notes.push(Note { about, text, line, rule: None });
                }
                Done::One
            }
        }
    }

    /// Changes a part of the text.
    fn edit(&mut self, range: Range<usize>, with: String, reason: &str) {
        self.edits.push(Edit { range, with, reason: reason.to_owned() });
    }

    /// What a tag becomes.
    fn outcome(&self, tag: &Tag, inner: Option<&str>) -> Outcome {
        if tag.is_end {
            return Outcome::Unknown;
        }
        if self.is_before_link(tag) {
            return Outcome::Text(String::new());
        }
        if tag.name.is_empty() {
            return self.expression(&tag.rest);
        }
        let arguments = Arguments::read(&tag.rest);
        if let ("doc", Dialect::Nikola, Some(inner)) =
            (tag.name.as_str(), self.context.from.dialect, inner)
        {
            return self.document(inner);
        }
        let known = self.reference(tag, &arguments);
        let known = match known {
            Outcome::Unknown => embedded(&tag.name, &arguments),
            known => known,
        };
        let known = match known {
            Outcome::Unknown => self.picture(&tag.name, &arguments),
            known => known,
        };
        match (known, inner) {
            (Outcome::Unknown, Some(inner)) => paired(&tag.name, &tag.rest, inner),
            (known, _) => known,
        }
    }

    /// Whether a tag is the root of the site before a tag that names a page,
    /// which has its whole address anyway.
    fn is_before_link(&self, tag: &Tag) -> bool {
        let is_root = |text: &str| matches!(text.trim(), "site.baseurl" | "site.url");
        let mut rest = self.text.get(tag.range.end..).unwrap_or_default();
        if let Some((inner, behind)) =
            rest.strip_prefix("{{").and_then(|rest| rest.split_once("}}"))
        {
            rest = if is_root(inner) { behind } else { rest };
        }
        let next =
            rest.strip_prefix("{%").unwrap_or_default().trim_start_matches(['-', ' ']);
        let names_page = next.starts_with("link ") || next.starts_with("post_url ");
        tag.name.is_empty() && is_root(&tag.rest) && names_page
    }

    /// A tag that names another page or a file.
    fn reference(&self, tag: &Tag, arguments: &Arguments) -> Outcome {
        let dialect = self.context.from.dialect;
        let first = || arguments.named_or_first(&["path", "url", "slug"]);
        let (name, words) = match (tag.name.as_str(), dialect) {
            ("ref" | "relref", Dialect::Hugo)
            | ("post_path" | "asset_path", Dialect::Hexo)
            | ("get_url", Dialect::Zola) => (first(), None),
            ("post_url" | "link", Dialect::Jekyll) => (Some(tag.rest.as_str()), None),
            ("post_link" | "asset_link", Dialect::Hexo) => {
                (first(), Some(arguments.from(1)))
            }
            _ => return Outcome::Unknown,
        };
        let Some(name) = name.map(|name| name.trim_start_matches("@/")) else {
            return Outcome::Unknown;
        };
        let Some(whole) = self.find(name) else { return Outcome::Missing };
        match words {
            Some(words) => {
                let words = words.trim_end_matches(" true").trim_end_matches(" false");
                Outcome::Text(format!(
                    "[{}]({whole})",
                    label(if words.is_empty() { name } else { words })
                ))
            }
            None => Outcome::Text(whole),
        }
    }

    /// The tag `doc` of Nikola: a slug, or words with the slug in angle brackets.
    fn document(&self, inner: &str) -> Outcome {
        let inner = inner.trim();
        let named = inner.strip_suffix('>').and_then(|inner| inner.rsplit_once('<'));
        let (words, name) = named.unwrap_or((inner, inner));
        match self.find(name.trim()) {
            Some(whole) => Outcome::Whole(format!("[{}]({whole})", label(words.trim()))),
            None => Outcome::Missing,
        }
    }

    /// The whole form of a page or a file of this page's folder.
    fn find(&self, name: &str) -> Option<String> {
        let (links, from) = (self.context.links, self.context.from);
        if let Some(found) = links.reference(name, from) {
            return Some(found);
        }
        match links.lead(name, from) {
            super::links::Lead::Known(whole) => Some(whole),
            _ => None,
        }
    }

    /// A tag that shows a picture.
    fn picture(&self, name: &str, arguments: &Arguments) -> Outcome {
        let bare = name.to_lowercase();
        let mut file = bare.clone();
        if matches!(bare.as_str(), "include" | "include_relative" | "include_cached") {
            file = arguments.at(0).unwrap_or_default().to_lowercase();
        }
        let is_hexo = self.context.from.dialect == Dialect::Hexo;
        if is_hexo && matches!(bare.as_str(), "asset_img" | "img") {
            return hexo_picture(arguments);
        }
        let words = ["figure", "image", "img", "picture", "photo", "thumbnail"];
        let stem = file
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .split('.')
            .next()
            .unwrap_or_default();
        if !words.iter().any(|word| {
            stem == *word
                || stem.starts_with(&format!("{word}_"))
                || stem.ends_with(&format!("_{word}"))
        }) {
            return Outcome::Unknown;
        }
        let is_include = bare.starts_with("include");
        let named = arguments.named(&[
            "src",
            "url",
            "image_path",
            "path",
            "image",
            "file",
            "filename",
            "img",
        ]);
        let Some(src) = named.or_else(|| if is_include { None } else { arguments.at(0) })
        else {
            return Outcome::Unknown;
        };
        if src.contains("{{") || src.contains("page.") {
            return Outcome::Unknown;
        }
        let alt = arguments.named(&["alt"]).unwrap_or_default();
        let caption =
            arguments.named(&["caption", "title", "description"]).unwrap_or_default();
        let credit = arguments.named(&["attr", "credit"]).unwrap_or_default();
        let caption = [caption, credit]
            .iter()
            .filter(|text| !text.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" ");
        let shown = picture(src, alt, &caption);
        Outcome::Text(match arguments.named(&["link"]) {
            Some(link) => format!("[{shown}]({})", destination(link)),
            None => shown,
        })
    }

    /// An expression of Liquid or Nunjucks.
    fn expression(&self, text: &str) -> Outcome {
        let mut parts = text.split('|').map(str::trim);
        let Some(first) = parts.next() else { return Outcome::Unknown };
        let base = &self.context.links.base;
        let unquoted = first.trim_matches(['"', '\'']);
        let mut value = match first {
            "site.baseurl" => base.path.clone(),
            "site.url" => base.origin.clone().unwrap_or_default(),
            _ if unquoted.len() + 2 == first.len() => unquoted.to_owned(),
            _ => match first
                .strip_prefix("page.")
                .and_then(|key| self.context.keys.scalar(key))
            {
                Some(value) if !first.contains("date") => value.to_owned(),
                _ => return Outcome::Unknown,
            },
        };
        for filter in parts {
            let name = filter.split([':', ' ']).next().unwrap_or_default();
            value = match name {
                "relative_url" | "url" => {
                    format!("{}/{}", base.path, value.trim_start_matches('/'))
                }
                "absolute_url" => {
                    let path = format!("/{}", value.trim_start_matches('/'));
                    base.whole(&path).unwrap_or_else(|| format!("{}{path}", base.path))
                }
                "prepend" if filter.contains("site.baseurl") => {
                    format!("{}{value}", base.path)
                }
                "prepend" if filter.contains("site.url") => {
                    format!("{}{value}", base.origin.as_deref().unwrap_or_default())
                }
                "escape" | "strip" | "safe" | "xml_escape" => value,
                _ => return Outcome::Unknown,
            };
        }
        Outcome::Text(value)
    }
}

/// `{% asset_img name width height "title" "alt" %}` and its like: words
/// before the file are classes, numbers behind it are sizes.
fn hexo_picture(arguments: &Arguments) -> Outcome {
    let words: Vec<&str> = (0..16).map_while(|at| arguments.at(at)).collect();
    let Some(at) = words.iter().position(|word| word.contains('.') || word.contains('/'))
    else {
        return Outcome::Unknown;
    };
    let src = words.get(at).copied().unwrap_or_default();
    let rest = words
        .iter()
        .skip(at + 1)
        .filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit()));
    let rest: Vec<&str> = rest.copied().collect();
    let rest = rest.join(" ");
    // One text in quotes may hold the title and the alternative text.
    let parts: Vec<&str> =
        rest.split('"').map(str::trim).filter(|part| !part.is_empty()).collect();
    let title = parts.first().copied().unwrap_or_default().trim_matches('\'');
    let alt = parts.get(1).copied().unwrap_or(title).trim_matches('\'');
    Outcome::Text(picture(src, alt, if alt == title { "" } else { title }))
}

/// A tag that shows what stands on another site.
fn embedded(name: &str, arguments: &Arguments) -> Outcome {
    let bare = name.to_lowercase();
    let mut name = bare.as_str();
    let mut skip = 0;
    let included;
    if name == "include" {
        included = arguments.at(0).unwrap_or_default().to_lowercase();
        name = included
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .split('.')
            .next()
            .unwrap_or_default();
        skip = 1;
    }
    let provider = arguments.named(&["provider"]).unwrap_or_default();
    if matches!(name, "video" | "embed") && !provider.is_empty() {
        name = provider;
    }
    let own = |names: &[&str]| arguments.named(names).or_else(|| arguments.at(skip));
    let id = own(&["id", "youtube_id", "video_id", "code"]).unwrap_or_default();
    let user = arguments.named(&["user"]);
    let address = match name {
        _ if id.starts_with("https://") || id.starts_with("http://") => match name {
            "youtube" | "youtubeplayer" | "vimeo" | "media" | "iframe" | "gist"
            | "soundcloud" => id.to_owned(),
            _ => return Outcome::Unknown,
        },
        "youtube" | "youtubeplayer" | "youtube_embed" => {
            format!("https://www.youtube.com/watch?v={id}")
        }
        "vimeo" | "vimeoplayer" => format!("https://vimeo.com/{id}"),
        "instagram" | "instagram_simple" => format!("https://www.instagram.com/p/{id}/"),
        "tweet" | "x" | "twitter" | "twitter_simple" | "x_simple" => match user {
            Some(user) => format!("https://x.com/{user}/status/{id}"),
            None => format!("https://x.com/i/status/{id}"),
        },
        "gist" => match (user, arguments.at(skip + 1)) {
            (Some(user), _) => format!("https://gist.github.com/{user}/{id}"),
            (None, Some(second)) if !second.contains('.') => {
                format!("https://gist.github.com/{id}/{second}")
            }
            _ => format!("https://gist.github.com/{id}"),
        },
        "media" | "iframe" => match own(&["url", "src"]) {
            Some(url) if url.starts_with("http") => url.to_owned(),
            _ => return Outcome::Unknown,
        },
        "qr" => match arguments.named(&["text"]) {
            Some(text) if text.starts_with("http") => text.to_owned(),
            Some(text) => return Outcome::Text(label(text)),
            None => return Outcome::Unknown,
        },
        _ => return Outcome::Unknown,
    };
    if id.is_empty() && !matches!(name, "media" | "iframe" | "qr") {
        return Outcome::Unknown;
    }
    Outcome::Text(format!("<{}>", address.replace([' ', '<', '>'], "")))
}

/// A tag that stands around a text.
fn paired(name: &str, rest: &str, inner: &str) -> Outcome {
    let arguments = Arguments::read(rest);
    match name.to_lowercase().as_str() {
        "comment" => Outcome::Whole(String::new()),
        "highlight" | "codeblock" | "code" | "prism" => {
            let language = rest
                .split_whitespace()
                .find_map(|word| word.strip_prefix("lang:"))
                .or_else(|| arguments.at(0))
                .unwrap_or_default();
            Outcome::Whole(fenced(language, inner))
        }
        "details" => {
            let summary =
                arguments.named_or_first(&["summary", "title"]).unwrap_or_default();
            let summary = crate::import::folders::body::escaped(summary);
            let open = format!("<details>\n<summary>{summary}</summary>\n\n");
            Outcome::Around(open, "\n\n</details>".to_owned())
        }
        "blockquote" | "quote" | "pullquote"
            if name != "pullquote" || !inner.contains("{%") =>
        {
            let source =
                arguments.named(&["author", "source", "cite"]).map(str::to_owned);
            let source = source.unwrap_or_else(|| {
                if name == "pullquote" { String::new() } else { rest.to_owned() }
            });
            let lines = inner.trim().lines().map(|line| format!("> {line}"));
            let mut quote: Vec<String> = lines.collect();
            if !source.is_empty() {
                quote.push(format!(">\n> — {source}"));
            }
            Outcome::Whole(format!("\n{}\n", quote.join("\n")))
        }
        _ => Outcome::Unknown,
    }
}

/// A block of code.
fn fenced(language: &str, code: &str) -> String {
    let code = code.strip_prefix('\n').unwrap_or(code).trim_end();
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let is_word = |c: &char| c.is_alphanumeric() || "+-_#.".contains(*c);
    let language: String = language.chars().take_while(is_word).collect();
    format!("\n{fence}{language}\n{code}\n{fence}\n")
}

/// A picture in Markdown.
fn picture(src: &str, alt: &str, caption: &str) -> String {
    let alt = label(alt);
    match caption.trim() {
        "" => format!("![{alt}]({})", destination(src)),
        caption => {
            let caption = caption.split_whitespace().collect::<Vec<_>>().join(" ");
            format!(
                "![{alt}]({} \"{}\")",
                destination(src),
                caption.replace('\\', "\\\\").replace('"', "\\\"")
            )
        }
    }
}

/// A destination in Markdown.
fn destination(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            ' ' => out.push_str("%20"),
            '(' | ')' | '\\' | '<' | '>' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Words between brackets in Markdown.
fn label(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '[' | ']' | '\\' | '<' | '`' | '*' | '_') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
