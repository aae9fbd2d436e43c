//! What templates see of figures that are drawn.
//!
//! A picture is made of whole numbers here and drawn by a template, so that it
//! takes the colours of the page. Beside each stands a table with the same figures.

use std::fmt::Write;

use serde::Serialize;

use crate::plan::{DateKey, Stretch, Timeline, Works};
use crate::view::Viewer;

/// How many years an archive spans at most to be drawn by months rather than years.
const MONTHLY_YEARS: usize = 3;

/// How wide the place of a bar is, in units of the picture.
const STEP: usize = 10;

/// How high a picture is, in its units.
const HEIGHT: usize = 100;

/// How high the small picture beside a name is.
const TREND_HEIGHT: usize = 4;

/// How many works there are over time: bars side by side, in a picture 100 units
/// high.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageView {
    /// What a bar stands for: `month`, `year`, `decade` or `century`.
    pub precision: &'static str,
    /// The bars, oldest first, without a gap.
    pub bars: Vec<BarView>,
    /// The name of the oldest bar.
    pub first: String,
    /// The name of the newest bar.
    pub last: String,
    /// How many works the highest bar stands for.
    pub most: usize,
    /// How many works have no bar, because their year or month is not known.
    pub n_left_out: usize,
    /// How wide the picture is.
    pub width: usize,
    /// All bars as the path of an SVG picture.
    pub path: String,
}

/// A stretch of time in a picture.
#[derive(Clone, Debug, Serialize)]
pub struct BarView {
    /// Its name in the page's language.
    pub title: String,
    /// Its page, from this page.
    pub href: Option<String>,
    /// How many works it has.
    pub n_works: usize,
}

/// A share of the works of the page.
#[derive(Clone, Debug, Serialize)]
pub struct ShareView {
    /// What has this share.
    pub title: String,
    /// Its page, from this page.
    pub href: Option<String>,
    /// The BCP 47 tag of the title's language, if it is not the page's.
    pub language: Option<String>,
    /// How many works it has.
    pub n_works: usize,
    /// How many that is of a hundred, from 0 to 100; of a ranking, of a hundred of
    /// the first one's.
    pub share: usize,
}

/// How many of a hundred a part is, rounded, but never 0 for something.
pub(super) fn share(part: usize, whole: usize) -> usize {
    let share = (part * 200 + whole) / (whole * 2).max(1);
    share.clamp(usize::from(part > 0), 100)
}

/// The path of bars side by side, each so many units wide of the place that it has.
fn path(counts: &[usize], (step, width): (usize, usize), height: usize) -> String {
    let most = counts.iter().copied().max().unwrap_or_default();
    let mut path = String::new();
    for (n, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let bar = (count * height).div_ceil(most);
        let x = n * step;
        // Writing to a string cannot fail.
        let _ = write!(path, "M{x} {height}v-{bar}h{width}v{bar}z");
    }
    path
}

/// The outline of steps side by side, each one unit wide; empty if all are zero. An
/// index holds hundreds of these, so every byte counts.
fn steps(counts: &[usize], height: usize) -> String {
    let most = counts.iter().copied().max().unwrap_or_default();
    if most == 0 {
        return String::new();
    }
    let mut path = format!("M0 {height}");
    let (mut level, mut width) = (0, 0);
    let levels = counts.iter().map(|count| (count * height).div_ceil(most));
    for next in levels.chain([0]) {
        if next != level {
            // Writing to a string cannot fail.
            if width > 0 {
                let _ = write!(path, "h{width}");
            }
            let _ = write!(path, "V{}", height - next);
            (level, width) = (next, 0);
        }
        width += 1;
    }
    path
}

