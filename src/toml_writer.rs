//! Writes TOML: tables that are put together key by key.
//!
//! Keys stand in the order in which they are set, tables behind all other
//! values. What a key means is decided elsewhere.

use toml::Value;
use toml::value::Datetime;

use crate::date::Date;
use crate::json;

/// A table that is being put together.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its values that are no tables.
    values: toml::Table,
    /// Its tables.
    tables: toml::Table,
}

impl Table {
    /// Sets a text.
    pub fn text(&mut self, key: &str, text: &str) {
        self.set(key, Value::String(allowed(text)));
    }

    /// Sets a text, if there is one.
    pub fn filled_text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            self.text(key, text);
        }
    }

    /// Sets a list of texts, unless it is empty.
    pub fn texts<'a>(&mut self, key: &str, texts: impl IntoIterator<Item = &'a str>) {
        let texts: Vec<_> =
            texts.into_iter().map(|text| Value::String(allowed(text))).collect();
        if !texts.is_empty() {
            self.set(key, Value::Array(texts));
        }
    }

    /// Sets a truth.
    pub fn flag(&mut self, key: &str, flag: bool) {
        self.set(key, Value::Boolean(flag));
    }

    /// Sets a number.
    pub fn number(&mut self, key: &str, number: i64) {
        self.set(key, Value::Integer(number));
    }

    /// Sets a date: as a date of TOML if it is a day that is certain, else as a
    /// text.
    pub fn date(&mut self, key: &str, date: Option<&Date>) {
        let Some(date) = date else { return };
        let written = date.to_string();
        let known = date.check_day().ok().and_then(|()| written.parse::<Datetime>().ok());
        self.set(key, known.map_or(Value::String(written), Value::Datetime));
    }

    /// Sets a table, unless it is empty.
    pub fn table(&mut self, key: &str, table: Self) {
        if !table.is_empty() {
            self.tables.insert(key.to_owned(), Value::Table(table.whole()));
        }
    }

    /// Sets a list of tables, unless it is empty.
    pub fn tables(&mut self, key: &str, tables: Vec<Self>) {
        if !tables.is_empty() {
            let tables = tables.into_iter().map(|table| Value::Table(table.whole()));
            self.tables.insert(key.to_owned(), Value::Array(tables.collect()));
        }
    }

    /// Sets what a JSON object holds, key by key. TOML has no null: it is left
    /// out.
    pub fn object(&mut self, object: &json::Map<String, json::Value>) {
        for (key, value) in object {
            match value_of(value) {
                Some(Value::Table(table)) => {
                    self.tables.insert(key.clone(), Value::Table(table));
                }
                Some(value) => self.set(key, value),
                None => {}
            }
        }
    }

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.tables.is_empty()
    }

    /// The text of the table.
    pub fn finish(self) -> String {
        // Every value that can be set can be written.
        toml::to_string(&self.whole()).unwrap_or_default()
    }

    /// Sets a value.
    fn set(&mut self, key: &str, value: Value) {
        self.values.insert(key.to_owned(), value);
    }

    /// The table with its tables at the end.
    fn whole(self) -> toml::Table {
        let mut whole = self.values;
        whole.extend(self.tables);
        whole
    }
}

/// A JSON value as a value of TOML.
fn value_of(value: &json::Value) -> Option<Value> {
    Some(match value {
        json::Value::Null => return None,
        json::Value::Bool(flag) => Value::Boolean(*flag),
        json::Value::Number(number) => match number.as_i64() {
            Some(number) => Value::Integer(number),
            None => Value::Float(number.as_f64()?),
        },
        json::Value::String(text) => Value::String(allowed(text)),
        json::Value::Array(list) => {
            Value::Array(list.iter().filter_map(value_of).collect())
        }
        json::Value::Object(object) => {
            let mut table = Table::default();
            table.object(object);
            Value::Table(table.whole())
        }
    })
}

/// A text without the control characters that nobody sees.
fn allowed(text: &str) -> String {
    text.chars().filter(|&c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_read_as_it_was_written() {
        for text in
            ["a", "\"a\" and 'b'", "a\\b", "\u{7f}", "a\nb", "'''", "\"\"\"", "ñ\u{2028}"]
        {
            let mut table = Table::default();
            table.text("key", text);
            let read: toml::Table = table.finish().parse().unwrap();
            assert_eq!(read["key"].as_str().unwrap(), allowed(text), "{text:?}");
        }
    }

    #[test]
    fn a_date_is_written_as_exactly_as_it_is_known() {
        for (date, written) in [
            ("2019-10-11", "date = 2019-10-11\n"),
            ("2019-10-11T09:30:00-04:00", "date = 2019-10-11T09:30:00-04:00\n"),
            ("2019-10-11T09:30:00", "date = 2019-10-11T09:30:00\n"),
            ("1973-05", "date = \"1973-05\"\n"),
            ("2019-10-11?", "date = \"2019-10-11?\"\n"),
        ] {
            let mut table = Table::default();
            table.date("date", Some(&Date::parse(date).unwrap()));
            assert_eq!(table.finish(), written);
        }
    }

    #[test]
    fn tables_stand_behind_all_other_values() {
        let mut table = Table::default();
        table.object(
            json::json!({"b": {"c": 1, "d": null}, "a": [1, "x"]}).as_object().unwrap(),
        );
        assert_eq!(table.finish(), "a = [1, \"x\"]\n\n[b]\nc = 1\n");
    }
}
