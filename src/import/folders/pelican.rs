//! The rules of Pelican: articles and pages, `ARTICLE_URL` and its like, names
//! and days in paths, statuses.

use std::rc::Rc;

use super::data::{Data, Table};
use super::front_matter::{self, Front};
use super::paths::{self, Slug};
use super::permalinks;
use super::rules::{self, Class, Dialect, Place, Rules, Site};
use super::yaml::Fault;
use super::{dates, python};
use crate::date::Date;
use crate::import::piece::{Sort, Term};

/// The rules for one folder.
pub(super) struct Pelican {
    /// The folder.
    site: Rc<Site>,
    /// The settings.
    settings: Table,
    /// The folder of the texts.
    content: String,
}

/// Reads the settings; those for publishing win.
pub(super) fn settings_of(site: &Site) -> Table {
    let mut all = site
        .text("publishconf.py")
        .map(|text| python::settings(&text))
        .unwrap_or_default();
    if let Some(text) = site.text("pelicanconf.py") {
        all.fill(&python::settings(&text));
    }
    all
}

impl Pelican {
    /// The rules for a folder with these settings.
    pub(super) fn new(site: Rc<Site>, settings: Table) -> Self {
        let has_content = site
            .paths
            .range("content/".to_owned()..)
            .next()
            .is_some_and(|path| path.starts_with("content/"));
        let default = if has_content { "content" } else { "" };
        let content = paths::join("", settings.scalar("PATH").unwrap_or(default));
        Self { site, settings, content }
    }

    /// A list of folders of the settings.
    fn folders(&self, key: &str, default: &str) -> Vec<String> {
        self.settings.get(key).map_or_else(|| vec![default.to_owned()], Data::scalars)
    }

    /// Whether a path stands in one of the folders of pages.
    fn is_page(&self, inner: &str) -> bool {
        let listed = self.folders("PAGE_PATHS", "pages");
        listed
            .iter()
            .any(|folder| paths::below(inner, folder).is_some_and(|rest| rest != inner))
    }

    /// Puts the keys that the path says where the file does not say them.
    fn of_path(&self, inner: &str, keys: &mut Table) {
        for (key, default, text) in [
            ("FILENAME_METADATA", r"(?P<date>\d{4}-\d{2}-\d{2}).*", paths::stem(inner)),
            ("PATH_METADATA", "", inner),
        ] {
            let pattern = self.settings.scalar(key).unwrap_or(default);
            let Ok(pattern) = regex::RegexBuilder::new(&format!("^(?:{pattern})"))
                .size_limit(1 << 20)
                .build()
            else {
                continue;
            };
            let Some(found) = pattern.captures(text) else { continue };
            for name in pattern.capture_names().flatten() {
                if let Some(value) = found.name(name) {
                    keys.put(&name.to_lowercase(), Data::Text(value.as_str().to_owned()));
                }
            }
        }
    }

    /// What a pattern of an address is for this page.
    fn pattern(&self, sort: Sort, status: &str, has_language: bool) -> String {
        let kind = match (sort, status) {
            (Sort::Article, "draft") => "DRAFT",
            (Sort::Page, "draft") => "DRAFT_PAGE",
            (Sort::Article, _) => "ARTICLE",
            (Sort::Page, _) => "PAGE",
        };
        let folder = match kind {
            "DRAFT" => "drafts/",
            "DRAFT_PAGE" => "drafts/pages/",
            "PAGE" => "pages/",
            _ => "",
        };
        let (name, default) = if has_language {
            (format!("{kind}_LANG_URL"), format!("{folder}{{slug}}-{{lang}}.html"))
        } else {
            (format!("{kind}_URL"), format!("{folder}{{slug}}.html"))
        };
        let saved = self.settings.scalar(&name.replace("_URL", "_SAVE_AS"));
        // A page that is saved somewhere is found there, whatever links say.
        let own = self.settings.scalar(&name).or(saved);
        own.map_or(default, str::to_owned)
    }

