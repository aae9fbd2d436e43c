//! What the files under `content/` are, and what their front matter says.
//!
//! A reserved folder decides the kind: `pages/` holds standalone pages, the
//! folder of a taxonomy its records, and every other Markdown file is an
//! article. A file that is no Markdown belongs to the nearest `index.md` in or
//! above its folder. What is nothing of these is a fault.
//!
//! Bodies are looked at once, for a summary and a fingerprint, and not kept.
//! How names, translations and addresses hang together is decided in
//! `archive`.

pub mod article;
pub mod front_matter;
pub mod page;
pub mod record;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::address::Address;
use crate::config::{BYLINES, Config, LanguageId, TaxonomyId};
use crate::content::front_matter::Translation;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::hash::Digest;
use crate::markdown;
use crate::parallel;
use crate::source::{CONTENT, Folder, Sources};
use crate::toml_reader::{Reader, Spanned};

pub use article::Article;
pub use page::Page;
pub use record::Record;

/// The folder of standalone pages, under `content/`.
pub const PAGES: &str = "pages";

/// A Markdown file and what its name says of it.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path from the site's folder.
    pub path: Arc<str>,
    /// Its path without ending and language: translations share it.
    pub key: Arc<str>,
    /// Its language: the suffix of its name, else the site's default.
    pub language: LanguageId,
    /// Whether the language stands in its name.
    pub has_suffix: bool,
    /// Its name, from which its slug is made; the folder's for `index.md`.
    pub stem: Box<str>,
    /// Whether it is an `index.md`, with the files beside it as its assets.
    pub is_index: bool,
}

impl SourceFile {
    /// Whether it may take over what it does not say from another file.
    pub fn may_inherit(&self, translation: &Translation) -> bool {
        self.has_suffix || translation.translation_of.is_some()
    }
}

/// The text of a file as it was first read, to find it unchanged later.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// Where the body begins.
    pub body: usize,
    /// The fingerprint of the whole file.
    pub digest: Digest,
}

impl Text {
    /// Reads the body of its file again; it is a fault if the file is not what
    /// it was.
    pub fn read_body(
        self,
        folder: &Folder,
        file: &Arc<str>,
    ) -> Result<String, Diagnostic> {
        let mut whole = folder.read_text(file)?;
        if Digest::of(whole.as_bytes()) == self.digest {
            return Ok(whole.split_off(self.body));
        }
        let message = "the file changed while the site was being built";
        Err(Diagnostic::error(Code::ChangedMeanwhile, message)
            .at(Place::file(Arc::clone(file)))
            .hint("build again"))
    }
}

/// A file that belongs to an article, a page or a record.
#[derive(Debug)]
pub struct Asset {
    /// Its path from the site's folder.
    pub path: Arc<str>,
    /// The key of the `index.md` that it belongs to.
    pub owner: Arc<str>,
    /// Its path from the owner's folder.
    pub inner: Box<str>,
}

/// Everything under `content/`.
#[derive(Debug, Default)]
pub struct Contents {
    /// The articles, in the order of their paths.
    pub articles: Vec<Article>,
    /// The standalone pages.
    pub pages: Vec<Page>,
    /// The authority records.
    pub records: Vec<Record>,
    /// The files that belong to one of these.
    pub assets: Vec<Asset>,
}

/// What a Markdown file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An article.
    Article,
    /// A standalone page.
    Page,
    /// A record of this taxonomy.
    Record(TaxonomyId),
}

/// One file, read.
enum Item {
    /// An article.
    Article(Box<Article>),
    /// A standalone page.
    Page(Box<Page>),
    /// An authority record.
    Record(Box<Record>),
}

/// Reads all of `content/` and reports every fault of it.
pub fn read(
    folder: &Folder,
    sources: &Sources,
    config: &Config,
    faults: &mut Diagnostics,
) -> Contents {
    let mut contents = Contents::default();
    let (texts, others): (Vec<_>, Vec<_>) =
        sources.content.iter().partition(|path| is_markdown(path));
    let read = parallel::map(&texts, |path| {
        let mut faults = Diagnostics::new();
        let item = read_file(folder, path, config, &mut faults);
        (item, faults)
    });
    for (item, found) in read {
        faults.append(found);
        match item {
            Some(Item::Article(article)) => contents.articles.push(*article),
            Some(Item::Page(page)) => contents.pages.push(*page),
            Some(Item::Record(record)) => contents.records.push(*record),
            None => {}
        }
    }
    let bundles: BTreeSet<Arc<str>> = texts
        .iter()
        .map(|path| source_file(path, config))
        .filter(|file| file.is_index)
        .map(|file| file.key)
        .collect();
    for path in others {
        match asset(path, &bundles) {
            Some(asset) => contents.assets.push(asset),
            None => faults.push(stray(path)),
        }
    }
    contents
}

/// Whether a file is Markdown, by its name.
fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("md"))
}

