//! Finds and mends text that was read in the wrong encoding before it was
//! stored: UTF-8 taken for Windows-1252, so that `é` became two characters.
//!
//! Nothing is mended unasked.

use encoding_rs::WINDOWS_1252;

/// The text as it was meant; nothing if no character looks wrong.
pub fn mend_mojibake(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut mended = false;
    while let Some(c) = rest.chars().next() {
        let (meant, length) = match meant(rest) {
            Some((meant, length)) => {
                mended = true;
                (meant, length)
            }
            None => (c, c.len_utf8()),
        };
        out.push(meant);
        rest = rest.get(length..).unwrap_or_default();
    }
    mended.then_some(out)
}

/// How many characters look wrong, and the first of them as they stand.
pub(super) fn wrong(text: &str) -> Option<(usize, &str)> {
    let (mut count, mut first) = (0, "");
    let mut at = 0;
    for (place, c) in text.char_indices() {
        if c.is_ascii() || place < at {
            continue;
        }
        let rest = text.get(place..).unwrap_or_default();
        if let Some((_, length)) = meant(rest) {
            if count == 0 {
                first = rest.get(..length).unwrap_or_default();
            }
            count += 1;
            at = place + length;
        }
    }
    (count > 0).then_some((count, first))
}

/// The character that was meant by what a text begins with, and how long that
/// is.
fn meant(text: &str) -> Option<(char, usize)> {
    let lead = byte(text.chars().next().filter(|c| !c.is_ascii())?)?;
    let count = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = Vec::with_capacity(count);
    let mut length = 0;
    for c in text.chars().take(count) {
        bytes.push(byte(c)?);
        length += c.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes).ok()?;
    let meant = meant.chars().next()?;
    // A capital before a closing guillemet is how some languages end a word.
    let is_word = text.starts_with('Â');
    let is_doubtful = is_word && meant == '»' || meant.is_control();
    (bytes.len() == count && !is_doubtful).then_some((meant, length))
}

/// The byte that stands for a character in Windows-1252.
fn byte(c: char) -> Option<u8> {
    if c.is_ascii() {
        return u8::try_from(c).ok();
    }
    let mut buffer = [0; 4];
    let text: &str = c.encode_utf8(&mut buffer);
    let (bytes, _, failed) = WINDOWS_1252.encode(text);
    (!failed && bytes.len() == 1).then(|| bytes.first().copied())?
}
