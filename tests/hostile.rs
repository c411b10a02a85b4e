//! Bad input on purpose: bytes that are no text, odd kinds of files, huge and deeply nested texts, markup in every field. Each must give a
//! clear code at the right place and exit 1 or 2, never a panic, a hang or a half-written site.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
#[cfg(unix)]
use std::process::Command;

use kezako::build::{Nowhere, build};
use kezako::diagnostic::Severity;
use kezako::phrase::Phrase;
use kezako::site::Options;
use kezako::tree::{Tree, Unreadable};
use serde_json::Value;
use support::{CLAIM, Found, RECORD, SEED, SETTINGS, Site, names};

const TERM: &str = "---\nterm: \"Grok\"\n---\n\nThe chatbot of xAI.\n";
const TERM_FILE: &str = "content/glossary/grok.md";

fn page(body: &str) -> String {
    format!("---\ntitle: \"About\"\n---\n\n{body}\n")
}

/// Checks and builds: neither panics nor hangs, both say the same, and an error leaves nothing behind. Gives the problems.
#[track_caller]
fn survives(site: &Site, what: &str) -> Vec<Found> {
    println!("{what}");
    let before = names(&site.root());
    let problems = site.problems();
    let grave = problems.iter().any(|found| found.severity == "error");
    let full = site.run(&["check"]);
    assert_eq!(full.code, Some(i32::from(grave)), "{what}: {}", full.stderr);
    let longest = full.stdout.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    assert!(longest < 1500, "{what}: a line of {longest} characters in the report");
    for found in &problems {
        let message = found.message.chars().count();
        assert!(message < 600, "{what}: a message of {message} characters");
        for debug in ["{ ", "Some(", "Err(", "unwrap", "panicked"] {
            assert!(!found.message.contains(debug), "{what}: Rust in `{}`", found.message);
        }
    }
    let built = site.run(&["build"]);
    assert_eq!(built.code, Some(i32::from(grave)), "{what}: {}", built.stderr);
    let mut after = names(&site.root());
    if !grave {
        assert!(after.contains(&"public".to_owned()), "{what}");
        fs::remove_dir_all(site.path("public")).expect("the output can be removed");
        after.retain(|name| name != "public");
    }
    assert_eq!(after, before, "{what}: the build left something behind");
    problems
}

/// Tries texts together, each in a file of its own, which is quick; where that goes wrong, one by one, to name the culprit.
#[track_caller]
fn all_survive(site: impl Fn() -> Site, texts: &[(&str, String)], file: impl Fn(usize) -> String) -> Vec<Found> {
    let together = panic::catch_unwind(AssertUnwindSafe(|| {
        let site = site();
        for (index, (_, text)) in texts.iter().enumerate() {
            site.write(&file(index), text);
        }
        survives(&site, "all together")
    }));
    let why = match together {
        Ok(problems) => return problems,
        Err(why) => why,
    };
    for (index, (what, text)) in texts.iter().enumerate() {
        let site = site();
        site.write(&file(index), text);
        survives(&site, what);
    }
    panic::resume_unwind(why)
}

/// One problem, with this code, at this file and line.
#[track_caller]
fn one(problems: &[Found], code: &str, path: &str, line: usize) {
    let got: Vec<(&str, &str, usize)> = problems
        .iter()
        .map(|found| (found.code.as_str(), found.path.as_str(), found.place[0]))
        .collect();
    assert_eq!(got, [(code, path, line)], "{problems:#?}");
}

// Bytes that are no text.

#[test]
fn a_content_file_that_is_not_utf_8_is_told_with_its_line() {
    let site = Site::good();
    site.write(TERM_FILE, b"---\nterm: \"mod\xe8le\"\n---\n\nText.\n");
    one(&survives(&site, "latin-1"), "unreadable-file", TERM_FILE, 2);
    site.write(TERM_FILE, b"---\nterm: \"Grok\"\n---\n\nA mod\xe8le.\n");
    one(&survives(&site, "latin-1"), "unreadable-file", TERM_FILE, 5);
    let problems = site.problems();
    assert!(
        problems[0].help.contains("iconv") || problems[0].help.contains("UTF-8"),
        "{problems:?}"
    );
}

#[test]
fn a_seed_that_is_not_utf_8_is_told_once() {
    let site = Site::good();
    site.write(
        "seeds/rfi.txt",
        SEED.replace('\u{e9}', "?")
            .into_bytes()
            .iter()
            .map(|&b| if b == b'?' { 0xe9 } else { b })
            .collect::<Vec<u8>>(),
    );
    one(&survives(&site, "seed"), "unreadable-file", "seeds/rfi.txt", 1);
}

#[test]
fn utf_16_is_no_utf_8() {
    let site = Site::good();
    let utf_16: Vec<u8> = "\u{feff}---\nterm: x\n---\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    site.write(TERM_FILE, utf_16);
    one(&survives(&site, "UTF-16"), "unreadable-file", TERM_FILE, 1);
}

#[test]
fn settings_that_are_no_utf_8_are_told() {
    let site = Site::bare();
    site.write(
        "kezako.yaml",
        b"title: \"Caf\xe9\"\nbase_url: \"https://example.org/\"\n",
    );
    one(&survives(&site, "settings"), "unreadable-file", "kezako.yaml", 1);
}

#[test]
fn templates_and_styles_that_are_no_utf_8_are_told() {
    for (file, code) in [
        ("templates/page.html", "template"),
        ("templates/styles/site.css", "style"),
    ] {
        let site = Site::bare();
        site.write("content/pages/about.md", page("Text."));
        site.write(file, b"a\n\xff\n");
        let problems = survives(&site, file);
        assert!(
            problems.len() == 1 && ["unreadable-file", code].contains(&problems[0].code.as_str()),
            "{problems:?}"
        );
        assert_eq!((problems[0].path.as_str(), problems[0].place[0]), (file, 2));
    }
}

