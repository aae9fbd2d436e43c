//! The rules of Eleventy: the data cascade of folders, `permalink`, addresses
//! of paths.
//!
//! Nothing of JavaScript is run: a permalink or a data file that is a program
//! is told as a note. Of a permalink that is a template, literals and simple
//! variables are filled in.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::data::{Data, Table};
use super::front_matter::{self, Front};
use super::paths::{self, Slug};
use super::permalinks;
use super::rules::{self, Class, Dialect, Place, Rules, Site};
use super::yaml::Fault;
use super::{dates, settings};
use crate::date::Date;
use crate::import::piece::{About, Note, Sort};

/// The tags that only gather pages into a list.
const LISTS: &[&str] =
    &["all", "post", "posts", "nav", "page", "pages", "blog", "article", "articles"];

/// The rules for one folder.
pub(super) struct Eleventy {
    /// The folder.
    site: Rc<Site>,
    /// The folder of the sources.
    input: String,
    /// The folders that are copied as they are, and where to.
    copied: Vec<(String, String)>,
    /// What `.eleventyignore` names.
    ignored: Vec<String>,
    /// The data of each folder, once they are read.
    folders: RefCell<BTreeMap<String, Table>>,
}

/// The settings that can be told without running them.
pub(super) fn settings_of(site: &Site) -> Table {
    let names = [
        ".eleventy.js",
        "eleventy.config.js",
        "eleventy.config.mjs",
        "eleventy.config.cjs",
        "eleventy.config.ts",
    ];
    let mut table = Table::default();
    let Some((_, text)) = site.first(&names) else { return table };
    for key in ["input", "includes", "pathPrefix"] {
        if let Some(value) = literal(&text, key) {
            table.put(key, Data::Text(value));
        }
    }
    let copies = text.split("addPassthroughCopy(").skip(1).flat_map(|call| {
        let call = call.split(')').next().unwrap_or_default();
        quoted(call)
    });
    table.put("copied", Data::List(copies.map(Data::Text).collect()));
    for (file, path) in
        [("_data/metadata", ["url"]), ("_data/site", ["url"]), ("_data/meta", ["url"])]
    {
        let input = table.scalar("input").unwrap_or_default().to_owned();
        let data = settings::any(site, &paths::join(&input, file));
        if let Some(url) = data.as_ref().and_then(|data| data.at(&path)) {
            table.put("url", url.clone());
        }
    }
    table
}

/// The text that a key of an object in JavaScript is set to.
fn literal(text: &str, key: &str) -> Option<String> {
    text.match_indices(key).find_map(|(at, _)| {
        let rest =
            text.get(at + key.len()..)?.trim_start_matches(['"', '\'']).trim_start();
        let rest = rest.strip_prefix(':')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let (value, _) = rest.get(1..)?.split_once(quote)?;
        Some(value.to_owned())
    })
}

/// The texts in quotes of a piece of JavaScript.
fn quoted(text: &str) -> Vec<String> {
    let parts = text.split(['"', '\'', '`']).skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}

impl Eleventy {
    /// The rules for a folder with these settings.
    pub(super) fn new(site: Rc<Site>, settings: &Table) -> Self {
        let input = paths::join("", settings.scalar("input").unwrap_or_default());
        let copied = settings.get("copied").map(Data::scalars).unwrap_or_default();
        let copied = copied.iter().map(|from| paths::join("", from)).map(|from| {
            let to = paths::below(&from, &input).unwrap_or(&from).to_owned();
            (from, to)
        });
        let copied = copied.collect();
        let ignored = site.text(".eleventyignore").unwrap_or_default();
        let ignored = ignored
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self {
            site,
            input,
            copied,
            ignored: ignored.map(|line| paths::join("", line)).collect(),
            folders: RefCell::default(),
        }
    }

    /// What the data files of a folder and those above it hand down.
    fn folder_data(&self, folder: &str) -> Table {
        if let Some(table) = self.folders.borrow().get(folder) {
            return table.clone();
        }
        let name = paths::name(folder);
        let mut table = self.data_at(&format!("{folder}/{name}"));
        if !folder.is_empty() && folder != self.input {
            cascade(&mut table, &self.folder_data(paths::parent(folder)));
        }
        self.folders.borrow_mut().insert(folder.to_owned(), table.clone());
        table
    }

    /// What the data files of one name say.
    fn data_at(&self, base: &str) -> Table {
        let mut table = Table::default();
        let base = base.trim_start_matches('/');
        for file in [format!("{base}.11tydata.json"), format!("{base}.json")] {
            if let Some(own) = settings::read(&self.site, &file) {
                cascade(&mut table, &own);
            }
        }
        table
    }

    /// The data files of a page that are programs.
    fn programs(&self, path: &str) -> Vec<String> {
        let folder = paths::parent(path);
        let of_folder = paths::join(folder, paths::name(folder));
        let of_page = paths::join(folder, paths::stem(path));
        let endings = ["11tydata.js", "11tydata.cjs", "11tydata.mjs"];
        let all = [of_folder, of_page]
            .into_iter()
            .flat_map(|base| endings.map(|end| format!("{base}.{end}")));
        all.filter(|file| self.site.paths.contains(file)).collect()
    }

