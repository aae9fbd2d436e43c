//! What the cache promises: a build with it gives what one without it gives.

#![expect(clippy::disallowed_methods, reason = "tests look at and spoil the cache")]

pub(crate) mod desk;

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, SystemTime};

use proptest::collection::vec;
use proptest::prelude::*;

use crate::hostile::{build_as_nobody, copy_program};
use crate::site::{Ran, Site, TODAY, finish, tree};
use desk::{Desk, EDITS, End, KEYS};

/// How many of something are tried: more if the environment asks for it, as in
/// `PRESSMARK_CACHE_CASES=1000 cargo test cache`.
fn cases(few: u32) -> u32 {
    let wanted = env::var("PRESSMARK_CACHE_CASES").ok();
    wanted.and_then(|wanted| wanted.parse().ok()).unwrap_or(few)
}

/// Makes these edits one after the other and checks the build after each; the
/// error names the edits up to the one that was wrong.
fn after_each(edits: &[(usize, usize, usize)]) -> Result<(), String> {
    let mut desk = Desk::new();
    let mut story = "the archive as it begins".to_owned();
    let mut good = desk.snapshot();
    let check = |desk: &mut Desk, story: &str| {
        desk.check().map_err(|found| format!("after {story}:\n{found}"))
    };
    assert_eq!(check(&mut desk, &story)?, End::Built, "{}", desk.said);
    let mut n_failed = 0;
    for (what, a, b) in edits {
        let (name, edit) = EDITS[*what];
        edit(&mut desk, *a, *b);
        story += &format!(", {name} {a} {b}");
        // Some builds see two changes at once.
        if (a + b) % 5 == 4 {
            continue;
        }
        if check(&mut desk, &story)? == End::Built {
            good = desk.snapshot();
            n_failed = 0;
            continue;
        }
        // What is wrong is said again, and with the next change too, but an
        // archive that is always broken would tell little.
        check(&mut desk, &format!("{story}, nothing"))?;
        n_failed += 1;
        if n_failed == 2 || b % 2 == 0 {
            desk.restore(&good);
            story += ", all that undone";
        }
    }
    check(&mut desk, &format!("{story}, nothing more")).map(drop)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(8)))]

    #[test]
    fn a_build_with_a_cache_gives_what_one_without_gives(
        edits in vec((0..EDITS.len(), 0..40_usize, 0..40_usize), 10..14),
    ) {
        let checked = after_each(&edits);
        prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
    }
}

#[test]
fn each_change_alone_gives_what_a_build_without_a_cache_gives() {
    let mut desk = Desk::new();
    assert_eq!(desk.check().unwrap(), End::Built, "{}", desk.said);
    let (start, built) = (desk.snapshot(), desk.built().clone());
    for way in 0..cases(2) as usize {
        for (n, (name, edit)) in EDITS.iter().enumerate() {
            let story = format!("{name} {} {way}", n + way);
            edit(&mut desk, n + way, way);
            desk.check().unwrap_or_else(|found| panic!("{story}: {found}"));
            desk.restore(&start);
            desk.check().unwrap_or_else(|found| panic!("{story}, undone: {found}"));
            assert!(*desk.built() == built, "{story}, undone");
        }
    }
}

#[test]
fn each_setting_alone_gives_what_a_build_without_a_cache_gives() {
    let mut desk = Desk::new();
    assert_eq!(desk.check().unwrap(), End::Built, "{}", desk.said);
    let start = desk.snapshot();
    for (table, key, values) in KEYS {
        for value in *values {
            desk.configure(table, key, Some(value));
            desk.check().unwrap_or_else(|found| panic!("{key} = {value}: {found}"));
            desk.restore(&start);
            desk.build_only();
        }
    }
    assert_eq!(desk.check().unwrap(), End::Built, "{}", desk.said);
}

/// Settings that leave everything on.
const SETTINGS: &str = "title = \"T\"\nbase_url = \"https://example.org\"\n\n[feeds]\nterms_full_text = true\n";

/// The page of the article `a`.
const A: &str = "/2019/03/04/a/";
/// The page of the article `b`, which links to a heading of `a`.
const B: &str = "/2019/03/05/b/";

/// A site of two articles, a page and a file.
fn small() -> Site {
    Site::quick()
        .file("config.toml", SETTINGS)
        .file(
            "content/a.md",
            "+++\ntitle = \"A\"\ndate = 2019-03-04\ntags = [\"march\"]\n+++\n\nFirst.\n\n## There\n\nSecond.\n",
        )
        .file(
            "content/b.md",
            "+++\ntitle = \"B\"\ndate = 2019-03-05\ntags = [\"may\"]\n+++\n\nTo [there](a.md#there).\n",
        )
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n\nWords.\n")
        .file("static/notes.txt", "notes")
}

/// Puts other words into a file in the place of some.
fn replace(site: &Site, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(site.path(path)).unwrap();
    assert!(text.contains(from), "no `{from}` in {path}: {text}");
    site.write(path, text.replace(from, to).as_bytes());
}

/// Builds a site, which must succeed, and says what is explained of a page.
#[track_caller]
fn explained(site: &Site, page: &str) -> String {
    let ran = site.build_with(&["--explain", page]).done();
    ran.stderr.lines().last().unwrap_or_default().to_owned()
}

/// The files of the output of a site with their bytes.
fn output(site: &Site) -> BTreeMap<String, Vec<u8>> {
    tree(&site.path("public"))
}

