//! The command `export` at the terminal.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::build;
use crate::cli::{ERRORS, TalkArgs, clock, count, folder_of, say, show};
use crate::diagnostic::Diagnostics;
use crate::export;
use crate::report;

/// What `export` can be told.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// The form.
    #[command(subcommand)]
    form: Form,
}

/// The forms in which an archive is exported.
#[derive(Debug, Subcommand)]
enum Form {
    /// Write the articles and names to one file for SQLite, with a full-text index
    /// (FTS5): for queries of your own, and for Datasette.
    Sqlite {
        /// The file to write; one that an earlier export wrote is replaced.
        #[arg(default_value = "archive.db")]
        file: PathBuf,
        /// Read the settings from this file; its folder is the site's.
        #[arg(short, long, value_name = "FILE", default_value = "config.toml")]
        config: PathBuf,
        /// How to talk.
        #[command(flatten)]
        talk: TalkArgs,
    },
}

/// Exports the archive.
pub(super) fn run(args: ExportArgs) -> ExitCode {
    let Form::Sqlite { file, config, talk } = args.form;
    let mut faults = Diagnostics::new();
    let opened = build::open(&config, &mut faults);
    let exported =
        opened.and_then(|opened| export::sqlite(opened, clock(), &file, &mut faults));
    show(&faults, &folder_of(&config), &talk);
    let Some(exported) = exported else {
        say(&format!("{}; nothing was exported\n", report::tally(&faults)));
        return ExitCode::from(ERRORS);
    };
    if !talk.quiet {
        let articles = count(exported.n_articles as usize, "article");
        let names = count(exported.n_names as usize, "name");
        say(&format!("wrote {articles} and {names} to {}\n", file.display()));
    }
    ExitCode::SUCCESS
}
