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

#[cfg(test)]
mod tests {
    use super::super::Watched;
    use super::*;
    use crate::site::Options;

    const SEED: &str = "Un chatbot est un programme qui répond à ce qu’on lui écrit.\n";
    const RECORD: &str =
        "---\nfile: rfi.txt\ntitle: \"Une bagarre\"\npublisher: \"RFI\"\nlang: fr\npublished: 2024-03\n---\n";
    const TERM: &str = "---\nterm: \"chatbot\"\n---\n\n## Ce que c’est\n\nUn programme.\n\n> Un chatbot est un programme qui répond\n>\n> — [@rfi:1]\n";

    fn claim(text: &str) -> String {
        format!(
            "---\nclaim: \"{text}\"\nsummary: \"Oui, un chatbot.\"\nverdict: true\nevidence:\n  - {{title: \"Un document\", role: supports}}\n---\n\n> un programme qui répond à ce qu’on lui écrit\n>\n> — [@rfi:1] states\n"
        )
    }

    #[test]
    fn a_glossary_is_looked_at_again_only_where_something_that_it_shows_has_changed() {
        let mut tree = Tree::default();
        tree.insert_text(
            "kezako.yaml",
            "title: \"Site\"\nbase_url: \"https://a.example/\"\nlang: fr\n",
        );
        tree.insert_text("seeds/rfi.txt", SEED);
        tree.insert_text("content/sources/rfi.md", RECORD);
        tree.insert_text("content/glossary/chatbot.md", TERM);
        tree.insert_text("content/claims/a.md", &claim("Un chatbot répond."));
        let mut live = Live::new(Options::default(), Watched::Shown);
        let first = live.update(&tree);
        assert!(first.site.is_some(), "{:?}", first.report);
        let read: Vec<Note> = live.proofs.values().flat_map(|proof| proof.notes.clone()).collect();
        assert!(!read.is_empty());
        tree.insert_text("content/claims/a.md", &claim("Un chatbot répond toujours."));
        assert!(!live.update(&tree).changed.is_empty());
        assert!(live.ledger.holds(&read));
        tree.insert_text(
            "content/glossary/chatbot.md",
            &TERM.replace("Un programme.", "Un logiciel."),
        );
        assert!(!live.update(&tree).changed.is_empty());
        assert!(!live.ledger.holds(&read));
    }
}
