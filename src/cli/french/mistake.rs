//! What is said in French where a command was written wrongly. clap's own words are English, so they are made anew from what it found out.

use std::error::Error as _;
use std::num::ParseIntError;

use clap::builder::{StyledStr, Styles};
use clap::error::{ContextKind, ContextValue, Error, ErrorFormatter, ErrorKind};

/// Writes clap's errors in French.
pub(in crate::cli) struct Mistake;

impl ErrorFormatter for Mistake {
    fn format_error(error: &Error<Self>) -> StyledStr {
        let styles = Styles::default();
        let (bad, good, literal) = (styles.get_error(), styles.get_valid(), styles.get_literal());
        let mut text = format!("{bad}erreur\u{a0}:{bad:#} {}\n", what(error));
        for (at, tip) in tips(error).iter().enumerate() {
            let space = if at == 0 { "\n" } else { "" };
            text.push_str(&format!("{space}  {good}conseil\u{a0}:{good:#} {tip}\n"));
        }
        if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
            let usage = usage.ansi().to_string();
            text.push_str(&format!("\n{}\n", usage.replacen("Usage:", super::line("Usage:"), 1)));
        }
        text.push_str(&format!("\nPour en savoir plus\u{a0}: {literal}--help{literal:#}\n"));
        text.into()
    }
}

/// What clap knows under a heading.
fn given(error: &Error<Mistake>, kind: ContextKind) -> Vec<&str> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => vec![word],
        Some(ContextValue::Strings(words)) => words.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

fn quoted(words: &[&str], between: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(between)
}

/// What is wrong.
fn what(error: &Error<Mistake>) -> String {
    let argument = given(error, ContextKind::InvalidArg);
    let name = quoted(&argument, ", ");
    let command = quoted(&given(error, ContextKind::InvalidSubcommand), ", ");
    let value = given(error, ContextKind::InvalidValue).concat();
    match error.kind() {
        ErrorKind::ArgumentConflict => match given(error, ContextKind::PriorArg) {
            prior if prior.is_empty() || prior == argument => format!("{name} ne peut être donné qu’une fois"),
            prior => format!("{name} ne va pas avec {}", quoted(&prior, ", ")),
        },
        ErrorKind::InvalidValue if value.is_empty() => format!("il manque une valeur à {name}"),
        ErrorKind::InvalidValue => {
            let known = list("valeurs possibles", &given(error, ContextKind::ValidValue));
            format!("`{value}` n’est pas une valeur de {name}{known}")
        }
        ErrorKind::ValueValidation => format!("`{value}` ne convient pas à {name}{}", reason(error)),
        ErrorKind::TooManyValues => format!("la valeur `{value}` est de trop pour {name}"),
        ErrorKind::InvalidSubcommand => format!("il n’y a pas de commande {command}"),
        ErrorKind::MissingSubcommand => {
            let known = list("commandes", &given(error, ContextKind::ValidSubcommand));
            format!("il manque une commande après {command}{known}")
        }
        ErrorKind::MissingRequiredArgument => format!("il manque {name}"),
        ErrorKind::UnknownArgument if argument.concat().starts_with('-') => {
            format!("{name} n’est pas une option de cette commande")
        }
        ErrorKind::UnknownArgument => format!("l’argument {name} est de trop"),
        ErrorKind::InvalidUtf8 => "un argument n’est pas en UTF-8".to_owned(),
        _ => "ces arguments ne conviennent pas".to_owned(),
    }
}

fn list(of: &str, words: &[&str]) -> String {
    if words.is_empty() {
        return String::new();
    }
    format!("\n  [{of}\u{a0}: {}]", words.join(", "))
}

/// Why a number does not do.
fn reason(error: &Error<Mistake>) -> String {
    let Some(source) = error.source() else {
        return String::new();
    };
    if source.is::<ParseIntError>() {
        return "\u{a0}: il faut un nombre entier".to_owned();
    }
    // clap says of a range: 99999 is not in 0..=65535
    let words = source.to_string();
    let range = words
        .split_once(" is not in ")
        .and_then(|(_, range)| range.split_once("..="));
    range.map_or_else(String::new, |(from, to)| {
        format!("\u{a0}: il faut un nombre de {from} à {to}")
    })
}

/// What may have been meant.
fn tips(error: &Error<Mistake>) -> Vec<String> {
    let near = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    let near = near.into_iter().map(|kind| given(error, kind));
    let mut tips: Vec<String> = near
        .filter(|words| !words.is_empty())
        .map(|words| format!("peut-être {}\u{202f}?", quoted(&words, " ou ")))
        .collect();
    if let Some(ContextValue::StyledStrs(others)) = error.get(ContextKind::Suggested) {
        tips.extend(others.iter().filter_map(|words| other(&words.to_string())));
    }
    tips
}

/// The further tips, which clap gives as whole sentences; one that is not known here is left out.
fn other(sentence: &str) -> Option<String> {
    if let Some((word, way)) = sentence
        .strip_prefix("to pass '")
        .and_then(|rest| rest.strip_suffix('\'')?.split_once("' as a value, use '"))
    {
        return Some(format!("pour donner `{word}` comme valeur, écrire `{way}`"));
    }
    if let Some(command) = sentence
        .strip_prefix("subcommand '")
        .and_then(|rest| rest.strip_suffix("' exists; to use it, remove the '--' before it"))
    {
        return Some(format!(
            "la commande `{command}` existe\u{202f}; retirer `--` devant elle"
        ));
    }
    let way = sentence.strip_prefix('\'')?.strip_suffix("' exists")?;
    Some(format!("`{way}` existe"))
}
