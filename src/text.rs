//! Plain values about text: byte spans, line and column numbers, slugs.

use std::iter;
use std::ops::Range;

use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;

/// A half-open range of bytes in one file.
pub type Span = Range<usize>;

/// A place in a text as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1; lines end at `\n` alone, as `sed` counts them.
    pub line: usize,
    /// Column, from 1, in Unicode code points.
    pub column: usize,
}

/// Finds lines and columns in a text.
#[derive(Debug, Clone)]
pub struct LineIndex {
    /// Byte offset at which each line starts.
    starts: Vec<usize>,
    length: usize,
}

impl LineIndex {
    /// Reads `text` once and remembers where its lines start.
    pub fn new(text: &str) -> Self {
        let starts = std::iter::once(0)
            .chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1))
            .collect();
        Self {
            starts,
            length: text.len(),
        }
    }

    /// The number of lines, as `sed -n '$='` counts them: a final line without `\n` counts, an empty one after the last `\n` does not.
    pub fn lines(&self) -> usize {
        let ends_with_break = self.starts.last() == Some(&self.length);
        self.starts.len() - usize::from(ends_with_break)
    }

    /// The bytes of a line (from 1), without its `\n`; `None` past the end.
    pub fn line_span(&self, line: usize) -> Option<Span> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let end = self.starts.get(line).map_or(self.length, |next| next.saturating_sub(1));
        Some(start..end)
    }

    /// The line (from 1) that holds a byte offset.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// Line and column of a byte offset of `text`, the text that this index was made from. A byte order mark at its beginning is no character of the
    /// first line: no text editor counts it.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = floor_char_boundary(text, offset);
        let line = self.line_of(offset);
        let before = &text[self.starts[line - 1]..offset];
        let marks = usize::from(line == 1 && before.starts_with('\u{feff}'));
        Position {
            line,
            column: before.chars().count() - marks + 1,
        }
    }
}

/// The greatest character boundary of `text` that is not after `offset`.
pub fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A name as it stands in URLs: ASCII lower-case letters, digits and single hyphens; accents are dropped, letters of other alphabets written in Latin
/// ones.
///
/// Text that holds nothing of the kind gives a short stable code made of its code points, never an empty string.
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii() {
            push_slug(&mut out, c.to_ascii_lowercase());
            continue;
        }
        let plain = iter::once(c).nfd().filter(|c| !is_combining(*c));
        for c in plain.flat_map(char::to_lowercase) {
            match deunicode_char(c).filter(|_| c.is_alphabetic() && !c.is_ascii()) {
                // A Chinese character is a word: a space follows it.
                Some(latin) => latin.chars().for_each(|c| push_slug(&mut out, c.to_ascii_lowercase())),
                None => push_slug(&mut out, c),
            }
        }
    }
    let trimmed = out.trim_end_matches('-').len();
    out.truncate(trimmed);
    if out.is_empty() && !name.is_empty() {
        let codes: Vec<String> = name.chars().map(|c| format!("{:x}", u32::from(c))).collect();
        return format!("u{}", codes.join("-"));
    }
    out
}

/// Adds a lower-case character without accent to a slug.
fn push_slug(out: &mut String, c: char) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c),
        _ if out.is_empty() || out.ends_with('-') => {}
        _ => out.push('-'),
    }
}

/// Whether `name` can be an id: lower-case ASCII letters, digits and hyphens, not empty.
pub fn is_id(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Whether a letter belongs to a script that sets no spaces between words: Thai, Lao, Tibetan, Burmese, Khmer, the Japanese syllabaries, Bopomofo and
/// Chinese characters (Unicode blocks).
pub fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{fff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{312f}'
        | '\u{31a0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3fffd}')
}

