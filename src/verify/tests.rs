//! Verification against the contract (§2, §3): random sources and quotations through the real Markdown reader, held against a slow oracle.
//!
//! A source is made of tokens, and a quotation is a run of the same tokens set in another style. What must verify is therefore known by
//! construction; what must not is known from [`plain`], a folding that shares no code with `fold`.

mod properties;
mod tables;

use std::sync::Arc;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::{Outcome, Verified, drops_limiter, verify};
use crate::lang::Lang;
use crate::markdown::{Anchors, Paragraph, Quotation, Role, Setting, read};
use crate::source::Seed;

// ---------------------------------------------------------------------------------------------------------------------
// Tokens and how they are set.

/// A piece of text that style does not change.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A word; `'` and `-` in it stand for any apostrophe and any dash.
    Word(String),
    /// A sign, and whether a space stands before it.
    Sign(char, bool),
    /// An opening quotation mark.
    Open,
    /// A closing quotation mark.
    Close,
    /// A dash between two spaces.
    Dash,
    /// An ellipsis behind a word.
    Ellipsis,
}

/// A small generator of styles (SplitMix64), so that tokens shrink and styles do not matter.
#[derive(Debug, Clone)]
struct Style(u64);

impl Style {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap_or(0)
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// Where tokens are set: what a space may be, and whether signs of Markdown are escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Medium {
    /// A line of a seed.
    Line,
    /// A block of a hard-wrapped seed.
    Block,
    /// A paragraph of a quoted block.
    Quote,
    /// Running text.
    Inline,
}

const SPACES: &[&str] = &[" ", " ", " ", "\u{a0}", "\u{202f}", "  ", " \u{a0}"];
const INVISIBLE: &[&str] = &["\u{ad}", "\u{200b}", "\u{200d}", "\u{feff}"];

impl Medium {
    fn space(self, style: &mut Style) -> &'static str {
        match self {
            Self::Line if style.one_in(8) => "\t",
            Self::Block if style.one_in(3) => style.pick(&["\n", "\r\n", " \n  "]),
            Self::Quote if style.one_in(6) => "\n> ",
            _ => style.pick(SPACES),
        }
    }

    fn escapes(self) -> bool {
        matches!(self, Self::Quote | Self::Inline)
    }
}

/// Sets tokens, and gives the bytes of each.
fn set(tokens: &[Token], medium: Medium, style: &mut Style) -> (String, Vec<std::ops::Range<usize>>) {
    let mut out = String::new();
    let mut places = Vec::new();
    let mut before: Option<&Token> = None;
    let mut pair = 0;
    for token in tokens {
        let inside = matches!(before, Some(Token::Open)) || matches!(token, Token::Close);
        let spaced = match token {
            Token::Word(_) | Token::Open | Token::Dash => true,
            Token::Sign(_, spaced) => *spaced,
            Token::Close | Token::Ellipsis => false,
        };
        if before.is_some() && inside {
            out.push_str(style.pick(&["", "", " ", "\u{a0}", "\u{202f}"]));
        } else if before.is_some() && spaced {
            out.push_str(medium.space(style));
        }
        let start = out.len();
        match token {
            Token::Word(word) => set_word(word, medium, style, &mut out),
            Token::Sign(sign, _) => {
                if medium.escapes() {
                    out.push('\\');
                }
                out.push(*sign);
            }
            Token::Open => {
                pair = style.below(4);
                out.push_str(["«", "“", "„", "\""][pair]);
            }
            Token::Close => out.push_str(["»", "”", "“", "\""][pair]),
            Token::Dash => out.push_str(match medium.escapes() {
                true => style.pick(&["\\-", "‑", "–", "—"]),
                false => style.pick(&["-", "‑", "–", "—"]),
            }),
            Token::Ellipsis => out.push_str(style.pick(&["…", "..."])),
        }
        places.push(start..out.len());
        before = Some(token);
    }
    (out, places)
}

