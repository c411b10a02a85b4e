//! What stands beside the pages and takes longer to make than they do: the search index, and the cards of claims.

use std::collections::BTreeMap;

use super::{Edition, Former};
use crate::diagnostic::Diagnostic;
use crate::plan;
use crate::render::{card, search};
use crate::view::Viewer;

impl Edition {
    /// The files of the search index by path; none where the site has no search. They take long to make, and their names say what is in them, so they
    /// are no [`outputs`](Self::outputs): they are made together when they are first asked for, or taken over from a site that says the same.
    pub fn search(&self, former: Former<'_>) -> Result<&BTreeMap<String, Vec<u8>>, Diagnostic> {
        let make = || {
            if !self.site.config.search {
                return Ok(BTreeMap::new());
            }
            search::files(&self.records(), former)
        };
        self.search.get_or_init(make).as_ref().map_err(Clone::clone)
    }

    /// A digest of all that the search index is made from; empty where the site has no search.
    pub fn search_origin(&self) -> String {
        match self.site.config.search {
            true => search::origin(&self.records()),
            false => String::new(),
        }
    }

    fn records(&self) -> search::Records<'_> {
        let viewer = self.viewer(None);
        let languages = self.site.config.languages.iter();
        languages.map(|lang| (lang, viewer.search_records(lang))).collect()
    }

    /// The claims that have a card, with the path of each.
    pub(super) fn cards<'a>(&'a self, viewer: &Viewer<'a>) -> impl Iterator<Item = (usize, String)> + use<'a> {
        let (viewer, config) = (*viewer, &self.site.config);
        let identities = self.site.claims.iter().map(|entry| &entry.identity);
        let have = identities
            .enumerate()
            .filter(move |(at, identity)| viewer.has_card(&identity.lang, *at));
        have.map(|(at, identity)| (at, plan::of_card(config, &identity.lang, &identity.id)))
    }

    /// The drawing of a claim's card.
    pub(super) fn drawing(&self, viewer: &Viewer<'_>, at: usize) -> Result<Vec<u8>, Diagnostic> {
        let lang = viewer.read.claim_lang(at);
        card::svg(&self.engines[lang], &viewer.card(lang, at))
    }
}