#[test]
fn control_characters_are_no_harm() {
    let site = Site::good();
    site.write(
        "content/pages/about.md",
        page("NUL \0, BEL \x07, ESC \x1b[31mred\x1b[0m, DEL \x7f, RTL \u{202e}abc, BOM \u{feff}."),
    );
    site.write(
        "content/glossary/odd.md",
        "---\nterm: \"\\0\\x07\\e[31m\"\n---\n\nText.\n",
    );
    site.write("content/glossary/nul.md", "---\nterm: \"a\0b\"\n---\n\nText.\n");
    survives(&site, "control characters");
    // A report must not be able to steer the reader's terminal.
    site.write(
        "content/pages/esc.md",
        "---\ntitle: \"x\"\n\x1b[2Jkey\x1b]0;title\x07: 1\n---\n\n[a](\x1b[31mnowhere.md)\n",
    );
    for format in ["full", "short", "github"] {
        let done = site.run(&["check", "--format", format]).exits(1);
        assert!(
            !done.stdout.contains(['\x1b', '\x07', '\u{202e}']),
            "{format}: {:?}",
            done.stdout
        );
    }
}

// Odd kinds of files.

#[cfg(unix)]
#[test]
fn links_that_lead_out_of_the_site_are_not_read() {
    use std::os::unix::fs::symlink;
    let secret = "---\nterm: \"secretword\"\n---\n\nA secret.\n";
    for (file, what) in [
        (TERM_FILE, "a term"),
        ("seeds/other.txt", "a seed"),
        ("content/pages/photo.png", "an image"),
        ("templates/page.html", "a template"),
        ("templates/styles/site.css", "a style sheet"),
    ] {
        let site = Site::good();
        fs::write(site.beside("secret"), secret).unwrap();
        site.write(
            "content/pages/about.md",
            page("![photo](photo.png)").replace(
                "![photo](photo.png)",
                if what == "an image" { "![photo](photo.png)" } else { "x" },
            ),
        );
        fs::create_dir_all(site.path(file).parent().unwrap()).unwrap();
        symlink(site.beside("secret"), site.path(file)).unwrap();
        let problems = survives(&site, what);
        let told = problems
            .iter()
            .filter(|found| found.code == "unreadable-file" && found.path == file)
            .count();
        assert_eq!(told, 1, "{what}: {problems:?}");
        assert_eq!(problems.len(), 1, "{what}: {problems:?}");
        assert!(problems[0].message.contains("link"), "{problems:?}");
    }
}

