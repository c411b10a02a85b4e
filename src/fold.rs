//! When two texts are the same: the folding of the contract's section 3, with its map back to the raw text.
//!
//! Both sides of a comparison are folded alike. Silently: Unicode NFC, runs of white space, invisible characters, apostrophes, the ellipsis.
//! With a note (`typography-differs`): styles of quotation marks, the spaces inside them, dashes. Never: case, accents, digits, words,
//! any other punctuation.

mod folding;
mod overlooked;

use crate::text::{Span, is_combining};

use folding::{Fold, fold_char};

pub use overlooked::{Kind, Overlooked};

/// Folds a text without its map back.
pub fn fold(raw: &str) -> String {
    folding::fold(raw, 0, folding::Forgotten).0
}

/// A folded text and, for each of its bytes, where it came from.
///
/// Quotation marks are all `"`, and white space beside one is gone on both sides; [`likeness`] then checks that only space *inside*
/// quotation marks was overlooked. There is no white space at either end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text`, the raw bytes that its character stands for.
    origin: Vec<(u32, u32)>,
}

impl Folded {
    /// Folds `raw`. Offsets count from `base`: pass the place of `raw` in its file to get places in that file.
    pub fn new(raw: &str, base: usize) -> Self {
        let (text, origin) = folding::fold(raw, base, Vec::with_capacity(raw.len()));
        Self { text, origin }
    }

    /// An empty text with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            origin: Vec::with_capacity(bytes),
        }
    }

    /// Appends another folded text after a separator that occurs in no folded text, so that no search runs across it.
    pub fn append(&mut self, other: &Self) {
        self.text.push('\n');
        self.origin.push((0, 0));
        self.text.push_str(&other.text);
        self.origin.extend_from_slice(&other.origin);
    }

    /// The raw bytes that a range of folded bytes stands for. Empty ranges give `None`.
    pub fn raw_span(&self, folded: Span) -> Option<Span> {
        let first = self.origin.get(folded.start)?;
        let last = self.origin.get(folded.start.max(folded.end.checked_sub(1)?))?;
        (folded.start < folded.end).then_some(first.0 as usize..last.1 as usize)
    }

    /// The folded bytes for a range of raw ones; `within` is the folded range of the passage that they lie in.
    pub fn folded_span(&self, raw: &Span, within: &Span) -> Span {
        let origins = self.origin.get(within.clone()).unwrap_or_default();
        let place = |raw: usize| within.start + origins.partition_point(|(start, _)| (*start as usize) < raw);
        place(raw.start)..place(raw.end)
    }

    /// Whether `span` of the folded text can be quoted by itself: it cuts no word, no number and no letter from its accent.
    ///
    /// `free_start` and `free_end` lift that for an end that touches an editor's `[…]` insertion, as in `[l]a France`.
    pub fn is_whole(&self, span: &Span, free_start: bool, free_end: bool) -> bool {
        let (before, rest) = self.text.split_at(span.start);
        let (inside, after) = rest.split_at(span.end - span.start);
        let inside_first = inside.chars().next();
        let cut_accent = after.chars().next().is_some_and(is_combining) || inside_first.is_some_and(is_combining);
        // One raw character can fold to several; half of one cannot be quoted.
        let cut_unit = self.shares_origin(span.start) || self.shares_origin(span.end);
        !cut_accent
            && !cut_unit
            && (free_start || !cuts(before, inside))
            && (free_end || !cuts(inside, after) && !cuts_negation(inside, after))
    }

    fn shares_origin(&self, at: usize) -> bool {
        match (
            at.checked_sub(1).and_then(|left| self.origin.get(left)),
            self.origin.get(at),
        ) {
            (Some(left), Some(right)) => left == right,
            _ => false,
        }
    }
}

/// Whether a text cut between `before` and `after` would be cut within a word or a number.
fn cuts(before: &str, after: &str) -> bool {
    let mut left = before.chars().rev();
    let mut right = after.chars();
    let (Some(last), Some(first)) = (left.next(), right.next()) else {
        return false;
    };
    if last.is_alphanumeric() && first.is_alphanumeric() {
        // Pages saved as text often glue two words: `À lire aussiVisite`.
        let glued = last.is_lowercase() && first.is_uppercase() && right.next().is_some_and(char::is_lowercase);
        return !glued;
    }
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let decimal = |c: char| matches!(c, '.' | ',');
    if decimal(last) && first.is_ascii_digit() && digit(left.next())
        || decimal(first) && last.is_ascii_digit() && digit(right.next())
    {
        return true;
    }
    cuts_thousands(before, after)
}

