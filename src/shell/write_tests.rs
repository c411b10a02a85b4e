//! Tests of [`Staging`](super::Staging) against real folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use tempfile::TempDir;

use super::target::MARKER;
use super::{Failure, Staging};

pub(super) fn site() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("kezako.yaml"), "title: T").unwrap();
    for room in ["content/claims", "seeds", "templates"] {
        fs::create_dir_all(root.path().join(room)).unwrap();
    }
    root
}

/// Writes a site with one page to a folder.
pub(super) fn publish(root: &Path, target: &Path, text: &str) -> Result<(), Failure> {
    let staging = Staging::begin(target, root)?;
    staging.write("index.html", text.as_bytes())?;
    staging.commit()
}

/// All files below a folder with their bytes, without the marker.
pub(super) fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
    {
        let path = entry
            .path()
            .strip_prefix(folder)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        found.insert(path, fs::read_to_string(entry.path()).unwrap());
    }
    found.remove(MARKER);
    found
}

#[track_caller]
pub(super) fn check_files(folder: &Path, expected: &[(&str, &str)]) {
    let expected: std::collections::BTreeMap<String, String> = expected
        .iter()
        .map(|(path, text)| (path.to_string(), text.to_string()))
        .collect();
    assert_eq!(files(folder), expected);
}

pub(super) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The root holds the site, what is named here, and nothing that a build left over.
#[track_caller]
pub(super) fn check_names(root: &Path, others: &[&str]) {
    let mut expected = vec!["content", "kezako.yaml", "seeds", "templates"];
    expected.extend(others);
    expected.sort_unstable();
    assert_eq!(names(root), expected);
}

#[test]
fn a_site_is_written_and_replaced_as_a_whole() {
    let root = site();
    let public = root.path().join("public");
    let staging = Staging::begin(&public, root.path()).unwrap();
    staging.write("index.html", b"home").unwrap();
    staging.write("claims/a/index.html", b"a").unwrap();
    staging.write("claims/b/index.html", b"").unwrap();
    assert!(!public.exists());
    staging.commit().unwrap();
    check_files(
        &public,
        &[
            ("claims/a/index.html", "a"),
            ("claims/b/index.html", ""),
            ("index.html", "home"),
        ],
    );
    assert!(
        fs::read_to_string(public.join(MARKER))
            .unwrap()
            .starts_with("This folder is written by Kézako")
    );

    fs::write(public.join("stray.html"), "x").unwrap();
    publish(root.path(), &public, "new").unwrap();
    check_files(&public, &[("index.html", "new")]);
    check_names(root.path(), &["public"]);
}

#[cfg(unix)]
#[test]
fn what_is_the_same_stays_and_what_is_not_does_not() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let root = site();
    let public = root.path().join("public");
    let place = |name: &str| public.join(name);
    let number = |name: &str| fs::symlink_metadata(place(name)).unwrap().ino();
    let all = [
        "same.html",
        "other.html",
        "longer.html",
        "locked.html",
        "touched.html",
        "linked.html",
    ];
    let write = |texts: [&str; 6]| {
        let staging = Staging::begin(&public, root.path()).unwrap();
        for (name, text) in all.iter().zip(texts) {
            staging.write(name, text.as_bytes()).unwrap();
        }
        staging
    };
    write(["a"; 6]).commit().unwrap();
    fs::set_permissions(place("locked.html"), fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(place("touched.html"), "x").unwrap();
    fs::remove_file(place("linked.html")).unwrap();
    std::os::unix::fs::symlink("same.html", place("linked.html")).unwrap();
    let numbers = all.map(number);

    // A build that fails leaves all as it was.
    drop(write(["a", "b", "aa", "a", "a", "a"]));
    assert_eq!(all.map(number), numbers);
    assert_eq!(fs::read_to_string(place("touched.html")).unwrap(), "x");

    write(["a", "b", "aa", "a", "a", "a"]).commit().unwrap();
    assert_eq!(
        all.map(|name| fs::read_to_string(place(name)).unwrap()),
        ["a", "b", "aa", "a", "a", "a"]
    );
    let kept = all.map(|name| numbers.contains(&number(name)));
    assert_eq!(kept, [true, false, false, false, false, false]);
    assert_eq!(fs::symlink_metadata(place("same.html")).unwrap().nlink(), 1);
    assert!(
        all.iter()
            .all(|name| fs::symlink_metadata(place(name)).unwrap().is_file())
    );
    let modes = all.map(|name| fs::symlink_metadata(place(name)).unwrap().mode());
    assert!(modes.iter().all(|mode| *mode == modes[0]), "{modes:?}");
}

