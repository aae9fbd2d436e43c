//! Paths of files and of addresses, and the ways in which generators make a
//! part of an address of a name.
//!
//! Paths have `/` between their parts. Nothing here looks at a disk.

use crate::slug::transliterate;

/// The folder of a path; empty for a path of one part.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The last part of a path.
pub(super) fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The last part of a path without its ending.
pub(super) fn stem(path: &str) -> &str {
    let name = name(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// The ending of a path in small letters, without its point.
pub(super) fn ending(path: &str) -> String {
    let name = name(path);
    let parts = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
    parts.map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

/// What stands behind a folder in a path; the path itself if the folder is
/// empty.
pub(super) fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    let folder = folder.trim_matches('/');
    if folder.is_empty() || folder == "." {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// Joins a path to a folder and takes `.`, `..` and doubled slashes out. What
/// would lead above the folder stays in it.
pub(super) fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let all = folder.split('/').chain(path.split('/'));
    for part in all {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// An address from the root on, with single slashes; a slash at its end stays.
pub(super) fn rooted(address: &str) -> String {
    let inner = join("", address);
    let is_page = address.ends_with('/') || address.ends_with("/.") || inner.is_empty();
    match (inner.is_empty(), is_page) {
        (true, _) => "/".to_owned(),
        (false, true) => format!("/{inner}/"),
        (false, false) => format!("/{inner}"),
    }
}

/// The address of a page: with a slash at its end, unless it names a file.
pub(super) fn page(address: &str) -> String {
    let address = rooted(address);
    let is_file = name(&address).contains('.');
    if address.ends_with('/') || is_file { address } else { format!("{address}/") }
}

/// An address without the `index.html` at its end.
pub(super) fn without_index(address: &str) -> &str {
    match address.strip_suffix("index.html") {
        Some(folder) if folder.ends_with('/') => folder,
        _ => address,
    }
}

/// Whether a path matches a pattern in which `*` stands for anything in one
/// part and `**` for any parts. A pattern without a star matches a path and
/// all below it.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let pattern = pattern.trim_matches('/');
    let path = path.trim_matches('/');
    if !pattern.contains('*') {
        return pattern.is_empty() || pattern == path || below(path, pattern).is_some();
    }
    let mut source = String::from("^");
    for (at, part) in pattern.split("**").enumerate() {
        if at > 0 {
            source.push_str(".*");
        }
        // `a/**` and `**/b` match `a` and `b` themselves too.
        let pieces: Vec<_> = part.split('*').map(regex::escape).collect();
        source.push_str(&pieces.join("[^/]*"));
    }
    source.push('$');
    let source = source.replace("/.*", "(?:/.*)?").replace("^.*/", "^(?:.*/)?");
    regex::Regex::new(&source).is_ok_and(|pattern| pattern.is_match(path))
}

/// A date at the beginning of a name, `2019-10-11-` or `2019-10-11_`, and what
/// stands behind it.
pub(super) fn dated(name: &str) -> Option<(&str, &str)> {
    let day = name.get(..10)?;
    let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let rest = name.get(10..)?;
    let rest = rest.strip_prefix(['-', '_']).unwrap_or(rest);
    is_day.then_some((day, rest))
}

/// What separates the words of a name, and whether capital letters stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slug {
    /// As Hugo: spaces become hyphens, marks of a list go, letters of every
    /// script stay.
    Hugo,
    /// As Jekyll's `pretty`: what is not a letter or one of a few marks is a
    /// hyphen, capital letters stay.
    JekyllTitle,
    /// As Jekyll's `default`: what is no letter or digit is a hyphen.
    Jekyll,
    /// Only small letters of ASCII, digits and hyphens.
    Ascii,
    /// As Pelican: marks go, spaces become hyphens, underscores stay.
    Pelican,
    /// As Hexo: white space and special marks become hyphens, capital letters
    /// stay.
    Hexo,
}

/// A name as a part of an address.
pub(super) fn slug(text: &str, how: Slug) -> String {
    match how {
        Slug::Hugo => hugo(text),
        Slug::JekyllTitle => {
            let keep = |c: char| c.is_alphanumeric() || "._~!$&'()+,;=@".contains(c);
            hyphens(text, keep)
        }
        Slug::Jekyll => hyphens(&text.to_lowercase(), char::is_alphanumeric),
        Slug::Ascii => {
            hyphens(&transliterate(text).to_lowercase(), |c| c.is_ascii_alphanumeric())
        }
        Slug::Pelican => {
            let plain = transliterate(&text.replace(['—', '–', '“', '”', '‘', '’'], ""))
                .to_lowercase();
            let kept: String = plain
                .chars()
                .filter(|&c| {
                    c.is_alphanumeric() || c == '_' || c == '-' || c.is_whitespace()
                })
                .collect();
            hyphens(&kept, |c| c.is_alphanumeric() || c == '_')
        }
        Slug::Hexo => hyphens(&deaccented(text), |c| {
            !c.is_whitespace()
                && !"~`!@#$%^&*()-_+=[]{}|\\;:\"'<>,.?/".contains(c)
                && !matches!(
                    c,
                    '\u{2013}' | '\u{2014}' | '\u{201c}'
                        ..='\u{201f}' | '\u{2018}' | '\u{2019}'
                )
        }),
    }
}

/// A text with one hyphen for each run of characters that are not kept, and
/// none at its ends.
fn hyphens(text: &str, keep: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if keep(c) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// A text with the letters of Latin scripts as ASCII has them.
fn deaccented(text: &str) -> String {
    let is_latin = |c: char| ('\u{c0}'..'\u{250}').contains(&c);
    text.chars()
        .map(|c| {
            if is_latin(c) {
                transliterate(c.encode_utf8(&mut [0; 4]))
            } else {
                c.to_string()
            }
        })
        .collect()
}

/// A path as Hugo writes it, with capital letters.
fn hugo(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_space = false;
    for c in text.chars() {
        let is_kept = c.is_alphanumeric()
            || "./\\_#+~-@".contains(c)
            || matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}');
        if is_kept {
            if after_space && !out.is_empty() && !out.ends_with('-') && c != '-' {
                out.push('-');
            }
            after_space = false;
            out.push(c);
        } else if c.is_whitespace() {
            after_space = true;
        }
    }
    out
}
