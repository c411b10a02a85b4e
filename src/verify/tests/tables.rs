//! One source, one quotation, and what must come of it.

use super::*;

fn seed(text: &str) -> Seed {
    Seed::new(&"seeds/a.txt".into(), text, false, None)
}

/// `found PASSAGES: PARTS`, `ambiguous PASSAGES` or `not found`; `~` where the typography differs.
fn told(outcome: &Outcome, seed: &Seed) -> String {
    let line = |at: usize| seed.passages[at].line.to_string();
    match outcome {
        Outcome::NotFound => "not found".to_owned(),
        Outcome::Ambiguous(passages) => {
            let lines: Vec<String> = passages.iter().map(|at| line(*at)).collect();
            format!("ambiguous {}", lines.join(" "))
        }
        Outcome::Found(verified) => {
            proof_holds(verified, seed);
            let lines: Vec<String> = verified
                .paragraphs()
                .iter()
                .map(|paragraph| line(paragraph.passage))
                .collect();
            let parts: Vec<&str> = verified.parts().map(|part| &seed.text[part.span.clone()]).collect();
            let style = if verified.typography_differs() { "~" } else { "" };
            format!("found{style} {}: {}", lines.join(" "), parts.join(" | "))
        }
    }
}

#[track_caller]
fn check(text: &str, quoted: &str, expected: &str) {
    let seed = seed(text);
    let paragraphs: Vec<String> = quoted.split("\n\n").map(str::to_owned).collect();
    let outcome = verify(&quotation(&block(&paragraphs)), &seed, None);
    assert_eq!(told(&outcome, &seed), expected, "{quoted:?} in {text:?}");
}

#[test]
fn what_is_folded_silently() {
    for (text, quoted) in [
        ("l’été déjà", "l'e\u{301}te\u{301} de\u{301}ja\u{300}"),
        ("l'e\u{301}te\u{301} vient", "l’été vient"),
        ("a\u{a0}b\u{202f}c  d\te", "a b c d e"),
        ("co\u{ad}opé\u{200b}ra\u{200d}tion", "coopération"),
        ("\u{feff}Au début", "Au début"),
        ("l' ’ ʼ ‘", "l‘ ʼ ' ’"),
        ("et… puis...", "et... puis…"),
        ("ligne\r", "ligne"),
    ] {
        let seed = seed(text);
        let verified = found(verify(&quotation(&block(&[quoted.to_owned()])), &seed, None)).expect(text);
        assert!(!verified.typography_differs(), "{quoted:?} in {text:?}");
        proof_holds(&verified, &seed);
    }
}

#[test]
fn what_is_folded_with_a_note() {
    for (text, quoted) in [
        ("il dit « oui » puis", "il dit “oui” puis"),
        ("il dit “oui” puis", "il dit « oui » puis"),
        ("il dit «oui» puis", "il dit «\u{202f}oui\u{202f}» puis"),
        ("il dit „oui“ puis", "il dit \"oui\" puis"),
        ("open-source", "open\u{2011}source"),
        ("un – deux", "un — deux"),
        ("« oui », dit-il", "\"oui\", dit-il"),
        ("« oui », dit-il", "\" oui \", dit-il"),
        ("\" oui \", dit-il", "« oui », dit-il"),
        ("\" oui \".", "“oui”."),
        ("Er sagt »ja« und geht", "Er sagt « ja » und geht"),
        ("Il dit « oui » et part", "Il dit »oui« et part"),
    ] {
        let seed = seed(text);
        let outcome = verify(&quotation(&block(&[quoted.to_owned()])), &seed, None);
        let told = told(&outcome, &seed);
        assert!(told.starts_with("found~"), "{told}: {quoted:?} in {text:?}");
    }
}

/// Straight marks have no side of their own: a space before a closing one is a space inside all the same.
#[test]
fn spaces_inside_straight_marks_are_inside_whatever_follows() {
    for (text, quoted) in [
        ("“oui”, dit-il", "\" oui \", dit-il"),
        ("«oui».", "\" oui \"."),
        ("\"oui\", dit-il", "\" oui \", dit-il"),
        ("(\"oui\") dit-il", "(\" oui \") dit-il"),
        ("Il dit \"oui\" et non", "oui \" et non"),
        ("Il dit \" oui \" et non", "oui\" et"),
        ("Il dit \"oui\" et \"non\".", "et \" non\"."),
        ("\" oui \" et \" non \"", "oui\" et \"non"),
        ("Er sagt „ja“ und geht", "ja “ und geht"),
    ] {
        let seed = seed(text);
        let outcome = verify(&quotation(&block(&[quoted.to_owned()])), &seed, None);
        let told = told(&outcome, &seed);
        assert!(told.starts_with("found~"), "{told}: {quoted:?} in {text:?}");
    }
}

