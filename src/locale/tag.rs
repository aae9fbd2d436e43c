//! Decides what counts as the tag of a language, and how quotation marks look
//! in it.
//!
//! A tag is kept as normalized text; everything else is worked out when it is
//! asked for. Whether the site has words in a language is not decided here.

use std::fmt;

use icu::locale::{LanguageIdentifier, LocaleDirectionality};
use serde::{Deserialize, Serialize};

/// A BCP 47 tag in its normal form, such as `en`, `en-US` or `zh-Hant`.
///
/// Tags with extensions or private parts (`en-u-hc-h23`, `en-x-desk`) do not
/// count: they say how to show a text, not which language it is in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tag(String);

impl Tag {
    /// Reads a tag and brings it to its normal form (`EN-us` becomes `en-US`).
    ///
    /// No language has a registered subtag of more than three letters, so
    /// `english` is not a tag, although its form would allow it.
    pub fn parse(text: &str) -> Option<Self> {
        let primary = text.split('-').next().unwrap_or_default();
        if !matches!(primary.len(), 2 | 3) {
            return None;
        }
        let identifier = LanguageIdentifier::try_from_str(text).ok()?;
        Some(Self(identifier.to_string()))
    }

    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first part of the tag, which names the language alone.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// Whether the script of the language runs from right to left.
    pub fn is_right_to_left(&self) -> bool {
        LocaleDirectionality::new_extended().is_right_to_left(&self.identifier())
    }

