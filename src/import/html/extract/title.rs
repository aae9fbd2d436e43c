//! The headline of a page, and where it is printed.
//!
//! A line of the page that says the same as one of the titles for machines is
//! the headline as printed. The name of the site is cut off from those titles
//! by what the pages of the batch have in common.

use std::cmp::Reverse;

use crate::import::html::extract::Batch;
use crate::import::html::furniture::weight;
use crate::import::html::metadata::Metadata;
use crate::import::html::page::{Fate, Page};
use crate::import::html::visible;
use crate::import::html::visible::dates::Order;

/// What stands between a headline and the name of a site.
const SEPARATORS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", ": ", " / "];

/// A headline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Title {
    /// Its words.
    pub(super) text: String,
    /// The line of the page that prints it.
    pub(super) line: Option<usize>,
    /// What an editor should know, as phrases.
    pub(super) notes: Vec<String>,
}

/// Finds the headline of the article in an element.
pub(super) fn find(
    page: &Page,
    metadata: &Metadata,
    batch: &Batch,
    root: usize,
) -> Title {
    let said = said(metadata, batch);
    if let Some(line) = printed(page, &said, root) {
        let text = page.lines.get(line).map(|line| line.text.clone()).unwrap_or_default();
        return Title { text, line: Some(line), notes: Vec::new() };
    }
    let heading = heading(page, root);
    let best = said.iter().find(|own| own.is_whole).or(said.first());
    match (heading, best) {
        (Some((line, text)), best) => {
            let mut title = Title { text, line: Some(line), notes: Vec::new() };
            if let Some(best) = best {
                title
                    .notes
                    .push(format!("its heading and its title `{}` differ", best.text));
            }
            title
        }
        (None, Some(best)) => Title { text: best.text.clone(), ..Title::default() },
        (None, None) => {
            let notes = vec!["no headline was found".to_owned()];
            Title { notes, ..Title::default() }
        }
    }
}

/// A title that is said for machines.
#[derive(Debug)]
struct Said {
    /// Its words.
    text: String,
    /// Whether nothing had to be guessed to cut the name of the site off.
    is_whole: bool,
    /// Whether it is said to be the headline and not the title of the page.
    is_sure: bool,
}

/// The titles that are said, and the parts of them that may be the headline.
fn said(metadata: &Metadata, batch: &Batch) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    let add = |text: &str, is_whole: bool, said: &mut Vec<Said>| {
        let text = text.trim();
        if !text.is_empty() && !said.iter().any(|own| own.text == text) {
            said.push(Said { text: text.to_owned(), is_whole, is_sure: false });
        }
    };
    if let Some(headline) = &metadata.headline {
        add(headline, true, &mut said);
        for own in &mut said {
            own.is_sure = true;
        }
    }
    for title in [&metadata.share_title, &metadata.page_title].into_iter().flatten() {
        let cut = without_site(title, metadata, batch);
        let is_cut = cut.len() < title.len();
        let has_separator = SEPARATORS.iter().take(7).any(|mark| cut.contains(mark));
        add(cut, is_cut || !has_separator, &mut said);
        for mark in SEPARATORS {
            if let Some((first, rest)) = title.split_once(mark) {
                add(first, false, &mut said);
                add(rest, false, &mut said);
            }
            if let Some((first, last)) = title.rsplit_once(mark) {
                add(first, false, &mut said);
                add(last, false, &mut said);
            }
        }
    }
    // A bar never stands inside a headline, so what is before it is one.
    if let Some((first, _)) =
        metadata.page_title.as_deref().and_then(|own| own.split_once(" | "))
        && let Some(own) = said.iter_mut().find(|own| own.text == first.trim())
    {
        own.is_whole = true;
    }
    said
}

/// A title without the name of its site, as far as that is known.
fn without_site<'a>(title: &'a str, metadata: &Metadata, batch: &Batch) -> &'a str {
    let mut names: Vec<&str> = batch.title_ends.iter().map(String::as_str).collect();
    names.extend(metadata.publication.as_deref());
    for mark in SEPARATORS {
        for name in &names {
            let end = format!("{mark}{name}");
            if let Some(cut) = title.strip_suffix(&end) {
                return cut.trim();
            }
            let start = format!("{name}{mark}");
            if let Some(cut) = title.strip_prefix(&start) {
                return cut.trim();
            }
        }
    }
    for end in &batch.title_ends {
        if let Some(cut) =
            title.strip_suffix(end.as_str()).filter(|cut| !cut.trim().is_empty())
        {
            return cut.trim();
        }
    }
    title
}

/// The letters and digits of a text.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The line that prints one of the titles: a heading rather than other lines,
/// and never the name of the site at the top of the page.
fn printed(page: &Page, said: &[Said], root: usize) -> Option<usize> {
    let end = page.lines_of(root).end;
    let lines: Vec<_> =
        page.lines.iter().take(end).map(|line| letters(&line.text)).collect();
    let near = near(page, root);
    for own in said {
        let wanted = letters(&own.text);
        // A part of a title is one only if it says something.
        let words = own.text.split_whitespace().count();
        if wanted.is_empty() || (!own.is_whole && words < 2) {
            continue;
        }
        let found = lines.iter().enumerate().filter(|(_, line)| **line == wanted);
        let best = found
            .map(|(at, _)| at)
            .filter(|&at| !is_furniture(page, at) && !is_home(page, at))
            .min_by_key(|&at| (Reverse(rank(page, at)), Reverse(at)));
        // The name of a paper stands over its headlines, and is seldom a heading.
        let is_name = |at: usize| {
            !own.is_sure && rank(page, at) < 4 && near.is_some_and(|near| near > at)
        };
        if best.is_some_and(|at| !is_name(at)) {
            return best;
        }
    }
    None
}

