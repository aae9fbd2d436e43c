//! What a page says of itself for machines: JSON-LD, Open Graph, `meta` names
//! of several traditions, links of its head, and classes of microformats.
//!
//! It gathers what is said, each with its source. What wins, also against what
//! is printed, is decided by those who ask.

mod json_ld;

use crate::date::Date;
use crate::dom::{Element, Node, text_of};
use crate::import::html::page::{Page, plain};
use crate::import::html::visible::dates::{self, Order};
use crate::json;

/// Somebody or something that is named as the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The name.
    pub name: String,
    /// Whether it is said to be an organization.
    pub is_organization: bool,
}

/// A date and who says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The date.
    pub date: Date,
    /// Where it stands: `JSON-LD datePublished`.
    pub source: &'static str,
}

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The headline of JSON-LD.
    pub headline: Option<String>,
    /// The title for shares and citations.
    pub share_title: Option<String>,
    /// The content of `title`.
    pub page_title: Option<String>,
    /// The line under the headline.
    pub deck: Option<String>,
    /// What it is about in a sentence.
    pub summary: Option<String>,
    /// The authors, from the best source that names some.
    pub authors: Vec<Author>,
    /// Dates of publication, the best source first.
    pub published: Vec<Dated>,
    /// Dates of change, the best source first.
    pub modified: Vec<Dated>,
    /// Its language.
    pub language: Option<String>,
    /// Its canonical address as written.
    pub canonical: Option<String>,
    /// The address of `base`.
    pub base: Option<String>,
    /// The address from a comment of a browser that saved the page.
    pub saved_from: Option<String>,
    /// The address that the page sends its readers to at once.
    pub refresh: Option<String>,
    /// Addresses in other languages: the language and the address as written.
    pub alternates: Vec<(String, String)>,
    /// Its sections.
    pub sections: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The lead image as written.
    pub image: Option<String>,
    /// What the lead image shows.
    pub image_alt: Option<String>,
    /// The name of the paper or site.
    pub publication: Option<String>,
    /// The licence.
    pub rights: Option<String>,
    /// The types of JSON-LD and microdata.
    pub types: Vec<String>,
    /// The type of Open Graph.
    pub share_type: Option<String>,
    /// Whether it says that it was made for paying readers.
    pub is_paid: bool,
    /// The program that made the page.
    pub generator: Option<String>,
}

impl Metadata {
    /// Puts an author behind the others unless it is there.
    fn add_author(&mut self, name: &str, is_organization: bool) {
        let name = plain(name);
        let is_address =
            name.starts_with("http") || name.starts_with('/') || name.contains('@');
        if !name.is_empty()
            && !is_address
            && !self.authors.iter().any(|own| own.name == name)
        {
            self.authors.push(Author { name, is_organization });
        }
    }

    /// Notes a date of publication.
    fn add_published(&mut self, text: &str, source: &'static str) {
        if let Some(date) = read_date(text) {
            self.published.push(Dated { date, source });
        }
    }

    /// Notes a date of change.
    fn add_modified(&mut self, text: &str, source: &'static str) {
        if let Some(date) = read_date(text) {
            self.modified.push(Dated { date, source });
        }
    }
}

/// A date as machines write it, and as people do in place of them.
fn read_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let exact = Date::parse(text).ok().or_else(|| {
        let spaced = text.replacen(" +", "+", 1);
        let basic = basic_offset(&spaced);
        Date::parse(&basic).ok()
    });
    let compact = || {
        let digits = text.get(..8).filter(|d| d.chars().all(|c| c.is_ascii_digit()))?;
        if text.len() > 8 && !text.get(8..)?.starts_with('T') {
            return None;
        }
        let number = |range: std::ops::Range<usize>| digits.get(range)?.parse().ok();
        Date::from_parts(digits.get(..4)?.parse().ok()?, number(4..6), number(6..8))
    };
    let slashed = || {
        let text = text.get(..10)?.replace('/', "-");
        Date::parse(&text).ok()
    };
    let date = exact
        .or_else(compact)
        .or_else(slashed)
        .or_else(|| dates::find(text, Order::Unknown).map(|(.., date)| date))?;
    (date.year() >= 1700).then_some(date)
}

/// An offset without a colon gets one: `+0400`.
fn basic_offset(text: &str) -> String {
    let at = text.len().saturating_sub(5);
    match (text.get(..at), text.get(at..)) {
        (Some(before), Some(offset))
            if offset.starts_with(['+', '-'])
                && before.contains('T')
                && offset
                    .get(1..)
                    .is_some_and(|o| o.chars().all(|c| c.is_ascii_digit())) =>
        {
            let (hours, minutes) = offset.split_at_checked(3).unwrap_or((offset, ""));
            format!("{before}{hours}:{minutes}")
        }
        _ => text.to_owned(),
    }
}

