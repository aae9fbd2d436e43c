//! Files with pages in memory.

use std::io::Cursor;

use pressmark::import::html::Options;
use pressmark::import::html::crawl::{Files, Input};
use pressmark::import::piece::Item;

use crate::Told;

/// Files with their names.
pub struct Pages<'f>(pub &'f [(String, Vec<u8>)]);

impl Files for Pages<'_> {
    fn names(&self) -> Vec<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }

    fn open(&self, name: &str) -> Result<Box<dyn Input + '_>, String> {
        let found = self.0.iter().find(|(own, _)| own == name);
        let (_, bytes) = found.ok_or_else(|| "is not there".to_owned())?;
        Ok(Box::new(Cursor::new(bytes.as_slice())))
    }
}

/// How pages are read.
pub fn options(flags: u8) -> Options {
    Options {
        repairs_encoding: flags & 1 != 0,
        language: (flags & 2 != 0).then(|| "es".to_owned()),
    }
}

/// Of how many files something was told. Those that are no pages are counted by
/// what they are: `2 files`.
pub fn n_files(told: &Told) -> u64 {
    let n_of = |item: &Item| match item {
        Item::Skipped(own) if own.origin.kind == "files" => {
            own.title.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or_default()
        }
        _ => 1,
    };
    told.items.iter().map(n_of).sum()
}
