//! The files of a site as the core sees them: sorted relative paths and bytes, and no disk.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use crate::phrase::Phrase;

/// A BLAKE3 digest; equal bytes have equal digests.
pub type Digest = [u8; 32];

/// One file's bytes, shared, with their digest.
#[derive(Debug, Clone)]
pub struct File {
    /// The bytes as they stand on disk.
    pub bytes: Arc<Vec<u8>>,
    /// BLAKE3 of the bytes.
    pub digest: Digest,
}

impl File {
    /// Takes bytes and computes their digest.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = Arc::new(bytes.into());
        let digest = *blake3::hash(&bytes).as_bytes();
        Self { bytes, digest }
    }

    /// The bytes as text, where they are UTF-8; a byte order mark stays in it.
    pub fn text(&self) -> Option<&str> {
        simdutf8::basic::from_utf8(&self.bytes).ok()
    }
}

/// A file that is there but could not be read, and why, in words for the editor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unreadable {
    /// Path relative to the root, with `/` between its parts.
    pub path: String,
    /// What is wrong, as a clause: `is a folder, not a file`.
    pub reason: Phrase,
}

/// A site's files: path relative to the root (with `/`) → bytes, in order of path.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    files: BTreeMap<Arc<str>, File>,
    unreadable: Vec<Unreadable>,
}

impl Tree {
    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<Arc<str>>, file: File) {
        self.files.insert(path.into(), file);
    }

    /// Takes a file out; whether it was there.
    pub fn remove(&mut self, path: &str) -> bool {
        self.files.remove(path).is_some()
    }

    /// Adds or replaces a file given by its text; for tests and built-in content.
    pub fn insert_text(&mut self, path: &str, text: &str) {
        self.insert(path, File::new(text.as_bytes()));
    }

    /// Notes anew all files that could not be read, in the place of what was noted.
    pub fn set_unreadable(&mut self, mut unreadable: Vec<Unreadable>) {
        unreadable.sort();
        self.unreadable = unreadable;
    }

    /// The files that could not be read, in order of path.
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
    }

    /// The file at a path.
    pub fn get(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    /// The text of a file, where it is UTF-8; a byte order mark stays in it.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.get(path)?.text()
    }

    /// All files below a folder (given without a final `/`), in order of path.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a Arc<str>, &'a File)> {
        self.files
            .range::<str, _>((Bound::Included(folder), Bound::Unbounded))
            .take_while(move |(path, _)| path.starts_with(folder))
            .filter(move |(path, _)| path.as_bytes().get(folder.len()) == Some(&b'/'))
    }

    /// All files, in order of path.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &File)> {
        self.files.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_keeps_to_the_folder() {
        let mut tree = Tree::default();
        for path in ["content/a.md", "content.md", "content/b/c.md", "contents/x.md"] {
            tree.insert_text(path, "");
        }
        let paths: Vec<&str> = tree.below("content").map(|(path, _)| &**path).collect();
        assert_eq!(paths, ["content/a.md", "content/b/c.md"]);
    }
}
