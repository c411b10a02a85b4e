//! The whole site as one value: every document read, translations paired, ids resolved. It does not change once it is made.

mod anchors;
mod entries;
mod gather;
mod lost;
mod memo;
mod pair;
mod seeds;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::checkable::{Sentence, of_seed};
use crate::claim::Claim;
use crate::config::Config;
use crate::date::Point;
use crate::document::{Identity, Kind};
use crate::event::Event;
use crate::hash::Set;
use crate::lang::Lang;
use crate::markdown::Body;
use crate::page::Page;
use crate::source::{Record, Seed};
use crate::term::Term;
use crate::text::is_id;
use crate::tree::Digest;

pub(crate) use anchors::anchors;
pub use entries::Entries;
pub use gather::gather;
pub use memo::Memo;

/// What a build depends on beside the files.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Stands in for `base_url` of kezako.yaml.
    pub base_url: Option<String>,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// The day of the build; only reports depend on it.
    pub today: Option<Point>,
    /// The day that the printed glossary names; `None` for the newest on which evidence of its entries was read.
    pub edition_day: Option<Point>,
}

/// A document in one language.
#[derive(Debug, Clone)]
pub struct Entry<T> {
    /// Which document it is.
    pub identity: Identity,
    /// Its front matter; a translation's is filled up from its original.
    pub front: Arc<T>,
    /// Its body.
    pub body: Arc<Body>,
    /// Whether its front matter could not be read. What is missing in a broken one has been reported already.
    pub broken: bool,
    /// Whether the role of a quotation was reported, so that nobody knows what it bears.
    pub doubtful: bool,
    /// The keys that a translation restates without a value: `entities: []`.
    pub blank: Arc<[String]>,
    /// BLAKE3 of its file; a translation's covers its original's file too.
    pub digest: Digest,
}

/// A source: a seed and the records that editors made of it, by language.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id.
    pub id: Arc<str>,
    /// Its text; `None` where it is missing, which has been reported.
    pub seed: Option<Arc<Seed>>,
    /// The facts of its record in the default language; for a seed without record, what could be guessed.
    pub record: Arc<Record>,
    /// Whether an editor made a record.
    pub recorded: bool,
    /// The digest of its record; zeros where there is none.
    pub digest: Digest,
    /// Its sentences, judged when they are first asked for, and kept as long as the text and its language are the same.
    sentences: Arc<OnceLock<Vec<Sentence>>>,
}

impl Source {
    /// The sentences of the article proper, with what can be checked in each.
    pub fn sentences(&self) -> &[Sentence] {
        let judge = || {
            self.seed
                .as_deref()
                .map_or_else(Vec::new, |seed| of_seed(seed, &self.lang()))
        };
        self.sentences.get_or_init(judge)
    }

    /// The language of its text.
    pub fn lang(&self) -> Lang {
        self.record.lang.clone().unwrap_or_else(|| Lang::new("und"))
    }

    /// What it is called where there is no room for more: its publisher, else its title, else its id.
    pub fn short_name(&self) -> &str {
        self.record
            .publisher
            .as_deref()
            .or(self.record.title.as_deref())
            .unwrap_or(&self.id)
    }
}

/// The site's documents.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Whether the settings could be read. Without them nobody knows which languages the documents are in, nor by which scale they judge: what is said of
    /// them then means nothing.
    pub has_settings: bool,
    /// Settings.
    pub config: Config,
    /// Sources in order of id.
    pub sources: Vec<Source>,
    /// Records of sources.
    pub records: Entries<Record>,
    /// Claims.
    pub claims: Entries<Claim>,
    /// Glossary terms.
    pub terms: Entries<Term>,
    /// Events.
    pub events: Entries<Event>,
    /// Pages.
    pub pages: Entries<Page>,
    /// The home page.
    pub home: Entries<Page>,
    /// Paths below `content/` that are not documents.
    pub assets: BTreeSet<Arc<str>>,
    /// Ids of documents that could not be read or are drafts left out, so that naming them is no second fault.
    pub holes: BTreeSet<(Kind, Arc<str>)>,
    /// Kinds of documents whose folder could not be read, so that nobody knows which there are.
    pub lost_folders: BTreeSet<Kind>,
    /// Whether a content file could not be read, so that nobody knows what it cites.
    pub unread: bool,
}

/// All ids, each once, in order.
pub fn ids<T>(entries: &[Entry<T>]) -> impl Iterator<Item = &str> {
    let mut last = "";
    entries.iter().filter_map(move |entry| {
        let id: &str = &entry.identity.id;
        let fresh = id != last;
        last = id;
        fresh.then_some(id)
    })
}

