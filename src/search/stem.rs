//! The stems of words, by the Snowball algorithm of each language.
//!
//! An algorithm that brings together what readers of the news keep apart is
//! mended here, word by word: in English `police` and `policy` are two already,
//! but `organs` and `organizations` were one, as were `departed` and
//! `departments`, `authors` and `authorities`. In Spanish the plural of a word
//! in `z` is one with it: `juez`, `jueces`.

use pagefind_stem::{Algorithm, Stemmer};

use crate::locale::words::{fold_for_search, lower};

/// Makes stems in one language.
pub(super) struct Stems {
    /// The algorithm of the language, if it has one.
    stemmer: Option<Stemmer>,
    /// What is mended of it.
    mend: fn(&str) -> Mend,
}

/// The algorithm of a language, by its subtag.
fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "hy" => Algorithm::Armenian,
        "eu" => Algorithm::Basque,
        "ca" => Algorithm::Catalan,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "eo" => Algorithm::Esperanto,
        "et" => Algorithm::Estonian,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hi" => Algorithm::Hindi,
        "hu" => Algorithm::Hungarian,
        "id" => Algorithm::Indonesian,
        "ga" => Algorithm::Irish,
        "it" => Algorithm::Italian,
        "lt" => Algorithm::Lithuanian,
        "ne" => Algorithm::Nepali,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pl" => Algorithm::Polish,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sr" => Algorithm::Serbian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        "yi" => Algorithm::Yiddish,
        _ => return None,
    })
}

/// English words that keep apart from others, by how they begin, with their stems.
const ENGLISH: &[(&str, &str)] = &[
    ("organiz", "organiz"),
    ("organis", "organiz"),
    ("international", "international"),
    ("internal", "internal"),
    ("universit", "universit"),
    ("authorit", "authorit"),
    ("department", "department"),
    ("important", "important"),
    ("importance", "important"),
    ("publication", "publication"),
    ("executive", "executive"),
    ("secretar", "secretar"),
    ("several", "several"),
    ("customer", "customer"),
    ("generation", "generation"),
    ("policies", "policy"),
    ("policy", "policy"),
];

/// What becomes of a word before its algorithm sees it.
enum Mend {
    /// It goes to the algorithm as it is.
    None,
    /// It has this stem.
    Stem(&'static str),
    /// The algorithm gets this in its place.
    Word(String),
}

impl Stems {
    /// Those of a language, by its BCP 47 tag.
    pub(super) fn new(tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or_default();
        Self {
            stemmer: algorithm(language).map(Stemmer::create),
            mend: match language {
                "en" => mend_english,
                "es" => mend_spanish,
                _ => |_| Mend::None,
            },
        }
    }

    /// The stem of a word as it is written, folded.
    pub(super) fn stem(&self, written: &str) -> String {
        let Some(stemmer) = &self.stemmer else { return fold_for_search(written) };
        let word = lower(written);
        let stem = match (self.mend)(&word) {
            Mend::Stem(stem) => return stem.to_owned(),
            Mend::Word(word) => fold_for_search(&stemmer.stem(&word)),
            Mend::None => fold_for_search(&stemmer.stem(&word)),
        };
        // A word can consist of endings alone.
        if stem.is_empty() { fold_for_search(written) } else { stem }
    }
}

/// What is mended of English.
fn mend_english(word: &str) -> Mend {
    let found = ENGLISH.iter().find(|(beginning, _)| word.starts_with(beginning));
    found.map_or(Mend::None, |(_, stem)| Mend::Stem(stem))
}

/// What is mended of Spanish.
fn mend_spanish(word: &str) -> Mend {
    let singular = word.strip_suffix("ces").filter(|stem| !stem.is_empty());
    singular.map_or(Mend::None, |stem| Mend::Word(format!("{stem}z")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether words of a language have one stem.
    fn are_one(tag: &str, words: &[&str]) -> bool {
        let stems = Stems::new(tag);
        let first = stems.stem(words[0]);
        words.iter().all(|word| stems.stem(word) == first)
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for words in [
            &["march", "marches", "marched", "marching"][..],
            &["immigration", "immigrant", "immigrants"],
            &["organization", "organizations", "organizing", "Organizer", "organised"],
            &["police", "policed", "policing"],
            &["policy", "policies"],
            &["deportation", "deportations", "deported"],
        ] {
            assert!(are_one("en", words), "{words:?}");
        }
        for words in [
            &["organizaci\u{f3}n", "organizaciones", "organizar", "organizaron"][..],
            &["trabajador", "trabajadora", "trabajadores"],
            &["juez", "jueces"],
            &["pa\u{ed}s", "pa\u{ed}ses"],
            &["inmigrante", "inmigrantes"],
        ] {
            assert!(are_one("es-MX", words), "{words:?}");
        }
    }

    #[test]
    fn words_that_mean_something_else_have_another_stem() {
        for words in [
            ["police", "policy"],
            ["organs", "organizations"],
            ["departed", "departments"],
            ["authors", "authorities"],
            ["universe", "university"],
            ["interns", "international"],
            ["imports", "important"],
            ["general", "generation"],
        ] {
            assert!(!are_one("en", &words), "{words:?}");
        }
    }

    #[test]
    fn a_language_without_an_algorithm_has_words_for_stems() {
        assert_eq!(Stems::new("zh-Hant").stem("Caf\u{e9}s"), "cafes");
        assert_eq!(Stems::new("es").stem("organizaci\u{f3}n"), "organiz");
    }
}
