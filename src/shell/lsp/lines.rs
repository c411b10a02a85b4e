//! Places as editors count them (Language Server Protocol 3.17, "Position"): lines and characters from 0, in code units of an agreed encoding.

use gen_lsp_types::{Position, Range};

use crate::text::{Span, floor_char_boundary};

/// In what characters are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// What every client understands.
    #[default]
    Utf16,
}

impl Encoding {
    fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
        }
    }
}

/// A text whose lines were counted.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    /// Where each line starts. Lines end at `\n`, `\r\n` and `\r`. A byte order mark, which editors do not show, belongs to no line.
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let mark = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
            .map(|at| at + 1);
        Self {
            text,
            starts: std::iter::once(mark).chain(ends).collect(),
            encoding,
        }
    }

    /// The position of a byte.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = floor_char_boundary(self.text, offset);
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts[line].min(offset);
        let character = self.encoding.length(&self.text[start..offset]);
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position::new(small(line), small(character))
    }

    /// The range of a span.
    pub(super) fn range(&self, span: &Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end.max(span.start)))
    }

    /// The byte at a position; what lies beyond the end of a line or of the text is the end, and within a character its beginning.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(start) = self.starts.get(line).copied() else {
            return self.text.len();
        };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let line = self.text[start..end].trim_end_matches(['\n', '\r']);
        let wanted = usize::try_from(position.character).unwrap_or(usize::MAX);
        let mut counted = 0;
        for (at, c) in line.char_indices() {
            counted += self.encoding.length(c.encode_utf8(&mut [0; 4]));
            if counted > wanted {
                return start + at;
            }
        }
        start + line.len()
    }

    /// The bytes of a range.
    pub(super) fn span(&self, range: Range) -> Span {
        let start = self.offset(range.start);
        start..self.offset(range.end).max(start)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, encoding: Encoding, offset: usize, line: u32, character: u32) {
        let lines = Lines::new(text, encoding);
        assert_eq!(lines.position(offset), Position::new(line, character), "{text:?}");
        assert_eq!(lines.offset(Position::new(line, character)), offset, "{text:?}");
    }

    #[test]
    fn characters_are_counted_in_code_units() {
        let text = "é😀x\r\na\rb\n";
        check(text, Encoding::Utf16, 2, 0, 1);
        check(text, Encoding::Utf16, 6, 0, 3);
        check(text, Encoding::Utf8, 6, 0, 6);
        check(text, Encoding::Utf16, 9, 1, 0);
        check(text, Encoding::Utf16, 11, 2, 0);
        check(text, Encoding::Utf16, 13, 3, 0);
        check("\u{feff}a", Encoding::Utf16, 3, 0, 0);
        check("", Encoding::Utf8, 0, 0, 0);
    }

    #[test]
    fn what_is_not_there_is_the_nearest_end() {
        let lines = Lines::new("😀x\r\nab", Encoding::Utf16);
        assert_eq!(lines.offset(Position::new(0, 1)), 0, "within a character");
        assert_eq!(lines.offset(Position::new(0, 99)), 5, "before the line's end");
        assert_eq!(lines.offset(Position::new(1, u32::MAX)), 9);
        assert_eq!(lines.offset(Position::new(u32::MAX, u32::MAX)), 9);
        let backwards = Range::new(Position::new(1, 1), Position::new(0, 0));
        assert_eq!(lines.span(backwards), 8..8);
    }

    proptest! {
        #[test]
        fn a_position_leads_back_to_its_byte(text in "[a\u{e9}\u{1F600}\r\n\u{feff}]{0,12}", pick in any::<prop::sample::Index>(), bytes in any::<bool>()) {
            let encoding = if bytes { Encoding::Utf8 } else { Encoding::Utf16 };
            let lines = Lines::new(&text, encoding);
            let at = floor_char_boundary(&text, pick.index(text.len() + 1));
            // Between `\r` and `\n`, and within a byte order mark at the beginning, there is no place.
            let nowhere = text[..at].ends_with('\r') && text[at..].starts_with('\n') || at == 0 && text.starts_with('\u{feff}');
            if !nowhere {
                prop_assert_eq!(lines.offset(lines.position(at)), at);
            }
        }
    }
}
