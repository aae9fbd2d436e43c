//! Every diagnostic has a site that calls for it, and a heading in the
//! documentation.

#![expect(
    clippy::disallowed_methods,
    reason = "tests read the documentation and make files"
)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Stdio;

use pressmark::diagnostic::Code;

use crate::site::{CONFIG, Ran, Site, finish};

/// An article whose front matter has these lines.
fn with(lines: &str) -> Site {
    Site::new().file("content/a.md", &format!("+++\n{lines}+++\n\nWords.\n"))
}

/// An article with these words.
fn saying(words: &str) -> Site {
    Site::new().file("content/a.md", &format!("+++\ntitle = \"A\"\n+++\n\n{words}\n"))
}

/// A record.
fn record(name: &str, more: &str) -> String {
    format!("+++\nname = \"{name}\"\n{more}+++\n")
}

/// A run that calls for a code. Every variant must stand here.
#[expect(clippy::too_many_lines, reason = "there is an arm for each code")]
fn run_for(code: Code) -> Ran {
    let two = |slug: &str, other: &str| {
        Site::new()
            .article("a.md", "2019-03-04", &format!("slug = \"{slug}\"\n"))
            .file(&format!("static/2019/03/04/{other}/index.html"), "x")
    };
    match code {
        Code::AddressCase => two("case", "Case").build(),
        Code::AddressTaken => two("rally", "rally").build(),
        Code::AddressUnsafe => {
            Site::new().file("static/what?.txt", "x").file("content/.keep", "").build()
        }
        Code::BadDate => with("title = \"A\"\ndate = 2019-02-30\n").build(),
        Code::BadValue => with("title = \"A\"\nkind = \"poem\"\n").build(),
        Code::BrokenAnchor => saying("## Here\n\n[x](#there)").build(),
        Code::BrokenLink => saying("[x](b.md)").build(),
        Code::CannotListen => {
            let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            let port = taken.local_addr().unwrap().port().to_string();
            Site::new().file("content/.keep", "").run(&["serve", "--port", &port])
        }
        Code::ChangedMeanwhile => changed_meanwhile(),
        Code::ConfigMissing => Site::empty().build(),
        Code::DuplicateKey => with("title = \"A\"\ntitle = \"B\"\n").build(),
        Code::EditorFailed => {
            let site = Site::new();
            let mut command = site.command(&["new", "A title", "--edit"]);
            command.env("VISUAL", "no-such-editor");
            site.ran(&finish(command))
        }
        Code::FileExists => {
            let site = Site::new();
            site.run(&["new", "A title", "--date", "2019-03-04"]).done();
            site.run(&["new", "A title", "--date", "2019-03-04"])
        }
        Code::FrontMatter => {
            Site::new().file("content/a.md", "# A title\n\nWords.\n").build()
        }
        Code::FutureDate => with("title = \"A\"\ndate = 2026-02-01\n").build(),
        Code::MissingAlt => saying("![](https://example.com/a.jpg)").build(),
        Code::MissingKey => with("date = 2019-03-04\n").build(),
        Code::NameTaken => Site::new()
            .file("content/tags/a.md", &record("Strike", ""))
            .file("content/tags/b.md", &record("Walkout", "aliases = [\"STRIKE\"]\n"))
            .build(),
        Code::NotUtf8 => {
            Site::new().bytes("content/a.md", b"+++\ntitle = \"Caf\xe9\"\n+++\n").build()
        }
        Code::OutputFailed => {
            Site::new().file("content/.keep", "").file("public", "a file").build()
        }
        Code::OutputNotOurs => {
            with("title = \"A\"\n").file("public/mine.txt", "x").build()
        }
        Code::OutsideLink => {
            let site = with("title = \"A\"\n");
            symlink("/etc", site.path("content/etc")).unwrap();
            site.build()
        }
        Code::PartOfLoop => Site::new()
            .file("content/tags/a.md", &record("A", "part_of = \"B\"\n"))
            .file("content/tags/b.md", &record("B", "part_of = \"A\"\n"))
            .build(),
        Code::RegisterLost => {
            with("title = \"A\"\n").file("register.txt", "/gone/\n").build()
        }
        Code::SlugEmpty => {
            Site::new().file("content/….md", "+++\ntitle = \"A\"\n+++\n").build()
        }
        Code::StrayFile => with("title = \"A\"\n").file("content/photo.jpg", "x").build(),
        Code::TemplateFault => {
            with("title = \"A\"\n").file("templates/base.html", "{{ page.").build()
        }
        Code::TomlSyntax => with("title = \"A\n").build(),
        Code::TranslationClash => with("title = \"A\"\n")
            .file("content/b.md", "+++\ntitle = \"B\"\ntranslation_of = \"a.md\"\n+++\n")
            .build(),
        Code::UnknownKey => with("title = \"A\"\ntittle = \"B\"\n").build(),
        Code::UnknownName => with("title = \"A\"\ntags = [\"strike\"]\n")
            .file("config.toml", &format!("{CONFIG}\n[taxonomies.tags]\nclosed = true\n"))
            .build(),
        Code::Unreadable => Site::new().build(),
        Code::UnsafeAddress => saying("[x](javascript:alert(1))").build(),
        Code::UnsafeHtml => saying("<p onclick=\"x()\">Words</p>").build(),
        Code::UnusedTemplate => {
            with("title = \"A\"\n").file("templates/artikel.html", "x").build()
        }
        Code::WrongType => with("title = \"A\"\ntags = \"a, b\"\n").build(),
    }
}

