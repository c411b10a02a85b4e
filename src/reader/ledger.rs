//! What a page can read of a site, each with a digest: two sites agree on a note exactly where what was read is the same in both.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;

use super::changes::{Changes, Values};
use super::key::{ABSENT, EVERYTHING, document_key, existence_key, facets_key, list_key, source_key};
use super::{Kept, Whole};
use crate::claim::Claim;
use crate::document::{Identity, Kind};
use crate::event::Event;
use crate::hash::{digest, digester};
use crate::link::Linked;
use crate::page::Page;
use crate::plan::PER_PAGE;
use crate::site::Entry;
use crate::source::Record;
use crate::term::Term;

/// Something that was read: which, and a digest of what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    pub(super) key: u64,
    pub(super) value: u64,
}

/// A digest of everything that pages read of one site. The lists stand beside those of [`Site`](crate::site::Site).
#[derive(Debug, Default)]
pub struct Ledger {
    pub(super) records: Vec<Note>,
    pub(super) claims: Vec<Note>,
    pub(super) terms: Vec<Note>,
    pub(super) events: Vec<Note>,
    pub(super) pages: Vec<Note>,
    pub(super) home: Vec<Note>,
    pub(super) sources: Vec<Note>,
    pub(super) quoted: Vec<Note>,
    pub(super) quoted_in: Vec<Note>,
    pub(super) translations: Vec<Note>,
    pub(super) uses: Vec<Note>,
    pub(super) neighbours: Vec<Note>,
    pub(super) entities: BTreeMap<String, Note>,
    pub(super) everything: u64,
    values: Values,
}

impl Ledger {
    /// Digests a site.
    pub fn new(whole: Whole<'_>) -> Self {
        let documents_and_sources = || Self {
            records: documents::<Record>(whole, nothing),
            claims: documents::<Claim>(whole, |at| of_claim(whole, at)),
            terms: documents::<Term>(whole, nothing),
            events: documents::<Event>(whole, nothing),
            pages: documents::<Page>(whole, nothing),
            home: noted(&whole.site.home, &whole.links.home, nothing),
            sources: sources(whole),
            quoted: quoted(whole),
            quoted_in: quoted_in(whole),
            translations: translations(whole),
            uses: uses(whole),
            ..Self::default()
        };
        let beside = || (neighbours(whole), entities(whole));
        let others = || [existences(whole), lists(whole), timelines(whole)];
        let (ledger, ((neighbours, entities), others)) =
            rayon::join(documents_and_sources, || rayon::join(beside, others));
        let mut ledger = Self {
            neighbours,
            entities,
            ..ledger
        };
        let size = 2 * ledger.all().count() + 1024;
        ledger.values = Values::with_capacity_and_hasher(size, Default::default());
        let values: Vec<(u64, u64)> = ledger.all().map(|note| (note.key, note.value)).collect();
        ledger.values.extend(values);
        ledger.values.extend(others.into_iter().flatten());
        ledger.everything = ledger.total(whole);
        ledger.values.insert(EVERYTHING, ledger.everything);
        ledger
    }

    /// Whether this site is the same in what a page has read of another.
    #[cfg(feature = "pdf")]
    pub fn holds(&self, notes: &[Note]) -> bool {
        notes.iter().all(|note| self.value(note.key) == note.value)
    }

    /// What can be read of this site and was other, or not there, in another; or was there and is not here.
    pub fn changes_since(&self, before: &Self) -> Changes {
        Changes::between(&before.values, &self.values)
    }

    pub(super) fn value(&self, key: u64) -> u64 {
        self.values.get(&key).copied().unwrap_or(ABSENT)
    }

    fn all(&self) -> impl Iterator<Item = &Note> {
        let lists = [
            &self.records,
            &self.claims,
            &self.terms,
            &self.events,
            &self.pages,
            &self.home,
            &self.sources,
            &self.quoted,
            &self.quoted_in,
            &self.translations,
            &self.uses,
            &self.neighbours,
        ];
        lists.into_iter().flatten().chain(self.entities.values())
    }

