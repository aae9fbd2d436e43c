//! The command `build`: from a site's folder to a site.
//!
//! The stages follow each other as in the flow of the crate's documentation;
//! each hands a whole value to the next, and the run stops between two of
//! them if anything was an error.

mod explain;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::archive::{self, Archive, Drafts};
use crate::cache::{self, Cache, Identity, Refused};
use crate::config::{self, BaseUrl, Config, Output, SearchMode};
use crate::content::{self, Memory, NoMemory, article};
use crate::date::{Date, Moment, Zone};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::hash::Digest;
use crate::locale::Locale;
use crate::plan::{self, Files, Plan};
use crate::publish::{self, Published, Same, Stage, Unknown};
use crate::render::{self, Earlier, Reason, Site};
use crate::source::{self, Folder, Sources, TEMPLATES};
use crate::suggest;
use crate::templates::{Template, Templates};
use crate::theme;

pub use explain::Explanation;
use explain::Subject;

/// The register of addresses ever published.
pub const REGISTER: &str = "register.txt";
/// The folder that a site is written to, beside `config.toml`.
pub const OUTPUT: &str = "public";

/// What a build is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// The settings' file; the site's folder is the one that it stands in.
    pub config: PathBuf,
    /// The folder to write to; `public` beside the settings if none is given.
    pub output: Option<PathBuf>,
    /// Whether pieces that are not ready are built too.
    pub drafts: Drafts,
    /// Another `base_url` than the settings have.
    pub base_url: Option<BaseUrl>,
    /// The moment of the build.
    pub now: Now,
    /// What becomes of files in the output that pressmark did not write.
    pub unknown: Unknown,
    /// What becomes of files in the output that are as they should be. If they
    /// are rewritten, nothing that earlier builds know counts.
    pub same: Same,
    /// What this program is, in words that are others in every version of it: a
    /// cache is of use to the program that wrote it.
    pub program: String,
    /// A page or file about which the build is to say why it was made again or
    /// not: an address, a file that it is made from or a file of the output.
    pub explain: Option<String>,
}

impl Options {
    /// The folder to write to: the one asked for, else `public` beside the
    /// settings.
    pub fn output(&self) -> PathBuf {
        let beside = || self.config.with_file_name(OUTPUT);
        self.output.clone().unwrap_or_else(beside)
    }
}

/// The moment of a build.
#[derive(Clone, Debug)]
pub enum Now {
    /// What the system's clock said.
    Clock(Moment),
    /// A day or a time of day that was asked for, in the site's time zone.
    Given(Date),
}

/// What a build did.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Articles on the site; a work in two languages is one.
    pub n_articles: usize,
    /// Standalone pages; a page in two languages is one.
    pub n_pages: usize,
    /// Terms with a page.
    pub n_terms: usize,
    /// Drafts left out.
    pub n_drafts: usize,
    /// Embargoed pieces left out.
    pub n_embargoed: usize,
    /// Files that editors and systems leave behind, left out.
    pub n_litter: usize,
    /// What happened to the output.
    pub published: Published,
    /// What a person should know of the cache, in words.
    pub note: Option<String>,
    /// What was to be explained.
    pub explanation: Option<Explanation>,
}

/// How far a build is.
#[derive(Clone, Copy, Debug)]
pub enum Progress {
    /// Rendering begins; there is this much to do.
    Begins(usize),
    /// One thing was done.
    Done,
}

/// The site's folder and its settings.
pub struct Opened {
    /// The folder.
    pub folder: Folder,
    /// The settings; none if they have errors.
    pub config: Option<Config>,
    /// The fingerprint of the settings as they are written.
    digest: Digest,
}

/// Opens the folder of a site and reads its settings.
pub fn open(path: &Path, faults: &mut Diagnostics) -> Option<Opened> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let shown = name.unwrap_or_else(|| path.display().to_string());
    let file: Arc<str> = Arc::from(shown);
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let Ok(folder) = Folder::open(folder) else {
        faults.push(config::missing(&path.display().to_string()));
        return None;
    };
    if !folder.path(&file).is_file() {
        faults.push(config::missing(&path.display().to_string()));
        return None;
    }
    let mut digest = Digest::default();
    let config = match folder.read_text(&file) {
        Ok(text) => {
            digest = Digest::of(text.as_bytes());
            let mut found = Diagnostics::new();
            let config = Config::read(&file, &text, article::KEYS, &mut found);
            let config = (!found.has_errors()).then_some(config);
            faults.append(found);
            config
        }
        Err(fault) => {
            faults.push(fault);
            None
        }
    };
    Some(Opened { folder, config, digest })
}

