//! The command line in French: its help, text by text from `help.txt`, and what is said of wrong usage.
//!
//! Only what people read is put into French. Names of commands, options and values are the same in all languages.

mod mistake;
#[cfg(test)]
mod tests;

use clap::builder::{PossibleValue, Str};
use clap::{Arg, Command, CommandFactory as _, FromArgMatches as _};

use super::args::Arguments;

pub(super) use mistake::Mistake;

/// Two lines for each text, the English and the French, with an empty line after them. A line that begins with `# ` is a heading.
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
    in_french(command)
}

/// Each English text and its French.
fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut lines = CATALOGUE
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "));
    std::iter::from_fn(move || Some((lines.next()?, lines.next()?)))
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

fn in_french(command: Command) -> Command {
    let style = *command.get_styles().get_usage();
    let usage = line("Usage:");
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{style}{usage}{style:#} {{usage}}\n\n{{all-args}}{{after-help}}"
    );
    let about = command.get_about().map(text);
    let long_about = command.get_long_about().map(text);
    let after = command.get_after_long_help().map(text);
    let mut command = command
        .help_template(template)
        .subcommand_help_heading(heading("Commands:"))
        .subcommand_value_name(line("COMMAND"));
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(about) = long_about {
        command = command.long_about(about);
    }
    if let Some(after) = after {
        command = command.after_long_help(after);
    }
    command.mut_args(argument).mut_subcommands(in_french)
}

/// An argument in French. clap writes default and possible values in English, so they become a part of the text.
fn argument(argument: Arg) -> Arg {
    let help = argument.get_help().map(text).unwrap_or_default();
    let long = argument.get_long_help().map_or_else(|| help.clone(), text);
    let of = if argument.is_positional() {
        "Arguments:"
    } else {
        "Options:"
    };
    let names: Option<Vec<Str>> = argument.get_value_names().map(|names| names.iter().map(name).collect());
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
    let argument = argument
        .help(short.join(" "))
        .long_help(long.join("\n\n"))
        .help_heading(heading(of))
        .hide_default_value(true)
        .hide_possible_values(true);
    match names {
        Some(names) => argument.value_names(names),
        None => argument,
    }
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
