//! The names that an item is filed under: which are terms, which name its
//! authors, its language or its format, and which are machinery.

use crate::address;
use crate::import::piece::Term;
use crate::import::wordpress::item::Label;

/// Sorts of names that no reader ever saw.
const MACHINERY: &[&str] = &[
    "nav_menu",
    "wp_theme",
    "link_category",
    "wp_template_part_area",
    "wp_pattern_category",
    "amp_validation_error",
    "term_translations",
    "term_language",
    "post_visibility",
    "product_visibility",
    "product_type",
    "translation_priority",
    "following_users",
    "ef_usergroup",
    "elementor_library_type",
];

/// What the names that an item is filed under say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filed {
    /// Its terms, each once, in their order.
    pub terms: Vec<Term>,
    /// Its authors: what each is called in addresses, and the name.
    pub authors: Vec<(String, String)>,
    /// Its format: `gallery`.
    pub format: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// What it has in common with its translations.
    pub group: Option<String>,
}

/// Sorts out the names of an item. `name_of` knows the names of the terms that
/// the channel lists, by their sort and slug.
pub(super) fn sort_out(
    labels: &[Label],
    name_of: &dyn Fn(&str, &str) -> Option<String>,
) -> Filed {
    let mut filed = Filed::default();
    for label in labels {
        let slug = decoded(&label.slug);
        match label.domain.as_str() {
            "author" => {
                let author = (slug, label.name.clone());
                let is_empty = author.0.is_empty() && author.1.is_empty();
                if !is_empty && !filed.authors.contains(&author) {
                    filed.authors.push(author);
                }
            }
            "post_format" => {
                let format =
                    slug.strip_prefix("post-format-").unwrap_or(&slug).to_owned();
                filed.format.get_or_insert(format);
            }
            "language" => filed.language = filed.language.take().or(language_tag(&slug)),
            "post_translations" => {
                filed.group.get_or_insert(slug);
            }
            domain if MACHINERY.contains(&domain) => {}
            domain => {
                let domain = match domain {
                    "tag" => "post_tag",
                    "" => "category",
                    other => other,
                };
                let listed =
                    || name_of(domain, &label.slug).unwrap_or_else(|| slug.clone());
                let is_bare = label.name.is_empty();
                let name = if is_bare { listed() } else { label.name.clone() };
                if !name.is_empty() {
                    add(&mut filed.terms, Term { domain: domain.to_owned(), name, slug });
                }
            }
        }
    }
    filed
}

/// Adds a term, unless it is there. Old exports name each term a second time
/// without its slug.
fn add(terms: &mut Vec<Term>, term: Term) {
    let is_same = |own: &Term| {
        own.name == term.name
            && (own.slug == term.slug && own.domain == term.domain
                || term.slug.is_empty())
    };
    if terms.iter().any(is_same) {
        return;
    }
    let bare = |own: &Term| own.name == term.name && own.slug.is_empty();
    match terms.iter().position(bare) {
        Some(at) => {
            if let Some(own) = terms.get_mut(at) {
                *own = term;
            }
        }
        None => terms.push(term),
    }
}

/// A slug without its percent form.
pub(super) fn decoded(slug: &str) -> String {
    if !slug.contains('%') {
        return slug.to_owned();
    }
    address::decode(slug).unwrap_or_else(|| slug.to_owned())
}

/// A language as a BCP 47 tag: `es`, `pt-BR`; none if it is none.
pub(super) fn language_tag(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("pll_").unwrap_or(text);
    let mut parts = text.split(['-', '_']);
    let first = parts.next().filter(|first| {
        (2..=3).contains(&first.len()) && first.bytes().all(|c| c.is_ascii_alphabetic())
    })?;
    let mut tag = first.to_ascii_lowercase();
    for part in parts {
        let is_word = part.bytes().all(|c| c.is_ascii_alphanumeric());
        let part = match part.len() {
            2 if is_word => part.to_ascii_uppercase(),
            4 if is_word => {
                let (head, tail) = part.split_at_checked(1)?;
                head.to_ascii_uppercase() + &tail.to_ascii_lowercase()
            }
            // What else WordPress adds, as in `de_DE_formal`, is no part of a tag.
            _ => continue,
        };
        tag.push('-');
        tag.push_str(&part);
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(domain: &str, slug: &str, name: &str) -> Label {
        Label { domain: domain.into(), slug: slug.into(), name: name.into() }
    }

    /// The terms in one line.
    fn shown(labels: &[Label]) -> String {
        let listed = |domain: &str, slug: &str| {
            (domain == "category" && slug == "bare").then(|| "Bare Name".to_owned())
        };
        let filed = sort_out(labels, &listed);
        let terms = filed.terms.iter();
        terms
            .map(|t| format!("{}:{}:{}", t.domain, t.slug, t.name))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn terms_keep_their_names_and_slugs() {
        for (labels, expected) in [
            (
                vec![label("category", "a", "A"), label("category", "a", "A")],
                "category:a:A",
            ),
            (vec![label("", "", "A"), label("category", "a", "A")], "category:a:A"),
            (vec![label("tag", "", "B"), label("tag", "b", "B")], "post_tag:b:B"),
            (
                vec![label("category", "a", "A"), label("post_tag", "a", "A")],
                "category:a:A post_tag:a:A",
            ),
            (vec![label("category", "%ce%b1", "α")], "category:α:α"),
            (vec![label("category", "bare", "")], "category:bare:Bare Name"),
            (vec![label("category", "other", "")], "category:other:other"),
            (vec![label("nav_menu", "m", "M"), label("wp_theme", "t", "T")], ""),
            (vec![label("issue", "may", "May 1973")], "issue:may:May 1973"),
            (vec![label("category", "", "")], ""),
        ] {
            assert_eq!(shown(&labels), expected);
        }
    }

    #[test]
    fn authors_format_and_language_are_no_terms() {
        let filed = sort_out(
            &[
                label("author", "cap-ana", "ana"),
                label("author", "cap-ana", "ana"),
                label("author", "ben", "Ben"),
                label("author", "", ""),
                label("post_format", "post-format-gallery", "Gallery"),
                label("language", "es", "Español"),
                label("post_translations", "pll_5f", "pll_5f"),
            ],
            &|_, _| None,
        );
        assert_eq!(filed.terms, []);
        assert_eq!(filed.authors.len(), 2);
        assert_eq!(filed.format.as_deref(), Some("gallery"));
        assert_eq!(filed.language.as_deref(), Some("es"));
        assert_eq!(filed.group.as_deref(), Some("pll_5f"));
    }

    #[test]
    fn languages_become_tags() {
        for (text, tag) in [
            ("es", Some("es")),
            ("pt-br", Some("pt-BR")),
            ("en_US", Some("en-US")),
            ("zh-hant-tw", Some("zh-Hant-TW")),
            ("de_DE_formal", Some("de-DE")),
            ("pll_fr", Some("fr")),
            ("Español", None),
            ("", None),
        ] {
            assert_eq!(language_tag(text).as_deref(), tag, "{text}");
        }
    }
}
