//! Tests of whole heads.

use super::*;
use crate::json::Value;

fn tag(text: &str) -> Tag {
    Tag::parse(text).unwrap()
}

/// The archive of the tests.
fn site(zone: &Zone) -> Site<'_> {
    Site {
        title: "Day of Action Archive",
        url: "https://archive.example/",
        publisher: "Georgia Press Collective",
        publisher_url: Some("https://press.example/"),
        zone,
    }
}

/// An article of which only the least is known.
fn bare<'a>(language: &'a Tag, zone: &'a Zone) -> Described<'a> {
    Described {
        title: "Rally",
        deck: None,
        summary: "",
        kind: "news",
        genre: None,
        url: "https://archive.example/undated/rally/",
        language,
        authors: &[],
        translators: &[],
        print: Print::default(),
        topics: Topics::default(),
        rights: Rights::default(),
        site: Site { publisher_url: None, ..site(zone) },
        image: None,
        corrections: &[],
        translation_of: None,
        translations: &[],
        is_whole: true,
    }
}

/// A head, one tag on a line.
fn lines(head: &[Meta<'_>]) -> String {
    let line = |meta: &Meta<'_>| {
        format!("{} {}: {}\n", meta.attribute.as_str(), meta.key, meta.content)
    };
    head.iter().map(line).collect()
}

/// A byline without more than its name.
const fn byline<'a>(author: Author<'a>, name: &'a str) -> Byline<'a> {
    Byline { author, name, url: None, same_as: &[] }
}

/// A thing without more than its name.
const fn thing(class: Class, name: &str) -> Thing<'_> {
    Thing { class, name, url: None, same_as: &[] }
}

/// Several kinds of names in one byline.
const AUTHORS: [Byline<'_>; 3] = [
    Byline {
        url: Some("https://archive.example/bylines/gabo/"),
        ..byline(
            Author::Person { family: "García Márquez", given: "Gabriel José" },
            "Gabriel José García Márquez",
        )
    },
    byline(Author::Group("Unidos, Inc."), "Unidos, Inc."),
    byline(Author::Printed("Ana Reyes Pérez"), "Ana Reyes Pérez"),
];

/// A place with all that can be known of it.
const PLACE: Thing<'_> = Thing {
    url: Some("https://archive.example/places/atlanta/"),
    same_as: &["https://www.wikidata.org/wiki/Q23556"],
    ..thing(Class::Place, "Atlanta")
};

/// What an article is about, with something in each list.
const TOPICS: Topics<'_> = Topics {
    tags: &["marchas", "trabajo"],
    about: &[thing(Class::Thing, "Primero de Mayo")],
    mentions: &[thing(Class::Organization, "Unidos"), thing(Class::Person, "Ana")],
    places: &[PLACE],
    filed_from: Some(PLACE),
};

/// Rights of which everything is known.
const RIGHTS: Rights<'_> = Rights {
    rights: Some("https://creativecommons.org/licenses/by/4.0/"),
    credit: Some("Cortesía de La Prensa"),
    original_url: Some("https://prensa.example/1?a=1&b=2"),
    archived: &["https://web.archive.org/web/1/https://prensa.example/1"],
};

/// A picture of which everything is known.
const IMAGE: Image<'_> = Image {
    url: "https://archive.example/es/2019/05/01/marcha/calle.jpg",
    alt: "La calle",
    caption: Some("La calle llena"),
    credit: Some("Ana"),
};