    /// One digest of all there is: of every note in order, the order of lists, and the addresses.
    fn total(&self, whole: Whole<'_>) -> u64 {
        let mut hasher = digester();
        for note in self.all() {
            (note.key, note.value).hash(&mut hasher);
        }
        for order in whole.index.orders.values() {
            order.hash(&mut hasher);
        }
        for page in &whole.plan.pages {
            page.path.hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// The notes of all documents of a kind; `more` digests what pages read beside a document.
fn documents<T: Kept + Send + Sync>(whole: Whole<'_>, more: impl Fn(usize) -> u64 + Sync) -> Vec<Note> {
    noted(T::entries(whole.site), T::linked(whole.links), more)
}

fn noted<T: Send + Sync>(
    entries: &[Entry<T>],
    linked: &[Arc<Linked>],
    more: impl Fn(usize) -> u64 + Sync,
) -> Vec<Note> {
    let notes = entries.par_iter().zip(linked).enumerate();
    notes
        .map(|(at, (entry, linked))| Note {
            key: document_key(entry.identity.kind, &entry.identity.id, &entry.identity.lang),
            value: digest((entry.digest, entry.broken, linked.digest(), more(at))),
        })
        .collect()
}

fn nothing(_: usize) -> u64 {
    0
}

/// What the index knows of a claim.
fn of_claim(whole: Whole<'_>, at: usize) -> u64 {
    let index = whole.index;
    let stated_by = index.stated_by[at].map(|source| &*whole.site.sources[source].id);
    let events = index.events_of_claims[at]
        .iter()
        .map(|event| &*whole.site.events[*event].identity.id);
    digest((stated_by, &index.terms_of_claims[at], events.collect::<Vec<_>>()))
}

fn sources(whole: Whole<'_>) -> Vec<Note> {
    let sources = whole.site.sources.iter();
    sources
        .map(|source| Note {
            key: source_key(&source.id),
            value: digest((
                source.digest,
                source.recorded,
                source.seed.as_ref().map(|seed| (&*seed.path, seed.sha256.as_str())),
            )),
        })
        .collect()
}

/// For each source the quotations of it by claims. Which words they quote stands in the claims.
fn quoted(whole: Whole<'_>) -> Vec<Note> {
    let sources = whole.site.sources.par_iter().zip(&whole.index.quoted);
    sources
        .map(|(source, quoted)| {
            let mut hasher = digester();
            for quoted in quoted {
                let claim = &whole.site.claims[quoted.claim].identity;
                let proven = whole.links.claims[quoted.claim].quotations[quoted.quotation].as_ref();
                let spans = proven.map(|proven| &proven.verified);
                (quoted.passage, &*claim.id, claim.lang.tag(), quoted.quotation, spans).hash(&mut hasher);
            }
            Note {
                key: digest(("quoted", &*source.id)),
                value: hasher.finish(),
            }
        })
        .collect()
}

/// For each source the quotations of it by other documents, with the words.
fn quoted_in(whole: Whole<'_>) -> Vec<Note> {
    let sources = whole.site.sources.iter().zip(&whole.index.quoted_in);
    sources
        .map(|(source, quoted)| {
            let mut hasher = digester();
            for quoted in quoted {
                let document = whole.site.identity(quoted.kind, quoted.document);
                let proven = &whole.links.of(quoted.kind)[quoted.document].quotations[quoted.quotation];
                let spans = proven.as_ref().map(|proven| &proven.verified);
                (quoted.kind, &*document.id, document.lang.tag(), quoted.quotation, spans).hash(&mut hasher);
            }
            Note {
                key: digest(("quoted in", &*source.id)),
                value: hasher.finish(),
            }
        })
        .collect()
}

fn translations(whole: Whole<'_>) -> Vec<Note> {
    let sources = &whole.site.sources;
    let ids = |translations: &Vec<usize>| {
        translations
            .iter()
            .map(|at| digest(&*sources[*at].id))
            .collect::<Vec<_>>()
    };
    let each = sources.iter().zip(&whole.index.translations);
    each.map(|(source, translations)| Note {
        key: digest(("translations", &*source.id)),
        value: digest(ids(translations)),
    })
    .collect()
}

fn uses(whole: Whole<'_>) -> Vec<Note> {
    let terms = whole.site.terms.iter().zip(&whole.index.uses);
    terms
        .map(|(term, uses)| Note {
            key: digest(("uses", &*term.identity.id, term.identity.lang.tag())),
            value: digest(uses),
        })
        .collect()
}

/// For each claim those before and after it in the list of all.
fn neighbours(whole: Whole<'_>) -> Vec<Note> {
    let claims = &whole.site.claims;
    let names =
        |at: usize| neighbours_of(whole, at).map(|beside| beside.map(|beside| Arc::clone(&claims[beside].identity.id)));
    let identities = claims.par_iter().map(|claim| &claim.identity).enumerate();
    identities
        .map(|(at, identity)| Note {
            key: digest(("neighbours", &*identity.id, identity.lang.tag())),
            value: digest(names(at)),
        })
        .collect()
}

/// The claims of the same language before and after one, in order of id.
pub(super) fn neighbours_of(whole: Whole<'_>, at: usize) -> [Option<usize>; 2] {
    let claims = &whole.site.claims;
    let lang = &claims[at].identity.lang;
    let before = claims[..at].iter().rposition(|claim| claim.identity.lang == *lang);
    let after = claims[at + 1..].iter().position(|claim| claim.identity.lang == *lang);
    [before, after.map(|after| at + 1 + after)]
}

fn entities(whole: Whole<'_>) -> BTreeMap<String, Note> {
    let id = |identity: &Identity| digest((&*identity.id, identity.lang.tag()));
    let entities = whole.index.entities.iter();
    entities
        .map(|(slug, concerning)| {
            let claims: Vec<u64> = concerning
                .claims
                .iter()
                .map(|at| id(&whole.site.claims[*at].identity))
                .collect();
            let events: Vec<u64> = concerning
                .events
                .iter()
                .map(|at| id(&whole.site.events[*at].identity))
                .collect();
            let note = Note {
                key: digest(("entity", slug)),
                value: digest((&concerning.name, claims, events)),
            };
            (slug.clone(), note)
        })
        .collect()
}

/// Which documents there are in which language.
fn existences(whole: Whole<'_>) -> Vec<(u64, u64)> {
    fn of<T: Kept + 'static>(whole: Whole<'_>) -> impl Iterator<Item = (u64, u64)> {
        let identities = T::entries(whole.site).iter().map(|entry| &entry.identity);
        identities.map(|identity| (existence_key(identity.kind, &identity.id, &identity.lang), 1))
    }
    let sources = whole.site.sources.iter().flat_map(|source| {
        let languages = whole.site.config.languages.iter();
        let here = languages.filter(|lang| whole.site.has(Kind::Source, &source.id, lang));
        here.map(|lang| (existence_key(Kind::Source, &source.id, lang), 1))
    });
    sources
        .chain(of::<Claim>(whole))
        .chain(of::<Term>(whole))
        .chain(of::<Event>(whole))
        .chain(of::<Page>(whole))
        .collect()
}

/// The pages of the lists of each language, and what they can be filtered by.
fn lists(whole: Whole<'_>) -> Vec<(u64, u64)> {
    let site = whole.site;
    let mut notes = Vec::new();
    for (lang, facets) in &whole.index.facets {
        notes.push((facets_key(lang), digest(facets)));
        for (at, page) in facets.entities.chunks(PER_PAGE).enumerate() {
            let value = digest((facets.entities.len(), page));
            notes.push((list_key("entities", lang, at + 1), value));
        }
    }
    for (lang, order) in &whole.index.orders {
        let mut add = |list: &str, ids: Vec<(&str, usize)>| {
            for (at, page) in ids.chunks(PER_PAGE).enumerate() {
                notes.push((list_key(list, lang, at + 1), digest((ids.len(), page))));
            }
        };
        add(
            "claims",
            order
                .claims
                .iter()
                .map(|at| (&*site.claims[*at].identity.id, 0))
                .collect(),
        );
        add(
            "terms",
            order
                .terms
                .iter()
                .map(|at| (&*site.terms[*at].identity.id, 0))
                .collect(),
        );
        add(
            "sources",
            order.sources.iter().map(|at| (&*site.sources[*at].id, 0)).collect(),
        );
        let corrections = order.corrections.iter();
        add(
            "corrections",
            corrections
                .map(|(claim, at)| (&*site.claims[*claim].identity.id, *at))
                .collect(),
        );
    }
    notes
}

/// The events of each language with their years.
fn timelines(whole: Whole<'_>) -> Vec<(u64, u64)> {
    let events = &whole.site.events;
    let event = |at: &usize| {
        let year = events[*at].front.date.map(|date| date.year());
        (&*events[*at].identity.id, year)
    };
    let orders = whole.index.orders.iter();
    orders
        .map(|(lang, order)| {
            (
                list_key("events", lang, 0),
                digest(order.events.iter().map(event).collect::<Vec<_>>()),
            )
        })
        .collect()
}
