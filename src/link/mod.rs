//! Joins documents to each other: citations to passages, quotations to their proof, links to pages, words to glossary terms.

mod address;
mod facets;
mod glossary;
mod index;
mod memo;
mod menu;
mod names;
mod order;
mod places;
mod quotations;
mod rules;
mod target;
mod translation;
mod unused;
mod whole;

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::diagnostic::{Checked, Diagnostic};
use crate::document::{Identity, Kind};
use crate::hash::digester;
use crate::markdown::Body;
use crate::site::{Entry, Site};
use crate::tree::Tree;
use crate::verify::Verified;
use memo::Known;

pub use facets::{EntityCount, Facets, years};
pub use glossary::{Glossary, Mention};
pub use index::{Concerning, Index, QuotedBy, QuotedIn, Use};
pub use memo::Memo;
pub use menu::LISTS;
pub use names::Names;
pub use order::Order;
pub use quotations::passage_help;
pub use rules::check;
pub use target::{DocumentRef, Target};
pub use translation::{DriftNote, Pair, Sides, Translation, drift_notes};

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
#[derive(Debug, Clone, Default)]
pub struct Linked {
    /// For each citation.
    pub citations: Vec<Option<CitedPassage>>,
    /// For each quotation.
    pub quotations: Vec<Option<Proven>>,
    /// For each link and image.
    pub links: Vec<Option<Target>>,
    /// Words that link themselves to glossary terms, in order.
    pub mentions: Vec<Mention>,
    digest: OnceLock<u64>,
}

impl Linked {
    /// A digest of all of it, computed once.
    pub fn digest(&self) -> u64 {
        *self.digest.get_or_init(|| {
            let mut hasher = digester();
            (&self.citations, &self.quotations, &self.links, &self.mentions).hash(&mut hasher);
            hasher.finish()
        })
    }
}

/// The references of all documents; each list stands beside the one of [`Site`] with its name.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// Of records of sources.
    pub records: Vec<Arc<Linked>>,
    /// Of claims.
    pub claims: Vec<Arc<Linked>>,
    /// Of glossary terms.
    pub terms: Vec<Arc<Linked>>,
    /// Of events.
    pub events: Vec<Arc<Linked>>,
    /// Of pages.
    pub pages: Vec<Arc<Linked>>,
    /// Of the home page.
    pub home: Vec<Arc<Linked>>,
    /// Sources held beside the original that they translate; by index of [`Site::sources`].
    pub translations: BTreeMap<usize, Translation>,
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
        lists.into_iter().flatten().map(|linked| &**linked)
    }

    /// The references of the documents of a kind.
    pub fn of(&self, kind: Kind) -> &[Arc<Linked>] {
        match kind {
            Kind::Home => &self.home,
            Kind::Source => &self.records,
            Kind::Claim => &self.claims,
            Kind::Term => &self.terms,
            Kind::Event => &self.events,
            Kind::Page => &self.pages,
        }
    }
}

/// Links the whole site: those documents anew for which the memo does not hold.
pub fn link(site: &Site, tree: &Tree, memo: &mut Memo) -> Checked<Links> {
    let mut diagnostics = Vec::new();
    memo.read_glossaries(site, tree, &mut diagnostics);
    memo.begin(site, tree);
    let mut linker = Linker {
        site,
        memo,
        fresh: Vec::new(),
        diagnostics,
    };
    let translations = translation::translations(site, tree).unpack(&mut linker.diagnostics);
    let links = Links {
        records: linker.list(&site.records, |_| None),
        claims: linker.list(&site.claims, |claim| claim.glossary),
        terms: linker.list(&site.terms, |term| term.glossary),
        events: linker.list(&site.events, |event| event.glossary),
        pages: linker.list(&site.pages, |page| page.glossary),
        home: linker.list(&site.home, |page| page.glossary),
        translations,
    };
    let Linker {
        fresh, mut diagnostics, ..
    } = linker;
    // Where a document is gone, its surroundings are others, and all were forgotten.
    memo.documents.extend(fresh);
    diagnostics.extend(translation::footnotes_in_notes(site, &links));
    Checked {
        value: links,
        diagnostics,
    }
}

/// How many documents one task links at most, so that no core waits long for another's last task.
const AT_ONCE: usize = 64;

struct Linker<'a> {
    site: &'a Site,
    memo: &'a Memo,
    /// What the next run may use again and the memo does not have.
    fresh: Vec<(Arc<str>, Known)>,
    diagnostics: Vec<Diagnostic>,
}

impl Linker<'_> {
    fn list<T: Sync + Send>(&mut self, entries: &[Entry<T>], glossary: fn(&T) -> Option<bool>) -> Vec<Arc<Linked>> {
        let linked: Vec<Result<&Known, Known>> = entries
            .par_iter()
            .with_max_len(AT_ONCE)
            .map(|entry| {
                self.memo.get(entry).ok_or_else(|| {
                    let terms = glossary(&entry.front) != Some(false);
                    Known::new(entry, self.document(&entry.identity, &entry.body, terms))
                })
            })
            .collect();
        let mut list = Vec::with_capacity(linked.len());
        for (entry, known) in entries.iter().zip(linked) {
            let of = match &known {
                Ok(known) => known,
                Err(fresh) => fresh,
            };
            list.push(Arc::clone(&of.linked));
            self.diagnostics.extend_from_slice(&of.diagnostics);
            if let Err(fresh) = known {
                self.fresh.push((Arc::clone(&entry.identity.path), fresh));
            }
        }
        list
    }

    fn document(&self, identity: &Identity, body: &Body, terms: bool) -> Checked<Linked> {
        let mut diagnostics = Vec::new();
        let citations = quotations::citations(self.site, identity, body).unpack(&mut diagnostics);
        let quotations = quotations::quotations(self.site, identity, body, &citations).unpack(&mut diagnostics);
        let links = target::targets(self.site, identity, body).unpack(&mut diagnostics);
        let own = (identity.kind == Kind::Term).then_some(&*identity.id);
        let mentions = match self.memo.glossaries.get(&identity.lang) {
            Some(known) if terms => known.glossary.mentions(self.site, body, &links, own),
            _ => Vec::new(),
        };
        Checked {
            value: Linked {
                citations,
                quotations,
                links,
                mentions,
                digest: OnceLock::new(),
            },
            diagnostics,
        }
    }
}
