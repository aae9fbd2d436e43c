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
    let expected = include_str!("expected/all.txt");
    assert_eq!(shown(&Styles::new(&language), &cited, &Format::ALL), expected);
}

#[test]
fn citations_on_spanish_pages_are_in_spanish() {
    let (es, en) = (tag("es"), tag("en"));
    let mut cited = full(&es, &[GABO, ANA]);
    cited.title = "El pueblo dice «basta»";
    let expected = include_str!("expected/spanish.txt");
    assert_eq!(shown(&Styles::new(&es), &cited, &PROSE), expected);
    cited.language = &en;
    cited.title = "The people say “enough”";
    let expected = include_str!("expected/translated.txt");
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
    let expected = include_str!("expected/names.txt");
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
    let mut text = String::new();
    let dates =
        ["1973", "1973-05", "1973~", "1973-05?", "1973-05-01%", "1973-05-01T09:30-04:00"];
    for date in [""].into_iter().chain(dates) {
        let cited = Cited { date: Date::parse(date).ok(), ..bare(&language) };
        text += &format!("== {date}\n{}", shown(&styles, &cited, &Format::ALL));
    }
    assert_eq!(text, include_str!("expected/dates.txt"));
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
    let expected = include_str!("expected/markup.txt");
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
    let expected = include_str!("expected/scripts.txt");
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

#[test]
fn a_style_shows_the_same_without_what_is_never_needed() {
    let authors: [&[Author<'_>]; 4] = [&[], &[GABO], &[GROUP, ANA], &[PRINTED; 25]];
    let values = [None, Some("12"), Some("A3, B-4")];
    let dates = ["", "1973", "1973-05~", "2019-05-01"];
    for language in [tag("en"), tag("es")] {
        let (whole, pruned) =
            (prose::Styles::read(&language), prose::Styles::new(&language));
        for n in 0..4 * 3 * 3 * 4 * 4 {
            let (author, value, other) = (n % 4, n / 4 % 3, n / 12 % 3);
            let (date, rest) = (n / 36 % 4, n / 144);
            let cited = Cited {
                authors: authors[author],
                translators: if rest % 2 == 0 { &[] } else { &[ANA] },
                date: Date::parse(dates[date]).ok(),
                publication: [None, Some("The Press")][rest / 2],
                place: values[other],
                edition: values[value],
                page: values[(value + other) % 3],
                ..full(&language, &[])
            };
            for format in PROSE {
                assert_eq!(pruned.cite(format, &cited), whole.cite(format, &cited));
            }
        }
    }
}

#[test]
fn an_english_title_has_the_capitals_of_a_headline() {
    let (en, es) = (tag("en"), tag("es"));
    let styles = Styles::new(&en);
    for (title, expected) in [
        ("ICE agents raid DeKalb plant", "ICE Agents Raid DeKalb Plant"),
        (
            "the rise of iPhone unions: a look back",
            "The Rise of iPhone Unions: A Look Back",
        ),
        (
            "a “well-known” 1970s face of the day-to-day",
            "A ‘Well-Known’ 1970s Face of the Day-to-Day",
        ),
        ("what McKinney lived for", "What McKinney Lived For"),
        ("élan", "Élan"),
    ] {
        let cited =
            Cited { title, publication: Some("the DeKalb Neighbor"), ..bare(&en) };
        let text = format!(
            "“{expected}.” the DeKalb Neighbor. Day of Action Archive, {}.",
            cited.url
        );
        assert_eq!(styles.cite(&cited)[2].text, text);
        let text = format!("“{title}.” the DeKalb Neighbor");
        let text = text.replace("“well-known”", "‘well-known’");
        assert!(
            styles.cite(&Cited { language: &es, ..cited })[2].text.starts_with(&text)
        );
    }
}
