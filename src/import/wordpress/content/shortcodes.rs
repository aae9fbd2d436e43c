//! Finds shortcodes in HTML and reads their attributes.
//!
//! What looks like one is reported here; which names are shortcodes, and what
//! they become, is decided elsewhere. Brackets inside tags are none.

use crate::import::wordpress::content::markup::{self, Part, Parts};

/// Shortcodes that hold a program text.
pub(super) const CODE_NAMES: [&str; 6] =
    ["sourcecode", "source", "code", "cc", "crayon", "highlight"];

/// Names of languages, which are shortcodes that hold a program text, too.
pub(super) const CODE_LANGUAGES: [&str; 50] = [
    "actionscript3",
    "as3",
    "bash",
    "c",
    "cf",
    "clojure",
    "coldfusion",
    "cpp",
    "csharp",
    "css",
    "delphi",
    "diff",
    "erl",
    "erlang",
    "fsharp",
    "go",
    "groovy",
    "html",
    "java",
    "javafx",
    "javascript",
    "jfx",
    "js",
    "jscript",
    "latex",
    "matlab",
    "objc",
    "pas",
    "pascal",
    "patch",
    "perl",
    "php",
    "pl",
    "plain",
    "powershell",
    "ps",
    "py",
    "python",
    "rails",
    "rb",
    "ror",
    "ruby",
    "scala",
    "shell",
    "sql",
    "swift",
    "vb",
    "vbnet",
    "xml",
    "yaml",
];

/// Something in brackets that looks like a shortcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// Where it begins.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// Its name.
    pub(super) name: &'a str,
    /// What stands between its brackets.
    pub(super) inside: &'a str,
    /// Whether it ends what another began, or is whole by itself.
    pub(super) way: Way,
    /// Whether tags stand in it.
    pub(super) has_tags: bool,
}

/// What a shortcode does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It may begin something.
    Opens,
    /// It ends something: `[/name]`.
    Closes,
    /// It is whole by itself: `[name /]`.
    Whole,
}

/// Elements that may stand in the attributes of a shortcode.
const INLINE: [&str; 13] = [
    "a", "abbr", "b", "br", "cite", "code", "em", "font", "i", "small", "span", "strong",
    "u",
];

/// Finds all that looks like a shortcode.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut open = None;
    let mut parts = Parts::new(html);
    while let Some(part) = parts.next() {
        match part {
            Part::Text(text) => {
                let begin = parts.position() - text.len();
                for (at, bracket) in text.match_indices(['[', ']']) {
                    let at = begin + at;
                    if bracket == "[" {
                        open = Some((at, false));
                    } else if let Some((start, has_tags)) = open.take() {
                        found.extend(token(html, start, at + 1, has_tags));
                    }
                }
            }
            Part::Open(tag) if INLINE.contains(&tag.name.as_str()) => cross(&mut open),
            Part::Close(name) if INLINE.contains(&name.to_ascii_lowercase().as_str()) => {
                cross(&mut open);
            }
            Part::Comment(_) => {}
            Part::Open(_) | Part::Close(_) | Part::Raw(..) => open = None,
        }
    }
    found
}

/// Remembers that a tag stands in what has begun.
fn cross(open: &mut Option<(usize, bool)>) {
    if let Some((_, has_tags)) = open {
        *has_tags = true;
    }
}

/// Reads what stands from one bracket to the next.
fn token(html: &str, start: usize, end: usize, has_tags: bool) -> Option<Token<'_>> {
    let inside = html.get(start + 1..end - 1)?;
    let (rest, closes) = match inside.strip_prefix('/') {
        Some(rest) => (rest, true),
        None => (inside, false),
    };
    let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let length = rest.find(ends).unwrap_or(rest.len());
    let name = rest.get(..length)?;
    let after = rest.get(length..)?;
    let fits = after.is_empty()
        || after.starts_with(|c: char| {
            c.is_whitespace() || matches!(c, '/' | '=' | ':' | '<')
        })
        || after.starts_with("&nbsp;");
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !fits {
        return None;
    }
    let way = match (closes, inside.trim_end().ends_with('/')) {
        (true, _) => Way::Closes,
        (false, true) => Way::Whole,
        (false, false) => Way::Opens,
    };
    Some(Token { start, end, name, inside, way, has_tags })
}

