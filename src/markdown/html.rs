//! Writes the HTML of a body, event by event.
//!
//! What stands open is kept in a list of end tags, so that each end of an
//! event finds its own. Headings are written last, because their levels and
//! ids depend on the whole body; until then a [`Piece`] remembers where they
//! stand.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::markdown::footnotes::{self, Footnotes};
use crate::markdown::links::{self, Written};
use crate::markdown::outline::Outline;
use crate::markdown::piece::{Piece, push_attribute, push_text};
use crate::markdown::quotes::Quotes;
use crate::markdown::raw::{Gate, Source};
use crate::markdown::{Body, LinkUse, Options, RawHtml, Rendered, Target, highlight};
use crate::sanitize;

/// How deep elements may stand in each other. Those deeper in the Markdown
/// are left out, and their content stays.
const DEEPEST: usize = 100;

/// A piece of code that is being read.
struct CodeBlock {
    /// The language that its author names.
    language: String,
    /// The code.
    text: String,
}

/// An image whose words are being read.
struct Image {
    /// Where it leads; nothing if it must not be shown.
    address: Option<String>,
    /// How wide and high it is, in pixels.
    size: Option<(usize, usize)>,
    /// Its title.
    title: String,
    /// Its words.
    alt: String,
    /// Where it stands in the body.
    range: Range<usize>,
    /// How many parts of its words stand open.
    depth: usize,
}

/// An image that may turn out to stand alone in its paragraph.
struct Alone {
    /// Where the paragraph begins.
    start: usize,
    /// Where the image ends.
    end: usize,
    /// The figure to write instead.
    figure: String,
}

/// The content of an element that must not be shown.
struct Hidden {
    /// The element.
    name: String,
    /// Where its content begins.
    at: usize,
    /// How much stood open there.
    depth: usize,
}

/// Writes the HTML of a body.
pub(super) struct Writer<'a> {
    /// The body.
    body: &'a Body<'a>,
    /// What it is rendered with.
    options: &'a Options<'a>,
    /// Says what to write for a link.
    resolve: &'a mut dyn FnMut(&LinkUse<'_>) -> Target,
    /// What is written.
    out: Piece,
    /// The end tags of what stands open; empty where no tag was written.
    closers: Vec<&'static str>,
    /// The headings.
    outline: Outline,
    /// The footnotes.
    footnotes: Footnotes,
    /// What was written before the footnotes that stand open, with their
    /// labels.
    outside: Vec<(String, Piece)>,
    /// The quotation marks.
    quotes: Quotes,
    /// The code that is being read.
    code: Option<CodeBlock>,
    /// The image that is being read.
    image: Option<Image>,
    /// Where the paragraph begins whose first part comes next.
    paragraph: Option<usize>,
    /// The image that stands alone so far.
    alone: Option<Alone>,
    /// The raw HTML that is being read.
    raw: Source,
    /// What raw HTML has to pass.
    gate: Gate<'a>,
    /// What must not be shown.
    hidden: Option<Hidden>,
    /// How many tables there were.
    n_tables: usize,
    /// How many blocks of code there were.
    n_codes: usize,
    /// The alignments of the columns of a table.
    columns: Vec<Alignment>,
    /// The column of the next cell.
    column: usize,
    /// Whether the next cell is in the head of a table.
    is_head: bool,
    /// Whether code is highlighted.
    has_code: bool,
    /// What is wrong with the body.
    faults: Diagnostics,
}

