//! Finds what somebody may have meant by a word that is not known.

/// How alike two words must be to be offered, from 0 to 1.
const LIKENESS: f64 = 0.7;

/// The candidate that is most like `word`, if one is like enough.
pub fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = word.to_lowercase();
    let likeness = |candidate: &str| {
        strsim::normalized_damerau_levenshtein(&word, &candidate.to_lowercase())
    };
    candidates
        .into_iter()
        .map(|candidate| (likeness(candidate), candidate))
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keys_is_found() {
        let keys = ["title", "byline", "dateline"];
        assert_eq!(nearest("tittle", keys), Some("title"));
        assert_eq!(nearest("by-line", keys), Some("byline"));
        assert_eq!(nearest("colour", keys), None);
    }
}
