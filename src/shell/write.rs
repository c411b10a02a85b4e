//! Writes a site wholly or not at all: into a staging folder beside the target, which then takes the target's place at one
//! stroke. Until then the former site is as it was, byte for byte, whatever fails.
//!
//! Nothing is synchronised to the disk: after a failing build the former site is whole, but a power cut in the seconds
//! after a good one may cost the new site's last files. Waiting for the disk would make every build several times slower.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::failure::{self, Failure};
use super::kept::Kept;
use super::leftover::{aside, clear, make_staging, remove_tree};
use super::target::{MARKER, MARKER_TEXT, Standing, settle, standing, to_replace};
use crate::phrase::say;

/// How often the last step is tried anew when another build publishes at the same moment.
const ATTEMPTS: usize = 8;

/// A site on its way to disk. Dropped without [`commit`](Staging::commit), it leaves no trace.
#[derive(Debug)]
pub struct Staging {
    /// The target as the user named it, for messages.
    shown: PathBuf,
    /// The target with all links resolved: a link stays, and what it leads to is replaced.
    target: PathBuf,
    /// The folder that is written, beside the target so that both are on one file system.
    folder: PathBuf,
    /// The former site, whose files stay where they are the same.
    kept: Option<Kept>,
    /// The folders made so far, relative to `folder`.
    made: Mutex<HashSet<String>>,
    /// The folders above the target that this build made, outermost first.
    parents: Vec<PathBuf>,
    published: bool,
    /// Held for as long as this build lives, so that no other takes the folder for a leftover.
    _lock: Option<File>,
}

impl Staging {
    /// Makes ready to write the site of `root` to `target`: checks that the target may be replaced, makes the folders above
    /// it, removes what killed builds left there, and opens a staging folder.
    pub fn begin(target: &Path, root: &Path) -> Result<Self, Failure> {
        let shown = target;
        let target = settle(shown, root)?;
        to_replace(&target, shown)?;
        let mut parents = Vec::new();
        let made = make_parents(&target, &mut parents).and_then(|()| {
            clear(&target);
            make_staging(&target)
        });
        let (folder, lock) = made.map_err(|error| {
            remove_empty(&parents);
            Failure::io(say!("write to"), shown, &error)
        })?;
        let made = Mutex::default();
        let mut staging = Self {
            shown: shown.to_owned(),
            target,
            folder,
            kept: None,
            made,
            parents,
            published: false,
            _lock: lock,
        };
        staging.write(MARKER, MARKER_TEXT.as_bytes())?;
        staging.kept = Kept::open(&staging.target, &staging.folder.join(MARKER));
        Ok(staging)
    }

