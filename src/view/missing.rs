//! The page that is shown where there is none. Hosts send one file for all languages, so it speaks each of them.

use serde::Serialize;

use super::{Here, Viewer};
use crate::plan;

/// The page for addresses that no page has.
#[derive(Debug, Clone, Serialize)]
pub struct MissingView {
    /// What it says in the site's other languages, in their order.
    pub others: Vec<MissingWords>,
}

/// What it says in one language.
#[derive(Debug, Clone, Serialize)]
pub struct MissingWords {
    /// Language tag.
    pub lang: String,
    /// Its title.
    pub title: String,
    /// What may have happened.
    pub text: String,
    /// What the link to the home page is called.
    pub to_home: String,
    /// Where the home page is.
    pub home: String,
}

impl Viewer<'_> {
    /// The view of the page for addresses that no page has.
    pub(super) fn missing(&self, here: Here<'_>) -> MissingView {
        let config = self.read.config();
        let others = config.languages.iter().filter(|lang| *lang != here.lang);
        let words = |lang| {
            let text = |key| self.words[lang].get(key).to_owned();
            MissingWords {
                lang: lang.tag().to_owned(),
                title: text("not_found"),
                text: text("not_found_text"),
                to_home: text("to_home"),
                home: plan::home(config, lang),
            }
        };
        MissingView {
            others: others.map(words).collect(),
        }
    }
}