/// Gathers what a page says of itself.
pub fn gather(page: &Page) -> Metadata {
    let mut metadata = Metadata::default();
    let mut head = Head::default();
    collect(&page.nodes, &mut head);
    metadata.saved_from = head.saved_from.take();
    let values: Vec<_> = head.json.iter().filter_map(|text| lenient(text)).collect();
    json_ld::read(&values, &mut metadata);
    read_metas(&head.metas, &mut metadata);
    read_links(page, &mut metadata);
    read_elements(page, &mut metadata);
    metadata.page_title = head.title.map(|title| plain(&title)).filter(|t| !t.is_empty());
    metadata
}

/// JSON that pages hold, with the faults that are usual in it.
fn lenient(text: &str) -> Option<json::Value> {
    let text = text.trim();
    let text =
        text.strip_prefix("<!--").or(text.strip_prefix("//<![CDATA[")).unwrap_or(text);
    let text = text.strip_suffix("-->").or(text.strip_suffix("//]]>")).unwrap_or(text);
    let text = text.trim().trim_end_matches(';');
    json::parse(text).ok().or_else(|| {
        // Raw line breaks inside strings are the usual fault.
        let clean: String =
            text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        json::parse(&clean).ok()
    })
}

/// What stands in the head of a page and nowhere in its text.
#[derive(Default)]
struct Head {
    /// The texts of JSON-LD.
    json: Vec<String>,
    /// Names and contents of `meta`.
    metas: Vec<(String, String)>,
    /// The content of `title`.
    title: Option<String>,
    /// The address from a comment of a browser.
    saved_from: Option<String>,
}

/// Collects from some nodes.
fn collect(nodes: &[Node], head: &mut Head) {
    for node in nodes {
        match node {
            Node::Comment(comment) if head.saved_from.is_none() => {
                head.saved_from = saved_from(comment);
            }
            Node::Element(element) => collect_element(element, head),
            Node::Comment(_) | Node::Text(_) => {}
        }
    }
}

/// Collects from an element.
fn collect_element(element: &Element, head: &mut Head) {
    match element.name.as_str() {
        "script" => {
            let kind = element.attribute("type").unwrap_or_default();
            if kind.trim().to_lowercase().starts_with("application/ld+json") {
                head.json.push(text_of(&element.children));
            }
        }
        "title" => {
            head.title.get_or_insert_with(|| text_of(&element.children));
        }
        "svg" => {}
        "meta" => {
            let name = ["property", "name", "itemprop", "http-equiv"]
                .iter()
                .find_map(|name| element.attribute(name));
            if let (Some(name), Some(content)) = (name, element.attribute("content")) {
                head.metas.push((name.trim().to_lowercase(), content.trim().to_owned()));
            }
        }
        _ => collect(&element.children, head),
    }
}

/// The address in a comment such as `saved from url=(0042)https://…`.
fn saved_from(comment: &str) -> Option<String> {
    let comment = comment.trim();
    if let Some(rest) = comment.strip_prefix("saved from url=") {
        let rest = rest.split_once(')').map_or(rest, |(_, rest)| rest);
        return first_word(rest);
    }
    // HTTrack and SingleFile write these.
    if let Some((_, rest)) = comment.split_once("Mirrored from ") {
        return first_word(rest).map(|address| format!("http://{address}"));
    }
    let (_, rest) = comment.split_once("Page saved with SingleFile")?;
    let (_, rest) = rest.split_once("url:")?;
    first_word(rest)
}

/// The first word of a text.
fn first_word(text: &str) -> Option<String> {
    text.split_whitespace().next().map(str::to_owned)
}

/// Reads the `meta` elements; those that come first in a list win.
fn read_metas(metas: &[(String, String)], metadata: &mut Metadata) {
    let get = |names: &[&str]| {
        names.iter().find_map(|name| {
            let found =
                metas.iter().find(|(own, content)| own == name && !content.is_empty());
            found.map(|(_, content)| content.clone())
        })
    };
    let share = [
        "citation_title",
        "og:title",
        "dc.title",
        "twitter:title",
        "sailthru.title",
        "parsely-title",
        "headline",
    ];
    metadata.share_title = get(&share).map(|title| plain(&title));
    let summary =
        ["og:description", "description", "dc.description", "twitter:description"];
    let given = metadata.summary.take();
    metadata.summary = given.or_else(|| get(&summary)).map(|text| plain(&text));
    metadata.share_type = get(&["og:type"]).map(|kind| kind.to_lowercase());
    metadata.generator = get(&["generator"]);
    metadata.image = metadata.image.take().or_else(|| {
        get(&[
            "og:image:secure_url",
            "og:image",
            "og:image:url",
            "twitter:image",
            "twitter:image:src",
            "sailthru.image.full",
            "parsely-image-url",
        ])
    });
    metadata.image_alt = get(&["og:image:alt", "twitter:image:alt"]);
    metadata.publication = metadata.publication.take().or_else(|| {
        get(&[
            "og:site_name",
            "citation_journal_title",
            "dc.publisher",
            "publisher",
            "application-name",
        ])
    });
    metadata.rights = metadata.rights.take().or_else(|| get(&["dc.rights", "copyright"]));
    metadata.language = metadata.language.take().or_else(|| {
        get(&[
            "og:locale",
            "content-language",
            "dc.language",
            "language",
            "citation_language",
        ])
    });
    metadata.canonical = get(&["og:url", "citation_public_url", "parsely-link"]);
    metadata.refresh = get(&["refresh"]).and_then(|content| refresh(&content));
    read_meta_dates(metas, metadata);
    read_meta_lists(metas, metadata);
}

