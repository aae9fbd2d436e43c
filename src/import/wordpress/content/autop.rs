//! Makes paragraphs of classic WordPress text: a blank line parts paragraphs,
//! a single line break stays a line break.
//!
//! What stands here is decided by what WordPress shows: the output is that of
//! its own function, byte for byte, also where that is odd. It works on text,
//! not on a tree. Shortcodes, blocks and what the elements mean are not known
//! here. Each pass goes over the text once.

/// Elements that stand in no paragraph.
const BLOCKS: [&str; 47] = [
    "address",
    "area",
    "article",
    "aside",
    "blockquote",
    "caption",
    "colgroup",
    "col",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "map",
    "math",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "thead",
    "th",
    "tr",
    "ul",
];

/// Elements before whose tags a line break is left out.
const UNBROKEN: [&str; 9] = ["p", "li", "div", "dl", "dd", "dt", "th", "td", "ul"];

/// Elements of which the line breaks inside are kept as they are.
const KEPT: [&str; 4] = ["script", "style", "svg", "math"];

/// Stands for a line break inside a tag or comment. It cannot be in HTML text.
const HELD_IN_TAG: char = '\u{fdd1}';

/// Stands for a line break inside one of [`KEPT`].
const HELD_IN_KEPT: char = '\u{fdd2}';

/// Begins and ends the mark of text that was put aside.
const ASIDE: char = '\u{fdd3}';

/// Makes paragraphs of a classic text.
pub fn autop(text: &str) -> String {
    if text.chars().all(is_space) {
        return String::new();
    }
    let plain: String =
        text.chars().filter(|c| !('\u{fdd1}'..='\u{fdd3}').contains(c)).collect();
    let mut aside = Vec::new();
    let text = put_aside(&format!("{plain}\n"), &mut aside);
    let text = part_at_breaks(&text);
    let text = part_at_blocks(&text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = hold_breaks_of_tags(&text);
    let text = tighten(&text);
    let text = paragraphs(&text);
    let text = tidy(&text);
    let text = break_lines(&text);
    let text = bring_back(&text, &aside);
    release(&text)
}

/// Whether the function of WordPress takes a character for white space.
fn is_space(c: char) -> bool {
    c != '\u{85}' && (c.is_whitespace() || c == '\u{feff}')
}

/// A text without the white space that it begins with.
fn trim_start(text: &str) -> &str {
    text.trim_start_matches(is_space)
}

/// Takes the white space from the end of a text.
fn trim_end(text: &mut String) {
    text.truncate(text.trim_end_matches(is_space).len());
}

/// What stands in a text from a place on.
fn from(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// Goes from one mark to the next and lets `change` take what begins there:
/// it writes what shall stand instead, and says how much it took, or nothing.
fn rewrite(
    text: &str,
    mark: char,
    mut change: impl FnMut(usize, &mut String) -> Option<usize>,
) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut at = 0;
    while let Some(found) = from(text, at).find(mark) {
        let start = at + found;
        out.push_str(text.get(at..start).unwrap_or_default());
        at = if let Some(taken) = change(start, &mut out) {
            start + taken
        } else {
            out.push(mark);
            start + mark.len_utf8()
        };
    }
    out.push_str(from(text, at));
    out
}

/// Finds the ends of tags, without looking for the same end twice.
struct Ends<'a> {
    /// The text.
    text: &'a str,
    /// The end that was found last.
    known: usize,
}

impl<'a> Ends<'a> {
    /// For the tags of a text.
    fn new(text: &'a str) -> Self {
        Self { text, known: 0 }
    }

    /// How long what begins at a place is up to its `>`, or up to a line break
    /// that is held; nothing if neither comes any more.
    fn length(&mut self, start: usize) -> Option<usize> {
        if self.known <= start {
            let found = from(self.text, start).find(['>', HELD_IN_TAG]);
            self.known = found.map_or(usize::MAX, |found| start + found);
        }
        let end = (self.known != usize::MAX).then_some(self.known)?;
        let width = from(self.text, end).chars().next().map_or(1, char::len_utf8);
        Some(end + width - start)
    }

