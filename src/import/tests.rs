//! The import of a source that stands in the test: what all imports share.

#![expect(clippy::disallowed_methods, reason = "tests make the files that they need")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use super::piece::{
    Body, Facts, Item, Origin, Outline, Piece, Skipped, Sort, Term, Visibility,
};
use super::*;
use crate::date::Date;
use crate::dom::parse_fragment;
use crate::json;

/// A source in memory.
#[derive(Default)]
struct Pieces(Vec<Given>);

/// A piece of it.
#[derive(Clone)]
struct Given {
    key: &'static str,
    slug: &'static str,
    title: &'static str,
    date: Option<&'static str>,
    html: String,
    held: Option<&'static str>,
    sort: Sort,
    facts: Facts,
    terms: Vec<Term>,
}

impl Default for Given {
    fn default() -> Self {
        Self {
            key: "1",
            slug: "march",
            title: "A march",
            date: Some("2019-10-11T09:30:00-04:00"),
            html: "<p>They marched.</p>".to_owned(),
            held: None,
            sort: Sort::Article,
            facts: Facts::default(),
            terms: Vec::new(),
        }
    }
}

impl Given {
    fn visibility(&self) -> Visibility {
        self.held.map_or(Visibility::Public, |why| Visibility::Held(why.to_owned()))
    }

    fn address(&self) -> String {
        format!("https://old.example/{}/", self.slug)
    }
}

impl Source for Pieces {
    fn system(&self) -> &'static str {
        "test"
    }

    fn survey(&mut self, tell: &mut dyn FnMut(Outline)) -> Result<(), Refused> {
        for given in &self.0 {
            tell(Outline {
                key: given.key.to_owned(),
                sort: given.sort,
                visibility: given.visibility(),
                title: given.title.to_owned(),
                slug: given.slug.to_owned(),
                date: given.date.map(|date| Date::parse(date).unwrap()),
                language: given.facts.language.clone(),
                parent: None,
                translation_of: given.facts.translation_of.clone(),
                addresses: vec![
                    given.address(),
                    format!("https://old.example/?p={}", given.key),
                ],
            });
        }
        Ok(())
    }

    fn hosts(&self) -> Vec<String> {
        vec!["old.example".to_owned()]
    }

    fn read(&mut self, tell: &mut dyn FnMut(Item)) -> Result<(), Refused> {
        for given in self.0.clone() {
            let mut piece = Piece {
                origin: Origin {
                    key: given.key.to_owned(),
                    kind: "post".to_owned(),
                    status: "publish".to_owned(),
                    file: Arc::from("export.xml"),
                    line: 1,
                },
                sort: given.sort,
                visibility: given.visibility(),
                facts: given.facts.clone(),
                terms: given.terms.clone(),
                body: Body::Html(parse_fragment(&given.html)),
                ..Piece::default()
            };
            piece.facts.title = given.title.to_owned();
            piece.facts.date = given.date.map(|date| Date::parse(date).unwrap());
            piece.facts.original_url = Some(given.address());
            piece.facts.redirects.push(format!("/{}/", given.slug));
            piece.account.read(&crate::dom::text_of(&parse_fragment(&given.html)));
            tell(Item::Piece(Box::new(piece)));
        }
        tell(Item::Skipped(Skipped {
            origin: Origin { kind: "attachment".to_owned(), ..Origin::default() },
            title: String::new(),
            reason: "is a file".to_owned(),
        }));
        Ok(())
    }
}

