//! Makes the files that machines read: feeds, sitemaps, `robots.txt` and
//! `_redirects`.

use crate::archive::{BylineName, Version, Work, WorkId, language_root};
use crate::config::{FeedText, Output};
use crate::content::article::State;
use crate::date::Date;
use crate::feed::{Author, Category, Entry as FeedEntry, Feed};
use crate::links::{Linker, whole};
use crate::plan::{Entry, ListOf, SITEMAP_LIMIT, What, feed_text};
use crate::render::Site;
use crate::render::body::Bodies;
use crate::sitemap::{self, SitemapEntry};
use crate::view::{BodyHtml, Viewer};

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
            (url, newest.map(|date| date.w3c(&site.config.zone)))
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
        lastmod: last_change(site, entry).map(|date| date.w3c(&site.config.zone)),
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
fn changed(version: &Version) -> Option<Date> {
    let facts = &version.facts;
    let corrections =
        facts.corrections.iter().flatten().map(|correction| correction.date);
    facts.date().into_iter().chain(facts.updated).chain(corrections).max()
}

/// The views for an entry, with whole addresses.
fn viewer<'a>(site: &'a Site<'a>, entry: &'a Entry) -> Viewer<'a> {
    Viewer {
        archive: site.archive,
        plan: site.plan,
        config: site.config,
        locales: site.locales,
        entry,
        linker: Linker::whole(site.config, &entry.address),
    }
}

/// The Atom feed of a list.
pub(super) fn feed(
    site: &Site<'_>,
    bodies: &Bodies<'_>,
    entry: &Entry,
    of: ListOf,
) -> Vec<u8> {
    let viewer = viewer(site, entry);
    let newest = u32::try_from(site.config.feeds.entries).unwrap_or(u32::MAX);
    let works = site.plan.works(of, site.archive).slice(&(0..newest));
    // An entry must have a day; works without one are left to the lists.
    let dated: Vec<_> = works
        .into_iter()
        .map(|work| site.archive.work(work))
        .filter_map(|work| Some((work, changed(work.shown(entry.language))?)))
        .collect();
    let text = feed_text(of, site.config);
    let entries = dated
        .iter()
        .map(|(work, updated)| feed_entry(site, bodies, &viewer, (work, *updated), text))
        .collect();
    let page = match of {
        ListOf::Term(id) => {
            site.plan.term_address(id, entry.language, site.archive, site.config)
        }
        _ => None,
    };
    let page = page.unwrap_or_else(|| language_root(entry.language, site.config));
    let settings = site.config.language_of(entry.language);
    let publisher = &site.config.publisher;
    // A feed must have a day too; an empty one has that of the epoch.
    let updated = dated.iter().map(|(_, updated)| *updated).max();
    let updated = updated.map(|date| date.rfc3339(&site.config.zone));
    Feed {
        id: whole(site.config, &entry.address),
        title: viewer.feed_title(of),
        subtitle: settings.description.clone(),
        updated: updated.unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned()),
        self_url: whole(site.config, &entry.address),
        page_url: whole(site.config, &page),
        language: settings.tag.to_string(),
        rights: site.config.rights.clone(),
        author: Author {
            name: publisher.name.clone(),
            url: publisher.url.clone(),
            email: publisher.email.clone(),
        },
        entries,
    }
    .to_atom()
}

/// An article as a feed has it, with the day of its last change.
fn feed_entry(
    site: &Site<'_>,
    bodies: &Bodies<'_>,
    viewer: &Viewer<'_>,
    (work, updated): (&Work, Date),
    text: FeedText,
) -> FeedEntry {
    let version = work.shown(viewer.language());
    let facts = &version.facts;
    let zone = &site.config.zone;
    let url = whole(site.config, &version.address);
    let is_full = text == FeedText::Full && !facts.state().is_some_and(State::hides_text);
    let content_html = is_full.then(|| {
        let linker = Linker::whole(site.config, &version.address);
        // Its faults are reported where its page is rendered.
        let made =
            bodies.html(&version.file.path, version.text, linker, version.file.language);
        made.map_or_else(|_| BodyHtml::default(), |made| made.body).html
    });
    let names = version.names.iter().flat_map(|(_, names)| names);
    FeedEntry {
        id: url.clone(),
        title: version.title().to_owned(),
        url,
        published: facts.date().map(|date| date.rfc3339(zone)),
        updated: updated.rfc3339(zone),
        authors: version.byline.iter().map(author).collect(),
        categories: names
            .filter_map(|name| viewer.category(name))
            .map(|(term, label)| Category { term, label })
            .collect(),
        language: site.config.language_of(version.file.language).tag.to_string(),
        summary: Some(version.summary.to_string()).filter(|summary| !summary.is_empty()),
        content_html,
        rights: facts.rights.as_ref().map(ToString::to_string),
    }
}

/// A name of a byline as an author.
fn author(name: &BylineName) -> Author {
    Author { name: name.printed.to_string(), url: None, email: None }
}