/// The address of a refresh that happens at once.
fn refresh(content: &str) -> Option<String> {
    let (delay, rest) = content.split_once([';', ','])?;
    let delay: f32 = delay.trim().parse().ok()?;
    let (name, address) = rest.split_once('=')?;
    let is_address = name.trim().eq_ignore_ascii_case("url") && delay <= 5.0;
    is_address.then(|| address.trim().trim_matches(['"', '\'']).to_owned())
}

/// Reads the dates of `meta` elements.
fn read_meta_dates(metas: &[(String, String)], metadata: &mut Metadata) {
    const PUBLISHED: &[&str] = &[
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "citation_publication_date",
        "citation_date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.date",
        "dc.date",
        "dc.date.created",
        "dcterms.created",
        "sailthru.date",
        "parsely-pub-date",
        "datepublished",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "date",
        "article.published",
        "ptime",
    ];
    const MODIFIED: &[&str] = &[
        "article:modified_time",
        "og:updated_time",
        "dc.date.modified",
        "dcterms.modified",
        "datemodified",
        "last-modified",
        "revised",
        "lastmod",
        "utime",
    ];
    for name in PUBLISHED {
        for (_, content) in metas.iter().filter(|(own, _)| own == name) {
            metadata.add_published(content, "a meta element");
        }
    }
    for name in MODIFIED {
        for (_, content) in metas.iter().filter(|(own, _)| own == name) {
            metadata.add_modified(content, "a meta element");
        }
    }
}

/// Reads authors, tags and sections of `meta` elements.
fn read_meta_lists(metas: &[(String, String)], metadata: &mut Metadata) {
    const AUTHORS: &[&str] = &[
        "byl",
        "citation_author",
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "sailthru.author",
        "parsely-author",
        "creator",
        "twitter:data1",
    ];
    for name in AUTHORS {
        if !metadata.authors.is_empty() {
            break;
        }
        for (_, content) in metas.iter().filter(|(own, _)| own == name) {
            let is_label = |(own, content): &(String, String)| {
                own == "twitter:label1" && content == "Written by"
            };
            if *name == "twitter:data1" && !metas.iter().any(is_label) {
                continue;
            }
            metadata.add_author(without_by(content), false);
        }
    }
    let each = |names: &[&str], is_list: bool| {
        let mut found: Vec<String> = Vec::new();
        for (_, content) in metas.iter().filter(|(own, _)| names.contains(&own.as_str()))
        {
            let parts: Vec<_> =
                if is_list { content.split([',', ';']).collect() } else { vec![content] };
            for part in parts.into_iter().map(plain).filter(|part| !part.is_empty()) {
                if !found.contains(&part) {
                    found.push(part);
                }
            }
        }
        found
    };
    let sections =
        each(&["article:section", "parsely-section", "dc.subject.section"], false);
    metadata.sections.extend(sections.into_iter().filter(|own| !own.is_empty()));
    let mut tags = each(&["article:tag", "og:article:tag"], false);
    if tags.is_empty() && metadata.tags.is_empty() {
        tags = each(&["news_keywords", "parsely-tags", "sailthru.tags"], true);
    }
    if tags.is_empty() && metadata.tags.is_empty() {
        tags = each(&["keywords", "dc.subject"], true);
    }
    for tag in tags {
        push_new(&mut metadata.tags, &tag);
    }
}

/// A name without a leading `By`.
pub fn without_by(name: &str) -> &str {
    let name = name.trim();
    ["By ", "by ", "BY ", "Por ", "POR "]
        .iter()
        .find_map(|label| name.strip_prefix(label))
        .unwrap_or(name)
        .trim()
}

/// Puts a name behind others unless it is there.
fn push_new(list: &mut Vec<String>, name: &str) {
    let name = plain(name);
    let lower = name.to_lowercase();
    if !name.is_empty() && !list.iter().any(|own| own.to_lowercase() == lower) {
        list.push(name);
    }
}

