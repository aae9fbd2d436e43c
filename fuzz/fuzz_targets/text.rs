//! The rules of pasted texts: every file is told, and every character of it is
//! accounted for.
//!
//! The last byte of an input says what the caller knows and wants; the rest are
//! files, see `pressmark_fuzz::files`.

#![no_main]

use std::collections::BTreeSet;
use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use pressmark::date::Date;
use pressmark::import::text::source::TextSource;
use pressmark::import::text::{Language, Options};
use pressmark_fuzz::{check_same, files, flags, told};

/// What the caller knows and wants.
fn options(flags: u8) -> Options {
    Options {
        language: [
            Language::Found,
            Language::English,
            Language::Spanish,
            Language::Found,
        ][usize::from(flags & 3)],
        today: Date::parse("2026-01-02").expect("this is a date"),
        month_first: [None, Some(true), Some(false), None][usize::from(flags >> 2 & 3)],
        mend_mojibake: flags & 16 != 0,
    }
}

/// A source of files.
fn source(files: &[(String, Vec<u8>)], flags: u8) -> TextSource<'_> {
    let open = |name: &str| {
        let found = files.iter().find(|(own, _)| own == name);
        found.map(|(_, bytes)| bytes.clone()).ok_or_else(|| "is not there".to_owned())
    };
    TextSource {
        files: files.iter().map(|(name, _)| Arc::from(name.as_str())).collect(),
        open: Box::new(open),
        options: options(flags),
        furniture: BTreeSet::new(),
    }
}

fuzz_target!(|data: &[u8]| {
    let (flags, data) = flags(data);
    let files = files(data, "a.txt");
    let mut source = source(&files, flags);
    let proposals = source.repeated().proposals();
    if flags & 32 != 0 {
        let text = String::from_utf8_lossy(data);
        let lines = text.lines().filter(|line| line.len() % 5 == 1);
        source.furniture.extend(lines.map(|line| line.trim().to_owned()));
        source.furniture.extend(proposals.into_iter().map(|(line, _)| line));
    }
    let first = told(&mut source).expect("no source of texts is refused");
    assert_eq!(first.items.len(), files.len());
    first.check();
    check_same(&first, &told(&mut source).expect("no source of texts is refused"));
});
