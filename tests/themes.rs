//! A site changes one template, one style, one word, one asset, and keeps the rest of what Kézako brings along.

mod support;

use support::{Site, run};

/// A site that is built with a file of its own in `templates/`.
fn with(name: &str, text: &str) -> Built {
    let site = Site::good();
    site.write(&format!("templates/{name}"), text);
    Built(site.built())
}

struct Built(std::collections::BTreeMap<String, Vec<u8>>);

impl Built {
    #[track_caller]
    fn text(&self, path: &str) -> &str {
        let bytes = self.0.get(path).unwrap_or_else(|| panic!("{path} was not built"));
        std::str::from_utf8(bytes).expect("UTF-8")
    }

    /// The style sheet.
    fn style(&self) -> &str {
        let path = self
            .0
            .keys()
            .find(|path| path.starts_with("assets/site.") && path.ends_with(".css"));
        self.text(path.expect("there is a style sheet"))
    }
}

#[test]
fn one_template_is_replaced_and_the_others_stay() {
    let plain = Built(Site::good().built());
    let own = with(
        "corrections.html",
        "{% extends \"base.html\" %}{% block main %}<h1>OWN {{ page.title }}</h1>{% endblock main %}",
    );
    assert!(own.text("corrections/index.html").contains("<h1>OWN Corrections</h1>"));
    assert!(
        own.text("corrections/index.html").contains("class=\"foot\""),
        "the frame is the built-in one"
    );
    for path in ["index.html", "claims/grok/index.html", "404.html"] {
        assert_eq!(own.text(path), plain.text(path), "{path}");
    }
}

#[test]
fn a_block_of_the_template_that_is_replaced_can_be_changed_alone() {
    let own = with(
        "base.html",
        "{% extends \"built-in/base.html\" %}{% block footer %}<footer>OWN</footer>{% endblock footer %}",
    );
    for path in ["index.html", "claims/grok/index.html", "404.html"] {
        let page = own.text(path);
        assert!(
            page.contains("<footer>OWN</footer>") && !page.contains("class=\"foot\""),
            "{path}"
        );
        assert!(page.contains("class=\"menu\""), "{path}: the head of the page stays");
    }
    let own = with(
        "claim.html",
        "{% extends \"built-in/claim.html\" %}{% block margin %}<p>OWN {{ content.id }}</p>{% endblock margin %}",
    );
    let page = own.text("claims/grok/index.html");
    assert!(
        page.contains("<p>OWN grok</p>") && !page.contains("id=\"dates\"") && page.contains("id=\"quotations\""),
        "{page}"
    );
}

#[test]
fn styles_are_added_after_all_others_or_replaced_by_the_part() {
    let plain = Built(Site::good().built());
    let own = with("styles/custom.css", ":root { --link: #123456 }\n.own { color: red }\n");
    assert!(own.style().len() > plain.style().len(), "the built-in styles stay");
    let (built_in, added) = (
        own.style().find("--link").expect("the built-in colour"),
        own.style().rfind("--link:#123456"),
    );
    assert!(added.is_some_and(|added| added > built_in), "the own colour comes last");
    assert!(own.style().contains(".own{color:red}"));
    let own = with("styles/print.css", "@media print { .own { color: red } }\n");
    assert!(own.style().contains(".own{color:red}") && own.style().contains(".claim-box"));
    assert!(!own.style().contains("counter(pages)"), "the built-in part is gone");
}

#[test]
fn one_word_and_one_asset_are_replaced() {
    let own = with("i18n/en.yaml", "claims: \"Checks made\"\n");
    let page = own.text("claims/index.html");
    assert!(
        page.contains("Checks made") && page.contains("Timeline"),
        "the other words stay"
    );
    let own = with("assets/site.js", "// own\n");
    let scripts = own
        .0
        .iter()
        .filter(|(path, _)| path.starts_with("assets/site.") && path.ends_with(".js"));
    let texts: Vec<&[u8]> = scripts.map(|(_, bytes)| bytes.as_slice()).collect();
    assert_eq!(texts, [b"// own\n"]);
}

#[test]
fn a_template_that_walks_through_a_map_gives_the_same_each_time() {
    let walk = || with("404.html", "{% for key, text in t %}{{ key }}\n{% endfor %}");
    let first = walk();
    let keys: Vec<&str> = first.text("404.html").lines().collect();
    assert!(keys.len() > 100 && keys.is_sorted(), "{keys:?}");
    assert_eq!(walk().text("404.html"), first.text("404.html"));
}

#[test]
fn what_a_template_does_not_see_is_an_error_at_its_place() {
    let site = Site::good();
    site.write("templates/built-in/base.html", "never read\n");
    site.write("templates/base.html", "{% extends \"built-in/nothing.html\" %}\n");
    let done = run(site
        .command(&["check", "--format", "short"])
        .args(["--today", "2024-06-01"]))
    .exits(1);
    assert!(
        done.stdout.contains("templates/base.html") && done.stdout.contains("[template]"),
        "{}",
        done.stdout
    );
}

/// Editors on Windows write it before the text, and it is no part of it.
#[test]
fn a_byte_order_mark_is_no_part_of_a_style_or_a_template() {
    let own = with("styles/custom.css", "\u{feff}:root { --link: #7a1f5c }\n");
    assert!(
        own.style().ends_with("}:root{--link:#7a1f5c}"),
        "{}",
        &own.style()[own.style().len() - 80..]
    );
    let page = "{% extends \"built-in/page.html\" %}{% block main %}OWN{% endblock main %}";
    let site = Site::good();
    site.write("content/pages/about.md", "---\ntitle: \"About\"\n---\n");
    site.write("templates/page.html", format!("\u{feff}{page}"));
    assert!(
        Built(site.built())
            .text("about/index.html")
            .starts_with("<!doctype html>")
    );
    // Places in it are those of the text.
    site.write(
        "templates/page.html",
        format!("\u{feff}{}", page.replace("OWN", "{{ nope }}")),
    );
    assert_eq!(site.problems()[0].words(&site.root()), "nope");
    site.write("templates/page.html", "\u{feff}{% if %}");
    let problems = site.problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(
        (problems[0].code.as_str(), problems[0].words(&site.root()).as_str()),
        ("template", "%}")
    );
}