/// Checks an article of which everything is known.
fn with_full(check: impl Fn(&Described<'_>)) {
    let (es, en, zone) =
        (tag("es-MX"), tag("en"), Zone::named("America/New_York").unwrap());
    let corrected = Date::parse("2019-05-03").unwrap();
    check(&Described {
        title: "\"Marcha\" & <script>\nen la calle",
        deck: Some("Miles salieron"),
        summary: "Cientos </script> llegaron.",
        kind: "opinion",
        genre: Some("Opinión"),
        url: "https://archive.example/es/2019/05/01/marcha/",
        authors: &AUTHORS,
        translators: &[byline(Author::Printed("Bo Diaz"), "Bo Diaz")],
        print: Print {
            published: Some(Date::parse("2019-05-01T09:30").unwrap()),
            modified: Some(corrected),
            publication: Some("La Prensa"),
            place: Some("Atlanta, Ga."),
            edition: Some("Final"),
            section: Some("Inmigración"),
            page: Some("A3"),
            dateline: Some("ATLANTA, 1 de mayo"),
        },
        topics: TOPICS,
        rights: RIGHTS,
        site: site(&zone),
        image: Some(IMAGE),
        corrections: &[Correction { date: corrected, text: "Fue Ana." }],
        translation_of: Some(Version {
            url: "https://archive.example/2019/05/01/rally/",
            title: "Rally",
            language: &en,
        }),
        ..bare(&es, &zone)
    });
}

#[test]
fn the_head_of_an_article_holds_all_that_is_known_in_its_order() {
    with_full(|article| {
        assert_eq!(lines(&describe(article)), include_str!("expected/full_head.txt"));
    });
}

#[test]
fn an_article_in_json_says_all_that_is_known() {
    with_full(|article| {
        let json = news_article(article);
        for sign in ["<", ">", "&"] {
            assert!(!json.contains(sign), "{sign} in {json}");
        }
        assert_eq!(
            format!("{:#}", json.parse::<Value>().unwrap()),
            include_str!("expected/full.json")
        );
    });
}

#[test]
fn what_is_not_known_is_not_told() {
    let (en, zone) = (tag("en"), Zone::utc());
    let article = bare(&en, &zone);
    assert_eq!(lines(&describe(&article)), include_str!("expected/bare_head.txt"));
    assert_eq!(
        news_article(&article),
        r#"{"@context":"https://schema.org","@type":"NewsArticle","@id":"https://archive.example/undated/rally/#article","mainEntityOfPage":{"@type":"WebPage","@id":"https://archive.example/undated/rally/"},"url":"https://archive.example/undated/rally/","headline":"Rally","inLanguage":"en","publisher":{"@type":"Organization","name":"Georgia Press Collective","url":"https://archive.example/"},"isPartOf":{"@type":"WebSite","@id":"https://archive.example/","name":"Day of Action Archive","url":"https://archive.example/"},"isAccessibleForFree":true}"#
    );
}

#[test]
fn what_is_known_of_a_sort_of_piece_gives_its_class() {
    let (en, zone) = (tag("en"), Zone::utc());
    for (kind, class) in [
        ("news", "NewsArticle"),
        ("press-release", "NewsArticle"),
        ("advisory", "NewsArticle"),
        ("statement", "NewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("letter", "OpinionNewsArticle"),
        ("interview", "ReportageNewsArticle"),
        ("feature", "ReportageNewsArticle"),
        ("photo-essay", "ReportageNewsArticle"),
        ("anything", "NewsArticle"),
    ] {
        let json = news_article(&Described { kind, ..bare(&en, &zone) });
        assert!(json.contains(&format!("\"@type\":\"{class}\",\"@id\"")), "{json}");
    }
}

#[test]
fn a_date_is_told_as_far_as_it_is_known() {
    let (en, zone) = (tag("en"), Zone::named("America/New_York").unwrap());
    let mut told = String::new();
    for date in ["1973", "1973-05", "1973-05~", "2019-05-01", "2019-07-01T09:30"] {
        let published = Date::parse(date).ok();
        let print = Print { published, ..Print::default() };
        let article = Described { print, ..bare(&en, &zone) };
        let head = describe(&article);
        let dates = head.iter().filter(|meta| {
            ["article:published_time", "citation_publication_date", "DCTERMS.issued"]
                .contains(&meta.key)
        });
        let contents: Vec<_> = dates.map(|meta| meta.content.as_ref()).collect();
        let json: Value = news_article(&article).parse().unwrap();
        told += &format!("{date}: {} {}\n", contents.join(" "), json["datePublished"]);
    }
    assert_eq!(
        told,
        r#"1973: 1973 1973 1973 "1973"
1973-05: 1973-05 1973/05 1973-05 "1973-05"
1973-05~: 1973/05 1973-05~ null
2019-05-01: 2019-05-01 2019/05/01 2019-05-01 "2019-05-01"
2019-07-01T09:30: 2019-07-01T09:30:00-04:00 2019/07/01 2019-07-01T09:30:00 "2019-07-01T09:30:00-04:00"
"#
    );
}

#[test]
fn a_name_is_written_so_that_nobody_splits_it() {
    for (author, expected) in [
        (
            Author::Person { family: "García Márquez", given: "Gabriel" },
            "García Márquez, Gabriel;",
        ),
        (Author::Person { family: "Residente", given: " " }, "Residente,"),
        (Author::Group("Unidos, Inc."), "Unidos Inc.,"),
        (Author::Printed("Ana\nReyes"), "Ana Reyes,"),
    ] {
        assert_eq!(unsplit(&author), expected);
    }
}

#[test]
fn another_page_is_described_as_a_part_of_the_site() {
    let en = tag("en-US");
    let page = Page {
        title: "Corrections",
        description: "What was \n wrong.",
        url: "https://archive.example/corrections/",
        site: "Day of Action Archive",
        language: &en,
    };
    assert_eq!(lines(&describe_page(&page)), include_str!("expected/page_head.txt"));
}

#[test]
fn the_way_to_a_page_is_a_list() {
    let steps = [("Archive", "https://e.org/"), ("A <b>", "https://e.org/a/?x=1&y=2")];
    assert_eq!(
        breadcrumbs(&steps),
        r#"{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"Archive","item":"https://e.org/"},{"@type":"ListItem","position":2,"name":"A \u003cb\u003e","item":"https://e.org/a/?x=1\u0026y=2"}]}"#
    );
    assert_eq!(breadcrumbs(&[]), "");
}
