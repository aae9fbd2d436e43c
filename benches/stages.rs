//! Times the stages of a build, and counts what they allocate.
//!
//!     cargo bench --bench stages
//!
//! Each bench works on one archive of a thousand made articles; what it shows
//! is for all of them, so that microseconds are nanoseconds an article and
//! allocations are thousandths of those of an article. Files are read from and
//! written to the system's folder for temporary files. One thread does all the
//! work, so that every allocation is counted. For whole builds beside
//! other programs, and for larger archives, see `benches/compare`.

#![allow(missing_docs, reason = "the benches are described where they stand")]
#![expect(
    clippy::disallowed_methods,
    reason = "a bench makes its own files and reads the clock"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use divan::counter::{BytesCount, ItemsCount};
use divan::{AllocProfiler, Bencher, black_box};
use mimalloc::MiMalloc;
use pressmark::archive::{self, Archive, Drafts};
use pressmark::build::{self, Now, Options};
use pressmark::config::Config;
use pressmark::content::{self, Contents, NoMemory, article};
use pressmark::date::{Date, Moment};
use pressmark::diagnostic::Diagnostics;
use pressmark::locale;
use pressmark::markdown::{self, Body, RawHtml, Target, Words};
use pressmark::plan::{self, Files};
use pressmark::publish::{Same, Unknown};
use pressmark::slug;
use pressmark::source::{Folder, Sources};
use pressmark::theme;
use tempfile::TempDir;

/// The allocator of the program, counting.
#[global_allocator]
static ALLOCATOR: AllocProfiler<MiMalloc> = AllocProfiler::new(MiMalloc);

/// How many articles the archive has.
const ARTICLES: usize = 1000;

/// The settings of the archive: the plain pages of `benches/compare`, but with
/// the templates of the theme.
const CONFIG: &str = "title = \"Bench\"\nbase_url = \"https://example.org\"\n";

/// The archive, made once for all benches.
static ARCHIVE: LazyLock<Made> = LazyLock::new(Made::new);

fn main() {
    // Allocations are counted for one thread, so all the work is done on it.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    pool.build_global().expect("no thread was started before");
    divan::main();
}

/// An archive on the disk.
struct Made {
    /// Its folder.
    folder: TempDir,
    /// The text of one article.
    article: String,
}

impl Made {
    /// Writes the archive.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let content = folder.path().join("content/2019");
        fs::create_dir_all(&content).expect("the folder is empty");
        fs::write(folder.path().join("config.toml"), CONFIG).expect("it is writable");
        for n in 0..ARTICLES {
            let text = format!("{}{}", front_matter(n), body(n));
            fs::write(content.join(format!("article-{n}.md")), text)
                .expect("it is writable");
        }
        Self { folder, article: body(7) }
    }

    /// The file of its settings.
    fn config(&self) -> PathBuf {
        self.folder.path().join("config.toml")
    }
}

/// The front matter of an article.
fn front_matter(n: usize) -> String {
    let (month, day) = (1 + n % 12, 1 + n % 28);
    format!(
        "+++\ntitle = \"Article {n} of the archive\"\ndate = 2019-{month:02}-{day:02}\n\
         byline = [\"Writer {}\"]\ndateline = \"Atlanta\"\n\
         summary = \"What happened on day {n}, in a sentence of some twenty words.\"\n\
         tags = [\"tag {}\", \"tag {}\", \"tag {}\"]\n\
         organizations = [\"Organization {}\", \"Organization {}\"]\n+++\n\n",
        n % 20,
        n % 7,
        7 + n % 11,
        18 + n % 31,
        n % 40,
        40 + n % 60,
    )
}

/// The body of an article: about 4,500 bytes of Markdown.
fn body(n: usize) -> String {
    let sentence =
        "The council heard the workers, and “nobody left the hall” before the vote. ";
    let mut text = String::new();
    for part in 0..12 {
        match (n + part) % 5 {
            0 => text.push_str("## What the council decided\n\n"),
            1 => text.push_str("> "),
            2 => text.push_str("- "),
            _ => {}
        }
        text.push_str(&sentence.repeat(4));
        let _ = write!(
            text,
            "**Vote {part}**, *as it was*, is [here](https://example.com/{n}).\n\n"
        );
    }
    text
}

/// The site's folder, its settings and its files.
fn opened() -> (Folder, Config, Sources) {
    let mut faults = Diagnostics::new();
    let folder = Folder::open(ARCHIVE.folder.path()).expect("the folder is there");
    let file = Arc::from("config.toml");
    let config = Config::read(&file, CONFIG, article::KEYS, &mut faults);
    let sources = folder.scan(&mut faults);
    assert!(!faults.has_errors(), "the archive is sound");
    (folder, config, sources)
}

