//! A small archive that has some of everything, and all that can be done to it.
//!
//! A [`Desk`] changes its archive by [`EDITS`] and builds it twice after each:
//! with its cache, and as a copy that has none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::site::{Ran, Site, TODAY, tree};

/// The settings' tables, each with its keys and their values in TOML.
type Settings = BTreeMap<&'static str, BTreeMap<&'static str, &'static str>>;

/// An archive that is edited and built.
pub(crate) struct Desk {
    /// Its folder.
    pub(crate) site: Site,
    /// Its settings.
    settings: Settings,
    /// The day of its builds.
    date: &'static str,
    /// How many new words were made up.
    n: usize,
    /// The site without a cache as of the last build that was good.
    fresh: Files,
    /// What the last build said.
    pub(crate) said: String,
}

/// Files with their bytes.
type Files = BTreeMap<String, Vec<u8>>;

/// An archive at one time.
pub(crate) struct Snapshot {
    /// Its files.
    files: Files,
    /// Its settings.
    settings: Settings,
    /// The day of its builds.
    date: &'static str,
}

/// How a build ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// In a site.
    Built,
    /// In errors.
    Failed,
}

/// Something that can be done to an archive. The numbers choose what it is done
/// to, and how.
pub(crate) type Edit = (&'static str, fn(&mut Desk, usize, usize));

/// Everything that can be done to an archive.
pub(crate) const EDITS: &[Edit] = &[
    ("body", body),
    ("title", title),
    ("date", date),
    ("add", add),
    ("delete", delete),
    ("rename", rename),
    ("move", move_to_folder),
    ("tags", tags),
    ("organizations", organizations),
    ("byline", byline),
    ("state", state),
    ("fact", fact),
    ("redirect", redirect),
    ("image", image),
    ("translation", translation),
    ("heading", heading),
    ("swap", swap),
    ("record's name", record_name),
    ("record's file", record_file),
    ("record's place", record_place),
    ("record's fact", record_fact),
    ("record", record),
    ("page", page),
    ("page's text", page_text),
    ("template", template),
    ("words", words),
    ("static", static_file),
    ("asset", asset),
    ("settings", settings),
    ("settings again", settings),
    ("output", output),
    ("day", day),
    ("touch", touch),
    ("clock", clock),
    ("cache", cache),
    ("preview", preview),
    ("register", register),
    ("litter", litter),
];

/// The values that each setting can have besides its default.
pub(crate) const KEYS: &[(&str, &str, &[&str])] = &[
    ("", "description", &["\"What it is.\"", "\"What it was.\""]),
    ("", "title", &["\"Archive\"", "\"Archive & Sons\""]),
    ("pagination", "per_page", &["1", "2", "3", "50"]),
    ("", "relative_links", &["true"]),
    ("feeds", "terms_full_text", &["false", "true"]),
    ("taxonomies.tags", "pages", &["\"none\"", "\"recorded\""]),
    ("outputs", "dates", &["false"]),
    ("outputs", "corrections", &["false"]),
    ("outputs", "not_found", &["false"]),
    ("outputs", "redirects", &["false"]),
    ("outputs", "redirects_file", &["true"]),
    ("outputs", "sitemap", &["false"]),
    ("outputs", "robots", &["false"]),
    ("outputs", "highlight", &["false"]),
    ("outputs", "theme_files", &["false"]),
    ("", "rights", &["\"https://creativecommons.org/licenses/by/4.0/\""]),
    ("", "html", &["\"trusted\""]),
    ("", "permalink", &["\"/{year}/{slug}/\"", "\"/{kind}/{slug}.html\""]),
    ("", "search", &["\"off\"", "\"pagefind\""]),
    ("", "languages", &["[\"en\"]", "[\"es\", \"en\"]", "[\"en\", \"es\"]"]),
    ("", "time_zone", &["\"America/New_York\""]),
    ("publisher", "name", &["\"The Press\""]),
    ("feeds", "site", &["false"]),
    ("feeds", "terms", &["false"]),
    ("feeds", "entries", &["1", "2"]),
    ("taxonomies.tags", "closed", &["true"]),
    ("taxonomies.tags", "title", &["\"Subjects\""]),
    ("taxonomies.people", "pages", &["\"all\"", "\"none\""]),
    ("taxonomies.organizations", "pages", &["\"none\"", "\"recorded\""]),
    ("taxonomies.bylines", "pages", &["\"none\""]),
    ("taxonomies.topics", "title", &["\"Topics\""]),
    ("theme", "table_of_contents", &["0", "1"]),
    ("extra", "colour", &["\"red\"", "[1, 2.5, { a = \"b\" }]"]),
    ("translations.es", "title", &["\"Archivo\""]),
];

/// The files of the archive as it begins, but for its settings.
const ARCHIVE: &[(&str, &str)] = &[
    (
        "content/2018/march.md",
        "+++\ntitle = \"March\"\ndate = 2018-05-01\ntags = [\"Marches\", \"Labor\"]\norganizations = [\"Alpha Group\"]\nbyline = [\"Ana Reyes\", \"Beta\"]\n+++\n\nThe march began at nine.\n\n## At the bridge\n\nIt was [heard of](../2019/bridge/index.md#what-they-carried) later, and [twice](twin.md).\n",
    ),
    (
        "content/2018/twin.md",
        "+++\ntitle = \"Twin of 2018\"\ndate = 2018-05-01\n+++\n\nA first twin.\n",
    ),
    (
        "content/2019/twin.md",
        "+++\ntitle = \"Twin of 2019\"\ndate = 2019-05-06\ntags = [\"marches\"]\n+++\n\nA second twin, after [the first](../2018/twin.md).\n",
    ),
    (
        "content/2019/bridge/index.md",
        "+++\ntitle = \"Bridge\"\ndate = 2019-05-06\ntags = [\"Marches\"]\nplaces = [\"Atlanta\"]\nimage = { src = \"photo.jpg\", alt = \"A bridge\", caption = \"At noon\" }\n+++\n\nWords of the bridge.\n\n## What they carried\n\n![Banner](photo.jpg)\n\n## What they said\n\n> [!NOTE]\n> Words.[^1]\n\n[^1]: A note.\n\n## What they left\n\nNothing.\n",
    ),
    ("content/2019/bridge/photo.jpg", "a photo of a bridge"),
    (
        "content/2019/rally.md",
        "+++\ntitle = \"Rally\"\ndate = 2019-10-11\nupdated = 2019-12-24\ntags = [\"Labor\"]\norganizations = [\"AG\", \"Gamma\"]\nkind = \"news\"\nredirects = [\"/old/rally/\"]\ncorrections = [{ date = 2020-01-02, kind = \"update\", text = \"A later word.\" }]\nprovenance = { scan = \"p. 3\", box = 7, weight = 2.5, on = 2019-10-11, more = [1, \"two\"] }\nextra = { z = 1.0, a = [true, { b = \"c\" }] }\n+++\n\nA rally with [its twin](twin.md).\n\n[1](/2018/march.md#at-the-bridge) [2](../pages/about.md#who-we-are) [3](../organizations/alpha.md#history) [4](/tags/marches/) [5](https://example.org/about/) [6](https://example.org/2018/05/01/march/#at-the-bridge) [7](https://example.org/not-yet/) [8](https://example.net/) [9](bridge/photo.jpg) [10](#what-for)\n\n## What for\n\n```rust\nfn main() {}\n```\n",
    ),
    (
        "content/2019/rally.es.md",
        "+++\ntitle = \"Mitin\"\n+++\n\nUn mitin \"grande\" con [la marcha](/2018/march.md#at-the-bridge).\n",
    ),
    ("content/2019/vague.md", "+++\ntitle = \"Vague\"\ndate = \"1973\"\n+++\n\nWhen?\n"),
    (
        "content/undated.md",
        "+++\ntitle = \"Undated\"\norganizations = [\"Beta\"]\n+++\n\nNo day.\n",
    ),
    (
        "content/2020/held.md",
        "+++\ntitle = \"Held\"\ndate = 2026-01-30\nembargo = 2026-02-10\ntags = [\"Labor\"]\n+++\n\nSoon.\n",
    ),
    (
        "content/2020/short.md",
        "+++\ntitle = \"Short\"\ndate = 2020-03-04\nsummary = \"In short.\"\ntags = [\"Labor\"]\nstatus = { state = \"restricted\", date = 2020-05-05 }\n+++\n\n## Hidden\n\nLong.\n",
    ),
    (
        "content/2020/html.md",
        "+++\ntitle = \"Markup\"\ndate = 2020-03-04\n+++\n\nWords with <b onclick=\"x()\">markup</b> and <a href=\"short.md\">a link</a>.\n",
    ),
    (
        "content/pages/index.md",
        "+++\n+++\n\nWelcome to [the march](../2018/march.md).\n\n## Begin\n\nHere.\n",
    ),
    (
        "content/pages/about.md",
        "+++\ntitle = \"About\"\n+++\n\n## Who we are\n\n<p>A <em>few</em> <a href=\"../2019/rally.md#what-for\">people</a>.</p>\n",
    ),
    (
        "content/pages/about.es.md",
        "+++\ntitle = \"Acerca\"\n+++\n\n## Quienes somos\n\nPocas.\n",
    ),
    ("content/pages/team/list.md", "+++\ntitle = \"Team\"\n+++\n\n[Up](../about.md)\n"),
    (
        "content/organizations/alpha.md",
        "+++\nname = \"Alpha Group\"\naliases = [\"AG\"]\nfounded = \"1999\"\n+++\n\n## History\n\nOld, as [the march](../2018/march.md) tells.\n",
    ),
    (
        "content/organizations/alpha.es.md",
        "+++\nname = \"Grupo Alfa\"\n+++\n\n## Historia\n\nViejo.\n",
    ),
    (
        "content/organizations/beta.md",
        "+++\nname = \"Beta\"\npart_of = \"Alpha Group\"\nsort_name = \"Zeta\"\n+++\n",
    ),
    ("content/organizations/gamma.md", "+++\nname = \"Gamma\"\n+++\n\nGamma rays.\n"),
    (
        "content/people/ana.md",
        "+++\nname = \"Ana Reyes\"\ngiven = \"Ana\"\nfamily = \"Reyes\"\n+++\n\nA reporter.\n",
    ),
    ("content/people/bob.md", "+++\nname = \"Bob\"\nvisibility = \"private\"\n+++\n"),
    (
        "content/places/atlanta.md",
        "+++\nname = \"Atlanta\"\nlatitude = 33.749\nlongitude = -84.388\n+++\n",
    ),
    (
        "content/tags/marches.md",
        "+++\nname = \"Marches\"\n+++\n\nFeet. See [the rally](/2019/rally.md).\n",
    ),
    ("static/notes.txt", "some notes"),
    ("static/.well-known/security.txt", "Contact: x"),
    (
        "templates/parts/footer.html",
        "<footer>{{ site.title }} <a href=\"{{ asset(path=\"/notes.txt\") }}\">Notes</a></footer>\n",
    ),
];

impl Desk {
    /// The archive as it begins, built once.
    pub(crate) fn new() -> Self {
        let site = ARCHIVE
            .iter()
            .fold(Site::quick(), |site, (path, text)| site.file(path, text));
        let mut desk = Self {
            site,
            settings: Settings::new(),
            date: TODAY,
            n: 0,
            fresh: Files::new(),
            said: String::new(),
        };
        desk.configure("", "title", Some("\"Test Archive\""));
        desk.configure("", "base_url", Some("\"https://example.org\""));
        desk.configure("", "languages", Some("[\"en\", \"es\"]"));
        desk.configure("pagination", "per_page", Some("3"));
        desk.configure("feeds", "terms_full_text", Some("true"));
        desk.configure("feeds", "entries", Some("6"));
        desk
    }

    /// Builds the archive and a copy without a cache; the error says in what
    /// the two differ.
    pub(crate) fn check(&mut self) -> Result<End, String> {
        let before = tree(&self.site.path("public"));
        let ran = self.build(&self.site);
        self.said.clone_from(&ran.stderr);
        let copy = Site::quick();
        for (path, bytes) in self.sources() {
            copy.write(&path, &bytes);
        }
        let fresh = self.build(&copy);
        if ran.code != fresh.code || said(&ran) != said(&fresh) {
            return Err(format!(
                "with its cache the build ends with {:?} and says:\n{}\nwithout with {:?} and:\n{}",
                ran.code, ran.stderr, fresh.code, fresh.stderr
            ));
        }
        let (end, expected) = match ran.code {
            Some(0) => (End::Built, tree(&fresh.public)),
            Some(1) => (End::Failed, before),
            code => return Err(format!("the build ends with {code:?}: {}", ran.stderr)),
        };
        let found = tree(&ran.public);
        if found != expected {
            return Err(differences(&found, &expected));
        }
        if end == End::Built {
            self.fresh = expected;
        }
        Ok(end)
    }

    /// The site as of the last build that was good.
    pub(crate) fn built(&self) -> &Files {
        &self.fresh
    }

    /// Builds the archive, and looks at nothing.
    pub(crate) fn build_only(&self) {
        self.build(&self.site).done();
    }

    /// The archive as it is.
    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot {
            files: self.sources(),
            settings: self.settings.clone(),
            date: self.date,
        }
    }

    /// Brings back the archive as it was. Files that are as they were are not
    /// written.
    pub(crate) fn restore(&mut self, snapshot: &Snapshot) {
        let now = self.sources();
        for path in now.keys().filter(|path| !snapshot.files.contains_key(*path)) {
            self.site.remove(path);
        }
        for (path, bytes) in &snapshot.files {
            if now.get(path) != Some(bytes) {
                self.site.write(path, bytes);
            }
        }
        self.settings.clone_from(&snapshot.settings);
        self.date = snapshot.date;
    }

    /// Builds a site as of this desk's day.
    fn build(&self, site: &Site) -> Ran {
        site.run(&["build", "--date", self.date])
    }

    /// The files that the site is made from.
    pub(crate) fn sources(&self) -> Files {
        let is_made = |path: &str| {
            ["public/", "other/", ".pressmark/"].iter().any(|made| path.starts_with(made))
        };
        let all = tree(&self.site.path(""));
        all.into_iter().filter(|(path, _)| !is_made(path)).collect()
    }

    /// The Markdown files in a folder of `content/`, or else the articles.
    fn files(&self, folders: &[&str]) -> Vec<String> {
        let all = ["pages", "organizations", "people", "places", "tags"];
        let is_in = |path: &str, folders: &[&str]| {
            let mut starts = folders.iter().map(|folder| format!("content/{folder}/"));
            starts.any(|start| path.starts_with(&start))
        };
        let paths = self.sources().into_keys();
        let paths =
            paths.filter(|path| path.starts_with("content/") && path.ends_with(".md"));
        let is_wanted = |path: &String| {
            if folders.is_empty() { !is_in(path, &all) } else { is_in(path, folders) }
        };
        paths.filter(is_wanted).collect()
    }

    /// One of the articles.
    fn article(&self, which: usize) -> String {
        pick(&self.files(&[]), which)
    }

    /// One of the records.
    fn record(&self, which: usize) -> String {
        pick(&self.files(&["organizations", "people", "tags"]), which)
    }

    /// A number that was not used before.
    fn next(&mut self) -> usize {
        self.n += 1;
        self.n
    }

    /// The text of a file; empty if there is none.
    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.site.path(path)).unwrap_or_default()
    }

    /// Writes a file.
    fn put(&self, path: &str, text: &str) {
        self.site.write(path, text.as_bytes());
    }

    /// Adds to the end of a file.
    fn append(&self, path: &str, text: &str) {
        self.put(path, &format!("{}{text}", self.text(path)));
    }

    /// Writes a file that is not there, or removes it.
    fn toggle(&self, path: &str, text: &str) {
        if self.site.path(path).exists() {
            self.site.remove(path);
        } else {
            self.put(path, text);
        }
    }

    /// Moves a file to where none is, so that it stays the same on the disk.
    fn rename(&self, from: &str, to: &str) {
        let (from, to) = (self.site.path(from), self.site.path(to));
        if from.exists() && !to.exists() {
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::rename(from, to).unwrap();
        }
    }

    /// Sets a key of front matter, or takes it out.
    fn set(&self, path: &str, key: &str, value: Option<&str>) {
        let text = self.text(path);
        let Some((front, body)) =
            text.strip_prefix("+++\n").and_then(|rest| rest.split_once("+++\n"))
        else {
            return;
        };
        let start = format!("{key} = ");
        let lines = front.lines().filter(|line| !line.starts_with(&start));
        let mut front: String = lines.map(|line| format!("{line}\n")).collect();
        front.extend(value.map(|value| format!("{key} = {value}\n")));
        self.put(path, &format!("+++\n{front}+++\n{body}"));
    }

    /// Sets a key of the settings, or takes it out.
    pub(crate) fn configure(
        &mut self,
        table: &'static str,
        key: &'static str,
        value: Option<&'static str>,
    ) {
        let keys = self.settings.entry(table).or_default();
        match value {
            Some(value) => drop(keys.insert(key, value)),
            None => drop(keys.remove(key)),
        }
        let mut text = String::new();
        for (table, keys) in &self.settings {
            if !table.is_empty() && !keys.is_empty() {
                text += &format!("\n[{table}]\n");
            }
            text.extend(keys.iter().map(|(key, value)| format!("{key} = {value}\n")));
        }
        self.put("config.toml", &text);
    }
}

