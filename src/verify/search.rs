//! Exact search of folded texts.

use memchr::memmem;

use super::manner::Manner;
use super::{Part, VerifiedParagraph};
use crate::fold::Folded;
use crate::markdown::{Gap, Paragraph, Quotation, Segment};
use crate::source::Seed;
use crate::text::Span;

/// How many words of the source an editor's `[word]` may replace.
const MOST_REPLACED: usize = 8;

/// How many places of one segment are followed up within one passage. Only texts made to be slow have more.
const MOST_PLACES: usize = 1000;

/// How many bytes of a needle are searched for before the rest is compared.
const BEGINNING: usize = 24;

/// One way in which a whole quotation fits the source.
#[derive(Debug)]
pub(super) struct Hit {
    pub(super) paragraphs: Vec<VerifiedParagraph>,
    pub(super) manner: Manner,
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
        Self {
            raw,
            folded: Folded::new(raw, 0).text,
            before,
            after,
        }
    }

    /// An end that touches an inserted bracket may cut a word.
    fn free_start(&self) -> bool {
        matches!(
            self.before,
            Gap::Inserted {
                touches_after: true,
                ..
            }
        )
    }

    fn free_end(&self) -> bool {
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
    fn places<'s>(&'s self, seed: &'s Seed, range: Span) -> impl Iterator<Item = Place> + 's {
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
        let manner = Manner::between(self.raw, seed.text.get(raw.clone())?)?;
        Some(Place { folded, raw, manner })
    }
}

/// Where a segment stands.
#[derive(Debug, Clone)]
struct Place {
    folded: Span,
    raw: Span,
    manner: Manner,
}

/// A quoted paragraph ready for search: whole, brackets and all, and part by part.
struct Prepared<'a> {
    whole: Needle<'a>,
    /// Empty where the paragraph is but one part.
    parts: Vec<Needle<'a>>,
}

impl<'a> Prepared<'a> {
    /// Prepares a paragraph; `None` stands for passages left out.
    fn new(paragraph: &'a Paragraph) -> Option<Self> {
        let Paragraph::Words { text, segments, .. } = paragraph else {
            return None;
        };
        let needle = |segment: &'a Segment| Needle::new(&text[segment.range.clone()], &segment.before, &segment.after);
        let single = matches!(&segments[..], [only] if only.before == Gap::Edge && only.after == Gap::Edge);
        let parts = if single {
            Vec::new()
        } else {
            segments.iter().map(needle).collect()
        };
        Some(Self {
            whole: Needle::new(text.trim(), &Gap::Edge, &Gap::Edge),
            parts,
        })
    }

    /// Every passage that the paragraph fits, with the first way it does.
    fn fits(&self, seed: &Seed) -> Vec<Fit> {
        let mut found: Vec<Fit> = first_in_each_passage(&self.whole, seed)
            .map(|(passage, place)| Fit::whole(passage, place))
            .collect();
        let Some(longest) = self.parts.iter().max_by_key(|needle| needle.folded.len()) else {
            return found;
        };
        let mut passages: Vec<usize> = first_in_each_passage(longest, seed)
            .map(|(passage, _)| passage)
            .collect();
        passages.retain(|passage| found.iter().all(|fit| fit.paragraph.passage != *passage));
        found.extend(passages.into_iter().filter_map(|passage| self.fit_parts(seed, passage)));
        found.sort_by_key(|fit| fit.paragraph.passage);
        found
    }

    /// Fits the paragraph into one passage.
    fn fit_in(&self, seed: &Seed, passage: usize) -> Option<Fit> {
        let range = seed.passages.get(passage)?.folded.clone();
        match self.whole.places(seed, range).next() {
            Some(place) => Some(Fit::whole(passage, place)),
            None => self.fit_parts(seed, passage),
        }
    }

    fn fit_parts(&self, seed: &Seed, passage: usize) -> Option<Fit> {
        let range = seed.passages.get(passage)?.folded.clone();
        let after = self.parts.last()?.after.clone();
        let places = in_order(&self.parts, seed, range)?;
        let manner = places
            .iter()
            .fold(Manner::default(), |manner, place| manner.and(place.manner));
        let part = |(place, needle): (Place, &Needle<'_>)| Part {
            span: place.raw,
            before: needle.before.clone(),
        };
        let parts = places.into_iter().zip(&self.parts).map(part).collect();
        Some(Fit {
            paragraph: VerifiedParagraph {
                passage,
                parts,
                after,
                follows_gap: false,
            },
            manner,
        })
    }
}

/// The first place of a needle in each passage that has one, with the passage, in order.
fn first_in_each_passage<'s>(needle: &'s Needle<'_>, seed: &'s Seed) -> impl Iterator<Item = (usize, Place)> + 's {
    let mut from = 0;
    std::iter::from_fn(move || {
        let place = needle.places(seed, from..seed.folded.text.len()).next()?;
        let passage = seed.passage_at_folded(place.folded.start);
        from = seed.passages.get(passage)?.folded.end;
        Some((passage, place))
    })
}

/// A paragraph behind the first: whether passages are left out before it, and every way it fits, in order of passage.
struct Later {
    gap: bool,
    fits: Vec<Fit>,
}

