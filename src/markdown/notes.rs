//! Footnotes: numbered by first mention, set at the end of the body.

use std::collections::BTreeMap;

use super::read::Reader;
use super::{Element, Mark, Piece};

/// The footnotes of a body being read.
#[derive(Default)]
pub(super) struct Notes {
    numbers: BTreeMap<String, usize>,
    mentions: BTreeMap<usize, usize>,
    texts: BTreeMap<usize, Vec<Piece>>,
}

impl Notes {
    /// The number of a footnote. Capitals and runs of white space in its label count for nothing, as with the parser.
    fn number(&mut self, label: &str) -> usize {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let next = self.numbers.len() + 1;
        *self.numbers.entry(label).or_insert(next)
    }

    /// The mark of a footnote in the text.
    pub(super) fn mention(&mut self, label: &str) -> Mark {
        let number = self.number(label);
        let mentions = self.mentions.entry(number).or_insert(0);
        *mentions += 1;
        Mark::NoteMark(number, *mentions == 1)
    }
}

impl Reader<'_, '_> {
    /// Reads the footnote whose definition opens at an event.
    pub(super) fn footnote(&mut self, at: usize, label: &str) {
        let number = self.notes.number(label);
        let before = std::mem::take(&mut self.body.pieces);
        let marks = self.body.footnote_marks.len();
        self.depth += 1;
        self.walk(at + 1..self.partners[at]);
        self.depth -= 1;
        self.body.footnote_marks.truncate(marks);
        let text = std::mem::replace(&mut self.body.pieces, before);
        self.notes.texts.entry(number).or_insert(text);
    }

    /// Sets the footnotes at the end of the body.
    pub(super) fn append_notes(&mut self) {
        let texts = std::mem::take(&mut self.notes.texts);
        if texts.is_empty() {
            return;
        }
        self.body.pieces.push(Piece::Section);
        self.mark(Mark::Open(Element::Notes));
        for (number, pieces) in texts {
            let note = Element::Note(number, self.notes.mentions.contains_key(&number));
            self.mark(Mark::Open(note));
            self.body.pieces.extend(pieces);
            self.mark(Mark::Close(note));
        }
        self.mark(Mark::Close(Element::Notes));
    }
}
