//! A run of quoted words, and the places where it stands in a folded text.

use memchr::memmem;

use super::manner::Manner;
use crate::fold::fold;
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
            folded: fold(raw),
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

/// The places of one needle that can follow those of the needles before it, in order: where each begins in the folded text, and which place of the
/// layer before is its parent. Folded offsets fit 32 bits.
struct Layer {
    length: usize,
    links: Vec<(u32, u32)>,
}

impl Layer {
    fn end(&self, link: usize) -> usize {
        self.links.get(link).map_or(0, |(start, _)| *start as usize) + self.length
    }

    /// The places among `starts` that stand at most [`MOST_REPLACED`] words behind a place of this layer, each with the place nearest before it.
    fn followed(&self, starts: &[u32], text: &str, only_first: bool) -> Vec<(u32, u32)> {
        let mut links = Vec::new();
        let mut passed = 0;
        let mut counted = Counted::from(self.end(0));
        for start in &starts[starts.partition_point(|start| (*start as usize) < self.end(0))..] {
            let former = passed;
            while passed < self.links.len() && self.end(passed) <= *start as usize {
                passed += 1;
            }
            if passed > former {
                counted = Counted::from(self.end(passed - 1));
            }
            counted.go_on(text, *start as usize);
            if counted.words <= MOST_REPLACED {
                links.push((*start, offset(passed - 1)));
                if only_first {
                    break;
                }
            } else if passed == self.links.len() {
                break;
            }
        }
        links
    }
}

/// What is looked for: the words, and whether they may begin or end within a word.
type Looked<'a> = (&'a str, bool, bool);

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Places of all needles in order, each gap kept; else the first needle that cannot follow those before it. Every place that a later `[word]` may
/// need is followed, and one chain traced back.
pub(super) fn in_order(needles: &[Needle<'_>], seed: &Seed, range: &Span) -> Result<Vec<Place>, usize> {
    // A needle that stands often may come often: its places are looked for once.
    let mut known: Vec<(Looked<'_>, Vec<u32>)> = Vec::new();
    let mut layers: Vec<Layer> = Vec::with_capacity(needles.len());
    for (at, needle) in needles.iter().enumerate() {
        let length = needle.folded.len();
        let before = layers.last();
        let only_first = !matches!(needle.after, Gap::Inserted { .. });
        let from = before.map_or(range.start, |before| before.end(0));
        let within = before.filter(|_| matches!(needle.before, Gap::Inserted { .. }));
        let links = if only_first && within.is_none() {
            let first = needle.places(seed, from..range.end).next();
            first.map(|place| (offset(place.folded.start), 0)).into_iter().collect()
        } else {
            let key = (needle.raw, needle.free_start(), needle.free_end());
            let all = || {
                needle
                    .places(seed, range.clone())
                    .map(|place| offset(place.folded.start))
            };
            let found = known.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
                known.push((key, all().collect()));
                known.len() - 1
            });
            let starts = &known[found].1;
            match within {
                Some(before) => before.followed(starts, &seed.folded.text, only_first),
                None => {
                    let first = starts.partition_point(|start| (*start as usize) < from);
                    starts[first..].iter().map(|start| (*start, 0)).collect()
                }
            }
        };
        if links.is_empty() {
            return Err(at);
        }
        layers.push(Layer { length, links });
    }
    let mut link = 0;
    let mut chain = Vec::with_capacity(layers.len());
    for (at, (layer, needle)) in layers.iter().zip(needles).enumerate().rev() {
        let (start, parent) = *layer.links.get(link).ok_or(at)?;
        chain.push(needle.place(seed, start as usize).ok_or(at)?);
        link = parent as usize;
    }
    chain.reverse();
    Ok(chain)
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
