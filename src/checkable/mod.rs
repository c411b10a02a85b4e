//! Which sentences state something that can be checked, and by what signs one sees it. docs/coverage.md has the rules in words.
//!
//! The rules are deliberately plain, and the same for every source. They decide what is worth an editor's look, never a verdict.

mod lexicon;
mod names;
mod signs;
mod words;

use serde::Serialize;

use crate::lang::Lang;
use crate::source::{Passage, Seed};
use crate::text::Span;

use lexicon::Lexicon;
use names::Names;
use words::Word;

/// What shows that a sentence can be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sign {
    /// It quotes somebody, in three words or more.
    Quotation,
    /// It has a sum of money.
    Money,
    /// It says who said something.
    Attribution,
    /// It has a number.
    Figure,
    /// It says when.
    Date,
    /// It puts something above or before all others.
    Superlative,
    /// Somebody with a name does something, or did it.
    Actor,
    /// It has two names or more, so says what they have to do with each other.
    Names,
    /// It says what something is.
    Definition,
}

impl Sign {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 9] = [
        Self::Quotation,
        Self::Money,
        Self::Attribution,
        Self::Figure,
        Self::Date,
        Self::Superlative,
        Self::Actor,
        Self::Names,
        Self::Definition,
    ];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quotation => "quotation",
            Self::Money => "money",
            Self::Attribution => "attribution",
            Self::Figure => "figure",
            Self::Date => "date",
            Self::Superlative => "superlative",
            Self::Actor => "actor",
            Self::Names => "names",
            Self::Definition => "definition",
        }
    }

    /// How much it counts. Words between quotation marks and sums can be looked up as they stand.
    fn points(self) -> i32 {
        match self {
            Self::Quotation | Self::Money => 3,
            _ => 2,
        }
    }
}

/// A question asks, and does not state; so many points less.
const QUESTION: i32 = 2;

/// What may be or should be cannot be checked yet; so many points less.
const POSSIBILITY: i32 = 1;

/// From so many points on a sentence is worth a look.
const ENOUGH: i32 = 2;

/// A sentence of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Index of its passage in [`Seed::passages`].
    pub passage: usize,
    /// Its bytes in the seed, white space around it left out.
    pub span: Span,
    /// Its signs, in order.
    pub signs: Vec<Sign>,
    /// How checkable it is; higher is more.
    pub points: i32,
}

impl Sentence {
    /// Whether it is worth an editor's look.
    pub fn is_checkable(&self) -> bool {
        self.points >= ENOUGH
    }
}

/// The sentences of the article proper.
pub fn of_seed(seed: &Seed, lang: &Lang) -> Vec<Sentence> {
    let lexicon = Lexicon::of(lang);
    let body = seed.passages.iter().enumerate().filter(|(_, passage)| passage.in_body);
    let spans = body.flat_map(|(at, passage)| pieces(&seed.text, passage).into_iter().map(move |span| (at, span)));
    let cut: Vec<(usize, Span, Vec<Word<'_>>)> = spans
        .map(|(passage, span)| {
            let words = words::cut(&seed.text[span.clone()]);
            (passage, span, words)
        })
        .collect();
    let names = Names::of(cut.iter().map(|(_, _, words)| &words[..]));
    let judged = cut.iter().map(|(passage, span, words)| {
        let (signs, points) = judge(&seed.text[span.clone()], words, &names, lexicon);
        Sentence {
            passage: *passage,
            span: span.clone(),
            signs,
            points,
        }
    });
    judged.collect()
}

/// The sentences of a passage, without the white space around them.
fn pieces(text: &str, passage: &Passage) -> Vec<Span> {
    let trimmed = passage.sentences().map(|span| {
        let sentence = &text[span.clone()];
        let end = span.start + sentence.trim_end().len();
        span.end - sentence.trim_start().len()..end
    });
    trimmed.filter(|span| span.start < span.end).collect()
}

fn judge(sentence: &str, words: &[Word<'_>], names: &Names<'_>, lexicon: &Lexicon) -> (Vec<Sign>, i32) {
    let seen = signs::Seen::new(sentence, words, names, lexicon);
    let signs: Vec<Sign> = Sign::ALL.into_iter().filter(|sign| seen.shows(*sign)).collect();
    let mut points: i32 = signs.iter().map(|sign| sign.points()).sum();
    if sentence.ends_with('?') {
        points -= QUESTION;
    }
    if words.iter().any(|word| lexicon.possible.has(&word.small)) {
        points -= POSSIBILITY;
    }
    (signs, points)
}

#[cfg(test)]
mod tests;