    /// The slug of a page.
    fn slug(&self, inner: &str, keys: &Table) -> String {
        if let Some(slug) = keys.scalar("slug") {
            return slug.to_owned();
        }
        let source = self.settings.scalar("SLUGIFY_SOURCE");
        let text = match source {
            Some("basename") => paths::stem(inner),
            _ => keys.scalar("title").unwrap_or(paths::stem(inner)),
        };
        paths::slug(text, Slug::Pelican)
    }

    /// Fills a pattern: `{slug}`, `{date:%Y}`, `{category}`.
    fn filled(pattern: &str, slug: &str, keys: &Table, date: Option<&Date>) -> String {
        let mut out = String::new();
        let mut rest = pattern;
        while let Some((before, tail)) = rest.split_once('{') {
            let Some((name, behind)) = tail.split_once('}') else { break };
            out.push_str(before);
            rest = behind;
            let (name, format) = name.split_once(':').unwrap_or((name, ""));
            let slugged =
                |key: &str| keys.scalar(key).map(|text| paths::slug(text, Slug::Pelican));
            match name {
                "slug" => out.push_str(slug),
                "date" => out.push_str(
                    &date
                        .map(|date| permalinks::strftime(format, date))
                        .unwrap_or_default(),
                ),
                "category" | "author" => out.push_str(&slugged(name).unwrap_or_default()),
                other => out.push_str(keys.scalar(other).unwrap_or_default()),
            }
        }
        out.push_str(rest);
        out
    }

    /// Puts the authors into one list, or the author of the settings.
    fn authors(&self, keys: &mut Table) {
        let author = self.settings.get("AUTHOR").filter(|author| !author.is_empty());
        if let Some(author) = author.filter(|_| keys.get("authors").is_none()) {
            keys.put("author", author.clone());
        }
        if let Some(all) = keys.take("authors") {
            let list = match &all {
                Data::List(_) => all.scalars(),
                other => names(other.scalar().unwrap_or_default()),
            };
            keys.set("author", Data::List(list.into_iter().map(Data::Text).collect()));
        }
    }

    /// Why a page was not public.
    fn held(&self, keys: &Table, sort: Sort, date: Option<&Date>) -> Option<String> {
        let status = keys.scalar("status").or_else(|| {
            self.settings.at(&["DEFAULT_METADATA", "status"]).and_then(Data::scalar)
        });
        match status.unwrap_or("published").to_lowercase().as_str() {
            "published" => {}
            other => return Some(other.to_owned()),
        }
        if keys.scalar("title").is_none() {
            return Some("has no title, so that Pelican left it out".to_owned());
        }
        if date.is_none()
            && sort == Sort::Article
            && self.settings.scalar("DEFAULT_DATE").is_none()
        {
            return Some("has no date, so that Pelican left it out".to_owned());
        }
        let shows =
            self.settings.get("WITH_FUTURE_DATES").and_then(Data::flag) != Some(false);
        if shows { None } else { rules::future(&self.site, date) }
    }
}

/// The names that a page is filed under.
fn terms(keys: &mut Table, has_category: bool) -> Vec<Term> {
    let mut all_terms = Vec::new();
    if let Some(category) = keys.take("category").filter(|_| has_category) {
        let name = category.scalar().unwrap_or_default().to_owned();
        let slug = paths::slug(&name, Slug::Pelican);
        all_terms.extend((!name.is_empty()).then_some(Term {
            domain: "category".to_owned(),
            name,
            slug,
        }));
    }
    let tags = keys.take("tags").unwrap_or(Data::List(Vec::new()));
    let all = match &tags {
        Data::List(_) => tags.scalars(),
        other => names(other.scalar().unwrap_or_default()),
    };
    for name in all {
        let slug = paths::slug(&name, Slug::Pelican);
        all_terms.push(Term { domain: "tags".to_owned(), name, slug });
    }
    all_terms
}

