//! Messages in French: what the environment asks for, and what an editor of text asks for.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use support::editor::{Editor, uri};
use support::running::{Running, ask};
use support::{Found, Site, TODAY, found, kezako, run};

const FRENCH: &str = "fr_FR.UTF-8";

fn faults() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid");
    let entries = fs::read_dir(folder).expect("tests/invalid is there");
    let mut faults: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    faults.sort();
    faults
}

fn problems(site: &Path, lang: &str) -> Vec<Found> {
    let mut command = kezako(["check", "--today", TODAY, "--format", "json"]);
    found(&run(command.arg("--root").arg(site).env("LANG", lang)).stdout)
}

/// What may stand in both languages: what is quoted between backticks is no prose.
fn prose(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

#[test]
fn every_fault_is_told_in_french_at_the_same_place() {
    let mut seen = 0;
    for case in faults() {
        let site = case.join("site");
        let (english, french) = (problems(&site, "C.UTF-8"), problems(&site, FRENCH));
        assert_eq!(english.len(), french.len(), "{}", case.display());
        for (english, french) in english.iter().zip(&french) {
            let of = |found: &Found| {
                (
                    found.code.clone(),
                    found.severity.clone(),
                    found.path.clone(),
                    found.place,
                )
            };
            assert_eq!(of(english), of(french));
            assert_ne!(prose(&english.message), prose(&french.message), "{}", case.display());
            assert_ne!(prose(&english.help), prose(&french.help), "{}", case.display());
            for text in [&french.message, &french.help] {
                let english = [" the ", " is ", " of ", " it ", " write ", " has "];
                let left = english
                    .iter()
                    .find(|word| format!(" {} ", prose(text)).contains(**word));
                assert!(left.is_none(), "{left:?} in `{text}`");
            }
            seen += 1;
        }
    }
    assert!(seen > 50, "only {seen} faults");
}

#[test]
fn frames_have_french_words() {
    let site = Site::good();
    site.write("content/claims/x.md", "---\nclam: \"x\"\n---\n\nx\n");
    let done = run(site.command(&["check"]).env("LANG", FRENCH));
    assert!(
        done.stdout
            .contains("erreur[unknown-key]: la clé `clam` n’existe pas ici"),
        "{}",
        done.stdout
    );
    assert!(
        done.stdout.contains("= aide\u{a0}: vouliez-vous dire `claim`\u{202f}?"),
        "{}",
        done.stdout
    );
    let last = done.stderr.lines().last().unwrap_or_default();
    assert!(last.contains("erreur") && !last.contains("error"), "{last}");
    // What programs read has the same words in all languages.
    let short = run(site.command(&["check", "--format", "short"]).env("LANG", FRENCH));
    assert!(
        short.stdout.contains(": error[unknown-key]: la clé"),
        "{}",
        short.stdout
    );
    let github = run(site.command(&["check", "--format", "github"]).env("LANG", FRENCH));
    assert!(
        github.stdout.contains("::error file=") && github.stdout.contains("::la clé"),
        "{}",
        github.stdout
    );
}

#[test]
fn the_first_variable_that_is_set_decides() {
    let site = Site::good();
    for (variables, french) in [
        (&[("LANG", "fr_FR.UTF-8")][..], true),
        (&[("LANG", "fr")], true),
        (&[("LANG", "en_GB.UTF-8")], false),
        (&[("LANG", "C"), ("LC_MESSAGES", "fr_CA.UTF-8")], true),
        (&[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "C.UTF-8")], false),
        (&[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "")], true),
        (&[], false),
    ] {
        let mut command = site.command(&["check"]);
        command.envs(variables.iter().copied());
        let said = run(&mut command).stderr;
        let wanted = if french {
            "aucun problème\u{a0}:"
        } else {
            "no problems:"
        };
        assert!(said.contains(wanted), "{variables:?}: {said}");
    }
}

