//! Front matter in all its forms.

use super::*;
use crate::import::folders::{data::Data, dates, front_matter, yaml};
use crate::json::{Value, json};

#[test]
fn each_language_gives_the_same_keys() {
    let expected =
        json!({"title": "A: b", "n": 5, "tags": ["x", "y"], "deep": {"k": true}});
    for text in [
        "---\ntitle: \"A: b\"\nn: 5\ntags: [x, y]\ndeep:\n  k: true\n---\nWords.\n",
        "+++\ntitle = \"A: b\"\nn = 5\ntags = [\"x\", \"y\"]\n[deep]\nk = true\n+++\nWords.\n",
        "{\"title\": \"A: b\", \"n\": 5, \"tags\": [\"x\", \"y\"], \"deep\": {\"k\": true}}\n\nWords.\n",
        "---json\n{\"title\": \"A: b\", \"n\": 5, \"tags\": [\"x\", \"y\"], \"deep\": {\"k\": true}}\n---\nWords.\n",
        "---toml\ntitle = \"A: b\"\nn = 5\ntags = [\"x\", \"y\"]\ndeep = {k = true}\n---\nWords.\n",
        ";;;\n\"title\": \"A: b\", \"n\": 5, \"tags\": [\"x\", \"y\"], \"deep\": {\"k\": true}\n;;;\nWords.\n",
    ] {
        let front = front_matter::fenced(text).unwrap();
        assert_eq!(Value::Object(front.keys.to_json()), expected, "{text}");
        assert_eq!(front.body, "Words.\n", "{text}");
        let before = text.strip_suffix("Words.\n").unwrap();
        assert_eq!(front.line, before.matches('\n').count() as u64 + 1, "{text}");
    }
}

#[test]
fn a_file_without_front_matter_is_all_text() {
    for text in ["", "Words.\n", "# Head\n", "{{< x >}}\n", "{% x %}\n", "----\nx\n"] {
        let front = front_matter::fenced(text).unwrap();
        assert_eq!((front.body.as_str(), front.line, front.is_there), (text, 1, false));
    }
}

#[test]
fn what_is_broken_is_told_with_its_line() {
    for (text, line) in [
        ("---\ntitle: A\n", 1),
        ("---\ntitle: A\nother: [a\n---\n", 3),
        ("---\ntitle: A: b\n---\n", 2),
        ("+++\ntitle = 'A'\nb = \n+++\n", 3),
        ("{\n\"a\": }\n", 2),
        ("---js\n{}\n---\n", 1),
        ("---\n- a\n- b\n---\n", 2),
    ] {
        let fault = front_matter::fenced(text).unwrap_err();
        assert_eq!(fault.line, line, "{text}: {}", fault.message);
        assert!(!fault.message.is_empty());
    }
}

#[test]
fn a_broken_file_is_lost_and_the_others_go_on() {
    let files = [
        ("hugo.toml", ""),
        ("content/posts/a.md", "---\ntitle: [A\n---\nx"),
        ("content/posts/b.md", "---\ntitle: B\n---\nx"),
    ];
    assert!(
        left_out(&files)["content/posts/a.md"]
            .contains("its front matter cannot be read")
    );
    assert_eq!(pieces(&files).len(), 1);
}

#[test]
fn scalars_of_yaml_keep_their_letters() {
    for (written, scalar, value) in [
        ("2019", "2019", json!(2019)),
        ("007", "007", json!("007")),
        ("yes", "yes", json!("yes")),
        ("No", "No", json!("No")),
        ("true", "true", json!(true)),
        ("1.50", "1.50", json!(1.5)),
        ("1e3", "1e3", json!("1e3")),
        ("2019-10-11", "2019-10-11", json!("2019-10-11")),
        ("\"5\"", "5", json!("5")),
        ("0x10", "0x10", json!("0x10")),
        ("12:30", "12:30", json!("12:30")),
        ("-3", "-3", json!(-3)),
        ("123456789012345678", "123456789012345678", json!("123456789012345678")),
    ] {
        let table = yaml::table(&format!("k: {written}")).unwrap();
        assert_eq!(table.scalar("k"), Some(scalar));
        assert_eq!(table.get("k").unwrap().to_json(), value, "{written}");
    }
    for nothing in ["~", "null", "", "''"] {
        assert_eq!(
            yaml::table(&format!("k: {nothing}")).unwrap().scalar("k"),
            None,
            "{nothing}"
        );
    }
}

