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

#[test]
fn explore() {
    let en = tag("en");
    let es = tag("es");
    let person = Author::Person { family: "García Márquez", given: "Gabriel José" };
    let other = Author::Person { family: "de la Cruz", given: "Ana" };
    let bell = Author::Person { family: "hooks", given: "bell" };
    let group = Author::Group("Georgia Latino Alliance for Human Rights");
    let printed = Author::Printed("Ana Reyes Pérez");
    for names in [&[person][..], &[person, other], &[group], &[printed], &[bell], &[]] {
        for lang in [&en, &es] {
            let styles = Styles::new(lang);
            for citation in styles.cite(&full(lang, names)) {
                println!(
                    "{} {}\n{:?}\n",
                    citation.format.key(),
                    citation.text,
                    citation.html
                );
            }
        }
    }
    for date in ["1973", "1973-05", "1973~", "1973-05?", ""] {
        for lang in [&en, &es] {
            let styles = Styles::new(lang);
            let mut cited = full(lang, &[]);
            cited.date = Date::parse(date).ok();
            cited.title = "Y el pueblo: \"{grita}\" <b>$5 # 10% & más</b>\n otra";
            cited.publication = None;
            for citation in styles.cite(&cited) {
                println!("{} {}\n", citation.format.key(), citation.text);
            }
        }
    }
}

#[test]
fn timing() {
    let en = tag("en");
    let es = tag("es");
    let authors = [
        Author::Person { family: "García Márquez", given: "Gabriel José" },
        Author::Person { family: "de la Cruz", given: "Ana" },
    ];
    for lang in [&en, &es] {
        let t = std::time::Instant::now();
        let styles = Styles::new(lang);
        println!("styles {:?}", t.elapsed());
        let cited = full(lang, &authors);
        let t = std::time::Instant::now();
        for _ in 0..200 {
            std::hint::black_box(styles.cite(&cited));
        }
        println!("all {:?}", t.elapsed() / 200);
        for f in [Format::Chicago, Format::Apa, Format::Mla] {
            let t = std::time::Instant::now();
            for _ in 0..200 {
                std::hint::black_box(styles.0.cite(f, &cited));
            }
            println!("{} {:?}", f.key(), t.elapsed() / 200);
        }
        let t = std::time::Instant::now();
        for _ in 0..200 {
            std::hint::black_box((
                wikipedia::cite(&cited),
                bibtex::cite(&cited),
                ris::cite(&cited),
                csl::cite(&cited),
            ));
        }
        println!("four {:?}", t.elapsed() / 200);
    }
    let t = std::time::Instant::now();
    let n = hayagriva::archive::locales().len();
    println!("locales {n} {:?}", t.elapsed());
}
