//! Says in one text what a reader is told: which blocks stand in which, and
//! their texts, marks and addresses, in order.
//!
//! Such a trace is made of the blocks that were read, and of the Markdown that
//! was written, as pressmark will read it. If the two are the same, nothing
//! was lost and nothing was made up. Signs that no text holds part the words
//! of a trace.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::dom::count;
use crate::markdown::write::html;
use crate::markdown::write::markdown::fits_heading;
use crate::markdown::write::model::{Block, Image, Item, Mark, Span, line};
use crate::markdown::write::run;
use crate::sanitize::{Token, Tokens, decode_references};

/// The sign before what happens.
const MARK: char = '\u{1}';

/// The sign behind what is said of it.
const END: char = '\u{2}';

/// The sign before and behind tags of HTML.
const TAG: char = '\u{3}';

/// A trace.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Trace {
    /// What a reader is told.
    pub(super) told: String,
    /// Where each block begins that stands in no other.
    pub(super) starts: Vec<usize>,
    /// How many characters a reader sees.
    pub(super) n_seen: u64,
}

impl Trace {
    /// Tells that something happens, and what is said of it.
    fn tell(&mut self, what: &str, said: &[&str]) {
        self.told.push(MARK);
        self.told.push_str(what);
        for said in said {
            self.told.push_str(said);
            self.told.push(END);
        }
    }

    /// Tells a block in the place of its Markdown.
    pub(super) fn block(&mut self, block: &Block, is_html: bool) {
        if is_html || block.needs_html().is_some() {
            let mut html = String::new();
            html::push_block(&mut html, block);
            self.tell("html ", &[&html]);
            return;
        }
        match block {
            Block::Paragraph(spans) => {
                self.tell("p", &[]);
                self.spans(spans);
                self.tell("/", &[]);
            }
            Block::Heading { level, id, spans } => self.heading(*level, id, spans),
            Block::Quote(blocks) => self.blocks("quote", blocks),
            Block::List(list) => {
                match list.start {
                    Some(start) => self.tell("ol ", &[&start.to_string()]),
                    None => self.tell("ul", &[]),
                }
                for item in &list.items {
                    self.blocks("li", &item.blocks);
                }
                self.tell("/", &[]);
            }
            Block::Code { language, text } => self.tell("code ", &[language, text]),
            Block::Rule => self.tell("hr", &[]),
            Block::Table(table) => {
                self.tell("table", &[]);
                for row in &table.rows {
                    self.row(row);
                }
                self.tell("/", &[]);
            }
            Block::Definitions(parts) => {
                self.tell("dl", &[]);
                for part in parts {
                    if part.is_term {
                        self.tell("dt", &[]);
                        self.spans(line(&part.blocks).unwrap_or_default());
                        self.tell("/", &[]);
                    } else {
                        self.blocks("dd", &part.blocks);
                    }
                }
                self.tell("/", &[]);
            }
            Block::Wrapped { open, blocks, close } => {
                self.tell("html ", &[open]);
                for block in blocks {
                    self.block(block, false);
                }
                self.tell("html ", &[close]);
            }
            Block::Preformatted(_) | Block::Figure { .. } => {}
        }
    }

    /// Tells what holds blocks.
    fn blocks(&mut self, name: &str, blocks: &[Block]) {
        self.tell(name, &[]);
        for block in blocks {
            self.block(block, false);
        }
        self.tell("/", &[]);
    }

    /// Tells a heading.
    fn heading(&mut self, level: u8, id: &str, spans: &[Span]) {
        let fits = fits_heading(id);
        let own = if fits { id } else { "" };
        self.tell("h ", &[&level.to_string(), own]);
        if !fits && !id.is_empty() {
            self.tag(&run::anchor(id));
        }
        self.spans(spans);
        self.tell("/", &[]);
    }

    /// Tells a row of a table.
    fn row(&mut self, row: &[Item]) {
        self.tell("tr", &[]);
        for cell in row {
            self.tell("td", &[]);
            self.spans(cell.line().unwrap_or_default());
            self.tell("/", &[]);
        }
        self.tell("/", &[]);
    }