/// What a build said, without what depends on what the output was before.
fn said(ran: &Ran) -> String {
    let lines = ran.stderr.lines().filter(|line| !line.starts_with("files: "));
    let lines = lines.map(|line| match line.split_once("; ") {
        Some((tally, "public is as it was" | "nothing was written")) => tally,
        _ => line,
    });
    lines.map(|line| format!("{line}\n")).collect()
}

/// In what two outputs differ.
fn differences(found: &Files, expected: &Files) -> String {
    let paths: BTreeSet<_> = found.keys().chain(expected.keys()).collect();
    let differ = paths.into_iter().filter(|path| found.get(*path) != expected.get(*path));
    let shown = differ.map(|path| match (found.get(path), expected.get(path)) {
        (Some(_), None) => format!("{path} should not be there\n"),
        (None, _) => format!("{path} is missing\n"),
        (Some(found), Some(expected)) => {
            let (found, expected) =
                (String::from_utf8_lossy(found), String::from_utf8_lossy(expected));
            let mut lines = found.lines().zip(expected.lines());
            let line = lines.find(|(found, expected)| found != expected);
            format!("{path} differs: (found, expected) is {line:?}\n")
        }
    });
    shown.collect()
}

/// One of several; nothing can be done with a file that has no name.
fn pick(of: &[String], which: usize) -> String {
    of.get(which % of.len().max(1)).cloned().unwrap_or_default()
}

