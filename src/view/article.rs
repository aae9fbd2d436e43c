//! What templates see of an article.

use serde::Serialize;

use crate::archive::{BylineName, Name, Version, Work, WorkId};
use crate::config::TaxonomyId;
use crate::content::article::{Correction, Kind, State};
use crate::json;
use crate::plan::What;
use crate::view::{
    CitationView, DateView, HeadingView, LinkView, NameView, NeighborsView, PageView,
    Picture, RelatedView, Viewer,
};

/// An article.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleView {
    /// The headline as published.
    pub title: String,
    /// The line above the headline.
    pub kicker: Option<String>,
    /// The line under the headline.
    pub deck: Option<String>,
    /// Its text for lists.
    pub summary: String,
    /// Its language's BCP 47 tag.
    pub language: String,
    /// The day of publication.
    pub date: Option<DateView>,
    /// The last change of substance.
    pub updated: Option<DateView>,
    /// Who wrote it, as printed.
    pub byline: Vec<NameView>,
    /// Where and when it was filed, as printed.
    pub dateline: Option<String>,
    /// The BCP 47 tag of that text's language, if a translation took it over from its
    /// original.
    pub dateline_language: Option<String>,
    /// The place of the dateline.
    pub dateline_place: Option<NameView>,
    /// The day of the dateline.
    pub dateline_date: Option<DateView>,
    /// Where it first appeared.
    pub publication: Option<String>,
    /// The edition that it appeared in.
    pub edition: Option<String>,
    /// The section of the paper.
    pub print_section: Option<String>,
    /// The page of the paper.
    pub print_page: Option<String>,
    /// Where it stood on the web.
    pub original_url: Option<String>,
    /// Captures of it in web archives.
    pub archived: Vec<String>,
    /// How the text came here: keys and values as the article has them.
    pub provenance: Vec<FactView>,
    /// The BCP 47 tag of its values' language, if a translation took them over from
    /// its original.
    pub provenance_language: Option<String>,
    /// What sort of piece it is, as front matter names it.
    pub kind: Option<&'static str>,
    /// What it is about, by taxonomy; taxonomies that it does not use are
    /// left out.
    pub names: Vec<NamesView>,
    /// Its rights statement, or the site's.
    pub rights: Option<RightsView>,
    /// Who is to be thanked.
    pub credit: Option<String>,
    /// The BCP 47 tag of that text's language, if a translation took it over from its
    /// original.
    pub credit_language: Option<String>,
    /// What a reader may want to know first.
    pub content_notes: Vec<String>,
    /// The BCP 47 tag of these notes' language, if a translation took them over from
    /// its original.
    pub content_notes_language: Option<String>,
    /// What was corrected, newest first.
    pub corrections: Vec<CorrectionView>,
    /// The lead image.
    pub image: Option<ImageView>,
    /// `noindex` or `restricted`, if it is not shown like others.
    pub state: Option<&'static str>,
    /// Since when it has this state.
    pub state_date: Option<DateView>,
    /// Why it has this state.
    pub state_reason: Option<String>,
    /// Its text as HTML; empty if it is not shown.
    pub body: String,
    /// Its headings, if there are enough of them for a table of contents.
    pub headings: Vec<HeadingView>,
    /// The work in the language that it was written in, if this is another.
    pub original: Option<LinkView>,
    /// Who translated it.
    pub translator: Vec<String>,
    /// Whether a machine translated it.
    pub machine_translated: bool,
    /// The next work into the past.
    pub older: Option<LinkView>,
    /// The next work into the present.
    pub newer: Option<LinkView>,
    /// The works beside it among those of each organization that it names.
    pub neighbors: Vec<NeighborsView>,
    /// The works that share the rarest names with it.
    pub related: Vec<RelatedView>,
    /// How it is cited, in several forms.
    pub citations: Vec<CitationView>,
    /// The site's own fields.
    pub extra: json::Value,
}

/// The names of an article in one taxonomy.
#[derive(Clone, Debug, Serialize)]
pub struct NamesView {
    /// The taxonomy's name: `organizations`.
    pub taxonomy: String,
    /// The taxonomy's title in the page's language.
    pub title: String,
    /// The names, in the article's order.
    pub names: Vec<NameView>,
}

/// A key and a value.
#[derive(Clone, Debug, Serialize)]
pub struct FactView {
    /// The key.
    pub key: String,
    /// The value as text.
    pub value: String,
    /// The value, if it is an address on the web.
    pub href: Option<String>,
}

