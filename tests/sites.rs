//! Whole sites: `tests/sites/NAME/site` built, and what programs read of it held against `tests/sites/NAME/expected`.
//!
//! `UPDATE=1 cargo test --test sites` rewrites what is expected; read the difference before you keep it. Markup is left out, so that templates may
//! change: of pages only the list of paths and the words of a few are compared. Beside the stored output, contract §4 is checked key by key.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kezako::build::{Built, Memory, build};
use kezako::diagnostic::Severity;
use kezako::shell::load;
use kezako::site::Options;
use serde_json::Value;
use sha2::{Digest, Sha256};

type Files = BTreeMap<String, Vec<u8>>;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name)
}

fn built(name: &str) -> (Files, Built) {
    let tree = load(&folder(name).join("site")).expect("the site can be read");
    let sink = Memory::default();
    let built = build(&tree, &Options::default(), &sink, &|_| {});
    assert!(!built.report.has_errors(), "{name}: {:#?}", built.report.diagnostics());
    (sink.into_files(), built)
}

fn text<'a>(files: &'a Files, path: &str) -> &'a str {
    let bytes = files.get(path).unwrap_or_else(|| panic!("{path} was not built"));
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn json(files: &Files, path: &str) -> Value {
    serde_json::from_str(text(files, path)).unwrap_or_else(|fault| panic!("{path}: {fault}"))
}

/// Paths, one a line; the hash of an asset's content is `HASH`.
fn paths(files: &Files) -> String {
    // Only a program that makes PDFs has these; tests/pdf.rs looks at them.
    let kept = files.keys().filter(|path| !path.ends_with("glossary.pdf"));
    let mut all: Vec<String> = kept.map(|path| without_hash(path)).collect();
    all.sort();
    all.join("\n") + "\n"
}

fn without_hash(path: &str) -> String {
    let is_hash = |part: &str| part.len() == 10 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let parts = path.split('.').map(|part| if is_hash(part) { "HASH" } else { part });
    parts.collect::<Vec<_>>().join(".")
}

/// The words of a page's `main`, a line for each block.
fn words(markup: &str) -> String {
    let from = markup.find("<main").unwrap_or(0);
    let to = markup.find("</main>").unwrap_or(markup.len());
    let mut out = String::new();
    let mut rest = &markup[from..to];
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at].replace('\n', " "));
        let Some(end) = rest[at..].find('>') else { break };
        let tag = &rest[at + 1..at + end];
        let name = tag
            .trim_start_matches('/')
            .split([' ', '\n', '/'])
            .next()
            .unwrap_or_default();
        rest = &rest[at + end + 1..];
        if matches!(name, "script" | "style" | "svg") && !tag.starts_with('/') {
            rest = rest.find(&format!("</{name}>")).map_or("", |at| &rest[at..]);
        }
        if !matches!(
            name,
            "a" | "em" | "strong" | "span" | "code" | "time" | "sup" | "mark" | "q" | "cite" | "abbr" | "b" | "i"
        ) {
            out.push('\n');
        }
    }
    let plain = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(out, |text, (entity, sign)| text.replace(entity, sign));
    let lines = plain.lines().map(|line| {
        line.split(' ')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    });
    lines
        .filter(|line| !line.is_empty())
        .fold(String::new(), |mut text, line| {
            let _ = writeln!(text, "{line}");
            text
        })
}

