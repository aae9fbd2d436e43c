//! The rules of Hugo: sections and bundles, languages, `permalinks`, `slug` and
//! `url`, uglyURLs, what `cascade` hands down.
//!
//! A file below `content/` is a page; `_index.md` is one only if it has a text
//! of its own. Modules, themes and templates are not looked at.

use std::rc::Rc;

use super::data::{Data, Table};
use super::front_matter::{self, Front};
use super::paths::{self, Slug};
use super::permalinks;
use super::rules::{self, Class, Dialect, Place, Rules, Site};
use super::yaml::Fault;
use super::{dates, settings};
use crate::date::Date;
use crate::import::piece::Sort;

/// The tokens of `permalinks` and `url`.
const TOKENS: &[&str] = &[
    "year",
    "month",
    "monthname",
    "day",
    "weekday",
    "weekdayname",
    "yearday",
    "section",
    "sections",
    "sections[0]",
    "sections[1]",
    "sections[2]",
    "sections[last]",
    "sections[1:]",
    "sections[:last]",
    "title",
    "slug",
    "slugorfilename",
    "slugorcontentbasename",
    "filename",
    "contentbasename",
    "2006",
    "06",
    "01",
    "02",
    "1",
    "2",
    "Jan",
    "January",
    "Mon",
    "Monday",
];

/// A language of the site.
struct Language {
    /// What it is called in addresses and names of files.
    code: String,
    /// The folder of its texts, if it has its own.
    folder: Option<String>,
}

/// The rules for one folder.
pub(super) struct Hugo {
    /// The folder.
    site: Rc<Site>,
    /// The settings.
    settings: Table,
    /// The folder of the texts.
    content: String,
    /// The languages, the default one first.
    languages: Vec<Language>,
    /// What is handed down: the folder, a pattern of paths, and the keys.
    cascades: Vec<(String, String, Table)>,
}

/// A path below the folder of the texts, in its parts.
struct Spot<'p> {
    /// Which of the languages.
    language: usize,
    /// The folders.
    folder: &'p str,
    /// The name of the file without its ending and its language.
    stem: String,
}

/// Reads the settings, in whichever of the many files they stand.
pub(super) fn settings_of(site: &Site) -> Table {
    let mut all = Table::default();
    for base in ["hugo", "config", "config/_default/hugo", "config/_default/config"] {
        if let Some(table) = settings::any(site, base) {
            all.fill(&table);
        }
    }
    for part in ["languages", "permalinks", "taxonomies", "cascade", "frontmatter"] {
        if let Some(table) = settings::any(site, &format!("config/_default/{part}")) {
            all.put(part, Data::Table(table));
        }
    }
    all
}

impl Hugo {
    /// The rules for a folder with these settings.
    pub(super) fn new(site: Rc<Site>, settings: Table) -> Self {
        let content = settings.scalar("contentDir").unwrap_or("content").to_owned();
        let default =
            settings.scalar("defaultContentLanguage").unwrap_or("en").to_owned();
        let mut languages = vec![Language { code: default.clone(), folder: None }];
        for (code, table) in settings
            .get("languages")
            .and_then(Data::table)
            .into_iter()
            .flat_map(Table::iter)
        {
            let folder =
                table.get("contentDir").and_then(Data::scalar).map(str::to_owned);
            match languages.first_mut().filter(|first| first.code == code) {
                Some(first) => first.folder = folder,
                None => languages.push(Language { code: code.to_lowercase(), folder }),
            }
        }
        let mut own = Self { site, settings, content, languages, cascades: Vec::new() };
        own.read_cascades();
        own
    }

    /// Collects what the settings and the files of sections hand down.
    fn read_cascades(&mut self) {
        let mut all = Vec::new();
        for path in &self.site.paths {
            let is_section = paths::name(path).starts_with("_index.");
            if !is_section || !rules::is_markdown(path) {
                continue;
            }
            let Some(spot) = self.spot(path) else { continue };
            let front =
                self.site.text(path).and_then(|text| front_matter::fenced(&text).ok());
            if let Some(cascade) =
                front.as_ref().and_then(|front| front.keys.get("cascade"))
            {
                push_cascade(&mut all, spot.folder, cascade);
            }
        }
        // What stands deeper comes first, so that it wins.
        all.sort_by_key(|(folder, ..): &(String, String, Table)| {
            std::cmp::Reverse(folder.len())
        });
        if let Some(cascade) = self.settings.get("cascade") {
            push_cascade(&mut all, "", cascade);
        }
        self.cascades = all;
    }