/// A site for imports.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = "title = \"Archive\"\nbase_url = \"https://new.example\"\nlanguage = \"en\"\nlanguages = [\"en\", \"es\"]\n[publisher]\nname = \"P\"\n";
        fs::write(folder.path().join("config.toml"), config).unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        Self(folder)
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.path(file))
            .unwrap_or_else(|_| panic!("no {file}: {:?}", self.files()))
    }

    /// The files of the archive.
    fn files(&self) -> Vec<String> {
        let all = source::list(self.0.path());
        all.into_iter().filter(|file| is_piece(file)).collect()
    }

    /// All files and their bytes.
    fn everything(&self) -> BTreeMap<String, Vec<u8>> {
        let all = source::list(self.0.path()).into_iter();
        all.map(|file| (file.clone(), fs::read(self.path(&file)).unwrap())).collect()
    }

    fn import_with(&self, pieces: &[Given], change: impl FnOnce(&mut Options)) -> Report {
        let mut options = Options { name: "old".to_owned(), ..Options::default() };
        change(&mut options);
        let mut faults = Diagnostics::new();
        let site = build::open(&self.path("config.toml"), &mut faults).unwrap();
        let now =
            Moment::of(Date::parse("2026-01-01").unwrap(), &crate::date::Zone::utc());
        let report = import(
            &mut Pieces(pieces.to_vec()),
            site,
            (&options, now),
            &|_| (),
            &mut faults,
        );
        assert!(faults.is_empty(), "{:?}", faults.sorted());
        report.unwrap()
    }

    fn import(&self, pieces: &[Given]) -> Report {
        self.import_with(pieces, |_| ())
    }
}

/// Whether a path is the folder of an import's own files.
fn counts(report: &Report) -> Vec<(Outcome, u64)> {
    [
        Outcome::Written,
        Outcome::Unchanged,
        Outcome::Updated,
        Outcome::Kept,
        Outcome::Skipped,
    ]
    .into_iter()
    .map(|outcome| (outcome, report.n_of(outcome)))
    .filter(|(_, n)| *n > 0)
    .collect()
}

#[test]
fn a_piece_becomes_a_file_with_its_keys() {
    let desk = Desk::new();
    let given = Given {
        terms: vec![Term {
            domain: "category".to_owned(),
            name: "Street \"News\"".to_owned(),
            slug: "street-news".to_owned(),
        }],
        ..Given::default()
    };
    let report = desk.import(&[given]);
    assert!(report.balances());
    assert_eq!(
        desk.text("content/2019/march.md"),
        "+++\ntitle = \"A march\"\ndate = 2019-10-11T09:30:00-04:00\noriginal_url = \"https://old.example/march/\"\n\
         tags = ['Street \"News\"']\nredirects = [\"/march/\"]\n\n[provenance]\nsystem = \"test\"\nfile = \"export.xml\"\n+++\n\nThey marched.\n"
    );
    assert_eq!(report.build.as_ref().unwrap().1, 0, "{:?}", report.build);
}

#[test]
fn a_second_run_changes_no_byte() {
    let desk = Desk::new();
    let pieces = [
        Given::default(),
        Given {
            key: "2",
            slug: "about",
            sort: Sort::Page,
            date: None,
            ..Given::default()
        },
        Given { key: "3", slug: "secret", held: Some("private"), ..Given::default() },
    ];
    let first = desk.import(&pieces);
    assert_eq!(counts(&first), [(Outcome::Written, 3), (Outcome::Skipped, 1)]);
    let files =
        ["content/2019/march.md", "content/pages/about.md", "held/2019/secret.md"];
    assert_eq!(desk.files(), files);
    let before = desk.everything();
    let second = desk.import(&pieces);
    assert_eq!(counts(&second), [(Outcome::Unchanged, 3), (Outcome::Skipped, 1)]);
    let mut after = desk.everything();
    for (file, bytes) in before {
        let other = after.remove(&file).unwrap();
        if !file.contains("/report.") {
            assert_eq!(
                String::from_utf8_lossy(&bytes),
                String::from_utf8_lossy(&other),
                "{file}"
            );
        }
    }
    assert!(after.is_empty());
}

