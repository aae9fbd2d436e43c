//! What the pages of a batch have in common: lines that stand on many of them,
//! the name of their site in their titles, pages that are the same, addresses
//! that lead to others, and translations.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use crate::dom::parse_document;
use crate::import::html::crawl::{self, Files, Found, RawPage};
use crate::import::html::extract::{Batch, hash};
use crate::import::html::furniture::{self, weight};
use crate::import::html::metadata::{self, Metadata};
use crate::import::html::page::Page;
use crate::import::html::{Options, Proposal, address, text_of};
use crate::import::piece::Sort;

/// On how many pages a line stands at least if it is furniture.
const FEWEST_PAGES: u32 = 10;

/// How many lines are counted at once; the rare ones are forgotten then.
const MOST_LINES: usize = 4_000_000;

/// How much running text two pages have at least that are the same for their text
/// and their title alone.
const TWIN_PROSE: usize = 300;

/// What becomes of a page as one of many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is taken apart.
    Piece,
    /// It is left out for a reason.
    Skipped(String),
}

/// What is known of all pages.
#[derive(Debug, Default)]
pub struct Survey {
    /// What is needed to take a page apart.
    pub batch: Batch,
    /// The lines that stand on many pages.
    pub proposals: Vec<Proposal>,
    /// What is known of each page, in the order of reading.
    sketches: Vec<Sketch>,
    /// What becomes of each page.
    fates: Vec<Fate>,
    /// For each page those that are the same.
    twins: BTreeMap<usize, Vec<usize>>,
    /// Addresses that lead to a page, by the key of its address.
    redirects: BTreeMap<String, Vec<Url>>,
    /// Pages by the keys of their addresses.
    by_key: BTreeMap<String, usize>,
}

/// What is known of a page.
#[derive(Debug)]
struct Sketch {
    /// Its key.
    key: String,
    /// The content of its `title`.
    title: String,
    /// Its addresses: that of the web, that of its file, the canonical one.
    addresses: Vec<Url>,
    /// The key of its canonical address.
    canonical: Option<String>,
    /// Whether its own address is the canonical one.
    is_canonical: bool,
    /// Whether it is made for print, for phones or the like.
    is_variant: bool,
    /// Its text.
    content: Content,
    /// Its translations: languages and keys of addresses.
    alternates: Vec<(String, String)>,
    /// Whether it is an article or a standalone page.
    sort: Sort,
    /// The key of the page whose address it names as its own, if it is not that page.
    misnamed: Option<String>,
}

/// The text of a page without its furniture, as numbers of lines in their order.
#[derive(Debug, Default)]
struct Content {
    /// The lines of running text; all lines if there are none.
    lines: Vec<u64>,
    /// Short lines with numbers in them: they tell two notices of one form apart.
    figures: Vec<u64>,
    /// The characters of its running text.
    prose: usize,
}

impl Survey {
    /// What becomes of a page.
    pub fn fate(&self, at: usize) -> &Fate {
        self.fates.get(at).unwrap_or(&Fate::Piece)
    }

    /// The key of a page.
    pub fn key(&self, at: usize) -> &str {
        self.sketches.get(at).map_or("", |sketch| sketch.key.as_str())
    }

    /// The title of a page.
    pub fn title(&self, at: usize) -> &str {
        self.sketches.get(at).map_or("", |sketch| sketch.title.as_str())
    }

    /// Whether a page is an article or a standalone page.
    pub fn sort(&self, at: usize) -> Sort {
        self.sketches.get(at).map_or(Sort::Article, |sketch| sketch.sort)
    }

    /// The key of the page whose address a page names as its own, if they are two.
    pub fn misnamed(&self, at: usize) -> Option<&str> {
        self.sketches.get(at)?.misnamed.as_deref()
    }

    /// The addresses of a page and of those that are the same, and those that
    /// lead to them.
    fn all_addresses(&self, at: usize) -> Vec<&Url> {
        let twins = self.twins.get(&at).map_or(&[][..], Vec::as_slice);
        let mut all: Vec<&Url> = Vec::new();
        let mut seen = BTreeSet::new();
        for own in std::iter::once(&at).chain(twins) {
            let Some(sketch) = self.sketches.get(*own) else { continue };
            for url in &sketch.addresses {
                let sources = self.redirects.get(&address::key(url));
                for url in std::iter::once(url).chain(sources.into_iter().flatten()) {
                    if seen.insert(url) {
                        all.push(url);
                    }
                }
            }
        }
        all
    }

    /// All forms of all addresses of a page.
    pub fn addresses(&self, at: usize) -> Vec<String> {
        let mut forms = Vec::new();
        let mut seen = BTreeSet::new();
        for url in self.all_addresses(at) {
            for form in address::forms(url) {
                if seen.insert(form.clone()) {
                    forms.push(form);
                }
            }
        }
        forms
    }

