//! Citations and quotations of one body, held against the sources.

use std::sync::Arc;

use super::{CitedPassage, Proven};
use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::document::{Identity, Kind};
use crate::fold::first_difference;
use crate::markdown::{Body, Citation, Gap, Paragraph, Quotation, Run, Segment, in_file};
use crate::phrase::{Phrase, say};
use crate::site::Site;
use crate::source::{Passage, Seed};
use crate::text::nearest;
use crate::verify::{Cited, Faults, Outcome, Verified, VerifiedParagraph, drops_limiter, limits, report, verify};

/// Resolves every citation of a body.
pub(super) fn citations(site: &Site, identity: &Identity, body: &Body) -> Checked<Vec<Option<CitedPassage>>> {
    let mut diagnostics = Vec::new();
    let value = body
        .citations
        .iter()
        .map(|citation| {
            resolve(site, identity, citation)
                .map_err(|fault| diagnostics.extend(fault))
                .ok()
        })
        .collect();
    Checked { value, diagnostics }
}

/// Resolves a citation; the error is empty where the fault was reported before.
fn resolve(site: &Site, identity: &Identity, citation: &Citation) -> Result<CitedPassage, Option<Diagnostic>> {
    let Some(source) = site.source(&citation.source) else {
        if site.knows(Kind::Source, &citation.source) {
            return Err(None);
        }
        let message = say!("there is no source `{source}`", source = citation.source);
        let known = site.sources.iter().map(|source| &*source.id);
        return Err(Some(
            Diagnostic::new(Code::UnknownSource, &identity.path, citation.source_span(), message).meant(
                nearest(&citation.source, known),
                say!("a source is named by its file in content/sources/ without `.md`"),
            ),
        ));
    };
    let Some(written) = &citation.passage else {
        return Ok(CitedPassage { source, passage: None });
    };
    let Some(seed) = &site.sources[source].seed else {
        return Err(None);
    };
    if written.is_empty() {
        let message = say!("this citation names no passage");
        let right = format!("[@{}]", citation.source);
        return Err(Some(
            Diagnostic::new(Code::UnknownPassage, &identity.path, citation.span.clone(), message).help(say!(
                "write the passage's number behind the colon, or leave the colon out: `{right}`",
                right
            )),
        ));
    }
    match number(written).and_then(|line| seed.passage(line)) {
        Some(passage) => Ok(CitedPassage {
            source,
            passage: Some(passage),
        }),
        None => {
            let message = say!(
                "source `{source}` has no passage {written}",
                source = citation.source,
                written
            );
            Err(Some(
                Diagnostic::new(Code::UnknownPassage, &identity.path, citation.passage_span(), message)
                    .help(passage_help(seed, written)),
            ))
        }
    }
}

/// The number that a passage is named by: plain digits, such as `8`, not `+8` or `08`.
fn number(written: &str) -> Option<usize> {
    let plain = written.bytes().all(|byte| byte.is_ascii_digit()) && (written == "0" || !written.starts_with('0'));
    written.parse().ok().filter(|_| plain)
}

/// What to say of a passage that a seed does not have: which ones are near.
pub fn passage_help(seed: &Seed, written: &str) -> Phrase {
    let Some(line) = number(written) else {
        return match written.parse::<usize>() {
            Ok(line) if seed.passage(line).is_some() => say!("write the plain number: `{line}`", line),
            _ => say!("a passage is the number of a line of the seed, from 1"),
        };
    };
    if let Some(around) = seed
        .passages
        .iter()
        .find(|passage| passage.line <= line && line <= passage.last_line)
    {
        return say!("line {line} belongs to passage {passage}", line, passage = around.line);
    }
    let before = seed.passages.iter().rev().find(|passage| passage.line < line);
    let after = seed.passages.iter().find(|passage| passage.line > line);
    match (before, after) {
        (Some(before), Some(after)) => say!(
            "line {line} is empty; the passages beside it are {before} and {after}",
            line,
            before = before.line,
            after = after.line
        ),
        (Some(before), None) => say!("the last passage is {line}", line = before.line),
        (None, Some(after)) => say!("the first passage is {line}", line = after.line),
        (None, None) => say!("the seed has no text"),
    }
}

/// Verifies every quotation of a body.
pub(super) fn quotations(
    site: &Site,
    identity: &Identity,
    body: &Body,
    citations: &[Option<CitedPassage>],
) -> Checked<Vec<Option<Proven>>> {
    let mut diagnostics = Vec::new();
    let value = body
        .quotations
        .iter()
        .map(|quotation| {
            let cited = citations.get(quotation.citation).copied().flatten()?;
            let source = &site.sources[cited.source];
            let seed = source.seed.as_ref()?;
            let outcome = verify(quotation, seed, cited.passage);
            let faults = Faults {
                quotation,
                path: &identity.path,
                cited: Cited {
                    id: &source.id,
                    seed,
                    passage: cited.passage,
                },
            };
            let elsewhere = |quotation: &Quotation| elsewhere(site, cited.source, quotation);
            diagnostics.extend(report(faults, &outcome, &elsewhere));
            let Outcome::Found(verified) = outcome else { return None };
            diagnostics.extend(remarks(identity, quotation, &verified, seed));
            Some(Proven {
                source: cited.source,
                verified,
            })
        })
        .collect();
    Checked { value, diagnostics }
}