/// A file that belongs to nothing.
fn stray(path: &Arc<str>) -> Diagnostic {
    let found = Diagnostic::error(Code::StrayFile, "this file belongs to no article")
        .at(Place::file(Arc::clone(path)));
    let end = path.rsplit_once('.').map_or("", |(_, end)| end);
    if matches!(end, "markdown" | "mdown" | "mkd" | "txt") {
        return found.hint("give it the ending `.md` if it is an article");
    }
    found.hint(
        "put it beside an `index.md`, as in `content/2019/rally/photo.jpg` with \
         `content/2019/rally/index.md`, or under `static/`",
    )
}

/// What the name of a Markdown file says of it.
fn source_file(path: &Arc<str>, config: &Config) -> SourceFile {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let suffix = stem
        .rsplit_once('.')
        .and_then(|(stem, tag)| config.language(tag).map(|language| (stem, language)));
    let (stem, language) = suffix.unwrap_or((stem, LanguageId::DEFAULT));
    let is_index = stem == "index";
    let folder_name = folder.rsplit('/').next().unwrap_or_default();
    SourceFile {
        path: Arc::clone(path),
        key: Arc::from(format!("{folder}/{stem}")),
        language,
        has_suffix: suffix.is_some(),
        stem: if is_index { folder_name } else { stem }.into(),
        is_index,
    }
}

/// What a Markdown file is, by the folder that it stands in.
fn kind(path: &str, config: &Config) -> Result<Kind, &'static str> {
    let inner = path.strip_prefix(CONTENT).unwrap_or(path).trim_start_matches('/');
    let Some((folder, rest)) = inner.split_once('/') else {
        return if inner.starts_with("index.") {
            Err("write the words for the home page into `content/pages/index.md`")
        } else {
            Ok(Kind::Article)
        };
    };
    if folder == PAGES {
        return Ok(Kind::Page);
    }
    if folder == BYLINES {
        return Err("put the record into `content/people` or `content/organizations`, \
                    which bylines use");
    }
    match config.taxonomy(folder) {
        Some(_) if rest.starts_with("index.") => {
            Err("give the record the name of the term that it is of")
        }
        Some(taxonomy) => Ok(Kind::Record(taxonomy)),
        None => Ok(Kind::Article),
    }
}

/// Reads one Markdown file.
fn read_file(
    folder: &Folder,
    path: &Arc<str>,
    config: &Config,
    faults: &mut Diagnostics,
) -> Option<Item> {
    let kind = match kind(path, config) {
        Ok(kind) => kind,
        Err(hint) => {
            let found = Diagnostic::error(Code::StrayFile, "nothing can stand here");
            faults.push(found.at(Place::file(Arc::clone(path))).hint(hint));
            return None;
        }
    };
    let text = match folder.read_text(path) {
        Ok(text) => text,
        Err(fault) => {
            faults.push(fault);
            return None;
        }
    };
    let file = source_file(path, config);
    Some(match kind {
        Kind::Article => {
            Item::Article(Box::new(article::read(file, &text, config, faults)?))
        }
        Kind::Page => Item::Page(Box::new(page::read(file, &text, config, faults)?)),
        Kind::Record(taxonomy) => {
            Item::Record(Box::new(record::read(file, taxonomy, &text, config, faults)?))
        }
    })
}

/// The owner of a file that is no Markdown: the nearest `index.md`.
fn asset(path: &Arc<str>, bundles: &BTreeSet<Arc<str>>) -> Option<Asset> {
    let mut folder = path.rsplit_once('/')?.0;
    loop {
        let key = format!("{folder}/index");
        if let Some(owner) = bundles.get(key.as_str()) {
            let inner = path.strip_prefix(folder)?.trim_start_matches('/');
            return Some(Asset {
                path: Arc::clone(path),
                owner: Arc::clone(owner),
                inner: inner.into(),
            });
        }
        folder = folder.rsplit_once('/')?.0;
    }
}

/// The length of a summary made from a body, in bytes.
const SUMMARY: usize = 280;

/// The first paragraph of a body.
fn summarize(text: &str, body: usize) -> String {
    markdown::summary(text.get(body..).unwrap_or_default(), SUMMARY)
}

/// Reads the addresses at which something stood before.
///
/// A path without a slash at its end and without an ending is taken for a
/// page, because a static host finds nothing else there.
fn read_redirects(reader: &mut Reader<'_>) -> Vec<Spanned<Address>> {
    let mut redirects = Vec::new();
    for written in reader.texts("redirects").unwrap_or_default() {
        if written.value.contains(['#', '?']) {
            reader.bad_value(
                written.span,
                format!(
                    "the old address `{}` has a part that no host sees",
                    written.value
                ),
                "take the part from `#` or `?` on out",
            );
            continue;
        }
        let mut path = crate::address::decode(&written.value).unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        if !name.is_empty() && !name.contains('.') {
            path.push('/');
        }
        match Address::parse(&path) {
            Ok(address) => redirects.push(Spanned { value: address, span: written.span }),
            Err(fault) => {
                let found = Diagnostic::error(
                    Code::AddressUnsafe,
                    format!("the old address `{}` {fault}", written.value),
                )
                .at(Place::span(Arc::clone(reader.file()), written.span))
                .hint("write its path from the site's root, such as `/2019/rally/`");
                reader.faults().push(found);
            }
        }
    }
    redirects
}