#[test]
fn many_threads_write_at_once() {
    let root = site();
    let public = root.path().join("public");
    for _ in 0..2 {
        let staging = Staging::begin(&public, root.path()).unwrap();
        let write = |n: usize| staging.write(&format!("claims/{}/{n}/index.html", n % 7), n.to_string().as_bytes());
        (0..2000).into_par_iter().try_for_each(write).unwrap();
        staging.commit().unwrap();
        assert_eq!(files(&public).len(), 2000);
        assert_eq!(files(&public)["claims/3/1991/index.html"], "1991");
    }
    check_names(root.path(), &["public"]);
}

#[test]
fn a_build_that_is_given_up_leaves_no_trace() {
    let root = site();
    let staging = Staging::begin(&root.path().join("new/deep/public"), root.path()).unwrap();
    staging.write("a/b/c.html", b"x").unwrap();
    drop(staging);
    check_names(root.path(), &[]);
}

#[test]
fn folders_above_the_target_are_made() {
    let root = site();
    publish(root.path(), &root.path().join("new/deep/public"), "x").unwrap();
    check_files(&root.path().join("new/deep/public"), &[("index.html", "x")]);
}

#[test]
fn a_failed_write_leaves_the_former_site_as_it_was() {
    let root = site();
    let public = root.path().join("public");
    publish(root.path(), &public, "former").unwrap();
    let staging = Staging::begin(&public, root.path()).unwrap();
    staging.write("a", b"file").unwrap();
    let failure = staging.write("a/b", b"x").unwrap_err();
    assert_eq!(
        failure.message.to_string(),
        format!(
            "cannot write `{}`: a part of the path is a file, not a folder",
            public.join("a/b").display()
        )
    );
    assert!(
        staging
            .write("a", b"twice")
            .unwrap_err()
            .message
            .to_string()
            .contains("already there")
    );
    assert!(
        staging
            .write(&"x".repeat(300), b"x")
            .unwrap_err()
            .message
            .to_string()
            .contains("too long")
    );
    drop(staging);
    check_files(&public, &[("index.html", "former")]);
    check_names(root.path(), &["public"]);
}

#[test]
fn paths_that_leave_the_site_are_refused() {
    let root = site();
    let staging = Staging::begin(&root.path().join("public"), root.path()).unwrap();
    for path in [
        "", "/", "/a", "a//b", "a/", "../a", "a/../b", "a/..", ".", "./a", "a/./b",
    ] {
        assert!(
            staging
                .write(path, b"x")
                .unwrap_err()
                .message
                .to_string()
                .contains("not a path inside the site"),
            "{path}"
        );
    }
    staging.write("..a/b..c/.d", b"x").unwrap();
}

#[track_caller]
fn refused(root: &Path, target: &Path, why: &str) {
    let failure = Staging::begin(target, root)
        .err()
        .unwrap_or_else(|| panic!("{} is taken", target.display()));
    assert!(failure.message.to_string().contains(why), "{failure}");
    assert!(failure.help.to_string().contains("--out"), "{failure}");
}

#[test]
fn what_kezako_did_not_make_is_not_replaced() {
    let root = site();
    let at = |name: &str| root.path().join(name);
    fs::create_dir(at("empty")).unwrap();
    fs::create_dir(at("foreign")).unwrap();
    fs::write(at("foreign/thesis.txt"), "x").unwrap();
    fs::write(at("file"), "x").unwrap();
    refused(
        root.path(),
        &at("foreign"),
        "foreign` was not made by Kézako, so it is not replaced",
    );
    refused(
        root.path(),
        &at("file"),
        "file` was not made by Kézako, so it is not replaced",
    );
    publish(root.path(), &at("empty"), "x").unwrap();
    check_files(&at("empty"), &[("index.html", "x")]);
    fs::create_dir(at("empty/.git")).unwrap();
    refused(root.path(), &at("empty"), "holds a git repository");
    check_files(&at("foreign"), &[("thesis.txt", "x")]);
    check_names(root.path(), &["empty", "file", "foreign"]);
}

#[test]
fn what_came_while_the_build_ran_is_not_replaced() {
    let root = site();
    let public = root.path().join("public");
    let staging = Staging::begin(&public, root.path()).unwrap();
    fs::create_dir(&public).unwrap();
    fs::write(public.join("thesis.txt"), "x").unwrap();
    let failure = staging.commit().unwrap_err();
    assert!(
        failure.message.to_string().contains("was not made by Kézako"),
        "{failure}"
    );
    check_files(&public, &[("thesis.txt", "x")]);
    check_names(root.path(), &["public"]);
}

