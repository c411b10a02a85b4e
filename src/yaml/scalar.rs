//! Single values as text, and words for messages about them.

use serde_yaml::Value;

use crate::phrase::{Phrase, say};

/// A scalar as text: strings as they are, `true`, `false` and numbers as the words they were.
pub fn text_of_scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(bool) => Some(bool.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whether a text is an absolute link to the web without white space or control characters.
pub fn is_web_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let clean = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    clean && host.is_some() && text.len() > "https://".len()
}

/// Words in backticks with commas and a final "and".
pub fn list(words: &[&str]) -> Phrase {
    joined(words, |rest, last| say!("{rest} and `{last}`", rest, last))
}

/// Words in backticks with commas and a final "or".
pub fn either(words: &[&str]) -> Phrase {
    joined(words, |rest, last| say!("{rest} or `{last}`", rest, last))
}

/// Asks whether a known word that is near was meant, and tells all known words after `are`.
pub fn meant_of(near: Option<&str>, are: Phrase, known: &[&str]) -> Phrase {
    let all = say!("{are} {list}", are, list = list(known));
    match near {
        Some(near) => say!("did you mean `{near}`? {all}", near, all),
        None => all,
    }
}

fn joined(words: &[&str], join: impl Fn(String, &str) -> Phrase) -> Phrase {
    match words {
        [] => Phrase::default(),
        [one] => Phrase::verbatim(format!("`{one}`")),
        [rest @ .., last] => {
            let rest: Vec<String> = rest.iter().map(|word| format!("`{word}`")).collect();
            join(rest.join(", "), last)
        }
    }
}
