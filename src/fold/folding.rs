//! Raw text → folded text, from left to right.

use std::ops::Range;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::text::is_combining;

/// What is to be known of where a folded text came from.
pub(super) trait Origin {
    /// The next so many bytes of the folded text are a character that stands for the raw bytes `place`.
    fn character(&mut self, bytes: usize, place: (u32, u32));

    /// The next bytes of the folded text are the raw bytes `run` one by one.
    fn run(&mut self, run: Range<usize>);
}

/// For each byte of the folded text, the raw bytes that its character stands for.
impl Origin for Vec<(u32, u32)> {
    fn character(&mut self, bytes: usize, place: (u32, u32)) {
        self.extend(std::iter::repeat_n(place, bytes));
    }

    fn run(&mut self, run: Range<usize>) {
        self.extend(run.map(|byte| (at(byte), at(byte + 1))));
    }
}

/// Nothing is to be known.
pub(super) struct Forgotten;

impl Origin for Forgotten {
    fn character(&mut self, _: usize, _: (u32, u32)) {}

    fn run(&mut self, _: Range<usize>) {}
}

/// Folds a text, and tells its origin; raw offsets count from `base`.
pub(super) fn fold<O: Origin>(raw: &str, base: usize, origin: O) -> (String, O) {
    let mut folding = Folding {
        text: String::with_capacity(raw.len()),
        origin,
        base,
        space: None,
    };
    // Below U+0300 all is normalized, and composes with nothing before it.
    if is_nfc_quick(raw.chars().filter(|c| *c >= '\u{300}')) == IsNormalized::Yes {
        let mut at = 0;
        while at < raw.len() {
            let plain = plain_run(&raw.as_bytes()[at..]);
            folding.plain(raw, at..at + plain);
            at += plain;
            if let Some(c) = raw[at..].chars().next() {
                folding.take(c, at, at + c.len_utf8());
                at += c.len_utf8();
            }
        }
    } else {
        for unit in normalized_units(raw) {
            for c in unit.text.chars() {
                folding.take(c, unit.start, unit.end);
            }
        }
    }
    (folding.text, folding.origin)
}

/// A text being folded.
struct Folding<O> {
    text: String,
    origin: O,
    /// Where the raw text begins.
    base: usize,
    /// White space that has been read and not yet written.
    space: Option<(u32, u32)>,
}

impl<O: Origin> Folding<O> {
    /// Takes the next character, which stands for bytes `start..end` of the raw text.
    fn take(&mut self, c: char, start: usize, end: usize) {
        let place = (at(self.base + start), at(self.base + end));
        match fold_char(c) {
            Fold::Nothing => {}
            Fold::Space => self.space = self.space.or(Some(place)),
            Fold::Mark => {
                self.space = None;
                self.push("\"", place);
            }
            Fold::Text(text) => self.word(text, place),
            Fold::Same => self.word(c.encode_utf8(&mut [0; 4]), place),
        }
    }

    /// Takes a [`plain_run`] of the raw text.
    fn plain(&mut self, raw: &str, run: Range<usize>) {
        if run.is_empty() {
            return;
        }
        self.write_space();
        self.text.push_str(&raw[run.clone()]);
        self.origin.run(self.base + run.start..self.base + run.end);
    }

    fn word(&mut self, text: &str, place: (u32, u32)) {
        self.write_space();
        self.push(text, place);
    }

    fn push(&mut self, text: &str, place: (u32, u32)) {
        self.text.push_str(text);
        self.origin.character(text.len(), place);
    }

    /// Space counts between words, not at the beginning and not beside a quotation mark.
    fn write_space(&mut self) {
        if let Some(space) = self.space.take()
            && !self.text.is_empty()
            && !self.text.ends_with('"')
        {
            self.push(" ", space);
        }
    }
}