/// Holds a site's output against what is stored, or stores it.
fn check(name: &str, pages: &[&str]) -> Files {
    let (files, built) = built(name);
    let mut actual = BTreeMap::from([("paths.txt".to_owned(), paths(&files))]);
    for (path, bytes) in &files {
        // Schemas are the same for all sites.
        let data = (path.contains("api/") && path.ends_with(".json") && !path.contains("api/schema/"))
            || path.ends_with("feed.xml")
            || path.ends_with(".ics")
            || (path.starts_with("sitemap") && path.ends_with(".xml"))
            || path == "robots.txt";
        if data {
            actual.insert(path.clone(), String::from_utf8(bytes.clone()).expect("UTF-8"));
        }
    }
    for page in pages {
        let stem = page.trim_end_matches("/index.html").replace('/', "-");
        actual.insert(format!("text/{stem}.txt"), words(text(&files, page)));
    }
    let mut report = String::new();
    for fault in built.report.diagnostics() {
        writeln!(report, "{} {:?} {}", fault.code.name(), fault.span, fault.path).expect("a string takes all");
    }
    actual.insert("report.txt".to_owned(), report);
    let expected = folder(name).join("expected");
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(&expected);
        for (path, text) in &actual {
            let target = expected.join(path);
            fs::create_dir_all(target.parent().expect("below the folder")).expect("a folder");
            fs::write(target, text).expect("written");
        }
        return files;
    }
    let mut stored = BTreeSet::new();
    for entry in walkdir::WalkDir::new(&expected)
        .into_iter()
        .map(|entry| entry.expect("readable"))
    {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&expected).expect("below");
            stored.insert(path.to_str().expect("UTF-8").replace('\\', "/"));
        }
    }
    assert_eq!(
        actual.keys().cloned().collect::<BTreeSet<_>>(),
        stored,
        "{name}: files; UPDATE=1 rewrites them"
    );
    for (path, text) in &actual {
        let stored = fs::read_to_string(expected.join(path)).expect("readable");
        similar_or_fail(name, path, &stored, text);
    }
    files
}

fn similar_or_fail(name: &str, path: &str, stored: &str, text: &str) {
    if stored == text {
        return;
    }
    let first = stored.lines().zip(text.lines()).position(|(a, b)| a != b);
    let line = first.unwrap_or_else(|| stored.lines().count().min(text.lines().count()));
    panic!(
        "{name}: {path} differs from line {}\n  stored: {:?}\n  built:  {:?}\nUPDATE=1 cargo test --test sites rewrites it",
        line + 1,
        stored.lines().nth(line),
        text.lines().nth(line),
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Contract §4, by hand.

const CLAIM: &[&str] = &[
    "id",
    "lang",
    "url",
    "claim",
    "summary",
    "verdict",
    "rating",
    "reason",
    "claimant",
    "claimed",
    "published",
    "updated",
    "checked",
    "entities",
    "terms",
    "quotations",
    "evidence",
    "corrections",
];
const SOURCE: &[&str] = &[
    "id",
    "file",
    "sha256",
    "title",
    "publisher",
    "lang",
    "published",
    "kind",
    "url",
    "translation_of",
    "passages",
    "checkable",
    "checked",
];
const TERM: &[&str] = &[
    "id",
    "lang",
    "url",
    "term",
    "aliases",
    "definition",
    "see",
    "quotations",
    "uses",
];
const EVENT: &[&str] = &[
    "id",
    "lang",
    "url",
    "date",
    "start",
    "end",
    "title",
    "description",
    "entities",
    "claims",
    "quotations",
    "evidence",
];
const QUOTATION: &[&str] = &[
    "role",
    "source",
    "passage",
    "sha256",
    "in_body",
    "parts",
    "prefix",
    "suffix",
    "typography_differs",
    "translation",
];
const EVIDENCE: &[&str] = &[
    "title",
    "publisher",
    "url",
    "published",
    "accessed",
    "archive_url",
    "kind",
    "role",
    "note",
];

#[track_caller]
fn has_keys(value: &Value, keys: &[&str]) {
    let actual: BTreeSet<&str> = value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(actual, keys.iter().copied().collect::<BTreeSet<_>>(), "{value}");
}

fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key]
        .as_array()
        .unwrap_or_else(|| panic!("{key} is a list in {value}"))
}