/// A correction.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectionView {
    /// When it was made.
    pub date: DateView,
    /// `correction`, `clarification`, `update`, `editors-note` or
    /// `retraction`.
    pub kind: &'static str,
    /// What was wrong and what is right.
    pub text: String,
    /// The BCP 47 tag of the text's language, if a translation took it over from its
    /// original.
    pub language: Option<String>,
    /// Whether a reader must know it before the text: of a correction and a
    /// retraction.
    pub is_material: bool,
}

/// A lead image.
#[derive(Clone, Debug, Serialize)]
pub struct ImageView {
    /// The picture, from this page.
    pub src: String,
    /// How wide it is, in pixels, if that is known.
    pub width: Option<usize>,
    /// How high it is, in pixels, if that is known.
    pub height: Option<usize>,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// The words under it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// The BCP 47 tag of the words' language, if a translation took them over from its
    /// original.
    pub language: Option<String>,
}

/// A rights statement.
#[derive(Clone, Debug, Serialize)]
pub struct RightsView {
    /// Its words, or its address if it has no others.
    pub text: String,
    /// Its address.
    pub url: Option<String>,
}

impl ArticleView {
    /// What is left of an article of which only title and summary are shown.
    fn restricted(self) -> Self {
        Self {
            kicker: None,
            deck: None,
            kind: None,
            updated: None,
            byline: Vec::new(),
            dateline: None,
            dateline_place: None,
            dateline_date: None,
            publication: None,
            edition: None,
            print_section: None,
            print_page: None,
            original_url: None,
            archived: Vec::new(),
            provenance: Vec::new(),
            names: Vec::new(),
            credit: None,
            content_notes: Vec::new(),
            corrections: Vec::new(),
            image: None,
            neighbors: Vec::new(),
            related: Vec::new(),
            translator: Vec::new(),
            extra: json::Value::Null,
            ..self
        }
    }
}

impl RightsView {
    /// The view of a rights statement as it was written.
    pub(super) fn new(written: &str) -> Self {
        Self {
            text: rights_name(written).to_owned(),
            url: is_on_web(written).then(|| written.to_owned()),
        }
    }
}

