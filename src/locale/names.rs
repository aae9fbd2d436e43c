//! Decides when two spellings are one name, which of two names comes first,
//! and under which letter a name stands in an index.
//!
//! Order and letter agree: in a list sorted by [`Order::compare`] the names of
//! one letter stand together. How the names are shown is not decided here.

use std::borrow::Cow;
use std::cmp::Ordering;

use icu::casemap::CaseMapper;
use icu::casemap::options::TitlecaseOptions;
use icu::collator::options::{CollatorOptions, Strength};
use icu::collator::preferences::CollationNumericOrdering;
use icu::collator::{CollatorBorrowed, CollatorPreferences};
use icu::locale::LanguageIdentifier;
use icu::normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu::properties::CodePointSetData;
use icu::properties::props::DefaultIgnorableCodePoint;

use super::tag::Tag;

/// The letter of names that begin with no letter.
const NO_LETTER: &str = "#";

/// How many characters of a name can matter for its letter.
const OPENING: usize = 16;

/// A character that sorts behind everything else.
const LAST: char = '\u{FFFF}';

/// The order of names in one language.
pub(super) struct Order {
    /// Compares all of a name, with `Local 9` before `Local 10`; none if there
    /// is no data for it, and then names are compared by code point.
    full: Option<CollatorBorrowed<'static>>,
    /// Compares base letters only.
    letters: Option<CollatorBorrowed<'static>>,
    /// The language, for its own capitals.
    language: LanguageIdentifier,
}

impl Order {
    /// The order of a language.
    pub(super) fn new(tag: &Tag) -> Self {
        let language = tag.identifier();
        let mut preferences = CollatorPreferences::from(&language);
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Primary);
        let letters = CollatorBorrowed::try_new(preferences, options).ok();
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let options = CollatorOptions::default();
        let full = CollatorBorrowed::try_new(preferences, options).ok();
        Self { full, letters, language }
    }

    /// Which of two names comes first. Marks in front of the first letter or
    /// digit count last, and two names are equal only if they are the same.
    pub(super) fn compare(&self, left: &str, right: &str) -> Ordering {
        self.full
            .as_ref()
            .map_or(Ordering::Equal, |order| {
                order
                    .compare(reading(left), reading(right))
                    .then_with(|| order.compare(left, right))
            })
            .then_with(|| left.cmp(right))
    }

    /// The letter under which a name stands in an index: `#` if it begins with
    /// a digit or has no letter at all.
    pub(super) fn initial(&self, name: &str) -> String {
        let opening: String = reading(name).chars().take(OPENING).collect();
        let opening = ComposingNormalizerBorrowed::new_nfc().normalize(&opening);
        let Some(first) = opening.chars().next().filter(|c| c.is_alphabetic()) else {
            return NO_LETTER.to_owned();
        };
        let own = self.capital(&first.to_string());
        let Some(letters) = &self.letters else { return own };
        if self.is_plain(first, &opening) {
            return own;
        }
        base_letter(first)
            .map(|base| self.capital(&base.to_string()))
            .into_iter()
            .chain(latin_letters(first))
            .chain((1..=3).map(|length| {
                self.capital(&opening.chars().take(length).collect::<String>())
            }))
            .find(|label| holds(letters, label, &opening))
            .unwrap_or(own)
    }

    /// Whether the letter of a name is plainly its first character, as it is
    /// for most names: an English letter that begins no letter of two signs.
    fn is_plain(&self, first: char, opening: &str) -> bool {
        let english = self.language.language.as_str() == "en";
        first.is_ascii() && english && opening.is_ascii()
    }

    /// A letter as a heading: its first sign large, the others small.
    fn capital(&self, letter: &str) -> String {
        CaseMapper::new()
            .titlecase_segment_with_only_case_data_to_string(
                letter,
                &self.language,
                TitlecaseOptions::default(),
            )
            .into_owned()
    }
}

/// A name from its first letter or digit on, or all of it if it has none.
fn reading(name: &str) -> &str {
    // Signs such as `ʻ` are letters to Unicode, but alphabets pass over them.
    let counts = |c: char| c.is_alphanumeric() && !('\u{2B0}'..='\u{2FF}').contains(&c);
    name.find(counts).and_then(|at| name.get(at..)).unwrap_or(name)
}

/// What remains of a letter without its accents, if it has any. Katakana
/// becomes hiragana, as the two are sorted together; a Korean syllable is left
/// whole, as its parts are no accents.
fn base_letter(letter: char) -> Option<char> {
    if ('\u{AC00}'..='\u{D7A3}').contains(&letter) {
        return None;
    }
    let mut signs = [0; 4];
    let parts = DecomposingNormalizerBorrowed::new_nfkd();
    let base = parts.normalize(letter.encode_utf8(&mut signs)).chars().next();
    base.map(|base| match base {
        '\u{30A1}'..='\u{30F6}' => char::from_u32(u32::from(base) - 0x60).unwrap_or(base),
        base => base,
    })
    .filter(|&base| base != letter)
}

