//! Names in running text, found from a place within them.

use crate::text::{Span, floor_char_boundary};

/// How far from a cursor a name may begin or end, in bytes.
const REACH: usize = 96;

/// The longest run of whole words around a place for which `known` has something.
pub(super) fn longest<T>(text: &str, at: usize, known: impl Fn(&str) -> Option<T>) -> Option<(Span, T)> {
    let from = floor_char_boundary(text, at.saturating_sub(REACH));
    let to = floor_char_boundary(text, at.saturating_add(REACH));
    let at = floor_char_boundary(text, at);
    let mut found: Option<(Span, T)> = None;
    for start in bounds(text, from..at, true) {
        for end in bounds(text, at..to, false) {
            let longer = found
                .as_ref()
                .is_none_or(|(best, _)| end.saturating_sub(start) > best.len());
            if start < end
                && longer
                && let Some(what) = known(&text[start..end])
            {
                found = Some((start..end, what));
            }
        }
    }
    found
}

/// The places in a range, its ends included, at which a word begins, or ends.
fn bounds(text: &str, range: Span, begins: bool) -> Vec<usize> {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || crate::text::is_combining(c));
    let is_bound = |at: &usize| {
        let before = is_word(text[..*at].chars().next_back());
        let after = is_word(text[*at..].chars().next());
        before != begins && after == begins
    };
    (range.start..=range.end)
        .filter(|at| text.is_char_boundary(*at))
        .filter(is_bound)
        .collect()
}
