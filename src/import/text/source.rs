//! Files of text as a source of pieces: what a file is, by its content, and
//! how its bytes become text.
//!
//! Files are opened by the caller.

use std::collections::BTreeSet;
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::import::document::{self, Document};
use crate::import::piece::{
    self, About, Item, Note, Origin, Outline, Piece, Refused, Skipped,
};
use crate::import::text::repeated::Repeated;
use crate::import::text::{Options, key, read, read_blocks, words};

/// Opens a file by its name: its bytes, or why not, as a phrase.
pub type Open<'o> = dyn FnMut(&str) -> Result<Vec<u8>, String> + 'o;

/// Files of text.
pub struct TextSource<'o> {
    /// Their names, as they were given.
    pub files: Vec<Arc<str>>,
    /// Opens them.
    pub open: Box<Open<'o>>,
    /// What the caller knows and wants.
    pub options: Options,
    /// The lines that the editor approved as furniture.
    pub furniture: BTreeSet<String>,
}

impl TextSource<'_> {
    /// Counts which lines stand in many of the files.
    pub fn repeated(&mut self) -> Repeated {
        let mut repeated = Repeated::default();
        for file in self.distinct() {
            if let Ok(Content::Text(text, _)) =
                (self.open)(&file).and_then(|bytes| content(&bytes))
            {
                repeated.add(&text);
            }
        }
        repeated
    }

    /// The files, each once, in the order in which they were given.
    fn distinct(&self) -> Vec<Arc<str>> {
        let mut keys = BTreeSet::new();
        let files = self.files.iter().filter(|file| keys.insert(key(file)));
        files.map(Arc::clone).collect()
    }

    /// Reads a file.
    fn item(&mut self, file: &Arc<str>) -> Item {
        let skipped = |reason: String| Skipped {
            origin: Origin {
                key: key(file).to_owned(),
                kind: "text".to_owned(),
                file: Arc::clone(file),
                ..Origin::default()
            },
            title: String::new(),
            reason,
        };
        let content = (self.open)(file).and_then(|bytes| content(&bytes));
        match content {
            Err(reason) => Item::Lost(skipped(reason)),
            Ok(Content::Empty) => Item::Skipped(skipped("is empty".to_owned())),
            Ok(Content::Text(text, note)) => {
                let mut piece = read(&text, file, &self.options, &self.furniture);
                piece.notes.splice(0..0, note);
                Item::Piece(Box::new(piece))
            }
            Ok(Content::Document(document)) => {
                Item::Piece(Box::new(self.document(document, file)))
            }
        }
    }

    /// Reads a document.
    fn document(&self, document: Document, file: &Arc<str>) -> Piece {
        let mut piece =
            read_blocks(document.blocks, file, &self.options, &self.furniture);
        for (what, text) in document.dropped {
            piece.account.read(&text);
            piece.account.drop(what, &text);
            let text = format!("the {what} is left out: {}", words::masked(&text));
            piece.notes.push(Note { about: About::Decision, text, line: 0, rule: None });
        }
        if document.pictures > 0 {
            let text = format!(
                "{} pictures of the document are not taken over",
                document.pictures
            );
            piece.notes.push(Note { about: About::Media, text, line: 0, rule: None });
        }
        piece
    }
}

impl piece::Source for TextSource<'_> {
    fn system(&self) -> &'static str {
        "text"
    }

    fn survey(&mut self, tell: &mut dyn FnMut(Outline)) -> Result<(), Refused> {
        for file in self.distinct() {
            if let Item::Piece(piece) = self.item(&file) {
                tell(Outline {
                    key: piece.origin.key,
                    visibility: piece.visibility,
                    title: piece.facts.title,
                    date: piece.facts.date,
                    language: piece.facts.language,
                    ..Outline::default()
                });
            }
        }
        Ok(())
    }

    fn read(&mut self, tell: &mut dyn FnMut(Item)) -> Result<(), Refused> {
        for file in self.distinct() {
            tell(self.item(&file));
        }
        Ok(())
    }
}

