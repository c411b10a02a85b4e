//! Tests of [`load`](super::load) against real folders.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{find_root, is_litter, load};
use crate::tree::Tree;

/// A site with the files given; a path that ends in `/` is a folder.
fn site(paths: &[&str]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("kezako.yaml"), "title: T").unwrap();
    for path in paths {
        let place = root.path().join(path);
        if path.ends_with('/') {
            fs::create_dir_all(place).unwrap();
        } else {
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, path).unwrap();
        }
    }
    root
}

fn paths(tree: &Tree) -> Vec<&str> {
    tree.iter().map(|(path, _)| &**path).collect()
}

#[track_caller]
fn check(root: &Path, readable: &[&str], unreadable: &[(&str, &str)]) {
    let tree = load(root).unwrap();
    let mut expected = vec!["kezako.yaml"];
    expected.extend(readable);
    expected.sort_unstable();
    assert_eq!(paths(&tree), expected);
    let reasons = reasons(&tree);
    let both = tree.unreadable().iter().zip(&reasons);
    let found: Vec<_> = both.map(|(it, reason)| (it.path.as_str(), reason.as_str())).collect();
    assert_eq!(found, unreadable);
}

fn reasons(tree: &Tree) -> Vec<String> {
    tree.unreadable().iter().map(|it| it.reason.to_string()).collect()
}

#[test]
fn a_site_is_its_settings_seeds_content_and_templates() {
    let files = [
        "content/a.md",
        "content/claims/b.md",
        "content/claims/b.png",
        "seeds/s.txt",
        "templates/i18n/oc.yaml",
    ];
    let root = site(&files);
    for other in [
        "README.md",
        "public/index.html",
        "seeds/README.md",
        "seeds/old/t.txt",
        "seeds/s.TXT",
    ] {
        fs::create_dir_all(root.path().join(other).parent().unwrap()).unwrap();
        fs::write(root.path().join(other), "x").unwrap();
    }
    check(root.path(), &files, &[]);
    let tree = load(root.path()).unwrap();
    assert_eq!(tree.text("content/claims/b.md"), Some("content/claims/b.md"));
}

#[test]
fn bytes_are_read_as_they_stand() {
    let root = site(&["content/empty.md"]);
    fs::write(root.path().join("content/empty.md"), "").unwrap();
    fs::write(root.path().join("content/latin.md"), b"\xe9t\xe9\r\n").unwrap();
    let tree = load(root.path()).unwrap();
    assert_eq!(&*tree.get("content/empty.md").unwrap().bytes, b"");
    assert_eq!(&*tree.get("content/latin.md").unwrap().bytes, b"\xe9t\xe9\r\n");
    assert_eq!(tree.unreadable(), []);
}

#[test]
fn missing_folders_are_fine_and_a_missing_kezako_yaml_is_not() {
    let root = site(&[]);
    check(root.path(), &[], &[]);
    fs::remove_file(root.path().join("kezako.yaml")).unwrap();
    let failure = load(root.path()).unwrap_err();
    assert_eq!(
        failure.message.to_string(),
        format!("`{}` is not a site: it holds no `kezako.yaml`", root.path().display())
    );
    let nowhere = root.path().join("nowhere");
    assert!(
        load(&nowhere)
            .unwrap_err()
            .message
            .to_string()
            .contains("nowhere`: there is no such file or folder")
    );
}

#[test]
fn find_root_looks_upwards_for_a_file() {
    let root = site(&["content/claims/a.md", "content/claims/kezako.yaml/"]);
    let real = fs::canonicalize(root.path()).unwrap();
    assert_eq!(find_root(&root.path().join("content/claims")), Some(real.clone()));
    assert_eq!(find_root(root.path()), Some(real));
    assert_eq!(find_root(&root.path().join("nowhere")), None);
    assert_eq!(find_root(tempfile::tempdir().unwrap().path()), None);
}

#[test]
fn editors_litter_is_passed_over() {
    for name in [
        ".a.md.swp",
        ".git",
        ".#a.md",
        "a.md~",
        "#a.md#",
        "4913",
        "Thumbs.db",
        ".DS_Store",
    ] {
        assert!(is_litter(name.as_ref()), "{name}");
    }
    for name in ["a.md", "#", "#a.md", "14913", "thumbs.md"] {
        assert!(!is_litter(name.as_ref()), "{name}");
    }
    let root = site(&[
        "content/a.md",
        "content/a.md~",
        "content/.git/b.md",
        "seeds/.s.txt",
        "templates/4913",
    ]);
    check(root.path(), &["content/a.md"], &[]);
}

