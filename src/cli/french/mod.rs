//! The command line in French: its help, manual pages and completions, text by text from `help.txt`, and what is said of wrong usage.
//!
//! Only what people read is put into French. Names of commands, options and values are the same in all languages.

mod mistake;
#[cfg(test)]
mod tests;

use clap::builder::{PossibleValue, PossibleValuesParser, Str};
use clap::{Arg, Command, CommandFactory as _, FromArgMatches as _};

use super::args::Arguments;
use crate::phrase::pairs;

pub(super) use mistake::Mistake;

/// Written as the catalogue of messages is ([`pairs`]), with an empty line after each pair.
const CATALOGUE: &str = include_str!("help.txt");

/// Reads the process's arguments; help is in French.
pub(super) fn parse() -> Result<Arguments, clap::Error> {
    let matches = command().try_get_matches()?;
    Arguments::from_arg_matches(&matches)
}

/// The description of the command line in French.
fn command() -> Command {
    let mut command = Arguments::command();
    // Adds what clap itself describes: `help`, `--help`, `--version`.
    command.build();
    laid_out(worded(command))
}

/// A built description in French for manual pages and completions; it does not read arguments.
pub(super) fn described(command: Command) -> Command {
    offering(worded(command))
}

/// A manual page in French: the few English words that clap_mangen writes of itself.
pub(super) fn page(roff: &str) -> String {
    let mut in_list = false;
    let lines = roff.lines().map(|text| {
        let is_value = std::mem::replace(&mut in_list, text.starts_with(".IP "));
        match text.strip_prefix(".SH ") {
            Some(title) => format!(".SH {}\n", line(title)),
            None if is_value => format!("{}\n", text.replacen(": ", "\u{a0}: ", 1)),
            None => format!("{}\n", around(text)),
        }
    });
    lines.collect()
}

/// A line of a manual page with the notes around our texts in French.
fn around(text: &str) -> String {
    let (values, default) = ("Possible values:", "[default: {}]");
    let before = |note: &'static str| note.split("{}").next().unwrap_or_default();
    text.replace(values, line(values))
        .replace(before(default), before(line(default)))
}

/// Each English text and its French.
fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
    pairs(CATALOGUE)
}

/// A text of one paragraph; as it is where the catalogue lacks it.
fn line(english: &str) -> &str {
    entries()
        .find(|(known, _)| *known == english)
        .map_or(english, |(_, french)| french)
}

/// A text of any length, paragraph by paragraph.
fn text(english: impl ToString) -> String {
    let english = english.to_string();
    english.split("\n\n").map(line).collect::<Vec<_>>().join("\n\n")
}

/// A heading without its colon, which clap adds; the space before it stays.
fn heading(english: &'static str) -> &'static str {
    line(english).trim_end_matches(':')
}

/// The name of a value; clap wants names that live as long as the program.
fn name(english: &Str) -> Str {
    let known = entries().find(|(known, _)| *known == english.as_str());
    known.map_or_else(|| english.clone(), |(_, french)| french.into())
}

/// A command with its texts in French, and all below it.
fn worded(command: Command) -> Command {
    let about = command.get_about().map(text);
    let long_about = command.get_long_about().map(text);
    let after = command.get_after_long_help().map(text);
    let mut command = command.subcommand_value_name(line("COMMAND"));
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(about) = long_about {
        command = command.long_about(about);
    }
    if let Some(after) = after {
        command = command.after_long_help(after);
    }
    command.mut_args(said).mut_subcommands(worded)
}

/// An argument with its texts in French.
fn said(argument: Arg) -> Arg {
    let help = argument.get_help().map(text);
    let long = argument.get_long_help().map(text);
    let names: Option<Vec<Str>> = argument.get_value_names().map(|names| names.iter().map(name).collect());
    let mut argument = argument;
    if let Some(help) = help {
        argument = argument.help(help);
    }
    if let Some(long) = long {
        argument = argument.long_help(long);
    }
    match names {
        Some(names) => argument.value_names(names),
        None => argument,
    }
}

/// What is said of possible values in French: they become texts, so typed arguments cannot be read from such a description.
fn offering(command: Command) -> Command {
    command.mut_args(offered).mut_subcommands(offering)
}

fn offered(argument: Arg) -> Arg {
    let possible = argument.get_possible_values();
    if possible.iter().all(|value| value.get_help().is_none()) {
        return argument;
    }
    let values = possible.into_iter().map(|value| {
        let help = value.get_help().map(text).unwrap_or_default();
        value.help(help)
    });
    argument.value_parser(PossibleValuesParser::new(values))
}

/// The help of a command in the order of clap's, with French titles, and of all below it.
fn laid_out(command: Command) -> Command {
    let style = *command.get_styles().get_usage();
    let usage = line("Usage:");
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{style}{usage}{style:#} {{usage}}\n\n{{all-args}}{{after-help}}"
    );
    command
        .help_template(template)
        .subcommand_help_heading(heading("Commands:"))
        .mut_args(noted)
        .mut_subcommands(laid_out)
}

/// clap writes default and possible values in English, so they become a part of an argument's text.
fn noted(argument: Arg) -> Arg {
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let long = argument
        .get_long_help()
        .map_or_else(|| help.clone(), ToString::to_string);
    let of = if argument.is_positional() {
        "Arguments:"
    } else {
        "Options:"
    };
    let (default, possible) = (default(&argument), argument.get_possible_values());
    let short: Vec<String> = [Some(help), default.clone(), listed(&possible)]
        .into_iter()
        .flatten()
        .collect();
    let long: Vec<String> = if possible.iter().any(|value| value.get_help().is_some()) {
        [Some(long), Some(explained(&possible)), default]
            .into_iter()
            .flatten()
            .collect()
    } else {
        let notes: Vec<String> = [default, listed(&possible)].into_iter().flatten().collect();
        [long, notes.join("\n")]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect()
    };
    argument
        .help(short.join(" "))
        .long_help(long.join("\n\n"))
        .help_heading(heading(of))
        .hide_default_value(true)
        .hide_possible_values(true)
}

/// `[default: full]`, where there is one.
fn default(argument: &Arg) -> Option<String> {
    let values = argument.get_default_values();
    let shown = argument.get_action().takes_values() && !values.is_empty();
    let values: Vec<_> = values.iter().map(|value| value.to_string_lossy()).collect();
    shown.then(|| line("[default: {}]").replace("{}", &values.join(" ")))
}

/// `[possible values: full, short]`, where they are a closed list.
fn listed(possible: &[PossibleValue]) -> Option<String> {
    let names: Vec<&str> = possible.iter().map(PossibleValue::get_name).collect();
    (!names.is_empty()).then(|| line("[possible values: {}]").replace("{}", &names.join(", ")))
}

/// Possible values with what each is, one a line.
fn explained(possible: &[PossibleValue]) -> String {
    let widest = possible.iter().map(|value| value.get_name().chars().count()).max();
    let lines = possible.iter().map(|value| {
        let name = value.get_name();
        let gap = widest.unwrap_or_default() - name.chars().count();
        let help = value.get_help().map(text).unwrap_or_default();
        format!("- {name}\u{a0}: {:gap$}{help}", "")
    });
    let head = line("Possible values:").to_owned();
    std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n")
}
