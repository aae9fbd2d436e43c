//! Reads Mobiledoc 0.3, the format of texts of Ghost 1 to 4, as HTML.

use super::{Cards, card};
use crate::import::folders::body::escaped;
use crate::json::{self, Map, Value};

/// The elements that a text may be marked with.
const MARKS: &[&str] =
    &["strong", "b", "em", "i", "s", "u", "code", "sub", "sup", "a", "del", "mark"];

/// The elements that a section may be.
const SECTIONS: &[&str] =
    &["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside", "pull-quote"];

/// A document.
struct Document<'d> {
    /// Marks of texts.
    markups: &'d [Value],
    /// Atoms.
    atoms: &'d [Value],
    /// Cards.
    cards: &'d [Value],
}

/// Reads a text.
pub(super) fn html(source: &str, cards: &mut Cards) -> String {
    let Ok(value) = json::parse(source) else {
        cards.is_broken = true;
        return String::new();
    };
    let list = |key: &str| {
        value.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice)
    };
    let document =
        Document { markups: list("markups"), atoms: list("atoms"), cards: list("cards") };
    let mut out = String::new();
    for section in list("sections").iter().filter_map(Value::as_array) {
        document.section(section, &mut out, cards);
    }
    out
}

impl Document<'_> {
    /// Reads a section.
    fn section(&self, section: &[Value], out: &mut String, cards: &mut Cards) {
        let kind = section.first().and_then(Value::as_i64);
        let name = section.get(1).and_then(Value::as_str).unwrap_or("p").to_lowercase();
        match kind {
            Some(1) => {
                let name =
                    SECTIONS.iter().find(|own| **own == name).copied().unwrap_or("p");
                let name = if matches!(name, "aside" | "pull-quote") {
                    "blockquote"
                } else {
                    name
                };
                out.push_str(&format!("<{name}>"));
                self.markers(section.get(2), out);
                out.push_str(&format!("</{name}>"));
            }
            Some(2) => {
                let src = section.get(1).and_then(Value::as_str).unwrap_or_default();
                out.push_str(&format!("<img src=\"{}\" alt=\"\">", escaped(src)));
            }
            Some(3) => {
                let name = if name == "ol" { "ol" } else { "ul" };
                out.push_str(&format!("<{name}>"));
                for item in section.get(2).and_then(Value::as_array).into_iter().flatten()
                {
                    out.push_str("<li>");
                    self.markers(Some(item), out);
                    out.push_str("</li>");
                }
                out.push_str(&format!("</{name}>"));
            }
            Some(10) => self.card(section.get(1), out, cards),
            _ => {
                cards.unknown.push("a section of an unknown kind is left out".to_owned());
            }
        }
    }

    /// Reads a card.
    fn card(&self, number: Option<&Value>, out: &mut String, cards: &mut Cards) {
        let own = at(self.cards, number).and_then(Value::as_array);
        let Some(own) = own else { return };
        let kind = own.first().and_then(Value::as_str).unwrap_or_default();
        let empty = Map::new();
        let payload = own.get(1).and_then(Value::as_object).unwrap_or(&empty);
        out.push_str(&card(kind, payload, cards));
    }

    /// Reads the runs of a text.
    fn markers(&self, markers: Option<&Value>, out: &mut String) {
        let mut open: Vec<&str> = Vec::new();
        let runs = markers.and_then(Value::as_array).into_iter().flatten();
        for run in runs.filter_map(Value::as_array) {
            for number in run.get(1).and_then(Value::as_array).into_iter().flatten() {
                open.push(self.open(number, out));
            }
            let is_atom = run.first().and_then(Value::as_i64) == Some(1);
            if is_atom {
                self.atom(run.get(3), out);
            } else {
                out.push_str(&escaped(
                    run.get(3).and_then(Value::as_str).unwrap_or_default(),
                ));
            }
            let closed = run.get(2).and_then(Value::as_u64).unwrap_or(0);
            for _ in 0..closed {
                let Some(name) = open.pop() else { break };
                if !name.is_empty() {
                    out.push_str(&format!("</{name}>"));
                }
            }
        }
        for name in open.iter().rev().filter(|name| !name.is_empty()) {
            out.push_str(&format!("</{name}>"));
        }
    }

    /// Opens the element of a mark; its name is empty if it is none of those
    /// that are known.
    fn open(&self, number: &Value, out: &mut String) -> &'static str {
        let own = at(self.markups, Some(number)).and_then(Value::as_array);
        let name =
            own.and_then(|own| own.first()?.as_str()).unwrap_or_default().to_lowercase();
        let Some(name) = MARKS.iter().find(|mark| **mark == name).copied() else {
            return "";
        };
        let attributes =
            own.and_then(|own| own.get(1)?.as_array()).map_or(&[][..], Vec::as_slice);
        let href = attributes
            .chunks(2)
            .find(|pair| pair.first().and_then(Value::as_str) == Some("href"));
        match href.and_then(|pair| pair.get(1)?.as_str()).filter(|_| name == "a") {
            Some(href) => out.push_str(&format!("<a href=\"{}\">", escaped(href))),
            None => out.push_str(&format!("<{name}>")),
        }
        name
    }

    /// Reads an atom: a line break, or its text.
    fn atom(&self, number: Option<&Value>, out: &mut String) {
        let own = at(self.atoms, number).and_then(Value::as_array);
        if own.and_then(|own| own.first()?.as_str()) == Some("soft-return") {
            out.push_str("<br>");
            return;
        }
        let text = own.and_then(|own| own.get(1)?.as_str()).unwrap_or_default();
        out.push_str(&escaped(text));
    }
}

/// The value of a list at a number.
fn at<'v>(list: &'v [Value], number: Option<&Value>) -> Option<&'v Value> {
    list.get(usize::try_from(number?.as_u64()?).ok()?)
}
