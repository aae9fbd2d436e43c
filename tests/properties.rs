//! What holds for every site.

#![expect(clippy::disallowed_methods, reason = "tests make the files that they need")]

use std::fs;
use std::path::{Component, Path};

use proptest::prelude::*;

use crate::site::{Site, tree};

/// The files of the repository's own archive.
fn sample() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files =
        vec![("config.toml".to_owned(), fs::read(root.join("config.toml")).unwrap())];
    for (path, bytes) in tree(&root.join("content")) {
        files.push((format!("content/{path}"), bytes));
    }
    files
}

#[test]
fn the_order_of_files_and_the_number_of_threads_do_not_matter() {
    let files = sample();
    let build = |files: &mut dyn Iterator<Item = &(String, Vec<u8>)>, threads: &str| {
        let site = Site::empty();
        files.for_each(|(path, bytes)| site.write(path, bytes));
        let mut command = site.command(&["build", "--date", "2026-01-31"]);
        let ran =
            site.ran(&command.env("RAYON_NUM_THREADS", threads).output().unwrap()).done();
        (tree(&ran.public), ran.stderr)
    };
    let first = build(&mut files.iter(), "1");
    assert!(first.0.len() > 50, "{} files", first.0.len());
    assert_eq!(first, build(&mut files.iter().rev(), "2"));
    let mut shuffled: Vec<_> = files.iter().collect();
    shuffled.sort_by_key(|(path, _)| path.bytes().rev().collect::<Vec<_>>());
    assert_eq!(first, build(&mut shuffled.into_iter(), "8"));
}

#[test]
fn a_site_with_relative_links_has_no_link_to_a_root() {
    let site = Site::empty();
    for (path, bytes) in sample() {
        site.write(&path, &bytes);
    }
    let config = fs::read_to_string(site.path("config.toml")).unwrap();
    site.write("config.toml", format!("relative_links = true\n{config}").as_bytes());
    let ran = site.build().done();
    for file in ran.files() {
        if file.ends_with(".html") && !file.ends_with("404.html") {
            let text = ran.text(&file);
            assert!(!text.contains("href=\"/"), "{file} links to the root of its host");
            assert!(!text.contains(" style=\""), "{file} has a style attribute");
        }
    }
}

/// The addresses of pages that a page links to, from the root of the host.
fn links_of(page: &str) -> impl Iterator<Item = String> {
    let links = page.split("<a ").skip(1).filter_map(|tag| {
        let (_, rest) = tag.split_once("href=\"/")?;
        Some(rest.split(['"', '#', '?']).next()?.to_owned())
    });
    links.filter(|path| path.is_empty() || path.ends_with('/'))
}

#[test]
fn every_page_can_be_reached_from_the_home_page() {
    let site = Site::empty()
        .article("dated.md", "2019-03-04", "tags = [\"march\"]\ncorrections = [{ date = 2020-01-01, kind = \"update\", text = \"T.\" }]\n")
        .article("vague.md", "\"1973\"", "tags = [\"march\"]\n")
        .file("content/undated.md", "+++\ntitle = \"Undated\"\n+++\n\nWords.\n")
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n");
    let mut sites = vec![site.file(
        "config.toml",
        "title = \"T\"\nbase_url = \"https://example.org\"\nlanguage = \"en\"\nlanguages = [\"en\", \"es\"]\n[pagination]\nper_page = 1\n",
    )];
    let archive = Site::empty();
    for (path, bytes) in sample() {
        archive.write(&path, &bytes);
    }
    sites.push(archive);
    for site in sites {
        let ran = site.build().done();
        let mut reached = std::collections::BTreeSet::new();
        let mut waiting = vec![String::new()];
        while let Some(path) = waiting.pop() {
            if reached.insert(path.clone()) {
                waiting.extend(links_of(&ran.text(&format!("{path}index.html"))));
            }
        }
        for file in ran.files() {
            let Some(path) = file.strip_suffix("index.html") else { continue };
            let is_redirect = ran.text(&file).contains("http-equiv=\"refresh\"");
            assert!(is_redirect || reached.contains(path), "nothing leads to /{path}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_slug_of_a_slug_is_itself(text in "\\PC{0,60}") {
        let slug = pressmark::slug::slugify(&text);
        prop_assert_eq!(&pressmark::slug::slugify(&slug), &slug);
        prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
    }

    #[test]
    fn an_address_never_leaves_the_root(text in "[/.a-zé\\\\:%~ \\x00-\\x1f]{0,40}") {
        if let Ok(address) = pressmark::address::Address::parse(&text) {
            let path = address.output_path();
            let is_inside = Path::new(&path)
                .components()
                .all(|part| matches!(part, Component::Normal(_)));
            prop_assert!(is_inside, "{} leads to {}", text, path);
        }
    }

    #[test]
    fn a_date_is_written_as_it_was_read(text in "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[?~%]?") {
        if let Ok(date) = pressmark::date::Date::parse(&text) {
            prop_assert_eq!(date.to_string(), text);
        }
    }

    #[test]
    fn no_text_is_too_strange_for_a_date(text in "\\PC{0,40}") {
        drop(pressmark::date::Date::parse(&text));
    }

    #[test]
    fn front_matter_is_split_or_refused(text in "(\\+\\+\\+|\n|\r|[a-z =\"])*") {
        if let Ok(parts) = pressmark::content::front_matter::split(&text) {
            prop_assert!(parts.body <= text.len());
            prop_assert!(text.is_char_boundary(parts.body));
        }
    }

    #[test]
    fn a_folded_name_stays_as_it_is(name in "\\PC{0,40}") {
        let folded = pressmark::locale::fold(&name);
        prop_assert_eq!(&pressmark::locale::fold(&folded), &folded);
    }
}
