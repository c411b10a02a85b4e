//! Names: what a text writes with a capital where no sentence begins.

use std::collections::BTreeSet;

use super::words::Word;

/// The words that are names in a text.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    known: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    /// Gathers the names of a text's sentences.
    pub(super) fn of(sentences: impl Iterator<Item = &'a [Word<'a>]>) -> Self {
        let mut known = BTreeSet::new();
        for words in sentences {
            let later = words.iter().skip(first(words) + 1).filter(|word| word.capital);
            known.extend(later.map(Word::bare));
        }
        Self { known }
    }

    /// Whether the word at an index of a sentence is a name, or the beginning of one.
    pub(super) fn is_name(&self, words: &[Word<'_>], at: usize) -> bool {
        let word = &words[at];
        word.capital && (at > first(words) || self.known.contains(word.bare()))
    }

    /// Whether the word at an index begins a name: the one before it is none.
    pub(super) fn begins(&self, words: &[Word<'_>], at: usize) -> bool {
        self.is_name(words, at) && !(at > 0 && self.is_name(words, at - 1))
    }
}

/// Index of the first word of a sentence, which has a capital whatever it is. An elided word has it in its place.
fn first(words: &[Word<'_>]) -> usize {
    words.iter().position(Word::is_word).unwrap_or(0)
}
