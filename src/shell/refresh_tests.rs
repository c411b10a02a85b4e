//! Tests of [`Published`](super::Published) against real folders.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::target::MARKER;
use super::write_tests::{check_files, check_names, files, names, site};
use super::{Published, Written};
use crate::deploy::MANIFEST;

/// The files beside the manifest, which lists them all.
#[track_caller]
fn check(public: &Path, expected: &[(&str, &str)]) {
    let mut there = files(public);
    let manifest: serde_json::Value = serde_json::from_str(&there.remove(MANIFEST).unwrap()).unwrap();
    let listed: BTreeSet<&String> = manifest["files"].as_object().unwrap().keys().collect();
    assert_eq!(listed, there.keys().collect::<BTreeSet<_>>());
    for (path, text) in &there {
        let entry = &manifest["files"][path];
        assert_eq!(entry["size"], text.len(), "{path}");
        assert_eq!(
            entry["blake3"],
            blake3::hash(text.as_bytes()).to_hex().as_str(),
            "{path}"
        );
    }
    let expected = expected.iter().map(|(path, text)| (path.to_string(), text.to_string()));
    assert_eq!(there, expected.collect::<BTreeMap<_, _>>());
}

/// A site with these files.
fn snapshot(files: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let files = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    files.collect()
}

fn paths(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

fn written(written: usize, removed: usize) -> Written {
    Written { written, removed }
}

#[test]
fn only_what_differs_is_written() {
    let root = site();
    let public = root.path().join("public");
    let mut published = Published::begin(&public, root.path(), false).unwrap();
    assert!(!public.exists());
    let first = snapshot(&[("index.html", "1"), ("a/index.html", "a"), ("b/c/d.png", "d")]);
    assert_eq!(published.update(&first, &paths(&[])).unwrap(), written(4, 0));
    assert!(public.join(MARKER).is_file());
    let stamp = |path: &str| {
        let found = fs::metadata(public.join(path)).unwrap();
        (found.modified().unwrap(), identity(&found))
    };
    let before = stamp("index.html");

    let second = snapshot(&[("index.html", "1"), ("a/index.html", "A"), ("e/f/g.html", "g")]);
    let changed = paths(&[
        "index.html",
        "a/index.html",
        "b/c/d.png",
        "e/f/g.html",
        "never/was.html",
    ]);
    assert_eq!(published.update(&second, &changed).unwrap(), written(3, 1));
    check(
        &public,
        &[("index.html", "1"), ("a/index.html", "A"), ("e/f/g.html", "g")],
    );
    assert_eq!(stamp("index.html"), before);
    assert_eq!(names(&public), [MARKER, "a", "e", "index.html", MANIFEST]);
    check_names(root.path(), &["public"]);
}

#[cfg(unix)]
fn identity(found: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> u64 {
    0
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let root = site();
    let public = root.path().join("public");
    let mut published = Published::begin(&public, root.path(), false).unwrap();
    let sites = [
        &[("a", "file"), ("b/c/d", "deep"), ("index.html", "1")][..],
        &[("a/b/c", "deep"), ("b", "file"), ("index.html", "1")],
    ];
    let changed = paths(&["a", "a/b/c", "b", "b/c/d"]);
    for turn in 0..4 {
        published.update(&snapshot(sites[turn % 2]), &changed).unwrap();
        check(&public, sites[turn % 2]);
    }
}

#[test]
fn what_is_gone_or_replaced_is_written_as_a_whole() {
    let root = site();
    let public = root.path().join("public");
    let mut published = Published::begin(&public, root.path(), false).unwrap();
    let site = snapshot(&[("index.html", "1"), ("a/index.html", "a")]);
    published.update(&site, &paths(&[])).unwrap();
    fs::remove_dir_all(&public).unwrap();
    assert_eq!(
        published.update(&site, &paths(&["a/index.html"])).unwrap(),
        written(3, 0)
    );
    check(&public, &[("index.html", "1"), ("a/index.html", "a")]);
    // Somebody else's folder is as safe as from a build.
    fs::remove_dir_all(&public).unwrap();
    fs::create_dir(&public).unwrap();
    fs::write(public.join("thesis.txt"), "x").unwrap();
    let failure = published.update(&site, &paths(&["a/index.html"])).unwrap_err();
    assert!(
        failure.message.to_string().contains("was not made by Kézako"),
        "{failure}"
    );
    check_files(&public, &[("thesis.txt", "x")]);
}

#[test]
fn what_a_build_may_not_replace_is_refused_at_once() {
    let root = site();
    let foreign = root.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("thesis.txt"), "x").unwrap();
    for (target, why) in [
        (foreign.as_path(), "was not made by Kézako"),
        (&root.path().join("content/out"), "lies in `content`"),
        (root.path(), "holds the site itself"),
    ] {
        let failure = Published::begin(target, root.path(), false).unwrap_err();
        assert!(failure.message.to_string().contains(why), "{failure}");
    }
    assert_eq!(files(&foreign).len(), 1);
}

#[test]
fn compressed_copies_come_and_go_with_their_files() {
    let root = site();
    let public = root.path().join("public");
    let mut published = Published::begin(&public, root.path(), true).unwrap();
    let (long, longer) = ("long ".repeat(100), "longer ".repeat(100));
    let there = || -> Vec<String> {
        let mut names = names(&public);
        names.retain(|name| name.starts_with("x."));
        names
    };
    published.update(&snapshot(&[("x.txt", &long)]), &paths(&[])).unwrap();
    assert_eq!(there(), ["x.txt", "x.txt.br", "x.txt.gz"]);
    let copy = fs::read(public.join("x.txt.gz")).unwrap();
    published
        .update(&snapshot(&[("x.txt", &longer)]), &paths(&["x.txt"]))
        .unwrap();
    assert_ne!(fs::read(public.join("x.txt.gz")).unwrap(), copy);
    // So short that a copy would be longer.
    published
        .update(&snapshot(&[("x.txt", "x")]), &paths(&["x.txt"]))
        .unwrap();
    assert_eq!(there(), ["x.txt"]);
    published
        .update(&snapshot(&[("x.txt", &long)]), &paths(&["x.txt"]))
        .unwrap();
    published
        .update(&snapshot(&[("y.txt", "y")]), &paths(&["x.txt", "y.txt"]))
        .unwrap();
    assert_eq!(there(), [""; 0]);
    let manifest = fs::read_to_string(public.join(MANIFEST)).unwrap();
    assert!(!manifest.contains("x.txt") && manifest.contains("y.txt"), "{manifest}");
}

#[test]
fn a_reader_meets_the_old_bytes_or_the_new_ones() {
    let root = site();
    let public = root.path().join("public");
    let mut published = Published::begin(&public, root.path(), false).unwrap();
    let texts = ["a".repeat(100_000), "b".repeat(100_000)];
    published.update(&snapshot(&[("x", &texts[0])]), &paths(&[])).unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                let text = fs::read_to_string(Path::new(&public).join("x")).unwrap();
                assert!(texts.contains(&text), "{} bytes", text.len());
            }
        });
        for turn in 1..200 {
            published
                .update(&snapshot(&[("x", &texts[turn % 2])]), &paths(&["x"]))
                .unwrap();
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        reader.join().unwrap();
    });
}
