//! The same input gives the same bytes: with one thread and with many, from one folder and from another, once and again (contract §4).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kezako::build::{Memory, build};
use kezako::shell::load;
use kezako::site::Options;
use kezako::tree::Tree;

type Files = BTreeMap<String, Vec<u8>>;

/// The small sites of the tests.
fn small_sites() -> Vec<PathBuf> {
    let sites = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    ["full", "minimal", "prefix", "translation"]
        .map(|name| sites.join(name).join("site"))
        .into()
}

/// The small sites, and the one that this repository publishes, where it is there.
fn sites() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sites = small_sites();
    if root.join("kezako.yaml").is_file() {
        sites.push(root.to_owned());
    }
    sites
}

fn tree(root: &Path) -> Tree {
    load(root).expect("the site can be read")
}

/// Builds with so many threads. A site with errors gives its report alone, which must be the same too.
fn built(tree: &Tree, threads: usize) -> (Files, String) {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("threads");
    let sink = Memory::default();
    let built = pool.install(|| build(tree, &Options::default(), &sink, &|_| {}));
    (sink.into_files(), format!("{:?}", built.report))
}

#[track_caller]
fn same(one: &(Files, String), other: &(Files, String), what: &str) {
    assert_eq!(one.1, other.1, "reports differ: {what}");
    assert_eq!(
        one.0.keys().collect::<Vec<_>>(),
        other.0.keys().collect::<Vec<_>>(),
        "{what}"
    );
    for (path, bytes) in &one.0 {
        assert!(*bytes == other.0[path], "{path} differs: {what}");
    }
}

#[test]
fn threads_change_nothing() {
    for site in sites() {
        let tree = tree(&site);
        let alone = built(&tree, 1);
        // The large site once; a small one often, since few threads meet in it.
        let counts: &[usize] = if tree.iter().count() > 100 {
            &[8]
        } else {
            &[2, 3, 8, 16]
        };
        for &threads in counts {
            same(
                &alone,
                &built(&tree, threads),
                &format!("{}, {threads} threads", site.display()),
            );
        }
    }
}

#[test]
fn a_second_build_changes_nothing() {
    for site in small_sites() {
        let first = tree(&site);
        let one = built(&first, 4);
        same(&one, &built(&first, 4), &format!("{} again", site.display()));
        same(&one, &built(&tree(&site), 4), &format!("{} read again", site.display()));
    }
}

#[test]
fn the_folder_changes_nothing() {
    let elsewhere = tempfile::tempdir().expect("a folder");
    for (at, site) in small_sites().iter().enumerate() {
        let copy = elsewhere.path().join(format!("a folder/ét{at}"));
        for part in ["kezako.yaml", "content", "seeds", "templates"] {
            copy_to(&site.join(part), &copy.join(part));
        }
        same(
            &built(&tree(site), 4),
            &built(&tree(&copy), 4),
            &site.display().to_string(),
        );
    }
}

/// Copies a file or a folder, last entries first, so that the copy lists its files in another order and has other times.
fn copy_to(from: &Path, to: &Path) {
    if from.is_file() {
        fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        fs::copy(from, to).expect("a copy");
    } else if from.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(from)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        entries.sort();
        for entry in entries.iter().rev() {
            copy_to(entry, &to.join(entry.file_name().expect("a name")));
        }
    }
}

/// The order in which files come into the tree is not the order of the site.
#[test]
fn the_order_of_files_changes_nothing() {
    for site in small_sites() {
        let tree = tree(&site);
        let mut turned = Tree::default();
        let files: Vec<_> = tree.iter().collect();
        for (path, file) in files.into_iter().rev() {
            turned.insert(path.to_string(), file.clone());
        }
        same(&built(&tree, 4), &built(&turned, 4), &site.display().to_string());
    }
}

#[test]
fn no_path_of_a_machine_and_no_time_of_a_build() {
    let temporary = std::env::temp_dir();
    let mut strangers = vec![
        env!("CARGO_MANIFEST_DIR").to_owned(),
        temporary.display().to_string() + "/",
        "/.cargo/".to_owned(),
        "/home/".to_owned(),
        "/root/".to_owned(),
    ];
    if let Ok(home) = std::env::var("HOME") {
        strangers.push(home + "/");
    }
    let strangers: Vec<&String> = strangers.iter().filter(|path| path.len() > 4).collect();
    // The days of the sites of the tests; the present day is none of them.
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("after 1970");
    let days = i64::try_from(now.as_secs() / 86400).expect("small");
    let today = kezako::date::day_from_epoch(days).expect("a day").plain();
    for site in sites() {
        let tree = tree(&site);
        let (files, _) = built(&tree, 4);
        let said = |words: &str| {
            let mut inputs = tree.iter().map(|(_, file)| &file.bytes[..]);
            inputs.any(|bytes| has(bytes, words.as_bytes()))
        };
        for (path, bytes) in &files {
            for stranger in &strangers {
                assert!(
                    !has(bytes, stranger.as_bytes()) || said(stranger),
                    "{path} holds {stranger}"
                );
            }
            assert!(
                !has(bytes, today.as_bytes()) || said(&today),
                "{path} holds today, {today}"
            );
        }
    }
}

fn has(bytes: &[u8], words: &[u8]) -> bool {
    memchr::memmem::find(bytes, words).is_some()
}
