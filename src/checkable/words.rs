//! A sentence as its words and marks.

use std::borrow::Cow;

/// A word, a figure, or a single mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// As it stands, typographic apostrophes made straight; an elided word keeps its apostrophe: `l'`.
    pub(super) text: Cow<'a, str>,
    /// In small letters.
    pub(super) small: Cow<'a, str>,
    /// Whether it may be a name: with a capital, and longer than the abbreviations that every text on a subject is full of.
    pub(super) capital: bool,
}

impl<'a> Word<'a> {
    fn new(text: Cow<'a, str>) -> Self {
        let small = if text.chars().all(is_small) {
            text.clone()
        } else {
            text.to_lowercase().into()
        };
        let capital = is_capital(bare(&text));
        Self { text, small, capital }
    }

    /// A word that ends with an apostrophe.
    fn elided(text: &'a str) -> Self {
        let straight = text.strip_suffix('’').map(|bare| format!("{bare}'"));
        Self::new(straight.map_or(text.into(), Into::into))
    }

    /// The word without the apostrophe at its end.
    pub(super) fn bare(&self) -> &str {
        bare(&self.text)
    }

    /// Whether it is a word or a figure rather than a mark.
    pub(super) fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphanumeric)
    }
}

/// A word without the apostrophe at its end.
fn bare(word: &str) -> &str {
    word.trim_end_matches('\'')
}

/// Whether a bare word may be a name.
fn is_capital(bare: &str) -> bool {
    let initials = bare.chars().nth(2).is_none() && bare.chars().all(char::is_uppercase);
    bare.starts_with(char::is_uppercase) && !initials || starts_small(bare)
}

/// Whether a character is the same in small letters.
fn is_small(c: char) -> bool {
    if c.is_ascii() {
        !c.is_ascii_uppercase()
    } else {
        c.to_lowercase().eq([c])
    }
}

/// Names that begin with a small letter have a capital second: `xAI`, `iPhone`.
fn starts_small(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_lowercase) && chars.next().is_some_and(char::is_uppercase)
}

/// Cuts a sentence. Letters and figures that hyphens, points or commas join are one word: `GPT-4`, `1.5`, `start-up`.
pub(super) fn cut(sentence: &str) -> Vec<Word<'_>> {
    let mut words = Vec::with_capacity(sentence.len() / 4);
    // Where the word began that is being read.
    let mut open = None;
    let mut chars = sentence.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next_goes_on = chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        match (c, open) {
            (c, None) if c.is_alphanumeric() => open = Some(at),
            (c, Some(_)) if c.is_alphanumeric() => {}
            ('-' | '‑' | '.' | ',', Some(_)) if next_goes_on => {}
            ('\'' | '’', Some(start)) => {
                words.push(Word::elided(&sentence[start..end]));
                open = None;
            }
            (c, _) => {
                if let Some(start) = open.take() {
                    words.push(Word::new(sentence[start..at].into()));
                }
                if !c.is_whitespace() {
                    words.push(Word::new(sentence[at..end].into()));
                }
            }
        }
    }
    if let Some(start) = open {
        words.push(Word::new(sentence[start..].into()));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_figures_and_marks() {
        let cut = cut("L’IA de GPT-4 : 1,5 %, dit-on (xAI).");
        let words: Vec<&str> = cut.iter().map(|word| &*word.text).collect();
        assert_eq!(
            words,
            [
                "L'", "IA", "de", "GPT-4", ":", "1,5", "%", ",", "dit-on", "(", "xAI", ")", "."
            ]
        );
    }

    #[test]
    fn names_have_capitals() {
        for (word, name) in [
            ("Microsoft", true),
            ("AWS", true),
            ("xAI", true),
            ("IA", false),
            ("modèle", false),
            ("2023", false),
        ] {
            assert_eq!(Word::new(word.into()).capital, name, "{word}");
        }
    }
}
