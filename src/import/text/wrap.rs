//! Lines that were broken to fit a width are joined again.
//!
//! A line is joined to the next if the first word of the next would not have
//! fitted into the width: so verse, addresses and lists, whose lines end where
//! their author wanted, stay as they are.

use crate::import::text::normalize::Source;
use crate::import::text::words::{is_blank, length};

/// The widths that mail programs and typewriters broke at.
const WIDTHS: std::ops::RangeInclusive<usize> = 50..=85;

/// The lines of a text, those of hard-wrapped paragraphs joined; the second is
/// how many lines were joined to the one before.
pub(super) fn unwrap(lines: Vec<Source>) -> (Vec<Source>, usize) {
    let Some(width) = width(&lines) else { return (lines, 0) };
    let (mut out, mut joined) = (Vec::<Source>::with_capacity(lines.len()), 0);
    // The length of the line that stands last in the last of `out`.
    let mut last_length = 0;
    for line in lines {
        let next_length = length(&line.text);
        match out.last_mut() {
            Some(last)
                if !is_blank(&last.text)
                    && !is_blank(&line.text)
                    && goes_on(last_length, &line.text, width) =>
            {
                let is_open = last.text.ends_with('-') && !last.text.ends_with("--");
                if !is_open || last.text.ends_with(" -") {
                    last.text.push(' ');
                }
                last.text.push_str(&line.text);
                joined += 1;
            }
            _ => out.push(line),
        }
        last_length = next_length;
    }
    (out, joined)
}

/// The width that a text is wrapped at, if it is.
fn width(lines: &[Source]) -> Option<usize> {
    let lengths: Vec<usize> = lines.iter().map(|line| length(&line.text)).collect();
    let too_long = lengths.iter().filter(|&&length| length > *WIDTHS.end()).count();
    let inner: Vec<(usize, &Source)> = lengths
        .windows(2)
        .zip(lines.iter().skip(1))
        .filter_map(|(pair, next)| match *pair {
            [own, after] if own > 0 && after > 0 => Some((own, next)),
            _ => None,
        })
        .collect();
    let width =
        inner.iter().map(|&(own, _)| own).filter(|own| WIDTHS.contains(own)).max()?;
    // Short lines end where their author wanted.
    let inner: Vec<_> =
        inner.into_iter().filter(|(own, _)| own * 5 > width * 3).collect();
    let full =
        inner.iter().filter(|(own, next)| goes_on(*own, &next.text, width)).count();
    let is_wrapped = full >= 4 && full * 2 > inner.len() && too_long * 10 <= full;
    is_wrapped.then_some(width)
}

/// Whether a line of this length goes on in the next.
fn goes_on(own: usize, next: &str, width: usize) -> bool {
    let word = next.split(' ').next().unwrap_or_default();
    let is_item = word == "•" || word == "·";
    // Lines of long words end early; what follows in lower case goes on.
    let is_lower = next.starts_with(char::is_lowercase);
    !is_item && (own + 1 + length(word) > width || is_lower && own * 4 > width * 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with its lines joined.
    fn joined(text: &str) -> Vec<String> {
        let lines = text.lines().zip(1..);
        let lines = lines.map(|(text, number)| Source { text: text.to_owned(), number });
        unwrap(lines.collect()).0.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn wrapped_paragraphs_are_joined_and_addresses_are_not() {
        let text = "\
The tenants of the old mill met on Tuesday evening in the hall of the
church to talk about the rent, which the new owner wants to raise by a
third at the end of the year, and about the heating.

Nobody from the company came, although it had been invited twice, so
the tenants elected a committee of five, which will write to the city
council this week.

Mill Tenants
12 Canal Street
Riverbend";
        let lines = joined(text);
        assert_eq!(lines.len(), 7, "{lines:#?}");
        assert!(lines[0].ends_with("and about the heating."));
        assert_eq!(lines[4..], ["Mill Tenants", "12 Canal Street", "Riverbend"]);
    }

    #[test]
    fn verse_and_pasted_paragraphs_stay() {
        let verse = "The mill is dark,\nthe river is loud,\nwe walk to the bridge\nin a single \
                     crowd,\nand no one is late,\nand no one is proud.";
        assert_eq!(joined(verse).len(), 6);
        let long = "A whole paragraph on one line, which is much longer than any terminal is wide, \
                    as pasted text has it.\n"
            .repeat(6);
        assert_eq!(joined(&long).len(), 6);
    }

    #[test]
    fn a_hyphen_at_the_end_of_a_line_stays() {
        let text = "The committee wants a long-term answer and will wait for the well-\n\
                    known mediator whom both sides trust, and who will be here on Mon-\n\
                    day with her staff to hear everybody who has something to say and\n\
                    to write it down, as she did in the other towns along the river -\n\
                    they say.";
        assert!(joined(text).concat().contains("well-known mediator"));
        assert!(joined(text).concat().contains("river - they say."));
    }
}
