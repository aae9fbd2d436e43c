//! The labelled texts: how much of what a reader sees in them is found, and
//! that no word is lost.
//!
//! Each text stands beside its labels, which were written by hand. Texts 1 to
//! 25 were there while the rules were written; the others were written after
//! the rules, and what they found was mended then.

#![expect(clippy::disallowed_methods, reason = "the test reads the texts")]
#![expect(clippy::print_stdout, reason = "the test shows what it measured")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::WINDOWS_1252;
use pressmark::date::Date;
use pressmark::dom::{Node, text_of};
use pressmark::import::account;
use pressmark::import::piece::{Body, Item, Piece, Source as _, Visibility};
use pressmark::import::text::source::TextSource;
use pressmark::import::text::{Language, Options};

/// The first text that was not there while the rules were written.
const HELD_OUT: usize = 26;

/// What each field must reach, in percent: what was reached so far.
const FLOOR: f64 = 100.0;

/// What was found of one field: right, wrong, missed.
#[derive(Clone, Copy, Default)]
struct Score {
    /// Found and labelled alike.
    right: usize,
    /// Found, but not so labelled.
    wrong: usize,
    /// Labelled, but not so found.
    missed: usize,
}

impl Score {
    /// Compares what was found with what is labelled.
    fn count(&mut self, found: &BTreeSet<String>, label: &BTreeSet<String>) {
        self.right += found.intersection(label).count();
        self.wrong += found.difference(label).count();
        self.missed += label.difference(found).count();
    }

    /// How much of what was found is right, in percent.
    fn precision(&self) -> f64 {
        share(self.right, self.wrong)
    }

    /// How much of what is labelled was found, in percent.
    fn recall(&self) -> f64 {
        share(self.right, self.missed)
    }
}

/// A part of a whole in percent; all of nothing.
fn share(part: usize, rest: usize) -> f64 {
    let whole = u32::try_from(part + rest).unwrap();
    if whole == 0 {
        100.0
    } else {
        f64::from(u32::try_from(part).unwrap()) * 100.0 / f64::from(whole)
    }
}

/// The scores of some texts.
#[derive(Default)]
struct Table {
    /// Each field with its score.
    fields: BTreeMap<&'static str, Score>,
    /// How many words were lost.
    lost: usize,
    /// What was not as labelled.
    faults: Vec<String>,
}

impl Table {
    /// Compares one field of one text.
    fn field(
        &mut self,
        name: &str,
        field: &'static str,
        found: &[String],
        label: &[String],
    ) {
        let (found, label) =
            (found.iter().cloned().collect(), label.iter().cloned().collect());
        self.fields.entry(field).or_default().count(&found, &label);
        if found != label {
            self.faults.push(format!("{name}: {field} is {found:?}, not {label:?}"));
        }
    }

    /// The table as it is printed.
    fn show(&self, title: &str) -> String {
        let rows = self.fields.iter().map(|(field, score)| {
            let labelled = score.right + score.missed;
            format!(
                "| {field} | {labelled} | {:.1} | {:.1} |",
                score.precision(),
                score.recall()
            )
        });
        let rows: Vec<String> = rows.collect();
        format!(
            "{title}\n| field | labelled | precision % | recall % |\n|---|---|---|---|\n{}\nwords lost: {}\n{}",
            rows.join("\n"),
            self.lost,
            self.faults.join("\n")
        )
    }
}

/// The folder of the labelled texts.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/texts")
}

/// The names of the labelled texts.
fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = entries
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

/// Reads a labelled text.
fn piece(name: &str, label: &toml::Table) -> Piece {
    let bytes = fs::read(folder().join(format!("{name}.txt"))).unwrap();
    let mut source = TextSource {
        files: vec![Arc::from(name)],
        open: Box::new(move |_| Ok(bytes.clone())),
        options: Options {
            language: Language::Found,
            today: Date::parse("2020-01-15").unwrap(),
            month_first: label.get("month_first").and_then(toml::Value::as_bool),
            mend_mojibake: label.get("mend").is_some(),
        },
        furniture: BTreeSet::new(),
    };
    let mut pieces = Vec::new();
    source.read(&mut |item| pieces.push(item)).unwrap();
    match pieces.pop() {
        Some(Item::Piece(piece)) => *piece,
        other => panic!("{name} became {other:?}"),
    }
}

