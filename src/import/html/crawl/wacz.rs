//! Reads packed collections of web archives (WACZ): a zip with archives and
//! with lists of what the pages among their records are.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;

use url::Url;
use zip::ZipArchive;

use super::{Found, Input, skipped, warc};
use crate::import::html::address;
use crate::json;

/// How long a line of a list of pages is at most.
const MOST_LINE: u64 = 1 << 20;

/// Reads a collection.
pub(super) fn read(input: &mut dyn Input, file: &Arc<str>, tell: &mut dyn FnMut(Found)) {
    let mut zip = match ZipArchive::new(input) {
        Ok(zip) => zip,
        Err(error) => {
            let reason = format!("is no collection of web archives: {error}");
            return tell(Found::Lost(skipped(file, file, reason)));
        }
    };
    let names: Vec<String> = (0..zip.len())
        .filter_map(|at| zip.name_for_index(at)?.ok().map(|name| name.to_string()))
        .collect();
    let mut pages = BTreeSet::new();
    for name in
        names.iter().filter(|name| name.starts_with("pages/") && name.ends_with(".jsonl"))
    {
        if let Ok(list) = zip.by_name(name) {
            read_pages(list, &mut pages);
        }
    }
    let is_archive = |name: &&String| {
        let name = name.to_lowercase();
        name.ends_with(".warc") || name.ends_with(".warc.gz")
    };
    let mut is_asked = |url: &str| {
        let key = Url::parse(url).ok().map(|url| address::key(&url));
        pages.is_empty() || key.is_some_and(|key| pages.contains(&key))
    };
    let mut count = 0;
    for name in names.iter().filter(is_archive) {
        count += 1;
        let inner: Arc<str> = Arc::from(format!("{file}/{name}"));
        match zip.by_name(name) {
            Ok(mut archive) => warc::read_some(&mut archive, &inner, &mut is_asked, tell),
            Err(error) => {
                let reason = format!("cannot be unpacked: {error}");
                tell(Found::Lost(skipped(&inner, &inner, reason)));
            }
        }
    }
    if count == 0 {
        let reason = "holds no web archive".to_owned();
        tell(Found::Lost(skipped(file, file, reason)));
    }
}

/// Reads a list of pages: JSON, one page a line.
fn read_pages(list: impl Read, pages: &mut BTreeSet<String>) {
    let mut list = BufReader::new(list);
    loop {
        let mut line = Vec::new();
        match list.by_ref().take(MOST_LINE).read_until(b'\n', &mut line) {
            Ok(n) if n > 0 => {}
            _ => return,
        }
        let value =
            std::str::from_utf8(&line).ok().and_then(|line| json::parse(line).ok());
        let url = value
            .as_ref()
            .and_then(|value| value.get("url"))
            .and_then(json::Value::as_str);
        if let Some(url) = url.and_then(|url| Url::parse(url).ok()) {
            pages.insert(address::key(&url));
        }
    }
}
