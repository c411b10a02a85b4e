//! Walks through a site's folders and tells what is there, without opening a file. Nothing that lies outside the site is
//! let in.
//!
//! Only links are resolved, so an ordinary file costs no look of its own.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::load::{cannot_be_read, leads_to_itself, not_regular};
use crate::document::Kind;
use crate::phrase::{Phrase, say};
use crate::tree::Unreadable;

/// The file that marks a site's root.
pub(super) const SETTINGS: &str = "kezako.yaml";

/// The folders of a site.
pub(super) const ROOMS: [&str; 3] = ["content", "seeds", "templates"];

/// Linked folders are followed this far within each other, and so many in all. Loops are found by themselves; this bounds
/// the ways through folders that all link to each other, which multiply without a loop.
const LINKS_DEEP: usize = 8;
const LINKS_IN_ALL: usize = 1000;

/// Whether a name is what editors and desktops leave beside the files they work on.
pub fn is_litter(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    let emacs = name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#");
    // Vim tries whether it may write into a folder by making a file of the name 4913.
    emacs || name.starts_with(b".") || name.ends_with(b"~") || name == b"4913" || name == b"Thumbs.db"
}

/// Where to look when something has changed at a path: there, or at the file that one of the folders above it should be.
/// Nothing where no site has a file.
pub(super) fn part_of(path: &str) -> Option<&str> {
    let (first, _) = path.split_once('/').unwrap_or((path, ""));
    if first != SETTINGS && !ROOMS.contains(&first) {
        return None;
    }
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    for part in ends.map(|end| &path[..end]) {
        let name = part.rsplit('/').next().unwrap_or(part);
        if is_litter(name.as_ref()) || part.starts_with("seeds/") && !name.ends_with(".txt") {
            return None;
        }
        if must_be_file(part) {
            return Some(part);
        }
    }
    Some(path)
}

/// What a walk through the site has found.
pub(super) struct Survey<'a> {
    /// The root, resolved.
    root: &'a Path,
    /// Path in the site and resolved place on disk.
    pub(super) files: Vec<(String, PathBuf)>,
    /// What is there but cannot be read.
    pub(super) unreadable: Vec<Unreadable>,
    /// For each link its resolved target; for one that is not followed, the link itself.
    pub(super) links: BTreeSet<PathBuf>,
    /// The number of folders entered through links.
    linked: usize,
}

impl<'a> Survey<'a> {
    /// Looks at a whole site, whose root is resolved.
    pub(super) fn whole(root: &'a Path) -> Self {
        let mut survey = Self::new(root);
        survey.settings();
        for room in ROOMS {
            survey.room(room);
        }
        survey
    }

    /// Looks at one file or folder, whose path [`part_of`] has given. No folder above it may be a link.
    pub(super) fn part(root: &'a Path, path: &str) -> Self {
        let mut survey = Self::new(root);
        match path {
            SETTINGS => survey.settings(),
            _ if ROOMS.contains(&path) => survey.room(path),
            _ => survey.inner(path),
        }
        survey
    }

    fn new(root: &'a Path) -> Self {
        Self {
            root,
            files: Vec::new(),
            unreadable: Vec::new(),
            links: BTreeSet::new(),
            linked: 0,
        }
    }

