//! Gathers a run of text: folds white space as HTML does, and moves spaces
//! and line breaks out of the marks at whose edges they stand.
//!
//! A mark is written only when there is something to mark, so that empty
//! marks vanish, and a mark that is still open when a block ends opens again
//! in the next one.

use std::rc::Rc;

use crate::dom::is_seen;
use crate::markdown::write::model::{Image, Mark, Span, Spans};

/// How many marks may stand in each other.
const DEEPEST: usize = 24;

/// A run of text in the making.
#[derive(Default)]
pub(super) struct Run {
    /// What was gathered.
    spans: Spans,
    /// The marks that are open; nothing stands for those that say nothing new.
    marks: Vec<Option<Rc<Mark>>>,
    /// How many of the marks are written.
    n_written: usize,
    /// Whether a space comes before the next part.
    is_parted: bool,
    /// Whether there is something in the present line.
    has_line: bool,
    /// Names of this place, to be written before the next part.
    anchors: Vec<String>,
}

impl Run {
    /// Adds text, with white space as it is in HTML.
    pub(super) fn text(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.trim_start_matches(is_space);
            if word.len() < rest.len() {
                self.space();
            }
            let end = word.find(is_space).unwrap_or(word.len());
            let (word, after) = word.split_at_checked(end).unwrap_or((word, ""));
            self.word(word);
            rest = after;
        }
    }

    /// Adds text without white space.
    fn word(&mut self, word: &str) {
        if word.bytes().any(|byte| byte < 0x20 || byte == 0x7f) {
            let word: String = word.chars().filter(|c| !is_lost(*c)).collect();
            if !word.is_empty() {
                self.word(&word);
            }
        } else if !word.is_empty() {
            self.begin();
            match self.spans.last_mut() {
                Some(Span::Text(text)) => text.push_str(word),
                _ => self.spans.push(Span::Text(word.to_owned())),
            }
        }
    }

    /// Adds a space.
    pub(super) fn space(&mut self) {
        self.is_parted = self.has_line;
    }

    /// Ends the line.
    pub(super) fn line_break(&mut self) {
        self.is_parted = false;
        self.has_line = false;
        self.spans.push(Span::Break);
    }

    /// Adds code; the spaces at its edges are moved out.
    pub(super) fn code(&mut self, code: &str) {
        let code = folded(code);
        let text = code.trim_matches(' ');
        if code.starts_with(' ') {
            self.space();
        }
        if !text.is_empty() {
            self.begin();
            match self.spans.last_mut() {
                Some(Span::Code(before)) => before.push_str(text),
                _ => self.spans.push(Span::Code(text.to_owned())),
            }
        }
        if code.ends_with(' ') {
            self.space();
        }
    }

    /// Adds a picture.
    pub(super) fn image(&mut self, image: Image) {
        self.begin();
        self.spans.push(Span::Image(image));
    }

    /// Adds a piece of HTML without text.
    pub(super) fn raw(&mut self, html: String) {
        self.begin();
        self.spans.push(Span::Raw(html));
    }

    /// Gives this place a name.
    pub(super) fn anchor(&mut self, id: &str) {
        self.anchors.push(id.to_owned());
    }

    /// The names of this place that are not written yet.
    pub(super) fn take_anchors(&mut self) -> Vec<String> {
        std::mem::take(&mut self.anchors)
    }

    /// A mark begins.
    pub(super) fn open(&mut self, mark: Mark) {
        let is_new = self.marks.len() < DEEPEST
            && !self.marks.iter().flatten().any(|open| is_same(open, &mark));
        self.marks.push(is_new.then(|| Rc::new(mark)));
    }

    /// The mark that began last ends.
    pub(super) fn close(&mut self) {
        let mark = self.marks.pop().flatten();
        if self.n_written > self.marks.len() {
            self.n_written = self.marks.len();
            self.end(mark);
        }
    }

    /// Writes that a mark ends, before the line breaks that come last.
    fn end(&mut self, mark: Option<Rc<Mark>>) {
        let Some(mark) = mark else { return };
        let n_breaks =
            self.spans.iter().rev().take_while(|span| **span == Span::Break).count();
        let at = self.spans.len() - n_breaks;
        self.spans.insert(at, Span::Close(mark));
    }

    /// Writes what has to stand before the next part: a space, the names of
    /// the place and the marks that are open.
    fn begin(&mut self) {
        if std::mem::take(&mut self.is_parted) {
            match self.spans.last_mut() {
                Some(Span::Text(text)) => text.push(' '),
                _ => self.spans.push(Span::Text(" ".to_owned())),
            }
        }
        self.has_line = true;
        for id in std::mem::take(&mut self.anchors) {
            self.spans.push(Span::Raw(anchor(&id)));
        }
        let waiting = self.marks.get(self.n_written..).unwrap_or_default();
        for mark in waiting.iter().flatten() {
            match self.spans.last() {
                Some(Span::Close(last)) if last == mark && is_simple(mark) => {
                    self.spans.pop();
                }
                _ => self.spans.push(Span::Open(mark.clone())),
            }
        }
        self.n_written = self.marks.len();
    }

    /// Whether nothing was gathered.
    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// What was gathered, if a reader can see anything of it. The marks stay
    /// open for the next run.
    pub(super) fn take(&mut self) -> Option<Spans> {
        for at in (0..self.n_written).rev() {
            let mark = self.marks.get(at).cloned().flatten();
            self.end(mark);
        }
        self.n_written = 0;
        self.is_parted = false;
        self.has_line = false;
        let spans = std::mem::take(&mut self.spans);
        spans.iter().any(shows).then_some(spans)
    }
}

/// Whether a mark within another one says nothing new.
fn is_same(open: &Mark, mark: &Mark) -> bool {
    matches!((open, mark), (Mark::Link { .. }, Mark::Link { .. })) || open == mark
}

/// Whether two marks of this sort that touch are as good as one.
fn is_simple(mark: &Mark) -> bool {
    matches!(mark, Mark::Emphasis | Mark::Strong | Mark::Strike)
}

/// Whether a reader can see something of a part.
fn shows(span: &Span) -> bool {
    match span {
        Span::Text(text) | Span::Code(text) => text.chars().any(is_seen),
        Span::Image(_) | Span::Raw(_) => true,
        Span::Break | Span::Open(_) | Span::Close(_) => false,
    }
}

/// A place with a name.
pub(super) fn anchor(id: &str) -> String {
    let mut tag = "<a id=\"".to_owned();
    crate::markdown::write::html::push_value(&mut tag, id);
    tag.push_str("\"></a>");
    tag
}

/// Whether HTML folds a character.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
}

/// Whether a character has no place in a text.
pub(super) fn is_lost(c: char) -> bool {
    c.is_ascii_control() && !is_space(c)
}

/// A text with its white space folded, but not that at its edges taken away.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !is_space(c) {
            if !is_lost(c) {
                out.push(c);
            }
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

/// A text on one line, without spaces at its edges.
pub(super) fn one_line(text: &str) -> String {
    folded(text).trim_matches(' ').to_owned()
}
