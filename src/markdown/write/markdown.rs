//! Writes blocks as Markdown.
//!
//! Each block ends without a line end; who writes the next one puts an empty
//! line between them. What holds blocks puts its own mark before each line.

use crate::markdown::write::escape::Sort;
use crate::markdown::write::html;
use crate::markdown::write::model::{Block, Definition, Item, List, Span, Table, line};

/// Writes blocks as Markdown.
pub(super) struct Writer {
    /// What is written.
    pub(super) out: String,
    /// What stands before each line.
    prefix: String,
    /// Whether everything is escaped that can be, and marks are HTML.
    pub(super) is_careful: bool,
    /// The elements of the blocks that had to stay HTML.
    pub(super) raw: Vec<String>,
}

impl Writer {
    /// A writer with room for this many bytes.
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            out: String::with_capacity(capacity),
            prefix: String::new(),
            is_careful: false,
            raw: Vec::new(),
        }
    }

    /// Writes blocks one below the other.
    fn blocks(&mut self, blocks: &[Block], is_tight: bool) {
        let mut before = None;
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                self.line();
                if !is_tight {
                    self.line();
                }
            }
            before = self.block(block, before);
        }
    }

    /// Writes a block, and tells how the items of a list are marked, if it is
    /// one; `before` is what was told of the block before.
    pub(super) fn block(&mut self, block: &Block, before: Option<char>) -> Option<char> {
        if let Some(name) = block.needs_html() {
            self.raw.push(name.to_owned());
            self.html(block);
            return None;
        }
        match block {
            Block::Paragraph(spans) => self.spans(spans, Sort::Lines),
            Block::Heading { level, id, spans } => self.heading(*level, id, spans),
            Block::Quote(blocks) => {
                self.out.push_str("> ");
                self.within("> ", |own| own.blocks(blocks, false));
            }
            Block::List(list) => return Some(self.list(list, before)),
            Block::Code { language, text } => self.code(language, text),
            Block::Rule => {
                // Dashes behind the mark of an item would be one rule with it.
                let is_top = self.prefix.is_empty();
                self.out.push_str(if is_top { "---" } else { "___" });
            }
            Block::Table(table) => self.table(table),
            Block::Definitions(parts) => self.definitions(parts),
            Block::Wrapped { open, blocks, close } => {
                self.raw_lines(open);
                if !blocks.is_empty() {
                    self.line();
                    self.line();
                    self.blocks(blocks, false);
                }
                self.line();
                self.line();
                self.out.push_str(close);
            }
            Block::Preformatted(_) | Block::Figure { .. } => self.html(block),
        }
        None
    }

    /// Writes a block as HTML.
    pub(super) fn html(&mut self, block: &Block) {
        let mut text = String::new();
        html::push_block(&mut text, block);
        self.raw_lines(&text);
    }

    /// Begins a new line.
    pub(super) fn line(&mut self) {
        let text = self.out.trim_end_matches(' ').len();
        // Only what stands before lines is taken away again.
        let end = self.out.rfind('\n').map_or(0, |at| at + 1);
        if text <= end + self.prefix.len() {
            self.out.truncate(text.max(end));
        }
        self.new_line();
    }

    /// Begins a new line and leaves the one before as it is.
    fn new_line(&mut self) {
        self.out.push('\n');
        self.out.push_str(&self.prefix);
    }

    /// Writes lines as they are.
    fn raw_lines(&mut self, text: &str) {
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.new_line();
            }
            self.out.push_str(line);
        }
    }

    /// Writes something with more before each of its lines.
    fn within(&mut self, more: &str, write: impl FnOnce(&mut Self)) {
        let length = self.prefix.len();
        self.prefix.push_str(more);
        write(self);
        self.prefix.truncate(length);
    }

    /// Writes a heading.
    fn heading(&mut self, level: u8, id: &str, spans: &[Span]) {
        self.out.push_str(&"#".repeat(usize::from(level.clamp(1, 6))));
        self.out.push(' ');
        if fits_heading(id) {
            self.spans(spans, Sort::Heading);
            self.out.push_str(" {#");
            self.out.push_str(id);
            self.out.push('}');
        } else {
            if !id.is_empty() {
                self.out.push_str(&super::run::anchor(id));
            }
            self.spans(spans, Sort::Heading);
        }
    }

    /// Writes a list, and tells how its items are marked: not as those of a
    /// list just before it, so that these stay two.
    fn list(&mut self, list: &List, before: Option<char>) -> char {
        let is_tight = list.is_tight();
        let mark = match (list.start, before) {
            (None, Some('-')) => '*',
            (None, _) => '-',
            (Some(_), Some('.')) => ')',
            (Some(_), _) => '.',
        };
        for (at, item) in list.items.iter().enumerate() {
            if at > 0 {
                self.line();
                if !is_tight {
                    self.line();
                }
            }
            let marker = match list.start {
                Some(start) => format!("{}{mark} ", start.saturating_add(at as u64)),
                None => format!("{mark} "),
            };
            self.out.push_str(&marker);
            let more = " ".repeat(marker.len());
            self.within(&more, |own| own.blocks(&item.blocks, is_tight));
            if item.blocks.is_empty() {
                self.out.truncate(self.out.trim_end_matches(' ').len());
            }
        }
        mark
    }

    /// Writes code.
    fn code(&mut self, language: &str, text: &str) {
        let fence = "`".repeat(longest_run(text).max(2) + 1);
        self.out.push_str(&fence);
        self.out.push_str(language);
        for line in text.split('\n') {
            if line.is_empty() {
                self.out.push('\n');
                self.out.push_str(self.prefix.trim_end_matches(' '));
            } else {
                self.new_line();
                self.out.push_str(line);
            }
        }
        self.new_line();
        self.out.push_str(&fence);
    }

    /// Writes a table.
    fn table(&mut self, table: &Table) {
        for (at, row) in table.rows.iter().enumerate() {
            if at > 0 {
                self.line();
            }
            self.row(row);
            if at == 0 {
                self.line();
                self.out.push('|');
                self.out.push_str(&" --- |".repeat(row.len()));
            }
        }
    }

    /// Writes a row of a table.
    fn row(&mut self, row: &[Item]) {
        self.out.push('|');
        for cell in row {
            self.out.push(' ');
            self.spans(cell.line().unwrap_or_default(), Sort::Cell);
            self.out.push_str(" |");
        }
    }

    /// Writes terms and what they mean.
    fn definitions(&mut self, parts: &[Definition]) {
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                self.line();
                if part.is_term {
                    self.line();
                }
            }
            if part.is_term {
                self.spans(line(&part.blocks).unwrap_or_default(), Sort::Lines);
            } else {
                self.out.push_str(": ");
                self.within("  ", |own| own.blocks(&part.blocks, false));
            }
        }
    }
}

/// Whether an id can stand behind a heading.
pub(super) fn fits_heading(id: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    !id.is_empty() && id.chars().all(is_plain)
}

/// The length of the longest run of backticks in a text.
pub(super) fn longest_run(text: &str) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for byte in text.bytes() {
        run = if byte == b'`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
