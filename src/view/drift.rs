//! Two texts side by side: which sentences stand in one row, what of them may be shown, and which words are marked. Knows of no page.

use serde::Serialize;

use super::RunView;
use crate::link::{Pair, Sides};
use crate::source::Seed;
use crate::text::Span;

/// One side of a row.
#[derive(Debug, Clone, Serialize)]
pub struct ExcerptView {
    /// The passages it stands in: their numbers.
    pub lines: Vec<usize>,
    /// Its words: `text`, `quoted` (what a note is about), and `gap` where a sentence is left out. None where no sentence may be shown.
    pub runs: Vec<RunView>,
    /// The site's own translations of what the notes are about, where it gives any.
    pub translations: Vec<String>,
}

/// A text with all that decides what of it is shown.
pub(super) struct Text<'a> {
    pub(super) seed: &'a Seed,
    /// Whether all of it may be shown.
    pub(super) full: bool,
    /// Bytes that claims quote.
    pub(super) quoted: Vec<Span>,
    /// Bytes that notes are about.
    pub(super) noted: Vec<Span>,
}

impl Text<'_> {
    /// Whether a sentence may be shown.
    pub(super) fn shows(&self, sentence: &Span) -> bool {
        self.full || overlaps(&self.quoted, sentence) || overlaps(&self.noted, sentence)
    }

    /// What is shown of some sentences.
    pub(super) fn excerpt(&self, sentences: &[Span], translations: Vec<String>) -> ExcerptView {
        let passages = &self.seed.passages;
        let line = |span: &Span| {
            Some(
                passages
                    .get(passages.partition_point(|passage| passage.span.end <= span.start))?
                    .line,
            )
        };
        let mut lines: Vec<usize> = sentences.iter().filter_map(line).collect();
        lines.dedup();
        let mut runs: Vec<RunView> = Vec::new();
        for sentence in sentences {
            if self.shows(sentence) {
                if runs.last().is_some_and(|last| last.kind != "gap") {
                    runs.push(run("text", " "));
                }
                self.marked(sentence, &mut runs);
            } else if runs.last().is_none_or(|last| last.kind != "gap") {
                // What is left out is only marked: its words are not the site's to show.
                runs.push(run("gap", "…"));
            }
        }
        if runs.iter().all(|run| run.kind == "gap") {
            runs.clear();
        }
        ExcerptView {
            lines,
            runs,
            translations,
        }
    }

    /// A sentence, in which the words are marked that notes are about.
    fn marked(&self, sentence: &Span, runs: &mut Vec<RunView>) {
        let mut from = sentence.start;
        let mut push = |kind, range: Span| {
            if !range.is_empty() {
                runs.push(run(kind, &self.seed.text[range]));
            }
        };
        for mark in self.noted.iter().filter(|mark| overlap(mark, sentence)) {
            let (start, end) = (mark.start.max(from), mark.end.min(sentence.end));
            if start < end {
                push("text", from..start);
                push("quoted", start..end);
                from = end;
            }
        }
        push("text", from..sentence.end);
    }
}

fn run(kind: &'static str, text: &str) -> RunView {
    RunView {
        kind,
        text: text.to_owned(),
    }
}

fn overlap(a: &Span, b: &Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether any of the spans shares a byte with one.
pub(super) fn overlaps(spans: &[Span], one: &Span) -> bool {
    spans.iter().any(|span| overlap(span, one))
}

/// Sentences that stand in one row, and the notes on them (indices).
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) sentences: Sides<Vec<Span>>,
    pub(super) notes: Vec<usize>,
}

fn touches(sentences: &Sides<Vec<Span>>, spans: &Sides<Vec<Span>>) -> bool {
    sentences
        .original
        .iter()
        .any(|sentence| overlaps(&spans.original, sentence))
        || sentences
            .translation
            .iter()
            .any(|sentence| overlaps(&spans.translation, sentence))
}

