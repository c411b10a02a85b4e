//! What stands at a place of a content file: a citation, a quotation, a reference, a term.

use std::sync::Arc;

use super::front::{Spot, holds, matter, spot};
use super::{Document, Sheet, touches, words};
use crate::document::Kind;
use crate::link::{DocumentRef, Names, Target};
use crate::text::Span;

/// Something that can be shown and gone to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Thing {
    /// A source (an index), the passage (an index) where one is known, and the quoted parts in bytes of the seed.
    Passage {
        source: usize,
        passage: Option<usize>,
        parts: Vec<Span>,
    },
    /// A document, and a place on its page.
    Document(DocumentRef, Option<String>),
    /// A seed, by its path.
    Seed(Arc<str>),
}

/// What stands at a byte of a file, with the bytes that name it.
pub(super) fn thing_at(sheet: &Sheet, path: &str, at: usize) -> Option<(Span, Thing)> {
    let document = sheet.document(path)?;
    if let Some(front) = matter(document.text)
        && holds(document.text, &front, at)
    {
        return referred(sheet, document, &spot(document.text, &front, at)?);
    }
    cited(document, at)
        .or_else(|| linked(document, at))
        .or_else(|| quoted(document, at))
        .or_else(|| named(sheet, document, at))
}

fn cited(document: Document<'_>, at: usize) -> Option<(Span, Thing)> {
    let citations = document.body.citations.iter().enumerate();
    let (index, citation) = citations
        .into_iter()
        .find(|(_, citation)| touches(&citation.span, at))?;
    let cited = document.linked.citations.get(index).copied().flatten()?;
    // A citation that names no passage means that of the words before it.
    let thing = of_quotation(document, index).unwrap_or(Thing::Passage {
        source: cited.source,
        passage: cited.passage,
        parts: Vec::new(),
    });
    Some((citation.span.clone(), thing))
}

fn quoted(document: Document<'_>, at: usize) -> Option<(Span, Thing)> {
    let quotation = document
        .body
        .quotations
        .iter()
        .find(|quotation| touches(&quotation.span, at))?;
    Some((quotation.span.clone(), of_quotation(document, quotation.citation)?))
}

/// The passage of the verified quotation that a citation (an index) belongs to.
fn of_quotation(document: Document<'_>, citation: usize) -> Option<Thing> {
    let quotations = document.body.quotations.iter().zip(&document.linked.quotations);
    let proven = quotations
        .filter(|(quotation, _)| quotation.citation == citation)
        .find_map(|(_, proven)| proven.as_ref())?;
    Some(Thing::Passage {
        source: proven.source,
        passage: Some(proven.verified.passage()),
        parts: proven.verified.parts().map(|part| part.span.clone()).collect(),
    })
}

fn linked(document: Document<'_>, at: usize) -> Option<(Span, Thing)> {
    let links = document.body.links.iter().zip(&document.linked.links);
    links
        .filter(|(link, _)| touches(&link.span, at))
        .find_map(|(link, target)| match target {
            Some(Target::Document(reference, place)) => {
                Some((link.span.clone(), Thing::Document(reference.clone(), place.clone())))
            }
            _ => None,
        })
}

/// A glossary term by any of its written forms.
fn named(sheet: &Sheet, document: Document<'_>, at: usize) -> Option<(Span, Thing)> {
    let names = Names::new(&sheet.site, &document.identity.lang);
    let (span, term) = words::longest(document.text, at, |words| names.find_form(words).first().copied())?;
    let identity = &sheet.site.terms.get(term)?.identity;
    let reference = DocumentRef {
        kind: Kind::Term,
        id: Arc::clone(&identity.id),
        lang: identity.lang.clone(),
    };
    Some((span, Thing::Document(reference, None)))
}

/// What a value of the front matter names.
fn referred(sheet: &Sheet, document: Document<'_>, spot: &Spot<'_>) -> Option<(Span, Thing)> {
    let word = &document.text[spot.word.clone()];
    let kind = match (document.identity.kind, spot.key) {
        (Kind::Term, "see") | (Kind::Event, "terms") => Kind::Term,
        (Kind::Event, "claims") => Kind::Claim,
        (Kind::Source, "translation_of") => Kind::Source,
        (Kind::Source, "file") => {
            let seed = sheet
                .tree
                .below("seeds")
                .find(|(path, _)| path.strip_prefix("seeds/") == Some(word))?;
            return Some((spot.word.clone(), Thing::Seed(Arc::clone(seed.0))));
        }
        _ => return None,
    };
    if spot.is_key || !sheet.site.knows(kind, word) {
        return None;
    }
    let reference = DocumentRef {
        kind,
        id: word.into(),
        lang: sheet.site.lang_of(kind, word, &document.identity.lang).clone(),
    };
    Some((spot.word.clone(), Thing::Document(reference, None)))
}
