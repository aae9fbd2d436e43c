//! Makes a piece of an item: its facts, its addresses and its text.
//!
//! It decides which of the things that an item says come first: the excerpt
//! before a description for search engines, co-authors before the account that
//! a text was entered with. What an item becomes is decided before.

use memchr::{memchr_iter, memmem};

use crate::address;
use crate::date::Date;
use crate::dom::{self, Node};
use crate::hash::Sha256;
use crate::import::account::Account;
use crate::import::piece::{
    About, Body, Facts, Image, Note, Origin, Outline, Piece, Sort, Visibility,
};
use crate::import::wordpress::comments::{self, Comments};
use crate::import::wordpress::content::{self, Context};
use crate::import::wordpress::dates::{self, Dated};
use crate::import::wordpress::element::Element;
use crate::import::wordpress::fate::word_of;
use crate::import::wordpress::item::Record;
use crate::import::wordpress::kept;
use crate::import::wordpress::library::Library;
use crate::import::wordpress::mend::twice_encoded;
use crate::import::wordpress::meta::{self, Said, plain};
use crate::import::wordpress::survey::{Index, Unnamed};
use crate::import::wordpress::terms::{self, Filed, decoded, language_tag};
use crate::import::wordpress::{Options, Site};
use crate::json::{Map, Value};

/// An item that becomes a piece, and what is known around it.
pub(super) struct Subject<'a> {
    /// The item.
    pub record: &'a Record,
    /// Its key.
    pub key: &'a str,
    /// Whether it is an article or a page.
    pub sort: Sort,
    /// What becomes of it.
    pub visibility: Visibility,
    /// The site that it stands on.
    pub site: &'a Site,
    /// The export around it.
    pub index: &'a Index,
}

/// An item as it stands in its file.
pub(super) struct Source<'a> {
    /// Where it comes from.
    pub origin: Origin,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Its elements.
    pub element: &'a Element<'a>,
    /// What was done to read it.
    pub notes: Vec<Note>,
    /// The sum of the file that it stands in.
    pub sum: &'a str,
}

impl Source<'_> {
    /// The line at which its text begins.
    fn text_line(&self) -> u64 {
        let before = memmem::find(self.bytes, b"content:encoded").unwrap_or(0);
        let before = self.bytes.get(..before).unwrap_or_default();
        self.origin.line + memchr_iter(b'\n', before).count() as u64
    }
}

/// One language of an item: nothing if it has only one, its title and its text.
struct Part {
    /// The language, if the item holds several.
    language: Option<String>,
    /// Its title.
    title: String,
    /// Its text.
    content: String,
    /// Its summary.
    excerpt: String,
}

