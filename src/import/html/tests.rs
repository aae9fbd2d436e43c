//! Tests of pages as a source of pieces.

#![expect(clippy::format_collect, reason = "tests make large texts in one line")]

use std::io::Cursor;

use proptest::prelude::*;

use super::*;
use crate::dom::{Node, text_of as node_text};
use crate::import::account::count;
use crate::import::html::crawl::Input;

/// Files in memory.
struct Memory(Vec<(String, Vec<u8>)>);

impl Files for Memory {
    fn names(&self) -> Vec<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }

    fn open(&self, name: &str) -> Result<Box<dyn Input + '_>, String> {
        let found = self.0.iter().find(|(own, _)| own == name);
        let (_, bytes) = found.ok_or_else(|| "is not there".to_owned())?;
        Ok(Box::new(Cursor::new(bytes.as_slice())))
    }
}

/// A source of some pages.
fn source(pages: &[(&str, &str)]) -> HtmlSource<Memory> {
    let files =
        pages.iter().map(|(name, html)| ((*name).to_owned(), html.as_bytes().to_vec()));
    HtmlSource::new(Memory(files.collect()), Options::default())
}

/// What a source tells.
fn told(mut source: HtmlSource<Memory>) -> (Vec<Outline>, Vec<Item>) {
    let (mut outlines, mut items) = (Vec::new(), Vec::new());
    source.survey(&mut |outline| outlines.push(outline)).unwrap();
    source.read(&mut |item| items.push(item)).unwrap();
    (outlines, items)
}

/// The pieces of some items.
fn pieces(items: &[Item]) -> Vec<&Piece> {
    items
        .iter()
        .filter_map(|item| match item {
            Item::Piece(piece) => Some(&**piece),
            Item::Skipped(_) | Item::File(..) | Item::Lost(_) => None,
        })
        .collect()
}

/// The nodes of the body of a piece.
fn nodes(piece: &Piece) -> &[Node] {
    match &piece.body {
        Body::Html(nodes) => nodes,
        Body::Markdown(_) => &[],
    }
}

/// Running text about something.
fn text(about: &str) -> String {
    format!(
        "<p>The council talked about {about} for three hours on Monday and did not vote, because \
         the mayor had left.</p><p>People who had come for {about} stayed until the janitor put \
         out the lights, and then they sang.</p>"
    )
}

/// An article.
fn article(head: &str, title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body>\
             <h1>{title}</h1>{body}</body></html>"
    )
}

#[test]
fn lines_that_stand_on_many_pages_are_dropped_and_proposed_once() {
    let pages: Vec<_> = (0..12)
        .map(|n| {
            let body = format!("<div>The Lantern, a paper for the people of this town since 1931.\
                </div>{}<div>Write to us at the old post office, and we will print it.</div>",
                text(&format!("road {n}")));
            (format!("{n}.html"), article("", &format!("Road {n} at the council - The Lantern"), &body))
        })
        .collect();
    let pages: Vec<_> = pages.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let mut source = source(&pages);
    source.survey(&mut |_| {}).unwrap();
    let proposals: Vec<_> =
        source.proposals().iter().map(|own| (own.text.as_str(), own.pages)).collect();
    assert_eq!(
        proposals,
        [
            ("The Lantern, a paper for the people of this town since 1931.", 12),
            ("Write to us at the old post office, and we will print it.", 12),
        ]
    );
    let (_, items) = told(source);
    let pieces = pieces(&items);
    assert_eq!(pieces.len(), 12);
    for (n, piece) in pieces.iter().enumerate() {
        assert!(!node_text(nodes(piece)).contains("Lantern"));
        assert!(node_text(nodes(piece)).contains(&format!("road {n}")));
        assert!(piece.account.dropped.contains_key("stands on many pages"));
    }
    assert_eq!(pieces[3].facts.title, "Road 3 at the council - The Lantern");
}

#[test]
fn the_name_of_a_site_is_learned_from_its_titles() {
    let pages: Vec<_> = (0..4)
        .map(|n| {
            let html = format!(
                "<html><head><title>Road {n} is closed: again - Lantern</title></head>\
                <body>{}</body></html>",
                text(&format!("road {n}"))
            );
            (format!("{n}.html"), html)
        })
        .collect();
    let pages: Vec<_> = pages.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let (outlines, _) = told(source(&pages));
    assert_eq!(outlines[2].title, "Road 2 is closed: again");
}