/// The last line before the text of an article that looks like a headline.
fn near(page: &Page, root: usize) -> Option<usize> {
    let lines = page.lines_of(root);
    let is_prose = |at: &usize| {
        page.is_open(*at) && page.lines.get(*at).is_some_and(|line| weight(line) >= 60)
    };
    let text = lines.clone().find(is_prose)?;
    let first = text.saturating_sub(8);
    (first..text).rev().find(|&at| is_headline(page, at))
}

/// Whether a line looks like a headline.
fn is_headline(page: &Page, at: usize) -> bool {
    let Some(line) = page.lines.get(at).filter(|_| page.is_open(at)) else {
        return false;
    };
    let chars = line.text.chars().count();
    rank(page, at) >= 2
        && (8..=160).contains(&chars)
        && line.text.split_whitespace().count() >= 2
        && !is_home(page, at)
        && visible::read(&line.text, Order::Unknown, false).is_none()
        && !visible::names::is_role(&line.text)
}

/// Whether a line is a link to the home page as a whole.
fn is_home(page: &Page, at: usize) -> bool {
    let Some(line) = page.lines.get(at) else { return false };
    let texts = page.texts.get(line.texts.clone()).unwrap_or_default();
    let inner = texts.iter().find(|text| !text.text.trim().is_empty());
    let Some(inner) = inner.map(|text| text.element) else { return false };
    let href = page.around(inner).take(4).find_map(|own| {
        page.parts.get(own).filter(|part| part.name == "a")?.attribute("href")
    });
    href.is_some_and(|href| {
        let path = href
            .split_once("://")
            .map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        matches!(
            path.trim_matches('/'),
            "" | "index.html" | "index.htm" | "index.php" | "."
        )
    })
}

/// Whether a line was taken out as hidden or as standing on many pages.
fn is_furniture(page: &Page, line: usize) -> bool {
    let text = page.lines.get(line).and_then(|line| page.texts.get(line.texts.start));
    text.is_some_and(|text| {
        matches!(
            text.fate,
            Fate::Dropped(
                "stands on many pages"
                    | "hidden on the page"
                    | "navigation"
                    | "related links"
                    | "comments"
                    | "sidebar"
            )
        )
    })
}

/// How much a line looks like a headline.
fn rank(page: &Page, line: usize) -> u8 {
    let Some(line) = page.lines.get(line) else { return 0 };
    let inner =
        page.texts.get(line.texts.start).map_or(line.element, |text| text.element);
    let mut rank = 0;
    for at in page.around(inner).take(6) {
        let Some(part) = page.parts.get(at) else { continue };
        let own = match part.name.as_str() {
            "h1" => 5,
            "h2" => 4,
            "h3" | "h4" => 3,
            "b" | "strong" | "big" | "font" => 2,
            _ => 0,
        };
        let is_named =
            ["entry-title", "headline", "post-title", "article-title", "title"]
                .iter()
                .any(|name| part.is_marked(name));
        rank = rank.max(own).max(if is_named { 4 } else { 0 });
    }
    rank
}

/// The heading that is the headline if no title for machines is printed.
fn heading(page: &Page, root: usize) -> Option<(usize, String)> {
    let lines = page.lines_of(root);
    let open = |at: &usize| page.is_open(*at);
    let firsts: Vec<_> = (0..lines.end)
        .filter(open)
        .filter(|&at| !is_home(page, at))
        .filter(|&at| {
            page.lines.get(at).is_some_and(|line| {
                page.around(line.element).take(3).any(|own| {
                    page.parts.get(own).is_some_and(|part| {
                        part.name == "h1" || part.is_marked("entry-title")
                    })
                })
            })
        })
        .collect();
    let text = |at: usize| page.lines.get(at).map(|line| (at, line.text.clone()));
    if let [only] = firsts.as_slice() {
        return text(*only);
    }
    if let Some(own) = firsts.iter().rev().find(|at| lines.contains(at)) {
        return text(*own);
    }
    near(page, root).and_then(text)
}

/// Takes the headline out of the page, wherever it is repeated before the text.
pub(super) fn take(page: &mut Page, title: &Title, root: usize) {
    if let Some(line) = title.line {
        page.remove_line(line, Fate::Moved("title"));
    }
    let wanted = letters(&title.text);
    if wanted.is_empty() {
        return;
    }
    let end = page.lines_of(root).start + 4;
    for at in 0..end.min(page.lines.len()) {
        let is_same =
            page.lines.get(at).is_some_and(|line| letters(&line.text) == wanted);
        if is_same {
            page.remove_line(at, Fate::Moved("title"));
        }
    }
}
