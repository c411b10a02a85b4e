//! What there is to say of the printed glossaries, kept as long as all that they read is as it was.

use std::collections::BTreeMap;

use super::Live;
use crate::diagnostic::Diagnostic;
use crate::edition::Edition;
use crate::lang::Lang;
use crate::reader::{Ledger, Note, Notes};
use crate::tree::Tree;

/// What was said last, by language.
pub(super) type Proofs = BTreeMap<Lang, Proof>;

#[derive(Debug)]
pub(super) struct Proof {
    /// What the glossary read.
    notes: Vec<Note>,
    /// What it shows beside that.
    planned: u64,
    diagnostics: Vec<Diagnostic>,
}

impl Live {
    /// What the printed glossaries cannot show as it is.
    pub(super) fn unprintable(&mut self, edition: &Edition, ledger: &Ledger, tree: &Tree) -> Vec<Diagnostic> {
        let mut last = std::mem::take(&mut self.proofs);
        if self.shared != edition.shared() {
            last.clear();
        }
        for (lang, _) in edition.papers() {
            let planned = edition.paper_planned(lang);
            let known = last
                .remove(lang)
                .filter(|proof| proof.planned == planned && ledger.holds(&proof.notes));
            let proof = known.unwrap_or_else(|| {
                let notes = Notes::new(ledger);
                let diagnostics = edition.unprintable(lang, tree, Some(&notes));
                Proof {
                    notes: notes.finish(),
                    planned,
                    diagnostics,
                }
            });
            self.proofs.insert(lang.clone(), proof);
        }
        self.proofs
            .values()
            .flat_map(|proof| proof.diagnostics.clone())
            .collect()
    }
}
