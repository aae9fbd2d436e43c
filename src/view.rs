//! What templates see: types made for them, with every link in place.
//!
//! A view is made for one page and dropped with it. No type of the archive is
//! serialized, so that the archive can change without breaking a template.
//! `docs/templates.md` describes every field; a test holds the two together.

mod article;
mod calendar;
mod chart;
mod head;
mod list;
mod map;
mod overview;
mod related;
mod site;
mod standalone;
mod term;

use serde::Serialize;

use crate::address::Address;
use crate::archive::{Archive, Name, Term, TermId, Version, Work};
use crate::config::{Config, LanguageId, TaxonomyId};
use crate::content::article::State;
use crate::date::Date;
use crate::json;
use crate::links::{Linker, whole};
use crate::locale::{Arg, Locale};
use crate::markdown::Heading;
use crate::plan::{
    CORRECTIONS, DateKey, Entry, ListOf, Overview, Plan, UNDATED, What, Works,
};

pub use article::{
    ArticleView, CorrectionView, ImageView, NamesView, NoticeView, RightsView,
};
pub use calendar::{DayView, MonthView, WeekView, WeekdayView};
pub use chart::{BarView, CoverageView, ShareView};
pub use head::{CitationView, HeadView, MetaView, Told};
pub use list::{ItemView, ListView, PeriodPartView, PeriodView};
pub use map::{MapView, SpotView};
pub use overview::{
    BrowseView, MonthTitlesView, NodeView, PairView, PairsView, RankingView,
    SearchTaxonomyView, SearchView, StatisticsView, TitlesView, YearMonthView, YearView,
    YearsView,
};
pub use related::{DatedLinkView, NeighborsView, RelatedView};
pub use site::{
    HomeTaxonomyView, HomeView, OnThisDayView, SiteLanguageView, SiteLinkView, SiteView,
    sites,
};
pub use standalone::{CorrectionItemView, StandaloneView};
pub use term::{
    CompanionsView, FormerNameView, LetterView, TaxonomyView, TermGroupView, TermView,
};

/// A link with its words.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// The words.
    pub title: String,
    /// Where it leads, from this page.
    pub href: String,
    /// The BCP 47 tag of the words' language, if it is not the page's.
    pub language: Option<String>,
}

impl LinkView {
    /// A link whose words are in the page's language.
    fn new(title: String, href: String) -> Self {
        Self { title, href, language: None }
    }
}

/// A day, or what is known of one.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// In the page's language, no more exact than it is known.
    pub text: String,
    /// For the attribute `datetime` of `<time>`.
    pub datetime: String,
    /// As written in the Extended Date/Time Format (ISO 8601-2).
    pub edtf: String,
    /// The page of this day, month or year, from this page.
    pub href: Option<String>,
}

/// A name: of a person, an organization, a place or a subject.
#[derive(Clone, Debug, Serialize)]
pub struct NameView {
    /// The name.
    pub name: String,
    /// Its page, from this page.
    pub href: Option<String>,
    /// The BCP 47 tag of the name's language, if it is known not to be the page's.
    pub language: Option<String>,
}

/// A term with the number of its works.
#[derive(Clone, Debug, Serialize)]
pub struct TermLinkView {
    /// The name.
    pub name: String,
    /// Its page, from this page.
    pub href: String,
    /// The BCP 47 tag of the name's language, if it is known not to be the page's.
    pub language: Option<String>,
    /// How many works name it.
    pub n_works: usize,
    /// The years of the first and the last of them: `2017–2019`.
    pub years: Option<String>,
    /// How they spread over the span of the archive: the path of an SVG picture
    /// that is 12 units wide and 4 high; empty where it is not drawn.
    pub trend: String,
}

/// A page of the site in another language.
#[derive(Clone, Debug, Serialize)]
pub struct AlternateView {
    /// The language's BCP 47 tag.
    pub language: String,
    /// The language's name in itself.
    pub name: String,
    /// Its page, from this page.
    pub href: String,
    /// Its whole address.
    pub url: String,
}

