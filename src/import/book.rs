//! The addresses by which pieces of one source lead to each other.
//!
//! An address is folded to what matters: its host without `www.`, its path
//! without a slash or `index.html` at its end, and of its query only what names
//! a piece. Only hashes are kept, so that a book of a million addresses stays
//! small.

use crate::address::decode;
use crate::hash::of;

/// The keys of a query that name a piece.
const NAMING: &[&str] = &["p", "page_id", "attachment_id", "lang", "id", "post_type"];

/// A book of addresses.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// The hash of each address and the number of its piece; sorted once it
    /// [`closes`](Book::close).
    entries: Vec<(u64, u32)>,
}

impl Book {
    /// Adds the addresses of a piece.
    pub(super) fn add(&mut self, addresses: &[String], number: u32) {
        let hashes = addresses.iter().filter_map(|address| fold(address));
        self.entries.extend(hashes.map(|folded| (of(folded.as_str()), number)));
    }

    /// Makes the book ready. Of two pieces with one address the first has it.
    pub(super) fn close(&mut self) {
        self.entries.sort_unstable();
        self.entries.dedup_by_key(|(hash, _)| *hash);
        self.entries.shrink_to_fit();
    }

    /// The number of the piece at an address.
    pub(super) fn find(&self, address: &str) -> Option<u32> {
        let hash = of(fold(address)?.as_str());
        let at = self.entries.binary_search_by_key(&hash, |(hash, _)| *hash).ok()?;
        self.entries.get(at).map(|(_, number)| *number)
    }
}

/// An address as far as it matters; none if it is not one of the web or of a
/// folder.
pub(super) fn fold(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https" | "source" | "file") {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let host = host.strip_suffix(":80").or(host.strip_suffix(":443")).unwrap_or(host);
    let path = decode(path)?;
    let path = path.trim_matches('/');
    let path = path
        .strip_suffix("index.html")
        .or_else(|| path.strip_suffix("index.htm"))
        .or_else(|| path.strip_suffix("index.php"))
        .unwrap_or(path);
    let mut folded = format!("{host}/{}", path.trim_end_matches('/'));
    for part in query.split(['&', ';']) {
        let key = part.split('=').next().unwrap_or_default();
        if NAMING.contains(&key) {
            folded.push('?');
            folded.push_str(part);
        }
    }
    Some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_one() {
        let page = fold("https://example.org/2019/10/march/");
        for other in [
            "http://example.org/2019/10/march",
            "https://www.example.org/2019/10/march/",
            "https://EXAMPLE.org/2019/10/march/index.html",
            "https://example.org/2019/10/march/#respond",
            "https://example.org/2019/10/march/?utm_source=mail",
            "https://example.org:443/2019/10/m%61rch/",
        ] {
            assert_eq!(fold(other), page, "{other}");
        }
        for other in [
            "https://example.org/2019/10/March/",
            "https://example.com/2019/10/march/",
            "https://example.org/?p=12",
            "mailto:a@example.org",
            "/2019/10/march/",
        ] {
            assert_ne!(fold(other), page, "{other}");
        }
    }

    #[test]
    fn the_first_piece_has_an_address_that_two_claim() {
        let mut book = Book::default();
        let address = "https://example.org/a/".to_owned();
        book.add(std::slice::from_ref(&address), 1);
        book.add(&[address.clone(), "https://example.org/?p=2".to_owned()], 2);
        book.close();
        assert_eq!(book.find(&address), Some(1));
        assert_eq!(book.find("http://example.org?p=2"), Some(2));
        assert_eq!(book.find("https://example.org/b/"), None);
    }
}
