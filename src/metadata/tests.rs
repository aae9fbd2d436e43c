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
        logo: Some("https://archive.example/logo.png"),
        is_newsroom: true,
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
        site: Site { publisher_url: None, logo: None, is_newsroom: false, ..site(zone) },
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

/// Checks an article of which everything is known.
fn with_full(check: impl Fn(&Described<'_>)) {
    let (es, en, zone) =
        (tag("es-MX"), tag("en"), Zone::named("America/New_York").unwrap());
    let wikidata = ["https://www.wikidata.org/wiki/Q23556"];
    let thing = |class, name, same_as| Thing { class, name, url: None, same_as };
    let place = Thing {
        url: Some("https://archive.example/places/atlanta/"),
        ..thing(Class::Place, "Atlanta", &wikidata)
    };
    let byline = |author, name, url| Byline { author, name, url, same_as: &[] };
    let url = Some("https://archive.example/bylines/gabo/");
    let article = Described {
        title: "\"Marcha\" & <script>\nen la calle",
        deck: Some("Miles salieron"),
        summary: "Cientos </script> llegaron.",
        kind: "opinion",
        genre: Some("Opinión"),
        url: "https://archive.example/es/2019/05/01/marcha/",
        authors: &[
            byline(
                Author::Person { family: "García Márquez", given: "Gabriel José" },
                "Gabriel José García Márquez",
                url,
            ),
            byline(Author::Group("Unidos, Inc."), "Unidos, Inc.", None),
            byline(Author::Printed("Ana Reyes Pérez"), "Ana Reyes Pérez", None),
        ],
        translators: &[byline(Author::Printed("Bo Diaz"), "Bo Diaz", None)],
        print: Print {
            published: Some(Date::parse("2019-05-01T09:30").unwrap()),
            modified: Some(Date::parse("2019-05-03").unwrap()),
            publication: Some("La Prensa"),
            place: Some("Atlanta, Ga."),
            edition: Some("Final"),
            section: Some("Inmigración"),
            page: Some("A3"),
            dateline: Some("ATLANTA, 1 de mayo"),
        },
        topics: Topics {
            tags: &["marchas", "trabajo"],
            about: &[thing(Class::Event, "Primero de Mayo", &[])],
            mentions: &[
                thing(Class::Organization, "Unidos", &[]),
                thing(Class::Person, "Ana", &[]),
            ],
            places: &[place],
            filed_from: Some(place),
        },
        rights: Rights {
            rights: Some("https://creativecommons.org/licenses/by/4.0/"),
            holder: Some("La Prensa"),
            credit: Some("Cortesía de La Prensa"),
            original_url: Some("https://prensa.example/1?a=1&b=2"),
            archived: &["https://web.archive.org/web/1/https://prensa.example/1"],
        },
        site: site(&zone),
        image: Some(Image {
            url: "https://archive.example/es/2019/05/01/marcha/calle.jpg",
            alt: "La calle",
            caption: Some("La calle llena"),
            credit: Some("Ana"),
            size: Some((1600, 900)),
            is_large: true,
        }),
        corrections: &[Correction {
            date: Date::parse("2019-05-03").unwrap(),
            text: "Fue Ana.",
        }],
        translation_of: Some(Version {
            url: "https://archive.example/2019/05/01/rally/",
            title: "Rally",
            language: &en,
        }),
        ..bare(&es, &zone)
    };
    check(&article);
}

#[test]
fn the_head_of_an_article_holds_all_that_is_known_in_its_order() {
    with_full(|article| {
        assert_eq!(lines(&describe(article)), "");
    });
}

#[test]
fn an_article_in_json_says_all_that_is_known() {
    with_full(|article| {
        let json = news_article(article);
        for sign in ["<", ">", "&"] {
            assert!(!json.contains(sign), "{sign} in {json}");
        }
        println!("{json}");
        assert_eq!(format!("{:#}", json.parse::<Value>().unwrap()), "");
    });
}

#[test]
fn what_is_not_known_is_not_told() {
    let (en, zone) = (tag("en"), Zone::utc());
    let article = bare(&en, &zone);
    assert_eq!(lines(&describe(&article)), "");
    assert_eq!(news_article(&article), "");
}