/// One of several values.
fn one<T: Copy>(of: &[T], which: usize) -> T {
    of[which % of.len()]
}

/// Changes a body: more words, others of the same length, code, a link.
fn body(desk: &mut Desk, a: usize, b: usize) {
    let (path, n) = (desk.article(a), desk.next());
    let other = desk.article(a + b);
    let other = other.strip_prefix("content").unwrap_or_default();
    match b % 5 {
        0 => desk.append(&path, &format!("\nMore words {n}.\n")),
        1 => {
            let text = desk.text(&path);
            let (head, body) = text.rsplit_once("+++\n").unwrap_or_default();
            let body = body.replace("ord", "arm").replace("twin", "line");
            desk.put(&path, &format!("{head}+++\n{body}"));
        }
        2 => desk.append(&path, &format!("\n```python\nprint({n})\n```\n")),
        3 => desk.append(&path, &format!("\n[Other]({other})\n")),
        _ => desk.append(&path, &format!("\n<p id=\"p{n}\">Raw <i>words</i>.</p>\n")),
    }
}

/// Changes a title.
fn title(desk: &mut Desk, a: usize, b: usize) {
    let title = format!("\"Title {} {}\"", one(&["", "<b>", "& \u{e9}"], b), desk.next());
    desk.set(&desk.article(a), "title", Some(&title));
}

