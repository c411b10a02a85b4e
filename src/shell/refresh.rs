//! Keeps a written site up to date: of a site that has changed, only the files that differ are written, each at one stroke.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::ops::Add;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::failure::Failure;
use super::files::Files;
use super::target::{MARKER, settle, to_replace};
use super::write::Staging;
use crate::build::Sink;
use crate::deploy::{COPIES, Compressed, Entry, MANIFEST, manifest};
use crate::phrase::say;

/// The files of a site as they were written, without the manifest.
type Entries = BTreeMap<String, Entry>;

/// A site that was written to a folder, and what stands in its files.
#[derive(Debug)]
pub struct Published {
    /// The site's own folder.
    root: PathBuf,
    /// The target as the user named it.
    shown: PathBuf,
    /// Whether text files have compressed copies beside them.
    compress: bool,
    /// None before the first site.
    entries: Entries,
}

/// How many files an update wrote and removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or other.
    pub written: usize,
    /// Files that are gone.
    pub removed: usize,
}

impl Add for Written {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            written: self.written + other.written,
            removed: self.removed + other.removed,
        }
    }
}

impl Published {
    /// Makes ready to write the site of `root` to `target`; a failure where that may not be replaced. Writes nothing yet.
    pub fn begin(target: &Path, root: &Path, compress: bool) -> Result<Self, Failure> {
        to_replace(&settle(target, root)?, target)?;
        Ok(Self {
            root: root.to_owned(),
            shown: target.to_owned(),
            compress,
            entries: Entries::new(),
        })
    }

    /// Brings the target up to date with a site: `changed` are the paths of the files that may be other than before, new or
    /// gone. What was not written by us, or is no longer there, is replaced as a whole, as by a build.
    pub fn update(&mut self, site: &dyn Files, changed: &BTreeSet<String>) -> Result<Written, Failure> {
        let target = settle(&self.shown, &self.root)?;
        let marked = fs::symlink_metadata(target.join(MARKER)).is_ok_and(|marker| marker.is_file());
        if self.entries.is_empty() || !marked {
            return self.write_all(site);
        }
        let (there, gone): (Vec<&String>, Vec<&String>) = changed.iter().partition(|path| site.has(path));
        // A file may have become a folder, or a folder a file: the old one makes room first.
        let in_the_way = |gone: &&String| there.iter().any(|path| lies_in(path, gone) || lies_in(gone, path));
        let first = self.with_copies(gone.into_iter().filter(in_the_way));
        for path in &first {
            self.remove(&target, path)?;
        }
        let replace = |path: &str, bytes: &[u8]| {
            replace(&target.join(path), bytes)
                .map_err(|error| Failure::io(say!("write"), self.shown.join(path), &error))
        };
        let there = there.into_iter().map(String::as_str).collect();
        let writer = Writer::new(&replace, &self.entries, self.compress);
        let (fresh, mut written) = writer.write(there, site)?;
        let mut last = self.with_copies(changed);
        last.retain(|path| !fresh.contains_key(path) && !site.has(path) && !first.contains(path));
        for path in &last {
            self.remove(&target, path)?;
        }
        let removed = first.len() + last.len();
        if written + removed > 0 {
            let mut entries = std::mem::take(&mut self.entries);
            entries.retain(|path, _| !first.contains(path) && !last.contains(path));
            entries.extend(fresh);
            replace(MANIFEST, &manifest(&entries))?;
            self.entries = entries;
            written += 1;
        }
        Ok(Written { written, removed })
    }

