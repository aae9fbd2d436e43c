//! A page before its text is made: what its template will see but for that.
//!
//! A draft costs little, and what goes into a page can be told from it. Whether
//! the page must be made at all is decided in `render`.

use serde::Serialize;

use crate::archive::{Version, WorkId};
use crate::cache::Fingerprint;
use crate::config::TaxonomyId;
use crate::content::article::State;
use crate::content::{SourceFile, Text};
use crate::diagnostic::Diagnostic;
use crate::hash::{self, Digest};
use crate::json;
use crate::links::Linker;
use crate::locale::Arg;
use crate::plan::{Entry, ListOf, Overview, Part, What};
use crate::render::{Maker, Outcome, Renderer};
use crate::templates::Variables;
use crate::view::{
    ArticleView, BodyHtml, BrowseView, Extra, HeadView, HomeView, NoticeView, PageView,
    PeriodView, RedirectView, SearchView, StandaloneView, StatisticsView, TaxonomyView,
    TermView, TitlesView, Viewer, YearsView,
};

/// A page before its text is made.
pub(super) struct Draft<'r> {
    /// Its views.
    viewer: Viewer<'r>,
    /// Its template.
    template: &'static str,
    /// What every page has.
    page: PageView,
    /// What it has of its own.
    main: Main,
    /// Its list of works.
    list: Option<(ListOf, &'r Part)>,
    /// The file whose body is its text.
    text: Option<(&'r SourceFile, Text)>,
    /// The version of a work that it is of, with the whole address of its lead image,
    /// if machines are told of it.
    told: Option<(WorkId, &'r Version, Option<String>)>,
}

/// What a page has of its own, under the name that its template knows. The
/// texts in it are still missing.
enum Main {
    /// An article.
    Article(Box<ArticleView>),
    /// A standalone page.
    Standalone(Box<StandaloneView>),
    /// What the home page has besides its list.
    Home(Box<HomeView>),
    /// A term.
    Term(Box<TermView>),
    /// The index of a taxonomy.
    Taxonomy(Box<TaxonomyView>),
    /// The ways into the archive.
    Browse(BrowseView),
    /// All years of the archive.
    Years(YearsView),
    /// The archive in figures.
    Statistics(Box<StatisticsView>),
    /// The search.
    Search(SearchView),
    /// The titles of a year.
    Titles(TitlesView),
    /// A year, a month or a day.
    Period(PeriodView),
    /// A page that leads on to another.
    Redirect(RedirectView),
    /// The notice in the place of a withdrawn article.
    Notice(NoticeView),
    /// Nothing.
    None,
}

impl Main {
    /// Puts in the text.
    fn fill(&mut self, viewer: &Viewer<'_>, body: BodyHtml) {
        match self {
            Self::Article(view) => {
                view.headings = viewer.headings(&body);
                view.body = body.html;
            }
            Self::Standalone(view) => {
                view.headings = viewer.headings(&body);
                view.body = body.html;
            }
            Self::Home(view) => view.body = body.html,
            Self::Term(view) => view.body = body.html,
            _ => {}
        }
    }

    /// Sets the variable of its name.
    fn set(&self, variables: &mut Variables) {
        match self {
            Self::Article(view) => variables.set("article", view),
            Self::Standalone(view) => variables.set("standalone", view),
            Self::Home(view) => variables.set("home", view),
            Self::Term(view) => variables.set("term", view),
            Self::Taxonomy(view) => variables.set("taxonomy", view),
            Self::Browse(view) => variables.set("browse", view),
            Self::Years(view) => variables.set("years", view),
            Self::Statistics(view) => variables.set("statistics", view),
            Self::Search(view) => variables.set("search", view),
            Self::Titles(view) => variables.set("titles", view),
            Self::Period(view) => variables.set("period", view),
            Self::Redirect(view) => variables.set("redirect", view),
            Self::Notice(view) => variables.set("notice", view),
            Self::None => {}
        }
    }

    /// The hash of all that it shows.
    fn hash(&self, page: &PageView, template: &str) -> u64 {
        match self {
            Self::Article(view) => hash(&(template, page, view)),
            Self::Standalone(view) => hash(&(template, page, view)),
            Self::Home(view) => hash(&(template, page, view)),
            Self::Term(view) => hash(&(template, page, view)),
            Self::Taxonomy(view) => hash(&(template, page, view)),
            Self::Browse(view) => hash(&(template, page, view)),
            Self::Years(view) => hash(&(template, page, view)),
            Self::Statistics(view) => hash(&(template, page, view)),
            Self::Search(view) => hash(&(template, page, view)),
            Self::Titles(view) => hash(&(template, page, view)),
            Self::Period(view) => hash(&(template, page, view)),
            Self::Redirect(view) => hash(&(template, page, view)),
            Self::Notice(view) => hash(&(template, page, view)),
            Self::None => hash(&(template, page)),
        }
    }
}

/// The hash of what a view says.
pub(super) fn hash<T: Serialize>(view: &T) -> u64 {
    let mut bytes = Vec::with_capacity(USUAL);
    json::push(&mut bytes, view);
    Digest::of(&bytes).short()
}

/// How long the JSON of a view is at most, usually, in bytes.
const USUAL: usize = 2048;

/// Hashes what several views say, one after the other.
#[derive(Default)]
pub(super) struct Hasher {
    /// What was said and is not hashed yet.
    bytes: Vec<u8>,
    /// What was hashed.
    hasher: hash::Hasher,
}

impl Hasher {
    /// Adds what a view says.
    pub(super) fn add<T: Serialize>(&mut self, view: &T) {
        self.bytes.clear();
        json::push(&mut self.bytes, view);
        self.hasher.add(&self.bytes);
    }

    /// The hash of all that was said.
    pub(super) fn finish(self) -> u64 {
        self.hasher.finish().short()
    }
}

impl<'r> Draft<'r> {
    /// Drafts the page at an entry. What is wrong with the links of its lead
    /// image is found out here.
    pub(super) fn new(maker: Maker<'r>, entry: &'r Entry, outcome: &mut Outcome) -> Self {
        let site = maker.site;
        let linker = match entry.what {
            What::NotFound => Linker::anywhere(site.config, &entry.address),
            _ => Linker::new(site.config, &entry.address),
        };
        let viewer = Viewer { extras: maker.kit.extras, ..site.viewer(entry, linker) };
        match &entry.what {
            What::Article(work, index) if viewer.is_withdrawn() => {
                Self::withdrawn(viewer, *work, *index)
            }
            What::Article(work, index) => {
                Self::article(maker, viewer, (*work, *index), outcome)
            }
            What::Page(group, index) => Self::standalone(viewer, *group, *index),
            What::List(of, part) => Self::of_list(viewer, *of, part),
            What::Taxonomy(id, page) => Self::taxonomy(viewer, *id, *page),
            What::Overview(overview) => Self::overview(viewer, *overview),
            What::Titles(year) => {
                let title = viewer.titles_title(*year);
                let view = viewer.titles(*year);
                Self::plain(viewer, ("titles.html", "year-titles"), title)
                    .counting("n-articles", view.n_works)
                    .with(Main::Titles(view))
            }
            What::Corrections => {
                let view = viewer.corrections_page();
                Self::plain(viewer, ("page.html", "page"), view.title.clone())
                    .with(Main::Standalone(Box::new(view)))
            }
            What::Redirect(n) => {
                let title = viewer.text("redirect-title", &[]);
                let view = viewer.redirect(&site.plan.redirects[*n].to);
                Self::plain(viewer, ("redirect.html", "redirect"), title)
                    .with(Main::Redirect(view))
            }
            _ => {
                let title = viewer.text("not-found-title", &[]);
                Self::plain(viewer, ("not-found.html", "not-found"), title)
            }
        }
    }

    /// A page of this template and kind that has a title and nothing else.
    fn plain(
        viewer: Viewer<'r>,
        (template, kind): (&'static str, &'static str),
        title: String,
    ) -> Self {
        let page = viewer.page(kind, title, String::new());
        let main = Main::None;
        Self { viewer, template, page, main, list: None, text: None, told: None }
    }

    /// The same page, described by a number of things on it: `2019: 8 articles`.
    fn counting(mut self, key: &str, count: usize) -> Self {
        let count = Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
        let number = self.viewer.text(key, &[("count", count)]);
        self.page.description = format!("{}: {number}", self.page.title);
        self
    }

    /// The same page with something of its own.
    fn with(self, main: Main) -> Self {
        Self { main, ..self }
    }

    /// The index of a taxonomy, or a page of one that is divided by letters.
    fn taxonomy(viewer: Viewer<'r>, id: TaxonomyId, page: Option<u32>) -> Self {
        let title = viewer.taxonomy_title(id);
        let pages = viewer.plan.taxonomy_pages(id, viewer.language());
        let letter = page.and_then(|page| pages.pages.get(page as usize));
        let title = match letter {
            Some(letter) => format!("{title}: {}", viewer.letter_title(letter, pages)),
            None => title,
        };
        Self::plain(viewer, ("taxonomy.html", "taxonomy"), title)
            .counting("n-terms", pages.order.len())
            .with(Main::Taxonomy(Box::new(viewer.taxonomy(id, page))))
    }

    /// A page about the archive as a whole.
    fn overview(viewer: Viewer<'r>, overview: Overview) -> Self {
        let (template, main) = match overview {
            Overview::Browse => ("browse.html", Main::Browse(viewer.browse())),
            Overview::Years => ("years.html", Main::Years(viewer.years())),
            Overview::Search => ("search.html", Main::Search(viewer.search())),
            Overview::Statistics => {
                ("statistics.html", Main::Statistics(Box::new(viewer.statistics())))
            }
        };
        let title = viewer.overview_title(overview);
        Self::plain(viewer, (template, overview.name()), title)
            .counting("n-articles", viewer.archive.n_listed)
            .with(main)
    }

    /// The page of an article.
    fn article(
        maker: Maker<'r>,
        viewer: Viewer<'r>,
        (work, index): (WorkId, usize),
        outcome: &mut Outcome,
    ) -> Self {
        let version = &maker.site.archive.work(work).versions[index];
        let is_hidden = version.facts.state().is_some_and(State::hides_text);
        let (mut image, mut whole_image) = (None, None);
        if let Some(own) = version.facts.image().filter(|_| !is_hidden) {
            let (address, faults) = maker.bodies().image(own, viewer.linker);
            outcome.faults.append(faults);
            image = address;
            let linker = Linker::whole(maker.site.config, &viewer.entry.address);
            whole_image = maker.bodies().image(own, linker).0.map(|picture| picture.src);
        }
        let (title, summary) = (version.title().to_owned(), version.summary.to_string());
        Self {
            template: "article.html",
            page: viewer.page("article", title, summary),
            main: Main::Article(Box::new(viewer.article(work, version, image))),
            list: None,
            text: (!is_hidden).then_some((&version.file, version.text)),
            told: Some((work, version, whole_image)),
            viewer,
        }
    }

    /// The notice in the place of a withdrawn article.
    fn withdrawn(viewer: Viewer<'r>, work: WorkId, index: usize) -> Self {
        let version = &viewer.archive.work(work).versions[index];
        let title = viewer.text("withdrawn-title", &[]);
        Self {
            template: "withdrawn.html",
            page: viewer.withdrawn_page(title),
            main: Main::Notice(viewer.notice(version)),
            list: None,
            text: None,
            told: None,
            viewer,
        }
    }

    /// A standalone page.
    fn standalone(viewer: Viewer<'r>, group: usize, index: usize) -> Self {
        let page = &viewer.archive.pages[group].versions[index];
        let view = viewer.standalone(group, index);
        Self {
            template: "page.html",
            page: viewer.page("page", view.title.clone(), view.summary.clone()),
            main: Main::Standalone(Box::new(view)),
            list: None,
            text: Some((&page.file, page.text)),
            told: None,
            viewer,
        }
    }

    /// A page of a list.
    fn of_list(viewer: Viewer<'r>, of: ListOf, part: &'r Part) -> Self {
        let list = Some((of, part));
        match of {
            ListOf::All => Self { list, ..Self::home(viewer, part) },
            ListOf::Date(key) => {
                let period = viewer.period(key, part.number.is_none());
                let title = viewer.list_title(&period.title, part);
                let kind = ("period.html", period.precision);
                let page = Self::plain(viewer, kind, title);
                let n_works = viewer.plan.dates.range(key).len();
                let page = page.counting("n-articles", n_works);
                Self { list, ..page.with(Main::Period(period)) }
            }
            ListOf::Undated => {
                let title = viewer.list_title(&viewer.text("undated", &[]), part);
                Self { list, ..Self::plain(viewer, ("list.html", "undated"), title) }
            }
            ListOf::Term(id) => {
                let record = viewer.archive.term(id).record(viewer.language());
                let view = viewer.term(id, part.number.is_none());
                let title = viewer.list_title(&view.name, part);
                let (summary, n_works) = (view.summary.clone(), view.n_works);
                let page = Self {
                    template: "term.html",
                    page: viewer.page("term", title, summary),
                    main: Main::Term(Box::new(view)),
                    list,
                    text: record
                        .filter(|_| part.number.is_none())
                        .map(|record| (&record.file, record.text)),
                    told: None,
                    viewer,
                };
                if page.page.description.is_empty() {
                    page.counting("n-articles", n_works)
                } else {
                    page
                }
            }
        }
    }

    /// The home page, or the list of all works on an older page.
    fn home(viewer: Viewer<'r>, part: &Part) -> Self {
        if part.number.is_some() {
            let title = viewer.list_title(&viewer.text("all-articles", &[]), part);
            return Self::plain(viewer, ("list.html", "list"), title);
        }
        let settings = viewer.config.language_of(viewer.language());
        let group = viewer.archive.pages.iter().find(|group| group.path.is_empty());
        let page = group.and_then(|group| group.shown(viewer.language()));
        let (title, words) = (settings.title.clone(), settings.description.clone());
        Self {
            template: "home.html",
            page: viewer.page("home", title, words),
            main: Main::Home(Box::new(viewer.home(page.map(|page| page.file.language)))),
            list: None,
            text: page.map(|page| (&page.file, page.text)),
            told: None,
            viewer,
        }
    }

    /// What the page is made of, but for where its links lead.
    pub(super) fn fingerprint(&self, renderer: &Renderer<'_>) -> Fingerprint {
        let (list, list_hash) = match self.list {
            Some((of, part)) => (Some(part), renderer.hash_list(&self.viewer, of, part)),
            None => (None, 0),
        };
        debug_assert!(list.is_some() || list_hash == 0, "only lists have a hash");
        Fingerprint {
            page: self.main.hash(&self.page, self.template) ^ self.hash_told(),
            // The place of the file says where its links lead from.
            text: self.text.map_or(0, |(file, text)| hash(&(&*file.path, text.digest))),
            list: list_hash,
            ..renderer.common(self.viewer.language())
        }
    }

    /// The hash of what machines are told, besides what its views say; 0 if that is
    /// nothing.
    fn hash_told(&self) -> u64 {
        let extras = self.viewer.extras;
        let told = self
            .told
            .as_ref()
            .filter(|_| extras.has(Extra::Head) || extras.has(Extra::Citations));
        told.map_or(0, |(work, version, image)| {
            let image = image.clone();
            self.viewer
                .tell(*work, version, image, |told| hash(&(&told.described, &told.cited)))
        })
    }

    /// Puts in what machines are told and what readers cite.
    fn tell(&mut self, maker: &Maker<'_>) -> HeadView {
        let extras = self.viewer.extras;
        let Some((work, version, image)) = self.told.take() else {
            return if extras.has(Extra::Head) {
                self.viewer.head(&self.page)
            } else {
                HeadView::default()
            };
        };
        let language = self.viewer.language();
        let (mut head, citations) = self.viewer.tell(work, version, image, |told| {
            let cite = || told.citations(maker.kit.styles(maker.site, language));
            let head =
                if extras.has(Extra::Head) { told.head() } else { HeadView::default() };
            (head, if extras.has(Extra::Citations) { cite() } else { Vec::new() })
        });
        if let Main::Article(view) = &mut self.main {
            view.citations = citations;
        }
        if extras.has(Extra::Head) {
            head.structured.extend(self.viewer.trail(&self.page));
        }
        head
    }

    /// Makes the page.
    pub(super) fn make(
        mut self,
        maker: &Maker<'_>,
        out: &mut Vec<u8>,
        outcome: &mut Outcome,
    ) -> Result<(), Diagnostic> {
        let site = maker.site;
        let head = self.tell(maker);
        let viewer = &self.viewer;
        let mut variables = Variables::default();
        let language = viewer.language();
        variables.share("site", &maker.kit.shared[usize::from(language.0)].view);
        variables.set("root", &viewer.linker.root());
        variables.set("language", &site.config.language_of(language).tag.as_str());
        if let Some((file, text)) = self.text {
            let made =
                maker.bodies().html(&file.path, text, viewer.linker, file.language)?;
            variables.set("has_code", &made.body.has_code);
            self.main.fill(viewer, made.body);
            outcome.faults.append(made.faults);
            outcome.wanted.extend(made.wanted);
            outcome.links.extend(made.links);
        }
        variables.set("head", &head);
        variables.set("page", &self.page);
        self.main.set(&mut variables);
        if let Some((of, part)) = self.list {
            variables.set("list", &viewer.list(of, part));
        }
        site.templates.render(self.template, &variables, out)
    }
}
