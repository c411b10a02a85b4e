//! Tables of the Markdown reader against the contract (§2): what is a quotation, what is a citation, what is mere text.

use std::fmt::Write as _;
use std::sync::Arc;

use super::{Anchors, Body, Gap, Paragraph, Piece, Placement, Quotation, Setting, in_file, read};
use crate::diagnostic::{Checked, Code};
use crate::lang::Lang;

fn read_in(lang: &str, markdown: &str) -> Checked<Body> {
    let path: Arc<str> = "content/claims/a.md".into();
    let setting = Setting {
        path: &path,
        lang: &Lang::new(lang),
        prefix: "",
        reserved: Anchors::default(),
    };
    read(setting, markdown, 0)
}

fn body(markdown: &str) -> Body {
    read_in("en", markdown).value
}

/// A quotation on one line: `role SOURCE:PASSAGE | paragraph | … (translation)`, segments in `⟨⟩`, inline ones marked `inline`.
fn told(quotation: &Quotation, body: &Body) -> String {
    let citation = &body.citations[quotation.citation];
    let mut out = format!("{} {}", quotation.role.name(), citation.source);
    if let Some(passage) = &citation.passage {
        write!(out, ":{passage}").expect("a string takes all");
    }
    if quotation.inline {
        out.push_str(" inline");
    }
    for paragraph in &quotation.paragraphs {
        out.push_str(" |");
        match paragraph {
            Paragraph::LeftOut => out.push_str(" […]"),
            Paragraph::Words { text, segments, .. } => {
                for segment in segments {
                    if let Gap::Inserted { words, .. } = &segment.before {
                        write!(out, " ({words})").expect("a string takes all");
                    }
                    write!(out, " ⟨{}⟩", &text[segment.range.clone()]).expect("a string takes all");
                }
            }
        }
    }
    if let Some(translation) = &quotation.translation {
        write!(out, " = {translation}").expect("a string takes all");
    }
    out.replace('\n', "⏎")
}

fn quotations(markdown: &str) -> Vec<String> {
    let body = body(markdown);
    body.quotations.iter().map(|quotation| told(quotation, &body)).collect()
}

#[track_caller]
fn check(markdown: &str, expected: &[&str]) {
    assert_eq!(quotations(markdown), expected, "{markdown}");
}

fn codes(markdown: &str) -> Vec<(Code, String)> {
    let read = read_in("en", markdown);
    let said = read.diagnostics.iter();
    said.map(|fault| (fault.code, markdown[fault.span.start..fault.span.end].to_owned()))
        .collect()
}

/// The page as markup, with the holes named.
fn page(lang: &str, markdown: &str) -> String {
    let body = read_in(lang, markdown).value;
    let mut out = String::new();
    for piece in &body.pieces {
        match piece {
            Piece::Mark(mark) => body.markup(mark, Placement::default(), &mut out),
            Piece::Text(text) => out.push_str(text),
            Piece::Plain(text) => write!(out, "{{{text}}}").expect("a string takes all"),
            Piece::Quoted(at, text) => write!(out, "{{quoted {at}: {text}}}").expect("a string takes all"),
            Piece::Section => {}
            Piece::LinkOpen(at) => write!(out, "{{link {}: ", body.links[*at].target).expect("a string takes all"),
            Piece::LinkClose(_) => out.push('}'),
            Piece::Image(at, alt) => {
                write!(out, "{{image {}: {alt}}}", body.links[*at].target).expect("a string takes all")
            }
            Piece::Citation(at) => write!(out, "{{@{}}}", body.citations[*at].source).expect("a string takes all"),
            Piece::Quotation(at) => write!(out, "{{quotation {at}}}").expect("a string takes all"),
        }
    }
    out.trim_end().to_owned()
}

// ---------------------------------------------------------------------------------------------------------------------
// Quoted blocks.

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

// ---------------------------------------------------------------------------------------------------------------------
// Inline quotations and citations.

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

// ---------------------------------------------------------------------------------------------------------------------
// French spacing, headings, raw HTML, other blocks.

