//! The rules of Jekyll: posts, drafts, collections and pages, defaults,
//! categories of folders, the styles of `permalink`.
//!
//! A file of Markdown without front matter is a file that is published as it
//! is. Layouts, includes and plugins are not looked at.

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

/// The tokens of `permalink`.
const TOKENS: &[&str] = &[
    "year",
    "short_year",
    "month",
    "i_month",
    "short_month",
    "long_month",
    "day",
    "i_day",
    "y_day",
    "w_day",
    "week",
    "w_year",
    "short_day",
    "long_day",
    "hour",
    "minute",
    "second",
    "title",
    "slug",
    "name",
    "categories",
    "slugified_categories",
    "output_ext",
    "path",
    "basename",
    "collection",
];

/// What no site publishes.
const WORKS: &[&str] = &["node_modules", "vendor", "Gemfile", "Gemfile.lock"];

/// The rules for one folder.
pub(super) struct Jekyll {
    /// The folder.
    site: Rc<Site>,
    /// The settings.
    settings: Table,
    /// The folder of the sources, from the root.
    source: String,
}

/// What sort of document a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// A post; the folders above `_posts`.
    Post(String),
    /// A draft; the folders above `_drafts`.
    Draft(String),
    /// A document of a collection, and its path in it.
    Collection(String, String),
    /// A page.
    Page,
}

/// Reads the settings.
pub(super) fn settings_of(site: &Site) -> Table {
    settings::read(site, "_config.yml")
        .or_else(|| settings::read(site, "_config.yaml"))
        .or_else(|| settings::read(site, "_config.toml"))
        .unwrap_or_default()
}

/// What names a permalink is made of.
struct Words<'w> {
    /// The file's path below the sources.
    path: &'w str,
    /// What kind of document it is.
    kind: &'w Kind,
    /// The title in the file's name, or the key `slug`.
    slug: String,
    /// The name of the file, without a date.
    base: String,
    /// The categories.
    categories: Vec<String>,
    /// The date.
    date: Option<Date>,
}

impl Words<'_> {
    /// What one token stands for.
    fn token(&self, token: &str) -> Option<String> {
        let each = |make: fn(&str) -> String| {
            let mut seen: Vec<String> = Vec::new();
            for name in self.categories.iter().map(|name| make(name)) {
                if !seen.contains(&name) {
                    seen.push(name);
                }
            }
            Some(seen.join("/"))
        };
        match token {
            "title" => Some(paths::slug(&self.slug, Slug::JekyllTitle)),
            "slug" => Some(paths::slug(&self.slug, Slug::Jekyll)),
            "name" => Some(paths::slug(&self.base, Slug::Jekyll)),
            "basename" => Some(self.base.clone()),
            "categories" => each(str::to_lowercase),
            "slugified_categories" => each(|name| paths::slug(name, Slug::Jekyll)),
            "output_ext" => Some(".html".to_owned()),
            "collection" => match self.kind {
                Kind::Collection(name, _) => Some(name.clone()),
                _ => Some("posts".to_owned()),
            },
            "path" => Some(match self.kind {
                Kind::Collection(_, inner) => {
                    paths::join(paths::parent(inner), paths::stem(inner))
                }
                _ => paths::parent(self.path).to_owned(),
            }),
            "w_year" => permalinks::of_date("year", self.date.as_ref()?),
            other => permalinks::of_date(other, self.date.as_ref()?),
        }
    }
}

impl Jekyll {
    /// The rules for a folder with these settings.
    pub(super) fn new(site: Rc<Site>, settings: Table) -> Self {
        let source = settings.scalar("source").unwrap_or_default();
        let source = paths::join("", source);
        Self { site, settings, source }
    }

