//! Reads a site from disk into a [`Tree`], and lets nothing in that lies outside the site.
//!
//! The folders are walked first, and the files then read in parallel. Only links are resolved, so an ordinary file costs
//! one opening, one look at its size and one read. What is there but cannot be read is noted in the tree for the report;
//! what vanishes in between is passed over, since editors save by deleting and renaming.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::failure::{self, Failure};
use crate::tree::{File, Tree, Unreadable};

/// The file that marks a site's root.
const SETTINGS: &str = "kezako.yaml";

/// Larger files are noted, not read: no text or picture of a site comes near this, and memory is finite.
const LARGEST: u64 = 256 << 20;

/// Linked folders are followed this far within each other, and so many in all. Loops are found by themselves; this bounds
/// the ways through folders that all link to each other, which multiply without a loop.
const LINKS_DEEP: usize = 8;
const LINKS_IN_ALL: usize = 1000;

const NOT_REGULAR: &str = "is not a regular file";
const A_FOLDER: &str = "is a folder, not a file";

/// The nearest folder, from this one upwards, that holds a file `kezako.yaml`.
pub fn find_root(from: &Path) -> Option<PathBuf> {
    let from = fs::canonicalize(from).ok()?;
    let marks = |folder: &&Path| fs::symlink_metadata(folder.join(SETTINGS)).is_ok_and(|found| !found.is_dir());
    from.ancestors().find(marks).map(Path::to_owned)
}

/// Reads a site: `kezako.yaml`, `seeds/*.txt`, and all files below `content/` and `templates/`.
pub fn load(root: &Path) -> Result<Tree, Failure> {
    let real = fs::canonicalize(root).map_err(|error| Failure::io("read", root, &error))?;
    let mut survey = Survey {
        root: &real,
        files: Vec::new(),
        linked: 0,
        unreadable: Vec::new(),
    };
    survey.settings(root)?;
    for room in ["content", "seeds", "templates"] {
        survey.room(room);
    }
    Ok(survey.read())
}

/// Whether a name is what editors and desktops leave beside the files they work on.
pub fn is_litter(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    let emacs = name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#");
    // Vim tries whether it may write into a folder by making a file of the name 4913.
    emacs || name.starts_with(b".") || name.ends_with(b"~") || name == b"4913" || name == b"Thumbs.db"
}

/// What a walk through the site has found, before any file is opened.
struct Survey<'a> {
    /// The root, resolved.
    root: &'a Path,
    /// Path in the site and resolved place on disk.
    files: Vec<(String, PathBuf)>,
    /// The number of folders entered through links.
    linked: usize,
    unreadable: Vec<Unreadable>,
}

