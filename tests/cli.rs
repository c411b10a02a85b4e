//! The real binary from outside: exit codes, what goes where, and that a build writes a site wholly or not at all.

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use kezako::diagnostic::Code;
use serde_json::Value;
use support::{CLAIM, LIMIT, RECORD, Site, TODAY, found, kezako, names, plain, run, snapshot};

/// The good site with one wrong word in its quotation.
fn wrong() -> Site {
    let site = Site::good();
    site.write("content/claims/grok.md", CLAIM.replace("lundi", "mardi"));
    site
}

/// The good site with a warning: a seed without a record.
fn warned() -> Site {
    let site = Site::good();
    site.write(
        "content/pages/about.md",
        "---\ntitle: \"About\"\n---\n\nWho <b>we</b> are.\n",
    );
    site
}

/// The good site with something to know: another dash than the source has.
fn informed() -> Site {
    let site = Site::good();
    site.write("content/claims/grok.md", CLAIM.replace("start-up", "start–up"));
    site
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

// Exit codes.

#[test]
fn a_good_site_is_exit_0() {
    let site = Site::good();
    let done = site.run(&["check"]).exits(0);
    assert_eq!(done.stdout, "");
    site.run(&["build"]).exits(0);
}

#[test]
fn a_problem_is_exit_1() {
    wrong().run(&["check"]).exits(1);
    wrong().run(&["build"]).exits(1);
}

#[test]
fn warnings_are_allowed_unless_denied() {
    let site = warned();
    for command in ["check", "build"] {
        site.run(&[command]).exits(0);
        site.run(&[command, "--deny-warnings"]).exits(1);
        site.run(&["--deny-warnings", command]).exits(1);
    }
}

#[test]
fn a_denied_warning_is_an_error_in_every_format() {
    let site = warned();
    for (format, said) in [
        ("full", "error[raw-html]: "),
        ("short", ": error[raw-html]: "),
        ("json", "\"severity\":\"error\""),
        ("github", "::error file="),
    ] {
        let done = site.run(&["check", "--deny-warnings", "--format", format]).exits(1);
        assert!(done.stdout.contains(said), "{}", done.stdout);
        assert!(!done.stdout.contains("warning"), "{}", done.stdout);
        if format == "full" {
            let done = done.complains("1 error");
            assert!(!done.stderr.contains("warning"), "{}", done.stderr);
        }
    }
    site.run(&["build", "--deny-warnings"])
        .exits(1)
        .complains("1 error: nothing was written");
}

#[test]
fn what_is_only_worth_knowing_is_never_denied() {
    let site = informed();
    let problems = site.problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(
        (problems[0].code.as_str(), problems[0].severity.as_str()),
        ("typography-differs", "info")
    );
    site.run(&["check", "--deny-warnings"]).exits(0);
    site.run(&["build", "--deny-warnings"]).exits(0);
}

#[test]
fn wrong_usage_is_exit_2_and_said_on_standard_error() {
    let usages: [&[&str]; 9] = [
        &[],
        &["biuld"],
        &["build", "--colour"],
        &["build", "--out"],
        &["check", "--format", "xml"],
        &["build", "extra"],
        &["check", "--today", "yesterday"],
        &["build", "--base-url", "example.org"],
        &["build", "--base-url", "https://example.org/?a"],
    ];
    let site = Site::good();
    for usage in usages {
        let mut command = kezako(usage.iter().copied());
        let done = run(command.current_dir(site.root())).exits(2);
        assert_eq!(done.stdout, "", "{usage:?}");
        assert!(!done.stderr.is_empty(), "{usage:?}");
    }
    assert_eq!(names(&site.root()), ["content", "kezako.yaml", "seeds"]);
}

#[test]
fn a_day_is_asked_for_a_whole_one() {
    for day in [
        "2024",
        "2024-05",
        "2024-02-30",
        "2024-05-01/2024-05-02",
        "2024-05-01~",
        "",
    ] {
        let site = Site::good();
        let done = run(&mut site.command(&["check", "--today", day])).exits(2);
        done.complains("--today").complains(day);
    }
}

// What goes where.

#[test]
fn check_reports_on_standard_output_and_build_on_standard_error() {
    let site = wrong();
    let checked = site.run(&["check"]).exits(1);
    assert!(
        checked.stdout.starts_with("error[quote-not-found]: "),
        "{}",
        checked.stdout
    );
    assert_eq!(checked.stderr, "1 error\n");
    let built = site.run(&["build"]).exits(1);
    assert_eq!(built.stdout, "");
    assert!(built.stderr.starts_with(&checked.stdout), "{}", built.stderr);
    built.complains("nothing was written");
}

#[test]
fn a_good_build_says_one_line_what_it_built_and_where() {
    let site = Site::good();
    let done = site.run(&["build"]).exits(0);
    assert_eq!(done.stdout, "");
    assert_eq!(done.stderr.lines().count(), 1, "{}", done.stderr);
    let done = done
        .complains("1 verified quotation")
        .complains(" in ")
        .complains("public");
    assert!(!done.stderr.contains("1 verified quotations"), "{}", done.stderr);
}

#[test]
fn short_is_a_line_for_each_problem() {
    let done = wrong().run(&["check", "--format", "short"]).exits(1);
    assert_eq!(
        done.stdout,
        "content/claims/grok.md:9:23: error[quote-not-found]: these words are not in passage 1 of source `rfi`\n"
    );
    assert_eq!(done.stderr, "");
}

#[test]
fn json_is_an_object_a_line_with_the_fields_of_the_contract() {
    let done = wrong().run(&["check", "--format", "json"]).exits(1);
    assert_eq!(done.stdout.lines().count(), 1);
    assert_eq!(done.stderr, "");
    let value: Value = serde_json::from_str(&done.stdout).unwrap();
    let mut keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    keys.sort();
    let mut wanted = [
        "code",
        "severity",
        "path",
        "line",
        "column",
        "end_line",
        "end_column",
        "message",
        "help",
    ];
    wanted.sort_unstable();
    assert_eq!(keys, wanted);
    let problem = &found(&done.stdout)[0];
    assert_eq!(problem.path, "content/claims/grok.md");
    // Columns count code points: the line has an `é` before the place.
    assert_eq!(problem.place, [9, 23, 9, 28]);
    assert!(problem.help.contains("lundi"), "{}", problem.help);
}

#[test]
fn github_gets_annotations() {
    let done = wrong().run(&["check", "--format", "github"]).exits(1);
    let line = done.stdout.trim_end();
    assert_eq!(line.lines().count(), 1);
    let (place, message) = line
        .strip_prefix("::error ")
        .and_then(|rest| rest.split_once("::"))
        .unwrap();
    let properties: Vec<&str> = place.split(',').collect();
    for property in [
        "file=content/claims/grok.md",
        "line=9",
        "col=23",
        "endLine=9",
        "title=quote-not-found",
    ] {
        assert!(properties.contains(&property), "{property} in {place}");
    }
    assert!(message.starts_with("these words are not in"), "{message}");
    for (site, head) in [(warned(), "::warning "), (informed(), "::notice ")] {
        let done = site.run(&["check", "--format", "github"]).exits(0);
        assert!(done.stdout.starts_with(head), "{}", done.stdout);
    }
}

#[test]
fn github_escapes_what_would_break_a_command() {
    let site = Site::good();
    site.write("content/glossary/a,b:c 100%.md", "---\nterm: \"x\"\n---\n");
    let done = site.run(&["check", "--format", "github"]).exits(1);
    let line = done.stdout.trim_end();
    assert_eq!(line.lines().count(), 1);
    assert!(line.contains("file=content/glossary/a%2Cb%3Ac 100%25.md,"), "{line}");
}

#[test]
fn all_problems_are_reported_at_once_in_order() {
    let site = wrong();
    site.write(
        "content/glossary/grok.md",
        "---\nsense: \"bot\"\n---\n\nSee [it](nowhere.md).\n",
    );
    site.write("content/timeline/grok.md", "---\ndate: soon\ntitle: \"Grok\"\n---\n");
    let got: Vec<(String, String)> = site
        .problems()
        .into_iter()
        .map(|found| (found.at(), found.code))
        .collect();
    let wanted = [
        ("content/claims/grok.md:9:23", "quote-not-found"),
        ("content/glossary/grok.md:1:1", "missing-key"),
        ("content/glossary/grok.md:5:10", "broken-link"),
        ("content/timeline/grok.md:2:7", "bad-date"),
    ];
    let wanted: Vec<(String, String)> = wanted
        .iter()
        .map(|(at, code)| ((*at).to_owned(), (*code).to_owned()))
        .collect();
    assert_eq!(got, wanted);
    for format in ["short", "full", "github"] {
        let done = site.run(&["check", "--format", format]).exits(1);
        let places: Vec<usize> = wanted.iter().map(|(_, code)| done.stdout.find(code).unwrap()).collect();
        assert!(places.is_sorted(), "{format}: {}", done.stdout);
    }
}

/// Runs on a terminal, through util-linux's `script`; gives what the terminal shows.
#[cfg(target_os = "linux")]
fn on_a_terminal(site: &Site, environment: &str, arguments: &str) -> String {
    let binary = env!("CARGO_BIN_EXE_kezako");
    let line = format!(
        "env {environment} '{binary}' {arguments} --root '{}'",
        site.root().display()
    );
    let mut command = Command::new("script");
    plain(&mut command)
        .args(["-qec", &line, "/dev/null"])
        .env("TERM", "xterm-256color")
        .stdin(Stdio::null());
    run(&mut command).stdout
}

#[cfg(target_os = "linux")]
#[test]
fn color_is_for_terminals_that_want_it() {
    let site = wrong();
    assert!(
        on_a_terminal(&site, "", "check").contains("\x1b["),
        "a terminal gets colour"
    );
    assert!(
        !on_a_terminal(&site, "NO_COLOR=1", "check").contains("\x1b["),
        "NO_COLOR"
    );
    assert!(
        !on_a_terminal(&site, "NO_COLOR=1", "build").contains("\x1b[3"),
        "NO_COLOR"
    );
    // no-color.org: set, but not empty.
    assert!(
        on_a_terminal(&site, "NO_COLOR=", "check").contains("\x1b["),
        "NO_COLOR is empty"
    );
    for format in ["short", "json", "github"] {
        let shown = on_a_terminal(&site, "", &format!("check --format {format}"));
        assert!(!shown.contains("\x1b["), "{format}: {shown}");
    }
    let done = site.run(&["check"]);
    assert!(!done.stdout.contains('\x1b') && !done.stderr.contains('\x1b'));
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let site = wrong();
    for index in 0..400 {
        site.write(&format!("content/glossary/t{index}.md"), "---\nsense: \"x\"\n---\n");
    }
    let mut child = site
        .command(&["check"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(!said.contains("panicked"), "{said}");
    assert_eq!(done.status.code(), Some(1), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_exit_2_with_a_plain_message() {
    let site = wrong();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let done = site.command(&["check"]).stdout(full).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(
        said.contains("the disk is full") && !said.contains("os error"),
        "{said}"
    );
}

// --today, SOURCE_DATE_EPOCH.

#[test]
fn today_is_what_the_command_says_else_the_environment() {
    let site = Site::good();
    site.write(
        "content/claims/grok.md",
        CLAIM.replace("verdict: true\n", "verdict: true\nrecheck: 2024-05-01\n"),
    );
    let due = |arguments: &[&str], epoch: Option<&str>| {
        let mut command = site.command(arguments);
        if let Some(epoch) = epoch {
            command.env("SOURCE_DATE_EPOCH", epoch);
        }
        let done = run(command.args(["check", "--format", "short"])).exits(0);
        done.stdout.contains("recheck-due")
    };
    assert!(!due(&["--today", "2024-04-30"], None));
    assert!(due(&["--today", "2024-05-01"], None), "its date has come");
    assert!(due(&[], None), "by the clock");
    assert!(!due(&[], Some("1714521599")), "2024-04-30T23:59:59Z");
    assert!(due(&[], Some("1714521600")), "2024-05-01T00:00:00Z");
    assert!(due(&[], Some("")), "an empty one is none");
    assert!(due(&["--today", "2024-05-01"], Some("0")), "--today comes first");
    assert!(
        !due(&["--today", "2024-04-30"], Some("1714521600")),
        "--today comes first"
    );
    let done = run(site.command(&["check"]).env("SOURCE_DATE_EPOCH", "now")).exits(2);
    done.complains("SOURCE_DATE_EPOCH").complains("now");
}

#[test]
fn the_output_does_not_depend_on_the_day_or_the_place() {
    let (one, other) = (Site::good(), Site::good());
    run(one.command(&["build", "--today", "2024-06-01"]).env("TZ", "Asia/Tokyo")).exits(0);
    run(other
        .command(&["build", "--today", "2024-06-02"])
        .env("LANG", "fr_FR.UTF-8"))
    .exits(0);
    let (one_files, other_files) = (snapshot(&one.path("public")), snapshot(&other.path("public")));
    assert_eq!(one_files, other_files);
    let machine = one.root().to_string_lossy().into_owned();
    for (path, bytes) in &one_files {
        assert!(
            !String::from_utf8_lossy(bytes).contains(&machine),
            "{path} holds {machine}"
        );
    }
}

// --root.

#[test]
fn the_root_is_the_nearest_folder_upwards_with_settings() {
    let site = wrong();
    for below in ["", "content", "content/claims", "seeds"] {
        let mut command = kezako(["check", "--format", "short"]);
        let done = run(command.current_dir(site.path(below))).exits(1);
        assert!(
            done.stdout.starts_with("content/claims/grok.md:9:23: "),
            "{below}: {}",
            done.stdout
        );
    }
    // A site within a site is a site of its own.
    site.write("content/inner/kezako.yaml", support::SETTINGS);
    run(kezako(["check"]).current_dir(site.path("content/inner"))).exits(0);
}

#[test]
fn the_root_may_be_relative_and_odd() {
    let site = wrong();
    for root in ["site", "./site/", "site/content/..", "../"] {
        let from = if root == "../" {
            site.path("content")
        } else {
            site.beside("")
        };
        let done = run(kezako(["check", "--format", "short", "--root", root]).current_dir(from)).exits(1);
        assert!(
            done.stdout.starts_with("content/claims/grok.md:9:23: "),
            "{root}: {}",
            done.stdout
        );
    }
}

#[test]
fn no_site_is_exit_2_and_says_where_it_looked() {
    let empty = tempfile::tempdir().unwrap();
    let shown = empty.path().to_string_lossy().into_owned();
    let done = run(kezako(["build"]).current_dir(empty.path())).exits(2);
    done.complains("kezako.yaml").complains(&shown).complains("--root");
    let done = run(kezako(["build", "--root"]).arg(empty.path())).exits(2);
    done.complains("kezako.yaml").complains(&shown);
    let nowhere = empty.path().join("nowhere");
    let done = run(kezako(["check", "--root"]).arg(&nowhere)).exits(2);
    done.complains(&nowhere.to_string_lossy());
    let file = empty.path().join("file");
    fs::write(&file, "x").unwrap();
    run(kezako(["check", "--root"]).arg(&file)).exits(2).complains("file");
    fs::remove_file(&file).unwrap();
    assert!(names(empty.path()).is_empty());
}

// --drafts, --base-url, --out.

#[test]
fn drafts_are_built_only_when_asked_for() {
    let site = Site::good();
    let draft = CLAIM
        .replace("verdict: true\n", "verdict: true\ndraft: true\n")
        .replace("Grok.\"", "Grok, a secret.\"");
    site.write("content/claims/draft.md", &draft);
    site.write(
        "content/glossary/draft.md",
        "---\nterm: \"secretword\"\ndraft: true\n---\n\nA secret.\n",
    );
    site.write(
        "content/timeline/draft.md",
        "---\ndate: 2024\ntitle: \"A secret event\"\ndraft: true\n---\n",
    );
    site.write(
        "content/pages/draft.md",
        "---\ntitle: \"A secret page\"\ndraft: true\n---\n\nA secret.\n",
    );
    let without = site.built();
    for (path, bytes) in &without {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            !text.contains("secret") && !path.contains("draft"),
            "{path} holds a draft"
        );
    }
    site.run(&["build", "--drafts"]).exits(0);
    let with = snapshot(&site.path("public"));
    for path in [
        "claims/draft/index.html",
        "glossary/draft/index.html",
        "draft/index.html",
    ] {
        assert!(with.contains_key(path), "no {path}");
    }
    assert!(String::from_utf8_lossy(&with["timeline/index.html"]).contains("A secret event"));
    assert!(String::from_utf8_lossy(&with["api/claims.json"]).contains("a secret"));
}

#[test]
fn the_base_url_of_the_command_comes_first() {
    let site = Site::good();
    site.run(&["build", "--base-url", "https://pages.example/a/b"]).exits(0);
    let files = snapshot(&site.path("public"));
    let page = String::from_utf8_lossy(&files["claims/grok/index.html"]).into_owned();
    assert!(page.contains("https://pages.example/a/b/claims/grok/"), "{page}");
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("https://example.org"), "{path} has the other address");
        // Nothing may be asked for from the host's root, which is not the site's.
        for word in ["href=\"/", "src=\"/", "href=/", "src=/"] {
            for (at, _) in text.match_indices(word) {
                let rest: String = text[at + word.len() - 1..].chars().take(20).collect();
                assert!(
                    rest.starts_with("/a/b/") || rest.starts_with("//"),
                    "{path} links to {rest}"
                );
            }
        }
    }
}

#[test]
fn out_is_relative_to_where_one_stands_and_public_to_the_site() {
    let site = Site::good();
    let from = site.beside("elsewhere");
    fs::create_dir(&from).unwrap();
    let root = site.root();
    let mut command = kezako(["build", "--out", "deep/er/out", "--root"]);
    run(command.arg(&root).current_dir(&from)).exits(0);
    assert!(from.join("deep/er/out/index.html").is_file());
    assert!(!root.join("public").exists());
    run(kezako(["build", "--root"]).arg(&root).current_dir(&from)).exits(0);
    assert_eq!(snapshot(&root.join("public")), snapshot(&from.join("deep/er/out")));
    assert_eq!(names(&from), ["deep"]);
}

#[test]
fn output_among_the_sites_own_files_is_refused() {
    let site = Site::good();
    site.write("templates/page.html", "{{ page.title }}\n");
    let before = snapshot(&site.root());
    for out in [
        "",
        "..",
        "content",
        "content/public",
        "content/claims/../x",
        "seeds",
        "seeds/x",
        "templates",
        "templates/styles",
    ] {
        let out = site.path(out);
        let done = run(site.command(&["build", "--out"]).arg(&out)).exits(2);
        done.complains(&out.to_string_lossy()).complains("--out");
        assert_eq!(snapshot(&site.root()), before, "{}", out.display());
    }
}

#[cfg(unix)]
#[test]
fn output_among_the_sites_own_files_is_refused_behind_links_too() {
    let site = Site::good();
    std::os::unix::fs::symlink(site.path("content"), site.beside("link")).unwrap();
    let before = snapshot(&site.root());
    for out in ["link", "link/new"] {
        run(site.command(&["build", "--out"]).arg(site.beside(out)))
            .exits(2)
            .complains("--out");
        assert_eq!(snapshot(&site.root()), before, "{out}");
    }
}

#[test]
fn a_folder_that_kezako_did_not_make_is_never_replaced() {
    let site = Site::good();
    for foreign in ["index.html", "notes/mine.txt", ".htaccess"] {
        let name = format!("public/{foreign}");
        site.write(&name, "mine");
        site.run(&["build"])
            .exits(2)
            .complains("public")
            .complains("not made by");
        assert_eq!(snapshot(&site.path("public")).len(), 1);
        assert_eq!(text(&site.path(&name)), "mine");
        assert_eq!(names(&site.root()), ["content", "kezako.yaml", "public", "seeds"]);
        fs::remove_dir_all(site.path("public")).unwrap();
    }
    site.write("public", "a file");
    site.run(&["build"]).exits(2).complains("public");
    assert_eq!(text(&site.path("public")), "a file");
    fs::remove_file(site.path("public")).unwrap();
    fs::create_dir(site.path("public")).unwrap();
    site.run(&["build"]).exits(0);
    assert!(
        site.path("public/index.html").is_file(),
        "an empty folder is free to take"
    );
}

// Wholly or not at all.

#[test]
fn a_failing_build_leaves_the_former_site_byte_for_byte() {
    let site = Site::good();
    let former = site.built();
    let rest = names(&site.root());
    site.write("content/claims/new.md", CLAIM.replace("lundi", "mardi"));
    site.run(&["build"]).exits(1).complains("is as it was");
    assert_eq!(snapshot(&site.path("public")), former);
    site.write("content/claims/new.md", CLAIM);
    site.write("content/pages/about.md", "---\ntitle: \"About\"\n---\n\n<b>we</b>\n");
    site.run(&["build", "--deny-warnings"]).exits(1);
    assert_eq!(snapshot(&site.path("public")), former);
    assert_eq!(names(&site.root()), rest);
    site.run(&["build"]).exits(0);
    let now = snapshot(&site.path("public"));
    assert!(now.contains_key("claims/new/index.html"));
    assert_eq!(names(&site.root()), rest);
    // What is no longer in the site is no longer in the output.
    fs::remove_file(site.path("content/claims/new.md")).unwrap();
    fs::remove_dir_all(site.path("content/pages")).unwrap();
    assert_eq!(site.built(), former);
}

#[test]
fn a_failing_first_build_leaves_nothing() {
    let site = wrong();
    site.run(&["build"]).exits(1);
    site.run(&["build", "--out", &site.beside("a/b").to_string_lossy()])
        .exits(1);
    site.run(&["check"]).exits(1);
    assert_eq!(names(&site.root()), ["content", "kezako.yaml", "seeds"]);
    assert_eq!(names(&site.beside("")), ["site"]);
}

#[test]
fn check_writes_nothing() {
    let site = Site::good();
    let before = snapshot(&site.beside(""));
    site.run(&["check"]).exits(0);
    assert_eq!(snapshot(&site.beside("")), before);
}

#[cfg(unix)]
#[test]
fn a_machine_that_fails_is_exit_2_and_leaves_the_former_site() {
    let site = Site::good();
    let former = site.built();
    // What has not changed is not written, so it would not fail.
    site.write("kezako.yaml", support::SETTINGS.replace("Checks", "Other checks"));
    let rest = names(&site.root());
    // Files may not grow beyond a block or two: the first page fails to be written.
    let line = format!(
        "trap '' XFSZ; ulimit -f 1; exec '{}' build --root '{}'",
        env!("CARGO_BIN_EXE_kezako"),
        site.root().display()
    );
    let done = run(plain(&mut Command::new("sh")).args(["-c", &line]).stdin(Stdio::null())).exits(2);
    let done = done.complains("cannot write").complains("public");
    assert!(!done.stderr.contains("os error"), "{}", done.stderr);
    assert_eq!(snapshot(&site.path("public")), former);
    assert_eq!(names(&site.root()), rest);
}

#[test]
fn a_place_that_cannot_be_written_is_exit_2_and_named() {
    let site = Site::good();
    let file = site.path("kezako.yaml");
    let done = run(site.command(&["build", "--out"]).arg(file.join("out"))).exits(2);
    done.complains("kezako.yaml").complains("= help: ");
    if cfg!(target_os = "linux") {
        run(&mut site.command(&["build", "--out", "/proc/kezako/out"]))
            .exits(2)
            .complains("/proc/kezako");
    }
    assert_eq!(names(&site.root()), ["content", "kezako.yaml", "seeds"]);
}

/// A site without search and cards, which take most of the time where nothing is optimised.
fn lean() -> Site {
    let site = Site::good();
    let config = fs::read_to_string(site.path("kezako.yaml")).expect("settings");
    site.write("kezako.yaml", format!("{config}search: false\n"));
    site
}

/// Many claims, so that the build takes a while.
fn grow(site: &Site) {
    for index in 0..700 {
        site.write(&format!("content/claims/c{index}.md"), CLAIM);
    }
}

#[test]
fn a_killed_build_leaves_the_former_site_and_its_litter_is_cleared_by_the_next() {
    let site = lean();
    let former = site.built();
    let rest = names(&site.root());
    grow(&site);
    let mut command = site.command(&["build", "--today", TODAY]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begin = Instant::now();
    let litter = loop {
        let new: Vec<String> = names(&site.root())
            .into_iter()
            .filter(|name| !rest.contains(name))
            .collect();
        // Killed in the midst of writing: some pages are there, and not all.
        if let [folder] = new.as_slice()
            && site.path(folder).join("claims").is_dir()
        {
            break folder.clone();
        }
        assert!(
            child.try_wait().unwrap().is_none(),
            "the build ended too soon to be killed"
        );
        assert!(begin.elapsed() < LIMIT, "no staging folder");
        thread::sleep(Duration::from_millis(1));
    };
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), None, "it was killed");
    assert_eq!(snapshot(&site.path("public")), former);
    assert!(site.path(&litter).is_dir(), "a killed build cannot clean up");
    assert!(litter.starts_with('.'), "litter is hidden");
    // A check looks on; a build that fails clears up too, and so does one that succeeds.
    site.run(&["check"]).exits(0);
    site.write("content/claims/bad.md", CLAIM.replace("lundi", "mardi"));
    site.run(&["build"]).exits(1);
    assert_eq!(names(&site.root()), rest);
    assert_eq!(snapshot(&site.path("public")), former);
    fs::remove_file(site.path("content/claims/bad.md")).unwrap();
    site.run(&["build"]).exits(0);
    assert_eq!(names(&site.root()), rest);
    assert!(site.path("public/claims/c699/index.html").is_file());
}

#[test]
fn two_builds_at_once_both_leave_a_whole_site() {
    let site = lean();
    grow(&site);
    let whole = site.built();
    let rest = names(&site.root());
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| site.run(&["build"]).exits(0));
        }
    });
    assert_eq!(snapshot(&site.path("public")), whole);
    assert_eq!(names(&site.root()), rest);
}

