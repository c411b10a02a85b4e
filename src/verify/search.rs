//! Exact search of folded texts.

use memchr::memmem;

use super::{Part, VerifiedParagraph};
use crate::fold::{Folded, Likeness, likeness};
use crate::markdown::{Gap, Paragraph, Quotation, Segment};
use crate::source::Seed;
use crate::text::Span;

/// How many words of the source an editor's `[word]` may replace.
const MOST_REPLACED: usize = 8;

/// How many places of one segment are followed up within one passage. Only texts made to be slow have more.
const MOST_PLACES: usize = 1000;

/// One way in which a whole quotation fits the source.
#[derive(Debug)]
pub(super) struct Hit {
    pub(super) paragraphs: Vec<VerifiedParagraph>,
    pub(super) likeness: Likeness,
}

/// A segment ready for search.
struct Needle<'a> {
    raw: &'a str,
    folded: String,
    before: &'a Gap,
    after: &'a Gap,
}

impl<'a> Needle<'a> {
    fn new(raw: &'a str, before: &'a Gap, after: &'a Gap) -> Self {
        Self { raw, folded: Folded::new(raw, 0).text, before, after }
    }

    /// An end that touches an inserted bracket may cut a word.
    fn free_start(&self) -> bool {
        matches!(self.before, Gap::Inserted { touches_after: true, .. })
    }

    fn free_end(&self) -> bool {
        matches!(self.after, Gap::Inserted { touches_before: true, .. })
    }

    /// The places of the needle in a range of the seed's folded text, in order.
    fn places<'s>(&'s self, seed: &'s Seed, range: Span) -> impl Iterator<Item = Place> + 's {
        let haystack = &seed.folded.text[range.clone()];
        let found = memmem::find_iter(haystack.as_bytes(), self.folded.as_bytes());
        found.filter_map(move |at| self.place(seed, range.start + at))
    }

    fn place(&self, seed: &Seed, at: usize) -> Option<Place> {
        let folded = at..at + self.folded.len();
        if !seed.folded.is_whole(&folded, self.free_start(), self.free_end()) {
            return None;
        }
        let raw = seed.folded.raw_span(folded.clone())?;
        match likeness(self.raw, seed.text.get(raw.clone())?) {
            Likeness::Different => None,
            likeness => Some(Place { folded, raw, likeness }),
        }
    }
}

/// Where a segment stands.
#[derive(Debug, Clone)]
struct Place {
    folded: Span,
    raw: Span,
    likeness: Likeness,
}

/// All ways in which a quotation fits, at most one for each passage it can begin in.
pub(super) fn hits(quotation: &Quotation, seed: &Seed, named: Option<usize>) -> Vec<Hit> {
    let mut words = quotation.paragraphs.iter().skip_while(|paragraph| **paragraph == Paragraph::LeftOut);
    let Some(first) = words.next() else { return Vec::new() };
    let begins = match named {
        Some(passage) => fit_in(first, seed, passage).into_iter().collect(),
        None => fits(first, seed),
    };
    begins.into_iter().filter_map(|fit| go_on(fit, words.clone(), seed)).collect()
}

/// Fits the remaining paragraphs behind the first.
fn go_on<'q>(first: Fit, rest: impl Iterator<Item = &'q Paragraph>, seed: &Seed) -> Option<Hit> {
    let mut passage = first.paragraph.passage;
    let mut likeness = first.likeness;
    let mut paragraphs = vec![first.paragraph];
    let mut gap = false;
    for paragraph in rest {
        if *paragraph == Paragraph::LeftOut {
            gap = true;
            continue;
        }
        let last = if gap { seed.passages.len() } else { (passage + 2).min(seed.passages.len()) };
        let fit = (passage + 1..last).find_map(|passage| fit_in(paragraph, seed, passage))?;
        passage = fit.paragraph.passage;
        likeness = worse(likeness, fit.likeness);
        paragraphs.push(VerifiedParagraph { follows_gap: gap, ..fit.paragraph });
        gap = false;
    }
    Some(Hit { paragraphs, likeness })
}

fn worse(a: Likeness, b: Likeness) -> Likeness {
    if a == Likeness::Same { b } else { a }
}

/// One paragraph in one passage.
struct Fit {
    paragraph: VerifiedParagraph,
    likeness: Likeness,
}

/// Every passage that a paragraph fits, with the first way it does.
fn fits(paragraph: &Paragraph, seed: &Seed) -> Vec<Fit> {
    let Paragraph::Words { text, segments, .. } = paragraph else { return Vec::new() };
    let longest = segments.iter().max_by_key(|segment| segment.range.len());
    let Some(longest) = longest else { return Vec::new() };
    let mut passages = passages_with(text, segments, longest, seed);
    passages.dedup();
    passages.into_iter().filter_map(|passage| fit_in(paragraph, seed, passage)).collect()
}

