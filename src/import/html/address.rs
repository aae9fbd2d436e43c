//! Addresses of pages: which one a page has, in which forms others link to it,
//! and which two are the same.
//!
//! A page that has no address on the web is known by `file:///` and its name,
//! so that links between saved pages can be followed like all others.

use url::Url;

use crate::import::html::metadata::Metadata;

/// Parts of a query that only say where a reader came from.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "mc_cid",
    "mc_eid",
    "ref",
    "source",
    "share",
    "output",
    "amp",
    "print",
    "printable",
    "m",
    "replytocom",
    "spref",
    "view",
    "format",
    "cmpid",
    "smid",
    "ncid",
];

/// Where a page stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Its address on the web, if it is known.
    pub web: Option<Url>,
    /// Its address among the files that are imported.
    pub file: Url,
    /// The address that it says is the one to use.
    pub canonical: Option<Url>,
    /// What its relative links are resolved against.
    pub base: Url,
}

/// The addresses of a page by what it says of itself, by what its server said,
/// and by the name of its file.
pub fn of(metadata: &Metadata, given: Option<&str>, name: &str) -> Address {
    let file = file(name);
    let saved = given
        .and_then(web)
        .or_else(|| metadata.saved_from.as_deref().and_then(web))
        .or_else(|| mirrored(name));
    let base_of = saved.clone().unwrap_or_else(|| file.clone());
    let canonical = metadata
        .canonical
        .as_deref()
        .and_then(|href| base_of.join(href).ok())
        .filter(is_web)
        // A page that calls the home page its own address is mistaken.
        .filter(|url| {
            url.path() != "/" || saved.as_ref().is_none_or(|own| own.path() == "/")
        });
    let declared = metadata.base.as_deref().and_then(|href| base_of.join(href).ok());
    let web = saved.or_else(|| canonical.clone()).or_else(|| {
        let own = declared.clone().filter(is_web);
        own.filter(|url| {
            url.path().rsplit('/').next().is_some_and(|last| !last.is_empty())
        })
    });
    let base =
        declared.filter(is_web).or_else(|| web.clone()).unwrap_or_else(|| file.clone());
    Address { web, file, canonical, base }
}

/// An address of the web.
fn web(text: &str) -> Option<Url> {
    let text = text.trim();
    Url::parse(text).ok().filter(is_web)
}

/// Whether an address is one of the web.
pub fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.host_str().is_some()
}

/// The address of a file by its name.
pub fn file(name: &str) -> Url {
    let mut url = Url::parse("file:///").expect("the address of the root is well formed");
    url.set_path(&escaped(name));
    url
}

/// The name of a file by its address, decoded.
pub fn name_of(url: &Url) -> String {
    let path = url.path().trim_start_matches('/');
    crate::address::decode(path).unwrap_or_else(|| path.to_owned())
}

/// A name in which what has a meaning in addresses has none.
fn escaped(name: &str) -> String {
    name.replace('%', "%25").replace('?', "%3F").replace('#', "%23").replace('\\', "%5C")
}

/// The address of a file in a mirror whose folders are named for hosts:
/// `example.org/2006/story.html`.
fn mirrored(name: &str) -> Option<Url> {
    let parts: Vec<_> = name.split('/').collect();
    let (file, folders) = parts.split_last()?;
    let at = folders.iter().rposition(|folder| is_host(folder))?;
    let mut path = folders.get(at + 1..)?.join("/");
    if !path.is_empty() {
        path.push('/');
    }
    let host = folders.get(at)?;
    // wget writes the query behind `?` or `@`, and may put an ending behind it.
    let (stem, query) = match file.split_once('?').or_else(|| split_at_sign(file)) {
        Some((stem, query)) => (stem, Some(query.strip_suffix(".html").unwrap_or(query))),
        None => (*file, None),
    };
    let mut url = Url::parse(&format!("http://{host}/")).ok()?;
    url.set_path(&format!("{path}{}", escaped(stem)));
    url.set_query(query);
    Some(url)
}

/// A name and a query with `@` between them, as wget writes them on Windows.
fn split_at_sign(file: &str) -> Option<(&str, &str)> {
    file.split_once('@').filter(|(_, query)| query.contains('='))
}