#[test]
fn of_pages_that_are_the_same_one_is_a_piece() {
    let canonical = "<link rel=canonical href='https://example.org/2006/bridge/'>";
    let bridge = article(canonical, "The bridge", &text("the bridge"));
    let print = article("", "The bridge", &text("the bridge"));
    let (outlines, items) = told(source(&[
        ("example.org/2006/bridge/print/index.html", &print),
        ("example.org/2006/bridge/index.html", &bridge),
        ("example.org/2006/bridge/index.html?utm_source=x.html", &bridge),
        ("example.org/2007/road/index.html", &article("", "The road", &text("the road"))),
    ]));
    assert_eq!(outlines.len(), 2);
    assert_eq!(outlines[0].key, "example.org/2006/bridge/index.html");
    let skipped: Vec<_> = items
        .iter()
        .filter_map(|item| match item {
            Item::Skipped(skipped) => Some(skipped.reason.as_str()),
            Item::Piece(_) | Item::File(..) | Item::Lost(_) => None,
        })
        .collect();
    assert_eq!(skipped, ["is the same page as example.org/2006/bridge/index.html"; 2]);
    for form in [
        "https://example.org/2006/bridge",
        "http://www.example.org/2006/bridge/index.html",
        "https://example.org/2006/bridge/print/",
        "file:///example.org/2006/bridge/index.html",
    ] {
        assert!(outlines[0].addresses.contains(&form.to_owned()), "{form}");
    }
    let piece = pieces(&items)[0];
    assert!(piece.facts.redirects.contains(&"/2006/bridge/print/index.html".to_owned()));
}

/// The keys of the pieces of some pages, and why the others are left out.
fn fates(pages: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let (_, items) = told(source(pages));
    let keys = pieces(&items).iter().map(|piece| piece.origin.key.clone()).collect();
    let reasons = items.iter().filter_map(|item| match item {
        Item::Skipped(skipped) => Some(skipped.reason.clone()),
        Item::Piece(_) | Item::File(..) | Item::Lost(_) => None,
    });
    (keys, reasons.collect())
}

/// Paragraphs that an organization puts below everything that it sends out.
fn boilerplate() -> String {
    let text = "The Riverbend Tenants' Union is a democratic organization of renters who have                 fought for repairs, fair leases and against evictions in all five wards since 1987";
    (1..=3)
        .map(|n| format!("<p>{text}, and this is the part of number {n}.</p>"))
        .collect()
}

#[test]
fn two_releases_with_one_long_boilerplate_are_two_pieces() {
    let release = |title: &str, about: &str| {
        article("", title, &format!("{}{}", text(about), boilerplate()))
    };
    let cases = [
        // Another title, another text, and both.
        ("Rent strike", "the strike", "The march", "the strike", 2),
        ("Rent strike", "the strike", "Rent strike", "the march", 2),
        ("Rent strike", "the strike", "The march", "the march", 2),
        ("Rent strike", "the strike", "Rent strike", "the strike", 1),
    ];
    for (first, about, second, about_second, n) in cases {
        let (one, two) = (release(first, about), release(second, about_second));
        let (keys, reasons) = fates(&[("a.html", &one), ("b.html", &two)]);
        assert_eq!((keys.len(), reasons.len()), (n, 2 - n), "{first} {second}");
    }
}

#[test]
fn notices_of_one_form_with_other_figures_are_two_pieces() {
    let notice = |day: &str| {
        let when = format!("<p>Monday, {day}, 7 pm</p>");
        article("", "Notice of a meeting", &format!("{when}{}", text("the rent")))
    };
    let (june, july) = (notice("June 3"), notice("July 1"));
    let (keys, _) = fates(&[("june.html", &june), ("july.html", &july)]);
    assert_eq!(keys, ["june.html", "july.html"]);
}

#[test]
fn the_same_lines_in_another_order_are_another_text() {
    let (a, b) = (text("the bridge"), text("the road"));
    let (one, two) = (
        article("", "Both", &format!("{a}{b}")),
        article("", "Both", &format!("{b}{a}")),
    );
    assert_eq!(fates(&[("a.html", &one), ("b.html", &two)]).0.len(), 2);
}

