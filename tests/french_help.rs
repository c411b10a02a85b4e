//! `explain`, `--help` and what is said of wrong usage, in the language of the environment: the real binary from outside.

mod support;

use std::ffi::OsStr;

use kezako::diagnostic::Code;
use support::{Done, kezako, run};

/// Runs the binary with values of `LC_ALL`, `LC_MESSAGES` and `LANG`; what is empty here is not set.
fn speaking<A: AsRef<OsStr>>(locale: [&str; 3], arguments: &[A]) -> Done {
    let mut command = kezako(arguments);
    command.env_remove("COLUMNS");
    for (name, value) in ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().zip(locale) {
        if value.is_empty() {
            command.env_remove(name);
        } else {
            command.env(name, value);
        }
    }
    run(&mut command)
}

fn french(arguments: &[&str]) -> Done {
    speaking(["", "", "fr_FR.UTF-8"], arguments)
}

const COMMANDS: [&str; 19] = [
    "",
    "build",
    "serve",
    "check",
    "explain",
    "quote",
    "init",
    "new",
    "new claim",
    "new term",
    "new event",
    "new page",
    "new source",
    "fmt",
    "coverage",
    "completions",
    "man",
    "glossary",
    "lsp",
];

/// Wrong usages, what is said of each in French, and in English the first line.
const WRONG: [(&[&str], &str, &str); 17] = [
    (
        &["biuld"],
        "erreur\u{a0}: il n’y a pas de commande `biuld`\n\n  conseil\u{a0}: peut-être `build`\u{202f}?\n\nUtilisation\u{a0}: kezako [OPTIONS] <COMMANDE>\n\nPour en savoir plus\u{a0}: --help\n",
        "error: unrecognized subcommand 'biuld'",
    ),
    (
        &["build", "--ouut", "x"],
        "erreur\u{a0}: `--ouut` n’est pas une option de cette commande\n\n  conseil\u{a0}: peut-être `--out`\u{202f}?\n\nUtilisation\u{a0}: kezako build --out <DOSSIER>\n\nPour en savoir plus\u{a0}: --help\n",
        "error: unexpected argument '--ouut' found",
    ),
    (
        &["build", "--out"],
        "erreur\u{a0}: il manque une valeur à `--out <DOSSIER>`\n\nPour en savoir plus\u{a0}: --help\n",
        "error: a value is required for '--out <DIR>' but none was supplied",
    ),
    (
        &["check", "--format", "jsn"],
        "erreur\u{a0}: `jsn` n’est pas une valeur de `--format <FORMAT>`\n  [valeurs possibles\u{a0}: full, short, json, github]\n\n  conseil\u{a0}: peut-être `json`\u{202f}?\n\nPour en savoir plus\u{a0}: --help\n",
        "error: invalid value 'jsn' for '--format <FORMAT>'",
    ),
    (
        &["build", "extra"],
        "erreur\u{a0}: l’argument `extra` est de trop\n\nUtilisation\u{a0}: kezako build [OPTIONS]\n\nPour en savoir plus\u{a0}: --help\n",
        "error: unexpected argument 'extra' found",
    ),
    (
        &["explain", "--list"],
        "erreur\u{a0}: `--list` n’est pas une option de cette commande\n\n  conseil\u{a0}: pour donner `--list` comme valeur, écrire `-- --list`\n\nUtilisation\u{a0}: kezako explain [OPTIONS] [CODE]\n\nPour en savoir plus\u{a0}: --help\n",
        "error: unexpected argument '--list' found",
    ),
    (
        &["--compress", "build"],
        "erreur\u{a0}: `--compress` n’est pas une option de cette commande\n\n  conseil\u{a0}: `build --compress` existe\n\nUtilisation\u{a0}: kezako [OPTIONS] <COMMANDE>\n\nPour en savoir plus\u{a0}: --help\n",
        "error: unexpected argument '--compress' found",
    ),
    (
        &["--", "build"],
        "erreur\u{a0}: l’argument `build` est de trop\n\n  conseil\u{a0}: la commande `build` existe\u{202f}; retirer `--` devant elle\n\nUtilisation\u{a0}: kezako [OPTIONS] <COMMANDE>\n\nPour en savoir plus\u{a0}: --help\n",
        "error: unexpected argument 'build' found",
    ),
    (
        &["new", "claim"],
        "erreur\u{a0}: il manque `<ID>`\n\nUtilisation\u{a0}: kezako new claim <ID>\n\nPour en savoir plus\u{a0}: --help\n",
        "error: the following required arguments were not provided:",
    ),
    (
        &["quote"],
        "erreur\u{a0}: il manque `<MOTS>...`\n\nUtilisation\u{a0}: kezako quote <MOTS>...\n\nPour en savoir plus\u{a0}: --help\n",
        "error: the following required arguments were not provided:",
    ),
    (
        &["build", "--poll"],
        "erreur\u{a0}: il manque `--watch`\n\nUtilisation\u{a0}: kezako build --watch --poll\n\nPour en savoir plus\u{a0}: --help\n",
        "error: the following required arguments were not provided:",
    ),
    (
        &["serve", "--port", "x"],
        "erreur\u{a0}: `x` ne convient pas à `--port <NUMÉRO>`\u{a0}: il faut un nombre entier\n\nPour en savoir plus\u{a0}: --help\n",
        "error: invalid value 'x' for '--port <NUMBER>': invalid digit found in string",
    ),
    (
        &["serve", "--port", "99999"],
        "erreur\u{a0}: `99999` ne convient pas à `--port <NUMÉRO>`\u{a0}: il faut un nombre de 0 à 65535\n\nPour en savoir plus\u{a0}: --help\n",
        "error: invalid value '99999' for '--port <NUMBER>': 99999 is not in 0..=65535",
    ),
    (
        &["man", "quote", "--out", "x"],
        "erreur\u{a0}: `[COMMANDE]...` ne va pas avec `--out <DOSSIER>`\n\nUtilisation\u{a0}: kezako man <COMMANDE>...\n\nPour en savoir plus\u{a0}: --help\n",
        "error: the argument '[COMMAND]...' cannot be used with '--out <DIR>'",
    ),
    (
        &["build", "--drafts", "--drafts"],
        "erreur\u{a0}: `--drafts` ne peut être donné qu’une fois\n\nUtilisation\u{a0}: kezako build [OPTIONS]\n\nPour en savoir plus\u{a0}: --help\n",
        "error: the argument '--drafts' cannot be used multiple times",
    ),
    (
        &["build", "--watch=3"],
        "erreur\u{a0}: la valeur `3` est de trop pour `--watch`\n\nUtilisation\u{a0}: kezako build --watch\n\nPour en savoir plus\u{a0}: --help\n",
        "error: unexpected value '3' for '--watch' found; no more were expected",
    ),
    (
        &["help", "nothing"],
        "erreur\u{a0}: il n’y a pas de commande `nothing`\n\nUtilisation\u{a0}: kezako [OPTIONS] <COMMANDE>\n\nPour en savoir plus\u{a0}: --help\n",
        "error: unrecognized subcommand 'nothing'",
    ),
];

