//! The body that is suggested for real texts, and what a record says.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;

fn given<'a>(name: &'a str, bytes: &'a [u8], langs: &'a [Lang]) -> Given<'a> {
    Given {
        name,
        bytes,
        seed: "a.txt",
        original: "a.html",
        langs,
    }
}

/// Lines that ranges such as `5-7, 11` name, and that are not empty.
fn lines(ranges: &str, text: &str) -> BTreeSet<usize> {
    let all = ranges.split(", ").flat_map(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        first.parse::<usize>().expect("a line")..=last.parse::<usize>().expect("a line")
    });
    let filled: BTreeSet<usize> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, _)| at + 1)
        .collect();
    all.filter(|line| filled.contains(line)).collect()
}

/// The five articles, with the body that the research dossier found line by line.
const SEEDS: [(&str, &str, &str, Option<&str>); 5] = [
    ("000_c4db1b29cceac2d0.txt", "fr", "1-2, 4-5, 7-8, 10-12", None),
    ("001_0423257a80fff27c.txt", "en", "2-3, 5-6, 8-9, 11-13", None),
    (
        "002_f28cdd0dc78d28bd.txt",
        "fr",
        "5-7, 11, 15, 19-21, 25-27, 31-37, 41-45, 49-51, 55-57, 61, 65-67, 71-73, 77-79, 83-85, 89-91, 95-97",
        Some("La guerre autour d’OpenAI, Part 2"),
    ),
    (
        "003_b55e4438c570bb0d.txt",
        "fr",
        "10-24",
        Some(
            "Meta et l’IA open-source : vers une nouvelle ère de collaboration ou une stratégie de monopole déguisée ?",
        ),
    ),
    (
        "004_ce2e5229d9ed911e.txt",
        "fr",
        "5, 11-13, 17-19, 23-25, 30-38",
        Some("Elon Musk lance la bagarre des IA en promettant une intelligence artificielle en accès libre"),
    ),
];

#[test]
fn the_body_of_the_five_articles_is_found() {
    let langs = [Lang::new("en")];
    for (name, lang, body, title) in SEEDS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
        let text = std::fs::read_to_string(path).expect(name);
        let draft = of_text(&given(name, text.as_bytes(), &langs)).expect(name);
        let (suggested, right) = (lines(&draft.body, &text), lines(body, &text));
        let off: Vec<&usize> = suggested.symmetric_difference(&right).collect();
        assert!(
            off.len() <= 2,
            "{name}: {} instead of {body}, so {off:?} are wrong",
            draft.body
        );
        assert!(draft.record.contains(&format!("lang: \"{lang}\"")), "{}", draft.record);
        match title {
            Some(title) => assert!(
                draft.record.contains(&format!("title: \"{title}\"")),
                "{}",
                draft.record
            ),
            None => assert!(draft.open.contains(&"title"), "{}", draft.record),
        }
        assert!(!draft.made && draft.seed == text, "the seed is the file");
    }
}

#[test]
fn every_line_left_out_has_its_reason() {
    let text = "Skip to content\n\nA bridge for Aldmoor opens at last\n\nBy Ada Finch, 5 March 2024\n\n\
        The council of Aldmoor opened its new footbridge on Monday. At 212 metres it is the longest in the county, and the first to have a bench.\n\
        \nIt cost twice what was planned.\n\nThe costs\n\nNobody was surprised, said the mayor. The county paid half of it, but not the lighting, \
        nor the bench, which is a gift of the brewery.\n\nPhoto: the brewery\n\n3 comments\n\nI walked over it yesterday, and it shook a good deal under my feet.\n";
    let draft = of_text(&given("b.txt", text.as_bytes(), &[Lang::new("en")])).expect("a text");
    assert_eq!(draft.body, "7-9, 13");
    for line in [
        "title: \"A bridge for Aldmoor opens at last\" # from line 3",
        "author: \"Ada Finch\" # from line 5",
        "published: \"2024-03-05\" # from line 5",
        "#   1: navigation (“Skip to content”)",
        "#   3: the title (“A bridge for Aldmoor opens at last”)",
        "#   5: who wrote it, or when (“By Ada Finch, 5 March 2024”)",
        "#   11: a heading or a label (“The costs”)",
        "#   15: a credit (“Photo: the brewery”)",
        "#   17-19: comments or their form",
        "# kind: choose one of news,",
    ] {
        assert!(draft.record.contains(line), "no `{line}` in\n{}", draft.record);
    }
    assert_eq!(draft.open, ["publisher", "url", "retrieved", "kind"]);
}