#[cfg(unix)]
#[test]
fn folders_that_lead_out_of_the_site_are_not_read() {
    use std::os::unix::fs::symlink;
    for folder in ["content/glossary", "seeds", "templates"] {
        let site = Site::bare();
        fs::create_dir(site.beside("out")).unwrap();
        fs::write(site.beside("out/secret.md"), "---\nterm: \"secretword\"\n---\n").unwrap();
        fs::create_dir_all(site.path("content")).unwrap();
        symlink(site.beside("out"), site.path(folder)).unwrap();
        let problems = survives(&site, folder);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(
            (problems[0].code.as_str(), problems[0].path.as_str()),
            ("unreadable-file", folder)
        );
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_or_nowhere_are_told() {
    use std::os::unix::fs::symlink;
    let site = Site::good();
    fs::create_dir_all(site.path("content/glossary")).unwrap();
    symlink("self.md", site.path("content/glossary/self.md")).unwrap();
    one(
        &survives(&site, "a link to itself"),
        "unreadable-file",
        "content/glossary/self.md",
        1,
    );
    fs::remove_file(site.path("content/glossary/self.md")).unwrap();
    symlink("nowhere", site.path("content/glossary/dead.md")).unwrap();
    one(
        &survives(&site, "a dead link"),
        "unreadable-file",
        "content/glossary/dead.md",
        1,
    );
    fs::remove_file(site.path("content/glossary/dead.md")).unwrap();
    symlink("..", site.path("content/glossary/up")).unwrap();
    one(
        &survives(&site, "a link upwards"),
        "unreadable-file",
        "content/glossary/up",
        1,
    );
    fs::remove_file(site.path("content/glossary/up")).unwrap();
    fs::create_dir_all(site.path("content/glossary/a")).unwrap();
    fs::create_dir_all(site.path("content/glossary/b")).unwrap();
    symlink("../b", site.path("content/glossary/a/b")).unwrap();
    symlink("../a", site.path("content/glossary/b/a")).unwrap();
    let problems = survives(&site, "two folders that hold each other");
    assert!(
        problems.iter().all(|found| found.code == "unreadable-file"),
        "{problems:?}"
    );
    assert!(problems.len() <= 2, "{problems:?}");
}

#[cfg(unix)]
#[test]
fn pipes_and_sockets_are_not_waited_for() {
    let pipe = |site: &Site, file: &str| {
        fs::create_dir_all(site.path(file).parent().unwrap()).unwrap();
        assert!(Command::new("mkfifo").arg(site.path(file)).status().unwrap().success());
    };
    for file in [
        TERM_FILE,
        "seeds/other.txt",
        "content/pages/photo.png",
        "templates/page.html",
        "templates/styles/site.css",
    ] {
        let site = Site::good();
        site.write("content/pages/about.md", page("Text."));
        pipe(&site, file);
        let problems = survives(&site, file);
        if file != "content/pages/photo.png" {
            one(&problems, "unreadable-file", file, 1);
        }
    }
    let site = Site::good();
    fs::create_dir_all(site.path("content/glossary")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(site.path(TERM_FILE)).unwrap();
    one(&survives(&site, "a socket"), "unreadable-file", TERM_FILE, 1);
    let site = Site::good();
    fs::remove_file(site.path("kezako.yaml")).unwrap();
    pipe(&site, "kezako.yaml");
    let done = site.run(&["check"]);
    assert!(matches!(done.code, Some(1 | 2)), "{done:?}");
    assert!(
        format!("{}{}", done.stdout, done.stderr).contains("kezako.yaml"),
        "{done:?}"
    );
}

/// What leads to documents in a folder that cannot be read is no second fault.
#[test]
fn a_folder_that_cannot_be_read_is_told_once() {
    let words = "See [it](../claims/grok.md#verdict) [@rfi:1].\n";
    let event = "---\ndate: 2024\ntitle: \"It opens\"\nclaims: [grok]\n---\n";
    for (folder, gone) in [
        ("content/claims", "content/claims/grok.md"),
        ("content/sources", "content/sources/rfi.md"),
        ("seeds", "seeds/rfi.txt"),
    ] {
        let mut tree = Tree::default();
        for (path, text) in [
            ("kezako.yaml", SETTINGS),
            ("seeds/rfi.txt", SEED),
            ("content/sources/rfi.md", RECORD),
            ("content/claims/grok.md", CLAIM),
            ("content/pages/about.md", &page(words)),
            ("content/timeline/opening.md", event),
        ] {
            tree.insert_text(path, text);
        }
        tree.remove(gone);
        tree.set_unreadable(vec![Unreadable {
            path: folder.to_owned(),
            reason: Phrase::verbatim("cannot be read".to_owned()),
        }]);
        let report = build(&tree, &Options::default(), &Nowhere, &|_| {}).report;
        let errors: Vec<&str> = report
            .diagnostics()
            .iter()
            .filter(|told| told.severity() == Severity::Error)
            .map(|told| &*told.path)
            .collect();
        assert_eq!(errors, [folder], "{:?}", report.diagnostics());
    }
}

#[test]
fn folders_named_like_files_are_told() {
    for folder in [
        TERM_FILE,
        "seeds/other.txt",
        "templates/page.html",
        "templates/styles/site.css",
    ] {
        let site = Site::good();
        site.write("content/pages/about.md", page("Text."));
        fs::create_dir_all(site.path(folder)).unwrap();
        one(&survives(&site, folder), "unreadable-file", folder, 1);
    }
    let site = Site::good();
    fs::remove_file(site.path("kezako.yaml")).unwrap();
    fs::create_dir(site.path("kezako.yaml")).unwrap();
    let done = site.run(&["check"]);
    assert!(matches!(done.code, Some(1 | 2)), "{done:?}");
    assert!(
        format!("{}{}", done.stdout, done.stderr).contains("kezako.yaml"),
        "{done:?}"
    );
}

#[test]
fn files_named_like_folders_are_told() {
    for room in ["content", "seeds", "templates"] {
        let site = Site::bare();
        site.write(room, "not a folder");
        one(&survives(&site, room), "unreadable-file", room, 1);
    }
}

#[test]
fn folders_may_be_deep_and_names_long() {
    let site = Site::good();
    let deep = "d/".repeat(300);
    site.write(&format!("content/glossary/{deep}grok.md"), TERM);
    let long = "g".repeat(240);
    site.write(&format!("content/glossary/{long}.md"), TERM.replace("Grok", "Long"));
    assert_eq!(survives(&site, "deep and long"), []);
}

// Front matter.

#[test]
fn front_matter_is_at_most_64_kib() {
    let site = Site::bare();
    site.write(
        TERM_FILE,
        format!("---\nterm: \"Grok\"\nsense: \"{}\"\n---\n", "x".repeat(70_000)),
    );
    one(&survives(&site, "70 kB"), "front-matter", TERM_FILE, 1);
    site.write(
        TERM_FILE,
        format!("---\nterm: \"Grok\"\n{}", "# never closed\n".repeat(100_000)),
    );
    one(&survives(&site, "1.5 MB, never closed"), "front-matter", TERM_FILE, 1);
    site.write(
        TERM_FILE,
        format!("---\nterm: \"Grok\"\nsense: \"{}\"\n---\n", "x".repeat(60_000)),
    );
    assert_eq!(survives(&site, "60 kB"), []);
}

#[test]
fn front_matter_that_unfolds_is_refused() {
    let mut bomb = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for index in 1..2000 {
        let below = index - 1;
        writeln!(bomb, "a{index}: &a{index} [*a{below}, *a{below}]").unwrap();
    }
    bomb.truncate(60_000);
    let bomb = &bomb[..=bomb.rfind('\n').unwrap()];
    for file in [TERM_FILE, "kezako.yaml"] {
        let site = Site::bare();
        if file == TERM_FILE {
            site.write(file, format!("---\nterm: \"Grok\"\n{bomb}---\n"));
        } else {
            site.write(file, format!("{SETTINGS}{bomb}"));
        }
        let problems = survives(&site, file);
        assert!(
            !problems.is_empty() && problems.iter().all(|found| found.path == file),
            "{file}"
        );
        let refused = problems.iter().filter(|found| found.code == "front-matter").count();
        assert_eq!((refused, problems.len()), (1, 1), "{file}: {}", problems.len());
    }
}

#[test]
fn front_matter_may_nest_as_it_likes() {
    let kinds = [
        ("[", "x", "]"),
        ("{a: ", "x", "}"),
        ("- ", "x", ""),
        ("? ", "x", ""),
        ("!!a ", "x", ""),
        ("[", "", ""),
        ("{", "", ""),
    ];
    let mut values = Vec::new();
    for (open, inner, close) in kinds {
        for count in [100, 500, 12_000] {
            values.push((open, format!("{}{inner}{}", open.repeat(count), close.repeat(count))));
        }
    }
    let terms: Vec<(&str, String)> = values
        .iter()
        .enumerate()
        .map(|(index, (open, value))| (*open, format!("---\nterm: \"t{index}\"\naliases: {value}\n---\n")))
        .collect();
    let problems = all_survive(Site::bare, &terms, |index| format!("content/glossary/t{index}.md"));
    for index in 0..terms.len() {
        let path = format!("content/glossary/t{index}.md");
        let told: Vec<&Found> = problems.iter().filter(|found| found.path == path).collect();
        assert_eq!(told.len(), 1, "{path}: {told:#?}");
        assert!(
            ["front-matter", "bad-value"].contains(&told[0].code.as_str()),
            "{told:?}"
        );
        assert!(!told[0].message.contains("twice"), "no key stands twice: {told:?}");
    }
    for (open, value) in values.iter().filter(|(_, value)| value.len() > 10_000) {
        let site = Site::bare();
        site.write("kezako.yaml", format!("{SETTINGS}nav: {value}\n"));
        let problems = site.problems();
        assert_eq!(problems.len(), 1, "`{open}` in the settings: {problems:#?}");
    }
}

#[test]
fn odd_yaml_is_read_or_refused() {
    let odd = [
        "%YAML 1.1",
        "!!binary aGk=",
        "? a\n: b",
        "1: x",
        "~: x",
        "null",
        "[]",
        "{}",
        "--- x",
        "...",
        "&a *a",
        "a: *nowhere",
        "<<: {term: x}",
        "term: !!str 1",
        "term: !<tag:x,2000:y> x",
        "term: |\n  two\n  lines",
        "term: >-\n  folded\n  text",
        "term: 0x1F",
        "term: .inf",
        "term: 1e999",
        "term: 99999999999999999999999999",
        "term: 2023-11-17",
        "term: ~",
        "term: [",
        "term: ]",
        "term: @x",
        "term: `x`",
        "term: %x",
        "term: \"\\q\"",
        "term: \"\\u0000\"",
        "term: \"\\ud800\"",
        "term: 'it''s'",
        "term: x # comment",
        "term: x: y: z",
        "\tterm: x",
        "term:\tx",
        "term :x",
        "term:x",
        "term: x\n  y",
        "\"term\": x",
        "'term': x",
        "term: \u{85}x\u{2028}y",
        "term: x\nterm: y",
    ];
    let site = Site::bare();
    for (index, yaml) in odd.iter().enumerate() {
        site.write(
            &format!("content/glossary/t{index}.md"),
            format!("---\n{yaml}\n---\n\nText.\n"),
        );
    }
    let problems = survives(&site, "odd YAML");
    let faulty: Vec<&str> = problems.iter().map(|found| found.path.as_str()).collect();
    for (index, yaml) in odd.iter().enumerate() {
        let path = format!("content/glossary/t{index}.md");
        let count = faulty.iter().filter(|faulty| **faulty == path).count();
        assert!(count <= 2, "{count} reports for `{yaml}`: {problems:#?}");
    }
}

#[test]
fn a_slip_anywhere_among_accents_is_no_harm() {
    let text = "---\ntitle: \"Élève à la récré\"\ndescription: \"Où qu’il soit l’été : « là-bas », à côté\"\norder: 1\nnav: true\n---\n\nÀ côté.\n";
    let signs = [
        "\"", "'", "[", "{a", "\t", "\n", "\nx ", ": ", "- ", "&", "*", "\\", "…",
    ];
    let places = text.char_indices().map(|(at, _)| at);
    let texts: Vec<(&str, String)> = places
        .flat_map(|at| signs.map(|sign| (sign, [&text[..at], sign, &text[at..]].concat())))
        .collect();
    all_survive(Site::bare, &texts, |index| format!("content/pages/p{index}.md"));
}

#[test]
fn numbers_may_be_absurd() {
    let site = Site::good();
    for (index, body) in [
        "1-99999999999999999999999",
        "0-3",
        "1-0",
        "1-18446744073709551615",
        "18446744073709551615-18446744073709551615",
        "-1-3",
        "1-2-3",
        ",,,",
        "1",
        "1-1,1-1",
        "٣-٧",
    ]
    .iter()
    .enumerate()
    {
        site.write(&format!("seeds/s{index}.txt"), SEED);
        site.write(
            &format!("content/sources/s{index}.md"),
            format!("---\nfile: s{index}.txt\nlang: fr\nbody: \"{body}\"\n---\n"),
        );
    }
    for (index, passage) in [
        "0",
        "-1",
        "99999999999999999999999",
        "18446744073709551615",
        "1.5",
        "١",
        " 1",
        "1:2",
        "",
    ]
    .iter()
    .enumerate()
    {
        site.write(
            &format!("content/claims/c{index}.md"),
            CLAIM.replace("[@rfi:1]", &format!("[@rfi:{passage}]")),
        );
    }
    for (index, date) in [
        "9999-12-31",
        "0000",
        "0000-00-00",
        "99999",
        "-2024",
        "2024-05-01T10:00:00Z",
        "2024-05-01/9999-12-31",
        "../..",
        "20XX",
        "XXXX",
        "2024-W01",
        "2024-366",
        "٢٠٢٤",
    ]
    .iter()
    .enumerate()
    {
        site.write(
            &format!("content/timeline/e{index}.md"),
            format!("---\ndate: \"{date}\"\ntitle: \"Event {index}\"\n---\n"),
        );
    }
    site.write(
        "content/claims/grok.md",
        CLAIM.replace(
            "verdict: true\n",
            "verdict: true\nchecked: 9999-12-31\nrecheck: 9999-12-31\n",
        ),
    );
    site.write("kezako.yaml", format!("{SETTINGS}recheck_after_days: 4294967295\n"));
    let problems = survives(&site, "absurd numbers");
    for (path, code) in [
        ("content/sources/s0.md", "bad-value"),
        ("content/timeline/e3.md", "bad-date"),
        ("content/timeline/e7.md", "bad-date"),
    ] {
        assert!(
            problems.iter().any(|found| found.path == path && found.code == code),
            "{path} {code}: {problems:#?}"
        );
    }
    site.write("kezako.yaml", format!("{SETTINGS}recheck_after_days: -5\n"));
    survives(&site, "a negative number");
}

// Huge and deep Markdown.

#[test]
fn markdown_may_nest_20_000_deep() {
    let deep = 20_000;
    let closed = |open: &str, inner: &str, close: &str| format!("{}{inner}{}", open.repeat(deep), close.repeat(deep));
    let texts = [
        ("quotes", closed(">", " x", "")),
        ("spaced quotes", closed("> ", "x", "")),
        ("quotes in lists", closed("> - ", "x", "")),
        ("open brackets", "[".repeat(deep)),
        ("closed brackets", closed("[", "x", "]")),
        ("links", closed("[", "x", "](y)")),
        ("images", closed("![", "x", "](y.png)")),
        ("open images", "![".repeat(deep)),
        ("lists", closed("- ", "x", "")),
        ("numbered lists", closed("1. ", "x", "")),
        ("emphasis", closed("*a ", "x", " b*")),
        ("open emphasis", "*a **b ".repeat(deep)),
        ("underscores", "_".repeat(deep)),
        ("stars", "*".repeat(deep)),
        (
            "backticks",
            (1..200).map(|count| format!("{} ", "`".repeat(count))).collect(),
        ),
        ("parentheses", format!("[x]({}{})", "(".repeat(deep), ")".repeat(deep))),
        ("tags", closed("<div>", "x", "</div>")),
        ("open tags", "<a ".repeat(deep)),
        ("comments", "<!--".repeat(deep)),
        ("entities", "&amp".repeat(deep)),
        ("marks", closed("« ", "x", " »")),
        ("open marks", format!("{} [@rfi]", "« ".repeat(deep))),
        ("marks and citations", "« x » [@rfi:1] ".repeat(500)),
        ("citations", "[@rfi:1] ".repeat(deep)),
        ("open citations", "[@".repeat(deep)),
        ("elisions", "[…] ".repeat(deep)),
        (
            "footnotes",
            (0..2000).map(|n| format!("[^{n}]: see[^{}]\n\n", n + 1)).collect(),
        ),
        ("footnotes in footnotes", closed("[^a", "x", "]")),
        ("definitions", (0..5000).map(|n| format!("[r{n}]: x{n}.md\n")).collect()),
        ("tables", format!("|{}\n|{}\n", "a|".repeat(2000), "-|".repeat(2000))),
        ("rows", format!("|a|\n|-|\n{}", "|b|\n".repeat(deep))),
        ("headings", "# x\n\n".repeat(3000)),
        ("attributes", format!("# x {{{}}}", "#a .b ".repeat(deep))),
        ("terms", "term\n: a\n\n".repeat(3000)),
        ("dashes", "---\n".repeat(deep)),
        ("tabs", "\t".repeat(deep)),
        ("line breaks", "\n".repeat(deep)),
    ];
    let pages: Vec<(&str, String)> = texts.iter().map(|(what, text)| (*what, page(text))).collect();
    let problems = all_survive(Site::good, &pages, |index| format!("content/pages/p{index}.md"));
    assert!(problems.iter().all(|found| found.path.starts_with("content/pages/")));
    let claims: Vec<(&str, String)> = texts
        .iter()
        .map(|(what, text)| (*what, format!("{CLAIM}\n{text}\n")))
        .collect();
    all_survive(Site::good, &claims, |index| format!("content/claims/c{index}.md"));
}

#[test]
fn a_line_may_be_2_mb_long() {
    let words = "Les mots se suivent et ne se ressemblent pas. ".repeat(2_000_000 / 46);
    let site = Site::good();
    site.write("content/pages/about.md", page(&words));
    assert_eq!(survives(&site, "a page"), []);
    site.write(
        "content/pages/about.md",
        page(&format!("{words} [x](nowhere.md) {words}")),
    );
    one(
        &survives(&site, "a link in it"),
        "broken-link",
        "content/pages/about.md",
        5,
    );
    site.write("content/pages/about.md", page(&"x".repeat(2_000_000)));
    assert_eq!(survives(&site, "a word"), []);
}

#[test]
fn a_seed_may_be_one_line_of_2_mb() {
    let words = "Les mots se suivent et ne se ressemblent pas. ".repeat(1_000_000 / 46);
    let site = Site::good();
    site.write("seeds/rfi.txt", format!("{words}{SEED}{words}"));
    assert_eq!(survives(&site, "found"), []);
    site.write("content/claims/grok.md", CLAIM.replace("lundi", "mardi"));
    let problems = survives(&site, "not found");
    one(&problems, "quote-not-found", "content/claims/grok.md", 9);
}

#[test]
fn a_quotation_may_be_huge_or_full_of_gaps() {
    let site = Site::good();
    let quote = |text: &str| {
        CLAIM.replace(
            "Elon Musk a annoncé lundi que sa start-up xAI allait mettre en accès libre",
            text,
        )
    };
    let seed = "a b a b c a b ".repeat(4000);
    site.write("seeds/rfi.txt", &seed);
    for (what, text) in [
        ("gaps found", format!("a b {}", "[…] b ".repeat(500))),
        ("gaps not found", format!("a b {} d", "[…] b ".repeat(500))),
        ("insertions found", format!("a b {}", "[x] b ".repeat(500))),
        ("insertions not found", format!("a b {} d", "[x] b ".repeat(500))),
        ("both", format!("a {} d", "[x] b […] a ".repeat(250))),
        ("long", "a b a b c ".repeat(4000)),
        (
            "long and wrong",
            format!("{} d {}", "a b a b c ".repeat(2000), "a b ".repeat(2000)),
        ),
        ("paragraphs", "a b\n>\n> ".repeat(800) + "a"),
        ("one letter", "a".to_owned()),
        ("nothing", String::new()),
        ("a gap alone", "[…]".to_owned()),
        ("marks alone", "« … »".to_owned()),
    ] {
        site.write("content/claims/grok.md", quote(&text));
        let problems = survives(&site, what);
        assert!(
            problems.iter().all(|found| found.path == "content/claims/grok.md"),
            "{what}: {problems:?}"
        );
    }
}

#[test]
fn many_faults_in_one_file_are_all_told() {
    let site = Site::good();
    site.write(
        "content/pages/about.md",
        page(&"See [it](nowhere.md).\n\n".repeat(3000)),
    );
    assert_eq!(survives(&site, "3,000 broken links").len(), 3000);
}

#[test]
fn a_thousand_random_files_are_no_harm() {
    let bits = [
        "> ",
        "\n",
        "\n\n",
        "\n>\n> ",
        "[@rfi]",
        "[@rfi:1]",
        "[@rfi:",
        "[@",
        "]",
        "[",
        "«",
        "»",
        "“",
        "”",
        "\"",
        "„",
        "[…]",
        "[...]",
        "…",
        "— ",
        "-- ",
        "–",
        " states",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "|",
        "[^1]",
        "[^1]: ",
        "# ",
        "{#a}",
        ": ",
        "- ",
        "1. ",
        "<b>",
        "</b>",
        "<!--",
        "&amp;",
        "\\",
        "![x](y.png)",
        "[x](../claims/grok.md)",
        "[x](#y)",
        "Elon Musk a annoncé",
        " lundi ",
        "l’open source",
        "Grok",
        "groks",
        "\u{a0}",
        "\u{202f}",
        "\u{ad}",
        "\u{200d}",
        "e\u{301}",
        "🏳️‍🌈",
        "שלום",
        "~~",
        "---\n",
        "\t",
        "\r",
        "\r\n",
        "\0",
        "~",
    ];
    // A generator of its own (Knuth's MMIX constants), so that a failure can be repeated.
    let mut state: u64 = 20_240_601;
    let mut next = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let site = Site::good();
    site.write(
        TERM_FILE,
        TERM.replace(
            "term: \"Grok\"\n",
            "term: \"Grok\"\naliases: [\"open source\", \"l’\", \"—\", \"\u{200d}\"]\n",
        ),
    );
    for index in 0..1000 {
        let text: String = (0..next(60)).map(|_| bits[next(bits.len())]).collect();
        let (folder, head) = match index % 4 {
            0 => ("claims", "claim: \"c\"\nsummary: \"s\"\nverdict: true\n".to_owned()),
            1 => ("glossary", format!("term: \"t{index}\"\n")),
            2 => ("timeline", "date: 2024\ntitle: \"e\"\n".to_owned()),
            _ => ("pages", "title: \"p\"\n".to_owned()),
        };
        let text = if index % 5 == 0 {
            text
        } else {
            format!("---\n{head}---\n\n{text}")
        };
        site.write(&format!("content/{folder}/r{index}.md"), text);
    }
    survives(&site, "random files");
    for index in (0..1000).step_by(5) {
        let folder = ["claims", "glossary", "timeline", "pages"][index % 4];
        fs::remove_file(site.path(&format!("content/{folder}/r{index}.md"))).unwrap();
    }
    survives(&site, "random bodies");
}

// Templates and styles.

#[test]
fn templates_may_nest_or_call_themselves() {
    let deep = 3000;
    for (what, text) in [
        (
            "ifs",
            format!("{}x{}", "{% if page %}".repeat(deep), "{% endif %}".repeat(deep)),
        ),
        ("open ifs", "{% if page %}".repeat(deep)),
        (
            "parentheses",
            format!("{{{{ {}1{} }}}}", "(".repeat(deep), ")".repeat(deep)),
        ),
        ("lists", format!("{{{{ {}1{} }}}}", "[".repeat(deep), "]".repeat(deep))),
        ("nots", format!("{{{{ {} true }}}}", "not ".repeat(deep))),
        ("filters", format!("{{{{ page.title {} }}}}", "| upper ".repeat(deep))),
        ("itself included", "{% include \"page.html\" %}".to_owned()),
        ("itself extended", "{% extends \"page.html\" %}".to_owned()),
        ("braces", "{{".repeat(deep)),
    ] {
        let site = Site::bare();
        site.write("content/pages/about.md", page("Text."));
        site.write("templates/page.html", text);
        let problems = survives(&site, what);
        assert!(
            problems.iter().all(|found| found.code == "template"),
            "{what}: {problems:?}"
        );
        assert!(
            problems.iter().all(|found| found.path == "templates/page.html"),
            "{what}: {problems:?}"
        );
    }
}

#[test]
fn styles_may_nest_or_import_themselves() {
    let deep = 3000;
    for (what, text) in [
        ("rules", format!("{}{}", "a{".repeat(deep), "}".repeat(deep))),
        ("open rules", "a{".repeat(deep)),
        (
            "selectors",
            format!("{}a{}{{color:red}}", ":not(".repeat(deep), ")".repeat(deep)),
        ),
        (
            "sums",
            format!("a{{width:{}1px{}}}", "calc(".repeat(deep), ")".repeat(deep)),
        ),
        ("media", format!("{}{}", "@media print{".repeat(deep), "}".repeat(deep))),
        ("itself imported", "@import \"site.css\"; a { color: red }".to_owned()),
        (
            "another site imported",
            "@import \"https://example.org/x.css\"; a { color: red }".to_owned(),
        ),
        (
            "a file outside imported",
            "@import \"../../../../etc/passwd\"; a { color: red }".to_owned(),
        ),
        ("an open text", "a::before { content: \"".to_owned()),
        ("an open comment", "/* ".to_owned()),
        ("nothing", String::new()),
    ] {
        let site = Site::bare();
        site.write("content/glossary/grok.md", TERM);
        site.write("templates/styles/site.css", text);
        let problems = survives(&site, what);
        assert!(
            problems.iter().all(|found| found.code == "style"),
            "{what}: {problems:?}"
        );
        assert!(
            problems.iter().all(|found| found.path == "templates/styles/site.css"),
            "{what}: {problems:?}"
        );
    }
}

// Markup in every field.

/// Breaks out of elements, attributes, scripts, comments, CDATA and templates, where it is not escaped.
const MARKUP: &str = "<script>alert('k')</script>\"' onmouseover=\"alert(1)\" & &lt; </title></script>]]>--><img src=x onerror=alert(2)>{{ 70007 * 19100191 }}{% raw %}";

/// The same as a YAML scalar in double quotes.
fn scalar() -> String {
    serde_json::to_string(MARKUP).expect("a text is JSON")
}

/// A site with markup in every field that is a free text, in two languages.
fn marked_up() -> Site {
    let site = Site::bare();
    let m = scalar();
    let url = "\"https://example.org/?a=1&b=2&amp;c=(3)\"";
    site.write(
        "kezako.yaml",
        format!(
            "title: {m}\ndescription: {m}\nbase_url: \"https://example.org/a/\"\nlang: en\nlanguages: [en, fr]\n\
             publisher: {{name: {m}, url: {url}, email: \"a@example.org\"}}\n\
             verdicts:\n  - {{id: right, rating: 5, labels: {{en: {m}, fr: {m}}}}}\n  - {{id: wrong, rating: 1, labels: {{en: {m}, fr: {m}}}}}\n\
             social:\n  - {{name: {m}, url: {url}}}\n"
        ),
    );
    site.write(
        "seeds/rfi.txt",
        format!("{}\n\n{MARKUP} and {MARKUP}\n", SEED.trim_end()),
    );
    site.write(
        "content/sources/rfi.md",
        format!(
            "---\nfile: rfi.txt\ntitle: {m}\npublisher: {m}\nauthor: {m}\nurl: {url}\narchive_url: {url}\nlicence: {m}\nlang: fr\nrepublish: full\n---\n\n{MARKUP}\n"
        ),
    );
    let evidence = |is_translation: bool| {
        let rest = if is_translation {
            String::new()
        } else {
            format!(
                ", publisher: {m}, url: {url}, archive_url: {url}, published: 2024, accessed: 2024-05-01, kind: primary, role: supports"
            )
        };
        format!("evidence:\n  - {{title: {m}, note: {m}{rest}}}\n")
    };
    // A quotation is verified, so it takes the part of the markup that Markdown leaves alone.
    let quoted = "Elon Musk a annoncé lundi que sa start-up xAI allait mettre en accès libre";
    let body = format!(
        "> {quoted}\n>\n> *{MARKUP}*\n>\n> — [@rfi:1] states\n\nThe page says “{quoted}” [@rfi:1].\n\n## {MARKUP}\n\n{MARKUP}\n\n`{MARKUP}`\n\n```html\n{MARKUP}\n```\n\n\
         ![{MARKUP}](dot.png \"{}\")\n\n[{}](https://example.org/?a=1&b='2' \"title\")\n\n| a |\n|---|\n| {} |\n\nNote.[^1]\n\n[^1]: {MARKUP}\n",
        MARKUP.replace('"', "\\\""),
        MARKUP.replace(['[', ']'], ""),
        MARKUP.replace('|', "\\|"),
    );
    site.write("content/claims/dot.png", b"\x89PNG\r\n\x1a\n");
    site.write(
        "content/claims/grok.md",
        format!(
            "---\nclaim: {m}\nsummary: {m}\nverdict: right\nclaimant: {{name: {m}, kind: person, url: {url}}}\npublished: 2024-05-01\nupdated: 2024-05-02\nauthor: {m}\nreviewer: {m}\n\
             entities: [{m}, \"xAI\"]\nmissing: {m}\ncorrections:\n  - {{date: 2024-05-02, was: {m}, now: {m}, note: {m}}}\n{}---\n\n{body}",
            evidence(false)
        ),
    );
    site.write(
        "content/claims/grok.fr.md",
        format!(
            "---\nclaim: {m}\nsummary: {m}\nmissing: {m}\n{}---\n\n{body}",
            evidence(true)
        ),
    );
    site.write(
        "content/glossary/grok.md",
        format!("---\nterm: {m}\naliases: [{m}, \"Grok & co\"]\nsense: {m}\nsee: [other]\ndisputed: true\n---\n\n{MARKUP}\n\nGrok & co.\n"),
    );
    site.write(
        "content/glossary/other.md",
        "---\nterm: \"<b>other</b>\"\n---\n\nGrok & co, other.\n",
    );
    site.write(
        "content/timeline/grok.md",
        format!("---\ndate: 2024-03\ntitle: {m}\nentities: [{m}]\nclaims: [grok]\nterms: [grok]\n{}---\n\n{MARKUP}\n\nSee [x](../claims/grok.md).\n", evidence(false)),
    );
    site.write(
        "content/pages/about.md",
        format!("---\ntitle: {m}\ndescription: {m}\nnav: true\n---\n\n{MARKUP}\n"),
    );
    site.write("content/index.md", format!("---\ntitle: {m}\n---\n\n{MARKUP}\n"));
    site
}

#[test]
fn markup_in_every_field_comes_out_escaped() {
    let site = marked_up();
    let problems = site.problems();
    let errors: Vec<&Found> = problems.iter().filter(|found| found.severity == "error").collect();
    assert!(errors.is_empty(), "the site should build: {errors:#?}");
    let files = site.built();
    assert!(files.len() > 25, "{:?}", files.keys());
    let mut shown = 0;
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("1337147071337"), "{path}: a field was run as a template");
        shown += usize::from(text.contains("alert"));
        let kind = path.rsplit('.').next().unwrap_or_default();
        match kind {
            "html" => html_is_clean(path, &text),
            "xml" | "svg" => {
                assert!(!text.contains("<script>alert"), "{path}");
                xml_is_well_formed(path, &text);
            }
            "json" => {
                let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
                let mut texts = Vec::new();
                collect_texts(&value, &mut texts);
                // TimelineJS takes its texts for HTML.
                assert!(
                    path.ends_with("timelinejs.json") || !texts.iter().any(|text| text.contains("&lt;script")),
                    "{path}: escaped twice"
                );
            }
            _ => {}
        }
    }
    assert!(shown > 10, "the markup should be shown, only {shown} files hold it");
    let claims: Value = serde_json::from_slice(&files["api/claims.json"]).unwrap();
    let claim = &claims["claims"][0];
    for key in ["claim", "summary"] {
        assert_eq!(claim[key], MARKUP, "{key}");
    }
    assert_eq!(claim["evidence"][0]["title"], MARKUP);
}

#[test]
fn markup_in_addresses_and_names_is_refused_or_escaped() {
    let bad = [
        "https://example.org/\"onmouseover=alert(1)",
        "https://example.org/<script>alert(1)</script>",
        "https://example.org/'x",
        "HTTPS://example.org/ x",
        "https://",
        "//example.org/x",
        "java\\tscript:alert(1)",
        " javascript:alert(1)",
        "JavaScript:alert(1)",
        "vbscript:x",
        "file:///etc/passwd",
        "https://example.org/\\nx",
        "https://exa mple.org/",
    ];
    for url in bad {
        let site = Site::good();
        site.write(
            "content/sources/rfi.md",
            RECORD.replace(
                "lang: fr\n",
                &format!("lang: fr\nurl: \"{}\"\n", url.replace('"', "\\\"")),
            ),
        );
        let problems = site.problems();
        if problems.iter().any(|found| found.severity == "error") {
            one(&problems, "bad-value", "content/sources/rfi.md", 6);
        } else {
            clean(&site.built());
        }
    }
    for link in bad {
        let site = Site::good();
        site.write(
            "content/pages/about.md",
            page(&format!("[x](<{link}>) ![y](<{link}>) <{link}>")),
        );
        if site.problems().iter().all(|found| found.severity != "error") {
            clean(&site.built());
        }
    }
    if cfg!(unix) {
        let site = Site::good();
        site.write("seeds/<script>alert(1)<script>&\"'.txt", SEED);
        site.write("content/pages/<img src=x onerror=alert(1)>.png", "x");
        site.write(
            "content/pages/about.md",
            page("![x](<<img src=x onerror=alert(1)\\>.png>)"),
        );
        survives(&site, "names");
        if site.problems().iter().all(|found| found.severity != "error") {
            clean(&site.built());
        }
        let site = Site::good();
        site.write("content/glossary/<b>&\"'.md", TERM);
        one(&survives(&site, "an id"), "bad-id", "content/glossary/<b>&\"'.md", 1);
    }
}

fn clean(files: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(bytes);
        if path.ends_with(".html") {
            html_is_clean(path, &text);
        }
        if path.ends_with(".xml") {
            xml_is_well_formed(path, &text);
        }
    }
}