/// Puts aligned sentences into rows, each beside what it translates. `notes` are the bytes that each note is about: all that one touches, and
/// what stands between, is one row, so that a note stands beside all its words.
pub(super) fn rows(pairs: &[Pair], notes: &[Sides<Vec<Span>>]) -> Vec<Row> {
    let aligned: Vec<&Sides<Vec<Span>>> = pairs.iter().flat_map(|pair| &pair.sentences).collect();
    let ends = |note: &Sides<Vec<Span>>| {
        let first = aligned.iter().position(|sentences| touches(sentences, note))?;
        let last = aligned.iter().rposition(|sentences| touches(sentences, note))?;
        Some((first, last))
    };
    let notes: Vec<Option<(usize, usize)>> = notes.iter().map(ends).collect();
    let mut rows: Vec<Row> = Vec::new();
    // One past the last that the present row takes in.
    let mut row_ends = 0;
    for (at, sentences) in aligned.iter().enumerate() {
        if at >= row_ends {
            rows.push(Row::default());
        }
        let Some(row) = rows.last_mut() else { continue };
        row.sentences.original.extend_from_slice(&sentences.original);
        row.sentences.translation.extend_from_slice(&sentences.translation);
        for (note, (_, last)) in notes
            .iter()
            .enumerate()
            .filter_map(|(note, ends)| Some((note, ends.filter(|(first, _)| *first == at)?)))
        {
            row.notes.push(note);
            row_ends = row_ends.max(last + 1);
        }
        row_ends = row_ends.max(at + 1);
    }
    for row in &mut rows {
        row.notes.sort_unstable();
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "One is here. Two is there.\nThree stays. Four goes.";

    fn seed() -> Seed {
        Seed::new(&"seeds/a.txt".into(), TEXT, false, None)
    }

    fn span(words: &str) -> Span {
        let start = TEXT.find(words).expect(words);
        start..start + words.len()
    }

    fn sides(original: &[&str], translation: &[&str]) -> Sides<Vec<Span>> {
        Sides {
            original: original.iter().map(|words| span(words)).collect(),
            translation: translation.iter().map(|words| span(words)).collect(),
        }
    }

    fn pair(sentences: Vec<Sides<Vec<Span>>>) -> Pair {
        Pair {
            passages: Sides::default(),
            sentences,
            set: None,
        }
    }

    /// Each sentence beside itself: two passages of two.
    fn pairs() -> Vec<Pair> {
        let both = |words: &str| sides(&[words], &[words]);
        vec![
            pair(vec![both("One is here."), both("Two is there.")]),
            pair(vec![both("Three stays."), both("Four goes.")]),
        ]
    }

    #[test]
    fn a_note_joins_the_rows_that_its_quotations_touch() {
        let within = sides(&["Four"], &["goes"]);
        let across = sides(&["Two"], &["Three"]);
        let rows = rows(&pairs(), &[within, across]);
        let told: Vec<(usize, &[usize])> = rows
            .iter()
            .map(|row| (row.sentences.original.len(), row.notes.as_slice()))
            .collect();
        assert_eq!(told, [(1, &[][..]), (2, &[1]), (1, &[0])]);
    }

    #[test]
    fn notes_that_overlap_make_one_row() {
        let rows = rows(&pairs(), &[sides(&["One"], &["Three"]), sides(&["Two"], &["Four"])]);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].notes, [0, 1]);
        assert_eq!(rows[0].sentences.translation.len(), 4);
    }

    fn excerpt(full: bool, quoted: &[&str], noted: &[&str]) -> String {
        let seed = seed();
        let text = Text {
            seed: &seed,
            full,
            quoted: quoted.iter().map(|words| span(words)).collect(),
            noted: noted.iter().map(|words| span(words)).collect(),
        };
        let all = ["One is here.", "Two is there.", "Three stays.", "Four goes."].map(span);
        let excerpt = text.excerpt(&all, Vec::new());
        assert_eq!(excerpt.lines, [1, 2]);
        let told = |run: &RunView| match run.kind {
            "quoted" => format!("<{}>", run.text),
            _ => run.text.clone(),
        };
        excerpt.runs.iter().map(told).collect()
    }

    #[test]
    fn only_sentences_that_are_quoted_or_noted_are_shown() {
        assert_eq!(excerpt(false, &[], &[]), "");
        assert_eq!(excerpt(false, &["Two"], &[]), "…Two is there.…");
        assert_eq!(
            excerpt(false, &["is here"], &["Two is", "goes"]),
            "One is here. <Two is> there.…Four <goes>."
        );
        assert_eq!(
            excerpt(true, &[], &["here. Two"]),
            "One is <here.> <Two> is there. Three stays. Four goes."
        );
    }
}
