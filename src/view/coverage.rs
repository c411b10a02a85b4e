//! How much of a source's article is checked: by passage and by sentence, in numbers and places alone.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Viewer;
use crate::coverage::{Covered, cover};
use crate::text::Span;

/// How many sentences of a passage can be checked and have no claim.
#[derive(Debug, Clone, Serialize)]
pub struct UncheckedView {
    /// Number of the passage.
    pub line: usize,
    /// How many.
    pub count: usize,
}

/// How much of a source's article is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// Passages of the article proper.
    pub passages: usize,
    /// Of those, how many hold something that can be checked.
    pub checkable: usize,
    /// Of those, how many a claim quotes.
    pub checked: usize,
}

/// A sentence that can be checked: where it stands, in thousandths of the article, and no words.
#[derive(Debug, Clone, Serialize)]
pub struct SentenceView {
    /// Number of its passage.
    pub line: usize,
    /// Where it begins.
    pub at: usize,
    /// How long it is, at least 1.
    pub width: usize,
    /// Whether a claim quotes it.
    pub checked: bool,
}

impl Viewer<'_> {
    /// Counts the passages of a source. A passage that a claim quotes could be checked.
    pub fn coverage(&self, at: usize) -> Coverage {
        self.coverage_of(at, &self.covered(at))
    }

    /// The same, where the sentences are known.
    pub(super) fn coverage_of(&self, at: usize, covered: &[Covered<'_>]) -> Coverage {
        let mut coverage = Coverage {
            passages: 0,
            checkable: 0,
            checked: 0,
        };
        let Some(seed) = &self.read.source(at).seed else {
            return coverage;
        };
        let mut quoted: BTreeSet<usize> = self
            .quotations_of(at)
            .flat_map(|(_, verified)| verified.paragraphs())
            .map(|paragraph| paragraph.passage)
            .collect();
        quoted.retain(|passage| seed.passages[*passage].in_body);
        let checkable: BTreeSet<usize> = covered.iter().map(|covered| covered.sentence.passage).collect();
        coverage.passages = seed.passages.iter().filter(|passage| passage.in_body).count();
        coverage.checked = quoted.len();
        coverage.checkable = checkable.union(&quoted).count();
        coverage
    }

    /// The sentences of a source that can be checked, with the claims on each.
    pub(super) fn covered(&self, at: usize) -> Vec<Covered<'_>> {
        let quoted: Vec<(usize, Span)> = self
            .quotations_of(at)
            .flat_map(|(quoted, verified)| verified.parts().map(|part| (quoted.claim, part.span.clone())))
            .collect();
        cover(self.read.source(at).sentences(), &quoted)
    }

    /// Where the sentences that can be checked stand in the article.
    pub(super) fn sentences(&self, at: usize, covered: &[Covered<'_>]) -> Vec<SentenceView> {
        let Some(seed) = &self.read.source(at).seed else {
            return Vec::new();
        };
        let body = || seed.passages.iter().enumerate().filter(|(_, passage)| passage.in_body);
        let length = body().map(|(_, passage)| passage.span.len()).sum::<usize>().max(1);
        let mut before = vec![0; seed.passages.len()];
        let mut sum = 0;
        for (number, passage) in body() {
            before[number] = sum;
            sum += passage.span.len();
        }
        let view = |covered: &Covered<'_>| {
            let passage = &seed.passages[covered.sentence.passage];
            let span = &covered.sentence.span;
            SentenceView {
                line: passage.line,
                at: (before[covered.sentence.passage] + span.start - passage.span.start) * 1000 / length,
                width: (span.len() * 1000 / length).max(1),
                checked: !covered.claims.is_empty(),
            }
        };
        covered.iter().map(view).collect()
    }
}

/// The passages with sentences that no claim quotes, in order.
pub(super) fn unchecked(sentences: &[SentenceView]) -> Vec<UncheckedView> {
    let open: Vec<&SentenceView> = sentences.iter().filter(|sentence| !sentence.checked).collect();
    let passages = open.chunk_by(|a, b| a.line == b.line);
    let view = |sentences: &[&SentenceView]| UncheckedView {
        line: sentences[0].line,
        count: sentences.len(),
    };
    passages.map(view).collect()
}
