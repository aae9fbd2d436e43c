//! What must be known of a whole export before its items can be read one by
//! one: its authors, terms, files and shared blocks.
//!
//! All of it is kept small, because an export can have a hundred thousand
//! items: strings stand in one buffer, and items in lists of numbers.

use std::collections::BTreeMap;

use crate::hash::{self, Digest, FixedMap};
use crate::import::piece::Term;
use crate::import::wordpress::element::Element;
use crate::import::wordpress::item::Record;
use crate::import::wordpress::library::{Attachment, Library};
use crate::import::wordpress::meta::{is_mail, plain};
use crate::import::wordpress::terms::decoded;

/// An author of the channel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Author {
    /// The name as it is shown.
    shown: String,
    /// The first and the last name.
    full: String,
}

/// A term of the channel.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Listed {
    /// Its name.
    name: String,
    /// The slug of the term that it stands below; empty if there is none.
    parent: String,
}

/// A file, by where its strings stand in the buffer.
#[derive(Clone, Copy, Debug)]
struct FileEntry {
    /// Its number.
    id: u64,
    /// The number of what it was uploaded to.
    parent: u64,
    /// Its place among the files there.
    menu_order: i64,
    /// Where its strings begin.
    start: usize,
    /// How long each is: address, page, title, alt, caption, description.
    lengths: [u32; 6],
}

/// What is known of an export.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The authors by their logins, in lower case.
    authors: BTreeMap<String, Author>,
    /// The names of guest authors by their slugs.
    guests: BTreeMap<String, String>,
    /// The terms by sort and slug.
    terms: BTreeMap<(String, String), Listed>,
    /// The strings of files and keys.
    buffer: String,
    /// The files, by their numbers once [`Index::close`] was called.
    files: Vec<FileEntry>,
    /// The places of the files by what they were uploaded to, in order.
    by_parent: Vec<u32>,
    /// The keys of pages and the like by their numbers, as places in the buffer.
    keys: Vec<(u64, usize, u32)>,
    /// The contents of shared blocks.
    blocks: BTreeMap<u64, String>,
    /// The key of the first piece of each group of translations.
    groups: BTreeMap<String, String>,
    /// Whether any item says its state.
    pub says_states: bool,
}

impl Index {
    /// Takes an element of the channel.
    pub(super) fn add_channel(&mut self, element: &Element<'_>) {
        match element.local {
            "author" => {
                let value = |name: &str| element.value_of(name).to_owned();
                let full = format!(
                    "{} {}",
                    value("author_first_name"),
                    value("author_last_name")
                );
                let author = Author {
                    shown: plain(&value("author_display_name")),
                    full: plain(&full),
                };
                self.authors
                    .entry(value("author_login").to_lowercase())
                    .or_insert(author);
            }
            "category" => self.add_term(
                "category",
                element,
                ["category_nicename", "cat_name", "category_parent"],
            ),
            "tag" => self.add_term("post_tag", element, ["tag_slug", "tag_name", ""]),
            "term" => {
                let domain = element.value_of("term_taxonomy").to_owned();
                self.add_term(
                    &domain,
                    element,
                    ["term_slug", "term_name", "term_parent"],
                );
            }
            _ => {}
        }
    }

    /// Takes a term of the channel; `names` are those of its slug, name and
    /// parent.
    fn add_term(&mut self, domain: &str, element: &Element<'_>, names: [&str; 3]) {
        let [slug, name, parent] = names.map(|name| element.value_of(name).to_owned());
        let name = plain(&name);
        if !slug.is_empty() {
            self.terms
                .entry((domain.to_owned(), slug))
                .or_insert(Listed { name, parent });
        }
    }

    /// Takes an item with its key.
    pub(super) fn add_item(&mut self, record: &Record, key: &str) {
        self.says_states |= !record.status.is_empty();
        for label in record.labels.iter().filter(|label| !label.slug.is_empty()) {
            let id = (label.domain.clone(), label.slug.clone());
            let (name, parent) = (label.name.clone(), String::new());
            self.terms.entry(id).or_insert(Listed { name, parent });
        }
        match record.kind() {
            "attachment" => self.add_file(record),
            "wp_block" => {
                self.blocks.entry(record.id).or_insert_with(|| record.content.clone());
            }
            "guest-author" => {
                let name = record.meta(&["cap-display_name"]).unwrap_or(&record.title);
                self.guests
                    .entry(guest(&record.slug).to_owned())
                    .or_insert_with(|| plain(name));
            }
            "nav_menu_item" | "post" | "revision" => {}
            _ => {
                let start = self.buffer.len();
                let length = self.push(key);
                self.keys.push((record.id, start, length));
            }
        }
    }

