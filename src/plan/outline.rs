//! What the addresses of a site depend on, as one value: where it is the same, so are they.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{PER_PAGE, years_with_pages};
use crate::config;
use crate::document::Identity;
use crate::lang::Lang;
use crate::link::{Index, Linked, Links, Target};
use crate::site::{Entry, Site};
use crate::tree::{Digest, Tree};

/// All that is planned from. The settings are held by their digest.
#[derive(Debug, Hash)]
pub(super) struct Outline<'a> {
    settings: Option<Digest>,
    pub(super) languages: Vec<Language<'a>>,
    /// The claims that had other addresses: which, and the addresses as they are written.
    pub(super) moved: Vec<(Document<'a>, &'a [String])>,
    /// Files beside the content that pages refer to.
    pub(super) assets: BTreeSet<&'a Arc<str>>,
}

/// What there is in one language.
#[derive(Debug, Hash)]
pub(super) struct Language<'a> {
    pub(super) lang: &'a Lang,
    pub(super) claims: Vec<Document<'a>>,
    pub(super) terms: Vec<Document<'a>>,
    pub(super) pages: Vec<Document<'a>>,
    /// Sources that readers of the language see; their path is that of the record, where there is one.
    pub(super) sources: Vec<Document<'a>>,
    /// Those of them that are held beside an original.
    pub(super) translations: Vec<Document<'a>>,
    pub(super) corrections: usize,
    /// The years of a timeline that is too long for one page.
    pub(super) years: BTreeSet<u16>,
    /// Slugs of entities, with the number of pages that each takes.
    pub(super) entities: Vec<(&'a str, usize)>,
}

/// A document that has pages.
#[derive(Debug, Clone, Copy, Hash)]
pub(super) struct Document<'a> {
    pub(super) id: &'a str,
    pub(super) lang: &'a Lang,
    /// The content file.
    pub(super) path: Option<&'a Arc<str>>,
    /// Its index in the list of its kind.
    pub(super) at: usize,
    /// How many pages it takes.
    pub(super) pages: usize,
}

impl<'a> Outline<'a> {
    pub(super) fn new(site: &'a Site, links: &'a Links, index: &'a Index, tree: &Tree) -> Self {
        let languages = site.config.languages.iter();
        let claims = site.claims.iter().enumerate();
        let moved = claims.filter(|(_, entry)| !entry.front.aliases.is_empty());
        Self {
            settings: tree.get(config::FILE).map(|file| file.digest),
            languages: languages.map(|lang| Language::new(site, links, index, lang)).collect(),
            moved: moved
                .map(|(at, entry)| (document(&entry.identity, at, 1), &*entry.front.aliases))
                .collect(),
            assets: links.all().flat_map(assets_of).collect(),
        }
    }
}

impl<'a> Language<'a> {
    fn new(site: &'a Site, links: &'a Links, index: &'a Index, lang: &'a Lang) -> Self {
        let shown = &index.orders[lang].sources;
        let source = |at: &usize| {
            let id = &*site.sources[*at].id;
            let record = site.records.find(id, &site.config.lang);
            Document {
                id,
                lang,
                path: record.map(|entry| &entry.identity.path),
                at: *at,
                pages: 1,
            }
        };
        let translations = shown.iter().filter(|at| links.translations.contains_key(at));
        let of_lang = site.claims.iter().filter(|entry| entry.identity.lang == *lang);
        let pages_of = |entries: usize| entries.div_ceil(PER_PAGE);
        let entities = index.facets[lang].entities.iter();
        Self {
            lang,
            claims: documents(&site.claims, lang, |_| 1),
            terms: documents(&site.terms, lang, |at| pages_of(index.uses[at].len()).max(1)),
            pages: documents(&site.pages, lang, |_| 1),
            sources: shown.iter().map(source).collect(),
            translations: translations.map(source).collect(),
            corrections: of_lang.map(|claim| claim.front.corrections.len()).sum(),
            years: years_with_pages(site, lang),
            entities: entities
                .map(|entity| (&*entity.slug, pages_of(entity.claims + entity.events)))
                .collect(),
        }
    }
}

fn documents<'a, T>(entries: &'a [Entry<T>], lang: &Lang, pages: impl Fn(usize) -> usize) -> Vec<Document<'a>> {
    let own = entries.iter().enumerate();
    own.filter(|(_, entry)| entry.identity.lang == *lang)
        .map(|(at, entry)| document(&entry.identity, at, pages(at)))
        .collect()
}

fn document(identity: &Identity, at: usize, pages: usize) -> Document<'_> {
    Document {
        id: &identity.id,
        lang: &identity.lang,
        path: Some(&identity.path),
        at,
        pages,
    }
}

fn assets_of(linked: &Linked) -> impl Iterator<Item = &Arc<str>> {
    linked.links.iter().flatten().filter_map(|target| match target {
        Target::Asset(path) => Some(path),
        _ => None,
    })
}