// explain, --help.

#[test]
fn explain_knows_every_code() {
    for code in Code::ALL {
        let done = run(&mut kezako(["explain", code.name()])).exits(0);
        assert_eq!(done.stderr, "");
        let head = format!("{}[{}]\n", code.severity().name(), code.name());
        assert!(done.stdout.starts_with(&head), "{}", done.stdout);
        assert!(done.stdout.lines().count() >= 5, "what, why and how: {}", done.stdout);
        assert!(
            done.stdout.ends_with('\n') && !done.stdout.ends_with("\n\n"),
            "{}",
            done.stdout
        );
    }
}

#[test]
fn explain_gives_an_example_for_every_code() {
    let lacking: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.name())
        .filter(|code| {
            let done = run(&mut kezako(["explain", code])).exits(0);
            !done
                .stdout
                .lines()
                .any(|line| line.starts_with("    ") && !line.trim().is_empty())
        })
        .collect();
    assert!(lacking.is_empty(), "no example (four spaces before it) for {lacking:?}");
}

#[test]
fn explain_alone_lists_the_codes() {
    let done = run(&mut kezako(["explain"])).exits(0);
    let listed: Vec<&str> = done.stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(listed, codes);
}

#[test]
fn explain_helps_with_an_unknown_code() {
    let done = run(&mut kezako(["explain", "quote-notfound"])).exits(2);
    assert_eq!(done.stdout, "");
    done.complains("`quote-notfound`").complains("`quote-not-found`");
    run(&mut kezako(["explain", "E0308"]))
        .exits(2)
        .complains("kezako explain");
}

