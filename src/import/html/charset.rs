//! In which encoding a page was written. This decides between what the page
//! says, what its server said and what its bytes look like.
//!
//! Bytes that are UTF-8 are read as UTF-8 whatever is declared. Old pages that
//! declare nothing were written with Windows code page 1252, unless most of
//! their letters are not Latin. Text that was encoded twice is found here and
//! repaired if that is asked for.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far into a page its declaration is looked for.
const DECLARED_WITHIN: usize = 4096;

/// A page as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The name of its encoding.
    pub encoding: &'static str,
    /// What an editor should know of it, as phrases.
    pub notes: Vec<String>,
}

/// Decodes a page; `header` is the charset that its server gave.
pub fn decode(bytes: &[u8], header: Option<&str>) -> Decoded {
    let mut notes = Vec::new();
    let declared = declaration(bytes, header);
    let encoding = choose(bytes, declared, &mut notes);
    let (text, encoding) = match encoding {
        Choice::Sure(encoding) => (encoding.decode(bytes).0, encoding),
        Choice::Mixed => {
            notes.push(
                "some bytes are not UTF-8 and were read as Windows-1252".to_owned(),
            );
            (Cow::Owned(mixed(bytes)), UTF_8)
        }
    };
    let lost = text.matches('\u{fffd}').count();
    if lost > 0 {
        notes.push(format!("{lost} characters cannot be read and stand as U+FFFD"));
    }
    Decoded { text: text.into_owned(), encoding: encoding.name(), notes }
}

/// What was chosen.
enum Choice {
    /// One encoding.
    Sure(&'static Encoding),
    /// UTF-8 with single bytes of Windows-1252 between.
    Mixed,
}

/// Chooses the encoding.
fn choose(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
    notes: &mut Vec<String>,
) -> Choice {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Choice::Sure(encoding);
    }
    if let Some(encoding) = wide(bytes) {
        return Choice::Sure(encoding);
    }
    let is_ascii = bytes.is_ascii();
    if is_ascii && !bytes.contains(&0x1b) {
        return Choice::Sure(UTF_8);
    }
    let broken = broken_sequences(bytes);
    if broken.bad == 0 && !is_ascii {
        if let Some(other) = declared.filter(|&declared| declared != UTF_8) {
            notes.push(format!("it is declared as {} and is UTF-8", other.name()));
        }
        return Choice::Sure(UTF_8);
    }
    if let Some(encoding) = declared.filter(|&declared| declared != UTF_8) {
        return Choice::Sure(encoding);
    }
    if broken.good > 0 && broken.good * 4 >= broken.bad {
        return Choice::Mixed;
    }
    let guess = guess(bytes);
    if declared.is_some() {
        notes.push(format!("it is declared as UTF-8 and read as {}", guess.name()));
    }
    Choice::Sure(guess)
}

/// The encoding that the server or the page gives.
fn declaration(bytes: &[u8], header: Option<&str>) -> Option<&'static Encoding> {
    let header = header.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let encoding = header.or_else(|| {
        let start = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes);
        let start = start.to_ascii_lowercase();
        Encoding::for_label(label(&start)?)
    })?;
    // A page whose declaration can be read as ASCII is not UTF-16.
    Some(if encoding == UTF_16BE || encoding == UTF_16LE { UTF_8 } else { encoding })
}

/// The label of a `charset=` or `encoding=` in lower-case bytes.
fn label(start: &[u8]) -> Option<&[u8]> {
    let marks: [&[u8]; 2] = [b"charset", b"<?xml"];
    for mark in marks {
        for at in positions(start, mark) {
            let mut rest = start.get(at + mark.len()..)?;
            if mark == b"<?xml" {
                let end = rest.iter().position(|&b| b == b'>')?;
                let inner = rest.get(..end)?;
                let Some(at) = positions(inner, b"encoding").next() else { continue };
                rest = inner.get(at + b"encoding".len()..)?;
            }
            let rest = rest.trim_ascii_start();
            let Some(rest) = rest.strip_prefix(b"=") else { continue };
            let rest = rest.trim_ascii_start();
            let is_end = |b: &u8| b.is_ascii_whitespace() || b"\"'>;/?".contains(b);
            let rest =
                rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
            let end = rest.iter().position(is_end).unwrap_or(rest.len());
            return rest.get(..end).filter(|label| !label.is_empty());
        }
    }
    None
}

