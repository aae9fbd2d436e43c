//! Makes a new edition of the site when something of it has changed.

use std::cell::RefCell;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::archive::Drafts;
use crate::build::{self, Before, Opened, Prepared};
use crate::cache::{Cache, Identity, Kept, Warm};
use crate::config::{BaseUrl, Config};
use crate::content::{self, Item, Memory, Seen};
use crate::diagnostic::Diagnostics;
use crate::names::Interner;
use crate::render::{Kit, Proofs, Shelf, Site, proofread};
use crate::serve::board::{Board, Report};
use crate::serve::edition::Edition;
use crate::serve::watch::Changes;
use crate::serve::{Clock, Options};
use crate::source::{CONTENT, Folder, STATIC, Sources};

/// How many changed texts are few: so many are read one by one.
const FEW: usize = 20;

/// What makes editions.
pub(super) struct Desk {
    /// The settings' file.
    config_file: PathBuf,
    /// Where the preview stands, before the path of the site: `http://localhost:8000`.
    origin: String,
    /// Whether pieces that are not ready are shown.
    drafts: Drafts,
    /// What this program is, for the cache.
    program: String,
    /// The clock.
    clock: Clock,
    /// The site's folder; none until it could be opened.
    folder: Option<Arc<Folder>>,
    /// The settings; none while they are wrong.
    config: Option<Arc<Config>>,
    /// The settings on which it depends what is read of a file, as they were last.
    reading: Option<String>,
    /// What is wrong with the settings.
    config_faults: Diagnostics,
    /// The files of the site.
    sources: Sources,
    /// What is wrong with their names and places.
    source_faults: Diagnostics,
    /// What was read of them.
    kept: Arc<Kept>,
    /// The search index of the editions.
    shelf: Arc<Shelf>,
    /// What was found in their texts.
    proofs: Proofs,
    /// Whether the edition that is shown was made of all of that.
    is_shown: bool,
    /// Whether its texts are still to be looked at.
    is_due: bool,
    /// What was wrong when it was made, but for its texts.
    prepare_faults: Diagnostics,
}

/// What changes mean to a site.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each can be so by itself")]
struct Meaning {
    /// Whether the settings have changed.
    is_settings: bool,
    /// Whether the files are to be listed again.
    is_listing: bool,
    /// Whether each file is to be looked at again.
    is_unsure: bool,
    /// Whether nothing but style sheets has changed, which pages take over by
    /// themselves.
    is_styles: bool,
    /// The files that changed, as paths from the site's folder.
    files: Vec<String>,
}

impl Desk {
    /// A desk for a site, which has made no edition yet.
    pub(super) fn new(options: &Options, origin: String) -> Self {
        Self {
            config_file: options.config.clone(),
            origin,
            drafts: options.drafts,
            program: options.program.clone(),
            clock: options.clock,
            folder: None,
            config: None,
            reading: None,
            config_faults: Diagnostics::new(),
            sources: Sources::default(),
            source_faults: Diagnostics::new(),
            kept: Arc::default(),
            shelf: Arc::default(),
            proofs: Proofs::default(),
            is_shown: false,
            is_due: false,
            prepare_faults: Diagnostics::new(),
        }
    }

    /// Makes the first edition, with what a cache knows, and tells the board.
    pub(super) fn begin(&mut self, board: &Board, has_more: &(dyn Fn() -> bool + Sync)) {
        self.read_settings();
        self.list();
        let cache = self.folder.as_ref().and_then(|folder| self.cache(folder));
        self.edit(board, cache, Vec::new(), has_more);
    }

    /// Takes over what has changed, and tells the board. `has_more` says whether
    /// more has changed since, so that thorough work can be put off.
    pub(super) fn update(
        &mut self,
        changes: &Changes,
        board: &Board,
        has_more: &(dyn Fn() -> bool + Sync),
    ) {
        let meaning = self.meaning(changes);
        if meaning.is_nothing() || meaning.is_styles {
            if meaning.is_styles {
                board.change_styles(meaning.files);
            }
            if self.is_due {
                self.proofread_again(board, Vec::new(), has_more);
            }
            return;
        }
        if meaning.is_settings {
            self.read_settings();
        }
        if self.amend(&meaning, board) {
            self.proofread_again(board, meaning.files, has_more);
            return;
        }
        if let (true, Some(folder)) = (meaning.is_unsure, &self.folder) {
            self.kept.check(folder);
        }
        for file in &meaning.files {
            self.kept.forget(file);
        }
        if meaning.is_listing {
            self.list();
        }
        if meaning.is_settings {
            self.proofs = Proofs::default();
        }
        self.edit(board, None, meaning.files, has_more);
    }