    /// How long a tag is that begins with one of these names, or with more
    /// than the name.
    fn tag(&mut self, start: usize, names: &[&str], way: Way) -> Option<usize> {
        let rest = from(self.text, start).strip_prefix('<')?;
        let closing = rest.strip_prefix('/');
        let name = match (way, closing) {
            (Way::Opening, _) | (Way::Both, None) => rest,
            (Way::Both, Some(closing)) => closing,
        };
        names.iter().any(|own| name.starts_with(own)).then(|| self.length(start))?
    }
}

/// Which tags are meant.
#[derive(Clone, Copy)]
enum Way {
    /// Those that begin an element.
    Opening,
    /// Those that begin or end one.
    Both,
}

/// Puts preformatted text aside, and an empty element in its place.
fn put_aside(text: &str, aside: &mut Vec<String>) -> String {
    if !text.contains("<pre") {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut parts: Vec<&str> = text.split("</pre>").collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match part.split_once("<pre") {
            None => out.push_str(part),
            Some((before, inside)) => {
                out.push_str(before);
                out.push_str(&mark(aside.len()));
                aside.push(format!("<pre{inside}</pre>"));
            }
        }
    }
    out + last
}

/// What stands for a text that was put aside.
fn mark(number: usize) -> String {
    format!("<pre {ASIDE}{number}{ASIDE}></pre>")
}

/// Puts back what was put aside.
fn bring_back(text: &str, aside: &[String]) -> String {
    if aside.is_empty() {
        return text.to_owned();
    }
    let begin = format!("<pre {ASIDE}");
    let end = format!("{ASIDE}></pre>");
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split(begin.as_str());
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (number, rest) = part.split_once(end.as_str()).unwrap_or(("", part));
        let held = number.parse().ok().and_then(|number: usize| aside.get(number));
        out.push_str(held.map_or("", String::as_str));
        out.push_str(rest);
    }
    out
}

/// Two line break elements, one after the other, part paragraphs.
fn part_at_breaks(text: &str) -> String {
    rewrite(text, '<', |start, out| {
        let first = break_length(from(text, start))?;
        let rest = from(text, start + first);
        let second = trim_start(rest);
        let length = break_length(second)?;
        out.push_str("\n\n");
        Some(first + rest.len() - second.len() + length)
    })
}

/// How long the line break element is that a text begins with.
fn break_length(text: &str) -> Option<usize> {
    let rest = trim_start(text.strip_prefix("<br")?);
    let rest = rest.strip_prefix('/').unwrap_or(rest).strip_prefix('>')?;
    Some(text.len() - rest.len())
}

/// Blank lines before each block begins and after it ends.
fn part_at_blocks(text: &str) -> String {
    rewrite(text, '<', |start, out| {
        let rest = from(text, start + 1);
        if let Some(rest) = rest.strip_prefix('/') {
            let fits = |name: &&&str| {
                rest.strip_prefix(**name).is_some_and(|rest| rest.starts_with('>'))
            };
            let name = BLOCKS.iter().find(fits)?;
            out.push_str("</");
            out.push_str(name);
            out.push_str(">\n\n");
            return Some(name.len() + 3);
        }
        let ends = |rest: &str| rest.starts_with(|c| is_space(c) || c == '/' || c == '>');
        let fits = |name: &&&str| rest.strip_prefix(**name).is_some_and(ends);
        BLOCKS.iter().find(fits)?;
        out.push_str("\n\n<");
        Some(1)
    })
}

/// Line breaks inside tags and comments are no line breaks of the text.
fn hold_breaks_of_tags(text: &str) -> String {
    rewrite(text, '<', |start, out| {
        let rest = from(text, start);
        let length = markup_length(rest);
        for c in rest.get(..length).unwrap_or_default().chars() {
            match c {
                '\n' => out.extend([' ', HELD_IN_TAG, ' ']),
                c => out.push(c),
            }
        }
        Some(length)
    })
}