#[test]
fn the_sites_own_files_are_not_replaced() {
    let root = site();
    let at = |name: &str| root.path().join(name);
    for target in ["", ".", "content/..", "new/..", ".."] {
        refused(root.path(), &at(target), "holds the site itself");
    }
    refused(root.path(), Path::new("/"), "holds the site itself");
    for (target, room) in [
        ("content", "content"),
        ("content/claims/../new/deep", "content"),
        ("new/../seeds/out", "seeds"),
        ("templates", "templates"),
    ] {
        refused(root.path(), &at(target), &format!("lies in `{room}`"));
    }
    fs::remove_dir(at("templates")).unwrap();
    refused(root.path(), &at("templates/out"), "lies in `templates`");
    publish(root.path(), &at("content-of-the-site"), "x").unwrap();
}

#[cfg(unix)]
#[test]
fn links_do_not_hide_the_sites_own_files() {
    use std::os::unix::fs::symlink;
    let (root, elsewhere) = (site(), tempfile::tempdir().unwrap());
    let at = |name: &str| root.path().join(name);
    symlink("content", at("link")).unwrap();
    refused(root.path(), &at("link/out"), "lies in `content`");
    symlink(root.path(), elsewhere.path().join("site")).unwrap();
    refused(root.path(), &elsewhere.path().join("site"), "holds the site itself");
    refused(&elsewhere.path().join("site"), root.path(), "holds the site itself");
    symlink("claims", at("content/deep")).unwrap();
    refused(root.path(), &at("content/deep/../x"), "lies in `content`");
    fs::create_dir_all(elsewhere.path().join("data/seeds")).unwrap();
    fs::remove_dir(at("seeds")).unwrap();
    symlink(elsewhere.path().join("data/seeds"), at("seeds")).unwrap();
    refused(root.path(), &elsewhere.path().join("data"), "holds the site's `seeds`");
    symlink("nowhere", at("dangling")).unwrap();
    refused(root.path(), &at("dangling"), "leads nowhere");
}

#[cfg(unix)]
#[test]
fn a_linked_target_stays_a_link() {
    use std::os::unix::fs::symlink;
    let (root, elsewhere) = (site(), tempfile::tempdir().unwrap());
    let (link, real) = (root.path().join("public"), elsewhere.path().join("www"));
    fs::create_dir(&real).unwrap();
    symlink(&real, &link).unwrap();
    for text in ["one", "two"] {
        publish(root.path(), &link, text).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        check_files(&real, &[("index.html", text)]);
    }
    assert_eq!(names(elsewhere.path()), ["www"]);
    check_names(root.path(), &["public"]);
}

#[cfg(unix)]
#[test]
fn links_in_the_former_site_are_removed_and_not_followed() {
    let (root, elsewhere) = (site(), tempfile::tempdir().unwrap());
    fs::write(elsewhere.path().join("index.html"), "kept").unwrap();
    let public = root.path().join("public");
    publish(root.path(), &public, "one").unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), public.join("link")).unwrap();
    publish(root.path(), &public, "two").unwrap();
    check_files(elsewhere.path(), &[("index.html", "kept")]);
    check_files(&public, &[("index.html", "two")]);
}

#[cfg(unix)]
#[test]
fn a_former_site_that_cannot_be_removed_is_told_and_kept_for_the_next_build() {
    use std::os::unix::fs::PermissionsExt;
    let root = site();
    let public = root.path().join("public");
    publish(root.path(), &public, "former").unwrap();
    let closed = public.join("closed");
    fs::create_dir(&closed).unwrap();
    fs::write(closed.join("x"), "x").unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o500)).unwrap();
    if fs::write(closed.join("y"), "y").is_ok() {
        return; // Root may do everything.
    }
    let failure = publish(root.path(), &public, "new").unwrap_err();
    assert!(
        failure.message.to_string().contains("cannot be removed: no permission"),
        "{failure}"
    );
    check_files(&public, &[("index.html", "new")]);
    let former = names(root.path())
        .into_iter()
        .find(|name| name.starts_with(".public.kezako-"))
        .unwrap();
    fs::set_permissions(
        root.path().join(former).join("closed"),
        fs::Permissions::from_mode(0o700),
    )
    .unwrap();
    publish(root.path(), &public, "newer").unwrap();
    check_names(root.path(), &["public"]);
}
