//! The editor's desk, by the real binary: what it prints and writes, and that bad input harms nothing.

mod support;

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use support::{Done, RECORD, SEED, Site, kezako, run};

/// The project's own site.
fn own() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn on(root: &Path, arguments: &[&str]) -> Done {
    let mut command = kezako(["--root"]);
    run(command.arg(root).args(arguments))
}

/// The good site with a page that holds `text`; it must build without a word.
#[track_caller]
fn builds_with(site: &Site, text: &str) {
    site.write(
        "content/pages/pasted.md",
        format!("---\ntitle: \"Pasted\"\n---\n\n{text}\n"),
    );
    let done = site.run(&["check", "--deny-warnings"]).exits(0);
    assert_eq!(done.stdout, "", "{text}");
    fs::remove_file(site.path("content/pages/pasted.md")).expect("it was written");
}

// kezako quote

#[test]
fn words_that_stand_in_a_source_are_printed_ready_for_pasting() {
    let site = Site::good();
    let done = site.run(&["quote", "Rien n'est moins certain."]).exits(0);
    assert_eq!(
        done.stdout,
        "> Rien n’est moins certain.\n>\n> — [@rfi] states\n\n“Rien n’est moins certain.” [@rfi]\n"
    );
    assert_eq!(done.stderr, "word for word in passage 3 of source `rfi`\n");
    let (block, inline) = done.stdout.rsplit_once("\n\n").expect("two forms");
    builds_with(&site, block);
    builds_with(&site, inline);
}

#[test]
fn a_french_site_quotes_between_guillemets() {
    let site = Site::good();
    site.write("kezako.yaml", "title: x\nbase_url: https://example.org/\nlang: fr\n");
    let done = site.run(&["quote", "gage de confiance"]).exits(0);
    assert!(
        done.stdout
            .ends_with("\n\n«\u{202f}gage de confiance\u{202f}» [@rfi]\n"),
        "{}",
        done.stdout
    );
}

#[test]
fn words_need_no_quotation_marks_around_them() {
    let site = Site::good();
    let done = site.run(&["quote", "Rien", "n’est", "moins"]).exits(0);
    assert!(done.stdout.starts_with("> Rien n’est moins\n"), "{}", done.stdout);
}

#[test]
fn what_is_only_near_is_printed_with_exit_1_and_said_on_standard_error() {
    let done = Site::good().run(&["quote", "Elon Musk a annoncé mardi que"]).exits(1);
    assert!(
        done.stdout.starts_with("> Elon Musk a annoncé lundi que sa start-up"),
        "{}",
        done.stdout
    );
    done.complains("these words are in no source; the nearest are in passage 1 of source `rfi`")
        .complains("the source has `lundi` where you have `mardi`");
}

#[test]
fn what_is_nowhere_is_exit_1_and_prints_nothing() {
    let done = Site::good().run(&["quote", "Grenoble pleut violet"]).exits(1);
    assert_eq!(done.stdout, "");
    done.complains("these words are in no source, nor is anything like them");
    let done = Site::bare().run(&["quote", "words"]).exits(1);
    done.complains("no sources yet").complains("seeds/");
}

#[test]
fn several_places_are_numbered_each_with_what_names_it() {
    let site = Site::good();
    site.write("seeds/rfi.txt", format!("{SEED}\nUn gage de confiance.\n"));
    site.write("seeds/other.txt", "Gage de confiance : un gage de confiance.\n");
    site.write("content/sources/other.md", RECORD.replace("rfi.txt", "other.txt"));
    let done = site.run(&["quote", "un gage de confiance"]).exits(0);
    assert_eq!(
        done.stdout,
        "1. passage 1 of source `other`: Gage de confiance : un gage de confiance.\n\n\
         > un gage de confiance\n>\n> — [@other] states\n\n“un gage de confiance” [@other]\n\n\
         2. passage 3 of source `rfi`: Le choix de l’open source serait-il un gage de confiance ? Rien n’est moins certain.\n\n\
         > un gage de confiance\n>\n> — [@rfi] states\n\n“un gage de confiance” [@rfi]\n"
    );
    done.complains("word for word in 2 places");
    let done = site.run(&["quote", "gage de confiance", "--source", "rfi"]).exits(0);
    assert!(
        done.stdout.contains("[@rfi:5]") && !done.stdout.contains("other"),
        "{}",
        done.stdout
    );
}

