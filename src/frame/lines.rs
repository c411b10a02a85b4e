//! One diagnostic, one line.

use serde::Serialize;

use super::{Texts, range};
use crate::diagnostic::{Diagnostic, Severity};
use crate::tongue::Tongue;

/// `path:line:column: severity[code]: message`.
pub fn short(diagnostic: &Diagnostic, texts: &Texts<'_>) -> String {
    let start = range(diagnostic, texts).start;
    format!(
        "{}:{}:{}: {}[{}]: {}",
        diagnostic.path,
        start.line,
        start.column,
        texts.severity(diagnostic).name(),
        diagnostic.code.name(),
        one_line(&diagnostic.message.in_tongue(texts.tongue))
    )
}

/// The object that `--format json` prints.
#[derive(Serialize)]
pub(super) struct Object<'a> {
    code: &'a str,
    severity: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: String,
    help: Option<String>,
}

impl<'a> Object<'a> {
    pub(super) fn new(diagnostic: &'a Diagnostic, texts: &Texts<'_>) -> Self {
        let range = range(diagnostic, texts);
        Self {
            code: diagnostic.code.name(),
            severity: texts.severity(diagnostic).name(),
            path: &diagnostic.path,
            line: range.start.line,
            column: range.start.column,
            end_line: range.end.line,
            end_column: range.end.column,
            message: diagnostic.message.in_tongue(texts.tongue),
            help: help(diagnostic, texts.tongue),
        }
    }
}

/// One JSON object without line breaks.
pub fn json(diagnostic: &Diagnostic, texts: &Texts<'_>) -> String {
    // A struct of texts and numbers always serializes.
    serde_json::to_string(&Object::new(diagnostic, texts)).unwrap_or_default()
}

fn help(diagnostic: &Diagnostic, tongue: Tongue) -> Option<String> {
    let said = diagnostic
        .label
        .iter()
        .chain(&diagnostic.help)
        .map(|phrase| phrase.in_tongue(tongue))
        .collect::<Vec<_>>()
        .join("; ");
    Some(said).filter(|help| !help.is_empty())
}

/// A workflow command of GitHub Actions ("Workflow commands": `::error file=…,line=…::message`, with `%`, line breaks, `:` and `,` escaped).
pub fn github(diagnostic: &Diagnostic, texts: &Texts<'_>) -> String {
    let range = range(diagnostic, texts);
    let command = match texts.severity(diagnostic) {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let property = |text: &str| {
        text.replace('%', "%25")
            .replace(['\r', '\n'], " ")
            .replace(':', "%3A")
            .replace(',', "%2C")
    };
    let help = help(diagnostic, texts.tongue).map_or(String::new(), |help| format!("\n{help}"));
    let message = format!("{}{help}", diagnostic.message.in_tongue(texts.tongue))
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    format!(
        "::{command} file={},line={},col={},endLine={},endColumn={},title={}::{message}",
        property(&diagnostic.path),
        range.start.line,
        range.start.column,
        range.end.line,
        range.end.column,
        diagnostic.code.name(),
    )
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
