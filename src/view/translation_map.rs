//! Which passages of two texts belong together, drawn: a bar for each text, and a band from passage to passage. Shows places, no words.

use serde::Serialize;

use super::drift::{Text, overlaps};
use crate::link::{Pair, Sides, Translation};
use crate::source::{Passage, Seed};

/// Width of the drawing, in its own units.
const WIDTH: usize = 1000;

/// Height of a bar, and of the room between the two.
const BAR: usize = 14;
const ROOM: usize = 52;

/// Space between two passages, where there is room for it.
const GAP: usize = 4;

/// The drawing.
#[derive(Debug, Clone, Serialize)]
pub struct MapView {
    /// Its width.
    pub width: usize,
    /// Its height.
    pub height: usize,
    /// The height of a bar.
    pub bar: usize,
    /// Where the lower bar begins, from the top.
    pub lower: usize,
    /// Passages of the original, above.
    pub original: Vec<BlockView>,
    /// Passages of the translation, below.
    pub translation: Vec<BlockView>,
    /// What belongs together.
    pub bands: Vec<BandView>,
}

/// A passage.
#[derive(Debug, Clone, Serialize)]
pub struct BlockView {
    /// From the left.
    pub x: usize,
    /// Its width.
    pub width: usize,
    /// Whether it belongs to the article proper.
    pub in_body: bool,
    /// Whether some of its words are shown on the page.
    pub shown: bool,
}

/// Passages that belong together.
#[derive(Debug, Clone, Serialize)]
pub struct BandView {
    /// The corners of the band, as SVG has them.
    pub points: String,
    /// Whether a note is on it.
    pub noted: bool,
}

/// Draws the passages of two texts.
pub(super) fn map(translation: &Translation, texts: &Sides<Text<'_>>) -> MapView {
    let original = blocks(&texts.original);
    let own = blocks(&texts.translation);
    let band = |pair: &Pair| {
        let (left, right) = ends(&original, &pair.passages.original)?;
        let (own_left, own_right) = ends(&own, &pair.passages.translation)?;
        let (upper, lower) = (BAR, BAR + ROOM);
        let noted = |text: &Text<'_>, passages: &[usize]| {
            passages
                .iter()
                .any(|at| overlaps(&text.noted, &text.seed.passages[*at].span))
        };
        Some(BandView {
            points: format!("{left},{upper} {right},{upper} {own_right},{lower} {own_left},{lower}"),
            noted: noted(&texts.original, &pair.passages.original)
                || noted(&texts.translation, &pair.passages.translation),
        })
    };
    let bands = translation.pairs.iter().filter_map(band).collect();
    MapView {
        width: WIDTH,
        height: 2 * BAR + ROOM,
        bar: BAR,
        lower: BAR + ROOM,
        original,
        translation: own,
        bands,
    }
}

/// The passages of a text from left to right, each as wide as it is long.
fn blocks(text: &Text<'_>) -> Vec<BlockView> {
    let length = |seed: &Seed| {
        seed.passages
            .iter()
            .map(|passage| passage.span.len())
            .sum::<usize>()
            .max(1)
    };
    let all = length(text.seed);
    let mut before = 0;
    let block = |passage: &Passage| {
        let x = WIDTH * before / all;
        before += passage.span.len();
        let room = WIDTH * before / all - x;
        BlockView {
            x,
            width: room - GAP.min(room / 2),
            in_body: passage.in_body,
            shown: text.shows(&passage.span),
        }
    };
    text.seed.passages.iter().map(block).collect()
}

/// The left end of the first and the right end of the last of some passages.
fn ends(blocks: &[BlockView], passages: &[usize]) -> Option<(usize, usize)> {
    let of = || passages.iter().filter_map(|at| blocks.get(*at));
    Some((
        of().map(|block| block.x).min()?,
        of().map(|block| block.x + block.width).max()?,
    ))
}
