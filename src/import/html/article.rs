//! Where the article of a page stands.
//!
//! A readability implementation is asked first. What it finds is compared with
//! the running text of the page: if it found less than two fifths of the
//! longest run of paragraphs, the elements that sites use for articles are
//! tried, and then the densest part of the page.

use std::collections::BTreeMap;

use crate::import::html::furniture::{Prose, weight};
use crate::import::html::page::Page;

/// Names of the element that holds nothing but the text of an article.
const BODIES: &[&str] = &[
    "articlebody",
    "entry-content",
    "post-content",
    "article-body",
    "article-content",
    "story-body",
    "storybody",
    "story-text",
    "storytext",
    "article__body",
    "field-name-body",
    "field--name-body",
    "post-body",
    "td-post-content",
    "e-content",
    "story-content",
    "article-text",
    "articletext",
    "node-content",
    "single-content",
    "nota-cuerpo",
    "cuerpo",
];

/// How an article was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Readability found it.
    Readable,
    /// It stands in the element of its page that is named for that.
    Named,
    /// It is the densest part of its page.
    Densest,
    /// The page has no running text, and all of it is taken.
    Whole,
}

/// The element of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its number.
    pub root: usize,
    /// How it was found.
    pub found: Found,
}

/// Finds the article; `kept` tells of each element whether readability kept it.
pub fn find(page: &Page, kept: Option<&[bool]>) -> Place {
    let prose = Prose::of(page);
    let body = page.parts.iter().position(|part| part.name == "body").unwrap_or_default();
    if prose.all() == 0 {
        return Place { root: body, found: Found::Whole };
    }
    let densest = densest(page);
    let (mut root, found) = match kept.and_then(|kept| readable(page, kept, densest.1)) {
        Some(root) => (root, Found::Readable),
        None => match named(page, &prose) {
            Some(root) => (root, Found::Named),
            None => (around_dense(page, &prose, densest), Found::Densest),
        },
    };
    if let Some(inner) = inner_body(page, &prose, root) {
        return Place { root: inner, found };
    }
    root = widened(page, &prose, root);
    Place { root, found }
}

/// The deepest element with nine tenths of the running text that readability
/// kept, unless that is too little.
fn readable(page: &Page, kept: &[bool], densest: usize) -> Option<usize> {
    let mut sums = vec![0];
    let mut sum = 0;
    for (at, line) in page.lines.iter().enumerate() {
        let is_kept =
            page.around(line.element).take(2).any(|own| kept.get(own) == Some(&true));
        if is_kept && page.is_open(at) {
            sum += weight(line);
        }
        sums.push(sum);
    }
    if sum == 0 || sum * 10 < densest * 4 {
        return None;
    }
    deepest(page, |lines| {
        let at = |line: usize| sums.get(line).copied().unwrap_or(sum);
        (at(lines.end) - at(lines.start)) * 10 >= sum * 9
    })
}

/// The deepest element whose lines are enough.
fn deepest(
    page: &Page,
    is_enough: impl Fn(std::ops::Range<usize>) -> bool,
) -> Option<usize> {
    let mut found = None;
    let mut at = 0;
    while at < page.parts.len() {
        let name = page.parts.get(at).map_or("", |part| part.name.as_str());
        let is_leaf = is_paragraph(name) && !is_wrapper(name);
        if !is_leaf && is_enough(page.lines_of(at)) {
            if !is_wrapper(name) {
                found = Some(at);
            }
            at += 1;
        } else {
            // What is not enough holds nothing that is.
            at = page.parts.get(at).map_or(at + 1, |part| part.end);
        }
    }
    found
}

/// Whether an element is a paragraph or stands in one.
fn is_paragraph(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "blockquote"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "pre"
            | "dd"
            | "dt"
            | "center"
            | "ul"
            | "ol"
            | "dl"
            | "figcaption"
            | "figure"
            | "font"
            | "b"
            | "i"
            | "span"
            | "strong"
            | "em"
            | "a"
            | "small"
            | "big"
    )
}

/// Whether an element only says how what is in it looks.
fn is_wrapper(name: &str) -> bool {
    matches!(
        name,
        "center" | "font" | "b" | "i" | "span" | "strong" | "em" | "small" | "big"
    )
}