#[test]
fn every_code_of_the_contract_is_there() {
    let errors = "front-matter unknown-key missing-key bad-value bad-date bad-id duplicate-id duplicate-url unknown-source \
        unknown-passage unknown-reference quote-not-found quote-ambiguous claim-without-source verdict-without-evidence \
        source-missing source-changed term-conflict broken-link translation-conflict missing-review template style unreadable-file";
    let warnings =
        "unrecorded-seed quote-uncited raw-html missing-translation recheck-due elision-drops-limiter unused-source";
    for (severity, codes) in [("error", errors), ("warning", warnings), ("info", "typography-differs")] {
        for name in codes.split_whitespace() {
            let code = Code::from_name(name).unwrap_or_else(|| panic!("no code {name}"));
            assert_eq!(code.severity().name(), severity, "{name}");
        }
    }
}

#[test]
fn help_is_an_answer_that_a_writer_understands() {
    let done = run(&mut kezako(["--help"])).exits(0);
    assert_eq!(done.stderr, "");
    for word in [
        "build",
        "check",
        "explain",
        "--root",
        "--drafts",
        "--today",
        "--deny-warnings",
    ] {
        assert!(done.stdout.contains(word), "{word} in {}", done.stdout);
    }
    for (command, words) in [
        ("build", &["--out", "--base-url", "public"][..]),
        ("check", &["--format", "full", "short", "json", "github"]),
        ("explain", &["quote-not-found"]),
    ] {
        let done = run(&mut kezako([command, "--help"])).exits(0);
        for word in words {
            assert!(done.stdout.contains(word), "{word} in {}", done.stdout);
        }
        let short = run(&mut kezako([command, "-h"])).exits(0);
        let help = run(&mut kezako(["help", command])).exits(0);
        assert!(!short.stdout.is_empty() && !help.stdout.is_empty());
        assert!(
            done.stdout.lines().all(|line| line.chars().count() <= 100),
            "{}",
            done.stdout
        );
    }
    let version = run(&mut kezako(["--version"])).exits(0);
    assert_eq!(version.stdout, format!("kezako {}\n", env!("CARGO_PKG_VERSION")));
}

