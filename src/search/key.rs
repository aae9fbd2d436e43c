//! The order of words: that of their UTF-16 code units, as JavaScript has it.

use std::cmp::Ordering;

/// Compares two words.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    match a.iter().zip(b).find(|(a, b)| a != b) {
        Some((a, b)) => rank(*a).cmp(&rank(*b)),
        None => a.len().cmp(&b.len()),
    }
}

/// The place of a byte of UTF-8 at which two words begin to differ. Characters of the
/// private area and compatibility forms stand behind those that take two code units.
fn rank(byte: u8) -> u8 {
    if matches!(byte, 0xee | 0xef) { byte + 0x10 } else { byte }
}

/// The shortest beginning of `word` that stands behind `before`.
pub(super) fn separator(before: &str, word: &str) -> String {
    let mut bound = String::new();
    for c in word.chars() {
        bound.push(c);
        if compare(&bound, before).is_gt() {
            break;
        }
    }
    bound
}

/// The file that a word belongs to, by the bounds of the files.
pub(super) fn file_of<T: AsRef<str>>(word: &str, bounds: &[T]) -> usize {
    let behind = bounds.partition_point(|bound| compare(bound.as_ref(), word).is_le());
    behind.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_code_units() {
        let words =
            ["", "a", "ab", "b", "é", "中", "\u{d7ff}", "\u{10000}", "\u{e000}", "ﬁ"];
        for (n, a) in words.iter().enumerate() {
            for (m, b) in words.iter().enumerate() {
                let units = a.encode_utf16().cmp(b.encode_utf16());
                assert_eq!((compare(a, b), units), (n.cmp(&m), n.cmp(&m)), "{a} {b}");
            }
        }
    }

    #[test]
    fn a_bound_is_as_short_as_it_can_be() {
        assert_eq!(separator("march", "marches"), "marche");
        assert_eq!(separator("march", "may"), "may");
        assert_eq!(separator("apple", "zebra"), "z");
        let bounds = ["", "m", "marche"];
        for (word, file) in [("a", 0), ("m", 1), ("march", 1), ("marches", 2), ("z", 2)] {
            assert_eq!(file_of(word, &bounds), file);
        }
    }
}
