//! Links that lead a browser to the quoted words: text fragments (WICG, "URL Fragment Text Directives").

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::source::Seed;
use crate::text::Span;
use crate::verify::Verified;

/// What may stand in a text directive unescaped; `-`, `,` and `&` have a meaning there.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*');

/// A quotation of at most so many words is named whole; of a longer one only the first and the last words.
const MOST_WORDS: usize = 12;

/// How many words name each end of a longer one.
const END_WORDS: usize = 5;

/// How many words before and after it tell a quotation from others like it: tried in this order until a browser would find the right one.
const CONTEXTS: [(usize, usize); 5] = [(0, 0), (4, 0), (0, 4), (12, 0), (12, 12)];

/// The address of a page with a fragment that finds a quotation on it.
///
/// Browsers do not match a text that begins within a word; `entreprise` in `l'entreprise` counts as one, so the article is taken along. They go to the
/// first match: where the same words stand in the seed before, words around the quotation tell it from them.
pub(super) fn fragment(url: &str, verified: &Verified, seed: &Seed) -> String {
    let Some(place) = Place::of(verified, seed) else {
        return url.to_owned();
    };
    let found = CONTEXTS
        .iter()
        .map(|(before, after)| place.target(*before, *after))
        .find(|target| target.is_found(&place));
    let target = found.unwrap_or_else(|| place.target(0, 0));
    let page = url.split('#').next().unwrap_or(url);
    format!("{page}#:~:text={}", target.directive(&seed.text))
}

/// Where a quotation stands in its seed.
struct Place<'a> {
    seed: &'a Seed,
    /// Indices of the passages in which it begins and ends.
    passages: (usize, usize),
    /// The words that name it, or those at its beginning.
    opening: Span,
    /// Those at its end, where not all are named.
    closing: Option<Span>,
}

/// What a link names: places in the seed.
struct Target {
    before: Option<Span>,
    opening: Span,
    closing: Option<Span>,
    after: Option<Span>,
}

impl<'a> Place<'a> {
    fn of(verified: &Verified, seed: &'a Seed) -> Option<Self> {
        let paragraphs = verified.paragraphs();
        let passages = (paragraphs.first()?.passage, paragraphs.last()?.passage);
        let mut parts = verified.parts();
        let first = parts.next()?;
        let last = parts.next_back().unwrap_or(first);
        let whole = whole_word_start(&seed.text, first.span.start)..first.span.end;
        let is_short = seed.text[whole.clone()].split_whitespace().count() <= MOST_WORDS;
        let named_whole = first.span == last.span && is_short;
        Some(Self {
            seed,
            passages,
            opening: if named_whole {
                whole
            } else {
                first_words(&seed.text, whole, END_WORDS)
            },
            closing: (!named_whole).then(|| last_words(&seed.text, last.span.clone(), END_WORDS)),
        })
    }

    /// What a link names that also tells so many words before and after the quotation.
    fn target(&self, before: usize, after: usize) -> Target {
        let text = &self.seed.text;
        let passage = |at: usize| self.seed.passages.get(at).map(|passage| passage.span.clone());
        let written = |span: &Span| !text[span.clone()].trim().is_empty();
        let end = self.closing.as_ref().unwrap_or(&self.opening).end;
        let left = || {
            let own = passage(self.passages.0).map(|span| span.start..self.opening.start);
            own.filter(written).or_else(|| passage(self.passages.0.checked_sub(1)?))
        };
        let right = || {
            let own = passage(self.passages.1).map(|span| end..span.end.max(end));
            own.filter(written).or_else(|| passage(self.passages.1 + 1))
        };
        Target {
            before: (before > 0)
                .then(left)
                .flatten()
                .map(|span| last_words(text, span, before)),
            opening: self.opening.clone(),
            closing: self.closing.clone(),
            after: (after > 0)
                .then(right)
                .flatten()
                .map(|span| first_words(text, span, after)),
        }
    }
}

impl Target {
    /// Whether a browser that goes to the first match goes to the quotation. Folded texts stand for what it sees: quotation marks and dashes that it would
    /// tell apart count as alike here, which at worst names more words than needed.
    fn is_found(&self, place: &Place<'_>) -> bool {
        let searched = place.seed.searched();
        let all = &searched.text;
        let own = |span: &Span| searched.span(&place.seed.folded_span(span));
        let text = |span: &Option<Span>| span.as_ref().map_or("", |span| all[own(span)].trim());
        let (before, after) = (text(&self.before), text(&self.after));
        let opening = own(&self.opening);
        let follows = |end: usize| all[end..].trim_start().starts_with(after);
        for (start, words) in all.match_indices(&all[opening.clone()]) {
            if !all[..start].trim_end().ends_with(before) {
                continue;
            }
            let end = start + words.len();
            match &self.closing {
                None if follows(end) => return start == opening.start,
                None => {}
                Some(closing) => {
                    let closing = own(closing);
                    let mut ends = all[end..].match_indices(&all[closing.clone()]).map(|(at, _)| end + at);
                    if let Some(at) = ends.find(|at| follows(at + closing.len())) {
                        return start == opening.start && at == closing.start;
                    }
                }
            }
        }
        false
    }

    /// As it stands in an address: `before-,opening,closing,-after`.
    fn directive(&self, text: &str) -> String {
        let words = |span: &Span| encode(&text[span.clone()].split_whitespace().collect::<Vec<_>>());
        let before = self.before.iter().map(|span| format!("{}-", words(span)));
        let after = self.after.iter().map(|span| format!("-{}", words(span)));
        let named = std::iter::once(&self.opening).chain(&self.closing).map(words);
        before.chain(named).chain(after).collect::<Vec<_>>().join(",")
    }
}

/// The place of the first words of a span.
fn first_words(text: &str, span: Span, count: usize) -> Span {
    let words = words(text, &span);
    around(&words[..words.len().min(count)]).unwrap_or(span)
}

/// The place of the last words of a span.
fn last_words(text: &str, span: Span, count: usize) -> Span {
    let words = words(text, &span);
    around(&words[words.len().saturating_sub(count)..]).unwrap_or(span)
}

/// From the beginning of the first to the end of the last.
fn around(words: &[Span]) -> Option<Span> {
    Some(words.first()?.start..words.last()?.end)
}

/// The places of the words of a span: what stands between white space.
fn words(text: &str, span: &Span) -> Vec<Span> {
    let mut at = span.start;
    let mut words = Vec::new();
    for piece in text[span.clone()].split(char::is_whitespace) {
        if !piece.is_empty() {
            words.push(at..at + piece.len());
        }
        at += piece.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

fn encode(words: &[&str]) -> String {
    let words: Vec<String> = words
        .iter()
        .map(|word| utf8_percent_encode(word, PLAIN).to_string())
        .collect();
    words.join("%20")
}

/// Where the word that holds a byte begins, an elided word before it included.
fn whole_word_start(text: &str, at: usize) -> usize {
    let before = &text[..at];
    let joined = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    if !before.ends_with(joined) {
        return at;
    }
    before.len()
        - before
            .chars()
            .rev()
            .take_while(|c| joined(*c))
            .map(char::len_utf8)
            .sum::<usize>()
}
