//! Takes the items of a source one after the other and writes their files.
//!
//! Pieces are made in batches, in parallel; what they depend on is decided
//! before, in their order, and what is said of them is said in their order.

use std::io;

use url::Url;

use crate::address::Address;
use crate::config::Config;
use crate::hash::Sha256;
use crate::import::draft::{Drafted, Ready, draft};
use crate::import::front_matter::Decided;
use crate::import::links::{State, World, relative};
use crate::import::media::Media;
use crate::import::names::Names;
use crate::import::piece::{About, Item, Note, Piece, Skipped, Term};
use crate::import::places::{self, Place, Places};
use crate::import::register::{self, Register};
use crate::import::report::{Line, Outcome, Report};
use crate::import::tables::Tables;
use crate::import::terms::Mapping;
use crate::import::{BATCH, Options};
use crate::parallel;
use crate::publish;
use crate::slug::slugify;
use crate::source::{self, Folder};

/// Writes the pieces of a source.
pub(super) struct Writer<'a, 'b> {
    /// Where files are written.
    pub(super) disk: Disk<'a>,
    /// The site's settings.
    pub(super) config: &'a Config,
    /// What becomes of the source's names.
    pub(super) mapping: &'b mut Mapping,
    /// Where pieces go.
    pub(super) places: &'b mut Places,
    /// The files that are at hand.
    pub(super) media: &'b Media,
    /// The names of records.
    pub(super) names: &'b Names,
    /// The hosts of the source's own site.
    pub(super) hosts: Vec<String>,
    /// What the source is called.
    pub(super) system: &'static str,
    /// The report.
    pub(super) report: Report,
    /// The tables.
    pub(super) tables: Tables,
    /// How many pieces were told.
    pub(super) n_pieces: usize,
    /// The pieces that are to be made.
    pub(super) batch: Vec<Ready>,
    /// Why nothing more is written.
    pub(super) failed: Option<io::Error>,
}

/// Writes the files of pieces, and overwrites no edit.
#[derive(Clone, Copy)]
pub(super) struct Disk<'a> {
    /// The site's folder.
    pub(super) folder: &'a Folder,
    /// How the import is done.
    pub(super) options: &'a Options,
    /// What earlier runs wrote.
    pub(super) register: &'a Register,
}

/// What is to be done with a file.
enum Step {
    /// It is written, as nothing stands there.
    Write,
    /// It is written in the place of what an earlier run wrote.
    Update,
    /// It is as it should be.
    Leave,
    /// It is a person's now.
    Keep(&'static str),
}

impl Writer<'_, '_> {
    /// Takes the next item.
    pub(super) fn take(&mut self, item: Item) {
        if self.failed.is_some() {
            return;
        }
        match item {
            Item::Piece(piece) => {
                let ready = self.ready(*piece);
                self.batch.push(ready);
                if self.batch.len() >= BATCH {
                    self.flush();
                }
            }
            Item::Skipped(skipped) => self.pass(&skipped, Outcome::Skipped),
            Item::File(skipped, address) => {
                self.pass(&skipped, Outcome::Skipped);
                let copied =
                    Url::parse(&address).ok().and_then(|url| self.media.find(&url));
                let state = if copied.is_some() { State::Copied } else { State::Remote };
                if let Err(error) = self.tables.file(&address, state) {
                    self.failed = Some(error);
                }
            }
            Item::Lost(skipped) => self.pass(&skipped, Outcome::Lost),
        }
    }

    /// Writes down an item that is no piece, in its order.
    fn pass(&mut self, skipped: &Skipped, outcome: Outcome) {
        self.flush();
        let line = Line {
            origin: &skipped.origin,
            title: &skipped.title,
            outcome,
            file: None,
            held: None,
            reason: Some(&skipped.reason),
            account: None,
            notes: &[],
            proposals: &[],
        };
        if let Err(error) = self.report.add(&line) {
            self.failed = Some(error);
        }
    }