    /// The tag as the formatters take it.
    pub(super) fn identifier(&self) -> LanguageIdentifier {
        LanguageIdentifier::try_from_str(&self.0).unwrap_or(LanguageIdentifier::UNKNOWN)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The quotation marks that a language prints: opening and closing double
/// marks, then opening and closing single marks, which stand for a quotation
/// inside another.
///
/// A language that is not in the table gets the English marks.
pub fn quotes(tag: &Tag) -> [&'static str; 4] {
    match tag.as_str() {
        "de-CH" | "de-LI" | "it-CH" | "rm" => return ["«", "»", "‹", "›"],
        "fr-CH" => return ["«\u{202F}", "\u{202F}»", "‹\u{202F}", "\u{202F}›"],
        "es-419" | "es-MX" | "es-PR" | "es-US" | "pt-BR" => return ["“", "”", "‘", "’"],
        "zh-Hant" | "zh-TW" | "zh-HK" | "zh-MO" => return ["「", "」", "『", "』"],
        _ => {}
    }
    match tag.language() {
        "es" | "ast" | "ca" | "el" | "gl" | "hy" | "it" | "pt" | "sq" => {
            ["«", "»", "“", "”"]
        }
        "am" | "eu" | "fa" | "ti" => ["«", "»", "‹", "›"],
        "br" | "fr" => ["«\u{202F}", "\u{202F}»", "“", "”"],
        "nb" | "nn" | "no" => ["«", "»", "‘", "’"],
        "be" | "ru" | "uk" => ["«", "»", "„", "“"],
        "cs" | "de" | "dsb" | "hsb" | "is" | "lb" | "sk" | "sl" => ["„", "“", "‚", "‘"],
        "bg" | "et" | "ka" | "lt" | "mk" => ["„", "“", "‘", "’"],
        "pl" | "ro" => ["„", "”", "«", "»"],
        "hu" => ["„", "”", "»", "«"],
        "bs" | "hr" | "sr" => ["„", "”", "‘", "’"],
        "fi" | "he" | "sv" => ["”", "”", "’", "’"],
        "ar" => ["”", "“", "’", "‘"],
        "ja" => ["「", "」", "『", "』"],
        _ => ["“", "”", "‘", "’"],
    }
}

/// What a language is called in itself; none if it is not in the table.
pub fn own_name(tag: &Tag) -> Option<&'static str> {
    let names = [
        ("ar", "العربية"),
        ("bg", "Български"),
        ("bn", "বাংলা"),
        ("ca", "Català"),
        ("cs", "Čeština"),
        ("cy", "Cymraeg"),
        ("da", "Dansk"),
        ("de", "Deutsch"),
        ("el", "Ελληνικά"),
        ("en", "English"),
        ("es", "Español"),
        ("et", "Eesti"),
        ("eu", "Euskara"),
        ("fa", "فارسی"),
        ("fi", "Suomi"),
        ("fr", "Français"),
        ("ga", "Gaeilge"),
        ("gl", "Galego"),
        ("he", "עברית"),
        ("hi", "हिन्दी"),
        ("hr", "Hrvatski"),
        ("ht", "Kreyòl ayisyen"),
        ("hu", "Magyar"),
        ("hy", "Հայերեն"),
        ("id", "Bahasa Indonesia"),
        ("is", "Íslenska"),
        ("it", "Italiano"),
        ("ja", "日本語"),
        ("ka", "ქართული"),
        ("ko", "한국어"),
        ("lt", "Lietuvių"),
        ("lv", "Latviešu"),
        ("nb", "Norsk bokmål"),
        ("nl", "Nederlands"),
        ("nn", "Norsk nynorsk"),
        ("no", "Norsk"),
        ("pl", "Polski"),
        ("pt", "Português"),
        ("qu", "Runa simi"),
        ("ro", "Română"),
        ("ru", "Русский"),
        ("sk", "Slovenčina"),
        ("sl", "Slovenščina"),
        ("so", "Soomaali"),
        ("sq", "Shqip"),
        ("sr", "Српски"),
        ("sv", "Svenska"),
        ("sw", "Kiswahili"),
        ("tl", "Tagalog"),
        ("tr", "Türkçe"),
        ("uk", "Українська"),
        ("ur", "اردو"),
        ("vi", "Tiếng Việt"),
        ("zh", "中文"),
    ];
    names.iter().find(|(known, _)| *known == tag.language()).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tag of a text that must be one.
    fn tag(text: &str) -> Tag {
        Tag::parse(text).unwrap()
    }

    #[test]
    fn a_tag_is_brought_to_its_normal_form() {
        for (text, expected) in [
            ("en", "en"),
            ("EN-us", "en-US"),
            ("ZH-hant-tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
            ("ca-VALENCIA", "ca-valencia"),
            ("nah", "nah"),
        ] {
            assert_eq!(tag(text).as_str(), expected);
            assert_eq!(tag(text).to_string(), expected);
            assert_eq!(Tag::parse(expected), Some(tag(text)));
        }
    }

    #[test]
    fn nonsense_is_not_a_tag() {
        for text in [
            "",
            "-",
            "e",
            "en_US",
            "en-",
            "-en",
            "english",
            "en US",
            "en-U",
            "español",
            "12",
            "en-toolongsubtag",
            " en",
            "en-x-desk",
        ] {
            assert_eq!(Tag::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_primary_subtag_names_the_language() {
        assert_eq!(tag("pt-BR").language(), "pt");
        assert_eq!(tag("nah").language(), "nah");
    }

    #[test]
    fn the_script_gives_the_direction() {
        for text in ["ar", "he", "fa", "ur", "ckb", "ps", "dv", "yi", "az-Arab"] {
            assert!(tag(text).is_right_to_left(), "{text}");
        }
        for text in ["en", "es", "ja", "tr", "ur-Latn", "und", "xx"] {
            assert!(!tag(text).is_right_to_left(), "{text}");
        }
    }

    #[test]
    fn quotation_marks_follow_the_language() {
        assert_eq!(quotes(&tag("en-GB")), ["“", "”", "‘", "’"]);
        assert_eq!(quotes(&tag("es")), ["«", "»", "“", "”"]);
        assert_eq!(quotes(&tag("es-MX")), ["“", "”", "‘", "’"]);
        assert_eq!(quotes(&tag("de-AT")), ["„", "“", "‚", "‘"]);
        assert_eq!(quotes(&tag("fr"))[0], "«\u{202F}");
        assert_eq!(quotes(&tag("tlh")), quotes(&tag("en")));
    }
}