    /// Tells a run.
    fn spans(&mut self, spans: &[Span]) {
        for span in spans {
            match span {
                Span::Text(text) => self.told.push_str(text),
                Span::Break => self.tell("br", &[]),
                Span::Code(code) => self.tell("c ", &[code]),
                Span::Image(Image { address, alt, caption }) => {
                    self.tell("img ", &[address, caption, alt]);
                }
                Span::Raw(html) => self.tag(html),
                Span::Open(mark) => self.open(mark),
                Span::Close(mark) => {
                    if let Mark::Html { name, .. } = &**mark {
                        self.tag(&format!("</{name}>"));
                    } else {
                        self.tell("/", &[]);
                    }
                }
            }
        }
    }

    /// Tells that a mark begins.
    fn open(&mut self, mark: &Mark) {
        match mark {
            Mark::Emphasis => self.tell("em", &[]),
            Mark::Strong => self.tell("strong", &[]),
            Mark::Strike => self.tell("del", &[]),
            Mark::Link { address, title } => self.tell("a ", &[address, title]),
            Mark::Html { tag, .. } => self.tag(tag),
        }
    }

    /// Tells some tags of HTML within a line. How many at a time makes no
    /// difference.
    fn tag(&mut self, html: &str) {
        match html {
            "<em>" => self.tell("em", &[]),
            "<strong>" => self.tell("strong", &[]),
            "<del>" => self.tell("del", &[]),
            "</em>" | "</strong>" | "</del>" => self.tell("/", &[]),
            "<br>" => self.tell("br", &[]),
            html => {
                if self.told.ends_with(TAG) {
                    self.told.pop();
                } else {
                    self.told.push(TAG);
                }
                self.told.push_str(html);
                self.told.push(TAG);
            }
        }
    }
}

/// Makes a trace of Markdown.
pub(super) fn of_text(text: &str) -> Trace {
    let mut teller = Teller::default();
    // Which marks are shown for those that were typed makes no difference.
    let mut syntax = crate::markdown::syntax();
    syntax.remove(pulldown_cmark::Options::ENABLE_SMART_PUNCTUATION);
    for event in Parser::new_ext(text, syntax) {
        teller.event(event);
    }
    teller.close_line();
    teller.trace
}

/// Makes a trace of what is read in Markdown.
#[derive(Default)]
struct Teller {
    /// The trace.
    trace: Trace,
    /// What stands open: whether a text in it needs a paragraph.
    open: Vec<bool>,
    /// Whether a paragraph was told that does not stand there.
    has_line: bool,
    /// The code or HTML that is being read.
    verbatim: Option<String>,
    /// How many parts of the words of a picture stand open.
    n_picture: usize,
    /// The words of the picture that is being read.
    alt: String,
}

impl Teller {
    /// Takes the next event.
    fn event(&mut self, event: Event<'_>) {
        if self.n_picture > 0 {
            self.in_picture(&event);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
            Event::Html(html) => {
                if let Some(own) = &mut self.verbatim {
                    own.push_str(&html);
                }
            }
            Event::Code(code) => {
                self.line();
                self.trace.n_seen += count(&code);
                self.trace.tell("c ", &[&code]);
            }
            Event::InlineHtml(html) => {
                self.line();
                self.trace.tag(&html);
            }
            Event::SoftBreak => {
                self.line();
                self.trace.tell("soft", &[]);
            }
            Event::HardBreak => {
                self.line();
                self.trace.tell("br", &[]);
            }
            Event::Rule => {
                self.top();
                self.trace.tell("hr", &[]);
            }
            Event::FootnoteReference(label) => self.trace.tell("note ", &[&label]),
            Event::TaskListMarker(_) => self.trace.tell("task", &[]),
        }
    }

    /// Takes text.
    fn text(&mut self, text: &str) {
        if let Some(own) = &mut self.verbatim {
            own.push_str(text);
        } else {
            self.line();
            self.trace.n_seen += count(text);
            self.trace.told.push_str(text);
        }
    }

    /// Tells a paragraph where a text stands without one.
    fn line(&mut self) {
        if self.open.last().copied().unwrap_or(true) && !self.has_line {
            self.trace.tell("p", &[]);
            self.has_line = true;
        }
    }

    /// Tells the end of a paragraph that does not stand there.
    fn close_line(&mut self) {
        if std::mem::take(&mut self.has_line) {
            self.trace.tell("/", &[]);
        }
    }

