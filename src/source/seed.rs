//! The text of a source, cut into passages.

use std::sync::{Arc, OnceLock};

use sha2::{Digest as _, Sha256};

use super::Lines;
use crate::fold::{Folded, Searched};
use crate::text::{LineIndex, Span, sentences};

/// One citable piece of a seed: a line that is not empty, or a block of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its number: its first line, from 1.
    pub line: usize,
    /// Its last line.
    pub last_line: usize,
    /// Its bytes in the seed, without the line break at its end.
    pub span: Span,
    /// Whether it belongs to the article proper: with one of its lines.
    pub in_body: bool,
    /// Its bytes in [`Seed::folded`].
    pub folded: Span,
    /// Where its sentences end: bytes from its beginning, in order. White space belongs to the sentence behind it, and to none at the passage's end.
    pub sentence_ends: Vec<usize>,
}

impl Passage {
    /// Its sentences, one after the other: bytes of the seed. White space stays at the beginning of the next one.
    pub fn sentences(&self) -> impl Iterator<Item = Span> {
        let ends = self.sentence_ends.iter().map(|end| self.span.start + end);
        let starts = std::iter::once(self.span.start).chain(ends.clone());
        starts.zip(ends).map(|(start, end)| start..end)
    }
}

/// The text of a source, cut into passages and folded for search.
#[derive(Debug, Clone)]
pub struct Seed {
    /// Path relative to the site's root.
    pub path: Arc<str>,
    /// The decoded text, byte order mark and carriage returns included.
    pub text: Arc<str>,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Passages in order.
    pub passages: Vec<Passage>,
    /// All passages folded, one after the other.
    pub folded: Folded,
    /// For every 256th byte of the text, how many code points stand before it.
    code_points: Vec<usize>,
    /// [`Seed::folded`] as browsers search it, once it was asked for.
    searched: OnceLock<Searched>,
}

const CODE_POINT_STEP: usize = 256;

impl Seed {
    /// The bytes of [`Seed::folded`] for some of the text's bytes, which lie in one passage.
    pub fn folded_span(&self, raw: &Span) -> Span {
        let at = self.passages.partition_point(|passage| passage.span.end < raw.end);
        let within = self.passages.get(at).map_or(0..0, |passage| passage.folded.clone());
        self.folded.folded_span(raw, &within)
    }

    /// Cuts and folds a text. `body` names the lines of the article proper; without it all of them are.
    pub fn new(path: &Arc<str>, text: &str, wrapped: bool, body: Option<&[Lines]>) -> Self {
        let lines = LineIndex::new(text);
        let mut passages: Vec<Passage> = Vec::new();
        // A separator takes the place of each line break.
        let mut folded = Folded::with_capacity(text.len() + 1);
        let mut run: Option<(usize, usize)> = None;
        let mut close = |run: &mut Option<(usize, usize)>| {
            let Some((first, last)) = run.take() else { return };
            let (Some(start), Some(end)) = (lines.line_span(first), lines.line_span(last)) else {
                return;
            };
            let line_end = text[..end.end].trim_end_matches('\r').len().max(start.start);
            let span = start.start..line_end;
            let piece = Folded::new(&text[span.clone()], span.start);
            if piece.text.is_empty() {
                return;
            }
            folded.append(&piece);
            let in_body =
                body.is_none_or(|body| body.iter().any(|lines| *lines.start() <= last && first <= *lines.end()));
            let end = folded.text.len();
            passages.push(Passage {
                line: first,
                last_line: last,
                span,
                in_body,
                folded: end - piece.text.len()..end,
                sentence_ends: ends_of_sentences(&text[start.start..line_end]),
            });
        };
        for line in 1..=lines.lines() {
            let empty = lines
                .line_span(line)
                .is_none_or(|span| text[span].trim_matches(is_blank).is_empty());
            match (&mut run, empty) {
                (_, true) => close(&mut run),
                (Some((_, last)), false) if wrapped => *last = line,
                (_, false) => {
                    close(&mut run);
                    run = Some((line, line));
                }
            }
        }
        close(&mut run);
        let digest = Sha256::digest(text.as_bytes());
        Self {
            path: Arc::clone(path),
            text: text.into(),
            sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            passages,
            folded,
            code_points: code_points(text),
            searched: OnceLock::new(),
        }
    }

    /// All passages as a browser searches them; places are those of [`Seed::folded`], by [`Searched::span`].
    pub fn searched(&self) -> &Searched {
        self.searched.get_or_init(|| Searched::new(&self.folded.text))
    }

    /// The passage that a number names: its first line.
    pub fn passage(&self, line: usize) -> Option<usize> {
        self.passages.binary_search_by_key(&line, |passage| passage.line).ok()
    }

    /// The passage that holds a byte of [`Seed::folded`].
    pub fn passage_at_folded(&self, offset: usize) -> usize {
        self.passages.partition_point(|passage| passage.folded.end <= offset)
    }

    /// How many code points stand before a byte of the text.
    pub fn code_point(&self, byte: usize) -> usize {
        let step = byte / CODE_POINT_STEP;
        let from = crate::text::floor_char_boundary(&self.text, step * CODE_POINT_STEP);
        self.code_points.get(step).copied().unwrap_or(0) + self.text[from..byte].chars().count()
    }

    /// The number of lines.
    pub fn lines(&self) -> usize {
        LineIndex::new(&self.text).lines()
    }
}

fn ends_of_sentences(passage: &str) -> Vec<usize> {
    let mut end = 0;
    let ends = sentences(passage).into_iter().map(|sentence| {
        end += sentence.len();
        end
    });
    ends.collect()
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

fn code_points(text: &str) -> Vec<usize> {
    let mut counts = Vec::with_capacity(text.len() / CODE_POINT_STEP + 1);
    let mut count = 0;
    let mut from = 0;
    for step in 0..=text.len() / CODE_POINT_STEP {
        let at = crate::text::floor_char_boundary(text, step * CODE_POINT_STEP);
        count += text[from..at].chars().count();
        counts.push(count);
        from = at;
    }
    counts
}
