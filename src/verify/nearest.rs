//! The nearest text of a source, word by word. For reports only.

use std::collections::HashMap;

use crate::fold::Folded;
use crate::source::Seed;
use crate::text::Span;

/// The most words of a quotation that are compared; a longer one is compared by its beginning.
const MOST_WORDS: usize = 800;

/// The least share of a quotation's words (in hundredths) that must stand in a text for it to be worth showing.
const LEAST_SHARE: usize = 40;

/// A stretch where quotation and source differ; either side may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Bytes of the quotation's text. Where it lacks words, the word before the gap, or the one after.
    pub ours: Span,
    /// Whether `ours` only marks the place of words that the quotation lacks.
    pub ours_is_gap: bool,
    /// Bytes of the seed's text. Where it lacks words, the word before the gap, or the one after.
    pub theirs: Span,
    /// Whether `theirs` only marks the place of words that the source lacks.
    pub theirs_is_gap: bool,
}

/// The text of a source that is nearest to some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// Index of the passage.
    pub passage: usize,
    /// Its bytes in the seed's text.
    pub span: Span,
    /// Where it differs, in order.
    pub differences: Vec<Difference>,
    /// The share of the quotation's words that it has, in hundredths.
    pub share: usize,
}

/// A word or a sign of a text.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    /// Bytes of the raw text that it stands for.
    pub(super) raw: Span,
}

/// The words and signs of a part of a folded text.
pub(super) fn tokens(folded: &Folded, range: Span) -> Vec<Token<'_>> {
    let text = &folded.text[range.clone()];
    let mut all = Vec::new();
    let mut word: Option<usize> = None;
    let mut push = |from: usize, to: usize| {
        if let Some(raw) = folded.raw_span(range.start + from..range.start + to) {
            all.push(Token {
                text: &text[from..to],
                raw,
            });
        }
    };
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() || crate::text::is_combining(c) {
            word.get_or_insert(at);
            continue;
        }
        if let Some(from) = word.take() {
            push(from, at);
        }
        if !c.is_whitespace() {
            push(at, at + c.len_utf8());
        }
    }
    if let Some(from) = word {
        push(from, text.len());
    }
    all
}

/// Finds the text nearest to `words` in the given passages (indices) of a seed.
pub fn nearest(words: &str, seed: &Seed, passages: std::ops::Range<usize>) -> Option<Nearest> {
    let folded = Folded::new(words, 0);
    let mut ours = tokens(&folded, 0..folded.text.len());
    ours.truncate(MOST_WORDS);
    let mut best: Option<(u64, usize, usize)> = None;
    let weights = weights(&ours, seed, passages.clone());
    for passage in passages {
        let theirs = tokens(&seed.folded, seed.passages.get(passage)?.folded.clone());
        if let Some((score, start)) = best_window(&ours, &theirs, &weights)
            && best.is_none_or(|(most, ..)| score > most)
        {
            best = Some((score, passage, start));
        }
    }
    let (_, passage, start) = best?;
    let theirs = tokens(&seed.folded, seed.passages.get(passage)?.folded.clone());
    let from = start.saturating_sub(ours.len() / 2 + 2);
    let to = (start + window_length(ours.len()) + ours.len() / 2 + 2).min(theirs.len());
    compare(&ours, &theirs[from..to], passage)
}

fn window_length(words: usize) -> usize {
    words + words / 4 + 2
}

/// How much each word of the quotation tells: long and rare words tell most.
fn weights<'a>(ours: &[Token<'a>], seed: &Seed, passages: std::ops::Range<usize>) -> HashMap<&'a str, (u64, usize)> {
    let mut counts: HashMap<&str, (u64, usize)> = HashMap::new();
    for token in ours {
        counts.entry(token.text).or_default().1 += 1;
    }
    for passage in &seed.passages[passages] {
        for token in tokens(&seed.folded, passage.folded.clone()) {
            if let Some((frequency, _)) = counts.get_mut(token.text) {
                *frequency += 1;
            }
        }
    }
    for (text, (weight, _)) in &mut counts {
        let length = text.chars().count().min(8) as u64;
        *weight = (length * length * 1000) / (*weight + 2);
    }
    counts
}