/// `chars[start..end] == exact` for every part of every quotation, and the rest of the proof with it. Gives how many quotations there are.
fn proofs_hold(name: &str, files: &Files) -> usize {
    let sources = json(files, "api/sources.json");
    let seeds: BTreeMap<&str, String> = list(&sources, "sources")
        .iter()
        .map(|source| {
            let path = folder(name)
                .join("site/seeds")
                .join(source["file"].as_str().expect("a seed"));
            let seed = fs::read_to_string(path).expect("UTF-8");
            assert_eq!(source["sha256"], hash(&seed));
            (source["id"].as_str().expect("an id"), seed)
        })
        .collect();
    let mut count = 0;
    for (file, key) in [("claims", "claims"), ("glossary", "terms"), ("timeline", "events")] {
        for item in list(&json(files, &format!("api/{file}.json")), key) {
            for quotation in list(item, "quotations") {
                has_keys(quotation, QUOTATION);
                proof_holds(quotation, &seeds[quotation["source"].as_str().expect("an id")]);
                count += 1;
            }
        }
    }
    count
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn proof_holds(quotation: &Value, seed: &str) {
    assert_eq!(quotation["sha256"], hash(seed));
    let code_points: Vec<char> = seed.chars().collect();
    let slice = |from: usize, to: usize| code_points[from..to].iter().collect::<String>();
    let number = |value: &Value| usize::try_from(value.as_u64().expect("a number")).expect("small");
    let parts = list(quotation, "parts");
    assert!(!parts.is_empty());
    for part in parts {
        has_keys(part, &["start", "end", "exact"]);
        let (start, end) = (number(&part["start"]), number(&part["end"]));
        assert!(start < end);
        assert_eq!(part["exact"], slice(start, end));
    }
    let (start, end) = (number(&parts[0]["start"]), number(&parts[parts.len() - 1]["end"]));
    assert_eq!(quotation["prefix"], slice(start.saturating_sub(32), start));
    assert_eq!(quotation["suffix"], slice(end, (end + 32).min(code_points.len())));
    // `sed -n Np` shows the passage, or the first line of it.
    let line = 1 + code_points[..start].iter().filter(|c| **c == '\n').count();
    assert!(number(&quotation["passage"]) <= line);
}

fn versions_and_keys(files: &Files) {
    for (file, name, keys) in [
        ("claims", "claims", CLAIM),
        ("sources", "sources", SOURCE),
        ("glossary", "terms", TERM),
        ("timeline", "events", EVENT),
    ] {
        let value = json(files, &format!("api/{file}.json"));
        has_keys(&value, &["version", name]);
        assert_eq!(value["version"], 1);
        for item in list(&value, name) {
            has_keys(item, keys);
            for evidence in item.get("evidence").and_then(Value::as_array).into_iter().flatten() {
                has_keys(evidence, EVIDENCE);
            }
        }
        if file != "sources" {
            let key = |item: &Value| (item["id"].to_string(), item["lang"].to_string());
            assert!(list(&value, name).is_sorted_by_key(key), "ordered by id, then language");
        }
    }
}

/// Every relative address of a page leads to a file of the site, under any prefix.
fn no_address_leads_nowhere(files: &Files, prefix: &str) {
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let markup = std::str::from_utf8(bytes).expect("UTF-8");
        for attribute in [" href=\"", " src=\""] {
            for address in markup
                .split(attribute)
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
            {
                if address.contains("://") || address.starts_with("mailto:") || address.starts_with("data:") {
                    continue;
                }
                let (address, anchor) = address
                    .split_once('#')
                    .map_or((address, None), |(path, anchor)| (path, Some(anchor)));
                let address = address.split('?').next().unwrap_or_default();
                let target =
                    resolve(path, address, prefix).unwrap_or_else(|| panic!("{path}: `{address}` leaves the prefix"));
                let found = files
                    .get(&target)
                    .unwrap_or_else(|| panic!("{path}: `{address}` leads to no {target}"));
                if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty() && !anchor.starts_with(":~:")) {
                    let found = std::str::from_utf8(found).expect("UTF-8");
                    let id = anchor.split(":~:").next().unwrap_or(anchor);
                    assert!(
                        found.contains(&format!("id=\"{id}\"")),
                        "{path}: no `#{id}` in {target}"
                    );
                }
            }
        }
    }
}