/// How long the tag, comment or section is that a text begins with.
fn markup_length(text: &str) -> usize {
    let up_to = |skip: usize, close: &str| {
        let found = from(text, skip).find(close);
        found.map_or(text.len(), |found| skip + found + close.len())
    };
    if text.starts_with("<!--") {
        // The marks of a comment may share their lines.
        return up_to(2, "-->");
    }
    if text.starts_with("<![CDATA[") {
        // A section ends before its first bracket, whether it closes or not.
        let end = up_to(9, "]");
        let bracket = end.saturating_sub(1);
        return match (text.ends_with(']') || end < text.len(), from(text, bracket)) {
            (_, rest) if rest.starts_with("]]>") => bracket + 3,
            (true, _) => bracket,
            (false, _) => end,
        };
    }
    up_to(1, ">")
}

/// Puts line breaks back into tags and comments, each for its mark and the
/// white space beside it.
fn release(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split(HELD_IN_TAG).enumerate().peekable();
    while let Some((number, part)) = parts.next() {
        let part = match number {
            0 => part,
            _ => part.strip_prefix(is_space).unwrap_or(part),
        };
        if parts.peek().is_some() {
            out.push_str(part.strip_suffix(is_space).unwrap_or(part));
            out.push('\n');
        } else {
            out.push_str(part);
        }
    }
    out
}

/// Takes away white space around what is no text: options, the parts of
/// objects and recordings, captions.
fn tighten(text: &str) -> String {
    let mut text = text.to_owned();
    if text.contains("<option") {
        text = tighten_tags(&text, |text, _, start| {
            let (option, end) = ("<option", "</option>");
            let rest = from(text, start);
            match (rest.starts_with(option), rest.starts_with(end)) {
                (true, _) => Some((option.len(), Side::Before)),
                (_, true) => Some((end.len(), Side::After)),
                _ => None,
            }
        });
    }
    if text.contains("</object>") {
        text = tighten_pair(&text, "object");
        text = tighten_tags(&text, |_, ends, start| {
            Some((ends.tag(start, &["param", "embed"], Way::Both)?, Side::Both))
        });
    }
    if text.contains("<source") || text.contains("<track") {
        text = tighten_recordings(&text);
        text = tighten_tags(&text, |_, ends, start| {
            Some((ends.tag(start, &["source", "track"], Way::Opening)?, Side::Both))
        });
    }
    if text.contains("<figcaption") {
        text = tighten_tags(&text, |text, ends, start| {
            if from(text, start).starts_with("</figcaption>") {
                return Some(("</figcaption>".len(), Side::After));
            }
            Some((ends.tag(start, &["figcaption"], Way::Opening)?, Side::Before))
        });
    }
    text
}

/// At which side of a tag white space is taken away.
enum Side {
    /// Before it.
    Before,
    /// Behind it.
    After,
    /// At both sides.
    Both,
}