    /// Remembers the first piece of a group of translations.
    pub(super) fn add_group(&mut self, group: &str, key: &str) {
        if !self.groups.contains_key(group) {
            self.groups.insert(group.to_owned(), key.to_owned());
        }
    }

    /// Takes a file of the media library.
    fn add_file(&mut self, record: &Record) {
        let start = self.buffer.len();
        let alt = record.meta(&["_wp_attachment_image_alt"]).unwrap_or_default();
        let url =
            if record.file_url.is_empty() { &record.guid } else { &record.file_url };
        let title = plain(&record.title);
        let strings = [
            url,
            &record.link,
            title.as_str(),
            alt,
            &record.excerpt,
            record.content.trim(),
        ];
        let lengths = strings.map(|text| self.push(text));
        let Record { id, parent, menu_order, .. } = *record;
        self.files.push(FileEntry { id, parent, menu_order, start, lengths });
    }

    /// Puts a string into the buffer and gives its length.
    fn push(&mut self, text: &str) -> u32 {
        let Ok(length) = u32::try_from(text.len()) else { return 0 };
        self.buffer.push_str(text);
        length
    }

    /// Sorts what was taken, so that it can be found.
    pub(super) fn close(&mut self) {
        self.files.sort_by_key(|file| file.id);
        self.files.dedup_by(|other, first| other.id == first.id && first.id != 0);
        self.files.shrink_to_fit();
        self.keys.sort_by_key(|key| key.0);
        self.keys.shrink_to_fit();
        self.buffer.shrink_to_fit();
        let mut places: Vec<u32> = (0..).take(self.files.len()).collect();
        let file = |place: &u32| self.files.get(*place as usize);
        places.sort_by_key(|place| {
            file(place).map(|file| (file.parent, file.menu_order, file.id))
        });
        self.by_parent = places;
    }

    /// A file as a value.
    fn file(&self, entry: &FileEntry) -> Attachment {
        let mut at = entry.start;
        let [url, link, title, alt, caption, description] = entry.lengths.map(|length| {
            let end = at + length as usize;
            let text = self.buffer.get(at..end).unwrap_or_default().to_owned();
            at = end;
            text
        });
        let FileEntry { id, parent, menu_order, .. } = *entry;
        Attachment { id, parent, menu_order, url, link, title, alt, caption, description }
    }

    /// The key of the page of a number.
    pub(super) fn key_of(&self, id: u64) -> Option<&str> {
        let at =
            self.keys.binary_search_by_key(&id, |key| key.0).ok().filter(|_| id != 0)?;
        let (_, start, length) = self.keys.get(at)?;
        self.buffer.get(*start..*start + *length as usize)
    }

    /// The key of the first piece of a group of translations.
    pub(super) fn first_of(&self, group: &str) -> Option<&str> {
        self.groups.get(group).map(String::as_str)
    }

    /// The name of a term that the channel lists.
    pub(super) fn term_name(&self, domain: &str, slug: &str) -> Option<String> {
        let listed = self.terms.get(&(domain.to_owned(), slug.to_owned()))?;
        Some(listed.name.clone()).filter(|name| !name.is_empty())
    }

    /// The name by which an author is shown; `Err` if there is only a login or
    /// an address of mail.
    pub(super) fn author(&self, login: &str) -> Result<String, Unnamed> {
        let author = self.authors.get(&login.to_lowercase());
        let shown =
            author.map(|author| [&author.shown, &author.full]).into_iter().flatten();
        let mut shown = shown.filter(|name| !name.is_empty());
        match shown.clone().find(|name| !is_mail(name)) {
            Some(name) => Ok(name.clone()),
            None if shown.next().is_some() || is_mail(login) => Err(Unnamed::Mail),
            None => Err(Unnamed::Login),
        }
    }

    /// The name of a co-author, by slug and by the name that the term has; none
    /// if there is only a login or an address of mail. `creator` is the login
    /// that the item names.
    pub(super) fn co_author(
        &self,
        slug: &str,
        name: &str,
        creator: &str,
    ) -> Option<String> {
        let short = guest(slug);
        let known = self.guests.get(short).cloned();
        let known = known.filter(|name| !name.is_empty() && !is_mail(name));
        let known = known
            .or_else(|| [name, short].iter().find_map(|login| self.author(login).ok()));
        known.or_else(|| {
            let is_login = name.to_lowercase() == creator.to_lowercase()
                || self.is_login(slug, name);
            (!name.is_empty() && !is_mail(name) && !is_login).then(|| plain(name))
        })
    }

