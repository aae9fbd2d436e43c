//! Tries a build of the archive with the imported pieces in it, and writes down
//! what it says.
//!
//! What a build refuses and no editor needs to decide is mended first: an old
//! path that a page of the site has, and a link to a heading that its page does
//! not have.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::archive::Drafts;
use crate::build::{self, Before};
use crate::config::Config;
use crate::content::NoMemory;
use crate::date::Moment;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::hash::Sha256;
use crate::import::report::Report;
use crate::import::{Options, is_piece, register};
use crate::publish;
use crate::render::{Kit, Proofs, Site, proofread};
use crate::source::Folder;

/// How often mending is tried.
const ROUNDS: usize = 3;

/// Tries a build, mends what can be mended, and writes down the rest.
pub(super) fn check(
    folder: &Folder,
    config: &Config,
    (options, now): (&Options, Moment),
    report: &mut Report,
) {
    let mut found = look(folder, config, now);
    for _ in 0..ROUNDS {
        if !mend(folder, options, report, &found) {
            break;
        }
        found = look(folder, config, now);
    }
    let words = found.sorted().into_iter().map(words_of).collect();
    let n_errors = found.count(Severity::Error);
    report.build = Some((words, n_errors, found.count(Severity::Warning)));
}

/// What a build says of the site.
fn look(folder: &Folder, config: &Config, now: Moment) -> Diagnostics {
    let mut faults = Diagnostics::new();
    let before =
        Before { now, drafts: Drafts::LeftOut, memory: &NoMemory, begins: &|_| () };
    let sources = folder.scan(&mut faults);
    let Some(prepared) = build::prepare(folder, config, sources, &before, &mut faults)
    else {
        return faults;
    };
    let site = Site {
        folder,
        archive: &prepared.archive,
        plan: &prepared.plan,
        config,
        locales: &prepared.locales,
        templates: &prepared.templates,
        today: now.day_in(&config.zone),
        is_preview: false,
    };
    let kit = Kit::new(&site);
    proofread(&site, &kit, &Proofs::default(), &|| false, &mut faults);
    faults
}

/// Mends what can be mended; whether anything was.
fn mend(
    folder: &Folder,
    options: &Options,
    report: &mut Report,
    found: &Diagnostics,
) -> bool {
    let mut cuts: BTreeMap<Arc<str>, Vec<(usize, usize)>> = BTreeMap::new();
    for fault in found.sorted() {
        let is_mended = matches!(
            fault.code,
            Code::AddressTaken
                | Code::AddressCase
                | Code::AddressUnsafe
                | Code::BrokenAnchor
        );
        if fault.severity != Severity::Error || !is_mended {
            continue;
        }
        for place in fault.places.iter().filter(|place| is_piece(&place.file)) {
            if let Some(span) = place.span {
                cuts.entry(Arc::clone(&place.file))
                    .or_default()
                    .push((span.start as usize, span.end as usize));
            }
        }
    }
    let mut is_mended = false;
    for (file, spans) in cuts {
        let n = spans.len();
        if report.wrote(&file) && mend_file(folder, options, &file, spans) {
            report.remarks.push(format!(
                "`{file}`: {n} old paths or places in pages that the site does not have were cut; they stand in cut.tsv"
            ));
            is_mended = true;
        }
    }
    is_mended
}

/// Takes paths out of `redirects`, and anchors off links.
fn mend_file(
    folder: &Folder,
    options: &Options,
    file: &Arc<str>,
    mut spans: Vec<(usize, usize)>,
) -> bool {
    let Ok(mut text) = folder.read_text(file) else { return false };
    let old = Sha256::of(text.as_bytes());
    spans.sort_unstable();
    spans.dedup();
    let mut cut = String::new();
    for &(start, end) in spans.iter().rev() {
        if let Some(what) = mend_span(&mut text, start, end) {
            cut += &format!("{file}\t{what}\n");
        }
    }
    if cut.is_empty() {
        return false;
    }
    let register = options.file("register.tsv");
    let Ok(known) = folder.read_text(&register.as_str().into()) else { return false };
    let Some(key) = register::key_of(&known, &old, file) else { return false };
    let line = register::line(false, &Sha256::of(text.as_bytes()), file, key);
    let list = folder.path(&options.file("cut.tsv"));
    publish::append(&list, cut.as_bytes())
        .and_then(|()| publish::append(&folder.path(&register), line.as_bytes()))
        .and_then(|()| publish::put(&folder.path(file), text.as_bytes()))
        .and_then(|()| {
            publish::append(&folder.path(&register), register::DONE.as_bytes())
        })
        .is_ok()
}

/// Mends what stands in a span: a text in a list of `redirects`, or a link's
/// destination with an anchor. Says what was cut.
fn mend_span(text: &mut String, start: usize, end: usize) -> Option<String> {
    let written = text.get(start..end)?.to_owned();
    if written.starts_with('"') {
        let line = text.get(..start).unwrap_or_default().rsplit('\n').next();
        if !line.is_some_and(|line| line.starts_with("redirects = [")) {
            return None;
        }
        let behind = text.get(end..).unwrap_or_default();
        let end = end + if behind.starts_with(", ") { 2 } else { 0 };
        text.replace_range(start..end, "");
        return Some(written.trim_matches('"').to_owned());
    }
    let at = written.find('#').filter(|at| *at > 0)?;
    text.replace_range(start + at..end, "");
    Some(written)
}

/// A fault in one line.
fn words_of(fault: &Diagnostic) -> String {
    let place = fault.places.first().map(|place| format!("{}: ", place.file));
    let (severity, code) = (fault.severity.as_str(), fault.code.as_str());
    format!("{}{severity}[{code}]: {}", place.unwrap_or_default(), fault.message)
}