#[test]
fn failures_and_closing_lines_are_french() {
    let site = Site::good();
    let built = run(site.command(&["build"]).env("LANG", FRENCH)).exits(0);
    assert!(built.stderr.contains("site construit\u{a0}: "), "{}", built.stderr);
    assert!(
        built.stderr.contains(" pages, ") && !built.stderr.contains("verified"),
        "{}",
        built.stderr
    );
    let nowhere = tempfile::tempdir().expect("a folder");
    let failed = run(kezako(["build", "--root"]).arg(nowhere.path()).env("LANG", FRENCH)).exits(2);
    assert!(failed.stderr.starts_with("erreur\u{a0}: `"), "{}", failed.stderr);
    assert!(
        failed
            .stderr
            .contains("\n  = aide\u{a0}: aller dans le dossier d’un site"),
        "{}",
        failed.stderr
    );
    let there = run(site.command(&["new", "source", "nowhere.txt"]).env("LANG", FRENCH)).exits(2);
    assert!(
        there
            .stderr
            .contains("impossible de lire `nowhere.txt`\u{a0}: il n’y a ni fichier ni dossier de ce nom"),
        "{}",
        there.stderr
    );
    let empty = run(site.command(&["quote", "zzz"]).env("LANG", FRENCH));
    assert!(empty.stderr.contains("ces mots sont absents"), "{}", empty.stderr);
}

#[test]
fn an_editors_own_language_goes_before_the_environment() {
    let site = Site::good();
    site.write("content/claims/x.md", "---\nclam: \"x\"\n---\n\nx\n");
    for (lang, locale, french) in [("C", "fr-FR", true), (FRENCH, "en", false)] {
        let mut command = kezako(["lsp", "--today", TODAY]);
        let mut editor = Editor::silent(command.env("LANG", lang));
        let folders = json!([{"uri": uri(&site.root()), "name": "site"}]);
        let params = json!({"processId": null, "rootUri": null, "capabilities": {}, "locale": locale, "workspaceFolders": folders});
        editor.ask("initialize", params);
        editor.tell("initialized", json!({}));
        let told = editor
            .receive(|message| {
                message["method"] == "textDocument/publishDiagnostics"
                    && message["params"].to_string().contains("unknown-key")
            })
            .expect("the fault is told");
        let told = told["params"]["diagnostics"].to_string();
        let wanted = if french {
            "n’existe pas ici\\naide\u{a0}: "
        } else {
            "there is no key `clam` here\\nhelp: "
        };
        assert!(told.contains(wanted), "{told}");
    }
}

#[test]
fn what_a_preview_refuses_is_refused_in_french() {
    let site = Site::good();
    for (lang, refusals) in [
        (
            "C.UTF-8",
            [
                "Kézako answers only at localhost and at loopback addresses.\n",
                "Only GET and HEAD are answered.\n",
                "There is nothing here.\n",
            ],
        ),
        (
            FRENCH,
            [
                "Kézako ne répond qu’à localhost et aux adresses de bouclage.\n",
                "Seules les requêtes GET et HEAD reçoivent une réponse.\n",
                "Il n’y a rien ici.\n",
            ],
        ),
    ] {
        let mut command = site.command(&["serve", "--port", "0", "--today", TODAY]);
        let mut running = Running::start(command.env("LANG", lang));
        let url = running.out.wait("http://127.0.0.1:");
        let port = url.split([':', '/']).nth(4).and_then(|port| port.parse().ok());
        let port = port.expect("the URL has a port");
        let asked = [
            "GET / HTTP/1.1\r\nHost: example.org",
            "DELETE / HTTP/1.1\r\nHost: localhost",
            "GET /_kezako/nowhere HTTP/1.1\r\nHost: localhost",
        ];
        for (request, refusal) in asked.into_iter().zip(refusals) {
            let answer = ask(port, request);
            assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
            assert_eq!(answer.text(), refusal, "{request}");
        }
    }
}