    /// Whether the name of a co-author's term is a login: that of a known author,
    /// or the same as the slug. The plugin that writes `cap-` gives all its terms
    /// logins as names; a name of one word that others write differs from the
    /// slug by its capital.
    fn is_login(&self, slug: &str, name: &str) -> bool {
        if self.authors.contains_key(&name.to_lowercase()) {
            return true;
        }
        match slug.strip_prefix("cap-") {
            Some(short) => {
                !name.contains(char::is_whitespace) && letters(name).eq(letters(short))
            }
            None => name == slug,
        }
    }

    /// The old paths of the archives of terms, below the path of the site, with
    /// their terms.
    pub(super) fn archives(&self, base: &str) -> Vec<(String, Term)> {
        let mut found = Vec::new();
        for ((domain, slug), listed) in &self.terms {
            let folder = match domain.as_str() {
                "category" | "" => "category",
                "post_tag" | "tag" => "tag",
                "author" | "nav_menu" | "post_format" | "language"
                | "post_translations" | "link_category" | "wp_theme"
                | "term_translations" | "term_language" => continue,
                other => other,
            };
            let path = self.path_of(domain, slug);
            let name =
                if listed.name.is_empty() { decoded(slug) } else { listed.name.clone() };
            let term = Term {
                domain: match folder {
                    "tag" => "post_tag",
                    other => other,
                }
                .to_owned(),
                name,
                slug: decoded(slug),
            };
            found.push((format!("{base}/{folder}/{path}/"), term));
        }
        found
    }

    /// The path of a term below its parents.
    fn path_of(&self, domain: &str, slug: &str) -> String {
        let mut parts = vec![decoded(slug)];
        let mut id = (domain.to_owned(), slug.to_owned());
        // Parents that stand in a circle do no harm.
        for _ in 0..20 {
            let Some(listed) =
                self.terms.get(&id).filter(|listed| !listed.parent.is_empty())
            else {
                break;
            };
            id.1.clone_from(&listed.parent);
            parts.push(decoded(&listed.parent));
        }
        parts.reverse();
        parts.join("/")
    }

    /// How many bytes it takes up, about.
    #[cfg(test)]
    pub(super) fn weight(&self) -> usize {
        self.buffer.capacity()
            + self.files.capacity() * size_of::<FileEntry>()
            + self.by_parent.capacity() * 4
            + self.keys.capacity() * size_of::<(u64, usize, u32)>()
    }
}

/// Why an author has no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unnamed {
    /// Only a login is known.
    Login,
    /// Only an address of mail is known.
    Mail,
}

/// The letters and digits of a login, which is all that a slug keeps of it.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// The slug of a guest author without what the plugin puts before it.
fn guest(slug: &str) -> &str {
    slug.strip_prefix("cap-").unwrap_or(slug)
}

impl Library for Index {
    fn attachment(&self, id: u64) -> Option<Attachment> {
        let at = self.files.binary_search_by_key(&id, |file| file.id).ok()?;
        self.files.get(at).filter(|_| id != 0).map(|entry| self.file(entry))
    }

    fn attachments_of(&self, post: u64) -> Vec<Attachment> {
        let file = |place: &u32| self.files.get(*place as usize);
        let parent = |place: &u32| file(place).map_or(0, |file| file.parent);
        let start = self.by_parent.partition_point(|place| parent(place) < post);
        let rest = self.by_parent.get(start..).unwrap_or_default();
        let own = rest.iter().take_while(|place| post != 0 && parent(place) == post);
        own.filter_map(file).map(|entry| self.file(entry)).collect()
    }

    fn shared_block(&self, id: u64) -> Option<String> {
        self.blocks.get(&id).cloned()
    }
}

/// The keys of items, each given once.
#[derive(Default)]
pub(super) struct Keys {
    /// For each key the fingerprint of what its first item holds, the file that
    /// it stands in, and how many items have it.
    seen: FixedMap<[u8; 16], (u64, u32, u32)>,
}

/// What is known of an item's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Keyed {
    /// It is the first of its key.
    First(String),
    /// Another item has the same key, so it was given one of its own.
    Other(String),
    /// It was read before, in this file or in another.
    Again(String, &'static str),
}

