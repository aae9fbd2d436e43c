//! What the files under `content/` are, and what their front matter says.
//!
//! A reserved folder decides the kind: `pages/` holds standalone pages, the
//! folder of a taxonomy its records, and every other Markdown file is an
//! article. A file that is no Markdown belongs to the nearest `index.md` in or
//! above its folder. What is nothing of these is a fault.
//!
//! Bodies are looked at once, for a summary and a fingerprint, and not kept. A
//! file that is as it was in an earlier run is not even read: a [`Memory`] hands
//! in what was read of it then.
//! How names, translations and addresses hang together is decided in
//! `archive`.

pub mod article;
pub mod front_matter;
pub mod page;
pub mod record;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::config::{BYLINES, Config, LanguageId, TaxonomyId};
use crate::content::front_matter::Translation;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::hash::Digest;
use crate::markdown;
use crate::names::{Interner, Names};
use crate::parallel;
use crate::source::{self, CONTENT, Folder, Sources, Stamp};
use crate::toml_reader::{Reader, Spanned};

pub use article::{Article, Mentions};
pub use page::Page;
pub use record::Record;

/// The folder of standalone pages, under `content/`.
pub const PAGES: &str = "pages";

/// The name, without its ending, of a file with its assets beside it.
const INDEX: &str = "index";

/// A Markdown file and what its name says of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SourceFile {
    /// Its path from the site's folder. A cache knows it already.
    #[serde(skip)]
    pub path: Arc<str>,
    /// The length of its key, with which its path begins.
    key_length: u32,
    /// Its language: the suffix of its name, else the site's default.
    pub language: LanguageId,
    /// Whether the language stands in its name.
    pub has_suffix: bool,
}

impl SourceFile {
    /// Its path without ending and language: translations share it.
    pub fn key(&self) -> &str {
        self.path.get(..self.key_length as usize).unwrap_or(&self.path)
    }

    /// Its name, from which its slug is made; the folder's for `index.md`.
    pub fn stem(&self) -> &str {
        let mut names = self.key().rsplit('/');
        let name = names.next().unwrap_or_default();
        if name == INDEX { names.next().unwrap_or_default() } else { name }
    }

    /// Whether it is an `index.md`, with the files beside it as its assets.
    pub fn is_index(&self) -> bool {
        self.key().rsplit('/').next() == Some(INDEX)
    }

    /// Whether it may take over what it does not say from another file.
    pub fn may_inherit(&self, translation: &Translation) -> bool {
        self.has_suffix || translation.translation_of.is_some()
    }
}

/// The text of a file as it was first read, to find it unchanged later.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Text {
    /// Where the body begins.
    pub body: u32,
    /// How long the whole file is, in bytes.
    length: u32,
    /// The fingerprint of the whole file.
    pub digest: Digest,
}

impl Text {
    /// What is kept of the text of a file, whose body begins at this offset. No
    /// text file is longer than one gibibyte.
    pub fn of(text: &str, body: usize) -> Self {
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        let digest = Digest::of(text.as_bytes());
        Self { body: narrow(body), length: narrow(text.len()), digest }
    }

    /// Reads the body of its file again; it is a fault if the file is not what
    /// it was.
    pub fn read_body(
        self,
        folder: &Folder,
        file: &Arc<str>,
    ) -> Result<BodyText, Diagnostic> {
        let whole = folder.read_text_of(file, u64::from(self.length))?;
        if self.is_of(&whole) {
            return Ok(BodyText::of(whole, self.body as usize, true));
        }
        let message = "the file changed while the site was being built";
        Err(Diagnostic::error(Code::ChangedMeanwhile, message)
            .at(Place::file(Arc::clone(file)))
            .hint("build again"))
    }

    /// Reads the body of its file as it stands now, also if the file is not what it
    /// was.
    pub fn read_body_now(
        self,
        folder: &Folder,
        file: &Arc<str>,
    ) -> Result<BodyText, Diagnostic> {
        let whole = folder.read_text_of(file, u64::from(self.length))?;
        let known = self.body as usize;
        if self.is_of(&whole) {
            return Ok(BodyText::of(whole, known, true));
        }
        // A link may have been put in its place since the site was listed.
        if folder.file_within(&folder.path(file)).is_none() {
            return Err(source::outside(file));
        }
        // Where the front matter is broken too, the body begins where it began.
        let body = front_matter::split(&whole).map_or(known, |parts| parts.body);
        let body = if whole.is_char_boundary(body) { body } else { 0 };
        Ok(BodyText::of(whole, body, false))
    }