/// Byte offsets fit 32 bits: files are at most 256 MiB.
fn at(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// How many of the next bytes fold to themselves: characters that do, and single spaces between two of them.
fn plain_run(bytes: &[u8]) -> usize {
    let mut end = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if PLAIN[usize::from(*byte)] {
            end = at + 1;
        } else if *byte != b' ' || at == 0 || end != at {
            break;
        }
        at += 1;
    }
    end
}

/// Whether each byte is a character that folds to itself.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        plain[byte as usize] = matches!(fold_char(byte as char), Fold::Same);
        byte += 1;
    }
    plain
};

/// What becomes of a character.
pub(super) enum Fold {
    Nothing,
    Space,
    Mark,
    Same,
    Text(&'static str),
}

pub(super) const fn fold_char(c: char) -> Fold {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Fold::Same,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Fold::Nothing,
        '«' | '»' | '“' | '”' | '„' | '‟' | '"' => Fold::Mark,
        '’' | 'ʼ' | '‘' | '‹' | '›' => Fold::Text("'"),
        '‐' | '‑' | '–' | '—' => Fold::Text("-"),
        '…' => Fold::Text("..."),
        c if c.is_whitespace() => Fold::Space,
        _ => Fold::Same,
    }
}

/// A run of raw text that folds to `unit`, one or more characters.
struct Unit {
    text: String,
    start: usize,
    end: usize,
}

/// Cuts `raw` where no composition crosses, and normalizes each piece to NFC.
fn normalized_units(raw: &str) -> Vec<Unit> {
    let mut starts: Vec<usize> = raw
        .char_indices()
        .filter(|(_, c)| !is_combining(*c) && is_nfc_quick(std::iter::once(*c)) != IsNormalized::Maybe)
        .map(|(start, _)| start)
        .collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([raw.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| Unit {
            text: raw[start..end].nfc().collect(),
            start,
            end,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The rules said once more, in the plainest way: white space counts once, between words, and not beside a quotation mark.
    fn plainly(raw: &str) -> String {
        let mut folded = String::new();
        for c in raw.nfc() {
            match fold_char(c) {
                Fold::Nothing => {}
                Fold::Space => folded.push(' '),
                Fold::Mark => folded.push('"'),
                Fold::Same => folded.push(c),
                Fold::Text(text) => folded.push_str(text),
            }
        }
        let words = folded.split(' ').filter(|word| !word.is_empty());
        let single = words.collect::<Vec<_>>().join(" ");
        single.replace(" \"", "\"").replace("\" ", "\"")
    }

    /// Every character by itself, in a text that is normalized.
    fn one_by_one(raw: &str, base: usize) -> (String, Vec<(u32, u32)>) {
        let mut folding = Folding {
            text: String::new(),
            origin: Vec::new(),
            base,
            space: None,
        };
        for (start, c) in raw.char_indices() {
            folding.take(c, start, start + c.len_utf8());
        }
        (folding.text, folding.origin)
    }

    const NORMALIZED: [&str; 17] = [
        "a", "b", "1", ".", ",", " ", "  ", "\n", "\u{a0}", "\"", "«", "»", "’", "…", "–", "é", "\u{200b}",
    ];
    const COMPOSING: [&str; 5] = ["e", "\u{301}", "\u{323}", "カ", "\u{3099}"];

    fn text_of(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(pieces), 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn runs_are_folded_like_single_characters(raw in text_of(&NORMALIZED)) {
            prop_assert_eq!(fold(&raw, 7, Vec::new()), one_by_one(&raw, 7));
        }

        #[test]
        fn folding_keeps_its_rules(normalized in text_of(&NORMALIZED), composing in text_of(&COMPOSING)) {
            let raw = normalized + &composing;
            let (text, origin) = fold(&raw, 0, Vec::new());
            prop_assert_eq!(&text, &plainly(&raw));
            prop_assert_eq!(origin.len(), text.len());
            prop_assert_eq!(fold(&raw, 0, Forgotten).0, text);
        }
    }
}
