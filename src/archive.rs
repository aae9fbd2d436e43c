//! The archive as a whole: its pieces in order, and the terms that group them.
//!
//! Before this module there are files; behind it there are [`Work`]s, each a
//! piece in one or more languages, and [`Term`]s, each one organization,
//! person, place or subject however its name was spelled. An [`Archive`] is
//! read-only. Which pages it makes is decided in `plan`.

mod order;
mod taxonomy;
mod term;
mod translation;

use std::cmp::Reverse;
use std::sync::Arc;

use crate::address::{Address, PermalinkParts};
use crate::config::{Config, LanguageId};
use crate::content::article::{Correction, Facts, State};
use crate::content::{Article, Asset, Contents, Page, Record, SourceFile, Text};
use crate::date::Moment;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::hash::FixedMap;
use crate::names::Names;
use crate::parallel;
use crate::slug::{from_stem, slugify};
use crate::toml_reader::Spanned;

pub use term::{BylineName, Name, Term, TermId, TermRecord, Terms};

/// How many names a piece mentions at most to say that they belong together.
const MOST_TOGETHER: usize = 100;

/// Which work, as an index into [`Archive::works`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkId(pub u32);

/// Whether pieces that are not ready are built too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// They are left out and counted.
    LeftOut,
    /// They are built, for a preview.
    Built,
}

/// Why a file is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// It is a draft.
    Draft,
    /// It is under embargo.
    Embargo,
}

/// The archive.
#[derive(Debug)]
pub struct Archive {
    /// The works: those on lists first, newest first.
    pub works: Vec<Work>,
    /// How many of the works are on lists; they come first.
    pub n_listed: usize,
    /// The standalone pages, each in its languages.
    pub pages: Vec<PageGroup>,
    /// The terms of each taxonomy, in the order of [`Config::taxonomies`].
    pub taxonomies: Vec<Terms>,
    /// The names that articles mention, as they are written.
    pub names: Names,
    /// The files beside an `index.md`, in the order of their paths.
    pub assets: Vec<Asset>,
    /// The files that are left out, by path.
    pub withheld: FixedMap<Arc<str>, Withheld>,
    /// How many of these are drafts.
    pub n_drafts: usize,
    /// How many of these are under embargo.
    pub n_embargoed: usize,
}

/// A piece in one or more languages.
#[derive(Debug)]
pub struct Work {
    /// Its versions: the original, then the translations in the order of the
    /// site's languages. Invariant: there is one, and no language twice.
    pub versions: Vec<Version>,
}

/// A work in one language.
#[derive(Debug)]
pub struct Version {
    /// Its file.
    pub file: SourceFile,
    /// The text of the file as it was read.
    pub text: Text,
    /// Where its page stands.
    pub address: Address,
    /// Its text for lists and feeds.
    pub summary: Box<str>,
    /// Whether that is a key, not taken from the text.
    pub has_own_summary: bool,
    /// What its keys say, with what it took over.
    pub facts: Facts,
    /// Who wrote it.
    pub byline: Box<[BylineName]>,
    /// Who translated it.
    pub translator: Box<[Box<str>]>,
    /// Whether a machine translated it.
    pub machine_translated: bool,
    /// What it is about; the names of a taxonomy stand together.
    pub topics: Box<[Name]>,
    /// Where it was filed.
    pub dateline_place: Option<Name>,
    /// Its addresses of old.
    pub redirects: Box<[Spanned<Address>]>,
}

/// A standalone page in its languages.
#[derive(Debug)]
pub struct PageGroup {
    /// Its path without language: `about`; empty for the words of the home page.
    pub path: Box<str>,
    /// Its versions, the original first. Invariant: there is one.
    pub versions: Vec<Page>,
}

impl PageGroup {
    /// The version in a language, if there is one.
    pub fn version(&self, language: LanguageId) -> Option<&Page> {
        self.versions.iter().find(|page| page.file.language == language)
    }

    /// The version that the site in a language shows: the one in it, else the
    /// original.
    pub fn shown(&self, language: LanguageId) -> Option<&Page> {
        self.version(language).or_else(|| self.versions.first())
    }
}

impl Work {
    /// The version that was written first.
    pub fn original(&self) -> &Version {
        self.versions.first().expect("a work has a version")
    }

