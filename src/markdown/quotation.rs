//! Quotations as an editor writes them, before anyone has looked whether they are true.

use std::ops::Range;

use super::Mark;
use super::flat::Flat;
use crate::text::Span;

/// What a quotation does for the claim that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The source makes the claim.
    States,
    /// The source bears the claim out.
    Supports,
    /// The source speaks against the claim.
    Contradicts,
    /// The source helps to understand the claim.
    Context,
}

impl Role {
    /// The words that editors write.
    pub const NAMES: [&'static str; 4] = ["states", "supports", "contradicts", "context"];

    /// The word that editors write.
    pub fn name(self) -> &'static str {
        match self {
            Self::States => "states",
            Self::Supports => "supports",
            Self::Contradicts => "contradicts",
            Self::Context => "context",
        }
    }

    /// The role with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::States, Self::Supports, Self::Contradicts, Self::Context]
            .into_iter()
            .find(|role| role.name() == name)
    }
}

/// Words that claim to stand in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// What it does for its claim; inline quotations are context.
    pub role: Role,
    /// Whether it stands in running text rather than in a block of its own.
    pub inline: bool,
    /// Whether it stands within another block, such as an item of a list; inline quotations do.
    pub nested: bool,
    /// Index of its citation in [`super::Body::citations`].
    pub citation: usize,
    /// The quoted paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// The site's own translation of it, without markup.
    pub translation: Option<String>,
    /// The marks of footnotes within a block, in order; those of running text stand in it.
    pub notes: Box<[Mark]>,
    /// Bytes of the content file: the quoted words with what stands between them.
    pub span: Span,
}

/// One quoted paragraph, or a gap of whole passages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paragraph {
    /// `[…]` alone: passages left out.
    LeftOut,
    /// Words that must stand in one passage.
    Words {
        /// The whole paragraph as written, `[…]` and all.
        text: String,
        /// Map to the file, in order.
        runs: Vec<Run>,
        /// Its parts.
        segments: Vec<Segment>,
    },
}

/// Quoted words without a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Bytes of the paragraph's text, without white space at its ends.
    pub range: Range<usize>,
    /// What stands between it and the segment before.
    pub before: Gap,
    /// What stands between it and the end or the next segment; the same as that segment's `before`.
    pub after: Gap,
}

/// What an editor put between two segments, or at an end of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Gap {
    /// The paragraph begins or ends.
    Edge,
    /// `[…]`: words left out.
    LeftOut,
    /// `[word]`: the editor's own words, as written without brackets.
    Inserted {
        /// The words.
        words: String,
        /// Whether the segment after the bracket (or before it, at the other side) touches it without a space, as in `[l]a`.
        touches_before: bool,
        /// See `touches_before`.
        touches_after: bool,
    },
}

impl Quotation {
    /// Plain words as a quotation: brackets mean what they mean in a quoted block, blank lines part paragraphs, and nothing else is markup.
    ///
    /// It cites nothing, so [`Quotation::citation`] means nothing.
    pub fn of_words(words: &str) -> Self {
        let flat = Flat::of_words(words);
        let mut paragraphs = Vec::new();
        let mut add = |range: Range<usize>| {
            if !words[range.clone()].trim().is_empty() {
                paragraphs.push(Paragraph::read(&flat, range, words));
            }
        };
        let (mut start, mut at) = (0, 0);
        for line in words.split_inclusive('\n') {
            if line.trim().is_empty() {
                add(start..at);
                start = at;
            }
            at += line.len();
        }
        add(start..at);
        Self {
            role: Role::States,
            inline: false,
            nested: false,
            citation: 0,
            paragraphs,
            translation: None,
            notes: Box::default(),
            span: 0..words.len(),
        }
    }
}

