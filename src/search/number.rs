//! Numbers as signs that stand in a string of JSON as they are.
//!
//! The 90 signs are those of ASCII from `#` to `}` without `\`. A number is
//! written in base 45, the lowest digit first; each digit but the last has 45
//! added. So one sign is a digit, and what compresses texts sees whole digits.

/// How many signs there are.
pub(super) const SIGNS: u8 = 90;

/// The base of numbers.
const BASE: u32 = 45;

/// The sign of a value below [`SIGNS`].
pub(super) fn sign(value: u8) -> char {
    debug_assert!(value < SIGNS, "{value} has no sign");
    char::from(if value < 57 { value + 35 } else { value + 36 })
}

/// The value of a sign; none if it is none.
fn value(sign: u8) -> Option<u8> {
    match sign {
        b'#'..=b'[' => Some(sign - 35),
        b']'..=b'}' => Some(sign - 36),
        _ => None,
    }
}

/// The sign of a digit, which is below [`SIGNS`].
fn digit(value: u32) -> char {
    sign(u8::try_from(value).unwrap_or_default())
}

/// Writes a number behind what a text holds.
pub(super) fn push(out: &mut String, mut number: u32) {
    while number >= BASE {
        out.push(digit(number % BASE + BASE));
        number /= BASE;
    }
    out.push(digit(number));
}

/// Reads numbers and signs of a text, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Numbers<'a> {
    /// What is left of the text.
    rest: &'a [u8],
}

impl<'a> Numbers<'a> {
    /// Those of a text.
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text.as_bytes() }
    }

    /// Whether all are read.
    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next sign; none at the end, or if there is no sign.
    pub(super) fn sign(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        value(*first)
    }

    /// The next number; none at the end, or if it is broken.
    pub(super) fn number(&mut self) -> Option<u32> {
        let (mut number, mut place) = (0_u32, 1_u32);
        loop {
            let digit = u32::from(self.sign()?);
            number = number.checked_add((digit % BASE).checked_mul(place)?)?;
            if digit < BASE {
                return Some(number);
            }
            place = place.checked_mul(BASE)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_was_written() {
        let numbers = [0, 1, 44, 45, 89, 90, 2024, 2025, 91_124, 91_125, 184_528_124];
        let mut text = String::new();
        for number in numbers {
            push(&mut text, number);
        }
        let mut read = Numbers::new(&text);
        for number in numbers {
            assert_eq!(read.number(), Some(number));
        }
        assert!(read.is_done());
        assert_eq!(read.number(), None);
    }

    #[test]
    fn signs_need_no_escape_in_json() {
        let signs: String = (0..SIGNS).map(sign).collect();
        assert_eq!(signs.len(), 90);
        assert!(signs.starts_with("#$%") && signs.ends_with("|}"), "{signs}");
        assert!(!signs.contains(['"', '\\']));
        for (n, sign) in (0..).zip(signs.bytes()) {
            assert_eq!(value(sign), Some(n));
        }
        assert_eq!(value(b'"'), None);
    }

    #[test]
    fn a_broken_number_is_none() {
        assert_eq!(Numbers::new("~").number(), None);
        assert_eq!(Numbers::new("}}}}}}}}}}}}#").number(), None);
        assert_eq!(Numbers::new("P").number(), None);
    }
}
