//! The rules of Hexo: posts, drafts and pages below `source/`, the pattern
//! `permalink`, folders of assets.

use std::rc::Rc;

use super::data::{Data, Table};
use super::front_matter::{self, Front};
use super::paths::{self, Slug};
use super::permalinks;
use super::rules::{self, Class, Dialect, Place, Rules, Site};
use super::yaml::Fault;
use super::{dates, settings};
use crate::date::{Date, Zone};
use crate::import::piece::{Sort, Term};

/// The tokens of `permalink`.
const TOKENS: &[&str] = &[
    "year",
    "month",
    "i_month",
    "day",
    "i_day",
    "hour",
    "minute",
    "second",
    "title",
    "post_title",
    "name",
    "category",
    "id",
    "hash",
    "lang",
];

/// The rules for one folder.
pub(super) struct Hexo {
    /// The folder.
    site: Rc<Site>,
    /// The settings.
    settings: Table,
    /// The folder of the sources.
    source: String,
}

/// Reads the settings.
pub(super) fn settings_of(site: &Site) -> Table {
    settings::read(site, "_config.yml")
        .or_else(|| settings::read(site, "_config.json"))
        .unwrap_or_default()
}

impl Hexo {
    /// The rules for a folder with these settings.
    pub(super) fn new(site: Rc<Site>, settings: Table) -> Self {
        let source = settings.scalar("source_dir").unwrap_or("source").to_owned();
        Self { site, settings, source }
    }

    /// The path of a post or draft below its folder, and whether it is a draft.
    fn post<'p>(&self, path: &'p str) -> Option<(&'p str, bool)> {
        let inner = paths::below(path, &self.source)?;
        let post = paths::below(inner, "_posts").map(|post| (post, false));
        post.or_else(|| paths::below(inner, "_drafts").map(|draft| (draft, true)))
    }

    /// The slug of a post's path and the day in it, by `new_post_name`.
    fn named(&self, post: &str) -> (String, Option<Date>) {
        let bare = paths::join(paths::parent(post), paths::stem(post));
        let pattern = self.settings.scalar("new_post_name").unwrap_or(":title.md");
        let stem = paths::stem(pattern);
        let is_dated = stem.starts_with(":year-:month-:day-")
            || stem.starts_with(":year-:i_month-:i_day-");
        let name = paths::name(&bare);
        match paths::dated(name).filter(|(_, rest)| is_dated && !rest.is_empty()) {
            Some((day, rest)) => {
                (paths::join(paths::parent(&bare), rest), dates::parse(day))
            }
            None => (bare, None),
        }
    }

    /// The categories: the names of each, from the widest on.
    fn categories(keys: &Table) -> Vec<Vec<String>> {
        let Some(data) = keys.get("categories").or_else(|| keys.get("category")) else {
            return Vec::new();
        };
        match data {
            // A list in a list is one line of categories; a plain list is one line too.
            Data::List(items)
                if items.iter().any(|item| matches!(item, Data::List(_))) =>
            {
                items.iter().map(Data::scalars).collect()
            }
            other => vec![other.scalars()],
        }
    }

    /// The address of a post.
    fn address(&self, slug: &str, keys: &Table, date: Option<&Date>) -> String {
        let pattern =
            self.settings.scalar("permalink").unwrap_or(":year/:month/:day/:title/");
        let title = keys.scalar("title").unwrap_or_default();
        let categories = Self::categories(keys);
        let category = categories.first().filter(|names| !names.is_empty()).map_or_else(
            || {
                self.settings
                    .scalar("default_category")
                    .unwrap_or("uncategorized")
                    .to_owned()
            },
            |names| {
                let names: Vec<_> =
                    names.iter().map(|name| self.category(name)).collect();
                names.join("/")
            },
        );
        let defaults = self.settings.get("permalink_defaults");
        let filled = permalinks::fill(pattern, TOKENS, &|token| match token {
            "title" => Some(paths::slug(slug, Slug::Hexo)),
            "name" => Some(paths::slug(paths::name(slug), Slug::Hexo)),
            "post_title" => Some(self.cased(&paths::slug(title, Slug::Hexo))),
            "category" => Some(category.clone()),
            "id" | "hash" => None,
            "lang" => keys
                .scalar("lang")
                .or_else(|| defaults?.get("lang")?.scalar())
                .map(str::to_owned),
            other => permalinks::of_date(other, date?),
        });
        paths::rooted(&filled)
    }

    /// Where a post stood, and whether it was public.
    fn place_post(
        &self,
        (post, is_draft): (&str, bool),
        written: Option<&str>,
        keys: &mut Table,
        place: &mut Place,
    ) {
        let (slug, of_name) = self.named(post);
        place.date = of_name;
        let date = keys.scalar("date").and_then(dates::parse).or(of_name);
        // Hexo takes the clock of UTC for its own.
        let clock = date.map(|date| dates::in_zone(&date, &Zone::utc()));
        place.address = Some(match written {
            Some(own) => paths::rooted(own),
            None => self.address(&slug, keys, clock.as_ref()),
        });
        paths::name(&slug).clone_into(&mut place.slug);
        let is_hidden =
            keys.take("published").as_ref().and_then(Data::flag) == Some(false);
        place.held = match (is_draft, is_hidden) {
            (true, _) => Some("draft".to_owned()),
            (_, true) => Some("published: false".to_owned()),
            _ if self.settings.get("future").and_then(Data::flag) == Some(false) => {
                rules::future(&self.site, date.as_ref())
            }
            _ => None,
        };
    }

    /// Where a page stood.
    fn place_page(&self, path: &str, written: Option<String>, place: &mut Place) {
        let inner = paths::below(path, &self.source).unwrap_or(path);
        let bare = paths::join(paths::parent(inner), paths::stem(inner));
        let address = written.unwrap_or_else(|| format!("{bare}.html"));
        let address = paths::rooted(&address);
        paths::without_index(&address).clone_into(place.address.insert(String::new()));
        place.sort = Sort::Page;
        let name = if paths::stem(inner) == "index" {
            paths::name(paths::parent(inner))
        } else {
            paths::stem(inner)
        };
        name.clone_into(&mut place.slug);
    }

    /// A category as a part of an address.
    fn category(&self, name: &str) -> String {
        let mapped =
            self.settings.get("category_map").and_then(|map| map.get(name)?.scalar());
        self.cased(&paths::slug(mapped.unwrap_or(name), Slug::Hexo))
    }

    /// A name as `filename_case` wants it.
    fn cased(&self, name: &str) -> String {
        match self.settings.scalar("filename_case") {
            Some("1") => name.to_lowercase(),
            Some("2") => name.to_uppercase(),
            _ => name.to_owned(),
        }
    }
}

