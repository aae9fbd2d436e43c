//! The command `import` at the terminal.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Subcommand, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::build;
use crate::cli::{ERRORS, PATIENCE, TalkArgs, clock, count, folder_of, say, show};
use crate::date::Zone;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::import::folders::ghost::GhostSource;
use crate::import::folders::{self, FolderSource, Generator};
use crate::import::furniture::Furniture;
use crate::import::html::{self, HtmlSource};
use crate::import::input::{Bytes, Input, Open, STANDARD, Scratch};
use crate::import::piece::Source;
use crate::import::text;
use crate::import::text::source::TextSource;
use crate::import::wordpress::comments::Comments;
use crate::import::wordpress::content::{Choice, Choices};
use crate::import::wordpress::{self, WordPress};
use crate::import::{self, IMPORTS, Options, Outcome, Progress, Report, name_for};
use crate::publish;
use crate::report;
use crate::source;

/// The status of an import that was finished with losses.
const LOSSES: u8 = 3;

/// What `import` can be told.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The form.
    #[command(subcommand)]
    form: Form,
}

/// The forms of press that can be imported.
#[derive(Debug, Subcommand)]
enum Form {
    /// Import a WordPress export (WXR): the parts of one export as `.xml`, `.gz` or
    /// `.zip`, or `-` for the standard input.
    Wordpress(WordPressArgs),
    /// Import saved pages, a crawled site, or a web archive (`.warc`, `.warc.gz`,
    /// `.wacz`).
    Html(HtmlArgs),
    /// Import pasted pieces: plain text, `.docx` or `.odt`.
    Text(TextArgs),
    /// Import the folder of another generator (Hugo, Jekyll, Zola, Eleventy, Hexo,
    /// Pelican, Nikola), or the JSON export of Ghost.
    Markdown(MarkdownArgs),
}

/// What an import of pages can be told.
#[derive(Debug, Args)]
struct HtmlArgs {
    /// Folders and files.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The language of pages that do not say theirs.
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Mend text that was encoded twice, such as `Ã©` for `é`.
    #[arg(long)]
    mend_encoding: bool,
    /// What every import can be told.
    #[command(flatten)]
    common: CommonArgs,
}

/// What an import of texts can be told.
#[derive(Debug, Args)]
struct TextArgs {
    /// The texts, one piece each.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// The language of the texts; without it, each text is looked at.
    #[arg(long, value_name = "TAG")]
    language: Option<TextLanguage>,
    /// How dates such as 10/11/2019 are read; without it, they are asked about.
    #[arg(long, value_name = "ORDER")]
    date_order: Option<DateOrder>,
    /// Mend text that was encoded twice, such as `Ã©` for `é`.
    #[arg(long)]
    mend_encoding: bool,
    /// What every import can be told.
    #[command(flatten)]
    common: CommonArgs,
}

/// A language whose press the rules know.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum TextLanguage {
    /// English.
    En,
    /// Spanish.
    Es,
}

/// How a date in figures is read.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum DateOrder {
    /// 10/11/2019 is 11 October.
    MonthFirst,
    /// 10/11/2019 is 10 November.
    DayFirst,
}

/// What an import of a generator's folder can be told.
#[derive(Debug, Args)]
struct MarkdownArgs {
    /// The folder, or the export of Ghost.
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// The generator, if it is not to be found out.
    #[arg(long, value_name = "NAME", value_parser = read_generator)]
    from: Option<Generator>,
    /// The address at which the site stood, if its settings do not say it.
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// Keep each page as it stands, unless it holds private data, beside the report.
    #[arg(long)]
    keep_source: bool,
    /// What every import can be told.
    #[command(flatten)]
    common: CommonArgs,
}

/// What an import from WordPress can be told.
#[derive(Debug, Args)]
struct WordPressArgs {
    /// The parts of the export.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// What becomes of the comments of readers.
    #[arg(long, value_name = "WHICH", default_value = "none")]
    comments: WhichComments,
    /// Keep each item as it stands in the export, without private data, beside the
    /// report.
    #[arg(long)]
    keep_source: bool,
    /// What becomes of a shortcode: `keep` leaves it as it is, `drop` takes it out
    /// with all that it holds, `text` takes out its marks alone.
    #[arg(long, value_name = "NAME=CHOICE", value_parser = read_choice)]
    shortcode: Vec<(String, Choice)>,
    /// What every import can be told.
    #[command(flatten)]
    common: CommonArgs,
}

