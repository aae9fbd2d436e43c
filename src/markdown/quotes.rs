//! Puts the quotation marks of a language in place of those that smart
//! punctuation makes.
//!
//! A mark is only touched where a straight one was typed; what the author
//! typed as a curved mark stays.

use std::ops::Range;

/// The quotation marks of a text.
pub(super) struct Quotes {
    /// The opening and closing double, then single marks.
    marks: [&'static str; 4],
    /// How many single marks are open in this block.
    open: usize,
}

/// The apostrophe.
const APOSTROPHE: &str = "\u{2019}";

impl Quotes {
    /// Marks of a language.
    pub(super) fn new(marks: [&'static str; 4]) -> Self {
        Self { marks, open: 0 }
    }

    /// A block begins or ends, and with it what was open.
    pub(super) fn reset(&mut self) {
        self.open = 0;
    }

    /// What to show for a text that stands at this range of its source.
    pub(super) fn shown<'t>(
        &mut self,
        text: &'t str,
        source: &str,
        range: &Range<usize>,
    ) -> &'t str {
        if text.len() != APOSTROPHE.len() {
            return text;
        }
        let [double_open, double_close, single_open, _] = self.marks;
        match (source.get(range.clone()), text) {
            (Some("\""), "\u{201c}") => double_open,
            (Some("\""), "\u{201d}") => double_close,
            (Some("'"), "\u{2018}") if is_left_out_century(source, range.end) => {
                APOSTROPHE
            }
            (Some("'"), "\u{2018}") => {
                self.open += 1;
                single_open
            }
            (Some("'"), APOSTROPHE) => self.closing(source, range),
            _ => text,
        }
    }

    /// An apostrophe, or what closes a single quotation.
    fn closing(&mut self, source: &str, range: &Range<usize>) -> &'static str {
        let before = source.get(..range.start).and_then(|text| text.chars().next_back());
        let after = source.get(range.end..).and_then(|text| text.chars().next());
        let within = before.is_some_and(char::is_alphanumeric)
            && after.is_some_and(char::is_alphanumeric);
        if within || self.open == 0 {
            return APOSTROPHE;
        }
        self.open -= 1;
        self.marks[3]
    }
}

/// Whether two digits and an `s` follow, as in `'90s`.
fn is_left_out_century(source: &str, at: usize) -> bool {
    matches!(
        source.as_bytes().get(at..at + 3),
        Some([tens, ones, b's']) if tens.is_ascii_digit() && ones.is_ascii_digit()
    )
}
