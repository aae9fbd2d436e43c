//! Tests of what pages say of themselves.

use super::*;
use crate::dom::parse_document;

/// The metadata of a page.
fn of(html: &str) -> Metadata {
    gather(&Page::new(parse_document(html)))
}

/// JSON-LD in a page.
fn ld(json: &str) -> Metadata {
    of(&format!("<script type='application/ld+json'>{json}</script>"))
}

/// The names of the authors.
fn names(metadata: &Metadata) -> Vec<&str> {
    metadata.authors.iter().map(|author| author.name.as_str()).collect()
}

#[test]
fn authors_of_json_ld_are_texts_things_and_lists() {
    let cases: &[(&str, &[&str])] = &[
        (r#""Abby Byrne""#, &["Abby Byrne"]),
        (r#"{"@type":"Person","name":"By Ana Ruiz"}"#, &["Ana Ruiz"]),
        (r#"[{"name":"Ana Ruiz"},"Lee Park"]"#, &["Ana Ruiz", "Lee Park"]),
        (
            r#"{"@type":"Person","name":["Ana Ruiz","Lee Park"]}"#,
            &["Ana Ruiz", "Lee Park"],
        ),
        (r#""https://example.org/author/ana""#, &[]),
        ("{}", &[]),
    ];
    for (author, expected) in cases {
        let metadata = ld(&format!(r#"{{"@type":"NewsArticle","author":{author}}}"#));
        assert_eq!(&names(&metadata), expected, "{author}");
    }
    let metadata = ld(
        r#"{"@type":"NewsArticle","author":{"@type":"Organization","name":"The Voice"}}"#,
    );
    assert!(metadata.authors[0].is_organization);
}

#[test]
fn an_article_is_found_in_a_graph_and_its_author_by_id() {
    let metadata = ld(
        r##"{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},
        {"@type":["Article","OpinionNewsArticle"],"headline":"Tom &amp; Ana","author":{"@id":"#a"},
        "datePublished":"2019-10-11T09:30:00-04:00","articleSection":["Opinion"],
        "keywords":"transit, housing","image":{"@id":"#i"}},
        {"@type":"Person","@id":"#a","name":"Ana Ruiz"},
        {"@type":"ImageObject","@id":"#i","url":"https://example.org/i.jpg"}]}"##,
    );
    assert_eq!(metadata.headline.as_deref(), Some("Tom & Ana"));
    assert_eq!(names(&metadata), ["Ana Ruiz"]);
    assert_eq!(
        metadata.published[0].date,
        Date::parse("2019-10-11T09:30:00-04:00").unwrap()
    );
    assert_eq!(metadata.tags, ["transit", "housing"]);
    assert_eq!(metadata.image.as_deref(), Some("https://example.org/i.jpg"));
    assert!(metadata.types.contains(&"OpinionNewsArticle".to_owned()));
}

#[test]
fn dates_are_read_in_the_forms_of_machines() {
    let cases = [
        ("2019-10-11", Some("2019-10-11")),
        ("2019-10-11T09:30:00.000Z", Some("2019-10-11T09:30:00Z")),
        ("2019-10-11T09:30:00-0400", Some("2019-10-11T09:30:00-04:00")),
        ("20191011", Some("2019-10-11")),
        ("2019/10/11 09:00", Some("2019-10-11")),
        ("October 11, 2019", Some("2019-10-11")),
        ("Fri, 11 Oct 2019 09:30:00 GMT", Some("2019-10-11")),
        ("soon", None),
        ("0000-00-00", None),
    ];
    for (text, date) in cases {
        assert_eq!(
            read_date(text),
            date.map(|date| Date::parse(date).unwrap()),
            "{text}"
        );
    }
}

#[test]
fn metas_links_and_classes_are_read() {
    let metadata = of(
        "<!-- saved from url=(0021)https://example.org/a --><html lang=es>\
        <head><title>T | Site</title><base href=/b/><link rel=canonical href=/c>\
        <link rel=alternate hreflang=en href=/en/c><meta name=byl content='By Ana Ruiz'>\
        <meta property=article:section content=News><meta name=keywords content='a, b, a'>\
        <meta name=DC.date.issued content=2004-02-03></head>\
        <body><a rel=tag href=/tag/x>x</a><a rel='category tag' href=/category/y>y</a>",
    );
    assert_eq!(metadata.saved_from.as_deref(), Some("https://example.org/a"));
    assert_eq!(metadata.language.as_deref(), Some("es"));
    assert_eq!(metadata.canonical.as_deref(), Some("/c"));
    assert_eq!(metadata.alternates, [("en".to_owned(), "/en/c".to_owned())]);
    assert_eq!(names(&metadata), ["Ana Ruiz"]);
    assert_eq!(metadata.sections, ["News", "y"]);
    assert_eq!(metadata.tags, ["a", "b", "x"]);
    assert_eq!(metadata.published[0].date, Date::parse("2004-02-03").unwrap());
}

#[test]
fn only_a_leading_word_by_is_cut() {
    for (name, expected) in [
        ("By Abby Byrne", "Abby Byrne"),
        ("Byron Byers", "Byron Byers"),
        ("Abby By", "Abby By"),
    ] {
        assert_eq!(without_by(name), expected);
    }
}

proptest::proptest! {
    #[test]
    fn no_page_makes_it_fail(json: String, content: String) {
        ld(&json);
        of(&format!("<meta name=date content='{content}'><!--saved from url={content}-->"));
        read_date(&content);
    }
}