#[test]
fn whole_sentences_are_quoted_on_request_and_the_role_is_the_editors() {
    let done = Site::good()
        .run(&["quote", "moins certain", "--sentence", "--role", "context"])
        .exits(0);
    assert!(
        done.stdout
            .starts_with("> Rien n’est moins certain.\n>\n> — [@rfi] context\n"),
        "{}",
        done.stdout
    );
    Site::good()
        .run(&["quote", "moins", "--role", "proves"])
        .exits(2)
        .complains("supports");
}

#[test]
fn json_has_the_proof_of_each_place() {
    let site = Site::good();
    let done = site.run(&["quote", "--json", "start-up […] accès libre"]).exits(0);
    assert_eq!((done.stdout.lines().count(), done.stderr.as_str()), (1, ""));
    let answer: Value = serde_json::from_str(&done.stdout).expect("JSON");
    assert_eq!(
        (&answer["exact"], &answer["total"]),
        (&Value::Bool(true), &Value::from(1))
    );
    let hit = &answer["hits"][0];
    assert_eq!(
        (&hit["source"], &hit["passage"], &hit["citation"]),
        (&"rfi".into(), &1.into(), &"[@rfi]".into())
    );
    let seed: Vec<char> = SEED.chars().collect();
    for (part, words) in hit["parts"]
        .as_array()
        .expect("parts")
        .iter()
        .zip(["start-up", "accès libre"])
    {
        let at = |key: &str| usize::try_from(part[key].as_u64().expect("a number")).expect("small");
        assert_eq!(seed[at("start")..at("end")].iter().collect::<String>(), words);
        assert_eq!(part["exact"], words);
    }
    builds_with(&site, hit["block"].as_str().expect("a block"));
    builds_with(&site, hit["inline"].as_str().expect("inline"));

    let done = site.run(&["quote", "--json", "start-up […] accès payant"]).exits(1);
    let answer: Value = serde_json::from_str(&done.stdout).expect("JSON");
    assert_eq!(answer["exact"], false);
    assert_eq!(answer["hits"].as_array().map(Vec::len), Some(1));
    let done = site.run(&["quote", "--json", "Grenoble pleut violet"]).exits(1);
    assert_eq!(done.stdout, "{\"exact\":false,\"total\":0,\"hits\":[]}\n");
}

#[test]
fn words_beyond_all_measure_are_looked_for_in_good_time() {
    let site = Site::good();
    for words in [
        "mot ".repeat(30_000),
        "x".repeat(120_000),
        "[a]".repeat(30_000),
        "« ".repeat(30_000),
    ] {
        let done = site.run(&["quote", &words]);
        assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""), "{}", done.stderr);
    }
}

#[test]
fn no_words_and_unknown_sources_are_wrong_usage() {
    let site = Site::good();
    for words in [&["quote"][..], &["quote", ""], &["quote", " \n\t"]] {
        let done = site.run(words).exits(2);
        assert_eq!(done.stdout, "");
    }
    site.run(&["quote", "x", "--source", "rfj"])
        .exits(2)
        .complains("did you mean `rfi`?");
}

#[cfg(unix)]
#[test]
fn words_that_are_not_utf8_are_wrong_usage() {
    use std::os::unix::ffi::OsStringExt;
    let site = Site::good();
    let mut command: Command = site.command(&["quote"]);
    let done = run(command.arg(OsString::from_vec(b"caf\xe9".to_vec()))).exits(2);
    assert_eq!(done.stdout, "");
    done.complains("UTF-8");
}

#[test]
fn a_site_with_problems_can_still_be_quoted_from() {
    let site = Site::good();
    site.write("content/claims/broken.md", "no front matter");
    site.run(&["quote", "gage de confiance"]).exits(0);
}

#[test]
fn the_projects_own_sources_are_found() {
    let done = on(own(), &["quote", "Dans le contexte du roman"]).exits(0);
    assert!(done.stdout.contains("— [@rfi-grok] states"), "{}", done.stdout);
}

