use std::borrow::Cow;
use std::collections::BTreeSet;

use super::*;
use crate::lang::{Lang, space};

/// What clap writes of itself around our texts.
const AROUND: [&str; 11] = [
    "NAME",
    "EXTRA",
    "SUBCOMMANDS",
    "Usage:",
    "Commands:",
    "Arguments:",
    "Options:",
    "Possible values:",
    "[default: {}]",
    "[possible values: {}]",
    "COMMAND",
];

fn paragraphs(text: &impl ToString) -> Vec<String> {
    text.to_string().split("\n\n").map(str::to_owned).collect()
}

/// All texts of a command and of those below it, paragraph by paragraph.
fn texts(command: &Command) -> BTreeSet<String> {
    let about = [
        command.get_about(),
        command.get_long_about(),
        command.get_before_help(),
        command.get_before_long_help(),
        command.get_after_help(),
        command.get_after_long_help(),
    ];
    let mut found: BTreeSet<String> = about.into_iter().flatten().flat_map(paragraphs).collect();
    for argument in command.get_arguments() {
        let help = [argument.get_help(), argument.get_long_help()];
        found.extend(help.into_iter().flatten().flat_map(paragraphs));
        if argument.get_action().takes_values() {
            let names = argument.get_value_names().unwrap_or_default();
            found.extend(names.iter().map(ToString::to_string));
        }
        let possible = argument.get_possible_values();
        found.extend(
            possible
                .iter()
                .filter_map(|value| value.get_help())
                .flat_map(paragraphs),
        );
    }
    found.extend(command.get_subcommands().flat_map(texts));
    found
}

fn english() -> Command {
    let mut command = Arguments::command();
    command.build();
    command
}

/// A command and all below it, but for the copies below `help`.
fn all(command: &Command) -> Vec<Command> {
    let below = command.get_subcommands().filter(|below| below.get_name() != "help");
    std::iter::once(command.clone()).chain(below.flat_map(all)).collect()
}

#[test]
fn every_text_is_in_the_catalogue_and_nothing_else_is() {
    let mut needed = texts(&english());
    needed.extend(AROUND.map(str::to_owned));
    let mut known = BTreeSet::new();
    for (english, french) in entries() {
        assert!(known.insert(english.to_owned()), "twice: {english}");
        assert!(!french.is_empty());
    }
    let lacking: Vec<&String> = needed.difference(&known).collect();
    assert!(lacking.is_empty(), "no French in help.txt for {lacking:#?}");
    let unused: Vec<&String> = known.difference(&needed).collect();
    assert!(unused.is_empty(), "nobody says {unused:#?}");
}

#[test]
fn every_help_is_french_from_head_to_foot() {
    let (english, french) = (all(&english()), all(&command()));
    assert_eq!(english.len(), french.len());
    let foreign: Vec<&str> = entries()
        .filter(|(english, french)| english != french && (english.contains(' ') || english.contains(':')))
        .flat_map(|(english, _)| english.split("{}"))
        .filter(|part| part.len() > 1)
        .collect();
    for (mut english, mut french) in english.into_iter().zip(french) {
        assert_eq!(english.get_name(), french.get_name());
        for (english, french) in [
            (english.render_help(), french.render_help()),
            (english.render_long_help(), french.render_long_help()),
        ] {
            // Lines are cut where they are full; what is cut is still one text.
            let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let (english, shown) = (joined(&english.to_string()), french.to_string());
            let french = joined(&shown);
            for text in &foreign {
                assert!(!french.contains(text), "`{text}` in\n{shown}");
            }
            let options = |text: &str| -> Vec<String> {
                let words = text.split([' ', '[', ']', ',']);
                words.filter(|word| word.starts_with("--")).map(str::to_owned).collect()
            };
            for option in options(&english) {
                assert!(french.contains(&option), "no {option} in\n{shown}");
            }
            assert!(shown.lines().all(|line| line.chars().count() <= 90), "{shown}");
            assert!(shown.contains("Utilisation\u{a0}: kezako"), "{shown}");
        }
    }
}

#[test]
fn it_is_set_as_french_is_set() {
    let lang = Lang::new("fr");
    for (_, french) in entries() {
        // Straight quotation marks stand in what is typed.
        let prose = french
            .split('`')
            .step_by(2)
            .collect::<Vec<_>>()
            .join("x")
            .replace('"', "");
        assert_eq!(space(&lang, &prose), Cow::Borrowed(prose.as_str()));
        assert!(!prose.contains('\''), "{prose}");
    }
}

#[test]
fn what_is_typed_is_the_same() {
    for (english, french) in entries() {
        let typed = |text: &str| -> Vec<String> { text.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
        let (of_english, of_french) = (typed(english), typed(french));
        assert_eq!(of_english.len(), of_french.len(), "{french}");
        for (one, other) in of_english.iter().zip(&of_french) {
            assert!(one == other || one == "[word]", "{other} for {one}");
        }
    }
}