    /// Whether this is kept of a text.
    fn is_of(self, text: &str) -> bool {
        Digest::of(text.as_bytes()) == self.digest
            && text.is_char_boundary(self.body as usize)
    }
}

/// The body of a file, read to be shown.
pub struct BodyText {
    /// Where it begins in the file.
    pub offset: usize,
    /// The text.
    pub text: String,
    /// Whether the file is what it was when the archive was made.
    pub is_current: bool,
}

impl BodyText {
    /// What follows in a text from an offset on, which is between two characters.
    fn of(mut text: String, offset: usize, is_current: bool) -> Self {
        text.drain(..offset);
        Self { offset, text, is_current }
    }
}

/// A file that belongs to an article, a page or a record.
#[derive(Debug)]
pub struct Asset {
    /// Its path from the site's folder.
    pub path: Arc<str>,
    /// The key of the `index.md` that it belongs to.
    pub owner: Box<str>,
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
    /// The names that articles mention.
    pub names: Names,
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
#[derive(Debug, Serialize, Deserialize)]
pub enum Item {
    /// An article.
    Article(Box<Article>),
    /// A standalone page.
    Page(Box<Page>),
    /// An authority record.
    Record(Box<Record>),
}

impl Item {
    /// The file that it was read from.
    pub fn file(&mut self) -> &mut SourceFile {
        match self {
            Self::Article(article) => &mut article.file,
            Self::Page(page) => &mut page.file,
            Self::Record(record) => &mut record.file,
        }
    }

    /// The names that it mentions, if it is an article.
    pub fn mentions(&mut self) -> Option<&mut Mentions> {
        match self {
            Self::Article(article) => Some(&mut article.mentions),
            Self::Page(_) | Self::Record(_) => None,
        }
    }
}

/// A Markdown file and the state in which it stands on the disk.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Its path from the site's folder.
    pub path: &'a Arc<str>,
    /// Its state, by which it is known to be unchanged; none if the system
    /// does not tell it.
    pub stamp: Option<Stamp>,
}

/// What earlier runs read, so that files that are as they were need not be read
/// again.
pub trait Memory: Sync {
    /// The state in which a file stands on the disk; none if the system does not
    /// tell it.
    fn stamp(&self, folder: &Folder, file: &Arc<str>) -> Option<Stamp> {
        folder.stamp(file)
    }

