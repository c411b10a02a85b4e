//! The rules of the house that one crate cannot keep by itself (ARCHITECTURE.md): which room may use which, who touches the machine, who knows
//! which library, how long a file may be. Read from the sources as text.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The rooms from the ground up. A room uses rooms of its own line and of the lines above it in this list.
const RANKS: &[&[&str]] = &[
    &[
        "align", "date", "fold", "hash", "lang", "phrase", "text", "tongue", "typeface",
    ],
    &["diagnostic", "tree"],
    &["frame"],
    &["markdown", "yaml", "templates", "foreign"],
    &[
        "config", "document", "claim", "event", "page", "source", "term", "words",
    ],
    &["checkable", "intake", "verify"],
    &["site", "link", "coverage", "quote", "example", "skeleton", "tidy"],
    &["plan"],
    &["reader"],
    &["view"],
    &["render"],
    &["edition"],
    &["build"],
    &["printed"],
    &["deploy", "desk", "live"],
    &["shell"],
    &["cli"],
];

/// The longest a file may be.
const MOST_LINES: usize = 400;

/// Rooms that may touch the machine.
const MACHINE: &[&str] = &["shell", "cli", "main"];

/// What the machine is reached by.
const MACHINE_NAMES: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::os",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "SystemTime",
    "Instant",
    "walkdir::",
    "rustix::",
    "println!",
    "eprintln!",
    "print!(",
];

/// Libraries, and the only room that knows each; tokio is what both Pagefind and the server of previews stand on.
const SOLE_IMPORTERS: &[(&str, &str)] = &[
    ("serde_yaml", "yaml"),
    ("saphyr_parser", "yaml"),
    ("pulldown_cmark", "markdown"),
    ("tera", "render"),
    ("lightningcss", "render"),
    ("hypher", "render"),
    ("icu_segmenter", "render"),
    ("rustybuzz", "render"),
    ("typst", "render"),
    ("typst_assets", "render"),
    ("typst_layout", "render"),
    ("typst_pdf", "render"),
    ("unicode_segmentation", "render"),
    ("annotate_snippets", "frame"),
    ("clap", "cli"),
    ("chardetng", "foreign"),
    ("dom_query", "foreign"),
    ("dom_smoothie", "foreign"),
    ("encoding_rs", "foreign"),
    ("hayro_syntax", "foreign"),
    ("foldhash", "hash"),
    ("whatlang", "lang"),
    ("skrifa", "typeface"),
    ("pagefind", "render"),
    ("resvg", "render"),
    ("png", "render"),
    ("brotli", "deploy"),
    ("flate2", "deploy"),
    ("clap_complete", "cli"),
    ("clap_mangen", "cli"),
    ("notify", "shell"),
    ("hyper", "shell"),
    ("hyper_util", "shell"),
    ("tokio", "render or shell"),
    ("open", "shell"),
    ("lsp_server", "shell"),
    ("gen_lsp_types", "shell"),
];

/// A source file without comments, texts and test code.
struct Source {
    /// Path below `src/`.
    path: String,
    room: String,
    code: String,
    lines: usize,
    is_test: bool,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.expect("src/ can be read");
        if entry.path().extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let path = entry.path().strip_prefix(&root).expect("below src/");
        let path = path.to_str().expect("UTF-8").replace('\\', "/");
        let room = path
            .split('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".rs")
            .to_owned();
        let text = fs::read_to_string(entry.path()).expect("UTF-8");
        let stem = path.trim_end_matches(".rs");
        all.push(Source {
            is_test: stem.ends_with("tests") || stem.contains("/tests/"),
            lines: text.lines().count(),
            code: without_tests(&blank(&text)),
            path,
            room,
        });
    }
    assert!(all.len() > 50, "src/ was read");
    all
}

/// Comments, texts and characters as spaces, line breaks kept.
fn blank(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let before = out.chars().next_back();
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = raw_text(rest).filter(|_| !before.is_some_and(|c| c.is_alphanumeric() || c == '_'))
        {
            length
        } else if rest.starts_with('"') {
            quoted(rest, b'"')
        } else if is_character(rest) {
            quoted(rest, b'\'')
        } else {
            0
        };
        if length == 0 {
            let c = rest.chars().next().unwrap_or(' ');
            out.push(c);
            at += c.len_utf8();
        } else {
            out.extend(rest[..length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            at += length;
        }
    }
    out
}

fn raw_text(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then_some(())?;
    let open = rest.len() - after.len() + hashes + 1;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(open + rest[open..].find(&close)? + close.len())
}

/// A character, not a lifetime.
fn is_character(rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(
        (chars.next(), chars.next(), chars.next()),
        (Some('\''), Some('\\'), _) | (Some('\''), Some(_), Some('\''))
    )
}

fn quoted(rest: &str, mark: u8) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while at < bytes.len() && bytes[at] != mark {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

/// Drops what stands behind `#[cfg(test)]`: a module, a function, or a declaration.
fn without_tests(code: &str) -> String {
    let mut out = String::new();
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        out.push_str(&rest[..at]);
        let item = &rest[at..];
        let end = item.find(';').unwrap_or(item.len());
        let open = item.find('{').unwrap_or(item.len());
        if end < open {
            rest = &item[end + 1..];
            continue;
        }
        let mut depth = 0;
        let close = item.char_indices().skip_while(|(at, _)| *at < open).find(|(_, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        rest = close.map_or("", |(at, _)| &item[at + 1..]);
    }
    out.push_str(rest);
    out
}

/// The rooms that a file names by `crate::room` or `use crate::{room::…, room}`.
fn used_rooms(code: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    let word = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = code[at + "crate::".len()..].trim_start();
        let Some(group) = rest.strip_prefix('{') else {
            rooms.push(word(rest));
            continue;
        };
        let mut depth = 0;
        let mut fresh = true;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => fresh = true,
                c if fresh && c.is_alphabetic() => {
                    rooms.push(word(&group[at..]));
                    fresh = false;
                }
                _ => {}
            }
        }
    }
    rooms
}

