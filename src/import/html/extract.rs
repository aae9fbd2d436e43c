//! Makes a piece of a page: takes its text apart into what goes into fields,
//! what is dropped and what stays, and decides between what is printed and
//! what the page says for machines.
//!
//! What is printed wins: a page that was moved to a new system often has a new
//! date and an account's name in its metadata, and the old ones in its text.

mod header;
mod images;
mod kind;
mod tidy;
mod title;

use std::collections::{BTreeMap, BTreeSet};

use crate::date::Date;
use crate::dom::{Node, text_of};
use crate::import::account::Account;
use crate::import::html::address::{self, Address};
use crate::import::html::article::{self, Found};
use crate::import::html::furniture::{self, Prose};
use crate::import::html::metadata::{Dated, Metadata};
use crate::import::html::page::{Fate, Page};
use crate::import::html::visible::dates::{self, Order};
use crate::import::html::visible::{self, names};
use crate::import::html::{language, listing};
use crate::import::piece::{About, Facts, Image, Note, Term};
use crate::json::Value;
use header::Header;

/// What is known of the other pages of a batch.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The hashes of lines that stand on many pages.
    pub furniture: BTreeSet<u64>,
    /// Ends that the titles of many pages have in common.
    pub title_ends: Vec<String>,
    /// Lead images that many pages have in common.
    pub images: BTreeSet<String>,
    /// For each file its address, so that relative links can be followed.
    pub files: BTreeMap<String, String>,
}

/// A page that is to be made a piece.
#[derive(Debug)]
pub struct Given<'a> {
    /// The page.
    pub page: Page,
    /// What readability kept of it.
    pub kept: Option<Vec<bool>>,
    /// What it says of itself.
    pub metadata: Metadata,
    /// Where it stands.
    pub address: Address,
    /// The name of its file, if it is one of a folder.
    pub file: Option<&'a str>,
    /// What is known of the others.
    pub batch: &'a Batch,
}

/// What became of a page.
#[derive(Debug, Default)]
pub struct Extract {
    /// Its keys.
    pub facts: Facts,
    /// What it is filed under.
    pub terms: Vec<Term>,
    /// Its text.
    pub body: Vec<Node>,
    /// Where the rest of its text went.
    pub account: Account,
    /// What an editor should know.
    pub notes: Vec<Note>,
    /// Why it is no article, if it is none.
    pub not_article: Option<&'static str>,
    /// How much running text its body has.
    pub prose: usize,
}

/// Makes a piece of a page.
pub fn extract(given: Given<'_>) -> Extract {
    let Given { mut page, kept, metadata, address, file, batch } = given;
    let mut made = Extract::default();
    drop_recurring(&mut page, batch);
    furniture::drop_hidden(&mut page);
    made.not_article = listing::reason(&page, &metadata, address.web.as_ref());
    let mut language = language_of(&page, &metadata, &mut made);
    furniture::drop_parts(&mut page);
    furniture::drop_lines(&mut page);
    let place = article::find(&page, kept.as_deref());
    note_place(place.found, &mut made);
    let title = title::find(&page, &metadata, batch, place.root);
    let root_lines = page.lines_of(place.root);
    furniture::drop_end(&mut page, root_lines.clone());
    furniture::drop_last(&mut page, root_lines.clone());
    if let Some(line) = title.line {
        furniture::drop_first(&mut page, root_lines.start..line);
    }
    let order = order_of(language.as_deref());
    let links = Links { address: &address, file, batch };
    made.facts.image = images::lead(&mut page, &metadata, place.root, &title, &links);
    title::take(&mut page, &title, place.root);
    let header = header::read(&mut page, place.root, title.line, order);
    take_tags(&mut page, &mut made);
    drop_rest(&mut page, place.root, &mut made);
    let body = page.rest_of(place.root);
    made.body = tidy::tidy(body, &links);
    made.account = page.account();
    made.prose = page_prose(&page, place.root);
    if language.is_none() {
        language = language::of(&text_of(&made.body)).map(str::to_owned);
    }
    made.facts.language = language;
    fill(
        &mut made,
        Filling { metadata: &metadata, header, title, address: &address, order },
    );
    made
}

