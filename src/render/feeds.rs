//! Makes the feeds: of the whole site with full texts, of terms with summaries.

use crate::archive::{BylineName, Version};
use crate::cache::Links;
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
use crate::render::draft::{self, Hasher};
use crate::render::items::changed;
use crate::render::machine::viewer;
use crate::view::Viewer;

/// The Atom feed of a list before the full texts are made.
pub(super) struct FeedDraft<'r> {
    /// The feed without full texts.
    feed: Feed,
    /// The full text of each entry that is to have one.
    texts: Vec<Option<FullText<'r>>>,
}

/// The full text of an article for those who read it elsewhere: its lead image,
/// its body and its corrections.
struct FullText<'r> {
    /// The article.
    version: &'r Version,
    /// The lead image as HTML.
    image: String,
    /// The corrections as HTML.
    corrections: String,
}

impl<'r> FeedDraft<'r> {
    /// Drafts the feed of a list.
    pub(super) fn new(
        site: &'r Site<'r>,
        bodies: &Bodies<'_>,
        entry: &'r Entry,
        of: ListOf,
    ) -> Self {
        let viewer = viewer(site, entry);
        let newest = u32::try_from(site.config.feeds.entries).unwrap_or(u32::MAX);
        let works = site.plan.works(of, site.archive).slice(&(0..newest));
        // An entry must have a day; works without one are left to the lists.
        let dated: Vec<_> = works
            .into_iter()
            .map(|work| site.archive.work(work).shown(entry.language))
            .filter_map(|version| Some((version, changed(version)?)))
            .collect();
        let is_full = feed_text(of, site.config) == FeedText::Full;
        let full = |(version, _): &(&'r Version, Date)| {
            let is_restricted = version.facts.state() == Some(State::Restricted);
            let is_wanted = is_full && !is_restricted;
            is_wanted.then(|| FullText::new(site, bodies, version))
        };
        Self {
            texts: dated.iter().map(full).collect(),
            feed: feed(site, &viewer, of, &dated),
        }
    }

    /// The hash of all that it says but for the full texts.
    pub(super) fn hash(&self) -> u64 {
        draft::hash(&self.feed)
    }

    /// The hash of the full texts.
    pub(super) fn hash_texts(&self) -> u64 {
        let mut hasher = Hasher::default();
        for text in &self.texts {
            let of_one = text.as_ref().map(|FullText { version, image, corrections }| {
                (&*version.file.path, version.text.digest, image, corrections)
            });
            hasher.add(&of_one);
        }
        hasher.finish()
    }

    /// Makes the feed, and says which links of its texts depend on other pages.
    /// What is wrong with these links is reported where their pages are
    /// rendered.
    pub(super) fn make(
        mut self,
        site: &Site<'_>,
        bodies: &Bodies<'_>,
        out: &mut Vec<u8>,
    ) -> Result<Vec<Links>, Diagnostic> {
        let mut links = Vec::new();
        for (entry, text) in self.feed.entries.iter_mut().zip(self.texts) {
            let Some(text) = text else { continue };
            let address = &text.version.address;
            let linker = Linker::whole(site.config, address);
            let file = &text.version.file;
            let made =
                bodies.html(&file.path, text.version.text, linker, file.language)?;
            links.extend(made.links);
            // A link within the text leads to its page from wherever it is read.
            let here = format!("href=\"{}#", whole(site.config, address));
            let body = made.body.html.replace("href=\"#", &here);
            entry.content_html =
                Some(format!("{}{body}{}", text.image, text.corrections));
        }
        out.extend(self.feed.to_atom());
        Ok(links)
    }
}

/// A feed without full texts.
fn feed(
    site: &Site<'_>,
    viewer: &Viewer<'_>,
    of: ListOf,
    dated: &[(&Version, Date)],
) -> Feed {
    let entry = viewer.entry;
    let page = match of {
        ListOf::Term(id) => site.plan.term_address(id, entry.language),
        _ => None,
    };
    let page = page.unwrap_or_else(|| site.config.root(entry.language));
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
        page_url: whole(site.config, page),
        language: settings.tag.to_string(),
        rights: site.config.rights.clone(),
        author: Author {
            name: publisher.name.clone(),
            url: publisher.url.clone(),
            email: publisher.email.clone(),
        },
        entries: dated
            .iter()
            .map(|(version, updated)| feed_entry(site, viewer, version, *updated))
            .collect(),
    }
}

/// An article as a feed has it, with the day of its last change, without its
/// full text.
fn feed_entry(
    site: &Site<'_>,
    viewer: &Viewer<'_>,
    version: &Version,
    updated: Date,
) -> FeedEntry {
    let facts = &version.facts;
    let zone = &site.config.zone;
    let url = whole(site.config, &version.address);
    let is_restricted = facts.state() == Some(State::Restricted);
    let names = version.topics.iter().filter(|_| !is_restricted);
    let byline = version.byline.iter().filter(|name| {
        let is_hidden = name.term.is_some_and(|id| !site.archive.term(id).has_page);
        !is_restricted && !is_hidden
    });
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
        authors: byline.map(|name| author(site, *name)).collect(),
        categories: names
            .filter_map(|name| viewer.category(name))
            .map(|(term, label)| Category { term, label })
            .collect(),
        language: site.config.language_of(version.file.language).tag.to_string(),
        summary: Some(version.summary.to_string()).filter(|summary| !summary.is_empty()),
        content_html: None,
        rights: facts.rights().map(ToString::to_string),
    }
}

/// A name of a byline as an author.
fn author(site: &Site<'_>, name: BylineName) -> Author {
    let name = site.archive.names.text(name.printed).to_owned();
    Author { name, url: None, email: None }
}

impl<'r> FullText<'r> {
    /// The full text of an article, of which the body is still to be made.
    fn new(site: &Site<'_>, bodies: &Bodies<'_>, version: &'r Version) -> Self {
        let linker = Linker::whole(site.config, &version.address);
        let image = version.facts.image().and_then(|image| {
            let (src, _) = bodies.image(image, linker);
            Some(figure(image, &src?.src))
        });
        let locale = &site.locales[usize::from(version.file.language.0)];
        let mut corrections = String::new();
        for correction in version.corrections() {
            let key = format!("correction-{}", correction.kind.as_str());
            let kind = locale.text(&key, &[]).unwrap_or(key);
            let head = format!("{kind}, {}:", locale.date(&correction.date));
            corrections += &format!(
                "<p><strong>{}</strong> {}</p>\n",
                markdown::escape(&head),
                markdown::escape(&correction.text)
            );
        }
        Self { version, image: image.unwrap_or_default(), corrections }
    }
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