/// What every page has.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// What the page is: `home`, `list`, `article`, `page`, `year`, `month`, `day`,
    /// `undated`, `taxonomy`, `term`, `browse`, `years`, `year-titles`, `statistics`, `search`, `not-found`,
    /// `redirect` or `withdrawn`.
    pub kind: &'static str,
    /// Its title, without the site's.
    pub title: String,
    /// What stands on it, in a sentence.
    pub description: String,
    /// Its address, from the root of the host.
    pub path: String,
    /// Its whole address.
    pub url: String,
    /// Whether search engines may list it.
    pub is_indexed: bool,
    /// The same page in the other languages of the site.
    pub alternates: Vec<AlternateView>,
    /// What it is a part of, the home page first.
    pub breadcrumbs: Vec<LinkView>,
    /// Its feed.
    pub feed: Option<LinkView>,
}

/// A heading in a text.
#[derive(Clone, Debug, Serialize)]
pub struct HeadingView {
    /// From 2, the greatest.
    pub level: u8,
    /// Its anchor on the page.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// A page that leads on to another.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    /// Where it leads, from this page.
    pub href: String,
    /// Where it leads, whole.
    pub url: String,
}

/// Where a picture stands, and how large it is.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its address.
    pub src: String,
    /// How wide and high it is, in pixels.
    pub size: Option<(usize, usize)>,
}

/// A body that was made into HTML.
#[derive(Clone, Debug, Default)]
pub struct BodyHtml {
    /// The HTML.
    pub html: String,
    /// Its headings.
    pub headings: Vec<Heading>,
    /// Whether it holds code with colours.
    pub has_code: bool,
}

/// Makes views for one page.
#[derive(Clone, Copy)]
pub struct Viewer<'a> {
    /// The archive.
    pub archive: &'a Archive,
    /// The plan.
    pub plan: &'a Plan,
    /// The settings.
    pub config: &'a Config,
    /// The words of each language, in the order of [`Config::languages`].
    pub locales: &'a [Locale],
    /// The page.
    pub entry: &'a Entry,
    /// Its links.
    pub linker: Linker<'a>,
    /// The day of the build.
    pub today: Date,
    /// What is shown of what takes time to make.
    pub extras: Extras,
}

/// Something of a page that takes time to make. Where no template shows it, it stays
/// empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extra {
    /// What the head tells machines.
    Head,
    /// The citations of an article.
    Citations,
    /// The works around an article.
    Related,
    /// What is named together with a term.
    Companions,
}

/// What templates show of what takes time to make.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras(u8);

impl Extras {
    /// The same with one more.
    #[must_use]
    pub fn with(self, extra: Extra) -> Self {
        Self(self.0 | 1 << extra as u8)
    }

    /// Whether it is shown.
    pub fn has(self, extra: Extra) -> bool {
        self.0 & 1 << extra as u8 != 0
    }
}

impl<'a> Viewer<'a> {
    /// The language of the page.
    pub fn language(&self) -> LanguageId {
        self.entry.language
    }

