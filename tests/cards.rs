//! Social cards: a drawn picture for each claim, and how pages name it.

mod support;

use std::collections::BTreeMap;
use std::fs;

use support::{CLAIM, SETTINGS, Site, snapshot};

const CARD: &str = "claims/grok/card.png";

fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(files[path].clone()).expect("UTF-8")
}

/// Width and height of a PNG (section 11.2.1 of its specification).
fn size(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!(&png[12..16], b"IHDR");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

/// A PNG without what it was drawn from, a chunk of text (section 11.3.3.1): what is left is what is seen.
fn pixels(png: &[u8]) -> Vec<u8> {
    let at = png.windows(4).position(|four| four == b"tEXt").expect("a text") - 4;
    let length = u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes")) as usize;
    [&png[..at], &png[at + 12 + length..]].concat()
}

/// The content of a page's `<meta property=…>`.
#[track_caller]
fn meta<'a>(page: &'a str, property: &str) -> &'a str {
    let from = format!("<meta property=\"{property}\" content=\"");
    let at = page.find(&from).unwrap_or_else(|| panic!("no {property} in {page}")) + from.len();
    &page[at..at + page[at..].find('"').expect("a closing mark")]
}

#[test]
fn a_claim_has_a_card_and_its_page_names_it() {
    let files = Site::good().built();
    assert_eq!(size(&files[CARD]), (1200, 630));
    assert!(files[CARD].len() < 60_000, "{} bytes", files[CARD].len());
    let page = text(&files, "claims/grok/index.html");
    let address = meta(&page, "og:image");
    assert!(
        address.starts_with(&format!("https://example.org/{CARD}?v=")),
        "{address}"
    );
    assert_eq!(meta(&page, "og:image:width"), "1200");
    assert_eq!(meta(&page, "og:image:height"), "630");
    assert_eq!(
        meta(&page, "og:image:alt"),
        "Verdict: True. The claim: “xAI is opening its chatbot Grok.”"
    );
    assert!(page.contains("<meta name=\"twitter:card\" content=\"summary_large_image\">"));
    assert!(!text(&files, "claims/index.html").contains("og:image"));
}

#[test]
fn another_verdict_is_another_picture_at_another_address() {
    let site = Site::good();
    let before = site.built();
    site.write(
        "content/claims/grok.md",
        CLAIM.replace("verdict: true", "verdict: misleading"),
    );
    let after = site.built();
    assert_ne!(before[CARD], after[CARD]);
    let address = |files| meta(&text(files, "claims/grok/index.html"), "og:image").to_owned();
    assert_ne!(address(&before), address(&after));
}

#[test]
fn each_language_has_its_own() {
    let site = Site::good();
    site.write("kezako.yaml", format!("{SETTINGS}languages: [en, fr]\n"));
    site.write("content/claims/grok.fr.md", "---\nclaim: \"xAI ouvre Grok.\"\nsummary: \"Oui.\"\n---\n\n> Elon Musk a annoncé lundi que sa start-up xAI allait mettre en accès libre\n>\n> — [@rfi:1] states\n");
    let files = site.built();
    assert_ne!(files[CARD], files["fr/claims/grok/card.png"]);
    let alt = "Verdict\u{a0}: Vrai. L’affirmation\u{a0}: «\u{202f}xAI ouvre Grok.\u{202f}»";
    assert_eq!(meta(&text(&files, "fr/claims/grok/index.html"), "og:image:alt"), alt);
}

#[test]
fn a_site_may_do_without() {
    let profile = "{name: Mastodon, url: \"https://social.example/@checks\"}";
    for (social, cards, profiles) in [
        ("false".to_owned(), false, false),
        ("true".to_owned(), true, false),
        (format!("[{profile}]"), true, true),
        (format!("{{cards: false, profiles: [{profile}]}}"), false, true),
        (format!("{{profiles: [{profile}]}}"), true, true),
    ] {
        let site = Site::good();
        site.write("kezako.yaml", format!("{SETTINGS}social: {social}\n"));
        let files = site.built();
        let page = text(&files, "claims/grok/index.html");
        assert_eq!(files.contains_key(CARD), cards, "{social}");
        assert_eq!(page.contains("og:image"), cards, "{social}");
        assert_eq!(page.contains("twitter:card"), cards, "{social}");
        assert_eq!(page.contains("https://social.example/@checks"), profiles, "{social}");
    }
    for (settings, cards) in [("search: false\n", false), ("search: false\nsocial: true\n", true)] {
        let site = Site::good();
        site.write("kezako.yaml", format!("{SETTINGS}{settings}"));
        assert_eq!(site.built().contains_key(CARD), cards, "{settings}");
    }
    let site = Site::good();
    site.write("kezako.yaml", format!("{SETTINGS}social: {{card: false}}\n"));
    let problems = site.problems();
    assert_eq!(problems[0].code, "unknown-key");
    assert!(problems[0].help.contains("cards"), "{problems:?}");
}

