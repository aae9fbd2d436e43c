//! What a text consists of, between its HTML and its Markdown: blocks that
//! hold blocks, and runs of spans.
//!
//! White space is folded here, and what may not stand is gone. What Markdown
//! has no words for is said by [`Block::needs_html`], so that who writes and
//! who checks agree.

use std::rc::Rc;

/// A run of text: texts and marks, in order; marks are balanced.
pub(super) type Spans = Vec<Span>;

/// A part of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// Text. Never empty, and no other text follows.
    Text(String),
    /// The line ends here.
    Break,
    /// Code.
    Code(String),
    /// A picture.
    Image(Image),
    /// A piece of HTML without text.
    Raw(String),
    /// A mark begins.
    Open(Rc<Mark>),
    /// The mark that began last ends.
    Close(Rc<Mark>),
}

/// What can be said of a part of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It is emphasized.
    Emphasis,
    /// It is strong.
    Strong,
    /// It is struck out.
    Strike,
    /// It leads somewhere.
    Link {
        /// Where to.
        address: String,
        /// What is said of it; may be empty.
        title: String,
    },
    /// It stands in an element of HTML that Markdown does not know.
    Html {
        /// The name of the element.
        name: String,
        /// Its start tag.
        tag: String,
    },
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Image {
    /// Where it is.
    pub(super) address: String,
    /// What it shows.
    pub(super) alt: String,
    /// Its caption, if it stands alone in its paragraph; may be empty.
    pub(super) caption: String,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph.
    Paragraph(Spans),
    /// A heading.
    Heading {
        /// Its level.
        level: u8,
        /// Its id, if it is worth keeping; may be empty.
        id: String,
        /// Its words.
        spans: Spans,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A list.
    List(List),
    /// Code.
    Code {
        /// Its language; may be empty.
        language: String,
        /// The code, without its last line end.
        text: String,
    },
    /// Text whose white space counts, with marks.
    Preformatted(Spans),
    /// A rule.
    Rule,
    /// A table.
    Table(Table),
    /// Terms and what they mean.
    Definitions(Vec<Definition>),
    /// Something with a caption.
    Figure {
        /// What is shown.
        blocks: Vec<Block>,
        /// The caption.
        caption: Spans,
    },
    /// Blocks in an element of HTML; its tags stand by themselves.
    Wrapped {
        /// What stands before the blocks.
        open: String,
        /// The blocks.
        blocks: Vec<Block>,
        /// The end tag.
        close: &'static str,
    },
}

/// A list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    /// The number of its first item, if its items are numbered.
    pub(super) start: Option<u64>,
    /// The attributes of its start tag that Markdown has no words for.
    pub(super) attributes: String,
    /// Whether its items are paragraphs at the source.
    pub(super) is_loose: bool,
    /// Its items.
    pub(super) items: Vec<Item>,
}

/// An item of a list, or a cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    /// The attributes of its start tag that Markdown has no words for.
    pub(super) attributes: String,
    /// Whether it is a cell of a head.
    pub(super) is_head: bool,
    /// What it holds.
    pub(super) blocks: Vec<Block>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// Its caption; mostly there is none.
    pub(super) caption: Vec<Block>,
    /// The rows of its cells.
    pub(super) rows: Vec<Vec<Item>>,
}

/// A term or what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Definition {
    /// Whether it is a term.
    pub(super) is_term: bool,
    /// What it holds.
    pub(super) blocks: Vec<Block>,
}

/// The largest number of an item that Markdown knows.
const LARGEST: u64 = 999_999_999;

impl Block {
    /// The name of the element that this has to stay, because Markdown has no
    /// words for it.
    pub(super) fn needs_html(&self) -> Option<&'static str> {
        match self {
            Self::Preformatted(_) => Some("pre"),
            Self::Figure { .. } => Some("figure"),
            Self::Table(table) if !table.is_plain() => Some("table"),
            Self::List(list) if !list.is_plain() => {
                Some(if list.start.is_some() { "ol" } else { "ul" })
            }
            Self::Definitions(parts) if !is_plain_definitions(parts) => Some("dl"),
            _ => None,
        }
    }

    /// The element that this is in HTML.
    pub(super) fn element(&self) -> &'static str {
        match self {
            Self::Paragraph(spans) if is_captioned(spans) => "figure",
            Self::Paragraph(_) => "p",
            Self::Heading { level, .. } => heading(*level),
            Self::Quote(_) => "blockquote",
            Self::List(list) if list.start.is_some() => "ol",
            Self::List(_) => "ul",
            Self::Code { .. } | Self::Preformatted(_) => "pre",
            Self::Rule => "hr",
            Self::Table(_) => "table",
            Self::Definitions(_) => "dl",
            Self::Figure { .. } => "figure",
            Self::Wrapped { .. } => "div",
        }
    }

    /// Whether this is a paragraph that can stand within a line.
    fn is_line(&self) -> bool {
        matches!(self, Self::Paragraph(spans) if !is_captioned(spans))
    }
}

