//! What the command line says and does.

#![expect(clippy::disallowed_methods, reason = "tests look at what was written")]

use std::fs;
use std::process::Stdio;

use crate::site::{Ran, Site, finish, tree};
use crate::terminal::Terminal;

#[test]
fn a_new_archive_builds_without_a_warning() {
    let site = Site::empty();
    site.run(&["init", "."]).done();
    let files: Vec<_> = tree(&site.path("")).into_keys().collect();
    assert!(files.contains(&"config.toml".to_owned()), "{files:?}");
    assert!(files.contains(&".gitignore".to_owned()), "{files:?}");
    for folder in ["content/pages/", "content/organizations/"] {
        assert_eq!(
            files.iter().filter(|file| file.starts_with(folder)).count(),
            1,
            "{files:?}"
        );
    }
    assert!(files.iter().all(|file| !file.starts_with("templates")), "{files:?}");
    let ran =
        site.run(&["build"]).done().says("built 1 article, 1 page").says("no warnings");
    assert!(ran.text("index.html").contains("<h1 "));
}

#[test]
fn what_init_says_to_do_next_can_be_pasted() {
    Site::empty().run(&["init", "plain"]).done().says("cd plain && pressmark build\n");
    Site::empty().run(&["init", "two words"]).done().says("cd 'two words' && ");
}

#[test]
fn a_text_without_quotation_marks_is_shown_with_them() {
    Site::new()
        .file("content/a.md", "+++\ntitle = Our archive\n+++\n")
        .build()
        .fails_with("error[toml-syntax]: a text needs quotation marks")
        .says("hint: write `\"Our archive\"`");
}

#[test]
fn init_never_touches_what_is_there() {
    let site = Site::empty().file("config.toml", "mine").file("notes.txt", "mine");
    site.run(&["init", "."]).fails_with("error[file-exists]");
    let files = tree(&site.path(""));
    assert_eq!(files.keys().collect::<Vec<_>>(), ["config.toml", "notes.txt"]);
    assert_eq!(files["config.toml"], b"mine");
}

#[test]
fn a_new_article_is_a_draft_in_the_folder_of_its_year() {
    let site = Site::new();
    let ran = site
        .run(&["new", "Marchers “cross” the bridge: ñandú", "--date", "2019-10-11"])
        .done();
    let path = ran.stdout.trim().to_owned();
    assert_eq!(path, "content/2019/marchers-cross-the-bridge-nandu.md");
    let text = fs::read_to_string(site.path(&path)).unwrap();
    assert!(text.contains("title = \"Marchers “cross” the bridge: ñandú\""), "{text}");
    assert!(text.contains("date = 2019-10-11"), "{text}");
    assert!(text.contains("draft = true"), "{text}");
    site.build().done().says("1 draft");
    site.build_with(&["--drafts"]).done().writes(
        "2019/10/11/marchers-cross-the-bridge-nandu/index.html",
        "Marchers “cross” the bridge: ñandú",
    );
    site.run(&["new", "Marchers cross the bridge – Nandu", "--date", "2019-10-11"])
        .fails_with("error[file-exists]");
    assert_eq!(fs::read_to_string(site.path(&path)).unwrap(), text);
}

#[test]
fn a_title_in_any_script_makes_a_file() {
    for title in ["Забастовка шахтёров", "광부 파업", "罷工", "إضراب"]
    {
        let site = Site::new();
        let ran = site.run(&["new", title, "--date", "2019-10-11"]).done();
        let name = ran
            .stdout
            .trim()
            .rsplit('/')
            .next()
            .unwrap()
            .trim_end_matches(".md")
            .to_owned();
        assert!(name.len() > 2 && name.is_ascii(), "{title} became {name}");
    }
    Site::new().run(&["new", "!!!"]).fails_with("error[slug-empty]");
}

#[test]
fn a_wrong_command_is_misuse() {
    for arguments in
        [&["bild"][..], &["build", "--outptu", "x"], &["new"], &["init"], &[]]
    {
        let ran = Site::new().run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("Usage") || ran.stderr.contains("usage"),
            "{}",
            ran.stderr
        );
    }
    assert!(Site::new().run(&["bild"]).stderr.contains("build"));
}

#[test]
fn completions_and_the_manual_are_printed() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = Site::empty().run(&["completions", shell]).done();
        assert!(ran.stdout.contains("remove-unknown"), "{shell}");
    }
    assert!(Site::empty().run(&["man"]).done().stdout.starts_with(".ie"));
}

