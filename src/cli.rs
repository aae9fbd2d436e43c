//! The command line: what was asked for, and how the answer is shown.
//!
//! Only this module reads the clock, the environment and the arguments; it
//! hands them down as values. It decides nothing about a site.

#![expect(
    clippy::disallowed_methods,
    reason = "this is the module that talks to the person at the terminal"
)]

mod asking;
mod editor;
mod export;
mod import;
mod search;
mod serve;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};

use clap::builder::NonEmptyStringValueParser;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::archive::Drafts;
use crate::build::{self, Explanation, Now, Options, Progress, Summary};
use crate::config::BaseUrl;
use crate::date::{Date, DateError, Moment, Zone};
use crate::diagnostic::{Diagnostics, Severity};
use crate::init;
use crate::new::{self, Ask, Begun, Given, Nobody, NotBegun, Unanswered};
use crate::publish::{self, Same, Unknown};
use crate::report::{self, Format};
use crate::source::{LARGEST_TEXT, Stamp};

/// How long a build may take before it shows a progress bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// The status of a run that found errors.
const ERRORS: u8 = 1;
/// The status of a run that was asked for in a wrong way.
const MISUSE: u8 = 2;

/// Builds a static website from a folder of articles.
#[derive(Debug, Parser)]
#[command(name = "pressmark", version, arg_required_else_help = true)]
struct Cli {
    /// What to do.
    #[command(subcommand)]
    command: Command,
}

/// What can be done.
#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site.
    Build(BuildArgs),
    /// Show the site in a browser, and show every change as it is saved.
    Serve(serve::ServeArgs),
    /// Start an archive: settings, an article, a page and a record.
    Init(InitArgs),
    /// Start an article: a file with its front matter filled in, as a draft.
    New(NewArgs),
    /// Bring press into the archive that stands elsewhere: a WordPress export, saved
    /// pages, texts, or the folder of another generator.
    Import(import::ImportArgs),
    /// Search a site that was built, as its search page does.
    Search(search::SearchArgs),
    /// Write the archive to one file for other programs.
    Export(export::ExportArgs),
    /// Print a script that completes this program's commands in a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, for `man -l -`.
    Man,
}

/// What `build` can be told.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
struct BuildArgs {
    /// Write the site to this folder instead of `public` beside the settings.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Read the settings from this file; its folder is the site's.
    #[arg(short, long, value_name = "FILE", default_value = "config.toml")]
    config: PathBuf,
    /// Build drafts and embargoed pieces too, for a preview.
    #[arg(long)]
    drafts: bool,
    /// Build the site for another address than the settings have.
    #[arg(long, value_name = "URL", value_parser = BaseUrl::parse)]
    base_url: Option<BaseUrl>,
    /// Build as on this day, or at this time of a day; embargoes and dates in
    /// the future depend on it.
    #[arg(long, value_name = "DATE", value_parser = read_day)]
    date: Option<Date>,
    /// Forget what earlier builds know, and write every file anew, also those
    /// that are as they should be.
    #[arg(long)]
    clean: bool,
    /// Say why a page or file was made again or not: its address, the file that
    /// it is made from, or its file in the output.
    #[arg(long, value_name = "PATH", value_parser = NonEmptyStringValueParser::new())]
    explain: Option<String>,
    /// Take over an output folder that holds files of another origin.
    #[arg(long, conflicts_with = "remove_unknown")]
    adopt: bool,
    /// Remove files from the output that pressmark did not write.
    #[arg(long)]
    remove_unknown: bool,
    /// How to talk.
    #[command(flatten)]
    talk: TalkArgs,
}

/// How a command talks.
#[derive(Debug, Args)]
struct TalkArgs {
    /// Say nothing but errors and warnings.
    #[arg(short, long)]
    quiet: bool,
    /// How to show errors and warnings; `json` writes a line for each to the
    /// standard output.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: MessageFormat,
}

/// How errors and warnings are shown.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum MessageFormat {
    /// With the lines in question.
    Human,
    /// In one line each.
    Short,
    /// As JSON Lines.
    Json,
}

/// What `init` can be told.
#[derive(Debug, Args)]
struct InitArgs {
    /// The folder of the new archive.
    folder: PathBuf,
    /// How to talk.
    #[command(flatten)]
    talk: TalkArgs,
}