fn resolve(page: &str, address: &str, prefix: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    let rest = if let Some(absolute) = address.strip_prefix('/') {
        let full = format!("/{absolute}");
        full.strip_prefix(prefix)?;
        &address[prefix.len()..]
    } else {
        parts.extend(page.split('/'));
        parts.pop();
        if address.is_empty() {
            return Some(page.to_owned());
        }
        address
    };
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let mut target = parts.join("/");
    if rest.is_empty() || rest.ends_with('/') || rest.ends_with("..") || rest == "." {
        target = if target.is_empty() {
            "index.html".to_owned()
        } else {
            format!("{target}/index.html")
        };
    }
    Some(target)
}

#[test]
fn full() {
    let files = check(
        "full",
        &[
            "claims/mistral-record/index.html",
            "claims/musk-success/index.html",
            "sources/mistral/index.html",
            "glossary/levee/index.html",
        ],
    );
    versions_and_keys(&files);
    assert_eq!(proofs_hold("full", &files), 7 + 1);
    no_address_leads_nowhere(&files, "/");
}

#[test]
fn minimal() {
    let files = check("minimal", &["claims/sky/index.html"]);
    versions_and_keys(&files);
    assert_eq!(proofs_hold("minimal", &files), 1);
    no_address_leads_nowhere(&files, "/");
    assert!(
        !files.keys().any(|path| path.starts_with("en/")),
        "the one language has no folder"
    );
}

#[test]
fn prefix() {
    let files = check("prefix", &["claims/coupe/index.html", "sources/chat-2024/index.html"]);
    versions_and_keys(&files);
    assert_eq!(proofs_hold("prefix", &files), 2);
    no_address_leads_nowhere(&files, "/un/prefixe/");
    let claims = json(&files, "api/claims.json");
    assert_eq!(
        claims["claims"][0]["url"],
        "https://host.example/un/prefixe/claims/coupe/"
    );
    let sources = json(&files, "api/sources.json");
    let chat = &sources["sources"][0];
    assert_eq!(
        (&chat["id"], &chat["title"], &chat["lang"]),
        (&"chat-2024".into(), &"Un titre sans fiche".into(), &"fr".into())
    );
    assert_eq!(chat["publisher"], Value::Null);
}

/// What `tests/machines.rs` reads with the libraries of others.
#[test]
fn machines() {
    let files = check("machines", &["claims/prix/index.html", "timeline/index.html"]);
    versions_and_keys(&files);
    assert_eq!(proofs_hold("machines", &files), 6);
    no_address_leads_nowhere(&files, "/sous/");
}

/// A translation beside its original: what a note or a claim quotes is shown, and nothing else.
#[test]
fn translation() {
    let files = check(
        "translation",
        &[
            "sources/pont/translation/index.html",
            "sources/pont/index.html",
            "fr/sources/pont/translation/index.html",
        ],
    );
    no_address_leads_nowhere(&files, "/");
    for page in [
        "sources/pont/translation/index.html",
        "fr/sources/pont/translation/index.html",
    ] {
        for words in [
            "about the lamps",
            "parlé des lampes",
            "stayed away",
            "Share this page",
            "Partager",
        ] {
            // A proof tells the 32 signs on either side.
            let shown = text(&files, page);
            let mut beside_proofs = shown
                .split("<details class=\"proof")
                .map(|rest| rest.rsplit("</ol></details>").next());
            assert!(
                !beside_proofs.any(|text| text.is_some_and(|text| text.contains(words))),
                "{page}: `{words}` is neither quoted nor annotated"
            );
        }
    }
    assert!(
        !files.contains_key("sources/bridge/translation/index.html"),
        "it translates nothing"
    );
    for from in ["sources/pont/index.html", "sources/bridge/index.html"] {
        assert!(
            text(&files, from).contains("pont/translation/"),
            "{from} leads to the comparison"
        );
    }
}

