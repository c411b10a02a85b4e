//! `manifest.json`: every file of the site with its size and SHA-256.
//!
//! It lies in the site's folder, not beside it. So it takes its place in the same stroke as the site, can never be of another build, and goes
//! when the folder goes; and a deploy can fetch the one that is live, to send only what changed.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::build::Sink;

/// Its path.
pub const MANIFEST: &str = "manifest.json";

/// A sink that notes what passes through it.
#[derive(Debug)]
pub struct Listed<S> {
    sink: S,
    files: Mutex<BTreeMap<String, Entry>>,
}

#[derive(Debug, Serialize)]
struct Entry {
    /// Size in bytes.
    size: usize,
    /// SHA-256 in hexadecimal.
    sha256: String,
}

#[derive(Serialize)]
struct Manifest<'a> {
    version: u32,
    files: &'a BTreeMap<String, Entry>,
}

impl<S: Sink> Listed<S> {
    /// A list of what will be handed to `sink`.
    pub fn new(sink: S) -> Self {
        Self {
            sink,
            files: Mutex::default(),
        }
    }

    /// Hands over the list itself, and gives back the sink.
    pub fn finish(self) -> S {
        let files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let manifest = Manifest {
            version: 1,
            files: &files,
        };
        // Texts and numbers alone: there is nothing that JSON could not hold.
        let mut json = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
        json.push(b'\n');
        self.sink.put(MANIFEST, &json);
        self.sink
    }
}

impl<S: Sink> Sink for Listed<S> {
    fn put(&self, path: &str, bytes: &[u8]) {
        let digest = Sha256::digest(bytes);
        let entry = Entry {
            size: bytes.len(),
            sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        };
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), entry);
        drop(files);
        self.sink.put(path, bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::Memory;

    #[test]
    fn every_file_is_listed_with_its_digest() {
        let listed = Listed::new(Memory::default());
        listed.put("b.txt", b"abc");
        listed.put("a.txt", b"");
        let files = listed.finish().into_files();
        // The digests that FIPS 180-4's examples give for `abc` and for nothing.
        let expected = serde_json::json!({"version": 1, "files": {
            "a.txt": {"size": 0, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
            "b.txt": {"size": 3, "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        }});
        let manifest: serde_json::Value = serde_json::from_slice(&files[MANIFEST]).expect("JSON");
        assert_eq!(manifest, expected);
    }
}
