//! What a list can be filtered by: a form that is in the page, and works where scripts do.

use std::sync::Arc;

use serde::Serialize;

use super::{Here, Viewer};
use crate::lang::{Alphabet, Lang};
use crate::link::{EntityCount, Facets};
use crate::plan;

/// The filters of a list.
#[derive(Debug, Clone, Serialize)]
pub struct FiltersView {
    /// Where the list begins.
    pub list: String,
    /// Path of the file that says of every entry of the list what it can be found by.
    pub index: String,
    /// How many entries the whole list has.
    pub total: usize,
    /// Verdicts in order of the scale, with the number of claims.
    pub verdicts: Vec<FilterOption>,
    /// Sources by name, with the number of claims that they state; of many only those with the most.
    pub sources: Vec<FilterOption>,
    /// People and organizations by name, with the number of entries; of many only those with the most.
    pub entities: Vec<FilterOption>,
    /// The first and the last year, where the list has dates.
    pub years: Option<YearsView>,
}

/// Something to filter by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FilterOption {
    /// What an address names it by: `?verdict=false`.
    pub id: String,
    /// What readers see.
    pub title: String,
    /// How many entries of the whole list have it.
    pub count: usize,
}

/// The first and the last year of a list.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct YearsView {
    /// The first.
    pub first: u16,
    /// The last.
    pub last: u16,
}

impl Viewer<'_> {
    /// The filters of the list of claims.
    pub(super) fn claim_filters(&self, here: Here<'_>) -> FiltersView {
        let facets = self.read.facets(here.lang);
        let sources = facets.offered_sources.iter().map(|at| &facets.sources[*at]);
        let entities = facets.offered_to_claims.iter().map(|at| &facets.entities[*at]);
        FiltersView {
            verdicts: self.verdict_options(facets, here.lang),
            sources: self.source_options(sources, here.lang),
            entities: entity_options(entities, |entity| entity.claims),
            ..self.filters(here, "claims", facets.claims)
        }
    }

    /// The filters of the timeline.
    pub(super) fn event_filters(&self, here: Here<'_>) -> FiltersView {
        let facets = self.read.facets(here.lang);
        let entities = facets.offered_to_events.iter().map(|at| &facets.entities[*at]);
        FiltersView {
            entities: entity_options(entities, |entity| entity.events),
            years: facets.years.map(|(first, last)| YearsView { first, last }),
            ..self.filters(here, "timeline", facets.events)
        }
    }

    fn filters(&self, here: Here<'_>, list: &str, total: usize) -> FiltersView {
        let list = plan::list(self.read.config(), here.lang, list);
        FiltersView {
            index: plan::index_of(&list),
            list,
            total,
            verdicts: Vec::new(),
            sources: Vec::new(),
            entities: Vec::new(),
            years: None,
        }
    }

    /// The verdicts that claims of a language have, in order of the scale.
    pub fn verdict_options(&self, facets: &Facets, lang: &Lang) -> Vec<FilterOption> {
        let option = |verdict: &crate::config::Verdict| {
            let count = *facets.verdicts.get(&verdict.id).filter(|count| **count > 0)?;
            let title = self.verdict(&verdict.id, lang)?.label;
            Some(FilterOption::new(&verdict.id, title, count))
        };
        self.read.config().verdicts.iter().filter_map(option).collect()
    }

    /// Sources with the number of claims that they state, by name.
    pub fn source_options<'s>(
        &self,
        sources: impl Iterator<Item = &'s (Arc<str>, usize)>,
        lang: &Lang,
    ) -> Vec<FilterOption> {
        let option = |(id, count): &(Arc<str>, usize)| {
            let title = self.source_link(self.read.source_index(id)?, lang).title;
            Some(FilterOption::new(id, title, *count))
        };
        let mut options: Vec<FilterOption> = sources.filter_map(option).collect();
        let alphabet = Alphabet::of(lang);
        options.sort_by(|one, other| {
            let by_title = alphabet.compare(&one.title, &other.title);
            by_title.then_with(|| one.id.cmp(&other.id))
        });
        options
    }
}

/// Entities that something concerns, in the order they come in, which is that of their names; `count` says how much.
pub fn entity_options<'e>(
    entities: impl Iterator<Item = &'e EntityCount>,
    count: fn(&EntityCount) -> usize,
) -> Vec<FilterOption> {
    entities
        .filter(|entity| count(entity) > 0)
        .map(|entity| FilterOption::new(&entity.slug, entity.name.clone(), count(entity)))
        .collect()
}

impl FilterOption {
    fn new(id: &str, title: String, count: usize) -> Self {
        Self {
            id: id.to_owned(),
            title,
            count,
        }
    }
}