/// Whether a folder is named as hosts are.
fn is_host(folder: &str) -> bool {
    const TOPS: &[&str] = &[
        "org", "com", "net", "edu", "gov", "info", "example", "news", "press", "coop",
        "us", "uk", "ca", "mx", "es", "de", "fr", "it", "nl", "ie", "au", "nz", "za",
        "in", "br", "ar", "cl", "co", "pe", "eu", "ch", "at", "be", "se", "no", "dk",
        "pt", "test", "blog", "media", "io", "pr", "gt", "cr", "sv", "hn", "ni", "cu",
        "do", "uy", "ve", "ec", "bo", "tv", "me", "cat",
    ];
    let folder = folder.split(':').next().unwrap_or(folder);
    let is_name =
        folder.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    let top = folder.rsplit_once('.').map(|(_, top)| top.to_ascii_lowercase());
    is_name
        && top.is_some_and(|top| TOPS.contains(&top.as_str()))
        && !folder.starts_with('.')
}

/// The forms of an address under which others may link to it.
pub fn forms(url: &Url) -> Vec<String> {
    let mut bare = url.clone();
    bare.set_fragment(None);
    let mut paths = vec![bare.path().to_owned()];
    let own = bare.path().to_owned();
    let stem = without_index(&own);
    let add = |path: String, paths: &mut Vec<String>| {
        if !paths.contains(&path) {
            paths.push(path);
        }
    };
    if bare.query().is_none() {
        let trimmed = stem.trim_end_matches('/');
        add(stem.to_owned(), &mut paths);
        if stem.ends_with('/') {
            add(format!("{stem}index.html"), &mut paths);
        }
        if let Some(stem) = trimmed.strip_suffix(".html").or(trimmed.strip_suffix(".htm"))
        {
            add(stem.to_owned(), &mut paths);
            add(format!("{stem}/"), &mut paths);
        } else if !trimmed.is_empty() {
            add(trimmed.to_owned(), &mut paths);
            add(format!("{trimmed}/"), &mut paths);
            add(format!("{trimmed}.html"), &mut paths);
            add(format!("{trimmed}/index.html"), &mut paths);
        }
    }
    let hosts = hosts(&bare);
    let mut forms = vec![bare.to_string()];
    for (scheme, host) in &hosts {
        for path in &paths {
            let query = bare.query().map(|query| format!("?{query}")).unwrap_or_default();
            let form = format!("{scheme}://{host}{path}{query}");
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
    }
    forms
}

/// Schemes and hosts under which an address may be meant.
fn hosts(url: &Url) -> Vec<(&'static str, String)> {
    let Some(host) = url.host_str().filter(|_| is_web(url)) else {
        return vec![("file", String::new())];
    };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let bare = host.strip_prefix("www.").unwrap_or(host);
    let is_name = bare.contains('.') && bare.parse::<std::net::IpAddr>().is_err();
    let mut hosts = Vec::new();
    for scheme in ["https", "http"] {
        hosts.push((scheme, format!("{bare}{port}")));
        if is_name {
            hosts.push((scheme, format!("www.{bare}{port}")));
        }
    }
    hosts
}

/// A path without the name of the file that stands for its folder.
fn without_index(path: &str) -> &str {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let is_index = ["index.", "default."].iter().any(|start| file.starts_with(start));
    if is_index { path.get(..=folder.len()).unwrap_or(path) } else { path }
}

/// The key under which two addresses of one page meet.
pub fn key(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let host = ["www.", "m.", "mobile.", "amp."]
        .iter()
        .find_map(|start| host.strip_prefix(start))
        .unwrap_or(host);
    let path = without_index(url.path()).trim_end_matches('/');
    let path = ["/amp", "/print", "/amp.html"]
        .iter()
        .find_map(|end| path.strip_suffix(end))
        .unwrap_or(path);
    let path =
        path.strip_suffix(".amp.html").or(path.strip_suffix(".html")).unwrap_or(path);
    let path = path.strip_suffix(".htm").unwrap_or(path);
    let query: Vec<_> = url
        .query_pairs()
        .filter(|(name, _)| {
            !name.starts_with("utm_") && !TRACKING.contains(&name.as_ref())
        })
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    format!("{host}{path}?{}", query.join("&"))
}

/// Whether an address is one of a second form of a page: for print, for
/// phones, or with the marks of a share.
pub fn is_variant(url: &Url) -> bool {
    let path = url.path();
    let host = url.host_str().unwrap_or_default();
    let is_form = ["print", "amp", "m", "mobile", "printable"].iter().any(|form| {
        path.split('/').any(|part| part == *form || part.starts_with(&format!("{form}.")))
    });
    is_form
        || host.starts_with("m.")
        || host.starts_with("amp.")
        || url.query_pairs().any(|(name, _)| {
            name.starts_with("utm_") || TRACKING.contains(&name.as_ref())
        })
}

/// The path of an address with its query, from the root of its site.
pub fn path(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An address.
    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_page_has_the_address_that_it_was_fetched_from() {
        let plain = Metadata::default();
        let saved = Metadata {
            saved_from: Some("https://example.org/a".into()),
            canonical: Some("/c".into()),
            ..Metadata::default()
        };
        let canonical = Metadata {
            canonical: Some("https://example.org/c".into()),
            ..Metadata::default()
        };
        let cases = [
            (&plain, None, "x/a.html", None),
            (&plain, Some("https://example.org/b"), "w", Some("https://example.org/b")),
            (
                &plain,
                None,
                "m/www.example.org/2006/a.html",
                Some("http://www.example.org/2006/a.html"),
            ),
            (
                &plain,
                None,
                "example.org/story.php?id=3.html",
                Some("http://example.org/story.php?id=3"),
            ),
            (
                &plain,
                None,
                "example.org/story.php@id=3.html",
                Some("http://example.org/story.php?id=3"),
            ),
            (&saved, None, "a.html", Some("https://example.org/a")),
            (&canonical, None, "a.html", Some("https://example.org/c")),
        ];
        for (metadata, given, name, expected) in cases {
            let address = of(metadata, given, name);
            assert_eq!(address.web.as_ref().map(Url::as_str), expected, "{name}");
        }
        let canonical = of(&saved, None, "a.html").canonical;
        assert_eq!(canonical, Some(url("https://example.org/c")));
    }

    #[test]
    fn all_usual_forms_of_an_address_are_known() {
        let all = forms(&url("http://www.example.org/2006/story/"));
        for form in [
            "https://example.org/2006/story",
            "http://example.org/2006/story/",
            "https://www.example.org/2006/story/index.html",
            "http://www.example.org/2006/story.html",
        ] {
            assert!(all.contains(&form.to_owned()), "{form}");
        }
        let all = forms(&url("http://example.org/story.php?id=3"));
        assert!(all.contains(&"https://www.example.org/story.php?id=3".to_owned()));
        assert!(forms(&file("a/b.html")).contains(&"file:///a/b.html".to_owned()));
    }

    #[test]
    fn two_addresses_of_one_page_have_one_key() {
        let own = key(&url("https://example.org/2006/story/"));
        for other in [
            "http://www.example.org/2006/story",
            "https://example.org/2006/story/?utm_source=x",
            "https://m.example.org/2006/story.html",
            "https://example.org/2006/story/amp/",
            "https://example.org/2006/story/print",
            "https://example.org/2006/story/index.html",
        ] {
            assert_eq!(key(&url(other)), own, "{other}");
        }
        assert_ne!(
            key(&url("https://example.org/?p=1")),
            key(&url("https://example.org/?p=2"))
        );
    }

    proptest::proptest! {
        #[test]
        fn no_name_makes_it_fail(name: String, given: String, canonical: String) {
            let metadata = Metadata { canonical: Some(canonical), ..Metadata::default() };
            let address = of(&metadata, Some(&given), &name);
            for url in [Some(&address.file), address.web.as_ref(), Some(&address.base)].into_iter().flatten() {
                proptest::prop_assert!(!forms(url).is_empty());
                key(url);
                is_variant(url);
            }
        }
    }
}
