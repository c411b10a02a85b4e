//! Reads a site from disk: finds its root, and opens its files safely.
//!
//! What is there but cannot be read is noted in the tree for the report; what vanishes in between is passed over, since
//! editors save by deleting and renaming.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::disk::Disk;
use super::failure::{self, Failure};
use super::stamp::Stamp;
use super::survey::SETTINGS;
use crate::phrase::{Phrase, say};
use crate::tree::{File, Tree};

/// Larger files are noted, not read: no text or picture of a site comes near this, and memory is finite.
const LARGEST: u64 = 256 << 20;

pub(super) fn not_regular() -> Phrase {
    say!("is not a regular file")
}

/// The nearest folder, from this one upwards, that holds a file `kezako.yaml`.
pub fn find_root(from: &Path) -> Option<PathBuf> {
    let from = fs::canonicalize(from).ok()?;
    let marks = |folder: &&Path| fs::symlink_metadata(folder.join(SETTINGS)).is_ok_and(|found| !found.is_dir());
    from.ancestors().find(marks).map(Path::to_owned)
}

/// Reads a site: `kezako.yaml`, `seeds/*.txt`, and all files below `content/` and `templates/`.
pub fn load(root: &Path) -> Result<Tree, Failure> {
    Ok(Disk::open(root)?.into_tree())
}

/// Reads one file; nothing where it is gone by now. The checks are made on what was opened, not on what was listed.
///
/// With the bytes comes the stamp by which to know them, where it can be relied on.
pub(super) fn read(place: &Path) -> Result<Option<(File, Option<Stamp>)>, Phrase> {
    let now = SystemTime::now();
    let file = match open(place) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot_be_read(&error)),
    };
    let found = file.metadata().map_err(|error| cannot_be_read(&error))?;
    if !found.is_file() {
        return Err(not_regular());
    }
    if found.len() > LARGEST {
        return Err(say!("is larger than 256 MiB"));
    }
    // With the size known, the bytes come in one read and without a second one that only meets the end.
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or(0));
    file.take(found.len())
        .read_to_end(&mut bytes)
        .map_err(|error| cannot_be_read(&error))?;
    let stamp = Stamp::of(&found);
    Ok(Some((File::new(bytes), stamp.is_settled(now).then_some(stamp))))
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

/// Whether an error is about a link that leads to itself, or that stands where none should.
pub(super) fn leads_to_itself(error: &io::Error) -> bool {
    #[cfg(unix)]
    return rustix::io::Errno::from_io_error(error) == Some(rustix::io::Errno::LOOP);
    #[cfg(not(unix))]
    return error.to_string().contains("symbolic link");
}

/// Why a file cannot be read, as a clause.
pub(super) fn cannot_be_read(error: &io::Error) -> Phrase {
    match error.kind() {
        ErrorKind::PermissionDenied => say!("cannot be read: permission denied"),
        _ if leads_to_itself(error) => say!("changed into a symbolic link while it was being read"),
        _ => say!("cannot be read: {reason}", reason = failure::reason(error)),
    }
}
