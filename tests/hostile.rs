//! Inputs that nobody wants, and disks that fail.
//!
//! Each of them ends in a diagnostic or in a right page: never in a panic, a
//! hang or a site that is half written.

#![expect(clippy::disallowed_methods, reason = "tests make the files that they need")]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use crate::site::{CONFIG, Ran, Site, finish, tree};

/// How a build with an odd input has to end.
#[derive(Clone, Copy, Debug)]
enum End {
    /// In a site.
    Built,
    /// In an error with this code.
    Error(&'static str),
}

use End::{Built, Error};

/// What is wrong with the way in which a build ended.
fn wrong(name: &str, ran: &Ran, end: End) -> Option<String> {
    let shown: String = ran.stderr.chars().take(600).collect();
    let code = match end {
        Built => Some(0),
        Error(_) => Some(1),
    };
    let has_control = ran.stderr.chars().any(|c| c.is_control() && c != '\n');
    let complaint = match end {
        _ if ran.stderr.contains("panicked") => "panics",
        _ if ran.stderr.len() > 200_000 => "says too much",
        _ if has_control => "lets a control character through",
        _ if ran.code != code => "ends otherwise",
        Error(code) if !ran.stderr.contains(&format!("error[{code}]")) => {
            "says something else"
        }
        Error(_) if ran.public.exists() => "leaves a site",
        _ => return None,
    };
    Some(format!("{name} {complaint} ({end:?}): {shown}"))
}

/// Demands that a build ends as it has to.
#[track_caller]
fn check(name: &str, ran: &Ran, end: End) {
    assert_eq!(wrong(name, ran, end), None);
}

/// What is wrong with the page of the article `a`.
fn wrong_page(name: &str, ran: &Ran) -> Option<String> {
    let pages = tree(&ran.public);
    let Some((_, page)) = pages.iter().find(|(path, _)| path.ends_with("a/index.html"))
    else {
        return Some(format!("{name} makes no page"));
    };
    let page = String::from_utf8_lossy(page);
    let is_whole = page.trim_end().ends_with("</html>");
    // What the theme tells machines is no script.
    let page = page.replace("<script type=\"application/ld+json\">{", "");
    let is_safe = !page.contains("<script") && !page.contains("onerror=");
    (!is_whole || !is_safe)
        .then(|| format!("{name} makes a page that is broken or not safe"))
}

/// The head of an article.
const HEAD: &str = "+++\ntitle = \"A\"\ndate = 2019-03-04\n+++\n\n";

/// Whole files, and how they end.
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn files() -> Vec<(&'static str, Vec<u8>, End)> {
    let article = |body: &str| format!("{HEAD}{body}\n").into_bytes();
    let with = |lines: &str| format!("+++\n{lines}\n+++\n\nWords.\n").into_bytes();
    vec![
        ("empty", Vec::new(), Error("front-matter")),
        ("one line break", b"\n".to_vec(), Error("front-matter")),
        ("one fence", b"+++".to_vec(), Error("front-matter")),
        ("two fences", b"+++\n+++\n".to_vec(), Error("missing-key")),
        (
            "a fence that is not closed",
            b"+++\ntitle = \"A\"\n".to_vec(),
            Error("front-matter"),
        ),
        ("YAML", b"---\ntitle: A\n---\nWords.\n".to_vec(), Error("front-matter")),
        ("JSON", b"{\"title\": \"A\"}\nWords.\n".to_vec(), Error("front-matter")),
        (
            "space before the fence",
            b" +++\ntitle = \"A\"\n+++\n".to_vec(),
            Error("front-matter"),
        ),
        (
            "space behind the fence",
            b"+++ \ntitle = \"A\"\n+++\t\nWords.\n".to_vec(),
            Built,
        ),
        ("BOM", [b"\xef\xbb\xbf".as_slice(), &article("Words.")].concat(), Built),
        (
            "BOM and a fault",
            b"\xef\xbb\xbf+++\ntitel = \"A\"\n+++\n".to_vec(),
            Error("unknown-key"),
        ),
        (
            "two BOMs",
            b"\xef\xbb\xbf\xef\xbb\xbf+++\ntitle = \"A\"\n+++\n".to_vec(),
            Error("front-matter"),
        ),
        (
            "CRLF",
            article("Words.\n\nMore.")
                .iter()
                .flat_map(|b| if *b == b'\n' { vec![b'\r', b'\n'] } else { vec![*b] })
                .collect(),
            Built,
        ),
        (
            "CRLF and a fault",
            b"+++\r\ntitle = \"A\"\r\nkind = \"poem\"\r\n+++\r\n".to_vec(),
            Error("bad-value"),
        ),
        ("CR alone", b"+++\rtitle = \"A\"\r+++\rWords.".to_vec(), Error("front-matter")),
        ("UTF-16", b"\xff\xfe+\0+\0+\0".to_vec(), Error("not-utf8")),
        ("Latin-1", b"+++\ntitle = \"Caf\xe9\"\n+++\n".to_vec(), Error("not-utf8")),
        (
            "Latin-1 in the body",
            b"+++\ntitle = \"A\"\n+++\n\nCaf\xe9\n".to_vec(),
            Error("not-utf8"),
        ),
        (
            "an overlong form",
            b"+++\ntitle = \"\xc0\xaf\"\n+++\n".to_vec(),
            Error("not-utf8"),
        ),
        (
            "a surrogate",
            b"+++\ntitle = \"\xed\xa0\x80\"\n+++\n".to_vec(),
            Error("not-utf8"),
        ),
        ("NUL in the title", with("title = \"A\\u0000B\""), Error("bad-value")),
        ("NUL in the body", article("a\0b"), Built),
        (
            "NUL in the front matter",
            b"+++\ntitle = \"A\0\"\n+++\n".to_vec(),
            Error("toml-syntax"),
        ),
        (
            "an escape sequence in a value",
            with("title = \"A\"\nkind = \"\\u001b[31mred\""),
            Error("bad-value"),
        ),
        (
            "an escape sequence in a key",
            b"+++\ntitle = \"A\"\n\"\\u001b[2J\" = 1\n+++\n".to_vec(),
            Error("unknown-key"),
        ),
        ("a bidi override in the title", with("title = \"A\\u202Egnp.exe\""), Built),
        ("an empty title", with("title = \"\""), Error("bad-value")),
        ("a title of spaces", with("title = \"   \""), Error("bad-value")),
        (
            "a title of a megabyte",
            with(&format!("title = \"{}\"", "a".repeat(1 << 20))),
            Built,
        ),
        (
            "a name of a megabyte",
            with(&format!("title = \"A\"\ntags = [\"{}\"]", "a".repeat(1 << 20))),
            Built,
        ),
        (
            "a slug of a megabyte",
            with(&format!("title = \"A\"\nslug = \"{}\"", "a".repeat(1 << 20))),
            Error("bad-value"),
        ),
        (
            "a slug that leaves the folder",
            with("title = \"A\"\nslug = \"../../../etc/passwd\""),
            Error("bad-value"),
        ),
        (
            "a slug with a slash",
            with("title = \"A\"\nslug = \"a/b\""),
            Error("bad-value"),
        ),
        ("a slug of Windows", with("title = \"A\"\nslug = \"con\""), Error("bad-value")),
        (
            "a redirect that leaves the folder",
            with("title = \"A\"\nredirects = [\"/../../etc/\"]"),
            Error("address-unsafe"),
        ),
        (
            "a redirect without a slash",
            with("title = \"A\"\nredirects = [\"old\"]"),
            Error("address-unsafe"),
        ),
        (
            "a redirect to itself",
            with("title = \"A\"\ndate = 2019-03-04\nredirects = [\"/2019/03/04/a/\"]"),
            Error("address-taken"),
        ),
        (
            "a redirect on the home page",
            with("title = \"A\"\nredirects = [\"/\"]"),
            Error("address-taken"),
        ),
        (
            "a redirect on the manifest",
            with("title = \"A\"\nredirects = [\"/manifest.txt\"]"),
            Error("address-taken"),
        ),
        (
            "a redirect with a line break",
            with("title = \"A\"\nredirects = [\"/a\\nb/\"]"),
            Error("address-unsafe"),
        ),
        ("a date of the year 0", with("title = \"A\"\ndate = \"0000\""), Built),
        (
            "a date of the year 9999",
            with("title = \"A\"\ndate = \"9999\""),
            Error("future-date"),
        ),
        ("a negative year", with("title = \"A\"\ndate = \"-0044\""), Error("bad-date")),
        (
            "a day that is none",
            with("title = \"A\"\ndate = 2019-02-29"),
            Error("bad-date"),
        ),
        ("a leap day", with("title = \"A\"\ndate = 2020-02-29"), Built),
        (
            "the 29th of February 1900",
            with("title = \"A\"\ndate = 1900-02-29"),
            Error("bad-date"),
        ),
        (
            "a month that is none",
            with("title = \"A\"\ndate = \"2019-13\""),
            Error("bad-date"),
        ),
        (
            "an hour that is none",
            with("title = \"A\"\ndate = 2019-03-04T25:00:00"),
            Error("bad-date"),
        ),
        ("a time alone", with("title = \"A\"\ndate = 09:30:00"), Error("bad-date")),
        (
            "words for a date",
            with("title = \"A\"\ndate = \"spring 1973\""),
            Error("bad-date"),
        ),
        (
            "a number for a date",
            with("title = \"A\"\ndate = 20190304"),
            Error("wrong-type"),
        ),
        ("a list for a title", with("title = [\"A\"]"), Error("wrong-type")),
        (
            "a table for tags",
            with("title = \"A\"\ntags = { a = 1 }"),
            Error("wrong-type"),
        ),
        ("numbers for tags", with("title = \"A\"\ntags = [1, 2]"), Error("wrong-type")),
        ("an empty tag", with("title = \"A\"\ntags = [\"\"]"), Error("bad-value")),
        ("a tag of dots", with("title = \"A\"\ntags = [\"...\"]"), Error("slug-empty")),
        (
            "the same tag a thousand times",
            with(&format!("title = \"A\"\ntags = [{}]", "\"strike\", ".repeat(1000))),
            Built,
        ),
        (
            "ten thousand tags",
            with(&format!(
                "title = \"A\"\ntags = [{}]",
                (0..10_000).map(|n| format!("\"t{n}\",")).collect::<String>()
            )),
            Built,
        ),
        (
            "ten thousand unknown keys",
            with(&format!(
                "title = \"A\"\n{}",
                (0..10_000).map(|n| format!("k{n} = 1\n")).collect::<String>()
            )),
            Error("unknown-key"),
        ),
        (
            "deep tables",
            with(&format!(
                "title = \"A\"\nextra = {}1{}",
                "{ a = ".repeat(60),
                " }".repeat(60)
            )),
            Built,
        ),
        (
            "very deep tables",
            with(&format!(
                "title = \"A\"\nextra = {}1{}",
                "{ a = ".repeat(20_000),
                " }".repeat(20_000)
            )),
            Error("toml-syntax"),
        ),
        (
            "very deep lists",
            with(&format!(
                "title = \"A\"\ntags = {}1{}",
                "[".repeat(50_000),
                "]".repeat(50_000)
            )),
            Error("toml-syntax"),
        ),
        ("a string that is not closed", with("title = \"A"), Error("toml-syntax")),
        (
            "a huge number",
            with(&format!("title = \"A\"\nextra = {{ n = {} }}", "9".repeat(1000))),
            Built,
        ),
        ("infinity", with("title = \"A\"\nextra = { n = inf, m = nan }"), Built),
        (
            "two faults of each line",
            b"+++\n= =\n[[\n+++\n".to_vec(),
            Error("toml-syntax"),
        ),
        ("a body of 5 MB in one line", article(&"word ".repeat(1_000_000)), Built),
        ("ten thousand quotations in each other", article(&"> ".repeat(10_000)), Built),
        ("ten thousand lists in each other", article(&"- ".repeat(10_000)), Built),
        ("a hundred thousand brackets", article(&"[".repeat(100_000)), Built),
        ("a hundred thousand pairs of brackets", article(&"[a](".repeat(50_000)), Built),
        ("a hundred thousand stars", article(&"*a ".repeat(100_000)), Built),
        ("a hundred thousand backticks", article(&"`a``".repeat(50_000)), Built),
        ("a hundred thousand ampersands", article(&"&amp".repeat(100_000)), Built),
        (
            "ten thousand headings of one name",
            article(&"# Same\n\n".repeat(10_000)),
            Built,
        ),
        (
            "ten thousand footnotes",
            article(
                &(0..10_000)
                    .map(|n| format!("x[^{n}]\n\n[^{n}]: y\n\n"))
                    .collect::<String>(),
            ),
            Built,
        ),
        ("a footnote of itself", article("x[^1]\n\n[^1]: see [^1]"), Built),
        ("a footnote that is nowhere", article("x[^1]"), Built),
        (
            "a table of a thousand columns",
            article(&format!(
                "{}|\n{}|\n{}|",
                "|a".repeat(1000),
                "|-".repeat(1000),
                "|b".repeat(1000)
            )),
            Built,
        ),
        ("a list that begins with a billion", article("999999999. a"), Built),
        ("elements that are not closed", article(&"<div>".repeat(10_000)), Built),
        (
            "elements that were not opened",
            article(&"</main></body></html>".repeat(100)),
            Built,
        ),
        ("a comment that is not closed", article("<!-- words"), Built),
        ("a script", article("<script>alert(1)</script>"), Built),
        (
            "a script in an attribute",
            article("<img src=https://example.com/x onerror=alert(1)>"),
            Built,
        ),
        (
            "an address that runs a script",
            article("[x](JaVaScRiPt:alert(1))"),
            Error("unsafe-address"),
        ),
        (
            "such an address with a line break",
            article("[x](java&#10;script:alert(1))"),
            Error("unsafe-address"),
        ),
        (
            "such an address in angle brackets",
            article("<javascript:alert(1)>"),
            Error("unsafe-address"),
        ),
        (
            "such an address in HTML",
            article("<a href=\" javascript:alert(1)\">x</a>"),
            Error("unsafe-address"),
        ),
        (
            "a document in an address",
            article("[x](data:text/html;base64,PHNjcmlwdD4=)"),
            Error("unsafe-address"),
        ),
        ("a template in the body", article("{{ site }} {% if %}"), Built),
        (
            "an address with spaces",
            article("[x](<nowhere at all.md>)"),
            Error("broken-link"),
        ),
        ("an address that is not UTF-8", article("[x](%ff.md)"), Error("broken-link")),
        (
            "a link that leaves the folder",
            article("[x](../../../etc/passwd)"),
            Error("broken-link"),
        ),
        (
            "a link of a megabyte",
            article(&format!("[x]({}.md)", "a".repeat(1 << 20))),
            Error("broken-link"),
        ),
        ("an unknown language of code", article("```nosuch\nx\n```"), Built),
        ("code that is not closed", article("```rust\nfn main() {"), Built),
        (
            "code of a long line",
            article(&format!("```json\n{}\n```", "{\"a\":1},".repeat(20_000))),
            Built,
        ),
        ("a heading of marks", article("# !!!\n\n# ???"), Built),
        (
            "a picture that runs a script",
            with("title = \"A\"\nimage = { src = \"JavaScript:alert(1)\", alt = \"x\" }"),
            Error("unsafe-address"),
        ),
        (
            "a picture from the system",
            with("title = \"A\"\nimage = { src = \"file:///etc/passwd\", alt = \"x\" }"),
            Error("unsafe-address"),
        ),
        ("a picture that is a page", article("![x](a.md)"), Error("broken-link")),
        (
            "a redirect with a fragment",
            with("title = \"A\"\nredirects = [\"/x#y\"]"),
            Error("bad-value"),
        ),
        (
            "an address on the host of the site",
            article("[x](https://example.org/nope/)"),
            Built,
        ),
        (
            "a link in HTML that leads nowhere",
            article("<a href=\"nowhere.md\">x</a>"),
            Error("broken-link"),
        ),
        (
            "an address in HTML that leads nowhere",
            article("<a href='/nope/'>x</a>"),
            Error("broken-link"),
        ),
        (
            "a picture in HTML that is nowhere",
            article("<p><img src=nowhere.png alt=x></p>"),
            Error("broken-link"),
        ),
        ("an image without words", article("![](https://example.com/a.jpg)"), Built),
    ]
}

#[test]
fn an_odd_file_ends_in_a_diagnostic_or_a_page() {
    let files = files();
    assert!(files.len() >= 90, "{} files", files.len());
    let mut complaints = Vec::new();
    for (name, bytes, end) in files {
        let ran = Site::new().bytes("content/a.md", &bytes).build();
        complaints.extend(wrong(name, &ran, end));
        if matches!(end, Built) {
            complaints.extend(wrong_page(name, &ran));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn a_line_of_fifty_megabytes_becomes_a_page_or_one_short_message() {
    let line = "word ".repeat(10 << 20);
    let site = Site::new().file("content/a.md", &format!("{HEAD}{line}\n"));
    check("50 MB of words", &site.build(), Built);
    let site = Site::new()
        .file("content/a.md", &format!("{HEAD}{line}[x](nowhere.md) {line}\n"));
    let ran = site.build();
    check("50 MB around a broken link", &ran, Error("broken-link"));
    assert!(ran.stderr.len() < 2000, "{}", ran.stderr);
    let site = Site::new().file("content/a.md", &format!("+++\ntitle = \"{line}\n+++\n"));
    let ran = site.build();
    check("50 MB that are no TOML", &ran, Error("toml-syntax"));
    assert!(ran.stderr.len() < 2000, "{}", ran.stderr);
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn an_odd_config_ends_in_a_diagnostic_or_a_site() {
    let mut complaints = Vec::new();
    let title = "title = \"T\"\nbase_url = \"https://example.org\"\n";
    for (name, text, end) in [
        ("empty", String::new(), Error("missing-key")),
        ("BOM", format!("\u{feff}{title}"), Built),
        ("no address", "title = \"T\"\n".to_owned(), Error("missing-key")),
        (
            "an address without a scheme",
            "title = \"T\"\nbase_url = \"example.org\"\n".to_owned(),
            Error("bad-value"),
        ),
        (
            "an address that runs a script",
            "title = \"T\"\nbase_url = \"javascript:alert(1)\"\n".to_owned(),
            Error("bad-value"),
        ),
        (
            "a pattern without a slug",
            format!("permalink = \"/{{year}}/\"\n{title}"),
            Error("bad-value"),
        ),
        (
            "a pattern that leaves the folder",
            format!("permalink = \"/../{{slug}}/\"\n{title}"),
            Error("bad-value"),
        ),
        (
            "an unknown placeholder",
            format!("permalink = \"/{{titel}}/\"\n{title}"),
            Error("bad-value"),
        ),
        ("no language", format!("language = \"\"\n{title}"), Error("bad-value")),
        (
            "a language that is none",
            format!("language = \"not a language\"\n{title}"),
            Error("bad-value"),
        ),
        (
            "a zone that is none",
            format!("time_zone = \"Mars/Olympus\"\n{title}"),
            Error("bad-value"),
        ),
        (
            "no articles on a page",
            format!("{title}[pagination]\nper_page = 0\n"),
            Error("bad-value"),
        ),
        (
            "a taxonomy of pages",
            format!("{title}[taxonomies.pages]\n"),
            Error("bad-value"),
        ),
        (
            "a taxonomy like a key",
            format!("{title}[taxonomies.title]\n"),
            Error("bad-value"),
        ),
        (
            "a taxonomy that leaves the folder",
            format!("{title}[taxonomies.\"../x\"]\n"),
            Error("bad-value"),
        ),
        (
            "a table for a text",
            "title = { a = 1 }\nbase_url = \"https://example.org\"\n".to_owned(),
            Error("wrong-type"),
        ),
        ("not TOML", "<xml/>".to_owned(), Error("toml-syntax")),
        (
            "a path in the address",
            "title = \"T\"\nbase_url = \"https://example.org/a/b/\"\n".to_owned(),
            Built,
        ),
        ("a language of the right", format!("language = \"ar\"\n{title}"), Built),
        ("a language without words", format!("language = \"tlh\"\n{title}"), Built),
    ] {
        let ran = Site::empty()
            .file("config.toml", &text)
            .article("a.md", "2019-03-04", "")
            .build();
        complaints.extend(wrong(name, &ran, end));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    let ran = Site::empty().bytes("config.toml", b"title = \"\xff\"").build();
    check("not UTF-8", &ran, Error("not-utf8"));
    let site = Site::empty();
    fs::create_dir(site.path("config.toml")).unwrap();
    check("a folder", &site.build(), Error("config-missing"));
}

#[test]
fn an_odd_name_ends_in_a_diagnostic_or_a_page() {
    let mut complaints = Vec::new();
    let head = format!("{HEAD}Words.\n");
    for (name, path, end) in [
        ("a line break", "content/a\nb.md", Error("address-unsafe")),
        ("spaces", "content/a  b.md", Built),
        ("Unicode", "content/Ünïcödé – 漢字.md", Built),
        ("decomposed Unicode", "content/e\u{301}te\u{301}.md", Built),
        ("marks only", "content/!!!.md", Error("slug-empty")),
        ("only an ending", "content/.md", Built),
        ("a device", "content/nul.md", Built),
        ("no article at all", "content/notes.txt", Error("stray-file")),
        ("an old ending", "content/a.markdown", Error("stray-file")),
        ("a capital ending", "content/a.MD", Built),
        ("a long name", &format!("content/{}.md", "a".repeat(250)), Built),
        ("a hundred folders", &format!("content/{}a.md", "d/".repeat(100)), Built),
        ("an unlisted language", "content/a.fr.md", Built),
        ("a colon", "content/a:b.md", Built),
        ("a static file with a line break", "static/a\nb.txt", Error("address-unsafe")),
        ("a static file of Windows", "static/aux.txt", Error("address-unsafe")),
        ("a static file that ends in a full stop", "static/a.", Error("address-unsafe")),
    ] {
        let site = Site::new().file(path, &head);
        let site = if path.starts_with("content") {
            site
        } else {
            site.article("a.md", "2019-03-04", "")
        };
        complaints.extend(wrong(name, &site.build(), end));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    let site = Site::new().article("a.md", "2019-03-04", "");
    fs::write(site.path("content").join(OsStr::from_bytes(b"\xff\xfe.md")), &head)
        .unwrap();
    check("a name that is not UTF-8", &site.build(), Error("address-unsafe"));
}

#[test]
fn links_in_the_folder_are_followed_only_inside_it() {
    let site = Site::new().article("a.md", "2019-03-04", "");
    fs::create_dir(site.path("content/loop")).unwrap();
    symlink("..", site.path("content/loop/up")).unwrap();
    check("a loop", &site.build(), Error("outside-link"));

    let site = Site::new().article("a.md", "2019-03-04", "");
    symlink("itself", site.path("content/itself")).unwrap();
    let ran = site.build();
    check(
        "a link to itself",
        &ran,
        if ran.stderr.contains("outside-link") {
            Error("outside-link")
        } else {
            Error("unreadable")
        },
    );

    let site = Site::new().article("a.md", "2019-03-04", "");
    symlink("/etc/passwd", site.path("content/b.md")).unwrap();
    check("a file of the system", &site.build(), Error("outside-link"));

    let site = Site::new().article("a.md", "2019-03-04", "").file("static/x.txt", "x");
    symlink("/etc", site.path("static/etc")).unwrap();
    check("a folder of the system", &site.build(), Error("outside-link"));

    let site = Site::new().article("a.md", "2019-03-04", "");
    symlink("nowhere.md", site.path("content/b.md")).unwrap();
    check("a link to nothing", &site.build(), Error("unreadable"));

    let site = Site::new().article("a.md", "2019-03-04", "").file("static/real.txt", "x");
    symlink("real.txt", site.path("static/copy.txt")).unwrap();
    let ran = site.build();
    check("a link inside the folder", &ran, Built);
    assert_eq!(ran.text("copy.txt"), "x");
}

#[test]
fn a_device_or_a_pipe_is_an_error() {
    let site = Site::new().article("a.md", "2019-03-04", "");
    let made = Command::new("mkfifo").arg(site.path("content/b.md")).status().unwrap();
    assert!(made.success());
    check("a pipe", &site.build(), Error("unreadable"));
    let site = Site::new().article("a.md", "2019-03-04", "");
    fs::create_dir(site.path("static")).unwrap();
    let made = Command::new("mkfifo").arg(site.path("static/b.txt")).status().unwrap();
    assert!(made.success());
    check("a pipe among static files", &site.build(), Error("unreadable"));
}

#[test]
fn a_folder_where_a_file_should_be_is_an_error() {
    let site = Site::new().article("a.md", "2019-03-04", "");
    fs::create_dir(site.path("content/b.md")).unwrap();
    let ran = site.build();
    check("an empty folder named like a file", &ran, Built);
    let site = Site::new().file("content", "a file");
    check("content is a file", &site.build(), Error("unreadable"));
    let site = Site::new().article("a.md", "2019-03-04", "").file("templates", "a file");
    let ran = site.build();
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
}

/// Whether this process may open everything, as the superuser may.
fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().unwrap();
    output.stdout == b"0\n"
}

/// Copies the program. A process of its own does so: a copy that this one has
/// open for writing could not be run.
pub(crate) fn copy_program(to: &Path) {
    let done = Command::new("cp").arg(env!("CARGO_BIN_EXE_pressmark")).arg(to).status();
    assert!(done.unwrap().success());
}

/// A build by a user who is not the superuser, and who owns the site.
pub(crate) fn build_as_nobody(site: &Site) -> Ran {
    if !is_root() {
        return site.build();
    }
    // The program may stand where only the superuser can go.
    let copy = site.path("program");
    copy_program(&copy);
    let given =
        Command::new("chown").args(["-R", "65534:65534"]).arg(site.path("")).status();
    assert!(given.unwrap().success());
    let output = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(&copy)
        .args(["build", "--date", "2026-01-31"])
        .current_dir(site.path(""))
        .env("NO_COLOR", "1")
        .output()
        .expect("setpriv is there");
    site.ran(&output)
}

#[test]
fn what_may_not_be_read_is_an_error() {
    let closed = || fs::Permissions::from_mode(0o000);
    let site = Site::new().article("a.md", "2019-03-04", "").article(
        "deep/b.md",
        "2019-03-04",
        "",
    );
    fs::set_permissions(site.path("content/deep"), closed()).unwrap();
    let ran = build_as_nobody(&site);
    fs::set_permissions(site.path("content/deep"), fs::Permissions::from_mode(0o755))
        .unwrap();
    check("a closed folder", &ran, Error("unreadable"));
    assert!(ran.stderr.contains("content/deep"), "{}", ran.stderr);

    let site = Site::new().article("a.md", "2019-03-04", "");
    fs::set_permissions(site.path("content/a.md"), closed()).unwrap();
    check("a closed file", &build_as_nobody(&site), Error("unreadable"));
}

#[test]
fn an_output_that_may_not_be_written_is_an_error() {
    let site = Site::new().article("a.md", "2019-03-04", "");
    fs::create_dir(site.path("closed")).unwrap();
    fs::set_permissions(site.path("closed"), fs::Permissions::from_mode(0o555)).unwrap();
    let text = fs::read_to_string(site.path("config.toml")).unwrap();
    assert_eq!(text, CONFIG);
    if is_root() {
        let copy = site.path("program");
        copy_program(&copy);
        fs::set_permissions(site.path(""), fs::Permissions::from_mode(0o755)).unwrap();
        let output = Command::new("setpriv")
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(&copy)
            .args(["build", "--date", "2026-01-31", "--output", "closed/public"])
            .current_dir(site.path(""))
            .output()
            .unwrap();
        check("a closed folder", &site.ran(&output), Error("output-failed"));
    } else {
        let ran = site.build_with(&["--output", "closed/public"]);
        check("a closed folder", &ran, Error("output-failed"));
    }
}

/// How a process can be kept from writing much.
#[derive(Clone, Copy)]
enum Limit {
    /// On a small disk of its own.
    SmallDisk,
    /// By the largest size that a file may have.
    FileSize,
}

/// Builds a site, then builds it again with a file that is too large. The
/// output is copied to `before` and `after`; `left` lists what is beside it.
fn build_with_too_little_space(site: &Site, limit: Limit) -> Ran {
    fs::create_dir_all(site.path("disk")).unwrap();
    let (first, last) = match limit {
        Limit::SmallDisk => ("mount -t tmpfs -o size=600k none disk", "true"),
        Limit::FileSize => ("true", "trap '' XFSZ; ulimit -f 200"),
    };
    let script = format!(
        "set -e; {first}; \
         \"$PROGRAM\" build --date 2026-01-31 --output disk/public --quiet; \
         cp -r disk/public before; \
         mkdir static; head -c 2000000 /dev/urandom > static/large.bin; set +e; \
         ({last}; \"$PROGRAM\" build --date 2026-01-31 --output disk/public); code=$?; \
         cp -r disk/public after; ls -A disk > left; exit $code"
    );
    let mut command = match limit {
        Limit::SmallDisk => {
            let mut command = Command::new("unshare");
            command.arg("-m").args((!is_root()).then_some("-r")).arg("bash");
            command
        }
        Limit::FileSize => Command::new("bash"),
    };
    command.args(["-c", &script]).current_dir(site.path(""));
    command.env("PROGRAM", env!("CARGO_BIN_EXE_pressmark")).env("NO_COLOR", "1");
    site.ran(&finish(command))
}

/// Whether this system lets the test mount a disk of its own.
fn can_mount() -> bool {
    let mut command = Command::new("unshare");
    command.arg("-m").args((!is_root()).then_some("-r"));
    let script = "mount -t tmpfs none /mnt";
    command
        .args(["bash", "-c", script])
        .output()
        .is_ok_and(|output| output.status.success())
}

#[test]
fn a_full_disk_leaves_the_site_as_it_was() {
    let limits = [Limit::FileSize, Limit::SmallDisk];
    let n = if can_mount() { 2 } else { 1 };
    for limit in limits.into_iter().take(n) {
        let mut site = Site::new();
        for n in 0..20 {
            site = site.article(&format!("n{n}.md"), "2019-03-04", "");
        }
        let ran = build_with_too_little_space(&site, limit);
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
        assert!(ran.stderr.contains("error[output-failed]"), "{}", ran.stderr);
        assert!(ran.stderr.contains("disk/public is as it was"), "{}", ran.stderr);
        assert_eq!(tree(&site.path("before")), tree(&site.path("after")));
        assert!(tree(&site.path("before")).len() > 20);
        assert_eq!(fs::read_to_string(site.path("left")).unwrap(), "public\n");
    }
}

#[test]
fn a_thousand_faults_of_one_file_take_no_longer_than_they_must() {
    let lines: String = (0..20_000).map(|n| format!("[x](nowhere-{n}.md)\n\n")).collect();
    let site = Site::new().file("content/a.md", &format!("{HEAD}{lines}"));
    let ran = site.build();
    check("20,000 broken links", &ran, Error("broken-link"));
    assert!(ran.stderr.contains("20000 errors"), "{}", ran.stderr);
}

#[test]
fn many_wrong_names_are_not_all_compared_with_every_right_one() {
    let config = format!("{CONFIG}\n[taxonomies.tags]\nclosed = true\n");
    let mut site = Site::new().file("config.toml", &config);
    let mut tags = String::new();
    for n in 0..300 {
        let record = format!("+++\nname = \"Neighbourhood council {n}\"\n+++\n");
        site = site.file(&format!("content/tags/council-{n}.md"), &record);
        tags.push_str(&format!("\n\"Neighborhood council {n}\","));
    }
    let head = format!("+++\ntitle = \"A\"\ndate = 2019-03-04\ntags = [{tags}]\n+++\n");
    let ran = site.file("content/a.md", &head).build();
    check("300 wrong names", &ran, Error("unknown-name"));
    // As many as are shown.
    assert_eq!(ran.stderr.matches("if that is what you mean").count(), 50);
}

#[test]
fn many_translations_of_nothing_are_not_all_compared_with_every_file() {
    let mut site = Site::new();
    for n in 0..300 {
        let lost =
            format!("+++\ntitle = \"A\"\ntranslation_of = \"council-of-{n}.md\"\n+++\n");
        site = site
            .file(&format!("content/councils-of-{n}.md"), HEAD)
            .file(&format!("content/translated-{n:03}.md"), &lost);
    }
    let ran = site.build();
    check("300 translations of nothing", &ran, Error("broken-link"));
    assert_eq!(ran.stderr.matches("write its path from here").count(), 50);
}

#[test]
fn a_broken_link_names_the_first_file_that_is_called_so() {
    let site = Site::new()
        .file("content/2018/march.md", &HEAD.replace("2019", "2018"))
        .file("content/2017/march.md", &HEAD.replace("2019", "2017"))
        .file("content/a.md", &format!("{HEAD}[x](old/march.md) [y](old/may.md)\n"));
    let ran = site.build();
    check("links to lost files", &ran, Error("broken-link"));
    let hint = "there is `content/2018/march.md`; write its path from here";
    assert!(ran.stderr.contains(hint), "{}", ran.stderr);
    assert!(ran.stderr.contains("write the path of a file"), "{}", ran.stderr);
}

/// A site whose tags `0` to `n - 1` are each a part of the next, and the last
/// of another tag.
fn chain(n: usize, last: &str) -> Site {
    let mut site = Site::new();
    for tag in 0..n {
        let whole = if tag + 1 == n { last.to_owned() } else { format!("T{}", tag + 1) };
        let part_of =
            if whole.is_empty() { whole } else { format!("part_of = \"{whole}\"\n") };
        let record = format!("+++\nname = \"T{tag}\"\n{part_of}+++\n");
        site = site.file(&format!("content/tags/{tag:05}.md"), &record);
    }
    site
}

#[test]
fn a_chain_of_parts_has_an_end() {
    check("30 steps", &chain(31, "").build(), Built);
    for n in [32, 3000] {
        let ran = chain(n, "").build();
        check("too many steps", &ran, Error("bad-value"));
        let first =
            format!("above `T{}` has more than 30 steps\n --> content/tags/", n - 32);
        assert!(ran.stderr.contains(&first), "{}", ran.stderr);
        assert!(ran.stderr.contains("1 error;"), "{}", ran.stderr);
    }
    for last in ["T0", "T20", "T39"] {
        let ran = chain(40, last).build();
        check("a circle", &ran, Error("part-of-loop"));
        assert!(ran.stderr.contains("1 error;"), "{}", ran.stderr);
    }
}

#[test]
fn a_permalink_that_cannot_be_is_one_fault() {
    let site = Site::new()
        .file("config.toml", &format!("permalink = \"/a:{{slug}}/\"\n{CONFIG}"))
        .file("content/a.md", HEAD)
        .file("content/b.md", HEAD);
    let ran = site.build();
    check("a colon in a permalink", &ran, Error("bad-value"));
    assert!(ran.stderr.contains("--> config.toml:1:13"), "{}", ran.stderr);
    assert!(ran.stderr.contains("1 error;"), "{}", ran.stderr);
}

#[test]
fn an_address_in_a_folder_of_another_program_is_refused() {
    let site =
        Site::new().file("static/.hg/hgrc", "[hooks]\n").file("content/a.md", HEAD);
    check("a file of Mercurial", &site.build(), Error("address-unsafe"));
    let site = Site::new().article("a.md", "2019-03-04", "redirects = [\"/.git/x/\"]\n");
    let ran = site.build();
    check("a redirect into `.git`", &ran, Error("address-unsafe"));
    let why = "begins with a folder that is not published";
    assert!(ran.stderr.contains(why), "{}", ran.stderr);
}
