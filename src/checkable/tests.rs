use std::path::Path;

use super::*;
use crate::source::Lines;

fn seed(text: &str, body: Option<&[Lines]>) -> Seed {
    Seed::new(&"seeds/a.txt".into(), text, false, body)
}

/// The signs of the first sentence of a text, whose other sentences may make its names known.
#[track_caller]
fn check(lang: &str, text: &str, expected: &[Sign]) {
    let found = of_seed(&seed(text, None), &Lang::new(lang));
    assert_eq!(found[0].signs, expected, "{text}");
}

#[test]
fn signs_in_french() {
    use Sign::*;
    for (text, expected) in [
        ("« Nous suivrons cela attentivement », dit-on.", &[Quotation][..]),
        ("Il a parlé de « trahison ».", &[]),
        ("La société vaut 13 milliards de dollars.", &[Money, Figure]),
        ("Selon la mairie, le pont tient.", &[Attribution]),
        ("On se dit que le pont tient.", &[]),
        ("Le pont a cinq piles.", &[Figure]),
        ("Il date du 1er mars 2024.", &[Figure, Date]),
        ("Il a ouvert lundi.", &[Date]),
        ("Le modèle G42 plaît.", &[]),
        ("C’est la plus longue passerelle du pays.", &[Superlative]),
        ("Le prix monte de plus en plus.", &[]),
        ("Le conseil d’Aldmoor a voté. Aldmoor dort.", &[Actor]),
        ("Aldmoor et Wick dorment bien. Voici Aldmoor.", &[Names]),
        ("Une pile est un appui qui porte un pont.", &[Definition]),
        ("La question demeure.", &[]),
        ("Petite levée de boucliers", &[]),
    ] {
        check("fr", text, expected);
    }
}

#[test]
fn signs_in_english() {
    use Sign::*;
    for (text, expected) in [
        ("“Nobody was surprised,” he felt.", &[Quotation][..]),
        ("The bridge cost £3.1 million.", &[Money, Figure]),
        ("According to the council, it holds.", &[Attribution]),
        ("It opened last week.", &[Date]),
        ("It is the longest in the county.", &[Superlative]),
        ("The most expensive pier is here.", &[Superlative]),
        ("Finch opened the bridge. Ask Finch.", &[Actor]),
        ("The billionaire sued the town of Wick, which has answered.", &[Actor]),
        ("A pier is a support that carries a bridge.", &[Definition]),
        ("Progress is slow.", &[]),
    ] {
        check("en", text, expected);
    }
}

#[test]
fn questions_and_possibilities_count_less() {
    let points = |text: &str| of_seed(&seed(text, None), &Lang::new("en"))[0].points;
    assert_eq!(points("The bridge has five piers."), 2);
    assert_eq!(points("Has the bridge five piers?"), 0);
    assert_eq!(points("The bridge may have five piers."), 1);
}

#[test]
fn a_quotation_may_go_on_over_sentences() {
    let text = "« Nous suivrons cela. Il y a peu, ce n’était pas là », nous a indiqué le maire.";
    let found = of_seed(&seed(text, None), &Lang::new("fr"));
    assert!(
        found.iter().all(|sentence| sentence.signs.contains(&Sign::Quotation)),
        "{found:?}"
    );
}

#[test]
fn only_the_article_counts_and_places_are_exact() {
    let text = "Menu 2024\n\n Un.  Il y en a 12.\n";
    let found = of_seed(&seed(text, Some(&[3..=3])), &Lang::new("fr"));
    let found: Vec<(usize, &str, bool)> = found
        .iter()
        .map(|sentence| (sentence.passage, &text[sentence.span.clone()], sentence.is_checkable()))
        .collect();
    assert_eq!(found, [(1, "Un.", false), (1, "Il y en a 12.", true)]);
}

/// How well the rules do on the sentences of the five articles, labelled by hand.
#[test]
fn the_labelled_sentences() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect(path);
    let labels = read("tests/coverage/labels.tsv");
    let mut rows: Vec<(&str, usize, usize, bool, &str)> = Vec::new();
    for line in labels.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, passage, number, label, words] = cells[..] else {
            panic!("five cells in `{line}`")
        };
        rows.push((
            file,
            passage.parse().expect("a number"),
            number.parse().expect("a number"),
            label == "1",
            words,
        ));
    }
    assert!(rows.len() >= 100, "enough to measure by");
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for file in rows.iter().map(|row| row.0).collect::<std::collections::BTreeSet<_>>() {
        let of_file: Vec<_> = rows.iter().filter(|row| row.0 == file).collect();
        let body: Vec<Lines> = of_file.iter().map(|row| row.1..=row.1).collect();
        let text = read(&format!("seeds/{file}"));
        let seed = seed(&text, Some(&body));
        let lang = if file.starts_with("001") { "en" } else { "fr" };
        let sentences = of_seed(&seed, &Lang::new(lang));
        assert_eq!(sentences.len(), of_file.len(), "every sentence of {file} has a label");
        for (sentence, (_, passage, number, label, words)) in sentences.iter().zip(of_file) {
            let line = seed.passages[sentence.passage].line;
            let text = &text[sentence.span.clone()];
            assert_eq!(
                (
                    line,
                    text.split_whitespace().take(4).collect::<Vec<_>>().join(" ").as_str()
                ),
                (*passage, *words),
                "{number}"
            );
            match (sentence.is_checkable(), label) {
                (true, true) => right += 1,
                (true, false) => wrong += 1,
                (false, true) => missed += 1,
                (false, false) => {}
            }
            if sentence.is_checkable() != *label {
                println!(
                    "{file}:{passage}.{number} {:?} {} {text}",
                    sentence.signs, sentence.points
                );
            }
        }
    }
    let precision = f64::from(right) / f64::from(right + wrong);
    let recall = f64::from(right) / f64::from(right + missed);
    println!(
        "precision {precision:.3}, recall {recall:.3} on {} sentences",
        rows.len()
    );
    assert!(
        precision >= 0.8 && recall >= 0.8,
        "precision {precision:.3}, recall {recall:.3}"
    );
}