/// The window of a passage that shares most with the quotation: its score and its first word.
fn best_window(
    ours: &[Token<'_>],
    theirs: &[Token<'_>],
    weights: &HashMap<&str, (u64, usize)>,
) -> Option<(u64, usize)> {
    let length = window_length(ours.len());
    let mut inside: HashMap<&str, usize> = HashMap::new();
    let mut score = 0;
    let mut best: Option<(u64, usize)> = None;
    for at in 0..theirs.len() {
        if let Some((weight, wanted)) = weights.get(theirs[at].text) {
            let count = inside.entry(theirs[at].text).or_default();
            *count += 1;
            score += if *count <= *wanted { *weight } else { 0 };
        }
        if let Some(gone) = at.checked_sub(length)
            && let Some((weight, wanted)) = weights.get(theirs[gone].text)
        {
            let count = inside.entry(theirs[gone].text).or_default();
            score -= if *count <= *wanted { *weight } else { 0 };
            *count = count.saturating_sub(1);
        }
        if score > 0 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, (at + 1).saturating_sub(length)));
        }
    }
    best
}

/// How unlike two words are, each pair of distinct words looked at once.
struct Costs {
    ours: Vec<usize>,
    theirs: Vec<usize>,
    /// Distinct words, lower-cased, with their length in code points.
    words: Vec<(String, usize)>,
    /// For each pair of these what a change costs, once it has been asked for.
    known: Vec<Option<u8>>,
}

impl Costs {
    fn new<'a>(ours: &[Token<'a>], theirs: &[Token<'a>]) -> Self {
        let mut words = Vec::new();
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut number = |token: &Token<'a>| {
            *numbers.entry(token.text).or_insert_with(|| {
                words.push((token.text.to_lowercase(), token.text.chars().count()));
                words.len() - 1
            })
        };
        let ours = ours.iter().map(&mut number).collect();
        let theirs = theirs.iter().map(&mut number).collect();
        Self {
            ours,
            theirs,
            known: vec![None; words.len() * words.len()],
            words,
        }
    }

    /// What it costs to put the source's j-th word for the quotation's i-th.
    fn change(&mut self, i: usize, j: usize) -> u32 {
        let (our, their) = (self.ours[i], self.theirs[j]);
        if our == their {
            return 0;
        }
        let words = &self.words;
        let known = &mut self.known[our * words.len() + their];
        let cost = known.get_or_insert_with(|| if alike(&words[our], &words[their]) { 2 } else { 4 });
        u32::from(*cost)
    }
}

/// Two words that are alike but for case, or for a letter or two.
fn alike((a, a_length): &(String, usize), (b, b_length): &(String, usize)) -> bool {
    if a == b {
        return true;
    }
    let ends_meet = a.chars().next() == b.chars().next() || a.chars().next_back() == b.chars().next_back();
    *a_length > 2
        && a_length.abs_diff(*b_length) <= a_length.max(b_length) / 3
        && ends_meet
        && crate::text::nearest(a, [b.as_str()]).is_some()
}

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Both,
    Ours,
    Theirs,
    Stop,
}

