//! Words that limit or deny, and that an ellipsis must not hide.

use crate::text::{floor_char_boundary, sentences};

/// Words that limit or deny by themselves.
const LIMITERS: [&str; 9] = [
    "jamais",
    "sauf",
    "seulement",
    "not",
    "never",
    "only",
    "unless",
    "except",
    "however",
];

/// The limiting word that a gap leaves out of the sentence it cuts, where it does.
///
/// `passage` is the whole passage, `gap` the bytes of it that `[…]` stands for. Sentences that are left out as a whole do not count: the quotation
/// cuts none of them.
pub fn drops_limiter(passage: &str, gap: std::ops::Range<usize>) -> Option<String> {
    let before = passage[..gap.start].trim_end();
    let left_out = &passage[gap.clone()];
    let cuts_first = !before.is_empty() && !ends_sentence(before);
    let cuts_last = !passage[gap.end..].trim().is_empty() && !ends_sentence(left_out.trim_end());
    let sentences = sentences(left_out);
    let last = sentences.len().checked_sub(1)?;
    for (at, sentence) in sentences.iter().enumerate() {
        let cut = at == 0 && cuts_first || at == last && cuts_last;
        if !cut {
            continue;
        }
        let whole_start = if at == 0 {
            sentence_start(passage, gap.start)
        } else {
            gap.start
        };
        let whole_end = if at == last {
            sentence_end(passage, gap.end)
        } else {
            gap.end
        };
        if let Some(word) = limiter(sentence, &passage[whole_start..whole_end]) {
            return Some(word);
        }
    }
    None
}

/// The first limiting word of a text; `sentence` is what the text was cut from, for `ne … pas`.
fn limiter(text: &str, sentence: &str) -> Option<String> {
    let denies = words(sentence).any(|word| is_ne(&word));
    let pas = words(sentence).any(|word| word == "pas");
    words(text).find(|word| {
        LIMITERS.contains(&word.as_str()) || word.ends_with("n't") || word == "pas" && denies || is_ne(word) && pas
    })
}

fn is_ne(word: &str) -> bool {
    word == "ne" || word == "n'"
}

/// Words in lower case; an elided one keeps its apostrophe.
fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = text.to_lowercase().replace(['’', 'ʼ', '‘'], "'");
    let mut all = Vec::new();
    for chunk in folded.split(|c: char| !c.is_alphanumeric() && c != '\'') {
        let chunk = chunk.trim_start_matches('\'');
        match chunk.split_once('\'') {
            Some((stem, rest)) if rest != "t" && !rest.is_empty() => {
                all.push(format!("{stem}'"));
                all.push(rest.to_owned());
            }
            Some((stem, "")) => all.push(format!("{stem}'")),
            _ if !chunk.is_empty() => all.push(chunk.to_owned()),
            _ => {}
        }
    }
    all.into_iter()
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| matches!(c, '"' | '”' | '»' | ')' | '\'' | '’') || c.is_whitespace())
        .ends_with(['.', '!', '?', '…'])
}

/// How far from a gap the ends of its sentence are looked for, in bytes.
const LONGEST_SENTENCE: usize = 2000;

fn sentence_start(passage: &str, at: usize) -> usize {
    let from = floor_char_boundary(passage, at.saturating_sub(LONGEST_SENTENCE));
    sentences(&passage[from..at])
        .last()
        .map_or(from, |last| at - last.len())
}

fn sentence_end(passage: &str, at: usize) -> usize {
    let to = floor_char_boundary(passage, at + LONGEST_SENTENCE);
    sentences(&passage[at..to]).first().map_or(to, |first| at + first.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dropped(passage: &str, left_out: &str) -> Option<String> {
        let start = passage.find(left_out).expect("the gap stands in the passage");
        drops_limiter(passage, start..start + left_out.len())
    }

    #[test]
    fn a_limiting_word_in_the_cut_sentence_is_seen() {
        for (passage, left_out, word) in [
            ("He said it was not at all true.", "not at all ", "not"),
            ("Il ne veut pas du tout partir.", "pas du tout ", "pas"),
            ("Il n’a jamais menti.", "jamais ", "jamais"),
            ("It works, except on Mondays, well.", "except on Mondays, ", "except"),
            ("They don’t really know it.", "don’t really ", "don't"),
            ("Il n’est pas venu hier.", "n’est pas ", "n'"),
        ] {
            assert_eq!(dropped(passage, left_out).as_deref(), Some(word), "{passage}");
        }
    }

    #[test]
    fn other_words_and_whole_sentences_may_go() {
        for (passage, left_out) in [
            ("He said it was quite true.", "quite "),
            ("First. It was not so. Last.", "It was not so. "),
            ("Deux pas de plus suffisent.", "pas de plus "),
        ] {
            assert_eq!(dropped(passage, left_out), None, "{passage}");
        }
    }
}
