//! The command `import`: press that stands elsewhere becomes files of this
//! archive, with an account of every item and every character.
//!
//! A [`Source`] is read twice: first for the outlines of its pieces, so that
//! each has its place before any link is followed, then piece by piece. Decided
//! here is what all sources have in common: where pieces go, where their links
//! lead, what their keys say, and that nothing a person changed is overwritten.
//! How a source is read is decided by its own module.
//!
//! The files of an import stand in `imports/NAME`: the report, the register of
//! what was written, the table of names, and tables of redirects, links and
//! files.

pub mod account;
pub mod document;
pub mod folders;
pub mod furniture;
pub mod html;
pub mod input;
pub mod piece;
pub mod text;

mod book;
mod check;
mod cut;
mod draft;
mod front_matter;
mod links;
mod media;
mod names;
mod places;
mod register;
mod report;
mod tables;
mod terms;
mod uploads;
mod writing;
#[cfg(test)]
mod tests;

pub mod wordpress;

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;

use crate::archive::Drafts;
use crate::build::{self, Before, Opened};
use crate::config::Config;
use crate::content::NoMemory;
use crate::date::Moment;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::hash::{FixedMap, FixedSet};
use crate::plan::{Plan, What};
use crate::publish;
use crate::source::{self, CONTENT, Folder};

pub use links::State;
pub use names::Proposal;
pub use report::{Outcome, Report};

use cut::Cut;
use media::{Found, Media};
use piece::{Item, Origin, Refused, Skipped, Source};
use places::{HELD, Places};
use register::Register;
use tables::Tables;
use terms::Mapping;
use uploads::Uploads;
use writing::{Disk, Writer};

/// The folder of what imports leave beside their pieces.
pub const IMPORTS: &str = "imports";

/// How many pieces are made at once.
const BATCH: usize = 64;

/// The most pieces for which a build is tried after the import: with more, the
/// memory of a build would be that of the import.
const MOST_CHECKED: usize = 5_000;

/// How an import is done.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Options {
    /// The name of the import: that of its folder in `imports/`.
    pub name: String,
    /// Whether nothing is to be written.
    pub is_dry_run: bool,
    /// Whether files that were taken away since an earlier run are written again.
    pub restores: bool,
    /// Whether names with a record are added to the keys of pieces.
    pub adds_names: bool,
    /// The folder or zip file of the files that pieces show.
    pub media: Option<PathBuf>,
    /// What decides what the texts are, as it is written on the command line; a run
    /// that is told otherwise than the one before says so.
    pub told: String,
    /// What of the source could not be opened: its path, and why.
    pub passed_over: Vec<(String, &'static str)>,
}

impl Options {
    /// The path of a file of the import, from the site's folder.
    fn file(&self, name: &str) -> String {
        format!("{IMPORTS}/{}/{name}", self.name)
    }
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A build is tried.
    Checks,
}

/// Imports what a source has into the archive of a folder.
pub fn import(
    source: &mut dyn Source,
    site: Opened,
    (options, now): (&Options, Moment),
    progress: &dyn Fn(Progress),
    faults: &mut Diagnostics,
) -> Option<Report> {
    let Opened { folder, config, .. } = site;
    let config = config?;
    let (register, mut mapping) = earlier(&folder, &config, options, faults);
    if faults.has_errors() {
        return None;
    }
    let mut places = Places::default();
    occupy(&mut places, &folder, (&config, now), &register);
    let mut n_pieces = 0_u64;
    let surveyed = source.survey(&mut |outline| {
        n_pieces += 1;
        places.add(outline, &config, &register);
    });
    surveyed.map_err(|why| faults.push(refused(&why))).ok()?;
    places.close(&config, &register);
    let media = Media::new(files_at_hand(&folder, options));
    let cut = folder.read_text(&options.file("cut.tsv").into()).unwrap_or_default();
    let cut = Cut::read(&cut);
    let result = run(
        source,
        (&folder, &config),
        (options, &register),
        (&mut places, &media, &mut mapping),
        (&cut, now),
    );
    let (mut report, mut tables, wanted) =
        result.map_err(|fault| faults.push(*fault)).ok()?;
    report.remarks.extend(source.remarks());
    report.remarks.extend(remark_on_options(&folder, options));
    report.n_untold = n_pieces.abs_diff(report.n_pieces());
    copy_media(&folder, options, wanted, &mut report);
    let finished = finish(&folder, options, (&mut report, &mut tables, &mapping));
    finished.map_err(|error| faults.push(failed(&options.file(""), &error))).ok()?;
    if !options.is_dry_run {
        progress(Progress::Checks);
        if !folder.path(CONTENT).is_dir() {
            // There is nothing that could be built.
        } else if n_pieces <= MOST_CHECKED as u64 {
            check::check(&folder, &config, (options, now), &mut report);
        } else {
            let words = format!(
                "With more than {MOST_CHECKED} pieces no build was tried: run `pressmark build`."
            );
            report.remarks.push(words);
        }
        write_report(&folder, options, &mut report)
            .map_err(|error| faults.push(failed(&options.file("report.json"), &error)))
            .ok()?;
    }
    Some(report)
}