/// Builds a site. Nothing is written if there is an error.
pub fn build(
    options: &Options,
    opened: Opened,
    progress: &(dyn Fn(Progress) + Sync),
    faults: &mut Diagnostics,
) -> Option<Summary> {
    let Opened { folder, config, digest } = opened;
    let mut config = config?;
    if let Some(base_url) = &options.base_url {
        config.base_url = base_url.clone();
    }
    let now = moment(&options.now, &config.zone);
    let output = options.output();
    let begun = begin(options, &folder, &config, &output);
    let (cache, note) = begun.map_err(|fault| faults.push(fault)).ok()?;
    let memory: &dyn Memory = cache.as_ref().map_or(&NoMemory, |cache| cache);
    let before = Before { now, drafts: options.drafts, memory, begins: &|_| () };
    let sources = folder.scan(faults);
    let prepared = prepare(&folder, &config, sources, &before, faults)?;
    let Prepared { sources, archive, plan, templates, locales, words } = prepared;
    let site = Site {
        folder: &folder,
        archive: &archive,
        plan: &plan,
        config: &config,
        locales: &locales,
        templates: &templates,
        today: now.day_in(&config.zone),
        is_preview: false,
    };
    let subject = options.explain.as_ref();
    let subject = subject.map(|written| explain::find(&site, &output, written));
    let earlier = Earlier {
        cache: cache.as_ref(),
        templates: words.short(),
        settings: digest.short(),
        is_clean: options.same == Same::Rewrite,
        explained: subject.as_ref().and_then(Subject::place),
    };
    let (stage, reason) = stage(&site, options, earlier, progress, faults)?;
    let explanation = subject.and_then(|subject| subject.explain(&plan, reason));
    let mut summary = summarize(&archive, &plan, &sources);
    // A commit needs memory for the paths of all files, and nothing of these.
    drop((archive, sources, templates));
    summary.published = stage.commit().map_err(|found| faults.extend(found)).ok()?;
    summary.explanation = explanation;
    let known = cache.as_ref().and_then(Cache::note).map(str::to_owned);
    summary.note = note.or(known);
    if let Some(Err(error)) = cache.map(|cache| cache.finish(&folder, &plan)) {
        summary.note = Some(format!("the cache was not written to its end: {error}"));
    }
    Some(summary)
}

/// Finishes what an earlier run decided, and opens the cache; where there can be
/// none, says so in words.
fn begin(
    options: &Options,
    folder: &Folder,
    config: &Config,
    output: &Path,
) -> Result<(Option<Cache>, Option<String>), Diagnostic> {
    if folder.would_mix(output) {
        return Err(mixed(output));
    }
    publish::finish_earlier(output)?;
    match open_cache(options, folder, config, output) {
        Ok(cache) => Ok((Some(cache), None)),
        Err(Refused::Busy) => Err(publish::busy(output)),
        Err(Refused::Unwritable(error)) => Ok((None, Some(no_cache(&error)))),
    }
}

/// What a site is read with.
pub(crate) struct Before<'a> {
    /// The moment of the build.
    pub(crate) now: Moment,
    /// Whether pieces that are not ready are built too.
    pub(crate) drafts: Drafts,
    /// What earlier builds read.
    pub(crate) memory: &'a dyn Memory,
    /// Is called with the name of each stage as it begins.
    pub(crate) begins: &'a dyn Fn(&'static str),
}

/// A site before it is rendered.
pub(crate) struct Prepared {
    /// Its files.
    pub(crate) sources: Sources,
    /// Its archive.
    pub(crate) archive: Archive,
    /// Its plan.
    pub(crate) plan: Plan,
    /// Its templates.
    pub(crate) templates: Templates,
    /// The words of each of its languages.
    pub(crate) locales: Arc<Vec<Locale>>,
    /// The fingerprint of its templates and words.
    pub(crate) words: Digest,
}

/// Reads a site whose files were listed, and plans it; none if there is an error.
pub(crate) fn prepare(
    folder: &Folder,
    config: &Config,
    mut sources: Sources,
    before: &Before<'_>,
    faults: &mut Diagnostics,
) -> Option<Prepared> {
    (before.begins)("content");
    let contents = content::read(folder, &sources, config, before.memory, faults);
    sources.content = Vec::new();
    (before.begins)("templates");
    let (templates, locales, words) = templates(folder, &sources, config, faults);
    // Faults in the archive are looked for even if a file has one, so that
    // one run shows both; what is built on broken files is not planned.
    let is_sound = !faults.has_errors();
    (before.begins)("archive");
    let archive = archive::assemble(contents, config, before.now, before.drafts, faults);
    if !is_sound || faults.has_errors() {
        return None;
    }
    (before.begins)("plan");
    let plan = plan(folder, &sources, &archive, (config, &locales), faults);
    let prepared = Prepared { sources, archive, plan, templates, locales, words };
    (!faults.has_errors()).then_some(prepared)
}

