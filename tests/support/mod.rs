//! What the tests of the real binary share: running it within a time limit, small sites in a temporary folder, reading reports.
#![allow(dead_code, reason = "each test crate uses a part of this")]

pub(crate) mod editor;
pub(crate) mod running;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// A run that takes longer hangs. Generous, for a debug build on a busy machine; setting a PDF in one takes some seconds.
pub(crate) const LIMIT: Duration = Duration::from_secs(if cfg!(feature = "pdf") { 60 } else { 20 });

/// The day of all tests.
pub(crate) const TODAY: &str = "2024-06-01";

/// What a run of the binary left behind.
#[derive(Debug)]
pub(crate) struct Done {
    /// The exit code; none where a signal ended the run.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Done {
    /// Fails the test unless the run ended with this exit code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "\n--- stdout\n{}\n--- stderr\n{}",
            self.stdout,
            self.stderr
        );
        self
    }

    /// Fails the test unless standard error holds these words.
    #[track_caller]
    pub(crate) fn complains(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "no `{words}` in\n{}", self.stderr);
        self
    }
}

/// Takes out of a command's environment what changes what the binary says, and how.
pub(crate) fn plain(command: &mut Command) -> &mut Command {
    let changing = [
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "SOURCE_DATE_EPOCH",
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
    ];
    changing
        .into_iter()
        .fold(command, |command, name| command.env_remove(name))
}

/// The binary under test, with an environment that changes nothing.
pub(crate) fn kezako<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kezako"));
    plain(&mut command).args(arguments).stdin(Stdio::null());
    command
}

/// Runs a command to its end; fails the test where it hangs or panics.
#[track_caller]
pub(crate) fn run(command: &mut Command) -> Done {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let out = read_all(child.stdout.take().expect("standard output is piped"));
    let err = read_all(child.stderr.take().expect("standard error is piped"));
    let begin = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("the child can be waited for") {
            break Some(status);
        }
        if begin.elapsed() > LIMIT {
            child.kill().expect("the child can be killed");
            child.wait().expect("the child can be waited for");
            break None;
        }
        thread::sleep(Duration::from_millis(3));
    };
    let text = |reader: thread::JoinHandle<Vec<u8>>| {
        String::from_utf8(reader.join().expect("the reader ends")).expect("the output is UTF-8")
    };
    let (stdout, stderr) = (text(out), text(err));
    let Some(status) = status else {
        panic!("{command:?} hangs: still running after {LIMIT:?}\n{stderr}");
    };
    assert!(
        !stderr.contains("panicked at") && !stderr.contains("has overflowed its stack"),
        "{command:?} panicked\n{stderr}"
    );
    Done {
        code: status.code(),
        stdout,
        stderr,
    }
}

/// Runs shell commands in a folder, with the binary under test as `kezako`; the first one that fails ends them.
#[track_caller]
pub(crate) fn shell(folder: &Path, commands: &str) -> Done {
    let binary = Path::new(env!("CARGO_BIN_EXE_kezako"));
    let mut places = vec![binary.parent().expect("the binary has a folder").to_owned()];
    places.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let mut command = Command::new("bash");
    plain(&mut command)
        .args(["--norc", "-euc", commands])
        .current_dir(folder)
        .env("PATH", std::env::join_paths(places).expect("folders can be joined"))
        .env("NO_COLOR", "1")
        .stdin(Stdio::null());
    run(&mut command)
}

fn read_all(mut from: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).expect("the output can be read");
        bytes
    })
}

/// One object of `kezako check --format json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The rule.
    pub(crate) code: String,
    /// error, warning or info.
    pub(crate) severity: String,
    /// From the site's root.
    pub(crate) path: String,
    /// First line and column, then the end, which is exclusive; all from 1, columns in code points.
    pub(crate) place: [usize; 4],
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
}

impl Found {
    /// `path:line:column`.
    pub(crate) fn at(&self) -> String {
        format!("{}:{}:{}", self.path, self.place[0], self.place[1])
    }

    /// The words that the place spans in the site's file; nothing where the file is no text.
    pub(crate) fn words(&self, root: &Path) -> String {
        let Ok(text) = fs::read_to_string(root.join(&self.path)) else {
            return String::new();
        };
        // No column counts a byte order mark.
        let text = text.trim_start_matches('\u{feff}');
        let offset = |line: usize, column: usize| -> usize {
            let before: usize = text
                .split_inclusive('\n')
                .take(line - 1)
                .map(|l| l.chars().count())
                .sum();
            before + column - 1
        };
        let [line, column, end_line, end_column] = self.place;
        let (start, end) = (offset(line, column), offset(end_line, end_column));
        text.chars().skip(start).take(end.saturating_sub(start)).collect()
    }
}

