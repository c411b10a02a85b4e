//! How a quotation is written otherwise than its source, where the two count as the same.

use crate::fold::{Likeness, Overlooked, likeness};
use crate::text::Span;

/// What differs between a quotation and its source without making them different.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Manner {
    /// Whether quotation marks or dashes are set in another style.
    pub(super) typography_differs: bool,
    /// All that was overlooked.
    pub(super) overlooked: Overlooked,
}

impl Manner {
    /// Compares a text with the part of a passage whose folded text is equal. `None` where they are not the same after all.
    pub(super) fn between(ours: &str, passage: &str, span: &Span) -> Option<Self> {
        let typography_differs = match likeness(ours, passage, span) {
            Likeness::Different => return None,
            Likeness::TypographyDiffers => true,
            Likeness::Same => false,
        };
        Some(Self {
            typography_differs,
            overlooked: Overlooked::between(ours, passage.get(span.clone())?),
        })
    }

    /// Both together.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            typography_differs: self.typography_differs || other.typography_differs,
            overlooked: self.overlooked.and(other.overlooked),
        }
    }
}