    /// The paths at which a page stood on its site.
    pub fn old_paths(&self, at: usize) -> Vec<String> {
        let all = self.all_addresses(at);
        let web: Vec<_> = all.into_iter().filter(|url| address::is_web(url)).collect();
        let bare = |url: &Url| {
            url.host_str().map(|host| host.trim_start_matches("www.").to_owned())
        };
        let host = web.first().and_then(|url| bare(url));
        web.into_iter().filter(|url| bare(url) == host).map(address::path).collect()
    }

    /// The key of the page that a page is a translation of.
    pub fn translation_of(&self, at: usize) -> Option<String> {
        let own = self.sketches.get(at)?;
        let page_of = |key: &String| {
            let at = *self.by_key.get(key)?;
            (self.fate(at) == &Fate::Piece).then_some(at)
        };
        let default = own.alternates.iter().find(|(language, _)| language == "x-default");
        let original = default.and_then(|(_, key)| page_of(key)).or_else(|| {
            own.alternates.iter().filter_map(|(_, key)| page_of(key)).min()
        })?;
        (original != at && original_is_apart(own, self.sketches.get(original)?))
            .then(|| self.key(original).to_owned())
    }
}

/// Whether two pages are not the same one.
fn original_is_apart(own: &Sketch, original: &Sketch) -> bool {
    own.canonical.is_none() || own.canonical != original.canonical
}

/// Looks at all pages.
pub fn survey(files: &dyn Files, options: &Options) -> Survey {
    let mut survey = Survey::default();
    let mut common = Common::default();
    let mut keys = BTreeSet::new();
    crawl::walk(files, &mut |found| match found {
        Found::Page(raw) => {
            let mut sketch = look(&raw, options, &mut common);
            // A page may have been fetched more than once.
            let mut n = 1;
            while !keys.insert(sketch.key.clone()) {
                n += 1;
                sketch.key = format!("{}#{n}", raw.key);
            }
            if let Some(name) = &raw.name
                && let Some(url) = sketch.addresses.first()
            {
                survey.batch.files.insert(name.clone(), url.to_string());
            }
            survey.sketches.push(sketch);
        }
        Found::Redirect { from, to } => {
            add_redirect(&mut survey, Url::parse(&from).ok(), Url::parse(&to).ok());
        }
        Found::Skipped(_) | Found::Lost(_) => {}
    });
    for (from, to) in std::mem::take(&mut common.refreshes) {
        add_redirect(&mut survey, Some(from), Some(to));
    }
    follow(&mut survey);
    common.learn(&mut survey);
    find_twins(&mut survey);
    survey
}

/// Notes that an address leads to another.
fn add_redirect(survey: &mut Survey, from: Option<Url>, to: Option<Url>) {
    if let (Some(from), Some(to)) = (from, to)
        && address::key(&from) != address::key(&to)
    {
        survey.redirects.entry(address::key(&to)).or_default().push(from);
    }
}

/// Addresses that lead to addresses that lead to a page lead to the page.
fn follow(survey: &mut Survey) {
    for sources in survey.redirects.values_mut() {
        let mut seen = BTreeSet::new();
        sources.retain(|source| seen.insert(source.clone()));
    }
    for _ in 0..3 {
        let further = further(&survey.redirects);
        if further.is_empty() || further.len() > 100_000 {
            return;
        }
        for (key, source) in further {
            survey.redirects.entry(key).or_default().push(source);
        }
    }
}

/// The addresses that lead to a page by one more address, each with the key of
/// the page.
fn further(redirects: &BTreeMap<String, Vec<Url>>) -> Vec<(String, Url)> {
    let mut further = Vec::new();
    for (key, sources) in redirects {
        let mut seen: BTreeSet<_> = sources.iter().collect();
        let mut between = BTreeSet::new();
        for source in sources.iter().map(address::key) {
            let Some(first) = redirects.get(&source) else { continue };
            if !between.insert(source) {
                continue;
            }
            for first in first {
                if address::key(first) != *key && seen.insert(first) {
                    further.push((key.clone(), first.clone()));
                }
            }
        }
    }
    further
}

