//! The custom fields of an item: the few that say something to readers.
//!
//! Plugins write whatever they like there, some of it private. What is not in
//! the lists here is only counted.

use crate::dom;
use crate::import::wordpress::item::Record;

/// Lines under the headline.
const DECK: &[&str] = &["_subtitle", "subtitle", "deck", "kps_subtitle", "secondline"];

/// Lines above the headline.
const KICKER: &[&str] = &["kicker", "_kicker"];

/// Descriptions for search engines.
const SUMMARY: &[&str] =
    &["_yoast_wpseo_metadesc", "_aioseo_description", "rank_math_description"];

/// Where a text was taken from.
const SOURCE: &[&str] = &["source_url"];

/// Where it happened.
const LOCATION: &[&str] = &["location", "geo_address"];

/// Whose pictures they are.
const CREDIT: &[&str] = &[
    "photo_credit",
    "_photo_credit",
    "photo-credit",
    "image_credit",
    "media_credit",
    "_media_credit",
];

/// Fields that the import reads elsewhere, or that are of no interest anywhere.
const READ: &[&str] =
    &["_thumbnail_id", "footnotes", "_icl_lang_code", "_edit_lock", "_edit_last"];

/// What the custom fields of an item say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// The line under the headline.
    pub deck: Option<String>,
    /// The line above the headline.
    pub kicker: Option<String>,
    /// A description.
    pub summary: Option<String>,
    /// Where the text was taken from.
    pub source: Option<String>,
    /// Where it happened.
    pub location: Option<String>,
    /// Whose pictures they are.
    pub credit: Option<String>,
    /// How many fields are left out.
    pub others: usize,
}

/// Reads the custom fields of an item.
pub(super) fn said(record: &Record) -> Said {
    let text = |keys: &[&str]| {
        record.meta(keys).map(plain).filter(|text| !text.is_empty() && is_text(text))
    };
    let lists = [DECK, KICKER, SUMMARY, SOURCE, LOCATION, CREDIT, READ];
    let is_read = |key: &str| lists.iter().any(|list| list.contains(&key));
    Said {
        deck: text(DECK),
        kicker: text(KICKER),
        // A description with variables is made anew for each page.
        summary: text(SUMMARY).filter(|text| !text.contains("%%") && !text.contains('#')),
        source: text(SOURCE).filter(|text| text.starts_with("http")),
        location: text(LOCATION),
        credit: text(CREDIT),
        others: record.metas.iter().filter(|(key, _)| !is_read(key)).count(),
    }
}

/// Whether a value is text, and no serialized list or object.
fn is_text(value: &str) -> bool {
    let is_serialized = ["a:", "O:", "s:", "i:", "b:"].iter().any(|start| {
        let digits = value.strip_prefix(start).and_then(|rest| rest.split_once(':'));
        digits
            .is_some_and(|(n, _)| !n.is_empty() && n.bytes().all(|c| c.is_ascii_digit()))
    });
    !is_serialized && !value.starts_with("{\"")
}