impl Survey<'_> {
    fn settings(&mut self, shown: &Path) -> Result<(), Failure> {
        let place = self.root.join(SETTINGS);
        match fs::symlink_metadata(&place) {
            Ok(found) => self.entry(SETTINGS.to_owned(), place, found.file_type(), &[]),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(Failure::new(
                    format!("`{}` is not a site: it holds no `{SETTINGS}`", shown.display()),
                    "go to a site's folder, or name one with --root",
                ));
            }
            Err(error) => return Err(Failure::io("read", shown.join(SETTINGS), &error)),
        };
        Ok(())
    }

    /// Takes up one of the folders at the root, where it is there.
    fn room(&mut self, name: &str) {
        let place = self.root.join(name);
        let Ok(found) = fs::symlink_metadata(&place) else {
            return;
        };
        match self.resolve(name, place, found.file_type(), &[]) {
            Some((place, kind)) if kind.is_dir() => self.walk(name, &place, &[self.root.to_owned()]),
            Some(_) => self.note(name, "is a file, not a folder"),
            None => {}
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
                self.note(&path, "has a name that is not UTF-8");
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
        if found.is_file() {
            self.files.push((path, place));
        } else if !found.is_dir() {
            self.note(&path, NOT_REGULAR);
        } else if must_be_file(&path) {
            self.note(&path, A_FOLDER);
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
        let target = match fs::canonicalize(&place) {
            Ok(target) => target,
            Err(error) => {
                if fs::symlink_metadata(&place).is_ok() {
                    self.note(path, &dead_link(&error));
                }
                return None;
            }
        };
        match self.admit(&target, &place, way) {
            Ok(kind) => Some((target, kind)),
            Err(reason) => {
                self.note(path, &reason);
                None
            }
        }
    }

    /// Whether the link at `place` may be followed to its target, and what that is.
    fn admit(&self, target: &Path, place: &Path, way: &[PathBuf]) -> Result<fs::FileType, String> {
        if !target.starts_with(self.root) {
            return Err("is a symbolic link that leads out of the site".to_owned());
        }
        let mut lies_in = way.iter().map(PathBuf::as_path).chain(place.parent());
        if lies_in.any(|folder| folder.starts_with(target)) {
            return Err("is a symbolic link that leads back to a folder it lies in".to_owned());
        }
        let kind = fs::symlink_metadata(target)
            .map_err(|error| dead_link(&error))?
            .file_type();
        if kind.is_dir() && (way.len() > LINKS_DEEP || self.linked >= LINKS_IN_ALL) {
            return Err("is a symbolic link to a folder, and there are too many of those".to_owned());
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
            Some(error) => self.note(path.trim_end_matches('/'), &cannot_be_read(error)),
            None => self.note(path.trim_end_matches('/'), "cannot be read"),
        }
    }

    fn note(&mut self, path: &str, reason: &str) {
        self.unreadable.push(Unreadable {
            path: path.to_owned(),
            reason: reason.to_owned(),
        });
    }

    /// Reads all files found, on all threads.
    fn read(mut self) -> Tree {
        self.files.sort_unstable();
        let read = |(path, place): (String, PathBuf)| (path, read(&place));
        let outcomes: Vec<_> = self.files.into_par_iter().map(read).collect();
        let mut tree = Tree::default();
        for (path, outcome) in outcomes {
            match outcome {
                Ok(Some(file)) => tree.insert(path, file),
                Ok(None) => {}
                Err(reason) => tree.insert_unreadable(Unreadable { path, reason }),
            }
        }
        self.unreadable.sort_unstable();
        self.unreadable
            .into_iter()
            .for_each(|unreadable| tree.insert_unreadable(unreadable));
        tree
    }
}

/// Reads one file; nothing where it is gone by now. The checks are made on what was opened, not on what was listed.
fn read(place: &Path) -> Result<Option<File>, String> {
    let file = match open(place) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot_be_read(&error)),
    };
    let found = file.metadata().map_err(|error| cannot_be_read(&error))?;
    if !found.is_file() {
        return Err(NOT_REGULAR.to_owned());
    }
    if found.len() > LARGEST {
        return Err("is larger than 256 MiB".to_owned());
    }
    // With the size known, the bytes come in one read and without a second one that only meets the end.
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or(0));
    file.take(found.len())
        .read_to_end(&mut bytes)
        .map_err(|error| cannot_be_read(&error))?;
    Ok(Some(File::new(bytes)))
}

/// Opens a file that was listed as a regular one. Should a link or a pipe stand in its place by now, the link is not
/// followed and the pipe does not keep us waiting.
#[cfg(unix)]
fn open(place: &Path) -> io::Result<fs::File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(rustix::fs::open(place, flags, Mode::empty())?.into())
}

#[cfg(not(unix))]
fn open(place: &Path) -> io::Result<fs::File> {
    fs::File::open(place)
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

fn dead_link(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "is a symbolic link that leads nowhere".to_owned(),
        _ if leads_to_itself(error) => "is a symbolic link that leads to itself".to_owned(),
        _ => cannot_be_read(error),
    }
}

fn leads_to_itself(error: &io::Error) -> bool {
    #[cfg(unix)]
    return rustix::io::Errno::from_io_error(error) == Some(rustix::io::Errno::LOOP);
    #[cfg(not(unix))]
    return error.to_string().contains("symbolic link");
}

fn cannot_be_read(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::PermissionDenied => "cannot be read: permission denied".to_owned(),
        _ if leads_to_itself(error) => "changed into a symbolic link while it was being read".to_owned(),
        _ => format!("cannot be read: {}", failure::reason(error)),
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
