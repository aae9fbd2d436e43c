//! The reader of WordPress exports: each item is told once, and all accounts
//! balance.
//!
//! An input is a file as it stands; one that begins with `#` holds the texts of
//! posts, parted by NUL, of which a whole export is made.

#![no_main]

use std::io::{self, Cursor};

use libfuzzer_sys::fuzz_target;
use pressmark::import::input::{Bytes, Input, Open};
use pressmark::import::piece::Item;
use pressmark::import::wordpress::comments::Comments;
use pressmark::import::wordpress::{Options, WordPress, count_items, host};
use pressmark_fuzz::{Told, check_same, flags, told};

/// The element of an export that holds the text of a post.
const MARK: &[u8] = b"content:encoded";

/// One file.
struct File<'f>(&'f [u8]);

impl Open for File<'_> {
    fn open(&self, _: &str) -> io::Result<Box<dyn Bytes>> {
        Ok(Box::new(Cursor::new(self.0.to_vec())))
    }
}

/// An export of posts with these texts.
fn export(texts: &[String]) -> String {
    let items = texts.iter().enumerate().map(|(n, text)| {
        let text = text.replace("]]>", "]]]]><![CDATA[>");
        format!(
            "<item><title>A {n}</title><guid>https://news.example/?p={n}1</guid>\
             <content:encoded><![CDATA[{text}]]></content:encoded><wp:post_id>{n}1</wp:post_id>\
             <wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n"
        )
    });
    format!(
        "<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>\
         <link>https://news.example</link>\n{}</channel></rss>",
        items.collect::<String>()
    )
}

/// How many items were told: a piece in a further language is one with the first.
fn n_items(told: &Told) -> u64 {
    let mut first: Option<(&str, u64)> = None;
    let mut n_items = 0;
    for item in &told.items {
        let Item::Piece(piece) = item else {
            n_items += 1;
            first = None;
            continue;
        };
        let original = piece.facts.translation_of.as_deref();
        let is_further = first.is_some_and(|(key, line)| {
            original == Some(key)
                && line == piece.origin.line
                && piece.origin.key.starts_with(key)
        });
        if !is_further {
            n_items += 1;
            first = Some((&piece.origin.key, piece.origin.line));
        }
    }
    n_items
}

/// Reads a file; nothing if it is refused.
fn read(file: &[u8], flags: u8) -> Option<(Told, Vec<String>)> {
    let open = File(file);
    let input = Input::of(&open, &["a.xml"]).ok()?;
    let mut n_begun = 0;
    for part in &input.parts {
        n_begun += input.read(part, &|_| {}, |source| count_items(source)).ok()?;
    }
    let _ = host(&input);
    let options = Options {
        comments: if flags & 1 == 0 { Comments::Approved } else { Comments::None },
        keep_source: flags & 2 == 0,
        ..Options::default()
    };
    let mut source = WordPress::new(input, options);
    let told = told(&mut source).ok()?;
    assert_eq!(n_items(&told), n_begun, "not each item is told once: {told:?}");
    let remarks = pressmark::import::piece::Source::remarks(&source);
    Some((told, remarks))
}

fuzz_target!(|data: &[u8]| {
    let (flags, data) = flags(data);
    if let Some(texts) = data.strip_prefix(b"#") {
        let texts = texts.split(|&byte| byte == 0);
        let texts: Vec<_> =
            texts.map(|text| String::from_utf8_lossy(text).into_owned()).collect();
        let Some((told, _)) = read(export(&texts).as_bytes(), flags) else {
            panic!("a whole export is refused");
        };
        // A text with the export's own element for texts is read like the file of
        // an old WordPress that did not close its section.
        if !data.windows(MARK.len()).any(|window| window == MARK) {
            assert_eq!(
                n_items(&told),
                texts.len() as u64,
                "a text makes or costs an item"
            );
            assert_eq!(told.pieces().count(), told.items.len());
        }
        return told.check();
    }
    let first = read(data, flags);
    if let Some((told, _)) = &first {
        told.check();
    }
    check_same(&first, &read(data, flags));
});