/// The names of a text, parted by semicolons, else by commas.
fn names(text: &str) -> Vec<String> {
    let mark = if text.contains(';') { ';' } else { ',' };
    text.split(mark)
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

impl Rules for Pelican {
    fn class(&self, path: &str) -> Class {
        let Some(inner) = paths::below(path, &self.content) else {
            return Class::Works("is a part of Pelican's settings or theme");
        };
        let is_settings = !inner.contains('/')
            && matches!(paths::ending(inner).as_str(), "py" | "pyc" | "bat" | "sh");
        if is_settings
            || inner.starts_with("output/")
            || paths::name(inner).starts_with('.')
            || inner == "Makefile"
        {
            return Class::Works("is a part of Pelican's settings or theme");
        }
        let copied = self.folders("STATIC_PATHS", "images");
        let excluded = self.folders("ARTICLE_EXCLUDES", "\0");
        let is_excluded = excluded
            .iter()
            .any(|folder| paths::below(inner, folder).is_some_and(|rest| rest != inner));
        if rules::is_markdown(inner) && !is_excluded {
            return Class::Content;
        }
        let is_copied = copied.iter().any(|folder| paths::below(inner, folder).is_some());
        match rules::other_markup(inner) {
            Some(why) if !is_copied => Class::Refused(why),
            _ => {
                let moved = self
                    .settings
                    .at(&["EXTRA_PATH_METADATA", inner, "path"])
                    .and_then(Data::scalar);
                Class::File(format!("/{}", moved.unwrap_or(inner)))
            }
        }
    }

    fn front(&self, path: &str, text: &str) -> Result<Front, Fault> {
        let mut front = front_matter::headers(text)?;
        let inner = paths::below(path, &self.content).unwrap_or(path);
        self.of_path(inner, &mut front.keys);
        let folder = paths::parent(inner);
        let by_folder = self.settings.get("USE_FOLDER_AS_CATEGORY").and_then(Data::flag)
            != Some(false);
        if by_folder && !folder.is_empty() && !self.is_page(inner) {
            front.keys.put("category", Data::Text(paths::name(folder).to_owned()));
        }
        if let Some(Data::Table(table)) = self.settings.get("DEFAULT_METADATA") {
            front.keys.fill(table);
        }
        Ok(front)
    }

    fn place(&self, path: &str, keys: &mut Table, _body: &str) -> Place {
        let inner = paths::below(path, &self.content).unwrap_or(path);
        let sort = if self.is_page(inner) { Sort::Page } else { Sort::Article };
        let date = keys.scalar("date").and_then(dates::parse);
        let mut place = Place {
            sort,
            held: self.held(keys, sort, date.as_ref()),
            ..Place::default()
        };
        place.slug = self.slug(inner, keys);
        let status = keys
            .take("status")
            .and_then(|own| own.scalar().map(str::to_lowercase))
            .unwrap_or_default();
        let default = self.settings.scalar("DEFAULT_LANG").unwrap_or("en").to_owned();
        let language =
            keys.take("lang").and_then(|own| own.scalar().map(str::to_lowercase));
        let is_other = language.as_ref().is_some_and(|own| *own != default);
        keys.put("lang", Data::Text(language.clone().unwrap_or_else(|| default.clone())));
        let default_category =
            self.settings.scalar("DEFAULT_CATEGORY").unwrap_or("misc").to_owned();
        let has_category = keys.get("category").is_some();
        if !has_category {
            keys.put("category", Data::Text(default_category));
        }
        self.authors(keys);
        let saved = keys.take("save_as").and_then(|own| own.scalar().map(str::to_owned));
        let address = match keys
            .take("url")
            .and_then(|own| own.scalar().map(str::to_owned))
            .or(saved)
        {
            Some(own) => Self::filled(&own, &place.slug, keys, date.as_ref()),
            None => Self::filled(
                &self.pattern(sort, &status, is_other),
                &place.slug,
                keys,
                date.as_ref(),
            ),
        };
        place.address = Some(paths::without_index(&paths::rooted(&address)).to_owned());
        drop((keys.take("lang"), keys.take("translation"), keys.take("slug")));
        place.language = language.or(Some(default));
        place.group = Some(place.slug.clone());
        place.terms = terms(keys, has_category);
        place
    }

    fn root(&self) -> &str {
        &self.content
    }

    fn dialect(&self) -> Dialect {
        Dialect::Pelican
    }
}
