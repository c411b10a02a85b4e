//! `kezako lsp` as an editor meets it: a client that drives the real binary over standard input and output.

mod support;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use support::editor::{Editor, uri};
use support::{CLAIM, RECORD, SEED, SETTINGS, Site, TODAY};

const GROK: &str = "content/claims/grok.md";

fn modern() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "definition": {"linkSupport": true},
        },
    })
}

/// An editor with a site open.
struct Desk {
    site: Site,
    editor: Editor,
    answer: Value,
}

impl Desk {
    fn of(site: Site) -> Self {
        Self::with(site, modern())
    }

    fn with(site: Site, capabilities: Value) -> Self {
        let mut command = support::kezako(["lsp", "--today", TODAY]);
        let (editor, answer) = Editor::begin(&mut command, &site.root(), capabilities);
        Self { site, editor, answer }
    }

    fn uri(&self, path: &str) -> String {
        uri(&self.site.path(path))
    }

    /// Opens a file with a text of its own, and waits for what there is to say of it.
    #[track_caller]
    fn open(&mut self, path: &str, text: &str) -> Vec<Value> {
        let uri = self.uri(path);
        self.editor.open(&uri, text);
        self.editor.problems_of(&uri, 1)
    }

    /// Asks about the beginning of some words in a text that is open.
    #[track_caller]
    fn at(&mut self, method: &str, path: &str, text: &str, words: &str) -> Value {
        let uri = self.uri(path);
        self.editor.at(method, &uri, place(text, words))
    }

    /// Ends in good order.
    #[track_caller]
    fn end(mut self) {
        assert_eq!(self.editor.ask("shutdown", Value::Null)["result"], Value::Null);
        self.editor.tell("exit", Value::Null);
        assert_eq!(self.editor.exit_code(), Some(0));
    }
}

/// Line and character (in UTF-16) at which words begin in a text.
#[track_caller]
fn place(text: &str, words: &str) -> (usize, usize) {
    let at = text.find(words).unwrap_or_else(|| panic!("no `{words}` in {text}"));
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    (line, text[start..at].encode_utf16().count())
}

/// The words of a range, in UTF-16.
#[track_caller]
fn words(text: &str, range: &Value) -> String {
    let offset = |end: &str| {
        let number = |key: &str| usize::try_from(range[end][key].as_u64().expect("a number")).expect("small");
        let before: usize = text
            .split_inclusive('\n')
            .take(number("line"))
            .map(|line| line.encode_utf16().count())
            .sum();
        before + number("character")
    };
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[offset("start")..offset("end")]).expect("whole characters")
}

fn codes(problems: &[Value]) -> Vec<&str> {
    problems.iter().filter_map(|problem| problem["code"].as_str()).collect()
}