// kezako completions, kezako man

/// Every command that `--help` lists.
fn commands() -> Vec<String> {
    let help = run(&mut kezako(["--help"])).exits(0).stdout;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    listed
        .take_while(|line| !line.is_empty())
        .filter_map(|line| {
            line.strip_prefix("  ")?
                .split(' ')
                .next()
                .filter(|word| !word.is_empty())
        })
        .filter(|command| *command != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn shells_get_scripts_that_name_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = run(&mut kezako(["completions", shell])).exits(0).stdout;
        for command in commands() {
            assert!(script.contains(&command), "{shell} does not know {command}");
        }
    }
    run(&mut kezako(["completions", "csh"])).exits(2).complains("bash");
}

#[test]
fn bash_completes_commands_and_options() {
    let script = run(&mut kezako(["completions", "bash"])).exits(0).stdout;
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("kezako.bash"), script).expect("it can be written");
    let complete = |words: &str| {
        let program = format!(
            "source kezako.bash; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _kezako kezako \"${{COMP_WORDS[-1]}}\" \"${{COMP_WORDS[-2]}}\"; echo \"${{COMPREPLY[@]}}\""
        );
        run(Command::new("bash")
            .args(["--norc", "-c", &program])
            .current_dir(folder.path()))
        .exits(0)
        .stdout
    };
    assert_eq!(complete("kezako quo"), "quote\n");
    assert_eq!(complete("kezako quote --sou"), "--source\n");
    assert_eq!(complete("kezako check --format js"), "json\n");
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("man/man1");
    let mut command = kezako(["man", "--out"]);
    run(command.arg(&out)).exits(0).complains("pages");
    let pages = support::names(&out);
    assert!(pages.contains(&"kezako.1".to_owned()), "{pages:?}");
    for command in commands() {
        let page = fs::read_to_string(out.join(format!("kezako-{command}.1"))).expect(&command);
        assert!(page.contains(".TH kezako-") && page.contains(".SH SYNOPSIS"), "{page}");
    }
    // A second time, over the first.
    let mut command = kezako(["man", "--out"]);
    run(command.arg(&out)).exits(0);
    assert_eq!(support::names(&out), pages);
}

#[test]
fn one_manual_page_is_printed() {
    let page = run(&mut kezako(["man"])).exits(0).stdout;
    assert!(
        page.contains(".SH SUBCOMMANDS") && page.contains("SOURCE_DATE_EPOCH"),
        "{page}"
    );
    let page = run(&mut kezako(["man", "quote"])).exits(0).stdout;
    assert!(page.contains(".TH kezako-quote 1"), "{page}");
    run(&mut kezako(["man", "quoted"]))
        .exits(2)
        .complains("did you mean `quote`?");
    run(&mut kezako(["man", "quote", "--out", "x"])).exits(2);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_made_is_a_failing_machine() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("file"), "").expect("it can be written");
    let mut command = kezako(["man", "--out"]);
    run(command.arg(folder.path().join("file/man")))
        .exits(2)
        .complains("file, not a folder");
}

// kezako new

const KINDS: [(&str, &str); 4] = [
    ("claim", "claims"),
    ("term", "glossary"),
    ("event", "timeline"),
    ("page", "pages"),
];

#[test]
fn every_kind_begins_as_a_draft_that_builds() {
    for from in [None, Some("rfi:3")] {
        for lang in ["fr", "en"] {
            let site = Site::good();
            site.write(
                "kezako.yaml",
                format!("title: x\nbase_url: https://example.org/\nlang: {lang}\n"),
            );
            for (kind, folder) in KINDS {
                let mut arguments = vec!["new", kind, "gage-de-confiance"];
                arguments.extend(from.iter().flat_map(|from| ["--from", from]));
                let done = site.run(&arguments).exits(0);
                let path = format!("content/{folder}/gage-de-confiance.md");
                assert_eq!(done.stdout, format!("{}\n", site.path(&path).display()));
                assert_eq!(done.stderr, "");
                let text = fs::read_to_string(site.path(&path)).expect("it was written");
                let quoted = "\n> Le choix de l’open source serait-il un gage de confiance\u{a0}? Rien";
                assert_eq!(text.replace(" ?", "\u{a0}?").contains(quoted), from.is_some(), "{text}");
            }
            for drafts in [&["--drafts"][..], &[]] {
                let done = site.run(&[&["check", "--deny-warnings"], drafts].concat()).exits(0);
                assert_eq!(done.stdout, "");
                site.run(&[&["build", "--deny-warnings"], drafts].concat()).exits(0);
            }
        }
    }
}