fn collect_texts<'a>(value: &'a Value, into: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => into.push(text),
        Value::Array(items) => items.iter().for_each(|item| collect_texts(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| collect_texts(field, into)),
        _ => {}
    }
}

/// A start tag: its name, and its attributes with their values.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

/// The start tags of a page, read as a browser does: texts of `script` and `style` are passed over, attributes may lack quotes.
fn tags(text: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let (tag, after) = tag(rest);
        rest = after;
        if tag.name == "script" || tag.name == "style" || tag.name == "title" {
            let close = format!("</{}", tag.name);
            let end = rest.to_ascii_lowercase().find(&close).unwrap_or(rest.len());
            rest = &rest[end..];
        }
        tags.push(tag);
    }
    tags
}

fn tag(text: &str) -> (Tag, &str) {
    let end = text
        .find(|c: char| c.is_whitespace() || c == '>' || c == '/')
        .unwrap_or(text.len());
    let name = text[..end].to_ascii_lowercase();
    let mut rest = &text[end..];
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return (Tag { name, attributes }, rest.get(1..).unwrap_or(""));
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || "=>/".contains(c))
            .unwrap_or(rest.len())
            .max(1);
        let attribute = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| "\"'".contains(*c));
            (value, rest) = match quote {
                Some(quote) => after[1..].split_once(quote).unwrap_or((after, "")),
                None => after.split_at(
                    after
                        .find(|c: char| c.is_whitespace() || c == '>')
                        .unwrap_or(after.len()),
                ),
            };
        }
        attributes.push((attribute, value.to_owned()));
    }
}