/// The letters under which one without accents, such as `Œ`, could stand.
fn latin_letters(letter: char) -> impl Iterator<Item = String> {
    let possible = !letter.is_ascii() && letter < '\u{250}';
    ('A'..='Z').filter(move |_| possible).map(String::from)
}

/// Whether a name stands under a letter: not before the letter, and not behind
/// everything that begins with it.
fn holds(letters: &CollatorBorrowed<'_>, letter: &str, name: &str) -> bool {
    let end = format!("{letter}{LAST}");
    letters.compare(letter, name) != Ordering::Greater
        && letters.compare(name, &end) == Ordering::Less
}

/// What two spellings share if they are one name.
///
/// Case, the number and kind of spaces, the shape of quotation marks and
/// hyphens, invisible characters and the Unicode form are the writer's;
/// accents and signs belong to the name, so that `Órgano` is not `Organo` and
/// `C#` is not `C++`. Folding twice changes nothing more.
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return single_spaces(&name.to_ascii_lowercase());
    }
    let mut folded = fold_once(name);
    // Taking a sign away can bring two others together that make one. This
    // settles in the second round for every text tried; the bound is there so
    // that no text can keep it going.
    for _ in 0..4 {
        let again = fold_once(&folded);
        if again == folded {
            break;
        }
        folded = again;
    }
    folded
}

/// One round of [`fold`].
fn fold_once(name: &str) -> String {
    let compose = ComposingNormalizerBorrowed::new_nfkc();
    let plain = plain_signs(name);
    let composed = compose.normalize(&plain);
    let folded = CaseMapper::new().fold_string(&composed);
    let composed = compose.normalize(&folded);
    single_spaces(&plain_signs(&composed))
}

/// A name with plain quotation marks and hyphens and without invisible signs.
fn plain_signs(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let invisible = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    name.chars().filter(|&c| !invisible.contains(c)).map(plain_sign).collect()
}

/// A quotation mark or hyphen as a typewriter has it.
fn plain_sign(sign: char) -> char {
    match sign {
        '‘' | '’' | '‚' | '‛' | '′' | '‵' | '´' | 'ʼ' | 'ʹ' | '‹' | '›' => {
            '\''
        }
        '“' | '”' | '„' | '‟' | '″' | '‶' | '«' | '»' | '〝' | '〞' | '〟' => {
            '"'
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2E3A}' | '\u{2E3B}' => '-',
        other => other,
    }
}

