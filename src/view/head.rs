//! What the head of a page tells machines, and what a reader cites: the views of
//! it, and the values that they are made of.

use serde::Serialize;

use crate::archive::{BylineName, Term, TermId, Version, WorkId};
use crate::citation::{Author, Citation, Cited, Styles};
use crate::config::{Config, Language, ORGANIZATIONS, PEOPLE, PLACES, TAGS};
use crate::content::article::{Kind, State};
use crate::links::{Linker, whole};
use crate::locale::{Tag, fold};
use crate::metadata::{
    self, Byline, Class, Correction, Described, Image, Meta, Page, Print, Rights, Site,
    Thing, Topics,
};
use crate::view::{PageView, Viewer};

/// What the head of a page tells machines.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HeadView {
    /// Its `meta` elements, in an order that matters.
    pub metas: Vec<MetaView>,
    /// What it says in the vocabulary of schema.org: texts of JSON-LD, each to be
    /// written as it is into an element `script` of the type `application/ld+json`.
    pub structured: Vec<String>,
}

/// A `meta` element.
#[derive(Clone, Debug, Serialize)]
pub struct MetaView {
    /// The attribute that holds its key: `name` or `property`.
    pub attribute: &'static str,
    /// Its key.
    pub key: &'static str,
    /// What it says.
    pub content: String,
}

/// A citation of an article.
#[derive(Clone, Debug, Serialize)]
pub struct CitationView {
    /// Its form: `chicago`, `apa`, `mla`, `wikipedia`, `bibtex`, `ris` or `csl-json`.
    pub format: &'static str,
    /// The citation as plain text.
    pub text: String,
    /// The same as HTML, with titles in italics; none of a form that programs read.
    pub html: Option<String>,
}

/// What the head and the citations of a version tell.
pub struct Told<'a> {
    /// What the head tells.
    pub described: Described<'a>,
    /// What the citations tell.
    pub cited: Cited<'a>,
}

/// What a version tells machines, before it is put in the order of their words.
struct Dossier<'a> {
    /// The settings.
    config: &'a Config,
    /// The language of the page.
    settings: &'a Language,
    /// The version.
    version: &'a Version,
    /// Its language.
    tag: &'a Tag,
    /// Whether names and all else but title, summary and date may be told.
    is_whole: bool,
    /// The whole address of its page.
    url: String,
    /// The whole address of the home page.
    site_url: String,
    /// The whole address of its lead image.
    image: Option<String>,
    /// What sort of piece it is, in words.
    genre: Option<String>,
    /// Who wrote it.
    authors: Vec<Author<'a>>,
    /// Who wrote it, as terms, where they have a record or a page.
    writers: Vec<Subject<'a>>,
    /// Who translated it.
    translators: Vec<Author<'a>>,
    /// What it is about.
    subjects: Vec<Subject<'a>>,
    /// The place that it was filed from.
    filed_from: Option<Subject<'a>>,
    /// The original of a translation; then the translations.
    versions: Vec<(String, &'a Version)>,
    /// Whether the first of these is the original.
    is_translation: bool,
}

/// A name as machines are told of it.
struct Subject<'a> {
    /// What it is.
    class: Class,
    /// Whether it stands among the tags.
    is_tag: bool,
    /// The name.
    name: &'a str,
    /// The whole address of its page.
    url: Option<String>,
    /// Addresses of the same elsewhere.
    same_as: Vec<&'a str>,
}

/// The parts of a dossier as lists of what is borrowed from it.
struct Lists<'s> {
    /// Who wrote the article.
    authors: Vec<Byline<'s>>,
    /// Who translated it.
    translators: Vec<Byline<'s>>,
    /// Its tags, as words.
    tags: Vec<&'s str>,
    /// Its subjects.
    about: Vec<Thing<'s>>,
    /// The organizations and people that it names.
    mentions: Vec<Thing<'s>>,
    /// Its places.
    places: Vec<Thing<'s>>,
    /// What was corrected.
    corrections: Vec<Correction<'s>>,
    /// Captures of it.
    archived: Vec<&'s str>,
    /// The original of a translation; then the translations.
    versions: Vec<metadata::Version<'s>>,
}