#[test]
fn french_spaces_go_across_emphasis() {
    for (typed, set) in [
        ("*Quoi* ?", "<em>Quoi</em>_?"),
        ("*Quoi*?", "<em>Quoi</em>_?"),
        ("«*mot*»", "«_<em>mot</em>_»"),
        ("« *mot* »", "«_<em>mot</em>_»"),
        ("**Note :** oui", "<strong>Note~:</strong> oui"),
        ("**Note** : oui", "<strong>Note</strong>~: oui"),
        ("`code` ; oui", "<code>{code}</code>_; oui"),
        ("[lien](https://example.org) !", "{link https://example.org: {lien}}_!"),
        ("oui[^1] !\n\n[^1]: n", "oui"),
        ("12:30 et a:b", "12:30 et a:b"),
    ] {
        let set = set.replace('_', "\u{202f}").replace('~', "\u{a0}");
        let page = page("fr", typed);
        assert!(page.starts_with(&format!("<p>{set}")), "{typed}: {page:?}");
    }
    assert_eq!(page("en", "What ? « x »"), "<p>What ? « x »</p>");
}

/// The sign is inside the emphasis and its space outside.
#[test]
fn french_spaces_before_an_emphasised_sign() {
    let page = page("fr", "Quoi *?* oui");
    assert_eq!(page, "<p>Quoi\u{202f}<em>?</em> oui</p>");
}

/// A line break in the file is a space like another.
#[test]
fn french_spaces_at_line_breaks() {
    for (typed, set) in [
        ("Vraiment\n? Oui", "Vraiment\u{202f}? Oui"),
        ("le «\nmot\n» ici", "le «\u{202f}mot\u{202f}» ici"),
    ] {
        assert_eq!(page("fr", typed), format!("<p>{set}</p>"), "{typed:?}");
    }
}

#[test]
fn heading_ids() {
    let headings = |markdown: &str| -> Vec<String> {
        let body = body(markdown);
        body.headings
            .iter()
            .map(|heading| format!("{} {} {}", heading.level, heading.id, heading.text))
            .collect()
    };
    for (markdown, expected) in [
        ("# Une *Tête* été", &["2 une-tete-ete Une Tête été"][..]),
        ("## A\n\n## A\n\n## A", &["2 a A", "2 a-2 A", "2 a-3 A"]),
        ("## A-2\n\n## A\n\n## A", &["2 a-2 A-2", "2 a A", "2 a-3 A"]),
        ("## Own {#mine}\n\n### mine", &["2 mine Own", "3 mine-2 mine"]),
        ("Setext\n======", &["2 setext Setext"]),
        ("###### `code` & more", &["6 code-more code & more"]),
        ("## !!!\n\n## 百度", &["2 u21-21-21 !!!", "2 bai-du 百度"]),
    ] {
        assert_eq!(headings(markdown), expected, "{markdown}");
        for heading in &body(markdown).headings {
            assert!(page("en", markdown).contains(&format!("<h{} id=\"{}\">", heading.level, heading.id)));
        }
    }
}

/// A citation becomes a link; its brackets are no words of the heading.
#[test]
fn a_citation_is_no_word_of_its_heading() {
    let body = body("## The release [@rfi-grok:14]");
    assert_eq!(body.citations.len(), 1);
    assert_eq!(body.headings[0].text, "The release");
    assert_eq!(body.headings[0].id, "the-release");
}

/// The markup of a body's marks alone.
fn marks(body: &Body, placement: Placement<'_>) -> String {
    let mut out = String::new();
    for piece in &body.pieces {
        if let Piece::Mark(mark) = piece {
            body.markup(mark, placement, &mut out);
        }
    }
    out
}

/// Several bodies may share a page: each has its own anchors, and headings below the page's own.
#[test]
fn a_body_placed_on_a_page_with_others() {
    let body = body("# Head\n\n###### Low\n\nText[^1].\n\n[^1]: Note.");
    let placement = Placement {
        prefix: "t-grok.",
        deeper: 2,
    };
    assert_eq!(
        marks(&body, placement),
        "<h4 id=\"t-grok.head\"></h4>\n<h6 id=\"t-grok.low\"></h6>\n\
         <p><sup class=\"note\"><a href=\"#t-grok.fn-1\" id=\"t-grok.fnref-1\">1</a></sup></p>\n\
         <ol class=\"footnotes\">\n<li id=\"t-grok.fn-1\" value=\"1\"><p></p>\n<a class=\"back\" href=\"#t-grok.fnref-1\">↩</a></li>\n</ol>\n"
    );
}