    /// The address of a path that has no permalink.
    fn of_path(&self, path: &str) -> String {
        let inner = paths::below(path, &self.input).unwrap_or(path);
        let (folder, stem) = (paths::parent(inner), paths::stem(inner));
        if stem == "index" || stem == paths::name(folder) {
            return paths::rooted(&format!("/{folder}/"));
        }
        paths::rooted(&format!("/{folder}/{stem}/"))
    }

    /// The variables of a page that a permalink may name.
    fn variable(
        &self,
        name: &str,
        path: &str,
        keys: &Table,
        date: Option<&Date>,
    ) -> Option<String> {
        let inner = paths::below(path, &self.input).unwrap_or(path);
        let stem = paths::stem(inner);
        let slug = match stem {
            "index" => undated(paths::name(paths::parent(inner))),
            stem => undated(stem),
        };
        match name {
            "page.fileSlug" => Some(slug.to_owned()),
            "page.filePathStem" => {
                Some(format!("/{}", paths::join(paths::parent(inner), undated(stem))))
            }
            "page.outputFileExtension" => Some("html".to_owned()),
            "page.inputPath" => Some(format!("./{path}")),
            "page.date" | "date" => date.map(Date::html_datetime),
            name => {
                let path: Vec<&str> = name.split('.').collect();
                keys.at(&path).and_then(Data::scalar).map(str::to_owned)
            }
        }
    }

    /// Fills the variables of a permalink; nothing if one is not known.
    fn filled(
        &self,
        template: &str,
        path: &str,
        keys: &Table,
        date: Option<&Date>,
    ) -> Option<String> {
        let mut out = String::new();
        let mut rest = template;
        while let Some((before, tail)) = rest.split_once("{{") {
            let (inner, behind) = tail.split_once("}}")?;
            out.push_str(before);
            let mut parts = inner.trim_matches(['-', ' ']).split('|').map(str::trim);
            let name = parts.next()?;
            let literal = name.trim_matches(['"', '\'']);
            let mut value = if literal.len() == name.len() {
                self.variable(name, path, keys, date)?
            } else {
                literal.to_owned()
            };
            for filter in parts {
                value = filtered(&value, filter, date)?;
            }
            out.push_str(&value);
            rest = behind;
        }
        out.push_str(rest);
        (!out.contains("{%")).then_some(out)
    }
}

/// A name without a date before it.
fn undated(name: &str) -> &str {
    paths::dated(name)
        .map(|(_, rest)| rest)
        .filter(|rest| !rest.is_empty())
        .unwrap_or(name)
}

/// A value behind one filter; nothing if the filter is not known.
fn filtered(value: &str, filter: &str, date: Option<&Date>) -> Option<String> {
    let (name, argument) = filter.split_once([':', '(']).unwrap_or((filter, ""));
    let argument = argument.trim().trim_end_matches(')').trim_matches(['"', '\'']);
    match name.trim() {
        "slugify" | "slug" => Some(paths::slug(value, Slug::Ascii)),
        "downcase" | "lower" => Some(value.to_lowercase()),
        "date" => Some(permalinks::strftime(argument, date?)),
        "url" | "safe" | "strip" | "trim" => Some(value.to_owned()),
        _ => None,
    }
}

/// Puts the data of a wider file behind those of a closer one: tables and lists
/// are joined, of scalars the closer wins.
fn cascade(own: &mut Table, wider: &Table) {
    for (key, value) in wider.iter() {
        let joined = match (own.get(key), value) {
            (Some(Data::List(near)), Data::List(far)) => {
                let mut all = far.clone();
                all.extend(near.iter().filter(|item| !far.contains(item)).cloned());
                Data::List(all)
            }
            (Some(Data::Table(near)), Data::Table(far)) => {
                let mut all = near.clone();
                all.fill(far);
                Data::Table(all)
            }
            (Some(_), _) => continue,
            (None, value) => value.clone(),
        };
        own.set(key, joined);
    }
}