#[test]
fn what_is_never_folded() {
    for (text, quoted) in [
        ("le 2 mars", "le ² mars"),
        ("la ﬁn du jour", "la fin du jour"),
        ("Elon Musk", "elon Musk"),
        ("déjà vu", "deja vu"),
        ("il a dit", "il à dit"),
        ("en 2023 oui", "en 2024 oui"),
        ("oui, non", "oui non"),
        ("oui ; non", "oui : non"),
        ("Quoi ?", "Quoi?"),
        ("mot « oui » puis", "mot« oui » puis"),
        ("mot « oui » puis", "mot « oui »puis"),
        ("Il dit \"oui\" et non", "Il dit\"oui\"et non"),
        ("Il dit \"oui\" et non", "Il dit\"oui\" et non"),
        ("Il dit \"oui\" et non", "Il dit \"oui\"et non"),
        ("Il dit\"oui\"et non", "Il dit \"oui\" et non"),
        ("Il dit “oui” et non", "Il dit\"oui\" et non"),
        ("Il dit “oui” et non", "Il dit“oui” et non"),
        ("Er sagt „ja“ und geht", "Er sagt „ja“und geht"),
        ("open source", "open-source"),
        ("l'été", "lété"),
        ("cœur", "coeur"),
        ("un mot", "unmot"),
        ("dix mots", "dix mot"),
        ("105 millions", "5 millions"),
        ("3,5 millions", "5 millions"),
        ("3,5 millions", "3"),
        ("Ils can’t do it", "Ils can"),
        ("Un mot... Suite.", "Un mot."),
        ("Un mot… Suite.", "Un mot."),
        ("Un mot... Suite.", "Un mot.."),
        ("soit 10 000 euros", "000 euros"),
        ("Selon « Le Monde » Musk part.", "« Musk part."),
        ("Il dit fin „Moscou“ ici.", "dit fin”"),
        ("Il dit fin \"Moscou\" ici.", "dit fin”"),
    ] {
        check(text, quoted, "not found");
    }
}

/// Where a script sets no spaces, nothing tells where a word ends; and a figure of a name is no part of the number behind it.
#[test]
fn what_may_be_cut() {
    for (text, quoted) in [
        ("人工智能正在改变世界。", "正在改变世界"),
        ("人工智能AI在改变世界。", "AI"),
        ("これは日本語の文章です。", "日本語の文章"),
        ("มันง่ายมากเลย", "ง่ายมาก"),
        ("Le modèle GPT-3 175 milliards", "175 milliards"),
        ("Le modèle GPT-3 175 milliards", "Le modèle GPT-3"),
        ("Un mot…. Suite.", "Un mot…"),
        ("Un mot.... Suite.", "Un mot…"),
    ] {
        let seed = seed(text);
        let outcome = verify(&quotation(&block(&[quoted.to_owned()])), &seed, None);
        let told = told(&outcome, &seed);
        assert!(told.starts_with("found 1"), "{told}: {quoted:?} in {text:?}");
    }
}

/// Characters whose NFC form is another single character stand for it, and belong to no neighbour.
#[test]
fn singletons_of_nfc_are_characters_of_their_own() {
    check(
        "une valeur de 5 \u{2126} environ",
        "\u{3a9} environ",
        "found 1: \u{2126} environ",
    );
    check("une valeur de 5 \u{2126} environ", "de 5", "found 1: de 5");
    check("un mot\u{2000}puis un autre", "un mot", "found 1: un mot");
    check("un mot\u{2000}puis un autre", "puis un autre", "found 1: puis un autre");
}