/// Changes a date.
fn date(desk: &mut Desk, a: usize, b: usize) {
    let dates = [
        Some("2019-05-06"),
        Some("2018-05-01"),
        Some("\"2019\""),
        None,
        Some("2019-10-11T09:30:00"),
        Some("\"2019-05?\""),
        Some("2026-02-05"),
    ];
    desk.set(&desk.article(a), "date", one(&dates, b));
}

/// Adds an article, on the day of others.
fn add(desk: &mut Desk, a: usize, b: usize) {
    let n = desk.next();
    let folder = one(&["2018", "2019", "2020/deep"], a);
    let date = one(&["2018-05-01", "2019-05-06", "2020-03-04", "\"1973\""], b);
    let text = format!(
        "+++\ntitle = \"New {n}\"\ndate = {date}\ntags = [\"Labor\", \"New {b}\"]\n+++\n\nNew words {n}, as of [old](/2018/march.md).\n\n## New heading\n"
    );
    desk.put(&format!("content/{folder}/new-{n}.md"), &text);
}

/// Deletes an article.
fn delete(desk: &mut Desk, a: usize, _: usize) {
    drop(fs::remove_file(desk.site.path(&desk.article(a))));
}

/// Renames the file of an article, which keeps its slug.
fn rename(desk: &mut Desk, a: usize, b: usize) {
    let (path, n) = (desk.article(a), desk.next());
    let (folder, name) = path.rsplit_once('/').unwrap_or_default();
    let (stem, end) = name.split_once('.').unwrap_or_default();
    if stem != "index" && !desk.text(&path).contains("\nslug = ") {
        desk.set(&path, "slug", Some(&format!("\"{stem}\"")));
    }
    let to = format!("{folder}/renamed-{n}.{end}");
    desk.rename(&path, &to);
    if b.is_multiple_of(2) {
        let to = to.rsplit('/').next().unwrap_or_default();
        for file in desk.files(&["2018", "2019", "2020", "pages", "organizations"]) {
            let text = desk.text(&file);
            let renamed = text.replace(&format!("{name})"), &format!("{to})"));
            let renamed = renamed.replace(&format!("{name}#"), &format!("{to}#"));
            if renamed != text {
                desk.put(&file, &renamed);
            }
        }
    }
}

