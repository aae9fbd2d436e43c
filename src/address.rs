//! Where things stand on the site, and what a permalink pattern makes of an
//! article.
//!
//! An [`Address`] is a path from the site's root that every web server, disk
//! and web browser can hold: the rules are checked once, where it is made.
//! Which page stands at which address is decided in `plan`.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::slug::is_device;

/// The characters of a path segment that are written in percent form: all but
/// those that RFC 3986 allows in a segment.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The longest name that the usual disks can store, in bytes.
const LONGEST_NAME: usize = 255;

/// Folders at the top of the output that belong to other programs or to the
/// staging of a build.
const UNPUBLISHED: [&str; 4] = [".git", ".hg", ".svn", ".pressmark"];

/// A path from the site's root: `/about/` for a page, `/feed.xml` for a file.
///
/// Invariant: it begins with `/`; no part is empty, `.`, `..` or a name that a
/// usual disk cannot store, and the first is no folder of another program; it
/// holds no backslash and no control character.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Address(Arc<str>);

/// Why a path cannot be an address, as a phrase that follows the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    /// It does not begin with `/`.
    NoSlash,
    /// A part of it is empty, `.` or `..`.
    EmptyPart,
    /// It holds a character that a disk or an address cannot hold.
    Character(char),
    /// A part ends in a full stop or a space, which Windows cuts off.
    Ending,
    /// A part is a name that Windows keeps for a device.
    Device,
    /// A part is longer than 255 bytes.
    TooLong,
    /// Its first part is a folder that a site never writes to.
    Unpublished,
}

impl fmt::Display for AddressFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSlash => f.write_str("does not begin with `/`"),
            Self::EmptyPart => f.write_str("has a part that is empty, `.` or `..`"),
            Self::Character(c) if c.is_control() => {
                f.write_str("holds a control character")
            }
            Self::Character(c) => {
                write!(f, "holds the character `{c}`, which Windows cannot store")
            }
            Self::Ending => f.write_str(
                "has a part that ends in a full stop or a space, which Windows cuts off",
            ),
            Self::Device => f.write_str("has a part that Windows keeps for a device"),
            Self::TooLong => f.write_str("has a part of more than 255 bytes"),
            Self::Unpublished => {
                f.write_str("begins with a folder that is not published")
            }
        }
    }
}

impl Address {
    /// The address of the home page.
    pub fn root() -> Self {
        Self(Arc::from("/"))
    }

    /// Checks a path from the site's root.
    pub fn parse(path: &str) -> Result<Self, AddressFault> {
        let rest = path.strip_prefix('/').ok_or(AddressFault::NoSlash)?;
        let parts = rest.strip_suffix('/').unwrap_or(rest);
        if !rest.is_empty() {
            parts.split('/').try_for_each(check_part)?;
            check_first(parts)?;
        }
        Ok(Self(Arc::from(path)))
    }

    /// The page of this name below this one.
    ///
    /// The name is a slug or a number, so that nothing can be wrong with it.
    #[must_use]
    pub fn page(&self, name: &str) -> Self {
        debug_assert!(check_part(name).is_ok(), "`{name}` is not a slug");
        Self(Arc::from(format!("{}{name}/", self.folder())))
    }

    /// The file of this path below this address, checked.
    pub fn file(&self, path: &str) -> Result<Self, AddressFault> {
        Self::parse(&format!("{}{path}", self.folder()))
    }

    /// The address that names a folder: itself for a page, and the address
    /// without its ending for a file such as `/2019/rally.html`.
    fn folder(&self) -> String {
        if self.is_page() {
            return self.0.to_string();
        }
        let stem = self.0.strip_suffix(".html").unwrap_or(&self.0);
        format!("{stem}/")
    }

    /// The path, decoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it names a page in a folder of its own, that is, ends in `/`.
    pub fn is_page(&self) -> bool {
        self.0.ends_with('/')
    }

    /// The file that holds it, as a path from the output folder.
    pub fn output_path(&self) -> String {
        let path = self.0.trim_start_matches('/');
        if self.is_page() { format!("{path}index.html") } else { path.to_owned() }
    }