#[test]
fn places_and_passages() {
    let text = "un deux trois\n\nun deux quatre\ncinq six\nsept\nun deux trois\n";
    for (quoted, expected) in [
        ("deux quatre", "found 3: deux quatre"),
        ("un deux", "ambiguous 1 3 6"),
        ("deux trois", "ambiguous 1 6"),
        ("quatre\n\ncinq six", "found 3 4: quatre | cinq six"),
        ("quatre\n\nsept", "not found"),
        ("quatre\n\n[…]\n\nsept", "found 3 5: quatre | sept"),
        ("quatre\n\n[...]\n\nun deux trois", "found 3 6: quatre | un deux trois"),
        ("sept\n\nun deux", "found 5 6: sept | un deux"),
        ("cinq six\n\n[…]\n\nquatre", "not found"),
        ("six\n\ncinq", "not found"),
        ("un\n\ndeux", "found 1 3: un | deux"),
        ("un […] quatre", "found 3: un | quatre"),
        ("quatre […] un", "not found"),
        ("trois […] un", "not found"),
        ("un [2] quatre", "found 3: un | quatre"),
        ("[…] six", "found 4: six"),
        ("cinq […]", "found 4: cinq"),
        ("[Alors] cinq", "found 4: cinq"),
    ] {
        check(text, quoted, expected);
    }
    let seed = seed(text);
    let quoted = quotation(&block(&["un deux".to_owned()]));
    assert_eq!(
        told(&verify(&quoted, &seed, seed.passage(6)), &seed),
        "found 6: un deux"
    );
    assert_eq!(told(&verify(&quoted, &seed, seed.passage(4)), &seed), "not found");
    assert_eq!(seed.passage(2), None, "an empty line is no passage");
}

/// Twice in one passage is one place to send a reader to.
#[test]
fn twice_in_one_passage_is_not_ambiguous() {
    check("oui et oui\nnon", "oui", "found 1: oui");
    check("Il dit \"oui\" puis « oui » ici.", "« oui »", "found 1: « oui »");
    check("GPT-4 ou GPT–4\nnon", "GPT–4", "found 1: GPT–4");
}

/// However often words stand, the places that count are found, and soon.
#[test]
fn very_many_places() {
    let lines = format!("{}mot vraiment special\nfin\n", "mot rempli ici\n".repeat(1500));
    check(
        &lines,
        "mot rempli ici\n\nmot vraiment special",
        "found 1500 1501: mot rempli ici | mot vraiment special",
    );
    let line = format!("{}mot vraiment special", "mot rempli ".repeat(1500));
    check(&line, "mot [très] special", "found 1: mot | special");
    check(&line, "mot […] special", "found 1: mot | special");
    let started = std::time::Instant::now();
    let equal = seed(&"a b c\n".repeat(5000));
    let paragraphs: Vec<String> = (0..50)
        .map(|at| if at == 3 { "b [x] c" } else { "a b" }.to_owned())
        .collect();
    match verify(&quotation(&block(&paragraphs)), &equal, None) {
        Outcome::Ambiguous(passages) => assert_eq!(passages.len(), 4951),
        other => panic!("{other:?}"),
    }
    let signs = seed(&format!("a{}", "!".repeat(100_000)));
    assert_ne!(
        verify(&quotation(&block(&["a [x] !".to_owned()])), &signs, None),
        Outcome::NotFound
    );
    let taken = started.elapsed();
    assert!(taken.as_secs() < 20, "{taken:?}");
}

/// A paragraph behind left-out passages stands where the paragraphs after it can follow, not only where it stands first.
#[test]
fn a_gap_of_passages_looks_further_than_the_first_fit() {
    let text = "début\nmilieu\nautre\nmilieu\nfin\n";
    check(
        text,
        "début\n\n[…]\n\nmilieu\n\nfin",
        "found 1 4 5: début | milieu | fin",
    );
}

#[test]
fn an_insertion_counts_words() {
    let nine = "un deux trois quatre cinq six sept huit neuf";
    let eight = "un deux trois quatre cinq six sept huit";
    check(&format!("a {eight} z"), "a [b] z", "found 1: a | z");
    check(&format!("a {nine} z"), "a [b] z", "not found");
    check("a z", "a [b] z", "found 1: a | z");
    check("La France", "[l]a France", "found 1: a France");
    check("Ils mangeaient bien", "Ils mange[nt] bien", "found 1: Ils mange | bien");
    // Each bracket has eight words of its own.
    check(&format!("a {eight} m {eight} z"), "a [b] m [c] z", "found 1: a | m | z");
    // A place further on may be the right one.
    check(&format!("a {nine} a deux z"), "a [b] z", "found 1: a | z");
}

