//! Reads YAML: every scalar as it was written, merge keys and aliases followed.
//!
//! What a scalar means is decided by who reads the key. This is the door to
//! the YAML parser.

use std::collections::BTreeMap;

use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle};

use super::data::{Data, Table};

/// How deep values stand in each other at most.
const DEPTH: usize = 64;

/// How many values one text may hold, those of aliases counted each time.
const MOST: usize = 20_000;

/// What is wrong with a text, and the line, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The line in the text.
    pub(super) line: u64,
    /// What is wrong, as a phrase.
    pub(super) message: String,
}

impl Fault {
    /// A fault at a line.
    pub(super) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line: u64::try_from(line).unwrap_or(0), message: message.into() }
    }
}

/// A list or table that is being read.
enum Open {
    /// A list, and the number of its anchor.
    List(Vec<Data>, usize),
    /// A table, the key that waits for its value, what is to be merged into it,
    /// and the number of its anchor.
    Table(Table, Option<String>, Vec<Data>, usize),
}

/// Reads a text as values.
#[derive(Default)]
struct Reader {
    /// What is open, the outermost first.
    open: Vec<Open>,
    /// The values that aliases may name.
    anchors: BTreeMap<usize, (Data, usize)>,
    /// The value of the whole.
    whole: Option<Data>,
    /// How many values there are.
    n_values: usize,
}

/// Reads the first document of a text, which is a table; an empty one is an
/// empty table.
pub(super) fn table(text: &str) -> Result<Table, Fault> {
    match value(text)? {
        None => Ok(Table::default()),
        Some(Data::Table(table)) => Ok(table),
        Some(data) if data.is_empty() => Ok(Table::default()),
        Some(_) => Err(Fault::new(1, "is not a list of keys with values")),
    }
}

/// Reads the first document of a text.
pub(super) fn value(text: &str) -> Result<Option<Data>, Fault> {
    let mut reader = Reader::default();
    for event in Parser::new_from_str(text) {
        let (event, span) =
            event.map_err(|error| Fault::new(error.marker().line(), error.info()))?;
        let line = span.start.line();
        match event {
            Event::DocumentEnd => break,
            event => reader.event(event).map_err(|message| Fault::new(line, message))?,
        }
    }
    Ok(reader.whole)
}

impl Reader {
    /// Takes one event.
    fn event(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let text = text.into_owned();
                let data = match style {
                    ScalarStyle::Plain => Data::Plain(text),
                    _ => Data::Text(text),
                };
                self.close(data, anchor, 1)
            }
            Event::Alias(anchor) => {
                let (data, size) = self
                    .anchors
                    .get(&anchor)
                    .filter(|(_, size)| self.n_values + size <= MOST)
                    .cloned()
                    .ok_or_else(|| {
                        "names an anchor that cannot be followed".to_owned()
                    })?;
                self.close(data, 0, size)
            }
            Event::SequenceStart(_, anchor, _) => {
                self.begin(Open::List(Vec::new(), anchor))
            }
            Event::MappingStart(_, anchor, _) => {
                self.begin(Open::Table(Table::default(), None, Vec::new(), anchor))
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List(items, anchor)) => {
                    self.close(Data::List(items), anchor, 1)
                }
                Some(Open::Table(mut table, _, merged, anchor)) => {
                    // Keys of its own win, wherever they stand.
                    for data in &merged {
                        merge(&mut table, data);
                    }
                    self.close(Data::Table(table), anchor, 1)
                }
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// Begins a list or a table.
    fn begin(&mut self, open: Open) -> Result<(), String> {
        if self.open.len() >= DEPTH {
            return Err("stands too deep in other values".to_owned());
        }
        self.open.push(open);
        Ok(())
    }

    /// Puts a value that is whole where it belongs.
    fn close(&mut self, data: Data, anchor: usize, size: usize) -> Result<(), String> {
        self.n_values += size;
        if self.n_values > MOST {
            return Err("holds too many values".to_owned());
        }
        if anchor > 0 {
            // A value that is named again and again is counted each time.
            let size = size_of(&data);
            self.n_values += size;
            self.anchors.insert(anchor, (data.clone(), size));
        }
        match self.open.last_mut() {
            None => self.whole = self.whole.take().or(Some(data)),
            Some(Open::List(items, _)) => items.push(data),
            Some(Open::Table(table, key, merged, _)) => match key.take() {
                None => *key = Some(key_of(&data)),
                Some(own) if own == "<<" => merged.push(data),
                Some(own) => table.push(own, data),
            },
        }
        Ok(())
    }
}

/// Puts the keys of a merged table, or of each table of a list, into a table.
fn merge(table: &mut Table, data: &Data) {
    for other in data.items().iter().filter_map(Data::table) {
        table.fill(other);
    }
}

/// A key as text.
fn key_of(data: &Data) -> String {
    match data {
        Data::Text(text) | Data::Plain(text) => text.clone(),
        other => other.to_json().to_string(),
    }
}

/// How many values a value holds, itself among them.
fn size_of(data: &Data) -> usize {
    match data {
        Data::Text(_) | Data::Plain(_) => 1,
        Data::List(items) => 1 + items.iter().map(size_of).sum::<usize>(),
        Data::Table(table) => {
            1 + table.iter().map(|(_, data)| size_of(data)).sum::<usize>()
        }
    }
}
