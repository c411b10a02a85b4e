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

    /// What can be written at the cursor `|` of a text, which is opened without it: label and the text with it.
    #[track_caller]
    fn offered(&mut self, path: &str, marked: &str) -> Vec<(String, String)> {
        let at = place(marked, "|");
        let text = marked.replacen('|', "", 1);
        self.open(path, &text);
        let uri = self.uri(path);
        let list = self.editor.at("textDocument/completion", &uri, at);
        self.editor
            .tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
        let item = |item: &Value| {
            let label = item["label"].as_str().expect("a label").to_owned();
            let [start, end] = ["start", "end"].map(|end| item["textEdit"]["range"][end]["line"].as_u64());
            assert_eq!(start, end, "an edit of one line");
            (label, edited(&text, &json!([item["textEdit"]])))
        };
        list["items"].as_array().expect("a list").iter().map(item).collect()
    }

    /// The labels of what can be written at the cursor.
    #[track_caller]
    fn labels(&mut self, path: &str, marked: &str) -> Vec<String> {
        self.offered(path, marked).into_iter().map(|(label, _)| label).collect()
    }

    /// The changes offered at a range of a document.
    #[track_caller]
    fn fixes(&mut self, path: &str, range: &Value) -> Vec<Value> {
        let context = json!({"diagnostics": []});
        let params = json!({"textDocument": {"uri": self.uri(path)}, "range": range, "context": context});
        let answer = self.editor.ask("textDocument/codeAction", params);
        answer["result"]
            .as_array()
            .unwrap_or_else(|| panic!("{answer}"))
            .clone()
    }

    /// Opens a text with one problem of this code; gives each change that is offered, by its title, with the text that it makes. Each must make
    /// the problem go.
    #[track_caller]
    fn mended(&mut self, path: &str, text: &str, code: &str) -> Vec<(String, String)> {
        let problems = self.open(path, text);
        assert_eq!(codes(&problems), [code], "{text}");
        let uri = self.uri(path);
        let fixes = self.fixes(path, &problems[0]["range"]);
        let mut all = Vec::new();
        for (number, fix) in fixes.iter().enumerate() {
            assert_eq!(
                (&fix["kind"], &fix["diagnostics"][0]["code"]),
                (&json!("quickfix"), &json!(code))
            );
            let mended = edited(text, &fix["edit"]["changes"][&uri]);
            let version = i64::try_from(number).expect("small") + 2;
            self.editor.change(&uri, version, &mended);
            assert_eq!(
                codes(&self.editor.problems_of(&uri, version)),
                Vec::<&str>::new(),
                "{mended}"
            );
            all.push((fix["title"].as_str().expect("a title").to_owned(), mended));
        }
        self.editor
            .tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
        all
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

/// A text with edits, given in the order of their places.
#[track_caller]
fn edited(text: &str, edits: &Value) -> String {
    let mut units: Vec<u16> = text.encode_utf16().collect();
    for edit in edits.as_array().expect("edits").iter().rev() {
        let [start, end] = ["start", "end"].map(|end| {
            let before = json!({"start": {"line": 0, "character": 0}, "end": edit["range"][end]});
            words(text, &before).encode_utf16().count()
        });
        let new: Vec<u16> = edit["newText"].as_str().expect("a text").encode_utf16().collect();
        units.splice(start..end, new);
    }
    String::from_utf16(&units).expect("whole characters")
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
        for method in [
            "textDocument/hover",
            "textDocument/definition",
            "textDocument/completion",
        ] {
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
                for method in [
                    "textDocument/hover",
                    "textDocument/definition",
                    "textDocument/completion",
                ] {
                    desk.editor.at(method, &uri, (line, character));
                }
                let at = json!({"line": line, "character": character});
                desk.fixes(GROK, &json!({"start": at, "end": at}));
            }
        }
    }
    let settings = desk.uri("kezako.yaml");
    desk.editor.open(&settings, &format!("{SETTINGS}colour: red\n"));
    assert_eq!(codes(&desk.editor.problems_of(&settings, 1)), ["unknown-key"]);
    desk.end();
}

/// A claim without its quotation.
fn head() -> &'static str {
    CLAIM.split("> Elon").next().expect("it quotes")
}

