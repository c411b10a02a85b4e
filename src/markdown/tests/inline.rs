//! Inline quotations and citations.

use super::*;

#[test]
fn quoted_words_before_a_citation() {
    for (markdown, expected) in [
        ("Il dit « oui » [@a].", "⟨oui⟩"),
        ("Il dit «\u{202f}oui\u{202f}»\u{a0}[@a].", "⟨oui⟩"),
        ("Il dit «oui»[@a].", "⟨oui⟩"),
        ("He says “yes” [@a].", "⟨yes⟩"),
        ("Er sagt „ja“ [@a].", "⟨ja⟩"),
        ("Er sagt „ja” [@a].", "⟨ja⟩"),
        ("He says \"yes\" [@a].", "⟨yes⟩"),
        ("He says \"no\", then \"yes\" [@a].", "⟨yes⟩"),
        ("Il dit « a « b » c » [@a].", "⟨a « b » c⟩"),
        ("Il dit « a “b” c » [@a].", "⟨a “b” c⟩"),
        ("He says “a “b” c” [@a].", "⟨a “b” c⟩"),
        ("He says “a \"b\" c” [@a].", "⟨a \"b\" c⟩"),
        ("Il dit « *oui* mais » [@a].", "⟨oui mais⟩"),
        ("Il dit *« oui »* [@a].", "⟨oui⟩"),
        ("Il dit « a […] b » [@a].", "⟨a⟩ ⟨b⟩"),
        ("Il dit « a [mot] b » [@a].", "⟨a⟩ (mot) ⟨b⟩"),
        ("Il dit « oui\nmais »\n[@a].", "⟨oui⏎mais⟩"),
        ("Il dit « oui[^n] » [@a].\n\n[^n]: Note.", "⟨oui⟩"),
        ("Il dit « [oui](https://example.org) » [@a].", "⟨oui⟩"),
        ("Il dit « oui ». [@a]", "⟨oui⟩"),
        ("Il dit « oui », [@a].", "⟨oui⟩"),
        ("Il dit « oui » ([@a]).", "⟨oui⟩"),
        ("Il dit « oui »[^n] ([@a]).\n\n[^n]: Note.", "⟨oui⟩"),
        ("(Il dit « oui ») [@a].", "⟨oui⟩"),
        ("Il dit « oui » — [@a].", "⟨oui⟩"),
        ("Il dit « oui » – [@a].", "⟨oui⟩"),
        ("Il dit « oui »\u{202f}? [@a].", "⟨oui⟩"),
        ("He says “yes”. [@a]", "⟨yes⟩"),
        ("He says “yes” ([@a]).", "⟨yes⟩"),
        ("Er sagt „ja“. [@a]", "⟨ja⟩"),
        ("Er sagt „ja“ – [@a]", "⟨ja⟩"),
        ("He says \"yes\", [@a]", "⟨yes⟩"),
        ("He says \"yes\" ([@a]).", "⟨yes⟩"),
    ] {
        let body = body(markdown);
        let told: Vec<String> = body.quotations.iter().map(|quotation| told(quotation, &body)).collect();
        assert_eq!(told, [format!("context a inline | {expected}")], "{markdown}");
    }
}

#[test]
fn what_is_no_quoted_run() {
    for markdown in [
        "He says yes [@a].",
        "He says “yes” as in [@a].",
        "He says yes” [@a].",
        "« Oui » dit-il [@a].",
        "« Oui ». Il le dit ([@a]).",
        "« Oui » (voir [@a]).",
        "« Oui », 8 [@a].",
        "Yes. ([@a])",
        "L’homme' [@a].",
        "« » [@a]",
    ] {
        check(markdown, &[]);
        assert_eq!(body(markdown).citations.len(), 1, "{markdown}");
    }
}

#[test]
fn several_quotations_in_one_line() {
    check(
        "« Un » [@a:1], “two” [@b] and \"three\" [@c:3] [@d].",
        &[
            "context a:1 inline | ⟨Un⟩",
            "context b inline | ⟨two⟩",
            "context c:3 inline | ⟨three⟩",
        ],
    );
}