/// What is put into the keys of a piece.
struct Filling<'a> {
    /// What the page says of itself.
    metadata: &'a Metadata,
    /// What is printed around its text.
    header: Header,
    /// Its title.
    title: title::Title,
    /// Where it stands.
    address: &'a Address,
    /// The order of day and month.
    order: Order,
}

/// What is needed to make links whole.
#[derive(Clone, Copy, Debug)]
pub struct Links<'a> {
    /// Where the page stands.
    pub address: &'a Address,
    /// The name of its file, if it is one of a folder.
    pub file: Option<&'a str>,
    /// What is known of the other pages.
    pub batch: &'a Batch,
}

/// Drops lines that stand on many pages of the batch.
fn drop_recurring(page: &mut Page, batch: &Batch) {
    if batch.furniture.is_empty() {
        return;
    }
    for at in 0..page.lines.len() {
        let is_recurring = page
            .lines
            .get(at)
            .is_some_and(|line| batch.furniture.contains(&hash(&line.text)));
        if is_recurring {
            page.remove_line(at, Fate::Dropped("stands on many pages"));
        }
    }
}

/// A number for a line that is the same in every run (FNV-1a).
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The language of a page, as it says or as its text shows.
fn language_of(page: &Page, metadata: &Metadata, made: &mut Extract) -> Option<String> {
    let said = metadata.language.as_deref().and_then(language::tag);
    let mut text = String::new();
    for line in page.lines.iter().filter(|line| furniture::weight(line) > 0) {
        text.push_str(&line.text);
        text.push(' ');
    }
    let shown = language::of(&text);
    match (said, shown) {
        (Some(said), Some(shown)) if said.split('-').next() != Some(shown) => {
            note(
                made,
                About::Question,
                format!("it is said to be in `{said}` and reads as `{shown}`"),
            );
            Some(shown.to_owned())
        }
        (None, shown) => shown.map(str::to_owned),
        (said, _) => said,
    }
}

/// Whether numbers stand for the day first.
fn order_of(language: Option<&str>) -> Order {
    match language {
        Some("en" | "en-US") | None => Order::Unknown,
        Some(_) => Order::DayFirst,
    }
}

/// Adds a note.
fn note(made: &mut Extract, about: About, text: String) {
    made.notes.push(Note { about, text, line: 0, rule: None });
}

/// Notes how the article was found, if an editor should look at it.
fn note_place(found: Found, made: &mut Extract) {
    let text = match found {
        Found::Readable => return,
        Found::Named => "the text was found by the name of its element",
        Found::Densest => "the text was found as the densest part of the page",
        Found::Whole => "the page has no running text; all of it was taken",
    };
    note(made, About::Decision, text.to_owned());
}

/// Lines of tags and sections go into the terms.
fn take_tags(page: &mut Page, made: &mut Extract) {
    const HEADS: &[(&str, &str)] = &[
        ("filed under:", "section"),
        ("posted in:", "section"),
        ("posted in ", "section"),
        ("filed under ", "section"),
        ("categories:", "section"),
        ("category:", "section"),
        ("section:", "section"),
        ("tags:", "tag"),
        ("tagged:", "tag"),
        ("tagged with:", "tag"),
        ("labels:", "tag"),
        ("keywords:", "tag"),
        ("etiquetas:", "tag"),
        ("categorías:", "section"),
        ("archivado en:", "section"),
        ("topics:", "tag"),
        ("temas:", "tag"),
    ];
    let tagged = tag_lines(page);
    for at in 0..page.lines.len() {
        let Some(line) = page.lines.get(at).filter(|_| page.is_open(at)) else {
            continue;
        };
        let lower = line.text.to_lowercase();
        let head = HEADS.iter().find(|(head, _)| lower.starts_with(head));
        let chars = line.text.chars().count();
        let is_tags = tagged.contains(&at) && line.linked * 2 >= chars;
        if let Some((head, domain)) =
            head.filter(|_| chars < 200 && !line.text.ends_with('.'))
        {
            let names = line.text.get(head.len()..).unwrap_or_default().to_owned();
            if line.linked > 0
                || head.ends_with(':') && names.split_whitespace().count() < 15
            {
                for name in names.split([',', '|', ';', '•']) {
                    add_term(made, domain, name);
                }
                page.remove_line(at, Fate::Moved("terms"));
            }
        } else if is_tags || chars <= 5 && lower.starts_with("tags") {
            page.remove_line(at, Fate::Moved("terms"));
        }
    }
}

