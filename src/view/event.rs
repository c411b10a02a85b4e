//! The timeline.

use std::collections::BTreeMap;

use serde::Serialize;

use super::axis::{Axis, axis};
use super::cards::{ClaimCard, DateView, EvidenceView, LinkView};
use super::filters::FiltersView;
use super::{Here, Segment, Viewer};
use crate::claim::Claim;
use crate::event::Event;
use crate::lang::space;
use crate::plan;
use crate::reader::Document;

/// An event's title is a heading of the third level: so many levels the headings of its description lie deeper than on a page of their own.
const BELOW_TITLE: u8 = 2;

/// The timeline, or one year of it.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineView {
    /// The year, where the page shows but one.
    pub year: Option<u16>,
    /// What the timeline can be filtered by.
    pub filters: FiltersView,
    /// How many events there are in all.
    pub total: usize,
    /// The drawn axis.
    pub axis: Option<Axis>,
    /// Events by year, in order.
    pub years: Vec<YearView>,
    /// Years with pages of their own, where all events are too many for one.
    pub year_pages: Vec<YearLink>,
}

/// The events of a year.
#[derive(Debug, Clone, Serialize)]
pub struct YearView {
    /// The year.
    pub year: u16,
    /// Its events in order.
    pub events: Vec<EventView>,
}

/// A link to a year.
#[derive(Debug, Clone, Serialize)]
pub struct YearLink {
    /// The year.
    pub year: u16,
    /// How many events it has.
    pub count: usize,
    /// The same in hundredths of the fullest year's, at least 1: for drawing.
    pub height: usize,
    /// Where it is.
    pub path: String,
    /// Whether the page shows it.
    pub current: bool,
}

/// One event.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    /// Its id and anchor.
    pub id: String,
    /// When it happened.
    pub date: Option<DateView>,
    /// What happened, in a line.
    pub title: String,
    /// The description.
    pub body: Vec<Segment>,
    /// People and organizations.
    pub entities: Vec<LinkView>,
    /// Claims on it.
    pub claims: Vec<ClaimCard>,
    /// Terms for it.
    pub terms: Vec<LinkView>,
    /// What it rests on.
    pub evidence: Vec<EvidenceView>,
}

impl Viewer<'_> {
    /// The view of the timeline.
    pub(super) fn timeline(&self, here: Here<'_>, year: Option<u16>) -> TimelineView {
        let events = self.read.events(here.lang);
        let paged = self.read.years_with_pages(here.lang);
        let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
        for (_, year) in &events {
            *counts.entry(*year).or_default() += 1;
        }
        let list = plan::list(self.read.config(), here.lang, "timeline");
        let is_shown = |of: u16| match year {
            Some(year) => of == year,
            None => paged.is_empty(),
        };
        let shown: Vec<(usize, u16)> = events.iter().copied().filter(|(_, of)| is_shown(*of)).collect();
        let years = shown.chunk_by(|a, b| a.1 == b.1).map(|chunk| YearView {
            year: chunk[0].1,
            events: chunk.iter().map(|(at, _)| self.event(here, *at)).collect(),
        });
        let count = |year: u16| counts.get(&year).copied().unwrap_or(0);
        let most = counts.values().copied().max().unwrap_or(1);
        TimelineView {
            year,
            filters: self.event_filters(here),
            total: events.len(),
            axis: if paged.is_empty() || year.is_some() {
                axis(self.read, shown.iter().map(|(at, _)| *at), here.lang)
            } else {
                None
            },
            years: years.collect(),
            year_pages: paged
                .into_iter()
                .map(|each| YearLink {
                    year: each,
                    count: count(each),
                    height: (count(each) * 100 / most).max(1),
                    path: format!("{list}{each}/"),
                    current: Some(each) == year,
                })
                .collect(),
        }
    }

    fn event(&self, here: Here<'_>, at: usize) -> EventView {
        let Document { entry, linked } = self.read.document::<Event>(at);
        let event = &entry.front;
        let claims = event
            .claims
            .iter()
            .filter_map(|id| self.read.find_index::<Claim>(id, here.lang));
        EventView {
            id: entry.identity.id.to_string(),
            date: event.date.map(|date| DateView::new(&date, here.words)),
            title: space(here.lang, event.name()).into_owned(),
            body: self.body(here.deeper(BELOW_TITLE), &entry.body, linked),
            entities: event
                .entities
                .iter()
                .map(|name| self.entity_link(name, here.lang))
                .collect(),
            claims: claims.map(|claim| self.claim_card(here, claim)).collect(),
            terms: self.term_links(here, &event.terms),
            evidence: self.evidence_list(here, &event.evidence),
        }
    }
}
