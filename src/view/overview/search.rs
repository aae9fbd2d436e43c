//! What templates see of the search.

use serde::Serialize;

use crate::address::Address;
use crate::config::SearchMode;
use crate::plan::DateKey;
use crate::view::{PeriodPartView, Viewer};

/// The script that searches the index.
const CLIENT: &str = "/search.js";

/// The search, and the complete ways in beside it.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// How many works are on lists.
    pub n_works: usize,
    /// Whether the site has an index and the script that searches it.
    pub is_native: bool,
    /// Whether Pagefind is to be run over the site.
    pub is_pagefind: bool,
    /// The titles of each year, newest first.
    pub years: Vec<PeriodPartView>,
    /// The works without a date, if there are any.
    pub undated: Option<PeriodPartView>,
    /// The index of each taxonomy.
    pub taxonomies: Vec<SearchTaxonomyView>,
}

/// The index of a taxonomy.
#[derive(Clone, Debug, Serialize)]
pub struct SearchTaxonomyView {
    /// Its name: `organizations`.
    pub name: String,
    /// Its title in the page's language.
    pub title: String,
    /// Its index, from this page; none if no term has a page.
    pub href: Option<String>,
    /// How many terms it has.
    pub n_terms: usize,
}

impl Viewer<'_> {
    /// Whether the site has the script that searches its index.
    fn has_client(&self) -> bool {
        Address::parse(CLIENT).is_ok_and(|address| self.plan.at(&address).is_some())
    }

    /// The search, and the complete ways in beside it.
    pub fn search(&self) -> SearchView {
        let years = self.plan.dates.years().iter();
        let years = years.filter_map(|slice| {
            let DateKey { year, .. } = slice.key;
            Some(PeriodPartView {
                title: self.period_title(slice.key),
                href: self.titles_href(year).or_else(|| self.date_href(slice.key))?,
                n_works: slice.range.len(),
            })
        });
        let taxonomies = self.config.taxonomy_ids().map(|id| SearchTaxonomyView {
            name: self.taxonomy_name(id),
            title: self.taxonomy_title(id),
            href: self
                .plan
                .taxonomy_address(id, self.language())
                .map(|address| self.linker.href(address)),
            n_terms: self.plan.taxonomy_pages(id, self.language()).order.len(),
        });
        SearchView {
            n_works: self.archive.n_listed,
            is_native: self.config.search == SearchMode::Native && self.has_client(),
            is_pagefind: self.config.search == SearchMode::Pagefind,
            years: years.collect(),
            undated: self.undated(),
            taxonomies: taxonomies.collect(),
        }
    }
}
