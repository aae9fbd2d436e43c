//! Takes out of HTML the tags of elements that stand too deep in each other,
//! before it is parsed.
//!
//! A parser looks through all elements that are open again and again, so that
//! a page of a hundred thousand open elements takes it minutes. What stands in
//! the elements that are taken out stays.

use std::borrow::Cow;

use crate::sanitize::{Tag, Token, Tokens};

/// How many elements may stand open in each other, without those that end by
/// themselves.
const DEEPEST: usize = super::DEPTH + 20;

/// How far back the element is looked for that an end tag ends.
const FARTHEST: usize = 2 * DEEPEST;

/// The elements that hold nothing, or that the next one of their kind ends.
const UNCOUNTED: &[&str] = &[
    "a", "area", "base", "body", "br", "button", "col", "colgroup", "dd", "dt", "embed",
    "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "html", "img", "input", "li",
    "link", "meta", "nobr", "optgroup", "option", "p", "param", "source", "tbody", "td",
    "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// The elements that end a drawing or a formula when they begin.
const HTML_ONLY: &[&str] = &[
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "i",
    "img",
    "li",
    "listing",
    "menu",
    "meta",
    "nobr",
    "ol",
    "p",
    "pre",
    "ruby",
    "s",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tt",
    "u",
    "ul",
    "var",
];

/// The elements within drawings and formulas that hold HTML.
const WITH_HTML: &[&str] = &[
    "annotation-xml",
    "desc",
    "foreignobject",
    "mi",
    "mn",
    "mo",
    "ms",
    "mtext",
    "title",
];

/// HTML without the tags of elements that stand too deep.
pub(super) fn shallow(html: &str) -> Cow<'_, str> {
    let n_tags = html.bytes().filter(|byte| *byte == b'<').count();
    if n_tags <= DEEPEST {
        return Cow::Borrowed(html);
    }
    let mut stack = Stack::default();
    let mut out = String::new();
    let mut from = 0;
    for token in Tokens::new(html) {
        let Token::Tag(tag) = token else { continue };
        let range = tag.range.clone();
        if !stack.keeps(tag, html) {
            out.push_str(html.get(from..range.start).unwrap_or_default());
            from = range.end;
        }
    }
    if from == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(html.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// The elements that are open.
#[derive(Default)]
struct Stack {
    /// Their names.
    names: Vec<String>,
    /// Of those that matter for this, how many elements are open where each
    /// begins, and whether a drawing or a formula begins there.
    foreign: Vec<(usize, bool)>,
}

impl Stack {
    /// Takes a tag, and decides whether it stays.
    fn keeps(&mut self, tag: Tag, html: &str) -> bool {
        if UNCOUNTED.binary_search(&tag.name.as_str()).is_ok() {
            return true;
        }
        if tag.closing {
            return self.close(&tag.name);
        }
        let is_foreign = self.foreign.last().is_some_and(|(_, is_foreign)| *is_foreign);
        let is_closed =
            html.get(tag.range.clone()).is_some_and(|text| text.ends_with("/>"));
        if is_foreign && is_closed && HTML_ONLY.binary_search(&tag.name.as_str()).is_err()
        {
            return true;
        }
        let depth = self.names.len();
        if matches!(tag.name.as_str(), "math" | "svg") {
            self.foreign.push((depth, true));
        } else if is_foreign && WITH_HTML.binary_search(&tag.name.as_str()).is_ok() {
            self.foreign.push((depth, false));
        }
        self.names.push(tag.name);
        depth < DEEPEST
    }

    /// Takes an end tag, and decides whether it stays.
    fn close(&mut self, name: &str) -> bool {
        let near = self.names.iter().rev().take(FARTHEST);
        let Some(back) = near.enumerate().find(|(_, own)| *own == name).map(|(at, _)| at)
        else {
            return true;
        };
        let depth = self.names.len().saturating_sub(back + 1);
        self.names.truncate(depth);
        while self.foreign.last().is_some_and(|(at, _)| *at >= depth) {
            self.foreign.pop();
        }
        depth < DEEPEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        for list in [UNCOUNTED, HTML_ONLY, WITH_HTML] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn what_is_not_deep_stays_as_it_is() {
        for html in [
            "<p>a".repeat(1000),
            "<div>a</div>".repeat(1000),
            "<ul><li>a<li>b</ul>".repeat(1000),
            format!("<svg>{}</svg>", "<path d='x'/>".repeat(1000)),
            "a < b".repeat(1000),
            "<!-- <div> -->".repeat(1000),
            "<div title='<div>'></div>".repeat(1000),
        ] {
            assert!(matches!(shallow(&html), Cow::Borrowed(_)), "{html:.40}");
        }
    }

    #[test]
    fn what_is_deep_loses_its_tags_and_keeps_its_text() {
        for start in ["<div>", "<div/>", "<svg><div/>", "<svg><desc><section/>"] {
            let n = 1000;
            let html = format!("{}a{}b", start.repeat(n), "</div>".repeat(n));
            let found = shallow(&html);
            assert!(found.len() < html.len() * 2 / 3, "{start}: {}", found.len());
            assert!(found.contains('a') && found.ends_with('b'), "{start}");
        }
        let html = format!("<svg>{}a", "<div/>".repeat(1000));
        assert!(shallow(&html).matches("<div/>").count() <= DEEPEST);
    }
}
