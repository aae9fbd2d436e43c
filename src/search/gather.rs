//! Gathers the words of some documents that stand together, and sorts them.

use crate::hash::FixedMap;
use crate::search::field::{Field, Texts};
use crate::search::number;
use crate::search::run::{Entry, Run};
use crate::search::stem::Stems;
use crate::search::word::{self, Form, Written};
use crate::search::{TITLE_LENGTH, key};

/// How many positions are left out between two fields, or two blocks of a text.
const GAP: u32 = 8;

/// How many bits of a place say which field it is in.
const FIELD_BITS: u32 = 3;

/// A word at a place of a document.
#[derive(Clone, Copy)]
struct Occurrence {
    /// Which form of a word.
    form: u32,
    /// Which document, counted from the first of the block.
    document: u32,
    /// The position, and in the last bits the field.
    place: u32,
}

/// The words of documents in the making.
pub(super) struct Gatherer<'a> {
    /// The stemmers of the site's languages.
    stems: &'a [Stems],
    /// The forms that were met, each with its stem.
    forms: Vec<(Box<str>, Box<str>)>,
    /// The place of each stem and form among them.
    by_name: FixedMap<(Box<str>, Box<str>), u32>,
    /// For each language, what each written word is: a part of `written`.
    known: Vec<FixedMap<Box<str>, (u32, u32)>>,
    /// The forms of written words, one after the other.
    written: Vec<u32>,
    /// Every word at every place, in the order of documents and places.
    occurrences: Vec<Occurrence>,
    /// For each document, how many words its text has.
    lengths: Vec<u32>,
    /// The first document.
    first: u32,
}

impl<'a> Gatherer<'a> {
    /// Gathers from the document of this number on, counted in its block.
    pub(super) fn new(stems: &'a [Stems], first: u32) -> Self {
        Self {
            stems,
            forms: Vec::new(),
            by_name: FixedMap::default(),
            known: stems.iter().map(|_| FixedMap::default()).collect(),
            written: Vec::new(),
            occurrences: Vec::new(),
            lengths: Vec::new(),
            first,
        }
    }

    /// Adds the next document, in one of the site's languages.
    pub(super) fn add(&mut self, language: usize, texts: &Texts) {
        let document = self.first + narrow(self.lengths.len());
        let (mut position, mut n_words) = (0, 0);
        let mut before = Field::Title;
        for (field, text) in &texts.0 {
            position = match (before, *field) {
                (Field::Title, Field::Title) => 0,
                (Field::Title, _) => TITLE_LENGTH,
                _ => position + GAP,
            };
            before = *field;
            word::split(text, |written| {
                let (start, end) = self.known(language, written);
                for n in start..end {
                    let form = self.written[n as usize];
                    if *field != Field::Title || position < TITLE_LENGTH {
                        let place = position << FIELD_BITS | *field as u32;
                        self.occurrences.push(Occurrence { form, document, place });
                    }
                    position += 1;
                    n_words += u32::from(*field == Field::Text);
                }
            });
        }
        self.lengths.push(n_words);
    }

    /// What a written word is, as a part of `written`.
    fn known(&mut self, language: usize, written: Written<'_>) -> (u32, u32) {
        if let Some(known) = self.known[language].get(written.0) {
            return *known;
        }
        let start = narrow(self.written.len());
        let forms = word::forms(written);
        let is_one = forms.len() == 1 && !written.0.contains('.');
        for Form { text, is_pair } in forms {
            let stems = &self.stems[language];
            // What is cut has no other forms.
            let has_forms = !is_pair && text.chars().count() < word::MOST_LETTERS;
            let stem = match has_forms {
                false => text.clone(),
                true if is_one => stems.stem(written.0),
                true => stems.stem(&text),
            };
            let next = narrow(self.forms.len());
            let name: (Box<str>, Box<str>) = (stem.into(), text.into());
            let form = *self.by_name.entry(name).or_insert_with_key(|name| {
                self.forms.push(name.clone());
                next
            });
            self.written.push(form);
        }
        let known = (start, narrow(self.written.len()));
        self.known[language].insert(written.0.into(), known);
        known
    }

    /// How many words their texts have.
    pub(super) fn n_words(&self) -> u64 {
        self.lengths.iter().map(|length| u64::from(*length)).sum()
    }

    /// The words in order, each with where it stands.
    pub(super) fn finish(self) -> Run {
        let (starts, sorted) = self.by_form();
        let mut order: Vec<u32> = (0..narrow(self.forms.len())).collect();
        order.sort_unstable_by(|a, b| {
            let [a, b] = [a, b].map(|n| &self.forms[*n as usize]);
            key::compare(&a.0, &b.0).then_with(|| key::compare(&a.1, &b.1))
        });
        let mut run = Run::default();
        let mut entry = Entry::default();
        for form in order {
            let range =
                starts[form as usize] as usize..starts[form as usize + 1] as usize;
            let Some(found) = sorted.get(range).filter(|found| !found.is_empty()) else {
                continue;
            };
            let (stem, form) = &self.forms[form as usize];
            entry.begin(stem, form);
            for places in found.chunk_by(|a, b| a.document == b.document) {
                self.posting(places, &mut entry);
            }
            run.add(&entry);
        }
        run
    }

    /// The occurrences sorted by form, and where those of each form begin.
    fn by_form(&self) -> (Vec<u32>, Vec<Occurrence>) {
        let mut starts = vec![0_u32; self.forms.len() + 1];
        for occurrence in &self.occurrences {
            starts[occurrence.form as usize + 1] += 1;
        }
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        let mut next = starts.clone();
        let empty = Occurrence { form: 0, document: 0, place: 0 };
        let mut sorted = vec![empty; self.occurrences.len()];
        for occurrence in &self.occurrences {
            let place = &mut next[occurrence.form as usize];
            sorted[*place as usize] = *occurrence;
            *place += 1;
        }
        (starts, sorted)
    }

    /// Adds what one document says of a form.
    fn posting(&self, places: &[Occurrence], entry: &mut Entry) {
        let document = places[0].document;
        let fields =
            places.iter().map(|at| Field::of(at.place & ((1 << FIELD_BITS) - 1)));
        let frequency: u32 = fields.map(Field::weight).sum();
        let is_in_title = places[0].place >> FIELD_BITS < TITLE_LENGTH;
        let length = self.lengths[(document - self.first) as usize];
        let weight = weight(frequency, length);
        entry.document(document, weight * 2 + u8::from(is_in_title));
        let mut before = None;
        for (n, at) in places.iter().enumerate() {
            let position = at.place >> FIELD_BITS;
            let distance = before.map_or(position, |before| position - before - 1);
            let is_last = n + 1 == places.len();
            number::push(&mut entry.positions, distance * 2 + u32::from(!is_last));
            before = Some(position);
        }
    }
}

/// How much a form matters in a document: the saturated part of BM25F, in
/// sixteenths, for a weighed frequency in a text of so many words.
fn weight(frequency: u32, length: u32) -> u8 {
    let length = f64::from(length.clamp(50, 5000)) / 500.0;
    let (frequency, slope) = (f64::from(frequency), 1.2 * (0.6 + 0.4 * length));
    let weight = 16.0 * frequency / (frequency + slope);
    (1..16).filter(|step| f64::from(*step) <= weight).max().unwrap_or(0)
}

/// A count as places have it.
fn narrow(count: usize) -> u32 {
    u32::try_from(count).expect("some documents have fewer than 2^32 words")
}
