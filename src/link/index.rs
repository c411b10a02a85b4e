//! The site seen from the other end: what quotes a source, uses a term, concerns an entity.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{DocumentRef, Facets, Linked, Links, Order, Target, drift_notes};
use crate::document::{Identity, Kind};
use crate::hash::Map;
use crate::lang::Lang;
use crate::markdown::{Piece, Role};
use crate::site::{Entry, Site};
use crate::text::slug;

/// One quotation of a claim, seen from its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuotedBy {
    /// Index of the passage in which it begins.
    pub passage: usize,
    /// Index of the claim in [`Site::claims`].
    pub claim: usize,
    /// Index of the quotation in the claim's body.
    pub quotation: usize,
}

/// One quotation of a document that is no claim, seen from its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuotedIn {
    /// Kind of the document.
    pub kind: Kind,
    /// Index of the document in the site's list of its kind.
    pub document: usize,
    /// Index of the quotation in the document's body.
    pub quotation: usize,
}

/// A page that uses a term.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Use {
    /// The document that it shows.
    pub document: DocumentRef,
    /// Whether it is not the document's own page, but the one that holds a source beside the original that it translates.
    pub beside_original: bool,
}

/// What concerns one entity.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Concerning {
    /// Name as first written.
    pub name: String,
    /// Indices of claims.
    pub claims: Vec<usize>,
    /// Indices of events.
    pub events: Vec<usize>,
}

/// Everything that pages need to know of what leads to them.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// For each source, the quotations of claims in order of passage.
    pub quoted: Vec<Vec<QuotedBy>>,
    /// For each source, the quotations of all other documents: pages first, then terms, events, the home page, notes on sources.
    pub quoted_in: Vec<Vec<QuotedIn>>,
    /// For each source, those that are translations of it.
    pub translations: Vec<Vec<usize>>,
    /// For each term (with its language), the pages that use it, in order.
    pub uses: Vec<Vec<Use>>,
    /// For each claim, the ids of the terms it uses, in order.
    pub terms_of_claims: Vec<Vec<Arc<str>>>,
    /// For each entity's slug, what concerns it.
    pub entities: BTreeMap<String, Concerning>,
    /// For each claim, the events that name it.
    pub events_of_claims: Vec<Vec<usize>>,
    /// For each claim, the index of the source that states it.
    pub stated_by: Vec<Option<usize>>,
    /// The order of lists in each language.
    pub orders: BTreeMap<Lang, Order>,
    /// What lists can be filtered by in each language.
    pub facets: BTreeMap<Lang, Facets>,
}

impl Index {
    /// Turns the links of a site round.
    pub fn new(site: &Site, links: &Links) -> Self {
        let orders = || {
            site.config
                .languages
                .par_iter()
                .map(|lang| (lang.clone(), Order::new(site, lang)))
                .collect()
        };
        let rest = || Self::without_orders(site, links);
        let (orders, index) = rayon::join(orders, rest);
        let mut index = Self { orders, ..index };
        index.facets = index.count(site);
        index
    }

    fn without_orders(site: &Site, links: &Links) -> Self {
        let mut index = Self {
            quoted: vec![Vec::new(); site.sources.len()],
            quoted_in: vec![Vec::new(); site.sources.len()],
            translations: vec![Vec::new(); site.sources.len()],
            uses: vec![Vec::new(); site.terms.len()],
            events_of_claims: vec![Vec::new(); site.claims.len()],
            ..Self::default()
        };
        index.add_uses(site, links);
        index.add_quotations(links);
        index.add_quotations_beside_claims(links);
        index.add_entities(site);
        for (at, source) in site.sources.iter().enumerate() {
            let original = source.record.translation_of.as_deref().and_then(|id| site.source(id));
            if let Some(original) = original {
                index.translations[original].push(at);
            }
        }
        for (at, event) in site.events.iter().enumerate() {
            for id in &event.front.claims {
                if let Some(claim) = site.claims.find_index(id, &event.identity.lang) {
                    index.events_of_claims[claim].push(at);
                }
            }
        }
        for events in &mut index.events_of_claims {
            events.sort_by_key(|at| (site.events[*at].front.date.map(|date| date.sort_key()), *at));
        }
        index
    }

    fn add_quotations(&mut self, links: &Links) {
        for (claim, linked) in links.claims.iter().enumerate() {
            let mut stated_by = None;
            for (quotation, proven) in linked.quotations.iter().enumerate() {
                let Some(proven) = proven else { continue };
                let states = proven.verified.role() == Role::States && !proven.verified.is_inline();
                stated_by = stated_by.or(states.then_some(proven.source));
                self.quoted[proven.source].push(QuotedBy {
                    passage: proven.verified.passage(),
                    claim,
                    quotation,
                });
            }
            self.stated_by.push(stated_by);
        }
        for quoted in &mut self.quoted {
            quoted.sort_unstable();
        }
    }

    fn add_quotations_beside_claims(&mut self, links: &Links) {
        for kind in [Kind::Page, Kind::Term, Kind::Event, Kind::Home, Kind::Source] {
            for (document, linked) in links.of(kind).iter().enumerate() {
                for (quotation, proven) in linked.quotations.iter().enumerate() {
                    if let Some(proven) = proven {
                        self.quoted_in[proven.source].push(QuotedIn {
                            kind,
                            document,
                            quotation,
                        });
                    }
                }
            }
        }
    }

