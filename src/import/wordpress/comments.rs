//! The comments of an item: who may see them, and the section that they become
//! if they are wanted.
//!
//! Of who wrote a comment only the name is ever read: no address, no number.

use crate::dom::{self, Element as Html, Node};
use crate::import::wordpress::element::Element;
use crate::import::wordpress::meta::{is_mail, is_private};

/// What is done with comments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Comments {
    /// They are left out and counted.
    #[default]
    None,
    /// Those that were approved become a section at the end of the text.
    Approved,
}

/// How many comments there are of each sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that were public.
    pub approved: u64,
    /// Those that wait for approval, or whose state is not known.
    pub waiting: u64,
    /// Those that were taken for spam or thrown away.
    pub rejected: u64,
    /// Links from other sites that were public: pingbacks and trackbacks.
    pub links: u64,
    /// Notes of editors, which are never public.
    pub notes: u64,
}

impl Counts {
    /// Adds others.
    pub fn add(&mut self, other: Self) {
        self.approved += other.approved;
        self.waiting += other.waiting;
        self.rejected += other.rejected;
        self.links += other.links;
        self.notes += other.notes;
    }

    /// All of them together.
    pub fn sum(self) -> u64 {
        self.approved + self.waiting + self.rejected + self.links + self.notes
    }

    /// The counts that are not zero, as a phrase.
    pub fn phrase(self) -> String {
        let parts = [
            (self.approved, "approved"),
            (self.links, "links from other sites"),
            (self.waiting, "not approved"),
            (self.rejected, "rejected"),
            (self.notes, "notes of editors"),
        ];
        let parts = parts.iter().filter(|(n, _)| *n > 0);
        parts.map(|(n, what)| format!("{n} {what}")).collect::<Vec<_>>().join(", ")
    }
}

/// Who may see a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Everybody.
    Approved,
    /// Nobody yet.
    Waiting,
    /// Nobody any more.
    Rejected,
    /// Everybody; it is a link from another site.
    Link,
    /// Editors.
    Note,
}

/// A comment.
#[derive(Clone, Debug)]
pub(super) struct Comment {
    /// Who may see it.
    pub sort: Sort,
    /// The name of its author.
    author: String,
    /// The address of its author's site.
    url: String,
    /// Its day.
    day: String,
    /// Its text.
    text: String,
}

impl Comment {
    /// Reads a comment.
    pub(super) fn of(element: &Element<'_>) -> Self {
        let value = |name: &str| element.value_of(name).to_owned();
        let author = value("comment_author");
        let url = value("comment_author_url");
        let date = value("comment_date");
        let is_hidden = author.contains('@') || is_private(&author);
        Self {
            sort: sort_of(element),
            author: if is_hidden { String::new() } else { author },
            url: if is_mail(&url) { String::new() } else { url },
            day: date.get(..10).unwrap_or_default().to_owned(),
            text: value("comment_content"),
        }
    }
}

/// Who may see a comment. Only a clear yes is one.
pub(super) fn sort_of(element: &Element<'_>) -> Sort {
    let state = element.value_of("comment_approved");
    let kind = element.value_of("comment_type");
    let is_link = matches!(kind, "pingback" | "trackback");
    match state {
        _ if !matches!(kind, "" | "comment" | "pingback" | "trackback") => Sort::Note,
        "1" | "approve" | "approved" if is_link => Sort::Link,
        "1" | "approve" | "approved" => Sort::Approved,
        "trash" | "post-trashed" | "spam" => Sort::Rejected,
        _ => Sort::Waiting,
    }
}

/// How many comments there are of each sort.
pub(super) fn counts(comments: &[Comment]) -> Counts {
    let count =
        |sort| comments.iter().filter(|comment| comment.sort == sort).count() as u64;
    Counts {
        approved: count(Sort::Approved),
        waiting: count(Sort::Waiting),
        rejected: count(Sort::Rejected),
        links: count(Sort::Link),
        notes: count(Sort::Note),
    }
}

/// The section of the comments that were public, below a heading; none if there
/// are none. `convert` makes nodes of a comment's text.
pub(super) fn section(
    comments: &[Comment],
    heading: &str,
    convert: &dyn Fn(&str) -> Vec<Node>,
) -> Option<Node> {
    let of = |sort| comments.iter().filter(move |comment| comment.sort == sort);
    let mut nodes = vec![Node::element("h2", vec![Node::text(heading)])];
    for comment in of(Sort::Approved) {
        let mut head = vec![Node::element("strong", vec![Node::text(&comment.author)])];
        if !comment.day.is_empty() {
            let gap = if comment.author.is_empty() { "" } else { ", " };
            head.push(Node::text(format!("{gap}{}", comment.day)));
        }
        nodes.push(Node::element("p", head));
        nodes.extend(convert(&comment.text));
    }
    let links: Vec<_> = of(Sort::Link).map(link).collect();
    if !links.is_empty() {
        nodes.push(Node::element("ul", links));
    }
    (nodes.len() > 1).then(|| Node::element("section", nodes))
}

