//! Markdown in, pieces out: words, the marks between them, and holes for what only the whole site can fill. The only room that knows pulldown-cmark.

mod citation;
mod flat;
mod inline;
mod line;
mod mark;
mod quotation;
mod quoted;
mod read;
mod tidy;
mod uncited;

use crate::text::Span;

pub use mark::{Align, Element, Mark, Placement};
pub use quotation::{Gap, Paragraph, Quotation, Role, Run, Segment, in_file};
pub use read::{Anchors, Setting, read};
pub use tidy::corrections;

/// A content file's body, read once and never parsed again.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The page's pieces in order.
    pub pieces: Vec<Piece>,
    /// Put before the anchors of its footnotes; empty where it has a page of its own.
    pub prefix: Box<str>,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Quotations, in blockquotes and inline, in order.
    pub quotations: Vec<Quotation>,
    /// Citations, those of quotations included, in order.
    pub citations: Vec<Citation>,
    /// Links and images in order.
    pub links: Vec<Link>,
    /// Places of blockquotes without attribution.
    pub uncited: Vec<Span>,
    /// Roles of blockquotes that have an attribution and no quoted words, which was reported.
    pub wordless: Vec<Role>,
    /// Marks of footnotes in the text: the piece that holds each, and its bytes in the content file.
    pub footnote_marks: Vec<(usize, Span)>,
}

/// A part of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// What opens, closes or stands between words.
    Mark(Mark),
    /// Running text, not yet escaped, in which glossary terms may be linked. Soft line breaks are `\n`.
    Text(String),
    /// Text, not yet escaped, in which nothing is linked: headings, links, code, quotations.
    Plain(String),
    /// Words of an inline quotation, not yet escaped; the number is an index of [`Body::quotations`].
    Quoted(usize, String),
    /// A new section begins.
    Section,
    /// A link opens; index of [`Body::links`].
    LinkOpen(usize),
    /// The link closes.
    LinkClose(usize),
    /// An image; index of [`Body::links`], alternative text.
    Image(usize, String),
    /// A citation in running text; index of [`Body::citations`].
    Citation(usize),
    /// A quoted block with its attribution; index of [`Body::quotations`].
    Quotation(usize),
}

/// A heading of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6; a first-level heading counts as 2, since the page has its own first.
    pub level: u8,
    /// Its anchor, unique in the body.
    pub id: String,
    /// Its text without markup.
    pub text: String,
}

/// A citation: `[@SOURCE]` or `[@SOURCE:PASSAGE]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// What stands for the source's id; not yet known to be one.
    pub source: String,
    /// What stands for the passage; not yet known to be a number.
    pub passage: Option<String>,
    /// Bytes of the content file: the whole citation with its brackets.
    pub span: Span,
}

impl Citation {
    /// The bytes of the passage in the content file, or of the whole citation where it names none.
    pub fn passage_span(&self) -> Span {
        match &self.passage {
            Some(passage) => self.span.end - 1 - passage.len()..self.span.end - 1,
            None => self.span.clone(),
        }
    }

    /// The bytes of the source's id in the content file.
    pub fn source_span(&self) -> Span {
        let start = self.span.start + "[@".len();
        start..start + self.source.len()
    }
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, as written.
    pub target: String,
    /// Its title, or nothing.
    pub title: String,
    /// Bytes of the content file that hold the target.
    pub span: Span,
    /// Whether it is an image.
    pub image: bool,
}

impl Body {
    /// The text of each paragraph, heading and entry of a list without markup, quotation blocks left out, white space single.
    pub fn blocks(&self) -> Vec<String> {
        let mut blocks = vec![String::new()];
        for piece in &self.pieces {
            match (piece, blocks.last_mut()) {
                (Piece::Text(words) | Piece::Plain(words) | Piece::Quoted(_, words), Some(block)) => {
                    block.push_str(words)
                }
                (Piece::Mark(mark), _) if mark.ends_block() => blocks.push(String::new()),
                (Piece::Quotation(_), _) => blocks.push(String::new()),
                (Piece::Citation(_), Some(block)) => take_gap(block),
                _ => {}
            }
        }
        let blocks = blocks.iter().map(|block| single_spaced(block));
        blocks.filter(|block| !block.is_empty()).collect()
    }

    /// The text of the body without markup, quotation blocks left out, white space single.
    pub fn plain_text(&self) -> String {
        self.beginning(usize::MAX)
    }

    /// The beginning of [`Body::plain_text`]: at least so many code points, where the body has them.
    pub fn beginning(&self, code_points: usize) -> String {
        let mut text = SingleSpaced::default();
        let mut length = 0;
        for piece in &self.pieces {
            if length > code_points {
                break;
            }
            match piece {
                Piece::Text(words) | Piece::Plain(words) | Piece::Quoted(_, words) => length += text.push(words),
                Piece::Mark(mark) if mark.ends_block() => text.space = true,
                Piece::Quotation(_) => text.space = true,
                Piece::Citation(_) => text.take_gap(),
                _ => {}
            }
        }
        text.text
    }
}

/// How many bytes the white space takes that a text begins with, where it does and words may be torn apart there.
fn width_of_break(text: &str) -> usize {
    let first = text.chars().next();
    let breaking = first.filter(|c| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}'));
    breaking.map_or(0, char::len_utf8)
}

/// Takes the space away that stood before what is left out: a sign may follow.
fn take_gap(text: &mut String) {
    text.truncate(text.trim_end().len());
}

/// The text with one space for each run of white space, and none at its ends.
fn single_spaced(text: &str) -> String {
    let mut spaced = SingleSpaced::default();
    spaced.push(text);
    spaced.text
}

/// A text that grows with one space for each run of white space, and none at its ends. No-break spaces are part of a word's setting: `Qui ?` must not be
/// torn apart.
#[derive(Debug, Default)]
struct SingleSpaced {
    text: String,
    /// Whether white space stands before what comes next.
    space: bool,
}

impl SingleSpaced {
    /// Appends words, and gives how many code points they made the text longer.
    fn push(&mut self, words: &str) -> usize {
        let before = self.text.len();
        self.text.reserve(words.len() + 1);
        let (mut from, mut at) = (0, 0);
        while at < words.len() {
            let width = match words.as_bytes()[at] {
                // A single space between two words stays.
                b' ' if at > from && words.as_bytes().get(at + 1).is_some_and(u8::is_ascii_graphic) => 0,
                b' ' => 1,
                byte if byte.is_ascii_graphic() => 0,
                _ => width_of_break(&words[at..]),
            };
            if width > 0 {
                self.push_word(&words[from..at]);
                self.space = true;
                from = at + width;
            }
            at += width.max(1);
            while !words.is_char_boundary(at) {
                at += 1;
            }
        }
        self.push_word(&words[from..]);
        self.text[before..].chars().count()
    }

    fn push_word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if self.space && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.space = false;
        self.text.push_str(word);
    }

    /// Takes the space away that stands before what is left out: a sign may follow.
    fn take_gap(&mut self) {
        self.space = false;
        take_gap(&mut self.text);
    }
}

#[cfg(test)]
mod tests;
