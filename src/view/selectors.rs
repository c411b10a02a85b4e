//! Where a quotation stands, as other programs can find it: W3C Web Annotation Data Model, sections 4 (specific resources) and 4.2 (selectors).

use serde::Serialize;

use super::quotation::{ProofPart, ProofView, surroundings};
use crate::lang::Lang;
use crate::source::Seed;
use crate::verify::{Part, Verified};

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
    prefix: &'a str,
    suffix: &'a str,
}

#[derive(Serialize)]
struct TextPosition {
    #[serde(rename = "type")]
    kind: &'static str,
    start: usize,
    end: usize,
}

/// The parts of a quotation, as its proof gives them, as JSON for readers to copy. `via` is where the source was taken from.
pub(super) fn selectors(proof: &ProofView, verified: &Verified, seed: &Seed, lang: &Lang, via: Option<&str>) -> String {
    let parts = verified.parts().zip(&proof.parts);
    let resources: Vec<SpecificResource<'_>> = parts
        .map(|(part, of_proof)| SpecificResource {
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
                text_quote(part, of_proof, seed),
                TextPosition {
                    kind: "TextPositionSelector",
                    start: of_proof.start,
                    end: of_proof.end,
                },
            ),
        })
        .collect();
    let mut json = Vec::with_capacity(1024);
    // Structs of texts and numbers always serialize.
    let _ = serde_json::to_writer(&mut json, &resources);
    String::from_utf8(json).unwrap_or_default()
}

fn text_quote<'a>(part: &Part, of_proof: &'a ProofPart, seed: &'a Seed) -> TextQuote<'a> {
    let (prefix, suffix) = surroundings(&part.span, seed);
    TextQuote {
        kind: "TextQuoteSelector",
        exact: &of_proof.exact,
        prefix,
        suffix,
    }
}