/// What a file holds.
#[derive(Debug)]
enum Content {
    /// Nothing that can be seen.
    Empty,
    /// Text, and a note on how it was read.
    Text(String, Option<Note>),
    /// A document.
    Document(Document),
}

/// What some bytes are, by themselves; the error says why they cannot be read.
fn content(bytes: &[u8]) -> Result<Content, String> {
    if let Some(format) = document::format(bytes) {
        return document::read(bytes, format).map(Content::Document);
    }
    for (magic, what) in [
        (b"PK\x03\x04".as_slice(), "is an archive, but no .docx or .odt"),
        (b"%PDF-", "is a PDF; copy its text into a text file"),
        (b"{\\rtf", "is RTF; save it as .docx, .odt or text"),
        (b"\xd0\xcf\x11\xe0", "is an old Word document; save it as .docx, .odt or text"),
    ] {
        if bytes.starts_with(magic) {
            return Err(what.to_owned());
        }
    }
    let (text, note) = decode(bytes);
    let start: String = text.trim_start().chars().take(15).collect();
    let start = start.to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Err("is a page of HTML; use `pressmark import html`".to_owned());
    }
    let controls =
        text.chars().take(4_000).filter(|c| *c == '\0' || *c == '\u{fffd}').count();
    if controls > 20 && controls * 10 > text.chars().take(4_000).count() {
        return Err("is not text".to_owned());
    }
    if words::is_blank(&text) {
        return Ok(Content::Empty);
    }
    Ok(Content::Text(text, note))
}

/// Some bytes as text: UTF-8, UTF-16 with its mark, or an old encoding, with a
/// note that says which was taken.
fn decode(bytes: &[u8]) -> (String, Option<Note>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let (text, is_bad) = encoding.decode_without_bom_handling(rest);
        let is_noted = encoding == UTF_16LE || encoding == UTF_16BE || is_bad;
        return (text.into_owned(), is_noted.then(|| note(encoding.name(), 100)));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) if is_mostly_utf8(bytes) => {
            (mixed(bytes), Some(note("UTF-8 with bytes of windows-1252 in it", 80)))
        }
        Err(_) => {
            let encoding = guess(bytes);
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            (text.into_owned(), Some(note(encoding.name(), 80)))
        }
    }
}

/// The note on an encoding.
fn note(name: &str, sure: u8) -> Note {
    Note {
        about: About::Encoding,
        text: format!("the file was read as {name}"),
        line: 0,
        rule: Some(("encoding", sure)),
    }
}

/// Whether most of the bytes above ASCII are UTF-8.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// Text in UTF-8, its bad bytes read as Windows-1252.
fn mixed(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(chunk.invalid());
        out.push_str(&text);
    }
    out
}

