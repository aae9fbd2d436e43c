//! Renders every entry of the plan into the stage.
//!
//! Pages are rendered one by one, in parallel, and nothing of a page is kept
//! once it is staged. A body is read again here; if its file is not what it
//! was when the archive was made, that is a fault, never a mix.

mod body;
mod feeds;
mod machine;

use std::sync::Arc;

use crate::archive::{Archive, WorkId};
use crate::config::Config;
use crate::content::article::State;
use crate::content::{SourceFile, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::links::{Linker, Wanted};
use crate::locale::Locale;
use crate::markdown;
use crate::parallel;
use crate::plan::{Entry, ListOf, Part, Plan, What};
use crate::publish::Stage;
use crate::slug;
use crate::source::Folder;
use crate::suggest;
use crate::templates::{Shared, Templates, Variables};
use crate::theme;
use crate::view::{BodyHtml, Viewer, sites};

use body::Bodies;

/// Everything that pages are rendered from.
pub struct Site<'a> {
    /// The folder of the site.
    pub folder: &'a Folder,
    /// The archive.
    pub archive: &'a Archive,
    /// The plan.
    pub plan: &'a Plan,
    /// The settings.
    pub config: &'a Config,
    /// The words of each language, in the order of [`Config::languages`].
    pub locales: &'a [Locale],
    /// The templates.
    pub templates: &'a Templates,
}