/// Aligns quotation and source (edit distance by words, free at both ends of the source) and gathers where they differ.
fn compare(ours: &[Token<'_>], theirs: &[Token<'_>], passage: usize) -> Option<Nearest> {
    let width = theirs.len() + 1;
    let mut costs = vec![0u32; width];
    let mut steps = vec![Step::Stop; (ours.len() + 1) * width];
    let mut changes = Costs::new(ours, theirs);
    for i in 0..ours.len() {
        let mut diagonal = costs[0];
        costs[0] += 3;
        steps[(i + 1) * width] = Step::Ours;
        for j in 0..theirs.len() {
            let change = changes.change(i, j);
            let (both, drop, add) = (diagonal + change, costs[j + 1] + 3, costs[j] + 1);
            diagonal = costs[j + 1];
            let (cost, step) = if both <= drop && both <= add {
                (both, Step::Both)
            } else if drop <= add {
                (drop, Step::Ours)
            } else {
                (add, Step::Theirs)
            };
            costs[j + 1] = cost;
            steps[(i + 1) * width + j + 1] = step;
        }
    }
    let end = (0..width).min_by_key(|j| costs[*j])?;
    let mut path = Vec::new();
    let (mut i, mut j) = (ours.len(), end);
    while i > 0 {
        let step = steps[i * width + j];
        let (di, dj) = match step {
            Step::Both => (1, 1),
            Step::Ours => (1, 0),
            Step::Theirs => (0, 1),
            Step::Stop => break,
        };
        (i, j) = (i - di, j - dj);
        path.push((step, i, j));
    }
    path.reverse();
    pair_ends(&mut path, theirs.len());
    summarize(ours, theirs, passage, &path)
}

/// Words at either end of the quotation that found no partner stand for the source's words there.
fn pair_ends(path: &mut [(Step, usize, usize)], theirs: usize) {
    let lead = path.iter().take_while(|(step, ..)| *step == Step::Ours).count();
    if lead < path.len() {
        for (back, (step, _, j)) in path[..lead].iter_mut().rev().enumerate() {
            if let Some(partner) = j.checked_sub(back + 1) {
                (*step, *j) = (Step::Both, partner);
            }
        }
    }
    let tail = path.iter().rev().take_while(|(step, ..)| *step == Step::Ours).count();
    let from = path.len() - tail;
    if from > 0 {
        for (ahead, (step, _, j)) in path[from..].iter_mut().enumerate() {
            if *j + ahead < theirs {
                (*step, *j) = (Step::Both, *j + ahead);
            }
        }
    }
}

fn summarize(
    ours: &[Token<'_>],
    theirs: &[Token<'_>],
    passage: usize,
    path: &[(Step, usize, usize)],
) -> Option<Nearest> {
    let equal = |(step, i, j): &(Step, usize, usize)| *step == Step::Both && ours[*i].text == theirs[*j].text;
    let share = path.iter().filter(|step| equal(step)).count() * 100 / ours.len().max(1);
    if share < LEAST_SHARE {
        return None;
    }
    let used: Vec<usize> = path
        .iter()
        .filter(|(step, ..)| *step != Step::Ours)
        .map(|(_, _, j)| *j)
        .collect();
    let span = theirs[*used.first()?].raw.start..theirs[*used.last()?].raw.end;
    let mut differences = Vec::new();
    for run in path.chunk_by(|a, b| equal(a) == equal(b)) {
        if run.iter().any(equal) {
            continue;
        }
        let (_, i, j) = *run.first()?;
        let ours_count = run.iter().filter(|(step, ..)| *step != Step::Theirs).count();
        let theirs_count = run.iter().filter(|(step, ..)| *step != Step::Ours).count();
        let (ours, ours_is_gap) = stretch(ours, i, ours_count)?;
        let (theirs, theirs_is_gap) = stretch(theirs, j, theirs_count)?;
        differences.push(Difference {
            ours,
            ours_is_gap,
            theirs,
            theirs_is_gap,
        });
    }
    Some(Nearest {
        passage,
        span,
        differences,
        share,
    })
}

/// The bytes of `count` tokens from `at`; of the token before, or after, where there are none.
fn stretch(tokens: &[Token<'_>], at: usize, count: usize) -> Option<(Span, bool)> {
    if count > 0 {
        let last = tokens.get(at + count - 1)?;
        return Some((tokens.get(at)?.raw.start..last.raw.end, false));
    }
    let beside = at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .or_else(|| tokens.get(at))?;
    Some((beside.raw.clone(), true))
}