#[test]
fn a_reader_that_has_enough_is_no_fault() {
    let site = Site::empty();
    let mut child = site
        .command(&["man"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn the_last_lines_say_what_was_built() {
    let site = Site::new()
        .article("a.md", "2019-03-04", "tags = [\"march\"]\n")
        .article("b.md", "2019-03-05", "draft = true\n")
        .article("c.md", "2026-03-05", "embargo = 2026-03-05\n")
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n\nWords.\n")
        .file("content/.DS_Store", "x");
    let ran = site.build().done();
    let n = ran.files().len();
    assert_eq!(
        ran.stderr,
        format!(
            "built 1 article, 1 page and 1 term\n\
             files: {n} written, 0 unchanged, 0 removed\n\
             left out: 1 draft, 1 embargoed piece, 1 hidden or temporary file\n\
             no warnings, … s\n"
        )
    );
    assert_eq!(ran.stdout, "");
}

#[test]
fn quiet_says_nothing_but_faults() {
    let site = Site::new().article("a.md", "2019-03-04", "");
    assert_eq!(site.build_with(&["--quiet"]).done().stderr, "");
    let site = site.article("b.md", "2019-03-04", "kind = \"poem\"\n");
    site.build_with(&["--quiet"]).fails_with("error[bad-value]");
}

#[test]
fn json_has_a_line_for_each_fault_on_the_standard_output() {
    let mut site = Site::new();
    for n in 0..60 {
        site = site.article(&format!("n{n}.md"), "2019-03-04", "kind = \"poem\"\n");
    }
    let ran = site.build_with(&["--message-format", "json"]);
    assert_eq!(ran.code, Some(1));
    let lines: Vec<_> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 60);
    for line in lines {
        let value: pressmark::json::Value = line.parse().unwrap();
        assert_eq!(value["code"], "bad-value");
        assert_eq!(value["places"][0]["line"], 4);
        assert_eq!(value["places"][0]["column"], 8);
    }
    let ran = site.build();
    assert_eq!(ran.stderr.matches("error[bad-value]").count(), 50, "{}", ran.stderr);
    ran.says("10 more").says("60 errors");
    let ran = site.build_with(&["--message-format", "short"]);
    let line = "content/n0.md:4:8: error[bad-value]: ";
    assert!(ran.stderr.contains(line), "{}", ran.stderr);
}

#[test]
fn the_site_can_be_built_for_another_address_and_folder() {
    let site = Site::new().article("a.md", "2019-03-04", "");
    let ran = site
        .build_with(&[
            "--base-url",
            "https://preview.example.org/x/",
            "--output",
            "preview",
        ])
        .done();
    assert!(!ran.public.exists());
    let page = fs::read_to_string(site.path("preview/2019/03/04/a/index.html")).unwrap();
    assert!(page.contains("https://preview.example.org/x/2019/03/04/a/"), "{page}");
    assert!(page.contains("href=\"/x/"), "{page}");
}

#[test]
fn a_day_or_an_address_that_is_none_is_misuse() {
    let site = Site::new().article("a.md", "2019-03-04", "");
    for (arguments, words) in [
        (&["build", "--base-url", "example.org"][..], "does not begin with `https://`"),
        (&["build", "--date", "yesterday"], "is not a date that can be read"),
        (&["build", "--date", "2026-02-30"], "--date <DATE>"),
        (&["build", "--date", "2026"], "is only a year"),
        (&["build", "--date", "2026-01-31?"], "has a mark of doubt"),
        (&["new", "A title", "--date", "yesterday"], "is not a date that can be read"),
    ] {
        let ran = site.run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.stderr);
        ran.says(words).says("--help");
    }
    assert_eq!(tree(&site.path("")).len(), 2);
}

#[test]
fn a_new_article_can_have_any_date() {
    for (written, line, address) in [
        ("1973", "date = \"1973\"", "1973/a-title"),
        ("1973-05", "date = \"1973-05\"", "1973/05/a-title"),
        ("1973-05-06?", "date = \"1973-05-06?\"", "1973/05/06/a-title"),
        ("2019-10-11", "date = 2019-10-11", "2019/10/11/a-title"),
        ("2019-10-11 09:30", "date = 2019-10-11T09:30", "2019/10/11/a-title"),
        (
            "2019-10-11T09:30:15-04:00",
            "date = 2019-10-11T09:30:15-04:00",
            "2019/10/11/a-title",
        ),
    ] {
        let site = Site::new();
        let ran = site.run(&["new", "A title", "--date", written]).done();
        let text = fs::read_to_string(site.path(ran.stdout.trim())).unwrap();
        assert!(text.lines().any(|found| found == line), "{text}");
        let file = format!("{address}/index.html");
        site.build_with(&["--drafts"]).done().writes(&file, "A title");
    }
}

/// A site in English and Spanish with the record of a person.
fn newsroom(settings: &str) -> Site {
    let config = format!(
        "title = \"T\"\nbase_url = \"https://example.org/x\"\nlanguages = [\"en\", \"es\"]\n{settings}"
    );
    Site::empty()
        .file("config.toml", &config)
        .file("content/people/ana.md", "+++\nname = \"Ana Reyes\"\n+++\n")
}

#[test]
fn a_new_article_stands_where_new_says() {
    for (settings, arguments, file, address) in [
        ("", &[][..], "2019/a-title.md", "2019/10/11/a-title/"),
        ("", &["--language", "es"], "2019/a-title.es.md", "es/2019/10/11/a-title/"),
        ("", &["--date", "1973"], "1973/a-title.md", "1973/a-title/"),
        (
            "permalink = \"/{language}/{kind}/{year}-{slug}.html\"\nrelative_links = true\n",
            &["--language", "es"],
            "2019/a-title.es.md",
            "es/news/2019-a-title.html",
        ),
    ] {
        let site = newsroom(settings);
        let mut all = vec!["new", "A title"];
        if !arguments.contains(&"--date") {
            all.extend(["--date", "2019-10-11"]);
        }
        all.extend(arguments);
        let ran = site.run(&all).done();
        assert_eq!(ran.stdout, format!("content/{file}\n"));
        assert_eq!(
            ran.stderr,
            format!(
                "it will stand at https://example.org/x/{address} once `draft = true` is taken out\n"
            )
        );
        let page = match address.strip_suffix('/') {
            Some(folder) => format!("{folder}/index.html"),
            None => address.to_owned(),
        };
        site.build_with(&["--drafts"]).done().writes(&page, "A title");
    }
}

#[test]
fn a_byline_can_be_given_name_by_name() {
    let site = newsroom("");
    let new = ["new", "A title", "--date", "2019-10-11", "--quiet", "--byline"];
    let arguments = [&new[..], &["Ana Reyes", "--byline", " Bea \"B.\" Ilyin"]].concat();
    let ran = site.run(&arguments).done();
    assert_eq!(ran.stderr, "");
    let text = fs::read_to_string(site.path(ran.stdout.trim())).unwrap();
    assert!(
        text.contains("byline = [\"Ana Reyes\", \"Bea \\\"B.\\\" Ilyin\"]\n"),
        "{text}"
    );
    let ran = site.run(&["new", "B", "--byline", "  "]);
    assert_eq!(ran.code, Some(2));
    ran.says("it names nobody");
}

#[test]
fn a_byline_that_is_nearly_that_of_a_record_is_looked_at_twice() {
    let site = newsroom("");
    let new = ["new", "A title", "--date", "2019-10-11", "--byline", "Ana Reyse"];
    let ran = site.run(&new).done();
    let file = "content/2019/a-title.md";
    assert_eq!(ran.stdout.trim(), file);
    ran.says("warning[unknown-name]: `Ana Reyse` is the name of no record")
        .says(&format!("--> {file}:5:11"))
        .says("hint: write `Ana Reyes`, if that is who you mean");
}

#[test]
fn a_language_that_the_site_does_not_have_is_an_error() {
    let site = newsroom("");
    let before = tree(&site.path(""));
    site.run(&["new", "A title", "--language", "fr"])
        .fails_with("error[bad-value]: `fr` is not one of the site's languages")
        .says("hint: write `en` or `es`, or add `fr` to `languages` in config.toml")
        .says("1 error; nothing was written");
    site.run(&["new", "!", "--language", "spanish"])
        .fails_with("hint: write `en` or `es`\n")
        .says("error[slug-empty]");
    assert_eq!(tree(&site.path("")), before);
}

#[test]
fn without_a_terminal_a_title_must_be_given() {
    let ran = newsroom("").run(&["new", "--date", "2019-10-11"]);
    assert_eq!(ran.code, Some(2));
    ran.says("error: an article needs a title")
        .says("Usage: pressmark new [OPTIONS] [TITLE]");
}

#[test]
fn a_new_article_of_a_piece_that_is_there_is_its_translation() {
    let site =
        newsroom("").article("2019/rally.md", "2019-10-11", "tags = [\"march\"]\n");
    let new = ["new", "Rally", "--date", "2019-10-12", "--language", "es"];
    site.run(&new).done().says("it is a translation of content/2019/rally.md\n");
    site.build_with(&["--drafts"])
        .done()
        .writes("es/2019/10/12/rally/index.html", "march");
    site.remove("content/2019/rally.md");
    site.run(&["new", "Rally", "--date", "2019-10-12"])
        .fails_with("error[translation-clash]: `content/2019/rally.es.md` would become");
}

/// A run of `new --edit` with these variables.
fn edit(site: &Site, visual: &str, editor: Option<&str>) -> Ran {
    let mut command =
        site.command(&["new", "A title", "--date", "2019-10-11", "--quiet", "--edit"]);
    command.env("VISUAL", visual).env_remove("EDITOR");
    if let Some(editor) = editor {
        command.env("EDITOR", editor);
    }
    let ran = site.ran(&finish(command));
    assert_eq!(ran.stdout, "content/2019/a-title.md\n");
    assert!(site.path("content/2019/a-title.md").exists());
    ran
}

#[test]
fn a_new_article_is_opened_in_the_editor_that_is_set() {
    let script = "test \"$1\" = --wait && echo 'Words of an editor.' >> \"$2\"\n";
    for (visual, editor) in [
        ("sh 'my editor' --wait", Some("no-such-editor")),
        (" ", Some("sh my\\ editor --wait")),
    ] {
        let site = newsroom("").file("my editor", script);
        assert_eq!(edit(&site, visual, editor).done().stderr, "");
        let text = fs::read_to_string(site.path("content/2019/a-title.md")).unwrap();
        assert!(text.ends_with("+++\n\nWords of an editor.\n"), "{text}");
    }
}

#[test]
fn an_editor_that_fails_leaves_the_article() {
    for (visual, editor, words) in [
        ("", None, "neither `VISUAL` nor `EDITOR` names an editor"),
        (
            "",
            Some("no-such-editor -w"),
            "the editor `no-such-editor`, which `EDITOR` names, cannot be found",
        ),
        ("./", None, "the editor `./`, which `VISUAL` names, cannot be run"),
        ("vi 'a", None, "`VISUAL` is `vi 'a`, which is no command"),
        ("sh -c 'exit 3'", None, "the editor `sh` ended with the status 3"),
        ("sh -c 'kill -9 $$'", None, "the editor `sh` was stopped"),
    ] {
        edit(&newsroom(""), visual, editor)
            .fails_with(&format!("error[editor-failed]: {words}"))
            .says("--> content/2019/a-title.md")
            .says("note: the file is written");
    }
}

#[test]
fn new_asks_on_a_terminal_for_what_is_missing() {
    let site = newsroom("\n[publisher]\nname = \"The Desk\"\n");
    let mut terminal = Terminal::run(site.command(&["new", "--language", "es"]));
    terminal.sees("Title:").types("\r").sees("an article needs a title");
    terminal.types("Marchers cross\r").sees("Date:");
    terminal.types("2019-02-30\r").sees("`2019-02-30` ");
    terminal
        .types(&"\u{7f}".repeat(10))
        .types("2019-10\r")
        .sees("Byline:")
        .sees("(The Desk)");
    terminal.sees("Ana Reyes").types("rey\t\r").sees("And:").types("\r");
    let file = "content/2019/marchers-cross.es.md";
    terminal
        .sees(file)
        .sees("it will stand at https://example.org/x/es/2019/10/marchers-cross/");
    let (status, rest) = terminal.ends();
    assert_eq!(status.code(), Some(0), "{rest}");
    let text = fs::read_to_string(site.path(file)).unwrap();
    assert!(text.contains("byline = [\"Ana Reyes\"]\n"), "{text}");
}

#[test]
fn new_offers_the_languages_of_the_site() {
    let site = newsroom("");
    let new = ["new", "A title", "--date", "2019-10-11", "--byline", "Ana Reyes"];
    let mut terminal = Terminal::run(site.command(&new));
    terminal.sees("Language:").sees("en (English)").types("\u{1b}[B\r");
    terminal.sees("content/2019/a-title.es.md");
    assert_eq!(terminal.ends().0.code(), Some(0));
}

#[test]
fn who_breaks_off_has_written_nothing() {
    for key in ["\u{3}", "\u{1b}"] {
        let site = newsroom("");
        let mut terminal = Terminal::run(site.command(&["new"]));
        terminal.sees("Title:").types("A title").sees("A title").types(key);
        terminal.sees("nothing was written");
        assert_eq!(terminal.ends().0.code(), Some(1));
        assert_eq!(tree(&site.path("content")).len(), 1);
    }
}

#[test]
fn quiet_asks_nothing() {
    let site = newsroom("");
    let terminal = Terminal::run(site.command(&["new", "--quiet"]));
    let (status, said) = terminal.ends();
    assert_eq!(status.code(), Some(2), "{said}");
    assert!(said.contains("an article needs a title"), "{said}");
}

#[test]
fn the_settings_can_stand_anywhere() {
    let site = Site::empty();
    site.run(&["init", "deep/archive"]).done();
    let ran = site.run(&["build", "--config", "deep/archive/config.toml"]).done();
    assert!(!ran.public.exists());
    assert!(site.path("deep/archive/public/index.html").exists());
    site.run(&["build", "--config", "nowhere/config.toml"])
        .fails_with("error[config-missing]");
}

#[test]
fn each_output_can_be_switched_off() {
    let site = Site::empty()
        .file("config.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n")
        .article("a.md", "2019-03-04", "tags = [\"march\"]\nredirects = [\"/old/\"]\n");
    let all = site.build().done().files();
    for (switch, file) in [
        ("[outputs]\ndates = false", "2019/03/index.html"),
        ("[outputs]\nnot_found = false", "404.html"),
        ("[outputs]\nredirects = false", "old/index.html"),
        ("[outputs]\nsitemap = false", "sitemap.xml"),
        ("[outputs]\nrobots = false", "robots.txt"),
        ("[outputs]\nhighlight = false", "highlight.css"),
        ("[outputs]\ntheme_files = false", "style.css"),
        ("[feeds]\nsite = false", "feed.xml"),
        ("[feeds]\nterms = false", "tags/march/feed.xml"),
    ] {
        assert!(all.contains(&file.to_owned()), "{file} is not in {all:?}");
        let text =
            format!("title = \"T\"\nbase_url = \"https://example.org\"\n{switch}\n");
        site.write("config.toml", text.as_bytes());
        let files = site.build().done().files();
        assert!(!files.contains(&file.to_owned()), "{switch} leaves {file}");
        assert!(files.len() < all.len());
    }
    let text = "title = \"T\"\nbase_url = \"https://example.org\"\n[outputs]\nredirects_file = true\n";
    site.write("config.toml", text.as_bytes());
    site.build().done().writes("_redirects", "/old/ /2019/03/04/a/ 301\n");
}

#[test]
fn a_day_decides_what_is_embargoed() {
    let site =
        Site::new().article("a.md", "2026-03-05", "embargo = 2026-03-05T09:00:00\n");
    site.build().done().says("1 embargoed piece").lacks("2026");
    let ran = site.run(&["build", "--date", "2026-03-05T08:59:00"]).done();
    ran.says("1 embargoed piece");
    // A day is its beginning: nothing appears before its hour.
    site.run(&["build", "--date", "2026-03-05"]).done().says("1 embargoed piece");
    site.run(&["build", "--date", "2026-03-05T09:00:00"])
        .done()
        .writes("2026/03/05/a/index.html", "Words of a.");
}

#[test]
fn a_stream_that_nobody_can_hear_is_no_fault() {
    let site = Site::new().article("a.md", "2019-03-04", "");
    let full =
        || Stdio::from(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let mut command = site.command(&["build", "--date", "2026-01-31"]);
    assert_eq!(command.stderr(full()).status().unwrap().code(), Some(0));
    site.write("content/b.md", b"+++\ntitle = 1\n+++\n");
    let mut command = site.command(&["build", "--date", "2026-01-31"]);
    assert_eq!(command.stderr(full()).status().unwrap().code(), Some(1));
}

#[test]
fn every_language_is_called_by_its_own_name() {
    let config = "title = \"T\"\nbase_url = \"https://example.org\"\nlanguage = \"en\"\nlanguages = [\"en\", \"fr\", \"nah\"]\n";
    let ran = Site::empty()
        .file("config.toml", config)
        .article("a.md", "2019-03-04", "")
        .build()
        .done();
    let page = ran.text("index.html");
    assert!(page.contains(">Français</a>"), "{page}");
    assert!(page.contains(">nah</a>"), "{page}");
    assert!(!page.contains(">English</a>"), "{page}");
}
