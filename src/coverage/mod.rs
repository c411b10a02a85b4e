//! Which sentences of the sources could be checked, and which of them a claim quotes.

mod html;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::checkable::{Sentence, Sign};
use crate::link::{Index, Links};
use crate::phrase::{Phrase, say};
use crate::site::{Site, Source};
use crate::source::Seed;
use crate::text::Span;

pub use html::html;

/// A sentence that can be checked, or that a claim quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered<'a> {
    /// The sentence.
    pub sentence: &'a Sentence,
    /// The claims that quote some of its words, as they were named.
    pub claims: BTreeSet<usize>,
}

/// Sets the quotations of claims, each with its bytes in the seed, against the sentences of their source. A sentence that a claim quotes could be
/// checked, whatever the rules say of it.
pub fn cover<'a>(sentences: &'a [Sentence], quoted: &[(usize, Span)]) -> Vec<Covered<'a>> {
    let overlaps = |sentence: &Sentence, span: &Span| span.start < sentence.span.end && sentence.span.start < span.end;
    let mut quoted: Vec<&(usize, Span)> = quoted.iter().collect();
    quoted.sort_by_key(|(_, span)| span.start);
    // Quotations may be longer than sentences, so those that began before stay in play until they end.
    let mut waiting = quoted.into_iter().peekable();
    let mut open: Vec<&(usize, Span)> = Vec::new();
    let mut all = Vec::new();
    for sentence in sentences {
        while let Some(quotation) = waiting.next_if(|(_, span)| span.start < sentence.span.end) {
            open.push(quotation);
        }
        open.retain(|(_, span)| span.end > sentence.span.start);
        let claims: BTreeSet<usize> = open
            .iter()
            .filter(|(_, span)| overlaps(sentence, span))
            .map(|(claim, _)| *claim)
            .collect();
        if sentence.is_checkable() || !claims.is_empty() {
            all.push(Covered { sentence, claims });
        }
    }
    all
}

/// The coverage of sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The version of this form.
    pub version: u32,
    /// Each source, in order of id.
    pub sources: Vec<SourceReport>,
}

/// The coverage of one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceReport {
    /// Its id.
    pub id: String,
    /// Path of its seed, from the site's root.
    pub file: String,
    /// How many sentences the article proper has.
    pub sentences: usize,
    /// Of those, how many can be checked.
    pub checkable: usize,
    /// Of those, how many a claim quotes.
    pub checked: usize,
    /// Those that no claim quotes, most checkable first.
    pub without_claim: Vec<SentenceReport>,
    /// Those that a claim quotes, in order.
    pub with_claim: Vec<SentenceReport>,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentenceReport {
    /// Number of its passage.
    pub passage: usize,
    /// Where it begins, in code points of the seed.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
    /// Its words.
    pub text: String,
    /// What shows that it can be checked.
    pub signs: Vec<Sign>,
    /// How checkable it is.
    pub points: i32,
    /// Ids of the claims that quote it.
    pub claims: BTreeSet<String>,
}

/// Reports on one source (an index of [`Site::sources`]), or on all of them.
pub fn report(site: &Site, links: &Links, index: &Index, only: Option<usize>) -> Report {
    let sources = site
        .sources
        .iter()
        .enumerate()
        .filter(|(at, _)| only.is_none_or(|only| only == *at));
    let reports = sources.filter_map(|(at, source)| {
        let seed = source.seed.as_deref()?;
        let spans = |claim: usize, quotation: usize| {
            let proven = links.claims[claim].quotations[quotation].as_ref();
            proven
                .into_iter()
                .flat_map(move |proven| proven.verified.parts().map(move |part| (claim, part.span.clone())))
        };
        let quoted: Vec<(usize, Span)> = index.quoted[at]
            .iter()
            .flat_map(|quoted| spans(quoted.claim, quoted.quotation))
            .collect();
        Some(of_source(site, source, seed, &cover(source.sentences(), &quoted)))
    });
    Report {
        version: 1,
        sources: reports.collect(),
    }
}