    /// A block begins; if it stands in no other, its place is noted.
    fn top(&mut self) {
        self.close_line();
        if self.open.is_empty() {
            self.trace.starts.push(self.trace.told.len());
        }
    }

    /// Something begins.
    fn start(&mut self, tag: Tag<'_>) {
        if is_inline(tag.to_end()) {
            self.start_inline(tag);
            return;
        }
        self.top();
        let (name, number) = match &tag {
            Tag::Paragraph => ("p", None),
            Tag::Heading { level, id, .. } => {
                let level = (*level as u8).to_string();
                self.trace.tell("h ", &[&level, id.as_deref().unwrap_or_default()]);
                ("", None)
            }
            Tag::BlockQuote(None) => ("quote", None),
            Tag::BlockQuote(Some(_)) => ("alert", None),
            Tag::List(None) => ("ul", None),
            Tag::List(Some(number)) => ("ol ", Some(number.to_string())),
            Tag::Item => ("li", None),
            Tag::Table(_) => ("table", None),
            Tag::TableHead | Tag::TableRow => ("tr", None),
            Tag::TableCell => ("td", None),
            Tag::DefinitionList => ("dl", None),
            Tag::DefinitionListTitle => ("dt", None),
            Tag::DefinitionListDefinition => ("dd", None),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.as_ref(),
                    CodeBlockKind::Indented => "indented",
                };
                self.trace.tell("code ", &[language]);
                self.verbatim = Some(String::new());
                ("", None)
            }
            Tag::HtmlBlock => {
                self.trace.tell("html ", &[]);
                self.verbatim = Some(String::new());
                ("", None)
            }
            _ => ("other", None),
        };
        if !name.is_empty() {
            let said: Vec<&str> = number.iter().map(String::as_str).collect();
            self.trace.tell(name, &said);
        }
        self.open.push(matches!(tag, Tag::Item | Tag::DefinitionListDefinition));
    }

    /// Something within a line begins.
    fn start_inline(&mut self, tag: Tag<'_>) {
        self.line();
        match tag {
            Tag::Emphasis => self.trace.tell("em", &[]),
            Tag::Strong => self.trace.tell("strong", &[]),
            Tag::Strikethrough => self.trace.tell("del", &[]),
            Tag::Link { dest_url, title, .. } => {
                self.trace.tell("a ", &[&dest_url, &title]);
            }
            Tag::Image { dest_url, title, .. } => {
                self.trace.tell("img ", &[&dest_url, &title]);
                self.trace.n_seen += count(&title);
                self.n_picture = 1;
            }
            _ => self.trace.tell("other", &[]),
        }
    }

    /// Something ends.
    fn end(&mut self, tag: TagEnd) {
        if is_inline(tag) {
            self.trace.tell("/", &[]);
            return;
        }
        self.close_line();
        self.open.pop();
        match (tag, self.verbatim.take()) {
            (TagEnd::CodeBlock, Some(text)) => {
                self.trace.n_seen += count(&text);
                self.trace.told.push_str(text.strip_suffix('\n').unwrap_or(&text));
                self.trace.told.push(END);
            }
            (TagEnd::HtmlBlock, Some(html)) => {
                self.trace.n_seen += seen_in(&html);
                self.trace.told.push_str(html.strip_suffix('\n').unwrap_or(&html));
                self.trace.told.push(END);
            }
            _ => self.trace.tell("/", &[]),
        }
    }

    /// Takes an event within the words of a picture.
    fn in_picture(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(_) => {
                self.n_picture += 1;
                self.alt.push(MARK);
            }
            Event::End(_) => {
                self.n_picture -= 1;
                if self.n_picture == 0 {
                    self.trace.told.push_str(&std::mem::take(&mut self.alt));
                    self.trace.told.push(END);
                }
            }
            Event::Text(text) => self.alt.push_str(text),
            _ => self.alt.push(MARK),
        }
    }
}

/// How many characters of a piece of HTML a reader sees.
fn seen_in(html: &str) -> u64 {
    let text = |token| match token {
        Token::Text(range) => {
            count(&decode_references(html.get(range).unwrap_or_default()))
        }
        _ => 0,
    };
    Tokens::new(html).map(text).sum()
}

/// Whether something stands within a line.
fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
