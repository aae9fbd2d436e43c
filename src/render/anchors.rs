//! Checks that the headings that links want are there.

use std::sync::Arc;

use crate::content::Text;
use crate::content::article::State;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::links::Wanted;
use crate::markdown;
use crate::parallel;
use crate::plan::{ListOf, What};
use crate::render::Site;
use crate::slug;
use crate::suggest;

/// Reports links to headings that the other page does not have.
pub(super) fn check(site: &Site<'_>, mut wanted: Vec<Wanted>, faults: &mut Diagnostics) {
    wanted.sort_unstable();
    wanted.dedup();
    let groups: Vec<_> = wanted.chunk_by(|a, b| a.file == b.file).collect();
    let checked = parallel::map(&groups, |group| missing_anchors(site, group));
    for found in checked {
        faults.extend(found);
    }
}

/// The text of a file that its page shows; none if it is kept back.
pub(super) fn shown(site: &Site<'_>, file: &Arc<str>) -> Option<Text> {
    let entry = site.plan.address_of(file).and_then(|address| site.plan.at(address));
    match entry.map(|entry| &entry.what) {
        Some(What::Article(work, index)) => {
            let version = &site.archive.work(*work).versions[*index];
            let is_hidden = version.facts.state().is_some_and(State::hides_text);
            (!is_hidden).then_some(version.text)
        }
        Some(What::List(ListOf::Term(id), _)) => {
            let mut records = site.archive.term(*id).records.iter();
            records.find(|record| record.file.path == *file).map(|record| record.text)
        }
        Some(What::Page(group, index)) => {
            Some(site.archive.pages[*group].versions[*index].text)
        }
        // The words of the home page have no page of their own.
        _ => {
            let home = site.archive.pages.iter().find(|group| group.path.is_empty());
            let mut versions = home.iter().flat_map(|group| &group.versions);
            versions.find(|page| page.file.path == *file).map(|page| page.text)
        }
    }
}

/// The links of a group, all to one file, whose heading it does not have.
fn missing_anchors(site: &Site<'_>, group: &[Wanted]) -> Vec<Diagnostic> {
    let Some(first) = group.first() else { return Vec::new() };
    let text = shown(site, &first.file);
    let text = text.map(|text| site.read_body(&first.file, text));
    let text = match text.transpose() {
        Ok(text) => text.map_or_else(String::new, |body| body.text),
        Err(fault) => return vec![fault],
    };
    let anchors = markdown::anchors(&text, slug::heading_id);
    group
        .iter()
        .filter(|wanted| anchors.binary_search(&wanted.anchor).is_err())
        .enumerate()
        .map(|(n, wanted)| {
            let known = anchors.iter().map(String::as_str);
            let near = suggest::nearest_for_the_first(n, &wanted.anchor, known);
            let found = Diagnostic::error(
                Code::BrokenAnchor,
                format!("`{}` has no heading `#{}`", wanted.file, wanted.anchor),
            )
            .at(wanted.place.clone());
            match near {
                Some(near) => {
                    found.hint(format!("write `#{near}`, if that is what you mean"))
                }
                None if anchors.is_empty() => found.hint("take the part from `#` on out"),
                None => found.hint(format!("use one of {}", listed(&anchors))),
            }
        })
        .collect()
}

/// The first anchors of a page, for a hint.
fn listed(anchors: &[String]) -> String {
    let few: Vec<_> =
        anchors.iter().take(8).map(|anchor| format!("`#{anchor}`")).collect();
    few.join(", ")
}
