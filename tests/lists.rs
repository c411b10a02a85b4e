//! The order of what pages list, and the ways through lists that are longer than a page.

#[path = "support/pages.rs"]
mod pages;

use std::collections::BTreeMap;

use kezako::tree::Tree;
use pages::{between, pages_of};

/// The text of each page of a site that is made of these files and of settings.
fn built(files: &[(&str, String)]) -> BTreeMap<String, String> {
    built_with("lang: en\n", files)
}

/// The same with these settings beside title and address.
fn built_with(settings: &str, files: &[(&str, String)]) -> BTreeMap<String, String> {
    let mut tree = Tree::default();
    let settings = format!("title: \"A site\"\nbase_url: https://example.org/\n{settings}");
    tree.insert_text("kezako.yaml", &settings);
    for (path, text) in files {
        tree.insert_text(path, text);
    }
    pages_of(&tree)
}

#[test]
fn every_page_of_the_glossary_leads_to_all_its_letters() {
    let mut files: Vec<(String, String)> = Vec::new();
    for number in 0..30 {
        for name in ["alpha", "beta", "gamma"] {
            let id = format!("{name}-{number}");
            let text = format!("---\nterm: \"{name} {number}\"\n---\n\nThe {number}th word.\n");
            files.push((format!("content/glossary/{id}.md"), text));
        }
    }
    let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let pages = built(&files);
    let letters = |page: &str| -> Vec<String> {
        let bar = between(&pages[page], "<nav class=\"letters\"", "</nav>");
        assert_eq!(bar.len(), 1, "{page}");
        between(bar[0], "<a href=\"", "</a>")
            .into_iter()
            .map(str::to_owned)
            .collect()
    };
    // Thirty words of A, twenty of B; then ten of B, thirty of C.
    assert_eq!(
        letters("glossary/index.html"),
        ["#a\">A", "#b\">B", "../glossary/page/2/#g\">G"]
    );
    assert_eq!(
        letters("glossary/page/2/index.html"),
        ["../../../glossary/#a\">A", "../../../glossary/#b\">B", "#g\">G"]
    );
    for (page, anchor) in [("glossary/index.html", "b"), ("glossary/page/2/index.html", "g")] {
        assert!(
            pages[page].contains(&format!("<section id=\"{anchor}\"")),
            "{page} has no {anchor}"
        );
    }
}

#[test]
fn later_pages_of_a_terms_uses_are_numbered_and_define_it_no_more() {
    let mut files = vec![(
        "content/glossary/comet.md".to_owned(),
        "---\nterm: \"comet\"\naliases: [\"tailed star\"]\n---\n\nA ball of dirty ice.\n".to_owned(),
    )];
    for number in 0..60 {
        let text = format!("---\ntitle: \"Page {number}\"\n---\n\nA comet was seen.\n");
        files.push((format!("content/pages/page-{number}.md"), text));
    }
    let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let pages = built(&files);
    let defined = |page: &str| {
        let main = between(&pages[page], "<main", "</main>")[0];
        (
            main.contains("dirty ice"),
            main.contains("tailed star"),
            main.contains("<h1>comet (2)</h1>"),
        )
    };
    assert_eq!(defined("glossary/comet/index.html"), (true, true, false));
    assert_eq!(defined("glossary/comet/page/2/index.html"), (false, false, true));
}

/// Hosts have one such file for all languages.
#[test]
fn the_page_for_unknown_addresses_speaks_each_language() {
    let home = |text: &str| format!("---\ntitle: \"{text}\"\n---\n\n{text}.\n");
    let pages = built_with(
        "lang: fr\nlanguages: [fr, en]\n",
        &[
            ("content/index.md", home("Accueil")),
            ("content/index.en.md", home("Home")),
        ],
    );
    let page = &pages["404.html"];
    for words in [
        "<h1>Page introuvable</h1>",
        "<section lang=\"en\">",
        "Page not found",
        "<a href=\"/en/\" hreflang=\"en\">Home page</a>",
    ] {
        assert!(page.contains(words), "{words} is missing");
    }
}

