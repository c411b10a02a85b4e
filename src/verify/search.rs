//! Exact search of folded texts: which passages a quotation fits, and how.

use super::manner::Manner;
use super::needle::{Needle, Place, in_order};
use super::{Part, VerifiedParagraph};
use crate::markdown::{Gap, Paragraph, Quotation, Segment};
use crate::source::Seed;
use crate::text::Span;

/// One way in which a whole quotation fits the source.
#[derive(Debug)]
pub(super) struct Hit {
    pub(super) paragraphs: Vec<VerifiedParagraph>,
    pub(super) manner: Manner,
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
        let needle = |segment: &'a Segment| Needle::of(text, segment);
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

    /// Every passage that the paragraph fits, from one on, in order; with its place there where it stands as a whole.
    fn fits(&self, seed: &Seed, from: usize) -> Vec<(usize, Option<Place>)> {
        let mut found: Vec<(usize, Option<Place>)> = first_in_each_passage(&self.whole, seed, from)
            .map(|(passage, place)| (passage, Some(place)))
            .collect();
        let Some(longest) = self.parts.iter().max_by_key(|needle| needle.folded.len()) else {
            return found;
        };
        let whole = found.len();
        for (passage, _) in first_in_each_passage(longest, seed, from) {
            let known = found[..whole].binary_search_by_key(&passage, |(passage, _)| *passage);
            if known.is_err() && self.parts_in(seed, passage).is_some() {
                found.push((passage, None));
            }
        }
        found.sort_by_key(|(passage, _)| *passage);
        found
    }

    /// Whether the paragraph fits one passage; with its place there where it stands as a whole.
    fn stands_in(&self, seed: &Seed, passage: usize) -> Option<(usize, Option<Place>)> {
        let range = seed.passages.get(passage)?.folded.clone();
        match most_alike(self.whole.places(seed, range)) {
            Some(place) => Some((passage, Some(place))),
            None => self.parts_in(seed, passage).map(|_| (passage, None)),
        }
    }

    fn parts_in(&self, seed: &Seed, passage: usize) -> Option<Vec<Place>> {
        let range = seed.passages.get(passage)?.folded.clone();
        self.parts.first()?;
        in_order(&self.parts, seed, &range).ok()
    }

    /// Fits the paragraph into one passage.
    fn fit_in(&self, seed: &Seed, passage: usize) -> Option<Fit> {
        let range = seed.passages.get(passage)?.folded.clone();
        match most_alike(self.whole.places(seed, range)) {
            Some(place) => Some(Fit::whole(passage, place)),
            None => self.fit_parts(seed, passage),
        }
    }

    fn fit_parts(&self, seed: &Seed, passage: usize) -> Option<Fit> {
        let after = self.parts.last()?.after.clone();
        let places = self.parts_in(seed, passage)?;
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

/// The first place whose marks are set as in the quotation; else the first.
fn most_alike(mut places: impl Iterator<Item = Place>) -> Option<Place> {
    let first = places.next()?;
    if !first.manner.typography_differs {
        return Some(first);
    }
    Some(places.find(|place| !place.manner.typography_differs).unwrap_or(first))
}

/// The place of a needle in each passage that has one, from a passage on, in order, with the passage.
fn first_in_each_passage<'s>(
    needle: &'s Needle<'_>,
    seed: &'s Seed,
    from: usize,
) -> impl Iterator<Item = (usize, Place)> + 's {
    let end = seed.folded.text.len();
    let mut from = seed.passages.get(from).map_or(end, |passage| passage.folded.start);
    std::iter::from_fn(move || {
        let first = needle.places(seed, from..end).next()?;
        let passage = seed.passage_at_folded(first.folded.start);
        from = seed.passages.get(passage)?.folded.end;
        let others = || needle.places(seed, first.folded.start..from);
        let place = if first.manner.typography_differs {
            most_alike(others())?
        } else {
            first
        };
        Some((passage, place))
    })
}

/// In how many ways a quotation fits, at most one for each passage it can begin in.
#[derive(Debug)]
pub(super) enum Hits {
    None,
    One(Hit),
    /// The passages that it can begin in, in order.
    Many(Vec<usize>),
}

/// A paragraph behind the first, whether passages are left out before it, and every passage that it fits and that can be reached, in order.
struct Later<'a> {
    paragraph: Prepared<'a>,
    gap: bool,
    passages: Vec<usize>,
}

