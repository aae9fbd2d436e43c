//! Whom `new` asks for what, and what stands in the file.

use std::collections::VecDeque;
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::build;

/// Somebody who gives these answers, one after the other, and breaks off when
/// there are none left.
struct Answers {
    /// The answers still to be given; an empty one takes the default.
    left: VecDeque<&'static str>,
    /// The questions, and what was said of wrong answers.
    heard: Vec<String>,
}

impl Answers {
    /// Somebody who gives these answers.
    fn new(answers: &[&'static str]) -> Self {
        Self { left: answers.iter().copied().collect(), heard: Vec::new() }
    }
}

impl Ask for Answers {
    fn text(&mut self, question: &Question<'_>) -> Result<String, Unanswered> {
        self.heard.push(question.what.to_owned());
        loop {
            let answer = match self.left.pop_front().ok_or(Unanswered::Stopped)? {
                "" => question.default.unwrap_or_default(),
                answer => answer,
            };
            match (question.check)(answer) {
                Ok(()) => return Ok(answer.to_owned()),
                Err(fault) => self.heard.push(fault),
            }
        }
    }

    fn choice(&mut self, what: &str, texts: &[String]) -> Result<usize, Unanswered> {
        self.heard.push(what.to_owned());
        self.heard.extend(texts.iter().cloned());
        match self.left.pop_front().ok_or(Unanswered::Stopped)? {
            "" => Ok(0),
            answer => Ok(texts.iter().position(|text| text == answer).unwrap()),
        }
    }
}

/// The settings of a site in two languages.
const CONFIG: &str = r#"title = "T"
base_url = "https://example.org"
languages = ["en", "es"]

[publisher]
name = "The Desk"
"#;

/// A site with these files.
fn site(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let records = [
        ("config.toml", CONFIG),
        (
            "content/people/ana.md",
            "+++\nname = \"Ana Reyes\"\naliases = [\"A. Reyes\"]\n+++\n",
        ),
        (
            "content/people/bea.md",
            "+++\nname = \"Bea Ilyin\"\nvisibility = \"private\"\n+++\n",
        ),
        ("content/people/bea.es.md", "+++\nname = \"Bea Iliín\"\n+++\n"),
        ("content/people/faulty.md", "no front matter"),
        ("content/organizations/wire.md", "+++\nname = \"Ana Rezes\"\n+++\n"),
    ];
    for (path, text) in records.iter().chain(files) {
        write_new(&folder.path().join(path), text).unwrap();
    }
    folder
}

/// Begins an article on a day of 2026. Returns what came of it, and what was
/// found.
fn begin_in(
    folder: &Path,
    given: Given,
    ask: &mut dyn Ask,
) -> (Result<Begun, NotBegun>, Diagnostics) {
    let mut faults = Diagnostics::new();
    let opened = build::open(&folder.join("config.toml"), &mut faults).unwrap();
    let today = Date::from_parts(2026, Some(1), Some(31)).unwrap();
    let begun = new(given, today, &opened, ask, &mut faults);
    (begun, faults)
}

/// What is known of an article if its title is.
fn titled(title: &str) -> Given {
    Given { title: Some(title.to_owned()), ..Given::default() }
}

/// The lines of a file that was begun.
fn lines(folder: &TempDir, begun: &Begun) -> Vec<String> {
    let folder = Folder::open(folder.path()).unwrap();
    let text = folder.read_text(&begun.file).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn what_is_missing_is_asked_for_and_wrong_answers_are_asked_for_again() {
    let folder = site(&[]);
    let mut answers = Answers::new(&[
        " ",
        "!?",
        "The\nvote",
        "yesterday",
        "2019-10",
        "Ana Reyse",
        "Ana Reyes",
        "New Name",
        "New Name",
        "",
        "es (Español)",
    ]);
    let (begun, faults) = begin_in(folder.path(), Given::default(), &mut answers);
    let begun = begun.unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(
        answers.heard,
        [
            "Title:",
            "an article needs a title",
            "`!?` leaves nothing for a file's name; write letters or digits",
            "Date:",
            "`yesterday` is not a date that can be read",
            "Byline:",
            "No record has the name `Ana Reyse`. Write:",
            "Ana Reyes",
            "Ana Reyse",
            "And:",
            "And:",
            "And:",
            "Language:",
            "en (English)",
            "es (Español)",
        ]
    );
    assert_eq!(&*begun.file, "content/2019/the-vote.es.md");
    assert_eq!(begun.address, "https://example.org/es/2019/10/the-vote/");
    let lines = lines(&folder, &begun);
    assert_eq!(
        lines[..5],
        [
            "+++",
            "title = \"The vote\"",
            "date = \"2019-10\"",
            "draft = true",
            "byline = [\"Ana Reyes\", \"New Name\"]",
        ]
    );
}

#[test]
fn what_is_given_is_not_asked_for() {
    let folder = site(&[]);
    let given = Given {
        date: Some(Date::parse("2019-10-11").unwrap()),
        byline: vec!["Ana Reyes".to_owned()],
        language: Some("EN".to_owned()),
        ..titled("The vote")
    };
    let mut answers = Answers::new(&[]);
    let (begun, _) = begin_in(folder.path(), given, &mut answers);
    assert_eq!(begun.unwrap().address, "https://example.org/2019/10/11/the-vote/");
    assert!(answers.heard.is_empty(), "{:?}", answers.heard);
}

#[test]
fn empty_answers_take_what_is_usual() {
    let folder = site(&[]);
    let mut answers = Answers::new(&["", "", ""]);
    let (begun, _) = begin_in(folder.path(), titled("The vote"), &mut answers);
    let begun = begun.unwrap();
    let lines = lines(&folder, &begun);
    assert_eq!(&*begun.file, "content/2026/the-vote.md");
    assert_eq!(lines[2], "date = 2026-01-31");
    assert_eq!(lines[4], "byline = [\"The Desk\"]");
}

#[test]
fn whoever_breaks_off_has_written_nothing() {
    let folder = site(&[]);
    let mut answers = Answers::new(&["The vote", ""]);
    let (begun, _) = begin_in(folder.path(), Given::default(), &mut answers);
    assert_eq!(begun.unwrap_err(), NotBegun::Unanswered(Unanswered::Stopped));
    assert!(!folder.path().join("content/2026").exists());
    let (begun, _) = begin_in(folder.path(), Given::default(), &mut Nobody);
    assert_eq!(begun.unwrap_err(), NotBegun::Unanswered(Unanswered::Nobody));
}

#[test]
fn names_that_are_much_like_that_of_a_record_are_looked_at_twice() {
    let folder = site(&[]);
    let opened = build::open(&folder.path().join("config.toml"), &mut Diagnostics::new());
    let opened = opened.unwrap();
    let authors = Authors::read(&opened.folder, opened.config.as_ref().unwrap());
    assert_eq!(authors.offered, ["Ana Reyes"]);
    for (name, near) in [
        ("Ana Reyse", Some("Ana Reyes")),
        ("ana  REYES", None),
        ("A. Reyes", None),
        ("Ana Rezes", None),
        ("Bea Ilyim", None),
        ("Somebody Else", None),
        ("The Desk", None),
    ] {
        assert_eq!(authors.near(name), near, "{name}");
    }
}

#[test]
fn a_translation_has_what_it_does_not_take_over() {
    let original =
        "+++\ntitle = \"The vote\"\ndate = 2026-01-05\nslug = \"ballot\"\n+++\n";
    let folder = site(&[("content/2026/the-vote.md", original)]);
    let given = Given { language: Some("es".to_owned()), ..titled("The vote") };
    let (begun, faults) = begin_in(folder.path(), given, &mut Nobody);
    let begun = begun.unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(begun.original.as_deref(), Some("content/2026/the-vote.md"));
    assert_eq!(begun.address, "https://example.org/es/2026/01/31/ballot/");
    assert_eq!(
        lines(&folder, &begun),
        ["+++", "title = \"The vote\"", "date = 2026-01-31", "draft = true", "+++", ""]
    );
}

#[test]
fn what_is_published_is_not_made_a_translation_of_a_draft() {
    let there = "+++\ntitle = \"The vote\"\n+++\n";
    let folder = site(&[("content/2026/the-vote.es.md", there)]);
    let (begun, faults) = begin_in(folder.path(), titled("The vote"), &mut Nobody);
    assert_eq!(begun.unwrap_err(), NotBegun::Faulty);
    assert_eq!(faults.n_of(Code::TranslationClash), 1);
    assert!(!folder.path().join("content/2026/the-vote.md").exists());
}

#[test]
fn a_file_that_names_its_original_is_a_piece_of_another() {
    let there = "+++\ntitle = \"The vote\"\ntranslation_of = \"a.md\"\n+++\n";
    let folder = site(&[("content/2026/the-vote.es.md", there)]);
    let (begun, _) = begin_in(folder.path(), titled("The vote"), &mut Nobody);
    assert_eq!(begun.unwrap().original, None);
}