/// The passages that hold a segment, or the whole text with its brackets, ascending.
fn passages_with(text: &str, segments: &[Segment], segment: &Segment, seed: &Seed) -> Vec<usize> {
    let all = 0..seed.folded.text.len();
    let needle = Needle::new(&text[segment.range.clone()], &segment.before, &segment.after);
    let passage = |place: Place| seed.passage_at_folded(place.folded.start);
    let mut found: Vec<usize> = needle.places(seed, all.clone()).map(passage).collect();
    if segments.len() > 1 || segment.before != Gap::Edge || segment.after != Gap::Edge {
        let whole = Needle::new(text.trim(), &Gap::Edge, &Gap::Edge);
        found.extend(whole.places(seed, all).map(passage));
        found.sort_unstable();
    }
    found
}

/// Fits a paragraph into one passage: first as it stands, brackets and all, then part by part.
fn fit_in(paragraph: &Paragraph, seed: &Seed, passage: usize) -> Option<Fit> {
    let Paragraph::Words { text, segments, .. } = paragraph else { return None };
    let range = seed.passages.get(passage)?.folded.clone();
    let whole = Needle::new(text.trim(), &Gap::Edge, &Gap::Edge);
    if let Some(place) = whole.places(seed, range.clone()).next() {
        let part = Part { span: place.raw, before: Gap::Edge };
        return Some(Fit {
            paragraph: VerifiedParagraph { passage, parts: vec![part], after: Gap::Edge, follows_gap: false },
            likeness: place.likeness,
        });
    }
    let needles: Vec<Needle<'_>> = segments
        .iter()
        .map(|segment| Needle::new(&text[segment.range.clone()], &segment.before, &segment.after))
        .collect();
    let places = in_order(&needles, seed, range)?;
    let likeness = places.iter().fold(Likeness::Same, |likeness, place| worse(likeness, place.likeness));
    let parts = places
        .into_iter()
        .zip(segments)
        .map(|(place, segment)| Part { span: place.raw, before: segment.before.clone() })
        .collect();
    let after = segments.last().map_or(Gap::Edge, |segment| segment.after.clone());
    Some(Fit {
        paragraph: VerifiedParagraph { passage, parts, after, follows_gap: false },
        likeness,
    })
}

/// Places of all needles in order, each gap kept. Every place that a later `[word]` may need is followed, and one chain traced back.
fn in_order(needles: &[Needle<'_>], seed: &Seed, range: Span) -> Option<Vec<Place>> {
    let mut layers: Vec<Vec<(Place, usize)>> = Vec::with_capacity(needles.len());
    for needle in needles {
        let most = if matches!(needle.after, Gap::Inserted { .. }) { MOST_PLACES } else { 1 };
        let layer: Vec<(Place, usize)> = match layers.last() {
            None => needle.places(seed, range.clone()).take(most).map(|place| (place, 0)).collect(),
            Some(before) => match needle.before {
                Gap::Inserted { .. } => replaced(needle, before, seed, &range).take(most).collect(),
                _ => {
                    let (parent, end) = before.iter().enumerate().map(|(at, (place, _))| (at, place.folded.end)).min_by_key(|(_, end)| *end)?;
                    needle.places(seed, end..range.end).take(most).map(|place| (place, parent)).collect()
                }
            },
        };
        if layer.is_empty() {
            return None;
        }
        layers.push(layer);
    }
    let mut at = 0;
    let mut chain = Vec::with_capacity(layers.len());
    for layer in layers.into_iter().rev() {
        let (place, parent) = layer.into_iter().nth(at)?;
        chain.push(place);
        at = parent;
    }
    chain.reverse();
    Some(chain)
}

/// Places of a needle that stand at most [`MOST_REPLACED`] words behind one of the places before.
fn replaced<'s>(needle: &'s Needle<'_>, before: &'s [(Place, usize)], seed: &'s Seed, range: &Span) -> impl Iterator<Item = (Place, usize)> + 's {
    let end = range.end;
    before.iter().enumerate().flat_map(move |(parent, (place, _))| {
        let from = place.folded.end;
        let window = window(&seed.folded.text[from..end], needle.folded.len());
        needle.places(seed, from..from + window).filter_map(move |next| {
            let words = seed.folded.text[from..next.folded.start].split_whitespace().count();
            (words <= MOST_REPLACED).then_some((next, parent))
        })
    })
}

/// How many bytes of a text hold [`MOST_REPLACED`] words and a needle of `length` bytes behind them.
fn window(text: &str, length: usize) -> usize {
    let mut words = 0;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        if c == ' ' {
            in_word = false;
        } else if !in_word {
            in_word = true;
            words += 1;
            if words > MOST_REPLACED + 1 {
                return crate::text::floor_char_boundary(text, at + length);
            }
        }
    }
    text.len()
}