/// Moves an article to another folder, so that its links lead elsewhere.
fn move_to_folder(desk: &mut Desk, a: usize, b: usize) {
    let path = desk.article(a);
    let name = path.rsplit('/').next().unwrap_or_default();
    let folder = one(&["2018/", "2019/", "2020/deep/", ""], b);
    desk.rename(&path, &format!("content/{folder}{name}"));
}

/// Changes the tags of an article.
fn tags(desk: &mut Desk, a: usize, b: usize) {
    let tags = [
        Some("[\"Marches\"]"),
        Some("[\"labor\", \"LABOR\"]"),
        None,
        Some("[\"Quite & new\"]"),
        Some("[]"),
    ];
    desk.set(&desk.article(a), "tags", one(&tags, b));
}

/// Changes the organizations of an article.
fn organizations(desk: &mut Desk, a: usize, b: usize) {
    let names = [
        Some("[\"Beta\", \"Gamma\"]"),
        Some("[\"ag\"]"),
        None,
        Some("[\"Delta\"]"),
        Some("[\"Grupo Alfa\", \"delta\"]"),
    ];
    desk.set(&desk.article(a), "organizations", one(&names, b));
}

/// Changes who wrote an article.
fn byline(desk: &mut Desk, a: usize, b: usize) {
    let names = [
        Some("[\"Ana Reyes\"]"),
        Some("[\"Bob\", \"Carla\"]"),
        None,
        Some("[\"AG\"]"),
        Some("[\"CARLA\"]"),
    ];
    desk.set(&desk.article(a), "byline", one(&names, b));
}

