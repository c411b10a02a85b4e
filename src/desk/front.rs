//! Where in a front matter a cursor stands, told from the text alone, since a YAML text that is being typed can seldom be read.

use crate::text::Span;

/// Keys whose values hold keys of their own.
const NESTED: &[&str] = &["evidence", "claimant", "corrections", "alignment", "publisher"];

/// A place in a front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot<'a> {
    /// The top-level key that holds it; empty where one is being typed.
    pub(super) key: &'a str,
    /// The key within the nested mapping, where the cursor stands on its value.
    pub(super) inner: Option<&'a str>,
    /// Whether a key is being typed.
    pub(super) is_key: bool,
    /// The word under the cursor, without quotes, in bytes of the file.
    pub(super) word: Span,
    /// Whether it stands in quotes.
    pub(super) quoted: bool,
}

/// The bytes of a content file's front matter, without its fences. One that is not closed yet goes on to the end.
pub(super) fn matter(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = text[start..].split_inclusive('\n');
    let opening = lines
        .next()
        .filter(|line| line.trim_end() == "---" && line.ends_with('\n'))?;
    let begin = start + opening.len();
    let mut end = begin;
    for line in lines {
        if line.trim_end() == "---" {
            return Some(begin..end);
        }
        end += line.len();
    }
    Some(begin..text.len())
}

/// Whether a byte of a file lies within its front matter, which has been found at `yaml`.
pub(super) fn holds(text: &str, yaml: &Span, at: usize) -> bool {
    yaml.start <= at && (at < yaml.end || at == yaml.end && yaml.end == text.len())
}

/// The spot at a byte of a file, where that lies within `yaml`.
pub(super) fn spot<'a>(text: &'a str, yaml: &Span, at: usize) -> Option<Spot<'a>> {
    if !holds(text, yaml, at) || !text.is_char_boundary(at) {
        return None;
    }
    let start = text[yaml.start..at]
        .rfind('\n')
        .map_or(yaml.start, |end| yaml.start + end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let line = text[start..end].trim_end_matches('\r');
    let content = line.trim_start_matches([' ', '-']);
    let indent = line.len() - content.len();
    if indent == 0 {
        return Some(top(text, start, line, at));
    }
    let key = text[yaml.start..start].lines().rev().find_map(key_of)?;
    Some(value(text, start + indent..start + line.len(), at, key))
}

/// The key that a line gives at its very beginning.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    plain.then_some(key)
}

/// A spot on a line that is not indented.
fn top<'a>(text: &'a str, start: usize, line: &'a str, at: usize) -> Spot<'a> {
    let key_end = key_of(line).map(|key| start + key.len());
    match key_end {
        Some(key_end) if at > key_end => value(text, key_end + 1..start + line.len(), at, &text[start..key_end]),
        _ => Spot {
            key: "",
            inner: None,
            is_key: true,
            word: start..key_end.unwrap_or(start + line.trim_end().len()).max(at),
            quoted: false,
        },
    }
}

/// A spot in the value of a key, on one line; the line may begin with a nested key.
fn value<'a>(text: &'a str, line: Span, at: usize, key: &'a str) -> Spot<'a> {
    let at = at.max(line.start);
    let mut scan = Scan {
        start: line.start,
        inner: None,
        braces: Vec::new(),
        quote: None,
    };
    for (offset, c) in text[line.start..at].char_indices() {
        scan.step(text, line.start + offset, c);
    }
    let before = &text[scan.start..at];
    let start = scan.start + (before.len() - before.trim_start().len());
    let rest = &text[at..line.end.max(at)];
    let length = match scan.quote {
        Some(mark) => rest.find(mark).unwrap_or(rest.len()),
        None => {
            let end = rest.find([',', ']', '}', ':']).unwrap_or(rest.len());
            rest[..end].trim_end().len()
        }
    };
    Spot {
        key,
        inner: scan.inner,
        is_key: NESTED.contains(&key) && scan.inner.is_none() && scan.quote.is_none(),
        word: start..at + length,
        quoted: scan.quote.is_some(),
    }
}

/// What a line says up to the cursor.
struct Scan<'a> {
    /// Where the present word begins.
    start: usize,
    inner: Option<&'a str>,
    braces: Vec<char>,
    quote: Option<char>,
}

impl<'a> Scan<'a> {
    fn step(&mut self, text: &'a str, at: usize, c: char) {
        let next = at + c.len_utf8();
        let fresh = text[self.start..at].trim().is_empty();
        match (self.quote, c) {
            (Some(mark), c) if c == mark => {
                self.quote = None;
                self.start = next;
            }
            (Some(_), _) => {}
            (None, '"' | '\'') if fresh => {
                self.quote = Some(c);
                self.start = next;
            }
            (None, '[' | '{') if fresh => {
                self.braces.push(c);
                self.start = next;
            }
            (None, ']' | '}') => {
                self.braces.pop();
                self.start = next;
            }
            (None, ',') if !self.braces.is_empty() => {
                if self.braces.last() == Some(&'{') {
                    self.inner = None;
                }
                self.start = next;
            }
            (None, ':') if self.inner.is_none() && text[next..].starts_with([' ', '\n', '\r']) => {
                self.inner = Some(text[self.start..at].trim());
                self.start = next;
            }
            _ => {}
        }
    }
}