#[test]
fn reserved_and_prefixed_anchors() {
    let path: Arc<str> = "content/timeline/a.md".into();
    let lang = Lang::new("en");
    let setting = Setting {
        path: &path,
        lang: &lang,
        prefix: "event",
        reserved: Anchors::default(),
    };
    let prefixed = read(setting, "## Head\n\nText[^1].\n\n[^1]: Note.", 0).value;
    assert_eq!(prefixed.headings[0].id, "event-head");
    assert_eq!(
        marks(&prefixed, Placement::default()),
        "<h2 id=\"event-head\"></h2>\n<p><sup class=\"note\"><a href=\"#event-fn-1\" id=\"event-fnref-1\">1</a></sup></p>\n\
         <ol class=\"footnotes\">\n<li id=\"event-fn-1\" value=\"1\"><p></p>\n<a class=\"back\" href=\"#event-fnref-1\">↩</a></li>\n</ol>\n"
    );
    let setting = Setting {
        path: &path,
        lang: &lang,
        prefix: "",
        reserved: Anchors {
            names: &["verdict"],
            numbered: &["e"],
        },
    };
    let reserved = read(setting, "## Verdict\n\n## E1\n\n## E1\n\n## E\n\n## E1 and E2", 0).value;
    let ids: Vec<&str> = reserved.headings.iter().map(|heading| heading.id.as_str()).collect();
    assert_eq!(ids, ["verdict-2", "e1-2", "e1-3", "e", "e1-and-e2"]);
}

#[test]
fn raw_html_is_shown_and_told() {
    for (markdown, shown, places) in [
        ("a <b>c</b> d", "<p>a {<b>}c{</b>} d</p>", &["<b>"][..]),
        ("<div>\nx\n</div>", "<p>{<div>\nx\n</div>}</p>", &["<div>\nx\n</div>"]),
        ("<!-- note -->", "<p>{<!-- note -->}</p>", &["<!-- note -->"]),
        ("a <br/> c", "<p>a {<br/>} c</p>", &["<br/>"]),
        ("`<b>`", "<p><code>{<b>}</code></p>", &[]),
        ("1 < 2 & 3", "<p>1 < 2 & 3</p>", &[]),
        ("\\<b>", "<p><b></p>", &[]),
    ] {
        assert_eq!(page("en", markdown).replace("\n}", "}"), shown, "{markdown}");
        let expected: Vec<(Code, String)> = places
            .iter()
            .map(|place| (Code::RawHtml, (*place).to_owned()))
            .collect();
        assert_eq!(codes(markdown), expected, "{markdown}");
    }
    let quoted = codes("> un <b>mot</b>\n>\n> — [@a]\n");
    assert_eq!(quoted, [(Code::RawHtml, "<b>".to_owned())]);
}

#[test]
fn blocks_become_markup() {
    for (markdown, markup) in [
        ("Term\n: Meaning", "<dl><dt>Term</dt>\n<dd>Meaning</dd>\n</dl>"),
        ("- a\n- b", "<ul><li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", "<ol start=\"3\"><li>a</li>\n</ol>"),
        ("~~gone~~", "<p><del>gone</del></p>"),
        ("a\\\nb", "<p>a<br>\nb</p>"),
        ("---", "<hr>"),
        (
            "```rust\nlet a = \"<b>\";\n```",
            "<pre><code class=\"language-rust\">{let a = \"<b>\";\n}</code></pre>",
        ),
        ("![alt *text*](b.png \"title\")", "<p>{image b.png: alt text}</p>"),
        (
            "[see](../glossary/grok.md#x)",
            "<p>{link ../glossary/grok.md#x: {see}}</p>",
        ),
        (
            "<https://example.org>",
            "<p>{link https://example.org: {https://example.org}}</p>",
        ),
        (
            "| a |\n|:-:|\n| b |",
            "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th scope=\"col\" class=\"center\">a</th></tr></thead><tbody>\n<tr><td class=\"center\">b</td></tr>\n</tbody></table></div>",
        ),
    ] {
        assert_eq!(page("en", markdown), markup, "{markdown}");
    }
}

