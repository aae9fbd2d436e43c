//! Words as the rules compare them, and the lists of words beside this file.
//!
//! Comparing minds neither case nor accents nor the kind of quotation marks.
//! What follows from a word is decided by the rules, not here.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::import::account;

/// Lines longer than this, in bytes, are text; no rule compares them whole.
const LONGEST: usize = 480;

/// A list of words or lines.
pub(super) type List = LazyLock<BTreeSet<&'static str>>;

/// Given names.
pub(super) static GIVEN: List = LazyLock::new(|| words(include_str!("given-names.txt")));
/// Words that stand in no name of a person.
pub(super) static COMMON: List =
    LazyLock::new(|| words(include_str!("common-words.txt")));
/// Words of the names of organizations.
pub(super) static ORGANIZATION: List =
    LazyLock::new(|| words(include_str!("organization-words.txt")));
/// Words of the names of outlets.
pub(super) static OUTLET: List =
    LazyLock::new(|| words(include_str!("outlet-words.txt")));
/// Words that say what a writer is.
pub(super) static ROLE: List = LazyLock::new(|| words(include_str!("role-words.txt")));
/// States and countries.
pub(super) static REGIONS: List = LazyLock::new(|| lines(include_str!("regions.txt")));
/// Towns that need no state.
pub(super) static CITIES: List = LazyLock::new(|| lines(include_str!("cities.txt")));
/// What stands before a dash and is no town.
pub(super) static NOT_PLACES: List =
    LazyLock::new(|| lines(include_str!("not-places.txt")));

/// The words of a list, without its comments.
fn words(list: &'static str) -> BTreeSet<&'static str> {
    entries(list).flat_map(str::split_ascii_whitespace).collect()
}

/// The lines of a list, without its comments.
fn lines(list: &'static str) -> BTreeSet<&'static str> {
    entries(list).collect()
}

/// The lines of a data file that say something.
pub(super) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A text as it is compared: in lower case, without accents, with straight
/// quotes and single spaces.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.extend(c.to_lowercase().map(plain));
        }
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out
}

/// A short line as the lists have it: folded, without marks at its end; empty
/// for a long line.
pub(super) fn fold_line(text: &str) -> String {
    if text.len() > LONGEST {
        return String::new();
    }
    let folded = fold(text);
    let is_mark = |c: char| matches!(c, ':' | '.' | '!' | '…' | ' ' | ';' | ',');
    let kept = folded.trim_end_matches(is_mark);
    if kept.is_empty() { folded } else { kept.to_owned() }
}

/// A letter without its accent, a quotation mark as a straight one.
fn plain(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        '\u{2018}' | '\u{2019}' | '\u{b4}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2010}' | '\u{2011}' => '-',
        _ => c,
    }
}

/// A word as the lists have it: folded, without marks around it.
pub(super) fn fold_word(word: &str) -> String {
    fold(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// How many characters a text has.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

/// Whether a line is too long for a heading, a label or a name.
pub(super) fn is_long(text: &str) -> bool {
    text.len() > LONGEST || length(text) > 160
}

/// Whether all letters of a text are capitals, and there are two at least.
pub(super) fn is_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let mut n = 0;
    letters.all(|c| {
        n += 1;
        !c.is_lowercase()
    }) && n >= 2
}

/// A text for a note, without telephone numbers and e-mail addresses.
pub(super) fn masked(text: &str) -> String {
    let text = without_emails(text);
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for range in phones(&text) {
        out.push_str(text.get(end..range.start).unwrap_or_default());
        let run = text.get(range.clone()).unwrap_or_default();
        out.extend(run.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }));
        end = range.end;
    }
    out.push_str(text.get(end..).unwrap_or_default());
    out
}

