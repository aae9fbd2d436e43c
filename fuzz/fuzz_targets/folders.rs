//! The readers of other generators' folders and of exports of Ghost: every file
//! is told once, and all accounts balance.
//!
//! An input holds files, see `pressmark_fuzz::files`, of which the first, `site`,
//! may be an export of Ghost; the last byte says which generator is asked for.

#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use pressmark::date::{Date, Moment, Zone};
use pressmark::import::folders::ghost::{self, GhostSource};
use pressmark::import::folders::{Files, FolderSource, GENERATORS, Options};
use pressmark::import::piece::Item;
use pressmark_fuzz::{Told, check_same, files, flags, told};

/// Files in memory.
#[derive(Clone)]
struct Memory(BTreeMap<String, Vec<u8>>);

impl Files for Memory {
    fn list(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.0.get(path).cloned()
    }
}

/// The moment of the import.
fn now() -> Moment {
    Moment::of(Date::parse("2026-11-27").expect("this is a date"), &Zone::utc())
}

/// Reads a folder: what it tells, and the paths of its files that are no pages;
/// nothing if it is refused.
fn folder(memory: &Memory, flags: u8) -> Option<(Told, Vec<String>)> {
    let options = Options {
        from: GENERATORS.get(usize::from(flags & 7)).copied(),
        address: (flags & 8 != 0).then(|| "https://news.example/blog".to_owned()),
        now: now(),
        zone: Zone::utc(),
    };
    let mut source = FolderSource::new("site", Box::new(memory.clone()), options).ok()?;
    let told = told(&mut source).ok()?;
    Some((told, source.files().into_iter().map(|own| own.path).collect()))
}

/// Checks that each file of a folder is told once.
fn check_each(memory: &Memory, told: &Told, beside: &[String]) {
    let key = |item: &Item| match item {
        Item::Piece(piece) => piece.origin.key.clone(),
        Item::Skipped(own) | Item::File(own, _) | Item::Lost(own) => {
            own.origin.key.clone()
        }
    };
    let mut keys: Vec<_> =
        told.items.iter().map(key).chain(beside.iter().cloned()).collect();
    keys.sort();
    assert_eq!(keys, memory.list());
}

/// Reads an export of Ghost; nothing if it is refused.
fn export(bytes: &[u8], flags: u8) -> Option<Told> {
    let address = (flags & 8 != 0).then_some("https://news.example/blog");
    let mut source = GhostSource::new("a.json", bytes, address, now()).ok()?;
    told(&mut source).ok()
}

fuzz_target!(|data: &[u8]| {
    let (flags, data) = flags(data);
    if ghost::is_export(data) {
        let first = export(data, flags);
        if let Some(told) = &first {
            told.check();
        }
        return check_same(&first, &export(data, flags));
    }
    let memory = Memory(files(data, "site").into_iter().collect());
    let first = folder(&memory, flags);
    if let Some((told, beside)) = &first {
        check_each(&memory, told, beside);
        told.check();
        for piece in told.pieces() {
            assert!(piece.facts.redirects.iter().all(|path| path.starts_with('/')));
            assert!(!piece.facts.byline.iter().any(|name| name.contains('@')));
        }
    }
    check_same(&first, &folder(&memory, flags));
});