#[test]
fn wrong_usage_is_said_in_french() {
    for (arguments, said, _) in WRONG {
        let done = french(arguments).exits(2);
        assert_eq!(done.stdout, "", "{arguments:?}");
        assert_eq!(done.stderr, said, "{arguments:?}");
    }
}

#[test]
fn a_command_that_is_missing_is_asked_for() {
    let done = french(&["--drafts"]).exits(2);
    let said = "erreur\u{a0}: il manque une commande après `kezako`\n  [commandes\u{a0}: build, ";
    assert!(done.stderr.starts_with(said), "{}", done.stderr);
    let done = french(&["new", "--drafts"]).exits(2);
    let said =
        "erreur\u{a0}: il manque une commande après `kezako new`\n  [commandes\u{a0}: claim, term, event, page, source";
    assert!(done.stderr.starts_with(said), "{}", done.stderr);
    // Without any argument, all of the help is the answer.
    let done = french(&["new"]).exits(2);
    assert!(done.stderr.contains("Utilisation\u{a0}: kezako new"), "{}", done.stderr);
}

#[cfg(unix)]
#[test]
fn words_that_are_no_text_are_refused_in_french() {
    use std::os::unix::ffi::OsStrExt;
    let words = [OsStr::new("quote"), OsStr::from_bytes(b"\xff")];
    let done = speaking(["", "", "fr_FR.UTF-8"], &words).exits(2);
    done.complains("erreur\u{a0}: un argument n’est pas en UTF-8");
}