/// A text with single spaces, its e-mail addresses hidden.
fn without_emails(text: &str) -> String {
    let words = text.split_whitespace();
    let words = words.map(|word| if is_email(word) { "[e-mail]" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// The telephone numbers and e-mail addresses that [`masked`] hides.
pub(super) fn private_parts(text: &str) -> Vec<String> {
    let words = text.split_whitespace().filter(|word| is_email(word));
    let rest = without_emails(text);
    let numbers = phones(&rest).into_iter().filter_map(|range| rest.get(range));
    words.chain(numbers).map(str::to_owned).collect()
}

/// Whether a word holds an e-mail address, or could be read as one.
pub(super) fn is_email(word: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    word.match_indices('@').any(|(at, _)| {
        let (name, host) = (word.get(..at), word.get(at + 1..));
        is_part(name.and_then(|name| name.chars().next_back()))
            && is_part(host.and_then(|host| host.chars().next()))
    })
}

/// A text without the telephone numbers and e-mail addresses at its end, and
/// the words that announce them; and what was taken off. A long text is no
/// line of its own and stays whole.
pub(super) fn without_contact(text: &str) -> (&str, &str) {
    let is_mark = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '|' | '(' | '<' | '[' | '·' | '•')
    };
    if is_long(text) {
        return (text, "");
    }
    let mut kept = text.trim_end();
    loop {
        let words = kept.trim_end_matches([')', '>', ']', '.', ' ', ',', ';']);
        let last = words.rsplit(is_mark).next().unwrap_or_default();
        let number = phones(words).into_iter().next_back();
        kept = if is_email(last) {
            words.get(..words.len() - last.len()).unwrap_or_default()
        } else if let Some(range) = number.filter(|range| range.end == words.len()) {
            words.get(..range.start).unwrap_or_default()
        } else {
            break;
        };
        kept = without_label(kept.trim_end_matches(is_mark));
    }
    text.split_at_checked(kept.len()).unwrap_or((text, ""))
}

/// A text without the word for a number or an address at its end.
fn without_label(text: &str) -> &str {
    let labels = [
        "tel",
        "telephone",
        "telefono",
        "phone",
        "cell",
        "celular",
        "email",
        "e-mail",
        "mail",
        "correo",
    ];
    let last = text.rsplit([' ', ',', '|', '(']).next().unwrap_or_default();
    if !labels.contains(&fold_word(last).as_str()) {
        return text;
    }
    let rest = text.get(..text.len() - last.len()).unwrap_or_default();
    rest.trim_end_matches([' ', ',', ';', '|', '(', '·', '•'])
}

/// The beginning of a text, for a note.
pub(super) fn beginning(text: &str) -> String {
    let mut kept: String = text.chars().take(80).collect();
    if kept.len() < text.len() {
        kept.push('…');
    }
    kept
}

/// Whether a text has a telephone number.
pub(super) fn has_phone(text: &str) -> bool {
    !phones(text).is_empty()
}

/// Where the telephone numbers of a text stand.
fn phones(text: &str) -> Vec<Range<usize>> {
    let is_part = |c: char| {
        c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-' | '.' | '+' | '\u{2013}')
    };
    let is_edge = |c: char| !c.is_ascii_digit() && c != '+' && c != '(';
    let mut start = 0;
    let mut found = Vec::new();
    for run in text.split_inclusive(|c| !is_part(c)) {
        let number = run.trim_end_matches(is_edge);
        if is_phone(number) {
            let skipped = number.len() - number.trim_start_matches(is_edge).len();
            found.push(start + skipped..start + number.len());
        }
        start += run.len();
    }
    found
}

/// Whether a run of digits and marks is a telephone number.
fn is_phone(run: &str) -> bool {
    let run = run.trim_matches(|c: char| !c.is_ascii_digit() && c != '+' && c != '(');
    let groups: Vec<&str> = run
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    let is_year = |group: &&str| {
        group.len() == 4 && (group.starts_with("19") || group.starts_with("20"))
    };
    let is_date = match groups.as_slice() {
        [first, second] => is_year(first) && is_year(second),
        [year, month, day] => {
            is_year(year) && month.len() <= 2 && day.len() <= 2
                || is_year(day) && year.len() <= 2 && month.len() <= 2
        }
        _ => false,
    };
    // Ten digits without marks are a number of North America.
    let is_bare = digits == 10 && !run.starts_with(['0', '1']);
    let is_grouped = groups.len() >= 2 || run.starts_with('+') || is_bare;
    (7..=15).contains(&digits)
        && groups.len() <= 5
        && groups.iter().any(|group| group.len() >= 3)
        && is_grouped
        && !is_date
}

/// Whether a text has an e-mail address.
pub(super) fn has_email(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let Some((name, host)) = word.split_once('@') else { return false };
        let is_named = name.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let host = host.trim_end_matches(|c: char| !c.is_alphanumeric());
        is_named && host.contains('.') && host.starts_with(|c: char| c.is_alphanumeric())
    })
}