/// A text that may hold HTML, as plain text in one line.
pub(super) fn plain(text: &str) -> String {
    let text = if text.contains(['<', '&']) {
        dom::text_of(&dom::parse_fragment(text))
    } else {
        text.to_owned()
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text looks like an address of e-mail.
pub(super) fn is_mail(text: &str) -> bool {
    let mut before = "";
    text.split('@').any(|part| {
        let is_name =
            before.ends_with(|c: char| c.is_alphanumeric() || "._%+-".contains(c));
        let end = part.find(|c: char| !(c.is_alphanumeric() || ".-".contains(c)));
        let host = part.get(..end.unwrap_or(part.len())).unwrap_or_default();
        before = part;
        is_name && host.trim_end_matches('.').contains('.')
    })
}

/// Whether a text holds an address of e-mail or a telephone number.
pub(super) fn is_private(text: &str) -> bool {
    is_mail(text)
        || text.contains("%40") && is_mail(&text.replace("%40", "@"))
        || has_phone(text)
}

/// The fewest digits of a telephone number.
const PHONE: usize = 7;

/// Marks that stand between the digits of a telephone number.
const SEPARATORS: &str = " \u{a0}\u{202f}-\u{2010}\u{2011}\u{2013}.()/+";

/// Whether a text holds a telephone number: seven digits or more with marks
/// between or a plus before them, which are no date, no years and no place on
/// a map.
fn has_phone(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || SEPARATORS.contains(c);
    text.split(|c| !is_part(c)).any(|run| {
        let mut groups: Vec<(&str, &str)> = Vec::new();
        let mut rest = run;
        while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
            let (mark, digits) = rest.split_at(start);
            let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            let (group, behind) = digits.split_at(end);
            groups.push((mark, group));
            rest = behind;
        }
        is_phone(&groups)
    })
}

/// Whether groups of digits, each with the marks before it, hold a telephone
/// number.
fn is_phone(mut groups: &[(&str, &str)]) -> bool {
    let (mut digits, mut n) = (0, 0);
    while let [(mark, group), rest @ ..] = groups {
        let other = other_number(groups);
        // Up to three marks stand in a number, as ` - ` does; more than that,
        // as a line of dots, part two numbers.
        if other > 0 || mark.chars().count() > 3 {
            (digits, n) = (0, 0);
        }
        if other > 0 {
            groups = groups.get(other..).unwrap_or_default();
            continue;
        }
        (digits, n) = (digits + group.len(), n + 1);
        if digits >= PHONE && (n > 1 || mark.ends_with('+')) {
            return true;
        }
        groups = rest;
    }
    false
}

/// How many groups of digits are a date, a span of years or a decimal fraction;
/// 0 if they begin with none of these.
fn other_number(groups: &[(&str, &str)]) -> usize {
    let number = |group: &str| group.parse::<u32>().unwrap_or(u32::MAX);
    let is_year =
        |group: &str| group.len() == 4 && (1000..=2100).contains(&number(group));
    let is_day = |group: &str| group.len() <= 2 && (1..=31).contains(&number(group));
    match groups {
        [(_, a), (first, b), (second, c), ..]
            if first == second
                && ["-", "/", "."].contains(first)
                && is_day(b)
                && (is_year(a) && is_day(c) || is_day(a) && is_year(c)) =>
        {
            3
        }
        [(_, a), (mark, b), ..]
            if ["-", "\u{2013}", " - ", " \u{2013} "].contains(mark)
                && is_year(a)
                && is_year(b)
                && number(a) < number(b) =>
        {
            2
        }
        [(_, a), (".", b), ..] if number(a) <= 180 && b.len() > 4 => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::wordpress::item::tests::record;

    fn fields(pairs: &[(&str, &str)]) -> Said {
        let fields = pairs.iter().map(|(key, value)| {
            format!(
                "<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
            )
        });
        said(&record(&fields.collect::<String>()))
    }

    #[test]
    fn only_known_fields_are_read() {
        let said = fields(&[
            ("_subtitle", "A <em>deck</em> &amp; more"),
            ("kicker", " Schools "),
            ("_yoast_wpseo_metadesc", "About it"),
            ("source_url", "https://example.org/a"),
            ("geo_address", "Atlanta"),
            ("photo_credit", "Ben Ito"),
            ("title", "not the title"),
            ("_edit_lock", "1:2"),
            ("_secret", "x"),
        ]);
        assert_eq!(said.deck.as_deref(), Some("A deck & more"));
        assert_eq!(said.kicker.as_deref(), Some("Schools"));
        assert_eq!(said.summary.as_deref(), Some("About it"));
        assert_eq!(said.source.as_deref(), Some("https://example.org/a"));
        assert_eq!(said.location.as_deref(), Some("Atlanta"));
        assert_eq!(said.credit.as_deref(), Some("Ben Ito"));
        assert_eq!(said.others, 2);
    }

    #[test]
    fn serialized_and_broken_values_are_no_text() {
        for value in
            ["a:1:{s:3:\"key\";}", "s:12:\"bro", "O:8:\"x", "{\"a\":1}", " ", "<b></b>"]
        {
            assert_eq!(fields(&[("deck", value)]).deck, None, "{value}");
        }
        assert_eq!(fields(&[("_yoast_wpseo_metadesc", "%%title%% at")]).summary, None);
        assert_eq!(fields(&[("source_url", "javascript:1")]).source, None);
        assert_eq!(fields(&[("deck", "a: b")]).deck.as_deref(), Some("a: b"));
    }

    #[test]
    fn addresses_of_mail_are_seen() {
        for (text, expected) in [
            ("ana@example.org", true),
            ("Ana <ana@example.org>", true),
            ("@ana", false),
            ("Ana Reyes", false),
            ("a @ b", false),
            ("@ana,ben@example.org", true),
            ("\"ana@example.org\";", true),
            ("ana@example.", false),
            ("a@@b.c", false),
        ] {
            assert_eq!(is_mail(text), expected, "{text}");
            assert_eq!(is_private(text), expected, "{text}");
        }
        assert!(is_private("https://a.example/?to=ana%40example.org"));
    }

    #[test]
    fn telephone_numbers_are_private_and_other_numbers_are_not() {
        for (text, expected) in [
            ("555-0100", true),
            ("(404) 555-0100", true),
            ("call 404.555.0100 x12", true),
            ("tel:+14045550100", true),
            ("+1 404 555 0100", true),
            ("0521 / 555 01", true),
            ("06 12 19 90 55", true),
            ("404\u{a0}555\u{2011}0100", true),
            ("2019-10-11 555-0100", true),
            ("s:8:\"555-0100\";", true),
            ("9 555 0100", true),
            ("2019-10-11 09:30:15", false),
            ("11/10/2019", false),
            ("11.10.2019", false),
            ("1968-1973", false),
            ("1968 \u{2013} 1973", false),
            ("33.7490123, -84.3880123", false),
            ("33.7490123 -84.3880123", false),
            ("1570785000", false),
            ("12,13,14,15,16", false),
            ("1, 2 and 3456789", false),
            ("1200x800", false),
            ("555 . . . . . . . . 0100", false),
            ("https://a.example/2019/10/11/a/", false),
            ("", false),
        ] {
            assert_eq!(is_private(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_private_text_stays_private_among_others(
            text in "[0-9 .()/+@a-zé-]{0,40}",
            before in "[a-z\\n]{0,9}",
        ) {
            if is_private(&text) {
                let longer = format!("{before}; {text}; {before}");
                prop_assert!(is_private(&longer));
            }
        }
    }
}
