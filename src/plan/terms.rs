//! Where terms and the indexes of their taxonomies have their pages.

use std::ops::Range;

use crate::address::Address;
use crate::archive::{Archive, Term, TermId};
use crate::config::{Config, LanguageId, TaxonomyId};
use crate::locale::Locale;
use crate::parallel;

/// How many names an index has on one page at most. One with more is divided by
/// letters.
const INDEX_LIMIT: usize = 500;

/// How many names of one letter a page has at most.
const LETTER_LIMIT: usize = 250;

/// How many letters an index has at most. Where the first sign of nearly every name is
/// another, as in Chinese, neighbours stand together.
const MOST_LETTERS: usize = 64;

/// The folder below an index that holds its pages by letter.
const LETTERS: &str = "letters";

/// Where taxonomies and terms have their pages, for each language and each
/// taxonomy.
#[derive(Debug, Default)]
pub(super) struct TermPages(pub(super) Vec<Vec<TaxonomyPages>>);

/// Where a taxonomy and its terms have their pages in one language.
#[derive(Debug, Default)]
pub struct TaxonomyPages {
    /// Its index; none if no term has a page.
    pub index: Option<Address>,
    /// The page of each term, if it has one.
    pub terms: Vec<Option<Address>>,
    /// The terms with pages, in the order of the language.
    pub order: Vec<u32>,
    /// The first letters of their names, with the terms of each as places in that
    /// order; `日–明` for neighbours that stand together.
    pub letters: Vec<(String, Range<usize>)>,
    /// The pages by letter, if the index is divided.
    pub pages: Vec<LetterPage>,
}

/// A page of an index with names of one letter.
#[derive(Debug)]
pub struct LetterPage {
    /// Where it stands.
    pub address: Address,
    /// Which of the letters it is of.
    pub letter: usize,
    /// Its number among the pages of its letter, from 1.
    pub number: usize,
    /// How many pages its letter has.
    pub n_numbered: usize,
    /// Its terms, as places in the order of the language.
    pub range: Range<usize>,
}

impl TaxonomyPages {
    /// Puts the terms of a taxonomy in order and divides them into pages.
    pub(super) fn new(
        taxonomy: TaxonomyId,
        language: LanguageId,
        (archive, config, locale): (&Archive, &Config, &Locale),
    ) -> Self {
        let terms = &archive.taxonomies[usize::from(taxonomy.0)].terms;
        if !terms.iter().any(has_page) {
            return Self::default();
        }
        let base = config.root(language).page(&config.taxonomy_of(taxonomy).name);
        let with_pages = (0..).zip(terms).filter(|(_, term)| has_page(term));
        let mut named: Vec<(u32, _)> =
            with_pages.map(|(n, term)| (n, term.sort_name_in(language))).collect();
        parallel::sort_by(&mut named, |(a, a_name), (b, b_name)| {
            let slugs = || terms[*a as usize].slug.cmp(&terms[*b as usize].slug);
            locale.compare(a_name, b_name).then_with(slugs)
        });
        let mut letters: Vec<(String, Range<usize>)> = Vec::new();
        for (at, (_, name)) in named.iter().enumerate() {
            let initial = locale.initial(name);
            match letters.last_mut() {
                Some((letter, range)) if *letter == initial => range.end = at + 1,
                _ => letters.push((initial, at..at + 1)),
            }
        }
        if letters.len() > MOST_LETTERS {
            letters = joined(letters);
        }
        let is_divided = named.len() > INDEX_LIMIT;
        let address = |term: &Term| has_page(term).then(|| base.page(&term.slug));
        Self {
            terms: terms.iter().map(address).collect(),
            order: named.into_iter().map(|(n, _)| n).collect(),
            pages: if is_divided { pages(&base, &letters) } else { Vec::new() },
            letters,
            index: Some(base),
        }
    }
}

/// Letters with their neighbours, as many as a page can hold.
fn joined(letters: Vec<(String, Range<usize>)>) -> Vec<(String, Range<usize>)> {
    let mut joined: Vec<(String, String, Range<usize>)> = Vec::new();
    for (letter, range) in letters {
        match joined.last_mut() {
            Some((_, last, held)) if range.end - held.start <= LETTER_LIMIT => {
                *last = letter;
                held.end = range.end;
            }
            _ => joined.push((letter.clone(), letter, range)),
        }
    }
    let name = |first: String, last: String| {
        if first == last { first } else { format!("{first}–{last}") }
    };
    joined.into_iter().map(|(first, last, range)| (name(first, last), range)).collect()
}

/// The pages of an index that is divided by letters.
fn pages(base: &Address, letters: &[(String, Range<usize>)]) -> Vec<LetterPage> {
    let mut pages = Vec::new();
    for (letter, (initial, range)) in letters.iter().enumerate() {
        let name = match initial.strip_prefix('#') {
            Some(rest) => format!("0-9{}", rest.to_lowercase()),
            None => initial.to_lowercase(),
        };
        let first = base.page(LETTERS).page(&name);
        let n_numbered = range.len().div_ceil(LETTER_LIMIT);
        for number in 1..=n_numbered {
            let start = range.start + (number - 1) * LETTER_LIMIT;
            pages.push(LetterPage {
                address: match number {
                    1 => first.clone(),
                    _ => first.page(&number.to_string()),
                },
                letter,
                number,
                n_numbered,
                range: start..range.end.min(start + LETTER_LIMIT),
            });
        }
    }
    pages
}

impl TermPages {
    /// Where a taxonomy and its terms have their pages.
    pub(super) fn of(
        &self,
        taxonomy: TaxonomyId,
        language: LanguageId,
    ) -> &TaxonomyPages {
        &self.0[usize::from(language.0)][usize::from(taxonomy.0)]
    }

    /// The page of a term.
    pub(super) fn term(&self, id: TermId, language: LanguageId) -> Option<&Address> {
        self.of(id.taxonomy, language).terms.get(id.index as usize)?.as_ref()
    }
}

/// Whether a term gets a page: one that only unlisted works name does not.
pub fn has_page(term: &Term) -> bool {
    term.has_page && (!term.works.is_empty() || !term.records.is_empty())
}