/// The addresses of §4 that every site has.
#[test]
fn the_addresses_of_the_contract() {
    let (files, _) = built("full");
    for path in [
        "index.html",
        "claims/index.html",
        "claims/mistral-record/index.html",
        "sources/index.html",
        "sources/mistral/index.html",
        "glossary/index.html",
        "glossary/levee/index.html",
        "timeline/index.html",
        "entities/mistral-ai/index.html",
        "entities/jeanne-martin/index.html",
        "corrections/index.html",
        "about/index.html",
        "404.html",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "anciens/mistral/index.html",
        "en/index.html",
        "en/claims/mistral-record/index.html",
        "en/glossary/levee/index.html",
        "en/about/index.html",
        "en/feed.xml",
        "api/claims.json",
        "api/glossary.json",
        "api/timeline.json",
        "api/sources.json",
        "api/claimreview.json",
        "api/timelinejs.json",
        "en/api/timelinejs.json",
        "timeline.ics",
        "en/timeline.ics",
        "claims/feed.xml",
        "corrections/feed.xml",
        "en/claims/feed.xml",
        "en/corrections/feed.xml",
        "api/schema/claims.json",
        "api/schema/claimreview.json",
    ] {
        assert!(files.contains_key(path), "{path}");
    }
    assert!(!files.keys().any(|path| path.contains("brouillon")), "drafts stay out");
    assert!(!text(&files, "api/claims.json").contains("brouillon"));
}

#[test]
fn a_claim_for_programs() {
    let (files, _) = built("full");
    let claims = json(&files, "api/claims.json");
    let keys: Vec<(&str, &str)> = list(&claims, "claims")
        .iter()
        .map(|claim| {
            (
                claim["id"].as_str().expect("text"),
                claim["lang"].as_str().expect("text"),
            )
        })
        .collect();
    assert_eq!(
        keys,
        [
            ("mistral-record", "en"),
            ("mistral-record", "fr"),
            ("musk-success", "fr")
        ]
    );
    let (en, fr, musk) = (&claims["claims"][0], &claims["claims"][1], &claims["claims"][2]);
    for (key, expected) in [
        ("url", Value::from("https://verifie.example/claims/mistral-record/")),
        ("claim", "Mistral AI a levé 105 millions d’euros en 2023.".into()),
        ("summary", "C’est exact\u{a0}: la levée date de juin 2023.".into()),
        ("verdict", "true".into()),
        ("rating", 5.into()),
        ("reason", Value::Null),
        ("claimed", "2023-06-13".into()),
        ("published", "2026-01-10".into()),
        ("updated", "2026-02-01".into()),
        ("checked", "2026-01-09".into()),
        ("entities", serde_json::json!(["Mistral AI", "Jeanne Martin"])),
        (
            "corrections",
            serde_json::json!([{"date": "2026-02-01", "was": "100 millions", "now": "105 millions", "note": "Faute de frappe."}]),
        ),
    ] {
        assert_eq!(fr[key], expected, "{key}");
    }
    assert_eq!(
        fr["claimant"]["name"], "Jeanne Martin",
        "the author of the source that states it"
    );
    assert_eq!(fr["claimant"]["kind"], "person");
    assert_eq!(fr["evidence"][0]["url"], "https://greffe.example/m?a=1&b=2");
    assert_eq!(fr["evidence"][0]["published"], "2023-06");
    // The translation restates language alone.
    assert_eq!(
        (&en["verdict"], &en["rating"], &en["published"]),
        (&fr["verdict"], &fr["rating"], &fr["published"])
    );
    assert_eq!(en["url"], "https://verifie.example/en/claims/mistral-record/");
    assert_eq!(en["evidence"][0]["title"], "Registre");
    assert_eq!(en["evidence"][0]["note"], "It has the sum.");

    let quotations = list(fr, "quotations");
    assert_eq!(quotations.len(), 2);
    let first = &quotations[0];
    assert_eq!(
        (&first["role"], &first["source"], &first["passage"]),
        (&"states".into(), &"mistral".into(), &5.into())
    );
    assert_eq!(
        (&first["in_body"], &first["typography_differs"]),
        (&true.into(), &true.into())
    );
    assert_eq!(
        first["parts"][0]["exact"],
        "elle a levé «\u{a0}105\u{a0}millions\u{a0}» d’euros en juin 2023, un record — dit-on — en Europe."
    );
    assert_eq!(
        first["translation"],
        "it raised “105 million” euros in June 2023, a record – they say – in Europe."
    );
    let footer = &quotations[1];
    assert_eq!(
        (&footer["role"], &footer["in_body"], &footer["passage"]),
        (&"context".into(), &false.into(), &8.into())
    );
    assert_eq!(
        (&footer["typography_differs"], &footer["translation"]),
        (&false.into(), &Value::Null)
    );

    assert_eq!(
        (&musk["verdict"], &musk["rating"]),
        (&"unverifiable".into(), &Value::Null)
    );
    assert_eq!(
        (&musk["reason"], &musk["claimed"]),
        (&"missing-context".into(), &"2024-03-01/2024-03-05".into())
    );
    assert_eq!(
        musk["claimant"],
        serde_json::json!({"name": "L’entreprise", "kind": "organization", "url": "https://entreprise.example/"})
    );
    assert_eq!(
        (&musk["updated"], &musk["corrections"], &musk["evidence"]),
        (&Value::Null, &serde_json::json!([]), &serde_json::json!([]))
    );
    let exact: Vec<Vec<&str>> = list(musk, "quotations")
        .iter()
        .map(|quotation| {
            list(quotation, "parts")
                .iter()
                .filter_map(|part| part["exact"].as_str())
                .collect()
        })
        .collect();
    assert_eq!(
        exact,
        [
            vec![
                "Musk “now wants this success for himself”.",
                "It was published in 2024."
            ],
            vec!["Le modèle est gratuit", "depuis septembre."],
            vec!["now", "this success"],
            vec!["Meta et de DeepMind"],
        ]
    );
    let roles: Vec<&str> = list(musk, "quotations")
        .iter()
        .filter_map(|quotation| quotation["role"].as_str())
        .collect();
    assert_eq!(roles, ["states", "contradicts", "context", "context"]);
}

