//! What the desk hangs up for the server and its readers to see.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, Once, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::serve::edition::Edition;

/// How many pages are kept as they were when they could be made last.
const MOST_GOOD: usize = 64;

/// How often the desk tries to change an edition that is being read. A page is read
/// in a few milliseconds.
const MOST_TRIES: usize = 50;
/// How long it waits in between.
const PAUSE: Duration = Duration::from_millis(1);

/// What is to be seen.
pub(super) struct Board {
    /// The newest edition that could be made.
    edition: RwLock<Option<Arc<Edition>>>,
    /// What pages are told of.
    state: watch::Sender<State>,
    /// What the desk did last.
    report: RwLock<Arc<(Report, Diagnostics)>>,
    /// Pages as they were when they could be made last, the newest at the end.
    good: Mutex<VecDeque<(String, Vec<u8>)>>,
    /// Tells the person at the terminal.
    teller: Box<dyn Teller>,
    /// Is done once that person was told where the site can be seen.
    ready: Once,
}

/// Tells the person at the terminal what happened.
pub trait Teller: Send + Sync {
    /// Says where the site can be seen; called once there is something to see.
    fn ready(&self);

    /// Says something that a person should know.
    fn note(&self, words: &str);

    /// Says what the desk did and what is wrong.
    fn tell(&self, report: &Report, faults: &Diagnostics);

    /// Puts faults into words, as on a terminal without colours.
    fn words(&self, faults: &Diagnostics) -> String;
}

/// What a page needs to know in order to know whether it is of today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct State {
    /// The number of the edition.
    pub(super) edition: u64,
    /// The number of the style sheets.
    pub(super) styles: u64,
    /// The number of the report, which the page that helps shows.
    pub(super) report: u64,
    /// How many errors there are.
    pub(super) n_errors: usize,
    /// How many warnings there are.
    pub(super) n_warnings: usize,
    /// The errors and warnings, in words.
    pub(super) faults: Arc<str>,
}

/// What the desk did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The files that had changed.
    pub files: Vec<String>,
    /// How long each stage of it took.
    pub stages: Vec<(&'static str, Duration)>,
}

impl Report {
    /// How long it took.
    pub fn took(&self) -> Duration {
        self.stages.iter().map(|(_, took)| *took).sum()
    }
}

impl Board {
    /// A board with nothing on it. Its editions and the like are numbered from
    /// `first` on, so that a page knows those of another run from them.
    pub(super) fn new(teller: Box<dyn Teller>, first: u64) -> Self {
        let state =
            State { edition: first, styles: first, report: first, ..State::default() };
        Self {
            edition: RwLock::default(),
            state: watch::Sender::new(state),
            report: RwLock::default(),
            good: Mutex::default(),
            teller,
            ready: Once::new(),
        }
    }

    /// The newest edition.
    pub(super) fn edition(&self) -> Option<Arc<Edition>> {
        self.edition.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Hangs up an edition, and hands out the one before. Pages hear of it at once.
    pub(super) fn publish(&self, edition: Arc<Edition>) -> Option<Arc<Edition>> {
        let mut shown = self.edition.write().unwrap_or_else(PoisonError::into_inner);
        let before = shown.replace(edition);
        drop(shown);
        self.change_files();
        self.ready.call_once(|| self.teller.ready());
        before
    }

    /// Changes something in the edition, for which nobody may be reading it; false if
    /// somebody did for too long. Pages hear of it at once.
    pub(super) fn amend(&self, change: &mut dyn FnMut(&mut Edition)) -> bool {
        for _ in 0..MOST_TRIES {
            let mut shown = self.edition.write().unwrap_or_else(PoisonError::into_inner);
            if let Some(edition) = shown.as_mut().and_then(Arc::get_mut) {
                change(edition);
                drop(shown);
                self.change_files();
                return true;
            }
            drop(shown);
            thread::sleep(PAUSE);
        }
        false
    }

    /// Hangs up what the desk did, and what is wrong.
    pub(super) fn report(&self, report: Report, faults: Diagnostics) {
        self.teller.tell(&report, &faults);
        // What is wrong can be seen too.
        self.ready.call_once(|| self.teller.ready());
        let words: Arc<str> = self.teller.words(&faults).into();
        let (n_errors, n_warnings) =
            (faults.count(Severity::Error), faults.count(Severity::Warning));
        *self.report.write().unwrap_or_else(PoisonError::into_inner) =
            Arc::new((report, faults));
        self.state.send_modify(|state| {
            let report = state.report + 1;
            *state =
                State { report, n_errors, n_warnings, faults: words, ..state.clone() };
        });
    }

    /// Tells pages that they, or files that they show, are not as they were.
    pub(super) fn change_files(&self) {
        self.state.send_modify(|state| state.edition += 1);
    }

    /// Tells pages to load their style sheets again.
    pub(super) fn change_styles(&self, files: Vec<String>) {
        let last = self.last();
        self.teller.tell(&Report { files, ..Report::default() }, &last.1);
        self.state.send_modify(|state| state.styles += 1);
    }

    /// Tells the person at the terminal something to know.
    pub(super) fn note(&self, words: &str) {
        self.teller.note(words);
    }

    /// Tells the person at the terminal of a page that cannot be made.
    pub(super) fn tell_fault(&self, path: &str, fault: &Diagnostic) {
        let report = Report { files: vec![path.to_owned()], ..Report::default() };
        self.teller.tell(&report, &fault.clone().into());
    }

    /// A fault in words.
    pub(super) fn words_of(&self, fault: Diagnostic) -> String {
        self.teller.words(&fault.into())
    }

    /// What the desk did last, and what is wrong.
    pub(super) fn last(&self) -> Arc<(Report, Diagnostics)> {
        Arc::clone(&self.report.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What pages are told of, now and from now on.
    pub(super) fn states(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// What pages are told of now.
    pub(super) fn state(&self) -> State {
        self.state.borrow().clone()
    }

    /// Keeps a page that could be made.
    pub(super) fn keep_good(&self, path: &str, page: &[u8]) {
        let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        good.retain(|(known, _)| known != path);
        if good.len() == MOST_GOOD {
            good.pop_front();
        }
        good.push_back((path.to_owned(), page.to_owned()));
    }

    /// A page as it was when it could be made last.
    pub(super) fn last_good(&self, path: &str) -> Option<Vec<u8>> {
        let good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        good.iter().find(|(known, _)| known == path).map(|(_, page)| page.clone())
    }
}
