//! Quotation marks and dashes: which styles may stand for each other, and on which side of a mark white space counts.

use super::folding::{Fold, fold_char};
use crate::text::Span;

/// How the raw texts of two equal folded texts differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// They differ at most in what is folded silently.
    Same,
    /// Quotation marks, the spaces inside them, or dashes differ in style.
    TypographyDiffers,
    /// White space outside quotation marks differs: the texts are not the same after all.
    Different,
}

/// Compares a raw text with the part of a passage whose folded text is equal; `span` is that part's bytes in the passage.
pub fn likeness(ours: &str, passage: &str, span: &Span) -> Likeness {
    let Some(theirs) = passage.get(span.clone()) else {
        return Likeness::Different;
    };
    // Most quotations are copied, not retyped.
    if ours == theirs {
        return Likeness::Same;
    }
    let (ours, theirs) = (marks(ours, &(0..ours.len()), false), marks(passage, span, true));
    if ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(a, b)| a.is_same(b)) {
        return Likeness::Same;
    }
    let may_be = |(a, b): (&Mark, &Mark)| a.may_be(b, || opens_in(passage, b.at));
    if ours.len() == theirs.len() && ours.iter().zip(&theirs).all(may_be) {
        Likeness::TypographyDiffers
    } else {
        Likeness::Different
    }
}

/// Whether a quotation mark whose style does not tell opens a quotation, by what stands around it; else by the marks before it in the passage.
fn opens_in(passage: &str, at: usize) -> bool {
    let (before, rest) = passage.split_at(at);
    if rest.starts_with('“') {
        let last = before.rfind(['„', '“', '”']);
        return !last.is_some_and(|last| before[last..].starts_with('„'));
    }
    told_by_gaps(before, rest).unwrap_or_else(|| memchr::memchr_iter(b'"', before.as_bytes()).count().is_multiple_of(2))
}

/// Whether the mark that `rest` begins with opens a quotation, where a gap on one side alone tells.
fn told_by_gaps(before: &str, rest: &str) -> Option<bool> {
    let visible = |c: &char| !matches!(fold_char(*c), Fold::Nothing);
    let outside = |c: char, signs: &str| c.is_whitespace() || is_dash(c) || signs.contains(c);
    let gap_before = before.chars().rev().find(visible);
    let gap_before = gap_before.is_none_or(|c| outside(c, "([{'’«“„"));
    let gap_after = rest.chars().skip(1).find(visible);
    let gap_after = gap_after.is_none_or(|c| outside(c, ".,;:!?…)]}»”"));
    (gap_before != gap_after).then_some(gap_before)
}

/// The first mark of a text that is set otherwise in another whose folded text is equal: its bytes in the text, and the other's mark.
pub fn first_difference(ours: &str, theirs: &str) -> Option<(Span, char)> {
    let [ours, theirs] = [ours, theirs].map(|text| marks(text, &(0..text.len()), false));
    let (mark, other) = ours.iter().zip(&theirs).find(|(a, b)| !a.is_same(b))?;
    Some((mark.at..mark.at + mark.style.len_utf8(), other.style))
}

/// A quotation mark or a dash, with the white space on its sides.
#[derive(Debug)]
struct Mark {
    /// Its first byte in the raw text.
    at: usize,
    style: char,
    space_before: bool,
    space_after: bool,
    /// Whether it opens a quotation: by what stands around it, or else by its style, as far as they tell.
    opens: Option<bool>,
}

impl Mark {
    fn is_same(&self, other: &Self) -> bool {
        (self.style, self.space_before, self.space_after) == (other.style, other.space_before, other.space_after)
    }

    /// Whether one may stand for the other: both open, or both close, and white space may differ only on the inner side. Where nothing tells which side
    /// that is, `opens` does.
    fn may_be(&self, other: &Self, opens: impl FnOnce() -> bool) -> bool {
        if is_dash(self.style) || is_dash(other.style) {
            return is_dash(self.style) && is_dash(other.style);
        }
        let outer_before = self.space_before == other.space_before;
        let outer_after = self.space_after == other.space_after;
        match (self.opens, other.opens) {
            (Some(ours), Some(theirs)) if ours != theirs => false,
            (Some(true), _) | (_, Some(true)) => outer_before,
            (Some(false), _) | (_, Some(false)) => outer_after,
            _ if outer_before == outer_after => outer_before,
            _ if !matches!(other.style, '‹' | '›') => match opens() {
                true => outer_before,
                false => outer_after,
            },
            _ => true,
        }
    }
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—')
}

/// Whether a mark opens a quotation, where its style tells: most writers set « and „ before the words, » and ” behind them.
fn opens_by_style(style: char) -> Option<bool> {
    match style {
        '«' | '„' | '‟' => Some(true),
        '»' | '”' => Some(false),
        _ => None,
    }
}

/// The quotation marks and dashes of some bytes of a raw text, in order, with their places in the text. Where the text is not `whole`, nothing is known
/// of what stands before and after it.
fn marks(raw: &str, span: &Span, whole: bool) -> Vec<Mark> {
    let visible: Vec<(usize, char)> = raw[span.clone()]
        .char_indices()
        .filter(|(_, c)| !matches!(fold_char(*c), Fold::Nothing))
        .collect();
    let is_space = |at: Option<usize>| {
        at.and_then(|at| visible.get(at))
            .is_some_and(|(_, c)| c.is_whitespace())
    };
    let mut marks = Vec::new();
    for (index, &(at, style)) in visible.iter().enumerate() {
        let at = span.start + at;
        let quotation_mark = matches!(fold_char(style), Fold::Mark) || matches!(style, '‹' | '›');
        if quotation_mark {
            let inside = index > 0 && index + 1 < visible.len();
            let told = (inside || whole).then(|| told_by_gaps(&raw[..at], &raw[at..]));
            marks.push(Mark {
                at,
                style,
                space_before: is_space(index.checked_sub(1)),
                space_after: is_space(Some(index + 1)),
                opens: told.flatten().or(opens_by_style(style)),
            });
        } else if is_dash(style) {
            marks.push(Mark {
                at,
                style,
                space_before: false,
                space_after: false,
                opens: None,
            });
        }
    }
    marks
}
