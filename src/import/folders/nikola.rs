//! The rules of Nikola: `POSTS` and `PAGES`, metadata in comments or in files
//! of their own, languages in names of files, statuses.

use std::rc::Rc;

use super::data::{Data, Table};
use super::front_matter::{self, Front};
use super::paths::{self, Slug};
use super::rules::{self, Class, Dialect, Place, Rules, Site};
use super::yaml::Fault;
use super::{dates, python};
use crate::import::piece::{Sort, Term};

/// A line of `POSTS` or `PAGES`.
struct Source {
    /// The folder of the files.
    folder: String,
    /// The part of addresses.
    target: String,
    /// What the files are.
    sort: Sort,
}

/// The rules for one folder.
pub(super) struct Nikola {
    /// The folder.
    site: Rc<Site>,
    /// The settings.
    settings: Table,
    /// Where texts stand.
    sources: Vec<Source>,
    /// The languages, the default one first, with their folders in addresses.
    languages: Vec<(String, String)>,
}

/// Reads the settings.
pub(super) fn settings_of(site: &Site) -> Table {
    site.text("conf.py").map(|text| python::settings(&text)).unwrap_or_default()
}

impl Nikola {
    /// The rules for a folder with these settings.
    pub(super) fn new(site: Rc<Site>, settings: Table) -> Self {
        let mut sources = Vec::new();
        for (key, sort, default) in
            [("POSTS", Sort::Article, "posts"), ("PAGES", Sort::Page, "pages")]
        {
            let lines = settings.get(key).map(Data::items).unwrap_or_default();
            for line in lines.iter().map(Data::items) {
                let part = |at: usize| {
                    line.get(at).and_then(Data::scalar).unwrap_or_default().to_owned()
                };
                let folder = paths::parent(&part(0)).to_owned();
                sources.push(Source { folder, target: part(1), sort });
            }
            if lines.is_empty() {
                let folder = default.to_owned();
                sources.push(Source { folder: folder.clone(), target: folder, sort });
            }
        }
        let default = settings.scalar("DEFAULT_LANG").unwrap_or("en").to_owned();
        let mut languages = vec![(default.clone(), String::new())];
        for (code, folder) in settings
            .get("TRANSLATIONS")
            .and_then(Data::table)
            .into_iter()
            .flat_map(Table::iter)
        {
            let folder = paths::join("", folder.scalar().unwrap_or_default());
            if code != default && code != "DEFAULT_LANG" {
                languages.push((code.to_owned(), folder));
            }
        }
        Self { site, settings, sources, languages }
    }

    /// Where a file stands: its source, its path below it without ending, and
    /// which of the languages it is in.
    fn spot(&self, path: &str) -> Option<(&Source, String, usize)> {
        let (source, inner) = self
            .sources
            .iter()
            .find_map(|source| Some((source, paths::below(path, &source.folder)?)))?;
        let (bare, language) =
            self.without_language(&paths::join(paths::parent(inner), paths::stem(inner)));
        Some((source, bare, language))
    }

    /// A path without the language at its end.
    fn without_language(&self, bare: &str) -> (String, usize) {
        let found = bare.rsplit_once('.').and_then(|(bare, code)| {
            Some((bare, self.languages.iter().position(|(own, _)| own == code)?))
        });
        found.map_or_else(|| (bare.to_owned(), 0), |(bare, at)| (bare.to_owned(), at))
    }

    /// The file of metadata that belongs to a text, if there is one.
    fn meta_of(&self, path: &str) -> Option<String> {
        let whole = paths::join(paths::parent(path), paths::stem(path));
        let (bare, language) = self.without_language(&whole);
        let code = self.languages.get(language).map(|(code, _)| code.as_str());
        let own = code.filter(|_| language > 0).map(|code| format!("{bare}.{code}.meta"));
        let files = [own, Some(format!("{bare}.meta"))];
        files.into_iter().flatten().find(|file| self.site.paths.contains(file))
    }

    /// Whether addresses end in a slash.
    fn is_pretty(&self, keys: &Table) -> bool {
        let own = keys.get("pretty_url").and_then(Data::flag);
        own.or_else(|| self.settings.get("PRETTY_URLS").and_then(Data::flag))
            != Some(false)
    }

