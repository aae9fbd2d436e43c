//! Shows faults to people and to programs.
//!
//! It decides what a fault looks like in each format, how much of a file is
//! shown around it, and which characters are never sent to a terminal as they
//! are. It does not decide what is a fault, and it reads no file itself: the
//! caller hands in how a file is read.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Padding, Renderer, Snippet,
};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity, Span};
use crate::json::{Value, json};

/// How many faults of one code are shown to a person.
const FAULTS: usize = 50;
/// How many places of one fault are shown to a person.
const PLACES: usize = 10;
/// How many characters of a line are shown.
const WINDOW: usize = 160;
/// How many characters are shown before the fault if the line is longer.
const LEAD: usize = 40;
/// How many characters of a message, a name or a note are shown.
const WORDS: usize = 400;
/// How many lines may lie between two places that are shown in one excerpt.
const NEAR: usize = 100;
/// How many files are kept in memory.
const FILES: usize = 8;
/// How many bytes of a file are counted together.
const BLOCK: usize = 1024;
/// Stands for a byte that is not text. It is one byte long too, so that the
/// bytes behind it keep their offsets.
const NO_TEXT: u8 = 0x1a;
/// Ends the true line and column of an excerpt. It cannot come from a file or
/// a message, where control characters are replaced.
const END_OF_PLACE: char = '\u{1}';

/// How faults are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// To a person, with the lines in question.
    Human,
    /// In one line each.
    Short,
    /// To a program, as JSON Lines.
    Json,
}

