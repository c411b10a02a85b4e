//! A site's files as last read from disk, and what has become of them since.
//!
//! Another look reads only what may have changed: the places that a watcher names, or, after a walk through the whole
//! site, the files whose stamps are not the ones they were read with.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::failure::Failure;
use super::load::read;
use super::stamp::Stamp;
use super::survey::{SETTINGS, Survey, part_of};
use crate::phrase::{Phrase, say};
use crate::tree::{File, Tree, Unreadable};

/// Paths of a site's files that are new or gone, whose bytes are others, or that have become readable or unreadable.
pub type Paths = BTreeSet<Arc<str>>;

/// A site's files on disk.
#[derive(Debug)]
pub struct Disk {
    /// The root, resolved.
    root: PathBuf,
    tree: Tree,
    /// The stamps that can be relied on.
    stamps: BTreeMap<Arc<str>, Stamp>,
    links: BTreeSet<PathBuf>,
}

/// One file after another look.
enum Look {
    Same,
    Read(File, Option<Stamp>),
    Gone,
    Unreadable(Phrase),
}

impl Disk {
    /// Reads a site; a failure where the folder is none.
    pub fn open(root: &Path) -> Result<Self, Failure> {
        let real = fs::canonicalize(root).map_err(|error| Failure::io(say!("read"), root, &error))?;
        match fs::symlink_metadata(real.join(SETTINGS)) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(Failure::new(
                    say!(
                        "`{root}` is not a site: it holds no `{settings}`",
                        root = root.display(),
                        settings = SETTINGS
                    ),
                    say!("go to a site's folder, or name one with --root"),
                ));
            }
            Err(error) => return Err(Failure::io(say!("read"), root.join(SETTINGS), &error)),
        }
        Ok(Self::at(real))
    }

    /// Reads a site, whatever is there. All links in its place are resolved.
    pub(super) fn at(root: PathBuf) -> Self {
        let mut disk = Self {
            root,
            tree: Tree::default(),
            stamps: BTreeMap::new(),
            links: BTreeSet::new(),
        };
        disk.rescan();
        disk
    }

    /// The root, with all links resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files as last read.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The files alone.
    pub(super) fn into_tree(self) -> Tree {
        self.tree
    }

    /// For each symbolic link in the site its resolved target; for one that is not followed, the link itself.
    pub(super) fn links(&self) -> &BTreeSet<PathBuf> {
        &self.links
    }

    /// Whether a change at this place may be one of the site.
    pub(super) fn concerns(&self, place: &Path) -> bool {
        let own = self.path(place).is_none_or(|path| part_of(&path).is_some());
        own || self
            .links
            .iter()
            .any(|target| place.starts_with(target) || target.starts_with(place))
    }

    /// The path in the site of a place below its root, links aside. None where it has no such path in UTF-8.
    fn path(&self, place: &Path) -> Option<String> {
        let path = place.strip_prefix(&self.root).ok()?.to_str()?;
        Some(path.replace(MAIN_SEPARATOR, "/")).filter(|path| !path.is_empty())
    }

    /// Whether a file is there and not empty.
    pub(super) fn is_whole(&self, path: &str) -> bool {
        self.tree.get(path).is_some_and(|file| !file.bytes.is_empty())
    }

    /// Looks again at some places, given with all links resolved.
    pub(super) fn refresh(&mut self, places: &BTreeSet<PathBuf>) -> Paths {
        let paths: Option<BTreeSet<String>> = places
            .iter()
            .filter(|place| self.concerns(place))
            .map(|place| self.path(place).and_then(|path| part_of(&path).map(str::to_owned)))
            .collect();
        match paths {
            // A file may be in the site by more ways than one.
            Some(paths) if self.links.is_empty() => paths.iter().flat_map(|path| self.look_at(path)).collect(),
            _ => self.rescan(),
        }
    }

    fn look_at(&mut self, path: &str) -> Paths {
        let root = self.root.clone();
        let survey = Survey::part(&root, path);
        if !survey.links.is_empty() {
            return self.rescan();
        }
        let inside = |other: &str| {
            other
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let known = self.tree.get(path).is_some().then(|| Arc::from(path));
        let known = known
            .into_iter()
            .chain(self.tree.below(path).map(|(path, _)| Arc::clone(path)));
        let known = known.collect();
        self.take(survey, known, inside)
    }

    /// Looks again at everything.
    pub(super) fn rescan(&mut self) -> Paths {
        let root = self.root.clone();
        let mut survey = Survey::whole(&root);
        self.links = std::mem::take(&mut survey.links);
        let known = self.tree.iter().map(|(path, _)| Arc::clone(path)).collect();
        self.take(survey, known, |_| true)
    }

    /// Takes up what a survey has found: `known` are the files that are in the tree so far and were to be found again, and
    /// `inside` tells whether a path lies where it looked.
    fn take(&mut self, survey: Survey<'_>, mut known: BTreeSet<Arc<str>>, inside: impl Fn(&str) -> bool) -> Paths {
        let look = |(path, place): (String, PathBuf)| {
            let seen = self.look(&path, &place);
            (path, seen)
        };
        let seen: Vec<_> = survey.files.into_par_iter().map(look).collect();
        let mut unreadable = survey.unreadable;
        let mut fresh: Vec<(Arc<str>, File)> = Vec::new();
        for (path, look) in seen {
            match look {
                Look::Same => {
                    known.remove(path.as_str());
                }
                Look::Read(file, stamp) => {
                    let path: Arc<str> = known.take(path.as_str()).unwrap_or_else(|| path.into());
                    match stamp {
                        Some(stamp) => self.stamps.insert(Arc::clone(&path), stamp),
                        None => self.stamps.remove(&path),
                    };
                    if self.tree.get(&path).is_none_or(|old| old.digest != file.digest) {
                        fresh.push((path, file));
                    }
                }
                Look::Gone => {}
                Look::Unreadable(reason) => unreadable.push(Unreadable { path, reason }),
            }
        }
        self.publish(fresh, known, unreadable, inside)
    }

    fn look(&self, path: &str, place: &Path) -> Look {
        if let Some(stamp) = self.stamps.get(path) {
            let same = fs::symlink_metadata(place).is_ok_and(|found| Stamp::of(&found) == *stamp);
            if same {
                return Look::Same;
            }
        }
        match read(place) {
            Ok(Some((file, stamp))) => Look::Read(file, stamp),
            Ok(None) => Look::Gone,
            Err(reason) => Look::Unreadable(reason),
        }
    }

    /// Brings the tree up to date: `gone` are files that were not found again.
    fn publish(
        &mut self,
        fresh: Vec<(Arc<str>, File)>,
        gone: BTreeSet<Arc<str>>,
        unreadable: Vec<Unreadable>,
        inside: impl Fn(&str) -> bool,
    ) -> Paths {
        let (before, others): (Vec<_>, Vec<_>) =
            self.tree.unreadable().iter().cloned().partition(|it| inside(&it.path));
        let mut changed: Paths = fresh
            .iter()
            .map(|(path, _)| Arc::clone(path))
            .chain(gone.iter().cloned())
            .collect();
        let differs = |one: &[Unreadable], other: &[Unreadable]| -> Vec<Arc<str>> {
            let only = one.iter().filter(|it| !other.contains(it));
            only.map(|it| it.path.as_str().into()).collect()
        };
        changed.extend(differs(&before, &unreadable));
        changed.extend(differs(&unreadable, &before));
        if changed.is_empty() {
            return changed;
        }
        for path in gone {
            self.tree.remove(&path);
            self.stamps.remove(&path);
        }
        for (path, file) in fresh {
            self.tree.insert(path, file);
        }
        self.tree.set_unreadable([others, unreadable].concat());
        changed
    }
}
