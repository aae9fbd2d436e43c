//! Writes runs as Markdown: marks where Markdown will read them as marks, and
//! elements of HTML where it would not.

use crate::markdown::write::escape::{self, Place, Signs, Sort, Within};
use crate::markdown::write::html::{push_close, push_open};
use crate::markdown::write::markdown::{Writer, longest_run};
use crate::markdown::write::model::{Image, Mark, Span};

/// How a mark is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// As signs: once, or twice for what is strong.
    Sign(char),
    /// As an element of HTML.
    Html,
    /// As an address in angle brackets.
    Address,
    /// As a link in brackets.
    Brackets,
}

/// Signs and punctuation beyond ASCII that parts words for sure.
const PUNCTUATION: &str = "“”‘’„‚«»‹›–—…¿¡·•";

impl Writer {
    /// Writes a run.
    pub(super) fn spans(&mut self, spans: &[Span], sort: Sort) {
        let ways = if spans.iter().any(|span| matches!(span, Span::Open(_))) {
            ways(spans, self.is_careful)
        } else {
            Vec::new()
        };
        let within = Within {
            block: sort,
            is_link: false,
            is_careful: self.is_careful,
            signs: signs(spans),
        };
        let end = content_end(spans);
        let mut links = 0_usize;
        let mut at = 0;
        let mut start = self.out.len();
        while let Some(span) = spans.get(at) {
            let way = ways.get(at).copied().flatten();
            match span {
                Span::Text(text) => {
                    let within = Within { is_link: links > 0, ..within };
                    let place = self.place(spans, at, start, within);
                    escape::push(&mut self.out, text, place);
                }
                Span::Break
                    if sort != Sort::Lines || at >= end || self.out.len() == start =>
                {
                    self.out.push_str("<br>");
                }
                Span::Break => {
                    self.out.push('\\');
                    self.line();
                    at = self.empty_lines(spans, at + 1);
                    start = self.out.len();
                    continue;
                }
                Span::Code(code) => self.code_span(code, sort),
                Span::Image(image) => self.picture(image, within),
                Span::Raw(html) => self.out.push_str(html),
                Span::Open(mark) => {
                    links += usize::from(matches!(**mark, Mark::Link { .. }));
                    if let (Some(Way::Address), Mark::Link { address, .. }) =
                        (way, &**mark)
                    {
                        self.out.push_str(&format!("<{address}>"));
                        links -= 1;
                        at += 3;
                        continue;
                    }
                    self.open(mark, way);
                }
                Span::Close(mark) => {
                    links -= usize::from(matches!(**mark, Mark::Link { .. }));
                    self.close(mark, way, sort);
                }
            }
            at += 1;
        }
    }

    /// Writes the line breaks that follow a line break, and tells what comes
    /// behind them.
    fn empty_lines(&mut self, spans: &[Span], mut at: usize) -> usize {
        while spans.get(at) == Some(&Span::Break) {
            self.out.push('\\');
            self.line();
            at += 1;
        }
        at
    }

    /// The character before what comes next in a line that begins at `start`.
    fn before(&self, start: usize) -> Option<char> {
        self.out.get(start..).and_then(|line| line.chars().next_back())
    }

    /// Where a text of a run stands, in a line that begins at `start`.
    fn place(&self, spans: &[Span], at: usize, start: usize, within: Within) -> Place {
        let before = self.before(start);
        let next = spans.get(at + 1);
        let is_link_next =
            matches!(next, Some(Span::Open(mark)) if matches!(**mark, Mark::Link { .. }));
        Place {
            before,
            is_last: next.is_none_or(|next| *next == Span::Break),
            within,
            is_link_next,
        }
    }

    /// Writes that a mark begins.
    fn open(&mut self, mark: &Mark, way: Option<Way>) {
        match (mark, way) {
            (_, Some(Way::Sign(sign))) => self.sign(mark, sign),
            (Mark::Link { .. }, Some(Way::Brackets)) => self.out.push('['),
            _ => push_open(&mut self.out, mark),
        }
    }

    /// Writes that a mark ends.
    fn close(&mut self, mark: &Mark, way: Option<Way>, sort: Sort) {
        match (mark, way) {
            (_, Some(Way::Sign(sign))) => self.sign(mark, sign),
            (Mark::Link { address, title }, Some(Way::Brackets)) => {
                self.out.push(']');
                self.target(address, title, sort);
            }
            _ => push_close(&mut self.out, mark),
        }
    }

    /// Writes the signs of a mark.
    fn sign(&mut self, mark: &Mark, sign: char) {
        self.out.push(sign);
        if *mark != Mark::Emphasis {
            self.out.push(sign);
        }
    }

    /// Writes code within a line.
    fn code_span(&mut self, code: &str, sort: Sort) {
        let fence = "`".repeat(longest_run(code) + 1);
        let is_parted = code.starts_with('`') || code.ends_with('`');
        let space = if is_parted { " " } else { "" };
        self.out.push_str(&fence);
        self.out.push_str(space);
        if sort == Sort::Cell && code.contains('|') {
            self.out.push_str(&code.replace('|', "\\|"));
        } else {
            self.out.push_str(code);
        }
        self.out.push_str(space);
        self.out.push_str(&fence);
    }

    /// Writes a picture.
    fn picture(&mut self, image: &Image, within: Within) {
        self.out.push_str("![");
        let within = Within { is_link: true, ..within };
        // It does not begin a line, so that nothing begins there.
        let place = Place { before: Some('['), within, ..Place::default() };
        escape::push(&mut self.out, &image.alt, place);
        self.out.push(']');
        self.target(&image.address, &image.caption, within.block);
    }