#[test]
fn the_heading_that_says_what_a_page_calls_itself_is_the_title() {
    let html = "<title>The bridge – Aldmoor Courier</title><article><h2>The bridge</h2><p>The council of Aldmoor opened its new footbridge on Monday. At \
        212 metres it is the longest in the county, and the first to have a bench.</p><h2>What it did cost</h2><p>Nobody was surprised, said the mayor. The \
        county paid half of it, but not the lighting, nor the bench, which is a gift of the brewery.</p></article>";
    let extract = crate::foreign::extract(Format::Html, html.as_bytes()).expect("a page");
    let record = of_extract(&given("b.html", html.as_bytes(), &[]), extract).record;
    for line in [
        "title: \"The bridge – Aldmoor Courier\" # from <title>",
        "#   1: the title (“The bridge”)",
        "#   5: a heading (“What it did cost”)",
    ] {
        assert!(record.contains(line), "no `{line}` in\n{record}");
    }
}

#[test]
fn a_record_in_french_for_a_french_site() {
    let draft = of_text(&given("b.txt", "Un mot.\n".as_bytes(), &[Lang::new("fr")])).expect("a text");
    assert!(draft.record.contains("# url: pas trouvé"), "{}", draft.record);
    assert!(
        draft.body.is_empty() && draft.open.contains(&"body"),
        "{}",
        draft.record
    );
}

#[test]
fn nothing_that_a_page_says_breaks_out_of_its_comment_or_its_quotes() {
    let padding = "word ".repeat(200);
    let html = format!(
        "<title>a\u{2028}verdict: true \" # \\ ---</title><meta name=author content='x\ny: 1'><p>One\u{85}two\u{2028}kind: news</p><nav>a\u{b}---\u{2029}b</nav><!-- {padding} -->"
    );
    let extract = crate::foreign::extract(Format::Html, html.as_bytes()).expect("a page");
    let draft = of_extract(&given("a\nkind: news.html", html.as_bytes(), &[]), extract);
    let mut lines = draft.record.lines();
    assert!(
        lines.next() == Some("---") && lines.next_back() == Some("---"),
        "{}",
        draft.record
    );
    for line in lines {
        let key = line.split(':').next().unwrap_or_default();
        assert!(
            line.starts_with("# ") || ["file", "title", "author", "lang", "body", "republish", "sha256"].contains(&key),
            "{line}"
        );
        assert!(!line.contains(['\u{85}', '\u{2028}', '\u{2029}', '\u{b}']), "{line:?}");
    }
}

#[test]
fn kinds_of_files() {
    use Kind::*;
    for (name, bytes, expected) in [
        ("a.txt", "x", Some(Text)),
        ("a.MD", "x", Some(Text)),
        ("a.htm", "x", Some(Foreign(Format::Html))),
        ("a.pdf", "x", Some(Foreign(Format::Pdf))),
        ("a.txt", "%PDF-1.4", Some(Foreign(Format::Pdf))),
        ("a.docx", "x", None),
        ("a.mhtml", "x", None),
        ("a", "x", None),
        ("a.txt", "", None),
    ] {
        assert_eq!(kind(name, bytes.as_bytes()).ok(), expected, "{name}");
    }
}
