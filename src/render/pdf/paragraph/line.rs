//! A line of a paragraph.

use typst::introspection::Tag;
use typst::layout::{Abs, Em, FixedAlignment, Frame, FrameItem, Point, Size};
use typst::model::LinkElem;
use typst::text::{Glyph as SetGlyph, TextEdgeBounds, TextElem, TextItem};

use super::breaks::{End, Kind, SHRINK, STRETCH};
use super::shape::Glyph;
use super::text::{Run, Text};

/// A line whose words are known, and not yet how wide its spaces are.
pub(super) struct Line<'t> {
    pieces: Vec<Piece<'t>>,
    /// Marks with the number of pieces before them.
    tags: Vec<(usize, &'t Tag)>,
    justify: bool,
    sums: Sums,
}

/// A part of a line in one style.
struct Piece<'t> {
    run: &'t Run<'t>,
    /// The words that it stands for.
    words: &'t str,
    /// Where they begin.
    start: usize,
    glyphs: Vec<Glyph>,
    /// How many of the glyphs are seen: the rest are spaces at the end.
    seen: usize,
}

#[derive(Default)]
struct Sums {
    width: f64,
    spaces: f64,
    count: usize,
}

/// What a hyphen at the end of a line stands for, so that who copies the text can leave it out.
const SOFT_HYPHEN: &str = "\u{ad}";

impl<'t> Line<'t> {
    /// The line between two places; takes its marks from the first of `tags`. Nothing for a line without words.
    pub(super) fn new(text: &'t Text<'t>, start: usize, end: End, tags: &mut &'t [(usize, &'t Tag)]) -> Option<Self> {
        let mut line = Line {
            pieces: Vec::new(),
            tags: Vec::new(),
            justify: text.justify && end.kind != Kind::Forced,
            sums: Sums::default(),
        };
        let first = text.runs.partition_point(|run| run.range.end <= start);
        for run in text.runs[first..].iter().take_while(|run| run.range.start < end.at) {
            line.take_tags(tags, |at| at <= run.range.start.max(start));
            line.push(text, run, start, end)?;
        }
        line.take_tags(tags, |at| at <= end.at);
        if matches!(end.kind, Kind::Hyphen(..)) {
            let run = line.pieces.last()?.run;
            line.pieces.push(Piece {
                run,
                words: SOFT_HYPHEN,
                start: end.at,
                glyphs: vec![run.face.hyphen(end.at, run.size)?],
                seen: 1,
            });
        }
        for glyph in line.pieces.iter().flat_map(|piece| &piece.glyphs[..piece.seen]) {
            line.sums.width += glyph.advance;
            if glyph.is_space() {
                line.sums.spaces += glyph.advance;
                line.sums.count += 1;
            }
        }
        (!line.pieces.is_empty()).then_some(line)
    }

    fn take_tags(&mut self, tags: &mut &'t [(usize, &'t Tag)], is_here: impl Fn(usize) -> bool) {
        let here = tags.iter().take_while(|(at, _)| is_here(*at)).count();
        let (own, rest) = tags.split_at(here);
        self.tags.extend(own.iter().map(|(_, tag)| (self.pieces.len(), *tag)));
        *tags = rest;
    }

    fn push(&mut self, text: &'t Text<'t>, run: &'t Run<'t>, start: usize, end: End) -> Option<()> {
        let (from, to) = (start.max(run.range.start), end.at.min(run.range.end));
        if from >= to {
            return Some(());
        }
        let glyphs = cut(text, run, from, to)?;
        let seen = glyphs.iter().take_while(|glyph| glyph.start < end.seen).count();
        self.pieces.push(Piece {
            run,
            words: &text.words[from..to],
            start: from,
            glyphs,
            seen,
        });
        Some(())
    }

    /// Its width with spaces as they are.
    pub(super) fn width(&self) -> Abs {
        Abs::pt(self.sums.width)
    }

    /// Sets it.
    pub(super) fn frame(self, text: &Text, width: Abs, align: FixedAlignment) -> Frame {
        let mut left = width.to_pt() - self.sums.width + self.overhang();
        let (stretch, shrink) = (self.sums.spaces * STRETCH, self.sums.spaces * SHRINK);
        // What each space gets of its own width, and beyond that.
        let (mut share, mut more) = (0.0, 0.0);
        if left < 0.0 && shrink > 0.0 {
            let ratio = (left / shrink).max(-1.0);
            share = ratio * SHRINK;
            left = (left + shrink).min(0.0);
        } else if self.justify && self.sums.count > 0 {
            if stretch > 0.0 {
                let ratio = (left / stretch).min(1.0);
                share = ratio * STRETCH;
                left = (left - stretch).max(0.0);
            }
            more = left / self.sums.count as f64;
            left = 0.0;
        }
        let edges: Vec<(Abs, Abs)> = self.pieces.iter().map(|piece| edges(piece.run)).collect();
        let top = edges.iter().map(|edges| edges.0).fold(Abs::zero(), Abs::max);
        let bottom = edges.iter().map(|edges| edges.1).fold(Abs::zero(), Abs::max);
        let mut frame = Frame::soft(Size::new(width, top + bottom));
        frame.set_baseline(top);
        let mut x = align.position(Abs::pt(left));
        let mut tags = self.tags.iter().peekable();
        for (number, (piece, edges)) in self.pieces.into_iter().zip(edges).enumerate() {
            while let Some((_, tag)) = tags.next_if(|(before, _)| *before <= number) {
                frame.push(Point::new(x, top), FrameItem::Tag((*tag).clone()));
            }
            x = piece.push_to(&mut frame, Point::new(x, top), edges, text.leading, (share, more));
        }
        for (_, tag) in tags {
            frame.push(Point::new(x, top), FrameItem::Tag((*tag).clone()));
        }
        frame
    }

    /// How far the last sign may stand out of the column.
    fn overhang(&self) -> f64 {
        let Some(piece) = self.pieces.last() else {
            return 0.0;
        };
        let last = piece.glyphs[..piece.seen].last();
        if self.pieces.len() == 1 && piece.seen < 2 || !piece.run.styles.get(TextElem::overhang) {
            return 0.0;
        }
        last.map_or(0.0, |glyph| {
            let part = match glyph.sign {
                '–' | '—' => 0.2,
                '-' | '\u{ad}' => 0.55,
                '.' | ',' => 0.8,
                ':' | ';' => 0.3,
                _ => 0.0,
            };
            part * glyph.advance
        })
    }
}