    /// Decides what depends on other pieces.
    fn ready(&mut self, mut piece: Piece) -> Ready {
        let number = self.places.number_of(&piece.origin.key).unwrap_or(self.n_pieces);
        self.n_pieces += 1;
        let place = self.places.at(number).cloned().unwrap_or_else(Place::nowhere);
        if place.is_moved {
            let text =
                format!("another piece has its name; its file is `{}`", place.file);
            piece.notes.push(Note { about: About::Question, text, line: 0, rule: None });
        }
        let mut decided = Decided::default();
        self.decide_language(&mut piece, &place, &mut decided);
        let filed = self.mapping.file(&piece.terms, self.config);
        self.decide_redirects(&piece, &place, &mut decided);
        Ready { piece, place, filed, decided }
    }

    /// Decides what the keys on language say.
    fn decide_language(&self, piece: &mut Piece, place: &Place, decided: &mut Decided) {
        let Some(tag) = piece.facts.language.take() else { return };
        let Some(language) = self.config.language(&tag) else {
            let text = format!(
                "its language `{tag}` is not one of the site's: add it to `languages` in \
                 config.toml and run the import again"
            );
            piece.notes.push(Note { about: About::Question, text, line: 0, rule: None });
            piece.facts.extra.insert("language".to_owned(), tag.into());
            return;
        };
        let Some(original) = &piece.facts.translation_of else { return };
        let original = self.places.number_of(original).and_then(|at| self.places.at(at));
        let original = original.filter(|other| {
            other.language != language
                && other.is_held == place.is_held
                && other != &place
        });
        decided.translation_of = original.map(|other| relative(&place.file, &other.file));
    }

    /// Decides which of its old paths lead to a piece.
    fn decide_redirects(&mut self, piece: &Piece, place: &Place, decided: &mut Decided) {
        let new = places::address(place, piece.sort, piece.facts.date, self.config);
        let Some(new) = new.filter(|_| !place.is_held) else { return };
        for old in &piece.facts.redirects {
            // What does not change needs no redirect, in any table.
            let parsed =
                (!old.contains('?')).then(|| Address::parse(&with_slash(old)).ok());
            let parsed = parsed.flatten();
            if parsed.as_ref().is_some_and(|old| place.is_at(old)) {
                continue;
            }
            if let Err(error) = self.tables.redirect(old, &new.encoded()) {
                self.failed = Some(error);
            }
            if let Some(old) = parsed
                && self.places.reserve(&old)
            {
                decided.redirects.push(old.as_str().to_owned());
            }
        }
    }

    /// Makes and writes the pieces of the batch.
    pub(super) fn flush(&mut self) {
        let batch = std::mem::take(&mut self.batch);
        if batch.is_empty() || self.failed.is_some() {
            return;
        }
        let disk = self.disk;
        let hosts = &self.hosts;
        let world = World { places: self.places, media: self.media, hosts };
        let names = (self.names, disk.options.adds_names);
        let system = self.system;
        let drafted =
            parallel::map_owned(batch, |ready| draft(ready, &world, names, system));
        let steps = parallel::map(&drafted, |drafted| disk.step(drafted));
        let is_first =
            disk.register.is_empty() && self.report.n_of(Outcome::Written) == 0;
        if let Err(error) = disk.write(&drafted, &steps, is_first) {
            self.failed = Some(error);
            return;
        }
        for (drafted, step) in drafted.iter().zip(&steps) {
            if let Err(error) = self.tell(drafted, step) {
                self.failed = Some(error);
                return;
            }
        }
    }

    /// Writes down where the pages of names lead now.
    pub(super) fn lead_names_on(&mut self, archives: Vec<(String, Term)>) {
        for (old, term) in archives {
            self.mapping.know(&term, self.config);
            let Some((taxonomy, name)) = self.mapping.target_of(&term) else { continue };
            let slug = slugify(name);
            let new = Address::parse(&format!("/{taxonomy}/{slug}/")).ok();
            let Some(new) = new.filter(|_| !slug.is_empty()) else { continue };
            if new.as_str() != old
                && let Err(error) = self.tables.redirect(&old, &new.encoded())
            {
                self.failed = Some(error);
            }
        }
    }