/// Reads a file that a place names, if it is still there.
type Read<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// Shows all faults: JSON to `out`, everything else to `err`, with escape
/// sequences for colour that [`stderr`] removes if it is not a terminal.
pub fn show(
    faults: &Diagnostics,
    format: Format,
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<()> {
    let mut files = Files { read, kept: Vec::new() };
    let sorted = faults.sorted();
    match format {
        Format::Human => show_human(&sorted, &mut files, err),
        Format::Short => sorted
            .iter()
            .try_for_each(|fault| writeln!(err, "{}", short(fault, &mut files))),
        Format::Json => sorted
            .iter()
            .try_for_each(|fault| writeln!(out, "{}", to_json(fault, &mut files))),
    }
}

/// How many errors and warnings there are: `2 errors, 1 warning`.
pub fn tally(faults: &Diagnostics) -> String {
    let counted =
        [Severity::Error, Severity::Warning].into_iter().filter_map(|severity| {
            let word = severity.as_str();
            match faults.count(severity) {
                0 => None,
                1 => Some(format!("1 {word}")),
                n => Some(format!("{n} {word}s")),
            }
        });
    let counted: Vec<_> = counted.collect();
    if counted.is_empty() { "no errors".to_owned() } else { counted.join(", ") }
}

/// The standard error, which takes colour only if it is a terminal that can
/// show it.
pub fn stderr() -> impl Write {
    anstream::stderr()
}

/// A text without escape sequences for colour.
pub fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

/// Shows faults to a person, and of each code not more than anybody reads.
fn show_human(
    sorted: &[&Diagnostic],
    files: &mut Files<'_>,
    err: &mut dyn Write,
) -> io::Result<()> {
    let mut counts = BTreeMap::<Code, usize>::new();
    for fault in sorted {
        let count = counts.entry(fault.code).or_default();
        *count += 1;
        if *count <= FAULTS {
            write!(err, "{}\n\n", human(fault, files))?;
        }
    }
    counts.retain(|_, count| *count > FAULTS);
    for (code, count) in &counts {
        let more = count - FAULTS;
        writeln!(err, "… and {more} more of [{code}]; --message-format json lists all")?;
    }
    if counts.is_empty() { Ok(()) } else { writeln!(err) }
}

/// A fault with the lines in question, without a line break at the end.
fn human(fault: &Diagnostic, files: &mut Files<'_>) -> String {
    let level = match fault.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(words(&fault.message)).id(fault.code.as_str());
    let mut elements = Vec::new();
    for excerpt in excerpts(fault.places.get(..PLACES).unwrap_or(&fault.places), files) {
        if elements.last().is_some_and(is_snippet) && matches!(excerpt, Excerpt::File(_))
        {
            elements.push(Element::Padding(Padding));
        }
        elements.push(excerpt.into_element());
    }
    let mut notes: Vec<_> =
        fault.notes.iter().map(|note| Level::NOTE.message(words(note))).collect();
    if let Some(more) = fault.places.len().checked_sub(PLACES).filter(|more| *more > 0) {
        let more = format!("{more} more places; --message-format json lists all");
        notes.push(Level::NOTE.message(more));
    }
    let hint = Level::HELP.with_name("hint");
    notes.extend(fault.hints.iter().map(|text| hint.clone().message(words(text))));
    if !notes.is_empty() && matches!(elements.last(), Some(Element::Origin(_))) {
        elements.push(Element::Padding(Padding));
    }
    elements.extend(notes.into_iter().map(Element::Message));
    let has_numbers = elements.iter().any(is_snippet);
    let group = Group::with_title(title).elements(elements);
    // A line is cut here and not by the renderer, whose width is out of reach.
    let rendered = Renderer::styled().term_width(100 * WINDOW).render(&[group]);
    // Where no line has a number, the renderer leaves no room for one.
    if has_numbers { with_true_places(&rendered) } else { rendered.replace('\n', "\n ") }
}

/// Whether an element shows lines of a file.
fn is_snippet(element: &Element<'_>) -> bool {
    matches!(element, Element::Cause(_))
}

/// Removes the line and column that the renderer has counted in an excerpt,
/// behind those that were counted in the file.
fn with_true_places(rendered: &str) -> String {
    let mut parts = rendered.split(END_OF_PLACE);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    text
}

/// Places that are shown together.
enum Excerpt {
    /// A file without any of its lines, with the word that stands beside it.
    File(String),
    /// Lines of one file, in the order of their places.
    Lines(Vec<Line>),
}

/// A line of a file, cut around a place in it.
struct Line {
    /// Where the place begins in the file.
    spot: Spot,
    /// The name of the file.
    file: Arc<str>,
    /// The part of the line that is shown.
    cut: Cut,
    /// The part that would be shown of the line before.
    above: String,
    /// Whether this is the place to mend.
    is_primary: bool,
    /// What is said beside it.
    label: Option<String>,
}

/// The part of a line that is shown.
struct Cut {
    /// The text, with nothing in it that would harm a terminal.
    text: String,
    /// The place in this text.
    range: Range<usize>,
    /// Whether the line is longer.
    is_part: bool,
}

/// What is shown of some places; those that are near each other in one file
/// share an excerpt.
fn excerpts(places: &[Place], files: &mut Files<'_>) -> Vec<Excerpt> {
    let mut excerpts = Vec::<Excerpt>::new();
    for (index, place) in places.iter().enumerate() {
        let Some((text, span)) = files.get(&place.file).zip(place.span) else {
            let label = place.label.iter().map(|label| format!(": {}", words(label)));
            excerpts.push(Excerpt::File(words(&place.file) + &label.collect::<String>()));
            continue;
        };
        let (start, end) = text.clamped(span);
        let spot = text.spot(start);
        let above = if spot.line > 1 {
            let above = text.spot(spot.line_start - 1);
            text.cut(&Spot { offset: above.line_start, column: 1, ..above }, 0).text
        } else {
            String::new()
        };
        let line = Line {
            cut: text.cut(&spot, end),
            spot,
            file: Arc::clone(&place.file),
            above,
            is_primary: index == 0,
            label: place.label.as_deref().map(words),
        };
        let near = excerpts.iter_mut().find_map(|excerpt| match excerpt {
            Excerpt::Lines(lines) if line.goes_with(lines) => Some(lines),
            _ => None,
        });
        match near {
            Some(lines) => lines.push(line),
            None => excerpts.push(Excerpt::Lines(vec![line])),
        }
    }
    excerpts
}

impl Line {
    /// Whether the line can be shown in one excerpt with these.
    fn goes_with(&self, lines: &[Self]) -> bool {
        let is_apart = |other: &Self| {
            other.spot.line != self.spot.line || !(other.cut.is_part || self.cut.is_part)
        };
        let is_near = |other: &Self| {
            other.file == self.file && other.spot.line.abs_diff(self.spot.line) <= NEAR
        };
        lines.first().is_some_and(is_near) && lines.iter().all(is_apart)
    }
}

impl Excerpt {
    /// The excerpt as the renderer takes it.
    fn into_element(self) -> Element<'static> {
        let mut lines = match self {
            Self::File(name) => return Origin::path(name).into(),
            Self::Lines(lines) => lines,
        };
        let place = lines.first().map_or_else(String::new, |line| {
            let (name, spot) = (words(&line.file), &line.spot);
            format!("{name}:{}:{}{END_OF_PLACE}", spot.line, spot.column)
        });
        lines.sort_by_key(|line| line.spot.line);
        let first = lines.first().map_or(1, |line| line.spot.line);
        let (mut source, mut begin, mut last) = (String::new(), 0, first);
        let mut annotations = Vec::new();
        for (index, line) in lines.into_iter().enumerate() {
            let gap = line.spot.line - last;
            if index == 0 || gap > 0 {
                // The renderer leaves out a gap of several lines, so what
                // stands in them does not matter.
                if gap == 2 {
                    source.push_str(&line.above);
                }
                source.push_str(&"\n".repeat(gap.saturating_sub(1)));
                begin = source.len();
                source.push_str(&line.cut.text);
                source.push('\n');
            }
            last = line.spot.line;
            let kind = if line.is_primary {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let range = begin + line.cut.range.start..begin + line.cut.range.end;
            annotations.push(kind.span(range).label(line.label));
        }
        Snippet::source(source)
            .line_start(first)
            .path(place)
            .annotations(annotations)
            .into()
    }
}

/// A fault in one line, for editors and for searching.
fn short(fault: &Diagnostic, files: &mut Files<'_>) -> String {
    let place = fault.places.first().map(|place| {
        let name = words(&place.file);
        let Some((text, span)) = files.get(&place.file).zip(place.span) else {
            return format!("{name}: ");
        };
        let spot = text.spot(text.clamped(span).0);
        format!("{name}:{}:{}: ", spot.line, spot.column)
    });
    let place = place.unwrap_or_default();
    let (severity, code) = (fault.severity.as_str(), fault.code);
    let message = words(&fault.message);
    let hints: Vec<_> = fault.hints.iter().map(|hint| words(hint)).collect();
    if hints.is_empty() {
        format!("{place}{severity}[{code}]: {message}")
    } else {
        format!("{place}{severity}[{code}]: {message} ({})", hints.join("; "))
    }
}

/// A fault as a line of JSON.
fn to_json(fault: &Diagnostic, files: &mut Files<'_>) -> String {
    let places: Vec<_> =
        fault.places.iter().map(|place| json_place(place, files)).collect();
    let object = json!({
        "severity": fault.severity.as_str(),
        "code": fault.code.as_str(),
        "message": fault.message,
        "places": places,
        "notes": fault.notes,
        "hints": fault.hints,
    });
    // Outside of strings JSON has only harmless characters, so that those
    // replaced here stand in strings.
    let mut line = String::new();
    for c in object.to_string().chars() {
        if is_harmful(c) {
            let escaped = format!("\\u{:04x}", u32::from(c));
            line.push_str(&escaped);
        } else {
            line.push(c);
        }
    }
    line
}

/// A place as JSON; what is not known is `null`.
fn json_place(place: &Place, files: &mut Files<'_>) -> Value {
    let ends = place.span.and_then(|span| {
        let text = files.get(&place.file)?;
        let (start, end) = text.clamped(span);
        Some((text.spot(start), text.spot(end)))
    });
    let (start, end) = ends.unzip();
    json!({
        "file": &*place.file,
        "line": start.as_ref().map(|spot| spot.line),
        "column": start.as_ref().map(|spot| spot.column),
        "end_line": end.as_ref().map(|spot| spot.line),
        "end_column": end.as_ref().map(|spot| spot.column),
        "start_byte": place.span.map(|span| span.start),
        "end_byte": place.span.map(|span| span.end),
        "label": place.label,
    })
}

/// Words as they are shown: in one line, not endless, and without characters
/// that would harm a terminal.
fn words(text: &str) -> String {
    let mut shown = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == WORDS {
            shown.push('…');
            break;
        }
        push_shown(&mut shown, c);
    }
    shown
}