    /// The version in a language, if there is one.
    pub fn version(&self, language: LanguageId) -> Option<&Version> {
        self.versions.iter().find(|version| version.file.language == language)
    }

    /// The version that lists in this language show: the one in it, if it may
    /// be listed, else the original.
    pub fn shown(&self, language: LanguageId) -> &Version {
        let own = self.version(language).filter(|version| version.is_listed());
        own.unwrap_or_else(|| self.original())
    }

    /// Whether it stands on lists and in feeds.
    pub fn is_listed(&self) -> bool {
        self.original().is_listed()
    }

    /// Whether two names that it mentions belong together. A piece that names too many
    /// is a directory and says nothing.
    pub fn is_telling(&self) -> bool {
        self.shows_names() && self.original().topics.len() <= MOST_TOGETHER
    }

    /// Whether the names that its original mentions may be told.
    pub fn shows_names(&self) -> bool {
        self.original().shows_names()
    }

    /// Whether the list of all corrections has some of it.
    pub fn shows_corrections(&self) -> bool {
        let mut versions = self.versions.iter();
        self.is_listed() && versions.any(|version| !version.corrections().is_empty())
    }
}

impl Version {
    /// The headline.
    pub fn title(&self) -> &str {
        self.facts.title.as_deref().unwrap_or_default()
    }

    /// Its corrections, newest first; none if its text is not shown.
    pub fn corrections(&self) -> Vec<&Correction> {
        if self.facts.state().is_some_and(State::hides_text) {
            return Vec::new();
        }
        let mut corrections: Vec<_> =
            self.facts.corrections().into_iter().flatten().collect();
        corrections.sort_by_key(|correction| Reverse(correction.date));
        corrections
    }

    /// Whether the names that it mentions may be told on other pages than its own.
    pub fn shows_names(&self) -> bool {
        self.is_listed() && self.facts.state() != Some(State::Restricted)
    }

    /// Whether it may stand on lists, in feeds and in the sitemap.
    pub fn is_listed(&self) -> bool {
        !matches!(self.facts.state(), Some(State::NoIndex | State::Withdrawn))
    }
}

impl Archive {
    /// The work of this number.
    pub fn work(&self, id: WorkId) -> &Work {
        &self.works[id.0 as usize]
    }

    /// The numbers of the works on lists, newest first.
    pub fn listed(&self) -> Vec<WorkId> {
        (0..self.n_listed).map(work_id).collect()
    }

    /// The term of this number.
    pub fn term(&self, id: TermId) -> &Term {
        &self.taxonomies[usize::from(id.taxonomy.0)].terms[id.index as usize]
    }
}

/// The number of the work at this index.
fn work_id(index: usize) -> WorkId {
    WorkId(u32::try_from(index).expect("an archive has fewer than 2^32 works"))
}

impl Archive {
    /// The files that are left out, in the order of their paths, and why.
    pub fn withheld_files(&self) -> Vec<(Arc<str>, Withheld)> {
        let files = self.withheld.iter().map(|(file, why)| (Arc::clone(file), *why));
        let mut files: Vec<_> = files.collect();
        files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        files
    }
}

/// Makes the archive of what was read, and reports what does not fit together.
pub fn assemble(
    mut contents: Contents,
    config: &Config,
    now: Moment,
    drafts: Drafts,
    faults: &mut Diagnostics,
) -> Archive {
    let mut sieve = Sieve { now, drafts, withheld: Vec::new() };
    let articles = pieces(contents.articles, faults);
    let mut ready = Vec::with_capacity(articles.len());
    for group in articles {
        let kept = sieve.articles(group, config, faults);
        if !kept.is_empty() {
            ready.push(kept);
        }
    }
    let groups = translation::group(contents.pages, faults);
    let pages = sieve.pages(groups, faults);
    let mut records = Vec::new();
    for taxonomy in config.taxonomy_ids() {
        let of_it = |record: &mut Record| record.taxonomy == taxonomy;
        let own = contents.records.extract_if(.., of_it).collect();
        records.extend(translation::group(own, faults));
    }
    let names = contents.names;
    let resolver = taxonomy::Resolver::new(records, &ready, &names, config, faults);
    let made = parallel::map_owned(ready, |group| work(group, config, &resolver));
    let mut works = Vec::with_capacity(made.len());
    for (work, found) in made {
        faults.extend(found);
        works.extend(Some(work).filter(|work| !work.versions.is_empty()));
    }
    order::sort(&mut works);
    let n_listed = works.iter().take_while(|work| work.is_listed()).count();
    let taxonomies = resolver.finish(&works, n_listed);
    let count = |why| sieve.withheld.iter().filter(|(_, found)| *found == why).count();
    Archive {
        n_listed,
        pages,
        taxonomies,
        names,
        assets: contents.assets,
        n_drafts: count(Withheld::Draft),
        n_embargoed: count(Withheld::Embargo),
        withheld: sieve.withheld.into_iter().collect(),
        works,
    }
}