#[test]
fn what_a_person_changed_stays() {
    let desk = Desk::new();
    let pieces = [
        Given::default(),
        Given { key: "2", slug: "other", ..Given::default() },
        Given { key: "3", slug: "gone", ..Given::default() },
    ];
    desk.import(&pieces);
    desk.write("content/2019/march.md", "+++\ntitle = \"Mine\"\n+++\n");
    fs::remove_file(desk.path("content/2019/gone.md")).unwrap();
    let changed =
        pieces.clone().map(|given| Given { html: "<p>New.</p>".to_owned(), ..given });
    let report = desk.import(&changed);
    assert_eq!(
        counts(&report),
        [(Outcome::Updated, 1), (Outcome::Kept, 2), (Outcome::Skipped, 1)]
    );
    assert_eq!(desk.text("content/2019/march.md"), "+++\ntitle = \"Mine\"\n+++\n");
    assert!(desk.text("content/2019/other.md").ends_with("\nNew.\n"));
    assert!(!desk.path("content/2019/gone.md").exists());
    let report = desk.import_with(&changed, |options| options.restores = true);
    assert_eq!(report.n_of(Outcome::Written), 1);
    assert!(desk.path("content/2019/gone.md").exists());
}

#[test]
fn a_piece_that_is_hidden_later_leaves_the_public_folder() {
    let desk = Desk::new();
    desk.import(&[Given::default()]);
    desk.import(&[Given { held: Some("private"), ..Given::default() }]);
    assert_eq!(desk.files(), ["held/2019/march.md"]);
    let text = desk.text("held/2019/march.md");
    assert!(
        text.contains("draft = true") && text.contains("status = \"private\""),
        "{text}"
    );
    desk.import(&[Given::default()]);
    assert_eq!(desk.files(), ["content/2019/march.md"]);
}

#[test]
fn two_pieces_never_share_a_file_and_no_file_is_overwritten() {
    let desk = Desk::new();
    desk.write("content/2019/march.md", "+++\ntitle = \"Mine\"\n+++\n");
    let pieces = [
        Given::default(),
        Given { key: "2", slug: "March", ..Given::default() },
        Given { key: "3", slug: "", title: "March!", ..Given::default() },
        Given { key: "4", slug: "index", ..Given::default() },
        Given { key: "5", slug: "con", ..Given::default() },
        Given { key: "6", slug: "", title: "", ..Given::default() },
    ];
    let report = desk.import(&pieces);
    assert_eq!(report.n_of(Outcome::Written), 6);
    assert_eq!(desk.text("content/2019/march.md"), "+++\ntitle = \"Mine\"\n+++\n");
    assert_eq!(
        desk.files(),
        [
            "content/2019/con-1.md",
            "content/2019/index-1.md",
            "content/2019/march-2.md",
            "content/2019/march-3.md",
            "content/2019/march-4.md",
            "content/2019/march.md",
            "content/2019/untitled.md",
        ]
    );
    assert!(desk.text("content/2019/untitled.md").contains("title = \"They marched.\""));
}

