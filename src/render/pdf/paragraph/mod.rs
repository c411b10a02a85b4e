//! Paragraphs, set by us within Typst's pages.
//!
//! Most of the time that Typst needs for a book goes into its paragraphs: to choose the ends of their lines it shapes nearly the whole line anew for
//! each place where a word might be broken. Here a paragraph is shaped once, its lines are chosen by sums of widths with Typst's own measure of what
//! a good line is, and only the words at the ends of the chosen lines are shaped anew. What is not plain text in Latin letters, Typst sets itself.

mod breaks;
mod line;
mod shape;
#[cfg(test)]
mod tests;
mod text;

use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{Content, NativeElement as _, Packed, Smart, StyleChain};
use typst::introspection::Locator;
use typst::layout::{Abs, AlignElem, BlockElem, Fragment, Frame, Point, Ratio, Regions, Size};
use typst::model::{Linebreaks, ParElem};
use typst::routines::{Arenas, RealizationKind};
use typst::text::TextElem;
use typst::utils::Numeric as _;

use breaks::Ends;
use text::Text;

/// What Typst shows a paragraph as: a block that may break over columns, laid out by us.
pub(super) fn show(paragraph: &Packed<ParElem>, _: &mut Engine, _: StyleChain) -> SourceResult<Content> {
    Ok(BlockElem::multi_layouter(paragraph.clone(), lay_out).pack())
}

fn lay_out(
    paragraph: &Packed<ParElem>,
    engine: &mut Engine,
    locator: Locator,
    styles: StyleChain,
    regions: Regions,
) -> SourceResult<Fragment> {
    let arenas = Arenas::default();
    let realize = engine.library.routines.realize;
    let mut places = locator.relayout().split();
    let kind = RealizationKind::Par;
    let parts = realize(kind, engine, &mut places, &arenas, &paragraph.body, styles)?;
    let justify = paragraph.justify.get(styles);
    let lines = Text::read(&parts, styles, justify).and_then(|text| lines(&text, paragraph, styles, regions));
    match lines {
        Some(lines) => Ok(fill(lines, paragraph.leading.resolve(styles), styles, regions)),
        None => typst_layout::layout_fragment(engine, &paragraph.body, locator, styles, regions),
    }
}

/// The lines of a paragraph, each as a frame of its own.
fn lines(text: &Text, paragraph: &Packed<ParElem>, styles: StyleChain, regions: Regions) -> Option<Vec<Frame>> {
    let width = regions.size.x;
    if !width.is_finite() {
        return None;
    }
    let optimized = match paragraph.linebreaks.get(styles) {
        Smart::Custom(choice) => choice == Linebreaks::Optimized,
        Smart::Auto => text.justify,
    };
    let costs = styles.get(TextElem::costs);
    let ends = Ends::new(text, width, costs.hyphenation().get(), costs.runt().get());
    let chosen = if optimized { ends.best() } else { ends.first_fit() };
    let mut lines = Vec::with_capacity(chosen.len());
    let mut tags = text.tags.as_slice();
    let mut start = 0;
    for end in &chosen {
        lines.push(line::Line::new(text, start, *end, &mut tags)?);
        start = end.at;
    }
    let widest = lines.iter().map(line::Line::width).fold(Abs::zero(), Abs::max);
    let width = if regions.expand.x { width } else { width.min(widest) };
    let align = styles.get(AlignElem::alignment).fix(styles.resolve(TextElem::dir)).x;
    Some(lines.into_iter().map(|line| line.frame(text, width, align)).collect())
}

/// Puts lines into regions: none alone at the foot or at the head of one, where Typst would let none stand alone either.
fn fill(lines: Vec<Frame>, leading: Abs, styles: StyleChain, mut regions: Regions) -> Fragment {
    let costs = styles.get(TextElem::costs);
    let count = lines.len();
    let no_orphans = count >= 2 && costs.orphan() > Ratio::zero();
    let no_widows = count >= 2 && costs.widow() > Ratio::zero();
    let heights: Vec<Abs> = lines.iter().map(Frame::height).collect();
    let together = |lines: &[Abs]| lines.iter().copied().sum::<Abs>() + leading * (lines.len() - 1) as f64;
    let mut frames = Vec::new();
    let mut placed: Vec<(Abs, Frame)> = Vec::new();
    let (mut y, width) = (Abs::zero(), lines.first().map_or(Abs::zero(), Frame::width));
    for (at, line) in lines.into_iter().enumerate() {
        let need = if at == 0 && no_orphans && no_widows && count == 3 {
            together(&heights)
        } else if at == 0 && no_orphans || no_widows && at >= 2 && at + 2 == count {
            together(&heights[at..at + 2])
        } else {
            heights[at]
        };
        let gap = |y: Abs| if y > Abs::zero() { leading } else { Abs::zero() };
        let rest = regions.size.y - y - gap(y);
        let next = || regions.iter().nth(1).is_some_and(|next| next.y.fits(need));
        if !rest.fits(heights[at]) && (y > Abs::zero() && regions.may_break() || regions.may_progress())
            || !rest.fits(need) && next()
        {
            frames.push(stack(std::mem::take(&mut placed), Size::new(width, y)));
            regions.next();
            y = Abs::zero();
        }
        y += gap(y);
        let height = line.height();
        placed.push((y, line));
        y += height;
    }
    frames.push(stack(placed, Size::new(width, y)));
    Fragment::frames(frames)
}

fn stack(lines: Vec<(Abs, Frame)>, size: Size) -> Frame {
    let mut frame = Frame::soft(size);
    if let Some((y, first)) = lines.first() {
        frame.set_baseline(*y + first.baseline());
    }
    for (y, line) in lines {
        frame.push_frame(Point::with_y(y), line);
    }
    frame
}
