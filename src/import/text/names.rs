//! Whether words are the name of a person, of an organization or of an outlet,
//! and how sure that is in percent.
//!
//! There is no list of all names. What decides is the shape, some words that
//! stand in no name, and some given names that many people have.

use std::collections::BTreeSet;

use crate::import::text::words::{COMMON, GIVEN, ORGANIZATION, OUTLET, ROLE, fold_word};

/// Small words inside names of people.
const PARTICLES: &[&str] = &[
    "de", "la", "las", "los", "del", "da", "do", "dos", "di", "du", "le", "van", "von",
    "der", "den", "ten", "ter", "bin", "ibn", "al", "el", "y", "e", "san", "santa",
];

/// Small words inside names of organizations.
const CONNECTORS: &[&str] = &[
    "a", "and", "at", "de", "del", "el", "en", "for", "in", "la", "las", "los", "of",
    "on", "para", "por", "the", "to", "y", "e", "&", "against", "contra", "with",
];

/// What may stand behind a name.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "phd", "md", "rn", "esq"];

/// Words that are family names behind a given name.
const SURNAMES: &[&str] = &[
    "day", "fast", "force", "heart", "hiring", "hook", "land", "law", "light", "love",
    "more", "nature", "paz", "power", "rule", "river", "tierra", "votaw", "waters",
];

/// Endings of words that are no names, and the names that have them.
const ENDINGS: &[(&str, &[&str])] = &[
    (
        "ing",
        &[
            "king",
            "sterling",
            "fleming",
            "harding",
            "browning",
            "manning",
            "keating",
            "cushing",
            "golding",
            "downing",
            "ewing",
            "lansing",
            "goering",
            "pershing",
            "channing",
            "deming",
            "redding",
            "pickering",
            "gehring",
            "ming",
            "ling",
            "ding",
            "bing",
            "ning",
        ],
    ),
    (
        "ly",
        &[
            "kelly", "emily", "lily", "sally", "molly", "billy", "reilly", "beverly",
            "kimberly", "connolly", "daly", "shelly", "holly", "ely", "kelley", "lilly",
            "connelly", "farrelly", "donnelly", "ly", "carly", "willy", "polly", "dolly",
            "oreilly", "natly",
        ],
    ),
    ("tion", &[]),
    ("sion", &["sion"]),
    ("ment", &["clement"]),
    ("ness", &["guinness", "harkness", "ness"]),
    ("cion", &["concepcion", "asuncion", "encarnacion", "anunciacion"]),
    ("mente", &["clemente"]),
    ("idad", &["trinidad", "natividad", "caridad", "soledad"]),
    ("ando", &["fernando", "orlando", "hernando", "armando", "rolando", "ferdinando"]),
    ("iendo", &[]),
];

/// How sure it is that a text is the name of a person.
pub(super) fn person(text: &str) -> Option<u8> {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    if !(2..=6).contains(&tokens.len()) || text.len() > 80 {
        return None;
    }
    let folded: Vec<String> = tokens.iter().map(|token| fold_word(token)).collect();
    let is_given = folded.first().is_some_and(|first| GIVEN.contains(first.as_str()));
    let mut capitals = 0_u8;
    let mut is_sure_shape = false;
    for (at, (token, word)) in tokens.iter().zip(&folded).enumerate() {
        let is_small = token.starts_with(char::is_lowercase);
        let is_particle = PARTICLES.contains(&word.as_str());
        if is_particle && at > 0 && at + 1 < tokens.len() {
            is_sure_shape |= is_small && at > 0;
            continue;
        }
        if is_small || !is_name_shaped(token) {
            return None;
        }
        let is_initial = word.chars().count() == 1;
        is_sure_shape |= is_initial || SUFFIXES.contains(&word.as_str());
        let is_first = at == 0 && is_given;
        let is_surname = is_given && SURNAMES.contains(&word.as_str());
        if !is_first && !is_initial && !is_surname && is_no_name(word) {
            return None;
        }
        capitals += u8::from(!is_initial);
    }
    if capitals == 0 {
        return None;
    }
    let long = if tokens.len() > 4 && !is_given { 10 } else { 0 };
    let given = if is_given { 20 } else { 0 };
    let shape = if is_sure_shape { 10 } else { 0 };
    Some((68_u8 + given + shape - long).min(97))
}

/// Whether a word stands in no name.
fn is_no_name(word: &str) -> bool {
    let has_ending = ENDINGS.iter().any(|(ending, names)| {
        word.len() > ending.len() + 1 && word.ends_with(ending) && !names.contains(&word)
    });
    has_ending || COMMON.contains(word) || is_role_word(word) && !GIVEN.contains(word)
}