/// The texts of a label, none if it is not there.
fn list(label: &toml::Table, key: &str) -> Vec<String> {
    match label.get(key) {
        Some(toml::Value::String(text)) if text.is_empty() => Vec::new(),
        Some(toml::Value::String(text)) => vec![text.clone()],
        Some(toml::Value::Array(texts)) => {
            texts.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

/// The fields of a piece that are labelled.
fn fields(piece: &Piece) -> Vec<(&'static str, Vec<String>)> {
    let facts = &piece.facts;
    let text = |text: &Option<String>| text.iter().cloned().collect::<Vec<_>>();
    let date = |date: Option<Date>| date.iter().map(Date::edtf).collect::<Vec<_>>();
    let title = if facts.title.is_empty() { None } else { Some(facts.title.clone()) };
    let end_mark = facts.provenance.get("end_mark").and_then(|mark| mark.as_str());
    let held = matches!(piece.visibility, Visibility::Held(_));
    vec![
        ("title", text(&title)),
        ("kicker", text(&facts.kicker)),
        ("deck", text(&facts.deck)),
        ("byline", facts.byline.clone()),
        ("dateline", text(&facts.dateline)),
        ("dateline_place", text(&facts.dateline_place)),
        ("dateline_date", date(facts.dateline_date)),
        ("date", date(facts.date)),
        ("updated", date(facts.updated)),
        ("kind", facts.kind.iter().map(|&kind| kind.to_owned()).collect()),
        ("embargo", date(facts.embargo)),
        ("held", if held { vec!["held".to_owned()] } else { Vec::new() }),
        ("language", text(&facts.language)),
        ("publication", text(&facts.publication)),
        ("print_page", text(&facts.print_page)),
        ("credit", text(&facts.credit)),
        ("end_mark", end_mark.iter().map(|&mark| mark.to_owned()).collect()),
    ]
}

/// A text with single spaces.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The blocks of a body, each as its text.
fn blocks(piece: &Piece) -> Vec<String> {
    let Body::Html(nodes) = &piece.body else { panic!("the body is a tree") };
    nodes
        .iter()
        .map(|node| spaced(&words_of(node)))
        .filter(|text| !text.is_empty())
        .collect()
}

/// The words of a node, those of two items apart.
fn words_of(node: &Node) -> String {
    match node {
        Node::Text(text) => text.clone(),
        Node::Comment(_) => String::new(),
        Node::Element(own) => {
            let inner: String = own.children.iter().map(words_of).collect();
            let is_inline = matches!(own.name.as_str(), "a" | "em" | "strong" | "sup");
            if is_inline { inner } else { format!("{inner} ") }
        }
    }
}

/// A text as its author wrote it, whatever encodings it went through.
fn source_text(name: &str) -> String {
    let bytes = fs::read(folder().join(format!("{name}.txt"))).unwrap();
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => WINDOWS_1252.decode(error.as_bytes()).0.into_owned(),
    };
    // Text that was read wrongly can be turned back.
    let (bytes, _, is_lossy) = WINDOWS_1252.encode(&text);
    let real = String::from_utf8(bytes.into_owned()).ok().filter(|_| !is_lossy);
    real.unwrap_or(text)
}

/// Whether a word is the sign of an item of a list.
fn is_marker(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')']).unwrap_or_default();
    matches!(word, "•" | "-" | "*")
        || !number.is_empty()
            && number.chars().all(|c| c.is_ascii_digit())
            && number.len() < 3
}