    /// The path below the sources, if the file is one of them.
    fn inner<'p>(&self, path: &'p str) -> Option<&'p str> {
        paths::below(path, &self.source)
    }

    /// What kind of document a path below the sources is; nothing if it is none.
    fn kind(&self, path: &str) -> Option<Kind> {
        let mut above = String::new();
        let mut parts = path.split('/').peekable();
        let within = self.settings.scalar("collections_dir").unwrap_or_default();
        while let Some(part) = parts.next() {
            let is_file = parts.peek().is_none();
            let inner = || {
                path.get(above.len() + part.len() + 1 + usize::from(!above.is_empty())..)
            };
            match part {
                "_posts" if !is_file => return Some(Kind::Post(above)),
                "_drafts" if !is_file => return Some(Kind::Draft(above)),
                _ if part.starts_with('_')
                    && !is_file
                    && (above.is_empty() || above == within) =>
                {
                    let name = part.strip_prefix('_')?;
                    self.collection(name)?;
                    return Some(Kind::Collection(name.to_owned(), inner()?.to_owned()));
                }
                _ if part.starts_with(['_', '.', '#', '~']) => return None,
                _ => {}
            }
            if !above.is_empty() {
                above.push('/');
            }
            above.push_str(part);
        }
        Some(Kind::Page)
    }

    /// The settings of a collection, if there is one of this name.
    fn collection(&self, name: &str) -> Option<Table> {
        match self.settings.get("collections")? {
            Data::Table(table) => match table.get(name)? {
                Data::Table(own) => Some(own.clone()),
                _ => Some(Table::default()),
            },
            list => list.scalars().iter().any(|own| own == name).then(Table::default),
        }
    }

    /// Whether a path is taken out of the site by the settings.
    fn is_excluded(&self, path: &str) -> bool {
        let listed =
            |key: &str| self.settings.get(key).map(Data::scalars).unwrap_or_default();
        let first = path.split('/').next().unwrap_or_default();
        let is_out =
            listed("exclude").iter().any(|pattern| paths::matches(pattern, path));
        (is_out || WORKS.contains(&first))
            && !listed("include").iter().any(|own| paths::matches(own, path))
    }

    /// Whether a file begins with a fence, as those do that Jekyll renders.
    fn has_front_matter(&self, path: &str) -> bool {
        self.site.files.read(path).is_some_and(|bytes| {
            bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).starts_with(b"---")
        })
    }

    /// The keys that the settings give to documents like this one.
    fn defaults(&self, path: &str, kind: &Kind, keys: &mut Table) {
        let all = self.settings.get("defaults").map(Data::items).unwrap_or_default();
        let own = match kind {
            Kind::Post(_) => "posts",
            Kind::Draft(_) => "drafts",
            Kind::Collection(name, _) => name.as_str(),
            Kind::Page => "pages",
        };
        let mut fitting: Vec<(usize, &Table)> = Vec::new();
        for one in all {
            let scope =
                |key: &str| one.get("scope").and_then(|scope| scope.get(key)?.scalar());
            let (folder, sort) = (scope("path").unwrap_or_default(), scope("type"));
            let is_sort =
                sort.is_none_or(|sort| sort == own || sort == own.trim_end_matches('s'));
            let values = one.get("values").and_then(Data::table);
            if let Some(values) =
                values.filter(|_| is_sort && paths::matches(folder, path))
            {
                fitting.push((folder.len() * 2 + usize::from(sort.is_some()), values));
            }
        }
        fitting.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        for (_, values) in fitting {
            keys.fill(values);
        }
    }

    /// The pattern of addresses for a kind of document.
    fn pattern(&self, kind: &Kind, stem: &str) -> String {
        let style = self.settings.scalar("permalink").unwrap_or("date");
        let own =
            match kind {
                Kind::Post(_) | Kind::Draft(_) => self
                    .collection("posts")
                    .and_then(|own| own.scalar("permalink").map(str::to_owned)),
                Kind::Collection(name, _) => {
                    let own = self.collection(name).unwrap_or_default();
                    Some(own.scalar("permalink").map_or_else(
                        || suffixed("/:collection/:path", style),
                        str::to_owned,
                    ))
                }
                Kind::Page if stem == "index" => Some("/:path/".to_owned()),
                Kind::Page => Some(suffixed("/:path/:basename", style)),
            };
        let pattern = own.unwrap_or_else(|| style.to_owned());
        styled(&pattern)
    }

    /// The date and the names of a document.
    fn words<'w>(
        &self,
        path: &'w str,
        kind: &'w Kind,
        keys: &Table,
    ) -> (Words<'w>, Option<Date>) {
        let stem = paths::stem(path);
        let named = match kind {
            Kind::Page => None,
            _ => dated(stem),
        };
        let of_name = named.as_ref().and_then(|(day, _)| dates::parse(day));
        let base = named.map_or(stem, |(_, rest)| rest).to_owned();
        let date = keys.scalar("date").and_then(dates::parse).or(of_name);
        let local = date.map(|date| match &self.site.settings.zone {
            Some(_) => dates::in_zone(&date, &self.site.zone),
            None => date,
        });
        let mut categories = Vec::new();
        if let Kind::Post(above) | Kind::Draft(above) = kind {
            categories.extend(
                above.split('/').filter(|part| !part.is_empty()).map(str::to_owned),
            );
        }
        categories.extend(words_of(keys, "category", "categories"));
        let slug = keys.scalar("slug").unwrap_or(&base).to_owned();
        (Words { path, kind, slug, base, categories, date: local }, of_name)
    }

    /// Why a document was not public.
    fn held(&self, kind: &Kind, keys: &Table, date: Option<&Date>) -> Option<String> {
        if matches!(kind, Kind::Draft(_))
            || keys.get("draft").and_then(Data::flag) == Some(true)
        {
            return Some("draft".to_owned());
        }
        if keys.get("published").and_then(Data::flag) == Some(false) {
            return Some("published: false".to_owned());
        }
        let shows_future = self.settings.get("future").and_then(Data::flag) == Some(true);
        if *kind == Kind::Page || shows_future {
            None
        } else {
            rules::future(&self.site, date)
        }
    }
}