impl Told<'_> {
    /// The head of the page.
    pub fn head(&self) -> HeadView {
        HeadView {
            metas: metas(metadata::describe(&self.described)),
            structured: vec![metadata::news_article(&self.described)],
        }
    }

    /// The citations, in the words of a language.
    pub fn citations(&self, styles: &Styles) -> Vec<CitationView> {
        let view = |citation: Citation| CitationView {
            format: citation.format.key(),
            text: citation.text,
            html: citation.html,
        };
        styles.cite(&self.cited).into_iter().map(view).collect()
    }
}

/// The views of tags.
fn metas(metas: Vec<Meta<'_>>) -> Vec<MetaView> {
    let view = |meta: Meta<'_>| MetaView {
        attribute: meta.attribute.as_str(),
        key: meta.key,
        content: meta.content.into_owned(),
    };
    metas.into_iter().map(view).collect()
}

impl<'a> Dossier<'a> {
    /// The parts as lists.
    fn lists(&self) -> Lists<'_> {
        let facts = &self.version.facts;
        let corrections = self.version.corrections().into_iter();
        let things = |wanted: fn(&Subject<'a>) -> bool| {
            let wanted = self.subjects.iter().filter(|subject| wanted(subject));
            wanted.map(Subject::thing).collect()
        };
        Lists {
            authors: self.bylines(),
            translators: self.translators.iter().map(plain_byline).collect(),
            tags: self
                .subjects
                .iter()
                .filter(|one| one.is_tag)
                .map(|one| one.name)
                .collect(),
            about: things(|one| matches!(one.class, Class::Thing)),
            mentions: things(|one| {
                matches!(one.class, Class::Person | Class::Organization)
            }),
            places: things(|one| matches!(one.class, Class::Place)),
            corrections: corrections
                .filter(|_| self.is_whole)
                .map(|one| Correction { date: one.date, text: &one.text })
                .collect(),
            archived: facts
                .archived()
                .into_iter()
                .flatten()
                .filter(|_| self.is_whole)
                .map(|url| &**url)
                .collect(),
            versions: self.versions.iter().map(|version| self.other(version)).collect(),
        }
    }

    /// Who wrote the article.
    fn bylines(&self) -> Vec<Byline<'_>> {
        let both = self.authors.iter().zip(&self.writers);
        both.map(|(author, writer)| Byline {
            author: *author,
            name: writer.name,
            url: writer.url.as_deref(),
            same_as: &writer.same_as,
        })
        .collect()
    }

    /// The same article in another language.
    fn other<'s>(
        &'s self,
        (url, version): &'s (String, &Version),
    ) -> metadata::Version<'s> {
        metadata::Version {
            url,
            title: version.title(),
            language: &self.config.language_of(version.file.language).tag,
        }
    }

    /// A text of the front matter, if it may be told.
    fn text<T: AsRef<str>>(&self, text: Option<&'a T>) -> Option<&'a str> {
        text.filter(|_| self.is_whole).map(AsRef::as_ref)
    }

    /// When and where the article was printed.
    fn print(&self) -> Print<'_> {
        let facts = &self.version.facts;
        let publication = self.text(facts.publication());
        let corrected = self.version.corrections().into_iter().map(|one| one.date);
        let modified = corrected.chain(facts.updated().copied()).max();
        Print {
            published: facts.date(),
            modified: modified.filter(|_| self.is_whole),
            publication,
            // Where others are published is not known.
            place: self
                .config
                .publisher
                .place
                .as_deref()
                .filter(|_| publication.is_none()),
            edition: self.text(facts.edition()),
            section: self.text(facts.print_section()),
            page: self.text(facts.print_page()),
            dateline: self.text(facts.dateline()),
        }
    }

    /// Its lead image.
    fn lead(&self) -> Option<Image<'_>> {
        let own = self.version.facts.image().filter(|_| self.is_whole)?;
        Some(Image {
            url: self.image.as_deref()?,
            alt: &own.alt,
            caption: own.caption.as_deref(),
            credit: own.credit.as_deref(),
        })
    }

    /// What the head tells.
    fn described<'s>(&'s self, lists: &'s Lists<'s>) -> Described<'s> {
        let facts = &self.version.facts;
        let n_originals = usize::from(self.is_translation).min(lists.versions.len());
        let (original, translations) = lists.versions.split_at(n_originals);
        let publisher = &self.config.publisher;
        let own_rights = facts.rights().map(|rights| &**rights);
        Described {
            title: self.version.title(),
            deck: self.text(facts.deck()),
            summary: &self.version.summary,
            kind: facts.kind.filter(|_| self.is_whole).map_or("", Kind::as_str),
            genre: self.genre.as_deref(),
            url: &self.url,
            language: self.tag,
            authors: &lists.authors,
            translators: &lists.translators,
            print: self.print(),
            topics: Topics {
                tags: &lists.tags,
                about: &lists.about,
                mentions: &lists.mentions,
                places: &lists.places,
                filed_from: self.filed_from.as_ref().map(Subject::thing),
            },
            rights: Rights {
                rights: own_rights.or(self.config.rights.as_deref()),
                credit: self.text(facts.credit()),
                original_url: self.text(facts.original_url()),
                archived: &lists.archived,
            },
            site: Site {
                title: &self.settings.title,
                url: &self.site_url,
                publisher: &publisher.name,
                publisher_url: publisher.url.as_deref(),
                zone: &self.config.zone,
            },
            image: self.lead(),
            corrections: &lists.corrections,
            translation_of: original.first().copied(),
            translations,
            is_whole: self.is_whole,
        }
    }

    /// What the citations tell.
    fn cited(&self) -> Cited<'_> {
        let Print { published, publication, place, edition, section, page, .. } =
            self.print();
        Cited {
            title: self.version.title(),
            authors: &self.authors,
            translators: &self.translators,
            date: published,
            publication,
            archive: &self.settings.title,
            publisher: &self.config.publisher.name,
            place,
            edition,
            section,
            page,
            url: &self.url,
            original_url: self.text(self.version.facts.original_url()),
            language: self.tag,
            summary: &self.version.summary,
        }
    }
}

