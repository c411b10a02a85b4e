//! Files that the former site has already, byte for byte: they are linked into the new one instead of being written again.
//!
//! So they keep their time, by which servers and copying programs know what has not changed. And file systems are spared the removal of a file and
//! the making of the same one: ext4 does not use the place of a removed file again for minutes, and has to look for another ever longer.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The site that is about to be replaced.
#[derive(Debug)]
pub(super) struct Kept {
    folder: PathBuf,
    /// What files made by this build have beside their bytes.
    usual: Rights,
}

/// The owner of a file and what others may do with it.
#[derive(Debug, PartialEq, Eq)]
struct Rights {
    owner: u32,
    mode: u32,
}

impl Kept {
    /// The site at a folder, if one is there; `fresh` is a file that this build made.
    pub(super) fn open(folder: &Path, fresh: &Path) -> Option<Self> {
        let usual = rights(&fs::symlink_metadata(fresh).ok()?)?;
        folder.is_dir().then(|| Self {
            folder: folder.to_owned(),
            usual,
        })
    }

    /// Links a file of the former site to a place of the new one, if it holds these bytes, and is as if this build had made it. Whether it did.
    pub(super) fn link(&self, path: &str, bytes: &[u8], place: &Path) -> bool {
        let former = self.folder.join(path);
        let may_be = fs::symlink_metadata(&former).is_ok_and(|found| {
            found.is_file() && found.len() == bytes.len() as u64 && rights(&found).as_ref() == Some(&self.usual)
        });
        // Some file systems have no links; then the file is written.
        may_be && holds(&former, bytes).unwrap_or(false) && fs::hard_link(&former, place).is_ok()
    }
}

/// Whether a file that is as long as some bytes holds these bytes.
fn holds(file: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut read = vec![0; bytes.len()];
    File::open(file)?.read_exact(&mut read)?;
    Ok(read == bytes)
}

#[cfg(unix)]
fn rights(file: &fs::Metadata) -> Option<Rights> {
    use std::os::unix::fs::MetadataExt;
    Some(Rights {
        owner: file.uid(),
        mode: file.mode(),
    })
}

/// Where the rights of files cannot be compared in a word, all files are written.
#[cfg(not(unix))]
fn rights(_: &fs::Metadata) -> Option<Rights> {
    None
}