/// The output of another site with the same sources, which has no cache.
fn fresh(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let twin = Site::quick();
    for (path, bytes) in tree(&site.path("")) {
        if ["config.toml", "content/", "static/", "templates/"]
            .iter()
            .any(|source| path.starts_with(source))
        {
            twin.write(&path, &bytes);
        }
    }
    output_of(&twin.build().done())
}

/// The files of the output of a run with their bytes.
fn output_of(ran: &Ran) -> BTreeMap<String, Vec<u8>> {
    tree(&ran.public)
}

/// The files of the output, but for the list of them, that are made again after a
/// change, which is made before each is asked for.
fn made_again(site: &Site, mut change: impl FnMut(usize)) -> Vec<String> {
    site.build().done();
    // Neither the list of files nor the search index is made for itself.
    let is_page = |file: &String| {
        file != "manifest.txt" && !(file.starts_with("search/") && file.ends_with(".js"))
    };
    let files = output(site).into_keys().filter(is_page);
    let mut made = Vec::new();
    for (n, file) in files.enumerate() {
        change(n);
        let words = explained(site, &format!("public/{file}"));
        if words.contains(" was made again: ") {
            made.push(file);
        } else {
            assert!(words.contains(" stayed as it was: "), "{file}: {words}");
        }
    }
    made
}

/// The folder of the only cache of a site.
fn only_cache(site: &Site) -> PathBuf {
    let found = fs::read_dir(site.path(".pressmark")).unwrap();
    let mut folders: Vec<_> =
        found.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    assert_eq!(folders.len(), 1, "{folders:?}");
    folders.remove(0)
}

#[test]
fn a_build_with_nothing_changed_makes_nothing_again() {
    let site = small();
    let n = site.build().done().files().len();
    for page in [
        A,
        "/",
        "/feed.xml",
        "/sitemap.xml",
        "/notes.txt",
        "/style.css",
        "/highlight.css",
        "/robots.txt",
        "/404.html",
        "/about/",
        "/tags/",
        "/tags/march/",
        "/tags/march/feed.xml",
        "/2019/03/",
    ] {
        let words =
            format!("{page} stayed as it was: nothing that goes into it has changed");
        assert_eq!(explained(&site, page), words);
    }
    let nothing: [&str; 0] = [];
    assert_eq!(made_again(&site, |_| ()), nothing);
    site.build().done().says(&format!("files: 0 written, {n} unchanged, 0 removed"));
}

#[test]
fn a_change_of_one_body_makes_its_page_and_its_feeds_anew() {
    let site = small();
    let change = |n: usize| {
        let text = fs::read_to_string(site.path("content/a.md")).unwrap();
        let (head, _) = text.split_once("## There").unwrap();
        let text = format!("{head}## There\n\nSecond {n}.\n");
        site.write("content/a.md", text.as_bytes());
    };
    let page = "2019/03/04/a/index.html";
    // The link to its heading is checked too.
    let other = "2019/03/05/b/index.html";
    let feeds = ["feed.xml", "tags/march/feed.xml", "tags/may/feed.xml"];
    let expected = [page, other, feeds[0], feeds[1], feeds[2]];
    assert_eq!(made_again(&site, change), expected);
    change(1000);
    // The index has one block, whose name changes with what is in it.
    let files = output(&site);
    let is_of_block =
        |file: &&String| file.starts_with("search/") && file.matches('/').count() == 2;
    let n_block = files.keys().filter(is_of_block).count();
    assert!(n_block > 5, "{:?}", files.keys());
    let (written, same) = (4 + n_block + 1, files.len() - 5 - n_block);
    let words = format!("files: {written} written, {same} unchanged, {n_block} removed");
    site.build().done().says(&words);
    replace(&site, "content/b.md", "[there](a.md#there)", "there");
    assert_eq!(made_again(&site, change), [page, feeds[0], feeds[1]]);
    replace(&site, "config.toml", "terms_full_text = true", "");
    assert_eq!(made_again(&site, change), [page, feeds[0]]);
    assert_eq!(output(&site), fresh(&site));
}

