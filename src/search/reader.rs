//! Reads an index: from a folder, or from wherever its files are.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::json::{self, Value as Json};
use crate::search::number::Numbers;
use crate::search::{Card, FORMAT, Root, key};

/// How many documents an index may have that is to be read.
const MOST_DOCUMENTS: u32 = 100_000_000;

/// Where the files of an index are. Paths begin at the root of the site.
pub trait Source: Sync {
    /// The text of a file; the error is a phrase.
    fn read(&self, path: &str) -> Result<String, String>;
}

/// A form in some documents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Posting {
    /// The document.
    pub(super) document: u32,
    /// How much the form matters in it, from 0 to 1.
    pub(super) weight: f64,
    /// Whether the title has it.
    pub(super) is_title: bool,
}

/// A form with where it stands in a block.
#[derive(Debug)]
pub(super) struct Form {
    /// The form.
    pub(super) text: String,
    /// Its postings as written.
    postings: String,
    /// Its place among all forms of its file.
    place: usize,
    /// Its file.
    file: usize,
}

/// A file of words.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The groups by their stems, in order.
    pub(super) groups: Vec<(String, Vec<Form>)>,
    /// Forms whose groups are elsewhere, with their stems, in order.
    pub(super) notes: Vec<(String, Vec<String>)>,
}

/// A value of a facet in a block.
#[derive(Debug)]
pub(super) struct FacetValue {
    /// Its path or key.
    pub(super) path: String,
    /// All its names.
    pub(super) names: Vec<String>,
    /// The documents that have it.
    pub(super) documents: Vec<u32>,
}

/// A block.
#[derive(Debug)]
pub(super) struct Block {
    /// The number of the block.
    number: usize,
    /// Its first document.
    pub(super) first: u32,
    /// How many it has.
    pub(super) count: u32,
}

/// An index that is being read.
pub struct Reader<'a> {
    /// Its files.
    source: &'a dyn Source,
    /// Its root.
    pub(super) root: Root,
    /// Its blocks.
    pub(super) blocks: Vec<Block>,
    /// The files of words that were read.
    words: RefCell<BTreeMap<(usize, usize), Rc<Words>>>,
    /// The other files that were read, by their keys.
    files: RefCell<BTreeMap<String, Rc<Json>>>,
}

impl<'a> Reader<'a> {
    /// Opens an index; the error is a phrase.
    pub fn open(source: &'a dyn Source) -> Result<Self, String> {
        let json = load(source, "index")?;
        let format = json.get("format").and_then(Json::as_u64);
        if format != Some(u64::from(FORMAT)) {
            let format =
                format.map_or("an unknown".to_owned(), |format| format.to_string());
            return Err(format!(
                "the index is of format {format}, and this program reads format {FORMAT}"
            ));
        }
        let root: Root = json::from_value(json)
            .map_err(|error| format!("`{}` is damaged: {error}", super::ROOT))?;
        let sum: u64 = root.blocks.iter().map(|facts| u64::from(facts.documents)).sum();
        if sum != u64::from(root.documents) || root.documents > MOST_DOCUMENTS {
            return Err(format!(
                "`{}` is damaged: its blocks do not add up",
                super::ROOT
            ));
        }
        let mut first = 0;
        let blocks = (0..).zip(&root.blocks).map(|(number, facts)| {
            first += facts.documents;
            let count = facts.documents;
            Block { number, first: first - count, count }
        });
        let blocks = blocks.collect();
        let (words, files) = (RefCell::default(), RefCell::default());
        Ok(Self { source, root, blocks, words, files })
    }

    /// A file of a block.
    fn file(&self, block: &Block, name: &str) -> Result<Rc<Json>, String> {
        let key = format!("{}/{name}", self.root.blocks[block.number].name);
        if let Some(file) = self.files.borrow().get(&key) {
            return Ok(Rc::clone(file));
        }
        let file = Rc::new(load(self.source, &key)?);
        self.files.borrow_mut().insert(key, Rc::clone(&file));
        Ok(file)
    }

    /// The file of words that a key belongs to.
    pub(super) fn words_of(
        &self,
        block: &Block,
        word: &str,
    ) -> Result<Rc<Words>, String> {
        let bounds = &self.root.blocks[block.number].bounds;
        self.words(block, key::file_of(word, bounds))
    }

    /// The files of words that keys with a beginning belong to.
    pub(super) fn words_from(
        &self,
        block: &Block,
        beginning: &str,
    ) -> Result<Vec<Rc<Words>>, String> {
        let bounds = &self.root.blocks[block.number].bounds;
        let first = key::file_of(beginning, bounds);
        let is_in = |n: &usize| {
            *n == first
                || bounds.get(*n).is_some_and(|bound| bound.starts_with(beginning))
        };
        (first..bounds.len()).take_while(is_in).map(|n| self.words(block, n)).collect()
    }

    /// A file of words.
    fn words(&self, block: &Block, file: usize) -> Result<Rc<Words>, String> {
        let place = (block.number, file);
        if let Some(words) = self.words.borrow().get(&place) {
            return Ok(Rc::clone(words));
        }
        let key = format!("{}/w{file}", self.root.blocks[block.number].name);
        let words = Rc::new(read_words(&load(self.source, &key)?, file));
        self.words.borrow_mut().insert(place, Rc::clone(&words));
        Ok(words)
    }