#[test]
fn links_lead_to_pieces_of_the_archive() {
    let desk = Desk::new();
    let html = "<p><a href=\"http://www.old.example/about\">a</a> <a href=\"/secret/\">b</a> \
        <a href=\"/?p=2#respond\">c</a> <a href=\"/lost/\">d</a> <a href=\"https://other.example/x\">e</a> \
        <a href=\"javascript:x()\">f</a> <a href=\"#nowhere\">g</a></p>";
    let pieces = [
        Given { html: html.to_owned(), ..Given::default() },
        Given {
            key: "2",
            slug: "about",
            sort: Sort::Page,
            date: None,
            ..Given::default()
        },
        Given { key: "3", slug: "secret", held: Some("private"), ..Given::default() },
    ];
    let report = desk.import(&pieces);
    let text = desk.text("content/2019/march.md");
    for expected in [
        "[a](../pages/about.md)",
        "[b](https://old.example/secret/)",
        "[c](../pages/about.md)",
        "[d](https://old.example/lost/)",
        "[e](https://other.example/x)",
        " f ",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert_eq!(report.build.as_ref().unwrap().1, 0, "{:?}", report.build);
    let links = desk.text("imports/old/links.csv");
    assert!(
        links.contains("content/2019/march.md,/lost/,https://old.example/lost/,missing"),
        "{links}"
    );
}

#[test]
fn an_edited_table_of_names_is_followed() {
    let desk = Desk::new();
    let term = |name: &str| Term {
        domain: "category".to_owned(),
        name: name.to_owned(),
        slug: String::new(),
    };
    let given = Given {
        terms: vec![term("News"), term("Releases"), term("GLA"), term("Uncategorized")],
        ..Given::default()
    };
    desk.import(std::slice::from_ref(&given));
    let table = desk.text("imports/old/terms.toml");
    assert!(
        desk.text("content/2019/march.md")
            .contains("tags = [\"News\", \"Releases\", \"GLA\", \"Uncategorized\"]")
    );
    let edit = |table: &str, name: &str, to: &str, new: &str| {
        table.replace(
            &format!("name = \"{name}\"\nslug = \"\"\npieces = 1\nto = \"tags\"\nas = \"{name}\""),
            &format!("name = \"{name}\"\nslug = \"\"\npieces = 1\nto = \"{to}\"\nas = \"{new}\""),
        )
    };
    let table = edit(&table, "Releases", "kind", "press-release");
    let table = edit(&table, "GLA", "organizations", "Great Lakes Alliance");
    let table = edit(&table, "Uncategorized", "", "");
    desk.write("imports/old/terms.toml", &table);
    let report = desk.import(&[given]);
    assert_eq!(report.n_of(Outcome::Updated), 1);
    let text = desk.text("content/2019/march.md");
    assert!(text.contains("kind = \"press-release\"\ntags = [\"News\"]\norganizations = [\"Great Lakes Alliance\"]"), "{text}");
}

#[test]
fn names_with_a_record_are_proposed_and_added_only_if_asked() {
    let desk = Desk::new();
    desk.write(
        "content/organizations/hwu.md",
        "+++\nname = \"Harbor Workers Union\"\naliases = [\"HWU\"]\n+++\n",
    );
    let given = Given {
        html: "<p>The HWU met the River Trust (RT).</p>".to_owned(),
        ..Given::default()
    };
    let report = desk.import(std::slice::from_ref(&given));
    let names: Vec<_> =
        report.proposals.keys().map(|own| (own.name.as_str(), own.has_record)).collect();
    assert_eq!(names, [("Harbor Workers Union", true), ("River Trust", false)]);
    assert!(!desk.text("content/2019/march.md").contains("organizations"));
    desk.import_with(&[given], |options| options.adds_names = true);
    assert!(
        desk.text("content/2019/march.md")
            .contains("organizations = [\"Harbor Workers Union\"]")
    );
}

#[test]
fn a_translation_names_its_original() {
    let desk = Desk::new();
    let mut spanish = Given { key: "2", slug: "marcha", ..Given::default() };
    spanish.facts.language = Some("es".to_owned());
    spanish.facts.translation_of = Some("1".to_owned());
    let mut french = Given { key: "3", slug: "marche", ..Given::default() };
    french.facts.language = Some("fr".to_owned());
    let report = desk.import(&[Given::default(), spanish, french]);
    assert!(
        desk.text("content/2019/marcha.es.md").contains("translation_of = \"march.md\"")
    );
    assert!(desk.text("content/2019/marche.md").contains("[extra]\nlanguage = \"fr\""));
    assert_eq!(report.n_notes[&piece::About::Question], 1);
    assert_eq!(report.build.as_ref().unwrap().1, 0, "{:?}", report.build);
}

#[test]
fn an_old_path_that_a_page_of_the_site_has_is_given_up() {
    let desk = Desk::new();
    let mut given = Given::default();
    given.facts.redirects =
        vec!["/2019/".to_owned(), "/old/march.php".to_owned(), "/?p=1".to_owned()];
    let report = desk.import(std::slice::from_ref(&given));
    assert_eq!(report.build.as_ref().unwrap().1, 0, "{:?}", report.build);
    let text = desk.text("content/2019/march.md");
    assert!(text.contains("redirects = [\"/old/march.php\", \"/march/\"]"), "{text}");
    let table = desk.text("imports/old/redirects.csv");
    assert!(table.contains("/?p=1,/2019/10/11/march/,301"), "{table}");
    let report = desk.import(&[given]);
    assert_eq!(report.n_of(Outcome::Unchanged), 1);
}

#[test]
fn restoring_never_costs_an_edit() {
    let desk = Desk::new();
    desk.import(&[Given::default()]);
    desk.write("content/2019/march.md", "+++\ntitle = \"Mine\"\n+++\n");
    let hidden = Given { held: Some("private"), ..Given::default() };
    for restores in [false, true] {
        let report = desk.import_with(std::slice::from_ref(&hidden), |options| {
            options.restores = restores;
        });
        assert_eq!(desk.files(), ["content/2019/march.md"]);
        assert_eq!(desk.text("content/2019/march.md"), "+++\ntitle = \"Mine\"\n+++\n");
        assert_eq!((report.n_held, report.n_losses()), (0, 1));
    }
}

#[test]
fn a_killed_run_is_taken_up_again() {
    let desk = Desk::new();
    let pieces = [
        Given::default(),
        Given { key: "2", slug: "other", ..Given::default() },
        Given { key: "3", slug: "third", ..Given::default() },
    ];
    desk.import(&pieces);
    let whole = desk.everything();
    // As if it had ended before the last mark: one file is missing, one is cut off.
    let register = desk.text("imports/old/register.tsv").replace("# done\n", "");
    desk.write("imports/old/register.tsv", &register);
    fs::remove_file(desk.path("content/2019/third.md")).unwrap();
    let other = desk.text("content/2019/other.md");
    desk.write("content/2019/other.md", other.get(..40).unwrap());
    let report = desk.import(&pieces);
    assert_eq!((report.n_of(Outcome::Written), report.n_of(Outcome::Updated)), (1, 1));
    for file in desk.files() {
        assert_eq!(desk.everything()[&file], whole[&file], "{file}");
    }
}

#[test]
fn a_piece_in_the_trash_leaves_the_public_folder() {
    let desk = Desk::new();
    desk.import(&[Given::default()]);
    let site = desk.path("config.toml");
    let mut faults = Diagnostics::new();
    let site = build::open(&site, &mut faults).unwrap();
    let options = Options { name: "old".to_owned(), ..Options::default() };
    let now = Moment::of(Date::parse("2026-01-01").unwrap(), &crate::date::Zone::utc());
    import(&mut Trash, site, (&options, now), &|_| (), &mut faults).unwrap();
    assert_eq!(desk.files(), ["held/2019/march.md"]);
    assert!(desk.text("held/2019/march.md").contains("draft = true"));
}

#[test]
fn a_piece_that_the_source_has_no_more_stays_and_is_named() {
    let desk = Desk::new();
    let other = Given { key: "2", slug: "other", ..Given::default() };
    let first = desk.import(&[Given::default(), other]);
    assert!(first.remarks.is_empty(), "{:?}", first.remarks);
    let report = desk.import(&[Given::default()]);
    assert_eq!(desk.files(), ["content/2019/march.md", "content/2019/other.md"]);
    assert!(report.remarks[0].ends_with("they stay: `content/2019/other.md`."));
}

/// A source whose only piece is in the trash.
struct Trash;

impl Source for Trash {
    fn system(&self) -> &'static str {
        "test"
    }

    fn survey(&mut self, _: &mut dyn FnMut(Outline)) -> Result<(), Refused> {
        Ok(())
    }

    fn read(&mut self, tell: &mut dyn FnMut(Item)) -> Result<(), Refused> {
        let origin = Origin { key: "1".to_owned(), ..Origin::default() };
        let reason = "is in the trash".to_owned();
        tell(Item::Skipped(Skipped { origin, title: String::new(), reason }));
        Ok(())
    }
}

