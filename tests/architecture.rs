//! Modules use only what stands above them, and each crate has one door.

#![expect(clippy::disallowed_methods, reason = "the test reads the sources")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The one module that names each crate; the modules of a list share one.
const DOORS: &[(&str, &[&str])] = &[
    ("ammonia", &["sanitize"]),
    ("annotate_snippets", &["report"]),
    ("anstream", &["report"]),
    ("axum", &["serve"]),
    ("blake3", &["hash"]),
    ("chardetng", &["import"]),
    ("ciborium", &["citation"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("deunicode", &["slug"]),
    ("dom_query", &["dom"]),
    ("dom_smoothie", &["dom"]),
    ("encoding_rs", &["import"]),
    ("flate2", &["import"]),
    ("fluent_bundle", &["locale"]),
    ("foldhash", &["hash"]),
    ("futures_util", &["serve"]),
    ("hashbrown", &["hash"]),
    ("hayagriva", &["citation"]),
    ("icu", &["locale"]),
    ("imagesize", &["source"]),
    ("indicatif", &["cli"]),
    ("inquire", &["cli"]),
    ("jiff", &["date"]),
    ("memchr", &["import", "markdown", "serve"]),
    ("mimalloc", &["main"]),
    ("mime_guess", &["serve"]),
    ("notify", &["serve"]),
    ("open", &["cli"]),
    ("pagefind_stem", &["search"]),
    ("percent_encoding", &["address"]),
    ("postcard", &["cache"]),
    ("pulldown_cmark", &["markdown"]),
    ("quick_xml", &["xml"]),
    ("rayon", &["parallel"]),
    ("regex", &["import"]),
    ("rusqlite", &["export"]),
    ("rustix", &["publish"]),
    ("serde_saphyr", &["import"]),
    ("serde_json", &["json"]),
    ("sha2", &["hash"]),
    ("shlex", &["cli"]),
    ("strsim", &["suggest"]),
    ("syntect", &["markdown"]),
    ("tempfile", &["publish"]),
    ("tera", &["templates"]),
    ("tokio", &["serve"]),
    ("toml", &["toml_reader", "toml_writer"]),
    ("tower", &["serve"]),
    ("tower_http", &["serve"]),
    ("undoc", &["import"]),
    ("unic_langid", &["locale"]),
    ("ureq", &["cli"]),
    ("url", &["import"]),
    ("walkdir", &["source"]),
    ("zip", &["import"]),
];

/// Every file of the sources, as a path and its text.
fn sources() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(&folder).sort_by_file_name();
    files
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"))
        .map(|entry| {
            let path = entry.path().strip_prefix(&folder).unwrap().to_owned();
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

/// The top module that a file belongs to.
fn module_of(path: &Path) -> String {
    let first = path.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// A text without comments and without its tests.
fn code(text: &str) -> String {
    // A module of tests stands at the end; one with a file of its own stands anywhere.
    let is_inner = |(at, mark): &(usize, &str)| {
        let mut lines = text.get(at + mark.len()..).unwrap_or_default().lines();
        lines.find(|line| !line.starts_with("#[")).is_some_and(|line| line.ends_with('{'))
    };
    let mut marks = text.match_indices("\n#[cfg(test)]\n");
    let end = marks.find(is_inner).map_or(text.len(), |(at, _)| at);
    let code = text.get(..end).unwrap_or(text);
    let lines = code.lines().map(|line| line.split("//").next().unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// The top modules that a text names after `crate::`.
fn used_modules(code: &str) -> BTreeSet<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut used = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = list.split(';').next().unwrap_or(list);
                used.extend(list.split(',').map(|item| {
                    item.trim()
                        .split(|c| !is_word(c))
                        .next()
                        .unwrap_or_default()
                        .to_owned()
                }));
            }
            None => {
                used.insert(
                    rest.split(|c| !is_word(c)).next().unwrap_or_default().to_owned(),
                );
            }
        }
    }
    used
}

/// The modules in the order in which `lib.rs` declares them.
fn order() -> Vec<String> {
    let (_, lib) =
        sources().into_iter().find(|(path, _)| path == Path::new("lib.rs")).unwrap();
    let names = lib.lines().filter_map(|line| line.strip_prefix("pub mod "));
    names.map(|name| name.trim_end_matches(';').to_owned()).collect()
}

#[test]
fn modules_use_only_what_stands_above_them() {
    let order = order();
    assert!(order.len() > 20, "lib.rs declares {order:?}");
    let rank = |module: &str| order.iter().position(|name| name == module);
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let module = module_of(&path);
        let Some(own) = rank(&module) else { continue };
        for used in used_modules(&code(&text)) {
            match rank(&used) {
                Some(other) if other <= own => {}
                _ => wrong.push(format!("{} uses `{used}`", path.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn each_crate_has_one_door() {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    // Tests may use what they like.
    let is_test = |path: &Path| path.ends_with("tests.rs");
    for (path, text) in sources().into_iter().filter(|(path, _)| !is_test(path)) {
        let code = code(&text);
        for (name, _) in DOORS {
            let is_named =
                [format!("{name}::"), format!("use {name}"), format!("{name} as")]
                    .iter()
                    .any(|words| names_crate(&code, words));
            if is_named {
                found.entry((*name).to_owned()).or_default().insert(module_of(&path));
            }
        }
    }
    for (name, doors) in DOORS {
        let doors: BTreeSet<_> = doors.iter().map(|&door| door.to_owned()).collect();
        assert_eq!(found.get(*name), Some(&doors), "who names the crate `{name}`");
    }
}

/// Whether a text holds these words where a crate can be named.
fn names_crate(code: &str, words: &str) -> bool {
    code.match_indices(words).any(|(at, _)| {
        let before = code.get(..at).unwrap_or_default();
        !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
    })
}

#[test]
fn every_crate_has_a_door() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    let dependencies = manifest.split("\n[dependencies]\n").nth(1).unwrap();
    let dependencies = dependencies.split("\n[").next().unwrap();
    let names: Vec<_> = dependencies
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.trim().replace('-', "_"))
        .filter(|name| name != "serde")
        .collect();
    let doors: Vec<_> = DOORS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names, doors);
}

#[test]
fn every_file_says_what_it_is_for() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{} begins without `//!`", path.display());
    }
}

#[test]
fn no_function_is_longer_than_a_screen() {
    let mut long = Vec::new();
    for (path, text) in sources() {
        let mut start = None;
        for (n, line) in text.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let words = line.trim_start();
            let is_head = words.starts_with("fn ")
                || words.starts_with("pub fn ")
                || words.starts_with("pub(super) fn ")
                || words.starts_with("pub(crate) fn ");
            if is_head {
                start = Some((n, indent));
            } else if let Some((first, at)) = start
                && indent == at
                && words == "}"
            {
                if n - first > 60 {
                    long.push(format!("{}:{}", path.display(), first + 1));
                }
                start = None;
            }
        }
    }
    assert!(long.is_empty(), "functions of more than 60 lines: {long:#?}");
}