/// The moment of the builds.
fn moment(config: &Config) -> Moment {
    Moment::of(day(), &config.zone)
}

/// The day of the builds.
fn day() -> Date {
    Date::parse("2026-01-31").expect("this is a day")
}

/// What is read of all files.
fn read(folder: &Folder, sources: &Sources, config: &Config) -> Contents {
    content::read(folder, sources, config, &NoMemory, &mut Diagnostics::new())
}

/// The archive of what was read.
fn assemble(contents: Contents, config: &Config) -> Archive {
    let mut faults = Diagnostics::new();
    archive::assemble(contents, config, moment(config), Drafts::LeftOut, &mut faults)
}

/// Lists the files of the site.
#[divan::bench]
fn source(bencher: Bencher<'_, '_>) {
    let (folder, ..) = opened();
    bencher
        .counter(ItemsCount::new(ARTICLES))
        .bench_local(|| folder.scan(&mut Diagnostics::new()));
}

/// Reads all files and their front matter, without a cache.
#[divan::bench]
fn content(bencher: Bencher<'_, '_>) {
    let (folder, config, sources) = opened();
    bencher
        .counter(ItemsCount::new(ARTICLES))
        .bench_local(|| read(&folder, &sources, &config));
}

/// Makes the archive of what was read.
#[divan::bench]
fn archive(bencher: Bencher<'_, '_>) {
    let (folder, config, sources) = opened();
    bencher
        .counter(ItemsCount::new(ARTICLES))
        .with_inputs(|| read(&folder, &sources, &config))
        .bench_local_values(|contents| assemble(contents, &config));
}

/// Plans the site.
#[divan::bench]
fn plan(bencher: Bencher<'_, '_>) {
    let (folder, config, sources) = opened();
    let archive = assemble(read(&folder, &sources, &config), &config);
    let files = Files { static_files: &[], theme_files: &[] };
    let locales: Vec<_> = config
        .languages
        .iter()
        .map(|language| theme::locale(&language.tag, None).0)
        .collect();
    let given = (&config, &locales[..]);
    bencher
        .counter(ItemsCount::new(ARTICLES))
        .bench_local(|| plan::draw_up(&archive, given, files, &mut Diagnostics::new()));
}

/// Makes HTML of the body of one article.
#[divan::bench]
fn markdown(bencher: Bencher<'_, '_>) {
    let text = &ARCHIVE.article;
    let file: Arc<str> = Arc::from("content/2019/article-7.md");
    let words = words();
    let tag = &opened().1.languages[0].tag;
    bencher.counter(BytesCount::of_str(text)).bench_local(|| {
        let options = markdown::Options {
            quotes: locale::quotes(tag),
            words: &words,
            heading_id: slug::heading_id,
            html: RawHtml::Sanitized,
            highlight: true,
        };
        let body = Body { file: &file, offset: 0, text: black_box(text) };
        markdown::render(&body, &options, &mut |_| Target::AsIs)
    });
}

/// The words that a body needs; there are no footnotes and tables in it.
fn words() -> Words {
    Words {
        footnotes: String::new(),
        back: String::new(),
        table_region: String::new(),
        code_block: String::new(),
        tasks: Default::default(),
        alerts: Default::default(),
    }
}

/// Builds the site into a folder.
fn build(output: &Path, same: Same) {
    let options = Options {
        config: ARCHIVE.config(),
        output: Some(output.to_owned()),
        drafts: Drafts::LeftOut,
        base_url: None,
        now: Now::Given(day()),
        unknown: Unknown::Refuse,
        same,
        program: "bench".to_owned(),
        explain: None,
    };
    let mut faults = Diagnostics::new();
    let opened =
        build::open(&options.config, &mut faults).expect("the settings are there");
    let summary = build::build(&options, opened, &|_| {}, &mut faults);
    assert!(summary.is_some(), "the archive is sound");
}

/// Builds the whole site with the default theme, everything anew.
#[divan::bench(sample_count = 10)]
fn whole_build(bencher: Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(ARTICLES))
        .with_inputs(|| tempfile::tempdir().expect("there is room"))
        .bench_local_values(|folder| {
            build(&folder.path().join("public"), Same::Rewrite);
            folder
        });
}

/// Builds the whole site where nothing has changed.
#[divan::bench]
fn unchanged_build(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("there is room");
    let output = folder.path().join("public");
    build(&output, Same::Rewrite);
    bencher.counter(ItemsCount::new(ARTICLES)).bench_local(|| build(&output, Same::Keep));
}
