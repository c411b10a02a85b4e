//! What Kézako has to say about a site: diagnostics, and values that come with them.

mod code;
mod french;

use std::sync::Arc;

use crate::phrase::{Phrase, say};
use crate::text::Span;

pub use code::Code;

/// How grave a diagnostic is; the order is from light to grave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Info,
    /// Probably not what the editor wants; the site builds.
    Warning,
    /// The site does not build.
    Error,
}

impl Severity {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The same, or an error where it is a warning and these are denied.
    #[must_use]
    pub fn denied(self, deny: bool) -> Self {
        match self {
            Self::Warning if deny => Self::Error,
            other => other,
        }
    }

    /// The word for a person.
    pub fn word(self) -> Phrase {
        match self {
            Self::Info => say!("info"),
            Self::Warning => say!("warning"),
            Self::Error => say!("error"),
        }
    }
}

/// A second place that helps to understand a diagnostic, with a few words on it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Path relative to the site's root.
    pub path: Arc<str>,
    /// Bytes of that file, half-open.
    pub span: Place,
    /// What is to be seen there.
    pub text: Phrase,
}

/// A [`Span`] with an order: by start, then by end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self {
            start: span.start,
            end: span.end,
        }
    }
}

impl From<Place> for Span {
    fn from(span: Place) -> Self {
        span.start..span.end
    }
}

/// One problem, at one place, in words that an editor understands.
///
/// The derived order is by path, then place, then code: the order of a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Path of the file, relative to the site's root.
    pub path: Arc<str>,
    /// The very words, as bytes of that file.
    pub span: Place,
    /// Which rule was broken.
    pub code: Code,
    /// What is wrong: one clause, lower case, no full stop.
    pub message: Phrase,
    /// What stands at the place, beside the carets.
    pub label: Option<Phrase>,
    /// Further places.
    pub labels: Vec<Label>,
    /// What to do about it; each entry one sentence.
    pub help: Vec<Phrase>,
    /// What, written at the place of `span`, would mend it, where that is known.
    pub instead: Option<String>,
}

impl Diagnostic {
    /// A diagnostic with a place and a message, to be completed by the methods below.
    pub fn new(code: Code, path: &Arc<str>, span: Span, message: Phrase) -> Self {
        Self {
            path: Arc::clone(path),
            span: span.into(),
            code,
            message,
            label: None,
            labels: Vec::new(),
            help: Vec::new(),
            instead: None,
        }
    }

    /// Adds the words beside the carets.
    #[must_use]
    pub fn label(mut self, text: Phrase) -> Self {
        self.label = Some(text);
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn also(mut self, path: &Arc<str>, span: Span, text: Phrase) -> Self {
        self.labels.push(Label {
            path: Arc::clone(path),
            span: span.into(),
            text,
        });
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, text: Phrase) -> Self {
        self.help.push(text);
        self
    }

    /// Adds what would mend it in the place of the very words.
    #[must_use]
    pub fn instead(mut self, text: Option<impl Into<String>>) -> Self {
        self.instead = text.map(Into::into);
        self
    }

    /// Asks whether a known word that is near was meant; where none is, says what to do otherwise.
    #[must_use]
    pub fn meant(self, near: Option<&str>, otherwise: Phrase) -> Self {
        match near {
            Some(near) => self.help(say!("did you mean `{near}`?", near)).instead(Some(near)),
            None => self.help(otherwise),
        }
    }

    /// How grave it is; the code decides.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// A value together with what there is to say about it. Reading never stops at the first fault.
#[derive(Debug, Clone, Default)]
pub struct Checked<T> {
    /// What could be read.
    pub value: T,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// Takes the value and hands the diagnostics on to `report`.
    pub fn unpack(self, report: &mut Vec<Diagnostic>) -> T {
        report.extend(self.diagnostics);
        self.value
    }
}

/// All the diagnostics of one run, in order of path and place, none twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    denies_warnings: bool,
}

impl Report {
    /// Sorts diagnostics by path and place and drops repetitions.
    pub fn new(mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics.sort();
        diagnostics.dedup();
        Self {
            diagnostics,
            denies_warnings: false,
        }
    }

    /// The same with each warning as an error, where `deny` says so.
    #[must_use]
    pub fn denying(self, deny: bool) -> Self {
        Self {
            denies_warnings: deny,
            ..self
        }
    }

    /// Whether each warning is an error.
    pub fn denies_warnings(&self) -> bool {
        self.denies_warnings
    }

    /// How grave one of its diagnostics is.
    pub fn severity(&self, diagnostic: &Diagnostic) -> Severity {
        diagnostic.severity().denied(self.denies_warnings)
    }

    /// The diagnostics in order.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|diagnostic| self.severity(diagnostic) == severity)
            .count()
    }

    /// Whether the site must not be published.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_sorted_by_path_and_place_and_says_a_thing_once() {
        let (a, b): (Arc<str>, Arc<str>) = ("a.md".into(), "b.md".into());
        let late = Diagnostic::new(Code::BadValue, &a, 9..10, Phrase::verbatim("x"));
        let early = Diagnostic::new(Code::UnknownKey, &a, 2..3, Phrase::verbatim("x"));
        let other = Diagnostic::new(Code::BadId, &b, 0..1, Phrase::verbatim("x"));
        let report = Report::new(vec![other.clone(), late.clone(), early.clone(), late.clone()]);
        assert_eq!(report.diagnostics(), [early, late, other]);
    }
}
