//! French spacing, headings, raw HTML, footnotes, and other blocks.

use super::*;

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
        Mark::NoteMark(2, true),
        Mark::NoteMark(3, true),
        Mark::NoteMark(2, false),
    ];
    assert_eq!(*quoting.quotations[0].notes, marks);
    let together = "> words[^b]\n> — [@a][^a]\n\n[^a]: A.\n[^b]: B.\n";
    let marks = [Mark::NoteMark(1, true), super::Mark::NoteMark(2, true)];
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
