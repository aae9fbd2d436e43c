//! What becomes of the output folder from build to build.

#![expect(clippy::disallowed_methods, reason = "tests look at and spoil the output")]

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::hostile::build_as_nobody;
use crate::site::{Site, tree};

#[test]
fn a_deleted_article_is_gone_from_the_output() {
    let site = Site::new()
        .article("stays.md", "2019-03-04", "tags = [\"march\"]\n")
        .article("goes.md", "2019-04-05", "tags = [\"only here\"]\n");
    let first = site.build().done();
    assert!(first.files().contains(&"2019/04/05/goes/index.html".to_owned()));
    site.remove("content/goes.md");
    let second = site.build().done().says("removed");
    let files = second.files();
    assert!(files.iter().all(|file| !file.contains("goes")), "{files:?}");
    assert!(!second.public.join("2019/04").exists(), "an empty folder was left");
    assert!(!second.public.join("tags/only-here").exists());
    let clean = Site::new().article("stays.md", "2019-03-04", "tags = [\"march\"]\n");
    assert_eq!(tree(&second.public), tree(&clean.build().done().public));
}

#[test]
fn a_second_build_writes_nothing() {
    let site = Site::new().article("a.md", "2019-03-04", "tags = [\"march\"]\n");
    let n = site.build().done().files().len();
    site.build().done().says(&format!("files: 0 written, {n} unchanged, 0 removed"));
}

#[test]
fn a_clean_build_writes_everything() {
    let site = Site::new().article("a.md", "2019-03-04", "");
    let first = site.build().done();
    let (n, before) = (first.files().len(), tree(&first.public));
    let ran = site.build_with(&["--clean"]).done();
    assert_eq!(tree(&ran.public), before);
    ran.says(&format!("files: {n} written, 0 unchanged, 0 removed"));
}

#[test]
fn a_failed_build_leaves_the_output_as_it_was() {
    let site = Site::new().article("a.md", "2019-03-04", "");
    let before = tree(&site.build().done().public);
    site.write("content/b.md", b"+++\ntitle = \n+++\n");
    let ran = site.build().fails_with("public is as it was");
    assert_eq!(tree(&ran.public), before);
    site.write("content/b.md", b"+++\ntitle = \"B\"\n+++\n\n[x](nowhere.md)\n");
    let ran = site.build().fails_with("error[broken-link]");
    assert_eq!(tree(&ran.public), before);
    assert!(!site.path(".public.pressmark").exists(), "the stage was left behind");
}

#[test]
fn a_folder_of_another_origin_is_not_touched() {
    let site = Site::new()
        .article("a.md", "2019-03-04", "")
        .file("public/notes.txt", "mine")
        .file("public/index.html", "mine too");
    let ran = site.build().fails_with("error[output-not-ours]").says("--adopt");
    assert_eq!(ran.files(), ["index.html", "notes.txt"]);
    let ran = site.build_with(&["--adopt"]).done().writes("notes.txt", "mine");
    assert!(ran.text("index.html").contains("Test Archive"));
    site.write("public/later.txt", b"mine");
    site.build().done().writes("later.txt", "mine").says("left alone");
    site.build_with(&["--remove-unknown"]).done().lacks("later.txt").lacks("notes.txt");
}

#[test]
fn a_file_of_ours_never_replaces_one_that_is_not_ours() {
    let site = Site::new().article("a.md", "2019-03-04", "");
    site.build().done();
    site.write("public/2020/01/02/b/index.html", b"not ours");
    let site = site.article("b.md", "2020-01-02", "");
    site.build()
        .fails_with("error[output-not-ours]")
        .writes("2020/01/02/b/index.html", "not ours");
}

#[test]
fn an_output_folder_that_holds_the_sources_is_refused() {
    let site = Site::new().article("a.md", "2019-03-04", "");
    for folder in [".", "content", "..", "content/pages"] {
        site.build_with(&["--output", folder]).fails_with("error[output-not-ours]");
    }
    assert!(site.path("content/a.md").exists());
}

#[test]
fn a_link_in_the_output_is_never_followed() {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("index.html"), "mine").unwrap();
    let site = Site::new().article("a.md", "2019-03-04", "");
    site.build().done();
    site.remove("public/2019");
    std::os::unix::fs::symlink(elsewhere.path(), site.path("public/2019")).unwrap();
    let ran = site.build();
    let text = fs::read_to_string(elsewhere.path().join("index.html")).unwrap();
    assert_eq!(text, "mine");
    assert_eq!(tree(elsewhere.path()).len(), 1, "{}", ran.stderr);
}

#[test]
fn a_killed_build_is_completed_or_forgotten() {
    let site = many(60);
    let old = tree(&site.build().done().public);
    for n in 0..60 {
        site.write(
            &format!("content/n{n}.md"),
            format!("+++\ntitle = \"New {n}\"\ndate = 2020-02-02\n+++\n\nNew words.\n")
                .as_bytes(),
        );
    }
    let new = tree(&twin(&site).build().done().public);
    for delay in [0, 3, 6, 9, 12, 15, 18, 22, 26, 30, 36, 45, 60, 90] {
        let mut child = site.command(&["build", "--date", "2026-01-31"]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(delay));
        child.kill().unwrap();
        child.wait().unwrap();
        let seen = tree(&site.path("public"));
        for (path, bytes) in &seen {
            let is_whole = old.get(path) == Some(bytes) || new.get(path) == Some(bytes);
            assert!(is_whole, "{path} is neither old nor new after {delay} ms");
        }
    }
    assert_eq!(tree(&site.build().done().public), new);
    assert!(!site.path(".public.pressmark").exists());
}

