//! Where words that a source has letter for letter differ from it all the same: cut within a word, set with other spaces, or run over passages.
//! For reports only.

use memchr::memmem;

use super::nearest::{Nearest, tokens};
use super::needle::Needle;
use crate::fold::{Folded, fold};
use crate::source::Seed;
use crate::text::Span;

/// Why words do not count though the source has their letters in a row.
pub(super) enum Cause {
    /// They begin within a word or a number.
    Begins,
    /// They end within one.
    Ends,
    /// The source has a space there.
    SpaceLacks,
    /// The source has none there.
    SpaceTooMany,
}

/// The very spot.
pub(super) struct Spot {
    pub(super) cause: Cause,
    /// Bytes of the quoted words.
    pub(super) ours: Span,
    /// Bytes of the seed's text: the whole word, or the words beside the space.
    pub(super) theirs: Span,
}

/// Finds the spot at which words differ from the text that has all of them.
pub(super) fn spot(needle: &Needle<'_>, words: &str, seed: &Seed, found: &Nearest) -> Option<Spot> {
    cut_within(needle, words, seed, found).or_else(|| other_space(words, seed, found))
}

fn cut_within(needle: &Needle<'_>, words: &str, seed: &Seed, found: &Nearest) -> Option<Spot> {
    let range = seed.passages.get(found.passage)?.folded.clone();
    let text = &seed.folded.text;
    let at = range.start + memmem::find(&text.as_bytes()[range.clone()], needle.folded.as_bytes())?;
    let span = at..at + needle.folded.len();
    let folded = Folded::new(words, 0);
    let ours = tokens(&folded, 0..folded.text.len());
    let apart = |c: char| matches!(c, ' ' | '"' | '\n');
    if !seed.folded.is_whole(&span, needle.free_start(), true) {
        // A number such as `10 000` is cut at its space.
        let before = text[range.start..at].trim_end_matches(' ');
        let start = before.rfind(apart).map_or(range.start, |space| range.start + space + 1);
        let end = at + text[at..range.end].find(apart).unwrap_or(range.end - at);
        return Some(Spot {
            cause: Cause::Begins,
            ours: ours.first()?.raw.clone(),
            theirs: seed.folded.raw_span(start..end)?,
        });
    }
    if !seed.folded.is_whole(&span, true, needle.free_end()) {
        let behind = text[span.end..range.end].trim_start_matches(' ');
        let skipped = range.end - behind.len();
        let end = skipped + behind.find(apart).unwrap_or(behind.len());
        let start = text[range.start..span.end]
            .rfind(apart)
            .map_or(range.start, |space| range.start + space + 1);
        return Some(Spot {
            cause: Cause::Ends,
            ours: ours.last()?.raw.clone(),
            theirs: seed.folded.raw_span(start..end)?,
        });
    }
    None
}

/// The first space that one side has and the other has not. Beside a quotation mark it may be one that does not count, so others come first.
fn other_space(words: &str, seed: &Seed, found: &Nearest) -> Option<Spot> {
    let folded = Folded::new(words, 0);
    let ours = tokens(&folded, 0..folded.text.len());
    let theirs = tokens(&seed.folded, seed.folded_span(&found.span));
    let spaced =
        |text: &str, from: usize, to: usize| text.get(from..to).is_some_and(|gap| gap.contains(char::is_whitespace));
    let differing = |beside_mark: bool| {
        ours.windows(2).zip(theirs.windows(2)).find_map(|(our, their)| {
            let has = spaced(words, our[0].raw.end, our[1].raw.start);
            let wants = spaced(&seed.text, their[0].raw.end, their[1].raw.start);
            let is_beside = our.iter().any(|token| token.text == "\"");
            (has != wants && is_beside == beside_mark).then(|| Spot {
                cause: if wants { Cause::SpaceLacks } else { Cause::SpaceTooMany },
                ours: our[0].raw.start..our[1].raw.end,
                theirs: their[0].raw.start..their[1].raw.end,
            })
        })
    };
    differing(false).or_else(|| differing(true))
}

/// The passages that words run over, with their bytes of the seed's text in each; nothing where they do not stand in several, one behind the other.
pub(super) fn over_passages(words: &str, seed: &Seed) -> Option<Vec<(usize, Span)>> {
    let folded = fold(words);
    // The separator of passages is one byte, like a space.
    let joined = seed.folded.text.replace('\n', " ");
    let whole = |at: &usize| seed.folded.is_whole(&(*at..*at + folded.len()), false, false);
    let finder = memmem::Finder::new(&folded);
    let at = finder
        .find_iter(joined.as_bytes())
        .find(whole)
        .filter(|_| !folded.is_empty())?;
    let end = at + folded.len();
    let (first, last) = (seed.passage_at_folded(at), seed.passage_at_folded(end - 1));
    let piece = |passage: usize| {
        let range = &seed.passages.get(passage)?.folded;
        let span = seed.folded.raw_span(range.start.max(at)..range.end.min(end))?;
        Some((passage, span))
    };
    (first < last).then(|| (first..=last).filter_map(piece).collect())
}