    /// Says what became of a piece.
    fn tell(&mut self, drafted: &Drafted, step: &Step) -> io::Result<()> {
        let (outcome, reason) = match step {
            Step::Write => (Outcome::Written, None),
            Step::Update => (Outcome::Updated, None),
            Step::Leave => (Outcome::Unchanged, None),
            Step::Keep(reason) => (Outcome::Kept, Some(*reason)),
        };
        self.tables.followed(&drafted.file, &drafted.followed)?;
        self.report.add(&Line {
            origin: &drafted.origin,
            title: &drafted.title,
            outcome,
            file: Some(&drafted.file),
            held: drafted.held.as_deref(),
            reason,
            account: Some(&drafted.account),
            notes: &drafted.notes,
            proposals: &drafted.proposals,
        })
    }
}

impl Disk<'_> {
    /// Decides what is to be done with a file.
    fn step(self, drafted: &Drafted) -> Step {
        let there = source::read_any(&self.folder.path(&drafted.file));
        let known = self.register.get(&drafted.origin.key);
        match (there, known) {
            (Ok(there), _) if there == drafted.text.as_bytes() => Step::Leave,
            (Ok(there), Some(known)) if *Sha256::of(&there) == *known.sha256 => {
                Step::Update
            }
            // A run that was killed between making a file and filling it leaves it so.
            (Ok(there), Some(_)) if there.is_empty() => Step::Update,
            (Ok(_), _) => Step::Keep("was changed since the last import"),
            (Err(_), None) => Step::Write,
            (Err(_), Some(_)) if self.options.restores => Step::Write,
            (Err(_), Some(known)) if *known.file != *drafted.file => {
                self.step_of_moved(&known.file, &known.sha256)
            }
            (Err(_), Some(_)) => {
                Step::Keep("was moved or taken away since the last import")
            }
        }
    }

    /// Decides about a piece that is public now and was not, or the other way
    /// round.
    fn step_of_moved(self, old: &str, sha256: &str) -> Step {
        match source::read_any(&self.folder.path(old)) {
            Ok(there) if Sha256::of(&there) == sha256 => Step::Write,
            Ok(_) => {
                Step::Keep("was changed, and its source is public now, or no longer")
            }
            Err(_) => Step::Keep("was moved or taken away since the last import"),
        }
    }

    /// Writes the files of a batch.
    fn write(
        self,
        drafted: &[Drafted],
        steps: &[Step],
        is_first: bool,
    ) -> io::Result<()> {
        if self.options.is_dry_run {
            return Ok(());
        }
        let is_written = |step: &Step| matches!(step, Step::Write | Step::Update);
        let to_write: Vec<_> =
            drafted.iter().zip(steps).filter(|(_, step)| is_written(step)).collect();
        let file = self.folder.path(&self.options.file("register.tsv"));
        let mut lines = String::new();
        for (drafted, _) in &to_write {
            let sha256 = Sha256::of(drafted.text.as_bytes());
            let is_first = is_first && lines.is_empty();
            lines +=
                &register::line(is_first, &sha256, &drafted.file, &drafted.origin.key);
        }
        publish::append(&file, lines.as_bytes())?;
        let results =
            parallel::map(&to_write, |(drafted, step)| self.write_one(drafted, step));
        results.into_iter().collect()
    }

    /// Writes the file of a piece, and takes away the one of an earlier run if
    /// the piece has moved.
    fn write_one(self, drafted: &Drafted, step: &Step) -> io::Result<()> {
        let (path, bytes) = (self.folder.path(&drafted.file), drafted.text.as_bytes());
        match step {
            Step::Write => publish::put_new(&path, bytes)?,
            _ => publish::put(&path, bytes)?,
        }
        if let Some((ending, source)) = &drafted.kept {
            let path = drafted.file.strip_suffix(".md").unwrap_or(&drafted.file);
            let file = self.options.file(&format!("sources/{path}.{ending}"));
            publish::put(&self.folder.path(&file), source)?;
        }
        let earlier = self.register.get(&drafted.origin.key);
        match earlier.filter(|earlier| *earlier.file != *drafted.file) {
            Some(earlier) if self.folder.path(&earlier.file).is_file() => {
                publish::remove(&self.folder.path(&earlier.file))
            }
            _ => Ok(()),
        }
    }
}

/// A path of old with a slash at its end if it is that of a page.
fn with_slash(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or_default();
    if last.is_empty() || last.contains('.') {
        path.to_owned()
    } else {
        format!("{path}/")
    }
}
