//! The root of an index: what there is, and where each word stands.

use serde::{Deserialize, Serialize};

/// The root of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// The version of the format.
    pub format: u32,
    /// How many documents there are.
    pub documents: u32,
    /// How many of them have no date; they are the first.
    pub undated: u32,
    /// How many words their texts have.
    pub words: u64,
    /// The languages of the site.
    pub languages: Vec<Language>,
    /// The facets.
    pub facets: Vec<Facet>,
    /// Each year with documents: the year, how many of its documents have no month,
    /// and how many each month has.
    pub years: Vec<Vec<u32>>,
    /// The blocks.
    pub blocks: Vec<BlockFacts>,
}

/// A language of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(String, String, String)", into = "(String, String, String)")]
pub struct Language {
    /// Its BCP 47 tag.
    pub tag: String,
    /// Where its pages begin, as a path from the root of the site.
    pub root: String,
    /// Its name in itself.
    pub name: String,
}

/// A facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(String, String)", into = "(String, String)")]
pub struct Facet {
    /// Its name.
    pub name: String,
    /// The path of its index below the root of a language; empty if its values have
    /// no pages.
    pub path: String,
}

/// What the root says of a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockFacts {
    /// Its name.
    pub name: String,
    /// How many documents it has.
    pub documents: u32,
    /// The first key of each word file.
    pub bounds: Vec<String>,
    /// How many words the texts of its documents have. The root has the sum of all.
    pub words: u64,
}

/// A block as the root writes it.
type Written = (String, u32, Vec<String>);

impl Serialize for BlockFacts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.name, self.documents, &self.bounds).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for BlockFacts {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let (name, documents, bounds) = Written::deserialize(deserializer)?;
        Ok(Self { name, documents, bounds, words: 0 })
    }
}

impl From<(String, String, String)> for Language {
    fn from((tag, root, name): (String, String, String)) -> Self {
        Self { tag, root, name }
    }
}

impl From<Language> for (String, String, String) {
    fn from(language: Language) -> Self {
        (language.tag, language.root, language.name)
    }
}

impl From<(String, String)> for Facet {
    fn from((name, path): (String, String)) -> Self {
        Self { name, path }
    }
}

impl From<Facet> for (String, String) {
    fn from(facet: Facet) -> Self {
        (facet.name, facet.path)
    }
}