#[test]
fn two_pieces_with_one_key_are_two_pieces() {
    let desk = Desk::new();
    let pieces = [
        Given::default(),
        Given { html: "<p>Another.</p>".to_owned(), ..Given::default() },
    ];
    let report = desk.import(&pieces);
    assert_eq!(report.n_of(Outcome::Written), 2);
    assert!(desk.text("content/2019/march.md").contains("They marched."));
    assert!(desk.text("content/2019/march-2.md").contains("Another."));
    assert_eq!(desk.import(&pieces).n_of(Outcome::Unchanged), 2);
}

#[test]
fn a_language_that_the_site_has_later_is_kept() {
    let desk = Desk::new();
    let mut french = Given::default();
    french.facts.language = Some("fr".to_owned());
    desk.import(std::slice::from_ref(&french));
    let config = desk.text("config.toml").replace("\"es\"]", "\"es\", \"fr\"]");
    desk.write("config.toml", &config);
    desk.import(&[french]);
    let text = desk.text("content/2019/march.md");
    assert!(text.contains("language = \"fr\"") && !text.contains("[extra]"), "{text}");
}

#[test]
fn files_of_hidden_pieces_and_of_other_hosts_stay_where_they_are() {
    let desk = Desk::new();
    let uploads = tempfile::tempdir().unwrap();
    for file in ["secret.jpg", "march.jpg"] {
        fs::write(uploads.path().join(file), b"picture").unwrap();
    }
    let shows = |host: &str, file: &str| {
        format!("<p><img src=\"https://{host}/uploads/{file}\" alt=\"A\"></p>")
    };
    let pieces = [
        Given { html: shows("other.example", "march.jpg"), ..Given::default() },
        Given {
            key: "2",
            slug: "secret",
            html: shows("old.example", "secret.jpg"),
            held: Some("private"),
            ..Given::default()
        },
    ];
    let media = Some(uploads.path().to_owned());
    desk.import_with(&pieces, |options| options.media = media);
    assert!(source::list(&desk.path("static")).is_empty());
    assert!(
        desk.text("content/2019/march.md")
            .contains("https://other.example/uploads/march.jpg")
    );
}

