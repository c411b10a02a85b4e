//! Sites with a fault, and the report that each must give: `tests/invalid/CODE[-variant]/`.
//!
//! - `site/` is the whole site.
//! - `faults.txt` is written by hand, from the contract: a line for each report, `CODE PATH:LINE:COLUMN WORDS`, where WORDS are the very
//!   words that the report points at (`\n` and `\t` for a line break and a tab; none where it points between words). One fault, one line.
//! - `expected.txt` is what a person reads. `UPDATE=1 cargo test --test invalid` writes it anew, but only where `faults.txt` holds: read
//!   it aloud before you commit it.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use kezako::diagnostic::Code;
use support::{Done, Found, TODAY, found, kezako, run};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid");
    let entries = fs::read_dir(folder).expect("tests/invalid is there");
    let mut cases: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry can be read").path())
        .collect();
    // Only a program that makes PDFs says what it cannot set in one.
    cases.retain(|case| cfg!(feature = "pdf") || !name(case).starts_with("unprintable"));
    cases.sort();
    cases
}

fn name(case: &Path) -> String {
    case.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn check(case: &Path, format: &str) -> Done {
    let root = case.join("site");
    let mut command = kezako(["check", "--today", TODAY, "--format", format]);
    run(command.arg("--root").arg(root))
}

/// A line of `faults.txt` for what was found.
fn fault(found: &Found, root: &Path) -> String {
    let words = found.words(root);
    let words = words.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t");
    format!("{} {} {words}", found.code, found.at())
        .trim_end_matches(' ')
        .to_owned()
}

/// What is wrong with a case's report; nothing where it is right.
fn judge(case: &Path, update: bool) -> Option<String> {
    let root = case.join("site");
    let read = |file: &str| fs::read_to_string(case.join(file)).unwrap_or_default();
    let json = check(case, "json");
    let reports = found(&json.stdout);
    let got: Vec<String> = reports.iter().map(|found| fault(found, &root)).collect();
    let full = check(case, "full");
    let wanted = read("faults.txt");
    if wanted.lines().ne(got.iter().map(String::as_str)) {
        return Some(format!(
            "the reports differ\nwanted:\n{wanted}got:\n{}\n\n{}",
            got.join("\n"),
            full.stdout
        ));
    }
    let grave = reports.iter().any(|found| found.severity == "error");
    for done in [&json, &full] {
        if done.code != Some(i32::from(grave)) {
            return Some(format!("the exit code is {:?}", done.code));
        }
    }
    if let Err(why) = frames_point_at_the_words(&full.stdout, &reports, &root) {
        return Some(format!("{why}\n{}", full.stdout));
    }
    if update {
        fs::write(case.join("expected.txt"), &full.stdout).expect("expected.txt can be written");
    } else if full.stdout != read("expected.txt") {
        return Some(format!(
            "the report reads otherwise\nwanted:\n{}\ngot:\n{}",
            read("expected.txt"),
            full.stdout
        ));
    }
    None
}

/// Holds the frames against the JSON: the same place, and the carets under the very words.
fn frames_point_at_the_words(full: &str, reports: &[Found], root: &Path) -> Result<(), String> {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    for line in full.lines() {
        if ["error[", "warning[", "info["]
            .iter()
            .any(|head| line.starts_with(head))
        {
            blocks.push(Vec::new());
        }
        let block = blocks.last_mut().ok_or("the report does not begin with a code")?;
        block.push(line);
    }
    if blocks.len() != reports.len() {
        return Err(format!("{} frames for {} reports", blocks.len(), reports.len()));
    }
    for (block, found) in blocks.iter().zip(reports) {
        let head = format!("{}[{}]: {}", found.severity, found.code, found.message);
        if block[0] != head {
            return Err(format!("the frame begins `{}`, not `{head}`", block[0]));
        }
        let arrow = block.iter().find_map(|line| line.trim_start().strip_prefix("--> "));
        if arrow.is_none_or(|arrow| arrow != found.at()) {
            return Err(format!("the frame is at {arrow:?}, not {}", found.at()));
        }
        let words = found.words(root);
        if words.is_empty() || words.contains(['\n', '\t']) {
            continue;
        }
        let marks = block.windows(2).find(|pair| is_underline(pair[1]));
        let Some(&[above, carets]) = marks else {
            return Err(format!("no caret in the frame of {}", found.at()));
        };
        let start = carets.chars().take_while(|&c| c != '^').count();
        let count = carets.chars().skip(start).take_while(|&c| c == '^').count();
        let shown: String = above.chars().skip(start).take(count).collect();
        if shown != words {
            return Err(format!("the carets are under `{shown}`, not under `{words}`"));
        }
    }
    Ok(())
}

/// Whether a line of a frame holds carets, perhaps after the dashes of a second place.
fn is_underline(line: &str) -> bool {
    let marks = line.split_once('|').map_or("", |(_, marks)| marks.trim_start());
    let marks = marks.trim_start_matches(['-', ' ']);
    marks.starts_with('^')
}

#[test]
fn each_fault_gives_one_report_that_points_at_the_very_words() {
    let update = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    let cases = cases();
    let next = Mutex::new(cases.iter());
    let wrong = Mutex::new(Vec::new());
    let workers = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let case = next.lock().unwrap().next();
                    let Some(case) = case else { break };
                    if let Some(why) = judge(case, update) {
                        wrong.lock().unwrap().push(format!("=== {}: {why}", name(case)));
                    }
                }
            });
        }
    });
    let mut wrong = wrong.into_inner().unwrap();
    wrong.sort();
    assert!(
        wrong.is_empty(),
        "{}\n\n{} of {} cases are wrong (UPDATE=1 rewrites expected.txt)",
        wrong.join("\n"),
        wrong.len(),
        cases.len()
    );
}

#[test]
fn no_code_lacks_a_case() {
    let shown: BTreeSet<String> = cases()
        .iter()
        .filter_map(|case| fs::read_to_string(case.join("faults.txt")).ok())
        .flat_map(|faults| faults.lines().map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|line| line.split(' ').next().map(str::to_owned))
        .collect();
    let names: BTreeSet<String> = cases().iter().map(|case| name(case)).collect();
    let lacking: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.name())
        .filter(|code| cfg!(feature = "pdf") || *code != "unprintable")
        .filter(|code| !shown.contains(*code) || !names.contains(*code))
        .collect();
    assert!(lacking.is_empty(), "no case in tests/invalid/ for {lacking:?}");
}

#[test]
fn each_case_is_named_after_its_code() {
    for case in cases().iter().filter(|case| name(case) != "many") {
        let faults = fs::read_to_string(case.join("faults.txt")).expect("a case has a faults.txt");
        let code = faults.split(' ').next().unwrap_or_default();
        let rest = name(case).strip_prefix(code).map(str::to_owned);
        let fits = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        assert!(fits, "{} is a case of `{code}`", name(case));
    }
}