#[test]
fn a_draft_becomes_a_claim_once_it_has_what_it_needs() {
    let site = Site::good();
    site.run(&["new", "claim", "confidence"]).exits(0);
    let path = site.path("content/claims/confidence.md");
    let draft = fs::read_to_string(&path).expect("it was written");
    let published: String = draft
        .lines()
        .filter(|line| *line != "draft: true")
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(&path, &published).expect("it can be written");
    site.run(&["check"]).exits(1);
    assert_eq!(site.problems()[0].code, "claim-without-source");
    let quotation = site.run(&["quote", "Rien n’est moins certain."]).exits(0).stdout;
    let (block, _) = quotation.rsplit_once("\n\n").expect("two forms");
    fs::write(&path, format!("{published}\n{block}\n")).expect("it can be written");
    site.run(&["check", "--deny-warnings"]).exits(0);
}

#[test]
fn nothing_is_ever_overwritten() {
    let site = Site::good();
    for (kind, folder) in KINDS {
        let path = format!("content/{folder}/mine.md");
        site.write(&path, "mine");
        site.run(&["new", kind, "mine"]).exits(2).complains("already there");
        assert_eq!(fs::read(site.path(&path)).expect("it is there"), b"mine");
    }
    let before = support::snapshot(&site.root());
    site.run(&["new", "claim", "grok"])
        .exits(2)
        .complains("content/claims/grok.md");
    assert_eq!(support::snapshot(&site.root()), before);
}

#[test]
fn bad_ids_are_refused_with_a_better_one() {
    let site = Site::good();
    for (id, better) in [
        ("Grok", "grok"),
        ("l’été", "l-ete"),
        ("two words", "two-words"),
        ("grok.md", "grok"),
        ("content/claims/grok.md", "grok"),
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("é", "e"),
        ("", "lower-case letters"),
    ] {
        let done = site
            .run(&["new", "claim", id])
            .exits(2)
            .complains("cannot be an id")
            .complains(better);
        assert_eq!(done.stdout, "");
    }
    assert_eq!(support::names(&site.path("content/claims")), ["grok.md"]);
    let long = "x".repeat(300);
    site.run(&["new", "page", &long]).exits(2).complains("too long");
}

#[test]
fn an_id_whose_address_is_taken_is_refused() {
    let site = Site::good();
    site.run(&["new", "page", "claims"])
        .exits(2)
        .complains("content/pages/claims.md");
    assert!(!site.path("content/pages").exists());
    site.write("content/claims/2024/older.md", support::CLAIM);
    site.run(&["new", "claim", "older"])
        .exits(2)
        .complains("content/claims/2024/older.md");
}

#[test]
fn a_passage_that_is_not_there_is_wrong_usage() {
    let site = Site::good();
    for (from, help) in [
        ("rfi", "rfi-grok:14"),
        ("rfj:1", "did you mean `rfi`?"),
        ("rfi:2", "the passages beside it are 1 and 3"),
        ("rfi:9", "the last passage is 3"),
        ("rfi:", "number of a line"),
        (":", "the sources are `rfi`"),
        ("rfi:99999999999999999999", "number of a line"),
    ] {
        let done = site
            .run(&["new", "claim", "new", "--from", from])
            .exits(2)
            .complains(help);
        assert_eq!(done.stdout, "");
    }
    assert_eq!(support::names(&site.path("content/claims")), ["grok.md"]);
}

