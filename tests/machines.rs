//! What programs read of a site, read by the libraries of others: JSON Schema, Atom, iCalendar; and JSON-LD against the words of its page.
//!
//! `tests/sites.rs` compares whole outputs; here are the rules that hold for every site, and values of `tests/sites/machines` by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use icalendar::{Calendar, Component as _, DatePerhapsTime};
use jsonschema::{Registry, Validator};
use kezako::build::{Memory, build};
use kezako::shell::load;
use kezako::site::Options;
use kezako::tree::Tree;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

type Files = BTreeMap<String, Vec<u8>>;

/// The test sites, and the project's own.
const SITES: &[&str] = &[
    "tests/sites/full/site",
    "tests/sites/machines/site",
    "tests/sites/minimal/site",
    "tests/sites/prefix/site",
    "",
];

fn files_of(tree: &Tree) -> Files {
    let sink = Memory::default();
    let built = build(tree, &Options::default(), &sink, &|_| {});
    assert!(!built.report.has_errors(), "{:#?}", built.report.diagnostics());
    sink.into_files()
}

fn built(site: &str) -> Files {
    files_of(&load(&Path::new(env!("CARGO_MANIFEST_DIR")).join(site)).expect("the site can be read"))
}

fn machines() -> Files {
    built("tests/sites/machines/site")
}

fn text<'a>(files: &'a Files, path: &str) -> &'a str {
    let bytes = files.get(path).unwrap_or_else(|| panic!("{path} was not built"));
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn json(files: &Files, path: &str) -> Value {
    serde_json::from_str(text(files, path)).unwrap_or_else(|fault| panic!("{path}: {fault}"))
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key]
        .as_array()
        .unwrap_or_else(|| panic!("{key} is a list in {value}"))
}

// ---------------------------------------------------------------------------------------------------------------------
// JSON Schema

/// A validator for each of a site's schemas, by the name of the file that it describes.
fn validators(files: &Files) -> BTreeMap<String, Validator> {
    let address = |name: &str| format!("https://schemas.example/api/schema/{name}");
    let registry = Registry::new()
        .add(address("common.json"), json(files, "api/schema/common.json"))
        .expect("an address")
        .prepare()
        .expect("a schema");
    let mut validators = BTreeMap::new();
    for path in files.keys().filter(|path| path.starts_with("api/schema/")) {
        let name = path.trim_start_matches("api/schema/");
        let schema = json(files, path);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        jsonschema::meta::validate(&schema).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        let validator = jsonschema::options()
            .with_base_uri(address(name))
            .with_registry(&registry)
            .build(&schema)
            .unwrap_or_else(|fault| panic!("{path}: {fault}"));
        validators.insert(name.to_owned(), validator);
    }
    validators
}