/// Another source that has the words, and the passage's number.
fn elsewhere(site: &Site, cited: usize, quotation: &Quotation) -> Option<(String, usize)> {
    let others = site.sources.iter().enumerate().filter(|(at, _)| *at != cited);
    others.into_iter().find_map(|(_, source)| {
        let seed = source.seed.as_ref()?;
        let passage = match verify(quotation, seed, None) {
            Outcome::Found(verified) => verified.passage(),
            Outcome::Ambiguous(passages) => *passages.first()?,
            Outcome::NotFound => return None,
        };
        Some((source.id.to_string(), seed.passages.get(passage)?.line))
    })
}

/// What is worth saying of a quotation that is true.
fn remarks(identity: &Identity, quotation: &Quotation, verified: &Verified, seed: &Seed) -> Vec<Diagnostic> {
    let mut remarks = Vec::new();
    remarks.extend(typography(identity, quotation, verified, seed));
    let mut written = quotation
        .paragraphs
        .iter()
        .filter(|paragraph| **paragraph != Paragraph::LeftOut);
    for paragraph in verified.paragraphs() {
        let (Some(Paragraph::Words { text, runs, segments }), Some(passage)) =
            (written.next(), seed.passages.get(paragraph.passage))
        else {
            continue;
        };
        let quoted = Written {
            path: &identity.path,
            text,
            runs,
            segments,
        };
        remarks.extend(cut_short(quoted, paragraph, passage, seed));
    }
    remarks
}

/// A quoted paragraph as it stands in its content file.
#[derive(Clone, Copy)]
struct Written<'a> {
    path: &'a Arc<str>,
    text: &'a str,
    runs: &'a [Run],
    segments: &'a [Segment],
}

/// Words that a `[…]` or a `[word]` stands for and that limit the sentence.
fn cut_short(written: Written<'_>, paragraph: &VerifiedParagraph, passage: &Passage, seed: &Seed) -> Vec<Diagnostic> {
    let (parts, segments) = (&paragraph.parts, written.segments);
    // A paragraph that was found as it stands is one part, brackets and all.
    if parts.len() != segments.len() {
        return Vec::new();
    }
    let whole = &seed.text[passage.span.clone()];
    let mut found = Vec::new();
    for at in 0..=parts.len() {
        let before = at.checked_sub(1);
        let gap = parts.get(at).map_or(&paragraph.after, |part| &part.before);
        let start = before.map_or(0, |before| parts[before].span.end - passage.span.start);
        let end = parts
            .get(at)
            .map_or(whole.len(), |part| part.span.start - passage.span.start);
        let dropped = match gap {
            Gap::LeftOut => drops_limiter(whole, start..end.max(start)),
            Gap::Inserted { words, .. } if (1..parts.len()).contains(&at) && !limits(words) => {
                drops_limiter(whole, start..end.max(start))
            }
            _ => None,
        };
        let Some(word) = dropped else { continue };
        let bracket = before.map_or(0, |before| segments[before].range.end)
            ..segments
                .get(at)
                .map_or(written.text.len(), |segment| segment.range.start);
        let mark = written.text[bracket.clone()].trim();
        let from = bracket.start + written.text[bracket].find(mark).unwrap_or(0);
        let place = in_file(written.text, written.runs, &(from..from + mark.len()));
        let in_seed = passage.span.start + start..passage.span.start + end.max(start);
        let report = |message| Diagnostic::new(Code::ElisionDropsLimiter, written.path, place.clone(), message);
        found.push(match gap {
            Gap::LeftOut => report(say!("this leaves out `{word}`, which limits the sentence", word))
                .also(&seed.path, in_seed, say!("the words left out"))
                .help(say!("quote the word too, or end the quotation before it")),
            _ => report(say!("this replaces `{word}`, which limits the sentence", word))
                .also(&seed.path, in_seed, say!("the words replaced"))
                .help(say!("quote the word too, or say it in the bracket")),
        });
    }
    found
}

/// The first mark that is set otherwise than in the source.
fn typography(identity: &Identity, quotation: &Quotation, verified: &Verified, seed: &Seed) -> Option<Diagnostic> {
    if !verified.typography_differs() {
        return None;
    }
    let mut written = quotation
        .paragraphs
        .iter()
        .filter(|paragraph| **paragraph != Paragraph::LeftOut);
    let difference = verified.paragraphs().iter().find_map(|paragraph| {
        let Some(Paragraph::Words { text, runs, segments }) = written.next() else {
            return None;
        };
        // A paragraph that was found as it stands is one part, brackets and all.
        let whole = text.len() - text.trim_start().len()..text.trim_end().len();
        let by_parts = segments.len() == paragraph.parts.len();
        paragraph.parts.iter().enumerate().find_map(|(at, part)| {
            let range = if by_parts {
                segments[at].range.clone()
            } else {
                whole.clone()
            };
            let (mark, other) = first_difference(&text[range.clone()], &seed.text[part.span.clone()])?;
            Some((
                in_file(text, runs, &(range.start + mark.start..range.start + mark.end)),
                other,
            ))
        })
    });
    let (place, label) = match difference {
        Some((place, other)) => (place, say!("the source has `{other}` here", other)),
        None => (quotation.span.clone(), say!("the source sets a mark otherwise")),
    };
    Some(
        Diagnostic::new(
            Code::TypographyDiffers,
            &identity.path,
            place,
            say!("quotation marks or dashes are set differently in the source"),
        )
        .label(label)
        .help(say!("nothing needs doing: the words are the same")),
    )
}
