//! Whole pieces, and what holds for every text.

use proptest::prelude::*;

use super::*;
use crate::import::piece::Visibility;

/// The options of the tests.
fn options() -> Options {
    Options {
        language: Language::Found,
        today: Date::parse("2026-01-02").unwrap(),
        month_first: None,
        mend_mojibake: false,
    }
}

/// Reads a piece and checks its account.
fn read_checked(text: &str) -> Piece {
    let piece = read(text, &Arc::from("a.txt"), &options(), &BTreeSet::new());
    check_account(&piece);
    piece
}

/// The nodes of a piece.
fn nodes(piece: &Piece) -> &[Node] {
    match &piece.body {
        Body::Html(nodes) => nodes,
        Body::Markdown(_) => &[],
    }
}

/// Checks that every character is accounted for.
fn check_account(piece: &Piece) {
    let mut account = piece.account.clone();
    account.body += account::count(&text_of(nodes(piece)));
    assert_eq!(account.missing(), 0, "{account:?}");
}

/// The paragraphs of a piece.
fn paragraphs(piece: &Piece) -> Vec<String> {
    nodes(piece).iter().map(|node| text_of(std::slice::from_ref(node))).collect()
}

/// A piece like those that were copied out of a blog, form and all.
const PASTED: &str = "Riverbend Tenants Say “No Rent Without Heat”

Riverbend, Tuesday, March 6, 2018 …..About sixty tenants of the old mill stood in front of the office of Canal Properties to ask for heat in all of the flats.  

Canal Properties bought the mill in 2015.   It has raised the rent twice since then.

“We will not pay for ice on the inside of our windows,” Ana Vega, Mill Tenants Association (MTA), said.

 The company did not answer…..its door stayed shut,” Tom Reyes said.

by Lucy Moreno

Leave a Reply

Fill in your details below or click an icon to log in: Logo

You are commenting using your account. Log Out /  Change )

Facebook photo

You are commenting using your Facebook account. Log Out /  Change )

Connecting to %s";

#[test]
fn a_piece_pasted_from_a_blog_is_read_whole() {
    let piece = read_checked(PASTED);
    let facts = &piece.facts;
    assert_eq!(facts.title, "Riverbend Tenants Say “No Rent Without Heat”");
    assert_eq!(facts.byline, ["Lucy Moreno"]);
    assert_eq!(facts.dateline.as_deref(), Some("Riverbend, Tuesday, March 6, 2018 ….."));
    assert_eq!(facts.dateline_place.as_deref(), Some("Riverbend"));
    assert_eq!(facts.dateline_date.unwrap().edtf(), "2018-03-06");
    assert_eq!(facts.date.unwrap().edtf(), "2018-03-06");
    assert_eq!(facts.language.as_deref(), Some("en"));
    let paragraphs = paragraphs(&piece);
    assert_eq!(paragraphs.len(), 4, "{paragraphs:#?}");
    assert!(
        paragraphs[0].starts_with("Riverbend, Tuesday, March 6, 2018 …..About sixty")
    );
    assert!(paragraphs[3].ends_with("its door stayed shut,” Tom Reyes said."));
    assert!(piece.account.dropped.contains_key("comment form"));
    let cut =
        piece.notes.iter().find(|note| note.text.starts_with("the comment form is cut"));
    let cut = cut.unwrap();
    assert!(
        cut.text.contains("Leave a Reply / Fill in your details")
            && cut.text.ends_with("Connecting to %s")
    );
    assert_eq!((cut.line, cut.rule), (13, Some(("furniture", 99))));
    assert!(
        piece.notes.iter().all(|note| note.about == About::Decision),
        "{:#?}",
        piece.notes
    );
    assert_eq!(format!("{piece:?}"), format!("{:?}", read_checked(PASTED)));
}

#[test]
fn one_line_of_a_form_alone_is_asked_about() {
    let text = "A Title of a Piece\n\nThe tenants of the mill met on the bridge and in the hall, and then they all went home.\n\nRelated";
    let piece = read_checked(text);
    assert_eq!(paragraphs(&piece).last().unwrap(), "Related");
    assert!(
        piece
            .notes
            .iter()
            .any(|note| note.about == About::Question && note.text.contains("`Related`"))
    );
}

