//! Writes citations in the format of Research Information Systems, which
//! nearly every reference manager reads.

use super::{Author, Cited, filled, tidy};
use crate::date::Date;

/// Cites an article.
pub(super) fn cite(cited: &Cited<'_>) -> String {
    let mut ris = String::from("TY  - NEWS\n");
    let mut line = |tag: &str, text: &str| {
        ris.push_str(&format!("{tag}  - {}\n", tidy(text)));
    };
    line("TI", cited.title);
    for author in cited.authors {
        line("AU", &name(author));
    }
    for translator in cited.translators {
        line("A4", &name(translator));
    }
    line("T2", cited.container());
    if let Some(date) = &cited.date {
        line("DA", &day(date));
        line("PY", &format!("{:04}", date.year()));
    }
    for (tag, text) in [
        ("CY", cited.place),
        ("ET", cited.edition),
        ("SE", cited.section),
        ("SP", cited.page),
        ("PB", Some(cited.publisher)),
        ("DP", cited.via()),
        ("LA", Some(cited.language.as_str())),
        ("UR", Some(cited.url)),
        ("AB", Some(cited.summary)),
    ] {
        if let Some(text) = filled(text) {
            line(tag, text);
        }
    }
    line("ER", "");
    ris
}

/// A name: only the one of a person has a comma, because it would be split
/// there.
fn name(author: &Author<'_>) -> String {
    let unsplit = |name: &str| tidy(&name.replace(',', " ")).into_owned();
    match *author {
        Author::Group(name) | Author::Printed(name) => unsplit(name),
        Author::Person { family, given } => match filled(Some(given)) {
            Some(given) => format!("{}, {}", unsplit(family), unsplit(given)),
            None => unsplit(family),
        },
    }
}

/// A date as `year/month/day/note`, with nothing where a part is not known.
fn day(date: &Date) -> String {
    let part = |part: Option<u8>| part.map(|n| format!("{n:02}")).unwrap_or_default();
    let note = match (date.is_uncertain(), date.is_approximate()) {
        (_, true) => "circa",
        (true, false) => "uncertain",
        (false, false) => "",
    };
    format!("{:04}/{}/{}/{note}", date.year(), part(date.month()), part(date.day()))
}
