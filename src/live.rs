//! A site that is kept up to date while its files change: the same build again with what the last one left behind, and what became of each file.
//!
//! A file is made anew where something that it read has changed (see [`reader`](crate::reader)); whether its bytes then differ is what counts. Bytes are
//! not kept: a file that is asked for is made from the site as it is.

#[cfg(feature = "pdf")]
mod paper;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Report};
use crate::edition::{Edition, Former, Memo, Output, edit};
use crate::hash::Map;
use crate::plan::SEARCH_FOLDER;
use crate::reader::{Changes, Ledger, Note, Notes};
use crate::site::Options;
use crate::tree::{Digest, Tree};

/// Nothing is taken over from a former site.
const NO_FORMER: Former<'_> = &|_| None;

/// A site in memory. It does not change; an update makes another.
#[derive(Debug)]
pub struct Snapshot {
    edition: Edition,
    files: Map<Arc<str>, Output>,
}

impl Snapshot {
    /// Whether the site has a file at this path (from the site's root, without a first `/`: `claims/grok/index.html`).
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.index(path).is_some()
    }

    /// The bytes of a file, made now, which may take some milliseconds; the first file of the search index takes as long as the whole index. `None` where
    /// there is no such file.
    pub fn file(&self, path: &str) -> Option<Vec<u8>> {
        match self.files.get(path) {
            Some(output) => self.edition.make(output, None).ok().map(Cow::into_owned),
            None => self.index(path).cloned(),
        }
    }

    /// The paths of all files, in order. To know them, the search index is made.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let index = self.edition.search(NO_FORMER).map(BTreeMap::keys).into_iter().flatten();
        let index = index.map(String::as_str);
        let mut paths: Vec<&str> = self.files.keys().map(|path| &**path).chain(index).collect();
        paths.sort_unstable();
        paths.into_iter()
    }

    /// A file of the search index. Nothing is made for paths outside its folder.
    fn index(&self, path: &str) -> Option<&Vec<u8>> {
        path.starts_with(SEARCH_FOLDER)
            .then(|| self.edition.search(NO_FORMER).ok()?.get(path))
            .flatten()
    }
}

/// What an update found.
#[derive(Debug)]
pub struct Update {
    /// What there is to say about the site as it is now.
    pub report: Report,
    /// The site, where it has no error.
    pub site: Option<Arc<Snapshot>>,
    /// Paths of files that are new or whose bytes are others than in the last site without errors, in order; see [`Live::index`] for the search index.
    pub changed: Vec<String>,
    /// Paths of files that the last site without errors had and this one has not, in order.
    pub gone: Vec<String>,
    /// How many pages the site has.
    pub pages: usize,
    /// How many quotations were verified.
    pub quotations: usize,
}

/// A file as it was made last.
#[derive(Debug)]
struct Made {
    /// What it read.
    notes: Vec<Note>,
    /// What the plan said of it.
    planned: u64,
    /// BLAKE3 of its bytes.
    digest: Digest,
}

/// Which files an update looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watched {
    /// All of them.
    All,
    /// Those that a browser shows. The others are made when they are asked for, and are never among the changed ones.
    Shown,
}

/// Keeps a site up to date.
#[derive(Debug)]
pub struct Live {
    options: Options,
    watched: Watched,
    memo: Memo,
    /// The digest of what all files of the last good site depend on alike.
    shared: u64,
    /// What files could read of that site.
    ledger: Ledger,
    files: Map<Arc<str>, Arc<Made>>,
    #[cfg(feature = "pdf")]
    proofs: paper::Proofs,
    /// The search index that was last asked for: what it was made from, and the digests of its files.
    index: (String, BTreeMap<String, Digest>),
}

impl Live {
    /// Makes ready to build with these options.
    pub fn new(options: Options, watched: Watched) -> Self {
        Self {
            options,
            watched,
            memo: Memo::default(),
            shared: 0,
            ledger: Ledger::default(),
            files: Map::default(),
            #[cfg(feature = "pdf")]
            proofs: paper::Proofs::default(),
            index: Default::default(),
        }
    }

