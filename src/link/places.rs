//! The places on a document's page that links may lead to.

use super::DocumentRef;
use crate::document::Kind;
use crate::markdown::Body;
use crate::site::{Site, anchors};

/// The anchor on a document's page that a link names: a heading, a document that it rests on, a passage of a source, or a part that every such page
/// has. The headings of an event share a page with those of others, so they have its id before their names, which a link may leave out.
pub(super) fn anchor(site: &Site, page: &DocumentRef, body: &Body, named: &str) -> Option<String> {
    let is_heading = |name: &str| body.headings.iter().any(|heading| heading.id == name);
    let is_part = || {
        let numbered = match page.kind {
            Kind::Source => number(named, "p").is_some_and(|line| has_passage(site, page, line)),
            _ => number(named, "e").is_some_and(|number| (1..=evidence(site, page)).contains(&number)),
        };
        numbered || anchors(page.kind).names.contains(&named) || page.kind == Kind::Event && *named == *page.id
    };
    if is_heading(named) || is_part() {
        return Some(named.to_owned());
    }
    let of_event = format!("{}-{named}", page.id);
    (page.kind == Kind::Event && is_heading(&of_event)).then_some(of_event)
}

/// The number behind a name: 12 of `e12`.
fn number(named: &str, name: &str) -> Option<usize> {
    let digits = named.strip_prefix(name)?;
    let begins = digits.starts_with(|c: char| matches!(c, '1'..='9'));
    begins.then(|| digits.parse().ok())?
}

fn has_passage(site: &Site, page: &DocumentRef, line: usize) -> bool {
    let source = site.source(&page.id).and_then(|at| site.sources[at].seed.as_ref());
    source.is_some_and(|seed| seed.passage(line).is_some())
}

/// How many documents the page of a document lists, each at its own place.
fn evidence(site: &Site, page: &DocumentRef) -> usize {
    let (id, lang) = (&page.id, &page.lang);
    match page.kind {
        Kind::Claim => site.claims.find(id, lang).map_or(0, |claim| claim.front.evidence.len()),
        Kind::Term => site.terms.find(id, lang).map_or(0, |term| term.front.evidence.len()),
        Kind::Source | Kind::Event | Kind::Page | Kind::Home => 0,
    }
}