#[test]
fn an_embargo_that_is_over_is_noted_and_one_to_come_holds_the_piece() {
    for (day, is_held) in
        [("June 1, 2025", false), ("June 1, 2026", true), ("further notice", true)]
    {
        let text = format!(
            "EMBARGOED UNTIL {day}\n\nTenants March\n\nThe tenants of the mill met on the bridge and in the hall, and then they all went home."
        );
        let piece = read_checked(&text);
        assert_eq!(piece.visibility != Visibility::Public, is_held, "{day}");
        assert_eq!(piece.facts.embargo.is_some(), day.ends_with("2026"), "{day}");
        assert_eq!(paragraphs(&piece).len(), 1);
    }
}

#[test]
fn contacts_are_private_in_fields_and_notes() {
    let text = "FOR IMMEDIATE RELEASE\nContact: Rosa Vega, 404-555-0142, rosa@union.example\n\nTenants March\n\n\
        The tenants of the mill met on the bridge and in the hall, and then they all went home.\n\n###\n\n\
        Rosa Vega\nPress Secretary\n(404) 555-0143\n";
    let piece = read_checked(text);
    let all = format!("{:?} {:?} {:?}", piece.facts, piece.notes, piece.body);
    for secret in ["0142", "0143", "rosa@"] {
        assert!(!all.contains(secret), "{all}");
    }
    assert_eq!(piece.facts.kind, Some("press-release"));
    assert!(piece.account.dropped["contact block, private"] > 60);
    assert_eq!(paragraphs(&piece).len(), 1);
}

#[test]
fn a_mark_between_two_parts_of_a_story_is_no_end() {
    let part = "The tenants of the mill met on the bridge and in the hall, and then they all went home.";
    for (after, is_end) in [
        ("", true),
        (
            "The Mill Tenants Union is the union of the tenants of the old mill, and was founded in 1988.",
            true,
        ),
        (
            "Note to editors: pictures of the march can be had from the office of the union at any time.",
            true,
        ),
        (
            "On Monday it began again, and this time there was snow, and the drummers had lost their gloves.",
            false,
        ),
    ] {
        let text = format!(
            "Tenants March\n\n{}{part}\n\n###\n\n{after}",
            format!("{part}\n\n").repeat(4)
        );
        let piece = read_checked(&text);
        let last = paragraphs(&piece).pop().unwrap();
        assert_eq!(last == part, is_end, "{after}");
        assert_eq!(piece.facts.provenance.contains_key("end_mark"), is_end, "{after}");
    }
}

#[test]
fn a_title_may_say_the_kind() {
    let part = "The tenants of the mill met on the bridge and in the hall, and then they all went home.";
    for (title, kind) in [
        ("MEDIA ADVISORY: Tenants to March", Some("advisory")),
        ("Press Release – Tenants March", Some("press-release")),
        ("Statement of the Mill Tenants on Heat", Some("statement")),
        ("Press Releases Are Dying", None),
    ] {
        let piece = read_checked(&format!("{title}\n\n{part}\n"));
        assert_eq!((piece.facts.title.as_str(), piece.facts.kind), (title, kind));
    }
}

#[test]
fn approved_furniture_is_dropped_and_nothing_else() {
    let text = "Riverbend Voice Online\nTenants March\n\nThe tenants of the mill met on the bridge and in the hall, and then they all went home.";
    let approved = BTreeSet::from(["Riverbend Voice Online".to_owned()]);
    let piece = read(text, &Arc::from("a.txt"), &options(), &approved);
    check_account(&piece);
    assert_eq!(piece.facts.title, "Tenants March");
    assert_eq!(piece.account.dropped.len(), 1);
}

#[test]
fn blocks_of_a_document_keep_their_emphasis() {
    let block = |text: &str| Block {
        text: text.to_owned(),
        node: Node::element("p", vec![Node::element("em", vec![Node::text(text)])]),
    };
    let long = "The tenants of the mill met on the bridge and in the hall, and then they all went home.";
    let piece = read_blocks(
        vec![block("Tenants March"), block("By Ana Vega"), block(long), block("###")],
        &Arc::from("a.docx"),
        &options(),
        &BTreeSet::new(),
    );
    check_account(&piece);
    assert_eq!(piece.facts.title, "Tenants March");
    assert_eq!(piece.facts.byline, ["Ana Vega"]);
    assert_eq!(nodes(&piece), [block(long).node]);
}

