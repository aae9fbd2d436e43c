//! The command `serve` at the terminal.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use clap::Args;

use crate::archive::Drafts;
use crate::cli::{ERRORS, TalkArgs, clock, folder_of, program, read_text, say, show};
use crate::diagnostic::Diagnostics;
use crate::report::{self, Format};
use crate::serve::{Clock, Options, Preview, Report, Teller};

/// What `serve` can be told.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct ServeArgs {
    /// Read the settings from this file; its folder is the site's.
    #[arg(short, long, value_name = "FILE", default_value = "config.toml")]
    config: PathBuf,
    /// Answer at this port; without it, at the first that is free from 8000 on.
    #[arg(short, long, value_name = "PORT")]
    port: Option<u16>,
    /// Answer at this address of the machine. All but the default let others on
    /// the network read what is not published yet.
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST),
        value_parser = read_address
    )]
    bind: IpAddr,
    /// Open the site in the browser.
    #[arg(long)]
    open: bool,
    /// Show drafts and embargoed pieces too, each with a banner.
    #[arg(long)]
    drafts: bool,
    /// Look at all files twice a second, for disks of a network, which do not tell
    /// of changes.
    #[arg(long)]
    poll: bool,
    /// How to talk.
    #[command(flatten)]
    talk: TalkArgs,
}

/// Reads an address of a machine.
fn read_address(written: &str) -> Result<IpAddr, &'static str> {
    written.parse().map_err(|_| "write it in numbers, such as 127.0.0.1 or ::1")
}

/// When the program began.
static BEGUN: OnceLock<Instant> = OnceLock::new();

/// How long the program has been running.
fn running() -> Duration {
    BEGUN.get_or_init(Instant::now).elapsed()
}

/// The milliseconds since 1970 began.
fn milliseconds() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.ok().and_then(|since| u64::try_from(since.as_millis()).ok()).unwrap_or_default()
}

/// Shows a site until the program is interrupted.
pub(super) fn run(args: ServeArgs) -> ExitCode {
    running();
    let folder = folder_of(&args.config);
    let options = Options {
        config: args.config,
        port: args.port,
        bind: args.bind,
        drafts: if args.drafts { Drafts::Built } else { Drafts::LeftOut },
        polls: args.poll,
        program: program(),
        first: milliseconds(),
        clock: Clock { moment: clock, running },
    };
    let preview = match Preview::open(options) {
        Ok(preview) => preview,
        Err(fault) => {
            show(&fault.into(), &folder, &args.talk);
            return ExitCode::from(ERRORS);
        }
    };
    let origin = preview.origin().to_owned();
    if !args.bind.is_loopback() {
        say(
            "warning: others on the network can read the preview, with all that is not published\n",
        );
    }
    let teller = Terminal {
        folder,
        talk: args.talk,
        origin,
        opens: args.open,
        said: Mutex::default(),
    };
    match preview.run(Box::new(teller)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: the preview ended: {error}\n"));
            ExitCode::from(ERRORS)
        }
    }
}

/// A file's name without characters that a terminal would act on.
fn shown(file: &str) -> String {
    file.replace(char::is_control, "\u{fffd}")
}

/// Tells the person at the terminal.
struct Terminal {
    /// The site's folder.
    folder: PathBuf,
    /// How to talk. Notes and where the site is are said in any case.
    talk: TalkArgs,
    /// Where the site can be seen.
    origin: String,
    /// Whether it is to be opened in the browser.
    opens: bool,
    /// The faults as they were shown last.
    said: Mutex<Diagnostics>,
}

impl Teller for Terminal {
    fn ready(&self) {
        say(&format!("the site is at {}/; end it with Ctrl-C\n", self.origin));
        if self.opens
            && let Err(error) = open::that_detached(&self.origin)
        {
            say(&format!("warning: the browser cannot be opened: {error}\n"));
        }
    }

    fn note(&self, words: &str) {
        say(&format!("note: {words}\n"));
    }

    fn tell(&self, report: &Report, faults: &Diagnostics) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if *said != *faults {
            show(faults, &self.folder, &self.talk);
            said.clone_from(faults);
        }
        if !self.talk.quiet {
            let what = match report.files.as_slice() {
                [] => "read the site".to_owned(),
                [file] => shown(file),
                [file, rest @ ..] => format!("{} and {} more", shown(file), rest.len()),
            };
            let took = report.took().as_secs_f64() * 1000.0;
            say(&format!("{what}: {}, {took:.0} ms\n", report::tally(faults)));
        }
    }

    fn words(&self, faults: &Diagnostics) -> String {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let read = |file: &str| read_text(&self.folder.join(file));
        // Writing to memory cannot fail.
        drop(report::show(faults, Format::Human, &read, &mut out, &mut err));
        report::plain(&String::from_utf8_lossy(&err))
    }
}
