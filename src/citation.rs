//! Makes the citations of an article that a reader copies.
//!
//! It decides which forms there are and what each of them says: three styles
//! of prose in the words of one language, and four formats that programs
//! read. A date is never made more exact than it is known, a name is split
//! only where its family name is known, and nothing says when a page was
//! looked at, since a build does not know its readers' clocks.
//!
//! Everything comes in as plain values. Who wrote an article, and which address
//! it has, is decided elsewhere.

mod bibtex;
mod csl;
mod prose;
mod prune;
mod ris;
mod wikipedia;

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::date::Date;
use crate::locale::Tag;

/// An article as it is cited.
///
/// No text needs to be tidy: runs of white space, among them line breaks,
/// count as one space. Optional texts that are empty count as absent.
#[derive(Clone, Debug, Serialize)]
pub struct Cited<'a> {
    /// The headline as plain text.
    pub title: &'a str,
    /// Who wrote it, in the order of the byline.
    pub authors: &'a [Author<'a>],
    /// Who translated it.
    pub translators: &'a [Author<'a>],
    /// When it was published, as exactly as that is known.
    pub date: Option<Date>,
    /// Where it first appeared; none if that is the archive itself.
    pub publication: Option<&'a str>,
    /// The title of the archive.
    pub archive: &'a str,
    /// Who publishes the archive.
    pub publisher: &'a str,
    /// Where the publication was published.
    pub place: Option<&'a str>,
    /// Which edition of its day it stood in.
    pub edition: Option<&'a str>,
    /// The section of the paper.
    pub section: Option<&'a str>,
    /// The page of the paper, or several.
    pub page: Option<&'a str>,
    /// The whole address of its page in the archive.
    pub url: &'a str,
    /// Where it stood online first.
    pub original_url: Option<&'a str>,
    /// The language that it is written in.
    #[serde(serialize_with = "as_text")]
    pub language: &'a Tag,
    /// What it says, in a few sentences; it may be empty.
    pub summary: &'a str,
}

/// Somebody who wrote or translated an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Author<'a> {
    /// A person whose family name is known.
    Person {
        /// The whole family name: `García Márquez`, `de la Cruz`.
        family: &'a str,
        /// The given names; they may be empty.
        given: &'a str,
    },
    /// An organization or another group. Its name is never turned around.
    Group(&'a str),
    /// A byline as it was printed, of which the family name is unknown. It is
    /// never split.
    Printed(&'a str),
}

/// A form that a citation can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The Chicago Manual of Style, 18th edition, as in a bibliography.
    Chicago,
    /// The style of the American Psychological Association, 7th edition.
    Apa,
    /// The style of the Modern Language Association, 9th edition.
    Mla,
    /// A template of Wikipedia.
    Wikipedia,
    /// BibTeX, with the fields of biblatex that it passes over.
    Bibtex,
    /// The format of Research Information Systems.
    Ris,
    /// JSON for the Citation Style Language.
    CslJson,
}

/// An article's citation in one format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Its format.
    pub format: Format,
    /// The citation as plain text.
    pub text: String,
    /// The same as HTML, with titles in italics where its style wants them;
    /// none of a format that programs read.
    pub html: Option<String>,
}

/// The styles of prose, ready to be used in the words of one language.
///
/// To read the styles takes longer than to use them, so they are made once
/// for each language and shared by all threads.
pub struct Styles(prose::Styles);

impl Format {
    /// All formats, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Chicago,
        Self::Apa,
        Self::Mla,
        Self::Wikipedia,
        Self::Bibtex,
        Self::Ris,
        Self::CslJson,
    ];

    /// The word for the format in addresses, templates and texts.
    pub fn key(self) -> &'static str {
        match self {
            Self::Chicago => "chicago",
            Self::Apa => "apa",
            Self::Mla => "mla",
            Self::Wikipedia => "wikipedia",
            Self::Bibtex => "bibtex",
            Self::Ris => "ris",
            Self::CslJson => "csl-json",
        }
    }
}

impl Styles {
    /// The styles in the words of a language; in English if there are none in
    /// it.
    pub fn new(language: &Tag) -> Self {
        Self(prose::Styles::new(language))
    }

    /// The citations of an article, one in each format, in the order of
    /// [`Format::ALL`].
    pub fn cite(&self, cited: &Cited<'_>) -> Vec<Citation> {
        let plain = |format, text| Citation { format, text, html: None };
        let cite = |format| match format {
            Format::Chicago | Format::Apa | Format::Mla => self.0.cite(format, cited),
            Format::Wikipedia => plain(format, wikipedia::cite(cited)),
            Format::Bibtex => plain(format, bibtex::cite(cited)),
            Format::Ris => plain(format, ris::cite(cited)),
            Format::CslJson => plain(format, csl::cite(cited)),
        };
        Format::ALL.into_iter().map(cite).collect()
    }
}

impl<'a> Cited<'a> {
    /// What the article is a part of: the publication, else the archive.
    fn container(&self) -> &'a str {
        filled(self.publication).unwrap_or(self.archive)
    }

    /// The archive, if the article is a part of something else.
    fn via(&self) -> Option<&'a str> {
        Some(self.archive).filter(|&archive| tidy(archive) != tidy(self.container()))
    }
}

/// Writes a language as the text of its tag.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands in references")]
pub(crate) fn as_text<S: Serializer>(
    language: &&Tag,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(language.as_str())
}

/// A text that says something.
pub(crate) fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

/// A text on one line: each run of white space and control characters is one
/// space, and there is none at either end.
pub(crate) fn tidy(text: &str) -> Cow<'_, str> {
    let is_gap = |c: char| c.is_whitespace() || c.is_control();
    let mut before = true;
    let is_tidy = text.chars().all(|c| {
        let is_wrong = is_gap(c) && (before || c != ' ');
        before = is_gap(c);
        !is_wrong
    });
    if is_tidy && !text.ends_with(' ') {
        return Cow::Borrowed(text);
    }
    let words: Vec<_> = text.split(is_gap).filter(|word| !word.is_empty()).collect();
    Cow::Owned(words.join(" "))
}

/// The parts of a date that are known: the year, its month and its day.
fn date_parts(date: Date) -> impl Iterator<Item = i16> {
    let rest = [date.month(), date.day()];
    std::iter::once(date.year()).chain(rest.into_iter().flatten().map(i16::from))
}

#[cfg(test)]
mod tests;