#[test]
fn aliases_and_merges_are_followed_and_bombs_refused() {
    let table = yaml::table("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  l: 3\nc: *x\n").unwrap();
    assert_eq!(
        Value::Object(table.to_json()),
        json!({"a": {"k": 1, "l": 2}, "b": {"l": 3, "k": 1}, "c": {"k": 1, "l": 2}})
    );
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for at in 1..9 {
        let last = format!("*a{}", at - 1);
        bomb.push_str(&format!("a{at}: &a{at} [{}]\n", vec![last; 10].join(", ")));
    }
    assert!(yaml::table(&bomb).is_err());
    assert!(yaml::table(&"[".repeat(5000)).is_err());
    assert!(yaml::table("a: *none").is_err());
}

#[test]
fn flags_are_read_in_their_words() {
    for (text, flag) in [
        ("true", Some(true)),
        ("Yes", Some(true)),
        ("off", Some(false)),
        ("0", Some(false)),
        ("maybe", None),
    ] {
        assert_eq!(Data::Plain(text.to_owned()).flag(), flag, "{text}");
    }
}

#[test]
fn dates_are_read_in_every_form() {
    for (text, date) in [
        ("2019-10-11", "2019-10-11"),
        ("2019-10-11T09:30:00-04:00", "2019-10-11T09:30:00-04:00"),
        ("2019-10-11 09:30:00 -0400", "2019-10-11T09:30:00-04:00"),
        ("2019-10-11 09:30:00 UTC-04:00", "2019-10-11T09:30:00-04:00"),
        ("2019-10-11 09:30 UTC", "2019-10-11T09:30Z"),
        ("2019-10-11 9:30", "2019-10-11T09:30"),
        ("2019-10-11 09:30:00.123 +0200", "2019-10-11T09:30:00+02:00"),
        ("2019-10-11T13:30:00.000Z", "2019-10-11T13:30:00Z"),
        ("2019-1-5", "2019-01-05"),
        ("2019/10/11", "2019-10-11"),
        ("2019/10/11 08:15:00", "2019-10-11T08:15:00"),
        ("20191011", "2019-10-11"),
        ("11 October 2019", "2019-10-11"),
        ("October 11, 2019", "2019-10-11"),
        ("Fri, 11 Oct 2019 09:30:00 -0400", "2019-10-11T09:30:00-04:00"),
        ("Oct 11th, 2019 3:05 pm", "2019-10-11T15:05"),
        ("2019-10-11 12:05 AM", "2019-10-11T00:05"),
        ("1973", "1973"),
    ] {
        assert_eq!(
            dates::parse(text).map(|date| date.to_string()).as_deref(),
            Some(date),
            "{text}"
        );
    }
    for text in [
        "",
        "Last Modified",
        "git Created",
        "2019-13-01",
        "2019-02-30",
        "yesterday",
        "11/10/2019",
    ] {
        assert_eq!(dates::parse(text), None, "{text}");
    }
}

#[test]
fn weeks_and_days_of_the_year_are_counted() {
    for (text, week, day) in [
        ("2019-10-11", 41, 284),
        ("2021-01-03", 53, 3),
        ("2020-12-31", 53, 366),
        ("2018-12-31", 1, 365),
        ("2016-01-01", 53, 1),
        ("2017-01-01", 52, 1),
    ] {
        let date = dates::parse(text).unwrap();
        assert_eq!(
            (dates::week(&date), dates::day_of_year(&date)),
            (week, day),
            "{text}"
        );
    }
}
