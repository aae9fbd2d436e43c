//! Words for addresses: slugs of names and titles, and ids of headings.
//!
//! A slug is made of lower-case ASCII letters, digits and hyphens, so that it
//! is the same in an address, in a file's name on every system and in a link
//! that somebody reads out. Text of any script is brought to Latin letters for
//! it. The same text always gives the same slug, and a slug is its own slug.
//!
//! Whether a slug is already taken is not decided here.

use deunicode::{deunicode, deunicode_char};

/// How long a slug is at most, in bytes.
const LONGEST: usize = 100;

/// How long the slug of a title is at most, in bytes.
const LONGEST_TITLE: usize = 60;

/// Names that Windows keeps for devices.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// Names of devices on Windows that a digit follows.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// The slug of any text: lower-case ASCII words joined by hyphens, at most 100
/// bytes long. It is empty if no word is left, as with `!!!`.
///
/// - `#` and `+` right after a letter or a digit belong to a name and become
///   `sharp` and `plus`: `C#` is `c-sharp`, `C++` is `c-plus-plus`. Anywhere
///   else they are punctuation: `#MeToo` is `metoo`.
/// - `&` between two words becomes `and`, with or without spaces: `AT&T` is
///   `at-and-t`.
/// - Apostrophes and invisible characters vanish: `People's` is `peoples`.
/// - Every other run of punctuation and white space becomes one hyphen.
/// - A name that Windows keeps for a device gets a `-1`: `con` is `con-1`.
///
/// What is too long is cut between words, or within the first word if that
/// alone is too long.
pub fn slugify(text: &str) -> String {
    limited(text.chars(), LONGEST)
}

/// A text in the letters of ASCII, as it sounds.
pub fn transliterate(text: &str) -> String {
    deunicode(text)
}

/// The slug of a new article's title: at most 60 bytes, cut between words.
pub fn for_title(title: &str) -> String {
    limited(title.chars(), LONGEST_TITLE)
}

/// The id of a heading, formed as on GitHub: lower-case letters and digits of
/// every script, `-` and `_`, with a hyphen for each white space; all else is
/// dropped.
///
/// `Café & Co.` is `café--co`. The id is empty if the heading has none of
/// these characters, and two headings can have the same one; the caller deals
/// with both.
pub fn heading_id(text: &str) -> String {
    let kept = |letter: char| match letter {
        '-' | '_' => Some(letter),
        _ if letter.is_whitespace() => Some('-'),
        _ if letter.is_alphanumeric() || is_mark(letter) => Some(letter),
        _ => None,
    };
    text.trim().to_lowercase().chars().filter_map(kept).collect()
}

/// A file's stem without a leading `YYYY-MM-DD-`, if what is left can be a
/// slug; else the whole stem.
pub fn from_stem(stem: &str) -> &str {
    let is_dated = stem.bytes().zip(*b"0000-00-00-").all(|(byte, form)| match form {
        b'0' => byte.is_ascii_digit(),
        _ => byte == form,
    });
    match stem.get("0000-00-00-".len()..) {
        Some(rest) if is_dated && !slugify(rest).is_empty() => rest,
        _ => stem,
    }
}

/// The slug of a text, with at most so many bytes. What would be cut off is
/// not read.
fn limited(text: impl Iterator<Item = char>, longest: usize) -> String {
    let mut words = Words { text: String::new(), gap: Gap::Inside };
    for letter in text {
        words.read(letter);
        if words.text.len() > longest {
            break;
        }
    }
    let mut slug = words.text;
    cut(&mut slug, longest);
    if is_device(&slug) {
        slug.push_str("-1");
    }
    slug
}

/// Cuts a slug that is too long, before the word that does not fit.
fn cut(slug: &mut String, longest: usize) {
    if slug.len() <= longest {
        return;
    }
    // One byte more is looked at: a hyphen there ends the last word that fits.
    let head = slug.as_bytes().get(..=longest).unwrap_or_default();
    let end = head.iter().rposition(|byte| *byte == b'-').unwrap_or(longest);
    slug.truncate(end);
}

/// Whether Windows keeps a name for a device: in any case, with any ending, and
/// with digits that are raised.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end_matches(' ');
    // Every name has three letters, and one digit behind them or none.
    let Some((letters, digits)) = stem.split_at_checked(3) else { return false };
    let is_among =
        |names: &[&str]| names.iter().any(|name| letters.eq_ignore_ascii_case(name));
    let mut digits = digits.chars();
    match (digits.next(), digits.next()) {
        (None, _) => is_among(&DEVICES),
        (Some('0'..='9' | '\u{b9}' | '\u{b2}' | '\u{b3}'), None) => {
            is_among(&NUMBERED_DEVICES)
        }
        _ => false,
    }
}