    /// What was read of each of these files, in their order; none where a file
    /// is not known in this state.
    fn recall(&self, files: &[Seen<'_>], names: &Interner) -> Vec<Option<Item>>;

    /// Takes note of what was read of a file, which has no fault.
    fn remember(&self, file: Seen<'_>, item: &mut Item, names: &Interner);
}

/// The memory of a run that knows of none before it.
pub struct NoMemory;

impl Memory for NoMemory {
    fn recall(&self, files: &[Seen<'_>], _: &Interner) -> Vec<Option<Item>> {
        files.iter().map(|_| None).collect()
    }

    fn remember(&self, _: Seen<'_>, _: &mut Item, _: &Interner) {}
}

/// Reads all of `content/` and reports every fault of it.
pub fn read(
    folder: &Folder,
    sources: &Sources,
    config: &Config,
    memory: &dyn Memory,
    faults: &mut Diagnostics,
) -> Contents {
    let mut contents = Contents::default();
    let (texts, others): (Vec<_>, Vec<_>) =
        sources.content.iter().partition(|path| is_markdown(path));
    let names = Interner::default();
    let seen =
        parallel::map(&texts, |path| Seen { path, stamp: memory.stamp(folder, path) });
    let known = memory.recall(&seen, &names);
    let known: Vec<_> = seen.iter().zip(known).collect();
    let read = parallel::map_owned(known, |(seen, known)| match known {
        Some(item) => (Some(item), Diagnostics::new()),
        None => read_anew(folder, *seen, config, memory, &names),
    });
    contents.articles.reserve_exact(texts.len());
    for (item, found) in read {
        faults.append(found);
        match item {
            Some(Item::Article(article)) => contents.articles.push(*article),
            Some(Item::Page(page)) => contents.pages.push(*page),
            Some(Item::Record(record)) => contents.records.push(*record),
            None => {}
        }
    }
    contents.articles.shrink_to_fit();
    contents.names = names.finish();
    let bundles: BTreeSet<_> = texts
        .iter()
        .map(|path| source_file(path, config))
        .filter(SourceFile::is_index)
        .map(|file| file.key().to_owned())
        .collect();
    for path in others {
        match asset(path, &bundles) {
            Some(asset) => contents.assets.push(asset),
            None => faults.push(stray(path)),
        }
    }
    contents
}

/// Reads the records of one taxonomy and reports every fault of them.
pub fn read_records(
    folder: &Folder,
    taxonomy: &str,
    config: &Config,
    faults: &mut Diagnostics,
) -> Vec<Record> {
    let content = folder.scan_content(taxonomy, faults);
    let sources = Sources { content, ..Sources::default() };
    read(folder, &sources, config, &NoMemory, faults).records
}

/// Reads an article from the text that stands in a file, or is to stand there.
pub fn read_article(
    path: &Arc<str>,
    text: &str,
    config: &Config,
    names: &Interner,
    faults: &mut Diagnostics,
) -> Option<Article> {
    article::read(source_file(path, config), text, config, names, faults)
}

/// The path of a Markdown file in a language, from what it shares with its
/// translations: the path without ending and language.
pub fn path_in(key: &str, language: LanguageId, config: &Config) -> Arc<str> {
    let path = match language {
        LanguageId::DEFAULT => format!("{key}.md"),
        _ => format!("{key}.{}.md", config.language_of(language).tag),
    };
    Arc::from(path)
}

/// Reads a file that is not known, and remembers it unless it has a fault: what
/// is wrong with a file is said in every run.
fn read_anew(
    folder: &Folder,
    seen: Seen<'_>,
    config: &Config,
    memory: &dyn Memory,
    names: &Interner,
) -> (Option<Item>, Diagnostics) {
    let mut faults = Diagnostics::new();
    let mut item = read_file(folder, seen, config, names, &mut faults);
    if let Some(item) = &mut item
        && faults.is_empty()
    {
        memory.remember(seen, item, names);
    }
    (item, faults)
}

/// Reads one Markdown file by itself; none if it has a fault.
pub fn read_alone(
    folder: &Folder,
    seen: Seen<'_>,
    config: &Config,
    names: &Interner,
) -> Option<Item> {
    let mut faults = Diagnostics::new();
    let item = read_file(folder, seen, config, names, &mut faults);
    item.filter(|_| faults.is_empty())
}

/// Whether a file is Markdown, by its name.
pub fn is_markdown(path: &str) -> bool {
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
    SourceFile {
        path: Arc::clone(path),
        key_length: u32::try_from(folder.len() + 1 + stem.len()).unwrap_or(u32::MAX),
        language,
        has_suffix: suffix.is_some(),
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
    Seen { path, stamp }: Seen<'_>,
    config: &Config,
    names: &Interner,
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
    let length = stamp.map_or(0, |stamp| stamp.length);
    let text = match folder.read_text_of(path, length) {
        Ok(text) => text,
        Err(fault) => {
            faults.push(fault);
            return None;
        }
    };
    let file = source_file(path, config);
    Some(match kind {
        Kind::Article => {
            Item::Article(Box::new(article::read(file, &text, config, names, faults)?))
        }
        Kind::Page => Item::Page(Box::new(page::read(file, &text, config, faults)?)),
        Kind::Record(taxonomy) => {
            Item::Record(Box::new(record::read(file, taxonomy, &text, config, faults)?))
        }
    })
}

/// The owner of a file that is no Markdown: the nearest `index.md`.
fn asset(path: &Arc<str>, bundles: &BTreeSet<String>) -> Option<Asset> {
    let mut folder = path.rsplit_once('/')?.0;
    loop {
        let key = format!("{folder}/{INDEX}");
        if let Some(owner) = bundles.get(key.as_str()) {
            let inner = path.strip_prefix(folder)?.trim_start_matches('/');
            return Some(Asset {
                path: Arc::clone(path),
                owner: owner.as_str().into(),
                inner: inner.into(),
            });
        }
        folder = folder.rsplit_once('/')?.0;
    }
}

/// The length of a summary made from a body, in bytes.
const SUMMARY: usize = 280;

/// The first paragraph of a body.
fn summarize(text: &str, body: u32) -> String {
    markdown::summary(text.get(body as usize..).unwrap_or_default(), SUMMARY)
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