#[test]
fn the_events_of_a_claim_come_in_order_of_time() {
    let event =
        |title: &str, date: &str| format!("---\ntitle: \"{title}\"\ndate: {date}\nclaims: [bridge]\n---\n\nIt came.\n");
    let pages = built(&[
        ("seeds/leaflet.txt", "The bridge is the longest of all.\n".to_owned()),
        (
            "content/sources/leaflet.md",
            "---\nfile: leaflet.txt\nlang: en\ntitle: \"A leaflet\"\n---\n".to_owned(),
        ),
        (
            "content/claims/bridge.md",
            "---\nclaim: \"It is long.\"\nsummary: \"It is.\"\nverdict: \"true\"\n\
             evidence: [{title: \"A survey\", url: \"https://example.com/\", kind: primary, role: supports}]\n---\n\n\
             > The bridge is the longest of all.\n>\n> — [@leaflet] states\n"
                .to_owned(),
        ),
        ("content/timeline/a-last.md", event("The last", "2024-05")),
        ("content/timeline/b-first.md", event("The first", "1999")),
        ("content/timeline/c-middle.md", event("The middle", "2010-03-02")),
    ]);
    let page = &pages["claims/bridge/index.html"];
    let events = between(page, "<section id=\"events\">", "</section>");
    assert_eq!(events.len(), 1);
    let titles: Vec<&str> = between(events[0], "\">", "</a>");
    assert_eq!(
        titles,
        ["1999 – The first", "2 March 2010 – The middle", "May 2024 – The last"]
    );
}

#[test]
fn a_timeline_of_one_event_has_its_axis() {
    let event = "---\ntitle: \"It opens\"\ndate: 2024-05-02\n---\n\nIt came.\n".to_owned();
    let pages = built(&[("content/timeline/opening.md", event)]);
    let page = &pages["timeline/index.html"];
    let axis = between(page, "<div class=\"axis\"", "</div>");
    assert_eq!(axis.len(), 1);
    assert!(
        axis[0].contains("href=\"#opening\"") && axis[0].contains(">2024</text>"),
        "{}",
        axis[0]
    );
}

#[test]
fn a_timeline_that_goes_on_by_year_draws_the_years() {
    let event = |at: usize| {
        let year = if at < 150 { 2020 } else { 2022 };
        let text = format!("---\ntitle: \"Event {at}\"\ndate: {year}\n---\n\nIt came.\n");
        (format!("content/timeline/e{at}.md"), text)
    };
    let files: Vec<(String, String)> = (0..201).map(event).collect();
    let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let pages = built(&files);
    let bars = between(&pages["timeline/index.html"], "<svg class=\"bars\"", "</a>");
    let heights: Vec<&str> = bars.iter().flat_map(|bar| between(bar, "<rect", "/>")).collect();
    assert_eq!(
        heights,
        [
            " width=\"8\" y=\"0\" height=\"100\"",
            " width=\"8\" y=\"66\" height=\"34\""
        ]
    );
    assert!(
        bars[0].contains("2020 <small>150") && bars[1].contains("2022 <small>51"),
        "{bars:?}"
    );
    assert!(!pages["timeline/2020/index.html"].contains("class=\"bars\""));
}

/// Notes on a translation do not stand on the page of their source.
#[test]
fn a_term_in_a_note_on_a_translation_leads_to_the_page_of_the_note() {
    let files = built(&[
        ("seeds/o.txt", "The bridge cost 3 million.\n".to_owned()),
        ("seeds/t.txt", "Le pont a coûté 3 millions.\n".to_owned()),
        (
            "content/sources/o.md",
            "---\nfile: o.txt\nlang: en\ntitle: O\n---\n".to_owned(),
        ),
        (
            "content/sources/t.md",
            "---\nfile: t.txt\nlang: fr\ntitle: T\ntranslation_of: o\n---\n\nA widget.\n\n\
             > cost 3 million\n>\n> — [@o:1] context\n\n> a coûté 3 millions\n>\n> — [@t:1] context\n\n\
             The gadget is a drift, see [the gizmo](../glossary/gizmo.md).\n"
                .to_owned(),
        ),
        (
            "content/glossary/gadget.md",
            "---\nterm: gadget\n---\n\nA thing.\n".to_owned(),
        ),
        (
            "content/glossary/gizmo.md",
            "---\nterm: gizmo\n---\n\nA thing.\n".to_owned(),
        ),
        (
            "content/glossary/widget.md",
            "---\nterm: widget\n---\n\nA thing.\n".to_owned(),
        ),
    ]);
    let glossary: serde_json::Value = serde_json::from_str(&files["api/glossary.json"]).expect("JSON");
    let uses = |at: usize| glossary["terms"][at]["uses"].clone();
    for (at, term, page) in [
        (0, "gadget", "sources/t/translation/"),
        (1, "gizmo", "sources/t/translation/"),
        (2, "widget", "sources/t/"),
    ] {
        assert_eq!(
            uses(at),
            serde_json::json!([format!("https://example.org/{page}")]),
            "{term}"
        );
        let link = format!("glossary/{term}/\"");
        assert!(files[&format!("{page}index.html")].contains(&link), "{term}");
        let own = &files[&format!("glossary/{term}/index.html")];
        assert!(own.contains(&format!("href=\"../../{page}\"")), "{term}");
    }
}

