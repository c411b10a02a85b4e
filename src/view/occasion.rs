//! Events as calendars and timelines of other makers want them: without markup, each with its address.

use super::Viewer;
use crate::date::Date;
use crate::document::Kind;
use crate::event::Event;
use crate::lang::{Lang, space};

/// An event with a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccasionView {
    /// Its id.
    pub id: String,
    /// When it happened.
    pub date: Date,
    /// The same as readers write it.
    pub date_text: String,
    /// What happened, in a line.
    pub title: String,
    /// The description; may be empty.
    pub description: String,
    /// People and organizations.
    pub entities: Vec<String>,
    /// Absolute address of its place on the timeline.
    pub url: String,
}

impl Viewer<'_> {
    /// The events of a language in the order of the timeline. Those whose date could not be read have been reported and are left out.
    pub fn occasions(&self, lang: &Lang) -> Vec<OccasionView> {
        let words = &self.words[lang];
        let occasion = |at: &usize| {
            let entry = self.read.document::<Event>(*at).entry;
            let date = entry.front.date?;
            Some(OccasionView {
                id: entry.identity.id.to_string(),
                date,
                date_text: words.date(&date),
                title: space(lang, entry.front.name()).into_owned(),
                description: entry.body.plain_text(),
                entities: entry.front.entities.clone(),
                url: self.absolute(&self.path_of(Kind::Event, &entry.identity.id, lang)),
            })
        };
        self.read.everything().index.orders[lang]
            .events
            .iter()
            .filter_map(occasion)
            .collect()
    }
}
