//! Quotations outside claims, and quotations within sentences: what the page of their source shows of them (contract §4), and their proof (§3).

use std::collections::BTreeMap;

use kezako::build::{Memory, build};
use kezako::site::Options;
use kezako::tree::{File, Tree};
use serde_json::Value;
use sha2::{Digest, Sha256};

type Files = BTreeMap<String, Vec<u8>>;

const SEED: &str = "Le pont\n\
    Le conseil a inauguré le pont lundi. Personne n’a parlé des lampes.\n\
    Il a coûté trois millions de livres.\n\
    Le maire est resté chez lui.\n\
    La fanfare a joué deux heures.\n\
    Les écoles étaient fermées ce jour-là.\n\
    Un bateau a sonné.\n\
    Rien de plus.\n";

const CLAIM: &str = "---\nclaim: \"Le pont a coûté trois millions.\"\nsummary: \"C’est ce que dit le journal.\"\nverdict: unverifiable\n\
    missing: \"Un devis.\"\nentities: [Conseil]\n---\n\n> Il a coûté trois millions de livres.\n>\n> — [@pont:3]\n";

/// A site of two languages with one claim, and more files.
fn site(more: &[(&str, &str)]) -> Files {
    let files = [
        (
            "kezako.yaml",
            "title: Ponts\nbase_url: https://ponts.example/\nlang: fr\nlanguages: [fr, en]\nsearch: false\nsocial: false\n",
        ),
        ("seeds/pont.txt", SEED),
        (
            "content/sources/pont.md",
            "---\nfile: pont.txt\ntitle: \"Le pont\"\nlang: fr\nurl: https://journal.example/pont\n\
             archive_url: https://archive.example/pont\n---\n\nUn journal.\n",
        ),
        (
            "content/sources/pont.en.md",
            "---\ntitle: \"The bridge\"\n---\n\nA newspaper.\n",
        ),
        ("content/claims/cout.md", CLAIM),
        (
            "content/claims/cout.en.md",
            "---\nclaim: \"The bridge cost three million.\"\nsummary: \"So the newspaper says.\"\nmissing: \"An estimate.\"\n---\n\n\
             > Il a coûté trois millions de livres.\n>\n> — [@pont:3]\n",
        ),
    ];
    let mut tree = Tree::default();
    for (path, text) in files.iter().chain(more) {
        tree.insert(*path, File::new(text.as_bytes()));
    }
    let sink = Memory::default();
    let built = build(&tree, &Options::default(), &sink, &|_| {});
    assert!(!built.report.has_errors(), "{:#?}", built.report.diagnostics());
    sink.into_files()
}

/// Documents of every kind that quote passages 2 and 4 to 8, and no claim does.
const QUOTING: &[(&str, &str)] = &[
    (
        "content/pages/recit.md",
        "---\ntitle: \"Le récit\"\n---\n\nOn lit que « le pont lundi » [@pont:2].\n\n> La fanfare a joué deux heures.\n>\n> — [@pont:5] context\n\n\
         Et encore « La fanfare » [@pont:5].\n",
    ),
    (
        "content/pages/recit.en.md",
        "---\ntitle: \"The story\"\n---\n\nOne reads “le pont lundi” [@pont:2].\n",
    ),
    (
        "content/glossary/lampe.md",
        "---\nterm: \"lampe\"\n---\n\nUne lumière ; « Le maire est resté » [@pont:4].\n",
    ),
    (
        "content/timeline/fete.md",
        "---\ndate: 2024-03-05\ntitle: \"La fête\"\n---\n\nIl y eut fête : « Les écoles étaient fermées » [@pont:6].\n",
    ),
    (
        "content/index.md",
        "---\ntitle: \"Ponts\"\n---\n\nBienvenue : « Un bateau a sonné. » [@pont:7]\n",
    ),
    (
        "content/sources/pont.md",
        "---\nfile: pont.txt\ntitle: \"Le pont\"\nlang: fr\nurl: https://journal.example/pont\narchive_url: https://archive.example/pont\n---\n\n\
         Un journal qui dit « Rien de plus » [@pont:8].\n",
    ),
];

fn page<'a>(files: &'a Files, path: &str) -> &'a str {
    let bytes = files.get(path).unwrap_or_else(|| panic!("{path} was not built"));
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// What a source's page shows of a passage.
fn passage(page: &str, line: usize) -> &str {
    let from = page
        .find(&format!("<li id=\"p{line}\""))
        .unwrap_or_else(|| panic!("passage {line}"));
    let rest = &page[from..];
    let end = rest[1..].find("<li id=\"p").unwrap_or(rest.len() - 1);
    &rest[..=end]
}