/// What earlier runs left: what they wrote, and the table of names.
fn earlier(
    folder: &Folder,
    config: &Config,
    options: &Options,
    faults: &mut Diagnostics,
) -> (Register, Mapping) {
    let mut read = |name: &str| {
        let file: Arc<str> = options.file(name).into();
        if folder.path(&file).symlink_metadata().is_err() {
            return None;
        }
        let text = folder.read_text(&file).map_err(|fault| faults.push(fault)).ok()?;
        Some((file, text))
    };
    let register = read("register.tsv");
    let table = read("terms.toml");
    let register = register.map(|(_, text)| Register::read(&text)).unwrap_or_default();
    let mapping = table.map(|(file, text)| Mapping::read(&file, &text, config, faults));
    (register, mapping.unwrap_or_default())
}

/// Takes note of what stands in the site already, apart from what earlier runs
/// of this import wrote.
fn occupy(
    places: &mut Places,
    folder: &Folder,
    (config, now): (&Config, Moment),
    register: &Register,
) {
    let mut unsaid = Diagnostics::new();
    let sources = folder.scan(&mut unsaid);
    let held = source::list(&folder.path(HELD));
    let held = held.into_iter().map(|file| format!("{HELD}/{file}"));
    let content = sources.content.iter().map(ToString::to_string);
    for file in content.chain(held) {
        if register.has_file(&file) {
            places.find_there(&file);
        } else {
            places.occupy(&file, config);
        }
    }
    let before =
        Before { now, drafts: Drafts::Built, memory: &NoMemory, begins: &|_| () };
    let Some(prepared) = build::prepare(folder, config, sources, &before, &mut unsaid)
    else {
        return;
    };
    reserve(places, &prepared.plan, &prepared.archive, register);
}

/// Takes the addresses of the site's plan, but for those of earlier runs.
fn reserve(
    places: &mut Places,
    plan: &Plan,
    archive: &crate::archive::Archive,
    register: &Register,
) {
    for entry in &plan.entries {
        let file = match &entry.what {
            What::Article(work, index) => {
                Some(&archive.work(*work).versions[*index].file.path)
            }
            What::Page(group, index) => {
                Some(&archive.pages[*group].versions[*index].file.path)
            }
            What::Redirect(index) => Some(&plan.redirects[*index].origin.file),
            _ => None,
        };
        if !file.is_some_and(|file| register.has_file(file)) {
            let _ = places.reserve(&entry.address);
        }
    }
}

/// Writes what a source has.
fn run<'a>(
    source: &mut dyn Source,
    (folder, config): (&'a Folder, &'a Config),
    (options, register): (&'a Options, &'a Register),
    (places, media, mapping): (&mut Places, &Media, &mut Mapping),
    (cut, now): (&Cut, Moment),
) -> Result<(Report, Tables, BTreeSet<Found>), Box<Diagnostic>> {
    let tables = begin_tables(folder, options)?;
    let scratch = publish::scratch();
    let scratch =
        scratch.map_err(|error| failed(&options.file("report.json"), &error))?;
    let report = Report::new(scratch, source.system(), &options.name);
    let names = names::Names::read(folder, config);
    let system = source.system();
    let mut writer = Writer {
        disk: Disk { folder, options, register },
        config,
        mapping,
        places,
        media,
        names: &names,
        hosts: source.hosts(),
        cut,
        now,
        keys: FixedMap::default(),
        passed: FixedSet::default(),
        wanted: BTreeSet::new(),
        system,
        report,
        tables,
        n_pieces: 0,
        batch: Vec::new(),
        failed: None,
    };
    let read = read_beside(source, &mut writer);
    if let Some(error) = writer.failed.take() {
        return Err(Box::new(failed(&options.file(""), &error)));
    }
    read.map_err(|why| Box::new(refused(&why)))?;
    for (path, why) in &options.passed_over {
        let origin = Origin {
            kind: "file".to_owned(),
            file: path.as_str().into(),
            ..Origin::default()
        };
        let reason = (*why).to_owned();
        writer.take(Item::Lost(Skipped { origin, title: String::new(), reason }));
    }
    writer.lead_names_on(source.archives());
    if let Some(error) = writer.failed.take() {
        return Err(Box::new(failed(&options.file(""), &error)));
    }
    let remark = remark_on_untold(&writer.untold());
    writer.report.remarks.extend(remark);
    Ok((writer.report, writer.tables, writer.wanted))
}

/// Reads all items of a source, and writes its pieces beside that.
fn read_beside(
    source: &mut dyn Source,
    writer: &mut Writer<'_, '_>,
) -> Result<(), Refused> {
    thread::scope(|scope| {
        let (items, told) = mpsc::sync_channel(BATCH);
        let writing = scope.spawn(|| {
            for item in told {
                writer.take(item);
            }
            writer.flush();
        });
        // A writer that has ended takes nothing more, and says why itself.
        let read = source.read(&mut |item| drop(items.send(item)));
        drop(items);
        // A panic goes on to whoever called.
        writing.join().unwrap_or_else(|panic| resume_unwind(panic));
        read
    })
}

