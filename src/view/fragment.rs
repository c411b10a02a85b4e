//! Links that lead a browser to the quoted words: text fragments (WICG, "URL Fragment Text Directives").

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::source::Seed;
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

/// The address of a page with a fragment that finds a quotation on it.
///
/// Browsers do not match a text that begins within a word; `entreprise` in `l'entreprise` counts as one, so the article is taken along.
pub(super) fn fragment(url: &str, verified: &Verified, seed: &Seed) -> String {
    let mut parts = verified.parts();
    let Some(first) = parts.next() else {
        return url.to_owned();
    };
    let last = parts.next_back().unwrap_or(first);
    let start = whole_word_start(&seed.text, first.span.start);
    let whole = &seed.text[start..first.span.end];
    let single = first.span == last.span && whole.split_whitespace().count() <= MOST_WORDS;
    let directive = if single {
        encode(&whole.split_whitespace().collect::<Vec<_>>())
    } else {
        let opening: Vec<&str> = whole.split_whitespace().take(END_WORDS).collect();
        let closing: Vec<&str> = seed.text[last.span.clone()].split_whitespace().collect();
        let closing = &closing[closing.len().saturating_sub(END_WORDS)..];
        format!("{},{}", encode(&opening), encode(closing))
    };
    let page = url.split('#').next().unwrap_or(url);
    format!("{page}#:~:text={directive}")
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