/// No script but the site's own, no handlers, no images but the site's.
fn html_is_clean(path: &str, text: &str) {
    assert!(!text.contains("<script>alert"), "{path} holds an unescaped script");
    assert!(!text.contains("<img src=x"), "{path} holds an unescaped image");
    for tag in tags(text) {
        for (attribute, value) in &tag.attributes {
            assert!(
                !attribute.starts_with("on"),
                "{path}: <{}> has a handler `{attribute}`",
                tag.name
            );
            assert!(
                attribute
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-:_.@".contains(c)),
                "{path}: <{}> has the attribute `{attribute}`",
                tag.name
            );
            if ["href", "src", "action", "content"].contains(&attribute.as_str()) {
                let value: String = value
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .collect::<String>()
                    .to_ascii_lowercase();
                for scheme in ["javascript:", "data:text", "vbscript:", "file:"] {
                    assert!(!value.starts_with(scheme), "{path}: {attribute}={value}");
                }
            }
        }
    }
    // JSON-LD must stay JSON, and within its element.
    for part in text.split("<script type=\"application/ld+json\">").skip(1) {
        let json = part.split("</script").next().unwrap_or_default();
        serde_json::from_str::<Value>(json).unwrap_or_else(|error| panic!("{path}: {error} in {json}"));
    }
}