#[test]
fn pages_of_one_canonical_address_with_other_texts_are_pieces_of_their_own() {
    let head = "<link rel=canonical href='https://example.org/long/'>";
    let page = |text: &str| article(head, "A long story", text);
    let (first, second) = (page(&text("the bridge")), page(&text("the road")));
    let pages = [
        ("example.org/long/index.html", first.as_str()),
        ("example.org/long/2/index.html", second.as_str()),
        ("example.org/long/print/index.html", first.as_str()),
    ];
    let (keys, reasons) = fates(&pages);
    assert_eq!(keys, ["example.org/long/index.html", "example.org/long/2/index.html"]);
    assert_eq!(reasons, ["is the same page as example.org/long/index.html"]);
    let (outlines, items) = told(source(&pages));
    let address = "https://example.org/long/".to_owned();
    assert!(outlines[0].addresses.contains(&address));
    assert!(!outlines[1].addresses.contains(&address), "{:?}", outlines[1].addresses);
    let second = pieces(&items)[1];
    assert_eq!(second.facts.redirects, ["/long/2/index.html"]);
    assert!(second.notes.iter().any(|note| note.about == About::Question
        && note.text.contains("example.org/long/index.html")));
}

#[test]
fn a_print_view_with_more_text_than_its_page_is_not_lost() {
    let head = "<link rel=canonical href='https://example.org/a.html'>";
    let (one, two) = (text("the bridge"), text("the road"));
    let page = article(head, "A long story", &one);
    let print = article(head, "A long story", &format!("{one}{two}"));
    let (keys, _) =
        fates(&[("example.org/a.html", &page), ("example.org/print/a.html", &print)]);
    assert_eq!(keys.len(), 2);
}

#[test]
fn lines_that_were_cut_from_many_pages_are_told() {
    let cases = [(0, 0), (1, 1), (20, 20), (23, 21)];
    for (n, expected) in cases {
        let furniture: String = (0..n)
            .map(|line| {
                format!("<div>Line {line} of the furniture of this whole site.</div>")
            })
            .collect();
        let pages: Vec<_> = (0..12)
            .map(|own| {
                let body = format!("{furniture}{}", text(&format!("road {own}")));
                (format!("{own}.html"), article("", &format!("Road {own}"), &body))
            })
            .collect();
        let pages: Vec<_> = pages.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let mut source = source(&pages);
        source.survey(&mut |_| {}).unwrap();
        let remarks = source.remarks();
        assert_eq!(remarks.len(), expected, "{remarks:?}");
        if n > 0 {
            assert!(remarks[0].contains("12 pages") && remarks[0].contains("“Line 0 of"));
        }
        if n > 20 {
            assert!(remarks[20].starts_with("3 more lines"), "{}", remarks[20]);
        }
    }
}

#[test]
fn an_article_in_a_noscript_is_read() {
    let html =
        article("", "Roads", &format!("<noscript>{}</noscript>", text("the road")));
    let (_, items) = told(source(&[("a.html", &html)]));
    let piece = pieces(&items)[0];
    assert!(node_text(nodes(piece)).contains("janitor"));
    let hint = "<noscript>Please turn on scripts.</noscript>";
    let html = article("", "Roads", &format!("{hint}{}", text("the road")));
    let (_, items) = told(source(&[("a.html", &html)]));
    let piece = pieces(&items)[0];
    assert!(!node_text(nodes(piece)).contains("scripts"));
    assert_eq!(piece.account.dropped["noscript"], 20);
}

/// Puts the links of some nodes behind others.
fn collect(nodes: &[Node], links: &mut Vec<String>) {
    for element in nodes.iter().filter_map(Node::as_element) {
        links.extend(element.attribute("href").map(str::to_owned));
        collect(&element.children, links);
    }
}

#[test]
fn links_lead_where_they_led() {
    let body = format!(
        "{}<p><a href='../road.html#x'>That road</a> and <a href='/old?id=1'>the \
        old one</a> and <a href='img/map.png'>a map of it</a>, all drawn by the same hand.</p>",
        text("roads")
    );
    let (_, items) = told(source(&[
        ("example.org/2006/a.html", &article("", "Roads", &body)),
        ("example.org/road.html", &article("", "The road", &text("the road"))),
    ]));
    let piece = pieces(&items)[0];
    let mut links = Vec::new();
    collect(nodes(piece), &mut links);
    assert_eq!(
        links,
        [
            "http://example.org/road.html#x",
            "http://example.org/old?id=1",
            "http://example.org/2006/img/map.png",
        ]
    );
}