    /// The path as it is written in a link, in percent form where needed.
    pub fn encoded(&self) -> Cow<'_, str> {
        // Most addresses are plain letters, digits and hyphens.
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._".contains(&byte);
        if self.0.bytes().all(is_plain) {
            return Cow::Borrowed(&self.0);
        }
        let mut encoded = String::with_capacity(self.0.len());
        for (n, part) in self.0.split('/').enumerate() {
            if n > 0 {
                encoded.push('/');
            }
            encoded.extend(utf8_percent_encode(part, SEGMENT));
        }
        Cow::Owned(encoded)
    }

    /// A link to it from another page that holds without a web server: a
    /// relative path that ends in a file's name.
    pub fn relative_from(&self, page: &Self) -> String {
        let target = if self.is_page() {
            Cow::Owned(format!("{}index.html", self.encoded()))
        } else {
            self.encoded()
        };
        let here = page.encoded();
        let here: Vec<_> = here.split('/').collect();
        let there: Vec<_> = target.split('/').collect();
        let here = here.split_last().map_or(&[][..], |(_, folders)| folders);
        let folders = there.split_last().map_or(&[][..], |(_, folders)| folders);
        let shared = here.iter().zip(folders).take_while(|(a, b)| a == b).count();
        let up = std::iter::repeat_n("..", here.len() - shared);
        let down = there.iter().skip(shared).copied();
        let parts: Vec<_> = up.chain(down).collect();
        let path = parts.join("/");
        // A first part with a colon would read as a scheme.
        if parts.first().is_some_and(|first| first.contains(':')) {
            format!("./{path}")
        } else {
            path
        }
    }

    /// The key under which two addresses meet on a disk that ignores case.
    pub fn case_key(&self) -> String {
        self.output_path().to_lowercase()
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0.as_ref().into()
    }
}

impl TryFrom<String> for Address {
    type Error = AddressFault;

    fn try_from(path: String) -> Result<Self, AddressFault> {
        Self::parse(&path)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Checks one part of a path, between two slashes.
pub fn check_part(part: &str) -> Result<(), AddressFault> {
    if part.is_empty() || part == "." || part == ".." {
        return Err(AddressFault::EmptyPart);
    }
    let forbidden = |c: &char| c.is_control() || r#"\<>:"|?*"#.contains(*c);
    if let Some(c) = part.chars().find(forbidden) {
        return Err(AddressFault::Character(c));
    }
    if part.ends_with(['.', ' ']) {
        return Err(AddressFault::Ending);
    }
    if is_device(part) {
        return Err(AddressFault::Device);
    }
    if part.len() > LONGEST_NAME {
        return Err(AddressFault::TooLong);
    }
    Ok(())
}

/// Checks that a path does not begin with a folder that is not ours. Case does
/// not matter, as on some disks.
fn check_first(path: &str) -> Result<(), AddressFault> {
    let first = path.split('/').next().unwrap_or(path);
    if is_unpublished(first) { Err(AddressFault::Unpublished) } else { Ok(()) }
}

/// Whether an entry at the top of a site's output belongs to another program,
/// or to the making of the site.
pub fn is_unpublished(name: &str) -> bool {
    UNPUBLISHED.iter().any(|unpublished| name.eq_ignore_ascii_case(unpublished))
}

/// A path from a link, without its percent form; none if it is not UTF-8.
pub fn decode(path: &str) -> Option<String> {
    percent_decode_str(path).decode_utf8().ok().map(Into::into)
}

/// A path from a link, without its percent form; what is not UTF-8 becomes signs
/// for it.
pub fn decode_lossy(path: &str) -> Cow<'_, str> {
    percent_decode_str(path).decode_utf8_lossy()
}

/// What stands between two values of a pattern and goes with one that is missing.
const SEPARATORS: [char; 2] = ['-', '_'];

/// What a permalink pattern may hold in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placeholder {
    /// The year of publication, `undated` without one.
    Year,
    /// The month in two digits, left out if not known.
    Month,
    /// The day in two digits, left out if not known.
    Day,
    /// The article's slug.
    Slug,
    /// The article's language.
    Language,
    /// The sort of piece, left out if not given.
    Kind,
}