/// Holds an article back, or takes it down, or brings it back.
fn state(desk: &mut Desk, a: usize, b: usize) {
    let path = desk.article(a);
    let states = [
        ("draft", "true"),
        ("status", "{ state = \"noindex\" }"),
        ("status", "{ state = \"restricted\", date = 2021-01-01 }"),
        ("status", "{ state = \"withdrawn\", reason = \"It was wrong.\" }"),
        ("embargo", "2026-02-10"),
        ("embargo", "2025-02-10"),
        ("", ""),
    ];
    let (key, value) = one(&states, b);
    for other in ["draft", "status", "embargo"] {
        desk.set(&path, other, (other == key).then_some(value));
    }
}

/// Changes what else an article says.
fn fact(desk: &mut Desk, a: usize, b: usize) {
    let facts = [
        ("kicker", "\"Over it\""),
        ("deck", "\"Under it\""),
        ("summary", "\"In short, this.\""),
        ("kind", "\"letter\""),
        ("credit", "\"Thanks.\""),
        ("rights", "\"All of them.\""),
        ("provenance", "{ box = 8, deep = { a = 1.5, b = [\"c\"] } }"),
        ("extra", "{ colour = \"blue\", size = -0.0 }"),
        ("corrections", "[{ date = 2021-02-03, kind = \"retraction\", text = \"No.\" }]"),
        ("updated", "2021-02-03"),
        ("dateline_place", "\"Atlanta\""),
        ("content_notes", "[\"Noise\"]"),
        ("original_url", "\"https://example.com/x\""),
    ];
    let (key, value) = one(&facts, b);
    let path = desk.article(a);
    let is_set = desk.text(&path).contains(&format!("{key} = {value}\n"));
    desk.set(&path, key, (!is_set).then_some(value));
}

/// Changes the addresses of old of an article.
fn redirect(desk: &mut Desk, a: usize, b: usize) {
    let redirects = [
        Some("[\"/old/place/\"]"),
        Some("[\"/not-yet/\", \"/old.html\"]"),
        None,
        Some("[\"/about/\"]"),
    ];
    desk.set(&desk.article(a), "redirects", one(&redirects, b));
}

/// Changes the lead image of an article.
fn image(desk: &mut Desk, a: usize, b: usize) {
    let images = [
        Some("{ src = \"/2019/bridge/photo.jpg\", alt = \"x\" }"),
        Some("{ src = \"photo.jpg\", alt = \"y\", credit = \"Z\" }"),
        None,
        Some("{ src = \"https://example.com/x.jpg\", alt = \"z\" }"),
    ];
    desk.set(&desk.article(a), "image", one(&images, b));
}

/// Adds a translation of an article, a page or a record, or removes it.
fn translation(desk: &mut Desk, a: usize, b: usize) {
    let folders: [&[&str]; 3] = [&[], &["pages"], &["organizations", "tags", "people"]];
    let n = desk.next();
    let path = pick(&desk.files(one(&folders, b)), a);
    let stem = path.split('.').next().unwrap_or_default();
    let key = if b % 3 == 2 { "name" } else { "title" };
    let text =
        format!("+++\n{key} = \"Nuevo {n}\"\n+++\n\nPalabras {n}.\n\n## At the bridge\n");
    desk.toggle(&format!("{stem}.es.md"), &text);
}

/// Adds a heading and a link to it, or renames or removes a heading.
fn heading(desk: &mut Desk, a: usize, b: usize) {
    let (path, n) = (desk.article(a), desk.next());
    let from = desk.article(a + 1 + b);
    match b % 4 {
        0 | 1 => {
            let to = path.strip_prefix("content").unwrap_or_default();
            desk.append(&path, &format!("\n## Heading {n}\n\nIts text.\n"));
            desk.append(&from, &format!("\nSee [there]({to}#heading-{n}).\n"));
        }
        2 => desk.put(&path, &desk.text(&path).replace("## ", "## Then ")),
        _ => desk.put(&path, &desk.text(&path).replacen("## ", "", 1)),
    }
}

/// Lets the files of two articles change places.
fn swap(desk: &mut Desk, a: usize, b: usize) {
    let (one, other) = (desk.article(a), desk.article(a + b));
    desk.rename(&one, "content/swapped");
    desk.rename(&other, &one);
    desk.rename("content/swapped", &other);
    // Both are the same file.
    desk.rename("content/swapped", &one);
}

/// Changes the names of a record.
fn record_name(desk: &mut Desk, a: usize, b: usize) {
    let (path, n) = (desk.record(a), desk.next());
    let name = format!("\"Name {n}\"");
    let old = desk.text(&path);
    let old = old.lines().find_map(|line| line.strip_prefix("name = "));
    let old = old.map(|name| format!("[{name}, \"N{n}\"]"));
    match b % 4 {
        0 => desk.set(&path, "name", Some(&name)),
        1 => {
            desk.set(&path, "aliases", old.as_deref());
            desk.set(&path, "name", Some(&name));
        }
        2 => desk.set(&path, "aliases", Some("[\"Delta\", \"Labor\"]")),
        _ => desk.set(&path, "aliases", None),
    }
}

