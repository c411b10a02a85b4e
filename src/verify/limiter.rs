//! Words that limit or deny, and that an ellipsis must not hide.

use crate::fold::fold;
use crate::text::{floor_char_boundary, sentences};

/// Words that limit or deny by themselves.
const LIMITERS: [&str; 10] = [
    "jamais",
    "sauf",
    "seulement",
    "not",
    "cannot",
    "never",
    "only",
    "unless",
    "except",
    "however",
];

/// Words that limit or deny together with a `ne`, behind it or before it.
const BESIDE_NE: [&str; 7] = ["rien", "aucun", "aucune", "personne", "nul", "nulle", "ni"];

/// Words that do so behind a `ne` alone.
const BEHIND_NE: [&str; 6] = ["pas", "plus", "point", "guère", "que", "qu'"];

/// Words that begin another clause: a `que` behind them belongs to no `ne` before them.
const OTHER_CLAUSE: [&str; 6] = ["et", "mais", "ou", "car", "si", "donc"];

/// How many words away from its `ne` such a word may stand.
const NEAR: usize = 6;

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
    sentences.iter().enumerate().find_map(|(at, sentence)| {
        let cut = at == 0 && cuts_first || at == last && cuts_last;
        let lead = match at {
            0 if cuts_first => sentence_start(passage, gap.start)..gap.start,
            _ => gap.start..gap.start,
        };
        let tail = match at == last && cuts_last {
            true => gap.end..sentence_end(passage, gap.end),
            false => gap.end..gap.end,
        };
        limiter(&passage[lead], sentence, &passage[tail]).filter(|_| cut)
    })
}

/// Whether some words limit or deny.
pub fn limits(words: &str) -> bool {
    limiter("", words, "").is_some()
}

/// The first limiting word of a text that was cut from between two others.
fn limiter(lead: &str, text: &str, tail: &str) -> Option<String> {
    let lead = words(lead);
    let cut = words(text);
    let mut inside = lead.len()..lead.len() + cut.len();
    let all: Vec<String> = lead.into_iter().chain(cut).chain(words(tail)).collect();
    let mut denying: Vec<usize> = (0..all.len())
        .filter(|at| is_ne(&all[*at]))
        .filter_map(|ne| Some([ne, partner(&all, ne)?]))
        .flatten()
        .collect();
    denying.sort_unstable();
    inside
        .find(|at| {
            let word = all[*at].as_str();
            LIMITERS.contains(&word) || word.ends_with("n't") || denying.binary_search(at).is_ok()
        })
        .map(|at| all[at].clone())
}

/// The word that denies or limits together with the `ne` at a place: the first behind it, else one before it, as in `Rien n’est sûr`.
fn partner(words: &[String], ne: usize) -> Option<usize> {
    let behind = &words[ne + 1..];
    let near = &behind[..behind.len().min(NEAR)];
    let mut clause = near.iter().take_while(|word| !OTHER_CLAUSE.contains(&word.as_str()));
    let denies = |word: &str| BESIDE_NE.contains(&word) || BEHIND_NE.contains(&word) || word == "jamais";
    if let Some(at) = clause.position(|word| denies(word)) {
        return Some(ne + 1 + at);
    }
    let before = ne.saturating_sub(NEAR)..ne;
    let subject = before.rev().find(|at| BESIDE_NE.contains(&words[*at].as_str()));
    // What stands between them may be long.
    subject.or_else(|| Some(ne + 1 + behind.iter().position(|word| word == "pas")?))
}

fn is_ne(word: &str) -> bool {
    word == "ne" || word == "n'"
}

/// Words in lower case; an elided one keeps its apostrophe.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text).to_lowercase();
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
    all
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
            (
                "The minister signs it unless the court objects.",
                "it unless the court objects.",
                "unless",
            ),
            ("However, the minister signs it.", "However, ", "however"),
            ("The minister cannot lawfully sign it.", "cannot lawfully ", "cannot"),
            ("The minister can’t lawfully sign it.", "can’t lawfully ", "can't"),
            ("Le texte ne concerne vraiment que la France.", "que la France.", "que"),
            ("Le texte ne concerne qu’une ville ici.", "ne concerne qu’une ", "ne"),
            ("Il ne sait presque rien de cela.", "presque rien ", "rien"),
            ("Rien n’est sûr ici.", "Rien ", "rien"),
            ("Il n’a ja\u{ad}mais menti.", "ja\u{ad}mais ", "jamais"),
            ("He said it was n\u{200b}ot at all true.", "n\u{200b}ot at all ", "not"),
            ("Aucun modèle de la liste n’est libre.", "Aucun modèle de ", "aucun"),
            (
                "Il ne voit absolument personne ici.",
                "absolument personne ",
                "personne",
            ),
            (
                "Le ministre ne veut absolument pas signer.",
                "ne veut absolument pas ",
                "ne",
            ),
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
            (
                "Une personne rien moins que riche, sans aucun doute, est venue.",
                "rien moins que riche, sans aucun doute, ",
            ),
            ("Il vient avant qu’elle ne parte au loin.", "ne parte "),
            ("Il craint qu’elle ne vienne et que tout cesse.", "et que tout "),
            ("Il ne vient pas plus tard que nous.", "plus tard que "),
            ("First. However, it was so. Last.", "However, it was so. "),
            ("First, it was so. Only five came.", "Only five came."),
            ("Only five came. Then it was so.", "Only five came. "),
        ] {
            assert_eq!(dropped(passage, left_out), None, "{passage}");
        }
    }
}