impl Rules for Hexo {
    fn class(&self, path: &str) -> Class {
        let Some(inner) = paths::below(path, &self.source) else {
            return Class::Works("is a part of Hexo's settings or theme");
        };
        let is_post = self.post(path).is_some();
        let is_hidden =
            inner.split('/').any(|part| part.starts_with(['_', '.'])) && !is_post;
        let skips =
            self.settings.get("skip_render").map(Data::scalars).unwrap_or_default();
        let is_raw = skips.iter().any(|pattern| paths::matches(pattern, inner));
        if is_hidden {
            return Class::Works("is a part of Hexo's settings or theme");
        }
        if rules::is_markdown(path) && !is_raw {
            return Class::Content;
        }
        match self.post(path) {
            Some(_) => Class::Beside,
            None => Class::File(format!("/{inner}")),
        }
    }

    fn front(&self, _path: &str, text: &str) -> Result<Front, Fault> {
        front_matter::hexo(text)
    }

    fn place(&self, path: &str, keys: &mut Table, _body: &str) -> Place {
        let mut place = Place::default();
        let written =
            keys.take("permalink").and_then(|own| own.scalar().map(str::to_owned));
        for key in ["alias", "aliases", "redirect_from"] {
            for alias in keys.take(key).map(|all| all.scalars()).unwrap_or_default() {
                place.aliases.push(paths::rooted(&alias));
            }
        }
        place.language = keys.scalar("lang").map(str::to_owned);
        match self.post(path) {
            Some(post) => self.place_post(post, written.as_deref(), keys, &mut place),
            None => self.place_page(path, written, &mut place),
        }
        if keys.take("draft").as_ref().and_then(Data::flag) == Some(true) {
            place.held = Some("draft".to_owned());
        }
        for name in Self::categories(keys).into_iter().flatten() {
            let slug = self.category(&name);
            let term = Term { domain: "categories".to_owned(), name, slug };
            if !place.terms.contains(&term) {
                place.terms.push(term);
            }
        }
        drop((keys.take("categories"), keys.take("category"), keys.take("slug")));
        place
    }

    fn root(&self) -> &str {
        &self.source
    }

    fn term_slug(&self, name: &str) -> String {
        self.cased(&paths::slug(name, Slug::Hexo))
    }

    fn dialect(&self) -> Dialect {
        Dialect::Hexo
    }
}
