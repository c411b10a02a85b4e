//! What to show of the thing at a place, as Markdown.

use super::Sheet;
use super::thing::{Thing, thing_at};
use crate::document::Kind;
use crate::link::DocumentRef;
use crate::phrase::{Phrase, say};
use crate::site::Source;
use crate::source::Seed;
use crate::text::Span;

/// What to show, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The bytes that name the thing in the file asked about.
    pub origin: Span,
    /// CommonMark.
    pub markdown: Phrase,
}

/// What to show of the thing at a byte of a file: the passage of a citation with the quoted words marked, the definition of a term, the verdict of a
/// claim.
pub fn hover(sheet: &Sheet, path: &str, at: usize) -> Option<Hover> {
    let (origin, thing) = thing_at(sheet, path, at)?;
    let markdown = match thing {
        Thing::Passage { source, passage, parts } => passage_text(sheet.site.sources.get(source)?, passage, &parts),
        Thing::Document(reference, _) => document_text(sheet, &reference)?,
        Thing::Seed(_) => return None,
    };
    Some(Hover { origin, markdown })
}

/// A passage of a source, or the source where no passage is known.
pub(super) fn passage_text(source: &Source, passage: Option<usize>, parts: &[Span]) -> Phrase {
    let record = &source.record;
    let seed = source.seed.as_deref();
    let passage = passage.and_then(|at| seed?.passages.get(at));
    let published = record
        .published
        .as_ref()
        .and_then(|date| date.start())
        .map(|day| day.plain());
    let title = record.title.as_deref().map(|title| format!("*{}*", plain(title)));
    let place = passage.map(|passage| say!("passage {line}", line = passage.line));
    let outside = passage
        .filter(|passage| !passage.in_body)
        .map(|_| say!("outside the article"));
    let publisher = record.publisher.as_deref().map(|name| format!("**{}**", plain(name)));
    let known = [publisher, title, published]
        .into_iter()
        .flatten()
        .map(Phrase::verbatim);
    let head = Phrase::row(" · ", known.chain(place).chain(outside));
    let mut text = String::new();
    if let (Some(passage), Some(seed)) = (passage, seed) {
        text.push_str(&format!("\n\n> {}", marked(seed, &passage.span, parts)));
    }
    text.push_str(&format!("\n\n`{}`", source.id));
    Phrase::row("", [head, Phrase::verbatim(text)])
}

/// A passage's words on one line, the quoted ones strong.
fn marked(seed: &Seed, passage: &Span, parts: &[Span]) -> String {
    let mut text = String::new();
    let mut from = passage.start;
    for part in parts {
        if part.start < from || passage.end < part.end {
            continue;
        }
        text.push_str(&plain(&seed.text[from..part.start]));
        text.push_str(&format!("**{}**", plain(&seed.text[part.clone()])));
        from = part.end;
    }
    text.push_str(&plain(&seed.text[from..passage.end]));
    text
}

/// What to show of a document.
pub(super) fn document_text(sheet: &Sheet, reference: &DocumentRef) -> Option<Phrase> {
    let DocumentRef { kind, id, lang } = reference;
    let site = &sheet.site;
    let paragraphs: Vec<Phrase> = match kind {
        Kind::Claim => {
            let claim = &site.claims.find(id, lang)?.front;
            let verdict = claim
                .verdict
                .as_deref()
                .and_then(|verdict| site.config.verdict(verdict));
            let label = verdict.and_then(|verdict| verdict.labels.get(lang)).unwrap_or_default();
            Vec::from(
                [
                    format!("**{}**", plain(claim.text())),
                    plain(label),
                    plain(claim.summary.as_deref().unwrap_or_default()),
                ]
                .map(Phrase::verbatim),
            )
        }
        Kind::Term => {
            let entry = site.terms.find(id, lang)?;
            let sense = entry
                .front
                .sense
                .as_deref()
                .map_or(String::new(), |sense| format!(" ({})", plain(sense)));
            Vec::from(
                [
                    format!("**{}**{sense}", plain(entry.front.name())),
                    plain(&entry.body.plain_text()),
                ]
                .map(Phrase::verbatim),
            )
        }
        Kind::Event => {
            let entry = site.events.find(id, lang)?;
            let date = entry
                .front
                .date
                .as_ref()
                .and_then(|date| date.start())
                .map(|day| day.plain());
            Vec::from(
                [
                    format!("**{}**", plain(entry.front.name())),
                    date.unwrap_or_default(),
                    plain(&entry.body.plain_text()),
                ]
                .map(Phrase::verbatim),
            )
        }
        Kind::Page => {
            let page = &site.pages.find(id, lang)?.front;
            Vec::from(
                [
                    format!("**{}**", plain(page.name())),
                    plain(page.description.as_deref().unwrap_or_default()),
                ]
                .map(Phrase::verbatim),
            )
        }
        Kind::Source => {
            let source = site.sources.get(site.source(id)?)?;
            let note = site
                .records
                .find(id, lang)
                .map_or(String::new(), |record| record.body.plain_text());
            vec![passage_text(source, None, &[]), Phrase::verbatim(plain(&note))]
        }
        Kind::Home => return None,
    };
    Some(Phrase::row(
        "\n\n",
        paragraphs.into_iter().filter(|text| !text.is_empty()),
    ))
}

/// Words on one line that Markdown takes for nothing else (CommonMark 0.31, 2.4).
pub(super) fn plain(words: &str) -> String {
    let mut text = String::with_capacity(words.len() + 8);
    for (at, word) in words
        .split([' ', '\n', '\r', '\t'])
        .filter(|word| !word.is_empty())
        .enumerate()
    {
        if at > 0 {
            text.push(' ');
        }
        for c in word.chars() {
            if matches!(
                c,
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '~' | '|'
            ) {
                text.push('\\');
            }
            text.push(c);
        }
    }
    let outer = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let lead = if outer(words.chars().next()) { " " } else { "" };
    let tail = if outer(words.chars().next_back()) && !text.is_empty() {
        " "
    } else {
        ""
    };
    format!("{lead}{text}{tail}")
}