    /// What changes mean.
    fn meaning(&self, changes: &Changes) -> Meaning {
        let is_unsure = changes.is_unsure;
        let mut meaning = Meaning { is_unsure, ..Meaning::default() };
        let Some(folder) = &self.folder else {
            // There were no settings so far.
            let settings = self.config_file.file_name();
            let is_first = is_unsure
                || changes.paths.keys().any(|path| path.file_name() == settings);
            return Meaning { is_settings: is_first, is_listing: is_first, ..meaning };
        };
        let ours: Vec<_> = changes
            .paths
            .iter()
            .filter_map(|(path, is_moved)| {
                let beside = self.beside(folder, path);
                let file = beside.clone().or_else(|| folder.listed(path))?;
                Some((path, *is_moved, beside.is_some(), file))
            })
            .collect();
        if is_unsure || !ours.is_empty() {
            // What is wrong with the settings or with a file's place may be mended by
            // any change.
            meaning.is_settings = self.config.is_none() || is_unsure;
            meaning.is_listing = !self.source_faults.is_empty() || is_unsure;
        }
        for (path, is_moved, is_beside, file) in ours {
            if is_beside {
                meaning.is_settings = true;
                meaning.files.push(file);
            } else {
                meaning.add(&self.sources, (path, is_moved), file);
            }
        }
        let is_sheet = |file: &String| file.starts_with(STATIC) && file.ends_with(".css");
        let is_all = !meaning.files.is_empty() && meaning.files.iter().all(is_sheet);
        meaning.is_styles = is_all
            && !meaning.is_settings
            && !meaning.is_listing
            && !self.config_faults.has_errors();
        meaning
    }

    /// The name of the settings or the register, if that is what stands at a path.
    fn beside(&self, folder: &Folder, path: &Path) -> Option<String> {
        let name = path.strip_prefix(folder.real_root()).ok()?.as_os_str();
        let names = [self.config_file.file_name(), Some(OsStr::new(build::REGISTER))];
        names.contains(&Some(name)).then(|| name.to_string_lossy().into_owned())
    }

    /// Reads the settings.
    fn read_settings(&mut self) {
        let mut faults = Diagnostics::new();
        let opened = build::open(&self.config_file, &mut faults);
        self.config_faults = faults;
        self.config = None;
        if let Some(Opened { folder, config, .. }) = opened {
            self.folder = Some(Arc::new(folder));
            self.config = config.map(|config| Arc::new(self.as_preview(config)));
        }
        let reading = self.config.as_ref().map(|config| build::reading(config));
        if reading.is_some() && reading != self.reading {
            self.kept.clear();
            self.reading = reading;
        }
    }

    /// The settings with the address of the preview.
    fn as_preview(&self, mut config: Config) -> Config {
        let path = config.base_url.path;
        config.base_url = BaseUrl { full: format!("{}{path}", self.origin), path };
        config
    }

    /// Lists the files.
    fn list(&mut self) {
        self.source_faults = Diagnostics::new();
        if let Some(folder) = &self.folder {
            self.sources = folder.scan(&mut self.source_faults);
        }
    }

    /// The cache of previews; none if it cannot be used just now.
    fn cache(&self, folder: &Folder) -> Option<Cache> {
        let config = self.config.as_ref()?;
        let identity = Identity {
            program: self.program.clone(),
            output: "preview".to_owned(),
            reading: build::reading(config),
        };
        Cache::open(&folder.path(""), &identity, false).ok()
    }

