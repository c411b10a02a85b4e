//! A sentence as its words and marks.

/// A word, a figure, or a single mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As it stands, typographic apostrophes made straight; an elided word keeps its apostrophe: `l'`.
    pub(super) text: String,
    /// In small letters.
    pub(super) small: String,
}

impl Word {
    fn new(text: String) -> Self {
        Self {
            small: text.to_lowercase(),
            text,
        }
    }

    /// The word without the apostrophe at its end.
    pub(super) fn bare(&self) -> &str {
        self.text.trim_end_matches('\'')
    }

    /// Whether it is a word or a figure rather than a mark.
    pub(super) fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphanumeric)
    }

    /// Whether it may be a name: with a capital, and longer than the abbreviations that every text on a subject is full of.
    pub(super) fn is_capital(&self) -> bool {
        let bare = self.bare();
        let initials = bare.chars().count() <= 2 && bare.chars().all(char::is_uppercase);
        bare.starts_with(char::is_uppercase) && !initials || starts_small(bare)
    }
}

/// Names that begin with a small letter have a capital second: `xAI`, `iPhone`.
fn starts_small(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_lowercase) && chars.next().is_some_and(char::is_uppercase)
}

/// Cuts a sentence. Letters and figures that hyphens, points or commas join are one word: `GPT-4`, `1.5`, `start-up`.
pub(super) fn cut(sentence: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut open = String::new();
    let mut chars = sentence.chars().peekable();
    while let Some(c) = chars.next() {
        let next_goes_on = chars.peek().is_some_and(|next| next.is_alphanumeric());
        match c {
            c if c.is_alphanumeric() => open.push(c),
            '-' | '‑' | '.' | ',' if !open.is_empty() && next_goes_on => open.push(c),
            '\'' | '’' if !open.is_empty() => {
                open.push('\'');
                words.push(Word::new(std::mem::take(&mut open)));
            }
            c => {
                if !open.is_empty() {
                    words.push(Word::new(std::mem::take(&mut open)));
                }
                if !c.is_whitespace() {
                    words.push(Word::new(c.to_string()));
                }
            }
        }
    }
    if !open.is_empty() {
        words.push(Word::new(open));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_figures_and_marks() {
        let cut = cut("L’IA de GPT-4 : 1,5 %, dit-on (xAI).");
        let words: Vec<&str> = cut.iter().map(|word| word.text.as_str()).collect();
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
            assert_eq!(Word::new(word.to_owned()).is_capital(), name, "{word}");
        }
    }
}
