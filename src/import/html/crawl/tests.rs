//! Tests of finding pages among files.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use proptest::prelude::*;

use super::*;

/// Files in memory.
struct Memory(Vec<(String, Vec<u8>)>);

impl Files for Memory {
    fn names(&self) -> Vec<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }

    fn open(&self, name: &str) -> Result<Box<dyn Input + '_>, String> {
        let found = self.0.iter().find(|(own, _)| own == name);
        let (_, bytes) = found.ok_or_else(|| "is not there".to_owned())?;
        Ok(Box::new(Cursor::new(bytes.as_slice())))
    }
}

/// What is found in files, a line each.
fn found(files: &[(&str, Vec<u8>)]) -> Vec<String> {
    let files =
        files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect();
    let mut lines = Vec::new();
    walk(&Memory(files), &mut |found| {
        lines.push(match found {
            Found::Page(page) => {
                let text = String::from_utf8_lossy(&page.bytes).into_owned();
                let charset = page.charset.unwrap_or_default();
                format!("page {} {} {charset} {text}", page.key, page.file)
            }
            Found::Redirect { from, to } => format!("redirect {from} {to}"),
            Found::Skipped(own) => format!("skipped {} {}", own.title, own.reason),
            Found::Lost(own) => format!("lost {} {}", own.origin.key, own.reason),
        });
    });
    lines
}

/// A record of an archive.
fn record(fields: &str, content: &[u8]) -> Vec<u8> {
    let mut record =
        format!("WARC/1.0\r\n{fields}\r\nContent-Length: {}\r\n\r\n", content.len())
            .into_bytes();
    record.extend_from_slice(content);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

/// A record with the answer of a server.
fn answer(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let mut content = format!("HTTP/1.1 {head}\r\n\r\n").into_bytes();
    content.extend_from_slice(body);
    record(&format!("WARC-Type: response\r\nWARC-Target-URI: {url}"), &content)
}

/// Packs bytes.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn pages_are_told_from_other_files() {
    let lines = found(&[
        ("a.html", b"<html>a".to_vec()),
        ("story.php?id=3", b"<!DOCTYPE html>b".to_vec()),
        ("a_files/frame.html", b"<html>f".to_vec()),
        ("a_files/x.jpg", vec![1]),
        ("b.png", vec![1]),
        ("feed.html", b"<rss><p>x".to_vec()),
        ("c.mhtml", b"x".to_vec()),
    ]);
    assert_eq!(
        lines,
        [
            "page a.html a.html  <html>a",
            "page story.php?id=3 story.php?id=3  <!DOCTYPE html>b",
            "skipped  is a frame of a saved page",
            "lost c.mhtml is a page in one file with its pictures; save it as HTML",
            "skipped 1 files are no pages",
            "skipped 2 files are pictures",
        ]
    );
}

