//! Long lists in JSON: rows that all cores write, and that are in memory once.

use rayon::prelude::*;

/// How many rows one task writes.
const BATCH: usize = 64;

/// How many tasks write before their rows are taken over.
const ROUND: usize = 16;

/// Appends so many rows in order, with a comma and a line break before each but the first. `write` appends the row of a number.
pub(super) fn append(bytes: &mut Vec<u8>, count: usize, write: impl Fn(usize, &mut Vec<u8>) + Sync) {
    let batch = |begin: usize| {
        let mut rows = Vec::new();
        for at in begin..count.min(begin + BATCH) {
            rows.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
            write(at, &mut rows);
            if at == begin {
                // The other rows will be about as long as the first.
                rows.reserve(rows.len() * (BATCH + BATCH / 8));
            }
        }
        rows
    };
    let begins: Vec<usize> = (0..count).step_by(BATCH).collect();
    for (number, round) in begins.chunks(ROUND).enumerate() {
        let batches: Vec<Vec<u8>> = round.par_iter().map(|begin| batch(*begin)).collect();
        let size: usize = batches.iter().map(Vec::len).sum();
        if number == 0 {
            // The other rounds will be about as long as the first.
            bytes.reserve_exact((size + size / 16) * begins.len().div_ceil(round.len()));
        }
        batches.iter().for_each(|rows| bytes.extend_from_slice(rows));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order_whatever_their_number() {
        for count in [0, 1, 2, BATCH, BATCH + 1, BATCH * ROUND, 2 * BATCH * ROUND + 3] {
            let mut bytes = b"[".to_vec();
            append(&mut bytes, count, |at, row| {
                row.extend_from_slice(at.to_string().as_bytes())
            });
            bytes.push(b']');
            let read: Vec<usize> = serde_json::from_slice(&bytes).expect("a list");
            assert_eq!(read, (0..count).collect::<Vec<_>>());
        }
    }
}
