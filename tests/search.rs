//! The search page, the box on every page, and the index behind them.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;

use serde_json::Value;
use support::{CLAIM, SETTINGS, Site, snapshot};

type Files = BTreeMap<String, Vec<u8>>;

fn text(files: &Files, path: &str) -> String {
    String::from_utf8(files[path].clone()).expect("UTF-8")
}

/// What the index knows, by address. Pagefind's files are compressed JSON with a mark before it.
fn found(files: &Files) -> BTreeMap<String, Value> {
    let fragments = files.iter().filter(|(path, _)| path.starts_with("pagefind/fragment/"));
    fragments
        .map(|(path, bytes)| {
            let mut json = String::new();
            let mut unpacked = flate2::read::GzDecoder::new(&bytes[..]);
            unpacked.read_to_string(&mut json).expect("compressed text");
            let json = json.strip_prefix("pagefind_dcd").expect("Pagefind's mark");
            let value: Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{path}: {error}"));
            (value["url"].as_str().expect("an address").to_owned(), value)
        })
        .collect()
}

#[test]
fn every_page_has_a_box_and_each_language_a_page() {
    let site = Site::good();
    site.write("kezako.yaml", format!("{SETTINGS}languages: [en, fr]\n"));
    let files = site.built();
    let box_of = |path: &str| {
        let page = text(&files, path);
        let at = page.find("<form class=\"find\" role=\"search\" action=\"")?;
        page[at..].split('"').nth(5).map(str::to_owned)
    };
    assert_eq!(box_of("claims/grok/index.html").as_deref(), Some("../../search/"));
    assert_eq!(box_of("fr/index.html").as_deref(), Some("../fr/search/"));
    assert_eq!(box_of("404.html").as_deref(), Some("/search/"));
    assert_eq!(box_of("search/index.html"), None, "it has a larger one");
    let page = text(&files, "fr/search/index.html");
    assert!(
        page.contains("<h1>Recherche</h1>") && page.contains("data-index=\"../../pagefind/\""),
        "{page}"
    );
    assert!(page.contains("<noscript>") && page.contains("href=\"../../fr/claims/\""));
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(!text(&files, "sitemap.xml").contains("/search/"));
    for file in [
        "pagefind.js",
        "pagefind-worker.js",
        "pagefind-entry.json",
        "wasm.en.pagefind",
    ] {
        assert!(files.contains_key(&format!("pagefind/{file}")), "{file}");
    }
}

