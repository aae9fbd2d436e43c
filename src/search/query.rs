//! Reads what somebody asks: words, phrases and filters.
//!
//! Nothing that can be written is an error; what has no meaning where it stands
//! counts as a space. `docs/search-format.md` has the whole language.

use crate::locale::words::is_unspaced;
use crate::search::date_number;
use crate::search::word::forms_of;

/// How many letters a beginning of a word must have.
const LEAST: usize = 3;

/// What is asked for: a document must match each part.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Query {
    /// The parts.
    pub(super) parts: Vec<Part>,
}

/// A part of a query: one of several conditions is to hold, or one is not.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    /// Whether it must not hold.
    pub(super) is_negated: bool,
    /// The conditions, one at least; only one if it is negated.
    pub(super) conditions: Vec<Condition>,
}

impl Part {
    /// Whether it asks for words, so that a document can match it well or badly. All
    /// others only filter.
    pub(super) fn asks_for_words(&self) -> bool {
        let is_text = |one: &Condition| matches!(one, Condition::Text { .. });
        !self.is_negated && self.conditions.iter().any(is_text)
    }
}

/// Something that is true of some documents.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition {
    /// They hold words.
    Text {
        /// Where.
        is_title: bool,
        /// Which.
        text: Text,
    },
    /// They have a value of the facet of this name.
    Facet(String, Text),
    /// They are of one of these years.
    Years(u32, u32),
    /// Their dates are not below the first number, and below the second.
    Dates(u32, u32),
}

/// Words of a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Text {
    /// One word.
    Word(String),
    /// A word that begins so.
    Beginning(String),
    /// Words one behind the other.
    Phrase(Vec<String>),
}

/// The short names of facets.
const SHORT: &[(&str, &str)] = &[
    ("by", "bylines"),
    ("org", "organizations"),
    ("person", "people"),
    ("place", "places"),
    ("tag", "tags"),
    ("lang", "language"),
];

/// Whether a word has the letters that a beginning must have.
pub(super) fn is_enough(beginning: &str) -> bool {
    beginning.chars().count() >= LEAST || beginning.chars().all(is_unspaced)
}

impl Query {
    /// Reads a query. `facets` are the names of the facets that the index has.
    pub(super) fn read(written: &str, facets: &[&str]) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        let mut is_joined = false;
        for token in tokens(written) {
            if token == "OR" {
                is_joined = true;
                continue;
            }
            let was_joined = std::mem::take(&mut is_joined);
            let (is_negated, rest) = match token.strip_prefix('-') {
                Some(rest) => (true, rest),
                None => (false, token),
            };
            let Some(condition) = condition(rest, facets) else { continue };
            match parts.last_mut() {
                Some(last) if was_joined && !is_negated && !last.is_negated => {
                    last.conditions.push(condition);
                }
                _ => parts.push(Part { is_negated, conditions: vec![condition] }),
            }
        }
        Self { parts }
    }
}

/// Cuts a query at its spaces, but not within quotation marks.
fn tokens(written: &str) -> Vec<&str> {
    let mut is_quoted = false;
    let is_end = |c: char| {
        is_quoted ^= is_quote(c);
        c.is_whitespace() && !is_quoted
    };
    written.split(is_end).filter(|token| !token.is_empty()).collect()
}

/// Whether a sign opens or closes a phrase.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}')
}

/// Reads one condition; none if nothing in it has a meaning.
fn condition(token: &str, facets: &[&str]) -> Option<Condition> {
    if let Some((name, value)) = token.split_once(':') {
        let name = name.to_lowercase();
        if name == "title" {
            return Some(Condition::Text { is_title: true, text: text(value)? });
        }
        if let Some(facet) = facet(&name, facets) {
            return Some(Condition::Facet(facet.to_owned(), text(value)?));
        }
        if let Some(time) = time(&name, value) {
            return Some(time);
        }
    }
    Some(Condition::Text { is_title: false, text: text(token)? })
}

/// The facet of a name, which may be a short one.
fn facet<'f>(name: &str, facets: &[&'f str]) -> Option<&'f str> {
    let long = SHORT.iter().find(|(short, _)| *short == name);
    let name = long.map_or(name, |(_, long)| long);
    facets.iter().find(|facet| facet.to_lowercase() == name).copied()
}

