//! Markdown in, pieces out: words, the marks between them, and holes for what only the whole site can fill. The only room that knows pulldown-cmark.

mod citation;
mod flat;
mod inline;
mod line;
mod mark;
mod notes;
mod plain;
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
    /// Its classes for style sheets, with spaces between them.
    pub classes: Box<str>,
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

#[cfg(test)]
mod tests;
