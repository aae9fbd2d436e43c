//! What letters are in any script, and how words are folded for search.
//!
//! `docs/search-format.md` says what is done here; the client of the search
//! does the same with the means of JavaScript.

use icu::normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu::properties::props::{
    EnumeratedProperty, GeneralCategory, GeneralCategoryGroup, Script,
};
use icu::properties::{CodePointMapData, CodePointMapDataBorrowed};

/// The category of each character.
const CATEGORIES: CodePointMapDataBorrowed<'static, GeneralCategory> =
    CodePointMapData::<GeneralCategory>::new();

/// Compatibility decomposition.
const NFKD: DecomposingNormalizerBorrowed<'static> =
    DecomposingNormalizerBorrowed::new_nfkd();

/// What words are made of: letters, digits and marks.
const OF_WORDS: GeneralCategoryGroup = GeneralCategoryGroup::Letter
    .union(GeneralCategoryGroup::Number)
    .union(GeneralCategoryGroup::Mark);

/// Whether a character is a letter, a digit or a mark.
pub fn is_of_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    OF_WORDS.contains(CATEGORIES.get(c))
}

/// Whether a character is of a word or becomes letters or digits when it is folded,
/// as `™` does.
pub fn makes_words(c: char) -> bool {
    if c.is_ascii() || is_of_word(c) {
        return is_of_word(c);
    }
    let is_word = |c| {
        let of_words = GeneralCategoryGroup::Letter.union(GeneralCategoryGroup::Number);
        of_words.contains(CATEGORIES.get(c))
    };
    NFKD.normalize_iter(std::iter::once(c)).any(is_word)
}

/// Whether a character is a letter.
pub fn is_letter(c: char) -> bool {
    GeneralCategoryGroup::Letter.contains(CATEGORIES.get(c))
}

/// Whether a character is of a script that is written without spaces between words,
/// or, as Korean is, with endings of many forms behind each.
pub fn is_unspaced(c: char) -> bool {
    // Thai is the first of these scripts.
    c >= '\u{e00}'
        && matches!(
            Script::for_char(c),
            Script::Han
                | Script::Hiragana
                | Script::Katakana
                | Script::Hangul
                | Script::Thai
                | Script::Lao
                | Script::Khmer
                | Script::Myanmar
        )
}

/// A word in lower case, composed, with its accents, as stemmers want it.
pub fn lower(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let lower = word.to_lowercase().replace('\u{2019}', "'");
    ComposingNormalizerBorrowed::new_nfc().normalize(&lower).into_owned()
}

/// Folds a text so that case, accents and width do not count.
pub fn fold_for_search(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let decomposed = NFKD.normalize(text).to_lowercase();
    let bare: String = decomposed.chars().filter(|c| !is_dropped(*c)).collect();
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&bare);
    let mut folded = String::with_capacity(composed.len());
    for c in composed.chars() {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            _ => folded.push(c),
        }
    }
    folded
}

/// Whether a mark is left out: accents, Hebrew points, Arabic vowel signs, and what
/// only stretches or breaks a word.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}'
        | '\u{591}'..='\u{5c7}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}' | '\u{640}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_width_do_not_count() {
        for (written, folded) in [
            ("ORGANIZACIÓN", "organizacion"),
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("ＧＬＡＨＲ", "glahr"),
            ("İstanbul", "istanbul"),
            ("Ísafjörður", "isafjordur"),
            ("ὈΔΥΣΣΕΎΣ", "οδυσσευσ"),
            ("مُحَمَّد", "محمد"),
            ("한국", "한국"),
            ("ﬁn", "fin"),
            ("Łódź", "lodz"),
            ("brand™", "brandtm"),
        ] {
            assert_eq!(fold_for_search(written), folded);
        }
    }

    #[test]
    fn letters_of_any_script_are_of_words() {
        for c in ['a', 'é', '9', '中', '한', 'अ', 'ि', '\u{301}', '²'] {
            assert!(is_of_word(c), "{c}");
        }
        for c in [' ', '\'', '’', '-', '_', '…', '™', '。', '\u{ad}'] {
            assert!(!is_of_word(c), "{c}");
        }
        assert!(makes_words('™') && makes_words('a') && makes_words('℃'));
        assert!(!makes_words('…') && !makes_words('´') && !makes_words('.'));
    }

    #[test]
    fn scripts_without_spaces_are_known() {
        assert!("中ひカ한ไລខမ".chars().all(is_unspaced));
        assert!(!"aéяאعअ9".chars().any(is_unspaced));
    }
}