/// Every placeholder by the name that a pattern uses.
const PLACEHOLDERS: &[(&str, Placeholder)] = &[
    ("year", Placeholder::Year),
    ("month", Placeholder::Month),
    ("day", Placeholder::Day),
    ("slug", Placeholder::Slug),
    ("language", Placeholder::Language),
    ("kind", Placeholder::Kind),
];

/// A piece of a permalink pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// Text that stands as it is.
    Text(Box<str>),
    /// Something of the article.
    Placeholder(Placeholder),
}

/// How the addresses of articles are made: `/{year}/{month}/{day}/{slug}/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permalink {
    /// The parts between slashes, each a list of pieces.
    parts: Vec<Vec<Piece>>,
    /// What stands behind the last part: `/`, or nothing for `….html`.
    end: &'static str,
}

/// What a permalink takes from an article.
#[derive(Clone, Copy, Debug)]
pub struct PermalinkParts<'a> {
    /// The year; none if the article has no date.
    pub year: Option<i16>,
    /// The month, if known.
    pub month: Option<u8>,
    /// The day of the month, if known.
    pub day: Option<u8>,
    /// The article's slug.
    pub slug: &'a str,
    /// The article's language tag.
    pub language: &'a str,
    /// The sort of piece, if given.
    pub kind: Option<&'a str>,
}

/// An article that has a plain value for every placeholder.
const SAMPLE: PermalinkParts = PermalinkParts {
    year: Some(2000),
    month: Some(1),
    day: Some(1),
    slug: "a",
    language: "en",
    kind: Some("a"),
};

impl Permalink {
    /// Reads a pattern; the error is a phrase that says what is wrong with it.
    pub fn parse(pattern: &str) -> Result<Self, String> {
        let rest = pattern.strip_prefix('/').ok_or("does not begin with `/`")?;
        let (rest, end) = match rest.strip_suffix('/') {
            Some(rest) => (rest, "/"),
            None if rest.ends_with(".html") => (rest, ""),
            None => return Err("ends neither in `/` nor in `.html`".to_owned()),
        };
        let parts = rest.split('/').map(pieces).collect::<Result<Vec<_>, _>>()?;
        let permalink = Self { parts, end };
        // What no article's address could be is the pattern's fault, not theirs.
        permalink.fill(&Address::root(), &SAMPLE).map_err(|fault| fault.to_string())?;
        if !permalink.uses(Placeholder::Slug) {
            return Err("does not hold `{slug}`".to_owned());
        }
        Ok(permalink)
    }

    /// Whether a placeholder stands anywhere in the pattern.
    fn uses(&self, placeholder: Placeholder) -> bool {
        self.parts.iter().flatten().any(|piece| *piece == Piece::Placeholder(placeholder))
    }

    /// Whether the pattern names the language itself.
    pub fn names_language(&self) -> bool {
        self.uses(Placeholder::Language)
    }

    /// The address below `root` of an article. Parts of a date that are not
    /// known are left out.
    pub fn fill(
        &self,
        root: &Address,
        article: &PermalinkParts,
    ) -> Result<Address, AddressFault> {
        let parts: Vec<_> = self
            .parts
            .iter()
            .map(|pieces| fill_part(pieces, article))
            .filter(|part| !part.is_empty())
            .collect();
        Address::parse(&format!("{}{}{}", root.folder(), parts.join("/"), self.end))
    }
}

/// Reads one part of a pattern.
fn pieces(part: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = part;
    while let Some((text, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("has a `{` without a `}`")?;
        let known = PLACEHOLDERS.iter().find(|(known, _)| *known == name);
        let (_, placeholder) = known.ok_or_else(|| {
            let names: Vec<_> =
                PLACEHOLDERS.iter().map(|(name, _)| format!("`{{{name}}}`")).collect();
            format!("holds `{{{name}}}`, which is none of {}", names.join(", "))
        })?;
        if !text.is_empty() {
            pieces.push(Piece::Text(text.into()));
        }
        pieces.push(Piece::Placeholder(*placeholder));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.into()));
    }
    if pieces.is_empty() {
        return Err(AddressFault::EmptyPart.to_string());
    }
    Ok(pieces)
}

