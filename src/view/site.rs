//! What templates see of the site as a whole.

use serde::Serialize;

use crate::address::Address;
use crate::archive::{Archive, WorkId};
use crate::config::{Config, LanguageId, TaxonomyId};
use crate::json;
use crate::links::Linker;
use crate::locale::Locale;
use crate::plan::{CORRECTIONS, DateKey, HIGHLIGHT, Overview, Plan, UNDATED, What};
use crate::view::{
    CoverageView, DateView, DatedLinkView, PeriodPartView, RightsView, TermLinkView,
    Viewer, language_name, taxonomy_title,
};

/// How many terms of each taxonomy the home page shows.
const TOP_TERMS: usize = 10;

/// How many works of other years the home page shows.
const MOST_ON_THIS_DAY: usize = 5;

/// The site in one language. Its links are paths to be put behind `root`.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub description: String,
    /// Its whole address, without a slash at the end.
    pub url: String,
    /// The language's BCP 47 tag.
    pub language: String,
    /// `ltr`, or `rtl` for languages that are written from the right.
    pub direction: &'static str,
    /// The home page in this language, behind `root`.
    pub home: String,
    /// All languages of the site.
    pub languages: Vec<SiteLanguageView>,
    /// The taxonomies that have an index.
    pub taxonomies: Vec<SiteLinkView>,
    /// The other standalone pages at the top, in the order of their paths.
    pub pages: Vec<SiteLinkView>,
    /// The page with all ways into the archive.
    pub browse: Option<SiteLinkView>,
    /// The page of all years.
    pub years: Option<SiteLinkView>,
    /// The page of the archive in figures.
    pub statistics: Option<SiteLinkView>,
    /// The search, behind `root`; none if the site has none.
    pub search: Option<SiteLinkView>,
    /// The feed of the site, behind `root`.
    pub feed: Option<String>,
    /// Who publishes it.
    pub publisher: PublisherView,
    /// What others may do with its articles, where they do not say otherwise.
    pub rights: Option<RightsView>,
    /// Whether there is a style sheet, `style.css`.
    pub has_style: bool,
    /// The icon of the site, `favicon.svg`, behind `root`.
    pub icon: Option<String>,
    /// Whether there is a style sheet for highlighted code, `highlight.css`.
    pub has_highlight: bool,
    /// The theme's settings.
    pub theme: json::Value,
    /// The site's own settings.
    pub extra: json::Value,
}

/// A language of the site.
#[derive(Clone, Debug, Serialize)]
pub struct SiteLanguageView {
    /// Its BCP 47 tag.
    pub language: String,
    /// Its name in itself.
    pub name: String,
    /// The home page in it, behind `root`.
    pub path: String,
}

/// A link to a taxonomy or a standalone page, behind `root`.
#[derive(Clone, Debug, Serialize)]
pub struct SiteLinkView {
    /// Its name: `organizations`, `about`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its page, behind `root`.
    pub path: String,
    /// The BCP 47 tag of the title's language, if it is not the site's.
    pub language: Option<String>,
}

/// Who publishes the site.
#[derive(Clone, Debug, Serialize)]
pub struct PublisherView {
    /// The name.
    pub name: String,
    /// Its own site.
    pub url: Option<String>,
    /// An address for letters to it.
    pub email: Option<String>,
    /// Where it is.
    pub place: Option<String>,
}

/// What the home page has besides its list.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// The words of `content/pages/index.md` as HTML.
    pub body: String,
    /// The BCP 47 tag of these words' language, if it is not the page's.
    pub body_language: Option<String>,
    /// How many works are on lists.
    pub n_works: usize,
    /// The oldest day of publication, as it is known.
    pub first: Option<DateView>,
    /// The newest day of publication.
    pub last: Option<DateView>,
    /// How the works spread over time; none without a dated work.
    pub coverage: Option<CoverageView>,
    /// What was published on the day of the build in other years.
    pub on_this_day: Option<OnThisDayView>,
    /// The years with works, newest first.
    pub years: Vec<PeriodPartView>,
    /// The works without a date, if there are any.
    pub undated: Option<PeriodPartView>,
    /// Each taxonomy with its most used terms.
    pub taxonomies: Vec<HomeTaxonomyView>,
}

