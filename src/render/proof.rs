//! Looks for what is wrong with texts without making pages of them.
//!
//! A preview makes the page that somebody looks at and no other. What is wrong
//! with the others is found here, in each text once: a text is read again only
//! if it or what its links lead to has changed.

use std::sync::Arc;

use crate::cache::Links;
use crate::content::{SourceFile, Text};
use crate::diagnostic::Diagnostics;
use crate::hash::{Digest, FixedMap};
use crate::links::{Linker, Wanted};
use crate::parallel;
use crate::plan::{Entry, What};
use crate::render::body::Bodies;
use crate::render::{Kit, Site, anchors, hash_links};

/// What was found in the texts of a site.
#[derive(Debug, Default)]
pub struct Proofs {
    /// What was found in each file, by its path.
    files: FixedMap<Arc<str>, Arc<Proof>>,
}

/// What was found in the text of a file.
#[derive(Debug)]
struct Proof {
    /// The hash of the file.
    digest: Digest,
    /// Where its links led.
    linked: u64,
    /// Its links that depend on what else the site has.
    links: Option<Links>,
    /// The headings that they want.
    wanted: Vec<Wanted>,
    /// What is wrong.
    faults: Diagnostics,
}

/// Reads all texts that the site shows, and reports what is wrong with them.
/// What is `known` of a text that is as it was holds, unless something is wrong with
/// it: that is looked at each time. Says too whether all were read; if it was
/// `stopped`, nothing is reported.
pub fn proofread(
    site: &Site<'_>,
    kit: &Kit,
    known: &Proofs,
    stopped: &(dyn Fn() -> bool + Sync),
    faults: &mut Diagnostics,
) -> (Proofs, bool) {
    let bodies = Bodies { site, words: &kit.words };
    let texts = shown_texts(site);
    let read = parallel::map(&texts, |(file, text, entry)| {
        let known = known.files.get(&file.path);
        let is_known = |known: &&Arc<Proof>| {
            known.digest == text.digest
                && known.faults.is_empty()
                && known.linked == hash_links(site, entry, known.links.as_slice())
        };
        match known.filter(is_known) {
            Some(known) => Some(Arc::clone(known)),
            None if stopped() => None,
            None => Some(Arc::new(read_one(&bodies, (file, *text, entry)))),
        }
    });
    let is_whole = read.iter().all(Option::is_some);
    let mut proofs = Proofs::default();
    let mut found = Diagnostics::new();
    let mut wanted = Vec::new();
    for ((file, _, entry), proof) in texts.iter().zip(read) {
        let Some(proof) = proof else { continue };
        found.append(proof.faults.clone());
        found.append(image_faults(&bodies, entry));
        wanted.extend_from_slice(&proof.wanted);
        proofs.files.insert(Arc::clone(&file.path), proof);
    }
    if is_whole {
        faults.append(found);
        anchors::check(site, wanted, faults);
        faults.dedup();
    }
    (proofs, is_whole)
}

/// A text that a page shows: its file and the page.
type Shown<'s> = (&'s SourceFile, Text, &'s Entry);

/// The texts that pages show.
fn shown_texts<'s>(site: &'s Site<'s>) -> Vec<Shown<'s>> {
    let archive = site.archive;
    let articles = archive.works.iter().flat_map(|work| &work.versions);
    let pages = archive.pages.iter().flat_map(|group| &group.versions);
    let records = archive
        .taxonomies
        .iter()
        .flat_map(|taxonomy| &taxonomy.terms)
        .flat_map(|term| &term.records);
    articles
        .map(|version| &version.file)
        .chain(pages.map(|page| &page.file))
        .chain(records.map(|record| &record.file))
        .filter_map(|file| {
            let entry = site.plan.at(site.plan.address_of(&file.path)?)?;
            Some((file, anchors::shown(site, &file.path)?, entry))
        })
        .collect()
}

/// Reads a text.
fn read_one(bodies: &Bodies<'_>, (file, text, entry): Shown<'_>) -> Proof {
    let site = bodies.site;
    let linker = Linker::new(site.config, &entry.address);
    let mut proof = Proof {
        digest: text.digest,
        linked: 0,
        links: None,
        wanted: Vec::new(),
        faults: Diagnostics::new(),
    };
    match bodies.html(&file.path, text, linker, file.language) {
        Ok(made) => {
            // Of a text that has changed since, nothing is known.
            proof.digest = if made.is_current { text.digest } else { Digest::default() };
            proof.linked = hash_links(site, entry, made.links.as_slice());
            proof.links = made.links;
            proof.wanted = made.wanted;
            proof.faults = made.faults;
        }
        Err(fault) => proof.faults.push(fault),
    }
    proof
}

/// What is wrong with the link of a shown article's lead image, which is no part of
/// its text.
fn image_faults(bodies: &Bodies<'_>, entry: &Entry) -> Diagnostics {
    let What::Article(work, index) = &entry.what else { return Diagnostics::new() };
    let site = bodies.site;
    let facts = &site.archive.work(*work).versions[*index].facts;
    let linker = Linker::new(site.config, &entry.address);
    let image = facts.image();
    image.map_or_else(Diagnostics::new, |image| bodies.image(image, linker).1)
}
