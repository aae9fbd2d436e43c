//! The index against a plain scan of all documents.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "the numbers are small"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::sync::Mutex;

use super::query::{Condition, Query, Text, is_enough};
use super::*;
use crate::json;

/// Random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    /// A number below another.
    fn below(&mut self, limit: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    /// A number below another; small ones come more often.
    fn low(&mut self, limit: usize) -> usize {
        let first = self.below(limit) + 1;
        self.below(first)
    }

    /// One of several things.
    fn of<'a, T: ?Sized>(&mut self, things: &[&'a T]) -> &'a T {
        things[self.below(things.len())]
    }
}

/// A document of the test.
struct Made {
    language: usize,
    card: Card,
    date: (i16, Option<u8>, Option<u8>),
    byline: u32,
    tags: Vec<u32>,
    blocks: Vec<String>,
}

/// An archive of the test.
struct Press(Vec<Made>);

/// The values of the first two facets.
const AUTHORS: &[&str] =
    &["Ana Núñez", "J. R. O'Brien", "Staff", "Ana Ruiz Soto", "Łukasz Nowak"];
const TAGS: &[&str] =
    &["housing", "day of action", "U.S. courts", "vivienda digna", "police", "policy"];

/// Texts of words that have forms in common.
fn words(dice: &mut Dice, language: usize, count: usize) -> String {
    const ENGLISH: &[&str] = &[
        "march", "organiz", "deport", "work", "rent", "polic", "vot", "contract",
        "detain", "union",
    ];
    const ENDS: &[&str] =
        &["", "s", "ed", "ing", "ers", "es", "e", "y", "ation", "ations"];
    const SPANISH: &[&str] = &[
        "march", "organiz", "deport", "trabaj", "rent", "polic", "vot", "contrat",
        "deten", "sindic",
    ];
    const FINALES: &[&str] =
        &["a", "as", "o", "os", "ar", "ando", "ación", "aciones", "aron", "ía", "ato"];
    const ODD: &[&str] = &[
        "U.S.",
        "covid-19",
        "worker's",
        "2019",
        "10,000",
        "東京都",
        "don’t",
        "naïve",
        "ÉLITE",
        "…",
        "Straße",
    ];
    let mut text = String::new();
    for n in 0..count {
        if n > 0 {
            text.push(' ');
        }
        match dice.below(12) {
            0 => text.push_str(dice.of(ODD)),
            1..=6 => {
                let (stems, ends) = [(ENGLISH, ENDS), (SPANISH, FINALES)][language];
                text.push_str(stems[dice.low(stems.len())]);
                text.push_str(ends[dice.low(ends.len())]);
            }
            _ => {
                // A long tail of words that few documents hold.
                let mut number = dice.low(4000);
                text.push('w');
                while number > 0 {
                    text.push(char::from(b'a' + (number % 26) as u8));
                    number /= 26;
                }
                text.push_str(dice.of(&["", "s", "ing"]));
            }
        }
    }
    text
}

/// An archive of so many documents in two languages.
fn press(count: usize) -> Press {
    let mut dice = Dice(7);
    let mut dates: Vec<_> = (0..count)
        .map(|_| {
            let month =
                Some(1 + dice.below(12) as u8).filter(|_| !dice.0.is_multiple_of(20));
            let day = month
                .and(Some(1 + dice.below(28) as u8))
                .filter(|_| !dice.0.is_multiple_of(10));
            (1990 + dice.below(30) as i16, month, day)
        })
        .collect();
    dates.sort_unstable();
    let documents = dates.into_iter().enumerate().map(|(n, date)| {
        let language = dice.below(2);
        let date = if n < 3 { (0, None, None) } else { date };
        let n_title = 2 + dice.below(5);
        let blocks = 1 + dice.below(3);
        Made {
            language,
            card: Card {
                path: format!("{n}/"),
                title: words(&mut dice, language, n_title),
                language,
                ..Card::default()
            },
            date,
            byline: dice.low(AUTHORS.len()) as u32,
            tags: (0..TAGS.len() as u32).filter(|_| dice.below(6) == 0).collect(),
            blocks: (0..blocks).map(|_| words(&mut dice, language, 12)).collect(),
        }
    });
    Press(documents.collect())
}