/// A picture with boxes in the place of letters would be worse than none.
#[test]
fn a_claim_that_the_typeface_cannot_write_has_none() {
    let site = Site::good();
    site.write(
        "content/claims/grok.md",
        CLAIM.replace("xAI is opening its chatbot Grok.", "xAIはGrokを公開する。"),
    );
    let files = site.built();
    assert!(!files.contains_key(CARD));
    assert!(!text(&files, "claims/grok/index.html").contains("og:image"));
}

#[test]
fn signs_that_markup_uses_are_drawn_like_others() {
    let site = Site::good();
    site.write(
        "content/claims/grok.md",
        CLAIM.replace("xAI is opening its chatbot Grok.", "1 < 2 & \\\"3\\\" > '2'"),
    );
    assert_eq!(size(&site.built()[CARD]), (1200, 630));
}

#[test]
fn a_site_may_draw_its_own() {
    let site = Site::good();
    let built_in = site.built();
    site.write(
        "templates/card.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"315\"><rect width=\"600\" height=\"315\" fill=\"#123456\"/></svg>",
    );
    let own = site.built();
    assert_eq!(size(&own[CARD]), (1200, 630));
    assert_ne!(own[CARD], built_in[CARD]);
}

/// A drawing may not bring in what lies outside the site, or anything else: it names no files.
#[test]
fn a_drawing_reads_no_files() {
    let site = Site::good();
    let picture = "<rect width=\"8\" height=\"8\" fill=\"red\"/></svg>";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"8\" height=\"8\">";
    let outside = site.beside("outside.svg");
    fs::write(&outside, format!("{svg}{picture}")).expect("a file can be written");
    site.write("templates/card.svg", format!("{svg}</svg>"));
    let blank = site.built();
    let image = format!("<image xlink:href=\"{}\" width=\"8\" height=\"8\"/>", outside.display());
    site.write("templates/card.svg", format!("{svg}{image}</svg>"));
    assert_eq!(pixels(&site.built()[CARD]), pixels(&blank[CARD]));
    site.write("templates/card.svg", format!("{svg}{picture}"));
    assert_ne!(
        pixels(&site.built()[CARD]),
        pixels(&blank[CARD]),
        "what is drawn is seen"
    );
}

#[test]
fn a_fault_in_the_template_is_told_by_check_too() {
    for (template, words) in [
        ("<svg>{{ card.clame }}</svg>", "clame"),
        ("<svg", "drawing"),
        ("{% if %}", ""),
    ] {
        let site = Site::good();
        site.write("templates/card.svg", template);
        let problems = site.problems();
        assert_eq!(problems.len(), 1, "{template}: {problems:?}");
        assert_eq!(
            (&*problems[0].code, &*problems[0].path),
            ("template", "templates/card.svg")
        );
        assert!(problems[0].message.contains(words), "{problems:?}");
        site.run(&["build"]).exits(1);
    }
}

/// What a second build takes over, it takes only from a file that is as the first build wrote it.
#[test]
fn a_second_build_draws_nothing_anew() {
    let site = Site::good();
    site.run(&["build"]).exits(0);
    let (card, list) = (site.path("public").join(CARD), site.path("public/manifest.json"));
    let first = snapshot(&site.path("public"));
    site.run(&["build"]).exits(0);
    assert_eq!(snapshot(&site.path("public")), first);

    // Marked, which no drawing would give: a card that the manifest vouches for stays, and one that it does not is drawn.
    let mut marked = first[CARD].clone();
    marked.extend(b"mark");
    fs::write(&card, &marked).expect("written");
    site.run(&["build"]).exits(0);
    assert_eq!(snapshot(&site.path("public")), first);
    let digest = |bytes: &[u8]| blake3::hash(bytes).to_hex().to_string();
    let vouch = |bytes: &[u8]| {
        let text = fs::read_to_string(&list).expect("a manifest");
        let (size, old) = (first[CARD].len(), digest(&first[CARD]));
        let changed = text
            .replace(&old, &digest(bytes))
            .replace(&format!("\"size\": {size}"), &format!("\"size\": {}", bytes.len()));
        fs::write(&list, changed).expect("written");
    };
    fs::write(&card, &marked).expect("written");
    vouch(&marked);
    site.run(&["build"]).exits(0);
    assert_eq!(fs::read(&card).expect("a card"), marked);

    // Another verdict is another drawing, whatever is there.
    site.write(
        "content/claims/grok.md",
        CLAIM.replace("verdict: true", "verdict: misleading"),
    );
    site.run(&["build"]).exits(0);
    assert!(!fs::read(&card).expect("a card").ends_with(b"mark"));
}