/// What `new` can be told.
#[derive(Debug, Args)]
struct NewArgs {
    /// The article's title; on a terminal, what is not given is asked for.
    title: Option<String>,
    /// Read the settings from this file; its folder is the site's.
    #[arg(short, long, value_name = "FILE", default_value = "config.toml")]
    config: PathBuf,
    /// The article's date, as well as it is known, instead of today.
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    date: Option<Date>,
    /// Who wrote it, instead of the publisher; once for each name.
    #[arg(long, value_name = "NAME", value_parser = read_name)]
    byline: Vec<String>,
    /// The article's language, if it is not the site's default.
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Open the file in the editor that `VISUAL` names, else `EDITOR`.
    #[arg(long)]
    edit: bool,
    /// How to talk.
    #[command(flatten)]
    talk: TalkArgs,
}

/// Runs the program with its arguments.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(search::apart(arguments)) {
        Ok(cli) => cli,
        Err(error) => {
            let is_misuse = error.use_stderr();
            // Nobody is left to be told that the terminal is gone.
            drop(error.print());
            return if is_misuse { ExitCode::from(MISUSE) } else { ExitCode::SUCCESS };
        }
    };
    match cli.command {
        Command::Build(args) => run_build(args),
        Command::Serve(args) => serve::run(args),
        Command::Init(args) => run_init(&args),
        Command::New(args) => run_new(&args),
        Command::Import(args) => import::run(args),
        Command::Search(args) => search::run(&args),
        Command::Export(args) => export::run(args),
        Command::Completions { shell } => completions(shell),
        Command::Man => man(),
    }
}

/// Builds a site and says what was done.
fn run_build(args: BuildArgs) -> ExitCode {
    let begun = Instant::now();
    let options = Options {
        config: args.config,
        output: args.output,
        drafts: if args.drafts { Drafts::Built } else { Drafts::LeftOut },
        base_url: args.base_url,
        now: args.date.map_or_else(|| Now::Clock(clock()), Now::Given),
        unknown: match (args.adopt, args.remove_unknown) {
            (_, true) => Unknown::Remove,
            (true, _) => Unknown::Adopt,
            _ => Unknown::Refuse,
        },
        same: if args.clean { Same::Rewrite } else { Same::Keep },
        program: program(),
        explain: args.explain,
    };
    let mut faults = Diagnostics::new();
    let opened = build::open(&options.config, &mut faults);
    let bar = Bar::new(begun, !args.talk.quiet);
    let summary = opened.and_then(|opened| {
        build::build(&options, opened, &|step| bar.step(step), &mut faults)
    });
    bar.finish();
    let folder = folder_of(&options.config);
    show(&faults, &folder, &args.talk);
    if let Some(summary) = summary {
        if !args.talk.quiet {
            say(&told(&summary, &faults, begun.elapsed()));
        }
        if let Some(explanation) = &summary.explanation {
            say(&format!("{explanation}\n"));
        }
        match summary.explanation {
            Some(Explanation::Nothing(_)) => ExitCode::from(MISUSE),
            _ => ExitCode::SUCCESS,
        }
    } else {
        say(&format!("{}\n", failed(&faults, &options.output())));
        ExitCode::from(ERRORS)
    }
}

/// The last line of a build that failed.
fn failed(faults: &Diagnostics, output: &Path) -> String {
    let kept = if publish::is_unfinished(output) {
        format!("{} is half committed; the next build completes it", output.display())
    } else if output.exists() {
        format!("{} is as it was", output.display())
    } else {
        "nothing was written".to_owned()
    };
    format!("{}; {kept}", report::tally(faults))
}

/// The last lines of a build that was done.
fn told(summary: &Summary, faults: &Diagnostics, time: Duration) -> String {
    let published = &summary.published;
    let mut lines = format!(
        "built {}, {} and {}\nfiles: {} written, {} unchanged, {} removed",
        count(summary.n_articles, "article"),
        count(summary.n_pages, "page"),
        count(summary.n_terms, "term"),
        published.written,
        published.unchanged,
        published.removed,
    );
    if published.left_alone > 0 {
        lines += &format!(", {} left alone", published.left_alone);
    }
    lines.push('\n');
    let left_out = [
        (summary.n_drafts, "draft"),
        (summary.n_embargoed, "embargoed piece"),
        (summary.n_litter, "hidden or temporary file"),
    ];
    let left_out: Vec<_> = left_out
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| count(*n, what))
        .collect();
    if !left_out.is_empty() {
        lines += &format!("left out: {}\n", left_out.join(", "));
    }
    let warnings = match faults.count(Severity::Warning) {
        0 => "no warnings".to_owned(),
        n => count(n, "warning"),
    };
    lines += &format!("{warnings}, {:.2} s\n", time.as_secs_f64());
    if let Some(note) = &summary.note {
        lines += &format!("note: {note}\n");
    }
    lines
}