    /// Puts new texts of articles into the edition that stands, if nothing else has
    /// changed: the commonest change, for which no other page need be looked at.
    fn amend(&self, meaning: &Meaning, board: &Board) -> bool {
        let is_ours =
            |file: &String| [CONTENT, STATIC].iter().any(|f| file.starts_with(f));
        let is_other = meaning.is_settings || meaning.is_listing || meaning.is_unsure;
        if is_other || !self.is_shown || !meaning.files.iter().all(is_ours) {
            return false;
        }
        // All other files are read when somebody asks for them.
        let is_text =
            |file: &&String| file.starts_with(CONTENT) && content::is_markdown(file);
        let texts: Vec<_> = meaning.files.iter().filter(is_text).collect();
        if texts.is_empty() {
            board.change_files();
            return true;
        }
        if texts.len() > FEW {
            return false;
        }
        let (Some(folder), Some(config)) = (&self.folder, &self.config) else {
            return false;
        };
        let names = Interner::default();
        let read = |file: &String| {
            let path: Arc<str> = Arc::from(file.as_str());
            let stamp = folder.stamp(file)?;
            let seen = Seen { path: &path, stamp: Some(stamp) };
            let article = match content::read_alone(folder, seen, config, &names)? {
                Item::Article(article) => *article,
                _ => return None,
            };
            let said = self.kept.renew(&path, stamp, article, &names)?;
            Some((path, said))
        };
        // What is known of those that were read holds, and of the others it is forgotten.
        let Some(texts) = texts.into_iter().map(read).collect::<Option<Vec<_>>>() else {
            return false;
        };
        let are_shown = board.edition().is_some_and(|edition| {
            texts.iter().all(|(file, _)| edition.shows_all_of(file))
        });
        are_shown
            && board.amend(&mut |edition| {
                for (file, (text, summary)) in &texts {
                    edition.put(file, *text, summary);
                }
            })
    }

    /// Looks at the texts of an edition in which some were replaced, and tells the
    /// board.
    fn proofread_again(
        &mut self,
        board: &Board,
        files: Vec<String>,
        has_more: &(dyn Fn() -> bool + Sync),
    ) {
        // The faults of one edition, and no texts of another.
        if let Some(edition) = board.edition().filter(|_| self.is_shown) {
            let stages = Stages::new(self.clock);
            self.proofread(board, &edition, (files, stages), has_more);
        }
    }

    /// Makes an edition and tells the board, which keeps the one before if there
    /// is an error.
    fn edit(
        &mut self,
        board: &Board,
        cache: Option<Cache>,
        files: Vec<String>,
        has_more: &(dyn Fn() -> bool + Sync),
    ) {
        let mut faults = self.config_faults.clone();
        let stages = Stages::new(self.clock);
        let edition = self.prepare(cache.as_ref(), &stages, &mut faults);
        self.kept.settle();
        self.is_shown = edition.is_some();
        self.is_due = false;
        self.prepare_faults = faults.clone();
        let Some(edition) = edition else {
            board.report(Report { files, stages: stages.done() }, faults);
            return;
        };
        let edition = Arc::new(edition);
        // To read all texts can take long, and the pages can be seen meanwhile.
        let before = board.publish(Arc::clone(&edition));
        if let Some(cache) = cache {
            // A cache that is not written costs time at the next start.
            drop(cache.finish(&edition.folder, &edition.plan));
        }
        self.proofread(board, &edition, (files, stages), has_more);
        // The edition before is as large as this one, and nobody waits for its end.
        drop(before);
    }

    /// Looks for what is wrong with the texts of the edition that stands, and tells
    /// the board what was done to these files; if more has changed meanwhile, that is
    /// put off.
    fn proofread(
        &mut self,
        board: &Board,
        edition: &Edition,
        (files, stages): (Vec<String>, Stages),
        has_more: &(dyn Fn() -> bool + Sync),
    ) {
        stages.begin("texts");
        let (site, known) = (edition.site(), &self.proofs);
        let mut faults = self.prepare_faults.clone();
        let (proofs, is_whole) =
            proofread(&site, &edition.kit, known, has_more, &mut faults);
        self.proofs = proofs;
        self.is_due = !is_whole;
        if is_whole {
            board.report(Report { files, stages: stages.done() }, faults);
        }
    }

