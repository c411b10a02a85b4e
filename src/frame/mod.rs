//! Reports as people and programs read them: code frames for a terminal, one line each, JSON, GitHub's annotations.

mod excerpt;
mod lines;
mod terminal;

use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::text::{LineIndex, Position};
use crate::tree::Tree;

pub use lines::{github, json, short};
pub use terminal::{Width, full};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Code frames.
    Full,
    /// One line each.
    Short,
    /// One JSON object a line.
    Json,
    /// Workflow commands that GitHub shows beside the lines.
    Github,
}

/// Where a diagnostic begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// First character.
    pub start: Position,
    /// The character after the last.
    pub end: Position,
}

/// Lines and columns of a diagnostic. A file that is no text has its beginning, or the line of the first bad byte.
pub fn range(diagnostic: &Diagnostic, tree: &Tree) -> Range {
    let (start, end) = (diagnostic.span.start, diagnostic.span.end);
    let top = Position { line: 1, column: 1 };
    match tree.text(&diagnostic.path) {
        Some(text) => {
            let index = LineIndex::new(text);
            Range {
                start: index.position(text, start),
                end: index.position(text, end),
            }
        }
        None => {
            let bytes = tree.get(&diagnostic.path).map_or(&[][..], |file| &file.bytes);
            let line = memchr::memchr_iter(b'\n', &bytes[..start.min(bytes.len())]).count() + 1;
            let at = Position { line, ..top };
            Range { start: at, end: at }
        }
    }
}

/// The closing line of a report: how many errors and warnings there are. Nothing where there are none.
pub fn summary(report: &Report) -> Option<String> {
    let count = |severity: Severity, one: &str, many: &str| match report.count(severity) {
        0 => None,
        1 => Some(format!("1 {one}")),
        number => Some(format!("{number} {many}")),
    };
    let parts = [
        count(Severity::Error, "error", "errors"),
        count(Severity::Warning, "warning", "warnings"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}
