//! The language of a text, by its small words. It knows the languages of the
//! words below and says nothing where it is not sure.

/// Small words that tell languages apart.
const WORDS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "the", "and", "of", "to", "that", "was", "with", "for", "is", "are", "said",
            "they", "have", "from", "this", "which", "their", "were",
        ],
    ),
    (
        "es",
        &[
            "el", "los", "las", "que", "del", "por", "con", "una", "para", "como", "más",
            "pero", "sus", "este", "fue", "también", "y", "se",
        ],
    ),
    (
        "pt",
        &[
            "o", "os", "as", "que", "do", "da", "dos", "não", "uma", "com", "para",
            "mais", "foi", "são", "pelo", "também", "à", "em",
        ],
    ),
    (
        "fr",
        &[
            "le", "les", "des", "et", "une", "dans", "que", "pour", "qui", "sur", "est",
            "pas", "avec", "au", "aux", "cette", "du", "il",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "das", "und", "nicht", "mit", "den", "von", "für", "ist",
            "ein", "eine", "auf", "dem", "sich", "auch", "wird", "des",
        ],
    ),
    (
        "it",
        &[
            "il", "gli", "che", "della", "di", "non", "una", "per", "con", "sono", "dei",
            "nel", "più", "anche", "alla", "è", "come", "delle",
        ],
    ),
];

/// The language of a text, if its small words leave no doubt.
pub fn of(text: &str) -> Option<&'static str> {
    let mut counts = vec![0usize; WORDS.len()];
    let mut all = 0usize;
    for word in
        text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(3000)
    {
        let word = word.to_lowercase();
        all += 1;
        for (count, (_, words)) in counts.iter_mut().zip(WORDS) {
            *count += usize::from(words.contains(&word.as_str()));
        }
    }
    let best = counts.iter().copied().max()?;
    let at = counts.iter().position(|&count| count == best)?;
    let second =
        counts.iter().enumerate().filter(|(own, _)| *own != at).map(|(_, &n)| n).max();
    let is_sure =
        all >= 30 && best * 12 >= all && best * 2 >= second.unwrap_or_default() * 3;
    is_sure.then(|| WORDS.get(at).map(|(name, _)| *name)).flatten()
}

/// A language as a tag: `es_MX.UTF-8` becomes `es-MX`.
pub fn tag(text: &str) -> Option<String> {
    let text = text.split([',', ';', '.', '@']).next()?.trim().replace('_', "-");
    let names =
        [("english", "en"), ("español", "es"), ("spanish", "es"), ("french", "fr")];
    let lower = text.to_lowercase();
    if let Some((_, tag)) = names.iter().find(|(name, _)| *name == lower) {
        return Some((*tag).to_owned());
    }
    let mut parts = text.split('-');
    let first = parts.next()?.to_lowercase();
    let is_language =
        (2..=3).contains(&first.len()) && first.chars().all(|c| c.is_ascii_lowercase());
    if !is_language || first == "und" || lower == "x-default" {
        return None;
    }
    let mut tag = first;
    for part in parts {
        if part.is_empty()
            || part.len() > 8
            || !part.chars().all(|c| c.is_ascii_alphanumeric())
        {
            break;
        }
        tag.push('-');
        if part.len() == 2 {
            tag.push_str(&part.to_uppercase());
        } else {
            tag.push_str(part);
        }
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_small_words() {
        let cases = [
            (
                "The board voted on Monday to keep the library open, and the mayor said that she was \
              glad of it. They have said for years that the people of this town want to read. ",
                "en",
            ),
            (
                "La junta votó el lunes para que la biblioteca abra los domingos, y la alcaldesa dijo \
              que los vecinos del barrio lo pedían por años. También se acordó que las salas.",
                "es",
            ),
            (
                "Le conseil a voté lundi pour que la bibliothèque soit ouverte le dimanche, et la \
              maire a dit que les gens du quartier demandaient cela depuis des années dans une lettre.",
                "fr",
            ),
        ];
        for (text, language) in cases {
            assert_eq!(of(text), Some(language), "{text}");
        }
        assert_eq!(of("The board"), None);
    }

    #[test]
    fn tags_are_put_in_their_usual_form() {
        let cases = [
            ("en_US", Some("en-US")),
            ("ES", Some("es")),
            ("es-mx", Some("es-MX")),
            ("Spanish", Some("es")),
            ("x-default", None),
            ("", None),
            ("en-US, es", Some("en-US")),
        ];
        for (text, expected) in cases {
            assert_eq!(tag(text).as_deref(), expected, "{text}");
        }
    }
}