#[test]
fn the_day_is_that_of_the_run() {
    let site = Site::good();
    let day_of = |id: &str| {
        let text = fs::read_to_string(site.path(&format!("content/claims/{id}.md"))).expect("it was written");
        let line = text.lines().find(|line| line.starts_with("checked: ")).expect("a day");
        line["checked: ".len()..].to_owned()
    };
    run(&mut site.command(&["new", "claim", "a", "--today", "2023-11-17"])).exits(0);
    assert_eq!(day_of("a"), "2023-11-17");
    run(site
        .command(&["new", "claim", "b"])
        .env("SOURCE_DATE_EPOCH", "1700179200"))
    .exits(0);
    assert_eq!(day_of("b"), "2023-11-17");
    run(&mut site.command(&["new", "claim", "c", "--today", "soon"])).exits(2);
    assert!(!site.path("content/claims/c.md").exists());
}

#[test]
fn the_path_is_short_where_the_working_folder_holds_it() {
    let site = Site::good();
    let mut command = kezako(["new", "page", "about", "--today", support::TODAY]);
    let done = run(command.current_dir(site.root())).exits(0);
    assert_eq!(done.stdout, "content/pages/about.md\n");
}

#[test]
fn a_folder_that_cannot_be_written_is_a_failing_machine() {
    let site = Site::good();
    site.write("content/glossary", "a file");
    let done = site.run(&["new", "term", "bridge"]).exits(2);
    assert_eq!(done.stdout, "");
    assert!(done.stderr.contains("content/glossary"), "{}", done.stderr);
    run(kezako(["new", "term", "bridge"]).current_dir(site.beside("")))
        .exits(2)
        .complains("kezako.yaml");
}

#[cfg(unix)]
#[test]
fn ids_that_are_not_utf8_are_wrong_usage() {
    use std::os::unix::ffi::OsStringExt;
    let mut command: Command = Site::good().command(&["new", "claim"]);
    run(command.arg(OsString::from_vec(b"caf\xe9".to_vec())))
        .exits(2)
        .complains("UTF-8");
}

// kezako fmt

/// A French site with a claim that nobody has put right.
fn untidy() -> Site {
    let site = Site::good();
    site.write("kezako.yaml", "title: x\nbase_url: https://example.org/\nlang: fr\n");
    site.write("content/claims/grok.md", UNTIDY);
    site
}

const UNTIDY: &str = "---\n# avant tout\n\nverdict: true # sans guillemets\nsummary: 'Vrai : il l''a \"dit\" !'\n# la phrase\nclaim: Grok, kézako?\nevidence:\n  - {title: \"Quoi ?\", url: \"https://x.ai/blog/grok-os\", role: supports, note: \"Voir : la fin\"}\n---\n\n> Le choix de l’open source serait-il un gage de confiance ?\n>\n> — [@rfi:3] states\n\nVraiment? Un \"gage\" : `a ? b` et « confiance ? » [@rfi:3].\n";

const TIDY: &str = "---\n# avant tout\n\n# la phrase\nclaim: Grok, kézako_?\nsummary: 'Vrai~: il l''a «_dit_»_!'\nverdict: true # sans guillemets\nevidence:\n  - {title: \"Quoi ?\", url: \"https://x.ai/blog/grok-os\", role: supports, note: \"Voir~: la fin\"}\n---\n\n> Le choix de l’open source serait-il un gage de confiance ?\n>\n> — [@rfi:3] states\n\nVraiment_? Un «_gage_»~: `a ? b` et «_confiance ?_» [@rfi:3].\n";

fn shown(text: &str) -> String {
    text.replace('\u{202f}', "_").replace('\u{a0}', "~")
}

#[test]
fn fmt_sets_spaces_marks_and_keys_and_the_site_stays_the_same() {
    let site = untidy();
    let before = site.built();
    let done = site.run(&["fmt"]).exits(0);
    assert_eq!(
        done.stdout,
        format!("{}\n", site.path("content/claims/grok.md").display())
    );
    assert_eq!(done.stderr, "1 file put right, 1 right already\n");
    let text = fs::read_to_string(site.path("content/claims/grok.md")).expect("it is there");
    assert_eq!(shown(&text), TIDY);
    assert_eq!(site.built(), before);
    let again = site.run(&["fmt"]).exits(0);
    assert_eq!(
        (again.stdout.as_str(), again.stderr.as_str()),
        ("", "2 files are right already\n")
    );
    assert_eq!(
        fs::read_to_string(site.path("content/claims/grok.md")).expect("it is there"),
        text
    );
    assert_eq!(support::names(&site.path("content/claims")), ["grok.md"]);
}

