//! Tests of [`Kept`](super::kept::Kept): what is the same stays the same file, and only that.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use super::Staging;
use super::write_tests::{check_files, site};

/// Writes a site with these pages to `public`.
fn publish(root: &Path, pages: &[(&str, &str)]) {
    let staging = Staging::begin(&root.join("public"), root).expect("a site may be written");
    for (path, text) in pages {
        staging.write(path, text.as_bytes()).expect("a page is written");
    }
    staging.commit().expect("the site takes its place");
}

/// Which file of the file system a page is.
fn inode(root: &Path, page: &str) -> u64 {
    fs::symlink_metadata(root.join("public").join(page))
        .expect("the page is there")
        .ino()
}

#[test]
fn what_is_the_same_stays_the_same_file_and_what_differs_is_a_new_one() {
    let root = site();
    publish(root.path(), &[("index.html", "one"), ("claims/a.html", "two")]);
    let former = ["index.html", "claims/a.html"].map(|page| inode(root.path(), page));
    publish(root.path(), &[("index.html", "one"), ("claims/a.html", "new")]);
    assert_eq!(inode(root.path(), "index.html"), former[0]);
    assert_ne!(inode(root.path(), "claims/a.html"), former[1]);
    check_files(
        &root.path().join("public"),
        &[("index.html", "one"), ("claims/a.html", "new")],
    );
}

#[test]
fn a_file_that_has_other_rights_than_this_build_gives_is_written_anew() {
    let root = site();
    publish(root.path(), &[("index.html", "one")]);
    let page = root.path().join("public/index.html");
    fs::set_permissions(&page, Permissions::from_mode(0o600)).unwrap();
    publish(root.path(), &[("index.html", "one")]);
    let marker = fs::metadata(root.path().join("public/.kezako")).unwrap().mode();
    assert_eq!(fs::metadata(&page).unwrap().mode(), marker);
}

#[test]
fn a_link_in_the_former_site_is_not_followed() {
    let root = site();
    publish(root.path(), &[("index.html", "one")]);
    let (page, elsewhere) = (root.path().join("public/index.html"), root.path().join("elsewhere"));
    fs::rename(&page, &elsewhere).unwrap();
    symlink(&elsewhere, &page).unwrap();
    publish(root.path(), &[("index.html", "one")]);
    assert!(fs::symlink_metadata(&page).unwrap().is_file());
    assert_ne!(
        inode(root.path(), "index.html"),
        fs::metadata(&elsewhere).unwrap().ino()
    );
}

#[test]
fn a_build_that_fails_leaves_the_files_that_it_had_linked() {
    let root = site();
    publish(root.path(), &[("index.html", "one")]);
    let staging = Staging::begin(&root.path().join("public"), root.path()).unwrap();
    staging.write("index.html", b"one").unwrap();
    drop(staging);
    check_files(&root.path().join("public"), &[("index.html", "one")]);
}