#[test]
fn a_wrong_word_is_told_as_it_is_typed() {
    let mut desk = Desk::of(Site::good());
    let uri = desk.uri(GROK);
    desk.editor.open(&uri, CLAIM);
    let wrong = CLAIM.replace("lundi", "mardi");
    desk.editor.change(&uri, 2, &wrong);
    let problems = desk.editor.problems_of(&uri, 2);
    assert_eq!(codes(&problems), ["quote-not-found"]);
    let problem = &problems[0];
    assert_eq!(words(&wrong, &problem["range"]), "mardi");
    assert_eq!(
        (&problem["severity"], &problem["source"]),
        (&json!(1), &json!("kezako"))
    );
    let message = problem["message"].as_str().expect("a message");
    assert!(
        message.starts_with("these words are not in passage 1 of source `rfi`\nthe source has `lundi` here\nhelp: "),
        "{message}"
    );
    let related = &problem["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], desk.uri("seeds/rfi.txt"));
    assert_eq!(words(SEED, &related["location"]["range"]), "lundi");

    desk.editor.change(&uri, 3, CLAIM);
    assert_eq!(desk.editor.problems_of(&uri, 3), Vec::<Value>::new());
    desk.end();
}

#[test]
fn what_the_editor_has_counts_and_not_what_is_on_disk() {
    let mut desk = Desk::of(Site::good());
    let uri = desk.uri(GROK);
    assert_eq!(
        codes(&desk.open(GROK, &CLAIM.replace("lundi", "mardi"))),
        ["quote-not-found"]
    );
    // A part of the text is put in the place of another.
    let (line, character) = place(CLAIM, "lundi");
    let range =
        json!({"start": {"line": line, "character": character}, "end": {"line": line, "character": character + 5}});
    desk.editor.edit(&uri, 2, json!([{"range": range, "text": "lundi"}]));
    assert_eq!(codes(&desk.editor.problems_of(&uri, 2)), Vec::<&str>::new());

    desk.editor.change(&uri, 3, &CLAIM.replace("lundi", "mardi"));
    assert_eq!(codes(&desk.editor.problems_of(&uri, 3)), ["quote-not-found"]);
    // Closed without being saved: the file counts again.
    desk.editor
        .tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    let told = desk.editor.receive(|message| message["params"]["uri"] == uri.as_str());
    let params = told.expect("the problems of the file on disk")["params"].clone();
    assert_eq!((&params["diagnostics"], params.get("version")), (&json!([]), None));
    desk.end();
}

#[test]
fn files_that_are_not_open_are_followed_on_disk() {
    let mut desk = Desk::of(Site::good());
    let uri = desk.uri(GROK);
    desk.open("content/pages/about.md", "---\ntitle: About\n---\n");
    desk.site.write(GROK, CLAIM.replace("lundi", "mardi"));
    let told = |uri: String, count: usize| {
        move |message: &Value| {
            message["params"]["uri"] == uri.as_str()
                && message["params"]["diagnostics"]
                    .as_array()
                    .is_some_and(|all| all.len() == count)
        }
    };
    assert!(desk.editor.receive(told(uri.clone(), 1)).is_some());
    fs::remove_file(desk.site.path(GROK)).expect("the file can be removed");
    assert!(desk.editor.receive(told(uri, 0)).is_some());
    desk.end();
}

#[test]
fn a_new_file_is_checked_before_it_is_saved_and_drafts_are_too() {
    let mut desk = Desk::of(Site::good());
    let draft = CLAIM
        .replace("verdict: true", "verdict: true\ndraft: true")
        .replace("lundi", "mardi");
    assert_eq!(
        codes(&desk.open("content/claims/new/draft.md", &draft)),
        ["quote-not-found"]
    );
    assert!(!desk.site.path("content/claims/new").exists());
    desk.end();
}

#[test]
fn places_are_counted_as_the_editor_counts() {
    let text = CLAIM
        .replace("> Elon", "« é 😀 » [@nobody] é\n\n> Elon")
        .replace("lundi", "mardi");
    for (offered, chosen) in [
        (json!(["utf-16"]), "utf-16"),
        (json!(["utf-8", "utf-16"]), "utf-8"),
        (Value::Null, "utf-16"),
    ] {
        let capabilities = json!({"general": {"positionEncodings": offered}});
        let mut desk = Desk::with(Site::good(), capabilities);
        assert_eq!(desk.answer["capabilities"]["positionEncoding"], chosen);
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let uri = desk.uri(GROK);
            desk.editor.open(&uri, &text);
            let problems = desk.editor.problems_of(&uri, 1);
            assert_eq!(codes(&problems), ["unknown-source", "quote-not-found"]);
            let line = text
                .lines()
                .position(|line| line.contains("nobody"))
                .expect("the line is there");
            let before = "« é 😀 » [@";
            let character = if chosen == "utf-8" {
                before.len()
            } else {
                before.encode_utf16().count()
            };
            assert_eq!(
                problems[0]["range"]["start"],
                json!({"line": line, "character": character})
            );
            assert_eq!(
                problems[0]["range"]["end"],
                json!({"line": line, "character": character + "nobody".len()})
            );
            assert!(problems[1].get("relatedInformation").is_none(), "the editor knows none");
            desk.editor
                .tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
        }
        desk.end();
    }
}

#[test]
fn the_cursor_on_a_citation_shows_the_passage() {
    let mut desk = Desk::of(Site::good());
    desk.open(GROK, CLAIM);
    for words in ["[@rfi:1]", "rfi:1]", "annoncé lundi"] {
        let hover = desk.at("textDocument/hover", GROK, CLAIM, words);
        let text = hover["contents"]["value"].as_str().expect("a text");
        assert_eq!(hover["contents"]["kind"], "markdown");
        assert!(
            text.starts_with("**RFI** · *Elon Musk lance la bagarre des IA* · passage 1\n\n> **Elon Musk a annoncé"),
            "{text}"
        );
        assert!(text.contains("en accès libre** le programme informatique"), "{text}");
    }
    assert_eq!(desk.at("textDocument/hover", GROK, CLAIM, "summary"), Value::Null);
    desk.end();
}

