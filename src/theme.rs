//! The default theme: the repository's own `templates/` and `static/`,
//! compiled into the program.

use crate::locale::{self, Locale, Tag};
use crate::templates::Template;

/// A file of the theme that is published as it is.
#[derive(Clone, Copy, Debug)]
pub struct ThemeFile {
    /// Its address.
    pub path: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

/// Names the templates of the theme once.
macro_rules! templates {
    ($($name:literal,)+) => {
        /// The theme's templates: name and text.
        const TEMPLATES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../templates/", $name)))),+];
    };
}

templates! {
    "article.html",
    "base.html",
    "browse.html",
    "home.html",
    "list.html",
    "not-found.html",
    "page.html",
    "parts/about.html",
    "parts/calendar.html",
    "parts/cite.html",
    "parts/coverage.html",
    "parts/facts.html",
    "parts/footer.html",
    "parts/header.html",
    "parts/item.html",
    "parts/items.html",
    "parts/map.html",
    "parts/pages.html",
    "parts/search-box.html",
    "parts/shares.html",
    "parts/terms.html",
    "period.html",
    "redirect.html",
    "search.html",
    "statistics.html",
    "taxonomy.html",
    "term.html",
    "titles.html",
    "withdrawn.html",
    "years.html",
}

/// The theme's words by language: Fluent texts.
const LANGUAGES: &[(&str, &str)] = &[
    ("en", include_str!("../templates/languages/en.ftl")),
    ("es", include_str!("../templates/languages/es.ftl")),
];

/// The script of the search, which only a site with an index of its own needs.
pub const SEARCH: &str = "/search.js";

/// The theme's files that are published.
pub const FILES: &[ThemeFile] = &[
    ThemeFile { path: "/style.css", bytes: include_bytes!("../static/style.css") },
    ThemeFile { path: SEARCH, bytes: include_bytes!("../static/search.js") },
    ThemeFile { path: "/favicon.svg", bytes: include_bytes!("../static/favicon.svg") },
];

/// The theme's templates.
pub fn templates() -> Vec<Template> {
    let template = |(name, text): &(&str, &str)| Template {
        name: (*name).to_owned(),
        text: (*text).to_owned(),
    };
    TEMPLATES.iter().map(template).collect()
}

/// The names of the theme's templates.
pub fn template_names() -> Vec<&'static str> {
    TEMPLATES.iter().map(|(name, _)| *name).collect()
}

/// The words of a language: English, then those of the language, then the
/// site's own, each over the one before.
pub fn locale(tag: &Tag, own: Option<(&str, &str)>) -> (Locale, Vec<locale::TextFault>) {
    // Where the theme has no words, the name of the language is not "English".
    let name = locale::own_name(tag).unwrap_or(tag.as_str());
    let name = format!("language-name = {name}\n");
    let mut texts = vec![LANGUAGES[0], ("the names of languages", name.as_str())];
    let primary = tag.as_str().split('-').next().unwrap_or_default();
    let found = LANGUAGES.iter().find(|(language, _)| *language == primary);
    texts.extend(found.filter(|(language, _)| *language != "en"));
    texts.extend(own);
    Locale::new(tag, &texts)
}
