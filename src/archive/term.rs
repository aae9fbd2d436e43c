//! Terms and their records: what names lead to.

use std::borrow::Cow;

use crate::address::Address;
use crate::archive::WorkId;
use crate::config::{LanguageId, TaxonomyId};
use crate::content::front_matter::Translation;
use crate::content::record::{FormerName, RecordFacts};
use crate::content::{SourceFile, Text};
use crate::diagnostic::Place;
use crate::locale::Tag;
use crate::names::NameId;
use crate::toml_reader::Spanned;

/// Which term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId {
    /// Its taxonomy.
    pub taxonomy: TaxonomyId,
    /// Its place among the taxonomy's terms.
    pub index: u32,
}

/// The terms of one taxonomy.
#[derive(Debug, Default)]
pub struct Terms {
    /// The terms: those with records in the order of their files, then the
    /// others in the order of their folded names.
    pub terms: Vec<Term>,
}

/// One organization, person, place or subject.
#[derive(Debug)]
pub struct Term {
    /// Its part of its address.
    pub slug: Box<str>,
    /// The name that is shown where its record has no other in that language.
    pub name: Box<str>,
    /// The name by language, if the record is that of a term in another
    /// taxonomy, as it is for a byline.
    pub names: Vec<(LanguageId, Box<str>)>,
    /// Whose it is, if it is the byline of somebody who has a record.
    pub author: Option<TermId>,
    /// Its record in each language, the original first; empty without one.
    pub records: Vec<TermRecord>,
    /// Other spellings and names, whose addresses lead to its page.
    pub other_names: Vec<Box<str>>,
    /// What it is a part of.
    pub parent: Option<TermId>,
    /// What is a part of it.
    pub parts: Vec<TermId>,
    /// The works on lists that name it, newest first.
    pub works: Vec<WorkId>,
    /// Whether it has a page.
    pub has_page: bool,
    /// Where it comes from: its record, or the first article that names it.
    pub origin: Place,
}

/// The record of a term in one language.
#[derive(Debug)]
pub struct TermRecord {
    /// Its file.
    pub file: SourceFile,
    /// The text of the file as it was read.
    pub text: Text,
    /// What it says of its language.
    pub translation: Translation,
    /// The preferred name.
    pub name: Box<str>,
    /// The language of the preferred name.
    pub name_language: Tag,
    /// Other names of the same.
    pub aliases: Vec<Box<str>>,
    /// Names that it had once.
    pub former_names: Vec<FormerName>,
    /// The text for lists.
    pub summary: Box<str>,
    /// What its keys say besides.
    pub facts: RecordFacts,
    /// Its addresses of old.
    pub redirects: Box<[Spanned<Address>]>,
}

impl Term {
    /// The record in a language, else the original; none without a record.
    pub fn record(&self, language: LanguageId) -> Option<&TermRecord> {
        self.records
            .iter()
            .find(|record| record.file.language == language)
            .or_else(|| self.records.first())
    }

    /// The name under which it is sorted in a language.
    pub fn sort_name_in(&self, language: LanguageId) -> Cow<'_, str> {
        let facts = self.record(language).map(|record| &record.facts);
        if let Some(sort_name) = facts.and_then(|facts| facts.sort_name.as_deref()) {
            return Cow::Borrowed(sort_name);
        }
        let family = facts.and_then(|facts| {
            let given = facts.given.as_deref().unwrap_or_default();
            facts.family.as_ref().map(|family| format!("{family}, {given}"))
        });
        family.map_or_else(|| Cow::Borrowed(self.name_in(language)), Cow::Owned)
    }

    /// The name to be shown in a language.
    pub fn name_in(&self, language: LanguageId) -> &str {
        let own = self.names.iter().find(|(of, _)| *of == language);
        let record = || self.record(language).map(|record| &record.name);
        own.map(|(_, name)| name).or_else(record).unwrap_or(&self.name)
    }
}

/// A name in the front matter of an article, resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// A term.
    Term {
        /// Its taxonomy.
        taxonomy: TaxonomyId,
        /// Its place among the taxonomy's terms.
        index: u32,
    },
    /// A name that has no page and no term, as it was written.
    Plain {
        /// The taxonomy under whose key it stands.
        taxonomy: TaxonomyId,
        /// The name.
        name: NameId,
    },
}

impl Name {
    /// The term that it is of, if any.
    pub fn term(&self) -> Option<TermId> {
        match *self {
            Self::Term { taxonomy, index } => Some(TermId { taxonomy, index }),
            Self::Plain { .. } => None,
        }
    }

    /// The taxonomy under whose key it stands.
    pub fn taxonomy(&self) -> TaxonomyId {
        match self {
            Self::Term { taxonomy, .. } | Self::Plain { taxonomy, .. } => *taxonomy,
        }
    }
}

/// A name in a byline.
#[derive(Clone, Copy, Debug)]
pub struct BylineName {
    /// As printed.
    pub printed: NameId,
    /// Who it is.
    pub term: Option<TermId>,
}
