//! The words of a body as plain text, for search.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::markdown::events;
use crate::sanitize::{Token, Tokens, decode_references};

/// The blocks of a body as plain text: paragraphs, headings, items, cells, code and
/// what else stands by itself. What no reader sees is left out.
pub fn blocks(text: &str) -> Vec<String> {
    let mut blocks = Blocks::default();
    let mut html = String::new();
    for (event, _) in events(text) {
        match event {
            Event::Text(words) | Event::Code(words) => blocks.open.push_str(&words),
            Event::SoftBreak | Event::HardBreak => blocks.open.push(' '),
            Event::InlineHtml(tag) if is_break(&tag) => blocks.open.push(' '),
            Event::Start(Tag::HtmlBlock) => html.clear(),
            Event::Html(part) => html.push_str(&part),
            Event::End(TagEnd::HtmlBlock) => {
                blocks.close();
                blocks.html(&html);
            }
            Event::Start(tag) if !is_inline(tag.to_end()) => blocks.close(),
            Event::End(tag) if !is_inline(tag) => blocks.close(),
            _ => {}
        }
    }
    blocks.close();
    blocks.closed
}

/// Blocks of text in the making.
#[derive(Default)]
struct Blocks {
    /// Those that have come to their end.
    closed: Vec<String>,
    /// The present one.
    open: String,
}

impl Blocks {
    /// Ends the present block.
    fn close(&mut self) {
        if !self.open.trim().is_empty() {
            self.closed.push(std::mem::take(&mut self.open));
        }
        self.open.clear();
    }

    /// Adds the texts of raw HTML, each a block.
    fn html(&mut self, html: &str) {
        for token in Tokens::new(html) {
            if let Token::Text(range) = token {
                let text = html.get(range).unwrap_or_default();
                self.open.push_str(&decode_references(text));
                self.close();
            }
        }
    }
}

/// Whether raw HTML within a text begins a line.
fn is_break(html: &str) -> bool {
    let name = html.trim_start_matches('<').trim_end_matches(['>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

/// Whether an element stands within a line.
fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_is_a_text() {
        let text = "# A *day*\n\nOne\ntwo<br>three w<b>or</b>ds [link](/x/ \"t\") ![alt](a.png).\n\n\
            - item one\n- item `two`\n\n|a|b|\n|-|-|\n|c|d|\n\n> said[^1]\n\n\
            ```\ncode\n```\n\n<div>in <i>HTML</i> &amp; <script>no()</script></div>\n\n[^1]: A note.\n";
        let expected = [
            "A day",
            "One two three words link ",
            "alt",
            ".",
            "item one",
            "item two",
            "a",
            "b",
            "c",
            "d",
            "said",
            "code\n",
            "in ",
            "HTML",
            " & ",
            "A note.",
        ];
        assert_eq!(blocks(text), expected);
    }
}