#[test]
fn a_site_may_do_without() {
    let site = Site::good();
    site.write("kezako.yaml", format!("{SETTINGS}search: false\n"));
    let files = site.built();
    let left: Vec<&String> = files
        .keys()
        .filter(|path| path.starts_with("pagefind/") || path.starts_with("search/"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        assert!(
            !page.contains("class=\"find\"") && !page.contains("search/\""),
            "{path}"
        );
    }
}

#[test]
fn the_index_knows_what_pages_say() {
    let site = Site::good();
    site.write(
        "content/claims/grok.md",
        CLAIM.replace("states\n", "states\n\n## What we did\n\nWe read the *weights*.\n"),
    );
    site.write(
        "content/glossary/weights.md",
        "---\nterm: \"weights\"\naliases: [\"parameters\"]\n---\n\nNumbers of a model.\n",
    );
    site.write(
        "content/timeline/release.md",
        "---\ndate: 2024-03-11\ntitle: \"Grok is promised\"\nentities: [\"xAI\"]\n---\n\nOn X.\n",
    );
    site.write("content/pages/about.md", "---\ntitle: \"About\"\n---\n\nWho we are.\n");
    site.write(
        "content/pages/later.md",
        "---\ntitle: \"Later\"\ndraft: true\n---\n\nA draft.\n",
    );
    let found = found(&site.built());
    let paths: Vec<&str> = found.keys().map(String::as_str).collect();
    let expected = [
        "about/",
        "claims/grok/",
        "entities/xai/",
        "glossary/weights/",
        "sources/rfi/",
        "timeline/#release",
    ];
    assert_eq!(paths, expected);
    let claim = &found["claims/grok/"];
    assert_eq!(claim["meta"]["title"], "xAI is opening its chatbot Grok.");
    assert_eq!(claim["filters"]["kind"][0], "claim");
    assert_eq!(claim["filters"]["verdict"][0], "true");
    let said = claim["content"].as_str().expect("text");
    let expected = [
        "It said so on 11 March 2024.",
        "What we did. We read the weights.",
        "Elon Musk a annoncé lundi que sa start-up xAI allait mettre en accès libre",
        "Open release of Grok-1",
    ];
    for words in expected {
        assert!(said.contains(words), "{words} in {said}");
    }
    assert_eq!(found["glossary/weights/"]["filters"]["kind"][0], "term");
    let term = found["glossary/weights/"]["content"].as_str().expect("text");
    assert!(
        term.contains("Numbers of a model") && term.contains("parameters"),
        "{term}"
    );
    assert_eq!(found["timeline/#release"]["filters"]["verdict"], Value::Null);
}

/// A worker has the policy that it is sent with. Hosts join what several rules say, so no other rule may match it.
#[test]
fn the_worker_alone_may_run_what_the_index_needs() {
    let policies = |search: &str| -> Vec<(String, String)> {
        let site = Site::good();
        site.write("kezako.yaml", format!("{SETTINGS}{search}"));
        let headers = text(&site.built(), "_headers");
        let mut path = String::new();
        let mut policies = Vec::new();
        for line in headers.lines() {
            match line.strip_prefix("  Content-Security-Policy: ") {
                Some(policy) => policies.push((path.clone(), policy.to_owned())),
                None if !line.starts_with(' ') => path = line.to_owned(),
                None => {}
            }
        }
        policies
    };
    let matching = |policies: &[(String, String)], path: &str| -> Vec<String> {
        let rules = policies.iter().filter(|(rule, _)| match rule.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == rule,
        });
        rules.map(|(_, policy)| policy.clone()).collect()
    };
    let with = policies("");
    for page in ["/", "/claims/", "/claims/grok/", "/search/", "/404.html"] {
        let own = matching(&with, page);
        assert!(
            own.len() == 1 && own[0].starts_with("default-src 'self'") && !own[0].contains("unsafe"),
            "{page}: {own:?}"
        );
    }
    let worker = matching(&with, "/pagefind/pagefind-worker.js");
    assert!(
        worker.len() == 1 && worker[0].contains("script-src 'self' 'wasm-unsafe-eval'"),
        "{worker:?}"
    );
    let without = policies("search: false\n");
    assert!(
        without.len() == 1 && without[0].0 == "/*" && !without[0].1.contains("unsafe"),
        "{without:?}"
    );
}

#[test]
fn no_document_takes_its_addresses() {
    for taken in [
        "/search/",
        "/pagefind/pagefind.js",
        "/pagefind/index/",
        "/claims/grok/card.png",
    ] {
        let site = Site::good();
        site.write(
            "content/claims/other.md",
            CLAIM.replace("verdict: true", &format!("verdict: true\naliases: [{taken}]")),
        );
        let codes: Vec<String> = site.problems().into_iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["duplicate-url"], "{taken}");
    }
}

#[test]
fn a_second_build_takes_the_index_over() {
    let site = Site::good();
    site.run(&["build", "--compress"]).exits(0);
    let first = snapshot(&site.path("public"));
    site.run(&["build"]).exits(0);
    let second = snapshot(&site.path("public"));
    assert!(
        second.keys().all(|path| !path.ends_with(".gz")),
        "copies are no part of the index"
    );
    site.run(&["build", "--compress"]).exits(0);
    assert_eq!(snapshot(&site.path("public")), first);
    // A file of it that is not as it was written is made anew, and so is the index of a changed site.
    fs::write(site.path("public/pagefind/pagefind.js"), "spoilt").expect("written");
    site.run(&["build", "--compress"]).exits(0);
    assert_eq!(snapshot(&site.path("public")), first);
    site.write("content/glossary/grok.md", "---\nterm: \"Grok\"\n---\n\nA chatbot.\n");
    site.run(&["build"]).exits(0);
    assert!(found(&snapshot(&site.path("public"))).contains_key("glossary/grok/"));
}