#[test]
fn elsewhere_wrong_usage_is_said_as_ever() {
    for (arguments, _, said) in WRONG {
        let done = speaking(["", "", ""], arguments).exits(2);
        assert_eq!(done.stderr.lines().next(), Some(said), "{arguments:?}");
        for locale in [
            ["C", "", ""],
            ["", "", "C"],
            ["", "", "en_US.UTF-8"],
            ["en_GB", "fr", "fr"],
        ] {
            assert_eq!(
                speaking(locale, arguments).exits(2).stderr,
                done.stderr,
                "{arguments:?}"
            );
        }
    }
    let done = speaking(["", "", "en_US.UTF-8"], &["build", "--ouut", "x"]);
    assert_eq!(
        done.stderr,
        "error: unexpected argument '--ouut' found\n\n  tip: a similar argument exists: '--out'\n\nUsage: kezako build --out <DIR>\n\nFor more information, try '--help'.\n"
    );
}

#[test]
fn help_is_french_where_french_is_asked_for() {
    for command in COMMANDS {
        let help: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let done = french(&help).exits(0);
        assert_eq!(done.stderr, "");
        let head = format!("Utilisation\u{a0}: kezako {command}");
        assert!(done.stdout.contains(head.trim_end()), "{}", done.stdout);
        assert!(done.stdout.contains("\nOptions\u{a0}:\n"), "{}", done.stdout);
        for english in [
            "Usage",
            "Options:",
            "Arguments:",
            "Commands",
            "Print help",
            "[default",
            "[possible",
        ] {
            assert!(!done.stdout.contains(english), "{english} in\n{}", done.stdout);
        }
        for locale in [["fr_CA.UTF-8", "", ""], ["", "fr_BE", "C"], ["fr", "C", "C"]] {
            assert_eq!(speaking(locale, &help).exits(0).stdout, done.stdout, "{command}");
        }
        // `kezako help COMMAND` and `-h` too.
        let asked: Vec<&str> = ["help"].into_iter().chain(command.split_whitespace()).collect();
        assert_eq!(french(&asked).exits(0).stdout, done.stdout, "{command}");
        let short: Vec<&str> = command.split_whitespace().chain(["-h"]).collect();
        assert!(french(&short).exits(0).stdout.contains("Utilisation\u{a0}: kezako"));
    }
    let version = french(&["--version"]).exits(0).stdout;
    assert_eq!(version, speaking(["", "", ""], &["--version"]).stdout);
}

#[test]
fn default_and_possible_values_are_told_in_french() {
    let check = french(&["check", "--help"]).stdout;
    for line in [
        "          Valeurs possibles\u{a0}:\n          - full\u{a0}:   Avec les lignes et les mots exacts\n          - short\u{a0}:  Une ligne chacun\n",
        "          [par défaut\u{a0}: full]\n",
    ] {
        assert!(check.contains(line), "{line} in\n{check}");
    }
    let quote = french(&["quote", "--help"]).stdout;
    let values = "          [par défaut\u{a0}: states]\n          [valeurs possibles\u{a0}: states, supports, contradicts, context]\n";
    assert!(quote.contains(values), "{quote}");
    assert!(!check.contains("false]"), "a flag has no default: {check}");
}

#[test]
fn elsewhere_help_is_english() {
    for command in COMMANDS {
        let help: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let done = speaking(["", "", ""], &help).exits(0);
        assert!(done.stdout.contains("\nUsage: kezako"), "{}", done.stdout);
        assert!(!done.stdout.contains('\u{a0}'), "{}", done.stdout);
        for locale in [
            ["C", "fr", "fr"],
            ["", "", "C"],
            ["", "", "en_US.UTF-8"],
            ["", "", "de_DE"],
        ] {
            assert_eq!(speaking(locale, &help).exits(0).stdout, done.stdout, "{command}");
        }
    }
}

