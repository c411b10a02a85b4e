//! A glossary term: `content/glossary/ID.md`.

use crate::claim::glossary;
use crate::document::{Evidence, Identity, Inheritance};
use crate::yaml::Fields;

/// The keys of its front matter, in the order that `kezako fmt` gives them.
pub const KEYS: &[&str] = &[
    "term", "aliases", "sense", "see", "disputed", "evidence", "draft", "glossary",
];

/// The front matter of a term.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Term {
    /// The term as it heads its entry.
    pub term: Option<String>,
    /// Other written forms.
    pub aliases: Vec<String>,
    /// A gloss that tells it from homonyms.
    pub sense: Option<String>,
    /// Ids of related terms.
    pub see: Vec<String>,
    /// Whether its meaning is disputed.
    pub disputed: Option<bool>,
    /// What the definition rests on.
    pub evidence: Vec<Evidence>,
    /// Kept out of the site unless asked for.
    pub draft: Option<bool>,
    /// Whether terms link themselves in the definition.
    pub glossary: Option<bool>,
}

/// Reads a term's front matter.
pub fn read(identity: &Identity, fields: &Fields<'_>) -> Term {
    fields.only(KEYS);
    Term {
        term: fields.required_unless(identity.is_translation, "term"),
        aliases: fields.texts("aliases"),
        sense: fields.text("sense"),
        see: fields.texts("see"),
        disputed: fields.flag("disputed"),
        evidence: Evidence::read_list(fields, identity.is_translation),
        draft: fields.flag("draft"),
        glossary: glossary(fields),
    }
}

impl Term {
    /// Fills a translation up from its original, and reports what it says differently.
    pub fn inherit(&mut self, original: &Self, inheritance: &mut Inheritance<'_>) {
        if self.term.is_none() {
            self.term.clone_from(&original.term);
        }
        if self.aliases.is_empty() && !inheritance.is_blank("aliases") {
            self.aliases.clone_from(&original.aliases);
        }
        if self.sense.is_none() && !inheritance.is_blank("sense") {
            self.sense.clone_from(&original.sense);
        }
        inheritance.equal_list("see", &mut self.see, &original.see);
        inheritance.equal_or_default("disputed", &mut self.disputed, &original.disputed, false);
        inheritance.equal_or_default("draft", &mut self.draft, &original.draft, false);
        inheritance.list("evidence", &mut self.evidence, &original.evidence);
        inheritance.equal_or_default("glossary", &mut self.glossary, &original.glossary, true);
    }

    /// The term as it heads its entry.
    pub fn name(&self) -> &str {
        self.term.as_deref().unwrap_or_default()
    }
}
