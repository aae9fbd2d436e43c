//! Tests of the printed lines.

use super::*;

/// A day.
fn day(text: &str) -> Option<Date> {
    Date::parse(text).ok()
}

/// What a line says, as a text: people, organization, date, page.
fn told(line: &str) -> String {
    let Some(printed) = read(line, Order::Unknown, false) else { return "-".to_owned() };
    let date = printed.date.map(|date| date.to_string()).unwrap_or_default();
    let parts = [
        printed.people.join("+"),
        printed.organization.unwrap_or_default(),
        date,
        printed.page.unwrap_or_default(),
    ];
    parts.join("/")
}

#[test]
fn printed_lines_are_read_as_a_whole() {
    let cases = [
        ("By GLORIA TATE | September 22, 2006 | Page 8", "GLORIA TATE//2006-09-22/8"),
        ("By Abby Byrne", "Abby Byrne///"),
        ("Abby Byrne", "-"),
        ("By Byrne Hobarth and Lee O'Neil", "Byrne Hobarth+Lee O'Neil///"),
        ("By JANE DOE Staff Writer", "JANE DOE///"),
        ("By Jane Doe, Special to the Voice", "Jane Doe///"),
        ("Por Ana de la Cruz y Luis Peña", "Ana de la Cruz+Luis Peña///"),
        ("Por José Ortega y Gasset", "José Ortega y Gasset///"),
        ("Posted on May 3, 2011 by Jane Doe", "Jane Doe//2011-05-03/"),
        ("By Jane Doe on May 3, 2011 at 4:30 pm", "Jane Doe//2011-05-03/"),
        ("Published: Monday, 3 May 2011", "//2011-05-03/"),
        ("viernes 11 de octubre del 2019", "//2019-10-11/"),
        ("October 11, 2019 | Page A7", "//2019-10-11/A7"),
        ("By the Associated Press", "/the Associated Press//"),
        ("Por la Coordinación Nacional", "/la Coordinación Nacional//"),
        ("By Staff", "/Staff//"),
        ("By Falsifying Records", "-"),
        ("By Any Means Necessary", "-"),
        ("By the way, nobody came to the meeting on Monday.", "-"),
        ("The meeting is on May 3, 2011", "-"),
        ("10/11/2019", "-"),
        ("22/11/2019", "//2019-11-22/"),
        ("Byrne Hobarth", "-"),
        ("Text: Maria Lopez", "Maria Lopez///"),
        ("Photos by Maria Lopez", "-"),
    ];
    for (line, expected) in cases {
        assert_eq!(told(line), expected, "{line}");
    }
}

#[test]
fn a_line_that_the_page_calls_a_byline_needs_no_label() {
    let printed = read("Abby Byrne", Order::Unknown, true).unwrap();
    assert_eq!(printed.people, ["Abby Byrne"]);
}

#[test]
fn the_order_of_a_language_decides_on_numbers() {
    let printed = read("10/11/2019", Order::DayFirst, false).unwrap();
    assert_eq!(printed.date, day("2019-11-10"));
}

#[test]
fn datelines_stand_at_the_start_of_a_paragraph() {
    let tail = " The council voted to keep the library open on Sundays this year.";
    let cases = [
        ("ATLANTA —", "ATLANTA", None),
        ("ATLANTA, Ga. (AP) --", "ATLANTA, Ga.", None),
        ("Atlanta, Friday, October 11, 2019 …..", "Atlanta", day("2019-10-11")),
        ("NEWARK, NJ –", "NEWARK, NJ", None),
        (
            "Oaxaca, México; viernes 11 de octubre del 2019.-",
            "Oaxaca, México",
            day("2019-10-11"),
        ),
        ("SAN JOSÉ.-", "SAN JOSÉ", None),
    ];
    for (head, place, date) in cases {
        let found = dateline(&format!("{head}{tail}"), Order::Unknown);
        let found = found.unwrap_or_else(|| panic!("no dateline: {head}"));
        assert_eq!((found.place.as_str(), found.date), (place, date), "{head}");
    }
    for head in ["MEDIA ADVISORY –", "The mayor – ", "NPR -", "Monday —", "Atlanta -"]
    {
        assert_eq!(dateline(&format!("{head}{tail}"), Order::Unknown), None, "{head}");
    }
}

#[test]
fn days_are_read_in_paths() {
    let cases = [
        ("/2006/09/22/story.html", "2006-09-22"),
        ("/news/2011/5/a-vote/", "2011-05"),
        ("/1999-12-31-party", "1999-12-31"),
    ];
    for (path, expected) in cases {
        assert_eq!(dates::in_path(path), day(expected), "{path}");
    }
    assert_eq!(dates::in_path("/story/20061/1"), None);
}

proptest::proptest! {
    #[test]
    fn no_line_makes_it_fail(line: String, words in "(By |Por |Page |[A-Z][a-z]{1,4} |— |\\| |[0-9]{1,4}[ ,/]|de |May ){0,12}") {
        for text in [line.as_str(), words.as_str()] {
            for is_marked in [true, false] {
                if let Some(printed) = read(text, Order::DayFirst, is_marked) {
                    for name in &printed.people {
                        proptest::prop_assert!(text.contains(name.as_str()));
                    }
                }
            }
            let long = format!("{text}{}", "The council voted to keep the library open. ".repeat(2));
            if let Some(found) = dateline(&long, Order::Unknown) {
                proptest::prop_assert!(long.starts_with(&found.printed) || long.trim_start().starts_with(&found.printed));
            }
        }
    }
}