/// The old encoding of some bytes. It is Windows-1252 if all its letters are
/// those of English and Spanish, whatever else they could be.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let is_usual = |c: char| {
        c.is_ascii() || "áéíóúüñÁÉÍÓÚÜÑ¿¡«»ºª°“”‘’–—…•·€£©®™àèçêôâ§½¼¾\u{a0}".contains(c)
    };
    if text.chars().all(is_usual) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;
    use crate::import::piece::Source as _;

    #[test]
    fn bytes_become_text() {
        let (utf16, _) = ("\u{feff}¿Qué?", 0);
        let little: Vec<u8> = utf16.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = utf16.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, text, is_noted) in [
            ("¿Qué?".as_bytes().to_vec(), "¿Qué?", false),
            ("\u{feff}¿Qué?".as_bytes().to_vec(), "¿Qué?", false),
            (little, "¿Qué?", true),
            (big, "¿Qué?", true),
            (b"\xbfQu\xe9? \x93S\xed\x94 \x97 \x85".to_vec(), "¿Qué? “Sí” — …", true),
            (
                "¿Qué? ¿Sí?\u{e9}".as_bytes().iter().copied().chain([0x92]).collect(),
                "¿Qué? ¿Sí?é’",
                true,
            ),
            (vec![], "", false),
        ] {
            let (own, note) = decode(&bytes);
            assert_eq!((own.as_str(), note.is_some()), (text, is_noted));
        }
    }

    /// A source of these files.
    fn source<'o>(files: &'o [(&'o str, &'o [u8])]) -> TextSource<'o> {
        TextSource {
            files: files.iter().map(|(name, _)| Arc::from(*name)).collect(),
            open: Box::new(|name| {
                let found = files.iter().find(|(own, _)| *own == name);
                found
                    .map(|(_, bytes)| bytes.to_vec())
                    .ok_or_else(|| "is not there".to_owned())
            }),
            options: Options {
                language: crate::import::text::Language::Found,
                today: Date::parse("2026-01-02").unwrap(),
                month_first: None,
                mend_mojibake: false,
            },
            furniture: BTreeSet::new(),
        }
    }

    #[test]
    fn each_file_is_a_piece_or_skipped_or_lost() {
        let files: [(&str, &[u8]); 7] = [
            ("a.txt", b"A Title Here\n\nSome text that is long enough to be the text of it, and ends here."),
            ("empty.txt", b" \n\n"),
            ("b.pdf", b"%PDF-1.4"),
            ("c.rtf", b"{\\rtf1 x}"),
            ("d.doc", b"\xd0\xcf\x11\xe0xx"),
            ("e.html", b"<!DOCTYPE html><p>x"),
            ("f.zip", b"PK\x03\x04xx"),
        ];
        let mut source = source(&files);
        source.files.push(Arc::from("gone.txt"));
        let mut told = Vec::new();
        source
            .read(&mut |item| {
                told.push(match item {
                    Item::Piece(piece) => format!("piece {}", piece.facts.title),
                    Item::File(own, _) | Item::Skipped(own) => {
                        format!("{} {}", own.origin.key, own.reason)
                    }
                    Item::Lost(own) => format!(
                        "lost {} {}",
                        own.origin.key,
                        own.reason.split(';').next().unwrap_or_default()
                    ),
                });
            })
            .unwrap();
        assert_eq!(
            told,
            [
                "piece A Title Here",
                "empty.txt is empty",
                "lost b.pdf is a PDF",
                "lost c.rtf is RTF",
                "lost d.doc is an old Word document",
                "lost e.html is a page of HTML",
                "lost f.zip is an archive, but no .docx or .odt",
                "lost gone.txt is not there",
            ]
        );
        let mut titles = Vec::new();
        source.survey(&mut |outline| titles.push((outline.key, outline.title))).unwrap();
        assert_eq!(titles, [("a.txt".to_owned(), "A Title Here".to_owned())]);
    }

    #[test]
    fn a_file_that_is_given_twice_counts_once() {
        let text = b"A Title Here\n\nSome text that is long enough to be the text.";
        let files: Vec<(&str, &[u8])> = ["./a/b.txt", "a/b.txt", "././a/b.txt", "c.txt"]
            .map(|name| (name, text.as_slice()))
            .to_vec();
        let mut source = source(&files);
        let mut keys = Vec::new();
        source
            .read(&mut |item| {
                if let Item::Piece(piece) = item {
                    keys.push((piece.origin.key, piece.origin.file.to_string()));
                }
            })
            .unwrap();
        let own = |key: &str, file: &str| (key.to_owned(), file.to_owned());
        assert_eq!(keys, [own("a/b.txt", "./a/b.txt"), own("c.txt", "c.txt")]);
        let mut outlines = Vec::new();
        source.survey(&mut |outline| outlines.push(outline.key)).unwrap();
        assert_eq!(outlines, ["a/b.txt", "c.txt"]);
    }

    #[test]
    fn lines_of_many_files_are_counted() {
        let names: Vec<String> = (0..12).map(|n| format!("{n}.txt")).collect();
        let files: Vec<(&str, &[u8])> = names
            .iter()
            .map(|name| (name.as_str(), b"Printed in Riverbend\nx".as_slice()))
            .collect();
        let proposals = source(&files).repeated().proposals();
        assert_eq!(proposals[0], ("Printed in Riverbend".to_owned(), 12));
    }
}
