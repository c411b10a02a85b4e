//! Sites in languages that Kézako brings no words for: letters, anchors, verdicts and the direction of writing are those of the language.

#[path = "support/pages.rs"]
mod pages;

use std::collections::BTreeMap;

use kezako::tree::Tree;
use pages::{between, pages_of};

/// The pages of a site in a language; `words` are its file of the interface's words.
fn built(lang: &str, words: &str, files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let mut tree = Tree::default();
    let settings = format!("title: \"T\"\nbase_url: \"https://t.example/\"\nlang: {lang}\nsearch: false\n");
    tree.insert_text("kezako.yaml", &settings);
    tree.insert_text(&format!("templates/i18n/{lang}.yaml"), words);
    for (path, text) in files {
        tree.insert_text(path, text);
    }
    pages_of(&tree)
}

#[test]
fn a_glossary_has_the_letters_of_its_language() {
    let terms: Vec<(String, String)> = ["Яблоко", "Арбуз", "Ёлка", "Еда", "Ель", "Grok"]
        .iter()
        .enumerate()
        .map(|(at, term)| {
            (
                format!("content/glossary/t{at}.md"),
                format!("---\nterm: \"{term}\"\n---\n\nСлово.\n"),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = terms.iter().map(|(path, text)| (&**path, &**text)).collect();
    let pages = built("ru", "language_name: \"Русский\"\n", &files);
    let page = &pages["glossary/index.html"];
    let letters = between(page, "class=\"letter\">\n<h2>", "</h2>");
    assert_eq!(letters, ["А", "Е", "Я", "G"], "{page}");
    let order: Vec<usize> = ["Арбуз", "Еда", "Ёлка", "Ель", "Яблоко", "Grok"]
        .iter()
        .map(|term| page.find(&format!(">{term}<")).unwrap_or_else(|| panic!("no {term}")))
        .collect();
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn headings_and_entities_of_any_alphabet_have_readable_addresses() {
    let pages = built(
        "ru",
        "language_name: \"Русский\"\n",
        &[
            (
                "content/pages/about.md",
                "---\ntitle: \"О сайте\"\n---\n\n[к итогу](#itog-proverki)\n\n## Итог проверки\n",
            ),
            (
                "content/timeline/e.md",
                "---\ndate: 2024\ntitle: \"Событие\"\nentities: [\"Łódź\", \"百度\"]\n---\n",
            ),
        ],
    );
    assert!(pages["about/index.html"].contains("<h2 id=\"itog-proverki\">"));
    assert!(pages.contains_key("entities/lodz/index.html"), "{:?}", pages.keys());
    assert!(pages.contains_key("entities/bai-du/index.html"));
}

#[test]
fn one_file_translates_the_verdicts_too() {
    let files = [
        ("seeds/a.txt", "Der Himmel ist blau.\n"),
        ("content/sources/a.md", "---\nfile: a.txt\nlang: de\n---\n"),
        (
            "content/claims/c.md",
            "---\nclaim: \"Der Himmel ist blau.\"\nsummary: \"Ja.\"\nverdict: mostly-true\npublished: 2024-01-02\nevidence:\n  - {title: \"T\", role: supports}\n---\n\n> Der Himmel ist blau.\n>\n> — [@a] states\n",
        ),
    ];
    let words = "language_name: \"Deutsch\"\nverdict_mostly_true: \"Größtenteils wahr\"\n";
    let pages = built("de", words, &files);
    for path in [
        "claims/c/index.html",
        "claims/index.html",
        "claims/feed.xml",
        "api/claimreview.json",
    ] {
        assert!(pages[path].contains("Größtenteils wahr"), "{path}");
        assert!(!pages[path].contains("Mostly true"), "{path}");
    }
}

#[test]
fn a_page_says_in_which_direction_it_is_written() {
    let page = |lang: &str| built(lang, "language_name: \"x\"\n", &[])["index.html"].clone();
    assert!(page("ar").contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(page("az-Arab").contains("dir=\"rtl\""));
    assert!(!page("de").contains("dir="));
}