// Things that a site may do without a word.

#[test]
fn editors_litter_is_passed_over() {
    let site = Site::good();
    let clean = site.built();
    for litter in [
        "content/claims/.grok.md.swp",
        "content/claims/grok.md~",
        "content/claims/#grok.md#",
        "content/.DS_Store",
        "seeds/.DS_Store",
        "seeds/rfi.txt~",
        "content/claims/.hidden.md",
        "templates/.base.html.swp",
        "templates/styles/.site.css.swp",
    ] {
        site.write(litter, b"\xff\xfe not a text");
    }
    assert_eq!(site.problems(), []);
    assert_eq!(site.built(), clean);
}

#[test]
fn byte_order_marks_and_other_line_ends_change_nothing() {
    let site = Site::good();
    let clean = site.built();
    let bom = |text: &str| format!("\u{feff}{text}");
    let crlf = |text: &str| text.replace('\n', "\r\n");
    for change in [&bom as &dyn Fn(&str) -> String, &crlf, &|text| bom(&crlf(text))] {
        site.write("kezako.yaml", change(support::SETTINGS));
        site.write("content/sources/rfi.md", change(RECORD));
        site.write("content/claims/grok.md", change(CLAIM));
        assert_eq!(site.problems(), []);
        assert_eq!(site.built(), clean);
    }
    // The seed's bytes are what is proved, so there the proof must follow.
    for seed in [bom(support::SEED), crlf(support::SEED)] {
        site.write("seeds/rfi.txt", &seed);
        assert_eq!(site.problems(), []);
        let files = site.built();
        let claims: Value = serde_json::from_slice(&files["api/claims.json"]).unwrap();
        let part = &claims["claims"][0]["quotations"][0]["parts"][0];
        let (start, end) = (part["start"].as_u64().unwrap(), part["end"].as_u64().unwrap());
        let exact: String = seed
            .chars()
            .skip(usize::try_from(start).unwrap())
            .take(usize::try_from(end - start).unwrap())
            .collect();
        assert_eq!(part["exact"], exact.as_str());
    }
}

