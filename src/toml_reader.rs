//! Reads TOML key by key, so that one file shows all of its faults.
//!
//! A [`Document`] is parsed once, past its errors. A [`Reader`] then hands out
//! the value of each key with the type that the key wants; what does not fit
//! is reported with its place, and reads as if it were not there.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use crate::date::{Date, DateError};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::json;
use crate::suggest;

/// A value and where it stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A parsed TOML text.
#[derive(Debug)]
pub struct Document<'t> {
    /// The file, as a path from the site's folder.
    file: Arc<str>,
    /// Where the text begins in the file.
    offset: usize,
    /// What was understood of it.
    table: TomlSpanned<DeTable<'t>>,
    /// Where that begins which was not understood and is reported already, in
    /// the order of the text.
    broken: Vec<usize>,
}

impl<'t> Document<'t> {
    /// Parses a text that begins at `offset` in its file, and reports what is
    /// not TOML.
    pub fn parse(
        file: &Arc<str>,
        text: &'t str,
        offset: usize,
        faults: &mut Diagnostics,
    ) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut document =
            Self { file: Arc::clone(file), offset, table, broken: Vec::new() };
        if errors.is_empty() {
            return document;
        }
        let line_ends: Vec<_> = text.match_indices('\n').map(|(at, _)| at).collect();
        let mut last_line = None;
        for error in errors {
            let span = error.span().unwrap_or_default();
            let line = line_ends.partition_point(|end| *end < span.start);
            document.broken.push(span.start);
            // One slip often makes several errors in its line.
            if last_line.replace(line) != Some(line) {
                faults.push(document.syntax_fault(error.message(), span, text));
            }
        }
        document.broken.sort_unstable();
        document
    }

    /// What the parser did not understand, in our words.
    fn syntax_fault(&self, message: &str, span: Range<usize>, text: &str) -> Diagnostic {
        let place = |span: Range<usize>| {
            Place::span(Arc::clone(&self.file), Span::from(span).shifted(self.offset))
        };
        let written = text.get(span.clone()).unwrap_or_default();
        if message == "duplicate key" {
            let first = self.table.get_ref().get_key_value(written);
            let found = Diagnostic::error(
                Code::DuplicateKey,
                format!("the key `{written}` is set twice"),
            )
            .at(place(span).labeled("second time"))
            .hint("keep one of the two");
            return match first {
                Some((key, _)) => found.at(place(key.span()).labeled("first time")),
                None => found,
            };
        }
        if message.starts_with("invalid date") || message.starts_with("invalid time") {
            return match Date::parse(written) {
                Ok(date) => Diagnostic::error(
                    Code::BadDate,
                    format!("a date with parts missing needs quotes: `\"{date}\"`"),
                )
                .hint("write it as a text in quotation marks"),
                Err(error) => date_fault(written, &error),
            }
            .at(place(span));
        }
        if message.starts_with("string values must be quoted") {
            return Diagnostic::error(Code::TomlSyntax, "a text needs quotation marks")
                .at(place(span))
                .hint(format!("write `{}`", quote(written)));
        }
        Diagnostic::error(Code::TomlSyntax, message.replace(", expected", "; expected"))
            .at(place(span))
            .hint("check the quotation marks, brackets and commas on this line")
    }

    /// A reader for the whole text. `owner` says whose keys these are, as in
    /// "`owner` has no key …".
    pub fn reader<'r>(
        &'r self,
        owner: &'r str,
        faults: &'r mut Diagnostics,
    ) -> Reader<'r> {
        Reader {
            document: self,
            table: self.table.get_ref(),
            owner,
            span: Span::default(),
            faults,
        }
    }
}

/// What is wrong with the text of a date.
fn date_fault(written: &str, error: &DateError) -> Diagnostic {
    Diagnostic::error(Code::BadDate, format!("`{written}` {error}")).hint(
        "write a day as 2019-10-11; a month, a year or a doubtful date in quotes: \
         \"1973-05\", \"1973\", \"1973~\"",
    )
}