/// A build during which a file is changed between the two times that it is
/// read; it is tried until the change falls between the two.
fn changed_meanwhile() -> Ran {
    let site = (0..400)
        .fold(Site::new(), |site, n| site.article(&format!("n{n}.md"), "2019-03-04", ""));
    for attempt in 0..200_u64 {
        let mut command = site.command(&["build", "--date", "2026-01-31"]);
        let child =
            command.stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(5 + attempt % 60));
        for n in 300..400 {
            let text = format!(
                "+++\ntitle = \"n{n}\"\ndate = 2019-03-04\n+++\n\nAttempt {attempt}.\n"
            );
            fs::write(site.path(&format!("content/n{n}.md")), text).unwrap();
        }
        let ran = site.ran(&child.wait_with_output().unwrap());
        if ran.stderr.contains("[changed-meanwhile]") {
            return ran;
        }
    }
    panic!("no change fell between the two times that a file is read");
}

#[test]
fn every_code_has_a_site_that_calls_for_it() {
    for code in Code::ALL {
        let ran = run_for(*code);
        let kinds = [format!("error[{code}]: "), format!("warning[{code}]: ")];
        assert!(
            kinds.iter().any(|kind| ran.stderr.contains(kind)),
            "no {code} in:\n{}",
            ran.stderr
        );
        let is_error = ran.stderr.contains(&kinds[0]);
        assert_eq!(ran.code, Some(i32::from(is_error)), "{}", ran.stderr);
        assert!(ran.stderr.contains("--> "), "{code} has no place:\n{}", ran.stderr);
        assert!(
            ran.stderr.contains("hint: "),
            "{code} shows no way out:\n{}",
            ran.stderr
        );
    }
}

#[test]
fn every_code_has_a_heading_in_the_documentation_and_no_other_has() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md");
    let text = fs::read_to_string(path).unwrap();
    let headings: Vec<_> =
        text.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(headings, codes);
}

#[test]
fn messages_are_phrases_without_a_full_stop() {
    for code in Code::ALL {
        let stderr = run_for_quickly(*code);
        for line in stderr.lines() {
            let Some(message) =
                ["error[", "warning["].iter().find_map(|kind| line.strip_prefix(kind))
            else {
                continue;
            };
            let message = message.split_once("]: ").unwrap().1;
            assert!(!message.ends_with('.'), "{message}");
            assert!(!message.starts_with(|c: char| c.is_uppercase()), "{message}");
            assert!(!message.contains("Some(") && !message.contains("\\\""), "{message}");
        }
    }
}

/// What is said for a code; empty for the one that takes many attempts.
fn run_for_quickly(code: Code) -> String {
    if code == Code::ChangedMeanwhile { String::new() } else { run_for(code).stderr }
}