#[test]
fn citations_stand_everywhere_but_in_code() {
    for (markdown, expected) in [
        ("See [@a].", &["a"][..]),
        ("## Head [@a]", &["a"]),
        ("| x | y |\n|---|---|\n| « b » [@a] | [@c:2] |", &["a", "c:2"]),
        ("Text[^1].\n\n[^1]: Note [@a].", &["a"]),
        ("- item [@a]\n- item [@b]", &["a", "b"]),
        ("Term\n: Definition [@a]", &["a"]),
        ("**bold [@a]**", &["a"]),
        ("[@a][@b]", &["a", "b"]),
        ("`[@a]`", &[]),
        ("```\n[@a]\n```", &[]),
        ("    [@a]", &[]),
        ("\\[@a]", &[]),
        ("[@]", &[]),
        // What is mistyped is told, and its source counts as cited.
        ("[@a b]", &["a"]),
        ("[see @a:8]", &["a"]),
        ("mail@example.org [x@y]", &[]),
        ("> He says “x” [@a].", &["a"]),
    ] {
        let body = body(markdown);
        let found: Vec<String> = body
            .citations
            .iter()
            .map(|citation| match &citation.passage {
                Some(passage) => format!("{}:{passage}", citation.source),
                None => citation.source.clone(),
            })
            .collect();
        assert_eq!(found, expected, "{markdown}");
        for citation in &body.citations {
            assert_eq!(&markdown[citation.source_span()], citation.source);
            let passage = citation.passage.as_deref();
            assert!(passage.is_none_or(|passage| &markdown[citation.passage_span()] == passage));
        }
    }
}

/// What is meant to cite and does not must not be shown as if nothing were wrong.
#[test]
fn mistyped_citations_are_told() {
    for (written, right) in [
        ("[@a: 8]", "[@a:8]"),
        ("[@a 8]", "[@a:8]"),
        ("[@a :8]", "[@a:8]"),
        ("[@a:8, 9]", "[@a:8] [@a:9]"),
        ("[@a:8, @a:9]", "[@a:8] [@a:9]"),
        ("[@a; @b]", "[@a] [@b]"),
        ("[see @a:8]", "[@a:8]"),
        ("[ @a:8 ]", "[@a:8]"),
        ("[voir\n@a]", "[@a]"),
        ("[@a p. 3]", "[@a:3]"),
        ("[@]", "[@source:8]"),
        ("[@ ]", "[@source:8]"),
        ("[@:8]", "[@source:8]"),
        ("[@a", "[@a]"),
        ("[@a:8", "[@a:8]"),
    ] {
        let markdown = format!("Il dit « oui » {written}\n");
        let read = read_in("en", &markdown);
        assert!(read.value.quotations.is_empty(), "{markdown}");
        let told: Vec<_> = read.diagnostics.iter().collect();
        assert_eq!(codes(&markdown), [(Code::BadValue, written.to_owned())], "{markdown}");
        let help = told[0].help[0].to_string();
        assert!(help.contains(&format!("`{right}`")), "{written}: {help}");
    }
    for text in [
        "\\[@a 8]",
        "`[@a 8]`",
        "```\n[@a 8]\n```",
        "    [@a 8]",
        "[@a b](https://example.org)",
        "A [word] and me@example.org [x@y.org].",
        "[see me@example.org]",
        "[https://example.org/@a]",
        "a [@ b",
        "[@a:8][@b]",
    ] {
        assert_eq!(codes(text), [], "{text}");
    }
}

