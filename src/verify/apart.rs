//! What to say of a quotation each part of which stands in the source, but not together: which part stands where. For reports only.

use super::report::Faults;
use super::search::{out_of_order, passages_of, place_of};
use super::{Outcome, verify};
use crate::diagnostic::Diagnostic;
use crate::markdown::{Gap, Paragraph, Quotation, Segment};
use crate::phrase::{Phrase, say};
use crate::source::Seed;
use crate::text::Span;

/// How many passages are looked at to find one that has all parts of a paragraph.
const MOST_PASSAGES: usize = 50;

/// Two neighbours that do not stand as they are quoted.
struct Apart {
    label: Phrase,
    help: Phrase,
    /// Where each stands in the seed, and what is said of it there.
    places: Vec<(Span, Phrase)>,
}

/// Says of a quotation, all of whose parts the source has, why it is none.
pub(super) fn explained(diagnostic: Diagnostic, faults: Faults<'_>) -> Diagnostic {
    let seed = faults.cited.seed;
    let apart = parts(faults).or_else(|| paragraphs(faults.quotation, seed));
    let Some(apart) = apart else {
        return diagnostic
            .label(say!(
                "each part stands there, but not in this order and this close together"
            ))
            .help(say!("quote the parts in the source's order"));
    };
    let mut diagnostic = diagnostic.label(apart.label);
    for (span, said) in apart.places {
        diagnostic = diagnostic.also(&seed.path, span, said);
    }
    diagnostic.help(apart.help)
}

fn line(seed: &Seed, passage: usize) -> usize {
    seed.passages.get(passage).map_or(0, |passage| passage.line)
}

/// The first paragraph whose parts do not stand together in a passage.
fn parts(faults: Faults<'_>) -> Option<Apart> {
    let (seed, mut named) = (faults.cited.seed, faults.cited.passage);
    faults.quotation.paragraphs.iter().find_map(|paragraph| {
        let Paragraph::Words { text, segments, .. } = paragraph else {
            return None;
        };
        // The passage that a citation names is that of the first paragraph.
        let named = named.take();
        let fits = match named {
            Some(passage) => passages_of(paragraph, seed).contains(&passage),
            None => !passages_of(paragraph, seed).is_empty(),
        };
        if fits || segments.len() < 2 {
            return None;
        }
        let longest = segments.iter().max_by_key(|segment| segment.range.len())?;
        let holding = match named {
            Some(passage) => vec![passage],
            None => holding(text, longest, seed),
        };
        let all = |passage: &usize| {
            segments
                .iter()
                .all(|segment| place_of(text, segment, seed, Some(*passage)).is_some())
        };
        match holding.iter().copied().find(all) {
            Some(passage) => in_one_passage(text, segments, seed, passage),
            None => in_several(text, segments, seed, *holding.first()?),
        }
    })
}

/// The first passages that hold a segment.
fn holding(text: &str, segment: &Segment, seed: &Seed) -> Vec<usize> {
    (0..seed.passages.len())
        .filter(|passage| place_of(text, segment, seed, Some(*passage)).is_some())
        .take(MOST_PASSAGES)
        .collect()
}

fn standing(text: &str, segments: &[Segment], seed: &Seed, parts: [(usize, Option<usize>); 2]) -> Vec<(Span, Phrase)> {
    let place = |(part, passage): (usize, Option<usize>)| {
        let (passage, span) = place_of(text, segments.get(part)?, seed, passage)?;
        let said = say!(
            "part {number} stands in passage {line}",
            number = part + 1,
            line = line(seed, passage)
        );
        Some((span, said))
    };
    parts.into_iter().filter_map(place).collect()
}

