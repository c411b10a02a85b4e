//! The tour for editors: each of its commands is run, and what it shows is what comes out.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A command block of the tour, and what the tour says of its output.
struct Step {
    line: usize,
    commands: String,
    shown: Option<String>,
}

/// The fenced blocks of a page: `sh` blocks, and the blocks without a language that follow them.
fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut block: Option<(usize, &str, String)> = None;
    for (at, line) in page.lines().enumerate() {
        match (block.take(), line.strip_prefix("```")) {
            (None, Some(language)) => block = Some((at + 1, language, String::new())),
            (None, None) => {}
            (Some((line, "sh", commands)), Some("")) => steps.push(Step {
                line,
                commands,
                shown: None,
            }),
            (Some((line, _, text)), Some("")) => {
                let step = steps.last_mut().expect("a command before its output");
                assert!(step.shown.is_none(), "line {line}: a second output");
                step.shown = Some(text);
            }
            (Some((number, language, text)), _) => block = Some((number, language, text + line + "\n")),
        }
    }
    assert!(block.is_none(), "a block is not closed");
    steps
}

#[test]
fn every_command_of_the_tour_does_what_it_says() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tour.md")).expect("the tour");
    let steps = steps(&page);
    assert!(steps.len() > 8, "only {} steps seen", steps.len());
    let folder = tempfile::tempdir().expect("a folder");
    let binary = Path::new(env!("CARGO_BIN_EXE_kezako"));
    let others = std::env::var("PATH").expect("a PATH");
    let path = format!("{}:{others}", binary.parent().expect("a folder").display());
    // One shell for all, so that it stays where a step went.
    let mark = "=== the end of a step:";
    let script: String = steps
        .iter()
        .map(|step| format!("{}printf '{mark} %s\\n' $?\n", step.commands))
        .collect();
    let done = Command::new("bash")
        .args(["-c", &format!("exec 2>&1 </dev/null\n{script}")])
        .current_dir(&folder)
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .env("LC_ALL", "C.UTF-8")
        .env("SOURCE_DATE_EPOCH", "1717200000")
        .output()
        .expect("bash");
    let output = String::from_utf8(done.stdout).expect("text");
    let mut rest = output.as_str();
    for step in &steps {
        let (said, after) = rest.split_once(mark).expect("every step ends");
        let (code, after) = after.split_once('\n').expect("an exit code");
        rest = after;
        let shown = step.shown.as_deref().unwrap_or_default().trim_end();
        assert!(
            said.contains(shown),
            "line {}: the tour says\n{shown}\nand this came\n{said}",
            step.line
        );
        let fails = shown.starts_with("error");
        assert_eq!(code.trim() != "0", fails, "line {}: {said}", step.line);
    }
    let claim = folder.path().join("river/public/claims/bridge-longest/index.html");
    let claim = fs::read_to_string(claim).expect("the claim's page");
    assert!(claim.contains("The bridge is the longest in the county"), "{claim}");
}
