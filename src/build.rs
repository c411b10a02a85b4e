//! A tree of files → a site, in a page of named calls: read, link, plan, then render each page from its view.

use std::collections::BTreeMap;
use std::sync::Mutex;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Report};
use crate::edition::{Memo, Phase, edit};
use crate::site::Options;
use crate::tree::Tree;

/// Where finished files go. The core hands each one over as soon as it is made and keeps none.
pub trait Sink: Sync {
    /// Takes a file: its path from the site's root, and its bytes.
    fn put(&self, path: &str, bytes: &[u8]);

    /// Whether it does something with them. One that does not is spared what takes long and has no faults to tell of.
    fn keeps(&self) -> bool {
        true
    }

    /// The file at a path of the site that these files will replace, where it is as it was written. What takes long to make is taken over from there.
    fn former(&self, _path: &str) -> Option<Vec<u8>> {
        None
    }
}

/// A sink that keeps everything in memory.
#[derive(Debug, Default)]
pub struct Memory {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Sink for Memory {
    fn put(&self, path: &str, bytes: &[u8]) {
        let mut files = self.files.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        files.insert(path.to_owned(), bytes.to_vec());
    }
}

impl Memory {
    /// The files, by path.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// A sink that forgets everything; for checking.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: &str, _: &[u8]) {}

    fn keeps(&self) -> bool {
        false
    }
}

/// What was built.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Built {
    /// What there is to say about it. With an error in it the files that were handed over must not be published.
    pub report: Report,
    /// How many pages there are.
    pub pages: usize,
    /// How many quotations were verified.
    pub quotations: usize,
}

/// How many files one task makes at most: few enough that no core waits long for another's last task.
const AT_ONCE: usize = 16;

/// Builds a site. With an error found before the first page is made, nothing is handed over.
pub fn build(tree: &Tree, options: &Options, sink: &dyn Sink, progress: &dyn Fn(Phase)) -> Built {
    let mut diagnostics = Vec::new();
    let edition = edit(tree, options, &mut Memo::default(), &mut diagnostics, progress);
    let report = Report::new(diagnostics);
    let Some(edition) = edition.filter(|_| !report.has_errors()) else {
        return Built {
            report,
            ..Built::default()
        };
    };
    let mut outputs = edition.outputs();
    if !sink.keeps() {
        // One card shows the faults of its template.
        let mut first = true;
        outputs.retain(|output| !output.is_drawn() || std::mem::take(&mut first));
    }
    progress(Phase::Rendering { files: outputs.len() });
    let former = |path: &str| sink.former(path);
    let make = || -> Vec<Diagnostic> {
        let outputs = outputs.par_iter().with_max_len(AT_ONCE);
        let made = outputs.map(|output| (output, edition.remake(output, &former)));
        made.filter_map(|(output, made)| made.map(|bytes| sink.put(&output.path, &bytes)).err())
            .collect()
    };
    let index = || -> Result<(), Diagnostic> {
        if sink.keeps() {
            let files = edition.search(&former)?;
            files.iter().for_each(|(path, bytes)| sink.put(path, bytes));
        }
        Ok(())
    };
    let (index, faults) = rayon::join(index, make);
    let mut all = report.diagnostics().to_vec();
    all.extend(faults);
    #[cfg(feature = "pdf")]
    for (lang, _) in edition.papers() {
        all.extend(edition.unprintable(lang, tree, None));
    }
    all.extend(index.err());
    let built = Built {
        report: Report::new(all),
        pages: edition.pages(),
        quotations: edition.quotations(),
    };
    // Giving back ten thousand documents takes a while, which nobody need wait for.
    rayon::spawn(move || drop(edition));
    built
}
