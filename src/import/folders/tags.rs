//! Finds the tags of a text: shortcodes, Liquid, tag plugins.
//!
//! It tells where each stands, what it is called and what it is given. What a
//! tag becomes is decided by who reads them.

use std::ops::Range;

use super::rules::Dialect;

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// What it is called; empty for an expression.
    pub(super) name: String,
    /// What stands behind the name, as written.
    pub(super) rest: String,
    /// Whether it closes what a tag before it opened.
    pub(super) is_end: bool,
    /// Whether it is written so that it stays as text.
    pub(super) is_escaped: bool,
}

/// How tags begin and end.
struct Mark {
    /// How they begin.
    open: &'static str,
    /// How they end.
    close: &'static str,
    /// Whether they are expressions, which have no name.
    is_expression: bool,
}

/// The marks of a dialect.
fn marks(dialect: Dialect) -> &'static [Mark] {
    const HUGO: &[Mark] = &[
        Mark { open: "{{<", close: ">}}", is_expression: false },
        Mark { open: "{{%", close: "%}}", is_expression: false },
    ];
    const LIQUID: &[Mark] = &[
        Mark { open: "{%", close: "%}", is_expression: false },
        Mark { open: "{{", close: "}}", is_expression: true },
    ];
    const ZOLA: &[Mark] = &[
        Mark { open: "{%", close: "%}", is_expression: false },
        Mark { open: "{{", close: "}}", is_expression: false },
    ];
    const HEXO: &[Mark] = &[Mark { open: "{%", close: "%}", is_expression: false }];
    const NIKOLA: &[Mark] = &[Mark { open: "{{%", close: "%}}", is_expression: false }];
    match dialect {
        Dialect::Hugo => HUGO,
        Dialect::Jekyll | Dialect::Eleventy => LIQUID,
        Dialect::Zola => ZOLA,
        Dialect::Hexo => HEXO,
        Dialect::Nikola => NIKOLA,
        Dialect::Pelican => &[],
    }
}

/// Finds all tags of a text, in its order; none stands in another.
pub(super) fn find(text: &str, dialect: Dialect) -> Vec<Tag> {
    let marks = marks(dialect);
    // Where the next end of each kind stands, so that a text is searched once.
    let mut ends: Vec<Option<usize>> =
        marks.iter().map(|mark| text.find(mark.close)).collect();
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('{')) {
        at += found;
        let rest = text.get(at..).unwrap_or_default();
        let Some(kind) = marks.iter().position(|mark| rest.starts_with(mark.open)) else {
            at += 1;
            continue;
        };
        let (Some(mark), Some(end)) = (marks.get(kind), ends.get_mut(kind)) else {
            break;
        };
        let inside = at + mark.open.len();
        while end.is_some_and(|end| end < inside) {
            let next = text.get(inside..).and_then(|rest| rest.find(mark.close));
            *end = next.map(|next| inside + next);
        }
        let Some(end) = *end else {
            at += mark.open.len();
            continue;
        };
        let inner = text.get(inside..end).unwrap_or_default();
        // A tag that holds the beginning of another was not closed itself.
        if inner.contains(mark.open) || inner.len() > 8192 {
            at = inside;
            continue;
        }
        let range = at..end + mark.close.len();
        at = range.end;
        tags.push(tag(inner, range, mark.is_expression, dialect));
    }
    tags
}

/// Reads what stands between the marks of a tag.
fn tag(inner: &str, range: Range<usize>, is_expression: bool, dialect: Dialect) -> Tag {
    let bare = inner.trim_start_matches('-').trim_end_matches('-').trim();
    if let Some(escaped) =
        bare.strip_prefix("/*").and_then(|rest| rest.strip_suffix("*/"))
    {
        let rest = escaped.to_owned();
        return Tag { range, name: String::new(), rest, is_end: false, is_escaped: true };
    }
    if is_expression {
        let rest = bare.to_owned();
        return Tag {
            range,
            name: String::new(),
            rest,
            is_end: false,
            is_escaped: false,
        };
    }
    let bare = if dialect == Dialect::Hugo {
        bare.trim_end_matches('/').trim_end()
    } else {
        bare
    };
    let (bare, slash) = match bare.strip_prefix('/') {
        Some(bare) => (bare.trim_start(), true),
        None => (bare, false),
    };
    let is_part =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.' | ':');
    let end = bare.find(|c| !is_part(c)).unwrap_or(bare.len());
    let (name, rest) = bare.split_at_checked(end).unwrap_or((bare, ""));
    let ending = name.strip_prefix("end").filter(|_| {
        matches!(
            dialect,
            Dialect::Jekyll | Dialect::Eleventy | Dialect::Hexo | Dialect::Zola
        )
    });
    let is_end = slash || ending.is_some();
    let name = ending.unwrap_or(name).to_owned();
    Tag { range, name, rest: rest.trim().to_owned(), is_end, is_escaped: false }
}

/// What a tag is given: values, some of them with a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Arguments(Vec<(String, String)>);

impl Arguments {
    /// Reads the values: words or texts in quotes, parted by blanks or commas,
    /// some behind a name and `=` or `:`.
    pub(super) fn read(text: &str) -> Self {
        let text = text.trim();
        let text = text
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'))
            .unwrap_or(text);
        let mut all = Vec::new();
        let mut rest = text.trim_start_matches(is_gap);
        while !rest.is_empty() {
            let (word, behind) = word(rest);
            let value = behind.trim_start();
            rest = if let Some(value) = value.strip_prefix('=').filter(|_| is_name(&word))
            {
                let (value, behind) = self::word(value.trim_start());
                all.push((word, value));
                behind
            } else {
                all.push((String::new(), word));
                behind
            };
            rest = rest.trim_start_matches(is_gap);
            // A mark that no word can begin with is passed over.
            if rest.starts_with('=') {
                rest = rest.get(1..).unwrap_or_default();
            }
        }
        Self(all)
    }

    /// The value of the first of some names.
    pub(super) fn named(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.0.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.as_str())
        })
    }

    /// A value without a name, by its place.
    pub(super) fn at(&self, place: usize) -> Option<&str> {
        let mut values = self.0.iter().filter(|(name, _)| name.is_empty());
        values.nth(place).map(|(_, value)| value.as_str())
    }

    /// The value of a name, or the first without one.
    pub(super) fn named_or_first(&self, names: &[&str]) -> Option<&str> {
        self.named(names).or_else(|| self.at(0))
    }

    /// The values without a name from a place on, with blanks between them.
    pub(super) fn from(&self, place: usize) -> String {
        let values = self.0.iter().filter(|(name, _)| name.is_empty()).skip(place);
        values.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Whether a character parts values.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || c == ','
}

/// Whether a word can be the name of a value.
fn is_name(word: &str) -> bool {
    !word.is_empty()
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// The first word or text in quotes, and what stands behind it.
fn word(text: &str) -> (String, &str) {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
    let Some(quote) = quote else {
        let end = text
            .find(|c: char| c.is_whitespace() || c == ',' || c == '=')
            .unwrap_or(text.len());
        let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        return (word.to_owned(), rest);
    };
    let mut value = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if quote != '`' => value.extend(chars.next().map(|(_, c)| c)),
            c if c == quote => {
                return (value, text.get(at + c.len_utf8()..).unwrap_or_default());
            }
            c => value.push(c),
        }
    }
    (value, "")
}