impl Keys {
    /// The key of an item. `base` is the address of its site, `part` the place
    /// of its file, `line` where it begins there.
    pub(super) fn key(
        &mut self,
        record: &Record,
        base: &str,
        part: u32,
        line: u64,
    ) -> Keyed {
        let key = if !record.guid.is_empty() {
            record.guid.clone()
        } else if record.id != 0 {
            format!("{base}#{}", record.id)
        } else if !record.link.is_empty() {
            record.link.clone()
        } else {
            format!("{part}:{line}")
        };
        let Record { kind, id, title, content, date, status, .. } = record;
        let print = hash::of(&(kind, id, title, content, date, status));
        let entry = self.seen.entry(Digest::of(key.as_bytes()).bytes());
        let (first, file, count) = entry.or_insert((print, part, 0));
        if *count == 0 {
            *count = 1;
            return Keyed::First(key);
        }
        if *first == print {
            return Keyed::Again(key, again(*file == part));
        }
        // Items of one key and different contents are numbered; the same
        // contents are found by a key that is made of them.
        let mut next = *count + 1;
        let twin = Digest::of(format!("{key}\0{print}").as_bytes()).bytes();
        let (_, file, number) = self.seen.entry(twin).or_insert((print, part, 0));
        if *number > 0 {
            return Keyed::Again(format!("{key}#{number}"), again(*file == part));
        }
        let file = *file;
        let id = |n: u32| Digest::of(format!("{key}#{n}").as_bytes()).bytes();
        while self.seen.contains_key(&id(next)) {
            next += 1;
        }
        self.seen.insert(id(next), (print, file, 1));
        if let Some((_, _, number)) = self.seen.get_mut(&twin) {
            *number = next;
        }
        if let Some((_, _, count)) =
            self.seen.get_mut(&Digest::of(key.as_bytes()).bytes())
        {
            *count = next;
        }
        Keyed::Other(format!("{key}#{next}"))
    }
}

