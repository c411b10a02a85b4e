//! `kezako coverage` from outside, and what source pages tell of it.

mod support;

use std::path::Path;

use serde_json::Value;
use support::{Done, RECORD, Site, kezako, run, snapshot};

fn json(done: &Done) -> Value {
    serde_json::from_str(&done.stdout).unwrap_or_else(|error| panic!("{error} in {}", done.stdout))
}

#[test]
fn sentences_with_and_without_a_claim_are_told() {
    let site = Site::good();
    let done = site.run(&["coverage"]).exits(0);
    assert_eq!(
        done.stdout,
        "rfi: 1 of 1 checkable sentences have a claim\n\n  with a claim:\n    rfi:1  attribution, date, actor, names  grok\n      \
         Elon Musk a annoncé lundi que sa start-up xAI allait mettre en accès libre le programme informatique de son interface Grok.\n"
    );
    assert_eq!(done.stderr, "");
    site.write(
        "seeds/rfi.txt",
        "Elon Musk a annoncé lundi que sa start-up xAI allait mettre en accès libre le programme informatique de son interface Grok.\n\n\
         Elle vaut 24 milliards de dollars. Elle date de 2023. Rien n’est certain.\n",
    );
    let done = site.run(&["coverage", "--source", "rfi"]).exits(0);
    assert!(
        done.stdout.starts_with(
            "rfi: 1 of 3 checkable sentences have a claim\n\n  without a claim, most checkable first:\n    rfi:3  money, figure\n      \
             Elle vaut 24 milliards de dollars.\n    rfi:3  date\n      Elle date de 2023.\n\n  with a claim:\n"
        ),
        "{}",
        done.stdout
    );
}

#[test]
fn an_unknown_source_is_wrong_usage() {
    let site = Site::good();
    site.run(&["coverage", "--source", "rfj"])
        .exits(2)
        .complains("did you mean `rfi`?");
    site.run(&["coverage", "--format", "xml"]).exits(2);
    let empty = Site::bare();
    let done = empty.run(&["coverage"]).exits(0);
    assert_eq!(done.stdout, "");
    done.complains("`kezako new source FILE` takes an article in");
    assert_eq!(
        json(&empty.run(&["coverage", "--format", "json"]).exits(0))["sources"],
        Value::Array(Vec::new())
    );
}

#[test]
fn a_source_with_nothing_to_report_says_so() {
    let site = Site::good();
    std::fs::remove_file(site.path("content/claims/grok.md")).expect("the claim");
    site.write("seeds/rfi.txt", "Rien n’est certain.\n");
    let done = site.run(&["coverage"]).exits(0);
    assert_eq!(done.stdout, "rfi: no sentence seems checkable\n");
    std::fs::remove_file(site.path("seeds/rfi.txt")).expect("the seed");
    site.run(&["coverage", "--source", "rfi"])
        .exits(2)
        .complains("the text of source `rfi` cannot be read")
        .complains("kezako check");
}

#[test]
fn the_page_for_the_desk_is_in_the_language_of_the_site() {
    let site = Site::good();
    let settings = std::fs::read_to_string(site.path("kezako.yaml")).expect("the settings");
    for (lang, words) in [
        ("fr", "rfi:1 · attribution, date, acteur, noms · grok"),
        ("en", "rfi:1 · attribution, date, actor, names · grok"),
    ] {
        site.write("kezako.yaml", format!("{settings}lang: {lang}\n"));
        let page = site.run(&["coverage", "--format", "html"]).exits(0).stdout;
        assert!(
            page.contains(words) && page.contains(&format!("<html lang=\"{lang}\">")),
            "{page}"
        );
    }
}

#[test]
fn a_claim_that_is_a_draft_covers_only_when_asked() {
    let site = Site::good();
    let claim = std::fs::read_to_string(site.path("content/claims/grok.md")).expect("the claim");
    site.write(
        "content/claims/grok.md",
        claim.replace("verdict: true", "verdict: true\ndraft: true"),
    );
    let checked = |arguments: &[&str]| json(&site.run(arguments).exits(0))["sources"][0]["checked"].clone();
    assert_eq!(checked(&["coverage", "--format", "json"]), 0);
    assert_eq!(checked(&["coverage", "--format", "json", "--drafts"]), 1);
}