/// Keys that people know from other programs, and ours for the same thing.
const SYNONYMS: &[(&str, &str)] = &[
    ("aliases", "redirects"),
    ("alternative_headline", "deck"),
    ("author", "byline"),
    ("authors", "byline"),
    ("categories", "tags"),
    ("description", "summary"),
    ("headline", "title"),
    ("lang", "language"),
    ("lastmod", "updated"),
    ("license", "rights"),
    ("modified", "updated"),
    ("name", "title"),
    ("organisations", "organizations"),
    ("permalink", "slug"),
    ("source_url", "original_url"),
    ("standfirst", "deck"),
    ("subtitle", "deck"),
    ("title", "name"),
    ("url", "base_url"),
];

/// Hands out the values of one table.
pub struct Reader<'r> {
    /// The text that the table stands in.
    document: &'r Document<'r>,
    /// The table.
    table: &'r DeTable<'r>,
    /// Whose keys these are, for messages.
    owner: &'r str,
    /// Where the table stands in the file; empty for a whole text.
    span: Span,
    /// Where faults go.
    faults: &'r mut Diagnostics,
}

impl<'r> Reader<'r> {
    /// Reports every key that is none of `known`, with the likeliest one.
    pub fn only(&mut self, known: &[&str]) {
        for (key, _) in self.table {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                continue;
            }
            let found = Diagnostic::error(
                Code::UnknownKey,
                format!("{} has no key `{name}`", self.owner),
            )
            .at(self.place(key.span()));
            let synonym = SYNONYMS
                .iter()
                .find(|(other, ours)| *other == name && known.contains(ours))
                .map(|(_, ours)| *ours);
            let near = synonym.or_else(|| suggest::nearest(name, known.iter().copied()));
            let found = match near {
                Some(near) => {
                    found.hint(format!("write `{near}`, if that is what you mean"))
                }
                None if known.contains(&"extra") => {
                    found.hint("move it into the table `extra` if your templates use it")
                }
                None => found.hint(format!("use one of {}", list(known))),
            };
            self.faults.push(found);
        }
    }

    /// Whether the table sets a key, with whatever value.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The keys that the table has, in the order of the alphabet.
    pub fn keys(&self) -> Vec<Spanned<String>> {
        self.table
            .iter()
            .map(|(key, _)| Spanned {
                value: key.get_ref().to_string(),
                span: self.span(key.span()),
            })
            .collect()
    }

    /// Where faults of this table go.
    pub fn faults(&mut self) -> &mut Diagnostics {
        self.faults
    }

    /// The file, as a path from the site's folder.
    pub fn file(&self) -> &Arc<str> {
        &self.document.file
    }

    /// Where the table stands in the file.
    pub fn table_span(&self) -> Span {
        self.span
    }

    /// A text.
    pub fn text(&mut self, key: &str) -> Option<Spanned<String>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => {
                let text = self.spanned(text.to_string(), value);
                self.without_controls(key, text)
            }
            other => self.wrong_type(key, value, "a text in quotes", quoting_hint(other)),
        }
    }

    /// A text, unless it holds a control character that no page can show.
    fn without_controls(
        &mut self,
        key: &str,
        text: Spanned<String>,
    ) -> Option<Spanned<String>> {
        let is_odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        if !text.value.contains(is_odd) {
            return Some(text);
        }
        let message = format!("`{key}` holds a control character");
        self.bad_value(text.span, message, "write the text anew without it");
        None
    }

    /// A text that must not be empty; an empty one is reported.
    pub fn filled_text(&mut self, key: &str) -> Option<Spanned<String>> {
        let text = self.text(key)?;
        if !text.value.trim().is_empty() {
            return Some(text);
        }
        let found = Diagnostic::error(Code::BadValue, format!("`{key}` is empty"))
            .at(Place::span(Arc::clone(&self.document.file), text.span))
            .hint("fill it in, or take the line out");
        self.faults.push(found);
        None
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.wrong_type(key, value, "`true` or `false`", None),
        }
    }

    /// A whole number within a range.
    pub fn number(&mut self, key: &str, range: Range<usize>) -> Option<usize> {
        let value = self.get(key)?;
        let DeValue::Integer(number) = value.get_ref() else {
            return self.wrong_type(key, value, "a whole number", None);
        };
        let number = usize::from_str_radix(number.as_str(), number.radix()).ok();
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let message =
                format!("`{key}` must be from {} to {}", range.start, range.end - 1);
            let found =
                Diagnostic::error(Code::BadValue, message).at(self.place(value.span()));
            self.faults.push(found);
        }
        number
    }

    /// A number with or without decimals.
    pub fn decimal(&mut self, key: &str) -> Option<Spanned<f64>> {
        let value = self.get(key)?;
        let number: Option<f64> = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => return self.wrong_type(key, value, "a number", None),
        };
        match number {
            Some(number) => Some(self.spanned(number, value)),
            None => self.wrong_type(key, value, "a number with a point", None),
        }
    }

    /// A date: as TOML has them, or partial or uncertain in quotes.
    pub fn date(&mut self, key: &str) -> Option<Spanned<Date>> {
        let value = self.get(key)?;
        let written = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(year) => {
                let hint = format!("write it in quotes: `{key} = \"{}\"`", year.as_str());
                return self.wrong_type(key, value, "a date", Some(hint));
            }
            _ => return self.wrong_type(key, value, "a date", None),
        };
        match Date::parse(&written) {
            Ok(date) => Some(self.spanned(date, value)),
            Err(error) => {
                let found = date_fault(&written, &error).at(self.place(value.span()));
                self.faults.push(found);
                None
            }
        }
    }

    /// A day, with or without a time, that is certain.
    pub fn day(&mut self, key: &str) -> Option<Spanned<Date>> {
        let date = self.date(key)?;
        let Err(fault) = date.value.check_day() else { return Some(date) };
        let found = Diagnostic::error(Code::BadDate, format!("`{}` {fault}", date.value))
            .at(Place::span(Arc::clone(&self.document.file), date.span))
            .hint(format!(
                "write `{key} = 2026-01-31`, or with a time `{key} = 2026-01-31T09:00:00`"
            ));
        self.faults.push(found);
        None
    }

    /// A list of texts, none of them empty.
    pub fn texts(&mut self, key: &str) -> Option<Vec<Spanned<String>>> {
        let value = self.get(key)?;
        let DeValue::Array(items) = value.get_ref() else {
            let hint = value.get_ref().as_str().map(|text| {
                let names: Vec<_> =
                    text.split(',').map(|name| format!("\"{}\"", name.trim())).collect();
                format!("write `{key} = [{}]`", names.join(", "))
            });
            return self.wrong_type(key, value, "a list of texts", hint);
        };
        let mut texts = Vec::with_capacity(items.len());
        let sound: Vec<_> =
            items.iter().filter(|item| !self.is_broken(&item.span())).collect();
        for item in sound {
            match item.get_ref() {
                DeValue::String(text) if !text.trim().is_empty() => {
                    let text = self.spanned(text.to_string(), item);
                    texts.extend(self.without_controls(key, text));
                }
                DeValue::String(_) => {
                    let found = Diagnostic::error(
                        Code::BadValue,
                        format!("the list `{key}` holds an empty text"),
                    )
                    .at(self.place(item.span()))
                    .hint("fill it in, or take it out");
                    self.faults.push(found);
                }
                other => {
                    let hint = quoting_hint(other);
                    self.wrong_type::<()>(key, item, "a list of texts", hint);
                }
            }
        }
        Some(texts)
    }

    /// An address on the web.
    pub fn url(&mut self, key: &str) -> Option<Box<str>> {
        let url = self.filled_text(key)?;
        self.checked_url(&url)
    }

    /// A list of addresses on the web.
    pub fn urls(&mut self, key: &str) -> Option<Vec<Box<str>>> {
        let urls = self.texts(key)?;
        Some(urls.iter().filter_map(|url| self.checked_url(url)).collect())
    }

    /// A text without the space around it, if it is an address on the web;
    /// else it is reported.
    fn checked_url(&mut self, url: &Spanned<String>) -> Option<Box<str>> {
        let written = url.value.trim();
        let is_web = ["https://", "http://"].iter().any(|scheme| {
            written
                .get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
                && written.len() > scheme.len()
        });
        if is_web && !written.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Some(written.into());
        }
        self.bad_value(
            url.span,
            format!("`{written}` is not an address on the web"),
            "write it whole, from `https://` on",
        );
        None
    }

    /// One of the words of a list.
    pub fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let chosen = choices.iter().find(|(word, _)| *word == text.value);
        if let Some((_, choice)) = chosen {
            return Some(*choice);
        }
        let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
        let found = Diagnostic::error(
            Code::BadValue,
            format!("`{}` is not one of the values of `{key}`", text.value),
        )
        .at(Place::span(Arc::clone(&self.document.file), text.span));
        let found = match suggest::nearest(&text.value, words.iter().copied()) {
            Some(near) => found.hint(format!("write `{near}`, if that is what you mean")),
            None => found.hint(format!("use one of {}", list(&words))),
        };
        self.faults.push(found);
        None
    }

    /// A table within the table; `owner` says whose keys these are.
    pub fn table<'s>(&'s mut self, key: &str, owner: &'s str) -> Option<Reader<'s>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => {
                let span = self.span(value.span());
                Some(Reader {
                    document: self.document,
                    table,
                    owner,
                    span,
                    faults: self.faults,
                })
            }
            _ => self.wrong_type(key, value, "a table", None),
        }
    }

    /// What `read` makes of each table of a list of tables.
    pub fn tables<T>(
        &mut self,
        key: &str,
        owner: &str,
        mut read: impl FnMut(Reader<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let value = self.get(key)?;
        let DeValue::Array(items) = value.get_ref() else {
            return self.wrong_type(key, value, "a list of tables", None);
        };
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => {
                    let span = self.span(item.span());
                    let reader = Reader {
                        document: self.document,
                        table,
                        owner,
                        span,
                        faults: &mut *self.faults,
                    };
                    list.extend(read(reader));
                }
                _ => {
                    self.wrong_type::<()>(key, item, "a list of tables", None);
                }
            }
        }
        Some(list)
    }

    /// A table whose keys are free, as it is.
    pub fn free_table(&mut self, key: &str) -> Option<json::Value> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(_) => Some(to_json(value.get_ref())),
            _ => self.wrong_type(key, value, "a table", None),
        }
    }

    /// Reports that a key must be set. `opening` is where the table begins.
    pub fn missing(&mut self, key: &str, opening: Span, hint: &str) {
        let found =
            Diagnostic::error(Code::MissingKey, format!("{} has no `{key}`", self.owner))
                .at(Place::span(Arc::clone(&self.document.file), opening))
                .hint(hint);
        self.faults.push(found);
    }

    /// Reports that a value is not one that the key can have.
    pub fn bad_value(&mut self, span: Span, message: impl Into<String>, hint: &str) {
        let found = Diagnostic::error(Code::BadValue, message)
            .at(Place::span(Arc::clone(&self.document.file), span))
            .hint(hint);
        self.faults.push(found);
    }

    /// The value of a key, unless it is one of those already reported.
    fn get(&self, key: &str) -> Option<&'r TomlSpanned<DeValue<'r>>> {
        self.table.get(key).filter(|value| !self.is_broken(&value.span()))
    }

    /// Whether a fault within this span has been reported.
    fn is_broken(&self, span: &Range<usize>) -> bool {
        let broken = &self.document.broken;
        let next = broken.partition_point(|start| *start < span.start);
        broken.get(next).is_some_and(|start| *start <= span.end)
    }

    /// A span of the text as a span of the file.
    fn span(&self, span: Range<usize>) -> Span {
        Span::from(span).shifted(self.document.offset)
    }

    /// A place in the file.
    fn place(&self, span: Range<usize>) -> Place {
        Place::span(Arc::clone(&self.document.file), self.span(span))
    }

    /// A value with its place in the file.
    fn spanned<T, V>(&self, value: T, at: &TomlSpanned<V>) -> Spanned<T> {
        Spanned { value, span: self.span(at.span()) }
    }

    /// Reports a value of the wrong type.
    fn wrong_type<T>(
        &mut self,
        key: &str,
        value: &TomlSpanned<DeValue<'_>>,
        wanted: &str,
        hint: Option<String>,
    ) -> Option<T> {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "`true` or `false`",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let fault = Diagnostic::error(
            Code::WrongType,
            format!("`{key}` wants {wanted}, not {found}"),
        )
        .at(self.place(value.span()));
        self.faults.push(match hint {
            Some(hint) => fault.hint(hint),
            None => fault,
        });
        None
    }
}