#[test]
fn a_page_that_leads_on_is_a_redirect_of_its_target() {
    let refresh = "<html><head><meta http-equiv=refresh content='0; url=/new/road.html'></head>\
                   <body><a href=/new/road.html>Moved</a></body></html>";
    let (outlines, items) = told(source(&[
        ("example.org/old/road.html", refresh),
        ("example.org/new/road.html", &article("", "The road", &text("the road"))),
    ]));
    assert_eq!(outlines.len(), 1);
    assert!(
        outlines[0].addresses.contains(&"http://example.org/old/road.html".to_owned())
    );
    let piece = pieces(&items)[0];
    assert_eq!(piece.facts.redirects, ["/new/road.html", "/old/road.html"]);
}

#[test]
fn pages_that_name_each_other_are_translations() {
    let head = "<link rel=alternate hreflang=en href='https://example.org/en/a'>\
                <link rel=alternate hreflang=es href='https://example.org/es/a'>";
    let english = article(
        &format!("{head}<link rel=canonical href='https://example.org/en/a'>"),
        "Roads",
        &text("roads"),
    );
    let spanish = "<p>El consejo habló de los caminos por tres horas el lunes y no votó, porque la \
        alcaldesa se había ido a su casa.</p><p>Los que llegaron se quedaron hasta que apagaron las \
        luces, y luego se fueron cantando por la calle.</p>";
    let spanish = format!(
        "<html lang=es><head><title>Caminos</title>{head}<link rel=canonical \
        href='https://example.org/es/a'></head><body><h1>Caminos</h1>{spanish}</body></html>"
    );
    let (_, items) = told(source(&[("en.html", &english), ("es.html", &spanish)]));
    let pieces = pieces(&items);
    assert_eq!(pieces[0].facts.translation_of, None);
    assert_eq!(pieces[1].facts.translation_of.as_deref(), Some("en.html"));
    assert_eq!(pieces[1].facts.language.as_deref(), Some("es"));
}

/// A record of a web archive with the answer of a server.
fn record(address: &str, answer: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Length: {}\r\n\r\n\
         {answer}\r\n\r\n",
        answer.len()
    )
}

#[test]
fn a_page_that_all_dead_pages_lead_to_takes_time_in_proportion() {
    let n_pages = 20_000;
    let moved = |to: &str| {
        format!("HTTP/1.1 301 Moved\r\nLocation: https://example.org/{to}\r\n\r\n")
    };
    let old = (0..n_pages)
        .map(|n| record(&format!("https://example.org/old/{n}"), &moved("home")));
    let mut archive: String = old.collect();
    archive.push_str(&record("https://example.org/home", &moved("2019/roads/")));
    let page = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}",
        article("", "Roads", &text("roads"))
    );
    archive.push_str(&record("https://example.org/2019/roads/", &page));
    let (_, items) = told(source(&[("a.warc", &archive)]));
    let redirects = &pieces(&items)[0].facts.redirects;
    let is_old = |path: &&String| path.starts_with("/old/");
    assert_eq!(redirects.iter().filter(is_old).count(), n_pages);
}

#[test]
fn a_name_in_the_account_and_one_in_print_are_both_kept() {
    let head = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Roads",
        "author":{"name":"Lee Park"},"datePublished":"2020-01-05T10:00:00Z"}</script>"#;
    let body = format!("<p>By Ana Ruiz | December 3, 2004 | Page 2</p>{}", text("roads"));
    let (_, items) = told(source(&[("a.html", &article(head, "Roads", &body))]));
    let facts = &pieces(&items)[0].facts;
    assert_eq!(facts.byline, ["Ana Ruiz"]);
    assert_eq!(facts.extra["account_byline"], Value::from(vec!["Lee Park"]));
    assert_eq!(facts.date.unwrap().to_string(), "2004-12-03");
    assert_eq!(facts.extra["account_date"], Value::from("2020-01-05T10:00:00Z"));
    assert_eq!(facts.print_page.as_deref(), Some("2"));
    let notes = &pieces(&items)[0].notes;
    assert!(notes.iter().any(|note| note.about == About::Date), "{notes:?}");
}