    /// Where a file stands among the texts.
    fn spot<'p>(&self, path: &'p str) -> Option<Spot<'p>> {
        let own = |(at, language): (usize, &Language)| {
            Some((at, paths::below(path, language.folder.as_deref()?)?))
        };
        let (language, inner) = match self.languages.iter().enumerate().find_map(own) {
            Some(found) => found,
            None => (0, paths::below(path, &self.content)?),
        };
        let stem = paths::stem(inner);
        let suffix = stem.rsplit_once('.').and_then(|(stem, code)| {
            let code = code.to_lowercase();
            let at = self.languages.iter().position(|language| language.code == code)?;
            Some((at, stem))
        });
        let (language, stem) = suffix.unwrap_or((language, stem));
        Some(Spot { language, folder: paths::parent(inner), stem: stem.to_owned() })
    }

    /// Whether a folder, or one above it, is a page with its files.
    fn is_inside_bundle(&self, path: &str, spot: &Spot<'_>) -> bool {
        let mut folder = paths::parent(path);
        let mut is_own = spot.stem == "index";
        while !folder.is_empty() {
            let has_index = self.site.paths.range(format!("{folder}/index.")..).next();
            let is_bundle = has_index.is_some_and(|file| {
                file.starts_with(&format!("{folder}/index.")) && rules::is_markdown(file)
            });
            if is_bundle && !is_own {
                return true;
            }
            is_own = false;
            folder = paths::parent(folder);
        }
        false
    }

    /// The part before the addresses of a language.
    fn prefix(&self, language: usize) -> String {
        let in_folder =
            self.settings.get("defaultContentLanguageInSubdir").and_then(Data::flag);
        match self.languages.get(language) {
            Some(own) if language > 0 || in_folder == Some(true) => {
                format!("/{}", own.code)
            }
            _ => String::new(),
        }
    }

    /// Whether the pages of a section end in `.html`.
    fn is_ugly(&self, section: &str) -> bool {
        let own = self.settings.get("uglyURLs");
        let value = own.and_then(|own| own.get(section).or(Some(own)));
        value.and_then(Data::flag) == Some(true)
    }

    /// The pattern of a section's addresses.
    fn pattern(&self, section: &str, is_section: bool) -> Option<&str> {
        let all = self.settings.get("permalinks")?;
        let group = if is_section { "section" } else { "page" };
        let named =
            all.get(group).and_then(|group| group.get(section)).and_then(Data::scalar);
        if is_section { named } else { named.or_else(|| all.get(section)?.scalar()) }
    }

    /// The address below the prefix of its language.
    fn address(&self, spot: &Spot<'_>, keys: &Table, date: Option<&Date>) -> String {
        let is_section = spot.stem == "_index";
        let is_bundle = spot.stem == "index";
        let (folder, file) = match (is_section, is_bundle) {
            (true, _) => (spot.folder, ""),
            (_, true) => (paths::parent(spot.folder), paths::name(spot.folder)),
            _ => (spot.folder, spot.stem.as_str()),
        };
        let section = folder.split('/').next().unwrap_or_default();
        let slug = keys.scalar("slug");
        if let Some(pattern) = self.pattern(section, is_section) {
            let words = Words { folder, file, slug, keys, date };
            return self.cased(&paths::slug(&words.fill(pattern), Slug::Hugo));
        }
        let last = if is_section {
            String::new()
        } else {
            slug.unwrap_or(file).replace('/', "-")
        };
        let whole = self.cased(&paths::slug(&format!("/{folder}/{last}"), Slug::Hugo));
        if self.is_ugly(section) && !is_section {
            format!("{whole}.html")
        } else {
            format!("{whole}/")
        }
    }

    /// A path in small letters, unless the settings say otherwise.
    fn cased(&self, path: &str) -> String {
        let keeps = self.settings.get("disablePathToLower").and_then(Data::flag);
        if keeps == Some(true) { path.to_owned() } else { path.to_lowercase() }
    }

    /// The date by the keys that the settings name.
    fn date(&self, keys: &Table, spot: &Spot<'_>) -> (Option<Date>, Option<Date>) {
        let of_name = paths::dated(match spot.stem.as_str() {
            "index" => paths::name(spot.folder),
            stem => stem,
        });
        let of_name = of_name.and_then(|(day, _)| dates::parse(day));
        let named = self
            .settings
            .at(&["frontmatter", "date"])
            .map(Data::scalars)
            .unwrap_or_default();
        let from_name =
            named.iter().any(|key| key == ":filename").then_some(of_name).flatten();
        let keys_of =
            ["date", "publishDate", "pubdate", "published", "lastmod", "modified"];
        let written = keys_of.iter().find_map(|key| dates::parse(keys.scalar(key)?));
        let is_first = named.first().is_some_and(|key| key == ":filename");
        let date = if is_first { from_name.or(written) } else { written.or(from_name) };
        (date, from_name)
    }

    /// Why a page was not public.
    fn held(&self, keys: &Table, date: Option<&Date>) -> Option<String> {
        let flag = |key: &str| keys.get(key).and_then(Data::flag);
        let day =
            |names: &[&str]| names.iter().find_map(|key| dates::parse(keys.scalar(key)?));
        let expiry = day(&["expiryDate", "unpublishDate"]);
        let publish = day(&["publishDate", "pubdate", "published"]);
        let render =
            keys.at(&["build", "render"]).or_else(|| keys.at(&["_build", "render"]));
        if flag("draft") == Some(true) {
            return Some("draft".to_owned());
        }
        if let Some(expiry) = expiry.filter(|expiry| !self.site.is_future(expiry)) {
            return Some(format!("expired on {}", expiry.html_datetime()));
        }
        if flag("headless") == Some(true)
            || render
                .and_then(Data::scalar)
                .is_some_and(|word| word == "never" || word == "false")
        {
            return Some("not rendered".to_owned());
        }
        if self.settings.get("buildFuture").and_then(Data::flag) == Some(true) {
            return None;
        }
        rules::future(&self.site, publish.as_ref().or(date))
    }
}