impl Piece<'_> {
    /// Puts it on a line, and returns where it ends.
    fn push_to(self, frame: &mut Frame, at: Point, edges: (Abs, Abs), leading: Abs, (share, more): (f64, f64)) -> Abs {
        let run = self.run;
        let em = |points: f64| Em::from_abs(Abs::pt(points), run.size);
        let seen = self.seen;
        let set = |(number, glyph): (usize, &Glyph)| {
            let wider = if glyph.is_space() {
                glyph.advance * share + more
            } else {
                0.0
            };
            let is_seen = number < seen;
            let place = |at: usize| u16::try_from(at - self.start).unwrap_or(u16::MAX);
            let end = if glyph.end > glyph.start {
                glyph.end
            } else {
                glyph.start + SOFT_HYPHEN.len()
            };
            SetGlyph {
                id: glyph.id,
                x_advance: if is_seen { em(glyph.advance + wider) } else { Em::zero() },
                x_offset: if is_seen { em(glyph.x_offset) } else { Em::zero() },
                y_advance: Em::zero(),
                y_offset: em(glyph.y_offset),
                range: place(glyph.start)..place(end),
                span: (run.span, 0),
            }
        };
        let item = TextItem {
            font: run.face.font.clone(),
            size: run.size,
            fill: run.styles.get_cloned(TextElem::fill),
            stroke: None,
            lang: run.lang,
            region: run.region,
            text: self.words.into(),
            glyphs: self.glyphs.iter().enumerate().map(set).collect(),
        };
        let width = item.width();
        frame.push(at, FrameItem::Text(item));
        if let Some(destination) = run.styles.get_cloned(LinkElem::current) {
            let size = Size::new(width, edges.0 + edges.1 + leading);
            let corner = Point::new(at.x, at.y - edges.0 - leading * 0.5);
            frame.push(corner, FrameItem::Link(destination, size));
        }
        at.x + width
    }
}

fn edges(run: &Run) -> (Abs, Abs) {
    let (top, bottom) = (
        run.styles.get(TextElem::top_edge),
        run.styles.get(TextElem::bottom_edge),
    );
    run.face.font.edges(top, bottom, run.size, TextEdgeBounds::Zero)
}

/// The glyphs of a part of a run. What is cut where glyphs depend on each other is shaped anew, up to where they no longer do.
fn cut(text: &Text, run: &Run, from: usize, to: usize) -> Option<Vec<Glyph>> {
    let glyphs = &run.glyphs;
    let shape = |from: usize, to: usize| run.face.shape(&text.words[from..to], from, run.size);
    let is_safe = |at: usize| {
        glyphs
            .get(at)
            .is_none_or(|glyph| glyph.is_safe && (at == 0 || glyphs[at - 1].start != glyph.start))
    };
    let place = |at: usize| glyphs.get(at).map_or(run.range.end, |glyph| glyph.start);
    let first = glyphs.partition_point(|glyph| glyph.start < from);
    let last = glyphs.partition_point(|glyph| glyph.start < to);
    let safe_first = (first..=glyphs.len()).find(|at| from == run.range.start || is_safe(*at) && place(*at) >= from)?;
    let safe_last = (0..=last)
        .rev()
        .find(|at| to == run.range.end || is_safe(*at) && place(*at) <= to)?;
    let head_is_whole = place(safe_first) == from || from == run.range.start;
    let tail_is_whole = place(safe_last) == to || to == run.range.end;
    if safe_first >= safe_last {
        return shape(from, to);
    }
    let mut out = if head_is_whole {
        Vec::new()
    } else {
        shape(from, place(safe_first))?
    };
    out.extend_from_slice(&glyphs[safe_first..safe_last]);
    if !tail_is_whole {
        out.extend(shape(place(safe_last), to)?);
    }
    Some(out)
}