/// Reads the objects that `kezako check --format json` prints, one a line.
#[track_caller]
pub(crate) fn found(stdout: &str) -> Vec<Found> {
    stdout
        .lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in `{line}`"));
            let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
            let number = |key: &str| {
                let number = value[key]
                    .as_u64()
                    .unwrap_or_else(|| panic!("no number `{key}` in {line}"));
                usize::try_from(number).expect("places are small")
            };
            Found {
                code: text("code"),
                severity: text("severity"),
                path: text("path"),
                place: ["line", "column", "end_line", "end_column"].map(number),
                message: text("message"),
                help: text("help"),
            }
        })
        .collect()
}

/// The settings of a small site.
pub(crate) const SETTINGS: &str = "title: \"Checks\"\nbase_url: \"https://example.org/\"\n";

/// A seed of two passages, 1 and 3.
pub(crate) const SEED: &str = "Elon Musk a annoncé lundi que sa start-up xAI allait mettre en accès libre le programme informatique de son interface Grok.\n\nLe choix de l’open source serait-il un gage de confiance ? Rien n’est moins certain.\n";

/// Its record.
pub(crate) const RECORD: &str =
    "---\nfile: rfi.txt\ntitle: \"Elon Musk lance la bagarre des IA\"\npublisher: \"RFI\"\nlang: fr\n---\n";

/// A claim that quotes it rightly.
pub(crate) const CLAIM: &str = "---\nclaim: \"xAI is opening its chatbot Grok.\"\nsummary: \"It said so on 11 March 2024.\"\nverdict: true\nevidence:\n  - {title: \"Open release of Grok-1\", url: \"https://x.ai/blog/grok-os\", role: supports}\n---\n\n> Elon Musk a annoncé lundi que sa start-up xAI allait mettre en accès libre\n>\n> — [@rfi:1] states\n";

/// A site in a temporary folder of its own.
pub(crate) struct Site {
    folder: TempDir,
}

impl Site {
    /// A site with settings alone.
    pub(crate) fn bare() -> Self {
        let site = Self {
            folder: tempfile::tempdir().expect("there is a temporary folder"),
        };
        site.write("kezako.yaml", SETTINGS);
        site
    }

    /// A site that builds without a word: a seed, its record and a claim.
    pub(crate) fn good() -> Self {
        let site = Self::bare();
        site.write("seeds/rfi.txt", SEED);
        site.write("content/sources/rfi.md", RECORD);
        site.write("content/claims/grok.md", CLAIM);
        site
    }

    /// The site's root, in a folder that holds nothing else.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// A path beside the site's root.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A path below the site's root.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// Writes a file and the folders above it.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be made");
        fs::write(path, bytes).expect("a file can be written");
    }

    /// Runs a command on the site, with the day of all tests.
    #[track_caller]
    pub(crate) fn run(&self, arguments: &[&str]) -> Done {
        run(self.command(arguments).args(["--today", TODAY]))
    }

    /// A command on the site.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = kezako(["--root"]);
        command.arg(self.root()).args(arguments);
        command
    }

    /// The site's problems, as `check --format json` gives them.
    #[track_caller]
    pub(crate) fn problems(&self) -> Vec<Found> {
        found(&self.run(&["check", "--format", "json"]).stdout)
    }

    /// Builds into `public` and gives back every file written, by path.
    #[track_caller]
    pub(crate) fn built(&self) -> BTreeMap<String, Vec<u8>> {
        self.run(&["build"]).exits(0);
        snapshot(&self.path("public"))
    }
}

/// Every file below a folder, by its path from there, with its bytes. Symbolic links are kept as their targets.
pub(crate) fn snapshot(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        let entries = fs::read_dir(&at).unwrap_or_else(|error| panic!("{}: {error}", at.display()));
        for entry in entries {
            let path = entry.expect("an entry can be read").path();
            let kind = fs::symlink_metadata(&path).expect("an entry has a kind").file_type();
            if kind.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = if kind.is_symlink() {
                let target = fs::read_link(&path).expect("a link has a target");
                target.as_os_str().as_encoded_bytes().to_owned()
            } else {
                fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            };
            let name = path.strip_prefix(folder).expect("it is below the folder");
            files.insert(name.to_string_lossy().into_owned(), bytes);
        }
    }
    files
}

/// The names in a folder, hidden ones too, in order.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| {
            entry
                .expect("an entry can be read")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}