    /// Writes where something leads, in parentheses.
    fn target(&mut self, address: &str, title: &str, sort: Sort) {
        let is_bare = !address.is_empty()
            && !address.starts_with('<')
            && is_balanced(address)
            && !address.contains(|c: char| c.is_whitespace() || c.is_control());
        self.out.push('(');
        if is_bare {
            push_target(&mut self.out, address, &[], sort);
        } else {
            self.out.push('<');
            push_target(&mut self.out, address, &['<', '>'], sort);
            self.out.push('>');
        }
        if !title.is_empty() {
            self.out.push_str(" \"");
            push_target(&mut self.out, title, &['"'], sort);
            self.out.push('"');
        }
        self.out.push(')');
    }
}

/// How many signs of emphasis a run has.
fn signs(spans: &[Span]) -> Signs {
    let mut signs = Signs::default();
    for span in spans {
        match span {
            Span::Text(text) => signs.add(text),
            Span::Image(image) => signs.add(&image.alt),
            Span::Open(mark)
                if !matches!(**mark, Mark::Html { .. } | Mark::Link { .. }) =>
            {
                signs.add("*_~*_~");
            }
            _ => {}
        }
    }
    signs
}

/// Writes an address or a title, with some characters escaped.
fn push_target(out: &mut String, text: &str, marks: &[char], sort: Sort) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        let is_escaped = match c {
            '\\' => rest.chars().next().is_none_or(|next| next.is_ascii_punctuation()),
            '&' => escape::is_reference(rest),
            '|' => sort == Sort::Cell,
            c => marks.contains(&c),
        };
        if is_escaped {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Whether the parentheses of an address are pairs, and not many stand in
/// each other.
fn is_balanced(address: &str) -> bool {
    const DEEPEST: i32 = 8;
    let mut depth = 0;
    for byte in address.bytes() {
        depth += match byte {
            b'(' => 1,
            b')' => -1,
            _ => 0,
        };
        if !(0..=DEEPEST).contains(&depth) {
            return false;
        }
    }
    depth == 0
}

/// Behind which part of a run nothing follows but line breaks.
fn content_end(spans: &[Span]) -> usize {
    let tail = spans.iter().rev().take_while(|span| **span == Span::Break).count();
    spans.len() - tail
}

/// How each mark of a run is written, at its beginning and at its end.
fn ways(spans: &[Span], is_careful: bool) -> Vec<Option<Way>> {
    let mut ways = vec![None; spans.len()];
    let mut ends = vec![0; spans.len()];
    let mut open = Vec::new();
    for (at, span) in spans.iter().enumerate() {
        match span {
            Span::Open(_) => open.push(at),
            Span::Close(_) => {
                if let Some(start) = open.pop()
                    && let Some(end) = ends.get_mut(start)
                {
                    *end = at;
                }
            }
            _ => {}
        }
    }
    for (start, span) in spans.iter().enumerate() {
        let Span::Open(mark) = span else { continue };
        let end = ends.get(start).copied().unwrap_or_default();
        let way = match &**mark {
            Mark::Html { .. } => Way::Html,
            Mark::Link { address, title } => {
                let is_same = end == start + 2
                    && title.is_empty()
                    && matches!(spans.get(start + 1), Some(Span::Text(text)) if text == address)
                    && is_autolink(address);
                if is_same { Way::Address } else { Way::Brackets }
            }
            _ if is_careful => Way::Html,
            mark => sign(spans, &ways, (start, end), mark).map_or(Way::Html, Way::Sign),
        };
        for at in [start, end] {
            if let Some(own) = ways.get_mut(at) {
                *own = Some(way);
            }
        }
    }
    ways
}

/// The sign that a mark can be written with, if there is one.
fn sign(
    spans: &[Span],
    ways: &[Option<Way>],
    (start, end): (usize, usize),
    mark: &Mark,
) -> Option<char> {
    let signs: &[char] = if *mark == Mark::Strike { &['~'] } else { &['*', '_'] };
    let around =
        [start.checked_sub(1), Some(start + 1), end.checked_sub(1), Some(end + 1)];
    let touches = |sign: char| {
        let mut near = around.iter().flatten();
        near.any(|at| ways.get(*at) == Some(&Some(Way::Sign(sign))))
    };
    let before = start.checked_sub(1).and_then(|at| edge(spans.get(at)?, false));
    let first = edge(spans.get(start + 1)?, true);
    let last = end.checked_sub(1).and_then(|at| edge(spans.get(at)?, false));
    let after = spans.get(end + 1).and_then(|span| edge(span, true));
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let parts = |c: Option<char>| {
        c.is_none_or(|c| {
            c.is_whitespace() || c.is_ascii_punctuation() || PUNCTUATION.contains(c)
        })
    };
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    signs.iter().copied().find(|sign| {
        let within = *sign != '_';
        !touches(*sign)
            && !is_space(first)
            && !is_space(last)
            && (within && is_word(first) || parts(before))
            && (within && is_word(last) || parts(after))
    })
}

/// The character at the edge of a part of a run, as it is written.
fn edge(span: &Span, is_first: bool) -> Option<char> {
    match span {
        Span::Text(text) if is_first => text.chars().next(),
        Span::Text(text) => text.chars().next_back(),
        Span::Break if is_first => Some('\\'),
        Span::Break => None,
        _ => Some('*'),
    }
}

/// Whether an address can stand in angle brackets.
fn is_autolink(address: &str) -> bool {
    let is_plain =
        |c: char| !c.is_whitespace() && !c.is_control() && c != '<' && c != '>';
    ["https://", "http://", "ftp://"].iter().any(|start| address.starts_with(start))
        && address.chars().all(is_plain)
}
