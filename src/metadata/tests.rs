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
        assert_eq!(lines(&describe(article)), r##"name DC.type: newspaperArticle
property og:type: article
name description: Cientos </script> llegaron.
property og:site_name: La Prensa
property og:title: "Marcha" & <script> en la calle
property og:description: Cientos </script> llegaron.
property og:url: https://archive.example/es/2019/05/01/marcha/
property og:locale: es_MX
property og:locale:alternate: en
property og:image: https://archive.example/es/2019/05/01/marcha/calle.jpg
property og:image:alt: La calle
property og:image:width: 1600
property og:image:height: 900
name twitter:card: summary_large_image
property article:published_time: 2019-05-01T09:30:00-04:00
property article:modified_time: 2019-05-03
property article:section: Inmigración
property article:tag: marchas
property article:tag: trabajo
name citation_title: "Marcha" & <script> en la calle
name citation_author: García Márquez, Gabriel José;
name citation_author: Unidos Inc.,
name citation_author: Ana Reyes Pérez,
name citation_publication_date: 2019/05/01
name citation_language: es-MX
name citation_firstpage: A3
name citation_abstract: Cientos </script> llegaron.
name eprints.place_of_pub: Atlanta, Ga.
name prism.edition: Final
name DC.rights: https://creativecommons.org/licenses/by/4.0/
name DCTERMS.title: "Marcha" & <script> en la calle
name DCTERMS.creator: García Márquez, Gabriel José
name DCTERMS.creator: Unidos, Inc.
name DCTERMS.creator: Ana Reyes Pérez
name DCTERMS.contributor: Bo Diaz
name DCTERMS.publisher: Georgia Press Collective
name DCTERMS.language: es-MX
name DCTERMS.issued: 2019-05-01T09:30:00
name DCTERMS.modified: 2019-05-03
name DCTERMS.isPartOf: La Prensa
name DCTERMS.isPartOf: Day of Action Archive
name DCTERMS.spatial: Atlanta
name DCTERMS.license: https://creativecommons.org/licenses/by/4.0/
name DCTERMS.rightsHolder: La Prensa
name DCTERMS.isVersionOf: https://prensa.example/1?a=1&b=2
"##);
    });
}

#[test]
fn an_article_in_json_says_all_that_is_known() {
    with_full(|article| {
        let json = news_article(article);
        for sign in ["<", ">", "&"] {
            assert!(!json.contains(sign), "{sign} in {json}");
        }
        assert_eq!(format!("{:#}", json.parse::<Value>().unwrap()), r##"{
  "@context": "https://schema.org",
  "@type": "OpinionNewsArticle",
  "@id": "https://archive.example/es/2019/05/01/marcha/#article",
  "mainEntityOfPage": {
    "@type": "WebPage",
    "@id": "https://archive.example/es/2019/05/01/marcha/"
  },
  "url": "https://archive.example/es/2019/05/01/marcha/",
  "headline": "\"Marcha\" & <script> en la calle",
  "alternativeHeadline": "Miles salieron",
  "description": "Cientos </script> llegaron.",
  "genre": "Opinión",
  "inLanguage": "es-MX",
  "datePublished": "2019-05-01T09:30:00-04:00",
  "dateModified": "2019-05-03",
  "correction": {
    "@type": "CorrectionComment",
    "text": "Fue Ana.",
    "datePublished": "2019-05-03"
  },
  "author": [
    {
      "@type": "Person",
      "name": "Gabriel José García Márquez",
      "familyName": "García Márquez",
      "givenName": "Gabriel José",
      "url": "https://archive.example/bylines/gabo/"
    },
    {
      "@type": "Organization",
      "name": "Unidos, Inc."
    },
    {
      "@type": "Person",
      "name": "Ana Reyes Pérez"
    }
  ],
  "translator": {
    "@type": "Person",
    "name": "Bo Diaz"
  },
  "publisher": {
    "@type": "NewsMediaOrganization",
    "name": "Georgia Press Collective",
    "url": "https://press.example/",
    "logo": {
      "@type": "ImageObject",
      "url": "https://archive.example/logo.png"
    }
  },
  "articleSection": "Inmigración",
  "dateline": "ATLANTA, 1 de mayo",
  "printSection": "Inmigración",
  "printPage": "A3",
  "printEdition": "Final",
  "isPartOf": [
    {
      "@type": "Newspaper",
      "name": "La Prensa"
    },
    {
      "@type": "WebSite",
      "@id": "https://archive.example/",
      "name": "Day of Action Archive",
      "url": "https://archive.example/"
    }
  ],
  "keywords": [
    "marchas",
    "trabajo"
  ],
  "about": {
    "@type": "Event",
    "name": "Primero de Mayo"
  },
  "mentions": [
    {
      "@type": "Organization",
      "name": "Unidos"
    },
    {
      "@type": "Person",
      "name": "Ana"
    }
  ],
  "spatialCoverage": {
    "@type": "Place",
    "name": "Atlanta",
    "url": "https://archive.example/places/atlanta/",
    "sameAs": "https://www.wikidata.org/wiki/Q23556"
  },
  "locationCreated": {
    "@type": "Place",
    "name": "Atlanta",
    "url": "https://archive.example/places/atlanta/",
    "sameAs": "https://www.wikidata.org/wiki/Q23556"
  },
  "license": "https://creativecommons.org/licenses/by/4.0/",
  "copyrightHolder": {
    "@type": "Organization",
    "name": "La Prensa"
  },
  "creditText": "Cortesía de La Prensa",
  "isBasedOn": "https://prensa.example/1?a=1&b=2",
  "archivedAt": "https://web.archive.org/web/1/https://prensa.example/1",
  "image": {
    "@type": "ImageObject",
    "url": "https://archive.example/es/2019/05/01/marcha/calle.jpg",
    "caption": "La calle llena",
    "description": "La calle",
    "creditText": "Ana",
    "width": 1600,
    "height": 900
  },
  "translationOfWork": {
    "@type": "NewsArticle",
    "@id": "https://archive.example/2019/05/01/rally/#article",
    "url": "https://archive.example/2019/05/01/rally/",
    "headline": "Rally",
    "inLanguage": "en"
  },
  "isAccessibleForFree": true
}"##);
    });
}

