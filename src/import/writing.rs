//! Takes the items of a source one after the other and writes their files.
//!
//! Pieces are made in batches, in parallel; what they depend on is decided
//! before, in their order, and what is said of them is said in their order.

use std::collections::BTreeSet;
use std::io;

use url::Url;

use crate::address::Address;
use crate::config::{Config, LanguageId};
use crate::date::Moment;
use crate::hash::{FixedMap, FixedSet, Sha256, of};
use crate::import::cut::Cut;
use crate::import::draft::{Drafted, Ready, draft};
use crate::import::front_matter::Decided;
use crate::import::links::{State, World, relative};
use crate::import::media::{Found, Media};
use crate::import::names::Names;
use crate::import::piece::{About, Item, Note, Piece, Skipped, Term};
use crate::import::places::{self, HELD, Place, Places};
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
    /// What a build refused of earlier runs.
    pub(super) cut: &'b Cut,
    /// The moment of the import.
    pub(super) now: Moment,
    /// How often each key was told, by its hash.
    pub(super) keys: FixedMap<u64, u32>,
    /// The keys of what was passed over, by their hashes.
    pub(super) passed: FixedSet<u64>,
    /// The files that public pieces show.
    pub(super) wanted: BTreeSet<Found>,
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
    /// The source hides the piece now; this file of it is a person's, and public.
    StillPublic(String),
    /// It could not be written.
    Fails(String),
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
                let found =
                    Url::parse(&address).ok().and_then(|url| self.media.find(&url));
                let state = if found.is_some() { State::AtHand } else { State::Remote };
                if let Err(error) = self.tables.file(&address, state) {
                    self.failed = Some(error);
                }
            }
            Item::Lost(skipped) => self.pass(&skipped, Outcome::Lost),
        }
    }

    /// The files of pieces that earlier runs wrote and that the source does not have
    /// any more.
    pub(super) fn untold(&self) -> Vec<&str> {
        self.disk
            .register
            .untold(|key| self.places.has_key(key) || self.passed.contains(&key))
    }

    /// Writes down an item that is no piece, in its order.
    fn pass(&mut self, skipped: &Skipped, outcome: Outcome) {
        self.flush();
        if !self.disk.register.is_empty() {
            self.passed.insert(of(skipped.origin.key.as_str()));
        }
        // What is skipped may stand in another part of the source, and be a piece there.
        let key = &skipped.origin.key;
        let is_gone = self.places.number_of(key).is_none();
        let fate = is_gone.then(|| self.disk.hold_back(key)).flatten();
        let fate =
            fate.map(|text| Note { about: About::Question, text, line: 0, rule: None });
        let line = Line {
            origin: &skipped.origin,
            title: &skipped.title,
            outcome,
            file: None,
            held: None,
            reason: Some(&skipped.reason),
            account: None,
            notes: fate.as_slice(),
            proposals: &[],
        };
        if let Err(error) = self.report.add(&line) {
            self.failed = Some(error);
        }
    }

    /// Decides what depends on other pieces.
    fn ready(&mut self, mut piece: Piece) -> Ready {
        // Pieces come in the order of their outlines.
        piece.origin.key = places::unique(piece.origin.key, &mut self.keys);
        let number = if self.places.is_key_at(&piece.origin.key, self.n_pieces) {
            self.n_pieces
        } else {
            self.places.number_of(&piece.origin.key).unwrap_or(usize::MAX)
        };
        self.n_pieces += 1;
        let place = self.places.at(number).cloned().unwrap_or_else(Place::nowhere);
        if place.number > 1 {
            let text =
                format!("another piece has its name; its file is `{}`", place.file);
            piece.notes.push(Note { about: About::Question, text, line: 0, rule: None });
        }
        let mut decided = Decided::default();
        self.hold_to_its_day(&mut piece);
        self.decide_language(&mut piece, &place, &mut decided);
        let filed = self.mapping.file(&piece.terms, self.config);
        self.decide_redirects(&piece, &place, &mut decided);
        Ready { piece, place, filed, decided }
    }

    /// Gives a piece that is dated in the future an embargo until then.
    fn hold_to_its_day(&self, piece: &mut Piece) {
        let Some(date) = piece.facts.date else { return };
        let is_to_come = date.is_after(self.now, &self.config.zone);
        if is_to_come && date.check_day().is_ok() && piece.facts.embargo.is_none() {
            piece.facts.embargo = Some(date);
            let text = format!(
                "it is dated {date}, after this import, and held back until then"
            );
            piece.notes.push(Note { about: About::Date, text, line: 0, rule: None });
        }
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
        let tag = self.config.language_of(language).tag.as_str();
        let is_named = place.file.ends_with(&format!(".{tag}.md"));
        decided.language =
            (language != LanguageId::DEFAULT && !is_named).then(|| tag.to_owned());
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
            // What no static host can redirect is for web servers that can.
            let is_free = match &parsed {
                Some(old) => {
                    !self.cut.has(&place.file, old.as_str()) && self.places.reserve(old)
                }
                None => true,
            };
            if let Err(error) = self.tables.redirect(old, &new.encoded(), is_free) {
                self.failed = Some(error);
            }
            decided
                .redirects
                .extend(parsed.filter(|_| is_free).map(|old| old.as_str().to_owned()));
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
        let world =
            World { places: self.places, media: self.media, hosts, cut: self.cut };
        let names = (self.names, disk.options.adds_names);
        let system = self.system;
        let drafted =
            parallel::map_owned(batch, |ready| draft(ready, &world, names, system));
        let steps = parallel::map(&drafted, |drafted| disk.step(drafted));
        let is_first =
            disk.register.is_empty() && self.report.n_of(Outcome::Written) == 0;
        let steps = match disk.write(&drafted, steps, is_first) {
            Ok(steps) => steps,
            Err(error) => {
                self.failed = Some(error);
                return;
            }
        };
        for (drafted, step) in drafted.into_iter().zip(&steps) {
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
            let old_address = Address::parse(&with_slash(&old)).ok();
            let is_free = old_address.is_some_and(|old| self.places.reserve(&old));
            if new.as_str() != old
                && let Err(error) = self.tables.redirect(&old, &new.encoded(), is_free)
            {
                self.failed = Some(error);
            }
        }
    }

    /// Says what became of a piece.
    fn tell(&mut self, mut drafted: Drafted, step: &Step) -> io::Result<()> {
        let (outcome, reason) = match step {
            Step::Write => (Outcome::Written, None),
            Step::Update => (Outcome::Updated, None),
            Step::Leave => (Outcome::Unchanged, None),
            Step::Keep(reason) => (Outcome::Kept, Some(*reason)),
            Step::StillPublic(file) => {
                drafted.file.clone_from(file);
                drafted.held = None;
                (
                    Outcome::Kept,
                    Some(
                        "is still public: the source hides it now, and a person changed it",
                    ),
                )
            }
            Step::Fails(reason) => (Outcome::Lost, Some(reason.as_str())),
        };
        if let (Step::StillPublic(_), Some(text)) = (step, reason) {
            let text = text.to_owned();
            drafted.notes.push(Note { about: About::Loss, text, line: 0, rule: None });
        }
        if !matches!(step, Step::Keep(_) | Step::StillPublic(_) | Step::Fails(_)) {
            self.wanted.append(&mut drafted.wanted);
        }
        self.tables.followed(&drafted.file, &drafted.followed)?;
        self.report.add(&Line {
            origin: &drafted.origin,
            title: &drafted.title,
            outcome,
            file: (outcome != Outcome::Lost).then_some(&drafted.file),
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
        const GONE: Step = Step::Keep("was moved or taken away since the last import");
        let there = source::read_any(&self.folder.path(&drafted.file));
        let known = self.register.get(&drafted.origin.key);
        match (there, known) {
            (Ok(there), _) if is_same(&there, &drafted.text) => Step::Leave,
            (Ok(there), Some(known)) if known.wrote(&there, &drafted.text) => {
                Step::Update
            }
            (Ok(_), _) => Step::Keep("was changed since the last import"),
            (Err(_), None) => Step::Write,
            (Err(_), Some(known)) if *known.file != *drafted.file => {
                match source::read_any(&self.folder.path(&known.file)) {
                    Ok(there) if known.wrote(&there, "") => Step::Write,
                    Ok(_) if drafted.held.is_some() => {
                        Step::StillPublic(known.file.to_string())
                    }
                    Ok(_) => Step::Keep("was changed, and its source is public now"),
                    Err(_) if self.options.restores || known.is_unsure => Step::Write,
                    Err(_) => GONE,
                }
            }
            (Err(_), Some(known)) if self.options.restores || known.is_unsure => {
                Step::Write
            }
            (Err(_), Some(_)) => GONE,
        }
    }

    /// Writes the files of a batch; says what came of it.
    fn write(
        self,
        drafted: &[Drafted],
        steps: Vec<Step>,
        is_first: bool,
    ) -> io::Result<Vec<Step>> {
        let is_written = |step: &Step| matches!(step, Step::Write | Step::Update);
        if self.options.is_dry_run || !steps.iter().any(is_written) {
            return Ok(steps);
        }
        let mut lines = String::new();
        for (drafted, _) in
            drafted.iter().zip(&steps).filter(|(_, step)| is_written(step))
        {
            let sha256 = Sha256::of(drafted.text.as_bytes());
            let is_first = is_first && lines.is_empty();
            lines +=
                &register::line(is_first, &sha256, &drafted.file, &drafted.origin.key);
        }
        let register = self.folder.path(&self.options.file("register.tsv"));
        publish::append(&register, lines.as_bytes())?;
        let pairs: Vec<_> = drafted.iter().zip(steps).collect();
        let steps = parallel::map_owned(pairs, |(drafted, step)| {
            if !is_written(&step) {
                return step;
            }
            match self.write_one(drafted, &step) {
                Ok(()) => step,
                Err(error) => Step::Fails(format!("cannot be written: {error}")),
            }
        });
        publish::append(&register, register::DONE.as_bytes())?;
        Ok(steps)
    }

    /// Writes the file of a piece, and takes away the one of an earlier run if
    /// the piece has moved.
    fn write_one(self, drafted: &Drafted, step: &Step) -> io::Result<()> {
        if !self.is_within(&drafted.file) {
            return Err(io::Error::other("a link above it leads out of the site"));
        }
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
        // A piece that has moved leaves its old place, unless a person changed it.
        let earlier = self.register.get(&drafted.origin.key);
        if let Some(earlier) = earlier.filter(|earlier| *earlier.file != *drafted.file) {
            let old = self.folder.path(&earlier.file);
            let is_ours =
                source::read_any(&old).is_ok_and(|there| earlier.wrote(&there, ""));
            if is_ours {
                publish::remove(&old)?;
            }
        }
        Ok(())
    }

    /// Whether a file may be written: no link leads out of the site above it.
    fn is_within(self, file: &str) -> bool {
        let path = self.folder.path(file);
        let real = path.parent().and_then(source::real);
        real.is_some_and(|real| real.starts_with(self.folder.real_root()))
    }

    /// Holds back the file of a piece that the source has thrown away, if it is as an
    /// import wrote it; says what came of it.
    fn hold_back(self, key: &str) -> Option<String> {
        let entry = self.register.get(key)?;
        let below = entry.file.strip_prefix("content/")?;
        let path = self.folder.path(&entry.file);
        let there = source::read_any(&path).ok()?;
        let file = &entry.file;
        if !entry.wrote(&there, "") {
            return Some(format!(
                "its file {file} was changed by a person and is still public"
            ));
        }
        if self.options.is_dry_run {
            return Some(format!("its file {file} goes to {HELD}/"));
        }
        let text =
            String::from_utf8(there).ok()?.replacen("+++\n", "+++\ndraft = true\n", 1);
        let held = format!("{HELD}/{below}");
        let line = register::line(false, &Sha256::of(text.as_bytes()), &held, key);
        let register = self.folder.path(&self.options.file("register.tsv"));
        let moved = publish::append(&register, line.as_bytes())
            .and_then(|()| publish::put(&self.folder.path(&held), text.as_bytes()))
            .and_then(|()| publish::remove(&path))
            .and_then(|()| publish::append(&register, register::DONE.as_bytes()));
        Some(match moved {
            Ok(()) => format!("its file {file} went to {held}"),
            Err(error) => format!("its file {file} is still public: {error}"),
        })
    }
}

/// Whether a file is as it should be. The sum of the export does not count: another
/// export of the same piece changes nothing else.
fn is_same(there: &[u8], text: &str) -> bool {
    let Ok(there) = std::str::from_utf8(there) else { return false };
    let lines = |text: &'_ str| -> Vec<String> {
        let lines = text.split('\n').filter(|line| !line.starts_with("export_sha256 = "));
        lines.map(str::to_owned).collect()
    };
    there == text || (there.len() == text.len() && lines(there) == lines(text))
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
