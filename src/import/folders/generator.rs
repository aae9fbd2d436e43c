//! Which generator a folder is for: by its files, or by what the caller says.

use std::sync::Arc;

use super::rules::Site;
use crate::import::piece::Refused;

/// A generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generator {
    /// Hugo.
    Hugo,
    /// Jekyll.
    Jekyll,
    /// Zola.
    Zola,
    /// Eleventy.
    Eleventy,
    /// Hexo.
    Hexo,
    /// Pelican.
    Pelican,
    /// Nikola.
    Nikola,
}

/// All generators.
pub const ALL: [Generator; 7] = [
    Generator::Hugo,
    Generator::Jekyll,
    Generator::Zola,
    Generator::Eleventy,
    Generator::Hexo,
    Generator::Pelican,
    Generator::Nikola,
];

impl Generator {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hugo => "Hugo",
            Self::Jekyll => "Jekyll",
            Self::Zola => "Zola",
            Self::Eleventy => "Eleventy",
            Self::Hexo => "Hexo",
            Self::Pelican => "Pelican",
            Self::Nikola => "Nikola",
        }
    }

    /// The generator of a name.
    pub fn named(name: &str) -> Option<Self> {
        ALL.into_iter().find(|own| own.name().eq_ignore_ascii_case(name.trim()))
    }

    /// Why a folder is for this generator; nothing if nothing says so.
    fn reason(self, site: &Site) -> Option<String> {
        let has = |path: &str| site.paths.contains(path);
        let below = |folder: &str| {
            let first = site.paths.range(folder.to_owned()..).next();
            first.is_some_and(|path| path.starts_with(folder))
        };
        let says = |path: &str, words: &[&str]| {
            let text = site.text(path).unwrap_or_default();
            words
                .iter()
                .find(|word| text.contains(**word))
                .map(|word| format!("{path} sets {word}"))
        };
        let first = |paths: &[&str]| {
            paths.iter().find(|path| has(path)).map(|path| format!("{path} is there"))
        };
        match self {
            Self::Hugo => first(&[
                "hugo.toml",
                "hugo.yaml",
                "hugo.yml",
                "hugo.json",
                "config/_default/hugo.toml",
                "config/_default/config.toml",
                "config/_default/hugo.yaml",
            ])
            .or_else(|| {
                ["config.toml", "config.yaml", "config.yml", "config.json"]
                    .iter()
                    .find_map(|path| {
                        says(path, &["baseURL", "baseurl", "baseUrl", "languageCode"])
                    })
                    .filter(|_| below("content/"))
            }),
            Self::Zola => {
                says("config.toml", &["base_url"]).or_else(|| first(&["zola.toml"]))
            }
            Self::Hexo => {
                let is_hexo = has("_config.yml") && below("source/_posts/");
                is_hexo.then(|| "_config.yml and source/_posts/ are there".to_owned())
            }
            Self::Jekyll => jekyll(site),
            Self::Eleventy => first(&[
                ".eleventy.js",
                "eleventy.config.js",
                "eleventy.config.mjs",
                "eleventy.config.cjs",
                "eleventy.config.ts",
            ])
            .or_else(|| says("package.json", &["@11ty/eleventy"])),
            Self::Pelican => first(&["pelicanconf.py"]),
            Self::Nikola => says("conf.py", &["BLOG_TITLE"]),
        }
    }
}

/// Why a folder is for Jekyll; nothing if nothing says so.
fn jekyll(site: &Site) -> Option<String> {
    let names = ["_config.yml", "_config.yaml", "_config.toml"];
    let has_settings = names.iter().any(|name| site.paths.contains(*name));
    let is_post =
        |path: &String| path.starts_with("_posts/") || path.contains("/_posts/");
    let is_hexo = site.paths.iter().any(|path| path.starts_with("source/_posts/"));
    let has_posts = site.paths.iter().any(is_post);
    match (is_hexo, has_posts, has_settings) {
        (true, ..) | (_, false, false) => None,
        (_, true, _) => Some("_posts/ is there".to_owned()),
        _ => Some("_config.yml is there".to_owned()),
    }
}

/// Finds the generator of a folder, and why it is that one.
pub(super) fn find(
    site: &Site,
    folder: &Arc<str>,
) -> Result<(Generator, String), Refused> {
    let found = ALL.into_iter().filter_map(|own| Some((own, own.reason(site)?)));
    let found: Vec<_> = found.collect();
    let refused = |message: String| {
        let names = ALL.map(|own| own.name().to_lowercase()).join(", ");
        let hint = format!("say which generator it is for with `--from NAME`: {names}");
        Refused { file: Arc::clone(folder), message, hint }
    };
    match <[(Generator, String); 1]>::try_from(found) {
        Ok([one]) => Ok(one),
        Err(none) if none.is_empty() => {
            Err(refused("nothing says which generator the folder is for".to_owned()))
        }
        Err(several) => {
            let names: Vec<_> = several
                .iter()
                .map(|(own, why)| format!("{} ({why})", own.name()))
                .collect();
            Err(refused(format!("the folder may be for {}", names.join(" or "))))
        }
    }
}