#[test]
fn the_cursor_on_a_term_shows_its_definition() {
    let site = Site::good();
    site.write("content/glossary/open-source.md", "---\nterm: \"open source\"\naliases: [\"libre accès\"]\nsense: code\n---\nWhoever has the *source* may use it.\n");
    let text = format!("{CLAIM}\nIn the 😀 Open Sources, see [it](../glossary/open-source.md) and l’open\nsource.\n");
    let mut desk = Desk::of(site);
    desk.open(GROK, &text);
    for words in ["Sources", "../glossary", "open\nsource.", "source.\n"] {
        let hover = desk.at("textDocument/hover", GROK, &text, words);
        assert_eq!(
            hover["contents"]["value"], "**open source** (code)\n\nWhoever has the source may use it.",
            "{words}"
        );
        let there = desk.at("textDocument/definition", GROK, &text, words);
        assert_eq!(
            there[0]["targetUri"],
            desk.uri("content/glossary/open-source.md"),
            "{words}"
        );
        assert_eq!(there[0]["targetRange"]["start"], json!({"line": 1, "character": 6}));
    }
    let hover = desk.at("textDocument/hover", GROK, &text, "Open Sources");
    assert_eq!(words(&text, &hover["range"]), "Open Sources");
    desk.end();
}

#[test]
fn a_reference_leads_to_what_it_names() {
    let site = Site::good();
    site.write("content/glossary/a.md", "---\nterm: a-term\nsee: [b]\n---\nX.\n");
    site.write("content/glossary/b.md", "---\nterm: b-term\n---\nX.\n");
    let event = "---\ndate: 2024-03-11\ntitle: Open\nclaims:\n  - grok\nterms: [a, \"b\"]\n---\nSee [it](../claims/grok.md) and [@rfi:3] and [@rfi].\n";
    let mut desk = Desk::of(site);
    desk.open("content/timeline/open.md", event);
    for (words, path, line) in [
        ("grok\n", GROK, 1),
        ("a, ", "content/glossary/a.md", 1),
        ("b\"]", "content/glossary/b.md", 1),
        ("../claims", GROK, 1),
        ("@rfi:3", "seeds/rfi.txt", 2),
        ("@rfi]", "seeds/rfi.txt", 0),
    ] {
        let there = desk.at("textDocument/definition", "content/timeline/open.md", event, words);
        assert_eq!(there[0]["targetUri"], desk.uri(path), "{words}");
        assert_eq!(there[0]["targetRange"]["start"]["line"], line, "{words}");
    }
    desk.open("content/sources/rfi.md", RECORD);
    let there = desk.at("textDocument/definition", "content/sources/rfi.md", RECORD, "rfi.txt");
    assert_eq!(there[0]["targetUri"], desk.uri("seeds/rfi.txt"));
    desk.end();
}

#[test]
fn two_sites_in_one_folder_are_kept_apart() {
    let (one, other) = (Site::good(), Site::good());
    other.write("seeds/rfi.txt", SEED.replace("lundi", "mardi"));
    let mut desk = Desk::of(one);
    let far = uri(&other.path(GROK));
    desk.editor.open(&far, CLAIM);
    assert_eq!(codes(&desk.editor.problems_of(&far, 1)), ["quote-not-found"]);
    assert_eq!(codes(&desk.open(GROK, CLAIM)), Vec::<&str>::new());
    desk.end();
}

#[test]
fn files_outside_all_sites_are_nobodys_business() {
    let mut desk = Desk::of(Site::good());
    let stray = desk.site.beside("stray.md");
    fs::write(&stray, CLAIM).expect("a file can be written");
    let readme = desk.uri("README.md");
    for uri in [
        uri(&stray),
        readme,
        "untitled:Untitled-1".to_owned(),
        "file:///".to_owned(),
        "not a uri".to_owned(),
    ] {
        desk.editor.open(&uri, "> [@rfi] é");
        for method in ["textDocument/hover", "textDocument/definition"] {
            assert_eq!(desk.editor.at(method, &uri, (0, 4)), Value::Null);
        }
        desk.editor.change(&uri, 2, "x");
        desk.editor
            .tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }
    desk.end();
}

#[test]
fn a_seed_that_is_looked_at_is_not_changed_by_it() {
    let site = Site::good();
    let seed = format!("\u{feff}{}", SEED.replace('\n', "\r\n"));
    site.write("seeds/rfi.txt", &seed);
    let hash = "sha256: 0000000000000000000000000000000000000000000000000000000000000000\nlang: fr";
    site.write("content/sources/rfi.md", RECORD.replace("lang: fr", hash));
    let problems = site.problems();
    let told = problems
        .iter()
        .find(|problem| problem.code == "source-changed")
        .expect("the hash is wrong");
    let sha256 = told
        .help
        .split("SHA-256 is ")
        .nth(1)
        .and_then(|rest| rest.get(..64))
        .expect("the right one");
    site.write(
        "content/sources/rfi.md",
        RECORD.replace("lang: fr", &format!("sha256: {sha256}\nlang: fr")),
    );

    let mut desk = Desk::of(site);
    let (record, seed) = (desk.uri("content/sources/rfi.md"), desk.uri("seeds/rfi.txt"));
    // As an editor gives it back that hides the mark and sets line ends its own way.
    desk.editor.open(&seed, SEED);
    desk.open(GROK, &CLAIM.replace("lundi", "mardi"));
    assert!(
        !desk.editor.problems.contains_key(&record),
        "{:?}",
        desk.editor.problems
    );
    desk.editor.change(&seed, 2, &SEED.replace("lundi", "mardi"));
    let told = desk
        .editor
        .receive(|message| message["params"]["uri"] == record.as_str());
    assert_eq!(
        told.expect("the seed has changed")["params"]["diagnostics"][0]["code"],
        "source-changed"
    );
    desk.end();
}