#[test]
fn every_file_of_the_api_meets_its_schema() {
    for site in SITES {
        let files = built(site);
        let validators = validators(&files);
        let mut checked = BTreeSet::new();
        for path in files
            .keys()
            .filter(|path| path.contains("api/") && path.ends_with(".json") && !path.contains("schema/"))
        {
            let name = path.rsplit('/').next().unwrap_or_default();
            let instance = json(&files, path);
            let faults: Vec<String> = validators[name]
                .iter_errors(&instance)
                .map(|fault| format!("{}: {fault}", fault.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{site}: {path}: {faults:#?}");
            checked.insert(name);
        }
        let described = validators
            .keys()
            .map(String::as_str)
            .filter(|name| *name != "common.json");
        assert_eq!(checked, described.collect::<BTreeSet<_>>(), "{site}");
    }
}

/// The page for programmers, in every language of every site: what it links to is there, and it leaves no file for programs out.
#[test]
fn a_page_names_every_file_for_programs() {
    for site in SITES {
        let files = built(site);
        let pages: Vec<&String> = files.keys().filter(|path| path.ends_with("api/index.html")).collect();
        assert!(!pages.is_empty(), "{site}");
        let mut named = BTreeSet::new();
        for page in pages {
            let main = text(&files, page).split_once("<main").expect("a page has its text").1;
            let (main, _) = main.split_once("</main>").expect("the text ends");
            let up = "../".repeat(page.matches('/').count());
            let links = main.split("href=\"").skip(1);
            for path in links.map(|link| link.split('"').next().unwrap_or_default()) {
                if path.starts_with("https://") {
                    continue;
                }
                let path = path
                    .strip_prefix(&up)
                    .unwrap_or_else(|| panic!("{site}: {page}: {path}"));
                assert!(files.contains_key(path), "{site}: {page} leads to {path}");
                named.insert(path.to_owned());
            }
        }
        let for_programs = |path: &&String| {
            let is_data = path.contains("api/") && path.ends_with(".json") && !path.ends_with("common.json");
            let of_one_thing = path.contains("entities/");
            is_data || (path.ends_with("feed.xml") && !of_one_thing) || path.ends_with(".ics")
        };
        let all: BTreeSet<String> = files.keys().filter(for_programs).cloned().collect();
        assert_eq!(named, all, "{site}");
    }
}

/// A schema that everything meets would be no description.
#[test]
fn schemas_refuse_what_is_missing_or_unknown() {
    let files = machines();
    let validators = validators(&files);
    for (name, item) in [
        ("claims.json", "/claims/0"),
        ("claims.json", "/claims/1/quotations/0"),
        ("claims.json", "/claims/1/quotations/0/parts/0"),
        ("claims.json", "/claims/1/corrections/0"),
        ("claims.json", "/claims/1/evidence/0"),
        ("claims.json", "/claims/1/claimant"),
        ("glossary.json", "/terms/0"),
        ("sources.json", "/sources/0"),
        ("timeline.json", "/events/0"),
        ("timelinejs.json", "/events/0"),
        ("timelinejs.json", "/events/0/start_date"),
        ("claimreview.json", "/dataFeedElement/1/item/0"),
    ] {
        let good = json(&files, &format!("api/{name}"));
        let object = good.pointer(item).and_then(Value::as_object);
        let object = object.unwrap_or_else(|| panic!("{name} has {item}"));
        let first = object
            .keys()
            .find(|key| !matches!(&***key, "citation" | "correction"))
            .expect("a key");
        for change in [None, Some("unknown")] {
            let mut bad = good.clone();
            let changed = bad.pointer_mut(item).and_then(Value::as_object_mut).expect("the same");
            match change {
                None => changed.remove(first),
                Some(key) => changed.insert(key.to_owned(), json!(1)),
            };
            assert!(
                !validators[name].is_valid(&bad),
                "{name}: {item} without {first}, or with more"
            );
        }
    }
    let mut bad = json(&files, "api/claims.json");
    bad["claims"][0]["quotations"][0]["sha256"] = json!("0123");
    assert!(
        !validators["claims.json"].is_valid(&bad),
        "references lead to common.json"
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// JSON-LD

/// The things that a page's scripts tell of.
fn things(markup: &str) -> Vec<Value> {
    let scripts = markup.split("<script type=\"application/ld+json\">").skip(1);
    scripts
        .map(|rest| rest.split("</script>").next().unwrap_or_default())
        .map(|script| serde_json::from_str(script).unwrap_or_else(|fault| panic!("{fault}: {script}")))
        .collect()
}

fn thing(files: &Files, path: &str, kind: &str) -> Value {
    let mut found = things(text(files, path))
        .into_iter()
        .filter(|thing| thing["@type"] == kind);
    let only = found.next().unwrap_or_else(|| panic!("{path} tells of no {kind}"));
    assert_eq!(found.next(), None, "{path} tells of one {kind}");
    only
}

/// The words of the first element that begins like this.
fn words(markup: &str, element: &str) -> String {
    let at = markup.find(element).unwrap_or_else(|| panic!("no {element}"));
    let name: String = element[1..].chars().take_while(|c| c.is_alphanumeric()).collect();
    let inside = &markup[at..at + markup[at..].find(&format!("</{name}>")).expect("it closes")];
    let mut words = String::new();
    for piece in inside.split('<').skip(1) {
        words.push_str(piece.split_once('>').map_or("", |(_, text)| text));
    }
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(words, |text, (entity, sign)| text.replace(entity, sign))
}

/// Field notes: one ClaimReview a page, with the plain context; it says what the page shows, and the feed says the same.
#[test]
fn a_claim_page_holds_one_review_that_says_what_the_page_shows() {
    for site in SITES {
        let files = built(site);
        let feed = json(&files, "api/claimreview.json");
        let items: Vec<&Value> = list_or_empty(&feed, "dataFeedElement")
            .iter()
            .map(|element| &element["item"][0])
            .collect();
        let claims = json(&files, "api/claims.json");
        assert_eq!(items.len(), list(&claims, "claims").len(), "{site}");
        for (claim, item) in list(&claims, "claims").iter().zip(items) {
            let url = claim["url"].as_str().expect("an address");
            let base = feed["url"]
                .as_str()
                .and_then(|url| url.strip_suffix("api/claimreview.json"))
                .expect("a base");
            let path = format!("{}index.html", url.strip_prefix(base).expect("on this site"));
            let page = text(&files, &path);
            let mut review = thing(&files, &path, "ClaimReview");
            assert_eq!(review["url"], url);
            assert_eq!(review["claimReviewed"], words(page, "<h1"), "{path}");
            let rating = &review["reviewRating"];
            assert_eq!(rating["alternateName"], words(page, "<p class=\"stamp"), "{path}");
            assert_eq!(rating["ratingExplanation"], words(page, "<p class=\"lead"), "{path}");
            assert_eq!(rating["ratingValue"], claim["rating"], "{path}");
            if !claim["rating"].is_null() {
                let number = |key: &str| rating[key].as_u64().expect("a whole number");
                assert!(
                    number("worstRating") <= number("ratingValue") && number("ratingValue") <= number("bestRating")
                );
            } else {
                assert_eq!(
                    (&rating["bestRating"], &rating["worstRating"]),
                    (&Value::Null, &Value::Null)
                );
            }
            assert_eq!(review["author"]["@type"], "Organization");
            assert_eq!(review["datePublished"], claim["published"]);
            let context = review.as_object_mut().and_then(|object| object.remove("@context"));
            assert_eq!(context, Some(json!("https://schema.org")));
            assert_eq!(&review, item, "{path}: the feed has the same");
        }
        for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
            let things = things(std::str::from_utf8(bytes).expect("UTF-8"));
            let reviews = things.iter().filter(|thing| thing["@type"] == "ClaimReview").count();
            assert!(reviews <= 1, "{path}");
            assert!(reviews == 0 || path.contains("claims/"), "{path} is no check");
        }
    }
}

fn list_or_empty<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[test]
fn a_review_to_the_letter() {
    let files = machines();
    let review = thing(&files, "claims/prix/index.html", "ClaimReview");
    let publisher = json!({
        "@type": "Organization",
        "@id": "https://machines.example/sous/#publisher",
        "name": "Rédaction <Contrôle>",
        "url": "https://redaction.example/",
    });
    let gazette = json!({
        "@type": "NewsArticle",
        "headline": "Un pont & son prix\u{a0}: le <compte>",
        "url": "https://gazette.example/pont?a=1&b=2",
        "archivedAt": "https://archive.example/gazette",
        "inLanguage": "fr",
        "author": {"@type": "Person", "name": "Ada Lenoir"},
        "publisher": {"@type": "Organization", "name": "La Gazette"},
        "datePublished": "2024-03-11",
    });
    let claim = "Le pont a coûté «\u{202f}trois millions\u{202f}»\u{a0}: </script><script>alert(1)</script>";
    assert_eq!(
        review,
        json!({
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": "https://machines.example/sous/claims/prix/",
            "inLanguage": "fr",
            "claimReviewed": claim,
            "reviewRating": {
                "@type": "Rating",
                "alternateName": "Plutôt vrai",
                "ratingValue": 4,
                "bestRating": 5,
                "worstRating": 1,
                "ratingExplanation": "La mairie compte 3,2 millions & <quelques> euros.",
            },
            "author": publisher,
            "datePublished": "2026-01-10",
            "dateModified": "2026-02-03",
            "itemReviewed": {
                "@type": "Claim",
                "name": claim,
                "author": {"@type": "Person", "name": "Ada Lenoir", "sameAs": "https://gazette.example/lenoir"},
                "datePublished": "2024-03-11",
                // The second source has but an uncertain month, so which of the two came first is not known.
                "appearance": [
                    gazette,
                    {
                        "@type": "BlogPosting",
                        "inLanguage": "fr",
                        "publisher": {"@type": "Organization", "name": "L’Écho"},
                    },
                ],
            },
            "citation": [
                {
                    "@type": "CreativeWork",
                    "name": "Budget",
                    "url": "https://mairie.example/budget",
                    "archivedAt": "https://archive.example/budget",
                    "publisher": {"@type": "Organization", "name": "Mairie"},
                    "datePublished": "2023",
                },
                {
                    "@type": "CreativeWork",
                    "url": "https://prefecture.example/",
                    "publisher": {"@type": "Organization", "name": "Préfecture"},
                },
            ],
            "correction": [
                {"@type": "CorrectionComment", "text": "Un lien était mort.", "datePublished": "2026-02-03"},
                {"@type": "CorrectionComment", "text": "La page disait trois <millions>\nElle dit maintenant 3,2 millions\nFaute.", "datePublished": "2026-02-01"},
            ],
            "sdLicense": "https://creativecommons.org/licenses/by/4.0/",
        })
    );
    assert!(!text(&files, "claims/prix/index.html").contains("<script>alert"));
    let unverifiable = thing(&files, "claims/refait/index.html", "ClaimReview");
    assert_eq!(
        unverifiable["reviewRating"],
        json!({"@type": "Rating", "alternateName": "Invérifiable", "ratingExplanation": "Rien ne le montre."})
    );
    assert_eq!(unverifiable["itemReviewed"]["firstAppearance"], gazette);
    assert_eq!(unverifiable["itemReviewed"]["datePublished"], "2024-03-11");
    let interval = thing(&files, "claims/paye/index.html", "ClaimReview");
    assert_eq!(
        interval["itemReviewed"]["datePublished"],
        Value::Null,
        "no sure day, month or year"
    );
}

#[test]
fn the_other_pages_say_what_they_are() {
    let files = machines();
    let site = thing(&files, "en/index.html", "WebSite");
    assert_eq!(site["url"], "https://machines.example/sous/en/");
    assert_eq!(
        site["publisher"],
        json!({
            "@type": "NewsMediaOrganization",
            "@id": "https://machines.example/sous/#publisher",
            "name": "Rédaction <Contrôle>",
            "url": "https://redaction.example/",
            "email": "redaction@machines.example",
            "sameAs": ["https://social.example/@controle"],
            "actionableFeedbackPolicy": "https://machines.example/sous/en/report-an-error/",
            "correctionsPolicy": "https://machines.example/sous/en/corrections-policy/",
            "verificationFactCheckingPolicy": "https://machines.example/sous/en/methodology/",
        })
    );
    // A site without such pages claims no policy.
    let plain = thing(&built("tests/sites/minimal/site"), "index.html", "WebSite");
    assert_eq!(plain["publisher"]["@type"], "Organization");
    assert!(!plain.to_string().contains("Policy"));

    let set = thing(&files, "glossary/index.html", "DefinedTermSet");
    let term = thing(&files, "glossary/election/index.html", "DefinedTerm");
    assert_eq!(
        set["hasDefinedTerm"][0]["url"],
        "https://machines.example/sous/glossary/election/"
    );
    assert_eq!(term["inDefinedTermSet"]["@id"], set["@id"]);
    assert_eq!(
        (&term["name"], &term["termCode"]),
        (&json!("élection"), &json!("election"))
    );
    assert_eq!(term["alternateName"], json!(["scrutin"]));
    assert_eq!(
        term["description"],
        "Choix par un vote\u{202f}; on dit aussi <scrutin>."
    );

    assert_eq!(
        thing(&files, "enquete/index.html", "Article")["headline"],
        "Une enquête"
    );
    thing(&files, "about/index.html", "AboutPage");
    thing(&files, "methodology/index.html", "WebPage");
    thing(&files, "report-an-error/index.html", "ContactPage");

    let trail = thing(&files, "en/claims/prix/index.html", "BreadcrumbList");
    let steps: Vec<(&Value, &Value)> = list(&trail, "itemListElement")
        .iter()
        .map(|step| (&step["name"], &step["item"]))
        .collect();
    assert_eq!(
        steps,
        [
            (&json!("Check & proof"), &json!("https://machines.example/sous/en/")),
            (&json!("Claims"), &json!("https://machines.example/sous/en/claims/")),
            (
                &json!("The bridge cost “three million”."),
                &json!("https://machines.example/sous/en/claims/prix/")
            ),
        ]
    );
    assert_eq!(things(text(&files, "404.html")), Vec::<Value>::new());
}

#[test]
fn open_graph_names_page_and_language() {
    let files = machines();
    let page = text(&files, "en/claims/prix/index.html");
    for (property, content) in [
        ("og:title", "The bridge cost “three million”."),
        ("og:type", "article"),
        ("og:url", "https://machines.example/sous/en/claims/prix/"),
        ("og:site_name", "Check &amp; proof"),
        ("og:locale", "en_GB"),
        ("og:locale:alternate", "fr_FR"),
    ] {
        let meta = format!("<meta property=\"{property}\" content=\"{content}\">");
        assert_eq!(page.matches(&meta).count(), 1, "{meta}");
    }
    let meta = "<meta name=\"description\" property=\"og:description\" content=\"The council counts 3.2 million.\">";
    assert_eq!(page.matches(meta).count(), 1);
}

// ---------------------------------------------------------------------------------------------------------------------
// Proof

/// Each part of each quotation, as W3C Web Annotation names it, stands in the file with the SHA-256 that it names.
#[test]
fn selectors_find_their_words() {
    let files = machines();
    let seed = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/sites/machines/site/seeds")
            .join(name);
        std::fs::read_to_string(path).expect("UTF-8")
    };
    let seeds: BTreeMap<String, Vec<char>> = ["gazette.txt", "echo.txt"]
        .map(|name| {
            let digest = Sha256::digest(seed(name).as_bytes());
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            (format!("nih:sha-256;{digest}"), seed(name).chars().collect())
        })
        .into();
    let mut exact = Vec::new();
    for path in ["claims/prix/index.html", "claims/paye/index.html"] {
        for rest in text(&files, path).split("<pre").skip(1) {
            let resources: Value = serde_json::from_str(&words(&format!("<pre{rest}"), "<pre")).expect("JSON");
            for resource in resources.as_array().expect("a list") {
                assert_eq!(resource["@context"], "http://www.w3.org/ns/anno.jsonld");
                let seed = &seeds[resource["source"]["id"].as_str().expect("an id")];
                let (quote, position) = (&resource["selector"][0], &resource["selector"][1]);
                assert_eq!(
                    (&quote["type"], &position["type"]),
                    (&json!("TextQuoteSelector"), &json!("TextPositionSelector"))
                );
                let number = |key: &str| usize::try_from(position[key].as_u64().expect("a number")).expect("small");
                let slice = |from: usize, to: usize| seed[from..to.min(seed.len())].iter().collect::<String>();
                let (start, end) = (number("start"), number("end"));
                assert_eq!(quote["exact"], slice(start, end));
                assert_eq!(quote["prefix"], slice(start.saturating_sub(32), start));
                assert_eq!(quote["suffix"], slice(end, end + 32));
                exact.push(quote["exact"].as_str().expect("words").to_owned());
            }
        }
    }
    assert_eq!(
        exact,
        [
            "Le pont de l’Orme a coûté trois millions d’euros, selon la mairie.",
            "Le pont de l’Orme a coûté trois millions d’euros, dit-on.",
            "La mairie a «\u{a0}tout payé\u{a0}» – ou",
            "avant l’été.",
        ]
    );
}

#[test]
fn a_proof_says_what_was_overlooked() {
    let files = machines();
    let proof = |path: &str| words(text(&files, path), "<details class=\"proof\"");
    let retyped = proof("claims/paye/index.html");
    for kind in [
        "la forme des guillemets",
        "la longueur des tirets",
        "la forme des apostrophes",
    ] {
        assert!(retyped.contains(kind), "{kind}: {retyped}");
    }
    assert!(
        !retyped.contains("des espaces,") && !retyped.contains("invisibles"),
        "{retyped}"
    );
    assert!(proof("claims/refait/index.html").contains("exactement tels qu’ils sont cités"));
}

// ---------------------------------------------------------------------------------------------------------------------
// Atom

const FEEDS: [&str; 6] = [
    "feed.xml",
    "claims/feed.xml",
    "corrections/feed.xml",
    "en/feed.xml",
    "en/claims/feed.xml",
    "en/corrections/feed.xml",
];

fn feed(files: &Files, path: &str) -> feed_rs::model::Feed {
    feed_rs::parser::parse(text(files, path).as_bytes()).unwrap_or_else(|fault| panic!("{path}: {fault}"))
}

/// Id, title and day of each entry.
fn entries(files: &Files, path: &str) -> Vec<(String, String, String)> {
    let entry = |entry: feed_rs::model::Entry| {
        let title = entry.title.map(|title| title.content).unwrap_or_default();
        let day = entry
            .updated
            .expect("a moment")
            .format("%Y-%m-%dT%H:%M:%SZ")
            .to_string();
        (entry.id, title, day)
    };
    feed(files, path).entries.into_iter().map(entry).collect()
}

#[test]
fn feeds_are_atom() {
    for (site, base) in [
        ("tests/sites/machines/site", "https://machines.example/sous/"),
        ("", "https://kezako.example/"),
    ] {
        let files = built(site);
        for path in FEEDS {
            let feed = feed(&files, path);
            assert_eq!(feed.feed_type, feed_rs::model::FeedType::Atom);
            assert_eq!(feed.id, format!("{base}{path}"));
            assert_eq!(
                feed.language.as_deref(),
                Some(if path.starts_with("en/") { "en" } else { "fr" })
            );
            assert!(
                feed.title.is_some() && feed.updated.is_some() && feed.authors.len() == 1,
                "{path}"
            );
            let own = feed
                .links
                .iter()
                .find(|link| link.rel.as_deref() == Some("self"))
                .expect("a link to itself");
            assert_eq!(own.href, feed.id);
            let ids: BTreeSet<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
            assert_eq!(ids.len(), feed.entries.len(), "{path}: each entry has its own id");
            assert!(feed.entries.len() <= 50);
            assert!(
                feed.entries.iter().rev().is_sorted_by_key(|entry| entry.updated),
                "{path}: the newest first"
            );
            for entry in &feed.entries {
                assert!(
                    entry.title.is_some() && entry.summary.is_some() && entry.updated.is_some(),
                    "{path}"
                );
                let page = entry.links[0].href.split('#').next().unwrap_or_default();
                let file = format!("{}index.html", page.strip_prefix(base).expect("on this site"));
                assert!(files.contains_key(&file), "{path}: {page}");
            }
        }
    }
}

#[test]
fn each_feed_has_its_topic() {
    let files = machines();
    let prix = "https://machines.example/sous/claims/prix/";
    let title = "Le pont a coûté «\u{202f}trois millions\u{202f}»\u{a0}: </script><script>alert(1)</script>";
    let claim = (prix.to_owned(), title.to_owned(), "2026-02-03T00:00:00Z".to_owned());
    let other = (
        "https://machines.example/sous/claims/paye/".to_owned(),
        "La mairie a tout payé.".to_owned(),
        "2026-01-15T00:00:00Z".to_owned(),
    );
    let corrections: Vec<_> = [("2026-02-03", 1), ("2026-02-01", 1)]
        .map(|(day, number)| {
            let id = format!("{prix}#correction-{day}-{number}");
            (id, format!("Correction – {title}"), format!("{day}T00:00:00Z"))
        })
        .into();
    assert_eq!(entries(&files, "claims/feed.xml"), [claim.clone(), other.clone()]);
    assert_eq!(entries(&files, "corrections/feed.xml"), corrections);
    assert_eq!(
        entries(&files, "feed.xml"),
        [claim, corrections[0].clone(), corrections[1].clone(), other]
    );
    assert_eq!(entries(&files, "en/claims/feed.xml").len(), 1);
    for path in FEEDS {
        let licence = "<link rel=\"license\" href=\"https://creativecommons.org/licenses/by/4.0/\"/>";
        assert!(text(&files, path).contains(licence), "{path}");
    }
}

#[test]
fn a_feed_holds_the_50_newest() {
    let mut tree = Tree::default();
    tree.insert_text(
        "kezako.yaml",
        "title: \"Many\"\nbase_url: \"https://many.example/\"\nsearch: false\n",
    );
    tree.insert_text("seeds/a.txt", "The sky is blue today.\n");
    tree.insert_text("content/sources/a.md", "---\nfile: a.txt\nlang: en\n---\n");
    for number in 1..=60 {
        tree.insert_text(
            &format!("content/claims/c-{number:02}.md"),
            &format!(
                "---\nclaim: \"Claim {number}\"\nsummary: \"Yes.\"\nverdict: true\npublished: 2024-01-{:02}\nupdated: 2024-03-{:02}\nevidence:\n  - {{title: \"T\", role: supports}}\n---\n\n> The sky is blue\n>\n> — [@a] states\n",
                1 + number % 28,
                1 + number / 2,
            ),
        );
    }
    let files = files_of(&tree);
    let days: Vec<String> = entries(&files, "claims/feed.xml")
        .into_iter()
        .map(|(_, _, day)| day)
        .collect();
    assert_eq!(days.len(), 50);
    assert_eq!(
        (&*days[0], &*days[49]),
        ("2024-03-31T00:00:00Z", "2024-03-06T00:00:00Z")
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// iCalendar and TimelineJS

#[test]
fn calendars_are_rfc_5545() {
    for site in SITES {
        let files = built(site);
        for path in files.keys().filter(|path| path.ends_with(".ics")) {
            let calendar = text(&files, path);
            let lines: Vec<&str> = calendar.split("\r\n").collect();
            assert_eq!(lines.last(), Some(&""), "{path}: every line ends");
            assert!(
                lines
                    .iter()
                    .all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])),
                "{path}"
            );
            let calendar: Calendar = calendar.parse().unwrap_or_else(|fault| panic!("{path}: {fault}"));
            let mut ids = BTreeSet::new();
            for event in calendar.events() {
                assert!(
                    ids.insert(event.get_uid().expect("an id").to_owned()),
                    "{path}: ids are unique"
                );
                assert!(
                    matches!(event.get_start(), Some(DatePerhapsTime::Date(_))),
                    "{path}: all-day"
                );
                let stamp = event.get_timestamp().expect("a stamp");
                assert!(matches!(event.get_start(), Some(start) if start.date_naive() == stamp.date_naive()));
                assert!(event.get_summary().is_some() && event.get_url().is_some(), "{path}");
            }
        }
    }
}

#[test]
fn only_events_with_a_day_are_in_the_calendar() {
    let files = machines();
    let calendar: Calendar = text(&files, "timeline.ics").parse().expect("a calendar");
    assert_eq!(calendar.get_name(), Some("Contrôle & preuve\u{a0}: chronologie"));
    let events: Vec<(&str, String, Option<String>, &str)> = calendar
        .events()
        .map(|event| {
            let day = |day: DatePerhapsTime| day.date_naive().to_string();
            let status = event.property_value("STATUS").expect("a status");
            (
                event.get_uid().expect("an id"),
                event.get_start().map(day).expect("a day"),
                event.get_end().map(day),
                status,
            )
        })
        .collect();
    let day = |text: &str| text.to_owned();
    assert_eq!(
        events,
        [
            (
                "jours.fr@machines.example/sous",
                day("2024-02-28"),
                Some(day("2024-03-01")),
                "CONFIRMED"
            ),
            ("jour.fr@machines.example/sous", day("2024-03-11"), None, "CONFIRMED"),
            ("environ.fr@machines.example/sous", day("2024-03-12"), None, "TENTATIVE"),
        ]
    );
    let event = calendar.events().nth(1).expect("the day");
    assert_eq!(event.get_summary(), Some("Un jour\u{202f}; une virgule, un \\ et <b>"));
    assert_eq!(event.get_url(), Some("https://machines.example/sous/timeline/#jour"));
    let description = event.get_description().expect("a description");
    assert!(
        description.starts_with("Ce jour-là\u{202f}; la mairie, dit-on, \\ signe un accord"),
        "{description}"
    );
    let english: Calendar = text(&files, "en/timeline.ics").parse().expect("a calendar");
    let titles: Vec<_> = english.events().filter_map(|event| event.get_summary()).collect();
    assert_eq!(titles, ["One day"]);
}

#[test]
fn timelinejs_gets_each_date_at_its_precision() {
    let files = machines();
    let timeline = json(&files, "api/timelinejs.json");
    let dates: BTreeMap<&str, (&Value, &Value, &str)> = list(&timeline, "events")
        .iter()
        .map(|event| {
            let text = |key: &str| event[key].as_str().expect("text");
            (
                text("unique_id"),
                (&event["start_date"], &event["end_date"], text("display_date")),
            )
        })
        .collect();
    let null = Value::Null;
    for (id, start, end, shown) in [
        (
            "jour",
            json!({"year": 2024, "month": 3, "day": 11}),
            null.clone(),
            "11 mars 2024",
        ),
        (
            "environ",
            json!({"year": 2024, "month": 3, "day": 12}),
            null.clone(),
            "vers le 12 mars 2024",
        ),
        ("mois", json!({"year": 2024, "month": 3}), null.clone(), "mars 2024"),
        ("annee", json!({"year": 2017}), null.clone(), "2017 (date incertaine)"),
        ("decennie", json!({"year": 2010}), json!({"year": 2019}), "années 2010"),
        (
            "depuis",
            json!({"year": 2024, "month": 3, "day": 11}),
            null.clone(),
            "depuis le 11 mars 2024",
        ),
        (
            "jusque",
            json!({"year": 2024, "month": 3}),
            null.clone(),
            "jusqu’à mars 2024",
        ),
    ] {
        let (found_start, found_end, found_shown) = dates[id];
        assert_eq!((found_start, found_end), (&start, &end), "{id}");
        assert_eq!(found_shown, shown, "{id}");
    }
    let day = &list(&timeline, "events")
        .iter()
        .find(|event| event["unique_id"] == "jour")
        .expect("the day");
    assert_eq!(day["group"], "Mairie de l’Orme, service des ponts");
    assert_eq!(
        day["text"]["headline"], "Un jour\u{202f}; une virgule, un \\ et &lt;b&gt;",
        "markup is escaped"
    );
    assert!(text(&files, "en/api/timelinejs.json").contains("One day"));
}

/// RFC 4287, section 4.2.6: an entry's id never changes. Corrections are written newest first or last.
#[test]
fn a_correction_keeps_its_id_when_another_is_added() {
    let ids = |corrections: &str| -> Vec<String> {
        let mut tree = Tree::default();
        tree.insert_text(
            "kezako.yaml",
            "title: \"One\"\nbase_url: \"https://one.example/\"\nsearch: false\n",
        );
        tree.insert_text("seeds/a.txt", "The sky is blue today.\n");
        tree.insert_text("content/sources/a.md", "---\nfile: a.txt\nlang: en\n---\n");
        let claim = "---\nclaim: \"The sky is blue.\"\nsummary: \"Yes.\"\nverdict: true\nevidence:\n  - {title: \"T\", role: supports}\n";
        let body = "---\n\n> The sky is blue\n>\n> — [@a] states\n";
        tree.insert_text(
            "content/claims/c.md",
            &format!("{claim}corrections: [{corrections}]\n{body}"),
        );
        let files = files_of(&tree);
        feed(&files, "corrections/feed.xml")
            .entries
            .into_iter()
            .map(|entry| entry.id)
            .collect()
    };
    let before = ids("{date: 2024-01-02, note: a}, {date: 2024-01-02, note: b}");
    let after = ids("{date: 2024-02-01, note: c}, {date: 2024-01-02, note: a}, {date: 2024-01-02, note: b}");
    assert_eq!((before.len(), after.len()), (2, 3));
    assert!(before.iter().all(|id| after.contains(id)), "{before:?} {after:?}");
}

/// What the page does not show is not in its review: of a source's author and publisher it names one.
#[test]
fn a_review_names_nobody_whom_the_page_does_not() {
    let page = |claimant: &str| {
        let mut tree = Tree::default();
        tree.insert_text(
            "kezako.yaml",
            "title: \"One\"\nbase_url: \"https://one.example/\"\nsearch: false\n",
        );
        tree.insert_text("seeds/a.txt", "The sky is blue today.\n");
        tree.insert_text(
            "content/sources/a.md",
            "---\nfile: a.txt\nlang: en\nauthor: \"Ann Other\"\npublisher: \"The Post\"\n---\n",
        );
        let claim = "---\nclaim: \"The sky is blue.\"\nsummary: \"Yes.\"\nverdict: true\nevidence:\n  - {title: \"T\", role: supports}\n";
        let body = "---\n\n> The sky is blue\n>\n> — [@a] states\n";
        tree.insert_text("content/claims/c.md", &format!("{claim}{claimant}{body}"));
        text(&files_of(&tree), "claims/c/index.html").to_owned()
    };
    let by_another = page("claimant: {name: \"Bob\", kind: person}\n");
    assert!(
        by_another.contains("Bob") && !by_another.contains("Ann Other"),
        "{by_another}"
    );
    let by_author = page("");
    let appearance = &things(&by_author)[0]["itemReviewed"]["appearance"][0];
    assert_eq!(appearance["author"]["name"], "Ann Other");
}