#[test]
fn fmt_check_writes_nothing_and_says_what_it_would() {
    let site = untidy();
    let before = support::snapshot(&site.root());
    let done = site
        .run(&["fmt", "--check"])
        .exits(1)
        .complains("1 file to put right, 1 right already");
    assert!(done.stdout.ends_with("grok.md\n"), "{}", done.stdout);
    assert_eq!(support::snapshot(&site.root()), before);
    site.run(&["fmt"]).exits(0);
    site.run(&["fmt", "--check"]).exits(0);
}

#[test]
fn fmt_takes_files_and_folders_of_the_content_alone() {
    let site = untidy();
    site.write("content/pages/a.md", "---\ntitle: \"Quoi ?\"\n---\n\nOui !\n");
    let run_in = |folder: &str, arguments: &[&str]| {
        let mut command = kezako(["fmt"]);
        run(command.args(arguments).current_dir(site.path(folder)))
    };
    let done = run_in("content/pages", &["a.md"]).exits(0);
    assert_eq!(done.stdout, "a.md\n");
    let done = run_in("content", &["claims"]).exits(0);
    assert_eq!(done.stdout, "claims/grok.md\n");
    site.write("content/claims/grok.md", UNTIDY);
    let done = run_in("", &["."]).exits(0);
    assert_eq!(done.stdout, "content/claims/grok.md\n");
    for wrong in ["seeds/rfi.txt", "kezako.yaml", "content/none.md", ".."] {
        let done = run_in("", &[wrong]).exits(2);
        assert_eq!(done.stdout, "", "{wrong}");
        assert!(done.stderr.contains(&format!("`{wrong}`")), "{}", done.stderr);
    }
}

#[test]
fn fmt_leaves_alone_what_it_cannot_read_and_goes_on() {
    let site = untidy();
    let strange: [(&str, &[u8]); 5] = [
        ("content/pages/bytes.md", b"---\ntitle: \"caf\xe9 ?\"\n---\n"),
        ("content/pages/empty.md", b""),
        ("content/pages/open.md", b"---\ntitle: \"Quoi ?\n---\n"),
        ("content/pages/twice.md", b"---\ntitle: \"Quoi ?\"\ntitle: b\n---\n"),
        ("content/pages/Bad Name.md", b"---\ntitle: \"Quoi ?\"\n---\n"),
    ];
    for (path, bytes) in strange {
        site.write(path, bytes);
    }
    let done = site.run(&["fmt"]).exits(1);
    assert!(
        done.stdout.ends_with("claims/grok.md\n") && done.stdout.lines().count() == 1,
        "{}",
        done.stdout
    );
    for (path, bytes) in strange {
        assert!(done.stderr.contains(path), "{path} is not named in\n{}", done.stderr);
        assert_eq!(fs::read(site.path(path)).expect("it is there"), bytes, "{path}");
    }
    site.run(&["fmt", "--check"]).exits(1);
}

#[test]
fn fmt_leaves_other_languages_their_spaces() {
    let site = Site::good();
    let english = CLAIM_KEYS_TURNED;
    site.write("content/claims/grok.md", english);
    site.run(&["fmt"]).exits(0);
    let text = fs::read_to_string(site.path("content/claims/grok.md")).expect("it is there");
    assert!(
        text.starts_with("---\nclaim: \"What ?\"\nsummary: \"\\\"Yes\\\" !\"\nverdict: true\nevidence:"),
        "{text}"
    );
    assert!(text.ends_with("\nIs it ? \"So\" they say.\n"), "{text}");
}

const CLAIM_KEYS_TURNED: &str = "---\nsummary: \"\\\"Yes\\\" !\"\nclaim: \"What ?\"\nevidence: [{title: \"x\", url: \"https://x.ai/\"}]\nverdict: true\n---\n\n> Elon Musk a annoncé lundi\n>\n> — [@rfi:1] states\n\nIs it ? \"So\" they say.\n";

