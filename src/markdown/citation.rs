//! Citations, the quoted runs right before them, and the attribution that ends a quoted block.

use std::ops::Range;

use super::flat::Flat;
use super::quotation::Role;
use super::uncited::DASHES;

/// A citation found in a flat text, in bytes of that text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundCitation {
    pub(super) span: Range<usize>,
    pub(super) source: String,
    pub(super) passage: Option<String>,
    /// The quoted words right before it, without their marks and the spaces inside these.
    pub(super) quoted: Option<Range<usize>>,
}

/// A bracket that is meant to cite and does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistyped {
    /// All of it, in bytes of the flat text.
    pub(super) span: Range<usize>,
    /// What stands for the source's id, in bytes of the flat text, where it names one.
    pub(super) source: Option<Range<usize>>,
    /// Whether its bracket is closed.
    pub(super) closed: bool,
}

/// What a block cites.
#[derive(Debug, Default)]
pub(super) struct Citations {
    /// Citations, in order.
    pub(super) found: Vec<FoundCitation>,
    /// Brackets that look like one, in order.
    pub(super) mistyped: Vec<Mistyped>,
}

/// Finds every citation of a block, in one walk through its text.
pub(super) fn citations(flat: &Flat, file: &str) -> Citations {
    let text = flat.text.as_str();
    let mut all = Citations::default();
    let mut marks = Marks::default();
    let mut open: Option<Bracket> = None;
    for at in memchr::memchr3_iter(b'[', b']', b'@', text.as_bytes()) {
        match text.as_bytes()[at] {
            b'@' => {
                if let Some(bracket) = &mut open
                    && bracket.source.is_none()
                {
                    bracket.source = mention(text, bracket.start, at);
                }
            }
            _ if flat.is_escaped(at, file) => {}
            b'[' => {
                let unclosed = open.replace(Bracket::new(text, at));
                all.mistyped
                    .extend(unclosed.and_then(|bracket| bracket.unclosed(text, at)));
            }
            _ => {
                let Some(bracket) = open.take() else { continue };
                match bracket.citation(text, at, &mut marks) {
                    Some(citation) => all.found.push(citation),
                    None => all.mistyped.extend(bracket.mistyped(at)),
                }
            }
        }
    }
    all.mistyped
        .extend(open.and_then(|bracket| bracket.unclosed(text, text.len())));
    all
}

/// A bracket that is being read.
struct Bracket {
    start: usize,
    /// Whether an `@` stands right behind it.
    cites: bool,
    /// The first source that is named within it.
    source: Option<Range<usize>>,
}

impl Bracket {
    fn new(text: &str, start: usize) -> Self {
        Self {
            start,
            cites: text[start + 1..].starts_with('@'),
            source: None,
        }
    }

    /// The citation that it is when the bracket at `end` closes it.
    fn citation(&self, text: &str, end: usize, marks: &mut Marks) -> Option<FoundCitation> {
        let inside = text[self.start + 1..end].strip_prefix('@')?;
        if inside.is_empty() || inside.starts_with(':') || inside.contains(|c: char| c.is_whitespace() || c == '@') {
            return None;
        }
        let (source, passage) = match inside.split_once(':') {
            Some((source, passage)) => (source.to_owned(), Some(passage.to_owned())),
            None => (inside.to_owned(), None),
        };
        Some(FoundCitation {
            span: self.start..end + 1,
            source,
            passage,
            quoted: quoted_run(text, self.start, marks),
        })
    }

    /// What is said of it when the bracket at `end` closes it and it is no citation.
    fn mistyped(self, end: usize) -> Option<Mistyped> {
        (self.cites || self.source.is_some()).then_some(Mistyped {
            span: self.start..end + 1,
            source: self.source,
            closed: true,
        })
    }

    /// What is said of it when nothing closes it before `end`. A lone `[@` is text.
    fn unclosed(self, text: &str, end: usize) -> Option<Mistyped> {
        let source = self.source.filter(|_| self.cites)?;
        let passage = text[source.end..end].find(|c: char| c != ':' && !c.is_ascii_digit());
        Some(Mistyped {
            span: self.start..passage.map_or(end, |length| source.end + length),
            source: Some(source),
            closed: false,
        })
    }
}

