//! Where a site may be written: never over the site's own files, nor over a folder that Kézako did not make.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::failure::Failure;
use crate::phrase::{Phrase, say};

/// The file by which Kézako knows the folders that it made.
pub(super) const MARKER: &str = ".kezako";
/// What stands in it, for whoever opens it.
pub(super) const MARKER_TEXT: &str = "This folder is written by Kézako; whatever you put here is replaced.\n";

/// The folders of a site that hold what its editors wrote.
pub(super) const OWN_FOLDERS: [&str; 3] = ["content", "seeds", "templates"];

fn choose_another() -> Phrase {
    say!("choose another folder with --out")
}

/// What is at a place where a site is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing.
    Free,
    /// An empty folder, or one that Kézako made.
    Ours,
    /// Somebody else's file or folder.
    Foreign,
}

/// Looks at a place, without following a link that may stand there.
pub(super) fn standing(place: &Path) -> io::Result<Standing> {
    match look(place) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Standing::Free),
        other => other,
    }
}

fn look(place: &Path) -> io::Result<Standing> {
    let marked = || fs::symlink_metadata(place.join(MARKER)).is_ok_and(|marker| marker.is_file());
    if !fs::symlink_metadata(place)?.is_dir() {
        return Ok(Standing::Foreign);
    }
    // The marker is looked for again after all else, since another build may put its folder here between two looks.
    let ours = marked() || fs::read_dir(place)?.next().is_none() || marked();
    Ok(if ours { Standing::Ours } else { Standing::Foreign })
}

/// Whether something stands at a place that a site is to replace; a failure where it may not be replaced. `shown` is the
/// place as the user named it.
pub(super) fn to_replace(place: &Path, shown: &Path) -> Result<bool, Failure> {
    let shown_name = shown.display();
    match standing(place).map_err(|error| Failure::io(say!("look into"), shown, &error))? {
        Standing::Free => Ok(false),
        // Somebody publishes from inside the folder; its history is nothing that a build could bring back.
        Standing::Ours if fs::symlink_metadata(place.join(".git")).is_ok() => Err(Failure::new(
            say!(
                "`{shown_name}` holds a git repository, so it is not replaced",
                shown_name
            ),
            say!(
                "{choose_another}, or move its `.git` away first",
                choose_another = choose_another()
            ),
        )),
        Standing::Ours => Ok(true),
        Standing::Foreign => Err(Failure::new(
            say!(
                "`{shown_name}` was not made by Kézako, so it is not replaced",
                shown_name
            ),
            say!("{choose_another}, or empty it first", choose_another = choose_another()),
        )),
    }
}

/// Resolves a target that the user named, and holds it against the site's own folders.
pub(super) fn settle(target: &Path, root: &Path) -> Result<PathBuf, Failure> {
    let real_root = fs::canonicalize(root).map_err(|error| Failure::io(say!("read"), root, &error))?;
    let real = resolve(target).map_err(|error| match error.kind() {
        // Only links are resolved, so it is a link that does not lead there.
        ErrorKind::NotFound => Failure::new(
            say!(
                "`{target}` is a symbolic link that leads nowhere, or lies behind one",
                target = target.display()
            ),
            say!(
                "remove the link, or {choose_another}",
                choose_another = choose_another()
            ),
        ),
        _ => Failure::io(say!("write to"), target, &error),
    })?;
    let shown = target.display();
    let refuse = |what: Phrase| {
        Failure::new(
            what,
            say!(
                "{choose_another}, such as `--out public`",
                choose_another = choose_another()
            ),
        )
    };
    if real_root.starts_with(&real) {
        return Err(refuse(say!(
            "`{shown}` holds the site itself, so it is not replaced",
            shown
        )));
    }
    for room in OWN_FOLDERS {
        let place = real_root.join(room);
        let place = resolve(&place).unwrap_or(place);
        if real.starts_with(&place) {
            return Err(refuse(say!(
                "`{shown}` lies in `{room}`, which holds the site's own files",
                shown,
                room
            )));
        }
        if place.starts_with(&real) {
            return Err(refuse(say!(
                "`{shown}` holds the site's `{room}`, so it is not replaced",
                shown,
                room
            )));
        }
    }
    Ok(real)
}

/// The real place of a path, with every link and `..` on the way resolved, also where its last parts do not exist yet.
pub(super) fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut real = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        if part == Component::ParentDir {
            real.pop();
            continue;
        }
        real.push(part);
        // What is there is resolved at once, so that a `..` after it leaves the real folder; the case of its letters too,
        // where the disk takes no notice of it.
        let Ok(found) = fs::symlink_metadata(&real) else {
            continue;
        };
        match fs::canonicalize(&real) {
            Ok(resolved) => real = resolved,
            // Another build is just exchanging it.
            Err(error) if error.kind() == ErrorKind::NotFound && !found.is_symlink() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(real)
}