/// All ways in which a quotation fits, at most one for each passage it can begin in.
pub(super) fn hits(quotation: &Quotation, seed: &Seed, named: Option<usize>) -> Vec<Hit> {
    let mut paragraphs = quotation
        .paragraphs
        .iter()
        .map(Prepared::new)
        .skip_while(Option::is_none);
    let Some(Some(first)) = paragraphs.next() else {
        return Vec::new();
    };
    let begins = match named {
        Some(passage) => first.fit_in(seed, passage).into_iter().collect(),
        None => first.fits(seed),
    };
    if begins.is_empty() {
        return Vec::new();
    }
    let mut later = Vec::new();
    let mut gap = false;
    for paragraph in paragraphs {
        match paragraph {
            None => gap = true,
            Some(paragraph) => {
                later.push(Later {
                    gap,
                    fits: paragraph.fits(seed),
                });
                gap = false;
            }
        }
    }
    begins
        .into_iter()
        .take(MOST_PLACES)
        .filter_map(|begin| go_on(begin, &later))
        .collect()
}

/// Fits the later paragraphs behind the first: each in the next passage, or in any later one behind a gap. Every passage that the next paragraph
/// may need is kept, and one chain traced back.
fn go_on(first: Fit, later: &[Later]) -> Option<Hit> {
    // For each paragraph, the fits that can be reached, each with its parent's place in the layer before.
    let mut layers: Vec<Vec<(&Fit, usize)>> = Vec::with_capacity(later.len());
    for Later { gap, fits } in later {
        let before: Vec<usize> = match layers.last() {
            None => vec![first.paragraph.passage],
            Some(layer) => layer.iter().map(|(fit, _)| fit.paragraph.passage).collect(),
        };
        let parent = |passage: usize| match gap {
            true => before.first().is_some_and(|before| *before < passage).then_some(0),
            false => before.binary_search(&passage.checked_sub(1)?).ok(),
        };
        let layer: Vec<(&Fit, usize)> = fits
            .iter()
            .filter_map(|fit| Some((fit, parent(fit.paragraph.passage)?)))
            .collect();
        if layer.is_empty() {
            return None;
        }
        layers.push(layer);
    }
    let mut manner = first.manner;
    let mut paragraphs = Vec::with_capacity(later.len() + 1);
    let mut at = 0;
    for (layer, later) in layers.iter().zip(later).rev() {
        let (fit, parent) = layer.get(at)?;
        manner = manner.and(fit.manner);
        paragraphs.push(VerifiedParagraph {
            follows_gap: later.gap,
            ..fit.paragraph.clone()
        });
        at = *parent;
    }
    paragraphs.push(first.paragraph);
    paragraphs.reverse();
    Some(Hit { paragraphs, manner })
}

/// One paragraph in one passage.
struct Fit {
    paragraph: VerifiedParagraph,
    manner: Manner,
}

impl Fit {
    fn whole(passage: usize, place: Place) -> Self {
        let part = Part {
            span: place.raw,
            before: Gap::Edge,
        };
        Self {
            paragraph: VerifiedParagraph {
                passage,
                parts: vec![part],
                after: Gap::Edge,
                follows_gap: false,
            },
            manner: place.manner,
        }
    }
}

/// Places of all needles in order, each gap kept. Every place that a later `[word]` may need is followed, and one chain traced back.
fn in_order(needles: &[Needle<'_>], seed: &Seed, range: Span) -> Option<Vec<Place>> {
    let mut layers: Vec<Vec<(Place, usize)>> = Vec::with_capacity(needles.len());
    for needle in needles {
        let most = if matches!(needle.after, Gap::Inserted { .. }) {
            MOST_PLACES
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
    needle.places(seed, end_of(0)..end).filter_map(move |next| {
        let parent = before
            .partition_point(|(place, _)| place.folded.end <= next.folded.start)
            .checked_sub(1)?;
        let gap = &seed.folded.text[before[parent].0.folded.end..next.folded.start];
        (window(gap, 0) == gap.len()).then_some((next, parent))
    })
}

/// Whether a part of a quotation stands anywhere in a seed, or in one of its passages.
pub(super) fn stands(text: &str, segment: &Segment, seed: &Seed, named: Option<usize>) -> bool {
    let range = match named.and_then(|passage| seed.passages.get(passage)) {
        Some(passage) => passage.folded.clone(),
        None => 0..seed.folded.text.len(),
    };
    let needle = Needle::new(&text[segment.range.clone()], &segment.before, &segment.after);
    needle.places(seed, range).next().is_some()
}

/// How many bytes of a folded text hold [`MOST_REPLACED`] words and a needle of `length` bytes behind them. Words are runs between spaces and
/// quotation marks that hold a letter or a digit.
fn window(text: &str, length: usize) -> usize {
    let mut words = 0;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        if matches!(c, ' ' | '"') {
            in_word = false;
        } else if !in_word && c.is_alphanumeric() {
            in_word = true;
            words += 1;
            if words > MOST_REPLACED {
                return crate::text::floor_char_boundary(text, at + length);
            }
        }
    }
    text.len()
}
