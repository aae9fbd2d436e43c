//! What templates see of the archive as a whole: the ways into it, its years, and
//! its figures.

mod search;
mod statistics;

use std::ops::Range;

use serde::Serialize;

use crate::archive::WorkId;
use crate::locale::Arg;
use crate::plan::{DateKey, Overview};
use crate::view::{
    CoverageView, DatedLinkView, HomeTaxonomyView, LinkView, PeriodPartView, Viewer,
};

pub use search::{SearchTaxonomyView, SearchView};
pub use statistics::{NodeView, PairView, PairsView, RankingView, StatisticsView};

/// How many shades a month can have by the number of its works.
const SHADES: usize = 4;

/// The ways into the archive.
#[derive(Clone, Debug, Serialize)]
pub struct BrowseView {
    /// How many works are on lists.
    pub n_works: usize,
    /// The years with works, newest first.
    pub years: Vec<PeriodPartView>,
    /// The works without a date, if there are any.
    pub undated: Option<PeriodPartView>,
    /// Each taxonomy with its most used terms.
    pub taxonomies: Vec<HomeTaxonomyView>,
}

/// All years of the archive, month by month.
#[derive(Clone, Debug, Serialize)]
pub struct YearsView {
    /// How many works are on lists.
    pub n_works: usize,
    /// The short names of the months.
    pub months: Vec<String>,
    /// How the works spread over time; none without a dated work.
    pub coverage: Option<CoverageView>,
    /// The years from the newest to the oldest. Years without works are there too;
    /// more than two together are one entry without months.
    pub years: Vec<YearView>,
    /// The works without a date, if there are any.
    pub undated: Option<PeriodPartView>,
    /// How many works count to a year and to none of its months.
    pub n_vague: usize,
}

/// A year, month by month.
#[derive(Clone, Debug, Serialize)]
pub struct YearView {
    /// The year, or the first and the last of several: `1974–1979`.
    pub title: String,
    /// Its page, from this page; none if it has no works.
    pub href: Option<String>,
    /// How many works it has.
    pub n_works: usize,
    /// How many of its works are in none of its months, because theirs is not known.
    pub n_vague: usize,
    /// Its twelve months; empty for several years without works.
    pub months: Vec<YearMonthView>,
    /// The titles of all its works, from this page; none if there is no such page.
    pub titles_href: Option<String>,
}

/// A month among the years.
#[derive(Clone, Debug, Serialize)]
pub struct YearMonthView {
    /// Its name, with its year.
    pub title: String,
    /// Its page, from this page; none if it has no works.
    pub href: Option<String>,
    /// How many works it has.
    pub n_works: usize,
    /// How many that is beside other months: from 0 for none to 4.
    pub shade: usize,
}

/// The titles of all works of a year.
#[derive(Clone, Debug, Serialize)]
pub struct TitlesView {
    /// How many works the year has.
    pub n_works: usize,
    /// The page of the year, from this page, if there is one.
    pub href: Option<String>,
    /// Its months with works, newest first; what is of no month comes last.
    pub months: Vec<MonthTitlesView>,
    /// The titles of the next older year with works.
    pub older: Option<LinkView>,
    /// The titles of the next newer year with works.
    pub newer: Option<LinkView>,
}

/// The titles of all works of a month.
#[derive(Clone, Debug, Serialize)]
pub struct MonthTitlesView {
    /// The name of the month; none for works of which only the year is known.
    pub title: Option<String>,
    /// Its works, newest first.
    pub articles: Vec<DatedLinkView>,
}

