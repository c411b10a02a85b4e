//! The catalogue of messages is complete: each pattern of `say!` in the sources has its French, and nothing else stands there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::str::FromStr;

use kezako::lang::{Lang, space};
use kezako::phrase::{Piece, entries, pieces};
use proc_macro2::{TokenStream, TokenTree};

/// Each pattern, and the file that says it.
fn said() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut said = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.expect("src/ can be read");
        let path = entry.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !name.ends_with(".rs") || name.ends_with("tests.rs") {
            continue;
        }
        let text = fs::read_to_string(path).expect("a source is text");
        let tokens = TokenStream::from_str(&text).expect("a source is Rust");
        let shown = path.strip_prefix(&root).expect("below src/").display().to_string();
        for pattern in patterns(tokens) {
            said.entry(pattern).or_insert_with(|| shown.clone());
        }
    }
    said
}

/// The literals that `say!` begins with, wherever it stands; what `mod tests` says is not for people.
fn patterns(tokens: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    let is_word = |at: Option<usize>, word: &str| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|token| matches!(token, TokenTree::Ident(ident) if ident == word))
    };
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        if is_word(at.checked_sub(2), "mod") && is_word(at.checked_sub(1), "tests") {
            continue;
        }
        let called = matches!(at.checked_sub(1).and_then(|at| tokens.get(at)), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
        if called && is_word(at.checked_sub(2), "say") {
            let first = group.stream().into_iter().next();
            // The macro itself passes on what is no literal.
            if let Some(TokenTree::Literal(literal)) = first {
                let literal: syn::LitStr = syn::parse_str(&literal.to_string()).expect("`say!` begins with a text");
                found.push(literal.value());
            }
        }
        found.extend(patterns(group.stream()));
    }
    found
}

fn places(pattern: &str) -> BTreeSet<&str> {
    let places = pieces(pattern).filter_map(|piece| match piece {
        Piece::Place(name) => Some(name),
        Piece::Words(_) => None,
    });
    places.collect()
}

#[test]
fn each_pattern_has_its_french_and_none_is_left_over() {
    let said = said();
    assert!(
        said.len() > 400,
        "only {} patterns are seen: the reader is blind",
        said.len()
    );
    let known: BTreeMap<&str, &str> = entries().collect();
    let lacking: Vec<String> = said
        .iter()
        .filter(|(pattern, _)| !known.contains_key(pattern.as_str()))
        .map(|(pattern, path)| format!("src/{path}: {pattern}"))
        .collect();
    assert!(lacking.is_empty(), "src/phrase/fr.txt lacks:\n{}", lacking.join("\n"));
    let unused: Vec<&str> = known
        .into_keys()
        .filter(|pattern| !said.contains_key(*pattern))
        .collect();
    assert!(
        unused.is_empty(),
        "nobody says, of src/phrase/fr.txt:\n{}",
        unused.join("\n")
    );
}

#[test]
fn no_pattern_stands_twice() {
    let mut seen = BTreeSet::new();
    let twice: Vec<&str> = entries()
        .map(|(pattern, _)| pattern)
        .filter(|pattern| !seen.insert(*pattern))
        .collect();
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}

#[test]
fn both_languages_have_the_same_places() {
    for (english, french) in entries() {
        assert_eq!(places(english), places(french), "{french}");
    }
}

/// Spaces before `;`, `?`, `:` and within « » are those of the pages; apostrophes are curved. Code between backticks is as it is.
#[test]
fn the_french_is_set_as_french_is() {
    let fr = Lang::new("fr");
    for (_, french) in entries() {
        for (at, words) in french.split('`').enumerate() {
            if at % 2 == 1 {
                continue;
            }
            assert_eq!(space(&fr, words), words, "{french}");
            let plain = words.contains(['\'', '"']);
            assert!(!plain, "plain quotation marks: {french}");
            assert!(!words.contains(" …") && !words.contains("..."), "{french}");
        }
    }
}

#[test]
fn the_reader_of_patterns_reads() {
    let code = r#"
        // say!("a comment")
        fn f() { let x = g(say!("one {a}", a = say!("two")), || vec![say!("three \"\u{e9}\"")]); "say!(\"text\")"; }
        mod tests { fn t() { say!("a test"); } }
    "#;
    let mut found = patterns(TokenStream::from_str(code).expect("Rust"));
    found.sort();
    assert_eq!(found, ["one {a}", "three \"é\"", "two"]);
}
