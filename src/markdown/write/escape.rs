//! Escapes text where Markdown would read it as something else, and nowhere
//! else.

/// Where a text stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// The character before it; nothing at the beginning of a line.
    pub(super) before: Option<char>,
    /// Whether nothing follows it in its block or line.
    pub(super) is_last: bool,
    /// What the text stands in.
    pub(super) within: Within,
    /// Whether a link follows.
    pub(super) is_link_next: bool,
}

/// What a text stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Within {
    /// What sort of block it is.
    pub(super) block: Sort,
    /// Whether it is the text of a link or of a picture.
    pub(super) is_link: bool,
    /// Whether everything is escaped that can be.
    pub(super) is_careful: bool,
    /// How many signs of emphasis its run has.
    pub(super) signs: Signs,
}

/// Whether a run has so many signs of emphasis that two may be a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// How many asterisks, underscores and tildes there are; of marks that are
    /// written with signs, as many as make a pair.
    pub(super) counts: [u8; 3],
}

impl Signs {
    /// Whether a sign is the only one of its sort.
    fn is_lone(self, sign: u8) -> bool {
        let [stars, underscores, tildes] = self.counts;
        let count = match sign {
            b'*' => stars,
            b'_' => underscores,
            _ => tildes,
        };
        count < 2
    }

    /// Counts the signs of a text.
    pub(super) fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            let [stars, underscores, tildes] = &mut self.counts;
            let count = match byte {
                b'*' => stars,
                b'_' => underscores,
                b'~' => tildes,
                _ => continue,
            };
            *count = count.saturating_add(1);
        }
    }
}

/// What sort of block a text stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sort {
    /// One that may have several lines.
    #[default]
    Lines,
    /// A heading.
    Heading,
    /// A cell of a table.
    Cell,
}

/// The most digits of the number of an item.
const MOST_DIGITS: usize = 9;

/// Space at which no line is broken, and which is not folded.
const HARD: char = '\u{a0}';

/// The longest name of a reference to a character.
const LONGEST_REFERENCE: usize = 40;

/// Writes a text.
pub(super) fn push(out: &mut String, text: &str, place: Place) {
    let mut from = 0;
    if place.before.is_none()
        && place.within.block == Sort::Lines
        && let Some(at) = line_start(text, place.within.signs)
    {
        out.push_str(text.get(..at).unwrap_or_default());
        out.push('\\');
        // What is escaped is one character of ASCII.
        out.push_str(text.get(at..=at).unwrap_or_default());
        from = at + 1;
    }
    let bytes = text.as_bytes();
    let rest = bytes.get(from..).unwrap_or_default();
    let marks = rest.iter().enumerate().filter(|(_, byte)| is_mark(**byte, place.within));
    for (at, byte) in marks {
        let at = from_start(bytes, rest, at);
        if needs_escape(text, at, *byte, place) {
            out.push_str(text.get(from..at).unwrap_or_default());
            if *byte == b'}' && place.within.block == Sort::Heading {
                // Escaped or not, a brace would end the id of the heading.
                out.push_str("&#125;");
            } else {
                out.push('\\');
                out.push(char::from(*byte));
            }
            from = at + 1;
        }
    }
    let tail = text.get(from..).unwrap_or_default();
    push_edges(out, tail, place, from == 0);
}

/// Where something stands in a text that stands there in the rest of it.
fn from_start(bytes: &[u8], rest: &[u8], at: usize) -> usize {
    bytes.len() - rest.len() + at
}

/// Writes the end of a text; space that cannot be folded is written as a
/// reference where it stands at the edge of a line.
fn push_edges(out: &mut String, tail: &str, place: Place, is_whole: bool) {
    let body = if is_whole && place.before.is_none() {
        let body = tail.trim_start_matches(HARD);
        let n = (tail.len() - body.len()) / HARD.len_utf8();
        out.push_str(&"&nbsp;".repeat(n));
        body
    } else {
        tail
    };
    if place.is_last && body.ends_with(HARD) {
        let inner = body.trim_end_matches(HARD);
        let n = (body.len() - inner.len()) / HARD.len_utf8();
        out.push_str(inner);
        out.push_str(&"&nbsp;".repeat(n));
    } else {
        out.push_str(body);
    }
}

