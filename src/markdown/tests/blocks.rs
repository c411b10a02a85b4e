//! Quoted blocks.

use super::*;

#[test]
fn attributions() {
    for (attribution, expected) in [
        ("— [@a] states", "states a"),
        ("— [@a]", "states a"),
        ("—[@a]", "states a"),
        ("– [@a] supports", "supports a"),
        ("-- [@a] contradicts", "contradicts a"),
        ("— [@a:14] context", "context a:14"),
        ("— [@rfi-grok-2:3]\ncontext", "context rfi-grok-2:3"),
        ("*— [@a] context*", "context a"),
    ] {
        let markdown = format!("> words\n>\n> {}\n", attribution.replace('\n', "\n> "));
        check(&markdown, &[&format!("{expected} | ⟨words⟩")]);
        assert_eq!(codes(&markdown), [], "{markdown}");
    }
}

#[test]
fn attributions_with_faults_say_where() {
    for (attribution, place) in [
        ("— [@a] suports", "suports"),
        ("— [@a] States", "States"),
        ("— [@a] states it", "it"),
        ("— John Doe [@a]", "John Doe"),
        ("— [@a], [@b]", "[@a],"),
    ] {
        let markdown = format!("> words\n>\n> {attribution}\n");
        assert_eq!(codes(&markdown), [(Code::BadValue, place.to_owned())], "{markdown}");
        assert_eq!(quotations(&markdown).len(), 1, "still a quotation: {markdown}");
    }
    let empty = "> — [@a] states\n";
    assert_eq!(
        codes(empty).iter().map(|(code, _)| *code).collect::<Vec<_>>(),
        [Code::BadValue]
    );
    check(empty, &[]);
}

#[test]
fn an_attribution_may_be_the_last_line_of_the_words() {
    check(
        "> words\n> and more\n> — [@a] supports\n",
        &["supports a | ⟨words⏎and more⟩"],
    );
    check("> words\n— [@a]\n", &["states a | ⟨words⟩"]);
    check("> words  \n> — [@a:3]\n", &["states a:3 | ⟨words⟩"]);
}

#[test]
fn a_translation_right_above_its_attribution_is_a_translation() {
    check("> mots\n>\n> *words*\n> — [@a]\n", &["states a | ⟨mots⟩ = words"]);
}

#[test]
fn a_paragraph_emphasised_as_a_whole_is_the_translation() {
    for (markdown, expected) in [
        ("> mots\n>\n> *words*\n>\n> — [@a]\n", "states a | ⟨mots⟩ = words"),
        (
            "> mots\n>\n> _words\n> and more_\n>\n> — [@a]\n",
            "states a | ⟨mots⟩ = words and more",
        ),
        (
            "> mots\n>\n> *words with **weight***\n>\n> — [@a]\n",
            "states a | ⟨mots⟩ = words with weight",
        ),
        ("> *mots* et *mots*\n>\n> — [@a]\n", "states a | ⟨mots et mots⟩"),
        (
            "> mots\n>\n> *words*[^1]\n>\n> — [@a]\n\n[^1]: Note.\n",
            "states a | ⟨mots⟩ = words",
        ),
        (
            "> mots\n>\n> *words* [^1]\n> — [@a]\n\n[^1]: Note.\n",
            "states a | ⟨mots⟩ = words",
        ),
        ("> *mots*.\n>\n> — [@a]\n", "states a | ⟨mots.⟩"),
        ("> **mots**\n>\n> — [@a]\n", "states a | ⟨mots⟩"),
        (
            "> un\n>\n> *one*\n>\n> deux\n>\n> *two*\n>\n> — [@a]\n",
            "states a | ⟨un⟩ | ⟨deux⟩ = one⏎two",
        ),
    ] {
        check(markdown, &[expected]);
    }
}

#[test]
fn gaps_and_insertions() {
    for (words, expected) in [
        ("un […] deux", "⟨un⟩ ⟨deux⟩"),
        ("un [...] deux", "⟨un⟩ ⟨deux⟩"),
        ("un [ … ] deux", "⟨un⟩ ⟨deux⟩"),
        ("un [*…*] deux", "⟨un⟩ ⟨deux⟩"),
        ("un [mot] deux", "⟨un⟩ (mot) ⟨deux⟩"),
        ("[l]a France", "(l) ⟨a France⟩"),
        ("mange[nt] bien", "⟨mange⟩ (nt) ⟨bien⟩"),
        ("un [a] […] deux", "⟨un⟩ ⟨deux⟩"),
        ("[…] deux", "⟨deux⟩"),
        ("un […]", "⟨un⟩"),
        ("un \\[sic\\] deux", "⟨un [sic] deux⟩"),
        ("un \\[…\\] deux", "⟨un […] deux⟩"),
        ("un … deux", "⟨un … deux⟩"),
        ("un [lien](https://example.org/) deux", "⟨un lien deux⟩"),
        ("un **fort** `code` ~~biffé~~", "⟨un fort code biffé⟩"),
    ] {
        check(
            &format!("> {words}\n>\n> — [@a]\n"),
            &[&format!("states a | {expected}")],
        );
    }
    check(
        "> un\n>\n> […]\n>\n> deux\n>\n> — [@a]\n",
        &["states a | ⟨un⟩ | […] | ⟨deux⟩"],
    );
    check(
        "> un\n>\n> [...]\n>\n> deux\n>\n> — [@a]\n",
        &["states a | ⟨un⟩ | […] | ⟨deux⟩"],
    );
}