/// A paragraph of a story.
const STORY: &str = "The river rose in the night, and by the morning the bridge was under water and the school was shut.";

/// The lists of provenance, as text.
fn provenance(piece: &Piece, key: &str) -> Vec<String> {
    let list = piece.facts.provenance.get(key).and_then(|list| list.as_array());
    let texts = list.into_iter().flatten().filter_map(|text| text.as_str());
    texts.map(str::to_owned).collect()
}

/// Whether a note of a rule asks.
fn asks(piece: &Piece, rule: &str) -> bool {
    piece.notes.iter().any(|note| {
        note.about == About::Question && note.rule.is_some_and(|own| own.0 == rule)
    })
}

#[test]
fn boilerplate_is_moved_into_the_provenance() {
    let about = "The Mill Tenants Union (MTU) is the union of the tenants of the old mill. Write to us: hello@union.example or 404-555-0142.";
    for (between, heading) in [
        ("", "About the Mill Tenants Union"),
        ("###\n\n", "About the Mill Tenants Union"),
        ("###\n\n", "ABOUT THE MILL TENANTS UNION"),
    ] {
        let text = format!(
            "Flood\n\n{STORY}\n\n{STORY}\n\n{STORY}\n\n{between}{heading}\n{about}"
        );
        let piece = read_checked(&text);
        assert_eq!(paragraphs(&piece).len(), 3, "{text}");
        let kept = provenance(&piece, "boilerplate");
        assert_eq!(kept.len(), 2, "{text}");
        assert_eq!(kept[0], heading);
        assert!(kept[1].ends_with("Write to us: [e-mail] or ###-###-####."));
        assert_eq!(piece.account.dropped["number or address, private"], 31);
        assert!(!format!("{:?}{:?}", piece.facts, piece.notes).contains("hello@"));
    }
}

#[test]
fn a_story_after_boilerplate_stays_and_is_asked_about() {
    let own = "The Mill Tenants Union (MTU) is the union of the tenants of the old mill, and was founded in 1988.";
    let more = "In that year the MTU had four members, a kettle and no room of its own to put it in.";
    let head = "About the Mill Tenants Union";
    for (end, moved) in [
        (format!("{head}\n\n{own}\n\n{STORY}"), 2),
        (format!("{head}\n\n{own}\n\n{more}\n\n{STORY}"), 3),
        (format!("{head}\n\n{own}\n\nThe Next Day\n\n{STORY}"), 2),
        (format!("###\n\n{head}\n\n{own}\n\n{STORY}"), 2),
        (format!("###\n\n{own}\n\n{STORY}"), 1),
        (format!("{head}\n\n{STORY}"), 0),
        (
            format!(
                "About the Strike\n\nThe strike of the tenants began in the cold of a January.\n\n{STORY}"
            ),
            0,
        ),
        (
            format!(
                "ABOUT THE STRIKE\n\nThe strike of the tenants of the mill began in the cold of a January.\n\n{STORY}"
            ),
            0,
        ),
        (
            format!(
                "Acerca de la Red de Mujeres\n\nLa Red de Mujeres agrupa a catorce sindicatos de cuatro departamentos.\n\n{STORY}"
            ),
            2,
        ),
    ] {
        let text = format!("Flood\n\n{STORY}\n\n{STORY}\n\n{STORY}\n\n{STORY}\n\n{end}");
        let piece = read_checked(&text);
        let last = paragraphs(&piece).pop().unwrap();
        assert_eq!(last, STORY, "{end}");
        let stories = paragraphs(&piece).iter().filter(|own| *own == STORY).count();
        assert_eq!(stories, 5, "{end}");
        assert_eq!(provenance(&piece, "boilerplate").len(), moved, "{end}");
        assert!(asks(&piece, "boilerplate"), "{end}");
        assert_eq!(
            end.contains("Next Day"),
            paragraphs(&piece).contains(&"The Next Day".to_owned())
        );
    }
}

#[test]
fn comments_are_dropped_and_stand_whole_in_the_note() {
    let text = format!(
        "Flood\n\n{STORY}\n\n2 comments\n\nMaria says:\nCall me at 555-0142, it was in 1997.\nReply\n\nBuddy says:\nA shame.\nReply"
    );
    let piece = read_checked(&text);
    assert_eq!(paragraphs(&piece), [STORY]);
    assert!(piece.account.dropped.contains_key("comments of readers"));
    let note = piece.notes.iter().find(|note| note.rule == Some(("comments", 90)));
    assert!(note.unwrap().text.ends_with(
        "2 comments / Maria says: / Call me at ###-####, it was in 1997. / Reply / Buddy says: / A shame. / Reply"
    ));
    assert!(piece.facts.provenance.is_empty());
}

