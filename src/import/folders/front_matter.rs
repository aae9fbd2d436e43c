//! Finds and reads the front matter of a file, in each form that a generator
//! knows: YAML, TOML and JSON between fences, the headers of Pelican, the
//! comments of Nikola.
//!
//! It gives the keys and the rest of the text. What the keys mean is decided
//! elsewhere.

use super::data::{Data, Table};
use super::yaml::{self, Fault};
use crate::json::{self, Value};
use crate::toml_reader;

/// A file's text in its two parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Front {
    /// The keys.
    pub(super) keys: Table,
    /// The text behind them.
    pub(super) body: String,
    /// The line at which the text begins, from 1.
    pub(super) line: u64,
    /// Whether the file has front matter at all.
    pub(super) is_there: bool,
}

impl Front {
    /// A file in two parts, of which the second begins at a byte of its text.
    fn new(text: &str, at: usize, keys: Table) -> Self {
        let before = text.get(..at).unwrap_or_default();
        let body = text.get(at..).unwrap_or_default().to_owned();
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        Self { keys, body, line: u64::try_from(line).unwrap_or(0), is_there: true }
    }

    /// A file that is all text.
    pub(super) fn none(text: &str) -> Self {
        let body = text.to_owned();
        Self { keys: Table::default(), body, line: 1, is_there: false }
    }
}

/// The languages of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    /// YAML.
    Yaml,
    /// TOML.
    Toml,
    /// JSON in braces of its own.
    Json,
    /// JSON without the braces around it.
    Pairs,
}

/// Reads front matter between fences; a file without it is all text.
pub(super) fn fenced(text: &str) -> Result<Front, Fault> {
    let Some(first) = text.split_inclusive('\n').next() else {
        return Ok(Front::none(text));
    };
    let (fence, language) = match first.trim_end() {
        "---" | "---yaml" | "--- yaml" | "---yml" => ("---", Language::Yaml),
        "---toml" | "--- toml" => ("---", Language::Toml),
        "---json" | "--- json" => ("---", Language::Json),
        "+++" => ("+++", Language::Toml),
        ";;;" => (";;;", Language::Pairs),
        "---js" | "---javascript" => {
            return Err(Fault::new(
                1,
                "the front matter is JavaScript, which is not run",
            ));
        }
        line if line.starts_with('{')
            && !line.starts_with("{{")
            && !line.starts_with("{%") =>
        {
            return braces(text);
        }
        _ => return Ok(Front::none(text)),
    };
    let start = first.len();
    let Some((end, behind)) = closing(text, start, fence) else {
        return Err(Fault::new(1, "the front matter is not closed"));
    };
    let source = text.get(start..end).unwrap_or_default();
    let keys = parse(source, language)
        .map_err(|fault| Fault { line: fault.line.max(1) + 1, ..fault })?;
    Ok(Front::new(text, behind, keys))
}