/// The lines that hold links to tags.
fn tag_lines(page: &Page) -> BTreeSet<usize> {
    let is_tag = |part: &&crate::import::html::page::Part| {
        let rel = part.attribute("rel").unwrap_or_default();
        part.name == "a" && rel.split_whitespace().any(|word| word == "tag")
    };
    let starts = page.parts.iter().filter(is_tag).map(|part| part.texts.start);
    starts
        .map(|start| page.lines.partition_point(|line| line.texts.end <= start))
        .collect()
}

/// Adds a term unless it is there.
fn add_term(made: &mut Extract, domain: &str, name: &str) {
    let name = name.trim().trim_start_matches('#').trim();
    let is_new = |own: &Term| !own.name.eq_ignore_ascii_case(name);
    if !name.is_empty() && name.chars().count() <= 80 && made.terms.iter().all(is_new) {
        let (domain, name) = (domain.to_owned(), name.to_owned());
        made.terms.push(Term { domain, name, slug: String::new() });
    }
}

/// Drops everything around the article, and what its own header and footer
/// still hold.
fn drop_rest(page: &mut Page, root: usize, made: &mut Extract) {
    let Some(texts) = page.parts.get(root).map(|part| part.texts.clone()) else { return };
    drop_inner_footers(page, root);
    let mut left_out = 0;
    for at in 0..page.lines.len() {
        let Some(line) = page.lines.get(at) else { continue };
        if !texts.contains(&line.texts.start) && page.is_open(at) {
            left_out += furniture::weight(line);
            let reason = outer_reason(page, line.element);
            page.remove_line(at, Fate::Dropped(reason));
        }
    }
    // White space between lines has no line.
    page.decide(0..texts.start, Fate::Dropped("around the article"));
    page.decide(texts.end..page.texts.len(), Fate::Dropped("around the article"));
    let own = page_prose(page, root);
    if left_out * 3 > own {
        let text = format!(
            "{left_out} characters of running text around the article were left out"
        );
        note(made, About::Question, text);
    }
}

/// Drops the footers of the article itself, unless they hold much of it.
fn drop_inner_footers(page: &mut Page, root: usize) {
    let prose = Prose::of(page);
    let end = page.parts.get(root).map_or(root, |part| part.end);
    for at in root + 1..end {
        let is_footer = page.parts.get(at).is_some_and(|part| part.name == "footer");
        if is_footer && prose.within(page.lines_of(at)) * 4 < prose.all() {
            page.remove(at, Fate::Dropped("footer of the article"));
        }
    }
}

/// The reason to drop a line around the article.
fn outer_reason(page: &Page, element: usize) -> &'static str {
    for at in page.around(element) {
        match page.parts.get(at).map(|part| part.name.as_str()) {
            Some("header") => return "header of the page",
            Some("footer") => return "footer of the page",
            Some("aside") => return "aside",
            _ => {}
        }
    }
    "around the article"
}

/// The running text that is left in an element.
fn page_prose(page: &Page, root: usize) -> usize {
    Prose::of(page).within(page.lines_of(root))
}