impl Viewer<'_> {
    /// The view of a version of a work, without its text. `image` is where its
    /// lead image stands, if it has one.
    pub fn article(
        &self,
        work: WorkId,
        version: &Version,
        image: Option<Picture>,
    ) -> ArticleView {
        let facts = &version.facts;
        let notice = self.notice(version);
        let view = ArticleView {
            title: version.title().to_owned(),
            kicker: text(facts.kicker()),
            deck: text(facts.deck()),
            summary: version.summary.to_string(),
            language: self.config.language_of(version.file.language).tag.to_string(),
            date: facts.date().map(|date| self.linked_date(date)),
            updated: facts.updated().map(|date| self.date(*date)),
            byline: self.byline(&version.byline),
            dateline: text(facts.dateline()),
            dateline_place: version.dateline_place.map(|name| self.name(name)),
            dateline_date: facts.dateline_date().map(|date| self.date(*date)),
            publication: text(facts.publication()),
            edition: text(facts.edition()),
            print_section: text(facts.print_section()),
            print_page: text(facts.print_page()),
            original_url: text(facts.original_url()),
            archived: texts(facts.archived()),
            provenance: facts_of(facts.provenance().map(|table| &**table)),
            provenance_language: None,
            credit_language: None,
            content_notes_language: None,
            dateline_language: None,
            kind: facts.kind.map(Kind::as_str),
            names: self.names(version),
            rights: self.rights(facts.rights().map(|rights| &**rights)),
            credit: text(facts.credit()),
            content_notes: texts(facts.content_notes()),
            corrections: self.corrections(work, version),
            image: self.lead_image(work, version, image),
            state: facts.state().map(State::as_str),
            state_date: notice.date,
            state_reason: notice.reason,
            headings: Vec::new(),
            body: String::new(),
            original: self.original(work, version),
            translator: version.translator.iter().map(ToString::to_string).collect(),
            machine_translated: version.machine_translated,
            older: self.neighbor(work, 1),
            newer: self.neighbor(work, -1),
            citations: Vec::new(),
            neighbors: self.neighbors(work, version),
            related: self.related(work, version),
            extra: facts.extra().map(|extra| (**extra).clone()).unwrap_or_default(),
        };
        if facts.state() == Some(State::Restricted) {
            view.restricted()
        } else {
            self.marked(view, work, version)
        }
    }

    /// The same view with the languages of what a translation took over from its
    /// original.
    fn marked(&self, view: ArticleView, work: WorkId, version: &Version) -> ArticleView {
        let said = (work, version);
        ArticleView {
            provenance_language: self.source_language(said, |one| one.facts.provenance()),
            credit_language: self.source_language(said, |one| one.facts.credit()),
            dateline_language: self.source_language(said, |one| one.facts.dateline()),
            content_notes_language: self
                .source_language(said, |one| one.facts.content_notes()),
            ..view
        }
    }

    /// The names of a byline as they were printed.
    pub(super) fn byline(&self, byline: &[BylineName]) -> Vec<NameView> {
        let name = |name: &BylineName| {
            let printed = self.archive.names.text(name.printed);
            let term = name.term.map(|id| self.archive.term(id));
            // It may be printed in another language than the record has it.
            let same = term.filter(|term| term.name_in(self.language()) == printed);
            NameView {
                name: printed.to_owned(),
                href: name.term.and_then(|id| self.term_href(id)),
                language: same.and_then(|term| self.name_language(term)),
            }
        };
        byline.iter().map(name).collect()
    }

    /// What an article is about, by taxonomy.
    fn names(&self, version: &Version) -> Vec<NamesView> {
        let by_taxonomy = version.topics.chunk_by(|a, b| a.taxonomy() == b.taxonomy());
        by_taxonomy
            .filter_map(|names| Some((names.first()?.taxonomy(), names)))
            .map(|(taxonomy, names)| NamesView {
                taxonomy: self.taxonomy_name(taxonomy),
                title: self.taxonomy_title(taxonomy),
                names: names.iter().map(|name| self.name(*name)).collect(),
            })
            .collect()
    }

    /// The name of a taxonomy.
    pub(super) fn taxonomy_name(&self, taxonomy: TaxonomyId) -> String {
        self.config.taxonomy_of(taxonomy).name.to_string()
    }

    /// A rights statement, else the site's.
    fn rights(&self, own: Option<&str>) -> Option<RightsView> {
        own.or(self.config.rights.as_deref()).map(RightsView::new)
    }

    /// The corrections of a version, newest first.
    fn corrections(&self, work: WorkId, version: &Version) -> Vec<CorrectionView> {
        let language =
            self.source_language((work, version), |one| one.facts.corrections());
        let view = |correction: &Correction| CorrectionView {
            date: self.date(correction.date),
            kind: correction.kind.as_str(),
            text: correction.text.to_string(),
            language: language.clone(),
            is_material: correction.kind.is_material(),
        };
        version.corrections().into_iter().map(view).collect()
    }

    /// The language of the original, if a translation says the same as it: it took
    /// that over.
    pub(super) fn source_language<T: PartialEq + ?Sized>(
        &self,
        (work, version): (WorkId, &Version),
        said: impl for<'v> Fn(&'v Version) -> Option<&'v T>,
    ) -> Option<String> {
        let original = self.archive.work(work).original();
        let language = original.file.language;
        let own = said(version).filter(|_| language != version.file.language)?;
        let is_taken_over = said(original) == Some(own);
        is_taken_over.then(|| self.other_language(language)).flatten()
    }

    /// The lead image, if its file was found.
    fn lead_image(
        &self,
        work: WorkId,
        version: &Version,
        picture: Option<Picture>,
    ) -> Option<ImageView> {
        let image = version.facts.image()?;
        let Picture { src, size } = picture?;
        let (width, height) = size.unzip();
        Some(ImageView {
            src,
            width,
            height,
            alt: image.alt.to_string(),
            caption: image.caption.as_ref().map(ToString::to_string),
            credit: image.credit.as_ref().map(ToString::to_string),
            language: self.source_language((work, version), |one| {
                one.facts.image().map(|image| &*image.alt)
            }),
        })
    }

    /// The link to the original of a translation.
    fn original(&self, work: WorkId, version: &Version) -> Option<LinkView> {
        let original = self.archive.work(work).original();
        if original.file.language == version.file.language {
            return None;
        }
        Some(self.version_link(original))
    }

    /// The work next to another in the order of the archive.
    fn neighbor(&self, work: WorkId, step: i64) -> Option<LinkView> {
        let at = usize::try_from(i64::from(work.0) + step).ok()?;
        let n_listed = self.archive.n_listed;
        if at >= n_listed || work.0 as usize >= n_listed {
            return None;
        }
        let version = self.shown(self.archive.works.get(at)?);
        Some(self.version_link(version))
    }

    /// The version of a work that lists on this page show.
    pub(super) fn shown<'w>(&self, work: &'w Work) -> &'w Version {
        work.shown(self.language())
    }
}

/// The notice in the place of a withdrawn article.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// Since when it is withdrawn.
    pub date: Option<DateView>,
    /// Why, in words for the public.
    pub reason: Option<String>,
}