/// What this program is, in words that are others for every build of it.
fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let file = std::env::current_exe().and_then(|path| path.metadata());
    let stamp = file.ok().map(|found| Stamp::of(&found));
    format!("pressmark {version} {stamp:?}")
}

/// A number with its word: `1 article`, `2 articles`.
fn count(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

/// Starts an archive and says what to do next.
fn run_init(args: &InitArgs) -> ExitCode {
    let mut faults = Diagnostics::new();
    let today = clock().day_in(&Zone::utc());
    let written = init::init(&args.folder, today, &mut faults);
    show(&faults, &args.folder, &args.talk);
    if faults.has_errors() {
        say(&format!("{}; nothing was overwritten\n", report::tally(&faults)));
        return ExitCode::from(ERRORS);
    }
    if !args.talk.quiet {
        for file in written {
            say(&format!("wrote {}\n", args.folder.join(file).display()));
        }
        let folder = args.folder.display().to_string();
        let has_space = folder.contains(char::is_whitespace);
        let folder = if has_space { format!("'{folder}'") } else { folder };
        say(&format!("go on with: cd {folder} && pressmark build\n"));
    }
    ExitCode::SUCCESS
}

/// Starts an article, says where it is and will stand, and opens it.
fn run_new(args: &NewArgs) -> ExitCode {
    let mut faults = Diagnostics::new();
    let folder = folder_of(&args.config);
    let begun = begin(args, &mut faults);
    show(&faults, &folder, &args.talk);
    let begun = match begun {
        Ok(begun) => begun,
        Err(NotBegun::Unanswered(Unanswered::Nobody)) => return misuse_of_new(),
        Err(NotBegun::Unanswered(Unanswered::Stopped)) => {
            say("nothing was written\n");
            return ExitCode::from(ERRORS);
        }
        Err(NotBegun::Faulty) => {
            say(&format!("{}; nothing was written\n", report::tally(&faults)));
            return ExitCode::from(ERRORS);
        }
    };
    let path = folder.join(&*begun.file);
    let printed = print_bytes(format!("{}\n", path.display()).as_bytes());
    if !args.talk.quiet {
        say(&told_of_new(&begun));
    }
    if args.edit
        && let Err(fault) = editor::open(&path, &begun.file)
    {
        show(&fault.into(), &folder, &args.talk);
        return ExitCode::from(ERRORS);
    }
    printed
}

/// Starts an article, and asks for what is not given if somebody is there.
fn begin(args: &NewArgs, faults: &mut Diagnostics) -> Result<Begun, NotBegun> {
    let opened = build::open(&args.config, faults).ok_or(NotBegun::Faulty)?;
    let zone =
        opened.config.as_ref().map_or_else(Zone::utc, |config| config.zone.clone());
    let given = Given {
        title: args.title.clone(),
        date: args.date,
        byline: args.byline.clone(),
        language: args.language.clone(),
    };
    let is_somebody_there =
        !args.talk.quiet && io::stdin().is_terminal() && io::stderr().is_terminal();
    let ask: &mut dyn Ask =
        if is_somebody_there { &mut asking::Terminal } else { &mut Nobody };
    new::new(given, clock().day_in(&zone), &opened, ask, faults)
}

/// What is said of an article that was begun.
fn told_of_new(begun: &Begun) -> String {
    let mut lines = String::new();
    if let Some(original) = &begun.original {
        lines += &format!("it is a translation of {original}\n");
    }
    lines +=
        &format!("it will stand at {} once `draft = true` is taken out\n", begun.address);
    lines
}

/// Says that `new` needs a title.
fn misuse_of_new() -> ExitCode {
    let mut program = Cli::command();
    program.build();
    if let Some(command) = program.find_subcommand_mut("new") {
        let error = command.error(
            ErrorKind::MissingRequiredArgument,
            "an article needs a title: give one, or start it on a terminal, where it is asked for",
        );
        // Nobody is left to be told that the terminal is gone.
        drop(error.print());
    }
    ExitCode::from(MISUSE)
}

/// Reads a name, without space around it.
fn read_name(written: &str) -> Result<String, &'static str> {
    match written.trim() {
        "" => Err("it names nobody"),
        name => Ok(name.to_owned()),
    }
}