/// Where the closing fence begins, and where the text behind it does.
fn closing(text: &str, start: usize, fence: &str) -> Option<(usize, usize)> {
    let mut at = start;
    for line in text.get(start..)?.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Reads the keys of a source.
fn parse(source: &str, language: Language) -> Result<Table, Fault> {
    match language {
        Language::Yaml => yaml::table(source),
        Language::Toml => toml_table(source),
        Language::Json => json_table(source),
        Language::Pairs => json_table(&format!("{{{source}}}")),
    }
}

/// Reads TOML.
pub(super) fn toml_table(source: &str) -> Result<Table, Fault> {
    let read = toml_reader::values(source).map(Table::from_json);
    read.map_err(|(line, message)| Fault::new(line, message))
}

/// Reads JSON.
pub(super) fn json_table(source: &str) -> Result<Table, Fault> {
    let fault = |(line, message): (usize, String)| Fault::new(line, message);
    match json::parse_beginning(source).map_err(fault)? {
        Some((Value::Object(map), length)) => match source.get(length..) {
            Some(rest) if rest.trim().is_empty() => Ok(Table::from_json(map)),
            _ => Err(Fault::new(1, "goes on behind its end")),
        },
        _ => Err(Fault::new(1, "is not a list of keys with values")),
    }
}

/// Reads JSON in braces at the beginning of a file.
fn braces(text: &str) -> Result<Front, Fault> {
    let fault = |(line, message): (usize, String)| Fault::new(line, message);
    match json::parse_beginning(text).map_err(fault)? {
        Some((Value::Object(map), at)) => {
            let rest = text.get(at..).unwrap_or_default();
            let blank = rest.len() - rest.trim_start_matches(['\n', '\r', ' ']).len();
            Ok(Front::new(text, at + blank, Table::from_json(map)))
        }
        _ => Ok(Front::none(text)),
    }
}

/// Reads front matter as Hexo does: the opening fence may be left out.
pub(super) fn hexo(text: &str) -> Result<Front, Fault> {
    let front = fenced(text)?;
    let is_key = |line: &str| {
        line.split_once(':').is_some_and(|(key, _)| {
            !key.is_empty()
                && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        })
    };
    if front.is_there || !text.lines().next().is_some_and(is_key) {
        return Ok(front);
    }
    let Some((end, behind)) = closing(text, 0, "---") else { return Ok(front) };
    let keys = yaml::table(text.get(..end).unwrap_or_default())?;
    Ok(Front::new(text, behind, keys))
}

/// Reads headers as Pelican does: `Key: value`, lines that go on are indented,
/// an empty line ends them.
pub(super) fn headers(text: &str) -> Result<Front, Fault> {
    if text.starts_with("---\n") && closing(text, 4, "---").is_some() {
        return fenced(text);
    }
    let mut keys = Table::default();
    let (mut at, mut last) = (0, None::<(String, String)>);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            at += if last.is_some() { line.len() } else { 0 };
            break;
        }
        match (header(line), &mut last) {
            (Some((key, value)), last) => {
                if let Some((key, value)) = last.replace((key, value)) {
                    keys.push(key, Data::Text(value));
                }
            }
            (None, Some((_, value)))
                if line.starts_with("    ") || line.starts_with('\t') =>
            {
                value.push(' ');
                value.push_str(line.trim());
            }
            (None, _) => break,
        }
        at += line.len();
    }
    let Some((key, value)) = last else { return Ok(Front::none(text)) };
    keys.push(key, Data::Text(value));
    Ok(Front::new(text, at, keys))
}

/// A line `Key: value`.
fn header(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(':')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let bare = key.trim_end();
    let fits = !bare.is_empty()
        && !key.starts_with("    ")
        && bare.trim_start().chars().all(is_name);
    fits.then(|| (bare.trim_start().to_lowercase(), value.trim().to_owned()))
}

/// Reads the lines `.. key: value` of Nikola, in an HTML comment or without
/// one, or a fence.
pub(super) fn nikola(text: &str) -> Result<Front, Fault> {
    if text.starts_with("---") || text.starts_with("+++") {
        return fenced(text);
    }
    let mut keys = Table::default();
    let (mut at, mut end, mut in_comment) = (0, 0, false);
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        let was_open = in_comment;
        at += line.len();
        match dotted(bare) {
            Some((key, value)) => keys.push(key, Data::Text(value)),
            None if bare == "<!--" && keys.is_empty() => in_comment = true,
            None if bare == "-->" && was_open => {
                end = at;
                break;
            }
            None if bare.is_empty() && (in_comment || keys.is_empty()) => {}
            None => break,
        }
        end = at;
    }
    if keys.is_empty() {
        return Ok(Front::none(text));
    }
    Ok(Front::new(text, end, keys))
}

/// A line `.. key: value`.
fn dotted(line: &str) -> Option<(String, String)> {
    let (key, value) = line.strip_prefix("..")?.split_once(':')?;
    let key = key.trim();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let fits = !key.is_empty() && key.chars().all(is_name);
    fits.then(|| (key.to_lowercase(), value.trim().to_owned()))
}