/// Takes away white space beside the tags that `which` knows; it says how long
/// the tag is.
fn tighten_tags(
    text: &str,
    which: impl Fn(&str, &mut Ends<'_>, usize) -> Option<(usize, Side)>,
) -> String {
    let mut ends = Ends::new(text);
    rewrite(text, '<', |start, out| {
        let (length, side) = which(text, &mut ends, start)?;
        if !matches!(side, Side::After) {
            trim_end(out);
        }
        out.push_str(text.get(start..start + length).unwrap_or_default());
        let rest = from(text, start + length);
        let blank = match side {
            Side::Before => 0,
            Side::After | Side::Both => rest.len() - trim_start(rest).len(),
        };
        Some(length + blank)
    })
}

/// Takes away white space behind the beginning of an element and before its end.
fn tighten_pair(text: &str, name: &str) -> String {
    tighten_tags(text, |text, ends, start| {
        let closing = from(text, start).strip_prefix("</");
        let closing = closing.and_then(|rest| rest.strip_prefix(name));
        if closing.is_some_and(|rest| rest.starts_with('>')) {
            return Some((name.len() + 3, Side::Before));
        }
        Some((ends.tag(start, &[name], Way::Opening)?, Side::After))
    })
}

/// The same for recordings, of which the tags may be those of shortcodes.
fn tighten_recordings(text: &str) -> String {
    let mut out = text.to_owned();
    for open in ['<', '['] {
        let text = out;
        out = rewrite(&text, open, |start, out| {
            let rest = from(&text, start + 1);
            let name = |rest: &str| {
                let names = ["audio", "video"];
                names.iter().any(|name| rest.starts_with(name))
            };
            if let Some(closing) = rest.strip_prefix('/') {
                let end = closing.get(5..).filter(|_| name(closing))?;
                end.starts_with([']', '>']).then(|| trim_end(out))?;
                out.push_str(text.get(start..start + 8)?);
                return Some(8);
            }
            let end = name(rest).then(|| rest.find([']', '>', HELD_IN_TAG]))??;
            let end = start + 1 + end;
            let width = from(&text, end).chars().next().map_or(1, char::len_utf8);
            out.push_str(text.get(start..end + width)?);
            let rest = from(&text, end + width);
            Some(end + width - start + rest.len() - trim_start(rest).len())
        });
    }
    out
}

/// Parts the text at blank lines.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut tell = |part: &str| {
        if !part.is_empty() {
            out.push_str("<p>");
            out.push_str(part.trim_matches('\n'));
            out.push_str("</p>\n");
        }
    };
    let (mut begin, mut at) = (0, 0);
    while let Some(found) = from(text, at).find('\n') {
        let line = at + found;
        let rest = from(text, line);
        let blank = rest.get(..rest.len() - trim_start(rest).len()).unwrap_or_default();
        match blank.rfind('\n') {
            Some(last) if last > 0 => {
                tell(text.get(begin..line).unwrap_or_default());
                at = line + last + 1;
                begin = at;
            }
            _ => at = line + blank.len().max(1),
        }
    }
    tell(from(text, begin));
    out
}

/// Takes away the paragraphs that were put where none can be.
fn tidy(text: &str) -> String {
    let text = drop_empty(text);
    let text = end_before_close(&text);
    let text = unwrap_lone_blocks(&text);
    let text = unwrap_items(&text);
    let text = enter_quotes(&text);
    let text = drop_starts(&text);
    drop_ends(&text)
}

/// Drops paragraphs that hold nothing.
fn drop_empty(text: &str) -> String {
    rewrite(text, '<', |start, _| {
        let rest = from(text, start);
        let end = trim_start(rest.strip_prefix("<p>")?).strip_prefix("</p>")?;
        Some(rest.len() - end.len())
    })
}

/// Ends a paragraph of mere text before the container that ends after it.
fn end_before_close(text: &str) -> String {
    rewrite(text, '<', |start, out| {
        let rest = from(text, start).strip_prefix("<p>")?;
        let length = rest.find(['<', HELD_IN_TAG]).filter(|&length| length > 0)?;
        let inside = rest.get(..length)?;
        let close = from(rest, length).strip_prefix("</")?;
        let name = ["div", "address", "form"].into_iter().find(|name| {
            close.strip_prefix(name).is_some_and(|rest| rest.starts_with('>'))
        })?;
        out.push_str(&format!("<p>{inside}</p></{name}>"));
        Some(3 + length + name.len() + 3)
    })
}

/// Takes a tag of a block out of the paragraph that holds nothing else.
fn unwrap_lone_blocks(text: &str) -> String {
    let mut ends = Ends::new(text);
    rewrite(text, '<', |start, out| {
        let rest = from(text, start);
        let inside = trim_start(rest.strip_prefix("<p>")?);
        let begin = start + rest.len() - inside.len();
        let length = ends.tag(begin, &BLOCKS, Way::Both)?;
        let end = trim_start(from(inside, length)).strip_prefix("</p>")?;
        out.push_str(inside.get(..length)?);
        Some(rest.len() - end.len())
    })
}

/// Takes a list item out of its paragraph.
fn unwrap_items(text: &str) -> String {
    rewrite(text, '<', |start, out| {
        let rest = from(text, start).strip_prefix("<p>")?;
        let after = rest.strip_prefix("<li")?;
        let line = after.split(['\n', '\r', '\u{2028}', '\u{2029}']).next()?;
        let first = line.chars().next()?.len_utf8();
        let length = 3 + first + line.get(first..)?.find("</p>")?;
        out.push_str(rest.get(..length)?);
        Some(3 + length + 4)
    })
}