impl Subject<'_> {
    /// The same as the vocabulary of schema.org has it.
    fn thing(&self) -> Thing<'_> {
        Thing {
            class: self.class,
            name: self.name,
            url: self.url.as_deref(),
            same_as: &self.same_as,
        }
    }
}

/// Somebody of whom nothing but the name is known.
fn plain_byline<'s>(author: &Author<'s>) -> Byline<'s> {
    let (Author::Group(name)
    | Author::Printed(name)
    | Author::Person { family: name, .. }) = *author;
    Byline { author: *author, name, url: None, same_as: &[] }
}

impl<'a> Viewer<'a> {
    /// The head of a page that is no article.
    pub fn head(&self, page: &PageView) -> HeadView {
        let settings = self.config.language_of(self.language());
        HeadView {
            metas: metas(metadata::describe_page(&Page {
                title: &page.title,
                description: &page.description,
                url: &page.url,
                site: &settings.title,
                language: &settings.tag,
            })),
            structured: self.trail(page).into_iter().collect(),
        }
    }

    /// The way from the home page to this one as JSON-LD; none of the home page.
    pub fn trail(&self, page: &PageView) -> Option<String> {
        if page.kind == "not-found" {
            return None;
        }
        let linker = Linker::whole(self.config, &self.entry.address);
        let mut crumbs = Viewer { linker, ..*self }.breadcrumbs();
        // A notice shows fewer than there are.
        crumbs.truncate(page.breadcrumbs.len());
        let steps =
            crumbs.iter().map(|crumb| (crumb.title.as_str(), crumb.href.as_str()));
        let own = (page.title.as_str(), page.url.as_str());
        let steps: Vec<_> = steps.chain([own]).collect();
        (steps.len() > 1).then(|| metadata::breadcrumbs(&steps))
    }

    /// Says what the head and the citations of a version of a work tell. `image` is
    /// the whole address of its lead image.
    pub fn tell<R>(
        &self,
        work: WorkId,
        version: &'a Version,
        image: Option<String>,
        listen: impl FnOnce(&Told<'_>) -> R,
    ) -> R {
        let dossier = self.dossier(work, version, image);
        let lists = dossier.lists();
        let cited = dossier.cited();
        listen(&Told { described: dossier.described(&lists), cited })
    }

    /// Gathers what a version tells machines.
    fn dossier(
        &self,
        work: WorkId,
        version: &'a Version,
        image: Option<String>,
    ) -> Dossier<'a> {
        let is_whole = version.facts.state() != Some(State::Restricted);
        let byline = if is_whole { &*version.byline } else { &[] };
        let topics = self.paged_topics(version).filter(|_| is_whole);
        let translators = version.translator.iter().filter(|_| is_whole);
        let language = version.file.language;
        let genre = version.facts.kind.filter(|_| is_whole).and_then(|kind| {
            self.locale_of(language).text(&format!("kind-{}", kind.as_str()), &[])
        });
        let original = self.archive.work(work).original();
        let is_translation = original.file.language != language;
        Dossier {
            config: self.config,
            settings: self.config.language_of(self.language()),
            version,
            tag: &self.config.language_of(language).tag,
            is_whole,
            url: whole(self.config, &version.address),
            site_url: whole(self.config, self.config.root(self.language())),
            image,
            genre,
            authors: byline.iter().map(|name| self.author(name)).collect(),
            writers: byline.iter().map(|name| self.writer(name)).collect(),
            translators: translators.map(|name| Author::Printed(name)).collect(),
            subjects: topics.map(|(id, term)| self.subject(id, term)).collect(),
            filed_from: version
                .dateline_place
                .filter(|_| is_whole)
                .and_then(|place| place.term())
                .filter(|id| self.plan.term_address(*id, self.language()).is_some())
                .map(|id| self.subject(id, self.archive.term(id))),
            versions: self.versions(work, version),
            is_translation: is_translation && original.is_listed(),
        }
    }