/// Reads a condition on time; none if it is none.
fn time(name: &str, value: &str) -> Option<Condition> {
    Some(match name {
        "year" => {
            let (first, last) = value.split_once('-').unwrap_or((value, value));
            Condition::Years(year(first)?, year(last)?)
        }
        "after" => Condition::Dates(date(value)?, u32::MAX),
        "before" => Condition::Dates(1, date(value)?),
        _ => return None,
    })
}

/// Reads words; none if there are none.
fn text(token: &str) -> Option<Text> {
    let mut forms = forms_of(token);
    let is_quoted = token.starts_with(is_quote);
    let is_open = token.ends_with('*') && !is_quoted;
    match forms.len() {
        0 => None,
        1 if !is_quoted => {
            let form = forms.pop()?;
            let is_beginning = is_open && is_enough(&form);
            Some(if is_beginning { Text::Beginning(form) } else { Text::Word(form) })
        }
        _ => Some(Text::Phrase(forms)),
    }
}

/// Reads a year.
fn year(written: &str) -> Option<u32> {
    (written.len() == 4).then(|| written.parse().ok())?
}

/// Reads a year, a month or a day as the number of its beginning.
fn date(written: &str) -> Option<u32> {
    let mut parts = written.split('-');
    let year = i16::try_from(year(parts.next()?)?).ok()?;
    // A month or a day that no calendar has is beyond all that have one.
    let mut part = || match parts.next() {
        None => Some(None),
        Some(part) if part.len() <= 2 => part.parse().ok().map(Some),
        Some(_) => None,
    };
    let (month, day) = (part()?, part()?);
    parts.next().is_none().then(|| date_number(year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A query in few words.
    fn read(written: &str) -> String {
        let query =
            Query::read(written, &["organizations", "bylines", "language", "kind"]);
        let text = |text: &Text| match text {
            Text::Word(word) => word.clone(),
            Text::Beginning(word) => format!("{word}*"),
            Text::Phrase(words) => format!("\"{}\"", words.join(" ")),
        };
        let condition = |condition: &Condition| match condition {
            Condition::Text { is_title: false, text: words } => text(words),
            Condition::Text { is_title: true, text: words } => {
                format!("title:{}", text(words))
            }
            Condition::Facet(name, words) => format!("{name}:{}", text(words)),
            Condition::Years(first, last) => format!("{first}..{last}"),
            Condition::Dates(from, u32::MAX) => format!(">={from}"),
            Condition::Dates(_, to) => format!("<{to}"),
        };
        let part = |part: &Part| {
            let sign = if part.is_negated { "-" } else { "" };
            let conditions: Vec<_> = part.conditions.iter().map(condition).collect();
            format!("{sign}{}", conditions.join("|"))
        };
        query.parts.iter().map(part).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_query_is_its_parts() {
        for (written, parts) in [
            ("Day of Action", "day of action"),
            (
                "\"Day of Action\" -\u{201c}no way\u{201d}",
                "\"day of action\" -\"no way\"",
            ),
            ("march* ma* 東*", "march* ma 東*"),
            ("a OR b c", "a|b c"),
            ("OR a OR OR b OR", "a|b"),
            ("a OR -b OR c", "a -b c"),
            ("covid-19 U.S. O'Brien", "\"covid 19\" us \"o brien\""),
            ("title:March title:\"a b\" -title:c", "title:march title:\"a b\" -title:c"),
            (
                "org:GLAHR BY:\"Gloria Tatum\" lang:es",
                "organizations:glahr bylines:\"gloria tatum\" language:es",
            ),
            ("kind:press-release", "kind:\"press release\""),
            ("year:2019 year:2017-2019", "2019..2019 2017..2019"),
            ("after:2019 before:2019-10-11", ">=839904 <840235"),
            (
                "year:19 nope:x title: kind:% after:2019-1x",
                "\"year 19\" \"nope x\" \"after 2019 1x\"",
            ),
            ("- -- \"\" : * !", ""),
            ("\"not closed", "\"not closed\""),
        ] {
            assert_eq!(read(written), parts, "{written}");
        }
    }
}
