//! What reading a site leaves behind, so that the next reading need not read again what has not changed.

use std::sync::{Arc, OnceLock};

use super::gather::{Hole, Parsed};
use crate::checkable::Sentence;
use crate::diagnostic::Diagnostic;
use crate::hash::Map;
use crate::lang::Lang;
use crate::source::{Lines, Seed};
use crate::tree::{Digest, File};

/// Documents and seeds as they were read last.
#[derive(Debug, Default)]
pub struct Memo {
    /// The digest of the settings that the documents were read with.
    settings: Digest,
    /// By path.
    pub(super) documents: Map<Arc<str>, Arc<Known>>,
    /// By path.
    pub(super) seeds: Map<Arc<str>, KnownSeed>,
}

/// A content file as it was read, which depends on nothing but its bytes and the settings.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) path: Arc<str>,
    pub(super) digest: Digest,
    pub(super) parsed: Result<Parsed, Hole>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A seed as it was cut and folded.
#[derive(Debug)]
pub(super) struct KnownSeed {
    pub(super) digest: Digest,
    pub(super) wrapped: bool,
    pub(super) body: Option<Vec<Lines>>,
    pub(super) lang: Lang,
    pub(super) seed: Arc<Seed>,
    /// See [`super::Source`].
    pub(super) sentences: Arc<OnceLock<Vec<Sentence>>>,
}

impl Memo {
    /// Forgets all documents where they were read with other settings.
    pub(super) fn forget_unless(&mut self, settings: Digest) {
        if self.settings != settings {
            self.documents.clear();
            self.settings = settings;
        }
    }

    /// Takes over documents as they were read now: those at the indices `fresh` are not known yet, and whatever is not among all is gone.
    pub(super) fn keep(&mut self, all: &[Arc<Known>], fresh: &[usize]) {
        let known = |known: &Arc<Known>| (Arc::clone(&known.path), Arc::clone(known));
        self.documents.extend(fresh.iter().map(|at| known(&all[*at])));
        if self.documents.len() > all.len() {
            self.documents = all.iter().map(known).collect();
        }
    }

    /// The document at a path, where it is as it was.
    pub(super) fn document(&self, path: &str, file: &File) -> Option<Arc<Known>> {
        let known = self.documents.get(path)?;
        (known.digest == file.digest).then(|| Arc::clone(known))
    }
}
