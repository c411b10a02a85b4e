//! Files that a user names on the command line, which may be anything.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::failure::Failure;
use crate::phrase::say;

/// Reads a file of at most so many MiB. Links are followed, since the user named them; what is no regular file is refused, so that a pipe does not
/// keep us waiting.
pub fn read_given(path: &Path, most_mib: u64) -> Result<Vec<u8>, Failure> {
    let io = |error: std::io::Error| Failure::io(say!("read"), path, &error);
    let file = open(path).map_err(io)?;
    let found = file.metadata().map_err(io)?;
    let shown = path.display();
    if found.is_dir() {
        return Err(Failure::new(
            say!("`{shown}` is a folder, not a file", shown),
            say!("name one file"),
        ));
    }
    if !found.is_file() {
        return Err(Failure::new(
            say!("`{shown}` is not a regular file", shown),
            say!("save what it holds to a file"),
        ));
    }
    let too_large = || {
        Failure::new(
            say!(
                "`{shown}` is larger than {most_mib} MiB, and no article is",
                shown,
                most_mib
            ),
            say!(
                "give the article alone: its text, a page saved without its pictures, or a PDF of the pages that you need"
            ),
        )
    };
    let most = most_mib << 20;
    if found.len() > most {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > most {
        return Err(too_large());
    }
    Ok(bytes)
}

#[cfg(unix)]
fn open(path: &Path) -> std::io::Result<fs::File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
}

#[cfg(not(unix))]
fn open(path: &Path) -> std::io::Result<fs::File> {
    fs::File::open(path)
}