/// Looks at a page for the first time.
fn look(raw: &RawPage, options: &Options, common: &mut Common) -> Sketch {
    let (html, _) = text_of(raw, options);
    let mut page = Page::new(parse_document(&html));
    let metadata = metadata::gather(&page);
    let sort = if is_page(&page, &metadata) { Sort::Page } else { Sort::Article };
    let place = address::of(&metadata, raw.url.as_deref(), &raw.key);
    let own = place.web.clone().unwrap_or_else(|| place.file.clone());
    let canonical = place.canonical.as_ref().map(address::key);
    common.count(&page, &metadata);
    if let Some(to) = metadata.refresh.as_deref().and_then(|to| place.base.join(to).ok())
    {
        common.refreshes.push((own.clone(), to));
    }
    let alternates = metadata.alternates.iter().filter_map(|(language, href)| {
        let url = place.base.join(href).ok()?;
        Some((language.clone(), address::key(&url)))
    });
    let alternates = alternates.collect();
    let is_canonical = canonical.as_ref().is_none_or(|key| *key == address::key(&own));
    let is_variant =
        address::is_variant(&own) || metadata.types.iter().any(|kind| kind == "amp");
    let mut addresses = vec![own];
    for url in
        [place.canonical, raw.name.is_some().then_some(place.file)].into_iter().flatten()
    {
        if !addresses.contains(&url) {
            addresses.push(url);
        }
    }
    Sketch {
        key: raw.key.clone(),
        title: metadata.page_title.clone().unwrap_or_default(),
        addresses,
        canonical,
        is_canonical,
        is_variant,
        content: content(&mut page),
        alternates,
        sort,
        misnamed: None,
    }
}

/// Whether a page is a standalone one, such as `About us`.
fn is_page(page: &Page, metadata: &Metadata) -> bool {
    let is_type = metadata
        .types
        .iter()
        .any(|kind| matches!(kind.as_str(), "AboutPage" | "ContactPage" | "FAQPage"));
    let body = page.parts.iter().find(|part| part.name == "body");
    let is_marked =
        body.is_some_and(|body| body.is_marked("page") && !body.is_marked("single"));
    let is_article = metadata.types.iter().any(|kind| kind.ends_with("Article"));
    (is_type || is_marked) && !is_article
}

/// The text of a page, as far as it would be a part of its piece.
fn content(page: &mut Page) -> Content {
    furniture::drop_hidden(page);
    furniture::drop_parts(page);
    furniture::drop_lines(page);
    let mut content = Content::default();
    let mut all = Vec::new();
    let open = (0..page.lines.len()).filter(|at| page.is_open(*at));
    for line in open.filter_map(|at| page.lines.get(at)) {
        let (key, weight) = (hash(&line.text), weight(line));
        content.prose += weight;
        if weight > 0 {
            content.lines.push(key);
        } else if line.text.contains(|c: char| c.is_ascii_digit()) {
            content.figures.push(key);
        }
        all.push(key);
    }
    if content.lines.is_empty() {
        content.lines = all;
    }
    content
}

/// What is counted over all pages.
#[derive(Debug, Default)]
struct Common {
    /// How many pages there are.
    pages: u32,
    /// On how many pages each line stands.
    lines: BTreeMap<u64, u32>,
    /// The lines that stand on many.
    texts: BTreeMap<u64, String>,
    /// In how many titles each part stands at the start or the end.
    ends: BTreeMap<String, u32>,
    /// How many pages have each lead image.
    images: BTreeMap<String, u32>,
    /// Pages that send their readers on.
    refreshes: Vec<(Url, Url)>,
}

impl Common {
    /// Counts a page.
    fn count(&mut self, page: &Page, metadata: &Metadata) {
        self.pages += 1;
        let lines: BTreeMap<u64, &str> = page
            .lines
            .iter()
            .map(|line| (hash(&line.text), line.text.as_str()))
            .collect();
        for (key, text) in lines {
            let n = self.lines.entry(key).or_default();
            *n += 1;
            if *n == FEWEST_PAGES {
                self.texts.insert(key, text.to_owned());
            }
        }
        if self.lines.len() > MOST_LINES {
            self.lines.retain(|_, n| *n > 1);
        }
        for end in metadata.page_title.iter().flat_map(|title| ends(title)) {
            *self.ends.entry(end.to_owned()).or_default() += 1;
        }
        if let Some(image) = &metadata.image {
            *self.images.entry(image.clone()).or_default() += 1;
        }
    }

    /// Learns what the pages have in common.
    fn learn(self, survey: &mut Survey) {
        let fewest = FEWEST_PAGES.max(self.pages.div_ceil(20));
        for (key, text) in self.texts {
            let pages = self.lines.get(&key).copied().unwrap_or_default();
            if pages >= fewest {
                survey.batch.furniture.insert(key);
                survey.proposals.push(Proposal { text, pages });
            }
        }
        survey.proposals.sort_by(|a, b| b.pages.cmp(&a.pages).then(a.text.cmp(&b.text)));
        let is_common = |n: u32| n >= 3 && n * 10 >= self.pages * 3;
        let ends = self.ends.into_iter().filter(|(_, n)| is_common(*n));
        survey.batch.title_ends = ends.map(|(end, _)| end).collect();
        // The longer end of two is meant if one is part of the other.
        survey.batch.title_ends.sort_by_key(|end| std::cmp::Reverse(end.len()));
        let images = self.images.into_iter().filter(|(_, n)| is_common(*n));
        survey.batch.images = images.map(|(image, _)| image).collect();
    }
}