/// A site of articles in one month.
fn many(n: usize) -> Site {
    let articles = (0..n).map(|n| format!("n{n}.md"));
    articles.fold(Site::new(), |site, path| site.article(&path, "2019-03-04", ""))
}

/// Another site with the same sources.
fn twin(site: &Site) -> Site {
    let twin = Site::new();
    for (path, bytes) in tree(&site.path("content")) {
        twin.write(&format!("content/{path}"), &bytes);
    }
    twin
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let site = many(40);
    let children: Vec<_> = (0..4)
        .map(|_| {
            site.command(&["build", "--date", "2026-01-31", "--quiet"]).spawn().unwrap()
        })
        .collect();
    let codes: Vec<_> =
        children.into_iter().map(|mut child| child.wait().unwrap().code()).collect();
    assert!(codes.contains(&Some(0)), "{codes:?}");
    assert!(codes.iter().all(|code| matches!(code, Some(0 | 1))), "{codes:?}");
    let clean = tree(&twin(&site).build().done().public);
    assert_eq!(tree(&site.build().done().public), clean);
}

#[test]
fn files_beside_the_site_are_published_as_they_are() {
    let site = Site::new()
        .article("a.md", "2019-03-04", "")
        .bytes("static/logo.bin", &[0, 159, 146, 150])
        .file("static/.well-known/security.txt", "Contact: x")
        .file(
            "content/walk/index.md",
            "+++\ntitle = \"Walk\"\ndate = 2019-01-02\n+++\n\nWords.\n",
        )
        .bytes("content/walk/photo.jpg", &[255, 216]);
    let ran = site.build().done();
    assert_eq!(fs::read(ran.public.join("logo.bin")).unwrap(), [0, 159, 146, 150]);
    assert_eq!(
        fs::read(ran.public.join("2019/01/02/walk/photo.jpg")).unwrap(),
        [255, 216]
    );
    assert_eq!(ran.text(".well-known/security.txt"), "Contact: x");
}

#[test]
fn addresses_ever_published_are_kept_redirected_or_given_a_notice() {
    let site = Site::new()
        .article("kept.md", "2019-03-04", "")
        .article("moved.md", "2019-03-05", "redirects = [\"/old/address/\"]\n")
        .file("register.txt", "/2019/03/04/kept/\n/old/address/\n/2018/gone/\n");
    site.build()
        .fails_with("error[register-lost]")
        .says("/2018/gone/")
        .says("register.txt:3:1");
    site.write("register.txt", b"/2019/03/04/kept/\n/old/address/\n");
    site.build().done();
}

#[test]
fn a_folder_that_may_not_be_changed_keeps_the_whole_site_as_it_was() {
    let site = many(5).article("alone.md", "2018-05-06", "");
    let before = tree(&site.build().done().public);
    let closed = site.path("public/2018/05/06/alone");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    let config = fs::read_to_string(site.path("config.toml")).unwrap();
    site.write("config.toml", config.replace("Test Archive", "New Title").as_bytes());
    let ran = build_as_nobody(&site);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    let ran = ran.fails_with("error[output-failed]").says("public is as it was");
    assert_eq!(tree(&ran.public), before);
}

#[test]
fn a_build_with_faults_still_completes_what_an_earlier_one_decided() {
    let site = many(3);
    site.build().done();
    let staging = site.path(".public.pressmark");
    fs::create_dir_all(staging.join("files/2019")).unwrap();
    fs::write(staging.join("files/2019/index.html"), "new").unwrap();
    fs::write(staging.join("lock"), "").unwrap();
    let journal = "pressmark journal 1\n+ 2019/index.html\nend 1\n";
    fs::write(staging.join("journal"), journal).unwrap();
    site.write("content/broken.md", b"+++\ntitle = 1\n+++\n");
    let ran = site.build().fails_with("error[wrong-type]").says("public is as it was");
    assert_eq!(ran.text("2019/index.html"), "new");
    assert!(!staging.exists());
}

#[test]
fn a_place_in_a_document_is_not_a_heading() {
    Site::new()
        .file(
            "content/m/index.md",
            "+++\ntitle = \"M\"\n+++\n\n[p. 3](scan.pdf#page=3)\n",
        )
        .file("content/m/scan.pdf", "%PDF")
        .build()
        .done()
        .writes("undated/m/index.html", "scan.pdf#page=3");
}

#[test]
fn headings_of_every_kind_of_file_can_be_linked() {
    let words = "\n\n## A heading\n";
    let site = |anchor: &str| {
        Site::new()
            .file("content/pages/index.md", &format!("+++\n+++{words}"))
            .file("content/pages/about.md", &format!("+++\ntitle = \"About\"\n+++{words}"))
            .file("content/tags/march.md", &format!("+++\nname = \"March\"\n+++{words}"))
            .file("content/b.md", &format!("+++\ntitle = \"B\"\n+++{words}"))
            .file(
                "content/a.md",
                &format!(
                    "+++\ntitle = \"A\"\n+++\n\n[1](b.md#{anchor}) [2](pages/about.md#{anchor}) \
                     [3](tags/march.md#{anchor}) [4](pages/index.md#{anchor}) [5](/tags/march/#{anchor}) \
                     [6](https://example.org/about/#{anchor})\n"
                ),
            )
    };
    site("a-heading").build().done();
    site("another").build().fails_with("6 errors");
}