/// Whether a folded word says what somebody is, or what several people are.
pub(super) fn is_role_word(word: &str) -> bool {
    ROLE.contains(word) || word.strip_suffix('s').is_some_and(|word| ROLE.contains(word))
}

/// Whether a word has the shape of a name: a capital first, then letters.
fn is_name_shaped(token: &str) -> bool {
    let token = token.trim_matches(['"', '\u{201c}', '\u{201d}', '(', ')', ',']);
    let is_part = |c: char| {
        c.is_alphabetic() || matches!(c, '\'' | '\u{2019}' | '-' | '\u{2010}' | '.')
    };
    token.starts_with(char::is_uppercase) && token.chars().all(is_part)
}

/// How sure it is that a text is the name of an organization.
pub(super) fn organization(text: &str) -> Option<u8> {
    let (tokens, has) = capitalised(text)?;
    let is_only = tokens == 1;
    if text.split_whitespace().all(|word| is_role_word(&fold_word(word))) {
        return None;
    }
    match (has(&ORGANIZATION), is_only) {
        (true, false) => Some(80),
        // An abbreviation: GLAHR.
        _ if is_only && text.chars().all(char::is_uppercase) && text.len() > 2 => {
            Some(60)
        }
        _ => None,
    }
}

/// How sure it is that a text is the name of a newspaper, an agency or a
/// broadcaster.
pub(super) fn outlet(text: &str) -> Option<u8> {
    let (tokens, has) = capitalised(text)?;
    (has(&OUTLET) && tokens >= 2 && !has(&ROLE)).then_some(80)
}

/// How many words a text of capitalised words has, and a question whether one
/// of them stands on a list; `None` if it is no such text.
fn capitalised(text: &str) -> Option<(usize, impl Fn(&BTreeSet<&'static str>) -> bool)> {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    if tokens.is_empty() || tokens.len() > 9 || text.len() > 100 {
        return None;
    }
    let is_fit = |token: &&str| {
        token.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
            || CONNECTORS.contains(&fold_word(token).as_str())
            || *token == "&"
    };
    let has_capital = tokens.iter().any(|token| token.starts_with(char::is_uppercase));
    if !has_capital || !tokens.iter().all(is_fit) {
        return None;
    }
    let words: Vec<String> = tokens.iter().map(|token| fold_word(token)).collect();
    let has = move |list: &BTreeSet<&'static str>| {
        words.iter().any(|word| list.contains(word.as_str()))
    };
    Some((tokens.len(), has))
}

/// Whether a text says what somebody is: `Staff Writer`, `corresponsal`.
pub(super) fn is_role(text: &str) -> bool {
    let mut words = text.split_whitespace().map(fold_word);
    words.clone().count() <= 8 && words.any(|word| is_role_word(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_have_names_of_many_shapes() {
        for name in [
            "Gloria Tatum",
            "GLORIA TATUM",
            "María de la Cruz",
            "Ana López-Núñez",
            "J. Edgar Moss",
            "Seán O’Brien",
            "Ian McAllister",
            "Ludwig van der Berg",
            "Martin Luther King Jr.",
            "José Ángel Peña y Soto",
            "Emily Kelly",
            "Wanjiru Njoroge",
            "Chuck D. Manning",
        ] {
            assert!(person(name) >= Some(60), "{name}");
        }
    }

    #[test]
    fn phrases_are_no_names() {
        for text in [
            "Falsifying Records",
            "INTENTIONALLY MISLEADING",
            "the numbers",
            "Popular Demand",
            "Any Means Necessary",
            "La Paz",
            "Ahora",
            "Fin Libres",
            "Staff Writer",
            "Rosa",
            "Land And Sea",
            "José said no",
            "Night",
            "la Coordinación Nacional",
            "",
            "Nuestra Tierra",
            "Public Records Request",
            "R. J.",
        ] {
            assert_eq!(person(text), None, "{text}");
        }
    }

    #[test]
    fn organizations_and_outlets_are_known_by_a_word() {
        assert!(organization("la Coordinación Nacional").is_some());
        assert!(organization("Mill Tenants Association").is_some());
        assert!(organization("the Students for Clean Water").is_some());
        assert!(organization("GLAHR").is_some());
        assert_eq!(organization("Gloria Tatum"), None);
        assert_eq!(organization("the association said"), None);
        assert!(outlet("The Riverbend Courier").is_some());
        assert!(outlet("La Voz del Río").is_some());
        assert_eq!(outlet("Courier Staff Writer"), None);
        assert_eq!(outlet("Riverbend"), None);
    }
}
