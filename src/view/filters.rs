//! What a list can be filtered by: a form that is in the page, and works where scripts do.

use serde::Serialize;

use super::{Here, Viewer};
use crate::lang::Lang;
use crate::link::{EntityCount, Facets};
use crate::plan;

/// How many sources or entities a page offers by itself. The others come with the list's index, which is fetched when a filter is used: so the pages
/// of a long list do not all grow with the number of entities.
const OFFERED: usize = 100;

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
        FiltersView {
            verdicts: self.verdict_options(facets, here.lang),
            sources: most(self.source_options(facets, here.lang)),
            entities: most(entity_options(facets, |entity| entity.claims)),
            ..self.filters(here, "claims", facets.claims)
        }
    }

    /// The filters of the timeline.
    pub(super) fn event_filters(&self, here: Here<'_>) -> FiltersView {
        let facets = self.read.facets(here.lang);
        FiltersView {
            entities: most(entity_options(facets, |entity| entity.events)),
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
        let scale = self.read.config().verdicts.iter();
        let counted = scale.filter_map(|verdict| Some((verdict, *facets.verdicts.get(&verdict.id)?)));
        let option = |(verdict, count): (&crate::config::Verdict, usize)| {
            let title = self.verdict(&verdict.id, lang)?.label;
            Some(FilterOption::new(&verdict.id, title, count))
        };
        counted.filter_map(option).collect()
    }

    /// The sources that state claims of a language, by name.
    pub fn source_options(&self, facets: &Facets, lang: &Lang) -> Vec<FilterOption> {
        let option = |(id, count): (&std::sync::Arc<str>, &usize)| {
            let title = self.source_link(self.read.source_index(id)?, lang).title;
            Some(FilterOption::new(id, title, *count))
        };
        let mut options: Vec<FilterOption> = facets.sources.iter().filter_map(option).collect();
        options.sort_by_cached_key(FilterOption::alphabetical);
        options
    }
}

/// The entities that something concerns, by name; `count` says how much.
pub fn entity_options(facets: &Facets, count: fn(&EntityCount) -> usize) -> Vec<FilterOption> {
    let entities = facets.entities.iter().filter(|entity| count(entity) > 0);
    entities
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

    fn alphabetical(&self) -> (String, String) {
        (crate::text::slug(&self.title), self.id.clone())
    }
}

/// Those with the highest counts, in the order they had.
fn most(mut options: Vec<FilterOption>) -> Vec<FilterOption> {
    if options.len() > OFFERED {
        let mut counts: Vec<_> = options
            .iter()
            .map(|option| (std::cmp::Reverse(option.count), option.id.clone()))
            .collect();
        counts.sort_unstable();
        let last = counts.swap_remove(OFFERED - 1);
        options.retain(|option| (std::cmp::Reverse(option.count), &option.id) <= (last.0, &last.1));
    }
    options
}