#[test]
fn a_page_can_be_named_in_each_way_to_be_explained() {
    let site = small()
        .file(
            "content/caf\u{e9}/index.md",
            "+++\ntitle = \"C\"\nslug = \"caf\u{e9}\"\n+++\n\nC.\n",
        )
        .file("content/caf\u{e9}/photo 1.jpg", "a photo")
        .file("content/tags/march.md", "+++\nname = \"March\"\n+++\n")
        .file("content/pages/index.md", "+++\n+++\n\nWelcome.\n")
        .file("content/later.md", "+++\ntitle = \"L\"\ndraft = true\n+++\n");
    site.build().done();
    let absolute = |path: &str| site.path(path).to_str().unwrap().to_owned();
    let (source, page) = (absolute("content/a.md"), absolute("public/about/index.html"));
    let photo = "/undated/caf\u{e9}/photo 1.jpg";
    for (named, address) in [
        (A, A),
        ("/2019/03/04/a", A),
        ("/2019/03/04/a/index.html", A),
        ("https://example.org/2019/03/04/a/", A),
        ("content/a.md", A),
        ("public/2019/03/04/a/index.html", A),
        ("2019/03/04/a/index.html", A),
        ("content/tags/march.md", "/tags/march/"),
        ("content/pages/about.md", "/about/"),
        ("content/pages/index.md", "/"),
        ("/index.html", "/"),
        ("public/index.html", "/"),
        ("https://example.org/", "/"),
        ("/undated/caf%C3%A9/", "/undated/caf\u{e9}/"),
        ("public/undated/caf\u{e9}/index.html", "/undated/caf\u{e9}/"),
        ("content/caf\u{e9}/photo 1.jpg", photo),
        ("/undated/caf%C3%A9/photo%201.jpg", photo),
        ("public/undated/caf\u{e9}/photo 1.jpg", photo),
        ("public/notes.txt", "/notes.txt"),
        ("static/notes.txt", "/notes.txt"),
        ("./content/a.md", A),
        ("content/../content/./a.md", A),
        ("./public/about/", "/about/"),
        (source.as_str(), A),
        (page.as_str(), "/about/"),
    ] {
        let words = explained(&site, named);
        let start = format!("{address} stayed as it was");
        assert!(words.starts_with(&start), "{named}: {words}");
    }
    let words = explained(&site, "content/later.md");
    assert_eq!(words, "content/later.md is a draft, so no page was made from it");
    let words = explained(&site, "public/manifest.txt");
    assert!(words.starts_with("/manifest.txt is put together in every build"), "{words}");
    for named in
        ["/nowhere/", "content/nowhere.md", "public/x", "/2019/03/04/a/x", "content"]
    {
        let ran = site.build_with(&["--explain", named]);
        assert_eq!(ran.code, Some(2), "{named}: {}", ran.stderr);
        ran.says(&format!("\nnothing of the site is called `{named}`; name an address"));
    }
    let ran = site.build_with(&["--explain", ""]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
}

#[test]
fn the_path_of_a_page_to_be_explained_may_begin_at_the_current_folder() {
    let site = small();
    site.build().done();
    let above = site.path("").parent().unwrap().to_owned();
    let name = site.path("").file_name().unwrap().to_str().unwrap().to_owned();
    for path in ["content/a.md", "public/2019/03/04/a/index.html", "public/2019/03/04/a/"]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pressmark"));
        let config = format!("{name}/config.toml");
        let named = format!("{name}/{path}");
        command.args([
            "build",
            "--date",
            TODAY,
            "--config",
            &config,
            "--explain",
            &named,
        ]);
        command.current_dir(&above).env("NO_COLOR", "1");
        site.ran(&finish(command)).done().says(&format!("\n{A} stayed as it was"));
    }
}

#[test]
fn a_file_that_a_template_asked_for_and_that_is_gone_is_a_reason() {
    let site = small();
    site.build().done();
    let text = format!("{SETTINGS}\n[outputs]\ntheme_files = false\n");
    site.write("config.toml", text.as_bytes());
    assert_eq!(
        explained(&site, A),
        format!(
            "{A} was made again: this has changed: a file that a template asks for is gone"
        )
    );
}

#[test]
fn a_cache_that_was_not_used_for_long_is_removed() {
    let site = small();
    site.build().done();
    let first = only_cache(&site);
    let aged = |days: u64| {
        let time = SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60);
        let lock = File::options().write(true).open(first.join("lock")).unwrap();
        lock.set_modified(time).unwrap();
        lock
    };
    let drafts = || drop(site.build_with(&["--drafts"]).done());
    site.write(".pressmark/mine/lock", b"mine");
    drop(aged(29));
    drafts();
    assert!(first.exists());
    let lock = aged(31);
    lock.lock().unwrap();
    drafts();
    assert!(first.exists(), "a cache was removed that is in use");
    drop(lock);
    drop(aged(31));
    drafts();
    assert!(!first.exists());
    let left = tree(&site.path(".pressmark"));
    assert_eq!(left["mine/lock"], b"mine");
    assert_eq!(left[".gitignore"], b"*\n");
    site.write(".pressmark/.gitignore", b"mine");
    drafts();
    assert_eq!(tree(&site.path(".pressmark"))[".gitignore"], b"mine");
}

#[test]
fn every_reason_why_a_page_was_made_again_is_said() {
    let site = small();
    site.build().done();
    let because = |page: &str, reason: &str| {
        assert_eq!(explained(&site, page), format!("{page} was made again: {reason}"));
        let words = explained(&site, page);
        assert!(words.starts_with(&format!("{page} stayed as it was")), "{words}");
    };
    let changed = |page: &str, what: &str| {
        because(page, &format!("this has changed: {what}"));
    };
    replace(&site, "content/a.md", "Second", "Third");
    changed(A, "its text, or the file that it is made from");
    replace(&site, "content/b.md", "\"B\"", "\"Bee\"");
    changed(A, "what it shows besides its text and its list");
    replace(&site, "content/b.md", "\"Bee\"", "\"Be\"");
    changed("/", "the works on its list");
    replace(&site, "content/a.md", "Third.", "Third.\n\n## More");
    changed(B, "what its links lead to");
    replace(&site, "content/a.md", "\"A\"", "\"Ay\"");
    changed(
        A,
        "what it shows besides its text and its list; its text, or the file that it is made from",
    );
    site.write("templates/parts/footer.html", b"<footer>Ours.</footer>");
    changed(A, "the templates or the words");
    site.write("templates/languages/en.ftl", b"older = Before\n");
    changed("/404.html", "the templates or the words");
    replace(&site, "config.toml", "\"T\"", "\"U\"");
    changed(
        A,
        "the settings, or what every page shows of the site; what it shows besides its text and its list",
    );
    site.write("content/pages/more.md", b"+++\ntitle = \"More\"\n+++\n");
    changed(A, "the settings, or what every page shows of the site");
    site.write("static/notes.txt", b"other notes");
    // A file that changed in the same tick of the disk's clock is not remembered.
    thread::sleep(Duration::from_millis(30));
    changed("/notes.txt", "its text, or the file that it is made from");
    let replaced =
        "its file in the output is missing, or is not the one that was written";
    site.remove("public/2019/03/04/a/index.html");
    because(A, replaced);
    site.write("public/notes.txt", b"spoiled bit");
    because("/notes.txt", replaced);
    let unknown = "no earlier build is known to have made it";
    site.write("content/c.md", b"+++\ntitle = \"C\"\n+++\n\nWords.\n");
    because("/undated/c/", unknown);
    site.remove(".pressmark");
    because(A, unknown);
    assert_eq!(output(&site), fresh(&site));
}

