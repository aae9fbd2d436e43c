//! Reads settings out of a Python file without running it: names to which a
//! literal is assigned at the beginning of a line.
//!
//! Texts, numbers, truth values, lists, tuples and dictionaries of these are
//! read. Whatever else is assigned is passed over, as if it were not set.

use super::data::{Data, Table};

/// How deep values stand in each other at most.
const DEPTH: usize = 16;

/// Reads the settings of a file; of a name that is set twice, the last.
pub(super) fn settings(text: &str) -> Table {
    let mut table = Table::default();
    // Values that go on over lines and cannot be read are read to no end only
    // so often.
    let (mut at, mut failures) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty() && failures < 50)
    {
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let next = at + line.len();
        at = match assignment(line) {
            Some((name, start)) => {
                let mut reader = Reader { text, at: at + start };
                if let Some(data) = reader.value(0) {
                    table.set(name, data);
                    reader.at.max(next)
                } else {
                    failures += usize::from(reader.at > next);
                    next
                }
            }
            None => next,
        };
    }
    table
}

/// The name that a line assigns to, and where in it the value begins.
fn assignment(line: &str) -> Option<(&str, usize)> {
    let (name, value) = line.split_once('=')?;
    let bare = name.trim_end();
    let is_name = bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let fits = is_name && !bare.is_empty() && !value.starts_with('=');
    fits.then_some((bare, name.len() + 1))
}

/// Reads literals.
struct Reader<'t> {
    /// The file.
    text: &'t str,
    /// Where the next character stands.
    at: usize,
}

impl Reader<'_> {
    /// What is left.
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next character, not taken.
    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes a character, if it comes next.
    fn eat(&mut self, c: char) -> bool {
        let comes = self.peek() == Some(c);
        if comes {
            self.at += c.len_utf8();
        }
        comes
    }

    /// Passes over white space and comments; at the outside, not over the end
    /// of the line.
    fn blank(&mut self, depth: usize) {
        while let Some(c) = self.peek() {
            if c == '#' {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            } else if c.is_whitespace() && (depth > 0 || c != '\n') {
                self.at += c.len_utf8();
            } else {
                break;
            }
        }
    }

    /// Reads one value.
    fn value(&mut self, depth: usize) -> Option<Data> {
        if depth > DEPTH {
            return None;
        }
        self.blank(depth);
        match self.peek()? {
            '(' => self.list('(', ')', depth),
            '[' => self.list('[', ']', depth),
            '{' => self.table(depth),
            '"' | '\'' | 'r' | 'u' | 'b' if self.is_text() => self.text_of(depth),
            _ => self.word(),
        }
    }

    /// Whether a text in quotes comes next, with a letter before it or not.
    fn is_text(&self) -> bool {
        let rest = self.rest().trim_start_matches(['r', 'u', 'b', 'R']);
        self.rest().len() - rest.len() <= 2 && rest.starts_with(['"', '\''])
    }

    /// Reads texts that stand one behind the other as one.
    fn text_of(&mut self, depth: usize) -> Option<Data> {
        let mut all = String::new();
        while self.is_text() {
            let is_raw = self.rest().starts_with(['r', 'R']);
            while self.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
                self.at += 1;
            }
            self.quoted(is_raw, &mut all)?;
            self.blank(depth);
        }
        Some(Data::Text(all))
    }

    /// Reads a text in quotes.
    fn quoted(&mut self, is_raw: bool, out: &mut String) -> Option<()> {
        let quote = self.peek()?;
        let triple: String = std::iter::repeat_n(quote, 3).collect();
        let mark =
            if self.rest().starts_with(&triple) { triple } else { quote.to_string() };
        self.at += mark.len();
        loop {
            if self.rest().starts_with(&mark) {
                self.at += mark.len();
                return Some(());
            }
            let c = self.peek()?;
            self.at += c.len_utf8();
            match c {
                '\n' if mark.len() == 1 => return None,
                '\\' if !is_raw => {
                    let next = self.peek()?;
                    self.at += next.len_utf8();
                    match next {
                        'n' => out.push('\n'),
                        't' => out.push('\t'),
                        '\n' => {}
                        other => out.push(other),
                    }
                }
                c => out.push(c),
            }
        }
    }

    /// Reads a list or a tuple; brackets around one value are no tuple.
    fn list(&mut self, open: char, close: char, depth: usize) -> Option<Data> {
        self.eat(open);
        let (mut items, mut has_comma) = (Vec::new(), false);
        loop {
            self.blank(depth + 1);
            if self.eat(close) {
                break;
            }
            items.push(self.value(depth + 1)?);
            self.blank(depth + 1);
            if self.eat(',') {
                has_comma = true;
            } else if self.peek() != Some(close) {
                return None;
            }
        }
        match <[Data; 1]>::try_from(items) {
            Ok([one]) if open == '(' && !has_comma => Some(one),
            Ok(one) => Some(Data::List(one.into())),
            Err(items) => Some(Data::List(items)),
        }
    }

    /// Reads a dictionary; a key that is a name stands for itself.
    fn table(&mut self, depth: usize) -> Option<Data> {
        self.eat('{');
        let mut table = Table::default();
        loop {
            self.blank(depth + 1);
            if self.eat('}') {
                return Some(Data::Table(table));
            }
            let key = self.value(depth + 1)?;
            self.blank(depth + 1);
            if !self.eat(':') {
                return None;
            }
            let value = self.value(depth + 1)?;
            table.push(key.scalar().unwrap_or_default().to_owned(), value);
            self.blank(depth + 1);
            if !self.eat(',') && self.peek() != Some('}') {
                return None;
            }
        }
    }

    /// Reads a number, a truth value or a name.
    fn word(&mut self) -> Option<Data> {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+');
        let rest = self.rest();
        let word = rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len()))?;
        if word.is_empty() {
            return None;
        }
        let data = match word {
            "None" => Data::Plain(String::new()),
            "True" => Data::Plain("true".to_owned()),
            "False" => Data::Plain("false".to_owned()),
            other => Data::Plain(other.to_owned()),
        };
        self.at += word.len();
        // What is called or computed is not a literal.
        let follows = self.rest().trim_start_matches([' ', '\t']);
        (!follows.starts_with(['(', '[', '%', '*', '/'])).then_some(data)
    }
}