/// The articles of each piece, the original first, with what its translations
/// take over from it.
pub fn pieces(
    articles: Vec<Article>,
    faults: &mut Diagnostics,
) -> impl ExactSizeIterator<Item = Vec<Article>> + use<> {
    translation::group(articles, faults).into_iter().map(inherit)
}

/// Lets the translations of a group take over what they do not set.
fn inherit(mut group: Vec<Article>) -> Vec<Article> {
    if let Some((original, translations)) = group.split_first_mut() {
        for translation in translations {
            translation.facts.inherit(&original.facts);
            translation.mentions.inherit(&original.mentions);
        }
    }
    group
}

/// Keeps back what is not to be published yet.
struct Sieve {
    /// The moment of the build.
    now: Moment,
    /// Whether pieces that are not ready are built too.
    drafts: Drafts,
    /// The files kept back.
    withheld: Vec<(Arc<str>, Withheld)>,
}

impl Sieve {
    /// The articles of a group that may be published; one that claims to be
    /// of the future is reported.
    fn articles(
        &mut self,
        group: Vec<Article>,
        config: &Config,
        faults: &mut Diagnostics,
    ) -> Vec<Article> {
        let mut kept = Vec::with_capacity(group.len());
        let first_date = group.first().and_then(|original| original.facts.date());
        for (n, article) in group.into_iter().enumerate() {
            let embargo = article.facts.embargo();
            let why = if article.facts.draft == Some(true) {
                Some(Withheld::Draft)
            } else if embargo.is_some_and(|day| day.holds_back(self.now, &config.zone)) {
                Some(Withheld::Embargo)
            } else {
                None
            };
            match why {
                Some(why) if self.drafts == Drafts::LeftOut => {
                    self.withheld.push((Arc::clone(&article.file.path), why));
                    continue;
                }
                None if n == 0 || article.facts.date() != first_date => {
                    self.check_date(&article, config, faults);
                }
                // A date that was taken over is reported at its own file.
                _ => {}
            }
            kept.push(article);
        }
        kept
    }

    /// Reports a date in the future.
    fn check_date(&self, article: &Article, config: &Config, faults: &mut Diagnostics) {
        let Some(date) = &article.facts.date else { return };
        if !date.value.is_after(self.now, &config.zone) {
            return;
        }
        faults.push(
            Diagnostic::error(
                Code::FutureDate,
                format!("the date {} is in the future", date.value),
            )
            .at(Place::span(Arc::clone(&article.file.path), date.span))
            .note(format!("this build's day is {}", self.now.day_in(&config.zone)))
            .hint("correct it, or hold the article back with `draft = true` or an `embargo`"),
        );
    }

    /// The standalone pages without their drafts.
    fn pages(
        &mut self,
        groups: Vec<Vec<Page>>,
        faults: &mut Diagnostics,
    ) -> Vec<PageGroup> {
        let mut pages = Vec::with_capacity(groups.len());
        for mut group in groups {
            let Some(path) = page_path(&group, faults) else { continue };
            if let Some((original, translations)) = group.split_first_mut() {
                for page in translations {
                    page.inherit(original);
                }
            }
            let mut versions = Vec::with_capacity(group.len());
            for page in group {
                if page.draft == Some(true) && self.drafts == Drafts::LeftOut {
                    self.withheld.push((Arc::clone(&page.file.path), Withheld::Draft));
                    continue;
                }
                versions.push(page);
            }
            if !versions.is_empty() {
                pages.push(PageGroup { path, versions });
            }
        }
        pages
    }
}