/// Whether a byte may be read as a mark.
fn is_mark(byte: u8, within: Within) -> bool {
    matches!(
        byte,
        b'\\'
            | b'`'
            | b'*'
            | b'_'
            | b'['
            | b']'
            | b'<'
            | b'&'
            | b'~'
            | b'|'
            | b'!'
            | b'#'
            | b'}'
            | b'^'
    ) || within.is_careful && byte.is_ascii_punctuation()
}

/// Whether a byte of a text, which may be read as a mark, would be.
fn needs_escape(text: &str, at: usize, byte: u8, place: Place) -> bool {
    let within = place.within;
    if within.is_careful {
        return true;
    }
    let before =
        text.get(..at).and_then(|text| text.chars().next_back()).or(place.before);
    let rest = text.get(at + 1..).unwrap_or_default();
    let next = rest.chars().next();
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let ends_heading =
        || within.block == Sort::Heading && next.is_none() && place.is_last;
    let is_loose = || before.is_none_or(char::is_whitespace) && is_space(next);
    match byte {
        // A hard space at the end of a line is written as a reference.
        b'\\' => next.is_none_or(|c| c.is_ascii_punctuation() || c == HARD),
        b'`' => true,
        b'*' | b'_' | b'~' if within.signs.is_lone(byte) => false,
        b'_' => {
            let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !(is_word(before) && is_word(next)
                || is_loose() && (next.is_some() || place.is_last))
        }
        b'*' | b'~' => !is_loose() || next.is_none() && !place.is_last,
        b'[' => within.is_link || matches!(next, Some('^' | '!')),
        b']' => {
            within.is_link
                || matches!(next, Some('(' | ':' | '['))
                || next.is_none() && !place.is_last
        }
        b'<' => match next {
            Some(c) => c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'),
            None => !place.is_last,
        },
        b'&' => is_reference(rest),
        b'|' => within.block == Sort::Cell,
        b'!' => next.is_none() && place.is_link_next,
        b'^' => within.is_link && before == Some('['),
        b'#' => ends_heading() && is_parted(text),
        b'}' => ends_heading(),
        _ => false,
    }
}

/// Whether the hashes at the end of a text stand by themselves.
fn is_parted(text: &str) -> bool {
    let words = text.trim_end_matches('#');
    words.is_empty() || words.ends_with(' ')
}

/// Whether what follows an `&` makes it a reference to a character.
pub(super) fn is_reference(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end =
        name.bytes().take(LONGEST_REFERENCE).position(|c| !c.is_ascii_alphanumeric());
    end.is_some_and(|end| end > 0 && name.as_bytes().get(end) == Some(&b';'))
}

/// Where the character of ASCII stands that would begin something else than a
/// paragraph, if a text at the beginning of a line has one.
fn line_start(text: &str, signs: Signs) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    let ends = |at: usize| bytes.get(at).is_none_or(|byte| *byte == b' ');
    let is_only = |set: &[u8]| bytes.iter().all(|byte| set.contains(byte));
    let needs = match first {
        b'#' => ends(bytes.iter().take_while(|byte| **byte == b'#').count()),
        b'>' | b':' => true,
        b'*' => ends(1) || !signs.is_lone(first),
        b'_' => !signs.is_lone(first),
        b'+' => ends(1),
        b'-' => ends(1) || is_only(b"-:| "),
        b'|' => is_only(b"-:| "),
        b'=' => is_only(b"="),
        b'~' => bytes.get(1) == Some(&b'~'),
        b'[' => matches!(bytes.get(1), Some(b' ' | b'x' | b'X' | b'!' | b'^')),
        b'0'..=b'9' => {
            let n = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let is_number = n <= MOST_DIGITS && matches!(bytes.get(n), Some(b'.' | b')'));
            return (is_number && ends(n + 1)).then_some(n);
        }
        _ => false,
    };
    needs.then_some(0)
}