#[test]
fn the_other_files_for_programs() {
    let (files, built) = built("full");
    let sources = json(&files, "api/sources.json");
    let sources = list(&sources, "sources");
    assert_eq!(sources.len(), 2);
    let mistral = &sources[0];
    for (key, expected) in [
        ("id", Value::from("mistral")),
        ("file", "mistral.txt".into()),
        ("title", "Mistral lève 105 millions d’euros".into()),
        ("publisher", "Le Journal".into()),
        ("lang", "fr".into()),
        ("published", "2023-06-13".into()),
        ("kind", "news".into()),
        ("url", "https://journal.example/mistral".into()),
        ("translation_of", Value::Null),
        ("passages", 3.into()),
        ("checked", 2.into()),
    ] {
        assert_eq!(mistral[key], expected, "{key}");
    }
    // A title is no sentence to check; the two sentences below it are.
    let checkable = mistral["checkable"].as_u64().expect("a number");
    assert!((2..=3).contains(&checkable), "{checkable}");
    assert_eq!(
        (&sources[1]["id"], &sources[1]["published"]),
        (&"musk".into(), &"2024-03~".into())
    );
    assert_eq!(
        (&sources[1]["passages"], &sources[1]["checked"], &sources[1]["url"]),
        (&4.into(), &2.into(), &Value::Null)
    );

    let terms = json(&files, "api/glossary.json");
    let ids: Vec<String> = list(&terms, "terms")
        .iter()
        .map(|term| format!("{} {}", term["id"], term["lang"]))
        .collect();
    assert_eq!(ids, ["\"levee\" \"en\"", "\"levee\" \"fr\"", "\"start-up\" \"fr\""]);
    let levee = &terms["terms"][1];
    assert_eq!(levee["term"], "levée de fonds");
    assert_eq!(levee["aliases"], serde_json::json!(["tour de table"]));
    assert_eq!(levee["see"], serde_json::json!(["start-up"]));
    assert_eq!(
        levee["definition"],
        "Une levée de fonds apporte de l’argent à une start-up."
    );
    let uses: BTreeSet<&str> = list(levee, "uses").iter().filter_map(Value::as_str).collect();
    assert!(
        uses.contains("https://verifie.example/claims/mistral-record/"),
        "{uses:?}"
    );
    assert!(
        !uses.contains("https://verifie.example/glossary/levee/"),
        "never the page itself"
    );
    assert_eq!(
        terms["terms"][2]["quotations"][0]["parts"][0]["exact"],
        "La start-up n’a pas attendu"
    );
    assert_eq!(terms["terms"][2]["quotations"][0]["role"], "states");

    let events = json(&files, "api/timeline.json");
    let events = list(&events, "events");
    let decade = &events[0];
    assert_eq!((&decade["id"], &decade["date"]), (&"annees".into(), &"201X".into()));
    let levee = &events[2];
    assert_eq!(
        (&levee["id"], &levee["lang"], &levee["date"]),
        (&"levee".into(), &"fr".into(), &"2023-06".into())
    );
    assert_eq!(
        (&levee["claims"], &levee["entities"]),
        (
            &serde_json::json!(["mistral-record"]),
            &serde_json::json!(["Mistral AI"])
        )
    );
    assert_eq!(levee["title"], "Mistral lève des fonds");
    assert_eq!(levee["url"], "https://verifie.example/timeline/#levee");
    // A day is never invented.
    assert!(!text(&files, "api/timeline.json").contains("2023-06-01"));

    assert_eq!(built.report.count(Severity::Error), 0);
    assert_eq!(built.quotations, 8, "quotations that were verified");
}