/// The words of a slug so far.
struct Words {
    /// The words, joined by hyphens.
    text: String,
    /// What has been read since the last of them.
    gap: Gap,
}

/// What lies between the last letter of a slug and what is read next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing: the next letter belongs to the same word.
    Inside,
    /// A `#` or `+` that was spelled out; the next letter begins a word.
    AfterSign,
    /// Punctuation or white space.
    Between,
    /// The same with a `&` in it.
    And,
}

impl Words {
    /// Reads a character of the text.
    fn read(&mut self, letter: char) {
        if letter.is_ascii() {
            self.read_ascii(letter);
            return;
        }
        let Some(latin) = deunicode_char(letter) else {
            self.part();
            return;
        };
        if letter.is_alphanumeric() || is_mark(letter) {
            self.read_letter(letter, latin);
            return;
        }
        // A sign that stands for words, such as `€`, is not a part of the word
        // next to it.
        let is_words = latin.contains(|sign: char| sign.is_ascii_alphanumeric());
        if is_words {
            self.part();
        }
        latin.chars().for_each(|sign| self.read_ascii(sign));
        if is_words {
            self.part();
        }
    }

    /// Reads a letter or digit of another script by its Latin letters.
    fn read_letter(&mut self, letter: char, latin: &str) {
        // Scripts without spaces: each character is a word of its own.
        if latin.ends_with(' ') {
            self.part();
        }
        for sign in latin.chars() {
            match sign {
                // Of a number such as `½` the strokes count, of a letter they
                // are only a way to write its sound.
                ' ' | '-' => self.part(),
                _ if sign.is_ascii_alphanumeric() => self.push(sign),
                _ if letter.is_numeric() => self.part(),
                _ => {}
            }
        }
    }

    /// Reads an ASCII character.
    fn read_ascii(&mut self, sign: char) {
        match sign {
            _ if sign.is_ascii_alphanumeric() => self.push(sign),
            '\'' | '`' => {}
            '#' => self.spell("sharp"),
            '+' => self.spell("plus"),
            '&' if !self.text.is_empty() => self.gap = Gap::And,
            _ => self.part(),
        }
    }

    /// Adds a letter or digit, and before it what the gap calls for.
    fn push(&mut self, letter: char) {
        if !self.text.is_empty() {
            match self.gap {
                Gap::Inside => {}
                Gap::AfterSign | Gap::Between => self.text.push('-'),
                Gap::And => self.text.push_str("-and-"),
            }
        }
        self.gap = Gap::Inside;
        self.text.push(letter.to_ascii_lowercase());
    }

    /// Spells out a sign, if it belongs to the name before it.
    fn spell(&mut self, word: &str) {
        let belongs = matches!(self.gap, Gap::Inside | Gap::AfterSign);
        if belongs && !self.text.is_empty() {
            self.text.push('-');
            self.text.push_str(word);
            self.gap = Gap::AfterSign;
        } else {
            self.part();
        }
    }

    /// Ends the word.
    fn part(&mut self) {
        if self.gap != Gap::And {
            self.gap = Gap::Between;
        }
    }
}

/// Whether a character is a mark that belongs to the letter before it, though
/// it is no letter itself: accents, vowel signs and tone marks.
fn is_mark(letter: char) -> bool {
    matches!(letter,
        // Accents of all scripts.
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{1ab0}'..='\u{1ace}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}' | '\u{fe20}'..='\u{fe2f}'
        // Hebrew and Arabic points.
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}'
        | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}'..='\u{6e8}'
        | '\u{6ea}'..='\u{6ed}'
        // Signs that take or change the vowel in the scripts of South Asia.
        | '\u{93c}' | '\u{94d}' | '\u{951}'..='\u{954}' | '\u{9bc}' | '\u{9cd}'
        | '\u{a3c}' | '\u{a4d}' | '\u{abc}' | '\u{acd}' | '\u{b3c}' | '\u{b4d}'
        | '\u{bcd}' | '\u{c4d}' | '\u{cbc}' | '\u{ccd}' | '\u{d3b}'..='\u{d3c}'
        | '\u{d4d}' | '\u{dca}'
        // Thai, Lao, Tibetan, Burmese and Khmer.
        | '\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{eba}' | '\u{ec8}'..='\u{ece}'
        | '\u{f35}' | '\u{f37}' | '\u{f39}' | '\u{f82}'..='\u{f84}'
        | '\u{1037}' | '\u{1039}'..='\u{103a}' | '\u{17c9}'..='\u{17d3}' | '\u{17dd}'
        // Japanese sound marks.
        | '\u{3099}'..='\u{309a}'
    )
}

