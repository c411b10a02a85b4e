//! Single files: new ones, which overwrite nothing, and changed ones, which take the old one's place at one stroke.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::phrase::say;

/// Writes a new file, and the folders above it that are not there. What is already at its place, be it a link that leads nowhere, stays as it is.
pub fn put_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    make_folder_of(path)?;
    let mut file = File::create_new(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::new(
            say!(
                "`{path}` is already there, and is not overwritten",
                path = path.display()
            ),
            say!("choose another name, or edit that file"),
        ),
        _ => Failure::io(say!("write"), path, &error),
    })?;
    file.write_all(bytes).map_err(|error| {
        // Half a file would stand in the way of the next try.
        let _ = fs::remove_file(path);
        Failure::io(say!("write"), path, &error)
    })
}

/// Writes several new files below a folder, all of them or none; none of them outside it, where a link leads out.
pub fn put_all_new(root: &Path, files: &[(String, &[u8])]) -> Result<(), Failure> {
    let real = fs::canonicalize(root).map_err(|error| Failure::io(say!("write to"), root, &error))?;
    for (path, _) in files {
        let place = root.join(path);
        let there = place
            .ancestors()
            .skip(1)
            .find_map(|folder| fs::canonicalize(folder).ok());
        if !there.is_some_and(|folder| folder.starts_with(&real)) {
            return Err(Failure::new(
                say!(
                    "`{path}` would be written outside of the site, because a link leads there",
                    path
                ),
                say!("put a folder in the place of the link"),
            ));
        }
    }
    for (at, (path, bytes)) in files.iter().enumerate() {
        if let Err(failure) = put_new(&root.join(path), bytes) {
            for (written, _) in &files[..at] {
                let _ = fs::remove_file(root.join(written));
            }
            return Err(failure);
        }
    }
    Ok(())
}

/// Writes a file over the one that may stand there: whoever reads it gets the old bytes or the new ones, also after a power cut. Of a link, the
/// file that it leads to is written.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    make_folder_of(path)?;
    replace(path, bytes).map_err(|error| Failure::io(say!("write"), path, &error))
}

fn make_folder_of(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new(""));
    if folder.as_os_str().is_empty() {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(|error| Failure::io(say!("make the folder"), folder, &error))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let place = match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => path.to_owned(),
        place => place?,
    };
    let former = match fs::metadata(&place) {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        found => Some(found?),
    };
    if former.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(ErrorKind::IsADirectory.into());
    }
    // A new file can take the place of one that nobody may write to; that is not what its owner meant.
    if former.as_ref().is_some_and(|former| former.permissions().readonly()) {
        return Err(ErrorKind::PermissionDenied.into());
    }
    let beside = beside(&place);
    let written = File::create_new(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        if let Some(former) = former {
            file.set_permissions(former.permissions())?;
        }
        file.sync_all()?;
        fs::rename(&beside, &place)
    });
    if written
        .as_ref()
        .is_err_and(|error| error.kind() != ErrorKind::AlreadyExists)
    {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// A place in the same folder, by a name that a site passes over.
fn beside(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let start: String = name.chars().take(40).collect();
    place.with_file_name(format!(".{start}.{}~", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("there is a temporary folder")
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder can be read");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_overwrites_nothing() {
        let folder = folder();
        let path = folder.path().join("a/b/c.md");
        put_new(&path, b"one").expect("it is new");
        let failure = put_new(&path, b"two").expect_err("it is there");
        assert!(
            failure
                .message
                .to_string()
                .ends_with("c.md` is already there, and is not overwritten")
        );
        assert_eq!(fs::read(&path).expect("it is there"), b"one");
    }

    #[test]
    fn several_new_files_are_written_all_or_none() {
        let folder = folder();
        let file = |name: &str, bytes: &'static [u8]| (name.to_owned(), bytes);
        put_new(&folder.path().join("b.md"), b"old").expect("it is new");
        let files = [file("a.md", b"1"), file("b.md", b"2"), file("x/c.md", b"3")];
        put_all_new(folder.path(), &files).expect_err("one is there");
        assert_eq!(names(folder.path()), ["b.md"]);
        put_all_new(folder.path(), &[file("a.md", b"1"), file("x/c.md", b"3")]).expect("both are new");
        assert_eq!(names(folder.path()), ["a.md", "b.md", "x"]);
        assert_eq!(fs::read(folder.path().join("b.md")).expect("it is there"), b"old");
        assert_eq!(fs::read(folder.path().join("x/c.md")).expect("it is there"), b"3");
        put_all_new(folder.path(), &[file("../d.md", b"4")]).expect_err("it is outside");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_not_followed() {
        let folder = folder();
        let link = folder.path().join("a.md");
        std::os::unix::fs::symlink(folder.path().join("b.md"), &link).expect("a link");
        put_new(&link, b"one").expect_err("the link is there");
        assert_eq!(names(folder.path()), ["a.md"]);
    }

    #[test]
    fn a_changed_file_takes_the_old_ones_place_and_leaves_nothing_beside_it() {
        let folder = folder();
        let path = folder.path().join("a.md");
        for bytes in [&b"one"[..], b"two"] {
            put(&path, bytes).expect("it can be written");
            assert_eq!(fs::read(&path).expect("it is there"), bytes);
            assert_eq!(names(folder.path()), ["a.md"]);
        }
        put(folder.path(), b"x").expect_err("it is a folder");
    }

    #[cfg(unix)]
    #[test]
    fn modes_and_links_stay_and_read_only_files_are_left_alone() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = folder();
        let (path, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
        put(&path, b"one").expect("it can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("a mode");
        symlink(&path, &link).expect("a link");
        put(&link, b"two").expect("it can be written");
        assert_eq!(fs::read(&path).expect("it is there"), b"two");
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o640);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).expect("a mode");
        let failure = put(&path, b"three").expect_err("nobody may write to it");
        assert!(failure.message.to_string().ends_with("no permission"), "{failure}");
        assert_eq!(names(folder.path()), ["a.md", "b.md"]);
    }
}
