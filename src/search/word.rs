//! Makes words of texts: what is a word, and where it stands.

use crate::locale::words::{
    fold_for_search, is_letter, is_of_word, is_unspaced, makes_words,
};

/// How many letters of a word count.
pub(super) const MOST_LETTERS: usize = 64;

/// A word, or several that are written as one, as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written<'a>(pub(super) &'a str);

/// Calls `take` with each word of a text. Letters with full stops between them are
/// one word, and the `s` of a genitive is none.
pub(super) fn split<'a>(text: &'a str, mut take: impl FnMut(Written<'a>)) {
    let mut at = 0;
    // Where the word before ended, and whether it ended in a letter.
    let mut before = (usize::MAX, false);
    while let Some((start, end)) = next_run(text, at) {
        at = end;
        let run = slice(text, start, end);
        if is_genitive(text, start, run, before) {
            before = (end, true);
            continue;
        }
        if is_single(run) {
            let end = dotted_end(text, end);
            if end > at {
                at = end;
                take(Written(slice(text, start, end)));
                before = (end, true);
                continue;
            }
        }
        take(Written(run));
        let is_letter = |c: char| is_of_word(c) && !c.is_numeric();
        before = (end, run.chars().next_back().is_some_and(is_letter));
    }
}

/// A part of a text between two of its offsets.
fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// The next run of letters, digits and marks, from an offset on.
fn next_run(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let step = |at: usize| -> Option<(bool, usize)> {
        let byte = *bytes.get(at)?;
        if byte.is_ascii() {
            return Some((byte.is_ascii_alphanumeric(), 1));
        }
        let c = text.get(at..)?.chars().next()?;
        // A soft hyphen is inside of a word and not part of it.
        Some((makes_words(c) || c == '\u{ad}', c.len_utf8()))
    };
    let mut at = from;
    let start = loop {
        match step(at)? {
            (true, _) => break at,
            (false, length) => at += length,
        }
    };
    while let Some((true, length)) = step(at) {
        at += length;
    }
    Some((start, at))
}

/// Whether a run is one letter.
fn is_single(run: &str) -> bool {
    if run.is_ascii() {
        return run.len() == 1 && run.as_bytes()[0].is_ascii_alphabetic();
    }
    let folded = fold_for_search(run);
    let mut letters = folded.chars();
    letters.next().is_some_and(is_letter) && letters.next().is_none()
}

/// Where letters with full stops between them end, behind the first letter of which
/// this is the end; the same offset if there is no other.
fn dotted_end(text: &str, mut end: usize) -> usize {
    while let Some(stop) = text.get(end..).and_then(|rest| rest.chars().next())
        && matches!(stop, '.' | '\u{2024}' | '\u{fe52}' | '\u{ff0e}')
        && let Some((start, next)) = next_run(text, end)
        && start == end + stop.len_utf8()
        && is_single(slice(text, start, next))
    {
        end = next;
    }
    end
}

/// Whether a run is the `s` behind the apostrophe of a genitive.
fn is_genitive(
    text: &str,
    start: usize,
    run: &str,
    (end, is_letter): (usize, bool),
) -> bool {
    is_letter
        && matches!(run, "s" | "S")
        && end < start
        && matches!(slice(text, end, start), "'" | "\u{2019}")
}

/// A word as it is indexed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// The word, folded.
    pub(super) text: String,
    /// Whether it is a pair of letters of a script without spaces, which has no
    /// other forms.
    pub(super) is_pair: bool,
}

/// What a written word is indexed as: mostly one form.
pub(super) fn forms(written: Written<'_>) -> Vec<Form> {
    let mut folded = fold_for_search(written.0);
    // It is made of single letters.
    if folded.contains('.') {
        folded.retain(|c| c != '.');
    }
    let mut forms = Vec::with_capacity(1);
    for run in folded.split(|c| !is_of_word(c)).filter(|run| !run.is_empty()) {
        if run.is_ascii() || !run.chars().any(is_unspaced) {
            forms.push(Form { text: cut(run), is_pair: false });
        } else {
            parts(run, &mut forms);
        }
    }
    forms
}

/// A word cut to the letters that count.
fn cut(word: &str) -> String {
    match word.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => slice(word, 0, end).to_owned(),
        None => word.to_owned(),
    }
}

/// Takes the runs of letters without spaces out of a word and makes pairs of them.
fn parts(word: &str, forms: &mut Vec<Form>) {
    let letters: Vec<char> = word.chars().collect();
    // A mark belongs to the letter before it.
    let is_mark = |c: char| !is_letter(c) && !c.is_numeric();
    let mut is_pair = false;
    let kinds: Vec<bool> = letters
        .iter()
        .map(|c| {
            is_pair = is_unspaced(*c) || (is_pair && is_mark(*c));
            is_pair
        })
        .collect();
    let mut at = 0;
    for kind in kinds.chunk_by(|a, b| a == b) {
        let run = &letters[at..at + kind.len()];
        at += kind.len();
        if !kind[0] {
            forms.push(Form {
                text: cut(&run.iter().collect::<String>()),
                is_pair: false,
            });
        } else if run.len() == 1 {
            forms.push(Form { text: run.iter().collect(), is_pair: true });
        } else {
            let pair =
                |pair: &[char]| Form { text: pair.iter().collect(), is_pair: true };
            forms.extend(run.windows(2).map(pair));
        }
    }
}

/// The forms of a text, one after the other, as a query has them.
pub(super) fn forms_of(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    split(text, |word| all.extend(forms(word).into_iter().map(|form| form.text)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_words() {
        for (text, words) in [
            ("Day of action, 2019!", "day of action 2019"),
            ("U.S. and U.S.A. and J. R. Smith", "us and usa and j r smith"),
            ("the u.s.army it's.c", "the us army it c"),
            (
                "\u{ff35}\u{ff0e}\u{ff33}\u{ff0e}\u{ff21}\u{ff0e} Jose\u{301}\u{2019}s",
                "usa jose",
            ),
            ("Atlanta's and workers\u{2019} ICE's", "atlanta and workers ice"),
            ("'s s 5's", "s s 5 s"),
            ("don't l\u{2019}avenir O'Brien", "don t l avenir o brien"),
            ("COVID-19 10,000 snake_case", "covid 19 10 000 snake case"),
            ("Organizaci\u{f3}n organizacio\u{301}n", "organizacion organizacion"),
            ("東京都 A中b 한국어 カ", "東京 京都 a 中 b 한국 국어 カ"),
            ("25\u{2103} 1\u{bd} \u{fb01}n ma\u{ad}rch", "25 c 11 2 fin march"),
            ("\u{1f600} \u{2026} \u{2014}", ""),
        ] {
            assert_eq!(forms_of(text).join(" "), words, "{text}");
        }
        assert_eq!(forms_of(&"a".repeat(70)), ["a".repeat(64)]);
    }
}