/// Whether `c` is a combining mark that belongs to the letter before it.
pub fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Cuts a text after each full stop, question mark, exclamation mark or ellipsis that white space or a closing mark follows.
///
/// The sentences together are the text; white space stays at the beginning of the next one.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut from = 0;
    for (at, c) in ends_of_sentences(text) {
        let after = &text[at + c.len_utf8()..];
        // A closing guillemet stands behind a space, and belongs to the sentence before it.
        let spaces = after.len() - after.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
        let closing = |c: char| matches!(c, '»' | '”' | '"' | ')');
        let marks = after.len() - spaces - after[spaces..].trim_start_matches(closing).len();
        let end = at + c.len_utf8() + if marks > 0 { spaces + marks } else { 0 };
        // Words left out within a sentence do not end it: `… de source`, `(...) que`.
        let left_out = c == '…' || text[..=at].ends_with("...");
        let goes_on = left_out && text[end..].trim_start().starts_with(char::is_lowercase) || is_initial(text, at);
        if !goes_on && (text[end..].starts_with(char::is_whitespace) || marks > 0 && spaces > 0) {
            all.push(&text[from..end]);
            from = end;
        }
    }
    if !text[from..].trim().is_empty() || all.is_empty() {
        all.push(&text[from..]);
    }
    all
}

/// The full stops, question marks, exclamation marks and ellipses of a text, each with its byte.
fn ends_of_sentences(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    iter::from_fn(move || {
        loop {
            let at = from + find_byte(&bytes[from..], |byte| matches!(byte, b'.' | b'!' | b'?' | 0xe2))?;
            from = at + 1;
            match bytes[at] {
                // The first byte of an ellipsis, and of much else.
                0xe2 if bytes[at..].starts_with("…".as_bytes()) => return Some((at, '…')),
                0xe2 => {}
                byte => return Some((at, char::from(byte))),
            }
        }
    })
}

/// The place of the first byte of some kind. Blocks without one are passed over as a whole, which the compiler does with few instructions.
fn find_byte(bytes: &[u8], is_meant: impl Fn(u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 32;
    let has_none = |block: &&[u8]| !block.iter().fold(false, |any, byte| any | is_meant(*byte));
    let passed = BLOCK * bytes.chunks_exact(BLOCK).take_while(has_none).count();
    let rest = bytes[passed..].iter().position(|byte| is_meant(*byte))?;
    Some(passed + rest)
}

/// Words that begin sentences and are no names, in French and English: before them, a capital with a full stop is the end of a sentence.
const OPENERS: &str = "le la les l’ l' un une des il elle ils elles on ce cet cette ces c’ c' et en dans pour à au aux mais qui que \
    the a an but he she it they we this that these those in on at and for as when";

/// Whether the full stop at `at` belongs to an initial: `Robert A. Heinlein`, not `à Station F. Mais`.
fn is_initial(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    let capital = before.next().is_some_and(char::is_uppercase);
    let alone = before
        .next()
        .is_none_or(|c| !c.is_alphanumeric() && c != '.' && c != '’' && c != '\'');
    let next = text[at..].trim_start_matches('.').trim_start();
    if !(text[at..].starts_with('.') && capital && alone && next.starts_with(char::is_uppercase)) {
        return false;
    }
    let end = next.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(next.len());
    let word = next[..end].to_lowercase();
    !OPENERS
        .split_whitespace()
        .any(|opener| opener == word || word.starts_with(opener) && opener.ends_with(['’', '\'']))
}

/// Whether a byte matters in HTML and XML, or cannot stand in them: control characters but tabs and line breaks.
fn is_markup(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | 0..=8 | 11..=12 | 14..=31 | 127)
}

/// What a character of markup is written as where it is meant; the sign of what cannot be shown for control characters.
fn entity(byte: u8) -> &'static str {
    match byte {
        0..=31 | 127 => "\u{fffd}",
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        _ => "&#39;",
    }
}

/// Appends `text` to `out` with the five characters that matter in HTML and XML escaped, and without control characters.
pub fn escape_into(out: &mut String, text: &str) {
    escape_where(out, text, |rest| find_byte(rest, is_markup));
}