/// Adds a character, or what is shown in its place.
fn push_shown(shown: &mut String, c: char) {
    match c {
        // The pictures of the control characters stand in the same order.
        '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(c))),
        '\u{7f}' => shown.push('\u{2421}'),
        _ if is_harmful(c) => shown.extend(c.escape_unicode()),
        _ => shown.push(c),
    }
}

/// Whether a character makes a terminal do something, or lets text appear
/// in another order than it has, or hides.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(
            c,
            '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
}

/// The files that were read last. Faults are sorted by file, so that few are
/// enough to read each file once.
struct Files<'a> {
    /// Reads a file.
    read: Read<'a>,
    /// The files with their names, the newest last; none if a file is gone.
    kept: Vec<(Arc<str>, Option<Text>)>,
}

impl Files<'_> {
    /// The text of a file, if it is still there.
    fn get(&mut self, file: &Arc<str>) -> Option<&Text> {
        let found = self.kept.iter().position(|(name, _)| name == file);
        let entry = if let Some(index) = found {
            self.kept.remove(index)
        } else {
            if self.kept.len() >= FILES {
                self.kept.remove(0);
            }
            (Arc::clone(file), (self.read)(file).map(Text::new))
        };
        self.kept.push(entry);
        self.kept.last().and_then(|(_, text)| text.as_ref())
    }
}