/// Compares the paragraphs of a text; counts the words that are lost.
fn paragraphs(name: &str, label: &toml::Table, blocks: &[String], table: &mut Table) {
    let mut found: Vec<String> = Vec::new();
    let mut labelled = Vec::new();
    let mut open: Vec<&String> = blocks.iter().collect();
    let source = spaced(&source_text(name));
    let mut words = BTreeMap::<&str, usize>::new();
    for word in blocks.iter().flat_map(|block| block.split(' ')) {
        *words.entry(word).or_default() += 1;
    }
    for pair in label["paragraphs"].as_array().unwrap() {
        let pair = pair.as_array().unwrap();
        let (start, end) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
        let key = format!("{start} … {end}");
        labelled.push(key.clone());
        let position = open
            .iter()
            .position(|block| block.starts_with(start) && block.ends_with(end));
        if let Some(at) = position {
            open.remove(at);
            found.push(key);
        }
        // Whatever became of the paragraph, its words must be in the body.
        let from = source.find(start).unwrap_or_else(|| panic!("{name} has no {start}"));
        let rest = source.get(from..).unwrap();
        let to =
            rest.find(end).unwrap_or_else(|| panic!("{name} has no {end}")) + end.len();
        for word in rest.get(..to).unwrap().split(' ').filter(|word| !is_marker(word)) {
            match words.get_mut(word) {
                Some(n) if *n > 0 => *n -= 1,
                _ => table.lost += 1,
            }
        }
    }
    found.extend(open.into_iter().cloned());
    table.field(name, "paragraphs", &found, &labelled);
}

/// Scores a text.
fn score(name: &str, table: &mut Table) {
    let label = fs::read_to_string(folder().join(format!("{name}.toml"))).unwrap();
    let label: toml::Table = label.parse().unwrap();
    let piece = piece(name, &label);
    for (field, found) in fields(&piece) {
        table.field(name, field, &found, &list(&label, field));
    }
    let blocks = blocks(&piece);
    paragraphs(name, &label, &blocks, table);
    let body = blocks.join("\n");
    let cut = list(&label, "cut");
    let gone: Vec<String> =
        cut.iter().filter(|line| !body.contains(line.as_str())).cloned().collect();
    table.field(name, "lines cut", &gone, &cut);
    let shown = format!("{body} {:?} {:?}", piece.facts, piece.notes);
    for secret in list(&label, "private") {
        assert!(!shown.contains(&secret), "{name} shows {secret}");
    }
    let rules: Vec<&str> =
        piece.notes.iter().filter_map(|note| Some(note.rule?.0)).collect();
    for rule in list(&label, "notes") {
        assert!(
            rules.contains(&rule.as_str()),
            "{name} has no note of the rule {rule}: {rules:?}"
        );
    }
    let mut account = piece.account.clone();
    let Body::Html(nodes) = &piece.body else { panic!("the body is a tree") };
    account.body = account::count(&text_of(nodes));
    assert_eq!(account.missing(), 0, "{name}: {account:?}");
}

/// Scores some texts.
fn table(is_held_out: bool) -> Table {
    let mut table = Table::default();
    let number =
        |name: &String| name.split('-').next().unwrap().parse::<usize>().unwrap();
    for name in names().iter().filter(|name| (number(name) >= HELD_OUT) == is_held_out) {
        score(name, &mut table);
    }
    table
}

#[test]
fn the_texts_are_read_as_they_are_labelled() {
    for (title, is_held_out) in [("texts 1 to 25", false), ("texts 26 to 40", true)] {
        let table = table(is_held_out);
        let shown = table.show(title);
        println!("{shown}");
        assert_eq!(table.lost, 0, "no word is lost\n{shown}");
        for (field, score) in &table.fields {
            assert!(score.precision() >= FLOOR, "precision of {field}\n{shown}");
            assert!(score.recall() >= FLOOR, "recall of {field}\n{shown}");
        }
    }
}

#[test]
fn there_are_forty_texts_and_each_has_labels() {
    let names = names();
    assert_eq!(names.len(), 40);
    for name in names {
        assert!(folder().join(format!("{name}.toml")).exists(), "{name}");
    }
}