impl Documents for Press {
    fn count(&self) -> u32 {
        self.0.len() as u32
    }

    fn digest(&self, document: u32) -> u64 {
        u64::from(document)
    }

    fn language(&self, document: u32) -> usize {
        self.0[document as usize].language
    }

    fn texts(&self, document: u32) -> Result<Texts, Diagnostic> {
        let made = &self.0[document as usize];
        let mut texts = Texts::default();
        texts.add(Field::Title, &made.card.title);
        texts.add(Field::Byline, AUTHORS[made.byline as usize]);
        for tag in &made.tags {
            texts.add(Field::Name, TAGS[*tag as usize]);
        }
        for block in &made.blocks {
            texts.add(Field::Text, block);
        }
        Ok(texts)
    }

    fn card(&self, document: u32) -> Card {
        self.0[document as usize].card.clone()
    }

    fn date(&self, document: u32) -> u32 {
        let (year, month, day) = self.0[document as usize].date;
        date_number(year, month, day)
    }

    fn values(&self, document: u32, facet: usize) -> Vec<u32> {
        let made = &self.0[document as usize];
        match facet {
            0 => vec![made.byline],
            1 => made.tags.clone(),
            _ => vec![made.language as u32],
        }
    }

    fn value(&self, facet: usize, value: u32) -> Value {
        let names = [AUTHORS, TAGS, &["en", "es-MX"]][facet];
        let name = names[value as usize];
        Value { path: name.to_owned(), name: json::Value::from(name), others: Vec::new() }
    }
}

/// An index in memory.
#[derive(Default)]
struct Memory {
    files: Mutex<BTreeMap<String, String>>,
    n_made: Mutex<usize>,
    n_scratch: Mutex<usize>,
}

impl Output for Memory {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let before = self.files.lock().unwrap().insert(path.to_owned(), text);
        assert!(before.is_none(), "{path} is written twice");
        Ok(())
    }

    fn scratch(&self) -> io::Result<File> {
        *self.n_scratch.lock().unwrap() += 1;
        tempfile::tempfile()
    }

    fn known(&self, _: &str) -> Option<BlockFacts> {
        None
    }

    fn made(&self, _: &BlockFacts) {
        *self.n_made.lock().unwrap() += 1;
    }
}

impl Source for Memory {
    fn read(&self, path: &str) -> Result<String, String> {
        self.files.lock().unwrap().get(path).cloned().ok_or(format!("no {path}"))
    }
}

/// Writes the index of an archive to memory.
fn index(press: &Press) -> Memory {
    let memory = Memory::default();
    let language = |tag: &str, root: &str| Language {
        tag: tag.to_owned(),
        root: root.to_owned(),
        name: tag.to_owned(),
    };
    let facet =
        |name: &str, path: &str| Facet { name: name.to_owned(), path: path.to_owned() };
    let root = Root {
        format: FORMAT,
        documents: press.count(),
        undated: 3,
        words: 0,
        languages: vec![language("en", ""), language("es-MX", "es-MX/")],
        facets: vec![
            facet("bylines", "bylines/"),
            facet("tags", "tags/"),
            facet("language", ""),
        ],
        years: Vec::new(),
        blocks: Vec::new(),
    };
    write(press, root, &memory).unwrap();
    memory
}

/// All documents as a plain scan sees them.
struct Scan<'a> {
    press: &'a Press,
    /// Every form with every stem that it has.
    words: Vec<(String, String)>,
    /// For each document the words of its title, then those of each other text, as
    /// places among `words`.
    documents: Vec<Vec<Vec<usize>>>,
}

impl<'a> Scan<'a> {
    /// Reads all documents.
    fn new(press: &'a Press) -> Self {
        let stems = [Stems::new("en"), Stems::new("es-MX")];
        let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut run = |text: &str, language: usize| {
            let mut run = Vec::new();
            word::split(text, |written| {
                let forms = word::forms(written);
                let is_one = forms.len() == 1 && !written.0.contains('.');
                for form in forms {
                    let of = if is_one { written.0 } else { &form.text };
                    let stem = if form.is_pair {
                        form.text.clone()
                    } else {
                        stems[language].stem(of)
                    };
                    let next = known.len();
                    run.push(*known.entry((form.text, stem)).or_insert(next));
                }
            });
            run
        };
        let documents = (0..press.count()).map(|document| {
            let language = press.language(document);
            let texts = press.texts(document).unwrap().0;
            texts.iter().map(|(_, text)| run(text, language)).collect()
        });
        let documents = documents.collect();
        let mut words = vec![Default::default(); known.len()];
        for (word, place) in known {
            words[place] = word;
        }
        Self { press, words, documents }
    }

