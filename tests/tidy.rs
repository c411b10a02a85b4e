//! What `kezako fmt` promises, as properties: no word and no quotation changes, the built site is the same, a second run changes nothing. On the
//! project's own content, and on content made up at random.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use kezako::build::{Memory, build};
use kezako::config::Config;
use kezako::date::Date;
use kezako::document::{Named, identify};
use kezako::shell::load;
use kezako::site::Options;
use kezako::tidy::tidy;
use kezako::tree::Tree;
use proptest::prelude::*;

/// What is said of a site, and its files.
type Built = (Vec<String>, BTreeMap<String, Vec<u8>>);

fn built(tree: &Tree) -> Built {
    let memory = Memory::default();
    let options = Options {
        drafts: true,
        today: Date::parse("2024-06-01").ok().and_then(|date| date.as_day()),
        ..Options::default()
    };
    let report = build(tree, &options, &memory, &|_| {}).report;
    // Places move with the spaces.
    let said = report.diagnostics().iter();
    let said = said
        .map(|said| format!("{} {} {:?}", said.path, said.message, said.help))
        .collect();
    (said, memory.into_files())
}

/// The tree with every content file put right, and how many have changed.
fn put_right(tree: &Tree) -> (Tree, usize) {
    let config = kezako::config::read(&"kezako.yaml".into(), tree.text("kezako.yaml").expect("settings"))
        .value
        .expect("settings");
    let mut after = tree.clone();
    let mut changed = 0;
    let paths: Vec<Arc<str>> = tree.below("content").map(|(path, _)| Arc::clone(path)).collect();
    for path in paths {
        let Some((before, right)) = right(tree, &path, &config) else {
            continue;
        };
        assert_eq!(words(&right), words(before), "{path}: words change");
        changed += usize::from(right != before);
        after.insert_text(&path, &right);
        let (_, again) = self::right(&after, &path, &config).expect("it can still be read");
        assert_eq!(again, right, "{path}: a second run changes something");
    }
    (after, changed)
}

/// A file's text and the same put right; nothing for files that are no documents or cannot be read.
fn right<'t>(tree: &'t Tree, path: &Arc<str>, config: &Config) -> Option<(&'t str, String)> {
    let Named::Document(identity) = identify(path, config) else {
        return None;
    };
    let text = tree.text(path)?;
    Some((text, tidy(&identity, text).ok()?))
}

/// The lines without spaces and styles of quotation marks, in any order: front matter moves by lines.
fn words(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text
        .lines()
        .map(|line| {
            let visible = line.chars().filter(|c| !c.is_whitespace() && *c != '\\');
            visible.map(|c| if matches!(c, '«' | '»') { '"' } else { c }).collect()
        })
        .collect();
    lines.sort();
    lines
}

#[track_caller]
fn same(before: &Built, after: &Built, what: &dyn Fn() -> String) {
    assert_eq!(before.0, after.0, "other reports\n{}", what());
    let names = |built: &Built| built.1.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(before), names(after), "other files\n{}", what());
    for (path, bytes) in &before.1 {
        let (a, b) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&after.1[path]));
        if let Some((a, b)) = a.lines().zip(b.lines()).find(|(a, b)| a != b) {
            panic!("{path} differs\n{}\n- {a}\n+ {b}", what());
        }
    }
}

#[test]
fn the_projects_own_site_stays_the_same() {
    let tree = load(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the site can be read");
    let (after, changed) = put_right(&tree);
    // Editors type plain spaces.
    assert!(changed > 50, "only {changed} files were changed: nothing is tested");
    same(&built(&tree), &built(&after), &String::new);
}

const SEED: &str = "Le pont est \"long\" : 212 mètres !\n\nIl dit « Quoi ? » et s’en va ; puis rien.\n";

/// A piece of running text, of markup, or of a quotation. All of them build, in most orders.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "mot",
        "été",
        "un",
        "12",
        " ",
        " ",
        " ",
        " ",
        " ?",
        "?",
        " !",
        "!",
        " :",
        ":",
        ";",
        " ;",
        "«",
        "»",
        "« ",
        " »",
        "\"",
        "\"",
        " \"",
        "\" ",
        "\n",
        "*",
        "*",
        "**",
        "_",
        "`",
        "``",
        "~~",
        "(",
        ")",
        "[",
        "](https://x.org/?a:b)",
        "[a]",
        "[a ?]",
        "[mot ?][a ?]",
        "\\",
        "\\!",
        "\\\"",
        "&nbsp;",
        "&amp;",
        "&quot;",
        "<i x=\"y\">",
        "<https://x.org/a!>",
        "https://x.org/?a=b;c",
        ".",
        ",",
        "…",
        "’",
        "'",
        "|",
        "#",
        "\u{a0}",
        "\u{202f}",
        "[^n]",
        " « Quoi ? » [@a]",
        " \"et s’en va\" [@a:3]",
        " « est \"long\" » [@a]",
        "[@a:1] ?",
    ])
}

