//! Makes the sitemaps, `robots.txt` and `_redirects`.

use crate::archive::{Version, WorkId};
use crate::config::Output;
use crate::date::Date;
use crate::links::{Linker, whole};
use crate::plan::{Entry, SITEMAP_LIMIT, What};
use crate::render::Site;
use crate::sitemap::{self, SitemapEntry};
use crate::view::Viewer;

/// `robots.txt`: everything may be read, and the sitemap is here.
pub(super) fn robots(site: &Site<'_>) -> String {
    let text = "User-agent: *\nAllow: /\n";
    if site.config.writes(Output::Sitemap) {
        format!("{text}\nSitemap: {}/sitemap.xml\n", site.config.base_url.full)
    } else {
        text.to_owned()
    }
}

/// `_redirects`: a line for each address of old.
pub(super) fn redirects(site: &Site<'_>) -> String {
    let base = &site.config.base_url.path;
    let lines = site.plan.redirects.iter().map(|redirect| {
        format!("{base}{} {base}{} 301\n", redirect.from.encoded(), redirect.to.encoded())
    });
    lines.collect()
}

/// A sitemap: the only one or the index for 0, else a part.
pub(super) fn sitemap(site: &Site<'_>, part: usize) -> Vec<u8> {
    let entries = site.plan.entries.iter();
    let indexed: Vec<_> =
        entries.filter(|entry| entry.what.is_indexed(site.archive)).collect();
    let parts: Vec<_> = indexed.chunks(SITEMAP_LIMIT).collect();
    if part == 0 && parts.len() > 1 {
        let parts = (1..).zip(&parts).map(|(n, part)| {
            let newest = part.iter().filter_map(|entry| last_change(site, entry)).max();
            let url = format!("{}/sitemap-{n}.xml", site.config.base_url.full);
            (url, newest.and_then(|date| lastmod(site, date)))
        });
        return sitemap::index(&parts.collect::<Vec<_>>());
    }
    let entries = parts.get(part.saturating_sub(1)).copied().unwrap_or_default();
    let entries: Vec<_> =
        entries.iter().map(|entry| sitemap_entry(site, entry)).collect();
    sitemap::pages(&entries)
}

/// A page as the sitemap lists it.
fn sitemap_entry(site: &Site<'_>, entry: &Entry) -> SitemapEntry {
    let alternates = viewer(site, entry).alternates();
    SitemapEntry {
        url: whole(site.config, &entry.address),
        language: site.config.language_of(entry.language).tag.to_string(),
        lastmod: last_change(site, entry).and_then(|date| lastmod(site, date)),
        alternates: alternates
            .into_iter()
            .map(|other| (other.language, other.url))
            .collect(),
    }
}

/// When what a page shows changed last; for a list, the newest change of its
/// works.
fn last_change(site: &Site<'_>, entry: &Entry) -> Option<Date> {
    match &entry.what {
        What::Article(work, index) => changed(&site.archive.work(*work).versions[*index]),
        What::Page(group, index) => site.archive.pages[*group].versions[*index].updated,
        What::List(of, part) => {
            let works = site.plan.works(*of, site.archive).slice(&part.range);
            let shown = |work: WorkId| site.archive.work(work).shown(entry.language);
            works.into_iter().filter_map(|work| changed(shown(work))).max()
        }
        _ => None,
    }
}

/// The newest of an article's date, its last change and its corrections.
pub(super) fn changed(version: &Version) -> Option<Date> {
    let facts = &version.facts;
    let corrections =
        facts.corrections.iter().flatten().map(|correction| correction.date);
    facts.date().into_iter().chain(facts.updated).chain(corrections).max()
}

/// The views for an entry, with whole addresses.
pub(super) fn viewer<'a>(site: &'a Site<'a>, entry: &'a Entry) -> Viewer<'a> {
    site.viewer(entry, Linker::whole(site.config, &entry.address))
}

/// A date as a sitemap can hold it; none if it is not known to the day.
fn lastmod(site: &Site<'_>, date: Date) -> Option<String> {
    date.day().is_some().then(|| date.w3c(&site.config.zone))
}