/// A pattern with the ending that a style gives to pages.
fn suffixed(pattern: &str, style: &str) -> String {
    let ending = match style {
        "pretty" => "/",
        "date" | "ordinal" | "none" | "weekdate" => ":output_ext",
        other if other.ends_with('/') => "/",
        other if other.ends_with(":output_ext") => ":output_ext",
        _ => "",
    };
    format!("{pattern}{ending}")
}

/// The pattern of a style that has a name.
fn styled(pattern: &str) -> String {
    match pattern {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        own => own,
    }
    .to_owned()
}

/// A date in front of a post's name, which may have single digits.
fn dated(stem: &str) -> Option<(String, &str)> {
    let mut parts = stem.splitn(4, '-');
    let mut number = |most: usize| {
        let part = parts.next()?;
        let fits = (1..=most).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_digit());
        fits.then_some(part)
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let rest = parts.next()?;
    let year = if year.len() == 2 { format!("20{year}") } else { year.to_owned() };
    Some((format!("{year}-{month}-{day}"), rest))
}

/// The names of a key that may be written as one, or with blanks between them.
pub(super) fn words_of(keys: &Table, one: &str, many: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    // A single category is one name; what stands in the list's key is split.
    names.extend(keys.get(one).map(Data::scalars).unwrap_or_default());
    match keys.get(many) {
        Some(Data::List(items)) => {
            names.extend(items.iter().filter_map(Data::scalar).map(str::to_owned));
        }
        Some(other) => {
            let text = other.scalar().unwrap_or_default();
            names.extend(text.split_whitespace().map(str::to_owned));
        }
        None => {}
    }
    names
}