fn paragraph() -> impl Strategy<Value = String> {
    let text = || prop::collection::vec(piece(), 1..14).prop_map(|pieces| pieces.concat());
    prop_oneof![
        8 => text(),
        1 => text().prop_map(|text| format!("## {}", text.replace('\n', " "))),
        1 => text().prop_map(|text| format!("- {text}\n- fin ?")),
        1 => text().prop_map(|text| format!("> {}", text.replace('\n', "\n> "))),
        1 => text().prop_map(|text| format!("| a ? | b |\n|---|---|\n| {} | c |", text.replace('\n', " "))),
        1 => text().prop_map(|text| format!("```\n{text}\n```")),
        1 => text().prop_map(|text| format!("Mot\n: {text}")),
        1 => Just("> Il dit « Quoi ? »\n>\n> *Il a dit \"Quoi\" ?*\n>\n> — [@a] states".to_owned()),
    ]
}

/// A body with what its paragraphs may refer to.
fn body() -> impl Strategy<Value = String> {
    prop::collection::vec(paragraph(), 0..5).prop_map(|paragraphs| {
        format!(
            "{}\n\n[a ?]: https://x.org/ \"Quoi ?\"\n\n[^n]: Une note ?\n",
            paragraphs.join("\n\n")
        )
    })
}

/// A value of front matter, in one of the styles of YAML.
fn value() -> impl Strategy<Value = String> {
    let text = prop::collection::vec(
        prop::sample::select(vec![
            "mot", "été", " ", " ", " ?", "?", " :", ": ", "«", "»", "\"", " \"", "'", "’", "!", " ;", "#", "\\", "{",
            "-",
        ]),
        1..10,
    )
    .prop_map(|pieces| pieces.concat());
    (text, 0..5).prop_map(|(text, style)| match style {
        0 => format!("\"x {}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        1 => format!("'x {}'", text.replace('\'', "''")),
        2 => format!("|\n  x {text}\n  {text}"),
        3 => format!(">-\n  x {text}\n  y"),
        _ => format!("x{}y", text.replace(": ", " ").replace(" #", "")),
    })
}

fn claim() -> impl Strategy<Value = String> {
    let keys = (value(), value(), value(), value()).prop_map(|(claim, summary, note, now)| {
        let note = note.replace('\n', "\n      ");
        let now = now.replace('\n', "\n      ");
        vec![
            format!("claim: {claim}"),
            format!("# sur la ligne : ci-dessous\nsummary: {summary}"),
            "verdict: false # pourquoi ?\n".to_owned(),
            format!("evidence:\n  - title: \"Qui ?\"\n    publisher: x\n    role: contradicts\n    note: {note}"),
            format!("corrections:\n- date: 2024-01-01\n  now: {now}"),
            "entities: [\"Qui ?\", \"« Quoi »\"]".to_owned(),
        ]
    });
    (keys.prop_shuffle(), body()).prop_map(|(keys, body)| {
        format!(
            "---\n{}\n---\n\n> Le pont\n>\n> — [@a] states\n\n{body}",
            keys.join("\n")
        )
    })
}

fn tree(claim: &str, page: &str) -> Tree {
    let mut tree = Tree::default();
    tree.insert_text(
        "kezako.yaml",
        "title: \"Quoi ?\"\nbase_url: https://example.org/\nlang: fr\nsearch: false\n",
    );
    tree.insert_text("seeds/a.txt", SEED);
    tree.insert_text(
        "content/sources/a.md",
        "---\nlang: fr\nfile: a.txt\ntitle: \"Un titre : long ?\"\n---\n\nUne note ?\n",
    );
    tree.insert_text("content/claims/a.md", claim);
    tree.insert_text("content/pages/p.md", page);
    tree.insert_text(
        "content/glossary/mot.md",
        "---\nsense: \"lequel ?\"\nterm: \"mot\"\n---\n\nUn « mot » : quoi ?\n",
    );
    tree.insert_text(
        "content/timeline/e.md",
        "---\ntitle: \"Quoi ? \\\"rien\\\"\"\ndate: 2024\nclaims: [a]\n---\n\nDes \"mots\" !\n",
    );
    tree
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// A site is only the same if it builds: most of these do not, and then their problems are the same.
    #[test]
    fn a_site_made_up_at_random_stays_the_same(claim in claim(), body in body()) {
        let page = format!("---\ndescription: \"Qui ? « Quoi » \\\"où\\\"\"\ntitle: \"Une page !\"\n---\n\n{body}");
        let before = tree(&claim, &page);
        let (after, _) = put_right(&before);
        let shown = || {
            let text = |path: &str| after.text(path).unwrap_or_default().to_owned();
            format!("{claim}\n=>\n{}\n\n{page}\n=>\n{}", text("content/claims/a.md"), text("content/pages/p.md"))
        };
        same(&built(&before), &built(&after), &shown);
    }
}
