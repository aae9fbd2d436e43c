//! Reads HTML text as a row of tags, comments and text, the way browsers read
//! it, and writes such parts again.
//!
//! It knows nothing of WordPress and makes no tree. What is broken becomes
//! text, so that nothing is lost: a tag that never ends, a comment that never
//! ends. It goes over the text once.

use std::borrow::Cow;

use crate::dom;

/// A part of HTML text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Text, with its references as they stand.
    Text(&'a str),
    /// The beginning of an element.
    Open(Tag),
    /// The end of an element: its name as it is spelled.
    Close(&'a str),
    /// A comment or instruction, with its marks.
    Comment(&'a str),
    /// What stands in a script or style sheet.
    Raw(&'static str, &'a str),
}

/// The tag that begins an element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tag {
    /// Its name in lower case.
    pub(super) name: String,
    /// Its name as it is spelled.
    pub(super) spelled: String,
    /// Its attributes: names in lower case, values with references resolved.
    pub(super) attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let own = self.attributes.iter().find(|(own, _)| own == name);
        own.map(|(_, value)| value.as_str())
    }

    /// Writes the tag, so that every reader of HTML reads the same of it.
    pub(super) fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.spelled);
        for (name, value) in self.attributes.iter().filter(|(name, _)| is_name(name)) {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            for c in value.chars() {
                match c {
                    '&' => out.push_str("&amp;"),
                    '"' => out.push_str("&quot;"),
                    '<' => out.push_str("&lt;"),
                    '>' => out.push_str("&gt;"),
                    '[' => out.push_str("&#91;"),
                    ']' => out.push_str("&#93;"),
                    '\n' | '\r' | '\t' => out.push(' '),
                    c => out.push(c),
                }
            }
            out.push('"');
        }
        out.push('>');
    }
}

/// Whether a name can be written without harm.
pub(super) fn is_name(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
}

/// Elements that hold no markup and no text for readers.
const RAW: [&str; 2] = ["script", "style"];

/// Reads HTML text part by part.
pub(super) struct Parts<'a> {
    /// The whole text.
    text: &'a str,
    /// How much of it was read.
    at: usize,
    /// What comes next although it was not read now.
    waiting: Option<Part<'a>>,
    /// Which marks are known to come no more: `>`, `-->`, and the ends of
    /// [`RAW`].
    gone: [bool; 4],
}

impl<'a> Parts<'a> {
    /// Reads a text from its beginning.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, waiting: None, gone: [false; 4] }
    }

    /// How much of the text was read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Goes on reading at another place.
    pub(super) fn skip_to(&mut self, at: usize) {
        self.at = at;
        self.waiting = None;
    }

    /// What was not read yet.
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Finds a mark of [`Self::gone`] in what comes, unless it is known that
    /// it does not come.
    fn find(
        &mut self,
        number: usize,
        rest: &str,
        find: impl Fn(&str) -> Option<usize>,
    ) -> Option<usize> {
        let gone = self.gone.get_mut(number)?;
        if *gone {
            return None;
        }
        let found = find(rest);
        *gone = found.is_none();
        found
    }

    /// The markup that begins here, and how long it is.
    fn markup(&mut self) -> Option<(Part<'a>, usize)> {
        let rest = self.rest();
        let second = rest.chars().nth(1)?;
        if let Some(body) = rest.strip_prefix("<!--") {
            let length = match body.strip_prefix('-').unwrap_or(body).strip_prefix('>') {
                Some(after) => rest.len() - after.len(),
                None => 4 + self.find(1, body, end_of_comment)?,
            };
            return Some((Part::Comment(rest.get(..length)?), length));
        }
        if second.is_ascii_alphabetic() {
            let (tag, length) = read_tag(rest)?;
            return Some((Part::Open(tag), length));
        }
        if let Some(name) = rest.strip_prefix("</")
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            let length = name.find(['>', '<'])?;
            let inside = name.get(..length)?;
            let own =
                inside.split(|c: char| c.is_ascii_whitespace() || c == '/').next()?;
            let ended = name.get(length..)?.starts_with('>');
            return Some((Part::Close(own), 2 + length + usize::from(ended)));
        }
        if matches!(second, '!' | '?' | '/') {
            let length = 1 + self.find(0, rest, |rest| rest.find('>'))?;
            return Some((Part::Comment(rest.get(..length)?), length));
        }
        None
    }

    /// What a script or style sheet holds whose tag was just read.
    fn raw(&mut self, name: &str) -> Option<Part<'a>> {
        let number = RAW.iter().position(|raw| *raw == name)?;
        let own = RAW.get(number)?;
        let rest = self.rest();
        let length = self.find(2 + number, rest, |rest| end_of_raw(rest, own))?;
        self.at += length;
        Some(Part::Raw(own, rest.get(..length)?))
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        if let Some(part) = self.waiting.take() {
            return Some(part);
        }
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        if rest.starts_with('<')
            && let Some((part, length)) = self.markup()
        {
            self.at += length;
            if let Part::Open(tag) = &part {
                self.waiting = self.raw(&tag.name);
            }
            return Some(part);
        }
        // A `<` that begins nothing is text, and ends with the next one.
        let length =
            rest.get(1..).map_or(Some(0), |rest| rest.find('<').map(|at| at + 1));
        let length = if rest.starts_with('<') {
            length.unwrap_or(rest.len())
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        self.at += length.max(1);
        Some(Part::Text(rest.get(..length.max(1)).unwrap_or(rest)))
    }
}

