//! YAML in, typed values out, with diagnostics that point at the very words. The only room that knows a YAML library.

mod fields;
mod lists;
mod place;
mod scalar;
mod tidy;

use std::sync::Arc;

use serde_yaml::{Mapping, Value};

use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::phrase::{Phrase, say};
use crate::text::{LineIndex, Span, floor_char_boundary};

pub use fields::Fields;
pub use lists::Item;
pub use place::{Found, Step, locate};
pub use scalar::{either, is_web_address, list, meant_of, text_of_scalar};
pub use tidy::tidy;

/// The most bytes that a front matter may have.
const LONGEST_FRONT_MATTER: usize = 64 * 1024;

/// A YAML mapping read from a file, and where in the file its text stands.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The mapping; empty where it could not be read.
    pub mapping: Mapping,
    /// The bytes of the YAML text in its file, half-open.
    pub span: Span,
    /// Whether the mapping could be read; when not, what it lacks has already been reported.
    pub readable: bool,
}

/// A content file cut in two: its front matter and where its Markdown begins.
#[derive(Debug, Clone, Default)]
pub struct Split {
    /// The front matter.
    pub front: Document,
    /// The byte at which the Markdown body begins.
    pub body: usize,
}

/// Cuts a content file into front matter and body. The front matter stands between a first line `---` and the next line `---`.
pub fn split(path: &Arc<str>, text: &str) -> Checked<Split> {
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let fault = |span: Span, message: Phrase, help: Phrase| Checked {
        value: Split {
            front: Document::default(),
            body: text.len(),
        },
        diagnostics: vec![Diagnostic::new(Code::FrontMatter, path, span, message).help(help)],
    };
    let Some((first, yaml_start)) = line_at(text, start).filter(|(line, _)| is_fence(line)) else {
        let first = line_at(text, start).map_or(start, |(line, _)| start + line.len());
        return fault(
            start..first,
            say!("the file does not begin with front matter"),
            say!("begin it with a line `---`, then `key: value` lines, then another line `---`"),
        );
    };
    let Some((yaml_end, body)) = closing_fence(text, yaml_start) else {
        return fault(
            start..start + first.len(),
            say!("the front matter is not closed"),
            say!("end it with a line `---` before the text begins"),
        );
    };
    if yaml_end - yaml_start > LONGEST_FRONT_MATTER {
        return fault(
            start..start + first.len(),
            say!("the front matter is longer than 64 KiB"),
            say!("move long texts below it, into the body"),
        );
    }
    let Checked {
        value: front,
        diagnostics,
    } = mapping(path, text, yaml_start..yaml_end);
    Checked {
        value: Split { front, body },
        diagnostics,
    }
}