#[test]
fn what_is_not_known_is_not_told() {
    let (en, zone) = (tag("en"), Zone::utc());
    let article = bare(&en, &zone);
    assert_eq!(lines(&describe(&article)), r##"name DC.type: newspaperArticle
property og:type: article
property og:site_name: Day of Action Archive
property og:title: Rally
property og:url: https://archive.example/undated/rally/
property og:locale: en
name twitter:card: summary
name citation_title: Rally
name citation_language: en
name DCTERMS.title: Rally
name DCTERMS.publisher: Georgia Press Collective
name DCTERMS.language: en
name DCTERMS.isPartOf: Day of Action Archive
"##);
    assert_eq!(news_article(&article), r##"{"@context":"https://schema.org","@type":"NewsArticle","@id":"https://archive.example/undated/rally/#article","mainEntityOfPage":{"@type":"WebPage","@id":"https://archive.example/undated/rally/"},"url":"https://archive.example/undated/rally/","headline":"Rally","inLanguage":"en","publisher":{"@type":"Organization","name":"Georgia Press Collective","url":"https://archive.example/"},"isPartOf":{"@type":"WebSite","@id":"https://archive.example/","name":"Day of Action Archive","url":"https://archive.example/"},"isAccessibleForFree":true}"##);
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
    assert_eq!(told, r##"1973: 1973 1973 1973 "1973"
1973-05: 1973-05 1973/05 1973-05 "1973-05"
1973-05~: 1973-05 1973/05 1973-05~ "1973-05"
2019-05-01: 2019-05-01 2019/05/01 2019-05-01 "2019-05-01"
2019-07-01T09:30: 2019-07-01T09:30:00-04:00 2019/07/01 2019-07-01T09:30:00 "2019-07-01T09:30:00-04:00"
"##);
}

#[test]
fn a_name_is_written_so_that_nobody_splits_it() {
    for (author, expected) in [
        (Author::Person { family: "García Márquez", given: "Gabriel" }, "García Márquez, Gabriel;"),
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
    assert_eq!(lines(&describe_page(&page)), r##"name description: What was wrong.
property og:type: website
property og:title: Corrections
property og:url: https://archive.example/corrections/
property og:site_name: Day of Action Archive
property og:description: What was wrong.
property og:locale: en_US
name twitter:card: summary
"##);
}

#[test]
fn the_way_to_a_page_is_a_list() {
    let steps = [("Archive", "https://e.org/"), ("A <b>", "https://e.org/a/?x=1&y=2")];
    assert_eq!(breadcrumbs(&steps), r##"{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"Archive","item":"https://e.org/"},{"@type":"ListItem","position":2,"name":"A \u003cb\u003e","item":"https://e.org/a/?x=1\u0026y=2"}]}"##);
    assert_eq!(breadcrumbs(&[]), "");
}
