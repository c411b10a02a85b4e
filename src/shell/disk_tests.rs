//! Tests of [`Disk`](super::Disk): whatever was done to the files, another look sees what a first one would.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;

use super::Disk;
use crate::tree::Tree;

fn site() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("kezako.yaml"), "title: T").unwrap();
    root
}

/// All that a tree says.
fn all(tree: &Tree) -> Vec<String> {
    let files = tree
        .iter()
        .map(|(path, file)| format!("{path}: {}", String::from_utf8_lossy(&file.bytes)));
    let unreadable = tree.unreadable().iter().map(|it| format!("{} {}", it.path, it.reason));
    files.chain(unreadable).collect()
}

fn places(root: &Path, paths: &[&str]) -> BTreeSet<PathBuf> {
    let root = fs::canonicalize(root).unwrap();
    paths.iter().map(|path| root.join(path)).collect()
}

#[test]
fn only_what_differs_is_told() {
    let root = site();
    let write = |path: &str, text: &str| {
        let place = root.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    };
    write("content/a.md", "a");
    let mut disk = Disk::open(root.path()).unwrap();
    let before = disk.tree().clone();
    let mut told = |paths: &[&str]| -> Vec<String> {
        let told = disk.refresh(&places(root.path(), paths));
        told.iter().map(|path| path.to_string()).collect()
    };
    assert_eq!(told(&["content/a.md", "content", "kezako.yaml"]), [""; 0]);
    write("content/a.md", "b");
    write("content/c/d.md", "d");
    write("seeds/s.txt", "s");
    // Nobody has told of the seed.
    assert_eq!(told(&["content/a.md", "content/c"]), ["content/a.md", "content/c/d.md"]);
    assert_eq!(told(&["seeds"]), ["seeds/s.txt"]);
    fs::remove_dir_all(root.path().join("content/c")).unwrap();
    assert_eq!(told(&["content/c"]), ["content/c/d.md"]);
    fs::create_dir(root.path().join("content/e.md")).unwrap();
    assert_eq!(told(&["content/e.md"]), ["content/e.md"]);
    assert_eq!(told(&["content/e.md/x"]), [""; 0]);
    fs::remove_dir(root.path().join("content/e.md")).unwrap();
    assert_eq!(told(&["content/e.md/x"]), ["content/e.md"]);
    assert_eq!(all(&before), ["content/a.md: a", "kezako.yaml: title: T"]);
}