/// A link's text, code, headings and quotations are [`Piece::Plain`]: no term links itself there.
#[test]
fn terms_link_themselves_in_running_text_alone() {
    let markdown = "## Grok head\n\nGrok *Grok* text [Grok](x.md) `Grok` “Grok” [@a].\n\n> Grok\n\n- Grok item\n\n| Grok |\n|---|\n| Grok |\n";
    let body = body(markdown);
    let count = |pick: fn(&Piece) -> Option<&str>| -> usize {
        body.pieces
            .iter()
            .filter_map(pick)
            .map(|text| text.matches("Grok").count())
            .sum()
    };
    assert_eq!(
        count(|piece| if let Piece::Text(text) = piece {
            Some(text)
        } else {
            None
        }),
        5
    );
    assert_eq!(
        count(|piece| if let Piece::Plain(text) = piece {
            Some(text)
        } else {
            None
        }),
        4
    );
    assert_eq!(
        count(|piece| if let Piece::Quoted(_, text) = piece {
            Some(text)
        } else {
            None
        }),
        1
    );
}

#[test]
fn footnotes_are_numbered_by_mention_and_go_back() {
    let page = page("en", "B[^b] a[^a] b[^b].\n\n[^a]: Note a.\n[^b]: Note b.\n");
    let order = [
        "href=\"#fn-1\" id=\"fnref-1\"",
        "href=\"#fn-2\" id=\"fnref-2\"",
        "href=\"#fn-1\">1",
        "<li id=\"fn-1\"",
        "Note b.",
        "<li id=\"fn-2\"",
        "Note a.",
    ];
    let mut from = 0;
    for part in order {
        let at = page[from..].find(part).unwrap_or_else(|| panic!("{part} in {page}"));
        from += at;
    }
    assert_eq!(page.matches("id=\"fnref-1\"").count(), 1, "an id stands once");
}

#[test]
fn plain_text_is_words_alone() {
    let text =
        body("## Head\n\nOne *two*\nthree[^1] `four`.\n\n> quoted\n>\n> — [@a]\n\n- five\n- six\n\n[^1]: Note.\n")
            .plain_text();
    for word in ["Head", "One two three four.", "five", "six"] {
        assert!(text.contains(word), "{word} in {text}");
    }
    assert!(
        !text.contains("quoted") && !text.contains("fivesix") && !text.contains('<'),
        "{text}"
    );
}

/// As with the parser, which leads a mark to a note whatever their capitals.
#[test]
fn a_footnote_is_found_whatever_its_capitals() {
    let page = page("en", "Text[^Note  a].\n\n[^note a]: Words.\n");
    assert!(page.contains("href=\"#fn-1\" id=\"fnref-1\""), "{page}");
    assert!(page.contains("<li id=\"fn-1\" value=\"1\"><p>Words.</p>"), "{page}");
    assert!(page.contains("href=\"#fnref-1\">↩"), "{page}");
}

#[test]
fn a_footnote_without_a_mark_leads_nowhere_back() {
    let page = page("en", "Text.\n\n[^a]: Words.\n");
    assert!(page.contains("Words.") && !page.contains("fnref"), "{page}");
}

/// Marks are no text of a quotation, nor of a translation or an attribution; they are shown beside it.
#[test]
fn a_quotation_keeps_the_marks_of_its_footnotes() {
    let quoting =
        body("Before[^z].\n\n> words[^b]\n>\n> *words*[^a]\n>\n> — [@a][^b]\n\n[^a]: A.\n[^b]: B.\n[^z]: Z.\n");
    let marks = [
        super::Mark::NoteMark(2, true),
        super::Mark::NoteMark(3, true),
        super::Mark::NoteMark(2, false),
    ];
    assert_eq!(*quoting.quotations[0].notes, marks);
    let together = "> words[^b]\n> — [@a][^a]\n\n[^a]: A.\n[^b]: B.\n";
    let marks = [super::Mark::NoteMark(1, true), super::Mark::NoteMark(2, true)];
    assert_eq!(*body(together).quotations[0].notes, marks);
}

#[test]
fn headings_have_classes_and_an_anchor_without_words() {
    let page = page("en", "## A {.note .wide #b}\n\n##\n\n##\n");
    assert!(page.contains("<h2 id=\"b\" class=\"note wide\">"), "{page}");
    assert!(
        page.contains("<h2 id=\"section\">") && page.contains("<h2 id=\"section-2\">"),
        "{page}"
    );
}