#[test]
fn pictures_of_an_earlier_run_stay_without_their_folder() {
    let desk = Desk::new();
    let uploads = tempfile::tempdir().unwrap();
    fs::write(uploads.path().join("march.jpg"), b"picture").unwrap();
    let html =
        "<p><img src=\"https://old.example/uploads/march.jpg\" alt=\"A\"></p>".to_owned();
    let given = [Given { html, ..Given::default() }];
    let media = Some(uploads.path().to_owned());
    desk.import_with(&given, |options| options.media = media);
    let report = desk.import(&given);
    assert_eq!(report.n_of(Outcome::Unchanged), 1);
}

#[test]
fn a_piece_that_is_dated_in_the_future_waits_for_its_day() {
    let desk = Desk::new();
    let report =
        desk.import(&[Given { date: Some("2030-05-01T09:00:00Z"), ..Given::default() }]);
    assert!(
        desk.text("content/2030/march.md").contains("embargo = 2030-05-01T09:00:00Z")
    );
    assert_eq!(report.build.as_ref().unwrap().1, 0, "{:?}", report.build);
}

#[test]
fn many_pieces_of_one_name_are_quickly_placed() {
    let mut places = Places::default();
    let desk = Desk::new();
    let mut faults = Diagnostics::new();
    let config =
        build::open(&desk.path("config.toml"), &mut faults).unwrap().config.unwrap();
    let register = Register::default();
    for n in 0..20_000 {
        let slug = "long-".repeat(80);
        let outline = Outline { key: n.to_string(), slug, ..Outline::default() };
        places.add(outline, &config, &register);
    }
    places.close(&config, &register);
    let files: BTreeSet<_> =
        (0..20_000).map(|n| places.at(n).unwrap().file.clone()).collect();
    assert_eq!(files.len(), 20_000);
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::new();
    let before = desk.everything();
    let report =
        desk.import_with(&[Given::default()], |options| options.is_dry_run = true);
    assert_eq!(report.n_of(Outcome::Written), 1);
    assert_eq!(desk.everything(), before);
}

