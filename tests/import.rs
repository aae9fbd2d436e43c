//! Imports of exports that hold one pitfall each, held against what was written
//! down by hand of each; `import/README.md` says what the keys mean.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use flate2::Compression;
use flate2::write::GzEncoder;
use pressmark::json::{self, Value};
use toml::Table;

use crate::site::{Ran, Site, tree};

mod pages;
mod rendered;
mod texts;

use rendered::Rendered;

/// What is wrong with an import.
type Wrong = Vec<String>;

/// Where the exports stand.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/wordpress")
}

/// The exports: the name of each and what must come of it.
fn exports() -> Vec<(String, Table)> {
    let mut found = Vec::new();
    for (file, bytes) in tree(&folder()) {
        if let Some(name) = file.strip_suffix(".expected.toml") {
            let text = String::from_utf8(bytes).unwrap();
            found.push((name.to_owned(), text.parse().unwrap()));
        }
    }
    found
}

#[test]
fn exports_become_what_was_written_down_of_them() {
    let exports = exports();
    assert!(exports.len() >= 40, "{} exports", exports.len());
    let mut wrong = Vec::new();
    for (name, expected) in &exports {
        let given =
            texts(expected, "files").unwrap_or_else(|| vec![format!("{name}.xml")]);
        let given: Vec<_> =
            given.iter().map(|file| (file.clone(), bytes_of(file))).collect();
        let mut found = check(expected, &given, false);
        if let [(file, bytes)] = given.as_slice() {
            for way in texts(expected, "packed").unwrap_or_default() {
                let packed = pack(&way, file, bytes);
                let faults = check(expected, &[packed], way == "stdin");
                found
                    .extend(faults.into_iter().map(|fault| format!("as {way}: {fault}")));
            }
        }
        wrong.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

/// The bytes of an export.
fn bytes_of(file: &str) -> Vec<u8> {
    tree(&folder()).remove(file).unwrap_or_else(|| panic!("no {file}"))
}

/// A file packed in a way.
fn pack(way: &str, file: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    let zipped = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    match way {
        "gz" => (format!("{file}.gz"), zipped(bytes)),
        "gz-members" => {
            let (one, other) = bytes.split_at(bytes.len() / 2);
            (format!("{file}.gz"), [zipped(one), zipped(other)].concat())
        }
        "zip" => {
            let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            let options = zip::write::SimpleFileOptions::default();
            archive.start_file(file, options).unwrap();
            archive.write_all(bytes).unwrap();
            ("export.zip".to_owned(), archive.finish().unwrap().into_inner())
        }
        _ => (file.to_owned(), bytes.to_vec()),
    }
}

/// An empty site for an import.
fn site(expected: &Table) -> Site {
    let languages = texts(expected, "languages").unwrap_or_else(|| vec!["en".to_owned()]);
    Site::quick().file(
        "config.toml",
        &format!(
            "title = \"Archive\"\nbase_url = \"https://archive.example\"\nlanguage = {:?}\nlanguages = {languages:?}\n",
            languages[0]
        ),
    )
    .file("content/.gitkeep", "")
}

/// Imports files into an empty site and says what is wrong.
fn check(expected: &Table, given: &[(String, Vec<u8>)], is_stdin: bool) -> Wrong {
    let mut site = site(expected);
    for (file, bytes) in given {
        site = site.bytes(&format!("given/{file}"), bytes);
    }
    let names = given.iter().map(|(file, _)| format!("given/{file}"));
    let mut arguments = vec!["import".to_owned(), "wordpress".to_owned()];
    arguments.extend(if is_stdin { vec!["-".to_owned()] } else { names.collect() });
    arguments.extend(texts(expected, "arguments").unwrap_or_default());
    let first = run(&site, &arguments, is_stdin.then(|| given[0].1.clone()));
    let mut wrong = Vec::new();
    check_exit(expected, &first, &mut wrong);
    if first.code == Some(1) {
        return wrong;
    }
    let pieces = pieces_of(&site);
    let report = report(&site);
    check_safety(&pieces, &report, &site, &mut wrong);
    check_sums(expected, &report, &site, &mut wrong);
    for item in
        expected.get("item").and_then(|items| items.as_array()).into_iter().flatten()
    {
        let item = item.as_table().unwrap();
        let name = text(item, "title").or_else(|| text(item, "path")).unwrap();
        let of_item = check_item(item, &report, &pieces);
        wrong.extend(of_item.into_iter().map(|fault| format!("{name:?}: {fault}")));
    }
    let second = run(&site, &arguments, is_stdin.then(|| given[0].1.clone()));
    if second.code != first.code || pieces_of(&site) != pieces {
        wrong.push("a second run comes to something else".to_owned());
    }
    wrong
}

/// Runs an import.
fn run(site: &Site, arguments: &[String], stdin: Option<Vec<u8>>) -> Ran {
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let Some(bytes) = stdin else { return site.run(&arguments) };
    let mut command = site.command(&arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(&bytes).unwrap();
    site.ran(&child.wait_with_output().unwrap())
}

/// The pieces of a site: path and text.
type Pieces = BTreeMap<String, String>;

/// The files under `content/` and `held/`.
fn pieces_of(site: &Site) -> Pieces {
    let all = tree(&site.path(""));
    let of_it = |path: &String| {
        path.ends_with(".md")
            && (path.starts_with("content/") || path.starts_with("held/"))
    };
    all.into_iter()
        .filter(|(path, _)| of_it(path))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect()
}

/// The folder of the only import.
fn import_folder(site: &Site) -> String {
    let all = tree(&site.path("imports"));
    let report = all.keys().find(|path| path.ends_with("/report.json"));
    let report = report.unwrap_or_else(|| panic!("no report among {:?}", all.keys()));
    format!("imports/{}", report.trim_end_matches("/report.json"))
}

/// A text that an import left beside its pieces.
fn left(site: &Site, file: &str) -> String {
    let path = format!("{}/{file}", import_folder(site));
    let bytes = tree(&site.path("")).remove(&path);
    String::from_utf8(bytes.unwrap_or_else(|| panic!("no {path}"))).unwrap()
}

/// The report.
fn report(site: &Site) -> Value {
    json::parse(&left(site, "report.json")).unwrap()
}

/// Checks the exit code.
fn check_exit(expected: &Table, ran: &Ran, wrong: &mut Wrong) {
    let code = ran.code.unwrap_or(-1);
    let is_right = match expected.get("exit").and_then(toml::Value::as_integer) {
        Some(wanted) => i64::from(code) == wanted,
        None => code == 0 || code == 3,
    };
    if !is_right {
        wrong.push(format!("it ends with {code}: {}", ran.stderr));
    }
}

/// Checks what must hold of every import.
fn check_safety(pieces: &Pieces, report: &Value, site: &Site, wrong: &mut Wrong) {
    if report["balances"] != true {
        wrong.push("the account does not balance".to_owned());
    }
    for (path, text) in pieces {
        match front(text) {
            None => wrong.push(format!("{path} has no front matter: {text}")),
            Some(front) => {
                let is_draft = front.get("draft").is_some();
                if is_draft != path.starts_with("held/") {
                    wrong.push(format!("{path}: draft is {is_draft}"));
                }
            }
        }
    }
    for item in report["items"].as_array().unwrap() {
        if let Some(path) = item["path"].as_str()
            && !pieces.contains_key(path)
        {
            wrong.push(format!("the report names {path}, which is not there"));
        }
    }
    let build = site.build();
    if build.code != Some(0) {
        wrong.push(format!("it does not build: {}", build.stderr));
    }
    if report["build"]["errors"] != 0 {
        wrong.push(format!("a build is said to fail: {}", report["build"]));
    }
}

/// Checks what is said of all items together.
fn check_sums(expected: &Table, report: &Value, site: &Site, wrong: &mut Wrong) {
    let items = report["items"].as_array().unwrap();
    let n =
        |keeps: &dyn Fn(&Value) -> bool| items.iter().filter(|item| keeps(item)).count();
    for outcome in ["written", "skipped", "lost"] {
        same(expected, outcome, n(&|item| item["outcome"] == outcome), wrong);
    }
    same(expected, "held", n(&|item| !item["held"].is_null()), wrong);
    if expected.contains_key("distinct_paths") {
        let paths = items.iter().filter_map(|item| item["path"].as_str());
        let paths: Vec<_> = paths.map(str::to_lowercase).collect();
        let distinct: std::collections::BTreeSet<_> = paths.iter().collect();
        if distinct.len() != paths.len() {
            wrong.push(format!("items share a path: {paths:?}"));
        }
    }
    let given = |path: &str| path.starts_with("given/") || path.starts_with("public/");
    for absent in texts(expected, "absent").unwrap_or_default() {
        for (path, bytes) in tree(&site.path("")) {
            let text = String::from_utf8_lossy(&bytes);
            if !given(&path) && (path.contains(&absent) || text.contains(&absent)) {
                wrong.push(format!("{absent:?} stands in {path}"));
            }
        }
    }
    for (key, file) in [
        ("in_media", "media.csv"),
        ("in_terms", "terms.toml"),
        ("in_redirects", "redirects.csv"),
        ("broken_links", "links.csv"),
    ] {
        let table = left(site, file);
        for wanted in texts(expected, key).unwrap_or_default() {
            if !table.contains(&wanted) {
                wrong.push(format!("{file} lacks {wanted:?}: {table}"));
            }
        }
    }
}

/// Checks one item.
fn check_item(item: &Table, report: &Value, pieces: &Pieces) -> Wrong {
    let mut wrong = Vec::new();
    // A piece without a title is given one, so it is known by its path.
    let (key, known_by) = match text(item, "title") {
        Some(title) => ("title", title),
        None => ("path", text(item, "path").unwrap()),
    };
    let mut items = report["items"].as_array().unwrap().iter();
    let Some(found) = items.find(|found| found[key] == known_by.as_str()) else {
        return vec!["the report has no such item".to_owned()];
    };
    let wanted = text(item, "outcome").unwrap_or_else(|| "written".to_owned());
    equal("outcome", &wanted.as_str(), &found["outcome"].as_str().unwrap(), &mut wrong);
    if wanted != "written" {
        return wrong;
    }
    let held = text(item, "held").unwrap_or_default();
    let own = found["held"].as_str().unwrap_or_default();
    if held != "*" || own.is_empty() {
        equal("held", &held.as_str(), &own, &mut wrong);
    }
    check_translation(item, found, (report, pieces), &mut wrong);
    check_notes(item, found, &mut wrong);
    let path = found["path"].as_str().unwrap();
    let Some(file) = pieces.get(path) else { return wrong };
    let Some(front) = front(file) else { return wrong };
    check_keys(item, path, &front, &mut wrong);
    check_text(item, path, file, &mut wrong);
    wrong
}

/// Checks that an item is a translation of another: it says so, or stands beside it.
fn check_translation(
    item: &Table,
    found: &Value,
    (report, pieces): (&Value, &Pieces),
    wrong: &mut Wrong,
) {
    let Some(original) = text(item, "translates") else { return };
    let mut items = report["items"].as_array().unwrap().iter();
    let other = items.find(|other| other["title"] == original.as_str()).unwrap();
    let path = |item: &Value| item["path"].as_str().unwrap_or_default().to_owned();
    let (own, other) = (path(found), path(other));
    let name = other.rsplit('/').next().unwrap_or_default();
    let key = pieces.get(&own).and_then(|file| text(&front(file)?, "translation_of"));
    let is_beside = own.starts_with(&format!("{}.", other.trim_end_matches(".md")));
    if !is_beside && !key.is_some_and(|key| key.ends_with(name)) {
        wrong.push(format!("{own} is no translation of {other}"));
    }
}

/// Checks what the notes of an item are about.
fn check_notes(item: &Table, found: &Value, wrong: &mut Wrong) {
    let notes = found["notes"].as_array().into_iter().flatten();
    let about: Vec<_> = notes.filter_map(|note| note["about"].as_str()).collect();
    for wanted in texts(item, "notes").unwrap_or_default() {
        if !about.contains(&wanted.as_str()) {
            wrong.push(format!("no note is about {wanted}, but {about:?}"));
        }
    }
}

/// Checks the keys of a piece.
fn check_keys(item: &Table, path: &str, front: &Table, wrong: &mut Wrong) {
    let title = text(item, "title").unwrap_or_default();
    if !title.is_empty() {
        equal("title", &title, &text(front, "title").unwrap_or_default(), wrong);
    }
    for key in ["deck", "summary", "original_url"] {
        if let Some(wanted) = text(item, key) {
            equal(key, &wanted, &text(front, key).unwrap_or_default(), wrong);
        }
    }
    if let Some(wanted) = text(item, "path") {
        equal("path", &wanted, &path.to_owned(), wrong);
    }
    let date = front.get("date").map(|date| date.to_string().replace('Z', "+00:00"));
    let date = date.unwrap_or_default().trim_matches('"').to_owned();
    if let Some(wanted) = text(item, "date") {
        equal("date", &wanted.replace('Z', "+00:00"), &date, wrong);
    }
    if let Some(wanted) = text(item, "day") {
        equal("day", &wanted.as_str(), &date.get(..10).unwrap_or_default(), wrong);
    }
    if let Some(wanted) = texts(item, "byline") {
        equal("byline", &wanted, &texts(front, "byline").unwrap_or_default(), wrong);
    }
    check_names(item, front, wrong);
    if let Some(wanted) = text(item, "language") {
        let key = text(front, "language").unwrap_or_default();
        if key != wanted && !path.ends_with(&format!(".{wanted}.md")) {
            wrong.push(format!("the language is not {wanted}: {path}"));
        }
    }
    for (key, field) in [("lead", "src"), ("lead_alt", "alt")] {
        if let Some(wanted) = text(item, key) {
            let image =
                front.get("image").and_then(|image| text(image.as_table()?, field));
            let image = image.unwrap_or_default();
            let image = if field == "src" { rendered::picture(&image) } else { image };
            equal(key, &wanted, &image, wrong);
        }
    }
}

/// Checks names and redirects.
fn check_names(item: &Table, front: &Table, wrong: &mut Wrong) {
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    let taxonomies = ["tags", "organizations", "people", "places"];
    let names = taxonomies.iter().flat_map(|key| texts(front, key).unwrap_or_default());
    let names = sorted(names.collect());
    if let Some(wanted) = texts(item, "terms") {
        equal("terms", &sorted(wanted), &names, wrong);
    }
    for unwanted in texts(item, "not_terms").unwrap_or_default() {
        if names.contains(&unwanted) {
            wrong.push(format!("it is filed under {unwanted:?}"));
        }
    }
    if let Some(wanted) = texts(item, "redirects") {
        let own = texts(front, "redirects").unwrap_or_default();
        equal("redirects", &sorted(wanted), &sorted(own), wrong);
    }
}

/// Checks the text of a piece.
fn check_text(item: &Table, path: &str, file: &str, wrong: &mut Wrong) {
    let body = file.splitn(3, "+++\n").nth(2).unwrap_or_default();
    let rendered = Rendered::new(body);
    if let Some(wanted) = texts(item, "paragraphs") {
        let is_loose = item.contains_key("loose_paragraphs");
        let own = &rendered.blocks;
        let is_right = if is_loose { within(&wanted, own) } else { wanted == *own };
        if !is_right {
            wrong.push(format!(
                "paragraphs: {wanted:#?} are wanted, not {own:#?}\n{body}"
            ));
        }
    }
    if let Some(wanted) = texts(item, "pictures") {
        equal("pictures", &wanted, &rendered.pictures, wrong);
    }
    for (key, own) in [("captions", &rendered.captions), ("links", &rendered.links)] {
        for wanted in texts(item, key).unwrap_or_default() {
            if !own.contains(&wanted) {
                wrong.push(format!("{key}: {wanted:?} is not among {own:?}"));
            }
        }
    }
    for key in ["has", "embeds"] {
        for wanted in texts(item, key).unwrap_or_default() {
            if !file.contains(&wanted) {
                wrong.push(format!("{path} lacks {wanted:?}: {file}"));
            }
        }
    }
    for unwanted in texts(item, "lacks").unwrap_or_default() {
        if file.contains(&unwanted) {
            wrong.push(format!("{path} has {unwanted:?}: {file}"));
        }
    }
}

/// Whether some texts stand among others in their order.
fn within(wanted: &[String], all: &[String]) -> bool {
    let mut all = all.iter();
    wanted.iter().all(|text| all.any(|own| own == text))
}

/// The front matter of a file.
fn front(file: &str) -> Option<Table> {
    file.strip_prefix("+++\n")?.split("+++\n").next()?.parse().ok()
}

/// A text of a table.
fn text(table: &Table, key: &str) -> Option<String> {
    table.get(key)?.as_str().map(str::to_owned)
}

/// A list of texts of a table.
fn texts(table: &Table, key: &str) -> Option<Vec<String>> {
    let list = table.get(key)?.as_array()?;
    Some(list.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect())
}

/// Checks a number, if one is wanted.
fn same(expected: &Table, key: &str, own: usize, wrong: &mut Wrong) {
    let wanted = expected.get(key).and_then(toml::Value::as_integer);
    if let Some(wanted) = wanted
        && usize::try_from(wanted) != Ok(own)
    {
        wrong.push(format!("{own} items are {key}, not {wanted}"));
    }
}

/// Checks that two things are the same.
fn equal<T: PartialEq + Debug>(key: &str, wanted: &T, own: &T, wrong: &mut Wrong) {
    if wanted != own {
        wrong.push(format!("{key}: {wanted:?} is wanted, not {own:?}"));
    }
}