/// Reads the links of the head, and those to tags.
fn read_links(page: &Page, metadata: &mut Metadata) {
    for (at, part) in page.parts.iter().enumerate() {
        let Some(href) = part.attribute("href") else { continue };
        if part.name == "base" {
            metadata.base.get_or_insert_with(|| href.trim().to_owned());
        }
        let rel = part.attribute("rel").unwrap_or_default().to_lowercase();
        let is = |word: &str| rel.split_whitespace().any(|own| own == word);
        if part.name == "link" && is("canonical") {
            metadata.canonical =
                Some(href.trim().to_owned()).filter(|href| !href.is_empty());
        } else if part.name == "link" && is("alternate") {
            if let Some(language) = part.attribute("hreflang") {
                metadata
                    .alternates
                    .push((language.to_lowercase(), href.trim().to_owned()));
            }
        } else if is("license") {
            metadata.rights.get_or_insert_with(|| href.trim().to_owned());
        } else if part.name == "a" && is("tag") {
            let name = page.text_of(at);
            let is_section = is("category") || href.contains("/category/");
            let list =
                if is_section { &mut metadata.sections } else { &mut metadata.tags };
            push_new(list, name.trim_start_matches('#'));
        }
    }
}

/// Reads microdata, `time` elements and the language of the page.
fn read_elements(page: &Page, metadata: &mut Metadata) {
    for (at, part) in page.parts.iter().enumerate() {
        if part.name == "html" {
            let language = part.attribute("lang").or(part.attribute("xml:lang"));
            let language = language.map(str::trim).filter(|own| !own.is_empty());
            if let Some(language) = language {
                metadata.language.get_or_insert_with(|| language.to_owned());
            }
            if part.attribute("amp").is_some() || part.attribute("⚡").is_some() {
                metadata.types.push("amp".to_owned());
            }
        }
        if let Some(kind) = part.attribute("itemtype") {
            let kind = kind.trim().rsplit('/').next().unwrap_or_default().to_owned();
            metadata.types.push(kind);
        }
        let datetime = part.attribute("datetime").or(part.attribute("content"));
        let value = || datetime.map_or_else(|| page.text_of(at), str::to_owned);
        let property = part.attribute("itemprop").unwrap_or_default();
        if property == "datePublished" {
            metadata.add_published(&value(), "microdata");
        } else if property == "dateModified" {
            metadata.add_modified(&value(), "microdata");
        } else if part.name == "time"
            || part.is_marked("published") && part.name == "abbr"
        {
            let moment = part.attribute("datetime").or(part.attribute("title"));
            let is_update = part.is_marked("updated") && !part.is_marked("published");
            match moment {
                Some(moment) if is_update => {
                    metadata.add_modified(moment, "a time element");
                }
                Some(moment) if is_of_article(page, at) => {
                    metadata.add_published(moment, "a time element");
                }
                _ => {}
            }
        }
    }
    read_authors(page, metadata);
}

/// Whether an element does not stand in a list beside the article.
fn is_of_article(page: &Page, element: usize) -> bool {
    page.around(element).all(|at| {
        page.parts.get(at).is_none_or(|part| {
            !matches!(part.name.as_str(), "aside" | "nav" | "footer" | "li")
                && !part.marks.contains("comment")
                && !part.marks.contains("related")
                && !part.marks.contains("sidebar")
        })
    })
}

/// Reads authors of microdata and links, if nothing better named some.
fn read_authors(page: &Page, metadata: &mut Metadata) {
    if !metadata.authors.is_empty() {
        return;
    }
    for (at, part) in page.parts.iter().enumerate() {
        if part.attribute("itemprop") != Some("author") || !is_of_article(page, at) {
            continue;
        }
        let inner = page.parts.get(at..part.end).unwrap_or_default();
        let named =
            inner.iter().position(|own| own.attribute("itemprop") == Some("name"));
        let kind = part.attribute("itemtype").unwrap_or_default();
        let element = named.map_or(at, |offset| at + offset);
        let content = page.parts.get(element).and_then(|own| own.attribute("content"));
        let name = content.map_or_else(|| page.text_of(element), str::to_owned);
        metadata.add_author(without_by(&name), kind.ends_with("Organization"));
    }
    if metadata.authors.is_empty() {
        let is_author = |part: &crate::import::html::page::Part| {
            let rel = part.attribute("rel").unwrap_or_default();
            part.name == "a" && rel.split_whitespace().any(|own| own == "author")
        };
        for (at, _) in page.parts.iter().enumerate().filter(|(_, part)| is_author(part)) {
            if is_of_article(page, at) {
                metadata.add_author(without_by(&page.text_of(at)), false);
            }
        }
    }
}

#[cfg(test)]
mod tests;
