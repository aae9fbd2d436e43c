//! Values of front matter as they were written, whichever language they were
//! written in.
//!
//! A scalar without quotes keeps its letters, so that a name such as `2019` or
//! `yes` stays a name; only what goes on as a field of its own is made a number
//! or a truth value. What a key means is decided elsewhere.

use crate::json::{Map, Value};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Data {
    /// Text in quotes, or text of a block.
    Text(String),
    /// What stands there without quotes: a word, a number, a date.
    Plain(String),
    /// A list.
    List(Vec<Self>),
    /// A table.
    Table(Table),
}

/// A table: keys with values, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table(Vec<(String, Data)>);

impl Data {
    /// A scalar as it was written; nothing if it says nothing.
    pub(super) fn scalar(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Self::Plain(text) => Some(text.trim()).filter(|text| !is_null(text)),
            Self::List(_) | Self::Table(_) => None,
        }
    }

    /// Whether it is written as yes or no.
    pub(super) fn flag(&self) -> Option<bool> {
        match self.scalar()?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "y" | "1" => Some(true),
            "false" | "no" | "off" | "n" | "0" => Some(false),
            _ => None,
        }
    }

    /// The items of a list; one item if it is none.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            other => std::slice::from_ref(other),
        }
    }

    /// The scalars of a list, or the one that it is.
    pub(super) fn scalars(&self) -> Vec<String> {
        self.items().iter().filter_map(Self::scalar).map(str::to_owned).collect()
    }

    /// The table that it is.
    pub(super) fn table(&self) -> Option<&Table> {
        match self {
            Self::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The value of a key, if it is a table.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.table()?.get(key)
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Plain(text) => is_null(text.trim()),
            Self::List(items) => items.iter().all(Self::is_empty),
            Self::Table(table) => table.0.iter().all(|(_, value)| value.is_empty()),
        }
    }

    /// The value as JSON: numbers and truth values without quotes are such.
    pub(super) fn to_json(&self) -> Value {
        match self {
            Self::Text(text) => Value::String(text.clone()),
            Self::Plain(text) => plain_json(text),
            Self::List(items) => Value::Array(items.iter().map(Self::to_json).collect()),
            Self::Table(table) => Value::Object(table.to_json()),
        }
    }

    /// The value of a JSON value.
    pub(super) fn from_json(value: Value) -> Self {
        match value {
            Value::Null => Self::Plain(String::new()),
            Value::Bool(flag) => Self::Plain(flag.to_string()),
            Value::Number(number) => Self::Plain(number.to_string()),
            Value::String(text) => Self::Text(text),
            Value::Array(items) => {
                Self::List(items.into_iter().map(Self::from_json).collect())
            }
            Value::Object(map) => Self::Table(Table::from_json(map)),
        }
    }
}

impl Table {
    /// The value of a key, the last if it comes twice; capital letters do not
    /// matter.
    pub(super) fn get(&self, key: &str) -> Option<&Data> {
        let found = self.0.iter().rfind(|(own, _)| own.eq_ignore_ascii_case(key));
        found.map(|(_, value)| value)
    }

    /// The scalar of a key.
    pub(super) fn scalar(&self, key: &str) -> Option<&str> {
        self.get(key)?.scalar()
    }

    /// The value at the end of a path of keys.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Data> {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(self.get(first)?, |value, key| value.get(key))
    }

    /// Takes a key out.
    pub(super) fn take(&mut self, key: &str) -> Option<Data> {
        let at = self.0.iter().rposition(|(own, _)| own.eq_ignore_ascii_case(key))?;
        Some(self.0.remove(at).1)
    }

    /// Puts a value behind the others, unless the key is there.
    pub(super) fn put(&mut self, key: &str, value: Data) {
        if self.get(key).is_none() {
            self.0.push((key.to_owned(), value));
        }
    }

    /// Sets a value, in the place of the one so far.
    pub(super) fn set(&mut self, key: &str, value: Data) {
        match self.0.iter_mut().rfind(|(own, _)| own.eq_ignore_ascii_case(key)) {
            Some((_, own)) => *own = value,
            None => self.0.push((key.to_owned(), value)),
        }
    }

    /// Puts a pair behind the others without a look at them.
    pub(super) fn push(&mut self, key: String, value: Data) {
        self.0.push((key, value));
    }

    /// Puts all keys of another table that are not there.
    pub(super) fn fill(&mut self, other: &Self) {
        for (key, value) in &other.0 {
            self.put(key, value.clone());
        }
    }

    /// Keys and values.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Data)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Whether there is no key.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The table as JSON.
    pub(super) fn to_json(&self) -> Map<String, Value> {
        self.0.iter().map(|(key, value)| (key.clone(), value.to_json())).collect()
    }

    /// The table of a JSON object.
    pub(super) fn from_json(map: Map<String, Value>) -> Self {
        Self(map.into_iter().map(|(key, value)| (key, Data::from_json(value))).collect())
    }
}

/// Whether a scalar without quotes says nothing.
fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// What a scalar without quotes is in JSON.
fn plain_json(text: &str) -> Value {
    match text.trim() {
        text if is_null(text) => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        text if is_number(text) => {
            crate::json::parse(text).unwrap_or_else(|_| Value::String(text.to_owned()))
        }
        text => Value::String(text.to_owned()),
    }
}

/// Whether JSON would write a number this way; `007` and `1e999` stay texts.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = digits.split('.').next().unwrap_or_default();
    text.len() <= 15
        && !whole.is_empty()
        && (whole.len() == 1 || !whole.starts_with('0'))
        && digits.split('.').count() <= 2
        && digits.split('.').all(|part| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
        })
}
