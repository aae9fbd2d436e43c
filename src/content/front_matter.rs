//! Finds the front matter of a file: TOML between two lines of `+++`.
//!
//! What the keys mean is for `article`, `page` and `record`; what they have in
//! common is read here.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::content::{SourceFile, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::toml_reader::{Document, Reader, Spanned};

/// The line that opens and closes front matter.
const FENCE: &str = "+++";

/// Where the front matter and the body stand in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The opening line.
    pub opening: Span,
    /// The TOML between the two lines.
    pub front: Range<usize>,
    /// Where the body begins.
    pub body: usize,
}

/// Finds the front matter of a text; the error says what is wrong and where.
pub fn split(text: &str) -> Result<Parts, (String, Span, &'static str)> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = Lines { text, at: start };
    let (first, range) = lines.next().unwrap_or_default();
    let opening = Span::from(range.start..range.start + first.trim_end().len());
    if first.trim_end() != FENCE {
        return Err(missing(text.get(start..).unwrap_or_default(), first, opening));
    }
    let front = lines.at;
    while let Some((line, range)) = lines.next() {
        if line.trim_end() == FENCE {
            return Ok(Parts { opening, front: front..range.start, body: lines.at });
        }
    }
    let hint = "write a line of `+++` behind the last key";
    Err(("the front matter is not closed".to_owned(), opening, hint))
}

/// What a file begins with instead of front matter.
fn missing(text: &str, first: &str, opening: Span) -> (String, Span, &'static str) {
    let (message, hint) = if text.trim().is_empty() {
        ("the file is empty", "write an article, or delete the file")
    } else if first.trim_end() == "---" {
        ("the front matter is YAML", "write it as TOML, between two lines of `+++`")
    } else if first.starts_with('{') {
        ("the front matter is JSON", "write it as TOML, between two lines of `+++`")
    } else {
        (
            "the file does not begin with front matter",
            "begin it with a line of `+++`, then `title = \"…\"`, then a line of `+++`",
        )
    };
    (message.to_owned(), opening, hint)
}

/// The lines of a text with their places.
struct Lines<'t> {
    /// The text.
    text: &'t str,
    /// Where the next line begins.
    at: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (&'t str, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let line = rest.split_inclusive('\n').next()?;
        let start = self.at;
        self.at += line.len();
        Some((line, start..self.at))
    }
}

/// Reads the front matter of a file with `read`, which is handed the keys and
/// the place of the opening line.
pub fn read<T>(
    file: &SourceFile,
    text: &str,
    owner: &str,
    faults: &mut Diagnostics,
    read: impl FnOnce(&mut Reader<'_>, Span, Text) -> T,
) -> Option<T> {
    let parts = match split(text) {
        Ok(parts) => parts,
        Err((message, span, hint)) => {
            let place = if span.start == span.end {
                Place::file(Arc::clone(&file.path))
            } else {
                Place::span(Arc::clone(&file.path), span)
            };
            faults
                .push(Diagnostic::error(Code::FrontMatter, message).at(place).hint(hint));
            return None;
        }
    };
    let front = text.get(parts.front.clone()).unwrap_or_default();
    let document = Document::parse(&file.path, front, parts.front.start, faults);
    let mut reader = document.reader(owner, faults);
    Some(read(&mut reader, parts.opening, Text::of(text, parts.body)))
}

/// What every kind of file says of its language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Translation {
    /// The file that it is a translation of, as written.
    pub translation_of: Option<Box<Spanned<String>>>,
    /// Who translated it, as printed.
    pub translator: Box<[Box<str>]>,
    /// Whether a machine translated it.
    pub machine_translated: bool,
}

/// The keys that [`read_translation`] reads.
pub const TRANSLATION_KEYS: &[&str] =
    &["language", "translation_of", "translator", "machine_translated"];

/// Reads the keys on language and translation, and sets the file's language.
pub fn read_translation(
    reader: &mut Reader<'_>,
    file: &mut SourceFile,
    config: &Config,
) -> Translation {
    if let Some(written) = reader.filled_text("language") {
        match config.language(&written.value) {
            Some(language) if file.has_suffix && language != file.language => {
                let name = config.language_of(file.language).tag.as_str();
                reader.bad_value(
                    written.span,
                    format!(
                        "the file's name says `{name}`, and `language` says `{}`",
                        written.value
                    ),
                    "take one of the two away",
                );
            }
            Some(language) => file.language = language,
            None => unlisted_language(reader, &written, config),
        }
    }
    Translation {
        translation_of: reader.filled_text("translation_of").map(Box::new),
        translator: reader
            .texts("translator")
            .unwrap_or_default()
            .into_iter()
            .map(|name| name.value.into())
            .collect(),
        machine_translated: reader.flag("machine_translated").unwrap_or(false),
    }
}

/// Reports a language that the site does not list.
fn unlisted_language(
    reader: &mut Reader<'_>,
    written: &Spanned<String>,
    config: &Config,
) {
    let listed: Vec<_> =
        config.languages.iter().map(|language| format!("\"{}\"", language.tag)).collect();
    let hint = format!(
        "add it to `languages` in config.toml: `languages = [{}, \"{}\"]`",
        listed.join(", "),
        written.value
    );
    reader.bad_value(
        written.span,
        format!("`{}` is not one of the site's languages", written.value),
        &hint,
    );
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_body_begins_behind_the_closing_line() {
        let text = "+++\ntitle = \"A\"\n+++\nBody";
        let parts = split(text).unwrap();
        assert_eq!(text.get(parts.front), Some("title = \"A\"\n"));
        assert_eq!(text.get(parts.body..), Some("Body"));
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_are_read() {
        let text = "\u{feff}+++\r\ntitle = \"A\"\r\n+++\r\nBody";
        let parts = split(text).unwrap();
        assert_eq!(text.get(parts.front), Some("title = \"A\"\r\n"));
        assert_eq!(text.get(parts.body..), Some("Body"));
    }

    #[test]
    fn what_is_missing_is_named() {
        for (text, message) in [
            ("", "the file is empty"),
            ("\u{feff} \n", "the file is empty"),
            ("---\ntitle: A\n---\n", "the front matter is YAML"),
            ("{\"title\": 1}", "the front matter is JSON"),
            ("Hello", "the file does not begin with front matter"),
            ("+++\ntitle = 1", "the front matter is not closed"),
            ("+++", "the front matter is not closed"),
        ] {
            assert_eq!(split(text).unwrap_err().0, message, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn splitting_never_panics(text in "(\u{feff})?(\\+\\+\\+|[a-z\r\n=é])*") {
            if let Ok(parts) = split(&text) {
                prop_assert!(text.get(parts.front).is_some());
                prop_assert!(text.get(parts.body..).is_some());
            }
        }
    }
}