/// How to turn a bare value into a text.
fn quoting_hint(value: &DeValue<'_>) -> Option<String> {
    let written = match value {
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        _ => return None,
    };
    Some(format!("write it in quotes: `\"{written}\"`"))
}

/// Words as a list for a message.
fn list(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

/// A TOML value as templates see it. Dates become texts.
fn to_json(value: &DeValue<'_>) -> json::Value {
    match value {
        DeValue::String(text) => json::Value::from(text.to_string()),
        DeValue::Integer(number) => {
            let value = i64::from_str_radix(number.as_str(), number.radix());
            value.map_or(json::Value::Null, json::Value::from)
        }
        DeValue::Float(number) => {
            number.as_str().parse::<f64>().map_or(json::Value::Null, json::Value::from)
        }
        DeValue::Boolean(flag) => json::Value::from(*flag),
        DeValue::Datetime(date) => json::Value::from(date.to_string()),
        DeValue::Array(items) => {
            items.iter().map(|item| to_json(item.get_ref())).collect()
        }
        DeValue::Table(table) => table
            .iter()
            .map(|(key, item)| (key.get_ref().to_string(), to_json(item.get_ref())))
            .collect(),
    }
}

/// The values of a TOML text that other programs read; the error is its line, from 1,
/// and a phrase.
pub fn values(text: &str) -> Result<json::Map<String, json::Value>, (usize, String)> {
    let table = DeTable::parse(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let ends = before.unwrap_or_default().bytes().filter(|&byte| byte == b'\n');
        (ends.count() + 1, error.message().to_owned())
    })?;
    let values = table.get_ref().iter();
    Ok(values
        .map(|(key, value)| (key.get_ref().to_string(), to_json(value.get_ref())))
        .collect())
}

