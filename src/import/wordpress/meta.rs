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
    text.split_whitespace().any(|word| {
        word.split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    })
}

#[cfg(test)]
mod tests {
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
        ] {
            assert_eq!(is_mail(text), expected, "{text}");
        }
    }
}