/// Where some bytes stand in others.
fn positions<'a>(bytes: &'a [u8], mark: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let windows = bytes.windows(mark.len());
    windows.enumerate().filter(move |(_, own)| *own == mark).map(|(at, _)| at)
}

/// UTF-16 without a mark at its start: every other byte of its beginning is 0.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..64).unwrap_or(bytes);
    if start.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| {
        let own = start.iter().skip(odd).step_by(2);
        let (all, zero) = own.fold((0, 0), |(n, z), &b| (n + 1, z + usize::from(b == 0)));
        (zero * 10 >= all * 9, zero == 0)
    };
    match (zeros(0), zeros(1)) {
        ((_, true), (true, _)) => Some(UTF_16LE),
        ((true, _), (_, true)) => Some(UTF_16BE),
        _ => None,
    }
}

/// How many sequences of high bytes are UTF-8, and how many are not.
struct Sequences {
    /// Those that are.
    good: usize,
    /// Those that are not.
    bad: usize,
}

/// Counts sequences of high bytes.
fn broken_sequences(bytes: &[u8]) -> Sequences {
    let mut found = Sequences { good: 0, bad: 0 };
    for chunk in bytes.utf8_chunks() {
        found.good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        found.bad += usize::from(!chunk.invalid().is_empty());
    }
    found
}

/// UTF-8 with every other byte read as Windows-1252.
fn mixed(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

/// The encoding of a page that declares none, by its bytes.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
    // Tags are Latin in every page, so that a fifth is much.
    let is_latin = high * 6 < letters;
    if is_latin && is_old(bytes) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    // Some few bytes say little; a Latin page with them is mostly Western.
    if is_latin && guess != UTF_8 && high * 50 < letters { WINDOWS_1252 } else { guess }
}

/// Whether the page was made as pages were made before 2010.
fn is_old(bytes: &[u8]) -> bool {
    let start = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes).to_ascii_lowercase();
    positions(&start, b"<!doctype html>").next().is_none()
}

/// How many places look as if UTF-8 had been read as Windows-1252.
pub fn count_double(text: &str) -> usize {
    let mut places = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_lead = matches!(c, 'Â' | 'Ã' | 'â');
        if is_lead && chars.peek().is_some_and(|&next| is_double(c, next)) {
            places += 1;
        }
    }
    places
}

/// Whether a character can follow the first one of a text that was encoded
/// twice.
fn is_double(lead: char, next: char) -> bool {
    match lead {
        'â' => matches!(next, '€' | '\u{80}' | '„'),
        _ => matches!(
            next,
            '\u{80}'
                ..='\u{bf}'
                    | '€'
                    | '™'
                    | '“'
                    | '”'
                    | '‚'
                    | 'ƒ'
                    | '„'
                    | '…'
                    | '†'
                    | '‡'
                    | 'ˆ'
                    | '‰'
                    | 'Š'
                    | '‹'
                    | 'Œ'
                    | 'Ž'
                    | '‘'
                    | '’'
                    | '•'
                    | '–'
                    | '—'
                    | '˜'
                    | 'š'
                    | '›'
                    | 'œ'
                    | 'ž'
                    | 'Ÿ'
        ),
    }
}

/// Repairs text that was encoded twice, where it certainly was.
pub fn repair(text: &str) -> String {
    let mut repaired = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if c.is_ascii() {
            repaired.push_str(&repaired_run(&run));
            run.clear();
            repaired.push(c);
        } else {
            run.push(c);
        }
    }
    repaired.push_str(&repaired_run(&run));
    repaired
}