/// Looks for a quotation in a seed, or in the given passage of it.
pub(super) fn hits(quotation: &Quotation, seed: &Seed, named: Option<usize>) -> Hits {
    let mut paragraphs = quotation
        .paragraphs
        .iter()
        .map(Prepared::new)
        .skip_while(Option::is_none);
    let Some(Some(first)) = paragraphs.next() else {
        return Hits::None;
    };
    let mut begins = match named {
        Some(passage) => first.stands_in(seed, passage).into_iter().collect(),
        None => first.fits(seed, 0),
    };
    let Some(mut later) = reach(&begins, paragraphs, seed) else {
        return Hits::None;
    };
    keep_what_goes_on(&mut begins, &mut later);
    match &mut begins[..] {
        [] => Hits::None,
        [(passage, place)] => chain(&first, (*passage, place.take()), &later, seed).map_or(Hits::None, Hits::One),
        many => Hits::Many(many.iter().map(|(passage, _)| *passage).collect()),
    }
}

/// The paragraphs behind the first, with the passages they can stand in: each in the next passage, or in any later one behind a gap. `None` where
/// one can stand nowhere.
fn reach<'a>(
    begins: &[(usize, Option<Place>)],
    paragraphs: impl Iterator<Item = Option<Prepared<'a>>>,
    seed: &Seed,
) -> Option<Vec<Later<'a>>> {
    let mut least = begins.first()?.0;
    let mut all: Vec<Later<'a>> = Vec::new();
    let mut gap = false;
    for paragraph in paragraphs {
        let Some(paragraph) = paragraph else {
            gap = true;
            continue;
        };
        let passages: Vec<usize> = if gap {
            let fits = paragraph.fits(seed, least + 1);
            fits.into_iter().map(|(passage, _)| passage).collect()
        } else {
            let next = |before: usize| Some(paragraph.stands_in(seed, before + 1)?.0);
            match all.last() {
                Some(last) => last.passages.iter().filter_map(|before| next(*before)).collect(),
                None => begins.iter().filter_map(|(before, _)| next(*before)).collect(),
            }
        };
        least = *passages.first()?;
        all.push(Later {
            paragraph,
            gap,
            passages,
        });
        gap = false;
    }
    Some(all)
}

/// Keeps the passages from which the paragraphs behind can go on to the last.
fn keep_what_goes_on(begins: &mut Vec<(usize, Option<Place>)>, later: &mut [Later<'_>]) {
    for at in (0..later.len()).rev() {
        let (before, behind) = later.split_at_mut(at);
        let Some(next) = behind.first() else { return };
        let goes_on = |passage: usize| next.after(passage).is_some();
        match before.last_mut() {
            Some(before) => before.passages.retain(|passage| goes_on(*passage)),
            None => begins.retain(|(passage, _)| goes_on(*passage)),
        }
    }
}

impl Later<'_> {
    /// Where the paragraph stands behind one that stands in a passage.
    fn after(&self, passage: usize) -> Option<usize> {
        let next = self.passages.partition_point(|next| *next <= passage);
        let next = *self.passages.get(next)?;
        (self.gap || next == passage + 1).then_some(next)
    }
}

/// All paragraphs in their passages, the first of which is known.
fn chain(
    first: &Prepared<'_>,
    (passage, place): (usize, Option<Place>),
    later: &[Later<'_>],
    seed: &Seed,
) -> Option<Hit> {
    let begin = match place {
        Some(place) => Fit::whole(passage, place),
        None => first.fit_in(seed, passage)?,
    };
    let mut manner = begin.manner;
    let mut paragraphs = Vec::with_capacity(later.len() + 1);
    let mut at = passage;
    paragraphs.push(begin.paragraph);
    for next in later {
        at = next.after(at)?;
        let fit = next.paragraph.fit_in(seed, at)?;
        manner = manner.and(fit.manner);
        paragraphs.push(VerifiedParagraph {
            follows_gap: next.gap,
            ..fit.paragraph
        });
    }
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

/// Where a part of a quotation stands first in a seed, or in one of its passages: the passage, and its bytes in the seed's text.
pub(super) fn place_of(text: &str, segment: &Segment, seed: &Seed, passage: Option<usize>) -> Option<(usize, Span)> {
    let range = match passage {
        Some(passage) => seed.passages.get(passage)?.folded.clone(),
        None => 0..seed.folded.text.len(),
    };
    let place = Needle::of(text, segment).places(seed, range).next()?;
    Some((seed.passage_at_folded(place.folded.start), place.raw))
}

/// The passages that a paragraph fits, in order.
pub(super) fn passages_of(paragraph: &Paragraph, seed: &Seed) -> Vec<usize> {
    let fits = Prepared::new(paragraph).map_or(Vec::new(), |paragraph| paragraph.fits(seed, 0));
    fits.into_iter().map(|(passage, _)| passage).collect()
}

/// The first part of a paragraph that cannot follow those before it in a passage.
pub(super) fn out_of_order(text: &str, segments: &[Segment], seed: &Seed, passage: usize) -> Option<usize> {
    let needles: Vec<Needle<'_>> = segments.iter().map(|segment| Needle::of(text, segment)).collect();
    in_order(&needles, seed, &seed.passages.get(passage)?.folded).err()
}
