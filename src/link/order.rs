//! The order in which lists show documents, made once for each language.

use std::cmp::Reverse;

use crate::document::Kind;
use crate::lang::{Alphabet, Lang};
use crate::site::Site;

/// Documents of one language in the order of their lists; indices of the lists of [`Site`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Order {
    /// Claims: the latest worked on first, then by id.
    pub claims: Vec<usize>,
    /// Sources in order of id: those that readers of the language see.
    pub sources: Vec<usize>,
    /// Terms in alphabetical order, figures and signs after letters.
    pub terms: Vec<usize>,
    /// Events by date, then by id.
    pub events: Vec<usize>,
    /// Corrections, newest first: the claim, and the index in its list.
    pub corrections: Vec<(usize, usize)>,
}

impl Order {
    /// Puts the documents of a language in order.
    pub fn new(site: &Site, lang: &Lang) -> Self {
        let mut claims = of_lang(&site.claims, lang);
        claims.sort_by_cached_key(|at| Reverse(site.claims[*at].front.last_work()));
        let has = |at: &usize| site.has(Kind::Source, &site.sources[*at].id, lang);
        let sources = (0..site.sources.len()).filter(has).collect();
        let mut terms = of_lang(&site.terms, lang);
        let alphabet = Alphabet::of(lang);
        let name = |at: &usize| (site.terms[*at].front.name(), &site.terms[*at].identity.id);
        terms.sort_by(|one, other| {
            let ((one, one_id), (other, other_id)) = (name(one), name(other));
            alphabet.compare(one, other).then_with(|| one_id.cmp(other_id))
        });
        let mut events = of_lang(&site.events, lang);
        events.sort_by_cached_key(|at| (site.events[*at].front.date.map(|date| date.sort_key()), *at));
        let of_claim = |at: usize| (0..site.claims[at].front.corrections.len()).map(move |correction| (at, correction));
        let mut corrections: Vec<(usize, usize)> = of_lang(&site.claims, lang).into_iter().flat_map(of_claim).collect();
        corrections.sort_by_key(|(claim, correction)| Reverse(site.claims[*claim].front.corrections[*correction].date));
        Self {
            claims,
            sources,
            terms,
            events,
            corrections,
        }
    }
}

fn of_lang<T>(entries: &[crate::site::Entry<T>], lang: &Lang) -> Vec<usize> {
    (0..entries.len())
        .filter(|at| entries[*at].identity.lang == *lang)
        .collect()
}