#[test]
fn a_page_with_a_warning_is_made_again_and_the_warning_said_each_time() {
    let site = small().file(
        "content/w.md",
        "+++\ntitle = \"W\"\n+++\n\nSome <b onclick=\"x()\">words</b>.\n",
    );
    for _ in 0..3 {
        let ran = site.build_with(&["--explain", "/undated/w/"]).done();
        ran.says("warning[").says("content/w.md:5").says("\n1 warning, ").says(
            "/undated/w/ was made again: it has a warning, which is said each time",
        );
    }
    replace(&site, "content/w.md", " onclick=\"x()\"", "");
    site.build().done().says("no warnings");
    assert!(explained(&site, "/undated/w/").contains("stayed as it was"));
}

#[test]
fn an_article_that_moves_leads_to_where_its_links_lead_from_there() {
    let site = small()
        .article("one/twin.md", "2018-01-01", "")
        .article("two/twin.md", "2018-02-02", "")
        .file("content/one/m.md", "+++\ntitle = \"M\"\ndate = 2020-02-02\ntags = [\"t\"]\n+++\n\nTo [it](twin.md).\n");
    let page = "2020/02/02/m/index.html";
    site.build().done().writes(page, "href=\"/2018/01/01/twin/\"");
    fs::rename(site.path("content/one/m.md"), site.path("content/two/m.md")).unwrap();
    let ran = site.build().done().writes(page, "href=\"/2018/02/02/twin/\"");
    assert_eq!(output_of(&ran), fresh(&site));
    let feed = ran.text("tags/t/feed.xml");
    assert!(feed.contains("/2018/02/02/twin/") && !feed.contains("/2018/01/01/twin/"));
}

#[test]
fn a_list_that_grows_by_a_page_leads_to_the_right_older_works() {
    let site = small();
    let text = format!("{SETTINGS}\n[pagination]\nper_page = 3\n");
    site.write("config.toml", text.as_bytes());
    let add = |name: &str| {
        let text = format!("+++\ntitle = \"{name}\"\ndate = 2010-02-03\n+++\n");
        site.write(&format!("content/{name}.md"), text.as_bytes());
    };
    (0..6).for_each(|n| add(&format!("n{n}")));
    let day = "2010/02/03/index.html";
    site.build().done().writes(day, "\"/2010/02/03/page/1/\"");
    // The front page shows the same three works.
    (0..3).for_each(|n| add(&format!("z{n}")));
    let ran = site.build().done().writes(day, "\"/2010/02/03/page/2/\"");
    assert_eq!(output_of(&ran), fresh(&site));
}

#[test]
fn what_a_translation_takes_over_is_in_its_page_and_its_feed_at_once() {
    let site = Site::quick()
        .file("config.toml", &format!("languages = [\"en\", \"es\"]\n{SETTINGS}"))
        .file(
            "content/a/index.md",
            "+++\ntitle = \"A\"\ndate = 2019-03-04\nimage = { src = \"photo.jpg\", alt = \"One\" }\ncorrections = [{ date = 2020-01-02, kind = \"update\", text = \"Two.\" }]\n+++\n",
        )
        .bytes("content/a/photo.jpg", b"a photo")
        .file("content/a/index.es.md", "+++\ntitle = \"B\"\n+++\n\nPalabras.\n");
    site.build().done();
    for (from, to) in [("\"One\"", "\"Uno\""), ("\"Two.\"", "\"Dos.\"")] {
        replace(&site, "content/a/index.md", from, to);
        let word = to.trim_matches('"');
        let ran = site.build().done().writes("es/feed.xml", word);
        let ran = ran.writes("es/2019/03/04/a/index.html", word);
        assert_eq!(output_of(&ran), fresh(&site));
    }
    fs::rename(site.path("content/a/photo.jpg"), site.path("content/a/other.jpg"))
        .unwrap();
    replace(&site, "content/a/index.md", "photo.jpg", "other.jpg");
    let ran = site.build().done().writes("es/feed.xml", "/a/other.jpg");
    assert_eq!(output_of(&ran), fresh(&site));
}

#[test]
fn what_every_page_shows_is_new_in_the_language_in_which_it_changed() {
    let site = small()
        .file("config.toml", &format!("languages = [\"en\", \"es\"]\n{SETTINGS}"))
        .file("content/pages/about.es.md", "+++\ntitle = \"Acerca\"\n+++\n")
        .file("content/a.es.md", "+++\ntitle = \"Aa\"\n+++\n\n## There\n");
    site.build().done();
    replace(&site, "content/pages/about.es.md", "Acerca", "Nosotros");
    let ran = site.build().done().writes("es/2019/03/04/a/index.html", "Nosotros");
    assert_eq!(output_of(&ran), fresh(&site));
    assert!(explained(&site, "/es/2019/03/04/a/").contains("stayed as it was"));
    replace(&site, "content/pages/about.es.md", "Nosotros", "Quienes");
    assert!(explained(&site, A).contains("stayed as it was"));
}

