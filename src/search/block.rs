//! Makes the files of one block.

mod cutter;
mod facets;

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::parallel;
use crate::search::gather::Gatherer;
use crate::search::merge::merge;
use crate::search::run::Run;
use crate::search::scratch::Scratch;
use crate::search::stem::Stems;
use crate::search::{
    BlockFacts, CARDS, Documents, Output, Root, Stopped, file, json_of, number,
};

use cutter::Cutter;

/// How many documents a run is made of.
const RUN: u32 = 1024;
/// How many runs are made at once, in memory.
const AT_ONCE: usize = 8;
/// How many bytes of runs, and of words before they are written, stay in memory.
const IN_MEMORY: usize = 16 << 20;

/// A block that is to be made.
pub(super) struct Job<'a> {
    /// Its name.
    pub(super) name: String,
    /// Its documents.
    pub(super) range: Range<u32>,
    /// What is indexed.
    pub(super) documents: &'a dyn Documents,
    /// The stemmers of the site's languages.
    pub(super) stems: &'a [Stems],
    /// Where files go.
    pub(super) output: &'a dyn Output,
    /// What is known of the index.
    pub(super) root: &'a Root,
}

impl Job<'_> {
    /// Makes the files, and says what the root is to know.
    pub(super) fn write(&self) -> Result<BlockFacts, Stopped> {
        let make = || self.output.scratch();
        let mut scratch = Scratch::new(IN_MEMORY, &make);
        let (runs, words) = self.gather(&mut scratch)?;
        let spool = Scratch::new(IN_MEMORY, &make);
        let mut cutter = Cutter::new(self, spool);
        merge(&runs, &mut scratch, &mut |entry| cutter.take(entry))?;
        drop(scratch);
        let facets = self.facets()?;
        let bounds = cutter.finish(&facets)?;
        self.cards()?;
        self.dates()?;
        Ok(BlockFacts {
            name: self.name.clone(),
            documents: self.n_documents(),
            bounds,
            words,
        })
    }

    /// How many documents it has.
    fn n_documents(&self) -> u32 {
        self.range.end - self.range.start
    }

    /// Writes a file of the block.
    fn put(&self, name: &str, json: &[u8]) -> Result<(), Diagnostic> {
        let key = format!("{}/{name}", self.name);
        let path = format!("{}/{key}.js", super::FOLDER);
        self.output.put(&path, &file(&key, json))
    }

    /// Makes runs of all documents, and says where they stand and how many words
    /// there are.
    fn gather(
        &self,
        scratch: &mut Scratch<'_>,
    ) -> Result<(Vec<Range<u64>>, u64), Stopped> {
        let starts: Vec<u32> = self.range.clone().step_by(RUN as usize).collect();
        let mut runs = Vec::with_capacity(starts.len());
        let (mut faults, mut words) = (Vec::new(), 0);
        for starts in starts.chunks(AT_ONCE) {
            for made in parallel::map(starts, |start| self.run(*start)) {
                match made {
                    Ok((run, n_words)) => {
                        runs.push(scratch.add(&run.bytes)?);
                        words += n_words;
                    }
                    Err(found) => faults.extend(found),
                }
            }
        }
        if faults.is_empty() { Ok((runs, words)) } else { Err(Stopped::Faults(faults)) }
    }

    /// Makes the run that begins with a document.
    fn run(&self, start: u32) -> Result<(Run, u64), Vec<Diagnostic>> {
        let mut gatherer = Gatherer::new(self.stems, start - self.range.start);
        let mut faults = Vec::new();
        for document in start..self.range.end.min(start + RUN) {
            match self.documents.texts(document) {
                Ok(texts) => gatherer.add(self.documents.language(document), &texts),
                Err(fault) => faults.push(fault),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let n_words = gatherer.n_words();
        Ok((gatherer.finish(), n_words))
    }

    /// Writes what is shown of the documents.
    fn cards(&self) -> Result<(), Stopped> {
        let starts: Vec<u32> = self.range.clone().step_by(CARDS as usize).collect();
        let parts: Vec<_> = (0_u32..).zip(starts).collect();
        let written = parallel::map(&parts, |(n, start)| {
            let documents = *start..self.range.end.min(start + CARDS);
            let cards: Vec<_> = documents.map(|n| self.documents.card(n)).collect();
            self.put(&format!("d{n}"), &json_of(&cards))
        });
        all(written)
    }

    /// Writes the dates of the documents.
    fn dates(&self) -> Result<(), Stopped> {
        let (mut text, mut before) = (String::new(), 0);
        for document in self.range.clone() {
            let date = self.documents.date(document);
            number::push(&mut text, date.saturating_sub(before));
            before = date;
        }
        Ok(self.put("a", &json_of(&text))?)
    }
}

/// All faults of several things that were written.
fn all(written: impl IntoIterator<Item = Result<(), Diagnostic>>) -> Result<(), Stopped> {
    let faults: Vec<_> = written.into_iter().filter_map(Result::err).collect();
    if faults.is_empty() { Ok(()) } else { Err(Stopped::Faults(faults)) }
}