#[cfg(unix)]
#[test]
fn fmt_does_not_write_over_a_file_that_nobody_may_write_to() {
    use std::os::unix::fs::PermissionsExt;
    let site = untidy();
    let path = site.path("content/claims/grok.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("a mode");
    let done = site
        .run(&["fmt"])
        .exits(2)
        .complains("grok.md")
        .complains("no permission");
    assert_eq!(done.stdout, "");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), UNTIDY);
    assert_eq!(support::names(&site.path("content/claims")), ["grok.md"]);
}

#[test]
fn skeletons_are_right_as_they_are() {
    for lang in ["fr", "en"] {
        let site = Site::good();
        site.write(
            "kezako.yaml",
            format!("title: x\nbase_url: https://example.org/\nlang: {lang}\n"),
        );
        for (kind, _) in KINDS {
            site.run(&["new", kind, "new-one", "--from", "rfi:3"]).exits(0);
        }
        let done = site.run(&["fmt", "--check"]).exits(0);
        assert_eq!(done.stdout, "", "{lang}");
    }
}

// kezako init

fn init(folder: &Path, arguments: &[&str]) -> Done {
    let mut command = kezako(["init"]);
    run(command.arg(folder).args(arguments))
}

#[test]
fn a_site_begins_with_an_example_that_builds_without_a_word() {
    let folder = tempfile::tempdir().expect("a folder");
    for lang in ["en", "fr"] {
        let root = folder.path().join("new").join(lang);
        init(&root, &["--lang", lang]).exits(0).complains("kezako build");
        for name in ["README.md", ".gitignore", "kezako.yaml"] {
            assert!(root.join(name).is_file(), "{name}");
        }
        for part in [
            "seeds",
            "content/sources",
            "content/claims",
            "content/glossary",
            "content/timeline",
            "content/pages",
        ] {
            assert_eq!(support::names(&root.join(part)).len(), 1, "{part}");
        }
        for command in ["check", "build", "fmt"] {
            let done = on(&root, &[command, "--deny-warnings"]).exits(0);
            assert_eq!(done.stdout, "", "{command}");
        }
        let built = fs::read_to_string(root.join("public/index.html")).expect("a home page");
        assert!(built.contains(&format!("<html lang=\"{lang}\"")), "{built}");
    }
}

#[test]
fn without_lang_the_example_is_in_the_language_of_messages() {
    for (environment, arguments, lang) in [
        ("fr_FR.UTF-8", &[][..], "fr"),
        ("fr_FR.UTF-8", &["--lang", "en"], "en"),
        ("C.UTF-8", &["--lang", "fr"], "fr"),
        ("de_DE.UTF-8", &[], "en"),
        ("", &[], "en"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = kezako(["init"]);
        command.arg(folder.path()).args(arguments).env("LC_ALL", environment);
        run(&mut command).exits(0);
        let settings = fs::read_to_string(folder.path().join("kezako.yaml")).expect("settings");
        let line = format!("lang: {lang}");
        assert!(settings.lines().any(|it| it == line), "{environment}: {settings}");
    }
}

#[test]
fn the_commands_of_the_examples_readme_work() {
    for lang in ["en", "fr"] {
        let folder = tempfile::tempdir().expect("a folder");
        init(folder.path(), &["--lang", lang]).exits(0);
        let readme = fs::read_to_string(folder.path().join("README.md")).expect("a README");
        let commands: Vec<&str> = readme.lines().filter(|line| line.starts_with("kezako ")).collect();
        assert!(commands.len() >= 5, "{readme}");
        for command in commands {
            support::shell(folder.path(), command).exits(0);
        }
    }
}

#[test]
fn a_folder_that_holds_anything_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(".hidden"), "mine").expect("it can be written");
    init(folder.path(), &[]).exits(2).complains("is not empty");
    assert_eq!(support::names(folder.path()), [".hidden"]);
    init(&folder.path().join(".hidden"), &[]).exits(2).complains(".hidden");
    init(&folder.path().join(".hidden/site"), &[])
        .exits(2)
        .complains(".hidden");
    let mut command = kezako(["init", "."]);
    let empty = tempfile::tempdir().expect("a folder");
    run(command.current_dir(empty.path())).exits(0);
    assert!(support::names(empty.path()).contains(&"kezako.yaml".to_owned()));
    init(empty.path(), &["--lang", "de"]).exits(2).complains("fr");
}
