//! Joins documents to each other: citations to passages, quotations to their proof, links to pages, words to glossary terms.

mod glossary;
mod index;
mod order;
mod quotations;
mod rules;
mod target;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::{Checked, Diagnostic};
use crate::document::{Identity, Kind};
use crate::lang::Lang;
use crate::markdown::Body;
use crate::site::{Entry, Options, Site};
use crate::tree::Tree;
use crate::verify::Verified;

pub use glossary::{Glossary, Mention};
pub use index::{Concerning, Index, QuotedBy};
pub use order::Order;
pub use target::{DocumentRef, Target};

/// A citation that was resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CitedPassage {
    /// Index of the source in [`Site::sources`].
    pub source: usize,
    /// Index of the passage in its seed, where the citation names one.
    pub passage: Option<usize>,
}

/// A quotation that was verified.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Proven {
    /// Index of the source in [`Site::sources`].
    pub source: usize,
    /// The proof.
    pub verified: Verified,
}

/// What the references of one body lead to. The lists stand beside those of the [`Body`]; `None` marks what was reported.
#[derive(Debug, Clone, Default, Hash)]
pub struct Linked {
    /// For each citation.
    pub citations: Vec<Option<CitedPassage>>,
    /// For each quotation.
    pub quotations: Vec<Option<Proven>>,
    /// For each link and image.
    pub links: Vec<Option<Target>>,
    /// Words that link themselves to glossary terms, in order.
    pub mentions: Vec<Mention>,
}

/// The references of all documents; each list stands beside the one of [`Site`] with its name.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// Of records of sources.
    pub records: Vec<Linked>,
    /// Of claims.
    pub claims: Vec<Linked>,
    /// Of glossary terms.
    pub terms: Vec<Linked>,
    /// Of events.
    pub events: Vec<Linked>,
    /// Of pages.
    pub pages: Vec<Linked>,
    /// Of the home page.
    pub home: Vec<Linked>,
}

impl Links {
    /// The references of all documents of all kinds.
    pub fn all(&self) -> impl Iterator<Item = &Linked> {
        let lists = [
            &self.records,
            &self.claims,
            &self.terms,
            &self.events,
            &self.pages,
            &self.home,
        ];
        lists.into_iter().flatten()
    }
}

/// Links the whole site.
pub fn link(site: &Site, tree: &Tree, options: &Options) -> Checked<Links> {
    let mut diagnostics = Vec::new();
    let glossaries: BTreeMap<&Lang, Glossary> = site
        .config
        .languages
        .iter()
        .map(|lang| (lang, Glossary::new(site, lang, tree).unpack(&mut diagnostics)))
        .collect();
    let linker = Linker { site, glossaries };
    let links = Links {
        records: linker.list(&site.records, |_| None, &mut diagnostics),
        claims: linker.list(&site.claims, |claim| claim.glossary, &mut diagnostics),
        terms: linker.list(&site.terms, |term| term.glossary, &mut diagnostics),
        events: linker.list(&site.events, |event| event.glossary, &mut diagnostics),
        pages: linker.list(&site.pages, |page| page.glossary, &mut diagnostics),
        home: linker.list(&site.home, |page| page.glossary, &mut diagnostics),
    };
    diagnostics.extend(rules::check(site, tree, options));
    Checked {
        value: links,
        diagnostics,
    }
}

struct Linker<'a> {
    site: &'a Site,
    glossaries: BTreeMap<&'a Lang, Glossary>,
}

impl Linker<'_> {
    fn list<T: Sync + Send>(
        &self,
        entries: &[Entry<T>],
        glossary: fn(&T) -> Option<bool>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Linked> {
        let linked: Vec<Checked<Linked>> = entries
            .par_iter()
            .map(|entry| self.document(&entry.identity, &entry.body, glossary(&entry.front) != Some(false)))
            .collect();
        linked.into_iter().map(|linked| linked.unpack(diagnostics)).collect()
    }

    fn document(&self, identity: &Identity, body: &Body, terms: bool) -> Checked<Linked> {
        let mut diagnostics = Vec::new();
        let citations = quotations::citations(self.site, identity, body).unpack(&mut diagnostics);
        let quotations = quotations::quotations(self.site, identity, body, &citations).unpack(&mut diagnostics);
        let links = target::targets(self.site, identity, body).unpack(&mut diagnostics);
        let own = (identity.kind == Kind::Term).then_some(&*identity.id);
        let mentions = match self.glossaries.get(&identity.lang) {
            Some(glossary) if terms => glossary.mentions(self.site, body, &links, own),
            _ => Vec::new(),
        };
        Checked {
            value: Linked {
                citations,
                quotations,
                links,
                mentions,
            },
            diagnostics,
        }
    }
}
