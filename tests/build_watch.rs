//! `kezako build --watch` from outside: a folder that is kept up to date, file by file.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use support::running::{Running, until};
use support::{CLAIM, Site, TODAY, names, snapshot};

const GROK: &str = "content/claims/grok.md";

/// A claim with another summary.
fn saying(summary: &str) -> String {
    CLAIM.replace("It said so on 11 March 2024.", summary)
}

fn watch(site: &Site, arguments: &[&str]) -> Running {
    let mut command = site.command(&["build", "--watch", "--today", TODAY]);
    Running::start(command.args(arguments))
}

/// When each file was written.
fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let time = |path: &String| {
        fs::metadata(folder.join(path))
            .expect("it is there")
            .modified()
            .expect("it is there")
    };
    snapshot(folder)
        .into_keys()
        .map(|path| (path.clone(), time(&path)))
        .collect()
}

/// What a build writes, with the site as it is now.
fn clean(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let folder = site.beside("clean");
    site.run(&["build", "--out", folder.to_str().expect("it is there")])
        .exits(0);
    snapshot(&folder)
}

#[test]
fn each_save_writes_what_differs_and_nothing_else() {
    let site = Site::good();
    let mut running = watch(&site, &[]);
    running.err.wait("verified quotation");
    let public = site.path("public");
    assert_eq!(snapshot(&public), clean(&site));
    let before = times(&public);

    site.write(GROK, saying("Another finding."));
    running.err.wait("wrote");
    assert_eq!(snapshot(&public), clean(&site));
    let after = times(&public);
    assert_ne!(after["claims/grok/index.html"], before["claims/grok/index.html"]);
    for path in [".kezako", "404.html", "glossary/index.html", "robots.txt"] {
        assert_eq!(after[path], before[path], "{path}");
    }

    site.write("content/glossary/grok.md", "---\nterm: \"Grok\"\n---\n\nA chatbot.\n");
    running.err.wait("wrote");
    assert_eq!(snapshot(&public), clean(&site));
    fs::rename(
        site.path("content/glossary/grok.md"),
        site.path("content/glossary/chatbot.md"),
    )
    .unwrap();
    until("the term is renamed", || snapshot(&public) == clean(&site));
    assert!(!public.join("glossary/grok").exists());
    fs::remove_file(site.path("content/glossary/chatbot.md")).unwrap();
    until("the term is gone", || !public.join("glossary/chatbot").exists());
    until("its uses too", || snapshot(&public) == clean(&site));
    assert_eq!(names(&site.root()), ["content", "kezako.yaml", "public", "seeds"]);
}

#[test]
fn with_errors_nothing_is_written() {
    let site = Site::good();
    site.write(GROK, CLAIM.replace("lundi", "mardi"));
    let mut running = watch(&site, &[]);
    running.err.wait("1 error: nothing was written");
    assert!(!site.path("public").exists());
    site.write(GROK, CLAIM);
    running.err.wait("verified quotation");
    let good = snapshot(&site.path("public"));
    let before = times(&site.path("public"));

    site.write(GROK, saying("Wrong.").replace("lundi", "mardi"));
    running.err.wait("1 error: nothing was written");
    site.write("content/glossary/grok.md", "---\nterm: \"Grok\"\n---\n\nA chatbot.\n");
    running.err.wait("1 error: nothing was written");
    assert_eq!(times(&site.path("public")), before);
    assert_eq!(snapshot(&site.path("public")), good);

    site.write(GROK, saying("Right."));
    running.err.wait("wrote");
    assert_eq!(snapshot(&site.path("public")), clean(&site));
    assert!(site.path("public/glossary/grok/index.html").exists());
}

#[test]
fn a_folder_that_is_taken_away_is_written_anew() {
    let site = Site::good();
    let mut running = watch(&site, &["--poll"]);
    running.err.wait("verified quotation");
    fs::remove_dir_all(site.path("public")).unwrap();
    site.write(GROK, saying("Anew."));
    running.err.wait("wrote");
    assert_eq!(snapshot(&site.path("public")), clean(&site));
}

#[test]
fn its_own_files_do_not_trigger_it() {
    let site = Site::good();
    let mut running = watch(&site, &[]);
    running.err.wait("verified quotation");
    for turn in 0..3 {
        site.write(GROK, saying(&format!("Turn {turn}.")));
        running.err.wait("wrote");
    }
    let said = running.err.all.join("\n");
    assert_eq!(said.lines().count(), 4, "{said}");
}

#[test]
fn what_build_refuses_is_refused() {
    let site = Site::good();
    site.write("public/thesis.txt", "x");
    let before = snapshot(&site.root());
    site.run(&["build", "--watch"])
        .exits(2)
        .complains("was not made by Kézako");
    site.run(&["build", "--watch", "--out", "content"]).exits(2);
    site.run(&["build", "--poll"]).exits(2).complains("--watch");
    assert_eq!(snapshot(&site.root()), before);
}

#[test]
fn a_signal_ends_it_and_leaves_a_whole_site() {
    for signal in ["INT", "TERM"] {
        let site = Site::good();
        let mut running = watch(&site, &["--out", site.beside("www").to_str().unwrap()]);
        running.err.wait("verified quotation");
        site.write(GROK, saying("Before the end."));
        running.err.wait("wrote");
        let (code, time) = running.end(signal);
        assert_eq!(code, Some(0));
        assert!(time.as_secs() < 3, "{time:?}");
        assert_eq!(snapshot(&site.beside("www")), clean(&site));
        assert_eq!(names(&site.root().join("..")), ["clean", "site", "www"]);
    }
}
