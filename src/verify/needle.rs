//! A run of quoted words, and the places where it stands in a folded text.

use memchr::memmem;

use super::manner::Manner;
use crate::fold::Folded;
use crate::markdown::{Gap, Segment};
use crate::source::Seed;
use crate::text::Span;

/// How many words of the source an editor's `[word]` may replace.
const MOST_REPLACED: usize = 8;

/// How many bytes of a needle are searched for before the rest is compared.
const BEGINNING: usize = 24;

/// A segment ready for search.
pub(super) struct Needle<'a> {
    raw: &'a str,
    pub(super) folded: String,
    pub(super) before: &'a Gap,
    pub(super) after: &'a Gap,
}

impl<'a> Needle<'a> {
    pub(super) fn new(raw: &'a str, before: &'a Gap, after: &'a Gap) -> Self {
        Self {
            raw,
            folded: Folded::new(raw, 0).text,
            before,
            after,
        }
    }

    /// A segment of a paragraph's text.
    pub(super) fn of(text: &'a str, segment: &'a Segment) -> Self {
        Self::new(&text[segment.range.clone()], &segment.before, &segment.after)
    }

    /// An end that touches an inserted bracket may cut a word.
    pub(super) fn free_start(&self) -> bool {
        matches!(
            self.before,
            Gap::Inserted {
                touches_after: true,
                ..
            }
        )
    }

    pub(super) fn free_end(&self) -> bool {
        matches!(
            self.after,
            Gap::Inserted {
                touches_before: true,
                ..
            }
        )
    }

    /// The places of the needle in a range of the seed's folded text, in order.
    ///
    /// Only its beginning is searched for, which is enough to be rare; places may overlap, since one of two may turn out to cut a word.
    pub(super) fn places<'s>(&'s self, seed: &'s Seed, range: Span) -> impl Iterator<Item = Place> + 's {
        let haystack = seed.folded.text[range.clone()].as_bytes();
        let beginning = &self.folded.as_bytes()[..self.folded.len().min(BEGINNING)];
        let finder = memmem::Finder::new(beginning);
        let mut from = 0;
        let starts = std::iter::from_fn(move || {
            loop {
                let at = from + finder.find(haystack.get(from..).filter(|_| !beginning.is_empty())?)?;
                from = at + 1;
                if haystack[at..].starts_with(self.folded.as_bytes()) {
                    return Some(at);
                }
            }
        });
        starts.filter_map(move |at| self.place(seed, range.start + at))
    }

    fn place(&self, seed: &Seed, at: usize) -> Option<Place> {
        let folded = at..at + self.folded.len();
        if !seed.folded.is_whole(&folded, self.free_start(), self.free_end()) {
            return None;
        }
        let raw = seed.folded.raw_span(folded.clone())?;
        let manner = if self.raw == seed.text.get(raw.clone())? {
            Manner::default()
        } else {
            let passage = seed.passages.get(seed.passage_at_folded(at))?.span.clone();
            let span = raw.start.checked_sub(passage.start)?..raw.end.checked_sub(passage.start)?;
            Manner::between(self.raw, seed.text.get(passage)?, &span)?
        };
        Some(Place { folded, raw, manner })
    }
}

/// Where a segment stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) folded: Span,
    pub(super) raw: Span,
    pub(super) manner: Manner,
}

/// Places of all needles in order, each gap kept. Every place that a later `[word]` may need is followed, and one chain traced back.
pub(super) fn in_order(needles: &[Needle<'_>], seed: &Seed, range: Span) -> Option<Vec<Place>> {
    let mut layers: Vec<Vec<(Place, usize)>> = Vec::with_capacity(needles.len());
    for needle in needles {
        // Only a `[word]` may need another place than the first.
        let most = if matches!(needle.after, Gap::Inserted { .. }) {
            usize::MAX
        } else {
            1
        };
        let layer: Vec<(Place, usize)> = match layers.last() {
            None => needle
                .places(seed, range.clone())
                .take(most)
                .map(|place| (place, 0))
                .collect(),
            Some(before) => match needle.before {
                Gap::Inserted { .. } => replaced(needle, before, seed, &range).take(most).collect(),
                _ => {
                    let (parent, end) = before
                        .iter()
                        .enumerate()
                        .map(|(at, (place, _))| (at, place.folded.end))
                        .min_by_key(|(_, end)| *end)?;
                    needle
                        .places(seed, end..range.end)
                        .take(most)
                        .map(|place| (place, parent))
                        .collect()
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

/// Places of a needle that stand at most [`MOST_REPLACED`] words behind one of the places before, which are in order. Each is given with the place
/// nearest before it.
fn replaced<'s>(
    needle: &'s Needle<'_>,
    before: &'s [(Place, usize)],
    seed: &'s Seed,
    range: &Span,
) -> impl Iterator<Item = (Place, usize)> + 's {
    let end_of = |at: usize| before.get(at).map_or(range.end, |(place, _)| place.folded.end);
    let last = end_of(before.len() - 1);
    let end = last + window(&seed.folded.text[last..range.end], needle.folded.len());
    // What has been counted of the gap behind which place, and how far.
    let (mut counted, mut behind) = (Counted::default(), usize::MAX);
    needle.places(seed, end_of(0)..end).filter_map(move |next| {
        let parent = before
            .partition_point(|(place, _)| place.folded.end <= next.folded.start)
            .checked_sub(1)?;
        if parent != behind {
            (counted, behind) = (Counted::from(before[parent].0.folded.end), parent);
        }
        counted.go_on(&seed.folded.text, next.folded.start);
        (counted.words <= MOST_REPLACED).then_some((next, parent))
    })
}

/// The words of a text, counted up to a place. Words are runs between spaces and quotation marks that hold a letter or a digit.
#[derive(Default)]
struct Counted {
    at: usize,
    words: usize,
    in_word: bool,
}

impl Counted {
    fn from(at: usize) -> Self {
        Self { at, ..Self::default() }
    }

    /// Counts on to a place, or until there are more than may be replaced.
    fn go_on(&mut self, text: &str, to: usize) {
        for c in text.get(self.at..to).unwrap_or_default().chars() {
            if self.words > MOST_REPLACED {
                return;
            }
            self.take(c);
            self.at += c.len_utf8();
        }
    }

    fn take(&mut self, c: char) {
        if matches!(c, ' ' | '"') {
            self.in_word = false;
        } else if !self.in_word && c.is_alphanumeric() {
            self.in_word = true;
            self.words += 1;
        }
    }
}

/// How many bytes of a folded text hold [`MOST_REPLACED`] words and a needle of `length` bytes behind them.
fn window(text: &str, length: usize) -> usize {
    let mut counted = Counted::default();
    for (at, c) in text.char_indices() {
        counted.take(c);
        if counted.words > MOST_REPLACED {
            return crate::text::floor_char_boundary(text, at + length);
        }
    }
    text.len()
}