/// Whether a line has nothing that can be seen.
pub(super) fn is_blank(line: &str) -> bool {
    !line.chars().any(account::is_seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_compared_without_case_accents_and_end_marks() {
        for (line, folded) in [
            ("  PARA DIFUSIÓN   INMEDIATA: ", "para difusion inmediata"),
            ("Be the first to like this.", "be the first to like this"),
            ("Editor’s Note…", "editor's note"),
            ("###", "###"),
            ("...", "..."),
        ] {
            assert_eq!(fold_line(line), folded);
        }
        assert_eq!(fold_line(&"long ".repeat(200)), "");
    }

    #[test]
    fn telephone_numbers_are_told_from_dates_and_sums() {
        for (text, is_phone) in [
            ("(404) 555-0142", true),
            ("404.555.0142", true),
            ("555-0142", true),
            ("+505 2250-0142", true),
            ("tel. 8844-0142", true),
            ("2019-10-11", false),
            ("11-10-2019", false),
            ("the years 1999-2001", false),
            ("$600,000 and 700 people", false),
            ("20190111", false),
            ("call 4045550142", true),
            ("item 1404555014", false),
            ("room 12", false),
        ] {
            assert_eq!(has_phone(text), is_phone, "{text}");
        }
    }

    #[test]
    fn addresses_are_seen_and_masked() {
        assert!(has_email("write to rosa@union.example."));
        assert!(!has_email("meet @rosa or a @ b"));
        for (text, shown) in [
            (
                "Rosa Vega, 404-555-0142, rosa@union.example",
                "Rosa Vega, ###-###-####, [e-mail]",
            ),
            ("On June 1, 2019, 612 nurses; @rosa", "On June 1, 2019, 612 nurses; @rosa"),
            ("founded in 1988 (tel. 555-0142)", "founded in 1988 (tel. ###-####)"),
            ("+505 2250-0142 y 2019-10-11", "+### ####-#### y 2019-10-11"),
            ("mailto:rosa@union.example", "[e-mail]"),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    #[test]
    fn contacts_at_the_end_of_a_line_are_taken_off() {
        for (text, kept) in [
            ("By Ben Cho, ben@example.org", "By Ben Cho"),
            ("By Ben Cho (ben@example.org)", "By Ben Cho"),
            ("By Ben Cho | 404-555-0142 | ben@example.org", "By Ben Cho"),
            ("By Ben Cho, tel. 404-555-0142", "By Ben Cho"),
            ("By Ben Cho, email: ben@example.org.", "By Ben Cho"),
            ("By Ben Cho (404) 555-0142", "By Ben Cho"),
            ("By Ben Cho", "By Ben Cho"),
            ("By Ben Cho, May 3, 2006", "By Ben Cho, May 3, 2006"),
            ("ben@example.org", ""),
        ] {
            let (own, rest) = without_contact(text);
            assert_eq!(own, kept, "{text}");
            assert_eq!(format!("{own}{rest}"), text);
        }
    }

    #[test]
    fn every_list_is_folded_already() {
        for list in [
            &GIVEN,
            &COMMON,
            &ORGANIZATION,
            &OUTLET,
            &ROLE,
            &REGIONS,
            &CITIES,
            &NOT_PLACES,
        ] {
            assert!(list.len() > 20);
            for entry in list.iter() {
                assert_eq!(*entry, fold(entry));
            }
        }
    }
}