impl Site {
    /// The index of a source.
    pub fn source(&self, id: &str) -> Option<usize> {
        self.sources.binary_search_by(|source| (*source.id).cmp(id)).ok()
    }

    /// Whether a document exists in a language.
    pub fn has(&self, kind: Kind, id: &str, lang: &Lang) -> bool {
        match kind {
            Kind::Home => true,
            Kind::Source => match self.source(id) {
                Some(at) => !self.sources[at].recorded || self.records.find_index(id, lang).is_some(),
                None => false,
            },
            Kind::Claim => self.claims.find_index(id, lang).is_some(),
            Kind::Term => self.terms.find_index(id, lang).is_some(),
            Kind::Event => self.events.find_index(id, lang).is_some(),
            Kind::Page => self.pages.find_index(id, lang).is_some(),
        }
    }

    /// Whether a document exists in any language, or would if it could be read.
    pub fn knows(&self, kind: Kind, id: &str) -> bool {
        let known = match kind {
            Kind::Home => true,
            Kind::Source => self.source(id).is_some(),
            Kind::Claim => self.claims.has_any(id),
            Kind::Term => self.terms.has_any(id),
            Kind::Event => self.events.has_any(id),
            Kind::Page => self.pages.has_any(id),
        };
        known || self.lost_folders.contains(&kind) || self.holes.contains(&(kind, id.into()))
    }

    /// The language in which a reader of `lang` gets a document: that one, or the default.
    pub fn lang_of<'a>(&'a self, kind: Kind, id: &str, lang: &'a Lang) -> &'a Lang {
        if self.has(kind, id, lang) {
            lang
        } else {
            &self.config.lang
        }
    }

    /// Which document stands at an index of the list of a kind.
    pub fn identity(&self, kind: Kind, at: usize) -> &Identity {
        match kind {
            Kind::Home => &self.home[at].identity,
            Kind::Source => &self.records[at].identity,
            Kind::Claim => &self.claims[at].identity,
            Kind::Term => &self.terms[at].identity,
            Kind::Event => &self.events[at].identity,
            Kind::Page => &self.pages[at].identity,
        }
    }

    /// The file of the document in a language, and its body, for its anchors.
    pub fn body(&self, kind: Kind, id: &str, lang: &Lang) -> Option<(&Arc<str>, &Body)> {
        fn of<T>(entry: &Entry<T>) -> (&Arc<str>, &Body) {
            (&entry.identity.path, &entry.body)
        }
        match kind {
            Kind::Home => self.home.find(id, lang).map(of),
            Kind::Source => self.records.find(id, lang).map(of),
            Kind::Claim => self.claims.find(id, lang).map(of),
            Kind::Term => self.terms.find(id, lang).map(of),
            Kind::Event => self.events.find(id, lang).map(of),
            Kind::Page => self.pages.find(id, lang).map(of),
        }
    }

    /// The bodies of all documents.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        fn of<T>(entries: &[Entry<T>]) -> impl Iterator<Item = &Body> {
            entries.iter().map(|entry| &*entry.body)
        }
        let pages = of(&self.pages).chain(of(&self.home));
        of(&self.records)
            .chain(of(&self.claims))
            .chain(of(&self.terms))
            .chain(of(&self.events))
            .chain(pages)
    }

    /// Ids of the sources whose text or record could not be read, which was reported.
    pub fn lost_sources(&self) -> BTreeSet<Arc<str>> {
        let lost = self.holes.iter().filter(|(kind, _)| *kind == Kind::Source);
        // A file in none of the folders may be of any kind; nobody says that it is a source.
        let is_stray = |id: &Arc<str>| {
            let mut kinds = Kind::FOLDERS.iter();
            kinds.all(|(_, kind)| self.holes.contains(&(*kind, Arc::clone(id))))
        };
        let without_text = self.sources.iter().filter(|source| source.seed.is_none());
        lost.map(|(_, id)| Arc::clone(id))
            .filter(|id| is_id(id) && !is_stray(id) && self.source(id).is_none())
            .chain(without_text.map(|source| Arc::clone(&source.id)))
            .collect()
    }

    /// All entities of claims and events: slug → name as first written, in order of slug.
    pub fn entities(&self) -> BTreeMap<String, String> {
        let of_claims = self.claims.iter().flat_map(|claim| &claim.front.entities);
        let of_events = self.events.iter().flat_map(|event| &event.front.entities);
        let mut entities = BTreeMap::new();
        let mut seen = Set::default();
        for name in of_claims.chain(of_events) {
            // An empty one was reported.
            if !name.is_empty() && seen.insert(name.as_str()) {
                entities.entry(crate::text::slug(name)).or_insert_with(|| name.clone());
            }
        }
        entities
    }
}