/// Signs between spaces are no words, and words between quotation marks are as many as they are.
#[test]
fn signs_are_no_words() {
    let spaced = "un deux : trois quatre – cinq six ; sept huit";
    check(&format!("a {spaced} z"), "a [b] z", "found 1: a | z");
    let quoted = "« un » « deux » « trois » « quatre » « cinq » « six » « sept » « huit » « neuf »";
    check(&format!("a {quoted} z"), "a [b] z", "not found");
    check(
        "a un « deux trois » quatre « cinq six » sept « huit » neuf « dix » z",
        "a [b] z",
        "not found",
    );
}

#[test]
fn a_wrapped_seed_is_cut_at_empty_lines() {
    let text = "Le début\r\nd’une phrase\r\n\r\nla suite\r\nest ici\r\n";
    let seed = Seed::new(&"seeds/a.txt".into(), text, true, None);
    let lines: Vec<usize> = seed.passages.iter().map(|passage| passage.line).collect();
    assert_eq!(lines, [1, 4]);
    for (quoted, expected) in [
        ("début d'une phrase", "found 1: début\r\nd’une phrase"),
        ("phrase la suite", "not found"),
        ("phrase\n\nla suite", "found 1 4: phrase | la suite"),
        ("Le […] suite", "not found"),
    ] {
        let paragraphs: Vec<String> = quoted.split("\n\n").map(str::to_owned).collect();
        let outcome = verify(&quotation(&block(&paragraphs)), &seed, None);
        assert_eq!(told(&outcome, &seed), expected);
    }
}

#[test]
fn apparatus_may_be_quoted_and_is_marked() {
    let seed = Seed::new(
        &"seeds/a.txt".into(),
        "menu\nl’article\npied de page",
        false,
        Some(&[2..=2]),
    );
    for (words, in_body) in [
        ("l'article", true),
        ("pied de page", false),
        ("l'article\n\npied de page", false),
    ] {
        let paragraphs: Vec<String> = words.split("\n\n").map(str::to_owned).collect();
        let verified = found(verify(&quotation(&block(&paragraphs)), &seed, None)).expect(words);
        assert_eq!(verified.in_body(&seed), in_body, "{words}");
    }
}

/// Brackets of the source itself are text when escaped, and whole when the whole stands there.
#[test]
fn brackets_of_the_source() {
    check(
        "il dit [sic] cela",
        "il dit \\[sic\\] cela",
        "found 1: il dit [sic] cela",
    );
    check("il dit [sic] cela", "dit [sic] cela", "found 1: dit [sic] cela");
    check("il dit cela", "il dit \\[sic\\] cela", "not found");
    check("avant […] après", "avant […] après", "found 1: avant […] après");
}

#[test]
fn emphasis_links_and_notes_are_no_text() {
    check(
        "un mot fort ici",
        "un **mot** [fort](https://example.org/) ici[^note]",
        "found 1: un mot fort ici",
    );
    check("AT&T et R&D", "AT&amp;T et R&D", "found 1: AT&T et R&D");
    check("un mot", "un&nbsp;mot", "found 1: un mot");
}

#[test]
fn an_ellipsis_that_hides_a_limit_is_seen() {
    for (passage, left_out, word) in [
        (
            "Le modèle sera libre, sauf en Europe, dès lundi.",
            "sauf en Europe, ",
            Some("sauf"),
        ),
        ("Il ne dit pas cela ici.", "ne dit pas ", Some("ne")),
        ("It is only partly open.", "only partly ", Some("only")),
        ("They will, however, not do it.", "however, not ", Some("however")),
        ("It works unless it rains here.", "unless it rains ", Some("unless")),
        ("C’est seulement un essai.", "seulement ", Some("seulement")),
        ("Only five came.", "Only ", Some("only")),
        ("A note was knotted.", "note was ", None),
        ("Un. Pas cela. Deux.", "Pas cela. ", None),
    ] {
        let start = passage.find(left_out).expect(left_out);
        let dropped = drops_limiter(passage, start..start + left_out.len());
        assert_eq!(dropped.as_deref(), word, "{passage}");
    }
}