#[cfg(test)]
mod tests {
    use super::{
        LONGEST, LONGEST_TITLE, for_title, from_stem, heading_id, is_device, limited,
        slugify,
    };

    #[test]
    fn a_slug_is_words_with_hyphens() {
        for (text, slug) in [
            ("Day of Action", "day-of-action"),
            ("  --Hello,   world!-- ", "hello-world"),
            ("snake_case/and.dots", "snake-case-and-dots"),
            ("AC/DC", "ac-dc"),
            ("Route 66: 3.5 miles", "route-66-3-5-miles"),
            ("“Quoted” – and… done", "quoted-and-done"),
            ("", ""),
            ("!!!", ""),
            ("---", ""),
            ("&#+'", ""),
        ] {
            assert_eq!(slugify(text), slug, "{text}");
        }
    }

    #[test]
    fn signs_of_a_name_are_spelled_out() {
        for (text, slug) in [
            ("C#", "c-sharp"),
            ("C♯", "c-sharp"),
            ("C++", "c-plus-plus"),
            ("C++11", "c-plus-plus-11"),
            ("LGBTQ+ rights", "lgbtq-plus-rights"),
            ("1+1", "1-plus-1"),
            ("AT&T", "at-and-t"),
            ("Smith & Sons", "smith-and-sons"),
            ("this & & that", "this-and-that"),
            ("& so on &", "so-on"),
            ("#MeToo", "metoo"),
            ("Issue #5", "issue-5"),
            ("+1", "1"),
        ] {
            assert_eq!(slugify(text), slug, "{text}");
        }
    }

    #[test]
    fn apostrophes_and_invisible_characters_vanish() {
        for (text, slug) in [
            ("People's", "peoples"),
            ("People’s", "peoples"),
            ("Hawai\u{2bb}i", "hawaii"),
            ("co\u{ad}operate", "cooperate"),
            ("zero\u{200d}width\u{2060}\u{feff}\u{200e}\u{fe0f}", "zerowidth"),
            ("zero\u{200b}space", "zero-space"),
            ("O\u{301}rgano", "organo"),
        ] {
            assert_eq!(slugify(text), slug, "{text:?}");
        }
    }

    #[test]
    fn every_script_gets_a_slug() {
        for (text, slug) in [
            ("Órgano", "organo"),
            ("Æneid, straße", "aeneid-strasse"),
            ("Москва", "moskva"),
            ("Объявление", "obiavlenie"),
            ("서울", "seoul"),
            ("北京", "bei-jing"),
            ("AB北京CD", "ab-bei-jing-cd"),
            ("Ελλάδα", "ellada"),
            ("हिन्दी समाचार", "hindii-smaacaar"),
            ("成立70周年", "cheng-li-70-zhou-nian"),
            ("🎉Party", "tada-party"),
            ("½ price", "1-2-price"),
            ("5€", "5-eur"),
            ("m²", "m2"),
        ] {
            assert_eq!(slugify(text), slug, "{text}");
        }
        for text in ["ประเทศไทย", "العربية", "עברית", "हिन्दी", "日本語", "ქართული"]
        {
            assert!(slugify(text).len() > 2, "{text}");
        }
    }

    #[test]
    fn names_of_devices_are_made_safe() {
        for (text, slug) in [
            ("con", "con-1"),
            ("NUL", "nul-1"),
            ("COM1", "com1-1"),
            ("lpt³", "lpt3-1"),
            ("con-1", "con-1"),
            ("console", "console"),
            ("com10", "com10"),
        ] {
            assert_eq!(slugify(text), slug);
        }
        let cut_to_device = format!("con {}", "a".repeat(100));
        assert_eq!(slugify(&cut_to_device), "con-1");
    }

    #[test]
    fn a_device_is_known_in_any_case_and_with_any_ending() {
        for name in ["con", "Con", "NUL.txt", "aux.tar.gz", "prn .x", "COM0", "lpt³.md"]
        {
            assert!(is_device(name), "{name}");
        }
        for name in ["", "co", "console", "com", "com10", "com1a", "xcon", "a.con", "éa"]
        {
            assert!(!is_device(name), "{name}");
        }
    }

    #[test]
    fn what_is_too_long_is_cut_between_words() {
        let exact = format!("{} {}", "a".repeat(60), "b".repeat(39));
        assert_eq!(slugify(&exact), exact.replace(' ', "-"));
        assert_eq!(slugify(&format!("{exact} c")), exact.replace(' ', "-"));
        assert_eq!(slugify(&format!("{exact}c")), "a".repeat(60));
        assert_eq!(slugify(&"a".repeat(101)), "a".repeat(100));
        assert_eq!(slugify(&"北".repeat(200)).len(), 99);
    }