    /// The other versions of a work that lists show: the original first.
    fn versions(&self, work: WorkId, own: &Version) -> Vec<(String, &'a Version)> {
        let versions = self.archive.work(work).versions.iter();
        let others =
            versions.filter(|version| version.file.language != own.file.language);
        let shown = others.filter(|version| version.is_listed());
        shown.map(|version| (whole(self.config, &version.address), version)).collect()
    }

    /// The term of whoever wrote under a name, if they have a record.
    fn recorded(&self, name: &BylineName) -> Option<(TermId, &'a Term)> {
        let id = self.archive.term(name.term?).author?;
        // Of somebody who is not to be found, nothing more than the byline is told.
        self.plan.term_address(id, self.language())?;
        Some((id, self.archive.term(id)))
    }

    /// Whoever wrote under a name, as a citation has them. The parts of a person's
    /// name are used only if the byline is that name: who writes under another one
    /// is not given away.
    fn author(&self, name: &BylineName) -> Author<'a> {
        let printed = self.archive.names.text(name.printed);
        let Some((id, term)) = self.recorded(name) else {
            return Author::Printed(printed);
        };
        if *self.config.taxonomy_of(id.taxonomy).name == *ORGANIZATIONS {
            return Author::Group(printed);
        }
        let facts = term.record(self.language()).map(|record| &record.facts);
        let Some(family) = facts.and_then(|facts| facts.family.as_deref()) else {
            return Author::Printed(printed);
        };
        let given = facts.and_then(|facts| facts.given.as_deref()).unwrap_or_default();
        let orders = [format!("{given} {family}"), format!("{family} {given}")];
        if orders.iter().any(|name| fold(name.trim()) == fold(printed)) {
            Author::Person { family, given }
        } else {
            Author::Printed(printed)
        }
    }

    /// Whoever wrote under a name, as a subject.
    fn writer(&self, name: &BylineName) -> Subject<'a> {
        let printed = self.archive.names.text(name.printed);
        let own = self.recorded(name).map(|(id, term)| self.subject(id, term));
        let byline = name.term.and_then(|id| self.whole_href(id));
        match own {
            Some(subject) => {
                Subject { name: printed, url: byline.or(subject.url), ..subject }
            }
            None => Subject {
                class: Class::Person,
                is_tag: false,
                name: printed,
                url: byline,
                same_as: Vec::new(),
            },
        }
    }

    /// A term as a subject.
    fn subject(&self, id: TermId, term: &'a Term) -> Subject<'a> {
        let taxonomy = &*self.config.taxonomy_of(id.taxonomy).name;
        let facts = term.record(self.language()).map(|record| &record.facts);
        let same_as =
            facts.and_then(|facts| facts.same_as.as_deref()).unwrap_or_default();
        Subject {
            class: match taxonomy {
                ORGANIZATIONS => Class::Organization,
                PEOPLE => Class::Person,
                PLACES => Class::Place,
                _ => Class::Thing,
            },
            is_tag: taxonomy == TAGS,
            name: term.name_in(self.language()),
            url: self.whole_href(id),
            same_as: same_as.iter().map(|url| &**url).collect(),
        }
    }

    /// The whole address of the page of a term.
    fn whole_href(&self, id: TermId) -> Option<String> {
        let address = self.plan.term_address(id, self.language());
        address.map(|to| whole(self.config, to))
    }
}