fn rank(room: &str) -> Option<usize> {
    RANKS.iter().position(|rooms| rooms.contains(&room))
}

fn line(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

#[test]
fn every_room_has_a_rank() {
    let unknown: Vec<String> = sources()
        .into_iter()
        .filter(|source| rank(&source.room).is_none() && !matches!(source.room.as_str(), "lib" | "main" | "bin"))
        .map(|source| source.path)
        .collect();
    assert!(
        unknown.is_empty(),
        "give these a rank in tests/architecture.rs: {unknown:?}"
    );
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("lib.rs");
    for room in RANKS.iter().flat_map(|rooms| rooms.iter()) {
        assert!(
            text.contains(&format!("pub mod {room};")),
            "{room} has a rank and is no room"
        );
    }
}

#[test]
fn rooms_use_rooms_below_them() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test) {
        let Some(own) = rank(&source.room) else { continue };
        for used in used_rooms(&source.code) {
            match rank(&used) {
                Some(other) if other <= own => {}
                Some(_) => wrong.push(format!("{} uses {used}, which stands above it", source.path)),
                None => wrong.push(format!("{} uses crate::{used}, which is no room", source.path)),
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rooms of one rank may know each other, but not in a circle.
#[test]
fn rooms_make_no_circle() {
    let mut uses: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources().iter().filter(|source| !source.is_test) {
        let used = used_rooms(&source.code).into_iter().filter(|used| *used != source.room);
        uses.entry(source.room.clone()).or_default().extend(used);
    }
    let mut placed: Vec<&str> = Vec::new();
    loop {
        let free = uses.iter().find(|(room, used)| {
            !placed.contains(&room.as_str())
                && used
                    .iter()
                    .all(|used| placed.contains(&used.as_str()) || !uses.contains_key(used))
        });
        match free {
            Some((room, _)) => placed.push(room),
            None => break,
        }
    }
    let circle: Vec<&String> = uses.keys().filter(|room| !placed.contains(&room.as_str())).collect();
    assert!(
        circle.is_empty(),
        "these rooms use each other in a circle, or what does: {circle:?}"
    );
}

#[test]
fn the_shell_alone_touches_the_machine() {
    let mut wrong = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| !source.is_test && !MACHINE.contains(&source.room.as_str()))
    {
        for name in MACHINE_NAMES {
            for (at, _) in source.code.match_indices(name) {
                let part_of_a_word = source.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                if !part_of_a_word {
                    wrong.push(format!("src/{}:{} {name}", source.path, line(&source.code, at)));
                }
            }
        }
        for group in ["use std::{"] {
            for (at, _) in source.code.match_indices(group) {
                let end = source.code[at..].find(';').map_or(source.code.len(), |end| at + end);
                let inside = &source.code[at + group.len()..end];
                for word in ["fs", "env", "net", "process"] {
                    let named = inside
                        .split(|c: char| !c.is_alphanumeric() && c != '_')
                        .any(|part| part == word);
                    if named {
                        wrong.push(format!("src/{}:{} std::{word}", source.path, line(&source.code, at)));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_library_has_one_room() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test) {
        for (library, room) in SOLE_IMPORTERS {
            if room.split(" or ").any(|room| source.room == room) {
                continue;
            }
            for (at, _) in source.code.match_indices(library) {
                let before = source.code[..at].chars().next_back();
                let after = source.code[at + library.len()..].chars().next();
                let is_path = source.code[at + library.len()..].starts_with("::")
                    || source.code[..at].trim_end().ends_with("use");
                let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.');
                let inner = source.code[..at].ends_with("::");
                if is_path && !is_word(before) && !is_word(after) && !inner {
                    wrong.push(format!(
                        "src/{}:{} knows {library}, which is {room}'s",
                        source.path,
                        line(&source.code, at)
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_short() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| !source.is_test && source.lines > MOST_LINES)
        .map(|source| format!("src/{} has {} lines", source.path, source.lines))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// The reader of sources is itself read: what it must see, and what it must not.
#[test]
fn the_reader_of_sources_reads() {
    let seen: usize = sources().iter().map(|source| used_rooms(&source.code).len()).sum();
    assert!(seen > 200, "only {seen} uses seen: the reader is blind");
    for source in sources() {
        assert_eq!(
            source.code.matches('{').count(),
            source.code.matches('}').count(),
            "{}",
            source.path
        );
    }
    let code = "use crate::{site::{Site, x}, text};\n// use crate::cli;\nlet a = \"crate::shell\"; let c = '\"'; let r = r#\"crate::build\"#;\n#[cfg(test)]\nmod tests { use crate::render::x; fn f() { { } } }\nfn g<'a>(x: &'a str) { crate::view::y(x) }\n#[cfg(test)]\nmod other_tests;\nuse crate::plan;\n";
    assert_eq!(
        used_rooms(&without_tests(&blank(code))),
        ["site", "text", "view", "plan"]
    );
}