/// A text with one plain space where it had any, and none at its ends.
fn single_spaces(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !result.is_empty() {
            result.push(' ');
        }
        result.push_str(word);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The order of a language.
    fn order(tag: &str) -> Order {
        Order::new(&Tag::parse(tag).unwrap())
    }

    /// Names as a language sorts them.
    fn sorted<const N: usize>(tag: &str, mut names: [&str; N]) -> String {
        let order = order(tag);
        names.sort_by(|a, b| order.compare(a, b));
        names.join(" ")
    }

    #[test]
    fn names_follow_the_alphabet_of_the_language() {
        assert_eq!(sorted("es", ["ñu", "oso", "nube", "Zoo"]), "nube ñu oso Zoo");
        assert_eq!(sorted("sv", ["öl", "zon", "ål", "ask"]), "ask zon ål öl");
        assert_eq!(sorted("en", ["öl", "zon", "ål", "ask"]), "ål ask öl zon");
    }

    #[test]
    fn numbers_in_names_are_compared_by_their_value() {
        assert_eq!(
            sorted("en", ["Local10", "Local9", "Local1"]),
            "Local1 Local9 Local10"
        );
    }

    #[test]
    fn marks_in_front_of_a_name_do_not_move_it() {
        assert_eq!(
            sorted("es", ["Faro", "«Eco»", "#Alto", "¡Basta!"]),
            "#Alto ¡Basta! «Eco» Faro"
        );
    }

    #[test]
    fn only_the_same_name_is_equal() {
        let order = order("en");
        assert_eq!(order.compare("Ana", "Ana"), Ordering::Equal);
        for (left, right) in
            [("a", "A"), ("é", "e\u{301}"), ("a", "a\u{200B}"), ("01", "1")]
        {
            assert_ne!(order.compare(left, right), Ordering::Equal);
            assert_eq!(order.compare(left, right), order.compare(right, left).reverse());
        }
    }

    #[test]
    fn a_name_stands_under_its_letter() {
        for (tag, name, expected) in [
            ("en", "ana", "A"),
            ("en", "Órgano", "O"),
            ("es", "Órgano", "O"),
            ("es", "o\u{301}rgano", "O"),
            ("es", "Ñandú", "Ñ"),
            ("es", "n\u{303}andú", "Ñ"),
            ("es", "Chile", "C"),
            ("en", "Ñandú", "N"),
            ("en", "Łódź", "L"),
            ("en", "Ørsted", "O"),
            ("da", "Ørsted", "Ø"),
            ("da", "Århus", "Å"),
            ("sv", "Åland", "Å"),
            ("fr", "Œuvre", "O"),
            ("fr", "École", "E"),
            ("de", "Äpfel", "A"),
            ("de", "ßa", "S"),
            ("cs", "Chomsky", "Ch"),
            ("cs", "Cyril", "C"),
            ("hu", "Csaba", "Cs"),
            ("tr", "izmir", "İ"),
            ("tr", "ırmak", "I"),
            ("ru", "йод", "Й"),
            ("ru", "ёлка", "Е"),
            ("el", "Άρης", "Α"),
            ("ja", "東京", "東"),
            ("ja", "ガス", "か"),
            ("ko", "한국", "한"),
            ("zh", "北京", "北"),
            ("ka", "თბილისი", "თ"),
            ("en", "«El Faro»", "E"),
            ("en", "ﬁne", "F"),
            ("en", "ʻOkina", "O"),
            ("en", "’t Hooft", "T"),
        ] {
            assert_eq!(order(tag).initial(name), expected, "{name} in {tag}");
        }
    }

    #[test]
    fn a_name_without_a_first_letter_stands_under_a_sign() {
        for name in ["", " ", "1199", "32BJ", "٣", "½", "—", "\u{FFFF}", "🦀", "№"]
        {
            assert_eq!(order("en").initial(name), "#", "{name}");
        }
    }

    #[test]
    fn names_of_one_letter_stand_together() {
        let mut names = [
            "Œuvre", "Oz", "Oeuf", "Éa", "Ez", "ea", "«Eb»", "12", "Þór", "Zz", "Ða",
            "Dz", "ñu", "nz", "Chomsky", "Cz", "Hz", "æ", "Az", "かき", "カサ", "がく",
            "東京", "Яна", "(5)", "!", "Ōe", "ŉa", "ǆ", "Dí", "ĳs", "Ir", "Iz", "Lj",
            "Ǉa", "ﬃ", "Fz", "ª", "ºa",
        ];
        for tag in ["en", "es", "cs", "da", "fr", "hr", "hu", "de", "tr", "ja"] {
            let order = order(tag);
            names.sort_by(|a, b| order.compare(a, b));
            let mut letters: Vec<_> =
                names.iter().map(|name| order.initial(name)).collect();
            letters.dedup();
            let groups = letters.len();
            letters.sort();
            letters.dedup();
            assert_eq!(
                letters.len(),
                groups,
                "{tag}: {:?}",
                names.map(|n| (n, order.initial(n)))
            );
        }
    }

    #[test]
    fn spellings_of_one_name_are_folded_together() {
        for spellings in [
            ["Ana Reyes", "ANA  reyes", "\u{A0}Ana\u{A0}Reyes\t"],
            ["Órgano", "o\u{301}RGANO", "Ó\u{AD}rgano"],
            ["O’Neill", "O'Neill", "O´neill"],
            ["«Eco»", "“eco”", "\"Eco\""],
            ["Rank–File", "rank-file", "RANK‑FILE"],
            ["Straße", "STRASSE", "strasse"],
            ["ＡＢＣ", "abc", "\u{FEFF}Abc"],
        ] {
            assert_eq!(fold(spellings[0]), fold(spellings[1]));
            assert_eq!(fold(spellings[1]), fold(spellings[2]));
        }
    }

    #[test]
    fn different_names_stay_apart() {
        for (left, right) in [
            ("Órgano", "Organo"),
            ("C#", "C++"),
            ("C", "C#"),
            ("año", "ano"),
            ("a b", "ab"),
        ] {
            assert_ne!(fold(left), fold(right));
        }
    }

    #[test]
    fn the_quick_way_and_the_long_way_agree() {
        let every: String = (0..128_u8).map(char::from).collect();
        assert_eq!(fold(&every), fold_once(&every));
        for name in ["", "  ", " A\u{1F}  b\r\n", "C# & C++"] {
            assert_eq!(fold(name), fold_once(name));
        }
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        let every =
            (0..0x2_0000_u32).chain(0xE_0000..0xE_0200).filter_map(char::from_u32);
        for sign in every {
            let folded = fold(&format!("E{sign}\u{301} {sign}ẞ"));
            assert_eq!(fold(&folded), folded, "{:X}", u32::from(sign));
        }
    }
}