    /// The postings of a form.
    pub(super) fn postings(block: &Block, form: &Form) -> Vec<Posting> {
        let mut numbers = Numbers::new(&form.postings);
        let mut next = block.first;
        let mut postings = Vec::new();
        while let (Some(distance), Some(sign)) = (numbers.number(), numbers.sign()) {
            let document = next.saturating_add(distance);
            if document >= block.first + block.count {
                break;
            }
            let weight = (f64::from(sign / 2) + 0.5) / 16.0;
            postings.push(Posting { document, weight, is_title: sign % 2 == 1 });
            next = document + 1;
        }
        postings
    }

    /// The positions of a form in each document that it stands in.
    pub(super) fn positions(
        &self,
        block: &Block,
        form: &Form,
    ) -> Result<Vec<Vec<u32>>, String> {
        let json = self.file(block, &format!("p{}", form.file))?;
        let text = json.get(form.place).and_then(Json::as_str).unwrap_or_default();
        let mut numbers = Numbers::new(text);
        let mut all = Vec::new();
        while !numbers.is_done() {
            let mut positions: Vec<u32> = Vec::new();
            while let Some(number) = numbers.number() {
                let distance = number / 2;
                let next = positions.last().map_or(0, |last| last + 1);
                let position = next.saturating_add(distance).min(u32::MAX - 1);
                positions.push(position);
                if number % 2 == 0 {
                    break;
                }
            }
            if positions.is_empty() {
                return Err("the positions of a word are damaged".to_owned());
            }
            all.push(positions);
        }
        Ok(all)
    }

    /// The values of a facet in a block.
    pub(super) fn facet(
        &self,
        block: &Block,
        facet: usize,
    ) -> Result<Vec<FacetValue>, String> {
        let json = self.file(block, &format!("t{facet}"))?;
        let value = |value: &Json| {
            let text = |n: usize| value.get(n).and_then(Json::as_str).unwrap_or_default();
            let mut names: Vec<String> = match value.get(1) {
                Some(Json::Object(names)) => {
                    names.values().filter_map(Json::as_str).map(str::to_owned).collect()
                }
                _ => vec![text(1).to_owned()],
            };
            names.extend(text(3).lines().map(str::to_owned));
            let mut numbers = Numbers::new(text(2));
            let mut next = block.first;
            let documents = std::iter::from_fn(|| {
                let document = next.saturating_add(numbers.number()?);
                next = document.saturating_add(1);
                (document < block.first + block.count).then_some(document)
            });
            let documents = documents.collect();
            FacetValue { path: text(0).to_owned(), names, documents }
        };
        Ok(json.as_array().into_iter().flatten().map(value).collect())
    }

    /// The dates of the documents of a block.
    pub(super) fn dates(&self, block: &Block) -> Result<Vec<u32>, String> {
        let json = self.file(block, "a")?;
        let mut numbers = Numbers::new(json.as_str().unwrap_or_default());
        let mut date = 0_u32;
        let dates = std::iter::from_fn(|| {
            date = date.saturating_add(numbers.number()?);
            Some(date)
        });
        Ok(dates.collect())
    }

    /// The common words of the archive, each with a measure of how common it is.
    pub(super) fn common(&self) -> Result<Vec<(String, u8)>, String> {
        let mut all = Vec::new();
        for block in &self.blocks {
            let json = self.file(block, "v")?;
            let text = |n: usize| json.get(n).and_then(Json::as_str).unwrap_or_default();
            let mut counts = Numbers::new(text(1));
            let words = text(0).lines();
            all.extend(
                words.map(|word| (word.to_owned(), counts.sign().unwrap_or_default())),
            );
        }
        Ok(all)
    }

    /// What is shown of a document.
    pub(super) fn card(&self, document: u32) -> Result<Card, String> {
        let within =
            |block: &&Block| (block.first..block.first + block.count).contains(&document);
        let block = self.blocks.iter().find(within).ok_or("there is no such document")?;
        let place = document - block.first;
        let json = self.file(block, &format!("d{}", place / super::CARDS))?;
        let card = json.get((place % super::CARDS) as usize).cloned().unwrap_or_default();
        json::from_value(card).map_err(|error| format!("a card is damaged: {error}"))
    }
}

/// Loads a file of an index.
fn load(source: &dyn Source, key: &str) -> Result<Json, String> {
    let path = format!("{}/{key}.js", super::FOLDER);
    let text = source.read(&path)?;
    let opening = format!("pm(\"{key}\",");
    let inner =
        text.trim_end().strip_prefix(&opening).and_then(|text| text.strip_suffix(");"));
    let inner = inner.ok_or_else(|| format!("`{path}` is no file of a search index"))?;
    json::parse(inner).map_err(|error| format!("`{path}` is damaged: {error}"))
}

/// Reads a file of words.
fn read_words(json: &Json, file: usize) -> Words {
    let mut words = Words::default();
    let mut place = 0;
    for group in json.get(0).and_then(Json::as_array).into_iter().flatten() {
        let text = |n: usize| group.get(n).and_then(Json::as_str);
        let stem = text(0).unwrap_or_default().to_owned();
        if let Some(stems) = group.get(1).and_then(Json::as_array) {
            let stems = stems.iter().filter_map(Json::as_str).map(str::to_owned);
            words.notes.push((stem, stems.collect()));
            continue;
        }
        let mut forms = Vec::new();
        let mut n = 1;
        while let (Some(form), Some(postings)) = (text(n), text(n + 1)) {
            let form = if form.is_empty() { &stem } else { form };
            let (text, postings) = (form.to_owned(), postings.to_owned());
            forms.push(Form { text, postings, place, file });
            place += 1;
            n += 2;
        }
        words.groups.push((stem, forms));
    }
    words
}
