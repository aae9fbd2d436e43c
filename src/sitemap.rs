//! Makes sitemaps after the protocol of sitemaps.org, version 0.9.
//!
//! It decides how the pages of a site, their last change and their versions
//! in other languages are written. Which pages belong into a sitemap, and how
//! many sitemaps there are, is decided in the plan.

use serde::Serialize;

use crate::xml::Xml;

/// The namespace of sitemaps.
const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
/// The namespace of the links to other versions.
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// A page as a sitemap lists it.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapEntry {
    /// The whole address of the page.
    pub url: String,
    /// The page's own language, as a BCP 47 tag.
    pub language: String,
    /// The day or the moment of its last change, as a W3C date.
    pub lastmod: Option<String>,
    /// The language and the whole address of each version in another
    /// language; the page itself is added by the sitemap.
    pub alternates: Vec<(String, String)>,
}

/// A sitemap of pages, of which the protocol allows 50,000. `is_translated`
/// says whether any of them can have versions in other languages.
pub fn pages(
    entries: impl IntoIterator<Item = SitemapEntry>,
    is_translated: bool,
) -> Vec<u8> {
    let mut xml = Xml::new();
    let namespaces = [("xmlns", SITEMAP), ("xmlns:xhtml", XHTML)];
    let n_namespaces = if is_translated { 2 } else { 1 };
    xml.open("urlset", namespaces.get(..n_namespaces).unwrap_or_default());
    for entry in entries {
        xml.open("url", &[]);
        located(&mut xml, &entry.url, entry.lastmod.as_deref());
        versions(&mut xml, &entry);
        xml.close();
    }
    xml.finish()
}

/// An index of sitemaps, each with its whole address and its last change.
pub fn index(parts: &[(String, Option<String>)]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("sitemapindex", &[("xmlns", SITEMAP)]);
    for (url, lastmod) in parts {
        xml.open("sitemap", &[]);
        located(&mut xml, url, lastmod.as_deref());
        xml.close();
    }
    xml.finish()
}

/// Writes an address and when its content changed last.
fn located(xml: &mut Xml, url: &str, lastmod: Option<&str>) {
    xml.text("loc", &[], url);
    if let Some(lastmod) = lastmod {
        xml.text("lastmod", &[], lastmod);
    }
}

/// Writes the links to all versions of a page. A page that has others must
/// name itself among them, or search engines disregard the links.
fn versions(xml: &mut Xml, entry: &SitemapEntry) {
    let mut others =
        entry.alternates.iter().filter(|(_, url)| *url != entry.url).peekable();
    if others.peek().is_none() {
        return;
    }
    link(xml, &entry.language, &entry.url);
    for (language, url) in others {
        link(xml, language, url);
    }
}

/// Writes the link to one version of a page.
fn link(xml: &mut Xml, language: &str, url: &str) {
    xml.empty(
        "xhtml:link",
        &[("rel", "alternate"), ("hreflang", language), ("href", url)],
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::test::outline;

    fn entry(url: &str) -> SitemapEntry {
        SitemapEntry {
            url: url.to_owned(),
            language: "en".to_owned(),
            lastmod: None,
            alternates: Vec::new(),
        }
    }

    #[test]
    fn a_page_has_its_address_and_its_last_change() {
        let dated = SitemapEntry {
            lastmod: Some("2019-03-04".to_owned()),
            ..entry("https://e.org/a?b=1&c=<2>")
        };
        assert_eq!(
            outline(&pages([dated, entry("https://e.org/b/")], false)),
            "urlset xmlns=[http://www.sitemaps.org/schemas/sitemap/0.9]: \n  \
             url: \n    loc: https://e.org/a?b=1&c=<2>\n    lastmod: 2019-03-04\n  \
             url: \n    loc: https://e.org/b/"
        );
    }

    #[test]
    fn a_page_names_itself_among_its_versions() {
        let mut page = entry("https://e.org/a/");
        page.alternates.push(("fr".to_owned(), "https://e.org/fr/a/".to_owned()));
        assert_eq!(
            outline(&pages([page], true)),
            "urlset xmlns=[http://www.sitemaps.org/schemas/sitemap/0.9] \
             xmlns:xhtml=[http://www.w3.org/1999/xhtml]: \n  url: \n    \
             loc: https://e.org/a/\n    \
             xhtml:link rel=[alternate] hreflang=[en] href=[https://e.org/a/]: \n    \
             xhtml:link rel=[alternate] hreflang=[fr] href=[https://e.org/fr/a/]: "
        );
    }

    #[test]
    fn a_page_that_is_its_only_version_has_no_links() {
        let mut page = entry("https://e.org/a/");
        page.alternates.push(("en".to_owned(), "https://e.org/a/".to_owned()));
        assert!(!outline(&pages([page], true)).contains("xhtml:link"));
    }

    #[test]
    fn an_index_names_the_parts() {
        let parts = [
            ("https://e.org/sitemap-1.xml".to_owned(), Some("2020-01-02".to_owned())),
            ("https://e.org/sitemap-2.xml".to_owned(), None),
        ];
        assert_eq!(
            outline(&index(&parts)),
            "sitemapindex xmlns=[http://www.sitemaps.org/schemas/sitemap/0.9]: \n  \
             sitemap: \n    loc: https://e.org/sitemap-1.xml\n    lastmod: 2020-01-02\n  \
             sitemap: \n    loc: https://e.org/sitemap-2.xml"
        );
    }

    #[test]
    fn an_empty_sitemap_is_well_formed() {
        assert!(outline(&pages([], false)).starts_with("urlset"));
        assert!(outline(&index(&[])).starts_with("sitemapindex"));
    }
}
