//! How pages read the site: each read is noted with a digest of what was read, so that a page need be made again only where a note no longer holds
//! (verifying traces: Mokhov, Mitchell, Peyton Jones, "Build systems à la carte", 2018, §4.2.2).
//!
//! Views have no other way to the site, so none can read something and forget to note it. What is the same for all pages is not noted: the settings,
//! the templates with their words, the menu. Where that changes, every page is made again.

mod changes;
mod kept;
mod key;
mod ledger;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::claim::Claim;
use crate::config::Config;
use crate::document::{Identity, Kind};
use crate::hash::digest;
use crate::lang::Lang;
use crate::link::{Concerning, EntityCount, Facets, Index, Links, QuotedBy, Translation, Use};
use crate::page::Page;
use crate::plan::{self, PER_PAGE, Plan};
use crate::site::{Site, Source};
use crate::verify::Verified;

pub use changes::Changes;
pub use kept::{Document, Kept};
use key::{ABSENT, EVERYTHING, document_key, existence_key, facets_key, list_key, source_key};
use ledger::neighbours_of;
pub use ledger::{Ledger, Note};

/// A site with its links and addresses.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its links.
    pub links: &'a Links,
    /// Its links turned round.
    pub index: &'a Index,
    /// Its addresses.
    pub plan: &'a Plan,
}

/// What a page has read.
#[derive(Debug)]
pub struct Notes<'a> {
    ledger: &'a Ledger,
    notes: Mutex<Vec<Note>>,
    /// Whether the whole site was read: nothing more need be noted then.
    everything: AtomicBool,
}

impl<'a> Notes<'a> {
    /// Begins to note reads of the site that the ledger digests.
    pub fn new(ledger: &'a Ledger) -> Self {
        Self {
            ledger,
            notes: Mutex::default(),
            everything: AtomicBool::new(false),
        }
    }

    /// What was read, each once, in order.
    pub fn finish(self) -> Vec<Note> {
        if self.everything.into_inner() {
            return vec![Note {
                key: EVERYTHING,
                value: self.ledger.everything,
            }];
        }
        let mut notes = self.notes.into_inner().unwrap_or_else(PoisonError::into_inner);
        notes.sort_unstable();
        notes.dedup();
        notes.shrink_to_fit();
        notes
    }

    fn push(&self, note: impl FnOnce(&Ledger) -> Note) {
        if self.everything.load(Ordering::Relaxed) {
            return;
        }
        let note = note(self.ledger);
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
    }
}

/// Reads a site, and notes what it reads where someone asks for that.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    whole: Whole<'a>,
    notes: Option<&'a Notes<'a>>,
}

impl<'a> Reader<'a> {
    /// A reader of a site.
    pub fn new(whole: Whole<'a>, notes: Option<&'a Notes<'a>>) -> Self {
        Self { whole, notes }
    }

    fn note(&self, note: impl FnOnce(&Ledger) -> Note) {
        if let Some(notes) = self.notes {
            notes.push(note);
        }
    }

    fn note_key(&self, key: impl FnOnce() -> u64) {
        self.note(|ledger| {
            let key = key();
            Note {
                key,
                value: ledger.value(key),
            }
        });
    }