/// What is said where no cache can be kept.
fn no_cache(error: &io::Error) -> String {
    format!(
        "the next build does everything again, as the cache in `{}` cannot be used: {error}",
        cache::FOLDER
    )
}

/// Opens the cache for the output and the flags of a build.
fn open_cache(
    options: &Options,
    folder: &Folder,
    config: &Config,
    output: &Path,
) -> Result<Cache, Refused> {
    let output = source::real(output).unwrap_or_else(|| output.to_owned());
    // Without a slash at its end, which an output that is there would have.
    let output: PathBuf = output.components().collect();
    let identity = Identity {
        program: options.program.clone(),
        output: format!(
            "{} {:?} {:?}",
            output.display(),
            options.drafts,
            options.base_url
        ),
        reading: reading(config),
    };
    Cache::open(&folder.path(""), &identity, options.same == Same::Rewrite)
}

/// The settings on which it depends what is read of a source.
pub(crate) fn reading(config: &Config) -> String {
    let tags = config.languages.iter().map(|language| language.tag.as_str());
    let taxonomies = config.taxonomies.iter().map(|taxonomy| &*taxonomy.name);
    let names: Vec<_> = tags.chain([""]).chain(taxonomies).collect();
    names.join("\n")
}

/// Plans the site and holds it against the register.
fn plan(
    folder: &Folder,
    sources: &Sources,
    archive: &Archive,
    (config, locales): (&Config, &[Locale]),
    faults: &mut Diagnostics,
) -> Plan {
    let theme_files: Vec<_> = if config.writes(Output::ThemeFiles) {
        let is_wanted =
            |path: &&str| *path != theme::SEARCH || config.search == SearchMode::Native;
        theme::FILES.iter().map(|file| file.path).filter(is_wanted).collect()
    } else {
        Vec::new()
    };
    let files = Files { static_files: &sources.static_files, theme_files: &theme_files };
    let plan = plan::draw_up(archive, (config, locales), files, faults);
    let register: Arc<str> = Arc::from(REGISTER);
    // A register that is there and cannot be read is a fault: without it,
    // nothing would keep an address from being lost.
    if folder.path(REGISTER).symlink_metadata().is_ok() {
        match folder.read_text(&register) {
            Ok(text) => plan.check_register(&register, &text, faults),
            Err(fault) => faults.push(fault),
        }
    }
    plan
}

/// Brings the site to a stage, ready to be committed. Says why a page was made
/// again or not, if that was asked for.
fn stage(
    site: &Site<'_>,
    options: &Options,
    earlier: Earlier<'_>,
    progress: &(dyn Fn(Progress) + Sync),
    faults: &mut Diagnostics,
) -> Option<(Stage, Option<Reason>)> {
    let stage = match Stage::open(&options.output(), options.unknown, options.same) {
        Ok(stage) => stage,
        Err(found) => {
            faults.extend(found);
            return None;
        }
    };
    progress(Progress::Begins(site.plan.entries.len()));
    let tick = || progress(Progress::Done);
    let reason = render::run(site, &stage, earlier, &tick, faults);
    (!faults.has_errors()).then_some((stage, reason))
}

/// Counts what is built; what happens to the output is still to be seen.
fn summarize(archive: &Archive, plan: &Plan, sources: &Sources) -> Summary {
    let is_term = |entry: &&plan::Entry| match &entry.what {
        plan::What::List(plan::ListOf::Term(_), part) => {
            part.number.is_none() && entry.language == config::LanguageId::DEFAULT
        }
        _ => false,
    };
    Summary {
        n_articles: archive.works.len(),
        n_pages: archive.pages.len(),
        n_terms: plan.entries.iter().filter(is_term).count(),
        n_drafts: archive.n_drafts,
        n_embargoed: archive.n_embargoed,
        n_litter: sources.litter,
        published: Published::default(),
        note: None,
        explanation: None,
    }
}

