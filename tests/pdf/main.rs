//! The typeset glossary, looked at with poppler (pdfinfo, pdftotext, pdfimages) and qpdf, from Debian.
#![cfg(feature = "pdf")]

#[path = "../support/mod.rs"]
mod support;
mod typed;
mod typeset;
mod written;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use support::{Site, found, run};

/// A site in French with a glossary to come.
fn site() -> Site {
    let site = Site::good();
    site.write(
        "kezako.yaml",
        "title: \"Vérifié\"\nbase_url: \"https://example.org/base/\"\nlang: fr\npublisher: {name: \"La rédaction\"}\n",
    );
    site
}

fn term(site: &Site, id: &str, front: &str, body: &str) {
    site.write(
        &format!("content/glossary/{id}.md"),
        format!("---\n{front}\n---\n\n{body}\n"),
    );
}

/// The glossary as a file beside the site.
#[track_caller]
fn printed(site: &Site, arguments: &[&str]) -> PathBuf {
    let target = site.beside("glossary.pdf");
    let mut command = site.command(&["glossary", "--today", "2024-06-01", "-o"]);
    run(command.arg(&target).args(arguments)).exits(0);
    target
}

#[track_caller]
fn tool(name: &str, arguments: &[&str], file: &Path, after: &[&str]) -> String {
    let mut command = Command::new(name);
    command.args(arguments).arg(file).args(after);
    let done = command
        .output()
        .unwrap_or_else(|error| panic!("{name} is missing ({error}): install poppler-utils and qpdf, as .ci/run does"));
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{command:?}: {said}");
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// The words of a file, a page after each other.
fn words(file: &Path) -> String {
    pages(file).join(" ")
}

/// A text with single spaces; words that a line's end divides are joined, as a reader joins them.
fn single(text: &str) -> String {
    let text = text.replace("\u{ad}\n", "");
    text.split(|c: char| c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The words of each page, in the order in which they stand in the file.
fn pages(file: &Path) -> Vec<String> {
    let text = tool("pdftotext", &["-raw", "-enc", "UTF-8"], file, &["-"]);
    let mut pages: Vec<String> = text.split('\u{c}').map(single).collect();
    assert_eq!(pages.pop().as_deref(), Some(""), "each page ends with a form feed");
    pages
}

#[track_caller]
fn has(text: &str, part: &str) {
    assert!(text.contains(part), "no `{part}` in\n{text}");
}

fn info(file: &Path) -> BTreeMap<String, String> {
    tool("pdfinfo", &[], file, &[])
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| (key.to_owned(), value.trim().to_owned()))
        .collect()
}

fn json(file: &Path) -> Value {
    serde_json::from_str(&tool("qpdf", &["--json"], file, &[])).expect("JSON")
}

/// A glossary of three terms with everything that an entry may have.
fn three() -> Site {
    let site = site();
    term(
        &site,
        "grok",
        "term: \"Grok\"\naliases: [\"Grok-1\", \"Grok 2\"]\nsense: \"l’assistant de xAI\"\nsee: [chatbot]",
        "Un *chatbot*[^1] de xAI ; voir [les autres](chatbot.md) et [la source](https://x.example/a?b=c).\n\n> Elon Musk a annoncé lundi que sa start-up xAI allait mettre en accès libre […] son interface Grok.\n>\n> *Elon Musk announced on Monday…*\n>\n> — [@rfi:1]\n\n## Débuts\n\n| an | fait |\n|---|--:|\n| 2023 | annonce |\n\n1. un\n2. deux\n\n[^1]: Une note, pour voir.",
    );
    term(
        &site,
        "chatbot",
        "term: \"chatbot\"\nsee: [grok]",
        "Un programme qui converse, comme Grok. Voir [une affirmation](../claims/grok.md).",
    );
    term(
        &site,
        "poids",
        "term: \"à poids ouverts\"\ndisputed: true",
        "Dont les `poids` sont publiés.",
    );
    site
}

/// A term whose alphabetical place is its number.
fn name(at: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n).expect("a letter"));
    format!(
        "{}{}{}mot",
        letter(at / 26 % 26),
        letter(at % 26),
        letter(at / 676 % 26)
    )
}

fn many(terms: usize) -> Site {
    let site = site();
    for at in 0..terms {
        let body = format!(
            "Définition du mot. {}\n\n{}",
            "Une phrase assez longue pour que les lignes se coupent où elles veulent. ".repeat(1 + at % 5),
            "Une autre phrase, plus courte. ".repeat(at % 7)
        );
        let see = (at + 57) % terms;
        term(
            &site,
            &format!("t{at:04}"),
            &format!("term: \"{}\"\nsee: [t{see:04}]\nglossary: off", name(at)),
            &body,
        );
    }
    site
}