    fn add_entities(&mut self, site: &Site) {
        let mut slugs: Map<&str, String> = Map::default();
        for (at, claim) in site.claims.iter().enumerate() {
            for name in once(&claim.front.entities) {
                let slug = slugs.entry(name).or_insert_with(|| slug(name));
                concerning(&mut self.entities, slug, name).claims.push(at);
            }
        }
        for (at, event) in site.events.iter().enumerate() {
            for name in once(&event.front.entities) {
                let slug = slugs.entry(name).or_insert_with(|| slug(name));
                concerning(&mut self.entities, slug, name).events.push(at);
            }
        }
    }

    fn count(&self, site: &Site) -> BTreeMap<Lang, Facets> {
        let facets = |(lang, order): (&Lang, &Order)| {
            let facets = Facets::new(site, lang, order, &self.stated_by, &self.entities);
            (lang.clone(), facets)
        };
        self.orders.par_iter().map(facets).collect()
    }

    fn add_uses(&mut self, site: &Site, links: &Links) {
        self.terms_of_claims = self.add_uses_of(site, &site.claims, &links.claims, |_| &[]);
        self.add_uses_of(site, &site.terms, &links.terms, |_| &[]);
        self.add_uses_of(site, &site.events, &links.events, |event| &event.terms);
        self.add_uses_of(site, &site.pages, &links.pages, |_| &[]);
        self.add_uses_of(site, &site.home, &links.home, |_| &[]);
        self.add_uses_of_records(site, links);
    }

    /// Notes on a translation stand on another page than the note on its source.
    fn add_uses_of_records(&mut self, site: &Site, links: &Links) {
        for (entry, linked) in site.records.iter().zip(&links.records) {
            let own = site.source(&entry.identity.id);
            let translation = own.and_then(|own| Some((own, links.translations.get(&own)?.original)));
            let notes = translation.map_or_else(Vec::new, |(own, original)| {
                drift_notes(&entry.body, linked, own, original)
            });
            let in_note = |piece: usize| notes.iter().any(|note| note.holds(piece));
            let mentioned = linked
                .mentions
                .iter()
                .map(|mention| (mention.term, in_note(mention.piece)));
            let pieces = entry.body.pieces.iter().enumerate();
            let linked_by_hand = pieces.filter_map(|(at, piece)| match piece {
                Piece::LinkOpen(link) => Some((linked_term(site, linked.links.get(*link)?.as_ref()?)?, in_note(at))),
                _ => None,
            });
            let used: BTreeSet<(usize, bool)> = mentioned.chain(linked_by_hand).collect();
            for (term, beside_original) in used {
                self.uses[term].push(Use {
                    document: (&entry.identity).into(),
                    beside_original,
                });
            }
        }
    }

    fn add_uses_of<T>(
        &mut self,
        site: &Site,
        entries: &[Entry<T>],
        links: &[Arc<Linked>],
        named: fn(&T) -> &[String],
    ) -> Vec<Vec<Arc<str>>> {
        let mut ids = Vec::with_capacity(entries.len());
        let mut used: Vec<usize> = Vec::new();
        for (entry, linked) in entries.iter().zip(links) {
            let lang = &entry.identity.lang;
            let named = named(&entry.front)
                .iter()
                .filter_map(|id| site.terms.find_index(id, lang));
            let mentioned = linked.mentions.iter().map(|mention| mention.term);
            used.clear();
            used.extend(mentioned.chain(linked_terms(site, linked)).chain(named));
            used.sort_unstable();
            used.dedup();
            for term in &used {
                if !is_same(&site.terms[*term].identity, &entry.identity) {
                    self.uses[*term].push(Use {
                        document: (&entry.identity).into(),
                        beside_original: false,
                    });
                }
            }
            let of_terms = used.iter().map(|term| Arc::clone(&site.terms[*term].identity.id));
            ids.push(of_terms.collect());
        }
        ids
    }
}

/// The names of a list, each once, in order of the alphabet. An empty one was reported.
fn once(names: &[String]) -> Vec<&str> {
    let names = names.iter().map(String::as_str);
    let mut names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn concerning<'a>(entities: &'a mut BTreeMap<String, Concerning>, slug: &str, name: &str) -> &'a mut Concerning {
    entities.entry(slug.to_owned()).or_insert_with(|| Concerning {
        name: name.to_owned(),
        ..Concerning::default()
    })
}

fn is_same(a: &Identity, b: &Identity) -> bool {
    a.kind == b.kind && a.id == b.id
}

/// The terms that an editor's own links lead to.
fn linked_terms<'a>(site: &'a Site, linked: &'a Linked) -> impl Iterator<Item = usize> + 'a {
    linked
        .links
        .iter()
        .flatten()
        .filter_map(|target| linked_term(site, target))
}

fn linked_term(site: &Site, target: &Target) -> Option<usize> {
    match target {
        Target::Document(reference, _) if reference.kind == Kind::Term => {
            site.terms.find_index(&reference.id, &reference.lang)
        }
        _ => None,
    }
}