#[test]
fn places_after_a_byte_order_mark_and_crlf_are_right() {
    let site = wrong();
    let text = text(&site.path("content/claims/grok.md"));
    for text in [format!("\u{feff}{text}"), text.replace('\n', "\r\n")] {
        site.write("content/claims/grok.md", text);
        let problems = site.problems();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].place, [9, 23, 9, 28]);
        assert_eq!(problems[0].words(&site.root()), "mardi");
    }
}

#[test]
fn a_translation_may_restate_what_is_equal() {
    let site = Site::good();
    site.write(
        "kezako.yaml",
        format!("{}lang: en\nlanguages: [en, fr]\n", support::SETTINGS),
    );
    site.write(
        "content/sources/rfi.fr.md",
        "---\nlang: fr\ntitle: \"Elon Musk lance la bagarre des IA\"\n---\n",
    );
    let french = CLAIM
        .replace("xAI is opening its chatbot Grok.", "xAI ouvre son robot Grok.")
        .replace("Open release of Grok-1", "Ouverture de Grok-1");
    site.write("content/claims/grok.fr.md", &french);
    assert_eq!(site.problems(), []);
    // An old address that both state, and values that say what holds without them.
    let old = |text: &str, more: &str| text.replacen("---\n", &format!("---\naliases: [/old/]\n{more}"), 1);
    site.write("content/claims/grok.md", old(CLAIM, ""));
    site.write(
        "content/claims/grok.fr.md",
        old(&french, "draft: false\nglossary: on\n"),
    );
    site.write(
        "content/sources/rfi.fr.md",
        "---\nlang: fr\nwrapped: false\nrepublish: excerpts\n---\n",
    );
    assert_eq!(site.problems(), []);
    let redirect = String::from_utf8(site.built()["old/index.html"].clone()).expect("UTF-8");
    assert!(redirect.contains("../claims/grok/"), "{redirect}");
}

