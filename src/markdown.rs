//! Makes HTML of Markdown: CommonMark with tables, footnotes, task lists,
//! definition lists, alerts, heading ids and smart punctuation.
//!
//! A body is read in one pass, event by event, without recursion, so that no
//! nesting is too deep. Where a link leads is asked of the caller, and so is
//! how a heading's id is made; the words of the page's language come in as
//! [`Words`].

use std::sync::Arc;

use pulldown_cmark::{Event, OffsetIter, Options as Syntax, Parser, Tag, TagEnd};

use crate::diagnostic::{Diagnostics, Span};

mod footnotes;
mod highlight;
mod html;
mod links;
mod mentions;
mod outline;
mod piece;
mod plain;
mod quotes;
mod raw;
mod simple;
mod text;
mod write;
#[cfg(test)]
mod tests;

pub use highlight::css as highlight_css;
pub use mentions::{Mention, code_ranges, mentions};
pub use plain::summary;
pub use simple::simple_html;
pub use text::blocks;
pub use write::{Written, count_seen, write};

/// A body of Markdown.
pub struct Body<'a> {
    /// The file that it stands in.
    pub file: &'a Arc<str>,
    /// Where it begins in the file.
    pub offset: usize,
    /// Its text.
    pub text: &'a str,
}

/// What a body is rendered with.
pub struct Options<'a> {
    /// The opening and closing double, then single quotation marks.
    pub quotes: [&'static str; 4],
    /// Words of the page's language.
    pub words: &'a Words,
    /// Makes an id of a heading's words.
    pub heading_id: fn(&str) -> String,
    /// What becomes of raw HTML.
    pub html: RawHtml,
    /// Whether code is highlighted.
    pub highlight: bool,
}

/// Words of the page's language.
pub struct Words {
    /// The heading of the footnotes.
    pub footnotes: String,
    /// The label of a link back from a footnote; `{n}` stands for its number.
    pub back: String,
    /// The label of a table, which can be scrolled.
    pub table_region: String,
    /// The label of a block of code, which can be scrolled.
    pub code_block: String,
    /// What is said of a task that is open and of one that is done.
    pub tasks: [String; 2],
    /// The titles of a note, a tip, something important, a warning and a
    /// caution.
    pub alerts: [String; 5],
}

/// What becomes of raw HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawHtml {
    /// What is not on the list of what is allowed is taken out.
    Sanitized,
    /// It stays as it is, but for addresses that run scripts.
    Trusted,
}

/// A link or an image in a body.
pub struct LinkUse<'a> {
    /// Where it leads, as written, with escapes resolved.
    pub destination: &'a str,
    /// Whether it is an image.
    pub is_image: bool,
    /// Where it stands in the file: its destination, or all of it if the
    /// destination is written elsewhere.
    pub span: Span,
}

/// What to write for a link.
pub enum Target {
    /// This address.
    Address(String),
    /// This address of a picture, and how wide and high it is in pixels.
    Picture(String, (usize, usize)),
    /// The destination as written.
    AsIs,
    /// No link: only its words.
    Refused,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its level on the page, from 2 to 6.
    pub level: u8,
    /// Its id.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// A body as HTML.
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// The headings, in the order of the body.
    pub headings: Vec<Heading>,
    /// Whether any code is highlighted, so that the page needs
    /// [`highlight_css`].
    pub has_code: bool,
    /// What is wrong with the body.
    pub faults: Diagnostics,
}

/// Makes HTML of a body; `link` says what to write for each link and image.
pub fn render(
    body: &Body<'_>,
    options: &Options<'_>,
    link: &mut dyn FnMut(&LinkUse<'_>) -> Target,
) -> Rendered {
    let mut writer = html::Writer::new(body, options, link);
    for (event, range) in events(body.text) {
        writer.event(event, range);
    }
    writer.finish()
}

/// A text as HTML, for an element or for an attribute in double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    piece::push_attribute(&mut out, text);
    out
}

/// The ids that a link to a body can name, sorted: those of its headings, and
/// those that its raw HTML sets.
pub fn anchors(text: &str, heading_id: fn(&str) -> String) -> Vec<String> {
    let mut outline = outline::Outline::new(heading_id);
    let mut block = String::new();
    for (event, _) in events(text) {
        match &event {
            Event::Start(Tag::HtmlBlock) => block.clear(),
            Event::Html(html) => block.push_str(html),
            Event::End(TagEnd::HtmlBlock) => outline.reserve_all(&block),
            Event::InlineHtml(html) => outline.reserve_all(html),
            Event::Text(words) | Event::Code(words) => outline.words(words, words),
            Event::SoftBreak | Event::HardBreak => outline.words(" ", " "),
            Event::Start(Tag::Heading { level, id, .. }) => {
                outline.open(*level as u8, id.as_deref());
            }
            Event::End(TagEnd::Heading(_)) => outline.close(),
            _ => {}
        }
    }
    outline.anchors()
}

/// The events of a text, each with where it stands.
fn events(text: &str) -> OffsetIter<'_> {
    Parser::new_ext(text, syntax()).into_offset_iter()
}

/// What is understood beyond CommonMark.
fn syntax() -> Syntax {
    Syntax::ENABLE_TABLES
        | Syntax::ENABLE_FOOTNOTES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS
        | Syntax::ENABLE_SMART_PUNCTUATION
        | Syntax::ENABLE_HEADING_ATTRIBUTES
        | Syntax::ENABLE_GFM
        | Syntax::ENABLE_DEFINITION_LIST
}
