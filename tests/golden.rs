//! Whole sites, and every byte that is made of them.
//!
//! `tests/golden/CASE/site` is a site; `messages.txt` is what its build says
//! and `expected` what it writes, with nothing missing and nothing more. Of a
//! page, only its title and its main part are kept, unless the case has a file
//! `whole`. `UPDATE=1 cargo test golden` writes both anew: read the
//! difference before it is committed.

#![expect(clippy::disallowed_methods, reason = "tests read and write their files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::site::{Site, tree};

/// The most bytes that an expected file may have, so that people read it.
const LIMIT: usize = 24 * 1024;

/// Declares one test for each case.
macro_rules! cases {
    ($($test:ident = $case:literal,)+) => {
        $(#[test]
        fn $test() {
            check($case);
        })+

        #[test]
        fn every_case_has_a_test() {
            let mut known = vec![$($case),+];
            known.sort_unstable();
            let mut found: Vec<_> = fs::read_dir(folder()).unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            found.sort_unstable();
            assert_eq!(known, found);
        }
    };
}

cases! {
    a_bare_year_is_an_error_with_the_way_out = "bare-year",
    a_date_is_never_more_exact_than_it_is_known = "partial-dates",
    the_thirtieth_of_february_is_an_error = "impossible-date",
    three_spellings_of_one_organization_are_one_term = "three-spellings",
    a_name_that_two_records_claim_is_an_error = "alias-taken",
    every_name_gets_an_address_of_its_own = "names-for-addresses",
    two_articles_on_one_address_are_an_error = "two-on-one-address",
    a_redirect_on_the_address_of_a_page_is_an_error = "redirect-on-page",
    broken_links_are_errors_with_places = "broken-links",
    links_between_files_become_addresses = "links",
    four_broken_files_are_four_diagnostics = "four-broken-files",
    a_misspelt_key_is_an_error_with_a_suggestion = "misspelt-key",
    a_misspelt_setting_is_an_error_with_a_suggestion = "misspelt-setting",
    drafts_and_embargoed_pieces_are_left_out = "drafts",
    a_date_in_the_future_is_an_error = "future-date",
    translations_are_linked_both_ways = "languages",
    a_withdrawn_article_leaves_a_notice_only = "status",
    older_pages_keep_their_articles = "pagination",
    parts_and_wholes_lead_to_each_other = "hierarchy",
    the_machines_get_feeds_and_sitemaps = "machines",
    a_body_becomes_good_html = "markdown",
    an_index_is_written_in_its_format = "search",
}

/// The folder of the cases.
fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Builds a case and compares what was said and written.
fn check(case: &str) {
    let case = folder().join(case);
    let site = Site::empty();
    for (path, bytes) in tree(&case.join("site")) {
        site.write(&path, &bytes);
    }
    let ran = site.build();
    let is_whole = case.join("whole").exists();
    let mut found = BTreeMap::new();
    for (path, bytes) in tree(&ran.public) {
        let bytes =
            if path.ends_with(".html") && !is_whole { main_part(&bytes) } else { bytes };
        assert!(bytes.len() <= LIMIT, "{path} has {} bytes", bytes.len());
        found.insert(path, bytes);
    }
    if std::env::var_os("UPDATE").is_some() {
        return update(&case, &ran.stderr, &found);
    }
    let messages = fs::read_to_string(case.join("messages.txt")).unwrap_or_default();
    assert_eq!(ran.stderr, messages, "messages.txt");
    let expected = tree(&case.join("expected"));
    let names =
        |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(&expected), "the files of {}", case.display());
    for (path, bytes) in &found {
        let found = String::from_utf8_lossy(bytes);
        let expected = String::from_utf8_lossy(&expected[path]);
        assert_eq!(found, expected, "{path}");
    }
}

/// Writes what was found as what is expected.
fn update(case: &Path, messages: &str, found: &BTreeMap<String, Vec<u8>>) {
    fs::write(case.join("messages.txt"), messages).unwrap();
    let expected = case.join("expected");
    if expected.exists() {
        fs::remove_dir_all(&expected).unwrap();
    }
    for (path, bytes) in found {
        let path = expected.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The title and the main part of a page.
fn main_part(page: &[u8]) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    let between = |start: &str, end: &str| {
        let from = page.find(start)?;
        let to = page.get(from..)?.find(end)? + from + end.len();
        page.get(from..to)
    };
    let title = between("<title>", "</title>").expect("a page has a title");
    let main = between("<main", "</main>").expect("a page has a main part");
    format!("{title}\n{main}\n").into_bytes()
}
