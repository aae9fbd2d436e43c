//! Rule 11: what a printed page or a wire adds: page numbers, `Continued on`,
//! the time of a wire's message.

use crate::import::text::dates;
use crate::import::text::reading::{DatePlace, Reading, Role};
use crate::import::text::words::fold;

/// Gives lines of print furniture their roles.
pub(super) fn find(reading: &mut Reading<'_, '_>) {
    for at in 0..reading.lines.len() {
        if !reading.is_open(at) || reading.folded(at).is_empty() {
            continue;
        }
        let text = reading.text(at);
        if is_continuation(reading.folded(at)) || is_wire_time(text) {
            reading.set(at, Role::Dropped("print furniture"));
            reading.decide(at, ("print", 85), format!("`{text}` is of the printed page"));
            continue;
        }
        let Some((rest, page)) = split_page(text) else { continue };
        let dates = dates::find(rest, reading.options.month_first);
        let date = dates.first().filter(|date| is_only(rest, date));
        if rest.is_empty() || date.is_some() {
            reading.set(at, Role::Moved("page of the paper"));
            if let Some(date) = date {
                reading.dates.push((DatePlace::Header, at, date.clone()));
            }
            set_page(reading, at, page);
        }
    }
}

/// Takes over the page of the paper, unless one is known.
pub(super) fn set_page(reading: &mut Reading<'_, '_>, at: usize, page: &str) {
    if reading.found.facts.print_page.is_none() {
        reading.found.facts.print_page = Some(page.to_owned());
        reading.decide(at, ("page", 90), format!("the page of the paper is `{page}`"));
    }
}

/// Whether a text is a date and nothing else.
fn is_only(text: &str, date: &dates::Found) -> bool {
    let is_mark = |c: char| !c.is_alphanumeric();
    text.get(..date.range.start).is_some_and(|text| text.chars().all(is_mark))
        && text.get(date.range.end..).is_some_and(|text| text.chars().all(is_mark))
}

/// A line that ends in its page: what stands before it, and the page. `Page 7`,
/// `September 22, 2006 | Page A8`, `Página 3`.
pub(super) fn split_page(text: &str) -> Option<(&str, &str)> {
    let (before, page) = text.trim().rsplit_once(' ')?;
    let is_page = page.len() <= 5
        && page.ends_with(|c: char| c.is_ascii_digit())
        && page.chars().filter(|c| c.is_alphabetic()).count() <= 1
        && page.chars().all(char::is_alphanumeric);
    let (rest, word) = before.rsplit_once([' ', '|']).unwrap_or(("", before));
    let is_word = matches!(fold(word).as_str(), "page" | "pagina" | "pag." | "p.");
    let rest = rest.trim();
    let kept = rest.trim_end_matches(['|', ',', '·', '•', '—', '–', '-']).trim_end();
    // Running text may speak of a page.
    let is_apart = rest.is_empty() || kept.len() < rest.len();
    (is_page && is_word && is_apart).then_some((kept, page))
}

/// `Continued on page 4`, `Continued from A1`, `Sigue en la página 4`.
fn is_continuation(folded: &str) -> bool {
    let words = [
        "continued on",
        "continued from",
        "see page",
        "sigue en la pagina",
        "continua en la pagina",
        "viene de la pagina",
        "pasa a la pagina",
    ];
    let inner = folded.trim_matches(['(', ')', '[', ']', '*', '>', '<', ' ']);
    let is_short = inner.split(' ').count() <= 5;
    let has_number = inner.ends_with(|c: char| c.is_ascii_digit());
    is_short && has_number && words.iter().any(|start| inner.starts_with(start))
}

/// `(07-17) 13:09 PDT`.
fn is_wire_time(text: &str) -> bool {
    let Some((date, rest)) = text.strip_prefix('(').and_then(|text| text.split_once(')'))
    else {
        return false;
    };
    let is_date = date.len() == 5 && date.chars().all(|c| c.is_ascii_digit() || c == '-');
    let Some((_, _, range)) = dates::time(rest) else { return false };
    let zone = rest.get(range.end..).unwrap_or_default().trim();
    is_date && zone.len() <= 4 && zone.chars().all(|c| c.is_ascii_uppercase())
}

/// Whether a line is a rule between parts: `* * *`, `- - - -`, `_____`.
pub(super) fn is_rule(text: &str) -> bool {
    let marks: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let first = marks.first().copied().unwrap_or_default();
    matches!(first, '*' | '-' | '_' | '–' | '—' | '=' | '~' | '•' | '·')
        && marks.len() >= 3
        && marks.iter().all(|&mark| mark == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_split_off() {
        for (text, split) in [
            ("Page 7", Some(("", "7"))),
            ("September 22, 2006 | Page A8", Some(("September 22, 2006", "A8"))),
            ("Página 3", Some(("", "3"))),
            (
                "By Jane Doe | May 3, 2006 | Page 12",
                Some(("By Jane Doe | May 3, 2006", "12")),
            ),
            ("See the photo on page 7", None),
            ("Page seven", None),
        ] {
            assert_eq!(split_page(text), split, "{text}");
        }
    }

    #[test]
    fn rules_and_times_of_wires_are_known() {
        assert!(is_wire_time("(07-17) 13:09 PDT"));
        assert!(!is_wire_time("(404) 555-0142"));
        assert!(is_rule("* * *") && is_rule("-----") && is_rule("_ _ _"));
        assert!(!is_rule("--") && !is_rule("-30-") && !is_rule("###"));
        assert!(
            is_continuation("continued on page 4")
                && is_continuation("(sigue en la pagina 4)")
        );
        assert!(!is_continuation("continued on the bridge until 4"));
    }
}