/// An alias as a path.
fn aliased(alias: &str, address: &str, prefix: &str) -> String {
    if alias.starts_with('/') {
        return paths::page(&format!("{prefix}{alias}"));
    }
    let folder = paths::parent(address.trim_end_matches('/'));
    paths::page(&format!("/{}", paths::join(folder, alias)))
}

/// What the tokens of a pattern are filled from.
struct Words<'w> {
    /// The folders of the page.
    folder: &'w str,
    /// The name of the file.
    file: &'w str,
    /// The key `slug`.
    slug: Option<&'w str>,
    /// All keys.
    keys: &'w Table,
    /// The date.
    date: Option<&'w Date>,
}

impl Words<'_> {
    /// Fills a pattern.
    fn fill(&self, pattern: &str) -> String {
        permalinks::fill(pattern, TOKENS, &|token| self.token(token))
    }

    /// What one token stands for.
    fn token(&self, token: &str) -> Option<String> {
        let part = |text: &str| paths::slug(&text.replace('/', "-"), Slug::Hugo);
        let title = self.keys.scalar("title").unwrap_or(self.file);
        let sections: Vec<&str> =
            self.folder.split('/').filter(|part| !part.is_empty()).collect();
        let one = |at: Option<&&str>| Some(at.copied().unwrap_or_default().to_owned());
        match token {
            "title" => Some(part(title)),
            "slug" => Some(part(self.slug.unwrap_or(title))),
            "slugorfilename" | "slugorcontentbasename" => {
                Some(part(self.slug.unwrap_or(self.file)))
            }
            "filename" | "contentbasename" => Some(part(self.file)),
            "section" | "sections[0]" => one(sections.first()),
            "sections[1]" => one(sections.get(1)),
            "sections[2]" => one(sections.get(2)),
            "sections[last]" => one(sections.last()),
            "sections[1:]" => Some(sections.get(1..).unwrap_or_default().join("/")),
            "sections[:last]" => {
                let n = sections.len().saturating_sub(1);
                Some(sections.get(..n).unwrap_or_default().join("/"))
            }
            "sections" => Some(sections.join("/")),
            other => permalinks::of_date(layout(other), self.date?),
        }
    }
}

/// The token that a layout of Go stands for.
fn layout(token: &str) -> &str {
    match token {
        "2006" => "year",
        "06" => "short_year",
        "01" => "month",
        "1" => "i_month",
        "02" => "day",
        "2" => "i_day",
        "Jan" => "short_month",
        "January" => "long_month",
        "Mon" => "short_day",
        "Monday" => "long_day",
        other => other,
    }
}

/// Takes over what one cascade hands down.
fn push_cascade(all: &mut Vec<(String, String, Table)>, folder: &str, cascade: &Data) {
    for table in cascade.items().iter().filter_map(Data::table) {
        let mut keys = table.clone();
        let target = keys.take("target").or_else(|| keys.take("_target"));
        let target = target.as_ref().and_then(|target| target.get("path")?.scalar());
        // The keys of pages stand beside `params`, which are keys of pages too.
        if let Some(Data::Table(params)) = keys.take("params") {
            keys.fill(&params);
        }
        all.push((folder.to_owned(), target.unwrap_or_default().to_owned(), keys));
    }
}

