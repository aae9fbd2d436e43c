//! Finds what somebody may have meant by a word that is not known.

/// How alike two words must be to be offered, from 0 to 1.
const LIKENESS: f64 = 0.7;

/// The same in tenths, for lengths: each letter that one word has more than the
/// other takes from their likeness.
const LIKENESS_IN_TENTHS: usize = 7;

/// How many faults of one kind get a suggestion. Behind them, looking at every
/// candidate for every fault would take long and help nobody.
pub const ENOUGH: usize = 50;

/// The candidate that is most like `word`, if one is like enough.
pub fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let likeness = |candidate: &str| {
        strsim::normalized_damerau_levenshtein(&word, &candidate.to_lowercase())
    };
    candidates
        .into_iter()
        .filter(|candidate| has_like_length(length, candidate))
        .map(|candidate| (likeness(candidate), candidate))
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// Whether a candidate is neither too long nor too short to be like a word of so
/// many characters.
fn has_like_length(length: usize, candidate: &str) -> bool {
    let other = candidate.chars().flat_map(char::to_lowercase).count();
    let (shorter, longer) = (length.min(other), length.max(other));
    shorter * 10 >= longer * LIKENESS_IN_TENTHS
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

    #[test]
    fn a_word_of_just_the_right_length_is_still_found() {
        assert_eq!(nearest("abcdefg", ["abcdefghij"]), Some("abcdefghij"));
        assert_eq!(nearest("abcdefghij", ["abcdefg"]), Some("abcdefg"));
        assert_eq!(nearest("abcdef", ["abcdefghij"]), None);
        assert_eq!(nearest("ÓRGANO", ["órganos"]), Some("órganos"));
    }
}