impl Viewer<'_> {
    /// Whether the page is that of a withdrawn article.
    pub fn is_withdrawn(&self) -> bool {
        match &self.entry.what {
            What::Article(work, index) => {
                let version = &self.archive.work(*work).versions[*index];
                version.facts.state() == Some(State::Withdrawn)
            }
            _ => false,
        }
    }

    /// The notice in the place of a withdrawn article.
    pub fn notice(&self, version: &Version) -> NoticeView {
        let status = version.facts.status.as_ref();
        NoticeView {
            date: status.and_then(|status| Some(self.date(status.date?))),
            reason: status
                .and_then(|status| status.reason.as_ref().map(ToString::to_string)),
        }
    }

    /// What the page of a withdrawn article has: nothing that tells of it.
    pub fn withdrawn_page(&self, title: String) -> PageView {
        PageView {
            alternates: Vec::new(),
            breadcrumbs: vec![self.home_link()],
            ..self.page("withdrawn", title, String::new())
        }
    }

    /// A name as a feed's category: its page and itself; none if it has no
    /// page.
    pub fn category(&self, name: &Name) -> Option<(String, String)> {
        let name = self.term_name(name.term()?);
        name.href.map(|href| (href, name.name))
    }
}

/// A text of front matter.
fn text<T: ToString>(text: Option<&T>) -> Option<String> {
    text.map(ToString::to_string)
}

/// Texts of front matter.
fn texts<'t, T: ToString + 't>(
    texts: Option<impl IntoIterator<Item = &'t T>>,
) -> Vec<String> {
    texts.into_iter().flatten().map(ToString::to_string).collect()
}

/// A table as keys and texts.
fn facts_of(table: Option<&json::Value>) -> Vec<FactView> {
    let Some(json::Value::Object(table)) = table else { return Vec::new() };
    let fact = |(key, value): (&String, &json::Value)| {
        let value = plain(value);
        FactView {
            key: key.replace('_', " "),
            href: is_on_web(&value).then(|| value.clone()),
            value,
        }
    };
    table.iter().map(fact).collect()
}

/// A value as a text.
fn plain(value: &json::Value) -> String {
    match value {
        json::Value::String(text) => text.clone(),
        json::Value::Array(items) => {
            items.iter().map(plain).collect::<Vec<_>>().join("; ")
        }
        json::Value::Object(table) => {
            let pair = |(key, value): (&String, &json::Value)| {
                format!("{key}: {}", plain(value))
            };
            table.iter().map(pair).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

/// Whether a text is an address on the web.
fn is_on_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Licences and rights statements that readers know by a name.
const RIGHTS: &[(&str, &str)] = &[
    ("creativecommons.org/licenses/by/4.0", "CC BY 4.0"),
    ("creativecommons.org/licenses/by-sa/4.0", "CC BY-SA 4.0"),
    ("creativecommons.org/licenses/by-nc/4.0", "CC BY-NC 4.0"),
    ("creativecommons.org/licenses/by-nd/4.0", "CC BY-ND 4.0"),
    ("creativecommons.org/licenses/by-nc-sa/4.0", "CC BY-NC-SA 4.0"),
    ("creativecommons.org/licenses/by-nc-nd/4.0", "CC BY-NC-ND 4.0"),
    ("creativecommons.org/publicdomain/zero/1.0", "CC0 1.0"),
    ("creativecommons.org/publicdomain/mark/1.0", "Public Domain Mark 1.0"),
    ("rightsstatements.org/vocab/InC/1.0", "In Copyright"),
    (
        "rightsstatements.org/vocab/InC-EDU/1.0",
        "In Copyright – Educational Use Permitted",
    ),
    (
        "rightsstatements.org/vocab/InC-NC/1.0",
        "In Copyright – Non-Commercial Use Permitted",
    ),
    (
        "rightsstatements.org/vocab/InC-RUU/1.0",
        "In Copyright – Rights-holder(s) Unlocatable",
    ),
    ("rightsstatements.org/vocab/NoC-US/1.0", "No Copyright – United States"),
    ("rightsstatements.org/vocab/NKC/1.0", "No Known Copyright"),
    ("rightsstatements.org/vocab/UND/1.0", "Copyright Undetermined"),
    ("rightsstatements.org/vocab/CNE/1.0", "Copyright Not Evaluated"),
];

/// The name of a licence or rights statement, else the text as it is.
fn rights_name(written: &str) -> &str {
    let path = written.trim_start_matches("https://").trim_start_matches("http://");
    let path = path.trim_end_matches('/');
    RIGHTS.iter().find(|(known, _)| *known == path).map_or(written, |(_, name)| name)
}