/// A link from another site, as an entry of a list.
fn link(comment: &Comment) -> Node {
    // The name of such a comment is the title of a page, which may hold HTML.
    let name = dom::text_of(&dom::parse_fragment(&comment.author));
    let is_address =
        ["http://", "https://"].iter().any(|start| comment.url.starts_with(start));
    let label = if name.trim().is_empty() { comment.url.clone() } else { name };
    let child = if is_address {
        let children = vec![Node::text(label)];
        Node::Element(Html::new("a", &[("href", comment.url.as_str())], children))
    } else {
        Node::text(label)
    };
    Node::element("li", vec![child])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::wordpress::element::Spaces;

    /// A comment of its elements.
    fn comment(inner: &str) -> Comment {
        let text = format!("<wp:comment>{inner}</wp:comment>");
        Comment::of(&Element::read(&text, &Spaces::default()).unwrap())
    }

    #[test]
    fn only_a_clear_yes_makes_a_comment_public() {
        for (state, kind, sort) in [
            ("1", "", Sort::Approved),
            ("1", "comment", Sort::Approved),
            ("1", "pingback", Sort::Link),
            ("1", "trackback", Sort::Link),
            ("1", "note", Sort::Note),
            ("0", "note", Sort::Note),
            ("1", "order_note", Sort::Note),
            ("0", "", Sort::Waiting),
            ("", "", Sort::Waiting),
            ("hold", "", Sort::Waiting),
            ("0", "pingback", Sort::Waiting),
            ("post-trashed", "", Sort::Rejected),
            ("trash", "comment", Sort::Rejected),
            ("spam", "", Sort::Rejected),
        ] {
            let read = comment(&format!(
                "<wp:comment_approved>{state}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>"
            ));
            assert_eq!(read.sort, sort, "{state} {kind}");
        }
    }

    #[test]
    fn names_and_addresses_that_are_private_are_not_read() {
        for (author, url, expected) in [
            ("Ben", "http://ben.example/", ("Ben", "http://ben.example/")),
            ("ben@example.org", "http://ben@example.org/", ("", "")),
            ("@ben", "mailto:ben@example.org", ("", "")),
            ("Ben 404 555-0100", "", ("", "")),
        ] {
            let read = comment(&format!(
                "<wp:comment_author>{author}</wp:comment_author><wp:comment_author_url>{url}</wp:comment_author_url>"
            ));
            assert_eq!((read.author.as_str(), read.url.as_str()), expected, "{author}");
        }
    }

    #[test]
    fn a_section_holds_names_days_and_texts_and_nothing_else() {
        let approved = "<wp:comment_approved>1</wp:comment_approved>";
        let comments = [
            comment(&format!(
                "{approved}<wp:comment_author>Ana Reyes</wp:comment_author>\
                 <wp:comment_author_email>ana@example.org</wp:comment_author_email>\
                 <wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>\
                 <wp:comment_date>2019-10-11 08:00:00</wp:comment_date><wp:comment_content>Yes.</wp:comment_content>"
            )),
            comment(&format!(
                "{approved}<wp:comment_author>x@example.org</wp:comment_author><wp:comment_content>Two.</wp:comment_content>"
            )),
            comment(
                "<wp:comment_approved>0</wp:comment_approved><wp:comment_content>Hidden.</wp:comment_content>",
            ),
            comment(&format!(
                "{approved}<wp:comment_type>pingback</wp:comment_type><wp:comment_author>Other &amp;amp; site</wp:comment_author>\
                 <wp:comment_author_url>https://other.example/</wp:comment_author_url><wp:comment_content>[...]</wp:comment_content>"
            )),
        ];
        let section =
            section(&comments, "Comments", &|text| vec![Node::text(text)]).unwrap();
        assert_eq!(
            dom::text_of(std::slice::from_ref(&section)),
            "CommentsAna Reyes, 2019-10-11Yes.Two.Other & site"
        );
        let counts = counts(&comments);
        assert_eq!(
            counts.phrase(),
            "2 approved, 1 links from other sites, 1 not approved"
        );
        assert_eq!(counts.sum(), 4);
        assert_eq!(super::section(&comments[2..3], "C", &|_| Vec::new()), None);
    }
}
