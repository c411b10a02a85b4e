//! A page of its own: an explainer, or standing content.

use serde::Serialize;

use super::{Here, Segment, Viewer};
use crate::lang::space;
use crate::page::Page;
use crate::reader::Document;

/// A page of its own.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// Its title.
    pub title: String,
    /// What it says, in a sentence.
    pub description: Option<String>,
    /// Its text.
    pub body: Vec<Segment>,
}

impl Viewer<'_> {
    /// The view of a page.
    pub(super) fn page(&self, here: Here<'_>, at: usize) -> PageView {
        let Document { entry, linked } = self.read.document::<Page>(at);
        PageView {
            title: space(here.lang, entry.front.name()).into_owned(),
            description: entry
                .front
                .description
                .as_deref()
                .map(|text| space(here.lang, text).into_owned()),
            body: self.body(here, &entry.body, linked),
        }
    }
}
