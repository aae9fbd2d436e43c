//! The import of saved pages, crawled sites and web archives.
//!
//! All pages are looked at three times: first to learn what they have in
//! common, which of them are the same and how they are linked; then, for the
//! outlines, and again for the pieces, to take each apart. Only what is known
//! of a page is kept in between, never the page.

pub mod address;
pub mod article;
pub mod batch;
pub mod charset;
pub mod crawl;
pub mod extract;
pub mod furniture;
pub mod language;
pub mod listing;
pub mod metadata;
pub mod page;
pub mod visible;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::dom::readable;
use crate::import::html::batch::{Fate, Survey};
use crate::import::html::crawl::{Files, Found, RawPage};
use crate::import::html::extract::{Extract, Given};
use crate::import::html::page::Page;
use crate::import::piece::{
    About, Body, Item, Note, Origin, Outline, Piece, Refused, Skipped, Source, Visibility,
};
use crate::json::Value;

/// How many of the lines that stand on many pages are told.
const SHOWN_PROPOSALS: usize = 20;

/// How many characters of such a line are told.
const SHOWN_CHARS: usize = 160;

/// How pages are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether text that was encoded twice is repaired.
    pub repairs_encoding: bool,
    /// The language of pages that do not say theirs.
    pub language: Option<String>,
}

/// Pages as a source of pieces.
pub struct HtmlSource<F> {
    /// The files.
    files: F,
    /// How they are read.
    options: Options,
    /// What the first looks found.
    survey: Option<Survey>,
}

/// A line that stands on many pages and was taken for furniture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The line.
    pub text: String,
    /// On how many pages it stands.
    pub pages: u32,
}

impl<F: Files> HtmlSource<F> {
    /// The pages of some files.
    pub fn new(files: F, options: Options) -> Self {
        Self { files, options, survey: None }
    }

    /// The lines that stand on many pages, after the survey; an editor should
    /// look at them once.
    pub fn proposals(&self) -> &[Proposal] {
        self.survey.as_ref().map_or(&[], |survey| survey.proposals.as_slice())
    }

    /// Looks at all pages, unless that was done.
    fn look(&mut self) {
        if self.survey.is_none() {
            let survey = batch::survey(&self.files, &self.options);
            self.survey = Some(survey);
        }
    }
}

impl<F: Files> Source for HtmlSource<F> {
    fn system(&self) -> &'static str {
        "HTML"
    }

    fn survey(&mut self, tell: &mut dyn FnMut(Outline)) -> Result<(), Refused> {
        self.look();
        let Some(survey) = &self.survey else { return Ok(()) };
        let mut at = 0;
        crawl::walk(&self.files, &mut |found| {
            let Found::Page(raw) = found else { return };
            let own = at;
            at += 1;
            if survey.fate(own) != &Fate::Piece {
                return;
            }
            let (made, _) = take_apart(&raw, survey, own, &self.options);
            if made.not_article.is_none() {
                tell(outline(&raw, &made, survey, own));
            }
        });
        Ok(())
    }

    fn read(&mut self, tell: &mut dyn FnMut(Item)) -> Result<(), Refused> {
        self.look();
        let Some(survey) = &self.survey else { return Ok(()) };
        let mut at = 0;
        crawl::walk(&self.files, &mut |found| match found {
            Found::Page(raw) => {
                tell(item(&raw, survey, at, &self.options));
                at += 1;
            }
            Found::Skipped(skipped) => tell(Item::Skipped(skipped)),
            Found::Lost(lost) => tell(Item::Lost(lost)),
            Found::Redirect { .. } => {}
        });
        Ok(())
    }

    fn remarks(&self) -> Vec<String> {
        let proposals = self.proposals();
        let shown = proposals.iter().take(SHOWN_PROPOSALS);
        let mut remarks: Vec<_> = shown.map(Proposal::phrase).collect();
        let more = proposals.len().saturating_sub(SHOWN_PROPOSALS);
        if more > 0 {
            remarks.push(format!(
                "{more} more lines stand on many pages and were left out."
            ));
        }
        remarks
    }
}

impl Proposal {
    /// What is said of it in the report.
    fn phrase(&self) -> String {
        let mut text: String = self.text.chars().take(SHOWN_CHARS).collect();
        if text.len() < self.text.len() {
            text.push('…');
        }
        format!("Stands on {} pages and was left out: “{text}”", self.pages)
    }
}