#[test]
fn some_words_after_a_mark_become_the_sentence_with_its_citation() {
    let mut desk = Desk::of(Site::good());
    let head = head();
    let whole = format!(
        "{head}> {}\n>\n> — [@rfi] states\n",
        SEED.lines().next().expect("a line")
    );
    for typed in [
        "annoncé lundi que",
        "Elon Musk a annoncé lun",
        "Elon Musk a annonce lundi que sa",
        "programme informat",
    ] {
        let offered = desk.offered(GROK, &format!("{head}> {typed}|\n"));
        assert_eq!(offered.len(), 1, "{typed}: {offered:?}");
        assert_eq!(offered[0].1, whole, "{typed}");
    }
    // A block that has its citation gets the words alone; indented ones stay indented.
    let offered = desk.offered(GROK, &format!("{head}> serait-il un gage|\n>\n> — [@rfi:3] supports\n"));
    let sentence = "Le choix de l’open source serait-il un gage de confiance ?";
    assert_eq!(offered[0].1, format!("{head}> {sentence}\n>\n> — [@rfi:3] supports\n"));
    let offered = desk.offered(GROK, &format!("{head}- x\n\n  > serait-il un gage|\n"));
    assert_eq!(
        offered[0].1,
        format!("{head}- x\n\n  > {sentence}\n  >\n  > — [@rfi] states\n")
    );
    let offered = desk.offered(GROK, &format!("{head}> serait-il un gage|\n").replace('\n', "\r\n"));
    assert!(
        offered[0].1.ends_with("?\r\n>\r\n> — [@rfi] states\r\n"),
        "{:?}",
        offered[0].1
    );
    for nothing in [
        "> |",
        "> x|",
        "> zzzzzzz yyyyyyy|",
        "> — [@rfi] sta|\n> zzz",
        "annoncé lundi que|",
    ] {
        let labels = desk.labels(GROK, &format!("{head}{nothing}\n"));
        assert!(
            labels
                .iter()
                .all(|label| label == "states" || ["supports", "contradicts", "context"].contains(&label.as_str())),
            "{nothing}: {labels:?}"
        );
    }
    desk.end();
}

#[test]
fn citations_and_roles_are_completed() {
    let site = Site::good();
    site.write("seeds/other.txt", "Rien.\n\nDeux.\n");
    site.write(
        "content/sources/other.md",
        "---\nfile: other.txt\nlang: fr\npublisher: O\n---\n",
    );
    let mut desk = Desk::of(site);
    let head = head();
    let offered = desk.offered(GROK, &format!("{head}See 😀 [@r|fx].\n"));
    assert_eq!(offered[1], ("rfi".to_owned(), format!("{head}See 😀 [@rfi].\n")));
    assert_eq!(offered[0].0, "other");
    let offered = desk.offered(GROK, &format!("{head}See [@rfi:|\n"));
    assert_eq!(offered[0], ("1".to_owned(), format!("{head}See [@rfi:1]\n")));
    assert_eq!(offered[1], ("3".to_owned(), format!("{head}See [@rfi:3]\n")));
    // The passage that has the words comes first.
    let labels = desk.labels(
        GROK,
        &format!("{head}> Rien n’est moins certain.\n>\n> — [@rfi:|] states\n"),
    );
    assert_eq!(labels, ["3", "1"]);
    let offered = desk.offered(GROK, &format!("{head}> Rien\n>\n> — [@rfi] sup|\n"));
    assert_eq!(offered[1].1, format!("{head}> Rien\n>\n> — [@rfi] supports\n"));
    assert_eq!(
        desk.labels(GROK, &format!("{head}See [@nobody:|]\n")),
        Vec::<String>::new()
    );
    desk.end();
}

