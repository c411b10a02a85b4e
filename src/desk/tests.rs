//! Tests of what is told from text alone, where a file that is being typed can seldom be read.

use super::front::{matter, spot};
use super::words::longest;

/// What is told of the cursor `|` in a front matter: `key.inner=word`, with `?` before a key that is being typed.
#[track_caller]
fn check(marked: &str, expected: Option<&str>) {
    let at = marked.find('|').expect("a cursor");
    let text = marked.replacen('|', "", 1);
    let found = matter(&text).and_then(|yaml| {
        let spot = spot(&text, &yaml, at)?;
        let inner = spot.inner.map_or(String::new(), |inner| format!(".{inner}"));
        let typed = if spot.is_key { "?" } else { "" };
        let quotes = if spot.quoted { "\"" } else { "" };
        Some(format!(
            "{typed}{}{inner}={quotes}{}",
            spot.key,
            &text[spot.word.clone()]
        ))
    });
    assert_eq!(found.as_deref(), expected, "{marked}");
}

#[test]
fn the_cursor_knows_its_key() {
    check("---\nver|", Some("?=ver"));
    check("---\nverdict: |\n---\n", Some("verdict="));
    check("---\nverdict: mis|leading\n---\n", Some("verdict=misleading"));
    check("---\nver|dict: true\n---\n", Some("?=verdict"));
    check("---\nverdict:|\n---\n", Some("verdict="));
    check("---\n|\n---\n", Some("?="));
    check("---\n---|\n", None);
    check("---\na: b\n---\n|x: y\n", None);
    check("no front matter: |", None);
    check("---\r\nverdict: tr|ue\r\n---\r\n", Some("verdict=true"));
}

#[test]
fn the_cursor_knows_its_item() {
    check(
        "---\nentities: [xAI, \"Mistral, |AI\", x]\n",
        Some("entities=\"Mistral, AI"),
    );
    check("---\nentities: [xAI, Mis|tral AI, x]\n", Some("entities=Mistral AI"));
    check("---\nentities: [xAI, |", Some("entities="));
    check("---\nentities:\n  - xA|I\n", Some("entities=xAI"));
    check("---\nclaims:\n- gr|ok\n", Some("claims=grok"));
}

#[test]
fn the_cursor_knows_the_key_within() {
    check(
        "---\nevidence:\n  - {title: \"a: b\", role: sup|ports}\n",
        Some("evidence.role=supports"),
    );
    check("---\nevidence:\n  - {title: x, ro|}\n", Some("?evidence=ro"));
    check("---\nevidence:\n  - title: x\n    role: |\n", Some("evidence.role="));
    check("---\nevidence:\n  - title: x\n    ro|\n", Some("?evidence=ro"));
    check("---\nclaimant: {name: xAI, kind: |}\n", Some("claimant.kind="));
    check(
        "---\nevidence:\n  - {url: \"https://x|\"}\n",
        Some("evidence.url=\"https://x"),
    );
}

#[test]
fn names_are_whole_words_and_the_longest_counts() {
    let known = |words: &str| ["source", "open source", "l'open"].contains(&words).then_some(());
    let text = "l’open source, sources é";
    let found = |at: usize| longest(text, at, known).map(|(span, ())| &text[span]);
    let open = text.find("open").expect("it is there");
    assert_eq!(found(open), Some("open source"));
    assert_eq!(found(open + "open source".len()), Some("open source"));
    assert_eq!(found(0), None);
    assert_eq!(found(text.find("sources").expect("it is there") + 2), None);
    assert_eq!(found(text.len()), None);
    assert_eq!(found(usize::MAX), None);
}