#[test]
fn a_folder_where_a_file_belongs_is_noted_and_not_entered() {
    let root = site(&["content/a.md/b.md", "seeds/s.txt/t.txt", "templates/x.md/y.html"]);
    let folder = "is a folder, not a file";
    check(
        root.path(),
        &["templates/x.md/y.html"],
        &[("content/a.md", folder), ("seeds/s.txt", folder)],
    );
}

#[test]
fn a_file_where_a_folder_belongs_is_noted() {
    let root = site(&["content"]);
    check(root.path(), &[], &[("content", "is a file, not a folder")]);
}

#[test]
fn settings_that_are_a_folder_are_noted() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("kezako.yaml")).unwrap();
    let tree = load(root.path()).unwrap();
    assert_eq!(tree.unreadable()[0].path, "kezako.yaml");
    assert_eq!(tree.unreadable()[0].reason.to_string(), "is a folder, not a file");
}

#[test]
fn a_file_over_the_limit_is_noted() {
    let root = site(&["content/a.md", "content/limit.bin"]);
    let file = fs::File::create(root.path().join("content/a.md")).unwrap();
    file.set_len((256 << 20) + 1).unwrap();
    check(
        root.path(),
        &["content/limit.bin"],
        &[("content/a.md", "is larger than 256 MiB")],
    );
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn links_inside_the_site_are_followed() {
        let root = site(&["content/a.md", "shared/b.md", "shared/deep/c.md", "seeds/s.txt"]);
        symlink("a.md", root.path().join("content/again.md")).unwrap();
        symlink("../shared", root.path().join("content/shared")).unwrap();
        symlink(root.path().join("shared"), root.path().join("content/absolute")).unwrap();
        symlink("content", root.path().join("templates")).unwrap();
        let mut expected = vec!["seeds/s.txt".to_owned()];
        for room in ["content", "templates"] {
            let files = [
                "a.md",
                "again.md",
                "shared/b.md",
                "shared/deep/c.md",
                "absolute/b.md",
                "absolute/deep/c.md",
            ];
            expected.extend(files.map(|file| format!("{room}/{file}")));
        }
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check(root.path(), &expected, &[]);
    }

    #[test]
    fn links_out_of_the_site_are_noted_and_not_read() {
        let outside = site(&["secret.txt"]);
        let root = site(&["content/", "seeds/"]);
        let at = |path: &str| root.path().join(path);
        symlink(outside.path().join("secret.txt"), at("content/a.md")).unwrap();
        symlink(outside.path(), at("content/folder")).unwrap();
        symlink("/etc/passwd", at("seeds/s.txt")).unwrap();
        symlink(outside.path(), at("templates")).unwrap();
        // A sibling whose name begins with the root's is outside all the same.
        let sibling = root
            .path()
            .with_file_name(format!("{}x", root.path().file_name().unwrap().display()));
        fs::write(&sibling, "x").unwrap();
        symlink(&sibling, at("content/b.md")).unwrap();
        let out = "is a symbolic link that leads out of the site";
        let all = [
            "content/a.md",
            "content/b.md",
            "content/folder",
            "seeds/s.txt",
            "templates",
        ];
        check(root.path(), &[], &all.map(|path| (path, out)));
        fs::remove_file(sibling).unwrap();
    }

    #[test]
    fn links_that_lead_nowhere_or_in_circles_are_noted() {
        let root = site(&["content/a/x.md", "content/b/y.md"]);
        let link = |to: &str, at: &str| symlink(to, root.path().join("content").join(at)).unwrap();
        link("gone.md", "gone-link.md");
        link("itself.md", "itself.md");
        link("pong.md", "ping.md");
        link("ping.md", "pong.md");
        link("..", "up");
        link(".", "here");
        link("../b", "a/to-b");
        link("../a", "b/to-a");
        link(".lock", ".#x.md");
        let (itself, back) = (
            "is a symbolic link that leads to itself",
            "is a symbolic link that leads back to a folder it lies in",
        );
        let unreadable = [
            ("content/a/to-b/to-a", back),
            ("content/b/to-a/to-b", back),
            ("content/gone-link.md", "is a symbolic link that leads nowhere"),
            ("content/here", back),
            ("content/itself.md", itself),
            ("content/ping.md", itself),
            ("content/pong.md", itself),
            ("content/up", back),
        ];
        let files = [
            "content/a/to-b/y.md",
            "content/a/x.md",
            "content/b/to-a/x.md",
            "content/b/y.md",
        ];
        check(root.path(), &files, &unreadable);
    }

    #[test]
    fn folders_that_all_link_to_each_other_do_not_multiply_without_end() {
        let root = site(&[]);
        for one in 0..8 {
            let folder = root.path().join(format!("content/{one}"));
            fs::create_dir_all(&folder).unwrap();
            (0..8).for_each(|other| symlink(format!("../{other}"), folder.join(format!("to-{other}"))).unwrap());
        }
        let tree = load(root.path()).unwrap();
        assert!(
            tree.unreadable()
                .iter()
                .any(|it| it.reason.to_string().ends_with("too many of those"))
        );
        assert!(tree.unreadable().len() < 10_000);
    }

    #[test]
    fn a_linked_folder_where_a_file_belongs_is_noted() {
        let root = site(&["shared/b.md", "seeds/"]);
        symlink("shared", root.path().join("content")).unwrap();
        symlink("../shared", root.path().join("seeds/s.txt")).unwrap();
        symlink("../seeds", root.path().join("shared/x.md")).unwrap();
        let folder = "is a folder, not a file";
        check(
            root.path(),
            &["content/b.md"],
            &[("content/x.md", folder), ("seeds/s.txt", folder)],
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn pipes_and_sockets_are_never_opened() {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        let root = site(&["content/", "seeds/"]);
        let pipe = |path: &str| {
            mknodat(CWD, root.path().join(path), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        };
        pipe("content/pipe.md");
        pipe("seeds/pipe.txt");
        pipe("seeds/other");
        symlink("pipe.md", root.path().join("content/to-pipe.md")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(root.path().join("content/socket")).unwrap();
        let all = [
            "content/pipe.md",
            "content/socket",
            "content/to-pipe.md",
            "seeds/pipe.txt",
        ];
        check(root.path(), &[], &all.map(|path| (path, "is not a regular file")));
        fs::remove_file(root.path().join("kezako.yaml")).unwrap();
        pipe("kezako.yaml");
        assert_eq!(load(root.path()).unwrap().unreadable().len(), 5);
    }

    #[test]
    fn names_that_are_not_utf8_are_noted() {
        let root = site(&["content/a.md", "seeds/"]);
        fs::write(root.path().join("content").join(OsStr::from_bytes(b"\xe9.md")), "x").unwrap();
        fs::create_dir(root.path().join("content").join(OsStr::from_bytes(b"\xff"))).unwrap();
        fs::write(root.path().join("seeds").join(OsStr::from_bytes(b"\xe9.txt")), "x").unwrap();
        fs::write(root.path().join("seeds").join(OsStr::from_bytes(b"\xe9.pdf")), "x").unwrap();
        let why = "has a name that is not UTF-8";
        let all = ["content/\u{fffd}", "content/\u{fffd}.md", "seeds/\u{fffd}.txt"];
        check(root.path(), &["content/a.md"], &all.map(|path| (path, why)));
    }

    #[test]
    fn a_lack_of_permission_is_noted() {
        let root = site(&["content/a.md", "content/closed/b.md", "content/open.md"]);
        let set = |path: &str, mode| {
            fs::set_permissions(root.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
        };
        set("content/a.md", 0o000);
        set("kezako.yaml", 0o000);
        set("content/closed", 0o000);
        // Root reads everything.
        if fs::File::open(root.path().join("content/a.md")).is_err() {
            let tree = load(root.path()).unwrap();
            assert_eq!(paths(&tree), ["content/open.md"]);
            let why = "cannot be read: permission denied";
            let reasons = reasons(&tree);
            let both = tree.unreadable().iter().zip(&reasons);
            let found: Vec<_> = both.map(|(it, reason)| (it.path.as_str(), reason.as_str())).collect();
            assert_eq!(
                found,
                [("content/a.md", why), ("content/closed", why), ("kezako.yaml", why)]
            );
        }
        set("content/closed", 0o700);
    }

    #[test]
    fn files_that_come_and_go_do_no_harm() {
        let root = site(&["content/stays.md"]);
        let stop = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let (place, other) = (root.path().join("content/goes.md"), root.path().join("content/new.md"));
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    fs::write(&other, "x").unwrap();
                    fs::rename(&other, &place).unwrap();
                    fs::remove_file(&place).unwrap();
                }
            });
            for _ in 0..300 {
                let tree = load(root.path()).unwrap();
                assert!(tree.get("content/stays.md").is_some());
                assert_eq!(tree.unreadable(), []);
            }
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        });
    }
}
