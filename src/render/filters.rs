//! What every entry of a list can be found by: `claims/index.json` and `timeline/index.json` of each language, for the script that filters them.
//!
//! A list has many pages, and a filter must go over all of them. An entry's place is its page and, in that page, its order here.

use serde::Serialize;

use crate::lang::{Lang, space};
use crate::link::{Order, years};
use crate::plan::{self, PER_PAGE};
use crate::text::slug;
use crate::view::{FilterOption, Viewer, entity_options};

#[derive(Serialize)]
struct File {
    version: u32,
    /// Paths of the list's pages.
    pages: Vec<String>,
    options: Options,
    entries: Vec<Entry>,
}

/// All there is to choose from; a page may offer less.
#[derive(Serialize)]
struct Options {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    verdict: Vec<FilterOption>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    source: Vec<FilterOption>,
    entity: Vec<FilterOption>,
}

#[derive(Default, Serialize)]
struct Entry {
    /// Index in `pages`.
    page: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    entity: Vec<String>,
    /// First and last year; left out where open or unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<u16>,
    /// Where words are looked for.
    text: String,
}

/// `claims/index.json`.
pub fn claims(viewer: &Viewer<'_>, lang: &Lang) -> Vec<u8> {
    let whole = viewer.read.everything();
    let facets = viewer.read.facets(lang);
    let Order { claims, .. } = &whole.index.orders[lang];
    let list = plan::list(viewer.read.config(), lang, "claims");
    let entry = |(place, at): (usize, &usize)| {
        let claim = &whole.site.claims[*at].front;
        let source = whole.index.stated_by[*at].map(|source| whole.site.sources[source].id.to_string());
        let text = [claim.text(), claim.summary.as_deref().unwrap_or_default()].map(|text| space(lang, text));
        Entry {
            page: place / PER_PAGE,
            verdict: claim.verdict.clone(),
            source,
            entity: slugs(&claim.entities),
            text: text.join(" "),
            ..Entry::default()
        }
    };
    file(&File {
        version: 1,
        pages: (1..=claims.len().div_ceil(PER_PAGE))
            .map(|page| plan::page_of(&list, page))
            .collect(),
        options: Options {
            verdict: viewer.verdict_options(facets, lang),
            source: viewer.source_options(facets.sources.iter(), lang),
            entity: entity_options(facets.entities.iter(), |entity| entity.claims),
        },
        entries: claims.iter().enumerate().map(entry).collect(),
    })
}

/// `timeline/index.json`.
pub fn events(viewer: &Viewer<'_>, lang: &Lang) -> Vec<u8> {
    let whole = viewer.read.everything();
    let facets = viewer.read.facets(lang);
    let Order { events, .. } = &whole.index.orders[lang];
    let list = plan::list(viewer.read.config(), lang, "timeline");
    let with_pages: Vec<u16> = plan::years_with_pages(whole.site, lang).into_iter().collect();
    let entry = |at: &usize| {
        let event = &whole.site.events[*at].front;
        let page = event.date.and_then(|date| with_pages.binary_search(&date.year()).ok());
        let (from, to) = event.date.as_ref().map_or((None, None), years);
        Entry {
            page: page.unwrap_or(0),
            entity: slugs(&event.entities),
            from,
            to,
            text: space(lang, event.name()).into_owned(),
            ..Entry::default()
        }
    };
    file(&File {
        version: 1,
        pages: match &with_pages[..] {
            [] => vec![list],
            years => years.iter().map(|year| format!("{list}{year}/")).collect(),
        },
        options: Options {
            verdict: Vec::new(),
            source: Vec::new(),
            entity: entity_options(facets.entities.iter(), |entity| entity.events),
        },
        entries: events.iter().map(entry).collect(),
    })
}

fn slugs(names: &[String]) -> Vec<String> {
    names.iter().map(|name| slug(name)).collect()
}

fn file(file: &File) -> Vec<u8> {
    // Texts and numbers alone: there is nothing that JSON could not hold.
    serde_json::to_vec(file).unwrap_or_default()
}
