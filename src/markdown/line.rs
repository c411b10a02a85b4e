//! A walk through a line of text, and what cuts it into pieces.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::flat::{Flat, Placed, text_of};
use crate::lang::Change;

/// What a range of a block's flat text is cut out as.
pub(super) enum Cut {
    Citation(usize),
    Quoted(usize),
}

/// Where a walk through a line of text stands.
pub(super) struct Line {
    pub(super) cuts: Vec<(Range<usize>, Cut)>,
    /// How many of them lie behind.
    pub(super) passed: usize,
    /// Offset in the block's flat text.
    pub(super) at: usize,
    /// The last character written.
    pub(super) last: Option<char>,
    /// Whether that was running text: not code, nor quoted words.
    pub(super) is_running: bool,
    pub(super) links: Vec<usize>,
    /// Straight quotation marks to be set otherwise, in bytes of the flat text.
    pub(super) marks: Vec<Change>,
    /// The flat text, where it is asked for.
    pub(super) flat: Option<Flat>,
}

impl Line {
    /// How far the text goes on alike, at most `most` bytes; where it is a cut, which one and whether it begins here.
    pub(super) fn next_cut(&mut self, most: usize) -> (usize, Option<(Cut, bool)>) {
        // The ends of cuts are in order, and the walk never goes back.
        let passed = self.cuts[self.passed..]
            .iter()
            .take_while(|(range, _)| range.end <= self.at);
        self.passed += passed.count();
        let Some((range, cut)) = self.cuts.get(self.passed) else {
            return (most, None);
        };
        if self.at < range.start {
            return (most.min(range.start - self.at), None);
        }
        let cut = match cut {
            Cut::Citation(citation) => Cut::Citation(*citation),
            Cut::Quoted(quotation) => Cut::Quoted(*quotation),
        };
        (most.min(range.end - self.at), Some((cut, self.at == range.start)))
    }

    /// The marks of a piece that begins where the walk stands, in bytes of the piece.
    pub(super) fn marks_in(&self, piece: &str) -> Vec<Change> {
        let first = self.marks.partition_point(|mark| mark.span.start < self.at);
        let inside = |mark: &&Change| mark.span.end <= self.at + piece.len();
        let moved = |mark: &Change| Change {
            span: mark.span.start - self.at..mark.span.end - self.at,
            text: mark.text,
        };
        self.marks[first..].iter().take_while(inside).map(moved).collect()
    }

    pub(super) fn advance(&mut self, text: &str) {
        self.at += text.len();
        self.is_running = false;
        self.last = text.chars().next_back().or(self.last);
    }
}

/// The ranges of the flat text that are code.
pub(super) fn code_ranges(events: &[Placed<'_>]) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut ranges = Vec::new();
    for (event, _) in events {
        let length = text_of(event).map_or(0, str::len);
        if matches!(event, Event::Code(_)) {
            ranges.push(at..at + length);
        }
        at += length;
    }
    ranges
}

/// The ranges of the flat text that are not running text: code, HTML, what images are called.
pub(super) fn verbatim_ranges(events: &[Placed<'_>]) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut images = 0usize;
    let mut ranges = Vec::new();
    for (event, _) in events {
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            _ => {}
        }
        let length = text_of(event).map_or(0, str::len);
        if images > 0 || matches!(event, Event::Code(_) | Event::InlineHtml(_) | Event::Html(_)) {
            ranges.push(at..at + length);
        }
        at += length;
    }
    ranges
}