/// The line that begins at a byte offset, without its end, and where the next one begins.
fn line_at(text: &str, start: usize) -> Option<(&str, usize)> {
    let rest = &text[start..];
    if rest.is_empty() {
        return None;
    }
    match memchr::memchr(b'\n', rest.as_bytes()) {
        Some(end) => Some((rest[..end].trim_end_matches('\r'), start + end + 1)),
        None => Some((rest, text.len())),
    }
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// Where the YAML ends and where the body begins.
fn closing_fence(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    while let Some((line, next)) = line_at(text, at) {
        if is_fence(line) {
            return Some((at, next));
        }
        at = next;
    }
    None
}

/// Reads the YAML mapping at a span of a file.
pub fn mapping(path: &Arc<str>, text: &str, span: Span) -> Checked<Document> {
    let yaml = &text[span.clone()];
    let unreadable = |diagnostic: Diagnostic| Checked {
        value: Document {
            span: span.clone(),
            ..Document::default()
        },
        diagnostics: vec![diagnostic],
    };
    if let Some(excess) = place::excess(yaml) {
        let at = span.start + excess.span.start..span.start + excess.span.end;
        return unreadable(
            Diagnostic::new(Code::FrontMatter, path, at, excess.message)
                .help(say!("write it flat, and without `&` and `*`")),
        );
    }
    let value = match serde_yaml::from_str::<Value>(yaml) {
        Ok(value) => value,
        Err(error) => return unreadable(syntax_error(path, text, &span, &error)),
    };
    match value {
        Value::Mapping(mapping) => Checked {
            value: Document {
                mapping,
                span,
                readable: true,
            },
            diagnostics: Vec::new(),
        },
        Value::Null => Checked {
            value: Document {
                span,
                readable: true,
                ..Document::default()
            },
            diagnostics: Vec::new(),
        },
        _ => {
            let first = yaml.trim_end().len().min(yaml.find('\n').unwrap_or(yaml.len()));
            let place = span.start..span.start + first;
            let message = say!("these are not `key: value` lines");
            unreadable(
                Diagnostic::new(Code::FrontMatter, path, place, message)
                    .help(say!("write each key, a colon, a space and its value: `title: \"…\"`")),
            )
        }
    }
}

/// Turns the YAML library's error into a diagnostic at the place it names.
fn syntax_error(path: &Arc<str>, text: &str, span: &Span, error: &serde_yaml::Error) -> Diagnostic {
    let yaml = &text[span.clone()];
    let offset = error.location().map_or(0, |location| location.index());
    let at = span.start + floor_char_boundary(yaml, offset);
    let said = error.to_string();
    if let Some(key) = place::repeated_key(yaml) {
        let place = span.start + key.span.start..span.start + key.span.end;
        return Diagnostic::new(
            Code::FrontMatter,
            path,
            place,
            say!("the key `{name}` is written twice", name = key.name),
        )
        .help(say!("keep one of the two"));
    }
    let line = line_around(text, span, at);
    if said.contains("mapping values are not allowed") {
        if let Some(fault) = indented(path, text, span, &line) {
            return fault;
        }
        let colon = text[line.clone()].rfind(": ").map_or(at, |colon| line.start + colon);
        let colon = if text[at..].starts_with(':') { at } else { colon };
        return Diagnostic::new(
            Code::FrontMatter,
            path,
            colon..colon + 1,
            say!("a second colon makes this line unreadable"),
        )
        .label(say!("a colon followed by a space"))
        .help(say!(
            "put the whole value in double quotes: `key: \"a text: with a colon\"`"
        ));
    }
    if said.contains("repetition limit") || said.contains("recursion limit") {
        let alias = yaml.match_indices('*').find(|(at, _)| {
            yaml[..*at].ends_with([' ', '[', ',']) && yaml[at + 1..].starts_with(char::is_alphanumeric)
        });
        let place = alias.map_or(line, |(star, _)| {
            let length = yaml[star + 1..]
                .find(|c: char| !c.is_alphanumeric())
                .map_or(0, |end| end + 1);
            span.start + star..span.start + star + length.max(1)
        });
        return Diagnostic::new(
            Code::FrontMatter,
            path,
            place,
            say!("this YAML unfolds into far more than it says"),
        )
        .help(say!(
            "write the values out instead of repeating them by `&` and `*`, and nest them less deeply"
        ));
    }
    slip(path, text, span, error, at, line)
}

/// A key that is indented below a value that is complete: only its spaces make it a part of that.
fn indented(path: &Arc<str>, text: &str, span: &Span, line: &Span) -> Option<Diagnostic> {
    let start = text[span.start..line.start]
        .rfind('\n')
        .map(|end| span.start + end + 1)?;
    let one_colon = text[line.clone()].matches(": ").count() <= 1 && !text[line.clone()].starts_with('-');
    (start < line.start && one_colon).then(|| {
        let message = say!("the spaces before this key make it a part of the text above");
        Diagnostic::new(Code::FrontMatter, path, line.clone(), message)
            .help(say!("begin the key where the others of its kind begin"))
    })
}

/// Signs that a text without quotation marks cannot begin with, or not in this place.
fn sign(path: &Arc<str>, text: &str, said: &str, at: usize, line: &Span) -> Option<Diagnostic> {
    let value = text[line.clone()]
        .find(": ")
        .map_or(line.start, |colon| line.start + colon + 2);
    let value = value + (text[value..line.end].len() - text[value..line.end].trim_start().len());
    let fault = |at: usize, message: Phrase| {
        let length = text[at..line.end.max(at)].chars().next().map_or(0, char::len_utf8);
        Some(Diagnostic::new(Code::FrontMatter, path, at..at + length, message))
    };
    let begins = |marks: &[char]| text[value..line.end].starts_with(marks);
    let quote = || say!("put the whole value in double quotes");
    if said.contains("cannot start any token") && begins(&['@', '`'])
        || said.contains("unknown anchor") && begins(&['*'])
    {
        let sign = &text[value..=value];
        return fault(
            value,
            say!("a text without quotation marks cannot begin with `{sign}`", sign),
        )
        .map(|fault| fault.help(quote()));
    }
    if said.contains("block sequence entries are not allowed") && begins(&['-']) {
        return fault(value, say!("a list cannot begin on the line of its key")).map(|fault| {
            fault.help(say!(
                "begin each entry on a line of its own below the key; put a text that begins with `-` in double quotes"
            ))
        });
    }
    if said.contains("unknown escape character") {
        let backslash = text[line.start..at.min(line.end)]
            .rfind('\\')
            .map_or(at, |back| line.start + back);
        return fault(backslash, say!("a backslash means something else within double quotes"))
            .map(|fault| fault.help(say!("take it out, or write it twice")));
    }
    None
}

/// The slips that editors make most, each in its own words.
fn slip(path: &Arc<str>, text: &str, span: &Span, error: &serde_yaml::Error, at: usize, line: Span) -> Diagnostic {
    let full = error.to_string();
    let fault = |place: Span, message: Phrase| Diagnostic::new(Code::FrontMatter, path, place, message);
    if full.contains("while scanning a quoted scalar") {
        let open = opening(&full, "while scanning a quoted scalar", text, span).unwrap_or(line.start);
        return fault(open..open + 1, say!("this quotation mark is never closed"))
            .help(say!("close the text with the same mark on its line"));
    }
    if full.contains("while parsing a flow") {
        let open = opening(&full, "while parsing a flow", text, span).unwrap_or(line.start);
        return fault(open..open + 1, say!("this bracket is never closed"))
            .help(say!("close the list with `]`, or the keys with `}}`"));
    }
    let unfinished = opening(&full, "while scanning a simple key", text, span);
    if let Some(open) = unfinished.filter(|_| full.contains("could not find expected ':'")) {
        let message = say!("this line is neither a key with its value nor a part of the text above");
        return fault(line_around(text, span, open), message).help(say!(
            "write `key: value`, or begin the line with two spaces where it goes on with the text above"
        ));
    }
    // The library may point behind the line in which the tab stands.
    let near = floor_char_boundary(text, line.start.saturating_sub(64)).max(span.start);
    if let Some(tab) = text[near..line.end]
        .rfind('\t')
        .filter(|_| full.contains("cannot start any token"))
    {
        let tab = near + tab;
        return fault(tab..tab + 1, say!("a tab stands here"))
            .help(say!("indent with spaces: YAML does not allow tabs"));
    }
    let word = text[at..line.end.max(at)]
        .find(char::is_whitespace)
        .map_or(line.end.max(at), |end| at + end);
    if full.contains("did not find expected key") && text[line.start..at.max(line.start)].contains('"') && at < word {
        return fault(at..word, say!("the quotation mark before this ended the text")).help(say!(
            "put the whole value in single quotes, or use « » or “ ” inside it"
        ));
    }
    if full.contains("did not find expected key") && text[line.start..at.max(line.start)].contains('\'') && at < word {
        return fault(at..word, say!("the quotation mark before this ended the text"))
            .help(say!("put the whole value in double quotes, or write `’` inside it"));
    }
    if let Some(fault) = sign(path, text, &full, at, &line) {
        return fault;
    }
    let said = full.split(" at line ").next().unwrap_or(&full);
    fault(
        line,
        say!("this YAML cannot be read: {said}", said = Phrase::others(said)),
    )
    .help(say!(
        "check the spaces before the key, and put texts with `:`, `#`, quotes or brackets in double quotes"
    ))
}

/// The byte that the library's "while … at line L column C" names.
fn opening(said: &str, context: &str, text: &str, span: &Span) -> Option<usize> {
    let place = said.split(context).nth(1)?.split(" at line ").nth(1)?;
    let (line, column) = place.split_once(" column ")?;
    let yaml = &text[span.clone()];
    let line = LineIndex::new(yaml).line_span(line.trim().parse().ok()?)?;
    let column: usize = column.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    let (at, _) = yaml[line.clone()].char_indices().nth(column.checked_sub(1)?)?;
    Some(span.start + line.start + at)
}

/// The line of `text` that holds `at`, within `span`, without the white space around it; never empty where the line is not.
fn line_around(text: &str, span: &Span, at: usize) -> Span {
    let inside = &text[span.start..at.min(span.end)];
    let start = span.start + inside.rfind('\n').map_or(0, |end| end + 1);
    let end = text[start..span.end].find('\n').map_or(span.end, |end| start + end);
    let line = &text[start..end];
    let indent = line.len() - line.trim_start().len();
    start + indent..(start + line.trim_end().len()).max(start + indent)
}

/// Where a value stands in the front matter of a content file; its first line where it is not found.
pub fn place_in_front_matter(text: &str, trail: &[Step<'_>]) -> Span {
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let opening = start..(start + 3).min(text.len());
    let Some((_, yaml_start)) = line_at(text, start) else {
        return opening;
    };
    let Some((yaml_end, _)) = closing_fence(text, yaml_start) else {
        return opening;
    };
    match locate(&text[yaml_start..yaml_end], trail) {
        Some(found) => yaml_start + found.value.start..yaml_start + found.value.end,
        None => opening,
    }
}