/// A backslash that is itself escaped escapes nothing.
#[test]
fn an_escaped_backslash_escapes_no_bracket() {
    check("> un \\\\[…] deux\n>\n> — [@a]\n", &["states a | ⟨un \\⟩ ⟨deux⟩"]);
    assert_eq!(body("See \\\\[@a].\n").citations.len(), 1);
    assert_eq!(body("See \\[@a].\n").citations.len(), 0);
}

#[test]
fn blocks_in_lists_and_in_blocks() {
    check(
        "- item\n\n  > words\n  >\n  > — [@a:2] context\n\n- > more\n  >\n  > — [@b]\n",
        &["context a:2 | ⟨words⟩", "states b | ⟨more⟩"],
    );
    check(
        "1. one\n   > words\n   > of it\n   >\n   > — [@a]\n",
        &["states a | ⟨words⏎of it⟩"],
    );
    check(
        "> > inner\n> >\n> > — [@a]\n>\n> outer\n>\n> — [@b] supports\n",
        &["supports b | ⟨outer⟩", "states a | ⟨inner⟩"],
    );
    check(
        "> An introduction.\n>\n> > inner\n> >\n> > — [@a]\n",
        &["states a | ⟨inner⟩"],
    );
    // The paragraphs of an uncited block within are words of the source.
    check(
        "> before\n>\n> > cited letter\n>\n> — [@a]\n",
        &["states a | ⟨before⟩ | ⟨cited letter⟩"],
    );
    // So are the items of a list.
    check("> - un\n> - deux\n>\n> — [@a]\n", &["states a | ⟨un⟩ | ⟨deux⟩"]);
    check(
        "[^n]: A note:\n\n    > words\n    >\n    > — [@a]\n\nSee[^n].\n",
        &["states a | ⟨words⟩"],
    );
}

#[test]
fn citations_leave_no_gap_in_plain_text() {
    let body = body("Meta, once Facebook [@a], tells it [@b:2] all [@a].\n\n[@a] ends.\n");
    assert_eq!(body.plain_text(), "Meta, once Facebook, tells it all. ends.");
    assert_eq!(body.blocks(), ["Meta, once Facebook, tells it all.", "ends."]);
}

#[test]
fn blocks_without_attribution_are_told() {
    for (markdown, uncited) in [
        ("> words\n", &["> words"][..]),
        ("> words\n>\n> — someone\n", &["> words\n>\n> — someone"]),
        ("> words\n>\n> — [@a]\n", &[]),
        ("> He says “words” [@a].\n", &["> He says “words” [@a]."]),
        ("- > words\n", &["> words"]),
        ("> outer\n>\n> > inner\n> >\n> > — [@a]\n", &[]),
        ("`> words`\n", &[]),
        ("    > words\n", &[]),
    ] {
        let body = body(markdown);
        let places: Vec<&str> = body.uncited.iter().map(|span| &markdown[span.clone()]).collect();
        assert_eq!(places, uncited, "{markdown}");
    }
}

#[test]
fn entities_and_escapes_have_right_places() {
    let markdown = "> AT&amp;T a d&eacute;cid&eacute; \\*tout\\* &hellip; R&amp;D **et** fin\n>\n> — [@a]\n";
    let body = body(markdown);
    let Paragraph::Words { text, runs, segments } = &body.quotations[0].paragraphs[0] else {
        panic!("words expected");
    };
    assert_eq!(text, "AT&T a décidé *tout* … R&D et fin");
    assert_eq!(segments.len(), 1);
    for (word, written) in [
        ("AT", "AT"),
        ("T a d", "T a d"),
        ("cid", "cid"),
        ("tout", "tout"),
        ("D", "D"),
        ("et", "et"),
        ("fin", "fin"),
    ] {
        let start = text.find(word).expect(word);
        assert_eq!(
            &markdown[in_file(text, runs, &(start..start + word.len()))],
            written,
            "{word}"
        );
    }
    let span = &markdown[body.quotations[0].span.clone()];
    assert_eq!(
        span,
        "AT&amp;T a d&eacute;cid&eacute; \\*tout\\* &hellip; R&amp;D **et** fin"
    );
}

/// A place that ends with an entity holds all of it.
#[test]
fn places_do_not_end_inside_an_entity() {
    for (markdown, words, written) in [
        ("> un AT&amp;\n>\n> — [@a]\n", "AT&", "AT&amp;"),
        ("> un d&eacute;\n>\n> — [@a]\n", "dé", "d&eacute;"),
        ("> &laquo;mot&raquo;\n>\n> — [@a]\n", "«mot»", "&laquo;mot&raquo;"),
    ] {
        let body = body(markdown);
        let Paragraph::Words { text, runs, .. } = &body.quotations[0].paragraphs[0] else {
            panic!("words expected");
        };
        let start = text.find(words).expect(words);
        let place = in_file(text, runs, &(start..start + words.len()));
        assert_eq!(&markdown[place], written);
        assert!(
            markdown[body.quotations[0].span.clone()].ends_with(written),
            "{markdown}"
        );
    }
}

#[test]
fn crlf_changes_nothing() {
    for markdown in [
        "> un\n> deux\n>\n> *one*\n>\n> — [@a:3] context\n\nIl dit « oui » [@b].\n",
        "# Titre\n\n- > un\n  >\n  > — [@a]\n",
    ] {
        let windows = markdown.replace('\n', "\r\n");
        assert_eq!(quotations(&windows), quotations(markdown));
        let read = body(&windows);
        for citation in &read.citations {
            let written = &windows[citation.span.clone()];
            assert!(written.starts_with("[@") && written.ends_with(']'), "{written}");
        }
    }
}
