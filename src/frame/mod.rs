//! Reports as people and programs read them: code frames for a terminal, one line each, JSON, GitHub's annotations.

mod excerpt;
mod lines;
mod live;
mod terminal;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::phrase::{Phrase, say};
use crate::text::{LineIndex, Position};
use crate::tongue::Tongue;
use crate::tree::Tree;

pub use lines::{github, json, short};
pub use live::problems;
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

/// The texts that a report is about, each looked through for its lines once.
pub struct Texts<'t> {
    tree: &'t Tree,
    tongue: Tongue,
    denies_warnings: bool,
    indexes: RefCell<BTreeMap<String, Rc<LineIndex>>>,
}

impl<'t> Texts<'t> {
    /// Takes the files of the site, for reports in a language.
    pub fn new(tree: &'t Tree, tongue: Tongue) -> Self {
        Self {
            tree,
            tongue,
            denies_warnings: false,
            indexes: RefCell::default(),
        }
    }

    /// The same for reports in which each warning is an error, where `deny` says so.
    #[must_use]
    pub fn denying(self, deny: bool) -> Self {
        Self {
            denies_warnings: deny,
            ..self
        }
    }

    /// How grave a diagnostic is in these reports.
    fn severity(&self, diagnostic: &Diagnostic) -> Severity {
        diagnostic.severity().denied(self.denies_warnings)
    }

    /// A file's text and its lines, where it is text.
    fn text(&self, path: &str) -> Option<(&'t str, Rc<LineIndex>)> {
        let known = self.indexes.borrow().get(path).map(Rc::clone);
        let text = self.tree.text(path)?;
        let index = known.unwrap_or_else(|| {
            let index = Rc::new(LineIndex::new(text));
            self.indexes.borrow_mut().insert(path.to_owned(), Rc::clone(&index));
            index
        });
        Some((text, index))
    }
}

/// Lines and columns of a diagnostic. A file that is no text has its beginning, or the place of the first bad byte.
pub fn range(diagnostic: &Diagnostic, texts: &Texts<'_>) -> Range {
    let (start, end) = (diagnostic.span.start, diagnostic.span.end);
    match texts.text(&diagnostic.path) {
        Some((text, index)) => Range {
            start: index.position(text, start),
            end: index.position(text, end),
        },
        None => {
            let bytes = texts.tree.get(&diagnostic.path).map_or(&[][..], |file| &file.bytes);
            // What stands before it is text.
            let before = String::from_utf8_lossy(&bytes[..start.min(bytes.len())]);
            let at = LineIndex::new(&before).position(&before, before.len());
            Range { start: at, end: at }
        }
    }
}

/// The closing line of a report: how many errors and warnings there are. Nothing where there are none.
pub fn summary(report: &Report) -> Option<Phrase> {
    let count = |severity: Severity| Some(report.count(severity)).filter(|count| *count > 0);
    let errors = count(Severity::Error).map(|n| Phrase::counted(n, say!("{n} error", n), say!("{n} errors", n)));
    let warnings =
        count(Severity::Warning).map(|n| Phrase::counted(n, say!("{n} warning", n), say!("{n} warnings", n)));
    match (errors, warnings) {
        (Some(errors), Some(warnings)) => Some(say!("{errors} and {warnings}", errors, warnings)),
        (errors, warnings) => errors.or(warnings),
    }
}