/// Fills the keys of a piece.
fn fill(made: &mut Extract, filling: Filling<'_>) {
    let Filling { metadata, mut header, title, address, order } = filling;
    made.facts.title = title.text;
    for text in title.notes {
        note(made, About::Question, text);
    }
    fill_writers(made, metadata, &header);
    fill_dateline(made, order);
    fill_dates(made, metadata, &header, address);
    made.facts.print_page = header.page.take();
    made.facts.kicker = header.kicker.take();
    made.facts.deck = header.deck.take().or_else(|| metadata.deck.clone());
    made.facts.publication.clone_from(&metadata.publication);
    made.facts.rights.clone_from(&metadata.rights);
    fill_terms(made, metadata, &header);
    fill_summary(made, metadata);
    made.facts.kind = kind::of(metadata, &made.terms, made.facts.title.as_str());
    let url = address.canonical.as_ref().or(address.web.as_ref());
    made.facts.original_url = url.map(ToString::to_string);
    if let Some(web) = &address.web {
        made.facts.redirects.push(address::path(web));
        let canonical = address.canonical.as_ref().filter(|own| own.host() == web.host());
        if let Some(path) =
            canonical.map(address::path).filter(|own| *own != address::path(web))
        {
            made.facts.redirects.push(path);
        }
    }
    if metadata.is_paid {
        note(made, About::Question, "it was behind a paywall and may be cut".to_owned());
    }
    if made.prose < 200 {
        note(made, About::Question, "it has little running text".to_owned());
    }
}

/// Decides who wrote a piece.
fn fill_writers(made: &mut Extract, metadata: &Metadata, header: &Header) {
    let mut account = Vec::new();
    for author in &metadata.authors {
        let is_organization = author.is_organization || is_site(metadata, &author.name);
        match names::read(&author.name) {
            names::Read::People(people) if !is_organization => {
                account.extend(people);
            }
            _ => {
                let name = Value::from(author.name.as_str());
                made.facts.extra.insert("account_organization".to_owned(), name);
            }
        }
    }
    let differ = |printed: &[String]| {
        let fold = |names: &[String]| -> Vec<String> {
            names.iter().map(|name| name.to_lowercase()).collect()
        };
        fold(printed) != fold(&account)
    };
    if !header.people.is_empty() {
        made.facts.byline.clone_from(&header.people);
        if !account.is_empty() && differ(&header.people) {
            made.facts.extra.insert("account_byline".to_owned(), account.into());
        }
    } else if let Some(organization) = &header.organization {
        let name = Value::from(organization.as_str());
        made.facts.extra.insert("byline_organization".to_owned(), name);
        if !account.is_empty() {
            made.facts.extra.insert("account_byline".to_owned(), account.into());
        }
    } else {
        made.facts.byline = account;
    }
}

/// Whether a name is that of the site: of its metadata, or at one end of the
/// title of the page.
fn is_site(metadata: &Metadata, name: &str) -> bool {
    let is_end = |title: &String| {
        [" | ", " - ", " – ", " — ", " · "].iter().any(|mark| {
            title.strip_suffix(name).is_some_and(|rest| rest.ends_with(mark))
                || title.strip_prefix(name).is_some_and(|rest| rest.starts_with(mark))
        })
    };
    metadata.publication.as_deref() == Some(name)
        || metadata.page_title.as_ref().is_some_and(is_end)
}

/// Reads the dateline at the start of the body.
fn fill_dateline(made: &mut Extract, order: Order) {
    let mut paragraphs = Vec::new();
    first_paragraphs(&made.body, &mut paragraphs);
    for text in paragraphs.iter().take(3) {
        if let Some(dateline) = visible::dateline(text, order) {
            made.facts.dateline = Some(dateline.printed);
            made.facts.dateline_place = Some(dateline.place);
            made.facts.dateline_date = dateline.date;
            return;
        }
    }
}

