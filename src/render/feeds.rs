//! Makes the feeds: of the whole site with full texts, of terms with summaries.

use std::cmp::Reverse;

use crate::archive::{BylineName, Version, Work, language_root};
use crate::config::FeedText;
use crate::content::article::State;
use crate::date::Date;
use crate::feed::{Author, Category, Entry as FeedEntry, Feed};
use crate::links::{Linker, whole};
use crate::markdown;
use crate::plan::{Entry, ListOf, feed_text};
use crate::render::Site;
use crate::render::body::Bodies;
use crate::render::machine::{changed, viewer};
use crate::view::{BodyHtml, Viewer};

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
    let content_html = is_full.then(|| full_text(site, bodies, version));
    let names = version.names.iter().flat_map(|(_, names)| names);
    FeedEntry {
        id: url.clone(),
        title: version.title().to_owned(),
        url,
        // A day that is not known is not made up.
        published: facts
            .date()
            .filter(|date| date.day().is_some())
            .map(|date| date.rfc3339(zone)),
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

/// The full text of an article for those who read it elsewhere: its lead image,
/// its body and its corrections. Its faults are reported where its page is
/// rendered.
fn full_text(site: &Site<'_>, bodies: &Bodies<'_>, version: &Version) -> String {
    let facts = &version.facts;
    let linker = Linker::whole(site.config, &version.address);
    let mut html = String::new();
    if let Some(image) = &facts.image
        && let (Some(src), _) = bodies.image(image, linker)
    {
        let (src, alt) = (markdown::escape(&src), markdown::escape(&image.alt));
        html += &format!("<p><img src=\"{src}\" alt=\"{alt}\"></p>\n");
    }
    let made =
        bodies.html(&version.file.path, version.text, linker, version.file.language);
    html += &made.map_or_else(|_| BodyHtml::default(), |made| made.body).html;
    let locale = &site.locales[usize::from(version.file.language.0)];
    let words = |key: &str| locale.text(key, &[]).unwrap_or_else(|| key.to_owned());
    let mut corrections: Vec<_> = facts.corrections.iter().flatten().collect();
    corrections.sort_by_key(|correction| Reverse(correction.date));
    for correction in corrections {
        let kind = words(&format!("correction-{}", correction.kind.as_str()));
        let head = format!("{kind}, {}:", locale.date(&correction.date));
        html += &format!(
            "<p><strong>{}</strong> {}</p>\n",
            markdown::escape(&head),
            markdown::escape(&correction.text)
        );
    }
    html
}
