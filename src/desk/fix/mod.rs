//! Changes that mend a problem. A change to a quotation is offered only if the quotation verifies with it.

mod quotation;

use super::completion::{scalar, short};
use super::front::{holds, matter};
use super::{Document, Sheet};
use crate::diagnostic::{Code, Diagnostic};
use crate::link::CitedPassage;
use crate::phrase::{Phrase, say};
use crate::source::{Passage, Seed};
use crate::text::Span;

/// How many places are offered for one problem.
const MOST_PLACES: usize = 8;

/// A change of one file that mends a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does: one clause, with a capital.
    pub title: Phrase,
    /// The problem, as an index in the report.
    pub problem: usize,
    /// What to put where, in order of place; no two overlap.
    pub edits: Vec<Edit>,
    /// Whether it is what most editors would do.
    pub preferred: bool,
}

/// Text in the place of other text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the file that go.
    pub span: Span,
    /// What comes there.
    pub text: String,
}

/// The changes that mend problems of a file which touch some of its bytes.
pub fn fixes(sheet: &Sheet, path: &str, at: &Span) -> Vec<Fix> {
    let problems = sheet.report.diagnostics().iter().enumerate();
    let near = problems
        .filter(|(_, problem)| *problem.path == *path && problem.span.start <= at.end && at.start <= problem.span.end);
    near.flat_map(|(index, problem)| {
        let mut fixes = of_problem(sheet, path, problem);
        for fix in &mut fixes {
            fix.problem = index;
        }
        fixes
    })
    .collect()
}

fn of_problem(sheet: &Sheet, path: &str, problem: &Diagnostic) -> Vec<Fix> {
    let span: Span = problem.span.into();
    let document = sheet.document(path);
    match (problem.code, document) {
        (Code::QuoteNotFound | Code::QuoteAmbiguous, Some(document)) => quotation::fixes(sheet, document, problem),
        (Code::UnknownPassage, Some(document)) => near_passages(sheet, document, &span),
        _ => known_word(sheet, path, problem).into_iter().collect(),
    }
}

/// The known word that was meant.
fn known_word(sheet: &Sheet, path: &str, problem: &Diagnostic) -> Option<Fix> {
    let word = problem.instead.as_deref()?;
    let (text, span) = (sheet.tree.text(path)?, Span::from(problem.span));
    let written = text.get(span.clone())?;
    // A link whose target could not be found in the text is marked as a whole.
    if written.contains(['(', '<', '\n']) {
        return None;
    }
    let is_value = matter(text).is_some_and(|yaml| holds(text, &yaml, span.start));
    let word = if is_value { scalar(word, false) } else { word.to_owned() };
    let fix = Fix::new(say!("Write `{word}`", word = &word), vec![Edit::new(&span, &word)]);
    Some(fix.preferred())
}

/// The passages beside one that a citation names and that is not there.
fn near_passages(sheet: &Sheet, document: Document<'_>, span: &Span) -> Vec<Fix> {
    let mut citations = document.body.citations.iter();
    let Some(citation) = citations.find(|citation| citation.passage_span() == *span) else {
        return Vec::new();
    };
    let source = sheet
        .site
        .source(&citation.source)
        .and_then(|at| sheet.site.sources.get(at));
    let (Some(seed), Some(written)) = (source.and_then(|source| source.seed.as_deref()), &citation.passage) else {
        return Vec::new();
    };
    let Ok(line) = written.parse::<usize>() else {
        return Vec::new();
    };
    let before = seed.passages.iter().rev().find(|passage| passage.line <= line);
    let after = seed.passages.iter().find(|passage| line < passage.line);
    let fix = |passage: &Passage| {
        let edit = Edit::new(span, &passage.line.to_string());
        Fix::new(
            say!(
                "Cite passage {line}: {beginning}",
                line = passage.line,
                beginning = beginning(seed, passage)
            ),
            vec![edit],
        )
    };
    [before, after].into_iter().flatten().map(fix).collect()
}

/// The first words of a passage.
fn beginning(seed: &Seed, passage: &Passage) -> String {
    short(&seed.text[passage.span.clone()], 50)
}

impl Fix {
    fn new(title: Phrase, edits: Vec<Edit>) -> Self {
        Self {
            title,
            problem: 0,
            edits,
            preferred: false,
        }
    }

    fn preferred(self) -> Self {
        Self {
            preferred: true,
            ..self
        }
    }
}

impl Edit {
    fn new(span: &Span, text: &str) -> Self {
        Self {
            span: span.clone(),
            text: text.to_owned(),
        }
    }
}

/// What a quotation cites.
#[derive(Clone, Copy)]
struct Cited<'a> {
    at: CitedPassage,
    seed: &'a Seed,
}