impl<'a> Site<'a> {
    /// The views for an entry, with links of this form.
    fn viewer(&'a self, entry: &'a Entry, linker: Linker<'a>) -> Viewer<'a> {
        Viewer {
            archive: self.archive,
            plan: self.plan,
            config: self.config,
            locales: self.locales,
            entry,
            linker,
        }
    }
}

/// What rendering one entry found out.
#[derive(Default)]
struct Outcome {
    /// The faults.
    faults: Diagnostics,
    /// Headings that links want.
    wanted: Vec<Wanted>,
}

/// Renders all entries into the stage. `tick` is called after each.
pub fn run(
    site: &Site<'_>,
    stage: &Stage,
    tick: &(dyn Fn() + Sync),
    faults: &mut Diagnostics,
) {
    let shared: Vec<_> = sites(site.archive, site.plan, site.config, site.locales)
        .iter()
        .map(Shared::new)
        .collect();
    let files = site.plan.entries.iter().filter(|entry| !entry.address.is_page());
    site.templates.set_files(files.map(|entry| entry.address.output_path()).collect());
    let bodies = Bodies::new(site);
    let renderer = Renderer { site, shared: &shared, bodies: &bodies, stage };
    let outcomes =
        parallel::filter_map_with(&site.plan.entries, Vec::new, |buffer, entry| {
            let outcome = renderer.entry(entry, buffer);
            tick();
            (!outcome.faults.is_empty() || !outcome.wanted.is_empty()).then_some(outcome)
        });
    let mut wanted = Vec::new();
    for outcome in outcomes {
        faults.append(outcome.faults);
        wanted.extend(outcome.wanted);
    }
    check_anchors(site, wanted, faults);
    faults.dedup();
}

/// Reports links to headings that the other page does not have.
fn check_anchors(site: &Site<'_>, mut wanted: Vec<Wanted>, faults: &mut Diagnostics) {
    wanted.sort_unstable();
    wanted.dedup();
    let groups: Vec<_> = wanted.chunk_by(|a, b| a.file == b.file).collect();
    let checked = parallel::map(&groups, |group| missing_anchors(site, group));
    for found in checked {
        faults.extend(found);
    }
}

/// The text of a file as its page shows it; empty if it is kept back.
fn shown_text(site: &Site<'_>, file: &Arc<str>) -> Result<String, Diagnostic> {
    let entry = site.plan.address_of(file).and_then(|address| site.plan.at(address));
    let text = match entry.map(|entry| &entry.what) {
        Some(What::Article(work, index)) => {
            let version = &site.archive.work(*work).versions[*index];
            if version.facts.state().is_some_and(State::hides_text) {
                return Ok(String::new());
            }
            version.text
        }
        Some(What::List(ListOf::Term(id), _)) => {
            let mut records = site.archive.term(*id).records.iter();
            let record = records.find(|record| record.file.path == *file);
            let Some(record) = record else { return Ok(String::new()) };
            record.text
        }
        Some(What::Page(group, index)) => {
            site.archive.pages[*group].versions[*index].text
        }
        // The words of the home page have no page of their own.
        _ => {
            let home = site.archive.pages.iter().find(|group| group.path.is_empty());
            let mut versions = home.iter().flat_map(|group| &group.versions);
            let page = versions.find(|page| page.file.path == *file);
            let Some(page) = page else { return Ok(String::new()) };
            page.text
        }
    };
    text.read_body(site.folder, file)
}

/// The links of a group, all to one file, whose heading it does not have.
fn missing_anchors(site: &Site<'_>, group: &[Wanted]) -> Vec<Diagnostic> {
    let Some(first) = group.first() else { return Vec::new() };
    let text = match shown_text(site, &first.file) {
        Ok(text) => text,
        Err(fault) => return vec![fault],
    };
    let anchors = markdown::anchors(&text, slug::heading_id);
    group
        .iter()
        .filter(|wanted| anchors.binary_search(&wanted.anchor).is_err())
        .enumerate()
        .map(|(n, wanted)| {
            let known = anchors.iter().map(String::as_str);
            let near = suggest::nearest_for_the_first(n, &wanted.anchor, known);
            let found = Diagnostic::error(
                Code::BrokenAnchor,
                format!("`{}` has no heading `#{}`", wanted.file, wanted.anchor),
            )
            .at(wanted.place.clone());
            match near {
                Some(near) => {
                    found.hint(format!("write `#{near}`, if that is what you mean"))
                }
                None if anchors.is_empty() => found.hint("take the part from `#` on out"),
                None => found.hint(format!("use one of {}", listed(&anchors))),
            }
        })
        .collect()
}

/// The first anchors of a page, for a hint.
fn listed(anchors: &[String]) -> String {
    let few: Vec<_> =
        anchors.iter().take(8).map(|anchor| format!("`#{anchor}`")).collect();
    few.join(", ")
}

/// Renders entries, on any thread.
struct Renderer<'a> {
    /// What pages are rendered from.
    site: &'a Site<'a>,
    /// The view of the site in each language.
    shared: &'a [Shared],
    /// Bodies as HTML.
    bodies: &'a Bodies<'a>,
    /// Where files go.
    stage: &'a Stage,
}

