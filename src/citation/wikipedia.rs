//! Writes citations as the template of Wikipedia for the news.

use super::{Author, Cited, filled, tidy};
use crate::date::{Date, MONTHS};

/// Cites an article.
pub(super) fn cite(cited: &Cited<'_>) -> String {
    let mut template = String::from("{{cite news");
    let mut put = |name: &str, value: &str| {
        template.push_str(&format!(" |{name}={value}"));
    };
    for (n, author) in (1..).zip(cited.authors) {
        put_name(&mut put, author, ["last", "first", "author"], n);
    }
    for (n, translator) in (1..).zip(cited.translators) {
        let names = ["translator-last", "translator-first", "translator"];
        put_name(&mut put, translator, names, n);
    }
    put("title", &escaped(cited.title));
    put("url", &address(cited.url));
    put("work", &escaped(cited.container()));
    if let Some(date) = &cited.date {
        put("date", &day(date));
    }
    for (name, text) in [
        ("location", cited.place),
        ("edition", cited.edition),
        ("department", cited.section),
        ("page", cited.page),
        ("language", Some(cited.language.as_str())),
        ("via", cited.via()),
    ] {
        if let Some(text) = filled(text) {
            put(name, &escaped(text));
        }
    }
    template.push_str("}}");
    template
}

/// Puts the n-th name into the template, given what its family name, its
/// given names and a whole name are called there.
fn put_name(
    put: &mut impl FnMut(&str, &str),
    author: &Author<'_>,
    [last, first, whole]: [&str; 3],
    n: u32,
) {
    // The first of several goes without its number.
    let number = if n == 1 { String::new() } else { n.to_string() };
    match *author {
        Author::Person { family, given } => {
            put(&format!("{last}{number}"), &escaped(family));
            if filled(Some(given)).is_some() {
                put(&format!("{first}{number}"), &escaped(given));
            }
        }
        Author::Group(name) | Author::Printed(name) => {
            let name = escaped(name);
            // Doubled parentheses say that commas are a part of the one name.
            let is_listed = name.contains([',', ';']);
            let name = if is_listed { format!("(({name}))") } else { name };
            put(&format!("{whole}{number}"), &name);
        }
    }
}

/// A date as the template reads it. Doubt can only be told of a year.
fn day(date: &Date) -> String {
    let year = date.year();
    let month = date.month().and_then(|n| MONTHS.get(usize::from(n) - 1));
    match (month, date.day()) {
        _ if date.is_uncertain() || date.is_approximate() => format!("c. {year}"),
        (Some(_), Some(day)) => {
            format!("{year:04}-{:02}-{day:02}", date.month().unwrap_or(1))
        }
        (Some(month), None) => format!("{month} {year}"),
        (None, _) => year.to_string(),
    }
}

/// A text in which nothing is markup.
fn escaped(text: &str) -> String {
    let text = tidy(text);
    let mut escaped = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        match c {
            '|' => escaped.push_str("{{!}}"),
            '{' => escaped.push_str("&#123;"),
            '}' => escaped.push_str("&#125;"),
            '[' => escaped.push_str("&#91;"),
            ']' => escaped.push_str("&#93;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // Two or more of these are markup, and one may stand before one
            // that the template adds.
            '\'' if next == Some('\'')
                || next.is_none()
                || escaped.ends_with("&#39;") =>
            {
                escaped.push_str("&#39;");
            }
            '~' => escaped.push_str("&#126;"),
            '_' if next == Some('_') => escaped.push_str("&#95;"),
            // An ampersand before a letter could be read as a sign.
            '&' if next
                .is_some_and(|next| next.is_ascii_alphanumeric() || next == '#') =>
            {
                escaped.push_str("&amp;");
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

/// An address in which nothing is markup.
fn address(url: &str) -> String {
    let mut address = String::with_capacity(url.len());
    for c in tidy(url).chars() {
        match c {
            '|' | '{' | '}' | '[' | ']' | '<' | '>' | '"' | '\'' | ' ' => {
                address.push_str(&format!("%{:02X}", u32::from(c)));
            }
            _ => address.push(c),
        }
    }
    address
}
