//! Text that was UTF-8 and was read as Windows-1252: finds it, and mends it if
//! that is wanted.
//!
//! Only runs that are whole characters of UTF-8 are taken for such text. What
//! lost a byte on the way cannot be mended and is only reported.

use encoding_rs::WINDOWS_1252;

use crate::import::piece::{About, Note};

/// A text whose wrongly read characters are mended, if `is_mended` says so;
/// either way a note tells of them.
pub(super) fn mend(text: &str, is_mended: bool, notes: &mut Vec<Note>) -> String {
    let mut found = Found::default();
    let once = pass(text, &mut found);
    // Some text was read wrongly twice.
    let twice = if found.whole > 0 { pass(&once, &mut Found::default()) } else { once };
    if found.whole == 0 && found.broken == 0 {
        return text.to_owned();
    }
    let state = if is_mended { "are mended" } else { "stay as they are" };
    let example = &found.example;
    let mut words = format!("{} characters were read in a wrong encoding", found.whole);
    if found.whole > 0 {
        words += &format!(" and {state}: {example}");
    }
    if found.broken > 0 {
        words += &format!("; {} more lost a byte and cannot be mended", found.broken);
    }
    let rule = Some(("encoding", if found.whole > 0 { 95 } else { 50 }));
    notes.push(Note { about: About::Encoding, text: words, line: found.line, rule });
    if is_mended { twice } else { text.to_owned() }
}

/// What was found of wrongly read text.
#[derive(Default)]
struct Found {
    /// How many characters can be mended.
    whole: u64,
    /// How many lost a byte.
    broken: u64,
    /// The first that can be mended, and what it was.
    example: String,
    /// The line of the first.
    line: u64,
}

impl Found {
    /// Notes the line of the first finding.
    fn at(&mut self, line: u64) {
        if self.line == 0 {
            self.line = line;
        }
    }
}

/// Mends a text once.
fn pass(text: &str, found: &mut Found) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut line) = (text, 1);
    while let Some(c) = rest.chars().next() {
        if let Some((bytes, real)) = character(rest) {
            found.at(line);
            found.whole += 1;
            if found.example.is_empty() {
                let wrong = rest.get(..bytes).unwrap_or_default();
                found.example = format!("`{wrong}` for `{real}`");
            }
            out.push(real);
            rest = rest.get(bytes..).unwrap_or_default();
            continue;
        }
        if rest.starts_with("â€") {
            found.at(line);
            found.broken += 1;
        }
        line += u64::from(c == '\n');
        out.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out
}

/// The character whose bytes a text begins with, each read as one of
/// Windows-1252, and how many bytes of the text that takes.
fn character(text: &str) -> Option<(usize, char)> {
    let first = text.chars().next().filter(|c| !c.is_ascii()).and_then(byte)?;
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let (mut bytes, mut taken) = ([0; 4], 0);
    let mut letters = text.chars();
    for slot in bytes.iter_mut().take(length) {
        let c = letters.next()?;
        *slot = byte(c)?;
        taken += c.len_utf8();
    }
    let real = std::str::from_utf8(bytes.get(..length)?).ok()?.chars().next()?;
    (real >= '\u{a0}').then_some((taken, real))
}

/// The byte of a character in Windows-1252.
fn byte(c: char) -> Option<u8> {
    if c.is_ascii() {
        return None;
    }
    let mut buffer = [0; 4];
    let (bytes, _, is_bad) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    match (bytes.as_ref(), is_bad) {
        ([byte], false) => Some(*byte),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text mended, and the notes on it.
    fn mended(text: &str) -> (String, Vec<Note>) {
        let mut notes = Vec::new();
        (mend(text, true, &mut notes), notes)
    }

    #[test]
    fn wrongly_read_text_is_mended() {
        for (wrong, right) in [
            ("Itâ€™s", "It’s"),
            ("â€œYesâ€\u{9d}", "“Yes”"),
            ("MÃ©xico, seÃ±or", "México, señor"),
            ("a\u{c2}\u{a0}b", "a\u{a0}b"),
            ("MÃƒÂ©xico", "México"),
            ("ðŸ˜€", "😀"),
        ] {
            assert_eq!(mended(wrong).0, right);
        }
    }

    #[test]
    fn right_text_stays() {
        for text in
            ["México — “señor”", "São Paulo; Ångström", "â la carte", "", "É. Ânimo"]
        {
            let (mended, notes) = mended(text);
            assert_eq!((mended.as_str(), notes.len()), (text, 0));
        }
    }

    #[test]
    fn nothing_is_mended_unless_that_is_wanted() {
        let mut notes = Vec::new();
        assert_eq!(mend("one\nMÃ©xico", false, &mut notes), "one\nMÃ©xico");
        assert_eq!((notes[0].line, notes[0].about), (2, About::Encoding));
        assert!(notes[0].text.contains("stay as they are: `Ã©` for `é`"));
    }

    #[test]
    fn a_lost_byte_is_reported() {
        let (text, notes) = mended("â€œYesâ€ he said");
        assert_eq!(text, "“Yesâ€ he said");
        assert!(notes[0].text.contains("1 more lost a byte"));
    }
}
