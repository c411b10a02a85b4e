//! How each sign is seen in a sentence.

use super::Sign;
use super::lexicon::{Lexicon, Phrase};
use super::names::Names;
use super::words::Word;

/// A sentence with what its signs are looked for by.
pub(super) struct Seen<'a> {
    sentence: &'a str,
    /// In small letters, with straight apostrophes.
    small: String,
    words: &'a [Word<'a>],
    names: &'a Names<'a>,
    lexicon: &'a Lexicon,
}

/// Marks that open a quotation, and those that close it.
const MARKS: &[(char, char)] = &[('«', '»'), ('“', '”'), ('„', '“'), ('"', '"')];

/// A quotation has this many words or more; fewer are a word used with reserve.
const QUOTED_WORDS: usize = 3;

/// A verb stands at most so many words behind the one who acts.
const REACH: usize = 9;

/// The participle stands at most so many words behind its auxiliary.
const PERFECT_REACH: usize = 3;

impl<'a> Seen<'a> {
    /// A sentence and its words, in a text with these names.
    pub(super) fn new(sentence: &'a str, words: &'a [Word<'a>], names: &'a Names<'a>, lexicon: &'a Lexicon) -> Self {
        Self {
            sentence,
            small: sentence.to_lowercase().replace('’', "'"),
            words,
            names,
            lexicon,
        }
    }

    /// Whether the sentence shows a sign.
    pub(super) fn shows(&self, sign: Sign) -> bool {
        match sign {
            Sign::Quotation => self.quotes(),
            Sign::Money => self.words.iter().any(|word| self.is_money(word)),
            Sign::Attribution => self.attributes(),
            Sign::Figure => self.words.iter().any(|word| self.is_figure(word)),
            Sign::Date => self.dates(),
            Sign::Superlative => self.is_superlative(),
            Sign::Actor => self.acts(),
            Sign::Names => self.count_names() >= 2,
            Sign::Definition => self.defines(),
        }
    }

    /// Words between marks. A quotation may begin before the sentence or go on behind it.
    fn quotes(&self) -> bool {
        let enough = |text: &str| {
            text.split_whitespace()
                .filter(|word| word.contains(char::is_alphanumeric))
                .count()
                >= QUOTED_WORDS
        };
        MARKS.iter().any(|(open, close)| {
            let mut rest = self.sentence;
            let ends_here = rest
                .find(*close)
                .filter(|at| rest.find(*open).is_none_or(|open| open > *at));
            if open != close && ends_here.is_some_and(|at| enough(&rest[..at])) {
                return true;
            }
            while let Some((_, after)) = rest.split_once(*open) {
                let (inner, behind) = after.split_once(*close).unwrap_or((after, ""));
                if enough(inner) {
                    return true;
                }
                rest = behind;
            }
            false
        })
    }

    fn is_money(&self, word: &Word<'_>) -> bool {
        let compound = word
            .small
            .split_once('-')
            .is_some_and(|(_, after)| self.lexicon.money.has(after));
        compound || self.lexicon.money.has(&word.small) || matches!(&*word.text, "€" | "$" | "£")
    }

    fn attributes(&self) -> bool {
        // `on se dit` says nothing.
        let says =
            |at: usize| self.lexicon.saying.has(&self.words[at].small) && !(at > 0 && self.words[at - 1].small == "se");
        (0..self.words.len()).any(says)
            || self
                .lexicon
                .according
                .iter()
                .any(|phrase| has_phrase(&self.small, phrase))
    }

    fn is_figure(&self, word: &Word<'_>) -> bool {
        self.lexicon.numbers.has(&word.small) || word.text == "%" || is_number(&word.text) && !is_year(&word.text)
    }

    fn dates(&self) -> bool {
        let words = self.words;
        let dated = |at: usize| {
            let word = &words[at];
            let beside = [at.checked_sub(1), Some(at + 1)]
                .into_iter()
                .flatten()
                .filter_map(|at| words.get(at));
            let month = self.lexicon.months.has(&word.small) && beside.into_iter().any(|word| is_number(&word.text));
            month || is_year(&word.text) || self.lexicon.days.has(&word.small)
        };
        (0..words.len()).any(dated) || self.lexicon.when.iter().any(|phrase| has_phrase(&self.small, phrase))
    }

    fn is_superlative(&self) -> bool {
        let words = self.words;
        (0..words.len()).any(|at| {
            let before = at.checked_sub(1).map_or("", |at| &*words[at].small);
            // `non seulement` is another word; `non seul` and `not only` only add.
            let alone = self.lexicon.highest.has(&words[at].small) && !matches!(before, "non" | "not");
            alone || self.lexicon.more.has(&words[at].small) && self.lexicon.articles.has(before)
        })
    }

    /// A name and a verb behind it, or a name in a sentence that tells what has been done.
    fn acts(&self) -> bool {
        let words = self.words;
        let named = |at: &usize| self.names.is_name(words, *at);
        let subject = |at: &usize| *at == 0 || !self.lexicon.before_objects.has(&words[at - 1].small);
        let mut subjects = (0..words.len()).filter(named).filter(subject);
        let has_name = (0..words.len()).any(|at| named(&at));
        subjects.any(|at| self.verb_follows(at)) || has_name && self.tells_what_was_done()
    }

    /// Whether a verb follows within reach. What stands in brackets is passed over.
    fn verb_follows(&self, at: usize) -> bool {
        let mut depth = 0usize;
        let mut reach = 0;
        for word in &self.words[at + 1..] {
            match &*word.text {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                ";" | ":" | "?" | "!" => return false,
                _ if self.lexicon.possible.has(&word.small) => return false,
                _ if self.is_verb(word) => return true,
                _ => reach += 1,
            }
            if reach >= REACH {
                return false;
            }
        }
        false
    }

    fn is_verb(&self, word: &Word<'_>) -> bool {
        let lexicon = self.lexicon;
        let past = lexicon.endings == ["ed"] && word.small.len() > 4 && word.small.ends_with("ed");
        lexicon.acts.has(&word.small)
            || lexicon.saying.has(&word.small)
            || past
            || lexicon.endings == ["ed"] && lexicon.irregular.has(&word.small)
    }

    /// An auxiliary with its participle: `a porté`, `s'est répandu`, `has opened`.
    fn tells_what_was_done(&self) -> bool {
        let words = self.words;
        (0..words.len()).any(|at| {
            let elided = at > 0
                && words[at - 1].small == "s'"
                && matches!(&*words[at].small, "est" | "était" | "sont" | "étaient");
            let auxiliary = elided || self.lexicon.perfect.has(&words[at].small);
            auxiliary
                && words[at + 1..]
                    .iter()
                    .take(PERFECT_REACH)
                    .any(|word| self.is_participle(word))
        })
    }

    fn is_participle(&self, word: &Word<'_>) -> bool {
        let small = &*word.small;
        let regular = small.chars().count() > 3 && self.lexicon.endings.iter().any(|ending| small.ends_with(ending));
        regular || self.lexicon.irregular.has(small)
    }

    fn count_names(&self) -> usize {
        let words = self.words;
        let names = (0..words.len())
            .filter(|at| self.names.begins(words, *at))
            .map(|at| words[at].bare());
        names.collect::<std::collections::BTreeSet<_>>().len()
    }

    fn defines(&self) -> bool {
        let means = self.words.iter().any(|word| self.lexicon.means.has(&word.small));
        let which = self.words.iter().any(|word| self.lexicon.which.has(&word.small));
        means || which && self.lexicon.is.iter().any(|phrase| has_phrase(&self.small, phrase))
    }
}

/// Whether a phrase stands in a text as whole words.
fn has_phrase(text: &str, phrase: &Phrase) -> bool {
    phrase.places(text).any(|(before, after)| {
        let before = before.chars().next_back();
        let after = after.chars().next();
        before.is_none_or(|c| !c.is_alphanumeric()) && (phrase.open || after.is_none_or(|c| !c.is_alphanumeric()))
    })
}

/// A figure, with its marks for thousands and decimals, or an ordinal: `1,5`, `1er`, `3rd`. `G42` is a name.
fn is_number(word: &str) -> bool {
    let digits = word.len()
        - word
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
            .len();
    word.starts_with(|c: char| c.is_ascii_digit())
        && matches!(&word[digits..], "" | "er" | "e" | "th" | "st" | "nd" | "rd")
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && ("1800"..="2099").contains(&word)
}
