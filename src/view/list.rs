//! What templates see of a list of works.

use std::hint::black_box;

use serde::Serialize;

use crate::archive::WorkId;
use crate::content::article::{Kind, State};
use crate::locale::Arg;
use crate::plan::{DateKey, DateSlice, ListOf, Part};
use crate::view::{DateView, LinkView, MonthView, NameView, Viewer, WeekdayView};

/// One page of a list.
#[derive(Clone, Debug, Serialize)]
pub struct ListView {
    /// The works of this page, newest first.
    pub items: Vec<ItemView>,
    /// How many works the whole list has.
    pub n_works: usize,
    /// The number of the page, counted from the oldest; none for the front
    /// page.
    pub number: Option<u32>,
    /// How many numbered pages the list has.
    pub n_numbered: u32,
    /// The page with older works.
    pub older: Option<LinkView>,
    /// The page with newer works.
    pub newer: Option<LinkView>,
}

/// A work on a list.
#[derive(Clone, Debug, Serialize)]
pub struct ItemView {
    /// The headline.
    pub title: String,
    /// Its page, from this page.
    pub href: String,
    /// Its language's BCP 47 tag, if it is not the page's.
    pub language: Option<String>,
    /// The name of that language, in itself.
    pub language_name: Option<String>,
    /// The day of publication.
    pub date: Option<DateView>,
    /// The line above the headline.
    pub kicker: Option<String>,
    /// Its text for lists.
    pub summary: String,
    /// Who wrote it, as printed.
    pub byline: Vec<NameView>,
    /// What sort of piece it is.
    pub kind: Option<&'static str>,
    /// Where it first appeared.
    pub publication: Option<String>,
}

/// A year, a month or a day.
#[derive(Clone, Debug, Serialize)]
pub struct PeriodView {
    /// `year`, `month` or `day`.
    pub precision: &'static str,
    /// Its name in the page's language.
    pub title: String,
    /// Its months or days with works, oldest first.
    pub parts: Vec<PeriodPartView>,
    /// The calendar of a month, or of the twelve months of a year; empty for a day
    /// and on older pages of the list.
    pub calendar: Vec<MonthView>,
    /// How many of its works are of no day in the calendar, because theirs is not
    /// known.
    pub n_vague: usize,
    /// The days of the week, in the order of the calendar.
    pub weekdays: Vec<WeekdayView>,
    /// The next one with works into the past.
    pub older: Option<LinkView>,
    /// The next one with works into the present.
    pub newer: Option<LinkView>,
}

/// A month of a year or a day of a month; where the archive is looked at as a whole, a
/// year.
#[derive(Clone, Debug, Serialize)]
pub struct PeriodPartView {
    /// Its name in the page's language.
    pub title: String,
    /// Its page, from this page.
    pub href: String,
    /// How many works it has.
    pub n_works: usize,
}