/// Elements that open close again, in order; `&` begins a reference; no control characters.
fn xml_is_well_formed(path: &str, text: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    let entity = |text: &str| {
        for (at, _) in text.match_indices('&') {
            let name = text[at + 1..].split(';').next().unwrap_or_default();
            let known = ["amp", "lt", "gt", "quot", "apos"].contains(&name) || name.starts_with('#');
            assert!(known, "{path}: a bare & before `{:.20}`", &text[at + 1..]);
        }
    };
    assert!(
        !text.chars().any(|c| c.is_control() && !"\n\t\r".contains(c)),
        "{path}: a control character"
    );
    while let Some(at) = rest.find('<') {
        entity(&rest[..at]);
        rest = &rest[at..];
        if let Some(data) = rest.strip_prefix("<![CDATA[") {
            rest = data
                .split_once("]]>")
                .unwrap_or_else(|| panic!("{path}: an open CDATA"))
                .1;
            continue;
        }
        let (inside, after) = rest[1..]
            .split_once('>')
            .unwrap_or_else(|| panic!("{path}: an open tag"));
        rest = after;
        let name = inside
            .trim_start_matches('/')
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .trim_end_matches('/');
        if inside.starts_with(['?', '!']) {
            continue;
        }
        if inside.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{path}");
            continue;
        }
        entity(inside);
        assert!(
            name.chars().all(|c| c.is_ascii_alphanumeric() || ":-_".contains(c)),
            "{path}: <{name}>"
        );
        if !inside.ends_with('/') {
            open.push(name);
        }
    }
    entity(rest);
    assert!(open.is_empty(), "{path}: {open:?} stay open");
}

#[test]
fn the_readers_of_these_tests_see_what_is_wrong() {
    let caught = |text: &str| panic::catch_unwind(|| html_is_clean("x", text)).is_err();
    assert!(caught("<p title=\"\" onmouseover=\"alert(1)\">"));
    assert!(caught("<script>alert(1)</script>"));
    assert!(caught("<a href=\" java\nscript:x\">"));
    assert!(caught("<script type=\"application/ld+json\">{\"a\": \"</script>"));
    assert!(!caught(
        "<p title=\"&quot; onmouseover=x\">a &lt;b onclick=x></p><script type=\"application/ld+json\">{}</script>"
    ));
    let caught = |text: &str| panic::catch_unwind(|| xml_is_well_formed("x", text)).is_err();
    assert!(caught("<a><b></a></b>") && caught("<a>") && caught("<a>&nbsp;</a>") && caught("<a>x & y</a>"));
    assert!(!caught("<?xml version=\"1.0\"?><a b=\"&amp;\"><c/>&lt;</a>"));
}
