//! What fuzzers try (`fuzz/src/lib.rs`), with inputs at hand instead of random ones: the repository's own files, and the beginnings of these, which
//! break off anywhere. So the targets hold on a stable Rust, too, each time that the tests run.

#[allow(unreachable_pub, reason = "for the fuzzer it is a library")]
#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::path::{Path, PathBuf};

/// Up to so many files below a folder whose names end like this, in order of path.
fn files(folder: &str, ending: &str, most: usize) -> Vec<Vec<u8>> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false => paths.push(path),
            }
        }
    }
    paths.retain(|path| path.to_string_lossy().ends_with(ending));
    paths.sort();
    let step = paths.len().div_ceil(most).max(1);
    let chosen = paths.iter().step_by(step);
    let all: Vec<Vec<u8>> = chosen
        .map(|path| fs::read(path).expect("the file can be read"))
        .collect();
    assert!(!all.is_empty(), "there is no *{ending} below {folder}");
    all
}

/// Tries each input, and its beginnings of some lengths.
fn tries(target: fn(&[u8]), inputs: &[Vec<u8>]) {
    for input in inputs {
        target(input);
        for part in 1..4 {
            target(&input[..input.len() * part / 4]);
        }
    }
}

#[test]
fn dates() {
    let dates = [
        "2023",
        "2023-11-17",
        "2023-11-01/2023-12-01",
        "2024-03~",
        "2017?",
        "201X",
        "20XX",
        "2024-03/..",
        "../2024",
        "0000-13",
    ];
    tries(targets::date, &dates.map(|date| date.as_bytes().to_vec()));
}

#[test]
fn folding() {
    tries(targets::fold_text, &files("seeds", ".txt", 5));
    tries(
        targets::fold_text,
        &["« e\u{301} »\u{ad}\u{200d} - ’…... \u{feff}‘“„".as_bytes().to_vec()],
    );
}

#[test]
fn quotations_and_searches() {
    let pairs: Vec<Vec<u8>> = files("content/claims", "e.md", 6)
        .into_iter()
        .zip(files("seeds", ".txt", 5).into_iter().cycle())
        .map(|(claim, seed)| [&seed[..seed.len().min(1500)], b"\n=====\n", &claim].concat())
        .collect();
    tries(targets::quotation, &pairs);
    let seed = "Dix-huit mois, dit-il : « jamais ».\n\nUn autre passage - plus long.\n";
    let searches = ["dit-il", "« jamais »", "[…] jamais", "passage — plus", "absent"]
        .map(|words| format!("{seed}\n=====\n{words}").into_bytes());
    tries(targets::search, &searches);
}

#[test]
fn documents() {
    for (kind, folder) in ["sources", "claims", "glossary", "timeline", "pages"]
        .iter()
        .enumerate()
    {
        let kind = u8::try_from(kind).expect("there are five");
        let texts = files(&format!("content/{folder}"), ".md", 4);
        let inputs: Vec<Vec<u8>> = texts.into_iter().map(|text| [&[kind], &*text].concat()).collect();
        tries(targets::document, &inputs);
    }
}

#[test]
fn settings_and_words() {
    tries(targets::settings, &files("tests/invalid", "kezako.yaml", 6));
    tries(targets::settings, &files("templates/i18n", ".yaml", 1));
}

#[test]
fn sites() {
    let page = "content/pages/a.md\n---\ntitle: A\n---\n\n# B\n\n[c](#b)[^1]\n\n[^1]: D.\n";
    let both = format!("{page}\n=====\nseeds/x.txt\nUn texte.\n");
    tries(targets::site, &[page.as_bytes().to_vec(), both.into_bytes()]);
}

#[test]
fn articles() {
    tries(targets::article, &files("tests/intake", "", 6));
}

#[test]
fn styles_and_templates() {
    tries(targets::style, &files("templates/styles", ".css", 3));
    tries(targets::template, &files("templates", ".html", 4));
}