    /// Those of these files that were written, and their compressed copies.
    fn with_copies<'a>(&self, paths: impl IntoIterator<Item = &'a String>) -> BTreeSet<String> {
        let copies = |path: &String| COPIES.map(|ending| format!("{path}.{ending}"));
        let all = paths
            .into_iter()
            .flat_map(|path| copies(path).into_iter().chain([path.clone()]));
        all.filter(|path| self.entries.contains_key(path)).collect()
    }

    /// Removes a file, and the folders in which nothing is left.
    fn remove(&self, target: &Path, path: &str) -> Result<(), Failure> {
        match fs::remove_file(target.join(path)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Failure::io(say!("remove"), self.shown.join(path), &error));
            }
            _ => {}
        }
        let folders = path.match_indices('/').rev().map(|(at, _)| &path[..at]);
        // It fails where something is left.
        let _ = folders
            .map(|folder| fs::remove_dir(target.join(folder)))
            .take_while(Result::is_ok)
            .count();
        Ok(())
    }

    /// Writes a whole site in the place of what is there.
    fn write_all(&mut self, site: &dyn Files) -> Result<Written, Failure> {
        let staging = Staging::begin(&self.shown, &self.root)?;
        let (add, nothing) = (|path: &str, bytes: &[u8]| staging.write(path, bytes), Entries::new());
        let writer = Writer::new(&add, &nothing, self.compress);
        let (entries, written) = writer.write(site.paths(), site)?;
        staging.write(MANIFEST, &manifest(&entries))?;
        staging.commit()?;
        self.entries = entries;
        Ok(Written {
            written: written + 1,
            removed: 0,
        })
    }
}

/// Whether a path lies below another.
fn lies_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// A way to write one file.
type WriteOne<'a> = &'a (dyn Fn(&str, &[u8]) -> Result<(), Failure> + Sync);

/// Writes files that differ from those known, and keeps the first failure, after which nothing more is written.
struct Writer<'a> {
    one: WriteOne<'a>,
    known: &'a Entries,
    compress: bool,
    entries: Mutex<Entries>,
    written: AtomicUsize,
    failure: Mutex<Option<Failure>>,
}

impl<'a> Writer<'a> {
    fn new(one: WriteOne<'a>, known: &'a Entries, compress: bool) -> Self {
        Self {
            one,
            known,
            compress,
            entries: Mutex::default(),
            written: AtomicUsize::new(0),
            failure: Mutex::default(),
        }
    }

    /// Makes these files of a site and writes those that differ. Gives the entries of all of them, and how many were written.
    fn write(self, paths: Vec<&str>, site: &dyn Files) -> Result<(Entries, usize), Failure> {
        paths.into_par_iter().for_each(|path| {
            let sink = Compressed {
                sink: &self,
                wanted: self.compress,
            };
            if let Some(bytes) = site.file(path) {
                sink.put(path, &bytes);
            }
        });
        match self.failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(failure) => Err(failure),
            None => Ok((
                self.entries.into_inner().unwrap_or_else(PoisonError::into_inner),
                self.written.into_inner(),
            )),
        }
    }
}

impl Sink for &Writer<'_> {
    fn put(&self, path: &str, bytes: &[u8]) {
        let failure = || self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = Entry::of(bytes);
        if self.known.get(path) != Some(&entry) {
            if failure().is_some() {
                return;
            }
            if let Err(failed) = (self.one)(path, bytes) {
                failure().get_or_insert(failed);
                return;
            }
            self.written.fetch_add(1, Ordering::Relaxed);
        }
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.insert(path.to_owned(), entry);
    }
}

/// Writes a file beside its place, and moves it there. Whoever reads it meanwhile gets the old bytes or the new ones. As
/// with a build, nothing is synchronised to the disk.
fn replace(place: &Path, bytes: &[u8]) -> io::Result<()> {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let beside = place.with_file_name(format!(".kezako-{}-{number}~", std::process::id()));
    let write = || File::create(&beside)?.write_all(bytes);
    let written = write().or_else(|error| match (error.kind(), place.parent()) {
        (ErrorKind::NotFound, Some(folder)) => fs::create_dir_all(folder).and_then(|()| write()),
        _ => Err(error),
    });
    let moved = written.and_then(|()| fs::rename(&beside, place));
    if moved.is_err() {
        let _ = fs::remove_file(&beside);
    }
    moved
}