impl List {
    /// Whether Markdown can say all of it.
    fn is_plain(&self) -> bool {
        let fits = self
            .start
            .is_none_or(|start| start.saturating_add(self.items.len() as u64) <= LARGEST);
        fits && self.attributes.is_empty()
            && !self.items.is_empty()
            && self.items.iter().all(|item| item.attributes.is_empty())
    }

    /// Whether its items are written without empty lines.
    pub(super) fn is_tight(&self) -> bool {
        !self.is_loose && self.items.iter().all(Item::is_tight)
    }

    /// Whether a paragraph can end with the line before it.
    fn can_interrupt(&self) -> bool {
        matches!(self.start, None | Some(1))
            && self.is_plain()
            && self.items.first().is_some_and(|item| !item.blocks.is_empty())
    }
}

impl Item {
    /// Whether it is a line with at most lists below it.
    fn is_tight(&self) -> bool {
        let mut blocks = self.blocks.iter();
        let is_start = match blocks.next() {
            None => true,
            Some(Block::List(list)) => list.is_plain() && list.is_tight(),
            Some(block) => block.is_line(),
        };
        is_start && self.blocks.len() <= 2 && blocks.all(|block| {
            matches!(block, Block::List(list) if list.can_interrupt() && list.is_tight())
                && self.blocks.first().is_some_and(Block::is_line)
        })
    }

    /// What it holds, if that is at most a line.
    pub(super) fn line(&self) -> Option<&[Span]> {
        line(&self.blocks)
    }
}

impl Table {
    /// Whether Markdown can say all of it: a row of heads, and then rows of
    /// cells, each a line.
    fn is_plain(&self) -> bool {
        let Some((head, rows)) = self.rows.split_first() else { return false };
        let is_cell = |cell: &Item| cell.attributes.is_empty() && cell.line().is_some();
        self.caption.is_empty()
            && !head.is_empty()
            && head.iter().all(|cell| cell.is_head && is_cell(cell))
            && rows.iter().all(|row| {
                row.len() == head.len()
                    && row.iter().all(|cell| !cell.is_head && is_cell(cell))
            })
    }
}

/// The one line that some blocks are; nothing if they are more than that.
pub(super) fn line(blocks: &[Block]) -> Option<&[Span]> {
    match blocks {
        [] => Some(&[]),
        [Block::Paragraph(spans)] if !is_captioned(spans) => Some(spans),
        _ => None,
    }
}

/// Whether each term is a line and something follows it.
fn is_plain_definitions(parts: &[Definition]) -> bool {
    let is_pair = |pair: &[Definition]| match pair {
        [term, meaning] => !term.is_term || !meaning.is_term,
        _ => true,
    };
    let is_plain = |part: &Definition| {
        if part.is_term {
            line(&part.blocks)
                .is_some_and(|spans| !spans.is_empty() && !spans.contains(&Span::Break))
        } else {
            // The first part of a meaning has to be a line.
            part.blocks.first().is_some_and(Block::is_line)
                && part
                    .blocks
                    .iter()
                    .all(|block| !matches!(block, Block::Paragraph(_)) || block.is_line())
        }
    };
    parts.first().is_some_and(|first| first.is_term)
        && parts.last().is_some_and(|last| !last.is_term)
        && parts.windows(2).all(is_pair)
        && parts.iter().all(is_plain)
}

/// Whether a run is a picture with a caption and nothing else.
pub(super) fn is_captioned(spans: &[Span]) -> bool {
    matches!(spans, [Span::Image(image)] if !image.caption.is_empty())
}

/// The element of a heading.
fn heading(level: u8) -> &'static str {
    match level {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}