impl Rules for Eleventy {
    fn class(&self, path: &str) -> Class {
        for (from, to) in &self.copied {
            if path == from {
                return Class::File(format!("/{to}"));
            }
            if let Some(inner) = paths::below(path, from) {
                return Class::File(paths::rooted(&format!("/{to}/{inner}")));
            }
        }
        let Some(inner) = paths::below(path, &self.input) else {
            return Class::Works("is not below the folder of the sources");
        };
        let first = inner.split('/').next().unwrap_or_default();
        let is_ignored = self.ignored.iter().any(|pattern| paths::matches(pattern, path));
        if is_ignored
            || matches!(
                first,
                "_includes" | "_data" | "_site" | "_layouts" | "node_modules"
            )
            || inner.starts_with('.')
        {
            return Class::Works("is a part of Eleventy's settings or theme");
        }
        match paths::ending(inner).as_str() {
            _ if rules::is_markdown(inner) => Class::Content,
            "html" | "htm" => Class::Refused("is HTML; `pressmark import html` reads it"),
            "njk" | "liquid" | "hbs" | "mustache" | "ejs" | "haml" | "pug" | "webc" => {
                Class::Works("is a template")
            }
            "js" | "cjs" | "mjs" | "ts" | "json"
                if !inner.contains('/') || inner.contains(".11tydata.") =>
            {
                Class::Works("is a part of Eleventy's settings or theme")
            }
            "json"
                if paths::stem(inner) == paths::name(paths::parent(inner))
                    || self.site.paths.contains(&path.replace(".json", ".md")) =>
            {
                Class::Works("is a file of data")
            }
            _ => Class::File(format!("/{inner}")),
        }
    }

    fn front(&self, path: &str, text: &str) -> Result<Front, Fault> {
        let mut front = front_matter::fenced(text)?;
        let folder = paths::parent(path);
        let mut handed = self.data_at(&paths::join(folder, paths::stem(path)));
        cascade(&mut handed, &self.folder_data(folder));
        // The tags that a folder gives are names of lists if they name it.
        if let Some(tags) = handed.take("tags") {
            let own = paths::name(folder);
            let is_name = |tag: &String| !LISTS.contains(&tag.as_str()) && tag != own;
            let kept: Vec<Data> =
                tags.scalars().into_iter().filter(is_name).map(Data::Text).collect();
            if !kept.is_empty() {
                handed.put("tags", Data::List(kept));
            }
        }
        if let (Some(tags), true) = (front.keys.get("tags"), handed.get("tags").is_some())
        {
            let all = tags.items().to_vec();
            front.keys.set("tags", Data::List(all));
        }
        cascade(&mut front.keys, &handed);
        Ok(front)
    }

    fn place(&self, path: &str, keys: &mut Table, _body: &str) -> Place {
        let of_name = paths::dated(paths::stem(path))
            .or_else(|| paths::dated(paths::name(paths::parent(path))));
        let of_name = of_name.and_then(|(day, _)| dates::parse(day));
        let written = keys.scalar("date").map(str::to_owned);
        let date = written.as_deref().and_then(dates::parse).or(of_name);
        if written.is_some_and(|text| dates::parse(&text).is_none()) {
            // `Last Modified` and the like tell nothing of the piece.
            drop(keys.take("date"));
        }
        let mut place = Place { date: of_name, ..Place::default() };
        let note =
            |text: String| Note { about: About::Question, text, line: 0, rule: None };
        let permalink = keys
            .take("permalink")
            .or_else(|| Some(keys.get("eleventyComputed")?.get("permalink")?.clone()));
        let default = self.of_path(path);
        place.address = Some(default.clone());
        match permalink {
            Some(own) if own.flag() == Some(false) => {
                place.held = Some("permalink: false".to_owned());
                place.address = None;
            }
            Some(own) => match own.scalar().and_then(|own| self.filled(own, path, keys, date.as_ref())) {
                Some(address) => place.address = Some(paths::without_index(&paths::rooted(&address)).to_owned()),
                None => place.notes.push(note("the permalink is a program and was not run; the address is that of the path".to_owned())),
            },
            None => {}
        }
        for file in self.programs(path) {
            place
                .notes
                .push(note(format!("the data file {file} is a program and was not run")));
        }
        if keys.take("draft").as_ref().and_then(Data::flag) == Some(true) {
            place.held = Some("draft".to_owned());
        }
        let names = keys.get("tags").map(Data::scalars).unwrap_or_default();
        let is_top = !paths::below(path, &self.input).unwrap_or(path).contains('/');
        let is_post = names.iter().any(|tag| tag == "post" || tag == "posts");
        place.sort =
            if is_post || date.is_some() || !is_top { Sort::Article } else { Sort::Page };
        if paths::ending(path) == "md" && paths::stem(path) == "index" && date.is_none() {
            place.sort = Sort::Page;
        }
        keep_names(names, keys);
        let aliases = ["redirect_from", "redirectFrom", "aliases"];
        for alias in aliases.iter().filter_map(|key| keys.take(key)) {
            place.aliases.extend(alias.scalars().iter().map(|own| paths::page(own)));
        }
        place.slug = self.variable("page.fileSlug", path, keys, None).unwrap_or_default();
        place
    }

    fn root(&self) -> &str {
        &self.input
    }

    fn dialect(&self) -> Dialect {
        Dialect::Eleventy
    }
}

/// Leaves those tags among the keys that are no names of lists.
fn keep_names(names: Vec<String>, keys: &mut Table) {
    let kept = names.into_iter().filter(|tag| !LISTS.contains(&tag.as_str()));
    let kept: Vec<Data> = kept.map(Data::Text).collect();
    if keys.take("tags").is_some() && !kept.is_empty() {
        keys.put("tags", Data::List(kept));
    }
}