/// Repairs characters of which none is ASCII.
fn repaired_run(run: &str) -> Cow<'_, str> {
    if run.is_empty() || count_double(run) == 0 {
        return Cow::Borrowed(run);
    }
    let (bytes, _, is_lossy) = WINDOWS_1252.encode(run);
    match (is_lossy, String::from_utf8(bytes.into_owned())) {
        (false, Ok(text)) => Cow::Owned(text),
        _ => Cow::Borrowed(run),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text and the encoding of some bytes.
    fn read(bytes: &[u8], header: Option<&str>) -> (String, &'static str) {
        let decoded = decode(bytes, header);
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn the_encoding_is_found() {
        let utf16: Vec<u8> =
            "<p>Señal".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut marked = vec![0xfe, 0xff];
        marked.extend("<p>Señal".encode_utf16().flat_map(u16::to_be_bytes));
        let cases: &[(&[u8], Option<&str>, &str, &str)] = &[
            (b"<p>plain", None, "<p>plain", "UTF-8"),
            ("<p>se\u{f1}al".as_bytes(), None, "<p>señal", "UTF-8"),
            ("<p>se\u{f1}al".as_bytes(), Some("iso-8859-1"), "<p>señal", "UTF-8"),
            (b"<p>se\xf1al \x97 \x93si\x94", None, "<p>señal — “si”", "windows-1252"),
            (b"<meta charset=iso-8859-1><p>a\xf1o", None,
             "<meta charset=iso-8859-1><p>año", "windows-1252"),
            (b"<meta charset='utf-8'><p>a\xf1o", None,
             "<meta charset='utf-8'><p>año", "windows-1252"),
            (b"<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>\xcc\xe8\xf0",
             None, "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>Мир",
             "windows-1251"),
            (b"\xcc\xe8\xf0", Some("windows-1251"), "Мир", "windows-1251"),
            (b"<?xml version='1.0' encoding='ISO-8859-2'?>\xb1", None,
             "<?xml version='1.0' encoding='ISO-8859-2'?>ą", "ISO-8859-2"),
            (&utf16, None, "<p>Señal", "UTF-16LE"),
            (&marked, None, "<p>Señal", "UTF-16BE"),
            (b"\xef\xbb\xbfa", Some("latin1"), "a", "UTF-8"),
        ];
        for &(bytes, header, text, encoding) in cases {
            assert_eq!(read(bytes, header), (text.to_owned(), encoding));
        }
    }

    #[test]
    fn single_bytes_between_utf_8_are_read_and_told() {
        let bytes = ["más años ".as_bytes(), b"caf\xe9 \x97 "].concat();
        let decoded = decode(&bytes, Some("utf-8"));
        assert_eq!(decoded.text, "más años café — ");
        assert_eq!(decoded.notes.len(), 1);
    }

    #[test]
    fn cyrillic_without_a_declaration_is_not_taken_for_latin() {
        let text = "Городской совет проголосовал за новый закон о жилье. ".repeat(4);
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(&text);
        assert_eq!(read(&bytes, None), (text.clone(), "windows-1251"));
    }

    #[test]
    fn what_was_encoded_twice_is_counted_and_repaired_on_request() {
        let cases = [
            ("Itâ€™s a seÃ±al", 2, "It’s a señal"),
            ("año â la carte", 0, "año â la carte"),
            ("Ã€ la une Â©", 2, "À la une ©"),
            ("plain", 0, "plain"),
        ];
        for (broken, places, whole) in cases {
            assert_eq!(count_double(broken), places, "{broken}");
            assert_eq!(repair(broken), whole);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_are_refused(bytes: Vec<u8>, header: Option<String>) {
            let decoded = decode(&bytes, header.as_deref());
            proptest::prop_assert!(bytes.is_empty() || bytes.len() < 4 || !decoded.text.is_empty());
            let repaired = repair(&decoded.text);
            proptest::prop_assert!(repaired.len() <= decoded.text.len());
        }
    }
}