/// The path of a page below the root of its language, empty for the words of
/// the home page; none if its file's name leaves nothing for an address.
fn page_path(group: &[Page], faults: &mut Diagnostics) -> Option<Box<str>> {
    let file = &group.first()?.file;
    let (_, inner) = file.key().split_once("/pages/")?;
    let inner = inner.strip_suffix("index").map_or(inner, |folder| {
        if folder.is_empty() || folder.ends_with('/') { folder } else { inner }
    });
    let parts = inner.split('/').filter(|part| !part.is_empty());
    let slugs: Vec<_> = parts.map(slugify).collect();
    if slugs.iter().any(String::is_empty) {
        faults.push(
            Diagnostic::error(
                Code::SlugEmpty,
                format!(
                    "the path `{inner}` has a part that leaves nothing for an address"
                ),
            )
            .at(Place::file(Arc::clone(&file.path)))
            .hint("rename the file or folder with letters or digits"),
        );
        return None;
    }
    Some(slugs.join("/").into())
}

/// Makes a work of the files that are one piece, and says which of them can have
/// no address.
fn work(
    group: Vec<Article>,
    config: &Config,
    resolver: &taxonomy::Resolver<'_>,
) -> (Work, Vec<Diagnostic>) {
    let mut versions = Vec::with_capacity(group.len());
    let mut faults = Vec::new();
    for article in group {
        match version(article, config, resolver) {
            Ok(version) => versions.push(version),
            Err(fault) => faults.push(fault),
        }
    }
    (Work { versions }, faults)
}

/// Makes the version of a work that an article's file holds.
fn version(
    article: Article,
    config: &Config,
    resolver: &taxonomy::Resolver<'_>,
) -> Result<Version, Diagnostic> {
    // A text that is not shown is not quoted either.
    let is_hidden = article.facts.state().is_some_and(State::hides_text);
    Ok(Version {
        address: article_address(&article, config)?,
        byline: resolver.byline(&article.mentions),
        topics: resolver.topics(&article.mentions),
        dateline_place: resolver.place(&article.mentions),
        file: article.file,
        text: article.text,
        has_own_summary: article.has_own_summary,
        summary: if is_hidden && !article.has_own_summary {
            Box::default()
        } else {
            article.summary
        },
        translator: article.translation.translator,
        machine_translated: article.translation.machine_translated,
        redirects: article.redirects,
        facts: article.facts,
    })
}

/// Where the page of an article stands.
pub fn article_address(
    article: &Article,
    config: &Config,
) -> Result<Address, Diagnostic> {
    let own = article.facts.slug();
    let slug = own.map_or_else(
        || slugify(from_stem(article.file.stem())),
        |slug| slug.value.clone(),
    );
    let place = || match own {
        Some(slug) if !article.file.has_suffix => {
            Place::span(Arc::clone(&article.file.path), slug.span)
        }
        _ => Place::file(Arc::clone(&article.file.path)),
    };
    if slug.is_empty() {
        return Err(Diagnostic::error(
            Code::SlugEmpty,
            format!(
                "the file's name `{}` leaves nothing for an address",
                article.file.stem()
            ),
        )
        .at(place())
        .hint("set `slug`, or rename the file with letters or digits"));
    }
    let date = article.facts.date.as_ref().map(|date| date.value);
    let parts = PermalinkParts {
        year: date.map(|date| date.year()),
        month: date.and_then(|date| date.month()),
        day: date.and_then(|date| date.day()),
        slug: &slug,
        language: config.language_of(article.file.language).tag.as_str(),
        kind: article.facts.kind.map(super::content::article::Kind::as_str),
    };
    let root = if config.permalink.names_language() {
        Address::root()
    } else {
        config.language_of(article.file.language).root.clone()
    };
    config.permalink.fill(&root, &parts).map_err(|fault| {
        Diagnostic::error(Code::AddressUnsafe, format!("the article's address {fault}"))
            .at(place())
            .hint("set another `slug`")
    })
}

/// A place in a file for a fault: where the name stands, else the file.
pub(crate) fn place_of(file: &Arc<str>, span: Span) -> Place {
    if span == Span::default() {
        Place::file(Arc::clone(file))
    } else {
        Place::span(Arc::clone(file), span)
    }
}