/// Where a comment ends, behind its mark.
fn end_of_comment(body: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + body.get(at..)?.find("--")?;
        let rest = body.get(found + 2..)?;
        if rest.starts_with('>') {
            return Some(found + 3);
        }
        if rest.starts_with("!>") {
            return Some(found + 4);
        }
        at = found + 1;
    }
}

/// Where the end tag of a script or style sheet begins.
fn end_of_raw(rest: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + rest.get(at..)?.find("</")?;
        let own = rest.as_bytes().get(found + 2..found + 2 + name.len())?;
        let after = rest.as_bytes().get(found + 2 + name.len());
        let ends =
            after.is_none_or(|c| c.is_ascii_whitespace() || matches!(c, b'>' | b'/'));
        if own.eq_ignore_ascii_case(name.as_bytes()) && ends {
            return Some(found);
        }
        at = found + 2;
    }
}

/// Reads the tag that a text begins with. A tag into which the next one breaks
/// ends there; one that never ends is none.
fn read_tag(text: &str) -> Option<(Tag, usize)> {
    let bytes = text.as_bytes();
    let name_end = |c: &u8| c.is_ascii_whitespace() || matches!(c, b'/' | b'>' | b'<');
    let mut at = 1 + bytes.get(1..)?.iter().position(name_end)?;
    let spelled = text.get(1..at)?.to_owned();
    let name = spelled.to_ascii_lowercase();
    let mut tag = Tag { name, spelled, attributes: Vec::new() };
    loop {
        let blank = |c: &u8| !(c.is_ascii_whitespace() || *c == b'/');
        at += bytes.get(at..)?.iter().position(blank)?;
        match bytes.get(at)? {
            b'>' => return Some((tag, at + 1)),
            b'<' => return Some((tag, at)),
            _ => at = read_attribute(text, at, &mut tag)?,
        }
    }
}

/// Reads the attribute at a place; gives the place behind it.
fn read_attribute(text: &str, start: usize, tag: &mut Tag) -> Option<usize> {
    let bytes = text.as_bytes();
    let ends = |c: &u8| c.is_ascii_whitespace() || matches!(c, b'/' | b'>' | b'=' | b'<');
    // An equals sign in the first place belongs to the name.
    let mut at = start + 1 + bytes.get(start + 1..)?.iter().position(ends)?;
    let name = text.get(start..at)?.to_ascii_lowercase();
    let space = bytes.get(at..)?.iter().position(|c| !c.is_ascii_whitespace())?;
    let mut value = "";
    if bytes.get(at + space) == Some(&b'=') {
        at += space + 1;
        at += bytes.get(at..)?.iter().position(|c| !c.is_ascii_whitespace())?;
        let rest = text.get(at..)?;
        let length = if let quote @ (b'"' | b'\'') = rest.as_bytes().first()? {
            let length = rest.get(1..)?.find(char::from(*quote))?;
            value = rest.get(1..=length)?;
            length + 2
        } else {
            let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '>' | '<');
            let length = rest.find(ends)?;
            value = rest.get(..length)?;
            length
        };
        at += length;
    }
    if tag.attributes.iter().all(|(own, _)| *own != name) && tag.attributes.len() < 100 {
        tag.attributes.push((name, resolve(value).into_owned()));
    }
    Some(at)
}

/// Text as it stands between tags: a `<` that begins no tag does not look like
/// one.
pub(super) fn push_text(text: &str, out: &mut String) {
    for (number, part) in text.split('<').enumerate() {
        if number > 0 {
            out.push_str("&lt;");
        }
        out.push_str(part);
    }
}

/// Writes plain text as HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Resolves the references of a text that holds no markup.
pub(super) fn resolve(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    push_text(text, &mut safe);
    Cow::Owned(dom::text_of(&dom::parse_fragment(&safe)))
}

/// The text of some HTML as a reader may see it: scripts and style sheets,
/// tags and comments are left out.
pub(super) fn plain(html: &str) -> String {
    let mut text = String::new();
    for part in Parts::new(html) {
        match part {
            Part::Text(own) => text.push_str(own),
            // What stands at both sides of a tag is no reference together.
            Part::Open(_) | Part::Close(_) | Part::Comment(_) => text.push('\u{1}'),
            Part::Raw(..) => {}
        }
    }
    resolve(&text).replace('\u{1}', "")
}