/// A paragraph stands inside a quotation, not around it.
fn enter_quotes(text: &str) -> String {
    let mut ends = Ends::new(text);
    let text = rewrite(text, '<', |start, out| {
        from(text, start).strip_prefix("<p><blockquote")?;
        // A line break that is held ends the tag with a `>` of its own.
        let length = ends.length(start + 3)?;
        out.push_str(text.get(start + 3..start + 3 + length)?);
        out.push_str("<p>");
        Some(3 + length)
    });
    text.replace("</blockquote></p>", "</p></blockquote>")
}

/// Drops the beginning of a paragraph before a tag of a block.
fn drop_starts(text: &str) -> String {
    let mut ends = Ends::new(text);
    rewrite(text, '<', |start, out| {
        let rest = from(text, start);
        let inside = trim_start(rest.strip_prefix("<p>")?);
        let begin = start + rest.len() - inside.len();
        let length = ends.tag(begin, &BLOCKS, Way::Both)?;
        out.push_str(inside.get(..length)?);
        Some(begin - start + length)
    })
}

/// Drops the end of a paragraph behind a tag of a block.
fn drop_ends(text: &str) -> String {
    drop_behind_blocks(text, "</p>")
}

/// Drops something that stands behind a tag of a block.
fn drop_behind_blocks(text: &str, what: &str) -> String {
    let mut ends = Ends::new(text);
    rewrite(text, '<', |start, out| {
        let length = ends.tag(start, &BLOCKS, Way::Both)?;
        let rest = from(text, start + length);
        let end = trim_start(rest).strip_prefix(what)?;
        out.push_str(text.get(start..start + length)?);
        Some(length + rest.len() - end.len())
    })
}

/// Makes line breaks of the ends of lines.
fn break_lines(text: &str) -> String {
    let text = hold_breaks_of_kept(text);
    let text = text.replace("<br>", "<br />").replace("<br/>", "<br />");
    let text = insert_breaks(&text).replace(HELD_IN_KEPT, "\n");
    let text = drop_behind_blocks(&text, "<br />");
    let mut ends = Ends::new(&text);
    let mut names = UNBROKEN.to_vec();
    names.push("pre");
    names.push("ol");
    let text = rewrite(&text, '<', |start, out| {
        let rest = from(&text, start).strip_prefix("<br />")?;
        let tag = trim_start(rest);
        let begin = start + 6 + rest.len() - tag.len();
        let length = ends.tag(begin, &names, Way::Both)?;
        out.push_str(text.get(start + 6..begin + length)?);
        Some(begin + length - start)
    });
    match text.strip_suffix("\n</p>") {
        Some(before) => format!("{before}</p>"),
        None => text,
    }
}

/// Holds the line breaks inside elements that keep them.
fn hold_breaks_of_kept(text: &str) -> String {
    let mut gone = [false; KEPT.len()];
    rewrite(text, '<', |start, out| {
        let rest = from(text, start + 1);
        let number = KEPT.iter().position(|name| rest.starts_with(name))?;
        let (name, gone) = (KEPT.get(number)?, gone.get_mut(number)?);
        if *gone {
            return None;
        }
        let close = format!("</{name}>");
        let Some(found) = from(rest, name.len()).find(&close) else {
            *gone = true;
            return None;
        };
        let length = 1 + name.len() + found + close.len();
        let kept = text.get(start..start + length)?;
        out.extend(kept.chars().map(|c| if c == '\n' { HELD_IN_KEPT } else { c }));
        Some(length)
    })
}

/// Puts a line break element before the end of each line that has none.
fn insert_breaks(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some(found) = rest.find('\n') {
        let before = rest.get(..found).unwrap_or_default();
        let text = before.trim_end_matches(is_space);
        let after = rest.get(found..).unwrap_or_default();
        let blank =
            after.get(..after.len() - trim_start(after).len()).unwrap_or_default();
        let last = found + blank.rfind('\n').unwrap_or_default() + 1;
        if text.ends_with("<br />") {
            out.push_str(rest.get(..last).unwrap_or_default());
        } else {
            out.push_str(text);
            out.push_str("<br />\n");
        }
        rest = rest.get(last..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}