/// Whether the cut falls beside the space of a number such as `10 000`.
fn cuts_thousands(before: &str, after: &str) -> bool {
    let head = before.trim_end_matches(' ');
    let tail = after.trim_start_matches(' ');
    if head.len() == before.len() && tail.len() == after.len() {
        return false;
    }
    let before_digits = head.chars().rev().take(4).take_while(char::is_ascii_digit).count();
    let after_digits = tail.chars().take(4).take_while(char::is_ascii_digit).count();
    (1..=3).contains(&before_digits) && after_digits == 3
}

/// Whether `after` goes on with an English `n't` that would turn `inside` round: `can` cut from `can't`.
fn cuts_negation(inside: &str, after: &str) -> bool {
    inside.ends_with('n') && after.starts_with("'t") && !after[2..].starts_with(char::is_alphanumeric)
}

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
    let (ours, theirs) = (marks(ours), marks(theirs));
    if ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(a, b)| a.is_same(b)) {
        return Likeness::Same;
    }
    let may_be = |(a, b): (&Mark, &Mark)| a.may_be(b, || opens_in(passage, span.start + b.at));
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
    let visible = |c: &char| !matches!(fold_char(*c), Fold::Nothing);
    let outside = |c: char, signs: &str| c.is_whitespace() || is_dash(c) || signs.contains(c);
    let gap_before = before.chars().rev().find(visible);
    let gap_before = gap_before.is_none_or(|c| outside(c, "([{'’«“„"));
    let gap_after = rest.chars().skip(1).find(visible);
    let gap_after = gap_after.is_none_or(|c| outside(c, ".,;:!?…)]}»”"));
    match gap_before == gap_after {
        true => memchr::memchr_iter(b'"', before.as_bytes()).count().is_multiple_of(2),
        false => gap_before,
    }
}

/// The first mark of a text that is set otherwise in another whose folded text is equal: its bytes in the text, and the other's mark.
pub fn first_difference(ours: &str, theirs: &str) -> Option<(Span, char)> {
    let (ours, theirs) = (marks(ours), marks(theirs));
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
}

impl Mark {
    fn is_same(&self, other: &Self) -> bool {
        (self.style, self.space_before, self.space_after) == (other.style, other.space_before, other.space_after)
    }

    /// Whether one may stand for the other: white space may differ only on the inner side. Where the styles do not tell which side that is,
    /// `opens` does.
    fn may_be(&self, other: &Self, opens: impl FnOnce() -> bool) -> bool {
        if is_dash(self.style) || is_dash(other.style) {
            return is_dash(self.style) && is_dash(other.style);
        }
        let outer_before = self.space_before == other.space_before;
        let outer_after = self.space_after == other.space_after;
        match (self.opens(), other.opens()) {
            (Some(true), None) | (None, Some(true)) | (Some(true), Some(true)) => outer_before,
            (Some(false), None) | (None, Some(false)) | (Some(false), Some(false)) => outer_after,
            _ if outer_before == outer_after => outer_before,
            (None, None) if !matches!(other.style, '‹' | '›') => match opens() {
                true => outer_before,
                false => outer_after,
            },
            _ => true,
        }
    }

    /// Whether the mark opens a quotation, where its style tells.
    fn opens(&self) -> Option<bool> {
        match self.style {
            '«' | '„' | '‟' => Some(true),
            '»' | '”' => Some(false),
            _ => None,
        }
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—')
}

/// The quotation marks and dashes of a raw text, in order.
fn marks(raw: &str) -> Vec<Mark> {
    let visible: Vec<(usize, char)> = raw
        .char_indices()
        .filter(|(_, c)| !matches!(fold_char(*c), Fold::Nothing))
        .collect();
    let is_space = |at: Option<usize>| {
        at.and_then(|at| visible.get(at))
            .is_some_and(|(_, c)| c.is_whitespace())
    };
    let mut marks = Vec::new();
    for (index, &(at, style)) in visible.iter().enumerate() {
        let quotation_mark = matches!(fold_char(style), Fold::Mark) || matches!(style, '‹' | '›');
        if quotation_mark || is_dash(style) {
            marks.push(Mark {
                at,
                style,
                space_before: quotation_mark && is_space(index.checked_sub(1)),
                space_after: quotation_mark && is_space(Some(index + 1)),
            });
        }
    }
    marks
}
