//! No page has an anchor twice (HTML, "The id attribute"): a heading that is called like a part of the page gets another anchor.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kezako::build::{Memory, build};
use kezako::site::Options;
use kezako::tree::Tree;

/// What stands between `id="` and the next quotation mark, each time.
fn ids(html: &str) -> impl Iterator<Item = &str> {
    html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next())
}

/// The anchors that stand in the templates as they are.
fn anchors_of_templates() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut anchors = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("templates") {
        let path = entry.expect("a template").path();
        if path.extension().is_some_and(|ending| ending == "html") {
            let text = fs::read_to_string(path).expect("a template is text");
            anchors.extend(ids(&text).filter(|id| !id.contains(['{', '_'])).map(str::to_owned));
        }
    }
    anchors
}

/// A site with a document of each kind, that has all that a page can show beside its body, and this body.
fn site(body: &str) -> Tree {
    let mut tree = Tree::default();
    let mut add = |path: &str, text: String| tree.insert_text(path, &text);
    add(
        "kezako.yaml",
        "title: Checks\nbase_url: \"https://a.example/\"\nlang: en\npublisher: {name: Us, email: \"us@a.example\"}\n"
            .to_owned(),
    );
    for (name, text) in [
        ("one", "The robot answers all that is written to it.\n"),
        ("two", "Le robot répond à tout.\n"),
    ] {
        add(&format!("seeds/{name}.txt"), text.to_owned());
    }
    add(
        "content/sources/one.md",
        format!("---\nfile: one.txt\ntitle: One\npublisher: A\nlang: en\nurl: \"https://b.example/\"\n---\n\n{body}"),
    );
    add(
        "content/sources/two.md",
        format!("---\nfile: two.txt\ntitle: Two\npublisher: B\nlang: fr\ntranslation_of: one\n---\n\n{body}"),
    );
    add(
        "content/claims/answers.md",
        format!(
            "---\nclaim: The robot answers.\nsummary: Nobody knows.\nverdict: unverifiable\nmissing: A robot.\nentities: [A]\n\
             evidence:\n  - {{title: D, role: context}}\ncorrections:\n  - {{date: 2024-01-02, note: N}}\n---\n\nThe robot.\n\n> The robot answers\n>\n> — [@one:1] states\n\n{body}"
        ),
    );
    add(
        "content/glossary/robot.md",
        format!("---\nterm: robot\nsee: [tool]\nevidence:\n  - {{title: D, role: context}}\n---\n\nA tool.\n\n{body}"),
    );
    add(
        "content/glossary/tool.md",
        "---\nterm: tool\n---\n\nA thing.\n".to_owned(),
    );
    add(
        "content/timeline/first.md",
        format!(
            "---\ntitle: It answers.\ndate: 2024-01-02\nclaims: [answers]\nterms: [robot]\nevidence:\n  - {{title: D, role: supports}}\n---\n\n{body}"
        ),
    );
    add("content/pages/about.md", format!("---\ntitle: About\n---\n\n{body}"));
    add("content/index.md", format!("---\ntitle: Home\n---\n\n{body}"));
    tree
}

#[test]
fn no_page_has_an_anchor_twice() {
    let words = anchors_of_templates();
    assert!(words.contains("verdict") && words.contains("find"));
    let numbered = ["e1", "p1"];
    let headings: String = words
        .iter()
        .map(String::as_str)
        .chain(numbered)
        .map(|word| format!("## {}\n\nWords.\n\n", word.replace('-', " ")))
        .collect();
    let sink = Memory::default();
    let built = build(&site(&headings), &Options::default(), &sink, &|_| {});
    assert!(!built.report.has_errors(), "{:#?}", built.report);
    let files = sink.into_files();
    let mut twice = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).expect("a page is text");
        let mut seen = BTreeSet::new();
        twice.extend(
            ids(html)
                .filter(|id| !seen.insert(*id))
                .map(|id| format!("{path}: {id}")),
        );
    }
    assert!(twice.is_empty(), "{twice:#?}");
    // The headings are all there, under their own names where nothing else has these.
    let page = std::str::from_utf8(&files["about/index.html"]).expect("a page is text");
    assert!(page.contains("<h2 id=\"verdict\">") && page.contains("<h2 id=\"main-2\">"));
}