#[test]
fn the_page_for_the_desk_is_whole_and_harmless() {
    let site = Site::good();
    site.write(
        "seeds/rfi.txt",
        "Il a payé 3 euros à <script>alert(1)</script> & Cie en 2023.\n",
    );
    std::fs::remove_file(site.path("content/claims/grok.md")).expect("the claim");
    let page = site.run(&["coverage", "--format", "html"]).exits(0).stdout;
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"), "{page}");
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Cie"),
        "{page}"
    );
    for word in ["<script", "http", " style="] {
        assert!(!page.contains(word), "{word} in {page}");
    }
    for word in [
        "<meta name=\"robots\" content=\"noindex\">",
        "<meter ",
        "checkable sentences that have a claim: 0 of 1",
    ] {
        assert!(page.contains(word), "no {word} in {page}");
    }
}

/// The project's own site, as JSON and as pages.
#[test]
fn places_are_exact_and_pages_keep_what_is_not_theirs_to_show() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let report = json(&run(kezako(["coverage", "--format", "json", "--root"]).arg(root)).exits(0));
    assert_eq!(report["version"], 1);
    let out = tempfile::tempdir().expect("a folder");
    run(kezako(["build", "--today", "2024-06-01", "--root"])
        .arg(root)
        .arg("--out")
        .arg(out.path().join("site")))
    .exits(0);
    let files = snapshot(&out.path().join("site"));
    let sources = report["sources"].as_array().expect("sources");
    assert_eq!(sources.len(), 5);
    for source in sources {
        let text = std::fs::read_to_string(root.join(source["file"].as_str().expect("a file"))).expect("a seed");
        let chars: Vec<char> = text.chars().collect();
        let list = |key: &str| source[key].as_array().expect("a list").clone();
        let (with, without) = (list("with_claim"), list("without_claim"));
        assert_eq!(source["checked"], with.len());
        assert_eq!(source["checkable"], with.len() + without.len());
        for sentence in with.iter().chain(&without) {
            let place = |key: &str| usize::try_from(sentence[key].as_u64().expect("a number")).expect("small");
            let words: String = chars[place("start")..place("end")].iter().collect();
            assert_eq!(sentence["text"], *words);
        }
        let points: Vec<i64> = without
            .iter()
            .map(|sentence| sentence["points"].as_i64().expect("a number"))
            .collect();
        assert!(points.is_sorted_by(|a, b| a >= b), "most checkable first: {points:?}");
        let id = source["id"].as_str().expect("an id");
        let page = String::from_utf8_lossy(&files[&format!("sources/{id}/index.html")]).into_owned();
        // A page, a term or an event may quote it.
        let beside_marks: Vec<&str> = page
            .split("<mark>")
            .map(|part| part.rsplit("</mark>").next().unwrap_or(part))
            .collect();
        for sentence in &without {
            let words = sentence["text"].as_str().expect("words").replace('\'', "&#39;");
            assert!(
                !beside_marks.iter().any(|part| part.contains(&words)),
                "the page of {id} shows `{words}`, which nothing quotes"
            );
        }
        assert!(page.contains("id=\"sentences\""), "{id}");
        assert_eq!(page.matches("class=\"done\"").count(), with.len(), "{id}");
        assert_eq!(page.matches("class=\"open\"").count(), without.len(), "{id}");
    }
}

#[test]
fn sources_that_cannot_be_read_are_not_passed_over_in_silence() {
    let site = Site::good();
    site.write("seeds/rfi.txt", b"\xff");
    let done = site
        .run(&["coverage", "--format", "json"])
        .exits(1)
        .complains("source `rfi` cannot be read");
    assert_eq!(json(&done)["sources"], serde_json::json!([]));
    let done = site
        .run(&["quote", "Elon Musk"])
        .exits(1)
        .complains("source `rfi` cannot be read");
    done.complains("these words are in none of the others");
    // What is found elsewhere is found.
    site.write("seeds/other.txt", "Elon Musk, in another article.\n");
    site.run(&["quote", "Elon Musk"]).exits(0);
}

/// A file in none of the folders of content is reported by `check`; nobody says that it is a source.
#[test]
fn a_stray_file_is_no_source_that_was_left_out() {
    let site = Site::good();
    site.write("content/notes.md", "---\ntitle: \"Notes\"\n---\n");
    let done = site.run(&["coverage"]).exits(0);
    assert!(!done.stderr.contains("notes"), "{}", done.stderr);
    site.write("content/sources/Other.md", RECORD);
    let done = site.run(&["coverage"]).exits(1);
    assert_eq!(done.stderr.matches("cannot be read").count(), 1, "{}", done.stderr);
}
