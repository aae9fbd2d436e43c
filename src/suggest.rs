//! Finds what somebody may have meant by a word that is not known.

/// How alike two words must be to be offered, from 0 to 1.
const LIKENESS: f64 = 0.7;

/// The same in tenths, for lengths: each letter that one word has more than the
/// other takes from their likeness.
const LIKENESS_IN_TENTHS: usize = 7;

/// How many faults of one kind get a suggestion. Behind them, looking at every
/// candidate for every fault would take long and help nobody.
const ENOUGH: usize = 50;

/// The candidate that is most like `word`, for a fault of which there were
/// `n_before`; none if those are so many that nobody will read this one's.
pub fn nearest_for_the_first<'a>(
    n_before: usize,
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if n_before < ENOUGH { nearest(word, candidates) } else { None }
}

/// The candidate that is most like `word`, if one is like enough.
pub fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    candidates
        .into_iter()
        .filter(|candidate| has_like_length(length, candidate))
        .map(|candidate| (likeness(&word, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// How alike two words are, from 0 to 1: the part of the longer one that need
/// not be changed to get the other.
fn likeness(a: &str, b: &str) -> f64 {
    let longer = a.chars().count().max(b.chars().count());
    if longer == 0 {
        return 1.0;
    }
    // What both begin and end with need not be compared: most paths differ in a
    // few letters, and the time grows with the product of the lengths.
    let (a, b) = without_shared_start(a, b);
    let (a, b) = without_shared_end(a, b);
    1.0 - as_float(strsim::damerau_levenshtein(a, b)) / as_float(longer)
}

/// A small number as a fraction; one that is not small is as large as can be.
fn as_float(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

/// What is left of two texts behind the characters that both begin with.
fn without_shared_start<'t>(a: &'t str, b: &'t str) -> (&'t str, &'t str) {
    let (mut rest_a, mut rest_b) = (a.chars(), b.chars());
    loop {
        let rest = (rest_a.as_str(), rest_b.as_str());
        match (rest_a.next(), rest_b.next()) {
            (Some(x), Some(y)) if x == y => {}
            _ => return rest,
        }
    }
}

/// What is left of two texts before the characters that both end with.
fn without_shared_end<'t>(a: &'t str, b: &'t str) -> (&'t str, &'t str) {
    let (mut rest_a, mut rest_b) = (a.chars(), b.chars());
    loop {
        let rest = (rest_a.as_str(), rest_b.as_str());
        match (rest_a.next_back(), rest_b.next_back()) {
            (Some(x), Some(y)) if x == y => {}
            _ => return rest,
        }
    }
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
    fn what_two_words_share_does_not_change_their_likeness() {
        for (a, b) in [
            ("march", "march"),
            ("aaa", "aaaa"),
            ("abab", "ab"),
            ("a/march.md", "a/mrach.md"),
            ("a/march.md", "b/may.md"),
            ("ca", "abc"),
            ("añx", "añox"),
            ("", "a"),
            ("", ""),
        ] {
            let whole = strsim::normalized_damerau_levenshtein(a, b);
            assert!((likeness(a, b) - whole).abs() < 1e-9, "{a} {b}");
        }
    }

    #[test]
    fn a_word_of_just_the_right_length_is_still_found() {
        assert_eq!(nearest("abcdefg", ["abcdefghij"]), Some("abcdefghij"));
        assert_eq!(nearest("abcdefghij", ["abcdefg"]), Some("abcdefg"));
        assert_eq!(nearest("abcdef", ["abcdefghij"]), None);
        assert_eq!(nearest("ÓRGANO", ["órganos"]), Some("órganos"));
    }
}