/// What a sign is called.
pub fn named(sign: Sign) -> Phrase {
    match sign {
        Sign::Quotation => say!("quotation"),
        Sign::Money => say!("money"),
        Sign::Attribution => say!("attribution"),
        Sign::Figure => say!("figure"),
        Sign::Date => say!("date"),
        Sign::Superlative => say!("superlative"),
        Sign::Actor => say!("actor"),
        Sign::Names => say!("names"),
        Sign::Definition => say!("definition"),
    }
}

fn of_source(site: &Site, source: &Source, seed: &Seed, covered: &[Covered<'_>]) -> SourceReport {
    let one = |covered: &Covered<'_>| {
        let sentence = covered.sentence;
        let ids = covered
            .claims
            .iter()
            .map(|claim| site.claims[*claim].identity.id.to_string());
        SentenceReport {
            passage: seed.passages[sentence.passage].line,
            start: seed.code_point(sentence.span.start),
            end: seed.code_point(sentence.span.end),
            text: seed.text[sentence.span.clone()].to_owned(),
            signs: sentence.signs.clone(),
            points: sentence.points,
            claims: ids.collect(),
        }
    };
    let (with_claim, mut without_claim): (Vec<SentenceReport>, Vec<SentenceReport>) = covered
        .iter()
        .map(one)
        .partition(|sentence| !sentence.claims.is_empty());
    without_claim.sort_by_key(|sentence| std::cmp::Reverse(sentence.points));
    SourceReport {
        id: source.id.to_string(),
        file: seed.path.to_string(),
        sentences: source.sentences().len(),
        checkable: covered.len(),
        checked: with_claim.len(),
        without_claim,
        with_claim,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sentence(span: Span, points: i32) -> Sentence {
        Sentence {
            passage: 0,
            span,
            signs: Vec::new(),
            points,
        }
    }

    #[test]
    fn quoted_sentences_and_checkable_ones_count() {
        let sentences = [
            sentence(0..10, 5),
            sentence(11..20, 0),
            sentence(21..30, 0),
            sentence(31..40, 2),
        ];
        let covered = cover(&sentences, &[(7, 15..25), (3, 35..36), (3, 36..40)]);
        let found: Vec<(usize, Vec<usize>)> = covered
            .iter()
            .map(|covered| (covered.sentence.span.start, covered.claims.iter().copied().collect()))
            .collect();
        assert_eq!(found, [(0, vec![]), (11, vec![7]), (21, vec![7]), (31, vec![3])]);
    }

    proptest! {
        /// The walk over both lists at once finds what comparing each with each finds.
        #[test]
        fn no_overlap_is_missed(
            lengths in proptest::collection::vec((1usize..6, 0usize..3, 0i32..4), 0..12),
            quoted in proptest::collection::vec((0usize..4, 0usize..60, 1usize..30), 0..12),
        ) {
            let mut at = 0;
            let sentences: Vec<Sentence> = lengths
                .iter()
                .map(|(length, gap, points)| {
                    let start = at + gap;
                    at = start + length;
                    sentence(start..at, *points)
                })
                .collect();
            let quoted: Vec<(usize, Span)> = quoted.into_iter().map(|(claim, start, length)| (claim, start..start + length)).collect();
            let simple: Vec<(Span, BTreeSet<usize>)> = sentences
                .iter()
                .map(|sentence| {
                    let inside = |span: &Span| span.clone().any(|byte| sentence.span.contains(&byte));
                    let claims = quoted.iter().filter(|(_, span)| inside(span)).map(|(claim, _)| *claim);
                    (sentence.span.clone(), claims.collect::<BTreeSet<_>>())
                })
                .zip(&sentences)
                .filter(|((_, claims), sentence)| sentence.is_checkable() || !claims.is_empty())
                .map(|(found, _)| found)
                .collect();
            let found: Vec<(Span, BTreeSet<usize>)> =
                cover(&sentences, &quoted).into_iter().map(|covered| (covered.sentence.span.clone(), covered.claims)).collect();
            prop_assert_eq!(found, simple);
        }
    }
}
