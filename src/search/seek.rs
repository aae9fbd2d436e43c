//! Finds the documents of an index that match a query.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::search::query::{Condition, Part, Query, Text, is_enough};
use crate::search::reader::{Block, Form, Posting, Reader, Words};
use crate::search::{Card, date_number, key, word};
use crate::suggest;

/// What another form of a stem counts beside the word itself.
const STEM: f64 = 0.9;
/// What a word with the right beginning counts.
const BEGINNING: f64 = 0.4;
/// What a phrase counts.
const PHRASE: f64 = 1.5;

/// What each part of a query that a document matches counts, so that no score of
/// another comes before it.
const PART: f64 = 1000.0;

/// The order of what is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// What matches best comes first.
    Relevance,
    /// What is newest comes first.
    Newest,
    /// What is oldest comes first.
    Oldest,
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its number.
    pub document: u32,
    /// How well it matches: the scores of the parts of words that it matches, and
    /// [`PART`] for each of these.
    rank: f64,
    /// How many parts of the query it matches.
    n_matched: u32,
}

impl Hit {
    /// How well it matches: any number, more is better.
    pub fn score(&self) -> f64 {
        self.rank - PART * f64::from(self.n_matched)
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// The documents, in order.
    pub documents: Vec<Hit>,
    /// Whether none matches all of the query, so that these match some of it.
    pub are_partial: bool,
    /// Each word of the query that no document holds, with words that it may have
    /// been meant to be.
    pub unknown: Vec<(String, Vec<String>)>,
}

/// Documents in order, each with how well it matches.
type Found = BTreeMap<u32, f64>;

impl Reader<'_> {
    /// Finds the documents that match a query; the error says what of the index cannot
    /// be read.
    pub fn search(&self, written: &str, order: Order) -> Result<Hits, String> {
        let facets: Vec<&str> =
            self.root.facets.iter().map(|facet| facet.name.as_str()).collect();
        let query = Query::read(written, &facets);
        let mut hits = Hits::default();
        let mut unknown = BTreeSet::new();
        let mut parts = Vec::new();
        for part in &query.parts {
            parts.push((part, self.part(part, &mut unknown)?));
        }
        let n_texts = parts.iter().filter(|(part, _)| part.asks_for_words()).count();
        hits.documents = self.matching(&parts, |_| true);
        if hits.documents.is_empty() && n_texts > 1 {
            hits.documents = self.matching(&parts, |part| !part.asks_for_words());
            hits.documents.retain(|hit| hit.n_matched > 0);
            hits.are_partial = !hits.documents.is_empty();
        }
        hits.documents.sort_by(|a, b| compare(a, b, order));
        for word in unknown {
            let meant = self.meant(&word)?;
            hits.unknown.push((word, meant));
        }
        Ok(hits)
    }

    /// What is shown of a document that was found.
    pub fn shown(&self, hit: &Hit) -> Result<Card, String> {
        self.card(hit.document)
    }

    /// How many documents there are.
    pub fn n_documents(&self) -> u32 {
        self.root.documents
    }

    /// The BCP 47 tag of a language by its place.
    pub fn language(&self, place: usize) -> &str {
        self.root.languages.get(place).map_or("", |language| &language.tag)
    }

    /// The documents that match all parts of which `is_needed` says so.
    fn matching(
        &self,
        parts: &[(&Part, Found)],
        is_needed: impl Fn(&Part) -> bool,
    ) -> Vec<Hit> {
        let hit = |document| {
            let mut hit = Hit { document, rank: 0.0, n_matched: 0 };
            for (part, found) in parts {
                match found.get(&document) {
                    Some(_) if part.is_negated => return None,
                    Some(_) if !part.asks_for_words() => {}
                    Some(score) => {
                        hit.rank += PART + score;
                        hit.n_matched += 1;
                    }
                    None if !part.is_negated && is_needed(part) => return None,
                    None => {}
                }
            }
            Some(hit)
        };
        (0..self.root.documents).filter_map(hit).collect()
    }

    /// The documents that match one of the conditions of a part.
    fn part(&self, part: &Part, unknown: &mut BTreeSet<String>) -> Result<Found, String> {
        let mut all = Found::new();
        for condition in &part.conditions {
            let found = match condition {
                Condition::Text { is_title, text } => {
                    self.text(text, *is_title, unknown)?
                }
                Condition::Facet(name, text) => self.named(name, text)?,
                Condition::Years(first, last) => {
                    self.dated(date_of(*first), date_of(last.saturating_add(1)))?
                }
                Condition::Dates(from, to) => self.dated(*from, *to)?,
            };
            for (document, score) in found {
                let best = all.entry(document).or_insert(score);
                *best = best.max(score);
            }
        }
        Ok(all)
    }