impl Rules for Hugo {
    fn class(&self, path: &str) -> Class {
        if self.spot(path).is_some() {
            return match paths::ending(path).as_str() {
                "html" | "htm" => Class::Content,
                _ if rules::is_markdown(path) => Class::Content,
                _ => rules::other_markup(path).map_or(Class::Beside, Class::Refused),
            };
        }
        let folders =
            self.settings.get("staticDir").map(Data::scalars).unwrap_or_default();
        let own =
            ["static", "assets"].into_iter().chain(folders.iter().map(String::as_str));
        for folder in own {
            if let Some(inner) = paths::below(path, folder) {
                return Class::File(format!("/{inner}"));
            }
        }
        Class::Works("is a part of Hugo's settings or theme")
    }

    fn front(&self, path: &str, text: &str) -> Result<Front, Fault> {
        let mut front = front_matter::fenced(text)?;
        if let Some(Data::Table(params)) = front.keys.take("params") {
            front.keys.fill(&params);
        }
        let Some(spot) = self.spot(path) else { return Ok(front) };
        let whole = format!("{}/{}", spot.folder, spot.stem);
        for (folder, target, keys) in &self.cascades {
            let is_below = folder.is_empty()
                || spot.folder == folder
                || paths::below(spot.folder, folder).is_some();
            if is_below && (target.is_empty() || paths::matches(target, &whole)) {
                front.keys.fill(keys);
            }
        }
        Ok(front)
    }

    fn place(&self, path: &str, keys: &mut Table, body: &str) -> Place {
        let Some(spot) = self.spot(path) else { return Place::default() };
        let (date, of_name) = self.date(keys, &spot);
        let mut place = Place { date, ..Place::default() };
        if let Some((_, rest)) = paths::dated(&spot.stem).filter(|_| of_name.is_some()) {
            keys.put("slug", Data::Text(rest.to_owned()));
        }
        let prefix = self.prefix(spot.language);
        let address = match keys.take("url").as_ref().and_then(Data::scalar) {
            Some(url) => {
                let words = Words {
                    folder: spot.folder,
                    file: &spot.stem,
                    slug: None,
                    keys,
                    date: date.as_ref(),
                };
                let url = words.fill(url);
                let prefix = if url.starts_with('/') { "" } else { &prefix };
                self.cased(&format!("{prefix}/{url}"))
            }
            None => format!("{prefix}/{}", self.address(&spot, keys, date.as_ref())),
        };
        let address = paths::page(&address);
        for alias in keys.take("aliases").map(|all| all.scalars()).unwrap_or_default() {
            place.aliases.push(aliased(&alias, &address, &prefix));
        }
        let is_section = spot.stem == "_index";
        let is_top = spot.folder.is_empty()
            || (spot.stem == "index" && !spot.folder.contains('/'));
        let is_page =
            is_top || is_section || matches!(keys.scalar("type"), Some("page" | "pages"));
        place.sort = if is_page { Sort::Page } else { Sort::Article };
        place.held = self.held(keys, date.as_ref());
        if is_section && body.trim().is_empty() {
            place.skip =
                Some("is the list of a section, without a text of its own".to_owned());
        } else if self.is_inside_bundle(path, &spot) && !is_section {
            place.skip =
                Some("belongs to the page of its folder, and was no page".to_owned());
        }
        let language =
            self.languages.get(spot.language).map(|language| language.code.clone());
        place.language = language.filter(|_| self.languages.len() > 1);
        let group =
            keys.take("translationKey").and_then(|key| key.scalar().map(str::to_owned));
        place.group =
            Some(group.unwrap_or_else(|| format!("{}/{}", spot.folder, spot.stem)));
        let name = if spot.stem == "index" || is_section {
            paths::name(spot.folder)
        } else {
            &spot.stem
        };
        let slug = keys.take("slug").and_then(|slug| slug.scalar().map(str::to_owned));
        place.slug = slug.unwrap_or_else(|| name.to_owned());
        place.address = Some(address);
        for key in ["draft", "headless", "build", "_build"] {
            drop(keys.take(key));
        }
        place
    }

    fn root(&self) -> &str {
        &self.content
    }

    fn taxonomies(&self) -> Vec<String> {
        let own = self.settings.get("taxonomies").and_then(Data::table);
        let own =
            own.into_iter().flat_map(Table::iter).flat_map(|(_, many)| many.scalars());
        let mut all: Vec<String> =
            ["tags", "categories", "series"].map(str::to_owned).to_vec();
        let is_person = |name: &String| matches!(name.as_str(), "authors" | "author");
        all.extend(own.filter(|name| !is_person(name)).collect::<Vec<_>>());
        all.dedup();
        all
    }

    fn term_slug(&self, name: &str) -> String {
        self.cased(&paths::slug(&name.replace('/', "-"), Slug::Hugo))
    }

    fn dialect(&self) -> Dialect {
        Dialect::Hugo
    }
}
