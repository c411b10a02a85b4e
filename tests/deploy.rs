//! What a deploy needs: the list of files, compressed copies, and the files that Netlify and Cloudflare read.

mod support;

use std::collections::BTreeMap;

use serde_json::Value;
use support::{CLAIM, SETTINGS, Site, snapshot};

type Files = BTreeMap<String, Vec<u8>>;

/// Fails unless `manifest.json` lists the other files of the site, each with its size and digest, and nothing else.
#[track_caller]
fn manifest_is_right(files: &Files) {
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
    assert_eq!(manifest["version"], 1);
    let listed = manifest["files"].as_object().expect("an object");
    let published: Vec<&String> = files
        .keys()
        .filter(|path| !matches!(path.as_str(), "manifest.json" | ".kezako"))
        .collect();
    assert_eq!(listed.keys().collect::<Vec<_>>(), published);
    for (path, entry) in listed {
        assert_eq!(entry["size"], files[path].len(), "{path}");
        assert_eq!(entry["blake3"], blake3::hash(&files[path]).to_hex().as_str(), "{path}");
    }
}

#[test]
fn the_manifest_lists_every_file() {
    manifest_is_right(&Site::good().built());
}

/// It takes its place in the same stroke as the site, so it is never that of another build.
#[test]
fn the_manifest_is_that_of_the_site_beside_it_after_a_failing_build_too() {
    let site = Site::good();
    let before = site.built();
    site.write("content/claims/grok.md", CLAIM.replace("lundi", "mardi"));
    site.run(&["build"]).exits(1);
    assert_eq!(snapshot(&site.path("public")), before);
    site.write("content/claims/grok.md", CLAIM.replace("It said so", "It said"));
    let after = site.built();
    manifest_is_right(&after);
    assert_ne!(after["manifest.json"], before["manifest.json"]);
    let entry = |files: &Files, path: &str| {
        let manifest: Value = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
        manifest["files"][path].clone()
    };
    assert_eq!(
        entry(&after, "404.html"),
        entry(&before, "404.html"),
        "a deploy need not send it again"
    );
}

#[test]
fn compressed_copies_stand_beside_text_files_where_they_are_smaller() {
    let site = Site::good();
    let plain = site.built();
    assert!(!plain.keys().any(|path| path.ends_with(".br") || path.ends_with(".gz")));
    site.run(&["build", "--compress"]).exits(0);
    let files = snapshot(&site.path("public"));
    manifest_is_right(&files);
    for path in ["index.html", "claims/grok/index.html", "api/claims.json", "feed.xml"] {
        for ending in ["br", "gz"] {
            let copy = &files[&format!("{path}.{ending}")];
            assert!(copy.len() < files[path].len(), "{path}.{ending}");
        }
        let mut decoded = Vec::new();
        brotli::BrotliDecompress(&mut &files[&format!("{path}.br")][..], &mut decoded).expect("Brotli");
        assert_eq!(decoded, files[path], "{path}");
    }
    for (path, bytes) in &plain {
        assert!(path == "manifest.json" || files[path] == *bytes, "{path} is as it was");
    }
    assert!(!files.contains_key("_headers.gz"), "hosts read it themselves");
    let same = Site::good();
    same.run(&["build", "--compress"]).exits(0);
    assert_eq!(
        snapshot(&same.path("public")),
        files,
        "the same input gives the same bytes"
    );
}

/// The rules of a `_headers` file: path → headers.
fn rules(text: &str) -> BTreeMap<&str, BTreeMap<&str, &str>> {
    let mut rules: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    let mut path = "";
    for line in text.lines() {
        match line.strip_prefix("  ") {
            None => path = line,
            Some(header) => {
                let (name, value) = header.split_once(": ").expect("a name and a value");
                rules.entry(path).or_default().insert(name, value);
            }
        }
    }
    rules
}

#[test]
fn headers_for_hosts_that_read_them() {
    let files = Site::good().built();
    let text = String::from_utf8(files["_headers"].clone()).expect("UTF-8");
    let rules = rules(&text);
    let policy = rules["/claims/*"]["Content-Security-Policy"];
    assert!(policy.starts_with("default-src 'self'; "), "{policy}");
    assert!(
        policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert_eq!(rules["/*"]["X-Content-Type-Options"], "nosniff");
    assert_eq!(
        rules["/assets/*"]["Cache-Control"],
        "public, max-age=31536000, immutable"
    );
    // What lies there must never change under its name.
    for path in files.keys().filter(|path| path.starts_with("assets/")) {
        let hashed = path
            .split('.')
            .any(|part| part.len() == 10 && part.bytes().all(|b| b.is_ascii_hexdigit()));
        assert!(hashed, "{path} has no digest in its name");
    }
    // The page says the same by itself, for hosts that send no headers.
    let page = String::from_utf8(files["claims/grok/index.html"].clone()).expect("UTF-8");
    let meta = policy.replace("; frame-ancestors 'none'", "");
    assert!(page.contains(&format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{meta}\">"
    )));
}

#[test]
fn former_addresses_for_hosts_that_redirect() {
    let site = Site::good();
    assert!(!site.built().contains_key("_redirects"));
    site.write("kezako.yaml", SETTINGS.replace("example.org/", "example.org/checks/"));
    let aliases = "aliases: [/2024/grok/, /grok.html, \"/a:b/\"]";
    site.write(
        "content/claims/grok.md",
        CLAIM.replace("verdict: true", &format!("verdict: true\n{aliases}")),
    );
    let files = site.built();
    assert_eq!(
        String::from_utf8(files["_redirects"].clone()).expect("UTF-8"),
        "/checks/2024/grok/ /checks/claims/grok/ 301\n\
         /checks/a%3Ab/ /checks/claims/grok/ 301\n\
         /checks/grok.html /checks/claims/grok/ 301\n"
    );
    let headers = String::from_utf8(files["_headers"].clone()).expect("UTF-8");
    assert!(
        headers.starts_with("/checks/*\n") && headers.contains("\n/checks/assets/*\n"),
        "{headers}"
    );
}

#[test]
fn no_document_takes_the_place_of_these_files() {
    for taken in ["/_headers", "/manifest.json", "/_redirects/old/"] {
        let site = Site::good();
        site.write(
            "content/claims/grok.md",
            CLAIM.replace("verdict: true", &format!("verdict: true\naliases: [{taken}]")),
        );
        let problems = site.problems();
        assert!(
            problems.iter().any(|problem| problem.code == "duplicate-url"),
            "{taken}: {problems:?}"
        );
    }
}