impl Viewer<'_> {
    /// How the works of a list spread over the span of the archive: by year, or by
    /// month if it is short; none if no work is dated.
    pub fn coverage(&self, works: &Works<'_>) -> Option<CoverageView> {
        let dates = &self.plan.dates;
        let (first, last) = dates.span()?;
        let n_years = usize::try_from(last - first).ok()? + 1;
        let by_month = || self.drawn(&Timeline::of_each_month(dates), works);
        let monthly = if n_years > MONTHLY_YEARS { None } else { by_month() };
        // Where no month is known there is still the year.
        monthly.or_else(|| self.drawn(&Timeline::of_years(dates), works))
    }

    /// The picture of a list of works on a timeline.
    pub(super) fn drawn(
        &self,
        timeline: &Timeline,
        works: &Works<'_>,
    ) -> Option<CoverageView> {
        let counts = timeline.counts(works);
        let most = counts.iter().copied().max().filter(|most| *most > 0)?;
        let is_whole = matches!(works, Works::Range(_));
        let bar = |(stretch, count): (&Stretch, &usize)| BarView {
            title: self.stretch_title(stretch),
            // The page of a year holds all its works, not those of the list.
            href: (is_whole && stretch.n_months <= 12)
                .then(|| self.date_href(stretch.key))
                .flatten(),
            n_works: *count,
        };
        let bars: Vec<BarView> = timeline.0.iter().zip(&counts).map(bar).collect();
        let title = |bar: Option<&BarView>| bar.map(|bar| bar.title.clone());
        Some(CoverageView {
            precision: timeline.precision(),
            first: title(bars.first())?,
            last: title(bars.last())?,
            bars,
            most,
            n_left_out: works.len() - counts.iter().sum::<usize>(),
            width: counts.len() * STEP,
            path: path(&counts, (STEP, STEP - 2), HEIGHT),
        })
    }

    /// The name of a stretch of time: a month, a year, or several years.
    fn stretch_title(&self, stretch: &Stretch) -> String {
        if stretch.n_months <= 12 {
            return self.period_title(stretch.key);
        }
        let n_years = i16::try_from(stretch.n_months / 12).unwrap_or(1);
        let last = DateKey { year: stretch.key.year + n_years - 1, ..stretch.key };
        format!("{}–{}", self.period_title(stretch.key), self.period_title(last))
    }

    /// The link to the page of a date.
    pub(super) fn date_href(&self, key: DateKey) -> Option<String> {
        let address = self.plan.date_address(key, self.language(), self.config);
        address.map(|to| self.linker.href(&to))
    }

    /// How the works of a list spread over the span of the archive, as a picture
    /// so small that it stands beside a name: a path in a picture that is 12 units
    /// wide and 4 high.
    pub(super) fn trend(&self, works: &Works<'_>) -> String {
        steps(&self.plan.timeline.counts(works), TREND_HEIGHT)
    }

    /// The years of a list of works: `2017`, or `2017–2019`.
    pub(super) fn years_of(&self, works: &Works<'_>) -> Option<String> {
        let (newest, oldest) = works.dated_ends(&self.plan.dates)?;
        let [last, first] = [newest, oldest].map(|work| self.plan.dates.year_of(work));
        let (last, first) = last.zip(first)?;
        let year =
            |year: i16| self.period_title(DateKey { year, month: None, day: None });
        Some(if first == last {
            year(first)
        } else {
            format!("{}–{}", year(first), year(last))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_seen_if_it_is_there() {
        assert_eq!(share(0, 10), 0);
        assert_eq!(share(1, 1000), 1);
        assert_eq!(share(1, 3), 33);
        assert_eq!(share(2, 3), 67);
        assert_eq!(share(10, 10), 100);
        assert_eq!(share(0, 0), 0);
    }

    #[test]
    fn a_bar_is_seen_if_it_stands_for_something() {
        assert_eq!(path(&[1, 0, 500], (3, 2), 12), "M0 12v-1h2v1zM6 12v-12h2v12z");
        assert_eq!(path(&[0, 0], (3, 2), 12), "");
        assert_eq!(steps(&[0, 0, 1, 1, 500, 0], 4), "M0 4h2V3h2V0h1V4");
        assert_eq!(steps(&[3, 0], 4), "M0 4V0h1V4");
        assert_eq!(steps(&[0, 0], 4), "");
    }
}
