//! Writes one file wholly or not at all.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::target::{OWN_FOLDERS, resolve};
use crate::phrase::say;

/// Writes a file in the place of what may be there, which is as it was if that fails. The files of the site at `root` are not replaced; a device
/// is written into.
pub fn write_file(path: &Path, root: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if is_own(path, root) {
        return Err(Failure::new(
            say!(
                "`{path}` lies among the site's own files, so it is not written",
                path = path.display()
            ),
            say!("name another file with -o"),
        ));
    }
    let written = match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(found) if !found.is_file() => OpenOptions::new()
            .write(true)
            .open(path)
            .and_then(|mut file| file.write_all(bytes)),
        // A link stays, and what it leads to is replaced.
        Ok(_) => fs::canonicalize(path).and_then(|path| replace(&path, bytes)),
        Err(_) => replace(path, bytes),
    };
    written.map_err(|error| Failure::io(say!("write"), path, &error))
}

/// Whether a path is the site's settings, or lies in a folder that holds what its editors wrote.
fn is_own(path: &Path, root: &Path) -> bool {
    let real = |path: &Path| resolve(path).unwrap_or_else(|_| path.to_owned());
    let mut own = OWN_FOLDERS.into_iter().chain([crate::config::FILE]);
    let path = real(path);
    own.any(|name| path.starts_with(real(&root.join(name))))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let mut aside = name.to_os_string();
    aside.push(format!(".{}.part", std::process::id()));
    let aside: PathBuf = path.with_file_name(aside);
    let done = write_new(&aside, bytes).and_then(|()| fs::rename(&aside, path));
    if done.is_err() {
        let _ = fs::remove_file(&aside);
    }
    done
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::File::create(path)?.write_all(bytes)
}
