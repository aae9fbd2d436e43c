//! Values of any shape, and JSON.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use serde_json::{Map, Value, json};

/// A value of any shape that an author wrote. In a cache it stands as its JSON
/// text, which every format can hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Free(Box<Value>);

impl From<Value> for Free {
    fn from(value: Value) -> Self {
        Self(Box::new(value))
    }
}

impl Deref for Free {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl Serialize for Free {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_string())
    }
}

impl<'de> Deserialize<'de> for Free {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        serde_json::from_str(&text).map(Self).map_err(de::Error::custom)
    }
}

/// Writes a view as JSON behind what the buffer holds.
pub fn push<T: Serialize>(out: &mut Vec<u8>, view: &T) {
    // A view is made of texts, numbers and lists, and a buffer takes them all.
    drop(serde_json::to_writer(out, view));
}

/// Reads a JSON text; the error is a phrase.
pub fn parse(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// Reads the JSON value that a text begins with, and says how long it is; the error is
/// its line, from 1, and a phrase.
pub fn parse_beginning(text: &str) -> Result<Option<(Value, usize)>, (usize, String)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter();
    match values.next() {
        Some(Ok(value)) => Ok(Some((value, values.byte_offset()))),
        Some(Err(error)) => Err((error.line(), error.to_string())),
        None => Ok(None),
    }
}

/// Reads a value of some type; the error is a phrase.
pub fn from_value<T: de::DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|error| error.to_string())
}