/// Reads the site's own templates and words, and checks them with the theme's.
/// The fingerprint is that of all of them.
fn templates(
    folder: &Folder,
    sources: &Sources,
    config: &Config,
    faults: &mut Diagnostics,
) -> (Templates, Arc<Vec<Locale>>, Digest) {
    let mut own = Vec::new();
    let mut words = Vec::new();
    for file in &sources.templates {
        let name = template_name(file);
        let is_words = name.starts_with("languages/");
        if !is_words && !is_template(name) {
            continue;
        }
        match folder.read_text(file) {
            Ok(text) if is_words => words.push((Arc::clone(file), text)),
            Ok(text) => own.push(Template { name: name.to_owned(), text }),
            Err(fault) => faults.push(fault),
        }
    }
    report_unused(&sources.templates, &own, config, faults);
    let digest = digest(&own, &words);
    let mut locales = Vec::new();
    for language in &config.languages {
        let file = format!("{TEMPLATES}/{}", words_name(language.tag.as_str()));
        let found = words.iter().find(|(path, _)| **path == *file);
        let own = found.map(|(path, text)| (&**path, text.as_str()));
        let (locale, found) = theme::locale(&language.tag, own);
        locales.push(locale);
        for fault in found.into_iter().filter(|fault| fault.name == file) {
            faults.push(words_fault(&file, fault.span, &fault.message));
        }
    }
    let locales = Arc::new(locales);
    let tags = config.languages.iter().map(|language| language.tag.to_string()).collect();
    let templates =
        Templates::read(&theme::templates(), own, (tags, Arc::clone(&locales)), faults);
    (templates, locales, digest)
}

/// The fingerprint of the site's own templates and words. Those of the theme are
/// a part of the program.
fn digest(own: &[Template], words: &[(Arc<str>, String)]) -> Digest {
    let own = own.iter().map(|template| (&*template.name, template.text.as_str()));
    let words = words.iter().map(|(file, text)| (&**file, text.as_str()));
    let mut all = String::new();
    for (name, text) in own.chain(words) {
        all += &format!("{name}\n{}\n{text}", text.len());
    }
    Digest::of(all.as_bytes())
}

/// The name of a file under `templates/`: its path from there.
fn template_name(file: &str) -> &str {
    file.strip_prefix(TEMPLATES).unwrap_or(file).trim_start_matches('/')
}

/// Whether a file under `templates/` is a template, by its name.
fn is_template(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| end == "html")
}

/// Reports each file under `templates/` that nothing uses.
fn report_unused(
    files: &[Arc<str>],
    own: &[Template],
    config: &Config,
    faults: &mut Diagnostics,
) {
    let mut used: BTreeSet<&str> = theme::template_names().into_iter().collect();
    let names: BTreeSet<&str> =
        own.iter().map(|template| template.name.as_str()).collect();
    for template in own {
        // What stands between two quotation marks may be a name.
        let quoted = template.text.split(['"', '\'', '`']);
        used.extend(quoted.filter(|word| *word != template.name && names.contains(word)));
    }
    let tags: Vec<_> =
        config.languages.iter().map(|language| language.tag.as_str()).collect();
    let words: Vec<_> = tags.iter().map(|tag| words_name(tag)).collect();
    used.extend(words.iter().map(String::as_str));
    for file in files.iter().filter(|file| !used.contains(template_name(file))) {
        faults.push(unused(file, &tags));
    }
}

/// The name of the file of words in a language.
fn words_name(tag: &str) -> String {
    format!("languages/{tag}.ftl")
}

/// Reports a file under `templates/` that nothing uses. Names are compared
/// without their endings.
fn unused(file: &Arc<str>, tags: &[&str]) -> Diagnostic {
    let name = template_name(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (near, otherwise) = if let Some(language) = stem.strip_prefix("languages/") {
        let near = suggest::nearest(language, tags.iter().copied()).map(words_name);
        (near, "add its language to `languages` in `config.toml`, or take it out")
    } else {
        let names = theme::template_names().into_iter();
        let stems = names.filter_map(|name| name.strip_suffix(".html"));
        let near = suggest::nearest(stem, stems).map(|stem| format!("{stem}.html"));
        if is_template(name) {
            (near, "name it after a template of the theme, or include it in one of yours")
        } else {
            (near, "end its name in `.html` if it is a template, else move it elsewhere")
        }
    };
    let found = Diagnostic::warning(Code::UnusedTemplate, "nothing uses this file")
        .at(Place::file(Arc::clone(file)));
    match near {
        Some(near) => found
            .hint(format!("rename it `{TEMPLATES}/{near}`, if that is what you mean")),
        None => found.hint(otherwise),
    }
}

/// Reports a fault in a file of words.
fn words_fault(file: &str, span: Span, message: &str) -> Diagnostic {
    Diagnostic::error(Code::TemplateFault, message)
        .at(Place::span(file, span))
        .hint("write each text as `key = words`, in the syntax of Fluent")
}

/// The moment of the build.
fn moment(now: &Now, zone: &Zone) -> Moment {
    match now {
        Now::Clock(moment) => *moment,
        Now::Given(date) => Moment::of(*date, zone),
    }
}

/// Reports an output folder that would swallow the site's own files.
fn mixed(output: &Path) -> Diagnostic {
    Diagnostic::error(
        Code::OutputNotOurs,
        format!("`{}` holds the site's own files", output.display()),
    )
    .at(Place::file(output.display().to_string()))
    .note("the built site would be mixed with what it is made from")
    .hint("choose another folder with `--output`")
}
