//! One dated event: `content/timeline/ID.md`.

use crate::claim::glossary;
use crate::date::Date;
use crate::document::{Evidence, Identity, Inheritance};
use crate::phrase::say;
use crate::yaml::Fields;

/// The keys of its front matter, in the order that `kezako fmt` gives them.
pub const KEYS: &[&str] = &[
    "date", "title", "entities", "claims", "terms", "evidence", "draft", "glossary",
];

/// The front matter of an event.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Event {
    /// When it happened, at the precision that is known.
    pub date: Option<Date>,
    /// What happened, in a line.
    pub title: Option<String>,
    /// People and organizations.
    pub entities: Vec<String>,
    /// Ids of claims.
    pub claims: Vec<String>,
    /// Ids of terms.
    pub terms: Vec<String>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Kept out of the site unless asked for.
    pub draft: Option<bool>,
    /// Whether terms link themselves in the description.
    pub glossary: Option<bool>,
}

/// Reads an event's front matter.
pub fn read(identity: &Identity, fields: &Fields<'_>) -> Event {
    fields.only(KEYS);
    if !identity.is_translation && !fields.has("date") {
        fields.missing(
            "date",
            say!("`date` is missing"),
            say!("add a line `date: 2023-11-17`, as precise as it is known"),
        );
    }
    Event {
        date: fields.date("date"),
        title: fields.required_unless(identity.is_translation, "title"),
        entities: fields.texts("entities"),
        claims: fields.texts("claims"),
        terms: fields.texts("terms"),
        evidence: Evidence::read_list(fields, identity.is_translation),
        draft: fields.flag("draft"),
        glossary: glossary(fields),
    }
}

impl Event {
    /// Fills a translation up from its original, and reports what it says differently.
    pub fn inherit(&mut self, original: &Self, inheritance: &mut Inheritance<'_>) {
        if self.title.is_none() {
            self.title.clone_from(&original.title);
        }
        inheritance.equal_option("date", &mut self.date, &original.date);
        inheritance.equal_list("entities", &mut self.entities, &original.entities);
        inheritance.equal_list("claims", &mut self.claims, &original.claims);
        inheritance.equal_list("terms", &mut self.terms, &original.terms);
        inheritance.equal_or_default("draft", &mut self.draft, &original.draft, false);
        inheritance.list("evidence", &mut self.evidence, &original.evidence);
        inheritance.equal_or_default("glossary", &mut self.glossary, &original.glossary, true);
    }

    /// What happened, in a line.
    pub fn name(&self) -> &str {
        self.title.as_deref().unwrap_or_default()
    }
}
