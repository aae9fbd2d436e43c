//! Makes text of the bytes of one element: decodes them and takes out what no
//! XML may hold.
//!
//! It decides how bytes that are no UTF-8 are read, and says what it did.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::import::piece::{About, Note};

/// The bytes of Windows-1252 that are marks which stand in running text.
const MARKS: &[u8] =
    b"\x80\x82\x84\x85\x86\x87\x89\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b\
    \xa0\xa1\xa3\xa7\xa9\xab\xad\xae\xb0\xb4\xb7\xba\xbb\xbd\xbf";

/// The text of some bytes that begin at a line. `declared` is the encoding that
/// the file says it is in, if that is not UTF-8.
pub(super) fn text_of<'b>(
    bytes: &'b [u8],
    declared: Option<&'static Encoding>,
    line: u64,
    notes: &mut Vec<Note>,
) -> Cow<'b, str> {
    let text = match (std::str::from_utf8(bytes), declared) {
        (Ok(text), _) => Cow::Borrowed(text),
        (Err(_), Some(encoding)) => encoding.decode_without_bom_handling(bytes).0,
        (Err(_), None) => Cow::Owned(repaired(bytes, line, notes)),
    };
    with_line_ends(without_controls(text, line, notes))
}

/// The text with the line ends that XML has, whatever the file was saved with.
fn with_line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// What stood in place of bytes that are no UTF-8.
#[derive(Default)]
struct Repairs {
    /// How many bytes were read as Windows-1252.
    read: usize,
    /// How many could not be read.
    lost: usize,
    /// Where the first of them stands.
    first: Option<usize>,
}

/// The text of bytes some of which are no UTF-8.
fn repaired(bytes: &[u8], line: u64, notes: &mut Vec<Note>) -> String {
    let mut out = String::with_capacity(bytes.len() + 16);
    let mut repairs = Repairs::default();
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        at += chunk.valid().len();
        let bad = chunk.invalid();
        if bad.is_empty() {
            continue;
        }
        repairs.first.get_or_insert(at);
        let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied();
        let after = bytes.get(at + bad.len()).copied();
        if let &[byte] = bad
            && is_likely(byte, before, after)
        {
            out.push_str(&WINDOWS_1252.decode_without_bom_handling(&[byte]).0);
            repairs.read += 1;
        } else {
            out.push('\u{fffd}');
            repairs.lost += bad.len();
        }
        at += bad.len();
    }
    let first = bytes.get(..repairs.first.unwrap_or(0)).unwrap_or_default();
    let line = line + memchr::memchr_iter(b'\n', first).count() as u64;
    let mut say = |n: usize, what: &str| {
        if n > 0 {
            notes.push(note(format!("{} {what}", bytes_are(n)), line));
        }
    };
    say(repairs.read, "no UTF-8, read as Windows-1252");
    say(repairs.lost, "damaged, written as U+FFFD");
    out
}

/// A count of bytes with its verb.
fn bytes_are(n: usize) -> String {
    if n == 1 { "1 byte is".to_owned() } else { format!("{n} bytes are") }
}

/// Whether a byte is likely a letter or mark of Windows-1252, by what stands
/// before and behind it.
fn is_likely(byte: u8, before: Option<u8>, after: Option<u8>) -> bool {
    match byte {
        0x80..=0xbf => MARKS.contains(&byte),
        // These two begin most letters of UTF-8; alone they are rare outside
        // of words in capitals.
        0xc2 | 0xc3 => [before, after]
            .into_iter()
            .all(|c| c.is_some_and(|c| c.is_ascii_uppercase() || c >= 0x80)),
        _ => true,
    }
}

/// The text without control characters and what is no character.
fn without_controls<'t>(
    text: Cow<'t, str>,
    line: u64,
    notes: &mut Vec<Note>,
) -> Cow<'t, str> {
    let is_fine = |c: char| !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\x7f' | '\u{fffe}' | '\u{ffff}');
    // Most texts have none, and looking at bytes is quick.
    let is_suspect = |c: &u8| match c {
        b'\t' | b'\n' | b'\r' => false,
        0x7f | 0xbf => true,
        other => *other < 0x20,
    };
    // Counting is quicker than stopping at the first.
    let has_some = |part: &[u8]| part.iter().filter(|c| is_suspect(c)).count() > 0;
    if !text.as_bytes().chunks(4096).any(has_some) {
        return text;
    }
    let Some(first) = text.find(|c| !is_fine(c)) else { return text };
    let before = text.get(..first).unwrap_or_default();
    let line = line + before.matches('\n').count() as u64;
    let kept: String = text.chars().filter(|&c| is_fine(c)).collect();
    let n = text.chars().count() - kept.chars().count();
    let plural = if n == 1 { " was" } else { "s were" };
    notes.push(note(format!("{n} control character{plural} taken out"), line));
    Cow::Owned(kept)
}