    fn settings(&mut self) {
        let place = self.root.join(SETTINGS);
        match fs::symlink_metadata(&place) {
            Ok(found) => {
                self.entry(SETTINGS.to_owned(), place, found.file_type(), &[]);
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => self.note(SETTINGS, cannot_be_read(&error)),
        }
    }

    /// Takes up one of the folders at the root, where it is there.
    fn room(&mut self, name: &str) {
        let place = self.root.join(name);
        let Ok(found) = fs::symlink_metadata(&place) else {
            return;
        };
        match self.resolve(name, place, found.file_type(), &[]) {
            Some((place, kind)) if kind.is_dir() => self.walk(name, &place, &[self.root.to_owned()]),
            Some(_) => self.note(name, say!("is a file, not a folder")),
            None => {}
        }
    }

    fn inner(&mut self, path: &str) {
        let place = self.root.join(path);
        let way = [self.root.to_owned()];
        match fs::symlink_metadata(&place) {
            Ok(found) => {
                if self.entry(path.to_owned(), place.clone(), found.file_type(), &way) {
                    self.walk(path, &place, &way);
                }
            }
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(error) => self.note(path, cannot_be_read(&error)),
        }
    }

    /// Walks a folder that is known in the site as `path`; `way` holds the real folders of the links that led here.
    fn walk(&mut self, path: &str, folder: &Path, way: &[PathBuf]) {
        let depth = if path == "seeds" { 1 } else { usize::MAX };
        let mut entries = WalkDir::new(folder).max_depth(depth).into_iter();
        while let Some(next) = entries.next() {
            match next {
                Ok(entry) if entry.depth() == 0 => {}
                Ok(entry) => {
                    let folder_found = entry.file_type().is_dir();
                    if !self.step(path, folder, entry, way) && folder_found {
                        entries.skip_current_dir();
                    }
                }
                Err(error) => self.refused(path, folder, &error),
            }
        }
    }

    /// Takes up one entry of a walk; true where it is a folder to go into.
    fn step(&mut self, path: &str, folder: &Path, entry: DirEntry, way: &[PathBuf]) -> bool {
        if is_litter(entry.file_name()) {
            return false;
        }
        if path == "seeds" && !entry.file_name().as_encoded_bytes().ends_with(b".txt") {
            return false;
        }
        let inner = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        match inner.to_str() {
            Some(inner) => {
                let path = format!("{path}/{}", with_slashes(inner));
                let kind = entry.file_type();
                self.entry(path, entry.into_path(), kind, way)
            }
            None => {
                let path = format!("{path}/{}", with_slashes(&inner.to_string_lossy()));
                self.note(&path, say!("has a name that is not UTF-8"));
                false
            }
        }
    }

    /// Sorts one thing found into files, folders and what cannot be read; true for a folder that the walk itself enters.
    fn entry(&mut self, path: String, place: PathBuf, kind: fs::FileType, way: &[PathBuf]) -> bool {
        let lies_in = if kind.is_symlink() {
            place.parent().map(Path::to_owned)
        } else {
            None
        };
        let Some((place, found)) = self.resolve(&path, place, kind, way) else {
            return false;
        };
        if found.is_file() && Kind::has_folder(&path) {
            self.note(&path, say!("is a file, not a folder"));
        } else if found.is_file() {
            self.files.push((path, place));
        } else if !found.is_dir() {
            self.note(&path, not_regular());
        } else if must_be_file(&path) {
            self.note(&path, say!("is a folder, not a file"));
        } else if let Some(lies_in) = lies_in {
            self.linked += 1;
            let way = [way, &[lies_in]].concat();
            self.walk(&path, &place, &way);
        } else {
            return true;
        }
        false
    }

    /// Follows a link to its real place and kind, or notes why it is not followed; anything else stays as it is.
    fn resolve(
        &mut self,
        path: &str,
        place: PathBuf,
        kind: fs::FileType,
        way: &[PathBuf],
    ) -> Option<(PathBuf, fs::FileType)> {
        if !kind.is_symlink() {
            return Some((place, kind));
        }
        let followed = match fs::canonicalize(&place) {
            Ok(target) => self.admit(&target, &place, way).map(|kind| (target, kind)),
            Err(_) if fs::symlink_metadata(&place).is_err() => return None,
            Err(error) => Err(dead_link(&error)),
        };
        match followed {
            Ok((target, kind)) => {
                self.links.insert(target.clone());
                Some((target, kind))
            }
            Err(reason) => {
                self.links.extend(self.awaited(&place));
                self.links.insert(place);
                self.note(path, reason);
                None
            }
        }
    }

    /// The place inside the site to which a link leads, where nothing is yet.
    fn awaited(&self, place: &Path) -> Option<PathBuf> {
        let target = place.parent()?.join(fs::read_link(place).ok()?);
        let folder = fs::canonicalize(target.parent()?).ok()?;
        let target = folder.join(target.file_name()?);
        let free = folder.starts_with(self.root) && fs::symlink_metadata(&target).is_err();
        free.then_some(target)
    }

    /// Whether the link at `place` may be followed to its target, and what that is.
    fn admit(&self, target: &Path, place: &Path, way: &[PathBuf]) -> Result<fs::FileType, Phrase> {
        if !target.starts_with(self.root) {
            return Err(say!("is a symbolic link that leads out of the site"));
        }
        let mut lies_in = way.iter().map(PathBuf::as_path).chain(place.parent());
        if lies_in.any(|folder| folder.starts_with(target)) {
            return Err(say!("is a symbolic link that leads back to a folder it lies in"));
        }
        let kind = fs::symlink_metadata(target)
            .map_err(|error| dead_link(&error))?
            .file_type();
        if kind.is_dir() && (way.len() > LINKS_DEEP || self.linked >= LINKS_IN_ALL) {
            return Err(say!("is a symbolic link to a folder, and there are too many of those"));
        }
        Ok(kind)
    }

    /// Notes what the walk could not enter.
    fn refused(&mut self, path: &str, folder: &Path, error: &walkdir::Error) {
        let inner = error
            .path()
            .and_then(|place| place.strip_prefix(folder).ok())
            .unwrap_or(Path::new(""));
        let path = format!("{path}/{}", with_slashes(&inner.to_string_lossy()));
        match error.io_error() {
            Some(error) if error.kind() == ErrorKind::NotFound => {}
            Some(error) => self.note(path.trim_end_matches('/'), cannot_be_read(error)),
            None => self.note(path.trim_end_matches('/'), say!("cannot be read")),
        }
    }

    fn note(&mut self, path: &str, reason: Phrase) {
        self.unreadable.push(Unreadable {
            path: path.to_owned(),
            reason,
        });
    }
}

/// Where a folder is surely a mistake: the site takes these for files by their names.
fn must_be_file(path: &str) -> bool {
    let ending = [
        ("content/", ".md"),
        ("seeds/", ".txt"),
        ("templates/", ".html"),
        ("templates/", ".css"),
        ("templates/", ".yaml"),
        (SETTINGS, SETTINGS),
    ];
    ending
        .iter()
        .any(|(start, end)| path.starts_with(start) && path.ends_with(end))
}

fn dead_link(error: &io::Error) -> Phrase {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => say!("is a symbolic link that leads nowhere"),
        _ if leads_to_itself(error) => say!("is a symbolic link that leads to itself"),
        _ => cannot_be_read(error),
    }
}

/// The path as the site writes it, on every system.
fn with_slashes(path: &str) -> Cow<'_, str> {
    if MAIN_SEPARATOR_STR == "/" {
        Cow::Borrowed(path)
    } else {
        Cow::Owned(path.replace(MAIN_SEPARATOR_STR, "/"))
    }
}