/// A text as TOML writes it, in quotes.
pub fn quote(text: &str) -> String {
    // A JSON text is a TOML text, but for the one control character that JSON
    // leaves as it is.
    json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with a text, and where the first place of each fault is.
    fn faults(text: &str, read: impl FnOnce(Reader<'_>)) -> Vec<(Code, usize)> {
        let mut faults = Diagnostics::new();
        let document = Document::parse(&Arc::from("a.toml"), text, 0, &mut faults);
        read(document.reader("a text", &mut faults));
        let place = |found: &Diagnostic| {
            found.places.first().and_then(|place| place.span).unwrap_or_default()
        };
        faults
            .sorted()
            .into_iter()
            .map(|found| (found.code, place(found).start as usize))
            .collect()
    }

    #[test]
    fn each_broken_line_is_reported_once_and_its_key_reads_as_missing() {
        let text =
            "a = 1\nb = x y\nc = 2019-13-01\nd = 2\nd = 3\ne = [1, y, 2]\nf = true\n";
        let found = faults(text, |mut reader| {
            assert_eq!(reader.number("a", 0..9), Some(1));
            assert_eq!(reader.text("b"), None);
            assert_eq!(reader.date("c"), None);
            assert_eq!(reader.texts("e"), None);
            assert_eq!(reader.flag("f"), Some(true));
        });
        let expected = [
            (Code::TomlSyntax, text.find('x').unwrap()),
            (Code::BadDate, text.find("2019").unwrap()),
            (Code::DuplicateKey, text.rfind("d =").unwrap()),
            (Code::TomlSyntax, text.find("y, ").unwrap()),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_hundred_thousand_broken_lines_are_read_in_time() {
        let lines: Vec<_> = (0..100_000).map(|n| format!("k{n} = x\n")).collect();
        let text = lines.concat();
        let found = faults(&text, |mut reader| {
            for key in reader.keys() {
                assert_eq!(reader.text(&key.value), None);
            }
        });
        assert_eq!(found.len(), 100_000);
    }
}