/// The first paragraphs of some nodes.
fn first_paragraphs(nodes: &[Node], paragraphs: &mut Vec<String>) {
    for node in nodes {
        if paragraphs.len() >= 3 {
            return;
        }
        match node {
            Node::Element(element) if element.name == "p" => {
                let text = super::page::plain(&text_of(&element.children));
                if !text.is_empty() {
                    paragraphs.push(text);
                }
            }
            Node::Element(element) => first_paragraphs(&element.children, paragraphs),
            Node::Text(text) => {
                let text = super::page::plain(text);
                if text.chars().count() >= 60 {
                    paragraphs.push(text);
                }
            }
            Node::Comment(_) => {}
        }
    }
}

/// Decides on which day a piece was published.
fn fill_dates(
    made: &mut Extract,
    metadata: &Metadata,
    header: &Header,
    address: &Address,
) {
    let url = address.canonical.as_ref().or(address.web.as_ref());
    let path = url
        .and_then(|url| dates::in_path(url.path()))
        .or_else(|| dates::in_path(address.file.path()));
    let mut said: Vec<Dated> = Vec::new();
    let printed = |date: &Option<Date>, source| date.map(|date| Dated { date, source });
    said.extend(printed(&header.date, "the printed date"));
    said.extend(printed(&made.facts.dateline_date, "the dateline"));
    said.extend(metadata.published.iter().cloned());
    said.extend(path.map(|date| Dated { date, source: "the address" }));
    let Some(first) = said.first().cloned() else {
        made.facts.updated = header.updated;
        return;
    };
    // The first that is said decides on the day; the most exact one of that
    // day is taken.
    let is_same =
        |own: &Dated| own.date == first.date || is_part_of(first.date, own.date);
    let exact = said
        .iter()
        .filter(|own| is_same(own))
        .max_by_key(|own| own.date.time().is_some());
    let date = said
        .iter()
        .filter(|own| is_same(own))
        .max_by_key(|own| (own.date.day().is_some(), own.date.time().is_some()));
    made.facts.date = date.or(exact).map(|own| own.date);
    let other =
        said.iter().find(|own| !is_same(own) && !is_part_of(own.date, first.date));
    if let Some(other) = other {
        let text = format!(
            "{} says {} and {} says {}; the first is used",
            first.source, first.date, other.source, other.date
        );
        note(made, About::Date, text);
        let value = Value::from(other.date.to_string());
        made.facts.extra.insert("account_date".to_owned(), value);
    }
    let updated = header.updated.or(metadata.modified.first().map(|own| own.date));
    let day = |date: Date| date.without_time();
    made.facts.updated = updated
        .filter(|updated| made.facts.date.is_none_or(|date| day(date) < day(*updated)));
}

/// Whether a date is the same as a vaguer one, as far as that goes.
fn is_part_of(vague: Date, date: Date) -> bool {
    vague.year() == date.year()
        && vague.month().is_none_or(|month| date.month() == Some(month))
        && vague.day().is_none_or(|day| date.day() == Some(day))
}

/// Files a piece under its tags and sections.
fn fill_terms(made: &mut Extract, metadata: &Metadata, header: &Header) {
    let mut terms = std::mem::take(&mut made.terms);
    for section in metadata.sections.iter().chain(&header.sections) {
        add_term(made, "section", section);
    }
    for tag in &metadata.tags {
        add_term(made, "tag", tag);
    }
    for term in terms.drain(..) {
        add_term(made, &term.domain, &term.name);
    }
}

/// A summary that is not only the beginning of the text.
fn fill_summary(made: &mut Extract, metadata: &Metadata) {
    let Some(summary) = &metadata.summary else { return };
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let body = letters(&text_of(&made.body).chars().take(2000).collect::<String>());
    let own = letters(summary.trim_end_matches(['…', '.', ']', '[']));
    let deck = letters(made.facts.deck.as_deref().unwrap_or_default());
    if !own.is_empty()
        && !body.contains(&own)
        && own != deck
        && own != letters(&made.facts.title)
    {
        made.facts.summary = Some(summary.clone());
    }
}

/// An image with whole addresses.
fn whole_image(image: Image, links: &Links<'_>) -> Image {
    let src = tidy::whole(&image.src, links).unwrap_or(image.src);
    Image { src, ..image }
}