#[test]
fn front_matter_is_completed() {
    let site = Site::good();
    site.write("content/glossary/a.md", "---\nterm: a-term\n---\nX.\n");
    site.write(
        "content/claims/b.md",
        CLAIM.replace("verdict:", "entities: [\"Mistral, AI\", xAI]\nverdict:"),
    );
    let mut desk = Desk::of(site);
    let verdicts = [
        "true",
        "mostly-true",
        "needs-context",
        "misleading",
        "false",
        "unverifiable",
    ];
    assert_eq!(desk.labels(GROK, "---\nverdict: |\n---\n"), verdicts);
    assert_eq!(desk.labels(GROK, "---\nverdict: mis|"), verdicts);
    assert_eq!(
        desk.offered(GROK, "---\nverdict:|\n---\n")[3].1,
        "---\nverdict: misleading\n---\n"
    );
    assert!(
        desk.labels(GROK, "---\nreason: |\n---\n")
            .contains(&"wrong-figure".to_owned())
    );
    let names = desk.offered(GROK, "---\nentities: [xAI, M|]\n---\n");
    assert_eq!(names[0].1, "---\nentities: [xAI, \"Mistral, AI\"]\n---\n");
    assert_eq!(
        desk.offered(GROK, "---\nentities:\n  - \"M|\"\n---\n")[0].1,
        "---\nentities:\n  - \"Mistral, AI\"\n---\n"
    );
    assert_eq!(
        desk.labels(GROK, "---\nevidence:\n  - {title: x, role: |}\n---\n"),
        ["supports", "contradicts", "context"]
    );
    assert_eq!(
        desk.labels(GROK, "---\nevidence:\n  - title: x\n    kind: |\n---\n"),
        ["primary", "secondary"]
    );
    let keys = desk.offered(GROK, "---\nclaim: x\nver|\n---\n");
    assert!(
        keys.contains(&("verdict".to_owned(), "---\nclaim: x\nverdict: \n---\n".to_owned())),
        "{keys:?}"
    );
    assert!(keys.iter().all(|(label, _)| label != "claim"), "{keys:?}");
    let event = "content/timeline/e.md";
    assert_eq!(desk.labels(event, "---\nclaims: [|]\n---\n"), ["b", "grok"]);
    assert_eq!(desk.labels(event, "---\nterms:\n- |\n---\n"), ["a"]);
    let record = "content/sources/rfi.md";
    assert_eq!(desk.labels(record, "---\nfile: |\n---\n"), ["rfi.txt"]);
    assert!(
        desk.labels(record, "---\nkind: |\n---\n")
            .contains(&"ai-written".to_owned())
    );
    assert_eq!(desk.labels("kezako.yaml", "title: x\npaper: |"), ["a4", "letter"]);
    desk.end();
}

#[test]
fn links_terms_and_entities_are_completed() {
    let site = Site::good();
    site.write(
        "content/glossary/a.md",
        "---\nterm: Abc term\naliases: [abcd]\n---\nX.\n",
    );
    site.write(
        "content/claims/b.md",
        CLAIM.replace("verdict:", "entities: [Abracadabra]\nverdict:"),
    );
    let mut desk = Desk::of(site);
    let head = head();
    let offered = desk.offered(GROK, &format!("{head}See [it](../glo|).\n"));
    assert_eq!(
        offered,
        [(
            "../glossary/a.md".to_owned(),
            format!("{head}See [it](../glossary/a.md).\n")
        )]
    );
    assert_eq!(
        desk.labels(GROK, &format!("{head}See [it](abc te|).\n")),
        Vec::<String>::new()
    );
    assert_eq!(
        desk.labels(GROK, &format!("{head}See [it](abc|).\n")),
        ["../glossary/a.md"]
    );
    assert_eq!(
        desk.labels(GROK, &format!("{head}The ab|\n")),
        ["Abc term", "abcd", "Abracadabra"]
    );
    assert_eq!(desk.labels(GROK, &format!("{head}The a|\n")), Vec::<String>::new());
    desk.end();
}

