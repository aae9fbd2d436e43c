//! Writes citations for BibTeX and biblatex.
//!
//! BibTeX has no type for newspapers, so an article is an `@article` there;
//! the fields that only biblatex knows are passed over by it.

use super::{Author, Cited, filled, tidy};
use crate::slug::slugify;

/// The macros that BibTeX has for the months.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Cites an article.
pub(super) fn cite(cited: &Cited<'_>) -> String {
    let mut entry = format!("@article{{{},\n", key(cited));
    let mut field = |name: &str, value: &str| {
        entry.push_str(&format!("  {name} = {value},\n"));
    };
    // The braces inside keep the capitals of the title.
    field("title", &format!("{{{{{}}}}}", escaped(cited.title)));
    for (role, names) in [("author", cited.authors), ("translator", cited.translators)] {
        if !names.is_empty() {
            let names: Vec<_> = names.iter().map(name).collect();
            field(role, &format!("{{{}}}", names.join(" and ")));
        }
    }
    if let Some(date) = &cited.date {
        field("year", &format!("{{{:04}}}", date.year()));
        let month = date.month().and_then(|n| MONTHS.get(usize::from(n) - 1));
        if let Some(month) = month {
            field("month", month);
        }
        if let Some(day) = date.day() {
            field("day", &format!("{{{day}}}"));
        }
    }
    for (name, text) in [
        ("journal", Some(cited.container())),
        ("address", cited.place),
        ("edition", cited.edition),
        ("section", cited.section),
        ("pages", cited.page),
        ("publisher", Some(cited.publisher)),
        ("note", doubt(cited)),
        ("abstract", Some(cited.summary)),
        ("langid", babel(cited.language.language())),
        ("language", Some(cited.language.as_str())),
    ] {
        if let Some(text) = filled(text) {
            field(name, &format!("{{{}}}", escaped(text)));
        }
    }
    field("url", &format!("{{{}}}", address(cited.url)));
    field("entrysubtype", "{newspaper}");
    entry.push_str("}\n");
    entry
}

/// What the date leaves open; BibTeX has no sign for it.
fn doubt(cited: &Cited<'_>) -> Option<&'static str> {
    let date = cited.date?;
    match (date.is_uncertain(), date.is_approximate()) {
        (true, true) => Some("date approximate and uncertain"),
        (true, false) => Some("date uncertain"),
        (false, true) => Some("date approximate"),
        (false, false) => None,
    }
}

/// What biblatex calls a language when it chooses words and hyphens.
fn babel(language: &str) -> Option<&'static str> {
    let names =
        [("en", "english"), ("es", "spanish"), ("fr", "french"), ("pt", "portuguese")];
    names.iter().find(|(known, _)| *known == language).map(|(_, name)| *name)
}

/// A key to cite by: who, when, and the headline, each in a few words.
fn key(cited: &Cited<'_>) -> String {
    let few = |text: &str| {
        let slug = slugify(text);
        slug.split('-').take(4).collect::<Vec<_>>().join("-")
    };
    let who = cited.authors.first().map(|author| match *author {
        Author::Person { family, .. } => few(family),
        Author::Group(name) | Author::Printed(name) => few(name),
    });
    let when = cited.date.map(|date| format!("{:04}", date.year()));
    let when = when.unwrap_or_else(|| "undated".to_owned());
    let parts = [who.unwrap_or_default(), when, few(cited.title)];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    // A slug can hold letters that no key can.
    parts.join("-").replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "")
}

/// A name. Braces hold together what would be read as several parts.
fn name(author: &Author<'_>) -> String {
    match *author {
        Author::Group(name) | Author::Printed(name) => format!("{{{}}}", escaped(name)),
        Author::Person { family, given } => {
            let family = match escaped(family) {
                whole if whole.contains([' ', ',']) => format!("{{{whole}}}"),
                single => single,
            };
            match filled(Some(given)) {
                Some(given) => format!("{family}, {}", escaped(given).replace(',', "")),
                None => format!("{{{family}}}"),
            }
        }
    }
}

/// A text in which nothing is a command.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Braces count as such even behind a backslash, which more programs read
    // than the words for them.
    let is_balanced = is_balanced(text);
    for c in tidy(text).chars() {
        match c {
            '#' | '%' | '&' | '$' | '_' => escaped.extend(['\\', c]),
            '{' | '}' if is_balanced => escaped.extend(['\\', c]),
            '{' => escaped.push_str("{\\textbraceleft}"),
            '}' => escaped.push_str("{\\textbraceright}"),
            '\\' => escaped.push_str("{\\textbackslash}"),
            '~' => escaped.push_str("{\\textasciitilde}"),
            '^' => escaped.push_str("{\\textasciicircum}"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Whether each brace of a text has its other half.
fn is_balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return false,
            '}' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}

/// An address, which is not read as a text: what would end it is written in
/// the way of addresses.
fn address(url: &str) -> String {
    let url = tidy(url).replace(' ', "%20").replace('\\', "%5C");
    url.replace('{', "%7B").replace('}', "%7D")
}