    /// Paths of the files of a site's search index that are new, gone, or other than when this was last asked. It is no part of an update, since making an
    /// index takes longer than all else that follows a save.
    pub fn index(&mut self, site: &Snapshot) -> Result<Vec<String>, Diagnostic> {
        let origin = site.edition.search_origin();
        if self.index.0 == origin {
            return Ok(Vec::new());
        }
        let files = site.edition.search(NO_FORMER)?.iter();
        let fresh: BTreeMap<String, Digest> = files
            .map(|(path, bytes)| (path.clone(), *blake3::hash(bytes).as_bytes()))
            .collect();
        let (_, last) = std::mem::replace(&mut self.index, (origin, fresh));
        let fresh = &self.index.1;
        let paths: BTreeSet<&String> = last.keys().chain(fresh.keys()).collect();
        let differ = paths.into_iter().filter(|path| last.get(*path) != fresh.get(*path));
        Ok(differ.cloned().collect())
    }

    /// Builds the site of a tree.
    pub fn update(&mut self, tree: &Tree) -> Update {
        let mut diagnostics = Vec::new();
        let edition = edit(tree, &self.options, &mut self.memo, &mut diagnostics, &|_| {});
        let report = Report::new(diagnostics);
        let Some(edition) = edition.filter(|_| !report.has_errors()) else {
            return Update::failed(report);
        };
        let outputs = edition.outputs();
        let ledger = edition.ledger();
        let last = (self.shared == edition.shared()).then(|| (&self.files, ledger.changes_since(&self.ledger)));
        let looked_at = outputs
            .par_iter()
            .filter(|output| self.watched == Watched::All || output.is_shown());
        type Outcome = Result<(Arc<str>, Arc<Made>), Diagnostic>;
        let made: Vec<Outcome> = looked_at
            .map(|output| {
                let holds = |(files, changes): &(&Map<_, _>, Changes)| {
                    let known: &Arc<Made> = files.get(&output.path)?;
                    changes.spare(&known.notes).then(|| Arc::clone(known))
                };
                let known = last.as_ref().and_then(holds);
                Ok((Arc::clone(&output.path), make(&edition, &ledger, output, known)?))
            })
            .collect();
        let mut files = Map::with_capacity_and_hasher(made.len(), Default::default());
        let mut faults = report.diagnostics().to_vec();
        for made in made {
            match made {
                Ok((path, made)) => {
                    files.insert(path, made);
                }
                Err(fault) => faults.push(fault),
            }
        }
        #[cfg(feature = "pdf")]
        faults.extend(self.unprintable(&edition, &ledger, tree));
        let report = Report::new(faults);
        if report.has_errors() {
            return Update::failed(report);
        }
        let is_new = |path: &str, made: &Made| self.files.get(path).is_none_or(|last| last.digest != made.digest);
        let changed = sorted(
            files
                .iter()
                .filter(|(path, made)| is_new(path, made))
                .map(|(path, _)| path),
        );
        let gone = sorted(self.files.keys().filter(|path| !files.contains_key(*path)));
        self.files = files;
        self.shared = edition.shared();
        self.ledger = ledger;
        Update {
            report,
            changed,
            gone,
            pages: edition.pages(),
            quotations: edition.quotations(),
            site: Some(Arc::new(Snapshot {
                edition,
                files: outputs
                    .into_iter()
                    .map(|output| (output.path.clone(), output))
                    .collect(),
            })),
        }
    }
}

fn sorted<'a>(paths: impl Iterator<Item = &'a Arc<str>>) -> Vec<String> {
    let mut paths: Vec<String> = paths.map(|path| path.to_string()).collect();
    paths.sort_unstable();
    paths
}

/// Makes a file, unless it is known: all that it read last is as it was. What the plan says of it may have changed all the same.
fn make(
    edition: &Edition,
    ledger: &Ledger,
    output: &Output,
    known: Option<Arc<Made>>,
) -> Result<Arc<Made>, Diagnostic> {
    let planned = edition.planned(output);
    if let Some(known) = known.filter(|known| known.planned == planned) {
        return Ok(known);
    }
    let notes = Notes::new(ledger);
    let digest = edition.digest(output, Some(&notes))?;
    Ok(Arc::new(Made {
        notes: notes.finish(),
        planned,
        digest,
    }))
}

impl Update {
    fn failed(report: Report) -> Self {
        Self {
            report,
            site: None,
            changed: Vec::new(),
            gone: Vec::new(),
            pages: 0,
            quotations: 0,
        }
    }
}