impl Renderer<'_> {
    /// Renders one entry and stages it.
    fn entry(&self, entry: &Entry, buffer: &mut Vec<u8>) -> Outcome {
        let mut outcome = Outcome::default();
        let path = entry.address.output_path();
        let done = match &entry.what {
            What::File(file) => self.stage.copy(&path, &self.site.folder.path(file)),
            What::Manifest => Ok(()),
            _ => {
                buffer.clear();
                let made = self.bytes(entry, buffer, &mut outcome);
                made.and_then(|()| self.stage.write(&path, buffer))
            }
        };
        if let Err(fault) = done {
            outcome.faults.push(fault);
        }
        outcome
    }

    /// The bytes of an entry.
    fn bytes(
        &self,
        entry: &Entry,
        out: &mut Vec<u8>,
        outcome: &mut Outcome,
    ) -> Result<(), Diagnostic> {
        let site = self.site;
        match &entry.what {
            What::ThemeFile(path) => {
                let file = theme::FILES.iter().find(|file| file.path == *path);
                out.extend_from_slice(file.map_or(&[][..], |file| file.bytes));
            }
            What::Highlight => {
                out.extend_from_slice(markdown::highlight_css().as_bytes());
            }
            What::Robots => out.extend_from_slice(machine::robots(site).as_bytes()),
            What::RedirectsFile => {
                out.extend_from_slice(machine::redirects(site).as_bytes());
            }
            What::Sitemap(part) => out.extend_from_slice(&machine::sitemap(site, *part)),
            What::Feed(of) => {
                out.extend_from_slice(&feeds::feed(site, self.bodies, entry, *of)?);
            }
            // `publish` copies files and writes the list of its own.
            What::File(_) | What::Manifest => {}
            What::Article(..)
            | What::Page(..)
            | What::List(..)
            | What::Taxonomy(_)
            | What::Corrections
            | What::Redirect(_)
            | What::NotFound => self.page(entry, out, outcome)?,
        }
        Ok(())
    }

    /// Renders a page with its template.
    fn page(
        &self,
        entry: &Entry,
        out: &mut Vec<u8>,
        outcome: &mut Outcome,
    ) -> Result<(), Diagnostic> {
        let site = self.site;
        let linker = match entry.what {
            What::NotFound => Linker::anywhere(site.config, &entry.address),
            _ => Linker::new(site.config, &entry.address),
        };
        let viewer = site.viewer(entry, linker);
        let mut variables = Variables::default();
        variables.share("site", &self.shared[usize::from(entry.language.0)]);
        variables.set("root", &linker.root());
        let tag = site.config.language_of(entry.language).tag.as_str();
        variables.set("language", &tag);
        let mut page = PageOf { renderer: self, viewer: &viewer, variables, outcome };
        let template = page.fill()?;
        site.templates.render(template, &page.variables, out)
    }
}

/// A page while its variables are set.
struct PageOf<'r> {
    /// What it is rendered with.
    renderer: &'r Renderer<'r>,
    /// Its views.
    viewer: &'r Viewer<'r>,
    /// Its variables.
    variables: Variables,
    /// What was found out.
    outcome: &'r mut Outcome,
}

