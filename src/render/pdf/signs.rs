//! Signs that the fonts inside the program lack.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::Files;
use super::world::has_cluster;
use crate::config;
use crate::diagnostic::{Code, Diagnostic};
use crate::phrase::{Phrase, say};
use crate::text::is_combining;
use crate::view::paper::Booklet;

/// What stands in the place of a sign that no font has.
const MISSING: char = '□';

/// Values that are not set but say how, or where a link leads.
const UNSEEN: [&str; 9] = ["align", "entry", "id", "kind", "lang", "layout", "name", "paper", "url"];

/// Replaces signs that no font has, in all words of a booklet, and says which they are.
pub(super) fn replace(data: &mut Value, booklet: &Booklet, files: &Files<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut letters = data["letters"].take();
    for (letter, value) in booklet.letters.iter().zip(items(&mut letters)) {
        for (entry, value) in letter.entries.iter().zip(items(&mut value["entries"])) {
            let mut missing = BTreeSet::new();
            walk(value, &mut missing);
            diagnostics.extend(diagnostic(&entry.path, &missing, files));
        }
    }
    let mut missing = BTreeSet::new();
    walk(data, &mut missing);
    diagnostics.extend(diagnostic(&config::FILE.into(), &missing, files));
    data["letters"] = letters;
    diagnostics
}

fn items(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    value.as_array_mut().into_iter().flatten()
}

fn walk(value: &mut Value, missing: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => {
            if let Some(set) = settable(text, missing) {
                *text = set;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, missing)),
        Value::Object(fields) => {
            for (key, field) in fields.iter_mut() {
                if !UNSEEN.contains(&key.as_str()) {
                    walk(field, missing);
                }
            }
        }
        _ => {}
    }
}

/// How many signs are set of a value.
pub(super) fn count(value: &Value) -> usize {
    match value {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => {
            let seen = fields.iter().filter(|(key, _)| !UNSEEN.contains(&key.as_str()));
            seen.map(|(_, field)| count(field)).sum()
        }
        _ => 0,
    }
}

/// A text with replacements, where it needs some.
fn settable(text: &str, missing: &mut BTreeSet<char>) -> Option<String> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    // Where the last letter begins, to which marks belong.
    let mut letter = 0;
    for sign in text.chars() {
        if !is_combining(sign) {
            letter = out.len();
        }
        match sign {
            '\t' => out.push_str("    "),
            '\n' => out.push(sign),
            // Signs that nobody sees.
            '\u{200b}' | '\u{a0}' | '\u{202f}' | '\u{ad}' | '\u{2060}' => out.push(sign),
            '\u{feff}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{fe00}'..='\u{fe0f}' => {}
            _ => {
                let end = out.len();
                out.push(sign);
                if has_no_meaning(sign) || !has_cluster(&out[letter..]) {
                    out.truncate(end);
                    missing.insert(sign);
                    out.push(MISSING);
                }
            }
        }
    }
    Some(out)
}

/// PDF/UA-1 asks that each sign has a meaning of its own, which those for private use and for control have not.
fn has_no_meaning(sign: char) -> bool {
    matches!(u32::from(sign), 0xe000..=0xf8ff | 0xf_0000..) || sign.is_control()
}

/// What is said of the signs that a file has and no font: at the first of them.
fn diagnostic(path: &Arc<str>, missing: &BTreeSet<char>, files: &Files<'_>) -> Option<Diagnostic> {
    if missing.is_empty() {
        return None;
    }
    let signs: Vec<String> = missing.iter().take(8).map(|sign| name(*sign)).collect();
    let shown = signs.len();
    let signs = Phrase::lacking(signs);
    let message = if missing.len() > shown {
        say!("the PDF's fonts have no {signs} and others", signs)
    } else {
        say!("the PDF's fonts have no {signs}", signs)
    };
    let text = (files.text)(path).unwrap_or_default();
    let first = text.char_indices().find(|(_, sign)| missing.contains(sign));
    let place = first.map_or(0..0, |(at, sign)| at..at + sign.len_utf8());
    Some(Diagnostic::new(Code::Unprintable, path, place, message).help(say!(
        "write it with other signs; until then the PDF has {missing} in its place",
        missing = MISSING
    )))
}

/// A sign by its shape, where it has one, and its number.
fn name(sign: char) -> String {
    let number = format!("U+{:04X}", u32::from(sign));
    if sign.is_control() || sign.is_whitespace() {
        number
    } else {
        format!("`{sign}` ({number})")
    }
}
