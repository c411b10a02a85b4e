//! Where the thing at a place is written.

use std::sync::Arc;

use super::Sheet;
use super::thing::{Thing, thing_at};
use crate::document::Kind;
use crate::link::DocumentRef;
use crate::text::Span;
use crate::yaml::{Step, place_in_front_matter};

/// A place to go to, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The bytes that name the thing in the file asked about.
    pub origin: Span,
    /// The file to go to.
    pub path: Arc<str>,
    /// The bytes there.
    pub span: Span,
}

/// Where the thing at a byte of a file is written: the passage in its seed, or the file of a claim, a term, an event, a page, a source.
pub fn definition(sheet: &Sheet, path: &str, at: usize) -> Option<Definition> {
    let (origin, thing) = thing_at(sheet, path, at)?;
    let (path, span) = match thing {
        Thing::Passage { source, passage, parts } => passage_place(sheet, source, passage, &parts)?,
        Thing::Document(reference, place) => document_place(sheet, &reference, place.as_deref())?,
        Thing::Seed(path) => (path, 0..0),
    };
    Some(Definition { origin, path, span })
}

fn passage_place(sheet: &Sheet, source: usize, passage: Option<usize>, parts: &[Span]) -> Option<(Arc<str>, Span)> {
    let seed = sheet.site.sources.get(source)?.seed.as_ref()?;
    let passage = passage.and_then(|at| seed.passages.get(at));
    let span = parts.first().cloned().or_else(|| Some(passage?.span.clone()));
    Some((Arc::clone(&seed.path), span.unwrap_or(0..0)))
}

fn document_place(sheet: &Sheet, reference: &DocumentRef, place: Option<&str>) -> Option<(Arc<str>, Span)> {
    let DocumentRef { kind, id, lang } = reference;
    let site = &sheet.site;
    let (path, key) = match kind {
        Kind::Home => (&site.home.find(id, lang)?.identity.path, "title"),
        Kind::Claim => (&site.claims.find(id, lang)?.identity.path, "claim"),
        Kind::Term => (&site.terms.find(id, lang)?.identity.path, "term"),
        Kind::Event => (&site.events.find(id, lang)?.identity.path, "title"),
        Kind::Page => (&site.pages.find(id, lang)?.identity.path, "title"),
        Kind::Source => {
            let source = site.source(id)?;
            let seed = site.sources[source].seed.as_ref();
            let line = place.and_then(|place| place.strip_prefix('p')?.parse().ok());
            let passage = line.and_then(|line| seed?.passage(line));
            match site.records.find(id, lang) {
                Some(record) if passage.is_none() => (&record.identity.path, "file"),
                _ => return passage_place(sheet, source, passage, &[]),
            }
        }
    };
    let text = sheet.tree.text(path).unwrap_or_default();
    Some((Arc::clone(path), place_in_front_matter(text, &[Step::Key(key)])))
}
