//! Where a quotation stands, as other programs can find it: W3C Web Annotation Data Model, sections 4 (specific resources) and 4.2 (selectors).

use serde::Serialize;

use super::quotation::{ProofPart, proof_part, surroundings};
use crate::lang::Lang;
use crate::source::Seed;
use crate::text::Span;
use crate::verify::Verified;

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// A quoted part of a source's file.
#[derive(Serialize)]
struct SpecificResource<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    source: Source<'a>,
    selector: (TextQuote<'a>, TextPosition),
}

/// The file, named by its content: positions count its characters, not those of the page that it was taken from.
#[derive(Serialize)]
struct Source<'a> {
    id: String,
    format: &'static str,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<&'a str>,
}

#[derive(Serialize)]
struct TextQuote<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    exact: &'a str,
    prefix: String,
    suffix: String,
}

#[derive(Serialize)]
struct TextPosition {
    #[serde(rename = "type")]
    kind: &'static str,
    start: usize,
    end: usize,
}

/// The parts of a quotation as JSON, for readers to copy. `via` is where the source was taken from.
pub(super) fn selectors(verified: &Verified, seed: &Seed, lang: &Lang, via: Option<&str>) -> String {
    let parts: Vec<ProofPart> = verified.parts().map(|part| proof_part(&part.span, seed)).collect();
    let resources: Vec<SpecificResource<'_>> = verified
        .parts()
        .zip(&parts)
        .map(|(part, proof)| SpecificResource {
            context: CONTEXT,
            kind: "SpecificResource",
            source: Source {
                // RFC 6920, section 7: a hash for people to read.
                id: format!("nih:sha-256;{}", seed.sha256),
                format: "text/plain",
                language: lang.tag(),
                via,
            },
            selector: (
                text_quote(&part.span, &proof.exact, seed),
                TextPosition {
                    kind: "TextPositionSelector",
                    start: proof.start,
                    end: proof.end,
                },
            ),
        })
        .collect();
    // Structs of texts and numbers always serialize.
    serde_json::to_string_pretty(&resources).unwrap_or_default()
}

fn text_quote<'a>(span: &Span, exact: &'a str, seed: &Seed) -> TextQuote<'a> {
    let (prefix, suffix) = surroundings(span, seed);
    TextQuote {
        kind: "TextQuoteSelector",
        exact,
        prefix,
        suffix,
    }
}