#[test]
fn what_is_no_message_is_answered_and_passed_over() {
    let site = Site::good();
    let mut editor = Editor::silent(&mut support::kezako(["lsp"]));
    let early = editor.ask("textDocument/hover", json!({}));
    assert_eq!(early["error"]["code"], -32002);
    for bytes in [
        "Content-Length: 1\r\n\r\n{",
        "Content-Length: 2\r\n\r\n[]",
        "Content-Length: x\r\n\r\n",
        "Content-Length: 8\r\n\r\n\"\u{e9}\u{e9}\u{e9}\"",
    ] {
        editor.send(bytes.as_bytes());
        let answer = editor.receive(|message| message["id"] == Value::Null && message.get("error").is_some());
        assert_eq!(answer.expect("an answer")["error"]["code"], -32700, "{bytes:?}");
    }
    editor.ask("initialize", json!({"capabilities": {}, "rootUri": uri(&site.root())}));
    assert_eq!(editor.ask("initialize", json!({}))["error"]["code"], -32600);
    assert_eq!(
        editor.ask("textDocument/hover", json!({"textDocument": 3}))["error"]["code"],
        -32602
    );
    assert_eq!(editor.ask("textDocument/rename", json!({}))["error"]["code"], -32601);
    let uri = uri(&site.path(GROK));
    editor.tell("textDocument/didOpen", json!([1, 2]));
    editor.edit(&uri, 1, json!([{"text": "never opened"}]));
    editor.tell("$/cancelRequest", json!({"id": 99}));
    editor.open(&uri, CLAIM);
    let beyond = json!({"start": {"line": 9999, "character": 9999}, "end": {"line": 0, "character": 0}});
    editor.edit(&uri, 2, json!([{"range": beyond, "text": "\n[@nobody]\n"}]));
    assert_eq!(codes(&editor.problems_of(&uri, 2)), ["unknown-source"]);
    assert_eq!(editor.ask("shutdown", Value::Null)["result"], Value::Null);
    assert_eq!(editor.ask("textDocument/hover", json!({}))["error"]["code"], -32600);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.exit_code(), Some(0));
}

#[test]
fn an_editor_that_goes_without_a_word_leaves_no_server_behind() {
    let site = Site::good();
    let (editor, _) = Editor::begin(&mut support::kezako(["lsp"]), &site.root(), modern());
    assert_eq!(editor.hang_up(), Some(1));
    let (mut editor, _) = Editor::begin(&mut support::kezako(["lsp"]), &site.root(), modern());
    editor.tell("exit", Value::Null);
    assert_eq!(editor.exit_code(), Some(1));
    let missing = Path::new("/nonexistent");
    let mut command = support::kezako(["lsp", "--root"]);
    support::run(command.arg(missing)).exits(2).complains("/nonexistent");
}

#[test]
fn texts_that_cannot_be_read_are_told_and_break_nothing() {
    let mut desk = Desk::of(Site::good());
    let uri = desk.uri(GROK);
    for (version, text) in [
        "",
        "---",
        "---\n",
        "---\nverdict: [",
        "---\nclaim: \"\n---\n> ",
        "\u{feff}---\r\n",
        "[@",
        "> — [@rfi:",
        "\0",
        "> 😀\n> — [@rfi] states",
    ]
    .iter()
    .enumerate()
    {
        let version = i64::try_from(version).expect("small") + 2;
        if version == 2 {
            desk.editor.open(&uri, "x");
        }
        desk.editor.change(&uri, version, text);
        assert!(!desk.editor.problems_of(&uri, version).is_empty(), "{text:?}");
        for (line, line_text) in text.split('\n').enumerate() {
            for character in 0..=line_text.encode_utf16().count() + 1 {
                for method in ["textDocument/hover", "textDocument/definition"] {
                    desk.editor.at(method, &uri, (line, character));
                }
            }
        }
    }
    let settings = desk.uri("kezako.yaml");
    desk.editor.open(&settings, &format!("{SETTINGS}colour: red\n"));
    assert_eq!(codes(&desk.editor.problems_of(&settings, 1)), ["unknown-key"]);
    desk.end();
}
