//! The values of the facets of a block, and the terms among them by the words of
//! their names.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::json;
use crate::parallel;
use crate::search::block::{Job, all};
use crate::search::{Root, Stopped, Value, json_of, key, number, word};

/// How many terms a word has at most.
const MOST_NAMES: usize = 20;

impl Job<'_> {
    /// Writes the documents of each value of each facet.
    pub(super) fn facets(&self) -> Result<Vec<Vec<Found>>, Stopped> {
        let facets: Vec<usize> = (0..self.root.facets.len()).collect();
        let found = parallel::map(&facets, |facet| self.facet(*facet));
        let written = (0..).zip(&found).map(|(n, values): (usize, _)| {
            let values: Vec<_> = values.iter().map(Found::written).collect();
            self.put(&format!("t{n}"), &json_of(&values))
        });
        all(written)?;
        Ok(found)
    }

    /// The values of a facet that the documents have, by path.
    fn facet(&self, facet: usize) -> Vec<Found> {
        let mut values: BTreeMap<u32, Postings> = BTreeMap::new();
        for document in self.range.clone() {
            for value in self.documents.values(document, facet) {
                values.entry(value).or_default().add(document - self.range.start);
            }
        }
        let value = |(value, postings)| {
            let value = self.documents.value(facet, value);
            Found { facet, value, postings }
        };
        let mut found: Vec<_> = values.into_iter().map(value).collect();
        found.sort_by(|a, b| a.value.path.cmp(&b.value.path));
        found
    }
}

/// Documents as numbers, without weights.
#[derive(Default)]
struct Postings {
    /// The numbers.
    text: String,
    /// The document after the last one.
    next: u32,
    /// How many there are.
    count: u32,
}

impl Postings {
    /// Adds the next document.
    fn add(&mut self, document: u32) {
        number::push(&mut self.text, document - self.next);
        self.next = document + 1;
        self.count += 1;
    }
}

/// A value of a facet in a block.
pub(super) struct Found {
    /// The facet.
    facet: usize,
    /// The value.
    value: Value,
    /// The documents that have it.
    postings: Postings,
}

impl Found {
    /// Its other names in one text; none without any.
    fn others(&self) -> Option<String> {
        (!self.value.others.is_empty()).then(|| self.value.others.join("\n"))
    }

    /// The value as its facet's file has it.
    fn written(&self) -> json::Value {
        let mut written = vec![
            json::json!(self.value.path),
            self.value.name.clone(),
            json::json!(self.postings.text),
        ];
        written.extend(self.others().map(json::Value::from));
        json::Value::from(written)
    }

    /// The value as a term that has a word in its name.
    fn term(&self) -> json::Value {
        let mut term = vec![
            json::json!(self.facet),
            json::json!(self.value.path),
            self.value.name.clone(),
            json::json!(self.postings.count),
        ];
        term.extend(self.others().map(json::Value::from));
        json::Value::from(term)
    }

    /// The words of all its names.
    fn words(&self) -> Vec<String> {
        let names: Vec<&str> = match &self.value.name {
            json::Value::Object(names) => {
                names.values().filter_map(json::Value::as_str).collect()
            }
            name => name.as_str().into_iter().collect(),
        };
        let others = self.value.others.iter().map(String::as_str);
        let mut words: Vec<_> =
            names.into_iter().chain(others).flat_map(word::forms_of).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// The terms of a block by the words of their names, in the order of words.
pub(super) fn names(
    root: &Root,
    facets: &[Vec<Found>],
) -> Vec<(String, Vec<json::Value>)> {
    let mut by_word: BTreeMap<String, Vec<&Found>> = BTreeMap::new();
    let with_pages =
        facets.iter().zip(&root.facets).filter(|(_, facet)| !facet.path.is_empty());
    for found in with_pages.flat_map(|(values, _)| values) {
        for word in found.words() {
            by_word.entry(word).or_default().push(found);
        }
    }
    let mut names: Vec<_> = by_word.into_iter().collect();
    names.sort_by(|(a, _), (b, _)| key::compare(a, b));
    let terms = |mut terms: Vec<&Found>| {
        terms.sort_by_key(|found| Reverse(found.postings.count));
        terms.into_iter().take(MOST_NAMES).map(Found::term).collect()
    };
    names.into_iter().map(|(word, found)| (word, terms(found))).collect()
}