#[test]
fn story_text_below_a_heading_of_comments_stays() {
    let sent = "They were the best in the whole of the town, I can tell you that.";
    for (below, kept) in [
        // The story goes on behind a comment.
        (format!("Maria says:\n{sent}\nReply\n\nThe Next Day\n\n{STORY}"), 1),
        // The story stands where comments should.
        (format!("{STORY}\n\n{STORY}\n\nMaria says:\nYes.\nReply"), 2),
        // What could be either is kept.
        (format!("Maria says:\n\n{STORY}\n\n{STORY}\n\n{STORY}"), 3),
    ] {
        let text = format!("Flood\n\n{STORY}\n\n3 comments on “Flood”\n\n{below}");
        let piece = read_checked(&text);
        let stories = paragraphs(&piece).iter().filter(|own| *own == STORY).count();
        assert_eq!(stories, kept + 1, "{below}");
        assert!(!paragraphs(&piece).iter().any(|own| own.contains("3 comments")));
        assert_eq!(asks(&piece, "comments"), kept == 3, "{below}");
        let is_next = paragraphs(&piece).contains(&"The Next Day".to_owned());
        assert_eq!(is_next, below.contains("Next Day"));
    }
}

#[test]
fn a_sentence_that_begins_like_furniture_stays() {
    for sentence in [
        "Posted in the window of the mill was a notice that nobody had signed.",
        "Powered by nothing but anger, sixty tenants walked to the bridge and back.",
        "Tagged with red paint, the door of the company stayed shut for the whole week.",
    ] {
        let text = format!(
            "Flood\n\n{STORY}\n\n{sentence}\n\nShare this:\nLike Loading...\nLeave a Reply"
        );
        assert_eq!(paragraphs(&read_checked(&text)), [STORY, sentence]);
    }
}

#[test]
fn a_byline_is_found_beside_a_way_to_reach_its_writer() {
    for (line, dropped) in [
        ("By Ben Cho, ben@example.org", 16),
        ("By Ben Cho | 404-555-0142", 13),
        ("By Ben Cho (ben@example.org, 404-555-0142)", 30),
    ] {
        let piece = read_checked(&format!("Flood\n\n{line}\n\n{STORY}\n\n{STORY}"));
        assert_eq!(piece.facts.byline, ["Ben Cho"], "{line}");
        assert_eq!(piece.account.moved["byline"], 8, "{line}");
        assert_eq!(
            piece.account.dropped["number or address, private"], dropped,
            "{line}"
        );
        let all = format!("{:?}{:?}{:?}", piece.facts, piece.notes, piece.body);
        assert!(!all.contains("ben@") && !all.contains("0142"), "{all}");
        assert!(
            piece
                .notes
                .iter()
                .any(|note| note.text.contains("is left out of the byline"))
        );
    }
}

#[test]
fn what_is_moved_stands_in_a_field_and_the_rest_is_dropped() {
    for (above, moved, dropped) in [
        ("From: Ana <ana@union.example>", None, Some("head of an e-mail, private")),
        ("Case No. 19-204", Some("number of the release"), None),
        ("EMBARGOED UNTIL June 1, 2025", None, Some("embargo that is over")),
        ("EMBARGOED UNTIL June 1, 2026", Some("embargo"), None),
        ("FOR IMMEDIATE RELEASE", Some("release label"), None),
    ] {
        let piece = read_checked(&format!("{above}\n\nFlood on the Canal\n\n{STORY}"));
        for (side, word) in
            [(&piece.account.moved, moved), (&piece.account.dropped, dropped)]
        {
            let others: Vec<&str> =
                side.keys().map(String::as_str).filter(|own| *own != "title").collect();
            assert_eq!(others, Vec::from_iter(word), "{above}");
        }
    }
    let piece =
        read_checked(&format!("Case No. 19-204\n\nFlood on the Canal\n\n{STORY}"));
    assert_eq!(provenance(&piece, "reference"), ["Case No. 19-204"]);
    for (site, is_moved) in [("Riverbend Courier", true), ("My Old Pages", false)] {
        let text = format!("{site}\nFlood on the Canal\nFlood on the Canal\n\n{STORY}");
        let piece = read_checked(&text);
        assert_eq!(piece.facts.publication.is_some(), is_moved);
        assert_eq!(piece.account.moved.contains_key("publication"), is_moved);
        assert_eq!(piece.account.dropped.contains_key("name of the site"), !is_moved);
    }
}

