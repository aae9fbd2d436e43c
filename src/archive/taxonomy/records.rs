//! Makes the records of a term out of their files.

use crate::archive::place_of;
use crate::archive::term::{Term, TermRecord};
use crate::config::Config;
use crate::content::Record;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::locale::{self, Tag};

/// The record of a term in each of its languages.
pub(super) fn term_records(
    group: Vec<Record>,
    name: &str,
    config: &Config,
) -> Vec<TermRecord> {
    let first = group.first();
    let first_language = first.map(|original| name_language(original, config));
    let inherited = first.map(|original| original.facts.clone()).unwrap_or_default();
    let aliases = first.map(|original| original.aliases.clone()).unwrap_or_default();
    let former_names =
        first.map(|original| original.former_names.clone()).unwrap_or_default();
    group
        .into_iter()
        .map(|record| {
            let own_language = name_language(&record, config);
            // A name that was taken over is still in the language of the original.
            let name_language = match (&first_language, &record.name) {
                (Some(first), None) => first.clone(),
                _ => own_language,
            };
            let mut facts = record.facts;
            facts.inherit(&inherited);
            TermRecord {
                file: record.file,
                text: record.text,
                translation: record.translation,
                name_language,
                name: record.name.map_or_else(|| name.into(), |name| name.value.into()),
                aliases: or_inherited(record.aliases, &aliases)
                    .into_iter()
                    .map(|alias| alias.value.into())
                    .collect(),
                former_names: or_inherited(record.former_names, &former_names),
                summary: record.summary,
                facts,
                redirects: record.redirects,
            }
        })
        .collect()
}

/// The language of the name that a record gives.
fn name_language(record: &Record, config: &Config) -> Tag {
    let own = record.facts.name_language.as_ref();
    own.unwrap_or(&config.language_of(record.file.language).tag).clone()
}

/// Reports what the records of a term say that can have no effect.
pub(super) fn check_records(term: &Term, faults: &mut Diagnostics) {
    let whole = term.records.first().and_then(|record| record.facts.part_of.as_ref());
    for record in &term.records {
        let part_of = record.facts.part_of.as_ref();
        if let Some(written) = part_of.filter(|written| {
            whole.is_none_or(|whole| {
                locale::fold(&whole.value) != locale::fold(&written.value)
            })
        }) {
            faults.push(
                Diagnostic::error(
                    Code::BadValue,
                    "a translation cannot be a part of something else",
                )
                .at(place_of(&record.file.path, written.span))
                .hint("set `part_of` in the original only"),
            );
        }
        if let Some(address) = record.redirects.first().filter(|_| !term.has_page) {
            faults.push(
                Diagnostic::error(
                    Code::BadValue,
                    "the redirects of a record without a page lead nowhere",
                )
                .at(place_of(&record.file.path, address.span))
                .hint("take `redirects` out, or give the term a page"),
            );
        }
    }
}

/// A list of a translation, else that of the original.
fn or_inherited<T: Clone>(own: Vec<T>, inherited: &[T]) -> Vec<T> {
    if own.is_empty() { inherited.to_vec() } else { own }
}