fn set_word(word: &str, medium: Medium, style: &mut Style, out: &mut String) {
    // Emphasis, links and note marks do not count as text.
    let (left, right) = match style.below(16) {
        0 if medium.escapes() => ("**", "**"),
        1 if medium.escapes() => ("[", "](https://example.org/)"),
        2 if medium == Medium::Quote => ("", "[^note]"),
        _ => ("", ""),
    };
    out.push_str(left);
    let decomposed = style.one_in(4);
    for (at, c) in word.chars().enumerate() {
        if at > 0 && style.one_in(40) {
            out.push_str(style.pick(INVISIBLE));
        }
        match c {
            '\'' => out.push_str(style.pick(&["'", "’", "ʼ", "‘"])),
            '-' => out.push_str(style.pick(&["-", "‑", "–", "‐"])),
            c if decomposed => out.extend(c.nfd()),
            c => out.push(c),
        }
    }
    out.push_str(right);
}

// ---------------------------------------------------------------------------------------------------------------------
// The oracle: slow, and plain to see.

/// What §3 folds, folded; white space beside a quotation mark is dropped on both its sides, so that `plain` forgives a little more.
fn plain(text: &str) -> String {
    let mut signs = String::new();
    for c in text.nfc() {
        match c {
            '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            '\'' | '’' | 'ʼ' | '‘' => signs.push('\''),
            '«' | '»' | '“' | '”' | '„' | '"' => signs.push('"'),
            '-' | '‐' | '‑' | '–' | '—' => signs.push('-'),
            '…' => signs.push_str("..."),
            c if c.is_whitespace() => signs.push(' '),
            c => signs.push(c),
        }
    }
    let words: Vec<&str> = signs.split(' ').filter(|word| !word.is_empty()).collect();
    let mut folded = words.join(" ");
    while folded.contains("\" ") || folded.contains(" \"") {
        folded = folded.replace("\" ", "\"").replace(" \"", "\"");
    }
    folded
}

/// The places of a folded text in another, overlapping ones too.
fn places(words: &str, text: &str) -> Vec<usize> {
    (0..=text.len())
        .filter(|at| text.is_char_boundary(*at) && text[*at..].starts_with(words))
        .collect()
}