/// The first and the last parts of a title.
fn ends(title: &str) -> BTreeSet<&str> {
    let mut ends = BTreeSet::new();
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", ": "] {
        if let (Some((first, rest)), Some((before, last))) =
            (title.split_once(mark), title.rsplit_once(mark))
        {
            ends.extend([first.trim(), rest.trim(), before.trim(), last.trim()]);
        }
    }
    ends
}

/// Finds pages that are the same, and decides which one is kept. A page whose
/// text is not that of another is a piece of its own, whatever it says of itself.
fn find_twins(survey: &mut Survey) {
    for sketch in &mut survey.sketches {
        sketch.content.lines.retain(|key| !survey.batch.furniture.contains(key));
        sketch.content.figures.retain(|key| !survey.batch.furniture.contains(key));
    }
    let mut leaders: Vec<usize> = (0..survey.sketches.len()).collect();
    let mut by_address: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, sketch) in survey.sketches.iter().enumerate() {
        let own = sketch.addresses.first().map(address::key).unwrap_or_default();
        let key = sketch.canonical.clone().unwrap_or(own);
        by_address.entry(key).or_default().push(at);
    }
    for (key, members) in &by_address {
        join_same_address(survey, key, members, &mut leaders);
    }
    let mut by_text: BTreeMap<(String, u64), Vec<usize>> = BTreeMap::new();
    for (at, sketch) in survey.sketches.iter().enumerate() {
        if leaders.get(at) == Some(&at) && sketch.content.prose >= TWIN_PROSE {
            let key = (sketch.title.clone(), sketch.content.number());
            by_text.entry(key).or_default().push(at);
        }
    }
    for members in by_text.values() {
        let best = best_of(survey, members);
        for at in members {
            if let (Some(leader), Some(best)) = (leaders.get_mut(*at), best) {
                *leader = best;
            }
        }
    }
    settle(survey, &leaders);
}

/// Joins pages of one address whose text stands in the best of them.
fn join_same_address(
    survey: &mut Survey,
    key: &str,
    members: &[usize],
    leaders: &mut [usize],
) {
    let Some(best) = best_of(survey, members) else { return };
    let Some(sketch) = survey.sketches.get(best) else { return };
    let (name, title) = (sketch.key.clone(), sketch.title.clone());
    let lines: BTreeSet<u64> = sketch.content.lines.iter().copied().collect();
    for at in members.iter().filter(|at| **at != best) {
        let Some(sketch) = survey.sketches.get_mut(*at) else { continue };
        let own = &sketch.content.lines;
        let is_same = own.iter().all(|line| lines.contains(line))
            && (!own.is_empty() || sketch.title == title);
        if is_same {
            if let Some(leader) = leaders.get_mut(*at) {
                *leader = best;
            }
            continue;
        }
        // The address leads to the best page, and no more to this one.
        sketch.addresses.retain(|url| address::key(url) != key);
        sketch.misnamed = Some(name.clone());
        if let (Some(url), Some(file)) =
            (sketch.addresses.first(), survey.batch.files.get_mut(&sketch.key))
        {
            *file = url.to_string();
        }
    }
}

/// The best of some pages.
fn best_of(survey: &Survey, members: &[usize]) -> Option<usize> {
    let rank = |at: &usize| {
        survey.sketches.get(*at).map(|own| {
            let prose = own.content.prose;
            (!own.is_variant, own.is_canonical, prose, std::cmp::Reverse(*at))
        })
    };
    members.iter().copied().max_by_key(rank)
}

/// Decides of all pages, of each of which the page is known that it is joined to.
fn settle(survey: &mut Survey, leaders: &[usize]) {
    let leader_of = |at: usize| leaders.get(at).copied().unwrap_or(at);
    survey.fates = vec![Fate::Piece; survey.sketches.len()];
    for at in 0..survey.sketches.len() {
        // A page may be joined to one that was joined to another.
        let best = leader_of(leader_of(at));
        let Some(sketch) = survey.sketches.get(at) else { continue };
        for url in &sketch.addresses {
            survey.by_key.entry(address::key(url)).or_insert(best);
        }
        if at != best {
            let reason = format!("is the same page as {}", survey.key(best));
            survey.twins.entry(best).or_default().push(at);
            if let Some(fate) = survey.fates.get_mut(at) {
                *fate = Fate::Skipped(reason);
            }
        }
    }
}

impl Content {
    /// A number of all of it.
    fn number(&self) -> u64 {
        let all: Vec<_> = self
            .lines
            .iter()
            .chain(&[0])
            .chain(&self.figures)
            .map(ToString::to_string)
            .collect();
        hash(&all.join(" "))
    }
}