/// What becomes of comments.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum WhichComments {
    /// They are left out, and counted.
    None,
    /// Those that were approved stand below their piece, with name, date and text.
    Approved,
}

/// What every import can be told.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
struct CommonArgs {
    /// Read the settings from this file; its folder is the site's.
    #[arg(short, long, value_name = "FILE", default_value = "config.toml")]
    config: PathBuf,
    /// The name of the import: its folder in `imports/`. The same name means the same
    /// source, so that a second run knows what the first one wrote.
    #[arg(long, value_name = "NAME", value_parser = read_name)]
    name: Option<String>,
    /// Say what would be written, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write files again that were taken away since the last import.
    #[arg(long)]
    restore: bool,
    /// Add the organizations, people and places with a record that a text names to its
    /// keys, instead of proposing them.
    #[arg(long)]
    add_names: bool,
    /// Copy the pictures and files that public pieces show from this folder or zip
    /// file.
    #[arg(long, value_name = "PATH")]
    media: Option<PathBuf>,
    /// How to talk.
    #[command(flatten)]
    talk: TalkArgs,
}

/// Imports press.
pub(super) fn run(args: ImportArgs) -> ExitCode {
    match args.form {
        Form::Wordpress(args) => run_wordpress(&args),
        Form::Html(args) => run_html(args),
        Form::Text(args) => run_text(&args),
        Form::Markdown(args) => run_markdown(args),
    }
}

/// Imports a WordPress export.
fn run_wordpress(args: &WordPressArgs) -> ExitCode {
    let files = match Files::of(&args.files) {
        Ok(files) => files,
        Err(fault) => return fail(&args.common, fault),
    };
    let names: Vec<_> = args.files.iter().map(String::as_str).collect();
    let input = match Input::of(&files, &names) {
        Ok(input) => input,
        Err(why) => return fail(&args.common, import::refused(&why)),
    };
    let name = wordpress::host(&input);
    let name = name.unwrap_or_else(|| stem_of(Path::new(&args.files[0])));
    let bar = Bar::new(!args.common.talk.quiet, wordpress::PASSES * input.size());
    let progress = |n_bytes| bar.reach(n_bytes);
    let options = wordpress::Options {
        comments: match args.comments {
            WhichComments::None => Comments::None,
            WhichComments::Approved => Comments::Approved,
        },
        keep_source: args.keep_source,
        choices: Choices { shortcodes: args.shortcode.iter().cloned().collect() },
        progress: Some(&progress),
        ..wordpress::Options::default()
    };
    let mut chosen = match args.comments {
        WhichComments::None => String::new(),
        WhichComments::Approved => "--comments approved ".to_owned(),
    };
    for (shortcode, choice) in &args.shortcode {
        let choice = format!("{choice:?}").to_lowercase();
        let _ = write!(chosen, "--shortcode {shortcode}={choice} ");
    }
    let mut source = WordPress::new(input, options);
    import(&mut source, &args.common, (&name, &chosen, Vec::new()), &bar)
}

/// Imports pages.
fn run_html(mut args: HtmlArgs) -> ExitCode {
    if let Some(missing) = args.paths.iter().find(|path| !path.exists()) {
        return fail(&args.common, nothing_there(missing));
    }
    let name = stem_of(&args.paths[0]);
    if let [folder] = args.paths.as_slice()
        && folder.is_dir()
    {
        args.common.media.get_or_insert_with(|| folder.clone());
    }
    let options = html::Options {
        repairs_encoding: args.mend_encoding,
        language: args.language.clone(),
    };
    let (files, passed_over) = Pages::below(&args.paths);
    let mut source = HtmlSource::new(files, options);
    import(&mut source, &args.common, (&name, "", passed_over), &Bar::hidden())
}

/// Imports texts.
fn run_text(args: &TextArgs) -> ExitCode {
    let name = args.common.name.clone().unwrap_or_else(|| "texts".to_owned());
    let folder = folder_of(&args.common.config);
    let list = folder.join(IMPORTS).join(name_for(&name)).join("furniture.txt");
    let read = source::read_any(&list).unwrap_or_default();
    let furniture = Furniture::read(&String::from_utf8_lossy(&read));
    let options = text::Options {
        language: match args.language {
            Some(TextLanguage::En) => text::Language::English,
            Some(TextLanguage::Es) => text::Language::Spanish,
            None => text::Language::Found,
        },
        today: clock().day_in(&Zone::utc()),
        month_first: args.date_order.map(|order| matches!(order, DateOrder::MonthFirst)),
        mend_mojibake: args.mend_encoding,
    };
    let files = args.files.iter().map(|file| file.trim_start_matches("./").into());
    let mut source = TextSource {
        files: files.collect(),
        open: Box::new(|file| {
            source::read_any(Path::new(file))
                .map_err(|error| format!("cannot be read: {error}"))
        }),
        options,
        furniture: furniture.approved(),
    };
    let proposals = source.repeated().proposals();
    if !args.common.dry_run
        && args.common.config.is_file()
        && !proposals.is_empty()
        && let Err(error) = publish::put(&list, furniture.text(&proposals).as_bytes())
    {
        say(&format!("warning: {} cannot be written: {error}\n", list.display()));
    }
    import(&mut source, &args.common, (&name, "", Vec::new()), &Bar::hidden())
}

