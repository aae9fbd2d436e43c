//! Makes the feeds: of the whole site with full texts, of terms with summaries.

use crate::archive::{BylineName, Version, Work, language_root};
use crate::config::FeedText;
use crate::content::article::{Image, State};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::feed::{Author, Category, Entry as FeedEntry, Feed};
use crate::links::{Linker, whole};
use crate::markdown;
use crate::plan::{Entry, ListOf, feed_text};
use crate::render::Site;
use crate::render::body::Bodies;
use crate::render::machine::{changed, viewer};
use crate::view::Viewer;

/// The Atom feed of a list.
pub(super) fn feed(
    site: &Site<'_>,
    bodies: &Bodies<'_>,
    entry: &Entry,
    of: ListOf,
) -> Result<Vec<u8>, Diagnostic> {
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
    let entries: Result<Vec<_>, _> = dated
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
    let feed = Feed {
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
        entries: entries?,
    };
    Ok(feed.to_atom())
}

/// An article as a feed has it, with the day of its last change.
fn feed_entry(
    site: &Site<'_>,
    bodies: &Bodies<'_>,
    viewer: &Viewer<'_>,
    (work, updated): (&Work, Date),
    text: FeedText,
) -> Result<FeedEntry, Diagnostic> {
    let version = work.shown(viewer.language());
    let facts = &version.facts;
    let zone = &site.config.zone;
    let url = whole(site.config, &version.address);
    let is_restricted = facts.state() == Some(State::Restricted);
    let is_full = text == FeedText::Full && !is_restricted;
    let content_html =
        if is_full { Some(full_text(site, bodies, version)?) } else { None };
    let names = version.names.iter().flat_map(|(_, names)| names);
    let names = names.filter(|_| !is_restricted);
    let byline = version.byline.iter().filter(|name| {
        let is_hidden = name.term.is_some_and(|id| !site.archive.term(id).has_page);
        !is_restricted && !is_hidden
    });
    Ok(FeedEntry {
        id: url.clone(),
        title: version.title().to_owned(),
        url,
        // A day that is not known is not made up.
        published: facts
            .date()
            .filter(|date| date.day().is_some())
            .map(|date| date.rfc3339(zone)),
        updated: updated.rfc3339(zone),
        authors: byline.map(author).collect(),
        categories: names
            .filter_map(|name| viewer.category(name))
            .map(|(term, label)| Category { term, label })
            .collect(),
        language: site.config.language_of(version.file.language).tag.to_string(),
        summary: Some(version.summary.to_string()).filter(|summary| !summary.is_empty()),
        content_html,
        rights: facts.rights.as_ref().map(ToString::to_string),
    })
}

/// A name of a byline as an author.
fn author(name: &BylineName) -> Author {
    Author { name: name.printed.to_string(), url: None, email: None }
}

/// The full text of an article for those who read it elsewhere: its lead image,
/// its body and its corrections. What is wrong with its links is reported where
/// its page is rendered.
fn full_text(
    site: &Site<'_>,
    bodies: &Bodies<'_>,
    version: &Version,
) -> Result<String, Diagnostic> {
    let linker = Linker::whole(site.config, &version.address);
    let language = version.file.language;
    let mut html = String::new();
    if let Some(image) = &version.facts.image
        && let (Some(src), _) = bodies.image(image, linker)
    {
        html += &figure(image, &src);
    }
    let made = bodies.html(&version.file.path, version.text, linker, language)?;
    // A link within the text leads to its page from wherever it is read.
    let here = format!("href=\"{}#", whole(site.config, &version.address));
    html += &made.body.html.replace("href=\"#", &here);
    let locale = &site.locales[usize::from(language.0)];
    for correction in version.corrections() {
        let key = format!("correction-{}", correction.kind.as_str());
        let kind = locale.text(&key, &[]).unwrap_or(key);
        let head = format!("{kind}, {}:", locale.date(&correction.date));
        html += &format!(
            "<p><strong>{}</strong> {}</p>\n",
            markdown::escape(&head),
            markdown::escape(&correction.text)
        );
    }
    Ok(html)
}

/// A lead image with what is said of it.
fn figure(image: &Image, src: &str) -> String {
    let (src, alt) = (markdown::escape(src), markdown::escape(&image.alt));
    let said: Vec<_> = [&image.caption, &image.credit].into_iter().flatten().collect();
    let mut html = format!("<figure><img src=\"{src}\" alt=\"{alt}\">");
    if !said.is_empty() {
        let said: Vec<_> = said.iter().map(|text| markdown::escape(text)).collect();
        html += &format!("<figcaption>{}</figcaption>", said.join(" "));
    }
    html += "</figure>\n";
    html
}
