use proptest::prelude::*;

use super::*;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::link::link;
use crate::markdown::Role;
use crate::site::{Memo, Options, Site, gather};
use crate::tree::Tree;

fn tree(lang: &str, seeds: &[(&str, &str)]) -> Tree {
    let mut tree = Tree::default();
    tree.insert_text(
        "kezako.yaml",
        &format!("title: x\nbase_url: https://example.org/\nlang: {lang}\n"),
    );
    for (id, text) in seeds {
        tree.insert_text(&format!("seeds/{id}.txt"), text);
        tree.insert_text(
            &format!("content/sources/{id}.md"),
            &format!("---\nfile: {id}.txt\nlang: fr\n---\n"),
        );
    }
    tree
}

fn site(tree: &Tree) -> Site {
    gather(tree, &Options::default(), &mut Memo::default()).value
}

/// What an editor gets to hear who pastes a text into a page.
fn pasted(tree: &Tree, text: &str) -> (usize, Vec<Diagnostic>) {
    let mut tree = tree.clone();
    tree.insert_text("content/pages/pasted.md", &format!("---\ntitle: x\n---\n\n{text}\n"));
    let options = Options::default();
    let site = gather(&tree, &options, &mut Memo::default()).value;
    let mut links = link(&site, &tree, &mut crate::link::Memo::default());
    links
        .diagnostics
        .retain(|diagnostic| &*diagnostic.path == "content/pages/pasted.md");
    let verified = links.value.pages[0].quotations.iter().flatten();
    assert!(verified.clone().all(|proven| !proven.verified.typography_differs()));
    (verified.count(), links.diagnostics)
}

/// Looks for words in seeds and writes what is found: `exact` or `nearest`, then a block and an inline quotation for each place.
#[track_caller]
fn check(lang: &str, seeds: &[(&str, &str)], words: &str, expected: &str) {
    let tree = tree(lang, seeds);
    let site = site(&tree);
    let mut said = String::new();
    let hits = match find(words, &site.sources, None) {
        Found::Exact(hits) => {
            said.push_str("exact\n");
            hits
        }
        Found::Nearest { hit, nearest, .. } => {
            said.push_str(&format!("nearest, {} of 100\n", nearest.share));
            vec![hit]
        }
        Found::Nothing => {
            said.push_str("nothing\n");
            Vec::new()
        }
    };
    for hit in hits {
        let written = write(&hit.verified, &site.sources[hit.source], &Lang::new(lang), Role::States);
        let written = written.expect("Markdown can hold it");
        for text in [Some(&written.block), written.inline.as_ref()].into_iter().flatten() {
            assert_eq!(pasted(&tree, text), (1, Vec::new()), "{text}");
            said.push_str(&format!("{text}\n").replace('\u{202f}', "_"));
        }
    }
    assert_eq!(said, expected);
}

const SEED: &[(&str, &str)] = &[(
    "a",
    "Un pont. Il est long\u{a0}: 212 mètres.\n\nUn pont, deux ponts [1].\n",
)];

#[test]
fn words_are_written_as_their_source_has_them() {
    check(
        "fr",
        SEED,
        "Il est long : 212",
        "exact\n> Il est long\u{a0}: 212\n>\n> — [@a] states\n«_Il est long\u{a0}: 212_» [@a]\n",
    );
    check(
        "en",
        SEED,
        "deux ponts",
        "exact\n> deux ponts\n>\n> — [@a] states\n“deux ponts” [@a]\n",
    );
}

#[test]
fn a_place_is_named_only_where_words_stand_in_several() {
    check(
        "en",
        SEED,
        "Un pont",
        "exact\n> Un pont\n>\n> — [@a:1] states\n“Un pont” [@a:1]\n> Un pont\n>\n> — [@a:3] states\n“Un pont” [@a:3]\n",
    );
}

#[test]
fn words_in_several_sources_name_no_place_within_them() {
    let seeds = [("a", "Un pont.\n"), ("b", "Deux.\nUn pont.\n")];
    check(
        "en",
        &seeds,
        "Un pont.",
        "exact\n> Un pont.\n>\n> — [@a] states\n“Un pont.” [@a]\n> Un pont.\n>\n> — [@b] states\n“Un pont.” [@b]\n",
    );
}

#[test]
fn an_editors_brackets_stay() {
    check(
        "en",
        SEED,
        "Il [...] 212 [m]",
        "exact\n> Il […] 212 [m]\n>\n> — [@a] states\n“Il […] 212 [m]” [@a]\n",
    );
    check(
        "en",
        &[("a", "Un.\nDeux.\nTrois.\n")],
        "Un.\n\n[…]\n\nTrois.",
        "exact\n> Un.\n>\n> […]\n>\n> Trois.\n>\n> — [@a] states\n",
    );
}

#[test]
fn brackets_of_the_source_are_its_own() {
    check(
        "en",
        SEED,
        "deux ponts [1].",
        "exact\n> deux ponts [1].\n>\n> — [@a] states\n“deux ponts [1].” [@a]\n",
    );
}

