//! The pieces of a text: a line that is not empty, or, in a text with hard line breaks, a run of them. They are the passages of the seed to come.

use crate::foreign::{Block, Shape};
use crate::text::LineIndex;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its first line, from 1.
    pub(super) first: usize,
    /// Its last line.
    pub(super) last: usize,
    /// Its words.
    pub(super) text: String,
    /// What markup says of it.
    pub(super) shape: Shape,
}

/// Cuts a text into its pieces; true where it has hard line breaks.
pub(super) fn of_text(text: &str) -> (Vec<Piece>, bool) {
    let index = LineIndex::new(text);
    let lines: Vec<&str> = (1..=index.lines())
        .filter_map(|line| Some(&text[index.line_span(line)?]))
        .map(clean)
        .collect();
    let wrapped = is_wrapped(&lines);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut goes_on = false;
    for (at, line) in lines.iter().enumerate() {
        if line.is_empty() {
            goes_on = false;
            continue;
        }
        match pieces.last_mut() {
            Some(piece) if goes_on => {
                piece.last = at + 1;
                piece.text.push(' ');
                piece.text.push_str(line);
            }
            _ => pieces.push(Piece {
                first: at + 1,
                last: at + 1,
                text: (*line).to_owned(),
                shape: if line.starts_with('#') {
                    Shape::Heading
                } else {
                    Shape::Plain
                },
            }),
        }
        goes_on = wrapped;
    }
    (pieces, wrapped)
}

/// A line without white space and invisible marks around it.
fn clean(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}

/// Lines of a text with hard breaks are this long, in code points: what people and programs wrap at.
const WRAPPED: std::ops::RangeInclusive<usize> = 45..=100;

/// Whether a text has hard line breaks: of the lines that another follows at once, most are of that length and do not end a sentence.
fn is_wrapped(lines: &[&str]) -> bool {
    let mut followed = 0;
    let mut broken = 0;
    for pair in lines
        .windows(2)
        .filter(|pair| !pair[0].is_empty() && !pair[1].is_empty())
    {
        followed += 1;
        let length = pair[0].chars().count();
        broken += usize::from(WRAPPED.contains(&length) && !pair[0].ends_with(['.', '!', '?', '…', '»', '”', ':']));
    }
    followed >= 4 && broken * 10 >= followed * 6
}

/// The seed's text and its pieces, of blocks that each get a line.
pub(super) fn of_blocks(blocks: &[Block]) -> (String, Vec<Piece>) {
    let mut seed = String::new();
    let mut pieces = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            seed.push('\n');
        }
        seed.push_str(&block.text);
        seed.push('\n');
        pieces.push(Piece {
            first: 2 * at + 1,
            last: 2 * at + 1,
            text: block.text.clone(),
            shape: block.shape,
        });
    }
    (seed, pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> (Vec<(usize, usize)>, bool) {
        let (pieces, wrapped) = of_text(text);
        (pieces.iter().map(|piece| (piece.first, piece.last)).collect(), wrapped)
    }

    #[test]
    fn a_line_is_a_piece() {
        assert_eq!(
            cut("\u{feff}a\r\n\r\n \u{a0}\nb\nc"),
            (vec![(1, 1), (4, 4), (5, 5)], false)
        );
        assert_eq!(cut(""), (vec![], false));
    }

    #[test]
    fn hard_line_breaks_are_seen() {
        let line = "Twelve words of a line that some program has broken at its right";
        let text = format!("Title\n\n{line}\n{line}\n{line}.\n\n{line}\n{line}\n{line}\nthe end.\n");
        assert_eq!(cut(&text), (vec![(1, 1), (3, 5), (7, 10)], true));
    }

    #[test]
    fn a_list_of_short_lines_has_no_hard_breaks() {
        assert!(!cut("One\nTwo\nThree\nFour\nFive\nSix\n").1);
    }

    #[test]
    fn the_seed_of_blocks_has_them_where_the_pieces_say() {
        let block = |text: &str| Block {
            text: text.to_owned(),
            shape: Shape::Plain,
        };
        let (seed, pieces) = of_blocks(&[block("a"), block("b")]);
        assert_eq!(seed, "a\n\nb\n");
        for piece in pieces {
            assert_eq!(seed.lines().nth(piece.first - 1), Some(&*piece.text));
        }
    }
}
