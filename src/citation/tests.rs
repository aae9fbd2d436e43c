//! Tests of whole citations, over articles that are hard to cite.

use super::*;

fn tag(text: &str) -> Tag {
    Tag::parse(text).unwrap()
}

/// An article of which everything is known.
fn full<'a>(language: &'a Tag, authors: &'a [Author<'a>]) -> Cited<'a> {
    Cited {
        title: "Rally draws hundreds to the Capitol",
        authors,
        translators: &[],
        date: Some(Date::parse("2019-05-01").unwrap()),
        publication: Some("Atlanta Community Press"),
        archive: "Day of Action Archive",
        publisher: "Georgia Press Collective",
        place: Some("Atlanta, Ga."),
        edition: Some("Final"),
        section: Some("Immigration"),
        page: Some("A3"),
        url: "https://archive.example/2019/05/01/rally/",
        original_url: Some("https://press.example/rally.html"),
        language,
        summary: "Hundreds came.",
    }
}

/// An article of which only the least is known.
fn bare(language: &Tag) -> Cited<'_> {
    Cited {
        title: "Rally",
        date: None,
        publication: None,
        place: None,
        edition: None,
        section: None,
        page: None,
        original_url: None,
        summary: "",
        ..full(language, &[])
    }
}

/// The citations in some formats, each behind its key and with its HTML.
fn shown(styles: &Styles, cited: &Cited<'_>, formats: &[Format]) -> String {
    let citations = styles.cite(cited);
    let wanted = citations.into_iter().filter(|found| formats.contains(&found.format));
    let mut shown = String::new();
    for citation in wanted {
        shown += &format!("{}: {}\n", citation.format.key(), citation.text);
        if let Some(html) = citation.html {
            shown += &format!("html: {html}\n");
        }
    }
    shown
}

/// The three styles of prose.
const PROSE: [Format; 3] = [Format::Chicago, Format::Apa, Format::Mla];

const GABO: Author<'_> =
    Author::Person { family: "García Márquez", given: "Gabriel José" };
const ANA: Author<'_> = Author::Person { family: "de la Cruz", given: "Ana" };
const GROUP: Author<'_> = Author::Group("Unidos por la Paz, Inc.");
const PRINTED: Author<'_> = Author::Printed("Ana Reyes Pérez");
const SINGLE: Author<'_> = Author::Person { family: "Residente", given: "" };

