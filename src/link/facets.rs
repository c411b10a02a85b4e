//! What the lists of a language can be filtered by, with counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Concerning, Order};
use crate::date::Date;
use crate::lang::Lang;
use crate::site::Site;

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
    /// How many claims have a verdict, by its id.
    pub verdicts: BTreeMap<String, usize>,
    /// How many claims a source states, by its id.
    pub sources: BTreeMap<Arc<str>, usize>,
    /// Entities that something concerns, in order of slug.
    pub entities: Vec<EntityCount>,
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
        for at in &order.claims {
            if let Some(verdict) = &site.claims[*at].front.verdict {
                *facets.verdicts.entry(verdict.clone()).or_default() += 1;
            }
            if let Some(source) = stated_by[*at] {
                let id = Arc::clone(&site.sources[source].id);
                *facets.sources.entry(id).or_default() += 1;
            }
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
        facets
    }
}

/// The first and the last year of a date; `None` where that end is open or unknown.
pub fn years(date: &Date) -> (Option<u16>, Option<u16>) {
    let (from, to) = match date {
        Date::Point(point) => (Some(*point), Some(*point)),
        Date::Interval(from, to) => (from.point(), to.point()),
    };
    (from.map(|point| point.years().0), to.map(|point| point.years().1))
}
