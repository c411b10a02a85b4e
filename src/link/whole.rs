//! Which places of a text are whole words, and can be mentions of a term.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use crate::lang::ends_with_elision;
use crate::text::{is_combining, is_unspaced};

/// A text with letters and their combining marks in one, and where each of its bytes comes from.
pub(super) struct Composed {
    /// The composed text.
    pub(super) text: String,
    /// For each byte, and for the end, the byte of the raw text at which its letter begins.
    from: Vec<usize>,
}

impl Composed {
    /// `None` where the text has no combining marks of Latin, as nearly all texts.
    pub(super) fn new(text: &str) -> Option<Self> {
        // U+0300 to U+036F.
        memchr::memchr2(0xcc, 0xcd, text.as_bytes())?;
        let (mut composed, mut from, mut start) = (String::with_capacity(text.len()), Vec::new(), 0);
        let ends = text.char_indices().filter(|(_, c)| !crate::text::is_combining(*c));
        for end in ends.map(|(at, _)| at).skip(1).chain([text.len()]) {
            composed.extend(text[start..end].nfc());
            from.resize(composed.len(), start);
            start = end;
        }
        from.push(text.len());
        Some(Self { text: composed, from })
    }

    /// Where a range stands in the raw text.
    pub(super) fn raw(&self, range: &Range<usize>) -> Range<usize> {
        self.from[range.start]..self.from[range.end]
    }
}

/// Whether a range of a text lies in an address that is written out: `https://grok.com/`.
pub(super) fn in_address(text: &str, range: &Range<usize>) -> bool {
    let start = text[..range.start]
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[range.end..]
        .find(char::is_whitespace)
        .map_or(text.len(), |length| range.end + length);
    let (before, whole) = (&text[start..range.start], &text[start..end]);
    let after_host = ["://", "www.", "@"].iter().any(|mark| before.contains(mark));
    let mailbox = whole[before.len()..].contains('@') && whole.contains('.');
    after_host || mailbox
}

/// Whether a range of a text is made of whole words; an elided French word may stand before it.
pub(super) fn is_word(text: &str, range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    let after = &text[range.end..];
    let begins = match before.chars().next_back() {
        Some('\'' | '’') => {
            ends_with_elision(before) || !before.trim_end_matches(['\'', '’']).ends_with(char::is_alphanumeric)
        }
        Some('-' | '‐' | '‑') => !before
            .trim_end_matches(['-', '‐', '‑'])
            .ends_with(char::is_alphanumeric),
        Some(c) => is_apart(c),
        None => true,
    };
    let mut following = after.chars();
    let ends = match following.next() {
        Some('-' | '‐' | '‑') => !following.next().is_some_and(char::is_alphanumeric),
        Some(c) => is_apart(c) && !is_combining(c),
        None => true,
    };
    begins && ends
}

/// Whether a character belongs to no word beside it; in a script without spaces none does.
fn is_apart(c: char) -> bool {
    !c.is_alphanumeric() && c != '_' || is_unspaced(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_past_an_elision() {
        for (text, word, whole) in [
            ("l’open source", "open source", true),
            ("d'OpenAI", "OpenAI", true),
            ("reopen source", "open source", false),
            ("open sources", "open source", false),
            ("aujourd’hui", "hui", false),
            ("Grok’s answer", "Grok", true),
            ("Grok-1", "Grok", false),
            ("(Grok)", "Grok", true),
            ("‘Grok’", "Grok", true),
            ("_Grok_", "Grok", false),
            ("人工智能正在改变", "人工智能", true),
            ("人工智能AI在", "AI", true),
        ] {
            let start = text.find(word).expect("the word is in the text");
            assert_eq!(is_word(text, &(start..start + word.len())), whole, "{text}");
        }
    }
}
