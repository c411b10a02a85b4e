//! A body as text without markup: quotation blocks left out, white space single.

use super::{Body, Piece};

impl Body {
    /// The text of each paragraph, heading and entry of a list without markup, quotation blocks left out, white space single.
    pub fn blocks(&self) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut block = SingleSpaced::default();
        for piece in &self.pieces {
            match piece {
                Piece::Text(words) | Piece::Plain(words) | Piece::Quoted(_, words) => block.push(words),
                Piece::Mark(mark) if mark.ends_block() => blocks.push(std::mem::take(&mut block).text),
                Piece::Quotation(_) => blocks.push(std::mem::take(&mut block).text),
                Piece::Citation(_) => block.take_gap(),
                _ => {}
            }
        }
        blocks.push(block.text);
        blocks.retain(|block| !block.is_empty());
        blocks
    }

    /// The text of the body without markup, quotation blocks left out, white space single.
    pub fn plain_text(&self) -> String {
        self.beginning(usize::MAX)
    }

    /// The beginning of [`Body::plain_text`]: at least so many code points, where the body has them.
    pub fn beginning(&self, code_points: usize) -> String {
        let mut text = SingleSpaced::default();
        let mut pieces = self.pieces.iter();
        // No text has more code points than bytes.
        while text.text.len() <= code_points || text.text.chars().count() <= code_points {
            match pieces.next() {
                Some(Piece::Text(words) | Piece::Plain(words) | Piece::Quoted(_, words)) => text.push(words),
                Some(Piece::Mark(mark)) if mark.ends_block() => text.space = true,
                Some(Piece::Quotation(_)) => text.space = true,
                Some(Piece::Citation(_)) => text.take_gap(),
                Some(_) => {}
                None => break,
            }
        }
        text.text
    }
}

/// A text that grows with one space for each run of white space, and none at its ends. No-break spaces are part of a word's setting: `Qui ?` must not be
/// torn apart.
#[derive(Debug, Default)]
struct SingleSpaced {
    text: String,
    /// Whether white space stands before what comes next.
    space: bool,
}

impl SingleSpaced {
    fn push(&mut self, words: &str) {
        self.text.reserve(words.len() + 1);
        let (mut from, mut at) = (0, 0);
        while let Some(next) = words[at..].chars().next() {
            let after = at + next.len_utf8();
            // A single space between two words stays.
            let stays = next == ' ' && at > from && words.as_bytes().get(after).is_some_and(u8::is_ascii_graphic);
            if breaks(next) && !stays {
                self.push_word(&words[from..at]);
                self.space = true;
                from = after;
            }
            at = after;
        }
        self.push_word(&words[from..]);
    }

    fn push_word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if self.space && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.space = false;
        self.text.push_str(word);
    }

    /// Takes the space away that stands before what is left out: a sign may follow.
    fn take_gap(&mut self) {
        self.space = false;
        self.text.truncate(self.text.trim_end().len());
    }
}

/// Whether words may be torn apart at a character.
fn breaks(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// What it does with runs of plain words, said once more word by word.
        #[test]
        fn white_space_is_single(parts in prop::collection::vec(prop::sample::select(vec![
            "a", "é", "b.", " ", " ", "  ", "\n", "\u{a0}", "\u{202f}", "\u{2003}", "\u{85}", "\t", "’",
        ]), 0..14)) {
            let whole = parts.concat();
            let words: Vec<&str> = whole.split(breaks).filter(|word| !word.is_empty()).collect();
            let mut at_once = SingleSpaced::default();
            at_once.push(&whole);
            prop_assert_eq!(at_once.text, words.join(" "));
            let mut in_parts = SingleSpaced::default();
            parts.iter().for_each(|part| in_parts.push(part));
            prop_assert_eq!(in_parts.text, words.join(" "));
        }
    }
}