/// The element with the longest run of paragraphs, and how long the run is.
fn densest(page: &Page) -> (usize, usize) {
    let mut runs: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, line) in page.lines.iter().enumerate() {
        if !page.is_open(at) {
            continue;
        }
        let is_run = |own: &usize| {
            page.parts.get(*own).is_none_or(|part| !is_paragraph(&part.name))
        };
        if let Some(container) = page.around(line.element).find(is_run) {
            *runs.entry(container).or_default() += weight(line);
        }
    }
    let best = runs.into_iter().max_by_key(|&(at, run)| (run, std::cmp::Reverse(at)));
    best.unwrap_or_default()
}

/// The densest element, or the one around it that holds paragraphs in elements
/// of their own, as in a table with a row for each.
fn around_dense(page: &Page, prose: &Prose, densest: (usize, usize)) -> usize {
    let (at, run) = densest;
    if run * 10 >= prose.all() * 6 {
        return at;
    }
    // Wide enough for most of the text, but never wider than needed.
    deepest(page, |lines| prose.within(lines) * 10 >= prose.all() * 8).unwrap_or(at)
}

/// The element that is named for articles and holds much of the running text.
fn named(page: &Page, prose: &Prose) -> Option<usize> {
    let is_much = |at: usize| prose.within(page.lines_of(at)) * 2 >= prose.all();
    let is_named = |at: &usize| {
        page.parts.get(*at).is_some_and(|part| {
            matches!(part.name.as_str(), "article" | "main")
                || part.is_marked("main")
                || BODIES.iter().any(|body| part.is_marked(body))
        })
    };
    (0..page.parts.len()).rev().find(|at| is_named(at) && is_much(*at))
}

/// The element inside the root that holds nothing but the text of the article.
fn inner_body(page: &Page, prose: &Prose, root: usize) -> Option<usize> {
    let all = prose.within(page.lines_of(root));
    let is_body = |at: &usize| {
        page.parts
            .get(*at)
            .is_some_and(|part| BODIES.iter().any(|body| part.is_marked(body)))
    };
    let end = page.parts.get(root).map_or(root, |part| part.end);
    let mut inner = (root..end).filter(is_body);
    inner.find(|&at| prose.within(page.lines_of(at)) * 20 >= all * 17)
}

/// The root, or the `article` or named body around it if that holds more
/// running text.
fn widened(page: &Page, prose: &Prose, root: usize) -> usize {
    let own = prose.within(page.lines_of(root));
    let outer = page.around(root).find(|&at| {
        page.parts.get(at).is_some_and(|part| {
            part.name == "article" || BODIES.iter().any(|body| part.is_marked(body))
        })
    });
    match outer {
        Some(outer) if prose.within(page.lines_of(outer)) > own => outer,
        _ => root,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::readable;

    /// The name and the classes of the element of an article.
    fn found(html: &str) -> (String, Found) {
        let readable = readable::read(html);
        let page = Page::new(readable.nodes);
        let place = find(&page, readable.kept.as_deref());
        let part = &page.parts[place.root];
        (format!("{}{}", part.name, part.marks.trim_end().replace(' ', ".")), place.found)
    }

    /// Paragraphs of running text.
    fn paragraphs(n: usize) -> String {
        let text = "The board voted on Monday, after a long debate, to keep the library open on \
                    Sundays, and the mayor said that she would sign the measure this week. ";
        format!("<p>{text}{text}</p>").repeat(n)
    }

    #[test]
    fn the_article_stands_where_most_of_its_paragraphs_stand() {
        let text = paragraphs(4);
        let cases = [
            (
                format!(
                    "<div class=page><div class=menu>x</div><div class=story>{text}</div></div>"
                ),
                "div.story",
            ),
            (
                format!(
                    "<article><h1>T</h1><div class=entry-content>{text}</div></article>"
                ),
                "div.entry-content",
            ),
            (format!("<table><tr><td>menu<td class=text>{text}</table>"), "td.text"),
            (
                format!("<article>{}<div class=x>{text}</div></article>", paragraphs(1)),
                "article",
            ),
        ];
        for (html, expected) in cases {
            assert_eq!(found(&html).0, expected, "{html}");
        }
    }

    #[test]
    fn a_page_without_running_text_is_taken_whole() {
        assert_eq!(found("<p>Hello</p>"), ("body".to_owned(), Found::Whole));
        assert_eq!(found(""), ("body".to_owned(), Found::Whole));
    }
}
