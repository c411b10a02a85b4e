//! Skeletons of content files: they build as they are, as drafts, and their comments teach the format. A source's builds once its text is there.

use crate::claim::UNVERIFIABLE;
use crate::config::Config;
use crate::date::Point;
use crate::document::Kind;
use crate::source::KINDS;

/// What goes into a skeleton.
#[derive(Debug, Clone, Copy)]
pub struct Outline<'a> {
    /// What kind of document.
    pub kind: Kind,
    /// Its id.
    pub id: &'a str,
    /// The day of writing.
    pub today: Point,
    /// A quoted block to begin with.
    pub quotation: Option<&'a str>,
}

/// The skeleton of a document in the site's first language, French or else English. `None` for kinds that have none.
pub fn skeleton(outline: Outline<'_>, config: &Config) -> Option<String> {
    let text = match (outline.kind, config.lang.is_french()) {
        (Kind::Claim, true) => include_str!("fr/claim.md"),
        (Kind::Claim, false) => include_str!("en/claim.md"),
        (Kind::Term, true) => include_str!("fr/term.md"),
        (Kind::Term, false) => include_str!("en/term.md"),
        (Kind::Event, true) => include_str!("fr/event.md"),
        (Kind::Event, false) => include_str!("en/event.md"),
        (Kind::Page, true) => include_str!("fr/page.md"),
        (Kind::Page, false) => include_str!("en/page.md"),
        (Kind::Source, true) => include_str!("fr/source.md"),
        (Kind::Source, false) => include_str!("en/source.md"),
        (Kind::Home, _) => return None,
    };
    let name = outline.id.replace('-', " ").trim().to_owned();
    let title = match name.split_at_checked(1) {
        Some((first, rest)) => first.to_uppercase() + rest,
        None => outline.id.to_owned(),
    };
    let name = if name.is_empty() { outline.id.to_owned() } else { name };
    let verdicts: Vec<&str> = config.verdicts.iter().map(|verdict| verdict.id.as_str()).collect();
    let verdict = verdicts.iter().find(|id| **id == UNVERIFIABLE).or(verdicts.last());
    let filled = text
        .replace("{id}", outline.id)
        .replace("{lang}", config.lang.tag())
        .replace("{kinds}", &KINDS.join(", "))
        .replace("{today}", &outline.today.plain())
        .replace("{name}", &name)
        .replace("{title}", &title)
        .replace("{verdict}", verdict.copied().unwrap_or(UNVERIFIABLE))
        .replace("{verdicts}", &verdicts.join(", "));
    let quotation = outline.quotation.map_or(String::new(), |block| format!("{block}\n\n"));
    Some(filled.replace("{quotation}", &quotation))
}

#[cfg(test)]
mod tests;
