//! Citations, the quoted runs right before them, and the attribution that ends a quoted block.

use std::ops::Range;

use super::flat::Flat;
use super::quotation::Role;

/// A citation found in a flat text, in bytes of that text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundCitation {
    pub(super) span: Range<usize>,
    pub(super) source: String,
    pub(super) passage: Option<String>,
    /// The quoted words right before it, without their marks and the spaces inside these.
    pub(super) quoted: Option<Range<usize>>,
}

/// Finds every citation of a block.
pub(super) fn citations(flat: &Flat, file: &str) -> Vec<FoundCitation> {
    let text = flat.text.as_str();
    let mut found = Vec::new();
    for start in memchr::memmem::find_iter(text.as_bytes(), b"[@") {
        if flat.is_escaped(start, file) {
            continue;
        }
        let Some(length) = text[start..].find(']') else { break };
        let inside = &text[start + 2..start + length];
        if inside.is_empty() || inside.contains(char::is_whitespace) || inside.contains('[') {
            continue;
        }
        let (source, passage) = match inside.split_once(':') {
            Some((source, passage)) => (source.to_owned(), Some(passage.to_owned())),
            None => (inside.to_owned(), None),
        };
        found.push(FoundCitation {
            span: start..start + length + 1,
            source,
            passage,
            quoted: quoted_run(&text[..start]),
        });
    }
    found
}

/// The quoted run that ends `before`: the words between a closing mark, followed by nothing but white space, and its opening mark.
fn quoted_run(before: &str) -> Option<Range<usize>> {
    let end = before.trim_end();
    let closing = end.chars().next_back()?;
    let inner = &end[..end.len() - closing.len_utf8()];
    let (start, mark_length) = opening_mark(inner, closing)?;
    let words = &inner[start + mark_length..];
    let from = start + mark_length + (words.len() - words.trim_start().len());
    let to = from + words.trim().len();
    (from < to).then_some(from..to)
}

/// Where the mark that `closing` closes stands in the text before it, and its length in bytes.
fn opening_mark(inner: &str, closing: char) -> Option<(usize, usize)> {
    let opening: &[char] = match closing {
        '»' => &['«'],
        '”' => &['“', '„'],
        '“' => &['„'],
        '"' => return inner.rfind('"').map(|at| (at, 1)),
        _ => return None,
    };
    let mut depth = 0usize;
    for (at, c) in inner.char_indices().rev() {
        if opening.contains(&c) {
            if depth == 0 {
                return Some((at, c.len_utf8()));
            }
            depth -= 1;
        } else if c == closing {
            depth += 1;
        }
    }
    None
}

/// The attribution that ends a quoted block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribution {
    pub(super) citation: FoundCitation,
    /// The role word as written, in bytes of the flat text.
    pub(super) role: Option<Range<usize>>,
    /// Words that an attribution does not have, in bytes of the flat text.
    pub(super) excess: Option<Range<usize>>,
    /// Where it begins in the flat text: 0, or after a line break where it ends a paragraph of quoted words.
    pub(super) start: usize,
}

/// Reads the last paragraph of a block as an attribution: a dash, a citation, at most one role word.
///
/// The dash may be missing where nothing but a citation and a word stands there. An attribution may also be the last line of a paragraph.
pub(super) fn attribution(flat: &Flat, file: &str) -> Option<Attribution> {
    let citation = citations(flat, file).into_iter().next_back()?;
    let text = flat.text.as_str();
    let start = text[..citation.span.start].rfind('\n').map_or(0, |at| at + 1);
    let lead = text[start..citation.span.start].trim();
    let tail = &text[citation.span.end..];
    let dashed = ["—", "–", "--"].iter().find_map(|dash| lead.strip_prefix(dash));
    let bare = lead.is_empty() && tail.split_whitespace().count() <= 1;
    if dashed.is_none() && !(bare && start == 0) {
        return None;
    }
    let words: Vec<Range<usize>> = tail
        .split_whitespace()
        .map(|word| {
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            at..at + word.len()
        })
        .collect();
    let inside = |part: &str| {
        let at = part.as_ptr() as usize - text.as_ptr() as usize;
        at..at + part.len()
    };
    let before = dashed.map(str::trim).filter(|before| !before.is_empty());
    let role_is_known = words
        .first()
        .is_some_and(|word| Role::from_name(&text[word.clone()]).is_some());
    let excess = match (before, &words[..]) {
        (Some(before), _) => Some(inside(before)),
        (None, [first, second, ..]) => {
            let from = if role_is_known { second.start } else { first.start };
            Some(from..words.last().map_or(second.end, |last| last.end))
        }
        _ => None,
    };
    Some(Attribution {
        role: words.into_iter().next(),
        citation,
        excess,
        start,
    })
}