    /// The settings, which are the same for all pages.
    pub fn config(&self) -> &'a Config {
        &self.whole.site.config
    }

    /// The whole site. A page that reads it is made again at every change.
    pub fn everything(&self) -> Whole<'a> {
        if let Some(notes) = self.notes {
            notes.everything.store(true, Ordering::Relaxed);
        }
        self.whole
    }

    /// The document at an index of its list.
    pub fn document<T: Kept>(&self, at: usize) -> Document<'a, T> {
        self.note(|ledger| T::notes(ledger)[at]);
        Document {
            entry: &T::entries(self.whole.site)[at],
            linked: &T::linked(self.whole.links)[at],
        }
    }

    /// The language of a claim. It never changes, and lists of claims are noted with it, so it is no read of the claim.
    pub fn claim_lang(&self, at: usize) -> &'a Lang {
        &self.whole.site.claims[at].identity.lang
    }

    /// The claim at an index of [`Site::claims`].
    pub fn claim(&self, at: usize) -> Document<'a, Claim> {
        self.document(at)
    }

    /// The index of the document with this id and language.
    pub fn find_index<T: Kept>(&self, id: &str, lang: &Lang) -> Option<usize> {
        let found = T::entries(self.whole.site).find_index(id, lang);
        if found.is_none() {
            self.note(|_| Note {
                key: document_key(T::KIND, id, lang),
                value: ABSENT,
            });
        }
        found
    }

    /// The document with this id and language.
    pub fn find<T: Kept>(&self, id: &str, lang: &Lang) -> Option<Document<'a, T>> {
        self.find_index::<T>(id, lang).map(|at| self.document(at))
    }

    /// The home page's own text in a language.
    pub fn home(&self, lang: &Lang) -> Option<Document<'a, Page>> {
        let at = self.whole.site.home.find_index("index", lang);
        match at {
            Some(at) => self.note(|ledger| ledger.home[at]),
            None => self.note(|_| Note {
                key: document_key(Kind::Home, "index", lang),
                value: ABSENT,
            }),
        }
        at.map(|at| Document {
            entry: &self.whole.site.home[at],
            linked: &self.whole.links.home[at],
        })
    }

    /// The source at an index of [`Site::sources`].
    pub fn source(&self, at: usize) -> &'a Source {
        self.note(|ledger| ledger.sources[at]);
        &self.whole.site.sources[at]
    }

    /// The index of the source with this id.
    pub fn source_index(&self, id: &str) -> Option<usize> {
        let found = self.whole.site.source(id);
        if found.is_none() {
            self.note(|_| Note {
                key: source_key(id),
                value: ABSENT,
            });
        }
        found
    }

    /// The indices of the sources that are translations of another.
    pub fn translations(&self, source: usize) -> &'a [usize] {
        self.note(|ledger| ledger.translations[source]);
        &self.whole.index.translations[source]
    }

    /// A source held beside the original that it translates; `None` where it translates nothing. All of it follows from the two texts and
    /// the translation's record.
    pub fn translation(&self, source: usize) -> Option<&'a Translation> {
        self.note(|ledger| ledger.sources[source]);
        let translation = self.whole.links.translations.get(&source)?;
        self.note(|ledger| ledger.sources[translation.original]);
        Some(translation)
    }

    /// The index of the source that states a claim.
    pub fn stated_by(&self, claim: usize) -> Option<usize> {
        self.note(|ledger| ledger.claims[claim]);
        self.whole.index.stated_by[claim]
    }

    /// The ids of the terms that a claim uses.
    pub fn terms_of_claim(&self, claim: usize) -> &'a [Arc<str>] {
        self.note(|ledger| ledger.claims[claim]);
        &self.whole.index.terms_of_claims[claim]
    }

    /// The indices of the events that name a claim.
    pub fn events_of_claim(&self, claim: usize) -> &'a [usize] {
        self.note(|ledger| ledger.claims[claim]);
        &self.whole.index.events_of_claims[claim]
    }

    /// The indices of the claims of the same language before and after one, in order of id.
    pub fn neighbours(&self, claim: usize) -> [Option<usize>; 2] {
        self.note(|ledger| ledger.neighbours[claim]);
        neighbours_of(self.whole, claim)
    }

    /// The quotations of claims from a source, in order of passage.
    pub fn quoted(&self, source: usize) -> &'a [QuotedBy] {
        self.note(|ledger| ledger.quoted[source]);
        &self.whole.index.quoted[source]
    }

    /// What is quoted there: the references of the claim, without the claim itself.
    pub fn proven(&self, quoted: &QuotedBy) -> Option<&'a crate::link::Proven> {
        self.whole.links.claims[quoted.claim].quotations[quoted.quotation].as_ref()
    }

    /// The quotations of a source by documents that are no claims: the document, the quotation's index in its body, and the proof. The documents
    /// themselves are not read by it.
    pub fn quoted_in(&self, source: usize) -> impl Iterator<Item = (&'a Identity, usize, &'a Verified)> + use<'a> {
        self.note(|ledger| ledger.quoted_in[source]);
        let Whole { site, links, index, .. } = self.whole;
        index.quoted_in[source].iter().filter_map(move |quoted| {
            let proven = links.of(quoted.kind)[quoted.document].quotations[quoted.quotation].as_ref()?;
            let document = site.identity(quoted.kind, quoted.document);
            Some((document, quoted.quotation, &proven.verified))
        })
    }

    /// The pages that use a term.
    pub fn uses(&self, term: usize) -> &'a [Use] {
        self.note(|ledger| ledger.uses[term]);
        &self.whole.index.uses[term]
    }

    /// What concerns an entity.
    pub fn entity(&self, slug: &str) -> Option<&'a Concerning> {
        self.note_key(|| digest(("entity", slug)));
        self.whole.index.entities.get(slug)
    }

    /// What the lists of a language can be filtered by.
    pub fn facets(&self, lang: &Lang) -> &'a Facets {
        self.note_key(|| facets_key(lang));
        &self.whole.index.facets[lang]
    }

    /// A page of the list of entities, and how many the whole list has.
    pub fn entities_page(&self, lang: &Lang, page: usize) -> (&'a [EntityCount], usize) {
        self.note_key(|| list_key("entities", lang, page));
        page_of(&self.whole.index.facets[lang].entities, page)
    }

    /// A page of the list of claims: their indices, and how many the whole list has.
    pub fn claims_page(&self, lang: &Lang, page: usize) -> (&'a [usize], usize) {
        self.note_key(|| list_key("claims", lang, page));
        page_of(&self.whole.index.orders[lang].claims, page)
    }

    /// A page of the glossary: indices of terms, and how many the whole list has.
    pub fn terms_page(&self, lang: &Lang, page: usize) -> (&'a [usize], usize) {
        self.note_key(|| list_key("terms", lang, page));
        page_of(&self.whole.index.orders[lang].terms, page)
    }

    /// A page of the list of sources: their indices, and how many the whole list has.
    pub fn sources_page(&self, lang: &Lang, page: usize) -> (&'a [usize], usize) {
        self.note_key(|| list_key("sources", lang, page));
        page_of(&self.whole.index.orders[lang].sources, page)
    }

    /// The events of a language in order of date, each with its year; 0 for one without a date, which has been reported.
    pub fn events(&self, lang: &Lang) -> Vec<(usize, u16)> {
        self.note_key(|| list_key("events", lang, 0));
        let site = self.whole.site;
        let year = |at: usize| site.events[at].front.date.map_or(0, |date| date.year());
        let events = self.whole.index.orders[lang].events.iter();
        events.map(|at| (*at, year(*at))).collect()
    }

    /// The years of a timeline that is too long for one page; none of one that is not.
    pub fn years_with_pages(&self, lang: &Lang) -> BTreeSet<u16> {
        self.note_key(|| list_key("events", lang, 0));
        plan::years_with_pages(self.whole.site, lang)
    }

    /// A page of the list of corrections: claims with the index of the correction, and how many the whole list has.
    pub fn corrections_page(&self, lang: &Lang, page: usize) -> (&'a [(usize, usize)], usize) {
        self.note_key(|| list_key("corrections", lang, page));
        page_of(&self.whole.index.orders[lang].corrections, page)
    }

    /// The language in which a reader of `lang` gets a document: that one, or the default.
    pub fn lang_of<'b>(&self, kind: Kind, id: &str, lang: &'b Lang) -> &'b Lang
    where
        'a: 'b,
    {
        if kind != Kind::Home {
            self.note_key(|| existence_key(kind, id, lang));
        }
        self.whole.site.lang_of(kind, id, lang)
    }
}

/// The entries of the n-th page of a list, and how many the list has.
fn page_of<T>(list: &[T], page: usize) -> (&[T], usize) {
    let from = plan::offset(page).min(list.len());
    let to = (from + PER_PAGE).min(list.len());
    (&list[from..to], list.len())
}