    /// Whether each word is one of which something is true.
    fn which(&self, is_so: impl Fn(&str, &str) -> bool) -> Vec<bool> {
        self.words.iter().map(|(form, stem)| is_so(form, stem)).collect()
    }

    /// The words that a text of a query stands for, one behind the other.
    fn wanted(&self, text: &Text) -> Vec<Vec<bool>> {
        match text {
            Text::Phrase(words) => {
                words.iter().map(|word| self.which(|form, _| form == word)).collect()
            }
            Text::Beginning(beginning) => {
                vec![self.which(|form, _| form.starts_with(beginning))]
            }
            Text::Word(word) => {
                let same = self.words.iter().filter(|(form, _)| form == word);
                let stems: BTreeSet<&str> = same.map(|(_, stem)| stem.as_str()).collect();
                let is_unknown = stems.is_empty() && is_enough(word);
                vec![self.which(|form, stem| {
                    stems.contains(stem) || (is_unknown && form.starts_with(word))
                })]
            }
        }
    }

    /// The documents that a condition is true of.
    fn matches(&self, condition: &Condition) -> Vec<bool> {
        let each = |is_so: &dyn Fn(usize, &Made, u32) -> bool| -> Vec<bool> {
            let all = self.press.0.iter().enumerate();
            all.map(|(n, made)| is_so(n, made, self.press.date(n as u32))).collect()
        };
        match condition {
            Condition::Years(first, last) => each(&|_, made, _| {
                made.date.0 > 0 && (*first..=*last).contains(&(made.date.0 as u32))
            }),
            Condition::Dates(from, to) => {
                each(&|_, _, date| date > 0 && date >= *from && date < *to)
            }
            Condition::Facet(name, text) => each(&|_, made, _| {
                let names: Vec<&str> = match name.as_str() {
                    "bylines" => vec![AUTHORS[made.byline as usize]],
                    "tags" => made.tags.iter().map(|tag| TAGS[*tag as usize]).collect(),
                    _ => vec![["en", "es-MX"][made.language]],
                };
                names.iter().any(|name| {
                    let forms = word::forms_of(name);
                    match text {
                        Text::Word(word) => forms.contains(word),
                        Text::Beginning(word) => {
                            forms.iter().any(|form| form.starts_with(word))
                        }
                        Text::Phrase(words) => {
                            words.iter().all(|word| forms.contains(word))
                        }
                    }
                })
            }),
            Condition::Text { is_title, text } => {
                let wanted = self.wanted(text);
                let is_here = |run: &[usize]| {
                    if let [wanted] = &*wanted {
                        return run.iter().any(|word| wanted[*word]);
                    }
                    run.windows(wanted.len()).any(|run| {
                        run.iter().zip(&wanted).all(|(word, wanted)| wanted[*word])
                    })
                };
                each(&|n, _, _| {
                    let runs = &self.documents[n];
                    let runs = if *is_title { &runs[..1] } else { runs };
                    runs.iter().any(|run| is_here(run))
                })
            }
        }
    }