    /// Why a page was not public, and its tags without those that only say it.
    fn held(&self, keys: &mut Table, tags: &mut Vec<String>) -> Option<String> {
        let status =
            keys.take("status").and_then(|own| own.scalar().map(str::to_lowercase));
        let mut held =
            status.filter(|status| status != "published" && status != "featured");
        tags.retain(|tag| {
            let is_status = matches!(tag.to_lowercase().as_str(), "draft" | "private");
            if is_status && held.is_none() {
                held = Some(tag.to_lowercase());
            }
            !is_status && tag != "mathjax"
        });
        let date = keys.scalar("date").and_then(dates::parse);
        let shows = self.settings.get("FUTURE_IS_NOW").and_then(Data::flag) == Some(true);
        held.or_else(
            || if shows { None } else { rules::future(&self.site, date.as_ref()) },
        )
    }
}

impl Rules for Nikola {
    fn class(&self, path: &str) -> Class {
        let folders = |key: &str, default: &[(&str, &str)]| -> Vec<(String, String)> {
            match self.settings.get(key).and_then(Data::table) {
                Some(table) => table
                    .iter()
                    .map(|(from, to)| {
                        (from.to_owned(), to.scalar().unwrap_or_default().to_owned())
                    })
                    .collect(),
                None => default
                    .iter()
                    .map(|&(from, to)| (from.to_owned(), to.to_owned()))
                    .collect(),
            }
        };
        if self.spot(path).is_some() {
            return match paths::ending(path).as_str() {
                "meta" => Class::Works("is the metadata of a text"),
                _ if rules::is_markdown(path) => Class::Content,
                "txt" => {
                    Class::Refused("is reStructuredText; turn it into Markdown first")
                }
                _ => rules::other_markup(path).map_or(Class::Beside, Class::Refused),
            };
        }
        let all = folders("FILES_FOLDERS", &[("files", "")])
            .into_iter()
            .chain(folders("IMAGE_FOLDERS", &[("images", "images")]))
            .chain(folders("GALLERY_FOLDERS", &[("galleries", "galleries")]));
        for (from, to) in all {
            if let Some(inner) = paths::below(path, &from) {
                return Class::File(paths::rooted(&format!("/{to}/{inner}")));
            }
        }
        Class::Works("is a part of Nikola's settings or theme")
    }

    fn front(&self, path: &str, text: &str) -> Result<Front, Fault> {
        let mut front = front_matter::nikola(text)?;
        if let Some(meta) = self.meta_of(path).and_then(|meta| self.site.text(&meta)) {
            let own = front_matter::nikola(&meta)?;
            front.keys.fill(&own.keys);
        }
        Ok(front)
    }

    fn place(&self, path: &str, keys: &mut Table, _body: &str) -> Place {
        let Some((source, bare, language)) = self.spot(path) else {
            return Place::default();
        };
        let mut place = Place { sort: source.sort, ..Place::default() };
        let written = keys.take("tags").unwrap_or(Data::List(Vec::new()));
        let mut tags = match &written {
            Data::List(_) => written.scalars(),
            other => other
                .scalar()
                .unwrap_or_default()
                .split(',')
                .map(|tag| tag.trim().to_owned())
                .collect(),
        };
        tags.retain(|tag| !tag.is_empty());
        place.held = self.held(keys, &mut tags);
        let slug = keys.take("slug").and_then(|own| own.scalar().map(str::to_owned));
        let slug = slug.unwrap_or_else(|| paths::slug(paths::name(&bare), Slug::Ascii));
        let (code, folder) = self.languages.get(language).cloned().unwrap_or_default();
        let whole = paths::join(
            "",
            &format!("{folder}/{}/{}/{slug}", source.target, paths::parent(&bare)),
        );
        let whole = match (slug.as_str(), self.is_pretty(keys)) {
            ("index", _) => format!("/{}/", paths::parent(&whole)),
            (_, true) => format!("/{whole}/"),
            (_, false) => format!("/{whole}.html"),
        };
        place.address = Some(paths::rooted(&whole));
        place.slug = slug;
        place.language = Some(code);
        place.group = Some(format!("{}/{bare}", source.folder));
        for name in tags {
            let slug = paths::slug(&name, Slug::Ascii);
            place.terms.push(Term { domain: "tags".to_owned(), name, slug });
        }
        if let Some(category) = keys.take("category") {
            let name = category.scalar().unwrap_or_default().to_owned();
            let slug = paths::slug(&name, Slug::Ascii);
            place.terms.extend((!name.is_empty()).then_some(Term {
                domain: "category".to_owned(),
                name,
                slug,
            }));
        }
        for key in ["type", "pretty_url"] {
            drop(keys.take(key));
        }
        place
    }

    fn root(&self) -> &'static str {
        ""
    }

    fn dialect(&self) -> Dialect {
        Dialect::Nikola
    }
}