/// How many words a folded text holds: runs without white space or quotation marks that have a letter or a digit.
fn count_words(folded: &str) -> usize {
    folded
        .split([' ', '"'])
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

// ---------------------------------------------------------------------------------------------------------------------
// Sources and quotations.

/// A source with its tokens.
#[derive(Debug, Clone)]
struct Made {
    seed: Seed,
    passages: Vec<MadePassage>,
}

#[derive(Debug, Clone)]
struct MadePassage {
    /// Bytes of each token in the seed.
    places: Vec<std::ops::Range<usize>>,
    line: usize,
}

fn make(passages: &[Vec<Token>], wrapped: bool, style: &mut Style) -> Made {
    let mut text = String::new();
    if style.one_in(2) {
        text.push('\u{feff}');
    }
    let end = style.pick(&["\n", "\r\n"]);
    let medium = if wrapped { Medium::Block } else { Medium::Line };
    let mut made = Vec::new();
    for tokens in passages {
        if wrapped || style.one_in(3) {
            text.push_str(end);
        }
        if style.one_in(5) {
            text.push_str(style.pick(&["\u{a0}", " \t ", "\u{202f}"]));
            text.push_str(end);
        }
        let (words, places) = set(tokens, medium, style);
        let line = text.matches('\n').count() + 1;
        let places = places
            .iter()
            .map(|place| text.len() + place.start..text.len() + place.end);
        made.push(MadePassage {
            places: places.collect(),
            line,
        });
        text.push_str(&words);
        text.push_str(end);
    }
    let seed = Seed::new(&"seeds/made.txt".into(), &text, wrapped, None);
    assert_eq!(
        seed.passages.iter().map(|passage| passage.line).collect::<Vec<_>>(),
        made.iter().map(|passage| passage.line).collect::<Vec<_>>(),
        "passages of {text:?}"
    );
    Made { seed, passages: made }
}

impl Made {
    fn plain_passage(&self, at: usize) -> String {
        plain(&self.seed.text[self.seed.passages[at].span.clone()])
    }

    /// The passages in which the oracle sees some words, word borders or not.
    fn passages_with(&self, words: &str) -> Vec<usize> {
        (0..self.passages.len())
            .filter(|at| self.plain_passage(*at).contains(&plain(words)))
            .collect()
    }
}

/// The only quotation of a Markdown text, read by the real reader.
fn quotation(markdown: &str) -> Quotation {
    let path: Arc<str> = "content/claims/made.md".into();
    let setting = Setting {
        path: &path,
        lang: &Lang::new("fr"),
        prefix: "",
        reserved: Anchors::default(),
    };
    let read = read(setting, markdown, 0);
    assert_eq!(read.diagnostics, [], "{markdown}");
    let mut quotations = read.value.quotations;
    assert_eq!(quotations.len(), 1, "{markdown}");
    quotations.remove(0)
}

/// A quoted block of paragraphs that are Markdown already.
fn block(paragraphs: &[String]) -> String {
    let quoted = paragraphs.join("\n>\n> ");
    format!("> {quoted}\n>\n> — [@made]\n\n[^note]: A note.\n")
}

fn tokens_quoted(tokens: &[Token], style: &mut Style) -> Quotation {
    quotation(&block(&[set(tokens, Medium::Quote, style).0]))
}

/// The words of a quotation as the reader has them: what the oracle compares.
fn words_of(quotation: &Quotation) -> Vec<String> {
    let words = |paragraph: &Paragraph| match paragraph {
        Paragraph::LeftOut => "[…]".to_owned(),
        Paragraph::Words { text, .. } => text.clone(),
    };
    quotation.paragraphs.iter().map(words).collect()
}

fn found(outcome: Outcome) -> Result<Verified, String> {
    match outcome {
        Outcome::Found(verified) => Ok(verified),
        other => Err(format!("{other:?}")),
    }
}

/// The proof of §3 as Python would check it: code points `start..end` of the seed are the words.
fn proof_holds(verified: &Verified, seed: &Seed) {
    let code_points: Vec<char> = seed.text.chars().collect();
    for part in verified.parts() {
        let (start, end) = (seed.code_point(part.span.start), seed.code_point(part.span.end));
        let exact: String = code_points[start..end].iter().collect();
        assert_eq!(exact, seed.text[part.span.clone()], "offsets count code points");
    }
    for paragraph in verified.paragraphs() {
        let span = &seed.passages[paragraph.passage].span;
        for part in &paragraph.parts {
            assert!(span.start <= part.span.start && part.span.end <= span.end);
        }
        for pair in paragraph.parts.windows(2) {
            assert!(pair[0].span.end <= pair[1].span.start, "parts follow in order");
        }
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Generators.

const WORDS: &[&str] = &[
    "OpenAI",
    "l'entreprise",
    "aujourd'hui",
    "Élon",
    "déjà",
    "où",
    "à",
    "a",
    "la",
    "le",
    "modèle",
    "open-source",
    "été",
    "can't",
    "the",
    "model",
    "is",
    "naïve",
    "Cœur",
    "ñandú",
    "qu'il",
    "Musk",
    "procès",
    "était",
    "rendez-vous",
    "not",
    "2023",
    "105",
    "12",
    "7",
    "GPT-4",
    "États-Unis",
    "x",
    "Ça",
    "façade",
    "code",
    "de",
    "l'IA",
];

fn word() -> impl Strategy<Value = Token> {
    prop::sample::select(WORDS).prop_map(|word| Token::Word(word.to_owned()))
}

/// One to four tokens that can stand behind one another.
fn phrase() -> impl Strategy<Value = Vec<Token>> {
    prop_oneof![
        8 => word().prop_map(|word| vec![word]),
        2 => (word(), prop::sample::select(&[',', '.', ';', ':', '!', '?'][..]), any::<bool>()).prop_map(|(word, sign, spaced)| {
            let spaced = spaced && !matches!(sign, ',' | '.');
            vec![word, Token::Sign(sign, spaced)]
        }),
        2 => (word(), word()).prop_map(|(first, second)| vec![Token::Open, first, second, Token::Close]),
        1 => (word(), prop::sample::select(&['.', ','][..])).prop_map(|(only, sign)| vec![Token::Open, only, Token::Close, Token::Sign(sign, false)]),
        1 => (word(), word()).prop_map(|(first, second)| vec![first, Token::Dash, second]),
        1 => word().prop_map(|word| vec![word, Token::Ellipsis]),
    ]
}

fn is_number(token: &Token) -> bool {
    matches!(token, Token::Word(word) if word.ends_with(|c: char| c.is_ascii_digit()))
}

/// A passage. Two numbers never stand side by side: `10 000` is one.
fn passage(least: usize) -> impl Strategy<Value = Vec<Token>> {
    prop::collection::vec(phrase(), least..16).prop_map(|phrases| {
        let mut tokens: Vec<Token> = Vec::new();
        for token in phrases.into_iter().flatten() {
            let glued = is_number(&token) && tokens.last().is_some_and(is_number);
            tokens.push(if glued { Token::Word("mille".to_owned()) } else { token });
        }
        tokens
    })
}

fn source(least: usize) -> impl Strategy<Value = Vec<Vec<Token>>> {
    prop::collection::vec(passage(least), 1..6)
}

/// A run of tokens of a passage that begins at a word or an opening mark and does not end with an opening mark or a dash.
fn cut(tokens: &[Token], from: usize, length: usize) -> Option<std::ops::Range<usize>> {
    let starts: Vec<usize> = (0..tokens.len())
        .filter(|at| matches!(tokens[*at], Token::Word(_) | Token::Open))
        .collect();
    let start = starts[from % starts.len()];
    let ends: Vec<usize> = (start + 1..=tokens.len())
        .filter(|end| {
            matches!(
                tokens[*end - 1],
                Token::Word(_) | Token::Close | Token::Sign(..) | Token::Ellipsis
            )
        })
        .collect();
    Some(start..*ends.get(length % ends.len().max(1))?)
}

/// Changes one sign of a token so that it is another text.
fn change(token: &Token, kind: usize, at: usize) -> Option<Vec<Token>> {
    let other = match (kind, token) {
        (0, Token::Word(word)) => change_char(word, at, |c| {
            c.is_alphabetic().then_some(if c == 'z' { 'w' } else { 'z' })
        })?,
        (1, Token::Word(word)) => change_char(word, at, |c| {
            let digit = c.to_digit(10)?;
            char::from_digit((digit + 1) % 10, 10)
        })?,
        (2, Token::Word(word)) => change_char(word, at, |c| {
            let pairs = [
                ('e', 'é'),
                ('a', 'à'),
                ('u', 'ù'),
                ('o', 'ô'),
                ('i', 'ï'),
                ('n', 'ñ'),
                ('c', 'ç'),
                ('E', 'É'),
            ];
            pairs.iter().find_map(|(bare, accented)| match c {
                c if c == *bare => Some(*accented),
                c if c == *accented => Some(*bare),
                _ => None,
            })
        })?,
        (3, Token::Word(word)) => change_char(word, at, |c| {
            let changed = if c.is_lowercase() {
                c.to_uppercase().next()
            } else {
                c.to_lowercase().next()
            };
            changed.filter(|changed| *changed != c)
        })?,
        // NFKC is not used.
        (4, Token::Word(word)) if word.contains('2') => Token::Word(word.replacen('2', "²", 1)),
        (4, Token::Word(word)) if word.contains("oe") || word.contains('œ') => Token::Word(word.replace('œ', "oe")),
        (5, Token::Word(word)) if word.contains('-') => Token::Word(word.replacen('-', "", 1)),
        (5, Token::Word(word)) if word.contains('\'') => Token::Word(word.replacen('\'', "", 1)),
        (6, Token::Sign(sign, spaced)) => Token::Sign(if *sign == ',' { ';' } else { ',' }, *spaced),
        (7, Token::Sign(..) | Token::Ellipsis | Token::Dash) => return Some(Vec::new()),
        (8, Token::Word(_)) => return Some(vec![token.clone(), Token::Sign('!', false)]),
        (9, Token::Word(_)) => return Some(vec![token.clone(), Token::Word("vraiment".to_owned())]),
        (10, Token::Open | Token::Close) => return Some(Vec::new()),
        (11, Token::Sign(sign, spaced)) if !matches!(sign, ',' | '.') => Token::Sign(*sign, !spaced),
        _ => return None,
    };
    (other != *token).then(|| vec![other])
}

fn change_char(word: &str, at: usize, other: impl Fn(char) -> Option<char>) -> Option<Token> {
    let mut letters: Vec<char> = word.chars().collect();
    let can: Vec<usize> = (0..letters.len()).filter(|at| other(letters[*at]).is_some()).collect();
    let place = *can.get(at % can.len().max(1))?;
    letters[place] = other(letters[place])?;
    Some(Token::Word(letters.into_iter().collect()))
}
