//! Verification against the contract (§2, §3): random sources and quotations through the real Markdown reader, held against a slow oracle.
//!
//! A source is made of tokens, and a quotation is a run of the same tokens set in another style. What must verify is therefore known by
//! construction; what must not is known from [`plain`], a folding that shares no code with `fold`.

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

// ---------------------------------------------------------------------------------------------------------------------
// Properties.

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_global_rejects: 1_000_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Words of a passage verify in whatever equivalent typography, with a proof of the very words.
    #[test]
    fn words_of_a_source_verify_in_any_equal_typography(
        passages in source(1), wrapped in any::<bool>(), style in any::<u64>(),
        which in any::<prop::sample::Index>(), from in 0usize..40, length in 0usize..40,
    ) {
        let mut style = Style(style);
        let made = make(&passages, wrapped, &mut style);
        let at = which.index(passages.len());
        let Some(run) = cut(&passages[at], from, length) else { return Ok(()) };
        let quoted = tokens_quoted(&passages[at][run.clone()], &mut style);
        let words = words_of(&quoted).concat();
        let verified = found(verify(&quoted, &made.seed, Some(at)))
            .map_err(|outcome| TestCaseError::fail(format!("{outcome}: {words:?} in {:?}", made.seed.text)))?;
        proof_holds(&verified, &made.seed);
        prop_assert_eq!(verified.passage(), at);
        let parts: Vec<_> = verified.parts().collect();
        prop_assert_eq!(parts.len(), 1);
        prop_assert_eq!(plain(&made.seed.text[parts[0].span.clone()]), plain(&words));
        let once = places(&plain(&words), &made.plain_passage(at)).len() == 1;
        if once {
            let places = &made.passages[at].places[run];
            let whole = places[0].start..places[places.len() - 1].end;
            prop_assert_eq!(&parts[0].span, &whole, "{:?} in {:?}", words, made.seed.text);
        }
        // Without a locator it is found too, there or in several passages.
        match verify(&quoted, &made.seed, None) {
            Outcome::Found(verified) => prop_assert_eq!(verified.passage(), at),
            Outcome::Ambiguous(passages) => {
                prop_assert!(passages.contains(&at) && passages.len() > 1);
                let seen = made.passages_with(&words);
                prop_assert!(passages.iter().all(|passage| seen.contains(passage)));
            }
            Outcome::NotFound => prop_assert!(false, "not found without a locator: {:?}", words),
        }
    }

    /// One letter, digit, accent, case or sign changed: no longer a quotation.
    #[test]
    fn a_changed_word_does_not_verify(
        passages in source(2), wrapped in any::<bool>(), style in any::<u64>(),
        which in any::<prop::sample::Index>(), from in 0usize..40, length in 0usize..40,
        changed in any::<prop::sample::Index>(), kind in 0usize..12, letter in 0usize..20,
    ) {
        let mut style = Style(style);
        let made = make(&passages, wrapped, &mut style);
        let at = which.index(passages.len());
        let Some(run) = cut(&passages[at], from, length) else { return Ok(()) };
        let tokens = &passages[at][run];
        // The first token, counted from a random one, that the kind of change can change.
        let first = changed.index(tokens.len());
        let Some((place, other)) = (0..tokens.len())
            .map(|step| (first + step) % tokens.len())
            .find_map(|place| Some((place, change(&tokens[place], kind, letter)?)))
        else {
            return Ok(());
        };
        let mut tokens = tokens.to_vec();
        tokens.splice(place..=place, other);
        prop_assume!(tokens.iter().any(|token| matches!(token, Token::Word(_))));
        let quoted = tokens_quoted(&tokens, &mut style);
        let words = words_of(&quoted).concat();
        prop_assume!(made.passages_with(&words).is_empty());
        let anywhere = verify(&quoted, &made.seed, None);
        prop_assert_eq!(&anywhere, &Outcome::NotFound, "{:?} in {:?}", words, made.seed.text);
        prop_assert_eq!(verify(&quoted, &made.seed, Some(at)), Outcome::NotFound);
    }

    /// A locator holds the quotation to its passage.
    #[test]
    fn a_locator_names_the_one_passage_that_counts(
        passages in source(1), style in any::<u64>(), which in any::<prop::sample::Index>(),
        named in any::<prop::sample::Index>(), from in 0usize..40, length in 0usize..40,
    ) {
        let mut style = Style(style);
        let made = make(&passages, false, &mut style);
        let at = which.index(passages.len());
        let Some(run) = cut(&passages[at], from, length) else { return Ok(()) };
        let quoted = tokens_quoted(&passages[at][run], &mut style);
        let named = named.index(passages.len());
        let words = words_of(&quoted).concat();
        if !made.plain_passage(named).contains(&plain(&words)) {
            prop_assert_eq!(verify(&quoted, &made.seed, Some(named)), Outcome::NotFound);
        }
        prop_assert_eq!(made.seed.passage(made.passages[named].line), Some(named));
    }

    /// `[…]` leaves out words of a passage; what stands around it must follow in order.
    #[test]
    fn parts_around_an_ellipsis_follow_in_order(
        passages in source(3), style in any::<u64>(), which in any::<prop::sample::Index>(),
        borders in prop::array::uniform4(0usize..64), swap in any::<bool>(),
    ) {
        let mut style = Style(style);
        let made = make(&passages, false, &mut style);
        let at = which.index(passages.len());
        let tokens = &passages[at];
        // Only words, so that no pair of marks is torn.
        let words: Vec<usize> = (0..tokens.len()).filter(|at| matches!(tokens[*at], Token::Word(_))).collect();
        let mut borders = borders.map(|border| words[border % words.len()]);
        borders.sort_unstable();
        let [a, b, c, d] = borders;
        prop_assume!(b < c);
        let (mut first, mut second) = (&tokens[a..=b], &tokens[c..=d]);
        if swap {
            (first, second) = (second, first);
        }
        let ellipsis = style.pick(&["[…]", "[...]", "[ … ]"]);
        let first = set(first, Medium::Quote, &mut style).0;
        let second = set(second, Medium::Quote, &mut style).0;
        let quoted = quotation(&block(&[format!("{first} {ellipsis} {second}")]));
        let sides = words_of(&quoted).concat();
        let sides: Vec<String> = sides.split(ellipsis).map(plain).collect();
        let possible = |passage: usize| {
            let text = made.plain_passage(passage);
            places(&sides[0], &text).iter().any(|place| text[place + sides[0].len()..].contains(&sides[1]))
        };
        let outcome = verify(&quoted, &made.seed, None);
        if (0..passages.len()).all(|passage| !possible(passage)) {
            prop_assert_eq!(outcome, Outcome::NotFound);
        } else if !swap {
            let verified = found(verify(&quoted, &made.seed, Some(at)))
                .map_err(|outcome| TestCaseError::fail(format!("{outcome}: {sides:?} in {:?}", made.seed.text)))?;
            proof_holds(&verified, &made.seed);
            let exact: Vec<String> = verified.parts().map(|part| plain(&made.seed.text[part.span.clone()])).collect();
            prop_assert_eq!(exact, sides);
            prop_assert!(outcome != Outcome::NotFound);
        }
    }

    /// `[word]` stands for at most eight words of the source.
    #[test]
    fn an_insertion_replaces_at_most_eight_words(
        passages in source(8), style in any::<u64>(), which in any::<prop::sample::Index>(),
        first in 0usize..64, replaced in 0usize..14,
    ) {
        let mut style = Style(style);
        let made = make(&passages, false, &mut style);
        let at = which.index(passages.len());
        let tokens = &passages[at];
        let words: Vec<usize> = (0..tokens.len()).filter(|at| matches!(tokens[*at], Token::Word(_))).collect();
        prop_assume!(words.len() >= replaced + 2);
        let first = first % (words.len() - replaced - 1);
        let (before, after) = (&tokens[words[first]], &tokens[words[first + replaced + 1]]);
        let before = set(std::slice::from_ref(before), Medium::Quote, &mut style).0;
        let after = set(std::slice::from_ref(after), Medium::Quote, &mut style).0;
        let quoted = quotation(&block(&[format!("{before} [mot à moi] {after}")]));
        let said = words_of(&quoted).concat();
        let sides: Vec<String> = said.split("[mot à moi]").map(plain).collect();
        let text = made.plain_passage(at);
        let fewest = places(&sides[0], &text)
            .into_iter()
            .flat_map(|place| {
                let rest = &text[place + sides[0].len()..];
                places(&sides[1], rest).into_iter().map(|end| count_words(&rest[..end])).collect::<Vec<_>>()
            })
            .min();
        let outcome = verify(&quoted, &made.seed, Some(at));
        if replaced <= 8 {
            let verified = found(outcome)
                .map_err(|outcome| TestCaseError::fail(format!("{outcome}: {replaced} words, {said:?} in {text:?}")))?;
            proof_holds(&verified, &made.seed);
        } else if fewest.is_none_or(|fewest| fewest > 8) {
            prop_assert_eq!(outcome, Outcome::NotFound, "{} words, {:?} in {:?}", replaced, said, text);
        }
    }

    /// Paragraphs stand in consecutive passages, or behind a paragraph `[…]`.
    #[test]
    fn paragraphs_stand_in_consecutive_passages(
        passages in prop::collection::vec(passage(2), 2..6), wrapped in any::<bool>(), style in any::<u64>(),
        first in any::<prop::sample::Index>(), second in any::<prop::sample::Index>(),
        from in 0usize..40, length in 3usize..40, gap in any::<bool>(),
    ) {
        let mut style = Style(style);
        let made = make(&passages, wrapped, &mut style);
        let (first, second) = (first.index(passages.len()), second.index(passages.len()));
        let (Some(one), Some(two)) = (cut(&passages[first], from, length), cut(&passages[second], from, length)) else {
            return Ok(());
        };
        let mut paragraphs = vec![set(&passages[first][one], Medium::Quote, &mut style).0];
        if gap {
            paragraphs.push(style.pick(&["[…]", "[...]"]).to_owned());
        }
        paragraphs.push(set(&passages[second][two], Medium::Quote, &mut style).0);
        let quoted = quotation(&block(&paragraphs));
        let words = words_of(&quoted);
        let outcome = verify(&quoted, &made.seed, Some(first));
        if second == first + 1 || gap && second > first {
            let verified = found(outcome)
                .map_err(|outcome| TestCaseError::fail(format!("{outcome}: {words:?} in {:?}", made.seed.text)))?;
            proof_holds(&verified, &made.seed);
            prop_assert_eq!(verified.paragraphs().len(), 2);
            prop_assert_eq!(verified.paragraphs()[1].follows_gap, gap);
        } else {
            let behind = made.passages_with(&words[words.len() - 1]);
            let possible = behind.iter().any(|passage| *passage == first + 1 || gap && *passage > first);
            if !possible {
                prop_assert_eq!(outcome, Outcome::NotFound, "{:?} in {:?}", words, made.seed.text);
            }
        }
    }

    /// Quoted words right before a citation are verified like a block.
    #[test]
    fn inline_quotations_verify_like_blocks(
        passages in source(1), style in any::<u64>(), which in any::<prop::sample::Index>(),
        from in 0usize..40, length in 0usize..40, mark in 0usize..3, change_it in any::<bool>(),
    ) {
        let mut style = Style(style);
        let made = make(&passages, false, &mut style);
        let at = which.index(passages.len());
        let Some(run) = cut(&passages[at], from, length) else { return Ok(()) };
        let mut tokens = passages[at][run].to_vec();
        // The marks around the quotation must not stand in it.
        prop_assume!(!tokens.iter().any(|token| matches!(token, Token::Open | Token::Close)));
        if change_it {
            tokens.push(Token::Word("introuvable".to_owned()));
        }
        let words = set(&tokens, Medium::Inline, &mut style).0;
        let [open, close] = [["« ", " »"], ["“", "”"], ["„", "“"]][mark];
        let line = made.passages[at].line;
        let quoted = quotation(&format!("Il répond que {open}{words}{close} [@made:{line}], puis se tait.\n"));
        prop_assert!(quoted.inline);
        prop_assert_eq!(quoted.role, Role::Context);
        match verify(&quoted, &made.seed, Some(at)) {
            Outcome::Found(verified) => {
                prop_assert!(!change_it);
                proof_holds(&verified, &made.seed);
            }
            other => prop_assert!(change_it, "{other:?}: {words:?} in {:?}", made.seed.text),
        }
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Tables: one source, one quotation, what must come of it.

fn seed(text: &str) -> Seed {
    Seed::new(&"seeds/a.txt".into(), text, false, None)
}

/// `found PASSAGES: PARTS`, `ambiguous PASSAGES` or `not found`; `~` where the typography differs.
fn told(outcome: &Outcome, seed: &Seed) -> String {
    let line = |at: usize| seed.passages[at].line.to_string();
    match outcome {
        Outcome::NotFound => "not found".to_owned(),
        Outcome::Ambiguous(passages) => {
            let lines: Vec<String> = passages.iter().map(|at| line(*at)).collect();
            format!("ambiguous {}", lines.join(" "))
        }
        Outcome::Found(verified) => {
            proof_holds(verified, seed);
            let lines: Vec<String> = verified
                .paragraphs()
                .iter()
                .map(|paragraph| line(paragraph.passage))
                .collect();
            let parts: Vec<&str> = verified.parts().map(|part| &seed.text[part.span.clone()]).collect();
            let style = if verified.typography_differs() { "~" } else { "" };
            format!("found{style} {}: {}", lines.join(" "), parts.join(" | "))
        }
    }
}

#[track_caller]
fn check(text: &str, quoted: &str, expected: &str) {
    let seed = seed(text);
    let paragraphs: Vec<String> = quoted.split("\n\n").map(str::to_owned).collect();
    let outcome = verify(&quotation(&block(&paragraphs)), &seed, None);
    assert_eq!(told(&outcome, &seed), expected, "{quoted:?} in {text:?}");
}

#[test]
fn what_is_folded_silently() {
    for (text, quoted) in [
        ("l’été déjà", "l'e\u{301}te\u{301} de\u{301}ja\u{300}"),
        ("l'e\u{301}te\u{301} vient", "l’été vient"),
        ("a\u{a0}b\u{202f}c  d\te", "a b c d e"),
        ("co\u{ad}opé\u{200b}ra\u{200d}tion", "coopération"),
        ("\u{feff}Au début", "Au début"),
        ("l' ’ ʼ ‘", "l‘ ʼ ' ’"),
        ("et… puis...", "et... puis…"),
        ("ligne\r", "ligne"),
    ] {
        let seed = seed(text);
        let verified = found(verify(&quotation(&block(&[quoted.to_owned()])), &seed, None)).expect(text);
        assert!(!verified.typography_differs(), "{quoted:?} in {text:?}");
        proof_holds(&verified, &seed);
    }
}

#[test]
fn what_is_folded_with_a_note() {
    for (text, quoted) in [
        ("il dit « oui » puis", "il dit “oui” puis"),
        ("il dit “oui” puis", "il dit « oui » puis"),
        ("il dit «oui» puis", "il dit «\u{202f}oui\u{202f}» puis"),
        ("il dit „oui“ puis", "il dit \"oui\" puis"),
        ("open-source", "open\u{2011}source"),
        ("un – deux", "un — deux"),
        ("« oui », dit-il", "\"oui\", dit-il"),
        ("« oui », dit-il", "\" oui \", dit-il"),
        ("\" oui \", dit-il", "« oui », dit-il"),
        ("\" oui \".", "“oui”."),
        ("Er sagt »ja« und geht", "Er sagt « ja » und geht"),
        ("Il dit « oui » et part", "Il dit »oui« et part"),
    ] {
        let seed = seed(text);
        let outcome = verify(&quotation(&block(&[quoted.to_owned()])), &seed, None);
        let told = told(&outcome, &seed);
        assert!(told.starts_with("found~"), "{told}: {quoted:?} in {text:?}");
    }
}

/// Straight marks have no side of their own: a space before a closing one is a space inside all the same.
#[test]
fn spaces_inside_straight_marks_are_inside_whatever_follows() {
    for (text, quoted) in [
        ("“oui”, dit-il", "\" oui \", dit-il"),
        ("«oui».", "\" oui \"."),
        ("\"oui\", dit-il", "\" oui \", dit-il"),
        ("(\"oui\") dit-il", "(\" oui \") dit-il"),
        ("Il dit \"oui\" et non", "oui \" et non"),
        ("Il dit \" oui \" et non", "oui\" et"),
        ("Il dit \"oui\" et \"non\".", "et \" non\"."),
        ("\" oui \" et \" non \"", "oui\" et \"non"),
        ("Er sagt „ja“ und geht", "ja “ und geht"),
    ] {
        let seed = seed(text);
        let outcome = verify(&quotation(&block(&[quoted.to_owned()])), &seed, None);
        let told = told(&outcome, &seed);
        assert!(told.starts_with("found~"), "{told}: {quoted:?} in {text:?}");
    }
}

#[test]
fn what_is_never_folded() {
    for (text, quoted) in [
        ("le 2 mars", "le ² mars"),
        ("la ﬁn du jour", "la fin du jour"),
        ("Elon Musk", "elon Musk"),
        ("déjà vu", "deja vu"),
        ("il a dit", "il à dit"),
        ("en 2023 oui", "en 2024 oui"),
        ("oui, non", "oui non"),
        ("oui ; non", "oui : non"),
        ("Quoi ?", "Quoi?"),
        ("mot « oui » puis", "mot« oui » puis"),
        ("mot « oui » puis", "mot « oui »puis"),
        ("Il dit \"oui\" et non", "Il dit\"oui\"et non"),
        ("Il dit \"oui\" et non", "Il dit\"oui\" et non"),
        ("Il dit \"oui\" et non", "Il dit \"oui\"et non"),
        ("Il dit\"oui\"et non", "Il dit \"oui\" et non"),
        ("Il dit “oui” et non", "Il dit\"oui\" et non"),
        ("Il dit “oui” et non", "Il dit“oui” et non"),
        ("Er sagt „ja“ und geht", "Er sagt „ja“und geht"),
        ("open source", "open-source"),
        ("l'été", "lété"),
        ("cœur", "coeur"),
        ("un mot", "unmot"),
        ("dix mots", "dix mot"),
        ("105 millions", "5 millions"),
        ("3,5 millions", "5 millions"),
        ("3,5 millions", "3"),
        ("Ils can’t do it", "Ils can"),
        ("Un mot... Suite.", "Un mot."),
        ("Un mot… Suite.", "Un mot."),
        ("Un mot... Suite.", "Un mot.."),
        ("soit 10 000 euros", "000 euros"),
        ("Selon « Le Monde » Musk part.", "« Musk part."),
        ("Il dit fin „Moscou“ ici.", "dit fin”"),
        ("Il dit fin \"Moscou\" ici.", "dit fin”"),
    ] {
        check(text, quoted, "not found");
    }
}

/// Where a script sets no spaces, nothing tells where a word ends; and a figure of a name is no part of the number behind it.
#[test]
fn what_may_be_cut() {
    for (text, quoted) in [
        ("人工智能正在改变世界。", "正在改变世界"),
        ("人工智能AI在改变世界。", "AI"),
        ("これは日本語の文章です。", "日本語の文章"),
        ("มันง่ายมากเลย", "ง่ายมาก"),
        ("Le modèle GPT-3 175 milliards", "175 milliards"),
        ("Le modèle GPT-3 175 milliards", "Le modèle GPT-3"),
        ("Un mot…. Suite.", "Un mot…"),
        ("Un mot.... Suite.", "Un mot…"),
    ] {
        let seed = seed(text);
        let outcome = verify(&quotation(&block(&[quoted.to_owned()])), &seed, None);
        let told = told(&outcome, &seed);
        assert!(told.starts_with("found 1"), "{told}: {quoted:?} in {text:?}");
    }
}

/// Characters whose NFC form is another single character stand for it, and belong to no neighbour.
#[test]
fn singletons_of_nfc_are_characters_of_their_own() {
    check(
        "une valeur de 5 \u{2126} environ",
        "\u{3a9} environ",
        "found 1: \u{2126} environ",
    );
    check("une valeur de 5 \u{2126} environ", "de 5", "found 1: de 5");
    check("un mot\u{2000}puis un autre", "un mot", "found 1: un mot");
    check("un mot\u{2000}puis un autre", "puis un autre", "found 1: puis un autre");
}

#[test]
fn places_and_passages() {
    let text = "un deux trois\n\nun deux quatre\ncinq six\nsept\nun deux trois\n";
    for (quoted, expected) in [
        ("deux quatre", "found 3: deux quatre"),
        ("un deux", "ambiguous 1 3 6"),
        ("deux trois", "ambiguous 1 6"),
        ("quatre\n\ncinq six", "found 3 4: quatre | cinq six"),
        ("quatre\n\nsept", "not found"),
        ("quatre\n\n[…]\n\nsept", "found 3 5: quatre | sept"),
        ("quatre\n\n[...]\n\nun deux trois", "found 3 6: quatre | un deux trois"),
        ("sept\n\nun deux", "found 5 6: sept | un deux"),
        ("cinq six\n\n[…]\n\nquatre", "not found"),
        ("six\n\ncinq", "not found"),
        ("un\n\ndeux", "found 1 3: un | deux"),
        ("un […] quatre", "found 3: un | quatre"),
        ("quatre […] un", "not found"),
        ("trois […] un", "not found"),
        ("un [2] quatre", "found 3: un | quatre"),
        ("[…] six", "found 4: six"),
        ("cinq […]", "found 4: cinq"),
        ("[Alors] cinq", "found 4: cinq"),
    ] {
        check(text, quoted, expected);
    }
    let seed = seed(text);
    let quoted = quotation(&block(&["un deux".to_owned()]));
    assert_eq!(
        told(&verify(&quoted, &seed, seed.passage(6)), &seed),
        "found 6: un deux"
    );
    assert_eq!(told(&verify(&quoted, &seed, seed.passage(4)), &seed), "not found");
    assert_eq!(seed.passage(2), None, "an empty line is no passage");
}

/// Twice in one passage is one place to send a reader to.
#[test]
fn twice_in_one_passage_is_not_ambiguous() {
    check("oui et oui\nnon", "oui", "found 1: oui");
    check("Il dit \"oui\" puis « oui » ici.", "« oui »", "found 1: « oui »");
    check("GPT-4 ou GPT–4\nnon", "GPT–4", "found 1: GPT–4");
}

/// However often words stand, the places that count are found, and soon.
#[test]
fn very_many_places() {
    let lines = format!("{}mot vraiment special\nfin\n", "mot rempli ici\n".repeat(1500));
    check(
        &lines,
        "mot rempli ici\n\nmot vraiment special",
        "found 1500 1501: mot rempli ici | mot vraiment special",
    );
    let line = format!("{}mot vraiment special", "mot rempli ".repeat(1500));
    check(&line, "mot [très] special", "found 1: mot | special");
    check(&line, "mot […] special", "found 1: mot | special");
    let started = std::time::Instant::now();
    let equal = seed(&"a b c\n".repeat(5000));
    let paragraphs: Vec<String> = (0..50)
        .map(|at| if at == 3 { "b [x] c" } else { "a b" }.to_owned())
        .collect();
    match verify(&quotation(&block(&paragraphs)), &equal, None) {
        Outcome::Ambiguous(passages) => assert_eq!(passages.len(), 4951),
        other => panic!("{other:?}"),
    }
    let signs = seed(&format!("a{}", "!".repeat(100_000)));
    assert_ne!(
        verify(&quotation(&block(&["a [x] !".to_owned()])), &signs, None),
        Outcome::NotFound
    );
    let taken = started.elapsed();
    assert!(taken.as_secs() < 20, "{taken:?}");
}

/// A paragraph behind left-out passages stands where the paragraphs after it can follow, not only where it stands first.
#[test]
fn a_gap_of_passages_looks_further_than_the_first_fit() {
    let text = "début\nmilieu\nautre\nmilieu\nfin\n";
    check(
        text,
        "début\n\n[…]\n\nmilieu\n\nfin",
        "found 1 4 5: début | milieu | fin",
    );
}

#[test]
fn an_insertion_counts_words() {
    let nine = "un deux trois quatre cinq six sept huit neuf";
    let eight = "un deux trois quatre cinq six sept huit";
    check(&format!("a {eight} z"), "a [b] z", "found 1: a | z");
    check(&format!("a {nine} z"), "a [b] z", "not found");
    check("a z", "a [b] z", "found 1: a | z");
    check("La France", "[l]a France", "found 1: a France");
    check("Ils mangeaient bien", "Ils mange[nt] bien", "found 1: Ils mange | bien");
    // Each bracket has eight words of its own.
    check(&format!("a {eight} m {eight} z"), "a [b] m [c] z", "found 1: a | m | z");
    // A place further on may be the right one.
    check(&format!("a {nine} a deux z"), "a [b] z", "found 1: a | z");
}

/// Signs between spaces are no words, and words between quotation marks are as many as they are.
#[test]
fn signs_are_no_words() {
    let spaced = "un deux : trois quatre – cinq six ; sept huit";
    check(&format!("a {spaced} z"), "a [b] z", "found 1: a | z");
    let quoted = "« un » « deux » « trois » « quatre » « cinq » « six » « sept » « huit » « neuf »";
    check(&format!("a {quoted} z"), "a [b] z", "not found");
    check(
        "a un « deux trois » quatre « cinq six » sept « huit » neuf « dix » z",
        "a [b] z",
        "not found",
    );
}

#[test]
fn a_wrapped_seed_is_cut_at_empty_lines() {
    let text = "Le début\r\nd’une phrase\r\n\r\nla suite\r\nest ici\r\n";
    let seed = Seed::new(&"seeds/a.txt".into(), text, true, None);
    let lines: Vec<usize> = seed.passages.iter().map(|passage| passage.line).collect();
    assert_eq!(lines, [1, 4]);
    for (quoted, expected) in [
        ("début d'une phrase", "found 1: début\r\nd’une phrase"),
        ("phrase la suite", "not found"),
        ("phrase\n\nla suite", "found 1 4: phrase | la suite"),
        ("Le […] suite", "not found"),
    ] {
        let paragraphs: Vec<String> = quoted.split("\n\n").map(str::to_owned).collect();
        let outcome = verify(&quotation(&block(&paragraphs)), &seed, None);
        assert_eq!(told(&outcome, &seed), expected);
    }
}

#[test]
fn apparatus_may_be_quoted_and_is_marked() {
    let seed = Seed::new(
        &"seeds/a.txt".into(),
        "menu\nl’article\npied de page",
        false,
        Some(&[2..=2]),
    );
    for (words, in_body) in [
        ("l'article", true),
        ("pied de page", false),
        ("l'article\n\npied de page", false),
    ] {
        let paragraphs: Vec<String> = words.split("\n\n").map(str::to_owned).collect();
        let verified = found(verify(&quotation(&block(&paragraphs)), &seed, None)).expect(words);
        assert_eq!(verified.in_body(&seed), in_body, "{words}");
    }
}

/// Brackets of the source itself are text when escaped, and whole when the whole stands there.
#[test]
fn brackets_of_the_source() {
    check(
        "il dit [sic] cela",
        "il dit \\[sic\\] cela",
        "found 1: il dit [sic] cela",
    );
    check("il dit [sic] cela", "dit [sic] cela", "found 1: dit [sic] cela");
    check("il dit cela", "il dit \\[sic\\] cela", "not found");
    check("avant […] après", "avant […] après", "found 1: avant […] après");
}

#[test]
fn emphasis_links_and_notes_are_no_text() {
    check(
        "un mot fort ici",
        "un **mot** [fort](https://example.org/) ici[^note]",
        "found 1: un mot fort ici",
    );
    check("AT&T et R&D", "AT&amp;T et R&D", "found 1: AT&T et R&D");
    check("un mot", "un&nbsp;mot", "found 1: un mot");
}

#[test]
fn an_ellipsis_that_hides_a_limit_is_seen() {
    for (passage, left_out, word) in [
        (
            "Le modèle sera libre, sauf en Europe, dès lundi.",
            "sauf en Europe, ",
            Some("sauf"),
        ),
        ("Il ne dit pas cela ici.", "ne dit pas ", Some("ne")),
        ("It is only partly open.", "only partly ", Some("only")),
        ("They will, however, not do it.", "however, not ", Some("however")),
        ("It works unless it rains here.", "unless it rains ", Some("unless")),
        ("C’est seulement un essai.", "seulement ", Some("seulement")),
        ("Only five came.", "Only ", Some("only")),
        ("A note was knotted.", "note was ", None),
        ("Un. Pas cela. Deux.", "Pas cela. ", None),
    ] {
        let start = passage.find(left_out).expect(left_out);
        let dropped = drops_limiter(passage, start..start + left_out.len());
        assert_eq!(dropped.as_deref(), word, "{passage}");
    }
}
