//! Makes the sitemaps, `robots.txt` and `_redirects`.

use crate::config::Output;
use crate::date::Date;
use crate::links::{Linker, whole};
use crate::plan::Entry;
use crate::render::Site;
use crate::render::draft::Hasher;
use crate::render::items::Items;
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

/// A sitemap before it is written.
#[derive(Clone, Copy)]
pub(super) enum SitemapDraft<'r> {
    /// The index of all sitemaps.
    Index,
    /// The pages of a sitemap, among other entries.
    Pages(&'r [Entry]),
}

impl<'r> SitemapDraft<'r> {
    /// The only sitemap or the index for 0, else a part.
    pub(super) fn new(site: &Site<'r>, part: usize) -> Self {
        let mut sitemaps = site.plan.sitemaps();
        if part == 0 && sitemaps.len() > 1 {
            return Self::Index;
        }
        Self::Pages(sitemaps.nth(part.saturating_sub(1)).unwrap_or_default())
    }

    /// The hash of all that it says.
    pub(super) fn hash(self, site: &Site<'_>, items: &Items) -> u64 {
        let mut hasher = Hasher::default();
        match self {
            Self::Index => hasher.add(&index(site, items)),
            Self::Pages(entries) => {
                pages(site, items, entries).for_each(|page| hasher.add(&page));
            }
        }
        hasher.finish()
    }

    /// The sitemap as XML.
    pub(super) fn make(self, site: &Site<'_>, items: &Items) -> Vec<u8> {
        match self {
            Self::Index => sitemap::index(&index(site, items)),
            Self::Pages(entries) => {
                let is_translated = site.config.languages.len() > 1;
                sitemap::pages(pages(site, items, entries), is_translated)
            }
        }
    }
}

/// The address and the last change of each sitemap.
fn index(site: &Site<'_>, items: &Items) -> Vec<(String, Option<String>)> {
    let parts = (1..).zip(site.plan.sitemaps()).map(|(n, entries)| {
        let indexed = entries.iter().filter(|entry| entry.what.is_indexed(site.archive));
        let newest = indexed.filter_map(|entry| items.last_change(site, entry)).max();
        let url = format!("{}/sitemap-{n}.xml", site.config.base_url.full);
        (url, newest.and_then(|date| lastmod(site, date)))
    });
    parts.collect()
}

/// The pages among some entries as a sitemap lists them.
fn pages<'s>(
    site: &'s Site<'s>,
    items: &'s Items,
    entries: &'s [Entry],
) -> impl Iterator<Item = SitemapEntry> {
    let indexed = entries.iter().filter(|entry| entry.what.is_indexed(site.archive));
    indexed.map(|entry| SitemapEntry {
        url: whole(site.config, &entry.address),
        language: site.config.language_of(entry.language).tag.to_string(),
        lastmod: items.last_change(site, entry).and_then(|date| lastmod(site, date)),
        alternates: viewer(site, entry)
            .alternates()
            .into_iter()
            .map(|other| (other.language, other.url))
            .collect(),
    })
}

/// The views for an entry, with whole addresses.
pub(super) fn viewer<'a>(site: &'a Site<'a>, entry: &'a Entry) -> Viewer<'a> {
    site.viewer(entry, Linker::whole(site.config, &entry.address))
}

/// A date as a sitemap can hold it; none if it is not known to the day.
fn lastmod(site: &Site<'_>, date: Date) -> Option<String> {
    date.day().is_some().then(|| date.w3c(&site.config.zone))
}