/// The documents that a claim rests on have places of their own, as passages have: one that is not there is told.
#[test]
fn links_lead_to_documents_and_passages() {
    for (link, leads) in [
        ("#e1", true),
        ("#e2", false),
        ("#e0", false),
        ("#e01", false),
        ("../glossary/robot.md#e1", true),
        ("../glossary/tool.md#e1", false),
        ("../sources/one.md#p1", true),
        ("../sources/one.md#p2", false),
        ("../sources/one.md#p+1", false),
    ] {
        let mut tree = site("");
        let claim = tree.get("content/claims/answers.md").expect("the claim").bytes.clone();
        let claim = String::from_utf8(claim.to_vec()).expect("a claim is text");
        tree.insert_text("content/claims/answers.md", &format!("{claim}\n[There]({link}).\n"));
        let built = build(&tree, &Options::default(), &Memory::default(), &|_| {});
        assert_eq!(!built.report.has_errors(), leads, "{link}: {:#?}", built.report);
    }
}

/// Browsers go to the first words that are alike but for capitals and accents.
#[test]
fn a_link_to_the_original_leads_past_words_that_differ_by_accents_alone() {
    for (text, quoted) in [
        ("Le GROK parle, puis le grok parle fort.", "le grok parle"),
        (
            "On demande ou il va, puis on demande où il va enfin.",
            "demande où il va",
        ),
    ] {
        let mut tree = Tree::default();
        tree.insert_text(
            "kezako.yaml",
            "title: \"T\"\nbase_url: https://example.org/\nlang: fr\n",
        );
        tree.insert_text("seeds/s.txt", text);
        let record = "---\nfile: s.txt\nlang: fr\ntitle: \"S\"\nurl: https://example.net/s\n---\n";
        tree.insert_text("content/sources/s.md", record);
        let page = format!("---\ntitle: \"P\"\n---\n\n> {quoted}\n>\n> — [@s]\n");
        tree.insert_text("content/pages/p.md", &page);
        let memory = Memory::default();
        build(&tree, &Options::default(), &memory, &|_| {});
        let page = String::from_utf8(memory.into_files()["p/index.html"].clone()).expect("UTF-8");
        let (_, fragment) = page.split_once("#:~:text=").expect("a fragment");
        let fragment = fragment.split('"').next().unwrap_or_default();
        assert!(fragment.contains("-,"), "{fragment} tells no words before it");
    }
}

/// A link by a page's address is one to the document that the page shows.
#[test]
fn a_link_by_address_shows_a_verdict_and_is_held_against_the_places_of_the_page() {
    let mut tree = Tree::default();
    tree.insert_text(
        "kezako.yaml",
        "title: \"T\"\nbase_url: https://example.org/\nlang: en\n",
    );
    tree.insert_text("seeds/s.txt", "The bridge is long.");
    tree.insert_text("content/sources/s.md", "---\nfile: s.txt\nlang: en\ntitle: S\n---\n");
    let claim = "---\nclaim: \"It is long.\"\nsummary: \"No.\"\nverdict: false\n\
                 evidence: [{title: A survey, url: \"https://example.net/\", role: contradicts}]\n---\n\n\
                 > The bridge is long.\n>\n> — [@s] states\n";
    tree.insert_text("content/claims/bridge.md", claim);
    let mut report = |link: &str| {
        let page = format!("---\ntitle: \"P\"\n---\n\nSee [this]({link}).\n");
        tree.insert_text("content/pages/p.md", &page);
        let memory = Memory::default();
        let built = build(&tree, &Options::default(), &memory, &|_| {});
        let errors = built
            .report
            .diagnostics()
            .iter()
            .filter(|fault| fault.code.name() == "broken-link");
        (errors.count(), memory.into_files().remove("p/index.html"))
    };
    let (faults, page) = report("/claims/bridge/#verdict");
    let page = String::from_utf8(page.expect("the page")).expect("UTF-8");
    assert_eq!(faults, 0);
    assert!(
        page.contains("href=\"../claims/bridge/#verdict\"") && page.contains(">False</span>"),
        "{page}"
    );
    assert_eq!(report("/claims/bridge/#nope").0, 1, "no such place");
    assert_eq!(report("/claims/nope/").0, 1, "no such page");
}

/// A heading may be called like a part of another kind of page (`## More`, `## Report`), and must not be drawn, or hidden, like it: styles are for
/// an anchor of one element.
#[test]
fn no_style_is_for_an_anchor_whatever_bears_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/styles");
    let mut anchors = 0;
    for entry in fs::read_dir(folder).expect("styles") {
        let css = fs::read_to_string(entry.expect("a style").path()).expect("a style is text");
        let selectors = css.split('{').filter_map(|part| part.rsplit(['}', ';', '/']).next());
        for selector in selectors {
            for (at, _) in selector.match_indices('#') {
                let element = selector[..at].rsplit(|c: char| !c.is_ascii_alphanumeric()).next();
                assert!(
                    !matches!(element, None | Some("" | "h2" | "h3" | "h4" | "h5" | "h6")),
                    "{selector}"
                );
                anchors += 1;
            }
        }
    }
    assert!(anchors > 0, "there are anchors in the styles");
}