impl Rules for Jekyll {
    fn class(&self, path: &str) -> Class {
        let Some(inner) = self.inner(path) else {
            return Class::Works("is not below the folder of the sources");
        };
        let first = inner.split('/').next().unwrap_or_default();
        if first.starts_with("_config.") || first == "_site" || self.is_excluded(inner) {
            return Class::Works("is a part of Jekyll's settings or output");
        }
        let Some(kind) = self.kind(inner) else {
            return Class::Works("is a part of Jekyll's theme");
        };
        let is_page = kind == Kind::Page;
        let is_html = matches!(paths::ending(inner).as_str(), "html" | "htm");
        let is_collected = matches!(kind, Kind::Collection(..));
        if rules::is_markdown(inner) || (is_html && !is_page) {
            if (is_page || is_collected) && !self.has_front_matter(path) {
                return Class::File(format!("/{inner}"));
            }
            return Class::Content;
        }
        match rules::other_markup(inner) {
            Some(why) if self.has_front_matter(path) => Class::Refused(why),
            _ => Class::File(format!("/{inner}")),
        }
    }

    fn front(&self, path: &str, text: &str) -> Result<Front, Fault> {
        let mut front = front_matter::fenced(text)?;
        if let Some((inner, kind)) =
            self.inner(path).and_then(|inner| Some((inner, self.kind(inner)?)))
        {
            self.defaults(inner, &kind, &mut front.keys);
        }
        Ok(front)
    }

    fn place(&self, path: &str, keys: &mut Table, _body: &str) -> Place {
        let Some((inner, kind)) =
            self.inner(path).and_then(|inner| Some((inner, self.kind(inner)?)))
        else {
            return Place::default();
        };
        let (words, of_name) = self.words(inner, &kind, keys);
        let written =
            keys.take("permalink").and_then(|own| own.scalar().map(str::to_owned));
        let pattern = match written {
            Some(own) => styled(&own),
            None => self.pattern(&kind, paths::stem(inner)),
        };
        let address = permalinks::fill(&pattern, TOKENS, &|token| words.token(token));
        let address = paths::rooted(&address);
        let mut place = Place { date: of_name, ..Place::default() };
        place.sort = match kind {
            Kind::Post(_) | Kind::Draft(_) => Sort::Article,
            Kind::Collection(..) if words.date.is_some() => Sort::Article,
            _ => Sort::Page,
        };
        if let Kind::Collection(name, _) = &kind {
            let own = self.collection(name).unwrap_or_default();
            if own.get("output").and_then(Data::flag) != Some(true) {
                place.held = Some("its collection has no pages".to_owned());
            }
        }
        let own_date = keys.scalar("date").and_then(dates::parse).or(of_name);
        place.held = place.held.or_else(|| self.held(&kind, keys, own_date.as_ref()));
        for key in ["redirect_from", "redirect_froms"] {
            for alias in keys.take(key).map(|all| all.scalars()).unwrap_or_default() {
                place.aliases.push(paths::rooted(&alias));
            }
        }
        // Categories of folders stand before those of the keys.
        let names = words.categories.iter().cloned().map(Data::Text).collect::<Vec<_>>();
        drop((keys.take("category"), keys.take("categories")));
        if !names.is_empty() {
            keys.put("categories", Data::List(names));
        }
        let tags =
            words_of(keys, "tag", "tags").into_iter().map(Data::Text).collect::<Vec<_>>();
        drop((keys.take("tag"), keys.take("tags")));
        if !tags.is_empty() {
            keys.put("tags", Data::List(tags));
        }
        place.slug.clone_from(&words.slug);
        let is_post = place.sort == Sort::Article;
        if is_post && keys.get("title").is_none() {
            keys.put("title", Data::Text(titled(&words.base)));
        }
        for key in ["slug", "published", "draft"] {
            drop(keys.take(key));
        }
        place.address = Some(address);
        place
    }

    fn root(&self) -> &str {
        &self.source
    }

    fn term_slug(&self, _name: &str) -> String {
        String::new()
    }

    fn dialect(&self) -> Dialect {
        Dialect::Jekyll
    }
}

/// The title that a post has by its name alone.
fn titled(slug: &str) -> String {
    let words = slug.split('-').filter(|word| !word.is_empty()).map(|word| {
        let mut chars = word.chars();
        let first =
            chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}", chars.as_str().to_lowercase())
    });
    words.collect::<Vec<_>>().join(" ")
}
