//! The reader of pages: every file is told, and every character of a page is
//! accounted for.
//!
//! An input holds files, see `pressmark_fuzz::files`; its last byte says how they
//! are read.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pressmark::import::html::HtmlSource;
use pressmark_fuzz::pages::{Pages, n_files, options};
use pressmark_fuzz::{check_same, files, flags, told};

fuzz_target!(|data: &[u8]| {
    let (flags, data) = flags(data);
    let mut files = files(data, "example.org/2019/a.html");
    // Archives have a target of their own.
    files.retain(|(name, _)| {
        let name = name.to_lowercase();
        ![".warc", ".warc.gz", ".wacz"].iter().any(|end| name.ends_with(end))
    });
    let read = || told(&mut HtmlSource::new(Pages(&files), options(flags)));
    let first = read().expect("no source of pages is refused");
    assert_eq!(n_files(&first), files.len() as u64, "{:?}", first.items);
    first.check();
    check_same(&first, &read().expect("no source of pages is refused"));
});