/// Renames the file of a record, so that its page has another address.
fn record_file(desk: &mut Desk, a: usize, _: usize) {
    let (path, n) = (desk.record(a), desk.next());
    let folder = path.rsplit_once('/').unwrap_or_default().0;
    desk.rename(&path, &format!("{folder}/record-{n}.md"));
}

/// Changes what a record is a part of.
fn record_place(desk: &mut Desk, a: usize, b: usize) {
    let wholes = [Some("\"Gamma\""), None, Some("\"Alpha Group\""), Some("\"Beta\"")];
    let path = pick(&desk.files(&["organizations"]), a);
    desk.set(&path, "part_of", one(&wholes, b));
}

/// Changes what else a record says.
fn record_fact(desk: &mut Desk, a: usize, b: usize) {
    let facts = [
        ("sort_name", "\"Aardvark\""),
        ("summary", "\"In a word.\""),
        ("website", "\"https://example.com/\""),
        ("kind", "\"union\""),
        ("former_names", "[{ name = \"Old Name\", until = \"1990\" }]"),
        ("redirects", "[\"/old/record/\"]"),
        ("same_as", "[\"https://example.com/same\"]"),
        ("visibility", "\"private\""),
    ];
    let (key, value) = one(&facts, b);
    let folder = if key == "visibility" { "people" } else { "organizations" };
    let path = pick(&desk.files(&[folder]), a);
    let is_set = desk.text(&path).contains(&format!("{key} = {value}\n"));
    desk.set(&path, key, (!is_set).then_some(value));
}

/// Adds a record, removes one, or adds to its text.
fn record(desk: &mut Desk, a: usize, b: usize) {
    let n = desk.next();
    match b % 4 {
        0 => {
            desk.toggle("content/tags/labor.md", "+++\nname = \"Labor\"\n+++\n\nWork.\n");
        }
        1 => desk.toggle(
            "content/people/carla.md",
            "+++\nname = \"Carla\"\n+++\n\nHerself.\n",
        ),
        2 => desk.append(&desk.record(a), &format!("\nMore of it {n}.\n\n## More\n")),
        _ => drop(fs::remove_file(desk.site.path(&desk.record(a)))),
    }
}

/// Adds a page or removes it.
fn page(desk: &mut Desk, a: usize, b: usize) {
    let pages = [
        "content/pages/not-yet.md",
        "content/pages/corrections.md",
        "content/pages/index.es.md",
        "content/pages/index.md",
        "content/pages/team/more.md",
    ];
    let text = format!(
        "+++\ntitle = \"Page {b}\"\n+++\n\nA page of [old](/2018/march.md).\n\n## Page heading\n"
    );
    desk.toggle(one(&pages, a), &text);
}

/// Changes a page.
fn page_text(desk: &mut Desk, a: usize, b: usize) {
    let (path, n) = (pick(&desk.files(&["pages"]), a), desk.next());
    match b % 4 {
        0 => desk.append(&path, &format!("\nMore of the page {n}.\n")),
        1 => desk.set(&path, "title", Some(&format!("\"Page {n}\""))),
        2 => desk.append(&path, "\n[A](../2018/twin.md) [B](/2019/twin.md)\n"),
        _ => desk.set(&path, "draft", Some("true")),
    }
}

/// Adds a template of the site's own, changes it, or removes it.
fn template(desk: &mut Desk, a: usize, b: usize) {
    let templates = [
        ("parts/footer.html", "<footer>Words N.</footer>\n"),
        (
            "article.html",
            "{% extends \"base.html\" %}{% block main %}N {{ article.body | safe }}{% if article.older %}{{ article.older.title }}{% endif %}{% endblock main %}\n",
        ),
        ("withdrawn.html", "Gone N.\n"),
        ("unused.html", "Nobody uses N.\n"),
        ("list.html", "{{ no_such_name }} N\n"),
        (
            "parts/footer.html",
            "{% if site.has_style %}{{ asset(path=\"/style.css\") }}{% endif %} N\n",
        ),
    ];
    let (name, text) = one(&templates, a);
    let path = format!("templates/{name}");
    if b % 3 == 2 {
        drop(fs::remove_file(desk.site.path(&path)));
    } else {
        let n = desk.next().to_string();
        desk.put(&path, &text.replace('N', &n));
    }
}

/// Changes the words of a language.
fn words(desk: &mut Desk, a: usize, b: usize) {
    let path = one(&["templates/languages/en.ftl", "templates/languages/es.ftl"], a);
    if b % 3 == 2 {
        drop(fs::remove_file(desk.site.path(path)));
    } else {
        let n = desk.next();
        desk.put(
            path,
            &format!("older = Older {n}\nfootnotes = Notes {n}\nkind-news = News {n}\n"),
        );
    }
}

