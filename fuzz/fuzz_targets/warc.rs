//! The readers of web archives: whatever an archive holds, what is told of it
//! has a reason or an account that balances.
//!
//! An input is an archive; it is read as WACZ if it is a zip file. The last byte
//! says how pages are read.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pressmark::import::html::HtmlSource;
use pressmark_fuzz::pages::{Pages, options};
use pressmark_fuzz::{check_same, flags, told};

fuzz_target!(|data: &[u8]| {
    let (flags, data) = flags(data);
    let name = if data.starts_with(b"PK") { "a.wacz" } else { "a.warc" };
    let files = [(name.to_owned(), data.to_vec())];
    let read = || told(&mut HtmlSource::new(Pages(&files), options(flags)));
    let first = read().expect("no source of pages is refused");
    first.check();
    check_same(&first, &read().expect("no source of pages is refused"));
});