/// An archive with one record of each sort.
fn archive() -> Vec<Vec<u8>> {
    let html = "Content-Type: text/html; charset=\"latin1\"";
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    zlib.write_all(b"<html>zlib").unwrap();
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
    deflate.write_all(b"<html>deflate").unwrap();
    vec![
        record("WARC-Type: warcinfo", b"software: test"),
        answer("http://example.org/1", &format!("200 OK\r\n{html}"), b"<html>one"),
        answer(
            "<http://example.org/2>",
            &format!("200 OK\r\n{html}\r\nTransfer-Encoding: chunked"),
            b"5\r\n<html\r\n4;x=y\r\n>two\r\n0\r\n\r\n",
        ),
        answer(
            "http://example.org/3",
            &format!("200 OK\r\n{html}\r\nContent-Encoding: gzip"),
            &gzip(b"<html>three"),
        ),
        answer(
            "http://example.org/4",
            &format!("200 OK\r\n{html}\r\nContent-Encoding: deflate"),
            &zlib.finish().unwrap(),
        ),
        answer(
            "http://example.org/5",
            &format!("200 OK\r\n{html}\r\nContent-Encoding: deflate"),
            &deflate.finish().unwrap(),
        ),
        answer(
            "http://example.org/6",
            &format!("200 OK\r\n{html}\r\nContent-Encoding: br"),
            b"\x01\x02",
        ),
        answer("http://example.org/7", "301 Moved\r\nLocation: /1", b""),
        answer(
            "http://example.org/8",
            "404 Not Found\r\nContent-Type: text/html",
            b"<html>no",
        ),
        answer("http://example.org/9.jpg", "200 OK\r\nContent-Type: image/jpeg", b"jpg"),
        record(
            "WARC-Type: revisit\r\nWARC-Target-URI: http://example.org/1",
            b"HTTP/1.1 200 OK\r\n\r\n",
        ),
        record(
            "WARC-Type: request\r\nWARC-Target-URI: http://example.org/1",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        record(
            "WARC-Type: resource\r\nWARC-Target-URI: https://example.org/r\r\nContent-Type: text/html",
            b"<html>resource",
        ),
    ]
}

/// What is found in the archive.
const FOUND: [&str; 11] = [
    "page http://example.org/1 x.warc latin1 <html>one",
    "page http://example.org/2 x.warc latin1 <html>two",
    "page http://example.org/3 x.warc latin1 <html>three",
    "page http://example.org/4 x.warc latin1 <html>zlib",
    "page http://example.org/5 x.warc latin1 <html>deflate",
    "lost http://example.org/6 is packed as `br`, which is not read",
    "redirect http://example.org/7 http://example.org/1",
    "page https://example.org/r x.warc  <html>resource",
    "skipped 1 records are no pages",
    "skipped 1 records have the status 404",
    "skipped 1 records repeat what was fetched before",
];

#[test]
fn the_answers_of_an_archive_are_read_whole() {
    assert_eq!(found(&[("x.warc", archive().concat())]), FOUND);
}

#[test]
fn an_archive_may_be_packed_record_by_record() {
    let packed: Vec<u8> = archive().iter().flat_map(|record| gzip(record)).collect();
    let lines = found(&[("x.warc.gz", packed)]);
    let lines: Vec<_> =
        lines.iter().map(|line| line.replace("x.warc.gz", "x.warc")).collect();
    assert_eq!(lines, FOUND);
}

#[test]
fn a_record_that_is_cut_off_is_lost_and_those_before_it_are_not() {
    let mut whole = archive()[1].clone();
    whole.extend_from_slice(&answer(
        "http://example.org/2",
        "200 OK\r\nContent-Type: text/html",
        b"<html>two",
    ));
    let lines = found(&[("x.warc", whole[..whole.len() - 8].to_vec())]);
    assert_eq!(lines[0], FOUND[0]);
    assert_eq!(lines[1], "lost http://example.org/2 is cut off in the archive");
    let packed = gzip(&whole);
    let lines = found(&[("x.warc.gz", packed[..packed.len() - 20].to_vec())]);
    assert!(lines.iter().any(|line| line.starts_with("lost")), "{lines:?}");
}

#[test]
fn a_collection_tells_which_records_are_pages() {
    let list = "{\"format\":\"json-pages-1.0\"}\n{\"url\":\"http://example.org/1\"}\n\
                {\"url\":\"https://example.org/r\"}\n";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let packed: Vec<u8> = archive().iter().flat_map(|record| gzip(record)).collect();
    for (name, bytes) in
        [("archive/x.warc.gz", packed.as_slice()), ("pages/pages.jsonl", list.as_bytes())]
    {
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let lines = found(&[("x.wacz", bytes)]);
    let pages: Vec<_> = lines.iter().filter(|line| line.starts_with("page")).collect();
    assert_eq!(
        pages,
        [
            "page http://example.org/1 x.wacz/archive/x.warc.gz latin1 <html>one",
            "page https://example.org/r x.wacz/archive/x.warc.gz  <html>resource",
        ]
    );
    let parts = lines.iter().filter(|line| line.ends_with("but a part of one")).count();
    assert_eq!(parts, 4);
}

#[test]
fn what_is_no_collection_is_lost() {
    let lines = found(&[("x.wacz", b"nothing".to_vec())]);
    assert!(lines[0].starts_with("lost x.wacz is no collection"), "{lines:?}");
}

proptest! {
    #[test]
    fn no_archive_makes_it_fail(at in 0usize..4000, bytes: Vec<u8>, is_packed: bool) {
        let mut whole = archive().concat();
        let at = at % whole.len();
        whole.splice(at..(at + bytes.len()).min(whole.len()), bytes.clone());
        let whole = if is_packed { gzip(&whole) } else { whole };
        let lines = found(&[("x.warc", whole), ("y.warc", bytes.clone()), ("z.wacz", bytes)]);
        prop_assert!(!lines.is_empty());
    }
}
