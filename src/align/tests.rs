//! Alignment against an oracle that tries every way, and against its own invariants, on random lengths.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::cost::{STEPS, difference};
use super::{Bead, Part, align};

fn text(lengths: &[usize]) -> Vec<Part> {
    let part = |length: &usize| Part {
        length: *length,
        in_body: true,
    };
    lengths.iter().map(part).collect()
}

fn bead(original: &[usize], translation: &[usize]) -> Bead {
    Bead {
        original: original.to_vec(),
        translation: translation.to_vec(),
    }
}

/// What a bead costs; nothing where it joins the article with what is not part of it.
fn cost(original: &[Part], translation: &[Part], bead: &Bead) -> Option<u64> {
    let own: Vec<Part> = bead.original.iter().map(|at| original[*at]).collect();
    let other: Vec<Part> = bead.translation.iter().map(|at| translation[*at]).collect();
    let step = STEPS
        .iter()
        .find(|(down, across, _)| (*down, *across) == (own.len(), other.len()))?;
    let proper = own.iter().chain(&other).filter(|part| part.in_body).count();
    let one_kind = proper == 0 || proper == own.len() + other.len();
    let length = |parts: &[Part]| parts.iter().map(|part| part.length).sum();
    one_kind.then(|| step.2 + difference(length(&own), length(&other)))
}

/// The least that any alignment of the parts from `from` on costs, by trying them all.
fn least(original: &[Part], translation: &[Part], from: (usize, usize)) -> Option<u64> {
    if from == (original.len(), translation.len()) {
        return Some(0);
    }
    let ways = STEPS.iter().filter_map(|(down, across, _)| {
        let to = (from.0 + down, from.1 + across);
        if to.0 > original.len() || to.1 > translation.len() {
            return None;
        }
        let bead = Bead {
            original: (from.0..to.0).collect(),
            translation: (from.1..to.1).collect(),
        };
        Some(cost(original, translation, &bead)? + least(original, translation, to)?)
    });
    ways.min()
}

fn parts(most: usize) -> impl Strategy<Value = Vec<Part>> {
    let part = (0..200_usize, prop::bool::weighted(0.8)).prop_map(|(length, in_body)| Part { length, in_body });
    prop::collection::vec(part, 0..most)
}

/// Beads that an editor might have set: some parts of both texts, in any order, each at most once.
fn fixed(seed: &[(usize, usize, u8)], original: usize, translation: usize) -> Vec<Bead> {
    let (mut taken, mut other_taken) = (vec![false; original], vec![false; translation]);
    let take = |at: usize, taken: &mut Vec<bool>| -> Vec<usize> {
        if taken.is_empty() {
            return Vec::new();
        }
        let at = at % taken.len();
        let was_taken = std::mem::replace(&mut taken[at], true);
        if was_taken { Vec::new() } else { vec![at] }
    };
    let mut beads = Vec::new();
    for (own, other, sides) in seed {
        let original = if sides % 3 < 2 {
            take(*own, &mut taken)
        } else {
            Vec::new()
        };
        let translation = if sides % 3 > 0 {
            take(*other, &mut other_taken)
        } else {
            Vec::new()
        };
        if !original.is_empty() || !translation.is_empty() {
            beads.push(Bead { original, translation });
        }
    }
    beads
}

proptest! {
    #[test]
    fn no_alignment_costs_less(original in parts(6), translation in parts(6)) {
        let beads = align(&original, &translation, &[]);
        let costs: Option<Vec<u64>> = beads.iter().map(|bead| cost(&original, &translation, bead)).collect();
        let all = costs.map(|costs| costs.iter().sum::<u64>());
        prop_assert_eq!(all, least(&original, &translation, (0, 0)), "{:?}", beads);
    }

    #[test]
    fn every_part_stands_in_one_bead_and_what_is_set_stays(
        original in parts(30),
        translation in parts(30),
        seed in prop::collection::vec((0..30_usize, 0..30_usize, 0..3_u8), 0..6),
    ) {
        let fixed = fixed(&seed, original.len(), translation.len());
        let beads = align(&original, &translation, &fixed);
        let mut own: Vec<usize> = beads.iter().flat_map(|bead| bead.original.clone()).collect();
        let mut other: Vec<usize> = beads.iter().flat_map(|bead| bead.translation.clone()).collect();
        own.sort_unstable();
        other.sort_unstable();
        prop_assert_eq!(own, (0..original.len()).collect::<Vec<_>>());
        prop_assert_eq!(other, (0..translation.len()).collect::<Vec<_>>());
        for bead in &fixed {
            prop_assert!(beads.contains(bead), "{:?} in {:?}", bead, beads);
        }
        let firsts: Vec<usize> = beads.iter().filter_map(|bead| bead.translation.first().copied()).collect();
        prop_assert!(firsts.is_sorted(), "{:?}", beads);
    }

    #[test]
    fn a_text_beside_itself_is_aligned_part_by_part(lengths in prop::collection::vec(1..400_usize, 0..40)) {
        let text = text(&lengths);
        let expected: Vec<Bead> = (0..text.len()).map(|at| bead(&[at], &[at])).collect();
        prop_assert_eq!(align(&text, &text, &[]), expected);
    }
}

#[test]
fn joined_and_divided_sentences_are_found() {
    let original = text(&[120, 60, 64, 200, 30]);
    let translation = text(&[118, 127, 96, 110, 29]);
    assert_eq!(
        align(&original, &translation, &[]),
        [
            bead(&[0], &[0]),
            bead(&[1, 2], &[1]),
            bead(&[3], &[2, 3]),
            bead(&[4], &[4])
        ]
    );
}

#[test]
fn the_article_never_meets_what_stands_around_it() {
    let mut translation = text(&[30, 200]);
    translation[0].in_body = false;
    assert_eq!(
        align(&text(&[230]), &translation, &[]),
        [bead(&[], &[0]), bead(&[0], &[1])]
    );
}

/// The translator put the last passage first. Lengths cannot tell; the editor can, and the rest stays in order.
#[test]
fn a_passage_that_was_moved_is_set_by_hand() {
    let original = text(&[100, 150, 200, 50]);
    let translation = text(&[50, 100, 150, 200]);
    let moved = bead(&[3], &[0]);
    let beads = align(&original, &translation, std::slice::from_ref(&moved));
    assert_eq!(beads, [moved, bead(&[0], &[1]), bead(&[1], &[2]), bead(&[2], &[3])]);
}

/// Too many parts to compare each with each: the search keeps to a band, and still finds its way past what was put in.
#[test]
fn long_texts_are_aligned_in_a_band() {
    let lengths: Vec<usize> = (0..2_000_usize).map(|at| 20 + at * 7919 % 211).collect();
    let mut translation = lengths.clone();
    translation.splice(900..900, [10; 5]);
    let beads = align(&text(&lengths), &text(&translation), &[]);
    let expected = (0..lengths.len()).map(|at| bead(&[at], &[at + if at < 900 { 0 } else { 5 }]));
    let beads: BTreeSet<(Vec<usize>, Vec<usize>)> = beads
        .into_iter()
        .map(|bead| (bead.original, bead.translation))
        .collect();
    let found = expected
        .filter(|bead| beads.contains(&(bead.original.clone(), bead.translation.clone())))
        .count();
    assert!(found > 1_990, "{found} of 2000");
    assert_eq!(align(&text(&lengths), &[], &[]).len(), lengths.len());
}
