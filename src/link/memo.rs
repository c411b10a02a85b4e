//! What linking a site leaves behind, so that the next run need not verify and link again what cannot have changed.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Glossary, Linked};
use crate::config;
use crate::diagnostic::{Checked, Diagnostic};
use crate::document::Identity;
use crate::hash::{Map, digester};
use crate::lang::Lang;
use crate::site::{Entry, Site};
use crate::tree::{Digest, Tree};

/// The references of documents as they were last, and what they depended on beside their own text.
#[derive(Debug, Default)]
pub struct Memo {
    /// A digest of what every document's references depend on: which documents and files there are, the sources, the glossary's forms.
    surroundings: u64,
    /// By path.
    pub(super) documents: Map<Arc<str>, Known>,
    pub(super) glossaries: BTreeMap<Lang, KnownGlossary>,
}

/// The glossary of a language.
#[derive(Debug, Clone)]
pub(super) struct KnownGlossary {
    /// Of the terms' files.
    digest: u64,
    pub(super) glossary: Arc<Glossary>,
    diagnostics: Vec<Diagnostic>,
}

/// The references of one document.
#[derive(Debug, Clone)]
pub(super) struct Known {
    digest: Digest,
    broken: bool,
    /// Whether a link leads to a place in another document, so that they depend on that document's text.
    reaches: bool,
    pub(super) linked: Arc<Linked>,
    pub(super) diagnostics: Arc<[Diagnostic]>,
}

impl Known {
    pub(super) fn new<T>(entry: &Entry<T>, linked: Checked<Linked>) -> Self {
        let inner = entry.body.links.iter().filter(|link| !link.target.contains("://"));
        let mut places = inner.filter_map(|link| link.target.find('#'));
        Self {
            digest: entry.digest,
            broken: entry.broken,
            reaches: places.any(|at| at > 0),
            linked: Arc::new(linked.value),
            diagnostics: linked.diagnostics.into(),
        }
    }
}

impl Memo {
    /// Gathers the forms of each language's terms, anew where one of its terms has changed.
    pub(super) fn read_glossaries(&mut self, site: &Site, tree: &Tree, diagnostics: &mut Vec<Diagnostic>) {
        let languages = site.config.languages.par_iter();
        let read = languages.map(|lang| (lang.clone(), self.read_glossary(site, lang, tree)));
        let read: Vec<(Lang, KnownGlossary)> = read.collect();
        self.glossaries = read.into_iter().collect();
        for known in site
            .config
            .languages
            .iter()
            .filter_map(|lang| self.glossaries.get(lang))
        {
            diagnostics.extend_from_slice(&known.diagnostics);
        }
    }

    fn read_glossary(&self, site: &Site, lang: &Lang, tree: &Tree) -> KnownGlossary {
        let mut hasher = digester();
        // Mentions name terms by their places in the list of all languages.
        for (at, entry) in site.terms.iter().enumerate() {
            if entry.identity.lang == *lang {
                (at, &entry.identity.path, entry.digest, entry.broken).hash(&mut hasher);
            }
        }
        let digest = hasher.finish();
        if let Some(known) = self.glossaries.get(lang).filter(|known| known.digest == digest) {
            return known.clone();
        }
        let read = Glossary::new(site, lang, tree);
        KnownGlossary {
            digest,
            glossary: Arc::new(read.value),
            diagnostics: read.diagnostics,
        }
    }

    /// Forgets all references where their surroundings are others.
    pub(super) fn begin(&mut self, site: &Site, tree: &Tree) {
        let surroundings = surroundings(site, tree, &self.glossaries);
        if self.surroundings != surroundings {
            self.documents.clear();
            self.surroundings = surroundings;
        }
    }

    /// The references of a document, where they hold.
    pub(super) fn get<T>(&self, entry: &Entry<T>) -> Option<&Known> {
        let known = self.documents.get(&entry.identity.path)?;
        let holds = known.digest == entry.digest && known.broken == entry.broken && !known.reaches;
        holds.then_some(known)
    }
}

fn surroundings(site: &Site, tree: &Tree, glossaries: &BTreeMap<Lang, KnownGlossary>) -> u64 {
    let mut hasher = digester();
    tree.get(config::FILE).map(|file| file.digest).hash(&mut hasher);
    for source in &site.sources {
        let seed = source.seed.as_ref().map(|seed| (&seed.path, &seed.sha256));
        (&source.id, source.digest, source.recorded, seed).hash(&mut hasher);
    }
    let mut add = |identity: &Identity| (identity.kind, &identity.id, &identity.lang, &identity.path).hash(&mut hasher);
    site.records.iter().for_each(|entry| add(&entry.identity));
    site.claims.iter().for_each(|entry| add(&entry.identity));
    site.terms.iter().for_each(|entry| add(&entry.identity));
    site.events.iter().for_each(|entry| add(&entry.identity));
    site.pages.iter().for_each(|entry| add(&entry.identity));
    site.home.iter().for_each(|entry| add(&entry.identity));
    (&site.holes, &site.lost_folders).hash(&mut hasher);
    site.assets.hash(&mut hasher);
    for known in glossaries.values() {
        known.glossary.digest().hash(&mut hasher);
    }
    hasher.finish()
}