/// A note on encoding.
fn note(text: String, line: u64) -> Note {
    Note { about: About::Encoding, text, line, rule: None }
}

/// How many places of a text look as if they had been encoded twice, and the
/// first of them.
pub(super) fn twice_encoded(text: &str) -> Option<(usize, String)> {
    if text.is_ascii() {
        return None;
    }
    let mut found = 0;
    let mut first = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let Some(lead) = byte_of(c).filter(|lead| (0xc2..0xf5).contains(lead)) else {
            continue;
        };
        let wanted = match lead {
            ..0xe0 => 1,
            0xe0..0xf0 => 2,
            _ => 3,
        };
        let mut run = vec![lead];
        let mut end = at + c.len_utf8();
        while run.len() <= wanted
            && let Some(&(next, c)) = chars.peek()
            && let Some(byte) = byte_of(c).filter(|byte| (0x80..0xc0).contains(byte))
        {
            run.push(byte);
            end = next + c.len_utf8();
            chars.next();
        }
        if run.len() == wanted + 1 && std::str::from_utf8(&run).is_ok() {
            found += 1;
            first.get_or_insert_with(|| text.get(at..end).unwrap_or_default().to_owned());
        }
    }
    first.map(|first| (found, first))
}

/// The byte that Windows-1252 has for a character beyond ASCII.
fn byte_of(c: char) -> Option<u8> {
    if matches!(c, '\u{80}'..='\u{ff}') {
        return u8::try_from(u32::from(c)).ok();
    }
    if !matches!(c, '\u{152}'..='\u{2122}') {
        return None;
    }
    let mut buffer = [0; 4];
    let (bytes, _, is_bad) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    match (bytes.as_ref(), is_bad) {
        (&[byte], false) => Some(byte),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The text and the notes.
    fn read(bytes: &[u8], declared: Option<&'static Encoding>) -> (String, String) {
        let mut notes = Vec::new();
        let text = text_of(bytes, declared, 7, &mut notes).into_owned();
        let notes: Vec<_> =
            notes.iter().map(|note| format!("{}: {}", note.line, note.text)).collect();
        (text, notes.join("; "))
    }

    #[test]
    fn bytes_that_are_no_utf8_are_read_as_what_they_likely_are() {
        for (bytes, text, notes) in [
            (&b"caf\xc3\xa9"[..], "café", ""),
            (
                b"caf\xe9 \x93hi\x94",
                "café “hi”",
                "7: 3 bytes are no UTF-8, read as Windows-1252",
            ),
            (b"S\xc3O", "SÃO", "7: 1 byte is no UTF-8, read as Windows-1252"),
            (b"\nx\xc3 y", "\nx\u{fffd} y", "8: 1 byte is damaged, written as U+FFFD"),
            (b"a\xe2\x80b", "a\u{fffd}b", "7: 2 bytes are damaged, written as U+FFFD"),
            (b"a\x81b", "a\u{fffd}b", "7: 1 byte is damaged, written as U+FFFD"),
            (b"a\0b\x08\n\x11c\td", "ab\nc\td", "7: 3 control characters were taken out"),
            (
                "a\u{ffff}\u{bf}b".as_bytes(),
                "a\u{bf}b",
                "7: 1 control character was taken out",
            ),
        ] {
            assert_eq!(read(bytes, None), (text.to_owned(), notes.to_owned()));
        }
    }

    #[test]
    fn the_declared_encoding_counts_only_where_the_text_is_no_utf8() {
        let greek = Encoding::for_label(b"iso-8859-7");
        assert_eq!(read(b"\xe1\xe2", greek).0, "αβ");
        assert_eq!(read("αβ".as_bytes(), greek).0, "αβ");
    }

    #[test]
    fn line_ends_are_those_of_xml() {
        assert_eq!(read(b"a\r\nb\rc\n", None).0, "a\nb\nc\n");
    }

    #[test]
    fn text_that_was_encoded_twice_is_seen() {
        for (text, expected) in [
            ("cafÃ© and â€œx", Some((2, "Ã©".to_owned()))),
            ("café “x” SÃO", None),
            ("plain", None),
            ("Âº", Some((1, "Âº".to_owned()))),
        ] {
            assert_eq!(twice_encoded(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn mending_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut notes = Vec::new();
            let text = text_of(&bytes, None, 1, &mut notes);
            prop_assert!(!text.contains('\0'));
            twice_encoded(&text);
        }
    }
}
