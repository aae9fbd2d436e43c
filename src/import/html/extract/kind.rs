//! What sort of piece a page is: news, opinion, a release. It is said by the
//! types of JSON-LD and by the sections that the page is filed under, and not
//! guessed from the text.

use crate::import::html::metadata::Metadata;
use crate::import::piece::Term;

/// Kinds and the sections that hold nothing else.
const SECTIONS: &[(&str, &[&str])] = &[
    ("letter", &["letters", "letters to the editor", "cartas", "cartas al director"]),
    (
        "opinion",
        &[
            "opinion",
            "opinions",
            "editorial",
            "editorials",
            "op-ed",
            "op-eds",
            "commentary",
            "columns",
            "columnists",
            "opinión",
            "columnas",
            "viewpoint",
        ],
    ),
    (
        "press-release",
        &[
            "press release",
            "press releases",
            "news release",
            "news releases",
            "comunicado",
            "comunicados",
            "comunicado de prensa",
            "comunicados de prensa",
        ],
    ),
    ("interview", &["interview", "interviews", "entrevista", "entrevistas"]),
    ("feature", &["feature", "features", "reportajes"]),
    ("statement", &["statement", "statements", "declaraciones"]),
    ("photo-essay", &["photo essay", "photo essays", "fotorreportaje"]),
];

/// What sort of piece it is, if the page says so.
pub(super) fn of(
    metadata: &Metadata,
    terms: &[Term],
    title: &str,
) -> Option<&'static str> {
    let is_type = |name: &str| metadata.types.iter().any(|kind| kind == name);
    if is_type("OpinionNewsArticle") {
        return Some("opinion");
    }
    let own = terms.iter().filter(|term| term.domain == "section");
    for term in own {
        let name = term.name.to_lowercase();
        if let Some((kind, _)) =
            SECTIONS.iter().find(|(_, names)| names.contains(&name.as_str()))
        {
            return Some(kind);
        }
    }
    let title = title.to_lowercase();
    if title.starts_with("press release:") || title.starts_with("comunicado:") {
        return Some("press-release");
    }
    [
        "ReportageNewsArticle",
        "NewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
    ]
    .iter()
    .any(|name| is_type(name))
    .then_some("news")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_sections_say_what_a_piece_is() {
        let cases: [(&str, &str, &str, Option<&str>); 8] = [
            ("NewsArticle", "City", "T", Some("news")),
            ("NewsArticle", "Op-Eds", "T", Some("opinion")),
            ("OpinionNewsArticle", "", "T", Some("opinion")),
            ("ReportageNewsArticle", "", "T", Some("news")),
            ("", "Comunicados", "T", Some("press-release")),
            ("", "Letters", "T", Some("letter")),
            ("", "", "Press release: T", Some("press-release")),
            ("BlogPosting", "City", "T", None),
        ];
        for (kind, section, title, expected) in cases {
            let metadata =
                Metadata { types: vec![kind.to_owned()], ..Metadata::default() };
            let (domain, name) = ("section".to_owned(), section.to_owned());
            let terms = [Term { domain, name, slug: String::new() }];
            assert_eq!(
                of(&metadata, &terms, title),
                expected,
                "{kind} {section} {title}"
            );
        }
    }
}
