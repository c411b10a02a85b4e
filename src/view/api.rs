//! The page for programmers: which files the site has for programs.

use serde::Serialize;

use super::cards::LinkView;
use super::{Here, Viewer};
use crate::plan::with_lang;

/// The files for programs.
#[derive(Debug, Clone, Serialize)]
pub struct ApiView {
    /// Facts as JSON.
    pub files: Vec<FileView>,
    /// Atom feeds, and the calendar.
    pub follow: Vec<LinkView>,
}

/// A file of facts.
#[derive(Debug, Clone, Serialize)]
pub struct FileView {
    /// Where it is.
    pub path: String,
    /// Where its JSON Schema is.
    pub schema: String,
    /// What it holds.
    pub holds: String,
}

/// Names of the files that a site has once, and of those that each language has.
const ONCE: [&str; 5] = ["claims", "sources", "glossary", "timeline", "claimreview"];
const FOR_EACH_LANGUAGE: [&str; 1] = ["timelinejs"];

/// Files to follow, from the root of a language, and the keys of their titles among the interface's words.
const FOLLOW: [(&str, &str); 4] = [
    ("feed.xml", "feed"),
    ("claims/feed.xml", "feed_claims"),
    ("corrections/feed.xml", "feed_corrections"),
    ("timeline.ics", "calendar"),
];

impl Viewer<'_> {
    /// The view of the page for programmers.
    pub(super) fn api(&self, here: Here<'_>) -> ApiView {
        let config = self.read.config();
        let file = |path: String, name: &str| FileView {
            path,
            schema: format!("api/schema/{name}.json"),
            holds: here.words.label("api_holds", name),
        };
        let once = ONCE.map(|name| file(format!("api/{name}.json"), name));
        let own = FOR_EACH_LANGUAGE.map(|name| file(with_lang(config, here.lang, &format!("api/{name}.json")), name));
        ApiView {
            files: once.into_iter().chain(own).collect(),
            follow: FOLLOW
                .map(|(path, title)| LinkView {
                    title: here.words.get(title).to_owned(),
                    path: with_lang(config, here.lang, path),
                })
                .into(),
        }
    }
}
