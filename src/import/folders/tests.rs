//! Small sites for each generator, in memory, and what is told of them.

use std::collections::BTreeMap;

use super::{Files, FolderSource, Options};
use crate::date::{Date, Moment, Zone};
use crate::import::piece::{About, Body, Item, Piece, Source, Visibility};
use crate::markdown;

mod account;
mod bodies;
mod eleventy;
mod front_matter;
mod generators;
mod ghost;
mod hexo;
mod hugo;
mod jekyll;
mod keys;
mod nikola;
mod pelican;
mod zola;

/// Files in memory.
#[derive(Clone, Debug, Default)]
struct Memory(BTreeMap<String, Vec<u8>>);

impl Files for Memory {
    fn list(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.0.get(path).cloned()
    }
}

/// The day on which the tests import.
fn now() -> Moment {
    Moment::of(Date::parse("2026-11-27").unwrap(), &Zone::utc())
}

/// What a caller says who says nothing.
fn options() -> Options {
    let (now, zone) = (now(), Zone::utc());
    Options { from: None, address: None, now, zone, keep_source: false }
}

/// Files of paths and texts.
fn memory(files: &[(&str, &str)]) -> Memory {
    Memory(
        files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
            .collect(),
    )
}

/// A folder of paths and texts.
fn open(files: &[(&str, &str)]) -> FolderSource {
    FolderSource::new("site", Box::new(memory(files)), options()).unwrap()
}

/// All items of a folder.
fn items(source: &mut FolderSource) -> Vec<Item> {
    let mut all = Vec::new();
    source.read(&mut |item| all.push(item)).unwrap();
    all
}

/// All pieces of a folder by their paths.
fn pieces(files: &[(&str, &str)]) -> BTreeMap<String, Piece> {
    let piece = |item| match item {
        Item::Piece(piece) => Some((piece.origin.key.clone(), *piece)),
        _ => None,
    };
    items(&mut open(files)).into_iter().filter_map(piece).collect()
}

/// Closes the account of a piece as the import does, and tells how many characters
/// are missing.
fn missing(piece: &Piece) -> i64 {
    let mut account = piece.account.clone();
    if let Body::Html(nodes) = &piece.body {
        let written = markdown::write(nodes);
        account.body = written.n_seen;
        account.added.insert("labels".to_owned(), written.n_added);
    }
    account.missing()
}

/// What is left out or lost, by paths.
fn left_out(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let told = |item| match item {
        Item::Skipped(own) | Item::File(own, _) | Item::Lost(own) => {
            Some((own.origin.key.clone(), format!("{}:{}", own.origin.line, own.reason)))
        }
        Item::Piece(_) => None,
    };
    items(&mut open(files)).into_iter().filter_map(told).collect()
}

/// The only piece of a folder whose path is this.
fn one(files: &[(&str, &str)], path: &str) -> Piece {
    pieces(files).remove(path).unwrap_or_else(|| panic!("{path} is no piece"))
}

/// The Markdown of a piece.
fn text(piece: &Piece) -> &str {
    match &piece.body {
        Body::Markdown(text) => text,
        Body::Html(_) => panic!("is HTML"),
    }
}

/// Checks where pages stood: the paths of each, or why it is held in brackets.
fn check_places(files: &[(&str, &str)], places: &[(&str, &str)]) {
    let pieces = pieces(files);
    for (path, place) in places {
        let piece = pieces.get(*path).unwrap_or_else(|| panic!("{path} is no piece"));
        let told = match &piece.visibility {
            Visibility::Held(why) => format!("[{why}]"),
            Visibility::Public => piece.facts.redirects.join(" "),
        };
        assert_eq!(told, *place, "{path}");
        assert_eq!(piece.account.missing(), 0, "{path}: {:?}", piece.account);
    }
}

/// The notes on something.
fn notes(piece: &Piece, about: About) -> Vec<String> {
    let own = piece.notes.iter().filter(|note| note.about == about);
    own.map(|note| format!("{}: {}", note.line, note.text)).collect()
}
