//! Quotations as an editor writes them, before anyone has looked whether they are true.

use std::ops::Range;

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
    /// Index of its citation in [`super::Body::citations`].
    pub citation: usize,
    /// The quoted paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// The site's own translation of it, without markup.
    pub translation: Option<String>,
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
        /// Map to the file: (offset in `text`, offset in the file), ascending.
        runs: Vec<(usize, usize)>,
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
#[derive(Debug, Clone, PartialEq, Eq)]
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

impl Paragraph {
    /// Reads a quoted paragraph from a range of a block's flat text.
    pub(super) fn read(flat: &Flat, range: Range<usize>, file: &str) -> Self {
        let text = &flat.text[range.clone()];
        let brackets = brackets(flat, range.clone(), file);
        let mut segments: Vec<Segment> = Vec::new();
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

/// The bytes in the content file of a range of a text, by the text's map to the file.
pub fn in_file(text: &str, runs: &[(usize, usize)], range: &Range<usize>) -> Span {
    let at = |offset: usize| {
        let run = runs.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        runs.get(run).map_or(0, |(start, raw)| raw + (offset - start))
    };
    match text[range.clone()].char_indices().next_back() {
        Some((last, c)) => at(range.start)..(at(range.start + last) + c.len_utf8()).max(at(range.start)),
        None => at(range.start)..at(range.start),
    }
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
