//! What the documentation says is what the program does.

#![expect(clippy::disallowed_methods, reason = "the tests read the documentation")]

use std::fs;
use std::path::Path;
use std::process::Command;

use pressmark::config;
use pressmark::content::{article, page, record};

use crate::site::Site;

/// A document of the repository.
fn document(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The part of a document under a heading, up to the next of its level.
fn part<'d>(document: &'d str, heading: &str) -> &'d str {
    let (_, rest) = document
        .split_once(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("there is no `{heading}`"));
    rest.split("\n## ").next().unwrap()
}

/// The first cells of the rows of a table, without their backticks.
fn keys(part: &str) -> Vec<&str> {
    let rows = part.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| row.split('`').next().unwrap()).collect()
}

#[test]
fn every_key_of_the_settings_is_documented_with_its_default() {
    let text = document("docs/configuration.md");
    let mut tables: Vec<_> = config::KEYS.iter().map(|key| key.table).collect();
    tables.dedup();
    for table in tables {
        let heading = match table {
            "" => "## At the top".to_owned(),
            _ => format!("## `[{table}]`"),
        };
        let part = part(&text, &heading);
        let expected: Vec<_> = config::KEYS
            .iter()
            .filter(|key| key.table == table)
            .map(|key| key.name)
            .collect();
        let mut found = keys(part);
        let mut sorted = expected.clone();
        found.sort_unstable();
        sorted.sort_unstable();
        assert_eq!(found, sorted, "{heading}");
        for key in config::KEYS.iter().filter(|key| key.table == table) {
            let plain = format!("| `{}` | {} |", key.name, key.default);
            let quoted = format!("| `{}` | `{}` |", key.name, key.default);
            assert!(part.contains(&plain) || part.contains(&quoted), "{plain}");
        }
    }
}

#[test]
fn every_key_of_front_matter_is_documented() {
    let text = document("docs/content.md");
    let mut of_record = record::KEYS.to_vec();
    of_record.extend(record::PERSON_KEYS);
    of_record.extend(record::PLACE_KEYS);
    for (heading, expected) in [
        ("## The keys of an article", article::KEYS.to_vec()),
        ("## The keys of a record", of_record),
        ("## The keys of a page", page::KEYS.to_vec()),
    ] {
        assert_eq!(keys(part(&text, heading)), expected, "{heading}");
    }
}

#[test]
fn every_flag_is_in_the_help_and_in_the_manual() {
    let help = Site::empty().run(&["build", "--help"]).done().stdout;
    let manual = Site::empty().run(&["man"]).done().stdout;
    for flag in [
        "--output",
        "--config",
        "--drafts",
        "--base-url",
        "--date",
        "--clean",
        "--explain",
        "--quiet",
        "--message-format",
        "--adopt",
        "--remove-unknown",
    ] {
        assert!(help.contains(flag), "{flag} is not in the help");
        assert!(
            manual.contains(&flag.replace('-', "\\-")),
            "{flag} is not in the manual"
        );
    }
}

#[test]
fn every_flag_of_new_is_documented() {
    let help = Site::empty().run(&["new", "--help"]).done().stdout;
    let words = help.split(|c: char| c.is_whitespace() || ",`".contains(c));
    let flags: Vec<_> = words.filter(|word| word.starts_with("--")).collect();
    assert!(flags.contains(&"--byline"), "{flags:?}");
    let text = document("docs/content.md");
    let part = part(&text, "## Starting an article");
    let manual = Site::empty().run(&["man"]).done().stdout;
    for flag in flags.into_iter().filter(|flag| *flag != "--help") {
        assert!(part.contains(&format!("`{flag}")), "{flag} is not documented");
        let flag = flag.replace('-', "\\-");
        assert!(manual.contains(&flag), "{flag} is not in the manual");
    }
}

#[test]
fn every_document_that_a_document_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents =
        vec!["README.md".to_owned(), "ARCHITECTURE.md".into(), "CONTRIBUTING.md".into()];
    for entry in fs::read_dir(root.join("docs")).unwrap() {
        documents.push(format!("docs/{}", entry.unwrap().file_name().to_str().unwrap()));
    }
    for path in documents {
        let text = document(&path);
        let folder = root.join(&path).parent().unwrap().to_owned();
        let code_free: String = text.split("```").step_by(2).collect();
        let code_free: String = code_free.split('`').step_by(2).collect();
        for link in code_free.split("](").skip(1) {
            let target = link.split(')').next().unwrap();
            let target = target.split('#').next().unwrap();
            if target.is_empty() || target.contains("://") || target.contains('`') {
                continue;
            }
            assert!(folder.join(target).exists(), "{path} links to {target}");
        }
    }
}

#[test]
fn the_tour_of_the_readme_says_what_the_program_says() {
    let text = document("README.md");
    let site = Site::empty();
    let mut n_commands = 0;
    for block in text.split("\n```console\n").skip(1) {
        let block = block.split("\n```").next().unwrap();
        for run in block.split("$ ").filter(|run| !run.trim().is_empty()) {
            let (command, expected) = run.split_once('\n').unwrap_or((run, ""));
            let script = format!(
                "pressmark() {{ \"{}\" \"$@\" 2>&1; }}\n{command}\n",
                env!("CARGO_BIN_EXE_pressmark")
            );
            let output = Command::new("bash")
                .arg("-c")
                .arg(script)
                .current_dir(site.path(""))
                .output()
                .unwrap();
            let found = site.ran(&output);
            assert_eq!(
                without_times(&found.stdout),
                without_times(expected),
                "{command}"
            );
            n_commands += 1;
        }
    }
    assert!(n_commands >= 4, "{n_commands} commands");
}

/// A text without the times that runs took, without the year in which `init`
/// was run, and without space at its end.
fn without_times(text: &str) -> String {
    let lines = text.trim_end().lines().map(|line| {
        let line = match line.rsplit_once("/content/") {
            Some((rest, path)) if path.ends_with("/first-article.md") => {
                format!("{rest}/content/YEAR/first-article.md")
            }
            _ => line.trim_end().to_owned(),
        };
        match line.rsplit_once(", ") {
            Some((rest, time)) if time.ends_with(" s") => format!("{rest}, … s"),
            _ => line,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Folders of the repository that hold what other programs made.
const MADE: &[&str] =
    &["target", "public", ".git", "tests/tools/node_modules", "tests/tools/.venv"];

#[test]
fn the_house_speaks_of_itself_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // In parts, so that this file does not have them.
    let words = [["TO", "DO"], ["FIX", "ME"], ["/wo", "rk/"], ["/t", "mp/"]];
    let words = words.map(|parts| parts.concat());
    let made: Vec<_> = MADE.iter().map(|folder| root.join(folder)).collect();
    let entries = walkdir::WalkDir::new(root)
        .into_iter()
        .filter_entry(|entry| !made.iter().any(|folder| folder == entry.path()));
    let mut n_texts = 0;
    for entry in entries.map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
        let bytes = fs::read(entry.path()).unwrap();
        // A file that is no text is a picture or a sample of another encoding.
        let Ok(text) = String::from_utf8(bytes) else { continue };
        n_texts += 1;
        for word in &words {
            assert!(!text.contains(word), "{} has {word}", entry.path().display());
        }
    }
    assert!(n_texts > 200, "{n_texts} texts");
}