    /// The documents that match a query, and whether they match it in part only.
    fn find(&self, query: &Query) -> (BTreeSet<u32>, bool) {
        let is_text = |part: &query::Part| {
            !part.is_negated
                && part.conditions.iter().any(|one| matches!(one, Condition::Text { .. }))
        };
        // Of each part, whether it is of words and of which documents it is true.
        let parts: Vec<(bool, Vec<bool>)> = query
            .parts
            .iter()
            .map(|part| {
                let found =
                    part.conditions.iter().map(|condition| self.matches(condition));
                let found =
                    found.reduce(|a, b| a.iter().zip(b).map(|(a, b)| *a || b).collect());
                let holds =
                    found.unwrap().into_iter().map(|holds| holds != part.is_negated);
                (is_text(part), holds.collect())
            })
            .collect();
        let find = |is_found: &dyn Fn(usize) -> bool| -> BTreeSet<u32> {
            (0..self.documents.len()).filter(|n| is_found(*n)).map(|n| n as u32).collect()
        };
        let found = find(&|n| parts.iter().all(|(_, holds)| holds[n]));
        if !found.is_empty() || parts.iter().filter(|(is_text, _)| *is_text).count() < 2 {
            return (found, false);
        }
        let found = find(&|n| {
            parts.iter().all(|(is_text, holds)| *is_text || holds[n])
                && parts.iter().any(|(is_text, holds)| *is_text && holds[n])
        });
        let is_partial = !found.is_empty();
        (found, is_partial)
    }
}

/// A random condition, as somebody writes it.
fn condition(dice: &mut Dice, press: &Press) -> String {
    let made = &press.0[dice.below(press.0.len())];
    let text = dice.of(&[made.card.title.as_str(), made.blocks[0].as_str()]);
    let words: Vec<&str> = text.split(' ').collect();
    let word = words[dice.below(words.len())];
    let some = |dice: &mut Dice| {
        let start = dice.below(words.len());
        words[start..words.len().min(start + 1 + dice.below(3))].join(" ")
    };
    match dice.below(14) {
        0 => format!("\"{}\"", some(dice)),
        1 => format!("\"{} {word}\"", some(dice)),
        2 => format!("{}*", word.chars().take(1 + dice.below(5)).collect::<String>()),
        3 => format!("title:{word}"),
        4 => format!("title:\"{}\"", some(dice)),
        5 => format!(
            "by:{}",
            dice.of(&["ana", "\"ana soto\"", "Núñez", "now*", "o'brien", "nobody"])
        ),
        6 => format!(
            "tag:{}",
            dice.of(&["police", "\"day action\"", "us", "viv*", "\"U.S. courts\""])
        ),
        7 => format!("lang:{}", dice.of(&["en", "es", "es-mx", "fr"])),
        8 => {
            let year = 1985 + dice.below(40);
            match dice.below(9) {
                0..=3 => format!("year:{year}"),
                more => format!("year:{year}-{}", year + more),
            }
        }
        9 => {
            let (year, month, day) =
                (1990 + dice.below(30), 1 + dice.below(12), 1 + dice.below(31));
            let name = dice.of(&["after", "before"]);
            match dice.below(3) {
                0 => format!("{name}:{year}"),
                1 => format!("{name}:{year}-{month:02}"),
                _ => format!("{name}:{year}-{month:02}-{day:02}"),
            }
        }
        10 => words_of(dice, dice.0),
        _ => word.to_owned(),
    }
}

/// A word that may stand nowhere.
fn words_of(dice: &mut Dice, seed: u64) -> String {
    let mut other = Dice(seed);
    let language = dice.below(2);
    words(&mut other, language, 1)
}

/// A random query.
fn question(dice: &mut Dice, press: &Press) -> String {
    let mut parts = vec![condition(dice, press)];
    for _ in 0..dice.below(3) {
        let joint = dice.of(&["", "", "-", "OR "]);
        parts.push(format!("{joint}{}", condition(dice, press)));
    }
    parts.join(" ")
}

#[test]
fn random_queries_find_what_a_plain_scan_finds() {
    let press = press(5000);
    let memory = index(&press);
    let scan = Scan::new(&press);
    let mut dice = Dice(42);
    let questions: Vec<_> = (0..2000).map(|_| question(&mut dice, &press)).collect();
    let shares: Vec<_> = questions.chunks(100).collect();
    let counted = parallel::map(&shares, |questions| {
        let reader = Reader::open(&memory).unwrap();
        let check = |written: &String| check(written, &reader, &scan);
        questions.iter().map(check).collect::<Vec<_>>()
    });
    let found: Vec<_> = counted.into_iter().flatten().collect();
    let n_found = found.iter().filter(|(n, _)| *n > 0).count();
    let n_partial = found.iter().filter(|(_, is_partial)| *is_partial).count();
    assert!(n_found > 1000 && n_partial > 50, "{n_found} {n_partial}");
}