#[test]
fn what_is_nearest_is_widened_to_whole_sentences() {
    check(
        "fr",
        SEED,
        "il est long de 212 mètres",
        "nearest, 66 of 100\n> Il est long\u{a0}: 212 mètres.\n>\n> — [@a] states\n«_Il est long\u{a0}: 212 mètres._» [@a]\n",
    );
    check("fr", SEED, "rien de tel ici", "nothing\n");
}

#[test]
fn what_markdown_would_take_for_markup_is_escaped() {
    for text in [
        "*tout*",
        "# titre",
        "1. un",
        "2) deux",
        "- tiret",
        "+ plus",
        "> cité",
        "`code` et _mot_",
        "a \\* b",
        "a <b> c",
        "a &amp; b",
        "voir [@a] là",
        "[lien](x) et ![image](y)",
        "[^1] et ~~rayé~~",
        "| a | b |",
        "===",
        ": une définition",
        "https://example.org/*a*",
        "« a », “b” et \"c\"",
        "il dit « oui",
        "» fin «",
        "— [@a] states",
        "\\",
    ] {
        let tree = tree("fr", &[("a", text)]);
        let site = site(&tree);
        let hit = whole_passage(0, site.sources[0].seed.as_ref().expect("a seed"), 0).expect(text);
        let written = write(&hit.verified, &site.sources[0], &Lang::new("fr"), Role::Context).expect(text);
        assert_eq!(pasted(&tree, &written.block), (1, Vec::new()), "{}", written.block);
        let inline = written.inline.expect(text);
        assert_eq!(pasted(&tree, &inline), (1, Vec::new()), "{inline}");
    }
}

#[test]
fn a_quotation_is_widened_to_the_sentences_that_hold_it() {
    let tree = tree("fr", SEED);
    let site = site(&tree);
    let seed = site.sources[0].seed.as_ref().expect("a seed");
    let Found::Exact(hits) = find("pont. Il […] 212", &site.sources, None) else {
        panic!("the words are there");
    };
    let whole = widened(hits[0].clone(), seed);
    let parts: Vec<&str> = whole
        .verified
        .parts()
        .map(|part| &seed.text[part.span.clone()])
        .collect();
    assert_eq!(parts, ["Un pont. Il est long\u{a0}: 212 mètres."]);
}

/// Texts as saved pages have them, and as nobody hopes to see them.
fn line() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-zé]{1,6}",
        2 => prop::sample::select(vec![
            "*", "_", "`", "[", "]", "(", ")", "<", ">", "#", "-", "+", "=", "|", "~", ":", "!", "\\", "&", "&lt;", "«", "»", "“", "”",
            "\"", "'", "’", "…", "[…]", "[@a]", "[@b:1]", "1.", "2)", "—", "--", "***", "```", "<b>", "</b>", "http://x.org", "^1", "\u{a0}",
        ]).prop_map(str::to_owned),
    ];
    let part = (word, prop::sample::select(vec!["", " ", " ", "  ", "\t"]));
    prop::collection::vec(part, 1..12).prop_map(|parts| parts.into_iter().map(|(word, space)| word + space).collect())
}

proptest! {
    #[test]
    fn what_is_written_verifies_when_it_is_pasted(lines in prop::collection::vec(line(), 1..5), french in any::<bool>()) {
        let lang = if french { "fr" } else { "en" };
        let tree = tree(lang, &[("a", &lines.join("\n"))]);
        let site = site(&tree);
        let seed = site.sources[0].seed.as_ref().expect("a seed");
        for (at, passage) in seed.passages.iter().enumerate() {
            let Some(hit) = whole_passage(0, seed, at) else {
                // Nothing but brackets or invisible characters.
                continue;
            };
            prop_assert_eq!(hit.verified.passage(), at);
            let Some(written) = write(&hit.verified, &site.sources[0], &Lang::new(lang), Role::States) else {
                prop_assert!(false, "nothing written for {:?}", &seed.text[passage.span.clone()]);
                continue;
            };
            prop_assert_eq!(pasted(&tree, &written.block), (1, Vec::new()), "{}", written.block);
            if let Some(inline) = written.inline {
                prop_assert_eq!(pasted(&tree, &inline), (1, Vec::new()), "{}", inline);
            }
        }
    }

    #[test]
    fn whole_words_of_a_source_are_found(lines in prop::collection::vec("[a-zé]{1,6}( [a-zé]{1,6}){0,8}", 1..5), pick in any::<prop::sample::Index>(), from in 0usize..9, count in 1usize..5) {
        let tree = tree("fr", &[("a", &lines.join("\n"))]);
        let site = site(&tree);
        let words: Vec<&str> = pick.get(&lines).split(' ').collect();
        let from = from.min(words.len() - 1);
        let words = words[from..words.len().min(from + count)].join(" ");
        let Found::Exact(hits) = find(&words, &site.sources, None) else {
            return Err(TestCaseError::fail(words));
        };
        let holding = lines.iter().filter(|line| format!(" {line} ").contains(&format!(" {words} "))).count();
        prop_assert_eq!(hits.len(), holding);
    }
}