/// The source that an `@` within a bracket names: an id behind it, and nothing but a gap or the bracket itself before it.
fn mention(text: &str, bracket: usize, at: usize) -> Option<Range<usize>> {
    let begins = text[bracket + 1..at]
        .chars()
        .next_back()
        .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ',' | ';' | ':'));
    let rest = &text[at + 1..];
    let length = rest
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'))
        .unwrap_or(rest.len());
    (begins && length > 0).then_some(at + 1..at + 1 + length)
}

/// How a bracket that is no citation should be written: each passage in a bracket of its own.
pub(super) fn rewritten(inside: &str) -> String {
    let mut right: Vec<String> = Vec::new();
    let mut source: Option<&str> = None;
    let mut named = true;
    for word in inside.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '[' | ']')) {
        let number = match word.strip_prefix('@') {
            Some(word) => {
                right.extend(source.filter(|_| !named).map(|source| format!("[@{source}]")));
                let (name, number) = word.split_once(':').unwrap_or((word, ""));
                source = Some(name).filter(|name| !name.is_empty());
                named = false;
                number
            }
            None => word.trim_start_matches(':'),
        };
        if let Some(source) = source
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
        {
            right.push(format!("[@{source}:{number}]"));
            named = true;
        }
    }
    right.extend(source.filter(|_| !named).map(|source| format!("[@{source}]")));
    right.truncate(MOST_REWRITTEN);
    match right.is_empty() {
        true => "[@source:8]".to_owned(),
        false => right.join(" "),
    }
}

/// How many citations are shown to say how one should be written.
const MOST_REWRITTEN: usize = 3;

/// The quotation marks of a text, paired as far as the text has been walked through.
#[derive(Debug, Default)]
struct Marks {
    /// How far that is.
    at: usize,
    /// Opening marks that nothing has closed: `«`; `“` and `„`, which `”` closes; `„`, which `“` closes.
    guillemets: Vec<usize>,
    curly: Vec<usize>,
    low: Vec<usize>,
    straight: Option<usize>,
    /// The last closing mark, and the opening mark that it closes.
    last: Option<(usize, Option<usize>)>,
}

impl Marks {
    fn walk(&mut self, text: &str, to: usize) {
        let from = self.at;
        for (at, c) in text.get(from..to).unwrap_or_default().char_indices() {
            let at = from + at;
            match c {
                '«' => self.guillemets.push(at),
                '»' => self.last = Some((at, self.guillemets.pop())),
                '”' => self.last = Some((at, self.curly.pop())),
                '"' => self.last = Some((at, self.straight.replace(at))),
                '„' => {
                    self.low.push(at);
                    self.curly.push(at);
                }
                '“' => {
                    self.last = Some((at, self.low.pop()));
                    self.curly.push(at);
                }
                _ => {}
            }
        }
        self.at = self.at.max(to);
    }
}

/// The quoted run before a citation that begins at `start`: the words between an opening mark and its closing mark, with nothing but white space,
/// signs, brackets and dashes between that and the citation.
fn quoted_run(text: &str, start: usize, marks: &mut Marks) -> Option<Range<usize>> {
    let between = |c: char| c.is_whitespace() || ".,;:!?…()—–-".contains(c);
    let end = text[..start].trim_end_matches(between);
    let closing = end.chars().next_back().filter(|c| "»”“\"".contains(*c))?;
    marks.walk(text, start);
    let at = end.len() - closing.len_utf8();
    let (_, opening) = marks.last.filter(|(last, _)| *last == at)?;
    let inner = opening? + text[opening?..].chars().next()?.len_utf8();
    let words = &text[inner..at];
    let from = inner + (words.len() - words.trim_start().len());
    let to = from + words.trim().len();
    (from < to).then_some(from..to)
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
    let citation = citations(flat, file).found.pop()?;
    let text = flat.text.as_str();
    let start = text[..citation.span.start].rfind('\n').map_or(0, |at| at + 1);
    let lead = text[start..citation.span.start].trim();
    let tail = &text[citation.span.end..];
    let dashed = DASHES.iter().find_map(|dash| lead.strip_prefix(dash));
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