/// Says that the run before was told otherwise, if it was.
fn remark_on_options(folder: &Folder, options: &Options) -> Option<String> {
    let before = folder.read_text(&options.file("options.txt").into()).ok()?;
    let words = |told: &str| match told.trim() {
        "" => "no options".to_owned(),
        told => format!("`{told}`"),
    };
    (before.trim() != options.told.trim()).then(|| {
        format!(
            "The run before this was told {}, this one {}: files that nobody changed were \
             written accordingly.",
            words(&before),
            words(&options.told)
        )
    })
}

/// Names the first of the files whose pieces the source does not have any more.
fn remark_on_untold(files: &[&str]) -> Option<String> {
    const MOST_NAMED: usize = 20;
    let first: Vec<_> =
        files.iter().take(MOST_NAMED).map(|file| format!("`{file}`")).collect();
    let more = files.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!files.is_empty()).then(|| {
        format!(
            "Files of earlier runs whose pieces this source does not have; they stay: {}{more}.",
            first.join(", ")
        )
    })
}

/// Begins the tables beside the report, unless nothing is to be written.
fn begin_tables(folder: &Folder, options: &Options) -> Result<Tables, Box<Diagnostic>> {
    Tables::new(|name| {
        if options.is_dry_run {
            return Ok(None);
        }
        let file = options.file(name);
        let begun = publish::Draft::begin(&folder.path(&file));
        begun.map(Some).map_err(|error| Box::new(failed(&file, &error)))
    })
}

/// The files that pieces can show: those of the folder that was named, and those that
/// an earlier run copied.
fn files_at_hand(folder: &Folder, options: &Options) -> Vec<String> {
    let uploads = options.media.as_deref().map(Uploads::at);
    let mut files: Vec<_> = uploads.iter().flat_map(Uploads::list).collect();
    files.extend(source::list(&folder.path(source::STATIC)));
    files
}

/// Copies the files that public pieces show.
fn copy_media(
    folder: &Folder,
    options: &Options,
    wanted: BTreeSet<Found>,
    report: &mut Report,
) {
    let Some(uploads) = options.media.as_deref().filter(|_| !options.is_dry_run) else {
        return;
    };
    let uploads = Uploads::at(uploads);
    let here: BTreeSet<_> = uploads.list().into_iter().collect();
    // What is not there was copied by an earlier run.
    let is_here = |found: &Found| here.contains(&found.file);
    for Found { file, target } in wanted.into_iter().filter(is_here) {
        let to = folder.path(&format!("{}/{target}", source::STATIC));
        let words = match uploads.copy(&file, &to) {
            Err(error) => format!("`static/{target}` cannot be written: {error}"),
            Ok(true) => continue,
            Ok(false) if uploads.read(&file).ok() == source::read_any(&to).ok() => {
                continue;
            }
            Ok(false) => format!(
                "`static/{target}` is another file than `{file}`, which was not copied"
            ),
        };
        report.remarks.push(words);
    }
}

/// Writes the tables beside the report.
fn finish(
    folder: &Folder,
    options: &Options,
    (report, tables, mapping): (&mut Report, &mut Tables, &Mapping),
) -> std::io::Result<()> {
    report.links.clone_from(&tables.links);
    if options.is_dry_run {
        return Ok(());
    }
    std::mem::take(tables).finish()?;
    let told = format!("{}\n", options.told);
    publish::put(&folder.path(&options.file("options.txt")), told.as_bytes())?;
    let file = folder.path(&options.file("terms.toml"));
    publish::put(&file, mapping.text().as_bytes())
}

/// Writes the report.
fn write_report(
    folder: &Folder,
    options: &Options,
    report: &mut Report,
) -> std::io::Result<()> {
    let mut draft = publish::Draft::begin(&folder.path(&options.file("report.json")))?;
    report.write_json(&mut draft)?;
    draft.finish()?;
    let page = report.page();
    publish::put(&folder.path(&options.file("report.html")), page.as_bytes())
}

/// Why a source cannot be imported, as a fault.
pub fn refused(why: &Refused) -> Diagnostic {
    Diagnostic::error(Code::Unreadable, why.message.clone())
        .at(Place::file(Arc::clone(&why.file)))
        .hint(why.hint.clone())
}

/// Reports a file that cannot be written.
fn failed(file: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(Code::OutputFailed, "this cannot be written")
        .at(Place::file(file))
        .note(format!("the system says: {error}"))
        .hint("look at the folder's permissions and the disk's space")
}

/// A name for an import, from a host or a path: what can stand as a folder's
/// name everywhere.
pub fn name_for(text: &str) -> String {
    let name: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '.' || c == '-' { c } else { '-' })
        .collect();
    let name = name.trim_matches(['-', '.']);
    if name.is_empty() { "import".to_owned() } else { name.chars().take(80).collect() }
}

/// Whether a path names something below `content/` or `held/`.
fn is_piece(file: &str) -> bool {
    [CONTENT, HELD].iter().any(|folder| Path::new(file).starts_with(folder))
}