/// The text of a file, with enough counted in advance that a line and column
/// are found without going through all of it.
struct Text {
    /// The text; each byte that is none is replaced by [`NO_TEXT`].
    content: String,
    /// The length of the byte order mark.
    mark: usize,
    /// What lies before each [`BLOCK`] of bytes.
    blocks: Vec<Block>,
}

/// What lies before some byte of a file.
#[derive(Clone, Copy)]
struct Block {
    /// The number of characters.
    chars: usize,
    /// The number of line breaks.
    breaks: usize,
    /// Where the line begins that the byte stands in.
    line_start: usize,
}

/// A point in a file, as people count.
#[derive(Clone, Debug)]
struct Spot {
    /// The offset in bytes.
    offset: usize,
    /// The line, from 1.
    line: usize,
    /// The character in the line, from 1.
    column: usize,
    /// Where the line begins.
    line_start: usize,
}

impl Block {
    /// What lies before the byte behind these.
    fn after(mut self, bytes: &[u8], offset: usize) -> Self {
        for (index, byte) in (offset + 1..).zip(bytes) {
            // Every byte but those that continue a character begins one.
            self.chars += usize::from(byte & 0xc0 != 0x80);
            if *byte == b'\n' {
                self.breaks += 1;
                self.line_start = index;
            }
        }
        self
    }
}

impl Text {
    /// Takes a file's bytes and counts them.
    fn new(bytes: Vec<u8>) -> Self {
        let content = lossy(bytes);
        let mark =
            if content.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut block = Block { chars: 0, breaks: 0, line_start: mark };
        let mut blocks = vec![block];
        for (index, bytes) in content.as_bytes().chunks(BLOCK).enumerate() {
            block = block.after(bytes, index * BLOCK);
            blocks.push(block);
        }
        Self { content, mark, blocks }
    }

    /// The ends of a span, moved into the text and to whole characters.
    fn clamped(&self, span: Span) -> (usize, usize) {
        let Range { start, end } = span.range();
        let start = self.content.floor_char_boundary(start).max(self.mark);
        (start, self.content.ceil_char_boundary(end.min(self.content.len())).max(start))
    }

    /// The line and column of an offset in the text.
    fn spot(&self, offset: usize) -> Spot {
        let here = self.before(offset);
        let column = here.chars - self.before(here.line_start).chars + 1;
        Spot { offset, line: here.breaks + 1, column, line_start: here.line_start }
    }

    /// What lies before an offset.
    fn before(&self, offset: usize) -> Block {
        let index = offset / BLOCK;
        let none = Block { chars: 0, breaks: 0, line_start: self.mark };
        let block = self.blocks.get(index).copied().unwrap_or(none);
        let begin = index * BLOCK;
        block.after(self.content.as_bytes().get(begin..offset).unwrap_or_default(), begin)
    }

