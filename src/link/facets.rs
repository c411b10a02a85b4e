//! What the lists of a language can be filtered by, with counts.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Concerning, Order};
use crate::date::Date;
use crate::lang::Lang;
use crate::site::Site;

/// How many sources or entities a page offers to filter by. The others come with the list's index, which is fetched when a filter is used: so the
/// pages of a long list do not all grow with the number of entities.
const OFFERED: usize = 100;

/// A person or an organization, and how much concerns it in a language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EntityCount {
    /// What its page is called by.
    pub slug: String,
    /// Its name as first written.
    pub name: String,
    /// How many claims concern it.
    pub claims: usize,
    /// How many events do.
    pub events: usize,
}

/// Counts of what the claims and events of a language have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Facets {
    /// How many claims there are.
    pub claims: usize,
    /// How many claims have each verdict of the scale, by its id.
    pub verdicts: BTreeMap<String, usize>,
    /// How many claims a source states, in order of its id.
    pub sources: Vec<(Arc<str>, usize)>,
    /// Entities that something concerns, in order of slug.
    pub entities: Vec<EntityCount>,
    /// The sources that a page offers: indices in `sources`.
    pub offered_sources: Vec<usize>,
    /// The entities that a page of claims offers: indices in `entities`.
    pub offered_to_claims: Vec<usize>,
    /// The entities that the timeline offers: indices in `entities`.
    pub offered_to_events: Vec<usize>,
    /// How many events there are.
    pub events: usize,
    /// The first and the last year of which it is known that something happened in it.
    pub years: Option<(u16, u16)>,
}

impl Facets {
    /// Counts for a language. `stated_by` has for each claim the index of the source that states it.
    pub fn new(
        site: &Site,
        lang: &Lang,
        order: &Order,
        stated_by: &[Option<usize>],
        entities: &BTreeMap<String, Concerning>,
    ) -> Self {
        let mut facets = Self {
            claims: order.claims.len(),
            events: order.events.len(),
            ..Self::default()
        };
        let mut stated = vec![0; site.sources.len()];
        for at in &order.claims {
            if let Some(source) = stated_by[*at] {
                stated[source] += 1;
            }
        }
        let sources = site.sources.iter().map(|source| Arc::clone(&source.id)).zip(stated);
        facets.sources = sources.filter(|(_, count)| *count > 0).collect();
        facets.sources.sort_unstable();
        for verdict in &site.config.verdicts {
            let has = |at: &&usize| site.claims[**at].front.verdict.as_ref() == Some(&verdict.id);
            let count = order.claims.iter().filter(has).count();
            facets.verdicts.insert(verdict.id.clone(), count);
        }
        for date in order.events.iter().filter_map(|at| site.events[*at].front.date) {
            for year in [years(&date).0, years(&date).1].into_iter().flatten() {
                let (first, last) = facets.years.unwrap_or((year, year));
                facets.years = Some((first.min(year), last.max(year)));
            }
        }
        for (slug, concerning) in entities {
            let claims = concerning.claims.iter();
            let events = concerning.events.iter();
            let count = EntityCount {
                slug: slug.clone(),
                name: concerning.name.clone(),
                claims: claims.filter(|at| site.claims[**at].identity.lang == *lang).count(),
                events: events.filter(|at| site.events[**at].identity.lang == *lang).count(),
            };
            if count.claims + count.events > 0 {
                facets.entities.push(count);
            }
        }
        facets.offered_sources = most(facets.sources.iter().map(|(_, count)| *count));
        facets.offered_to_claims = most(facets.entities.iter().map(|entity| entity.claims));
        facets.offered_to_events = most(facets.entities.iter().map(|entity| entity.events));
        facets
    }
}

/// The indices of the highest counts above 0, in order; of equal ones the first.
fn most(counts: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut all: Vec<(Reverse<usize>, usize)> = counts.enumerate().map(|(at, count)| (Reverse(count), at)).collect();
    all.retain(|(count, _)| count.0 > 0);
    if all.len() > OFFERED {
        all.select_nth_unstable(OFFERED);
        all.truncate(OFFERED);
    }
    let mut indices: Vec<usize> = all.into_iter().map(|(_, at)| at).collect();
    indices.sort_unstable();
    indices
}

/// The first and the last year of a date; `None` where that end is open or unknown.
pub fn years(date: &Date) -> (Option<u16>, Option<u16>) {
    let (from, to) = match date {
        Date::Point(point) => (Some(*point), Some(*point)),
        Date::Interval(from, to) => (from.point(), to.point()),
    };
    (from.map(|point| point.years().0), to.map(|point| point.years().1))
}
