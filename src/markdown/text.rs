//! The words of a body as plain text, for search.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::markdown::events;
use crate::sanitize::{
    Tag as HtmlTag, Token, Tokens, decode_references, goes_with_content,
};

/// The blocks of a body as plain text: paragraphs, headings, items, cells, code and
/// what else stands by itself. What no reader sees is left out.
pub fn blocks(text: &str) -> Vec<String> {
    let mut blocks = Blocks::default();
    let mut html = String::new();
    for (event, _) in events(text) {
        match event {
            Event::Text(words) | Event::Code(words) => blocks.words(&words),
            Event::SoftBreak | Event::HardBreak => blocks.words(" "),
            Event::InlineHtml(html) => blocks.html(&html),
            Event::Start(Tag::HtmlBlock) => html.clear(),
            Event::Html(part) => html.push_str(&part),
            Event::End(TagEnd::HtmlBlock) => {
                blocks.close();
                blocks.html(&html);
                blocks.close();
            }
            Event::Start(tag) if !is_inline(tag.to_end()) => {
                blocks.close();
                // The title of a picture is its caption.
                if let Tag::Image { title, .. } = tag {
                    blocks.words(&title);
                    blocks.close();
                }
            }
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
    /// The element of raw HTML that is not shown and within which all is.
    hidden: Option<String>,
}

impl Blocks {
    /// Adds words, if they are shown.
    fn words(&mut self, words: &str) {
        if self.hidden.is_none() {
            self.open.push_str(words);
        }
    }

    /// Ends the present block.
    fn close(&mut self) {
        if !self.open.trim().is_empty() {
            self.closed.push(std::mem::take(&mut self.open));
        }
        self.open.clear();
    }

    /// Adds the texts of raw HTML.
    fn html(&mut self, html: &str) {
        for token in Tokens::new(html) {
            match token {
                Token::Text(range) => {
                    let text = html.get(range).unwrap_or_default();
                    self.words(&decode_references(text));
                }
                Token::Tag(tag) => self.tag(&tag),
                Token::Comment(..) | Token::RawText(_) => {}
            }
        }
    }

    /// Minds a tag of raw HTML.
    fn tag(&mut self, tag: &HtmlTag) {
        if let Some(hidden) = &self.hidden {
            if tag.closing && tag.name == *hidden {
                self.hidden = None;
            }
        } else if goes_with_content(&tag.name) && !tag.closing {
            self.hidden = Some(tag.name.clone());
        } else if tag.name == "br" {
            self.open.push(' ');
        } else if !WITHIN_LINES.contains(&tag.name.as_str()) {
            self.close();
        }
    }
}

/// The elements of HTML that stand within a line and part no words.
const WITHIN_LINES: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i",
    "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup",
    "time", "u", "var", "wbr",
];

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
    fn what_no_reader_sees_is_left_out() {
        let text = "Text <script>no()</script>here <style>*{}</style>now.\n\n\
            <p>day <b>of</b> w<i>or</i>ds</p><template>no</template><!-- no -->\n\nEnd.\n";
        assert_eq!(blocks(text), ["Text here now.", "day of words", "End."]);
    }

    #[test]
    fn each_block_is_a_text() {
        let text = "# A *day*\n\nOne\ntwo<br>three w<b>or</b>ds [link](/x/ \"t\") ![alt](a.png \"A caption\").\n\n\
            - item one\n- item `two`\n\n|a|b|\n|-|-|\n|c|d|\n\n> said[^1]\n\n\
            ```\ncode\n```\n\n<div>in <i>HTML</i> &amp; <script>no()</script></div>\n\n[^1]: A note.\n";
        let expected = [
            "A day",
            "One two three words link ",
            "A caption",
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
            "in HTML & ",
            "A note.",
        ];
        assert_eq!(blocks(text), expected);
    }
}