#[test]
fn manual_pages_are_french_where_french_is_asked_for() {
    let skeleton = |page: &str| -> Vec<String> {
        let controls = page
            .lines()
            .filter(|line| line.starts_with(".TP") || line.starts_with(".IP"));
        controls.map(str::to_owned).collect()
    };
    for command in COMMANDS {
        let asked: Vec<&str> = ["man"].into_iter().chain(command.split_whitespace()).collect();
        let page = french(&asked).exits(0).stdout;
        let english = speaking(["", "", "C"], &asked).exits(0).stdout;
        assert_eq!(skeleton(&page), skeleton(&english), "{page}");
        assert!(page.contains("\n.SH NOM\nkezako"), "{page}");
        assert!(page.contains("\nAfficher l’aide"), "{page}");
        for left in [
            "SH NAME",
            "SUBCOMMANDS",
            "SH EXTRA",
            "Possible values",
            "[default",
            "Print help",
        ] {
            assert!(!page.contains(left), "{left} in\n{page}");
        }
        assert!(
            english.contains("\n.SH NAME\nkezako") && !english.contains('\u{a0}'),
            "{english}"
        );
    }
    let check = french(&["man", "check"]).stdout;
    for line in [
        "\\fB\\-\\-format\\fR \\fI<FORMAT>\\fR [par défaut\u{a0}: full]\n",
        "\\fIValeurs possibles\u{a0}:\\fR\n",
        "\nfull\u{a0}: Avec les lignes et les mots exacts\n",
    ] {
        assert!(check.contains(line), "{line} in\n{check}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().display().to_string();
    french(&["man", "--out", &out]).exits(0);
    let written = std::fs::read_to_string(folder.path().join("kezako-check.1")).expect("a page");
    assert_eq!(written, check);
}

#[test]
fn completions_are_described_in_french_where_french_is_asked_for() {
    for (shell, described) in [
        ("zsh", "Afficher la version"),
        ("fish", "Afficher la version"),
        ("elvish", "Afficher la version"),
        ("powershell", "Afficher la version"),
        ("bash", "--deny-warnings"),
    ] {
        let script = french(&["completions", shell]).exits(0).stdout;
        let english = speaking(["", "", "C"], &["completions", shell]).exits(0).stdout;
        assert_eq!(script.lines().count(), english.lines().count(), "{shell}");
        assert!(script.contains(described), "{shell}: {script}");
        assert!(!script.contains("Print help"), "{shell}: {script}");
        // Of what is typed nothing differs.
        let options = |script: &str| script.matches("--deny-warnings").count() + script.matches("github").count();
        assert_eq!(options(&script), options(&english), "{shell}");
    }
    let zsh = french(&["completions", "zsh"]).stdout;
    assert!(zsh.contains("Avec les lignes et les mots exacts"), "{zsh}");
}

#[test]
fn explain_speaks_french() {
    let listed = french(&["explain"]).exits(0).stdout;
    let english = speaking(["", "", "C"], &["explain"]).exits(0).stdout;
    assert_eq!(listed.lines().count(), Code::ALL.len());
    for ((code, line), english) in Code::ALL.iter().zip(listed.lines()).zip(english.lines()) {
        let first = line.strip_prefix(code.name()).expect("the code comes first").trim();
        assert!(english.starts_with(code.name()) && line != english, "{line}");
        let told = french(&["explain", code.name()]).exits(0);
        assert_eq!(told.stderr, "");
        assert_eq!(told.stdout.lines().nth(2), Some(first), "{}", told.stdout);
        assert!(
            told.stdout.lines().any(|line| line.starts_with("    ")),
            "an example: {}",
            told.stdout
        );
        assert!(
            !told.stdout.ends_with("\n\n") && told.stdout.ends_with('\n'),
            "{}",
            told.stdout
        );
    }
    let told = french(&["explain", "quote-not-found"]).stdout;
    assert!(
        told.contains("\n\nLes mots cités ne sont pas dans la source.\n"),
        "{told}"
    );
    let told = speaking(["", "", "C"], &["explain", "quote-not-found"]).stdout;
    assert!(
        told.starts_with("error[quote-not-found]\n\nThe quoted words are not in the cited source.\n\n"),
        "{told}"
    );
}