impl PageOf<'_> {
    /// Sets the variables and names the template.
    fn fill(&mut self) -> Result<&'static str, Diagnostic> {
        let viewer = self.viewer;
        let text = |key| viewer.text(key, &[]);
        Ok(match &viewer.entry.what {
            What::Article(work, index) if viewer.is_withdrawn() => {
                self.withdrawn(*work, *index)
            }
            What::Article(work, index) => return self.article(*work, *index),
            What::Page(group, index) => return self.standalone(*group, *index),
            What::List(of, part) => return self.list(*of, part),
            What::Taxonomy(taxonomy) => {
                let view = viewer.taxonomy(*taxonomy);
                self.set_page("taxonomy", view.title.clone(), String::new());
                self.variables.set("taxonomy", &view);
                "taxonomy.html"
            }
            What::Corrections => {
                let view = viewer.corrections_page();
                self.set_page("page", view.title.clone(), String::new());
                self.variables.set("standalone", &view);
                "page.html"
            }
            What::Redirect(n) => {
                let redirect = &self.renderer.site.plan.redirects[*n];
                self.set_page("redirect", text("redirect-title"), String::new());
                self.variables.set("redirect", &viewer.redirect(&redirect.to));
                "redirect.html"
            }
            What::NotFound
            | What::Feed(_)
            | What::Sitemap(_)
            | What::Robots
            | What::RedirectsFile
            | What::Highlight
            | What::ThemeFile(_)
            | What::File(_)
            | What::Manifest => {
                self.set_page("not-found", text("not-found-title"), String::new());
                "not-found.html"
            }
        })
    }

    /// Sets what every page has.
    fn set_page(&mut self, kind: &'static str, title: String, description: String) {
        self.variables.set("page", &self.viewer.page(kind, title, description));
    }

    /// A body as HTML, with its faults and the headings that it wants.
    fn body(&mut self, file: &SourceFile, text: Text) -> Result<BodyHtml, Diagnostic> {
        let made = self.renderer.bodies.html(
            &file.path,
            text,
            self.viewer.linker,
            file.language,
        )?;
        self.outcome.faults.append(made.faults);
        self.outcome.wanted.extend(made.wanted);
        self.variables.set("has_code", &made.body.has_code);
        Ok(made.body)
    }

    /// The page of an article.
    fn article(
        &mut self,
        work: WorkId,
        index: usize,
    ) -> Result<&'static str, Diagnostic> {
        let archive = self.renderer.site.archive;
        let version = &archive.work(work).versions[index];
        let is_hidden = version.facts.state().is_some_and(State::hides_text);
        let body = if is_hidden {
            BodyHtml::default()
        } else {
            self.body(&version.file, version.text)?
        };
        let image = match &version.facts.image {
            Some(image) if !is_hidden => {
                let found = self.renderer.bodies.image(image, self.viewer.linker);
                self.outcome.faults.append(found.1);
                found.0
            }
            _ => None,
        };
        self.set_page("article", version.title().to_owned(), version.summary.to_string());
        self.variables.set("article", &self.viewer.article(work, version, body, image));
        Ok("article.html")
    }

    /// The notice in the place of a withdrawn article.
    fn withdrawn(&mut self, work: WorkId, index: usize) -> &'static str {
        let version = &self.renderer.site.archive.work(work).versions[index];
        let title = self.viewer.text("withdrawn-title", &[]);
        self.variables.set("page", &self.viewer.withdrawn_page(title));
        self.variables.set("notice", &self.viewer.notice(version));
        "withdrawn.html"
    }

    /// A standalone page.
    fn standalone(
        &mut self,
        group: usize,
        index: usize,
    ) -> Result<&'static str, Diagnostic> {
        let page = &self.renderer.site.archive.pages[group].versions[index];
        let body = self.body(&page.file, page.text)?;
        let view = self.viewer.standalone(group, index, body);
        self.set_page("page", view.title.clone(), view.summary.clone());
        self.variables.set("standalone", &view);
        Ok("page.html")
    }

    /// A page of a list.
    fn list(&mut self, of: ListOf, part: &Part) -> Result<&'static str, Diagnostic> {
        self.variables.set("list", &self.viewer.list(of, part));
        match of {
            ListOf::All => self.home(part),
            ListOf::Date(key) => {
                let period = self.viewer.period(key);
                let title = self.viewer.list_title(&period.title, part);
                self.set_page(period.precision, title, String::new());
                self.variables.set("period", &period);
                Ok("period.html")
            }
            ListOf::Undated => {
                let title = self.viewer.text("undated", &[]);
                self.set_page(
                    "undated",
                    self.viewer.list_title(&title, part),
                    String::new(),
                );
                Ok("list.html")
            }
            ListOf::Term(id) => {
                let record =
                    self.renderer.site.archive.term(id).record(self.viewer.language());
                let body = match record {
                    Some(record) if part.number.is_none() => {
                        self.body(&record.file, record.text)?
                    }
                    _ => BodyHtml::default(),
                };
                let view = self.viewer.term(id, body);
                let title = self.viewer.list_title(&view.name, part);
                self.set_page("term", title, view.summary.clone());
                self.variables.set("term", &view);
                Ok("term.html")
            }
        }
    }

    /// The home page, or the list of all works on an older page.
    fn home(&mut self, part: &Part) -> Result<&'static str, Diagnostic> {
        let site = self.renderer.site;
        let settings = site.config.language_of(self.viewer.language());
        if part.number.is_some() {
            let title = self.viewer.text("all-articles", &[]);
            self.set_page("list", self.viewer.list_title(&title, part), String::new());
            return Ok("list.html");
        }
        let group = site.archive.pages.iter().find(|group| group.path.is_empty());
        let page = group.and_then(|group| group.shown(self.viewer.language()));
        let body = match page {
            Some(page) => self.body(&page.file, page.text)?,
            None => BodyHtml::default(),
        };
        self.set_page("home", settings.title.clone(), settings.description.clone());
        let language = page.map(|page| page.file.language);
        self.variables.set("home", &self.viewer.home(body, language));
        Ok("home.html")
    }
}