    /// Writes one new file; may be called from many threads. The path is relative, with `/` between its parts.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        if !is_plain(path) {
            let message = say!("`{path}` is not a path inside the site, so it is not written", path);
            return Err(Failure::new(
                message,
                say!("this is a fault in Kézako; please report it"),
            ));
        }
        let written = path
            .rsplit_once('/')
            .map_or(Ok(()), |(folder, _)| self.make_folder(folder));
        let place = self.folder.join(path);
        let written = written.and_then(|()| match &self.kept {
            Some(kept) if kept.link(path, bytes, &place) => Ok(()),
            _ => File::create_new(&place)?.write_all(bytes),
        });
        written.map_err(|error| Failure::io(say!("write"), self.shown.join(path), &error))
    }

    /// Puts the written site in the target's place, and removes the former one.
    pub fn commit(self) -> Result<(), Failure> {
        self.commit_by(Self::swap)
    }

    /// The same with a given way to put the written folder in the place of another.
    pub(super) fn commit_by(mut self, swap: fn(&Self) -> io::Result<PathBuf>) -> Result<(), Failure> {
        let former = self.publish(swap)?;
        self.published = true;
        let Some(former) = former else { return Ok(()) };
        remove_tree(&former).map_err(|error| {
            let reason = failure::reason(&error);
            let (new, former) = (self.shown.display(), former.display());
            Failure::new(
                say!(
                    "the new site is in `{new}`, but the former one, now `{former}`, cannot be removed: {reason}",
                    new,
                    former,
                    reason
                ),
                say!("remove that folder by hand"),
            )
        })
    }

    /// Makes a folder and those above it, each once.
    fn make_folder(&self, folder: &str) -> io::Result<()> {
        if self
            .made
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(folder)
        {
            return Ok(());
        }
        if let Some((above, _)) = folder.rsplit_once('/') {
            self.make_folder(above)?;
        }
        match fs::create_dir(self.folder.join(folder)) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        self.made
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(folder.to_owned());
        Ok(())
    }

    /// The last step; gives the place where the former site is now. Another build may change what is at the target between
    /// the look and the deed, which then fails harmlessly and is tried anew.
    fn publish(&self, swap: fn(&Self) -> io::Result<PathBuf>) -> Result<Option<PathBuf>, Failure> {
        let mut tries = 0;
        loop {
            let done = match to_replace(&self.target, &self.shown)? {
                false => fs::rename(&self.folder, &self.target).map(|()| None),
                true => swap(self).map(Some),
            };
            tries += 1;
            match done {
                Ok(former) => return Ok(former),
                Err(error) if tries < ATTEMPTS && is_passing(&error) => {}
                Err(error) => return Err(Failure::io(say!("replace"), &self.shown, &error)),
            }
        }
    }

    /// Exchanges the written folder with the one at the target.
    fn swap(&self) -> io::Result<PathBuf> {
        match exchange(&self.folder, &self.target) {
            Ok(()) if !is_foreign(&self.folder) => Ok(self.folder.clone()),
            Ok(()) => {
                // Somebody put a folder of their own there just now: back with it.
                exchange(&self.folder, &self.target)?;
                Err(ErrorKind::AlreadyExists.into())
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Err(error),
            // Many systems cannot exchange, and say so in many ways. Whatever is really wrong, the renames meet it again.
            Err(_) => self.swap_by_renames(),
        }
    }

    /// The same where the system cannot exchange folders: for a moment nothing is at the target. A build that is killed at
    /// that moment leaves the former site aside, and the next one puts it back; should that next one come too early, the
    /// second rename finds the place taken and all is tried anew.
    pub(super) fn swap_by_renames(&self) -> io::Result<PathBuf> {
        let aside = aside(&self.folder);
        fs::rename(&self.target, &aside)?;
        let moved = if is_foreign(&aside) {
            Err(ErrorKind::AlreadyExists.into())
        } else {
            fs::rename(&self.folder, &self.target)
        };
        match moved {
            Ok(()) => Ok(aside),
            Err(error) => {
                if fs::rename(&aside, &self.target).is_err() && is_ours(&aside) && is_ours(&self.target) {
                    // Another build has published in the meantime, and its site is the newer one.
                    remove_tree(&aside)?;
                }
                Err(error)
            }
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Should an exchange have failed half-way, what lies there may be somebody else's.
        if !self.published && is_ours(&self.folder) {
            let _ = remove_tree(&self.folder);
            remove_empty(&self.parents);
        }
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Whether an error of the last step may be due to another build at the same target.
fn is_passing(error: &io::Error) -> bool {
    use ErrorKind::{AlreadyExists, DirectoryNotEmpty, NotADirectory, NotFound};
    matches!(
        error.kind(),
        AlreadyExists | DirectoryNotEmpty | NotADirectory | NotFound
    )
}

/// Whether a place holds what is not Kézako's. Nothing is not foreign: another build that clears leftovers may already have
/// removed a former site from there.
fn is_foreign(place: &Path) -> bool {
    !matches!(standing(place), Ok(Standing::Ours | Standing::Free))
}

fn is_ours(place: &Path) -> bool {
    matches!(standing(place), Ok(Standing::Ours))
}

/// Whether a path stays within the folder that it is relative to, on every system.
pub(super) fn is_plain(path: &str) -> bool {
    let parts_are_names = path
        .split('/')
        .all(|part| !part.is_empty() && part != "." && part != "..");
    parts_are_names
        && Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
}

/// Makes the folders above the target that are not there yet, and notes each in `made`.
fn make_parents(target: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    let above: Vec<&Path> = target.ancestors().skip(1).collect();
    let missing = above.iter().take_while(|folder| !folder.exists()).count();
    for folder in above[..missing].iter().rev() {
        match fs::create_dir(folder) {
            Ok(()) => made.push(folder.to_path_buf()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Removes folders, outermost first in the list, as far as nothing is in them.
fn remove_empty(folders: &[PathBuf]) {
    for folder in folders.iter().rev() {
        let _ = fs::remove_dir(folder);
    }
}