#[test]
fn a_file_that_a_template_asks_for_is_missed_when_it_goes() {
    let footer = "<a href=\"{{ asset(path=\"/notes.txt\") }}\">Notes</a>\n";
    let site = small().file("templates/parts/footer.html", footer);
    let before = output_of(&site.build().done());
    site.remove("static/notes.txt");
    for _ in 0..3 {
        let ran = site.build().fails_with("error[template-fault]");
        assert!(output_of(&ran.says("the site has no file `/notes.txt`")) == before);
    }
    site.write("static/notes.txt", b"notes");
    assert!(output_of(&site.build().done()) == before);
    assert!(explained(&site, A).contains("stayed as it was"));
}

#[test]
fn a_link_is_broken_when_what_it_leads_to_goes() {
    let site = small();
    let before = output_of(&site.build().done());
    for (from, to, code) in [
        ("## There", "## Elsewhere", "broken-anchor"),
        ("+++\n\nFirst", "draft = true\n+++\n\nFirst", "broken-link"),
        (
            "+++\n\nFirst",
            "status = { state = \"restricted\" }\n+++\n\nFirst",
            "broken-anchor",
        ),
        ("2019-03-04", "2019-03-03", ""),
    ] {
        let text = fs::read(site.path("content/a.md")).unwrap();
        replace(&site, "content/a.md", from, to);
        if code.is_empty() {
            let ran = site.build().done();
            assert!(ran.text("2019/03/05/b/index.html").contains("/2019/03/03/a/#there"));
            assert_eq!(output_of(&ran), fresh(&site));
            continue;
        }
        for _ in 0..3 {
            let ran = site.build().fails_with(&format!("error[{code}]")).says("1 error;");
            assert!(output_of(&ran) == before, "{to}");
        }
        site.write("content/a.md", &text);
        assert!(output_of(&site.build().done()) == before, "{to}");
    }
}

/// A site with so many and so long links that its cache has several blocks.
fn with_long_links() -> Site {
    let long = "q".repeat(200_000);
    (0..5).fold(small(), |site, n| {
        let text = format!(
            "+++\ntitle = \"L{n}\"\ndate = 2018-01-0{}\n+++\n\n[x](a.md#there) [y](b.md?{long})\n",
            n + 1
        );
        site.file(&format!("content/l{n}.md"), &text)
    })
}

#[test]
fn what_is_wrong_with_a_large_site_is_said_each_time() {
    let site = with_long_links();
    let before = output_of(&site.build().done());
    replace(&site, "content/a.md", "## There", "## Elsewhere");
    for n in 1..5 {
        let ran = site.build_with(&["--message-format", "short"]);
        assert_eq!(ran.code, Some(1), "build {n} succeeds with six broken links");
        let n_found = ran.stdout.matches("error[broken-anchor]").count()
            + ran.stderr.matches("error[broken-anchor]").count();
        assert_eq!(n_found, 6, "in build {n}");
        assert!(output_of(&ran) == before);
    }
}

#[test]
fn what_is_wrong_with_the_front_matter_of_a_large_site_is_said_each_time() {
    let long = "q".repeat(100_000);
    let site = (0..8).fold(Site::new(), |site, n| {
        let text = format!("+++\ntitle = \"T\"\nextra = {{ long = \"{long}\" }}\ntags = [\"\"]\nodd = 1\n+++\n");
        site.file(&format!("content/l{n}.md"), &text)
    });
    // What was written just now would not be believed.
    thread::sleep(Duration::from_millis(20));
    for _ in 0..3 {
        site.build().fails_with("16 errors; nothing was written");
    }
}

#[test]
fn a_site_whose_templates_ask_for_no_file_any_more_is_not_always_made_again() {
    let site = small();
    site.build().done();
    let text = format!("{SETTINGS}\n[outputs]\ntheme_files = false\nhighlight = false\n");
    site.write("config.toml", text.as_bytes());
    site.build().done();
    site.build().done();
    assert_eq!(
        explained(&site, A),
        format!("{A} stayed as it was: nothing that goes into it has changed")
    );
}

#[test]
fn a_damaged_cache_harms_nothing() {
    let site = small();
    for n in 0..3 {
        replace(&site, "config.toml", "title = \"T", &format!("title = \"T{n}"));
        site.build().done();
    }
    let mut good = tree(&site.path(".pressmark"));
    assert!(good.remove(".gitignore").is_some());
    replace(&site, "content/a.md", "Second", "Third");
    replace(&site, "content/b.md", "\"B\"", "\"Bee\"");
    let expected = fresh(&site);
    let build_with = |path: &str, bytes: &[u8], has_note: bool, what: &str| {
        for (path, bytes) in &good {
            site.write(&format!(".pressmark/{path}"), bytes);
        }
        site.write(&format!(".pressmark/{path}"), bytes);
        let ran = site.build().done();
        assert!(!ran.stderr.contains("panicked"), "{path} {what}: {}", ran.stderr);
        assert_eq!(has_note, ran.stderr.contains("\nnote: "), "{path} {what}");
        assert!(output_of(&ran) == expected, "{path} {what}");
        let again = site.build().done();
        assert!(!again.stderr.contains("note: "), "{path} {what}: {}", again.stderr);
        assert!(output_of(&again) == expected, "{path} {what}, again");
    };
    // The numbers are scattered, and the same each time.
    let mut scattered = (1_u64..).map(|n| {
        let n = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        usize::try_from(n >> 33).unwrap()
    });
    for (path, bytes) in good.iter().filter(|(path, _)| !path.ends_with("/lock")) {
        let n = bytes.len();
        for end in [0, 1, 17, 18, 33, 34, 35, 50, 54, 62, n / 3, n / 2, n - 1] {
            // No file and a log without records are in order.
            let has_note = ![0, 34].contains(&end);
            build_with(path, &bytes[..end], has_note, &format!("cut at {end}"));
        }
        for _ in 0..cases(20) {
            let (at, bit) =
                (scattered.next().unwrap() % n, scattered.next().unwrap() % 8);
            let mut spoiled = bytes.clone();
            spoiled[at] ^= 1 << bit;
            // What was read is of use for some settings only, which is no news.
            let has_note = at >= 34 || path.ends_with("/outputs");
            build_with(path, &spoiled, has_note, &format!("bit {bit} of byte {at}"));
        }
        let doubled = [&bytes[..], &bytes[..]].concat();
        build_with(path, &doubled, true, "twice");
        let longer = [&bytes[..], &[0; 5000]].concat();
        build_with(path, &longer, true, "with zeros behind");
    }
}