/// Reads a day, with or without a time, that is certain.
fn read_day(written: &str) -> Result<Date, DateError> {
    let date = Date::parse(written)?;
    date.check_day().map(|()| date)
}

/// Prints a completion script.
fn completions(shell: clap_complete::Shell) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "pressmark", &mut script);
    print_bytes(&script)
}

/// Prints the manual page, with a part for each command.
fn man() -> ExitCode {
    let mut page = Vec::new();
    let command = Cli::command();
    let mut done = clap_mangen::Man::new(command.clone()).render(&mut page);
    for subcommand in command.get_subcommands() {
        let subcommand = subcommand
            .clone()
            .display_name(format!("pressmark {}", subcommand.get_name()));
        let man = clap_mangen::Man::new(subcommand);
        done = done
            .and_then(|()| man.render_synopsis_section(&mut page))
            .and_then(|()| man.render_description_section(&mut page))
            .and_then(|()| man.render_options_section(&mut page));
    }
    match done {
        Ok(()) => print_bytes(&page),
        Err(_) => ExitCode::from(ERRORS),
    }
}

/// Says something on the standard error. That nobody can hear it is no fault.
fn say(text: &str) {
    drop(io::stderr().write_all(text.as_bytes()));
}

/// Prints bytes to the standard output.
fn print_bytes(bytes: &[u8]) -> ExitCode {
    match io::stdout().write_all(bytes) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader such as `head` that has enough is no fault.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(ERRORS),
    }
}

/// The moment that the system's clock shows.
fn clock() -> Moment {
    Moment::from_system(SystemTime::now())
}

/// The folder that a settings file stands in.
fn folder_of(config: &Path) -> PathBuf {
    config.parent().unwrap_or_else(|| Path::new("")).to_owned()
}

/// The bytes of a file that may be a text. A pipe or a device would keep the program
/// waiting, and so would a film.
fn read_text(path: &Path) -> Option<Vec<u8>> {
    let found = path.metadata().ok()?;
    let is_text = found.is_file() && found.len() <= LARGEST_TEXT;
    is_text.then(|| std::fs::read(path).ok()).flatten()
}

/// Shows errors and warnings.
fn show(faults: &Diagnostics, folder: &Path, talk: &TalkArgs) {
    if faults.is_empty() {
        return;
    }
    let format = match talk.message_format {
        MessageFormat::Human => Format::Human,
        MessageFormat::Short => Format::Short,
        MessageFormat::Json => Format::Json,
    };
    let read = |file: &str| read_text(&folder.join(file));
    let mut out = io::stdout().lock();
    let mut err = report::stderr();
    // Nobody is left to be told that the terminal is gone.
    drop(report::show(faults, format, &read, &mut out, &mut err));
}

/// A progress bar that appears when the work is long, on a terminal only.
struct Bar {
    /// When the command was given.
    begun: Instant,
    /// Whether it may be shown.
    is_shown: bool,
    /// How much there is to do, and the bar once it is shown.
    state: Mutex<(usize, usize, Option<ProgressBar>)>,
}

impl Bar {
    /// A bar that is not shown yet.
    fn new(begun: Instant, is_wanted: bool) -> Self {
        let is_shown = is_wanted && io::stderr().is_terminal();
        Self { begun, is_shown, state: Mutex::new((0, 0, None)) }
    }

    /// Takes note of a step.
    fn step(&self, step: Progress) {
        if !self.is_shown {
            return;
        }
        let Ok(mut state) = self.state.lock() else { return };
        let (total, done, bar) = &mut *state;
        match step {
            Progress::Begins(length) => *total = length,
            Progress::Done => *done += 1,
        }
        if bar.is_none() && self.begun.elapsed() > PATIENCE {
            *bar = Some(progress_bar(*total));
        }
        if let Some(bar) = bar {
            bar.set_position(u64::try_from(*done).unwrap_or(u64::MAX));
        }
    }

    /// Takes the bar away.
    fn finish(&self) {
        if let Ok(state) = self.state.lock()
            && let Some(bar) = &state.2
        {
            bar.finish_and_clear();
        }
    }
}

/// A bar for this much work.
fn progress_bar(total: usize) -> ProgressBar {
    let total = u64::try_from(total).unwrap_or(u64::MAX);
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("rendering {wide_bar} {pos}/{len} {eta}");
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