    /// The line of a spot, cut to a window around it, with the part up to
    /// `end` as its place.
    fn cut(&self, spot: &Spot, end: usize) -> Cut {
        let line = self.content.get(spot.line_start..).unwrap_or_default();
        let is_long = !line.chars().take(WINDOW + 1).any(|c| c == '\n')
            && line.chars().nth(WINDOW).is_some();
        let before = self.content.get(spot.line_start..spot.offset).unwrap_or_default();
        let lead = before.char_indices().rev().take(LEAD).last();
        let from = lead.map_or(spot.offset, |(index, _)| spot.line_start + index);
        let from = if is_long { from } else { spot.line_start };

        let mut text = String::new();
        if from > spot.line_start {
            text.push('…');
        }
        let (mut start, mut stop, mut is_ended) = (None, None, true);
        let rest = self.content.get(from..).unwrap_or_default();
        for (count, (index, c)) in rest.char_indices().enumerate() {
            let offset = from + index;
            let is_break =
                c == '\n' || rest.get(index..).is_some_and(|s| s.starts_with("\r\n"));
            if is_break || count == WINDOW {
                is_ended = is_break;
                break;
            }
            if offset == spot.offset {
                start = Some(text.len());
            }
            if offset == end {
                stop = Some(text.len());
            }
            match c {
                '\t' => text.push(c),
                _ if u32::from(c) == u32::from(NO_TEXT) => text.push('\u{fffd}'),
                _ => push_shown(&mut text, c),
            }
        }
        let start = start.unwrap_or(text.len());
        let stop = stop.unwrap_or(text.len()).max(start);
        if !is_ended {
            text.push('…');
        }
        Cut { range: start..stop, is_part: is_long, text }
    }
}