fn in_one_passage(text: &str, segments: &[Segment], seed: &Seed, passage: usize) -> Option<Apart> {
    let next = out_of_order(text, segments, seed, passage).filter(|next| *next > 0)?;
    let places = standing(text, segments, seed, [(next - 1, Some(passage)), (next, Some(passage))]);
    let follows = match &places[..] {
        [(before, _), (behind, _)] => before.end <= behind.start,
        _ => false,
    };
    let is_far = follows && matches!(segments[next].before, Gap::Inserted { .. });
    Some(if is_far {
        Apart {
            label: say!("more than eight words of the source stand where the bracket is"),
            help: say!("quote more of the source's words, or write `[…]` for those that you leave out"),
            places,
        }
    } else {
        Apart {
            label: say!("each part stands in the source, but in another order"),
            help: say!("quote the parts in the source's order"),
            places,
        }
    })
}

fn in_several(text: &str, segments: &[Segment], seed: &Seed, passage: usize) -> Option<Apart> {
    let stands = |part: &usize| place_of(text, &segments[*part], seed, Some(passage)).is_some();
    let here = (0..segments.len()).find(stands)?;
    let there = (0..segments.len()).find(|part| !stands(part))?;
    let mut parts = [(here, Some(passage)), (there, None)];
    parts.sort_unstable();
    Some(Apart {
        label: say!("the parts stand in different passages"),
        help: say!(
            "quote each passage in a paragraph of its own; a paragraph `[…]` between them stands for passages left out"
        ),
        places: standing(text, segments, seed, parts),
    })
}

/// The first two neighbouring paragraphs that do not follow each other.
fn paragraphs(quotation: &Quotation, seed: &Seed) -> Option<Apart> {
    let counts: Vec<usize> = (1..=quotation.paragraphs.len())
        .filter(|count| matches!(quotation.paragraphs[count - 1], Paragraph::Words { .. }))
        .collect();
    let mut head = quotation.clone();
    let mut last_passage = |count: usize| {
        head.paragraphs = quotation.paragraphs[..count].to_vec();
        match verify(&head, seed, None) {
            Outcome::Found(verified) => Some(verified.paragraphs().last()?.passage),
            Outcome::Ambiguous(_) => passages_of(&quotation.paragraphs[count - 1], seed).first().copied(),
            Outcome::NotFound => None,
        }
    };
    // What follows a fault is at fault too.
    let number = counts.partition_point(|count| last_passage(*count).is_some());
    let (before_count, count) = (*counts.get(number.checked_sub(1)?)?, *counts.get(number)?);
    let before = last_passage(before_count)?;
    let fits = passages_of(&quotation.paragraphs[count - 1], seed);
    let behind = fits.iter().copied().find(|passage| *passage > before);
    let here = behind.or_else(|| fits.first().copied())?;
    let numbers = [(number, before_count, before), (number + 1, count, here)];
    Some(apart(quotation, seed, numbers))
}

/// What is said of two paragraphs, each with its number, how many there are up to it, and its passage.
fn apart(quotation: &Quotation, seed: &Seed, paragraphs: [(usize, usize, usize); 2]) -> Apart {
    let [(_, _, before), (_, _, here)] = paragraphs;
    let place = |(number, count, passage): (usize, usize, usize)| {
        let Paragraph::Words { text, segments, .. } = quotation.paragraphs.get(count - 1)? else {
            return None;
        };
        let (_, span) = place_of(text, segments.first()?, seed, Some(passage))?;
        let line = line(seed, passage);
        Some((span, say!("paragraph {number} stands in passage {line}", number, line)))
    };
    let (label, help) = if here == before {
        (
            say!("these paragraphs stand in one passage"),
            say!("write them as one paragraph, with `[…]` for the words left out"),
        )
    } else if here > before {
        (
            say!("the source has other passages between these paragraphs"),
            say!("put a paragraph `[…]` between them"),
        )
    } else {
        (
            say!("the source has these paragraphs in another order"),
            say!("quote the paragraphs in the source's order"),
        )
    };
    Apart {
        label,
        help,
        places: paragraphs.into_iter().filter_map(place).collect(),
    }
}