    /// The documents that hold words.
    fn text(
        &self,
        text: &Text,
        is_title: bool,
        unknown: &mut BTreeSet<String>,
    ) -> Result<Found, String> {
        let mut found = match text {
            Text::Word(word) => self.word(word, is_title, unknown)?,
            Text::Beginning(beginning) => self.beginning(beginning, is_title)?,
            Text::Phrase(words) => self.phrase(words, is_title)?,
        };
        let n = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let (all, n) = (f64::from(self.root.documents), f64::from(n));
        let rarity = (1.0 + (all - n + 0.5) / (n + 0.5)).ln();
        for weight in found.values_mut() {
            *weight *= rarity;
        }
        Ok(found)
    }

    /// The documents that hold a word or another form of its stems, else a word that
    /// begins with it.
    fn word(
        &self,
        word: &str,
        is_title: bool,
        unknown: &mut BTreeSet<String>,
    ) -> Result<Found, String> {
        let mut found = Found::new();
        let mut stems = BTreeSet::new();
        for block in &self.blocks {
            let groups = self.groups(block, word)?;
            for (stem, file, n) in &groups {
                let form = &file.groups[*n].1;
                for form in form.iter().filter(|form| form.text == word) {
                    add(&mut found, &Self::postings(block, form), 1.0, is_title);
                }
                stems.insert(stem.clone());
            }
        }
        if stems.is_empty() {
            if is_enough(word) {
                found = self.beginning(word, is_title)?;
            }
            if found.is_empty() {
                unknown.insert(word.to_owned());
            }
            return Ok(found);
        }
        for block in &self.blocks {
            for stem in &stems {
                let file = self.words_of(block, stem)?;
                let Some(forms) = group(&file, stem) else { continue };
                for form in forms.iter().filter(|form| form.text != word) {
                    add(&mut found, &Self::postings(block, form), STEM, is_title);
                }
            }
        }
        Ok(found)
    }

    /// The groups of a block that hold a form: the stem, the file, and the place in it.
    fn groups(
        &self,
        block: &Block,
        form: &str,
    ) -> Result<Vec<(String, Rc<Words>, usize)>, String> {
        let file = self.words_of(block, form)?;
        let mut groups = Vec::new();
        let holds = |forms: &[Form]| forms.iter().any(|other| other.text == form);
        for (n, (stem, forms)) in file.groups.iter().enumerate() {
            if holds(forms) {
                groups.push((stem.clone(), Rc::clone(&file), n));
            }
        }
        let noted = file.notes.iter().filter(|(other, _)| other == form);
        for stem in noted.flat_map(|(_, stems)| stems) {
            let file = self.words_of(block, stem)?;
            let place = file.groups.iter().position(|(other, _)| other == stem);
            groups.extend(place.map(|n| (stem.clone(), Rc::clone(&file), n)));
        }
        Ok(groups)
    }

    /// The documents that hold a word with a beginning.
    fn beginning(&self, beginning: &str, is_title: bool) -> Result<Found, String> {
        let mut found = Found::new();
        for block in &self.blocks {
            let begins = |form: &&Form| form.text.starts_with(beginning);
            let factor =
                |form: &Form| if form.text == beginning { 1.0 } else { BEGINNING };
            for file in self.words_from(block, beginning)? {
                let forms = file.groups.iter().flat_map(|(_, forms)| forms);
                for form in forms.filter(begins) {
                    add(&mut found, &Self::postings(block, form), factor(form), is_title);
                }
                let noted =
                    file.notes.iter().filter(|(form, _)| form.starts_with(beginning));
                for stem in noted.flat_map(|(_, stems)| stems) {
                    let file = self.words_of(block, stem)?;
                    let forms = group(&file, stem).unwrap_or_default();
                    for form in forms.iter().filter(begins) {
                        add(
                            &mut found,
                            &Self::postings(block, form),
                            factor(form),
                            is_title,
                        );
                    }
                }
            }
        }
        Ok(found)
    }

