//! What templates see of a standalone page, and of the list of all
//! corrections.

use std::cmp::Reverse;

use serde::Serialize;

use crate::archive::{Version, WorkId};
use crate::config::Output;
use crate::content::article::Correction;
use crate::json;
use crate::plan::CORRECTIONS;
use crate::view::{DateView, HeadingView, LinkView, Viewer};

/// A standalone page.
#[derive(Clone, Debug, Serialize)]
pub struct StandaloneView {
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// Its text as HTML.
    pub body: String,
    /// Its headings, if there are enough of them for a table of contents.
    pub headings: Vec<HeadingView>,
    /// The last change of substance.
    pub updated: Option<DateView>,
    /// Who translated it.
    pub translator: Vec<String>,
    /// Whether a machine translated it.
    pub machine_translated: bool,
    /// All corrections of the archive, newest first, on the page
    /// `corrections`.
    pub corrections: Vec<CorrectionItemView>,
    /// The site's own fields.
    pub extra: json::Value,
}

/// A correction on the list of all.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectionItemView {
    /// When it was made.
    pub date: DateView,
    /// What it does, as on the page of the article.
    pub kind: &'static str,
    /// What was wrong and what is right.
    pub text: String,
    /// The BCP 47 tag of the text's language, if it is not the page's.
    pub language: Option<String>,
    /// The article that was corrected.
    pub article: LinkView,
}

impl Viewer<'_> {
    /// The view of a standalone page, without its text.
    pub fn standalone(&self, group: usize, index: usize) -> StandaloneView {
        let page = &self.archive.pages[group].versions[index];
        StandaloneView {
            title: page.title.as_deref().unwrap_or_default().to_owned(),
            summary: page.summary.to_string(),
            headings: Vec::new(),
            body: String::new(),
            updated: page.updated.map(|date| self.date(date)),
            translator: page
                .translation
                .translator
                .iter()
                .map(ToString::to_string)
                .collect(),
            machine_translated: page.translation.machine_translated,
            corrections: if *self.archive.pages[group].path == *CORRECTIONS
                && self.config.writes(Output::Corrections)
            {
                self.all_corrections()
            } else {
                Vec::new()
            },
            extra: page.extra.as_ref().map(|extra| (**extra).clone()).unwrap_or_default(),
        }
    }

    /// The view of the list of all corrections where no page introduces it.
    pub fn corrections_page(&self) -> StandaloneView {
        StandaloneView {
            title: self.text("corrections", &[]),
            summary: String::new(),
            body: String::new(),
            headings: Vec::new(),
            updated: None,
            translator: Vec::new(),
            machine_translated: false,
            corrections: self.all_corrections(),
            extra: json::Value::Null,
        }
    }

    /// All corrections of the archive, newest first, and for one day in the
    /// order of the archive.
    fn all_corrections(&self) -> Vec<CorrectionItemView> {
        let listed = self.archive.works.iter().take(self.archive.n_listed);
        let mut found: Vec<(WorkId, &Version, &Correction)> = Vec::new();
        for (n, work) in (0..).zip(listed) {
            let version = work.shown(self.language());
            let own = version.corrections().into_iter();
            found.extend(own.map(|one| (WorkId(n), version, one)));
        }
        found.sort_by_key(|(_, _, correction)| Reverse(correction.date));
        found
            .into_iter()
            .map(|(work, version, one)| self.correction_item(work, version, one))
            .collect()
    }

    /// A correction on the list of all.
    fn correction_item(
        &self,
        work: WorkId,
        version: &Version,
        correction: &Correction,
    ) -> CorrectionItemView {
        CorrectionItemView {
            date: self.date(correction.date),
            kind: correction.kind.as_str(),
            text: correction.text.to_string(),
            language: self
                .source_language((work, version), |one| one.facts.corrections())
                .or_else(|| self.other_language(version.file.language)),
            article: self.version_link(version),
        }
    }
}
