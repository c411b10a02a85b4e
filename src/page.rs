//! A page of its own: `content/pages/ID.md`, and the home page `content/index.md`.

use crate::claim::glossary;
use crate::document::{Identity, Inheritance, Kind};
use crate::yaml::Fields;

/// The keys of its front matter, in the order that `kezako fmt` gives them.
pub const KEYS: &[&str] = &["title", "description", "order", "nav", "draft", "glossary"];

/// The front matter of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Its title.
    pub title: Option<String>,
    /// What it says, in a sentence.
    pub description: Option<String>,
    /// Its place among the pages; lower comes first.
    pub order: Option<u64>,
    /// Whether the menu leads to it.
    pub nav: Option<bool>,
    /// Kept out of the site unless asked for.
    pub draft: Option<bool>,
    /// Whether terms link themselves here.
    pub glossary: Option<bool>,
}

/// Reads a page's front matter. The home page may go without a title: the site's stands for it.
pub fn read(identity: &Identity, fields: &Fields<'_>) -> Page {
    fields.only(KEYS);
    let needs_title = identity.kind == Kind::Page && !identity.is_translation;
    Page {
        title: fields.required_unless(!needs_title, "title"),
        description: fields.text("description"),
        order: fields.number("order"),
        nav: fields.flag("nav"),
        draft: fields.flag("draft"),
        glossary: glossary(fields),
    }
}

impl Page {
    /// Fills a translation up from its original, and reports what it says differently.
    pub fn inherit(&mut self, original: &Self, inheritance: &mut Inheritance<'_>) {
        if self.title.is_none() {
            self.title.clone_from(&original.title);
        }
        if self.description.is_none() {
            self.description.clone_from(&original.description);
        }
        inheritance.equal_option("order", &mut self.order, &original.order);
        inheritance.equal_or_default("nav", &mut self.nav, &original.nav, false);
        inheritance.equal_or_default("draft", &mut self.draft, &original.draft, false);
        inheritance.equal_or_default("glossary", &mut self.glossary, &original.glossary, true);
    }

    /// Its title.
    pub fn name(&self) -> &str {
        self.title.as_deref().unwrap_or_default()
    }
}