/// Takes a page apart; also tells what it is called if it is no piece.
fn take_apart(
    raw: &RawPage,
    survey: &Survey,
    at: usize,
    options: &Options,
) -> (Extract, String) {
    let (html, notes) = text_of(raw, options);
    let readable = readable::read(&html);
    let page = Page::new(readable.nodes);
    let mut metadata = metadata::gather(&page);
    if metadata.language.is_none() {
        metadata.language.clone_from(&options.language);
    }
    let title = metadata.page_title.clone().unwrap_or_default();
    let mut address = address::of(&metadata, raw.url.as_deref(), &raw.key);
    if survey.misnamed(at).is_some() {
        address.web = address.web.filter(|web| Some(web) != address.canonical.as_ref());
        address.canonical = None;
    }
    let given = Given {
        page,
        kept: readable.kept,
        metadata,
        address,
        file: raw.name.as_deref(),
        batch: &survey.batch,
    };
    let mut made = extract::extract(given);
    made.notes.splice(0..0, notes);
    if let Some(other) = survey.misnamed(at) {
        let text = format!("it has the address of {other}, but its text is another");
        made.notes.push(Note { about: About::Question, text, line: 0, rule: None });
        made.facts.redirects.clear();
    }
    let mut known: BTreeSet<_> = made.facts.redirects.iter().cloned().collect();
    let old = survey.old_paths(at).into_iter().filter(|path| known.insert(path.clone()));
    made.facts.redirects.extend(old);
    made.facts.translation_of = survey.translation_of(at);
    if let Some(url) = &raw.url {
        made.facts.provenance.insert("url".to_owned(), Value::from(url.as_str()));
    }
    (made, title)
}

/// The text of a page, and what an editor should know of its encoding.
fn text_of(raw: &RawPage, options: &Options) -> (String, Vec<Note>) {
    let decoded = charset::decode(&raw.bytes, raw.charset.as_deref());
    let note = |about, text| Note { about, text, line: 0, rule: None };
    let mut notes: Vec<_> =
        decoded.notes.into_iter().map(|text| note(About::Encoding, text)).collect();
    if let Some(reason) = &raw.truncated {
        notes.push(note(About::Loss, format!("the crawler left out its end: {reason}")));
    }
    let mut text = decoded.text;
    let places = charset::count_double(&text);
    if places > 0 && options.repairs_encoding {
        text = charset::repair(&text);
        notes.push(note(
            About::Encoding,
            format!("{places} places were encoded twice and repaired"),
        ));
    } else if places > 0 {
        notes.push(note(
            About::Encoding,
            format!("{places} places look as if they were encoded twice"),
        ));
    }
    (text, notes)
}

/// What is told of a page.
fn item(raw: &RawPage, survey: &Survey, at: usize, options: &Options) -> Item {
    if let Fate::Skipped(reason) = survey.fate(at) {
        let title = survey.title(at).to_owned();
        let reason = reason.clone();
        return Item::Skipped(Skipped { origin: origin(raw, survey, at), title, reason });
    }
    let (made, title) = take_apart(raw, survey, at, options);
    if let Some(reason) = made.not_article {
        let reason = reason.to_owned();
        return Item::Skipped(Skipped { origin: origin(raw, survey, at), title, reason });
    }
    Item::Piece(Box::new(Piece {
        origin: origin(raw, survey, at),
        sort: survey.sort(at),
        visibility: Visibility::Public,
        facts: made.facts,
        terms: made.terms,
        body: Body::Html(made.body),
        // A page as it was saved may hold what its readers wrote.
        kept: None,
        account: made.account,
        notes: made.notes,
    }))
}

/// Where a page comes from.
fn origin(raw: &RawPage, survey: &Survey, at: usize) -> Origin {
    let (key, kind) = (survey.key(at).to_owned(), "page".to_owned());
    Origin { key, kind, file: Arc::clone(&raw.file), ..Origin::default() }
}

/// The outline of a page.
fn outline(raw: &RawPage, made: &Extract, survey: &Survey, at: usize) -> Outline {
    let file = raw.name.as_deref().unwrap_or_default();
    let path =
        made.facts.original_url.as_deref().and_then(|url| url::Url::parse(url).ok());
    let path = path.map_or_else(|| file.to_owned(), |url| address::name_of(&url));
    Outline {
        key: survey.key(at).to_owned(),
        sort: survey.sort(at),
        visibility: Visibility::Public,
        title: made.facts.title.clone(),
        slug: slug(&path),
        date: made.facts.date,
        language: made.facts.language.clone(),
        parent: None,
        translation_of: None,
        addresses: survey.addresses(at),
    }
}

/// What a page is called in its path.
fn slug(path: &str) -> String {
    let path = path.trim_end_matches('/');
    let mut parts = path.rsplit('/');
    let last = parts.next().unwrap_or_default();
    let last = last.split('?').next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let is_number = stem.chars().all(|c| c.is_ascii_digit());
    let is_general = matches!(stem, "index" | "default" | "story" | "article" | "print");
    let stem = if is_general { parts.next().unwrap_or_default() } else { stem };
    if is_number { String::new() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests;
