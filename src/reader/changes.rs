//! What differs between two sites, as far as pages can read it.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use super::Note;

/// The digest of each thing that can be read, by its key.
pub(super) type Values = HashMap<u64, u64, Ready>;

/// Keys of what can be read and differs between two sites.
#[derive(Debug, Default)]
pub struct Changes {
    keys: HashSet<u64, Ready>,
}

impl Changes {
    /// What is other in one site than in another, or only in one of them.
    pub(super) fn between(before: &Values, now: &Values) -> Self {
        let fresh = now.iter().filter(|(key, value)| before.get(key) != Some(*value));
        let mut keys: HashSet<u64, Ready> = fresh.map(|(key, _)| *key).collect();
        let added = keys.iter().filter(|key| !before.contains_key(key)).count();
        if before.len() + added > now.len() {
            keys.extend(before.keys().filter(|key| !now.contains_key(key)));
        }
        Self { keys }
    }

    /// Whether none of it is among what a page has read.
    pub fn spare(&self, notes: &[Note]) -> bool {
        !notes.iter().any(|note| self.keys.contains(&note.key))
    }
}

/// Hashes keys that are digests already, so by nothing.
pub(super) type Ready = BuildHasherDefault<AsItIs>;

/// Takes a `u64` for its own hash.
#[derive(Debug, Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