/// Passages that anything quotes are shown with the quoted words marked, and beside them stands what quotes them, in the page's language.
#[test]
fn a_source_shows_what_pages_terms_events_and_notes_quote() {
    let files = site(QUOTING);
    let source = page(&files, "sources/pont/index.html");
    for (line, words, links) in [
        (2, "le pont lundi", &["../../recit/\">Le récit</a>"][..]),
        (3, "Il a coûté trois millions de livres.", &["../../claims/cout/\">"]),
        (4, "Le maire est resté", &["../../glossary/lampe/\">lampe</a>"]),
        (5, "La fanfare a joué deux heures.", &["../../recit/\">Le récit</a>"]),
        (6, "Les écoles étaient fermées", &["../../timeline/#fete\">La fête</a>"]),
        (7, "Un bateau a sonné.", &["../../\">Ponts</a>"]),
        (8, "Rien de plus", &["../../sources/pont/#note\">"]),
    ] {
        let shown = passage(source, line);
        assert!(shown.contains(&format!("<mark>{words}</mark>")), "{line}: {shown}");
        let expected: Vec<bool> = links.iter().map(|link| shown.contains(link)).collect();
        assert!(expected.iter().all(|there| *there), "{line}: {shown}");
        // Each once.
        let beside = shown.split("</ul>").next().unwrap_or_default();
        assert_eq!(beside.matches("<a href=").count(), links.len(), "{line}: {shown}");
        assert_eq!(beside.contains("Cité dans"), line != 3, "{line}: {shown}");
    }
    assert!(passage(source, 1).contains("unshown"));
    // A sentence that holds no quoted word stays out.
    assert!(!source.contains("Personne n’a parlé"));
}

#[test]
fn a_source_in_another_language_leads_to_documents_of_that_language() {
    let files = site(QUOTING);
    let source = page(&files, "en/sources/pont/index.html");
    let of = |line| passage(source, line);
    assert!(of(2).contains("<mark>le pont lundi</mark>") && of(2).contains("../../../en/recit/\">The story</a>"));
    assert!(of(2).contains("Quoted in"));
    // Shown, since the words are the same for all readers; no page of this language quotes it.
    assert!(of(4).contains("<mark>Le maire est resté</mark>") && !of(4).contains("<a href="));
}

/// How much of a source is checked is about claims alone.
#[test]
fn what_is_checked_is_counted_by_claims_alone() {
    let (with, without) = (site(QUOTING), site(&[]));
    assert_eq!(page(&with, "api/sources.json"), page(&without, "api/sources.json"));
    let json: Value = serde_json::from_str(page(&with, "api/sources.json")).expect("JSON");
    assert_eq!(json["sources"][0]["checked"], 1);
    let section = |files: &Files, from: &str, to: &str| {
        let source = page(files, "sources/pont/index.html");
        let start = source.find(from).expect("it begins");
        source[start..][..source[start..].find(to).expect("it ends")].to_owned()
    };
    for (from, to) in [
        ("<section id=\"sentences\"", "</section>"),
        ("<section id=\"passages\"", "<ol"),
    ] {
        assert_eq!(section(&with, from, to), section(&without, from, to));
    }
}

/// A claim stands before what only quotes.
#[test]
fn claims_come_first() {
    let quoting = "---\nterm: \"livre\"\n---\n\nUne monnaie : « trois millions de livres » [@pont:3].\n";
    let files = site(&[("content/glossary/livre.md", quoting)]);
    let shown = passage(page(&files, "sources/pont/index.html"), 3).to_owned();
    let (claim, term) = (shown.find("claims/cout/"), shown.find("glossary/livre/"));
    assert!(claim.is_some() && claim < term, "{shown}");
}

/// A pair of quotations that begins a note on a translation stands on the page of the translation, and there leads the link.
#[test]
fn a_note_on_a_translation_is_linked_where_it_stands() {
    let files = site(&[
        ("seeds/bridge.txt", "The bridge\nThe band played.\nThe boat sounded.\n"),
        (
            "content/sources/bridge.md",
            "---\nfile: bridge.txt\ntitle: \"La traduction\"\nlang: en\ntranslation_of: pont\n---\n\nOn y lit “The boat” [@bridge:3].\n\n\
             > La fanfare a joué\n>\n> — [@pont:5] context\n\n> The band played\n>\n> — [@bridge:2] context\n\nLa durée manque : « deux heures » [@pont:5].\n",
        ),
    ]);
    let bridge = page(&files, "sources/bridge/index.html");
    assert!(passage(bridge, 3).contains("../../sources/bridge/#note\">"), "{bridge}");
    assert!(
        passage(bridge, 2).contains("../../sources/bridge/translation/\">"),
        "{bridge}"
    );
    let pont = passage(page(&files, "sources/pont/index.html"), 5);
    assert_eq!(
        pont.matches("../../sources/bridge/translation/\">").count(),
        1,
        "{pont}"
    );
    assert!(
        pont.contains("<mark>La fanfare a joué deux heures</mark>") || pont.matches("<mark>").count() == 2,
        "{pont}"
    );
    let translation = page(&files, "sources/bridge/translation/index.html");
    let blocks = proofs(translation);
    let marked = |proof: &str| {
        let mark = proof.split("<mark").nth(1).and_then(|mark| mark.split_once('>'));
        mark.and_then(|(_, words)| Some(words.split_once('<')?.0.to_owned()))
    };
    let words: Vec<Vec<Option<String>>> = blocks
        .iter()
        .map(|block| block.iter().map(|proof| marked(proof)).collect())
        .collect();
    let expected = ["La fanfare a joué", "The band played", "deux heures"].map(|words| Some(words.to_owned()));
    assert_eq!(words, [expected.to_vec()], "the pair and what the note quotes");
}