impl Subject<'_> {
    /// The outlines of the piece, one for each of its languages.
    pub(super) fn outlines(&self) -> Vec<Outline> {
        let record = self.record;
        let filed = self.filed();
        let parent =
            self.index.key_of(record.parent).filter(|parent| *parent != self.key);
        let parent = parent.filter(|_| self.sort == Sort::Page);
        let parts = self.parts();
        let outlines = parts.iter().enumerate().map(|(n, part)| Outline {
            key: self.key_of(n, part),
            sort: self.sort,
            visibility: self.visibility.clone(),
            title: part.title.clone(),
            slug: decoded(&record.slug),
            date: self.dated().date,
            language: part.language.clone().or_else(|| self.language(&filed)),
            parent: parent.map(str::to_owned),
            translation_of: (n > 0).then(|| self.key.to_owned()),
            addresses: if n == 0 { self.addresses() } else { Vec::new() },
        });
        outlines.collect()
    }

    /// The pieces, one for each language of the item.
    pub(super) fn pieces(
        &self,
        source: &Source<'_>,
        options: &Options<'_>,
    ) -> Vec<Piece> {
        let parts = self.parts();
        let pieces = parts.iter().enumerate().map(|(n, part)| {
            let mut piece = self.piece(part, source, options);
            piece.origin.key = self.key_of(n, part);
            if n == 0 {
                self.add_comments(&mut piece, options);
                piece.kept = options.keep_source.then(|| self.kept(source, options));
            } else {
                piece.facts.translation_of = Some(self.key.to_owned());
                piece.facts.redirects.clear();
            }
            piece
        });
        pieces.collect()
    }

    /// The item's languages, each with its words; one if it has only one.
    fn parts(&self) -> Vec<Part> {
        let record = self.record;
        let Some(languages) =
            content::languages(&record.content).filter(|all| !all.is_empty())
        else {
            let first = |text: &str| {
                let split =
                    content::languages(text).and_then(|all| all.into_iter().next());
                split.map_or_else(|| text.to_owned(), |(_, text)| text)
            };
            return vec![Part {
                language: None,
                title: plain(&first(&record.title)),
                content: record.content.clone(),
                excerpt: first(&record.excerpt),
            }];
        };
        let of = |text: &str, language: &str| match content::languages(text) {
            Some(all) => {
                let own = all.into_iter().find(|(other, _)| other == language);
                own.map(|(_, text)| text).unwrap_or_default()
            }
            None => text.to_owned(),
        };
        let parts = languages.into_iter().map(|(language, content)| Part {
            title: plain(&of(&record.title, &language)),
            excerpt: of(&record.excerpt, &language),
            language: language_tag(&language),
            content,
        });
        parts.collect()
    }

    /// The key of one language of the item.
    fn key_of(&self, n: usize, part: &Part) -> String {
        match &part.language {
            Some(language) if n > 0 => format!("{}#{language}", self.key),
            None if n > 0 => format!("{}#language-{n}", self.key),
            _ => self.key.to_owned(),
        }
    }

    /// One language of the item as a piece, without its comments.
    fn piece(&self, part: &Part, source: &Source<'_>, options: &Options<'_>) -> Piece {
        let record = self.record;
        let mut notes = source.notes.clone();
        let footnotes = record.meta(&["footnotes"]).unwrap_or_default();
        let context = Context {
            post: record.id,
            library: self.index,
            footnotes,
            choices: &options.choices,
        };
        let converted = content::convert(&part.content, &context);
        let facts = self.facts(part, source, converted.summary.as_deref(), &mut notes);
        note_encoding(part, &mut notes);
        notes.extend(converted.notes.into_iter().map(|note| Note {
            line: if note.line == 0 { 0 } else { source.text_line() + note.line - 1 },
            ..note
        }));
        Piece {
            origin: source.origin.clone(),
            sort: self.sort,
            visibility: self.visibility.clone(),
            facts,
            terms: self.filed().terms,
            body: Body::Html(converted.nodes),
            kept: None,
            account: converted.account,
            notes,
        }
    }

    /// The facts of one language of the item.
    fn facts(
        &self,
        part: &Part,
        source: &Source<'_>,
        beginning: Option<&str>,
        notes: &mut Vec<Note>,
    ) -> Facts {
        let (record, filed, said) = (self.record, self.filed(), meta::said(self.record));
        let dated = self.dated();
        let excerpt = Some(plain(&part.excerpt)).filter(|text| !text.is_empty());
        let summary = excerpt.or_else(|| said.summary.clone());
        let image = self.image(&said, notes);
        note_fields(&said, notes);
        note_title(record, part, notes);
        self.note_dates(&dated, notes);
        let is_future = self.visibility == Visibility::Held("future".to_owned());
        let first = filed.group.as_deref().and_then(|group| self.index.first_of(group));
        let [modified, modified_gmt] = &record.modified;
        Facts {
            title: part.title.clone(),
            summary: summary
                .or_else(|| beginning.map(plain).filter(|text| !text.is_empty())),
            date: dated.date,
            updated: dates::updated(modified, modified_gmt, dated.date),
            byline: self.byline(&filed, notes),
            kind: self.kind(&filed),
            language: part.language.clone().or_else(|| self.language(&filed)),
            translation_of: first.filter(|first| *first != self.key).map(str::to_owned),
            embargo: dated.date.filter(|_| is_future),
            credit: said.credit.clone().filter(|_| image.is_none()),
            image,
            original_url: Some(record.link.clone()).filter(|link| is_web(link)),
            redirects: self.redirects(),
            provenance: self.provenance(source),
            extra: self.extra(&filed, &said),
            kicker: said.kicker,
            deck: said.deck,
            ..Facts::default()
        }
    }

    /// The names that the item is filed under, sorted out.
    fn filed(&self) -> Filed {
        let name_of = |domain: &str, slug: &str| self.index.term_name(domain, slug);
        terms::sort_out(&self.record.labels, &name_of)
    }

    /// The date of the item.
    fn dated(&self) -> Dated {
        let [local, gmt] = &self.record.date;
        // A draft has no time in GMT, and its pubDate is nonsense.
        dates::dated(local, gmt, &self.record.published)
    }

    /// The language of the item, if the export says it.
    fn language(&self, filed: &Filed) -> Option<String> {
        let own = filed.language.clone();
        let own =
            own.or_else(|| self.record.meta(&["_icl_lang_code"]).and_then(language_tag));
        own.or_else(|| {
            let (_, query) = self.record.link.split_once('?')?;
            query.split('&').find_map(|pair| language_tag(pair.strip_prefix("lang=")?))
        })
    }

    /// The sort of piece, by the item's type or format.
    fn kind(&self, filed: &Filed) -> Option<&'static str> {
        let is_gallery = filed.format.as_deref() == Some("gallery");
        word_of(self.record.kind()).or(is_gallery.then_some("photo-essay"))
    }

    /// Who wrote it, as it was shown. A login is no name and is never told.
    fn byline(&self, filed: &Filed, notes: &mut Vec<Note>) -> Vec<String> {
        let login = self.record.creator.as_str();
        let mut names: Vec<String> = Vec::new();
        for (slug, name) in &filed.authors {
            match self.index.co_author(slug, name, login) {
                Some(name) if !names.contains(&name) => names.push(name),
                Some(_) => {}
                None => notes.push(question("a co-author has no name that may be shown")),
            }
        }
        // Who entered the text of others is not its author.
        if !filed.authors.is_empty() || login.is_empty() {
            return names;
        }
        match self.index.author(login) {
            Ok(name) => vec![name],
            Err(Unnamed::Login) => {
                notes.push(question(
                    "the export names only an account and not its author",
                ));
                Vec::new()
            }
            Err(Unnamed::Mail) => {
                notes.push(question(
                    "the author's name is an e-mail address and is left out",
                ));
                Vec::new()
            }
        }
    }

    /// The lead image.
    fn image(&self, said: &Said, notes: &mut Vec<Note>) -> Option<Image> {
        let id =
            self.record.meta(&["_thumbnail_id"])?.parse().ok().filter(|id| *id != 0)?;
        let Some(file) = self.index.attachment(id).filter(|file| !file.url.is_empty())
        else {
            notes.push(note(
                About::Media,
                format!("the lead image, number {id}, is not in the export"),
            ));
            return None;
        };
        Some(Image {
            src: file.url,
            alt: plain(&file.alt),
            caption: Some(plain(&file.caption)).filter(|caption| !caption.is_empty()),
            credit: said.credit.clone(),
        })
    }

    /// The addresses by which others may link to it.
    fn addresses(&self) -> Vec<String> {
        let record = self.record;
        if self.is_other() {
            let own = Some(record.link.clone()).filter(|link| *link != record.guid);
            return own.into_iter().filter(|link| is_web(link)).collect();
        }
        let mut found = vec![record.link.clone(), record.guid.clone()];
        if record.id != 0 && !self.site.base.is_empty() {
            let base = self.site.base.trim_end_matches('/');
            found.extend(self.queries().map(|query| format!("{base}/{query}")));
        }
        let mut unique = Vec::new();
        for address in found.into_iter().filter(|address| is_web(address)) {
            if !unique.contains(&address) {
                unique.push(address);
            }
        }
        unique
    }

    /// Whether another item has the same GUID, so that this does not lead here.
    fn is_other(&self) -> bool {
        !self.record.guid.is_empty() && self.record.guid != self.key
    }

    /// The addresses that WordPress makes of the item's number.
    fn queries(&self) -> impl Iterator<Item = String> {
        let id = self.record.id;
        let page = (self.sort == Sort::Page).then(|| format!("?page_id={id}"));
        [Some(format!("?p={id}")), page].into_iter().flatten().filter(move |_| id != 0)
    }

    /// The paths at which it stood.
    fn redirects(&self) -> Vec<String> {
        let record = self.record;
        let folder = self.site.folder();
        let mut found: Vec<String> = path_of(&record.link).into_iter().collect();
        if !self.is_other() {
            found.extend(self.queries().map(|query| format!("{folder}/{query}")));
        }
        let files = self.index.attachments_of(record.id);
        found.extend(files.iter().filter_map(|file| path_of(&file.link)));
        let mut unique = Vec::new();
        for path in found {
            if path != "/" && !unique.contains(&path) {
                unique.push(path);
            }
        }
        unique
    }

    /// What provenance says.
    fn provenance(&self, source: &Source<'_>) -> Map<String, Value> {
        let record = self.record;
        let mut map = Map::new();
        if record.id != 0 {
            map.insert("id".to_owned(), record.id.into());
        }
        for (name, value) in [
            ("guid", record.guid.as_str()),
            ("url", record.link.as_str()),
            ("item_sha256", &Sha256::of(source.bytes)),
            ("export_sha256", source.sum),
        ] {
            if !value.is_empty() {
                map.insert(name.to_owned(), value.into());
            }
        }
        map
    }

    /// Fields of its own.
    fn extra(&self, filed: &Filed, said: &Said) -> Map<String, Value> {
        let record = self.record;
        let mut map = Map::new();
        let kind = record.kind();
        let texts = [
            (
                "post_type",
                Some(kind.to_owned()).filter(|_| !matches!(kind, "post" | "page")),
            ),
            ("post_format", filed.format.clone().filter(|_| self.kind(filed).is_none())),
            ("location", said.location.clone()),
            ("source_url", said.source.clone()),
        ];
        for (name, value) in texts {
            if let Some(value) = value {
                map.insert(name.to_owned(), value.into());
            }
        }
        if record.flags.is_sticky {
            map.insert("sticky".to_owned(), true.into());
        }
        if record.menu_order != 0 {
            map.insert("menu_order".to_owned(), record.menu_order.into());
        }
        map
    }

    /// Says what is in doubt about the dates.
    fn note_dates(&self, dated: &Dated, notes: &mut Vec<Note>) {
        for doubt in &dated.doubts {
            notes.push(note(About::Date, doubt.clone()));
        }
        let is_late = |exported: Date, date: Date| {
            exported.without_time().ends_before(&date.without_time())
        };
        if self.visibility == Visibility::Public
            && let (Some(exported), Some(date)) = (self.site.exported, dated.date)
            && is_late(exported, date)
        {
            notes.push(note(
                About::Date,
                format!("the date {date} lies after the export"),
            ));
        }
    }

    /// Adds the comments that were public, if they are wanted, and says how
    /// many others there are.
    fn add_comments(&self, piece: &mut Piece, options: &Options<'_>) {
        let counts = comments::counts(&self.record.comments);
        if counts.sum() == 0 {
            return;
        }
        if options.comments == Comments::None {
            let text = format!("comments are left out: {}", counts.phrase());
            piece.notes.push(note(About::Decision, text));
            return;
        }
        let context = Context {
            post: self.record.id,
            library: self.index,
            footnotes: "",
            choices: &options.choices,
        };
        let convert = |text: &str| content::convert(text, &context).nodes;
        let heading = options.words.comments.as_str();
        let section = comments::section(&self.record.comments, heading, &convert);
        if let (Some(section), Body::Html(nodes)) = (section, &mut piece.body) {
            add_section(section, nodes, &mut piece.account);
        }
        let hidden = comments::Counts { approved: 0, links: 0, ..counts };
        if hidden.sum() > 0 {
            let text = format!("comments are left out: {}", hidden.phrase());
            piece.notes.push(note(About::Decision, text));
        }
    }

    /// The source of the item without what is private.
    fn kept(
        &self,
        source: &Source<'_>,
        options: &Options<'_>,
    ) -> (&'static str, Vec<u8>) {
        let author = self.index.author(&self.record.creator).ok();
        let (base, author) = (&self.site.base, author.as_deref());
        (kept::ENDING, kept::kept(source.element, base, author, options.comments))
    }
}

