//! What can be written at a place: ids, passages, words of a closed list, names, and the words of a source.

mod body;
mod front;
mod quotation;

use crate::config;
use crate::document::{Identity, Named, identify};
use crate::phrase::Phrase;
use crate::text::Span;

use super::Sheet;
use super::front::{holds, matter, spot};

pub(super) use front::scalar;

/// What can be written at a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completions {
    /// The likeliest first.
    pub suggestions: Vec<Suggestion>,
    /// Whether these are all that there will be when more is typed.
    pub complete: bool,
}

/// One thing that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is.
    pub kind: Offer,
    /// What a list shows.
    pub label: String,
    /// A few words beside it, or nothing.
    pub detail: Phrase,
    /// More about it, in CommonMark, or nothing.
    pub about: Phrase,
    /// The bytes that it takes the place of, all on one line.
    pub span: Span,
    /// What is written there.
    pub text: String,
}

/// Kinds of suggestions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// The id of a source.
    Source,
    /// The number of a passage.
    Passage,
    /// Words of a source, with their citation.
    Quotation,
    /// A word of a closed list.
    Word,
    /// A key of the front matter.
    Key,
    /// A person or an organization.
    Entity,
    /// A glossary term.
    Term,
    /// A content file.
    Document,
}

/// A place where something is being written.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    sheet: &'a Sheet,
    identity: &'a Identity,
    text: &'a str,
    at: usize,
}

/// What can be written at a byte of a file.
pub fn completions(sheet: &Sheet, path: &str, at: usize) -> Completions {
    let Some(text) = sheet.tree.text(path) else {
        return Completions::default();
    };
    if path == config::FILE {
        let yaml = 0..text.len();
        return Completions {
            suggestions: spot(text, &yaml, at).map_or(Vec::new(), |spot| front::settings(text, &spot)),
            complete: true,
        };
    }
    let Named::Document(identity) = identify(&path.into(), &sheet.site.config) else {
        return Completions::default();
    };
    if !text.is_char_boundary(at) {
        return Completions::default();
    }
    let cursor = Cursor {
        sheet,
        identity: &identity,
        text,
        at,
    };
    match matter(text) {
        Some(yaml) if holds(text, &yaml, at) => Completions {
            suggestions: spot(text, &yaml, at).map_or(Vec::new(), |spot| front::suggestions(cursor, &yaml, &spot)),
            complete: true,
        },
        _ => body::completions(cursor),
    }
}

impl<'a> Cursor<'a> {
    /// Where the line begins.
    fn line_start(self) -> usize {
        self.text[..self.at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// Where the line ends, without what ends it.
    fn line_end(self) -> usize {
        let rest = &self.text[self.at..];
        let line = rest.split('\n').next().unwrap_or(rest);
        self.at + line.trim_end_matches('\r').len()
    }

    /// The line up to the cursor.
    fn before(self) -> &'a str {
        &self.text[self.line_start()..self.at]
    }

    /// From a byte before the cursor to the end of the word that it stands in, as far as that is made of such characters.
    fn word_from(self, start: usize, inside: impl Fn(char) -> bool) -> Span {
        let rest = &self.text[self.at..];
        start..self.at + rest.find(|c| !inside(c)).unwrap_or(rest.len())
    }
}

/// A text on one line, cut where it grows long.
pub(super) fn short(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