impl Viewer<'_> {
    /// The title of the page with the titles of a year.
    pub fn titles_title(&self, year: i16) -> String {
        let key = DateKey { year, month: None, day: None };
        self.text("titles-of", &[("period", Arg::Text(self.period_title(key)))])
    }

    /// The titles of all works of a year.
    pub fn titles(&self, year: i16) -> TitlesView {
        let dates = &self.plan.dates;
        let key = DateKey { year, month: None, day: None };
        let works = dates.range(key);
        let list = |works: Range<u32>| -> Vec<_> {
            works.map(|work| self.dated_link(WorkId(work))).collect()
        };
        let known = dates.parts(key).iter();
        let end = known.clone().map(|slice| slice.range.end).max().unwrap_or(works.start);
        let mut months: Vec<_> = known
            .map(|slice| MonthTitlesView {
                title: Some(self.period_title(slice.key)),
                articles: list(slice.range.clone()),
            })
            .collect();
        if end < works.end {
            months.push(MonthTitlesView { title: None, articles: list(end..works.end) });
        }
        let link = |key: Option<DateKey>| {
            let key = key?;
            Some(LinkView::new(self.period_title(key), self.titles_href(key.year)?))
        };
        TitlesView {
            n_works: works.len(),
            href: self.date_href(key),
            months,
            older: link(dates.older(key)),
            newer: link(dates.newer(key)),
        }
    }

    /// The link to the titles of a year.
    fn titles_href(&self, year: i16) -> Option<String> {
        let address = self.plan.titles_address(year, self.language(), self.config)?;
        Some(self.linker.href(&address))
    }

    /// The title of a page about the archive as a whole.
    pub fn overview_title(&self, overview: Overview) -> String {
        self.text(&overview.title_key(), &[])
    }

    /// The ways into the archive.
    pub fn browse(&self) -> BrowseView {
        BrowseView {
            n_works: self.archive.n_listed,
            years: self.year_parts(),
            undated: self.undated(),
            taxonomies: self.top_taxonomies(),
        }
    }

    /// All years of the archive, month by month.
    pub fn years(&self) -> YearsView {
        let dates = &self.plan.dates;
        let most = dates.months().iter().map(|slice| slice.range.len()).max();
        let mut years: Vec<YearView> = Vec::new();
        let mut newer: Option<i16> = None;
        for year in dates.years().iter().map(|slice| slice.key.year) {
            if let Some(newer) = newer {
                years.extend(self.gap(year + 1, newer - 1));
            }
            years.push(self.year(year, most.unwrap_or_default()));
            newer = Some(year);
        }
        YearsView {
            n_works: self.archive.n_listed,
            months: (1..=12).map(|month| self.locale().short_month_name(month)).collect(),
            coverage: self.coverage(&self.all_works()),
            n_vague: years.iter().map(|year| year.n_vague).sum(),
            years,
            undated: self.undated(),
        }
    }

    /// Years without works, from one to another: each, or all in one.
    fn gap(&self, first: i16, last: i16) -> Vec<YearView> {
        if last - first < 2 {
            return (first..=last).rev().map(|year| self.year(year, 1)).collect();
        }
        let title = |year| self.period_title(DateKey { year, month: None, day: None });
        vec![YearView {
            title: format!("{}–{}", title(first), title(last)),
            href: None,
            n_works: 0,
            n_vague: 0,
            months: Vec::new(),
            titles_href: None,
        }]
    }

    /// A year, month by month, in an archive with so many works in a month at most.
    fn year(&self, year: i16, most: usize) -> YearView {
        let dates = &self.plan.dates;
        let key = DateKey { year, month: None, day: None };
        let count = |slice: DateKey| dates.range(slice).len();
        let in_month = |month| count(DateKey { month: Some(month), ..key });
        let month = |month| {
            let key = DateKey { month: Some(month), ..key };
            let n_works = in_month(month);
            YearMonthView {
                title: self.period_title(key),
                href: self.date_href(key),
                n_works,
                shade: (n_works * SHADES).div_ceil(most.max(1)),
            }
        };
        YearView {
            title: self.period_title(key),
            href: self.date_href(key),
            n_works: count(key),
            n_vague: count(key) - (1..=12).map(in_month).sum::<usize>(),
            months: (1..=12).map(month).collect(),
            titles_href: self.titles_href(year),
        }
    }
}