impl Viewer<'_> {
    /// The view of one page of a list.
    pub fn list(&self, of: ListOf, part: &Part) -> ListView {
        let works = self.plan.works(of, self.archive);
        let base = self.list_base(of, self.language());
        let link = |address: Option<_>, key| {
            address.map(|to| LinkView::new(self.text(key, &[]), self.linker.href(&to)))
        };
        let shown = works.slice(&part.range);
        self.fetch(&shown);
        ListView {
            items: shown.into_iter().map(|work| self.item(work)).collect(),
            n_works: works.len(),
            number: part.number,
            n_numbered: part.n_numbered,
            older: link(base.as_ref().and_then(|base| part.older(base)), "older"),
            newer: link(base.as_ref().and_then(|base| part.newer(base)), "newer"),
        }
    }

    /// Looks at what items show of some works, and does nothing with it.
    ///
    /// The works of a term lie far from each other in memory. One after the other
    /// the processor would wait for each of them; here it waits for all at once,
    /// because no look depends on another. In an archive of a million works that
    /// is a tenth of a build.
    fn fetch(&self, works: &[WorkId]) {
        let versions: Vec<_> =
            works.iter().map(|work| self.shown(self.archive.work(*work))).collect();
        for version in versions {
            let byline = version.byline.first().map(|name| name.printed);
            let texts = [version.title(), &version.summary, version.address.as_str()];
            black_box((texts.map(|text| text.as_bytes().first().copied()), byline));
        }
    }

    /// A work as this page lists it.
    pub fn item(&self, work: WorkId) -> ItemView {
        let work = self.archive.work(work);
        let version = self.shown(work);
        let is_restricted = version.facts.state() == Some(State::Restricted);
        let text = |text: Option<&Box<str>>| {
            text.filter(|_| !is_restricted).map(ToString::to_string)
        };
        let language = version.file.language;
        let is_other = language != self.language();
        let name =
            || super::language_name(self.locale_of(language), self.config, language);
        ItemView {
            title: version.title().to_owned(),
            href: self.linker.href(&version.address),
            language: is_other.then(|| self.config.language_of(language).tag.to_string()),
            language_name: is_other.then(name),
            date: work.original().facts.date().map(|date| self.date(date)),
            kicker: text(version.facts.kicker()),
            summary: version.summary.to_string(),
            byline: if is_restricted { Vec::new() } else { self.byline(&version.byline) },
            kind: version.facts.kind.filter(|_| !is_restricted).map(Kind::as_str),
            publication: text(version.facts.publication()),
        }
    }

    /// The view of a year, a month or a day.
    ///
    /// Its calendar stands on the front page of the list.
    pub fn period(&self, key: DateKey, is_front: bool) -> PeriodView {
        let link = |key: Option<DateKey>| {
            let part = self.period_part(key?, 0)?;
            Some(LinkView::new(part.title, part.href))
        };
        let parts = self.plan.dates.parts(key).iter().rev();
        PeriodView {
            precision: ["year", "month", "day"][key.precision() - 1],
            title: self.period_title(key),
            parts: parts.filter_map(|slice| self.slice_part(slice)).collect(),
            calendar: if is_front { self.calendar(key) } else { Vec::new() },
            n_vague: self.n_vague(key),
            weekdays: self.weekdays(),
            older: link(self.plan.dates.older(key)),
            newer: link(self.plan.dates.newer(key)),
        }
    }

    /// A link to the page of a slice of time, with the number of its works.
    fn slice_part(&self, slice: &DateSlice) -> Option<PeriodPartView> {
        self.period_part(slice.key, slice.range.len())
    }

    /// The years with works, newest first.
    pub(super) fn year_parts(&self) -> Vec<PeriodPartView> {
        let years = self.plan.dates.years().iter();
        years.filter_map(|slice| self.slice_part(slice)).collect()
    }

    /// How many works of a year or a month are of no day that is known.
    fn n_vague(&self, key: DateKey) -> usize {
        let dates = &self.plan.dates;
        let n_days = |month: &DateSlice| -> usize {
            dates.parts(month.key).iter().map(|day| day.range.len()).sum()
        };
        let n_known = match (key.month, key.day) {
            (_, Some(_)) => return 0,
            (Some(_), None) => dates.parts(key).iter().map(|day| day.range.len()).sum(),
            (None, None) => dates.parts(key).iter().map(n_days).sum::<usize>(),
        };
        dates.range(key).len() - n_known
    }

    /// A link to the page of a date, with the number of its works.
    fn period_part(&self, key: DateKey, n_works: usize) -> Option<PeriodPartView> {
        let address = self.plan.date_address(key, self.language(), self.config)?;
        let title = self.period_title(key);
        Some(PeriodPartView { title, href: self.linker.href(&address), n_works })
    }

    /// The name of a year, a month or a day.
    pub fn period_title(&self, key: DateKey) -> String {
        match (key.month, key.day) {
            (Some(month), Some(day)) => {
                let written = format!("{:04}-{month:02}-{day:02}", key.year);
                let date = crate::date::Date::parse(&written);
                date.map_or(written, |date| self.locale().date(&date))
            }
            (Some(month), None) => self.locale().month(key.year, month),
            _ => key.year.to_string(),
        }
    }

    /// The title of a page of a list.
    pub fn list_title(&self, title: &str, part: &Part) -> String {
        match part.number {
            None => title.to_owned(),
            Some(number) => {
                let args = [
                    ("page", Arg::Number(i64::from(number))),
                    ("pages", Arg::Number(i64::from(part.n_numbered))),
                ];
                format!("{title} – {}", self.text("page-of", &args))
            }
        }
    }
}
