//! A report for live pages: JSON with the code frames in it.

use serde::Serialize;

use super::Texts;
use super::lines::Object;
use super::terminal::{Width, full, places};
use crate::diagnostic::{Diagnostic, Report, Severity};

/// So many problems get a code frame. Nobody reads more of them at once, and a fault in the settings can make thousands.
const MOST_FRAMES: usize = 100;

/// A problem as a live page shows it.
#[derive(Serialize)]
struct Problem<'a> {
    #[serde(flatten)]
    object: Object<'a>,
    /// Whether it keeps the site from being shown.
    blocks: bool,
    /// The report as a terminal shows it.
    frame: Option<String>,
    /// The code frames of it.
    places: Option<String>,
    /// What to do, each a sentence.
    helps: Vec<String>,
}

/// The report as a JSON array without line breaks, the gravest problems first. Each has the keys of [`json`](super::json);
/// `frame`, the report as a terminal shows it; its parts `places` and `helps`; and `blocks`, whether it keeps the site from
/// being shown. After the first hundred `frame` and `places` are null.
pub fn problems(report: &Report, texts: &Texts<'_>, width: Width) -> String {
    let mut diagnostics: Vec<&Diagnostic> = report.diagnostics().iter().collect();
    diagnostics.sort_by_key(|diagnostic| std::cmp::Reverse(texts.severity(diagnostic)));
    let problem = |(at, diagnostic): (usize, &&'_ Diagnostic)| {
        let framed = at < MOST_FRAMES;
        let problem = Problem {
            object: Object::new(diagnostic, texts),
            blocks: texts.severity(diagnostic) == Severity::Error,
            frame: framed.then(|| full(diagnostic, texts, false, width)),
            places: framed.then(|| places(diagnostic, texts, width)),
            helps: diagnostic
                .help
                .iter()
                .map(|help| help.in_tongue(texts.tongue))
                .collect(),
        };
        // A struct of texts and numbers always serializes.
        serde_json::to_string(&problem).unwrap_or_default()
    };
    let problems: Vec<String> = diagnostics.iter().enumerate().map(problem).collect();
    format!("[{}]", problems.join(","))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::Value;

    use super::*;
    use crate::diagnostic::Code;
    use crate::phrase::Phrase;
    use crate::tongue::Tongue;
    use crate::tree::Tree;

    #[test]
    fn the_gravest_problems_come_first_and_with_their_frames() {
        let mut tree = Tree::default();
        tree.insert_text("a.md", "one two\n");
        let path: Arc<str> = "a.md".into();
        let warnings =
            (0..120).map(|at| Diagnostic::new(Code::RawHtml, &path, 0..3, Phrase::verbatim(format!("warning {at}"))));
        let error = Diagnostic::new(Code::BadValue, &path, 4..7, Phrase::verbatim("`two` is wrong"))
            .label(Phrase::verbatim("this"))
            .help(Phrase::verbatim("write `three`"));
        let report = Report::new(warnings.chain([error]).collect());
        let json = problems(&report, &Texts::new(&tree, Tongue::English), 80);
        let all: Vec<Value> = serde_json::from_str(&json).unwrap();
        assert_eq!(all.len(), 121);
        assert_eq!(all[0]["code"], "bad-value");
        assert_eq!(all[0]["column"], 5);
        assert_eq!(all[0]["blocks"], true);
        assert_eq!(all[0]["helps"], serde_json::json!(["write `three`"]));
        let frame = all[0]["frame"].as_str().unwrap();
        let places = all[0]["places"].as_str().unwrap();
        assert!(
            frame.starts_with("error[bad-value]: `two` is wrong\n") && frame.contains("help: write"),
            "{frame}"
        );
        assert!(
            places.starts_with(" --> a.md:1:5\n") && places.contains("^^^ this"),
            "{places}"
        );
        assert!(!places.contains("help") && !places.contains("is wrong"), "{places}");
        assert_eq!(
            (&all[1]["severity"], &all[1]["blocks"]),
            (&Value::from("warning"), &Value::from(false))
        );
        assert!(all[99]["frame"].is_string() && all[100]["frame"].is_null());
    }

    #[test]
    fn warnings_block_where_they_are_denied() {
        let path: Arc<str> = "a.md".into();
        let report = Report::new(vec![Diagnostic::new(Code::RawHtml, &path, 0..0, Phrase::verbatim("x"))]);
        let tree = Tree::default();
        let json = problems(&report, &Texts::new(&tree, Tongue::English).denying(true), 80);
        assert!(
            json.contains("\"blocks\":true") && json.contains("\"severity\":\"error\""),
            "{json}"
        );
    }
}