    #[test]
    fn a_title_gets_a_shorter_slug() {
        let title = "City council votes to keep the night buses running until the end of the year";
        let slug = for_title(title);
        assert_eq!(slug, "city-council-votes-to-keep-the-night-buses-running-until-the");
        assert_eq!(slug.len(), LONGEST_TITLE);
        assert_eq!(for_title("Night buses stay"), "night-buses-stay");
    }

    #[test]
    fn a_text_without_an_end_has_a_slug() {
        let slug = limited("Привет, мир! ".chars().cycle(), LONGEST);
        assert!(
            slug.starts_with("privet-mir-privet") && slug.ends_with("-mir"),
            "{slug}"
        );
        assert!(slug.len() <= LONGEST);
    }

    #[test]
    fn a_slug_is_its_own_slug() {
        let mut random = Random(7);
        for _ in 0..20_000 {
            let text = random.text();
            let slug = slugify(&text);
            assert_eq!(slugify(&slug), slug, "{text:?}");
            assert_sound(&slug, LONGEST);
            let title = for_title(&text);
            assert_eq!(slugify(&title), title, "{text:?}");
            assert_eq!(for_title(&title), title, "{text:?}");
            assert_sound(&title, LONGEST_TITLE);
        }
    }

    #[test]
    fn a_heading_keeps_the_letters_of_its_script() {
        for (text, id) in [
            ("Hello, World!", "hello-world"),
            ("  Café & Co. ", "café--co"),
            ("snake_case-and-more", "snake_case-and-more"),
            ("Что делать?", "что-делать"),
            ("ΟΔΟΣ", "οδος"),
            ("हिन्दी में", "हिन्दी-में"),
            ("ภาษาไทยน้ำ", "ภาษาไทยน้ำ"),
            ("O\u{301}rgano", "o\u{301}rgano"),
            ("日本語、ガイド", "日本語ガイド"),
            ("tab\tand\nline", "tab-and-line"),
            ("1. First", "1-first"),
            ("🎉!", ""),
            ("", ""),
        ] {
            assert_eq!(heading_id(text), id, "{text}");
        }
    }

    #[test]
    fn an_id_of_a_heading_is_its_own_id() {
        let mut random = Random(11);
        for _ in 0..20_000 {
            let text = random.text();
            let id = heading_id(&text);
            assert_eq!(heading_id(&id), id, "{text:?}");
        }
    }

    #[test]
    fn a_stem_loses_its_day() {
        for (stem, rest) in [
            ("2019-10-11-rally", "rally"),
            ("2019-10-11-органо", "органо"),
            ("2019-10-11-2020-01-01-x", "2020-01-01-x"),
            ("2019-10-11", "2019-10-11"),
            ("2019-10-11-", "2019-10-11-"),
            ("2019-10-11-!!!", "2019-10-11-!!!"),
            ("2019-10-11_rally", "2019-10-11_rally"),
            ("2019-10-1é-rally", "2019-10-1é-rally"),
            ("201x-10-11-rally", "201x-10-11-rally"),
            ("19-10-11-rally", "19-10-11-rally"),
            ("rally", "rally"),
            ("", ""),
        ] {
            assert_eq!(from_stem(stem), rest);
        }
    }

    /// Checks that a slug has the form of one and is not too long.
    fn assert_sound(slug: &str, longest: usize) {
        let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        assert!(slug.bytes().all(is_allowed), "{slug}");
        assert!(!slug.starts_with('-') && !slug.ends_with('-'), "{slug}");
        assert!(!slug.contains("--") && !is_device(slug), "{slug}");
        assert!(slug.len() <= longest, "{slug}");
    }

    /// A row of numbers that looks random and is the same in each run.
    struct Random(u64);

    impl Random {
        /// The next number below `end`.
        fn below(&mut self, end: u32) -> u32 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            u32::try_from(self.0 >> 32).unwrap() % end
        }

        /// A text of odd pieces and characters of all planes.
        fn text(&mut self) -> String {
            const PIECES: [&str; 12] =
                ["con", "com1", "#", "+", "&", "'", "-", " ", "a", "Z9", "ß", "½"];
            let mut text = String::new();
            for _ in 0..self.below(40) {
                let character = match self.below(6) {
                    0 => char::from_u32(self.below(0x80)),
                    1 => char::from_u32(self.below(0x3000)),
                    2 => char::from_u32(self.below(0x11_0000)),
                    _ => {
                        let index = usize::try_from(self.below(12)).unwrap();
                        text.push_str(PIECES[index]);
                        None
                    }
                };
                text.extend(character);
            }
            text
        }
    }
}
