//! The cheapest way through two texts at once, by dynamic programming.

use super::Part;
use super::cost::{STEPS, difference};

/// How far from the diagonal the way may lead, in parts of the translation. Texts of fewer parts are searched whole.
const WIDEST: usize = 250;

/// The narrowest that the band becomes, so that a text of millions of lines is still done in time.
const NARROWEST: usize = 16;

/// About how many places the search visits at most.
const MOST_PLACES: usize = 10_000_000;

/// No way leads here.
const NOWHERE: u64 = u64::MAX;

/// The parts of the translation to look at for each part of the original: a band along the diagonal.
struct Band {
    rows: usize,
    columns: usize,
    half: usize,
}

impl Band {
    fn new(original: usize, translation: usize) -> Self {
        let rows = original + 1;
        // A row reaches the next one's middle, so that there is always a way.
        let slope = translation / original.max(1) + 1;
        Self {
            rows,
            columns: translation + 1,
            half: slope + (MOST_PLACES / 2 / rows).clamp(NARROWEST, WIDEST),
        }
    }

    /// First and one past the last column of a row.
    fn of(&self, row: usize) -> (usize, usize) {
        if self.rows == 1 {
            return (0, self.columns);
        }
        let middle = ((self.columns - 1) as u128 * row as u128 / (self.rows - 1) as u128) as usize;
        (
            middle.saturating_sub(self.half),
            (middle + self.half + 1).min(self.columns),
        )
    }
}

/// A row of places: what the cheapest way to each costs.
#[derive(Default)]
struct Row {
    first: usize,
    costs: Vec<u64>,
}

impl Row {
    fn cost(&self, column: usize) -> u64 {
        let at = column.checked_sub(self.first);
        at.and_then(|at| self.costs.get(at)).copied().unwrap_or(NOWHERE)
    }
}

/// How many parts of the original and of the translation each step of the cheapest way takes. Of two ways that cost the same the one
/// whose last steps come first in [`STEPS`] is taken.
pub(super) fn cheapest(original: &[Part], translation: &[Part]) -> Vec<(usize, usize)> {
    let band = Band::new(original.len(), translation.len());
    let mut last_steps: Vec<(usize, Vec<u8>)> = Vec::with_capacity(band.rows);
    // The two rows above the present one, the nearer first.
    let mut above: [Row; 2] = Default::default();
    for row in 0..band.rows {
        let (first, end) = band.of(row);
        let mut now = Row {
            first,
            costs: Vec::with_capacity(end - first),
        };
        let mut steps = Vec::with_capacity(end - first);
        for column in first..end {
            let mut best = (NOWHERE, 0);
            if row == 0 && column == 0 {
                best.0 = 0;
            }
            for (at, (down, across, price)) in STEPS.iter().enumerate() {
                let (Some(from_row), Some(from_column)) = (row.checked_sub(*down), column.checked_sub(*across)) else {
                    continue;
                };
                let so_far = if *down == 0 { &now } else { &above[down - 1] }.cost(from_column);
                if so_far.saturating_add(*price) >= best.0 {
                    continue;
                }
                let (own, other) = (&original[from_row..row], &translation[from_column..column]);
                if let Some(bead) = bead(own, other) {
                    let cost = so_far + price + bead;
                    if cost < best.0 {
                        best = (cost, at as u8);
                    }
                }
            }
            now.costs.push(best.0);
            steps.push(best.1);
        }
        last_steps.push((first, steps));
        let [nearer, _] = std::mem::replace(&mut above, [now, Row::default()]);
        above[1] = nearer;
    }
    walk_back(&last_steps, translation.len())
}

/// What it costs to put these parts into one bead; `None` where they cannot share one.
fn bead(own: &[Part], other: &[Part]) -> Option<u64> {
    let mut parts = own.iter().chain(other);
    let in_body = parts.next()?.in_body;
    if parts.any(|part| part.in_body != in_body) {
        return None;
    }
    let length = |parts: &[Part]| parts.iter().map(|part| part.length).sum();
    Some(difference(length(own), length(other)))
}

/// The way that the last steps tell, from its end to its beginning and turned round.
fn walk_back(last_steps: &[(usize, Vec<u8>)], columns: usize) -> Vec<(usize, usize)> {
    let (mut row, mut column) = (last_steps.len() - 1, columns);
    let mut way = Vec::new();
    while row > 0 || column > 0 {
        let (first, steps) = &last_steps[row];
        let (down, across, _) = STEPS[steps[column - first] as usize];
        way.push((down, across));
        row -= down;
        column -= across;
    }
    way.reverse();
    way
}
