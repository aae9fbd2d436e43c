//! Who may stand in a byline: the people and organizations with a record.

use std::collections::BTreeSet;

use crate::config::{Config, ORGANIZATIONS, PEOPLE};
use crate::content::{self, Record};
use crate::diagnostic::Diagnostics;
use crate::locale::fold;
use crate::source::Folder;
use crate::suggest;

/// The names that lead to a record, and the publisher's.
pub(super) struct Authors {
    /// The names of people, to be offered; not those who are to have no page.
    pub(super) offered: Vec<String>,
    /// Every name that needs no second look, folded.
    known: BTreeSet<String>,
}

impl Authors {
    /// Reads the records. What is wrong with one of them is for a build to say:
    /// it keeps nobody from beginning an article.
    pub(super) fn read(folder: &Folder, config: &Config) -> Self {
        let mut unsaid = Diagnostics::new();
        let people = content::read_records(folder, PEOPLE, config, &mut unsaid);
        let others = content::read_records(folder, ORGANIZATIONS, config, &mut unsaid);
        let private: BTreeSet<_> =
            people.iter().filter(|record| is_private(record)).map(key).collect();
        let public = people.iter().filter(|record| !private.contains(key(record)));
        let offered: BTreeSet<_> = public
            .filter_map(|record| record.name.as_ref())
            .map(|name| &name.value)
            .collect();
        let known = people.iter().chain(&others).flat_map(names).map(fold);
        Self {
            offered: offered.into_iter().cloned().collect(),
            known: known.chain([fold(&config.publisher.name)]).collect(),
        }
    }

    /// The name that somebody may have meant by one that leads to no record.
    pub(super) fn near(&self, name: &str) -> Option<&str> {
        if self.known.contains(&fold(name)) {
            return None;
        }
        suggest::nearest(name, self.offered.iter().map(String::as_str))
    }

    /// Takes note that a name is meant as it is written.
    pub(super) fn accept(&mut self, name: &str) {
        self.known.insert(fold(name));
    }
}

/// What the record of a person shares with its translations.
fn key(record: &Record) -> &str {
    record.file.key()
}

/// Whether a person is to have no page.
fn is_private(record: &Record) -> bool {
    record.facts.is_private == Some(true)
}

/// Every name that leads to a record.
fn names(record: &Record) -> impl Iterator<Item = &str> {
    let former = record.former_names.iter().map(|former| &former.name);
    let names = record.name.iter().chain(&record.aliases).chain(former);
    names.map(|name| name.value.as_str())
}
