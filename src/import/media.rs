//! The files that pieces show or offer: which of them are at hand, and where
//! they will stand.
//!
//! A file keeps the path that it had on the web, below `static/`, so that its
//! old address goes on working. Of a picture that is shown in a smaller size
//! (`march-300x200.jpg`) the original is taken, if it is at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use url::Url;

use crate::address::{check_part, decode};

/// The files that are at hand.
#[derive(Debug, Default)]
pub(super) struct Media {
    /// The files, as paths from their folder, by their names in small letters.
    files: BTreeMap<String, Vec<String>>,
    /// What is to be copied: the path from the folder, and the path below
    /// `static/`.
    wanted: Mutex<BTreeSet<(String, String)>>,
}

impl Media {
    /// The files of a folder, as paths from it with `/` between their parts.
    pub(super) fn new(paths: impl IntoIterator<Item = String>) -> Self {
        let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in paths {
            let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
            files.entry(name).or_default().push(path);
        }
        Self { files, wanted: Mutex::default() }
    }

    /// The address in the archive of a file that is at hand; it will be copied.
    pub(super) fn find(&self, url: &Url) -> Option<String> {
        if self.files.is_empty() {
            return None;
        }
        let path = decode(url.path())?;
        let path = path.trim_matches('/');
        let name = path.rsplit('/').next()?;
        let full = full_size(name);
        let (found, name) =
            [full.as_deref(), Some(name)].into_iter().flatten().find_map(|name| {
                let found = self.files.get(&name.to_lowercase())?;
                let likely = found.iter().max_by_key(|file| shared_end(file, path))?;
                Some((likely.clone(), name.to_owned()))
            })?;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let target = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if target
            .split('/')
            .any(|part| check_part(part).is_err() || part.starts_with('.'))
        {
            return None;
        }
        let address = format!("/{}", encoded(&target));
        self.wanted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert((found, target));
        Some(address)
    }

    /// What is to be copied: each file and its path below `static/`.
    pub(super) fn wanted(&self) -> Vec<(String, String)> {
        let wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        wanted.iter().cloned().collect()
    }
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
        let files = ["uploads/2019/10/march.jpg", "uploads/2018/10/march.jpg"];
        let media = Media::new(files.map(str::to_owned));
        let find = |url: &str| media.find(&Url::parse(url).unwrap());
        assert_eq!(
            find("https://a.example/wp-content/uploads/2019/10/march-300x200.jpg"),
            Some("/wp-content/uploads/2019/10/march.jpg".to_owned())
        );
        assert_eq!(find("https://a.example/wp-content/uploads/2019/10/other.jpg"), None);
        assert_eq!(
            media.wanted(),
            [(
                "uploads/2019/10/march.jpg".to_owned(),
                "wp-content/uploads/2019/10/march.jpg".to_owned()
            )]
        );
    }
}