    /// Reads and plans the site.
    fn prepare(
        &self,
        cache: Option<&Cache>,
        stages: &Stages,
        faults: &mut Diagnostics,
    ) -> Option<Edition> {
        let (folder, config) = (self.folder.as_ref()?, self.config.as_ref()?);
        faults.append(self.source_faults.clone());
        let warm = cache.map(|cache| Warm { cache, kept: &self.kept });
        let memory: &dyn Memory = match &warm {
            Some(warm) => warm,
            None => &*self.kept,
        };
        let now = (self.clock.moment)();
        let begins = |stage| stages.begin(stage);
        let before = Before { now, drafts: self.drafts, memory, begins: &begins };
        let sources = self.sources.clone();
        let prepared = build::prepare(folder, config, sources, &before, faults)?;
        let Prepared { archive, plan, templates, locales, .. } = prepared;
        stages.begin("pages");
        let kit = Kit::new(&Site {
            folder,
            archive: &archive,
            plan: &plan,
            config,
            locales: &locales,
            templates: &templates,
            today: now.day_in(&config.zone),
            is_preview: true,
        });
        let (folder, config) = (Arc::clone(folder), Arc::clone(config));
        let kept = Arc::clone(&self.kept);
        Some(Edition {
            folder,
            config,
            kept,
            archive,
            plan,
            templates,
            locales,
            kit,
            now,
            shelf: Arc::clone(&self.shelf),
            index: Mutex::default(),
        })
    }
}

impl Meaning {
    /// Whether there is nothing to do.
    fn is_nothing(&self) -> bool {
        self.files.is_empty() && !self.is_settings && !self.is_listing && !self.is_unsure
    }

    /// Takes note of a path, that of a file or folder of the site, and of whether
    /// another may stand there now.
    fn add(&mut self, sources: &Sources, (path, is_moved): (&Path, bool), file: String) {
        let lists = [&sources.content, &sources.static_files, &sources.templates];
        let is_known = lists
            .iter()
            .any(|list| list.binary_search_by(|known| (**known).cmp(&file)).is_ok());
        let is_folder_known = lists.iter().any(|list| has_below(list, &file));
        match path.symlink_metadata().map(|there| there.file_type()) {
            // A file that came and went between two looks.
            Err(_) if !is_known && !is_folder_known && !self.is_listing => return,
            Ok(kind) if kind.is_file() => {
                self.is_listing |= !is_known;
                self.is_unsure |= is_folder_known;
            }
            Ok(kind) if kind.is_dir() => {
                if is_folder_known && !is_moved && !is_known {
                    // Each file in it that has changed tells so itself.
                    return;
                }
                self.is_listing = true;
                // Other files may stand at the paths of those that did.
                self.is_unsure |= is_folder_known;
            }
            // It is gone, or a link stands in its place.
            gone => {
                self.is_listing = true;
                self.is_unsure |= is_folder_known || gone.is_ok();
            }
        }
        self.files.push(file);
    }
}

/// Whether a sorted list has files below a folder.
fn has_below(list: &[Arc<str>], folder: &str) -> bool {
    let prefix = format!("{folder}/");
    let start = list.partition_point(|file| **file < *prefix);
    list.get(start).is_some_and(|file| file.starts_with(&prefix))
}

/// How long each stage took.
struct Stages {
    /// The clock.
    clock: Clock,
    /// The stages so far, each with its beginning.
    begun: RefCell<Vec<(&'static str, Duration)>>,
}

impl Stages {
    /// No stage has begun.
    fn new(clock: Clock) -> Self {
        Self { clock, begun: RefCell::default() }
    }

    /// A stage begins, and the one before ends.
    fn begin(&self, stage: &'static str) {
        self.begun.borrow_mut().push((stage, (self.clock.running)()));
    }

    /// How long each took.
    fn done(self) -> Vec<(&'static str, Duration)> {
        let end = (self.clock.running)();
        let begun = self.begun.into_inner();
        let ends = begun.iter().skip(1).map(|(_, at)| *at).chain([end]);
        begun
            .iter()
            .zip(ends)
            .map(|((stage, at), end)| (*stage, end.saturating_sub(*at)))
            .collect()
    }
}
