//! The anchors that pages have beside the headings of their bodies. A heading that is called the same gets another one.

use crate::document::Kind;
use crate::markdown::Anchors;

/// The anchors that a document's page has itself, as the templates have them.
pub(crate) fn anchors(kind: Kind) -> Anchors {
    Anchors {
        names: names(kind),
        numbered: match kind {
            Kind::Claim | Kind::Term => &["e"],
            Kind::Source => &["p"],
            Kind::Home | Kind::Event | Kind::Page => &[],
        },
    }
}

fn names(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Claim => &[
            "main",
            "find",
            "claim",
            "verdict",
            "verdict-is",
            "finding",
            "quotations",
            "analysis",
            "evidence",
            "missing",
            "dates",
            "corrections",
            "report",
            "entities",
            "terms",
            "events",
        ],
        Kind::Term => &["main", "find", "definition", "evidence", "see", "uses"],
        Kind::Source => &["main", "find", "record", "note", "sentences", "passages"],
        Kind::Home => &["main", "find", "verdicts", "latest", "ways", "corrections"],
        Kind::Event | Kind::Page => &["main", "find"],
    }
}
