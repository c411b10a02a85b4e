//! Finds words in the sources: exactly, by the search that verifies quotations, or else what is nearest to them.

use crate::markdown::{Paragraph, Quotation};
use crate::site::Source;
use crate::source::Seed;
use crate::text::Span;
use crate::verify::{Nearest, Outcome, Verified, nearest, verify};

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Index of the source in the list that was searched.
    pub source: usize,
    /// The quotation of that place.
    pub verified: Verified,
}

/// What came of looking for words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// They stand in these places, in order of source and passage, at least one.
    Exact(Vec<Hit>),
    /// They stand nowhere as they are.
    Nearest {
        /// The nearest text, widened to whole sentences.
        hit: Hit,
        /// The words that were compared: all of them, or the longest stretch between brackets.
        words: String,
        /// How the nearest text differs from `words`.
        nearest: Nearest,
    },
    /// There is nothing like them.
    Nothing,
}

/// Looks for words in the sources, or in one of them (an index).
///
/// `[…]` and `[word]` mean what they mean in a quoted block, and blank lines part paragraphs.
pub fn find(words: &str, sources: &[Source], within: Option<usize>) -> Found {
    let quotation = Quotation::of_words(words);
    let searched = || {
        let sources = sources.iter().enumerate();
        sources
            .filter(|(at, _)| within.is_none_or(|within| within == *at))
            .filter_map(|(at, source)| Some((at, &**source.seed.as_ref()?)))
    };
    let exact: Vec<Hit> = searched()
        .flat_map(|(source, seed)| {
            let places = places(&quotation, seed);
            places.into_iter().map(move |verified| Hit { source, verified })
        })
        .collect();
    if !exact.is_empty() {
        return Found::Exact(exact);
    }
    let words = longest_stretch(&quotation);
    let near = searched()
        .filter_map(|(source, seed)| Some((source, seed, nearest(words, seed, 0..seed.passages.len())?)))
        .max_by_key(|(source, _, near)| (near.share, std::cmp::Reverse(*source)));
    near.and_then(|(source, seed, near)| {
        let whole = sentences_around(seed, near.passage, &near.span);
        let verified = quoted(seed, near.passage, whole).or_else(|| quoted(seed, near.passage, near.span.clone()))?;
        Some(Found::Nearest {
            hit: Hit { source, verified },
            words: words.to_owned(),
            nearest: near,
        })
    })
    .unwrap_or(Found::Nothing)
}

/// The longest stretch of a quotation without brackets.
fn longest_stretch(quotation: &Quotation) -> &str {
    let stretches = quotation.paragraphs.iter().flat_map(|paragraph| match paragraph {
        Paragraph::LeftOut => Vec::new(),
        Paragraph::Words { text, segments, .. } => {
            segments.iter().map(|segment| &text[segment.range.clone()]).collect()
        }
    });
    stretches.max_by_key(|stretch| stretch.len()).unwrap_or_default()
}

/// A whole passage (an index) as a quotation; `source` is the index to be noted in the hit.
pub fn whole_passage(source: usize, seed: &Seed, passage: usize) -> Option<Hit> {
    let span = seed.passages.get(passage)?.span.clone();
    let verified = quoted(seed, passage, span)?;
    Some(Hit { source, verified })
}

/// Every place of a quotation in a seed, one for each passage that it can begin in.
fn places(quotation: &Quotation, seed: &Seed) -> Vec<Verified> {
    match verify(quotation, seed, None) {
        Outcome::Found(verified) => vec![verified],
        Outcome::NotFound => Vec::new(),
        Outcome::Ambiguous(passages) => {
            let in_passage = |at: &usize| match verify(quotation, seed, Some(*at)) {
                Outcome::Found(verified) => Some(verified),
                _ => None,
            };
            passages.iter().filter_map(in_passage).collect()
        }
    }
}

/// A stretch of one passage as a quotation.
fn quoted(seed: &Seed, passage: usize, span: Span) -> Option<Verified> {
    match verify(&Quotation::of_words(&seed.text[span]), seed, Some(passage)) {
        Outcome::Found(verified) => Some(verified),
        _ => None,
    }
}

/// The whole sentences that hold a quotation of one paragraph; the quotation itself where it has more.
pub fn widened(hit: Hit, seed: &Seed) -> Hit {
    let [paragraph] = hit.verified.paragraphs() else {
        return hit;
    };
    let (Some(first), Some(last)) = (paragraph.parts.first(), paragraph.parts.last()) else {
        return hit;
    };
    let whole = sentences_around(seed, paragraph.passage, &(first.span.start..last.span.end));
    match quoted(seed, paragraph.passage, whole) {
        Some(verified) => Hit { verified, ..hit },
        None => hit,
    }
}

/// The sentences of a passage (an index) that a span of the seed's text touches.
fn sentences_around(seed: &Seed, passage: usize, span: &Span) -> Span {
    let Some(passage) = seed.passages.get(passage) else {
        return span.clone();
    };
    let touched = passage
        .sentences()
        .filter(|sentence| sentence.start < span.end && span.start < sentence.end);
    touched
        .reduce(|first, last| first.start..last.end)
        .unwrap_or_else(|| span.clone())
}
