//! The rules of Zola: pages and sections, `path` and `slug`, dates in names of
//! files, languages, taxonomies, `[extra]`.

use std::rc::Rc;

use super::data::{Data, Table};
use super::front_matter::{self, Front};
use super::paths::{self, Slug};
use super::rules::{Class, Dialect, Place, Rules, Site};
use super::yaml::Fault;
use super::{dates, settings};
use crate::date::Date;
use crate::import::piece::{Sort, Term};

/// The rules for one folder.
pub(super) struct Zola {
    /// The folder.
    site: Rc<Site>,
    /// The settings.
    settings: Table,
}

/// Reads the settings.
pub(super) fn settings_of(site: &Site) -> Table {
    settings::read(site, "config.toml")
        .or_else(|| settings::read(site, "zola.toml"))
        .unwrap_or_default()
}

impl Zola {
    /// The rules for a folder with these settings.
    pub(super) fn new(site: Rc<Site>, settings: Table) -> Self {
        Self { site, settings }
    }

    /// The language in a file's name, and the name without it.
    fn language<'p>(&self, stem: &'p str) -> (&'p str, Option<&'p str>) {
        let languages = self.settings.get("languages");
        let split = stem.rsplit_once('.');
        match split
            .filter(|(_, code)| languages.is_some_and(|all| all.get(code).is_some()))
        {
            Some((stem, code)) => (stem, Some(code)),
            None => (stem, None),
        }
    }

    /// The names that a page is filed under, which are taken out of its keys.
    fn terms(&self, keys: &mut Table) -> Vec<Term> {
        let Some(Data::Table(taxonomies)) = keys.take("taxonomies") else {
            return Vec::new();
        };
        let of_one = |(domain, names): (&str, &Data)| {
            let terms = names.scalars().into_iter().map(|name| Term {
                domain: domain.to_owned(),
                slug: self.slugified(&name),
                name,
            });
            terms.collect::<Vec<_>>()
        };
        taxonomies.iter().flat_map(of_one).collect()
    }

    /// A name as a part of an address.
    fn slugified(&self, name: &str) -> String {
        match self.settings.at(&["slugify", "paths"]).and_then(Data::scalar) {
            Some("off") => name.to_owned(),
            Some("safe") => {
                let is_bad = |c: char| c.is_control() || "<>:\"/\\|?*#() \n".contains(c);
                name.replace(is_bad, "_").trim_matches('_').to_owned()
            }
            _ => paths::slug(name, Slug::Ascii),
        }
    }

    /// Whether a folder holds a page of its own, so that its files are beside it.
    fn is_bundle(&self, folder: &str) -> bool {
        let start = format!("{folder}/index.");
        let mut files = self.site.paths.range(start.clone()..);
        files.next().is_some_and(|file| file.starts_with(&start) && file.ends_with(".md"))
    }
}

/// A name without the date before it, and the date.
fn undated(name: &str) -> (&str, Option<Date>) {
    // A time may stand behind the day: `2019-10-11T09:30:00Z-name`.
    if let Some((day, rest)) = paths::dated(name).filter(|(_, rest)| !rest.is_empty()) {
        let behind = rest.strip_prefix('T').and_then(|tail| tail.split_once('Z'));
        let behind = behind.and_then(|(_, rest)| rest.strip_prefix(['-', '_']));
        return (behind.unwrap_or(rest).trim_start(), dates::parse(day));
    }
    (name, None)
}

impl Rules for Zola {
    fn class(&self, path: &str) -> Class {
        if let Some(inner) = paths::below(path, "content") {
            let ignored = self
                .settings
                .get("ignored_content")
                .map(Data::scalars)
                .unwrap_or_default();
            return match paths::ending(inner).as_str() {
                _ if ignored.iter().any(|pattern| paths::matches(pattern, inner)) => {
                    Class::Works("is ignored by the settings")
                }
                "md" => Class::Content,
                _ => Class::Beside,
            };
        }
        match paths::below(path, "static") {
            Some(inner) => Class::File(format!("/{inner}")),
            None => Class::Works("is a part of Zola's settings or theme"),
        }
    }

    fn front(&self, _path: &str, text: &str) -> Result<Front, Fault> {
        front_matter::fenced(text)
    }

    fn place(&self, path: &str, keys: &mut Table, body: &str) -> Place {
        let inner = paths::below(path, "content").unwrap_or(path);
        let (stem, language) = self.language(paths::stem(inner));
        let folder = paths::parent(inner);
        let is_section = stem == "_index";
        let (above, name) = match stem {
            "index" if !folder.is_empty() => (paths::parent(folder), paths::name(folder)),
            "_index" => (folder, ""),
            _ => (folder, stem),
        };
        let (bare, of_name) = undated(name);
        let slug = keys.take("slug").and_then(|own| own.scalar().map(str::to_owned));
        let last = self.slugified(slug.as_deref().unwrap_or(bare));
        let mut place = Place { date: of_name, ..Place::default() };
        place.slug =
            if is_section { paths::name(folder).to_owned() } else { last.clone() };
        let own = keys.take("path").and_then(|own| own.scalar().map(str::to_owned));
        let address = match own {
            Some(own) => format!("/{own}/"),
            None => format!("/{}/{above}/{last}/", language.unwrap_or_default()),
        };
        place.address = Some(paths::rooted(&address));
        for alias in keys.take("aliases").map(|all| all.scalars()).unwrap_or_default() {
            place.aliases.push(paths::page(&alias));
        }
        place.sort =
            if is_section || above.is_empty() { Sort::Page } else { Sort::Article };
        place.held = match keys.take("draft").as_ref().and_then(Data::flag) {
            Some(true) => Some("draft".to_owned()),
            _ if keys.take("render").as_ref().and_then(Data::flag) == Some(false) => {
                Some("not rendered".to_owned())
            }
            _ => None,
        };
        if is_section && body.trim().is_empty() {
            place.skip =
                Some("is the list of a section, without a text of its own".to_owned());
        } else if !is_section
            && stem != "index"
            && self.is_bundle(&format!("content/{folder}"))
        {
            place.skip =
                Some("belongs to the page of its folder, and was no page".to_owned());
        }
        let default = self.settings.scalar("default_language").unwrap_or("en");
        let has_languages = self.settings.get("languages").is_some();
        place.language = has_languages.then(|| language.unwrap_or(default).to_owned());
        place.group = Some(format!("{folder}/{stem}"));
        place.terms = self.terms(keys);
        // What `[extra]` holds are fields of its own, some of them well known.
        if let Some(Data::Table(extra)) = keys.take("extra") {
            keys.fill(&extra);
        }
        place
    }

    fn root(&self) -> &'static str {
        "content"
    }

    fn dialect(&self) -> Dialect {
        Dialect::Zola
    }
}