/// Puts something else into the place of a file or a folder.
type Spoil<'s> = &'s dyn Fn(&Path);

#[test]
fn something_else_in_the_place_of_the_cache_harms_nothing() {
    let cannot =
        "note: the next build does everything again, as the cache in `.pressmark` cannot";
    let another = "note: the cache of another version of pressmark was not used";
    let put = |path: &Path, bytes: &[u8]| {
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        }
        fs::write(path, bytes).unwrap();
    };
    let folder = |path: &Path| {
        if path.is_file() {
            fs::remove_file(path).unwrap();
        }
        fs::create_dir_all(path.join("mine")).unwrap();
        fs::write(path.join("mine/file"), "mine").unwrap();
    };
    let link = |path: &Path, to: &str| {
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
            .unwrap();
        symlink(to, path).unwrap();
    };
    let cases: [(&str, &str, Spoil<'_>); 14] = [
        ("outputs", "", &|path| put(path, b"")),
        ("outputs", another, &|path| put(path, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")),
        ("outputs", another, &|path| put(path, "# A text.\n".repeat(9000).as_bytes())),
        ("outputs", another, &|path| put(path, &[0; 4096])),
        ("outputs", cannot, &folder),
        ("outputs", cannot, &|path| link(path, "../../mine")),
        ("sources", "", &|path| put(path, b"")),
        ("sources", cannot, &folder),
        ("lock", "", &|path| put(path, b"another lock, longer than ours")),
        ("lock", cannot, &folder),
        ("", cannot, &|path| put(path, b"mine")),
        ("..", cannot, &|path| put(&path.canonicalize().unwrap(), b"mine")),
        ("..", cannot, &|path| link(&path.canonicalize().unwrap(), "nowhere/to/be")),
        ("..", cannot, &|path| link(&path.canonicalize().unwrap(), "mine")),
    ];
    for (n, (name, note, spoil)) in cases.iter().enumerate() {
        let site = small().file("mine", "mine");
        site.build().done();
        let path = only_cache(&site).join(name);
        spoil(&path.components().collect::<PathBuf>());
        replace(&site, "content/a.md", "Second", "Third");
        let ran = site.build().done();
        assert!(output_of(&ran) == fresh(&site), "{n}: {name}");
        let found = ran.stderr.lines().find(|line| line.starts_with("note: "));
        assert!(found.unwrap_or_default().starts_with(note), "{n}: {name}: {found:?}");
        assert_eq!(found.is_none(), note.is_empty(), "{n}: {name}: {found:?}");
        assert_eq!(fs::read(site.path("mine")).unwrap(), b"mine", "{n}: {name}");
        let left = tree(&site.path(".pressmark"));
        let is_ours = |(path, bytes): (&String, &Vec<u8>)| {
            !path.contains("mine/file") || bytes == b"mine"
        };
        assert!(left.iter().all(is_ours), "{n}: {name}: a file was spoiled");
    }
}

#[test]
fn a_cache_that_cannot_be_written_harms_nothing() {
    let closed = |path: &Path, mode: u32| {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    };
    let cannot =
        "note: the next build does everything again, as the cache in `.pressmark` cannot";
    for (name, mode, note) in [
        ("lock", 0o444, cannot),
        ("outputs", 0o444, cannot),
        ("sources", 0o444, cannot),
        ("outputs", 0o000, cannot),
        // What is in it can be written.
        ("", 0o555, ""),
        ("", 0o000, cannot),
        ("..", 0o000, cannot),
    ] {
        let site = small();
        build_as_nobody(&site).done();
        let path = only_cache(&site).join(name);
        closed(&path, mode);
        replace(&site, "content/a.md", "Second", "Third");
        let ran = build_as_nobody(&site).done();
        closed(&path, 0o755);
        assert!(output_of(&ran) == fresh(&site), "{name} {mode:o}");
        let found = ran.stderr.lines().find(|line| line.starts_with("note: "));
        let found = found.unwrap_or_default();
        // Each copy of the program is another one.
        let is_other = found.contains("another version") && note.is_empty();
        assert!(is_other || found.starts_with(note), "{name} {mode:o}: {found:?}");
        let ran = build_as_nobody(&site).done();
        assert!(output_of(&ran) == fresh(&site), "{name} {mode:o}, again");
    }
    // None can be made.
    let site = small();
    fs::create_dir(site.path("public")).unwrap();
    fs::create_dir(site.path(".pressmark")).unwrap();
    closed(&site.path(".pressmark"), 0o555);
    for _ in 0..2 {
        let ran = build_as_nobody(&site).done().says(cannot);
        assert!(output_of(&ran) == fresh(&site));
    }
}

#[test]
fn the_cache_of_another_version_is_not_used() {
    let site = small();
    let expected = output_of(&site.build().done());
    let program = site.path("program");
    copy_program(&program);
    let build = || {
        let mut command = Command::new(&program);
        command.args(["build", "--date", TODAY, "--explain", A]);
        command.current_dir(site.path("")).env("NO_COLOR", "1");
        let ran = site.ran(&finish(command)).done();
        assert!(output_of(&ran) == expected);
        ran
    };
    let note = "note: the cache of another version of pressmark was not used";
    let unknown = "was made again: no earlier build is known to have made it";
    build().says(note).says(unknown).says("files: 0 written");
    assert!(!build().says("stayed as it was").stderr.contains("note: "));
    // A process of its own does so, as a program that is open cannot be run.
    let touched = Command::new("touch").args(["-d", "2020-01-01"]).arg(&program).status();
    assert!(touched.unwrap().success());
    build().says(note).says(unknown);
    build().says("stayed as it was");
    site.build_with(&["--explain", A]).done().says(note).says(unknown);
    assert!(output(&site) == expected);
}

#[test]
fn a_build_does_nothing_while_another_holds_the_cache() {
    let site = small();
    site.build().done();
    let before = (output(&site), tree(&site.path(".pressmark")));
    replace(&site, "content/a.md", "Second", "Third");
    let lock = File::options().write(true).open(only_cache(&site).join("lock")).unwrap();
    lock.lock().unwrap();
    for arguments in [&[][..], &["--clean"], &["--adopt"]] {
        site.build_with(arguments)
            .fails_with("another build is writing to")
            .says("public is as it was");
        assert!((output(&site), tree(&site.path(".pressmark"))) == before);
    }
    // A build that writes elsewhere has nothing to wait for.
    site.build_with(&["--output", "other"]).done();
    // Another process that was begun meanwhile could hold the lock longer than
    // this one has it open.
    lock.unlock().unwrap();
    let ran = site.build().done();
    assert_eq!(output_of(&ran), fresh(&site));
}

#[test]
fn builds_at_the_same_time_spoil_no_cache() {
    let site = small();
    site.build().done();
    for n in 0..cases(3) {
        replace(&site, "content/a.md", "Second", &format!("Second {n}"));
        let ways: [&[&str]; 4] = [&[], &[], &["--drafts"], &["--base-url", "http://x.y"]];
        let run = |way: &&[&str]| {
            let mut command = site.command(&[&["build", "-q"], *way].concat());
            command.stderr(Stdio::null()).spawn()
        };
        let children: Vec<_> = ways.iter().map(|way| run(way).unwrap()).collect();
        for mut child in children {
            assert!(matches!(child.wait().unwrap().code(), Some(0 | 1)));
        }
        let ran = site.build().done();
        assert!(!ran.stderr.contains("note: "), "{}", ran.stderr);
        assert!(output_of(&ran) == fresh(&site));
    }
}

#[test]
fn a_preview_has_a_cache_of_its_own() {
    let site = small().article("secret.md", "2019-07-08", "draft = true\n").article(
        "later.md",
        "2026-01-01",
        "embargo = 2027-01-01\n",
    );
    let expected = output_of(&site.build().done());
    let n_caches = || fs::read_dir(site.path(".pressmark")).unwrap().count() - 1;
    let mut n_expected = 1;
    for (way, folder) in [
        (&["--drafts"][..], "public"),
        (&["--drafts", "--output", "other"], "other"),
        (&["--output", "another"], "another"),
        (&["--base-url", "https://preview.example/x"], "public"),
        (&["--base-url", "https://preview.example/x", "--output", "third"], "third"),
    ] {
        n_expected += 1;
        let preview = || {
            site.build_with(way).done();
            tree(&site.path(folder))
        };
        let first = preview();
        assert_eq!(n_caches(), n_expected, "{way:?}");
        let has = |words: &str| {
            first.iter().any(|(path, bytes)| {
                path.contains(words) || String::from_utf8_lossy(bytes).contains(words)
            })
        };
        assert_eq!(has("secret"), way.contains(&"--drafts"), "{way:?}");
        assert_eq!(has("later"), way.contains(&"--drafts"), "{way:?}");
        assert_eq!(has("preview.example"), way.contains(&"--base-url"), "{way:?}");
        for _ in 0..2 {
            assert!(output_of(&site.build().done()) == expected, "after {way:?}");
            assert!(preview() == first, "{way:?} again");
        }
        assert!(output_of(&site.build().done()) == expected, "after {way:?}");
        assert_eq!(n_caches(), n_expected, "{way:?}");
    }
}

#[test]
fn a_change_is_noticed_though_length_and_time_are_as_they_were() {
    let site = small()
        .file("content/walk/index.md", "+++\ntitle = \"Walk\"\n+++\n\nWords.\n")
        .file("content/walk/photo.jpg", "a photo")
        .file("content/tags/march.md", "+++\nname = \"March\"\n+++\n\nWords.\n")
        .file("templates/parts/footer.html", "<footer>Words</footer>")
        .file("templates/languages/en.ftl", "home = Words\n");
    let mut before = output_of(&site.build().done());
    for (path, from, to) in [
        ("content/a.md", "Second", "Fourth"),
        ("content/a.md", "\"A\"", "\"Z\""),
        ("content/tags/march.md", "Words", "Verbs"),
        ("content/pages/about.md", "Words", "Verbs"),
        ("content/walk/photo.jpg", "photo", "video"),
        ("static/notes.txt", "notes", "quote"),
        ("templates/parts/footer.html", "Words", "Verbs"),
        ("templates/languages/en.ftl", "Words", "Verbs"),
        ("config.toml", "\"T\"", "\"U\""),
    ] {
        // Older than the build by far, so that the file is believed.
        thread::sleep(Duration::from_millis(20));
        site.build().done();
        let file = site.path(path);
        let time = fs::metadata(&file).unwrap().modified().unwrap();
        let length = fs::metadata(&file).unwrap().len();
        replace(&site, path, from, to);
        let written = File::options().write(true).open(&file).unwrap();
        written.set_modified(time).unwrap();
        drop(written);
        let now = fs::metadata(&file).unwrap();
        assert_eq!((now.modified().unwrap(), now.len()), (time, length));
        let after = output_of(&site.build().done());
        assert!(after != before, "the change of {path} was not noticed");
        assert!(after == fresh(&site), "{path}");
        before = after;
    }
}

#[test]
fn a_file_that_may_change_in_the_same_moment_is_not_believed() {
    let site = small();
    // Its clock is ahead, so that it could be written at the moment that it
    // shows and be as it was.
    let later = SystemTime::now() + Duration::from_hours(1);
    let file = File::options().write(true).open(site.path("content/a.md")).unwrap();
    file.set_modified(later).unwrap();
    drop(file);
    thread::sleep(Duration::from_millis(20));
    site.build().done();
    let log = fs::read(only_cache(&site).join("sources")).unwrap();
    let knows = |path: &str| log.windows(path.len()).any(|part| part == path.as_bytes());
    assert!(knows("content/b.md") && knows("content/pages/about.md"));
    assert!(!knows("content/a.md"));
    assert!(explained(&site, A).contains("stayed as it was"));
}

#[test]
fn a_file_that_is_written_again_at_once_is_noticed() {
    let site = small();
    for n in 0..cases(8) {
        let text = |n: u32| {
            format!(
                "+++\ntitle = \"A\"\ndate = 2019-03-04\n+++\n\n## There\n\nWords {n:03}.\n"
            )
        };
        site.write("content/a.md", text(0).as_bytes());
        site.write("static/notes.txt", b"notes 000");
        site.build().done();
        site.write("content/a.md", text(n + 1).as_bytes());
        site.write("static/notes.txt", format!("notes {:03}", n + 1).as_bytes());
        let ran = site.build().done();
        assert!(ran.text("2019/03/04/a/index.html").contains(&format!("{:03}.", n + 1)));
        assert_eq!(ran.text("notes.txt"), format!("notes {:03}", n + 1));
    }
}

#[test]
fn the_cache_can_be_deleted_at_any_time() {
    let site = small();
    let expected = output_of(&site.build().done());
    site.remove(".pressmark");
    let ran = site.build().done().says("files: 0 written");
    assert!(!ran.stderr.contains("note: "), "{}", ran.stderr);
    assert!(output_of(&ran) == expected);
    for delay in [0, 2, 4, 8, 12, 16, 20, 25, 30, 40] {
        let change = format!("Second {delay}");
        let text = fs::read(site.path("content/a.md")).unwrap();
        replace(&site, "content/a.md", "Second", &change);
        let command = site.command(&["build", "--date", TODAY]);
        let building = thread::spawn(move || finish(command));
        thread::sleep(Duration::from_millis(delay));
        drop(fs::remove_dir_all(site.path(".pressmark")));
        let ran = site.ran(&building.join().unwrap()).done();
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        assert!(output_of(&ran) == fresh(&site), "deleted after {delay} ms");
        site.write("content/a.md", &text);
        let ran = site.build().done();
        assert!(output_of(&ran) == expected, "deleted after {delay} ms before");
    }
}

#[test]
fn a_clean_build_forgets_what_is_known() {
    let site = small();
    let expected = output_of(&site.build().done());
    let n = expected.len();
    let ran = site.build_with(&["--clean", "--explain", A]).done();
    assert!(output_of(&ran) == expected);
    assert!(!ran.stderr.contains("note: "), "{}", ran.stderr);
    ran.says(&format!("files: {n} written, 0 unchanged, 0 removed"))
        .says("was made again: `--clean` makes everything again");
    assert!(explained(&site, A).contains("stayed as it was"));
    // Also what nobody could have noticed.
    let page = site.path("public/2019/03/04/a/index.html");
    let time = fs::metadata(&page).unwrap().modified().unwrap();
    replace(&site, "public/2019/03/04/a/index.html", "Second", "Fourth");
    File::options().write(true).open(&page).unwrap().set_modified(time).unwrap();
    assert!(output_of(&site.build_with(&["--clean"]).done()) == expected);
}

#[test]
fn the_cache_does_not_grow_without_bound() {
    let total = |site: &Site| {
        tree(&site.path(".pressmark")).values().map(Vec::len).sum::<usize>()
    };
    let site = with_long_links();
    site.build().done();
    let first = total(&site);
    assert!(first > 1_000_000, "{first}");
    let mut largest = first;
    for n in 0..30 {
        let text = format!("description = \"Words {n}.\"\n{SETTINGS}");
        site.write("config.toml", text.as_bytes());
        site.build().done();
        largest = largest.max(total(&site));
    }
    assert!(largest > first, "nothing was added");
    assert!(largest <= 3 * first + (1 << 20), "from {first} bytes to {largest}");
    assert_eq!(output(&site), fresh(&site));
}
