//! Which of the two languages a text is in, by its small words.

use crate::import::text::words::fold_word;

/// Small words of English that are not words of Spanish.
const ENGLISH: &[&str] = &[
    "the", "and", "of", "to", "in", "that", "is", "was", "for", "on", "with", "are",
    "by", "from", "at", "have", "this", "they", "will", "not", "we", "our", "said",
    "who", "it", "be", "has", "were", "their", "which",
];

/// Small words of Spanish that are not words of English.
const SPANISH: &[&str] = &[
    "el", "la", "los", "las", "de", "del", "y", "que", "en", "un", "una", "por", "para",
    "con", "se", "su", "sus", "al", "es", "lo", "como", "más", "fue", "son", "este",
    "esta", "nuestra", "dijo", "mas", "nos",
];

/// How many words are looked at.
const ENOUGH: usize = 3_000;

/// The language of some lines as a BCP 47 tag, and how sure it is in percent.
pub(super) fn find<'t>(
    lines: impl Iterator<Item = &'t str>,
) -> Option<(&'static str, u8)> {
    let (mut english, mut spanish) = (0_usize, 0_usize);
    for word in lines.flat_map(str::split_whitespace).take(ENOUGH) {
        if word.len() > 12 {
            continue;
        }
        let word = fold_word(word);
        english += usize::from(ENGLISH.contains(&word.as_str()));
        spanish += usize::from(SPANISH.contains(&word.as_str()));
    }
    let (tag, more, less) = if english >= spanish {
        ("en", english, spanish)
    } else {
        ("es", spanish, english)
    };
    let is_clear = more >= 3 && more >= less * 3;
    is_clear.then_some((tag, if more >= 10 { 98 } else { 80 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_that_of_the_small_words() {
        for (text, tag) in [
            ("The tenants of the mill said that they will not pay.", Some("en")),
            ("Los inquilinos del molino dijeron que no pagarán la renta.", Some("es")),
            ("Riverbend", None),
            ("the the los los de la", None),
        ] {
            assert_eq!(find(text.lines()).map(|(tag, _)| tag), tag, "{text}");
        }
    }
}
