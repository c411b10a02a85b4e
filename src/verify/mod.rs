//! Quotation × source → a verified quotation, or a report of what the source really says.
//!
//! A quotation counts as verified only by the search in this room, which compares folded texts exactly. The search for the nearest text is for
//! reports alone and never makes a quotation pass.

mod apart;
mod limiter;
mod manner;
mod nearest;
mod needle;
mod report;
mod search;
mod spot;

use crate::fold::Overlooked;
use crate::markdown::{Gap, Quotation, Role};
use crate::source::Seed;
use crate::text::Span;
use search::Hits;

pub use limiter::{drops_limiter, limits};
pub use nearest::{Difference, Nearest, nearest};
pub use report::{Cited, Elsewhere, Faults, report};

/// A quotation whose every word was found in its source. Only this room makes one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Verified {
    role: Role,
    inline: bool,
    paragraphs: Vec<VerifiedParagraph>,
    typography_differs: bool,
    overlooked: Overlooked,
    translation: Option<String>,
}

/// One quoted paragraph with the passage that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VerifiedParagraph {
    /// Index of the passage in [`Seed::passages`].
    pub passage: usize,
    /// The quoted parts in order.
    pub parts: Vec<Part>,
    /// What the editor put after the last part.
    pub after: Gap,
    /// Whether passages are left out before this paragraph.
    pub follows_gap: bool,
}

/// A run of quoted words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Part {
    /// Its bytes in the seed's text, half-open.
    pub span: Span,
    /// What the editor put before it.
    pub before: Gap,
}

impl Verified {
    /// What it does for its claim.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Whether it stands in running text.
    pub fn is_inline(&self) -> bool {
        self.inline
    }

    /// The quoted paragraphs; at least one, each with at least one part.
    pub fn paragraphs(&self) -> &[VerifiedParagraph] {
        &self.paragraphs
    }

    /// Index of the passage in which it begins.
    pub fn passage(&self) -> usize {
        self.paragraphs.first().map_or(0, |paragraph| paragraph.passage)
    }

    /// All quoted parts in order.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &Part> {
        self.paragraphs.iter().flat_map(|paragraph| &paragraph.parts)
    }

    /// Whether quotation marks or dashes are set in another style than in the source.
    pub fn typography_differs(&self) -> bool {
        self.typography_differs
    }

    /// All in which its writing differs from the source's, typography included.
    pub fn overlooked(&self) -> Overlooked {
        self.overlooked
    }

    /// The site's own translation.
    pub fn translation(&self) -> Option<&str> {
        self.translation.as_deref()
    }

    /// Whether all of it stands in the article proper.
    pub fn in_body(&self, seed: &Seed) -> bool {
        self.paragraphs.iter().all(|paragraph| {
            seed.passages
                .get(paragraph.passage)
                .is_some_and(|passage| passage.in_body)
        })
    }
}

/// What came of looking for a quotation in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Found in one place.
    Found(Verified),
    /// Found in several passages; indices of [`Seed::passages`], ascending.
    Ambiguous(Vec<usize>),
    /// Not found.
    NotFound,
}

/// Looks for a quotation in a seed; in the given passage (an index) where its citation names one.
pub fn verify(quotation: &Quotation, seed: &Seed, named: Option<usize>) -> Outcome {
    match search::hits(quotation, seed, named) {
        Hits::None => Outcome::NotFound,
        Hits::One(only) => Outcome::Found(Verified {
            role: quotation.role,
            inline: quotation.inline,
            typography_differs: only.manner.typography_differs,
            overlooked: only.manner.overlooked,
            paragraphs: only.paragraphs,
            translation: quotation.translation.clone(),
        }),
        Hits::Many(passages) => Outcome::Ambiguous(passages),
    }
}

#[cfg(test)]
mod tests;