/// In a block a broken attribution is told once, and the block is no other fault beside it.
#[test]
fn broken_attributions_are_told() {
    for (block, place) in [
        ("> words\n>\n> — [@a: 8]\n", "[@a: 8]"),
        ("> words\n>\n> — [@a 8] states\n", "[@a 8]"),
        ("> words\n>\n> [@a: 8]\n", "[@a: 8]"),
        ("> words\n> — [@a:8, 9]\n", "[@a:8, 9]"),
        ("> words\n>\n> — [@a\n", "[@a"),
        ("> words\n>\n> — @a:8 states\n", "@a:8"),
        ("> words\n>\n> — [a:8]\n", "[a:8]"),
        ("> words\n>\n> ― [@a]\n", "―"),
        ("> words — [@a]\n", "— [@a]"),
        ("> words\n> [@a] states\n", "[@a] states"),
        ("> words. -- [@a:8] states\n", "-- [@a:8]"),
        ("> words – [@a]\n>\n> more\n", "– [@a]"),
        ("> words\n>\n> — [@a] states\n>\n> *mots*\n", "— [@a] states"),
        ("> words\n>\n> - [@a] states\n", "[@a] states"),
    ] {
        for markdown in [
            block.to_owned(),
            format!("- item\n\n  {}", block.trim_end().replace('\n', "\n  ")),
        ] {
            assert_eq!(codes(&markdown), [(Code::BadValue, place.to_owned())], "{markdown}");
            let body = body(&markdown);
            assert!(body.quotations.is_empty() && body.uncited.is_empty(), "{markdown}");
            assert_eq!(body.wordless.len(), 1, "{markdown}");
        }
    }
    for markdown in [
        "> words\n>\n> — someone\n",
        "> words\n>\n> — [Someone](https://example.org)\n",
        "> words\n>\n> — [sic]\n",
        "> An aside — see [@a].\n",
        "> An aside, as in\n> [@a].\n",
        "> He says “yes” — [@a].\n",
        "> words\n",
    ] {
        assert_eq!(codes(markdown), [], "{markdown}");
        assert_eq!(body(markdown).uncited.len(), 1, "{markdown}");
    }
}

/// A line of very many citations takes time in proportion to its length.
#[test]
fn many_citations_in_one_line() {
    for words in [
        "mot « chatbot » [@src] ",
        "mot » [@src] ",
        "\"mot\" [@src] ",
        "[@src ",
        "« [@src] ",
    ] {
        let started = std::time::Instant::now();
        let line = words.repeat(20_000);
        let read = read_in("fr", &line);
        assert!(read.value.citations.len() >= 19_999, "{words}");
        let taken = started.elapsed();
        assert!(taken.as_secs() < 20, "{words}: {taken:?}");
    }
}

#[test]
fn places_count_from_the_start_of_the_file() {
    let front = "---\nclaim: é\n---\n";
    let file = format!("{front}\nIl dit « oui » [@a:7].\n\n> mots\n>\n> — [@b] wrong\n\n<b>x</b>\n\n[x](y.md)\n");
    let path: Arc<str> = "content/claims/a.md".into();
    let lang = Lang::new("fr");
    let setting = Setting {
        path: &path,
        lang: &lang,
        prefix: "",
        reserved: Anchors::default(),
    };
    let read = read(setting, &file, front.len());
    let spans: Vec<&str> = read
        .value
        .quotations
        .iter()
        .map(|quotation| &file[quotation.span.clone()])
        .collect();
    assert_eq!(spans, ["oui", "mots"]);
    let cited: Vec<&str> = read
        .value
        .citations
        .iter()
        .map(|citation| &file[citation.span.clone()])
        .collect();
    assert_eq!(cited, ["[@a:7]", "[@b]"]);
    let faults: Vec<&str> = read
        .diagnostics
        .iter()
        .map(|fault| &file[fault.span.start..fault.span.end])
        .collect();
    assert_eq!(faults, ["wrong", "<b>"]);
    assert_eq!(&file[read.value.links[0].span.clone()], "y.md");
}

#[test]
fn a_quoted_run_keeps_its_words_as_typed() {
    // French spacing is for the site's own words; a quotation keeps its source's.
    assert_eq!(
        page("fr", "Il dit « Quoi? oui » [@a] : voilà."),
        "<p>Il dit «\u{202f}{quoted 0: Quoi? oui}\u{202f}» {@a}\u{a0}: voilà.</p>"
    );
}
