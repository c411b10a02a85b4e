//! The names of staging folders, and the removal of those that killed builds left behind.
//!
//! A build holds a lock on its staging folder, and the system lets go of it however the build ends. So a folder whose lock
//! can be had is nobody's: process numbers, which containers reuse and do not share, decide nothing.

use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rayon::prelude::*;

use super::target::{MARKER, Standing, standing};

/// The ending of a former site that was moved aside.
const ASIDE: &str = "-old";

/// Where a folder's lock cannot tell, only what is older than this is taken for dead.
const SURELY_DEAD: Duration = Duration::from_secs(60 * 60);

/// A new, empty, locked folder beside the target. The lock is none where the file system has no locks.
pub(super) fn make_staging(target: &Path) -> io::Result<(PathBuf, Option<File>)> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let mut name = stem(target);
        name.push(format!("{}-{number}", std::process::id()));
        let folder = target.with_file_name(name);
        match fs::create_dir(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(error),
        }
        // A build that clears leftovers may come between the making and the locking, and take the folder for dead.
        match lock(&folder) {
            Lock::Had(lock) if same_folder(&lock, &folder) => return Ok((folder, Some(lock))),
            Lock::Had(_) | Lock::Held => {}
            Lock::Unknown => return Ok((folder, None)),
        }
    }
}

/// The place to which the former site goes where folders cannot be exchanged.
pub(super) fn aside(staging: &Path) -> PathBuf {
    let mut name = staging.file_name().unwrap_or_default().to_owned();
    name.push(ASIDE);
    staging.with_file_name(name)
}

/// Removes what killed builds of this target left beside it. What cannot be removed stays: it does no harm.
pub(super) fn clear(target: &Path) {
    let (Some(parent), stem) = (target.parent(), stem(target)) else {
        return;
    };
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        if is_staging_name(&entry.file_name(), &stem) {
            clear_one(&entry.path(), target);
        }
    }
}

fn clear_one(folder: &Path, target: &Path) {
    let lock = match lock(folder) {
        Lock::Had(lock) => Some(lock),
        Lock::Unknown if is_old(folder) => None,
        Lock::Held | Lock::Unknown => return,
    };
    // The name may be a coincidence, or somebody's folder be there for a moment, until the build that found it in its way
    // puts it back. So the marker is asked for, and then whether the folder is still the one that the lock is on.
    let ours = matches!(standing(folder), Ok(Standing::Ours));
    if !ours || lock.as_ref().is_some_and(|lock| !same_folder(lock, folder)) {
        return;
    }
    let was_aside = folder.as_os_str().as_encoded_bytes().ends_with(ASIDE.as_bytes());
    if was_aside && matches!(standing(target), Ok(Standing::Free)) {
        // The build was killed between moving the former site aside and moving the new one in.
        let _ = fs::rename(folder, target);
    } else {
        let _ = remove_tree(folder);
    }
}

/// Removes a site's folder, on all threads, since the folders of a large site are many. Links are not followed.
///
/// The marker goes last. So at every moment, to another build and after a kill, what is left is known for Kézako's.
pub(super) fn remove_tree(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<io::Result<Vec<_>>>()?,
        Err(error) => return unless_gone(Err(error)),
    };
    let others: Vec<_> = entries.iter().filter(|entry| entry.file_name() != MARKER).collect();
    let remove = |entry: &&DirEntry| match entry.file_type()?.is_dir() {
        true => remove_folder(&entry.path()),
        false => unless_gone(fs::remove_file(entry.path())),
    };
    others.par_iter().map(remove).reduce(|| Ok(()), Result::and)?;
    unless_gone(fs::remove_file(folder.join(MARKER)))?;
    unless_gone(fs::remove_dir(folder))
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    // Nearly every folder of a site holds its `index.html` alone, and then goes without being listed.
    let _ = fs::remove_file(folder.join("index.html"));
    if fs::remove_dir(folder).is_ok() {
        return Ok(());
    }
    // What fails here is met again below, and told there.
    folders_in(folder)
        .par_iter()
        .for_each(|below| drop(remove_folder(below)));
    unless_gone(fs::remove_dir_all(folder))
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let folders = entries
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.map(|entry| entry.path()).collect()
}

/// Two builds may remove the same leftover.
fn unless_gone(removal: io::Result<()>) -> io::Result<()> {
    removal.or_else(|error| {
        if error.kind() == ErrorKind::NotFound {
            Ok(())
        } else {
            Err(error)
        }
    })
}

/// `.NAME.kezako-`, with which the names of this target's staging folders begin.
fn stem(target: &Path) -> OsString {
    let mut stem = OsString::from(".");
    stem.push(target.file_name().unwrap_or_default());
    stem.push(".kezako-");
    stem
}

/// Whether a name is `.NAME.kezako-PID-N`, with or without `-old`.
fn is_staging_name(name: &OsStr, stem: &OsStr) -> bool {
    let Some(rest) = name.as_encoded_bytes().strip_prefix(stem.as_encoded_bytes()) else {
        return false;
    };
    let rest = rest.strip_suffix(ASIDE.as_bytes()).unwrap_or(rest);
    let mut numbers = rest.split(|&byte| byte == b'-');
    let mut number = || {
        numbers
            .next()
            .is_some_and(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit))
    };
    number() && number() && numbers.next().is_none()
}

enum Lock {
    /// We have it now.
    Had(File),
    /// A living build has it.
    Held,
    /// The system or the file system has no locks on folders.
    Unknown,
}

fn lock(folder: &Path) -> Lock {
    let file = match File::open(folder) {
        Ok(file) => file,
        // It was taken for dead and removed.
        Err(error) if error.kind() == ErrorKind::NotFound => return Lock::Held,
        Err(_) => return Lock::Unknown,
    };
    match file.try_lock() {
        Ok(()) => Lock::Had(file),
        Err(TryLockError::WouldBlock) => Lock::Held,
        Err(TryLockError::Error(_)) => Lock::Unknown,
    }
}

/// Whether the folder at a path is the one that was opened.
#[cfg(unix)]
fn same_folder(opened: &File, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(opened), Ok(found)) = (opened.metadata(), fs::symlink_metadata(folder)) else {
        return false;
    };
    (opened.dev(), opened.ino()) == (found.dev(), found.ino())
}

#[cfg(not(unix))]
fn same_folder(_: &File, folder: &Path) -> bool {
    folder.is_dir()
}

fn is_old(folder: &Path) -> bool {
    let age = fs::symlink_metadata(folder)
        .and_then(|found| found.modified())
        .map(|time| time.elapsed());
    matches!(age, Ok(Ok(age)) if age > SURELY_DEAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_staging_folders_of_the_same_target_are_leftovers() {
        let stem = stem(Path::new("/srv/public"));
        for name in [
            ".public.kezako-1-0",
            ".public.kezako-4711-12",
            ".public.kezako-4711-12-old",
        ] {
            assert!(is_staging_name(OsStr::new(name), &stem), "{name}");
        }
        let others = [
            "public",
            ".public.kezako",
            ".public.kezako-",
            ".public.kezako-old",
            ".public.kezako-1",
            ".public.kezako-1-",
            ".public.kezako-1-x",
            ".public.kezako-1-2-3",
            ".public.kezako-1-2-older",
            ".public2.kezako-1-2",
            ".public.kezako-1-2.kezako-3-4",
        ];
        for name in others {
            assert!(!is_staging_name(OsStr::new(name), &stem), "{name}");
        }
    }
}