impl<'a> Writer<'a> {
    /// A writer for a body.
    pub(super) fn new(
        body: &'a Body<'a>,
        options: &'a Options<'a>,
        resolve: &'a mut dyn FnMut(&LinkUse<'_>) -> Target,
    ) -> Self {
        let out = Piece::with_capacity(body.text.len());
        Self {
            body,
            options,
            resolve,
            out,
            closers: Vec::new(),
            outline: Outline::new(options.heading_id),
            footnotes: Footnotes::default(),
            outside: Vec::new(),
            quotes: Quotes::new(options.quotes),
            code: None,
            image: None,
            paragraph: None,
            alone: None,
            raw: Source::default(),
            gate: Gate::new(body, options.html),
            hidden: None,
            n_tables: 0,
            n_codes: 0,
            columns: Vec::new(),
            column: 0,
            is_head: false,
            has_code: false,
            faults: Diagnostics::new(),
        }
    }

    /// Takes the next event and where it stands in the body.
    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.image.is_some() {
            self.in_image(&event, &range);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text, &range),
            Event::Code(code) => {
                self.outline.words(&code, &code);
                self.out.push("<code>");
                push_text(&mut self.out.html, &code);
                self.out.push("</code>");
            }
            Event::Html(html) => self.raw.push(&html, &range),
            Event::InlineHtml(html) => self.inline_html(&html, &range),
            Event::FootnoteReference(label) => {
                let (number, nth) = self.footnotes.refer(&label);
                self.out.push(&footnotes::mark(number, nth));
            }
            Event::SoftBreak => {
                self.outline.words(" ", " ");
                self.out.push("\n");
            }
            Event::HardBreak => {
                self.outline.words(" ", " ");
                self.out.push("<br>\n");
            }
            Event::Rule => self.out.push("<hr>\n"),
            Event::TaskListMarker(is_done) => {
                let done = if is_done { " checked" } else { "" };
                let _ = write!(
                    self.out.html,
                    "<input class=\"task\" type=\"checkbox\" disabled{done} aria-label=\""
                );
                let words = &self.options.words.tasks;
                push_attribute(&mut self.out.html, &words[usize::from(is_done)]);
                self.out.push("\"> ");
            }
            // No formulas are asked for.
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, &range);
            }
        }
    }

    /// The body as HTML.
    pub(super) fn finish(mut self) -> Rendered {
        self.footnotes.write(self.options.words, &mut self.out);
        let headings = self.outline.finish();
        let mut html = self.out.joined(&headings);
        if self.gate.is_used && self.options.html == RawHtml::Sanitized {
            html = sanitize::clean(&html, &self.gate.schemes);
        }
        let mut faults = self.faults;
        faults.append(self.gate.faults);
        Rendered { html, headings, has_code: self.has_code, faults }
    }

    /// Something begins.
    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.quotes.reset();
                self.alone = None;
                self.paragraph = Some(self.out.html.len());
                // Paragraphs do not stand in each other, so none is too deep.
                self.out.push("<p>");
                self.closers.push(closer::PARAGRAPH);
            }
            Tag::Heading { level, id, .. } => {
                self.quotes.reset();
                self.out.joint(self.outline.count(), false);
                self.outline.open(level as u8, id.as_deref());
                self.closers.push(closer::HEADING);
            }
            Tag::BlockQuote(kind) => self.quote(kind),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => language(&info),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some(CodeBlock { language, text: String::new() });
                self.closers.push(closer::CODE);
            }
            Tag::HtmlBlock => {
                self.raw = Source::default();
                self.closers.push(closer::HTML);
            }
            Tag::List(None) => self.open_whole("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.open_whole("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => {
                self.open_whole(&format!("<ol start=\"{first}\">\n"), "</ol>\n");
            }
            Tag::Item => self.open_part("<li>", "</li>\n"),
            Tag::FootnoteDefinition(label) => {
                self.outside.push((label.to_string(), std::mem::take(&mut self.out)));
                self.closers.push(closer::FOOTNOTE);
            }
            Tag::DefinitionList => self.open_whole("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.open_part("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.open_part("<dd>", "</dd>\n"),
            Tag::Table(columns) => self.table(columns),
            Tag::TableHead => {
                self.row(true);
                self.open_part("<thead>\n<tr>", "</tr>\n</thead>\n<tbody>\n");
            }
            Tag::TableRow => {
                self.row(false);
                self.open_part("<tr>", "</tr>\n");
            }
            Tag::TableCell => self.cell(),
            other => self.start_inline(other, range),
        }
    }

    /// Something within a text begins.
    fn start_inline(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis => self.open("<em>", "</em>"),
            Tag::Strong => self.open("<strong>", "</strong>"),
            Tag::Strikethrough => self.open("<del>", "</del>"),
            Tag::Superscript => self.open("<sup>", "</sup>"),
            Tag::Subscript => self.open("<sub>", "</sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                let link = Written {
                    kind: link_type,
                    destination: &dest_url,
                    is_image: false,
                    range,
                };
                self.link(&link, &title);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let link = Written {
                    kind: link_type,
                    destination: &dest_url,
                    is_image: true,
                    range,
                };
                self.image(link, &title);
            }
            // Nothing else is asked for; its end looks for an end tag.
            _ => self.closers.push(""),
        }
    }

    /// What began last ends.
    fn end(&mut self) {
        if self.hidden.as_ref().is_some_and(|hidden| self.closers.len() <= hidden.depth) {
            self.show();
        }
        match self.closers.pop() {
            Some(closer::HEADING) => {
                self.outline.close();
                let closed = self.outline.count().saturating_sub(1);
                self.out.joint(closed, true);
            }
            Some(closer::CODE) => self.code_block(),
            Some(closer::HTML) => {
                let raw = std::mem::take(&mut self.raw);
                self.outline.reserve_all(raw.html());
                let html = self.gate.pass(&raw, self.resolve);
                self.out.push(&html);
            }
            Some(closer::FOOTNOTE) => {
                if let Some((label, outside)) = self.outside.pop() {
                    let text = std::mem::replace(&mut self.out, outside);
                    self.footnotes.define(&label, text);
                }
            }
            Some(closer::PARAGRAPH) => self.paragraph_end(),
            Some(closer) => self.out.push(closer),
            None => {}
        }
    }

    /// A paragraph ends; an image that stood alone in it becomes a figure.
    fn paragraph_end(&mut self) {
        self.paragraph = None;
        match self.alone.take() {
            Some(alone) if alone.end == self.out.html.len() => {
                self.out.html.truncate(alone.start);
                self.out.push(&alone.figure);
            }
            _ => self.out.push("</p>\n"),
        }
    }

    /// Opens an element, unless it would stand too deep.
    fn open(&mut self, tag: &str, closer: &'static str) {
        if self.closers.len() < DEEPEST {
            self.out.push(tag);
            self.closers.push(closer);
        } else {
            self.closers.push("");
        }
    }

    /// Opens an element that has parts, with room for these.
    fn open_whole(&mut self, tag: &str, closer: &'static str) {
        self.quotes.reset();
        if self.closers.len() + 4 < DEEPEST {
            self.break_line();
            self.open(tag, closer);
        } else {
            self.closers.push("");
        }
    }

    /// Opens a part of an element, if that was opened.
    fn open_part(&mut self, tag: &str, closer: &'static str) {
        self.quotes.reset();
        if self.closers.last().is_some_and(|whole| !whole.is_empty()) {
            self.out.push(tag);
            self.closers.push(closer);
        } else {
            self.closers.push("");
        }
    }

    /// Begins a new line, for HTML that people can read.
    fn break_line(&mut self) {
        if !self.out.html.is_empty() && !self.out.html.ends_with('\n') {
            self.out.push("\n");
        }
    }

    /// A quotation or an alert begins.
    fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            self.open_whole("<blockquote>\n", "</blockquote>\n");
            return;
        };
        let (name, index) = match kind {
            BlockQuoteKind::Note => ("note", 0),
            BlockQuoteKind::Tip => ("tip", 1),
            BlockQuoteKind::Important => ("important", 2),
            BlockQuoteKind::Warning => ("warning", 3),
            BlockQuoteKind::Caution => ("caution", 4),
        };
        let title = self.options.words.alerts.get(index).map_or(name, String::as_str);
        let mut tag = format!("<div class=\"alert alert-{name}\" role=\"note\">\n");
        tag.push_str("<p class=\"alert-title\">");
        push_text(&mut tag, title);
        tag.push_str("</p>\n");
        self.open_whole(&tag, "</div>\n");
    }

    /// A table begins.
    fn table(&mut self, columns: Vec<Alignment>) {
        self.columns = columns;
        let mut tag = "<section class=\"table\" tabindex=\"0\" aria-label=\"".to_owned();
        self.n_tables += 1;
        let label = numbered(&self.options.words.table_region, self.n_tables);
        push_attribute(&mut tag, &label);
        tag.push_str("\">\n<table>\n");
        self.open_whole(&tag, "</tbody>\n</table>\n</section>\n");
    }

    /// A row of a table begins.
    fn row(&mut self, is_head: bool) {
        self.column = 0;
        self.is_head = is_head;
    }

    /// A cell of a table begins.
    fn cell(&mut self) {
        let class = match self.columns.get(self.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        self.column += 1;
        if self.is_head {
            self.open_part(&format!("<th scope=\"col\"{class}>"), "</th>");
        } else {
            self.open_part(&format!("<td{class}>"), "</td>");
        }
    }

    /// Text.
    fn text(&mut self, text: &str, range: &Range<usize>) {
        if let Some(code) = &mut self.code {
            code.text.push_str(text);
            return;
        }
        let shown = self.quotes.shown(text, self.body.text, range);
        self.outline.words(text, shown);
        push_text(&mut self.out.html, shown);
    }

    /// A block of code ends.
    fn code_block(&mut self) {
        let Some(code) = self.code.take() else { return };
        self.out.push("<section class=\"code\" tabindex=\"0\" aria-label=\"");
        self.n_codes += 1;
        let label = numbered(&self.options.words.code_block, self.n_codes);
        push_attribute(&mut self.out.html, &label);
        self.out.push("\"><pre><code");
        if !code.language.is_empty() {
            self.out.push(" class=\"language-");
            push_attribute(&mut self.out.html, &code.language);
            self.out.push("\"");
        }
        self.out.push(">");
        let wanted = self.options.highlight && !code.language.is_empty();
        let spans =
            if wanted { highlight::spans(&code.language, &code.text) } else { None };
        match spans {
            Some(spans) => {
                self.has_code = true;
                self.out.push(&spans);
            }
            None => push_text(&mut self.out.html, &code.text),
        }
        self.out.push("</code></pre></section>\n");
    }

    /// A tag of raw HTML within a text.
    fn inline_html(&mut self, html: &str, range: &Range<usize>) {
        self.outline.reserve_all(html);
        let mut source = Source::default();
        source.push(html, range);
        let edge = self.gate.edge(&source);
        let passed = self.gate.pass(&source, self.resolve);
        match (edge, &self.hidden) {
            (Some((name, true)), Some(hidden)) if hidden.name == name => self.show(),
            (Some((name, false)), None) => {
                let (at, depth) = (self.out.html.len(), self.closers.len());
                self.hidden = Some(Hidden { name, at, depth });
            }
            _ => self.out.push(&passed),
        }
    }

    /// What was hidden ends, and nothing of it stays.
    fn show(&mut self) {
        if let Some(hidden) = self.hidden.take() {
            self.out.html.truncate(hidden.at);
        }
    }

    /// A link begins.
    fn link(&mut self, link: &Written<'_>, title: &str) {
        let address = links::address(self.body, link, self.resolve, &mut self.faults);
        let Some((address, _)) = address else {
            self.closers.push("");
            return;
        };
        self.gate.schemes.extend(sanitize::scheme_of(&address).map(|(scheme, _)| scheme));
        let mut tag = "<a href=\"".to_owned();
        push_attribute(&mut tag, &address);
        push_title(&mut tag, title);
        tag.push_str("\">");
        // A link is never left out, however deep it stands.
        self.out.push(&tag);
        self.closers.push("</a>");
    }

    /// An image begins.
    fn image(&mut self, link: Written<'_>, title: &str) {
        let address = links::address(self.body, &link, self.resolve, &mut self.faults);
        let (address, size) = address.unzip();
        if let Some(address) = &address {
            self.gate
                .schemes
                .extend(sanitize::scheme_of(address).map(|(scheme, _)| scheme));
        }
        self.image = Some(Image {
            address,
            size: size.flatten(),
            title: title.to_owned(),
            alt: String::new(),
            range: link.range,
            depth: 1,
        });
    }

    /// What stands in the words of an image; only its text counts.
    fn in_image(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Start(_) => image.depth += 1,
            Event::End(_) => {
                image.depth -= 1;
                if image.depth == 0 {
                    self.image_end();
                }
            }
            Event::Text(text) => {
                let shown = self.quotes.shown(text, self.body.text, range);
                image.alt.push_str(shown);
                self.outline.words(text, shown);
            }
            Event::Code(code) => {
                image.alt.push_str(code);
                self.outline.words(code, code);
            }
            Event::SoftBreak | Event::HardBreak => {
                image.alt.push(' ');
                self.outline.words(" ", " ");
            }
            Event::InlineHtml(html) => self.outline.reserve_all(html),
            _ => {}
        }
    }

    /// An image ends.
    fn image_end(&mut self) {
        let Some(image) = self.image.take() else { return };
        let Some(address) = &image.address else {
            push_text(&mut self.out.html, &image.alt);
            return;
        };
        if image.alt.trim().is_empty() {
            self.faults.push(missing_alt(self.body, &image.range));
        }
        let mut tag = "<img src=\"".to_owned();
        push_attribute(&mut tag, address);
        tag.push_str("\" alt=\"");
        push_attribute(&mut tag, image.alt.trim());
        let size = image
            .size
            .map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\""));
        let size = size.unwrap_or_default();
        let paragraph =
            self.paragraph.filter(|start| start + "<p>".len() == self.out.html.len());
        if let Some(start) = paragraph.filter(|_| !image.title.trim().is_empty()) {
            let mut figure =
                format!("<figure>\n{tag}\"{size} loading=\"lazy\">\n<figcaption>");
            push_text(&mut figure, &image.title);
            figure.push_str("</figcaption>\n</figure>\n");
            self.alone = Some(Alone { start, end: 0, figure });
        }
        push_title(&mut tag, &image.title);
        self.out.push(&tag);
        self.out.push(&format!("\"{size} loading=\"lazy\">"));
        if let Some(alone) = self.alone.as_mut().filter(|_| paragraph.is_some()) {
            alone.end = self.out.html.len();
        }
    }
}

