//! The files that pieces show or offer: which of them are at hand, and where
//! they will stand.
//!
//! A file keeps the path that it had on the web, below `static/`, so that its
//! old address goes on working. Of a picture that is shown in a smaller size
//! (`march-300x200.jpg`) the original is taken, if it is at hand.

use std::collections::BTreeMap;

use url::Url;

use crate::address::{check_part, decode};

/// The endings of files that are pages, texts or settings, and no media.
const NO_MEDIA: &[&str] = &[
    "htm", "html", "json", "markdown", "md", "php", "toml", "txt", "xhtml", "xml",
    "yaml", "yml",
];

/// The files that are at hand.
#[derive(Debug, Default)]
pub(super) struct Media {
    /// The files, as paths from their folder, by their names in small letters.
    files: BTreeMap<String, Vec<String>>,
}

/// A file that is at hand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    /// Its path from the folder.
    pub(super) file: String,
    /// Its path below `static/`.
    pub(super) target: String,
}

impl Found {
    /// Its address in the archive.
    pub(super) fn address(&self) -> String {
        format!("/{}", encoded(&self.target))
    }
}

impl Media {
    /// The files of a folder, as paths from it with `/` between their parts. What
    /// is hidden, or a page or text, is no medium.
    pub(super) fn new(paths: impl IntoIterator<Item = String>) -> Self {
        let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in paths.into_iter().filter(|path| is_media(path)) {
            let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
            files.entry(name).or_default().push(path);
        }
        Self { files }
    }

    /// The file that an address of the source's own site means, if it is at hand:
    /// the one whose folders fit best. One whose folders do not fit at all is
    /// taken only if it is the only one of its name.
    pub(super) fn find(&self, url: &Url) -> Option<Found> {
        if self.files.is_empty() {
            return None;
        }
        let path = decode(url.path())?;
        let path = path.trim_matches('/');
        let name = path.rsplit('/').next()?;
        let full = full_size(name);
        let likely = |name: &str| {
            let found = self.files.get(&name.to_lowercase())?;
            let best = found.iter().max_by_key(|file| shared_end(file, path))?;
            let fits = found.len() == 1 || shared_end(best, path) > 0;
            fits.then(|| (best.clone(), name.to_owned()))
        };
        let (file, name) = full.as_deref().and_then(likely).or_else(|| likely(name))?;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let target = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        let is_safe = |part: &str| check_part(part).is_ok() && !part.starts_with('.');
        target.split('/').all(is_safe).then_some(Found { file, target })
    }
}

/// Whether a file can be a picture, a recording or a document.
fn is_media(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let is_hidden = path.split('/').any(|part| part.starts_with(['.', '_']));
    !is_hidden && ending.is_some_and(|ending| !NO_MEDIA.contains(&ending.as_str()))
}

/// How many parts at the end of two paths are the same but for the name.
fn shared_end(one: &str, other: &str) -> usize {
    let ends = one.rsplit('/').skip(1).zip(other.rsplit('/').skip(1));
    ends.take_while(|(one, other)| one == other).count()
}

/// The name of the original of a picture in another size: `march.jpg` for
/// `march-300x200.jpg` and `march-scaled.jpg`.
pub(super) fn full_size(name: &str) -> Option<String> {
    let (stem, end) = name.rsplit_once('.')?;
    let (full, size) = stem.rsplit_once('-')?;
    let is_number = |text: &str| {
        (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    let is_size = size == "scaled"
        || size.split_once('x').is_some_and(|(w, h)| is_number(w) && is_number(h));
    (is_size && !full.is_empty()).then(|| format!("{full}.{end}"))
}

/// A path with the characters encoded that no address can have.
fn encoded(path: &str) -> String {
    let mut url = Url::parse("source://a/").ok();
    if let Some(url) = &mut url {
        url.set_path(path);
    }
    url.map_or_else(
        || path.to_owned(),
        |url| url.path().trim_start_matches('/').to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_original_of_a_smaller_picture_is_found() {
        for (name, full) in [
            ("march-300x200.jpg", Some("march.jpg")),
            ("march-scaled.jpg", Some("march.jpg")),
            ("march-2019.jpg", None),
            ("-300x200.jpg", None),
            ("march", None),
        ] {
            assert_eq!(full_size(name).as_deref(), full, "{name}");
        }
    }

    #[test]
    fn a_file_keeps_the_path_that_it_had() {
        let files =
            ["uploads/2019/10/march.jpg", "uploads/2018/10/march.jpg", "a/logo.png"];
        let media = Media::new(files.map(str::to_owned));
        let find = |path: &str| {
            let url = Url::parse(&format!("https://a.example/{path}")).unwrap();
            media.find(&url).map(|found| (found.file.clone(), found.address()))
        };
        assert_eq!(
            find("wp-content/uploads/2019/10/march-300x200.jpg"),
            Some((
                "uploads/2019/10/march.jpg".to_owned(),
                "/wp-content/uploads/2019/10/march.jpg".to_owned()
            ))
        );
        assert_eq!(find("wp-content/uploads/2019/10/other.jpg"), None);
        assert_eq!(find("elsewhere/march.jpg"), None);
        assert_eq!(
            find("logo.png"),
            Some(("a/logo.png".to_owned(), "/logo.png".to_owned()))
        );
    }

    #[test]
    fn pages_and_hidden_files_are_no_media() {
        let files =
            ["_drafts/plan.pdf", ".git/config", "index.html", "notes.txt", "a/.env.jpg"];
        assert!(Media::new(files.map(str::to_owned)).files.is_empty());
    }
}