    /// The documents that hold words one behind the other.
    fn phrase(&self, words: &[String], is_title: bool) -> Result<Found, String> {
        let mut found = Found::new();
        for block in &self.blocks {
            // The places of the first word, moved on to where the present one is.
            let mut places: Option<BTreeMap<u32, (BTreeSet<u32>, f64)>> = None;
            for word in words {
                let mut here: BTreeMap<u32, (BTreeSet<u32>, f64)> = BTreeMap::new();
                for (_, file, n) in self.groups(block, word)? {
                    for form in file.groups[n].1.iter().filter(|form| form.text == *word)
                    {
                        let positions = self.positions(block, form)?;
                        for (posting, positions) in
                            Self::postings(block, form).iter().zip(positions)
                        {
                            let (all, weight) = here.entry(posting.document).or_default();
                            all.extend(positions);
                            *weight = weight.max(posting.weight);
                        }
                    }
                }
                places = Some(match places {
                    None => here,
                    Some(before) => follow(&before, &here),
                });
            }
            for (document, (positions, weight)) in places.unwrap_or_default() {
                let is_early = |position: &u32| *position < super::TITLE_LENGTH;
                if !positions.is_empty() && (!is_title || positions.iter().any(is_early))
                {
                    found.insert(document, weight * PHRASE);
                }
            }
        }
        Ok(found)
    }

    /// The documents that have a value of a facet with words in its name.
    fn named(&self, name: &str, text: &Text) -> Result<Found, String> {
        let facet = self.root.facets.iter().position(|facet| facet.name == name);
        let Some(facet) = facet else { return Ok(Found::new()) };
        let mut found = Found::new();
        for block in &self.blocks {
            for value in self.facet(block, facet)? {
                let mut names = value.names.iter().chain([&value.path]);
                let is_named = names.any(|name| holds(name, text));
                if is_named {
                    found.extend(value.documents.iter().map(|document| (*document, 0.0)));
                }
            }
        }
        Ok(found)
    }

    /// The documents whose dates are not below a number, and below another.
    fn dated(&self, from: u32, to: u32) -> Result<Found, String> {
        let mut found = Found::new();
        for block in &self.blocks {
            for (document, date) in (block.first..).zip(self.dates(block)?) {
                if date >= from.max(1) && date < to {
                    found.insert(document, 0.0);
                }
            }
        }
        Ok(found)
    }

    /// Words of the archive that an unknown one may have been meant to be.
    fn meant(&self, word: &str) -> Result<Vec<String>, String> {
        let common = self.common()?;
        let words = common.iter().map(|(word, _)| word.as_str());
        Ok(suggest::nearest(word, words).map(str::to_owned).into_iter().collect())
    }
}

/// The number of the beginning of a year.
fn date_of(year: u32) -> u32 {
    date_number(i16::try_from(year).unwrap_or(i16::MAX), None, None)
}

/// Compares two hits by an order.
fn compare(a: &Hit, b: &Hit, order: Order) -> Ordering {
    let newer = b.document.cmp(&a.document);
    match order {
        Order::Newest => newer,
        Order::Oldest => newer.reverse(),
        Order::Relevance => b.rank.total_cmp(&a.rank).then(newer),
    }
}

/// Adds the documents of some postings, each with the best weight that it has.
fn add(found: &mut Found, postings: &[Posting], factor: f64, is_title: bool) {
    for posting in postings.iter().filter(|posting| !is_title || posting.is_title) {
        let best = found.entry(posting.document).or_default();
        *best = best.max(posting.weight * factor);
    }
}

/// The forms of a stem in a file.
fn group<'w>(file: &'w Words, stem: &str) -> Option<&'w [Form]> {
    let by_stem = |(other, _): &(String, Vec<Form>)| key::compare(other, stem);
    let at = file.groups.binary_search_by(by_stem).ok()?;
    file.groups.get(at).map(|(_, forms)| forms.as_slice())
}

/// The places of a word that stand right behind places of another.
fn follow(
    before: &BTreeMap<u32, (BTreeSet<u32>, f64)>,
    here: &BTreeMap<u32, (BTreeSet<u32>, f64)>,
) -> BTreeMap<u32, (BTreeSet<u32>, f64)> {
    let mut found = BTreeMap::new();
    for (document, (positions, weight)) in here {
        let Some((earlier, earlier_weight)) = before.get(document) else { continue };
        let next = positions
            .iter()
            .filter(|at| at.checked_sub(1).is_some_and(|at| earlier.contains(&at)));
        let next: BTreeSet<u32> = next.copied().collect();
        if !next.is_empty() {
            found.insert(*document, (next, weight.min(*earlier_weight)));
        }
    }
    found
}

/// Whether a name holds words.
fn holds(name: &str, text: &Text) -> bool {
    let forms = word::forms_of(name);
    match text {
        Text::Word(word) => forms.contains(word),
        Text::Beginning(beginning) => {
            forms.iter().any(|form| form.starts_with(beginning))
        }
        Text::Phrase(words) => words.iter().all(|word| forms.contains(word)),
    }
}