/// Checks that a query finds what a plain scan finds; says how much that is, and
/// whether it matches only a part.
fn check(written: &str, reader: &Reader<'_>, scan: &Scan<'_>) -> (usize, bool) {
    let hits = reader.search(written, Order::Newest).unwrap();
    assert!(hits.documents.is_sorted_by_key(|hit| std::cmp::Reverse(hit.document)));
    let found: BTreeSet<u32> = hits.documents.iter().map(|hit| hit.document).collect();
    let query = Query::read(written, &["bylines", "tags", "language"]);
    let (expected, is_partial) = scan.find(&query);
    let wrong: Vec<_> = found.symmetric_difference(&expected).take(5).collect();
    assert!(wrong.is_empty(), "{written}: {wrong:?} of {query:?}");
    assert_eq!(hits.are_partial, is_partial, "{written}");
    (found.len(), is_partial)
}

#[test]
fn an_index_is_the_same_in_every_run_and_in_small_memory() {
    let press = press(1500);
    let (one, other) = (index(&press), index(&press));
    let files = |memory: &Memory| memory.files.lock().unwrap().clone();
    assert_eq!(files(&one), files(&other));
    let blocks = blocks(press.count()).len();
    assert_eq!(*one.n_made.lock().unwrap(), blocks);
}

#[test]
fn what_is_found_is_shown() {
    let press = press(700);
    let memory = index(&press);
    let reader = Reader::open(&memory).unwrap();
    let hits = reader.search("title:march", Order::Relevance).unwrap();
    let first = reader.shown(&hits.documents[0]).unwrap();
    assert_eq!(first, press.card(hits.documents[0].document));
    assert!(hits.documents.is_sorted_by(|a, b| a.score() >= b.score()));
    assert_eq!(reader.search("%", Order::Newest).unwrap().documents.len(), 700);
    let hits = reader.search("marhc", Order::Relevance).unwrap();
    assert_eq!(hits.unknown, [("marhc".to_owned(), vec!["march".to_owned()])]);
}

#[test]
fn a_damaged_index_is_told_not_believed() {
    let press = press(20);
    let memory = index(&press);
    let name = {
        let reader = Reader::open(&memory).unwrap();
        reader.root.blocks[0].name.clone()
    };
    let change = |path: &str, text: &str| {
        memory.files.lock().unwrap().insert(path.to_owned(), text.to_owned());
    };
    let words = format!("search/{name}/w0.js");
    for text in ["", "pm(\"x\",1);", "pm(\"index\",[)"] {
        change(&words, text);
        let reader = Reader::open(&memory).unwrap();
        let error = reader.search("march", Order::Newest).unwrap_err();
        assert!(error.contains(&words), "{error}");
    }
    change("search/index.js", "pm(\"index\",{\"format\":2});\n");
    let error = Reader::open(&memory).err().unwrap();
    assert!(error.contains("format 2"), "{error}");
}

#[test]
fn documents_are_divided_by_their_number_alone() {
    let sizes = |count| -> Vec<u32> {
        blocks(count).iter().map(|range| range.end - range.start).collect()
    };
    assert_eq!(sizes(0), [0; 0]);
    assert_eq!(sizes(1), [1]);
    assert_eq!(sizes(512), [512]);
    assert_eq!(sizes(10_000), [8192, 1024, 512, 272]);
    assert_eq!(blocks(10_000)[3], 9728..10_000);
    assert_eq!(sizes(100_000), [65_536, 32_768, 1024, 512, 160]);
}

#[test]
fn dates_are_in_the_order_of_their_numbers() {
    let dates = [
        (2018, Some(12), Some(31)),
        (2019, None, None),
        (2019, Some(1), None),
        (2019, Some(1), Some(1)),
        (2019, Some(1), Some(31)),
        (2019, Some(2), None),
    ];
    let numbers = dates.map(|(year, month, day)| date_number(year, month, day));
    assert!(numbers.is_sorted(), "{numbers:?}");
}

#[test]
fn nothing_in_a_text_ends_the_script() {
    let json = json_of(&"</script>\u{2028}\"\u{2029}é");
    let text = String::from_utf8(json).unwrap();
    assert_eq!(text, "\"\\u003c/script>\\u2028\\\"\\u2029é\"");
}
