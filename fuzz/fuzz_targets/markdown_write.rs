//! The writer of Markdown: every character of a tree comes back when what was
//! written is read, and what was read can be written again.
//!
//! An input is HTML, or a tree that no parser put in order; the last byte says
//! which of the two.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pressmark::dom::parse_fragment;
use pressmark::markdown;
use pressmark_fuzz::{check_same, check_written, flags, rendered, tree};

fuzz_target!(|data: &[u8]| {
    let (flags, data) = flags(data);
    let nodes = if flags & 1 == 0 {
        parse_fragment(&String::from_utf8_lossy(data))
    } else {
        tree(data)
    };
    let written = check_written(&nodes);
    check_same(&written, &markdown::write(&nodes));
    check_written(&rendered(&written.text));
});
