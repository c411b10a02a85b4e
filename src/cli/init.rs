//! `kezako init`: a small site to begin with.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::args::Init;
use super::commands::{files as counted, say, tongue};
use crate::example::files;
use crate::phrase::{Phrase, say};
use crate::shell::{Failure, put_new};

/// Writes the example into a folder that is new or empty.
pub(super) fn init(arguments: &Init) -> Result<bool, Failure> {
    let folder = &arguments.dir;
    let is_new = must_be_free(folder)?;
    let files = files(arguments.lang.as_deref().unwrap_or(tongue().tag()));
    for (path, text) in &files {
        if let Err(failure) = put_new(&folder.join(path), text.as_bytes()) {
            take_back(folder, files.keys().copied(), is_new);
            return Err(failure);
        }
    }
    let shown = folder.display();
    let build = match folder.as_path() == Path::new(".") {
        true => Phrase::verbatim("kezako build"),
        false => say!("cd {shown}, then kezako build", shown = folder.display()),
    };
    let files = counted(files.len());
    say(&say!(
        "a site of {files} is in `{shown}`: {build}; README.md says the rest",
        files,
        shown,
        build
    ))?;
    Ok(true)
}

/// Refuses a folder that holds anything, and a file. Tells whether the folder is yet to be made.
fn must_be_free(folder: &Path) -> Result<bool, Failure> {
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound && fs::symlink_metadata(folder).is_err() => return Ok(true),
        Err(error) => return Err(Failure::io(say!("write to"), folder, &error)),
    };
    match entries.next() {
        None => Ok(false),
        Some(_) => Err(Failure::new(
            say!(
                "`{folder}` is not empty, and nothing in it is overwritten",
                folder = folder.display()
            ),
            say!("name a new folder, or an empty one"),
        )),
    }
}

/// Removes what was written before something failed.
fn take_back<'a>(folder: &Path, paths: impl Iterator<Item = &'a str>, is_new: bool) {
    for path in paths {
        let _ = fs::remove_file(folder.join(path));
        for above in Path::new(path)
            .ancestors()
            .skip(1)
            .filter(|above| !above.as_os_str().is_empty())
        {
            let _ = fs::remove_dir(folder.join(above));
        }
    }
    if is_new {
        let _ = fs::remove_dir(folder);
    }
}