#[test]
fn a_file_that_keeps_its_length_and_time_is_read_again() {
    let root = site();
    let place = root.path().join("kezako.yaml");
    let mut disk = Disk::open(root.path()).unwrap();
    for text in ["title: U", "title: V", "title: W"] {
        let time = fs::metadata(&place).unwrap().modified().unwrap();
        fs::write(&place, text).unwrap();
        fs::File::options()
            .write(true)
            .open(&place)
            .unwrap()
            .set_modified(time)
            .unwrap();
        assert_eq!(disk.rescan().len(), 1);
        assert_eq!(disk.tree().text("kezako.yaml"), Some(text));
        assert_eq!(disk.rescan().len(), 0);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_is_known_by_its_stamp_is_read_again_when_it_has_another() {
    let root = site();
    let place = root.path().join("kezako.yaml");
    let time = fs::metadata(&place).unwrap().modified().unwrap();
    // Longer than the steps of the coarsest file system.
    std::thread::sleep(std::time::Duration::from_millis(3100));
    let mut disk = Disk::open(root.path()).unwrap();
    assert_eq!(disk.rescan().len(), 0);
    fs::write(&place, "title: U").unwrap();
    fs::File::options()
        .write(true)
        .open(&place)
        .unwrap()
        .set_modified(time)
        .unwrap();
    assert_eq!(disk.rescan().len(), 1);
    assert_eq!(disk.tree().text("kezako.yaml"), Some("title: U"));
}

/// One thing that is done to the files.
#[derive(Debug, Clone)]
enum Deed {
    Write(&'static str, u8),
    Remove(&'static str),
    Folder(&'static str),
    Move(&'static str, &'static str),
    Link(&'static str, &'static str),
}

const PATHS: [&str; 22] = [
    "kezako.yaml",
    "content",
    "content/a.md",
    "content/a.md~",
    "content/.b.md.swp",
    "content/claims",
    "content/claims/a.md",
    "content/claims/deep",
    "content/claims/deep/b.md",
    "content/claims.md",
    "content/claims.md/c.md",
    "seeds",
    "seeds/a.txt",
    "seeds/a.txt/b.txt",
    "seeds/note.md",
    "seeds/deep/c.txt",
    "templates",
    "templates/styles/a.css",
    "templates/.git/x.html",
    "shared",
    "shared/a.md",
    "public/index.html",
];

fn path() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&PATHS[..])
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        5 => (path(), 0..3u8).prop_map(|(path, text)| Deed::Write(path, text)),
        2 => path().prop_map(Deed::Remove),
        1 => path().prop_map(Deed::Folder),
        2 => (path(), path()).prop_map(|(from, to)| Deed::Move(from, to)),
        1 => (path(), path()).prop_map(|(to, at)| Deed::Link(to, at)),
    ]
}

/// Does it, as far as it can be done, and gives the paths that a watcher would name.
fn perform(root: &Path, deed: &Deed) -> Vec<&'static str> {
    let at = |path: &str| root.join(path);
    let parents = |path: &str| drop(fs::create_dir_all(at(path).parent().unwrap()));
    match *deed {
        Deed::Write(path, text) => {
            parents(path);
            let _ = fs::write(at(path), "x".repeat(text.into()));
            vec![path]
        }
        Deed::Remove(path) => {
            let _ = fs::remove_file(at(path)).or_else(|_| fs::remove_dir_all(at(path)));
            vec![path]
        }
        Deed::Folder(path) => {
            let _ = fs::create_dir_all(at(path));
            vec![path]
        }
        Deed::Move(from, to) => {
            parents(to);
            let _ = fs::rename(at(from), at(to));
            vec![from, to]
        }
        Deed::Link(to, path) => {
            parents(path);
            #[cfg(unix)]
            let _ = std::os::unix::fs::symlink(at(to), at(path));
            vec![path]
        }
    }
}

/// The folders above a path come into being with it, and a watcher names the first of them.
fn with_parents(paths: &[&'static str]) -> Vec<&'static str> {
    let parents = |path: &'static str| path.match_indices('/').map(move |(at, _)| &path[..at]).chain([path]);
    paths.iter().copied().flat_map(parents).collect()
}

/// Places by their real names, and what links there lead to: a watcher tells of the file that was really written.
fn real(root: &Path, paths: &[&str]) -> BTreeSet<PathBuf> {
    let root = fs::canonicalize(root).unwrap();
    let real = |path: &&str| {
        let place = root.join(path);
        let folder = place.parent().and_then(|folder| fs::canonicalize(folder).ok());
        let named = folder.map(|folder| folder.join(place.file_name().unwrap()));
        let followed = fs::canonicalize(&place).ok();
        [Some(named.unwrap_or(place)), followed].into_iter().flatten()
    };
    paths.iter().flat_map(real).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn another_look_sees_what_a_first_one_would(deeds in prop::collection::vec(deed(), 1..25), poll: bool) {
        let root = site();
        let mut disk = Disk::open(root.path()).unwrap();
        for deed in deeds {
            let before = disk.tree().clone();
            let named = perform(root.path(), &deed);
            let told = if poll {
                disk.rescan()
            } else {
                disk.refresh(&real(root.path(), &with_parents(&named)))
            };
            let fresh = Disk::at(fs::canonicalize(root.path()).unwrap());
            prop_assert_eq!(all(disk.tree()), all(fresh.tree()), "{:?}", deed);
            let differs = all(&before) != all(fresh.tree());
            prop_assert_eq!(differs, !told.is_empty(), "{:?} {:?}", deed, told);
        }
    }
}