#[test]
fn the_menu_may_mix_lists_and_links() {
    let site = Site::good();
    let menu = "nav:\n  - claims\n  - {title: Code, url: \"https://example.net/\"}\n  - sources\n";
    site.write("kezako.yaml", format!("{}{menu}", support::SETTINGS));
    assert_eq!(site.problems(), []);
    let page = String::from_utf8(site.built()["index.html"].clone()).expect("UTF-8");
    let menu = page
        .split("<nav class=\"menu\"")
        .nth(1)
        .and_then(|rest| rest.split("</nav>").next());
    let menu = menu.expect("there is a menu");
    let places = ["claims/\"", "https://example.net/\"", "sources/\""].map(|link| menu.find(link));
    assert!(places.is_sorted() && places[0].is_some(), "{menu}");
}

#[test]
fn a_site_with_settings_alone_builds() {
    let site = Site::bare();
    assert_eq!(site.problems(), []);
    let files = site.built();
    for path in [
        "index.html",
        "404.html",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "claims/index.html",
        "glossary/index.html",
        "timeline/index.html",
        "sources/index.html",
        "corrections/index.html",
        "api/claims.json",
        "api/glossary.json",
        "api/timeline.json",
        "api/sources.json",
    ] {
        assert!(files.contains_key(path), "no {path}");
    }
}

