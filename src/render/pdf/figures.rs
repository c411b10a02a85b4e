//! Page numbers of entries.
//!
//! A text that asks Typst for the page of an entry makes it set the book a second time. So the template sets noughts in the place of a number, with a
//! mark before them, and the number takes their place once all pages are set. What follows on the line moves up, or fills the room that was left.

use std::collections::BTreeMap;

use typst::foundations::Value;
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Em, Frame, FrameItem, Point};
use typst::text::{Glyph, TextItem};

/// What the mark of a number begins with where lines are as wide as the column, and where they are not; the id of the entry follows.
const MARKS: [(&str, bool); 2] = [("page:", false), ("page-in-full-line:", true)];

/// Puts numbers in the place of noughts.
pub(super) struct Figures<'p> {
    /// Pages by ids of entries.
    pub(super) pages: &'p BTreeMap<String, usize>,
    /// The number whose mark was met last, and whether it stands in full lines: its noughts may begin the next line.
    next: Option<(usize, bool)>,
}

impl<'p> Figures<'p> {
    pub(super) fn new(pages: &'p BTreeMap<String, usize>) -> Self {
        Self { pages, next: None }
    }

    /// Sets the numbers of a frame and all frames in it.
    pub(super) fn set(&mut self, frame: &mut Frame) {
        if self.next.is_none() && !has_marks(frame) {
            return;
        }
        let mut items: Vec<(Point, FrameItem)> = frame.items().cloned().collect();
        for at in 0..items.len() {
            match &mut items[at].1 {
                FrameItem::Group(group) => self.set(&mut group.frame),
                FrameItem::Tag(Tag::Start(element, _)) => {
                    if let Some(mark) = element.to_packed::<MetadataElem>() {
                        self.next = self.read(&mark.value);
                    }
                }
                FrameItem::Text(text) => {
                    if let Some((page, in_full_line)) = self.next.take() {
                        let gap = put(text, page);
                        close(&mut items, at, gap, in_full_line.then(|| frame.width()));
                    }
                }
                _ => {}
            }
        }
        frame.clear();
        frame.push_multiple(items);
    }

    fn read(&self, mark: &Value) -> Option<(usize, bool)> {
        let Value::Str(mark) = mark else {
            return None;
        };
        MARKS.iter().find_map(|(begins, full)| {
            let page = self.pages.get(mark.as_str().strip_prefix(begins)?)?;
            Some((*page, *full))
        })
    }
}

fn has_marks(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_marks(&group.frame),
        FrameItem::Tag(Tag::Start(element, _)) => element.is::<MetadataElem>(),
        _ => false,
    })
}

/// Puts a number in the place of noughts; returns by how much it is narrower.
fn put(text: &mut TextItem, page: usize) -> Abs {
    let before = text.width();
    let span = text
        .glyphs
        .first()
        .map_or((typst::syntax::Span::detached(), 0), |glyph| glyph.span);
    let words = page.to_string();
    let glyph = |(at, sign): (usize, char)| {
        let id = text.font.ttf().glyph_index(sign).map_or(0, |id| id.0);
        let at = u16::try_from(at).unwrap_or(u16::MAX);
        Glyph {
            id,
            x_advance: text.font.x_advance(id).unwrap_or_default(),
            x_offset: Em::zero(),
            y_advance: Em::zero(),
            y_offset: Em::zero(),
            range: at..at + 1,
            span,
        }
    };
    let glyphs = words.char_indices().map(glyph).collect();
    text.glyphs = glyphs;
    text.text = words.into();
    before - text.width()
}

/// Closes the gap behind a number: its line's spaces become wider where the line is `full` (and as wide as its frame), else what follows moves up.
fn close(items: &mut [(Point, FrameItem)], number: usize, gap: Abs, full: Option<Abs>) {
    if gap == Abs::zero() {
        return;
    }
    let line = items[number].0.y;
    let is_text = |item: &(Point, FrameItem)| matches!(item.1, FrameItem::Text(_)) && item.0.y == line;
    let end = |item: &(Point, FrameItem)| match &item.1 {
        FrameItem::Text(text) => item.0.x + text.width(),
        _ => item.0.x,
    };
    let ends = items.iter().enumerate().filter(|(_, item)| is_text(item));
    // The number is narrower by now; what stands after it has not moved yet.
    let right = ends.map(|(at, item)| end(item) + if at == number { gap } else { Abs::zero() });
    let is_full = full.is_some_and(|width| right.fold(Abs::zero(), Abs::max) > width - Abs::pt(3.0));
    let spaces: usize = items
        .iter()
        .filter(|item| is_text(item))
        .map(|item| spaces(&item.1))
        .sum();
    let wider = if is_full && spaces > 0 {
        gap / spaces as f64
    } else {
        Abs::zero()
    };
    let mut moved = Abs::zero();
    for (at, item) in items.iter_mut().enumerate() {
        let is_on_line =
            item.0.y == line || matches!(item.1, FrameItem::Link(..)) && (item.0.y - line).abs() < Abs::pt(12.0);
        if !is_on_line {
            continue;
        }
        let own = moved;
        if let FrameItem::Text(text) = &mut item.1 {
            moved += widen(text, wider);
        }
        if at == number {
            moved -= gap;
        }
        // A link follows the text on which it lies.
        item.0.x += if matches!(item.1, FrameItem::Link(..)) {
            moved
        } else {
            own
        };
    }
}

fn spaces(item: &FrameItem) -> usize {
    match item {
        FrameItem::Text(text) => text.glyphs.iter().filter(|glyph| is_space(text, glyph)).count(),
        _ => 0,
    }
}

/// Whether a glyph is a space that is seen: those at the ends of lines have no width.
fn is_space(text: &TextItem, glyph: &Glyph) -> bool {
    let words = text
        .text
        .get(usize::from(glyph.range.start)..usize::from(glyph.range.end));
    glyph.x_advance > Em::zero() && matches!(words, Some(" " | "\u{a0}"))
}

/// Makes each space of a text wider; returns by how much the text is.
fn widen(text: &mut TextItem, by: Abs) -> Abs {
    if by == Abs::zero() {
        return by;
    }
    let wider: Vec<bool> = text.glyphs.iter().map(|glyph| is_space(text, glyph)).collect();
    let em = Em::from_abs(by, text.size);
    for (glyph, _) in text.glyphs.iter_mut().zip(&wider).filter(|(_, wider)| **wider) {
        glyph.x_advance += em;
    }
    by * wider.into_iter().filter(|wider| *wider).count() as f64
}