#[test]
fn hostile_texts_are_read() {
    let form = "Leave a Reply\nCancel\nRelated\nShare this:\n".repeat(20);
    let texts = [
        String::new(),
        "\n\n\n".to_owned(),
        "word ".repeat(200_000),
        "x".repeat(1 << 20),
        "A line of a text.\n".repeat(100_000),
        "short\n".repeat(30_000),
        "###\n".repeat(20_000),
        "Contact: Rosa Vega, 404-555-0142\n".repeat(5_000),
        "About the Union\n\n".repeat(20_000),
        "By Ana Vega\n".repeat(5_000),
        "• x\n".repeat(20_000),
        "-".repeat(1 << 20),
        "http://".repeat(100_000),
        "â€".repeat(100_000),
        "1/1/1/1/".repeat(50_000),
        format!("{}\n2 comments\n{}", "x\n", "Ana says:\nReply\n".repeat(20_000)),
        format!("By Ben Cho {}", "a@b.c 404-555-0142 ".repeat(20_000)),
        format!("x\n\n{}", "By Ben Cho a@b.c\n".repeat(5_000)),
        format!(
            "x\n\nAbout the Union\n{}",
            "a@b.c 5@x.org 404-555-0142 Union ".repeat(9)
        ),
        form,
    ];
    for text in &texts {
        read_checked(text);
    }
}

/// Lines that the rules look at, and others.
fn line() -> impl Strategy<Value = String> {
    let known = [
        "",
        "FOR IMMEDIATE RELEASE",
        "Contact: Rosa Vega, 404-555-0142",
        "rosa@union.example",
        "###",
        "-30-",
        "FIN",
        "By Ana Vega",
        "Por la Coordinación Nacional",
        "October 11, 2019",
        "10/11/2019",
        "Leave a Reply",
        "Share this:",
        "Related",
        "About the Mill Tenants",
        "ATLANTA — The tenants went to the hall and said that they would stay there all day.",
        "• one",
        "1. one",
        "2. two",
        "* * *",
        "Page 7",
        "EMBARGOED UNTIL June 1, 2026",
        "Continued on page 4",
        "Subject: A March",
        "The tenants of the mill met on the bridge and in the hall, and then they all went home to eat.",
        "2 Comments",
        "Reply",
        "Case No. 19-204",
        "By Ben Cho, ben@example.org, 404-555-0142",
        "The Mill Tenants are many, write to 5@mill.example 404-555-0142 5@mill.example or 404-555-0142.",
        "Ana says:",
        "Itâ€™s MÃ©xico",
        "see https://example.org/a.",
        "To the Editor:",
        "From: Ana <ana@union.example>",
        "MEDIA ADVISORY",
    ];
    prop_oneof![
        3 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,90}",
        1 => any::<String>(),
    ]
}

proptest! {
    #[test]
    fn every_text_is_read_and_balances(lines in proptest::collection::vec(line(), 0..40), mend: bool) {
        let text = lines.join("\n");
        let options = Options { mend_mojibake: mend, ..options() };
        let piece = read(&text, &Arc::from("a.txt"), &options, &BTreeSet::new());
        check_account(&piece);
        let again = read(&text, &Arc::from("a.txt"), &options, &BTreeSet::new());
        prop_assert_eq!(format!("{piece:?}"), format!("{again:?}"));
    }

    #[test]
    fn any_lines_are_analysed(lines in proptest::collection::vec(line(), 0..30)) {
        let shown: Vec<Line<'_>> = lines.iter().zip(1..).map(|(text, number)| Line { text, number }).collect();
        prop_assert_eq!(analyse(&shown, &options()).roles.len(), lines.len());
    }

    #[test]
    fn any_bytes_are_no_document_that_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = bytes;
        bytes.splice(0..0, *b"PK\x03\x04");
        let format = crate::import::document::format(&bytes);
        prop_assert!(format.is_none_or(|format| crate::import::document::read(&bytes, format).is_err()));
    }
}