impl Paragraph {
    /// Reads a quoted paragraph from a range of a block's flat text.
    pub(super) fn read(flat: &Flat, range: Range<usize>, file: &str) -> Self {
        let text = &flat.text[range.clone()];
        let brackets = brackets(flat, range.clone(), file);
        // Nearly every paragraph is one part, and a site keeps tens of thousands of them.
        let mut segments: Vec<Segment> = Vec::with_capacity(1);
        let mut gap = Gap::Edge;
        let mut at = 0;
        for bracket in brackets.iter().chain([&(text.len()..text.len())]) {
            let words = &text[at..bracket.start];
            let trimmed = words.trim();
            let inside = text
                .get(bracket.start + 1..bracket.end.saturating_sub(1))
                .unwrap_or_default();
            let is_end = bracket.is_empty();
            let next = if is_end {
                Gap::Edge
            } else {
                gap_of(inside, text, bracket)
            };
            if trimmed.is_empty() {
                gap = merge(gap, next);
            } else {
                let start = at + (words.len() - words.trim_start().len());
                if let Some(previous) = segments.last_mut() {
                    previous.after = gap.clone();
                }
                segments.push(Segment {
                    range: start..start + trimmed.len(),
                    before: std::mem::replace(&mut gap, next.clone()),
                    after: next,
                });
            }
            at = bracket.end;
        }
        if let Some(last) = segments.last_mut() {
            last.after = gap;
        }
        if segments.is_empty() {
            return Self::LeftOut;
        }
        Self::Words {
            text: text.to_owned(),
            runs: flat.runs_of(&range),
            segments,
        }
    }
}

/// A stretch of a text without markup that stands in one piece in the content file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Where it begins in the text, in bytes.
    pub text: usize,
    /// Where it begins in the file, in bytes.
    pub raw: usize,
    /// Where it ends in the file, where it is an entity such as `&amp;`, which no place may end within.
    pub entity_end: Option<usize>,
}

/// The bytes in the file of a range of a text, by the text's runs in order.
pub(super) fn raw_span(runs: &[Run], range: &Range<usize>) -> Span {
    let run_at = |offset: usize| runs.get(runs.partition_point(|run| run.text <= offset).saturating_sub(1));
    let start = run_at(range.start).map_or(0, |run| match run.entity_end {
        Some(_) => run.raw,
        None => run.raw + (range.start - run.text),
    });
    let Some(last) = range.end.checked_sub(1).filter(|last| *last >= range.start) else {
        return start..start;
    };
    let end = run_at(last).map_or(0, |run| {
        run.entity_end.unwrap_or(run.raw + (last + 1).saturating_sub(run.text))
    });
    start..end.max(start)
}

/// The bytes in the content file of a range of a quoted paragraph, by the paragraph's runs.
pub fn in_file(text: &str, runs: &[Run], range: &Range<usize>) -> Span {
    debug_assert!(
        text.get(range.clone()).is_some(),
        "places are asked for whole characters"
    );
    raw_span(runs, range)
}

/// Two brackets side by side leave out what either leaves out.
fn merge(first: Gap, second: Gap) -> Gap {
    match (first, second) {
        (Gap::LeftOut, _) | (_, Gap::LeftOut) => Gap::LeftOut,
        (gap, Gap::Edge) => gap,
        (_, gap) => gap,
    }
}

fn gap_of(inside: &str, text: &str, bracket: &Range<usize>) -> Gap {
    if matches!(inside.trim(), "…" | "...") {
        return Gap::LeftOut;
    }
    Gap::Inserted {
        words: inside.trim().to_owned(),
        touches_before: text[..bracket.start].ends_with(|c: char| !c.is_whitespace()),
        touches_after: text[bracket.end..].starts_with(|c: char| !c.is_whitespace()),
    }
}

/// The innermost `[…]` pairs of a range of flat text, relative to its start; escaped brackets are text.
fn brackets(flat: &Flat, range: Range<usize>, file: &str) -> Vec<Range<usize>> {
    let text = &flat.text[range.clone()];
    let mut open = None;
    let mut found = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        let is_bracket = matches!(byte, b'[' | b']');
        if !is_bracket || flat.is_escaped(range.start + at, file) {
            continue;
        }
        if byte == b'[' {
            open = Some(at);
        } else if let Some(start) = open.take()
            && at > start + 1
        {
            found.push(start..at + 1);
        }
    }
    found
}