#[test]
fn a_mistyped_quotation_gets_the_words_of_its_source() {
    let mut desk = Desk::of(Site::good());
    let fixes = desk.mended(GROK, &CLAIM.replace("lundi", "mardi"), "quote-not-found");
    assert_eq!(
        fixes[0],
        ("Replace `mardi` by the source’s `lundi`".to_owned(), CLAIM.to_owned())
    );
    assert_eq!(
        fixes[1],
        (
            "Mark as your own words: `[mardi]`".to_owned(),
            CLAIM.replace("lundi", "[mardi]")
        )
    );
    // Words that are missing, too many, and far apart.
    for wrong in [
        CLAIM.replace("annoncé lundi que", "annoncé que"),
        CLAIM.replace("annoncé lundi", "annoncé hier lundi"),
        CLAIM.replace("Elon", "Alon").replace("libre\n", "vente\n"),
        CLAIM
            .replace("lundi que", "*mardi* que")
            .replace("accès libre", "accès\n> livre"),
    ] {
        assert!(!desk.mended(GROK, &wrong, "quote-not-found").is_empty(), "{wrong}");
    }
    let inline = format!("{CLAIM}\nIl dit « serait-il un cage » [@rfi] é.\n");
    assert_eq!(
        desk.mended(GROK, &inline, "quote-not-found")[0].1,
        inline.replace("cage", "gage")
    );
    desk.end();
}

#[test]
fn a_citation_of_the_wrong_place_is_set_right() {
    let site = Site::good();
    site.write(
        "seeds/rfi.txt",
        format!("{SEED}\nUn mot. Deux mots.\n\nDeux mots. Un mot.\n"),
    );
    site.write("seeds/other.txt", "Ailleurs seulement, ces mots.\n");
    site.write(
        "content/sources/other.md",
        "---\nfile: other.txt\nlang: fr\n---\nSee [@other].\n",
    );
    let mut desk = Desk::of(site);
    assert_eq!(
        desk.mended(GROK, &CLAIM.replace("@rfi:1", "@rfi:3"), "quote-not-found")[0].1,
        CLAIM
    );
    let ambiguous = format!("{CLAIM}\nIl dit « Deux mots. » [@rfi].\n");
    let fixes = desk.mended(GROK, &ambiguous, "quote-ambiguous");
    let expected = [5, 7].map(|line| ambiguous.replace("[@rfi].", &format!("[@rfi:{line}].")));
    assert_eq!(fixes.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>(), expected);
    assert_eq!(fixes[0].0, "Cite passage 5: Un mot. Deux mots.");
    let elsewhere = format!("{CLAIM}\nIl dit « Ailleurs seulement » [@rfi].\n");
    let fixes = desk.mended(GROK, &elsewhere, "quote-not-found");
    assert_eq!(fixes[0].1, elsewhere.replace("[@rfi].", "[@other]."));
    let fixes = desk.mended(GROK, &format!("{CLAIM}\nSee [@rfi:4].\n"), "unknown-passage");
    let expected = [3, 5].map(|line| format!("{CLAIM}\nSee [@rfi:{line}].\n"));
    assert_eq!(fixes.into_iter().map(|(_, text)| text).collect::<Vec<_>>(), expected);
    desk.end();
}

#[test]
fn a_word_that_is_nearly_known_is_replaced() {
    let site = Site::good();
    site.write("content/glossary/open.md", "---\nterm: open\n---\n## The place\n\nX.\n");
    site.write(
        "content/claims/b.md",
        CLAIM.replace("verdict:", "entities: [\"Mistral: AI\"]\nverdict:"),
    );
    let mut desk = Desk::of(site);
    let linked = format!("{CLAIM}\n[x](../glossary/open.md#the-place)\n");
    for (text, right, wrong, code) in [
        (CLAIM, "verdict: true", "verdict: treu", "bad-value"),
        (CLAIM, "summary:", "sumary:", "unknown-key"),
        (CLAIM, "role: supports", "role: suports", "bad-value"),
        (&linked, "glossary/open.md", "glossary/opem.md", "broken-link"),
        (&linked, "#the-place", "#the-plaice", "broken-link"),
    ] {
        let fixes = desk.mended(GROK, &text.replace(right, wrong), code);
        assert_eq!(fixes.len(), 1, "{wrong}");
        assert_eq!(fixes[0].1, text, "{wrong}");
    }
    let cited = format!("{CLAIM}\nSee [@rfy].\n");
    assert_eq!(
        desk.mended(GROK, &cited, "unknown-source")[0].1,
        cited.replace("rfy", "rfi")
    );
    let named = CLAIM.replace("verdict:", "entities: [mistral ai]\nverdict:");
    let fixes = desk.mended("content/claims/c.md", &named, "duplicate-url");
    assert_eq!(fixes[0].1, named.replace("mistral ai", "\"Mistral: AI\""));
    desk.end();
}
