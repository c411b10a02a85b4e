//! A site that is kept up to date while its files change: the same build again, and what became of each file of the site.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::build::{Memory, build};
use crate::diagnostic::Report;
use crate::site::Options;
use crate::tree::Tree;

/// A site in memory. It does not change; an update makes another.
#[derive(Debug, Default)]
pub struct Snapshot {
    files: BTreeMap<String, Vec<u8>>,
}

impl Snapshot {
    /// Whether the site has a file at this path (from the site's root, without a first `/`: `claims/grok/index.html`).
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The bytes of a file. Some are made only now, so it may take some milliseconds. `None` where there is no such file.
    pub fn file(&self, path: &str) -> Option<Vec<u8>> {
        self.files.get(path).cloned()
    }

    /// The paths of all files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

/// What an update found.
#[derive(Debug)]
pub struct Update {
    /// What there is to say about the site as it is now.
    pub report: Report,
    /// The site, where it has no error.
    pub site: Option<Arc<Snapshot>>,
    /// Paths of files that are new or whose bytes are others than in the last site without errors, in order.
    pub changed: Vec<String>,
    /// Paths of files that the last site without errors had and this one has not, in order.
    pub gone: Vec<String>,
    /// How many pages the site has.
    pub pages: usize,
    /// How many quotations were verified.
    pub quotations: usize,
}

/// Keeps a site up to date.
#[derive(Debug)]
pub struct Live {
    options: Options,
    last: Arc<Snapshot>,
}

impl Live {
    /// Makes ready to build with these options.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            last: Arc::default(),
        }
    }

    /// Builds the site of a tree.
    pub fn update(&mut self, tree: &Arc<Tree>) -> Update {
        let memory = Memory::default();
        let built = build(tree, &self.options, &memory, &|_| {});
        if built.report.has_errors() {
            return Update {
                report: built.report,
                site: None,
                changed: Vec::new(),
                gone: Vec::new(),
                pages: built.pages,
                quotations: built.quotations,
            };
        }
        let files = memory.into_files();
        let changed = files
            .iter()
            .filter(|(path, bytes)| self.last.files.get(*path) != Some(*bytes))
            .map(|(path, _)| path.clone())
            .collect();
        let gone = self
            .last
            .files
            .keys()
            .filter(|path| !files.contains_key(*path))
            .cloned()
            .collect();
        let site = Arc::new(Snapshot { files });
        self.last = Arc::clone(&site);
        Update {
            report: built.report,
            site: Some(site),
            changed,
            gone,
            pages: built.pages,
            quotations: built.quotations,
        }
    }
}