/// Why an item that was read before is left out.
fn again(is_same_file: bool) -> &'static str {
    if is_same_file { "stands twice in the file" } else { "stands in another part too" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::wordpress::element::Spaces;
    use crate::import::wordpress::item::tests::record;

    fn channel(index: &mut Index, text: &str) {
        index.add_channel(&Element::read(text, &Spaces::default()).unwrap());
    }

    /// An attachment of a number, a parent and a place.
    fn file(id: u64, parent: u64, order: i64) -> Record {
        record(&format!(
            "<title>F{id}</title><wp:post_id>{id}</wp:post_id><wp:post_parent>{parent}</wp:post_parent>\
             <wp:menu_order>{order}</wp:menu_order><wp:post_type>attachment</wp:post_type>\
             <wp:attachment_url>http://a.example/{id}.jpg</wp:attachment_url><excerpt:encoded>cap {id}</excerpt:encoded>"
        ))
    }

    #[test]
    fn files_are_found_by_number_and_by_what_they_belong_to() {
        let mut index = Index::default();
        for (id, parent, order) in [
            (0, 6, 1),
            (0, 6, 2),
            (9, 5, 0),
            (3, 5, 2),
            (3, 9, 9),
            (4, 5, 1),
            (7, 6, 0),
            (8, 0, 0),
            (5, 5, 1),
        ] {
            index.add_item(&file(id, parent, order), "k");
        }
        index.close();
        let ids = |post| {
            index.attachments_of(post).iter().map(|file| file.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(5), [9, 4, 5, 3]);
        assert_eq!(ids(6), [7, 0, 0]);
        assert_eq!(ids(9), [0_u64; 0]);
        assert_eq!(ids(0), [0_u64; 0]);
        let found = index.attachment(7).unwrap();
        assert_eq!(
            (found.url.as_str(), found.caption.as_str()),
            ("http://a.example/7.jpg", "cap 7")
        );
        assert_eq!(index.attachment(6), None);
        assert!(index.weight() < 9 * 400);
    }

    #[test]
    fn authors_are_named_as_they_are_shown() {
        let mut index = Index::default();
        for (login, shown, first, last) in [
            ("ana", "Ana Reyes", "", ""),
            ("ben", "ben@example.org", "Ben", "Ito"),
            ("cy", "cy@example.org", "", ""),
            ("dee", "", "", ""),
        ] {
            channel(
                &mut index,
                &format!(
                    "<wp:author><wp:author_login>{login}</wp:author_login><wp:author_display_name>{shown}</wp:author_display_name>\
                 <wp:author_first_name>{first}</wp:author_first_name><wp:author_last_name>{last}</wp:author_last_name></wp:author>"
                ),
            );
        }
        for (login, name) in [
            ("ana", Ok("Ana Reyes")),
            ("Ana", Ok("Ana Reyes")),
            ("ben", Ok("Ben Ito")),
            ("cy", Err(Unnamed::Mail)),
            ("dee", Err(Unnamed::Login)),
            ("eva", Err(Unnamed::Login)),
            ("eva@example.org", Err(Unnamed::Mail)),
        ] {
            assert_eq!(index.author(login), name.map(str::to_owned), "{login}");
        }
        index.add_item(&record("<title>Flo Guest</title><wp:post_name>cap-flo</wp:post_name><wp:post_type>guest-author</wp:post_type>"), "k");
        for (slug, name, expected) in [
            ("cap-flo", "flo", Some("Flo Guest")),
            ("cap-eva-2", "eva", None),
            ("cap-ana", "ana", Some("Ana Reyes")),
            ("cap-gus", "Gus Hall", Some("Gus Hall")),
            ("gus-hall", "Gus Hall", Some("Gus Hall")),
            ("newsdesk", "Newsdesk", Some("Newsdesk")),
            ("cap-gus", "gus@example.org", None),
            ("cap-gus", "", None),
            ("cap-gus7", "gus7", None),
            ("cap-gus-hall", "Gus.Hall", None),
            ("gus7", "gus7", None),
            ("cap-dee", "Dee", None),
            ("cap-dee-2", "dee", None),
            ("cap-cy", "cy", None),
        ] {
            assert_eq!(
                index.co_author(slug, name, "eva").as_deref(),
                expected,
                "{slug} {name}"
            );
        }
    }

    #[test]
    fn archives_of_terms_stand_below_their_parents() {
        let mut index = Index::default();
        channel(
            &mut index,
            "<wp:category><wp:category_nicename>b</wp:category_nicename><wp:category_parent>a</wp:category_parent><wp:cat_name>B</wp:cat_name></wp:category>",
        );
        channel(
            &mut index,
            "<wp:category><wp:category_nicename>a</wp:category_nicename><wp:category_parent>b</wp:category_parent><wp:cat_name>A</wp:cat_name></wp:category>",
        );
        channel(
            &mut index,
            "<wp:tag><wp:tag_slug>x%c3%a9</wp:tag_slug><wp:tag_name>Xé &amp;amp; y</wp:tag_name></wp:tag>",
        );
        channel(
            &mut index,
            "<wp:term><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>m</wp:term_slug></wp:term>",
        );
        index.add_item(
            &record("<category domain=\"issue\" nicename=\"may\">May</category>"),
            "k",
        );
        let archives = index.archives("/blog");
        let find =
            |slug: &str| archives.iter().find(|(_, term)| term.slug == slug).unwrap();
        assert_eq!(archives.len(), 4);
        assert_eq!(find("xé").0, "/blog/tag/xé/");
        assert_eq!(find("xé").1.name, "Xé & y");
        assert_eq!(find("may").0, "/blog/issue/may/");
        assert!(find("b").0.ends_with("/a/b/"));
    }

    #[test]
    fn a_key_is_given_once() {
        let mut keys = Keys::default();
        let one = record("<guid>g</guid><title>A</title>");
        let other = record("<guid>g</guid><title>B</title>");
        let third = record("<guid>g</guid><title>C</title>");
        let key = |text: &str| text.to_owned();
        assert_eq!(keys.key(&one, "", 0, 1), Keyed::First(key("g")));
        assert_eq!(
            keys.key(&one, "", 0, 9),
            Keyed::Again(key("g"), "stands twice in the file")
        );
        assert_eq!(
            keys.key(&one, "", 1, 1),
            Keyed::Again(key("g"), "stands in another part too")
        );
        let Keyed::Other(second) = keys.key(&other, "", 1, 2) else {
            panic!("it is another")
        };
        assert_eq!(second, "g#2");
        assert_eq!(keys.key(&third, "", 1, 3), Keyed::Other(key("g#3")));
        assert_eq!(
            keys.key(&other, "", 2, 3),
            Keyed::Again(second, "stands in another part too")
        );
        for (inner, expected) in [
            ("<wp:post_id>7</wp:post_id><link>l</link>", "http://b#7"),
            ("<link>l</link>", "l"),
            ("<title>x</title>", "2:5"),
        ] {
            assert_eq!(
                keys.key(&record(inner), "http://b", 2, 5),
                Keyed::First(key(expected))
            );
        }
    }
}