/// Fills one part. Where a value is missing, the separator before it goes with
/// it, so that `{year}-{month}` becomes `1973`; at the beginning and at the end
/// of the part the one behind it goes too. Values stand as they are.
fn fill_part(pieces: &[Piece], article: &PermalinkParts) -> String {
    let mut part = String::new();
    // Where the last value ends: what stands before is not ours to drop.
    let mut kept = 0;
    let mut is_behind_gap = false;
    for (n, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => {
                let rest = text.trim_start_matches(SEPARATORS);
                let is_last = n + 1 == pieces.len();
                let is_edge = part.is_empty() || (is_last && rest.is_empty());
                part.push_str(if is_behind_gap && is_edge { rest } else { text });
                is_behind_gap = false;
            }
            Piece::Placeholder(placeholder) => {
                let value = value(*placeholder, article);
                is_behind_gap = value.is_none();
                if let Some(value) = value {
                    part.push_str(&value);
                    kept = part.len();
                } else {
                    part.truncate(part.trim_end_matches(SEPARATORS).len().max(kept));
                }
            }
        }
    }
    part
}

/// What an article has for a placeholder; none if it is missing.
fn value<'a>(
    placeholder: Placeholder,
    article: &PermalinkParts<'a>,
) -> Option<Cow<'a, str>> {
    let two_digits = |number| Cow::Owned(format!("{number:02}"));
    match placeholder {
        Placeholder::Year => Some(match article.year {
            Some(year) => Cow::Owned(format!("{year:04}")),
            None => Cow::Borrowed("undated"),
        }),
        Placeholder::Month => article.month.map(two_digits),
        Placeholder::Day => article.day.map(two_digits),
        Placeholder::Slug => Some(Cow::Borrowed(article.slug)),
        Placeholder::Language => Some(Cow::Borrowed(article.language)),
        Placeholder::Kind => {
            article.kind.filter(|kind| !kind.is_empty()).map(Cow::Borrowed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(path: &str) -> Address {
        Address::parse(path).unwrap()
    }

    fn fill(
        pattern: &str,
        year: Option<i16>,
        month: Option<u8>,
        day: Option<u8>,
    ) -> String {
        let parts = PermalinkParts {
            year,
            month,
            day,
            slug: "rally",
            language: "en",
            kind: None,
        };
        let permalink = Permalink::parse(pattern).unwrap();
        permalink.fill(&Address::root(), &parts).unwrap().to_string()
    }

    #[test]
    fn paths_that_leave_the_root_are_refused() {
        for path in ["about/", "/../x", "/a//b", "/a/./b", "/a\\b", "/a\0", "//", "/a/.."]
        {
            assert!(Address::parse(path).is_err(), "{path}");
        }
    }

    #[test]
    fn names_that_windows_cannot_store_are_refused() {
        for path in [
            "/con/",
            "/Aux.txt",
            "/a/lpt².b.c",
            "/COM0/",
            "/a:b",
            "/what?",
            "/ends./x",
            "/ends /",
        ] {
            assert!(Address::parse(path).is_err(), "{path}");
        }
        assert!(Address::parse(&format!("/{}/", "a".repeat(256))).is_err());
        assert!(Address::parse("/.well-known/security.txt").is_ok());
        assert!(Address::parse("/console/").is_ok());
    }

    #[test]
    fn folders_of_other_programs_are_refused_at_the_top() {
        for path in
            ["/.git/", "/.git", "/.Git/hooks/x", "/.hg/a", "/.svn/", "/.pressmark/"]
        {
            assert_eq!(Address::parse(path), Err(AddressFault::Unpublished), "{path}");
        }
        assert_eq!(Address::root().file(".hg/a"), Err(AddressFault::Unpublished));
        for path in ["/a/.git/", "/.gitlab/", "/git/", "/.hgignore"] {
            assert!(Address::parse(path).is_ok(), "{path}");
        }
        assert!(Permalink::parse("/.git/{slug}/").is_err());
    }

    #[test]
    fn a_page_is_stored_as_index_html() {
        assert_eq!(address("/about/").output_path(), "about/index.html");
        assert_eq!(address("/").output_path(), "index.html");
        assert_eq!(address("/feed.xml").output_path(), "feed.xml");
    }

    #[test]
    fn a_relative_link_ends_in_a_file_name() {
        let page = address("/2019/10/rally/");
        assert_eq!(
            address("/2019/march/").relative_from(&page),
            "../../march/index.html"
        );
        assert_eq!(address("/2019/10/rally/").relative_from(&page), "index.html");
        assert_eq!(address("/").relative_from(&page), "../../../index.html");
        assert_eq!(
            address("/style.css").relative_from(&address("/404.html")),
            "style.css"
        );
        assert_eq!(address("/a/b.txt").relative_from(&Address::root()), "a/b.txt");
        assert_eq!(
            address("/año 1/").relative_from(&Address::root()),
            "a%C3%B1o%201/index.html"
        );
    }

    #[test]
    fn missing_parts_of_a_date_are_left_out() {
        let dated = "/{year}/{month}/{day}/{slug}/";
        assert_eq!(fill(dated, Some(2019), Some(3), Some(4)), "/2019/03/04/rally/");
        assert_eq!(fill(dated, Some(1973), None, None), "/1973/rally/");
        assert_eq!(fill(dated, None, None, None), "/undated/rally/");
        assert_eq!(
            fill("/{year}-{month}/{slug}.html", Some(1973), None, None),
            "/1973/rally.html"
        );
        assert_eq!(fill("/news/{kind}/{slug}/", Some(1973), None, None), "/news/rally/");
    }

    #[test]
    fn a_separator_goes_with_the_value_that_is_missing() {
        for (pattern, path) in [
            ("/{year}-{month}/{slug}/", "/1973/rally/"),
            ("/{year}-{month}-{day}/{slug}/", "/1973/rally/"),
            ("/{year}-{month}-{slug}/", "/1973-rally/"),
            ("/{slug}-{day}/", "/rally/"),
            ("/{slug}-{day}-/", "/rally/"),
            ("/{slug}-{day}.html", "/rally.html"),
            ("/{slug}{day}-x/", "/rally-x/"),
            ("/{month}-{day}_{slug}/", "/rally/"),
            ("/x_{day}_y/{slug}/", "/x_y/rally/"),
            ("/-{day}-/{slug}/", "/rally/"),
            ("/_{slug}--{year}_/", "/_rally--1973_/"),
        ] {
            assert_eq!(fill(pattern, Some(1973), None, None), path, "{pattern}");
        }
    }

    #[test]
    fn a_slug_stands_as_it_was_written() {
        for (pattern, path) in [
            ("/{slug}/", "/a--b_/"),
            ("/{slug}-{day}/", "/a--b_/"),
            ("/{slug}{day}/", "/a--b_/"),
            ("/{day}-{slug}/", "/a--b_/"),
            ("/{kind}_{slug}_{month}.html", "/a--b_.html"),
        ] {
            let parts = PermalinkParts {
                year: None,
                month: None,
                day: None,
                slug: "a--b_",
                language: "en",
                kind: Some(""),
            };
            let filled =
                Permalink::parse(pattern).unwrap().fill(&Address::root(), &parts);
            assert_eq!(filled.unwrap().as_str(), path, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_cannot_work_is_refused() {
        for pattern in [
            "{slug}/",
            "/{year}/",
            "/{slug}",
            "/{slug",
            "/{nonsense}/{slug}/",
            "//{slug}/",
            "/a:{slug}/",
            "/{slug}:{day}/",
            "/{slug}?/",
            "/{slug}./",
            "/../{slug}/",
            "/con/{slug}/",
            "/aux.{slug}/",
            "/{year}\\{slug}/",
        ] {
            assert!(Permalink::parse(pattern).is_err(), "{pattern}");
        }
        for pattern in
            ["/{slug}.{language}/", "/con{slug}/", "/{slug}con/", "/{slug}.html"]
        {
            assert!(Permalink::parse(pattern).is_ok(), "{pattern}");
        }
    }
}
