//! The text of one block without its markup, with a map back to the file.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::text::Span;

/// An event of the parser with its bytes in the file.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// The text of a block as a reader reads it. Soft and hard line breaks are `\n`; note marks are nothing.
#[derive(Debug, Default)]
pub(super) struct Flat {
    pub(super) text: String,
    /// Runs that stand in the file as they stand here: (offset here, offset in the file), in order.
    runs: Vec<(usize, usize)>,
}

impl Flat {
    /// Flattens the inline events of a block. `base` is where the parsed text begins in the file `file`.
    pub(super) fn new(events: &[Placed<'_>], file: &str, base: usize) -> Self {
        let mut flat = Self::default();
        for (event, range) in events {
            if let Some(text) = text_of(event) {
                let raw = base + range.start..base + range.end;
                flat.push(text, &raw, file);
            }
        }
        flat
    }

    fn push(&mut self, text: &str, raw: &Span, file: &str) {
        // Code stands between its backticks; an entity stands for another character.
        let written = file.get(raw.clone()).unwrap_or_default();
        let within = if written.starts_with(text) {
            0
        } else {
            written.find(text).unwrap_or(0)
        };
        self.runs.push((self.text.len(), raw.start + within));
        self.text.push_str(text);
    }

    /// The offset in the file of an offset in the text.
    pub(super) fn raw(&self, offset: usize) -> usize {
        let run = self.runs.partition_point(|(start, _)| *start <= offset);
        match run.checked_sub(1).and_then(|run| self.runs.get(run)) {
            Some((start, raw)) => raw + (offset - start),
            None => 0,
        }
    }

    /// The bytes in the file of a range of the text.
    pub(super) fn raw_span(&self, range: &Range<usize>) -> Span {
        let start = self.raw(range.start);
        if range.is_empty() {
            return start..start;
        }
        start..(self.raw(range.end - 1) + 1).max(start)
    }

    /// The map back to the file for a range of the text: pairs of (offset from the range's start, offset in the file).
    pub(super) fn runs_of(&self, range: &Range<usize>) -> Vec<(usize, usize)> {
        let first = std::iter::once((0, self.raw(range.start)));
        let later = self
            .runs
            .iter()
            .filter(|(start, _)| range.start < *start && *start < range.end)
            .map(|(start, raw)| (start - range.start, *raw));
        first.chain(later).collect()
    }

    /// Whether the character at an offset is escaped by a backslash in the file.
    pub(super) fn is_escaped(&self, offset: usize, file: &str) -> bool {
        self.raw(offset)
            .checked_sub(1)
            .and_then(|before| file.as_bytes().get(before))
            == Some(&b'\\')
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