#[test]
fn feeds_and_sitemaps() {
    let (files, _) = built("full");
    let feed = text(&files, "feed.xml");
    // Newest first: the correction and the update of 1 February, then the claim of 15 January.
    let newest = feed.find("2026-02-01T00:00:00Z").expect("the update");
    let older = feed.find("2026-01-15T00:00:00Z").expect("the other claim");
    assert!(newest < older);
    assert!(feed.contains("https://verifie.example/claims/musk-success/"));
    assert!(
        feed.contains("l’entreprise &amp; nul autre &lt;ne&gt; le confirme"),
        "XML is escaped"
    );
    assert!(
        !feed.contains("/en/claims/")
            && text(&files, "en/feed.xml").contains("https://verifie.example/en/claims/mistral-record/")
    );
    let sitemap = text(&files, "sitemap.xml");
    for path in files.keys().filter(|path| path.ends_with("/index.html")) {
        let url = format!(
            "<loc>https://verifie.example/{}</loc>",
            path.trim_end_matches("index.html")
        );
        let hidden = path.starts_with("anciens/") || path.ends_with("search/index.html");
        assert_eq!(sitemap.contains(&url), !hidden, "{path}");
    }
    assert!(!sitemap.contains("404"));
    assert!(text(&files, "robots.txt").contains("Sitemap: https://verifie.example/sitemap.xml"));
    let (files, _) = built("prefix");
    assert!(text(&files, "robots.txt").contains("Sitemap: https://host.example/un/prefixe/sitemap.xml"));
}

/// A carriage return is no sentence that was left out.
#[test]
fn a_passage_of_a_crlf_seed_is_shown_whole() {
    let (files, _) = built("full");
    let words = words(text(&files, "sources/mistral/index.html"));
    let line = words
        .lines()
        .find(|line| line.starts_with("La start-up n’a pas attendu"))
        .expect("the passage");
    assert!(line.ends_with("en Europe."), "{line}");
}

/// What is not part of the site lacks nothing.
#[test]
fn drafts_ask_for_no_translation() {
    let (_, built) = built("full");
    let about: Vec<&str> = built
        .report
        .diagnostics()
        .iter()
        .filter(|fault| fault.path.contains("brouillon"))
        .map(|fault| fault.code.name())
        .collect();
    assert!(about.is_empty(), "{about:?}");
}
