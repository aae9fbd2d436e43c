//! Values of any shape, and JSON.

pub use serde_json::{Map, Value, json};
