//! The command `serve`: shows the site as it is being written.
//!
//! Nothing is written: an `edition` of the site stands in memory, and a
//! page of it is made when somebody asks for it. When a file changes, the
//! `desk` reads it and makes the next edition, and pages that are open load
//! themselves again.
//!
//! If an edition cannot be made, the one before stays, and its pages show what is
//! wrong. So does a page that cannot be made: it is shown as it was.

mod board;
mod desk;
mod edition;
mod http;
mod status;
mod watch;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::archive::Drafts;
use crate::build::REGISTER;
use crate::date::Moment;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::Folder;

use board::Board;
pub use board::{Report, Teller};
use desk::Desk;
use watch::{Changes, Watch};

/// The port of a preview, if it is free.
const PORT: u16 = 8000;
/// How many ports are tried, from the first on, if none was asked for.
const PORTS_TRIED: u16 = 20;

/// How often it is looked whether the site's folder is still the one that is
/// watched, while nothing changes.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// What a preview is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// The settings' file; the site's folder is the one that it stands in.
    pub config: PathBuf,
    /// The port; one that is free if none is given.
    pub port: Option<u16>,
    /// The address to listen at.
    pub bind: IpAddr,
    /// Whether pieces that are not ready are shown.
    pub drafts: Drafts,
    /// Whether files are looked at again and again, because the system does not
    /// tell of changes.
    pub polls: bool,
    /// What this program is, in words that are others in every version of it.
    pub program: String,
    /// The number of the first edition, which no run before has given: the
    /// milliseconds since 1970, say.
    pub first: u64,
    /// The clock.
    pub clock: Clock,
}

/// The time, as only the command line knows it.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The time of the day.
    pub moment: fn() -> Moment,
    /// How long the program has been running.
    pub running: fn() -> Duration,
}

/// A preview that holds its port and has not begun.
pub struct Preview {
    /// What it is asked to do.
    options: Options,
    /// The site's folder, without links in its path.
    root: PathBuf,
    /// Where requests come in.
    listener: TcpListener,
    /// Where it can be seen.
    origin: String,
}

impl Preview {
    /// Takes the port of a preview.
    pub fn open(options: Options) -> Result<Self, Diagnostic> {
        let root = options.config.parent().unwrap_or(&options.config);
        let folder = Folder::open(root)
            .map_err(|_| crate::config::missing(&options.config.display().to_string()))?;
        let root = folder.real_root().to_owned();
        let listener = listen(&options)?;
        let address = listener.local_addr().map_err(|error| refused(&options, &error))?;
        let origin = origin(address);
        Ok(Self { options, root, listener, origin })
    }

    /// Where it can be seen: `http://localhost:8000`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Shows the site until the program is interrupted.
    pub fn run(self, teller: Box<dyn Teller>) -> io::Result<()> {
        let Self { options, root, listener, origin } = self;
        let board = Arc::new(Board::new(teller, options.first));
        let shown = Arc::clone(&board);
        let (alive, desk) = oneshot::channel();
        // It ends with the program: whatever it does is in memory.
        thread::Builder::new().name("desk".to_owned()).spawn(move || {
            let _alive = alive;
            edit(&options, &root, origin, &shown);
        })?;
        http::serve(listener, &board, desk)
    }
}

/// Makes the first edition, and one more whenever something has changed.
fn edit(options: &Options, root: &Path, origin: String, board: &Board) {
    let (send, signals) = mpsc::channel();
    // Before the site is read, so that no change is missed.
    let mut watch = watch_over(options, root, &send, board);
    let (collector, collected) = mpsc::channel();
    let waiting: Arc<AtomicBool> = Arc::default();
    let (set, running) = (Arc::clone(&waiting), options.clock.running);
    thread::spawn(move || {
        while let Some(changes) = watch::wait(&signals, running) {
            set.store(true, Ordering::Relaxed);
            if collector.send(changes).is_err() {
                return;
            }
        }
    });
    let has_more = || waiting.load(Ordering::Relaxed);
    let mut desk = Desk::new(options, origin);
    desk.begin(board, &has_more);
    loop {
        let mut changes = match collected.recv_timeout(HEARTBEAT) {
            Ok(changes) => changes,
            Err(RecvTimeoutError::Timeout) if watch.is_lost() => {
                watch = watch_over(options, root, &send, board);
                Changes::unsure()
            }
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        for more in collected.try_iter() {
            changes.add(more);
        }
        // What is sent after this has set it again, or is looked at next.
        waiting.store(false, Ordering::Relaxed);
        watch.follow(&changes);
        desk.update(&changes, board, &has_more);
    }
}

/// Watches a site's folder, by looking again and again if there is no other way.
fn watch_over(
    options: &Options,
    root: &Path,
    signals: &mpsc::Sender<Changes>,
    board: &Board,
) -> Watch {
    let settings = options.config.file_name().unwrap_or_default();
    let others = [settings.to_string_lossy().into_owned(), REGISTER.to_owned()];
    if options.polls {
        return Watch::poll(root, others, signals);
    }
    Watch::begin(root, signals).unwrap_or_else(|error| {
        let why = if watch::is_exhausted(&error) {
            "it watches as many files as it may".to_owned()
        } else {
            error.to_string()
        };
        board.note(&format!(
            "the system does not tell of changes ({why}), so the files are looked over \
             twice a second"
        ));
        Watch::poll(root, others, signals)
    })
}

/// Listens at the port that was asked for, else at the first that is free.
fn listen(options: &Options) -> Result<TcpListener, Diagnostic> {
    let at = |port| TcpListener::bind(SocketAddr::new(options.bind, port));
    if let Some(port) = options.port {
        return at(port).map_err(|error| refused(options, &error));
    }
    let mut ports = (PORT..PORT + PORTS_TRIED).map(at);
    let is_taken = |found: &io::Result<TcpListener>| {
        found.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AddrInUse)
    };
    let found = ports.find(|found| !is_taken(found)).unwrap_or_else(|| at(0));
    found.map_err(|error| refused(options, &error))
}

/// Reports that a preview cannot listen.
fn refused(options: &Options, error: &io::Error) -> Diagnostic {
    let port = options.port.unwrap_or(PORT);
    let address = SocketAddr::new(options.bind, port).to_string();
    let found = Diagnostic::error(Code::CannotListen, "the preview cannot listen here")
        .at(Place::file(address));
    match error.kind() {
        io::ErrorKind::AddrInUse => found.note("another program uses this port").hint(
            "end it, or choose another with `--port`; without it a free one is taken",
        ),
        io::ErrorKind::PermissionDenied => found
            .note("the system keeps ports below 1024 to itself")
            .hint("choose a higher one with `--port`"),
        io::ErrorKind::AddrNotAvailable => found
            .note("this machine has no such address")
            .hint("leave out `--bind`, or name an address of this machine"),
        _ => found
            .note(format!("the system says: {error}"))
            .hint("choose another `--port`"),
    }
}

/// Where a preview can be seen.
fn origin(address: SocketAddr) -> String {
    let port = address.port();
    match address.ip() {
        ip if ip == IpAddr::V4(Ipv4Addr::LOCALHOST) || ip.is_unspecified() => {
            format!("http://localhost:{port}")
        }
        _ => format!("http://{address}"),
    }
}
