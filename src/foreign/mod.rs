//! What comes from outside, as text: web pages and PDFs with what they say of themselves, and texts in other encodings than UTF-8.
//!
//! Pages and PDFs come from strangers. Reading one never panics of itself, but a library may, or may take long: the shell reads them in a process
//! of its own.

mod article;
mod cmap;
pub mod dates;
mod decode;
mod facts;
mod font;
mod glyphs;
mod layout;
mod page;
mod pdf;

use serde::{Deserialize, Serialize};

use crate::phrase::Phrase;

pub use decode::{Decoded, decode};

/// A format that text is drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A web page.
    Html,
    /// A PDF.
    Pdf,
}

impl Format {
    /// Its name, as the command line has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
        }
    }

    /// The format of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Html, Self::Pdf].into_iter().find(|format| format.name() == name)
    }
}

/// Why a file cannot be taken in: what is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What is wrong, as a clause that follows the file's name: `holds no text`.
    pub reason: Phrase,
    /// What to do about it.
    pub help: Phrase,
}

impl Refusal {
    /// A refusal in its own words.
    pub fn new(reason: Phrase, help: Phrase) -> Self {
        Self { reason, help }
    }
}

/// What a page or a PDF holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extract {
    /// Its text, from top to bottom.
    pub blocks: Vec<Block>,
    /// What it says of itself.
    pub facts: Facts,
    /// Whether its markup told which blocks are the article.
    pub article_known: bool,
    /// What an editor should know of how the text was drawn from it.
    pub remarks: Vec<Remark>,
}

/// Something that an editor should know of a text that was drawn from a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remark {
    /// The file is in this encoding.
    Encoding(String),
    /// Some bytes mean nothing in it.
    Damaged,
    /// So many letters are missing: their font does not tell which they are.
    Lost(usize),
    /// Only so many pages were read.
    Pages(usize),
}

/// One paragraph, heading, item of a list: what stands on a line of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its words, without line breaks.
    pub text: String,
    /// What the markup makes of it.
    pub shape: Shape,
}

/// What markup, or a place on the paper, says of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// Nothing.
    Plain,
    /// A heading.
    Heading,
    /// The caption of a picture.
    Caption,
    /// Part of a menu, a form, a side column or a foot of the page.
    Frame,
    /// Left out by the search for the article.
    Elsewhere,
    /// Repeated from page to page, or a page's number.
    Running,
}

/// A fact, and where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The fact.
    pub value: String,
    /// Where.
    pub from: Origin,
}

/// Where a fact was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Under a name of the markup: `og:title`, `JSON-LD`, `<h1>`.
    Markup(String),
    /// In a comment that a browser left in the saved page.
    Comment,
    /// In the data that a PDF holds on itself.
    Pdf,
    /// On a line of the seed.
    Line(usize),
    /// In the words: their language.
    Words {
        /// The language that the page itself names, which is another.
        against: Option<String>,
    },
    /// Nowhere; the site's own language stands in.
    Site,
}

impl Found {
    /// A fact from a place, cleaned; none where nothing is left of it.
    pub fn new(value: &str, from: Origin) -> Option<Self> {
        let value = tidy(value);
        (!value.is_empty()).then_some(Self { value, from })
    }

    /// A fact from under a name of the markup.
    fn in_markup(value: &str, name: &str) -> Option<Self> {
        Self::new(value, Origin::Markup(name.to_owned()))
    }
}

/// What a page or a PDF says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Title of the article.
    pub title: Option<Found>,
    /// Who wrote it.
    pub author: Option<Found>,
    /// Who published it.
    pub publisher: Option<Found>,
    /// When, in EDTF.
    pub published: Option<Found>,
    /// Where it is: http or https.
    pub url: Option<Found>,
    /// Its language, as a tag.
    pub lang: Option<Found>,
    /// When it was fetched, in EDTF.
    pub retrieved: Option<Found>,
    /// When the file was made, in EDTF, which is not always when it was published.
    pub made: Option<Found>,
}

/// The longest fact, in code points: no title comes near it.
const LONGEST_FACT: usize = 500;

/// One line of text without control characters, single spaces between its words.
fn tidy(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        word.chars()
            .filter(|c| !c.is_control() && *c != '\u{feff}')
            .collect::<String>()
    });
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    line.chars()
        .take(LONGEST_FACT)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

/// Draws the text from a page or a PDF.
pub fn extract(format: Format, bytes: &[u8]) -> Result<Extract, Refusal> {
    match format {
        Format::Html => page::extract(bytes),
        Format::Pdf => pdf::extract(bytes),
    }
}
