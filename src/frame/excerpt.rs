//! The lines around a span, short enough to be shown: of a very long line only the part around the span.

use crate::text::{LineIndex, Span, floor_char_boundary};

/// The longest line that is shown whole, in bytes.
const LONGEST_LINE: usize = 4000;

/// How much of a long line is shown before a span, and how much of a long span, in bytes.
const CONTEXT: usize = 100;

/// A piece of a file to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// Whole lines, or a part of one between ellipses.
    pub(super) text: String,
    /// The number of its first line.
    pub(super) first_line: usize,
    /// The span, in bytes of `text`.
    pub(super) span: Span,
}

/// Cuts the lines of a span out of a file.
pub(super) fn excerpt(text: &str, index: &LineIndex, span: &Span) -> Excerpt {
    let start = floor_char_boundary(text, span.start);
    let end = floor_char_boundary(text, span.end).max(start);
    let first_line = index.line_of(start);
    let last_line = index.line_of(if end > start { end - 1 } else { end });
    let line = index.line_span(first_line).unwrap_or(start..end);
    let last = index.line_span(last_line).unwrap_or_else(|| line.clone());
    let lines = line.start..last.end.max(line.end);
    let clean = |text: &str| text.replace('\r', " ");
    if lines.len() <= LONGEST_LINE {
        let end = end.min(lines.end).max(start);
        return Excerpt {
            text: clean(&text[lines.clone()]),
            first_line,
            span: start - lines.start..end - lines.start,
        };
    }
    let from = floor_char_boundary(text, start.saturating_sub(CONTEXT).max(line.start));
    let shown_end = floor_char_boundary(text, end.min(start + 2 * CONTEXT).min(line.end).max(start));
    let to = floor_char_boundary(text, (shown_end + CONTEXT).min(line.end));
    let head = if from > line.start { "…" } else { "" };
    let tail = if to < line.end { "…" } else { "" };
    let shown = start - from + head.len()..shown_end - from + head.len();
    Excerpt {
        text: clean(&format!("{head}{}{tail}", &text[from..to])),
        first_line,
        span: shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_line_is_shown_whole_and_a_long_one_in_part() {
        let text = format!("ab\ncdé\n{}WORD{}\n", "x".repeat(3000), "y".repeat(3000));
        let index = LineIndex::new(&text);
        let short = excerpt(&text, &index, &(4..7));
        assert_eq!((short.text.as_str(), short.first_line, short.span), ("cdé", 2, 1..4));
        let at = text.find("WORD").expect("the word is there");
        let long = excerpt(&text, &index, &(at..at + 4));
        assert_eq!((long.first_line, &long.text[long.span.clone()]), (3, "WORD"));
        assert!(long.text.len() < LONGEST_LINE && long.text.starts_with('…') && long.text.ends_with('…'));
    }
}
