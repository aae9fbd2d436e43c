//! Which addresses lead on to others.
//!
//! An article, a page or a record names its addresses of old, and these are
//! claims like any other. The other spellings of a term make addresses too;
//! they give way to anything that stands there, and to each other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::address::Address;
use crate::config::LanguageId;
use crate::diagnostic::Place;
use crate::plan::{Planner, What, has_page};
use crate::slug::slugify;
use crate::toml_reader::Spanned;

/// An address that leads on to another.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// The address of old.
    pub from: Address,
    /// Where it leads.
    pub to: Address,
    /// The language of the page that it leads to.
    pub language: LanguageId,
    /// Where it is asked for.
    pub origin: Place,
}

/// Collects all redirects, in the order of their addresses.
pub(super) fn collect(planner: &Planner<'_>) -> Vec<Redirect> {
    let mut redirects = written(planner);
    let taken = redirects.iter().map(|redirect| redirect.from.clone()).collect();
    redirects.extend(derived(planner, &taken));
    redirects.sort_by(|a, b| a.from.cmp(&b.from).then_with(|| a.origin.cmp(&b.origin)));
    redirects
}

/// The redirects that files ask for with `redirects`.
fn written(planner: &Planner<'_>) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    let mut add = |file: &Arc<str>, language, to: &Address, list: &[Spanned<Address>]| {
        for from in list {
            redirects.push(Redirect {
                from: from.value.clone(),
                to: to.clone(),
                language,
                origin: Place::span(Arc::clone(file), from.span),
            });
        }
    };
    for version in planner.archive.works.iter().flat_map(|work| &work.versions) {
        add(
            &version.file.path,
            version.file.language,
            &version.address,
            &version.redirects,
        );
    }
    for page in planner.archive.pages.iter().flat_map(|group| &group.versions) {
        if let Some(to) = planner.by_source.get(&page.file.path) {
            add(&page.file.path, page.file.language, to, &page.redirects);
        }
    }
    for term in planner.archive.taxonomies.iter().flat_map(|terms| &terms.terms) {
        for record in &term.records {
            if let Some(to) = planner.by_source.get(&record.file.path) {
                add(&record.file.path, record.file.language, to, &record.redirects);
            }
        }
    }
    redirects
}

/// The redirects from other spellings of terms, where nothing else stands and
/// no two terms meet. `taken` are the addresses of the redirects that are
/// written.
fn derived(planner: &Planner<'_>, taken: &BTreeSet<Address>) -> Vec<Redirect> {
    let mut found: BTreeMap<Address, Option<Redirect>> = BTreeMap::new();
    let pages = planner.entries.iter().filter_map(|entry| match entry.what {
        What::Taxonomy(taxonomy, None) => {
            Some((taxonomy, &entry.address, entry.language))
        }
        _ => None,
    });
    for (taxonomy, base, language) in pages {
        for term in &planner.archive.taxonomies[usize::from(taxonomy.0)].terms {
            let slugs: BTreeSet<_> =
                term.other_names.iter().map(|name| slugify(name)).collect();
            for slug in slugs.iter().filter(|slug| !slug.is_empty() && has_page(term)) {
                let from = base.page(slug);
                if taken.contains(&from) || planner.is_taken(&from) {
                    continue;
                }
                let redirect = Redirect {
                    from: from.clone(),
                    to: base.page(&term.slug),
                    language,
                    origin: term.origin.clone(),
                };
                found
                    .entry(from)
                    .and_modify(|other| *other = None)
                    .or_insert(Some(redirect));
            }
        }
    }
    found.into_values().flatten().collect()
}
