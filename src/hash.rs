//! Digests and tables for what one run of the program compares within itself. What outlives a run has BLAKE3 or SHA-256 instead.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::{fast, quality};

/// A table without order.
pub type Map<K, V> = HashMap<K, V, fast::RandomState>;

/// A set without order.
pub type Set<K> = HashSet<K, fast::RandomState>;

/// Takes values one after the other, and digests them: equal values in the same order give equal digests in one run of the program.
pub fn digester() -> impl Hasher {
    quality::FixedState::default().build_hasher()
}

/// The digest of one value.
pub fn digest(what: impl Hash) -> u64 {
    quality::FixedState::default().hash_one(what)
}