/// Appends `text` with the characters escaped that `next` finds, one after the other: it gives the place of the first in the bytes that remain.
fn escape_where(out: &mut String, text: &str, next: impl Fn(&[u8]) -> Option<usize>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = next(&bytes[from..]).map(|at| from + at) {
        out.push_str(&text[from..at]);
        out.push_str(entity(bytes[at]));
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// `text` escaped for HTML and XML, in a string of its own.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    escape_into(&mut out, text);
    out
}

/// `text` escaped for the inside of an element, where quotation marks are no markup (html.spec.whatwg.org, section 13.3).
pub fn escape_between_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    escape_where(&mut out, text, |rest| memchr::memchr3(b'&', b'<', b'>', rest));
    out
}

/// The known word that is closest to `word`, when it is close enough to be what the writer meant. Capitals in `word` count for nothing where small letters stand.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| {
            let distance = edit_distance(word, candidate).min(edit_distance(&lower, candidate));
            (distance, candidate)
        })
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count().max(word.chars().count()) / 3).max(1))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance in code points: insertions, deletions, substitutions and swaps of neighbours count one each.
fn edit_distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(64).collect();
    let b: Vec<char> = b.chars().take(64).collect();
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (previous[j] + 1).min(row[j - 1] + 1).min(previous[j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = previous;
        previous = row;
    }
    previous[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_sed_counts_them() {
        for (text, lines) in [("", 0), ("a", 1), ("a\n", 1), ("a\nb", 2), ("a\n\nb\n", 3)] {
            assert_eq!(LineIndex::new(text).lines(), lines, "{text:?}");
        }
    }

    #[test]
    fn columns_count_code_points() {
        let text = "é😀x\nabc";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 6), Position { line: 1, column: 3 });
        assert_eq!(index.position(text, 8), Position { line: 2, column: 1 });
        assert_eq!(index.line_span(2), Some(8..11));
        assert_eq!(index.line_span(3), None);
    }

    #[test]
    fn markup_is_found_wherever_it_stands() {
        for at in 0..100 {
            let plain = ["é".repeat(at), "x".repeat(99 - at)];
            for (mark, entity) in [
                ("&", "&amp;"),
                ("<", "&lt;"),
                (">", "&gt;"),
                ("\"", "&quot;"),
                ("'", "&#39;"),
            ] {
                assert_eq!(escape(&plain.join(mark)), plain.join(entity));
            }
        }
    }

    #[test]
    fn sentences_end_with_their_closing_marks() {
        let text = "Un. « Deux ! » Trois 3.5 fois ? Quatre";
        assert_eq!(sentences(text), ["Un.", " « Deux ! »", " Trois 3.5 fois ?", " Quatre"]);
        assert_eq!(sentences(text).concat(), text);
        assert_eq!(sentences(""), [""]);
        for (text, first) in [
            ("Robert A. Heinlein wrote it. Then", "Robert A. Heinlein wrote it."),
            ("Il est à Station F. Mais qui", "Il est à Station F."),
            ("La vérité est (...) que non. Oui", "La vérité est (...) que non."),
            ("Qui coule... de source. Oui", "Qui coule... de source."),
        ] {
            assert_eq!(sentences(text)[0], first);
        }
    }

    #[test]
    fn slugs_are_plain_and_never_empty() {
        assert_eq!(slug("Commission européenne"), "commission-europeenne");
        assert_eq!(slug("  L’Œuvre & Co. "), "l-oeuvre-co");
        assert_eq!(slug("百度"), "bai-du");
        assert_eq!(
            slug("Итог проверки, Łódź, Straße, œuf"),
            "itog-proverki-lodz-strasse-oeuf"
        );
        assert_eq!(slug("☃"), "u2603");
    }

    #[test]
    fn the_nearest_word_is_offered_only_when_it_is_near() {
        let known = ["summary", "verdict", "evidence"];
        assert_eq!(nearest("sumary", known), Some("summary"));
        assert_eq!(nearest("vedrict", known), Some("verdict"));
        assert_eq!(nearest("colour", known), None);
    }
}