/// The bytes as text, with a replacement of the same length for each byte
/// that is none.
fn lossy(mut bytes: Vec<u8>) -> String {
    let mut begin = 0;
    while let Err(error) = std::str::from_utf8(bytes.get(begin..).unwrap_or_default()) {
        let bad = begin + error.valid_up_to();
        begin = error.error_len().map_or(bytes.len(), |length| bad + length);
        if let Some(bad) = bytes.get_mut(bad..begin) {
            bad.fill(NO_TEXT);
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// The faults in a format, as somebody without a terminal sees them.
    fn shown(faults: Vec<Diagnostic>, format: Format, files: &[(&str, &[u8])]) -> String {
        let mut list = Diagnostics::new();
        list.extend(faults);
        let read = |file: &str| {
            let found = files.iter().find(|(name, _)| *name == file);
            found.map(|(_, bytes)| bytes.to_vec())
        };
        let mut out = anstream::StripStream::new(Vec::new());
        let mut err = anstream::StripStream::new(Vec::new());
        show(&list, format, &read, &mut out, &mut err).unwrap();
        let mut bytes = out.into_inner();
        bytes.extend(err.into_inner());
        String::from_utf8(bytes).unwrap()
    }

    /// One fault as a person sees it, without the empty line behind it.
    fn one(fault: Diagnostic, files: &[(&str, &[u8])]) -> String {
        shown(vec![fault], Format::Human, files).trim_end().to_owned()
    }

    fn unknown_key(span: Range<usize>) -> Diagnostic {
        Diagnostic::error(Code::UnknownKey, "no key `x`").at(Place::span("a.md", span))
    }

    const RALLY: &[u8] = b"+++\ntitle = \"Day\"\ndate = 2019\nby-line = \"Ana\"\n+++\n";

    #[test]
    fn a_fault_is_shown_with_its_line_and_the_way_out() {
        let fault = Diagnostic::error(
            Code::UnknownKey,
            "front matter of an article has no key `by-line`",
        )
        .at(Place::span("content/2019/day.md", 30..37))
        .hint("write the name under `byline`");
        assert_eq!(
            one(fault, &[("content/2019/day.md", RALLY)]),
            "error[unknown-key]: front matter of an article has no key `by-line`\n \
             --> content/2019/day.md:4:1\n  |\n\
             4 | by-line = \"Ana\"\n  | ^^^^^^^\n  |\n  \
             = hint: write the name under `byline`"
        );
    }

    #[test]
    fn places_in_other_files_have_their_own_excerpts() {
        let fault = Diagnostic::error(Code::AddressTaken, "two articles claim /a/")
            .at(Place::span("a.md", 4..9).labeled("second claim"))
            .at(Place::span("b.md", 0..3).labeled("first claim"))
            .note("the first may be cited");
        assert_eq!(
            one(fault, &[("a.md", RALLY), ("b.md", b"+++\n")]),
            "error[address-taken]: two articles claim /a/\n \
             --> a.md:2:1\n  |\n2 | title = \"Day\"\n  | ^^^^^ second claim\n  |\n \
             ::: b.md:1:1\n  |\n1 | +++\n  | --- first claim\n  |\n  \
             = note: the first may be cited"
        );
    }

    #[test]
    fn places_near_each_other_share_an_excerpt() {
        let fault = Diagnostic::warning(Code::DuplicateKey, "a key is set twice")
            .at(Place::span("a.md", 30..37).labeled("again"))
            .at(Place::span("a.md", 4..9).labeled("first"))
            .at(Place::span("a.md", 46..49));
        assert_eq!(
            one(fault, &[("a.md", RALLY)]),
            "warning[duplicate-key]: a key is set twice\n \
             --> a.md:4:1\n  |\n\
             2 | title = \"Day\"\n  | ----- first\n\
             3 | date = 2019\n\
             4 | by-line = \"Ana\"\n  | ^^^^^^^ again\n\
             5 | +++\n  | ---"
        );
    }

    #[test]
    fn a_gap_between_places_is_left_out() {
        let text = b"one\ntwo\nthree\nfour\nfive\n";
        let fault = unknown_key(0..3).at(Place::span("a.md", 19..23));
        assert_eq!(
            one(fault, &[("a.md", text)]),
            "error[unknown-key]: no key `x`\n --> a.md:1:1\n  |\n\
             1 | one\n  | ^^^\n...\n5 | five\n  | ----"
        );
    }

    #[test]
    fn places_far_apart_are_shown_apart() {
        let text = [b"one\n".as_slice(), &b"\n".repeat(500), b"end"].concat();
        let fault = unknown_key(504..507).at(Place::span("a.md", 0..3));
        assert_eq!(
            one(fault, &[("a.md", &text)]),
            "error[unknown-key]: no key `x`\n   --> a.md:502:1\n    |\n\
             502 | end\n    | ^^^\n    |\n   ::: a.md:1:1\n    |\n  1 | one\n    | ---"
        );
    }

    #[test]
    fn a_file_that_is_gone_or_meant_as_a_whole_is_named() {
        let fault = unknown_key(0..3)
            .at(Place::file("b.md").labeled("the other"))
            .hint("write it");
        assert_eq!(
            one(fault, &[]),
            "error[unknown-key]: no key `x`\n --> a.md\n ::: b.md: the other\n  |\n  \
             = hint: write it"
        );
        let fault = Diagnostic::error(Code::ConfigMissing, "there is no `config.toml`")
            .hint("run `pressmark init`");
        assert_eq!(
            one(fault, &[]),
            "error[config-missing]: there is no `config.toml`\n  |\n  \
             = hint: run `pressmark init`"
        );
    }

    #[test]
    fn control_characters_do_nothing_to_a_terminal() {
        let hostile = "a\u{1b}[31m\n\r\0\u{202e}\u{9b}\u{7f}\u{2066}";
        let harmless = "a␛[31m␊␍␀\\u{202e}\\u{9b}␡\\u{2066}";
        let file = "k\u{1b}]0;\u{7}\u{202e}\tx\n";
        let fault = Diagnostic::error(Code::BadValue, hostile)
            .at(Place::span(hostile, 9..10).labeled(hostile))
            .note(hostile)
            .hint(hostile);
        let list = vec![fault];
        let files = [(hostile, file.as_bytes())];
        let human = shown(list.clone(), Format::Human, &files);
        assert_eq!(
            human,
            format!(
                "error[bad-value]: {harmless}\n --> {harmless}:1:8\n  |\n\
                 1 | k␛]0;␇\\u{{202e}}    x\n  |               ^^^^ {harmless}\n  |\n  \
                 = note: {harmless}\n  = hint: {harmless}\n\n"
            )
        );
        let short = shown(list.clone(), Format::Short, &files);
        assert_eq!(
            short,
            format!("{harmless}:1:8: error[bad-value]: {harmless} ({harmless})\n")
        );
        let json = shown(list, Format::Json, &files);
        assert!(!json.trim_end().chars().any(is_harmful), "{json}");
        let value: Value = json.parse().unwrap();
        assert_eq!(value["message"], hostile);
    }

    #[test]
    fn only_the_renderer_sends_escape_sequences() {
        let mut faults = Diagnostics::new();
        faults.push(unknown_key(0..1).note("\u{1b}[5m"));
        let mut err = Vec::new();
        let read = |_: &str| Some(b"\x1b[7m".to_vec());
        show(&faults, Format::Human, &read, &mut Vec::new(), &mut err).unwrap();
        let err = String::from_utf8(err).unwrap();
        assert!(err.contains("\u{1b}[") && err.contains('␛'));
        assert!(!err.contains("\u{1b}[5m") && !err.contains("\u{1b}[7m"));
    }

    #[test]
    fn bytes_that_are_not_text_are_shown_and_counted() {
        let text = b"ok\n\xff\xe2\x82 key\xc3";
        assert_eq!(
            one(unknown_key(7..10), &[("a.md", text)]),
            "error[unknown-key]: no key `x`\n --> a.md:2:5\n  |\n\
             2 | \u{fffd}\u{fffd}\u{fffd} key\u{fffd}\n  |     ^^^"
        );
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_are_not_counted() {
        let text = "\u{feff}aé x\r\nb y\r\n".as_bytes();
        assert_eq!(
            one(unknown_key(7..8), &[("a.md", text)]),
            "error[unknown-key]: no key `x`\n --> a.md:1:4\n  |\n1 | aé x\n  |    ^"
        );
        assert_eq!(
            one(unknown_key(12..15), &[("a.md", text)]),
            "error[unknown-key]: no key `x`\n --> a.md:2:3\n  |\n2 | b y\n  |   ^"
        );
        assert!(one(unknown_key(0..0), &[("a.md", text)]).contains("a.md:1:1\n"));
    }

    #[test]
    fn a_span_of_several_lines_shows_its_first_line() {
        assert_eq!(
            one(unknown_key(12..40), &[("a.md", RALLY)]),
            "error[unknown-key]: no key `x`\n --> a.md:2:9\n  |\n\
             2 | title = \"Day\"\n  |         ^^^^^"
        );
    }

    #[test]
    fn spans_past_the_end_or_inside_a_character_are_moved() {
        let ends =
            |span, text: &str| one(unknown_key(span), &[("a.md", text.as_bytes())]);
        assert!(ends(90..95, "one\n").ends_with("a.md:2:1\n  |\n2 |\n  | ^"));
        assert!(ends(90..95, "one").ends_with("a.md:1:4\n  |\n1 | one\n  |    ^"));
        assert!(ends(1..2, "").ends_with("a.md:1:1\n  |\n1 |\n  | ^"));
        assert!(ends(2..3, "aé x").ends_with("a.md:1:2\n  |\n1 | aé x\n  |  ^"));
        let backwards = Span { start: 3, end: 1 };
        let fault =
            Diagnostic::error(Code::BadDate, "x").at(Place::span("a.md", backwards));
        assert!(one(fault, &[("a.md", b"one two")]).ends_with("1 | one two\n  |    ^"));
    }

    #[test]
    fn every_span_of_a_hostile_file_is_shown() {
        let text = "\u{feff}\r\n\n\t漢e\u{301}\u{202e}\r\r\nx\u{1}\n\0".as_bytes();
        for start in 0..=text.len() + 1 {
            for end in 0..=text.len() + 1 {
                let fault = unknown_key(start..end).at(Place::span("a.md", end..start));
                assert!(one(fault, &[("a.md", text)]).contains(" --> a.md:"));
            }
        }
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = ["é".repeat(300), "KEY".to_owned(), "z".repeat(300)].concat();
        let shown = one(unknown_key(600..603), &[("a.md", text.as_bytes())]);
        let expected = format!(
            "error[unknown-key]: no key `x`\n --> a.md:1:301\n  |\n\
             1 | …{}KEY{}…\n  | {}^^^",
            "é".repeat(LEAD),
            "z".repeat(WINDOW - LEAD - 3),
            " ".repeat(LEAD + 1),
        );
        assert_eq!(shown, expected);
        let whole = one(unknown_key(0..903), &[("a.md", text.as_bytes())]);
        assert!(whole.ends_with(&format!("| {}", "^".repeat(WINDOW))));
    }

    #[test]
    fn two_places_in_a_long_line_are_shown_apart() {
        let text = "z".repeat(1000);
        let fault = unknown_key(10..12).at(Place::span("a.md", 900..902));
        let shown = one(fault, &[("a.md", text.as_bytes())]);
        assert!(
            shown.contains(" --> a.md:1:11\n") && shown.contains(" ::: a.md:1:901\n")
        );
    }

    #[test]
    fn many_faults_in_a_huge_line_are_found_in_no_time() {
        let text = "é".repeat(2_000_000);
        let faults = (0..20_000).map(|n| unknown_key(n * 200..n * 200 + 2)).collect();
        let shown = shown(faults, Format::Short, &[("a.md", text.as_bytes())]);
        let last = shown.lines().last().unwrap();
        assert_eq!(last, "a.md:1:1999901: error[unknown-key]: no key `x`");
    }

    #[test]
    fn a_file_is_read_once() {
        let log = RefCell::new(Vec::new());
        let mut faults = Diagnostics::new();
        for n in 0..60 {
            let name = if n % 2 == 0 { "a.md" } else { "b.md" };
            faults.push(
                Diagnostic::error(Code::BadDate, "x").at(Place::span(name, n..n + 1)),
            );
        }
        let read = |file: &str| {
            log.borrow_mut().push(file.to_owned());
            (file == "a.md").then(|| b"text\n".repeat(9))
        };
        show(&faults, Format::Human, &read, &mut io::sink(), &mut io::sink()).unwrap();
        assert_eq!(*log.borrow(), ["a.md", "b.md"]);
    }

    #[test]
    fn no_more_of_one_code_is_shown_than_anybody_reads() {
        let mut faults: Vec<_> = (0..FAULTS + 7).map(|n| unknown_key(n..n)).collect();
        faults.push(
            Diagnostic::warning(Code::MissingAlt, "no text").at(Place::file("z.md")),
        );
        let human = shown(faults.clone(), Format::Human, &[]);
        assert_eq!(human.matches("error[").count(), FAULTS);
        assert!(human.ends_with(
            "warning[missing-alt]: no text\n --> z.md\n\n\
             … and 7 more of [unknown-key]; --message-format json lists all\n\n"
        ));
        assert_eq!(shown(faults, Format::Json, &[]).lines().count(), FAULTS + 8);
    }

    #[test]
    fn no_more_places_are_shown_than_anybody_reads() {
        let fault = (0..20).fold(Diagnostic::error(Code::NameTaken, "x"), |fault, n| {
            fault.at(Place::span("a.md", n..n + 1))
        });
        let shown = one(fault, &[("a.md", &b"x".repeat(30))]);
        assert!(shown.contains("| ^---------\n"), "{shown}");
        assert!(
            shown.ends_with("= note: 10 more places; --message-format json lists all")
        );
    }

    #[test]
    fn the_short_format_has_one_line_for_each() {
        let faults = vec![
            unknown_key(30..37).hint("write `byline`").hint("or leave it out"),
            Diagnostic::warning(Code::StrayFile, "stray").at(Place::file("b.md")),
            Diagnostic::error(Code::ConfigMissing, "no settings"),
        ];
        assert_eq!(
            shown(faults, Format::Short, &[("a.md", RALLY)]),
            "error[config-missing]: no settings\n\
             a.md:4:1: error[unknown-key]: no key `x` (write `byline`; or leave it out)\n\
             b.md: warning[stray-file]: stray\n"
        );
    }

    #[test]
    fn json_has_all_that_is_known() {
        let fault = unknown_key(4..12)
            .at(Place::file("b.md").labeled("here"))
            .note("n")
            .hint("h");
        let json =
            shown(vec![fault], Format::Json, &[("a.md", "é\r\né = 漢\n".as_bytes())]);
        assert!(json.ends_with("}\n"));
        assert_eq!(
            json.parse::<Value>().unwrap(),
            json!({
                "severity": "error",
                "code": "unknown-key",
                "message": "no key `x`",
                "places": [
                    {
                        "file": "a.md", "label": null, "start_byte": 4, "end_byte": 12,
                        "line": 2, "column": 1, "end_line": 2, "end_column": 6,
                    },
                    {
                        "file": "b.md", "label": "here", "start_byte": null, "end_byte": null,
                        "line": null, "column": null, "end_line": null, "end_column": null,
                    },
                ],
                "notes": ["n"],
                "hints": ["h"],
            })
        );
    }

    #[test]
    fn the_tally_counts_errors_and_warnings() {
        let mut faults = Diagnostics::new();
        assert_eq!(tally(&faults), "no errors");
        faults.push(Diagnostic::warning(Code::MissingAlt, "x"));
        assert_eq!(tally(&faults), "1 warning");
        faults.push(Diagnostic::error(Code::BadDate, "x"));
        assert_eq!(tally(&faults), "1 error, 1 warning");
        faults.push(Diagnostic::error(Code::BadDate, "x"));
        assert_eq!(tally(&faults), "2 errors, 1 warning");
    }
}