/// Imports the folder of another generator.
fn run_markdown(mut args: MarkdownArgs) -> ExitCode {
    if !args.path.exists() {
        return fail(&args.common, nothing_there(&args.path));
    }
    let name = stem_of(&args.path);
    let shown = args.path.display().to_string();
    if args.path.is_file() {
        let bytes = source::read_any(&args.path).unwrap_or_default();
        return match GhostSource::new(&shown, &bytes, args.address.as_deref(), clock()) {
            Ok(mut ghost) => {
                import(&mut ghost, &args.common, (&name, "", Vec::new()), &Bar::hidden())
            }
            Err(why) => fail(&args.common, import::refused(&why)),
        };
    }
    args.common.media.get_or_insert_with(|| args.path.clone());
    let options = folders::Options {
        from: args.from,
        address: args.address,
        now: clock(),
        zone: Zone::utc(),
        keep_source: args.keep_source,
    };
    let (files, passed_over) = source::list_all(&args.path);
    let files = Box::new(Tree { folder: args.path, files });
    match FolderSource::new(&shown, files, options) {
        Ok(mut folder) => {
            import(&mut folder, &args.common, (&name, "", passed_over), &Bar::hidden())
        }
        Err(why) => fail(&args.common, import::refused(&why)),
    }
}

/// The last part of a path, without its ending.
fn stem_of(path: &Path) -> String {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    real.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Reads the name of an import.
fn read_name(written: &str) -> Result<String, String> {
    match name_for(written) {
        name if name == written => Ok(name),
        name => Err(format!(
            "it must be a folder's name of small letters, digits, `.` and `-`, such as `{name}`"
        )),
    }
}

/// Reads the name of a generator.
fn read_generator(written: &str) -> Result<Generator, String> {
    let known = folders::GENERATORS;
    let found = known.iter().find(|own| own.name().eq_ignore_ascii_case(written));
    found.copied().ok_or_else(|| {
        let names: Vec<_> = known.iter().map(|own| own.name().to_lowercase()).collect();
        format!("it is none of {}", names.join(", "))
    })
}

/// Reads `NAME=CHOICE`.
fn read_choice(written: &str) -> Result<(String, Choice), String> {
    let (name, choice) = written.split_once('=').ok_or_else(|| {
        "write it as `NAME=drop`, `NAME=text` or `NAME=keep`".to_owned()
    })?;
    let choice = match choice {
        "keep" => Choice::Keep,
        "drop" => Choice::Drop,
        "text" => Choice::Text,
        other => return Err(format!("`{other}` is none of `keep`, `drop` and `text`")),
    };
    Ok((name.trim_matches(['[', ']']).to_owned(), choice))
}

/// Imports a source and says what came of it.
fn import(
    source: &mut dyn Source,
    args: &CommonArgs,
    (name, chosen, passed_over): (&str, &str, PassedOver),
    bar: &Bar,
) -> ExitCode {
    let begun = Instant::now();
    let options = Options {
        name: args.name.clone().unwrap_or_else(|| name_for(name)),
        is_dry_run: args.dry_run,
        restores: args.restore,
        adds_names: args.add_names,
        media: args.media.clone(),
        told: told(args, chosen),
        passed_over,
    };
    let mut faults = Diagnostics::new();
    if let Some(media) = options.media.as_ref().filter(|media| !media.exists()) {
        faults.push(no_folder(media));
    }
    let opened = build::open(&args.config, &mut faults);
    let opened = opened.filter(|_| !faults.has_errors());
    let told = |progress| bar.tell(progress);
    let report = opened.and_then(|opened| {
        import::import(source, opened, (&options, clock()), &told, &mut faults)
    });
    bar.finish();
    show(&faults, &folder_of(&args.config), &args.talk);
    let Some(report) = report else {
        say(&format!("{}; the import failed\n", report::tally(&faults)));
        return ExitCode::from(ERRORS);
    };
    tell_losses(&report);
    if !args.talk.quiet {
        say(&told_of(&report, args, &options));
        say(&format!("{:.2} s\n", begun.elapsed().as_secs_f64()));
    }
    let does_build = report.build.as_ref().is_none_or(|(_, n_errors, _)| *n_errors == 0);
    let is_good = report.balances() && report.n_losses() == 0 && does_build;
    let is_nothing = report.n_pieces() == 0 && report.n_of(Outcome::Lost) > 0;
    match faults.has_errors() || is_nothing {
        true => ExitCode::from(ERRORS),
        false if is_good => ExitCode::SUCCESS,
        false => ExitCode::from(LOSSES),
    }
}

/// What decides what the texts are, as it is written on the command line.
fn told(args: &CommonArgs, chosen: &str) -> String {
    let names = if args.add_names { "--add-names" } else { "" };
    format!("{chosen}{names}").trim().to_owned()
}

/// How many losses the terminal shows.
const MOST_SHOWN: usize = 10;

/// Names the first of what was lost, and what a build refuses.
fn tell_losses(report: &Report) {
    for (place, reason) in report.lost.iter().take(MOST_SHOWN) {
        say(&format!("{place}: {reason}\n"));
    }
    if report.lost.len() > MOST_SHOWN {
        say("and more, which the report lists\n");
    }
    let said = report.build.iter().flat_map(|(said, ..)| said);
    for line in said.filter(|line| line.contains(": error[")).take(MOST_SHOWN) {
        say(&format!("{line}\n"));
    }
}

/// What is said at the end.
fn told_of(report: &Report, args: &CommonArgs, options: &Options) -> String {
    let outcomes = [
        Outcome::Written,
        Outcome::Updated,
        Outcome::Unchanged,
        Outcome::Kept,
        Outcome::Skipped,
        Outcome::Lost,
    ];
    let parts = outcomes.iter().map(|&outcome| (report.n_of(outcome), outcome.as_str()));
    let parts: Vec<_> =
        parts.filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let would = if args.dry_run { "a dry run, nothing is written: " } else { "" };
    let n_items = usize::try_from(report.n_items).unwrap_or(usize::MAX);
    let parts = if parts.is_empty() {
        "there was nothing to import".to_owned()
    } else {
        parts.join(", ")
    };
    let mut lines = format!("{would}{}: {parts}\n", count(n_items, "item"));
    if report.n_held > 0 {
        let _ = writeln!(lines, "held back, in held/: {}", report.n_held);
    }
    let verdict = match (report.balances(), report.n_losses()) {
        (true, 0) => "the account balances".to_owned(),
        (true, n) => {
            let lost = count(usize::try_from(n).unwrap_or(usize::MAX), "thing");
            format!(
                "all is accounted for; not in the archive: {lost}, which the report lists"
            )
        }
        (false, _) => "the account does not balance; the report says where".to_owned(),
    };
    let _ = writeln!(lines, "{verdict}");
    for remark in
        report.remarks.iter().filter(|remark| remark.starts_with("The run before"))
    {
        let _ = writeln!(lines, "{remark}");
    }
    if let Some((_, n_errors, n_warnings)) = &report.build {
        let _ = writeln!(
            lines,
            "a build of it says: {}, {}",
            count(*n_errors, "error"),
            count(*n_warnings, "warning")
        );
    }
    if !args.dry_run {
        let page =
            folder_of(&args.config).join(IMPORTS).join(&options.name).join("report.html");
        let _ = writeln!(lines, "report: {}", page.display());
    }
    lines
}

/// Ends an import that cannot begin.
fn fail(args: &CommonArgs, fault: Diagnostic) -> ExitCode {
    show(&fault.into(), &folder_of(&args.config), &args.talk);
    say("1 error; nothing was imported\n");
    ExitCode::from(ERRORS)
}

/// Reports a folder that is none.
fn no_folder(path: &Path) -> Diagnostic {
    Diagnostic::error(Code::Unreadable, "there is no such folder or file")
        .at(Place::file(path.display().to_string()))
        .hint("name the folder of the uploads of the old site, or a zip file of it")
}

/// Reports a path at which nothing is.
fn nothing_there(path: &Path) -> Diagnostic {
    Diagnostic::error(Code::Unreadable, "there is no such file or folder")
        .at(Place::file(path.display().to_string()))
        .hint("look at the spelling, and at the folder that you are in")
}

/// What of a source could not be opened: its path, and why.
type PassedOver = Vec<(String, &'static str)>;

/// The pages below some paths.
struct Pages {
    /// The name of each in the import, and where it is.
    files: BTreeMap<String, PathBuf>,
}

impl Pages {
    /// The files at some paths and below them. Those of a single folder are named
    /// from it on, so that the folder itself may be anywhere.
    fn below(paths: &[PathBuf]) -> (Self, PassedOver) {
        let (mut files, mut passed_over) = (BTreeMap::new(), Vec::new());
        for path in paths {
            let shown = path.display().to_string().trim_start_matches("./").to_owned();
            if !path.is_dir() {
                files.insert(shown, path.clone());
                continue;
            }
            let (below, passed) = source::list_all(path);
            passed_over.extend(passed);
            for file in below {
                let whole = path.join(&file);
                let name =
                    if paths.len() == 1 { file } else { format!("{shown}/{file}") };
                files.insert(name, whole);
            }
        }
        (Self { files }, passed_over)
    }
}

impl html::crawl::Files for Pages {
    fn names(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    fn open(&self, name: &str) -> Result<Box<dyn html::crawl::Input + '_>, String> {
        let path = self.files.get(name).map_or(Path::new(name), PathBuf::as_path);
        let file = source::open_any(path);
        let file = file.map_err(|error| format!("cannot be read: {error}"))?;
        Ok(Box::new(io::BufReader::new(file)))
    }
}

/// The files of a generator's folder.
struct Tree {
    /// The folder.
    folder: PathBuf,
    /// Its files.
    files: Vec<String>,
}

impl folders::Files for Tree {
    fn list(&self) -> Vec<String> {
        self.files.clone()
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        source::read_any(&self.folder.join(path)).ok()
    }
}

/// The files that were named, and what comes through the standard input.
struct Files {
    /// A copy of the standard input, if it was named.
    standard: Option<Scratch>,
}

impl Files {
    /// Makes a copy of the standard input if it is named.
    fn of(names: &[String]) -> Result<Self, Diagnostic> {
        if !names.iter().any(|name| name == STANDARD) {
            return Ok(Self { standard: None });
        }
        let filled =
            publish::scratch().and_then(|file| Scratch::fill(&mut io::stdin(), file));
        let failed = |error: io::Error| {
            Diagnostic::error(Code::Unreadable, "the standard input cannot be read")
                .note(format!("the system says: {error}"))
                .hint("give a file instead")
        };
        Ok(Self { standard: Some(filled.map_err(failed)?) })
    }
}

impl Open for Files {
    fn open(&self, file: &str) -> io::Result<Box<dyn Bytes>> {
        match &self.standard {
            Some(standard) if file == STANDARD => standard.open(),
            _ => Ok(Box::new(source::open_any(Path::new(file))?)),
        }
    }
}

/// Shows on a terminal how far an import is, and how long it will take.
struct Bar {
    /// When the import began.
    begun: Instant,
    /// Whether it may be shown.
    is_shown: bool,
    /// How much there is to do.
    total: u64,
    /// The bar once it is shown.
    shown: Cell<Option<ProgressBar>>,
}

impl Bar {
    /// A bar that is not shown yet, for this much work.
    fn new(is_wanted: bool, total: u64) -> Self {
        let is_shown = is_wanted && io::stderr().is_terminal();
        Self { begun: Instant::now(), is_shown, total, shown: Cell::new(None) }
    }

    /// A bar that is never shown, for work that is quickly done.
    fn hidden() -> Self {
        Self::new(false, 0)
    }

    /// Takes note of how much of the work is done.
    fn reach(&self, done: u64) {
        if !self.is_shown || self.begun.elapsed() < PATIENCE {
            return;
        }
        let bar = self.shown.take().unwrap_or_else(|| new_bar(self.total));
        bar.set_position(done);
        self.shown.set(Some(bar));
    }

    /// Takes note of a step.
    fn tell(&self, progress: Progress) {
        if progress == Progress::Checks
            && let Some(bar) = self.shown.take()
        {
            bar.set_message("trying a build");
            self.shown.set(Some(bar));
        }
    }

    /// Takes the bar away.
    fn finish(&self) {
        if let Some(bar) = self.shown.take() {
            bar.finish_and_clear();
        }
    }
}

/// A bar for this much work.
fn new_bar(total: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("importing {wide_bar} {percent} % {eta} {msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
