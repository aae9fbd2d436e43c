//! Which pages are no articles: lists of links, results of a search, forms to
//! log in, pages that say that nothing is there.
//!
//! When in doubt, a page is a piece.

use url::Url;

use crate::import::html::furniture::weight;
use crate::import::html::metadata::Metadata;
use crate::import::html::page::Page;

/// Classes of `body` on pages of lists.
const LIST_MARKS: &[&str] = &[
    "archive",
    "search",
    "search-results",
    "home",
    "blog",
    "category",
    "tag",
    "front",
    "date",
];

/// Parts of paths of lists.
const LIST_PATHS: &[&str] = &[
    "category",
    "categories",
    "tag",
    "tags",
    "topics",
    "author",
    "authors",
    "page",
    "search",
    "archive",
    "archives",
    "section",
    "label",
    "feed",
    "categoria",
    "etiqueta",
    "archivo",
];

/// Queries of lists.
const LIST_QUERIES: &[&str] =
    &["s", "q", "cat", "tag", "paged", "author", "search", "m", "label"];

/// Why a page is no article; `None` if it is one.
pub fn reason(
    page: &Page,
    metadata: &Metadata,
    url: Option<&Url>,
) -> Option<&'static str> {
    let title = metadata.page_title.clone().unwrap_or_default().to_lowercase();
    if page.parts.iter().any(|part| part.is_marked("error404")) || is_missing(&title) {
        return Some("says that the page was not found");
    }
    if metadata.refresh.is_some() && prose(page) < 300 {
        return Some("leads to another page");
    }
    if page.parts.iter().any(|part| part.name == "frameset") {
        return Some("is a set of frames");
    }
    if page.lines.is_empty() {
        return Some("has no text");
    }
    let is_article = metadata.types.iter().any(|kind| is_article(kind))
        || metadata.share_type.as_deref() == Some("article")
        || page.parts.iter().any(|part| part.is_marked("articlebody"));
    let is_login =
        page.parts.iter().any(|part| part.attribute("type") == Some("password"));
    if is_login && prose(page) < 300 {
        return Some("is a form to log in");
    }
    let shape = Shape::of(page);
    let is_list_type = metadata.types.iter().any(|kind| {
        matches!(kind.as_str(), "CollectionPage" | "SearchResultsPage" | "ItemList")
    });
    let is_listed = is_list_type || is_marked_list(page) || url.is_some_and(is_list_path);
    if is_article && !(is_listed && shape.linked_headings >= 4) {
        return None;
    }
    let is_list = if is_listed {
        shape.linked_headings >= 2 || shape.is_linked(35) || shape.longest < 400
    } else {
        shape.linked_headings >= 4 && shape.longest < 2000
            || shape.linked_headings >= 8
            || shape.is_linked(60) && shape.longest < 500
    };
    is_list.then_some("is a list of links")
}

/// Whether a title says that there is nothing.
fn is_missing(title: &str) -> bool {
    ["404", "page not found", "not found", "página no encontrada", "error 404"]
        .iter()
        .any(|start| title.starts_with(start))
        || title.contains("404 not found")
}

/// Whether a type is one of articles.
fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || matches!(kind, "BlogPosting" | "LiveBlogPosting")
}

/// The running text of a page.
fn prose(page: &Page) -> usize {
    page.lines.iter().map(weight).sum()
}

/// Whether the body of a page is marked as a list.
fn is_marked_list(page: &Page) -> bool {
    let body = page.parts.iter().find(|part| part.name == "body");
    body.is_some_and(|body| {
        let is_single =
            ["single", "single-post", "page"].iter().any(|own| body.is_marked(own));
        !is_single && LIST_MARKS.iter().any(|mark| body.is_marked(mark))
    })
}

/// Whether an address has the shape of a list.
fn is_list_path(url: &Url) -> bool {
    let path = url.path().trim_matches('/').to_lowercase();
    let is_root = path.is_empty()
        || matches!(path.as_str(), "index.html" | "index.php" | "index.htm");
    let is_query = url.query_pairs().any(|(name, value)| {
        LIST_QUERIES.contains(&name.as_ref()) && value.len() < 60 && !value.is_empty()
    });
    let has_post = url
        .query_pairs()
        .any(|(name, _)| matches!(name.as_ref(), "p" | "id" | "page_id"));
    let mut parts = path.split('/');
    let is_path = parts.next().is_some_and(|part| LIST_PATHS.contains(&part))
        || path.split('/').any(|part| part == "page" || part == "feed");
    !has_post && (is_root && url.query().is_none() || is_query || is_path)
}

/// What a page is made of.
struct Shape {
    /// How many headings are links as a whole.
    linked_headings: usize,
    /// The characters in links.
    linked: usize,
    /// All characters.
    all: usize,
    /// The longest stretch of running text without a linked heading in it.
    longest: usize,
}

impl Shape {
    /// Measures what is left of a page.
    fn of(page: &Page) -> Self {
        let mut shape = Self { linked_headings: 0, linked: 0, all: 0, longest: 0 };
        let mut run = 0;
        for (at, line) in page.lines.iter().enumerate() {
            if !page.is_open(at) {
                continue;
            }
            let chars = line.text.chars().count();
            shape.all += chars;
            shape.linked += line.linked.min(chars);
            let is_heading = page.around(line.element).take(3).any(|own| {
                page.parts.get(own).is_some_and(|part| {
                    matches!(part.name.as_str(), "h1" | "h2" | "h3" | "h4")
                })
            });
            if is_heading && line.linked * 10 >= chars * 9 {
                shape.linked_headings += 1;
                run = 0;
            } else {
                run += weight(line);
                shape.longest = shape.longest.max(run);
            }
        }
        shape
    }

    /// Whether so many percent of its characters stand in links.
    fn is_linked(&self, percent: usize) -> bool {
        self.all > 0 && self.linked * 100 >= self.all * percent
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::parse_document;
    use crate::import::html::metadata;

    /// Why a page at an address is no article.
    fn of(html: &str, url: &str) -> Option<&'static str> {
        let page = Page::new(parse_document(html));
        let metadata = metadata::gather(&page);
        reason(&page, &metadata, Url::parse(url).ok().as_ref())
    }

    #[test]
    fn pages_that_are_no_articles_are_told_by_their_make() {
        let links =
            "<h2><a href=/a>One story of many</a></h2><p>Its first words…</p>".repeat(5);
        let text =
            "<p>The council talked about the road for three hours and did not vote.</p>";
        let story = text.repeat(20);
        let cases = [
            (links.clone(), "https://x.example/news", Some("is a list of links")),
            (links, "https://x.example/category/news/", Some("is a list of links")),
            (story.clone(), "https://x.example/2006/road", None),
            (story.clone(), "https://x.example/?p=3", None),
            (
                format!("<title>404 Not Found</title>{text}"),
                "https://x.example/a",
                Some("says that the page was not found"),
            ),
            (
                "<input type=password>Name".to_owned(),
                "https://x.example/a",
                Some("is a form to log in"),
            ),
            (
                "<frameset><frame src=a></frameset>".to_owned(),
                "https://x.example/a",
                Some("is a set of frames"),
            ),
            ("<img src=a.jpg>".to_owned(), "https://x.example/a", Some("has no text")),
            (
                format!("<meta http-equiv=refresh content='0;url=/b'>{text}"),
                "https://x.example/a",
                Some("leads to another page"),
            ),
            (text.to_owned(), "https://x.example/a", None),
        ];
        for (html, url, expected) in cases {
            assert_eq!(of(&html, url), expected, "{url} {html}");
        }
    }
}