    /// The words of a language.
    fn locale_of(&self, language: LanguageId) -> &'a Locale {
        &self.locales[usize::from(language.0)]
    }

    /// The words of the page's language.
    fn locale(&self) -> &'a Locale {
        self.locale_of(self.language())
    }

    /// A text of the theme in the page's language.
    pub fn text(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.locale().text(key, args).unwrap_or_else(|| key.to_owned())
    }

    /// A date, without a link.
    fn date(&self, date: Date) -> DateView {
        DateView {
            text: self.locale().date(&date),
            datetime: date.html_datetime(),
            edtf: date.edtf(),
            href: None,
        }
    }

    /// A date with a link to its page.
    fn linked_date(&self, date: Date) -> DateView {
        let address =
            self.plan.date_address(DateKey::of(date), self.language(), self.config);
        DateView { href: address.map(|to| self.linker.href(&to)), ..self.date(date) }
    }

    /// The name of a term and the link to its page.
    fn term_name(&self, id: TermId) -> NameView {
        let term = self.archive.term(id);
        NameView {
            name: term.name_in(self.language()).to_owned(),
            href: self.term_href(id),
            language: self.name_language(term),
        }
    }

    /// The language of the name of a term, if it is known not to be the page's: its
    /// record says it; of a name without a record it is that of the first work.
    fn name_language(&self, term: &Term) -> Option<String> {
        let page = &self.config.language_of(self.language()).tag;
        // A byline with a record has the name of that.
        let term = term.author.map_or(term, |author| self.archive.term(author));
        let tag = if let Some(record) = term.record(self.language()) {
            &record.name_language
        } else if self.config.languages.len() == 1 {
            return None;
        } else {
            let first = self.archive.work(*term.works.last()?).original();
            &self.config.language_of(first.file.language).tag
        };
        (tag.language() != page.language()).then(|| tag.to_string())
    }

    /// The link to the page of a term.
    fn term_href(&self, id: TermId) -> Option<String> {
        let address = self.plan.term_address(id, self.language());
        address.map(|to| self.linker.href(to))
    }

    /// A name, with a link if it is a term's.
    fn name(&self, name: Name) -> NameView {
        match name {
            Name::Term { taxonomy, index } => self.term_name(TermId { taxonomy, index }),
            Name::Plain { name, .. } => NameView {
                name: self.archive.names.text(name).to_owned(),
                href: None,
                language: None,
            },
        }
    }

    /// A term with the number of its works; none if it has no page.
    fn term_link(&self, id: TermId) -> Option<TermLinkView> {
        let NameView { name, href, language } = self.term_name(id);
        let works = self.plan.works(ListOf::Term(id), self.archive);
        Some(TermLinkView {
            name,
            href: href?,
            language,
            n_works: works.len(),
            years: self.years_of(&works),
            trend: self.trend(&works),
        })
    }

    /// All works on lists.
    fn all_works(&self) -> Works<'a> {
        self.plan.works(ListOf::All, self.archive)
    }

    /// The title of a taxonomy.
    pub fn taxonomy_title(&self, taxonomy: TaxonomyId) -> String {
        taxonomy_title(self.config, taxonomy, self.language(), self.locale())
    }

    /// The headings of a body, if they are enough for a table of contents.
    pub fn headings(&self, body: &BodyHtml) -> Vec<HeadingView> {
        let least =
            self.config.theme.get("table_of_contents").and_then(json::Value::as_u64);
        let least =
            least.and_then(|least| usize::try_from(least).ok()).unwrap_or_default();
        if least == 0 || body.headings.len() < least {
            return Vec::new();
        }
        let heading = |heading: &Heading| HeadingView {
            level: heading.level,
            id: heading.id.clone(),
            text: heading.text.clone(),
        };
        body.headings.iter().map(heading).collect()
    }

    /// The link to a version of a work.
    fn version_link(&self, version: &Version) -> LinkView {
        LinkView {
            title: version.title().to_owned(),
            href: self.linker.href(&version.address),
            language: self.other_language(version.file.language),
        }
    }

    /// The tag of a language, if it is not the page's.
    fn other_language(&self, language: LanguageId) -> Option<String> {
        let tag = &self.config.language_of(language).tag;
        (language != self.language()).then(|| tag.to_string())
    }

    /// The link to the home page of the page's language.
    fn home_link(&self) -> LinkView {
        let root = self.config.root(self.language());
        LinkView::new(self.text("home", &[]), self.linker.href(root))
    }

    /// What every page has.
    pub fn page(
        &self,
        kind: &'static str,
        title: String,
        description: String,
    ) -> PageView {
        PageView {
            kind,
            title,
            description,
            path: self.entry.address.encoded().into_owned(),
            url: whole(self.config, &self.entry.address),
            is_indexed: self.entry.what.is_indexed(self.archive),
            alternates: self.alternates(),
            breadcrumbs: self.breadcrumbs(),
            feed: self.feed(),
        }
    }

    /// The feed of the page's list, else that of the site.
    fn feed(&self) -> Option<LinkView> {
        let own = match &self.entry.what {
            What::List(of @ ListOf::Term(id), _) => {
                let base = self.plan.term_address(*id, self.language());
                base.map(|base| (*of, base))
            }
            _ => None,
        };
        let root = self.config.root(self.language());
        let (of, base) = own.unwrap_or((ListOf::All, root));
        let address = self.plan.feed_address(base)?;
        Some(LinkView::new(self.feed_title(of), self.linker.href(&address)))
    }

    /// The title of a feed.
    pub fn feed_title(&self, of: ListOf) -> String {
        let site = &self.config.language_of(self.language()).title;
        match of {
            ListOf::Term(id) => {
                format!("{} – {site}", self.archive.term(id).name_in(self.language()))
            }
            _ => site.clone(),
        }
    }

    /// The same page in the other languages of the site.
    pub fn alternates(&self) -> Vec<AlternateView> {
        self.config
            .language_ids()
            .filter(|language| *language != self.language())
            .filter_map(|language| {
                let address = self.address_in(language)?;
                Some(AlternateView {
                    language: self.config.language_of(language).tag.to_string(),
                    name: language_name(self.locale_of(language), self.config, language),
                    href: self.linker.href(&address),
                    url: whole(self.config, &address),
                })
            })
            .collect()
    }

    /// The address of the same page in another language.
    fn address_in(&self, language: LanguageId) -> Option<Address> {
        let address = match &self.entry.what {
            What::Article(work, _) => {
                let version = self.archive.work(*work).version(language)?;
                let is_shown = version.is_listed()
                    || !self.entry.what.is_indexed(self.archive)
                        && version.facts.state() != Some(State::Withdrawn);
                is_shown.then(|| version.address.clone())?
            }
            What::Page(group, _) => {
                let group = &self.archive.pages[*group];
                match group.version(language) {
                    Some(page) => self.plan.address_of(&page.file.path)?.clone(),
                    // In another language it may be one that the theme makes.
                    None => self.made_page(&group.path, language)?,
                }
            }
            What::List(of, part) => part.address(&self.list_base(*of, language)?),
            What::Corrections => self.config.root(language).page(CORRECTIONS),
            What::Taxonomy(taxonomy, None) => {
                self.plan.taxonomy_address(*taxonomy, language)?.clone()
            }
            What::Taxonomy(taxonomy, Some(page)) => {
                self.letter_in(*taxonomy, *page as usize, language)?.clone()
            }
            What::Overview(overview) => {
                self.plan.overview_address(*overview, language, self.config)?
            }
            What::Titles(year) => {
                self.plan.titles_address(*year, language, self.config)?
            }
            _ => return None,
        };
        self.plan.at(&address).is_some().then_some(address)
    }

    /// The page of this path that the theme makes in a language.
    fn made_page(&self, path: &str, language: LanguageId) -> Option<Address> {
        let mut names = Overview::ALL.iter().map(|overview| overview.name());
        let is_made = names.any(|name| name == path) || path == CORRECTIONS;
        is_made.then(|| self.config.root(language).page(path))
    }

    /// The page of an index in another language with names of the same letter.
    fn letter_in(
        &self,
        taxonomy: TaxonomyId,
        page: usize,
        language: LanguageId,
    ) -> Option<&Address> {
        let own = self.plan.taxonomy_pages(taxonomy, self.language());
        let page = own.pages.get(page)?;
        let letter = &own.letters[page.letter].0;
        let others = self.plan.taxonomy_pages(taxonomy, language);
        let mut same = others.pages.iter().filter(|other| {
            others.letters[other.letter].0 == *letter && other.number == page.number
        });
        same.next().map(|other| &other.address)
    }

    /// Where a list begins in a language.
    fn list_base(&self, of: ListOf, language: LanguageId) -> Option<Address> {
        let root = self.config.root(language);
        match of {
            ListOf::All => Some(root.clone()),
            ListOf::Date(key) => Some(key.address(root)),
            ListOf::Undated => Some(root.page(UNDATED)),
            ListOf::Term(id) => self.plan.term_address(id, language).cloned(),
        }
    }

    /// What the page is a part of, the home page first; none for the home
    /// page itself.
    fn breadcrumbs(&self) -> Vec<LinkView> {
        let mut crumbs = vec![self.home_link()];
        match &self.entry.what {
            What::Article(work, _) => {
                crumbs.extend(self.date_crumbs(self.archive.work(*work)));
            }
            What::List(ListOf::All, part) if part.number.is_none() => return Vec::new(),
            What::List(ListOf::Date(key), part) => {
                let mut key =
                    if part.number.is_some() { Some(*key) } else { key.parent() };
                let mut dates = Vec::new();
                while let Some(at) = key {
                    dates.extend(self.date_crumb(at));
                    key = at.parent();
                }
                crumbs.extend(dates.into_iter().rev());
            }
            What::Taxonomy(taxonomy, Some(_)) => {
                crumbs.extend(self.taxonomy_crumb(*taxonomy));
            }
            What::List(ListOf::Term(id), part) => {
                crumbs.extend(self.taxonomy_crumb(id.taxonomy));
                crumbs.extend(self.term_crumbs(*id, part.number.is_some()));
            }
            _ => {}
        }
        crumbs
    }

    /// The year, the month and the day of a work.
    fn date_crumbs(&self, work: &Work) -> Vec<LinkView> {
        let mut key = work.original().facts.date().map(DateKey::of);
        let mut crumbs = Vec::new();
        while let Some(at) = key {
            crumbs.extend(self.date_crumb(at));
            key = at.parent();
        }
        crumbs.reverse();
        crumbs
    }

    /// The link to the page of a date, if it has one.
    fn date_crumb(&self, key: DateKey) -> Option<LinkView> {
        let address = self.plan.date_address(key, self.language(), self.config)?;
        let title = match (key.month, key.day) {
            (_, Some(day)) => self.locale().number(i64::from(day)),
            (Some(month), None) => self.locale().month_name(month),
            _ => key.year.to_string(),
        };
        Some(LinkView::new(title, self.linker.href(&address)))
    }

    /// The link to the index of a taxonomy.
    fn taxonomy_crumb(&self, taxonomy: TaxonomyId) -> Option<LinkView> {
        let address = self.plan.taxonomy_address(taxonomy, self.language())?;
        Some(LinkView::new(self.taxonomy_title(taxonomy), self.linker.href(address)))
    }

    /// What a term is a part of, the greatest first, and on request itself.
    fn term_crumbs(&self, id: TermId, with_itself: bool) -> Vec<LinkView> {
        let mut crumbs = Vec::new();
        let mut at = if with_itself { Some(id) } else { self.archive.term(id).parent };
        while let Some(id) = at {
            let name = self.term_name(id);
            let NameView { name: title, href, language } = name;
            crumbs.extend(href.map(|href| LinkView { title, href, language }));
            at = self.archive.term(id).parent;
        }
        crumbs.reverse();
        crumbs
    }

    /// The words for a redirect to an address.
    pub fn redirect(&self, to: &Address) -> RedirectView {
        RedirectView { href: self.linker.href(to), url: whole(self.config, to) }
    }
}

/// The name of a language in itself, else its tag.
pub fn language_name(locale: &Locale, config: &Config, language: LanguageId) -> String {
    let name = locale.text("language-name", &[]);
    name.unwrap_or_else(|| config.language_of(language).tag.to_string())
}

/// The title of a taxonomy in a language: what the settings say, else the
/// theme's, else the taxonomy's name with a capital.
fn taxonomy_title(
    config: &Config,
    taxonomy: TaxonomyId,
    language: LanguageId,
    locale: &Locale,
) -> String {
    let settings = config.taxonomy_of(taxonomy);
    let tag = config.language_of(language).tag.as_str();
    let own = |wanted: &str| {
        settings
            .titles
            .iter()
            .find(|(tag, _)| tag == wanted)
            .map(|(_, title)| title.clone())
    };
    own(tag)
        .or_else(|| own(""))
        .or_else(|| locale.text(&format!("{}-title", settings.name), &[]))
        .unwrap_or_else(|| {
            let mut letters = settings.name.chars();
            let first = letters.next().map(|c| c.to_uppercase().to_string());
            format!("{}{}", first.unwrap_or_default(), letters.as_str().replace('-', " "))
        })
}
