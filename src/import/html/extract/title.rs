//! The headline of a page, and where it is printed.
//!
//! A line of the page that says the same as one of the titles for machines is
//! the headline as printed. The name of the site is cut off from those titles
//! by what the pages of the batch have in common.

use crate::import::html::extract::Batch;
use crate::import::html::metadata::Metadata;
use crate::import::html::page::{Fate, Page};

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
    let root_end = page.lines_of(root).end;
    if let Some(line) = printed(page, &said, root_end) {
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
}

/// The titles that are said, and the parts of them that may be the headline.
fn said(metadata: &Metadata, batch: &Batch) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    let add = |text: &str, is_whole: bool, said: &mut Vec<Said>| {
        let text = text.trim();
        if !text.is_empty() && !said.iter().any(|own| own.text == text) {
            said.push(Said { text: text.to_owned(), is_whole });
        }
    };
    if let Some(headline) = &metadata.headline {
        add(headline, true, &mut said);
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

/// The line that prints one of the titles: a heading rather than other lines.
fn printed(page: &Page, said: &[Said], end: usize) -> Option<usize> {
    let lines: Vec<_> =
        page.lines.iter().take(end).map(|line| letters(&line.text)).collect();
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
            .filter(|&at| !is_furniture(page, at))
            .min_by_key(|&at| (std::cmp::Reverse(rank(page, at)), std::cmp::Reverse(at)));
        if best.is_some() {
            return best;
        }
    }
    None
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
    // The first large or bold line at the start of the article.
    lines
        .filter(open)
        .take(4)
        .find(|&at| {
            let chars = page.lines.get(at).map_or(0, |line| line.text.chars().count());
            rank(page, at) >= 2 && (8..=160).contains(&chars)
        })
        .and_then(text)
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
