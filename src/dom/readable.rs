//! Which elements of a page a readability implementation holds to be its
//! article. This is the door to `dom_smoothie`.
//!
//! It only tells numbers of elements. What becomes of the text is decided by
//! those who ask, as nothing that it cuts may be lost without an account.

use crate::dom::shallow::shallow;
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use crate::dom::{DEPTH, Node, children};

/// How many elements a page has at most that is looked at.
const MOST_ELEMENTS: usize = 30_000;

/// The attribute that carries the number of an element.
const NUMBER: &str = "data-n";

/// A page and what is readable in it.
#[derive(Debug)]
pub struct Readable {
    /// The page: its comments and `html`.
    pub nodes: Vec<Node>,
    /// For each element, in the order of the document, whether it was kept;
    /// `None` if no article was found.
    pub kept: Option<Vec<bool>>,
}

/// Parses a page and looks for its article.
pub fn read(html: &str) -> Readable {
    let document = Document::from(shallow(html).as_ref());
    let nodes = children(&document.root(), 0);
    let mut numbering = Numbering::default();
    number(&document.root(), 0, &mut numbering);
    let is_fit = !numbering.is_deep && numbering.next <= MOST_ELEMENTS;
    let kept = is_fit.then(|| grab(document, numbering.next)).flatten();
    Readable { nodes, kept }
}

/// How far the numbering came.
#[derive(Default)]
struct Numbering {
    /// The number of the next element.
    next: usize,
    /// Whether some elements stand too deep to have a number.
    is_deep: bool,
}

/// Gives every element its number as an attribute.
fn number(node: &NodeRef<'_>, depth: usize, numbering: &mut Numbering) {
    if depth > DEPTH {
        numbering.is_deep |= node.first_child().is_some();
        return;
    }
    for child in node.children().into_iter().filter(NodeRef::is_element) {
        child.set_attr(NUMBER, &numbering.next.to_string());
        numbering.next += 1;
        number(&child, depth + 1, numbering);
    }
}

/// Looks for the article of a numbered document.
fn grab(document: Document, elements: usize) -> Option<Vec<bool>> {
    let config = Config {
        disable_json_ld: true,
        max_elements_to_parse: MOST_ELEMENTS,
        ..Config::default()
    };
    let mut readability =
        Readability::with_document(document, None, Some(config)).ok()?;
    let article = readability.parse().ok()?;
    let content = Document::fragment(article.content);
    let mut kept = vec![false; elements];
    for node in content.root().descendants_it().filter(NodeRef::is_element) {
        let number = node.attr(NUMBER).and_then(|number| number.parse().ok());
        if let Some(own) = number.and_then(|number: usize| kept.get_mut(number)) {
            *own = true;
        }
    }
    kept.contains(&true).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paragraphs_of_an_article_are_kept_and_the_menu_is_not() {
        let text = "The board voted on Monday, after two hours of talk, to keep the \
                    library open on Sundays, and the mayor said she would sign it. ";
        let html = format!(
            "<body><div class=menu><a href=/>Home</a></div><div id=story><p>{text}{text}</p>\
             <p>{text}{text}</p><p>{text}{text}</p></div></body>"
        );
        let page = read(&html);
        let kept = page.kept.unwrap();
        // html, head, body, div, a, div, p, p, p
        assert_eq!(kept.len(), 9);
        assert_eq!(kept[3..5], [false, false]);
        assert_eq!(kept[6..], [true, true, true]);
    }

    #[test]
    fn a_page_that_stands_too_deep_has_no_article_but_all_its_text() {
        let html = format!("{}deep{}", "<div>".repeat(2000), "</div>".repeat(2000));
        let page = read(&html);
        assert_eq!(page.kept, None);
        assert_eq!(crate::dom::text_of(&page.nodes), "deep");
    }
}