/// The attributes of a shortcode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    /// Those with a name, in lower case; values are HTML text as it stands.
    pub(super) named: Vec<(String, String)>,
    /// Those without.
    pub(super) flags: Vec<String>,
}

impl Attributes {
    /// The value of a name.
    pub(super) fn named(&self, name: &str) -> Option<&str> {
        let own = self.named.iter().find(|(own, _)| own == name);
        own.map(|(_, value)| value.as_str())
    }

    /// The value of the first of some names that has one, as plain text.
    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        let values = names.iter().filter_map(|name| self.named(name));
        let mut plain = values.map(|value| markup::plain(value).trim().to_owned());
        plain.find(|value| !value.is_empty())
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.named.is_empty() && self.flags.is_empty()
    }
}

/// Ways in which editors and filters spell a double quotation mark.
const DOUBLE: [&str; 14] = [
    "\"", "“", "”", "„", "″", "&quot;", "&#34;", "&#034;", "&#8220;", "&#8221;",
    "&#8243;", "&ldquo;", "&rdquo;", "&Prime;",
];

/// The same for single ones.
const SINGLE: [&str; 10] =
    ["'", "‘", "’", "′", "&#39;", "&#039;", "&#8216;", "&#8217;", "&lsquo;", "&rsquo;"];

/// Reads the attributes of what stands between the brackets of a shortcode.
pub(super) fn attributes(inside: &str) -> Attributes {
    let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let rest = inside.find(ends).and_then(|at| inside.get(at..)).unwrap_or_default();
    let rest = rest.trim_end().trim_end_matches('/').replace("&nbsp;", " ");
    let mut attributes = Attributes::default();
    let mut rest = rest.as_str();
    if let Some(value) = rest.strip_prefix(['=', ':']) {
        // A value of the name itself: `[youtube=…]`.
        let (value, length) = read_value(value);
        attributes.flags.push(value);
        rest = rest.get(1 + length..).unwrap_or_default();
    }
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('<') {
            // A tag in between says nothing.
            rest = after.find('>').and_then(|at| after.get(at + 1..)).unwrap_or_default();
            continue;
        }
        if rest.is_empty() {
            return attributes;
        }
        let length = rest.find(ends).unwrap_or(rest.len());
        let after = rest.get(length..).unwrap_or_default();
        if let Some(value) = after.trim_start().strip_prefix('=').filter(|_| length > 0) {
            let name = rest.get(..length).unwrap_or_default().to_ascii_lowercase();
            let value = value.trim_start();
            let (read, length) = read_value(value);
            attributes.named.push((name, read));
            rest = value.get(length..).unwrap_or_default();
        } else {
            let (value, length) = read_value(rest);
            if !value.is_empty() {
                attributes.flags.push(value);
            }
            rest =
                rest.get(length.max(1)..).or_else(|| next_char(rest)).unwrap_or_default();
        }
    }
}

/// A text without its first character.
fn next_char(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    chars.next()?;
    Some(chars.as_str())
}

/// Reads a value and says how long it is with its quotation marks.
fn read_value(text: &str) -> (String, usize) {
    for (marks, straight) in [(&DOUBLE[..], "\""), (&SINGLE[..], "'")] {
        let Some(open) = marks.iter().find(|mark| text.starts_with(**mark)) else {
            continue;
        };
        let inside = text.get(open.len()..).unwrap_or_default();
        // What begins with a straight mark ends with one; others are mixed.
        let closers = if *open == straight { &marks[..1] } else { marks };
        if let Some((length, close)) = end_of_value(inside, closers) {
            let value = inside.get(..length).unwrap_or_default().to_owned();
            return (value, open.len() + length + close);
        }
        let length = inside.find(char::is_whitespace).unwrap_or(inside.len());
        let value = inside.get(..length).unwrap_or_default().to_owned();
        return (value, open.len() + length);
    }
    let length = text.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(text.len());
    (text.get(..length).unwrap_or_default().to_owned(), length)
}

/// Where a value ends, and how long the mark is that ends it. Marks inside
/// tags end nothing.
fn end_of_value(inside: &str, closers: &[&str]) -> Option<(usize, usize)> {
    let mut in_tag = false;
    for (at, c) in inside.char_indices() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if in_tag => {}
            _ => {
                let rest = inside.get(at..)?;
                if let Some(close) =
                    closers.iter().find(|close| rest.starts_with(**close))
                {
                    return Some((at, close.len()));
                }
            }
        }
    }
    None
}