/// The blocks of proofs of a page, each as a list of what it says of one quotation.
fn proofs(page: &str) -> Vec<Vec<&str>> {
    let blocks = page.split("<details class=\"proof proofs\">").skip(1);
    let inside = blocks.map(|block| block.split("</ol>").next().expect("a list"));
    inside.map(|block| block.split("<li>").skip(1).collect()).collect()
}

/// What stands behind one piece of markup and before the next tag.
fn behind<'a>(text: &'a str, markup: &str) -> &'a str {
    let from = text.find(markup).unwrap_or_else(|| panic!("{markup} in {text}")) + markup.len();
    text[from..].split('<').next().unwrap_or_default()
}

/// Contract §3: source, hash, passage, places, surroundings, and the way to the words in the original.
#[track_caller]
fn is_proven(proof: &str, words: &str, line: usize) {
    assert_eq!(behind(proof, "<mark>"), words);
    assert!(proof.contains(&format!("sources/pont/#p{line}\">")), "{proof}");
    let hash: String = Sha256::digest(SEED.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert!(
        proof.contains(&hash) && proof.contains("<code>pont.txt</code>"),
        "{proof}"
    );
    let place = proof
        .split("<code>")
        .skip(1)
        .find_map(|code| code.split('<').next()?.split_once('–'))
        .expect("a place");
    let (start, end): (usize, usize) = (place.0.parse().expect("a number"), place.1.parse().expect("a number"));
    let seed: Vec<char> = SEED.chars().collect();
    let slice = |from: usize, to: usize| seed[from..to].iter().collect::<String>();
    assert_eq!(slice(start, end), words);
    for around in [
        slice(start.saturating_sub(32), start),
        slice(end, (end + 32).min(seed.len())),
    ] {
        assert!(proof.contains(&format!("<dd>{around}</dd>")), "{around:?}: {proof}");
    }
    assert!(
        proof.contains("href=\"https://journal.example/pont#:~:text="),
        "{proof}"
    );
    assert!(proof.contains("href=\"https://archive.example/pont\""), "{proof}");
    assert!(
        behind(proof, "<pre translate=\"no\">").contains("TextPositionSelector"),
        "{proof}"
    );
}

#[test]
fn words_quoted_in_a_sentence_are_proven_where_they_are_shown() {
    let files = site(QUOTING);
    for (path, quoted) in [
        ("recit/index.html", &[("le pont lundi", 2), ("La fanfare", 5)][..]),
        ("glossary/lampe/index.html", &[("Le maire est resté", 4)]),
        ("timeline/index.html", &[("Les écoles étaient fermées", 6)]),
        ("index.html", &[("Un bateau a sonné.", 7)]),
        ("sources/pont/index.html", &[("Rien de plus", 8)]),
    ] {
        let blocks = proofs(page(&files, path));
        assert_eq!(blocks.len(), 1, "{path}");
        assert_eq!(blocks[0].len(), quoted.len(), "{path}");
        for (proof, (words, line)) in blocks[0].iter().zip(quoted) {
            is_proven(proof, words, *line);
        }
    }
    // It is closed, and says what it is.
    assert!(page(&files, "recit/index.html").contains("<summary>Preuves des mots cités dans le texte</summary>"));
    let english = page(&files, "en/recit/index.html");
    assert!(english.contains("<summary>Proofs of the words quoted in the text</summary>"));
    assert!(english.contains("<mark lang=\"fr\">le pont lundi</mark>"), "{english}");
}

#[test]
fn a_claim_proves_both_its_clippings_and_the_words_in_its_text() {
    let claim = format!("{CLAIM}\nLe journal ajoute : « Le maire [en personne] chez lui » [@pont:4].\n");
    let files = site(&[("content/claims/cout.md", &claim)]);
    let claim = page(&files, "claims/cout/index.html");
    assert_eq!(claim.matches("<details class=\"proof\">").count(), 1);
    let blocks = proofs(claim);
    assert_eq!((blocks.len(), blocks[0].len()), (1, 1));
    assert!(behind(blocks[0][0], "<mark>").contains("Le maire [en personne] chez lui"));
}

/// Nothing is said where nothing is quoted; and the printed glossary leads to the pages that have the proofs.
#[test]
fn no_proofs_where_none_are_due() {
    let files = site(QUOTING);
    for path in [
        "glossary/print/index.html",
        "claims/cout/index.html",
        "glossary/index.html",
    ] {
        assert_eq!(proofs(page(&files, path)), Vec::<Vec<&str>>::new(), "{path}");
    }
}