#[test]
fn ids_of_drafts_are_in_no_file_for_programs() {
    let site = Site::good();
    site.write(
        "content/claims/later.md",
        CLAIM.replace("---\nclaim", "---\ndraft: true\nclaim"),
    );
    site.write(
        "content/glossary/later-term.md",
        "---\nterm: \"Zorg\"\ndraft: true\n---\n\nA word.\n",
    );
    site.write(
        "content/glossary/now.md",
        "---\nterm: \"Zap\"\nsee: [later-term]\n---\n\nA word.\n",
    );
    site.write(
        "content/timeline/now.md",
        "---\ndate: 2024\ntitle: \"Now\"\nclaims: [grok, later]\nterms: [later-term, now]\n---\n\nSo it was.\n",
    );
    assert_eq!(site.problems(), []);
    for (path, bytes) in site.built() {
        let text = String::from_utf8_lossy(&bytes);
        let told = ["\"later", "later/", "later-term"].iter().any(|id| text.contains(id));
        assert!(!told, "{path}");
    }
    let timeline: Value = serde_json::from_str(&text(&site.path("public/api/timeline.json"))).expect("JSON");
    assert_eq!(timeline["events"][0]["claims"], serde_json::json!(["grok"]));
}

#[test]
fn a_seed_without_record_has_a_language_tag_that_is_right() {
    let site = Site::good();
    let russian = "Это было сказано в понедельник, но никто не знает, кем и почему.\n";
    for (name, text) in [("ru.txt", russian), ("short.txt", "clash\n")] {
        site.write(&format!("seeds/{name}"), text);
    }
    let helps = site.run(&["check", "--format", "json"]).stdout;
    assert!(
        helps.contains("`lang: ru`") && helps.contains("the text's language, such as"),
        "{helps}"
    );
    site.run(&["build"]).exits(0);
    let sources: Value = serde_json::from_str(&text(&site.path("public/api/sources.json"))).expect("JSON");
    let lang = |id: &str| {
        let all = sources["sources"].as_array().expect("a list");
        all.iter().find(|it| it["id"] == id).map(|it| it["lang"].clone())
    };
    assert_eq!((lang("ru"), lang("short")), (Some("ru".into()), Some("und".into())));
}

#[test]
fn thousands_of_unknown_keys_are_told_in_good_time() {
    let site = Site::good();
    let keys: String = (0..3000).map(|at| format!("key{at}: 1\n")).collect();
    site.write("content/pages/about.md", format!("---\ntitle: \"About\"\n{keys}---\n"));
    let began = Instant::now();
    assert_eq!(site.problems().len(), 3000);
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
}
