//! Which parts of a translation say what which parts of its original say, judged by their lengths alone.
//!
//! The method is that of William A. Gale and Kenneth W. Church, "A Program for Aligning Sentences in Bilingual Corpora",
//! Computational Linguistics 19(1), 1993, pages 75–102: a long sentence has a long translation, and a short one a short
//! translation. It reads no word, so it serves any two languages and gives the same answer on every machine. What it gets wrong
//! an editor sets right.

mod cost;
mod path;
#[cfg(test)]
mod tests;

/// A passage or a sentence, as the method sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Its length in code points.
    pub length: usize,
    /// Whether it belongs to the article proper. What does never meets what does not.
    pub in_body: bool,
}

/// Parts that say the same: indices in ascending order. One side is empty where the other text has nothing for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bead {
    /// Parts of the original.
    pub original: Vec<usize>,
    /// Parts of the translation.
    pub translation: Vec<usize>,
}

/// Aligns two texts; every part of both stands in exactly one bead. Beads are in the order of the translation, and what only the
/// original has follows what stands before it there.
///
/// `fixed` are beads that an editor has set, none of which shares a part with another. They are kept as they are, and the rest is aligned
/// as if their parts were not there. So a passage that the translator moved can be set too.
pub fn align(original: &[Part], translation: &[Part], fixed: &[Bead]) -> Vec<Bead> {
    let own = free(original.len(), fixed.iter().flat_map(|bead| &bead.original));
    let other = free(translation.len(), fixed.iter().flat_map(|bead| &bead.translation));
    let parts = |all: &[Part], indices: &[usize]| -> Vec<Part> { indices.iter().map(|at| all[*at]).collect() };
    let steps = path::cheapest(&parts(original, &own), &parts(translation, &other));
    let mut beads = fixed.to_vec();
    let (mut own, mut other) = (own.into_iter(), other.into_iter());
    for (here, there) in steps {
        beads.push(Bead {
            original: own.by_ref().take(here).collect(),
            translation: other.by_ref().take(there).collect(),
        });
    }
    in_order(beads, original.len())
}

/// The indices that no bead holds yet, ascending.
fn free<'a>(length: usize, taken: impl Iterator<Item = &'a usize>) -> Vec<usize> {
    let mut is_free = vec![true; length];
    for at in taken {
        if let Some(place) = is_free.get_mut(*at) {
            *place = false;
        }
    }
    (0..length).filter(|at| is_free[*at]).collect()
}

/// Puts beads in the order of the translation.
fn in_order(mut beads: Vec<Bead>, original: usize) -> Vec<Bead> {
    // For each part of the original, one past the first part of the translation that answers it or, where none does, what stands before it.
    let mut answer = vec![0; original];
    for bead in &beads {
        let Some(first) = bead.translation.first() else {
            continue;
        };
        for at in &bead.original {
            answer[*at] = first + 1;
        }
    }
    for at in 1..original {
        if answer[at] == 0 {
            answer[at] = answer[at - 1];
        }
    }
    beads.sort_by_key(|bead| match (bead.translation.first(), bead.original.first()) {
        (Some(first), _) => (first + 1, 0),
        (None, Some(first)) => (answer[*first], first + 1),
        (None, None) => (0, 0),
    });
    beads
}