/// What was published on the day of the build, or in its month, in other years.
#[derive(Clone, Debug, Serialize)]
pub struct OnThisDayView {
    /// `day`, or `month` if nothing is of that day.
    pub precision: &'static str,
    /// The day or the month in the page's language, without a year.
    pub title: String,
    /// The works, newest first.
    pub articles: Vec<DatedLinkView>,
}

/// A taxonomy with its most used terms.
#[derive(Clone, Debug, Serialize)]
pub struct HomeTaxonomyView {
    /// Its name: `organizations`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its index, from this page.
    pub href: String,
    /// How many terms have a page.
    pub n_terms: usize,
    /// The terms that most works name.
    pub top: Vec<TermLinkView>,
}

/// The view of the site in each of its languages.
pub fn sites(
    archive: &Archive,
    plan: &Plan,
    config: &Config,
    locales: &[Locale],
) -> Vec<SiteView> {
    config
        .language_ids()
        .map(|language| site(archive, plan, config, locales, language))
        .collect()
}

/// The view of the site in one language.
fn site(
    archive: &Archive,
    plan: &Plan,
    config: &Config,
    locales: &[Locale],
    language: LanguageId,
) -> SiteView {
    let root = Address::root();
    let linker = Linker::new(config, &root);
    let settings = config.language_of(language);
    let home = config.root(language);
    let locale = &locales[usize::from(language.0)];
    let languages = config.language_ids().map(|other| SiteLanguageView {
        language: config.language_of(other).tag.to_string(),
        name: language_name(&locales[usize::from(other.0)], config, other),
        path: linker.from_root(config.root(other)),
    });
    let mut pages = pages((archive, plan, config), &linker, locale, language);
    let [browse, years, statistics, search] = Overview::ALL.map(|overview| {
        let address = plan.overview_address(overview, language, config)?;
        let path = linker.from_root(&address);
        // A page of the site's own takes the place of one about the archive.
        let own = pages.iter().position(|page| page.path == path);
        let key = overview.title_key();
        let made = || SiteLinkView::of_theme(overview.name(), &key, locale, path);
        Some(own.map_or_else(made, |own| pages.remove(own)))
    });
    let stands =
        |path| Address::parse(path).is_ok_and(|address| plan.at(&address).is_some());
    SiteView {
        title: settings.title.clone(),
        description: settings.description.clone(),
        url: config.base_url.full.clone(),
        language: settings.tag.to_string(),
        direction: if settings.tag.is_right_to_left() { "rtl" } else { "ltr" },
        languages: languages.collect(),
        taxonomies: taxonomies((plan, config), &linker, locale, language),
        pages,
        browse,
        years,
        statistics,
        search,
        feed: plan.feed_address(home).map(|address| linker.from_root(&address)),
        home: linker.from_root(home),
        publisher: PublisherView {
            name: config.publisher.name.clone(),
            url: config.publisher.url.clone(),
            email: config.publisher.email.clone(),
            place: config.publisher.place.clone(),
        },
        rights: config.rights.as_deref().map(RightsView::new),
        has_style: stands("/style.css"),
        icon: stands("/favicon.svg").then(|| "favicon.svg".to_owned()),
        has_highlight: stands(HIGHLIGHT),
        theme: config.theme.clone(),
        extra: config.extra.clone(),
    }
}

impl SiteLinkView {
    /// A page that the theme has a title for, under this key.
    fn of_theme(name: &str, key: &str, locale: &Locale, path: String) -> Self {
        Self {
            name: name.to_owned(),
            title: locale.text(key, &[]).unwrap_or_else(|| name.to_owned()),
            path,
            language: None,
        }
    }
}

/// The taxonomies that have an index.
fn taxonomies(
    (plan, config): (&Plan, &Config),
    linker: &Linker<'_>,
    locale: &Locale,
    language: LanguageId,
) -> Vec<SiteLinkView> {
    let link = |taxonomy| {
        let address = plan.taxonomy_address(taxonomy, language)?;
        Some(SiteLinkView {
            name: config.taxonomy_of(taxonomy).name.to_string(),
            title: taxonomy_title(config, taxonomy, language, locale),
            path: linker.from_root(address),
            language: None,
        })
    };
    config.taxonomy_ids().filter_map(link).collect()
}

