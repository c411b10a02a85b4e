//! The site that a build will replace: what takes long to make, and is the same as before, is taken over from it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::target::MARKER;
use super::write::is_plain;
use crate::deploy::{Entry, MANIFEST, listed};

/// A site as a build wrote it.
#[derive(Debug)]
pub struct Former {
    folder: PathBuf,
    /// What its manifest says of its files; nothing where no build of ours wrote it.
    files: BTreeMap<String, Entry>,
}

impl Former {
    /// The site at a folder. One that is not there, or not ours, has no files.
    pub fn open(folder: &Path) -> Self {
        let is_ours = is_file(&folder.join(MARKER));
        let manifest = is_ours.then(|| fs::read(folder.join(MANIFEST)).ok()).flatten();
        Self {
            folder: folder.to_owned(),
            files: manifest.map(|manifest| listed(&manifest)).unwrap_or_default(),
        }
    }

    /// The bytes of a file, if they are those that were written.
    pub fn file(&self, path: &str) -> Option<Vec<u8>> {
        let entry = self.files.get(path).filter(|_| is_plain(path))?;
        let place = self.folder.join(path);
        let bytes = is_file(&place).then(|| fs::read(&place).ok()).flatten()?;
        (Entry::of(&bytes) == *entry).then_some(bytes)
    }
}

/// Whether a path leads to a file, and not by way of a link.
fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
}