/// Puts the section of the comments behind the text and counts it.
fn add_section(section: Node, nodes: &mut Vec<Node>, account: &mut Account) {
    account.add("comments", &dom::text_of(std::slice::from_ref(&section)));
    nodes.push(section);
}

/// Says whether the text looks as if it had been encoded twice.
fn note_encoding(part: &Part, notes: &mut Vec<Note>) {
    let found =
        [&part.title, &part.content].into_iter().find_map(|text| twice_encoded(text));
    if let Some((n, first)) = found {
        let text =
            format!("{n} places look as if they had been encoded twice: `{first}`");
        notes.push(note(About::Encoding, text));
    }
}

/// Says whether a title stands in languages in which there is no text.
fn note_title(record: &Record, part: &Part, notes: &mut Vec<Note>) {
    let languages = content::languages(&record.title).map_or(0, |all| all.len());
    if part.language.is_none() && languages > 1 {
        notes.push(question("the title stands in several languages; the first is taken"));
    }
}

/// Says how many custom fields are left out; their names may hold private data.
fn note_fields(said: &Said, notes: &mut Vec<Note>) {
    if said.others > 0 {
        let plural = if said.others == 1 { "field is" } else { "fields are" };
        let text = format!("{} custom {plural} left out", said.others);
        notes.push(note(About::Decision, text));
    }
}

/// A note without a line.
fn note(about: About, text: String) -> Note {
    Note { about, text, line: 0, rule: None }
}

/// A note for an editor.
fn question(text: &str) -> Note {
    note(About::Question, text.to_owned())
}

/// Whether this is a whole address of the web.
fn is_web(address: &str) -> bool {
    ["http://", "https://"].iter().any(|start| address.starts_with(start))
}

/// The path of an address, decoded, with its query.
pub(super) fn path_of(address: &str) -> Option<String> {
    if !is_web(address) {
        return None;
    }
    let (_, rest) = address.split_once("://")?;
    let at = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let path = rest.get(at..)?.split('#').next().unwrap_or_default();
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    Some(address::decode(&path).unwrap_or(path))
}