/// An event's title is a heading of the third level, so those of its description lie below it. They have the event's id before their own, which links
/// may leave out.
#[test]
fn headings_of_an_event_lie_below_its_title() {
    let event = "---\ntitle: \"It opens\"\ndate: 2024-05-02\n---\n\nSee [below](#how).\n\n## How\n\nSo.\n".to_owned();
    let page = "---\ntitle: \"About\"\n---\n\nSee [how](../timeline/opening.md#how).\n".to_owned();
    let pages = built(&[("content/timeline/opening.md", event), ("content/pages/about.md", page)]);
    let timeline = &pages["timeline/index.html"];
    assert!(timeline.contains("<h4 id=\"opening-how\">How</h4>"), "{timeline}");
    assert!(timeline.contains("href=\"#opening-how\""), "{timeline}");
    assert!(pages["about/index.html"].contains("href=\"../timeline/#opening-how\""));
}

/// A claim shows what states it beside its text. Where it stood in a list nothing is left of its item.
#[test]
fn a_quotation_that_is_shown_beside_the_text_leaves_no_empty_item() {
    let claim = |list: &str| {
        format!(
            "---\nclaim: \"It opens.\"\nsummary: \"Yes.\"\nverdict: true\nevidence:\n  - {{title: \"T\", role: supports}}\n---\n\n{list}\n"
        )
    };
    let page = |list: &str| {
        let files = [
            ("seeds/a.txt", "It opens today.\n".to_owned()),
            ("content/sources/a.md", "---\nfile: a.txt\nlang: en\n---\n".to_owned()),
            ("content/claims/c.md", claim(list)),
        ];
        let page = built(&files)
            .remove("claims/c/index.html")
            .expect("the claim has a page");
        between(&page, "class=\"prose\" aria-label=\"The check\">", "</section>").concat()
    };
    let quotation = "- > It opens\n  >\n  > — [@a] states\n";
    assert_eq!(page(&format!("{quotation}\n- Second.")).matches("<li>").count(), 1);
    let text = page(&format!("First.\n\n{quotation}"));
    assert!(
        text.contains("First.") && !text.contains("<ul>") && !text.contains("<li>"),
        "{text}"
    );
    let kept = page(&format!("- Before.\n\n  {}", quotation.trim_start_matches("- ")));
    assert!(kept.contains("<li>") && kept.contains("Before."), "{kept}");
}

#[test]
fn the_notes_of_a_quotation_are_called_beside_it() {
    let files = [
        ("seeds/a.txt", "It opens today.\n".to_owned()),
        ("content/sources/a.md", "---\nfile: a.txt\nlang: en\n---\n".to_owned()),
        (
            "content/pages/about.md",
            "---\ntitle: \"About\"\n---\n\n> It opens[^1]\n>\n> — [@a]\n\n[^1]: Measured.\n".to_owned(),
        ),
    ];
    let pages = built(&files);
    let page = &pages["about/index.html"];
    assert!(page.contains("<mark>It opens</mark>"), "{page}");
    assert!(page.contains("<a href=\"#fn-1\" id=\"fnref-1\">1</a>"), "{page}");
}