#[test]
fn files_that_are_at_hand_keep_their_paths() {
    let desk = Desk::new();
    let uploads = tempfile::tempdir().unwrap();
    fs::create_dir_all(uploads.path().join("2019/10")).unwrap();
    fs::write(uploads.path().join("2019/10/march.jpg"), b"picture").unwrap();
    let html = "<p><img src=\"https://old.example/wp-content/uploads/2019/10/march-300x200.jpg\" alt=\"A\"> \
        <img src=\"https://old.example/wp-content/uploads/2019/10/lost.jpg\" alt=\"B\"></p>";
    let given = Given { html: html.to_owned(), ..Given::default() };
    let media = Some(uploads.path().to_owned());
    let report = desk.import_with(&[given], |options| options.media = media);
    assert_eq!(
        fs::read(desk.path("static/wp-content/uploads/2019/10/march.jpg")).unwrap(),
        b"picture"
    );
    let text = desk.text("content/2019/march.md");
    assert!(text.contains("![A](/wp-content/uploads/2019/10/march.jpg)"), "{text}");
    assert_eq!(report.links[&(true, State::Remote)], 1);
    assert_eq!(report.links[&(true, State::Copied)], 1);
    assert_eq!(report.build.as_ref().unwrap().1, 0, "{:?}", report.build);
}

#[test]
fn files_in_a_zip_file_are_at_hand() {
    let desk = Desk::new();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (file, bytes) in
        [("uploads/2019/march.jpg", &b"picture"[..]), ("../evil.jpg", b"x")]
    {
        archive.start_file(file, options).unwrap();
        std::io::Write::write_all(&mut archive, bytes).unwrap();
    }
    let file = desk.path("uploads.zip");
    fs::write(&file, archive.finish().unwrap().into_inner()).unwrap();
    let html = "<p><img src=\"https://old.example/uploads/2019/march.jpg\" alt=\"A\"> \
        <img src=\"https://old.example/evil.jpg\" alt=\"B\"></p>";
    let given = Given { html: html.to_owned(), ..Given::default() };
    let report = desk.import_with(&[given], |options| options.media = Some(file));
    assert_eq!(source::list(&desk.path("static")), ["uploads/2019/march.jpg"]);
    assert_eq!(report.links[&(true, State::Remote)], 1);
}

#[test]
fn text_that_is_not_accounted_for_is_a_loss() {
    let desk = Desk::new();
    let given =
        Given { html: "<p>a</p><script>words</script>".to_owned(), ..Given::default() };
    let report = desk.import(&[given]);
    assert!(!report.balances());
    assert_eq!(report.n_losses(), 1);
}

#[test]
fn the_report_is_json_and_a_page() {
    let desk = Desk::new();
    desk.import(&[Given::default()]);
    let json = json::parse(&desk.text("imports/old/report.json")).unwrap();
    assert_eq!(json["items"][0]["path"], "content/2019/march.md");
    assert_eq!(json["items"][0]["account"]["missing"], 0);
    assert_eq!(json["items"][1]["outcome"], "skipped");
    assert_eq!(json["balances"], true);
    assert!(desk.text("imports/old/report.html").contains("The account balances"));
}