/// Adds a static file, also in the place of one of the theme, changes it, or
/// removes it.
fn static_file(desk: &mut Desk, a: usize, b: usize) {
    let path = one(
        &["static/style.css", "static/notes.txt", "static/highlight.css", "static/a/b.x"],
        a,
    );
    if b % 3 == 2 {
        drop(fs::remove_file(desk.site.path(path)));
    } else {
        let n = desk.next();
        desk.put(path, &format!("static words {n}\n"));
    }
}

/// Changes the bytes of the image beside an article, or adds another file.
fn asset(desk: &mut Desk, _: usize, b: usize) {
    let (path, n) = ("content/2019/bridge/photo.jpg", desk.next());
    match b % 4 {
        0 => desk.put(path, &format!("b photo of a {n:06}")),
        1 => desk.put(path, &format!("another photo {n}")),
        2 => desk.toggle("content/2019/bridge/deep/more.txt", "more"),
        _ => desk.rename(path, "content/2019/bridge/picture.jpg"),
    }
}

/// Changes a setting.
fn settings(desk: &mut Desk, a: usize, b: usize) {
    let (table, key, values) = KEYS[a % KEYS.len()];
    let is_needed = table.is_empty() && key == "title";
    let value = values.get(b % (values.len() + 1)).copied();
    desk.configure(table, key, value.or(is_needed.then_some("\"T\"")));
}

/// Spoils a file of the output.
fn output(desk: &mut Desk, a: usize, b: usize) {
    let mut files: Vec<_> = tree(&desk.site.path("public")).into_iter().collect();
    // Without the list of files nothing is known to be ours.
    files.retain(|(path, _)| path != "manifest.txt");
    if files.is_empty() {
        return;
    }
    // The two numbers choose among more files than one of them could.
    let (path, mut bytes) = files.swap_remove((a * 7 + b) % files.len());
    let path = desk.site.path("public").join(path);
    match b % 5 {
        0 => fs::remove_file(path).unwrap(),
        1 | 2 => {
            bytes.iter_mut().take(9).for_each(|byte| *byte = byte.wrapping_add(1));
            fs::write(path, bytes).unwrap();
        }
        3 => fs::write(path, "").unwrap(),
        _ => fs::remove_dir_all(desk.site.path("public")).unwrap(),
    }
}

/// Lets the following builds be of another day.
fn day(desk: &mut Desk, _: usize, b: usize) {
    desk.date = one(&["2026-02-15", TODAY, "2019-06-01", "2026-02-10T00:00:00"], b);
}

/// Writes a file again as it is.
fn touch(desk: &mut Desk, a: usize, _: usize) {
    let files: Vec<_> = desk.sources().into_iter().collect();
    let (path, bytes) = &files[a % files.len()];
    desk.site.write(path, bytes);
}

/// Changes a file so that its length and its time stay as they were.
fn clock(desk: &mut Desk, a: usize, b: usize) {
    let paths = [
        desk.article(a),
        "content/2019/bridge/photo.jpg".to_owned(),
        "static/notes.txt".to_owned(),
        "templates/parts/footer.html".to_owned(),
        desk.record(a),
    ];
    let path = desk.site.path(&paths[b % paths.len()]);
    let Ok(bytes) = fs::read(&path) else { return };
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let changed = match text.rsplit_once("+++\n") {
        Some((head, body)) => {
            format!("{head}+++\n{}", body.replace(['W', 'A', 'o'], "U"))
        }
        None => text.replace(['s', 'N'], "U"),
    };
    fs::write(&path, changed).unwrap();
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(time).unwrap();
}

/// Deletes the cache, or a part of it.
fn cache(desk: &mut Desk, _: usize, b: usize) {
    let folder = desk.site.path(".pressmark");
    if b.is_multiple_of(3) {
        drop(fs::remove_dir_all(folder));
        return;
    }
    let name = one(&["", "sources", "outputs"], b);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        drop(fs::remove_file(entry.path().join(name)));
    }
}

/// Builds the site in another way, into the same folder or another one.
fn preview(desk: &mut Desk, _: usize, b: usize) {
    let ways: [&[&str]; 5] = [
        &["--drafts"],
        &["--base-url", "https://example.com/preview"],
        &["--output", "other"],
        &["--clean"],
        &["--drafts", "--output", "other"],
    ];
    let mut arguments = vec!["build", "--date", desk.date];
    arguments.extend(one(&ways, b));
    let ran = desk.site.run(&arguments);
    assert!(matches!(ran.code, Some(0 | 1)), "{}", ran.stderr);
}

/// Changes the register of addresses that must not be lost.
fn register(desk: &mut Desk, _: usize, b: usize) {
    let texts = ["/about/\n/2018/05/01/march/\n", "/old/rally/\n", "/nowhere/\n", ""];
    desk.put("register.txt", one(&texts, b));
}

/// Leaves litter.
fn litter(desk: &mut Desk, _: usize, b: usize) {
    desk.toggle(one(&["content/.a.md.swp", "content/2018/x.md~"], b), "litter");
}
