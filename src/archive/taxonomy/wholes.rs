//! Links terms with what they are a part of, and reports circles and chains
//! that are too long.

use std::sync::Arc;

use crate::archive::place_of;
use crate::archive::taxonomy::Resolver;
use crate::archive::term::TermId;
use crate::config::TaxonomyId;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// How many steps of `part_of` may lead from a term to the top.
const MOST_STEPS: usize = 30;

/// What is known of the wholes above a term.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    /// Nothing yet.
    Unseen,
    /// The term has this place on the chain that is being followed.
    OnChain(usize),
    /// So many steps lead from the term to the top.
    Steps(usize),
    /// The chain leads into a circle.
    Endless,
}

impl Resolver<'_> {
    /// Links each record with what it is a part of.
    pub(super) fn link_parts(&mut self, faults: &mut Diagnostics) {
        for taxonomy in self.config.taxonomy_ids() {
            for index in 0..self.next_index(taxonomy) {
                let child = TermId { taxonomy, index };
                let term = self.term(child);
                let Some(record) = term.records.first() else { continue };
                let Some(written) = record.facts.part_of.clone() else { continue };
                let file = Arc::clone(&record.file.path);
                if let Some(parent) = self.find(taxonomy, &written.value) {
                    self.term_mut(child).parent = Some(parent);
                    self.term_mut(parent).parts.push(child);
                } else {
                    let name = (written.value.as_str(), written.span);
                    self.unknown_name(taxonomy, name, &file, faults);
                }
            }
            self.check_chains(taxonomy, faults);
        }
    }

    /// Reports each circle of parts once, at its first record, and the first
    /// record of each chain of parts that is too far below its top.
    fn check_chains(&self, taxonomy: TaxonomyId, faults: &mut Diagnostics) {
        let mut known = vec![Above::Unseen; self.next_index(taxonomy) as usize];
        for index in 0..self.next_index(taxonomy) {
            let mut chain = Vec::new();
            let end = self.climb(TermId { taxonomy, index }, &mut known, &mut chain);
            if let Above::OnChain(from) = end {
                faults.push(self.loop_fault(chain.get(from..).unwrap_or_default()));
            }
            for (n, id) in chain.iter().rev().enumerate() {
                let Above::Steps(steps) = end else {
                    known[id.index as usize] = Above::Endless;
                    continue;
                };
                known[id.index as usize] = Above::Steps(steps + n);
                if steps + n == MOST_STEPS + 1 {
                    faults.push(self.chain_fault(*id));
                }
            }
        }
    }

    /// Follows `part_of` from a term to the first that is known already, and
    /// says what is above the last term of the chain. Each term is on one chain
    /// only.
    fn climb(
        &self,
        start: TermId,
        known: &mut [Above],
        chain: &mut Vec<TermId>,
    ) -> Above {
        let mut at = Some(start);
        while let Some(id) = at {
            match known[id.index as usize] {
                Above::Unseen => {}
                Above::Steps(steps) => return Above::Steps(steps + 1),
                end => return end,
            }
            known[id.index as usize] = Above::OnChain(chain.len());
            chain.push(id);
            at = self.term(id).parent;
        }
        Above::Steps(0)
    }

    /// Reports a chain of parts that is too long, at the first term that is too
    /// far below its top.
    fn chain_fault(&self, id: TermId) -> Diagnostic {
        let term = self.term(id);
        let message = format!(
            "the chain of `part_of` above `{}` has more than {MOST_STEPS} steps",
            term.name
        );
        let fault = Diagnostic::error(Code::BadValue, message)
            .hint("name a nearer whole, or take `part_of` out");
        let Some(record) = term.records.first() else { return fault };
        match &record.facts.part_of {
            Some(written) => fault.at(place_of(&record.file.path, written.span)),
            None => fault,
        }
    }

    /// Reports a circle of parts.
    fn loop_fault(&self, circle: &[TermId]) -> Diagnostic {
        let names: Vec<_> =
            circle.iter().map(|id| format!("`{}`", self.term(*id).name)).collect();
        let message = match names.as_slice() {
            [one] => format!("{one} is a part of itself"),
            names => format!("{} are parts of each other", names.join(", ")),
        };
        let mut fault = Diagnostic::error(Code::PartOfLoop, message);
        for id in circle {
            if let Some(record) = self.term(*id).records.first()
                && let Some(written) = &record.facts.part_of
            {
                fault = fault.at(place_of(&record.file.path, written.span));
            }
        }
        fault.hint("take `part_of` out of one of these records")
    }
}