/// The standalone pages at the top of a language; where one is not
/// translated, the original.
fn pages(
    (archive, plan, config): (&Archive, &Plan, &Config),
    linker: &Linker<'_>,
    locale: &Locale,
    language: LanguageId,
) -> Vec<SiteLinkView> {
    let mut pages = Vec::new();
    for group in &archive.pages {
        if group.path.is_empty() || group.path.contains('/') {
            continue;
        }
        let Some(page) = group.shown(language) else { continue };
        let Some(address) = plan.address_of(&page.file.path) else { continue };
        pages.push(SiteLinkView {
            name: group.path.to_string(),
            title: page.title.as_deref().unwrap_or_default().to_owned(),
            path: linker.from_root(address),
            language: (page.file.language != language)
                .then(|| config.language_of(page.file.language).tag.to_string()),
        });
    }
    // The list of corrections where no page of the site's own holds it.
    let corrections = config.root(language).page(CORRECTIONS);
    if plan.at(&corrections).is_some_and(|entry| entry.what == What::Corrections) {
        let path = linker.from_root(&corrections);
        pages.push(SiteLinkView::of_theme(CORRECTIONS, CORRECTIONS, locale, path));
    }
    pages
}

impl Viewer<'_> {
    /// What the home page has besides its list, without its text. `language` is
    /// that of the text.
    pub fn home(&self, language: Option<LanguageId>) -> HomeView {
        let (first, last) = self.span();
        HomeView {
            n_works: self.archive.n_listed,
            first,
            last,
            coverage: self.coverage(&self.all_works()),
            on_this_day: self.on_this_day(),
            body: String::new(),
            body_language: language.and_then(|language| self.other_language(language)),
            years: self.year_parts(),
            undated: self.undated(),
            taxonomies: self.top_taxonomies(),
        }
    }

    /// What was published on the day of the build in other years, else in its month.
    fn on_this_day(&self) -> Option<OnThisDayView> {
        let (month, day) = (self.today.month()?, self.today.day()?);
        let of_day = self.in_other_years(Some(month), Some(day));
        if !of_day.is_empty() {
            let title = self.locale().anniversary(month, day);
            return Some(OnThisDayView { precision: "day", title, articles: of_day });
        }
        let of_month = self.in_other_years(Some(month), None);
        (!of_month.is_empty()).then(|| OnThisDayView {
            precision: "month",
            title: self.locale().month_name(month),
            articles: of_month,
        })
    }

    /// A work of a day or a month of each other year, newest first.
    fn in_other_years(&self, month: Option<u8>, day: Option<u8>) -> Vec<DatedLinkView> {
        let dates = &self.plan.dates;
        let years = dates.years().iter().map(|slice| slice.key.year);
        let found = years.filter(|year| *year != self.today.year()).filter_map(|year| {
            let works = dates.range(DateKey { year, month, day });
            (!works.is_empty()).then(|| self.dated_link(WorkId(works.start)))
        });
        found.take(MOST_ON_THIS_DAY).collect()
    }

    /// The link to the works without a date.
    pub(super) fn undated(&self) -> Option<PeriodPartView> {
        let address = self.config.root(self.language()).page(UNDATED);
        self.plan.at(&address)?;
        Some(PeriodPartView {
            title: self.text("undated", &[]),
            href: self.linker.href(&address),
            n_works: self.plan.undated.len(),
        })
    }

    /// Each taxonomy that has an index, with its most used terms.
    pub(super) fn top_taxonomies(&self) -> Vec<HomeTaxonomyView> {
        let taxonomies = self.config.taxonomy_ids();
        taxonomies.filter_map(|id| self.home_taxonomy(id)).collect()
    }

    /// A taxonomy with its most used terms; none if it has no index.
    fn home_taxonomy(&self, taxonomy: TaxonomyId) -> Option<HomeTaxonomyView> {
        let address = self.plan.taxonomy_address(taxonomy, self.language())?;
        let ranked = self.ranked(taxonomy);
        let used = ranked.iter().take_while(|(n_works, _)| *n_works > 0);
        let top = used.take(TOP_TERMS);
        Some(HomeTaxonomyView {
            name: self.taxonomy_name(taxonomy),
            title: self.taxonomy_title(taxonomy),
            href: self.linker.href(address),
            n_terms: ranked.len(),
            top: top.filter_map(|(_, id)| self.term_link(*id)).collect(),
        })
    }
}