/// The ends that are more than an end tag.
mod closer {
    /// The end of a paragraph.
    pub(super) const PARAGRAPH: &str = "paragraph";
    /// The end of a heading.
    pub(super) const HEADING: &str = "heading";
    /// The end of a block of code.
    pub(super) const CODE: &str = "code";
    /// The end of a block of raw HTML.
    pub(super) const HTML: &str = "html";
    /// The end of a footnote.
    pub(super) const FOOTNOTE: &str = "footnote";
}

/// The language that the first line of a fence names.
fn language(info: &str) -> String {
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}' | ':');
    let name =
        info.trim_start_matches(['{', '.', ' ']).split(ends).next().unwrap_or_default();
    let is_plain =
        |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | '#' | '.');
    name.chars().filter(is_plain).take(40).collect::<String>().to_lowercase()
}

/// The fault of an image without words.
fn missing_alt(body: &Body<'_>, range: &Range<usize>) -> Diagnostic {
    let span = Span::from(range.clone()).shifted(body.offset);
    Diagnostic::warning(
        Code::MissingAlt,
        "the image has no text for those who cannot see it",
    )
    .at(Place::span(body.file.clone(), span))
    .hint("write between `![` and `]` what the image shows")
}

/// The label of one of several things on a page: `Table`, `Table 2`.
fn numbered(label: &str, number: usize) -> String {
    if number < 2 { label.to_owned() } else { format!("{label} {number}") }
}

/// Ends an attribute and writes a title, if there is one, up to its end.
fn push_title(tag: &mut String, title: &str) {
    if !title.is_empty() {
        tag.push_str("\" title=\"");
        push_attribute(tag, title);
    }
}