#[test]
fn the_first_picture_is_the_lead_image_and_stands_no_more_in_the_text() {
    let body = format!(
        "<figure><img src=/i/a.jpg alt='A road'><figcaption>The road at noon. \
        (Photo: Ana Ruiz)</figcaption></figure>{}",
        text("roads")
    );
    let (_, items) =
        told(source(&[("example.org/a.html", &article("", "Roads", &body))]));
    let piece = pieces(&items)[0];
    let image = piece.facts.image.clone().unwrap();
    assert_eq!(image.src, "http://example.org/i/a.jpg");
    assert_eq!(
        (image.alt.as_str(), image.caption.as_deref(), image.credit.as_deref()),
        ("A road", Some("The road at noon."), Some("Ana Ruiz"))
    );
    assert!(!node_text(nodes(piece)).contains("at noon"));
    assert!(piece.account.moved.contains_key("caption of the lead image"));
}

#[test]
fn line_breaks_fonts_and_bold_lines_become_structure() {
    let body = "<table><tr><td><font size=2>The council talked about the road for three hours on \
        Monday and did not vote on it.<br><br><b>What comes next</b><br><br>People who had come for \
        it stayed until the janitor put out the lights, and they sang.</font></td></tr></table>";
    let (_, items) = told(source(&[("a.html", &article("", "Roads", body))]));
    let names: Vec<_> = nodes(pieces(&items)[0])
        .iter()
        .filter_map(Node::as_element)
        .map(|element| element.name.as_str())
        .collect();
    assert_eq!(names, ["p", "h3", "p"]);
}

/// Pieces of pages, good and bad.
const SHREDS: &[&str] = &[
    "<html lang=en>",
    "<head>",
    "<title>T - S</title>",
    "<body>",
    "<h1>Head line</h1>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<article>",
    "</article>",
    "<div class=byline>",
    "</div>",
    "<div class=comments>",
    "<p>By Ana Ruiz | May 3, 2011 | Page 4</p>",
    "<br><br>",
    "<font>",
    "<p>The council talked about the road for three hours on Monday and did not vote.</p>",
    "<p>People who had come stayed until the janitor put out the lights, and then they sang.</p>",
    "<img src=a.jpg>",
    "<figure>",
    "<figcaption>C",
    "<a href=/>Home</a>",
    "<nav>",
    "</nav>",
    "<footer>",
    "</footer>",
    "<aside>",
    "<form>",
    "</form>",
    "<h3>Comments</h3>",
    "Por ",
    "<a rel=tag href=x>",
    "</a>",
    "<script type=application/ld+json>{\"@type\":\"Article\"}</script>",
    "<!-- saved from url=(0019)https://example.org -->",
    "<noscript>",
    "</noscript>",
    "<object>",
    "</object>",
    "<noframes><p>a</noframes>",
    "<iframe><p>a</iframe>",
    "<svg>",
    "<p hidden>",
    "<blockquote class=pullquote>",
    "<ul><li>",
    "text",
    "—",
    "<template>",
    "<frameset>",
    "\u{0}",
];

/// Asserts that nothing of a page is lost and that it is read the same twice.
fn balances(html: &[u8]) -> Result<(), TestCaseError> {
    let read = || {
        let files = Memory(vec![("example.org/a.html".to_owned(), html.to_vec())]);
        told(HtmlSource::new(files, Options::default()))
    };
    let (outlines, items) = read();
    prop_assert_eq!(items.len(), 1);
    for piece in pieces(&items) {
        let mut account = piece.account.clone();
        account.body = count(&node_text(nodes(piece)));
        prop_assert_eq!(account.missing(), 0, "{:?}", account);
        prop_assert_eq!(outlines.len(), 1);
        prop_assert_eq!(&outlines[0].title, &piece.facts.title);
        prop_assert_eq!(outlines[0].date, piece.facts.date);
    }
    prop_assert_eq!(format!("{items:?}"), format!("{:?}", read().1));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_character_of_a_page_is_lost(shreds in prop::collection::vec(0..SHREDS.len(), 0..50)) {
        let html: String = shreds.iter().map(|&at| SHREDS[at]).collect();
        balances(format!("<html>{html}").as_bytes())?;
    }

    #[test]
    fn no_bytes_make_it_fail(mut bytes: Vec<u8>, tail: String) {
        bytes.splice(0..0, b"<p>".iter().copied());
        bytes.extend_from_slice(tail.as_bytes());
        balances(&bytes)?;
    }
}
