//! The text of one block without its markup, with a map back to the file.

use std::ops::Range;

use pulldown_cmark::Event;

use super::quotation::{Run, raw_span};
use crate::text::Span;

/// An event of the parser with its bytes in the file.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// The text of a block as a reader reads it. Soft and hard line breaks are `\n`; note marks are nothing.
#[derive(Debug, Default)]
pub(super) struct Flat {
    pub(super) text: String,
    runs: Vec<Run>,
}

impl Flat {
    /// Flattens the inline events of a block. `base` is where the parsed text begins in the file `file`.
    pub(super) fn new(events: &[Placed<'_>], file: &str, base: usize) -> Self {
        let texts = || events.iter().filter_map(|(event, _)| text_of(event));
        let mut flat = Self {
            text: String::with_capacity(texts().map(str::len).sum()),
            runs: Vec::with_capacity(texts().count()),
        };
        for (event, range) in events {
            if let Some(text) = text_of(event) {
                let raw = base + range.start..base + range.end;
                flat.push(text, &raw, file);
            }
        }
        flat
    }

    /// Words that are their own file, without markup.
    pub(super) fn of_words(words: &str) -> Self {
        Self {
            text: words.to_owned(),
            runs: vec![Run {
                text: 0,
                raw: 0,
                entity_end: None,
            }],
        }
    }

    fn push(&mut self, text: &str, raw: &Span, file: &str) {
        // Code stands between its backticks; an entity stands for another character.
        let written = file.get(raw.clone()).unwrap_or_default();
        let is_entity = written.len() != text.len() && written.starts_with('&') && written.ends_with(';');
        let within = match is_entity {
            true => None,
            false if written.starts_with(text) => Some(0),
            false => written.find(text),
        };
        self.runs.push(match within {
            Some(within) => Run {
                text: self.text.len(),
                raw: raw.start + within,
                entity_end: None,
            },
            None => Run {
                text: self.text.len(),
                raw: raw.start,
                entity_end: Some(raw.end),
            },
        });
        self.text.push_str(text);
    }

    /// The offset in the file of an offset in the text.
    pub(super) fn raw(&self, offset: usize) -> usize {
        raw_span(&self.runs, &(offset..offset)).start
    }

    /// The bytes in the file of a range of the text.
    pub(super) fn raw_span(&self, range: &Range<usize>) -> Span {
        raw_span(&self.runs, range)
    }

    /// The map back to the file for a range of the text; offsets count from the range's start.
    pub(super) fn runs_of(&self, range: &Range<usize>) -> Vec<Run> {
        let first = self
            .runs
            .partition_point(|run| run.text <= range.start)
            .saturating_sub(1);
        let inside = self.runs[first.min(self.runs.len())..]
            .iter()
            .take_while(|run| run.text < range.end.max(range.start + 1));
        inside
            .map(|run| Run {
                text: run.text.saturating_sub(range.start),
                raw: run.raw
                    + if run.entity_end.is_none() {
                        range.start.saturating_sub(run.text)
                    } else {
                        0
                    },
                entity_end: run.entity_end,
            })
            .collect()
    }

    /// Whether the character at an offset is escaped by a backslash in the file.
    pub(super) fn is_escaped(&self, offset: usize, file: &str) -> bool {
        let before = file.as_bytes().get(..self.raw(offset)).unwrap_or_default();
        // A backslash may itself be escaped.
        before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
    }
}

/// The text that an event adds to its block, where it adds any.
pub(super) fn text_of<'a>(event: &'a Event<'_>) -> Option<&'a str> {
    match event {
        Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => Some(text),
        Event::SoftBreak | Event::HardBreak => Some("\n"),
        _ => None,
    }
}
