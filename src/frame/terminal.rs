//! Code frames, drawn by the renderer that cargo uses.

use std::collections::BTreeMap;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::excerpt::{Excerpt, excerpt};
use super::{Texts, range};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase::{Phrase, say};
use crate::text::Span;
use crate::tongue::Tongue;

/// How wide frames may be, in columns.
pub type Width = usize;

/// A place to be marked in a frame.
struct Mark {
    excerpt: Excerpt,
    label: Option<String>,
    primary: bool,
}

/// A report with code frames; `color` adds the escape codes of a terminal.
pub fn full(diagnostic: &Diagnostic, texts: &Texts<'_>, color: bool, width: Width) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    draw(&renderer.term_width(width), diagnostic, texts, true)
}

/// The code frames of a report without its message and its help, for those who show these in their own way.
pub(super) fn places(diagnostic: &Diagnostic, texts: &Texts<'_>, width: Width) -> String {
    draw(&Renderer::plain().term_width(width), diagnostic, texts, false)
}

/// Draws the places of a diagnostic; where `whole` is asked for, with its message and its help.
fn draw(renderer: &Renderer, diagnostic: &Diagnostic, texts: &Texts<'_>, whole: bool) -> String {
    let severity = texts.severity(diagnostic);
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let level = level.with_name(severity.word().in_tongue(texts.tongue));
    let own = marks_in(diagnostic, texts, &diagnostic.path, true);
    let mut group = Group::with_level(level.clone());
    if whole {
        let title = level.primary_title(clean(&diagnostic.message.in_tongue(texts.tongue)));
        group = Group::with_title(title.id(diagnostic.code.name()));
    }
    if own.is_empty() {
        let start = range(diagnostic, texts).start;
        let origin = Origin::path(&*diagnostic.path);
        group = group.element(origin.line(start.line).char_column(start.column));
    }
    let mut paths: Vec<&str> = diagnostic
        .labels
        .iter()
        .map(|label| &*label.path)
        .filter(|path| **path != *diagnostic.path)
        .collect();
    paths.dedup();
    let others: Vec<(&str, Vec<Mark>)> = paths
        .into_iter()
        .map(|path| (path, marks_in(diagnostic, texts, path, false)))
        .collect();
    for (path, marks) in
        std::iter::once((&*diagnostic.path, &own)).chain(others.iter().map(|(path, marks)| (*path, marks)))
    {
        for snippet in snippets(path, marks) {
            group = group.element(snippet);
        }
    }
    for help in diagnostic.help.iter().filter(|_| whole) {
        let level = Level::HELP.with_name(before_colon(&say!("help"), texts.tongue));
        group = group.element(level.message(clean(&help.in_tongue(texts.tongue))));
    }
    let rendered = renderer.render(&[group]);
    let rendered = right_column(rendered, diagnostic, texts, &own);
    rendered.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// In a line that is shown in part the renderer counts columns from the part's beginning; the header tells the real one.
fn right_column(rendered: String, diagnostic: &Diagnostic, texts: &Texts<'_>, own: &[Mark]) -> String {
    let Some(Mark { excerpt, .. }) = own.first() else {
        return rendered;
    };
    let start = range(diagnostic, texts).start;
    let shown = excerpt.text[..excerpt.span.start].chars().count() + 1;
    if shown == start.column {
        return rendered;
    }
    let header = |column: usize| format!("{}:{}:{column}", diagnostic.path, start.line);
    rendered.replacen(&header(shown), &header(start.column), 1)
}

/// A word as it stands before the renderer's colon: in some languages with a space.
fn before_colon(word: &Phrase, tongue: Tongue) -> String {
    let word = say!("{word}:", word).in_tongue(tongue);
    word.trim_end_matches(':').to_owned()
}

/// Control characters would be drawn by the terminal.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .collect()
}

/// The marks of a diagnostic in one file.
fn marks_in(diagnostic: &Diagnostic, texts: &Texts<'_>, path: &str, primary: bool) -> Vec<Mark> {
    let Some((text, index)) = texts.text(path).filter(|(text, _)| !text.is_empty()) else {
        return Vec::new();
    };
    let mark = |span: Span, label: Option<&Phrase>, primary: bool| Mark {
        excerpt: excerpt(text, &index, &span),
        label: label.map(|label| label.in_tongue(texts.tongue)),
        primary,
    };
    let mut marks = Vec::new();
    if primary {
        marks.push(mark(diagnostic.span.into(), diagnostic.label.as_ref(), true));
    }
    let labels = diagnostic.labels.iter().filter(|label| *label.path == *path);
    marks.extend(labels.map(|label| mark(label.span.into(), Some(&label.text), false)));
    marks
}

/// One snippet for all marks that share their lines, others beside it.
fn snippets<'a>(path: &'a str, marks: &'a [Mark]) -> Vec<Snippet<'a, Annotation<'a>>> {
    let mut by_text: BTreeMap<(usize, &str), Vec<&Mark>> = BTreeMap::new();
    for mark in marks {
        by_text
            .entry((mark.excerpt.first_line, &mark.excerpt.text))
            .or_default()
            .push(mark);
    }
    by_text
        .into_iter()
        .map(|((first_line, text), marks)| {
            let annotations = marks.into_iter().map(|mark| {
                let kind = if mark.primary {
                    AnnotationKind::Primary
                } else {
                    AnnotationKind::Context
                };
                kind.span(mark.excerpt.span.clone())
                    .label(mark.label.as_deref().filter(|label| !label.is_empty()))
            });
            Snippet::source(text)
                .path(path)
                .line_start(first_line)
                .annotations(annotations)
        })
        .collect()
}