#[test]
fn an_article_is_cited_in_all_formats() {
    let language = tag("en");
    let cited = full(&language, &[GABO]);
    let expected = r##"chicago: García Márquez, Gabriel José. “Rally Draws Hundreds to the Capitol.” Atlanta Community Press (Atlanta, Ga.), May 1, 2019. Final Edition. Day of Action Archive. https://archive.example/2019/05/01/rally/.
html: García Márquez, Gabriel José. “Rally Draws Hundreds to the Capitol.” <i>Atlanta Community Press</i> (Atlanta, Ga.), May 1, 2019. Final Edition. Day of Action Archive. https://archive.example/2019/05/01/rally/.
apa: García Márquez, G. J. (2019, May 1). Rally draws hundreds to the Capitol. Atlanta Community Press, A3. Day of Action Archive. https://archive.example/2019/05/01/rally/
html: García Márquez, G. J. (2019, May 1). Rally draws hundreds to the Capitol. <i>Atlanta Community Press</i>, A3. Day of Action Archive. https://archive.example/2019/05/01/rally/
mla: García Márquez, Gabriel José. “Rally Draws Hundreds to the Capitol.” Atlanta Community Press [Atlanta, Ga.], Final, 1 May 2019, p. A3. Day of Action Archive, https://archive.example/2019/05/01/rally/.
html: García Márquez, Gabriel José. “Rally Draws Hundreds to the Capitol.” <i>Atlanta Community Press</i> [Atlanta, Ga.], Final, 1 May 2019, p. A3. <i>Day of Action Archive</i>, https://archive.example/2019/05/01/rally/.
wikipedia: {{cite news |last=García Márquez |first=Gabriel José |title=Rally draws hundreds to the Capitol |url=https://archive.example/2019/05/01/rally/ |work=Atlanta Community Press |date=2019-05-01 |location=Atlanta, Ga. |edition=Final |department=Immigration |page=A3 |language=en |via=Day of Action Archive}}
bibtex: @article{garcia-marquez-2019-rally-draws-hundreds-to,
  title = {{Rally draws hundreds to the Capitol}},
  author = {{García Márquez}, Gabriel José},
  year = {2019},
  month = may,
  day = {1},
  journal = {Atlanta Community Press},
  address = {Atlanta, Ga.},
  edition = {Final},
  section = {Immigration},
  pages = {A3},
  publisher = {Georgia Press Collective},
  abstract = {Hundreds came.},
  langid = {english},
  language = {en},
  url = {https://archive.example/2019/05/01/rally/},
  entrysubtype = {newspaper},
}

ris: TY  - NEWS
TI  - Rally draws hundreds to the Capitol
AU  - García Márquez, Gabriel José
T2  - Atlanta Community Press
DA  - 2019/05/01/
PY  - 2019
CY  - Atlanta, Ga.
ET  - Final
SE  - Immigration
SP  - A3
PB  - Georgia Press Collective
DP  - Day of Action Archive
LA  - en
UR  - https://archive.example/2019/05/01/rally/
AB  - Hundreds came.
ER  - 

csl-json: [
  {
    "id": "https://archive.example/2019/05/01/rally/",
    "type": "article-newspaper",
    "title": "Rally draws hundreds to the Capitol",
    "author": [
      {
        "family": "García Márquez",
        "given": "Gabriel José"
      }
    ],
    "issued": {
      "date-parts": [
        [
          2019,
          5,
          1
        ]
      ]
    },
    "container-title": "Atlanta Community Press",
    "publisher": "Georgia Press Collective",
    "publisher-place": "Atlanta, Ga.",
    "edition": "Final",
    "section": "Immigration",
    "page": "A3",
    "source": "Day of Action Archive",
    "URL": "https://archive.example/2019/05/01/rally/",
    "language": "en",
    "abstract": "Hundreds came."
  }
]

"##;
    assert_eq!(shown(&Styles::new(&language), &cited, &Format::ALL), expected);
}

#[test]
fn citations_on_spanish_pages_are_in_spanish() {
    let (es, en) = (tag("es"), tag("en"));
    let mut cited = full(&es, &[GABO, ANA]);
    cited.title = "El pueblo dice «basta»";
    let expected = r##"chicago: García Márquez, Gabriel José, y Ana de la Cruz. «El pueblo dice “basta”». Atlanta Community Press (Atlanta, Ga.), 1 de mayo de 2019. Day of Action Archive. https://archive.example/2019/05/01/rally/.
html: García Márquez, Gabriel José, y Ana de la Cruz. «El pueblo dice “basta”». <i>Atlanta Community Press</i> (Atlanta, Ga.), 1 de mayo de 2019. Day of Action Archive. https://archive.example/2019/05/01/rally/.
apa: García Márquez, G. J., & de la Cruz, A. (2019, 1 de mayo). El pueblo dice «basta». Atlanta Community Press, A3. Day of Action Archive. https://archive.example/2019/05/01/rally/
html: García Márquez, G. J., &amp; de la Cruz, A. (2019, 1 de mayo). El pueblo dice «basta». <i>Atlanta Community Press</i>, A3. Day of Action Archive. https://archive.example/2019/05/01/rally/
mla: García Márquez, Gabriel José, y Ana de la Cruz. «El pueblo dice “basta”». Atlanta Community Press [Atlanta, Ga.], 1 de mayo de 2019, p. A3. Day of Action Archive, https://archive.example/2019/05/01/rally/.
html: García Márquez, Gabriel José, y Ana de la Cruz. «El pueblo dice “basta”». <i>Atlanta Community Press</i> [Atlanta, Ga.], 1 de mayo de 2019, p. A3. <i>Day of Action Archive</i>, https://archive.example/2019/05/01/rally/.
"##;
    assert_eq!(shown(&Styles::new(&es), &cited, &PROSE), expected);
    cited.language = &en;
    cited.title = "The people say “enough”";
    let expected = r##"chicago: García Márquez, Gabriel José, y Ana de la Cruz. «The People Say “Enough”». Atlanta Community Press (Atlanta, Ga.), 1 de mayo de 2019. Day of Action Archive. https://archive.example/2019/05/01/rally/.
html: García Márquez, Gabriel José, y Ana de la Cruz. «The People Say “Enough”». <i>Atlanta Community Press</i> (Atlanta, Ga.), 1 de mayo de 2019. Day of Action Archive. https://archive.example/2019/05/01/rally/.
apa: García Márquez, G. J., & de la Cruz, A. (2019, 1 de mayo). The people say “enough”. Atlanta Community Press, A3. Day of Action Archive. https://archive.example/2019/05/01/rally/
html: García Márquez, G. J., &amp; de la Cruz, A. (2019, 1 de mayo). The people say “enough”. <i>Atlanta Community Press</i>, A3. Day of Action Archive. https://archive.example/2019/05/01/rally/
mla: García Márquez, Gabriel José, y Ana de la Cruz. «The People Say “Enough”». Atlanta Community Press [Atlanta, Ga.], 1 de mayo de 2019, p. A3. Day of Action Archive, https://archive.example/2019/05/01/rally/.
html: García Márquez, Gabriel José, y Ana de la Cruz. «The People Say “Enough”». <i>Atlanta Community Press</i> [Atlanta, Ga.], 1 de mayo de 2019, p. A3. <i>Day of Action Archive</i>, https://archive.example/2019/05/01/rally/.
"##;
    assert_eq!(shown(&Styles::new(&es), &cited, &PROSE), expected);
}

#[test]
fn a_name_is_split_only_where_its_family_name_is_known() {
    let language = tag("en");
    let styles = Styles::new(&language);
    let cited = Cited {
        authors: &[GABO, ANA, GROUP, PRINTED, SINGLE],
        translators: &[ANA, GROUP],
        ..bare(&language)
    };
    let expected = r##"chicago: García Márquez, Gabriel José, Ana de la Cruz, Unidos por la Paz, Inc., Ana Reyes Pérez, and Residente. “Rally.” Translated by Ana de la Cruz and Unidos por la Paz, Inc. Day of Action Archive, n.d. https://archive.example/2019/05/01/rally/.
html: García Márquez, Gabriel José, Ana de la Cruz, Unidos por la Paz, Inc., Ana Reyes Pérez, and Residente. “Rally.” Translated by Ana de la Cruz and Unidos por la Paz, Inc. <i>Day of Action Archive</i>, n.d. https://archive.example/2019/05/01/rally/.
apa: García Márquez, G. J., de la Cruz, A., Unidos por la Paz, Inc., Ana Reyes Pérez, & Residente. (n.d.). Rally (A. de la Cruz & Unidos por la Paz, Inc., Trans.). Day of Action Archive. https://archive.example/2019/05/01/rally/
html: García Márquez, G. J., de la Cruz, A., Unidos por la Paz, Inc., Ana Reyes Pérez, &amp; Residente. (n.d.). Rally (A. de la Cruz &amp; Unidos por la Paz, Inc., Trans.). <i>Day of Action Archive</i>. https://archive.example/2019/05/01/rally/
mla: García Márquez, Gabriel José, et al. “Rally.” Day of Action Archive, translated by Ana de la Cruz and Unidos por la Paz, Inc., https://archive.example/2019/05/01/rally/.
html: García Márquez, Gabriel José, et al. “Rally.” <i>Day of Action Archive</i>, translated by Ana de la Cruz and Unidos por la Paz, Inc., https://archive.example/2019/05/01/rally/.
wikipedia: {{cite news |last=García Márquez |first=Gabriel José |last2=de la Cruz |first2=Ana |author3=((Unidos por la Paz, Inc.)) |author4=Ana Reyes Pérez |last5=Residente |translator-last=de la Cruz |translator-first=Ana |translator2=((Unidos por la Paz, Inc.)) |title=Rally |url=https://archive.example/2019/05/01/rally/ |work=Day of Action Archive |language=en}}
bibtex: @article{garcia-marquez-undated-rally,
  title = {{Rally}},
  author = {{García Márquez}, Gabriel José and {de la Cruz}, Ana and {Unidos por la Paz, Inc.} and {Ana Reyes Pérez} and {Residente}},
  translator = {{de la Cruz}, Ana and {Unidos por la Paz, Inc.}},
  journal = {Day of Action Archive},
  publisher = {Georgia Press Collective},
  langid = {english},
  language = {en},
  url = {https://archive.example/2019/05/01/rally/},
  entrysubtype = {newspaper},
}

ris: TY  - NEWS
TI  - Rally
AU  - García Márquez, Gabriel José
AU  - de la Cruz, Ana
AU  - Unidos por la Paz Inc.
AU  - Ana Reyes Pérez
AU  - Residente
A4  - de la Cruz, Ana
A4  - Unidos por la Paz Inc.
T2  - Day of Action Archive
PB  - Georgia Press Collective
LA  - en
UR  - https://archive.example/2019/05/01/rally/
ER  - 

csl-json: [
  {
    "id": "https://archive.example/2019/05/01/rally/",
    "type": "article-newspaper",
    "title": "Rally",
    "author": [
      {
        "family": "García Márquez",
        "given": "Gabriel José"
      },
      {
        "family": "de la Cruz",
        "given": "Ana"
      },
      {
        "literal": "Unidos por la Paz, Inc."
      },
      {
        "literal": "Ana Reyes Pérez"
      },
      {
        "family": "Residente"
      }
    ],
    "translator": [
      {
        "family": "de la Cruz",
        "given": "Ana"
      },
      {
        "literal": "Unidos por la Paz, Inc."
      }
    ],
    "container-title": "Day of Action Archive",
    "publisher": "Georgia Press Collective",
    "URL": "https://archive.example/2019/05/01/rally/",
    "language": "en"
  }
]

"##;
    assert_eq!(shown(&styles, &cited, &Format::ALL), expected);
    for (author, expected) in [
        (
            GROUP,
            "Unidos por la Paz, Inc. (n.d.). Rally. Day of Action Archive. https://archive.example/2019/05/01/rally/",
        ),
        (
            PRINTED,
            "Ana Reyes Pérez. (n.d.). Rally. Day of Action Archive. https://archive.example/2019/05/01/rally/",
        ),
        (
            SINGLE,
            "Residente. (n.d.). Rally. Day of Action Archive. https://archive.example/2019/05/01/rally/",
        ),
        (
            Author::Person { family: "hooks", given: "bell" },
            "hooks, bell. (n.d.). Rally. Day of Action Archive. https://archive.example/2019/05/01/rally/",
        ),
        (
            Author::Person { family: "Al-Sayed", given: "Ali-Reza" },
            "Al-Sayed, A.-R. (n.d.). Rally. Day of Action Archive. https://archive.example/2019/05/01/rally/",
        ),
    ] {
        let cited = Cited { authors: &[author], ..bare(&language) };
        let text = &styles.cite(&cited)[1].text;
        assert_eq!(text, expected);
    }
}

#[test]
fn a_date_is_never_more_exact_than_it_is_known() {
    let language = tag("en");
    let styles = Styles::new(&language);
    for (date, expected) in [
        (
            "",
            r##"chicago: Day of Action Archive. “Rally.” Day of Action Archive, n.d. https://archive.example/2019/05/01/rally/.
html: Day of Action Archive. “Rally.” <i>Day of Action Archive</i>, n.d. https://archive.example/2019/05/01/rally/.
apa: Rally. (n.d.). Day of Action Archive. https://archive.example/2019/05/01/rally/
html: Rally. (n.d.). <i>Day of Action Archive</i>. https://archive.example/2019/05/01/rally/
mla: “Rally.” Day of Action Archive, https://archive.example/2019/05/01/rally/.
html: “Rally.” <i>Day of Action Archive</i>, https://archive.example/2019/05/01/rally/.
wikipedia: {{cite news |title=Rally |url=https://archive.example/2019/05/01/rally/ |work=Day of Action Archive |language=en}}
bibtex: @article{undated-rally,
  title = {{Rally}},
  journal = {Day of Action Archive},
  publisher = {Georgia Press Collective},
  langid = {english},
  language = {en},
  url = {https://archive.example/2019/05/01/rally/},
  entrysubtype = {newspaper},
}

ris: TY  - NEWS
TI  - Rally
T2  - Day of Action Archive
PB  - Georgia Press Collective
LA  - en
UR  - https://archive.example/2019/05/01/rally/
ER  - 

csl-json: [
  {
    "id": "https://archive.example/2019/05/01/rally/",
    "type": "article-newspaper",
    "title": "Rally",
    "container-title": "Day of Action Archive",
    "publisher": "Georgia Press Collective",
    "URL": "https://archive.example/2019/05/01/rally/",
    "language": "en"
  }
]

"##,
        ),
        (
            "1973",
            r##"chicago: Day of Action Archive. “Rally.” Day of Action Archive, 1973. https://archive.example/2019/05/01/rally/.
html: Day of Action Archive. “Rally.” <i>Day of Action Archive</i>, 1973. https://archive.example/2019/05/01/rally/.
apa: Rally. (1973). Day of Action Archive. https://archive.example/2019/05/01/rally/
html: Rally. (1973). <i>Day of Action Archive</i>. https://archive.example/2019/05/01/rally/
mla: “Rally.” Day of Action Archive, 1973, https://archive.example/2019/05/01/rally/.
html: “Rally.” <i>Day of Action Archive</i>, 1973, https://archive.example/2019/05/01/rally/.
wikipedia: {{cite news |title=Rally |url=https://archive.example/2019/05/01/rally/ |work=Day of Action Archive |date=1973 |language=en}}
bibtex: @article{1973-rally,
  title = {{Rally}},
  year = {1973},
  journal = {Day of Action Archive},
  publisher = {Georgia Press Collective},
  langid = {english},
  language = {en},
  url = {https://archive.example/2019/05/01/rally/},
  entrysubtype = {newspaper},
}

ris: TY  - NEWS
TI  - Rally
T2  - Day of Action Archive
DA  - 1973///
PY  - 1973
PB  - Georgia Press Collective
LA  - en
UR  - https://archive.example/2019/05/01/rally/
ER  - 

csl-json: [
  {
    "id": "https://archive.example/2019/05/01/rally/",
    "type": "article-newspaper",
    "title": "Rally",
    "issued": {
      "date-parts": [
        [
          1973
        ]
      ]
    },
    "container-title": "Day of Action Archive",
    "publisher": "Georgia Press Collective",
    "URL": "https://archive.example/2019/05/01/rally/",
    "language": "en"
  }
]

"##,
        ),
        (
            "1973-05",
            r##"chicago: Day of Action Archive. “Rally.” Day of Action Archive, May 1973. https://archive.example/2019/05/01/rally/.
html: Day of Action Archive. “Rally.” <i>Day of Action Archive</i>, May 1973. https://archive.example/2019/05/01/rally/.
apa: Rally. (1973, May). Day of Action Archive. https://archive.example/2019/05/01/rally/
html: Rally. (1973, May). <i>Day of Action Archive</i>. https://archive.example/2019/05/01/rally/
mla: “Rally.” Day of Action Archive, May 1973, https://archive.example/2019/05/01/rally/.
html: “Rally.” <i>Day of Action Archive</i>, May 1973, https://archive.example/2019/05/01/rally/.
wikipedia: {{cite news |title=Rally |url=https://archive.example/2019/05/01/rally/ |work=Day of Action Archive |date=May 1973 |language=en}}
bibtex: @article{1973-rally,
  title = {{Rally}},
  year = {1973},
  month = may,
  journal = {Day of Action Archive},
  publisher = {Georgia Press Collective},
  langid = {english},
  language = {en},
  url = {https://archive.example/2019/05/01/rally/},
  entrysubtype = {newspaper},
}

ris: TY  - NEWS
TI  - Rally
T2  - Day of Action Archive
DA  - 1973/05//
PY  - 1973
PB  - Georgia Press Collective
LA  - en
UR  - https://archive.example/2019/05/01/rally/
ER  - 

csl-json: [
  {
    "id": "https://archive.example/2019/05/01/rally/",
    "type": "article-newspaper",
    "title": "Rally",
    "issued": {
      "date-parts": [
        [
          1973,
          5
        ]
      ]
    },
    "container-title": "Day of Action Archive",
    "publisher": "Georgia Press Collective",
    "URL": "https://archive.example/2019/05/01/rally/",
    "language": "en"
  }
]

"##,
        ),
        (
            "1973~",
            r##"chicago: Day of Action Archive. “Rally.” Day of Action Archive, [1973?]. https://archive.example/2019/05/01/rally/.
html: Day of Action Archive. “Rally.” <i>Day of Action Archive</i>, [1973?]. https://archive.example/2019/05/01/rally/.
apa: Rally. (ca. 1973). Day of Action Archive. https://archive.example/2019/05/01/rally/
html: Rally. (ca. 1973). <i>Day of Action Archive</i>. https://archive.example/2019/05/01/rally/
mla: “Rally.” Day of Action Archive, Circa 1973, https://archive.example/2019/05/01/rally/.
html: “Rally.” <i>Day of Action Archive</i>, Circa 1973, https://archive.example/2019/05/01/rally/.
wikipedia: {{cite news |title=Rally |url=https://archive.example/2019/05/01/rally/ |work=Day of Action Archive |date=c. 1973 |language=en}}
bibtex: @article{1973-rally,
  title = {{Rally}},
  year = {1973},
  journal = {Day of Action Archive},
  publisher = {Georgia Press Collective},
  note = {date approximate},
  langid = {english},
  language = {en},
  url = {https://archive.example/2019/05/01/rally/},
  entrysubtype = {newspaper},
}

ris: TY  - NEWS
TI  - Rally
T2  - Day of Action Archive
DA  - 1973///circa
PY  - 1973
PB  - Georgia Press Collective
LA  - en
UR  - https://archive.example/2019/05/01/rally/
ER  - 

csl-json: [
  {
    "id": "https://archive.example/2019/05/01/rally/",
    "type": "article-newspaper",
    "title": "Rally",
    "issued": {
      "date-parts": [
        [
          1973
        ]
      ],
      "circa": true
    },
    "container-title": "Day of Action Archive",
    "publisher": "Georgia Press Collective",
    "URL": "https://archive.example/2019/05/01/rally/",
    "language": "en"
  }
]

"##,
        ),
        (
            "1973-05?",
            r##"chicago: Day of Action Archive. “Rally.” Day of Action Archive, [May 1973?]. https://archive.example/2019/05/01/rally/.
html: Day of Action Archive. “Rally.” <i>Day of Action Archive</i>, [May 1973?]. https://archive.example/2019/05/01/rally/.
apa: Rally. (ca. 1973, May). Day of Action Archive. https://archive.example/2019/05/01/rally/
html: Rally. (ca. 1973, May). <i>Day of Action Archive</i>. https://archive.example/2019/05/01/rally/
mla: “Rally.” Day of Action Archive, Circa May 1973, https://archive.example/2019/05/01/rally/.
html: “Rally.” <i>Day of Action Archive</i>, Circa May 1973, https://archive.example/2019/05/01/rally/.
wikipedia: {{cite news |title=Rally |url=https://archive.example/2019/05/01/rally/ |work=Day of Action Archive |date=c. 1973 |language=en}}
bibtex: @article{1973-rally,
  title = {{Rally}},
  year = {1973},
  month = may,
  journal = {Day of Action Archive},
  publisher = {Georgia Press Collective},
  note = {date uncertain},
  langid = {english},
  language = {en},
  url = {https://archive.example/2019/05/01/rally/},
  entrysubtype = {newspaper},
}

ris: TY  - NEWS
TI  - Rally
T2  - Day of Action Archive
DA  - 1973/05//uncertain
PY  - 1973
PB  - Georgia Press Collective
LA  - en
UR  - https://archive.example/2019/05/01/rally/
ER  - 

csl-json: [
  {
    "id": "https://archive.example/2019/05/01/rally/",
    "type": "article-newspaper",
    "title": "Rally",
    "issued": {
      "date-parts": [
        [
          1973,
          5
        ]
      ],
      "circa": true
    },
    "container-title": "Day of Action Archive",
    "publisher": "Georgia Press Collective",
    "URL": "https://archive.example/2019/05/01/rally/",
    "language": "en"
  }
]

"##,
        ),
        (
            "1973-05-01%",
            r##"chicago: Day of Action Archive. “Rally.” Day of Action Archive, [May 1, 1973?]. https://archive.example/2019/05/01/rally/.
html: Day of Action Archive. “Rally.” <i>Day of Action Archive</i>, [May 1, 1973?]. https://archive.example/2019/05/01/rally/.
apa: Rally. (ca. 1973, May 1). Day of Action Archive. https://archive.example/2019/05/01/rally/
html: Rally. (ca. 1973, May 1). <i>Day of Action Archive</i>. https://archive.example/2019/05/01/rally/
mla: “Rally.” Day of Action Archive, Circa 1 May 1973, https://archive.example/2019/05/01/rally/.
html: “Rally.” <i>Day of Action Archive</i>, Circa 1 May 1973, https://archive.example/2019/05/01/rally/.
wikipedia: {{cite news |title=Rally |url=https://archive.example/2019/05/01/rally/ |work=Day of Action Archive |date=c. 1973 |language=en}}
bibtex: @article{1973-rally,
  title = {{Rally}},
  year = {1973},
  month = may,
  day = {1},
  journal = {Day of Action Archive},
  publisher = {Georgia Press Collective},
  note = {date approximate and uncertain},
  langid = {english},
  language = {en},
  url = {https://archive.example/2019/05/01/rally/},
  entrysubtype = {newspaper},
}

ris: TY  - NEWS
TI  - Rally
T2  - Day of Action Archive
DA  - 1973/05/01/circa
PY  - 1973
PB  - Georgia Press Collective
LA  - en
UR  - https://archive.example/2019/05/01/rally/
ER  - 

csl-json: [
  {
    "id": "https://archive.example/2019/05/01/rally/",
    "type": "article-newspaper",
    "title": "Rally",
    "issued": {
      "date-parts": [
        [
          1973,
          5,
          1
        ]
      ],
      "circa": true
    },
    "container-title": "Day of Action Archive",
    "publisher": "Georgia Press Collective",
    "URL": "https://archive.example/2019/05/01/rally/",
    "language": "en"
  }
]

"##,
        ),
        (
            "1973-05-01T09:30-04:00",
            r##"chicago: Day of Action Archive. “Rally.” Day of Action Archive, May 1, 1973. https://archive.example/2019/05/01/rally/.
html: Day of Action Archive. “Rally.” <i>Day of Action Archive</i>, May 1, 1973. https://archive.example/2019/05/01/rally/.
apa: Rally. (1973, May 1). Day of Action Archive. https://archive.example/2019/05/01/rally/
html: Rally. (1973, May 1). <i>Day of Action Archive</i>. https://archive.example/2019/05/01/rally/
mla: “Rally.” Day of Action Archive, 1 May 1973, https://archive.example/2019/05/01/rally/.
html: “Rally.” <i>Day of Action Archive</i>, 1 May 1973, https://archive.example/2019/05/01/rally/.
wikipedia: {{cite news |title=Rally |url=https://archive.example/2019/05/01/rally/ |work=Day of Action Archive |date=1973-05-01 |language=en}}
bibtex: @article{1973-rally,
  title = {{Rally}},
  year = {1973},
  month = may,
  day = {1},
  journal = {Day of Action Archive},
  publisher = {Georgia Press Collective},
  langid = {english},
  language = {en},
  url = {https://archive.example/2019/05/01/rally/},
  entrysubtype = {newspaper},
}

ris: TY  - NEWS
TI  - Rally
T2  - Day of Action Archive
DA  - 1973/05/01/
PY  - 1973
PB  - Georgia Press Collective
LA  - en
UR  - https://archive.example/2019/05/01/rally/
ER  - 

csl-json: [
  {
    "id": "https://archive.example/2019/05/01/rally/",
    "type": "article-newspaper",
    "title": "Rally",
    "issued": {
      "date-parts": [
        [
          1973,
          5,
          1
        ]
      ]
    },
    "container-title": "Day of Action Archive",
    "publisher": "Georgia Press Collective",
    "URL": "https://archive.example/2019/05/01/rally/",
    "language": "en"
  }
]

"##,
        ),
    ] {
        let cited = Cited { date: Date::parse(date).ok(), ..bare(&language) };
        assert_eq!(shown(&styles, &cited, &Format::ALL), expected, "{date}");
    }
}

#[test]
fn no_sign_in_a_text_is_taken_for_markup() {
    let language = tag("en");
    let styles = Styles::new(&language);
    let hard =
        " “Y {qué}” & <b>50%</b> \"#1\" \\ ~$x_y^2~ |\n\t[[a]] ''b'' = c&d; __TOC__' ";
    let cited = Cited {
        title: hard,
        authors: &[Author::Printed(hard)],
        publication: Some("A | B & {C"),
        summary: hard,
        url: "https://archive.example/a_b/?x={1}&y=%20|z#f~'",
        ..bare(&language)
    };
    let expected = r##"chicago: “Y {qué}” & <b>50%</b> "#1" \ ~$x_y^2~ | [[a]] ''b'' = c&d; __TOC__'. “‘Y {Qué}’ & <b>50%</b> ‘#1’ \ ~$x_y^2~ | [[A]] ''B'' = C&d; __toc__'.” A | B & {C, n.d. Day of Action Archive. https://archive.example/a_b/?x={1}&y=%20|z#f~'.
html: “Y {qué}” &amp; &lt;b&gt;50%&lt;/b&gt; &quot;#1&quot; \ ~$x_y^2~ | [[a]] ''b'' = c&amp;d; __TOC__'. “‘Y {Qué}’ &amp; &lt;b&gt;50%&lt;/b&gt; ‘#1’ \ ~$x_y^2~ | [[A]] ''B'' = C&amp;d; __toc__'.” <i>A | B &amp; {C</i>, n.d. Day of Action Archive. https://archive.example/a_b/?x={1}&amp;y=%20|z#f~'.
apa: “Y {qué}” & <b>50%</b> "#1" \ ~$x_y^2~ | [[a]] ''b'' = c&d; __TOC__'. (n.d.). “Y {qué}” & <b>50%</b> "#1" \ ~$x_y^2~ | [[a]] ''b'' = c&d; __TOC__'. A | B & {C. Day of Action Archive. https://archive.example/a_b/?x={1}&y=%20|z#f~'
html: “Y {qué}” &amp; &lt;b&gt;50%&lt;/b&gt; &quot;#1&quot; \ ~$x_y^2~ | [[a]] ''b'' = c&amp;d; __TOC__'. (n.d.). “Y {qué}” &amp; &lt;b&gt;50%&lt;/b&gt; &quot;#1&quot; \ ~$x_y^2~ | [[a]] ''b'' = c&amp;d; __TOC__'. <i>A | B &amp; {C</i>. Day of Action Archive. https://archive.example/a_b/?x={1}&amp;y=%20|z#f~'
mla: “Y {qué}” & <b>50%</b> "#1" \ ~$x_y^2~ | [[a]] ''b'' = c&d; __TOC__'. “‘Y {Qué}’ & <b>50%</b> ‘#1’ \ ~$x_y^2~ | [[A]] ''B'' = C&d; __toc__'.” A | B & {C. Day of Action Archive, https://archive.example/a_b/?x={1}&y=%20|z#f~'.
html: “Y {qué}” &amp; &lt;b&gt;50%&lt;/b&gt; &quot;#1&quot; \ ~$x_y^2~ | [[a]] ''b'' = c&amp;d; __TOC__'. “‘Y {Qué}’ &amp; &lt;b&gt;50%&lt;/b&gt; ‘#1’ \ ~$x_y^2~ | [[A]] ''B'' = C&amp;d; __toc__'.” <i>A | B &amp; {C</i>. <i>Day of Action Archive</i>, https://archive.example/a_b/?x={1}&amp;y=%20|z#f~'.
wikipedia: {{cite news |author=((“Y &#123;qué&#125;” & &lt;b&gt;50%&lt;/b&gt; "#1" \ &#126;$x_y^2&#126; {{!}} &#91;&#91;a&#93;&#93; &#39;&#39;b&#39;&#39; = c&amp;d; &#95;_TOC&#95;_&#39;)) |title=“Y &#123;qué&#125;” & &lt;b&gt;50%&lt;/b&gt; "#1" \ &#126;$x_y^2&#126; {{!}} &#91;&#91;a&#93;&#93; &#39;&#39;b&#39;&#39; = c&amp;d; &#95;_TOC&#95;_&#39; |url=https://archive.example/a_b/?x=%7B1%7D&y=%20%7Cz#f~%27 |work=A {{!}} B & &#123;C |language=en |via=Day of Action Archive}}
bibtex: @article{y-que-and-b-50-b-1-x-y-2-a-b-c-and-d-toc-undated-y-que-and-b,
  title = {{“Y \{qué\}” \& <b>50\%</b> "\#1" {\textbackslash} {\textasciitilde}\$x\_y{\textasciicircum}2{\textasciitilde} | [[a]] ''b'' = c\&d; \_\_TOC\_\_'}},
  author = {{“Y \{qué\}” \& <b>50\%</b> "\#1" {\textbackslash} {\textasciitilde}\$x\_y{\textasciicircum}2{\textasciitilde} | [[a]] ''b'' = c\&d; \_\_TOC\_\_'}},
  journal = {A | B \& {\textbraceleft}C},
  publisher = {Georgia Press Collective},
  abstract = {“Y \{qué\}” \& <b>50\%</b> "\#1" {\textbackslash} {\textasciitilde}\$x\_y{\textasciicircum}2{\textasciitilde} | [[a]] ''b'' = c\&d; \_\_TOC\_\_'},
  langid = {english},
  language = {en},
  url = {https://archive.example/a_b/?x=%7B1%7D&y=%20|z#f~'},
  entrysubtype = {newspaper},
}

ris: TY  - NEWS
TI  - “Y {qué}” & <b>50%</b> "#1" \ ~$x_y^2~ | [[a]] ''b'' = c&d; __TOC__'
AU  - “Y {qué}” & <b>50%</b> "#1" \ ~$x_y^2~ | [[a]] ''b'' = c&d; __TOC__'
T2  - A | B & {C
PB  - Georgia Press Collective
DP  - Day of Action Archive
LA  - en
UR  - https://archive.example/a_b/?x={1}&y=%20|z#f~'
AB  - “Y {qué}” & <b>50%</b> "#1" \ ~$x_y^2~ | [[a]] ''b'' = c&d; __TOC__'
ER  - 

csl-json: [
  {
    "id": "https://archive.example/a_b/?x={1}&y=%20|z#f~'",
    "type": "article-newspaper",
    "title": "“Y {qué}” & <b>50%</b> \"#1\" \\ ~$x_y^2~ | [[a]] ''b'' = c&d; __TOC__'",
    "author": [
      {
        "literal": "“Y {qué}” & <b>50%</b> \"#1\" \\ ~$x_y^2~ | [[a]] ''b'' = c&d; __TOC__'"
      }
    ],
    "container-title": "A | B & {C",
    "publisher": "Georgia Press Collective",
    "source": "Day of Action Archive",
    "URL": "https://archive.example/a_b/?x={1}&y=%20|z#f~'",
    "language": "en",
    "abstract": "“Y {qué}” & <b>50%</b> \"#1\" \\ ~$x_y^2~ | [[a]] ''b'' = c&d; __TOC__'"
  }
]

"##;
    assert_eq!(shown(&styles, &cited, &Format::ALL), expected);
}

#[test]
fn other_scripts_are_cited_as_they_are_written() {
    let (ar, en) = (tag("ar"), tag("en"));
    let cited = Cited {
        title: "«مسيرة» في أتلانتا",
        authors: &[Author::Person { family: "الفاتح", given: "ليلى" }],
        date: Some(Date::parse("1973").unwrap()),
        ..bare(&ar)
    };
    let expected = r##"chicago: الفاتح, ليلى. “«مسيرة» في أتلانتا.” Day of Action Archive, 1973. https://archive.example/2019/05/01/rally/.
html: الفاتح, ليلى. “«مسيرة» في أتلانتا.” <i>Day of Action Archive</i>, 1973. https://archive.example/2019/05/01/rally/.
apa: الفاتح, ليلى. (1973). «مسيرة» في أتلانتا. Day of Action Archive. https://archive.example/2019/05/01/rally/
html: الفاتح, ليلى. (1973). «مسيرة» في أتلانتا. <i>Day of Action Archive</i>. https://archive.example/2019/05/01/rally/
mla: الفاتح, ليلى. “«مسيرة» في أتلانتا.” Day of Action Archive, 1973, https://archive.example/2019/05/01/rally/.
html: الفاتح, ليلى. “«مسيرة» في أتلانتا.” <i>Day of Action Archive</i>, 1973, https://archive.example/2019/05/01/rally/.
wikipedia: {{cite news |last=الفاتح |first=ليلى |title=«مسيرة» في أتلانتا |url=https://archive.example/2019/05/01/rally/ |work=Day of Action Archive |date=1973 |language=ar}}
bibtex: @article{lfth-1973-msyr-fy-tlnt,
  title = {{«مسيرة» في أتلانتا}},
  author = {الفاتح, ليلى},
  year = {1973},
  journal = {Day of Action Archive},
  publisher = {Georgia Press Collective},
  language = {ar},
  url = {https://archive.example/2019/05/01/rally/},
  entrysubtype = {newspaper},
}

ris: TY  - NEWS
TI  - «مسيرة» في أتلانتا
AU  - الفاتح, ليلى
T2  - Day of Action Archive
DA  - 1973///
PY  - 1973
PB  - Georgia Press Collective
LA  - ar
UR  - https://archive.example/2019/05/01/rally/
ER  - 

csl-json: [
  {
    "id": "https://archive.example/2019/05/01/rally/",
    "type": "article-newspaper",
    "title": "«مسيرة» في أتلانتا",
    "author": [
      {
        "family": "الفاتح",
        "given": "ليلى"
      }
    ],
    "issued": {
      "date-parts": [
        [
          1973
        ]
      ]
    },
    "container-title": "Day of Action Archive",
    "publisher": "Georgia Press Collective",
    "URL": "https://archive.example/2019/05/01/rally/",
    "language": "ar"
  }
]

"##;
    assert_eq!(shown(&Styles::new(&en), &cited, &Format::ALL), expected);
}

#[test]
fn a_language_without_words_speaks_english() {
    let (unknown, en) = (tag("nah"), tag("en"));
    let cited = bare(&en);
    let expected = shown(&Styles::new(&en), &cited, &PROSE);
    assert_eq!(shown(&Styles::new(&unknown), &cited, &PROSE), expected);
}

#[test]
fn a_publication_of_the_archive_itself_is_named_once() {
    let language = tag("en");
    let styles = Styles::new(&language);
    let mut cited = bare(&language);
    let expected = styles.cite(&cited);
    for publication in ["Day of Action  Archive ", " "] {
        cited.publication = Some(publication);
        assert_eq!(styles.cite(&cited), expected);
    }
}

#[test]
fn a_text_is_tidied_only_if_it_has_to_be() {
    for text in ["", "a", "a b", "à «b»"] {
        assert!(matches!(tidy(text), Cow::Borrowed(same) if same == text), "{text}");
    }
    for (text, expected) in [(" a", "a"), ("a ", "a"), ("a\n\tb", "a b"), ("  ", "")] {
        assert_eq!(tidy(text), expected);
    }
}
