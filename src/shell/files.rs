//! What the shell asks of a site that is to be written or served.

use std::collections::BTreeMap;

use crate::live::Snapshot;

/// The files of a finished site, by path from its root.
pub trait Files: Send + Sync {
    /// Whether there is a file at a path.
    fn has(&self, path: &str) -> bool;

    /// The bytes of a file, which may take some milliseconds.
    fn file(&self, path: &str) -> Option<Vec<u8>>;

    /// The paths of all files, in order.
    fn paths(&self) -> Vec<&str>;
}

impl Files for Snapshot {
    fn has(&self, path: &str) -> bool {
        self.has(path)
    }

    fn file(&self, path: &str) -> Option<Vec<u8>> {
        self.file(path)
    }

    fn paths(&self) -> Vec<&str> {
        self.paths().collect()
    }
}

/// Files that are there already.
impl Files for BTreeMap<String, Vec<u8>> {
    fn has(&self, path: &str) -> bool {
        self.contains_key(path)
    }

    fn file(&self, path: &str) -> Option<Vec<u8>> {
        self.get(path).cloned()
    }

    fn paths(&self) -> Vec<&str> {
        self.keys().map(String::as_str).collect()
    }
}
