//! When two texts are the same: the folding of the contract's section 3, with its map back to the raw text.
//!
//! Both sides of a comparison are folded alike. Silently: Unicode NFC, runs of white space, invisible characters, apostrophes, the ellipsis.
//! With a note (`typography-differs`): styles of quotation marks, the spaces inside them, dashes. Never: case, accents, digits, words,
//! any other punctuation.

mod folding;
mod marks;
mod overlooked;
mod searched;

use crate::text::{Span, is_combining, is_unspaced};

pub use marks::{Likeness, first_difference, likeness};
pub use overlooked::{Kind, Overlooked};
pub use searched::Searched;

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
        // Without spaces between words nothing tells where one ends.
        if is_unspaced(last) || is_unspaced(first) {
            return false;
        }
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
    cuts_ellipsis(before, after) || cuts_thousands(before, after)
}

/// Whether the cut falls within the dots of an ellipsis: three at a time, as `…` folds to them.
fn cuts_ellipsis(before: &str, after: &str) -> bool {
    let dots_before = before.len() - before.trim_end_matches('.').len();
    let dots_after = after.len() - after.trim_start_matches('.').len();
    dots_before > 0 && dots_after > 0 && dots_before + dots_after >= 3 && !dots_before.is_multiple_of(3)
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
    (1..=3).contains(&before_digits) && after_digits == 3 && !ends_a_name(&head[..head.len() - before_digits])
}

/// Whether figures behind a text belong to a name that it ends with: `GPT-` before `3`.
fn ends_a_name(text: &str) -> bool {
    text.strip_suffix('-').unwrap_or(text).ends_with(char::is_alphabetic)
}

/// Whether `after` goes on with an English `n't` that would turn `inside` round: `can` cut from `can't`.
fn cuts_negation(inside: &str, after: &str) -> bool {
    inside.ends_with('n') && after.starts_with("'t") && !after[2..].starts_with(char::is_alphanumeric)
}
