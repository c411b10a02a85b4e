//! Tests of [`Staging`](super::Staging) among other builds: killed ones, and those that run at the same time.

use std::fs;
use std::path::{Path, PathBuf};

use super::target::MARKER;
use super::write_tests::{check_files, check_names, files, names, publish, site};
use super::{Failure, Staging};

/// A folder beside the target such as a killed build leaves.
fn leftover(root: &Path, name: &str, marked: bool) -> PathBuf {
    let folder = root.join(name);
    fs::create_dir_all(folder.join("claims/a")).unwrap();
    fs::write(folder.join("claims/a/index.html"), "half").unwrap();
    if marked {
        fs::write(folder.join(MARKER), "x").unwrap();
    }
    folder
}

#[test]
fn leftovers_of_killed_builds_are_removed_and_others_are_not() {
    let root = site();
    leftover(root.path(), ".public.kezako-1-0", true);
    leftover(root.path(), ".public.kezako-999999-3", true);
    fs::create_dir(root.path().join(".public.kezako-7-7")).unwrap();
    leftover(root.path(), ".public.kezako-5-5", false);
    leftover(root.path(), ".other.kezako-1-0", true);
    leftover(root.path(), ".public.kezako-backup", true);
    let public = root.path().join("public");
    publish(root.path(), &public, "x").unwrap();
    let kept = [
        ".other.kezako-1-0",
        ".public.kezako-5-5",
        ".public.kezako-backup",
        "public",
    ];
    check_names(root.path(), &kept);
}

#[test]
fn a_former_site_left_aside_is_put_back() {
    let root = site();
    let public = root.path().join("public");
    leftover(root.path(), ".public.kezako-1-0-old", true);
    leftover(root.path(), ".public.kezako-1-0", true);
    drop(Staging::begin(&public, root.path()).unwrap());
    check_files(&public, &[("claims/a/index.html", "half")]);
    leftover(root.path(), ".public.kezako-1-1-old", true);
    drop(Staging::begin(&public, root.path()).unwrap());
    check_names(root.path(), &["public"]);
}

#[test]
fn builds_at_once_do_not_touch_each_other() {
    let root = site();
    let public = root.path().join("public");
    let first = Staging::begin(&public, root.path()).unwrap();
    first.write("index.html", b"first").unwrap();
    let second = Staging::begin(&public, root.path()).unwrap();
    second.write("index.html", b"second").unwrap();
    first.write("a/index.html", b"a").unwrap();
    first.commit().unwrap();
    check_files(&public, &[("a/index.html", "a"), ("index.html", "first")]);
    second.commit().unwrap();
    check_files(&public, &[("index.html", "second")]);
    check_names(root.path(), &["public"]);
}

/// Builds on several threads, while another looks whether the site is ever there in part.
fn race(swap: fn(Staging) -> Result<(), Failure>, always_there: bool) {
    let root = site();
    let public = root.path().join("public");
    publish(root.path(), &public, "0").unwrap();
    let build = |thread: usize| {
        for turn in 0..40 {
            let staging = Staging::begin(&public, root.path()).unwrap();
            for page in ["index.html", "a/index.html", "b/c/index.html"] {
                staging.write(page, format!("{thread} {turn}").as_bytes()).unwrap();
            }
            swap(staging).unwrap();
        }
    };
    std::thread::scope(|scope| {
        let builders: Vec<_> = (0..4).map(|thread| scope.spawn(move || build(thread))).collect();
        while !builders.iter().all(|builder| builder.is_finished()) {
            assert!(!always_there || public.join("index.html").exists());
        }
    });
    let files = files(&public);
    assert_eq!(files.len(), 3);
    assert!(files.values().all(|text| *text == files["index.html"]));
    check_names(root.path(), &["public"]);
}

#[test]
fn racing_builds_each_publish_a_whole_site() {
    race(Staging::commit, cfg!(any(target_os = "linux", target_vendor = "apple")));
}

#[test]
fn racing_builds_are_whole_without_an_exchange_too() {
    race(|staging| staging.commit_by(Staging::swap_by_renames), false);
}

#[test]
fn without_an_exchange_a_foreign_folder_is_put_back() {
    let root = site();
    let public = root.path().join("public");
    let staging = Staging::begin(&public, root.path()).unwrap();
    fs::create_dir(&public).unwrap();
    fs::write(public.join("thesis.txt"), "x").unwrap();
    assert!(staging.swap_by_renames().is_err());
    check_files(&public, &[("thesis.txt", "x")]);
    drop(staging);
    check_names(root.path(), &["public"]);
}

/// Acts only as the child of the next test: begins a build and waits to be killed.
#[test]
fn child_that_is_killed() {
    let Some(root) = std::env::var_os("KEZAKO_TEST_KILLED") else {
        return;
    };
    let root = PathBuf::from(root);
    let staging = Staging::begin(&root.join("public"), &root).unwrap();
    staging.write("a/index.html", b"half").unwrap();
    fs::write(root.join("ready"), "").unwrap();
    std::thread::sleep(std::time::Duration::from_secs(60));
    drop(staging);
}

#[test]
fn a_build_that_is_killed_changes_nothing_and_the_next_one_clears_up() {
    let root = site();
    let public = root.path().join("public");
    publish(root.path(), &public, "former").unwrap();
    let test = concat!(module_path!(), "::child_that_is_killed")
        .split_once("::")
        .unwrap()
        .1;
    let mut child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test])
        .env("KEZAKO_TEST_KILLED", root.path())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    while !root.path().join("ready").exists() {
        assert!(child.try_wait().unwrap().is_none(), "the child has ended");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    // As long as it lives, its folder is left alone.
    drop(Staging::begin(&public, root.path()).unwrap());
    assert_eq!(
        names(root.path())
            .iter()
            .filter(|name| name.starts_with(".public.kezako-"))
            .count(),
        1
    );
    child.kill().unwrap();
    child.wait().unwrap();
    check_files(&public, &[("index.html", "former")]);
    drop(Staging::begin(&public, root.path()).unwrap());
    check_names(root.path(), &["public", "ready"]);
    check_files(&public, &[("index.html", "former")]);
}
