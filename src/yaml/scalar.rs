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

/// Whether a text is an absolute link to the web, host and all, without white space or control characters.
pub fn is_web_address(text: &str) -> bool {
    let behind = |scheme: &str| {
        let (first, rest) = text.split_at_checked(scheme.len())?;
        first.eq_ignore_ascii_case(scheme).then_some(rest)
    };
    let host = behind("https://").or_else(|| behind("http://"));
    let clean = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    clean && host.is_some_and(|host| !host.is_empty() && !host.starts_with(['/', '?', '#', ':', '@']))
}

/// A text as it is shown in a line: no white space at its ends, one space for white space that holds a line break or a tab, and the sign of what
/// cannot be shown in the place of other control characters.
pub(super) fn in_line(text: String) -> String {
    if text.trim().len() == text.len() && !text.contains(char::is_control) {
        return text;
    }
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{85}');
    let mut line = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(at) = rest.find(char::is_control) {
        let (before, after) = rest.split_at(at);
        let breaks = after.starts_with(is_blank);
        line.push_str(if breaks {
            before.trim_end_matches(is_blank)
        } else {
            before
        });
        line.push(if breaks { ' ' } else { '\u{fffd}' });
        rest = match breaks {
            true => after.trim_start_matches(is_blank),
            false => after.trim_start_matches(|c: char| c.is_control() && !is_blank(c)),
        };
    }
    line.push_str(rest);
    line
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_shown_in_a_line() {
        for (text, shown) in [
            ("It is.\n", "It is."),
            (" It  is ", "It  is"),
            ("It \n is\n\nlong.", "It is long."),
            ("Qui\u{202f}?\u{a0}: lui", "Qui\u{202f}?\u{a0}: lui"),
            ("a\u{7}\u{8}b\tc", "a\u{fffd}b c"),
            (" \n ", ""),
        ] {
            assert_eq!(in_line(text.to_owned()), shown, "{text:?}");
        }
    }

    #[test]
    fn a_web_address_has_a_host() {
        for good in ["https://a.example", "HTTP://a.example/b?c#d", "https://é.example/"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "https://",
            "https:///a",
            "https://?a",
            "https:/a.example",
            "ftp://a",
            "https://a b",
            "é",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }
}
