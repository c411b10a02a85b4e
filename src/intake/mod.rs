//! A raw article, as text, web page or PDF → a seed, and a record of it that an editor completes (`kezako new source`).
//!
//! What is not sure is left to the editor, and the record's comments say where each fact was found and why lines were left out of the body. The
//! rules are in docs/intake.md.

mod body;
mod byline;
mod phrases;
mod pieces;
mod record;
mod words;

use crate::foreign::{Extract, Format, Refusal, Remark, decode};
use crate::lang::Lang;
use crate::phrase::say;

/// What a given file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A plain text: the seed itself.
    Text,
    /// Something that text must be drawn from.
    Foreign(Format),
}

/// Tells by its name, and by its first bytes, what a file is.
pub fn kind(name: &str, bytes: &[u8]) -> Result<Kind, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new(
            say!("is empty"),
            say!("give the article's text, its saved page or its PDF"),
        ));
    }
    if bytes.starts_with(b"%PDF-") {
        return Ok(Kind::Foreign(Format::Pdf));
    }
    named(name).ok_or_else(|| match ending(name).as_str() {
        "mht" | "mhtml" => Refusal::new(
            say!("is a web archive, which cannot be read"),
            say!("save the page anew, as a complete web page or as HTML alone"),
        ),
        _ => Refusal::new(
            say!("is neither a text (.txt, .md) nor a web page (.html) nor a PDF (.pdf)"),
            say!("save it as one of these"),
        ),
    })
}

/// What a file is by its name alone.
pub fn named(name: &str) -> Option<Kind> {
    match ending(name).as_str() {
        "pdf" => Some(Kind::Foreign(Format::Pdf)),
        "html" | "htm" | "xhtml" => Some(Kind::Foreign(Format::Html)),
        "txt" | "md" | "text" | "markdown" => Some(Kind::Text),
        _ => None,
    }
}

fn ending(name: &str) -> String {
    name.rsplit_once('.')
        .map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

/// A file to take in.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Its name, without folders.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Name of the seed in `seeds/`.
    pub seed: &'a str,
    /// Name under which the file itself is kept in `seeds/`, where it is not the seed.
    pub original: &'a str,
    /// The languages of the site.
    pub langs: &'a [Lang],
}

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The seed's text.
    pub seed: String,
    /// Whether the seed is not the given file byte for byte, so that the file is kept beside it.
    pub made: bool,
    /// The record.
    pub record: String,
    /// The lines of the article proper, as the record has them; empty where none were told apart.
    pub body: String,
    /// How many pieces were left out of it.
    pub left_out: usize,
    /// The keys that the editor is left with.
    pub open: Vec<&'static str>,
}

/// Takes in a plain text. In UTF-8 it is the seed itself; else a seed in UTF-8 is made of it.
pub fn of_text(given: &Given<'_>) -> Result<Draft, Refusal> {
    let decoded = decode(given.bytes, None)?;
    let made = decoded.encoding.is_some();
    let mut remarks = Vec::new();
    if let Some(encoding) = decoded.encoding {
        remarks.push(Remark::Encoding(encoding.to_owned()));
    }
    if decoded.damaged {
        remarks.push(Remark::Damaged);
    }
    let (pieces, wrapped) = pieces::of_text(&decoded.text);
    if pieces.is_empty() {
        return Err(Refusal::new(
            say!("holds no text"),
            say!("give the article's text, its saved page or its PDF"),
        ));
    }
    let sorted = body::sort(&pieces, false);
    let facts = byline::facts(&pieces, &sorted);
    Ok(record::draft(
        given,
        record::Material {
            seed: decoded.text.into_owned(),
            made,
            wrapped,
            pieces: &pieces,
            sorted: &sorted,
            facts,
            remarks,
        },
    ))
}

/// Takes in a page or a PDF by what was drawn from it. The seed has one block a line, with an empty line between.
pub fn of_extract(given: &Given<'_>, extract: Extract) -> Draft {
    let (seed, pieces) = pieces::of_blocks(&extract.blocks);
    let mut sorted = body::sort(&pieces, extract.article_known);
    if let Some(title) = &extract.facts.title {
        sorted.take_title(&pieces, &title.value);
    }
    let facts = byline::complete(extract.facts, &pieces, &sorted);
    record::draft(
        given,
        record::Material {
            seed,
            made: true,
            wrapped: false,
            pieces: &pieces,
            sorted: &sorted,
            facts,
            remarks: extract.remarks,
        },
    )
}

#[cfg(test)]
mod tests;
